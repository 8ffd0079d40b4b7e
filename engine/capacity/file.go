package capacity

import (
	"cmp"

	"sillon/engine/arena"
	"sillon/engine/explain"
	"sillon/engine/sorting"
)

// A Field is a part of a client's file the method needs (H0).
type Field uint8

// In the order of the parameter file.weights.
const (
	Identity      Field = iota // identité
	Interlocutors              // interlocuteurs
	Potential                  // potentiel
	SalesByFamily              // CA par famille
	Competitor                 // concurrent
	History                    // historique des contacts
	Consent                    // consentement
	Fields        = iota
)

// A File says which fields of one client's file are filled.
type File [Fields]bool

// A Filling is how complete a file is (complétude).
type Filling struct {
	Rate    float64 // weighted share of the fields filled
	Usable  bool
	Missing []Field // the field that would change most first
	explain.Mark
}

// Complete weighs a file. effect says how much the plan could change with each
// field, in any unit (points of score, visits); it sorts the missing ones, then
// their weight does. nil: the weight alone.
func Complete(f File, effect *[Fields]float64, p Params) Filling {
	var missing []Field
	c, filled, all := complete(f, effect, &p, &missing)
	c.Steps = []explain.Step{explain.Num("capacity.filled", filled), explain.Num("capacity.weights", all),
		explain.Tally("capacity.missing", len(c.Missing))}
	return c
}

// CompleteBrief is Complete without steps and by the weights alone, for the
// files of a portfolio.
func CompleteBrief(files []File, p Params) []Filling {
	var missing []Field
	out := make([]Filling, len(files))
	for i := range files {
		out[i], _, _ = complete(files[i], nil, &p, &missing)
	}
	return out
}

func complete(f File, effect *[Fields]float64, p *Params, block *[]Field) (c Filling, filled, all float64) {
	missing := arena.Open(block, int(Fields))
	for k := range p.FileWeights {
		w := tame(p.FileWeights[k])
		all += w
		if f[k] {
			filled += w
			continue
		}
		at := len(missing) // insertion: equals stay in the order of the fields
		missing = append(missing, Field(k))
		for ; at > 0 && ahead(Field(k), missing[at-1], effect, p); at-- {
			missing[at] = missing[at-1]
		}
		missing[at] = Field(k)
	}
	c.Missing = arena.Close(block, missing)
	if all == 0 {
		c.Mark = explain.Missing(explain.NoData)
		return c, filled, all
	}
	c.Rate = filled / all
	c.Usable = p.usable(c.Rate)
	c.Mark = explain.Sound()
	return c, filled, all
}

// ahead reports that a missing field comes before another.
func ahead(a, b Field, effect *[Fields]float64, p *Params) bool {
	if effect != nil {
		if x, y := tame(effect[a]), tame(effect[b]); x != y {
			return x > y
		}
	}
	return tame(p.FileWeights[a]) > tame(p.FileWeights[b])
}

// usable: on the line is usable, whatever the last bit of the rate.
func (p Params) usable(rate float64) bool { return rate >= share(p.FileUsable)-1e-12 }

// Files is the completeness of a portfolio.
type Files struct {
	Rate    float64     // mean of the files
	Usable  int         // files that are
	Of      int         //
	Missing [Fields]int // files that lack the field
	Order   []Field     // fields missing somewhere: weight × files that lack it, largest first
	explain.Mark
}

// CompleteAll sums up the files of a portfolio.
func CompleteAll(files []File, p Params) Files {
	a := Files{Of: len(files)}
	var all float64
	for _, w := range p.FileWeights {
		all += tame(w)
	}
	var filled float64
	for i := range files {
		has := 0.0
		for k, yes := range files[i] {
			if yes {
				has += tame(p.FileWeights[k])
			} else {
				a.Missing[k]++
			}
		}
		if all > 0 && p.usable(has/all) {
			a.Usable++
		}
	}
	for k, n := range a.Missing {
		filled += float64(tame(p.FileWeights[k]) * float64(len(files)-n))
		if n > 0 {
			a.Order = append(a.Order, Field(k))
		}
	}
	sorting.Stable(a.Order, func(x, y Field) int {
		return cmp.Compare(tame(p.FileWeights[y])*float64(a.Missing[y]), tame(p.FileWeights[x])*float64(a.Missing[x]))
	})
	a.Mark = explain.Sound(explain.Tally("capacity.files", a.Of), explain.Tally("capacity.usable", a.Usable))
	if a.Of == 0 || all == 0 {
		a.Mark = explain.Missing(explain.NoData)
		return a
	}
	a.Rate = filled / (all * float64(a.Of))
	return a
}
