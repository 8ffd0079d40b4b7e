package bridge

import "sillon/engine/query"

// The operations of the rules that a rep, or a manager for the team, may set.
var (
	OpRules   = Op[query.RulesAsk, query.Rules]{"rules"} // lists them, tries one
	OpSetRule = Op[SetRule, Saved]{"set-rule"}
)

// SetRule puts a value of one rule in force where the user decides, or gives it
// up (Back): then the value of the level above holds.
type SetRule struct {
	Scope  uint32    `cbor:"1,keyasint,omitempty"` // 0: one's own portfolio, or the team
	Key    string    `cbor:"2,keyasint"`
	Values []float64 `cbor:"3,keyasint,omitempty"`
	Word   string    `cbor:"4,keyasint,omitempty"`
	Back   bool      `cbor:"5,keyasint,omitempty"`
	Lock   bool      `cbor:"6,keyasint,omitempty"` // of a team: its portfolios keep to it
}

// Codes of what a rule is refused for.
const (
	FaultLocked = "locked" // a level above keeps it for itself
	FaultBounds = "bounds" // the value cannot be
)
