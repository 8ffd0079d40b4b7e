package maturity

import (
	"sillon/engine/calendar"
	"sillon/engine/sorting"
)

// lookBack is how many month-ends before the as-of date hysteresis looks at.
// With eight quarters each it needs under 36 months of lines: what a device
// holds.
const lookBack = 11

// longest is the longest period, in days, of a line that still says in which
// quarter it was sold.
const longest = 92

// robust is the growth a year by Theil-Sen; false when eight whole quarters
// are not known.
func robust(h History, f Facts, at *frame, sameSeason bool) (float64, bool) {
	if f.FirstOrder == calendar.None || f.FirstOrder > at.quarters[0].From {
		return 0, false
	}
	if k := orNone(h.Known); k != calendar.None && !covers(k, at.quarters[0]) {
		return 0, false
	}
	var q [8]float64
	for _, l := range h.Lines {
		if l.From > at.asOf || l.last() < at.quarters[0].From {
			continue
		}
		if int(l.last()-l.From) >= longest {
			return 0, false
		}
		for k, w := range at.quarters {
			q[k] += float64(l.in(w)) // whole cents: exact in any order
		}
	}
	if sameSeason {
		return SeasonalSlope(q[:])
	}
	return TheilSen(q[:])
}

// TheilSen is the growth a year of quarterly values, oldest first: the median
// of all pairwise slopes × 4 ÷ the mean quarter. It is false under two values
// or when the mean is not positive.
func TheilSen(quarters []float64) (float64, bool) { return medianSlope(quarters, 1) }

// SeasonalSlope is TheilSen over the pairs of the same season only, four
// quarters apart or a multiple: what returns every year is no slope.
//
// Source: Hirsch, Slack & Smith (1982), Water Resources Research 18(1),
// pp. 107-121.
func SeasonalSlope(quarters []float64) (float64, bool) { return medianSlope(quarters, 4) }

func medianSlope(quarters []float64, step int) (float64, bool) {
	n := len(quarters)
	if n <= step {
		return 0, false
	}
	var sum float64
	for _, q := range quarters {
		sum += q
	}
	if !(sum > 0) {
		return 0, false
	}
	slopes := make([]float64, 0, n*(n-1)/2)
	for i := range n {
		for j := i + step; j < n; j += step {
			slopes = append(slopes, (quarters[j]-quarters[i])/float64(j-i))
		}
	}
	sorting.Sort(slopes)
	m := len(slopes)
	median := (slopes[(m-1)/2] + slopes[m/2]) / 2
	return 4 * median / (sum / float64(n)), true
}

// hold applies hysteresis: among C, M and V a client leaves its phase only if
// the threshold is passed by some points more, or if two successive
// evaluations say the same other phase. The evaluations are the ends of the
// months before the as-of date, redone from the lines, so that the result
// depends on the data alone.
func (r *reader) hold(h History, asOf calendar.Day, v *Verdict) {
	phase, before := Phase(0), Phase(0)
	next := asOf.EndOfMonth() + 1
	for back := lookBack; back >= 0; back-- {
		day := asOf
		if back > 0 {
			day = next.AddMonths(-back) - 1
		}
		raw := r.raw(h, day, 0, 0).Computed
		if raw != phase && (phase == 0 || !steady(phase) || !steady(raw) || raw == before || r.strong(h, day, phase)) {
			phase = raw
		}
		before = raw
	}
	if phase != v.Computed {
		v.Phase, v.Computed, v.Why = phase, phase, Held
	}
}

// strong says whether a client leaves a phase even with thresholds moved to
// keep it there.
func (r *reader) strong(h History, day calendar.Day, phase Phase) bool {
	x := r.p.Hysteresis
	switch phase {
	case Growth:
		return r.raw(h, day, -x, -x).Computed != phase
	case Ageing:
		return r.raw(h, day, x, x).Computed != phase
	}
	return r.raw(h, day, x, -x).Computed != phase
}

func steady(p Phase) bool { return p == Growth || p == Mature || p == Ageing }
