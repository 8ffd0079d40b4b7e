package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"
	"time"

	"sillon/engine/cbor"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// Keys of meta. The data key's wrap is the only value that is not sealed with
// the data key.
const (
	keyDEK   = "key"
	keyHead  = "head"
	keySync  = "sync"
	prePend  = "pend/"  // + first n of one Append → which bundle each of its groups touches
	preDirty = "dirty/" // + mark → roots whose columns are out of date
)

// head is the end of the outbox. It is small: every action rewrites it.
type head struct {
	User     portfolio.ID  `cbor:"1,keyasint,omitzero"`
	Device   portfolio.ID  `cbor:"2,keyasint"`
	N        uint64        `cbor:"3,keyasint"` // last operation made
	Chain    journal.Chain `cbor:"4,keyasint"` // after it
	Acked    uint64        `cbor:"5,keyasint"` // last operation acknowledged
	AckChain journal.Chain `cbor:"6,keyasint"` // after it
	Covered  uint64        `cbor:"7,keyasint"` // up to here, what operations did is in the stored rows
	HLC      journal.Clock `cbor:"8,keyasint"`
	Group    uint64        `cbor:"9,keyasint"`  // last group number given
	Groups   int           `cbor:"10,keyasint"` // groups waiting
	Mark     uint64        `cbor:"11,keyasint"` // last dirty mark given
	Gen      uint64        `cbor:"12,keyasint"` // grows when the list of pending groups changes
	OffMS    int64         `cbor:"13,keyasint"` // server's clock minus this one
	SentDay  int32         `cbor:"14,keyasint"` // local day that SentN counts
	SentN    int           `cbor:"15,keyasint"`
	Backed   uint64        `cbor:"16,keyasint,omitempty"` // up to here, the sent log was pruned
}

// reading is how far the server's rows were read.
type reading struct {
	Epoch    uint32  `cbor:"1,keyasint"`
	Cookie   []byte  `cbor:"2,keyasint"`
	Era      uint32  `cbor:"3,keyasint"` // grows when everything is read again: rows of an older era are suspect
	Scopes   []Scope `cbor:"4,keyasint"` // by number
	Cover    []cover `cbor:"5,keyasint"` // acknowledged, not yet in the rows
	LastMS   int64   `cbor:"6,keyasint"` // last answer
	Complete bool    `cbor:"7,keyasint"`
}

// A cover says when acknowledged operations may leave the view: once every
// scope they touched has been read to its end, or once an answer that came with
// or after the acknowledgement has left nothing unread.
type cover struct {
	UpTo  uint64            `cbor:"1,keyasint"`
	Given map[uint32]uint64 `cbor:"2,keyasint"` // still to be read so far; nil: unknown, the answer to the push was lost
}

func (r *reading) scope(id uint32) *Scope {
	if i, ok := r.find(id); ok {
		return &r.Scopes[i]
	}
	return nil
}

func (r *reading) find(id uint32) (int, bool) {
	return slices.BinarySearchFunc(r.Scopes, id, func(s Scope, id uint32) int { return cmp.Compare(s.ID, id) })
}

// add returns the line of a scope, made when missing.
func (r *reading) add(id uint32) *Scope {
	i, ok := r.find(id)
	if !ok {
		r.Scopes = sorting.Insert(r.Scopes, i, Scope{ID: id})
	}
	return &r.Scopes[i]
}

// group is one value of out or sent, under the number of its first operation.
type group struct {
	Ops    []cbor.RawMessage `cbor:"1,keyasint"` // exactly as chained
	Group  uint64            `cbor:"2,keyasint"`
	MadeMS int64             `cbor:"3,keyasint"`
	Prev   journal.Chain     `cbor:"4,keyasint"` // before the first
	AckMS  int64             `cbor:"5,keyasint,omitempty"`
	Known  bool              `cbor:"6,keyasint,omitempty"` // the server had it under an earlier identity: its effect is in the rows
}

func (g *group) decode() ([]journal.Op, error) {
	ops := make([]journal.Op, len(g.Ops))
	for i, raw := range g.Ops {
		if err := dec.Unmarshal(raw, &ops[i]); err != nil {
			return nil, fmt.Errorf("store: operation %d of group %d: %w", i, g.Group, err)
		}
	}
	return ops, nil
}

// pending is one group of a pend list.
type pending struct {
	N    uint64   `cbor:"1,keyasint"`
	Keys []string `cbor:"2,keyasint"` // of the bundles it touches
}

// bundle is one value of root or misc.
type bundle struct {
	Era  uint32         `cbor:"1,keyasint"`
	Rows []journal.Row  `cbor:"2,keyasint"`           // by record id
	Old  []portfolio.ID `cbor:"3,keyasint,omitempty"` // rows of an older era, not confirmed since
}

func (b *bundle) find(rec portfolio.ID) (int, bool) {
	return slices.BinarySearchFunc(b.Rows, rec, func(r journal.Row, id portfolio.ID) int { return compareID(r.Rec, id) })
}

// A DB is one profile's database. Its methods may be called from several
// goroutines.
type DB struct {
	kv   KV
	opt  Options
	seal *sealer

	mu    sync.Mutex
	index index // what head.Gen says is still true, or nothing
}

// index finds the pending groups of a bundle.
type index struct {
	device portfolio.ID
	gen    uint64
	groups map[string][]uint64 // bundle key → first numbers, growing
}

// Open makes a database ready, with or without network: identity and data key
// are made here the first time.
func Open(ctx context.Context, kv KV, o Options) (*DB, error) {
	if o.Random == nil {
		o.Random = Random
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Kept == 0 {
		o.Kept = 50
	}
	if o.Yield == nil {
		o.Yield = func() {}
	}
	db := &DB{kv: kv, opt: o}
	if err := db.unlock(ctx); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := db.begin(ctx); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return db, nil
}

// unlock reads the data key, or makes it. Wrapping happens between two
// transactions, never inside one.
func (db *DB) unlock(ctx context.Context) error {
	var wrapped []byte
	read := func(t Tx) (err error) { wrapped, err = t.Get(Meta, keyDEK); return err }
	if err := db.kv.View(ctx, []string{Meta}, read); err != nil {
		return err
	}
	if wrapped == nil {
		key := make([]byte, 32)
		if _, err := io.ReadFull(db.opt.Random, key); err != nil {
			return err
		}
		mine, err := db.opt.Wrap.Wrap(ctx, key)
		if err != nil {
			return fmt.Errorf("wrap the data key: %w", err)
		}
		err = db.kv.Update(ctx, []string{Meta}, func(t Tx) error {
			if err := read(t); err != nil || wrapped != nil { // another tab was faster: its key is the key
				return err
			}
			wrapped = mine
			return t.Put(Meta, keyDEK, mine)
		})
		if err != nil {
			return err
		}
	}
	key, err := db.opt.Wrap.Unwrap(ctx, wrapped)
	if err != nil {
		return fmt.Errorf("unwrap the data key: %w", err)
	}
	db.seal, err = newSealer(key, db.opt.Random)
	return err
}

// begin makes the identity of the device the first time, and takes rows that
// an earlier version of the application had put aside.
func (db *DB) begin(ctx context.Context) error {
	var todo bool
	err := db.view(ctx, []string{Meta, Later}, func(t sealedTx) error {
		var h head
		found, err := t.get(Meta, keyHead, &h)
		if err != nil {
			return err
		}
		todo = !found || (h.User.IsZero() && !db.opt.User.IsZero())
		if !h.User.IsZero() && !db.opt.User.IsZero() && h.User != db.opt.User {
			return ErrUser
		}
		n, err := t.Count(Later, Range{})
		todo = todo || n > 0
		return err
	})
	if err != nil || !todo {
		return err
	}
	fresh := NewID(db.opt.Now(), db.opt.Random)
	return db.update(ctx, []string{Meta, Root, Misc, Later}, func(t sealedTx) error {
		var h head
		if _, err := t.get(Meta, keyHead, &h); err != nil {
			return err
		}
		if h.Device.IsZero() {
			h.Device = fresh
		}
		if h.User.IsZero() {
			h.User = db.opt.User
		}
		if err := db.takeLater(t, &h); err != nil {
			return err
		}
		return t.put(Meta, keyHead, &h)
	})
}

// Close ends the connection.
func (db *DB) Close() error { return db.kv.Close() }

func (db *DB) view(ctx context.Context, stores []string, f func(sealedTx) error) error {
	return db.kv.View(ctx, stores, func(t Tx) error { return f(sealedTx{t, db.seal}) })
}

func (db *DB) update(ctx context.Context, stores []string, f func(sealedTx) error) error {
	return db.kv.Update(ctx, stores, func(t Tx) error { return f(sealedTx{t, db.seal}) })
}

// NewID makes an identifier: a UUID version 7 (RFC 9562), 48 bits of time and
// 74 of chance.
func NewID(now time.Time, random io.Reader) portfolio.ID {
	var id portfolio.ID
	if _, err := io.ReadFull(random, id[6:]); err != nil {
		panic(fmt.Sprintf("store: random source: %v", err)) // crypto/rand never fails
	}
	ms := uint64(now.UnixMilli())
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	return id
}

// NewID makes an identifier with the database's own clock and random source.
func (db *DB) NewID() portfolio.ID { return NewID(db.opt.Now(), db.opt.Random) }

// sorted returns the keys of a set in order, by the one algorithm the worker
// carries.
func sorted[K comparable](set map[K]bool, compare func(a, b K) int) []K {
	keys := make([]K, 0, len(set))
	for k := range set {
		keys = append(keys, k)
	}
	sorting.By(keys, compare)
	return keys
}

func compareID(a, b portfolio.ID) int { return slices.Compare(a[:], b[:]) }

// rootKey and miscKey name bundles; both kinds share one index, and never meet.
func rootKey(root portfolio.ID) string { return root.String() }

func miscKey(scope uint32, kind portfolio.Kind) string {
	return fmt.Sprintf("%08x/%04x", scope, uint16(kind))
}

func scopePrefix(scope uint32) string { return fmt.Sprintf("%08x/", scope) }

func parseMisc(key string) (m MiscKey, ok bool) {
	if len(key) != 13 || key[8] != '/' {
		return m, false // a card
	}
	scope, err := strconv.ParseUint(key[:8], 16, 32)
	kind, err2 := strconv.ParseUint(key[9:], 16, 16)
	return MiscKey{uint32(scope), portfolio.Kind(kind)}, err == nil && err2 == nil
}

// rootOf returns the card a record belongs to; zero for none.
func rootOf(kind portfolio.Kind, rec, root portfolio.ID) portfolio.ID {
	if root.IsZero() && kind.IsRoot() {
		return rec
	}
	return root
}

// bundleOf names the bundle an operation touches.
func bundleOf(op *journal.Op) string {
	if root := rootOf(op.Entity, op.Rec, op.Root); !root.IsZero() {
		return rootKey(root)
	}
	return miscKey(op.Scope, op.Entity)
}

var errNoHead = errors.New("store: the database has no head")

func (t sealedTx) head() (h head, err error) {
	found, err := t.get(Meta, keyHead, &h)
	if err == nil && !found {
		err = errNoHead // deleted under our feet
	}
	return h, err
}

func (t sealedTx) reading() (r reading, err error) {
	_, err = t.get(Meta, keySync, &r)
	return r, err
}
