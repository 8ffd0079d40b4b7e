package replicate

import (
	"context"
	"time"

	"sillon/app/store"
)

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
type Loop struct{}

// NewLoop returns a loop that has not started.
func NewLoop(o Options) *Loop { return &Loop{} }

// Run synchronises until ctx ends.
func (l *Loop) Run(ctx context.Context) error { return ctx.Err() }

// Wake asks for an exchange soon: at once, unless the server asked for a pause.
func (l *Loop) Wake(r Reason) {}

// Offline tells that the browser lost the network, so that the chip says it
// before an exchange fails.
func (l *Loop) Offline() {}

// Status returns the present state.
func (l *Loop) Status() Status { return Status{} }
