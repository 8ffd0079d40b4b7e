package visits_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/params"
	"sillon/engine/portfolio"
	"sillon/engine/visits"
)

// goldenPlan is the example of H6 b: default scores of H5 and categories of
// Appendix A, without the cap on the yearly change.
func goldenPlan(budget int) visits.PlanInput {
	par := visits.From(params.Default().ForExercise())
	s, d, c, e := portfolio.Strategic, portfolio.ToDevelop, portfolio.Core, portfolio.Economy
	in := visits.PlanInput{
		Budget: budget, Codes: demo.Golden().Codes(), Weeks: 44,
		Key:      []float64{3.4, 3.0, 3.6, 1.6, 1.8, 3.0, 1.0, 1.6, 1.4, 2.4, 1.0, 1.8},
		Category: []portfolio.Category{s, c, s, e, e, d, e, e, e, d, e, e},
	}
	for _, g := range demo.Golden().Clients {
		in.Last = append(in.Last, int32(g.Visits))
	}
	in.Min, in.Max = visits.Bounds(in.Category, in.Last, par)
	return in
}

// H6 b and Appendix A, column "Visits V=120".
func TestTheGoldenPlan(t *testing.T) {
	p := visits.Proportional(goldenPlan(120))
	want := []int32{18, 16, 19, 6, 6, 15, 5, 6, 6, 12, 5, 6}
	if !slices.Equal(p.Visits, want) || p.Given != 120 || p.Surplus != 0 || p.Shortage != 0 || p.Covered != 12 {
		t.Errorf("%v, %d given, %d over; want %v", p.Visits, p.Given, p.Surplus, want)
	}
	for i, share := range map[int]float64{0: 15.94, 2: 16.88, 3: 7.5} { // "unclamped shares would be"
		if math.Abs(p.Share[i]-share) > .005 {
			t.Errorf("share of C%02d %v, want %v", i+1, p.Share[i], share)
		}
	}
	// Held at 6: C04 C05 C08 C09 C12. The other 90 by key: C02 and C06 15.52
	// each, and the last visit goes to the first code, which its maximum allows.
	if p.Bound[3] != visits.AtMax || p.Bound[1] != visits.Free || p.Bound[0] != visits.Free {
		t.Errorf("bounds %v: C04 is held at 6, C01 and C02 are free", p.Bound)
	}
	if c, ok := p.Change(5); !ok || math.Abs(c-1.5) > 1e-12 { // 6 → 15
		t.Errorf("C06 changes by %v, want +150 %%", c)
	}
	if x := p.Index(0); math.Abs(x-1.8) > 1e-12 { // 18 ÷ (120/12)
		t.Errorf("index of C01 %v, want 1.8", x)
	}
	if math.Abs(p.Hours-120) > 1e-9 { // an hour each when no length is given
		t.Errorf("%v hours", p.Hours)
	}
	r, ok := p.Rhythm(5) // H8: 15 visits over 44 weeks → every 20.5 days
	if !ok || math.Abs(r.Days-20.53) > .005 || r.Weeks != 13 || r.Times != 4 || r.Gap != 10 {
		t.Errorf("rhythm of C06 %+v, want four times a quarter, 20.5 days apart", r) // 91 ÷ 20.53 = 4.43; once in four weeks would lose a quarter of them
	}
	if p.Status != explain.OK || len(p.Explain(5)) != 7 {
		t.Errorf("%v, steps %v", p.Status, p.Explain(5))
	}
}

// H6 b: ΣMax = 142, so with V = 144 two visits go to prospects.
func TestWhatNobodyCanTakeGoesToProspects(t *testing.T) {
	p := visits.Proportional(goldenPlan(144))
	if p.Given != 142 || p.Surplus != 2 || p.Visits[0] != 24 || p.Visits[10] != 6 {
		t.Errorf("%v: %d given, %d over; want 142 and 2", p.Visits, p.Given, p.Surplus)
	}
}

// Minima: 2 strategic × 12, 2 to develop × 8, one core 8: 48. With 36 visits 12
// are short and the minima give three quarters: 9 9 6 6 6.
func TestABudgetUnderTheMinimaIsExplained(t *testing.T) {
	p := visits.Proportional(goldenPlan(36))
	if p.Shortage != 12 || p.Status != explain.Weak || p.Given != 36 || p.Need != [5]int{0, 24, 16, 8, 0} {
		t.Errorf("short %d, %v, given %d, need %v; want 12 short of 48", p.Shortage, p.Status, p.Given, p.Need)
	}
	if want := []int32{9, 6, 9, 0, 0, 6, 0, 0, 0, 6, 0, 0}; !slices.Equal(p.Visits, want) {
		t.Errorf("%v, want %v", p.Visits, want)
	}
	in := goldenPlan(36)
	in.Locked = []int32{40, -1}
	p = visits.Proportional(in)
	if p.Visits[0] != 40 || p.Given != 40 || p.Shortage != 40+36-36 || p.Locked != 40 {
		t.Errorf("a locked line of 40 under a budget of 36: %v, short %d", p.Visits, p.Shortage)
	}
}

func TestPlanEdges(t *testing.T) {
	even := visits.Proportional(visits.PlanInput{Budget: 10, Key: []float64{0, 0, 0, -5}, Codes: []string{"D", "C", "B", "A"}})
	if !slices.Equal(even.Visits, []int32{2, 2, 3, 3}) { // 2.5 each, the first codes first
		t.Errorf("all keys at zero: %v, want an equal split", even.Visits)
	}
	locked := visits.Proportional(visits.PlanInput{Budget: 10, Key: []float64{1, 1, 1}, Locked: []int32{6, -1, -1}, Blocked: []bool{false, true, false}})
	if !slices.Equal(locked.Visits, []int32{6, 0, 4}) || locked.Bound[0] != visits.ByHand || locked.Bound[1] != visits.NoVisit {
		t.Errorf("a locked and a blocked line: %v %v", locked.Visits, locked.Bound)
	}
	none := visits.Proportional(visits.PlanInput{Budget: 1, Key: []float64{9, 1}})
	if locked.Phone(1) || !none.Phone(1) {
		t.Error("a client without a visit is followed by phone, unless blocked")
	}
	if p := visits.Proportional(visits.PlanInput{Budget: 9}); p.Status != explain.NA || p.Reason != explain.NoData || p.Surplus != 9 {
		t.Errorf("nobody: %+v", p.Mark)
	}
	if p := visits.Proportional(visits.PlanInput{Budget: -3, Key: []float64{1}}); p.Given != 0 || p.Budget != 0 {
		t.Errorf("a negative budget: %+v", p)
	}
	if p := visits.Proportional(visits.PlanInput{Budget: 7, Key: []float64{math.NaN(), math.Inf(1), 1}}); p.Visits[1] != 7 {
		t.Errorf("keys that are no numbers: %v", p.Visits)
	}
}

// visit.maxChange ±50 %, the category's bounds win: C07 had 30 visits and may
// keep 15 to 45, économique allows 6; C06 had 6: 3 to 9, à développer asks 8.
func TestTheCapGivesWayToTheBounds(t *testing.T) {
	par := visits.Defaults()
	if !par.Capped || par.MaxChange != .5 {
		t.Fatalf("cap %v %v, want ±50 %%", par.Capped, par.MaxChange)
	}
	e, d, s := portfolio.Economy, portfolio.ToDevelop, portfolio.Strategic
	low, high := visits.Bounds([]portfolio.Category{e, d, e, e, s, 0, 9}, []int32{30, 6, 4, 1, 0, -1}, par)
	if want := []int32{6, 8, 2, 0, 12, 0, 0}; !slices.Equal(low, want) {
		t.Errorf("minima %v, want %v", low, want)
	}
	if want := []int32{6, 9, 6, 2, 24, 6, 6}; !slices.Equal(high, want) {
		t.Errorf("maxima %v, want %v", high, want)
	}
	low, high = visits.Bounds([]portfolio.Category{e}, []int32{30}, visits.From(params.Default().ForExercise()))
	if low[0] != 0 || high[0] != 6 {
		t.Errorf("in an exercise: %v to %v, want the category's 0 to 6", low, high)
	}
}

// H6 a: 2 strategic at 18, 1 to develop at 13, 1 économique at 3: 52 needed;
// with 26 each gets half: 9 9 6.5 1.5, the last whole visit to the larger key.
func TestNormsAreScaledToTheStock(t *testing.T) {
	norm := visits.Middle(visits.Defaults())
	if norm != [5]float64{3, 18, 13, 12, 3} {
		t.Fatalf("norms %v, want 18 13 12 3", norm)
	}
	in := visits.PlanInput{Budget: 26, Category: []portfolio.Category{1, 1, 2, 4}, Codes: []string{"A", "B", "C", "D"}}
	if p := visits.Norms(in, norm); !slices.Equal(p.Visits, []int32{9, 9, 7, 1}) || p.Asked != 52 {
		t.Errorf("half the visits: %v, want 9 9 7 1", p.Visits)
	}
	in.Budget = 60
	if p := visits.Norms(in, norm); !slices.Equal(p.Visits, []int32{18, 18, 13, 3}) || p.Surplus != 8 || p.Budget != 60 {
		t.Errorf("more than the norms ask: %v, surplus %d; want the norms and 8", p.Visits, p.Surplus)
	}
}

// H6 c: r = 6000(1−e^−0.10x), 4000(1−e^−0.20x), 3000(1−e^−0.35x); 12 visits →
// 5/4/3, margin 6 514 against 6 441 with 4/4/4; first picks C, B, C, B, A.
func TestTheMarginalExample(t *testing.T) {
	var c visits.Curves
	for _, k := range [][2]float64{{6000, .10}, {4000, .20}, {3000, .35}} {
		worth := make([]float64, 13)
		for x := range worth {
			worth[x] = k[0] * (1 - math.Exp(-k[1]*float64(x)))
		}
		c.Add(worth...)
	}
	p := visits.Marginal(visits.PlanInput{Budget: 12, Codes: []string{"A", "B", "C"}}, c)
	if !slices.Equal(p.Visits, []int32{5, 4, 3}) || math.Abs(p.Value-6514) > .5 {
		t.Errorf("%v worth %v, want 5 4 3 worth 6 514", p.Visits, p.Value)
	}
	if !slices.Equal(p.Picks[:5], []int32{2, 1, 2, 1, 0}) {
		t.Errorf("picks %v, want C B C B A", p.Picks[:5])
	}
	four := visits.Marginal(visits.PlanInput{Budget: 12, Max: []int32{4, 4, 4}}, c)
	if !slices.Equal(four.Visits, []int32{4, 4, 4}) || math.Abs(four.Value-6441) > .5 {
		t.Errorf("at most four: %v worth %v, want 6 441", four.Visits, four.Value)
	}
}

// An S-curve worth nothing before the third visit (0 0 0 90, 30 a visit on
// average) beats 20 a visit, and is taken whole; two visits alone go elsewhere.
func TestAnSCurveIsTakenAsAWhole(t *testing.T) {
	var c visits.Curves
	c.Add(0, 0, 0, 90)
	c.Add(0, 20, 40, 60)
	if p := visits.Marginal(visits.PlanInput{Budget: 4}, c); !slices.Equal(p.Visits, []int32{3, 1}) {
		t.Errorf("four visits: %v, want 3 and 1", p.Visits)
	}
	if p := visits.Marginal(visits.PlanInput{Budget: 2}, c); !slices.Equal(p.Visits, []int32{0, 2}) {
		t.Errorf("two visits: %v, want 0 and 2", p.Visits)
	}
	if p := visits.Marginal(visits.PlanInput{Budget: 9, Minutes: []float64{60, 600}}, c); p.Surplus != 3 || p.Given != 6 {
		t.Errorf("more than the tables: %v, surplus %d", p.Visits, p.Surplus)
	}
	if p := visits.Marginal(visits.PlanInput{Budget: 2, Min: []int32{2, 2}}, c); p.Shortage != 2 || p.Given != 2 {
		t.Errorf("minima of 4 for 2 visits: %v, short %d", p.Visits, p.Shortage)
	}
}

// H6, combining lenses: C06 4.50, C07 0.60, C03 5.12.
func TestTheMixOfLenses(t *testing.T) {
	par := visits.Defaults()
	for _, tt := range []struct {
		name                               string
		score, strategy, phase, engaged, k float64
		conflict                           bool
	}{
		{"C06", 3.0, 1.5, 1.5, 1, 4.50, false},
		{"C07", 1.0, .5, .6, 1.2, 0.60, true}, // 1.2 of engagement against the others
		{"C03", 3.6, 1.5, 1.5, .9, 5.12, true},
	} {
		w := visits.Mix(visits.Lenses{Score: tt.score, Strategy: tt.strategy, Phase: tt.phase, Engagement: tt.engaged, PR: 0, InScore: true}, par)
		if math.Abs(w.Key-tt.k) > .005 || w.Conflict != tt.conflict {
			t.Errorf("%s: key %v conflict %v, want %v %v", tt.name, w.Key, w.Conflict, tt.k, tt.conflict)
		}
	}
	// C08: elasticity says reduce, P-R says +1. With a score without P and R the
	// P-R lens counts √1.25.
	l := visits.Lenses{Score: 1.6, Strategy: .5, Phase: 1, Engagement: 1, PR: 1, InScore: true}
	w := visits.Mix(l, par)
	if !w.Conflict || w.Factor[3] != 1 {
		t.Errorf("C08: %+v, want a conflict and no second count of P-R", w)
	}
	l.InScore = false
	if w = visits.Mix(l, par); math.Abs(w.Factor[3]-math.Sqrt(1.25)) > 1e-12 {
		t.Errorf("P-R lens %v, want √1.25", w.Factor[3])
	}
}

// H7: C06 .5 × 7 000 € × 35 % = 1 225; C03 .6 × 5 400 × 30 % = 972; C10 .4 ×
// 4 050 × 35 % = 567; total 2 764 for 24 extra visits = 2 400 → ROI 15 %.
func TestTheEconomicsOfThePlan(t *testing.T) {
	day := asOf - 10
	actions := []visits.Action{
		{Code: "1", Purpose: visits.StimulatePurchases, Visits: 9, PRC: 100_00, Probability: .5, Captured: 7000_00, Margin: .35, Due: day, Indicator: true, Progress: portfolio.Done},
		{Code: "2", Purpose: visits.Keep, Visits: 7, PRC: 100_00, Probability: .6, Captured: 5400_00, Margin: .30, Due: day, Indicator: true, Progress: portfolio.Planned},
		{Code: "3", Purpose: visits.Win, Prospect: true, Visits: 8, PRC: 100_00, Probability: .4, Captured: 4050_00, Margin: .35, Due: asOf + 30, Indicator: true},
	}
	p := visits.Economy(actions, 3000_00, asOf)
	if math.Abs(p.All.Gain-2764_00) > 1e-6 || math.Abs(p.All.Cost-2400_00) > 1e-6 || math.Abs(p.All.ROI.Value-.1517) > .0001 {
		t.Errorf("gain %v cost %v ROI %v; want 2 764, 2 400, 15 %%", p.All.Gain, p.All.Cost, p.All.ROI.Value)
	}
	if math.Abs(p.Gap-236_00) > 1e-6 || p.Progress.Value != .5 || p.Status != explain.OK {
		t.Errorf("gap %v progress %v; want 236 and half", p.Gap, p.Progress.Value)
	}
	if p.Prospects.Actions != 1 || p.Clients.Actions != 2 || p.ByPurpose[visits.Keep].Gain != 972_00 {
		t.Errorf("parts: %+v %+v", p.Prospects, p.Clients)
	}
	actions[0].Indicator, actions[1].Due, actions[2].Visits = false, calendar.None, 0
	p = visits.Economy(actions, 0, asOf)
	if !slices.Equal(p.Rejected, []int32{0, 1}) || p.All.ROI.Reason != explain.NoCost || p.Progress.Reason != explain.NoData || p.Status != explain.Weak {
		t.Errorf("no indicator, no date, no cost, nothing due: %+v", p)
	}
	if p := visits.Economy(nil, 0, asOf); p.Status != explain.NA {
		t.Errorf("no action: %v", p.Mark)
	}
}

// Planned 50/50, done 80/20: 1 − ½·(0.3 + 0.3) = 0.7.
func TestRespectOfThePolicy(t *testing.T) {
	r := visits.Respect([5]float64{0, 50, 0, 50, 0}, [5]float64{0, 8, 0, 2, 0})
	if math.Abs(r.Value-.7) > 1e-12 {
		t.Errorf("respect %v, want 0.7", r.Value)
	}
	if r := visits.Respect([5]float64{}, [5]float64{1}); r.Reason != explain.NoData {
		t.Errorf("no plan: %v", r.Reason)
	}
	if r := visits.Respect([5]float64{1}, [5]float64{}); r.Reason != explain.NoContact {
		t.Errorf("nothing done: %v", r.Reason)
	}
}

func drawPlan(t *rapid.T) visits.PlanInput {
	n := rapid.IntRange(1, 25).Draw(t, "n")
	in := visits.PlanInput{Budget: rapid.IntRange(0, 300).Draw(t, "budget")}
	for i := range n {
		in.Key = append(in.Key, rapid.SampledFrom([]float64{0, .5, 1, 1, 2, 3.3, 7}).Draw(t, "key"))
		lo := int32(rapid.IntRange(0, 10).Draw(t, "min"))
		in.Min, in.Max = append(in.Min, lo), append(in.Max, lo+int32(rapid.IntRange(0, 20).Draw(t, "room")))
		in.Locked = append(in.Locked, int32(rapid.SampledFrom([]int{-1, -1, -1, -1, 0, 7}).Draw(t, "locked")))
		in.Blocked = append(in.Blocked, rapid.IntRange(0, 9).Draw(t, "blocked") == 0)
		in.Category = append(in.Category, portfolio.Category(i%5))
		in.Codes = append(in.Codes, fmt.Sprintf("C%02d", (i*7)%n))
	}
	return in
}

// An independent answer: the λ of nᵢ = min(max, max(min, λx)) by bisection. Every
// whole number stands within one visit of it, bounds hold, the sum is the stock,
// and the order of the input changes nothing.
func TestSharesHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawPlan(t)
		p := visits.Proportional(in)
		sum, low, high := 0, 0, 0
		for i := range in.Key {
			lo, hi := in.Min[i], in.Max[i]
			if in.Locked[i] >= 0 {
				lo, hi = in.Locked[i], in.Locked[i]
			}
			if in.Blocked[i] {
				lo, hi = 0, 0
			}
			in.Min[i], in.Max[i] = lo, hi
			low, high = low+int(lo), high+int(hi)
			sum += int(p.Visits[i])
			if p.Shortage == 0 && (p.Visits[i] < lo || p.Visits[i] > hi) {
				t.Fatalf("client %d: %d visits of %d to %d", i, p.Visits[i], lo, hi)
			}
		}
		if p.Given != sum || p.Shortage != max(0, low-in.Budget) || p.Shortage == 0 && sum != min(high, in.Budget) {
			t.Fatalf("%d given, short %d, of %d with bounds %d to %d", p.Given, p.Shortage, in.Budget, low, high)
		}
		if p.Shortage == 0 && sum == in.Budget && !slices.Contains(in.Key, 0) {
			a, b := 0.0, 1e4
			at := func(l float64, i int) float64 {
				return min(float64(in.Max[i]), max(float64(in.Min[i]), l*in.Key[i]))
			}
			for range 200 {
				m, s := (a+b)/2, 0.0
				for i := range in.Key {
					s += at(m, i)
				}
				if s < float64(in.Budget) {
					a = m
				} else {
					b = m
				}
			}
			for i := range in.Key {
				if math.Abs(float64(p.Visits[i])-at(b, i)) >= 1+1e-6 {
					t.Fatalf("client %d: %d visits, exact share %v", i, p.Visits[i], at(b, i))
				}
			}
		}
		shuffled := in
		perm := rand.New(rand.NewPCG(1, uint64(sum))).Perm(len(in.Key))
		shuffled.Key, shuffled.Min, shuffled.Max, shuffled.Codes = nil, nil, nil, nil
		shuffled.Locked, shuffled.Blocked, shuffled.Category = nil, nil, nil
		for _, k := range perm {
			shuffled.Key = append(shuffled.Key, in.Key[k])
			shuffled.Min, shuffled.Max = append(shuffled.Min, in.Min[k]), append(shuffled.Max, in.Max[k])
			shuffled.Locked, shuffled.Blocked = append(shuffled.Locked, in.Locked[k]), append(shuffled.Blocked, in.Blocked[k])
			shuffled.Codes = append(shuffled.Codes, in.Codes[k])
		}
		if len(slices.Compact(slices.Sorted(slices.Values(in.Codes)))) < len(in.Codes) {
			return // equal codes: the place decides
		}
		q := visits.Proportional(shuffled)
		for j, k := range perm {
			if q.Visits[j] != p.Visits[k] {
				t.Fatalf("%s has %d visits, reordered %d", in.Codes[k], p.Visits[k], q.Visits[j])
			}
		}
	})
}

// Marginal on concave curves and equal lengths is the best there is: the
// allocation with one hour a visit agrees.
func TestMarginalAgreesWithTheExactAllocation(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		var c visits.Curves
		n := 1 + rng.IntN(6)
		for range n {
			a, k := 100+rng.Float64()*1000, .05+rng.Float64()/2
			worth := make([]float64, 8)
			for x := range worth {
				worth[x] = a * (1 - math.Exp(-k*float64(x)))
			}
			c.Add(worth...)
		}
		budget := rng.IntN(7*n + 1)
		p := visits.Marginal(visits.PlanInput{Budget: budget}, c)
		a := visits.Allocate(visits.Territory{Budget: int32(60 * budget), Curves: c})
		if math.Abs(p.Value-a.Value) > 1e-9*(1+a.Value) || !a.Exact {
			t.Fatalf("%d visits for %d clients: %v against %v, exact %v", budget, n, p.Value, a.Value, a.Exact)
		}
	}
}

func FuzzPlans(f *testing.F) {
	f.Add(120, 3.4, 1.0, int32(0), int32(6), int32(-1), uint8(1), .5)
	f.Add(-1, math.NaN(), math.Inf(1), int32(-5), int32(1<<30), int32(1<<31-1), uint8(200), math.Inf(-1))
	f.Fuzz(func(t *testing.T, budget int, a, b float64, lo, hi, locked int32, c uint8, change float64) {
		par := visits.Defaults()
		par.MaxChange, par.PRSlope = change, b
		par.Exponents, par.Orphan = [4]float64{a, b, change, a}, [5]float64{a, b, change, a, b}
		cats := []portfolio.Category{portfolio.Category(c), portfolio.Category(c % 5), 1}
		low, high := visits.Bounds(cats, []int32{locked, lo}, par)
		in := visits.PlanInput{Budget: budget, Key: []float64{a, b, 1}, Min: []int32{lo, low[1]}, Max: []int32{hi, high[1], high[2]},
			Locked: []int32{-1, -1, locked}, Category: cats, Minutes: []float64{a, b}, Weeks: b, Last: []int32{lo, hi}}
		var curves visits.Curves
		curves.Add(0, a, b)
		curves.Add(b, 1)
		curves.Add()
		for _, p := range []visits.Plan{visits.Proportional(in), visits.Norms(in, [5]float64{a, b, 1, 2, 3}), visits.Marginal(in, curves)} {
			if p.Given+p.Surplus != p.Budget && p.Locked <= p.Budget {
				t.Errorf("given %d + %d is not %d", p.Given, p.Surplus, p.Budget)
			}
			for i := range p.Visits {
				for _, s := range p.Explain(i) {
					if math.IsNaN(s.Value) || math.IsInf(s.Value, 0) {
						t.Errorf("step %+v", s)
					}
				}
				if r, ok := p.Rhythm(i); ok && !(r.Days > 0) {
					t.Errorf("rhythm %+v", r)
				}
			}
			if math.IsNaN(p.Hours) || math.IsInf(p.Value, 0) || math.IsNaN(p.Value) {
				t.Errorf("hours %v value %v", p.Hours, p.Value)
			}
		}
		w := visits.Mix(visits.Lenses{Score: a, Strategy: b, Phase: change, Engagement: 1, PR: a}, par)
		e := visits.Economy([]visits.Action{{Visits: a, PRC: money.Cents(budget), Probability: b, Captured: money.Cents(locked), Margin: change, Due: 1, Indicator: true}}, 0, asOf)
		for _, x := range w.Factor {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Errorf("factor %v", x)
			}
		}
		for i := range 3 {
			if step := max(high[i], low[i]); low[i] < 0 || high[i] < low[i] || step > 1<<20 {
				t.Errorf("bounds %d to %d", low[i], high[i])
			}
		}
		l := visits.Due(visits.Input{Last: []calendar.Day{calendar.Day(locked), calendar.Day(lo), calendar.Day(hi)}, Category: cats, Planned: []int32{hi}, Weeks: a}, asOf, int(lo), par)
		for i := range l.Urgency {
			if math.IsNaN(l.Urgency[i]) || math.IsInf(l.Urgency[i], 0) || math.IsNaN(l.Interval[i]) || math.IsInf(l.Interval[i], 0) {
				t.Errorf("u %v every %v", l.Urgency[i], l.Interval[i])
			}
		}
		for _, x := range []float64{w.Key, e.All.Cost, e.All.Gain, e.All.ROI.Value, e.Gap, visits.Respect([5]float64{a, 1}, [5]float64{b, 1}).Value} {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Errorf("%v of %+v %+v", x, w, e)
			}
		}
	})
}

func BenchmarkPlan(b *testing.B) {
	rng := rand.New(rand.NewPCG(3, 3))
	in := visits.PlanInput{Budget: 20_000}
	for i := range 5_000 {
		in.Key = append(in.Key, rng.Float64()*4)
		in.Category = append(in.Category, portfolio.Category(1+rng.IntN(4)))
		in.Codes = append(in.Codes, fmt.Sprintf("C%05d", i))
	}
	in.Min, in.Max = visits.Bounds(in.Category, nil, visits.Defaults())
	in.Budget = 45_000
	for b.Loop() {
		visits.Proportional(in)
	}
}
