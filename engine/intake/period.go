package intake

import (
	"fmt"
	"strings"
	"time"

	"sillon/engine/calendar"
)

// Periods of a total: "n" and "n-1" are the twelve months that end on the
// reading date and those before them, "2025" a year, "2025-q3" a quarter,
// "2025-03" a month.

// totalNames begin the header of a total.
var totalNames = map[string]bool{
	"ca": true, "c a": true, "chiffre d affaires": true, "chiffre affaires": true, "chiffre d affaire": true, "ventes": true, "vente": true,
	"sales": true, "turnover": true, "revenue": true, "montant": true, "facture": true, "total": true, "cumul": true, "mt": true,
}

// periodOf reads the period out of the header of a total: "CA 2025",
// "CA N-1", "CA 01/25", "CA janv. 2025", "Ventes T3 2025", "2025", "03/2025".
// ok says that the header is a total; the period may be missing.
func periodOf(header string) (period string, ok bool) {
	period, _, ok = totalOf(header)
	return period, ok
}

// totalOf is periodOf, and whether the header names an amount too ("CA 2025",
// not "2025").
func totalOf(header string) (period string, named, ok bool) {
	f := strings.NewReplacer("−", "-", "–", "-").Replace(header)
	words := strings.Fields(Fold(f))
	for n := min(3, len(words)); n > 0; n-- {
		if totalNames[strings.Join(words[:n], " ")] {
			words, named = words[n:], true
			break
		}
	}
	kept := words[:0:0]
	for _, w := range words {
		switch w {
		case "ht", "net", "k", "eur", "euros", "gbp", "mad", "de", "du", "en", "annee", "an", "exercice", "mois", "year", "month", "realise", "of":
			if w == "mois" && len(words) == 2 && words[0] == "12" {
				return "n", named, named
			}
			continue
		case "ttc":
			return "", named, false
		}
		kept = append(kept, w)
	}
	words = kept
	if len(words) == 0 {
		return "", named, named
	}
	if p := relative(words); p != "" {
		return p, named, named
	}
	if p := civil(words); p != "" {
		return p, named, named || len(words) > 1 || len(words[0]) == 4
	}
	return "", named, false
}

// relative reads N, N-1, N-2.
func relative(w []string) string {
	switch {
	case len(w) == 1 && w[0] == "n", len(w) == 2 && w[0] == "en" && w[1] == "cours":
		return "n"
	case len(w) == 2 && w[0] == "n" && (w[1] == "1" || w[1] == "2" || w[1] == "3"):
		return "n-" + w[1]
	case len(w) == 1 && len(w[0]) == 2 && w[0][0] == 'n' && w[0][1] >= '1' && w[0][1] <= '3':
		return "n-" + w[0][1:]
	case len(w) == 1 && (w[0] == "precedente" || w[0] == "precedent"):
		return "n-1"
	}
	return ""
}

// civil reads a year, a quarter or a month.
func civil(w []string) string {
	year := func(s string) int {
		if !allDigits(s) {
			return 0
		}
		n := atoi(s)
		if len(s) == 2 {
			n += 2000
		}
		if n < 1980 || n > 2099 || len(s) != 2 && len(s) != 4 {
			return 0
		}
		return n
	}
	if len(w) == 1 {
		if len(w[0]) == 4 {
			if y := year(w[0]); y > 0 {
				return fmt.Sprintf("%04d", y)
			}
		}
		if len(w[0]) == 6 && allDigits(w[0]) { // 202503 or 032025
			if y, m := year(w[0][:4]), atoi(w[0][4:]); y > 0 && m >= 1 && m <= 12 {
				return fmt.Sprintf("%04d-%02d", y, m)
			}
			if y, m := year(w[0][2:]), atoi(w[0][:2]); y > 0 && m >= 1 && m <= 12 {
				return fmt.Sprintf("%04d-%02d", y, m)
			}
		}
		return ""
	}
	if len(w) != 2 {
		return ""
	}
	for _, o := range [2][2]string{{w[0], w[1]}, {w[1], w[0]}} { // month then year, or year then month
		y := year(o[1])
		if y == 0 || len(o[1]) == 2 && o[0] == w[1] {
			continue
		}
		if m := monthOf(o[0]); m > 0 {
			return fmt.Sprintf("%04d-%02d", y, m)
		}
		if len(o[0]) == 2 && (o[0][0] == 't' || o[0][0] == 'q') && o[0][1] >= '1' && o[0][1] <= '4' {
			return fmt.Sprintf("%04d-q%c", y, o[0][1])
		}
		if len(o[0]) <= 2 && allDigits(o[0]) {
			if m := atoi(o[0]); m >= 1 && m <= 12 {
				return fmt.Sprintf("%04d-%02d", y, m)
			}
		}
	}
	return ""
}

// Window returns the days of a period read at asOf. A period that is not over
// ends at the reading date; false when it has not begun, or means nothing.
func Window(period string, asOf calendar.Day) (calendar.Window, bool) {
	var w calendar.Window
	switch {
	case period == "n":
		return calendar.Periods{}.Back(asOf, 0), true
	case len(period) == 3 && strings.HasPrefix(period, "n-") && period[2] >= '1' && period[2] <= '9':
		return calendar.Periods{}.Back(asOf, int(period[2]-'0')), true
	case len(period) == 4 && allDigits(period):
		w.From = calendar.Of(atoi(period), time.January, 1)
		w.To = calendar.Of(atoi(period), time.December, 31)
	case len(period) == 7 && period[4] == '-' && period[5] == 'q' && allDigits(period[:4]) && period[6] >= '1' && period[6] <= '4':
		w.From = calendar.Of(atoi(period[:4]), time.Month(3*(period[6]-'1')+1), 1)
		w.To = w.From.AddMonths(3) - 1
	case len(period) == 7 && period[4] == '-' && allDigits(period[:4]) && allDigits(period[5:]):
		m := atoi(period[5:])
		if m < 1 || m > 12 {
			return w, false
		}
		w.From = calendar.Of(atoi(period[:4]), time.Month(m), 1)
		w.To = w.From.EndOfMonth()
	default:
		return w, false
	}
	if w.From < calendar.Of(1970, time.January, 2) || w.From > asOf {
		return w, false
	}
	w.To = min(w.To, asOf)
	return w, true
}
