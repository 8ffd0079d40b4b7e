//go:build js && wasm

package bridge

import (
	"context"
	"sync"
	"syscall/js"
	"time"
)

// A Page is the page's end of the conversation: it owns the worker, and starts
// another one when it dies.
type Page struct {
	mu      sync.Mutex
	worker  js.Value
	on      js.Func
	failed  js.Func
	waiting *waiting
	hello   []byte // the greeting, said again to every new worker
	words   []byte // said to every new worker before all else
	deaths  int    // in a row, without an answer between them
	dead    bool   // given up: see Restart
	next    int
	listen  map[int]func(Event)
}

const maxDeaths = 3

// Start starts the worker. words are the messages it says without being linked
// with them.
func Start(words []byte) *Page {
	p := &Page{words: words, waiting: newWaiting(), listen: map[int]func(Event){}}
	p.on = js.FuncOf(func(_ js.Value, a []js.Value) any {
		p.receive(a[0].Get("data"))
		return nil
	})
	p.failed = js.FuncOf(func(_ js.Value, a []js.Value) any {
		why := "worker error"
		if m := a[0].Get("message"); m.Truthy() {
			why = m.String()
		}
		p.died(why)
		return nil
	})
	p.mu.Lock()
	begun := js.Global().Get("sillonEngine") // web/boot.js
	if begun.Truthy() {
		js.Global().Set("sillonEngine", js.Null())
		p.worker = begun.Get("worker")
		p.follow()
	} else {
		p.start()
	}
	p.mu.Unlock()
	if begun.Truthy() {
		for early, i := begun.Get("early"), 0; i < early.Length(); i++ {
			if e := early.Index(i); e.Get("type").String() == "error" {
				p.failed.Invoke(e)
			} else {
				p.on.Invoke(e)
			}
		}
	}
	go p.watch()
	return p
}

// start makes a worker. mu is held.
func (p *Page) start() {
	p.worker = js.Global().Get("Worker").New("/worker.js")
	p.follow()
}

// follow listens to a new worker and sends it the words.
func (p *Page) follow() {
	p.worker.Set("onmessage", p.on)
	p.worker.Set("onerror", p.failed)
	p.worker.Set("onmessageerror", p.failed)
	u := toJS(p.words)
	p.worker.Call("postMessage", map[string]any{KeyVersion: EnvelopeVersion, KeyWords: u}, []any{u.Get("buffer")})
}

// watch ends a worker that stays silent.
func (p *Page) watch() {
	for range time.Tick(5 * time.Second) {
		p.mu.Lock()
		late := p.waiting.late(time.Now())
		p.mu.Unlock()
		if late {
			p.died("no answer in time")
		}
	}
}

// died answers all that waited, and starts a new worker.
func (p *Page) died(why string) {
	js.Global().Get("console").Call("warn", "sillon: worker:", why)
	p.mu.Lock()
	p.worker.Set("onmessage", js.Null())
	p.worker.Set("onerror", js.Null())
	p.worker.Call("terminate")
	p.deaths++
	p.dead = p.deaths >= maxDeaths
	gone := p.waiting
	p.waiting = newWaiting()
	p.waiting.last = gone.last
	dead := p.dead
	if !dead {
		p.start()
		p.greet()
	}
	p.mu.Unlock()
	gone.failAll(&Fault{Code: FaultWorker, Text: why})
	if dead {
		p.tell(Event{Kind: EventDead})
	}
}

// greet says hello to a new worker, and tells the pages to ask again once it
// has answered. mu is held.
func (p *Page) greet() {
	if p.hello == nil {
		return
	}
	id, w := p.waiting.add(OpHello.Name, nil, time.Now())
	p.post(id, OpHello.Name, p.hello)
	go func() {
		if r := <-w.done; r.err == nil {
			p.tell(Event{Kind: EventChanged})
		}
	}()
}

// Restart starts a worker again after it was given up.
func (p *Page) Restart() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.deaths = 0
	if p.dead {
		p.dead = false
		p.start()
	}
}

// Do carries one request to the worker.
func (p *Page) Do(ctx context.Context, op string, in []byte, progress func(Progress)) ([]byte, error) {
	p.mu.Lock()
	if p.dead {
		p.mu.Unlock()
		return nil, &Fault{Code: FaultWorker, Text: "the worker does not start"}
	}
	if op == OpHello.Name {
		p.hello = in
	}
	id, w := p.waiting.add(op, progress, time.Now())
	p.post(id, op, in)
	p.mu.Unlock()
	select {
	case r := <-w.done:
		return r.data, r.err
	case <-ctx.Done():
		p.mu.Lock()
		if !p.dead {
			p.worker.Call("postMessage", map[string]any{KeyVersion: EnvelopeVersion, KeyCancel: id})
		}
		p.mu.Unlock()
		r := <-w.done // the worker still says how it ended
		return r.data, r.err
	}
}

// post sends a request, its payload transferred. mu is held.
func (p *Page) post(id int, op string, in []byte) {
	u := toJS(in)
	p.worker.Call("postMessage", map[string]any{KeyVersion: EnvelopeVersion, KeyID: id, KeyOp: op, KeyPayload: u}, []any{u.Get("buffer")})
}

func toJS(b []byte) js.Value {
	u := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(u, b)
	return u
}

func toGo(u js.Value) []byte {
	b := make([]byte, u.Length())
	js.CopyBytesToGo(b, u)
	return b
}

func (p *Page) receive(d js.Value) {
	if why := d.Get(KeyFatal); why.Truthy() {
		p.died(why.String())
		return
	}
	if ev := d.Get(KeyEvent); ev.Truthy() {
		var e Event
		if mode.Unmarshal(toGo(ev), &e) == nil {
			p.tell(e)
		}
		return
	}
	id := d.Get(KeyID).Int()
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case d.Get(KeyOK).Truthy():
		p.deaths = 0
		p.waiting.answer(id, reply{data: toGo(d.Get(KeyOK))})
	case d.Get(KeyErr).Truthy():
		p.deaths = 0
		f := &Fault{}
		if err := mode.Unmarshal(toGo(d.Get(KeyErr)), f); err != nil {
			f = &Fault{Code: FaultUnexpected, Text: err.Error()}
		}
		p.waiting.answer(id, reply{err: f})
	case d.Get(KeyProgress).Truthy():
		var pr Progress
		if mode.Unmarshal(toGo(d.Get(KeyProgress)), &pr) == nil {
			p.waiting.moved(id, pr, time.Now())
		}
	}
}

// Listen registers f for what the worker tells unasked.
func (p *Page) Listen(f func(Event)) (stop func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next++
	id := p.next
	p.listen[id] = f
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.listen, id)
	}
}

func (p *Page) tell(e Event) {
	p.mu.Lock()
	fs := make([]func(Event), 0, len(p.listen))
	for _, f := range p.listen {
		fs = append(fs, f)
	}
	p.mu.Unlock()
	for _, f := range fs {
		f(e)
	}
}

var _ Caller = (*Page)(nil)
