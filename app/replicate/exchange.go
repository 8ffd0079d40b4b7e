package replicate

import (
	"context"
	"errors"
	"time"

	"sillon/app/store"
	"sillon/engine/journal"
	"sillon/engine/wire"
)

// A Prepared request remembers what the result will be judged by.
type Prepared struct {
	Request *wire.Request
	Bytes   int       // of its operations
	More    bool      // further groups wait behind
	At      time.Time // when it was made
}

// Prepare builds a request from the head of the outbox: whole groups, at most
// ops operations and about size bytes.
func Prepare(ctx context.Context, s Store, size, ops int, build string, now time.Time) (Prepared, error) {
	b, err := s.Batch(ctx, size, ops)
	if err != nil {
		return Prepared{}, err
	}
	return Prepared{
		Request: &wire.Request{
			Proto: wire.Proto, Schema: journal.Schema, Build: build,
			Device: b.Device, Epoch: b.Epoch, Cookie: b.Cookie, Prev: b.Prev, Ops: b.Ops,
			MaxRows: wire.MaxRows, SentMS: now.UnixMilli(),
		},
		Bytes: b.Bytes, More: b.More, At: now,
	}, nil
}

// A Result is what became of an exchange.
type Result struct {
	Err     error // nil: the answer was applied
	Changed store.Changed
	Bytes   int  // that the request carried
	More    bool // go on at once
	Reread  bool // the server did not know the cookie: it was thrown away
}

// Settle hands the answer, or the failure, to the store.
func Settle(ctx context.Context, s Store, p Prepared, ans *wire.Answer, failed error, now time.Time) Result {
	r := Result{Err: failed, Bytes: p.Bytes}
	var f *Failure
	if errors.As(failed, &f) {
		switch {
		case f.Problem.Answer != nil: // 426: what became of the push
			ans = f.Problem.Answer
		case f.Problem.Code == wire.CodeBadRequest && len(p.Request.Cookie) > 0:
			// A cookie of a server that has lost its key. The outbox is not
			// concerned: read everything again.
			if err := s.Reread(ctx); err != nil {
				r.Err = err
				return r
			}
			r.Reread = true
			return r
		}
	}
	if ans == nil {
		return r
	}
	x := store.Exchange{Request: p.Request, Answer: ans, Offset: offset(p.At, now, ans.NowMS)}
	c, err := s.ApplyAnswer(ctx, x)
	if err != nil {
		r.Err = err
		return r
	}
	r.Changed = c
	r.More = p.More && c.Acked > 0 || ans.More || c.NewDevice || c.NewEpoch || c.Refilled > 0 ||
		c.Ignored != "" && c.Ignored != store.IgnoredNoPages
	return r
}

// slow is the round trip above which an answer says too little about clocks.
const slow = 20 * time.Second

// offset is how far the server's clock is ahead: its reading against the
// middle of the round trip, which is measured on the monotonic clock.
func offset(sent, received time.Time, serverMS int64) *time.Duration {
	trip := received.Sub(sent)
	if serverMS == 0 || trip < 0 || trip > slow {
		return nil
	}
	off := time.UnixMilli(serverMS).Sub(received.Round(0).Add(-trip / 2)).Round(time.Millisecond)
	return &off
}
