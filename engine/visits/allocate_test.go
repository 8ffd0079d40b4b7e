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
