package capacity_test

import (
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/capacity"
	"sillon/engine/explain"
)

// Appendix B, leap-year windows: 2024 has 366 days of which 262 are worked
// (104 of weekend), 2023 has 365 and 260; February 2024 has 21 working days.
// Counted on a calendar. Visits are shared over the months whole.
func TestLeapYears(t *testing.T) {
	year := func(y int) calendar.Window {
		return calendar.Window{From: calendar.Of(y, time.January, 1), To: calendar.Of(y, time.December, 31)}
	}
	for _, c := range []struct {
		w             calendar.Window
		days, weekend float64
	}{
		{year(2024), 366, 104}, {year(2023), 365, 105},
		{calendar.Window{From: calendar.Of(2024, time.February, 1), To: calendar.Of(2024, time.February, 29)}, 29, 8},
	} {
		if y := capacity.Count(c.w, nil, nil); y.Days != c.days || y.Weekend != c.weekend {
			t.Errorf("%v: %v days, %v of weekend; want %v, %v", c.w.From, y.Days, y.Weekend, c.days, c.weekend)
		}
	}
	w := calendar.Periods{}.Back(calendar.Of(2024, time.February, 29), 0)
	months := capacity.Monthly(500, w, nil, nil)
	sum := 0
	for _, n := range months {
		sum += n
	}
	if len(months) != 12 || sum != 500 {
		t.Errorf("%d months hold %d visits of 500", len(months), sum)
	}
}

// Appendix B on H0 to H3: nobody, one, nothing filled, everything filled; 10 000
// files.
func TestDegenerateFiles(t *testing.T) {
	p := capacity.Defaults()
	full := capacity.File{true, true, true, true, true, true, true}
	for _, c := range []struct {
		name   string
		files  []capacity.File
		rate   float64
		usable int
		mark   explain.Status
	}{
		{"empty portfolio", nil, 0, 0, explain.NA},
		{"one empty file", []capacity.File{{}}, 0, 0, explain.OK},
		{"one full file", []capacity.File{full}, 1, 1, explain.OK},
		{"potential missing for all: 11 of 14 is usable", []capacity.File{{true, true, false, true, true, true, true}, {true, true, false, true, true, true, true}}, 11. / 14, 2, explain.OK},
		{"10 000 files", make([]capacity.File, 10_000), 0, 0, explain.OK},
	} {
		f := capacity.CompleteAll(c.files, p)
		if d := f.Rate - c.rate; d > 1e-12 || d < -1e-12 || f.Usable != c.usable || f.Of != len(c.files) || f.Status != c.mark {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
	// nobody to keep, nobody to win: the floor of 15 % stands, and says that nothing is known
	x := capacity.Prospect(capacity.Needs{Attrition: -1, Conversion: -1, Capacity: 200}, p)
	if x.ToWin != 0 || x.Visits != 30 || !x.AtFloor || x.Status != explain.Weak {
		t.Errorf("empty portfolio: %+v", x)
	}
	if s := capacity.Share(0, 0, p); s.Reserve != 0 || s.Prospects != 0 || s.Clients != 0 {
		t.Errorf("no capacity: %+v", s)
	}
}
