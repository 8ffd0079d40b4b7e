//go:build js && wasm

package bridge

import (
	"context"
	"sync"
	"syscall/js"

	"sillon/engine/portfolio"
)

// A Server is the worker's end of the conversation.
type Server struct {
	Learn func(words []byte) // takes the messages that the page sends first

	mux     *Mux
	version string
	self    js.Value
	bytes   js.Value // Uint8Array

	mu      sync.Mutex
	running map[int]context.CancelFunc
}

// NewServer returns the worker's end for a version of the application.
func NewServer(m *Mux, version string) *Server {
	g := js.Global()
	return &Server{mux: m, version: version, self: g, bytes: g.Get("Uint8Array"), running: map[int]context.CancelFunc{}}
}

// Listen answers what waited in worker.js, then what comes. It returns at once.
func (s *Server) Listen(ctx context.Context) {
	on := js.FuncOf(func(_ js.Value, a []js.Value) any {
		s.receive(ctx, a[0].Get("data"))
		return nil
	})
	early := s.self.Get("__early")
	s.self.Set("onmessage", on)
	if early.Truthy() {
		for i, n := 0, early.Length(); i < n; i++ {
			s.receive(ctx, early.Index(i).Get("data"))
		}
		early.Set("length", 0)
	}
}

func (s *Server) receive(ctx context.Context, d js.Value) {
	if c := d.Get(KeyCancel); c.Type() == js.TypeNumber {
		s.mu.Lock()
		stop := s.running[c.Int()]
		s.mu.Unlock()
		if stop != nil {
			stop()
		}
		return
	}
	if w := d.Get(KeyWords); w.Truthy() {
		s.Learn(toGo(w))
		return
	}
	id, op := d.Get(KeyID).Int(), d.Get(KeyOp).String()
	if d.Get(KeyVersion).Int() != EnvelopeVersion {
		s.fail(id, &Fault{Code: FaultVersion, Text: "another envelope"})
		return
	}
	in := toGo(d.Get(KeyPayload))
	ctx, stop := context.WithCancel(ctx)
	s.mu.Lock()
	s.running[id] = stop
	s.mu.Unlock()
	go s.run(ctx, id, op, in)
}

func (s *Server) run(ctx context.Context, id int, op string, in []byte) {
	defer func() {
		s.mu.Lock()
		s.running[id]()
		delete(s.running, id)
		s.mu.Unlock()
	}()
	out, err := s.mux.Do(ctx, op, in, func(p Progress) { s.post(id, KeyProgress, p) })
	if err != nil {
		s.fail(id, AsFault(err))
		return
	}
	u := s.bytes.New(len(out))
	js.CopyBytesToJS(u, out)
	s.self.Call("postMessage", map[string]any{KeyID: id, KeyOK: u}, []any{u.Get("buffer")})
}

func (s *Server) fail(id int, f *Fault) { s.post(id, KeyErr, f) }

// Tell sends an event, unasked.
func (s *Server) Tell(e Event) { s.post(0, KeyEvent, e) }

func (s *Server) post(id int, key string, v any) {
	b, err := portfolio.Enc.Marshal(v)
	if err != nil {
		b = nil
	}
	u := s.bytes.New(len(b))
	js.CopyBytesToJS(u, b)
	m := map[string]any{key: u}
	if id != 0 {
		m[KeyID] = id
	}
	s.self.Call("postMessage", m, []any{u.Get("buffer")})
}

// Fatal says that the worker ends here.
func Fatal(err error) {
	js.Global().Call("postMessage", map[string]any{KeyFatal: err.Error()})
}
