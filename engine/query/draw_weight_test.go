package query_test

import (
	"slices"
	"strings"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// Method, Appendix A: A is seven clients for 85 % of sales, A and B ten; floors
// 2/1/3/6, fragile; C06 climbs for 6 000 (D2).
func TestTheWeightTabIsDrawn(t *testing.T) {
	s, _ := goldenBook()
	a := s.Analysis(scope)
	tab := a.WeightTab(reader, query.WeightTabAsk{}, tabBase(s, a, query.TabAsk{}))
	c := tab.Cuts
	if c.Cut != [2]int{7, 10} || c.Of != 12 || c.Moved || c.Curve.Chart.Finding != "wt.finding.sales 7 85%" {
		t.Errorf("cuts %v of %d, %q", c.Cut, c.Of, c.Curve.Chart.Finding)
	}
	rows := twin(c.Curve.Chart).Rows
	if strings.Join(rows[0], " ") != "A 7 85000 85%" || rows[2][1] != "2" {
		t.Errorf("table %q", rows)
	}
	if who := lists(t, a, "A", c.Curve.Chart.Pic.Cuts.Go[0].Go); codes(a, who) != "C01 C02 C03 C04 C05 C06 C07 " {
		t.Errorf("A opens %s", codes(a, who))
	}
	if !strings.HasPrefix(tab.Floors.Chart.Finding, "wt.floors.fragile 2") {
		t.Errorf("floors %q", tab.Floors.Chart.Finding)
	}
	f := twin(tab.Floors.Chart).Rows
	for k, want := range []string{"2", "1", "3", "6"} {
		if f[k][1] != "who.clients "+want {
			t.Errorf("floor %q, want %s", f[k], want)
		}
	}
	if f[0][2] != "wt.range 16000 24000" {
		t.Errorf("the top floor goes from %s", f[0][2])
	}
	for name, c := range map[string]query.TabChart{"cuts": tab.Cuts.Curve, "floors": tab.Floors, "cross": tab.Cross} {
		drawn(t, a, name, c)
	}
	want, seen := map[string]string{"C03": "+ 3000", "C04": "+ 3000", "C06": "+ 6000", "C07": "+ 1000"}, 0
	for _, r := range tab.Climbs.Rows {
		if cost := want[a.Codes[a.Index(r.ID)]]; cost != "" {
			if seen++; r.Cost != cost {
				t.Errorf("%s climbs for %s, want %s", r.Name, r.Cost, cost)
			}
		}
	}
	if seen == 0 {
		t.Error("none of the climbs of the example is shown")
	}
}

// A cut held by the reader: so many clients in A, so many in A and B, whatever
// the rule says; the classes hold them all.
func TestCutsMoveByOneClient(t *testing.T) {
	s, _ := goldenBook()
	a := s.Analysis(scope)
	base := tabBase(s, a, query.TabAsk{})
	for _, at := range [][2]int{{3, 6}, {4, 6}, {1, 2}, {11, 12}, {5, 12}} {
		c := a.CutsTab(reader, query.WeightTabAsk{At: at}, base)
		if c.Cut != at || !c.Moved {
			t.Errorf("held at %v, drawn at %v", at, c.Cut)
		}
		var held []int
		for _, l := range c.Curve.Chart.Pic.Cuts.Go {
			if l.Go != "" {
				held = append(held, len(lists(t, a, "class", l.Go)))
			}
		}
		want := []int{at[0], at[1] - at[0]}
		if at[1] < 12 {
			want = append(want, 12-at[1])
		}
		if !slices.Equal(held, want) {
			t.Errorf("%v: the classes hold %v of 12, want %v", at, held, want)
		}
	}
	// the first three sell 24 000 + 16 000 + 13 000 of 100 000 (Appendix A)
	if c := a.CutsTab(reader, query.WeightTabAsk{At: [2]int{3, 6}}, base); c.Curve.Chart.Finding != "wt.finding.sales 3 53%" {
		t.Errorf("three clients: %q", c.Curve.Chart.Finding)
	}
	for _, at := range [][2]int{{-3, 5}, {900, 900}, {6, 2}, {0, 4}} { // out of range: one client in A and in B at least
		if c := a.CutsTab(reader, query.WeightTabAsk{At: at}, base); c.Cut[0] < 1 || c.Cut[1] <= c.Cut[0] || c.Cut[1] > 12 {
			t.Errorf("held at %v, drawn at %v", at, c.Cut)
		}
	}
	// by head: a fifth of twelve, then half (D1): 2 or 3, then 6
	if c := a.CutsTab(reader, query.WeightTabAsk{Heads: true}, base); !c.Heads || c.Cut[1] != 6 {
		t.Errorf("by head %+v", c.Cut)
	}
}

// A climb that is tried lifts the client on the pyramid.
func TestAClimbIsTried(t *testing.T) {
	s := story(400)
	a := s.Analysis(scope)
	base := tabBase(s, a, query.TabAsk{})
	now := a.WeightTab(reader, query.WeightTabAsk{}, base)
	var try []portfolio.ID
	for _, r := range now.Climbs.Rows {
		if r.To == "R4" {
			try = append(try, r.ID)
		}
	}
	if len(try) == 0 {
		t.Fatal("nobody climbs to R4")
	}
	then := a.WeightTab(reader, query.WeightTabAsk{Try: try[:1]}, base)
	if !strings.HasPrefix(then.Floors.Chart.Finding, "wt.floors.tried 1 ") || svg(then.Floors.Chart) == svg(now.Floors.Chart) {
		t.Errorf("tried %q, was %q", then.Floors.Chart.Finding, now.Floors.Chart.Finding)
	}
	if again := a.WeightTab(reader, query.WeightTabAsk{Try: []portfolio.ID{{1}}}, base); svg(again.Floors.Chart) != svg(now.Floors.Chart) {
		t.Error("a stranger's climb changes the pyramid")
	}
}

func TestTheMarksOfTheWeightTabOpenTheirClients(t *testing.T) {
	s := story(400)
	a := s.Analysis(scope)
	for _, ask := range []query.WeightTabAsk{{}, {By: "margin"}, {By: "units"}, {By: "potential"}, {Heads: true}, {At: [2]int{30, 80}},
		{Tab: query.TabAsk{Family: a.Products[0].Code}}, {Tab: query.TabAsk{Before: true}}, {Tab: query.TabAsk{Width: 390}}} {
		of := a
		if ask.Tab.Before {
			of = a.Past()
		}
		tab := of.WeightTab(reader, ask, tabBase(s, of, ask.Tab))
		for name, c := range map[string]query.TabChart{"cuts": tab.Cuts.Curve, "floors": tab.Floors, "cross": tab.Cross} {
			drawn(t, a, name, c)
		}
		sum := 0
		if pic := tab.Cuts.Curve.Chart.Pic; pic != nil {
			for _, l := range pic.Cuts.Go {
				if l.Go != "" {
					sum += len(lists(t, a, "class", l.Go))
				}
			}
		}
		if sum != tab.Cuts.Of {
			t.Errorf("%+v: %d clients on the curve, %d in the lists", ask, tab.Cuts.Of, sum)
		}
		for _, l := range tab.Climbs.Links {
			if n := len(lists(t, a, "climbs", l.To)); n != a.WeightView(query.WeightAsk{By: ask.By, Family: ask.Tab.Family}).Possible {
				t.Errorf("%+v: the list of climbs has %d", ask, n)
			}
		}
	}
	for _, key := range []string{"weight:abc:x:3:sales:n:", "weight:abc:5", "weight:floor:9:sales:n:", "weight:floor:4:sales:n:NONE", "weight:top:none:", "weight:cross:99", "weight:cross:", "weight"} {
		if who, ok := a.GroupWho(key); ok && len(who) > 0 {
			t.Errorf("%q is %v", key, who)
		}
	}
}

// No sales, no contacts, no potential: a reason, never a false zero.
func TestTheTabsOfABarePortfolio(t *testing.T) {
	for _, n := range []int{0, 1, 4} {
		s := query.NewSnapshot(demo.Golden().AsOf)
		var cards []query.Card
		for k := range n {
			b := newCard(k+1, portfolio.Account{Name: "Client", Status: portfolio.Client})
			c, _ := query.Derive(b.Bundle)
			cards = append(cards, c)
			s.Deepen(b.Bundle)
		}
		s.SetCards(cards)
		for k := range n {
			s.Deepen(newCard(k+1, portfolio.Account{Name: "Client", Status: portfolio.Client}).Bundle)
		}
		a := s.Analysis(scope)
		if a == nil {
			continue
		}
		base := tabBase(s, a, query.TabAsk{})
		m := a.MaturityTab(reader, query.MaturityTabAsk{}, base)
		w := a.WeightTab(reader, query.WeightTabAsk{}, base)
		for name, c := range map[string]query.TabChart{"readings": m.Readings, "ahead": m.Ahead, "starters": m.Starters, "families": m.Families, "effort": m.Effort, "story": a.StoryTab(reader, query.TabAsk{}),
			"cuts": w.Cuts.Curve, "floors": w.Floors, "cross": w.Cross} {
			drawn(t, a, name, c)
		}
		if w.Cuts.Curve.Chart.Mark.Has() || m.Families.Chart.Mark.Has() {
			t.Error("a curve without sales")
		}
	}
}
