// Package memory is IndexedDB's twin for tests and for the simulation: the
// same transactions, and on demand the same failures, at a moment one can
// choose.
//
// A [Disk] is a browser's storage; it outlives the connections to it, can be
// copied and put back ([Disk.Copy], [Disk.PutBack]: a device restored from an
// older backup), and can be full ([Disk.Limit]). A [KV] is one tab's connection.
package memory

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sort"
	"sync"

	"sillon/app/store"
	"sillon/engine/sorting"
)

// ErrKilled is what the code of a tab that was killed "receives": whether the
// transaction was written depends on the fault. The connection is dead.
var ErrKilled = errors.New("memory: the tab was killed")

// A Fault is what goes wrong with one transaction.
type Fault uint8

// Faults of a writing transaction.
const (
	None       Fault = iota
	Abort            // the browser aborts after every request succeeded
	Quota            // the commit fails: no room, after every request succeeded
	KillBefore       // the tab dies before the commit: nothing is written
	KillAfter        // the tab dies after the commit: everything is, and nobody was told
	Close            // the connection is closed before the transaction begins
)

// A Disk holds databases by name.
type Disk struct {
	mu    sync.Mutex
	dbs   map[string]*database
	limit int
	down  error
}

// NewDisk returns an empty disk without limit.
func NewDisk() *Disk { return &Disk{dbs: map[string]*database{}} }

// Limit sets how many bytes one database may hold; 0: any number.
func (d *Disk) Limit(bytes int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.limit = bytes
}

// Refuse makes every Open fail with err: private browsing, for instance.
func (d *Disk) Refuse(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.down = err
}

// Open opens a database, empty when new. The dynamic type is *KV.
func (d *Disk) Open(ctx context.Context, name string) (store.KV, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.down != nil {
		return nil, fmt.Errorf("open %s: %w", name, d.down)
	}
	db := d.dbs[name]
	if db == nil {
		db = &database{stores: map[string]*table{}}
		for _, s := range store.Stores {
			db.stores[s] = &table{values: map[string][]byte{}}
		}
		d.dbs[name] = db
	}
	return &KV{disk: d, db: db}, nil
}

// Erase deletes a database; connections to it are closed.
func (d *Disk) Erase(ctx context.Context, name string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if db := d.dbs[name]; db != nil {
		db.mu.Lock()
		db.gone = true
		db.mu.Unlock()
	}
	delete(d.dbs, name)
	return nil
}

// A Copy is what a database held at one moment.
type Copy map[string]map[string][]byte

// Copy takes a copy of a database.
func (d *Disk) Copy(name string) Copy {
	db := d.find(name)
	if db == nil {
		return nil
	}
	db.mu.RLock()
	defer db.mu.RUnlock()
	c := Copy{}
	for s, t := range db.stores {
		c[s] = maps.Clone(t.values)
	}
	return c
}

// PutBack makes a database what it was when the copy was taken.
func (d *Disk) PutBack(name string, c Copy) {
	db := d.find(name)
	if db == nil {
		return
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	for s, t := range db.stores {
		t.values = maps.Clone(c[s])
		if t.values == nil {
			t.values = map[string][]byte{}
		}
		t.keys = sorting.Keys(t.values)
	}
}

func (d *Disk) find(name string) *database {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.dbs[name]
}

type database struct {
	mu     sync.RWMutex // writers exclude everybody, as transactions over one store do
	stores map[string]*table
	gone   bool
}

type table struct {
	values map[string][]byte
	keys   []string // sorted
}

func (t *table) put(key string, v []byte) {
	if _, ok := t.values[key]; !ok {
		i, _ := slices.BinarySearch(t.keys, key)
		t.keys = slices.Insert(t.keys, i, key)
	}
	t.values[key] = v
}

func (t *table) drop(key string) {
	if _, ok := t.values[key]; ok {
		i, _ := slices.BinarySearch(t.keys, key)
		t.keys = slices.Delete(t.keys, i, i+1)
		delete(t.values, key)
	}
}

func (t *table) within(r store.Range) []string {
	from := sort.SearchStrings(t.keys, r.From)
	to := len(t.keys)
	if r.To != "" {
		to = max(from, sort.SearchStrings(t.keys, r.To))
	}
	return t.keys[from:to]
}

// A KV is one connection.
type KV struct {
	disk *Disk
	db   *database

	mu     sync.Mutex
	closed error
	faults func(stores []string) Fault
	open   *tx // the writing transaction under way
	turns  int
}

var _ store.KV = (*KV)(nil)

// Faults decides what goes wrong: f is asked once per writing transaction,
// before it begins. A nil f ends the faults.
func (kv *KV) Faults(f func(stores []string) Fault) {
	kv.mu.Lock()
	defer kv.mu.Unlock()
	kv.faults = f
}

// Turn is what happens when the code returns to the browser's event loop for
// anything but a request of its transaction: an open transaction commits what
// it has, and ends. Tests hand it to whoever may wait (yield, key wrap).
func (kv *KV) Turn() {
	kv.mu.Lock()
	defer kv.mu.Unlock()
	kv.turns++
	if kv.open != nil {
		kv.open.undo, kv.open.over = nil, true
	}
}

// Turns counts the calls of Turn.
func (kv *KV) Turns() int {
	kv.mu.Lock()
	defer kv.mu.Unlock()
	return kv.turns
}

// Close ends the connection.
func (kv *KV) Close() error {
	kv.kill(store.ErrClosed)
	return nil
}

func (kv *KV) kill(err error) {
	kv.mu.Lock()
	defer kv.mu.Unlock()
	if kv.closed == nil {
		kv.closed = err
	}
}

func (kv *KV) alive() error {
	kv.mu.Lock()
	defer kv.mu.Unlock()
	if kv.closed == nil && kv.db.gone {
		return store.ErrClosed
	}
	return kv.closed
}

// Update runs a writing transaction.
func (kv *KV) Update(ctx context.Context, stores []string, f func(store.Tx) error) error {
	kv.mu.Lock()
	plan := kv.faults
	kv.mu.Unlock()
	fault := None
	if plan != nil {
		fault = plan(stores)
	}
	if fault == Close {
		kv.kill(store.ErrClosed)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	kv.db.mu.Lock()
	defer kv.db.mu.Unlock()
	if err := kv.alive(); err != nil {
		return err
	}
	t := &tx{ctx: ctx, db: kv.db, stores: stores, write: true}
	kv.mu.Lock()
	kv.open = t
	kv.mu.Unlock()
	err := f(t)
	kv.mu.Lock()
	kv.open = nil
	kv.mu.Unlock()
	ended := t.over
	t.over = true
	if err != nil {
		t.rollback()
		return err
	}
	if ended { // it committed by itself, earlier
		return nil
	}
	switch fault {
	case Abort:
		t.rollback()
		return store.ErrAborted
	case Quota:
		t.rollback()
		return store.ErrQuota
	case KillBefore:
		t.rollback()
		kv.kill(ErrKilled)
		return ErrKilled
	case KillAfter:
		kv.kill(ErrKilled)
		return ErrKilled
	}
	kv.disk.mu.Lock()
	limit := kv.disk.limit
	kv.disk.mu.Unlock()
	if limit > 0 && len(t.undo) > 0 && kv.db.size() > limit {
		t.rollback()
		return store.ErrQuota
	}
	return nil
}

func (db *database) size() int {
	n := 0
	for _, t := range db.stores {
		for k, v := range t.values {
			n += len(k) + len(v)
		}
	}
	return n
}

// View runs a reading transaction.
func (kv *KV) View(ctx context.Context, stores []string, f func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	kv.db.mu.RLock()
	defer kv.db.mu.RUnlock()
	if err := kv.alive(); err != nil {
		return err
	}
	t := &tx{ctx: ctx, db: kv.db, stores: stores}
	defer func() { t.over = true }()
	return f(t)
}

type tx struct {
	ctx    context.Context
	db     *database
	stores []string
	write  bool
	over   bool
	undo   []change
}

type change struct {
	t   *table
	key string
	old []byte // nil: was absent
}

func (t *tx) rollback() {
	for _, c := range slices.Backward(t.undo) {
		if c.old == nil {
			c.t.drop(c.key)
		} else {
			c.t.put(c.key, c.old)
		}
	}
	t.undo = nil
}

var (
	errScope    = errors.New("memory: the transaction does not name this store")
	errReadOnly = errors.New("memory: writing in a reading transaction")
	errKey      = errors.New("memory: an empty key")
)

func (t *tx) table(name string, write bool) (*table, error) {
	if t.over {
		return nil, store.ErrFinished
	}
	if err := t.ctx.Err(); err != nil {
		return nil, err
	}
	if !slices.Contains(t.stores, name) {
		return nil, fmt.Errorf("%w: %s", errScope, name)
	}
	if write && !t.write {
		return nil, errReadOnly
	}
	return t.db.stores[name], nil
}

func (t *tx) Get(s, key string) ([]byte, error) {
	tab, err := t.table(s, false)
	if err != nil {
		return nil, err
	}
	return tab.values[key], nil
}

func (t *tx) GetMany(s string, keys []string) ([][]byte, error) {
	tab, err := t.table(s, false)
	if err != nil {
		return nil, err
	}
	out := make([][]byte, len(keys))
	for i, k := range keys {
		out[i] = tab.values[k]
	}
	return out, nil
}

func (t *tx) GetAll(s string, r store.Range, limit int) ([]store.Pair, error) {
	tab, err := t.table(s, false)
	if err != nil {
		return nil, err
	}
	keys := tab.within(r)
	if limit > 0 && len(keys) > limit {
		keys = keys[:limit]
	}
	out := make([]store.Pair, len(keys))
	for i, k := range keys {
		out[i] = store.Pair{Key: k, Value: tab.values[k]}
	}
	return out, nil
}

func (t *tx) Last(s string, r store.Range, limit int) ([]store.Pair, error) {
	tab, err := t.table(s, false)
	if err != nil {
		return nil, err
	}
	var out []store.Pair
	for _, k := range slices.Backward(tab.within(r)) {
		if limit > 0 && len(out) == limit {
			break
		}
		out = append(out, store.Pair{Key: k, Value: tab.values[k]})
	}
	return out, nil
}

func (t *tx) Keys(s string, r store.Range, limit int) ([]string, error) {
	tab, err := t.table(s, false)
	if err != nil {
		return nil, err
	}
	keys := tab.within(r)
	if limit > 0 && len(keys) > limit {
		keys = keys[:limit]
	}
	return slices.Clone(keys), nil
}

func (t *tx) Count(s string, r store.Range) (int, error) {
	tab, err := t.table(s, false)
	if err != nil {
		return 0, err
	}
	return len(tab.within(r)), nil
}

func (t *tx) Put(s, key string, v []byte) error {
	tab, err := t.table(s, true)
	if err != nil {
		return err
	}
	if key == "" {
		return errKey
	}
	t.undo = append(t.undo, change{tab, key, tab.values[key]})
	if v == nil {
		v = []byte{}
	}
	tab.put(key, v)
	return nil
}

func (t *tx) Delete(s, key string) error {
	tab, err := t.table(s, true)
	if err != nil {
		return err
	}
	if old, ok := tab.values[key]; ok {
		t.undo = append(t.undo, change{tab, key, old})
		tab.drop(key)
	}
	return nil
}

func (t *tx) DeleteRange(s string, r store.Range) error {
	tab, err := t.table(s, true)
	if err != nil {
		return err
	}
	for _, k := range slices.Clone(tab.within(r)) {
		t.undo = append(t.undo, change{tab, k, tab.values[k]})
		tab.drop(k)
	}
	return nil
}
