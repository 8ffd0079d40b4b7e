package response

import "math"

// The prior of an elasticity of sales to visits: lognormal of median .30. Its
// spread is that which puts the mean at .34: .34 = .30·exp(s²/2).
// Albers, Mantrala, Sridhar (2010) report a mean of .34 over industries.
const (
	priorMedian = .30
	priorSpread = .5
)

// z90 leaves 5 % on each side of a normal law.
const z90 = 1.6448536269514722

// normal is an estimate with a symmetric interval.
func normal(value, sd float64) Elasticity {
	return Elasticity{Value: value, SD: sd, Low: value - float64(z90*sd), High: value + float64(z90*sd)}
}

func (e Elasticity) times(k float64) Elasticity {
	return Elasticity{Value: e.Value * k, Low: e.Low * k, High: e.High * k, SD: e.SD * k}
}

// points is the fineness of the grid of withPrior.
const points = 400

// withPrior weighs a measured elasticity with the prior: the posterior on a
// grid of ln E, coarse over twelve spreads of the prior on each side, then fine
// over what the coarse one leaves likely. Value is its mean.
func withPrior(measured, sd float64) Elasticity {
	centre := math.Log(priorMedian)
	low, high := centre-12*priorSpread, centre+12*priorSpread
	sd = max(sd, 1e-6)
	density := func(u float64) float64 {
		a, b := (math.Exp(u)-measured)/sd, (u-centre)/priorSpread
		return -float64(a*a)/2 - float64(b*b)/2
	}
	for range 6 {
		step := (high - low) / points
		best := math.Inf(-1)
		for k := range points + 1 {
			best = max(best, density(low+float64(step*float64(k))))
		}
		from, to := high, low
		for k := range points + 1 {
			if u := low + float64(step*float64(k)); density(u) > best-20 {
				from, to = min(from, u), max(to, u)
			}
		}
		if to-from > .8*(high-low) {
			break
		}
		low, high = from-step, to+step
	}
	return summary(density, low, high)
}

// summary integrates a log density over [low, high] of u = ln E.
func summary(density func(float64) float64, low, high float64) Elasticity {
	step := (high - low) / points
	var w [points + 1]float64
	best := math.Inf(-1)
	for k := range w {
		w[k] = density(low + float64(step*float64(k)))
		best = max(best, w[k])
	}
	var total, first, second float64
	for k := range w {
		w[k] = math.Exp(w[k] - best)
		e := math.Exp(low + float64(step*float64(k)))
		total, first, second = total+w[k], first+float64(w[k]*e), second+float64(w[k]*e*e)
	}
	mean := first / total
	out := Elasticity{Value: mean, SD: math.Sqrt(max(0, second/total-float64(mean*mean)))}
	cum := 0.0
	for k := range w {
		share := cum / total
		cum += w[k]
		u := low + float64(step*float64(k))
		if share < .05 && cum/total >= .05 {
			out.Low = math.Exp(u)
		}
		if share < .95 && cum/total >= .95 {
			out.High = math.Exp(u)
		}
	}
	return out
}
