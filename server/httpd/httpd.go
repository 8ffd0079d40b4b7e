// Package httpd is the server's face: the web files, the API of the tablets,
// sessions in cookies, and what protects them.
//
// There is one table of routes ([Routes]); everything outside /api/ is a file
// or, for any other path, the shell, which shows the page itself. Every
// answer, an error's too, carries the same security headers. Bodies of the
// API are CBOR both ways; whatever is not a success is a [wire.Problem].
//
// Logs name routes, never people, addresses or contents.
package httpd

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"sillon/engine/portfolio"
	"sillon/engine/wire"
	"sillon/server/auth"
	"sillon/server/hub"
	"sillon/web/site"
)

// Config is what the server runs with.
type Config struct {
	Hub      *hub.Hub
	Sessions auth.Sessions
	Ping     func(context.Context) error // the database answers
	Log      *slog.Logger
	Now      func() time.Time
	Secure   bool // browsers come over TLS, here or at the proxy in front
	Proxied  bool // a proxy in front names the client's address in X-Forwarded-For
	NewID    func() portfolio.ID

	Site    fs.FS // built by web/build
	Version string
	Assets  []site.Asset // nil: not built

	SetupToken string          // of a server without users; "": there are some
	Done       <-chan struct{} // closed when the server stops: ends what waits
}

// A Route is a line of the table of everything that the server answers.
type Route struct {
	Method  string
	Pattern string
	Session bool // needs one
	handle  func(*server, http.ResponseWriter, *http.Request, hub.Session)
}

// Routes is the table.
func Routes() []Route {
	return []Route{
		{"GET", "/healthz", false, (*server).health},
		{"POST", "/api/setup", false, (*server).setup},
		{"POST", "/api/signin", false, (*server).signIn},
		{"POST", "/api/signout", false, (*server).signOut},
		{"GET", "/api/me", true, (*server).me},
		{"POST", "/api/1/sync", true, (*server).sync},
		{"GET", "/api/1/poke", true, (*server).poke},
		{"", "/api/", false, (*server).noSuchCall},
		{"", "/", false, (*server).file},
	}
}

type server struct {
	Config
	throttle auth.Throttle
	bucket   auth.Bucket
	waiting  waiting
	token    setupToken
	files    map[string]site.Asset
}

// New returns the handler of everything.
func New(c Config) http.Handler {
	s := &server{Config: c, bucket: auth.Bucket{PerMinute: wire.PerMinute, Burst: wire.Burst}, files: map[string]site.Asset{}}
	s.token.value = c.SetupToken
	for _, a := range c.Assets {
		s.files[a.Path] = a
	}
	mux := http.NewServeMux()
	for _, r := range Routes() {
		mux.Handle(strings.TrimSpace(r.Method+" "+r.Pattern), s.route(r))
	}
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fail(w, http.StatusForbidden, wire.CodeForbidden, "cross-origin request", 0)
	}))
	return s.log(s.headers(s.host(s.recover(cross.Handler(mux)))))
}

// policy is the content security policy: nothing but our own files, no inline
// script or style, no frame around us.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; " +
	"connect-src 'self'; manifest-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func (s *server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "geolocation=(self), camera=(self), microphone=(self)")
		h.Set("Referrer-Policy", "no-referrer")
		if s.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if strings.HasPrefix(r.URL.Path, "/api/") || r.URL.Path == "/healthz" {
			h.Set("Cache-Control", "no-store")
		}
		next.ServeHTTP(w, r)
	})
}

// host refuses foreign names on plain http: a page elsewhere whose name was
// made to point at this machine (DNS rebinding) would share our origin.
func (s *server) host(next http.Handler) http.Handler {
	if s.Secure {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := r.Host
		if name, _, err := net.SplitHostPort(h); err == nil {
			h = name
		}
		h = strings.Trim(h, "[]")
		if h != "localhost" && !strings.HasSuffix(h, ".localhost") && net.ParseIP(h) == nil {
			http.Error(w, "this server answers to localhost only; behind a proxy start it with -behind-tls", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *server) recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil && p != http.ErrAbortHandler {
				s.Log.Error("handler panicked", "route", r.Pattern, "panic", p)
				fail(w, http.StatusInternalServerError, wire.CodeBusy, "internal error", 30)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// route checks what the table says before the handler runs.
func (s *server) route(rt Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if site := r.Header.Get("Sec-Fetch-Site"); strings.HasPrefix(rt.Pattern, "/api/") && site != "" && site != "same-origin" && site != "none" {
			fail(w, http.StatusForbidden, wire.CodeForbidden, "cross-origin request", 0) // reads too
			return
		}
		var who hub.Session
		if rt.Session {
			var ok bool
			if who, ok = s.session(w, r); !ok {
				return
			}
		}
		rt.handle(s, w, r, who)
	})
}

func (s *server) log(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.Now()
		sw := &statusWriter{ResponseWriter: w}
		next.ServeHTTP(sw, r)
		level := slog.LevelDebug
		switch {
		case sw.status >= 500:
			level = slog.LevelError
		case strings.HasPrefix(r.URL.Path, "/api/"):
			level = slog.LevelInfo
		}
		s.Log.Log(r.Context(), level, "request", "route", r.Pattern, "status", sw.status, "bytes", sw.bytes, "ms", s.Now().Sub(began).Milliseconds())
	})
}

type statusWriter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController flush and set deadlines.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (s *server) nowMS() int64 { return s.Now().UnixMilli() }

func (s *server) health(w http.ResponseWriter, r *http.Request, _ hub.Session) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if err := s.Ping(ctx); err != nil {
		s.Log.Error("health", "error", err)
		w.WriteHeader(http.StatusServiceUnavailable)
		w.Write([]byte("database does not answer\n"))
		return
	}
	w.Write([]byte("ok\n"))
}

func (s *server) noSuchCall(w http.ResponseWriter, r *http.Request, _ hub.Session) {
	fail(w, http.StatusNotFound, wire.CodeBadRequest, "no such call", 0)
}

// answer maps errors of the hub and of the body to problems.
func (s *server) answer(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case errors.Is(err, errLarge), errors.Is(err, hub.ErrTooLarge):
		fail(w, http.StatusRequestEntityTooLarge, wire.CodeTooLarge, err.Error(), 0)
	case errors.Is(err, errBody), errors.Is(err, hub.ErrBadRequest), errors.Is(err, hub.ErrCookie):
		fail(w, http.StatusBadRequest, wire.CodeBadRequest, err.Error(), 0)
	case errors.Is(err, hub.ErrSignedOut):
		fail(w, http.StatusUnauthorized, wire.CodeSignIn, "sign in", 0)
	case r.Context().Err() != nil:
		fail(w, http.StatusServiceUnavailable, wire.CodeBusy, "gone", 0) // nobody reads this
	default:
		s.Log.Error("request failed", "route", r.Pattern, "error", err)
		fail(w, http.StatusServiceUnavailable, wire.CodeBusy, "try again later", 30)
	}
}
