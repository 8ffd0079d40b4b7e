package query_test

import (
	"slices"
	"strings"
	"testing"

	"sillon/engine/query"
)

// Every mark opens its list of clients: the drawings that had none.
func TestEveryDrawingOpensItsClients(t *testing.T) {
	s := story(300)
	a := s.Analysis(scope)
	q := query.TabAsk{Scope: scope, Width: 1040}
	base := s.TabBase(reader, a, q)
	m := a.MaturityTab(reader, query.MaturityTabAsk{Tab: q}, base)
	c := a.ContactsTab(reader, query.ContactsTabAsk{Tab: q}, base)
	p := a.PotentialTab(reader, query.PotentialTabAsk{Tab: q}, base)
	for _, x := range []struct {
		name  string
		chart query.TabChart
		least int
	}{
		{"the forecast", m.Ahead, 4}, {"the months", a.StoryTab(reader, q), 4}, {"the net margin", c.Net, 3}, {"the whale curve", c.Whale, 1}, {"the Lorenz curves", p.Lorenz, 3},
	} {
		opened := 0
		for _, to := range marks(x.chart) {
			key, ok := strings.CutPrefix(to, "/clients?qui=")
			key, _, _ = strings.Cut(key, "&")
			if who, is := a.GroupWho(key); !ok || !is || len(who) == 0 {
				t.Errorf("%s: a mark leads to %s", x.name, to)
			}
			opened++
		}
		if opened < x.least {
			t.Errorf("%s opens %d lists", x.name, opened)
		}
	}
	for _, key := range []string{"contacts:whale:2", "contacts:whale:", "potential:half:"} {
		if who, ok := a.GroupWho(key); ok && len(who) == a.Len() {
			t.Errorf("%s lists everybody", key)
		}
	}
	// Half of the sales: no fewer clients make it.
	half, _ := a.GroupWho("potential:half:sales")
	sum, total, least := 0.0, 0.0, a.Sales[half[0]]
	for _, i := range half {
		sum, least = sum+float64(a.Sales[i]), min(least, a.Sales[i])
	}
	for i := range a.Sales {
		total += float64(max(0, a.Sales[i]))
		if !slices.Contains(half, int32(i)) && a.Sales[i] > least {
			t.Errorf("client %d sells more than one of those who make the half", i)
		}
	}
	if sum < total/2 || sum-float64(least) >= total/2 {
		t.Errorf("%v of %v", sum, total)
	}
	up, _ := a.GroupWho("contacts:whale:0")
	down, _ := a.GroupWho("contacts:whale:1")
	if n := len(a.ContactsView().Whale.Order); len(up)+len(down) != n && len(up) != n {
		t.Errorf("%d up to the peak, %d after it, of %d", len(up), len(down), n)
	}
}
