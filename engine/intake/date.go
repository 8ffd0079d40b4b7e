package intake

import (
	"strings"
	"time"

	"sillon/engine/calendar"
)

// Orders of day, month and year in a column (format of a date column).
const (
	DMY    = "dmy"
	MDY    = "mdy"
	YMD    = "ymd"
	Excel  = "excel"  // days since 1900 as Excel counts them
	Excel4 = "excel4" // days since 1904
)

type dayState uint8

const (
	dayNone    dayState = iota
	dayOK               //
	dayMissing          // 31/02/2023: the day returned is the last of that month
	dayBad
)

// shape says what a text tells of its column's order: dmy, mdy, ymd, excel, or
// "" when it fits several.
func dateShape(s string) string {
	p, named, ok := dateParts(s)
	switch {
	case !ok:
		if n, st := readNumber(s, 0); (st == numOK || st == numAmbiguous) && !n.percent {
			if x := n.float(); x >= 10_000 && x < 90_000 {
				return Excel
			}
		}
		return ""
	case p[0].len == 4:
		return YMD
	case named:
		return DMY
	case p[0].n > 12:
		return DMY
	case p[1].n > 12:
		return MDY
	}
	return ""
}

type part struct{ n, len int }

// dateParts cuts a date into its three numbers; a month in letters counts as
// its number. Times after the date are left out.
func dateParts(s string) (p [3]part, named, ok bool) {
	s = strings.ToLower(tidy(s))
	if i := strings.IndexAny(s, "t"); i == 10 && s[4] == '-' {
		s = s[:i] // 2025-12-31T00:00:00Z
	}
	if day, _, ok := strings.Cut(s, " "); ok && strings.Count(day, "/")+strings.Count(day, "-") == 2 {
		s = day // 31/12/2025 14:05
	}
	if i := strings.IndexByte(s, ':'); i > 0 {
		if j := strings.LastIndexByte(s[:i], ' '); j > 0 {
			s = strings.TrimSpace(s[:j])
		}
	}
	if len(s) == 8 && allDigits(s) { // 20251231
		return [3]part{{atoi(s[:4]), 4}, {atoi(s[4:6]), 2}, {atoi(s[6:]), 2}}, false, true
	}
	words := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '-' || r == '.' || r == ' ' || r == ',' || r == '\u202f' })
	if len(words) == 4 && !allDigits(words[0]) && weekday(words[0]) {
		words = words[1:]
	}
	if len(words) != 3 {
		return p, false, false
	}
	for i, w := range words {
		if !allDigits(w) {
			m := monthOf(strings.TrimSuffix(w, "."))
			switch {
			case m > 0 && i == 1:
				p[i], named = part{int(m), 2}, true
			case m > 0 && i == 0 && allDigits(words[1]): // December 31, 2025
				words[0], words[1] = words[1], words[0]
				d := strings.TrimSuffix(words[0], "er")
				p[0], p[1], named = part{atoi(d), len(d)}, part{int(m), 2}, true
			case i == 0 && w == "1er":
				p[i] = part{1, 1}
			default:
				return p, false, false
			}
			continue
		}
		if len(w) > 4 {
			return p, false, false
		}
		p[i] = part{atoi(w), len(w)}
	}
	if p[0].len == 3 || p[1].len > 2 || p[2].len == 3 || p[0].len == 4 && p[2].len == 4 || p[0].len < 4 && p[2].len == 1 {
		return p, false, false
	}
	return p, named, true
}

// readDay reads a date under the order of its column. pivot is the year of the
// reading date: two-digit years lie from 89 years before it to 10 after.
func readDay(s, order string, pivot int) (calendar.Day, dayState) {
	s = tidy(s)
	if isNothing(s) {
		return 0, dayNone
	}
	p, named, ok := dateParts(s)
	if !ok {
		return serial(s, order)
	}
	y, m, d := p[2], p[1], p[0]
	switch {
	case p[0].len == 4:
		y, m, d = p[0], p[1], p[2]
	case named:
	case order == YMD && p[2].len == 2: // 25-12-31
		y, m, d = p[0], p[1], p[2]
	case order == MDY:
		m, d = d, m
	}
	if y.n == 0 && m.n == 0 && d.n == 0 { // 00/00/0000: no date
		return 0, dayNone
	}
	if y.len <= 2 {
		y.n += pivot / 100 * 100
		if y.n > pivot+10 {
			y.n -= 100
		}
	}
	if m.n < 1 || m.n > 12 || d.n < 1 || d.n > 31 || y.n < 1900 || y.n > 2199 {
		return 0, dayBad
	}
	day := calendar.Of(y.n, time.Month(m.n), d.n)
	if _, mm, _ := day.Civil(); int(mm) != m.n {
		return calendar.Of(y.n, time.Month(m.n)+1, 1) - 1, dayMissing
	}
	if y.n == 1900 && m.n == 1 && d.n == 1 { // what databases write for no date
		return 0, dayNone
	}
	return day, dayOK
}

// serial reads the day numbers of Excel: 1 is 1 January 1900, and 60 a
// 29 February that never was; the system of old Macintoshes begins in 1904.
func serial(s, order string) (calendar.Day, dayState) {
	n, st := readNumber(s, 0)
	if st != numOK && st != numAmbiguous || n.percent {
		return 0, dayBad
	}
	x := n.float()
	if x == 0 {
		return 0, dayNone
	}
	if x < 61 || x >= 110_000 || order != Excel && order != Excel4 && x < 10_000 {
		return 0, dayBad
	}
	days := calendar.Day(x) - 25569
	if order == Excel4 {
		days += 1462
	}
	return days, dayOK
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func atoi(s string) int {
	n := 0
	for i := 0; i < len(s) && i < 9; i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

var months = map[string]time.Month{
	"janv": 1, "janvier": 1, "jan": 1, "january": 1, "fevr": 2, "fevrier": 2, "fev": 2, "feb": 2, "february": 2,
	"mars": 3, "mar": 3, "march": 3, "avr": 4, "avril": 4, "apr": 4, "april": 4, "mai": 5, "may": 5, "juin": 6, "jun": 6, "june": 6,
	"juil": 7, "juillet": 7, "jul": 7, "july": 7, "aout": 8, "aug": 8, "august": 8, "sept": 9, "septembre": 9, "sep": 9, "september": 9,
	"oct": 10, "octobre": 10, "october": 10, "nov": 11, "novembre": 11, "november": 11, "dec": 12, "decembre": 12, "december": 12,
}

func monthOf(s string) time.Month { return months[Fold(s)] }

func weekday(s string) bool {
	switch Fold(s) {
	case "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lun", "mar", "mer", "jeu", "ven", "sam", "dim",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun":
		return true
	}
	return false
}
