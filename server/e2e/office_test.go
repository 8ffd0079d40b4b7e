package e2e

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the driver

	"sillon/engine/portfolio"
)

// What the server's database says, read by hand: the tests do not take the
// server's word for what it keeps.

// query asks the database of a server for one number.
func (s *server) query(t *testing.T, text string, args ...any) int {
	t.Helper()
	db := s.database(t)
	defer db.Close()
	var n sql.NullInt64
	if err := db.QueryRow(text, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return int(n.Int64)
}

func (s *server) database(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(s.data, "sillon.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// records counts the records of a kind.
func (s *server) records(t *testing.T, k portfolio.Kind) int {
	t.Helper()
	return s.query(t, `select count(*) from rec where kind = ?`, int(k))
}

// operations is how many operations a person's devices have handed in.
func (s *server) operations(t *testing.T, login string) int {
	t.Helper()
	return s.query(t, `select count(*) from op join device d on d.id = op.device join usr u on u.id = d.usr where u.login = ?`, login)
}

// accounted checks the log of operations: every device's numbers run from 1
// without a hole or a double, the device's own counter agrees, no operation is
// there twice, and none waits for another.
func (s *server) accounted(t *testing.T) {
	t.Helper()
	db := s.database(t)
	defer db.Close()
	rows, err := db.Query(`select hex(d.id), d.last_n, count(op.n), coalesce(min(op.n), 0), coalesce(max(op.n), 0), count(distinct op.op_id) from device d left join op on op.device = d.id group by d.id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var last, n, first, most, distinct int
		if err := rows.Scan(&id, &last, &n, &first, &most, &distinct); err != nil {
			t.Fatal(err)
		}
		if n > 0 && (first != 1 || most != n || last != n || distinct != n) {
			t.Errorf("device %s: %d operations numbered %d to %d, %d different, last acknowledged %d; want 1 to %[2]d, all different", id, n, first, most, distinct, last)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if n := s.query(t, `select count(*) from parked`); n > 0 {
		t.Errorf("%d operations wait for a record that never came", n)
	}
}

// endSessions forgets every session of a person, as time does.
func (s *server) endSessions(t *testing.T, login string) {
	t.Helper()
	db := s.database(t)
	defer db.Close()
	r, err := db.Exec(`delete from session where usr in (select id from usr where login = ?)`, login)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		t.Fatal(fmt.Errorf("%s had no session to end: %w", login, err))
	}
}

// sessions counts the sessions of a person.
func (s *server) sessions(t *testing.T, login string) int {
	t.Helper()
	return s.query(t, `select count(distinct family) from session where usr in (select id from usr where login = ?)`, login)
}

// contactsByCard counts the contacts that the office holds, by client.
func (s *server) contactsByCard(t *testing.T) map[string]int {
	t.Helper()
	db := s.database(t)
	defer db.Close()
	rows, err := db.Query(`select lower(hex(root)), count(*) from rec where kind = ? group by root`, int(portfolio.KindContact))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := map[string]int{}
	for rows.Next() {
		var root string
		var k int
		if err := rows.Scan(&root, &k); err != nil {
			t.Fatal(err)
		}
		n[root] = k
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return n
}

// card is a client's identifier as the database writes it.
func (c client) card() string {
	return strings.ReplaceAll(strings.TrimPrefix(c.Path, "/clients/"), "-", "")
}

// gets waits until the office holds so many more records of a kind than before.
func (s *server) gets(t *testing.T, k portfolio.Kind, more, before int) {
	t.Helper()
	got := 0
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		if got = s.records(t, k) - before; got >= more {
			break
		}
	}
	if got != more {
		t.Errorf("%d records of kind %d reached the office; want %d", got, k, more)
	}
}
