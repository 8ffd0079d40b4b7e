// Package i18n holds the words of Sillon in French and English, and how both
// languages write numbers, money and dates. Page and worker share it: charts
// and sentences are made in the worker, buttons in the page.
//
// A screen's words are in its messages_<screen>.go:
//
//	var _ = add(table{
//		"today.title": {"Aujourd'hui", "Today"},
//		"today.due":   {"{0} {0:client|clients} à revoir", "{0} {0:client|clients} to see"},
//	})
//
// What the worker says too is lent: the same with lend. Its program has none of the
// words, the page sends them.
//
// {0}, {1}… are the arguments in order: text as it is, whole numbers grouped by
// thousands, reals with one decimal at most. {0:one|many} chooses by the number
// of that argument (French counts 0 as one, English does not), {0:none|one|many}
// names zero apart; a form may hold arguments, but not another choice. Apostrophes and the spaces of French punctuation are set
// by the package, in the words but never in the arguments: write ' and a plain
// space before ; : ! ? % » and after «.
package i18n

import (
	"strconv"
	"strings"
)

// A Lang is a language of the screens.
type Lang string

// The languages.
const (
	FR Lang = "fr"
	EN Lang = "en"
)

// Of returns the language of a code like "en-GB"; all that is not English is
// French.
func Of(code string) Lang {
	if strings.HasPrefix(strings.ToLower(code), "en") {
		return EN
	}
	return FR
}

// A table holds messages by key: French, then English.
type table map[string][2]string

var catalogue = table{}

// add puts a screen's messages into the catalogue; a key belongs to one file.
func add(t table) bool {
	for k, v := range t {
		if _, twice := catalogue[k]; twice {
			panic("i18n: " + k + " is defined twice")
		}
		catalogue[k] = v
	}
	return true
}

// Has reports whether the catalogue has words for a key.
func Has(key string) bool { _, ok := catalogue[key]; return ok }

// T returns the message of a key with its arguments. A key without words comes
// back as it is, so that it is seen.
func T(lang Lang, key string, args ...any) string {
	m, ok := catalogue[key]
	if !ok {
		return key
	}
	text := m[0]
	if lang == EN {
		text = m[1]
	}
	return fill(lang, text, args)
}

func fill(lang Lang, text string, args []any) string {
	var b strings.Builder
	b.Grow(len(text) + 16)
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		end := closing(text[open:])
		if end < 0 {
			break
		}
		typeset(&b, lang, text[:open])
		number, forms, choice := strings.Cut(text[open+1:open+end], ":")
		i, err := strconv.Atoi(number)
		switch {
		case err != nil || i < 0 || i >= len(args):
			b.WriteString(text[open : open+end+1])
		case choice:
			b.WriteString(fill(lang, plural(lang, forms, args[i]), args))
		default:
			b.WriteString(show(lang, args[i]))
		}
		text = text[open+end+1:]
	}
	typeset(&b, lang, text)
	return b.String()
}

// closing finds the brace that closes the one text begins with.
func closing(text string) int {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// plural picks a form: "one|many" or "none|one|many".
func plural(lang Lang, forms string, arg any) string {
	f := strings.Split(forms, "|")
	n, ok := size(arg)
	if n < 0 {
		n = -n
	}
	switch {
	case !ok || len(f) == 1:
		return f[len(f)-1]
	case len(f) == 3 && n == 0:
		return f[0]
	case lang == FR && n < 2, n == 1:
		return f[len(f)-2]
	}
	return f[len(f)-1]
}

func size(arg any) (float64, bool) {
	switch n := arg.(type) {
	case int:
		return float64(n), true
	case int32:
		return float64(n), true
	case int64:
		return float64(n), true
	case uint64:
		return float64(n), true
	case float64:
		return n, true
	case string: // a number already written
		x, err := strconv.ParseFloat(n, 64)
		return x, err == nil
	}
	return 0, false
}

func show(lang Lang, arg any) string {
	switch v := arg.(type) {
	case string:
		return v
	case float64:
		return Number(lang, v)
	}
	if n, ok := size(arg); ok {
		return Number(lang, n)
	}
	return "?"
}

// typeset writes words with the apostrophe and the no-break spaces of print.
func typeset(b *strings.Builder, lang Lang, s string) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\'':
			b.WriteString("’")
		case lang != EN && c == ' ' && i+1 < len(s) && (strings.IndexByte(";:!?%", s[i+1]) >= 0 || strings.HasPrefix(s[i+1:], "»")):
			b.WriteString(narrow)
		case lang != EN && c == ' ' && strings.HasSuffix(s[:i], "«"):
			b.WriteString(narrow)
		default:
			b.WriteByte(c)
		}
	}
}
