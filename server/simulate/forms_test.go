package simulate

import (
	"context"
	"crypto/rand"
	"testing"
	"time"

	"github.com/google/uuid"

	"sillon/app/notebook"
	"sillon/app/replicate"
	"sillon/app/store"
	"sillon/app/store/memory"
	"sillon/engine/calendar"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
	"sillon/server/hub"
	servermemory "sillon/server/store/memory"
)

// unsealed keeps the data key as it is.
type unsealed struct{}

func (unsealed) Wrap(_ context.Context, k []byte) ([]byte, error)   { return k, nil }
func (unsealed) Unwrap(_ context.Context, k []byte) ([]byte, error) { return k, nil }

// tablet is a rep's notebook over a store of its own.
type tablet struct {
	*notebook.Book
	t  *testing.T
	db *store.DB
}

// shared are two tablets of one rep and their server.
type shared struct {
	hub *hub.Hub
	at  hub.Place
	now time.Time
}

func share(t *testing.T) *shared {
	t.Helper()
	x := &shared{hub: hub.New(servermemory.New(), hub.Env{Key: make([]byte, 32)}), now: time.Date(2026, 11, 19, 10, 50, 0, 0, time.UTC)}
	id := func() portfolio.ID { return portfolio.ID(uuid.Must(uuid.NewV7())) }
	boss, err := x.hub.Found(t.Context(), hub.Founding{Org: portfolio.Org{Name: "Maison", Currency: "EUR"}, OrgID: id(), TeamID: id(), Team: "Ouest", AdminID: id(), Name: "Mona", Login: "mona"}, x.now.UnixMilli())
	if err != nil {
		t.Fatal(err)
	}
	if x.at, err = x.hub.AddUser(t.Context(), boss.Tenant, hub.NewUser{ID: id(), Name: "Ana", Login: "ana", Role: portfolio.RoleRep, PortfolioID: id()}, x.now.UnixMilli()); err != nil {
		t.Fatal(err)
	}
	return x
}

func (x *shared) tablet(t *testing.T) tablet {
	t.Helper()
	clock := func() time.Time { return x.now }
	kv, err := memory.NewDisk().Open(t.Context(), "t")
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), kv, store.Options{User: x.at.User, Wrap: unsealed{}, Random: rand.Reader, Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	id := func() portfolio.ID { return portfolio.ID(uuid.Must(uuid.NewV7())) }
	return tablet{&notebook.Book{Store: db, Now: clock, ID: id, User: x.at.User, Own: x.at.Portfolio, Off: func() time.Duration { return 0 }}, t, db}
}

// sync exchanges until nothing moves any more.
func (x *shared) sync(b tablet) {
	b.t.Helper()
	for range 8 {
		x.now = x.now.Add(time.Second)
		p, err := replicate.Prepare(b.t.Context(), b.db, 1<<20, 1000, "test", x.now)
		if err != nil {
			b.t.Fatal(err)
		}
		var ans *wire.Answer
		if ans, err = x.hub.Sync(b.t.Context(), hub.Session{Tenant: x.at.Tenant, User: x.at.User, Device: p.Request.Device}, p.Request, x.now.UnixMilli()); err != nil {
			b.t.Fatal(err)
		}
		r := replicate.Settle(b.t.Context(), b.db, p, ans, nil, x.now)
		if r.Err != nil {
			b.t.Fatal(r.Err)
		}
		if !r.More {
			return
		}
	}
	b.t.Fatal("the tablets do not come to rest")
}

func conflicts(b tablet, root portfolio.ID) (out []portfolio.Conflict) {
	for _, c := range rows[portfolio.Conflict](b, root, portfolio.KindConflict) {
		if c.State == portfolio.Open {
			out = append(out, c)
		}
	}
	return out
}

// Two tablets change one record without knowing of each other: what one
// touched and the other did not is kept of both; the field that both touched
// has the later value, and the other one is kept as a conflict.
func TestAFactChangedOnTwoTabletsIsMergedFieldByField(t *testing.T) {
	x := share(t)
	one, two := x.tablet(t), x.tablet(t)
	x.sync(one)
	x.sync(two)
	client, err := one.AddAccount(t.Context(), notebook.Stranger{Name: "Brasserie de l’Écluse", City: "Saint-Malo", Phone: "02 61 91 00 01"})
	if err != nil {
		t.Fatal(err)
	}
	rival := one.fill(notebook.Form{Account: client, Kind: portfolio.KindCompetitor, Texts: texts(2, "Rivale", 4, "1")})
	x.sync(one)
	x.sync(two)

	one.fill(notebook.Form{Account: client, Rec: rival, Kind: portfolio.KindCompetitor, Texts: texts(4, "3", 7, "12000")})
	x.now = x.now.Add(time.Minute)
	two.fill(notebook.Form{Account: client, Rec: rival, Kind: portfolio.KindCompetitor, Texts: texts(2, "Maison Rivale", 8, "Remise de 12 %", 7, "15000")})
	x.sync(two)
	x.sync(one)
	x.sync(two)
	for name, b := range map[string]tablet{"first": one, "second": two} {
		c := rows[portfolio.Competitor](b, client, portfolio.KindCompetitor)[rival]
		if c.Name != "Maison Rivale" || c.Strength != 3 || c.Raised != calendar.Of(2026, 11, 19) || c.Notes != "Remise de 12 %" || c.Share != 15_000_00 {
			t.Errorf("%s tablet: %+v; want the fields of both, and the later share", name, c)
		}
		if lost := conflicts(b, client); len(lost) != 1 || lost[0].Field != 7 || lost[0].Rec != rival || string(lost[0].Loser) != string(portfolio.Value(12_000_00)) {
			t.Errorf("%s tablet: conflicts %+v; want the share that lost", name, lost)
		}
	}

	// one tablet deletes, the other edits
	if _, err := one.RemoveForm(t.Context(), client, rival); err != nil {
		t.Fatal(err)
	}
	two.fill(notebook.Form{Account: client, Rec: rival, Kind: portfolio.KindCompetitor, Texts: texts(4, "2")})
	x.sync(one)
	x.sync(two)
	x.sync(one)
	v, _ := one.db.Card(t.Context(), client)
	row, _ := v.Row(rival)
	if !row.Fields.Removed() {
		t.Fatal("the edit brought the deleted record back by itself")
	}
	var late portfolio.ID
	for id, c := range rows[portfolio.Conflict](one, client, portfolio.KindConflict) {
		if c.Why == portfolio.EditedDeleted {
			late = id
		}
	}
	if _, err := one.Settle(t.Context(), client, late, true); err != nil {
		t.Fatalf("the record edited after its deletion cannot be brought back: %v", err)
	}
	x.sync(one)
	x.sync(two)
	v, _ = two.db.Card(t.Context(), client)
	row, _ = v.Row(rival)
	if c := rows[portfolio.Competitor](two, client, portfolio.KindCompetitor)[rival]; row.Fields.Removed() || c.Strength != 2 || c.Name != "Maison Rivale" {
		t.Errorf("brought back: %+v, removed %v; want it as it was edited", c, row.Fields.Removed())
	}

	// a bracket corrected on both: two figures stand, none is lost
	est := one.fill(notebook.Form{Account: client, Kind: portfolio.KindEstimate, Texts: texts(3, "10000")})
	x.sync(one)
	x.sync(two)
	one.fill(notebook.Form{Account: client, Rec: est, Kind: portfolio.KindEstimate, Texts: texts(3, "12000")})
	two.fill(notebook.Form{Account: client, Rec: est, Kind: portfolio.KindEstimate, Texts: texts(3, "20000")})
	x.sync(one)
	x.sync(two)
	x.sync(one)
	if _, list := appraised(one, client); len(list) != 2 {
		t.Errorf("%+v stand; want both corrections", list)
	}
}

// rows reads the records of one kind of a card into nouns.
func rows[T any](b tablet, root portfolio.ID, kind portfolio.Kind) map[portfolio.ID]T {
	b.t.Helper()
	v, err := b.db.Card(b.t.Context(), root)
	if err != nil {
		b.t.Fatal(err)
	}
	out := map[portfolio.ID]T{}
	for _, r := range v.Rows {
		if r.Entity == kind {
			var n T
			if err := r.Fields.Into(&n); err != nil {
				b.t.Fatal(err)
			}
			out[r.Rec] = n
		}
	}
	return out
}

func (b tablet) fill(f notebook.Form) portfolio.ID {
	b.t.Helper()
	id, err := b.SaveForm(b.t.Context(), f)
	if err != nil {
		b.t.Fatalf("form %+v: %v", f, err)
	}
	return id
}

// texts are pairs of a field and what was typed in it.
func texts(pairs ...any) (out []notebook.Text) {
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, notebook.Text{Field: uint16(pairs[i].(int)), Text: pairs[i+1].(string)})
	}
	return out
}

// appraised are the estimates that nothing has taken the place of.
func appraised(b tablet, client portfolio.ID) (ids []portfolio.ID, out []portfolio.Estimate) {
	all := rows[portfolio.Estimate](b, client, portfolio.KindEstimate)
	amended := map[portfolio.ID]bool{}
	for _, e := range all {
		amended[e.Amends] = true
	}
	for id, e := range all {
		if !amended[id] && !e.Void {
			ids, out = append(ids, id), append(out, e)
		}
	}
	return ids, out
}
