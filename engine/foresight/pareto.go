package foresight

import "math"

// departure compares "gone" with "still there" for one client of the
// Pareto/NBD: u = ln (s·I ÷ alive term), with
//
//	I = ∫_t^T (α+v)^−(r+x) (β+v)^−(s+1) dv,  alive term = (α+T)^−(r+x) (β+T)^−s
//
// (Fader, Hardie (2005), A Note on Deriving the Pareto/NBD Model).
// The published form is a difference of two ₂F₁, one pair for α ≥ β and one for
// α < β. The integral itself is summed here: positive terms, no cancellation,
// the same cost for all parameters, and its slopes are means under the integrand.
type departure struct {
	never    bool       // no time to leave in: T = t
	u        float64    // ln (s·I ÷ alive term)
	du       [4]float64 // slopes of u in r, α, s, β
	ln1, in1 float64    // ln(α+T), 1/(α+T)
	ln2, in2 float64    // ln((β+T)/β), 1/(β+T)
}

func depart(x int, t, age, r, alpha, s, beta float64) departure {
	n := r + float64(x)
	d := departure{ln1: math.Log(alpha + age), in1: 1 / (alpha + age), ln2: math.Log1p(age / beta), in2: 1 / (beta + age)}
	if !(age > t) {
		d.never = true
		return d
	}
	// The steps are even in the logarithm of the smaller of α+v and β+v: seen
	// from there the other factor has no singularity nearer than π.
	low, high, e, eHigh := alpha+t, beta+t, n, s+1
	swap := beta < alpha
	if swap {
		low, high, e, eHigh = high, low, eHigh, e
	}
	span := age - t
	whole := math.Log1p(span / low)
	// ln of the integrand falls by kappa per unit, more and more steeply.
	kappa := e - 1 + eHigh*low/high
	steepest := math.Abs(e-1) + eHigh*(low+span)/(high+span)
	end := whole
	if kappa*whole > 40 {
		end = 40 / kappa // the rest is under 1e-17 of the whole
	}
	panels := int(max(1, min(64, math.Ceil(max(end*steepest/4, end/2)))))
	width := end / float64(panels)
	var sum, lnLow, lnHigh, inLow, inHigh float64
	for p := range panels {
		for i, at := range nodes {
			y := width * (float64(p) + at)
			up := math.Exp(y)
			v := low * (up - 1) // time after t
			lh := math.Log1p(v / high)
			f := weights[i] * math.Exp(float64((1-e)*y)-float64(eHigh*lh))
			sum += f
			lnLow += float64(f * y)
			lnHigh += float64(f * lh)
			inLow += f / up
			inHigh += f / (high + v)
		}
	}
	lnLow, lnHigh, inLow, inHigh = lnLow/sum, lnHigh/sum, inLow/sum/low, inHigh/sum
	l1, l2 := math.Log1p(span/(alpha+t)), math.Log1p(span/(beta+t))
	d.u = math.Log(s) + float64(n*l1) + float64(s*l2) - math.Log(beta+t) + math.Log(low*width*sum)
	if swap {
		lnLow, lnHigh, inLow, inHigh = lnHigh, lnLow, inHigh, inLow
	}
	d.du = [4]float64{l1 - lnLow, n * (d.in1 - inLow), 1/s + l2 - lnHigh, float64(s*d.in2) - float64((s+1)*inHigh)}
	return d
}

// paretoTarget is minus the log-likelihood of the Pareto/NBD.
func paretoTarget(rs []row) target {
	return func(th, g *point) float64 {
		r, alpha, s, beta := math.Exp(th[0]), math.Exp(th[1]), math.Exp(th[2]), math.Exp(th[3])
		var ll float64
		var sum [4]float64
		up := rise{z: r}
		for i := range rs {
			w := &rs[i]
			up.to(w.x)
			n := r + float64(w.x)
			d := depart(w.x, w.t, w.age, r, alpha, s, beta)
			one := up.ln + float64(r*th[1]) - float64(n*d.ln1) - float64(s*d.ln2)
			left := 0.0 // P(gone)
			switch {
			case d.never:
			case d.u > 40:
				one += d.u
				left = 1
			default:
				odds := math.Exp(d.u)
				one += math.Log1p(odds)
				left = odds / (1 + odds)
			}
			ll += float64(w.clients * one)
			own := [4]float64{up.psi + th[1] - d.ln1, r/alpha - float64(n*d.in1), -d.ln2, s/beta - float64(s*d.in2)}
			for j := range sum {
				sum[j] += float64(w.clients * (own[j] + float64(left*d.du[j])))
			}
		}
		*g = point{-sum[0] * r, -sum[1] * alpha, -sum[2] * s, -sum[3] * beta}
		return -ll
	}
}
