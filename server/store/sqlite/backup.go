package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"sillon/server/hub"
	"sillon/server/store"
)

// ErrDamaged says that a file is no whole database of ours.
var ErrDamaged = errors.New("not a whole sillon database")

// Backup copies the database at path, as of one moment, into a new file and
// checks the copy. It returns its size. The database may be in use.
func Backup(ctx context.Context, path, to string) (int64, error) {
	size, err := backup(ctx, path, to)
	if err != nil {
		return 0, fmt.Errorf("back up %s into %s: %w", path, to, err)
	}
	return size, nil
}

func backup(ctx context.Context, path, to string) (size int64, err error) {
	if _, err := os.Stat(path); err != nil {
		return 0, err
	}
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600) // never over another file, readable by us alone
	if err != nil {
		return 0, err
	}
	defer f.Close()
	defer func() {
		if err != nil {
			os.Remove(to)
		}
	}()
	db, err := sql.Open("sqlite", dsn(path))
	if err != nil {
		return 0, err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "vacuum into ?", to); err != nil {
		return 0, err
	}
	if err := check(ctx, to); err != nil {
		return 0, err
	}
	if err := f.Sync(); err != nil {
		return 0, err
	}
	st, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return st.Size(), syncDir(filepath.Dir(to))
}

// check reads a whole database file and follows its references.
func check(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", dsn(path, "_pragma=query_only(1)"))
	if err != nil {
		return err
	}
	defer db.Close()
	var word string
	var n int
	if err := db.QueryRowContext(ctx, "pragma integrity_check").Scan(&word); err != nil || word != "ok" {
		return fmt.Errorf("%w: %s %w", ErrDamaged, word, err)
	}
	if err := db.QueryRowContext(ctx, "select count(*) from pragma_foreign_key_check").Scan(&n); err != nil || n > 0 {
		return fmt.Errorf("%w: %d references to nothing, %w", ErrDamaged, n, err)
	}
	if err := db.QueryRowContext(ctx, "select count(*) from tenant").Scan(&n); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return nil
}

// OpenCopy opens a copy that Backup made, after checking it, to be read only.
func OpenCopy(ctx context.Context, path string) (*DB, error) {
	db, err := openCopy(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("open copy %s: %w", path, err)
	}
	return db, nil
}

func openCopy(ctx context.Context, path string) (*DB, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	if err := check(ctx, path); err != nil {
		return nil, err
	}
	r, err := sql.Open("sqlite", dsn(path, "_txlock=deferred", "_pragma=query_only(1)"))
	if err != nil {
		return nil, err
	}
	db := &DB{path: path, write: r, read: r}
	var v int
	err = r.QueryRowContext(ctx, "pragma user_version").Scan(&v)
	switch {
	case err != nil:
	case v > len(store.Migrations):
		err = ErrNewer
	case v < len(store.Migrations):
		err = ErrOlder
	default:
		return db, nil
	}
	return nil, errors.Join(err, db.Close())
}

// Restore replaces the database at path by a copy and starts a new epoch in
// every tenant, later than any that the present database has given. It refuses
// a database in use and returns where the present one is kept, if there was one.
func Restore(ctx context.Context, from, path string, now time.Time) (kept string, err error) {
	kept, err = restore(ctx, from, path, now)
	if err != nil {
		return "", fmt.Errorf("restore %s from %s: %w", path, from, err)
	}
	return kept, nil
}

func restore(ctx context.Context, from, path string, now time.Time) (string, error) {
	if err := check(ctx, from); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	tmp := path + ".restoring"
	if err := copyFile(from, tmp); err != nil {
		return "", err
	}
	defer os.Remove(tmp)
	release, epochs, err := alone(ctx, path)
	if err != nil {
		return "", err
	}
	defer release()
	db, err := Open(ctx, tmp) // brings an old copy to this version
	if err != nil {
		return "", err
	}
	var ts []hub.Tenant
	err = db.View(ctx, func(r hub.Reader) (err error) {
		ts, err = r.Tenants()
		return err
	})
	for _, t := range ts {
		if err == nil {
			_, err = hub.NewEpoch(ctx, db, t.ID, epochs[t.ID]+1)
		}
	}
	if err == nil {
		_, err = db.write.ExecContext(ctx, "delete from session") // a copy may hold references that were ended since
	}
	if err == nil {
		_, err = db.write.ExecContext(ctx, "pragma wal_checkpoint(truncate)")
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return "", err
	}
	kept := ""
	if _, err := os.Stat(path); err == nil {
		kept = path + now.UTC().Format(".before-20060102-150405")
		if err := os.Rename(path, kept); err != nil {
			return "", err
		}
	}
	if err := os.Rename(tmp, path); err != nil {
		return kept, err
	}
	for _, ext := range []string{"-wal", "-shm"} { // of the copy: empty
		os.Remove(tmp + ext)
	}
	return kept, syncDir(filepath.Dir(path))
}

// alone takes the database for itself and returns the epochs that it has
// given. Leaving the write-ahead log needs every other connection gone, so it
// tells whether somebody uses the file.
func alone(ctx context.Context, path string) (release func(), epochs map[uint32]uint32, err error) {
	epochs = map[uint32]uint32{}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return func() {}, epochs, nil
	}
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(500)")
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if err != nil {
			db.Close()
		}
	}()
	db.SetMaxOpenConns(1)
	var mode string
	if err := db.QueryRowContext(ctx, "pragma journal_mode = delete").Scan(&mode); err != nil || mode != "delete" {
		return nil, nil, fmt.Errorf("%w: stop the server first", ErrInUse)
	}
	if _, err := db.ExecContext(ctx, "begin exclusive"); err != nil {
		return nil, nil, fmt.Errorf("%w: stop the server first", ErrInUse)
	}
	rows, err := db.QueryContext(ctx, "select id, epoch from tenant")
	if err != nil { // damaged: nothing to be later than
		return func() { db.Close() }, epochs, nil
	}
	defer rows.Close()
	for rows.Next() {
		var id, epoch uint32
		if err := rows.Scan(&id, &epoch); err != nil {
			return nil, nil, err
		}
		epochs[id] = epoch
	}
	return func() { db.Close() }, epochs, rows.Err()
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return errors.Join(err, out.Close())
	}
	return errors.Join(out.Sync(), out.Close())
}

// syncDir makes a new name survive a power cut.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
