package bridge

import (
	"context"
	"fmt"

	"sillon/engine/portfolio"
)

// A Mux is the worker's table of operations.
type Mux struct {
	h map[string]handler
}

// A handler knows its types through two small closures only: what all
// operations share is compiled once, not once per operation.
type handler struct {
	empty func() any
	run   func(ctx context.Context, q any, progress func(Progress)) (any, error)
}

// NewMux returns an empty table.
func NewMux() *Mux { return &Mux{h: map[string]handler{}} }

// Handle registers what answers an operation.
func Handle[Q, A any](m *Mux, op Op[Q, A], f func(ctx context.Context, q Q, progress func(Progress)) (A, error)) {
	m.h[op.Name] = handler{
		empty: func() any { return new(Q) },
		run: func(ctx context.Context, q any, progress func(Progress)) (any, error) {
			a, err := f(ctx, *q.(*Q), progress)
			return &a, err
		},
	}
}

// Do runs one operation.
func (m *Mux) Do(ctx context.Context, op string, in []byte, progress func(Progress)) ([]byte, error) {
	h, ok := m.h[op]
	if !ok {
		return nil, &Fault{Code: FaultVersion, Text: "unknown operation " + op}
	}
	if progress == nil {
		progress = func(Progress) {}
	}
	q := h.empty()
	if err := mode.Unmarshal(in, q); err != nil {
		return nil, fmt.Errorf("bridge: decode the request of %s: %w", op, err)
	}
	a, err := h.run(ctx, q, progress)
	if err != nil {
		return nil, err
	}
	return portfolio.Enc.Marshal(a)
}

// Answers reports whether an operation has a handler.
func (m *Mux) Answers(op string) bool { _, ok := m.h[op]; return ok }
