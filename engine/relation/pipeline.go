package relation

import (
	"slices"

	"sillon/engine/explain"
	"sillon/engine/money"
)

// A Deal is one running project of the pipeline (affaire).
type Deal struct {
	Amount money.Cents // negative counts as zero
	Phase  int
	Chance float64 // decided by a person, 0 to 1; negative: that of the phase
	Days   int     // in its phase
}

// A Pipeline weighs the running projects (J2). Arrays are by phase.
type Pipeline struct {
	N                 [MaxPhases]int
	Amount            [MaxPhases]money.Cents
	Weighted          [MaxPhases]money.Cents
	StaleN            [MaxPhases]int
	Total, TotalWorth money.Cents // amounts, and Σ amount × p
	Stale             []bool      // by deal
	Unread            int         // deals whose phase has no median to compare with
	explain.Mark
}

// Weigh weighs the projects of a model of n phases. median is the age in each
// phase of the projects won, zero where none was: a project is stale over
// project.stale times that. The weighted amounts are summed exactly, then
// rounded to the cent, so their order does not matter.
func Weigh(deals []Deal, median []float64, n int, p Params) Pipeline {
	n = min(max(n, 1), MaxPhases)
	pl := Pipeline{Stale: make([]bool, len(deals))}
	var each [MaxPhases]exact
	var all exact
	for i, d := range deals {
		j := min(max(d.Phase, 0), n-1)
		a := max(0, d.Amount)
		c := p.chance(j, n)
		if d.Chance >= 0 {
			c = millionths(min(d.Chance, 1))
		}
		pl.N[j]++
		pl.Amount[j] = pl.Amount[j].Plus(a)
		pl.Total = pl.Total.Plus(a)
		each[j].add(a, c)
		all.add(a, c)
		if j >= len(median) || !(median[j] > 0) {
			pl.Unread++
			continue
		}
		if float64(d.Days) > p.Stale*median[j] {
			pl.Stale[i] = true
			pl.StaleN[j]++
		}
	}
	stale := 0
	for j := range n {
		pl.Weighted[j] = each[j].cents()
		stale += pl.StaleN[j]
	}
	pl.TotalWorth = all.cents()
	steps := []explain.Step{explain.Tally("relation.projects", len(deals)), explain.Amount("relation.amount", pl.Total),
		explain.Amount("relation.weighted", pl.TotalWorth), explain.Tally("relation.stale", stale)}
	pl.Mark = explain.Sound(steps...)
	switch {
	case len(deals) == 0:
		pl.Mark = explain.Missing(explain.NoData, steps...)
	case pl.Unread == len(deals):
		pl.Mark = explain.Thin(explain.NoData, steps...)
	}
	return pl
}

// exact sums amounts × millionths without rounding.
type exact struct {
	whole money.Cents
	parts int64 // millionths of a cent, under a million
}

func (e *exact) add(a money.Cents, c int64) {
	q, r := a/million, int64(a%million)
	e.parts += r * c
	e.whole = e.whole.Plus(q * money.Cents(c)).Plus(money.Cents(e.parts / million))
	e.parts %= million
}

func (e *exact) cents() money.Cents {
	if 2*e.parts >= million {
		return e.whole.Plus(1)
	}
	return e.whole
}

// Median is the middle of the days spent in a phase by the projects won, half
// way between the two middle ones of an even count; 0 without any.
func Median(days []int) float64 {
	if len(days) == 0 {
		return 0
	}
	s := slices.Clone(days)
	slices.Sort(s)
	k := len(s) / 2
	if len(s)%2 == 1 {
		return float64(s[k])
	}
	return (float64(s[k-1]) + float64(s[k])) / 2
}
