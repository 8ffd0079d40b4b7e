package query

import "strings"

// Fold is the form the search compares: lower case without accents, ligatures
// opened, punctuation as one space. "L'Écluse" and "l ecluse" fold alike.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := true
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteByte(byte(r))
		case r >= 'A' && r <= 'Z':
			b.WriteByte(byte(r) + 'a' - 'A')
		case r >= 0x300 && r < 0x370: // a combining accent follows its letter
			continue
		default:
			t, ok := plain[r]
			if !ok && r > 0x2af && r != '\u2019' && r > ' ' && !punct(r) {
				b.WriteRune(r) // another script: kept as it is
				break
			}
			if t == "" {
				if !space {
					b.WriteByte(' ')
				}
				space = true
				continue
			}
			b.WriteString(t)
		}
		space = false
	}
	return strings.TrimRight(b.String(), " ")
}

// punct reports the general punctuation and spaces of Unicode.
func punct(r rune) bool { return r >= 0x2000 && r <= 0x206f || r == 0x3000 }

// plain opens the letters of Latin-1 and Latin Extended-A.
var plain = func() map[rune]string {
	m := map[rune]string{}
	for _, row := range []struct{ from, to string }{
		{"àáâãäåāăą", "a"}, {"çćĉċč", "c"}, {"ďđð", "d"}, {"èéêëēĕėęě", "e"}, {"ĝğġģ", "g"},
		{"ĥħ", "h"}, {"ìíîïĩīĭįı", "i"}, {"ĵ", "j"}, {"ķ", "k"}, {"ĺļľŀł", "l"}, {"ñńņňŉ", "n"},
		{"òóôõöøōŏő", "o"}, {"ŕŗř", "r"}, {"śŝşšș", "s"}, {"ţťŧț", "t"}, {"ùúûüũūŭůűų", "u"},
		{"ŵ", "w"}, {"ýÿŷ", "y"}, {"źżž", "z"}, {"æ", "ae"}, {"œ", "oe"}, {"ß", "ss"}, {"þ", "th"},
	} {
		for _, r := range row.from {
			m[r] = row.to
			for _, u := range strings.ToUpper(string(r)) {
				if u > 0x7f {
					m[u] = row.to
				}
			}
		}
	}
	return m
}()

// A folder gathers what the search looks into, each word list once.
type folder struct{ b strings.Builder }

func (f *folder) add(texts ...string) {
	for _, t := range texts {
		if t = Fold(t); t != "" {
			f.b.WriteByte('\n') // a search never runs from one field into the next
			f.b.WriteString(t)
		}
	}
}

func (f *folder) text() string {
	if f.b.Len() == 0 {
		return ""
	}
	return f.b.String() + "\n"
}
