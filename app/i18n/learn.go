package i18n

import "strings"

// Learn adds the messages of Lent to the catalogue. A key that is there already
// keeps its words.
func Learn(words []byte) {
	rest, ok := string(words), true
	next := func() (text string) {
		text, rest, ok = strings.Cut(rest, "\x00")
		return text
	}
	for {
		key, fr, en := next(), next(), next()
		if !ok {
			return
		}
		if !Has(key) {
			catalogue[key] = [2]string{fr, en}
		}
	}
}
