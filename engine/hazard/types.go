package hazard

import "sillon/engine/explain"

// Data are client-periods: X holds P predictors a row, row after row.
type Data struct {
	P      int
	X      []float64 // NaN or infinite: unknown
	Left   []bool    // left in the period; one a row
	Client []int32   // whose row it is; nil: each row is a client of its own
	// Pause is called between passes over the rows, and may never return: it
	// panics, and its author recovers. nil: no pause.
	Pause func()
}

// Rows counts the complete rows: a damaged tail is left out.
func (d Data) Rows() int {
	n := len(d.Left)
	if d.P > 0 {
		n = min(n, len(d.X)/d.P)
	}
	if d.Client != nil {
		n = min(n, len(d.Client))
	}
	return n
}

// Method says how a model was fitted.
type Method uint8

// Stored and sent: add at the end, never renumber.
const (
	RateOnly  Method = iota + 1 // no departure, or nothing but departures: the rate
	ByRidge                     // ridge
	ByFirth                     // Firth, recentred
	ByPrior                     // the office's model with the tablet's own clients
	AsOffice                    // the office's model as it came: no row of one's own
	ByDesign                    // coefficients set by hand
	methodEnd                   // the first unused
)

// A Model is a fitted hazard, in plain numbers that can be sent to a tablet.
type Model struct {
	Method Method    `cbor:"1,keyasint"`
	Mean   []float64 `cbor:"2,keyasint,omitempty"` // of the predictors
	Scale  []float64 `cbor:"3,keyasint,omitempty"` // their standard deviations; 0: constant, never used
	Coef   []float64 `cbor:"4,keyasint,omitempty"` // β₀, then one a predictor, for a change of one s.d.
	Cov    []float64 `cbor:"5,keyasint,omitempty"` // covariance of Coef, row after row; empty: unknown
	Lambda float64   `cbor:"6,keyasint,omitempty"` // ridge strength, or worth of the prior in client-periods
	Left   float64   `cbor:"7,keyasint,omitempty"` // deviance of clients left out, a row
	Rows   int       `cbor:"8,keyasint,omitempty"`
	Events int       `cbor:"9,keyasint,omitempty"` // departures

	explain.Mark `cbor:"10,keyasint"`
}

// Few is the number of departures under which an answer is "a priori".
const Few = 10

// An Estimate is one client's chance to leave, with its 95 % interval.
type Estimate struct{ P, Low, High float64 }
