package loyalty

import (
	"math"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/sorting"
)

// An RFMInput is one client per index (F3).
type RFMInput struct {
	Recency   []int32 // days since the last order; negative: never ordered, left out
	Frequency []int32 // orders
	Amount    []money.Cents
}

// An RFM gives classes 1 to 5, 5 the best, 0 to who never ordered; Code is
// R·100 + F·10 + M.
type RFM struct {
	R, F, M []uint8
	Code    []uint16
	explain.Mark
}

// Classes cuts recency, frequency and amount in five equal head-counts (F3);
// equal values share the better class.
func Classes(in RFMInput) RFM {
	n := min(len(in.Recency), len(in.Frequency), len(in.Amount)) // a damaged tail is left out
	in.Recency = in.Recency[:n]
	var idx []int32
	for i, d := range in.Recency {
		if d >= 0 {
			idx = append(idx, int32(i))
		}
	}
	r := RFM{
		R: fifths(n, idx, func(i int32) uint64 { return sorting.Whole(int64(in.Recency[i])) }),
		F: fifths(n, idx, func(i int32) uint64 { return ^sorting.Whole(int64(in.Frequency[i])) }),
		M: fifths(n, idx, func(i int32) uint64 { return ^sorting.Whole(int64(in.Amount[i])) }), Code: make([]uint16, n),
	}
	for _, i := range idx {
		r.Code[i] = 100*uint16(r.R[i]) + 10*uint16(r.F[i]) + uint16(r.M[i])
	}
	r.Mark = explain.Sound(explain.Tally("loyalty.clients", len(idx)))
	switch {
	case n == 0:
		r.Mark = explain.Missing(explain.NoData)
	case len(idx) == 0:
		r.Mark = explain.Missing(explain.NoSales)
	case len(idx) < 4:
		r.Status, r.Reason = explain.Weak, explain.FewClients
	}
	return r
}

// fifths ranks the clients, best first, and gives 5 − ⌊5·better ÷ n⌋ where
// better counts those strictly ahead.
func fifths(n int, idx []int32, of func(i int32) uint64) []uint8 {
	class, key := make([]uint8, n), make([]uint64, n)
	order := slices.Clone(idx)
	for _, i := range idx {
		key[i] = of(i)
	}
	sorting.Index(order, key, nil)
	ahead := 0
	for k, i := range order {
		if k > 0 && key[order[k-1]] != key[i] {
			ahead = k
		}
		class[i] = uint8(5 - 5*ahead/len(order))
	}
	return class
}

// Explain gives the classes of client i.
func (r RFM) Explain(i int) []explain.Step {
	return []explain.Step{
		explain.Of("loyalty.recency", float64(r.R[i]), explain.Level), explain.Of("loyalty.frequency", float64(r.F[i]), explain.Level), explain.Of("loyalty.amount", float64(r.M[i]), explain.Level),
	}
}

// A Rhythm is how regularly a client orders (F3).
type Rhythm struct {
	Orders     int
	Regularity explain.Result // 1 − min(1, coefficient of variation of the intervals), from three orders on
	Lateness   explain.Result // days since the last order ÷ median interval, from two orders on
}

// century is how far back, in days, an order is believed: None and the dates of
// a damaged file are not. Differences then fit.
const century = 36_525

// RhythmOf reads the days of the orders up to the as-of date; two on one day
// are one, and 0 is a missing date. The deviation is that of the intervals at hand (÷ n).
func RhythmOf(days []calendar.Day, asOf calendar.Day) Rhythm { return rhythm(days, asOf, true) }

// RhythmBrief is RhythmOf without steps, for a whole portfolio.
func RhythmBrief(days []calendar.Day, asOf calendar.Day) Rhythm { return rhythm(days, asOf, false) }

func rhythm(days []calendar.Day, asOf calendar.Day, steps bool) Rhythm {
	var room [64]calendar.Day // most clients need no more
	known := room[:0]
	for _, d := range days {
		if back := int64(asOf) - int64(d); d != 0 && back >= 0 && back < century {
			known = append(known, d)
		}
	}
	known = calendar.Distinct(known)
	r := Rhythm{Orders: len(known)}
	n := len(known) - 1
	if n < 2 {
		r.Regularity.Mark = explain.Missing(explain.FewPeriods)
		if steps {
			r.Regularity.Steps = []explain.Step{explain.Tally("loyalty.orders", len(known))}
		}
		r.Lateness = r.Regularity
		if len(known) == 0 {
			r.Regularity.Reason, r.Lateness.Reason = explain.NoSales, explain.NoSales
		}
	}
	if n < 1 {
		return r
	}
	var between [64]int32
	gaps := between[:0]
	for k := range n {
		gaps = append(gaps, int32(known[k+1]-known[k]))
	}
	mid := median(gaps) // sorted from here on
	late := float64(asOf-known[n]) / mid
	r.Lateness = explain.Result{Value: late, Mark: explain.Sound()}
	if steps {
		r.Lateness.Steps = []explain.Step{explain.Of("loyalty.since", float64(asOf-known[n]), explain.Days), explain.Of("loyalty.medianInterval", mid, explain.Days), explain.Of("loyalty.lateness", late, explain.Ratio)}
	}
	if n < 2 {
		return r
	}
	mean := float64(known[n]-known[0]) / float64(n)
	var squares float64
	for _, g := range gaps {
		d := float64(g) - mean
		squares += float64(d * d)
	}
	cv := math.Sqrt(squares/float64(n)) / mean
	x := 1 - min(1, cv)
	r.Regularity = explain.Result{Value: x, Mark: explain.Sound()}
	if steps {
		r.Regularity.Steps = []explain.Step{explain.Tally("loyalty.orders", len(known)), explain.Of("loyalty.meanInterval", mean, explain.Days), explain.Num("loyalty.spread", cv), explain.Num("loyalty.regularity", x)}
	}
	return r
}

// A Part is one component of the engagement index, from 0 to 1, when known.
type Part struct {
	Value float64
	Known bool
}

// PartOf is the value of a result, unknown when it has none.
func PartOf(r explain.Result) Part { return Part{r.Value, r.Has()} }

// Rate is so many out of so many, unknown out of none: commitments kept of
// those due, contacts answered, functions met of those that exist.
func Rate(part, of int) Part {
	if of <= 0 {
		return Part{}
	}
	return Part{min(1, max(0, float64(part)/float64(of))), true}
}

// A Satisfaction is one note a client gave, 0 to 10.
type Satisfaction struct {
	Day  calendar.Day
	Note float64
}

// LastThree is the mean of the last three notes ÷ 10; unknown without any.
func LastThree(notes []Satisfaction, asOf calendar.Day) Part {
	var last [3]Satisfaction // the latest first; of one day, the lower note
	n := 0
	for _, x := range notes {
		if !(x.Day <= asOf && x.Note >= 0 && x.Note <= 10) {
			continue
		}
		k := n
		if n < len(last) {
			n++
		}
		for ; k > 0 && (x.Day > last[k-1].Day || x.Day == last[k-1].Day && x.Note < last[k-1].Note); k-- {
			if k < len(last) {
				last[k] = last[k-1]
			}
		}
		if k < len(last) {
			last[k] = x
		}
	}
	var sum float64
	for _, x := range last[:n] {
		sum += x.Note
	}
	if n == 0 {
		return Part{}
	}
	return Part{sum / float64(n) / 10, true}
}

// Component is a place in the engagement index, in the order of
// engagement.weights.
type Component uint8

const (
	Equilibria    Component = iota // A*
	Keeping                        // 1 − v_e
	Regularity                     // of the orders
	Penetration                    // π
	Efforts                        // realised by the client (G2)
	Satisfied                      // satisfaction ÷ 10
	Interlocutors                  // functions met ÷ functions that exist (G3)
	Commitments                    // kept ÷ due (J4)
	components
)

var componentKeys = [components]string{
	"loyalty.componentEquilibrium", "loyalty.componentLoyalty", "loyalty.componentRegularity", "loyalty.componentPenetration",
	"loyalty.componentEfforts", "loyalty.componentSatisfaction", "loyalty.componentInterlocutors", "loyalty.componentCommitments",
}

// Indicators are the other signs of engagement of a client (F3). The last four
// are shown and not weighed.
type Indicators struct {
	Regularity, Penetration, Efforts, Satisfaction, Interlocutors, Commitments Part
	Answers                                                                    Part // contacts answered ÷ made
	PriceAccepted                                                              Part // last price increase: 1 accepted, 0 refused
	Seniority                                                                  int  // full months
	Referrals                                                                  int
}

// Parts sets speeds and indicators in the order of the index.
func (n Indicators) Parts(s Speed) [8]Part {
	return [8]Part{{s.Heading, s.Has()}, {1 - s.Exclusion, s.Has()}, n.Regularity, n.Penetration, n.Efforts, n.Satisfaction, n.Interlocutors, n.Commitments}
}

// An Engagement is the engagement index (indice d'engagement), 0 to 100.
type Engagement struct {
	Points   [8]float64 // what each component brings; they add up to the index
	Known    int        // components
	Coverage float64    // weight of those known ÷ weight of all
	explain.Result
}

// Engage weighs the components that are known (F3): 100 × Σ w·x ÷ Σ w. Values
// are held between 0 and 1; under three components the result is weak.
func Engage(parts [8]Part, p Params) Engagement { return weigh(parts, &p, 0xff, true) }

// EngageBrief is Engage without steps, for a whole portfolio.
func EngageBrief(parts [8]Part, p *Params) Engagement { return weigh(parts, p, 0xff, false) }

func weigh(parts [8]Part, p *Params, which uint8, steps bool) Engagement {
	var e Engagement
	var have, all float64
	for k, c := range parts {
		w := p.Weights[k]
		if which>>k&1 == 0 || !(w > 0) {
			continue
		}
		all += w
		if c.Known && !math.IsNaN(c.Value) {
			have += w
			e.Known++
		}
	}
	if have == 0 {
		e.Mark = explain.Missing(explain.NoData)
		return e
	}
	for k, c := range parts {
		if w := p.Weights[k]; which>>k&1 == 1 && w > 0 && c.Known && !math.IsNaN(c.Value) {
			x := min(1, max(0, c.Value))
			e.Points[k] = 100 * w * x / have
			e.Value += e.Points[k]
			if steps {
				e.Steps = append(e.Steps, explain.Num(componentKeys[k], x))
			}
		}
	}
	e.Coverage = have / all
	e.Status = explain.OK
	if steps {
		e.Steps = append(e.Steps, explain.Share("loyalty.coverage", e.Coverage))
	}
	if e.Known < 3 {
		e.Status = explain.Weak
	}
	return e
}

// A Bond is the contract that holds a client, if any.
type Bond struct {
	InForce   bool
	Exclusive bool
	Until     calendar.Day // None or 0: open
}

// Facets are the three loyalties, shown apart (F3): what a contract commands,
// what the client buys, and what it says and does for us besides.
type Facets struct {
	Contractual Bond
	Behavioural Engagement // A*, 1 − v_e, regularity, π
	Attitudinal Engagement // efforts, satisfaction, interlocutors, commitments
	// Captive: an exclusive contract, and satisfaction under 6: not loyal.
	Captive bool
}

// FacetsOf tells the three apart. Which components are behaviour and which
// attitude is derived.
func FacetsOf(b Bond, parts [8]Part, p Params) Facets {
	s := parts[Satisfied]
	return Facets{Contractual: b, Behavioural: weigh(parts, &p, 0x0f, true), Attitudinal: weigh(parts, &p, 0xf0, true), Captive: b.InForce && b.Exclusive && s.Known && s.Value < .6}
}
