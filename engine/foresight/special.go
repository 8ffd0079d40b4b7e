package foresight

import "math"

func lnGamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

// digamma is ψ, the slope of ln Γ, for x > 0: recurrence up to 10, then the
// asymptotic series (Abramowitz, Stegun 6.3.5 and 6.3.18).
func digamma(x float64) float64 {
	v := 0.0
	for x < 10 {
		v -= 1 / x
		x++
	}
	y := 1 / (x * x)
	return v + math.Log(x) - .5/x -
		float64(y*(1./12-float64(y*(1./120-float64(y*(1./252-float64(y*(1./240-float64(y*(1./132-float64(y*(691./32760))))))))))))
}

// A rise walks n up in Γ(z+n)/Γ(z): its logarithm, and the slope of that in z.
// Products of a few factors lose nothing where Γ itself is huge.
type rise struct {
	z       float64
	n       int
	ln, psi float64
}

func (r *rise) to(n int) {
	if n-r.n > 256 {
		top := r.z + float64(n)
		r.ln, r.psi, r.n = lnGamma(top)-lnGamma(r.z), digamma(top)-digamma(r.z), n
		return
	}
	p := 1.0
	for ; r.n < n; r.n++ {
		t := r.z + float64(r.n)
		p *= t
		r.psi += 1 / t
		if p > 1e200 || p < 1e-200 {
			r.ln += math.Log(p)
			p = 1
		}
	}
	if p != 1 {
		r.ln += math.Log(p)
	}
}

// gammaQuantile is the point under which a share of Gamma(shape, 1) lies, by
// the cube root of Wilson and Hilferty (1931), PNAS 17(12), p. 684: within one
// or two per cent for shapes over one.
func gammaQuantile(shape, normal float64) float64 {
	u := 1 - 1/(9*shape) + normal/(3*math.Sqrt(shape))
	return shape * max(0, u*u*u)
}

// normalQuantile is z with P(N < z) = share.
func normalQuantile(share float64) float64 { return math.Sqrt2 * math.Erfinv(2*share-1) }
