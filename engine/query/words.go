package query

import (
	"sillon/engine/calendar"
	"sillon/engine/money"
)

// Words is what the engine needs of a language: the catalogue's whole
// sentences, and how numbers and days are written. app/i18n implements it; the
// worker hands in the one of the request.
//
// The arguments of T fill the sentence in order, already written (Money, Day…)
// or as an int where the sentence has a plural: the first int chooses the form.
type Words interface {
	T(key string, args ...any) string
	Number(x float64, decimals int) string
	Percent(share float64) string            // 0.283 → "28 %"
	Money(c money.Cents) string              // whole units
	MoneyShort(c money.Cents) string         // "18,4 k€"
	Day(d calendar.Day) string               // "jeu. 19 nov."
	DayLong(d calendar.Day) string           // with the year
	Month(d calendar.Day, short bool) string // "novembre", "N" when short
}
