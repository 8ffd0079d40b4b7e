package potential

import (
	"math"

	"sillon/engine/explain"
	"sillon/engine/money"
)

// Penetrate is the penetration of one client (E4): sales ÷ potential. A
// prospect is at 0; net returns too, marked weak.
func Penetrate(sales, potential money.Cents, known bool) Penetration {
	p := PenetrateBrief(sales, potential, known)
	if p.Known > 0 {
		p.Steps = penetrationSteps(&p, sales, potential)
	}
	return p
}

// PenetrateBrief is Penetrate without steps, for a whole portfolio.
func PenetrateBrief(sales, potential money.Cents, known bool) Penetration {
	if !known || potential <= 0 {
		return Penetration{Mark: explain.Missing(explain.NoPotential), Of: 1}
	}
	p := ratio(sales, potential)
	p.Known, p.Of = 1, 1
	return p
}

func penetrationSteps(p *Penetration, sales, potential money.Cents) []explain.Step {
	return []explain.Step{explain.Amount("potential.sales", sales), explain.Amount("potential.potential", potential),
		explain.Share("potential.penetration", p.Rate), explain.Amount("potential.remaining", p.Remaining)}
}

// PenetrateAll is the penetration of a portfolio: Σ sales ÷ Σ potential, never
// the mean of the rates. Only clients whose potential is known count, above
// and below the bar; the result is weak when some are not.
func PenetrateAll(sales, potential []money.Cents, known []bool) Penetration {
	var s, t, rest money.Cents
	n := 0
	for i, x := range potential {
		if known != nil && !known[i] || x <= 0 {
			continue
		}
		n++
		s, t = s.Plus(sales[i]), t.Plus(x)
		rest = rest.Plus(Remaining(sales[i], x))
	}
	switch {
	case len(potential) == 0:
		return Penetration{Mark: explain.Missing(explain.NoData)}
	case n == 0:
		return Penetration{Of: len(potential), Mark: explain.Missing(explain.NoPotential)}
	}
	p := ratio(s, t)
	p.Steps = penetrationSteps(&p, s, t)
	if s < 0 { // §0.3: returns outweigh the sales of all
		return Penetration{Known: n, Of: len(potential), Mark: explain.Missing(explain.Negative, p.Steps...)}
	}
	p.Remaining, p.Known, p.Of = rest, n, len(potential)
	p.Steps = append(p.Steps, explain.Tally("potential.known", n))
	if n < len(potential) && p.Status == explain.OK {
		p.Status, p.Reason = explain.Weak, explain.NoPotential
	}
	return p
}

func ratio(sales, potential money.Cents) Penetration {
	p := Penetration{Rate: max(0, float64(sales)/float64(potential)), Remaining: Remaining(sales, potential), Overflow: sales > potential}
	p.Mark = explain.Sound()
	switch {
	case sales < 0:
		p.Status, p.Reason = explain.Weak, explain.Negative
	case p.Overflow:
		p.Status = explain.Weak
	}
	return p
}

// Remaining is what is left to win (reste à gagner): potential − sales, from
// nothing up to the whole potential.
func Remaining(sales, potential money.Cents) money.Cents {
	return max(0, potential-max(0, sales))
}

// BreadthDepth splits a client's penetration over its families: breadth is the
// part of the potential in families it buys from us, depth our share there,
// and breadth × depth is π.
func BreadthDepth(families []Family) Split {
	var total, bought, sales money.Cents
	for _, f := range families {
		total = total.Plus(max(0, f.Potential))
		if f.Sales > 0 {
			bought, sales = bought.Plus(max(0, f.Potential)), sales.Plus(f.Sales)
		}
	}
	if total <= 0 {
		return Split{Mark: explain.Missing(explain.NoPotential)}
	}
	s := Split{Breadth: float64(bought) / float64(total), Rate: float64(sales) / float64(total)}
	if bought > 0 {
		s.Depth, s.DepthKnown = float64(sales)/float64(bought), true
	}
	s.Mark = explain.Sound(explain.Share("potential.breadth", s.Breadth), explain.Share("potential.depth", s.Depth), explain.Share("potential.penetration", s.Rate))
	switch {
	case sales == 0:
		s.Status, s.Reason = explain.Weak, explain.NoSales
	case bought == 0: // sales only where no potential was entered
		s.Status, s.Reason = explain.Weak, explain.NoPotential
	}
	return s
}

// Propose is the potential to put to the rep when sales are above the one on
// record (penetration.overflow): sales × potential.overSales, as in E1. It is
// false when the potential holds, or when overflows are flagged only.
func (p Params) Propose(sales, potential money.Cents) (money.Cents, bool) {
	if !p.Raise || potential <= 0 || sales <= potential {
		return 0, false
	}
	return sales.Scale(int64(math.Round(p.OverSales*1e6)), 1e6), true
}
