// Package auth knows who signs in: passwords, sessions and how often somebody
// may try.
//
// A session is an opaque reference of 256 random bits in a cookie; the store
// keeps its SHA-256 only. It ends after 14 days without use or 30 days after
// the sign-in. After 24 hours of use the next answer carries a new reference.
// The old one dies a minute after the new one was first used, not before: an
// answer lost in a tunnel must not sign a rep out. Whoever comes with a dead
// reference holds a copy, so the whole family of references ends.
package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"time"

	"sillon/engine/portfolio"
)

// Limits of a session.
const (
	Idle     = 14 * 24 * time.Hour
	Absolute = 30 * 24 * time.Hour
	Rotate   = 24 * time.Hour
	Grace    = time.Minute
	touch    = 5 * time.Minute // how exact "last used" is, to spare writes
)

// Errors.
var (
	ErrUnknown = errors.New("unknown account or session")
	ErrWrong   = errors.New("wrong login or password")
	ErrOff     = errors.New("the account is disabled") // said only to who knows the password
	ErrEnded   = errors.New("session ended")
	ErrReused  = errors.New("a replaced session reference was used again: every session of its family ended")
	ErrBusy    = errors.New("too many tries")
)

type (
	// A Hash is the SHA-256 of a session reference.
	Hash [32]byte
	// A Family is what the references of one sign-in have in common.
	Family [16]byte
)

// A Session is one reference and whom it stands for.
type Session struct {
	Ref      Hash
	Family   Family
	Gen      int // grows with each rotation
	Tenant   uint32
	User     portfolio.ID
	Device   portfolio.ID
	Began    int64 // sign-in, ms since 1970
	Issued   int64 // of this reference
	Seen     int64 // last use, to five minutes
	Replaced int64 // first use of a later reference; 0: current
	Off      bool  // the user is disabled; read from the user, never stored
}

// An Account is what a sign-in is checked against.
type Account struct {
	Tenant uint32
	User   portfolio.ID
	Hash   string
	Off    bool
}

// A Store keeps sessions and finds accounts. Each call is durable when it
// returns nil.
type Store interface {
	Account(ctx context.Context, login string) (Account, error) // or ErrUnknown
	Session(ctx context.Context, ref Hash) (Session, error)     // or ErrUnknown
	PutSession(ctx context.Context, s Session) error
	Supersede(ctx context.Context, family Family, belowGen int, nowMS int64) error // marks those not yet replaced
	EndFamily(ctx context.Context, family Family) error
	EndUser(ctx context.Context, tenant uint32, user portfolio.ID) error
	EndOlder(ctx context.Context, beganBefore, seenBefore int64) error
}

// Sessions opens, checks and ends sessions. The store serves many at once.
type Sessions struct{ Store Store }

// Open starts a session and returns the reference for the cookie.
func (a Sessions) Open(ctx context.Context, acc Account, device portfolio.ID, nowMS int64) (string, error) {
	s := Session{Tenant: acc.Tenant, User: acc.User, Device: device, Began: nowMS, Issued: nowMS, Seen: nowMS}
	rand.Read(s.Family[:])
	return a.issue(ctx, s)
}

func (a Sessions) issue(ctx context.Context, s Session) (string, error) {
	var secret [32]byte
	rand.Read(secret[:]) // never fails, crypto/rand says
	s.Ref = sha256.Sum256(secret[:])
	if err := a.Store.PutSession(ctx, s); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(secret[:]), nil
}

func refOf(cookie string) (Hash, bool) {
	secret, err := base64.RawURLEncoding.DecodeString(cookie)
	if err != nil || len(secret) != 32 {
		return Hash{}, false
	}
	return sha256.Sum256(secret), true
}

// Check returns the session of a cookie, and the reference that must replace
// it in the cookie when not empty.
func (a Sessions) Check(ctx context.Context, cookie string, nowMS int64) (Session, string, error) {
	ref, ok := refOf(cookie)
	if !ok {
		return Session{}, "", ErrEnded
	}
	s, err := a.Store.Session(ctx, ref)
	if errors.Is(err, ErrUnknown) {
		return Session{}, "", ErrEnded
	}
	if err != nil {
		return Session{}, "", err
	}
	switch {
	case s.Off:
		return Session{}, "", errors.Join(ErrEnded, a.Store.EndFamily(ctx, s.Family))
	case over(nowMS, s.Began, Absolute), over(nowMS, s.Seen, Idle):
		return Session{}, "", errors.Join(ErrEnded, a.Store.EndFamily(ctx, s.Family))
	case s.Replaced != 0 && over(nowMS, s.Replaced, Grace):
		return s, "", errors.Join(ErrReused, a.Store.EndFamily(ctx, s.Family))
	case s.Replaced != 0:
		return s, "", nil // a request that was already on its way
	}
	if over(nowMS, s.Issued, Rotate) {
		next := s
		next.Gen, next.Issued, next.Seen = s.Gen+1, nowMS, nowMS
		cookie, err := a.issue(ctx, next)
		return s, cookie, err
	}
	if over(nowMS, s.Seen, touch) || s.Seen == s.Issued && s.Gen > 0 {
		if s.Gen > 0 { // the new reference has arrived: the old ones die
			if err := a.Store.Supersede(ctx, s.Family, s.Gen, nowMS); err != nil {
				return Session{}, "", err
			}
		}
		s.Seen = max(nowMS, s.Issued+1) // later than Issued: it has been used
		if err := a.Store.PutSession(ctx, s); err != nil {
			return Session{}, "", err
		}
	}
	return s, "", nil
}

// Alive reports, with [ErrEnded], whether a session that was checked at the
// start of a long request has ended since. It changes nothing.
func (a Sessions) Alive(ctx context.Context, cookie string, nowMS int64) error {
	ref, ok := refOf(cookie)
	if !ok {
		return ErrEnded
	}
	s, err := a.Store.Session(ctx, ref)
	if errors.Is(err, ErrUnknown) || err == nil && (s.Off || over(nowMS, s.Began, Absolute) || over(nowMS, s.Seen, Idle)) {
		return ErrEnded
	}
	return err
}

// End ends the session of a cookie, and every reference of its family.
func (a Sessions) End(ctx context.Context, cookie string) error {
	ref, ok := refOf(cookie)
	if !ok {
		return nil
	}
	s, err := a.Store.Session(ctx, ref)
	if errors.Is(err, ErrUnknown) {
		return nil
	}
	if err != nil {
		return err
	}
	return a.Store.EndFamily(ctx, s.Family)
}

// Sweep forgets sessions that have run out.
func (a Sessions) Sweep(ctx context.Context, nowMS int64) error {
	return a.Store.EndOlder(ctx, nowMS-Absolute.Milliseconds(), nowMS-Idle.Milliseconds())
}

func over(nowMS, since int64, d time.Duration) bool { return nowMS-since > d.Milliseconds() }
