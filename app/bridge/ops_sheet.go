package bridge

import (
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// The operations of the deep parts of a client's sheet, and of « Pourquoi ».
var (
	OpSheet    = Op[query.SheetAsk, query.SheetTab]{"sheet"}
	OpWhy      = Op[query.WhyAsk, query.WhyTab]{"why"}
	OpWhatIf   = Op[query.WhatIfAsk, query.WhatIf]{"what-if"}
	OpOverride = Op[Override, Saved]{"override"}
	OpEffort   = Op[NewEffort, Saved]{"effort"}
)

// Override puts a person's decision in place of a computed value, or ends the
// one in force.
type Override struct {
	Account portfolio.ID `cbor:"1,keyasint"`
	What    string       `cbor:"2,keyasint"`           // phase, type, potential, departure
	Text    string       `cbor:"3,keyasint,omitempty"` // as typed: an amount, a share in percent; for a class its number
	Why     string       `cbor:"4,keyasint,omitempty"`
	Until   int32        `cbor:"5,keyasint,omitempty"` // day number; 0: without end
	End     bool         `cbor:"6,keyasint,omitempty"` // back to the computed value
	Lang    string       `cbor:"7,keyasint"`
}

// NewEffort asks an effort of the client, in the unit of its measure.
type NewEffort struct {
	Account  portfolio.ID `cbor:"1,keyasint"`
	Code     string       `cbor:"2,keyasint"` // E01 … E15
	Baseline float64      `cbor:"3,keyasint"`
	Target   float64      `cbor:"4,keyasint"`
}
