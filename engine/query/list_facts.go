package query

import "strings"

// Behind is what the analyses of portfolios add to the list of their clients:
// the groups behind the marks, the chips, the risk. It holds as long as the
// analyses do.
type Behind struct{ parts []behind }

type behind struct {
	a    *Analysis
	view FactsView
}

// Behind reads from an analysis what its list shows.
func (a *Analysis) Behind() *Behind { return &Behind{[]behind{{a, a.FactsView()}}} }

// Together is what the lists of several portfolios show as one.
func Together(all ...*Behind) *Behind {
	if len(all) == 1 {
		return all[0]
	}
	out := &Behind{}
	for _, b := range all {
		out.parts = append(out.parts, b.parts...)
	}
	return out
}

// Of reports whether b was read from a alone.
func (b *Behind) Of(a *Analysis) bool { return b != nil && len(b.parts) == 1 && b.parts[0].a == a }

// who lists the clients of a key of [ListAsk.Who]: "chip:" and a chip, or else
// a group.
func (b *behind) who(key string) Who {
	if chip, ok := strings.CutPrefix(key, "chip:"); ok {
		return b.view.ChipWho(chip)
	}
	who, _ := b.a.GroupWho(key)
	return who
}

// of is the place of a portfolio among the parts; −1: not one of them.
func (b *Behind) of(sc *Scored) int {
	if b != nil {
		for k := range b.parts {
			if b.parts[k].a.sc == sc {
				return k
			}
		}
	}
	return -1
}

// chips adds up the clients of each chip.
func (b *Behind) chips(n map[string]int) {
	for p := range b.parts {
		all := b.parts[p].view.Chips
		for k := range all {
			n[all[k].Key] += all[k].Count
		}
	}
}

// wish adds to w one criterion for each key; without an analysis none is met.
func (b *Behind) wish(w wanted, keys string) wanted {
	for keys != "" {
		var key string
		key, keys, _ = strings.Cut(keys, "\n")
		var in [][]bool
		if b != nil {
			in = make([][]bool, len(b.parts))
			for k := range b.parts {
				in[k] = make([]bool, b.parts[k].a.Len())
				for _, i := range b.parts[k].who(key) {
					in[k][i] = true
				}
			}
		}
		w = append(w, criterion{key, func(p place) bool {
			k := b.of(p.sc)
			return k >= 0 && in[k][p.i]
		}})
	}
	return w
}

// fact is the client of a place; nil: not of these analyses.
func (b *Behind) fact(p place) *ListFact {
	k := b.of(p.sc)
	if k < 0 {
		return nil
	}
	return &b.parts[k].view.Rows[p.i]
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
	for p := range b.parts {
		a := b.parts[p].a
		for f := range a.Products {
			if code := a.Products[f].Code; code != "" && (strings.HasSuffix(key, ":"+code) || strings.HasSuffix(key, "/"+code)) {
				return a.familyName(f)
			}
		}
	}
	return ""
}
