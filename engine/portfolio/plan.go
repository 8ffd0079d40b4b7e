package portfolio

import (
	"sillon/engine/calendar"
	"sillon/engine/money"
)

// A PlanState is how far a version of a plan has come (état du plan).
type PlanState uint8

// Stored and sent: add at the end, never renumber.
const (
	PlanDraft    PlanState = iota + 1 // brouillon
	PlanProposed                      // proposé au manager
	PlanSigned                        // signé
	PlanReturned                      // renvoyé, avec une note
)

// A YesNo answers a question that may be left open.
type YesNo uint8

// Stored and sent: add at the end, never renumber.
const (
	SaidYes YesNo = iota + 1
	SaidNo
)

// A Sharing is how the visits of a year are shared out (clé de répartition,
// method H6).
type Sharing uint8

// Stored and sent: add at the end, never renumber.
const (
	ByScore    Sharing = iota + 1 // proportionnelle au score
	ByNorms                       // par normes
	ByMarginal                    // au rendement marginal
	ByMix                         // clé combinée
	ByHand                        // fréquences par segment
)

// An Excess is what is decided of the hours that a plan lacks.
type Excess uint8

// Stored and sent: add at the end, never renumber.
const (
	ExcessReduce   Excess = iota + 1 // réduire
	ExcessDelegate                   // déléguer
	ExcessAccept                     // accepter
)

// A Plan is one version of a year's plan of a portfolio (plan annuel, method H1
// to H7), in scope portfolio. Each answer and each frequency is a field of its
// own, so that two devices which change different ones never undo each other.
// 0 leaves a question to what the portfolio itself says. A version that was
// proposed is not changed any more: the next change opens another one.
type Plan struct {
	User    ID        `cbor:"1,keyasint,omitzero"`
	Year    int       `cbor:"2,keyasint,omitempty"`
	Version int       `cbor:"3,keyasint,omitempty"` // from 1
	State   PlanState `cbor:"4,keyasint,omitempty"`

	Cycle    int   `cbor:"5,keyasint,omitempty"`  // H1 Q1, as capacity.Cycle
	Need1    YesNo `cbor:"6,keyasint,omitempty"`  // Q2: can we sell again?
	Need2    YesNo `cbor:"7,keyasint,omitempty"`  // to other entities?
	Need3    YesNo `cbor:"8,keyasint,omitempty"`  // other products?
	Need4    YesNo `cbor:"9,keyasint,omitempty"`  // notably more?
	Pressure int   `cbor:"10,keyasint,omitempty"` // Q3: 1 none, 2 medium, 3 strong
	Practice YesNo `cbor:"11,keyasint,omitempty"` // Q4: prospecting is established
	Growth   int   `cbor:"12,keyasint,omitempty"` // clients wanted beyond today's (H3)

	By     Sharing `cbor:"13,keyasint,omitempty"`
	Rate1  *int    `cbor:"14,keyasint,omitempty"` // by hand, visits a year of a strategic account
	Rate2  *int    `cbor:"15,keyasint,omitempty"` // one to develop
	Rate3  *int    `cbor:"16,keyasint,omitempty"` // core
	Rate4  *int    `cbor:"17,keyasint,omitempty"` // economy, in growth
	Rate5  *int    `cbor:"18,keyasint,omitempty"` // economy, others
	Rate6  *int    `cbor:"19,keyasint,omitempty"` // a prospect
	Excess Excess  `cbor:"20,keyasint,omitempty"`

	Proposed calendar.Day `cbor:"21,keyasint,omitempty"`
	Hours    int          `cbor:"22,keyasint,omitempty"` // with clients, as proposed
	Visits   int          `cbor:"23,keyasint,omitempty"` // to clients, as proposed
	Prospect int          `cbor:"24,keyasint,omitempty"` // to prospects, as proposed
	Signed   calendar.Day `cbor:"25,keyasint,omitempty"` // or returned; a manager writes these three
	Signer   ID           `cbor:"26,keyasint,omitzero"`
	Note     string       `cbor:"27,keyasint,omitempty"`
}

// An Action is a line of the action plan of a client or a prospect (ligne du
// PAC, method H7), on its card. Without a day or an indicator it cannot be
// validated, and counts nowhere.
type Action struct {
	Account   ID           `cbor:"1,keyasint,omitzero"`
	User      ID           `cbor:"2,keyasint,omitzero"` // who does it
	Year      int          `cbor:"3,keyasint,omitempty"`
	Purpose   int          `cbor:"4,keyasint,omitempty"` // as visits.Purpose
	Text      string       `cbor:"5,keyasint,omitempty"` // what is done
	Visits    int          `cbor:"6,keyasint,omitempty"` // it adds
	Spend     money.Cents  `cbor:"7,keyasint,omitempty"`
	Chance    float64      `cbor:"8,keyasint,omitempty"` // of success, 0-1
	Captured  money.Cents  `cbor:"9,keyasint,omitempty"` // sales it should win; 0: what is left to win
	Due       calendar.Day `cbor:"10,keyasint,omitempty"`
	Indicator string       `cbor:"11,keyasint,omitempty"` // how success is measured
	State     Progress     `cbor:"12,keyasint,omitempty"`
}

// planned checks what the type does not say of the two.
func planned(noun any, within wholeCheck, share shareCheck) {
	switch n := noun.(type) {
	case *Plan:
		within("year", n.Year, 0, 2199)
		within("version", n.Version, 0, 10_000)
		within("state", int(n.State), 0, int(PlanReturned))
		within("life of a client", n.Cycle, 0, 3)
		for _, a := range [...]YesNo{n.Need1, n.Need2, n.Need3, n.Need4, n.Practice} {
			within("answer", int(a), 0, int(SaidNo))
		}
		within("pressure", n.Pressure, 0, 3)
		within("growth", n.Growth, 0, 10_000)
		within("sharing", int(n.By), 0, int(ByHand))
		for _, r := range [...]*int{n.Rate1, n.Rate2, n.Rate3, n.Rate4, n.Rate5, n.Rate6} {
			note("visits a year", r, 366, within)
		}
		within("excess", int(n.Excess), 0, int(ExcessAccept))
		for _, x := range [...]int{n.Hours, n.Visits, n.Prospect} {
			within("total", x, 0, 1_000_000)
		}
	case *Action:
		within("year", n.Year, 0, 2199)
		within("purpose", n.Purpose, 0, 7)
		within("visits", n.Visits, 0, 366)
		share("probability", n.Chance, 0, 1)
		within("state", int(n.State), 0, int(Cancelled))
	}
}
