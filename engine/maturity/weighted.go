package maturity

import (
	"sillon/engine/explain"
	"sillon/engine/money"
)

// Weights are what a curve may be weighed by, one value per client; nil where
// it is not known (C2).
type Weights struct {
	Sales, Margin, Potential []money.Cents
	Units                    []float64 // contact units, or minutes
}

// Curves are the five pictures of one portfolio (C2): the head-count beside
// what the phases weigh. One that has no weight is NA with its reason.
type Curves struct {
	Clients, Sales, Margin, Potential, Units Curve
}

// CurvesOf draws the curve of a portfolio by head-count, sales, margin,
// potential and contact units. Negative amounts count zero; a phase without a
// positive amount has no weight.
func CurvesOf(phases []Phase, w Weights, p Params) Curves {
	count, units := byPhase(phases, w.Units)
	return Curves{
		Clients:   draw(count, heads(count), p, explain.NoData),
		Sales:     draw(count, amounts(phases, w.Sales), p, explain.NoSales),
		Margin:    draw(count, amounts(phases, w.Margin), p, explain.NoSales),
		Potential: draw(count, amounts(phases, w.Potential), p, explain.NoPotential),
		Units:     draw(count, units, p, explain.NoContact),
	}
}

// amounts sums whole cents by phase: the same total whatever the order.
func amounts(phases []Phase, cents []money.Cents) (w [4]float64) {
	if cents == nil {
		return w
	}
	var sum [4]money.Cents
	for i, ph := range phases {
		if ph >= Start && ph <= Ageing {
			sum[ph-Start] = sum[ph-Start].Plus(max(0, cents[i]))
		}
	}
	for k, s := range sum {
		w[k] = float64(s)
	}
	return w
}
