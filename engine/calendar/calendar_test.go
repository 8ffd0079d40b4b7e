package calendar_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sillon/engine/calendar"
)

func day(t *testing.T, s string) calendar.Day {
	t.Helper()
	d, err := calendar.ParseISO(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestMonthsAreClampedAtTheirEnd(t *testing.T) {
	for _, tt := range []struct {
		from   string
		months int
		want   string
	}{
		{"2025-01-31", 1, "2025-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2024-02-29", 12, "2025-02-28"},
		{"2026-03-31", -1, "2026-02-28"}, {"2026-01-15", -1, "2025-12-15"}, {"2026-06-30", -120, "2016-06-30"},
	} {
		if got := day(t, tt.from).AddMonths(tt.months).String(); got != tt.want {
			t.Errorf("%s %+d months = %s, want %s", tt.from, tt.months, got, tt.want)
		}
	}
}

func TestFullMonths(t *testing.T) {
	for _, tt := range []struct {
		from, to string
		want     int
	}{
		{"2025-09-10", "2026-06-30", 9}, // C1: C10 has nine full months
		{"2026-02-03", "2026-06-30", 4}, {"2025-01-31", "2025-02-28", 1}, {"2025-01-31", "2025-02-27", 0},
		{"2025-06-30", "2026-06-30", 12}, {"2025-07-01", "2026-06-30", 11}, {"2026-06-30", "2026-06-30", 0},
		{"2026-06-30", "2025-09-10", -9},
	} {
		if got := calendar.FullMonths(day(t, tt.from), day(t, tt.to)); got != tt.want {
			t.Errorf("%s to %s: %d full months, want %d", tt.from, tt.to, got, tt.want)
		}
	}
}

func TestFullMonthsAndAddMonthsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := calendar.Day(rapid.IntRange(0, 40_000).Draw(t, "from"))
		b := a + calendar.Day(rapid.IntRange(0, 4_000).Draw(t, "days"))
		n := calendar.FullMonths(a, b)
		if a.AddMonths(n) > b || a.AddMonths(n+1) <= b {
			t.Fatalf("%s to %s: %d full months", a, b, n)
		}
	})
}

func TestWindows(t *testing.T) {
	for _, tt := range []struct {
		name     string
		p        calendar.Periods
		asOf     string
		k        int
		from, to string
	}{
		{"N ends on the as-of date, included", calendar.Periods{}, "2026-06-30", 0, "2025-07-01", "2026-06-30"},
		{"N-1 ends on its eve", calendar.Periods{}, "2026-06-30", 1, "2024-07-01", "2025-06-30"},
		{"N-2", calendar.Periods{}, "2026-06-30", 2, "2023-07-01", "2024-06-30"},
		{"a leap day closes a window of 366 days", calendar.Periods{}, "2024-02-29", 0, "2023-03-01", "2024-02-29"},
		{"the year before a leap day", calendar.Periods{}, "2025-02-28", 1, "2023-03-01", "2024-02-29"},
		{"the last closed calendar year", calendar.Periods{Mode: calendar.Fiscal}, "2026-06-30", 0, "2025-01-01", "2025-12-31"},
		{"a year that closes today is closed", calendar.Periods{Mode: calendar.Fiscal}, "2025-12-31", 0, "2025-01-01", "2025-12-31"},
		{"a fiscal year from July", calendar.Periods{Mode: calendar.Fiscal, FiscalStart: time.July}, "2026-06-29", 0, "2024-07-01", "2025-06-30"},
		{"a quarter", calendar.Periods{Months: 3}, "2026-06-30", 0, "2026-04-01", "2026-06-30"},
	} {
		w := tt.p.Back(day(t, tt.asOf), tt.k)
		if w.From.String() != tt.from || w.To.String() != tt.to {
			t.Errorf("%s: %s to %s, want %s to %s", tt.name, w.From, w.To, tt.from, tt.to)
		}
	}
}

func TestWindowsTouchAndNeverOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := calendar.Periods{Mode: calendar.Mode(rapid.IntRange(0, 1).Draw(t, "mode")), Months: rapid.IntRange(3, 60).Draw(t, "months"),
			FiscalStart: time.Month(rapid.IntRange(1, 12).Draw(t, "start"))}
		asOf := calendar.Day(rapid.IntRange(0, 40_000).Draw(t, "asOf"))
		for k := range 4 {
			if a, b := p.Back(asOf, k), p.Back(asOf, k+1); b.To != a.From-1 || a.Days() <= 0 {
				t.Fatalf("windows %v and %v do not touch", a, b)
			}
		}
		if w := p.Back(asOf, 0); w.To > asOf || p.Mode == calendar.Rolling && w.To != asOf {
			t.Fatalf("N ends on %s, as of %s", w.To, asOf)
		}
	})
}

func TestAPeriodIsCutByDays(t *testing.T) {
	year := calendar.Window{From: day(t, "2025-01-01"), To: day(t, "2025-12-31")}
	half := calendar.Window{From: day(t, "2025-07-01"), To: day(t, "2026-06-30")}
	from, to, of := half.Steps(year)
	if from != 181 || to != 365 || of != 365 { // January to June are 181 days
		t.Errorf("second half is days %d to %d of %d, want 181 to 365 of 365", from, to, of)
	}
	if from, to, _ := (calendar.Window{From: 0, To: 1}).Steps(year); from != to {
		t.Errorf("a window elsewhere takes days %d to %d, want none", from, to)
	}
}

func TestISOWeeks(t *testing.T) {
	for s, want := range map[string][2]int{"2026-01-01": {2026, 1}, "2027-01-03": {2026, 53}, "2024-12-30": {2025, 1}} {
		if y, w := day(t, s).ISOWeek(); y != want[0] || w != want[1] {
			t.Errorf("%s is in week %d of %d, want %v", s, w, y, want)
		}
	}
	if m := day(t, "2026-07-05").Monday(); m.String() != "2026-06-29" { // a Sunday
		t.Errorf("week of 5 July 2026 starts on %s, want 2026-06-29", m)
	}
}

func TestFiscalYear(t *testing.T) {
	if y := calendar.FiscalYear(day(t, "2026-06-30"), time.July); y != 2025 {
		t.Errorf("30 June 2026 is in the fiscal year begun in %d, want 2025", y)
	}
}

// Dates from the almanac of the Bureau des longitudes.
func TestEaster(t *testing.T) {
	for year, want := range map[int]string{1961: "1961-04-02", 2000: "2000-04-23", 2024: "2024-03-31", 2025: "2025-04-20", 2026: "2026-04-05", 2038: "2038-04-25"} {
		if got := calendar.Easter(year).String(); got != want {
			t.Errorf("Easter %d is %s, want %s", year, got, want)
		}
	}
}

func TestPublicHolidays(t *testing.T) {
	dates := func(c calendar.Country, y int) []string {
		var s []string
		for _, h := range calendar.Holidays(c, y) {
			s = append(s, h.Day.String())
			if !slices.Contains(calendar.HolidayKeys, h.Key) {
				t.Errorf("%s has a name %q the catalogue does not know", h.Day, h.Key)
			}
		}
		return s
	}
	// Service-public.fr, 2026.
	want := []string{"2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25", "2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25"}
	if got := dates(calendar.France, 2026); !slices.Equal(got, want) {
		t.Errorf("France 2026: %v", got)
	}
	alsace := dates(calendar.AlsaceMoselle, 2026)
	if len(alsace) != 13 || !slices.Contains(alsace, "2026-04-03") || !slices.Contains(alsace, "2026-12-26") {
		t.Errorf("Alsace-Moselle 2026: %v, want Good Friday and 26 December too", alsace)
	}
	if n := len(dates(calendar.Morocco, 2023)); n != 9 {
		t.Errorf("Morocco 2023: %d fixed days, want 9", n)
	}
	if got := dates(calendar.Morocco, 2026); len(got) != 11 || !slices.Contains(got, "2026-01-14") || !slices.Contains(got, "2026-10-31") {
		t.Errorf("Morocco 2026: %v, want the Amazigh new year and Unity Day too", got)
	}
}

// H2: 365 − 104 weekend days − 11 holidays; in 2026 two of the eleven fall on a
// weekend (15 August, 1 November), so that 252 days are worked.
func TestWorkingDays(t *testing.T) {
	var off []calendar.Day
	for _, h := range calendar.Holidays(calendar.France, 2026) {
		off = append(off, h.Day)
	}
	if n := calendar.WorkingDays(calendar.Window{From: day(t, "2026-01-01"), To: day(t, "2026-12-31")}, off); n != 252 {
		t.Errorf("%d working days in 2026, want 252", n)
	}
}

func FuzzParseISO(f *testing.F) {
	f.Add("2026-06-30")
	f.Add("2025-02-29")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.ParseISO(s)
		if err == nil && d.String() != s {
			t.Errorf("%q reads as %s", s, d)
		}
	})
}

// Package time is the independent answer, over all the days there are.
func TestTheCalendarIsThatOfPackageTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.Day(rapid.Int32().Draw(t, "day"))
		want := time.Unix(int64(d)*86400, 0).UTC()
		y, m, day := d.Civil()
		if wy, wm, wd := want.Date(); y != wy || m != wm || day != wd || d.Weekday() != want.Weekday() {
			t.Fatalf("day %d is %d-%d-%d, a %s; want %d-%d-%d, a %s", int32(d), y, m, day, d.Weekday(), wy, wm, wd, want.Weekday())
		}
		year, month, of := rapid.IntRange(-5_000_000, 5_000_000).Draw(t, "year"), rapid.IntRange(-10_000, 10_000).Draw(t, "month"), rapid.IntRange(-100_000, 100_000).Draw(t, "of")
		if got, want := calendar.Of(year, time.Month(month), of), calendar.Day(time.Date(year, time.Month(month), of, 0, 0, 0, 0, time.UTC).Unix()/86400); got != want {
			t.Fatalf("%d-%d-%d is day %d, want %d", year, month, of, got, want)
		}
	})
}

func TestEveryDayOfAMillennium(t *testing.T) {
	at := time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := calendar.Of(1600, 1, 1); d < calendar.Of(2600, 1, 1); d++ {
		y, m, day := d.Civil()
		if wy, wm, wd := at.Date(); y != wy || m != wm || day != wd || calendar.Of(y, m, day) != d {
			t.Fatalf("day %d is %d-%d-%d, want %d-%d-%d", int32(d), y, m, day, wy, wm, wd)
		}
		at = at.AddDate(0, 0, 1)
	}
}
