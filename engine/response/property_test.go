package response_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/response"
)

// drawn is a portfolio with ties, zeros and returns.
func drawn(seed uint64, n int) (response.BalanceInput, response.FlowInput) {
	rng := rand.New(rand.NewPCG(seed, 3))
	var b response.BalanceInput
	var f response.FlowInput
	for i := range n {
		b.Codes = append(b.Codes, string([]byte{'A' + byte(i/676%26), 'A' + byte(i/26%26), 'A' + byte(i%26)}))
		b.Units = append(b.Units, float64(rng.IntN(60))/5)
		m := money.Cents(rng.IntN(900_00) - 30_00)
		b.Margin = append(b.Margin, m)
		b.Invested = append(b.Invested, money.Cents(b.Units[i]*100_00))
		b.Starting = append(b.Starting, rng.IntN(9) == 0)
		f.Before = append(f.Before, float64(rng.IntN(60))/5)
		f.SalesBefore = append(f.SalesBefore, money.Cents(rng.IntN(9000)))
		f.Sales = append(f.Sales, money.Cents(rng.IntN(9000)))
	}
	f.Units, f.Margin, f.Price, f.Codes = b.Units, b.Margin, 100_00, b.Codes
	return b, f
}

func TestBalanceHolds(t *testing.T) {
	for seed := range uint64(200) {
		in, _ := drawn(seed, 3+int(seed)%50)
		b := response.WeighBalance(in, response.Defaults())
		if !b.Has() {
			continue
		}
		var ci, ri float64
		n := 0
		for i := range in.Units {
			ci, ri = ci+b.CI[i], ri+b.RI[i]
			if (b.CI[i] >= 1+1e-9) != (b.Class[i] == response.Devourer || b.Class[i] == response.Cow) && !near(b.CI[i], 1, 1e-9) {
				t.Fatalf("seed %d client %d: ci %v class %v", seed, i, b.CI[i], b.Class[i])
			}
			if b.D[i] > 0 && !near(b.D[i], b.CI[i]/b.RI[i], 1e-9*b.D[i]) {
				t.Fatalf("D %v is not %v ÷ %v", b.D[i], b.CI[i], b.RI[i])
			}
			if b.Alarm[i] != response.NoAlarm && (b.Hollow[i] || b.Severity[i] < 0) {
				t.Fatalf("client %d: alarm %v hollow %v severity %v", i, b.Alarm[i], b.Hollow[i], b.Severity[i])
			}
		}
		for _, k := range b.N {
			n += k
		}
		if !near(ci, float64(len(in.Units)), 1e-6) || !near(ri, float64(len(in.Units)), 1e-6) || n != len(in.Units) {
			t.Fatalf("seed %d: indexes add up to %v and %v, classes to %d", seed, ci, ri, n)
		}
		mirrored(t, in, b)
		dearer(t, in, b)
	}
}

// mirrored: the list read backwards gives the same bits.
func mirrored(t *testing.T, in response.BalanceInput, b response.Balance) {
	t.Helper()
	n := len(in.Units)
	var back response.BalanceInput
	for i := n - 1; i >= 0; i-- {
		back.Codes, back.Units, back.Margin = append(back.Codes, in.Codes[i]), append(back.Units, in.Units[i]), append(back.Margin, in.Margin[i])
		back.Invested, back.Starting = append(back.Invested, in.Invested[i]), append(back.Starting, in.Starting[i])
	}
	r := response.WeighBalance(back, response.Defaults())
	for i := range n {
		if r.D[n-1-i] != b.D[i] || r.Class[n-1-i] != b.Class[i] || r.Alarm[n-1-i] != b.Alarm[i] {
			t.Fatalf("client %d changes with the order of the list", i)
		}
	}
	for k, i := range b.Devourers {
		if r.Devourers[k] != int32(n-1)-i {
			t.Fatal("devourers change places with the order of the list")
		}
	}
}

// dearer: another currency changes no class.
func dearer(t *testing.T, in response.BalanceInput, b response.Balance) {
	t.Helper()
	var m, inv []money.Cents
	for i := range in.Margin {
		m, inv = append(m, in.Margin[i]*655), append(inv, in.Invested[i]*655)
	}
	in.Margin, in.Invested = m, inv
	r := response.WeighBalance(in, response.Defaults())
	for i := range m {
		if r.Class[i] != b.Class[i] || r.Alarm[i] != b.Alarm[i] {
			t.Fatalf("client %d changes class with the currency", i)
		}
	}
}

func TestElasticitiesHold(t *testing.T) {
	for seed := range uint64(200) {
		_, in := drawn(seed, 40)
		f := response.ReadFlow(in, response.Defaults())
		for i, r := range f.Reading {
			if !r.Has() {
				continue
			}
			// Swapping the two years leaves an arc elasticity as it is.
			swapped := response.FlowInput{Before: in.Units[i : i+1], Units: in.Before[i : i+1], SalesBefore: in.Sales[i : i+1], Sales: in.SalesBefore[i : i+1]}
			if s := response.ReadFlow(swapped, response.Defaults()).Reading[0]; s.Has() && !near(s.E, r.E, 1e-12*(1+math.Abs(r.E))) {
				t.Fatalf("arc elasticity %v, with the years swapped %v", r.E, s.E)
			}
			if math.Abs(r.E) > 2/.1+1e-9 { // |arc ΔQ| ≤ 2, |arc ΔU| ≥ 10 %
				t.Fatalf("elasticity %v beyond what the limits allow", r.E)
			}
			if (r.E < 0) != (r.Band == response.Reverse) {
				t.Fatalf("E %v badge %v", r.E, r.Band)
			}
			if r.HasReturn && (r.Return/10_000 > 1.2) != (r.Decision == response.Add) {
				t.Fatalf("return %v advice %v", r.Return, r.Decision)
			}
		}
	}
}

// Another currency, prices with it, and another order of the clients change no
// elasticity and no advice; returns follow the currency.
func TestReadingsDependOnNeitherCurrencyNorOrder(t *testing.T) {
	for seed := range uint64(100) {
		_, in := drawn(seed, 30)
		f := response.ReadFlow(in, response.Defaults())
		other := response.FlowInput{Price: in.Price * 655}
		perm := rand.New(rand.NewPCG(seed, 9)).Perm(30)
		for _, i := range perm {
			other.Codes, other.Before, other.Units = append(other.Codes, in.Codes[i]), append(other.Before, in.Before[i]), append(other.Units, in.Units[i])
			other.SalesBefore, other.Sales = append(other.SalesBefore, in.SalesBefore[i]*655), append(other.Sales, in.Sales[i]*655)
			other.Margin = append(other.Margin, in.Margin[i]*655)
		}
		for k, r := range response.ReadFlow(other, response.Defaults()).Reading {
			w := f.Reading[perm[k]]
			if r.E != w.E || r.Decision != w.Decision || r.Band != w.Band || r.Quadrant != w.Quadrant || r.Reason != w.Reason || !near(r.Return, 655*w.Return, 1e-9*(1+math.Abs(r.Return))) {
				t.Fatalf("client %d: %+v, was %+v", perm[k], r, w)
			}
		}
	}
}

func TestCurvesHold(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for range 400 {
		j := response.Judgments{None: rng.Float64() * 95}
		j.More = 100 + rng.ExpFloat64()*40 + .1
		j.Saturation = j.More + rng.ExpFloat64()*100 + .1
		four, err := response.Judge(j)
		if err != nil {
			t.Fatal(err)
		}
		if four.Shape < 99 && (!near(four.At(1), 100, 1e-6) || !near(four.At(1.5), j.More, 1e-6)) {
			t.Fatalf("%+v: r(1) %v r(1.5) %v", j, four.At(1), four.At(1.5))
		}
		j.Half, j.HasHalf = j.None+(100-j.None)*(.02+.96*rng.Float64()), true
		five, err := response.Judge(j)
		if err != nil {
			t.Fatal(err)
		}
		blended, err := response.Blend(j, response.Measure{Elasticity: response.Elasticity{Value: rng.Float64(), SD: rng.Float64() * .3}, Visits: rng.Float64() * 8})
		if err != nil {
			t.Fatal(err)
		}
		miss := func(c response.Curve) float64 {
			a, b, d, e, f := c.Floor-j.None, c.At(.5)-j.Half, c.At(1)-100, c.At(1.5)-j.More, c.Ceiling-j.Saturation
			return a*a + b*b + d*d + e*e + f*f
		}
		if miss(five) > miss(four)+1e-9 {
			t.Fatalf("%+v: least squares %v is worse than the four points %v", j, miss(five), miss(four))
		}
		for _, c := range []response.Curve{four, five, blended} {
			rising(t, c)
		}
	}
}

func rising(t *testing.T, c response.Curve) {
	t.Helper()
	last := math.Inf(-1)
	for _, x := range []float64{0, 1e-300, .1, .5, 1, 1.5, 2, 10, 1e300, math.Inf(1)} {
		y := c.At(x)
		if math.IsNaN(y) || y < last-1e-9 || y < c.Floor-1e-9 || y > c.Ceiling+1e-9 {
			t.Fatalf("%+v: r(%v) = %v after %v", c, x, y, last)
		}
		last = y
	}
	v := c.Values(1000_00, 7, 30)
	e := response.Envelope(v)
	for k := range e {
		if e[k] < v[k]-1e-9*math.Abs(v[k]) {
			t.Fatalf("envelope %v under %v at %d", e[k], v[k], k)
		}
		if k > 1 && e[k]-e[k-1] > e[k-1]-e[k-2]+1e-6 {
			t.Fatalf("envelope not concave at %d", k)
		}
	}
}

func TestProposalsHold(t *testing.T) {
	for seed := range uint64(100) {
		rng := rand.New(rand.NewPCG(seed, 8))
		var in response.StrategyInput
		for range 30 {
			in.Class, in.Decision = append(in.Class, response.Class(rng.IntN(5))), append(in.Decision, response.Decision(rng.IntN(4)))
			in.P, in.Starting, in.Visits = append(in.P, uint8(rng.IntN(5))), append(in.Starting, rng.IntN(4) == 0), append(in.Visits, rng.IntN(40))
			low := rng.IntN(10)
			in.Min, in.Max = append(in.Min, low), append(in.Max, low+rng.IntN(20))
		}
		s := response.Propose(in, response.Defaults())
		now, then := 0, 0
		for i, r := range s.Proposal {
			if in.Class[i] != 0 && r.Visits != in.Visits[i] && (r.Visits < in.Min[i] || r.Visits > in.Max[i]) {
				t.Fatalf("%d visits outside %d to %d", r.Visits, in.Min[i], in.Max[i])
			}
			if r.Multiplier <= 1 && r.Visits > in.Visits[i] || r.Multiplier >= 1 && r.Visits < in.Visits[i] {
				t.Fatalf("×%v, yet %d → %d", r.Multiplier, in.Visits[i], r.Visits)
			}
			if in.Starting[i] && r.Multiplier < 1 {
				t.Fatalf("a starting client has ×%v", r.Multiplier)
			}
			now, then = now+in.Visits[i], then+r.Visits
		}
		if now-then != s.Left || s.Freed-s.Needed != s.Left {
			t.Fatalf("from %d to %d visits, left %d", now, then, s.Left)
		}
	}
}

func FuzzChapter(f *testing.F) {
	f.Add(5.0, 8.0, int64(4000_00), int64(7000_00), int64(2450_00), 30.0, 125.0, 200.0, 1.5, .5)
	f.Add(0.0, 0.0, int64(-1), int64(math.MinInt64), int64(math.MaxInt64), -1.0, 0.0, 1e300, 0.0, -3.0)
	f.Add(1e300, 1e-300, int64(math.MaxInt64), int64(1), int64(math.MinInt64), 99.999999, 100.000001, 100.000002, 1e9, 1e300)
	f.Fuzz(func(t *testing.T, u0, u1 float64, q0, q1, mb int64, none, more, most, x, y float64) {
		for _, p := range []response.Params{response.Defaults(), {}, {Method: response.Point, MarketAdjust: true}, {Threshold: response.Median, Devourer: y, Multipliers: [9]float64{x, y, x, y, x, y, x, y, x}, ChangeCapped: true, MaxChange: y},
			{Threshold: response.Fixed, FixedUnits: x, FixedResult: y, MinAbsUnits: x, MinRel: y}, {Method: response.Regression, Shrink: x},
			{Devourer: y, Bands: [3]float64{x, y, x}, AddAbove: y, ReduceBelow: x, MinAbsUnits: y, HighPotential: 9}} {
			units := []float64{u0, u1, x, y, 1}
			m := []money.Cents{money.Cents(q0), money.Cents(q1), money.Cents(mb), 5, 0}
			b := response.WeighBalance(response.BalanceInput{Units: units, Margin: m, Sales: m, Invested: m}, p)
			fl := response.ReadFlow(response.FlowInput{Before: units, Units: []float64{u1, x, y, u0, 1}, SalesBefore: m, Sales: []money.Cents{5, 0, money.Cents(mb), money.Cents(q1), 7}, Margin: m, Price: money.Cents(mb),
				PeriodUnits: [][]float64{units, units}, PeriodSales: [][]money.Cents{m, m}}, p)
			var d []response.Decision
			finite(t, b.CI, b.RI, b.D, []float64{b.MeanUnits, b.MeanResult, b.LimitUnits, b.LimitResult, fl.Market, fl.Pool})
			for i, r := range fl.Reading {
				finite(t, []float64{r.E, r.Return, r.RelUnits, r.RelResult, r.ChangeUnits, r.ChangeResult})
				d = append(d, r.Decision)
				for _, s := range append(fl.Explain(i), b.Explain(i)...) {
					finite(t, []float64{s.Value})
				}
			}
			finite(t, stepsOf(b.Mark))
			s := response.Propose(response.StrategyInput{Class: b.Class, Decision: d, P: []uint8{0, 1, 2, 3, 4}, Visits: []int{int(q0), int(q1), 3, -4, 0}}, p)
			for i := range s.Proposal {
				for _, step := range s.Explain(i) {
					finite(t, []float64{step.Value})
				}
			}
		}
		j := response.Judgments{None: none, More: more, Saturation: most, Half: x, HasHalf: y > 0}
		c, err := response.Judge(j)
		if err != nil {
			return
		}
		blended, _ := response.Blend(j, response.Measure{Elasticity: response.Elasticity{Value: x, SD: y}, Visits: u0})
		for _, k := range []response.Curve{c, blended, response.Measure{Elasticity: response.Elasticity{Value: x, SD: y}, Visits: u0}.Curve()} {
			finite(t, []float64{k.Floor, k.Ceiling, k.Shape, k.Scale, k.At(x), k.At(y), k.At(u0)})
			sc := k.Simulate(money.Cents(mb), u0, u1, money.Cents(q0))
			finite(t, stepsOf(sc.Mark), k.Values(money.Cents(mb), u0, int(q0)))
		}
	})
}

func stepsOf(m explain.Mark) (x []float64) {
	for _, s := range m.Steps {
		x = append(x, s.Value)
	}
	return x
}

func finite(t *testing.T, columns ...[]float64) {
	t.Helper()
	for _, c := range columns {
		for i, x := range c {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Errorf("value %d is %v: no NaN nor Inf ever leaves the engine", i, x)
			}
		}
	}
}

func BenchmarkChapter(b *testing.B) {
	in, f := drawn(1, 5000)
	p := response.Defaults()
	for b.Loop() {
		response.WeighBalance(in, p)
		response.ReadFlow(f, p)
	}
}

func BenchmarkPanel(b *testing.B) {
	p, _ := made(2, 5000, 36, .2, .1)
	p.Ahead = 12
	for b.Loop() {
		response.FitPanel(p)
	}
}
