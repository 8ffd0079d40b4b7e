// Package memory is a store that forgets: the same behaviour as
// server/store/sqlite for tests and for the simulation, which also stops it at
// any moment ([DB.FailAt]), copies it ([DB.Clone]) and puts the copy back.
package memory

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/server/auth"
	"sillon/server/hub"
)

// DB is a store in memory. The zero value is not ready: use [New].
type DB struct {
	mu sync.RWMutex
	s  *state

	// FailAt, when set, is asked before each commit; an error that it returns
	// undoes the transaction, as a full disk would.
	FailAt func() error
}

type (
	id       = portfolio.ID
	scopeKey struct{ t, s uint32 }
	recKey   struct {
		t  uint32
		id id
	}
	leftKey struct {
		t, s uint32
		root id
	}
	opKey struct {
		t   uint32
		dev id
		n   uint64
	}
	grantKey struct {
		t, s uint32
		user id
		role portfolio.Role
		from int64
	}
	place struct {
		seq uint64
		rec id
	}
)

// state is every table. Values are never changed in place, so that a copy of
// the maps is a copy of the database.
type state struct {
	meta     map[string][]byte
	tenants  map[uint32]hub.Tenant
	users    map[recKey]hub.User
	scopes   map[scopeKey]hub.Scope
	grants   map[grantKey]hub.Grant
	devices  map[recKey]hub.Device
	recs     map[recKey]*journal.Row
	cards    map[recKey][]id      // root to its records
	bySeq    map[scopeKey][]place // may hold places that a record has left since
	lefts    map[leftKey]hub.Left
	ops      map[opKey]hub.Logged
	opIDs    map[recKey]opKey
	parked   map[recKey][]hub.Parked // by record
	waiting  map[uint32]int
	audit    []hub.Event
	sessions map[auth.Hash]auth.Session
}

// New returns an empty store.
func New() *DB {
	return &DB{s: &state{
		meta: map[string][]byte{}, tenants: map[uint32]hub.Tenant{}, users: map[recKey]hub.User{},
		scopes: map[scopeKey]hub.Scope{}, grants: map[grantKey]hub.Grant{}, devices: map[recKey]hub.Device{},
		recs: map[recKey]*journal.Row{}, cards: map[recKey][]id{}, bySeq: map[scopeKey][]place{},
		lefts: map[leftKey]hub.Left{}, ops: map[opKey]hub.Logged{}, opIDs: map[recKey]opKey{},
		parked: map[recKey][]hub.Parked{}, waiting: map[uint32]int{}, sessions: map[auth.Hash]auth.Session{},
	}}
}

// Clone returns a copy, as a backup would.
func (db *DB) Clone() *DB {
	db.mu.RLock()
	defer db.mu.RUnlock()
	s := db.s
	return &DB{s: &state{
		meta: maps.Clone(s.meta), tenants: maps.Clone(s.tenants), users: maps.Clone(s.users),
		scopes: maps.Clone(s.scopes), grants: maps.Clone(s.grants), devices: maps.Clone(s.devices),
		recs: maps.Clone(s.recs), cards: clip(s.cards), bySeq: clip(s.bySeq),
		lefts: maps.Clone(s.lefts), ops: maps.Clone(s.ops), opIDs: maps.Clone(s.opIDs),
		parked: clip(s.parked), waiting: maps.Clone(s.waiting), audit: slices.Clone(s.audit), sessions: maps.Clone(s.sessions),
	}}
}

// clip copies a map of slices so that neither side appends into the other's.
func clip[K comparable, V any](m map[K][]V) map[K][]V {
	c := make(map[K][]V, len(m))
	for k, v := range m {
		c[k] = slices.Clone(v)
	}
	return c
}

// Update implements [hub.Store].
func (db *DB) Update(ctx context.Context, f func(hub.Tx) error) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	t := &tx{reader: reader{db.s}}
	err := ctx.Err()
	if err == nil {
		err = f(t)
	}
	if err == nil && db.FailAt != nil {
		err = db.FailAt()
	}
	if err != nil {
		for _, undo := range slices.Backward(t.undo) {
			undo()
		}
	}
	return err
}

// View implements [hub.Store].
func (db *DB) View(ctx context.Context, f func(hub.Reader) error) error {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	return f(reader{db.s})
}

// Events returns the audit journal.
func (db *DB) Events() []hub.Event {
	db.mu.RLock()
	defer db.mu.RUnlock()
	return slices.Clone(db.s.audit)
}

// Ops returns every logged operation of a tenant, in order of device and number.
func (db *DB) Ops(tenant uint32) []hub.Logged {
	db.mu.RLock()
	defer db.mu.RUnlock()
	var out []hub.Logged
	for k, o := range db.s.ops {
		if k.t == tenant {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b hub.Logged) int {
		return cmp.Or(bytes.Compare(a.Device[:], b.Device[:]), cmp.Compare(a.N, b.N))
	})
	return out
}

type reader struct{ s *state }

func (r reader) Meta(key string) ([]byte, error) { return slices.Clone(r.s.meta[key]), nil }

func (r reader) Tenants() ([]hub.Tenant, error) {
	return slices.SortedFunc(maps.Values(r.s.tenants), func(a, b hub.Tenant) int { return cmp.Compare(a.ID, b.ID) }), nil
}

func (r reader) Tenant(t uint32) (hub.Tenant, error) { return known(r.s.tenants, t) }

func known[K comparable, V any](m map[K]V, k K) (V, error) {
	v, ok := m[k]
	if !ok {
		return v, hub.ErrUnknown
	}
	return v, nil
}

func (r reader) Users(t uint32) ([]hub.User, error) {
	var out []hub.User
	for _, u := range r.s.users {
		if u.Tenant == t {
			out = append(out, u)
		}
	}
	slices.SortFunc(out, func(a, b hub.User) int { return cmp.Compare(a.Login, b.Login) })
	return out, nil
}

func (r reader) User(t uint32, u id) (hub.User, error) { return known(r.s.users, recKey{t, u}) }

func (r reader) UserByLogin(login string) (hub.User, error) {
	for _, u := range r.s.users {
		if strings.EqualFold(u.Login, login) {
			return u, nil
		}
	}
	return hub.User{}, hub.ErrUnknown
}

func (r reader) Scopes(t uint32) ([]hub.Scope, error) {
	var out []hub.Scope
	for k, s := range r.s.scopes {
		if k.t == t {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b hub.Scope) int { return cmp.Compare(a.ID, b.ID) })
	return out, nil
}

func (r reader) Scope(t, s uint32) (hub.Scope, error) { return known(r.s.scopes, scopeKey{t, s}) }

func (r reader) Grants(t uint32, user id) ([]hub.Grant, error) {
	return r.grants(func(k grantKey) bool { return k.t == t && k.user == user }), nil
}

func (r reader) Holders(t, scope uint32) ([]hub.Grant, error) {
	return r.grants(func(k grantKey) bool { return k.t == t && k.s == scope }), nil
}

func (r reader) grants(want func(grantKey) bool) []hub.Grant {
	var out []hub.Grant
	for k, g := range r.s.grants {
		if want(k) {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b hub.Grant) int {
		return cmp.Or(cmp.Compare(a.Scope, b.Scope), bytes.Compare(a.User[:], b.User[:]), cmp.Compare(a.Role, b.Role), cmp.Compare(a.From, b.From))
	})
	return out
}

func (r reader) Device(t uint32, d id) (hub.Device, error) { return r.s.devices[recKey{t, d}], nil }

func (r reader) Devices(t uint32) ([]hub.Device, error) {
	var out []hub.Device
	for k, d := range r.s.devices {
		if k.t == t {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b hub.Device) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return out, nil
}

func (r reader) Record(t uint32, rec id) (*journal.Row, error) {
	row := r.s.recs[recKey{t, rec}]
	if row == nil {
		return nil, nil
	}
	c := clone(row)
	return &c, nil
}

// clone copies a row; values are shared, as nobody writes into their bytes.
func clone(row *journal.Row) journal.Row {
	c := *row
	c.Fields, c.Marks = maps.Clone(row.Fields), maps.Clone(row.Marks)
	return c
}

func (r reader) Card(t uint32, root id) ([]journal.Row, error) {
	var out []journal.Row
	for _, rec := range r.s.cards[recKey{t, root}] {
		out = append(out, clone(r.s.recs[recKey{t, rec}]))
	}
	slices.SortFunc(out, func(a, b journal.Row) int { return bytes.Compare(a.Rec[:], b.Rec[:]) })
	return out, nil
}

func (r reader) Rows(t, scope uint32, after uint64, limit int) ([]journal.Row, error) {
	var out []journal.Row
	ps := r.s.bySeq[scopeKey{t, scope}]
	i, _ := slices.BinarySearchFunc(ps, after+1, func(p place, seq uint64) int { return cmp.Compare(p.seq, seq) })
	for _, p := range ps[i:] {
		if len(out) == limit {
			break
		}
		if row := r.s.recs[recKey{t, p.rec}]; row.Scope == scope && row.Seq == p.seq {
			out = append(out, clone(row))
		}
	}
	return out, nil
}

func (r reader) Lefts(t, scope uint32, after uint64, limit int) ([]hub.Left, error) {
	out := r.lefts(func(k leftKey, l hub.Left) bool { return k.t == t && k.s == scope && l.Seq > after })
	return out[:min(limit, len(out))], nil
}

func (r reader) LeftOf(t uint32, root id) ([]hub.Left, error) {
	return r.lefts(func(k leftKey, _ hub.Left) bool { return k.t == t && k.root == root }), nil
}

func (r reader) lefts(want func(leftKey, hub.Left) bool) []hub.Left {
	var out []hub.Left
	for k, l := range r.s.lefts {
		if want(k, l) {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b hub.Left) int { return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Scope, b.Scope)) })
	return out
}

func (r reader) OpKnown(t uint32, op id) (bool, error) {
	_, ok := r.s.opIDs[recKey{t, op}]
	return ok, nil
}

func (r reader) Op(t uint32, dev id, n uint64) (hub.Logged, error) {
	return r.s.ops[opKey{t, dev, n}], nil
}

func (r reader) Waiting(t uint32) (int, error) { return r.s.waiting[t], nil }

func (r reader) Parked(t uint32, rec id) ([]hub.Parked, error) {
	return slices.Clone(r.s.parked[recKey{t, rec}]), nil
}

type tx struct {
	reader
	undo []func()
}

func put[K comparable, V any](t *tx, m map[K]V, k K, v V) error {
	old, had := m[k]
	t.undo = append(t.undo, func() {
		if had {
			m[k] = old
		} else {
			delete(m, k)
		}
	})
	m[k] = v
	return nil
}

func drop[K comparable, V any](t *tx, m map[K]V, k K) error {
	if old, had := m[k]; had {
		t.undo = append(t.undo, func() { m[k] = old })
		delete(m, k)
	}
	return nil
}

func (t *tx) PutMeta(key string, v []byte) error { return put(t, t.s.meta, key, slices.Clone(v)) }
func (t *tx) PutTenant(v hub.Tenant) error       { return put(t, t.s.tenants, v.ID, v) }

func (t *tx) PutUser(v hub.User) error {
	if u, err := t.UserByLogin(v.Login); err == nil && u.ID != v.ID {
		return hub.ErrTaken
	}
	return put(t, t.s.users, recKey{v.Tenant, v.ID}, v)
}

func (t *tx) PutScope(tenant uint32, v hub.Scope) error {
	return put(t, t.s.scopes, scopeKey{tenant, v.ID}, v)
}

func (t *tx) PutGrant(tenant uint32, v hub.Grant) error {
	return put(t, t.s.grants, grantKey{tenant, v.Scope, v.User, v.Role, v.From}, v)
}

func (t *tx) PutDevice(tenant uint32, v hub.Device) error {
	return put(t, t.s.devices, recKey{tenant, v.ID}, v)
}

func (t *tx) PutRecord(tenant uint32, row *journal.Row) error {
	k := recKey{tenant, row.Rec}
	if t.s.recs[k] == nil && !row.Root.IsZero() {
		root := recKey{tenant, row.Root}
		if err := put(t, t.s.cards, root, append(slices.Clip(t.s.cards[root]), row.Rec)); err != nil {
			return err
		}
	}
	sc := scopeKey{tenant, row.Scope}
	ps := t.s.bySeq[sc]
	if n := len(ps); n == 0 || ps[n-1].seq < row.Seq {
		ps = append(ps, place{row.Seq, row.Rec}) // an undo shortens it again
	} else if i, found := slices.BinarySearchFunc(ps, row.Seq, func(p place, s uint64) int { return cmp.Compare(p.seq, s) }); !found {
		ps = slices.Insert(slices.Clone(ps), i, place{row.Seq, row.Rec})
	} else {
		ps = slices.Clone(ps)
		ps[i].rec = row.Rec
	}
	if err := put(t, t.s.bySeq, sc, ps); err != nil {
		return err
	}
	c := clone(row)
	return put(t, t.s.recs, k, &c)
}

func (t *tx) PutLeft(tenant uint32, l hub.Left) error {
	return put(t, t.s.lefts, leftKey{tenant, l.Scope, l.Root}, l)
}

func (t *tx) DropLeft(tenant, scope uint32, root id) error {
	return drop(t, t.s.lefts, leftKey{tenant, scope, root})
}

func (t *tx) AddOp(tenant uint32, o hub.Logged) error {
	k := opKey{tenant, o.Device, o.N}
	if _, dup := t.s.ops[k]; dup {
		return hub.ErrTaken
	}
	if o.Outcome != journal.Repeated {
		if _, dup := t.s.opIDs[recKey{tenant, o.ID}]; dup {
			return hub.ErrTaken
		}
		if err := put(t, t.s.opIDs, recKey{tenant, o.ID}, k); err != nil {
			return err
		}
	}
	return put(t, t.s.ops, k, o)
}

func (t *tx) Settle(tenant uint32, op id, out journal.Outcome) error {
	k, ok := t.s.opIDs[recKey{tenant, op}]
	if !ok {
		return hub.ErrUnknown
	}
	o := t.s.ops[k]
	o.Outcome = out
	return put(t, t.s.ops, k, o)
}

func (t *tx) Park(tenant uint32, p hub.Parked) error {
	k := recKey{tenant, p.Rec}
	if err := put(t, t.s.waiting, tenant, t.s.waiting[tenant]+1); err != nil {
		return err
	}
	return put(t, t.s.parked, k, append(slices.Clip(t.s.parked[k]), p))
}

func (t *tx) Unpark(tenant uint32, op id) error {
	for k, ps := range t.s.parked {
		i := slices.IndexFunc(ps, func(p hub.Parked) bool { return k.t == tenant && p.Op == op })
		if i < 0 {
			continue
		}
		if err := put(t, t.s.waiting, tenant, t.s.waiting[tenant]-1); err != nil {
			return err
		}
		if len(ps) == 1 {
			return drop(t, t.s.parked, k)
		}
		return put(t, t.s.parked, k, slices.Delete(slices.Clone(ps), i, i+1))
	}
	return hub.ErrUnknown
}

func (t *tx) Audit(_ uint32, e hub.Event) error {
	n := len(t.s.audit)
	t.undo = append(t.undo, func() { t.s.audit = t.s.audit[:n] })
	t.s.audit = append(t.s.audit, e)
	return nil
}
