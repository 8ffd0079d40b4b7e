package capacity

import (
	"cmp"
	"math"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/sorting"
)

// A Year is a rep's time budget (temps disponible). Days are days; those of
// Holidays and Leave fall on working days.
type Year struct {
	Days, Weekend, Holidays, Leave             float64
	Meetings, Sickness, Training, Fairs        float64
	FieldDaysPerWeek                           float64 // of five; 0: five
	PartTime                                   float64 // share of a full time, 0-1; 0: full
	MinutesPerDay, Overhead                    float64 // the day, and what of it goes whatever the visits
	VisitMinutes, TravelMinutes, ReportMinutes float64 // of one visit
}

// Count fills the first line of a year from the calendar: days, weekend days,
// public holidays and leave that fall on working days.
func Count(w calendar.Window, holidays, leave []calendar.Day) Year {
	w = civil(w)
	y := Year{Days: float64(w.Days())}
	working := calendar.WorkingDays(w, nil)
	afterHolidays := calendar.WorkingDays(w, holidays)
	y.Weekend = y.Days - float64(working)
	y.Holidays = float64(working - afterHolidays)
	y.Leave = float64(afterHolidays - calendar.WorkingDays(w, slices.Concat(holidays, leave)))
	return y
}

// civil keeps a window within the years 1900 to 2999: the days of a damaged file
// would be counted for minutes.
func civil(w calendar.Window) calendar.Window {
	const from, to = -25567, 376199
	return calendar.Window{From: max(from, w.From), To: min(to, w.To)}
}

// A Stock is the visits a year holds (capacité). The steps are its waterfall,
// from the days of the year to the visits.
type Stock struct {
	WorkingDays   float64
	AvailableDays float64
	FieldDays     float64
	Weeks         float64 // available: of five days, whatever is worked of them
	PerDay        float64 // visits a day, whole with integerPerDay
	Visits        int
	PerWeek       float64
	Minutes       float64 // of one visit, travel and report included
	explain.Mark
}

// Capacity counts the visits of a year (H2). A year without a day or a visit
// left is NA: nothing can be planned on it.
func Capacity(y Year, p Params) Stock {
	var s Stock
	perWeek := 5.0
	if y.FieldDaysPerWeek > 0 {
		perWeek = min(7, y.FieldDaysPerWeek)
	}
	part := 1.0
	if y.PartTime > 0 {
		part = share(y.PartTime)
	}
	s.WorkingDays = min(tame(y.Days), 36600) - tame(y.Weekend) - tame(y.Holidays) - tame(y.Leave)
	s.AvailableDays = s.WorkingDays - tame(y.Meetings) - tame(y.Sickness) - tame(y.Training) - tame(y.Fairs)
	s.FieldDays = max(0, s.AvailableDays) * perWeek * part / 5
	s.Minutes = tame(y.VisitMinutes) + tame(y.TravelMinutes) + tame(y.ReportMinutes)
	day := min(1440, tame(y.MinutesPerDay)) - tame(y.Overhead)
	if s.Minutes > 0 && day > 0 {
		s.PerDay = min(day/s.Minutes, 1440)
		if p.Integer {
			s.PerDay = math.Floor(s.PerDay + 1e-9)
		}
	}
	s.Visits = int(math.Floor(float64(s.FieldDays*s.PerDay) + 1e-6)) // never promise part of a visit
	s.Weeks = max(0, s.AvailableDays) / 5
	if s.Weeks > 0 {
		s.PerWeek = float64(s.Visits) / s.Weeks
	}
	day0 := func(key string, x float64) explain.Step { return explain.Of(key, x, explain.Days) }
	s.Mark = explain.Sound(day0("capacity.days", tame(y.Days)), day0("capacity.weekend", -tame(y.Weekend)),
		day0("capacity.holidays", -tame(y.Holidays)), day0("capacity.leave", -tame(y.Leave)), day0("capacity.working", s.WorkingDays),
		day0("capacity.meetings", -tame(y.Meetings)), day0("capacity.sickness", -tame(y.Sickness)),
		day0("capacity.training", -tame(y.Training)), day0("capacity.fairs", -tame(y.Fairs)),
		day0("capacity.available", s.AvailableDays), day0("capacity.fieldDays", s.FieldDays),
		explain.Num("capacity.perDay", s.PerDay), explain.Tally("capacity.visits", s.Visits))
	switch {
	case tame(y.Days) == 0 || s.Minutes == 0:
		s.Status, s.Reason = explain.NA, explain.NoData
	case s.Visits <= 0:
		s.Status, s.Reason = explain.NA, explain.Negative
	}
	return s
}

// VerdictKeys are the sentences of the verdicts of this package, worded by the
// catalogue.
var VerdictKeys = []string{
	"time.empty", "time.noDay", "time.long", "time.holds", "time.over", "time.shared",
	"prospecting.none", "prospecting.pilot", "prospecting.cap", "prospecting.short", "prospecting.floor", "prospecting.holds",
}

// Verdict says in a sentence of the catalogue whether a year can be planned,
// with the numbers the sentence names. Without visits nothing else may be
// planned on it.
func (s *Stock) Verdict() (key string, numbers []int) {
	switch {
	case s.Visits > 0 && s.Has():
		return "time.holds", []int{s.Visits}
	case s.Reason == explain.NoData:
		return "time.empty", nil
	case s.AvailableDays <= 0:
		return "time.noDay", nil
	}
	return "time.long", []int{int(math.Round(s.Minutes))}
}

// A Sharing is a capacity shared out.
type Sharing struct {
	Reserve, Prospects, Clients int
	Over                        int // prospect visits the capacity cannot hold beside the reserve
	explain.Mark
}

// Share takes the reserve and the prospects' visits from a capacity: what is
// left is for clients (the stock V of H6).
func Share(capacity, prospects int, p Params) Sharing {
	capacity, prospects = max(0, capacity), max(0, prospects)
	s := Sharing{Reserve: min(capacity, int(math.Round(share(p.Reserve)*float64(capacity))))}
	s.Prospects = min(prospects, capacity-s.Reserve)
	s.Over = prospects - s.Prospects
	s.Clients = capacity - s.Reserve - s.Prospects
	s.Mark = explain.Sound(explain.Tally("capacity.visits", capacity), explain.Tally("capacity.reserve", s.Reserve),
		explain.Tally("capacity.prospects", s.Prospects), explain.Tally("capacity.clients", s.Clients))
	switch {
	case capacity == 0:
		s.Status, s.Reason = explain.NA, explain.NoData
	case s.Over > 0:
		s.Status, s.Reason = explain.Weak, explain.Negative
	}
	return s
}

// Verdict says in a sentence of the catalogue whether everything fits.
func (s *Sharing) Verdict() (key string, numbers []int) {
	if s.Over > 0 {
		return "time.over", []int{s.Prospects + s.Over, s.Prospects}
	}
	return "time.shared", []int{s.Clients, s.Prospects, s.Reserve}
}

// Reps is how many reps it takes to make the visits needed, each with so much
// capacity, rounded up; 0 without a capacity.
func Reps(needed, each int) int {
	if each <= 0 || needed <= 0 {
		return 0
	}
	return (needed-1)/each + 1
}

// Monthly spreads a year's visits over the months of a window by their working
// days times a seasonal index (nil: 1), in whole visits that add up to the year
// (largest remainder). off are holidays and leave. It gives one number per
// month touched by the window, from its first.
func Monthly(visits int, w calendar.Window, off []calendar.Day, season []float64) []int {
	return spreadBy(visits, w, off, season, calendar.Day.EndOfMonth)
}

// Weekly spreads visits over the weeks of a window in the same way, for the
// load of each week: one number per week from Monday to Sunday, the first and
// the last cut by the window.
func Weekly(visits int, w calendar.Window, off []calendar.Day, season []float64) []int {
	return spreadBy(visits, w, off, season, func(d calendar.Day) calendar.Day { return d.Monday() + 6 })
}

func spreadBy(visits int, w calendar.Window, off []calendar.Day, season []float64, end func(calendar.Day) calendar.Day) []int {
	w = civil(w)
	var weight []float64
	for from := w.From; from <= w.To && len(weight) < 1200; {
		to := min(w.To, max(from, end(from)))
		x := float64(calendar.WorkingDays(calendar.Window{From: from, To: to}, off))
		if len(weight) < len(season) {
			x *= tame(season[len(weight)])
		}
		weight = append(weight, x)
		from = to + 1
	}
	return Spread(visits, weight)
}

// Spread shares a number in proportion to weights, in whole parts that add up
// to it (largest remainder; ties to the larger weight, then the earlier).
// Without a positive weight the parts are equal.
func Spread(total int, weight []float64) []int {
	n := len(weight)
	out := make([]int, n)
	if n == 0 || total <= 0 {
		return out
	}
	x, idx := make([]float64, n), make([]int32, n)
	var sum float64
	for i, w := range weight {
		x[i], idx[i] = tame(w), int32(i)
		sum += x[i]
	}
	rest, left := make([]float64, n), total
	for i := range x {
		t := float64(total) / float64(n)
		if sum > 0 {
			t = float64(total) * (x[i] / sum)
		}
		// A hair under a whole number is that number, and equal parts are equal.
		out[i] = min(int(math.Floor(t+1e-9)), left)
		rest[i] = math.Round((t - float64(out[i])) * 1e9)
		left -= out[i]
	}
	slices.SortFunc(idx, func(a, b int32) int {
		return cmp.Or(cmp.Compare(rest[b], rest[a]), cmp.Compare(x[b], x[a]), cmp.Compare(a, b))
	})
	for k := 0; left > 0; k++ {
		out[idx[k%n]]++
		left--
	}
	return out
}

// enough is the number of durations a median is taken from.
const enough = 5

// Duration is the median of measured minutes (even count: the mean of the
// middle two), or the norm, weak, when fewer than five contacts carry one.
// Contacts without a duration (0 or less) are left out.
func Duration(minutes []int32, norm float64) explain.Result {
	seen := make([]int32, 0, len(minutes))
	for _, m := range minutes {
		if m > 0 {
			seen = append(seen, m)
		}
	}
	step := explain.Tally("capacity.durations", len(seen))
	if len(seen) < enough {
		if norm = tame(norm); norm > 0 {
			return explain.Result{Value: norm, Mark: explain.Thin(explain.NoData, step)}
		}
		return explain.Result{Mark: explain.Missing(explain.NoData, step)}
	}
	h := len(seen) / 2
	m := float64(nth(seen, h))
	if len(seen)%2 == 0 {
		m = (float64(nth(seen, h-1)) + m) / 2
	}
	return explain.Result{Value: m, Mark: explain.Sound(step)}
}

// nth is the k-th of some positive numbers, by counting: a byte at a time, the
// highest first, among those that agree so far.
func nth(x []int32, k int) int32 {
	n, agreed := int32(k), int32(0)
	for shift := 24; shift >= 0; shift -= 8 {
		var count [256]int32
		for _, v := range x {
			if v>>shift>>8 == agreed {
				count[v>>shift&255]++
			}
		}
		at := int32(0)
		for ; n >= count[at]; at++ {
			n -= count[at]
		}
		agreed = agreed<<8 | at
	}
	return agreed
}

// An Activity is a use of a rep's time (audit du temps).
type Activity uint8

// In the order of the benchmark.
const (
	Selling        Activity = iota // vente
	Prospecting                    // prospection
	ProblemSolving                 // résolution de problèmes
	Admin                          // administratif
	Travel                         // déplacements
	Idle                           // temps mort
	Activities     = iota
)

// Proudfoot is the time split of the Proudfoot studies (W11).
var Proudfoot = [Activities]float64{.11, .09, .18, .31, .15, .16}

// An Audit is a rep's time against the benchmark.
type Audit struct {
	Share [Activities]float64
	Gap   [Activities]float64 // share − benchmark
	Order []Activity          // largest difference first, either way
	explain.Mark
}

// AuditTime compares minutes spent by activity with the Proudfoot benchmark.
func AuditTime(minutes [Activities]float64) Audit {
	var a Audit
	var all float64
	for k := range minutes {
		minutes[k] = tame(minutes[k])
		all += minutes[k]
	}
	if all == 0 {
		a.Mark = explain.Missing(explain.NoData)
		return a
	}
	for k := range minutes {
		a.Share[k] = minutes[k] / all
		a.Gap[k] = a.Share[k] - Proudfoot[k]
		a.Order = append(a.Order, Activity(k))
	}
	sorting.Stable(a.Order, func(x, y Activity) int { return cmp.Compare(math.Abs(a.Gap[y]), math.Abs(a.Gap[x])) })
	a.Mark = explain.Sound()
	return a
}
