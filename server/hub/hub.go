package hub

import (
	"context"
	"errors"

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
	return nil, errors.New("not written yet")
}
