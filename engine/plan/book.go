package plan

import (
	"sillon/engine/calendar"
	"sillon/engine/geo"
)

// Limits of a book: beyond them [Begin] refuses it.
const (
	MostDays    = 10
	MostClients = 20_000
	MostFixed   = 2_000
)

// A Span is a stretch of a day, in minutes after midnight; To is its end.
type Span struct {
	From int32 `cbor:"1,keyasint"`
	To   int32 `cbor:"2,keyasint"`
}

// A Point is a place on the map, or none.
type Point struct {
	Lat   float64 `cbor:"1,keyasint,omitempty"`
	Lon   float64 `cbor:"2,keyasint,omitempty"`
	Known bool    `cbor:"3,keyasint,omitempty"`
	Rough bool    `cbor:"4,keyasint,omitempty"` // the middle of a town, not the door
}

func (p Point) position() geo.Position { return geo.Position{Lat: p.Lat, Lon: p.Lon} }

func (p Point) placed() bool { return p.Known && p.position().Valid() }

// Why a day is off.
const (
	Works   uint8 = iota
	Weekend       // not a day of the rep's week
	Holiday       // jour férié
	DayOff        // congé
	Past          // over
)

// A Workday is one day of the rep (journée): from where to where and when.
type Workday struct {
	Day   calendar.Day `cbor:"1,keyasint"`
	Open  int32        `cbor:"2,keyasint"` // leaves no earlier
	Close int32        `cbor:"3,keyasint"` // is back no later
	Break Span         `cbor:"4,keyasint,omitzero"`
	From  Point        `cbor:"5,keyasint"` // home or hotel
	To    Point        `cbor:"6,keyasint"`
	Off   uint8        `cbor:"7,keyasint,omitempty"`
}

// Hours are the opening hours of a week, Monday first; a day without spans is
// closed.
type Hours struct {
	Week [][]Span `cbor:"1,keyasint"` // 7
}

// A Client is who may be visited, in plain numbers.
type Client struct {
	Code     string         `cbor:"1,keyasint,omitempty"` // breaks ties
	At       Point          `cbor:"2,keyasint,omitzero"`
	Category uint8          `cbor:"3,keyasint,omitempty"`
	Last     calendar.Day   `cbor:"4,keyasint,omitempty"`  // last visit; 0: never
	Every    int32          `cbor:"5,keyasint,omitempty"`  // days between visits; 0: no cadence, not proposed
	Least    int32          `cbor:"6,keyasint,omitempty"`  // days between visits at least; 0: half of Every
	Most     int32          `cbor:"7,keyasint,omitempty"`  // and at most; 0: no limit
	Left     int32          `cbor:"8,keyasint,omitempty"`  // visits of the year still to make; −1: no plan
	Value    int64          `cbor:"9,keyasint,omitempty"`  // cents of a visit made on time
	Prospect bool           `cbor:"10,keyasint,omitempty"` //
	Due      calendar.Day   `cbor:"11,keyasint,omitempty"` // a visit is wanted by this day; 0: none said
	Out      bool           `cbor:"12,keyasint,omitempty"` // blocked, lost, not to be contacted
	Hours    int32          `cbor:"13,keyasint,omitempty"` // place in Book.Hours + 1; 0: any time
	Closed   []calendar.Day `cbor:"14,keyasint,omitempty"`
	Seen     int32          `cbor:"15,keyasint,omitempty"` // past visits that were timed
	Spent    int32          `cbor:"16,keyasint,omitempty"` // and their minutes
	Minutes  int32          `cbor:"17,keyasint,omitempty"` // length said; 0: learned
	Next     calendar.Day   `cbor:"18,keyasint,omitempty"` // a visit is planned beyond the days of the book
}

// A Fixed is what stands on a day: an appointment, a lock, a visit proposed
// before.
type Fixed struct {
	Client int32        `cbor:"1,keyasint"`
	Day    calendar.Day `cbor:"2,keyasint"`
	Start  int32        `cbor:"3,keyasint"`           // minute; −1: no hour yet
	Length int32        `cbor:"4,keyasint,omitempty"` // minutes; 0: learned
	Lock   bool         `cbor:"5,keyasint,omitempty"` // held by the rep, no appointment
}

// A Drive is a way that was driven to a client, as the meter said.
type Drive struct {
	Day    calendar.Day `cbor:"1,keyasint"`
	Minute int32        `cbor:"2,keyasint"`
	Client int32        `cbor:"3,keyasint"`
	Meters int32        `cbor:"4,keyasint,omitempty"` // 0: nobody read the meter,
	Took   int32        `cbor:"5,keyasint,omitempty"` // and these minutes are said
}

// A Book is all the planner knows (le carnet).
type Book struct {
	Days    []Workday `cbor:"1,keyasint"`
	Clients []Client  `cbor:"2,keyasint"`
	Hours   []Hours   `cbor:"3,keyasint,omitempty"`
	Fixed   []Fixed   `cbor:"4,keyasint,omitempty"`
	Kept    []Fixed   `cbor:"5,keyasint,omitempty"` // proposed before, to move as little as possible
	Rate    int64     `cbor:"6,keyasint"`           // cents of a minute on the road; 0: [DefaultRate]
	Visit   int32     `cbor:"7,keyasint"`           // minutes of a visit where nothing was timed; 0: [DefaultVisit]
	Road    Road      `cbor:"8,keyasint,omitzero"`
	Planned int32     `cbor:"9,keyasint,omitempty"`  // visits the year still holds
	Field   int32     `cbor:"10,keyasint,omitempty"` // days in the field that are left of the year
	Seed    uint64    `cbor:"11,keyasint,omitempty"`
	Drives  []Drive   `cbor:"13,keyasint,omitempty"` // of the past: the road is learned from them
	Hold    bool      `cbor:"12,keyasint,omitempty"` // nothing is proposed besides Fixed and Kept
}

// A Road is how distance becomes travel. Zero: [geo.Bands].
type Road struct {
	Circuity float64 `cbor:"1,keyasint,omitempty"` // one for all distances, with KmH
	KmH      float64 `cbor:"2,keyasint,omitempty"`
	Factor   float64 `cbor:"3,keyasint,omitempty"` // learned from the meter
}

func (r Road) road() geo.Road {
	out := geo.Bands
	if r.Circuity > 0 && r.KmH > 0 {
		out = geo.Road{Circuity: r.Circuity, KmH: r.KmH}
	}
	if r.Factor > 0.2 && r.Factor < 5 {
		out.Factor = r.Factor
	}
	return out
}

// Where nothing is known.
const (
	DefaultRate  = 60 // cents a minute: 36 € an hour
	DefaultVisit = 45 // minutes (method H2)
	Unknown      = 20 // minutes to or from a place that is not known
	MostMinutes  = 8 * 60
)
