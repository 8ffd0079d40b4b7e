package maturity

import (
	"sillon/engine/calendar"
	"sillon/engine/money"
)

// maxMonths bounds a history asked for: ten years.
const maxMonths = 120

// Evaluations are the days a history is read at, oldest first: the ends of so
// many months before the as-of date, then that date (C1).
func Evaluations(asOf calendar.Day, months int) []calendar.Day {
	months = min(max(months, 0), maxMonths)
	next := asOf.EndOfMonth() + 1
	days := make([]calendar.Day, 0, months+1)
	for back := months; back > 0; back-- {
		days = append(days, next.AddMonths(-back)-1)
	}
	return append(days, asOf)
}

// A Stay is a run of evaluations that found a client in one phase (palier).
type Stay struct {
	Phase    Phase
	Why      Why // at the first of them
	From, To calendar.Day
}

// Timeline is the story of a client over so many months, oldest first (C1):
// each evaluation is [Read] at its own date, from the lines alone. An override
// is dated by its end only, so it shows in the last stay and nowhere before.
func Timeline(h History, asOf calendar.Day, months int, p Params) []Stay {
	r := &reader{p: p}
	locked := h.Override
	h.Override = Override{}
	var stays []Stay
	for _, day := range Evaluations(asOf, months) {
		if day == asOf {
			h.Override = locked
		}
		v := r.read(h, day)
		if n := len(stays); n > 0 && stays[n-1].Phase == v.Phase {
			stays[n-1].To = day
			continue
		}
		stays = append(stays, Stay{Phase: v.Phase, Why: v.Why, From: day, To: day})
	}
	return stays
}

// Merged is the history of accounts that became one (C1, edge): lines are put
// together, the oldest first order stands, and so do the latest news of each
// sign. The portfolio's growth and the override are those of the first account
// that has one.
func Merged(accounts ...History) History {
	m := History{FirstOrder: calendar.None}
	for _, h := range accounts {
		if d := orNone(h.FirstOrder); d != calendar.None && (m.FirstOrder == calendar.None || d < m.FirstOrder) {
			m.FirstOrder = d
		}
		m.Lines = append(m.Lines, h.Lines...)
		m.Signs.ServiceErrors = append(m.Signs.ServiceErrors, h.Signs.ServiceErrors...)
		for _, s := range [...]struct {
			into *calendar.Day
			day  calendar.Day
		}{
			{&m.Signs.DeciderChanged, h.Signs.DeciderChanged}, {&m.Signs.CompetitorRaised, h.Signs.CompetitorRaised},
			{&m.Signs.OfferUnsuitable, h.Signs.OfferUnsuitable}, {&m.Signs.ActivityFalling, h.Signs.ActivityFalling},
			{&m.Signs.LastNewFamily, h.Signs.LastNewFamily},
		} {
			if d := orNone(s.day); d != calendar.None && (orNone(*s.into) == calendar.None || d > *s.into) {
				*s.into = d
			}
		}
		if m.Override.Phase == 0 {
			m.Override = h.Override
		}
		if d := orNone(h.Known); d != calendar.None && (orNone(m.Known) == calendar.None || d < m.Known) {
			m.Known = d
		}
		if m.Growth == 0 {
			m.Growth = h.Growth
		}
	}
	return m
}

// A PastCurve is the curve of a portfolio at a date.
type PastCurve struct {
	Day     calendar.Day
	Clients Curve // by head-count
	Sales   Curve // by the sales of the window N at that date
}

// CurveHistory draws the curve at each date, for the slider of C2; see
// [Evaluations]. Phases are those of [Timeline].
func CurveHistory(clients []History, days []calendar.Day, p Params) []PastCurve {
	r := &reader{p: p, brief: true}
	out := make([]PastCurve, len(days))
	phases := make([]Phase, len(clients))
	sales := make([]money.Cents, len(clients))
	for k, day := range days {
		for i := range clients {
			h := clients[i]
			if k < len(days)-1 {
				h.Override = Override{}
			}
			v := r.read(h, day)
			phases[i], sales[i] = v.Phase, v.SalesN
		}
		c := CurvesOf(phases, Weights{Sales: sales}, p)
		out[k] = PastCurve{Day: day, Clients: c.Clients, Sales: c.Sales}
	}
	return out
}
