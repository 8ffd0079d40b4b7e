package hazard_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"sillon/engine/explain"
	"sillon/engine/hazard"
)

// Fourteen predictors by chance, twelve clients of whom three left: the ridge
// leans on the rate and stays calm, where maximum likelihood would be certain.
func TestFewClientsLeanOnTheRate(t *testing.T) {
	d, rng := hazard.Data{P: 14}, rand.New(rand.NewPCG(8, 8))
	for i := range 12 {
		for range 14 {
			d.X = append(d.X, rng.NormFloat64())
		}
		d.Left = append(d.Left, i%4 == 0)
	}
	m := hazard.Fit(d)
	if m.Method != hazard.ByRidge || m.Status != explain.Weak || m.Reason != explain.FewClients {
		t.Errorf("method %d, %v", m.Method, m.Mark)
	}
	sum := 0.0
	for i := range 12 {
		e := m.Of(d.X[14*i : 14*i+14])
		if sum += e.P; !(e.P > .01 && e.P < .9) {
			t.Errorf("client %d at %v", i, e.P)
		}
	}
	near(t, "mean prediction is the rate", sum/12, .25, 1e-6) // the intercept is free
}

// A model that comes damaged from elsewhere answers nothing and stops nothing.
func TestADamagedModelIsNotUsed(t *testing.T) {
	for name, m := range map[string]hazard.Model{
		"empty":          {},
		"no scale":       {Coef: []float64{0, 1}, Mean: []float64{0}},
		"not a number":   {Coef: []float64{math.NaN(), 1}, Mean: []float64{0}, Scale: []float64{1}},
		"infinite":       {Coef: []float64{0, math.Inf(1)}, Mean: []float64{0}, Scale: []float64{1}},
		"cut covariance": {Coef: []float64{0, 1}, Mean: []float64{0}, Scale: []float64{1}, Cov: []float64{1, 2, 3}},
	} {
		c := make([]float64, 1)
		m.Contributions([]float64{3}, c)
		if eta, se := m.Logit([]float64{3}); eta != 0 || se != 0 || c[0] != 0 {
			t.Errorf("%s: %v ± %v, %v", name, eta, se, c)
		}
		if u := hazard.Update(m, table2x2(3, 4, 1, 7)); u.Has() {
			t.Errorf("%s: updated to %+v", name, u)
		}
	}
}

// FuzzCalibrate: whatever is predicted, every figure is finite and in bounds,
// and a recalibrated probability is one.
func FuzzCalibrate(f *testing.F) {
	f.Add([]byte{10, 200, 30, 40, 250, 0, 255, 128}, uint8(0b1010), .3)
	f.Add([]byte{0, 0, 0, 255, 255, 255}, uint8(0), math.NaN())
	f.Add([]byte{}, uint8(0), -5.0)
	f.Fuzz(func(t *testing.T, raw []byte, who uint8, odd float64) {
		p, left := []float64{odd}, []bool{who&1 == 0}
		for i, b := range raw {
			p, left = append(p, float64(b)/255), append(left, who>>(i%8)&1 == 1)
		}
		c := hazard.Calibrate(p, left)
		for _, x := range []float64{c.Brier, c.ECE, c.AUC, c.Rate} {
			if !(x >= 0 && x <= 1) {
				t.Fatalf("%+v", c)
			}
		}
		for _, x := range []float64{c.LogLoss, c.Slope, c.Intercept} {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Fatalf("%+v", c)
			}
		}
		n := 0
		for _, b := range c.Bins {
			n += b.N
		}
		if n != c.N {
			t.Fatalf("bins hold %d of %d", n, c.N)
		}
		by, ok := hazard.Shift(p, left)
		if math.IsNaN(by) || math.IsInf(by, 0) || ok != (c.Events > 0 && c.Events < c.N) {
			t.Fatalf("shift %v %v of %+v", by, ok, c)
		}
		for _, q := range p {
			if x := hazard.Shifted(q, by); !math.IsNaN(q) && !(x >= 0 && x <= 1) {
				t.Fatalf("%v shifted to %v", q, x)
			}
		}
	})
}

// Five predictors that vary make a ridge; four, or five of which one never
// moves, are fitted by Firth and recentred.
func TestTheNumberOfPredictorsChoosesTheFit(t *testing.T) {
	for _, tt := range []struct {
		p, still int
		want     hazard.Method
	}{{4, 0, hazard.ByFirth}, {5, 1, hazard.ByFirth}, {5, 0, hazard.ByRidge}, {6, 1, hazard.ByRidge}, {3, 3, hazard.ByRidge}} {
		d, rng := hazard.Data{P: tt.p}, rand.New(rand.NewPCG(8, 9))
		for i := range 40 {
			for j := range tt.p {
				if j < tt.still {
					d.X = append(d.X, 4)
					continue
				}
				d.X = append(d.X, rng.NormFloat64())
			}
			d.Left = append(d.Left, i%3 == 0)
		}
		if m := hazard.Fit(d); m.Method != tt.want {
			t.Errorf("%d predictors, %d still: method %d, want %d", tt.p, tt.still, m.Method, tt.want)
		}
	}
}
