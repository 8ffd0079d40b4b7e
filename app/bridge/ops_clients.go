package bridge

import (
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// What is done to a list of clients, and to many of them at once.
var (
	OpFound = Op[FoundAsk, Founds]{"found"}
	OpBulk  = Op[Bulk, Bulked]{"bulk"} // progress; cancel leaves nothing
)

// FoundAsk asks whom a list finds, and how many each of others finds.
type FoundAsk struct {
	List  query.ListAsk   `cbor:"1,keyasint"`
	Who   bool            `cbor:"2,keyasint,omitempty"` // who, not only how many
	Count []query.ListAsk `cbor:"3,keyasint,omitempty"`
}

// Founds answers it. A count that only the analysis knows, and it is not there
// yet, is −1.
type Founds struct {
	Found query.Found `cbor:"1,keyasint"`
	Count []int       `cbor:"2,keyasint,omitempty"`
}

// What may be done to many clients.
const (
	BulkLook  = "look"  // nothing: tells tags and efforts
	BulkTag   = "tag"   // Word is put on
	BulkUntag = "untag" // Word is taken off
	BulkAsk   = "ask"   // the effort Code is asked of those of whom it can be
	BulkUndo  = "undo"  // Act is taken back
)

// MostAsked is of how many clients at once an effort can be asked.
const MostAsked = 200

// Bulk does one thing to many clients, as one act.
type Bulk struct {
	What string         `cbor:"1,keyasint"`
	IDs  []portfolio.ID `cbor:"2,keyasint,omitempty"`
	Word string         `cbor:"3,keyasint,omitempty"`
	Code string         `cbor:"4,keyasint,omitempty"` // E01 … E15
	Act  portfolio.ID   `cbor:"5,keyasint,omitzero"`
	Ask  bool           `cbor:"6,keyasint,omitempty"` // look: at the efforts too
}

// Bulked says what it did.
type Bulked struct {
	Act   portfolio.ID     `cbor:"1,keyasint,omitzero"`  // what BulkUndo names
	Done  int              `cbor:"2,keyasint,omitempty"` // clients changed
	Tags  []query.TagCount `cbor:"3,keyasint,omitempty"` // look: all tags, those of the selected counted
	Could []CouldAsk       `cbor:"4,keyasint,omitempty"` // look: what can be asked
	Took  float64          `cbor:"5,keyasint,omitempty"` // ms in the worker
}

// CouldAsk is an effort, and of how many it can be asked.
type CouldAsk struct {
	Code  string `cbor:"1,keyasint"`
	Key   string `cbor:"2,keyasint"` // catalogue key
	Count int    `cbor:"3,keyasint"`
}
