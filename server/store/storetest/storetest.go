// Package storetest holds what every store of the server must do.
package storetest

import (
	"context"
	"encoding/binary"
	"errors"
	"reflect"
	"testing"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
	"sillon/server/auth"
	"sillon/server/hub"
)

// A Store is both halves: the hub's and the sessions'.
type Store interface {
	hub.Store
	auth.Store
}

var ctx = context.Background()

func id(n int) (id portfolio.ID) {
	binary.BigEndian.PutUint64(id[8:], uint64(n))
	return id
}

// Run checks a store; open returns an empty one.
func Run(t *testing.T, open func(t *testing.T) Store) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Store)
	}{
		{"what was put is what is read", reads},
		{"a failed transaction leaves nothing", rollsBack},
		{"a view is one cut while others write", cuts},
		{"rows come in order of seq, from the cursor on", orders},
		{"tenants do not see each other", separates},
		{"an operation has one number and one identifier", numbers},
		{"what is parked waits in order until it is taken", parks},
		{"a login belongs to one user, whatever its case", logins},
		{"sessions are found by reference and end by family", sessions},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t)
			base(t, s)
			c.test(t, s)
		})
	}
}

func update(t *testing.T, s Store, f func(hub.Tx) error) {
	t.Helper()
	if err := s.Update(ctx, f); err != nil {
		t.Fatal(err)
	}
}

func view(t *testing.T, s Store, f func(hub.Reader) error) {
	t.Helper()
	if err := s.View(ctx, f); err != nil {
		t.Fatal(err)
	}
}

func same[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %+v, want %+v", what, got, want)
	}
}

func get[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// base puts two tenants, each with a user and two scopes.
func base(t *testing.T, s Store) {
	update(t, s, func(tx hub.Tx) error {
		var errs []error
		for n := uint32(1); n <= 2; n++ {
			errs = append(errs,
				tx.PutTenant(hub.Tenant{ID: n, Name: "Kerouan", Epoch: n, HLC: journal.At(1_800_000_000_000), Created: 5}),
				tx.PutUser(user(n)),
				tx.PutScope(n, hub.Scope{ID: 1, Kind: wire.ScopeOrg, Name: "Kerouan"}),
				tx.PutScope(n, hub.Scope{ID: 2, Kind: wire.ScopePortfolio, Name: "Saint-Malo", Seq: 7}),
			)
		}
		return errors.Join(errs...)
	})
}

func user(tenant uint32) hub.User {
	return hub.User{Tenant: tenant, ID: id(10), Login: []string{"", "ana", "zoe"}[tenant], Name: "Ana", Role: portfolio.RoleRep, Home: 2, Hash: "$argon2id$"}
}

func row(rec, root int, scope uint32, seq uint64) *journal.Row {
	return &journal.Row{
		Rec: id(rec), Entity: portfolio.KindPerson, Root: id(root), Seq: seq, Ver: 3, Epoch: 1, Scope: scope,
		Fields: portfolio.Fields{2: portfolio.Value("Yann"), 900: portfolio.Value([]int{1, 2})},
		Mark:   journal.Mark{Stamp: journal.At(1_800_000_000_000) + 3, Dev: id(20), N: 1 << 40},
		Marks:  map[uint16]journal.Mark{2: {Stamp: 9, Dev: id(21), N: 2}},
		Author: id(10), WallMS: 1_800_000_000_001,
	}
}

func reads(t *testing.T, s Store) {
	grant := hub.Grant{User: id(10), Scope: 2, Role: portfolio.RoleRep, From: 4}
	ended := hub.Grant{User: id(10), Scope: 1, Role: portfolio.RoleAdmin, From: 3, Until: 8}
	dev := hub.Device{ID: id(20), User: id(10), LastN: 12, Chain: journal.Chain{1, 2}, Schema: 1, Build: "v1", Seen: 99, OffMS: -3, BackedUpN: 11}
	left := hub.Left{Scope: 2, Root: id(30), Seq: 6, At: 77}
	bare := &journal.Row{Rec: id(32), Entity: portfolio.KindOrg, Scope: 1, Seq: 1, Ver: 1, Epoch: 1, Fields: portfolio.Fields{}, Mark: journal.Mark{Stamp: 1, Dev: id(20), N: 1}}
	update(t, s, func(tx hub.Tx) error {
		return errors.Join(
			tx.PutMeta("key", []byte{1}), tx.PutMeta("key", []byte{2, 3}),
			tx.PutGrant(1, grant), tx.PutGrant(1, ended), tx.PutDevice(1, hub.Device{ID: id(20), User: id(10)}), tx.PutDevice(1, dev), tx.PutDevice(1, hub.Device{ID: id(19), User: id(10)}),
			tx.PutRecord(1, row(31, 30, 2, 4)), tx.PutRecord(1, bare),
			tx.PutLeft(1, hub.Left{Scope: 2, Root: id(30), Seq: 5, At: 76}), tx.PutLeft(1, left),
			tx.Audit(1, hub.Event{At: 4, User: id(10), What: "grant", On: "x"}),
		)
	})
	view(t, s, func(r hub.Reader) error {
		same(t, "meta", get[[]byte](t)(r.Meta("key")), []byte{2, 3})
		same(t, "no meta", len(get[[]byte](t)(r.Meta("other"))), 0)
		same(t, "tenants", len(get[[]hub.Tenant](t)(r.Tenants())), 2)
		same(t, "tenant", get[hub.Tenant](t)(r.Tenant(2)), hub.Tenant{ID: 2, Name: "Kerouan", Epoch: 2, HLC: journal.At(1_800_000_000_000), Created: 5})
		same(t, "user", get[hub.User](t)(r.User(1, id(10))), user(1))
		same(t, "users", get[[]hub.User](t)(r.Users(1)), []hub.User{user(1)})
		same(t, "scope", get[hub.Scope](t)(r.Scope(1, 2)), hub.Scope{ID: 2, Kind: wire.ScopePortfolio, Name: "Saint-Malo", Seq: 7})
		same(t, "scopes", len(get[[]hub.Scope](t)(r.Scopes(1))), 2)
		same(t, "grants", get[[]hub.Grant](t)(r.Grants(1, id(10))), []hub.Grant{ended, grant})
		same(t, "holders", get[[]hub.Grant](t)(r.Holders(1, 2)), []hub.Grant{grant})
		same(t, "device", get[hub.Device](t)(r.Device(1, id(20))), dev)
		same(t, "devices", get[[]hub.Device](t)(r.Devices(1)), []hub.Device{{ID: id(19), User: id(10)}, dev})
		same(t, "no device", get[hub.Device](t)(r.Device(1, id(21))), hub.Device{})
		same(t, "record", get[*journal.Row](t)(r.Record(1, id(31))), row(31, 30, 2, 4))
		same(t, "bare record", get[*journal.Row](t)(r.Record(1, id(32))), bare)
		same(t, "no record", get[*journal.Row](t)(r.Record(1, id(33))), nil)
		same(t, "card", get[[]journal.Row](t)(r.Card(1, id(30))), []journal.Row{*row(31, 30, 2, 4)})
		same(t, "left", get[[]hub.Left](t)(r.LeftOf(1, id(30))), []hub.Left{left})
		same(t, "no operation", get[hub.Logged](t)(r.Op(1, id(20), 1)), hub.Logged{})
		for what, err := range map[string]error{"tenant": second(r.Tenant(3)), "user": second(r.User(1, id(11))), "login": second(r.UserByLogin("nobody")), "scope": second(r.Scope(1, 9))} {
			if !errors.Is(err, hub.ErrUnknown) {
				t.Errorf("unknown %s: %v, want %v", what, err, hub.ErrUnknown)
			}
		}
		return nil
	})
	update(t, s, func(tx hub.Tx) error { return tx.DropLeft(1, 2, id(30)) })
	view(t, s, func(r hub.Reader) error {
		same(t, "left after it was dropped", len(get[[]hub.Left](t)(r.LeftOf(1, id(30)))), 0)
		return nil
	})
}

func second[T any](_ T, err error) error { return err }

func rollsBack(t *testing.T, s Store) {
	update(t, s, func(tx hub.Tx) error { return tx.PutRecord(1, row(31, 30, 2, 4)) })
	stop := errors.New("stop")
	err := s.Update(ctx, func(tx hub.Tx) error {
		moved := row(31, 30, 1, 9)
		return errors.Join(tx.PutRecord(1, moved), tx.PutRecord(1, row(32, 30, 1, 10)), tx.PutScope(1, hub.Scope{ID: 1, Seq: 10}),
			tx.AddOp(1, hub.Logged{Device: id(20), N: 1, ID: id(50), Outcome: journal.Parked}), tx.Park(1, hub.Parked{Rec: id(60), Op: id(50)}), stop)
	})
	if !errors.Is(err, stop) {
		t.Fatalf("the error of the function: %v", err)
	}
	view(t, s, func(r hub.Reader) error {
		same(t, "record", get[*journal.Row](t)(r.Record(1, id(31))), row(31, 30, 2, 4))
		same(t, "rows", len(get[[]journal.Row](t)(r.Rows(1, 1, 0, 10))), 0)
		same(t, "card", len(get[[]journal.Row](t)(r.Card(1, id(30)))), 1)
		same(t, "scope", get[hub.Scope](t)(r.Scope(1, 1)).Seq, 0)
		same(t, "operation", get[bool](t)(r.OpKnown(1, id(50))), false)
		same(t, "parked", get[int](t)(r.Waiting(1)), 0)
		return nil
	})
	// The numbers come again, with other content: nothing of the first try shows.
	update(t, s, func(tx hub.Tx) error {
		return errors.Join(tx.PutRecord(1, row(33, 30, 1, 9)), tx.PutRecord(1, row(31, 30, 1, 10)))
	})
	view(t, s, func(r hub.Reader) error {
		rows := get[[]journal.Row](t)(r.Rows(1, 1, 0, 10))
		same(t, "rows after the second try", []portfolio.ID{rows[0].Rec, rows[1].Rec}, []portfolio.ID{id(33), id(31)})
		same(t, "how many", len(rows), 2)
		same(t, "where they were", len(get[[]journal.Row](t)(r.Rows(1, 2, 0, 10))), 0)
		return nil
	})
}

func cuts(t *testing.T, s Store) {
	begun, written := make(chan struct{}), make(chan error, 1)
	view(t, s, func(r hub.Reader) error {
		before := get[hub.Scope](t)(r.Scope(1, 2)).Seq
		go func() {
			close(begun)
			written <- s.Update(ctx, func(tx hub.Tx) error { return tx.PutScope(1, hub.Scope{ID: 2, Seq: 99}) })
		}()
		<-begun
		for range 200 {
			if now := get[hub.Scope](t)(r.Scope(1, 2)).Seq; now != before {
				t.Fatalf("seq went from %d to %d within a view", before, now)
			}
		}
		return nil
	})
	if err := <-written; err != nil {
		t.Fatal(err)
	}
	view(t, s, func(r hub.Reader) error {
		same(t, "seq afterwards", get[hub.Scope](t)(r.Scope(1, 2)).Seq, 99)
		return nil
	})
}

func orders(t *testing.T, s Store) {
	update(t, s, func(tx hub.Tx) error {
		return errors.Join(
			tx.PutRecord(1, row(41, 40, 2, 1)), tx.PutRecord(1, row(42, 40, 2, 2)), tx.PutRecord(1, row(43, 40, 2, 3)),
			tx.PutRecord(1, row(41, 40, 2, 4)), // changed: its first number is a hole now
			tx.PutRecord(1, row(42, 40, 1, 5)), // moved
			tx.PutLeft(1, hub.Left{Scope: 2, Root: id(48), Seq: 6}), tx.PutLeft(1, hub.Left{Scope: 2, Root: id(49), Seq: 5}),
		)
	})
	seqs := func(rows []journal.Row) (out []uint64) {
		for _, r := range rows {
			out = append(out, r.Seq)
		}
		return out
	}
	view(t, s, func(r hub.Reader) error {
		same(t, "all", seqs(get[[]journal.Row](t)(r.Rows(1, 2, 0, 10))), []uint64{3, 4})
		same(t, "limited", seqs(get[[]journal.Row](t)(r.Rows(1, 2, 0, 1))), []uint64{3})
		same(t, "from the cursor", seqs(get[[]journal.Row](t)(r.Rows(1, 2, 3, 10))), []uint64{4})
		same(t, "from the end", len(get[[]journal.Row](t)(r.Rows(1, 2, 4, 10))), 0)
		ls := get[[]hub.Left](t)(r.Lefts(1, 2, 0, 10))
		same(t, "left", []uint64{ls[0].Seq, ls[1].Seq}, []uint64{5, 6})
		same(t, "left from the cursor", len(get[[]hub.Left](t)(r.Lefts(1, 2, 5, 10))), 1)
		return nil
	})
}

func separates(t *testing.T, s Store) {
	update(t, s, func(tx hub.Tx) error {
		return errors.Join(tx.PutRecord(1, row(41, 40, 2, 1)), tx.PutGrant(1, hub.Grant{User: id(10), Scope: 2, Role: 1}),
			tx.PutDevice(1, hub.Device{ID: id(20), User: id(10), LastN: 4}), tx.PutLeft(1, hub.Left{Scope: 2, Root: id(40), Seq: 1}),
			tx.AddOp(1, hub.Logged{Device: id(20), N: 1, ID: id(50), Outcome: journal.Parked}), tx.Park(1, hub.Parked{Rec: id(41), Op: id(50)}))
	})
	view(t, s, func(r hub.Reader) error {
		same(t, "record", get[*journal.Row](t)(r.Record(2, id(41))), nil)
		same(t, "card", len(get[[]journal.Row](t)(r.Card(2, id(40)))), 0)
		same(t, "rows", len(get[[]journal.Row](t)(r.Rows(2, 2, 0, 10))), 0)
		same(t, "left", len(get[[]hub.Left](t)(r.Lefts(2, 2, 0, 10)))+len(get[[]hub.Left](t)(r.LeftOf(2, id(40)))), 0)
		same(t, "grants", len(get[[]hub.Grant](t)(r.Grants(2, id(10))))+len(get[[]hub.Grant](t)(r.Holders(2, 2))), 0)
		same(t, "device", get[hub.Device](t)(r.Device(2, id(20))), hub.Device{})
		same(t, "operation", get[bool](t)(r.OpKnown(2, id(50))), false)
		same(t, "operation by number", get[hub.Logged](t)(r.Op(2, id(20), 1)), hub.Logged{})
		same(t, "parked", get[int](t)(r.Waiting(2))+len(get[[]hub.Parked](t)(r.Parked(2, id(41)))), 0)
		same(t, "users", len(get[[]hub.User](t)(r.Users(2))), 1)
		return nil
	})
	if err := s.Update(ctx, func(tx hub.Tx) error { return tx.Unpark(2, id(50)) }); !errors.Is(err, hub.ErrUnknown) {
		t.Errorf("taking another tenant's parked operation: %v", err)
	}
}

func numbers(t *testing.T, s Store) {
	op := hub.Logged{Device: id(20), N: 1, ID: id(50), Rec: id(31), Kind: journal.Patch, Eff: journal.At(1_800_000_000_000), At: 8, Outcome: journal.Applied, Body: []byte{0xa0}}
	update(t, s, func(tx hub.Tx) error { return tx.AddOp(1, op) })
	for what, o := range map[string]hub.Logged{
		"number":     {Device: id(20), N: 1, ID: id(51), Outcome: journal.Applied},
		"identifier": {Device: id(20), N: 2, ID: id(50), Outcome: journal.Refused},
	} {
		if err := s.Update(ctx, func(tx hub.Tx) error { return tx.AddOp(1, o) }); !errors.Is(err, hub.ErrTaken) {
			t.Errorf("the same %s again: %v, want %v", what, err, hub.ErrTaken)
		}
	}
	update(t, s, func(tx hub.Tx) error {
		return errors.Join(tx.AddOp(1, hub.Logged{Device: id(21), N: 1, ID: id(50), Outcome: journal.Repeated}), tx.AddOp(2, op), tx.Settle(1, id(50), journal.Refused))
	})
	view(t, s, func(r hub.Reader) error {
		want := op
		want.Outcome = journal.Refused
		same(t, "operation", get[hub.Logged](t)(r.Op(1, id(20), 1)), want)
		same(t, "its repetition", get[hub.Logged](t)(r.Op(1, id(21), 1)).Outcome, journal.Repeated)
		same(t, "known", get[bool](t)(r.OpKnown(1, id(50))), true)
		same(t, "unknown", get[bool](t)(r.OpKnown(1, id(51))), false)
		return nil
	})
}

func parks(t *testing.T, s Store) {
	first := hub.Parked{Rec: id(31), Op: id(52), Device: id(20), User: id(10), Eff: 5, At: 6, Body: []byte{1}}
	next := hub.Parked{Rec: id(31), Op: id(51), Device: id(21), User: id(10), Eff: 4, At: 7, Body: []byte{2}}
	update(t, s, func(tx hub.Tx) error { return errors.Join(tx.Park(1, first), tx.Park(1, next)) })
	view(t, s, func(r hub.Reader) error {
		same(t, "waiting", get[int](t)(r.Waiting(1)), 2)
		same(t, "parked", get[[]hub.Parked](t)(r.Parked(1, id(31))), []hub.Parked{first, next})
		return nil
	})
	update(t, s, func(tx hub.Tx) error { return tx.Unpark(1, id(52)) })
	view(t, s, func(r hub.Reader) error {
		same(t, "still parked", get[[]hub.Parked](t)(r.Parked(1, id(31))), []hub.Parked{next})
		return nil
	})
}

func logins(t *testing.T, s Store) {
	u := hub.User{Tenant: 2, ID: id(11), Login: "ANA", Name: "Anaëlle"}
	if err := s.Update(ctx, func(tx hub.Tx) error { return tx.PutUser(u) }); !errors.Is(err, hub.ErrTaken) {
		t.Errorf("a login that another organisation has: %v, want %v", err, hub.ErrTaken)
	}
	a, err := s.Account(ctx, "Ana")
	same(t, "account", a, auth.Account{Tenant: 1, User: id(10), Hash: "$argon2id$"})
	if err != nil {
		t.Error(err)
	}
	if _, err := s.Account(ctx, "nobody"); !errors.Is(err, auth.ErrUnknown) {
		t.Errorf("unknown account: %v", err)
	}
}

func sessions(t *testing.T, s Store) {
	one := auth.Session{Ref: auth.Hash{1}, Family: auth.Family{9}, Tenant: 1, User: id(10), Device: id(20), Began: 10, Issued: 10, Seen: 10}
	two := one
	two.Ref, two.Gen, two.Issued, two.Seen = auth.Hash{2}, 1, 20, 20
	other := auth.Session{Ref: auth.Hash{3}, Family: auth.Family{8}, Tenant: 2, User: id(10), Device: id(20), Began: 50, Issued: 50, Seen: 50}
	for _, x := range []auth.Session{one, two, other} {
		if err := s.PutSession(ctx, x); err != nil {
			t.Fatal(err)
		}
	}
	two.Seen = 30
	if err := errors.Join(s.PutSession(ctx, two), s.Supersede(ctx, two.Family, 1, 31), s.Supersede(ctx, two.Family, 1, 32)); err != nil {
		t.Fatal(err)
	}
	one.Replaced = 31
	for _, x := range []auth.Session{one, two, other} {
		got, err := s.Session(ctx, x.Ref)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "session", got, x)
	}
	update(t, s, func(tx hub.Tx) error {
		u := user(1)
		u.Off = true
		return tx.PutUser(u)
	})
	if got, _ := s.Session(ctx, two.Ref); !got.Off {
		t.Error("the session of a disabled user does not say so")
	}
	gone := func(ref auth.Hash) bool {
		_, err := s.Session(ctx, ref)
		return errors.Is(err, auth.ErrUnknown)
	}
	if err := s.EndFamily(ctx, one.Family); err != nil || !gone(one.Ref) || !gone(two.Ref) || gone(other.Ref) {
		t.Errorf("after the end of a family: %v", err)
	}
	if err := s.EndOlder(ctx, 50, 50); err != nil || gone(other.Ref) {
		t.Errorf("a session in use ended: %v", err)
	}
	if err := s.EndUser(ctx, 2, id(10)); err != nil || !gone(other.Ref) {
		t.Errorf("after the end of a user's sessions: %v", err)
	}
}
