package store

import (
	"context"
	"errors"
	"fmt"
)

// Stores are the object stores of a profile's database: physical version 1,
// frozen. Two versions of the application run side by side during an update,
// so nothing is ever added here; new content takes new keys.
var Stores = []string{Meta, Root, Misc, Out, Cols, Local, Sent, Blob, Later}

// Names of the stores.
const (
	Meta  = "meta"  // device, chain, cursors, keys, lists of what is pending and dirty
	Root  = "root"  // root id → bundle of the card
	Misc  = "misc"  // scope/kind → bundle of rows without a root
	Out   = "out"   // first n → group of operations, not yet acknowledged
	Cols  = "cols"  // derived columns in chunks: may be dropped and rebuilt
	Local = "local" // what this device alone knows
	Sent  = "sent"  // first n → group of operations, acknowledged
	Blob  = "blob"  // sha-256/chunk → bytes
	Later = "later" // rows of kinds this version does not know
)

// What a database can refuse. Nothing of the transaction was written, except
// where the comment says otherwise.
var (
	ErrQuota       = errors.New("store: the device's storage is full")
	ErrClosed      = errors.New("store: the database was closed, another version of the application took over or the browser freed it")
	ErrBlocked     = errors.New("store: another tab holds an older database open")
	ErrUnavailable = errors.New("store: this browser window has no storage, private browsing for instance")
	ErrAborted     = errors.New("store: the transaction was aborted")
	ErrVersion     = errors.New("store: the database belongs to a later version of the application")
	ErrFinished    = errors.New("store: the transaction had ended: something else than its requests was waited for") // what was asked before may be written
)

// A KV is one database of string keys and bytes, in transactions. IndexedDB is
// the real one (idb_js.go), app/store/memory its twin; storetest.Run is what
// both must do.
type KV interface {
	// Update runs f in a read-write transaction over the stores named and
	// returns nil only once it is durably complete (strict durability). When f
	// returns an error nothing is written and that error comes back, wrapped.
	// Writing transactions over a common store exclude each other, in other
	// tabs too.
	//
	// f may wait for nothing but the requests of its Tx: after any other wait
	// (timer, fetch, WebCrypto, message) the browser has committed already.
	Update(ctx context.Context, stores []string, f func(Tx) error) error

	// View runs f over one unchanging state of the stores named; writing in it
	// is an error.
	View(ctx context.Context, stores []string, f func(Tx) error) error

	// Close ends the connection; later transactions give ErrClosed.
	Close() error
}

// A Tx is an open transaction. Keys are not empty. A slice that was put or
// received may be kept, and is not changed by anybody.
type Tx interface {
	Get(store, key string) ([]byte, error)                   // nil when absent
	GetMany(store string, keys []string) ([][]byte, error)   // in the order asked, nil when absent
	GetAll(store string, r Range, limit int) ([]Pair, error) // in order of key; limit 0: all
	Keys(store string, r Range, limit int) ([]string, error) // in order; limit 0: all
	Last(store string, r Range, limit int) ([]Pair, error)   // the highest keys first
	Count(store string, r Range) (int, error)                //
	Put(store, key string, value []byte) error               //
	Delete(store, key string) error                          // absent: nothing
	DeleteRange(store string, r Range) error                 //
}

// A Pair is a key with its value.
type Pair struct {
	Key   string
	Value []byte
}

// A Range is From ≤ key < To; an empty end is open. The zero Range is all.
type Range struct{ From, To string }

// Prefix is the range of the keys that begin with p.
func Prefix(p string) Range { return Range{From: p, To: p + "\uffff"} }

// After is the range of the keys greater than key.
func After(key string) Range { return Range{From: key + "\x00"} }

// Holds reports whether the range contains the key.
func (r Range) Holds(key string) bool { return key >= r.From && (r.To == "" || key < r.To) }

// Num writes a number as fixed-width text that sorts like the number.
func Num(n uint64) string { return fmt.Sprintf("%016x", n) }

// An Opener opens and erases databases by name: the browser's IndexedDB, or
// memory.Disk.
type Opener interface {
	Open(ctx context.Context, name string) (KV, error)
	Erase(ctx context.Context, name string) error
}
