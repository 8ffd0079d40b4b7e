package e2e

import (
	"bytes"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strconv"
	"sync"
	"testing"
)

// A front stands before a server, at the address that browsers know, and does
// what networks and bad days do: cuts answers, changes files, counts.
type front struct {
	addr string
	srv  *http.Server

	mu     sync.Mutex
	cut    map[string]bool                                     // paths whose answers break off half way
	change map[string]func([]byte) []byte                      // of files
	before func(n int, r *http.Request) (handled http.Handler) // nil: the server answers; n counts the calls of the path
	calls  map[string]int
}

// newFront listens on an address, before a server that listens on another.
func newFront(t *testing.T, addr string, s *server) *front {
	t.Helper()
	to, err := url.Parse(s.url(""))
	if err != nil {
		t.Fatal(err)
	}
	f := &front{addr: addr, cut: map[string]bool{}, change: map[string]func([]byte) []byte{}, calls: map[string]int{}}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(to)
			r.Out.Host = r.In.Host // or the server takes it for a call from another site
			if f.changes(r.In.URL.Path) != nil {
				r.Out.Header.Set("Accept-Encoding", "identity")
			}
			if f.cuts(r.In.URL.Path) {
				r.Out.Header.Del("If-None-Match") // nothing is cut from "you have it already"
			}
		},
		ModifyResponse: f.answer,
		FlushInterval:  -1,
		ErrorLog:       log.New(io.Discard, "", 0),
		ErrorHandler:   func(w http.ResponseWriter, _ *http.Request, _ error) { panic(http.ErrAbortHandler) }, // no server: no answer
	}
	f.srv = &http.Server{ErrorLog: log.New(io.Discard, "", 0), Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		f.calls[r.URL.Path]++
		n, before := f.calls[r.URL.Path], f.before
		f.mu.Unlock()
		if before != nil {
			if h := before(n, r); h != nil {
				h.ServeHTTP(w, r)
				return
			}
		}
		proxy.ServeHTTP(w, r)
	})}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	go f.srv.Serve(l)
	t.Cleanup(f.close)
	return f
}

func (f *front) url(path string) string { return "http://" + f.addr + path }

// close ends the front as a cut line would.
func (f *front) close() { f.srv.Close() }

func (f *front) changes(path string) func([]byte) []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.change[path]
}

func (f *front) cuts(path string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.cut[path]
}

// called is how often a path was asked for.
func (f *front) called(path string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[path]
}

var errCut = errors.New("cut")

func (f *front) answer(r *http.Response) error {
	path := r.Request.URL.Path
	if change := f.changes(path); change != nil && r.StatusCode == http.StatusOK {
		b, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil {
			return err
		}
		b = change(b)
		r.Body = io.NopCloser(bytes.NewReader(b))
		r.ContentLength = int64(len(b))
		r.Header.Set("Content-Length", strconv.Itoa(len(b)))
		r.Header.Del("Etag")
	}
	if f.cuts(path) && r.ContentLength > 0 {
		r.Body = struct {
			io.Reader
			io.Closer
		}{io.MultiReader(io.LimitReader(r.Body, r.ContentLength/2), failing{}), r.Body}
	}
	return nil
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errCut }

// prefix puts a script before another one.
func prefix(js string) func([]byte) []byte {
	return func(b []byte) []byte { return append([]byte(js+"\n"), b...) }
}
