package ui

import (
	"context"
	"strings"
	"sync"
	"testing"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/wire"
)

// someRules are three of each kind: one's own, the team's, locked.
func someRules() query.Rules {
	return query.Rules{Level: 3, Others: 144, Head: query.Head{Name: "Côte d’Émeraude"}, Rules: []query.Rule{
		{Key: "score.weights", Values: []float64{4, 4, 2}, Outer: []float64{4, 4, 2}, High: 10},
		{Key: "window.mode", Word: "rolling", OuterWord: "rolling", Words: []string{"rolling", "fiscal"}},
		{Key: "dcmv.gUp", Values: []float64{8}, From: 3, Who: "Maëlle Guivarch", Outer: []float64{6}, OuterFrom: 2, Low: -100, High: 100, Unit: "%"},
		{Key: "dcmv.gDown", Values: []float64{-10}, From: 2, Who: "Nathalie Briand", Outer: []float64{-10}, OuterFrom: 2, Low: -100, High: 100, Unit: "%"},
		{Key: "abc.cuts", Values: []float64{70, 90}, From: 1, Who: "Nathalie Briand", Outer: []float64{70, 90}, OuterFrom: 1, Locked: 1, High: 100, Unit: "%"},
	}}
}

func growthEffect() *query.RuleEffect {
	return &query.RuleEffect{Clients: 216, Class: 9, Rank: 4, Flows: []query.RuleFlow{{Kind: "phase", From: "C", To: "M", N: 9}},
		Sides: [2]query.RuleSide{{Phases: [4]int{14, 33, 61, 72}}, {Phases: [4]int{14, 24, 70, 72}}},
		Moved: []query.RuleMover{{ID: portfolio.ID{3}, Name: "Cuisine centrale", Kind: "phase", From: "C", To: "M"}}}
}

// answering is a worker that lists the rules and tries them; seen are the
// orders.
func answering(b *bench) (tried *[]query.RulesAsk, set *[]bridge.SetRule) {
	var asks []query.RulesAsk
	var mu sync.Mutex
	bridge.Handle(b.mux, bridge.OpRules, func(_ context.Context, q query.RulesAsk, _ func(bridge.Progress)) (query.Rules, error) {
		mu.Lock()
		defer mu.Unlock()
		v := someRules()
		if q.Key == "" {
			return v, nil
		}
		asks = append(asks, q)
		switch {
		case q.Key == "dcmv.gUp" && q.Values[0] == -40:
			v.Refusal = &query.RuleRefusal{Why: "crosses", Other: "dcmv.gDown"}
		case q.Key == "score.weights" && q.Values[0] > 10:
			v.Refusal = &query.RuleRefusal{Why: "bounds", High: 10}
		case q.Key == "score.weights":
			v.Effect = &query.RuleEffect{Clients: 216, Cards: 246, Score: 43, Rank: 51, Sides: [2]query.RuleSide{{Bins: [10]int{6: 3, 7: 2}}, {Bins: [10]int{6: 1, 7: 4}}},
				First: []query.RuleMover{{Name: "Brasserie de l’Écluse", Rank: [2]int{3, 1}}, {Name: "Clinique de la Rance", Rank: [2]int{1, 2}}},
				Moved: []query.RuleMover{{Name: "Garage Lemarchand", Rank: [2]int{12, 8}}}}
		default:
			v.Effect = growthEffect()
		}
		return v, nil
	})
	return &asks, records(b, bridge.OpSetRule, bridge.Saved{Pending: 1})
}

func TestTheSettingsLeadToTheRules(t *testing.T) {
	b := newBench(t)
	answers(b, bridge.OpDiagnosis, bridge.Diagnosis{Version: "test", Cards: 180, Rows: 5432, Scopes: []wire.Grant{
		{Scope: 1, Kind: wire.ScopeOrg, Name: "Armor"}, {Scope: 2, Kind: wire.ScopeTeam, Name: "Ouest"}, {Scope: 3, Kind: wire.ScopePortfolio, Name: "Côte"}, {Scope: 4, Kind: wire.ScopeUser, Name: "Maëlle"},
	}})
	answers(b, bridge.OpDemo, bridge.DemoSaid{})
	answering(b)
	p := page[*settingsPage](b, settingsPath)
	said(t, p, "Règles de mon portefeuille", "Une valeur est à vous sur 5. Une est gardée au-dessus de vous.", "Voir et essayer",
		"Affichage", "Fiches 180", "Organisation Armor", "Équipe Ouest", "Portefeuille Côte", "Espace personnel Maëlle", "Exporter les clients", "Effacer mes données d'ici", "Exemple")
}

// A value shows its effect before it is applied; applying it can be undone; what
// cannot be says its bounds and is never sent.
func TestARuleShowsItsEffectBeforeItApplies(t *testing.T) {
	b := newBench(t)
	tried, set := answering(b)
	p := page[*rulesPage](b, rulesPath)
	s := said(t, p, "Règles de mon portefeuille", "1 règle propre sur 5", "Poids du score", "40 %", "20 %", "Croissance dès", "vous", "équipe Nathalie Briand", "gardé par l'organisation",
		"Les 144 autres règles", "Changez une valeur")
	if strings.Contains(s, "Appliquer") {
		t.Error("there is something to apply before anything was changed")
	}
	rule := func(key string) *query.Rule {
		for i := range p.view.Value.Rules {
			if p.view.Value.Rules[i].Key == key {
				return &p.view.Value.Rules[i]
			}
		}
		t.Fatal(key)
		return nil
	}
	p.try(b.ctx, rule("dcmv.gUp"), []float64{9}, "")
	b.engine.ConsumeAll()
	if len(*tried) != 1 || (*tried)[0].Values[0] != 9 || len(*set) != 0 {
		t.Fatalf("tried %+v, set %+v", *tried, *set)
	}
	said(t, p, "Croissance dès : 9 %, au lieu de 8 %", "9 clients sur 216 changent de phase", "4 changent de rang", "9 clients : C → M", "Cuisine centrale", "Appliquer", "Abandonner", "Valeur de l'équipe", "Voir en tableau")
	p.apply(b.ctx)
	b.engine.ConsumeAll()
	if len(*set) != 1 || (*set)[0].Values[0] != 9 || (*set)[0].Back || p.key != "" {
		t.Fatalf("set %+v, still trying %q", *set, p.key)
	}
	snack := p.E.queue.Shown()
	if snack == nil || !strings.Contains(snack.Text, "Croissance dès") {
		t.Fatalf("said %+v", snack)
	}
	snack.Act(b.ctx)
	b.engine.ConsumeAll()
	if last := (*set)[1]; last.Values[0] != 8 || last.Back {
		t.Errorf("Annuler set %+v, want one's own 8 again", last)
	}

	// Back to the team's value: its effect first, too; undone, one's own again.
	p.above(b.ctx, rule("dcmv.gUp"))
	b.engine.ConsumeAll()
	if last := (*tried)[len(*tried)-1]; !last.Back || last.Key != "dcmv.gUp" {
		t.Errorf("tried %+v, want the value of the level above", last)
	}
	said(t, p, "Croissance dès : 6 %, au lieu de 8 %")
	p.apply(b.ctx)
	b.engine.ConsumeAll()
	if last := (*set)[2]; !last.Back {
		t.Errorf("set %+v, want given up", last)
	}
	// A value of the method that is replaced: undoing gives it up again.
	p.try(b.ctx, rule("score.weights"), []float64{5, 4, 2}, "")
	b.engine.ConsumeAll()
	said(t, p, "51 fiches sur 246 changent de rang", "Les 2 premiers", "4 à 70 et plus, au lieu de 2.", "Garage Lemarchand", "12ᵉ")
	p.apply(b.ctx)
	b.engine.ConsumeAll()
	p.E.queue.Shown().Act(b.ctx)
	b.engine.ConsumeAll()
	if last := (*set)[len(*set)-1]; last.Key != "score.weights" && last.Key != "dcmv.gUp" || last.Key == "score.weights" && !last.Back {
		t.Errorf("Annuler set %+v", last)
	}

	n := len(*set)
	p.try(b.ctx, rule("dcmv.gUp"), []float64{-40}, "")
	b.engine.ConsumeAll()
	said(t, p, "Cette valeur croise « Vieillissement dès ». La valeur en place reste.", "Cette valeur ne peut pas être prise")
	p.try(b.ctx, rule("score.weights"), []float64{11, 4, 2}, "")
	b.engine.ConsumeAll()
	said(t, p, "Entre 0 et 10. La valeur en place reste.")
	b.ctx.Dispatch(p.drop)
	b.engine.ConsumeAll()
	said(t, p, "Changez une valeur")
	if len(*set) != n {
		t.Errorf("what cannot be was sent: %+v", (*set)[n:])
	}
	// The words of a team, and the choice of a word.
	p.view.Value.Level = 2
	p.try(b.ctx, rule("window.mode"), nil, "fiscal")
	b.engine.ConsumeAll()
	said(t, p, "Règles de l'équipe", "Période : Exercice, au lieu de Mois glissants", "Garder pour toute l'équipe")
	p.lock = true
	p.apply(b.ctx)
	b.engine.ConsumeAll()
	if last := (*set)[len(*set)-1]; last.Word != "fiscal" || !last.Lock {
		t.Errorf("set %+v, want the fiscal year, kept for the team", last)
	}
}

func TestTypedNumbersAreRead(t *testing.T) {
	for text, want := range map[string]float64{"8": 8, " 8,5 ": 8.5, "−10": -10, "-3.25": -3.25, "1\u202f200": 1200, "5\u00a0%": 5, "0,4": .4} {
		if got, ok := readNumber(text); !ok || got != want {
			t.Errorf("%q is read as %v", text, got)
		}
	}
	for _, text := range []string{"", "beaucoup", "NaN", "1e999", "8 à 9"} {
		if got, ok := readNumber(text); ok {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

// Every rule, word, level and refusal has its words.
func TestEveryRuleHasItsWords(t *testing.T) {
	s := query.NewSnapshot(i18n.Today(shellNow))
	for _, r := range s.Rules(query.Reader{}, query.RulesAsk{Scope: 1, Level: 3}, nil).Rules {
		keys := []string{"rule." + r.Key, "rule." + r.Key + ".text"}
		for _, w := range r.Words {
			keys = append(keys, "rule."+r.Key+"."+w)
		}
		if len(r.Values) > 1 {
			for i := range r.Values {
				keys = append(keys, "rule."+r.Key+"."+string(rune('0'+i)))
			}
		}
		if r.Unit != "" {
			keys = append(keys, "rules.unit."+r.Unit)
		}
		for _, k := range keys {
			if !i18n.Has(k) {
				t.Errorf("no words for %s", k)
			}
		}
		found := false
		for _, g := range ruleGroups {
			for _, k := range g.rules {
				found = found || k == r.Key
			}
		}
		if !found {
			t.Errorf("%s is in no group: nobody sees it", r.Key)
		}
	}
	for _, k := range []string{"bounds", "whole", "order", "zero", "crosses", "unknown"} {
		if !i18n.Has("rules.refused." + k) {
			t.Errorf("no words for the refusal %s", k)
		}
	}
}
