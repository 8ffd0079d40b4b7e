package query

import "strings"

// Behind is what the analysis of a portfolio adds to the list of its clients:
// the groups behind the marks, the chips, the risk. It holds as long as the
// analysis does.
type Behind struct {
	a    *Analysis
	view FactsView
}

// Behind reads from an analysis what its list shows.
func (a *Analysis) Behind() *Behind { return &Behind{a, a.FactsView()} }

// Of reports whether b was read from a.
func (b *Behind) Of(a *Analysis) bool { return b != nil && b.a == a }

// who lists the clients of a key of [ListAsk.Who]: "chip:" and a chip, or else
// a group.
func (b *Behind) who(key string) Who {
	if chip, ok := strings.CutPrefix(key, "chip:"); ok {
		return b.view.ChipWho(chip)
	}
	who, _ := b.a.GroupWho(key)
	return who
}

// wish adds to w one criterion for each key; without an analysis none is met.
func (b *Behind) wish(w wanted, keys string) wanted {
	for keys != "" {
		var key string
		key, keys, _ = strings.Cut(keys, "\n")
		var in []bool
		if b != nil {
			in = make([]bool, b.a.Len())
			for _, i := range b.who(key) {
				in[i] = true
			}
		}
		w = append(w, criterion{key, func(p place) bool { return in != nil && p.sc == b.a.sc && in[p.i] }})
	}
	return w
}

// fact is the client of a place; nil: not of this analysis.
func (b *Behind) fact(p place) *ListFact {
	if b == nil || p.sc != b.a.sc {
		return nil
	}
	return &b.view.Rows[p.i]
}

// risk orders by the probability of leaving: the unknown are lowest, and then
// those whose data are too poor to believe it.
func (b *Behind) risk(p place) float64 {
	f := b.fact(p)
	switch {
	case f == nil || f.Band == 0:
		return -2
	case f.Grey:
		return -1
	}
	return f.Risk
}

// band is the class of risk of a row: 0 unknown, 9 not to be believed.
func (b *Behind) band(p place) byte {
	f := b.fact(p)
	switch {
	case f == nil || f.Band == 0:
		return 0
	case f.Grey:
		return 9
	}
	return f.Band
}

// family names the family at the end of a group's key; empty: of none.
func (b *Behind) family(keys string) string {
	key, _, _ := strings.Cut(keys, "\n")
	for f := range b.a.Products {
		if code := b.a.Products[f].Code; code != "" && (strings.HasSuffix(key, ":"+code) || strings.HasSuffix(key, "/"+code)) {
			return b.a.familyName(f)
		}
	}
	return ""
}
