package store

import (
	"context"
	"time"

	"sillon/engine/portfolio"
)

// ProfilesDB is the name of the registry's own small database.
const ProfilesDB = "sillon-profiles"

// A Profile is one user (or the demonstration) on this device. It is not
// sealed: it names the database, and says whom to greet before a key is there.
type Profile struct {
	Key    string       `cbor:"1,keyasint"` // "u-<user id>" or "demo"
	Name   string       `cbor:"2,keyasint,omitempty"`
	Login  string       `cbor:"3,keyasint,omitempty"`
	User   portfolio.ID `cbor:"4,keyasint,omitzero"`
	Demo   bool         `cbor:"5,keyasint,omitempty"`
	UsedMS int64        `cbor:"6,keyasint,omitempty"` // last opened, tablet's clock
}

// Database is the name of the profile's database.
func (p Profile) Database() string { return "sillon-" + p.Key }

// Profiles is the registry of the profiles of this device.
type Profiles struct{ open Opener }

// NewProfiles returns the registry kept by an opener.
func NewProfiles(open Opener) *Profiles { return &Profiles{open} }

// List returns the profiles, last used first.
func (p *Profiles) List(ctx context.Context) ([]Profile, error) { return nil, errSoon }

// Use notes that a profile is being opened now, and registers it when new.
func (p *Profiles) Use(ctx context.Context, profile Profile, now time.Time) error { return errSoon }

// Open opens the profile's database.
func (p *Profiles) Open(ctx context.Context, profile Profile, o Options, wrap func(KV) KeyWrap) (*DB, error) {
	return nil, errSoon
}

// Erase deletes a profile and its database. Whoever calls has made sure that
// nothing waits in its outbox, or that the user gave it up.
func (p *Profiles) Erase(ctx context.Context, key string) error { return errSoon }
