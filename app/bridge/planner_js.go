//go:build js && wasm

package bridge

import (
	"context"
	"sync"
	"syscall/js"
	"time"
)

// A Planner is the page's end of the planner's worker, which runs from
// [StartPlanner] to Close.
type Planner struct {
	mu      sync.Mutex
	worker  js.Value
	on      js.Func
	failed  js.Func
	waiting *waiting
	over    bool
}

// StartPlanner starts the planner.
func StartPlanner() Helper {
	p := &Planner{waiting: newWaiting(), worker: js.Global().Get("Worker").New("/planner.js")}
	p.on = js.FuncOf(func(_ js.Value, a []js.Value) any {
		p.receive(a[0].Get("data"))
		return nil
	})
	p.failed = js.FuncOf(func(js.Value, []js.Value) any {
		p.end(&Fault{Code: FaultWorker, Text: "the planner stopped"})
		return nil
	})
	p.worker.Set("onmessage", p.on)
	p.worker.Set("onerror", p.failed)
	return p
}

// Do carries one request to the planner. A cancelled ctx ends the wait at once:
// the planner finishes the slice it is at.
func (p *Planner) Do(ctx context.Context, op string, in []byte, _ func(Progress)) ([]byte, error) {
	p.mu.Lock()
	if p.over {
		p.mu.Unlock()
		return nil, &Fault{Code: FaultWorker, Text: "the planner was closed"}
	}
	id, w := p.waiting.add(op, nil, time.Now())
	u := toJS(in)
	p.worker.Call("postMessage", map[string]any{KeyVersion: EnvelopeVersion, KeyID: id, KeyOp: op, KeyPayload: u}, []any{u.Get("buffer")})
	p.mu.Unlock()
	select {
	case r := <-w.done:
		return r.data, r.err
	case <-ctx.Done():
		return nil, &Fault{Code: FaultCancelled, Text: ctx.Err().Error()}
	}
}

func (p *Planner) receive(d js.Value) {
	if why := d.Get(KeyFatal); why.Truthy() {
		p.end(&Fault{Code: FaultWorker, Text: why.String()})
		return
	}
	id := d.Get(KeyID)
	if id.Type() != js.TypeNumber {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if ok := d.Get(KeyOK); ok.Truthy() {
		p.waiting.answer(id.Int(), reply{data: toGo(ok)})
		return
	}
	if bad := d.Get(KeyErr); bad.Truthy() {
		f := &Fault{}
		if err := mode.Unmarshal(toGo(bad), f); err != nil {
			f = &Fault{Code: FaultUnexpected, Text: err.Error()}
		}
		p.waiting.answer(id.Int(), reply{err: f})
	}
}

// Listen is of no use: the planner says nothing unasked.
func (p *Planner) Listen(func(Event)) (stop func()) { return func() {} }

// Close ends the planner, whatever it is at.
func (p *Planner) Close() { p.end(&Fault{Code: FaultCancelled, Text: "the planner was closed"}) }

func (p *Planner) end(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.over {
		return
	}
	p.over = true
	p.worker.Set("onmessage", js.Null())
	p.worker.Set("onerror", js.Null())
	p.worker.Call("terminate")
	p.waiting.failAll(err)
}
