package hub

import (
	"testing"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
)

// A plan is proposed by the rep and signed, or returned, by a manager alone.
func TestOnlyAManagerSignsAPlan(t *testing.T) {
	for _, c := range []struct {
		name string
		f    portfolio.Fields
		rep  bool
	}{
		{"the rep changes a frequency", portfolio.Fields{14: portfolio.Value(12)}, true},
		{"the rep proposes it", portfolio.Fields{4: portfolio.Value(portfolio.PlanProposed), 21: portfolio.Value(20_000)}, true},
		{"the rep takes it back", portfolio.Fields{4: portfolio.Value(portfolio.PlanDraft), 21: portfolio.Null}, true},
		{"signed", portfolio.Fields{4: portfolio.Value(portfolio.PlanSigned), 25: portfolio.Value(20_000)}, false},
		{"returned", portfolio.Fields{4: portfolio.Value(portfolio.PlanReturned)}, false},
		{"a signer", portfolio.Fields{26: portfolio.Value(portfolio.ID{1})}, false},
		{"a note of the manager's", portfolio.Fields{27: portfolio.Value("trop de visites")}, false},
	} {
		op := &journal.Op{Kind: journal.Patch, Entity: portfolio.KindPlan, Fields: c.f}
		if got := may(wire.ScopePortfolio, portfolio.RoleRep, op); got != c.rep {
			t.Errorf("%s: a rep may: %v, want %v", c.name, got, c.rep)
		}
		if !may(wire.ScopePortfolio, portfolio.RoleManager, op) {
			t.Errorf("%s: a manager may not", c.name)
		}
	}
}
