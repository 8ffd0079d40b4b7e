package bridge

import (
	"sillon/engine/calendar"
	"sillon/engine/plan"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// The weeks and days. The engine's worker writes the book and keeps what is
// accepted; the planner, a worker of its own, searches in between.
var (
	OpWeek   = Op[query.WeekAsk, query.WeekTab]{"week"}
	OpAccept = Op[Accept, Accepted]{"week-accept"}

	OpSolve  = Op[Solve, Solved]{"solve"}
	OpBetter = Op[Better, Solved]{"better"}
)

// Solve asks the planner for a week; it forgets the one before. The first
// answer comes at once.
type Solve struct {
	Book plan.Book `cbor:"1,keyasint"`
	MS   int       `cbor:"2,keyasint,omitempty"` // how long it will be asked for better ones; 0: not at all
	Add  *Put      `cbor:"3,keyasint,omitempty"`
	Of   int       `cbor:"4,keyasint,omitempty"` // iterations to cool down over; 0: as many as MS holds
}

// Put places a client on a day by hand.
type Put struct {
	Client int32        `cbor:"1,keyasint"`
	Day    calendar.Day `cbor:"2,keyasint"`
	Wish   int32        `cbor:"3,keyasint"` // hour wished in minutes; −1: where it costs least
}

// Better asks for what has been found since, after some milliseconds more of
// search.
type Better struct {
	MS int `cbor:"1,keyasint"`
}

// Solved is the best week so far. The same book, seed and iterations give the
// same week on every device.
type Solved struct {
	Week  *plan.Week   `cbor:"1,keyasint,omitempty"` // nil: none better than the last one told
	Kept  []plan.Fixed `cbor:"2,keyasint,omitempty"` // what the week proposes, for the next question
	Ran   int          `cbor:"3,keyasint,omitempty"` // iterations so far
	Of    int          `cbor:"4,keyasint,omitempty"` // at its end
	Tight bool         `cbor:"5,keyasint,omitempty"` // the day has no room for the client put there
	Took  float64      `cbor:"6,keyasint,omitempty"` // ms in the planner
}

// Accept turns proposals into appointments, as one act.
type Accept struct {
	Visits []PlanVisit  `cbor:"1,keyasint,omitempty"`
	Undo   portfolio.ID `cbor:"2,keyasint,omitzero"` // takes an accepted week back instead
}

// Accepted says what was kept.
type Accepted struct {
	Act  portfolio.ID `cbor:"1,keyasint,omitzero"` // what Undo names
	Done int          `cbor:"2,keyasint"`
}

// A Helper is a worker that is started for a while.
type Helper interface {
	Caller
	Close()
}
