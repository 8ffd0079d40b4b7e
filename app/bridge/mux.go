package bridge

import (
	"context"
	"fmt"
	"reflect"

	"sillon/engine/portfolio"
)

// A Mux is the worker's table of operations. It calls what answers them by
// reflection: compiled once for each, the same few lines were 90 kB.
type Mux struct {
	h map[string]reflect.Value
}

// NewMux returns an empty table.
func NewMux() *Mux { return &Mux{h: map[string]reflect.Value{}} }

// Handle registers what answers an operation.
func Handle[Q, A any](m *Mux, op Op[Q, A], f func(ctx context.Context, q Q, progress func(Progress)) (A, error)) {
	m.handle(op.Name, f)
}

func (m *Mux) handle(name string, f any) { m.h[name] = reflect.ValueOf(f) }

// Do runs one operation.
func (m *Mux) Do(ctx context.Context, op string, in []byte, progress func(Progress)) ([]byte, error) {
	f, ok := m.h[op]
	if !ok {
		return nil, &Fault{Code: FaultVersion, Text: "unknown operation " + op}
	}
	if progress == nil {
		progress = func(Progress) {}
	}
	q := reflect.New(f.Type().In(1))
	if err := mode.Unmarshal(in, q.Interface()); err != nil {
		return nil, fmt.Errorf("bridge: decode the request of %s: %w", op, err)
	}
	out := f.Call([]reflect.Value{reflect.ValueOf(ctx), q.Elem(), reflect.ValueOf(progress)})
	if err, failed := out[1].Interface().(error); failed {
		return nil, err
	}
	return portfolio.Enc.Marshal(out[0].Interface())
}

// Answers reports whether an operation has a handler.
func (m *Mux) Answers(op string) bool { _, ok := m.h[op]; return ok }
