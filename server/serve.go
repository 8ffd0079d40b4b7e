package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/google/uuid"

	"sillon/engine/calendar"
	"sillon/engine/portfolio"
	"sillon/server/auth"
	"sillon/server/httpd"
	"sillon/server/hub"
	"sillon/server/report"
	"sillon/server/store/sqlite"
	"sillon/web"
)

// options are the flags of serve and demo.
type options struct {
	addr, db, cert, key, log string
	behindTLS                bool
}

func (o *options) register(fs *flag.FlagSet, db string) {
	fs.StringVar(&o.addr, "addr", "127.0.0.1:8080", "listen `address`; beyond this machine only with TLS or -behind-tls")
	fs.StringVar(&o.db, "db", db, "database `url`: sqlite:path")
	fs.StringVar(&o.cert, "tls-cert", "", "`file` with the certificate chain (PEM): serve https")
	fs.StringVar(&o.key, "tls-key", "", "`file` with its key (PEM)")
	fs.BoolVar(&o.behindTLS, "behind-tls", false, "a proxy in front ends TLS and sets X-Forwarded-For; plain http is then served on any address")
	fs.StringVar(&o.log, "log", "text", "`form` of the log: text or json, on standard error")
}

func (o *options) secure() bool { return o.behindTLS || o.cert != "" }

const serveHelp = `Serve runs the server until it is interrupted. Everything it knows is in one
database file, created when missing. On a server without users it prints a link
that sets up the organisation and its first administrator; the link works once.

It listens on this machine only unless told otherwise, and refuses to speak
plain http to the network: give a certificate (-tls-cert, -tls-key) or put a
proxy in front that ends TLS (-behind-tls); it must pass the Host header on and
add the client's address to X-Forwarded-For.

Interrupted, it finishes the requests under way for up to ten seconds.`

func serve(ctx context.Context, args []string, e env) error {
	var o options
	fs := flags("serve", "", serveHelp, e)
	o.register(fs, "sqlite:data/sillon.db")
	if err := parse(fs, args, e, 0); err != nil {
		return err
	}
	db, err := openDB(ctx, o.db)
	if err != nil {
		return err
	}
	defer db.Close()
	empty, err := isEmpty(ctx, db)
	if err != nil {
		return err
	}
	token := ""
	if empty {
		token = secret()
	}
	return o.listen(ctx, e, db, token, func(base string) {
		if token != "" {
			fmt.Fprintf(e.out, "No users yet. Set up your organisation (this link works once):\n  %s/setup?token=%s\n", base, token)
		}
	})
}

// secret is 128 random bits as text.
func secret() string {
	var b [16]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func newID() portfolio.ID { return portfolio.ID(uuid.Must(uuid.NewV7())) }

// dbPath reads a database url.
func dbPath(url string) (string, error) {
	path, ok := strings.CutPrefix(url, "sqlite:")
	if !ok || path == "" {
		return "", fmt.Errorf("open database %q: want sqlite:path", url)
	}
	return path, nil
}

func openDB(ctx context.Context, url string) (*sqlite.DB, error) {
	path, err := dbPath(url)
	if err != nil {
		return nil, err
	}
	return sqlite.Open(ctx, path)
}

func isEmpty(ctx context.Context, db hub.Store) (bool, error) {
	empty := false
	err := db.View(ctx, func(r hub.Reader) error {
		ts, err := r.Tenants()
		empty = len(ts) == 0
		return err
	})
	return empty, err
}

func newHub(ctx context.Context, db hub.Store) (*hub.Hub, error) {
	fresh := make([]byte, 32)
	rand.Read(fresh)
	key, err := hub.Key(ctx, db, fresh)
	if err != nil {
		return nil, err
	}
	return hub.New(db, hub.Env{Key: key}), nil
}

// listen serves until ctx ends; started is told the address of the page.
func (o *options) listen(ctx context.Context, e env, db *sqlite.DB, token string, started func(base string)) error {
	log, err := o.logger(e)
	if err != nil {
		return err
	}
	if (o.cert == "") != (o.key == "") {
		return usageError{"-tls-cert and -tls-key go together"}
	}
	if err := o.allowed(); err != nil {
		return err
	}
	h, err := newHub(ctx, db)
	if err != nil {
		return err
	}
	version, assets, err := web.Assets()
	if err != nil && !errors.Is(err, web.ErrNotBuilt) {
		return err
	}
	if err != nil {
		log.Warn("no web files", "error", err)
	}
	ln, err := net.Listen("tcp", o.addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", o.addr, err)
	}
	done := make(chan struct{})
	sessions := auth.Sessions{Store: db}
	srv := &http.Server{
		Handler: httpd.New(httpd.Config{
			Hub: h, Sessions: sessions, Ping: db.Ping, Log: log, Now: time.Now, NewID: newID,
			Secure: o.secure(), Proxied: o.behindTLS,
			Site: web.Files(), Version: version, Assets: assets, SetupToken: token, Done: done,
		}),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       4 * time.Minute, // a megabyte at 50 kbit/s
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	go sweep(ctx, sessions, log)
	go pool(ctx, db, h, log)
	failed := make(chan error, 1)
	go func() {
		if o.cert != "" {
			failed <- srv.ServeTLS(ln, o.cert, o.key)
		} else {
			failed <- srv.Serve(ln)
		}
	}()
	base := o.base(ln.Addr())
	log.Info("listening", "addr", ln.Addr().String(), "tls", o.cert != "", "behind_tls", o.behindTLS, "web", version)
	started(base)
	select {
	case err := <-failed:
		return fmt.Errorf("serve %s: %w", o.addr, err)
	case <-ctx.Done():
	}
	log.Info("stopping")
	close(done) // pokes would wait for ever
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := srv.Shutdown(late); err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}

// sweep forgets sessions that ran out, once a day.
func sweep(ctx context.Context, s auth.Sessions, log *slog.Logger) {
	t := time.NewTicker(24 * time.Hour)
	defer t.Stop()
	for {
		if err := s.Sweep(ctx, time.Now().UnixMilli()); err != nil && ctx.Err() == nil {
			log.Error("sweep sessions", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

// pool learns what all portfolios of an organisation know together, some
// minutes after the start and then once a day; where nothing has been written
// since, nothing is read.
func pool(ctx context.Context, db hub.Store, h *hub.Hub, log *slog.Logger) {
	wait := time.NewTimer(5 * time.Minute)
	for {
		select {
		case <-ctx.Done():
			return
		case <-wait.C:
		}
		began := time.Now()
		sent, err := report.Pool(ctx, db, h, calendar.Day(began.Unix()/86400), began.UnixMilli())
		switch {
		case err != nil && ctx.Err() == nil:
			log.Error("pool the hazard of departures", "error", err)
		case sent > 0:
			log.Info("pooled the hazard of departures", "organisations", sent, "took", time.Since(began).Round(time.Millisecond))
		}
		wait.Reset(24 * time.Hour)
	}
}

func (o *options) logger(e env) (*slog.Logger, error) {
	switch o.log {
	case "text":
		return slog.New(slog.NewTextHandler(e.err, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(e.err, nil)), nil
	}
	return nil, usageError{fmt.Sprintf("-log %q: want text or json", o.log)}
}

// allowed refuses plain http beyond this machine.
func (o *options) allowed() error {
	host, _, err := net.SplitHostPort(o.addr)
	if err != nil {
		return usageError{fmt.Sprintf("-addr %q: want host:port", o.addr)}
	}
	if o.secure() || host == "localhost" {
		return nil
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("listen on %s: plain http is for this machine only; give -tls-cert and -tls-key, or -behind-tls when a proxy ends TLS", o.addr)
	}
	return nil
}

// base is what to type into a browser.
func (o *options) base(a net.Addr) string {
	host, port, _ := net.SplitHostPort(a.String())
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
		if name, err := os.Hostname(); err == nil {
			host = name
		}
	}
	scheme := "http"
	if o.cert != "" {
		scheme = "https"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}
