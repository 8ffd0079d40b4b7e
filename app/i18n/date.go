package i18n

import (
	"strconv"
	"time"

	"sillon/engine/calendar"
)

func day(x float64) calendar.Day { return calendar.Day(int32(x)) }

var (
	monthsShort = [2][12]string{
		{"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
		{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	}
	monthsLong = [2][12]string{
		{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
		{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	}
	weekShort = [2][7]string{
		{"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."},
		{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
	}
	weekLong = [2][7]string{
		{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
		{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	}
)

func column(lang Lang) int {
	if lang == EN {
		return 1
	}
	return 0
}

func dayOf(lang Lang, n int) string {
	if lang != EN && n == 1 {
		return "1er"
	}
	return strconv.Itoa(n)
}

// Day writes a day of the near months: "jeu. 19 nov.".
func Day(lang Lang, d calendar.Day) string {
	if d == calendar.None {
		return None
	}
	_, m, n := d.Civil()
	l := column(lang)
	return weekShort[l][d.Weekday()] + noBreak + dayOf(lang, n) + noBreak + monthsShort[l][m-1]
}

// DayLong writes "jeudi 19 novembre".
func DayLong(lang Lang, d calendar.Day) string {
	if d == calendar.None {
		return None
	}
	_, m, n := d.Civil()
	l := column(lang)
	return weekLong[l][d.Weekday()] + " " + dayOf(lang, n) + noBreak + monthsLong[l][m-1]
}

// Date writes a day of any year: "19 nov. 2024".
func Date(lang Lang, d calendar.Day) string {
	if d == calendar.None {
		return None
	}
	y, m, n := d.Civil()
	return dayOf(lang, n) + noBreak + monthsShort[column(lang)][m-1] + noBreak + strconv.Itoa(y)
}

// DayNear writes the day without its year when it lies within half a year of
// today, with it otherwise.
func DayNear(lang Lang, d, today calendar.Day) string {
	if d != calendar.None && d-today < 183 && today-d < 183 {
		return Day(lang, d)
	}
	return Date(lang, d)
}

// Month writes "nov. 2026".
func Month(lang Lang, y int, m time.Month) string {
	return monthsShort[column(lang)][m-1] + noBreak + strconv.Itoa(y)
}

// MonthName writes "novembre", or "nov." when short.
func MonthName(lang Lang, m time.Month, short bool) string {
	if short {
		return monthsShort[column(lang)][m-1]
	}
	return monthsLong[column(lang)][m-1]
}

// DayTime writes a minute of the day: "08:42".
func DayTime(minute int) string {
	two := func(n int) string {
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
		return strconv.Itoa(n)
	}
	minute = ((minute % 1440) + 1440) % 1440
	return two(minute/60) + ":" + two(minute%60)
}

// Ago writes how long ago a day was: "aujourd'hui", "hier", "il y a 48 j".
func Ago(lang Lang, days int) string {
	switch {
	case days < 0:
		return In(lang, -days)
	case days == 0:
		return T(lang, "ago.today")
	case days == 1:
		return T(lang, "ago.yesterday")
	}
	return T(lang, "ago.days", days)
}

// In writes how far a day lies ahead: "demain", "dans 3 j".
func In(lang Lang, days int) string {
	switch {
	case days < 0:
		return Ago(lang, -days)
	case days == 0:
		return T(lang, "ago.today")
	case days == 1:
		return T(lang, "ago.tomorrow")
	}
	return T(lang, "ago.in", days)
}

// Hours writes a length in minutes: "6 h 10", "45 min".
func Hours(minutes int) string {
	if minutes < 60 {
		return strconv.Itoa(minutes) + noBreak + "min"
	}
	s := strconv.Itoa(minutes/60) + noBreak + "h"
	if m := minutes % 60; m > 0 {
		s += noBreak + DayTime(m)[3:]
	}
	return s
}

// Today returns the civil day of an instant in its own zone.
func Today(t time.Time) calendar.Day {
	y, m, d := t.Date()
	return calendar.Of(y, m, d)
}

// When writes an instant seen from now: "auj. 09:40", "hier 15:40",
// "12 nov. 08:15", or with its year.
func When(lang Lang, t, now time.Time) string {
	clock := DayTime(t.Hour()*60 + t.Minute())
	d, today := Today(t), Today(now)
	switch {
	case d == today:
		return T(lang, "when.today", clock)
	case d == today-1:
		return T(lang, "when.yesterday", clock)
	case today-d < 183 && d-today < 183:
		_, m, n := d.Civil()
		return dayOf(lang, n) + noBreak + monthsShort[column(lang)][m-1] + " " + clock
	}
	return Date(lang, d)
}

// WhenMS is When for milliseconds since 1970, as the bridge tells instants.
func WhenMS(lang Lang, ms int64, now time.Time) string {
	return When(lang, time.UnixMilli(ms).In(now.Location()), now)
}
