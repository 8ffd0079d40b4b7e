package response

import (
	"math"
	"slices"

	"sillon/engine/explain"
	"sillon/engine/money"
)

// ReadFlow reads each client's sensitivity to contacts (B2). A reading is a
// correlation, not a cause: falling sales may themselves bring extra visits.
func ReadFlow(in FlowInput, p Params) Flow {
	n := len(in.Units)
	f := Flow{Reading: make([]Reading, n), in: in, p: p}
	if p.MarketAdjust {
		f.Market = market(in)
	}
	var lines []line
	if p.Method == Regression {
		lines = f.lines(n)
	}
	for i := range n {
		r := &f.Reading[i]
		u0, u1 := grains(value(in.Before, i)), grains(in.Units[i])
		r.ChangeUnits = float64(u1-u0) / million
		r.ChangeResult = float64(at(in.Sales, i)) - float64(at(in.SalesBefore, i))
		why := explain.None
		if p.Method == Regression {
			why = f.regress(r, lines[i])
		} else {
			why = f.compare(r, u0, u1, at(in.SalesBefore, i), at(in.Sales, i))
		}
		if why != explain.None {
			r.Status, r.Reason = explain.NA, why
			continue
		}
		if r.Status == 0 {
			r.Status = explain.OK
		}
		f.judge(r, i)
	}
	return f
}

func value(x []float64, i int) float64 {
	if i < len(x) {
		return x[i]
	}
	return 0
}

// market is the growth of the whole portfolio; none without positive sales in
// both periods.
func market(in FlowInput) float64 {
	before, now := in.Others[0], in.Others[1]
	for i := range in.Units {
		before, now = before.Plus(at(in.SalesBefore, i)), now.Plus(at(in.Sales, i))
	}
	if before <= 0 || now <= 0 {
		return 0
	}
	return float64(now)/float64(before) - 1
}

// compare is the arc elasticity between two periods, or the point one.
func (f *Flow) compare(r *Reading, u0, u1, q0, q1 money.Cents) explain.Reason {
	r.Periods = 2
	switch {
	case u0 == 0 || q0 == 0:
		r.Periods = 1
		return explain.NewClient
	case q0 < 0 || q1 < 0:
		return explain.Negative
	case still(u0, u1, f.p):
		return explain.NoVariation
	}
	before, now := float64(q0), float64(q1)/(1+f.Market)
	if f.p.Method == Point {
		r.RelUnits, r.RelResult = r.ChangeUnits/(float64(u0)/million), (now-before)/before
	} else {
		r.RelUnits = float64(u1-u0) / (float64(u1+u0) / 2)
		r.RelResult = (now - before) / ((now + before) / 2)
	}
	r.E = r.RelResult / r.RelUnits
	return explain.None
}

// still reports whether contacts did not change enough to say anything: less
// than so many units, or than so many percent of their middle.
func still(u0, u1 money.Cents, p Params) bool {
	d := max(u1-u0, u0-u1)
	return d == 0 || d < grains(p.MinAbsUnits) || money.Compare(2*d, u0+u1, int64(math.Round(p.MinRel*million)), million) < 0
}

// judge reads the elasticity: badge, quadrant, return of one more unit, advice.
func (f *Flow) judge(r *Reading, i int) {
	if !usable(r.E) {
		r.E = 0
	}
	switch {
	case r.E < f.p.Bands[0]:
		r.Band = Reverse
	case r.E < f.p.Bands[1]:
		r.Band = Insensitive
	case r.E <= f.p.Bands[2]:
		r.Band = Moderate
	default:
		r.Band = VerySensitive
	}
	switch more, up := r.ChangeUnits > 0, r.ChangeResult > 0; {
	case more && up:
		r.Quadrant = Responsive
	case more:
		r.Quadrant = CounterProductive
	case r.ChangeUnits == 0: // two equal years inside a longer regression
	case up:
		r.Quadrant = SelfStanding
	default:
		r.Quadrant = Withdrawing
	}
	r.Autonomous = r.ChangeUnits < 0 && r.E <= 0
	units := float64(grains(f.in.Units[i])) / million
	if units == 0 {
		r.Silent = explain.NoContact
		return
	}
	r.Return, r.HasReturn = r.E*float64(at(f.in.Margin, i))/units, true
	if f.in.Price <= 0 {
		r.Silent = explain.NoCost
		return
	}
	switch ratio := r.Return / float64(f.in.Price); {
	case ratio > f.p.AddAbove:
		r.Decision = Add
	case ratio < f.p.ReduceBelow:
		r.Decision = Reduce
	default:
		r.Decision = Hold
	}
}

func usable(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// A line holds the sums of one client's regression of ln(Q+1) on ln(U+1).
type line struct {
	n        int
	sxx, sxy float64
	low, top money.Cents // units
	negative bool        // some period of net returns counted as nothing
}

// lines reads every client's periods and the slope within all of them: each
// client keeps its own level, or the slope would say that good clients are
// visited more.
func (f *Flow) lines(n int) []line {
	lines := make([]line, n)
	order := make([]int32, n)
	for i := range n {
		order[i] = int32(i)
		lines[i] = f.line(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return byCode(f.in.Codes, a, b) })
	var sxx, sxy float64
	for _, i := range order {
		sxx, sxy = sxx+lines[i].sxx, sxy+lines[i].sxy
	}
	if sxx > 1e-12 {
		f.Pool, f.HasPool = sxy/sxx, true
	}
	return lines
}

// line skips the periods before the client was known: no contact, no sales.
func (f *Flow) line(i int) (l line) {
	if i >= len(f.in.PeriodUnits) || i >= len(f.in.PeriodSales) {
		return l
	}
	u, q := f.in.PeriodUnits[i], f.in.PeriodSales[i]
	k := min(len(u), len(q))
	u, q = u[len(u)-k:], q[len(q)-k:]
	for len(u) > 0 && grains(u[0]) == 0 && q[0] <= 0 {
		u, q = u[1:], q[1:]
	}
	var mx, my float64
	for t := range u {
		g := grains(u[t])
		if t == 0 {
			l.low, l.top = g, g
		}
		l.low, l.top, l.negative = min(l.low, g), max(l.top, g), l.negative || q[t] < 0
		x, y := math.Log1p(clean(u[t])), math.Log1p(max(0, q[t].Float()))
		l.n++
		dx, dy := x-mx, y-my // Welford: no difference of large sums
		mx += dx / float64(l.n)
		my += dy / float64(l.n)
		l.sxx += float64(dx * (x - mx))
		l.sxy += float64(dx * (y - my))
	}
	return l
}

// regress draws a client's slope to that of all: (n·E + k·pool) ÷ (n + k).
func (f *Flow) regress(r *Reading, l line) explain.Reason {
	r.Periods = l.n
	switch {
	case l.n == 0:
		return explain.NoData
	case l.n < max(2, f.p.MinPeriods):
		return explain.FewPeriods
	case still(l.low, l.top, f.p) || l.sxx <= 1e-12:
		return explain.NoVariation
	}
	n := float64(l.n)
	r.E = (float64(n*(l.sxy/l.sxx)) + float64(f.p.Shrink*f.Pool)) / (n + f.p.Shrink)
	if l.negative {
		r.Status, r.Reason = explain.Weak, explain.Negative
	}
	return explain.None
}

// Explain gives the steps of client i's reading, the two raw variations first.
func (f *Flow) Explain(i int) []explain.Step {
	r := &f.Reading[i]
	s := []explain.Step{
		explain.Num("response.unitsBefore", clean(value(f.in.Before, i))), explain.Num("response.units", clean(f.in.Units[i])), explain.Num("response.changeUnits", r.ChangeUnits),
		explain.Amount("response.resultBefore", at(f.in.SalesBefore, i)), explain.Amount("response.result", at(f.in.Sales, i)),
		explain.Of("response.changeResult", r.ChangeResult, explain.Money), explain.Of("response.periods", float64(r.Periods), explain.Count),
	}
	if f.Market != 0 {
		s = append(s, explain.Share("response.market", f.Market))
	}
	if !r.Has() {
		return s
	}
	if f.p.Method == Regression {
		s = append(s, explain.Num("response.pool", f.Pool))
	}
	s = append(s, explain.Num("response.elasticity", r.E))
	if r.HasReturn {
		s = append(s, explain.Amount("response.margin", at(f.in.Margin, i)), explain.Of("response.return", r.Return, explain.Money))
	}
	if r.Decision != 0 {
		s = append(s, explain.Amount("response.price", f.in.Price), explain.Of("response.returnRatio", r.Return/float64(f.in.Price), explain.Ratio),
			explain.Of("response.addAbove", clean(f.p.AddAbove), explain.Ratio), explain.Of("response.reduceBelow", clean(f.p.ReduceBelow), explain.Ratio))
	}
	return s
}
