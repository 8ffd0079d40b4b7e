package query_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// ruled is the demonstration's portfolio on a device, with settings.
type ruled struct {
	*query.Snapshot
	misc    []journal.Row
	bundles []query.Bundle
}

const ruledAt, ruledTeam = demo.AlonePortfolio, demo.AloneTeam

var ruledDay = calendar.Of(2026, time.November, 19)

func newRuled() ruled {
	c := demo.Alone(1, ruledDay)
	var out ruled
	cards := map[portfolio.ID]int{}
	c.Each(1<<20, journal.Mark{}, func(rows []journal.Row) bool {
		for _, r := range rows {
			switch {
			case r.Scope != ruledAt || r.Entity == portfolio.KindCost || r.Entity == portfolio.KindTime:
				out.misc = append(out.misc, r)
			default:
				k, ok := cards[r.Root]
				if !ok {
					k = len(out.bundles)
					cards[r.Root] = k
					out.bundles = append(out.bundles, query.Bundle{Root: r.Root, Scope: ruledAt})
				}
				out.bundles[k].Rows = append(out.bundles[k].Rows, r)
			}
		}
		return true
	})
	out.Snapshot = query.NewSnapshot(ruledDay)
	out.set()
	var all []query.Card
	for _, b := range out.bundles {
		if card, ok := query.Derive(b); ok {
			all = append(all, card)
		}
	}
	out.SetCards(all)
	out.Deepen(out.bundles...)
	return out
}

// set puts settings in force, beside the organisation.
func (w ruled) set(settings ...portfolio.Setting) {
	d := &draft{}
	for _, x := range settings {
		d.add(portfolio.KindSetting, x)
	}
	w.SetMisc(append(slices.Clone(w.misc), d.Rows...))
}

func own(key string, word string, values ...float64) portfolio.Setting {
	return portfolio.Setting{Key: key, Values: values, Word: word, Level: 3, Scope: ruledAt}
}

// trials are another value of every rule.
var trials = []query.RulesAsk{
	{Key: "score.weights", Values: []float64{1, 5, 3}},
	{Key: "window.mode", Word: "fiscal"},
	{Key: "window.months", Values: []float64{24}},
	{Key: "balance.result", Word: "sales"},
	{Key: "dcmv.startMonths", Values: []float64{24}},
	{Key: "dcmv.gUp", Values: []float64{8}},
	{Key: "dcmv.gDown", Values: []float64{-3}},
	{Key: "abc.cuts", Values: []float64{60, 90}},
	{Key: "fragile.rank1Max", Values: []float64{20}},
	{Key: "potential.minConfidence", Values: []float64{.8}},
	{Key: "risk.amber", Values: []float64{5}},
	{Key: "risk.red", Values: []float64{16}},
}

// The effect told before a rule is put in force is what putting it in force
// does: scores, ranks, phases, weights, bands and classes of every client, read
// off the snapshot before and after.
func TestAnEffectIsWhatPuttingInForceDoes(t *testing.T) {
	type state struct {
		score, rank                   int
		phase, abc, band, class, name string
	}
	read := func(w ruled) map[portfolio.ID]state {
		out := map[portfolio.ID]state{}
		sc, a := w.Scored(ruledAt), w.Analysis(ruledAt)
		for i, c := range sc.Cards {
			out[c.ID] = state{int(sc.Sheet.Score100[i] + .5), int(sc.Rank[i]), sc.Phase[i].String(), sc.ABC.Class[i].String(),
				bandOf(&a.Attrition().Departure[i]), "", c.Name}
		}
		r := a.Response()
		for k, i := range r.Clients {
			s := out[a.Cards[i].ID]
			s.class = r.Balance.Class[k].String()
			out[a.Cards[i].ID] = s
		}
		return out
	}
	seen := map[string]bool{}
	for _, ask := range trials {
		w := newRuled()
		ask.Scope, ask.Level = ruledAt, 3
		before := read(w)
		got := w.Rules(reader, ask, w.Analysis(ruledAt))
		if got.Refusal != nil || got.Effect == nil {
			t.Errorf("%s: %+v", ask.Key, got.Refusal)
			continue
		}
		if again := read(w); !reflect.DeepEqual(again, before) {
			t.Errorf("%s: trying it changed what is in force", ask.Key)
		}
		w.set(own(ask.Key, ask.Word, ask.Values...))
		after := read(w)
		e := got.Effect
		scores, ranks := 0, 0
		flows := map[query.RuleFlow]int{}
		for id, x := range before {
			y := after[id]
			if x.score != y.score {
				scores++
			}
			if x.rank != y.rank {
				ranks++
			}
			for _, f := range [][3]string{{"phase", x.phase, y.phase}, {"abc", x.abc, y.abc}, {"band", x.band, y.band}, {"class", x.class, y.class}} {
				if f[1] == f[2] || (f[0] == "band" || f[0] == "class") && !query.RuleDeep(ask.Key) {
					continue
				}
				flows[query.RuleFlow{Kind: f[0], From: f[1], To: f[2]}]++
			}
		}
		if e.Score != scores || e.Rank != ranks || e.Cards != len(before) || e.Clients != w.Rules(reader, query.RulesAsk{Scope: ruledAt, Level: 3}, nil).Head.Clients && ask.Key != "window.months" && ask.Key != "window.mode" {
			t.Errorf("%s: %d scores and %d ranks of %d, in force %d and %d of %d", ask.Key, e.Score, e.Rank, e.Cards, scores, ranks, len(before))
		}
		total := 0
		for _, f := range e.Flows {
			n := f.N
			f.N = 0
			if flows[f] != n {
				t.Errorf("%s: %d go %+v, in force %d", ask.Key, n, f, flows[f])
			}
			delete(flows, f)
			total += n
			seen[f.Kind] = true
		}
		if len(flows) > 0 || total != e.Class {
			t.Errorf("%s: nothing was told of %v; %d of %d", ask.Key, flows, total, e.Class)
		}
		if len(e.Moved) > 8 || len(e.First) != 8 || (e.Rank > 0 || e.Class > 0) != (len(e.Moved) > 0) {
			t.Errorf("%s: %d movers, %d first", ask.Key, len(e.Moved), len(e.First))
		}
		for _, m := range e.First {
			if x, y := before[m.ID], after[m.ID]; m.Rank != [2]int{x.rank, y.rank} || m.Name != x.name {
				t.Errorf("%s: %+v, in force from %d to %d", ask.Key, m, x.rank, y.rank)
			}
		}
		for side := range e.Sides {
			n := 0
			for _, b := range e.Sides[side].Bins {
				n += b
			}
			if n != len(before) {
				t.Errorf("%s: the tenths of the scores hold %d of %d", ask.Key, n, len(before))
			}
		}
		// Given up again, everything is as before.
		if back := w.Rules(reader, query.RulesAsk{Scope: ruledAt, Level: 3, Key: ask.Key, Back: true}, w.Analysis(ruledAt)); back.Effect == nil || back.Effect.Score != scores || back.Effect.Class != total {
			t.Errorf("%s: going back changes %+v, want what setting it changed", ask.Key, back.Effect)
		}
	}
	for _, kind := range []string{"phase", "abc", "band", "class"} {
		if !seen[kind] {
			t.Errorf("no trial moved a %s: the test looks at nothing", kind)
		}
	}
}

// A growth between 5 and 8 per cent is growth until the threshold is 8: the
// clients who leave C are those, counted by hand from their sales.
func TestTheThresholdOfGrowthMovesThoseBetween(t *testing.T) {
	w := newRuled()
	sc := w.Scored(ruledAt)
	want := 0
	for i := range sc.Cards {
		if n, n1 := float64(sc.N[i]), float64(sc.N1[i]); sc.Phase[i].String() == "C" && n1 > 0 && n/n1-1 < .08 {
			want++
		}
	}
	e := w.Rules(reader, query.RulesAsk{Scope: ruledAt, Level: 3, Key: "dcmv.gUp", Values: []float64{8}}, nil).Effect
	if want == 0 || len(e.Flows) != 1 || e.Flows[0] != (query.RuleFlow{Kind: "phase", From: "C", To: "M", N: want}) {
		t.Errorf("flows %+v, want %d from C to M", e.Flows, want)
	}
	if e.Sides[0].Phases[1]-e.Sides[1].Phases[1] != want || e.Sides[1].Phases[2]-e.Sides[0].Phases[2] != want {
		t.Errorf("the columns are %v and %v", e.Sides[0].Phases, e.Sides[1].Phases)
	}
}

func TestAValueOutOfBoundsIsRefusedWithItsBounds(t *testing.T) {
	w := newRuled()
	for _, c := range []struct {
		ask  query.RulesAsk
		want query.RuleRefusal
	}{
		{query.RulesAsk{Key: "window.months", Values: []float64{2}}, query.RuleRefusal{Why: "bounds", Low: 3, High: 60}},
		{query.RulesAsk{Key: "window.months", Values: []float64{61}}, query.RuleRefusal{Why: "bounds", Low: 3, High: 60}},
		{query.RulesAsk{Key: "window.months", Values: []float64{12.5}}, query.RuleRefusal{Why: "whole", Low: 3, High: 60}},
		{query.RulesAsk{Key: "score.weights", Values: []float64{0, 0, 0}}, query.RuleRefusal{Why: "zero"}},
		{query.RulesAsk{Key: "score.weights", Values: []float64{4, 11, 2}}, query.RuleRefusal{Why: "bounds", Place: 1, High: 10}},
		{query.RulesAsk{Key: "abc.cuts", Values: []float64{95, 80}}, query.RuleRefusal{Why: "order", Place: 1}},
		{query.RulesAsk{Key: "dcmv.gUp", Values: []float64{-20}}, query.RuleRefusal{Why: "crosses", Other: "dcmv.gDown"}},
		{query.RulesAsk{Key: "risk.red", Values: []float64{10}}, query.RuleRefusal{Why: "crosses", Other: "risk.amber"}},
		{query.RulesAsk{Key: "window.mode", Word: "lunar"}, query.RuleRefusal{Why: "unknown"}},
	} {
		c.ask.Scope, c.ask.Level = ruledAt, 3
		got := w.Rules(reader, c.ask, nil)
		if got.Effect != nil || got.Refusal == nil {
			t.Errorf("%+v was taken", c.ask)
			continue
		}
		if c.want.Why != "bounds" && c.want.Why != "whole" {
			got.Refusal.Low, got.Refusal.High = 0, 0
		}
		if *got.Refusal != c.want {
			t.Errorf("%+v: %+v, want %+v", c.ask, *got.Refusal, c.want)
		}
	}
}

// Where a value comes from, what would hold without one's own, and who keeps a
// rule to himself: then the portfolio's own value does not count.
func TestARuleSaysWhoDecidedItAndWhoKeepsIt(t *testing.T) {
	w := newRuled()
	boss := demo.Alone(1, ruledDay).Users[0].ID
	team := portfolio.Setting{Key: "dcmv.gUp", Values: []float64{8}, Level: 2, Scope: ruledTeam, Author: boss}
	company := portfolio.Setting{Key: "abc.cuts", Values: []float64{70, 90}, Level: 1, Scope: demo.AloneOrg, Author: boss}
	find := func(level int, key string) query.Rule {
		for _, r := range w.Rules(reader, query.RulesAsk{Scope: ruledAt, Level: level}, nil).Rules {
			if r.Key == key {
				return r
			}
		}
		t.Fatalf("%s is not listed", key)
		return query.Rule{}
	}
	w.set(team, company, own("dcmv.gUp", "", 12))
	if r := find(3, "dcmv.gUp"); r.From != 3 || r.Values[0] != 12 || r.OuterFrom != 2 || r.Outer[0] != 8 || r.Locked != 0 || r.Low != -100 || r.High != 100 {
		t.Errorf("%+v, want 12 of one's own over the team's 8", r)
	}
	if r := find(3, "abc.cuts"); r.From != 1 || r.Who != "Nathalie Briand" || r.Values[0] != 70 {
		t.Errorf("%+v, want 70 and 90 of the organisation", r)
	}
	if r := find(2, "dcmv.gUp"); r.From != 2 || r.Values[0] != 8 || r.OuterFrom != 0 || r.Outer[0] != 5 {
		t.Errorf("seen from the team: %+v, want its own 8 over the method's 5", r)
	}
	team.Locked = true
	w.set(team, company, own("dcmv.gUp", "", 12))
	if r := find(3, "dcmv.gUp"); r.From != 2 || r.Values[0] != 8 || r.Locked != 2 {
		t.Errorf("locked: %+v, want the team's 8", r)
	}
	if !w.Locked(ruledAt, "dcmv.gUp", 3) || w.Locked(ruledAt, "dcmv.gUp", 2) || w.Locked(ruledAt, "dcmv.gDown", 3) {
		t.Error("the lock holds elsewhere, or not where it should")
	}
	// Given up: a setting without a value lets the outer one speak.
	w.set(company, own("abc.cuts", ""))
	if r := find(3, "abc.cuts"); r.From != 1 || r.Values[0] != 70 {
		t.Errorf("%+v after giving up one's own, want the organisation's", r)
	}
	n := len(w.Rules(reader, query.RulesAsk{Scope: ruledAt, Level: 3}, nil).Rules)
	if others := w.Rules(reader, query.RulesAsk{Scope: ruledAt, Level: 3}, nil).Others; others+n != 156 {
		t.Errorf("%d rules and %d others, want the 156 of the method", n, others)
	}
	// A team's trial counts the portfolios that keep a value of their own.
	w.set(own("score.weights", "", 1, 1, 1))
	if e := w.Rules(reader, query.RulesAsk{Level: 2, Key: "score.weights", Values: []float64{9, 1, 1}}, nil).Effect; e.Follow != 1 || e.Score != 0 {
		t.Errorf("%+v, want one portfolio that does not follow", e)
	}
}

// bandOf is the band that the screens show: a doubtful risk is in none.
func bandOf(d *attrition.Departure) string {
	if d.Grey {
		return "0"
	}
	return fmt.Sprint(d.Band)
}
