package capacity

import "sillon/engine/explain"

// A Cycle is how long clients live with us (Q1, cycle de vie).
type Cycle uint8

// Stored and sent: add at the end, never renumber.
const (
	LongCycle       Cycle = iota + 1 // long
	ShortExtendable                  // court, extensible
	ShortFixed                       // court, non extensible
)

// Pressure is how hard competitors press (Q3, pression).
type Pressure uint8

// Stored and sent: add at the end, never renumber. The number is that of the formula.
const (
	NoPressure Pressure = iota
	Medium
	Strong
)

// Questions are the answers to the four questions of S3 (H1).
type Questions struct {
	Cycle    Cycle
	Needs    [4]bool // resell? other entities? other products? notably more of his purchases?
	Pressure Pressure
	Practice bool // prospecting is an established practice
}

// A Split is the share of the visits for each purpose.
type Split struct {
	Loyalty, Prospecting float64
	Raw                  float64 // before the clip
	Yes                  int     // needs answered yes
	explain.Mark
}

// Divide weighs the four answers (H1). Prospecting never falls to nothing: the
// clip leaves it 15 %.
func Divide(q Questions, p Params) Split {
	var cycle, practice float64
	switch q.Cycle {
	case LongCycle:
		cycle = signed(p.LongCycle)
	case ShortFixed:
		cycle = signed(p.ShortFixed)
	}
	s := Split{}
	for _, yes := range q.Needs {
		if yes {
			s.Yes++
		}
	}
	needs := -signed(p.Needs)
	if s.Yes >= 2 {
		needs = -needs
	}
	pressure := float64(signed(p.PressureStep) * float64(min(q.Pressure, Strong)))
	if !q.Practice {
		practice = signed(p.NoPractice)
	}
	s.Raw = share(p.Base) + cycle + needs + pressure + practice
	s.Loyalty = min(share(p.ClipHigh), max(share(p.ClipLow), s.Raw))
	s.Prospecting = 1 - s.Loyalty
	s.Mark = explain.Sound(explain.Share("capacity.base", share(p.Base)), explain.Share("capacity.cycle", cycle),
		explain.Share("capacity.needs", needs), explain.Share("capacity.pressure", pressure),
		explain.Share("capacity.practice", practice), explain.Share("capacity.loyalty", s.Loyalty),
		explain.Share("capacity.prospecting", s.Prospecting))
	return s
}

// A LifeState is where a client is in its life with us (Q1, the six states).
type LifeState uint8

// Stored and sent: add at the end, never renumber.
const (
	StateProspect LifeState  = iota + 1 // prospect
	StateEntry                          // entrée en relation: met, no order yet
	StateFirst                          // premier achat
	StateRepeat                         // réachat
	StateInactive                       // inactivité
	StateEnd                            // fin de la relation
	LifeStates    = iota + 1            // a table by state; 0 unused
)

// StateOf reads the state from what is known: visits or calls met, orders, and
// whether the client is inactive or lost.
func StateOf(met, orders int, inactive, lost bool) LifeState {
	switch {
	case lost:
		return StateEnd
	case inactive:
		return StateInactive
	case orders > 1:
		return StateRepeat
	case orders == 1:
		return StateFirst
	case met > 0:
		return StateEntry
	}
	return StateProspect
}

// Evidence is what the portfolio itself says of the four questions.
type Evidence struct {
	Lifetime       explain.Result // months, [MedianLifetime]
	Families       float64        // families bought per client
	Offered        float64        // families we sell
	Clients        int
	WithCompetitor int     // clients where a competitor is recorded
	SamePosition   int     // of them, where it offers what we offer
	ProspectShare  float64 // of last year's visits
}

// Suggest proposes the answers the portfolio can give. The thresholds are ours:
// a cycle is long when the median client outlives the horizon a client is
// valued over (retain.H); other products can be sold when clients buy fewer
// than half the families; pressure is medium from a quarter of the clients with
// a competitor and strong from a half, or from a quarter where it offers the
// same; practice is established from 10 % of the visits. Whether a short cycle
// can be extended, and the other needs, only the rep can say.
func (e Evidence) Suggest(p Params) Questions {
	q := Questions{Cycle: ShortExtendable, Practice: e.ProspectShare >= .10}
	if e.Lifetime.Has() && e.Lifetime.Value >= p.LongFrom {
		q.Cycle = LongCycle
	}
	q.Needs[2] = e.Offered > 0 && e.Families < e.Offered/2
	switch {
	case e.Clients <= 0:
	case 2*e.WithCompetitor >= e.Clients, 4*e.SamePosition >= e.Clients:
		q.Pressure = Strong
	case 4*e.WithCompetitor >= e.Clients:
		q.Pressure = Medium
	}
	return q
}
