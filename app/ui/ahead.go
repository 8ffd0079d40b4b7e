package ui

import (
	"context"
	"sync"
	"time"

	"sillon/app/bridge"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// An ahead is what was asked before anything was mounted: who the device
// belongs to, and the screen it opens on. The page of index.html stays on the
// screen meanwhile, which looks the same as an empty frame; so the first screen
// is mounted once, with what it has to say, instead of three times.
type ahead struct {
	welcomed bool
	err      error // of the greeting
	today    *query.Today

	mu     sync.Mutex
	missed []bridge.Event
	stop   func() // stops listening
}

// What the first screen is waited for at most, once the greeting is there: a
// frame that says it is reading is better than none.
const (
	aheadHello = 3 * time.Second
	aheadView  = 700 * time.Millisecond
)

// Ahead greets the worker, and asks for the screen of the present address when
// that is Today. It waits for the answers, but not for ever: whatever has not
// come is asked as usual. Call it once, before anything is mounted.
func (e *Env) Ahead() {
	a := &ahead{}
	e.ahead = a
	a.stop = e.Caller.Listen(func(ev bridge.Event) {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.missed = append(a.missed, ev)
	})
	type answer[A any] struct {
		a   A
		err error
	}
	hello := make(chan answer[bridge.Welcome], 1)
	go func() {
		w, err := bridge.Call(context.Background(), e.Caller, bridge.OpHello, bridge.Hello{Version: e.Version, Lang: string(e.Lang)})
		hello <- answer[bridge.Welcome]{w, err}
	}()
	today := make(chan answer[query.Today], 1)
	if e.path == todayPath {
		go func() {
			id, _ := portfolio.ParseID(e.Param("client"))
			t, err := bridge.Call(context.Background(), e.Caller, bridge.OpToday, query.TodayAsk{Lang: string(e.Lang), Client: id})
			today <- answer[query.Today]{t, err}
		}()
	}
	select {
	case h := <-hello:
		a.welcomed, a.err = true, h.err
		e.welcome(h.a, h.err)
	case <-time.After(aheadHello):
		return // Root greets again: a second greeting does no harm
	}
	if e.stage != ready || e.path != todayPath {
		return
	}
	select {
	case t := <-today:
		if t.err == nil {
			a.today = &t.a
			e.saw(a.today)
		}
	case <-time.After(aheadView):
	}
}

// take gives what Today said ahead to the page that is mounted first.
func (e *Env) takeToday() *query.Today {
	if e.ahead == nil {
		return nil
	}
	t := e.ahead.today
	e.ahead.today = nil
	return t
}

// heardAhead ends the listening of Ahead and gives what was told meanwhile.
func (e *Env) heardAhead() []bridge.Event {
	a := e.ahead
	if a == nil {
		return nil
	}
	a.stop()
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.missed
}
