package hub

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
)

// A Hub applies pushes and answers pulls.
type Hub struct {
	store Store
	env   Env
}

// Env is what the hub needs from outside besides its store.
type Env struct {
	Key []byte // authenticates cookies: 32 random bytes that outlive the process, see [Key]
}

// A Session is who speaks: a user who signed in, on a device.
type Session struct {
	Tenant uint32
	User   portfolio.ID
	Device portfolio.ID // that the session was opened on; a fork changes the device of a request, not this
}

// Errors of Sync that the caller must tell apart; any other is the server's.
var (
	ErrBadRequest = errors.New("bad request")          // 400
	ErrCookie     = errors.New("cookie not ours")      // 400
	ErrTooLarge   = errors.New("too large")            // 413
	ErrSignedOut  = errors.New("no such user")         // 401
	ErrUpgrade    = errors.New("version not in pulls") // 426, with an answer about the push
)

// New returns a hub over a store.
func New(store Store, env Env) *Hub { return &Hub{store: store, env: env} }

// Sync is one exchange: the operations of the request first, committed before
// anything is read, then the pages of every scope since the cookie.
//
// With [ErrUpgrade] the answer tells what became of the push, and has no pages.
func (h *Hub) Sync(ctx context.Context, who Session, req *wire.Request, nowMS int64) (*wire.Answer, error) {
	if req.Device.IsZero() || req.Device == Server {
		return nil, fmt.Errorf("%w: no device", ErrBadRequest)
	}
	cur, err := h.open(who.Tenant, req.Cookie)
	if err != nil {
		return nil, err
	}
	ans := new(wire.Answer)
	if len(req.Ops) > 0 {
		its, err := items(req)
		if err != nil {
			return nil, err
		}
		var p *push
		err = h.store.Update(ctx, func(tx Tx) (err error) {
			p, ans.Fork, err = h.push(tx, who, req, its, cur, nowMS)
			return err
		})
		if err != nil {
			return nil, err
		}
		ans.Clamped, ans.Given = p.clamped, p.given
	} else if err := h.heard(ctx, who, req, nowMS); err != nil {
		return nil, err
	}
	current := req.Proto == wire.Proto && req.Schema >= oldest && req.Schema <= journal.Schema
	read := func() error {
		return h.store.View(ctx, func(r Reader) error { return h.pull(r, who, req, cur, nowMS, current, ans) })
	}
	err = read()
	if b := (behind{}); errors.As(err, &b) {
		if err := newEpoch(ctx, h.store, who.Tenant, b); err != nil {
			return nil, err
		}
		*ans = wire.Answer{Clamped: ans.Clamped}
		err = read()
	}
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(ans.Given, func(s uint32, _ uint64) bool { // what it may not read, it cannot wait for
		return !slices.ContainsFunc(ans.Grants, func(g wire.Grant) bool { return g.Scope == s })
	})
	if !current {
		return ans, ErrUpgrade
	}
	return ans, nil
}

// heard notes that a device that only reads was here, to five minutes.
func (h *Hub) heard(ctx context.Context, who Session, req *wire.Request, nowMS int64) error {
	stale := func(r Reader) (Device, bool, error) {
		d, err := r.Device(who.Tenant, req.Device)
		return d, err == nil && d.User == who.User && nowMS-d.Seen > 5*60_000, err
	}
	var old bool
	err := h.store.View(ctx, func(r Reader) (err error) {
		_, old, err = stale(r)
		return err
	})
	if err != nil || !old {
		return err
	}
	return h.store.Update(ctx, func(tx Tx) error {
		d, old, err := stale(tx)
		if err != nil || !old {
			return err
		}
		d.Seen = nowMS
		return tx.PutDevice(who.Tenant, d)
	})
}

// oldest is the first schema that may still read.
const oldest = 1

// Heads returns the counter of every scope that a user holds: all that a poke
// may say.
func (h *Hub) Heads(ctx context.Context, who Session, nowMS int64) (map[uint32]uint64, error) {
	out := map[uint32]uint64{}
	err := h.store.View(ctx, func(r Reader) error {
		u, err := r.User(who.Tenant, who.User)
		if errors.Is(err, ErrUnknown) || err == nil && u.Off {
			return ErrSignedOut
		}
		if err != nil {
			return err
		}
		scopes, _, err := h.held(r, who, nowMS)
		for _, s := range scopes {
			out[s.ID] = s.Seq
		}
		return err
	})
	return out, err
}

// Me returns what the page shows of who is signed in.
func (h *Hub) Me(ctx context.Context, who Session, nowMS int64) (wire.Me, error) {
	var me wire.Me
	err := h.store.View(ctx, func(r Reader) error {
		t, err := r.Tenant(who.Tenant)
		if err != nil {
			return err
		}
		u, err := r.User(who.Tenant, who.User)
		if errors.Is(err, ErrUnknown) || err == nil && u.Off {
			return ErrSignedOut
		}
		if err != nil {
			return err
		}
		_, grants, err := h.held(r, who, nowMS)
		me = wire.Me{User: u.ID, Name: u.Name, Login: u.Login, Role: u.Role, Tenant: t.Name, Grants: grants}
		return err
	})
	return me, err
}
