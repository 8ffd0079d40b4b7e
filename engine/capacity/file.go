package capacity

import (
	"cmp"

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
	var c Filling
	var filled, all float64
	for k := range p.FileWeights {
		w := tame(p.FileWeights[k])
		all += w
		if f[k] {
			filled += w
			continue
		}
		c.Missing = append(c.Missing, Field(k))
	}
	sorting.Stable(c.Missing, func(a, b Field) int {
		if effect != nil {
			if d := cmp.Compare(tame(effect[b]), tame(effect[a])); d != 0 {
				return d
			}
		}
		return cmp.Compare(tame(p.FileWeights[b]), tame(p.FileWeights[a]))
	})
	steps := []explain.Step{explain.Num("capacity.filled", filled), explain.Num("capacity.weights", all),
		explain.Tally("capacity.missing", len(c.Missing))}
	if all == 0 {
		c.Mark = explain.Missing(explain.NoData, steps...)
		return c
	}
	c.Rate = filled / all
	c.Usable = p.usable(c.Rate)
	c.Mark = explain.Sound(steps...)
	return c
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
