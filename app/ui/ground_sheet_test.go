package ui

import (
	"sillon/app/bridge"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// The deep parts of the sheet, and « pourquoi », as the worker answers them:
// from the whole portfolio once g.whole has been called, from the client alone
// before.
func init() {
	groundOps["sheet"] = func(g *ground, in []byte) ([]byte, error) {
		return deepAnswer(g, "sheet", in, func(q query.SheetAsk) portfolio.ID { return q.ID }, func(a *query.Analysis, q query.SheetAsk, i int) query.SheetTab {
			return a.SheetTab(g.reader(q.Lang), q, i)
		})
	}
	groundOps["why"] = func(g *ground, in []byte) ([]byte, error) {
		return deepAnswer(g, "why", in, func(q query.WhyAsk) portfolio.ID { return q.ID }, func(a *query.Analysis, q query.WhyAsk, i int) query.WhyTab {
			return a.WhyTab(g.reader(q.Lang), q, i)
		})
	}
	groundOps["what-if"] = func(g *ground, in []byte) ([]byte, error) {
		return deepAnswer(g, "what-if", in, func(q query.WhatIfAsk) portfolio.ID { return q.ID }, func(a *query.Analysis, q query.WhatIfAsk, i int) query.WhatIf {
			return a.WhatIf(q, i)
		})
	}
	groundOps["override"] = func(g *ground, in []byte) ([]byte, error) { return order1[bridge.Override](g, "override", in) }
	groundOps["effort"] = func(g *ground, in []byte) ([]byte, error) { return order1[bridge.NewEffort](g, "effort", in) }
}

// deepAnswer answers from the analysis; a zero client asks of the whole.
func deepAnswer[Q, A any](g *ground, op string, in []byte, id func(Q) portfolio.ID, f func(*query.Analysis, Q, int) A) ([]byte, error) {
	var q Q
	if err := portfolio.Dec.Unmarshal(in, &q); err != nil {
		return nil, err
	}
	g.asked[op] = append(g.asked[op], q)
	at := id(q)
	if at.IsZero() {
		g.deepen()
		return portfolio.Enc.Marshal(f(g.snap.Analysis(7), q, -1))
	}
	a := g.snap.Analysis(7)
	if len(g.snap.Lacking(7)) > 0 {
		a = g.snap.Alone(g.bundles[at])
	}
	if a == nil || a.Index(at) < 0 {
		return nil, &bridge.Fault{Code: bridge.FaultMissing}
	}
	return portfolio.Enc.Marshal(f(a, q, a.Index(at)))
}

// deepen gives the ground the facts of all its clients.
func (g *ground) deepen() {
	for _, id := range g.snap.Lacking(7) {
		g.snap.Deepen(g.bundles[id])
	}
}
