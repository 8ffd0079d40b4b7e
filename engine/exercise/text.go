package exercise

import "strings"

// Hints tells, for each item of the rubric, whether one of its keywords is in
// the text, whatever its case and accents. It helps the trainer to read; it
// never gives a point.
func (t Task) Hints(text string) []bool {
	found := make([]bool, len(t.Rubric))
	text = " " + plain(text) + " "
	for i, c := range t.Rubric {
		for _, k := range c.Keywords {
			if k = strings.TrimSpace(plain(k)); k != "" && strings.Contains(text, " "+k) {
				found[i] = true
			}
		}
	}
	return found
}

// plain is lower case without accents, anything but letters and digits as one
// space. A keyword is found at the beginning of a word: "fidél" in "fidélité".
func plain(s string) string {
	var b strings.Builder
	space := true
	for _, r := range strings.ToLower(s) {
		if k := strings.IndexRune(accents, r); k >= 0 && r > 0x7f {
			r = rune(bare[len([]rune(accents[:k]))])
		}
		switch {
		case r == 'œ':
			b.WriteString("oe")
		case r == 'æ':
			b.WriteString("ae")
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0xff && r < 0x2000:
			b.WriteRune(r)
		default:
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		}
		space = false
	}
	return b.String()
}

const (
	accents = "àâäáãåçèéêëìíîïñòóôöõùúûüýÿ"
	bare    = "aaaaaaceeeeiiiinooooouuuuyy"
)
