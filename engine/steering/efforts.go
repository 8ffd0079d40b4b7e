package steering

import (
	"cmp"
	"math"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/sorting"
)

// A Code is an effort of the catalogue: 1 for E01 … 15 for E15.
type Code uint8

// Stored and sent: add at the end, never renumber.
const (
	BuyMore        Code = iota + 1 // acheter davantage
	WidenRange                     // élargir la gamme
	GroupOrders                    // grouper les commandes
	OrderRegularly                 // commander régulièrement, prévoir
	OrderAlone                     // commander sans visite
	ComeToUs                       // venir à nous
	ReceiveUs                      // bien nous recevoir
	InformUs                       // nous informer
	IntroduceUs                    // nous introduire chez lui
	RecommendUs                    // nous recommander
	PayWell                        // bien payer
	AcceptPrice                    // accepter notre prix
	LoadLess                       // solliciter moins le service
	Commit                         // s'engager
	CoDevelop                      // co-développer
)

// String is the code of the catalogue, "E01"; "?" for one of a newer version.
func (c Code) String() string {
	if c < BuyMore || c > CoDevelop {
		return "?"
	}
	return "E" + string(rune('0'+c/10)) + string(rune('0'+c%10))
}

// CodeOf reads the code of an objective's card, "E01" to "E15"; 0 for another.
func CodeOf(s string) Code {
	for c := BuyMore; c <= CoDevelop; c++ {
		if c.String() == s {
			return c
		}
	}
	return 0
}

// A Measure is how an effort is checked.
type Measure struct {
	Key  string
	Unit explain.Unit
	Down bool // less is better
}

// An Effort is a line of the catalogue.
type Effort struct {
	Key      string
	Measures []Measure // the first one is proposed
}

// Catalogue is the efforts that can be asked, E01 first. The caller must not
// write to it.
func Catalogue() []Effort { return catalogue }

var catalogue = []Effort{
	{"effort.E01", []Measure{{"measure.sales", explain.Money, false}}},
	{"effort.E02", []Measure{{"measure.families", explain.Number, false}}},
	{"effort.E03", []Measure{{"measure.orderValue", explain.Money, false}, {"measure.ordersPer1000", explain.Number, true}}},
	{"effort.E04", []Measure{{"measure.intervalCV", explain.Number, true}, {"measure.forecastError", explain.Percent, true}}},
	{"effort.E05", []Measure{{"measure.remoteShare", explain.Percent, false}}},
	{"effort.E06", []Measure{{"measure.attendances", explain.Count, false}}},
	{"effort.E07", []Measure{{"measure.noShowRate", explain.Percent, true}, {"measure.waiting", explain.Number, true}}},
	{"effort.E08", []Measure{{"measure.intelligence", explain.Count, false}}},
	{"effort.E09", []Measure{{"measure.doorsOpened", explain.Count, false}}},
	{"effort.E10", []Measure{{"measure.referrals", explain.Count, false}, {"measure.referralsWon", explain.Count, false}}},
	{"effort.E11", []Measure{{"measure.dso", explain.Days, true}, {"measure.lateRate", explain.Percent, true}}},
	{"effort.E12", []Measure{{"measure.discount", explain.Percent, true}, {"measure.increaseAccepted", explain.Percent, false}}},
	{"effort.E13", []Measure{{"measure.complaints", explain.Number, true}}},
	{"effort.E14", []Measure{{"measure.term", explain.Months, false}, {"measure.volume", explain.Money, false}, {"measure.exclusivity", explain.Count, false}}},
	{"effort.E15", []Measure{{"measure.joint", explain.Count, false}}},
}

// measure is the k-th measure of an effort; false when there is none.
func (c Code) measure(k uint8) (Measure, bool) {
	if c < BuyMore || c > CoDevelop || int(k) >= len(catalogue[c-1].Measures) {
		return Measure{}, false
	}
	return catalogue[c-1].Measures[k], true
}

// Facts are what the period recorded of one client, from which the measures are
// taken. A count under 0 is not known.
type Facts struct {
	Sales                          money.Cents
	Orders                         int // dated orders, returns apart
	Remote                         int // of them by phone, web or EDI
	FamilyQuarters, Quarters       int // families bought summed over the quarters; quarters seen
	OrderDays                      []calendar.Day
	Forecast, Actual               money.Cents // what was announced and what came, over the same months
	Attendances                    int         // showroom, events
	Appointments, NoShows          int
	WaitingMinutes                 float64 // mean of a visit; under 0: not known
	Intelligence, DoorsOpened      int
	Referrals, ReferralsWon        int
	DSO                            float64 // days sales outstanding; under 0: not known
	Payments, LatePayments         int
	GrossSales, Discounts          money.Cents // before discount; discount granted
	IncreaseAsked, IncreaseGranted float64     // last price increase, as shares; asked 0: none
	Complaints, Returns            int
	TermMonths                     int // of the running contract
	VolumeCommitted                money.Cents
	Exclusive                      bool
	Joint                          int // pilot sites, shared publicity, joint tools
}

// Measure is the k-th measure of an effort, in its unit; false when the facts
// do not say.
func (f *Facts) Measure(c Code, k uint8) (float64, bool) {
	m, ok := c.measure(k)
	if !ok {
		return 0, false
	}
	count := func(n int) (float64, bool) { return float64(n), n >= 0 }
	switch m.Key {
	case "measure.sales":
		return float64(f.Sales), true
	case "measure.families":
		return ratio(float64(f.FamilyQuarters), float64(f.Quarters))
	case "measure.orderValue":
		return ratio(float64(f.Sales), float64(f.Orders))
	case "measure.ordersPer1000":
		return ratio(100_000*float64(f.Orders), float64(f.Sales))
	case "measure.intervalCV":
		return intervalCV(f.OrderDays)
	case "measure.forecastError":
		return ratio(math.Abs(float64(f.Actual)-float64(f.Forecast)), float64(f.Forecast))
	case "measure.remoteShare":
		return ratio(float64(f.Remote), float64(f.Orders))
	case "measure.attendances":
		return count(f.Attendances)
	case "measure.noShowRate":
		return ratio(float64(f.NoShows), float64(f.Appointments))
	case "measure.waiting":
		return ratio(f.WaitingMinutes, 1)
	case "measure.intelligence":
		return count(f.Intelligence)
	case "measure.doorsOpened":
		return count(f.DoorsOpened)
	case "measure.referrals":
		return count(f.Referrals)
	case "measure.referralsWon":
		return count(f.ReferralsWon)
	case "measure.dso":
		return ratio(f.DSO, 1)
	case "measure.lateRate":
		return ratio(float64(f.LatePayments), float64(f.Payments))
	case "measure.discount":
		return ratio(float64(f.Discounts), float64(f.GrossSales))
	case "measure.increaseAccepted":
		return ratio(f.IncreaseGranted, f.IncreaseAsked)
	case "measure.complaints":
		return ratio(float64(f.Complaints+f.Returns), float64(f.Orders))
	case "measure.term":
		return count(f.TermMonths)
	case "measure.volume":
		return float64(f.VolumeCommitted), true
	case "measure.exclusivity":
		if f.Exclusive {
			return 1, true
		}
		return 0, true
	}
	return count(f.Joint)
}

// ratio is a ÷ b; false unless a is known (0 or more) and b above 0.
func ratio(a, b float64) (float64, bool) {
	if x := a / b; b > 0 && x >= 0 && sane(x) {
		return x, true
	}
	return 0, false
}

// intervalCV is the variation of the days between orders, same-day orders
// merged; false under three days of order.
func intervalCV(days []calendar.Day) (float64, bool) {
	d := slices.Clone(days)
	sorting.Ints(d)
	d = slices.Compact(d)
	if len(d) < 3 {
		return 0, false
	}
	gaps := make([]float64, len(d)-1)
	for i := range gaps {
		gaps[i] = float64(d[i+1]) - float64(d[i])
	}
	return spread(gaps)
}

// An Objective is an effort asked of a client (objectif d'effort).
type Objective struct {
	Effort           Code
	Measure          uint8 // of the effort, 0 the first
	Baseline, Target float64
	Actual           float64
	Measured         bool // Actual is known
	Weight           float64
}

// A Score is a client's efforts (indice d'effort client).
type Score struct {
	IE         float64
	Attainment []float64 // of each objective given; 0 for one not counted
	Counted    []bool    // measured, weighted, and among the most a client can be asked
	Excess     int       // objectives beyond that number: focus
	explain.Mark
}

// Attain is how far an objective is reached (G2): 0 at the baseline, 1 at the
// target, whichever way the measure goes. Asked to keep the baseline, a client
// attains 1 or −1. false when it cannot be said.
func (o Objective) Attain(p Params) (float64, bool) {
	m, known := o.Effort.measure(o.Measure)
	if !known || !o.Measured || !sane(o.Baseline) || !sane(o.Target) || !sane(o.Actual) {
		return 0, false
	}
	a := 1.0
	switch {
	case o.Target != o.Baseline:
		a = (o.Actual - o.Baseline) / (o.Target - o.Baseline)
	case o.Actual < o.Baseline && !m.Down, o.Actual > o.Baseline && m.Down:
		a = -1
	}
	return min(p.ClipHigh, max(p.ClipLow, a)), true
}

// Efforts weighs a client's objectives: IE = Σ w·a ÷ Σ w. Beyond the most a
// client can be asked, those of least weight are not counted (ties: the later
// of the catalogue); one not measured yet takes its place among them all the
// same, since it was asked.
func Efforts(objectives []Objective, p Params) Score {
	s, idx := efforts(objectives, &p)
	counted := 0
	for _, i := range idx {
		if s.Counted[i] {
			counted++
			s.Steps = append(s.Steps, explain.Name("steering.effort", objectives[i].Effort.String()), explain.Num("steering.weight", objectives[i].weight()), explain.Num("steering.attainment", s.Attainment[i]))
		}
	}
	s.Steps = append(s.Steps, explain.Tally("steering.objectives", counted))
	if s.Excess > 0 {
		s.Steps = append(s.Steps, explain.Tally("steering.excess", s.Excess))
	}
	if s.Has() {
		s.Steps = append(s.Steps, explain.Num("steering.ie", s.IE))
	}
	return s
}

// EffortsBrief is Efforts without steps, for a whole portfolio.
func EffortsBrief(objectives []Objective, p *Params) Score {
	s, _ := efforts(objectives, p)
	return s
}

// weight is what an objective counts.
func (o *Objective) weight() float64 {
	if o.Weight > 0 && sane(o.Weight) {
		return o.Weight
	}
	return 0
}

func efforts(objectives []Objective, p *Params) (Score, []int32) {
	n := len(objectives)
	s := Score{Attainment: make([]float64, n), Counted: make([]bool, n)}
	if n == 0 {
		s.Mark = explain.Missing(explain.NoData)
		return s, nil
	}
	idx := make([]int32, n)
	for i := range idx {
		idx[i] = int32(i)
	}
	sorting.Stable(idx, func(a, b int32) int {
		x, y := &objectives[a], &objectives[b]
		return cmp.Or(cmp.Compare(y.weight(), x.weight()), cmp.Compare(x.Effort, y.Effort), cmp.Compare(x.Measure, y.Measure))
	})
	s.Excess = max(0, n-max(1, p.Most))
	var sum, all float64
	for _, i := range idx[:n-s.Excess] {
		a, ok := objectives[i].Attain(*p)
		if w := objectives[i].weight(); ok && w > 0 {
			s.Attainment[i], s.Counted[i] = a, true
			sum += float64(w * a)
			all += w
		}
	}
	if all == 0 {
		s.Mark = explain.Missing(explain.NoData)
		return s, idx
	}
	s.IE = sum / all
	s.Mark = explain.Sound()
	return s, idx
}

// A Line is one effort in a manager's roll-up.
type Line struct {
	Effort   Code
	Asked    int     // objectives given
	Measured int     // of them, counted in a client's index
	Reached  int     // of them, at the target or beyond
	Mean     float64 // mean attainment of those measured
}

// Roll sums the objectives of many clients by effort, E01 first, those never
// asked left out (synthèse du manager). clients are the objectives of each and
// scores what [Efforts] made of them, by the same index.
func Roll(clients [][]Objective, scores []Score) []Line {
	var by [CoDevelop + 1][]float64
	var asked [CoDevelop + 1]int
	for i, list := range clients {
		for k, o := range list {
			if o.Effort < BuyMore || o.Effort > CoDevelop {
				continue
			}
			asked[o.Effort]++
			if i < len(scores) && k < len(scores[i].Counted) && scores[i].Counted[k] {
				by[o.Effort] = append(by[o.Effort], scores[i].Attainment[k])
			}
		}
	}
	var out []Line
	for c := BuyMore; c <= CoDevelop; c++ {
		if asked[c] == 0 {
			continue
		}
		l := Line{Effort: c, Asked: asked[c], Measured: len(by[c])}
		sorting.Sort(by[c]) // one sum in whatever order the clients come
		for _, a := range by[c] {
			l.Mean += a
			if a >= 1-tiny {
				l.Reached++
			}
		}
		if l.Measured > 0 {
			l.Mean /= float64(l.Measured)
		}
		out = append(out, l)
	}
	return out
}

// Explain gives the steps of one objective.
func (o Objective) Explain(p Params) []explain.Step {
	m, known := o.Effort.measure(o.Measure)
	a, ok := o.Attain(p)
	if !known || !ok {
		return nil
	}
	return []explain.Step{explain.Of("steering.baseline", o.Baseline, m.Unit), explain.Of("steering.actual", o.Actual, m.Unit),
		explain.Of("steering.target", o.Target, m.Unit), explain.Num("steering.attainment", a)}
}

// Yield is the effort a contact unit obtains: IE ÷ units.
func Yield(s Score, units float64) explain.Result {
	switch {
	case !s.Has():
		return explain.Result{Mark: explain.Missing(explain.NoData)}
	case !(units > 0) || !sane(units) || !sane(s.IE/units):
		return explain.Result{Mark: explain.Missing(explain.NoContact)}
	}
	y := s.IE / units
	return explain.Result{Value: y, Mark: explain.Sound(explain.Num("steering.ie", s.IE), explain.Num("steering.units", units), explain.Num("steering.yield", y))}
}

// Suggest proposes a target: the baseline moved a share of the way to the best
// quarter of the clients of the same typology (the mean of the ⌈n/4⌉ best; the
// method does not say which point of the quarter). A client already there is
// asked to keep what it does. Under four peers the target is weak; without a
// peer there is none.
func Suggest(c Code, k uint8, baseline float64, peers []float64, p Params) explain.Result {
	m, known := c.measure(k)
	x := make([]float64, 0, len(peers))
	for _, v := range peers {
		if sane(v) {
			x = append(x, v)
		}
	}
	if !known || len(x) == 0 || !sane(baseline) {
		return explain.Result{Mark: explain.Missing(explain.NoData)}
	}
	sorting.Floats(x)
	if !m.Down {
		slices.Reverse(x)
	}
	best := x[:(len(x)+3)/4]
	var sum float64
	for _, v := range best {
		sum += v
	}
	goal, target := sum/float64(len(best)), baseline
	if m.Down && goal < baseline || !m.Down && goal > baseline {
		target = baseline + float64(p.Suggest*(goal-baseline))
	}
	r := explain.Result{Value: target, Mark: explain.Sound(explain.Of("steering.baseline", baseline, m.Unit),
		explain.Tally("steering.peers", len(x)), explain.Of("steering.bestQuarter", goal, m.Unit), explain.Of("steering.target", target, m.Unit))}
	if len(x) < 4 {
		r.Status, r.Reason = explain.Weak, explain.FewClients
	}
	return r
}
