//go:build js && wasm

package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"syscall/js"
	"testing"
	"time"

	"sillon/app/store"
	"sillon/app/store/storetest"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
)

// GOOS=js GOARCH=wasm go test -exec wasmbrowsertest ./app/store

func TestIndexedDBContract(t *testing.T) {
	storetest.Run(t, func(*testing.T) store.Opener { return store.Browser{} },
		func(store.KV) { time.Sleep(30 * time.Millisecond) })
}

// rawOpen opens a database as another version of the application would.
func rawOpen(t *testing.T, name string, version int) js.Value {
	t.Helper()
	req := js.Global().Get("indexedDB").Call("open", name, version)
	done := make(chan bool, 1)
	ok := js.FuncOf(func(js.Value, []js.Value) any { done <- true; return nil })
	ko := js.FuncOf(func(js.Value, []js.Value) any { done <- false; return nil })
	defer ok.Release()
	defer ko.Release()
	req.Set("onsuccess", ok)
	req.Set("onerror", ko)
	if !<-done {
		t.Fatal("raw open failed")
	}
	return req.Get("result")
}

func TestIndexedDBOtherVersions(t *testing.T) {
	b := store.Browser{}
	name := fmt.Sprintf("later-%d", time.Now().UnixNano())
	db := rawOpen(t, name, 2)
	if _, err := b.Open(ctx, name); !errors.Is(err, store.ErrVersion) {
		t.Errorf("a database of a later version: %v", err)
	}
	short, stop := context.WithTimeout(ctx, 200*time.Millisecond)
	defer stop()
	if err := b.Erase(short, name); !errors.Is(err, context.DeadlineExceeded) { // held by a tab that does not let go
		t.Errorf("erased while held: %v", err)
	}
	db.Call("close")
	if err := b.Erase(ctx, name); err != nil {
		t.Error(err)
	}

	kv, err := b.Open(ctx, name) // ours, open when a later version comes
	if err != nil {
		t.Fatal(err)
	}
	db = rawOpen(t, name, 2)
	err = kv.Update(ctx, []string{store.Out}, func(tx store.Tx) error { return tx.Put(store.Out, "a", nil) })
	if !errors.Is(err, store.ErrClosed) {
		t.Errorf("a later version took over: %v", err)
	}
	db.Call("close")
	if err := b.Erase(ctx, name); err != nil {
		t.Error(err)
	}
}

func TestIndexedDBUnavailable(t *testing.T) {
	old := js.Global().Get("indexedDB")
	js.Global().Get("Object").Call("defineProperty", js.Global(), "indexedDB", map[string]any{"value": js.Undefined(), "configurable": true})
	defer js.Global().Get("Object").Call("defineProperty", js.Global(), "indexedDB", map[string]any{"value": old, "configurable": true})
	if _, err := (store.Browser{}).Open(ctx, "x"); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("no storage: %v", err)
	}
}

func openBrowser(t testing.TB, p *store.Profiles, prof store.Profile) *store.DB {
	t.Helper()
	db, err := p.Open(ctx, prof, store.Options{User: me, Yield: func() { time.Sleep(time.Millisecond) }}, store.WebCrypto)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func TestIndexedDBProfile(t *testing.T) {
	p := store.NewProfiles(store.Browser{})
	prof := store.Profile{Key: fmt.Sprintf("test-%d", time.Now().UnixNano()), User: me}
	if err := p.Use(ctx, prof, time.Now()); err != nil {
		t.Fatal(err)
	}
	db := openBrowser(t, p, prof)
	if _, err := db.Append(ctx, [][]journal.Op{{account(1, "Le Goff")}}, store.AppendOptions{}); err != nil {
		t.Fatal(err)
	}
	second := openBrowser(t, p, prof) // another tab, with the key of the first
	if v, err := second.Card(ctx, id(1)); err != nil || len(v.Rows) != 1 {
		t.Errorf("the other tab: %+v %v", v, err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if _, err := db.Append(ctx, [][]journal.Op{{account(2, "X")}}, store.AppendOptions{}); !errors.Is(err, store.ErrClosed) {
		t.Errorf("closed: %v", err)
	}
	second.Close()
	third := openBrowser(t, p, prof)
	if s, err := third.Status(ctx); err != nil || s.Pending != 1 {
		t.Errorf("opened again: %+v %v", s, err)
	}
	if err := p.Erase(ctx, prof.Key); err != nil { // while it is open
		t.Fatal(err)
	}
	if _, err := third.Status(ctx); !errors.Is(err, store.ErrClosed) {
		t.Errorf("erased under its feet: %v", err)
	}
	if list, err := p.List(ctx); err != nil {
		t.Error(err)
	} else {
		for _, x := range list {
			if x.Key == prof.Key {
				t.Error("the profile is still registered")
			}
		}
	}
}

// TestIndexedDBFigures writes down what the budgets are about (run with -v).
func TestIndexedDBFigures(t *testing.T) {
	p := store.NewProfiles(store.Browser{})
	prof := store.Profile{Key: fmt.Sprintf("figures-%d", time.Now().UnixNano()), User: me}
	t.Cleanup(func() { p.Erase(context.Background(), prof.Key) })
	db := openBrowser(t, p, prof)
	clock := func(what string, f func()) {
		t0 := time.Now()
		f()
		t.Logf("%-52s %6.1f ms", what, float64(time.Since(t0).Microseconds())/1000)
	}
	visits := func(from int) {
		var took []time.Duration
		for i := range 30 {
			t0 := time.Now()
			if _, err := db.Append(ctx, [][]journal.Op{{sale(from+2*i, 1_000_000, 5), sale(from+2*i+1, 1_000_000, 5)}}, store.AppendOptions{}); err != nil {
				t.Fatal(err)
			}
			took = append(took, time.Since(t0))
		}
		slices.Sort(took)
		t.Logf("one visit, strict: median %v, worst of 30 %v", took[15].Round(100*time.Microsecond), took[29].Round(100*time.Microsecond))
	}
	visits(8_000_000)
	const cards, per = 5000, 13
	clock("import of 5,000 groups, 65,000 operations", func() {
		var groups [][]journal.Op
		for c := range cards {
			g := []journal.Op{account(1_000_000+c, "Boulangerie du Port")}
			for i := range per - 1 {
				g = append(g, sale(2_000_000+c*per+i, 1_000_000+c, 123_45))
			}
			groups = append(groups, g)
		}
		if _, err := db.Append(ctx, groups, store.AppendOptions{}); err != nil {
			t.Fatal(err)
		}
	})
	clock("open with 5,000 groups waiting", func() { db.Close(); db = openBrowser(t, p, prof) })
	clock("first card after it", func() {
		if v, err := db.Card(ctx, id(1_000_000)); err != nil || len(v.Rows) != per+60 {
			t.Errorf("%d rows %v", len(v.Rows), err)
		}
	})
	clock("another card", func() { db.Card(ctx, id(1_000_100)) })
	visits(9_000_000)
	s := newServer(t)
	var seq uint64
	for _, rowsPer := range []int{40, 40, 1} {
		var rows []journal.Row
		for i := range wire.MaxRows {
			seq++
			c := 1_000_000 + int(seq)/rowsPer
			r := row(3_000_000+int(seq), "x", seq, 1)
			r.Entity, r.Root = portfolio.KindPerson, id(c)
			rows = append(rows, r)
			_ = i
		}
		req := &wire.Request{Device: portfolio.ID{9}}
		ans := s.answer(page(pf, seq-wire.MaxRows, seq, rows...))
		clock(fmt.Sprintf("answer of 2,000 rows, %d per card", rowsPer), func() {
			if _, err := db.ApplyAnswer(ctx, store.Exchange{Request: req, Answer: ans}); err != nil {
				t.Fatal(err)
			}
		})
	}
	clock("status", func() { db.Status(ctx) })
	clock("batch of 512 KiB", func() { db.Batch(ctx, 512<<10, wire.MaxOps) })
	n := 0
	clock("each of 5,000 cards, for a rebuild", func() {
		if err := db.EachCard(ctx, func(store.View) error { n++; return nil }); err != nil {
			t.Fatal(err)
		}
	})
	t.Log(n, "cards")
}
