// Package notebook is what a user can do (carnet): each action validates,
// makes operations with the base marks of what the user saw, and appends them
// to the outbox. An action that returned nil is on the disk; the network has
// played no part.
//
// The package is pure of browser and clock: time, identifiers and the store
// come in, so that every action is tested natively.
package notebook

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sillon/app/store"
	"sillon/engine/calendar"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// Store is what the notebook needs of [store.DB].
type Store interface {
	Append(ctx context.Context, groups [][]journal.Op, o store.AppendOptions) (store.Appended, error)
	Card(ctx context.Context, root portfolio.ID) (store.View, error)
	Cards(ctx context.Context, roots ...portfolio.ID) ([]store.View, error)
	Misc(ctx context.Context, scope uint32, kind portfolio.Kind) (store.View, error)
	Local(ctx context.Context, name string) ([]byte, error)
	Locals(ctx context.Context, prefix string) ([]store.LocalValue, error)
	SetLocal(ctx context.Context, values ...store.LocalValue) error
}

// Errors an action gives. [InputError] tells a bad value.
var (
	ErrMissing = errors.New("notebook: no such record on this device")
	ErrNoUndo  = errors.New("notebook: nothing left to undo")
	ErrScope   = errors.New("notebook: no portfolio of one's own to write in")
)

// An InputError is a value that cannot be taken: Field is a catalogue key of
// the field, Why one of the reason ("empty", "too-long", "not-a-date"…).
type InputError struct{ Field, Why string }

func (e *InputError) Error() string { return "notebook: " + e.Field + ": " + e.Why }

// A Book acts for one user.
type Book struct {
	Store Store
	Now   func() time.Time     // the tablet's clock in its own zone
	ID    func() portfolio.ID  // a new identifier
	User  portfolio.ID         // who acts
	Own   uint32               // the user's own portfolio scope, where new cards go; 0: none
	Mine  uint32               // the user's private scope
	Off   func() time.Duration // server's clock minus this one
}

// Today is the civil day of the tablet.
func (b *Book) Today() calendar.Day {
	y, m, d := b.Now().Date()
	return calendar.Of(y, m, d)
}

// card loads a card that must exist.
func (b *Book) card(ctx context.Context, root portfolio.ID) (store.View, error) {
	v, err := b.Store.Card(ctx, root)
	if err != nil {
		return v, err
	}
	if len(v.Rows) == 0 {
		return v, fmt.Errorf("%w: card %s", ErrMissing, root)
	}
	return v, nil
}

// fact makes an insert-only record under a card.
func (b *Book) fact(scope uint32, root, rec portfolio.ID, kind portfolio.Kind, noun any) (journal.Op, error) {
	return b.insert(journal.Fact, scope, root, rec, kind, noun)
}

// create makes a patchable record.
func (b *Book) create(scope uint32, root, rec portfolio.ID, kind portfolio.Kind, noun any) (journal.Op, error) {
	return b.insert(journal.Create, scope, root, rec, kind, noun)
}

func (b *Book) insert(how journal.OpKind, scope uint32, root, rec portfolio.ID, kind portfolio.Kind, noun any) (journal.Op, error) {
	f, err := portfolio.ToFields(noun)
	if err != nil {
		return journal.Op{}, err
	}
	return journal.Op{ID: b.ID(), Kind: how, Entity: kind, Rec: rec, Root: root, Scope: scope, Fields: f}, nil
}

// patch writes fields of a row, naming the writes it replaces.
func (b *Book) patch(scope uint32, row *journal.Row, f portfolio.Fields) journal.Op {
	base := make(map[uint16]journal.Mark, len(f))
	for n := range f {
		base[n] = row.MarkOf(n)
	}
	return journal.Op{ID: b.ID(), Kind: journal.Patch, Entity: row.Entity, Rec: row.Rec, Root: row.Root, Scope: scope, Fields: f, Base: base}
}

// save appends one group together with the note that lets it be undone.
func (b *Book) save(ctx context.Context, a Act, ops ...journal.Op) (store.Appended, error) {
	a.AtMS = b.Now().UnixMilli()
	local, err := a.local()
	if err != nil {
		return store.Appended{}, err
	}
	return b.Store.Append(ctx, [][]journal.Op{ops}, store.AppendOptions{Local: []store.LocalValue{local}})
}
