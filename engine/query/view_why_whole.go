package query

import (
	"math"
	"slices"
	"sync"

	"sillon/engine/explain"
)

// wholeReadings are the figures of a portfolio, in the order of the chapters.
func wholeReadings() []reading {
	wholeOnce.Do(func() { wholeRead = slices.Concat(wholeFirst[:], wholeMore[:], wholePlan[:]) })
	return wholeRead
}

var (
	wholeOnce sync.Once
	wholeRead []reading
)

var wholeFirst = [...]reading{
	{topic: "unit-price", section: "A1", show: []string{"cost.full", "cost.units", "cost.price"}, data: "c", collect: "cost"},
	{topic: "visit-price", section: "A1", show: []string{"cost.full", "cost.units", "cost.price"}, data: "c", collect: "cost"},
	{topic: "call-price", section: "A1", show: []string{"cost.full", "cost.units", "cost.price"}, data: "c", collect: "cost"},
	{topic: "invested-all", section: "A2", data: "c"},
	{topic: "net-all", section: "A3", show: []string{"cost.gross", "cost.invested", "cost.net"}, bands: losesEarns, data: "sc"},
	{topic: "margin-rate", section: "A3", data: "s", collect: "margin"},
	{topic: "whale", section: "A3", show: []string{"cost.peak", "cost.peakAt", "cost.destroyed"}, bands: bandsEaten, data: "sc"},
	{topic: "return-group", section: "A3", bands: losesEarns, data: "sc"},
	{topic: "per-unit", section: "C5", bands: losesEarns, data: "sc"},
	{topic: "readable", section: "B2", data: "sc"},
	{topic: "visits-freed", section: "B4", data: "sc"},
	{topic: "visits-needed", section: "B4", data: "sc"},
	{topic: "visits-left", section: "B4", data: "sc"},
	{topic: "ageing", section: "C2", data: "s"},
	{topic: "cm", section: "C3", bands: func(a *Analysis) ([]float64, []string) {
		return []float64{a.rules.maturity.AlertCtoM}, []string{"behind", "held"}
	}, change: (*Analysis).effortChanges, data: "sc"},
	{topic: "cm-head", section: "C3", data: "sc"},
	{topic: "effort-split", section: "C5", data: "sce"},
	{topic: "mortality", section: "C7", show: []string{"maturity.entered", "maturity.dead", "maturity.mortality"}, data: "s"},
	{topic: "lost-ahead", section: "C7", data: "s"},
	{topic: "ageing-ahead", section: "C7", data: "s"},
	{topic: "needed", section: "C7", data: "s"},
	{topic: "visits7", section: "H8", data: "c"},
	{topic: "pareto", section: "D1", data: "s"},
	{topic: "top1", section: "D1", data: "s"},
	{topic: "floor-top", section: "D2", bands: bandsFragile, data: "s"},
	{topic: "neff", section: "E3", data: "s"},
	{topic: "neff-potential", section: "E3", data: "e", collect: "potential"},
	{topic: "neff-effort", section: "E3", data: "c"},
	{topic: "gini", section: "E3", data: "s"},
	{topic: "gini-potential", section: "E3", data: "e", collect: "potential"},
	{topic: "gini-effort", section: "E3", data: "c"},
	{topic: "hhi", section: "E3", bands: bandsSpread, data: "s"},
	{topic: "hhi-potential", section: "E3", bands: bandsSpread, data: "e", collect: "potential"},
	{topic: "hhi-effort", section: "E3", bands: bandsSpread, data: "c"},
	{topic: "alignment", section: "E3", bands: bandsAligned, change: (*Analysis).alignmentChanges, data: "ce", collect: "potential"},
	{topic: "alignment-margin", section: "E3", data: "sc"},
	{topic: "penetration-all", section: "E4", show: []string{"potential.sales", "potential.potential", "potential.penetration"}, data: "se", collect: "potential"},
	{topic: "left-all", section: "E4", show: []string{"potential.sales", "potential.potential", "potential.remaining"}, data: "se", collect: "potential"},
	{topic: "breadth", section: "E4", show: []string{"potential.breadth", "potential.depth", "potential.penetration"}, data: "se", collect: "potential-family"},
	{topic: "depth", section: "E4", show: []string{"potential.breadth", "potential.depth", "potential.penetration"}, data: "se", collect: "potential-family"},
}

// bandsEaten: the peak of the whale over all that is left (A3).
func bandsEaten(*Analysis) ([]float64, []string) {
	return []float64{1.0000001}, []string{"kept", "eaten"}
}

func bandsFragile(a *Analysis) ([]float64, []string) {
	n := float64(a.rules.weight.FragileMax)
	return []float64{n + 1, n + 2}, []string{"fragile", "near", "solid"}
}

func bandsSpread(a *Analysis) ([]float64, []string) {
	return []float64{a.rules.potential.HHIMax}, []string{"spread", "dangerous"}
}

func bandsAligned(a *Analysis) ([]float64, []string) {
	return []float64{a.rules.potential.AlignmentMin}, []string{"habit", "aligned"}
}

// effortChanges: the units to move from M to C so that C ÷ M reaches the limit,
// (C + x) ÷ (M − x) = limit.
func (a *Analysis) effortChanges(int) []WhyChange {
	e, limit := &a.Maturity().Effort, a.rules.maturity.AlertCtoM
	if !e.Has() || !e.HasRatio || limit <= 0 || e.Units[2] <= 0 {
		return nil
	}
	x := (limit*e.Units[2] - e.Units[1]) / (1 + limit)
	c := WhyChange{Key: "move-to-c", Need: x, Unit: explain.Number, Value: limit, Band: "held", Far: x / e.Units[2]}
	if x <= 0 {
		c.Band, c.Worsened = "behind", true
	}
	return []WhyChange{c}
}

// alignmentChanges: the part of the contact units to move from where there are
// too many to where there are too few; each point moved is a point gained.
func (a *Analysis) alignmentChanges(int) []WhyChange {
	r, limit := &a.Potential().EffortPotential, a.rules.potential.AlignmentMin
	units := 0.0
	for _, u := range a.Cost().Units {
		units += max(0, u)
	}
	need := limit - r.Value
	c := WhyChange{Key: "move-to-potential", Need: math.Ceil(need * units), Unit: explain.Number, Value: limit, Band: "aligned", Far: need}
	if !a.rules.potential.Misaligned(*r) {
		c.Need, c.Band, c.Worsened = math.Floor(need*units), "habit", true
	}
	return []WhyChange{c}
}
