package potential

import (
	"math"

	"sillon/engine/explain"
	"sillon/engine/sorting"
	"sillon/engine/weight"
)

// Concentrate measures how much depends on few clients (E3), for amounts of
// any kind: potentials, sales, contact units. Amounts at zero or below count
// as zero. empty is the reason given when nothing is positive, and nothing
// negative either.
func Concentrate[T ~int64 | ~float64](amounts []T, p Params, empty explain.Reason) Concentration {
	x, total := ascending(amounts)
	n := len(x)
	c := Concentration{sorted: x, total: total}
	switch {
	case n == 0:
		c.Mark = explain.Missing(explain.NoData)
		return c
	case n < 2:
		c.Mark = explain.Missing(explain.FewClients)
		return c
	case !(total > 0) || math.IsInf(total, 0):
		c.Mark = explain.Missing(nothing(amounts, empty))
		return c
	}
	c.measure()
	n1 := c.firstQuarter(p.Weight.Boundary)
	c.Dangerous = c.HHI > p.HHIMax || n1 <= p.Weight.FragileMax
	c.Mark = explain.Sound(explain.Tally("potential.clients", n), explain.Num("potential.gini", c.Gini), explain.Num("potential.hhi", c.HHI),
		explain.Num("potential.hhiMax", p.HHIMax), explain.Num("potential.nEff", c.NEff), explain.Share("potential.top1", c.Top1), explain.Tally("potential.rank1", n1))
	if n < 4 {
		c.Status, c.Reason = explain.Weak, explain.FewClients
	}
	return c
}

// nothing is why no amount is positive: returns outweigh them, or empty.
func nothing[T ~int64 | ~float64](amounts []T, empty explain.Reason) explain.Reason {
	for _, a := range amounts {
		if a < 0 {
			return explain.Negative
		}
	}
	return empty
}

// ascending sorts the positive part of the amounts and sums it in that order,
// so that the bits do not depend on the caller's order.
func ascending[T ~int64 | ~float64](amounts []T) ([]float64, float64) {
	x := make([]float64, len(amounts))
	for i, a := range amounts {
		if f := float64(a); f > 0 { // NaN is not
			x[i] = f
		}
	}
	sorting.Floats(x)
	var total float64
	for _, v := range x {
		total += v
	}
	return x, total
}

// measure fills Gini, HHI and the Lorenz curve: G = 2Σ i·x₍ᵢ₎ ÷ (nΣx) − (n+1)/n.
func (c *Concentration) measure() {
	n := float64(len(c.sorted))
	c.Lorenz = make([]float64, len(c.sorted)+1)
	var weighted, squares, run float64
	for i, v := range c.sorted {
		s := v / c.total
		weighted += float64(float64(i+1) * s)
		squares += float64(s * s)
		run += v
		c.Lorenz[i+1] = run / c.total
	}
	c.Gini = max(0, 2*weighted/n-(n+1)/n)
	c.HHI = min(1, squares)
	c.NEff = 1 / c.HHI
	c.Top1 = c.sorted[len(c.sorted)-1] / c.total
}

// firstQuarter counts the clients that make the first quarter of the total, as
// rank 1 of D2: ties share it.
func (c *Concentration) firstQuarter(b weight.Boundary) int {
	before, count := 0.0, 0
	for i := len(c.sorted) - 1; i >= 0; i-- {
		v := c.sorted[i]
		tied := i+1 < len(c.sorted) && v == c.sorted[i+1]
		at := before
		if b == weight.Midpoint {
			at += v / 2
		}
		if !tied && 4*at >= c.total || v == 0 {
			break
		}
		count++
		before += v
	}
	return count
}

// Top is the share of the k largest clients.
func (c Concentration) Top(k int) float64 {
	if c.Lorenz == nil {
		return 0
	}
	k = min(max(k, 0), len(c.sorted))
	return 1 - c.Lorenz[len(c.sorted)-k]
}

// Align is the alignment of two distributions over the same clients, 1 when
// each client has the same share of both: effort against potential for
// instance. empty is the reason given when one of them has nothing positive.
func Align[T, U ~int64 | ~float64](x []T, y []U, empty explain.Reason) explain.Result {
	_, tx := ascending(x)
	_, ty := ascending(y)
	switch {
	case len(x) != len(y) || len(x) == 0:
		return explain.Result{Mark: explain.Missing(explain.NoData)}
	case len(x) < 2:
		return explain.Result{Mark: explain.Missing(explain.FewClients)}
	case !(tx > 0) || math.IsInf(tx, 0):
		return explain.Result{Mark: explain.Missing(nothing(x, empty))}
	case !(ty > 0) || math.IsInf(ty, 0):
		return explain.Result{Mark: explain.Missing(nothing(y, empty))}
	}
	gaps := make([]float64, len(x))
	for i := range x {
		gaps[i] = math.Abs(max(0, float64(x[i]))/tx - max(0, float64(y[i]))/ty)
	}
	sorting.Floats(gaps)
	var sum float64
	for _, g := range gaps {
		sum += g
	}
	a := min(1, max(0, 1-sum/2))
	m := explain.Sound(explain.Tally("potential.clients", len(x)), explain.Num("potential.alignment", a))
	if len(x) < 4 {
		m.Status, m.Reason = explain.Weak, explain.FewClients
	}
	return explain.Result{Value: a, Mark: m}
}

// Misaligned reports an alignment under concentration.alignment: the effort
// follows habit, not potential.
func (p Params) Misaligned(r explain.Result) bool { return r.Has() && r.Value < p.AlignmentMin }
