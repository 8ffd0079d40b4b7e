package notebook_test

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"sillon/app/notebook"
	"sillon/app/store"
	"sillon/app/store/memory"
	"sillon/engine/calendar"
	"sillon/engine/portfolio"
)

// plain keeps the data key as it is: these tests are about actions.
type plain struct{}

func (plain) Wrap(_ context.Context, k []byte) ([]byte, error)   { return k, nil }
func (plain) Unwrap(_ context.Context, k []byte) ([]byte, error) { return k, nil }

// bench is a book on an empty tablet, on Thursday 19 November 2026 at 10:50.
type bench struct {
	*notebook.Book
	t  *testing.T
	db *store.DB
}

func open(t *testing.T) bench {
	t.Helper()
	now := time.Date(2026, 11, 19, 10, 50, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	kv, err := memory.NewDisk().Open(t.Context(), "t")
	if err != nil {
		t.Fatal(err)
	}
	me := portfolio.ID(uuid.New())
	db, err := store.Open(t.Context(), kv, store.Options{User: me, Wrap: plain{}, Random: rand.Reader, Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	id := func() portfolio.ID { return portfolio.ID(uuid.Must(uuid.NewV7())) }
	return bench{&notebook.Book{Store: db, Now: clock, ID: id, User: me, Own: 7, Mine: 9, Off: func() time.Duration { return 0 }}, t, db}
}

func (b bench) client() portfolio.ID {
	b.t.Helper()
	id, err := b.AddAccount(b.t.Context(), notebook.Stranger{Name: "Brasserie de l’Écluse", City: "Saint-Malo", Phone: "02 61 91 00 01"})
	if err != nil {
		b.t.Fatal(err)
	}
	return id
}

// rows reads the records of one kind of a card into nouns.
func rows[T any](b bench, root portfolio.ID, kind portfolio.Kind) map[portfolio.ID]T {
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

func TestOneTapLogsAVisitAndTicksTheAppointmentOfTheDay(t *testing.T) {
	b := open(t)
	client := b.client()
	plan, err := b.PlanVisit(t.Context(), notebook.Plan{Account: client, InDays: 0, Objective: "Essai de 30 jours"})
	if err != nil {
		t.Fatal(err)
	}
	id, err := b.LogVisit(t.Context(), notebook.Visit{Account: client, Outcome: portfolio.StepForward})
	if err != nil {
		t.Fatal(err)
	}
	c := rows[portfolio.Contact](b, client, portfolio.KindContact)[id]
	if c.Kind != portfolio.Visit || c.Day != calendar.Of(2026, 11, 19) || c.Minute != 10*60+50 || c.User != b.User {
		t.Errorf("logged %+v; want a visit on 19 November at 10:50 by the user", c)
	}
	a := rows[portfolio.Appointment](b, client, portfolio.KindAppointment)[plan]
	if a.State != portfolio.Done || a.Done != id {
		t.Errorf("appointment %+v; want it done by the visit", a)
	}
	if st, _ := b.db.Status(t.Context()); st.Groups != 3 {
		t.Errorf("%d actions wait; want 3: the client, the plan, the visit with its tick", st.Groups)
	}
}

func TestUndoingAVisitVoidsItAndReopensTheAppointment(t *testing.T) {
	b := open(t)
	client := b.client()
	plan, _ := b.PlanVisit(t.Context(), notebook.Plan{Account: client})
	id, _ := b.LogVisit(t.Context(), notebook.Visit{Account: client, Outcome: portfolio.Order})
	if _, err := b.Undo(t.Context(), id, portfolio.ID{}); err != nil {
		t.Fatal(err)
	}
	void := 0
	for _, c := range rows[portfolio.Contact](b, client, portfolio.KindContact) {
		if c.Void && c.Amends == id {
			void++
		}
	}
	if void != 1 {
		t.Errorf("%d facts void the visit; want one", void)
	}
	if a := rows[portfolio.Appointment](b, client, portfolio.KindAppointment)[plan]; a.State != portfolio.Planned || !a.Done.IsZero() {
		t.Errorf("appointment %+v; want it planned again", a)
	}
	if _, err := b.Undo(t.Context(), id, portfolio.ID{}); !errors.Is(err, notebook.ErrNoUndo) {
		t.Errorf("undone twice: %v; want ErrNoUndo", err)
	}
}

func TestACorrectedVisitTicksOrReopensTheAppointmentAndIsVoidedOnce(t *testing.T) {
	b := open(t)
	client := b.client()
	plan, _ := b.PlanVisit(t.Context(), notebook.Plan{Account: client})
	var last portfolio.ID
	for i, step := range []struct {
		outcome portfolio.Outcome
		state   portfolio.Progress
	}{{portfolio.Order, portfolio.Done}, {portfolio.StepForward, portfolio.Done}, {portfolio.Absent, portfolio.Planned}, {portfolio.Order, portfolio.Done}} {
		id, err := b.LogVisit(t.Context(), notebook.Visit{Account: client, Outcome: step.outcome, Amends: last})
		if err != nil {
			t.Fatal(err)
		}
		last = id
		a := rows[portfolio.Appointment](b, client, portfolio.KindAppointment)[plan]
		if done := step.state == portfolio.Done; a.State != step.state || done != (a.Done == id) {
			t.Errorf("after outcome %d the appointment is %+v; want state %d, done by the latest fact alone", i+1, a, step.state)
		}
	}
	if _, err := b.Undo(t.Context(), last, portfolio.ID{}); err != nil {
		t.Fatal(err)
	}
	voids := 0
	for _, c := range rows[portfolio.Contact](b, client, portfolio.KindContact) {
		if c.Void {
			voids++
		}
	}
	if a := rows[portfolio.Appointment](b, client, portfolio.KindAppointment)[plan]; voids != 1 || a.State != portfolio.Planned || !a.Done.IsZero() {
		t.Errorf("%d facts void the visit, appointment %+v; want one, and it planned again", voids, a)
	}
}

func TestAnAbsentClientLeavesTheAppointmentToDo(t *testing.T) {
	b := open(t)
	client := b.client()
	plan, _ := b.PlanVisit(t.Context(), notebook.Plan{Account: client})
	if _, err := b.LogVisit(t.Context(), notebook.Visit{Account: client, Outcome: portfolio.Absent}); err != nil {
		t.Fatal(err)
	}
	if a := rows[portfolio.Appointment](b, client, portfolio.KindAppointment)[plan]; a.State != portfolio.Planned {
		t.Errorf("appointment %+v; want it still to do", a)
	}
}

func TestAnEditIsUndoneToTheValueBefore(t *testing.T) {
	b := open(t)
	client := b.client()
	var site portfolio.ID
	for id := range rows[portfolio.Site](b, client, portfolio.KindSite) {
		site = id
	}
	act, err := b.EditField(t.Context(), notebook.Edit{Account: client, Rec: site, Kind: portfolio.KindSite, Field: 15, Text: "06 39 98 12 34"})
	if err != nil {
		t.Fatal(err)
	}
	s := rows[portfolio.Site](b, client, portfolio.KindSite)[site]
	if s.Phone != "+33639981234" || s.PhoneRaw != "06 39 98 12 34" {
		t.Errorf("phone %q, typed %q; want E.164 and what was typed", s.Phone, s.PhoneRaw)
	}
	if _, err := b.Undo(t.Context(), act, portfolio.ID{}); err != nil {
		t.Fatal(err)
	}
	if s := rows[portfolio.Site](b, client, portfolio.KindSite)[site]; s.Phone != "+33261910001" {
		t.Errorf("phone after undo %q; want the first one", s.Phone)
	}
}

func TestTwoEditsOfOneRecordAreUndoneApart(t *testing.T) {
	b := open(t)
	client := b.client()
	first, err := b.EditField(t.Context(), notebook.Edit{Account: client, Kind: portfolio.KindSite, Field: 5, Text: "Dinard"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.EditField(t.Context(), notebook.Edit{Account: client, Kind: portfolio.KindSite, Field: 4, Text: "01000"}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Undo(t.Context(), first, portfolio.ID{}); err != nil {
		t.Fatal(err)
	}
	for _, s := range rows[portfolio.Site](b, client, portfolio.KindSite) {
		if s.City != "Saint-Malo" || s.Postcode != "01000" {
			t.Errorf("site %+v; want the town restored and the postcode kept, as text", s)
		}
	}
}

func TestAnUnchangedValueWritesNothing(t *testing.T) {
	b := open(t)
	client := b.client()
	before, _ := b.db.Status(t.Context())
	if _, err := b.EditField(t.Context(), notebook.Edit{Account: client, Rec: client, Kind: portfolio.KindAccount, Field: 2, Text: " Brasserie de l’Écluse "}); err != nil {
		t.Fatal(err)
	}
	if after, _ := b.db.Status(t.Context()); after.Pending != before.Pending {
		t.Errorf("%d operations wait; want %d", after.Pending, before.Pending)
	}
}

func TestBadInputSaysWhichFieldAndWhy(t *testing.T) {
	b := open(t)
	client := b.client()
	ctx := t.Context()
	edit := func(k portfolio.Kind, f uint16, text string) error {
		_, err := b.EditField(ctx, notebook.Edit{Account: client, Kind: k, Field: f, Text: text})
		return err
	}
	for name, c := range map[string]struct {
		err        error
		field, why string
	}{
		"a client without a name":    {err: second(b.AddAccount(ctx, notebook.Stranger{Name: "  "})), field: "field.name", why: "empty"},
		"a name taken away":          {err: edit(portfolio.KindAccount, 2, ""), field: "field.name", why: "empty"},
		"a date that does not exist": {err: edit(portfolio.KindAccount, 4, "2026-02-31"), field: "field.first-order", why: "not-a-date"},
		"an address without @":       {err: edit(portfolio.KindSite, 17, "goulven"), field: "field.email", why: "not-an-email"},
		"a headcount in words":       {err: edit(portfolio.KindSite, 14, "douze"), field: "field.headcount", why: "not-a-number"},
		"a visit without outcome":    {err: second(b.LogVisit(ctx, notebook.Visit{Account: client})), field: "field.outcome", why: "empty"},
		"a plan for yesterday":       {err: second(b.PlanVisit(ctx, notebook.Plan{Account: client, InDays: -1})), field: "field.day", why: "past"},
	} {
		t.Run(name, func(t *testing.T) {
			var in *notebook.InputError
			if !errors.As(c.err, &in) || in.Field != c.field || in.Why != c.why {
				t.Errorf("got %v; want %s: %s", c.err, c.field, c.why)
			}
		})
	}
}

func second[T any](_ T, err error) error { return err }

func TestAFailedSaveLeavesNothing(t *testing.T) {
	b := open(t)
	client := b.client()
	b.Store = failing{b.db}
	if _, err := b.LogVisit(t.Context(), notebook.Visit{Account: client, Outcome: portfolio.Order}); !errors.Is(err, store.ErrQuota) {
		t.Fatalf("got %v; want the quota error", err)
	}
	if n := len(rows[portfolio.Contact](b, client, portfolio.KindContact)); n != 0 {
		t.Errorf("%d contacts; want none", n)
	}
}

func TestAClockThatIsOffIsWrittenDown(t *testing.T) {
	b := open(t)
	client := b.client()
	b.Off = func() time.Duration { return 10 * 24 * time.Hour }
	id, err := b.LogVisit(t.Context(), notebook.Visit{Account: client, Outcome: portfolio.Order})
	if err != nil {
		t.Fatal(err)
	}
	if c := rows[portfolio.Contact](b, client, portfolio.KindContact)[id]; c.ClockOff != 864000 { // 10 × 86 400 s
		t.Errorf("clock off by %d s; want 864000", c.ClockOff)
	}
}
