package i18n

import (
	"testing"

	"sillon/engine/explain"
	"sillon/engine/loyalty"
	"sillon/engine/response"
)

// A class or a cause is a word on screen, never its code.
func TestStepsOfClassesAreWords(t *testing.T) {
	for _, c := range []struct {
		step   explain.Step
		fr, en string
	}{
		{explain.Name("response.class", response.Cow.String()), "Vache à lait", "Milk cow"},
		{explain.Name("loyalty.type", loyalty.Engaged.Key()), "Engagé", "Engaged"},
		{explain.Tally("attrition.factor", 2), "Jours depuis la dernière commande", "Days since the last order"},
	} {
		if _, got := Step(FR, "EUR", c.step); got != c.fr {
			t.Errorf("%s is %q, want %q", c.step.Key, got, c.fr)
		}
		if _, got := Step(EN, "EUR", c.step); got != c.en {
			t.Errorf("%s is %q, want %q", c.step.Key, got, c.en)
		}
	}
}
