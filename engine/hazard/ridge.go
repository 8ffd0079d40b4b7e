package hazard

import (
	"math"

	"sillon/engine/explain"
)

// A pull is a normal prior: ½·(β − centre)ᵀ·q·(β − centre) is added to the loss.
type pull struct {
	centre []float64 // nil: 0
	q      []float64 // k × k, times strength
}

// near is a step after which Newton, which squares the error, leaves one under
// 1e-11; a search is content with far, whose error is under 1e-7.
const near, far = 1e-6, 1e-4

// newton minimises loss + strength × pull from b, in place, until a step is
// within enough, and leaves η and the Cholesky factor of the curvature at the
// optimum in g. seen tells that the last look was at b.
func (g *design) newton(b []float64, q pull, strength, enough float64, seen bool) {
	grad, step, next := make([]float64, g.k), make([]float64, g.k), make([]float64, g.k)
	if !seen {
		g.look(b)
	}
	value := g.curve(b, q, strength, grad)
	for range 60 {
		factor(g.h, g.k)
		copy(step, grad)
		solve(g.h, g.k, step)
		size := 0.0
		for _, s := range step {
			size = max(size, math.Abs(s))
		}
		moved := false
		for t := 1.0; t > 1e-9 && !moved; t /= 2 {
			for j := range b {
				next[j] = b[j] - float64(t*step[j])
			}
			g.look(next)
			v := g.curve(next, q, strength, grad)
			if moved = v <= value || size < near; moved {
				value = v
				copy(b, next)
			}
		}
		if !moved {
			g.look(b)
			g.curve(b, q, strength, grad)
		}
		if !moved || size < enough {
			break
		}
	}
	factor(g.h, g.k)
}

func (q pull) at(i int) float64 {
	if q.centre == nil {
		return 0
	}
	return q.centre[i]
}

// look takes one pass over the rows at b: η of each, the loss, its slope and
// its curvature (lower half).
func (g *design) look(b []float64) {
	g.rest()
	k := g.k
	if g.slope == nil {
		g.slope, g.bend = make([]float64, k), make([]float64, k*k)
	}
	clear(g.slope)
	clear(g.bend)
	value := 0.0
	for i := range g.n {
		z := g.row(i)
		eta := dot(z, b)
		g.eta[i] = eta
		e := math.Exp(-math.Abs(eta))
		p, toward := 1/(1+e), eta // probability, and η against what happened
		if eta < 0 {
			p = e / (1 + e)
		}
		r, w := p, float64(p*(1-p))
		if g.left[i] {
			r, toward = p-1, -eta
		}
		value += max(0, toward) + math.Log1p(e)
		for a, x := range z {
			g.slope[a] += float64(r * x)
			wx := float64(w * x)
			row := g.bend[a*k : a*k+a+1]
			for c := range row {
				row[c] += float64(wx * z[c])
			}
		}
	}
	g.loss = value
}

// curve returns the penalised loss at b, where look was last, and writes its
// gradient and its curvature (lower half of g.h).
func (g *design) curve(b []float64, q pull, strength float64, grad []float64) (value float64) {
	k := g.k
	copy(grad, g.slope)
	copy(g.h, g.bend)
	value = g.loss
	if strength == 0 || q.q == nil {
		return value
	}
	for i := range k {
		di := b[i] - q.at(i)
		for j := range k {
			s := float64(strength * q.q[i*k+j])
			sd := float64(s * (b[j] - q.at(j)))
			grad[i] += sd
			value += float64(.5 * di * sd)
			if j <= i {
				g.h[i*k+j] += s
			}
		}
	}
	return value
}

// leftOut is the deviance a row when each client in turn is left out, from one
// Newton step without him: with M = Z·H⁻¹·Zᵀ of his rows, W their weights and
// r = h − y, his η move by M·(I − W·M)⁻¹·r (Rad, Maleki 2020, eq. 7, by
// blocks). newton must have just ended at b.
func (g *design) leftOut() float64 {
	var dev float64
	k := g.k
	var u, a, res []float64
	for c := 0; c+1 < len(g.groups); c++ {
		if c%128 == 0 {
			g.rest()
		}
		from, m := int(g.groups[c]), int(g.groups[c+1]-g.groups[c])
		if len(u) < m*k {
			u, a, res = make([]float64, m*k), make([]float64, 2*m*m), make([]float64, m)
		}
		for i := range m { // L⁻¹·z of each row: M is their inner products
			copy(u[i*k:(i+1)*k], g.row(from+i))
			forward(g.h, k, u[i*k:(i+1)*k])
		}
		hat, sys := a[:m*m], a[m*m:2*m*m]
		for i := range m {
			p := expit(g.eta[from+i])
			w := float64(p * (1 - p))
			res[i] = p
			if g.left[from+i] {
				res[i] = p - 1
			}
			for j := range m {
				hat[i*m+j] = dot(u[i*k:(i+1)*k], u[j*k:(j+1)*k])
				sys[i*m+j] = -float64(w * hat[i*m+j])
			}
			sys[i*m+i] += 1
		}
		eliminate(sys, m, res[:m])
		for i := range m {
			dev += 2 * loss(g.eta[from+i]+dot(hat[i*m:(i+1)*m], res[:m]), g.left[from+i])
		}
	}
	return dev / float64(max(1, g.n))
}

// strengths is the grid of a search: from strongest to weakest, so many a
// decade.
func strengths(high, low, decade float64) []float64 {
	var s []float64
	for e := 0; ; e++ {
		x := high * math.Pow(10, -float64(e)/decade)
		if x < low*.999 {
			return s
		}
		s = append(s, x)
	}
}

// search fits along a grid and keeps the strength whose left-out deviance is
// least, the stronger one when two are equal to 1e-9.
func (g *design) search(q pull, grid []float64, b []float64) (strength, dev float64) {
	best := make([]float64, g.k)
	dev = math.Inf(1)
	for n, s := range grid {
		g.newton(b, q, s, far, n > 0)
		if d := g.leftOut(); d < dev-1e-9 {
			strength, dev = s, d
			copy(best, b)
		}
	}
	copy(b, best)
	g.newton(b, q, strength, near, false)
	return strength, g.leftOut()
}

// Ridge fits a ridge logistic regression with the intercept free, its strength
// chosen on clients left out. It never fails: see [Model.Method].
func Ridge(d Data) Model { return prepare(d, nil, nil).ridge() }

func (g *design) ridge() Model {
	if m, done := g.rateOnly(); done {
		return m
	}
	q := pull{q: make([]float64, g.k*g.k)}
	for j := 1; j < g.k; j++ {
		q.q[j*g.k+j] = 1
	}
	b := make([]float64, g.k)
	b[0] = logit(float64(g.events) / float64(g.n))
	m := g.model(ByRidge)
	m.Lambda, m.Left = g.search(q, strengths(10*float64(g.n), 1e-4*float64(g.n), 4), b)
	m.Coef, m.Cov = b, inverse(g.h, g.k)
	return m
}

// Fit chooses: [Firth] recentred under five predictors that vary, [Ridge]
// from there on.
func Fit(d Data) Model {
	g := prepare(d, nil, nil)
	if v := g.varying(); v > 0 && v < 5 {
		return Firth(d).Recentre(d)
	}
	return g.ridge()
}

// rateOnly is the answer when only one class was seen, or no row at all.
func (g *design) rateOnly() (Model, bool) {
	if g.events > 0 && g.events < g.n {
		return Model{}, false
	}
	m := g.model(RateOnly)
	m.Coef = make([]float64, g.k)
	rate := (float64(g.events) + .5) / (float64(g.n) + 1)
	m.Coef[0] = logit(rate)
	m.Cov = make([]float64, g.k*g.k)
	m.Cov[0] = 1 / (float64(rate*(1-rate)) * (float64(g.n) + 1))
	m.Mark = explain.Thin(explain.FewClients)
	if g.n == 0 {
		m.Mark = explain.Missing(explain.NoData)
	}
	return m, true
}

func (g *design) model(how Method) Model {
	m := Model{Method: how, Mean: g.mean, Scale: g.scale, Rows: g.n, Events: g.events, Mark: explain.Sound()}
	if min(g.events, g.n-g.events) < Few {
		m.Mark = explain.Thin(explain.FewClients)
	}
	return m
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }
