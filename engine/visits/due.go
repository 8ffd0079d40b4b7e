package visits

import (
	"cmp"
	"math"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// Due lists the clients whose next visit falls within so many days from asOf,
// most urgent first, then by priority, then by code (H8). A client never
// visited is due now (u = 1); one whose plan holds no visit is not on the list
// (its cadence is by phone).
func Due(in Input, asOf calendar.Day, horizonDays int, p Params) List {
	n := len(in.Last)
	l := List{Urgency: make([]float64, n), Interval: make([]float64, n), Since: make([]int32, n),
		DueIn: make([]int32, n), Overdue: make([]bool, n)}
	for i := range n {
		target, planned := in.target(i, p)
		l.Since[i] = since(in.Last[i], asOf)
		if !planned || at(in.Skip, i, false) {
			continue
		}
		l.Interval[i] = target
		l.Urgency[i] = urgency(l.Since[i], target)
		l.Overdue[i] = l.Urgency[i] > 1
		if l.Since[i] >= 0 {
			l.DueIn[i] = int32(math.Ceil(target)) - l.Since[i]
		}
		if int(l.DueIn[i]) > horizonDays {
			continue
		}
		l.Order = append(l.Order, int32(i))
		if l.Overdue[i] {
			l.Late++
		}
	}
	l.sort(in)
	l.Mark = explain.Sound(explain.Tally("visits.due", len(l.Order)))
	if n == 0 {
		l.Mark = explain.Missing(explain.NoData)
	}
	return l
}

// target is the interval the client should be visited at, in days; false when
// its plan holds no visit.
func (in Input) target(i int, p Params) (float64, bool) {
	if n := at(in.Planned, i, -1); n >= 0 {
		return Interval(in.Weeks, int(n))
	}
	return p.orphan(at(in.Category, i, 0))
}

// orphan is the interval of a category without a plan, in days.
func (p Params) orphan(c portfolio.Category) (float64, bool) {
	days := tame(p.Orphan[known(c)])
	return days, days > 0
}

// since counts the days from the last visit; −1 without one. A visit dated
// after asOf, by a tablet whose clock is ahead, is of today.
func since(last, asOf calendar.Day) int32 {
	if last == calendar.None || last == 0 {
		return -1
	}
	return int32(min(max(0, int64(asOf)-int64(last)), math.MaxInt32))
}

// most bounds an urgency whose target is next to nothing.
const most = 1e6

func urgency(days int32, target float64) float64 {
	if days < 0 {
		return 1
	}
	return min(float64(days)/target, most) // target > 0
}

func (l *List) sort(in Input) {
	key := make([]uint64, len(l.Urgency))
	for i, u := range l.Urgency {
		key[i] = ^sorting.Real(u)
	}
	sorting.Index(l.Order, key, func(a, b int32) int {
		if d := cmp.Compare(at(in.Priority, int(b), 0), at(in.Priority, int(a), 0)); d != 0 {
			return d
		}
		if d := cmp.Compare(at(in.Codes, int(a), ""), at(in.Codes, int(b), "")); d != 0 {
			return d
		}
		return cmp.Compare(a, b)
	})
}

// Urgency is u = days since the last visit ÷ target interval for one client,
// above 1 overdue. Without a visit it is 1, weak; without a target it has no
// value.
func Urgency(last, asOf calendar.Day, interval float64) explain.Result {
	if !(interval > 0) || math.IsInf(interval, 0) {
		return explain.Result{Mark: explain.Missing(explain.NoData)}
	}
	days := since(last, asOf)
	u := urgency(days, interval)
	target := explain.Of("visits.interval", interval, explain.Days)
	if days < 0 {
		return explain.Result{Value: u, Mark: explain.Thin(explain.NoContact, target, explain.Of("visits.urgency", u, explain.Ratio))}
	}
	return explain.Result{Value: u, Mark: explain.Sound(explain.Of("visits.lastVisit", float64(last), explain.Date),
		explain.Of("visits.since", float64(days), explain.Days), target, explain.Of("visits.urgency", u, explain.Ratio))}
}

// Interval is the spacing of the planned visits in days, over the weeks the
// rep is available; false when nothing is planned.
func Interval(weeks float64, planned int) (float64, bool) {
	if !(weeks > 0) || planned <= 0 || math.IsInf(weeks, 0) {
		return 0, false
	}
	return min(weeks, 1e5) * 7 / float64(planned), true
}

// CallsNeeded is how many calls fill so many appointments at a hit rate,
// rounded up; 0 without appointments or without a rate.
func CallsNeeded(appointments int, hitRate float64) int {
	if appointments <= 0 || !(hitRate > 0) {
		return 0
	}
	calls := float64(appointments) / min(1, hitRate)
	if calls > math.MaxInt32 {
		return math.MaxInt32
	}
	return int(math.Ceil(calls - 1e-9)) // 3 ÷ 0.3 is 10, not 11
}
