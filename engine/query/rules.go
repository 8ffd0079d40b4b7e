package query

import (
	"errors"
	"slices"

	"sillon/engine/attrition"
	"sillon/engine/maturity"
	"sillon/engine/params"
	"sillon/engine/portfolio"
	"sillon/engine/response"
	"sillon/engine/sorting"
	"sillon/engine/weight"
)

// RulesAsk asks for the rules that whoever answers for a portfolio may set
// (règles), and what another value of one of them would change.
type RulesAsk struct {
	Scope  uint32    `cbor:"1,keyasint,omitempty"`
	Level  int       `cbor:"2,keyasint,omitempty"` // whose values are set, as [params.Scope]; the worker decides
	Key    string    `cbor:"3,keyasint,omitempty"` // the rule that is tried; "": none
	Values []float64 `cbor:"4,keyasint,omitempty"`
	Word   string    `cbor:"5,keyasint,omitempty"`
	Back   bool      `cbor:"6,keyasint,omitempty"` // tried: without a value of one's own
}

// Rules are the rules in force where they were asked about.
type Rules struct {
	Head    Head         `cbor:"1,keyasint"`
	Level   int          `cbor:"2,keyasint"`
	Rules   []Rule       `cbor:"3,keyasint"`
	Others  int          `cbor:"4,keyasint"` // rules of the method that are not set here
	Effect  *RuleEffect  `cbor:"5,keyasint,omitempty"`
	Refusal *RuleRefusal `cbor:"6,keyasint,omitempty"` // why the tried value cannot be
}

// A Rule is one of them. From is the level that gives the value: 0 the method,
// 1 organisation, 2 team, 3 portfolio.
type Rule struct {
	Key       string    `cbor:"1,keyasint"`
	Values    []float64 `cbor:"2,keyasint,omitempty"`
	Word      string    `cbor:"3,keyasint,omitempty"`
	From      int       `cbor:"4,keyasint,omitempty"`
	Who       string    `cbor:"5,keyasint,omitempty"` // who decided it there
	Outer     []float64 `cbor:"6,keyasint,omitempty"` // what would hold without a value of one's own
	OuterWord string    `cbor:"7,keyasint,omitempty"`
	OuterFrom int       `cbor:"8,keyasint,omitempty"`
	Locked    int       `cbor:"9,keyasint,omitempty"` // the level above that keeps it for itself; 0: free
	Shut      bool      `cbor:"10,keyasint,omitempty"`
	Words     []string  `cbor:"11,keyasint,omitempty"` // of a choice
	Low       float64   `cbor:"12,keyasint,omitempty"`
	High      float64   `cbor:"13,keyasint,omitempty"`
	Whole     bool      `cbor:"14,keyasint,omitempty"`
	Unit      string    `cbor:"15,keyasint,omitempty"`
	Kept      bool      `cbor:"16,keyasint,omitempty"` // the level that decides here keeps the levels inside to it
}

// Own reports whether the level itself gives the value.
func (r *Rule) Own(level int) bool { return r.From == level }

// A RuleRefusal says why a value cannot be: Why is bounds, whole, order, zero,
// crosses or unknown.
type RuleRefusal struct {
	Why   string  `cbor:"1,keyasint"`
	Place int     `cbor:"2,keyasint,omitempty"` // which number, from 0
	Low   float64 `cbor:"3,keyasint,omitempty"`
	High  float64 `cbor:"4,keyasint,omitempty"`
	Other string  `cbor:"5,keyasint,omitempty"` // the rule that it crosses
}

// A RuleEffect is what the tried value changes, in all portfolios that would
// follow it.
type RuleEffect struct {
	Clients int         `cbor:"1,keyasint"` // looked at, prospects aside
	Score   int         `cbor:"2,keyasint,omitempty"`
	Rank    int         `cbor:"3,keyasint,omitempty"`
	Class   int         `cbor:"4,keyasint,omitempty"` // clients whose class changes, in any of Flows
	Flows   []RuleFlow  `cbor:"5,keyasint,omitempty"` // the largest first
	Sides   [2]RuleSide `cbor:"6,keyasint"`           // before, after
	First   []RuleMover `cbor:"7,keyasint,omitempty"` // the eight first after, by rank; of one portfolio
	Moved   []RuleMover `cbor:"8,keyasint,omitempty"` // whose class or, without any, whose rank changes most
	Follow  int         `cbor:"9,keyasint,omitempty"` // portfolios that keep a value of their own
	Cards   int         `cbor:"10,keyasint"`          // looked at, prospects among them: all have a rank
}

// RuleFlow counts the clients that go from one class to another. Kind is phase,
// abc, band (of risk) or class (of the balance).
type RuleFlow struct {
	Kind string `cbor:"1,keyasint"`
	From string `cbor:"2,keyasint"`
	To   string `cbor:"3,keyasint"`
	N    int    `cbor:"4,keyasint"`
}

// A RuleSide is the portfolio under one value.
type RuleSide struct {
	Bins    [10]int `cbor:"1,keyasint"` // clients by tenth of the score
	Phases  [4]int  `cbor:"2,keyasint"` // D C M V
	ABC     [3]int  `cbor:"3,keyasint"`
	Bands   [3]int  `cbor:"4,keyasint"` // of risk: green, amber, red
	Classes [4]int  `cbor:"5,keyasint"` // of the balance
	Top     int     `cbor:"6,keyasint"` // clients of the top floor of sales
	Fragile bool    `cbor:"7,keyasint"`
	Faint   int     `cbor:"8,keyasint"` // potentials of low confidence
}

// A RuleMover is one client before and after.
type RuleMover struct {
	ID    portfolio.ID `cbor:"1,keyasint"`
	Name  string       `cbor:"2,keyasint"`
	Rank  [2]int       `cbor:"3,keyasint"`
	Score [2]int       `cbor:"4,keyasint"`
	Kind  string       `cbor:"5,keyasint,omitempty"` // of From and To, as of a flow
	From  string       `cbor:"6,keyasint,omitempty"`
	To    string       `cbor:"7,keyasint,omitempty"`

	weight int64
}

// freeRules are the rules that a rep may set, where nobody above keeps them.
var freeRules = [...]params.Key{
	params.ScoreWeights,
	params.WindowMode, params.WindowMonths,
	params.BalanceResult,
	params.DCMVStartMonths, params.DCMVGUp, params.DCMVGDown,
	params.ABCCuts, params.FragileRank1Max, params.PotentialMinConfidence,
	params.RiskAmber, params.RiskRed,
}

// RuleFree reports whether a rule is one of those that may be set.
func RuleFree(key string) bool { return slices.Contains(freeRules[:], params.Key(key)) }

// RuleDeep reports whether the effect of a rule is read in the analysis.
func RuleDeep(key string) bool {
	k := params.Key(key)
	return k == params.BalanceResult || k == params.RiskAmber || k == params.RiskRed
}

// Rules lists the rules of a portfolio, or of a team above all portfolios held
// (scope 0), and tries one. deep, for [RuleDeep], is the analysis of the
// portfolio; it may be nil.
func (s *Snapshot) Rules(r Reader, ask RulesAsk, deep *Analysis) Rules {
	out := Rules{Head: s.head(r, ask.Scope), Level: ask.Level, Others: len(params.Rows()) - len(freeRules)}
	level := params.Scope(ask.Level)
	at := ask.Scope
	if at == 0 { // a team's: as its first portfolio sees them without its own
		if all := s.scopes(0); len(all) > 0 {
			at = all[0]
		}
	}
	set, _ := s.settled(at, ask.Level, nil)
	outer, _ := s.settled(at, ask.Level-1, nil)
	for _, key := range freeRules {
		if ask.Scope == 0 && RuleDeep(string(key)) {
			out.Others++ // told of one portfolio at a time
			continue
		}
		row, _ := params.Lookup(key)
		v, from := set.Get(key)
		rule := Rule{Key: string(key), Values: v.Numbers, Word: v.Word, From: int(from), Words: row.Words, Whole: row.Whole, Unit: row.Unit, Shut: r.Readonly}
		rule.Who, rule.Locked = s.decided(at, string(key), int(from)), s.lockedOver(at, string(key), ask.Level)
		if from == level {
			for i := range s.settings {
				x := &s.settings[i]
				rule.Kept = rule.Kept || x.Locked && x.Key == rule.Key && x.Level == ask.Level && s.speaks(x, at)
			}
		}
		if len(row.Bounds) > 0 {
			rule.Low, rule.High = row.Bounds[0].Low, row.Bounds[0].High
		}
		v, from = outer.Get(key)
		rule.Outer, rule.OuterWord, rule.OuterFrom = v.Numbers, v.Word, int(from)
		out.Rules = append(out.Rules, rule)
	}
	if ask.Key == "" {
		return out
	}
	e, err := s.tryRule(ask, deep)
	if err != nil {
		out.Refusal = refusalOf(err)
		return out
	}
	out.Effect = e
	return out
}

// decided is who gave a value at a level.
func (s *Snapshot) decided(scope uint32, key string, level int) string {
	for i := range slices.Backward(s.settings) {
		if x := &s.settings[i]; x.Key == key && x.Level == level && s.speaks(x, scope) {
			return s.users[x.Author].Name
		}
	}
	return ""
}

// lockedOver is the level above that keeps a rule for itself; 0: none.
func (s *Snapshot) lockedOver(scope uint32, key string, level int) int {
	for i := range s.settings {
		if x := &s.settings[i]; x.Key == key && x.Locked && x.Level < level && s.speaks(x, scope) {
			return x.Level
		}
	}
	return 0
}

// Locked reports whether a level above keeps a rule of a portfolio for itself.
func (s *Snapshot) Locked(scope uint32, key string, level int) bool {
	return s.lockedOver(scope, key, level) != 0
}

func refusalOf(err error) *RuleRefusal {
	var e *params.Error
	if !errors.As(err, &e) {
		return &RuleRefusal{Why: "unknown"}
	}
	why := "unknown"
	switch e.Problem {
	case params.OutOfBounds, params.NotANumber:
		why = "bounds"
	case params.NotWhole:
		why = "whole"
	case params.WrongOrder:
		why = "order"
	case params.WrongSum:
		why = "zero"
	case params.Crosses:
		why = "crosses"
	}
	return &RuleRefusal{Why: why, Place: e.Place, Low: e.Bound.Low, High: e.Bound.High, Other: string(e.Other)}
}

// triedSet is the set of a portfolio with the tried value. It is refused when
// it would not be in force at its level, or would put out of force another value
// of that level or of one inside.
func (s *Snapshot) triedSet(scope uint32, ask RulesAsk) (*params.Set, error) {
	key, level := params.Key(ask.Key), params.Scope(ask.Level)
	if ask.Level < int(params.Org) || ask.Level > int(params.Portfolio) || s.lockedOver(scope, ask.Key, ask.Level) != 0 {
		return nil, &params.Error{Key: key, Scope: level, Problem: params.UnknownScope}
	}
	set, refused := s.settled(scope, int(params.Portfolio), &ask)
	_, before := s.settled(scope, int(params.Portfolio), nil)
	for _, e := range refused {
		if e.Key != key && e.Other != key {
			continue
		}
		fresh := e.Scope >= level && e.Problem == params.Crosses
		for _, o := range before {
			fresh = fresh && (o.Key != e.Key || o.Scope != e.Scope || o.Problem != e.Problem)
		}
		if fresh || e.Scope == level && !ask.Back {
			if e.Other == key {
				e.Key, e.Other = key, e.Key
			}
			return nil, e
		}
	}
	return set, nil
}

// Refuses says why a value cannot be put in force, or nothing.
func (s *Snapshot) Refuses(ask RulesAsk) *RuleRefusal {
	at := s.scopes(ask.Scope)
	if len(at) == 0 { // scope 0 beside portfolios would judge a team without its own values
		at = []uint32{ask.Scope}
	}
	for _, n := range at {
		if _, err := s.triedSet(n, ask); err != nil {
			return refusalOf(err)
		}
	}
	return nil
}

// tryRule sets the two sides against each other.
func (s *Snapshot) tryRule(ask RulesAsk, deep *Analysis) (*RuleEffect, error) {
	e := &RuleEffect{}
	kinds := map[RuleFlow]int{}
	scopes := s.scopes(ask.Scope)
	for _, n := range scopes {
		set, err := s.triedSet(n, ask)
		if err != nil {
			return nil, err
		}
		if _, from := s.Params(n).Get(params.Key(ask.Key)); from > params.Scope(ask.Level) {
			e.Follow++
		}
		sc := s.Scored(n)
		t := s.scoredBy(sc, set)
		e.compare(sc, t, kinds, len(scopes) == 1)
		if RuleDeep(ask.Key) && deep != nil && deep.Scope == n {
			e.deepen(deep, set, kinds)
		}
	}
	for f, n := range kinds {
		f.N = n
		e.Flows = append(e.Flows, f)
		e.Class += n
	}
	sorting.By(e.Flows, func(a, b RuleFlow) int {
		switch {
		case a.N != b.N:
			return b.N - a.N
		case a.Kind+a.From+a.To < b.Kind+b.From+b.To:
			return -1
		}
		return 1
	})
	e.choose()
	return e, nil
}

// scoredBy is a portfolio with all classes under another set. Nothing of the
// one in force is written to.
func (s *Snapshot) scoredBy(sc *Scored, set *params.Set) *Scored {
	r := s.rulesIn(sc.Scope, set)
	if sc.rules.graded(r) { // the grid alone: fourteen milliseconds for 5,000 clients
		t := *sc
		t.rules = r
		t.grade()
		return &t
	}
	t := &Scored{Scope: sc.Scope, AsOf: sc.AsOf, Fixed: sc.Fixed, today: sc.today, all: sc.all}
	t.score(r)
	return t
}

const moversShown = 8

// compare adds what differs between two states of one portfolio.
func (e *RuleEffect) compare(a, b *Scored, kinds map[RuleFlow]int, one bool) {
	e.Cards += len(a.Cards)
	for side, sc := range [2]*Scored{a, b} {
		x := &e.Sides[side]
		for i := range sc.Cards {
			x.Bins[min(9, max(0, int(sc.Sheet.Score100[i]/10)))]++
			if p := sc.Phase[i]; p >= maturity.Start && p < maturity.Start+4 {
				x.Phases[p-maturity.Start]++
			}
			if c := sc.ABC.Class[i]; c >= weight.A && c <= weight.C {
				x.ABC[c-weight.A]++
			}
			if sc.known[i] && sc.Appraisal[i].Confidence < sc.rules.potential.MinConfidence {
				x.Faint++
			}
		}
		x.Top += sc.R.N[0]
		x.Fragile = x.Fragile || sc.R.Fragile
	}
	for i := range a.Cards {
		if !a.prospect[i] {
			e.Clients++
		}
		m := RuleMover{ID: a.Cards[i].ID, Name: a.Cards[i].Name, Rank: [2]int{int(a.Rank[i]), int(b.Rank[i])},
			Score: [2]int{round(a.Sheet.Score100[i]), round(b.Sheet.Score100[i])}}
		if m.Score[0] != m.Score[1] {
			e.Score++
		}
		if m.Rank[0] != m.Rank[1] {
			e.Rank++
			m.weight = int64(max(m.Rank[0]-m.Rank[1], m.Rank[1]-m.Rank[0]))
		}
		if a.Phase[i] != b.Phase[i] {
			e.flow(&m, "phase", a.Phase[i].String(), b.Phase[i].String(), int64(a.N[i]), kinds)
		}
		if a.ABC.Class[i] != b.ABC.Class[i] {
			e.flow(&m, "abc", a.ABC.Class[i].String(), b.ABC.Class[i].String(), int64(a.N[i]), kinds)
		}
		if m.weight > 0 || m.Kind != "" {
			e.Moved = append(e.Moved, m)
		}
	}
	if one {
		for _, i := range b.Sheet.Order[:min(moversShown, len(b.Sheet.Order))] {
			e.First = append(e.First, RuleMover{ID: a.Cards[i].ID, Name: a.Cards[i].Name, Rank: [2]int{int(a.Rank[i]), int(b.Rank[i])},
				Score: [2]int{round(a.Sheet.Score100[i]), round(b.Sheet.Score100[i])}})
		}
	}
}

// flow notes that a client changes class; sales set the movers in order.
func (e *RuleEffect) flow(m *RuleMover, kind, from, to string, sales int64, kinds map[RuleFlow]int) {
	kinds[RuleFlow{Kind: kind, From: from, To: to}]++
	m.Kind, m.From, m.To, m.weight = kind, from, to, max(1, sales)
}

// deepen adds what only the analysis knows: bands of risk, classes of the
// balance.
func (e *RuleEffect) deepen(a *Analysis, set *params.Set, kinds map[RuleFlow]int) {
	note := func(i int32, kind, from, to string) {
		if from == to {
			return
		}
		c := a.Cards[i]
		m := RuleMover{ID: c.ID, Name: c.Name}
		e.flow(&m, kind, from, to, int64(a.Sales[i]), kinds)
		e.Moved = append(e.Moved, m)
	}
	risk := attrition.From(set)
	for i := range a.Attrition().Departure {
		d := &a.Attrition().Departure[i]
		if d.Band == 0 || d.Grey { // as in the list
			continue
		}
		band := risk.BandOf(d.P)
		e.Sides[0].Bands[d.Band-attrition.Green]++
		e.Sides[1].Bands[band-attrition.Green]++
		note(int32(i), "band", bandWords[d.Band], bandWords[band])
	}
	book := *a.Book
	book.chapters = chaptersOf(set)
	t := &Analysis{Book: &book, fits: a.fits, part: a.part, memo: a.memo}
	t.part.response = nil
	was, will := a.Response(), t.Response()
	for k, i := range was.Clients {
		x, y := was.Balance.Class[k], will.Balance.Class[k]
		if x >= response.Skeleton && y >= response.Skeleton {
			e.Sides[0].Classes[x-response.Skeleton]++
			e.Sides[1].Classes[y-response.Skeleton]++
			note(i, "class", x.String(), y.String())
		}
	}
}

var bandWords = [...]string{"", "1", "2", "3"}

// choose keeps the movers to show: those who change class, largest sales first;
// without any, those whose rank moves most.
func (e *RuleEffect) choose() {
	if len(e.Flows) > 0 {
		kept := e.Moved[:0]
		for _, m := range e.Moved {
			if m.Kind != "" {
				kept = append(kept, m)
			}
		}
		e.Moved = kept
	}
	sorting.Stable(e.Moved, func(a, b RuleMover) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
	e.Moved = e.Moved[:min(moversShown, len(e.Moved))]
}
