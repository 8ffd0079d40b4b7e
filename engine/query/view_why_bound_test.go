package query_test

import (
	"testing"

	"sillon/engine/query"
)

// B4: on the whole portfolio no advice contradicts its number, and the short
// form of the Why shows the bound that decided, « plancher de la catégorie ».
func TestWhyOfAStrategyTellsTheBound(t *testing.T) {
	a := story(500).Analysis(scope)
	rows := a.ContactsView().Rows
	told := 0
	for _, r := range rows {
		if r.Multiplier <= 1 && r.Proposed > r.Visits || r.Multiplier >= 1 && r.Proposed < r.Visits {
			t.Errorf("advice %d, × %v, yet %d → %d", r.Advice, r.Multiplier, r.Visits, r.Proposed)
		}
		if r.Flags&query.RowCapped == 0 {
			continue
		}
		for _, topic := range []string{"proposed", "contact-advice"} {
			y, ok := a.WhyOf(topic, int(r.Client))
			found := false
			for _, s := range y.Steps {
				found = found || s.Key == "response.visitsMin" || s.Key == "response.visitsMax" || s.Key == "response.changeMax"
			}
			if !ok || !found {
				t.Errorf("%s, %d → %d: no bound among %+v", topic, r.Visits, r.Proposed, y.Steps)
			}
		}
		told++
	}
	if told < 5 {
		t.Errorf("only %d proposals met a bound of %d", told, len(rows))
	}
}
