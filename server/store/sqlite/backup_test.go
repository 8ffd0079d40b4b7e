package sqlite_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sillon/server/auth"
	"sillon/server/hub"
	"sillon/server/store"
	"sillon/server/store/sqlite"
)

func epoch(t *testing.T, db *sqlite.DB) (e uint32, name string) {
	t.Helper()
	err := db.View(ctx, func(r hub.Reader) error {
		x, err := r.Tenant(1)
		e, name = x.Epoch, x.Name
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return e, name
}

func TestARestoredDatabaseIsOfALaterEpochThanAnyBefore(t *testing.T) {
	dir := t.TempDir()
	path, copied := filepath.Join(dir, "data", "sillon.db"), filepath.Join(dir, "copy.db")
	db, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	put := func(x hub.Tenant) {
		t.Helper()
		if err := db.Update(ctx, func(tx hub.Tx) error { return tx.PutTenant(x) }); err != nil {
			t.Fatal(err)
		}
	}
	put(hub.Tenant{ID: 1, Name: "before", Epoch: 1})
	if err := db.Update(ctx, func(tx hub.Tx) error { return tx.PutUser(hub.User{Tenant: 1, ID: id(1), Login: "ana"}) }); err != nil {
		t.Fatal(err)
	}
	if err := db.PutSession(ctx, auth.Session{Ref: auth.Hash{1}, Tenant: 1, User: id(1)}); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Backup(ctx, path, copied); err != nil {
		t.Fatal(err)
	}
	put(hub.Tenant{ID: 1, Name: "after", Epoch: 6})
	if _, err := sqlite.Restore(ctx, copied, path, time.Unix(1_800_000_000, 0)); !errors.Is(err, sqlite.ErrInUse) {
		t.Fatalf("while in use: %v, want %v", err, sqlite.ErrInUse)
	}
	put(hub.Tenant{ID: 1, Name: "after the refusal", Epoch: 6}) // it still works
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	kept, err := sqlite.Restore(ctx, copied, path, time.Unix(1_800_000_000, 0))
	if err != nil {
		t.Fatal(err)
	}
	if db, err = sqlite.Open(ctx, path); err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if e, name := epoch(t, db); e != 7 || name != "before" {
		t.Errorf("restored: epoch %d of %q, want 7 of the copy", e, name)
	}
	if _, err := db.Session(ctx, auth.Hash{1}); !errors.Is(err, auth.ErrUnknown) {
		t.Errorf("a session came back with the copy: %v", err)
	}
	old, err := sqlite.Open(ctx, kept)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	if e, name := epoch(t, old); e != 6 || name != "after the refusal" {
		t.Errorf("kept: epoch %d of %q", e, name)
	}
	for _, name := range []string{"sillon.db.restoring", "sillon.db.restoring-wal"} {
		if _, err := os.Stat(filepath.Join(dir, "data", name)); err == nil {
			t.Errorf("%s was left behind", name)
		}
	}
}

func TestADamagedCopyIsRefused(t *testing.T) {
	dir := t.TempDir()
	path, bad := filepath.Join(dir, "sillon.db"), filepath.Join(dir, "bad.db")
	db, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for what, b := range map[string][]byte{"empty": nil, "cut": whole[:len(whole)/2], "text": []byte(strings.Repeat("not a database ", 500))} {
		if err := os.WriteFile(bad, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := sqlite.Restore(ctx, bad, path, time.Now()); !errors.Is(err, sqlite.ErrDamaged) {
			t.Errorf("a copy that is %s: %v, want %v", what, err, sqlite.ErrDamaged)
		}
	}
}

func TestACopyIsOnlyRead(t *testing.T) {
	dir := t.TempDir()
	path, copied := filepath.Join(dir, "sillon.db"), filepath.Join(dir, "copy.db")
	db, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(ctx, func(tx hub.Tx) error { return tx.PutTenant(hub.Tenant{ID: 1, Name: "before", Epoch: 3}) }); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Backup(ctx, path, copied); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	c, err := sqlite.OpenCopy(ctx, copied)
	if err != nil {
		t.Fatal(err)
	}
	if e, name := epoch(t, c); e != 3 || name != "before" {
		t.Errorf("the copy: epoch %d of %q", e, name)
	}
	if err := c.Update(ctx, func(tx hub.Tx) error { return tx.PutTenant(hub.Tenant{ID: 1, Name: "changed"}) }); err == nil {
		t.Error("the copy was changed")
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if after, err := os.ReadFile(copied); err != nil || !bytes.Equal(whole, after) {
		t.Errorf("the file is another one (%v)", err)
	}
	raw, err := sql.Open("sqlite", copied)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	for version, want := range map[int]error{0: sqlite.ErrOlder, 9999: sqlite.ErrNewer} {
		if _, err := raw.Exec(fmt.Sprint("pragma user_version = ", version)); err != nil {
			t.Fatal(err)
		}
		if _, err := sqlite.OpenCopy(ctx, copied); !errors.Is(err, want) {
			t.Errorf("version %d: %v, want %v", version, err, want)
		}
	}
}

func TestADatabaseOfALaterVersionIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sillon.db")
	db, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Exec("pragma user_version = 9999"); err != nil {
		t.Fatal(err)
	}
	raw.Close()
	if _, err := sqlite.Open(ctx, path); !errors.Is(err, sqlite.ErrNewer) {
		t.Errorf("%v, want %v", err, sqlite.ErrNewer)
	}
}

func TestADatabaseOfTheFirstVersionIsBroughtToThisOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sillon.db")
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	zero, dev := make([]byte, 16), id(20)
	for _, s := range []string{store.Migrations[0], "pragma user_version = 1", "insert into tenant values (1, 'T', 1, 0, 0)"} {
		if _, err := raw.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := raw.Exec("insert into device values (1, ?, ?, 7, ?, 1, 'b', 9, 0)", dev[:], zero, zero); err != nil {
		t.Fatal(err)
	}
	raw.Close()
	db, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.View(ctx, func(r hub.Reader) error {
		d, err := r.Device(1, dev)
		if d.LastN != 7 || d.Build != "b" || d.BackedUpN != 0 {
			t.Errorf("%+v", d)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestADatabaseThatCouldNotBeMadeIsNotThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sillon.db")
	stop := errors.New("stop")
	if err := sqlite.Make(ctx, path, func(*sqlite.DB) error { return stop }); !errors.Is(err, stop) {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(path + "*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A query that walks a whole table is a server that slows down as it fills.
func TestEveryQuerySearchesByItsKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sillon.db")
	db, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	for query, key := range map[string]string{
		store.GetRecord: "tenant=? AND id=?", store.GetCard: "tenant=? AND root=?", store.GetRows: "tenant=? AND scope=? AND seq>?",
		store.GetLefts: "tenant=? AND scope=? AND seq>?", store.GetLeftOf: "tenant=? AND root=?",
		store.GetUser: "tenant=? AND id=?", store.GetUserByLogin: "login=?", store.GetScope: "tenant=? AND id=?",
		store.GetGrants: "tenant=? AND usr=?", store.GetHolders: "tenant=? AND scope=?", store.GetDevice: "tenant=? AND id=?", store.GetDevices: "tenant=?",
		store.OpKnown: "tenant=? AND op_id=?", store.GetOp: "tenant=? AND device=? AND n=?", store.Settle: "tenant=? AND op_id=?",
		store.Waiting: "tenant=?", store.GetParked: "tenant=? AND rec=?", store.Unpark: "tenant=? AND op_id=?",
		store.GetSession: "ref=?", store.Supersede: "family=?", store.EndFamily: "family=?", store.EndUser: "tenant=? AND usr=?",
	} {
		var args []any
		for strings.Contains(query, fmt.Sprintf("?%d", len(args)+1)) {
			args = append(args, 1)
		}
		rows, err := raw.Query("explain query plan "+query, args...)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		var plan []string
		for rows.Next() {
			var a, b, c int
			var detail string
			if err := rows.Scan(&a, &b, &c, &detail); err != nil {
				t.Fatal(err)
			}
			plan = append(plan, detail)
		}
		rows.Close()
		if all := strings.Join(plan, "; "); !strings.Contains(all, "("+key+")") || strings.Contains(all, "SCAN") {
			t.Errorf("%s\n%s\nwant a search by %s", query, all, key)
		}
	}
}
