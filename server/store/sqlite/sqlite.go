// Package sqlite keeps the server's data in one SQLite file: write-ahead log,
// every commit on disk before it counts (synchronous=FULL), one connection
// that writes and several that read beside it.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	msqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/server/hub"
	"sillon/server/store"
)

// Errors of opening.
var (
	ErrNewer = errors.New("the database was written by a newer version of sillon")
	ErrOlder = errors.New("the copy was made by an older version of sillon: make another")
	ErrInUse = errors.New("the database is in use")
)

const readers = 4

// DB is an open database.
type DB struct {
	path        string
	write, read *sql.DB
	stmts       sync.Map // by pool and text
}

// Open opens the database at path, creates it when missing, and brings its
// tables to this version.
func Open(ctx context.Context, path string) (*DB, error) {
	db, err := open(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	return db, nil
}

// Make makes a new database at path, filled by fill: whole, or not at all.
// Until then it lies beside, where nothing is worth waiting for the disk.
func Make(ctx context.Context, path string, fill func(*DB) error) error {
	aside := path + ".making"
	remove := func() {
		for _, ext := range []string{"", "-wal", "-shm"} {
			os.Remove(aside + ext)
		}
	}
	remove() // of a try that was interrupted
	defer remove()
	err := func() error {
		db, err := open(ctx, aside, "_pragma=synchronous(off)")
		if err != nil {
			return err
		}
		err = fill(db)
		if err == nil {
			_, err = db.write.ExecContext(ctx, "pragma wal_checkpoint(truncate)")
		}
		if err := errors.Join(err, db.Close()); err != nil {
			return err
		}
		f, err := os.OpenFile(aside, os.O_RDWR, 0)
		if err != nil {
			return err
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return err
		}
		if err := os.Rename(aside, path); err != nil {
			return err
		}
		return syncDir(filepath.Dir(path))
	}()
	if err != nil {
		return fmt.Errorf("make database %s: %w", path, err)
	}
	return nil
}

func open(ctx context.Context, path string, more ...string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) // passwords' hashes and clients: nobody else's
	if err != nil {
		return nil, err
	}
	f.Close()
	w, err := sql.Open("sqlite", dsn(path, append([]string{"_txlock=immediate", "_pragma=journal_mode(wal)", "_pragma=synchronous(full)",
		"_pragma=foreign_keys(1)", "_pragma=cache_size(-32768)"}, more...)...))
	if err != nil {
		return nil, err
	}
	w.SetMaxOpenConns(1)
	r, err := sql.Open("sqlite", dsn(path, "_txlock=deferred", "_pragma=query_only(1)", "_pragma=cache_size(-8192)"))
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	r.SetMaxOpenConns(readers)
	r.SetMaxIdleConns(readers)
	db := &DB{path: path, write: w, read: r}
	if err := db.migrate(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func dsn(path string, options ...string) string {
	s := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_pragma=busy_timeout(10000)"
	for _, o := range options {
		s += "&" + o
	}
	return s
}

func (db *DB) migrate(ctx context.Context) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var v int
	if err := tx.QueryRowContext(ctx, "pragma user_version").Scan(&v); err != nil {
		return err
	}
	if v > len(store.Migrations) {
		return ErrNewer
	}
	for ; v < len(store.Migrations); v++ {
		if _, err := tx.ExecContext(ctx, store.Migrations[v]); err != nil {
			return fmt.Errorf("migration %d: %w", v+1, err)
		}
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("pragma user_version = %d", v+1)); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// Close closes the database after the transactions under way.
func (db *DB) Close() error { return errors.Join(db.read.Close(), db.write.Close()) }

// Ping reports whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	var n int
	return db.read.QueryRowContext(ctx, "select 1").Scan(&n)
}

// Update implements [hub.Store].
func (db *DB) Update(ctx context.Context, f func(hub.Tx) error) error {
	t, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	r := reader{ctx: ctx, db: db, pool: db.write, tx: t}
	defer r.keep()
	defer t.Rollback()
	if err := f(&tx{&r}); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// View implements [hub.Store].
func (db *DB) View(ctx context.Context, f func(hub.Reader) error) error {
	t, err := db.read.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	r := reader{ctx: ctx, db: db, pool: db.read, tx: t}
	defer r.keep()
	defer t.Rollback()
	return f(&r)
}

type reader struct {
	ctx  context.Context
	db   *DB
	pool *sql.DB
	tx   *sql.Tx
	own  map[string]*sql.Stmt // prepared for this transaction only
}

type stmtKey struct {
	pool *sql.DB
	text string
}

// stmt returns a prepared statement of the transaction.
func (r *reader) stmt(text string) (*sql.Stmt, error) {
	k := stmtKey{r.pool, text}
	if s, ok := r.db.stmts.Load(k); ok {
		return r.tx.StmtContext(r.ctx, s.(*sql.Stmt)), nil
	}
	if s, ok := r.own[text]; ok {
		return s, nil
	}
	s, err := r.tx.PrepareContext(r.ctx, text)
	if err != nil {
		return nil, fmt.Errorf("prepare %.40q: %w", text, err)
	}
	if r.own == nil {
		r.own = map[string]*sql.Stmt{}
	}
	r.own[text] = s
	return s, nil
}

// keep prepares for the pool what this transaction had to prepare for itself,
// now that its connection is free again.
func (r *reader) keep() {
	for text := range r.own {
		if s, err := r.pool.PrepareContext(r.ctx, text); err == nil {
			if _, had := r.db.stmts.LoadOrStore(stmtKey{r.pool, text}, s); had {
				s.Close()
			}
		}
	}
}

// scanner is what a row and a set of rows have in common.
type scanner interface{ Scan(...any) error }

// one reads one row; none is [hub.ErrUnknown].
func one[T any](r *reader, scan func(scanner, *T) error, text string, args ...any) (T, error) {
	var v T
	s, err := r.stmt(text)
	if err != nil {
		return v, err
	}
	if err = scan(s.QueryRowContext(r.ctx, args...), &v); errors.Is(err, sql.ErrNoRows) {
		err = hub.ErrUnknown
	}
	return v, err
}

// orZero is one, where nothing is the zero value.
func orZero[T any](v T, err error) (T, error) {
	if errors.Is(err, hub.ErrUnknown) {
		err = nil
	}
	return v, err
}

func many[T any](r *reader, scan func(scanner, *T) error, text string, args ...any) ([]T, error) {
	s, err := r.stmt(text)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(r.ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		var v T
		if err := scan(rows, &v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// blob reads a fixed number of bytes.
type blob []byte

func (b blob) Scan(v any) error {
	s, ok := v.([]byte)
	if !ok || len(s) != len(b) {
		return fmt.Errorf("want %d bytes, got %v", len(b), v)
	}
	copy(b, s)
	return nil
}

func (r *reader) Meta(key string) ([]byte, error) {
	return orZero(one(r, func(s scanner, v *[]byte) error { return s.Scan(v) }, store.GetMeta, key))
}

func scanTenant(s scanner, t *hub.Tenant) error {
	return s.Scan(&t.ID, &t.Name, &t.Epoch, &t.HLC, &t.Created)
}

func (r *reader) Tenants() ([]hub.Tenant, error) { return many(r, scanTenant, store.GetTenants) }

func (r *reader) Tenant(id uint32) (hub.Tenant, error) {
	return one(r, scanTenant, store.GetTenant, id)
}

func scanUser(s scanner, u *hub.User) error {
	return s.Scan(&u.Tenant, blob(u.ID[:]), &u.Login, &u.Name, &u.Role, &u.Home, &u.Hash, &u.Off)
}

func (r *reader) Users(tenant uint32) ([]hub.User, error) {
	return many(r, scanUser, store.GetUsers, tenant)
}

func (r *reader) User(tenant uint32, id portfolio.ID) (hub.User, error) {
	return one(r, scanUser, store.GetUser, tenant, id[:])
}

func (r *reader) UserByLogin(login string) (hub.User, error) {
	return one(r, scanUser, store.GetUserByLogin, login)
}

func scanScope(s scanner, sc *hub.Scope) error { return s.Scan(&sc.ID, &sc.Kind, &sc.Name, &sc.Seq) }

func (r *reader) Scopes(tenant uint32) ([]hub.Scope, error) {
	return many(r, scanScope, store.GetScopes, tenant)
}

func (r *reader) Scope(tenant, id uint32) (hub.Scope, error) {
	return one(r, scanScope, store.GetScope, tenant, id)
}

func scanGrant(s scanner, g *hub.Grant) error {
	return s.Scan(blob(g.User[:]), &g.Scope, &g.Role, &g.From, &g.Until)
}

func (r *reader) Grants(tenant uint32, user portfolio.ID) ([]hub.Grant, error) {
	return many(r, scanGrant, store.GetGrants, tenant, user[:])
}

func (r *reader) Holders(tenant, scope uint32) ([]hub.Grant, error) {
	return many(r, scanGrant, store.GetHolders, tenant, scope)
}

func scanDevice(s scanner, d *hub.Device) error {
	return s.Scan(blob(d.ID[:]), blob(d.User[:]), &d.LastN, blob(d.Chain[:]), &d.Schema, &d.Build, &d.Seen, &d.OffMS, &d.BackedUpN)
}

func (r *reader) Device(tenant uint32, id portfolio.ID) (hub.Device, error) {
	return orZero(one(r, scanDevice, store.GetDevice, tenant, id[:]))
}

func (r *reader) Devices(tenant uint32) ([]hub.Device, error) {
	return many(r, scanDevice, store.GetDevices, tenant)
}

// stamps is what a row remembers of its writes.
type stamps struct {
	Mark   journal.Mark            `cbor:"1,keyasint"`
	Marks  map[uint16]journal.Mark `cbor:"2,keyasint,omitempty"`
	Author portfolio.ID            `cbor:"3,keyasint,omitzero"`
	WallMS int64                   `cbor:"4,keyasint,omitempty"`
}

func scanRow(s scanner, row *journal.Row) error {
	var st, body sql.RawBytes
	var stCopy, bodyCopy []byte
	var err error
	if rows, ok := s.(*sql.Rows); ok {
		err = rows.Scan(blob(row.Rec[:]), &row.Scope, blob(row.Root[:]), &row.Entity, &row.Seq, &row.Epoch, &row.Ver, &row.Flags, &st, &body)
	} else { // a single row is closed before its raw bytes could be read
		err = s.Scan(blob(row.Rec[:]), &row.Scope, blob(row.Root[:]), &row.Entity, &row.Seq, &row.Epoch, &row.Ver, &row.Flags, &stCopy, &bodyCopy)
		st, body = stCopy, bodyCopy
	}
	if err != nil {
		return err
	}
	var w stamps
	if err := portfolio.Dec.Unmarshal(st, &w); err != nil {
		return fmt.Errorf("stamps of record %s: %w", row.Rec, err)
	}
	row.Mark, row.Marks, row.Author, row.WallMS = w.Mark, w.Marks, w.Author, w.WallMS
	if err := portfolio.Dec.Unmarshal(body, &row.Fields); err != nil {
		return fmt.Errorf("body of record %s: %w", row.Rec, err)
	}
	return nil
}

func (r *reader) Record(tenant uint32, id portfolio.ID) (*journal.Row, error) {
	row, err := one(r, scanRow, store.GetRecord, tenant, id[:])
	if errors.Is(err, hub.ErrUnknown) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &row, nil
}

func (r *reader) Card(tenant uint32, root portfolio.ID) ([]journal.Row, error) {
	return many(r, scanRow, store.GetCard, tenant, root[:])
}

func (r *reader) Rows(tenant, scope uint32, after uint64, limit int) ([]journal.Row, error) {
	return many(r, scanRow, store.GetRows, tenant, scope, int64(after), limit)
}

func scanLeft(s scanner, l *hub.Left) error { return s.Scan(&l.Scope, blob(l.Root[:]), &l.Seq, &l.At) }

func (r *reader) Lefts(tenant, scope uint32, after uint64, limit int) ([]hub.Left, error) {
	return many(r, scanLeft, store.GetLefts, tenant, scope, int64(after), limit)
}

func (r *reader) LeftOf(tenant uint32, root portfolio.ID) ([]hub.Left, error) {
	return many(r, scanLeft, store.GetLeftOf, tenant, root[:])
}

func scanInt(s scanner, n *int) error { return s.Scan(n) }

func (r *reader) OpKnown(tenant uint32, op portfolio.ID) (bool, error) {
	n, err := orZero(one(r, scanInt, store.OpKnown, tenant, op[:]))
	return n == 1, err
}

func (r *reader) Op(tenant uint32, device portfolio.ID, n uint64) (hub.Logged, error) {
	return orZero(one(r, func(s scanner, o *hub.Logged) error {
		return s.Scan(blob(o.Device[:]), &o.N, blob(o.ID[:]), blob(o.Rec[:]), &o.Kind, &o.Eff, &o.At, &o.Outcome, &o.Body)
	}, store.GetOp, tenant, device[:], int64(n)))
}

func (r *reader) Waiting(tenant uint32) (int, error) { return one(r, scanInt, store.Waiting, tenant) }

func (r *reader) Parked(tenant uint32, rec portfolio.ID) ([]hub.Parked, error) {
	return many(r, func(s scanner, p *hub.Parked) error {
		return s.Scan(blob(p.Rec[:]), blob(p.Op[:]), blob(p.Device[:]), blob(p.User[:]), &p.Eff, &p.At, &p.Body)
	}, store.GetParked, tenant, rec[:])
}

type tx struct{ *reader }

func (t *tx) exec(text string, args ...any) error {
	_, err := t.count(text, args...)
	return err
}

func (t *tx) count(text string, args ...any) (int64, error) {
	s, err := t.stmt(text)
	if err != nil {
		return 0, err
	}
	res, err := s.ExecContext(t.ctx, args...)
	if err != nil {
		var e *msqlite.Error
		if errors.As(err, &e) && (e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY) {
			err = fmt.Errorf("%w: %w", hub.ErrTaken, err)
		}
		return 0, fmt.Errorf("%.30s…: %w", text, err)
	}
	return res.RowsAffected()
}

// bytes never binds NULL.
func bytes(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

func (t *tx) PutMeta(key string, v []byte) error { return t.exec(store.PutMeta, key, bytes(v)) }

func (t *tx) PutTenant(v hub.Tenant) error {
	return t.exec(store.PutTenant, v.ID, v.Name, v.Epoch, int64(v.HLC), v.Created)
}

func (t *tx) PutUser(u hub.User) error {
	return t.exec(store.PutUser, u.Tenant, u.ID[:], u.Login, u.Name, u.Role, u.Home, u.Hash, u.Off)
}

func (t *tx) PutScope(tenant uint32, s hub.Scope) error {
	return t.exec(store.PutScope, tenant, s.ID, s.Kind, s.Name, int64(s.Seq))
}

func (t *tx) PutGrant(tenant uint32, g hub.Grant) error {
	return t.exec(store.PutGrant, tenant, g.User[:], g.Scope, g.Role, g.From, g.Until)
}

func (t *tx) PutDevice(tenant uint32, d hub.Device) error {
	return t.exec(store.PutDevice, tenant, d.ID[:], d.User[:], int64(d.LastN), d.Chain[:], d.Schema, d.Build, d.Seen, d.OffMS, int64(d.BackedUpN))
}

func (t *tx) PutRecord(tenant uint32, row *journal.Row) error {
	st, err := portfolio.Enc.Marshal(stamps{row.Mark, row.Marks, row.Author, row.WallMS})
	if err != nil {
		return err
	}
	fields := row.Fields
	if fields == nil {
		fields = portfolio.Fields{}
	}
	body, err := portfolio.Enc.Marshal(fields)
	if err != nil {
		return err
	}
	return t.exec(store.PutRecord, tenant, row.Rec[:], row.Scope, row.Root[:], row.Entity, int64(row.Seq), row.Epoch, int64(row.Ver), row.Flags, st, body)
}

func (t *tx) PutLeft(tenant uint32, l hub.Left) error {
	return t.exec(store.PutLeft, tenant, l.Scope, l.Root[:], int64(l.Seq), l.At)
}

func (t *tx) DropLeft(tenant, scope uint32, root portfolio.ID) error {
	return t.exec(store.DropLeft, tenant, scope, root[:])
}

func (t *tx) AddOp(tenant uint32, o hub.Logged) error {
	return t.exec(store.AddOp, tenant, o.Device[:], int64(o.N), o.ID[:], o.Rec[:], o.Kind, int64(o.Eff), o.At, o.Outcome, bytes(o.Body))
}

func (t *tx) Settle(tenant uint32, op portfolio.ID, out journal.Outcome) error {
	return t.must(store.Settle, tenant, op[:], out)
}

func (t *tx) Park(tenant uint32, p hub.Parked) error {
	return t.exec(store.Park, tenant, p.Rec[:], p.Op[:], p.Device[:], p.User[:], int64(p.Eff), p.At, bytes(p.Body))
}

func (t *tx) Unpark(tenant uint32, op portfolio.ID) error {
	return t.must(store.Unpark, tenant, op[:])
}

// must changes one row or more.
func (t *tx) must(text string, args ...any) error {
	n, err := t.count(text, args...)
	if err == nil && n == 0 {
		err = hub.ErrUnknown
	}
	return err
}

func (t *tx) Audit(tenant uint32, e hub.Event) error {
	return t.exec(store.Audit, tenant, e.At, e.User[:], e.What, e.On)
}
