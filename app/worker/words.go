package main

import (
	"sillon/app/i18n"
	"sillon/engine/calendar"
	"sillon/engine/money"
)

// words lends the catalogue to the engine, which knows no language.
type words struct {
	lang     i18n.Lang
	currency string
}

func (w words) T(key string, args ...any) string { return i18n.T(w.lang, key, args...) }
func (w words) Percent(share float64) string     { return i18n.Percent(w.lang, share) }
func (w words) Money(c money.Cents) string       { return i18n.Money(w.lang, int64(c), w.currency) }
func (w words) MoneyShort(c money.Cents) string {
	return i18n.MoneyShort(w.lang, int64(c), w.currency)
}
func (w words) Day(d calendar.Day) string             { return i18n.Day(w.lang, d) }
func (w words) DayLong(d calendar.Day) string         { return i18n.Date(w.lang, d) } // with the year, as the interface asks
func (w words) Number(x float64, decimals int) string { return i18n.Decimal(w.lang, x, decimals) }
func (w words) Month(d calendar.Day, short bool) string {
	_, m, _ := d.Civil()
	return i18n.MonthName(w.lang, m, short)
}
