package notebook

import (
	"context"
	"fmt"

	"sillon/app/store"
	"sillon/engine/portfolio"
)

// undoDays is how long an act can be taken back.
const undoDays = 30

const actPrefix = "act/"

// An Act is the note of one thing the user did, kept on this device so that it
// can be undone, and named in the journal.
type Act struct {
	ID   portfolio.ID   `cbor:"1,keyasint"` // of the act: what undo names; for a record made here, its own
	Key  string         `cbor:"2,keyasint"` // visit, edit, plan, move, cancel, create, archive, estimate, person, form
	Root portfolio.ID   `cbor:"3,keyasint"`
	AtMS int64          `cbor:"4,keyasint"`
	Kind portfolio.Kind `cbor:"5,keyasint,omitempty"`
	Back []Restore      `cbor:"6,keyasint,omitempty"` // what undoing writes
	Rec  portfolio.ID   `cbor:"7,keyasint,omitzero"`  // the record that was made or changed
	Many []ActOn        `cbor:"9,keyasint,omitempty"` // the cards of an act on many
	Was  portfolio.ID   `cbor:"8,keyasint,omitzero"`  // the fact that stood before this one
}

// A Restore is one field as it was before.
type Restore struct {
	Rec   portfolio.ID       `cbor:"1,keyasint"`
	Field uint16             `cbor:"2,keyasint"`
	Old   portfolio.RawValue `cbor:"3,keyasint"`
}

func (a *Act) local() (store.LocalValue, error) {
	v, err := portfolio.Enc.Marshal(a)
	if err != nil {
		return store.LocalValue{}, fmt.Errorf("notebook: note the act: %w", err)
	}
	return store.LocalValue{Name: actPrefix + a.ID.String(), Value: v}, nil
}

func (b *Book) act(ctx context.Context, id portfolio.ID) (Act, error) {
	var a Act
	v, err := b.Store.Local(ctx, actPrefix+id.String())
	if err != nil {
		return a, err
	}
	if v == nil {
		return a, ErrNoUndo
	}
	return a, portfolio.Dec.Unmarshal(v, &a)
}

// Acts lists the notes of this device's acts, for the journal and the history.
func (b *Book) Acts(ctx context.Context) ([]Act, error) {
	vs, err := b.Store.Locals(ctx, actPrefix)
	if err != nil {
		return nil, err
	}
	acts := make([]Act, 0, len(vs))
	for _, v := range vs {
		var a Act
		if err := portfolio.Dec.Unmarshal(v.Value, &a); err != nil {
			return nil, fmt.Errorf("notebook: read the note %s: %w", v.Name, err)
		}
		acts = append(acts, a)
	}
	return acts, nil
}

// Forget drops the notes older than the time an act can be undone.
func (b *Book) Forget(ctx context.Context) error {
	acts, err := b.Acts(ctx)
	if err != nil {
		return err
	}
	limit := b.Now().AddDate(0, 0, -undoDays).UnixMilli()
	var old []store.LocalValue
	for _, a := range acts {
		if a.AtMS < limit {
			old = append(old, store.LocalValue{Name: actPrefix + a.ID.String()})
		}
	}
	if len(old) == 0 {
		return nil
	}
	return b.Store.SetLocal(ctx, old...)
}
