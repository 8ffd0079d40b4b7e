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
