package query_test

import (
	"strings"
	"testing"
)

// The chips count what the rows hold, a family of chips adds up to the clients,
// and rows say what the sheets say.
func TestChipsAddUp(t *testing.T) {
	a := story(200).Analysis(scope)
	v := a.FactsView()
	sum := map[string]int{}
	for _, c := range v.Chips {
		if got := len(v.ChipWho(c.Key)); got != c.Count {
			t.Errorf("%s counts %d and holds %d", c.Key, c.Count, got)
		}
		family, _, some := strings.Cut(c.Key, ":")
		if some {
			sum[family] += c.Count
		}
	}
	for family, n := range sum {
		if n != a.Len() {
			t.Errorf("%s adds up to %d of %d", family, n, a.Len())
		}
	}
	if len(v.Rows) != a.Len() || v.ChipWho("nothing") != nil {
		t.Errorf("%d rows", len(v.Rows))
	}
	for i, r := range v.Rows {
		s := a.SheetView(i)
		near(t, "risk", r.Risk, s.Risk.P.Value, 1e-6)
		if r.ID != s.ID || r.Phase != s.Life.Phase.Text || r.Erodes != s.Life.Erodes || float64(r.Net) != s.Margin.Net.Value || r.Visits != int(s.Score.Visits.Value) {
			t.Errorf("client %d: row %+v", i, r)
		}
		n := 0
		for _, f := range s.Families {
			if f.Opening {
				n++
			}
		}
		if n != r.Openings {
			t.Errorf("client %d: %d openings in the list, %d on the sheet", i, r.Openings, n)
		}
	}
	// the tab Contacts names the same devourers
	if got, want := len(v.ChipWho("devourers")), len(a.ContactsView().Balance.Devourers); got != want {
		t.Errorf("%d devourers in the list, %d in the tab", got, want)
	}
}

// Method, Appendix A: C07 and C11 devour; C07, C09, C11 and C12 lose.
func TestChipsOfTheGoldenDataset(t *testing.T) {
	s, _ := goldenBook()
	a := s.Analysis(scope)
	v := a.FactsView()
	for key, want := range map[string]string{"devourers": "C07 C11 ", "losing": "C07 C09 C11 C12 ", "add": "C03 C06 ", "class:vache": "C01 C02 C04 "} {
		if got := codes(a, v.ChipWho(key)); got != want {
			t.Errorf("%s holds %s, want %s", key, got, want)
		}
	}
}
