package hazard

import "math"

// Firth fits by maximum of log L + ½·log det I(β) (Jeffreys prior), which
// stays finite under separation: each row's residual becomes
// y − h + lev·(½ − h), lev its leverage. The covariance is I(β)⁻¹ (Wald). Its
// predictions lean to ½: see [Model.Recentre].
func Firth(d Data) Model {
	g := prepare(d, nil, nil)
	if m, done := g.rateOnly(); done {
		return m
	}
	m := g.model(ByFirth)
	b := make([]float64, g.k)
	g.firth(b, -1)
	m.Coef, m.Cov = b, inverse(g.h, g.k)
	for j, s := range g.scale { // a predictor that does not vary tells nothing
		if !(s > 0) {
			for i := range g.k {
				m.Cov[(j+1)*g.k+i], m.Cov[i*g.k+j+1] = 0, 0
			}
		}
	}
	return m
}

// firth climbs the penalised likelihood from b, in place, and returns it; the
// coefficient fixed, if any, stays where it is. It leaves the factor of the
// information in g.h.
func (g *design) firth(b []float64, fixed int) float64 {
	grad, step, next := make([]float64, g.k), make([]float64, g.k), make([]float64, g.k)
	value := g.information(b)
	for range 200 {
		g.modified(grad)
		copy(step, grad)
		g.fisherStep(step, fixed)
		size := 0.0
		for j := range step {
			size = max(size, math.Abs(step[j]))
		}
		if size > 5 { // as logistf: no leap over the ridge
			for j := range step {
				step[j] *= 5 / size
			}
		}
		moved := false
		for t := 1.0; t > 1e-9; t /= 2 {
			for j := range b {
				next[j] = b[j] + float64(t*step[j])
			}
			if v := g.information(next); v >= value-1e-12 || size < 1e-9 {
				moved, value = true, v
				copy(b, next)
				break
			}
		}
		if !moved || size < 1e-11 {
			break
		}
	}
	return g.information(b)
}

// information fills η and the factor of Zᵀ·W·Z, and returns the penalised
// log-likelihood.
func (g *design) information(b []float64) float64 {
	g.rest()
	clear(g.h)
	k := g.k
	var ll float64
	for i := range g.n {
		z := g.row(i)
		g.eta[i] = dot(z, b)
		ll -= loss(g.eta[i], g.left[i])
		p := expit(g.eta[i])
		w := float64(p * (1 - p))
		for a, x := range z {
			row := g.h[a*k : a*k+a+1]
			for c := range row {
				row[c] += float64(w * x * z[c])
			}
		}
	}
	for j, s := range g.scale {
		if !(s > 0) {
			g.h[(j+1)*k+j+1] = 1
		}
	}
	factor(g.h, k)
	for j := range k {
		ll += math.Log(g.h[j*k+j])
	}
	return ll
}

// modified is the gradient of the penalised likelihood where information was
// last called.
func (g *design) modified(grad []float64) {
	g.rest()
	clear(grad)
	u := make([]float64, g.k)
	for i := range g.n {
		z := g.row(i)
		copy(u, z)
		forward(g.h, g.k, u)
		p := expit(g.eta[i])
		lev := float64(p*(1-p)) * dot(u, u)
		r := -p
		if g.left[i] {
			r = 1 - p
		}
		r += float64(lev * (.5 - p))
		for a, x := range z {
			grad[a] += float64(r * x)
		}
	}
}

// fisherStep turns a gradient into a scoring step; with a coefficient fixed,
// the step of the others: Δ − I⁻¹·e·(Δ_fixed ÷ I⁻¹_fixed,fixed).
func (g *design) fisherStep(step []float64, fixed int) {
	solve(g.h, g.k, step)
	if fixed < 0 {
		return
	}
	e := make([]float64, g.k)
	e[fixed] = 1
	solve(g.h, g.k, e)
	f := step[fixed] / e[fixed]
	for j := range step {
		step[j] -= float64(f * e[j])
	}
	step[fixed] = 0
}

// Original gives coefficients and standard errors on the predictors' own
// scale, intercept first, as other software prints them.
func (m Model) Original() (coef, se []float64) {
	k := len(m.Coef)
	coef, se = make([]float64, k), make([]float64, k)
	if k == 0 {
		return coef, se
	}
	shift := make([]float64, k) // β₀ on the own scale is shiftᵀ·β
	shift[0] = 1
	for j := 1; j < k; j++ {
		if s := m.Scale[j-1]; s > 0 {
			coef[j] = m.Coef[j] / s
			shift[j] = -m.Mean[j-1] / s
			if len(m.Cov) == k*k {
				se[j] = math.Sqrt(max(0, m.Cov[j*k+j])) / s
			}
		}
	}
	coef[0] = dot(shift, m.Coef)
	if len(m.Cov) == k*k {
		se[0] = math.Sqrt(max(0, m.spread(shift)))
	}
	return coef, se
}

// spread is zᵀ·Cov·z.
func (m Model) spread(z []float64) float64 {
	k := len(z)
	var v float64
	for i := range z {
		v += float64(z[i] * dot(m.Cov[i*k:(i+1)*k], z))
	}
	return v
}

// chi1 is the 95 % point of the chi-squared law of one degree of freedom.
const chi1 = 3.841458820694124

// Profile is the 95 % interval of coefficient j (1 the first predictor, 0 the
// intercept at the mean of the predictors) by profile penalised likelihood, on
// the predictor's own scale: where twice the fall of the maximum, the others
// refitted, reaches 3.841 (Heinze, Schemper 2002). An end the data do not
// limit within 60 standard errors is given there. False when nothing varies.
func Profile(d Data, j int) (low, high float64, ok bool) {
	g := prepare(d, nil, nil)
	if j < 0 || j >= g.k || g.events == 0 || g.events == g.n || j > 0 && !(g.scale[j-1] > 0) {
		return 0, 0, false
	}
	top := make([]float64, g.k)
	best := g.firth(top, -1)
	e := make([]float64, g.k)
	e[j] = 1
	solve(g.h, g.k, e)
	se := math.Sqrt(e[j])
	unit := 1.0
	if j > 0 {
		unit = g.scale[j-1]
	}
	return g.edge(top, best, j, -se) / unit, g.edge(top, best, j, se) / unit, true
}

// edge walks from the maximum by steps of step until the likelihood has fallen
// enough, then halves.
func (g *design) edge(top []float64, best float64, j int, step float64) float64 {
	b := make([]float64, g.k)
	enough := func(x float64) bool {
		copy(b, top)
		b[j] = x
		return 2*(best-g.firth(b, j)) >= chi1
	}
	in := top[j]
	out := in + step
	for n := 0; !enough(out); n++ {
		if in, out = out, out+step; n >= 60 {
			return in
		}
	}
	for range 50 {
		mid := (in + out) / 2
		if enough(mid) {
			out = mid
		} else {
			in = mid
		}
	}
	return (in + out) / 2
}
