package store

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// ProfilesDB is the name of the registry's own small database.
const ProfilesDB = "sillon-profiles"

const (
	preProfile = "profile/"
	keyOwed    = "owed"
)

// A Profile is one user (or the demonstration) on this device. It is not
// sealed: it names the database, and says whom to greet before any key is
// there.
type Profile struct {
	Key    string       `cbor:"1,keyasint"` // "u-<user id>" or "demo"
	Name   string       `cbor:"2,keyasint,omitempty"`
	Login  string       `cbor:"3,keyasint,omitempty"`
	User   portfolio.ID `cbor:"4,keyasint,omitzero"`
	Demo   bool         `cbor:"5,keyasint,omitempty"`
	UsedMS int64        `cbor:"6,keyasint,omitempty"` // last opened, tablet's clock

	// Left: its user has signed out, and only a new sign-in opens it again.
	Left    bool `cbor:"7,keyasint,omitempty"`
	Waiting int  `cbor:"8,keyasint,omitempty"` // actions kept in it when it was left
}

// Database is the name of the profile's database.
func (p Profile) Database() string { return "sillon-" + p.Key }

// Profiles is the registry of the profiles of this device.
type Profiles struct{ open Opener }

// NewProfiles returns the registry kept by an opener.
func NewProfiles(open Opener) *Profiles { return &Profiles{open} }

// List returns the profiles, last used first.
func (p *Profiles) List(ctx context.Context) ([]Profile, error) {
	var out []Profile
	err := p.with(ctx, func(kv KV) error {
		return kv.View(ctx, []string{Meta}, func(t Tx) error {
			out = nil
			pairs, err := t.GetAll(Meta, Prefix(preProfile), 0)
			if err != nil {
				return err
			}
			for _, pair := range pairs {
				var one Profile
				if err := dec.Unmarshal(pair.Value, &one); err != nil {
					return fmt.Errorf("%s: %w", pair.Key, err)
				}
				out = append(out, one)
			}
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list profiles: %w", err)
	}
	sorting.Stable(out, func(a, b Profile) int { return cmp.Compare(b.UsedMS, a.UsedMS) })
	return out, nil
}

// Use notes that a profile is being opened now, and registers it when new.
func (p *Profiles) Use(ctx context.Context, profile Profile, now time.Time) error {
	profile.UsedMS = now.UnixMilli()
	b, err := portfolio.Enc.Marshal(&profile)
	if err == nil {
		err = p.with(ctx, func(kv KV) error {
			return kv.Update(ctx, []string{Meta}, func(t Tx) error { return t.Put(Meta, preProfile+profile.Key, b) })
		})
	}
	if err != nil {
		return fmt.Errorf("register profile %s: %w", profile.Key, err)
	}
	return nil
}

// Leave notes that the user of a profile has signed out, and how many actions
// wait in it. A profile that was erased meanwhile stays away.
func (p *Profiles) Leave(ctx context.Context, key string, waiting int) error {
	return p.change(ctx, key, func(one *Profile) { one.Left, one.Waiting = true, waiting })
}

// Recount corrects how many actions wait in a profile that was left: another
// tab was still keeping one. A profile that is in use again counts its own.
func (p *Profiles) Recount(ctx context.Context, key string, waiting int) error {
	return p.change(ctx, key, func(one *Profile) {
		if one.Left {
			one.Waiting = waiting
		}
	})
}

func (p *Profiles) change(ctx context.Context, key string, f func(*Profile)) error {
	err := p.with(ctx, func(kv KV) error {
		return kv.Update(ctx, []string{Meta}, func(t Tx) error {
			b, err := t.Get(Meta, preProfile+key)
			if err != nil || b == nil {
				return err
			}
			var one Profile
			if err := dec.Unmarshal(b, &one); err != nil {
				return err
			}
			f(&one)
			if b, err = portfolio.Enc.Marshal(&one); err != nil {
				return err
			}
			return t.Put(Meta, preProfile+key, b)
		})
	})
	if err != nil {
		return fmt.Errorf("note about profile %s: %w", key, err)
	}
	return nil
}

// Owe notes whether the server has still to be told that somebody signed out.
func (p *Profiles) Owe(ctx context.Context, owed bool) error {
	err := p.with(ctx, func(kv KV) error {
		return kv.Update(ctx, []string{Meta}, func(t Tx) error {
			if !owed {
				return t.Delete(Meta, keyOwed)
			}
			return t.Put(Meta, keyOwed, []byte{1})
		})
	})
	if err != nil {
		return fmt.Errorf("note a sign-out: %w", err)
	}
	return nil
}

// Owes reports whether the server has still to be told of a sign-out.
func (p *Profiles) Owes(ctx context.Context) (owed bool, err error) {
	err = p.with(ctx, func(kv KV) error {
		return kv.View(ctx, []string{Meta}, func(t Tx) error {
			b, err := t.Get(Meta, keyOwed)
			owed = b != nil
			return err
		})
	})
	if err != nil {
		return false, fmt.Errorf("read whether a sign-out is owed: %w", err)
	}
	return owed, nil
}

// Open opens the profile's database. wrap keeps its data key, and may use the
// database to do so.
func (p *Profiles) Open(ctx context.Context, profile Profile, o Options, wrap func(KV) KeyWrap) (*DB, error) {
	kv, err := p.open.Open(ctx, profile.Database())
	if err != nil {
		return nil, err
	}
	o.Wrap = wrap(kv)
	if o.User.IsZero() {
		o.User = profile.User
	}
	db, err := Open(ctx, kv, o)
	if err != nil {
		kv.Close()
		return nil, err
	}
	return db, nil
}

// Erase deletes a profile and its database. Whoever calls has made sure that
// nothing waits in its outbox, or that the user gave it up.
func (p *Profiles) Erase(ctx context.Context, key string) error {
	if err := p.open.Erase(ctx, Profile{Key: key}.Database()); err != nil {
		return fmt.Errorf("erase profile %s: %w", key, err)
	}
	err := p.with(ctx, func(kv KV) error {
		return kv.Update(ctx, []string{Meta}, func(t Tx) error { return t.Delete(Meta, preProfile+key) })
	})
	if err != nil {
		return fmt.Errorf("erase profile %s: %w", key, err)
	}
	return nil
}

// with opens the registry for one call: it is used a few times a day.
func (p *Profiles) with(ctx context.Context, f func(KV) error) error {
	kv, err := p.open.Open(ctx, ProfilesDB)
	if err != nil {
		return err
	}
	defer kv.Close()
	return f(kv)
}
