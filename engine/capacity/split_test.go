package capacity_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/capacity"
	"sillon/engine/explain"
)

// H1: long, 3 yes, strong, no practice → 0.90 → clipped 0.85 → 15 % for prospects.
func TestFourQuestions(t *testing.T) {
	par := capacity.Defaults()
	for _, tt := range []struct {
		name     string
		q        capacity.Questions
		raw, out float64
	}{
		{"the example", capacity.Questions{Cycle: capacity.LongCycle, Needs: [4]bool{true, true, false, true}, Pressure: capacity.Strong}, .90, .85},
		{"short and fixed, nothing else to sell, alone, used to it", capacity.Questions{Cycle: capacity.ShortFixed, Practice: true}, .50, .50}, // .70 − .15 − .05
		{"short but extendable, two needs, some pressure", capacity.Questions{Cycle: capacity.ShortExtendable, Needs: [4]bool{true, true}, Pressure: capacity.Medium, Practice: true}, .775, .775},
		{"nothing answered: one need of four is not two", capacity.Questions{Needs: [4]bool{true}}, .70, .70}, // .70 − .05 + .05
		{"a pressure from a newer version", capacity.Questions{Pressure: 9, Practice: true}, .70, .70},        // as strong
	} {
		s := capacity.Divide(tt.q, par)
		if math.Abs(s.Raw-tt.raw) > 1e-12 || math.Abs(s.Loyalty-tt.out) > 1e-12 || math.Abs(s.Prospecting-(1-tt.out)) > 1e-12 {
			t.Errorf("%s: %v then %v, want %v then %v", tt.name, s.Raw, s.Loyalty, tt.raw, tt.out)
		}
	}
}

func TestProspectingIsNeverNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := capacity.Questions{Cycle: capacity.Cycle(rapid.IntRange(0, 4).Draw(t, "cycle")), Pressure: capacity.Pressure(rapid.IntRange(0, 2).Draw(t, "pressure")), Practice: rapid.Bool().Draw(t, "practice")}
		for k := range q.Needs {
			q.Needs[k] = rapid.Bool().Draw(t, "need")
		}
		s := capacity.Divide(q, capacity.Defaults())
		if s.Prospecting < .15-1e-12 || s.Prospecting > .5+1e-12 || math.Abs(s.Loyalty+s.Prospecting-1) > 1e-12 {
			t.Fatalf("%+v", s)
		}
		if q.Pressure < capacity.Strong {
			more := q
			more.Pressure++
			if capacity.Divide(more, capacity.Defaults()).Loyalty < s.Loyalty {
				t.Fatal("more pressure, less loyalty")
			}
		}
	})
}

// Freireich et al. (1963), the 6-MP arm of 21 patients in weeks (a plus is
// censored), as in every textbook: S(22) = 0.538, S(23) = 0.448, median 23; the
// placebo arm's median is 8.
func TestMedianLifetimeCountsThoseWhoStayed(t *testing.T) {
	months := []float64{6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35}
	ended := []bool{true, true, true, false, true, false, true, false, false, true, true, false, false, false, true, true, false, false, false, false, false}
	if r := capacity.MedianLifetime(months, ended); r.Value != 23 || r.Status != explain.OK {
		t.Errorf("median %v %v, want 23", r.Value, r.Mark)
	}
	placebo := []float64{1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23}
	all := make([]bool, len(placebo))
	for i := range all {
		all[i] = true
	}
	if r := capacity.MedianLifetime(placebo, all); r.Value != 8 {
		t.Errorf("placebo median %v, want 8", r.Value)
	}
	if r := capacity.MedianLifetime([]float64{30, 50, 12, 80}, nil); r.Value != 80 || r.Status != explain.Weak || r.Reason != explain.NoVariation {
		t.Errorf("nobody left: %v %v, want at least 80, weak", r.Value, r.Mark)
	}
	if r := capacity.MedianLifetime(nil, nil); r.Reason != explain.NoData {
		t.Errorf("nobody: %v", r.Mark)
	}
	if r := capacity.MedianLifetime([]float64{math.NaN(), -4, 10}, []bool{true, true, true}); r.Value != 10 || r.Reason != explain.FewClients {
		t.Errorf("a first order in the future or no date: %v %v", r.Value, r.Mark)
	}
}

// Newcombe (1998), Statistics in Medicine 17:857, table I, method 3 (score).
func TestWilson(t *testing.T) {
	for _, tt := range []struct {
		won, of   int
		low, high float64
	}{
		{81, 263, .2553, .3662}, {15, 148, .0624, .1605}, {0, 20, 0, .1611}, {1, 29, .0061, .1718},
	} {
		low, high := capacity.Wilson(tt.won, tt.of)
		if math.Abs(low-tt.low) > 5e-5 || math.Abs(high-tt.high) > 5e-5 {
			t.Errorf("%d of %d: %v to %v, want %v to %v", tt.won, tt.of, low, high, tt.low, tt.high)
		}
	}
	if low, high := capacity.Wilson(0, 0); low != 0 || high != 1 {
		t.Error("nothing known is from 0 to 1")
	}
}

// 20 prospects of class 1, 10 won; one of class 2, won; 19 of class 3, 1 won:
// overall 12/41 with one unknown class. Class 1 converts 1.71 times better; the
// one lucky prospect of class 2 does not lead.
func TestTheProfileOfThoseWhoConvert(t *testing.T) {
	var class []int32
	var won []bool
	add := func(c int32, n, w int) {
		for k := range n {
			class, won = append(class, c), append(won, k < w)
		}
	}
	add(2, 1, 1)
	add(3, 19, 1)
	add(1, 20, 10)
	add(-1, 1, 0)
	p := capacity.Convert(class, won)
	if len(p.Classes) != 3 || p.Classes[0].Class != 1 || p.Classes[2].Class != 3 || math.Abs(p.Rate-12./41) > 1e-12 {
		t.Fatalf("%+v", p)
	}
	c := p.Classes[0]
	if math.Abs(c.Lift-.5*41/12) > 1e-12 || math.Abs(c.Low-.2993) > 5e-5 || math.Abs(c.LiftLow-c.Low*41/12) > 1e-12 {
		t.Errorf("class 1: %+v, want lift 1.71, lower bound 0.2993", c) // (.59604 − .23925) ÷ 1.19207 with z² = 3.8415, n = 20
	}
	if p := capacity.Convert(nil, nil); p.Reason != explain.NoData {
		t.Errorf("nobody: %v", p.Mark)
	}
	if p := capacity.Convert([]int32{1, 1, 2, 2}, nil); p.Rate != 0 || p.Reason != explain.NoVariation || p.Classes[0].Lift != 0 {
		t.Errorf("nobody converted: %+v", p)
	}
}

func TestThePortfolioSuggestsAnswers(t *testing.T) {
	par := capacity.Defaults()
	e := capacity.Evidence{Lifetime: explain.Result{Value: 36, Mark: explain.Sound()}, Families: 2, Offered: 8, Clients: 100, WithCompetitor: 30, ProspectShare: .2}
	q := e.Suggest(par)
	if q.Cycle != capacity.LongCycle || !q.Needs[2] || q.Pressure != capacity.Medium || !q.Practice {
		t.Errorf("%+v", q)
	}
	e.SamePosition, e.Lifetime.Value, e.ProspectShare = 25, 35, 0
	if q = e.Suggest(par); q.Pressure != capacity.Strong || q.Cycle != capacity.ShortExtendable || q.Practice {
		t.Errorf("%+v", q)
	}
	if q := (capacity.Evidence{}).Suggest(par); q.Pressure != capacity.NoPressure || q.Needs != [4]bool{} {
		t.Errorf("an empty portfolio: %+v", q)
	}
}
