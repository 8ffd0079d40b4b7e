// Package store keeps what a tablet knows: the rows it received, the
// operations it has not handed in yet, and what it derived from both. One
// database per profile; every value sealed by AES-256-GCM.
//
// A user's action is one strict transaction ([DB.Append]): once it has
// returned nil, the work survives a closed tab, a dead battery and a week
// without network. What a screen shows ([DB.Card], [DB.Misc]) is the stored
// rows with the pending operations applied by the same function that the
// server runs, [journal.Apply]. An answer of the server is taken whole or not
// at all ([DB.ApplyAnswer]).
//
// Two tabs may use the same database at once: nothing is believed from memory
// that a transaction has not confirmed.
package store

import (
	"context"
	"errors"
	"io"
	"time"

	"sillon/engine/cbor"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
)

// Limits of a group of operations. A larger one is refused by Append: the
// caller splits it (a card of over 500 lines names its import in each part).
const (
	MaxGroupOps   = wire.MaxOps
	MaxGroupBytes = 900 << 10 // fits a push even if nothing of it compresses
)

// What the store refuses, beside the errors of the KV.
var (
	ErrTooLarge = errors.New("store: larger than one push may carry")
	ErrEmpty    = errors.New("store: a group without operations")
	ErrUser     = errors.New("store: the answer is for another user than this profile's")
	ErrDamaged  = errors.New("store: a stored value does not open with the key of this profile")
)

// Options are what a database needs from its shell.
type Options struct {
	User   portfolio.ID     // owner of the profile; zero: taken from the first answer
	Wrap   KeyWrap          // keeps the data key
	Random io.Reader        // initialisation vectors, keys, identifiers
	Now    func() time.Time // the tablet's own clock, in its own zone
	Kept   int              // groups that stay in the sent log though a backup of the server holds them; 0: 50, negative: none
	Yield  func()           // lets the browser breathe during long work, never inside a transaction; nil: nothing
}

// A KeyWrap locks the data key at rest. It is asked when a database opens,
// outside transactions.
type KeyWrap interface {
	Wrap(ctx context.Context, key []byte) ([]byte, error)
	Unwrap(ctx context.Context, wrapped []byte) ([]byte, error)
}

// AppendOptions go with one Append.
type AppendOptions struct {
	Local    []LocalValue          // written in the same transaction: a finished draft goes with its visit
	Progress func(done, total int) // operations prepared so far, of a long Append
}

// A LocalValue is one named value of this device; a nil Value deletes it.
type LocalValue struct {
	Name  string
	Value []byte
}

// Appended says which numbers a batch of groups received.
type Appended struct {
	Device      portfolio.ID
	First, Last uint64   // numbers of the first and last operation
	Groups      []uint64 // number of each group
	Pending     int      // operations waiting in the outbox, these included
}

// A View is a card (or a bundle of rows without a card) as the user must see
// it: stored rows plus pending operations. Facts that were amended or voided
// are left as they are: the reader decides.
type View struct {
	Root    portfolio.ID // zero for rows without a card
	Scope   uint32
	Rows    []journal.Row        // without tombstones, in order of record id
	Pending map[portfolio.ID]int // per record, how many of its operations the server has not confirmed
	Mark    uint64               // counts the changes of cards up to the moment of reading
}

// Row returns the row of a record.
func (v *View) Row(rec portfolio.ID) (journal.Row, bool) {
	for i := range v.Rows {
		if v.Rows[i].Rec == rec {
			return v.Rows[i], true
		}
	}
	return journal.Row{}, false
}

// A Scope is one line of the scope table: what the server granted, and how far
// this device has read.
type Scope struct {
	ID       uint32           `cbor:"1,keyasint"`
	Kind     wire.ScopeKind   `cbor:"2,keyasint,omitempty"`
	Name     string           `cbor:"3,keyasint,omitempty"`
	Roles    []portfolio.Role `cbor:"4,keyasint,omitempty"` // one person may hold several
	Held     bool             `cbor:"5,keyasint,omitempty"` // a page was received
	Cursor   uint64           `cbor:"6,keyasint,omitempty"` // seq read
	Complete bool             `cbor:"7,keyasint,omitempty"` // the last page ended the scope
	Suspect  bool             `cbor:"8,keyasint,omitempty"` // rows of an earlier history line wait to be read again
}

// Status is what the sync chip and the settings page tell.
type Status struct {
	User     portfolio.ID
	Device   portfolio.ID
	Epoch    uint32
	Last     uint64        // number of the last operation
	Pending  int           // operations in the outbox
	Groups   int           // the same in groups: "1 action gardée ici"
	Oldest   time.Time     // when the oldest pending operation was made, by the tablet's clock; zero: none
	Sent     int           // operations acknowledged today
	Exchange time.Time     // last answer applied; zero: never
	Complete bool          // that answer left nothing unread
	Offset   time.Duration // server's clock minus this one
	Later    int           // rows that this version cannot read yet
}

// An Entry is one group of the outbox or of the sent log, for the journal.
type Entry struct {
	N     uint64       // number of its first operation
	Group uint64       // number of the group
	Made  time.Time    // tablet's clock
	Acked time.Time    // zero in the outbox
	Ops   []journal.Op // whole
}

// A Batch is the head of the outbox, ready to be sent: whole groups only.
type Batch struct {
	User   portfolio.ID
	Device portfolio.ID
	Epoch  uint32
	Cookie []byte
	Prev   journal.Chain     // chain before the first operation
	Ops    []cbor.RawMessage // exactly as chained
	Bytes  int               // of Ops
	First  uint64            // number of the first operation; 0: the outbox is empty
	More   bool              // further groups wait behind
}

// An Exchange is an answer with what it answers.
type Exchange struct {
	Request *wire.Request
	Answer  *wire.Answer
	Offset  *time.Duration // server's clock minus the tablet's as measured here; nil: not measured
}

// Changed says what an answer did.
type Changed struct {
	Roots     []portfolio.ID // cards with other rows than before, without those that left
	Left      []portfolio.ID // cards this device no longer holds
	Scopes    []uint32       // scopes gained, lost or renamed
	Misc      []MiscKey      // rows without a card
	Acked     int            // operations acknowledged
	NewDevice bool           // the storage had been cloned or rolled back: new identity, everything is sent again
	Refilled  int            // operations that a restored server had lost, back in the outbox
	Pruned    int            // operations that left the sent log: a backup of the server holds them
	NewEpoch  bool           // the server's history began again: everything is read again
	Ignored   string         // why the pages were not taken ("" when they were): an answer late or doubled
	Complete  bool           // nothing remains to be read
}

// Any reports whether something on a screen may be different now.
func (c Changed) Any() bool {
	return len(c.Roots)+len(c.Left)+len(c.Scopes)+len(c.Misc) > 0 || c.Acked > 0 || c.NewDevice || c.Refilled > 0
}

// A MiscKey names a bundle of rows without a card.
type MiscKey struct {
	Scope uint32
	Kind  portfolio.Kind
}

// Dirty lists the cards whose derived columns must be computed again.
type Dirty struct {
	Roots []portfolio.ID
	upTo  string // the marks seen; later ones stay
	last  map[portfolio.ID]string
}

// After reports whether a card has changed after a moment, which a [View]
// names.
func (d Dirty) After(root portfolio.ID, mark uint64) bool { return d.last[root] > preDirty+Num(mark) }

// Mark names the last change seen; later ones have a greater name. Empty when
// no card has changed.
func (d Dirty) Mark() string { return d.upTo }

// A Chunk is a piece of the derived columns: bytes the store does not look at.
// A nil Value deletes it.
type Chunk struct {
	Key   string
	Value []byte
}
