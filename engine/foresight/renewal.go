package foresight

import (
	"cmp"
	"math"

	"sillon/engine/explain"
	"sillon/engine/sorting"
)

// mostChances bounds the opportunities of one client: a century of weeks.
const mostChances = 5200

func (r Renewals) sound() bool {
	return r.Taken >= 0 && r.Taken <= r.Last && r.Last <= r.Chance && r.Chance <= mostChances &&
		(r.Taken > 0 || r.Last == 0) && r.Weight >= 0 && r.Weight <= most
}

// FitRenewal fits the BG/BB by maximum likelihood, or with the priors:
//
//	L = B(α+x, β+n−x)/B(α, β) · B(γ, δ+n)/B(γ, δ)
//	  + Σ_{i<n−t} B(α+x, β+t−x+i)/B(α, β) · B(γ+1, δ+t+i)/B(γ, δ)
//
// Fader, Hardie, Shang (2010), Marketing Science 29(6), pp. 1086-1108.
func FitRenewal(rs []Renewals, p Params) Renewal {
	var d []Renewals
	for _, r := range rs {
		if r.sound() {
			r.Weight = max(1, r.Weight)
			d = append(d, r)
		}
	}
	sorting.By(d, func(a, b Renewals) int {
		return cmp.Or(cmp.Compare(a.Chance, b.Chance), cmp.Compare(a.Taken, b.Taken), cmp.Compare(a.Last, b.Last), cmp.Compare(a.Weight, b.Weight))
	})
	n := 0
	for _, r := range d {
		if n > 0 && d[n-1].Taken == r.Taken && d[n-1].Last == r.Last && d[n-1].Chance == r.Chance {
			d[n-1].Weight += r.Weight
			continue
		}
		d[n] = r
		n++
	}
	d = d[:n]
	var f Renewal
	for _, r := range d {
		f.Clients += r.Weight
	}
	if n == 0 || d[n-1].Chance == 0 {
		f.Mark = explain.Missing(explain.NoData, explain.Tally("foresight.clients", f.Clients))
		return f
	}
	b := belief{n: 4, low: point{-9, -9, -9, -9}, high: point{9, 9, 9, 9}}
	if p.Prior {
		b.spread = point{1.5, 1.5, 1.5, 1.5}
		b.centre = point{0, 0, math.Log(.5), math.Log(2)}
	}
	minus := renewalTarget(d)
	starts := []point{{0, 0, math.Log(.5), math.Log(2)}, {math.Log(2), math.Log(2), math.Log(.1), 0}, {math.Log(.5), math.Log(.5), 0, math.Log(5)}}
	x := b.best(minus, starts)
	x, f.Error = b.polish(minus, x)
	var g point
	f.LogLik = -minus(&x, &g)
	f.Alpha, f.Beta, f.Gamma, f.Delta = math.Exp(x[0]), math.Exp(x[1]), math.Exp(x[2]), math.Exp(x[3])
	b.n = 2
	stays := stayTarget(d)
	y := b.best(stays, starts[:1])
	f.Evidence = max(0, 2*(f.LogLik+stays(&y, &g)))
	for _, r := range d {
		f.Departed += float64(float64(r.Weight) * (1 - f.aliveNow(r)))
	}
	f.Departed = max(0, f.Departed/float64(f.Clients))
	f.Verdict = Identified
	if !convinced(f.Evidence, f.Departed, f.Clients) {
		f.Verdict = NotIdentified
	}
	f.Mark = marked(f.Clients, f.Verdict, p, explain.Tally("foresight.clients", f.Clients),
		explain.Share("foresight.departed", f.Departed), explain.Num("foresight.evidence", f.Evidence))
	return f
}

// A beta is ln B(u+i, v+j) − ln B(u, v) with its slopes in u and v.
type beta struct{ ln, du, dv float64 }

func betaRise(u, v float64, i, j int) beta {
	up, vp, all := rise{z: u}, rise{z: v}, rise{z: u + v}
	up.to(i)
	vp.to(j)
	all.to(i + j)
	return beta{up.ln + vp.ln - all.ln, up.psi - all.psi, vp.psi - all.psi}
}

func renewalTarget(d []Renewals) target {
	return func(th, g *point) float64 {
		a, b, c, e := math.Exp(th[0]), math.Exp(th[1]), math.Exp(th[2]), math.Exp(th[3])
		var ll float64
		var sum [4]float64
		for _, r := range d {
			w := float64(r.Weight)
			first := betaRise(a, b, r.Taken, r.Chance-r.Taken)
			stay := betaRise(c, e, 0, r.Chance)
			base := first.ln + stay.ln
			tot := 1.0
			s := [4]float64{first.du, first.dv, stay.du, stay.dv}
			for i := range r.Chance - r.Last {
				x := betaRise(a, b, r.Taken, r.Last-r.Taken+i)
				y := betaRise(c, e, 1, r.Last+i)
				l := math.Exp(min(600, x.ln+y.ln-base))
				tot += l
				s[0] += float64(l * x.du)
				s[1] += float64(l * x.dv)
				s[2] += float64(l * y.du)
				s[3] += float64(l * y.dv)
			}
			ll += float64(w * (base + math.Log(tot)))
			for j := range s {
				sum[j] += w * s[j] / tot
			}
		}
		*g = point{-sum[0] * a, -sum[1] * b, -sum[2] * c, -sum[3] * e}
		return -ll
	}
}

// stayTarget is the model in which nobody leaves: beta-binomial.
func stayTarget(d []Renewals) target {
	return func(th, g *point) float64 {
		a, b := math.Exp(th[0]), math.Exp(th[1])
		var ll, ga, gb float64
		for _, r := range d {
			x, w := betaRise(a, b, r.Taken, r.Chance-r.Taken), float64(r.Weight)
			ll += float64(w * x.ln)
			ga += float64(w * x.du)
			gb += float64(w * x.dv)
		}
		*g = point{-ga * a, -gb * b}
		return -ll
	}
}

func (f *Renewal) usable() bool {
	in := func(v float64) bool { return v > 1e-9 && v < 1e9 }
	return in(f.Alpha) && in(f.Beta) && in(f.Gamma) && in(f.Delta)
}

// aliveNow is the probability that the client was still one at his last
// opportunity.
func (f *Renewal) aliveNow(r Renewals) float64 {
	base := betaRise(f.Alpha, f.Beta, r.Taken, r.Chance-r.Taken).ln + betaRise(f.Gamma, f.Delta, 0, r.Chance).ln
	tot := 1.0
	for i := range r.Chance - r.Last {
		tot += math.Exp(min(600, betaRise(f.Alpha, f.Beta, r.Taken, r.Last-r.Taken+i).ln+betaRise(f.Gamma, f.Delta, 1, r.Last+i).ln-base))
	}
	return 1 / tot
}

// Alive is the probability that the client will be there at his next
// opportunity, n+1, as the paper has it; 0 for what makes no sense.
func (f *Renewal) Alive(r Renewals) float64 {
	if !f.usable() || !r.sound() {
		return 0
	}
	e := f.Delta + float64(r.Chance)
	return f.aliveNow(r) * e / (f.Gamma + e)
}

// Forecast gives the renewals at the next opportunities, at the fitted
// parameters, with the interval that holds share of the outcomes.
func (f *Renewal) Forecast(r Renewals, chances int, share float64) Forecast {
	if !f.usable() || !r.sound() || chances <= 0 {
		return Forecast{NoOrder: 1}
	}
	chances = min(chances, 520)
	a, b := f.Alpha+float64(r.Taken), f.Beta+float64(r.Chance-r.Taken)
	c, e := f.Gamma, f.Delta+float64(r.Chance)
	now := f.aliveNow(r)
	at := make([]float64, chances+1) // at[m]: probability of m renewals
	at[0] = 1 - now
	var out Forecast
	stay := now // still there through l−1 opportunities
	for l := 0; l <= chances; l++ {
		here := stay // there for exactly l of them, or for all
		if l < chances {
			here *= c / (c + e + float64(l))
		}
		stay -= here
		if l > 0 {
			out.Mean += (stay + here) * a / (a + b)
		}
		// m renewals out of l: beta-binomial, by ratios from the likelier end.
		if a >= b {
			v := math.Exp(betaRise(a, b, l, 0).ln)
			for m := l; m >= 0; m-- {
				at[m] += float64(here * v)
				v *= float64(m) / float64(l-m+1) * (b + float64(l-m)) / (a + float64(m) - 1)
			}
		} else {
			v := math.Exp(betaRise(a, b, 0, l).ln)
			for m := 0; m <= l; m++ {
				at[m] += float64(here * v)
				v *= float64(l-m) / float64(m+1) * (a + float64(m)) / (b + float64(l-m) - 1)
			}
		}
	}
	out.NoOrder = min(1, at[0])
	below, above := (1-share)/2, 1-(1-share)/2
	if !(share > 0 && share < 1) {
		below, above = .5, .5
	}
	sum := 0.0
	out.Low, out.High = chances, chances
	for m := chances; m >= 0; m-- { // P(more than m) from above
		if 1-sum >= below {
			out.Low = m
		}
		if 1-sum >= above {
			out.High = m
		}
		sum += at[m]
	}
	return out
}
