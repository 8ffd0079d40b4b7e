package maturity

import (
	"math"

	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/sorting"
)

// A PortfolioInput is one portfolio to compare (C5); slices go by client. An
// account of several portfolios brings its part to each: see [SplitSales] and
// [SplitUnits].
type PortfolioInput struct {
	Phases []Phase
	Sales  []money.Cents
	Margin []money.Cents // nil: unknown
	Net    []money.Cents // net commercial margin (MCN); nil: unknown
	Units  []float64     // contact units; nil: unknown
}

// A PortfolioLine is a line of the table that compares portfolios.
type PortfolioLine struct {
	Clients            int // in phases D to V
	Sales, Margin, Net money.Cents
	Curve              Curve
	Effort             Alignment      // with the ratio C ÷ M
	PerUnit            explain.Result // net margin of a contact unit, in cents
	explain.Mark
}

// Compare sets portfolios side by side (C5).
func Compare(in []PortfolioInput, p Params) []PortfolioLine {
	out := make([]PortfolioLine, len(in))
	for k, x := range in {
		l := PortfolioLine{Sales: sum(x.Sales), Margin: sum(x.Margin), Net: sum(x.Net), Curve: CurveOf(x.Phases, nil, p)}
		units := x.Units
		if units == nil {
			units = make([]float64, len(x.Phases))
		}
		l.Clients, l.Effort = l.Curve.Clients, Align(x.Phases, units, p)
		spent := tidySum(units)
		switch {
		case x.Net == nil:
			l.PerUnit = explain.Result{Mark: explain.Missing(explain.NoData)}
		case !(spent > 0):
			l.PerUnit = explain.Result{Mark: explain.Missing(explain.NoContact)}
		default:
			v := float64(l.Net) / spent
			l.PerUnit = explain.Result{Value: v, Mark: explain.Sound(explain.Amount("maturity.net", l.Net), explain.Num("maturity.effort", spent), explain.Of("maturity.perUnit", v, explain.Money))}
		}
		l.Mark = l.Curve.Mark
		out[k] = l
	}
	return out
}

func sum(x []money.Cents) (t money.Cents) {
	for _, c := range x {
		t = t.Plus(c)
	}
	return t
}

// tidySum adds the positive numbers in rising order: the same bits whatever
// the caller's.
func tidySum(x []float64) float64 {
	held := make([]float64, 0, len(x))
	for _, v := range x {
		if v > 0 && !math.IsInf(v, 0) {
			held = append(held, v)
		}
	}
	sorting.Sort(held)
	var t float64
	for _, v := range held {
		t += v
	}
	return t
}

// SplitSales shares the sales of an account over its portfolios: own are the
// sales of the families each one carries, loose those of the families none
// does, shared in proportion to own, by the largest remainder. The parts add
// up to the account's sales: nothing counts twice.
func SplitSales(own []money.Cents, loose money.Cents) []money.Cents {
	out := money.Split(loose, weightsOf(own))
	for k := range out {
		out[k] = out[k].Plus(own[k])
	}
	return out
}

// SplitUnits shares the contact units of an account over its portfolios:
// stated are the units of the contacts whose topic names one, loose the
// others, shared in proportion to the sales of [SplitSales], or equally
// without positive sales.
func SplitUnits(stated []float64, loose float64, sales []money.Cents) []float64 {
	out := make([]float64, len(stated))
	var total money.Cents
	for _, s := range sales {
		total = total.Plus(max(0, s))
	}
	for k, u := range stated {
		share := 1 / float64(len(stated))
		if total > 0 {
			share = float64(max(0, sales[k])) / float64(total)
		}
		out[k] = u + float64(loose*share)
	}
	return out
}

// weightsOf brings amounts to weights whose sum fits 64 bits.
func weightsOf(x []money.Cents) []int64 {
	w := make([]int64, len(x))
	for i, c := range x {
		w[i] = min(int64(max(0, c)), 1<<52)
	}
	return w
}

// An Option is a portfolio one may give time to.
type Option struct {
	Remaining  money.Cents // to win, of the whole portfolio (E4)
	MarginRate float64     // margin ÷ sales, 0-1
	Elasticity float64     // mean (B2), when Readable; negative counts zero
	Readable   bool
}

// An EffortSplit shares a budget of effort over portfolios; shares add up to 1.
type EffortSplit struct {
	Worth []float64 // what is to win × margin rate × elasticity, in cents
	Share []float64
	explain.Mark
}

// SplitEffort shares the effort in proportion to worth, each portfolio keeping
// at least multi.floor (C5). A portfolio whose elasticity cannot be read takes
// the mean of the others, and the result is weak. Without any worth the shares
// are equal.
func SplitEffort(options []Option, p Params) EffortSplit {
	n := len(options)
	if n == 0 {
		return EffortSplit{Mark: explain.Missing(explain.NoData)}
	}
	var known []float64
	for _, o := range options {
		if o.Readable {
			known = append(known, max(0, o.Elasticity))
		}
	}
	mean := 1.0
	if len(known) > 0 {
		mean = tidySum(known) / float64(len(known))
	}
	s := EffortSplit{Worth: make([]float64, n)}
	for k, o := range options {
		e := mean
		if o.Readable {
			e = o.Elasticity
		}
		if w := float64(max(0, o.Remaining)) * o.MarginRate * e; w > 0 && !math.IsInf(w, 0) && o.MarginRate > 0 {
			s.Worth[k] = w
		}
	}
	s.Share = floored(s.Worth, min(p.MultiFloor/100, 1/float64(n)))
	s.Mark = explain.Sound(explain.Share("maturity.floor", p.MultiFloor/100))
	for k := range options {
		s.Steps = append(s.Steps, explain.Of("maturity.worth", s.Worth[k], explain.Money), explain.Share("maturity.share", s.Share[k]))
	}
	switch {
	case tidySum(s.Worth) == 0:
		s.Status, s.Reason = explain.Weak, explain.NoPotential
	case len(known) < n:
		s.Status, s.Reason = explain.Weak, explain.NoVariation
	}
	return s
}

// floored gives shares in proportion to worth, none under the floor: those
// under it are raised, the rest is shared again among the others.
func floored(worth []float64, floor float64) []float64 {
	n := len(worth)
	share, pinned := make([]float64, n), make([]bool, n)
	for {
		var free []float64
		held := 0
		for k := range worth {
			if pinned[k] {
				held++
			} else {
				free = append(free, worth[k])
			}
		}
		rest, total, more := 1-float64(floor*float64(held)), tidySum(free), false
		for k, w := range worth {
			switch {
			case pinned[k]:
				share[k] = floor
			case total > 0:
				share[k] = rest * (w / total)
			default:
				share[k] = rest / float64(n-held)
			}
		}
		for k := range worth {
			if !pinned[k] && share[k] < floor-tie {
				pinned[k], more = true, true
			}
		}
		if !more {
			return share
		}
	}
}

// ManualSplit is a split set by hand; negative shares count zero.
func ManualSplit(shares []float64) EffortSplit {
	s := EffortSplit{Share: make([]float64, len(shares)), Mark: explain.Sound()}
	total := tidySum(shares)
	if !(total > 0) || math.IsInf(total, 0) {
		return EffortSplit{Mark: explain.Missing(explain.NoData)}
	}
	for k, x := range shares {
		if x > 0 && !math.IsInf(x, 0) {
			s.Share[k] = x / total
		}
		s.Steps = append(s.Steps, explain.Share("maturity.share", s.Share[k]))
	}
	return s
}

// Visits turns a split into whole visits of a budget, by the largest remainder.
func (s EffortSplit) Visits(budget int) []int {
	w := make([]int64, len(s.Share))
	for k, x := range s.Share {
		w[k] = int64(math.Round(x * 1e12))
	}
	out := make([]int, len(w))
	for k, v := range money.Split(money.Cents(max(0, budget)), w) {
		out[k] = int(v)
	}
	return out
}
