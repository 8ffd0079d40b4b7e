package relation

import (
	"math"

	"sillon/engine/explain"
)

// Wilson is the interval of a share of k in n at z standard deviations. With
// nothing observed it is everything, 0 to 1.
//
//	(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n)     Wilson (1927), p. 209
func Wilson(k, n int, z float64) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	k = min(max(k, 0), n)
	m := float64(n)
	p, zz := float64(k)/m, float64(z*z)
	mid := p + zz/(2*m)
	half := z * math.Sqrt(float64(p*(1-p))/m+zz/(4*m*m))
	low, high = (mid-half)/(1+zz/m), (mid+half)/(1+zz/m)
	if k == 0 { // exactly, not but for the last bit
		low = 0
	}
	if k == n {
		high = 1
	}
	return max(0, low), min(1, high)
}

// quantile is the z of a two-sided level, 0.95 → 1.96, by halving on the series
// of the normal law: the four operations only, so the same bits everywhere.
// Levels are those of pao.level, 50 to 99.9 %.
func quantile(level float64) float64 {
	low, high := 0.0, 4.0
	for range 60 {
		mid := (low + high) / 2
		if central(mid) < level {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

// central is the normal mass within ±z:
// √(2/π)·Σ (−1)ⁿ z²ⁿ⁺¹ ÷ (2ⁿ n! (2n+1)).
func central(z float64) float64 {
	half := float64(z*z) / 2
	term, sum := z, 0.0
	for n := range 80 {
		sum += term / float64(2*n+1)
		term = -term * half / float64(n+1)
	}
	return sum * (math.Sqrt2 / math.SqrtPi)
}

// A Rate is a share with what it was made of.
type Rate struct {
	Part, Whole int
	Share       float64
	Low, High   float64 // Wilson interval
	explain.Mark
}

// RateOf is part ÷ whole; nothing to divide by gives NO_DATA. More parts than
// the whole (meetings of last year's contacts) is weak, without an interval.
func RateOf(part, whole int, p Params) Rate {
	r := Rate{Part: part, Whole: whole}
	a, b := explain.Tally("relation.part", part), explain.Tally("relation.whole", whole)
	if whole <= 0 || part < 0 {
		r.Mark = explain.Missing(explain.NoData, a, b)
		return r
	}
	r.Share = float64(part) / float64(whole)
	share := explain.Share("relation.rate", r.Share)
	if part > whole {
		r.Low, r.High = r.Share, r.Share
		r.Mark = explain.Thin(explain.NoData, a, b, share)
		return r
	}
	r.Low, r.High = Wilson(part, whole, p.Z)
	r.Mark = explain.Sound(a, b, share, explain.Share("relation.low", r.Low), explain.Share("relation.high", r.High))
	return r
}
