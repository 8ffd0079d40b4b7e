package store

import (
	"context"
	"time"
)

// Within returns a context that is cancelled after d at the latest. It stands
// for context.WithTimeout, whose type holds a date and so brings all the ways
// to print one into the worker: 60 kB. Call stop when what it was for is done.
func Within(ctx context.Context, d time.Duration) (short context.Context, stop func()) {
	short, cancel := context.WithCancel(ctx)
	timer := time.AfterFunc(d, cancel)
	return short, func() { timer.Stop(); cancel() }
}
