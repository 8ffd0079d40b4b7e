//go:build js && wasm

package main

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"sillon/app/bridge"
	"sillon/app/store"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/wire"
)

// BenchmarkDevice is what the diagnosis of a large portfolio costs a device, in
// the browser's own storage: 5,000 clients, some 180,000 lines of sales. Run
// once: -benchtime 1x.
//
//	GOOS=js GOARCH=wasm go test -exec wasmtest -gcflags=all=-l -run xxx -bench Device -benchtime 1x ./app/worker
func BenchmarkDevice(b *testing.B) {
	for _, n := range []int{500, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				device(b, n)
			}
		})
	}
}

func device(b *testing.B, n int) {
	ctx := b.Context()
	began := time.Now()
	breathe := breather()
	world := World{
		Version: "bench", Opener: store.Browser{}, Wrap: store.WebCrypto, Office: away{wire.Me{User: rep, Login: "maelle"}}, Crowd: alone{},
		Now: time.Now, ID: newID, Random: store.Random, Float: random, Yield: breathe, Tell: func(bridge.Event) {},
	}
	d := newDesk(world)
	if err := d.start(ctx); err != nil {
		b.Fatal(err)
	}
	if _, err := d.enter(ctx, wire.Me{User: portfolio.ID{byte(n), byte(n >> 8), 1}, Login: "maelle"}); err != nil {
		b.Fatal(err)
	}
	s, err := d.session()
	if err != nil {
		b.Fatal(err)
	}
	lap := func(what string) {
		took := time.Since(began)
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		fmt.Printf("%-44s %6.0f ms   heap %3.0f MB, of the system %3.0f MB\n", what, float64(took.Microseconds())/1000, float64(m.HeapAlloc)/(1<<20), float64(m.Sys)/(1<<20))
		began = time.Now()
	}
	lines := 0
	var from uint64
	for k, cards := 0, demo.Cards(7, n, s.book.Today()); k < len(cards); k += 20 {
		var rows []journal.Row
		for _, c := range cards[k:min(k+20, len(cards))] {
			c.Sales = c.Sales[:min(len(c.Sales), 40)]
			lines += len(c.Sales)
			rows = append(rows, c.Rows(7, journal.Mark{}, rep)...)
		}
		for i := range rows {
			rows[i].Seq, rows[i].Ver, rows[i].Epoch = from+uint64(i)+1, 1, 1
		}
		h, err := s.db.Batch(ctx, 1<<20, wire.MaxOps)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.db.ApplyAnswer(ctx, store.Exchange{
			Request: &wire.Request{Proto: wire.Proto, Device: h.Device, Epoch: h.Epoch, Cookie: h.Cookie, Prev: h.Prev},
			Answer: &wire.Answer{
				Epoch: 1, Cookie: []byte("x"), LastChain: h.Prev,
				Pages:  []wire.Page{{Scope: 7, From: from, To: from + uint64(len(rows)), Rows: rows, Complete: true}},
				Grants: []wire.Grant{{Scope: 7, Kind: wire.ScopePortfolio, Role: portfolio.RoleRep}},
			},
		}); err != nil {
			b.Fatal(err)
		}
		from += uint64(len(rows))
	}
	fmt.Printf("%d lines of sales, %d records\n", lines, from)
	check := func(what string, err error) {
		b.Helper()
		if err != nil {
			b.Fatal(what, err)
		}
		lap(what)
	}
	start := func(what string) {
		check(what, s.load(ctx))
	}
	lap("received")
	start("columns derived")
	check("facts from the bundles", s.deepen(ctx, 7, nil))
	check("facts kept", s.keepFacts(ctx, 7))
	s.deeps.said = nil
	start("a start")
	check("facts from what is kept", s.deepen(ctx, 7, nil))
	longest := time.Duration(0)
	for left := 1; left > 0; {
		t := time.Now()
		_, left, err = s.nextPart(ctx, 7, false)
		longest = max(longest, time.Since(t))
		breathe()
	}
	check(fmt.Sprintf("every part, the longest %v", longest.Round(time.Millisecond)), err)
	_, err = s.fit(ctx, 7)
	check("models fitted, with pauses", err)
	check("every part with the models", s.prepare(ctx, 7, nil, nil))
	if err := s.analysed(ctx, 7, nil, func(a *query.Analysis) error { a.All(); return nil }); err != nil {
		b.Fatal(err)
	}
	check("asked again", nil)
	sheet := func(what string) {
		check(what, s.deepClient(ctx, s.snap.Book(7).Cards[n/2].ID, func(a *query.Analysis, i int) error { a.All(); return nil }))
	}
	sheet("a client in the whole")
	c, _ := s.snap.Card(s.snap.Book(7).Cards[n/3].ID)
	s.snap.Update(c)
	sheet("a client alone, everything computed")
	s.close()
	check("", store.NewProfiles(store.Browser{}).Erase(ctx, s.profile.Key))
}
