package bridge

import (
	"context"
	"fmt"

	"sillon/engine/portfolio"
)

// A Caller carries one request to the worker and brings its result back. The
// page's own is made by [Start]; tests use [Twin].
type Caller interface {
	// Do sends the CBOR request of the named operation and waits for its CBOR
	// result. A cancelled ctx tells the worker to stop. progress may be nil; it
	// is called from the caller's event loop.
	Do(ctx context.Context, op string, in []byte, progress func(Progress)) ([]byte, error)
	// Listen registers f for events the worker tells unasked, until stop.
	Listen(f func(Event)) (stop func())
}

// Call runs one typed operation. An error that the user can act on is a
// [*Fault].
func Call[Q, A any](ctx context.Context, c Caller, op Op[Q, A], q Q) (A, error) {
	return CallProgress(ctx, c, op, q, nil)
}

// CallProgress is Call for long operations.
func CallProgress[Q, A any](ctx context.Context, c Caller, op Op[Q, A], q Q, progress func(Progress)) (A, error) {
	var a A
	err := call(ctx, c, op.Name, &q, &a, progress)
	return a, err
}

// call is what all operations share, compiled once.
func call(ctx context.Context, c Caller, op string, q, a any, progress func(Progress)) error {
	in, err := portfolio.Enc.Marshal(q)
	if err != nil {
		return fmt.Errorf("bridge: encode %s: %w", op, err)
	}
	out, err := c.Do(ctx, op, in, progress)
	if err != nil {
		return err
	}
	if err := mode.Unmarshal(out, a); err != nil {
		return fmt.Errorf("bridge: decode the result of %s: %w", op, err)
	}
	return nil
}
