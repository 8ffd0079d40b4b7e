package maturity

import (
	"math"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
)

// Decide gives the phase from totals, in simple mode (C1). What the caller
// does not know (no day of the last order, no signs) never makes a client
// older than it is.
func Decide(f Facts, asOf calendar.Day, p Params) Verdict {
	f.FirstOrder = orNone(f.FirstOrder)
	f.LastOrder = orNone(f.LastOrder)
	v := f.decide(asOf, p, f.trend(), 0, 0)
	v.Steps = v.Explain(p)
	return v
}

// orNone reads 0, the missing day of a card, as None.
func orNone(d calendar.Day) calendar.Day {
	if d == 0 {
		return calendar.None
	}
	return d
}

// decide applies the rules in order. raiseUp and raiseDown move the thresholds,
// in percent points, for hysteresis.
func (f Facts) decide(asOf calendar.Day, p Params, t trend, raiseUp, raiseDown float64) Verdict {
	f.Known = orNone(f.Known)
	v := Verdict{SalesN: f.N, SalesN1: f.N1, Score: f.Score, LastOrder: f.LastOrder, firstOrder: f.FirstOrder, interval: f.Interval, portfolio: f.Growth, known: f.Known}
	if v.known == calendar.None || t.robust {
		v.G, v.HasG = t.value()
	}
	v.slope = t.robust
	v.Mark = explain.Sound()
	v.Phase, v.Why = f.rule(asOf, p, t, raiseUp, raiseDown)
	if f.FirstOrder != calendar.None && f.FirstOrder <= asOf {
		v.Age = calendar.FullMonths(f.FirstOrder, asOf)
	}
	v.Computed = v.Phase
	if v.Phase == 0 {
		v.Mark = explain.Missing(explain.FewPeriods)
	}
	return v
}

func (f Facts) rule(asOf calendar.Day, p Params, t trend, raiseUp, raiseDown float64) (Phase, Why) {
	up, down := f.threshold(p.Up+raiseUp, p), f.threshold(p.Down+raiseDown, p)
	switch {
	case f.FirstOrder == calendar.None || f.FirstOrder > asOf:
		return Prospect, NoOrder
	case f.lost(asOf, p):
		return Lost, TooLong
	case f.young(asOf, p):
		return Start, Young
	case f.Known != calendar.None && !t.robust:
		return f.uncovered()
	case f.N1 <= 0 && f.N > 0:
		return Growth, Reactivated
	case f.N1 <= 0:
		return Ageing, NoSales
	case t.atMost(down):
		return Ageing, Falling
	case f.Score >= p.AgeingScore && !t.atLeast(up):
		return Ageing, SignsOfAge
	case t.atLeast(up):
		return Growth, Rising
	}
	return Mature, Steady
}

// uncovered is what can be said when part of N-1 lies before the sales known:
// the growth of a year over nine days of it is no growth ("at least one full
// year", S1). Without net sales in N a client that is not lost is in V whatever
// N-1 was: by g = −100 %, or by no sales in both years. Any other phase needs
// the year that is missing.
func (f Facts) uncovered() (Phase, Why) {
	if f.N <= 0 {
		return Ageing, NoSales
	}
	return 0, Uncovered
}

// lost: no order for more than LostMax months or, with two orders or more, for
// more than LostMin months and LostTimes usual intervals.
func (f Facts) lost(asOf calendar.Day, p Params) bool {
	switch {
	case f.LastOrder == calendar.None || f.LastOrder >= asOf:
		return false
	case int64(asOf)-int64(f.LastOrder) <= int64(28*min(p.LostMin, p.LostMax)): // whatever the months
		return false
	case f.LastOrder.AddMonths(p.LostMax) < asOf:
		return true
	case f.Interval <= 0:
		return false
	}
	return float64(asOf-f.LastOrder) > float64(p.LostTimes)*f.Interval && f.LastOrder.AddMonths(p.LostMin) < asOf
}

// young reports under so many full months since the first order. A month has
// 31 days at most: most clients need no calendar.
func (f Facts) young(asOf calendar.Day, p Params) bool {
	return int64(asOf)-int64(f.FirstOrder) < int64(31*p.StartMonths) && f.FirstOrder.AddMonths(p.StartMonths) > asOf
}

// LostOn is the first day the rule of C1 says a client is lost, if no order
// comes: the day after the shorter of the two delays. False for a prospect.
func (v Verdict) LostOn(p Params) (calendar.Day, bool) {
	last := orNone(v.LastOrder)
	if last == calendar.None || v.Computed == Prospect {
		return calendar.None, false
	}
	day := last.AddMonths(p.LostMax) + 1
	if v.interval > 0 {
		silence := math.Floor(min(1e6, float64(p.LostTimes)*v.interval))
		day = min(day, max(last+calendar.Day(silence), last.AddMonths(p.LostMin))+1)
	}
	return day, true
}

// threshold is a growth in millionths, moved by the portfolio's own growth
// where clients are read against it.
func (f Facts) threshold(percent float64, p Params) int64 {
	t := percent * 1e4
	if p.Relative {
		t += f.Growth * 1e6
	}
	return int64(math.Round(min(1e12, max(-1e12, t))))
}

func (f Facts) trend() trend { return trend{n: f.N, n1: f.N1} }

// A trend is the growth of a client: two years, or a robust slope.
type trend struct {
	n, n1  money.Cents
	robust bool
	g      float64 // when robust
}

// value is g = N/N-1 − 1, or the slope; false without sales in N-1.
func (t trend) value() (float64, bool) {
	switch {
	case t.robust:
		return t.g, true
	case t.n1 <= 0:
		return 0, false
	}
	return float64(t.n)/float64(t.n1) - 1, true
}

// compare sets g against a threshold in millionths: in whole numbers, because
// 9 000 ÷ 10 000 − 1 is not −10 % to the last bit.
func (t trend) compare(millionths int64) int {
	if t.robust {
		x := float64(millionths) / 1e6
		switch {
		case t.g < x:
			return -1
		case t.g > x:
			return 1
		}
		return 0
	}
	return money.Compare(t.n, t.n1, 1e6+millionths, 1e6)
}

func (t trend) atLeast(millionths int64) bool { return t.compare(millionths) >= 0 }
func (t trend) atMost(millionths int64) bool  { return t.compare(millionths) <= 0 }

// Explain gives the steps of a verdict, to redo it by hand.
func (v Verdict) Explain(p Params) []explain.Step {
	if v.Computed == Prospect {
		return []explain.Step{explain.Name("maturity.phase", v.Phase.String())}
	}
	s := []explain.Step{
		explain.Of("maturity.firstOrder", float64(v.firstOrder), explain.Date),
		explain.Of("maturity.age", float64(v.Age), explain.Months),
	}
	if v.LastOrder != calendar.None {
		s = append(s, explain.Of("maturity.lastOrder", float64(v.LastOrder), explain.Date))
	}
	if v.interval > 0 {
		s = append(s, explain.Of("maturity.interval", v.interval, explain.Days))
	}
	if v.Computed == Lost {
		s = append(s, explain.Of("maturity.lostLimit", float64(p.LostMax), explain.Months))
	}
	s = append(s, explain.Amount("maturity.salesN", v.SalesN))
	if v.known != calendar.None {
		s = append(s, explain.Of("maturity.knownFrom", float64(v.known), explain.Date))
	} else {
		s = append(s, explain.Amount("maturity.salesN1", v.SalesN1))
	}
	if v.HasG {
		key := "maturity.growth"
		if v.slope {
			key = "maturity.slope"
		}
		s = append(s, explain.Share(key, v.G), explain.Share("maturity.up", p.Up/100), explain.Share("maturity.down", p.Down/100))
	}
	if p.Relative {
		s = append(s, explain.Share("maturity.portfolioGrowth", v.portfolio))
	}
	s = append(s, explain.Tally("maturity.ageingScore", v.Score))
	if v.Phase == 0 {
		return s
	}
	return append(s, explain.Name("maturity.phase", v.Phase.String()))
}
