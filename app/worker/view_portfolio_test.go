package main

import (
	"testing"

	"sillon/app/bridge"
	"sillon/engine/query"
)

// The tabs are answered from the device alone, with the ground they stand on.
func TestTheTabsOfAPortfolioAreAnswered(t *testing.T) {
	tab, s, ids := clients(t, 9)
	q := query.TabAsk{Lang: "fr", Width: 1040}
	m := must(tab, bridge.OpMaturity, query.MaturityTabAsk{Tab: q})
	w := must(tab, bridge.OpWeigh, query.WeightTabAsk{Tab: q})
	for name, b := range map[string]query.TabBase{"maturity": m.Base, "weight": w.Base} {
		if b.Head.Clients != len(ids) || b.Scope == 0 || b.Few {
			t.Errorf("%s stands on %+v; want nine clients", name, b)
		}
	}
	if m.Readings.Chart.Finding == "" || w.Cross.Chart.Finding == "" || w.Cuts.Curve.Chart.Mark.Has() {
		t.Errorf("nine clients without a sale: %q, %q", m.Readings.Chart.Finding, w.Cuts.Curve.Chart.Finding)
	}
	if c := must(tab, bridge.OpCut, query.WeightTabAsk{Tab: q, At: [2]int{3, 5}}); c.Curve.Chart.Mark.Has() {
		t.Errorf("a curve without sales: %+v", c)
	}
	if c := must(tab, bridge.OpStory, q); c.Chart.Mark.Has() {
		t.Errorf("a story without sales: %+v", c)
	}
	if many := must(tab, bridge.OpMany, q); len(many.Curves.Chart.Rows.Rows) != 1 {
		t.Errorf("%d portfolios; the device has one", len(many.Curves.Chart.Rows.Rows))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.snap.Lacking(m.Base.Scope)); n != 0 {
		t.Errorf("%d clients lack their facts after a tab", n)
	}
}

// A portfolio without a client has a ground that says so, not an error.
func TestATabWithoutClientsSaysSo(t *testing.T) {
	tab, _, _ := clients(t, 0)
	q := query.TabAsk{Lang: "fr"}
	if m := must(tab, bridge.OpMaturity, query.MaturityTabAsk{Tab: q}); !m.Base.Head.Empty {
		t.Errorf("maturity: %+v", m.Base)
	}
	if w := must(tab, bridge.OpWeigh, query.WeightTabAsk{Tab: q}); !w.Base.Head.Empty {
		t.Errorf("weight: %+v", w.Base)
	}
	if v := must(tab, bridge.OpPortfolio, query.PortfolioAsk{Lang: "fr", Family: "SOL"}); !v.Head.Empty {
		t.Errorf("overview of a family: %+v", v.Head)
	}
	must(tab, bridge.OpMany, q)
}

// The year before is answered on every tab, from the device alone, and its
// groups by the list; what there is to do stays of today.
func TestTheTabsAnswerForTheYearBefore(t *testing.T) {
	for _, n := range []int{9, fewCards + 1} { // at once, and part by part
		yearBefore(t, n)
	}
}

func yearBefore(t *testing.T, n int) {
	t.Helper()
	tab, s, ids := clients(t, n)
	q := query.TabAsk{Lang: "fr", Width: 1040, Before: true}
	now := must(tab, bridge.OpMaturity, query.MaturityTabAsk{Tab: query.TabAsk{Lang: "fr", Width: 1040}})
	for name, b := range map[string]query.TabBase{
		"overview":  must(tab, bridge.OpPortfolio, query.PortfolioAsk{Lang: "fr", Before: true}).Base,
		"maturity":  must(tab, bridge.OpMaturity, query.MaturityTabAsk{Tab: q}).Base,
		"weight":    must(tab, bridge.OpWeigh, query.WeightTabAsk{Tab: q}).Base,
		"contacts":  must(tab, bridge.OpContacts, query.ContactsTabAsk{Tab: q}).Base,
		"potential": must(tab, bridge.OpPotential, query.PotentialTabAsk{Tab: q}).Base,
	} {
		if !b.Before || b.Head.AsOf != now.Base.Head.AsOf-365 && b.Head.AsOf != now.Base.Head.AsOf-366 || b.Head.Clients+b.Head.Prospect != len(ids) {
			t.Errorf("%s stands on %+v", name, b)
		}
	}
	must(tab, bridge.OpStory, q)
	must(tab, bridge.OpMany, q)
	l := must(tab, bridge.OpList, query.ListAsk{Lang: "fr", Who: "n-1:maturity:clients"})
	p := must(tab, bridge.OpList, query.ListAsk{Lang: "fr", Who: "n-1:maturity:phase:P:"})
	if l.Found+p.Found != len(ids) {
		t.Errorf("%d clients and %d prospects then, of %d", l.Found, p.Found, len(ids))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if was := s.snap.Past(); was != s.snap.Past() || was == s.snap {
		t.Error("the year before is not kept")
	}
}
