package plan

import "sillon/engine/calendar"

// What a stop is.
const (
	Appointment uint8 = iota + 1 // rendez-vous: never moves
	Locked                       // held by the rep
	Same                         // proposed before, and kept
	Proposed                     // new
)

// Reasons a visit is planned, or is not. The numbers of a [Reason] go with
// them: N counts days or minutes as said, Client another client.
const (
	WhyAppointment uint8 = iota + 1
	WhyLocked
	WhyLate   // N days late
	WhyDue    // due, or in N days
	WhyNever  // never visited
	WhyWanted // wanted by a day, in N days; negative: over
	WhyNear   // N minutes from Client, who is visited
	WhyWorth  // among the N most useful visits left
	WhyKept   // proposed before

	NotOut     // blocked, lost or put away
	NotCadence // no cadence: nothing says a visit is due
	NotYet     // due in N days only
	NotSoon    // seen N days ago, sooner than the least gap
	NotLeft    // the visits of the year are made
	NotPlanned // already planned, in N days
	NotPlaced  // no position
	NotOpen    // closed on the days that are left
	NotNear    // there and back takes more than a day: N minutes
	NotTime    // no room in any day
	NotWorth   // the detour of N minutes costs more than the visit is worth
	NotAsked   // nothing was proposed (Book.Hold)
)

// A Reason is why, in a code and its numbers.
type Reason struct {
	Code   uint8 `cbor:"1,keyasint"`
	N      int32 `cbor:"2,keyasint,omitempty"`
	Client int32 `cbor:"3,keyasint,omitempty"`
}

// A Stop is one visit of a day (arrêt).
type Stop struct {
	Client int32    `cbor:"1,keyasint"`
	Kind   uint8    `cbor:"2,keyasint"`
	Fixed  int32    `cbor:"3,keyasint"` // place in Book.Fixed, or in Book.Kept; −1
	Arrive int32    `cbor:"4,keyasint"`
	Start  int32    `cbor:"5,keyasint"`
	End    int32    `cbor:"6,keyasint"`
	Travel int32    `cbor:"7,keyasint,omitempty"` // minutes from the stop before
	Meters int32    `cbor:"8,keyasint,omitempty"`
	Late   int32    `cbor:"9,keyasint,omitempty"`  // minutes by which an appointment cannot be kept
	Guess  bool     `cbor:"10,keyasint,omitempty"` // its position is not known, or rough
	Why    []Reason `cbor:"11,keyasint,omitempty"`
}

// A Day is the tour of one day (journée).
type Day struct {
	Day    calendar.Day `cbor:"1,keyasint"`
	Off    uint8        `cbor:"2,keyasint,omitempty"`
	Stops  []Stop       `cbor:"3,keyasint,omitempty"`
	Back   int32        `cbor:"4,keyasint,omitempty"` // minute of the return
	Home   int32        `cbor:"5,keyasint,omitempty"` // minutes of the way back
	Travel int32        `cbor:"6,keyasint,omitempty"`
	Meters int32        `cbor:"7,keyasint,omitempty"`
	Spot   int32        `cbor:"8,keyasint,omitempty"`  // minutes with clients
	Free   []Span       `cbor:"9,keyasint,omitempty"`  // free slots of half an hour or more
	Loose  []int32      `cbor:"10,keyasint,omitempty"` // appointments without an hour that find none: places in Book.Fixed
	Over   int32        `cbor:"11,keyasint,omitempty"` // minutes by which the day is too long for its appointments
}

// A Slot is where a client who is left out would fit best.
type Slot struct {
	Day   int32 `cbor:"1,keyasint"` // place in the week
	Start int32 `cbor:"2,keyasint"`
	Cost  int32 `cbor:"3,keyasint"` // minutes of road it adds
}

// A Left is a client who is left out, and why.
type Left struct {
	Client int32  `cbor:"1,keyasint"`
	Why    Reason `cbor:"2,keyasint"`
	Slots  []Slot `cbor:"3,keyasint,omitempty"` // one for each day he fits in
	Late   int32  `cbor:"4,keyasint,omitempty"` // days late
	Worth  int64  `cbor:"5,keyasint,omitempty"` // cents lost
}

// A Week is a plan (semaine).
type Week struct {
	Days      []Day   `cbor:"1,keyasint"`
	Left      []Left  `cbor:"2,keyasint,omitempty"` // whom to place: the costliest to leave out first
	Others    []Left  `cbor:"3,keyasint,omitempty"` // the rest, by reason, in the order of the book
	Visits    int32   `cbor:"4,keyasint"`
	Prospects int32   `cbor:"5,keyasint,omitempty"`
	Travel    int32   `cbor:"6,keyasint,omitempty"`
	Meters    int32   `cbor:"7,keyasint,omitempty"`
	Spot      int32   `cbor:"8,keyasint,omitempty"`
	Moved     int32   `cbor:"9,keyasint,omitempty"`  // kept visits that changed their hour
	Shifted   int32   `cbor:"10,keyasint,omitempty"` // of which their day
	Dropped   int32   `cbor:"11,keyasint,omitempty"` // kept visits that found no place
	Planned   int32   `cbor:"12,keyasint,omitempty"` // visits the year still holds
	Possible  int32   `cbor:"13,keyasint,omitempty"` // as many as its days can hold, at the pace of this plan
	Lost      int64   `cbor:"14,keyasint,omitempty"` // cents of the visits left out
	Ran       int32   `cbor:"15,keyasint,omitempty"` // iterations
	Learned   []int32 `cbor:"16,keyasint,omitempty"` // minutes of a visit by category
}
