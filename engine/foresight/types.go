package foresight

import (
	"sillon/engine/explain"
	"sillon/engine/params"
)

// Params are the settings of the chapter.
type Params struct {
	Horizon    int     // days ahead of the forecasts, foresight.horizon
	MaxK       int     // regularities tried: 1 … MaxK, at most 6, foresight.regularity
	Prior      bool    // weak log-normal priors, foresight.prior
	Few        int     // under so many clients every figure is weak, foresight.few
	AliveBound float64 // a silence is too long when P(alive) falls to this, foresight.alive
	CycleBound float64 // … or when so few of his own gaps are longer, foresight.cycle
	Interval   float64 // share of the outcomes inside an interval, foresight.interval
}

// Defaults are a quarter ahead, priors on, thirty clients; a silence is too
// long at one chance in two of having left, or one gap in twenty (ours).
func Defaults() Params { return From(params.Default()) }

// From reads the settings of a scope.
func From(s *params.Set) Params {
	return Params{
		Horizon: s.Int(params.ForesightHorizon), MaxK: s.Int(params.ForesightRegularity), Prior: s.Bool(params.ForesightPrior),
		Few: s.Int(params.ForesightFew), AliveBound: s.Share(params.ForesightAlive), CycleBound: s.Share(params.ForesightCycle),
		Interval: s.Share(params.ForesightInterval),
	}
}

// A History is what the models know of one client. Times are weeks since the
// first order.
type History struct {
	Orders  int     `cbor:"1,keyasint"`           // order days, the first included; 0: never ordered, a prospect
	Recency float64 `cbor:"2,keyasint,omitempty"` // t, of the last order
	Age     float64 `cbor:"3,keyasint,omitempty"` // T, of the as-of date
	LogGaps float64 `cbor:"4,keyasint,omitempty"` // Σ ln of the gaps in weeks: tells the regularity
	Spend   float64 `cbor:"5,keyasint,omitempty"` // mean amount of the repeat orders, cents; 0: unknown
}

// Repeats is x, the order days after the first (commandes renouvelées).
func (h History) Repeats() int { return max(0, h.Orders-1) }

// Kind is the way a client leaves.
type Kind uint8

// Stored and sent: add at the end, never renumber.
const (
	MBG    Kind = iota + 1 // after any order, the first included
	BG                     // after a repeat order: who ordered once never leaves
	Pareto                 // at any moment, whatever he orders
)

// Verdict says whether the data show that clients leave.
type Verdict uint8

// Stored and sent: add at the end, never renumber.
const (
	Identified    Verdict = iota + 1
	NotIdentified         // départ non identifié: P(alive) is no chance of leaving
)

// A Fit is a model of the orders, fitted once and kept.
type Fit struct {
	Kind     Kind       `cbor:"1,keyasint"`
	K        int        `cbor:"2,keyasint"` // regularity; 1: none
	R        float64    `cbor:"3,keyasint"`
	Alpha    float64    `cbor:"4,keyasint"`  // weeks
	A        float64    `cbor:"5,keyasint"`  // s for Pareto
	B        float64    `cbor:"6,keyasint"`  // β for Pareto, weeks
	LogLik   float64    `cbor:"7,keyasint"`  // without the prior
	Error    [4]float64 `cbor:"8,keyasint"`  // standard errors of ln R, ln Alpha, ln A, ln B; 0: the data do not tell
	Clients  int        `cbor:"9,keyasint"`  // clients fitted on
	Evidence float64    `cbor:"10,keyasint"` // for departures: twice the log-likelihood gained over a model without
	Departed float64    `cbor:"11,keyasint"` // share of the clients that the model believes gone
	Verdict  Verdict    `cbor:"12,keyasint"`

	explain.Mark `cbor:"13,keyasint"`
}

// A Forecast is the number of orders within a horizon.
type Forecast struct {
	Mean      float64 // expected orders
	Low, High int     // whole orders; the interval of Params, for this client
	NoOrder   float64 // probability of none: ranks departures even where P(alive) cannot
}

// A Silence is how long without an order is too long for one client. Days
// count from his last order; 0: never within ten years.
type Silence struct {
	Days   int     // since the last order
	Usual  int     // half of his gaps are shorter
	Limit  int     // too long from here on: the earlier of the two below
	Alive  int     // P(alive) at the bound; 0 when departures are not identified
	Cycle  int     // his own rhythm at the bound
	Longer float64 // share of his gaps longer than this silence
}

// TooLong reports whether the limit is reached.
func (s Silence) TooLong() bool { return s.Limit > 0 && s.Days >= s.Limit }

// A Spend is a Gamma-Gamma model of the mean amount of an order.
type Spend struct {
	P       float64    `cbor:"1,keyasint"`
	Q       float64    `cbor:"2,keyasint"`
	V       float64    `cbor:"3,keyasint"` // in the unit of the amounts
	LogLik  float64    `cbor:"4,keyasint"`
	Error   [3]float64 `cbor:"5,keyasint"` // standard errors of the logs
	Clients int        `cbor:"6,keyasint"`
	Mean    float64    `cbor:"7,keyasint"` // of the repeat orders of all clients, each order once

	explain.Mark `cbor:"8,keyasint"`
}

// Renewals is a client with one known opportunity a period (contrat annuel).
type Renewals struct {
	Taken  int // x, opportunities taken after the first order
	Last   int // t, the last one taken; 0: none
	Chance int // n, opportunities so far
	Weight int // so many clients alike; 0 counts as 1
}

// A Renewal is a BG/BB model: renews with probability p ~ Beta(Alpha, Beta) at
// each opportunity, leaves before it with θ ~ Beta(Gamma, Delta).
type Renewal struct {
	Alpha    float64    `cbor:"1,keyasint"`
	Beta     float64    `cbor:"2,keyasint"`
	Gamma    float64    `cbor:"3,keyasint"`
	Delta    float64    `cbor:"4,keyasint"`
	LogLik   float64    `cbor:"5,keyasint"`
	Error    [4]float64 `cbor:"6,keyasint"`
	Clients  int        `cbor:"7,keyasint"`
	Evidence float64    `cbor:"8,keyasint"`
	Departed float64    `cbor:"9,keyasint"`
	Verdict  Verdict    `cbor:"10,keyasint"`

	explain.Mark `cbor:"11,keyasint"`
}
