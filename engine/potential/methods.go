package potential

import (
	"math"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// FromAnalogy is an estimate by analogy (E1): the upper quartile of what
// clients of the same type spend, × the size of this one ÷ their median size.
// Spends are cents per year; sizes are in any unit (headcount, m²), nil when
// size does not matter. Peers that spend nothing, or whose size is unknown
// where one is asked, are left out. The quartile is interpolated between
// neighbours (Hyndman & Fan 1996, type 7). It is false without any peer.
func FromAnalogy(spends []money.Cents, sizes []float64, size float64, day calendar.Day) (Estimate, bool) {
	if sizes != nil && !(size > 0 && !math.IsInf(size, 0)) {
		return Estimate{}, false
	}
	var spent, big []float64
	for i, s := range spends {
		if s <= 0 || sizes != nil && !(sizes[i] > 0 && !math.IsInf(sizes[i], 0)) {
			continue
		}
		spent = append(spent, float64(s))
		if sizes != nil {
			big = append(big, sizes[i])
		}
	}
	if len(spent) == 0 {
		return Estimate{}, false
	}
	x := quantile(spent, .75)
	if sizes != nil {
		x *= size / quantile(big, .5)
	}
	return whole(x, portfolio.Analogy, day)
}

// FromMarket is an estimate by reasoning on the market (E1): what the whole
// market spends in a year × the part of it this client is, its share of the
// headcount for instance.
func FromMarket(market money.Cents, part float64, day calendar.Day) (Estimate, bool) {
	if !(part >= 0 && part <= 1) {
		return Estimate{}, false
	}
	return whole(float64(market)*part, portfolio.Market, day)
}

func whole(x float64, m portfolio.Appraisal, day calendar.Day) (Estimate, bool) {
	if !(x >= 0 && x < 1<<62) {
		return Estimate{}, false
	}
	return Estimate{Amount: money.Cents(math.Round(x)), Method: m, Day: day}, true
}

// quantile sorts x and reads it at a share of the way from first to last.
func quantile(x []float64, share float64) float64 {
	sorting.Sort(x)
	at := share * float64(len(x)-1)
	k := int(at)
	if k+1 >= len(x) {
		return x[len(x)-1]
	}
	return x[k] + float64((at-float64(k))*(x[k+1]-x[k]))
}
