package replicate

import (
	"context"
	"errors"
	"sync"
	"time"

	"sillon/app/store"
	"sillon/engine/wire"
)

// patience is how long one exchange may take: an answer of 2,000 rows over
// 50 kbit/s needs half a minute.
const patience = 2 * time.Minute

// Options are what a loop needs from its shell.
type Options struct {
	Store     Store
	Transport Transport
	Build     string              // version of the application, told to the server
	Now       func() time.Time    // the tablet's clock
	Random    func() float64      // in [0, 1), for the back-off
	Changed   func(store.Changed) // rows, outbox or identity moved: tell pages and other tabs
	Status    func(Status)        // the chip changes
}

// A Loop synchronises one profile until its context ends. One loop runs per
// browser, under the Web Lock of the leading tab; two at once are harmless.
type Loop struct {
	o     Options
	woken chan struct{} // one place: several wakes are one

	mu   sync.Mutex
	m    *Machine
	told Status
}

// NewLoop returns a loop that has not started.
func NewLoop(o Options) *Loop {
	return &Loop{o: o, woken: make(chan struct{}, 1), m: NewMachine(o.Random, o.Now())}
}

// Run synchronises until ctx ends, or until the database is closed.
func (l *Loop) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		l.mu.Lock()
		step := l.m.Next(l.o.Now())
		l.mu.Unlock()
		l.tell()
		if step.Exchange {
			r := l.exchange(ctx, step)
			if ctx.Err() != nil {
				break
			}
			l.mu.Lock()
			l.m.Handle(r, l.o.Now())
			l.mu.Unlock()
			l.tell()
			if r.Changed.Any() && l.o.Changed != nil {
				l.o.Changed(r.Changed)
			}
			if errors.Is(r.Err, store.ErrClosed) {
				return r.Err
			}
			continue
		}
		timer := time.NewTimer(step.Wait)
		select {
		case <-ctx.Done():
		case <-l.woken:
		case <-timer.C:
		}
		timer.Stop()
	}
	return ctx.Err()
}

func (l *Loop) exchange(ctx context.Context, step Step) Result {
	p, err := Prepare(ctx, l.o.Store, step.Size, step.Ops, l.o.Build, l.o.Now())
	if err != nil {
		return Result{Err: err}
	}
	short, stop := store.Within(ctx, patience)
	ans, err := l.o.Transport.Exchange(short, p.Request)
	stop()
	if err == nil && ans == nil {
		err = &Failure{Problem: wire.Problem{Text: "an answer without content"}}
	}
	return Settle(ctx, l.o.Store, p, ans, err, l.o.Now())
}

// Wake asks for an exchange soon: at once, unless the server asked for a pause.
func (l *Loop) Wake(r Reason) {
	l.mu.Lock()
	l.m.Wake(r, l.o.Now())
	l.mu.Unlock()
	select {
	case l.woken <- struct{}{}:
	default:
	}
}

// Offline tells that the browser lost the network, so that the chip says it
// before an exchange fails.
func (l *Loop) Offline() {
	l.mu.Lock()
	l.m.Lost(l.o.Now())
	l.mu.Unlock()
	l.tell()
}

// Status returns the present state.
func (l *Loop) Status() Status {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.m.Status()
}

// tell reports the state when it is not the one reported last.
func (l *Loop) tell() {
	l.mu.Lock()
	s := l.m.Status()
	same := s.Phase == l.told.Phase && s.Since.Equal(l.told.Since) && s.Next.Equal(l.told.Next) && s.Fails == l.told.Fails
	l.told = s
	l.mu.Unlock()
	if !same && l.o.Status != nil {
		l.o.Status(s)
	}
}
