package simulate

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"math/rand/v2"
	"slices"
	"time"

	"sillon/app/replicate"
	"sillon/app/store"
	"sillon/app/store/memory"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
	"sillon/server/hub"
	servermemory "sillon/server/store/memory"
)

var ctx = context.Background()

// A plan is what one run is made of. The same plan gives the same run.
type plan struct {
	seed    uint64
	steps   int
	restore bool // restore the server from a backup now and then
	roll    bool // put devices back to an older copy now and then
	planted string
	store   func() hub.Store // nil: in memory
	log     io.Writer        // the trace in words; nil: none
}

// A world is the state of a run.
type world struct {
	plan
	r     *rand.Rand
	side  *rand.Rand // of what came later: the seeds that failed before stay what they were
	trace hash.Hash
	now   int64 // true time, ms
	step  int
	calm  bool // no more faults: everything must come to rest

	server *server
	tenant uint32
	boss   hub.Place
	people []hub.Place
	pfs    []uint32 // scopes of the portfolios
	device []*device
	net    []message
	serial int // of records and of values

	made  map[portfolio.ID]*made // every operation that was to be durable
	void  map[portfolio.ID]bool  // lost with a storage that was rolled back: nobody can save those
	never map[portfolio.ID]bool  // Append failed: must not be anywhere
	stats map[string]int
	devs  map[portfolio.ID]bool // identities that pushed

	safe map[portfolio.ID]uint64 // per identity, the last operation in a copy that was confirmed
}

// made is an operation with what the checks need to know of it.
type made struct {
	op    journal.Op
	group []portfolio.ID // identifiers of the whole group
}

// A broken invariant stops the run.
type broken struct{ what string }

func (w *world) fail(format string, args ...any) {
	panic(broken{fmt.Sprintf(format, args...)})
}

func (w *world) must(err error) {
	if err != nil {
		w.fail("error: step %d: %v", w.step, err)
	}
}

// say writes the trace: two runs of a seed must say the same.
func (w *world) say(format string, args ...any) {
	line := fmt.Sprintf("%d %s\n", w.step, fmt.Sprintf(format, args...))
	io.WriteString(w.trace, line)
	if w.log != nil {
		io.WriteString(w.log, line)
	}
}

func (w *world) chance(percent float64) bool { return w.r.Float64()*100 < percent }

func pick[T any](w *world, of []T) T { return of[w.r.IntN(len(of))] }

// name makes identifiers of what the world itself creates.
func name(kind byte, n int) portfolio.ID {
	var id portfolio.ID
	id[0], id[6], id[8] = kind, 0x70, 0x80
	binary.BigEndian.PutUint32(id[12:], uint32(n))
	return id
}

// A server is a hub over a store, killed at commits.
type server struct {
	w      *world
	db     hub.Store
	hub    *hub.Hub
	backup *servermemory.DB // the latest copy
	held   []hub.Contents   // of it
	safe   *servermemory.DB // the copy confirmed last
	kill   kill
}

type kill uint8

const (
	alive kill = iota
	killBefore
	killAfter
)

var errKilled = errors.New("the server was killed")

// Update implements hub.Store.
func (s *server) Update(ctx context.Context, f func(hub.Tx) error) error {
	err := s.db.Update(ctx, func(tx hub.Tx) error {
		if err := f(s.w.plantedTx(counting{tx, s.w})); err != nil {
			return err
		}
		if s.kill == killBefore {
			return errKilled
		}
		return nil
	})
	if err == nil && s.kill == killAfter {
		err = errKilled
	}
	return err
}

// counting counts what is rare.
type counting struct {
	hub.Tx
	w *world
}

func (c counting) Park(tenant uint32, p hub.Parked) error {
	c.w.stats["parked"]++
	return c.Tx.Park(tenant, p)
}

func (c counting) Settle(tenant uint32, op portfolio.ID, out journal.Outcome) error {
	c.w.stats[fmt.Sprint("released-", out)]++
	return c.Tx.Settle(tenant, op, out)
}

// View implements hub.Store.
func (s *server) View(ctx context.Context, f func(hub.Reader) error) error {
	return s.db.View(ctx, func(r hub.Reader) error { return f(s.w.plantedReader(r)) })
}

// A device is one browser's storage with its tabs.
type device struct {
	n    int
	user hub.Place
	disk *memory.Disk
	tabs []*tab
	skew int64       // of its clock, ms
	old  memory.Copy // an earlier copy of the storage
	rand *rand.ChaCha8
	made []portfolio.ID // the latest few operations
	gone uint64         // operations of the present identity that were pruned
	away int            // step until which it is out of reach
}

// A tab is one open connection with its own replication.
type tab struct {
	d       *device
	kv      *memory.KV
	db      *store.DB
	machine *replicate.Machine
	serial  int // of the exchange under way
	sent    *replicate.Prepared
	fault   memory.Fault // that the last transaction met
}

const profile = "profile"

// kept is how many groups devices keep in the sent log, though backed up.
var kept = []int{-1, 1, 4}

func (w *world) clock(d *device) time.Time { return time.UnixMilli(w.now + d.skew).UTC() }

// wrap keeps the data key as it is.
type wrap struct{}

func (wrap) Wrap(_ context.Context, k []byte) ([]byte, error)   { return k, nil }
func (wrap) Unwrap(_ context.Context, k []byte) ([]byte, error) { return k, nil }

func (w *world) openTab(d *device) *tab {
	kv, err := d.disk.Open(ctx, profile)
	w.must(err)
	t := &tab{d: d, kv: kv.(*memory.KV)}
	t.db, err = store.Open(ctx, w.plantedKV(t.kv), store.Options{
		User: d.user.User, Wrap: wrap{}, Random: d.rand, Now: func() time.Time { return w.clock(d) }, Yield: t.kv.Turn,
		Kept: kept[d.n%len(kept)],
	})
	w.must(err)
	t.machine = replicate.NewMachine(w.r.Float64, w.clock(d))
	t.kv.Faults(func([]string) memory.Fault {
		t.fault = memory.None
		if w.calm {
			return t.fault
		}
		switch x := w.r.Float64() * 100; {
		case x < 3:
			t.fault = memory.Abort
		case x < 5:
			t.fault = memory.Quota
		case x < 6:
			t.fault = memory.KillBefore
		case x < 7:
			t.fault = memory.KillAfter
		case x < 7.5:
			t.fault = memory.Close
		}
		if t.fault != memory.None {
			w.stats[fmt.Sprintf("fault-%d", t.fault)]++
		}
		return t.fault
	})
	return t
}

// reopen replaces a tab that died.
func (w *world) reopen(t *tab) {
	switch t.fault {
	case memory.KillBefore, memory.KillAfter, memory.Close:
		for i, x := range t.d.tabs {
			if x == t {
				t.d.tabs[i] = w.openTab(t.d)
				w.say("device %d: tab opened again", t.d.n)
			}
		}
	}
	t.fault = memory.None
}

func newWorld(p plan) *world {
	w := &world{
		plan: p, r: rand.New(rand.NewPCG(p.seed, 0x5111)), side: rand.New(rand.NewPCG(p.seed, 0xbac)), trace: sha256.New(), now: 1_800_000_000_000,
		made: map[portfolio.ID]*made{}, void: map[portfolio.ID]bool{}, never: map[portfolio.ID]bool{}, stats: map[string]int{}, devs: map[portfolio.ID]bool{},
		safe: map[portfolio.ID]uint64{},
	}
	w.server = &server{w: w, db: servermemory.New()}
	if p.store != nil {
		w.server.db = p.store()
	}
	w.server.hub = hub.New(w.server, hub.Env{Key: make([]byte, 32)})
	var err error
	w.boss, err = w.server.hub.Found(ctx, hub.Founding{
		Org: portfolio.Org{Name: "Maison", Currency: "EUR"}, OrgID: name('o', 1), TeamID: name('o', 2), Team: "Ouest",
		AdminID: name('u', 0), Name: "Mona", Login: "mona",
	}, w.now)
	w.must(err)
	w.tenant = w.boss.Tenant
	w.people = []hub.Place{w.boss}
	for i := range 2 + w.r.IntN(2) {
		at, err := w.server.hub.AddUser(ctx, w.tenant, hub.NewUser{
			ID: name('u', i+1), Name: fmt.Sprint("Rep ", i), Login: fmt.Sprint("rep", i), Role: portfolio.RoleRep, PortfolioID: name('p', i+1),
		}, w.now)
		w.must(err)
		w.people = append(w.people, at)
		w.pfs = append(w.pfs, at.Portfolio)
	}
	for i := range 2 + w.r.IntN(6) {
		var seed [32]byte
		binary.BigEndian.PutUint64(seed[:], p.seed)
		seed[9] = byte(i + 1)
		d := &device{n: i, user: w.people[(i+1)%len(w.people)], disk: memory.NewDisk(), rand: rand.NewChaCha8(seed)}
		switch w.r.IntN(4) {
		case 0:
			d.skew = w.r.Int64N(10*day) - 5*day
		case 1:
			d.skew = w.r.Int64N(4000) - 2000
		}
		d.tabs = []*tab{w.openTab(d)}
		if w.chance(30) {
			d.tabs = append(d.tabs, w.openTab(d))
		}
		w.device = append(w.device, d)
	}
	w.snapshot()
	return w
}

const day = 86_400_000

// snapshot takes a backup of the server. Some are brought to another machine,
// and confirmed, at once, some before the next is taken, some never.
func (w *world) snapshot() {
	if w.side.IntN(2) == 0 {
		w.confirm()
	}
	if db, ok := w.server.db.(*servermemory.DB); ok {
		w.server.backup = db.Clone()
	}
	var err error
	w.server.held, err = hub.ContentsOf(ctx, w.server.db)
	w.must(err)
	if w.side.IntN(2) == 0 {
		w.confirm()
	}
}

// confirm says that the latest backup is safe.
func (w *world) confirm() {
	n, err := hub.Confirm(ctx, w.server, w.server.held, w.now)
	if errors.Is(err, hub.ErrNotCopy) { // of before a restore
		return
	}
	w.must(err)
	w.server.safe = w.server.backup
	for _, c := range w.server.held {
		for _, d := range c.Devices {
			w.safe[d.ID] = max(w.safe[d.ID], d.LastN)
		}
	}
	w.say("backup confirmed: %d devices", n)
	w.stats["confirmed"] += n
}

// run plays a plan to its end and checks everything.
func run(p plan) (w *world, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case broken:
			err = errors.New(e.what)
		default:
			panic(e)
		}
	}()
	w = newWorld(p)
	for w.step = range p.steps {
		w.now += w.r.Int64N(120_000)
		w.act()
		if w.restore && w.side.IntN(100) == 0 {
			w.restoreServer()
		}
		w.deliver()
	}
	w.rest()
	w.check()
	return w, nil
}

// act does one thing.
func (w *world) act() {
	d := pick(w, w.device)
	switch x := w.r.Float64() * 100; {
	case x < 35:
		w.edit(pick(w, d.tabs))
	case x < 80:
		w.sync(pick(w, d.tabs))
	case x < 83:
		w.move()
	case x < 85:
		w.grant()
	case x < 87:
		d.skew = w.r.Int64N(20*day) - 10*day
		w.say("device %d: clock is off by %d ms", d.n, d.skew)
		w.stats["clock"]++
	case x < 90:
		if d.old == nil || !w.chance(33) {
			d.old = d.disk.Copy(profile)
		} else if w.roll {
			w.rollback(d)
		}
	case x < 91:
		w.snapshot()
	case x < 91.5:
		if w.restore {
			w.restoreServer()
		}
	case x < 92:
		t := pick(w, d.tabs) // the browser throws the tab away
		t.kv.Close()
		t.fault = memory.Close
		w.reopen(t)
	}
}

// move gives a card to another portfolio.
func (w *world) move() {
	var roots []portfolio.ID
	for _, scope := range w.pfs {
		w.must(w.server.db.View(ctx, func(r hub.Reader) error {
			rows, err := r.Rows(w.tenant, scope, 0, 1<<20)
			for _, row := range rows {
				if row.Entity.IsRoot() {
					roots = append(roots, row.Rec)
				}
			}
			return err
		}))
	}
	if len(roots) == 0 {
		return
	}
	root, to := pick(w, roots), pick(w, w.pfs)
	w.must(w.server.hub.Reassign(ctx, w.tenant, root, to, w.now))
	w.say("card %s moves to %d", short(root), to)
	w.stats["move"]++
}

// grant lets a rep into another's portfolio, or takes that back.
func (w *world) grant() {
	p := pick(w, w.people[1:])
	scope := pick(w, w.pfs)
	held := false
	w.must(w.server.db.View(ctx, func(r hub.Reader) error {
		gs, err := r.Grants(w.tenant, p.User)
		for _, g := range gs {
			held = held || g.Scope == scope && g.Holds(w.now)
		}
		return err
	}))
	if held {
		w.must(w.server.hub.Revoke(ctx, w.tenant, p.User, scope, w.now))
	} else {
		w.must(w.server.hub.Grant(ctx, w.tenant, p.User, scope, portfolio.RoleRep, w.now))
	}
	w.say("user %s and portfolio %d: held was %v", short(p.User), scope, held)
	w.stats["grant"]++
}

// rollback puts a device's storage back to an older copy. Operations that
// existed there alone are nobody's fault.
func (w *world) rollback(d *device) {
	before := w.ids(d.tabs[0])
	for _, t := range d.tabs {
		t.kv.Close()
	}
	d.disk.PutBack(profile, d.old)
	for i := range d.tabs {
		d.tabs[i] = w.openTab(d)
	}
	after := w.ids(d.tabs[0])
	w.recount(d)
	n := 0
	for _, id := range before {
		if !slices.Contains(after, id) {
			w.void[id] = true
			n++
		}
	}
	w.say("device %d: storage rolled back, %d operations are gone", d.n, n)
	w.stats["rollback"]++
}

// recount finds out how many operations of its present identity a device has
// pruned: numbers have no gap.
func (w *world) recount(d *device) {
	d.gone = w.look(d.tabs[0]).status.Last - uint64(len(w.ids(d.tabs[0])))
}

// ids lists the operations a device holds, sent or not.
func (w *world) ids(t *tab) (ids []portfolio.ID) {
	out, err := t.db.Outbox(ctx, 0)
	w.must(err)
	sent, err := t.db.SentLog(ctx, 0)
	w.must(err)
	for _, e := range append(out, sent...) {
		for _, op := range e.Ops {
			ids = append(ids, op.ID)
		}
	}
	return ids
}

// restoreServer replaces the server by its last backup, on a new history line.
func (w *world) restoreServer() {
	var epoch uint32
	w.must(w.server.db.View(ctx, func(r hub.Reader) error {
		t, err := r.Tenant(w.tenant)
		epoch = t.Epoch
		return err
	}))
	from := w.server.backup
	if w.server.safe != nil && w.side.IntN(2) == 0 {
		from = w.server.safe // the oldest that may be
	}
	w.server.db = from.Clone()
	_, err := hub.NewEpoch(ctx, w.server.db, w.tenant, epoch+1)
	w.must(err)
	for _, d := range w.device { // what they made before is missing for a while
		if w.side.IntN(2) == 0 {
			d.away = w.step + w.side.IntN(100)
		}
	}
	w.say("server restored")
	w.stats["restore"]++
}

func short(id portfolio.ID) string { return id.String()[:8] + id.String()[28:] }

// A message travels.
type message struct {
	at     int // step of arrival
	to     *tab
	dev    *device
	serial int
	req    []byte
	ans    []byte
	fail   *replicate.Failure
}

// send puts a message on its way, or loses it, or doubles it.
func (w *world) send(m message) {
	m.at = w.step
	if !w.calm {
		if w.chance(15) {
			w.stats["lost"]++
			return
		}
		if w.chance(10) {
			twin := m
			twin.at += w.r.IntN(60)
			w.net = append(w.net, twin)
			w.stats["doubled"]++
		}
		m.at += w.r.IntN(25)
	}
	w.net = append(w.net, m)
}

// deliver hands over what has arrived.
func (w *world) deliver() {
	for i := 0; i < len(w.net); {
		if w.net[i].at > w.step {
			i++
			continue
		}
		m := w.net[i]
		w.net = slices.Delete(w.net, i, i+1)
		if m.ans == nil && m.fail == nil {
			w.serve(m)
		} else {
			w.receive(m)
		}
	}
}

// sync lets a tab's replication take its next step.
func (w *world) sync(t *tab) {
	now := w.clock(t.d)
	if t.sent != nil {
		if !w.calm && !w.chance(20) {
			return // still waiting
		}
		w.settle(t, nil, errors.New("no answer came"))
	}
	if !w.calm && w.step < t.d.away {
		return
	}
	t.machine.Wake(replicate.Asked, now)
	s := t.machine.Next(now)
	if !s.Exchange {
		return
	}
	ops := s.Ops
	if w.chance(70) {
		ops = 1 + w.r.IntN(8)
	}
	p, err := replicate.Prepare(ctx, w.plantedStore(t.db), s.Size, ops, "sim", now)
	if err != nil {
		t.machine.Handle(replicate.Result{Err: err}, now)
		w.must(err)
		return
	}
	if w.chance(70) {
		p.Request.MaxRows = 1 + w.r.IntN(12)
	}
	t.serial++
	t.sent = &p
	b, err := wire.Encode(p.Request)
	w.must(err)
	w.say("device %d: sends %d operations after %x", t.d.n, len(p.Request.Ops), p.Request.Prev[:3])
	w.stats["exchange"]++
	w.send(message{to: t, dev: t.d, serial: t.serial, req: b})
}

// serve is the server's part.
func (w *world) serve(m message) {
	var req wire.Request
	w.must(wire.Decode(m.req, &req))
	w.devs[req.Device] = true
	w.server.kill = alive
	if !w.calm && w.chance(4) {
		w.server.kill = killBefore
		if w.chance(50) {
			w.server.kill = killAfter
		}
		w.stats["killed"]++
	}
	ans, err := w.server.hub.Sync(ctx, hub.Session{Tenant: w.tenant, User: m.dev.user.User, Device: req.Device}, &req, w.now)
	w.server.kill = alive
	switch {
	case errors.Is(err, errKilled):
		w.say("the server dies while it serves device %d", m.dev.n)
		return
	case errors.Is(err, hub.ErrBadRequest), errors.Is(err, hub.ErrCookie):
		m.fail = &replicate.Failure{Status: 400, Problem: wire.Problem{Code: wire.CodeBadRequest, Text: err.Error()}}
		w.fail("step %d: the server refuses a request of device %d: %v", w.step, m.dev.n, err)
	case err != nil:
		w.must(err)
	}
	if ans != nil {
		w.rightful(m.dev, ans)
		m.ans, err = wire.Encode(ans)
		w.must(err)
		w.say("server answers device %d: up to %d, %d pages, fork %v, more %v", m.dev.n, ans.LastN, len(ans.Pages), ans.Fork, ans.More)
	}
	w.send(m)
}

// receive is the device's part.
func (w *world) receive(m message) {
	t := m.to
	if !slices.Contains(t.d.tabs, t) {
		return // the tab is gone, and its answer with it
	}
	var req wire.Request
	var ans *wire.Answer
	w.must(wire.Decode(m.req, &req))
	if m.ans != nil {
		ans = new(wire.Answer)
		w.must(wire.Decode(m.ans, ans))
	}
	if t.sent != nil && t.serial == m.serial {
		t.sent.Request = &req
		w.settle(t, ans, nil)
		return
	}
	if ans == nil {
		return
	}
	// Late or doubled: nothing waits for it any more. HTTP would not deliver
	// it; another tab, or a service worker, might.
	x := store.Exchange{Request: &req, Answer: ans}
	w.apply(t, func(s replicate.Store) store.Changed {
		c, err := s.ApplyAnswer(ctx, x)
		if err != nil && t.fault == memory.None {
			w.must(err)
		}
		return c
	})
	w.stats["late"]++
}

// settle ends the exchange of a tab.
func (w *world) settle(t *tab, ans *wire.Answer, failed error) {
	p := *t.sent
	t.sent = nil
	w.apply(t, func(s replicate.Store) store.Changed {
		r := replicate.Settle(ctx, s, p, ans, failed, w.clock(t.d))
		t.machine.Handle(r, w.clock(t.d))
		if r.Err != nil && failed == nil && t.fault == memory.None {
			w.must(r.Err)
		}
		return r.Changed
	})
}

// apply watches the device while an answer is taken.
func (w *world) apply(t *tab, take func(replicate.Store) store.Changed) {
	before := w.look(t)
	c := take(w.plantedStore(t.db))
	killed := t.fault == memory.KillAfter
	w.reopen(t)
	after := w.look(t.d.tabs[0])
	w.say("device %d: %+v", t.d.n, c)
	w.stats["ignored"] += len(c.Ignored) & 1
	if c.NewDevice {
		w.stats["new device"]++
	}
	if c.Refilled > 0 {
		w.stats["refilled"]++
	}
	w.stats["pruned"] += c.Pruned
	if killed {
		w.recount(t.d)
	} else {
		w.outboxKept(t.d, before, after, c)
	}
	w.keptForRestore(t.d, after)
	w.cursorsGrow(t.d, before, after)
	w.keepsInSight(t.d)
}
