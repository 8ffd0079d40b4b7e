package visits_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
	"sillon/engine/scoring"
	"sillon/engine/visits"
	"sillon/engine/weight"
)

// What the plan tells in words: the numbers are those of the examples of H6
// (48 visits asked, ΣMax 142).
func TestAPlanSaysInWordsWhetherItHolds(t *testing.T) {
	locked := goldenPlan(36)
	locked.Locked = []int32{40}
	for _, tt := range []struct {
		name string
		in   visits.PlanInput
		key  string
		n    []int
	}{
		{"all shared", goldenPlan(120), "plan.holds", []int{120, 12}},
		{"two for prospects", goldenPlan(144), "plan.spare", []int{142, 2}},
		{"12 short of 48", goldenPlan(36), "plan.short", []int{48, 36, 12}},
		{"a fixed line asks more than there is", locked, "plan.locked", []int{40, 36}},
		{"nothing to share, nothing asked", visits.PlanInput{Key: []float64{1, 2}}, "plan.none", nil},
		{"nobody", visits.PlanInput{Budget: 5}, "plan.empty", nil},
	} {
		p := visits.Proportional(tt.in)
		if key, n := p.Verdict(); key != tt.key || !slices.Equal(n, tt.n) || !slices.Contains(visits.VerdictKeys, key) {
			t.Errorf("%s: %s %v, want %s %v", tt.name, key, n, tt.key, tt.n)
		}
	}
}

// H6, "coverage rate = clients with ≥ 1 visit"; "a client with 0 visits gets a
// phone cadence": an économique with none, every 365 ÷ 3 days.
func TestWhoHasNoVisitIsCalled(t *testing.T) {
	p := visits.Proportional(visits.PlanInput{Budget: 3, Key: []float64{9, 0, 0, 9}, Blocked: []bool{false, false, true}, Category: []portfolio.Category{1, 4, 4, 1}})
	if !slices.Equal(p.Visits, []int32{2, 0, 0, 1}) || p.Coverage() != .5 {
		t.Fatalf("%v, coverage %v", p.Visits, p.Coverage())
	}
	par := visits.Defaults()
	if days, ok := p.PhoneEvery(1, par); !ok || math.Abs(days-365./3) > 1e-9 {
		t.Errorf("called every %v days, want 121.7", days)
	}
	for _, i := range []int{0, 2} {
		if _, ok := p.PhoneEvery(i, par); ok {
			t.Errorf("client %d is visited or blocked: no calls instead", i)
		}
	}
	none := visits.Proportional(visits.PlanInput{})
	if none.Coverage() != 0 {
		t.Error("nobody is covered")
	}
}

// W32, "n per period with minimal gap": the period's whole number stays within
// a tenth of the plan's, else the year as planned.
func TestRhythmsKeepThePlan(t *testing.T) {
	for _, tt := range []struct{ planned, times, weeks, gap int }{
		{44, 1, 1, 3}, {88, 2, 1, 1}, {22, 1, 2, 7}, {11, 1, 4, 14}, {12, 1, 4, 12}, {7, 2, 13, 22}, {3, 3, 52, 51}, {15, 4, 13, 10}, {2, 2, 52, 77}, {1, 1, 52, 154},
	} {
		p := visits.Proportional(visits.PlanInput{Budget: tt.planned, Key: []float64{1}, Weeks: 44})
		if r, ok := p.Rhythm(0); !ok || r.Times != tt.times || r.Weeks != tt.weeks || r.Gap != tt.gap {
			t.Errorf("%d visits in 44 weeks: %+v, want %d in %d weeks, %d days apart", tt.planned, r, tt.times, tt.weeks, tt.gap)
		}
	}
	for planned := 1; planned <= 250; planned++ {
		p := visits.Proportional(visits.PlanInput{Budget: planned, Key: []float64{1}, Weeks: 44})
		if r, _ := p.Rhythm(0); r.Weeks < 52 && math.Abs(float64(r.Times*44)/float64(r.Weeks)-float64(planned)) > .1*float64(planned)+1e-9 {
			t.Errorf("%d visits: %+v", planned, r)
		}
	}
}

// The unit of the key (score, score100, marginal euros) changes nothing: the
// same plan, equal parts still given by code.
func TestTheUnitOfTheKeyChangesNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 1))
	for range 500 {
		n := 2 + rng.IntN(20)
		in := visits.PlanInput{Budget: rng.IntN(60)}
		for i := range n {
			in.Key = append(in.Key, float64(rng.IntN(7)))
			in.Max = append(in.Max, int32(rng.IntN(20)))
			in.Codes = append(in.Codes, fmt.Sprintf("C%02d", n-i))
		}
		want := visits.Proportional(in).Visits
		for _, unit := range []float64{.1, 1. / 3, 6.5596, 1e6 / 7} {
			other := in
			other.Key = nil
			for _, x := range in.Key {
				other.Key = append(other.Key, x*unit)
			}
			if got := visits.Proportional(other).Visits; !slices.Equal(got, want) {
				t.Fatalf("keys %v of %d × %v: %v, want %v", in.Key, in.Budget, unit, got, want)
			}
		}
	}
}

// slowMarginal gives visits one by one as the method says, looking at every
// client and every number of next visits each time.
func slowMarginal(budget int, tables [][]float64, minutes []float64) (given []int32, picks []int32) {
	given = make([]int32, len(tables))
	for budget > 0 {
		best, size, rate := -1, 0, 0.0
		for i, t := range tables {
			x := int(given[i])
			for m := 1; m <= budget && x+m < len(t); m++ {
				if r := (t[x+m] - t[x]) / (float64(m) * minutes[i]); r > rate {
					best, size, rate = i, m, r
				}
			}
		}
		if best < 0 {
			break
		}
		given[best] += int32(size)
		budget -= size
		for range size {
			picks = append(picks, int32(best))
		}
	}
	return given, picks
}

// An independent answer: the words of method c, one step at a time, on curves
// of any shape, S too, and visits of several lengths.
func TestMarginalFollowsTheMethodStepByStep(t *testing.T) {
	rng := rand.New(rand.NewPCG(41, 1))
	for k := range 500 {
		n := 1 + rng.IntN(6)
		var c visits.Curves
		var tables [][]float64
		in := visits.PlanInput{Budget: rng.IntN(30)}
		for range n {
			t := make([]float64, 1+rng.IntN(8))
			for x := range t {
				t[x] = float64(rng.IntN(9) * x)
			}
			c.Add(t...)
			tables, in.Minutes = append(tables, t), append(in.Minutes, float64(30*(1+rng.IntN(3))))
		}
		p := visits.Marginal(in, c)
		given, picks := slowMarginal(in.Budget, tables, in.Minutes)
		if !slices.Equal(p.Visits, given) || !slices.Equal(p.Picks, picks) {
			t.Fatalf("%d: %v by %v, want %v by %v\n%v", k, p.Visits, p.Picks, given, picks, tables)
		}
	}
}

// The price of an hour at which the plan ends, by hand: one more visit of the
// example of method c earns 3 000·(e^−1.05 − e^−1.40) = 310, A's sixth 6 000·(e^−.5
// − e^−.6) = 346, B's fifth 4 000·(e^−.8 − e^−1) = 326: 346 an hour.
func TestThePriceOfAnHourOfThePlan(t *testing.T) {
	var c visits.Curves
	for _, k := range [][2]float64{{6000, .10}, {4000, .20}, {3000, .35}} {
		worth := make([]float64, 13)
		for x := range worth {
			worth[x] = k[0] * (1 - math.Exp(-k[1]*float64(x)))
		}
		c.Add(worth...)
	}
	in := visits.PlanInput{Budget: 12}
	want := 6000 * (math.Exp(-.5) - math.Exp(-.6))
	if p := visits.Marginal(in, c); math.Abs(p.Hour-want) > 1e-9 || math.Abs(p.Hour-346) > .5 {
		t.Errorf("an hour is worth %v, want %v", p.Hour, want)
	}
	in.Minutes = []float64{120, 60, 60} // A's visits take two hours: 173 an hour, B's fifth leads
	if p := visits.Marginal(in, c); !(p.Hour > 0) || p.Hour == want {
		t.Errorf("an hour is worth %v", p.Hour)
	}
	in.Budget = 100
	if p := visits.Marginal(in, c); p.Hour != 0 {
		t.Errorf("everybody at the end of his table: an hour is worth %v, want nothing", p.Hour)
	}
}

// Columns too short, dates and weeks of a damaged file: no panic, no number
// that depends on the machine.
func TestADueListOfADamagedFile(t *testing.T) {
	in := visits.Input{
		Last:    []calendar.Day{asOf - 30, math.MinInt32 + 1, math.MaxInt32, asOf - 30},
		Planned: []int32{15}, Weeks: math.MaxFloat64, Category: []portfolio.Category{1, 200},
		Priority: []float64{math.NaN(), math.NaN()}, Skip: []bool{false}, Codes: []string{"A"},
	}
	par := visits.Defaults()
	par.Orphan[4] = math.Inf(1)
	l := visits.Due(in, asOf, 60, par)
	for i := range in.Last {
		if l.Since[i] < -1 || math.IsNaN(l.Urgency[i]) || math.IsInf(l.Urgency[i], 0) || math.IsInf(l.Interval[i], 0) {
			t.Errorf("client %d: %v days, every %v, u %v", i, l.Since[i], l.Interval[i], l.Urgency[i])
		}
	}
	if u := visits.Urgency(math.MinInt32+1, math.MaxInt32, 20); u.Value != 1e6 {
		t.Errorf("u %v, want the most there is", u.Value)
	}
}

// Appendix B: an empty portfolio, one client, everybody equal, one client who
// is everything, keys all at zero or negative.
func TestDegeneratePlans(t *testing.T) {
	for _, tt := range []struct {
		name string
		key  []float64
		want []int32
	}{
		{"one client takes all", []float64{3}, []int32{10}},
		{"all equal", []float64{2, 2, 2, 2, 2}, []int32{2, 2, 2, 2, 2}},
		{"one is everything", []float64{0, 7, 0}, []int32{0, 10, 0}},
		{"all negative: an equal split", []float64{-1, -9}, []int32{5, 5}},
		{"nearly nothing", []float64{1e-300, 1e-300}, []int32{5, 5}},
		{"enormous", []float64{1e300, 1e300, 1e300, 1e300, 1e300}, []int32{2, 2, 2, 2, 2}},
	} {
		if p := visits.Proportional(visits.PlanInput{Budget: 10, Key: tt.key}); !slices.Equal(p.Visits, tt.want) || p.Status != explain.OK {
			t.Errorf("%s: %v, want %v", tt.name, p.Visits, tt.want)
		}
	}
}

// H6 a, norms that bounds and fixed lines do not allow: 18 held at 6, 13 fixed
// at 2, 12 as it is: 20 asked, and nobody takes the rest of 60.
func TestNormsStayWithinTheBounds(t *testing.T) {
	in := visits.PlanInput{Budget: 60, Category: []portfolio.Category{1, 2, 3}, Max: []int32{6, 50, 50}, Locked: []int32{-1, 2, -1}}
	p := visits.Norms(in, visits.Middle(visits.Defaults()))
	if !slices.Equal(p.Visits, []int32{6, 2, 12}) || p.Asked != 20 || p.Surplus != 40 {
		t.Errorf("%v, asked %v, surplus %d; want 6 2 12, 20, 40", p.Visits, p.Asked, p.Surplus)
	}
}

// From the sales to the visits, Appendix A: levels R and P, categories, scores
// and the 120 visits of H6 b, each chapter fed by the one before.
func TestTheGoldenChainFromSalesToVisits(t *testing.T) {
	g, par := demo.Golden(), potential.Defaults()
	p := potential.Rank(potential.LevelsInput{Potential: g.Potentials(), Sales: g.Sales(), Codes: g.Codes()}, par).P
	r := weight.RLevels(weight.Input{Values: g.Sales(), Second: g.Potentials(), Codes: g.Codes()}, par.Weight).Level
	in := visits.PlanInput{Budget: 120, Codes: g.Codes()}
	columns := make([]scoring.Column, 3)
	for i := range p {
		columns[0].Values, columns[1].Values = append(columns[0].Values, float64(r[i])), append(columns[1].Values, float64(p[i]))
		in.Category = append(in.Category, scoring.Categorise(scoring.Account{P: p[i], R: r[i]}, scoring.Defaults()).Category)
	}
	columns[2].Values = g.Notes()
	in.Key = scoring.DefaultGrid(scoring.Defaults()).Score(scoring.Table{Columns: columns, Codes: g.Codes()}).Score
	in.Min, in.Max = visits.Bounds(in.Category, nil, visits.Defaults())
	if plan := visits.Proportional(in); !slices.Equal(plan.Visits, []int32{18, 16, 19, 6, 6, 15, 5, 6, 6, 12, 5, 6}) {
		t.Errorf("%v, want the column of Appendix A", plan.Visits)
	}
	// H7's example adds 9 + 7 + 8 visits to C06, C03 and C10: those of this plan.
	plan := visits.Proportional(in)
	if plan.Visits[5]-6 != 9 || plan.Visits[2]-12 != 7 || plan.Visits[9]-4 != 8 {
		t.Errorf("visits added %v", plan.Visits)
	}
}

// H7: purposes, and clients with prospects, add up to the plan; the order of the
// lines changes nothing to the last bit, nor does another currency the return;
// cancelled lines count nowhere.
func TestThePartsOfThePlanAddUp(t *testing.T) {
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 7))
		draw := func(unit money.Cents) (actions []visits.Action) {
			rng := rand.New(rand.NewPCG(seed, 8))
			for i := range 25 {
				actions = append(actions, visits.Action{
					Code: fmt.Sprintf("A%02d", i), Prospect: rng.IntN(3) == 0, Purpose: visits.Purpose(1 + rng.IntN(7)), Visits: float64(rng.IntN(60)) / 5,
					PRC: 100_00 * unit, Spend: money.Cents(rng.IntN(300_00)) * unit, Probability: rng.Float64(), Captured: money.Cents(rng.IntN(9000_00)) * unit,
					Margin: rng.Float64(), Due: asOf + calendar.Day(rng.IntN(60)-30), Indicator: rng.IntN(8) > 0, Progress: portfolio.Progress(1 + rng.IntN(4)),
				})
			}
			return actions
		}
		actions := draw(1)
		p := visits.Economy(actions, 9000_00, asOf)
		var purposes visits.Economics
		for _, e := range p.ByPurpose {
			purposes.Actions, purposes.Cost, purposes.Gain = purposes.Actions+e.Actions, purposes.Cost+e.Cost, purposes.Gain+e.Gain
		}
		for _, parts := range []visits.Economics{purposes, {Actions: p.Clients.Actions + p.Prospects.Actions, Cost: p.Clients.Cost + p.Prospects.Cost, Gain: p.Clients.Gain + p.Prospects.Gain}} {
			if parts.Actions != p.All.Actions || math.Abs(parts.Cost-p.All.Cost) > 1e-3 || math.Abs(parts.Gain-p.All.Gain) > 1e-3 {
				t.Fatalf("parts %+v, plan %+v", parts, p.All)
			}
		}
		counted := 0
		for _, a := range actions {
			if a.Progress != portfolio.Cancelled && a.Valid() {
				counted++
			}
		}
		if counted != p.All.Actions || p.Progress.Value < 0 || p.Progress.Value > 1 || math.Abs(p.Gap-(9000_00-p.All.Gain)) > 1e-6 {
			t.Fatalf("%d actions counted of %d, progress %v", p.All.Actions, counted, p.Progress.Value)
		}
		rng.Shuffle(len(actions), func(i, j int) { actions[i], actions[j] = actions[j], actions[i] })
		if q := visits.Economy(actions, 9000_00, asOf); q.All.Cost != p.All.Cost || q.All.Gain != p.All.Gain || q.Progress.Value != p.Progress.Value || len(q.Rejected) != len(p.Rejected) {
			t.Fatalf("in another order %+v, was %+v", q.All, p.All)
		}
		if q := visits.Economy(draw(655), 0, asOf); math.Abs(q.All.ROI.Value-p.All.ROI.Value) > 1e-9 {
			t.Fatalf("in another currency a return of %v, was %v", q.All.ROI.Value, p.All.ROI.Value)
		}
	}
}

// H6, the mix: a better lens never lowers the key, an exponent of 0 silences
// one, and the factors multiply to the key.
func TestTheMixFollowsItsLenses(t *testing.T) {
	rng := rand.New(rand.NewPCG(12, 1))
	par := visits.Defaults()
	for range 300 {
		l := visits.Lenses{Score: 4 * rng.Float64(), Strategy: 2 * rng.Float64(), Phase: 2 * rng.Float64(), Engagement: 2 * rng.Float64(), PR: float64(rng.IntN(7) - 3)}
		w := visits.Mix(l, par)
		product := l.Score
		for _, f := range w.Factor {
			product *= f
		}
		more := l
		for k, x := range []*float64{&more.Score, &more.Strategy, &more.Phase, &more.Engagement, &more.PR} {
			keep := *x
			*x += .5
			if v := visits.Mix(more, par); v.Key < w.Key {
				t.Fatalf("lens %d up: key %v, was %v", k, v.Key, w.Key)
			}
			*x = keep
		}
		if math.Abs(product-w.Key) > 1e-12*(1+w.Key) {
			t.Fatalf("factors make %v, the key is %v", product, w.Key)
		}
	}
	silent := par
	silent.Exponents = [4]float64{}
	if w := visits.Mix(visits.Lenses{Score: 2, Strategy: 0, Phase: 9, Engagement: 3, PR: -3}, silent); w.Key != 2 || !w.Conflict {
		t.Errorf("no exponent: key %v conflict %v, want the score, and the conflict shown", w.Key, w.Conflict)
	}
}

// H6 b, more visits to share take none from anybody within the same bounds, but
// for the one visit that rounding may move.
func TestMoreVisitsTakeNone(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 1))
	for range 300 {
		n := 2 + rng.IntN(15)
		var in visits.PlanInput
		for range n {
			in.Key, in.Min = append(in.Key, 5*rng.Float64()), append(in.Min, rng.Int32N(4))
			in.Max = append(in.Max, in.Min[len(in.Min)-1]+rng.Int32N(20))
		}
		in.Budget = 4*n + rng.IntN(5*n)
		before := visits.Proportional(in)
		in.Budget += 1 + rng.IntN(5)
		after := visits.Proportional(in)
		for i := range n {
			if after.Visits[i] < before.Visits[i]-1 {
				t.Fatalf("client %d: %d visits, %d with more to share", i, before.Visits[i], after.Visits[i])
			}
		}
	}
}

func BenchmarkMarginal(b *testing.B) {
	rng := rand.New(rand.NewPCG(3, 4))
	var c visits.Curves
	in := visits.PlanInput{Budget: 45_000}
	for i := range 5_000 {
		a, k := 100+rng.Float64()*1000, .05+rng.Float64()/2
		worth := make([]float64, 25)
		for x := range worth {
			worth[x] = a * (1 - math.Exp(-k*float64(x)))
		}
		c.Add(worth...)
		in.Codes = append(in.Codes, fmt.Sprintf("C%05d", i))
	}
	for b.Loop() {
		visits.Marginal(in, c)
	}
}
