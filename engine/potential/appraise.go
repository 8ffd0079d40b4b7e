package potential

import (
	"cmp"
	"math"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// voice is one usable estimate with its weight at the as-of date.
type voice struct {
	amount, captive, q float64
	low, high          money.Cents
}

// Appraise fuses the estimates of a client known at asOf (E1). Estimates dated
// later are invisible; a negative one, or a bracket upside down, is rejected
// and counted. sales are the client's own of window N.
func Appraise(estimates []Estimate, sales money.Cents, asOf calendar.Day, p Params) Appraisal {
	voices, rejected, undated := p.listen(estimates, asOf)
	var q, amount, captive float64
	low, high := money.Cents(math.MaxInt64), money.Cents(0)
	var steps []explain.Step
	for _, v := range voices {
		q += v.q
		amount += float64(v.q * v.amount)
		captive += float64(v.q * v.amount * v.captive)
		low, high = min(low, v.low), max(high, v.high)
		steps = append(steps, explain.Amount("potential.estimate", money.Cents(math.Round(v.amount))), explain.Num("potential.quality", v.q))
	}
	steps = append(steps, explain.Tally("potential.estimates", len(voices)), explain.Tally("potential.rejected", rejected))
	if !(q > 1e-300) {
		return Appraisal{Mark: explain.Missing(explain.NoPotential, steps...)}
	}
	a := Appraisal{Value: money.Cents(math.Round(amount / q)), Confidence: min(1, q), Min: low, Max: high}
	a.Dotted = a.Confidence < p.MinConfidence
	steps = append(steps, explain.Amount("potential.fused", a.Value), explain.Num("potential.confidence", a.Confidence), explain.Amount("potential.sales", sales))
	if a.Value < sales {
		a.Value, a.Raised = sales.Scale(int64(math.Round(p.OverSales*1e6)), 1e6), true
		a.Max = max(a.Max, a.Value)
		steps = append(steps, explain.Amount("potential.raised", a.Value))
	}
	a.Accessible = a.Value
	if captive > 0 {
		a.Accessible -= money.Cents(math.Round(float64(a.Value) * (captive / amount)))
		steps = append(steps, explain.Amount("potential.accessible", a.Accessible))
	}
	a.Mark = explain.Sound(steps...)
	if a.Dotted || undated || a.Raised {
		a.Status = explain.Weak
	}
	return a
}

// listen keeps the usable estimates, in one order whatever the caller's, so
// that the sums have the same bits on every tablet.
func (p Params) listen(estimates []Estimate, asOf calendar.Day) (voices []voice, rejected int, undated bool) {
	for _, e := range estimates {
		dated := e.Day != calendar.None && e.Day != 0
		if dated && e.Day > asOf {
			continue
		}
		v, ok := p.weigh(e, dated, asOf)
		if !ok {
			rejected++
			continue
		}
		undated = undated || !dated
		voices = append(voices, v)
	}
	sorting.By(voices, func(a, b voice) int {
		return cmp.Or(cmp.Compare(a.amount, b.amount), cmp.Compare(a.q, b.q), cmp.Compare(a.captive, b.captive),
			cmp.Compare(a.low, b.low), cmp.Compare(a.high, b.high))
	})
	return voices, rejected, undated
}

func (p Params) weigh(e Estimate, dated bool, asOf calendar.Day) (voice, bool) {
	v := voice{amount: float64(e.Amount), low: e.Amount, high: e.Amount, captive: e.Captive, q: e.Quality}
	if e.Max > 0 { // a bracket: its middle, unless the client said where in it he is
		v.low, v.high = e.Min, e.Max
		if e.Amount <= 0 || e.Amount < e.Min || e.Amount > e.Max {
			v.amount = (float64(e.Min) + float64(e.Max)) / 2
		}
	}
	if v.q == 0 && e.Method <= portfolio.Judgment {
		v.q = p.Quality[e.Method]
	}
	if v.low < 0 || v.low > v.high || !(v.q > 0 && v.q <= 1) || !(v.captive >= 0 && v.captive <= 1) {
		return voice{}, false
	}
	if dated {
		v.q *= math.Exp2(-float64(calendar.FullMonths(e.Day, asOf)) / p.HalfLife)
	}
	return v, true
}

// Decide puts the amount a person decided in place of the fused one (méthode
// §0.3: the computed value stays visible beside it). What is accessible of it
// keeps its share; the range and the steps of the estimates stay.
func (a Appraisal) Decide(value money.Cents) Appraisal {
	d := a
	d.Value, d.Accessible, d.Confidence = max(0, value), max(0, value), 1
	d.Dotted, d.Raised = false, false
	if a.Has() && a.Value > 0 && a.Accessible < a.Value {
		d.Accessible = d.Value.Scale(int64(a.Accessible), int64(a.Value))
	}
	if !a.Has() {
		d.Min, d.Max = d.Value, d.Value
	}
	steps := make([]explain.Step, 0, len(a.Steps)+1)
	d.Mark = explain.Sound(append(append(steps, a.Steps...), explain.Amount("potential.decided", d.Value))...)
	return d
}

// FromParts is a potential built from its parts: our sales, the competitors'
// and the purchases not yet made that we could serve.
func FromParts(ours, competitors, unused money.Cents) money.Cents {
	return max(0, ours) + max(0, competitors) + max(0, unused)
}

// FromDriver is an estimate by ratio: so many units of a driver (headcount,
// machines, m²) at so many cents each.
func FromDriver(driver, centsPerUnit float64, day calendar.Day) (Estimate, bool) {
	x := driver * centsPerUnit
	if !(x >= 0 && x < 1<<62) {
		return Estimate{}, false
	}
	return Estimate{Amount: money.Cents(math.Round(x)), Method: portfolio.ByRatio, Day: day}, true
}

// Coefficient is the portfolio's own cents per unit of a driver: Σ potential ÷
// Σ driver over the clients that have both. It lends a potential to the others.
func Coefficient(potential []money.Cents, known []bool, driver []float64) (float64, bool) {
	var sum money.Cents
	var units []float64
	for i, d := range driver {
		if !(d > 0) || math.IsInf(d, 0) || known != nil && !known[i] {
			continue
		}
		sum = sum.Plus(potential[i])
		units = append(units, d)
	}
	sorting.Sort(units) // one order: the same bits
	var total float64
	for _, d := range units {
		total += d
	}
	if total <= 0 || math.IsInf(total, 0) {
		return 0, false
	}
	return float64(sum) / total, true
}

// Annual brings an amount found over some days to a year of 365.
func Annual(amount money.Cents, days int) (money.Cents, bool) {
	if days <= 0 || amount < 0 {
		return 0, false
	}
	return amount.Scale(365, int64(days)), true
}

// Sum adds the appraisals of a client's families: amounts add up, confidence
// is their mean weighted by value.
func Sum(families ...Appraisal) Appraisal {
	var t Appraisal
	var sure float64
	weak := false
	for _, f := range families {
		if !f.Has() {
			weak = true
			continue
		}
		t.Value, t.Accessible = t.Value.Plus(f.Value), t.Accessible.Plus(f.Accessible)
		t.Min, t.Max = t.Min.Plus(f.Min), t.Max.Plus(f.Max)
		t.Raised, t.Dotted = t.Raised || f.Raised, t.Dotted || f.Dotted
		sure += float64(float64(f.Value) * f.Confidence)
		weak = weak || f.Status == explain.Weak
	}
	if t.Value == 0 {
		t.Mark = explain.Missing(explain.NoPotential)
		return t
	}
	t.Confidence = min(1, sure/float64(t.Value))
	t.Mark = explain.Sound(explain.Tally("potential.estimates", len(families)), explain.Amount("potential.fused", t.Value), explain.Num("potential.confidence", t.Confidence))
	if weak {
		t.Status = explain.Weak
	}
	return t
}
