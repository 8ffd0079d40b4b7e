package bridge

import (
	"sillon/engine/calendar"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// The operations of the plan of a year.
var (
	OpPlanTime      = Op[query.PlanAsk, query.PlanTime]{"plan-time"}
	OpPlanVisits    = Op[query.PlanAsk, query.PlanVisits]{"plan-visits"}
	OpPlanProspects = Op[query.PlanAsk, query.PlanProspects]{"plan-prospects"}
	OpPlanGrid      = Op[query.PlanGridAsk, query.PlanGrid]{"plan-grid"}
	OpPlanPAC       = Op[query.PlanAsk, query.PlanPAC]{"plan-pac"}
	OpPlanCalls     = Op[query.PlanAsk, query.PlanCalls]{"plan-calls"}
	OpPlanTerritory = Op[query.PlanAsk, query.PlanTerritory]{"plan-territory"}
	OpAllocate      = Op[Allocate, Allocated]{"allocate"} // of the planner
	OpSetPlan       = Op[SetPlan, Saved]{"set-plan"}
	OpPlanLine      = Op[PlanLine, Saved]{"plan-line"}
)

// What SetPlan does.
const (
	PlanFields  uint8 = iota // changes the plan in hand
	TimeFields               // changes the time budget
	PlanPropose              // closes the version and shows it to the manager
	PlanSign                 // the manager signs,
	PlanReturn               // or returns it with a note
)

// SetPlan changes the plan of a year, or its time budget; fields are those of
// [portfolio.Plan] and [portfolio.Time].
type SetPlan struct {
	Scope  uint32       `cbor:"1,keyasint,omitempty"` // 0: one's own
	Year   int          `cbor:"2,keyasint"`
	Do     uint8        `cbor:"3,keyasint,omitempty"`
	Fields []PlanNumber `cbor:"4,keyasint,omitempty"`
	Note   string       `cbor:"5,keyasint,omitempty"`
	Totals [3]int       `cbor:"6,keyasint"` // as proposed: hours, visits to clients, to prospects
}

// A PlanNumber is one field; Clear takes it away.
type PlanNumber struct {
	Field uint16  `cbor:"1,keyasint"`
	Value float64 `cbor:"2,keyasint,omitempty"`
	Clear bool    `cbor:"3,keyasint,omitempty"`
}

// PlanLine writes a line of the action plan (an Action), or fixes the visits of
// a client (Fix).
type PlanLine struct {
	ID     portfolio.ID     `cbor:"1,keyasint,omitzero"`
	Action portfolio.Action `cbor:"2,keyasint"`
	Fix    bool             `cbor:"3,keyasint,omitempty"`
	Visits int              `cbor:"4,keyasint,omitempty"` // under 0: free again
	Until  calendar.Day     `cbor:"5,keyasint,omitempty"`
}

// Allocate asks the planner for the sharing of the visits that brings most.
type Allocate struct {
	Of query.PlanTerritory `cbor:"1,keyasint"`
}

// Allocated is that sharing, by segment.
type Allocated struct {
	Value   float64    `cbor:"1,keyasint"` // margin in cents
	Was     float64    `cbor:"2,keyasint"` // of the plan in hand
	Bound   float64    `cbor:"3,keyasint"` // no sharing brings more
	Hour    float64    `cbor:"4,keyasint"` // what one hour more brings
	Exact   bool       `cbor:"5,keyasint"` // proven the best
	Known   bool       `cbor:"6,keyasint"`
	Short   int        `cbor:"7,keyasint"` // minutes the minima lack
	Minutes int        `cbor:"8,keyasint"`
	Visits  [6]int     `cbor:"9,keyasint"`
	Rate    [6]float64 `cbor:"10,keyasint"` // visits a client
	Took    float64    `cbor:"11,keyasint"` // ms
}
