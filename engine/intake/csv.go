package intake

import "strings"

// Neutral makes a text harmless in a spreadsheet: one that begins with = + - @,
// a tab or a line end would be run as a formula, so an apostrophe goes before
// it; and before one that has it already, so that reading takes exactly one
// away. Numbers are not texts: a negative amount is no attack.
func Neutral(s string) string {
	if t := strings.TrimLeft(s, "'"); t != "" && strings.IndexByte("=+-@\t\r\n", t[0]) >= 0 {
		return "'" + s
	}
	return s
}

// Quote writes a cell: in quotes when it holds the separator, a quote or a
// line end.
func Quote(s string, sep byte) string {
	if !strings.ContainsRune(s, rune(sep)) && !strings.ContainsAny(s, "\"\r\n") {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
