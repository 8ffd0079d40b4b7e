package foresight

import "math"

// tenYears bounds the silences looked at, in days.
const tenYears = 3653

// Silence says how long without an order is too long for one client, in whole
// days: from the first day on which P(alive) is at p.AliveBound or under, or on
// which no more than p.CycleBound of his own gaps are longer. His gaps are
// those of a living client with this history (Erlang-k, at a rate Gamma(r+kx,
// α+t)): a regular client is late sooner than an irregular one of the same mean.
// Where departures are not identified only his own rhythm counts.
//
// Signal S4 compares the silence with the median gap; this is its counterpart
// for clients with few orders, whose median is no measure.
func (f *Fit) Silence(h History, p Params) Silence {
	if !f.usable() || !h.sound() {
		return Silence{}
	}
	x := h.Repeats()
	s := Silence{
		Days:   int(math.Round((h.Age - h.Recency) * week)),
		Longer: f.longer(x, h.Recency, h.Age-h.Recency),
		Usual:  firstDay(func(w float64) bool { return f.longer(x, h.Recency, w) <= .5 }),
		Cycle:  firstDay(func(w float64) bool { return f.longer(x, h.Recency, w) <= p.CycleBound }),
	}
	if f.Verdict != NotIdentified {
		s.Alive = firstDay(func(w float64) bool { return f.alive(x, h.Recency, h.Recency+w) <= p.AliveBound })
	}
	s.Limit = s.Cycle
	if s.Alive > 0 && (s.Limit == 0 || s.Alive < s.Limit) {
		s.Limit = s.Alive
	}
	return s
}

// longer is the share of a living client's gaps that last more than w weeks.
func (f *Fit) longer(x int, t, w float64) float64 {
	n := f.R + float64(f.K*x)
	z := w / (f.Alpha + t + w)
	term, sum := 1.0, 1.0
	for j := 1; j < f.K; j++ {
		term *= (n + float64(j-1)) * z / float64(j)
		sum += term
	}
	return min(1, sum*math.Exp(n*math.Log1p(-z)))
}

// firstDay is the first day from 1 on which a condition that stays true holds; 0
// where it does not within ten years.
func firstDay(late func(weeks float64) bool) int {
	if !late(tenYears / float64(week)) {
		return 0
	}
	lo, hi := 0, tenYears
	for hi-lo > 1 {
		mid := (lo + hi) / 2
		if late(float64(mid) / week) {
			hi = mid
		} else {
			lo = mid
		}
	}
	return hi
}
