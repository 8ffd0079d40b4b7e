package hub_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
	"sillon/server/hub"
	"sillon/server/store/memory"
	"sillon/server/store/sqlite"
)

const t0 = 1_800_000_000_000 // January 2027, ms

var ctx = context.Background()

// id makes identifiers that a failing test can show.
func id(n int) portfolio.ID {
	var id portfolio.ID
	binary.BigEndian.PutUint64(id[8:], uint64(n)|0xa<<60)
	return id
}

// An office is an organisation with a manager and three reps, the third in
// another team.
type office struct {
	t        *testing.T
	db       hub.Store
	hub      *hub.Hub
	now      int64
	ops      int // made by all tablets
	boss     hub.Place
	ana, bob hub.Place
}

func newOffice(t *testing.T) *office {
	if !onSQLite {
		return officeOn(t, memory.New())
	}
	db, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "sillon.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return officeOn(t, db)
}

var onSQLite bool

// The same promises, kept by the real database.
func TestOnSQLite(t *testing.T) {
	onSQLite = true
	defer func() { onSQLite = false }()
	for name, test := range map[string]func(*testing.T){
		"visit": TestAVisitReachesTheManager, "twice": TestAPushSentTwiceCountsOnce, "gap": TestAGapAppliesNothing, "fork": TestACloneOfATabletIsAFork,
		"conflict": TestTheLaterOfTwoEditsWinsAndTheOtherIsKept, "clamp": TestAClockFarAheadIsClamped, "refusal": TestARefusalIsDeliveredWithWhatWasSent,
		"group": TestAGroupIsWholeOrRefused, "parked": TestAnOperationWaitsForItsRecord, "parked group": TestAGroupWaitsWhole, "refused record": TestWhatFollowsARefusedRecordIsRefused,
		"backup": TestTabletsMayForgetWhatASafeBackupHolds, "no copy": TestOnlyACopyOfThePresentDatabaseIsConfirmed, "move": TestACardThatMovesTakesItsRecordsAlong,
		"children": TestChildrenThatCameFirstJoinTheirCard, "grant": TestALostGrantDropsTheScopeAndKeepsLateFacts, "pages": TestPagesAreBoundedAndMissNothing,
		"tenants": TestAnotherOrganisationIsUnknown, "disabled": TestADisabledUserNeitherWritesNorReads,
		"deleted": TestAnEditOfADeletedRecordIsKeptAndSaid,
	} {
		t.Run(name, test)
	}
}

func officeOn(t *testing.T, db hub.Store) *office {
	t.Helper()
	o := &office{t: t, db: db, now: t0, hub: hub.New(db, hub.Env{Key: bytes.Repeat([]byte{7}, 32)})}
	var err error
	o.boss, err = o.hub.Found(ctx, hub.Founding{
		Org: portfolio.Org{Name: "Maison Kerouan", Currency: "EUR"}, OrgID: id(1), TeamID: id(2), Team: "Ouest",
		AdminID: id(3), Name: "Mona", Login: "mona",
	}, o.now)
	if err != nil {
		t.Fatal(err)
	}
	o.ana = o.add(hub.NewUser{ID: id(4), Name: "Ana", Login: "ana", Role: portfolio.RoleRep, PortfolioID: id(14)})
	o.bob = o.add(hub.NewUser{ID: id(5), Name: "Bob", Login: "bob", Role: portfolio.RoleRep, PortfolioID: id(15)})
	return o
}

func (o *office) add(u hub.NewUser) hub.Place {
	o.t.Helper()
	p, err := o.hub.AddUser(ctx, o.boss.Tenant, u, o.now)
	if err != nil {
		o.t.Fatal(err)
	}
	return p
}

// A tablet is the least that speaks the protocol: it numbers, chains and
// remembers, and checks what every answer must hold.
type tablet struct {
	o      *office
	who    hub.Session
	at     hub.Place
	dev    portfolio.ID
	n      uint64
	ops    []wireOp // all since the beginning
	acked  uint64
	epoch  uint32
	cookie []byte
	cur    map[uint32]uint64
	rows   map[portfolio.ID]journal.Row
	clock  journal.Clock
	skew   int64
}

type wireOp struct {
	op  journal.Op
	raw []byte
	h   journal.Chain // after it
}

func (o *office) tablet(p hub.Place, dev int) *tablet {
	return &tablet{
		o: o, who: hub.Session{Tenant: p.Tenant, User: p.User, Device: id(dev)}, at: p, dev: id(dev),
		cur: map[uint32]uint64{}, rows: map[portfolio.ID]journal.Row{},
	}
}

// do adds an operation to the outbox.
func (d *tablet) do(op journal.Op) journal.Op {
	d.n++
	op.N, op.Schema, op.WallMS = d.n, journal.Schema, d.o.now+d.skew
	if op.ID.IsZero() {
		d.o.ops++
		op.ID = portfolio.ID{0: 0xf, 14: byte(d.o.ops >> 8), 15: byte(d.o.ops)}
	}
	if op.HLC == 0 {
		op.HLC = d.clock.Next(d.o.now + d.skew)
	}
	raw, err := wire.Encode(op)
	if err != nil {
		d.o.t.Fatal(err)
	}
	var prev journal.Chain
	if len(d.ops) > 0 {
		prev = d.ops[len(d.ops)-1].h
	}
	d.ops = append(d.ops, wireOp{op, raw, prev.Link(raw)})
	return op
}

func (d *tablet) create(k portfolio.Kind, rec, root portfolio.ID, noun any) journal.Op {
	f, err := portfolio.ToFields(noun)
	if err != nil {
		d.o.t.Fatal(err)
	}
	op := journal.Op{Kind: journal.Create, Entity: k, Rec: rec, Root: root, Scope: d.at.Portfolio, Fields: f}
	if k.IsFact() {
		op.Kind = journal.Fact
	}
	return d.do(op)
}

func (d *tablet) account(n int, name string) portfolio.ID {
	d.create(portfolio.KindAccount, id(n), id(n), portfolio.Account{Name: name, Status: portfolio.Client})
	return id(n)
}

// patch changes a field of a row that the tablet holds, as it sees it.
func (d *tablet) patch(rec portfolio.ID, field uint16, v any) journal.Op {
	row := d.rows[rec]
	if row.Rec.IsZero() {
		d.o.t.Fatalf("the tablet does not hold %s", rec)
	}
	op := journal.Op{Kind: journal.Patch, Entity: row.Entity, Rec: rec, Root: row.Root, Scope: row.Scope,
		Fields: portfolio.Fields{field: portfolio.Value(v)}, Base: map[uint16]journal.Mark{field: row.MarkOf(field)}}
	return d.do(op)
}

func (d *tablet) request() *wire.Request {
	r := &wire.Request{Proto: wire.Proto, Schema: journal.Schema, Device: d.dev, Epoch: d.epoch, Cookie: d.cookie}
	if d.acked > 0 {
		r.Prev = d.ops[d.acked-1].h
	}
	for _, w := range d.ops[d.acked:min(len(d.ops), int(d.acked)+wire.MaxOps)] {
		r.Ops = append(r.Ops, w.raw)
	}
	return r
}

// sync exchanges until there is no more.
func (d *tablet) sync() *wire.Answer {
	d.o.t.Helper()
	for {
		a := d.exchange(d.request())
		if !a.More && int(d.acked) == len(d.ops) || a.Fork {
			return a
		}
	}
}

func (d *tablet) exchange(r *wire.Request) *wire.Answer {
	d.o.t.Helper()
	a, err := d.o.hub.Sync(ctx, d.who, r, d.o.now)
	if err != nil {
		d.o.t.Fatal(err)
	}
	d.take(a)
	return a
}

func (d *tablet) take(a *wire.Answer) {
	d.o.t.Helper()
	if a.Fork {
		return
	}
	if d.epoch != 0 && a.Epoch != d.epoch {
		d.cur, d.rows = map[uint32]uint64{}, map[portfolio.ID]journal.Row{}
	}
	d.epoch = a.Epoch
	if a.LastN > uint64(len(d.ops)) || a.LastN > 0 && a.LastChain != d.ops[a.LastN-1].h {
		d.o.t.Fatalf("acknowledged %d with a chain that is not the tablet's", a.LastN)
	}
	d.acked = a.LastN
	d.clock.Seen(a.HLC)
	named := map[uint32]bool{}
	for _, s := range a.Drop {
		named[s] = true
		delete(d.cur, s)
		for k, r := range d.rows {
			if r.Scope == s {
				delete(d.rows, k)
			}
		}
	}
	for _, p := range a.Pages {
		if named[p.Scope] {
			d.o.t.Fatalf("scope %d is named twice", p.Scope)
		}
		named[p.Scope] = true
		if p.From != d.cur[p.Scope] {
			d.o.t.Fatalf("page of scope %d follows %d, the cursor is %d", p.Scope, p.From, d.cur[p.Scope])
		}
		last := p.From
		for _, r := range p.Rows {
			if r.Seq <= last || r.Seq > p.To || r.Scope != p.Scope || r.Ver == 0 || r.Epoch == 0 {
				d.o.t.Fatalf("row %+v in page %d (%d, %d]", r, p.Scope, p.From, p.To)
			}
			last = r.Seq
			if r.Ver > d.rows[r.Rec].Ver {
				d.rows[r.Rec] = r
			}
		}
		for _, l := range p.Left {
			for k, r := range d.rows {
				if r.Root == l.Root && r.Scope == p.Scope {
					delete(d.rows, k)
				}
			}
		}
		d.cur[p.Scope] = p.To
	}
	for s := range d.cur {
		if !named[s] {
			d.o.t.Fatalf("scope %d is held but not named", s)
		}
	}
	d.cookie = a.Cookie
}

// inbox returns the refusals that a tablet holds.
func (d *tablet) inbox() []portfolio.Refusal {
	return nouns[portfolio.Refusal](d, portfolio.KindRefusal)
}

func (d *tablet) conflicts() []portfolio.Conflict {
	return nouns[portfolio.Conflict](d, portfolio.KindConflict)
}

func nouns[T any](d *tablet, k portfolio.Kind) []T {
	var out []T
	rows := make([]journal.Row, 0)
	for _, r := range d.rows {
		if r.Entity == k {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b journal.Row) int { return int(a.Seq) - int(b.Seq) })
	for _, r := range rows {
		var v T
		if err := r.Fields.Into(&v); err != nil {
			d.o.t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func (d *tablet) name(rec portfolio.ID) string {
	row := d.rows[rec]
	var a portfolio.Account
	if err := row.Fields.Into(&a); err != nil {
		d.o.t.Fatal(err)
	}
	return a.Name
}

func TestAVisitReachesTheManager(t *testing.T) {
	o := newOffice(t)
	ana, boss := o.tablet(o.ana, 21), o.tablet(o.boss, 22)
	c := ana.account(100, "Le Goff")
	ana.create(portfolio.KindContact, id(101), c, portfolio.Contact{Account: c, Kind: portfolio.Visit, Outcome: portfolio.Order})
	a := ana.sync()
	if a.LastN != 2 || a.Given[o.ana.Portfolio] != 2 {
		t.Errorf("acknowledged %d, given %v; want 2, and seq 2 in scope %d", a.LastN, a.Given, o.ana.Portfolio)
	}
	boss.sync()
	if got := boss.rows[id(101)]; got.Root != c || got.Author != o.ana.User {
		t.Errorf("the manager holds %+v, want Ana's visit", got)
	}
	bob := o.tablet(o.bob, 23)
	bob.sync()
	if _, ok := bob.rows[c]; ok {
		t.Error("Bob holds a card of Ana's portfolio")
	}
}

func TestAPushSentTwiceCountsOnce(t *testing.T) {
	o := newOffice(t)
	ana := o.tablet(o.ana, 21)
	ana.account(100, "Le Goff")
	ana.account(101, "Le Gall")
	r := ana.request()
	first, err := o.hub.Sync(ctx, ana.who, r, o.now)
	if err != nil {
		t.Fatal(err)
	}
	again := ana.exchange(r) // the first answer was lost
	if again.LastN != 2 || again.Given[o.ana.Portfolio] != first.Given[o.ana.Portfolio] || len(again.Pages[3].Rows) != 2 {
		t.Errorf("the second push: %+v; want 2 acknowledged, given as before, 2 rows", again)
	}
	if v := ana.rows[id(100)].Ver; v != 1 {
		t.Errorf("the card is at version %d, want 1", v)
	}
	ana.account(102, "Le Roux") // the tail is new, the head is known
	ana.acked = 0
	if a := ana.sync(); a.LastN != 3 {
		t.Errorf("acknowledged %d, want 3", a.LastN)
	}
}

func TestAGapAppliesNothing(t *testing.T) {
	o := newOffice(t)
	ana := o.tablet(o.ana, 21)
	for i := range 3 {
		ana.account(100+i, "shop")
	}
	r := ana.request()
	r.Ops = r.Ops[1:]
	r.Prev = ana.ops[0].h
	if a := ana.exchange(r); a.LastN != 0 || a.Fork {
		t.Errorf("after a gap: last %d, fork %v; want nothing applied", a.LastN, a.Fork)
	}
	r = ana.request()
	r.Ops[1], r.Ops[2] = r.Ops[2], r.Ops[1]
	if _, err := o.hub.Sync(ctx, ana.who, r, o.now); !errors.Is(err, hub.ErrBadRequest) {
		t.Errorf("operations out of order: %v, want %v", err, hub.ErrBadRequest)
	}
}

func TestACloneOfATabletIsAFork(t *testing.T) {
	o := newOffice(t)
	ana := o.tablet(o.ana, 21)
	ana.account(100, "Le Goff")
	ana.sync()
	clone := o.tablet(o.ana, 21)
	clone.do(ana.ops[0].op)
	clone.account(101, "from the clone")
	ana.account(102, "from the tablet")
	ana.sync()

	clone.acked, clone.epoch = 1, ana.epoch
	r := clone.request() // n 2 follows 1, but the server's 2 is another
	r.Ops = append(r.Ops, clone.ops[1].raw)[:1]
	if a, err := o.hub.Sync(ctx, clone.who, r, o.now); err != nil || !a.Fork {
		t.Errorf("another operation under a known number: %+v, %v; want a fork", a, err)
	}
	clone.account(103, "also from the clone")
	clone.acked = 2
	r = clone.request()
	if a, err := o.hub.Sync(ctx, clone.who, r, o.now); err != nil || !a.Fork {
		t.Errorf("the next number on another chain: %+v, %v; want a fork", a, err)
	}

	// The way out: a new device, everything again; what is known counts once.
	fresh := o.tablet(o.ana, 31)
	fresh.who = ana.who // the session stays
	for _, w := range clone.ops {
		fresh.do(w.op)
	}
	if a := fresh.sync(); a.LastN != 3 || a.Fork {
		t.Fatalf("the renumbered tablet: last %d, fork %v", a.LastN, a.Fork)
	}
	if fresh.rows[id(100)].Ver != 1 || fresh.name(id(101)) != "from the clone" || fresh.name(id(103)) == "" {
		t.Errorf("after the fork: %+v", fresh.rows)
	}

	// It patches a field whose write it knows under its new number, as its own.
	own := fresh.rows[id(100)]
	own.Mark.Dev, own.Mark.N = fresh.dev, 1
	fresh.rows[id(100)] = own
	fresh.patch(id(100), 2, "Le Goff & fils")
	fresh.sync()
	if got := fresh.conflicts(); len(got) != 0 || fresh.name(id(100)) != "Le Goff & fils" {
		t.Errorf("a patch of one's own write: %v, conflicts %v", fresh.name(id(100)), got)
	}
}

func TestANumberStreamBelongsToItsUser(t *testing.T) {
	o := newOffice(t)
	ana, bob := o.tablet(o.ana, 21), o.tablet(o.bob, 21)
	ana.account(100, "Le Goff")
	ana.sync()
	bob.account(200, "Dupont")
	if a := bob.sync(); !a.Fork || a.LastN != 0 {
		t.Errorf("Bob on Ana's device: fork %v, last %d; want a fork that tells nothing", a.Fork, a.LastN)
	}
}

func TestTheLaterOfTwoEditsWinsAndTheOtherIsKept(t *testing.T) {
	o := newOffice(t)
	ana, boss := o.tablet(o.ana, 21), o.tablet(o.boss, 22)
	c := ana.account(100, "Le Goff")
	ana.sync()
	boss.sync()
	o.now += 60_000
	boss.patch(c, 2, "Le Goff SARL") // Monday, offline
	o.now += 60_000
	ana.patch(c, 2, "Boulangerie Le Goff") // Wednesday
	ana.patch(c, 13, "123456789")
	ana.sync()
	boss.sync() // Friday
	ana.sync()
	if got := ana.name(c); got != "Boulangerie Le Goff" {
		t.Errorf("the name is %q, want the later edit", got)
	}
	got := ana.conflicts()
	if len(got) != 1 {
		t.Fatalf("%d conflicts, want 1", len(got))
	}
	k := got[0]
	if k.Rec != c || k.Field != 2 || string(k.Loser) != string(portfolio.Value("Le Goff SARL")) || string(k.Winner) != string(portfolio.Value("Boulangerie Le Goff")) ||
		string(k.Base) != string(portfolio.Value("Le Goff")) || k.WinnerUser != o.ana.User || k.LoserUser != o.boss.User || k.Why != portfolio.LaterEdit {
		t.Errorf("the conflict is %+v", k)
	}
	for rec, r := range boss.rows { // and anybody who may write the card settles it
		if r.Entity == portfolio.KindConflict {
			boss.patch(rec, 12, portfolio.Kept)
		}
	}
	boss.sync()
	ana.sync()
	if got := ana.conflicts(); len(got) != 1 || got[0].State != portfolio.Kept {
		t.Errorf("settled: %+v", got)
	}
}

func TestAnEditThatSawAValueBeatsItWhateverTheClocks(t *testing.T) {
	o := newOffice(t)
	ana, boss := o.tablet(o.ana, 21), o.tablet(o.boss, 22)
	ana.skew = 50_000 // ahead, within the minute
	boss.skew = -3 * 86400_000
	c := ana.account(100, "Le Goff")
	ana.sync()
	boss.sync()
	boss.clock.Reset(0) // three days slow, and it forgot what it saw
	boss.patch(c, 2, "Le Goff SARL")
	boss.sync()
	if got := boss.name(c); got != "Le Goff SARL" || len(boss.conflicts()) != 0 {
		t.Errorf("the name is %q with %d conflicts, want the edit that saw the other", got, len(boss.conflicts()))
	}
}

func TestAClockFarAheadIsClamped(t *testing.T) {
	o := newOffice(t)
	ana, boss := o.tablet(o.ana, 21), o.tablet(o.boss, 22)
	c := ana.account(100, "Le Goff")
	ana.sync()
	boss.sync()
	ana.skew = 10 * 86400_000
	ana.patch(c, 2, "from the future")
	ana.patch(c, 11, "in order")
	a := ana.sync()
	if !a.Clamped {
		t.Error("the tablet was not told")
	}
	o.now += 1000
	boss.sync()
	boss.patch(c, 2, "from now")
	boss.sync()
	if got := boss.name(c); got != "from now" {
		t.Errorf("the name is %q, want the edit that came after", got)
	}
	if m := boss.rows[c].Marks[11].Stamp; m.MS() > o.now {
		t.Errorf("a stamp of %d is stored, now is %d", m.MS(), o.now)
	}
}

func TestARefusalIsDeliveredWithWhatWasSent(t *testing.T) {
	o := newOffice(t)
	ana, bob := o.tablet(o.ana, 21), o.tablet(o.bob, 22)
	c := ana.account(100, "Le Goff")
	ana.sync()
	bob.rows[c] = ana.rows[c] // Bob has seen it once
	bob.patch(c, 2, "mine now")
	sent := bob.ops[0]
	if a := bob.sync(); a.LastN != 1 {
		t.Fatalf("a refused operation is acknowledged all the same; last is %d", a.LastN)
	}
	got := bob.inbox()
	if len(got) != 1 || got[0].Why != portfolio.NoRight || got[0].OpID != sent.op.ID || got[0].Rec != c || got[0].Device != bob.dev {
		t.Fatalf("Bob's inbox: %+v", got)
	}
	if !bytes.Equal(got[0].Op, portfolio.Value(sent.raw)) {
		t.Error("the refusal does not hold the operation as sent")
	}
	ana.sync()
	if ana.name(c) != "Le Goff" {
		t.Error("the refused edit was applied")
	}
	for rec, r := range bob.rows {
		if r.Entity == portfolio.KindRefusal {
			bob.patch(rec, 9, true)
		}
	}
	bob.sync()
	if got := bob.inbox(); !got[0].Closed || len(got) != 1 {
		t.Errorf("closed by its reader: %+v", got)
	}
}

func TestABadOperationDoesNotHoldBackTheOthers(t *testing.T) {
	o := newOffice(t)
	ana := o.tablet(o.ana, 21)
	ana.account(100, "before")
	ana.do(journal.Op{Kind: journal.Create, Entity: portfolio.KindAccount, Rec: id(101), Root: id(101), Scope: o.ana.Portfolio, Fields: portfolio.Fields{3: portfolio.Value("not a status")}})
	ana.do(journal.Op{Kind: journal.Create, Entity: 999, Rec: id(102), Scope: o.ana.Portfolio})
	ana.do(journal.Op{Kind: 77, Entity: portfolio.KindAccount, Rec: id(100), Root: id(100)})
	odd, _ := wire.Encode(map[int]any{1: 5, 2: id(900), 3: "what?"})
	ana.n++
	ana.ops = append(ana.ops, wireOp{raw: odd, h: ana.ops[3].h.Link(odd)})
	ana.account(103, "after")
	ana.sync()
	var why []portfolio.Refused
	for _, r := range ana.inbox() {
		why = append(why, r.Why)
	}
	if want := []portfolio.Refused{portfolio.Malformed, portfolio.UnknownKind, portfolio.Malformed, portfolio.Malformed}; !slices.Equal(why, want) {
		t.Errorf("refused for %v, want %v", why, want)
	}
	if ana.name(id(100)) != "before" || ana.name(id(103)) != "after" {
		t.Error("honest operations beside bad ones were lost")
	}
}

func TestAGroupIsWholeOrRefused(t *testing.T) {
	o := newOffice(t)
	ana := o.tablet(o.ana, 21)
	c := ana.account(100, "Le Goff")
	ana.sync()
	head := ana.rows[c]
	grouped := func(op journal.Op) {
		op.Group = 9
		ana.do(op)
	}
	contact, _ := portfolio.ToFields(portfolio.Contact{Account: c, Kind: portfolio.Visit})
	grouped(journal.Op{Kind: journal.Fact, Entity: portfolio.KindContact, Rec: id(101), Root: c, Scope: head.Scope, Fields: contact})
	grouped(journal.Op{Kind: journal.Patch, Entity: portfolio.KindAccount, Rec: c, Root: c, Scope: head.Scope,
		Fields: portfolio.Fields{2: portfolio.Value("changed")}, Base: map[uint16]journal.Mark{2: head.Mark}})
	grouped(journal.Op{Kind: journal.Create, Entity: portfolio.KindSetting, Rec: id(102), Scope: o.boss.Team}) // not Ana's
	ana.account(103, "behind the group")
	ana.sync()
	if _, ok := ana.rows[id(101)]; ok || ana.name(c) != "Le Goff" {
		t.Error("a part of a refused group was applied")
	}
	if v := ana.rows[c].Ver; v != 1 {
		t.Errorf("the card is at version %d, as if touched", v)
	}
	var why []portfolio.Refused
	for _, r := range ana.inbox() {
		why = append(why, r.Why)
	}
	if want := []portfolio.Refused{portfolio.GroupRefused, portfolio.GroupRefused, portfolio.NoRight}; !slices.Equal(why, want) {
		t.Errorf("refused for %v, want %v", why, want)
	}
	if ana.name(id(103)) == "" {
		t.Error("what followed the group was lost")
	}
	grouped(journal.Op{Kind: journal.Fact, Entity: portfolio.KindContact, Rec: id(104), Root: c, Scope: head.Scope, Fields: contact})
	grouped(journal.Op{Kind: journal.Patch, Entity: portfolio.KindAccount, Rec: c, Root: c, Scope: head.Scope,
		Fields: portfolio.Fields{2: portfolio.Value("changed")}, Base: map[uint16]journal.Mark{2: head.Mark}})
	ana.sync()
	if _, ok := ana.rows[id(104)]; !ok || ana.name(c) != "changed" {
		t.Error("an honest group was not applied")
	}
}

func TestAnOperationWaitsForItsRecord(t *testing.T) {
	o := newOffice(t)
	ana, boss := o.tablet(o.ana, 21), o.tablet(o.boss, 22)
	lost := journal.Row{Rec: id(100), Entity: portfolio.KindAccount, Root: id(100), Scope: o.ana.Portfolio, Mark: journal.Mark{Stamp: journal.At(t0), Dev: ana.dev, N: 1}}
	boss.rows[id(100)] = lost // known before the server went back to a backup
	boss.patch(id(100), 2, "seen by the manager")
	boss.rows = map[portfolio.ID]journal.Row{}
	boss.sync()
	if len(boss.inbox()) != 0 {
		t.Fatalf("refused: %+v", boss.inbox())
	}
	bob := o.tablet(o.bob, 23)
	bob.rows[id(100)] = lost
	bob.patch(id(100), 2, "without right")
	bob.rows = map[portfolio.ID]journal.Row{}
	bob.sync()

	ana.do(journal.Op{Kind: journal.Create, Entity: portfolio.KindAccount, Rec: id(100), Root: id(100), Scope: o.ana.Portfolio, HLC: journal.At(t0),
		Fields: portfolio.Fields{2: portfolio.Value("Le Goff")}})
	ana.sync()
	boss.sync()
	bob.sync()
	if got := boss.name(id(100)); got != "seen by the manager" || len(boss.conflicts()) != 0 {
		t.Errorf("the name is %q, conflicts %v; want the edit that waited", got, boss.conflicts())
	}
	if got := bob.inbox(); len(got) != 1 || got[0].Why != portfolio.NoRight {
		t.Errorf("Bob's inbox: %+v, want the edit without right", got)
	}
	err := o.db.View(ctx, func(r hub.Reader) error {
		n, err := r.Waiting(o.ana.Tenant)
		l, _ := r.Op(o.ana.Tenant, boss.dev, 1)
		if n != 0 || l.Outcome != journal.Applied {
			t.Errorf("%d operations are still parked; the manager's has outcome %d", n, l.Outcome)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// known puts a card of Ana's in the hands of a tablet, as known before the
// server went back to a backup.
func (d *tablet) known(o *office, rec portfolio.ID, by *tablet, n uint64) {
	d.rows[rec] = journal.Row{Rec: rec, Entity: portfolio.KindAccount, Root: rec, Scope: o.ana.Portfolio, Mark: journal.Mark{Stamp: journal.At(t0), Dev: by.dev, N: n}}
}

func (o *office) outcomes(d *tablet) (out []journal.Outcome) {
	o.t.Helper()
	err := o.db.View(ctx, func(r hub.Reader) error {
		for n := range d.n {
			l, err := r.Op(o.ana.Tenant, d.dev, n+1)
			if err != nil {
				return err
			}
			out = append(out, l.Outcome)
		}
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return out
}

func TestAGroupWaitsWhole(t *testing.T) {
	o := newOffice(t)
	ana, boss := o.tablet(o.ana, 21), o.tablet(o.boss, 22)
	c := ana.account(100, "Le Goff")
	ana.sync()
	boss.sync()
	held := boss.rows[c]
	boss.known(o, id(200), ana, 2)
	boss.known(o, id(201), ana, 3)
	visit, _ := portfolio.ToFields(portfolio.Contact{Account: c, Kind: portfolio.Visit})
	grouped := func(g uint64, ops ...journal.Op) {
		for _, op := range ops {
			op.Group = g
			boss.do(op)
		}
	}
	rename := func(rec portfolio.ID, to string, base journal.Mark) journal.Op {
		return journal.Op{Kind: journal.Patch, Entity: portfolio.KindAccount, Rec: rec, Root: rec, Scope: o.ana.Portfolio,
			Fields: portfolio.Fields{2: portfolio.Value(to)}, Base: map[uint16]journal.Mark{2: base}}
	}
	fact := journal.Op{Kind: journal.Fact, Entity: portfolio.KindContact, Rec: id(101), Root: c, Scope: held.Scope, Fields: visit}
	grouped(7, fact, rename(id(200), "first", boss.rows[id(200)].Mark), rename(id(201), "second", boss.rows[id(201)].Mark))
	bad := journal.Op{Kind: journal.Create, Entity: portfolio.KindSetting, Rec: id(102), Scope: o.bob.Home} // not the manager's
	grouped(8, rename(id(200), "of a group without right", boss.rows[id(200)].Mark), bad)
	boss.rows = map[portfolio.ID]journal.Row{}
	boss.cur, boss.cookie = map[uint32]uint64{}, nil
	boss.sync()
	const parked, applied, refused = journal.Parked, journal.Applied, journal.Refused
	if got, want := o.outcomes(boss), []journal.Outcome{parked, parked, parked, parked, parked}; !slices.Equal(got, want) {
		t.Errorf("outcomes %v, want %v", got, want)
	}
	if _, ok := boss.rows[id(101)]; ok {
		t.Error("a part of a group that waits was applied")
	}

	ana.account(200, "one of the records") // the group goes on waiting, for the other
	ana.sync()
	boss.sync()
	if got, want := o.outcomes(boss), []journal.Outcome{parked, parked, parked, refused, refused}; !slices.Equal(got, want) {
		t.Errorf("when the first record came: outcomes %v, want %v", got, want)
	}
	if boss.name(id(200)) != "one of the records" {
		t.Errorf("when the first record came, its name is %q", boss.name(id(200)))
	}
	var why []portfolio.Refused
	for _, r := range boss.inbox() {
		why = append(why, r.Why)
	}
	if want := []portfolio.Refused{portfolio.GroupRefused, portfolio.NoRight}; !slices.Equal(why, want) {
		t.Errorf("refused for %v, want %v", why, want)
	}

	ana.account(201, "the other")
	ana.sync()
	boss.sync()
	if got, want := o.outcomes(boss), []journal.Outcome{applied, applied, applied, refused, refused}; !slices.Equal(got, want) {
		t.Errorf("when both had come: outcomes %v, want %v", got, want)
	}
	if _, ok := boss.rows[id(101)]; !ok || boss.name(id(200)) != "first" || boss.name(id(201)) != "second" || len(boss.conflicts()) != 0 {
		t.Errorf("when both had come: names %q and %q, conflicts %v", boss.name(id(200)), boss.name(id(201)), boss.conflicts())
	}
	err := o.db.View(ctx, func(r hub.Reader) error {
		n, err := r.Waiting(o.ana.Tenant)
		if n != 0 {
			t.Errorf("%d operations are still parked", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Of two that wait for a record, the one that saw the other's write counts
// after it, whichever came first.
func TestWhatWaitedIsAppliedInTheOrderOfItsAuthors(t *testing.T) {
	o := newOffice(t)
	ana, boss, office := o.tablet(o.ana, 21), o.tablet(o.boss, 22), o.tablet(o.boss, 20) // neither by arrival nor by identifier
	boss.known(o, id(100), ana, 1)
	first := boss.patch(id(100), 2, "seen")
	office.known(o, id(100), ana, 1)
	row := office.rows[id(100)]
	row.Mark = journal.Mark{Stamp: first.HLC, Dev: boss.dev, N: first.N}
	office.rows[id(100)] = row
	office.clock.Seen(first.HLC)
	office.patch(id(100), 2, "by who saw it")
	for _, d := range []*tablet{office, boss} { // the wrong way round
		d.rows = map[portfolio.ID]journal.Row{}
		d.sync()
	}
	ana.account(100, "Le Goff")
	ana.sync()
	boss.sync()
	if got := boss.name(id(100)); got != "by who saw it" || len(boss.conflicts()) != 0 {
		t.Errorf("the name is %q, conflicts %+v", got, boss.conflicts())
	}
}

// A record that was refused never comes: what follows it is refused too, where
// everybody sees it, and does not wait for ever.
func TestWhatFollowsARefusedRecordIsRefused(t *testing.T) {
	o := newOffice(t)
	ana := o.tablet(o.ana, 21)
	ana.at.Portfolio = o.bob.Portfolio
	made := ana.create(portfolio.KindAccount, id(100), id(100), portfolio.Account{Name: "Le Goff", Status: portfolio.Client})
	ana.known(o, id(100), ana, made.N)
	ana.patch(id(100), 2, "renamed at once")
	boss := o.tablet(o.boss, 22)
	boss.known(o, id(100), ana, made.N) // after a restore, from another tablet
	boss.patch(id(100), 2, "renamed by the manager")
	boss.rows = map[portfolio.ID]journal.Row{}
	boss.sync()
	ana.rows = map[portfolio.ID]journal.Row{}
	ana.sync()
	boss.sync()
	if got := ana.inbox(); len(got) != 2 || got[0].Why != portfolio.NoRight || got[1].Why != portfolio.GroupRefused {
		t.Errorf("inbox %+v; want both refused", got)
	}
	if got := boss.inbox(); len(got) != 1 || got[0].Why != portfolio.GroupRefused {
		t.Errorf("the manager's inbox %+v; want the edit that waited", got)
	}
}

// Between the two pushes the card has moved: the tablet finds its work where
// the card is now.
func TestAPushSentTwiceIsReadWhereTheCardIs(t *testing.T) {
	o := newOffice(t)
	ana, boss := o.tablet(o.ana, 21), o.tablet(o.boss, 22)
	c := ana.account(100, "Le Goff")
	ana.sync()
	boss.sync()
	boss.patch(c, 2, "Le Goff & fils")
	r := boss.request()
	if _, err := o.hub.Sync(ctx, boss.who, r, o.now); err != nil { // and the answer is lost
		t.Fatal(err)
	}
	if err := o.hub.Reassign(ctx, o.ana.Tenant, c, o.bob.Portfolio, o.now); err != nil {
		t.Fatal(err)
	}
	a := boss.exchange(r)
	if head := boss.rows[c].Seq; boss.rows[c].Scope != o.bob.Portfolio || a.Given[o.bob.Portfolio] < head {
		t.Errorf("given %v; the card is number %d of scope %d", a.Given, head, boss.rows[c].Scope)
	}
}

func TestTabletsMayForgetWhatASafeBackupHolds(t *testing.T) {
	o := newOffice(t)
	ana, bob := o.tablet(o.ana, 21), o.tablet(o.bob, 22)
	ana.account(100, "Le Goff")
	bob.account(200, "Tanguy")
	ana.sync()
	if a := bob.sync(); a.BackedUpN != 0 {
		t.Errorf("without a backup, %d is backed up", a.BackedUpN)
	}
	held, err := hub.ContentsOf(ctx, o.db)
	if err != nil {
		t.Fatal(err)
	}
	ana.account(101, "Le Gall")
	if a := ana.sync(); a.LastN != 2 || a.BackedUpN != 0 {
		t.Errorf("before the copy is confirmed: %d of %d backed up", a.BackedUpN, a.LastN)
	}
	confirm := func(want int) {
		t.Helper()
		if n, err := hub.Confirm(ctx, o.db, held, o.now); n != want || err != nil {
			t.Errorf("confirmed for %d devices, %v; want %d", n, err, want)
		}
	}
	confirm(2)
	confirm(0) // once is enough
	if a := ana.sync(); a.LastN != 2 || a.BackedUpN != 1 {
		t.Errorf("after: %d of %d backed up, want 1 of 2", a.BackedUpN, a.LastN)
	}
	old := ana.request()
	old.Schema = 0 // may push, not pull: hears of backups too
	if a, err := o.hub.Sync(ctx, ana.who, old, o.now); !errors.Is(err, hub.ErrUpgrade) || a.BackedUpN != 1 {
		t.Errorf("an old version: %+v, %v", a, err)
	}
	if a := o.tablet(o.ana, 23).sync(); a.BackedUpN != 0 {
		t.Errorf("a new device: %d backed up", a.BackedUpN)
	}
	older := held
	if held, err = hub.ContentsOf(ctx, o.db); err != nil {
		t.Fatal(err)
	}
	confirm(1)
	held = older
	confirm(0) // nothing is taken back
	if a := ana.sync(); a.BackedUpN != 2 {
		t.Errorf("after an older copy was confirmed once more: %d backed up, want 2", a.BackedUpN)
	}
}

// What is confirmed may be forgotten everywhere: a file that is no copy of this
// very database must not count as one.
func TestOnlyACopyOfThePresentDatabaseIsConfirmed(t *testing.T) {
	o := newOffice(t)
	ana := o.tablet(o.ana, 21)
	ana.account(100, "Le Goff")
	ana.sync()
	held, err := hub.ContentsOf(ctx, o.db)
	if err != nil {
		t.Fatal(err)
	}
	copied := func(change func(*hub.Contents)) []hub.Contents {
		c := held[0]
		c.Devices, c.Last = slices.Clone(c.Devices), slices.Clone(c.Last)
		change(&c)
		return []hub.Contents{c}
	}
	for what, c := range map[string][]hub.Contents{
		"of another organisation":      copied(func(c *hub.Contents) { c.Tenant = 9 }),
		"from before a restore":        copied(func(c *hub.Contents) { c.Epoch-- }),
		"with a device nobody knows":   copied(func(c *hub.Contents) { c.Devices[0].ID = id(77) }),
		"that is ahead of us":          copied(func(c *hub.Contents) { c.Devices[0].LastN++ }),
		"with other operations in it":  copied(func(c *hub.Contents) { c.Last[0] = id(78) }),
		"of later than we are by time": copied(func(c *hub.Contents) { c.Epoch++ }),
	} {
		if _, err := hub.Confirm(ctx, o.db, c, o.now); !errors.Is(err, hub.ErrNotCopy) {
			t.Errorf("a copy %s: %v, want %v", what, err, hub.ErrNotCopy)
		}
	}
	if a := ana.sync(); a.BackedUpN != 0 {
		t.Errorf("%d is backed up", a.BackedUpN)
	}
}

func TestTheSameRecordTwice(t *testing.T) {
	o := newOffice(t)
	ana, boss := o.tablet(o.ana, 21), o.tablet(o.boss, 22)
	boss.at.Portfolio = o.ana.Portfolio
	ana.account(100, "Le Goff")
	ana.sync()
	boss.account(100, "Le Goff")
	boss.account(100, "Le Gall")
	boss.sync()
	if got := boss.inbox(); len(got) != 1 || got[0].Why != portfolio.Exists {
		t.Errorf("inbox %+v; want one refusal, for the other content", got)
	}
	f, _ := portfolio.ToFields(portfolio.Sale{Account: id(100), Amount: 10_00})
	ana.do(journal.Op{Kind: journal.Fact, Entity: portfolio.KindSale, Rec: id(101), Root: id(100), Scope: o.ana.Portfolio, Fields: f})
	ana.sync()
	ana.patch(id(101), 4, 20_00)
	ana.sync()
	if got := ana.inbox(); len(got) != 1 || got[0].Why != portfolio.NoRight && got[0].Why != portfolio.Frozen {
		t.Errorf("inbox %+v; want a fact that cannot change", got)
	}
}

func TestACardThatMovesTakesItsRecordsAlong(t *testing.T) {
	o := newOffice(t)
	ana, bob, boss := o.tablet(o.ana, 21), o.tablet(o.bob, 22), o.tablet(o.boss, 23)
	c := ana.account(100, "Le Goff")
	ana.create(portfolio.KindPerson, id(101), c, portfolio.Person{Account: c, Name: "Yann"})
	ana.sync()
	boss.sync()
	if err := o.hub.Reassign(ctx, o.ana.Tenant, c, o.bob.Portfolio, o.now); err != nil {
		t.Fatal(err)
	}
	held := ana.rows[c]
	ana.create(portfolio.KindContact, id(102), c, portfolio.Contact{Account: c, Kind: portfolio.Call}) // offline: she does not know yet
	ana.patch(c, 2, "too late")
	ana.sync()
	bob.sync()
	boss.sync()
	if len(ana.rows[c].Fields) != 0 || ana.rows[id(101)].Scope != 0 {
		t.Error("the card stayed on the tablet of its former owner")
	}
	if r := bob.rows[id(102)]; r.Author != o.ana.User {
		t.Errorf("the late visit: %+v, want it accepted and visible to the new owner", r)
	}
	if got := ana.inbox(); len(got) != 1 || got[0].Why != portfolio.NoRight {
		t.Errorf("inbox %+v; want the late edit refused, visibly", got)
	}
	for _, d := range []*tablet{bob, boss} {
		if r := d.rows[id(101)]; r.Scope != o.bob.Portfolio || r.Ver != 2 {
			t.Errorf("the person of the card: %+v", r)
		}
	}
	if err := o.hub.Reassign(ctx, o.ana.Tenant, c, o.ana.Portfolio, o.now); err != nil {
		t.Fatal(err)
	}
	ana.sync()
	bob.sync()
	if ana.rows[c].Ver != held.Ver+2 || len(bob.rows[c].Fields) != 0 {
		t.Error("the card did not come back")
	}
}

func TestChildrenThatCameFirstJoinTheirCard(t *testing.T) {
	o := newOffice(t)
	boss, ana := o.tablet(o.boss, 22), o.tablet(o.ana, 21)
	boss.at.Portfolio = o.bob.Portfolio
	boss.create(portfolio.KindContact, id(101), id(100), portfolio.Contact{Account: id(100), Kind: portfolio.Visit})
	boss.sync()
	ana.account(100, "Le Goff")
	ana.sync()
	boss.sync()
	if r := ana.rows[id(101)]; r.Scope != o.ana.Portfolio {
		t.Errorf("the visit is in scope %d, want the card's %d", r.Scope, o.ana.Portfolio)
	}
	if r := boss.rows[id(101)]; r.Scope != o.ana.Portfolio {
		t.Errorf("the manager holds it in scope %d", r.Scope)
	}
}

func TestALostGrantDropsTheScopeAndKeepsLateFacts(t *testing.T) {
	o := newOffice(t)
	ana := o.tablet(o.ana, 21)
	c := ana.account(100, "Le Goff")
	ana.sync()
	if err := o.hub.Revoke(ctx, o.ana.Tenant, o.ana.User, o.ana.Portfolio, o.now); err != nil {
		t.Fatal(err)
	}
	ana.create(portfolio.KindContact, id(101), c, portfolio.Contact{Account: c, Kind: portfolio.Visit})
	ana.patch(c, 2, "too late")
	o.now += 29 * 86400_000
	a := ana.sync()
	if !slices.Contains(a.Drop, o.ana.Portfolio) && len(ana.rows[c].Fields) != 0 {
		t.Errorf("dropped %v; want scope %d", a.Drop, o.ana.Portfolio)
	}
	if _, ok := a.Given[o.ana.Portfolio]; ok {
		t.Error("told to wait for a scope that it may not read")
	}
	boss := o.tablet(o.boss, 22)
	boss.sync()
	if r := boss.rows[id(101)]; r.Author != o.ana.User {
		t.Error("a visit made before the grant ended was lost")
	}
	if got := ana.inbox(); len(got) != 1 {
		t.Errorf("inbox %+v; want the edit refused", got)
	}
	o.now += 2 * 86400_000 // 31 days after
	ana.create(portfolio.KindContact, id(102), c, portfolio.Contact{Account: c, Kind: portfolio.Visit})
	ana.sync()
	if got := ana.inbox(); len(got) != 2 {
		t.Errorf("%d refusals, want the visit of 31 days after refused too", len(got))
	}
}

func TestAnEditOfAnArchivedCardIsAppliedAndSaid(t *testing.T) {
	o := newOffice(t)
	ana, boss := o.tablet(o.ana, 21), o.tablet(o.boss, 22)
	c := ana.account(100, "Le Goff")
	ana.sync()
	boss.sync()
	row := boss.rows[c]
	boss.do(journal.Op{Kind: journal.Archive, Entity: portfolio.KindAccount, Rec: c, Root: c, Scope: row.Scope,
		Fields: portfolio.Fields{12: portfolio.Value(true)}, Base: map[uint16]journal.Mark{12: row.Mark}})
	boss.sync()
	ana.patch(c, 2, "unaware")
	ana.sync()
	ana.sync()
	if got := ana.conflicts(); len(got) != 1 || got[0].Why != portfolio.EditedArchive || ana.name(c) != "unaware" {
		t.Errorf("name %q, conflicts %+v", ana.name(c), got)
	}
	ana.patch(c, 2, "aware")
	ana.sync()
	if got := ana.conflicts(); len(got) != 1 {
		t.Errorf("an edit by somebody who knows is said too: %+v", got)
	}
}

func TestAnEditOfADeletedRecordIsKeptAndSaid(t *testing.T) {
	o := newOffice(t)
	ana, boss := o.tablet(o.ana, 21), o.tablet(o.ana, 22) // two tablets of one rep
	c := ana.account(100, "Le Goff")
	rival := id(101)
	ana.create(portfolio.KindCompetitor, rival, c, portfolio.Competitor{Account: c, Name: "Maison Rivale", Strength: 1})
	ana.sync()
	boss.sync()
	row := boss.rows[rival]
	boss.do(journal.Op{Kind: journal.Patch, Entity: portfolio.KindCompetitor, Rec: rival, Root: c, Scope: row.Scope,
		Fields: portfolio.Fields{portfolio.FieldRemoved: portfolio.Value(true)}, Base: map[uint16]journal.Mark{portfolio.FieldRemoved: row.Mark}})
	boss.sync()
	ana.patch(rival, 4, 3)
	ana.sync()
	ana.sync()
	got := ana.conflicts()
	if len(got) != 1 || got[0].Why != portfolio.EditedDeleted || got[0].Field != portfolio.FieldRemoved || got[0].Rec != rival {
		t.Fatalf("conflicts %+v; want one, of the deletion", got)
	}
	var n portfolio.Competitor
	if r := ana.rows[rival]; !r.Fields.Removed() || r.Fields.Into(&n) != nil || n.Strength != 3 {
		t.Errorf("the record: removed %v, %+v; want it deleted with the edit in it", r.Fields.Removed(), n)
	}
	ana.patch(rival, 4, 2)
	ana.sync()
	if got := ana.conflicts(); len(got) != 1 {
		t.Errorf("an edit by somebody who knows is said too: %+v", got)
	}
}

func TestPagesAreBoundedAndMissNothing(t *testing.T) {
	o := newOffice(t)
	ana, boss := o.tablet(o.ana, 21), o.tablet(o.boss, 22)
	for i := range 50 {
		ana.account(100+i, "shop")
	}
	ana.sync()
	answers := 0
	for {
		r := boss.request()
		r.MaxRows = 7
		a := boss.exchange(r)
		rows := 0
		for _, p := range a.Pages {
			rows += len(p.Rows) + len(p.Left)
		}
		if rows > 7 {
			t.Fatalf("%d rows in one answer, want at most 7", rows)
		}
		if answers++; !a.More {
			break
		}
	}
	if n := len(nouns[portfolio.Account](boss, portfolio.KindAccount)); n != 50 || answers < 8 {
		t.Errorf("%d cards in %d answers, want 50 in at least 8", n, answers)
	}
}

func TestAForgedCookieIsRefused(t *testing.T) {
	o := newOffice(t)
	ana := o.tablet(o.ana, 21)
	ana.sync()
	for i := range ana.cookie {
		r := ana.request()
		r.Cookie = bytes.Clone(ana.cookie)
		r.Cookie[i] ^= 1
		if _, err := o.hub.Sync(ctx, ana.who, r, o.now); !errors.Is(err, hub.ErrCookie) {
			t.Fatalf("with byte %d changed: %v, want %v", i, err, hub.ErrCookie)
		}
	}
	if _, err := o.hub.Sync(ctx, ana.who, &wire.Request{Device: ana.dev, Cookie: []byte("short")}, o.now); !errors.Is(err, hub.ErrCookie) {
		t.Errorf("a short cookie: %v", err)
	}
}

func TestACursorBeyondTheHeadStartsANewEpoch(t *testing.T) {
	db := memory.New()
	o := officeOn(t, db)
	ana, boss := o.tablet(o.ana, 21), o.tablet(o.boss, 22)
	ana.account(100, "Le Goff")
	ana.sync()
	backup := db.Clone()
	ana.account(101, "after the backup")
	ana.sync()
	boss.sync()

	o.db, o.hub = backup, hub.New(backup, hub.Env{Key: bytes.Repeat([]byte{7}, 32)}) // restored in silence
	a := boss.exchange(boss.request())
	if a.Epoch != 2 {
		t.Fatalf("epoch %d, want 2", a.Epoch)
	}
	ana.acked = 2
	r := ana.request()
	b, err := o.hub.Sync(ctx, ana.who, r, o.now)
	if err != nil || b.LastN != 1 || b.Epoch != 2 {
		t.Fatalf("the tablet learns what is missing: last %d, epoch %d, %v", b.LastN, b.Epoch, err)
	}
	ana.take(b)
	ana.sync() // the tail again
	boss.sync()
	if boss.name(id(101)) != "after the backup" {
		t.Error("work done after the backup was lost")
	}
	if e, err := hub.NewEpoch(ctx, backup, o.ana.Tenant, 9); err != nil || e != 9 {
		t.Errorf("a new epoch of at least 9 is %d, %v", e, err)
	}
}

func TestAnOldVersionMayPushButNotPull(t *testing.T) {
	o := newOffice(t)
	ana := o.tablet(o.ana, 21)
	ana.account(100, "Le Goff")
	r := ana.request()
	r.Proto = wire.Proto + 1
	a, err := o.hub.Sync(ctx, ana.who, r, o.now)
	if !errors.Is(err, hub.ErrUpgrade) || a.LastN != 1 || a.LastChain != ana.ops[0].h || len(a.Pages) != 0 || a.Cookie != nil {
		t.Errorf("%+v, %v; want the push acknowledged and no pages", a, err)
	}
}

func TestADisabledUserNeitherWritesNorReads(t *testing.T) {
	o := newOffice(t)
	ana := o.tablet(o.ana, 21)
	ana.sync()
	if err := o.hub.SetUser(ctx, o.ana.Tenant, o.ana.User, func(u *hub.User) { u.Off = true }, o.now); err != nil {
		t.Fatal(err)
	}
	if _, err := o.hub.Sync(ctx, ana.who, ana.request(), o.now); !errors.Is(err, hub.ErrSignedOut) {
		t.Errorf("reading: %v", err)
	}
	ana.account(100, "Le Goff")
	if _, err := o.hub.Sync(ctx, ana.who, ana.request(), o.now); !errors.Is(err, hub.ErrSignedOut) {
		t.Errorf("writing: %v", err)
	}
	boss := o.tablet(o.boss, 22)
	boss.sync()
	if us := nouns[portfolio.User](boss, portfolio.KindUser); !slices.ContainsFunc(us, func(u portfolio.User) bool { return u.Name == "Ana" && u.Off }) {
		t.Errorf("the directory says %+v", us)
	}
}

func TestNothingIsKeptWhenTheDiskIsFull(t *testing.T) {
	db := memory.New()
	o := officeOn(t, db)
	ana := o.tablet(o.ana, 21)
	ana.account(100, "Le Goff")
	full := errors.New("disk full")
	db.FailAt = func() error { return full }
	if _, err := o.hub.Sync(ctx, ana.who, ana.request(), o.now); !errors.Is(err, full) {
		t.Fatalf("%v, want %v", err, full)
	}
	db.FailAt = nil
	ana.sync()
	if r := ana.rows[id(100)]; r.Seq != 1 || r.Ver != 1 {
		t.Errorf("the card is at seq %d, version %d, want 1, 1: the failed try left nothing", r.Seq, r.Ver)
	}
}

func TestAnotherOrganisationIsUnknown(t *testing.T) {
	o := newOffice(t)
	ana := o.tablet(o.ana, 21)
	c := ana.account(100, "Le Goff")
	ana.sync()
	p, err := o.hub.Found(ctx, hub.Founding{Org: portfolio.Org{Name: "Rivale"}, OrgID: id(71), TeamID: id(72), Team: "Est", AdminID: id(73), Name: "Zoé", Login: "zoe"}, o.now)
	if err != nil {
		t.Fatal(err)
	}
	eve, err := o.hub.AddUser(ctx, p.Tenant, hub.NewUser{ID: id(74), Name: "Ève", Login: "eve", Role: portfolio.RoleRep}, o.now)
	if err != nil {
		t.Fatal(err)
	}
	spy := o.tablet(eve, 91)
	spy.rows[c] = ana.rows[c]
	spy.patch(c, 2, "stolen")                                                               // parks in Ève's own tenant, where the card does not exist
	spy.create(portfolio.KindContact, id(102), c, portfolio.Contact{Kind: portfolio.Visit}) // goes to Ève's own portfolio
	spy.rows = map[portfolio.ID]journal.Row{}
	r := spy.request()
	r.Cookie = ana.cookie
	if _, err := o.hub.Sync(ctx, spy.who, r, o.now); !errors.Is(err, hub.ErrCookie) {
		t.Errorf("a cookie of another organisation: %v", err)
	}
	spy.sync()
	ana.sync()
	if len(ana.rows[id(102)].Fields) != 0 || ana.name(c) != "Le Goff" {
		t.Error("an operation crossed between organisations")
	}
	if _, ok := spy.rows[c]; ok {
		t.Error("a row crossed between organisations")
	}
}
