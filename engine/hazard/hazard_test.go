package hazard_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/explain"
	"sillon/engine/hazard"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// table2x2 is a predictor 0/1 with so many leavers among so many.
func table2x2(left1, n1, left0, n0 int) hazard.Data {
	d := hazard.Data{P: 1}
	for i := range n1 {
		d.X, d.Left = append(d.X, 1), append(d.Left, i < left1)
	}
	for i := range n0 {
		d.X, d.Left = append(d.X, 0), append(d.Left, i < left0)
	}
	return d
}

// In a saturated 2 × 2 table the Jeffreys prior adds half a client to each
// cell (Firth 1993, §4): 3.5/1.5 among the exposed, 1.5/6.5 among the others.
// With an empty cell maximum likelihood is infinite, Firth is not:
// ln(4.5/0.5) − ln(1.5/6.5) = 2.197225 + 1.466337.
func TestFirthAddsHalfAClientToEachCell(t *testing.T) {
	coef, se := hazard.Firth(table2x2(3, 4, 1, 7)).Original()
	near(t, "intercept", coef[0], math.Log(1.5/6.5), 1e-8)
	near(t, "slope", coef[1], math.Log(3.5/1.5)-math.Log(1.5/6.5), 1e-8)
	if !(se[0] > 0 && se[1] > 0) {
		t.Errorf("standard errors %v", se)
	}
	coef, _ = hazard.Firth(table2x2(4, 4, 1, 7)).Original()
	near(t, "slope under separation", coef[1], 2.197225+1.466337, 1e-6)
}

// FLIC (Puhr et al. 2017): the mean prediction is the observed rate.
func TestRecentredPredictionsMeetTheRate(t *testing.T) {
	d := table2x2(4, 4, 1, 7)
	m := hazard.Firth(d).Recentre(d)
	near(t, "sum of predictions", 4*m.Of([]float64{1}).P+7*m.Of([]float64{0}).P, 5, 1e-9)
	if fit := hazard.Fit(d); fit.Method != hazard.ByFirth || fit.Coef[0] != m.Coef[0] {
		t.Errorf("one predictor is fitted by %d, want Firth recentred", fit.Method)
	}
}

// The profile interval contains the estimate, reaches further on the side
// the data leave open, and meets the likelihood it says.
func TestProfileInterval(t *testing.T) {
	d := table2x2(4, 4, 1, 7)
	coef, se := hazard.Firth(d).Original()
	low, high, ok := hazard.Profile(d, 1)
	if !ok || !(low < coef[1] && coef[1] < high) || !(high-coef[1] > coef[1]-low) || low < coef[1]-4*se[1] {
		t.Errorf("profile [%v, %v] of %v (s.e. %v)", low, high, coef[1], se[1])
	}
	if _, _, ok := hazard.Profile(d, 2); ok {
		t.Error("there is no second predictor")
	}
	// A flat predictor has a symmetric interval round 0.
	low, high, _ = hazard.Profile(table2x2(10, 20, 10, 20), 1)
	near(t, "symmetry", low+high, 0, 1e-6)
}

// With a fixed λ the ridge optimum satisfies its normal equations; here by a
// hand calculation: one predictor ±1, n of each, so β₀ = 0 when the table is
// symmetric and β solves n·(2·expit(β) − 2r) + λ·β = 0.
func TestRidgeOptimum(t *testing.T) {
	d := hazard.Data{P: 5}
	for i := range 40 {
		x := float64(2*(i%2) - 1)
		row := []float64{x, 0, 0, 0, 0}
		for j := 1; j < 5; j++ { // noise orthogonal to x and to the outcome: each (x, left) cell of 5 or 15 sums to 0
			row[j] = 0
		}
		d.X, d.Left = append(d.X, row...), append(d.Left, (x > 0) == (i/2%4 != 0))
	}
	m := hazard.Ridge(d)
	b := m.Coef[1]
	near(t, "normal equation", 40*(1/(1+math.Exp(-b))-.75)+m.Lambda*b, 0, 1e-7)
	near(t, "intercept", m.Coef[0], 0, 1e-9)
	if m.Lambda <= 0 || m.Method != hazard.ByRidge {
		t.Errorf("method %d, λ %v", m.Method, m.Lambda)
	}
}

// simulate draws clients with six predictors of which three count.
func simulate(rng *rand.Rand, n, perClient int, shift float64) hazard.Data {
	d := hazard.Data{P: 6}
	for i := range n {
		for range perClient {
			var x [6]float64
			for j := range x {
				x[j] = rng.NormFloat64()
			}
			eta := -1 + shift + x[0] - .7*x[1] + .5*x[2]
			d.X, d.Left = append(d.X, x[:]...), append(d.Left, rng.Float64() < 1/(1+math.Exp(-eta)))
			d.Client = append(d.Client, int32(i))
		}
	}
	return d
}

// The closed form of leave-one-out against refits without each client in turn:
// here by the deviance at the chosen λ, recomputed with real refits at the
// same λ by a plain gradient descent written for the test.
func TestLeftOutDevianceIsThatOfRefits(t *testing.T) {
	d := simulate(rand.New(rand.NewPCG(3, 4)), 40, 2, 0)
	m := hazard.Ridge(d)
	n := len(d.Left)
	z := make([][]float64, n) // the model's own scale
	for i := range z {
		z[i] = append(z[i], 1)
		for j := range 6 {
			z[i] = append(z[i], (d.X[6*i+j]-m.Mean[j])/m.Scale[j])
		}
	}
	var dev float64
	for out := range int32(40) {
		b := append([]float64(nil), m.Coef...)
		for range 4000 {
			g := make([]float64, 7)
			for j := 1; j < 7; j++ {
				g[j] = m.Lambda * b[j]
			}
			for i := range z {
				if d.Client[i] == out {
					continue
				}
				r := 1 / (1 + math.Exp(-inner(z[i], b)))
				if d.Left[i] {
					r--
				}
				for j := range g {
					g[j] += r * z[i][j]
				}
			}
			for j := range b {
				b[j] -= .02 * g[j]
			}
		}
		for i := range z {
			if d.Client[i] == out {
				p := 1 / (1 + math.Exp(-inner(z[i], b)))
				if !d.Left[i] {
					p = 1 - p
				}
				dev -= 2 * math.Log(p)
			}
		}
	}
	near(t, "deviance left out, a row", m.Left, dev/float64(n), .005) // first order: a fit without is .2 higher
	if in := deviance(m, d); m.Left < in+.02 {
		t.Errorf("left out %v, in sample %v: nothing was left out", m.Left, in)
	}
}

func inner(a, b []float64) float64 {
	var s float64
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}

func deviance(m hazard.Model, d hazard.Data) float64 {
	var dev float64
	for i, l := range d.Left {
		p := m.Of(d.X[i*d.P : (i+1)*d.P]).P
		if !l {
			p = 1 - p
		}
		dev -= 2 * math.Log(p)
	}
	return dev / float64(len(d.Left))
}

// The 95 % interval of the truth holds it about 95 times in a hundred.
func TestIntervalsHoldTheTruth(t *testing.T) {
	in := 0
	for k := range 200 {
		d := simulate(rand.New(rand.NewPCG(9, uint64(k))), 300, 1, 0)
		x := []float64{1, 0, 0, 0, 0, 0}
		if e := hazard.Fit(d).Of(x); e.Low <= .5 && .5 <= e.High { // −1 + 1 = 0
			in++
		}
	}
	if in < 176 || in > 198 {
		t.Errorf("%d of 200 intervals hold the truth, want about 190", in)
	}
}

// A tablet with the office's model beats both the office alone and its own
// clients alone when its clients differ a little; and with no client of its
// own it answers as the office.
func TestATabletUpdatesTheOfficeModel(t *testing.T) {
	office := hazard.Ridge(simulate(rand.New(rand.NewPCG(1, 1)), 1000, 3, 0))
	var asOffice, alone, both float64
	for k := range 20 {
		own := simulate(rand.New(rand.NewPCG(2, uint64(k))), 80, 2, .8)
		test := simulate(rand.New(rand.NewPCG(5, uint64(k))), 500, 1, .8)
		asOffice += deviance(office, test)
		alone += deviance(hazard.Ridge(own), test)
		m := hazard.Update(office, own)
		if m.Method != hazard.ByPrior || m.Rows != 3160 {
			t.Fatalf("method %d, %d rows", m.Method, m.Rows)
		}
		both += deviance(m, test)
	}
	if !(both < asOffice && both < alone) {
		t.Errorf("deviance: updated %v, office %v, alone %v", both/20, asOffice/20, alone/20)
	}
	if m := hazard.Update(office, hazard.Data{P: 6}); m.Method != hazard.AsOffice || !slices.Equal(m.Coef, office.Coef) {
		t.Error("without a client of its own the tablet must answer as the office")
	}
	if m := hazard.Update(hazard.Model{}, simulate(rand.New(rand.NewPCG(1, 1)), 5, 1, 0)); m.Has() {
		t.Error("no model came from the office")
	}
}

// Rows in another order, clients under other numbers: the same bits.
func TestOrderOfRowsDoesNotMatter(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	d := simulate(rng, 50, 3, 0)
	a := hazard.Ridge(d)
	perm := rng.Perm(len(d.Left))
	e := hazard.Data{P: d.P}
	for _, i := range perm {
		e.X = append(e.X, d.X[i*d.P:(i+1)*d.P]...)
		e.Left = append(e.Left, d.Left[i])
		e.Client = append(e.Client, 900-d.Client[i])
	}
	b := hazard.Ridge(e)
	if !slices.Equal(a.Coef, b.Coef) || a.Lambda != b.Lambda || a.Left != b.Left || !slices.Equal(a.Cov, b.Cov) {
		t.Errorf("coefficients %v and %v", a.Coef, b.Coef)
	}
}

// Contributions are against the mean client: they add up to η − β₀, and a
// predictor that is not known contributes nothing.
func TestContributionsAddUp(t *testing.T) {
	m := hazard.Ridge(simulate(rand.New(rand.NewPCG(7, 8)), 100, 1, 0))
	x, c := []float64{1, 2, math.NaN(), -1, 0, 3}, make([]float64, 6)
	m.Contributions(x, c)
	eta, _ := m.Logit(x)
	near(t, "sum", c[0]+c[1]+c[2]+c[3]+c[4]+c[5], eta-m.Coef[0], 1e-12)
	if c[2] != 0 {
		t.Errorf("the unknown contributes %v", c[2])
	}
}

// 1 − (1 − .1)⁴ = .3439.
func TestSeveralPeriods(t *testing.T) {
	m := hazard.Model{Method: hazard.ByDesign, Coef: []float64{math.Log(.1 / .9)}, Mark: explain.Sound()}
	near(t, "one period", m.Of(nil).P, .1, 1e-12)
	near(t, "four periods", m.Over(nil, 4).P, .3439, 1e-12)
	near(t, "none", m.Over(nil, 0).P, 0, 0)
}

// Hand calculation: predictions .1 .4 .35 .8, the third and fourth left. AUC:
// pairs (.35 > .1, .35 < .4, .8 > .1, .8 > .4) = 3/4. Brier: (.01 + .16 + .4225
// + .04) ÷ 4 = .158125. ECE with one client a bin: (.1 + .4 + .65 + .2) ÷ 4.
func TestCalibrationByHand(t *testing.T) {
	c := hazard.Calibrate([]float64{.1, .4, .35, .8}, []bool{false, false, true, true})
	near(t, "AUC", c.AUC, .75, 0)
	near(t, "Brier", c.Brier, .158125, 1e-12)
	near(t, "ECE", c.ECE, .3375, 1e-12)
	near(t, "log loss", c.LogLoss, -(math.Log(.9)+math.Log(.6)+math.Log(.35)+math.Log(.8))/4, 1e-12)
	if len(c.Bins) != 4 || c.Status != explain.Weak || c.Events != 2 {
		t.Errorf("%+v", c)
	}
	ties := hazard.Calibrate([]float64{.5, .5, .5}, []bool{true, false, false})
	near(t, "AUC of ties", ties.AUC, .5, 0)
	if ties.HasSlope {
		t.Error("constant predictions have no slope")
	}
	if c := hazard.Calibrate(nil, nil); c.Has() {
		t.Error("nothing to calibrate")
	}
}

// Predictions drawn from themselves have slope 1 and intercept 0; twice too
// sure on the logit scale, slope ½.
func TestSlope(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 5))
	var p, sure []float64
	var left []bool
	for range 20_000 {
		eta := 1.5 * rng.NormFloat64()
		q := 1 / (1 + math.Exp(-eta))
		p, sure, left = append(p, q), append(sure, 1/(1+math.Exp(-2*eta))), append(left, rng.Float64() < q)
	}
	c := hazard.Calibrate(p, left)
	near(t, "slope", c.Slope, 1, .05)
	near(t, "intercept", c.Intercept, 0, .05)
	near(t, "ECE", c.ECE, 0, .015)
	near(t, "slope when too sure", hazard.Calibrate(sure, left).Slope, .5, .03)
}

// Recalibration of the intercept: odds of 1:9 and 1:1 doubled, so that three
// leave where (.1 + .1 + .5 + .5) = 1.2 were expected… solved by the sum.
func TestShiftMeetsTheObservedRate(t *testing.T) {
	p, left := []float64{.1, .1, .5, .5}, []bool{true, false, true, true}
	by, ok := hazard.Shift(p, left)
	var sum float64
	for _, q := range p {
		sum += hazard.Shifted(q, by)
	}
	near(t, "expected leavers", sum, 3, 1e-9)
	if !ok || by <= 0 {
		t.Errorf("shift %v", by)
	}
	if _, ok := hazard.Shift(p, make([]bool, 4)); ok {
		t.Error("nobody left: nothing to shift to")
	}
	near(t, "one half moved by ln 3", hazard.Shifted(.5, math.Log(3)), .75, 1e-12)
}

// Nobody left, everybody left, nobody at all, one client, constant or unknown
// predictors, perfect separation: always a finite answer inside (0, 1).
func TestDegenerateData(t *testing.T) {
	row := func(n int, x func(i int) float64, left func(i int) bool) hazard.Data {
		d := hazard.Data{P: 6}
		for i := range n {
			for range 6 {
				d.X = append(d.X, x(i))
			}
			d.Left = append(d.Left, left(i))
		}
		return d
	}
	index := func(i int) float64 { return float64(i) }
	for name, d := range map[string]hazard.Data{
		"nobody left":        row(12, index, func(int) bool { return false }),
		"everybody left":     row(12, index, func(int) bool { return true }),
		"nobody":             {P: 6},
		"no predictor":       {Left: []bool{true, false, false}},
		"one client":         row(1, index, func(int) bool { return true }),
		"constant":           row(9, func(int) float64 { return 4 }, func(i int) bool { return i < 3 }),
		"unknown":            row(9, func(int) float64 { return math.NaN() }, func(i int) bool { return i < 3 }),
		"separated":          row(20, index, func(i int) bool { return i > 12 }),
		"beyond all numbers": row(9, func(i int) float64 { return math.Pow(-1e300, float64(i%3)) }, func(i int) bool { return i < 3 }),
		"a damaged tail":     {P: 6, X: make([]float64, 8), Left: []bool{true, false}},
	} {
		for how, m := range map[string]hazard.Model{"ridge": hazard.Ridge(d), "firth": hazard.Firth(d), "fit": hazard.Fit(d)} {
			e := m.Of(make([]float64, d.P))
			if !(e.P > 0 && e.P < 1 && e.Low >= 0 && e.Low <= e.P && e.P <= e.High && e.High <= 1) {
				t.Errorf("%s, %s: %+v", name, how, e)
			}
			if m.Has() == (d.Rows() == 0) {
				t.Errorf("%s, %s: status %v of %d rows", name, how, m.Status, d.Rows())
			}
		}
	}
	// (0 + ½) ÷ (12 + 1).
	near(t, "rate when nobody left", hazard.Ridge(row(12, index, func(int) bool { return false })).Of(make([]float64, 6)).P, .5/13, 1e-12)
}

// A stronger sign never lowers the risk it raises: along a predictor the
// probability moves one way only, and intervals contain it.
func TestProbabilityIsMonotone(t *testing.T) {
	m := hazard.Ridge(simulate(rand.New(rand.NewPCG(7, 9)), 200, 1, 0))
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(-4, 4), 6, 6).Draw(t, "client")
		a := m.Of(x)
		x[0]++
		b := m.Of(x)
		if (b.P > a.P) != (m.Coef[1] > 0) || a.Low > a.P || a.P > a.High {
			t.Fatalf("%+v then %+v", a, b)
		}
	})
}

func FuzzFit(f *testing.F) {
	f.Add(uint64(1), uint8(20), uint8(5), 1.0)
	f.Add(uint64(2), uint8(3), uint8(1), 1e300)
	f.Add(uint64(9), uint8(60), uint8(9), 0.0)
	f.Fuzz(func(t *testing.T, seed uint64, n, p uint8, scale float64) {
		rng := rand.New(rand.NewPCG(seed, 1))
		d := hazard.Data{P: int(p % 12)}
		for range n % 80 {
			for range d.P {
				d.X = append(d.X, scale*math.Round(2*rng.NormFloat64()))
			}
			d.Left, d.Client = append(d.Left, rng.IntN(4) == 0), append(d.Client, int32(rng.IntN(20)))
		}
		for _, m := range []hazard.Model{hazard.Ridge(d), hazard.Firth(d), hazard.Fit(d), hazard.Update(hazard.Ridge(d), d), hazard.Firth(d).Recentre(d)} {
			e := m.Over(d.X[:min(len(d.X), d.P)], 4)
			if !(e.Low >= 0 && e.Low <= e.P && e.P <= e.High && e.High <= 1) {
				t.Fatalf("method %d: %+v", m.Method, e)
			}
			coef, se := m.Original()
			for _, x := range slices.Concat(coef, se, m.Coef, m.Cov, m.Mean, m.Scale, []float64{m.Lambda, m.Left}) {
				if math.IsNaN(x) || math.IsInf(x, 0) {
					t.Fatalf("method %d: %+v", m.Method, m)
				}
			}
		}
	})
}

func BenchmarkRidge(b *testing.B) {
	for _, size := range []struct {
		name       string
		n, periods int
	}{{"300 clients", 300, 1}, {"200 clients of 12 quarters", 200, 12}, {"5000 clients of 12 quarters", 5000, 12}} {
		d := simulate(rand.New(rand.NewPCG(1, 1)), size.n, size.periods, 0)
		b.Run(size.name, func(b *testing.B) {
			for b.Loop() {
				hazard.Ridge(d)
			}
		})
	}
}

func BenchmarkUpdate(b *testing.B) {
	office := hazard.Ridge(simulate(rand.New(rand.NewPCG(1, 1)), 1000, 3, 0))
	own := simulate(rand.New(rand.NewPCG(2, 2)), 200, 12, 0)
	for b.Loop() {
		hazard.Update(office, own)
	}
}
