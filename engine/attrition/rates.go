package attrition

import (
	"math"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// A Life is one client from his first order to his loss.
type Life struct {
	First    calendar.Day // first order; None or 0: never, left out
	Lost     calendar.Day // None or 0: still here. By rule 1 of C1, or said
	Returned calendar.Day // won back after Lost; None or 0: not
	Natural  bool         // activity, insolvency, death
	Motive   portfolio.Motive
	Sales    money.Cents // yearly, at the start of the period; negative counts as 0
	Group    int32       // cohort, phase, rep, typology: the caller's numbering
}

func (l Life) natural() bool { return l.Natural || l.Motive == portfolio.MotiveNatural }

// here reports whether the client is one at the end of a day.
func (l Life) here(d calendar.Day) bool {
	if !seen(l.First, d) {
		return false
	}
	return !seen(l.Lost, d) || seen(l.Returned, d) && l.Returned > l.Lost
}

// Rates are the movements of a period (taux d'attrition et de rétention).
type Rates struct {
	Start, End    int // clients on the eve, and on the last day
	Acquired      int // first order inside, still there at the end
	Returned      int // lost before, won back inside
	Lost, Natural int // of those at the start; natural among them
	Mortality     int // entered and lost inside: counted apart
	SalesStart    money.Cents
	SalesLost     money.Cents
	SalesNatural  money.Cents

	Attrition, Avoidable, Retention    float64 // ÷ clients at the start
	SalesAttrition, SalesAvoidableRate float64 // ÷ their sales, when SalesStart > 0
	explain.Mark
}

// Movements counts the movements of a window over all clients.
func Movements(lives []Life, w calendar.Window) Rates {
	return MovementsBy(lives, w, 0)[0]
}

// MovementsBy adds the same by group: [0] is everybody, [1+g] group g of n.
// Clients of another group number count in [0] only.
func MovementsBy(lives []Life, w calendar.Window, n int) []Rates {
	out := make([]Rates, 1+max(0, n))
	for i := range lives {
		l := &lives[i]
		out[0].count(l, w)
		if g := int(l.Group); g >= 0 && g+1 < len(out) {
			out[g+1].count(l, w)
		}
	}
	for i := range out {
		out[i].divide()
	}
	return out
}

func (r *Rates) count(l *Life, w calendar.Window) {
	before, after := l.here(w.From-1), l.here(w.To)
	sales := max(0, l.Sales)
	switch {
	case before:
		r.Start++
		r.SalesStart = r.SalesStart.Plus(sales)
		if after {
			break
		}
		r.Lost++
		r.SalesLost = r.SalesLost.Plus(sales)
		if l.natural() {
			r.Natural++
			r.SalesNatural = r.SalesNatural.Plus(sales)
		}
	case given(l.First) && w.Contains(l.First):
		if after {
			r.Acquired++
		} else {
			r.Mortality++
		}
	case after:
		r.Returned++
	}
	if after {
		r.End++
	}
}

func (r *Rates) divide() {
	steps := []explain.Step{
		explain.Tally("attrition.start", r.Start), explain.Tally("attrition.end", r.End), explain.Tally("attrition.acquired", r.Acquired),
		explain.Tally("attrition.returned", r.Returned), explain.Tally("attrition.lost", r.Lost),
		explain.Tally("attrition.natural", r.Natural), explain.Tally("attrition.mortality", r.Mortality),
	}
	if r.Start <= 0 {
		r.Mark = explain.Missing(explain.NoData, steps...)
		return
	}
	n := float64(r.Start)
	r.Attrition, r.Avoidable = float64(r.Lost)/n, float64(r.Lost-r.Natural)/n
	r.Retention = float64(r.End-r.Acquired-r.Returned) / n
	if s := float64(r.SalesStart); s > 0 {
		r.SalesAttrition, r.SalesAvoidableRate = float64(r.SalesLost)/s, float64(r.SalesLost-r.SalesNatural)/s
	}
	r.Mark = explain.Sound(append(steps, explain.Share("attrition.attrition", r.Attrition),
		explain.Share("attrition.avoidable", r.Avoidable), explain.Share("attrition.retention", r.Retention))...)
	if r.Start < 4 {
		r.Status, r.Reason = explain.Weak, explain.FewClients
	}
}

// Retention is the rate from counts alone: (end − acquired) ÷ start. Counts
// that cannot be (more kept than there were) have no rate. Among its steps is
// the rough attrition of W19, new ÷ at the end, of who does not know how many
// there were at the start.
func Retention(start, end, acquired int) explain.Result {
	kept := end - acquired
	steps := []explain.Step{explain.Tally("attrition.start", start), explain.Tally("attrition.end", end), explain.Tally("attrition.acquired", acquired)}
	if start <= 0 || acquired < 0 || kept < 0 || kept > start {
		return explain.Result{Mark: explain.Missing(explain.NoData, steps...)}
	}
	r := float64(kept) / float64(start)
	steps = append(steps, explain.Tally("attrition.lost", start-kept), explain.Share("attrition.attrition", float64(start-kept)/float64(start)))
	if end > 0 {
		steps = append(steps, explain.Share("attrition.rough", float64(acquired)/float64(end)))
	}
	out := explain.Result{Value: r, Mark: explain.Sound(append(steps, explain.Share("attrition.retention", r))...)}
	if start < 4 {
		out.Status, out.Reason = explain.Weak, explain.FewClients
	}
	return out
}

// A Cause is one bar of the Pareto of motives.
type Cause struct {
	Motive     portfolio.Motive // 0: unknown
	N          int
	Sales      money.Cents
	Share, Cum float64 // of the number lost
	Natural    int     // of them
}

// Causes are the motives of losses, most frequent first.
type Causes struct {
	List  []Cause
	Lost  int
	Vital int // how many motives make 80 % of the losses
	explain.Mark
}

// Motives ranks why the clients lost inside a window left; equal numbers go by
// sales lost, then by motive. A client won back since counts: he had left.
func Motives(lives []Life, w calendar.Window) Causes {
	var all [portfolio.MotiveNatural + 1]Cause
	var c Causes
	for _, l := range lives {
		if !given(l.First) || !given(l.Lost) || !w.Contains(l.Lost) {
			continue
		}
		m := l.Motive
		switch {
		case m > portfolio.MotiveNatural:
			m = 0
		case m == 0 && l.Natural:
			m = portfolio.MotiveNatural
		}
		b := &all[m]
		b.Motive = m
		b.N++
		b.Sales = b.Sales.Plus(max(0, l.Sales))
		if l.natural() {
			b.Natural++
		}
		c.Lost++
	}
	for _, b := range all {
		if b.N > 0 {
			c.List = append(c.List, b)
		}
	}
	sorting.By(c.List, func(a, b Cause) int {
		switch {
		case a.N != b.N:
			return b.N - a.N
		case a.Sales != b.Sales:
			if a.Sales > b.Sales {
				return -1
			}
			return 1
		}
		return int(a.Motive) - int(b.Motive)
	})
	cum := 0
	for i := range c.List {
		b := &c.List[i]
		if 100*cum < 80*c.Lost {
			c.Vital++
		}
		cum += b.N
		b.Share, b.Cum = float64(b.N)/float64(c.Lost), float64(cum)/float64(c.Lost)
	}
	c.Mark = explain.Missing(explain.NoData)
	if c.Lost > 0 {
		c.Mark = explain.Sound(explain.Tally("attrition.losses", c.Lost), explain.Tally("attrition.vital", c.Vital))
	}
	return c
}

// A Survival is the share of a cohort still there after k steps, k = 0…n.
type Survival struct {
	At        []float64
	Low, High []float64 // 95 %, Greenwood
	AtRisk    []int     // clients observed at the beginning of the step
	explain.Mark
}

// Survive draws the survival of clients (courbe de survie) by Kaplan-Meier, in
// steps of so many full months since the first order. Clients still there at
// asOf are counted as far as they were seen; natural departures too when only
// the avoidable count.
func Survive(lives []Life, asOf calendar.Day, months, steps int, avoidable bool) Survival {
	months, steps = max(1, months), max(0, min(steps, 600))
	left, gone := make([]int, steps+1), make([]int, steps+1) // lost in step k; seen no further than step k
	n := 0
	for _, l := range lives {
		if !seen(l.First, asOf) {
			continue
		}
		n++
		end, lost := asOf, seen(l.Lost, asOf)
		if lost {
			end = max(l.First, l.Lost)
		}
		k := calendar.FullMonths(l.First, end) / months
		switch {
		case k >= steps:
			gone[steps]++
		case lost && !(avoidable && l.natural()):
			left[k]++
		default:
			gone[k]++
		}
	}
	s := Survival{At: make([]float64, steps+1), Low: make([]float64, steps+1), High: make([]float64, steps+1), AtRisk: make([]int, steps+1)}
	at, risk, v := 1.0, n, 0.0
	s.At[0], s.Low[0], s.High[0], s.AtRisk[0] = 1, 1, 1, n
	for k := range steps {
		if risk > 0 {
			at *= 1 - float64(left[k])/float64(risk)
			if d := risk * (risk - left[k]); d > 0 {
				v += float64(left[k]) / float64(d)
			}
		}
		e := float64(1.959963984540054 * at * math.Sqrt(v))
		risk -= left[k] + gone[k]
		s.At[k+1], s.Low[k+1], s.High[k+1], s.AtRisk[k+1] = at, max(0, at-e), min(1, at+e), risk
	}
	switch {
	case n == 0:
		s.Mark = explain.Missing(explain.NoData)
	case n < 4:
		s.Mark = explain.Thin(explain.FewClients, explain.Tally("attrition.start", n))
	default:
		s.Mark = explain.Sound(explain.Tally("attrition.start", n))
	}
	return s
}
