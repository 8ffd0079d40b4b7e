package bridge

import (
	"context"
	"sync"
)

// A Twin joins page and worker in one process: the same encoding, no browser.
// Tests of pages and of the worker run on it.
type Twin struct {
	mux *Mux

	mu     sync.Mutex
	next   int
	listen map[int]func(Event)
}

// NewTwin returns a caller that the operations of m answer.
func NewTwin(m *Mux) *Twin { return &Twin{mux: m, listen: map[int]func(Event){}} }

// Do runs one operation; a failure arrives as the page would see it, a Fault.
func (t *Twin) Do(ctx context.Context, op string, in []byte, progress func(Progress)) ([]byte, error) {
	out, err := t.mux.Do(ctx, op, in, progress)
	if err != nil {
		return nil, AsFault(err)
	}
	return out, nil
}

// Listen registers f for what Tell says.
func (t *Twin) Listen(f func(Event)) (stop func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.next++
	id := t.next
	t.listen[id] = f
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.listen, id)
	}
}

// Tell is the worker telling something unasked.
func (t *Twin) Tell(e Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, f := range t.listen {
		f(e)
	}
}
