//go:build js && wasm

package main

import (
	"context"
	"sync"
	"syscall/js"

	"sillon/app/bridge"
	"sillon/engine/portfolio"
)

// tabs joins the workers of one browser: a Web Lock elects who synchronises,
// a BroadcastChannel carries the news.
type tabs struct {
	mu       sync.Mutex
	channels map[string]js.Value
}

func newTabs() *tabs { return &tabs{channels: map[string]js.Value{}} }

func (t *tabs) channel(name string) js.Value {
	t.mu.Lock()
	defer t.mu.Unlock()
	c, ok := t.channels[name]
	if !ok {
		c = js.Global().Get("BroadcastChannel").New("sillon-" + name)
		t.channels[name] = c
	}
	return c
}

// Tell sends an event to the other tabs.
func (t *tabs) Tell(name string, e bridge.Event) {
	b, err := portfolio.Enc.Marshal(e)
	if err != nil {
		return
	}
	u := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(u, b)
	t.channel(name).Call("postMessage", u)
}

// Listen calls f with the other tabs' events, off the browser's event loop.
func (t *tabs) Listen(name string, f func(bridge.Event)) func() {
	c := t.channel(name)
	on := js.FuncOf(func(_ js.Value, a []js.Value) any {
		u := a[0].Get("data")
		b := make([]byte, u.Length())
		js.CopyBytesToGo(b, u)
		var e bridge.Event
		if portfolio.Dec.Unmarshal(b, &e) == nil {
			go f(e)
		}
		return nil
	})
	c.Call("addEventListener", "message", on)
	return func() {
		c.Call("removeEventListener", "message", on)
		on.Release()
	}
}

// Lead waits for the lock of the profile, runs while it is held, and gives it
// back when ctx ends. The browser frees the lock of a tab that dies.
func (t *tabs) Lead(ctx context.Context, name string, run func(context.Context)) {
	abort := js.Global().Get("AbortController").New()
	stopped := context.AfterFunc(ctx, func() { abort.Call("abort") })
	defer stopped()
	held := js.FuncOf(func(js.Value, []js.Value) any {
		var hold js.Func
		hold = js.FuncOf(func(_ js.Value, a []js.Value) any {
			release := a[0]
			go func() {
				defer hold.Release()
				run(ctx)
				<-ctx.Done()
				release.Invoke()
			}()
			return nil
		})
		return js.Global().Get("Promise").New(hold)
	})
	done := make(chan struct{})
	end := js.FuncOf(func(js.Value, []js.Value) any { close(done); return nil })
	js.Global().Get("navigator").Get("locks").
		Call("request", "sillon-sync-"+name, map[string]any{"signal": abort.Get("signal")}, held).
		Call("then", end, end)
	<-done
	end.Release()
	held.Release()
}
