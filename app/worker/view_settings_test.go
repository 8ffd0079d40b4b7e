package main

import (
	"testing"

	"sillon/app/bridge"
	"sillon/app/store/memory"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/wire"
)

// inExample is a tablet in the demonstration, whose rep has 216 cards.
func inExample(t *testing.T) *tablet {
	t.Helper()
	disk := memory.NewDisk()
	tab := on(t, disk)
	tell(tab)
	must(tab, bridge.OpDemo, bridge.Demo{Act: bridge.DemoOpen})
	return on(t, disk)
}

func ruleOf(t *testing.T, r query.Rules, key string) query.Rule {
	t.Helper()
	for _, x := range r.Rules {
		if x.Key == key {
			return x
		}
	}
	t.Fatalf("%s is not listed", key)
	return query.Rule{}
}

// A rep tries a rule, puts it in force, and gives it up: the figures follow,
// each step is one action kept here.
func TestARuleIsTriedPutInForceAndGivenUp(t *testing.T) {
	tab := inExample(t)
	all := must(tab, bridge.OpRules, query.RulesAsk{})
	if all.Level != 3 || ruleOf(t, all, "dcmv.gUp").Values[0] != 5 || ruleOf(t, all, "dcmv.gUp").Shut {
		t.Fatalf("%+v", all)
	}
	try := must(tab, bridge.OpRules, query.RulesAsk{Key: "dcmv.gUp", Values: []float64{8}}).Effect
	if try == nil || try.Class == 0 {
		t.Fatalf("trying 8 %% changes %+v", try)
	}
	if x := must(tab, bridge.OpPortfolio, query.PortfolioAsk{Lang: "fr", Width: 1040}); x.Head.Empty {
		t.Fatal("no portfolio")
	}
	growing := func() int {
		return len(must(tab, bridge.OpList, query.ListAsk{Lang: "fr", Phase: "C", Limit: 200}).Rows)
	}
	before := growing()
	if n := must(tab, bridge.OpSetRule, bridge.SetRule{Key: "dcmv.gUp", Values: []float64{8}}).Pending; n != 1 {
		t.Errorf("%d actions wait, want one", n)
	}
	if n := growing(); before-n != try.Sides[0].Phases[1]-try.Sides[1].Phases[1] || n == before {
		t.Errorf("%d clients grow, %d before; the effect said %v", n, before, try.Sides)
	}
	r := ruleOf(t, must(tab, bridge.OpRules, query.RulesAsk{}), "dcmv.gUp")
	if r.From != 3 || r.Values[0] != 8 || r.Who != "Maëlle Guivarch" || r.Outer[0] != 5 {
		t.Errorf("in force: %+v", r)
	}
	must(tab, bridge.OpSetRule, bridge.SetRule{Key: "dcmv.gUp", Back: true})
	if r := ruleOf(t, must(tab, bridge.OpRules, query.RulesAsk{}), "dcmv.gUp"); r.From != 0 || r.Values[0] != 5 {
		t.Errorf("given up: %+v", r)
	}
	if n := growing(); n != before {
		t.Errorf("%d clients grow after all, %d before", n, before)
	}
	must(tab, bridge.OpSetRule, bridge.SetRule{Key: "window.mode", Word: "fiscal"})
	must(tab, bridge.OpSetRule, bridge.SetRule{Key: "window.mode", Back: true})
	if r := ruleOf(t, must(tab, bridge.OpRules, query.RulesAsk{}), "window.mode"); r.From != 0 || r.Word != "rolling" {
		t.Errorf("a choice given up: %+v", r)
	}
	// What the analysis alone can tell waits for it.
	deep := must(tab, bridge.OpRules, query.RulesAsk{Key: "risk.amber", Values: []float64{5}}).Effect
	if n := deep.Sides[0].Bands; n[0]+n[1]+n[2] == 0 || deep.Sides[1].Bands[0] >= n[0] {
		t.Errorf("a lower threshold moves the bands of risk from %v to %v", n, deep.Sides[1].Bands)
	}
	for _, bad := range []bridge.SetRule{{Key: "dcmv.gUp", Values: []float64{-40}}, {Key: "score.weights", Values: []float64{0, 0, 0}}, {Key: "dcmv.gUp"}, {Key: "retain.H", Values: []float64{1}}, {Key: "?"}} {
		if _, err := ask(tab, bridge.OpSetRule, bad); !isFault(err, bridge.FaultBounds) {
			t.Errorf("%+v: %v, want refused", bad, err)
		}
	}
}

// A manager sets the rules of the team, and may keep one for all: then a rep
// cannot set it.
func TestATeamKeepsARuleForItself(t *testing.T) {
	tab := inExample(t)
	s, err := tab.session()
	if err != nil {
		t.Fatal(err)
	}
	scopes, own := s.scopes, s.book.Own
	s.book.Own = 0 // the manager holds the team, and no portfolio of one's own
	for i := range s.scopes {
		if s.scopes[i].Kind == wire.ScopeTeam {
			s.scopes[i].Roles = []portfolio.Role{portfolio.RoleManager}
		}
	}
	r := must(tab, bridge.OpRules, query.RulesAsk{Key: "dcmv.gUp", Values: []float64{8}})
	if r.Level != 2 || r.Effect == nil || r.Effect.Class == 0 {
		t.Fatalf("the team's rules: %+v", r)
	}
	team := s.scopes
	_, _, holds := s.ruled()
	if err := s.book.SetParameter(t.Context(), holds, 2, "dcmv.gUp", []float64{8}, "", true); err != nil {
		t.Fatal(err)
	}
	if err := s.loadMisc(t.Context()); err != nil {
		t.Fatal(err)
	}
	_ = team
	s.scopes, s.book.Own = scopes, own
	x := ruleOf(t, must(tab, bridge.OpRules, query.RulesAsk{}), "dcmv.gUp")
	if x.Locked != 2 || x.From != 2 || x.Values[0] != 8 {
		t.Errorf("a rep sees %+v, want the team's 8, locked", x)
	}
	if _, err := ask(tab, bridge.OpSetRule, bridge.SetRule{Key: "dcmv.gUp", Values: []float64{12}}); !isFault(err, bridge.FaultLocked) {
		t.Errorf("a locked rule was set: %v", err)
	}
}
