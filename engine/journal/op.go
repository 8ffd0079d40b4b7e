// Package journal holds operations, stamps and merge rules: what a user
// intended, in which order, and who wins when two intents meet.
//
// A tablet appends operations to its outbox, numbered 1, 2, 3… and chained by
// hash; the server applies each one once. Both sides compute the same view
// with the same functions ([Apply]): stored rows plus pending operations.
//
// Merging is per field: the later mark wins, by hybrid logical clock; the base
// mark that the writer saw tells a real conflict from a succession, and a real
// conflict keeps the losing value.
package journal

import (
	"crypto/sha256"

	"sillon/engine/cbor"
	"sillon/engine/portfolio"
)

// An OpKind is the intent of an operation.
type OpKind uint8

// Stored and sent: add at the end, never renumber. Tombstones, counters, sets
// and commands come with later work and have their numbers then.
const (
	Create  OpKind = iota + 1 // a new record of a patchable kind
	Patch                     // some fields of a known record
	Fact                      // a new record that will never change
	Archive                   // the card is put away, or taken back: field Archived
)

// An Op is one intent of one user, as it is stored, chained and sent.
type Op struct {
	N      uint64           `cbor:"1,keyasint"` // number on its device, 1, 2, 3… without gap
	ID     portfolio.ID     `cbor:"2,keyasint"` // survives a change of device identity
	Kind   OpKind           `cbor:"3,keyasint"`
	Entity portfolio.Kind   `cbor:"4,keyasint"`
	Schema uint16           `cbor:"5,keyasint"`
	Rec    portfolio.ID     `cbor:"6,keyasint"`
	Root   portfolio.ID     `cbor:"7,keyasint,omitzero"` // the card; zero for records without one
	Scope  uint32           `cbor:"8,keyasint"`          // where the client saw the record
	HLC    Stamp            `cbor:"9,keyasint"`
	Fields portfolio.Fields `cbor:"10,keyasint,omitempty"`
	Base   map[uint16]Mark  `cbor:"11,keyasint,omitempty"` // per patched field: the write it replaces
	WallMS int64            `cbor:"12,keyasint,omitempty"` // the tablet's own clock
	OffMS  int64            `cbor:"13,keyasint,omitempty"` // server minus tablet, as known then
	Group  uint64           `cbor:"14,keyasint,omitempty"` // ops of one group are whole or absent; 0: alone
	Args   cbor.RawMessage  `cbor:"15,keyasint,omitempty"`
}

// Schema is the version of the table of kinds and fields this code writes.
const Schema = 2

// A Chain is the running hash of a device's operations: 16 bytes of
// H(n) = SHA-256(H(n−1) ‖ bytes of op n).
type Chain [16]byte

// Link extends the chain by the bytes of the next operation.
func (c Chain) Link(op []byte) Chain {
	h := sha256.New()
	h.Write(c[:])
	h.Write(op)
	var next Chain
	copy(next[:], h.Sum(nil))
	return next
}

// A Row is the current state of one record.
type Row struct {
	Rec    portfolio.ID     `cbor:"1,keyasint"`
	Entity portfolio.Kind   `cbor:"2,keyasint"`
	Root   portfolio.ID     `cbor:"3,keyasint,omitzero"`
	Seq    uint64           `cbor:"4,keyasint,omitempty"`
	Ver    uint64           `cbor:"5,keyasint,omitempty"`
	Flags  uint8            `cbor:"6,keyasint,omitempty"` // bit 0: deleted
	Epoch  uint32           `cbor:"7,keyasint,omitempty"`
	Fields portfolio.Fields `cbor:"8,keyasint,omitempty"`
	Mark   Mark             `cbor:"9,keyasint"`            // who wrote every field not in Marks
	Marks  map[uint16]Mark  `cbor:"10,keyasint,omitempty"` // exceptions
	Author portfolio.ID     `cbor:"11,keyasint,omitzero"`  // last author
	WallMS int64            `cbor:"12,keyasint,omitempty"` // wall clock of the last write
	Scope  uint32           `cbor:"13,keyasint,omitempty"` // where it lives
}

// MarkOf returns the mark of the write that a field's value comes from.
func (r *Row) MarkOf(field uint16) Mark {
	if m, ok := r.Marks[field]; ok {
		return m
	}
	return r.Mark
}

// Deleted reports whether the row is a tombstone.
func (r *Row) Deleted() bool { return r.Flags&1 != 0 }

// An Outcome is what became of an operation.
type Outcome uint8

// Stored: add at the end, never renumber.
const (
	Applied  Outcome = iota + 1
	Parked           // waits for its record
	Refused          // see the refusal
	Repeated         // known already
)

// A Writer says who an operation comes from.
type Writer struct {
	Dev  portfolio.ID // device
	User portfolio.ID
}

// A Lost value is one that [Apply] set aside: the other half of a conflict.
type Lost struct {
	Field         uint16
	Winner, Loser portfolio.RawValue // nil: absent
	WinnerMark    Mark
	LoserMark     Mark
	NewWins       bool // the operation's value is the winner
}

// Result is what applying an operation to a row gave.
type Result struct {
	Changed bool
	Lost    []Lost
	Why     portfolio.Refused // when not zero, nothing was applied
}
