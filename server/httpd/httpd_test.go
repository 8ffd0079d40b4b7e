package httpd_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"sillon/engine/cbor"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
	"sillon/server/auth"
	"sillon/server/httpd"
	"sillon/server/hub"
	"sillon/server/store/memory"
	"sillon/web/site"
)

const password = "un sillon droit"

var (
	ctx    = context.Background()
	device = portfolio.ID{9}
	hash   = sync.OnceValue(func() string { return auth.HashPassword(password) })
)

// A bench is a server with a clock, and one rep.
type bench struct {
	t    *testing.T
	db   *memory.DB
	hub  *hub.Hub
	c    httpd.Config
	h    http.Handler
	now  time.Time
	rep  hub.Place
	logs bytes.Buffer
}

func start(t *testing.T, how ...func(*httpd.Config)) *bench {
	t.Helper()
	b := &bench{t: t, db: memory.New(), now: time.UnixMilli(1_700_000_000_000)}
	b.hub = hub.New(b.db, hub.Env{Key: make([]byte, 32)})
	ids := byte(100)
	b.c = httpd.Config{
		Hub: b.hub, Sessions: auth.Sessions{Store: b.db}, Ping: func(context.Context) error { return nil },
		Log: slog.New(slog.NewTextHandler(&b.logs, &slog.HandlerOptions{Level: slog.LevelDebug})), Now: func() time.Time { return b.now },
		NewID: func() portfolio.ID { ids++; return portfolio.ID{ids} },
		Site: fstest.MapFS{
			"index.html": {Data: []byte("<shell>")}, "index.html.br": {Data: []byte("shell in brotli")}, "index.html.gz": {Data: []byte("shell in gzip")},
			"css/ui.css": {Data: []byte("a{}")}, "icon.png": {Data: []byte("png")},
		},
		Version: "v1", Assets: []site.Asset{{Path: "/", Type: "text/html; charset=utf-8", Hash: "h1"}, {Path: "/css/ui.css", Type: "text/css; charset=utf-8", Hash: "h2"}, {Path: "/icon.png", Type: "image/png", Hash: "h3"}},
	}
	for _, f := range how {
		f(&b.c)
	}
	if b.c.SetupToken == "" {
		boss, err := b.hub.Found(ctx, hub.Founding{Org: portfolio.Org{Name: "Kerouan"}, OrgID: portfolio.ID{1}, TeamID: portfolio.ID{2}, AdminID: portfolio.ID{3}, Name: "Mona", Login: "mona", Hash: hash()}, b.now.UnixMilli())
		if err != nil {
			t.Fatal(err)
		}
		if b.rep, err = b.hub.AddUser(ctx, boss.Tenant, hub.NewUser{ID: portfolio.ID{4}, Name: "Ana", Login: "ana", Role: portfolio.RoleRep, Hash: hash()}, b.now.UnixMilli()); err != nil {
			t.Fatal(err)
		}
	}
	b.h = httpd.New(b.c)
	return b
}

// A call is a request in the making.
type call struct {
	method, path string
	message      any
	body         []byte
	header       http.Header
	from         string
}

func (b *bench) do(c call) *httptest.ResponseRecorder {
	b.t.Helper()
	if c.message != nil {
		var err error
		if c.body, err = wire.Encode(c.message); err != nil {
			b.t.Fatal(err)
		}
	}
	r := httptest.NewRequest(c.method, c.path, bytes.NewReader(c.body))
	r.Host = "127.0.0.1:8080"
	if c.body != nil {
		r.Header.Set("Content-Type", wire.ContentType)
	}
	maps.Copy(r.Header, c.header)
	if c.from != "" {
		r.RemoteAddr = c.from
	}
	w := httptest.NewRecorder()
	b.h.ServeHTTP(w, r)
	return w
}

func read[T any](t *testing.T, w *httptest.ResponseRecorder) T {
	t.Helper()
	var v T
	if err := wire.Decode(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("status %d: %v", w.Code, err)
	}
	return v
}

// signIn returns the header that carries the session.
func (b *bench) signIn(login string) http.Header {
	b.t.Helper()
	w := b.do(call{method: "POST", path: "/api/signin", message: wire.SignIn{Login: login, Password: password, Device: device}})
	if w.Code != 200 {
		b.t.Fatalf("sign-in of %s: %d", login, w.Code)
	}
	return cookieOf(w)
}

func cookieOf(w *httptest.ResponseRecorder) http.Header {
	h := http.Header{}
	for _, c := range w.Result().Cookies() {
		h.Set("Cookie", c.Name+"="+c.Value)
	}
	return h
}

func push(t *testing.T, scope uint32) *wire.Request {
	t.Helper()
	id := portfolio.ID{77}
	f, err := portfolio.ToFields(portfolio.Account{Name: "Le Goff"})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := wire.Encode(journal.Op{N: 1, ID: portfolio.ID{78}, Kind: journal.Create, Entity: portfolio.KindAccount, Rec: id, Root: id, Scope: scope, HLC: 1, Fields: f})
	if err != nil {
		t.Fatal(err)
	}
	return &wire.Request{Proto: wire.Proto, Schema: journal.Schema, Device: device, Ops: []cbor.RawMessage{raw}}
}

func TestEveryRouteCarriesTheSecurityHeaders(t *testing.T) {
	for _, secure := range []bool{false, true} {
		b := start(t, func(c *httpd.Config) { c.Secure = secure })
		session := b.signIn("ana")
		gone, cancel := context.WithCancel(ctx)
		cancel() // a poke would wait for ever
		for _, rt := range httpd.Routes() {
			for _, method := range []string{"GET", "HEAD", "POST", "PUT", "OPTIONS"} {
				for _, path := range []string{rt.Pattern, rt.Pattern + "x", rt.Pattern + "%00"} {
					for _, h := range []http.Header{nil, session, {"Sec-Fetch-Site": {"cross-site"}}} {
						r := httptest.NewRequestWithContext(gone, method, path, nil)
						r.Host = "localhost"
						maps.Copy(r.Header, h)
						w := httptest.NewRecorder()
						b.h.ServeHTTP(w, r)
						for name, want := range map[string]string{
							"Content-Security-Policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
							"X-Content-Type-Options":  "nosniff", "Cross-Origin-Opener-Policy": "same-origin", "Referrer-Policy": "no-referrer",
							"Permissions-Policy":        "geolocation=(self), camera=(self), microphone=(self)",
							"Strict-Transport-Security": map[bool]string{true: "max-age=31536000"}[secure],
						} {
							if got := w.Header().Get(name); got != want {
								t.Errorf("%s %s: %d with %s %q, want %q", method, path, w.Code, name, got, want)
							}
						}
						if strings.HasPrefix(path, "/api/") && w.Header().Get("Cache-Control") != "no-store" {
							t.Errorf("%s %s may be cached", method, path)
						}
					}
				}
			}
		}
	}
}

func TestTheCookie(t *testing.T) {
	for _, secure := range []bool{false, true} {
		b := start(t, func(c *httpd.Config) { c.Secure = secure })
		w := b.do(call{method: "POST", path: "/api/signin", message: wire.SignIn{Login: "ana", Password: password, Device: device}})
		c := w.Result().Cookies()[0]
		name := map[bool]string{false: "sillon", true: "__Host-sillon"}[secure]
		if c.Name != name || c.Secure != secure || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 30*24*3600 || len(c.Value) != 43 {
			t.Errorf("secure %v: %+v", secure, c)
		}
		if me := read[wire.Me](t, w); me.Name != "Ana" || me.Role != portfolio.RoleRep || me.Tenant != "Kerouan" || len(me.Grants) != 4 {
			t.Errorf("me: %+v", me)
		}
	}
}

func TestSessions(t *testing.T) {
	b := start(t)
	me := func(h http.Header) int { return b.do(call{method: "GET", path: "/api/me", header: h}).Code }
	if me(nil) != 401 || me(http.Header{"Cookie": {"sillon=" + strings.Repeat("A", 43)}}) != 401 {
		t.Error("somebody unknown was let in")
	}
	ana := b.signIn("ana")
	if me(ana) != 200 {
		t.Fatal("Ana was not let in")
	}
	// An attacker plants a session of his own before Ana signs in: hers is another.
	w := b.do(call{method: "POST", path: "/api/signin", message: wire.SignIn{Login: "ana", Password: password, Device: device}, header: ana})
	again := cookieOf(w)
	if again.Get("Cookie") == ana.Get("Cookie") || me(ana) != 401 || me(again) != 200 {
		t.Error("a sign-in continued the session that was there before")
	}
	b.now = b.now.Add(25 * time.Hour)
	w = b.do(call{method: "GET", path: "/api/me", header: again})
	next := cookieOf(w)
	if len(w.Result().Cookies()) != 1 || me(next) != 200 {
		t.Error("the reference was not rotated after a day")
	}
	b.now = b.now.Add(2 * time.Minute)
	if me(again) != 401 || me(next) != 401 {
		t.Error("a copy of a replaced reference did not end the family")
	}
	if !strings.Contains(b.logs.String(), "session-reuse") {
		t.Error("no alarm in the log")
	}
	ana = b.signIn("ana")
	w = b.do(call{method: "POST", path: "/api/signout", header: ana})
	if w.Code != 204 || w.Result().Cookies()[0].MaxAge >= 0 || me(ana) != 401 {
		t.Error("signing out left the session")
	}
}

func TestCrossSiteRequestsAreRefused(t *testing.T) {
	b := start(t)
	ana := b.signIn("ana")
	with := func(h ...string) http.Header {
		c := ana.Clone()
		for i := 0; i < len(h); i += 2 {
			c.Set(h[i], h[i+1])
		}
		return c
	}
	for _, tt := range []struct {
		name string
		call call
		ok   bool
	}{
		{"our own page pushes", call{method: "POST", path: "/api/1/sync", message: &wire.Request{Device: device, Proto: 1, Schema: 1}, header: with("Sec-Fetch-Site", "same-origin", "Origin", "http://127.0.0.1:8080")}, true},
		{"a fetch from another site", call{method: "POST", path: "/api/1/sync", message: &wire.Request{Device: device}, header: with("Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example")}, false},
		{"a fetch from a sibling site", call{method: "POST", path: "/api/1/sync", message: &wire.Request{Device: device}, header: with("Sec-Fetch-Site", "same-site")}, false},
		{"an old browser, foreign origin", call{method: "POST", path: "/api/1/sync", message: &wire.Request{Device: device}, header: with("Origin", "https://evil.example")}, false},
		{"a null origin", call{method: "POST", path: "/api/1/sync", message: &wire.Request{Device: device}, header: with("Origin", "null")}, false},
		{"another port of this machine", call{method: "POST", path: "/api/1/sync", message: &wire.Request{Device: device}, header: with("Origin", "http://127.0.0.1:9999")}, false},
		{"a form", call{method: "POST", path: "/api/signout", body: []byte("a=b"), header: with("Sec-Fetch-Site", "cross-site", "Content-Type", "application/x-www-form-urlencoded")}, false},
		{"a plain-text body", call{method: "POST", path: "/api/1/sync", body: []byte("x"), header: with("Content-Type", "text/plain")}, false},
		{"a form without fetch metadata", call{method: "POST", path: "/api/signin", body: []byte("a=b"), header: with("Content-Type", "multipart/form-data; boundary=x")}, false},
		{"a foreign sign-in", call{method: "POST", path: "/api/signin", message: wire.SignIn{Login: "ana", Password: password, Device: device}, header: with("Sec-Fetch-Site", "cross-site")}, false},
		{"a foreign read", call{method: "GET", path: "/api/me", header: with("Sec-Fetch-Site", "cross-site")}, false},
		{"a foreign listener", call{method: "GET", path: "/api/1/poke", header: with("Sec-Fetch-Site", "cross-site")}, false},
		{"a link to a page", call{method: "GET", path: "/clients/12", header: with("Sec-Fetch-Site", "cross-site")}, true},
		{"a program without a browser", call{method: "GET", path: "/api/me", header: with()}, true},
	} {
		if w := b.do(tt.call); (w.Code == 200) != tt.ok {
			t.Errorf("%s: %d, want success %v", tt.name, w.Code, tt.ok)
		}
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.Host = "rebound.evil.example"
	w := httptest.NewRecorder()
	if b.h.ServeHTTP(w, r); w.Code != 403 {
		t.Errorf("a foreign name for this machine: %d, want 403", w.Code)
	}
}

func TestSignInIsThrottled(t *testing.T) {
	b := start(t, func(c *httpd.Config) { c.Secure, c.Proxied = true, true })
	try := func(login, pass, from string) *httptest.ResponseRecorder {
		return b.do(call{method: "POST", path: "/api/signin", message: wire.SignIn{Login: login, Password: pass, Device: device}, header: http.Header{"X-Forwarded-For": {"6.6.6.6, " + from}}, from: "127.0.0.1:1"})
	}
	if w := try("ana", "wrong password", "192.0.2.1"); w.Code != 401 || read[wire.Problem](t, w).Code != wire.CodeSignIn {
		t.Fatalf("a wrong password: %d", w.Code)
	}
	for range 9 {
		try("ana", "wrong password", "192.0.2.1")
	}
	w := try("ana", password, "192.0.2.1")
	if p := read[wire.Problem](t, w); w.Code != 429 || w.Header().Get("Retry-After") != "900" || p.Code != wire.CodeBusy || p.Retry != 900 {
		t.Errorf("the eleventh try: %d, %+v", w.Code, p)
	}
	if w := try("ana", password, "198.51.100.7"); w.Code != 200 {
		t.Errorf("Ana from elsewhere: %d, want 200: nobody locks out a third party", w.Code)
	}
	if w := try("mona", password, "192.0.2.1"); w.Code != 200 {
		t.Errorf("a colleague of the same office: %d, want 200", w.Code)
	}
	b.now = b.now.Add(16 * time.Minute)
	if w := try("ana", password, "192.0.2.1"); w.Code != 200 {
		t.Errorf("a quarter of an hour later: %d, want 200", w.Code)
	}
	signIns := 0
	for _, e := range b.db.Events() {
		if e.What == "sign-in" {
			signIns++
		}
	}
	if signIns != 3 {
		t.Errorf("%d sign-ins in the audit journal, want 3", signIns)
	}
	if w := b.do(call{method: "POST", path: "/api/signin", message: wire.SignIn{Login: "ana", Password: password}}); w.Code != 400 {
		t.Errorf("without a device: %d, want 400", w.Code)
	}
}

func TestASyncOverHTTP(t *testing.T) {
	b := start(t)
	ana := b.signIn("ana")
	ana.Set("Accept-Encoding", "gzip")
	w := b.do(call{method: "POST", path: "/api/1/sync", message: push(t, b.rep.Portfolio), header: ana})
	if w.Code != 200 || w.Header().Get("Content-Type") != wire.ContentType {
		t.Fatalf("status %d, %v", w.Code, w.Header())
	}
	if w.Header().Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		w.Body = bytes.NewBuffer(plain)
	}
	if a := read[wire.Answer](t, w); a.LastN != 1 || len(a.Pages) != 4 {
		t.Errorf("answer %+v", a)
	}
	old := push(t, b.rep.Portfolio)
	old.Proto = 99
	w = b.do(call{method: "POST", path: "/api/1/sync", message: old, header: ana})
	if p := read[wire.Problem](t, w); w.Code != 426 || p.Code != wire.CodeUpgrade || p.Answer == nil || p.Answer.LastN != 1 {
		t.Errorf("an old version: %d, %+v; want 426 and its push acknowledged", w.Code, p)
	}
	forged := push(t, b.rep.Portfolio)
	forged.Cookie = make([]byte, 60)
	if w := b.do(call{method: "POST", path: "/api/1/sync", message: forged, header: ana}); w.Code != 400 || read[wire.Problem](t, w).Code != wire.CodeBadRequest {
		t.Errorf("a forged cookie: %d, want 400", w.Code)
	}
}

func packed(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, 9)
	z.Write(b)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestBodiesHaveLimits(t *testing.T) {
	b := start(t)
	ana := b.signIn("ana")
	gz := ana.Clone()
	gz.Set("Content-Encoding", "gzip")
	br := ana.Clone()
	br.Set("Content-Encoding", "br")
	good, err := wire.Encode(push(t, b.rep.Portfolio))
	if err != nil {
		t.Fatal(err)
	}
	many := push(t, b.rep.Portfolio)
	for len(many.Ops) <= wire.MaxOps {
		many.Ops = append(many.Ops, many.Ops[0])
	}
	deep := append(bytes.Repeat([]byte{0x81}, 5000), 0xf6)
	for _, tt := range []struct {
		name   string
		call   call
		status int
	}{
		{"an honest body, compressed", call{body: packed(t, good), header: gz}, 200},
		{"a body of over a megabyte", call{body: make([]byte, wire.MaxBody+1), header: ana}, 413},
		{"a bomb: zeros a thousand times", call{body: packed(t, make([]byte, 4<<20)), header: gz}, 413},
		{"a bomb within a bomb's header", call{body: packed(t, make([]byte, 20<<20)), header: gz}, 413},
		{"501 operations", call{message: many, header: ana}, 413},
		{"another encoding", call{body: good, header: br}, 400},
		{"not compressed though it says so", call{body: good, header: gz}, 400},
		{"compressed and cut short", call{body: packed(t, good)[:20], header: gz}, 400},
		{"nothing", call{body: []byte{}, header: ana}, 400},
		{"five thousand levels deep", call{body: deep, header: ana}, 400},
		{"a key twice", call{body: []byte{0xa2, 1, 1, 1, 2}, header: ana}, 400},
		{"an array that claims a billion elements", call{body: []byte{0xa1, 8, 0x9a, 0x3b, 0x9a, 0xca, 0}, header: ana}, 400},
		{"text that is not UTF-8", call{body: []byte{0xa1, 3, 0x62, 0xff, 0xfe}, header: ana}, 400},
		{"JSON", call{body: []byte(`{"proto":1}`), header: ana}, 400},
	} {
		tt.call.method, tt.call.path = "POST", "/api/1/sync"
		b.now = b.now.Add(2 * time.Second)
		w := b.do(tt.call)
		if w.Code != tt.status {
			t.Errorf("%s: %d, want %d", tt.name, w.Code, tt.status)
		}
		if tt.status != 200 && read[wire.Problem](t, w).Code == "" {
			t.Errorf("%s: no problem in the answer", tt.name)
		}
	}
}

// slow ends the session while its body is still on the way.
type slow struct {
	io.Reader
	meanwhile func()
}

func (s *slow) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err == io.EOF {
		s.meanwhile()
	}
	return n, err
}

func TestASessionThatEndsDuringAPushAppliesNothing(t *testing.T) {
	for name, end := range map[string]func(*bench) error{
		"signed out elsewhere": func(b *bench) error { return b.db.EndUser(ctx, b.rep.Tenant, b.rep.User) },
		"disabled": func(b *bench) error {
			return b.hub.SetUser(ctx, b.rep.Tenant, b.rep.User, func(u *hub.User) { u.Off = true }, b.now.UnixMilli())
		},
		"expired": func(b *bench) error { b.now = b.now.Add(15 * 24 * time.Hour); return nil },
	} {
		b := start(t)
		ana := b.signIn("ana")
		body, err := wire.Encode(push(t, b.rep.Portfolio))
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("POST", "/api/1/sync", &slow{bytes.NewReader(body), func() {
			if err := end(b); err != nil {
				t.Error(err)
			}
		}})
		r.Host = "localhost"
		r.Header = ana
		r.Header.Set("Content-Type", wire.ContentType)
		w := httptest.NewRecorder()
		b.h.ServeHTTP(w, r)
		if w.Code != 401 {
			t.Errorf("%s: %d, want 401", name, w.Code)
		}
		if n := len(b.db.Ops(b.rep.Tenant)); n != 0 {
			t.Errorf("%s: %d operations were applied", name, n)
		}
	}
}

// A user who is disabled, then enabled again: what was done in between is
// refused with words of its own, stays on the tablet, and arrives once.
func TestADisabledUserLosesNothing(t *testing.T) {
	b := start(t)
	ana, other := b.signIn("ana"), b.signIn("ana") // two tablets
	set := func(off bool) {
		t.Helper()
		if err := b.hub.SetUser(ctx, b.rep.Tenant, b.rep.User, func(u *hub.User) { u.Off = off }, b.now.UnixMilli()); err != nil {
			t.Fatal(err)
		}
	}
	sync := func(h http.Header) *httptest.ResponseRecorder {
		return b.do(call{method: "POST", path: "/api/1/sync", message: push(t, b.rep.Portfolio), header: h})
	}
	enter := func(secret string) *httptest.ResponseRecorder {
		return b.do(call{method: "POST", path: "/api/signin", message: wire.SignIn{Login: "ana", Password: secret, Device: device}})
	}
	set(true)
	for name, h := range map[string]http.Header{"one tablet": ana, "the other": other} {
		if w := sync(h); w.Code != 401 || read[wire.Problem](t, w).Code != wire.CodeSignIn {
			t.Errorf("%s of a disabled user: %d, want 401, to sign in", name, w.Code)
		}
	}
	if w := enter(password); w.Code != 403 || read[wire.Problem](t, w).Code != wire.CodeForbidden || len(w.Result().Cookies()) != 0 {
		t.Errorf("a disabled user signs in: %d, want 403 and no cookie", w.Code)
	}
	if w := enter("un sillon courbe"); w.Code != 401 {
		t.Errorf("a guess at a disabled user's password: %d, want 401, as for anybody", w.Code)
	}
	if n := len(b.db.Ops(b.rep.Tenant)); n != 0 {
		t.Errorf("%d operations of a disabled user were applied", n)
	}
	set(false)
	if w := sync(ana); w.Code != 401 {
		t.Errorf("the session of before is back: %d", w.Code)
	}
	again := b.signIn("ana")
	for range 2 {
		if w := sync(again); w.Code != 200 {
			t.Errorf("enabled again: %d, want 200", w.Code)
		}
	}
	if n := len(b.db.Ops(b.rep.Tenant)); n != 1 {
		t.Errorf("%d operations arrived, want the one that waited, once", n)
	}
}

func TestANewPasswordEndsTheSessionsOfTheOld(t *testing.T) {
	b := start(t)
	ana := b.signIn("ana")
	if err := b.hub.SetUser(ctx, b.rep.Tenant, b.rep.User, func(u *hub.User) { u.Hash = auth.HashPassword("une herse neuve") }, b.now.UnixMilli()); err != nil {
		t.Fatal(err)
	}
	if err := b.db.EndUser(ctx, b.rep.Tenant, b.rep.User); err != nil { // as `sillon user passwd` does
		t.Fatal(err)
	}
	if w := b.do(call{method: "POST", path: "/api/1/sync", message: push(t, b.rep.Portfolio), header: ana}); w.Code != 401 || len(b.db.Ops(b.rep.Tenant)) != 0 {
		t.Errorf("a session of the old password: %d, %d operations; want 401 and none", w.Code, len(b.db.Ops(b.rep.Tenant)))
	}
	for secret, want := range map[string]int{password: 401, "une herse neuve": 200} {
		if w := b.do(call{method: "POST", path: "/api/signin", message: wire.SignIn{Login: "ana", Password: secret, Device: device}}); w.Code != want {
			t.Errorf("signing in with %q: %d, want %d", secret, w.Code, want)
		}
	}
}

func TestASetUpLinkIsOfNoUseOnceThereAreUsers(t *testing.T) {
	b := start(t, func(c *httpd.Config) { c.SetupToken = "the token" })
	in := wire.Setup{Token: "the token", Org: "Kerouan", Currency: "EUR", Locale: "fr", TimeZone: "Europe/Paris", Name: "Mona", Login: "mona", Password: password, Device: device}
	if _, err := b.hub.Found(ctx, hub.Founding{Org: portfolio.Org{Name: "Elsewhere"}, OrgID: portfolio.ID{1}, TeamID: portfolio.ID{2}, AdminID: portfolio.ID{3}, Name: "Paul", Login: "paul", Hash: hash()}, b.now.UnixMilli()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if w := b.do(call{method: "POST", path: "/api/setup", message: in}); w.Code != 403 || len(w.Result().Cookies()) != 0 {
			t.Errorf("set-up of a server with users: %d, want 403 and no cookie", w.Code)
		}
	}
	if w := b.do(call{method: "POST", path: "/api/signin", message: wire.SignIn{Login: "mona", Password: password, Device: device}}); w.Code != 401 {
		t.Errorf("somebody was made all the same: %d", w.Code)
	}
}

func TestADeviceCallsOnceASecondAtLength(t *testing.T) {
	b := start(t)
	ana := b.signIn("ana")
	get := func() *httptest.ResponseRecorder {
		return b.do(call{method: "POST", path: "/api/1/sync", message: &wire.Request{Proto: 1, Schema: 1, Device: device}, header: ana})
	}
	n := 0
	for get().Code == 200 {
		n++
	}
	if n != wire.Burst {
		t.Errorf("%d calls at once, want %d", n, wire.Burst)
	}
	if w := get(); w.Code != 429 || w.Header().Get("Retry-After") != "2" && w.Header().Get("Retry-After") != "1" {
		t.Errorf("the next: %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
	for range 60 {
		b.now = b.now.Add(time.Second)
		if w := get(); w.Code != 200 {
			t.Fatalf("one a second: %d", w.Code)
		}
	}
}

func TestSetUpWorksOnce(t *testing.T) {
	b := start(t, func(c *httpd.Config) { c.SetupToken = "the token" })
	in := wire.Setup{Token: "the token", Org: "Kerouan", Currency: "EUR", Locale: "fr", TimeZone: "Europe/Paris", Name: "Mona", Login: "mona", Password: password, Device: device}
	post := func(change func(*wire.Setup)) *httptest.ResponseRecorder {
		in := in
		change(&in)
		return b.do(call{method: "POST", path: "/api/setup", message: in})
	}
	for what, tt := range map[string]struct {
		change func(*wire.Setup)
		status int
	}{
		"another token":      {func(s *wire.Setup) { s.Token = "guess" }, 403},
		"no token":           {func(s *wire.Setup) { s.Token = "" }, 403},
		"a short password":   {func(s *wire.Setup) { s.Password = "court" }, 400},
		"no name":            {func(s *wire.Setup) { s.Name = " " }, 400},
		"a made-up zone":     {func(s *wire.Setup) { s.TimeZone = "Europe/Kerouan" }, 400},
		"a currency in full": {func(s *wire.Setup) { s.Currency = "euro" }, 400},
	} {
		if w := post(tt.change); w.Code != tt.status {
			t.Errorf("%s: %d, want %d", what, w.Code, tt.status)
		}
	}
	w := post(func(*wire.Setup) {})
	if me := read[wire.Me](t, w); w.Code != 200 || me.Tenant != "Kerouan" || me.Login != "mona" {
		t.Fatalf("set-up: %d, %+v", w.Code, me)
	} else {
		roles := map[portfolio.Role]bool{}
		for _, g := range me.Grants {
			roles[g.Role] = true
		}
		if !roles[portfolio.RoleAdmin] || !roles[portfolio.RoleManager] {
			t.Errorf("grants %+v, want an administrator who is also manager", me.Grants)
		}
	}
	if b.do(call{method: "GET", path: "/api/me", header: cookieOf(w)}).Code != 200 {
		t.Error("the administrator is not signed in")
	}
	if w := post(func(s *wire.Setup) { s.Login = "second" }); w.Code != 403 {
		t.Errorf("the link again: %d, want 403", w.Code)
	}
}

func TestFiles(t *testing.T) {
	b := start(t)
	for _, tt := range []struct {
		name, path, accept   string
		body, enc, kind, tag string
	}{
		{"the shell", "/", "", "<shell>", "", "text/html; charset=utf-8", `"h1"`},
		{"a page of the application", "/clients/12", "gzip, deflate, br", "shell in brotli", "br", "text/html; charset=utf-8", `"h1-br"`},
		{"the set-up link", "/setup?token=x", "gzip", "shell in gzip", "gzip", "text/html; charset=utf-8", `"h1-gzip"`},
		{"brotli refused", "/", "br;q=0, gzip", "shell in gzip", "gzip", "text/html; charset=utf-8", `"h1-gzip"`},
		{"a picture as it is", "/icon.png", "br", "png", "", "image/png", `"h3"`},
		{"a style", "/css/ui.css", "", "a{}", "", "text/css; charset=utf-8", `"h2"`},
		{"up the tree", "/../../etc/passwd", "", "<shell>", "", "text/html; charset=utf-8", `"h1"`},
	} {
		w := b.do(call{method: "GET", path: tt.path, header: http.Header{"Accept-Encoding": {tt.accept}}})
		if w.Code >= 300 && w.Code < 400 { // the mux cleans paths
			w = b.do(call{method: "GET", path: w.Header().Get("Location")})
		}
		h := w.Header()
		if w.Code != 200 || w.Body.String() != tt.body || h.Get("Content-Encoding") != tt.enc || h.Get("Content-Type") != tt.kind || h.Get("ETag") != tt.tag || h.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %d %q %v", tt.name, w.Code, w.Body, h)
		}
		if w := b.do(call{method: "GET", path: tt.path, header: http.Header{"Accept-Encoding": {tt.accept}, "If-None-Match": {tt.tag}}}); tt.name != "up the tree" && (w.Code != 304 || w.Body.Len() > 0) {
			t.Errorf("%s, unchanged: %d, want 304", tt.name, w.Code)
		}
	}
	if w := b.do(call{method: "GET", path: "/api/nothing"}); w.Code != 404 || read[wire.Problem](t, w).Code != wire.CodeBadRequest {
		t.Errorf("an unknown call: %d, want 404 and a problem, never the shell", w.Code)
	}
	b = start(t, func(c *httpd.Config) { c.Assets = nil })
	if w := b.do(call{method: "GET", path: "/"}); w.Code != 503 || !strings.Contains(w.Body.String(), "make build") {
		t.Errorf("before make build: %d %q", w.Code, w.Body)
	}
}

func TestHealth(t *testing.T) {
	down := errors.New("disk gone")
	b := start(t, func(c *httpd.Config) { c.Ping = func(context.Context) error { return down } })
	if w := b.do(call{method: "GET", path: "/healthz"}); w.Code != 503 {
		t.Errorf("without a database: %d, want 503", w.Code)
	}
	b = start(t)
	if w := b.do(call{method: "GET", path: "/healthz"}); w.Code != 200 || w.Body.String() != "ok\n" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}

func TestTheDatabaseInTroubleIsNeverASuccess(t *testing.T) {
	b := start(t)
	ana := b.signIn("ana")
	b.db.FailAt = func() error { return errors.New("disk full") }
	w := b.do(call{method: "POST", path: "/api/1/sync", message: push(t, b.rep.Portfolio), header: ana})
	if w.Code != 503 || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d, Retry-After %q; want 503 with one", w.Code, w.Header().Get("Retry-After"))
	}
	if strings.Contains(w.Body.String(), "disk") {
		t.Error("the answer tells what only the log should")
	}
}

func TestLogsHoldNoPersonalData(t *testing.T) {
	b := start(t)
	ana := b.signIn("ana")
	b.do(call{method: "POST", path: "/api/signin", message: wire.SignIn{Login: "ana", Password: "my secret", Device: device}, from: "203.0.113.77:1"})
	b.do(call{method: "POST", path: "/api/1/sync", message: push(t, b.rep.Portfolio), header: ana})
	b.do(call{method: "GET", path: "/setup?token=sesame"})
	for _, word := range []string{"Ana", "ana ", "my secret", "Le Goff", "203.0.113.77", "sesame", ana.Get("Cookie")} {
		if strings.Contains(b.logs.String(), word) {
			t.Errorf("the log holds %q:\n%s", word, b.logs.String())
		}
	}
}

func TestPokesSayOnlyWhichScopesMoved(t *testing.T) {
	b := start(t, func(c *httpd.Config) { c.Now = time.Now })
	srv := httptest.NewUnstartedServer(b.h)
	srv.Config.ReadTimeout = time.Second // of bodies: a stream outlives it
	srv.Start()
	defer srv.Close()
	ana := b.signIn("ana")
	r, _ := http.NewRequestWithContext(ctx, "GET", srv.URL+"/api/1/poke", nil)
	r.Header = ana
	resp, err := srv.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("%d %v", resp.StatusCode, resp.Header)
	}
	events := make(chan string)
	go func() {
		defer close(events)
		buf := make([]byte, 4096)
		for {
			n, err := resp.Body.Read(buf)
			if n > 0 {
				events <- string(buf[:n])
			}
			if err != nil {
				return
			}
		}
	}()
	wait := func() string {
		t.Helper()
		select {
		case e := <-events:
			return e
		case <-time.After(10 * time.Second):
			t.Fatal("no event")
			return ""
		}
	}
	if first := wait(); first != "data: 1 5\ndata: 2 0\ndata: 4 0\ndata: 5 0\n\n" {
		t.Errorf("where things stand: %q", first)
	}
	time.Sleep(1500 * time.Millisecond)
	if w := b.do(call{method: "POST", path: "/api/1/sync", message: push(t, b.rep.Portfolio), header: ana}); w.Code != 200 {
		t.Fatal(w.Code)
	}
	if next := wait(); next != "data: 5 1\n\n" {
		t.Errorf("after a push: %q", next)
	}
	if err := b.db.EndUser(ctx, b.rep.Tenant, b.rep.User); err != nil {
		t.Fatal(err)
	}
	for range events { // closed within five seconds of the end of the session
	}
}
