// Package calendar counts days without clock, zone or locale.
//
// A Day is a civil date as a number of days since 1970-01-01 (proleptic
// Gregorian), so that differences are subtractions and order is order.
package calendar

import (
	"fmt"
	"strconv"
	"time"
)

// A Day is a civil date: days since 1970-01-01. The zero value is that date;
// a missing date is None.
type Day int32

// None stands for an unknown date.
const None Day = -1 << 31

// Of returns the day of a civil date; out-of-range months and days carry over
// as in time.Date.
func Of(year int, month time.Month, day int) Day {
	y, m := int64(year), int64(month)-1
	y, m = y+floor(m, 12), m-12*floor(m, 12)
	return Day(first(y, m) + int64(day) - 1)
}

// The calendar by whole numbers, on years that begin in March, so that a leap
// day comes last: package time knows zones and clocks, and takes ten times as
// long.
//
// Source: Howard Hinnant, chrono-Compatible Low-Level Date Algorithms,
// days_from_civil and civil_from_days.

// first is the first day of a month, 0 January … 11 December.
func first(y, m int64) int64 {
	if m < 2 {
		y--
	}
	era := floor(y, 400)
	ofEra := y - 400*era
	ofYear := (153*((m+10)%12) + 2) / 5
	return era*146_097 + 365*ofEra + ofEra/4 - ofEra/100 + ofYear - 719_468
}

// floor is a ÷ b rounded down, b positive.
func floor(a, b int64) int64 {
	if a < 0 {
		return (a+1)/b - 1
	}
	return a / b
}

// Civil returns year, month and day of the month.
func (d Day) Civil() (int, time.Month, int) {
	z := int64(d) + 719_468
	era := floor(z, 146_097)
	ofEra := z - 146_097*era
	y := (ofEra - ofEra/1460 + ofEra/36_524 - ofEra/146_096) / 365
	ofYear := ofEra - (365*y + y/4 - y/100)
	march := (5*ofYear + 2) / 153
	day, m := ofYear-(153*march+2)/5+1, march+3
	y += 400 * era
	if m > 12 {
		y, m = y+1, m-12
	}
	return int(y), time.Month(m), int(day)
}

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday {
	w := (int64(d) + 4) % 7 // 1 January 1970 was a Thursday
	if w < 0 {
		w += 7
	}
	return time.Weekday(w)
}

// String is the ISO form 2006-01-02, or "-" for None.
func (d Day) String() string {
	if d == None {
		return "-"
	}
	y, m, day := d.Civil()
	return pad(y, 4) + "-" + pad(int(m), 2) + "-" + pad(day, 2)
}

func pad(n, width int) string {
	s := strconv.Itoa(n)
	for len(s) < width {
		s = "0" + s
	}
	return s
}

// ParseISO reads 2006-01-02. By hand, for the worker's sake: the layouts of
// package time are 60 kB of it.
func ParseISO(s string) (Day, error) {
	if len(s) == 10 && s[4] == '-' && s[7] == '-' {
		y, errY := strconv.Atoi(s[:4])
		m, errM := strconv.Atoi(s[5:7])
		d, errD := strconv.Atoi(s[8:])
		day := Of(y, time.Month(m), d)
		if errY == nil && errM == nil && errD == nil && day.String() == s { // 31 February carries over, and is not itself
			return day, nil
		}
	}
	return None, fmt.Errorf("calendar: %q is not a date of the form 2006-01-02", s)
}

func (d Day) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }
