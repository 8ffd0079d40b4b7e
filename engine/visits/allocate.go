package visits

import (
	"math"

	"sillon/engine/explain"
)

// A Territory is the visits of a period to share under one budget of time.
// Prospects enter as clients, their worth being probability × value; floors and
// caps by phase enter as Min and Max.
type Territory struct {
	Budget   int32   // minutes
	Minutes  []int32 // of one call, report included, travel within the area too
	Min, Max []int32 // nil Max: to the end of the table
	Curves           // worth by number of calls; calls beyond a table are not possible
	Area     []int32 // area of each client from 1; 0 or nil: no trip
	Trip     []int32 // minutes of one trip to area a, at a − 1
	Prospect []bool  // only counted apart, see [Curves.AddProspect]; nil: none
	Codes    []string
}

// An Allocation is the calls that bring most for the time there is.
type Allocation struct {
	Visits    []int32
	Trips     []int32 // by area, at a − 1: the most calls of any client there
	Value     float64 // Σ worth
	Minutes   int     // spent, trips included
	Prospects int     // of them, at calls to prospects
	Bound     float64 // no allocation is worth more: relaxed on the time
	HourValue float64 // what one hour more would bring
	Exact     bool    // proven the best
	Short     int     // minutes the minima lack: nothing can be allocated
	explain.Mark
}

// Allocate chooses the number of calls per client, a multiple-choice knapsack:
//
//	max Σ rᵢ(xᵢ)  with  Σ callᵢ·xᵢ + Σ tripₐ·nₐ ≤ budget,  nₐ ≥ xᵢ in area a,
//
// whose trips are those of CALLPLAN (Lodish 1971). A price λ on time splits the
// problem by area; the price that makes the bound least gives the upper concave
// envelope's bound and the value of an hour. An allocation loses against the
// bound what each of its choices loses at that price, plus λ times the time
// left over. So dynamic programming over the time used, which drops every state
// that has lost more than a gap G, finds all allocations within G of the bound:
// G grows until there is one, and the best of them is the optimum. A budget of
// more than a million units of time (several hundred reps) is not searched: the
// plan of the price is given, topped up, and the bound says what it may lack.
func Allocate(t Territory) Allocation {
	s := newSolver(t)
	a := Allocation{Visits: make([]int32, s.n), Trips: make([]int32, len(t.Trip))}
	if s.n == 0 {
		a.Mark = explain.Missing(explain.NoData)
		return a
	}
	least := s.least()
	if least.weight > s.budget {
		a.Short = int(min(least.weight*int64(s.unit)-int64(max(0, t.Budget)), math.MaxInt32))
		a.Mark = explain.Missing(explain.Negative, explain.Tally("visits.shortMinutes", a.Short))
		return a
	}
	s.price(least)
	a.Exact = s.budget <= mostUnits && s.solve()
	s.fill(&a)
	for k := range s.groups {
		for _, m := range s.groups[k].members {
			if at(t.Prospect, int(m.client), false) {
				a.Prospects += int(m.weight) * int(s.unit) * int(a.Visits[m.client])
			}
		}
	}
	a.Mark = explain.Sound(explain.Num("visits.value", a.Value), explain.Num("visits.ceiling", a.Bound),
		explain.Num("visits.hours", float64(a.Minutes)/60), explain.Num("visits.hourValue", a.HourValue))
	if !a.Exact {
		a.Status = explain.Weak
	}
	return a
}

// A member is a client of a group: its calls from lo to hi.
type member struct {
	client int32
	weight int32 // of one call, in time units
	lo, hi int32
	worth  []float64
}

// A group is an area, or a client alone.
type group struct {
	members []member
	area    int32 // 0: none
	trip    int32 // weight of a trip
	nLo     int32 // fewest and most trips that make sense
	nHi     int32
	best    float64 // its worth at the price of time
	opts    front   // choices kept, by rising weight
	plans   []trips // how each of opts was made
}

// trips are the layers that made the choices with so many trips.
type trips struct {
	n      int32
	layers []front
}

// A front is states by rising weight and rising worth; from and pick say which
// state and which choice made them.
type front struct {
	weight []int32
	worth  []float64
	from   []int32
	pick   []int32
}

func (f *front) len() int { return len(f.weight) }

func (f *front) push(w int32, v float64, from, pick int32) {
	f.weight, f.worth = append(f.weight, w), append(f.worth, v)
	f.from, f.pick = append(f.from, from), append(f.pick, pick)
}

type total struct {
	weight int64
	worth  float64
}

type solver struct {
	n      int
	groups []group
	unit   int32
	budget int64
	lambda float64 // price of a time unit
	bound  float64
	lower  float64 // worth of the best allocation known without search
	safe   float64 // the price of time that makes it; −1: the minima
	layers []front
	found  int // state of the last layer

	// One cell per weight, for the states of the layer being made.
	value []float64
	from  []int32
	pick  []int32
}

// most time units of a budget that is searched.
const mostUnits = 1 << 20

func newSolver(t Territory) *solver {
	s := &solver{n: t.Clients(), lambda: 0}
	budget := int64(max(0, t.Budget))
	var all int64
	unit := int32(0)
	byArea := make([]int32, len(t.Trip)+1) // group + 1
	for _, i := range order(s.n, t.Codes) {
		table := t.table(int(i))
		m := member{client: i, weight: min(max(0, at(t.Minutes, int(i), 60)), 1e6), worth: make([]float64, max(1, len(table)))}
		for x := range m.worth {
			m.worth[x] = worth(table, int32(x))
		}
		last := int32(len(m.worth) - 1)
		m.lo = min(last, max(0, at(t.Min, int(i), 0)))
		m.hi = max(m.lo, min(last, at(t.Max, int(i), last)))
		unit = gcd(unit, m.weight)
		all += int64(m.weight) * int64(m.hi)
		area := at(t.Area, int(i), 0)
		if area < 0 || int(area) > len(t.Trip) {
			area = 0
		}
		if area == 0 || byArea[area] == 0 {
			g := group{area: area}
			if area > 0 {
				g.trip = min(max(0, t.Trip[area-1]), 1e6)
				unit = gcd(unit, g.trip)
				byArea[area] = int32(len(s.groups) + 1)
			}
			s.groups = append(s.groups, g)
		}
		g := &s.groups[len(s.groups)-1]
		if area > 0 {
			g = &s.groups[byArea[area]-1]
		}
		g.members = append(g.members, m)
		g.nLo, g.nHi = max(g.nLo, m.lo), max(g.nHi, m.hi)
	}
	for _, g := range s.groups {
		all += int64(g.trip) * int64(g.nHi)
	}
	s.measure(min(budget, all), max(1, unit))
	s.found = -1
	return s
}

func gcd(a, b int32) int32 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// measure turns minutes into the coarsest unit that loses nothing.
func (s *solver) measure(budget int64, unit int32) {
	s.unit, s.budget = unit, budget/int64(unit)
	for k := range s.groups {
		g := &s.groups[k]
		g.trip /= unit
		for j := range g.members {
			g.members[j].weight /= unit
		}
	}
}

// least is the plan of the minima.
func (s *solver) least() total {
	var t total
	for k := range s.groups {
		g := &s.groups[k]
		t.weight += int64(g.trip) * int64(g.nLo)
		for _, m := range g.members {
			t.weight += int64(m.weight) * int64(m.lo)
			t.worth += m.worth[m.lo]
		}
	}
	return t
}

// relax makes the best choices when a time unit costs lambda.
func (s *solver) relax(lambda float64) (t total) {
	for k := range s.groups {
		g := &s.groups[k]
		var best total
		g.best = math.Inf(-1)
		for n := g.nFirst(); n <= g.nHi; n++ {
			one := total{weight: int64(g.trip) * int64(n)}
			for _, m := range g.members {
				x := m.choose(lambda, n)
				one.weight += int64(m.weight) * int64(x)
				one.worth += m.worth[x]
			}
			if v := one.worth - float64(lambda*float64(one.weight)); v > g.best {
				g.best, best = v, one
			}
		}
		t.weight += best.weight
		t.worth += best.worth
	}
	return t
}

// nFirst is the fewest trips to look at: without a trip to pay, only the most.
func (g *group) nFirst() int32 {
	if g.trip == 0 {
		return g.nHi
	}
	return g.nLo
}

// choose is the best number of calls with at most n trips, the fewest of equals.
func (m *member) choose(lambda float64, n int32) int32 {
	best, x := math.Inf(-1), m.lo
	price := float64(lambda * float64(m.weight))
	for y := m.lo; y <= min(m.hi, n); y++ {
		if v := m.worth[y] - float64(price*float64(y)); v > best {
			best, x = v, y
		}
	}
	return x
}

// price finds the λ that makes the bound λ·budget + Σ best least: the bound is
// convex and made of lines, one per plan; two plans on either side of the
// budget give the next price where their lines cross.
func (s *solver) price(low total) {
	high := s.relax(0)
	s.bound, s.lower, s.safe = high.worth, low.worth, -1
	if high.weight <= s.budget {
		s.lower, s.safe = high.worth, 0
		return
	}
	for range 200 {
		lambda := (high.worth - low.worth) / float64(high.weight-low.weight)
		t := s.relax(lambda)
		line := high.worth + float64(lambda*float64(s.budget-high.weight))
		s.lambda, s.bound = lambda, t.worth+float64(lambda*float64(s.budget-t.weight))
		if s.bound <= line+1e-12*math.Abs(line) || t.weight == high.weight || t.weight == low.weight {
			break
		}
		if t.weight > s.budget {
			high = t
		} else {
			low, s.lower, s.safe = t, t.worth, lambda
		}
	}
	s.relax(s.lambda) // leaves the groups at the price kept
}

// solve widens the gap until an allocation lies within it; false when the
// states had to be thinned.
func (s *solver) solve() bool {
	size := s.budget + 1
	s.value, s.from, s.pick = make([]float64, size), make([]int32, size), make([]int32, size)
	for i := range s.value {
		s.value[i] = math.Inf(-1)
	}
	whole := max(0, s.bound-s.lower)
	slack := 1e-11 * (1 + math.Abs(s.bound))
	for gap := whole / 256; ; gap *= 4 {
		last := gap >= whole || whole <= slack
		exact := s.search(min(gap, whole) + slack)
		if s.found >= 0 || last || !exact {
			return exact && s.found >= 0
		}
	}
}
