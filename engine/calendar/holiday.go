package calendar

import (
	"time"

	"sillon/engine/sorting"
)

// Country chooses a table of public holidays (jours fériés).
type Country uint8

const (
	France        Country = iota + 1
	AlsaceMoselle         // France with Good Friday and 26 December
	Morocco               // fixed dates only, see [Holidays]
)

// A Holiday is a day off and the stable key of its name.
type Holiday struct {
	Day Day
	Key string
}

// Holidays lists the public holidays of a year in order of date.
//
// France: code du travail, art. L3133-1; Alsace-Moselle: art. L3134-13 (Good
// Friday is off where there is a Protestant church: taken as off everywhere).
// Morocco: décret 2-04-426 and its amendments, with the Amazigh new year since
// 2024 and Unity Day (31 October) since 2025. The lunar holidays (Awal
// Moharram, Aïd al-Mawlid, Aïd al-Fitr, Aïd al-Adha) depend on the sighting of
// the moon: the organisation enters them by hand.
func Holidays(c Country, year int) []Holiday {
	var days []Holiday
	switch c {
	case France, AlsaceMoselle:
		days = french(year, c == AlsaceMoselle)
	case Morocco:
		days = moroccan(year)
	}
	sorting.By(days, func(a, b Holiday) int { return int(a.Day - b.Day) })
	return days
}

func french(year int, alsace bool) []Holiday {
	easter := Easter(year)
	days := []Holiday{
		{Of(year, time.January, 1), "holiday.newYear"},
		{easter + 1, "holiday.easterMonday"},
		{Of(year, time.May, 1), "holiday.labour"},
		{Of(year, time.May, 8), "holiday.victory1945"},
		{easter + 39, "holiday.ascension"},
		{easter + 50, "holiday.whitMonday"},
		{Of(year, time.July, 14), "holiday.bastille"},
		{Of(year, time.August, 15), "holiday.assumption"},
		{Of(year, time.November, 1), "holiday.allSaints"},
		{Of(year, time.November, 11), "holiday.armistice"},
		{Of(year, time.December, 25), "holiday.christmas"},
	}
	if alsace {
		days = append(days, Holiday{easter - 2, "holiday.goodFriday"},
			Holiday{Of(year, time.December, 26), "holiday.stStephen"})
	}
	return days
}

func moroccan(year int) []Holiday {
	days := []Holiday{
		{Of(year, time.January, 1), "holiday.newYear"},
		{Of(year, time.January, 11), "holiday.manifesto"},
		{Of(year, time.May, 1), "holiday.labour"},
		{Of(year, time.July, 30), "holiday.throne"},
		{Of(year, time.August, 14), "holiday.ouedEddahab"},
		{Of(year, time.August, 20), "holiday.revolution"},
		{Of(year, time.August, 21), "holiday.youth"},
		{Of(year, time.November, 6), "holiday.greenMarch"},
		{Of(year, time.November, 18), "holiday.independence"},
	}
	if year >= 2024 {
		days = append(days, Holiday{Of(year, time.January, 14), "holiday.amazigh"})
	}
	if year >= 2025 {
		days = append(days, Holiday{Of(year, time.October, 31), "holiday.unity"})
	}
	return days
}

// HolidayKeys are the names a catalogue must word.
var HolidayKeys = []string{
	"holiday.newYear", "holiday.easterMonday", "holiday.labour", "holiday.victory1945",
	"holiday.ascension", "holiday.whitMonday", "holiday.bastille", "holiday.assumption",
	"holiday.allSaints", "holiday.armistice", "holiday.christmas", "holiday.goodFriday",
	"holiday.stStephen", "holiday.manifesto", "holiday.throne", "holiday.ouedEddahab",
	"holiday.revolution", "holiday.youth", "holiday.greenMarch", "holiday.independence",
	"holiday.amazigh", "holiday.unity",
}

// Easter is Easter Sunday in the Gregorian calendar, by the anonymous
// algorithm (Nature, 20 April 1876; Meeus, Astronomical Algorithms, ch. 8).
func Easter(year int) Day {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return Of(year, time.Month(n/31), n%31+1)
}

// WorkingDays counts the days of a window that are neither Saturday nor
// Sunday nor in off (jours ouvrés); off need not be sorted.
func WorkingDays(w Window, off []Day) int {
	n := 0
	closed := make(map[Day]bool, len(off))
	for _, d := range off {
		closed[d] = true
	}
	for d := w.From; d <= w.To; d++ {
		if wd := d.Weekday(); wd != time.Saturday && wd != time.Sunday && !closed[d] {
			n++
		}
	}
	return n
}
