package query

import (
	"sillon/engine/explain"
	"sillon/engine/portfolio"
)

// MapAsk asks for the clients of a list on the map (carte), and for those
// nearest to a place.
type MapAsk struct {
	List     ListAsk   `cbor:"1,keyasint"`
	X        float64   `cbor:"2,keyasint,omitempty"` // middle of the picture, in units of geo.Chart
	Y        float64   `cbor:"3,keyasint,omitempty"`
	Scale    float64   `cbor:"4,keyasint,omitempty"` // pixels for a unit; 0: all clients in the picture
	W        int       `cbor:"5,keyasint,omitempty"` // of the picture, pixels
	H        int       `cbor:"6,keyasint,omitempty"`
	At       []float64 `cbor:"7,keyasint,omitempty"` // latitude and longitude of the device; none: not known
	Pick     []float64 `cbor:"8,keyasint,omitempty"` // the list is of the ring at this pixel, x and y
	Unplaced bool      `cbor:"9,keyasint,omitempty"` // the list is of those without a place
	Minute   int       `cbor:"10,keyasint,omitempty"`
}

// A MapView is the picture's marks, and the list beside it. X and Y of marks are
// pixels from the left and the top.
type MapView struct {
	Head     Head      `cbor:"1,keyasint"`
	Found    int       `cbor:"2,keyasint"`           // by the criteria
	Unplaced int       `cbor:"3,keyasint,omitempty"` // of them, those without a place
	Rough    int       `cbor:"4,keyasint,omitempty"` // and those shown at their commune
	Phases   [5]int    `cbor:"5,keyasint"`           // of those placed: D C M V, others
	X        float64   `cbor:"6,keyasint"`           // as drawn
	Y        float64   `cbor:"7,keyasint"`
	Scale    float64   `cbor:"8,keyasint"`
	Meters   float64   `cbor:"9,keyasint"` // of a pixel, in the middle
	Rings    []MapRing `cbor:"10,keyasint,omitempty"`
	Towns    []MapTown `cbor:"11,keyasint,omitempty"`
	From     MapFrom   `cbor:"12,keyasint"`
	Reach    float64   `cbor:"13,keyasint"`           // ten minutes, pixels
	Near     []NearRow `cbor:"14,keyasint,omitempty"` // due within ten minutes, then others within them, then by distance
	Within   int       `cbor:"15,keyasint,omitempty"` // within ten minutes
	Due      int       `cbor:"16,keyasint,omitempty"` // of them, due and with no appointment yet: the first of Near
	Listed   int       `cbor:"17,keyasint"`           // of all Near is the beginning of
	Free     int       `cbor:"18,keyasint,omitempty"` // minutes until the next appointment of today; 0: none to come
	Took     float64   `cbor:"19,keyasint,omitempty"` // ms in the worker
	NoTable  bool      `cbor:"20,keyasint,omitempty"` // the communes are not on this device yet
	Picked   *MapRing  `cbor:"21,keyasint,omitempty"` // the ring that the list is of
}

// A MapRing is one client, or several too near each other to be drawn apart.
type MapRing struct {
	X     float64      `cbor:"1,keyasint"`
	Y     float64      `cbor:"2,keyasint"`
	N     int          `cbor:"3,keyasint"`
	Parts [5]int       `cbor:"4,keyasint"` // D C M V, others
	Name  string       `cbor:"5,keyasint,omitempty"`
	ID    portfolio.ID `cbor:"6,keyasint,omitzero"` // of one client
	Phase string       `cbor:"7,keyasint,omitempty"`
	Due   int          `cbor:"8,keyasint,omitempty"`
}

// A MapTown is a name to write.
type MapTown struct {
	X    float64 `cbor:"1,keyasint"`
	Y    float64 `cbor:"2,keyasint"`
	Name string  `cbor:"3,keyasint"`
}

// A MapFrom is where distances start: "device", "stop" (the next appointment,
// Name its client), "centre" (of the clients, Name the town there), or nothing.
type MapFrom struct {
	How  string  `cbor:"1,keyasint,omitempty"`
	Name string  `cbor:"2,keyasint,omitempty"`
	X    float64 `cbor:"3,keyasint,omitempty"`
	Y    float64 `cbor:"4,keyasint,omitempty"`
}

// A NearRow is a client of the list beside the map.
type NearRow struct {
	ID       portfolio.ID   `cbor:"1,keyasint"`
	Name     string         `cbor:"2,keyasint"`
	City     string         `cbor:"3,keyasint,omitempty"`
	Phase    string         `cbor:"4,keyasint,omitempty"`
	Score    float64        `cbor:"5,keyasint,omitempty"`
	State    explain.Status `cbor:"6,keyasint"`
	Due      bool           `cbor:"7,keyasint,omitempty"`
	Since    int            `cbor:"8,keyasint"`           // days since the last visit; −1: never
	Interval int            `cbor:"9,keyasint,omitempty"` // days between visits
	Minutes  int            `cbor:"10,keyasint"`          // by road; −1: no place
	Km       float64        `cbor:"11,keyasint,omitempty"`
	Phone    string         `cbor:"12,keyasint,omitempty"`
	Lat      float64        `cbor:"13,keyasint,omitempty"`
	Lon      float64        `cbor:"14,keyasint,omitempty"`
	Spot     Spot           `cbor:"15,keyasint,omitempty"`
	Address  string         `cbor:"16,keyasint,omitempty"`
	Planned  bool           `cbor:"17,keyasint,omitempty"` // for today or the next seven days
}
