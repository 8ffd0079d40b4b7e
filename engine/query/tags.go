package query

import (
	"strings"

	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// A TagCount is a tag and how many clients bear it.
type TagCount struct {
	Word   string `cbor:"1,keyasint"`
	Count  int    `cbor:"2,keyasint,omitempty"`
	Picked int    `cbor:"3,keyasint,omitempty"` // of those selected
}

// Found are the clients behind a list, for what is done to many at once.
type Found struct {
	IDs   []portfolio.ID `cbor:"1,keyasint,omitempty"`
	Sales []money.Cents  `cbor:"2,keyasint,omitempty"` // of the window, of each
}

// TagsOf are the tags of a card in the order of the alphabet, each in one
// spelling: those an import brought, and those added since, without those taken
// away. Two spellings that [Fold] makes one are one tag. Of two records of one
// tag, one on and one off, the one that is on counts: who adds wins.
func TagsOf(rows []journal.Row) []string {
	var t tagSet
	for i := range rows {
		r := &rows[i]
		switch {
		case r.Deleted():
		case r.Entity == portfolio.KindTag:
			t.take(r)
		case r.Entity == portfolio.KindAccount:
			var a portfolio.Account
			if into(r, &a) {
				t.brought(a.Tags)
			}
		}
	}
	return t.words()
}

// A tagSet gathers the tags of a card, in any order of its rows.
type tagSet struct{ list []tagged }

type tagged struct {
	key, word    string // folded, and as written: the least of several spellings
	base, on, is bool   // an import brought it; a record says on; a record speaks of it
}

func (t *tagSet) at(word string) *tagged {
	word = strings.TrimSpace(strings.ReplaceAll(word, "\n", " "))
	key := Fold(word)
	if key == "" {
		return nil
	}
	for i := range t.list {
		if x := &t.list[i]; x.key == key {
			x.word = min(x.word, word)
			return x
		}
	}
	t.list = append(t.list, tagged{key: key, word: word})
	return &t.list[len(t.list)-1]
}

func (t *tagSet) brought(words []string) {
	for _, w := range words {
		if x := t.at(w); x != nil {
			x.base = true
		}
	}
}

func (t *tagSet) take(r *journal.Row) {
	var n portfolio.Tag
	if !into(r, &n) {
		return
	}
	if x := t.at(n.Word); x != nil {
		x.is, x.on = true, x.on || !n.Off
	}
}

func (t *tagSet) words() []string {
	sorting.By(t.list, func(a, b tagged) int { return strings.Compare(a.key, b.key) })
	var out []string
	for i := range t.list {
		if x := &t.list[i]; x.on || x.base && !x.is {
			out = append(out, x.word)
		}
	}
	return out
}

// split are the tags of a card as its columns hold them.
func (c *Card) split() []string {
	if c.Tags == "" {
		return nil
	}
	return strings.Split(c.Tags, "\n")
}

// tagged reports whether a card bears a folded tag.
func (c *Card) tagged(key string) bool {
	for rest := c.Tags; rest != ""; {
		var word string
		word, rest, _ = strings.Cut(rest, "\n")
		if Fold(word) == key {
			return true
		}
	}
	return false
}

// tags counts the tags of the cards by their spelling, the least of several.
func (sc *Scored) tags(n map[string]int) {
	for _, c := range sc.Cards {
		for rest := c.Tags; rest != ""; {
			var word string
			word, rest, _ = strings.Cut(rest, "\n")
			n[word]++
		}
	}
}

// tagCounts adds up the spellings of one tag.
func tagCounts(n map[string]int) []TagCount {
	var out []TagCount
	for _, word := range sorting.Keys(n) { // the least spelling first
		key, known := Fold(word), false
		for i := range out {
			if Fold(out[i].Word) == key {
				out[i].Count += n[word]
				known = true
			}
		}
		if !known {
			out = append(out, TagCount{Word: word, Count: n[word]})
		}
	}
	sorting.By(out, func(a, b TagCount) int { return strings.Compare(Fold(a.Word), Fold(b.Word)) })
	return out
}

// tagSaid says whether a tag was put on or taken off.
func tagSaid(w Words, off portfolio.RawValue) string {
	var x bool
	if len(off) > 0 && portfolio.Dec.Unmarshal(off, &x) == nil && x {
		return w.T("tag.off")
	}
	return w.T("tag.on")
}

// TagsOver counts the tags of a ground and, of each, the selected clients that
// bear it.
func (s *Snapshot) TagsOver(scope uint32, picked []portfolio.ID) []TagCount {
	all := map[string]int{}
	s.each(scope, func(sc *Scored) { sc.tags(all) })
	some := map[string]int{}
	for _, id := range picked {
		if c := s.cards[id]; c != nil {
			for _, word := range c.split() {
				some[Fold(word)]++
			}
		}
	}
	out := tagCounts(all)
	for i := range out {
		out[i].Picked = some[Fold(out[i].Word)]
	}
	return out
}

// CouldAsk are the efforts that can be asked of client i, each with its measure
// and its aim (method G2).
func (a *Analysis) CouldAsk(i int) []AskPart {
	var out AskedPart
	a.askedPart(i, func(string) Figure { return Figure{} }, &out)
	return out.Possible
}
