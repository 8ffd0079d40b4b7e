package capacity_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sillon/engine/calendar"
	"sillon/engine/capacity"
	"sillon/engine/explain"
)

// year is the example of H2.
var year = capacity.Year{
	Days: 365, Weekend: 104, Holidays: 11, Leave: 25, Meetings: 10, Training: 4, Fairs: 6,
	FieldDaysPerWeek: 4, MinutesPerDay: 480, Overhead: 60, VisitMinutes: 45, TravelMinutes: 25, ReportMinutes: 15,
}

// H2: 225 working days, 205 available, 164 field days; (480 − 60)/85 = 4.94 →
// 4 a day → 656 visits, 810 without floor. Reserve 66, prospects 100, clients 490.
func TestTheYearOfTheMethod(t *testing.T) {
	par := capacity.Defaults()
	s := capacity.Capacity(year, par)
	if s.WorkingDays != 225 || s.AvailableDays != 205 || s.FieldDays != 164 || s.PerDay != 4 || s.Visits != 656 || s.Status != explain.OK {
		t.Errorf("%+v", s)
	}
	if s.Weeks != 41 || s.PerWeek != 16 || s.Minutes != 85 {
		t.Errorf("%v weeks of %v visits of %v minutes, want 41 of 16 of 85", s.Weeks, s.PerWeek, s.Minutes)
	}
	par.Integer = false
	if free := capacity.Capacity(year, par); free.Visits != 810 || math.Abs(free.PerDay-4.94) > .005 {
		t.Errorf("without floor %d at %v a day, want 810 at 4.94", free.Visits, free.PerDay)
	}
	sh := capacity.Share(656, 100, capacity.Defaults())
	if sh.Reserve != 66 || sh.Prospects != 100 || sh.Clients != 490 {
		t.Errorf("%+v, want 66, 100, 490", sh)
	}
	var sum float64 // the waterfall closes
	for _, step := range s.Steps[:4] {
		sum += step.Value
	}
	if sum != 225 {
		t.Errorf("the waterfall makes %v, want 225", sum)
	}
}

// W8: 52−5−2−1−2 = 42 weeks × 4 days = 168 days × 8 h ÷ 0.75 h = 1 792 visits
// (1 344 h). W9: 45 weeks × 4 days × 3 visits = 540; 2 594 ÷ 540 = 4.8 → 5 reps.
func TestTheCapacitiesFound(t *testing.T) {
	par := capacity.Defaults()
	par.Integer = false
	w8 := capacity.Year{Days: 52 * 7, Weekend: 52 * 2, Leave: 5 * 5, Holidays: 2 * 5, Training: 5, Meetings: 2 * 5, FieldDaysPerWeek: 4, MinutesPerDay: 480, VisitMinutes: 45}
	if s := capacity.Capacity(w8, par); s.FieldDays != 168 || s.Visits != 1792 || math.Abs(float64(s.Visits)*s.Minutes/60-1344) > 1e-9 {
		t.Errorf("W8: %v days, %d visits", s.FieldDays, s.Visits)
	}
	w9 := capacity.Year{Days: 45 * 7, Weekend: 45 * 2, FieldDaysPerWeek: 4, MinutesPerDay: 480, VisitMinutes: 160}
	if s := capacity.Capacity(w9, par); s.Visits != 540 {
		t.Errorf("W9: %d visits, want 540", s.Visits)
	}
	if r := capacity.Reps(2594, 540); r != 5 {
		t.Errorf("%d reps, want 5", r)
	}
	if capacity.Reps(540, 540) != 1 || capacity.Reps(5, 0) != 0 || capacity.Reps(0, 5) != 0 {
		t.Error("reps at the edges")
	}
}

func TestCapacityEdges(t *testing.T) {
	par := capacity.Defaults()
	half := year
	half.PartTime = .5
	if s := capacity.Capacity(half, par); s.FieldDays != 82 || s.Visits != 328 || s.Weeks != 41 || s.PerWeek != 8 {
		t.Errorf("half time: %+v, want 82 days, 328 visits", s)
	}
	over := year
	over.Leave = 400
	if s := capacity.Capacity(over, par); s.Status != explain.NA || s.Reason != explain.Negative || s.Visits != 0 {
		t.Errorf("no day left: %+v", s)
	}
	long := year
	long.VisitMinutes = 500
	if s := capacity.Capacity(long, par); s.Status != explain.NA || s.Visits != 0 {
		t.Errorf("a visit longer than the day: %+v", s)
	}
	if s := capacity.Capacity(capacity.Year{}, par); s.Reason != explain.NoData {
		t.Errorf("nothing entered: %v", s.Mark)
	}
	if sh := capacity.Share(100, 95, par); sh.Prospects != 90 || sh.Over != 5 || sh.Clients != 0 || sh.Status != explain.Weak {
		t.Errorf("more prospects than room: %+v", sh)
	}
	if sh := capacity.Share(-5, 9, par); sh.Status != explain.NA {
		t.Errorf("no capacity: %+v", sh)
	}
}

// 2026 in France by hand: 365 days, 104 of weekends, 11 holidays of which 15
// August is a Saturday, 1 November a Sunday (Easter Monday, Ascension and Whit
// Monday on weekdays; 8 May a Friday): 9 fall on working days. 2028 is a leap year.
func TestTheCalendarCounts(t *testing.T) {
	w := calendar.Window{From: calendar.Of(2026, 1, 1), To: calendar.Of(2026, 12, 31)}
	var off []calendar.Day
	for _, h := range calendar.Holidays(calendar.France, 2026) {
		off = append(off, h.Day)
	}
	leave := []calendar.Day{calendar.Of(2026, time.July, 13), calendar.Of(2026, time.July, 14), calendar.Of(2026, time.July, 18)} // the 14th is off, the 18th a Saturday
	y := capacity.Count(w, off, leave)
	if y.Days != 365 || y.Weekend != 104 || y.Holidays != 9 || y.Leave != 1 {
		t.Errorf("%+v, want 365 − 104 − 9 − 1", y)
	}
	leap := capacity.Count(calendar.Window{From: calendar.Of(2028, 1, 1), To: calendar.Of(2028, 12, 31)}, nil, nil)
	if leap.Days != 366 || leap.Weekend != 106 { // begins on a Saturday
		t.Errorf("%+v, want 366 days, 106 of weekends", leap)
	}
	m := capacity.Monthly(656, w, off, nil)
	sum := 0
	for _, n := range m {
		sum += n
	}
	// January: 21 working days of 252: 54.67 → 55 or 54.
	if len(m) != 12 || sum != 656 || m[0] < 54 || m[0] > 55 {
		t.Errorf("%v", m)
	}
	season := []float64{1, 1, 1, 1, 1, 1, 1, 0}
	if m = capacity.Monthly(656, w, off, season); m[7] != 0 {
		t.Errorf("August closed: %v", m)
	}
	if m := capacity.Monthly(9, calendar.Window{From: 5, To: 4}, nil, nil); len(m) != 0 {
		t.Errorf("an empty window: %v", m)
	}
}

// 10 over 1 1 1: 3.33 each, one left for the first. 7 over 5 3 2: 3.5 2.1 1.4 →
// 3 2 1 and the last to the .5.
func TestSpread(t *testing.T) {
	if s := capacity.Spread(10, []float64{1, 1, 1}); !slices.Equal(s, []int{4, 3, 3}) {
		t.Errorf("%v", s)
	}
	if s := capacity.Spread(7, []float64{5, 3, 2}); !slices.Equal(s, []int{4, 2, 1}) {
		t.Errorf("%v", s)
	}
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.SliceOfN(rapid.Float64(), 1, 20).Draw(t, "weights")
		n := rapid.IntRange(0, 5000).Draw(t, "total")
		sum := 0
		for _, x := range capacity.Spread(n, w) {
			sum += x
			if x < 0 {
				t.Fatal("a negative part")
			}
		}
		if sum != n {
			t.Fatalf("parts make %d of %d", sum, n)
		}
	})
}

func TestDurationsAreMeasuredOrNormed(t *testing.T) {
	if r := capacity.Duration([]int32{50, 0, 40, 60, -3, 45, 200, 55}, 30); r.Value != 52.5 || r.Status != explain.OK {
		t.Errorf("median %v %v, want 52.5 of six", r.Value, r.Mark)
	}
	if r := capacity.Duration([]int32{50, 60, 0, 0, 0}, 30); r.Value != 30 || r.Status != explain.Weak {
		t.Errorf("two durations: %v %v, want the norm, weak", r.Value, r.Mark)
	}
	if r := capacity.Duration(nil, 0); r.Has() {
		t.Error("neither durations nor norm")
	}
}

// Selling 11 %, prospecting 9 %, problems 18 %, administration 31 %, travel 15 %, idle 16 %.
func TestTheTimeAudit(t *testing.T) {
	a := capacity.AuditTime([capacity.Activities]float64{300, 100, 100, 200, 200, 100})
	if a.Share[capacity.Selling] != .3 || math.Abs(a.Gap[capacity.Selling]-.19) > 1e-12 || a.Order[0] != capacity.Selling || a.Order[1] != capacity.Admin {
		t.Errorf("%+v", a)
	}
	var sum float64
	for _, x := range capacity.Proudfoot {
		sum += x
	}
	if math.Abs(sum-1) > 1e-12 {
		t.Errorf("the benchmark makes %v", sum)
	}
	if a := capacity.AuditTime([capacity.Activities]float64{}); a.Has() {
		t.Error("an audit of no time")
	}
}

func FuzzCapacity(f *testing.F) {
	f.Add(365.0, 104.0, 480.0, 85.0, .5, int64(100))
	f.Add(math.NaN(), math.Inf(1), -1.0, 1e-300, math.Inf(-1), int64(-1<<63))
	f.Fuzz(func(t *testing.T, a, b, c, d, e float64, n int64) {
		par := capacity.Defaults()
		par.Reserve, par.Floor, par.Conversion, par.TimeCost = e, b, c, a
		s := capacity.Capacity(capacity.Year{Days: a, Weekend: b, MinutesPerDay: c, VisitMinutes: d, PartTime: e, FieldDaysPerWeek: b, Overhead: d}, par)
		p := capacity.Prospect(capacity.Needs{Clients: int(n), Attrition: a, Growth: int(n >> 3), Conversion: e, VisitsPer: d, Lost: int(n), Kept: 3, Capacity: int(n % 1e9)}, par)
		sh := capacity.Share(int(n), int(n>>1), par)
		if s.Visits < 0 || p.Visits < 0 || sh.Clients < 0 || sh.Reserve < 0 {
			t.Errorf("%+v %+v %+v", s, p, sh)
		}
		r := capacity.MedianLifetime([]float64{a, b, c, d, e}, []bool{true, false, true, true})
		for _, x := range []float64{s.FieldDays, s.PerDay, s.PerWeek, p.Share, p.MinimumTime, r.Value, capacity.AuditTime([capacity.Activities]float64{a, b, c}).Share[0],
			capacity.Duration([]int32{int32(n), 1, 2, 3, 4}, a).Value, capacity.Complete(capacity.File{true}, &[capacity.Fields]float64{a, b, c}, par).Rate} {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Errorf("%v in %+v %+v", x, s, p)
			}
		}
		capacity.Spread(int(n%1e6), []float64{a, b, c})
	})
}
