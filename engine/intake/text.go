package intake

import (
	"strings"
	"unicode/utf8"
)

// cp1252 are the bytes 0x80-0x9F of Windows-1252 (WHATWG table); five are
// unused there, a file that holds one is damaged.
var cp1252 = [32]rune{
	'€', 0xFFFD, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0xFFFD, 'Ž', 0xFFFD,
	0xFFFD, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0xFFFD, 'ž', 'Ÿ',
}

// fromWindows decodes Windows-1252.
func fromWindows(b []byte) string {
	n := 0
	for _, c := range b {
		if c >= 0x80 {
			n++
		}
	}
	if n == 0 {
		return string(b)
	}
	out := make([]byte, 0, len(b)+2*n)
	for _, c := range b {
		switch {
		case c < 0x80:
			out = append(out, c)
		case c < 0xA0:
			out = utf8.AppendRune(out, cp1252[c-0x80])
		default:
			out = utf8.AppendRune(out, rune(c))
		}
	}
	return string(out)
}

// toWindows encodes text for a file in Windows-1252; what does not exist there
// becomes the nearest that does.
func toWindows(s string) []byte {
	out := make([]byte, 0, len(s))
next:
	for _, r := range s {
		switch {
		case r < 0x80 || r >= 0xA0 && r <= 0xFF:
			out = append(out, byte(r))
			continue
		case r == '\u202f':
			out = append(out, 0xA0)
			continue
		case r == '−':
			out = append(out, '-')
			continue
		}
		for i, w := range cp1252 {
			if w == r && r != utf8.RuneError {
				out = append(out, byte(0x80+i))
				continue next
			}
		}
		out = append(out, '?')
	}
	return out
}

// fromUTF16 decodes UTF-16 of either byte order, without its mark.
func fromUTF16(b []byte, big bool) []byte {
	unit := func(i int) rune {
		if big {
			return rune(b[i])<<8 | rune(b[i+1])
		}
		return rune(b[i+1])<<8 | rune(b[i])
	}
	out := make([]byte, 0, len(b))
	for i := 0; i+1 < len(b); i += 2 {
		r := unit(i)
		if r >= 0xD800 && r < 0xDC00 && i+3 < len(b) {
			if low := unit(i + 2); low >= 0xDC00 && low < 0xE000 {
				r = 0x10000 + (r-0xD800)<<10 + (low - 0xDC00)
				i += 2
			}
		}
		out = utf8.AppendRune(out, r) // a lone surrogate becomes U+FFFD
	}
	return out
}

// toUTF16 encodes text in UTF-16 of either byte order.
func toUTF16(s string, big bool) []byte {
	out := make([]byte, 0, 2*len(s))
	put := func(u rune) {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	for _, r := range s {
		if r >= 0x10000 {
			put(0xD800 + (r-0x10000)>>10)
			put(0xDC00 + (r-0x10000)&0x3FF)
			continue
		}
		put(r)
	}
	return out
}

// Fold is the form in which headers and names are compared: lower case, no
// accents, ligatures opened, punctuation as one space.
func Fold(s string) string {
	b := make([]byte, 0, len(s))
	space := true
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b = append(b, byte(r))
		case r >= 'A' && r <= 'Z':
			b = append(b, byte(r)+'a'-'A')
		case r >= 0x300 && r < 0x370: // a combining accent follows its letter
			continue
		default:
			t := opened[r]
			if t == "" && r > 0x17F && r < 0x2000 || r > 0x3000 && r != utf8.RuneError {
				b = utf8.AppendRune(b, r) // another script: kept as it is
				break
			}
			if t == "" {
				if !space {
					b = append(b, ' ')
				}
				space = true
				continue
			}
			b = append(b, t...)
		}
		space = false
	}
	return strings.TrimRight(string(b), " ")
}

// opened writes the letters of Latin-1 and Latin Extended-A in plain ones.
var opened = func() map[rune]string {
	m := map[rune]string{}
	for _, row := range [...][2]string{
		{"àáâãäåāăąÀÁÂÃÄÅĀĂĄ", "a"}, {"çćĉċčÇĆĈĊČ", "c"}, {"ďđðĎĐÐ", "d"}, {"èéêëēĕėęěÈÉÊËĒĔĖĘĚ", "e"},
		{"ĝğġģĜĞĠĢ", "g"}, {"ĥħĤĦ", "h"}, {"ìíîïĩīĭįıÌÍÎÏĨĪĬĮİ", "i"}, {"ĵĴ", "j"}, {"ķĶ", "k"}, {"ĺļľŀłĹĻĽĿŁ", "l"},
		{"ñńņňÑŃŅŇ", "n"}, {"òóôõöøōŏőÒÓÔÕÖØŌŎŐ", "o"}, {"ŕŗřŔŖŘ", "r"}, {"śŝşšŚŜŞŠ", "s"}, {"ţťŧŢŤŦ", "t"},
		{"ùúûüũūŭůűųÙÚÛÜŨŪŬŮŰŲ", "u"}, {"ŵŴ", "w"}, {"ýÿŷÝŸŶ", "y"}, {"źżžŹŻŽ", "z"}, {"æÆ", "ae"}, {"œŒ", "oe"},
		{"ß", "ss"}, {"þÞ", "th"}, {"°º", "o"}, // n° client
	} {
		for _, r := range row[0] {
			m[r] = row[1]
		}
	}
	return m
}()

// legal are the legal forms that names carry or not (forme juridique).
var legal = map[string]bool{
	"sarl": true, "sas": true, "sasu": true, "sa": true, "eurl": true, "sci": true, "snc": true, "scop": true, "scp": true,
	"selarl": true, "gie": true, "earl": true, "gaec": true, "ei": true, "eirl": true, "scea": true, "ste": true,
	"societe": true, "ets": true, "etablissements": true, "ltd": true, "gmbh": true, "inc": true, "bv": true, "srl": true, "llc": true,
}

// foldName is Fold without legal forms: "SARL L'Écluse" and "L ECLUSE" are one
// name. A name made of nothing else is kept whole.
func foldName(s string) string {
	f := Fold(s)
	words := strings.Fields(f)
	kept := words[:0]
	for _, w := range words {
		if !legal[w] {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		return f
	}
	return strings.Join(kept, " ")
}

// tidy trims a cell and takes away what no keyboard types.
func tidy(s string) string {
	clean := true
	for _, r := range s {
		if r < ' ' || r == 0x7f || r == '\u00a0' || r == '\ufeff' || r == '\u200b' {
			clean = false
			break
		}
	}
	if !clean {
		s = strings.Map(func(r rune) rune {
			switch {
			case r == '\u00a0' || r == '\t' || r == '\n' || r == '\r':
				return ' '
			case r < ' ' || r == 0x7f || r == '\ufeff' || r == '\u200b':
				return -1
			}
			return r
		}, s)
	}
	return strings.TrimSpace(s)
}

// cut shortens a text to n characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	i := 0
	for p := range s {
		if i == n {
			return s[:p]
		}
		i++
	}
	return s
}
