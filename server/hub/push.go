package hub

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
)

// aheadMS is how far a tablet's clock may run ahead before its stamps are
// replaced by the server's.
const aheadMS = 60_000

// Server is the device of the records that the server writes itself.
var Server = portfolio.ID{15: 1}

// An item is one operation of a request.
type item struct {
	n   uint64
	id  portfolio.ID
	op  *journal.Op // nil when it does not decode
	why portfolio.Refused
	raw []byte
}

// items decodes the operations of a request. One that does not decode, or
// that cannot mean anything, is refused by itself: it must not hold back the
// work behind it. A request whose numbers do not follow each other is refused
// whole.
func items(req *wire.Request) ([]item, error) {
	if len(req.Ops) > wire.MaxOps {
		return nil, fmt.Errorf("%w: %d operations in one push", ErrTooLarge, len(req.Ops))
	}
	out := make([]item, len(req.Ops))
	for i, raw := range req.Ops {
		it := item{raw: raw}
		op := new(journal.Op)
		if err := portfolio.Dec.Unmarshal(raw, op); err == nil {
			it.op, it.n, it.id = op, op.N, op.ID
			it.why, _ = journal.Check(op, len(raw))
		} else {
			var head struct {
				N  uint64       `cbor:"1,keyasint"`
				ID portfolio.ID `cbor:"2,keyasint"`
			}
			if err := portfolio.Dec.Unmarshal(raw, &head); err != nil {
				return nil, fmt.Errorf("%w: operation at place %d has no number", ErrBadRequest, i)
			}
			it.n, it.id, it.why = head.N, head.ID, portfolio.Malformed
		}
		if it.n == 0 || it.n != out[0].n+uint64(i) && i > 0 {
			return nil, fmt.Errorf("%w: operation %d at place %d", ErrBadRequest, it.n, i)
		}
		if it.id.IsZero() {
			it.id = derived("op", req.Device, it.n)
		}
		out[i] = it
	}
	return out, nil
}

// derived makes the identifier of a record that the server writes because of
// another one: the same cause, the same record, also when it happens again
// after a restore. It has the form of a UUID version 8.
func derived(what string, from portfolio.ID, n uint64) portfolio.ID {
	b := append([]byte("sillon "+what+" "), from[:]...)
	h := sha256.Sum256(binary.BigEndian.AppendUint64(b, n))
	id := portfolio.ID(h[:16])
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return id
}

// A push is one write transaction at work. Records are changed here and
// written at the end, each with one new number of its scope, so that a group
// can be undone as if it had never come.
type push struct {
	tx  Tx
	t   Tenant
	now int64

	dev  Device
	seen cursors // what the device had read when it sent the push

	users  map[portfolio.ID]User
	grants map[portfolio.ID][]Grant
	scopes map[uint32]*Scope
	recs   map[portfolio.ID]*entry
	order  []portfolio.ID // of first touch

	logs    []Logged
	waits   []wait         // in order
	came    []portfolio.ID // records made or refused, whose waiting operations are to be released
	waiting bool           // something is parked in the store

	undo    []func()
	grouped bool

	given   map[uint32]uint64
	clamped bool
}

// A wait is the beginning or the end of an operation's waiting for a record.
type wait struct {
	op   portfolio.ID
	park *Parked         // nil: it waits no longer
	out  journal.Outcome // what became of it; 0: it waits for another record
}

// An entry is a record in the hands of a push.
type entry struct {
	row   *journal.Row // nil: unknown
	from  uint32       // scope as stored; 0: new
	dirty bool
}

func newPush(tx Tx, tenant uint32, nowMS int64) (*push, error) {
	t, err := tx.Tenant(tenant)
	if err != nil {
		return nil, fmt.Errorf("tenant %d: %w", tenant, err)
	}
	waiting, err := tx.Waiting(tenant)
	if err != nil {
		return nil, err
	}
	return &push{
		tx: tx, t: t, now: nowMS, waiting: waiting > 0,
		users: map[portfolio.ID]User{}, grants: map[portfolio.ID][]Grant{}, scopes: map[uint32]*Scope{},
		recs: map[portfolio.ID]*entry{}, given: map[uint32]uint64{},
	}, nil
}

// push applies the operations of a request, all in tx. It reports a fork: the
// device's storage was cloned or rolled back.
func (h *Hub) push(tx Tx, who Session, req *wire.Request, its []item, seen cursors, nowMS int64) (p *push, fork bool, err error) {
	if p, err = newPush(tx, who.Tenant, nowMS); err != nil {
		return nil, false, err
	}
	p.seen = seen
	u, err := p.user(who.User)
	if err != nil {
		return nil, false, err
	}
	if u.Off {
		return nil, false, ErrSignedOut
	}
	if p.dev, err = tx.Device(who.Tenant, req.Device); err != nil {
		return nil, false, err
	}
	if req.Epoch != 0 && req.Epoch != p.t.Epoch {
		return p, false, nil // it must hear first that the server went back
	}
	if !p.dev.User.IsZero() && p.dev.User != who.User {
		return p, true, nil // somebody else's number stream
	}
	todo, fork := p.follow(req.Prev, its)
	if fork || len(todo) == len(its) && its[0].n > p.dev.LastN+1 {
		return p, fork, nil
	}
	if err := p.tell(its[:len(its)-len(todo)]); err != nil {
		return nil, false, err
	}
	by := journal.Writer{Dev: req.Device, User: who.User}
	for len(todo) > 0 {
		n := 1
		for g := group(todo[0]); n < len(todo) && g != 0 && group(todo[n]) == g; n++ {
		}
		if err := p.take(todo[:n], by); err != nil {
			return nil, false, err
		}
		todo = todo[n:]
	}
	p.dev.ID, p.dev.User, p.dev.Seen = req.Device, who.User, nowMS
	p.dev.Schema, p.dev.Build = req.Schema, cut(req.Build, 64)
	if req.SentMS != 0 {
		p.dev.OffMS = nowMS - req.SentMS
	}
	if err := tx.PutDevice(p.t.ID, p.dev); err != nil {
		return nil, false, err
	}
	return p, false, p.flush()
}

func cut(s string, n int) string { return s[:min(n, len(s))] }

func group(it item) uint64 {
	if it.op == nil {
		return 0
	}
	return it.op.Group
}

// follow walks the chain over what the server has already and returns what it
// has not. A number alone proves nothing: two clones of one tablet count alike.
func (p *push) follow(prev journal.Chain, its []item) (todo []item, fork bool) {
	c, last := prev, p.dev.LastN
	if its[0].n == last+1 && c != p.dev.Chain {
		return its, true
	}
	for i, it := range its {
		if it.n > last {
			return its[i:], false
		}
		c = c.Link(it.raw)
		if it.n == last && c != p.dev.Chain {
			return its, true
		}
	}
	return nil, false
}

// tell says how far a device must read until it sees its own work, applied now
// or known before: the scopes where the records are now, which need not be
// those where the device saw them.
func (p *push) tell(its []item) error {
	for _, it := range its {
		if it.op == nil {
			continue
		}
		e, err := p.load(it.op.Rec)
		if err != nil {
			return err
		}
		scope := it.op.Scope
		if e.row != nil {
			scope = e.row.Scope
		}
		sc, err := p.scope(scope)
		if errors.Is(err, ErrUnknown) {
			continue
		}
		if err != nil {
			return err
		}
		p.given[sc.ID] = sc.Seq
	}
	return nil
}

// An intent is an operation with the stamp it counts with.
type intent struct {
	item
	eff journal.Stamp
}

// take logs the operations of one group and settles those that are new.
func (p *push) take(its []item, by journal.Writer) error {
	fresh := make([]intent, 0, len(its))
	for _, it := range its {
		p.dev.LastN, p.dev.Chain = it.n, p.dev.Chain.Link(it.raw)
		known, err := p.known(it.id)
		if err != nil {
			return err
		}
		l := Logged{Device: by.Dev, N: it.n, ID: it.id, At: p.now, Outcome: journal.Repeated}
		if it.op != nil {
			l.Rec, l.Kind = it.op.Rec, it.op.Kind
		}
		if !known {
			l.Body, l.Outcome = it.raw, journal.Applied
			if it.why == 0 {
				l.Eff = p.stamp(it.op)
			}
			fresh = append(fresh, intent{it, l.Eff})
		}
		p.logs = append(p.logs, l)
	}
	out, err := p.settle(fresh, by)
	if err != nil {
		return err
	}
	for _, it := range fresh {
		p.outcome(it.id, out)
	}
	for len(p.came) > 0 {
		rec := p.came[0]
		p.came = p.came[1:]
		if err := p.release(rec); err != nil {
			return err
		}
	}
	return p.tell(its)
}

// settle applies a group of operations whole, parks it whole when one of them
// changes a record that is not known, or refuses it whole.
func (p *push) settle(its []intent, by journal.Writer) (journal.Outcome, error) {
	bad, why, rec, err := p.missing(its)
	if err != nil {
		return 0, err
	}
	if !rec.IsZero() {
		for _, it := range its {
			k := Parked{Rec: rec, Op: it.id, Device: by.Dev, User: by.User, Eff: it.eff, At: p.now, Body: it.raw}
			p.waits = append(p.waits, wait{op: it.id, park: &k})
		}
		return journal.Parked, nil
	}
	p.grouped, p.undo = len(its) > 1, p.undo[:0]
	for i := 0; i < len(its) && bad < 0; i++ {
		it := its[i]
		if why, err = p.apply(it.op, by, it.eff); err != nil {
			return 0, fmt.Errorf("operation %d of device %s: %w", it.n, by.Dev, err)
		}
		if why != 0 {
			bad = i
		}
	}
	p.grouped = false
	for _, it := range its { // what waited for these records can be judged now, also when they were refused
		if it.op != nil && creates(it.op) && !slices.Contains(p.came, it.op.Rec) {
			p.came = append(p.came, it.op.Rec)
		}
	}
	if bad < 0 {
		return journal.Applied, nil
	}
	for _, undo := range slices.Backward(p.undo) {
		undo()
	}
	for i, it := range its {
		w := portfolio.GroupRefused
		if i == bad {
			w = why
		}
		if err := p.refuse(it.item, by, w); err != nil {
			return 0, err
		}
	}
	return journal.Refused, nil
}

// missing returns the first record that a group changes and that nobody has
// made yet: the group came before it, which only happens after a restore, from
// another tablet. It will not come when the author saw a write to it that was
// refused: missing then returns the place of the operation and why it is
// refused, as it does for one that cannot mean anything. The place is negative
// otherwise.
func (p *push) missing(its []intent) (bad int, why portfolio.Refused, rec portfolio.ID, err error) {
	for i, it := range its {
		if it.why != 0 {
			return i, it.why, rec, nil
		}
	}
	made := map[portfolio.ID]bool{}
	for i, it := range its {
		if creates(it.op) {
			made[it.op.Rec] = true
			continue
		}
		e, err := p.load(it.op.Rec)
		if err != nil {
			return -1, 0, rec, err
		}
		if e.row != nil || made[it.op.Rec] {
			continue
		}
		for _, m := range it.op.Base {
			l, err := p.logged(m)
			if err != nil {
				return -1, 0, rec, err
			}
			if l.Rec == it.op.Rec && l.Outcome == journal.Refused {
				return i, portfolio.GroupRefused, portfolio.ID{}, nil
			}
		}
		if rec.IsZero() {
			rec = it.op.Rec
		}
	}
	return -1, 0, rec, nil
}

func (p *push) known(op portfolio.ID) (bool, error) {
	if slices.ContainsFunc(p.logs, func(l Logged) bool { return l.ID == op && l.Outcome != journal.Repeated }) {
		return true, nil
	}
	return p.tx.OpKnown(p.t.ID, op)
}

// outcome corrects what was logged of an operation of this push.
func (p *push) outcome(op portfolio.ID, out journal.Outcome) {
	for i, l := range slices.Backward(p.logs) {
		if l.ID == op && l.Outcome != journal.Repeated {
			p.logs[i].Outcome = out
			return
		}
	}
}

// stamp returns the stamp an operation counts with: its own, or the server's
// when its clock ran ahead.
func (p *push) stamp(op *journal.Op) journal.Stamp {
	if op.HLC.MS() > p.now+aheadMS {
		p.clamped = true
		return p.next()
	}
	p.t.HLC = max(p.t.HLC, op.HLC)
	return op.HLC
}

func (p *push) next() journal.Stamp {
	p.t.HLC = max(p.t.HLC+1, journal.At(p.now))
	return p.t.HLC
}

// apply does one operation, or says why not.
func (p *push) apply(op *journal.Op, by journal.Writer, eff journal.Stamp) (portfolio.Refused, error) {
	e, err := p.load(op.Rec)
	if err != nil {
		return 0, err
	}
	scope := op.Scope
	if e.row != nil {
		scope = e.row.Scope // as stored: what the client saw may be long ago
	} else if op.Entity.IsChild() {
		root, err := p.load(op.Root)
		if err != nil {
			return 0, err
		}
		if root.row != nil {
			if !root.row.Entity.IsRoot() {
				return portfolio.Malformed, nil
			}
			scope = root.row.Scope // the card may have moved
		}
	}
	sc, err := p.scope(scope)
	if errors.Is(err, ErrUnknown) {
		return portfolio.NoRight, nil
	}
	if err != nil {
		return 0, err
	}
	op = located(op, e.row, scope)
	if ok, err := p.allowed(by.User, sc, op); err != nil {
		return 0, err
	} else if !ok {
		return portfolio.NoRight, nil
	}
	if e.row != nil {
		if e.row.Entity != op.Entity {
			return portfolio.Malformed, nil
		}
		if creates(op) && equal(e.row, op) {
			return 0, nil // somebody was faster with the very same
		}
		if creates(op) {
			return portfolio.Exists, nil
		}
		if err := p.rebase(op, e.row); err != nil {
			return 0, err
		}
	}
	return p.merge(op, e, by, eff)
}

// located copies an operation with the scope and the root that are stored.
func located(op *journal.Op, row *journal.Row, scope uint32) *journal.Op {
	c := *op
	c.Scope, c.Base = scope, maps.Clone(op.Base)
	if row != nil {
		c.Root = row.Root
	}
	return &c
}

func equal(row *journal.Row, op *journal.Op) bool {
	return row.Entity == op.Entity && row.Root == op.Root &&
		maps.EqualFunc(row.Fields, op.Fields, func(a, b portfolio.RawValue) bool { return bytes.Equal(a, b) })
}

// rebase recognises the write that an operation saw when it goes by another
// mark now: the device has changed its identity since, or the server gave the
// write another stamp after a restore.
func (p *push) rebase(op *journal.Op, row *journal.Row) error {
	for f := range op.Fields {
		base, cur := op.Base[f], row.MarkOf(f)
		if base == cur || base.Dev.IsZero() {
			continue
		}
		if base.Dev != cur.Dev || base.N != cur.N {
			a, err := p.logged(base)
			if err != nil {
				return err
			}
			b, err := p.logged(cur)
			if err != nil {
				return err
			}
			if a.ID.IsZero() || a.ID != b.ID {
				continue
			}
		}
		op.Base[f] = cur
	}
	return nil
}

func (p *push) logged(m journal.Mark) (Logged, error) {
	for _, l := range p.logs {
		if l.Device == m.Dev && l.N == m.N {
			return l, nil
		}
	}
	return p.tx.Op(p.t.ID, m.Dev, m.N)
}

// merge applies an allowed operation and keeps what lost.
func (p *push) merge(op *journal.Op, e *entry, by journal.Writer, eff journal.Stamp) (portfolio.Refused, error) {
	fresh := e.row == nil
	if fresh && !creates(op) {
		return portfolio.Malformed, nil
	}
	shelved, err := p.shelved(op, by)
	if err != nil {
		return 0, err
	}
	late := p.deleted(op, e.row, by)
	p.save(e, op.Rec)
	row, res := journal.Apply(e.row, op, eff, by)
	if res.Why != 0 {
		return res.Why, nil
	}
	e.row = row
	if res.Changed {
		p.touch(op.Rec, e)
	}
	for f := range op.Fields {
		p.t.HLC = max(p.t.HLC, row.MarkOf(f).Stamp)
	}
	if !op.Entity.ByServer() {
		for _, l := range res.Lost {
			if err := p.keep(op, row, l, by); err != nil {
				return 0, err
			}
		}
		if shelved {
			f := slices.Min(slices.Collect(maps.Keys(op.Fields)))
			if err := p.mention(op, row, f, by); err != nil {
				return 0, err
			}
		}
		if late {
			if err := p.restorable(op, row, by); err != nil {
				return 0, err
			}
		}
	}
	if fresh && op.Entity.IsRoot() {
		if err := p.gather(op.Rec, row.Scope); err != nil {
			return 0, err
		}
	}
	return 0, nil
}

func creates(op *journal.Op) bool { return op.Kind == journal.Create || op.Kind == journal.Fact }

// shelved reports whether a patch meets a card that somebody else archived
// meanwhile: it is applied, and said.
func (p *push) shelved(op *journal.Op, by journal.Writer) (bool, error) {
	if op.Kind != journal.Patch || op.Root.IsZero() {
		return false, nil
	}
	root, err := p.load(op.Root)
	if err != nil || root.row == nil {
		return false, err
	}
	m := root.row.MarkOf(archived)
	if v := root.row.Fields[archived]; len(v) != 1 || v[0] != cborTrue || m.Dev == by.Dev {
		return false, nil
	}
	if _, ok := op.Fields[archived]; ok && op.Rec == op.Root {
		return false, nil
	}
	read, held := p.seen.seq[root.row.Scope]
	return op.HLC < m.Stamp || by.Dev == p.dev.ID && held && read < root.row.Seq, nil
}

// deleted reports whether a patch meets a record that somebody else deleted
// meanwhile: it is applied to what is kept of it, and said.
func (p *push) deleted(op *journal.Op, row *journal.Row, by journal.Writer) bool {
	if op.Kind != journal.Patch || row == nil || !row.Fields.Removed() {
		return false
	}
	if _, ok := op.Fields[portfolio.FieldRemoved]; ok {
		return false
	}
	m := row.MarkOf(portfolio.FieldRemoved)
	read, held := p.seen.seq[row.Scope]
	return m.Dev != by.Dev && (op.HLC < m.Stamp || by.Dev == p.dev.ID && held && read < row.Seq)
}

const (
	archived = 12 // field of Account
	cborTrue = 0xf5
)

// gather brings the records of a card that came before it into its scope.
func (p *push) gather(root portfolio.ID, scope uint32) error {
	rows, err := p.tx.Card(p.t.ID, root)
	if err != nil {
		return err
	}
	var ids []portfolio.ID
	for _, r := range rows {
		ids = append(ids, r.Rec)
	}
	for _, id := range p.order { // and those of this very push
		if e := p.recs[id]; e.row != nil && e.row.Root == root && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, id := range ids {
		e, err := p.load(id)
		if err != nil {
			return err
		}
		if e.row.Scope != scope {
			p.save(e, id)
			e.row.Scope = scope
			p.touch(id, e)
		}
	}
	return nil
}

// release settles the groups that waited for a record, in the order their
// authors worked: one that saw another's write comes after it.
func (p *push) release(rec portfolio.ID) error {
	var ps []Parked
	if p.waiting {
		var err error
		if ps, err = p.tx.Parked(p.t.ID, rec); err != nil {
			return err
		}
	}
	for _, w := range p.waits {
		if w.park != nil && w.park.Rec == rec {
			ps = append(ps, *w.park)
		}
	}
	type group struct {
		by  journal.Writer
		id  uint64
		its []intent
	}
	var gs []group
	for _, k := range ps {
		if w := p.waitOf(k.Op); w != nil && (w.park == nil || w.park.Rec != rec) {
			continue // settled in this push, or waiting for another record by now
		}
		op := new(journal.Op)
		if err := portfolio.Dec.Unmarshal(k.Body, op); err != nil {
			return fmt.Errorf("parked operation %s: %w", k.Op, err)
		}
		it := intent{item{n: op.N, id: op.ID, op: op, raw: k.Body}, k.Eff}
		by := journal.Writer{Dev: k.Device, User: k.User}
		i := slices.IndexFunc(gs, func(g group) bool { return g.by == by && g.id == op.Group && op.Group != 0 })
		if i < 0 {
			i, gs = len(gs), append(gs, group{by: by, id: op.Group})
		}
		gs[i].its = append(gs[i].its, it)
	}
	slices.SortFunc(gs, func(a, b group) int {
		return cmp.Or(cmp.Compare(a.its[0].eff, b.its[0].eff), bytes.Compare(a.by.Dev[:], b.by.Dev[:]), cmp.Compare(a.its[0].n, b.its[0].n))
	})
	for _, g := range gs {
		first := len(p.waits)
		for _, it := range g.its {
			p.waits = append(p.waits, wait{op: it.id})
		}
		out, err := p.settle(g.its, g.by)
		if err != nil {
			return err
		}
		for i, it := range g.its {
			if out != journal.Parked {
				p.waits[first+i].out = out
			}
			p.outcome(it.id, out)
		}
	}
	return nil
}

// waitOf returns what this push last did with a waiting operation.
func (p *push) waitOf(op portfolio.ID) *wait {
	for i := range slices.Backward(p.waits) {
		if p.waits[i].op == op {
			return &p.waits[i]
		}
	}
	return nil
}

// load returns a record, once per push.
func (p *push) load(rec portfolio.ID) (*entry, error) {
	if e := p.recs[rec]; e != nil {
		return e, nil
	}
	row, err := p.tx.Record(p.t.ID, rec)
	if err != nil {
		return nil, err
	}
	e := &entry{row: row}
	if row != nil {
		e.from = row.Scope
	}
	p.recs[rec] = e
	return e, nil
}

// save remembers a record before a change of a group.
func (p *push) save(e *entry, rec portfolio.ID) {
	if !p.grouped {
		return
	}
	old := *e
	if old.row != nil {
		r := *old.row
		r.Fields, r.Marks = maps.Clone(r.Fields), maps.Clone(r.Marks)
		old.row = &r
	}
	p.undo = append(p.undo, func() { *e = old })
}

// touch says that a record must be written.
func (p *push) touch(rec portfolio.ID, e *entry) {
	if !e.dirty {
		e.dirty = true
		p.order = append(p.order, rec)
	}
}

func (p *push) scope(id uint32) (*Scope, error) {
	if s := p.scopes[id]; s != nil {
		return s, nil
	}
	s, err := p.tx.Scope(p.t.ID, id)
	if err != nil {
		return nil, fmt.Errorf("scope %d: %w", id, err)
	}
	p.scopes[id] = &s
	return &s, nil
}

func (p *push) user(id portfolio.ID) (User, error) {
	if u, ok := p.users[id]; ok {
		return u, nil
	}
	u, err := p.tx.User(p.t.ID, id)
	if errors.Is(err, ErrUnknown) {
		return u, fmt.Errorf("user %s: %w", id, ErrSignedOut)
	}
	if err == nil {
		p.users[id] = u
	}
	return u, err
}

func (p *push) grantsOf(user portfolio.ID) ([]Grant, error) {
	if g, ok := p.grants[user]; ok {
		return g, nil
	}
	g, err := p.tx.Grants(p.t.ID, user)
	if err == nil {
		p.grants[user] = g
	}
	return g, err
}

// flush writes everything, giving each changed record the next number of its
// scope.
func (p *push) flush() error {
	type leaving struct {
		scope uint32
		root  portfolio.ID
	}
	var moved []leaving
	written := map[portfolio.ID]bool{}
	for _, rec := range p.order {
		e := p.recs[rec]
		if !e.dirty || written[rec] {
			continue
		}
		written[rec] = true
		sc, err := p.scope(e.row.Scope)
		if err != nil {
			return err
		}
		sc.Seq++
		e.row.Seq, e.row.Epoch = sc.Seq, p.t.Epoch
		e.row.Ver++
		p.given[sc.ID] = sc.Seq
		if err := p.tx.PutRecord(p.t.ID, e.row); err != nil {
			return err
		}
		if e.from != 0 && e.from != e.row.Scope {
			if l := (leaving{e.from, e.row.Root}); !slices.Contains(moved, l) {
				moved = append(moved, l)
			}
			if err := p.tx.DropLeft(p.t.ID, e.row.Scope, e.row.Root); err != nil {
				return err
			}
		}
	}
	for _, l := range moved {
		sc, err := p.scope(l.scope)
		if err != nil {
			return err
		}
		sc.Seq++
		p.given[sc.ID] = sc.Seq
		if err := p.tx.PutLeft(p.t.ID, Left{Scope: l.scope, Root: l.root, Seq: sc.Seq, At: p.now}); err != nil {
			return err
		}
	}
	for id := range p.given {
		if err := p.tx.PutScope(p.t.ID, *p.scopes[id]); err != nil {
			return err
		}
	}
	for _, l := range p.logs {
		if err := p.tx.AddOp(p.t.ID, l); err != nil {
			return fmt.Errorf("log operation %d of device %s: %w", l.N, l.Device, err)
		}
	}
	for _, w := range p.waits {
		if w.park != nil {
			if err := p.tx.Park(p.t.ID, *w.park); err != nil {
				return fmt.Errorf("park operation %s: %w", w.op, err)
			}
			continue
		}
		if err := p.tx.Unpark(p.t.ID, w.op); err != nil {
			return fmt.Errorf("release operation %s: %w", w.op, err)
		}
		if w.out != 0 {
			if err := p.tx.Settle(p.t.ID, w.op, w.out); err != nil {
				return fmt.Errorf("release operation %s: %w", w.op, err)
			}
		}
	}
	return p.tx.PutTenant(p.t)
}
