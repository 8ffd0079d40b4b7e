package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"sillon/app/store"
	"sillon/app/store/memory"
	"sillon/engine/cbor"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
)

var ctx = context.Background()

// plain keeps the data key as it is, and returns to the event loop while it
// does so, as WebCrypto would.
type plain struct{ kv *memory.KV }

func (p plain) Wrap(_ context.Context, key []byte) ([]byte, error) { p.kv.Turn(); return key, nil }
func (p plain) Unwrap(_ context.Context, w []byte) ([]byte, error) { p.kv.Turn(); return w, nil }

// random is a source that repeats itself from run to run.
type random struct{ *rand.ChaCha8 }

func newRandom(seed byte) random { return random{rand.NewChaCha8([32]byte{seed})} }

// tab is one open profile with a clock of its own.
type tab struct {
	*store.DB
	t    testing.TB
	disk *memory.Disk
	kv   *memory.KV
	now  time.Time
	step time.Duration // by which the clock moves each time it is read
}

const name = "profile"

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

var (
	me    = portfolio.ID{0xee, 1}
	other = portfolio.ID{0xee, 2}
)

func openTab(t testing.TB, disk *memory.Disk, seed byte) *tab {
	t.Helper()
	kv, err := disk.Open(ctx, name)
	if err != nil {
		t.Fatal(err)
	}
	b := &tab{t: t, disk: disk, kv: kv.(*memory.KV), now: noon}
	b.DB, err = store.Open(ctx, kv, store.Options{
		User: me, Kept: keptIn[seed], Wrap: plain{b.kv}, Random: newRandom(seed),
		Now:   func() time.Time { b.now = b.now.Add(b.step); return b.now },
		Yield: b.kv.Turn,
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// keptIn says how many groups stay in the sent log, by the seed of a tab.
var keptIn = map[byte]int{70: -1, 71: 2}

func newTab(t testing.TB) *tab { return openTab(t, memory.NewDisk(), 1) }

func id(n int) portfolio.ID { return portfolio.ID{1, byte(n >> 16), byte(n >> 8), byte(n)} }

func fields(kv ...any) portfolio.Fields {
	f := portfolio.Fields{}
	for i := 0; i < len(kv); i += 2 {
		f[uint16(kv[i].(int))] = portfolio.Value(kv[i+1])
	}
	return f
}

const pf = 7 // scope of the portfolio

func account(n int, title string) journal.Op {
	return journal.Op{Kind: journal.Create, Entity: portfolio.KindAccount, Rec: id(n), Root: id(n), Scope: pf, Fields: fields(2, title)}
}

func sale(n, root int, cents int64) journal.Op {
	return journal.Op{Kind: journal.Fact, Entity: portfolio.KindSale, Rec: id(n), Root: id(root), Scope: pf, Fields: fields(1, id(root), 4, cents)}
}

func rename(n int, title string, base journal.Mark) journal.Op {
	return journal.Op{Kind: journal.Patch, Entity: portfolio.KindAccount, Rec: id(n), Root: id(n), Scope: pf, Fields: fields(2, title), Base: map[uint16]journal.Mark{2: base}}
}

func (b *tab) append(groups ...[]journal.Op) store.Appended {
	b.t.Helper()
	a, err := b.Append(ctx, groups, store.AppendOptions{})
	if err != nil {
		b.t.Fatal(err)
	}
	return a
}

func (b *tab) title(n int) string {
	b.t.Helper()
	v, err := b.Card(ctx, id(n))
	if err != nil {
		b.t.Fatal(err)
	}
	return titleOf(b.t, v, id(n))
}

func titleOf(t testing.TB, v store.View, rec portfolio.ID) string {
	row, ok := v.Row(rec)
	if !ok {
		return ""
	}
	var a portfolio.Account
	if err := row.Fields.Into(&a); err != nil {
		t.Fatal(err)
	}
	return a.Name
}

func (b *tab) status() store.Status {
	b.t.Helper()
	s, err := b.Status(ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

// server is the least that answers: it believes every operation, and knows
// nothing of rights or merging. The real one runs in server/simulate.
type server struct {
	t     testing.TB
	epoch uint32
	lastN uint64
	chain journal.Chain
	seq   map[uint32]uint64
	given map[uint32]uint64
}

func newServer(t testing.TB) *server {
	return &server{t: t, epoch: 1, seq: map[uint32]uint64{pf: 0}}
}

// request is what the tab would send now.
func (b *tab) request() *wire.Request {
	b.t.Helper()
	h, err := b.Batch(ctx, 1<<20, wire.MaxOps)
	if err != nil {
		b.t.Fatal(err)
	}
	return &wire.Request{Proto: wire.Proto, Device: h.Device, Epoch: h.Epoch, Cookie: h.Cookie, Prev: h.Prev, Ops: h.Ops}
}

// push takes the operations of a request.
func (s *server) push(r *wire.Request) {
	for _, raw := range r.Ops {
		var op journal.Op
		if err := portfolio.Dec.Unmarshal(raw, &op); err != nil {
			s.t.Fatal(err)
		}
		if op.N != s.lastN+1 {
			s.t.Fatalf("operation %d after %d", op.N, s.lastN)
		}
		s.lastN, s.chain = op.N, s.chain.Link(raw)
	}
}

// answer speaks of the device; its pages are given.
func (s *server) answer(pages ...wire.Page) *wire.Answer {
	return &wire.Answer{
		Epoch: s.epoch, NowMS: noon.UnixMilli(), HLC: journal.At(noon.UnixMilli()),
		LastN: s.lastN, LastChain: s.chain, Given: s.given, User: me, Cookie: []byte("cookie"), Pages: pages,
		Grants: []wire.Grant{{Scope: pf, Kind: wire.ScopePortfolio, Role: portfolio.RoleRep, Name: "Saint-Malo"}},
	}
}

func page(scope uint32, from, to uint64, rows ...journal.Row) wire.Page {
	return wire.Page{Scope: scope, From: from, To: to, Rows: rows, Complete: true}
}

func row(n int, title string, seq, ver uint64) journal.Row {
	return journal.Row{Rec: id(n), Entity: portfolio.KindAccount, Root: id(n), Seq: seq, Ver: ver, Epoch: 1,
		Fields: fields(2, title), Mark: journal.Mark{Stamp: journal.At(int64(seq)), Dev: other, N: seq}}
}

func (b *tab) take(r *wire.Request, a *wire.Answer) store.Changed {
	b.t.Helper()
	c, err := b.ApplyAnswer(ctx, store.Exchange{Request: r, Answer: a})
	if err != nil {
		b.t.Fatal(err)
	}
	return c
}

func TestAppend(t *testing.T) {
	t.Run("numbers, stamps and chain follow each other, and survive the tab", func(t *testing.T) {
		b := newTab(t)
		first := []journal.Op{account(1, "Le Goff"), sale(2, 1, 90_00)}
		a := b.append(first, []journal.Op{account(3, "Kermarrec")})
		if a.First != 1 || a.Last != 3 || !slices.Equal(a.Groups, []uint64{1, 2}) || a.Pending != 3 {
			t.Errorf("appended %+v", a)
		}
		if first[1].N != 2 || first[0].HLC >= first[1].HLC || first[0].ID.IsZero() || first[0].Group != first[1].Group {
			t.Errorf("operations in place: %+v", first)
		}
		again := openTab(t, b.disk, 2)
		a2 := again.append([]journal.Op{sale(4, 3, 10_00)})
		if a2.First != 4 || a2.Device != a.Device || a2.Pending != 4 {
			t.Errorf("after opening again: %+v", a2)
		}
		r := again.request()
		s := newServer(t)
		s.push(r) // checks the numbers
		var chain journal.Chain
		for _, op := range r.Ops {
			chain = chain.Link(op)
		}
		if len(r.Ops) != 4 || r.Prev != (journal.Chain{}) || s.chain != chain {
			t.Errorf("%d operations", len(r.Ops))
		}
		if again.title(1) != "Le Goff" || again.title(3) != "Kermarrec" {
			t.Error("the cards made here are not seen")
		}
	})

	for _, f := range []memory.Fault{memory.Abort, memory.Quota, memory.KillBefore, memory.KillAfter} {
		for _, size := range []int{2, 700} {
			t.Run(fmt.Sprintf("fault %d leaves %d groups whole or absent", f, size), func(t *testing.T) {
				b := newTab(t)
				b.append([]journal.Op{account(1, "Le Goff")})
				var groups [][]journal.Op
				for i := range size {
					groups = append(groups, []journal.Op{sale(1000+2*i, 1, 1), sale(1001+2*i, 1, 2)})
				}
				b.kv.Faults(func([]string) memory.Fault { return f })
				if _, err := b.Append(ctx, groups, store.AppendOptions{Local: []store.LocalValue{{Name: "draft", Value: []byte("x")}}}); err == nil {
					t.Error("no error")
				}
				again := openTab(t, b.disk, 2)
				want := 1
				if f == memory.KillAfter {
					want = 1 + 2*size
				}
				v, err := again.Card(ctx, id(1))
				if err != nil || len(v.Rows) != want || again.status().Pending != want {
					t.Errorf("%d rows, %d pending, want %d (%v)", len(v.Rows), again.status().Pending, want, err)
				}
				draft, err := again.Local(ctx, "draft")
				if err != nil || (draft != nil) != (want > 1) {
					t.Errorf("the draft does not go with its group: %q %v", draft, err)
				}
				a := again.append([]journal.Op{account(3, "Kermarrec")})
				if a.First != uint64(want+1) {
					t.Errorf("next number %d, want %d", a.First, want+1)
				}
				newServer(t).push(&wire.Request{Ops: all(t, again)})
			})
		}
	}

	t.Run("a large import yields, tells its progress, and is redone when another tab took its numbers", func(t *testing.T) {
		b := newTab(t)
		second := openTab(t, b.disk, 2)
		b.step = 10 * time.Millisecond
		var groups [][]journal.Op
		for i := range 300 {
			groups = append(groups, []journal.Op{account(10000+i, "A"), sale(20000+i, 10000+i, 5)})
		}
		stolen, last := false, 0
		a, err := b.Append(ctx, groups, store.AppendOptions{Progress: func(done, total int) {
			if total != 600 || done > total {
				t.Errorf("progress %d of %d", done, total)
			}
			last = done
			if !stolen {
				stolen = true
				second.append([]journal.Op{account(1, "Le Goff")})
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		if !stolen || last < 500 || b.kv.Turns() < 10 {
			t.Errorf("progress up to %d, %d turns", last, b.kv.Turns())
		}
		if a.First != 2 || a.Last != 601 {
			t.Errorf("numbers %d to %d, want 2 to 601", a.First, a.Last)
		}
		newServer(t).push(&wire.Request{Ops: all(t, b)})
		for _, x := range []*tab{b, second} {
			if roots, err := x.Roots(ctx); err != nil || len(roots) != 301 {
				t.Errorf("%d cards, want 301 (%v)", len(roots), err)
			}
		}
	})

	t.Run("what one push cannot carry is refused, and nothing is written", func(t *testing.T) {
		b := newTab(t)
		long := account(1, strings.Repeat("x", wire.MaxField+1))
		var many, heavy []journal.Op
		for i := range wire.MaxOps + 1 {
			many = append(many, sale(100+i, 1, 1))
		}
		for i := range 40 {
			heavy = append(heavy, account(100+i, strings.Repeat("x", 30000)))
		}
		for _, c := range []struct {
			groups [][]journal.Op
			want   error
		}{
			{[][]journal.Op{{long}}, store.ErrTooLarge},
			{[][]journal.Op{{account(2, "A")}, many}, store.ErrTooLarge},
			{[][]journal.Op{heavy}, store.ErrTooLarge},
			{[][]journal.Op{{account(2, "A")}, {}}, store.ErrEmpty},
			{nil, store.ErrEmpty},
		} {
			if _, err := b.Append(ctx, c.groups, store.AppendOptions{}); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		}
		if s := b.status(); s.Pending != 0 || s.Last != 0 {
			t.Errorf("status %+v", s)
		}
	})

	t.Run("a stamp is later than every stamp seen, and comes back when the server had to correct it", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		ans := s.answer(page(pf, 0, 0))
		ans.HLC = journal.At(noon.Add(50 * time.Second).UnixMilli())
		b.take(b.request(), ans)
		op := []journal.Op{account(1, "A")}
		b.append(op)
		if op[0].HLC <= ans.HLC {
			t.Errorf("stamp %d after having seen %d", op[0].HLC, ans.HLC)
		}
		b.now = noon.Add(240 * time.Hour)
		b.append([]journal.Op{account(2, "B")})
		b.now = noon
		r := b.request()
		s.push(r)
		ans = s.answer(page(pf, 0, 0))
		ans.Clamped = true
		b.take(r, ans)
		b.append(op)
		if op[0].HLC.MS() > noon.Add(time.Minute).UnixMilli() {
			t.Errorf("still ten days ahead: %d", op[0].HLC.MS())
		}
	})
	t.Run("stamps follow the server's clock and never go back", func(t *testing.T) {
		b := newTab(t)
		off := 3 * time.Hour
		if _, err := b.ApplyAnswer(ctx, store.Exchange{Request: b.request(), Answer: newServer(t).answer(page(pf, 0, 0)), Offset: &off}); err != nil {
			t.Fatal(err)
		}
		op := []journal.Op{account(1, "A")}
		b.append(op)
		if want := noon.Add(off).UnixMilli(); op[0].HLC.MS() != want || op[0].OffMS != off.Milliseconds() || op[0].WallMS != noon.UnixMilli() {
			t.Errorf("stamp at %d, want %d: %+v", op[0].HLC.MS(), want, op[0])
		}
		b.now = noon.Add(-240 * time.Hour)
		back := []journal.Op{account(2, "B")}
		b.append(back)
		if back[0].HLC <= op[0].HLC {
			t.Error("a clock put back ten days gave an earlier stamp")
		}
	})
}

// all is the whole outbox.
func all(t testing.TB, b *tab) []cbor.RawMessage {
	t.Helper()
	h, err := b.Batch(ctx, 1<<40, 1<<40)
	if err != nil {
		t.Fatal(err)
	}
	return h.Ops
}

func TestBatchNeverSplitsAGroup(t *testing.T) {
	b := newTab(t)
	var g []journal.Op
	for i := range 30 {
		g = append(g, sale(100+i, 1, 1))
	}
	b.append([]journal.Op{account(1, "A")}, g, []journal.Op{account(2, "B")})
	one, err := b.Batch(ctx, 100, 500)
	if err != nil || len(one.Ops) != 1 || !one.More || one.First != 1 {
		t.Errorf("by size: %d operations, more %v, first %d (%v)", len(one.Ops), one.More, one.First, err)
	}
	few, err := b.Batch(ctx, 1<<20, 20)
	if err != nil || len(few.Ops) != 1 || !few.More {
		t.Errorf("by count: %d operations, more %v (%v)", len(few.Ops), few.More, err)
	}
	whole, err := b.Batch(ctx, 1<<20, 500)
	if err != nil || len(whole.Ops) != 32 || whole.More {
		t.Errorf("whole: %d operations, more %v (%v)", len(whole.Ops), whole.More, err)
	}
	s := newServer(t)
	s.push(&wire.Request{Ops: one.Ops})
	b.take(b.request(), s.answer(page(pf, 0, 0)))
	rest, err := b.Batch(ctx, 10, 500) // less than the group: it goes alone
	if err != nil || len(rest.Ops) != 30 || !rest.More || rest.First != 2 || rest.Prev != s.chain {
		t.Errorf("rest: %d operations, more %v, first %d (%v)", len(rest.Ops), rest.More, rest.First, err)
	}
}

func TestAcknowledge(t *testing.T) {
	start := func(t *testing.T) (*tab, *server) {
		b, s := newTab(t), newServer(t)
		b.append([]journal.Op{account(1, "Le Goff"), sale(2, 1, 5)}, []journal.Op{account(3, "Kermarrec")})
		return b, s
	}
	t.Run("a number and its chain move groups from out to sent", func(t *testing.T) {
		b, s := start(t)
		r := b.request()
		s.push(r)
		c := b.take(r, s.answer(page(pf, 0, 0)))
		if c.Acked != 3 || c.NewDevice || b.status().Pending != 0 || b.status().Sent != 3 || b.status().Groups != 0 {
			t.Errorf("%+v, status %+v", c, b.status())
		}
		sent, err := b.SentLog(ctx, 1)
		if err != nil || len(sent) != 1 || sent[0].N != 3 || sent[0].Acked.IsZero() {
			t.Errorf("sent log %+v (%v)", sent, err)
		}
		if again := b.take(r, s.answer(page(pf, 0, 0))); again.Acked != 0 || again.NewDevice {
			t.Errorf("the same answer again: %+v", again)
		}
		b.now = noon.Add(24 * time.Hour)
		if b.status().Sent != 0 {
			t.Error("yesterday's operations are counted as sent today")
		}
	})
	t.Run("a number in the middle of a group keeps the group", func(t *testing.T) {
		b, s := start(t)
		r := b.request()
		s.push(&wire.Request{Ops: r.Ops[:1]})
		c := b.take(r, s.answer(page(pf, 0, 0)))
		if c.Acked != 0 || c.NewDevice || b.status().Pending != 3 {
			t.Errorf("%+v, pending %d", c, b.status().Pending)
		}
		s.push(&wire.Request{Ops: r.Ops[1:2]})
		if c := b.take(r, s.answer(page(pf, 0, 0))); c.Acked != 2 || b.status().Pending != 1 {
			t.Errorf("%+v, pending %d", c, b.status().Pending)
		}
	})
	for _, c := range []struct {
		name string
		do   func(*server, *wire.Answer)
	}{
		{"another chain at the same number is another storage", func(s *server, a *wire.Answer) { a.LastN, a.LastChain = 3, journal.Chain{9} }},
		{"more operations than were ever made here", func(s *server, a *wire.Answer) { a.LastN = 8 }},
		{"the server says fork", func(s *server, a *wire.Answer) { a.Fork, a.LastN, a.LastChain = true, 0, journal.Chain{} }},
		{"another chain before the first", func(s *server, a *wire.Answer) { a.LastN, a.LastChain = 0, journal.Chain{1} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, s := start(t)
			old := b.status().Device
			r := b.request()
			ids := opIDs(t, r.Ops)
			a := s.answer(page(pf, 0, 0))
			c.do(s, a)
			ch := b.take(r, a)
			if !ch.NewDevice || ch.Acked != 0 || b.status().Device == old || b.status().Pending != 3 {
				t.Fatalf("%+v, status %+v", ch, b.status())
			}
			next := b.request()
			if next.Prev != (journal.Chain{}) || !slices.Equal(opIDs(t, next.Ops), ids) {
				t.Errorf("sent again: prev %x, %v, want %v", next.Prev, opIDs(t, next.Ops), ids)
			}
			newServer(t).push(next)
			if b.title(1) != "Le Goff" {
				t.Error("the view has lost the card")
			}
			s.push(r)
			if late := b.take(r, s.answer(page(pf, 0, 0))); late.NewDevice || late.Acked != 0 { // about the old identity
				t.Errorf("an answer to the old identity: %+v", late)
			}
		})
	}
	t.Run("a new identity sends what was acknowledged too, and shows it once", func(t *testing.T) {
		b, s := start(t)
		r := b.request()
		s.push(r)
		b.take(r, s.answer(page(pf, 0, 0)))
		b.append([]journal.Op{account(4, "Tanguy")})
		a := s.answer(page(pf, 0, 0))
		a.LastN = 99
		if c := b.take(b.request(), a); !c.NewDevice {
			t.Fatalf("%+v", c)
		}
		if n := len(b.request().Ops); n != 4 {
			t.Errorf("%d operations to send, want 4", n)
		}
		if v, _ := b.Card(ctx, id(4)); len(v.Rows) != 1 || v.Pending[id(4)] != 1 {
			t.Errorf("card made here %+v", v)
		}
	})
	t.Run("what the server knew under the old identity is not applied again to what is seen", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		old := row(1, "Old", 1, 1)
		b.take(b.request(), s.answer(page(pf, 0, 1, old)))
		b.now = noon.Add(240 * time.Hour) // ten days ahead: the server gives this write a lower stamp
		b.append([]journal.Op{rename(1, "Mine", old.Mark)})
		r := b.request()
		s.push(r)
		b.take(r, s.answer(page(pf, 1, 3, row(1, "Theirs, later", 3, 3))))
		a := s.answer(page(pf, 3, 3))
		a.Fork = true
		if c := b.take(b.request(), a); !c.NewDevice || b.status().Pending != 1 {
			t.Fatalf("%+v", c)
		}
		if v, _ := b.Card(ctx, id(1)); titleOf(t, v, id(1)) != "Theirs, later" || len(v.Pending) != 0 {
			t.Errorf("%q, pending %v", titleOf(t, v, id(1)), v.Pending)
		}
	})
	t.Run("a server that went back on another chain is not refilled but told everything", func(t *testing.T) {
		b, s := start(t)
		r := b.request()
		s.push(r)
		b.take(r, s.answer(page(pf, 0, 0)))
		a := s.answer(page(pf, 0, 0))
		a.LastN, a.LastChain = 2, journal.Chain{7}
		if c := b.take(b.request(), a); !c.NewDevice || c.Refilled != 0 || len(b.request().Ops) != 3 {
			t.Errorf("%+v", c)
		}
	})
	t.Run("a restored server gets back what it lost", func(t *testing.T) {
		b, s := start(t)
		r := b.request()
		s.push(r)
		b.take(r, s.answer(page(pf, 0, 3, row(1, "Le Goff", 1, 1), row(3, "Kermarrec", 3, 1))))
		var chain journal.Chain
		for _, op := range r.Ops[:2] {
			chain = chain.Link(op)
		}
		a := s.answer(page(pf, 0, 1, row(1, "Le Goff", 1, 1)))
		a.Epoch, a.LastN, a.LastChain = 2, 2, chain
		c := b.take(b.request(), a)
		if c.Refilled != 1 || !c.NewEpoch || c.NewDevice || b.status().Pending != 1 {
			t.Fatalf("%+v, pending %d", c, b.status().Pending)
		}
		next := b.request()
		if next.Prev != chain || len(next.Ops) != 1 || !bytes.Equal(next.Ops[0], r.Ops[2]) {
			t.Errorf("sent again: %d operations", len(next.Ops))
		}
		if b.title(3) != "Kermarrec" {
			t.Error("what the server lost is no longer seen here")
		}
		if b.take(b.request(), a).Refilled != 0 {
			t.Error("refilled twice")
		}
	})
}

func TestForget(t *testing.T) {
	var third journal.Chain // after operation 3
	// start hands in three groups: operations 1 and 2, 3, 4.
	start := func(t *testing.T, seed byte) (*tab, *server) {
		b, s := openTab(t, memory.NewDisk(), seed), newServer(t)
		b.append([]journal.Op{account(1, "Le Goff"), sale(2, 1, 5)}, []journal.Op{account(3, "Kermarrec")}, []journal.Op{account(4, "Tanguy")})
		r := b.request()
		third = journal.Chain{}.Link(r.Ops[0]).Link(r.Ops[1]).Link(r.Ops[2])
		s.push(r)
		b.take(r, s.answer(page(pf, 0, 4, row(1, "Le Goff", 1, 1), row(3, "Kermarrec", 3, 1), row(4, "Tanguy", 4, 1))))
		return b, s
	}
	kept := func(b *tab) (first []uint64) {
		t.Helper()
		sent, err := b.SentLog(ctx, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range slices.Backward(sent) {
			first = append(first, e.N)
		}
		return first
	}
	backedUp := func(b *tab, s *server, n uint64) store.Changed {
		a := s.answer(page(pf, 4, 4))
		a.BackedUpN = n
		return b.take(b.request(), a)
	}
	for _, c := range []struct {
		name   string
		seed   byte
		n      uint64
		kept   []uint64
		pruned int
	}{
		{"a server that does not say keeps nothing in a backup", 70, 0, []uint64{1, 3, 4}, 0},
		{"what a backup holds leaves the sent log", 70, 3, []uint64{4}, 3},
		{"a group of which a backup holds a part stays whole", 70, 1, []uint64{1, 3, 4}, 0},
		{"all of it", 70, 4, nil, 4},
		{"never more than was handed in", 70, 99, nil, 4},
		{"the latest groups stay for the journal", 71, 4, []uint64{3, 4}, 2},
		{"few are kept as they are", 1, 4, []uint64{1, 3, 4}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, s := start(t, c.seed)
			ch := backedUp(b, s, c.n)
			if got := kept(b); ch.Pruned != c.pruned || !slices.Equal(got, c.kept) || ch.Any() {
				t.Errorf("%d operations left, groups %v stay; want %d, %v: %+v", ch.Pruned, got, c.pruned, c.kept, ch)
			}
			if st := b.status(); st.Pending != 0 || st.Last != 4 || st.Sent != 4 || b.title(4) != "Tanguy" {
				t.Errorf("status %+v, %q", st, b.title(4))
			}
			if again := backedUp(b, s, c.n); again.Pruned != 0 {
				t.Errorf("twice: %+v", again)
			}
		})
	}
	t.Run("what waits for its rows stays", func(t *testing.T) {
		b, s := openTab(t, memory.NewDisk(), 70), newServer(t)
		b.append([]journal.Op{account(1, "Le Goff")})
		r := b.request()
		s.push(r)
		cut := page(pf, 0, 0)
		cut.Complete = false
		a := s.answer(cut)
		a.BackedUpN = 1
		if c := b.take(r, a); c.Pruned != 0 || b.title(1) != "Le Goff" {
			t.Errorf("before the rows: %+v, %q", c, b.title(1))
		}
		a = s.answer(page(pf, 0, 1, row(1, "Le Goff", 1, 1)))
		a.BackedUpN = 1
		if c := b.take(b.request(), a); c.Pruned != 1 || b.title(1) != "Le Goff" {
			t.Errorf("after: %+v, %q", c, b.title(1))
		}
	})
	t.Run("a server restored from that backup is refilled with the rest", func(t *testing.T) {
		b, s := start(t, 70)
		whole, err := b.SentLog(ctx, 1)
		if err != nil {
			t.Fatal(err)
		}
		backedUp(b, s, 3)
		a := s.answer(page(pf, 0, 3, row(1, "Le Goff", 1, 1), row(3, "Kermarrec", 3, 1)))
		a.Epoch, a.LastN, a.LastChain, a.BackedUpN = 2, 3, third, 0
		c := b.take(b.request(), a)
		if c.Refilled != 1 || c.NewDevice || b.title(4) != "Tanguy" {
			t.Fatalf("%+v", c)
		}
		if ids := opIDs(t, b.request().Ops); len(ids) != 1 || ids[0] != whole[0].Ops[0].ID {
			t.Errorf("sent again: %v", ids)
		}
	})
	t.Run("an answer of before the backup is late", func(t *testing.T) {
		b, s := start(t, 70)
		late := s.answer(page(pf, 0, 1, row(1, "Le Goff", 1, 1)))
		late.LastN, late.LastChain = 0, journal.Chain{}
		r := b.request()
		backedUp(b, s, 3)
		if c := b.take(r, late); c.NewDevice || c.Refilled != 0 || c.Ignored != store.IgnoredCursor {
			t.Errorf("%+v", c)
		}
	})
	t.Run("a server restored from an older one gets what is left, under a new identity", func(t *testing.T) {
		b, s := start(t, 70)
		backedUp(b, s, 3)
		a := s.answer(page(pf, 0, 0))
		a.Epoch, a.LastN, a.LastChain = 2, 0, journal.Chain{}
		if c := b.take(b.request(), a); !c.NewDevice || b.status().Pending != 1 || b.status().Last != 1 {
			t.Errorf("%+v, status %+v", c, b.status())
		}
		s = newServer(t)
		s.epoch = 2
		r := b.request()
		s.push(r) // numbered from 1 again: a backup may hold it soon
		a = s.answer(page(pf, 0, 1, row(4, "Tanguy", 1, 1)))
		a.BackedUpN = 1
		if c := b.take(r, a); c.Acked != 1 || c.Pruned != 1 || len(kept(b)) != 0 {
			t.Errorf("%+v, kept %v", c, kept(b))
		}
	})
}

func opIDs(t testing.TB, raws []cbor.RawMessage) (ids []portfolio.ID) {
	for _, raw := range raws {
		var op journal.Op
		if err := portfolio.Dec.Unmarshal(raw, &op); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, op.ID)
	}
	return ids
}

func TestView(t *testing.T) {
	t.Run("an acknowledged change stays in sight until its row has come", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		old := row(1, "Old name", 1, 1)
		b.take(b.request(), s.answer(page(pf, 0, 1, old)))
		b.append([]journal.Op{rename(1, "New name", old.Mark)})
		if b.title(1) != "New name" {
			t.Fatalf("pending: %q", b.title(1))
		}
		r := b.request()
		s.push(r)
		s.given = map[uint32]uint64{pf: 5}
		cut := page(pf, 1, 3, row(9, "Another", 3, 1))
		cut.Complete = false
		ans := s.answer(cut)
		ans.More = true
		if c := b.take(r, ans); c.Acked != 1 {
			t.Fatalf("%+v", c)
		}
		if b.title(1) != "New name" {
			t.Errorf("after the acknowledgement, before the row: %q", b.title(1))
		}
		s.given = nil
		cut = page(pf, 3, 6, row(9, "Another", 6, 2)) // beyond the number given: the row has moved on
		cut.Complete = false
		ans = s.answer(cut, page(8, 0, 0))
		ans.More = true
		b.take(b.request(), ans)
		if b.title(1) != "New name" {
			t.Errorf("the cursor has passed the number given, the row has not come: %q", b.title(1))
		}
		open := page(8, 0, 0)
		open.Complete = false // another scope remains
		ans = s.answer(page(pf, 6, 7, row(1, "Newest name", 7, 4)), open)
		ans.More = true
		b.take(b.request(), ans)
		v, err := b.Card(ctx, id(1))
		if err != nil || titleOf(t, v, id(1)) != "Newest name" || v.Pending[id(1)] != 0 {
			t.Errorf("after the row: %q, pending %v (%v)", titleOf(t, v, id(1)), v.Pending, err)
		}
	})
	t.Run("when the answer to the push was lost, until nothing remains to be read", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		b.append([]journal.Op{account(1, "Le Goff")})
		s.push(b.request()) // and the answer is lost
		s.given = map[uint32]uint64{pf: 0}
		cut := page(pf, 0, 0)
		cut.Complete = false
		ans := s.answer(cut)
		ans.More = true
		b.take(&wire.Request{Device: b.status().Device}, ans)
		if b.title(1) != "Le Goff" || b.status().Pending != 0 {
			t.Errorf("%q, pending %d", b.title(1), b.status().Pending)
		}
		b.take(b.request(), s.answer(page(pf, 0, 4))) // refused, say: no row ever comes
		if b.title(1) != "" {
			t.Error("a change that the server did not keep stays in sight")
		}
	})
	t.Run("of two groups saved together, the one that is read no longer waits", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		b.append([]journal.Op{account(1, "One")}, []journal.Op{account(2, "Two")})
		r := b.request()
		r.Ops = r.Ops[:1]
		s.push(r)
		b.take(r, s.answer(page(pf, 0, 1, row(1, "One", 1, 1))))
		for n, want := range map[int]int{1: 0, 2: 1} {
			if v, err := b.Card(ctx, id(n)); err != nil || v.Pending[id(n)] != want {
				t.Errorf("card %d: pending %v, want %d (%v)", n, v.Pending, want, err)
			}
		}
	})
	t.Run("what another exchange gave says nothing about operations it did not carry", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		b.append([]journal.Op{account(1, "Le Goff")})
		s.push(b.request())
		s.given = map[uint32]uint64{pf: 0} // of a later push, whose request began elsewhere
		cut := page(pf, 0, 0)
		cut.Complete = false
		r := b.request()
		r.Prev = journal.Chain{3}
		if c := b.take(r, s.answer(cut)); c.Acked != 1 || b.title(1) != "Le Goff" {
			t.Errorf("%+v, %q", c, b.title(1))
		}
	})
	t.Run("nor about those behind the ones it carried", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		there := account(2, "Two")
		there.Scope = 8
		b.append([]journal.Op{account(1, "One")}, []journal.Op{there})
		r := b.request()
		s.push(r)
		r.Ops = r.Ops[:1] // the answer to this repetition knows of both
		s.given = map[uint32]uint64{pf: 1}
		cut := page(8, 0, 0)
		cut.Complete = false
		if c := b.take(r, s.answer(page(pf, 0, 1, row(1, "One", 1, 1)), cut)); c.Acked != 2 || b.title(2) != "Two" {
			t.Errorf("%+v, %q", c, b.title(2))
		}
		s.given = nil
		b.take(b.request(), s.answer(page(pf, 1, 1), page(8, 0, 1, row(2, "Two, as the server has it", 1, 1))))
		if v, err := b.Card(ctx, id(2)); err != nil || v.Pending[id(2)] != 0 || b.title(2) != "Two, as the server has it" {
			t.Errorf("after the row: %q, pending %v (%v)", b.title(2), v.Pending, err)
		}
	})
	t.Run("a card that moved meanwhile keeps its change until its rows have come from where it is", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		old := row(1, "Old name", 1, 1)
		b.take(b.request(), s.answer(page(pf, 0, 1, old), page(8, 0, 0)))
		b.append([]journal.Op{rename(1, "New name", old.Mark)})
		r := b.request()
		s.push(r)
		s.given = map[uint32]uint64{pf: 2}
		early := page(8, 0, 1, row(1, "Old name", 1, 3)) // only part of what is there
		early.Complete = false
		gone := page(pf, 1, 3)
		gone.Left = []wire.Left{{Root: id(1), Seq: 3}}
		if c := b.take(r, s.answer(gone, early)); c.Acked != 1 || b.title(1) != "New name" {
			t.Errorf("%+v, %q", c, b.title(1))
		}
		s.given = nil
		b.take(b.request(), s.answer(page(pf, 3, 3), page(8, 1, 2, row(1, "New name, there", 2, 4))))
		if v, err := b.Card(ctx, id(1)); err != nil || v.Pending[id(1)] != 0 || b.title(1) != "New name, there" {
			t.Errorf("after the row: %q, pending %v (%v)", b.title(1), v.Pending, err)
		}
	})
	t.Run("rows without a card are seen by scope and kind", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		fam := journal.Row{Rec: id(50), Entity: portfolio.KindFamily, Seq: 1, Ver: 1, Fields: fields(1, "F1")}
		b.take(b.request(), s.answer(page(pf, 0, 0), page(2, 0, 1, fam)))
		b.append([]journal.Op{{Kind: journal.Create, Entity: portfolio.KindFamily, Rec: id(51), Scope: 2, Fields: fields(1, "F2")}})
		b.append([]journal.Op{{Kind: journal.Create, Entity: portfolio.KindSetting, Rec: id(52), Scope: 3, Fields: fields(1, "k")}})
		v, err := b.Misc(ctx, 2, portfolio.KindFamily)
		if err != nil || len(v.Rows) != 2 || v.Pending[id(51)] != 1 || v.Scope != 2 {
			t.Errorf("%+v %v", v, err)
		}
		kinds, err := b.Kind(ctx, portfolio.KindSetting)
		if err != nil || len(kinds) != 1 || kinds[0].Scope != 3 || len(kinds[0].Rows) != 1 {
			t.Errorf("%+v %v", kinds, err)
		}
		kinds, err = b.Kinds(ctx, portfolio.KindSetting, portfolio.KindOrg, portfolio.KindFamily)
		if err != nil || len(kinds) != 2 || kinds[0].Scope != 3 || kinds[1].Scope != 2 || len(kinds[1].Rows) != 2 {
			t.Errorf("in the order asked: %+v %v", kinds, err)
		}
		if _, ok, err := b.Rec(ctx, 2, portfolio.KindFamily, id(50)); !ok || err != nil {
			t.Errorf("record: %v %v", ok, err)
		}
		if roots, _ := b.Roots(ctx); len(roots) != 0 {
			t.Errorf("cards %v", roots)
		}
	})
	t.Run("every card comes once, also those made here", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		var rows []journal.Row
		for i := range 250 {
			rows = append(rows, row(i+1, "A", uint64(i+1), 1))
		}
		b.take(b.request(), s.answer(page(pf, 0, 250, rows...)))
		b.append([]journal.Op{account(300, "B")})
		var got []portfolio.ID
		b.step = 20 * time.Millisecond
		if err := b.EachCard(ctx, func(v store.View) error { got = append(got, v.Root); return nil }); err != nil {
			t.Fatal(err)
		}
		if len(got) != 251 || got[250] != id(300) || b.kv.Turns() < 50 {
			t.Errorf("%d cards, %d turns", len(got), b.kv.Turns())
		}
		stop := errors.New("enough")
		if err := b.EachCard(ctx, func(store.View) error { return stop }); !errors.Is(err, stop) {
			t.Error(err)
		}
	})
}

func TestPages(t *testing.T) {
	t.Run("a late or doubled answer is not taken", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		r := b.request()
		first := s.answer(page(pf, 0, 1, row(1, "One", 1, 1)))
		b.take(r, first)
		b.take(b.request(), s.answer(page(pf, 1, 2, row(1, "Two", 2, 2))))
		if c := b.take(r, first); c.Ignored != store.IgnoredCursor || c.Any() {
			t.Errorf("%+v", c)
		}
		if b.title(1) != "Two" {
			t.Errorf("title %q", b.title(1))
		}
	})
	t.Run("an answer that does not name every scope held is not taken", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		b.take(b.request(), s.answer(page(pf, 0, 0), page(2, 0, 0)))
		if c := b.take(b.request(), s.answer(page(pf, 0, 1, row(1, "One", 1, 1)))); c.Ignored != store.IgnoredScopes || b.title(1) != "" {
			t.Errorf("%+v", c)
		}
		ans := s.answer(page(pf, 0, 1, row(1, "One", 1, 1)))
		ans.Drop = []uint32{2}
		if c := b.take(b.request(), ans); c.Ignored != "" || b.title(1) != "One" || !slices.Equal(c.Scopes, []uint32{2}) {
			t.Errorf("%+v", c)
		}
	})
	t.Run("a fault leaves rows, cursor and outbox as they were", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		b.append([]journal.Op{account(5, "Mine")})
		r := b.request()
		s.push(r)
		before := fmt.Sprint(b.disk.Copy(name))
		b.kv.Faults(func([]string) memory.Fault { return memory.Quota })
		_, err := b.ApplyAnswer(ctx, store.Exchange{Request: r, Answer: s.answer(page(pf, 0, 1, row(1, "One", 1, 1)))})
		if !errors.Is(err, store.ErrQuota) {
			t.Errorf("error %v", err)
		}
		if fmt.Sprint(b.disk.Copy(name)) != before {
			t.Error("something was written")
		}
	})
	t.Run("a row that is not newer is not taken", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		b.take(b.request(), s.answer(page(pf, 0, 2, row(1, "Two", 2, 2)), page(8, 0, 0)))
		c := b.take(b.request(), s.answer(page(pf, 2, 2), page(8, 0, 1, row(1, "One", 1, 1))))
		if b.title(1) != "Two" || len(c.Roots) != 0 {
			t.Errorf("title %q, changed %v", b.title(1), c.Roots)
		}
	})
	t.Run("a card that moved between two scopes of this device stays", func(t *testing.T) {
		for _, order := range []bool{true, false} {
			b, s := newTab(t), newServer(t)
			b.take(b.request(), s.answer(page(pf, 0, 1, row(1, "One", 1, 1)), page(8, 0, 0)))
			from, to := page(pf, 1, 2), page(8, 0, 1, row(1, "One", 1, 2))
			from.Left = []wire.Left{{Root: id(1), Seq: 2}}
			ans := s.answer(from, to)
			if order {
				ans = s.answer(to, from)
			}
			c := b.take(b.request(), ans)
			v, err := b.Card(ctx, id(1))
			if err != nil || v.Scope != 8 || len(v.Rows) != 1 || !slices.Equal(c.Roots, []portfolio.ID{id(1)}) || len(c.Left) != 0 {
				t.Errorf("view %+v, changed %+v (%v)", v, c, err)
			}
		}
	})
	t.Run("a card that left takes its rows of that scope with it", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		b.take(b.request(), s.answer(page(pf, 0, 1, row(1, "One", 1, 1))))
		p := page(pf, 1, 2)
		p.Left = []wire.Left{{Root: id(1), Seq: 2}}
		c := b.take(b.request(), s.answer(p))
		if b.title(1) != "" || !slices.Equal(c.Left, []portfolio.ID{id(1)}) || len(b.disk.Copy(name)[store.Root]) != 0 {
			t.Errorf("%+v", c)
		}
	})
	t.Run("a card that left and came back within a page is here", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		b.take(b.request(), s.answer(page(pf, 0, 1, row(1, "One", 1, 1))))
		p := page(pf, 1, 3, row(1, "Back", 3, 3))
		p.Left = []wire.Left{{Root: id(1), Seq: 2}}
		b.take(b.request(), s.answer(p))
		if b.title(1) != "Back" {
			t.Errorf("title %q", b.title(1))
		}
	})
	t.Run("a dropped scope takes its rows and nothing else; the outbox stays", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		fam := journal.Row{Rec: id(50), Entity: portfolio.KindFamily, Seq: 1, Ver: 1, Fields: fields(1, "F1")}
		b.take(b.request(), s.answer(page(pf, 0, 1, row(1, "One", 1, 1)), page(8, 0, 2, row(2, "Two", 1, 1), fam)))
		b.append([]journal.Op{sale(60, 2, 5)})
		ans := s.answer(page(pf, 1, 1))
		ans.Drop = []uint32{8}
		c := b.take(b.request(), ans)
		v, _ := b.Misc(ctx, 8, portfolio.KindFamily)
		if b.title(1) != "One" || b.title(2) != "" || len(v.Rows) != 0 || b.status().Pending != 1 {
			t.Errorf("%+v", c)
		}
		if !slices.Equal(c.Left, []portfolio.ID{id(2)}) {
			t.Errorf("left %v", c.Left)
		}
	})
	t.Run("tombstones take the row away", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		child := journal.Row{Rec: id(70), Entity: portfolio.KindPerson, Root: id(1), Seq: 2, Ver: 1, Fields: fields(2, "Anne")}
		b.take(b.request(), s.answer(page(pf, 0, 2, row(1, "One", 1, 1), child)))
		child.Seq, child.Ver, child.Flags, child.Fields = 3, 2, 1, nil
		b.take(b.request(), s.answer(page(pf, 2, 3, child)))
		if v, err := b.Card(ctx, id(1)); err != nil || len(v.Rows) != 1 {
			t.Errorf("%d rows (%v)", len(v.Rows), err)
		}
	})
	t.Run("a new history line is read again, and what it does not hold goes", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		fam := journal.Row{Rec: id(50), Entity: portfolio.KindFamily, Seq: 1, Ver: 1, Fields: fields(1, "F1")}
		b.take(b.request(), s.answer(page(pf, 0, 9, row(1, "One", 4, 4), row(2, "Two", 9, 1)), page(8, 0, 1, row(3, "Three", 1, 1)), page(2, 0, 1, fam)))
		s.epoch = 2
		half := page(pf, 0, 1, row(1, "Restored", 1, 1))
		half.Complete = false
		if c := b.take(b.request(), s.answer(half, page(2, 0, 0))); !c.NewEpoch || c.Ignored != "" {
			t.Fatalf("%+v", c)
		}
		if b.title(1) != "Restored" || b.title(2) != "Two" {
			t.Errorf("half read: %q and %q", b.title(1), b.title(2))
		}
		if b.title(3) != "" {
			t.Error("a scope that the new history line does not grant is still here")
		}
		if v, _ := b.Misc(ctx, 2, portfolio.KindFamily); len(v.Rows) != 0 {
			t.Error("a row that the new history line does not hold is still here")
		}
		b.take(b.request(), s.answer(page(pf, 1, 2), page(2, 0, 0)))
		if b.title(1) != "Restored" || b.title(2) != "" {
			t.Errorf("all read: %q and %q", b.title(1), b.title(2))
		}
		s.epoch = 1
		if c := b.take(b.request(), s.answer(page(pf, 2, 3), page(2, 0, 0))); c.Ignored != store.IgnoredEpoch {
			t.Errorf("an answer of the old line: %+v", c)
		}
	})
	t.Run("an answer for another user changes nothing", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		ans := s.answer(page(pf, 0, 1, row(1, "One", 1, 1)))
		ans.User = other
		if _, err := b.ApplyAnswer(ctx, store.Exchange{Request: b.request(), Answer: ans}); !errors.Is(err, store.ErrUser) {
			t.Errorf("error %v", err)
		}
		if b.title(1) != "" {
			t.Error("its rows were taken")
		}
	})
	t.Run("rows of a kind from the future wait, and come in with the version that knows them", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		odd := journal.Row{Rec: id(80), Entity: 9999, Root: id(1), Seq: 2, Ver: 1, Fields: fields(1, "?")}
		b.take(b.request(), s.answer(page(pf, 0, 2, row(1, "One", 1, 1), odd)))
		if v, _ := b.Card(ctx, id(1)); len(v.Rows) != 1 || b.status().Later != 1 {
			t.Errorf("%d rows, %d for later", len(v.Rows), b.status().Later)
		}
		if openTab(t, b.disk, 3).status().Later != 1 {
			t.Error("lost when the same version opens again")
		}
		if err := store.PutLater(ctx, b.DB, journal.Row{Rec: id(81), Entity: portfolio.KindPerson, Root: id(1), Scope: pf, Seq: 2, Ver: 1}); err != nil {
			t.Fatal(err)
		}
		next := openTab(t, b.disk, 4) // to this version, the kind is known
		if v, err := next.Card(ctx, id(1)); err != nil || len(v.Rows) != 2 || next.status().Later != 1 {
			t.Errorf("%d rows, %d for later (%v)", len(v.Rows), next.status().Later, err)
		}
		s.epoch = 2
		next.take(next.request(), s.answer(page(pf, 0, 1, row(1, "One", 1, 1))))
		if next.status().Later != 0 {
			t.Error("a new history line without it keeps it")
		}
	})
	t.Run("a damaged bundle is read again", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		b.take(b.request(), s.answer(page(pf, 0, 2, row(1, "One", 1, 1), row(2, "Two", 2, 1))))
		b.append([]journal.Op{sale(60, 2, 5)})
		c := b.disk.Copy(name)
		for k, v := range c[store.Root] {
			v = slices.Clone(v)
			v[len(v)-1] ^= 1
			c[store.Root][k] = v
		}
		b.disk.PutBack(name, c)
		if _, err := b.Card(ctx, id(1)); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("reading it: %v", err)
		}
		ch := b.take(b.request(), s.answer(page(pf, 2, 4, row(1, "One more", 3, 2), row(2, "Two more", 4, 2))))
		if ch.Ignored != store.IgnoredDamage || b.request().Cookie != nil {
			t.Fatalf("%+v", ch)
		}
		for range 3 { // each attempt finds one more
			b.take(b.request(), s.answer(page(pf, 0, 4, row(1, "One more", 3, 2), row(2, "Two more", 4, 2))))
		}
		if b.title(1) != "One more" || b.title(2) != "Two more" || b.status().Pending != 1 {
			t.Errorf("%q, %q, pending %d", b.title(1), b.title(2), b.status().Pending)
		}
	})
	t.Run("Reread starts again without losing sight of anything", func(t *testing.T) {
		b, s := newTab(t), newServer(t)
		b.take(b.request(), s.answer(page(pf, 0, 1, row(1, "One", 1, 1))))
		if err := b.Reread(ctx); err != nil {
			t.Fatal(err)
		}
		if b.title(1) != "One" || b.request().Cookie != nil {
			t.Error("lost sight")
		}
		b.take(b.request(), s.answer(page(pf, 0, 1, row(1, "One", 1, 1))))
		if b.title(1) != "One" {
			t.Error("lost after reading again")
		}
	})
}

func TestSealed(t *testing.T) {
	b, s := newTab(t), newServer(t)
	b.take(b.request(), s.answer(page(pf, 0, 1, row(1, "Boulangerie Le Goff", 1, 1))))
	b.append([]journal.Op{account(2, "Garage Kermarrec")})
	if err := b.SetLocal(ctx, store.LocalValue{Name: "draft/2", Value: []byte("Quincaillerie Tanguy")}); err != nil {
		t.Fatal(err)
	}
	if err := b.SetChunks(ctx, store.Dirty{}, store.Chunk{Key: "c/0", Value: []byte("Poissonnerie Riou")}); err != nil {
		t.Fatal(err)
	}
	c := b.disk.Copy(name)
	n := 0
	for _, st := range c {
		for k, v := range st {
			n++
			for _, word := range []string{"Goff", "Kermarrec", "Tanguy", "Riou", "Saint-Malo"} {
				if bytes.Contains(v, []byte(word)) || strings.Contains(k, word) {
					t.Errorf("%s is readable under %q", word, k)
				}
			}
		}
	}
	if n < 8 {
		t.Errorf("only %d values looked at", n)
	}
	moved := c[store.Root]
	moved[id(9).String()] = moved[id(1).String()]
	b.disk.PutBack(name, c)
	if _, err := b.Card(ctx, id(9)); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("a value under another key opens: %v", err)
	}
}

func TestColumnsAndLocals(t *testing.T) {
	b, s := newTab(t), newServer(t)
	b.take(b.request(), s.answer(page(pf, 0, 1, row(1, "One", 1, 1))))
	b.append([]journal.Op{account(2, "Two")})
	d, err := b.Dirty(ctx)
	if err != nil || !slices.Equal(d.Roots, []portfolio.ID{id(1), id(2)}) {
		t.Fatalf("dirty %v (%v)", d.Roots, err)
	}
	before := d
	b.append([]journal.Op{account(3, "Three")}) // while the columns are being computed
	if err := b.SetChunks(ctx, d, store.Chunk{Key: "c/1", Value: []byte("B")}, store.Chunk{Key: "c/0", Value: []byte("A")}); err != nil {
		t.Fatal(err)
	}
	if d, _ := b.Dirty(ctx); !slices.Equal(d.Roots, []portfolio.ID{id(3)}) {
		t.Errorf("dirty afterwards %v", d.Roots)
	}
	p := page(pf, 1, 2)
	p.Left = []wire.Left{{Root: id(1), Seq: 2}}
	b.take(b.request(), s.answer(p))
	if d, _ := b.Dirty(ctx); !slices.Equal(d.Roots, []portfolio.ID{id(1), id(3)}) {
		t.Errorf("dirty after a card has left %v", d.Roots)
	}
	if keys, err := b.ChunkKeys(ctx, "c/"); err != nil || !slices.Equal(keys, []string{"c/0", "c/1"}) {
		t.Errorf("keys %v (%v)", keys, err)
	}
	both, d, err := b.ChunksAt(ctx, "c/1", "d/", "c/")
	if err != nil || len(both[0]) != 1 || string(both[0][0].Value) != "B" || len(both[1]) != 0 || len(both[2]) != 2 || !slices.Equal(d.Roots, []portfolio.ID{id(1), id(3)}) || d.Mark() <= before.Mark() {
		t.Errorf("of one moment: %v, dirty %v after %q: %q (%v)", both, d.Roots, before.Mark(), d.Mark(), err)
	}
	if err := b.SetChunks(ctx, store.Dirty{}, store.Chunk{Key: "c/1"}); err != nil {
		t.Fatal(err)
	}
	if chunks, err := b.Chunks(ctx, "c/"); err != nil || len(chunks) != 1 || string(chunks[0].Value) != "A" {
		t.Errorf("chunks %v (%v)", chunks, err)
	}
	if err := b.SetLocal(ctx, store.LocalValue{Name: "draft/1", Value: []byte("x")}, store.LocalValue{Name: "set", Value: []byte{}}); err != nil {
		t.Fatal(err)
	}
	if v, err := b.Local(ctx, "draft/1"); err != nil || string(v) != "x" {
		t.Errorf("%q %v", v, err)
	}
	if vs, err := b.Locals(ctx, "draft/"); err != nil || len(vs) != 1 || vs[0].Name != "draft/1" {
		t.Errorf("%v %v", vs, err)
	}
	if err := b.SetLocal(ctx, store.LocalValue{Name: "draft/1"}); err != nil {
		t.Fatal(err)
	}
	if v, err := b.Local(ctx, "draft/1"); err != nil || v != nil {
		t.Errorf("%q %v", v, err)
	}
}

func TestTwoTabs(t *testing.T) {
	a := newTab(t)
	b := openTab(t, a.disk, 2)
	for i := range 20 {
		x := []*tab{a, b}[i%2]
		x.append([]journal.Op{account(i+1, fmt.Sprint(i))})
		if y := []*tab{b, a}[i%2]; y.title(i+1) != fmt.Sprint(i) {
			t.Fatalf("card %d is not seen in the other tab", i+1)
		}
	}
	s := newServer(t)
	ra, rb := a.request(), b.request() // both send the same
	s.push(ra)
	one := a.take(ra, s.answer(page(pf, 0, 0)))
	two := b.take(rb, s.answer(page(pf, 0, 0)))
	if one.Acked != 20 || two.Acked != 0 || two.NewDevice || a.status() != b.status() {
		t.Errorf("%+v, then %+v", one, two)
	}
}

// slowWrap lets something happen while the key is being wrapped.
type slowWrap struct {
	plain
	meanwhile func()
}

func (s slowWrap) Wrap(ctx context.Context, k []byte) ([]byte, error) {
	s.meanwhile()
	return s.plain.Wrap(ctx, k)
}

func TestTwoTabsMakeOneKey(t *testing.T) {
	disk := memory.NewDisk()
	kv, _ := disk.Open(ctx, name)
	mk := kv.(*memory.KV)
	var second *tab
	first, err := store.Open(ctx, kv, store.Options{User: me, Random: newRandom(1), Wrap: slowWrap{plain{mk}, func() {
		second = openTab(t, disk, 2)
		second.append([]journal.Op{account(1, "Le Goff")})
	}}})
	if err != nil {
		t.Fatal(err)
	}
	if v, err := first.Card(ctx, id(1)); err != nil || len(v.Rows) != 1 {
		t.Errorf("the first tab cannot read what the second has written: %v", err)
	}
	st, err := first.Status(ctx)
	if err != nil || st.Device != second.status().Device {
		t.Errorf("two identities for one storage: %+v %v", st, err)
	}
}

func TestProfiles(t *testing.T) {
	disk := memory.NewDisk()
	p := store.NewProfiles(disk)
	open := func(prof store.Profile) *store.DB {
		t.Helper()
		db, err := p.Open(ctx, prof, store.Options{Random: newRandom(1)}, func(kv store.KV) store.KeyWrap { return plain{kv.(*memory.KV)} })
		if err != nil {
			t.Fatal(err)
		}
		return db
	}
	rep := store.Profile{Key: "u-1", Name: "Anne", User: me}
	demo := store.Profile{Key: "demo", Demo: true}
	for i, prof := range []store.Profile{rep, demo, rep} {
		if err := p.Use(ctx, prof, noon.Add(time.Duration(i)*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	list, err := p.List(ctx)
	if err != nil || len(list) != 2 || list[0].Key != "u-1" || list[0].Name != "Anne" || list[1].Key != "demo" {
		t.Fatalf("%+v %v", list, err)
	}
	for _, prof := range list {
		if _, err := open(prof).Append(ctx, [][]journal.Op{{account(1, prof.Key)}}, store.AppendOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Erase(ctx, "demo"); err != nil {
		t.Fatal(err)
	}
	if list, _ := p.List(ctx); len(list) != 1 || list[0].Key != "u-1" {
		t.Errorf("%+v", list)
	}
	if s, err := open(rep).Status(ctx); err != nil || s.Pending != 1 || s.User != me {
		t.Errorf("the other profile: %+v %v", s, err)
	}
	if s, err := open(demo).Status(ctx); err != nil || s.Pending != 0 {
		t.Errorf("the erased one: %+v %v", s, err)
	}
}

func TestAProfileThatWasLeft(t *testing.T) {
	p := store.NewProfiles(memory.NewDisk())
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	state := func() string {
		t.Helper()
		list, err := p.List(ctx)
		must(err)
		owed, err := p.Owes(ctx)
		must(err)
		if len(list) == 0 {
			return fmt.Sprint("none owed ", owed)
		}
		return fmt.Sprint(list[0].Name, " left ", list[0].Left, " waiting ", list[0].Waiting, " owed ", owed)
	}
	anne := store.Profile{Key: "u-1", Name: "Anne", User: me}
	for _, c := range []struct {
		name string
		do   func() error
		want string
	}{
		{"in use", func() error { return p.Use(ctx, anne, noon) }, "Anne left false waiting 0 owed false"},
		{"a count of a late tab is not for a profile in use", func() error { return p.Recount(ctx, "u-1", 4) }, "Anne left false waiting 0 owed false"},
		{"left with two actions", func() error { return p.Leave(ctx, "u-1", 2) }, "Anne left true waiting 2 owed false"},
		{"a late tab kept a third", func() error { return p.Recount(ctx, "u-1", 3) }, "Anne left true waiting 3 owed false"},
		{"the server does not know yet", func() error { return p.Owe(ctx, true) }, "Anne left true waiting 3 owed true"},
		{"now it does", func() error { return p.Owe(ctx, false) }, "Anne left true waiting 3 owed false"},
		{"signed in again", func() error { return p.Use(ctx, anne, noon) }, "Anne left false waiting 0 owed false"},
		{"erased", func() error { return p.Erase(ctx, "u-1") }, "none owed false"},
		{"a late tab does not bring it back", func() error { return errors.Join(p.Leave(ctx, "u-1", 2), p.Recount(ctx, "u-1", 2)) }, "none owed false"},
	} {
		must(c.do())
		if got := state(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestExportIsReadable(t *testing.T) {
	b := newTab(t)
	b.append([]journal.Op{account(1, "Le Goff")}, []journal.Op{sale(2, 1, 5)})
	file, err := b.ExportOutbox(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Format string            `cbor:"1,keyasint"`
		User   portfolio.ID      `cbor:"2,keyasint"`
		Ops    []cbor.RawMessage `cbor:"6,keyasint"`
	}
	if err := portfolio.Dec.Unmarshal(file, &got); err != nil || got.Format != store.ExportFormat || got.User != me || len(got.Ops) != 2 {
		t.Errorf("%+v %v", got, err)
	}
}

func BenchmarkAppendVisit(b *testing.B) {
	x := newTab(b)
	x.append([]journal.Op{account(1, "Le Goff")})
	for i := 0; b.Loop(); i++ {
		x.append([]journal.Op{sale(10+2*i, 1, 5), sale(11+2*i, 1, 5)})
	}
}

func BenchmarkAppendImport(b *testing.B) { // 5,000 cards, 65,000 operations
	for b.Loop() {
		x := newTab(b)
		groups := make([][]journal.Op, 5000)
		for c := range groups {
			g := []journal.Op{account(1_000_000+c, "Boulangerie du Port")}
			for i := range 12 {
				g = append(g, sale(2_000_000+c*12+i, 1_000_000+c, 123_45))
			}
			groups[c] = g
		}
		x.append(groups...)
	}
}

func BenchmarkApplyAnswer(b *testing.B) { // 2,000 rows on 50 cards
	x, s := newTab(b), newServer(b)
	req := &wire.Request{Device: other}
	seq := uint64(0)
	for b.Loop() {
		var rows []journal.Row
		for i := range wire.MaxRows {
			seq++
			r := row(3_000_000+i, "x", seq, seq)
			r.Entity, r.Root = portfolio.KindPerson, id(1+i/40)
			rows = append(rows, r)
		}
		x.take(req, s.answer(page(pf, seq-wire.MaxRows, seq, rows...)))
	}
}

func BenchmarkCard(b *testing.B) { // 39 rows and a pending visit
	x, s := newTab(b), newServer(b)
	rows := []journal.Row{row(1, "Le Goff", 1, 1)}
	for i := range 38 {
		r := row(100+i, "x", uint64(i+2), 1)
		r.Entity, r.Root = portfolio.KindPerson, id(1)
		rows = append(rows, r)
	}
	x.take(x.request(), s.answer(page(pf, 0, 39, rows...)))
	x.append([]journal.Op{sale(10, 1, 5), rename(1, "Le Goff et fils", rows[0].Mark)})
	for b.Loop() {
		if v, err := x.Card(ctx, id(1)); err != nil || len(v.Rows) != 40 {
			b.Fatal(len(v.Rows), err)
		}
	}
}
