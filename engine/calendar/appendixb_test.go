package calendar_test

import (
	"math"
	"testing"
	"time"

	"sillon/engine/calendar"
)

// Method, Appendix B, leap-year windows, and §0.3: N is the twelve months that
// end on asOf, month-ends clamp. Counted on a calendar.
func TestLeapYearWindows(t *testing.T) {
	of := func(y int, m time.Month, d int) calendar.Day { return calendar.Of(y, m, d) }
	year := calendar.Periods{}
	for _, tt := range []struct {
		name     string
		asOf     calendar.Day
		back     int
		from, to calendar.Day
		days     int
	}{
		{"N that ends on 29 February holds it, and 366 days", of(2024, 2, 29), 0, of(2023, 3, 1), of(2024, 2, 29), 366},
		{"N-1 then ends on 28 February of a common year", of(2024, 2, 29), 1, of(2022, 3, 1), of(2023, 2, 28), 365},
		{"N that ends the day before begins on 29 February of a year that has none: the 28th", of(2024, 2, 28), 0, of(2023, 2, 28), of(2024, 2, 28), 366},
		{"and its N-1 ends the day before that", of(2024, 2, 28), 1, of(2022, 2, 28), of(2023, 2, 27), 365},
		{"N a year after begins on 1 March", of(2025, 2, 28), 0, of(2024, 3, 1), of(2025, 2, 28), 365},
		{"and its N-1 holds 29 February", of(2025, 2, 28), 1, of(2023, 3, 1), of(2024, 2, 29), 366},
		{"a leap year to 31 December", of(2024, 12, 31), 0, of(2024, 1, 1), of(2024, 12, 31), 366},
		{"N in the middle of a leap year", of(2024, 6, 30), 0, of(2023, 7, 1), of(2024, 6, 30), 366},
	} {
		w := year.Back(tt.asOf, tt.back)
		if w.From != tt.from || w.To != tt.to || w.Days() != tt.days {
			t.Errorf("%s: %v to %v, %d days; want %v to %v, %d", tt.name, w.From, w.To, w.Days(), tt.from, tt.to, tt.days)
		}
	}
	// windows that follow each other share no day and miss none
	for d := of(2023, 1, 1); d < of(2025, 12, 31); d++ {
		for _, months := range []int{1, 3, 12} {
			p := calendar.Periods{Months: months}
			if a, b := p.Back(d, 0), p.Back(d, 1); a.To != d || b.To != a.From-1 {
				t.Fatalf("%v by %d months: %v to %v after %v to %v", d, months, a.From, a.To, b.From, b.To)
			}
		}
	}
	if n := calendar.FullMonths(of(2024, 2, 29), of(2025, 2, 28)); n != 12 {
		t.Errorf("29 February to 28 February of the next year is %d full months, want 12 (clamped)", n)
	}
	if n := calendar.FullMonths(of(2023, 2, 28), of(2024, 2, 27)); n != 11 {
		t.Errorf("28 February to 27 February of a leap year is %d full months, want 11", n)
	}
}

// Days from nowhere, as a damaged file holds them: what is far away shares
// nothing with a window (32 bits did not hold the distance).
func TestWindowsOfDaysFromNowhere(t *testing.T) {
	w := calendar.Window{From: calendar.Of(2025, 7, 1), To: calendar.Of(2026, 6, 30)}
	for _, p := range []calendar.Window{{From: math.MinInt32 + 1, To: math.MinInt32 + 20}, {From: math.MaxInt32 - 20, To: math.MaxInt32}, {From: w.To, To: w.From}} {
		if n := w.Overlap(p); n != 0 {
			t.Errorf("%v to %v shares %d days with a year of ours", p.From, p.To, n)
		}
		if a, b, _ := w.Steps(p); a != 0 || b != 0 {
			t.Errorf("%v to %v: steps %d to %d", p.From, p.To, a, b)
		}
	}
	all := calendar.Window{From: math.MinInt32 + 1, To: math.MaxInt32}
	if a, b, of := w.Steps(all); b-a != 365 || of != 1<<32-1 || w.Overlap(all) != 365 {
		t.Errorf("of all days: steps %d to %d of %d, want 365 of 2³²−1", a, b, of)
	}
}
