package query

import (
	"strings"

	"sillon/engine/sorting"
)

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

// A folder gathers what the search looks into: name and code of the client
// first (lists are sorted by them), then the rest in an order of its own,
// whatever that of the rows.
type folder struct{ own, rest []string }

func folded(list []string, texts []string) []string {
	for _, t := range texts {
		if t = Fold(t); t != "" {
			list = append(list, t)
		}
	}
	return list
}

func (f *folder) client(texts ...string) { f.own = folded(f.own, texts) }
func (f *folder) add(texts ...string)    { f.rest = folded(f.rest, texts) }

func (f *folder) text() string {
	sorting.Sort(f.rest)
	var b strings.Builder
	for _, list := range [...][]string{f.own, f.rest} {
		for _, t := range list {
			b.WriteByte('\n') // a search never runs from one field into the next
			b.WriteString(t)
		}
	}
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	return b.String()
}
