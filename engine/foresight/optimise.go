package foresight

import "math"

// A point holds up to four parameters, as logarithms.
type point [4]float64

// A target is what is minimised: minus a log-likelihood, with its gradient.
type target func(x, g *point) float64

// paced calls pause before each evaluation.
func paced(f target, pause func()) target {
	if pause == nil {
		return f
	}
	return func(x, g *point) float64 {
		pause()
		return f(x, g)
	}
}

const (
	armijo = 1e-4 // share of the promised decrease a step must bring
	wolfe  = .9   // share of the slope it may leave
	stride = 2    // longest step in a logarithm
)

// descend follows BFGS directions with a bisection line search (weak Wolfe
// conditions: Nocedal, Wright (2006), Numerical Optimization, 2nd ed., ch. 3
// and 6) until the quadratic model promises less than tol. A value that is not
// a number is a wall.
func descend(f target, n int, x point, tol float64) (point, float64) {
	var g, y, gy point
	fx := f(&x, &g)
	var h [4][4]float64
	reset(&h, 1)
	fresh := true
	for range 200 {
		var d point
		slope := 0.0
		for i := range n {
			for j := range n {
				d[i] -= float64(h[i][j] * g[j])
			}
		}
		for i := range n {
			slope += float64(d[i] * g[i])
		}
		if !(slope < 0) {
			if fresh {
				break
			}
			reset(&h, 1)
			fresh = true
			continue
		}
		longest := 0.0
		for i := range n {
			longest = max(longest, math.Abs(d[i]))
		}
		if longest > stride {
			for i := range n {
				d[i] *= stride / longest
			}
			slope *= stride / longest
		}
		if -slope < tol {
			break
		}
		lo, hi, t, fy := 0.0, math.Inf(1), 1.0, 0.0
		for range 40 {
			for i := range n {
				y[i] = x[i] + float64(t*d[i])
			}
			fy = f(&y, &gy)
			left := 0.0
			for i := range n {
				left += float64(gy[i] * d[i])
			}
			switch {
			case !(fy <= fx+float64(armijo*t*slope)):
				hi = t
			case left < wolfe*slope:
				lo = t
			default:
				hi = -1
			}
			if hi < 0 {
				break
			}
			if math.IsInf(hi, 1) {
				t = 2 * lo
			} else {
				t = (lo + hi) / 2
			}
		}
		if !(fy < fx) {
			if fresh {
				break
			}
			reset(&h, 1)
			fresh = true
			continue
		}
		update(&h, n, &x, &y, &g, &gy, fresh)
		fresh = false
		x, g, fx = y, gy, fy
	}
	return x, fx
}

func reset(h *[4][4]float64, v float64) {
	*h = [4][4]float64{}
	for i := range h {
		h[i][i] = v
	}
}

// update is the BFGS formula for the inverse of the Hessian.
func update(h *[4][4]float64, n int, x, y, g, gy *point, fresh bool) {
	var s, v, hv point
	var sv, vv float64
	for i := range n {
		s[i], v[i] = y[i]-x[i], gy[i]-g[i]
		sv += float64(s[i] * v[i])
		vv += float64(v[i] * v[i])
	}
	if !(sv > 1e-14*vv) {
		return
	}
	if fresh {
		reset(h, sv/vv)
	}
	vhv := 0.0
	for i := range n {
		for j := range n {
			hv[i] += float64(h[i][j] * v[j])
		}
		vhv += float64(v[i] * hv[i])
	}
	for i := range n {
		for j := range n {
			h[i][j] += float64((1+vhv/sv)*s[i]*s[j]/sv) - (float64(hv[i]*s[j])+float64(s[i]*hv[j]))/sv
		}
	}
}

// polish takes Newton steps from a point that is nearly the optimum, so that the
// last digits do not depend on the machine; a parameter along which nothing
// bends stays where it is. It returns the standard errors too: 0 at a wall and
// along what does not bend. The Hessian of the likelihood is by differences of
// its gradient at five points, (8(g₊₁−g₋₁) − (g₊₂−g₋₂)) ÷ 12h: the step can be
// long without a bias, and the rounding of the gradient then counts for nothing.
// Priors and walls bend by what they are.
func (b *belief) polish(minus target, x point) (point, point) {
	n, f := b.n, b.believe(minus)
	var hess [4][4]float64
	var g point
	const step = 5e-3
	for j := range n {
		for _, at := range [...]struct{ k, weight float64 }{{1, 8}, {-1, -8}, {2, -1}, {-2, 1}} {
			p := x
			p[j] = x[j] + float64(at.k*step)
			minus(&p, &g)
			for i := range n {
				hess[i][j] += float64(at.weight * g[i])
			}
		}
		for i := range n {
			hess[i][j] /= 12 * step
		}
	}
	for i := range n {
		for j := range i {
			hess[i][j] = (hess[i][j] + hess[j][i]) / 2
			hess[j][i] = hess[i][j]
		}
	}
	for i := range n {
		if s := b.spread[i]; s > 0 {
			hess[i][i] += 1 / (s * s)
		}
		if b.over(i, x[i]) != 0 {
			hess[i][i] += wall
		}
	}
	low, flat := cholesky(&hess, n)
	still := func(g *point) *point {
		for i := range n {
			if flat[i] {
				g[i] = 0
			}
		}
		return g
	}
	fx := f(&x, &g)
	for range 6 {
		d := solve(&low, n, still(&g))
		y := x
		for i := range n {
			y[i] -= max(-stride, min(stride, d[i]))
		}
		var gy point
		fy := f(&y, &gy)
		if !(norm(still(&gy), n) < norm(&g, n)) || !(fy <= fx+1e-9*math.Abs(fx)) {
			break
		}
		x, g, fx = y, gy, fy
	}
	var se point
	for i := range n {
		if flat[i] || b.over(i, x[i]) != 0 {
			continue
		}
		var e point
		e[i] = 1
		v := solve(&low, n, &e)[i]
		if v > 0 && !math.IsInf(v, 1) {
			se[i] = math.Sqrt(v)
		}
	}
	return x, se
}

func norm(g *point, n int) float64 {
	m := 0.0
	for i := range n {
		m = max(m, math.Abs(g[i]))
	}
	return m
}

// bends is the curvature under which the data say nothing of a logarithm: it
// could as well be a thousand more.
const bends = 1e-6

// cholesky factors a positive definite matrix into L·Lᵀ. Where it is not one,
// the directions that are flat once those before them are given are left out.
func cholesky(m *[4][4]float64, n int) (low [4][4]float64, flat [4]bool) {
	for j := range n {
		for i := j; i < n && !flat[j]; i++ {
			v := m[i][j]
			for k := range j {
				v -= float64(low[i][k] * low[j][k])
			}
			if i > j {
				low[i][j] = v / low[j][j]
			} else if v > max(bends, 1e-9*math.Abs(m[j][j])) {
				low[j][j] = math.Sqrt(v)
			} else {
				low[j] = [4]float64{}
				low[j][j], flat[j] = 1, true
			}
		}
	}
	return low, flat
}

func solve(low *[4][4]float64, n int, b *point) (x point) {
	for i := range n {
		x[i] = b[i]
		for k := range i {
			x[i] -= float64(low[i][k] * x[k])
		}
		x[i] /= low[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			x[i] -= float64(low[k][i] * x[k])
		}
		x[i] /= low[i][i]
	}
	return x
}

// A belief is a normal prior on each logarithm (spread 0: none), and the walls
// beyond which a logarithm says nothing any more: a spring pulls back.
type belief struct {
	n              int
	centre, spread point
	low, high      point
}

// believe wraps a target with its prior and walls.
func (b *belief) believe(f target) target {
	return func(x, g *point) float64 {
		v := f(x, g)
		for i := range b.n {
			if s := b.spread[i]; s > 0 {
				u := (x[i] - b.centre[i]) / s
				v += float64(u*u) / 2
				g[i] += u / s
			}
			over := b.over(i, x[i])
			v += float64(wall * over * over / 2)
			g[i] += float64(wall * over)
		}
		return v
	}
}

// over is how far beyond its walls a logarithm is.
func (b *belief) over(i int, x float64) float64 { return max(0, x-b.high[i]) + min(0, x-b.low[i]) }

const wall = 100
