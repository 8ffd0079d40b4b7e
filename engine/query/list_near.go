package query

import (
	"math/bits"
	"strings"
)

// The search forgives typing errors behind what it finds as typed: one letter
// missing, too many, wrong, or two exchanged in a word of four letters or more,
// two such errors in one of eight or more (optimal string alignment; Damerau
// 1964, Communications of the ACM 7(3), p. 171). A word is compared with the
// beginnings of the words of a card, so that it need not be typed to its end.

const (
	fewFound = 3   // found as typed: with more, nothing else is looked for
	tooFar   = 255 // letters away
	longest  = 24  // letters of a word compared
)

// nearWords are the words searched.
type nearWords []nearWord

type nearWord struct {
	text   string
	other  string // what it abbreviates
	mask   uint32 // its letters
	errors int
}

var abbreviated = [...][2]string{{"st", "saint"}, {"ste", "sainte"}, {"gd", "grand"}, {"bd", "boulevard"}, {"ets", "etablissements"}, {"cie", "compagnie"}}

// nearly prepares the folded words searched; nil when none may differ.
func nearly(words []string) nearWords {
	out := make(nearWords, len(words))
	some := false
	for i, w := range words {
		x := nearWord{text: w}
		for _, a := range abbreviated {
			if a[0] == w {
				x.other, some = a[1], true
			}
		}
		letters := true
		for j := range len(w) {
			if w[j] < 'a' || w[j] > 'z' {
				letters = false
				break
			}
			x.mask |= 1 << (w[j] - 'a')
		}
		if n := len(w); letters && n >= 4 && n <= longest {
			x.errors = 1
			if n >= 8 {
				x.errors = 2
			}
			some = true
		}
		out[i] = x
	}
	if !some {
		return nil
	}
	return out
}

// of is how many letters away from the searched words a folded text is, tooFar
// when one of them is not in it.
func (ws nearWords) of(fold string) uint8 {
	sum := 0
	for i := range ws {
		w := &ws[i]
		if strings.Contains(fold, w.text) {
			continue
		}
		if w.other != "" && strings.Contains(fold, w.other) {
			sum++
			continue
		}
		d := w.errors + 1
		if w.errors > 0 {
			d = w.in(fold)
		}
		if d > w.errors {
			return tooFar
		}
		sum += d
	}
	return uint8(min(sum, tooFar))
}

// in is the fewest errors between a word and the beginning of one of a text;
// more than its errors when there is none.
func (w *nearWord) in(fold string) int {
	best := w.errors + 1
	for at := 0; at < len(fold); {
		from, mask := at, uint32(0)
		for most := at + len(w.text) + w.errors; at < len(fold) && fold[at] > ' '; at++ {
			if c := fold[at] - 'a'; c < 26 && at < most {
				mask |= 1 << c
			}
		}
		if n := at - from; n >= len(w.text)-w.errors && bits.OnesCount32(w.mask&^mask) <= w.errors && w.opens(fold[from:at]) {
			if best = min(best, w.errorsTo(fold[from:at])); best == 1 {
				return best
			}
		}
		at++
	}
	return best
}

// opens reports whether the first letters agree, were they exchanged: in a short
// word another first letter is another word.
func (w *nearWord) opens(other string) bool {
	return len(w.text) >= 6 || w.text[0] == other[0] || len(other) > 1 && w.text[0] == other[1] && w.text[1] == other[0]
}

// errorsTo is the distance to the nearest beginning of another word.
func (w *nearWord) errorsTo(other string) int {
	q, k := w.text, w.errors
	m := min(len(other), len(q)+k)
	var rows [3][longest + 3]uint8
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := range m + 1 {
		last[j] = uint8(j)
	}
	for i := 1; i <= len(q); i++ {
		now[0] = uint8(i)
		least := now[0]
		for j := 1; j <= m; j++ {
			d := last[j-1]
			if q[i-1] != other[j-1] {
				d++
			}
			d = min(d, last[j]+1, now[j-1]+1)
			if i > 1 && j > 1 && q[i-1] == other[j-2] && q[i-2] == other[j-1] {
				d = min(d, before[j-2]+1)
			}
			now[j] = d
			least = min(least, d)
		}
		if int(least) > k {
			return k + 1
		}
		before, last, now = last, now, before
	}
	best := k + 1
	for j := max(0, len(q)-k); j <= m; j++ {
		best = min(best, int(last[j]))
	}
	return best
}
