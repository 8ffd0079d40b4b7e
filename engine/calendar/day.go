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
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Civil returns year, month and day of the month.
func (d Day) Civil() (int, time.Month, int) { return d.time().Date() }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.time().Weekday() }

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
