package maturity

import (
	"math"
	"slices"

	"sillon/engine/explain"
	"sillon/engine/sorting"
)

// tie is the distance under which two templates count as equally near: far
// above the last bits, far under what a reader could see.
const tie = 1e-9

// gloom lists the shapes from the most pessimistic reading on: ties go to the
// first of them (C2).
var gloom = [...]Shape{RisingCurve, U, Flat, FallingCurve, Bell}

// CurveOf draws the curve of a portfolio (C2). weights nil counts clients;
// else it sums sales, margin, potential or contact units by phase, negative
// ones as zero. Prospects and lost clients are left out.
func CurveOf(phases []Phase, weights []float64, p Params) Curve {
	count, sum := byPhase(phases, weights)
	if weights == nil {
		sum = heads(count)
	}
	return draw(count, sum, p, explain.NoData)
}

func heads(count [4]int) (w [4]float64) {
	for k, n := range count {
		w[k] = float64(n)
	}
	return w
}

// draw compares the shares of D, C, M, V with the templates; empty says why
// nothing is there.
func draw(count [4]int, weight [4]float64, p Params, empty explain.Reason) Curve {
	c := Curve{Weight: weight}
	for _, n := range count {
		c.Clients += n
	}
	total := c.Weight[0] + c.Weight[1] + c.Weight[2] + c.Weight[3]
	switch {
	case c.Clients == 0:
		return Curve{Mark: explain.Missing(explain.NoData)}
	case !(total > 0) || math.IsInf(total, 0):
		return Curve{Clients: c.Clients, Mark: explain.Missing(empty)}
	}
	for k, w := range c.Weight {
		c.Share[k] = w / total
		c.Ageing += float64(float64(k+1) * c.Share[k])
	}
	c.nearest(p)
	c.Mark = explain.Sound(explain.Tally("maturity.clients", c.Clients),
		explain.Tally("maturity.countD", count[0]), explain.Tally("maturity.countC", count[1]),
		explain.Tally("maturity.countM", count[2]), explain.Tally("maturity.countV", count[3]),
		explain.Num("maturity.distanceBell", c.Distance[Bell-1]), explain.Num("maturity.distanceRising", c.Distance[RisingCurve-1]),
		explain.Num("maturity.distanceU", c.Distance[U-1]), explain.Num("maturity.distanceFalling", c.Distance[FallingCurve-1]),
		explain.Num("maturity.distanceFlat", c.Distance[Flat-1]), explain.Num("maturity.ageingIndex", c.Ageing))
	if c.Clients < 8 {
		c.Status = explain.Weak
		if c.Clients < 4 {
			c.Reason = explain.FewClients
		}
	}
	return c
}

// byPhase counts the clients and sums the weights of D, C, M, V. Weights are
// added in rising order, so that the bits do not depend on the caller's.
func byPhase(phases []Phase, weights []float64) (count [4]int, sum [4]float64) {
	var held [4][]float64
	for i, ph := range phases {
		if ph < Start || ph > Ageing {
			continue
		}
		k := ph - Start
		count[k]++
		if weights != nil && weights[i] > 0 {
			held[k] = append(held[k], weights[i])
		}
	}
	for k := range held {
		sorting.Floats(held[k])
		for _, w := range held[k] {
			sum[k] += w
		}
	}
	return count, sum
}

// nearest measures the distance to each template and names the shape.
func (c *Curve) nearest(p Params) {
	for t, template := range p.Templates {
		for k, want := range template {
			d := c.Share[k] - want
			c.Distance[t] += float64(d * d)
		}
	}
	c.Shape = c.closest(0)
	c.Second = c.closest(c.Shape)
	c.Mixed = c.Distance[c.Second-1]-c.Distance[c.Shape-1] < p.Mixed-tie
	if c.Mixed && slices.Index(gloom[:], c.Second) < slices.Index(gloom[:], c.Shape) {
		c.Shape, c.Second = c.Second, c.Shape
	}
}

func (c *Curve) closest(but Shape) Shape {
	best := Shape(0)
	for _, s := range gloom {
		if s != but && (best == 0 || c.Distance[s-1] < c.Distance[best-1]-tie) {
			best = s
		}
	}
	return best
}
