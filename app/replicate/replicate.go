// Package replicate is the client half of the synchronisation: when to speak
// to the server, how much to send, what to make of the answer.
//
// [Machine] decides: a pure state machine without clock, network or
// randomness of its own, so that the simulation can drive it step by step.
// [Loop] runs it: it waits, builds the request from the store, sends it
// through a [Transport] and hands the answer to the store.
//
// Nothing here can lose work: operations leave the outbox in
// [store.DB.ApplyAnswer] only, by an acknowledgement whose chain matches.
package replicate

import (
	"context"
	"fmt"
	"time"

	"sillon/app/store"
	"sillon/engine/wire"
)

// A Transport carries one exchange. Its error is a [*Failure] when the server
// answered, anything else when it could not be reached.
type Transport interface {
	Exchange(ctx context.Context, r *wire.Request) (*wire.Answer, error)
}

// A Failure is an answer of the server that is not a success.
type Failure struct {
	Status  int // HTTP
	Problem wire.Problem
}

func (f *Failure) Error() string {
	return fmt.Sprintf("server answered %d %s: %s", f.Status, f.Problem.Code, f.Problem.Text)
}

// Store is what the replication needs of [store.DB].
type Store interface {
	Batch(ctx context.Context, size, ops int) (store.Batch, error)
	ApplyAnswer(ctx context.Context, x store.Exchange) (store.Changed, error)
	Reread(ctx context.Context) error
}

// A Phase is what the chip says.
type Phase uint8

// Shown by the page: add at the end, never renumber.
const (
	Idle    Phase = iota + 1 // everything is handed in and read
	Syncing                  // an exchange is under way, or the next follows at once
	Offline                  // the server cannot be reached; tried again by itself
	SignIn                   // the session has ended: work is kept, signing in sends it
	TooOld                   // this version may hand in its work but not read: update
	Trouble                  // the server or the device's storage refuses; see Err
)

// Status is the state of the replication.
type Status struct {
	Phase Phase
	Since time.Time // when the phase began
	Next  time.Time // when the next try is due; zero: when woken
	Fails int       // failures in a row
	Err   error     // why, when the phase is not Idle or Syncing
}

// A Reason is why somebody wakes the replication.
type Reason uint8

// Reasons to wake.
const (
	Change  Reason = iota + 1 // a user's action was stored
	Online                    // the browser says the network is back
	Visible                   // the page came to the front
	Poke                      // the server has something
	Signed                    // somebody signed in
	Asked                     // the user tapped "synchronise"
)
