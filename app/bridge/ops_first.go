package bridge

import (
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
)

// OpDemo makes, opens, leaves and erases the demonstration (démonstration): a
// fictional portfolio in a profile of its own, with a database of its own.
// Nothing in it is ever sent, and nothing of any other profile is touched.
var OpDemo = Op[Demo, DemoSaid]{"demo"}

// What is asked about the demonstration. The page starts again after DemoOpen,
// DemoLeave and DemoErase: another profile is the one to open.
const (
	DemoAsk   = ""      // whether there is one
	DemoBegin = "begin" // an empty one, in place of what was there
	DemoRows  = "rows"  // some of its rows; Last: these are all
	DemoOpen  = "open"
	DemoLeave = "leave" // it stays on the device
	DemoErase = "erase"
)

// Demo is one act about the demonstration. The page tells its story: the
// worker does not carry the words.
type Demo struct {
	Act    string        `cbor:"1,keyasint,omitempty"`
	User   portfolio.ID  `cbor:"2,keyasint,omitzero"` // begin: whose portfolio it is
	Name   string        `cbor:"3,keyasint,omitempty"`
	Login  string        `cbor:"4,keyasint,omitempty"`
	Grants []wire.Grant  `cbor:"5,keyasint,omitempty"` // begin
	Rows   []journal.Row `cbor:"6,keyasint,omitempty"`
	Last   bool          `cbor:"7,keyasint,omitempty"`
}

// DemoSaid says what there is.
type DemoSaid struct {
	Here  bool `cbor:"1,keyasint,omitempty"` // it lies on this device
	Cards int  `cbor:"2,keyasint,omitempty"` // of it; counted while it is open
	Acts  int  `cbor:"3,keyasint,omitempty"` // done in it; counted while it is open
}

// FaultDemo refuses what would put real data into the demonstration.
const FaultDemo = "demo"

// StateDemo is the chip of the demonstration: nothing leaves it.
const StateDemo State = "demo"
