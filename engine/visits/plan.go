package visits

import (
	"math"

	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// A PlanInput is what a year's visits are shared over, one row per client.
// Slices other than Key may be nil.
type PlanInput struct {
	Budget   int       // visits for clients: capacity − prospects − reserve; under 0 counts as 0
	Key      []float64 // score, contact key of P-R, or [Mix]; negative or not a number counts as 0
	Min, Max []int32   // visits a year, as [Bounds] gives them; nil Max: no limit
	Locked   []int32   // lines fixed by hand; −1: free
	Blocked  []bool    // solvency: no visit, whatever else is said
	Last     []int32   // visits of last year; −1: not known
	Minutes  []float64 // of one visit, travel and report included; nil or 0: one hour
	Weeks    float64   // available weeks of the year
	Category []portfolio.Category
	Codes    []string
}

// A Bound says what held a client's number of visits.
type Bound uint8

const (
	Free    Bound = iota // proportional share, rounded
	AtMin                // raised to the minimum
	AtMax                // held at the maximum
	ByHand               // locked line
	NoVisit              // blocked
)

// A Plan is the visits of a year (plan de visites). Slices are indexed like the
// input. Given + Surplus = Budget, unless locked lines alone exceed it. A shortage
// scales the minima down so that the plan still adds up.
type Plan struct {
	Visits   []int32
	Share    []float64 // what the key alone would give, unrounded and without bounds
	Bound    []Bound
	Picks    []int32 // marginal method: the client of each visit given, in order
	Budget   int
	Given    int
	Surplus  int     // visits no client can take: for prospects
	Shortage int     // visits the minima and locked lines ask beyond the budget: the plan is not feasible
	Need     [5]int  // what the minima ask by portfolio.Category; [0]: no category
	Asked    float64 // norms method: visits the norms ask, before they are scaled
	Locked   int     // what the locked lines hold
	Hours    float64 // load of the plan
	Covered  int     // clients with a visit
	Value    float64 // marginal method: Σ rᵢ(nᵢ), in the unit of the curves
	Hour     float64 // marginal method: what one hour more would bring, at the best next visits
	explain.Mark

	in    PlanInput
	order []int32 // clients by code
	lo    []int32
	hi    []int32
}

// at reads a column that may be nil or too short.
func at[T any](s []T, i int, none T) T {
	if i < len(s) {
		return s[i]
	}
	return none
}

const mostVisits = 1 << 20 // a year of a client; keeps every sum of a damaged file in 64 bits

// newPlan sets the bounds of every client.
func newPlan(in PlanInput, n int) Plan {
	in.Budget = min(max(0, in.Budget), math.MaxInt32)
	p := Plan{in: in, Budget: in.Budget, Visits: make([]int32, n), Share: make([]float64, n), Bound: make([]Bound, n),
		order: order(n, in.Codes), lo: make([]int32, n), hi: make([]int32, n)}
	for i := range n {
		lo := min(max(0, at(in.Min, i, 0)), mostVisits)
		hi := min(max(lo, at(in.Max, i, mostVisits)), mostVisits)
		by := Free
		if k := at(in.Locked, i, -1); k >= 0 {
			lo, by = min(k, mostVisits), ByHand
			hi = lo
		}
		if at(in.Blocked, i, false) {
			lo, hi, by = 0, 0, NoVisit
		}
		p.lo[i], p.hi[i], p.Bound[i] = lo, hi, by
		if by != Free {
			p.Locked += int(lo)
			continue
		}
		p.Need[known(at(in.Category, i, 0))] += int(lo)
	}
	return p
}

// known is a category that indexes a table of five.
func known(c portfolio.Category) portfolio.Category {
	if c > portfolio.Economy {
		return 0
	}
	return c
}

// need is what minima and locked lines ask in all.
func (p *Plan) need() int {
	t := p.Locked
	for _, n := range p.Need {
		t += n
	}
	return t
}

// order lists the clients by code, so that sums and ties do not depend on the
// order of the input.
func order(n int, codes []string) []int32 {
	if len(codes) >= n {
		return sorting.Texts(codes[:n])
	}
	idx := make([]int32, n)
	for i := range idx {
		idx[i] = int32(i)
	}
	return idx
}

// close counts what was given.
func (p *Plan) close() Plan {
	p.Given, p.Covered = 0, 0
	var minutes float64
	for _, i := range p.order {
		v := p.Visits[i]
		p.Given += int(v)
		if v > 0 {
			p.Covered++
		}
		minutes += float64(float64(v) * p.minutes(int(i)))
	}
	p.Hours = minutes / 60
	p.Surplus = max(0, p.Budget-p.Given)
	p.Mark = explain.Sound(explain.Tally("visits.budget", p.Budget), explain.Tally("visits.need", p.need()),
		explain.Tally("visits.given", p.Given), explain.Tally("visits.surplus", p.Surplus),
		explain.Tally("visits.shortage", p.Shortage), explain.Tally("visits.covered", p.Covered),
		explain.Num("visits.hours", p.Hours))
	switch {
	case len(p.Visits) == 0:
		p.Status, p.Reason = explain.NA, explain.NoData
	case p.Shortage > 0:
		p.Status, p.Reason = explain.Weak, explain.Negative // the budget less the minima is negative
	}
	return *p
}

func (p *Plan) minutes(i int) float64 {
	m := at(p.in.Minutes, i, 0)
	if !(m > 0) || m > 1e6 {
		return 60
	}
	return m
}

// Index is the client's visits against the mean of the plan, 1 for the mean.
func (p *Plan) Index(i int) float64 {
	if p.Given == 0 {
		return 0
	}
	return float64(p.Visits[i]) * float64(len(p.Visits)) / float64(p.Given)
}

// Coverage is the share of the clients with a visit (taux de couverture); 0 of none.
func (p *Plan) Coverage() float64 {
	if len(p.Visits) == 0 {
		return 0
	}
	return float64(p.Covered) / float64(len(p.Visits))
}

// VerdictKeys are the sentences of [Plan.Verdict], worded by the catalogue.
var VerdictKeys = []string{"plan.empty", "plan.none", "plan.locked", "plan.short", "plan.spare", "plan.holds"}

// Verdict says in a sentence of the catalogue whether the plan holds, with the
// numbers the sentence names, in order.
func (p *Plan) Verdict() (key string, numbers []int) {
	switch {
	case len(p.Visits) == 0:
		return "plan.empty", nil
	case p.Shortage > 0 && p.Locked > p.Budget:
		return "plan.locked", []int{p.Locked, p.Budget}
	case p.Shortage > 0:
		return "plan.short", []int{p.need(), p.Budget, p.Shortage}
	case p.Budget == 0:
		return "plan.none", nil
	case p.Surplus > 0:
		return "plan.spare", []int{p.Given, p.Surplus}
	}
	return "plan.holds", []int{p.Given, p.Covered}
}

// Change is visits ÷ last year's − 1; false when last year is not known or
// had none.
func (p *Plan) Change(i int) (float64, bool) {
	last := at(p.in.Last, i, -1)
	if last <= 0 {
		return 0, false
	}
	return float64(p.Visits[i])/float64(last) - 1, true
}

// Phone reports whether the client is to be followed by phone: no visit left
// for it, though nothing forbids one.
func (p *Plan) Phone(i int) bool { return p.Visits[i] == 0 && p.Bound[i] != NoVisit }

// PhoneEvery is the cadence of calls of a client to be followed by phone, in
// days: that of the visits its category would have without a plan (ours). False
// for another client.
func (p *Plan) PhoneEvery(i int, par Params) (float64, bool) {
	if !p.Phone(i) {
		return 0, false
	}
	return par.orphan(at(p.in.Category, i, 0))
}

// A Rhythm is a frequency a diary can hold: Times in every Weeks, Days apart on
// average and never nearer than Gap.
type Rhythm struct {
	Times, Weeks int
	Days         float64
	Gap          int
}

// Rhythm spreads the client's visits over the available weeks; false without a
// visit or without weeks. The period is the shortest of week, fortnight, four
// weeks and quarter whose whole number of visits is within a tenth of the
// plan's, else the year, as planned; two visits nearer than half the interval
// are one visit made twice (ours).
func (p *Plan) Rhythm(i int) (Rhythm, bool) {
	days, ok := Interval(p.in.Weeks, int(p.Visits[i]))
	if !ok {
		return Rhythm{}, false
	}
	r := Rhythm{Times: int(p.Visits[i]), Weeks: 52, Days: days, Gap: int(days / 2)}
	for _, w := range [...]int{1, 2, 4, 13} {
		want := float64(w) * 7 / days
		if times := math.Round(want); times >= 1 && math.Abs(times-want) <= .1*want {
			r.Times, r.Weeks = int(times), w
			break
		}
	}
	return r, true
}

// Explain gives the steps of client i.
func (p *Plan) Explain(i int) []explain.Step {
	steps := []explain.Step{explain.Num("visits.key", key(at(p.in.Key, i, 0))), explain.Num("visits.share", p.Share[i]),
		explain.Tally("visits.min", int(p.lo[i])), explain.Tally("visits.max", int(p.hi[i])), explain.Tally("visits.planned", int(p.Visits[i]))}
	if c, ok := p.Change(i); ok {
		steps = append(steps, explain.Share("visits.change", c))
	}
	if days, ok := Interval(p.in.Weeks, int(p.Visits[i])); ok {
		steps = append(steps, explain.Of("visits.spacing", days, explain.Days))
	}
	return steps
}

// Bounds are the least and the most visits of each client (H6): those of its
// category, within which last year's visits may change by the cap. The
// category wins where the two do not meet. A cap moves by one visit at least:
// 50 % of a single visit would freeze it (ours). last: −1 or 0, no cap.
func Bounds(category []portfolio.Category, last []int32, par Params) (low, high []int32) {
	low, high = make([]int32, len(category)), make([]int32, len(category))
	for i, c := range category {
		c = known(c)
		low[i], high[i] = par.Min[c], max(par.Min[c], par.Max[c])
		if was := min(at(last, i, -1), mostVisits); par.Capped && was > 0 {
			step := int32(min(mostVisits, max(1, math.Floor(float64(float64(was)*tame(par.MaxChange))+1e-9))))
			l, h := low[i], high[i]
			low[i] = min(h, max(l, was-step))
			high[i] = max(l, min(h, was+step))
		}
	}
	return low, high
}
