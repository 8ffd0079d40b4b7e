//go:build js && wasm

// Command worker is the engine in the browser: it owns the device's storage,
// computes every figure and speaks to the server. It wires the packages that
// know how.
package main

import (
	"context"
	"math"
	"runtime"
	"syscall/js"
	"time"

	"sillon/app/bridge"
	"sillon/app/fetch"
	"sillon/app/heap"
	"sillon/app/i18n"
	"sillon/app/store"
	"sillon/engine/portfolio"
)

func main() {
	heap.Room(96 << 20)
	ctx := context.Background()
	version := js.Global().Get("sillonVersion").String()
	var server *bridge.Server
	d := newDesk(World{
		Version: version, Opener: store.Browser{}, Wrap: store.WebCrypto,
		Office: fetch.New(nil), Crowd: newTabs(), Poked: poked, Now: time.Now, ID: newID,
		Random: store.Random, Float: random, Yield: breather(), Memory: memoryMB, Asset: asset, Tidy: runtime.GC,
		Tell: func(e bridge.Event) { server.Tell(e) }, After: func(d time.Duration, f func()) { time.AfterFunc(d, f) },
	})
	server = bridge.NewServer(d.operations(), version)
	server.Learn = i18n.Learn
	if err := d.start(ctx); err != nil {
		println("sillon: open the profile:", err.Error()) // the page says it, from Welcome
	}
	browserNews(d)
	server.Listen(ctx)
	select {}
}

// newID makes identifiers without the uuid package, which brings two hash
// functions and a database interface to the worker; the server uses it.
func newID() portfolio.ID { return store.NewID(time.Now(), store.Random) }

func random() float64 {
	var b [8]byte
	if _, err := store.Random.Read(b[:]); err != nil {
		return 0.5
	}
	var n uint64
	for _, x := range b[:7] {
		n = n<<8 | uint64(x)
	}
	return float64(n>>3) / math.Exp2(53)
}

// breather makes what lets the browser deliver what waits: a message that the
// worker posts to itself comes after the others, and some milliseconds before the
// shortest timer.
func breather() func() {
	came := make(chan struct{}, 100) // whoever waits takes the next: as many come as were posted
	c := js.Global().Get("MessageChannel").New()
	c.Get("port1").Set("onmessage", js.FuncOf(func(js.Value, []js.Value) any {
		came <- struct{}{}
		return nil
	}))
	port := c.Get("port2")
	return func() {
		port.Call("postMessage", 0)
		<-came
	}
}

// asset is a file of the site, from the copy that the service worker keeps.
func asset(ctx context.Context, path string) ([]byte, error) {
	r, err := fetch.Do(ctx, fetch.Request{Method: "GET", Path: path})
	if err == nil && r.Status != 200 {
		err = fetch.ErrOffline
	}
	return r.Body, err
}

func memoryMB() float64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.Sys) / (1 << 20)
}

// browserNews listens to the network coming and going.
func browserNews(d *desk) {
	for _, what := range []string{"online", "offline"} {
		js.Global().Call("addEventListener", what, js.FuncOf(func(js.Value, []js.Value) any {
			go d.network(what)
			return nil
		}))
	}
}

// poked listens to the server's hints that a scope has moved. The browser
// reconnects by itself after a cut; a refusal (nobody signed in) closes the
// source for good, so it is opened again every minute. A lost hint costs only
// the wait for the next exchange.
func poked(ctx context.Context, news func()) {
	source := js.Global().Get("EventSource")
	if !source.Truthy() {
		return
	}
	on := js.FuncOf(func(js.Value, []js.Value) any { news(); return nil })
	defer on.Release()
	const closed = 2
	for ctx.Err() == nil {
		es := source.New("/api/1/poke")
		es.Set("onmessage", on)
		for ctx.Err() == nil && es.Get("readyState").Int() != closed {
			select {
			case <-ctx.Done():
			case <-time.After(5 * time.Second):
			}
		}
		es.Call("close")
		select {
		case <-ctx.Done():
		case <-time.After(time.Minute):
		}
	}
}
