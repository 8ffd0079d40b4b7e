package calendar

import "time"

// AddMonths moves a day by whole months; a day that does not exist is the last
// of its month: 31 January + 1 month is 28 or 29 February.
func (d Day) AddMonths(n int) Day {
	y, m, day := d.Civil()
	start := Of(y, m+time.Month(n), 1)
	if day > 28 {
		day = min(day, int(Of(y, m+time.Month(n)+1, 1)-start))
	}
	return start + Day(day-1)
}

// EndOfMonth is the last day of the month d lies in.
func (d Day) EndOfMonth() Day {
	y, m, _ := d.Civil()
	return Of(y, m+1, 1) - 1
}

// FullMonths counts the whole months from one day to another (mois révolus):
// the largest n with from.AddMonths(n) ≤ to, so 31 January to 28 February of a
// common year is one. It is negative when to lies before from.
func FullMonths(from, to Day) int {
	if to < from {
		return -FullMonths(to, from)
	}
	y1, m1, _ := from.Civil()
	y2, m2, _ := to.Civil()
	n := 12*(y2-y1) + int(m2-m1)
	if from.AddMonths(n) > to {
		n--
	}
	return n
}

// A Window is a run of days, both ends included (fenêtre).
type Window struct{ From, To Day }

// Days counts the days; an empty window has none.
func (w Window) Days() int { return max(0, int(w.To)-int(w.From)+1) }

// Contains reports whether a day lies inside.
func (w Window) Contains(d Day) bool { return w.From <= d && d <= w.To }

// Overlap counts the days two windows share.
func (w Window) Overlap(o Window) int {
	return Window{max(w.From, o.From), min(w.To, o.To)}.Days()
}

// Steps says which part of a period falls in w, for [money.Cents.Slice]: days
// from (included) to (excluded) of the period, counted from its first day. A
// dated line is a period of one day.
func (w Window) Steps(period Window) (from, to, of int) {
	of = period.Days()
	if w.Overlap(period) == 0 {
		return 0, 0, of
	}
	return int(max(w.From, period.From)) - int(period.From), int(min(w.To, period.To)) - int(period.From) + 1, of
}

// Mode says which months make the window N.
type Mode uint8

const (
	Rolling Mode = iota // the months ending on the as-of date, included
	Fiscal              // the last closed fiscal year
)

// Periods are the windows N, N-1, N-2… of an analysis. The zero value is the
// default of the method: 12 rolling months. Parameters window.mode,
// window.months; the start of the fiscal year is the organisation's.
type Periods struct {
	Mode        Mode
	Months      int        // 0: 12; a fiscal year always has 12
	FiscalStart time.Month // 0: January
}

// Back is the window N-k at the as-of date; k = 0 is N. The windows touch:
// each ends on the eve of the next.
func (p Periods) Back(asOf Day, k int) Window {
	months := p.Months
	if months <= 0 || p.Mode == Fiscal {
		months = 12
	}
	end := asOf + 1 // first day after N
	if p.Mode == Fiscal {
		end = fiscalStart(asOf+1, p.FiscalStart)
	}
	return Window{end.AddMonths(-months * (k + 1)), end.AddMonths(-months*k) - 1}
}

// FiscalYear is the calendar year in which the fiscal year of d starts.
func FiscalYear(d Day, start time.Month) int {
	y, _, _ := fiscalStart(d, start).Civil()
	return y
}

// fiscalStart is the first day of the fiscal year d lies in.
func fiscalStart(d Day, start time.Month) Day {
	if start == 0 {
		start = time.January
	}
	y, m, _ := d.Civil()
	if m < start {
		y--
	}
	return Of(y, start, 1)
}

// ISOWeek is the week of ISO 8601: weeks start on Monday, and week 1 holds the
// first Thursday of its year.
func (d Day) ISOWeek() (year, week int) { return d.time().ISOWeek() }

// Monday is the first day of the ISO week d lies in.
func (d Day) Monday() Day { return d - Day((int(d.Weekday())+6)%7) }
