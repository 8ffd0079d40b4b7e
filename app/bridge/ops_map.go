package bridge

import (
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// The operations of the map, and of the places of clients.
var (
	OpMap    = Op[query.MapAsk, query.MapView]{"map"}
	OpTowns  = Op[TownsAsk, Towns]{"towns"}
	OpPlaced = Op[Placing, Saved]{"place"}
)

// TownsAsk asks for the communes whose name or postcode begins with a text.
type TownsAsk struct {
	Text string `cbor:"1,keyasint"`
}

// Towns are the first few, the larger first. Absent: the table of communes is
// not on this device yet.
type Towns struct {
	All    []Town `cbor:"1,keyasint,omitempty"`
	Absent bool   `cbor:"2,keyasint,omitempty"`
}

// A Town is a commune.
type Town struct {
	Name     string `cbor:"1,keyasint"`
	Postcode string `cbor:"2,keyasint"`
}

// Placing says where a client is: by a point of the map, by the device's
// position (latitude, longitude), or by its commune.
type Placing struct {
	Account  portfolio.ID `cbor:"1,keyasint"`
	Point    []float64    `cbor:"2,keyasint,omitempty"` // x and y of geo.Chart
	At       []float64    `cbor:"3,keyasint,omitempty"`
	Postcode string       `cbor:"4,keyasint,omitempty"`
	Town     string       `cbor:"5,keyasint,omitempty"`
}
