package portfolio

import "strings"

// E164 reads a phone number as people type it in France and neighbouring
// countries and returns it in E.164 form: "06 12 34 56 78", "06.12.34.56.78",
// "+33 6 12…", "0033 6…", "+33 (0)6…". It returns "" when the number cannot be
// read that way; the text as typed is kept beside it in any case.
func E164(typed string) string {
	var b strings.Builder
	s := strings.ReplaceAll(typed, "(0)", "")
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '+' && i == 0:
			b.WriteRune(r)
		case strings.ContainsRune(" .-/()\u00a0\u202f", r):
		default:
			return ""
		}
	}
	d := b.String()
	switch {
	case strings.HasPrefix(d, "00"):
		d = "+" + d[2:]
	case len(d) == 10 && d[0] == '0':
		d = "+33" + d[1:]
	}
	if len(d) < 8 || len(d) > 16 || d[0] != '+' {
		return ""
	}
	return d
}
