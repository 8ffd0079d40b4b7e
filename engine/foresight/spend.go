package foresight

import (
	"cmp"
	"math"
	"slices"

	"sillon/engine/explain"
)

// FitSpend fits the Gamma-Gamma model on the clients with at least one repeat
// order and a positive mean amount of the repeats:
//
//	f(m | x) = (v/(v+xm))^q · (xm/(v+xm))^(px) ÷ (m·B(px, q))
//
// Fader, Hardie, Lee (2005), JMR 42(4), pp. 415-430. Amounts are in any unit, and
// V and the mean come out in it.
func FitSpend(hs []History, p Params) Spend { return fitSpend(hs, p, nil) }

func fitSpend(hs []History, p Params, pause func()) Spend {
	idx := make([]int32, 0, len(hs))
	for i := range hs {
		if hs[i].sound() && hs[i].Repeats() > 0 && hs[i].Spend > 0 && hs[i].Spend < 1e15 {
			idx = append(idx, int32(i))
		}
	}
	slices.SortFunc(idx, func(i, j int32) int {
		return cmp.Or(cmp.Compare(hs[i].Orders, hs[j].Orders), cmp.Compare(hs[i].Spend, hs[j].Spend), cmp.Compare(i, j))
	})
	f := Spend{Clients: len(idx)}
	if len(idx) == 0 {
		f.Mark = explain.Missing(explain.NoData, explain.Tally("foresight.clients", 0))
		return f
	}
	xs, ms := make([]float64, len(idx)), make([]float64, len(idx))
	var paid, orders float64
	for k, i := range idx {
		xs[k], ms[k] = float64(hs[i].Repeats()), hs[i].Spend
		paid += float64(xs[k] * ms[k])
		orders += xs[k]
	}
	f.Mean = paid / orders
	minus := paced(spendTarget(xs, ms), pause)
	lnMean := math.Log(f.Mean)
	b := belief{
		n:      3,
		centre: point{math.Log(4), math.Log(4), lnMean + math.Log(.75)},
		low:    point{math.Log(1e-3), math.Log(1e-3), lnMean - math.Log(1e6)},
		high:   point{math.Log(1e5), math.Log(1e5), lnMean + math.Log(1e6)},
	}
	if p.Prior {
		b.spread = point{1.5, 1.5, 1.5}
	}
	x := b.best(minus, []point{
		{math.Log(4), math.Log(4), lnMean + math.Log(.75)}, // mean pv/(q−1), as observed
		{0, math.Log(2), lnMean},
		{math.Log(10), math.Log(10), lnMean + math.Log(.9)},
	})
	x, se := b.polish(minus, x)
	f.P, f.Q, f.V = math.Exp(x[0]), math.Exp(x[1]), math.Exp(x[2])
	f.Error = [3]float64{se[0], se[1], se[2]}
	var g point
	f.LogLik = -minus(&x, &g)
	f.Mark = explain.Sound(explain.Tally("foresight.clients", f.Clients))
	if f.Clients < p.Few {
		f.Mark = explain.Thin(explain.FewClients, f.Steps...)
	}
	return f
}

// spendTarget is minus the log-likelihood of Gamma-Gamma; xs ascend.
func spendTarget(xs, ms []float64) target {
	lnM := make([]float64, len(ms))
	for i := range ms {
		lnM[i] = math.Log(ms[i])
	}
	return func(th, g *point) float64 {
		p, q, v := math.Exp(th[0]), math.Exp(th[1]), math.Exp(th[2])
		lnGQ, psiQ := lnGamma(q), digamma(q)
		var ll, gp, gq, gv float64
		var px, group, groupP, groupQ, lnX float64
		for i := range xs {
			x := xs[i]
			if i == 0 || x != xs[i-1] {
				px = p * x
				top := digamma(px + q)
				lnX = math.Log(x)
				group = lnGamma(px+q) - lnGamma(px) - lnGQ + float64(q*th[2]) + float64(px*lnX)
				groupP, groupQ = x*(top-digamma(px)+lnX), top-psiQ+th[2]
			}
			sum := v + float64(x*ms[i])
			ln := math.Log(sum)
			ll += group + float64((px-1)*lnM[i]) - float64((px+q)*ln)
			gp += groupP + float64(x*(lnM[i]-ln))
			gq += groupQ - ln
			gv += q/v - (px+q)/sum
		}
		*g = point{-gp * p, -gq * q, -gv * v}
		return -ll
	}
}

// An Amount is the mean worth of an order of one client, with the interval of
// that mean (not of one order).
type Amount struct{ Mean, Low, High float64 }

// Amount gives the expected mean of an order: that of all clients, moved towards
// the client's own as his orders grow in number, (p(v + xm))/(px + q − 1). Where
// that mean is infinite (q ≤ 1 and no order), it is the mean of all orders.
// share is what the interval holds.
func (f *Spend) Amount(h History, share float64) Amount {
	in := func(v float64) bool { return v > 1e-12 && v < 1e18 }
	if !in(f.P) || !in(f.Q) || !in(f.V) {
		return Amount{}
	}
	x, m := 0.0, 0.0
	if h.sound() && h.Spend > 0 && h.Spend < 1e15 {
		x, m = float64(h.Repeats()), h.Spend
	}
	shape, scale := float64(f.P*x)+f.Q, f.V+float64(x*m)
	out := Amount{Mean: f.Mean}
	if shape > 1+1e-9 {
		out.Mean = f.P * scale / (shape - 1)
	}
	// His mean is p/ν with ν ~ Gamma(shape, scale).
	if !(share > 0 && share < 1) {
		share = 0
	}
	z := normalQuantile((1 + share) / 2)
	out.Low = f.P * scale / max(gammaQuantile(shape, z), 1e-9)
	out.High = f.P * scale / max(gammaQuantile(shape, -z), shape*1e-3)
	out.Low, out.High = min(out.Low, out.Mean), max(out.High, out.Mean)
	return out
}
