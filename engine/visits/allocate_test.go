package visits_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sillon/engine/explain"
	"sillon/engine/visits"
)

// best is the optimum by trying everything.
func best(t visits.Territory) float64 {
	n := t.Clients()
	x := make([]int32, n)
	top := math.Inf(-1)
	var try func(i int)
	try = func(i int) {
		if i == n {
			if v, spent := worthOf(t, x); spent <= int(t.Budget) {
				top = max(top, v)
			}
			return
		}
		for x[i] = t.Min[i]; x[i] <= t.Max[i]; x[i]++ {
			try(i + 1)
		}
	}
	try(0)
	return top
}

func worthOf(t visits.Territory, x []int32) (float64, int) {
	v, spent := 0.0, 0
	trips := make([]int32, len(t.Trip)+1)
	for i, k := range x {
		v += t.Worth[t.Start[i]+k]
		spent += int(t.Minutes[i]) * int(k)
		trips[t.Area[i]] = max(trips[t.Area[i]], k)
	}
	for a, minutes := range t.Trip {
		spent += int(minutes) * int(trips[a+1])
	}
	return v, spent
}

func drawTerritory(rng *rand.Rand) visits.Territory {
	var t visits.Territory
	n, areas := 1+rng.IntN(5), rng.IntN(4)
	for range areas {
		t.Trip = append(t.Trip, int32(rng.IntN(90)))
	}
	for i := range n {
		calls := 1 + rng.IntN(4)
		worth := make([]float64, calls+1)
		for x := range worth { // any shape, falling ones too
			worth[x] = math.Round(rng.NormFloat64()*30 + float64(20*x))
		}
		t.Add(worth...)
		t.Min, t.Max = append(t.Min, int32(rng.IntN(5)/4)), append(t.Max, int32(calls))
		t.Minutes = append(t.Minutes, int32(rng.IntN(70)))
		t.Area = append(t.Area, int32(rng.IntN(areas+1)))
		t.Codes = append(t.Codes, fmt.Sprintf("C%02d", n-i))
	}
	t.Budget = int32(rng.IntN(600))
	return t
}

// An independent answer on 3 000 small territories, with odd minutes, areas,
// minima and curves of any shape: trying everything.
func TestAllocationIsTheBestOfAll(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	for k := range 3000 {
		tr := drawTerritory(rng)
		a, want := visits.Allocate(tr), best(tr)
		if math.IsInf(want, -1) {
			if a.Status != explain.NA || a.Short <= 0 {
				t.Fatalf("%d: minima do not fit, and the answer is %+v", k, a)
			}
			continue
		}
		v, spent := worthOf(tr, a.Visits)
		if v != a.Value || spent != a.Minutes || spent > int(tr.Budget) {
			t.Fatalf("%d: says %v for %d minutes, is %v for %d of %d", k, a.Value, a.Minutes, v, spent, tr.Budget)
		}
		if !a.Exact || math.Abs(v-want) > 1e-9 || a.Bound < want-1e-9 {
			t.Fatalf("%d: %v, exact %v, bound %v; the best of all is %v\n%+v", k, v, a.Exact, a.Bound, want, tr)
		}
	}
}

// Two clients by hand, 60 minutes a call, worth 10 8 3 and 9 2: with 2 hours
// 10 + 9; a third hour would bring 8, so an hour is worth at least that. A trip
// of 30 minutes to each client's own area takes the second visit's time.
func TestAnAllocationByHand(t *testing.T) {
	var c visits.Curves
	c.Add(0, 10, 18, 21)
	c.Add(0, 9, 11)
	tr := visits.Territory{Budget: 120, Minutes: []int32{60, 60}, Curves: c}
	a := visits.Allocate(tr)
	if !slices.Equal(a.Visits, []int32{1, 1}) || a.Value != 19 || !a.Exact || a.HourValue < 8 || a.HourValue > 9 {
		t.Errorf("%+v, want 1 and 1 for 19, an hour worth 8 to 9", a)
	}
	tr.Area, tr.Trip = []int32{1, 2}, []int32{30, 30}
	if a = visits.Allocate(tr); !slices.Equal(a.Visits, []int32{1, 0}) || !slices.Equal(a.Trips, []int32{1, 0}) || a.Minutes != 90 {
		t.Errorf("with trips: %+v, want one visit and one trip", a)
	}
	tr.Area = []int32{1, 1}
	tr.Budget = 150
	if a = visits.Allocate(tr); !slices.Equal(a.Visits, []int32{1, 1}) || a.Trips[0] != 1 || a.Minutes != 150 {
		t.Errorf("one trip serves both: %+v", a)
	}
	tr.Budget = 10_000
	if a = visits.Allocate(tr); a.Value != 32 || a.HourValue != 0 || !a.Exact || a.Bound != 32 {
		t.Errorf("time for all: %+v, an hour more is worth nothing", a)
	}
	tr.Min, tr.Budget = []int32{2, 0}, 100
	if a = visits.Allocate(tr); a.Short != 80 || a.Status != explain.NA { // 2·60 + 2·30 = 180
		t.Errorf("minima of 180 minutes in 100: %+v, want 80 short", a)
	}
	if a = visits.Allocate(visits.Territory{Budget: 100}); a.Reason != explain.NoData {
		t.Errorf("nobody: %v", a.Mark)
	}
}

func TestMoreTimeNeverBringsLess(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 22))
	for range 300 {
		tr := drawTerritory(rng)
		a := visits.Allocate(tr)
		tr.Budget += int32(rng.IntN(100))
		b := visits.Allocate(tr)
		if a.Has() && b.Value < a.Value {
			t.Fatalf("%v with more time, %v before", b.Value, a.Value)
		}
	}
}

func FuzzAllocate(f *testing.F) {
	f.Add(int32(120), int32(60), int32(0), int32(2), int32(1), int32(30), 10.0, 18.0)
	f.Add(int32(1<<31-1), int32(1<<31-1), int32(-4), int32(1<<30), int32(9), int32(-1), math.NaN(), math.Inf(1))
	f.Add(int32(1<<31-1), int32(7), int32(0), int32(1<<30), int32(1), int32(3), -1e300, 1e300)
	f.Fuzz(func(t *testing.T, budget, call, lo, hi, area, trip int32, a, b float64) {
		var c visits.Curves
		c.Add(0, a, b, b+a)
		c.Add(b, a)
		c.Add()
		x := visits.Allocate(visits.Territory{Budget: budget, Minutes: []int32{call, 60}, Min: []int32{lo}, Max: []int32{hi, 1},
			Area: []int32{area, 1}, Trip: []int32{trip}, Curves: c})
		for _, v := range []float64{x.Value, x.Bound, x.HourValue} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%+v", x)
			}
		}
		if x.Minutes > int(max(0, budget)) || x.Bound < x.Value {
			t.Errorf("%d of %d minutes, %v above the bound %v", x.Minutes, budget, x.Value, x.Bound)
		}
	})
}

// plainBest is the optimum by plain dynamic programming in units of 15 minutes:
// for each area and each number of trips a table over its members, the best of
// them by time, then one table over the areas (analytics: "for fixed n each
// client has max calls = min(max, n) … the areas combine by DP").
func plainBest(t visits.Territory) float64 {
	size := int(t.Budget)/15 + 1
	none := func() []float64 {
		f := make([]float64, size)
		for w := range f {
			f[w] = math.Inf(-1)
		}
		return f
	}
	all := none()
	all[0] = 0
	for area := 0; area <= len(t.Trip); area++ {
		var clients []int
		for i := range t.Minutes {
			if int(t.Area[i]) == area {
				clients = append(clients, i)
			}
		}
		add := func(from []float64, i, most int) []float64 {
			to := none()
			for x := int(t.Min[i]); x <= min(int(t.Max[i]), most); x++ {
				w := x * int(t.Minutes[i]) / 15
				for u := 0; u+w < size; u++ {
					to[u+w] = max(to[u+w], from[u]+t.Worth[int(t.Start[i])+x])
				}
			}
			return to
		}
		if area == 0 {
			for _, i := range clients {
				all = add(all, i, 1<<30)
			}
			continue
		}
		best := none()
		for n := range 13 {
			start := n * int(t.Trip[area-1]) / 15
			if start >= size {
				break
			}
			f := none()
			f[start] = 0
			for _, i := range clients {
				f = add(f, i, n)
			}
			for w := range f {
				best[w] = max(best[w], f[w])
			}
		}
		next := none()
		for u := range all {
			for w := 0; u+w < size; w++ {
				next[u+w] = max(next[u+w], all[u]+best[w])
			}
		}
		all = next
	}
	return slices.Max(all)
}

// responding is a territory of the kind reps have: worth by ADBUDG curves,
// concave and S, in quarter hours.
func responding(rng *rand.Rand, n, areas int, unit int32) visits.Territory {
	var t visits.Territory
	for range areas {
		t.Trip = append(t.Trip, unit*(1+rng.Int32N(6)))
	}
	for i := range n {
		margin, c, d := 300+3000*rng.Float64(), .5+2.5*rng.Float64(), 1+30*rng.Float64()
		worth := make([]float64, 13)
		for x := range worth {
			p := math.Pow(float64(x), c)
			worth[x] = margin * (.2 + .8*p/(d+p))
		}
		t.Add(worth...)
		t.Minutes = append(t.Minutes, unit*(2+rng.Int32N(5)))
		t.Min, t.Max = append(t.Min, rng.Int32N(5)/4), append(t.Max, 6+rng.Int32N(7))
		t.Area = append(t.Area, rng.Int32N(int32(areas+1)))
		t.Codes = append(t.Codes, fmt.Sprintf("C%05d", i))
	}
	return t
}

// The bar C2 on territories nobody has published: 40 of 20 to 60 clients, half
// with areas, budgets from tight to loose.
func TestAllocationIsTheBestOnOtherTerritories(t *testing.T) {
	rng := rand.New(rand.NewPCG(71, 1))
	for k := range 40 {
		n := 20 + rng.IntN(41)
		tr := responding(rng, n, k%2*(2+n/10), 15)
		tr.Budget = int32(15 * (n*3 + rng.IntN(n*20)))
		a, want := visits.Allocate(tr), plainBest(tr)
		v, spent := worthOf(tr, a.Visits)
		if !a.Exact || math.Abs(v-want) > 1e-6 || spent > int(tr.Budget) || a.Bound < want-1e-6 {
			t.Errorf("%d: %v for %d of %d minutes, exact %v, bound %v; the optimum is %v", k, v, spent, tr.Budget, a.Exact, a.Bound, want)
		}
	}
}

// A budget too fine to be searched (a million minutes and more, calls in whole
// minutes): not proven, allowed, and within a hair of a bound that is true: the
// same territory in hours, searched, is worth no more.
func TestABudgetOfATeamIsBoundedHonestly(t *testing.T) {
	rng := rand.New(rand.NewPCG(81, 1))
	tr := responding(rng, 5000, 60, 60)
	tr.Budget = 60 * 60_000
	exact := visits.Allocate(tr)
	if !exact.Exact {
		t.Fatal("in hours it is searched")
	}
	odd := tr
	odd.Minutes, odd.Trip = slices.Clone(tr.Minutes), slices.Clone(tr.Trip)
	odd.Minutes[0]-- // one call of an odd number of minutes: the unit is the minute
	a := visits.Allocate(odd)
	v, spent := worthOf(odd, a.Visits)
	if a.Exact || a.Status != explain.Weak || math.Abs(v-a.Value) > 1e-6 || spent != a.Minutes || spent > int(odd.Budget) {
		t.Errorf("%v for %d of %d, says %v, %d, exact %v", v, spent, odd.Budget, a.Value, a.Minutes, a.Exact)
	}
	if a.Bound < exact.Value-1e-6 || a.Value < .9999*a.Bound {
		t.Errorf("worth %v, bound %v; in hours %v", a.Value, a.Bound, exact.Value)
	}
	for range 6 { // nothing that still fits would bring anything
		odd.Budget = 60*20_000 + rng.Int32N(60*40_000)
		a := visits.Allocate(odd)
		left := int32(int(odd.Budget) - a.Minutes)
		if _, spent := worthOf(odd, a.Visits); spent != a.Minutes || left < 0 {
			t.Errorf("spends %d, says %d of %d", spent, a.Minutes, odd.Budget)
		}
		for i, x := range a.Visits {
			cost := odd.Minutes[i]
			if area := odd.Area[i]; area > 0 && x == a.Trips[area-1] {
				cost += odd.Trip[area-1]
			}
			if from := odd.Start[i] + x; x < odd.Max[i] && cost <= left && odd.Worth[from+1] > odd.Worth[from] {
				t.Fatalf("%d minutes left, and client %d takes %d", left, i, cost)
			}
		}
	}
}

// Time split between prospects and clients (S3): a chance of one half a visit of
// a client worth 100 is worth 50, 75, 87.5; with 3 hours against a client at 60
// and then 20: client, prospect, prospect; two hours of the three at prospects.
func TestProspectsEnterAsClients(t *testing.T) {
	var c visits.Curves
	c.AddProspect(.5, 100, 3)
	c.Add(0, 60, 80)
	if !slices.Equal(c.Worth[:4], []float64{0, 50, 75, 87.5}) {
		t.Errorf("prospect's table %v, want 0 50 75 87.5", c.Worth[:4])
	}
	a := visits.Allocate(visits.Territory{Budget: 180, Minutes: []int32{60, 60}, Curves: c, Prospect: []bool{true}})
	if !slices.Equal(a.Visits, []int32{2, 1}) || a.Prospects != 120 || a.Minutes != 180 {
		t.Errorf("%+v, want two visits to the prospect, 120 of 180 minutes", a)
	}
	c = visits.Curves{}
	c.AddProspect(math.NaN(), math.Inf(1), -4)
	if c.Clients() != 1 || len(c.Worth) != 1 || c.Worth[0] != 0 {
		t.Errorf("a prospect of a damaged file: %+v", c)
	}
}

func BenchmarkAllocateClients(b *testing.B) {
	for _, n := range []int{200, 5_000} {
		t := responding(rand.New(rand.NewPCG(91, 1)), n, n/20, 15)
		t.Budget = int32(15 * 12 * n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				visits.Allocate(t)
			}
		})
	}
}
