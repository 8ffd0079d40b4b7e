package attrition

import (
	"math"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/hazard"
	"sillon/engine/maturity"
	"sillon/engine/money"
)

// Predictor is one of the causes method 3 weighs.
type Predictor uint8

// Stored and sent: add at the end, never renumber.
const (
	Frequency         Predictor = iota + 1 // orders after the first
	Recency                                // days since the last order
	Seniority                              // days since the first order
	Overdue                                // days since the last order ÷ usual interval
	OrderSize                              // mean order
	Volume                                 // sales of 180 days, in mean orders
	VolumeChange                           // 90 days against the 90 before
	ServiceCalls                           // after-sales calls, complaints and returns in 90 days
	ServicePast                            // the same since the first order
	MissedAnniversary                      // S1
	Contacts                               // contact units in 90 days
	PhaseD                                 // against M
	PhaseC
	PhaseV

	NPredictors = int(PhaseV)
)

// Period is the length of a client-period, in days.
const Period = 90

// Year is the number of periods in the twelve months a risk is told for.
const Year = 365.0 / Period

// Facts are what method 3 reads of a client at the eve of a period.
type Facts struct {
	Orders      int     // days with an order
	Age         int     // days since the first order
	Recency     int     // days since the last order
	Gap         float64 // usual days between two orders; 0: fewer than two
	Sales       money.Cents
	Sales90     money.Cents // of the last 90 days
	SalesPrev90 money.Cents // of the 90 before
	Services90  int         // after-sales calls, complaints, returns
	Services    int
	Contacts90  float64 // contact units
	Missed      bool    // an anniversary passed without renewal (S1)
	Phase       maturity.Phase
	// Unrecorded facts: the predictor is then the portfolio's mean.
	NoServices, NoContacts, NoAnniversaries bool
}

// Predictors writes the predictors of a client into x, [NPredictors] long.
//
// Counts, days and amounts act by their ratios, so they come as logarithms,
// log(1 + n) where zero is possible. Amounts are in the client's own mean
// orders, the same in any currency, but for the mean order itself, whose unit
// only moves a mean that standardising takes away. Gaps under a week count as
// one, so that two orders in two days do not make a client late on the third.
func (f Facts) Predictors(x []float64) {
	clear(x)
	if len(x) < NPredictors {
		return
	}
	count := func(n float64) float64 { return math.Log1p(max(0, n)) }
	orders := float64(max(1, f.Orders))
	size := max(1, float64(f.Sales)/orders)
	overdue := 0.0
	switch {
	case f.Gap > 0:
		overdue = float64(f.Recency) / max(7, f.Gap)
	case f.Age > 0: // one order: late by his whole life
		overdue = float64(f.Recency) / float64(f.Age)
	}
	now, before := float64(max(0, f.Sales90))/size, float64(max(0, f.SalesPrev90))/size
	set := func(p Predictor, v float64) { x[p-1] = v }
	set(Frequency, count(orders-1))
	set(Recency, count(float64(f.Recency)))
	set(Seniority, count(float64(f.Age)))
	set(Overdue, count(overdue))
	set(OrderSize, math.Log(size))
	set(Volume, count(now+before))
	set(VolumeChange, count(now)-count(before))
	set(ServiceCalls, count(float64(f.Services90)))
	set(ServicePast, count(float64(f.Services)))
	set(MissedAnniversary, one(f.Missed))
	set(Contacts, count(f.Contacts90))
	set(PhaseD, one(f.Phase == maturity.Start))
	set(PhaseC, one(f.Phase == maturity.Growth))
	set(PhaseV, one(f.Phase == maturity.Ageing))
	for _, u := range []struct {
		is bool
		p  Predictor
	}{
		{f.NoServices, ServiceCalls}, {f.NoServices, ServicePast}, {f.NoContacts, Contacts}, {f.NoAnniversaries, MissedAnniversary},
		{f.Phase == 0, PhaseD}, {f.Phase == 0, PhaseC}, {f.Phase == 0, PhaseV},
	} {
		if u.is {
			set(u.p, math.NaN())
		}
	}
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// A Period of a client: his facts at its eve, and whether he left in it. Former
// clients are kept: their last period is an event. A natural departure ends
// the client's periods without one.
type Spell struct {
	Facts
	Client int32
	Eve    calendar.Day
	Left   bool
}

// Rows turns spells into the data of a fit.
func Rows(spells []Spell) hazard.Data {
	d := hazard.Data{P: NPredictors, X: make([]float64, len(spells)*NPredictors), Left: make([]bool, len(spells)), Client: make([]int32, len(spells))}
	for i := range spells {
		s := &spells[i]
		s.Predictors(d.X[i*NPredictors : (i+1)*NPredictors])
		d.Left[i], d.Client[i] = s.Left, s.Client
	}
	return d
}

// Train fits method 3 on all the client-periods of an organisation: the
// server's work.
func Train(spells []Spell) hazard.Model { return hazard.Fit(Rows(spells)) }

// Adapt is the tablet's: the office's model as a prior, its own clients added.
func Adapt(office hazard.Model, own []Spell) hazard.Model { return hazard.Update(office, Rows(own)) }

// ReadHazard is the probability of a client by method 3, his predictors staying
// as they are for a year. x is scratch, [NPredictors] long.
func (p Params) ReadHazard(m *hazard.Model, f Facts, quality float64, x []float64) Departure {
	d := Departure{Method: Hazard, APriori: m.Events < hazard.Few}
	if !m.Has() || m.P() != NPredictors || len(x) < NPredictors {
		d.Mark = explain.Missing(explain.NoData)
		return d
	}
	f.Predictors(x)
	e := m.Over(x, Year)
	d.P, d.Low, d.High = e.P, e.Low, e.High
	var parts [NPredictors]float64
	m.Contributions(x, parts[:])
	d.Calm = m.Over(nil, Year).P
	d.reasons(parts[:], true)
	p.finish(&d, quality)
	return d
}

// Solved are the facts once complaints and calls are settled and the contract
// renewed: what if we solve it?
func (f Facts) Solved(service, renewal bool) Facts {
	if service {
		f.Services -= f.Services90
		f.Services90 = 0
	}
	f.Missed = f.Missed && !renewal
	return f
}

// ExplainHazard lists how method 3 came to its probability: contributions to
// the logit of one period, then the year.
func (p Params) ExplainHazard(m *hazard.Model, f Facts, quality float64) []explain.Step {
	var x, parts [NPredictors]float64
	d := p.ReadHazard(m, f, quality, x[:])
	if !d.Has() {
		return nil
	}
	m.Contributions(x[:], parts[:])
	steps := []explain.Step{explain.Share("attrition.hazard", m.Of(nil).P)}
	for i, c := range parts {
		if c != 0 {
			steps = append(steps, explain.Tally("attrition.factor", i+1), explain.Num("attrition.contribution", c))
		}
	}
	return append(append(steps, explain.Num("attrition.periods", Year)), d.steps()...)
}
