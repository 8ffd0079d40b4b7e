package capacity

import (
	"cmp"
	"math"
	"slices"

	"sillon/engine/explain"
	"sillon/engine/sorting"
)

// MedianLifetime is the time half of the clients have left by, after Kaplan and
// Meier: clients still there count for the time they were seen, not as if they
// had left. months since the first order; ended says who left. When fewer than
// half have left, the longest time seen is a lower bound, weak.
func MedianLifetime(months []float64, ended []bool) explain.Result {
	idx := make([]int32, 0, len(months))
	left := 0
	for i, m := range months {
		if m >= 0 && !math.IsInf(m, 0) {
			idx = append(idx, int32(i))
			if at(ended, i, false) {
				left++
			}
		}
	}
	key := make([]uint64, len(months))
	for i, m := range months {
		key[i] = sorting.Real(m)
	}
	sorting.Index(idx, key, nil)
	steps := []explain.Step{explain.Tally("capacity.observed", len(idx)), explain.Tally("capacity.ended", left)}
	if len(idx) == 0 {
		return explain.Result{Mark: explain.Missing(explain.NoData, steps...)}
	}
	mark := explain.Sound
	if len(idx) < 4 {
		mark = func(s ...explain.Step) explain.Mark { return explain.Thin(explain.FewClients, s...) }
	}
	alive := 1.0
	for start := 0; start < len(idx); {
		end, gone := start, 0
		for ; end < len(idx) && months[idx[end]] == months[idx[start]]; end++ {
			if at(ended, int(idx[end]), false) {
				gone++
			}
		}
		atRisk := len(idx) - start
		alive = alive * float64(atRisk-gone) / float64(atRisk)
		if alive <= .5+1e-12 {
			m := months[idx[start]]
			return explain.Result{Value: m, Mark: mark(append(steps, explain.Of("capacity.median", m, explain.Months))...)}
		}
		start = end
	}
	m := months[idx[len(idx)-1]]
	return explain.Result{Value: m, Mark: explain.Thin(explain.NoVariation, append(steps, explain.Of("capacity.median", m, explain.Months))...)}
}

// A ClassRate is how prospects of one class convert (sector, size,
// interlocutor, maturity of need, hook or argument used).
type ClassRate struct {
	Class   int32
	Met     int // prospects approached
	Won     int
	Rate    float64
	Low     float64 // Wilson's lower bound of the rate, 95 %
	Lift    float64 // rate ÷ overall rate
	LiftLow float64 // lower bound ÷ overall rate: above 1, the class surely converts better
}

// A Profile is what the converted prospects have in common (Q4).
type Profile struct {
	Rate    float64
	Classes []ClassRate // best lower bound first, so that one lucky prospect does not lead
	explain.Mark
}

// Convert profiles prospects by class; class under 0: not known, left out of
// the classes and kept in the overall rate.
func Convert(class []int32, won []bool) Profile {
	var p Profile
	idx := make([]int32, len(class))
	all := 0
	for i := range idx {
		idx[i] = int32(i)
		if at(won, i, false) {
			all++
		}
	}
	if len(class) == 0 {
		p.Mark = explain.Missing(explain.NoData)
		return p
	}
	p.Rate = float64(all) / float64(len(class))
	slices.SortFunc(idx, func(a, b int32) int { return cmp.Compare(class[a], class[b]) })
	for start := 0; start < len(idx); {
		c := ClassRate{Class: class[idx[start]]}
		end := start
		for ; end < len(idx) && class[idx[end]] == c.Class; end++ {
			c.Met++
			if at(won, int(idx[end]), false) {
				c.Won++
			}
		}
		start = end
		if c.Class < 0 {
			continue
		}
		c.Rate = float64(c.Won) / float64(c.Met)
		c.Low, _ = Wilson(c.Won, c.Met)
		if p.Rate > 0 {
			c.Lift, c.LiftLow = c.Rate/p.Rate, c.Low/p.Rate
		}
		p.Classes = append(p.Classes, c)
	}
	sorting.Stable(p.Classes, func(a, b ClassRate) int {
		return cmp.Or(cmp.Compare(b.Low, a.Low), cmp.Compare(b.Met, a.Met), cmp.Compare(a.Class, b.Class))
	})
	p.Mark = explain.Sound(explain.Tally("capacity.observed", len(class)), explain.Tally("capacity.toWin", all), explain.Share("capacity.conversion", p.Rate))
	switch {
	case all == 0:
		p.Status, p.Reason = explain.Weak, explain.NoVariation
	case len(class) < 4:
		p.Status, p.Reason = explain.Weak, explain.FewClients
	}
	return p
}

// Wilson is the 95 % score interval of a proportion; 0 to 1 of nothing.
func Wilson(won, of int) (low, high float64) {
	if of <= 0 {
		return 0, 1
	}
	const z = 1.959963984540054 // standard normal, two-sided 95 %
	n := float64(of)
	p := float64(min(max(won, 0), of)) / n
	middle := p + z*z/(2*n)
	half := z * math.Sqrt(float64(p*(1-p))/n+z*z/(4*n*n))
	d := 1 + z*z/n
	return max(0, (middle-half)/d), min(1, (middle+half)/d)
}
