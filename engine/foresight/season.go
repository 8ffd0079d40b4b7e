package foresight

import (
	"time"

	"sillon/engine/calendar"
	"sillon/engine/explain"
)

// A Season is the monthly index of the orders (coefficients saisonniers): 1 is
// an average month, over the twelve. The models know no season; a forecast of a
// volume is multiplied by [Season.Factor].
type Season struct {
	Index  [12]float64 `cbor:"1,keyasint"` // January first
	Orders int         `cbor:"2,keyasint"` // repeat orders it was read from

	explain.Mark `cbor:"3,keyasint"`
}

// steady is the number of orders a month's index starts from, all at 1 (ours):
// a month with so many orders is believed by half.
const steady = 10

// SeasonOf reads the index from the repeat order days (one entry per client and
// day) and the day of each client's first order, within a window; incomplete
// months at both ends are left out. A month's orders are compared with the
// client-days in it, so that a portfolio that grows is not taken for a season,
// and with the twelve months around it, so that neither is a change of rhythm
// from year to year. Under 24 months it is weak, under 12 it is NA (FEW_PERIODS)
// and 1 everywhere.
func SeasonOf(repeats, firsts []calendar.Day, window calendar.Window) Season {
	s := Season{}
	for m := range s.Index {
		s.Index[m] = 1
	}
	months := 0
	var from, to calendar.Day
	if between(window.From, window.To) {
		from, to = wholeMonths(window)
	}
	if from < to {
		months = calendar.FullMonths(from, to+1)
	}
	starts := make([]calendar.Day, months+1)
	for i := range starts {
		starts[i] = from.AddMonths(i)
	}
	month := func(d calendar.Day) int { // no calendar for each of the orders
		i := int(d-from) / 31
		for starts[i+1] <= d {
			i++
		}
		return i
	}
	count, exposed := make([]float64, months), make([]float64, months)
	for _, d := range repeats {
		if months > 0 && d >= from && d <= to {
			count[month(d)]++
			s.Orders++
		}
	}
	steps := []explain.Step{explain.Tally("foresight.months", months), explain.Tally("foresight.seasonOrders", s.Orders)}
	switch {
	case months < 12:
		s.Mark = explain.Missing(explain.FewPeriods, steps...)
		return s
	case s.Orders == 0:
		s.Mark = explain.Missing(explain.NoSales, steps...)
		return s
	}
	entered := make([]float64, months)
	for _, d := range firsts {
		if d <= to {
			d = max(d, from)
			i := month(d)
			entered[i]++
			exposed[i] -= float64(d - starts[i]) // days of the month before he came
		}
	}
	clients := 0.0
	for i := range exposed {
		clients += entered[i]
		exposed[i] += float64(clients * float64(starts[i+1]-starts[i]))
	}

	first := monthOf(from)
	var seen, expected [12]float64
	for i := range count {
		// The rate of the year around: the twelve months that hold this one.
		lo := max(0, min(i/12*12, months-12))
		hi := min(months, lo+12)
		var c, e float64
		for j := lo; j < hi; j++ {
			c += count[j]
			e += exposed[j]
		}
		m := (first + i) % 12
		if e > 0 {
			seen[m] += count[i]
			expected[m] += c / e * exposed[i]
		}
	}
	sum := 0.0
	for m := range s.Index {
		s.Index[m] = (seen[m] + steady) / (expected[m] + steady)
		sum += s.Index[m]
	}
	for m := range s.Index {
		s.Index[m] *= 12 / sum
	}
	s.Mark = explain.Sound(steps...)
	if months < 24 {
		s.Mark = explain.Thin(explain.FewPeriods, steps...)
	}
	return s
}

// Factor is what an order rate learnt over one window is multiplied by over
// another: the mean index of the days of the one against the other.
func (s *Season) Factor(learnt, ahead calendar.Window) float64 {
	a, b := s.mean(learnt), s.mean(ahead)
	if !(a > 0) || !(b > 0) {
		return 1
	}
	return b / a
}

func (s *Season) mean(w calendar.Window) float64 {
	if w.To < w.From || !between(w.From, w.To) {
		return 0
	}
	sum := 0.0
	for d := w.From; d <= w.To; {
		end := min(w.To, d.EndOfMonth())
		sum += float64(s.Index[monthOf(d)] * float64(end-d+1))
		d = end + 1
	}
	return sum / float64(w.Days())
}

// between reports whether two days are at most a century apart, and in an age of
// which a calendar can be made.
func between(from, to calendar.Day) bool {
	const age = 4_000_000 // ten thousand years around 1970
	return from > -age && to < age && to-from < 100*366
}

func monthOf(d calendar.Day) int {
	_, m, _ := d.Civil()
	return int(m - time.January)
}

// wholeMonths keeps the complete months of a window.
func wholeMonths(w calendar.Window) (from, to calendar.Day) {
	from, to = w.From, w.To
	if _, _, d := from.Civil(); d != 1 {
		from = from.EndOfMonth() + 1
	}
	if to != to.EndOfMonth() {
		_, _, d := to.Civil()
		to -= calendar.Day(d)
	}
	return from, to
}
