package sqlite_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
	"sillon/server/hub"
	"sillon/server/store/sqlite"
)

const t0 = 1_800_000_000_000

var ctx = context.Background()

func id(n int) (id portfolio.ID) {
	binary.BigEndian.PutUint64(id[:], uint64(n)*0x9e3779b97f4a7c15) // spread, as UUIDs of many days are
	binary.BigEndian.PutUint64(id[8:], uint64(n)|1<<63)
	return id
}

// A pusher is a tablet that imports cards with 25 sale lines each.
type pusher struct {
	h   *hub.Hub
	who hub.Session
	at  hub.Place
	req wire.Request
	n   int

	took time.Duration
}

func newPusher(b *testing.B, db *sqlite.DB) *pusher {
	b.Helper()
	h := hub.New(db, hub.Env{Key: bytes.Repeat([]byte{7}, 32)})
	boss, err := h.Found(ctx, hub.Founding{Org: portfolio.Org{Name: "K"}, OrgID: id(-1), TeamID: id(-2), Team: "T", AdminID: id(-3), Name: "M", Login: "m"}, t0)
	if err != nil {
		b.Fatal(err)
	}
	at, err := h.AddUser(ctx, boss.Tenant, hub.NewUser{ID: id(-4), Name: "A", Login: "a", Role: portfolio.RoleRep}, t0)
	if err != nil {
		b.Fatal(err)
	}
	return &pusher{h: h, at: at, who: hub.Session{Tenant: at.Tenant, User: at.User}, req: wire.Request{Proto: wire.Proto, Schema: journal.Schema, Device: id(-5)}}
}

// push sends the next 500 operations.
func (p *pusher) push(b *testing.B) {
	p.req.Ops = nil
	chain := p.req.Prev
	for range wire.MaxOps {
		p.n++
		card := id((p.n-1)/26*26 + 1)
		op := journal.Op{N: uint64(p.n), ID: id(p.n + 1<<40), Kind: journal.Fact, Entity: portfolio.KindSale, Schema: 1, Rec: id(p.n), Root: card, Scope: p.at.Portfolio, HLC: journal.At(t0) + journal.Stamp(p.n), WallMS: t0}
		var noun any = portfolio.Sale{Account: card, From: calendar.Of(2026, 3, 2), Amount: 1234_56, Family: "F1", Ref: "2026-0001234", Import: id(7)}
		if op.Rec == card {
			op.Kind, op.Entity = journal.Create, portfolio.KindAccount
			noun = portfolio.Account{Code: "C0001", Name: "Boulangerie Le Goff", Status: portfolio.Client, Import: id(7)}
		}
		op.Fields, _ = portfolio.ToFields(noun)
		raw, err := wire.Encode(op)
		if err != nil {
			b.Fatal(err)
		}
		p.req.Ops = append(p.req.Ops, raw)
		chain = chain.Link(raw)
	}
	p.req.MaxRows = 1
	began := time.Now()
	a, err := p.h.Sync(ctx, p.who, &p.req, t0)
	p.took += time.Since(began)
	if err != nil || a.LastN != uint64(p.n) {
		b.Fatalf("%+v, %v", a, err)
	}
	p.req.Prev, p.req.Epoch = chain, a.Epoch
}

// An import of 65,000 lines is 130 of these.
func BenchmarkPush500(b *testing.B) {
	p := newPusher(b, open(b))
	for b.Loop() {
		p.push(b)
	}
	b.ReportMetric(float64(p.n)/p.took.Seconds(), "ops/s")
	b.ReportMetric(float64(p.took.Milliseconds())/float64(p.n/wire.MaxOps), "ms/push")
}

func BenchmarkPull2000(b *testing.B) {
	p := newPusher(b, open(b))
	for range 10 {
		p.push(b)
	}
	p.req.Ops, p.req.MaxRows = nil, 0
	rows := 0
	for b.Loop() {
		a, err := p.h.Sync(ctx, p.who, &p.req, t0)
		if err != nil {
			b.Fatal(err)
		}
		body, err := wire.Encode(a)
		if err != nil || !a.More {
			b.Fatal(err)
		}
		rows += wire.MaxRows
		b.SetBytes(int64(len(body)))
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}
