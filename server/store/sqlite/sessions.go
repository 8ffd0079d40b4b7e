package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"sillon/engine/portfolio"
	"sillon/server/auth"
	"sillon/server/hub"
	"sillon/server/store"
)

// Account implements [auth.Store].
func (db *DB) Account(ctx context.Context, login string) (auth.Account, error) {
	var u hub.User
	err := scanUser(db.read.QueryRowContext(ctx, store.GetUserByLogin, login), &u)
	if errors.Is(err, sql.ErrNoRows) {
		return auth.Account{}, auth.ErrUnknown
	}
	return auth.Account{Tenant: u.Tenant, User: u.ID, Hash: u.Hash, Off: u.Off}, err
}

// Session implements [auth.Store].
func (db *DB) Session(ctx context.Context, ref auth.Hash) (auth.Session, error) {
	var s auth.Session
	err := db.read.QueryRowContext(ctx, store.GetSession, ref[:]).Scan(blob(s.Ref[:]), blob(s.Family[:]), &s.Gen, &s.Tenant,
		blob(s.User[:]), blob(s.Device[:]), &s.Began, &s.Issued, &s.Seen, &s.Replaced, &s.Off)
	if errors.Is(err, sql.ErrNoRows) {
		err = auth.ErrUnknown
	}
	return s, err
}

// PutSession implements [auth.Store].
func (db *DB) PutSession(ctx context.Context, s auth.Session) error {
	return db.exec(ctx, store.PutSession, s.Ref[:], s.Family[:], s.Gen, s.Tenant, s.User[:], s.Device[:], s.Began, s.Issued, s.Seen, s.Replaced)
}

// Supersede implements [auth.Store].
func (db *DB) Supersede(ctx context.Context, family auth.Family, below int, nowMS int64) error {
	return db.exec(ctx, store.Supersede, family[:], below, nowMS)
}

// EndFamily implements [auth.Store].
func (db *DB) EndFamily(ctx context.Context, family auth.Family) error {
	return db.exec(ctx, store.EndFamily, family[:])
}

// EndUser implements [auth.Store].
func (db *DB) EndUser(ctx context.Context, tenant uint32, user portfolio.ID) error {
	return db.exec(ctx, store.EndUser, tenant, user[:])
}

// EndOlder implements [auth.Store].
func (db *DB) EndOlder(ctx context.Context, beganBefore, seenBefore int64) error {
	return db.exec(ctx, store.EndOlder, beganBefore, seenBefore)
}

func (db *DB) exec(ctx context.Context, text string, args ...any) error {
	_, err := db.write.ExecContext(ctx, text, args...)
	return err
}
