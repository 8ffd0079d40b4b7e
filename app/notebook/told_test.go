package notebook_test

import (
	"errors"
	"testing"

	"sillon/app/notebook"
	"sillon/engine/calendar"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// visit logs a visit and returns its contact.
func (b bench) visit(client portfolio.ID) portfolio.ID {
	b.t.Helper()
	id, err := b.LogVisit(b.t.Context(), notebook.Visit{Account: client, Outcome: portfolio.StepForward, Notes: "ok"})
	if err != nil {
		b.t.Fatal(err)
	}
	return id
}

func (b bench) account(client portfolio.ID) portfolio.Account {
	return rows[portfolio.Account](b, client, portfolio.KindAccount)[client]
}

// made is the record just made.
func made[T any](b bench, client, rec portfolio.ID) T {
	v, _ := b.db.Card(b.t.Context(), client)
	row, _ := v.Row(rec)
	return rows[T](b, client, row.Entity)[rec]
}

// What is told of a client goes into its own record, field by field, and comes
// back as it was.
func TestWhatIsToldOfAClientIsNotedAndUndone(t *testing.T) {
	b := open(t)
	client := b.client()
	name := b.account(client).Name
	act := b.fill(notebook.Form{Account: client, Kind: portfolio.KindAccount,
		Texts: texts(25, "2026-09-01", 26, "1", 28, "1", 29, "3,5 %", 30, "500", 34, "2", 35, "2", 32, "7", 20, "0")})
	a := b.account(client)
	if a.Name != name || a.Falling != calendar.Of(2026, 9, 1) || !a.Collapsed || !a.Unreached || a.RebateRate != .035 || a.Rebate != 500_00 || a.Referred != 2 || a.Rise != portfolio.Declined ||
		a.Near != 7 || a.Relevance == nil || *a.Relevance != 0 {
		t.Errorf("told %+v", a)
	}
	more := b.fill(notebook.Form{Account: client, Rec: client, Kind: portfolio.KindAccount, Texts: texts(26, "", 27, "1")})
	if a := b.account(client); a.Collapsed || !a.Consumer || !a.Unreached {
		t.Errorf("changed %+v; want the fields that were touched, and no other", a)
	}
	if _, err := b.Undo(t.Context(), more, client); err != nil {
		t.Fatal(err)
	}
	if a := b.account(client); !a.Collapsed || a.Consumer {
		t.Errorf("undone %+v", a)
	}
	if _, err := b.Undo(t.Context(), act, client); err != nil {
		t.Fatal(err)
	}
	if a := b.account(client); a.Falling != 0 || a.Collapsed || a.Rebate != 0 || a.Relevance != nil || a.Name != name {
		t.Errorf("all undone %+v", a)
	}
	if _, err := b.RemoveForm(t.Context(), client, client); !errors.Is(err, notebook.ErrMissing) {
		t.Errorf("a client deleted by a form: %v", err)
	}
}

// The opening hours are fields of the client: typed as people write them, shown
// as the browser wants them, taken back one by one. A day that two tablets left
// upside down does not stop another fact.
func TestOpeningHoursAreNotedAndUndone(t *testing.T) {
	b := open(t)
	client := b.client()
	b.fill(notebook.Form{Account: client, Kind: portfolio.KindAccount, Texts: texts(36, "8h30", 37, "12:00", 38, "14h", 39, "18:45", 40, "1,7")})
	if a := b.account(client); a.Opens != 510 || a.Lunch != 720 || a.Back != 840 || a.Closes != 1125 || len(a.Shut) != 2 || a.Shut[1] != 7 {
		t.Errorf("noted %+v", a)
	}
	if f := b.filled(client, client); f[36] != "08:30" || f[38] != "14:00" || f[39] != "18:45" || f[40] != "1,7" {
		t.Errorf("shown %v", f)
	}
	act := b.fill(notebook.Form{Account: client, Kind: portfolio.KindAccount, Texts: texts(37, "", 38, "", 40, "7")})
	if a := b.account(client); a.Lunch != 0 || a.Back != 0 || a.Closes != 1125 || len(a.Shut) != 1 {
		t.Errorf("changed %+v", a)
	}
	if _, err := b.Undo(t.Context(), act, client); err != nil {
		t.Fatal(err)
	}
	if a := b.account(client); a.Lunch != 720 || len(a.Shut) != 2 {
		t.Errorf("undone %+v", a)
	}
	b.fill(notebook.Form{Account: client, Kind: portfolio.KindAccount, Texts: texts(26, "1")})
	if a := b.account(client); !a.Collapsed || a.Opens != 510 {
		t.Errorf("another fact: %+v", a)
	}
}

// What a contact took is a correction of it: the outcome, the note and the
// moment stay, and a later correction of the outcome keeps what was told.
func TestAContactIsCompletedAndKeepsItsDetails(t *testing.T) {
	b := open(t)
	client := b.client()
	person := b.fill(notebook.Form{Account: client, Kind: portfolio.KindPerson, Texts: texts(2, "Soazig")})
	first := b.visit(client)
	told := b.fill(notebook.Form{Account: client, Rec: first, Kind: portfolio.KindContact,
		Texts: texts(17, person.String(), 22, "tarif, délai", 23, "0", 21, "18,50", 6, "45", 18, "25", 25, "1", 26, "2", 27, "0,5", 16, "1")})
	c := rows[portfolio.Contact](b, client, portfolio.KindContact)[told]
	if c.Amends != first || c.Outcome != portfolio.StepForward || c.Notes != "ok" || c.Kind != portfolio.Visit || c.User != b.User || c.Day != thatDay ||
		len(c.Persons) != 1 || c.Persons[0] != person || len(c.Topics) != 2 || c.Topics[1] != "délai" || c.Content == nil || *c.Content != 0 || c.Spent != 18_50 ||
		c.Duration != 45 || c.Travel != 25 || c.Together != 1 || c.Shared != 2 || c.Weight == nil || *c.Weight != .5 || !c.Inbound {
		t.Errorf("told %+v", c)
	}
	if got := b.filled(client, told); got[17] != person.String() || got[22] != "tarif,délai" || got[23] != "0" || got[27] != "0,5" || got[6] != "45" {
		t.Errorf("shown again %v", got)
	}
	fixed, err := b.LogVisit(t.Context(), notebook.Visit{Account: client, Outcome: portfolio.Order, Amends: told})
	if err != nil {
		t.Fatal(err)
	}
	if c := rows[portfolio.Contact](b, client, portfolio.KindContact)[fixed]; c.Outcome != portfolio.Order || len(c.Persons) != 1 || c.Shared != 2 || c.Duration != 45 || c.Notes != "" {
		t.Errorf("the outcome corrected: %+v; want what was told kept", c)
	}
	if _, err := b.SaveForm(t.Context(), notebook.Form{Account: client, Kind: portfolio.KindContact, Texts: texts(6, "10")}); err == nil {
		t.Error("a contact made by its details alone")
	}
}

// Undoing what a contact took leaves the contact as it was logged.
func TestTheDetailsOfAContactAreUndoneAlone(t *testing.T) {
	b := open(t)
	client := b.client()
	first := b.visit(client)
	told := b.fill(notebook.Form{Account: client, Rec: first, Kind: portfolio.KindContact, Texts: texts(21, "30")})
	if again := b.fill(notebook.Form{Account: client, Rec: told, Kind: portfolio.KindContact, Texts: texts(21, "30,00")}); again != told {
		t.Error("nothing changed, and something was written")
	}
	if _, err := b.Undo(t.Context(), told, client); err != nil {
		t.Fatal(err)
	}
	v, _ := b.db.Card(t.Context(), client)
	d := query.DeriveDeep(query.Bundle{Root: client, Rows: v.Rows})
	if len(d.Contacts) != 1 || d.Contacts[0].Spent != 0 || d.Contacts[0].Outcome != portfolio.StepForward {
		t.Errorf("%+v; want the visit, nothing spent", d.Contacts)
	}
}

// Payments, warnings, files of ex-clients and readings are noted, changed and
// taken back like the others, with what goes without saying.
func TestPaymentsWarningsDeparturesAndReadings(t *testing.T) {
	b := open(t)
	client := b.client()
	form := func(k portfolio.Kind, pairs ...any) portfolio.ID {
		return b.fill(notebook.Form{Account: client, Kind: k, Texts: texts(pairs...)})
	}
	if x := made[portfolio.Payment](b, client, form(portfolio.KindPayment, 2, "2026-10-31", 4, "1 250", 5, "F-204")); x.Due != calendar.Of(2026, 10, 31) || x.Amount != 1250_00 || x.Paid != 0 || x.Ref != "F-204" {
		t.Errorf("payment %+v", x)
	}
	if x := made[portfolio.Signal](b, client, form(portfolio.KindSignal, 2, "8")); x.Code != 8 || x.Day != thatDay || x.Closed != 0 {
		t.Errorf("warning %+v", x)
	}
	if x := made[portfolio.Service](b, client, form(portfolio.KindService, 2, "8", 12, "LAV", 5, "2026-11-02", 6, "2026-11-12")); x.Kind != portfolio.OutOfStock || x.Family != "LAV" || x.Closed != calendar.Of(2026, 11, 12) {
		t.Errorf("out of stock %+v", x)
	}
	if x := made[portfolio.Service](b, client, form(portfolio.KindService, 2, "1", 12, "LAV")); x.Family != "" {
		t.Errorf("complaint %+v; a family is of what was out of stock", x)
	}
	if x := made[portfolio.Contract](b, client, form(portfolio.KindContract, 3, "2027-06-30", 8, "2026-11-10", 9, "6")); x.Notice != calendar.Of(2026, 11, 10) || x.Months != 6 {
		t.Errorf("contract %+v", x)
	}
	if x := made[portfolio.Estimate](b, client, form(portfolio.KindEstimate, 3, "40000", 13, "25")); x.Captive != .25 {
		t.Errorf("potential %+v", x)
	}
	if x := made[portfolio.Reading](b, client, form(portfolio.KindReading, 2, "1", 6, "4", 7, "10")); x.What != portfolio.Installed || x.Day != thatDay || x.Ours != 4 || x.Total != 10 {
		t.Errorf("reading %+v", x)
	}
	asked, err := b.AddEffort(t.Context(), portfolio.Effort{Account: client, Code: "E11", Baseline: 0, Target: 4})
	if err != nil {
		t.Fatal(err)
	}
	act := b.fill(notebook.Form{Account: client, Rec: asked, Kind: portfolio.KindEffort, Texts: texts(8, "0")})
	if x := made[portfolio.Effort](b, client, asked); x.Actual == nil || *x.Actual != 0 || x.On != thatDay || x.Target != 4 {
		t.Errorf("measured %+v; want nought, today", x)
	}
	if got := b.filled(client, asked); got[8] != "0" {
		t.Errorf("shown again %v", got)
	}
	if _, err := b.Undo(t.Context(), act, client); err != nil {
		t.Fatal(err)
	}
	if x := made[portfolio.Effort](b, client, asked); x.Actual != nil || x.On != 0 || x.Code != "E11" {
		t.Errorf("undone %+v", x)
	}
	left := form(portfolio.KindFormer, 2, "2026-10-15", 3, "8", 5, "4,8")
	if x := rows[portfolio.Former](b, client, portfolio.KindFormer)[left]; x.Left != calendar.Of(2026, 10, 15) || x.Motive != portfolio.MotiveCompetitor || len(x.Seen) != 2 || x.Seen[1] != 8 {
		t.Errorf("departure %+v", x)
	}
	gone := func() int {
		v, _ := b.db.Card(t.Context(), client)
		n := 0
		for _, f := range query.DeriveDeep(query.Bundle{Root: client, Rows: v.Rows}).Formers {
			if !f.Void {
				n++
			}
		}
		return n
	}
	better := b.fill(notebook.Form{Account: client, Rec: left, Kind: portfolio.KindFormer, Texts: texts(4, "1")})
	if x := rows[portfolio.Former](b, client, portfolio.KindFormer)[better]; !x.Natural || x.Amends != left || x.Motive != portfolio.MotiveCompetitor {
		t.Errorf("corrected %+v", x)
	}
	if n := gone(); n != 1 {
		t.Errorf("%d departures, want one", n)
	}
	act, err = b.RemoveForm(t.Context(), client, better)
	if err != nil || gone() != 0 {
		t.Fatalf("%v: %d departures, want none", err, gone())
	}
	if _, err := b.Undo(t.Context(), act, client); err != nil || gone() != 1 {
		t.Errorf("%v: %d departures, want it back", err, gone())
	}
	for _, bad := range []struct {
		kind  portfolio.Kind
		texts []notebook.Text
		field string
		why   string
	}{
		{portfolio.KindReading, texts(2, "1", 6, "4"), "form.32.7", "empty"},
		{portfolio.KindReading, texts(2, "1", 6, "11", 7, "10"), "form.32.7", "reversed"},
		{portfolio.KindReading, texts(2, "3"), "form.32.5", "empty"},
		{portfolio.KindPayment, texts(2, "2026-10-31"), "form.20.4", "empty"},
		{portfolio.KindFormer, texts(2, "2027-01-01"), "form.25.2", "future"},
		{portfolio.KindSignal, texts(2, "8", 3, "2026-11-10", 4, "2026-11-09"), "form.24.4", "before-start"},
		{portfolio.KindAccount, texts(24, "2027-01-01"), "form.5.24", "future"},
		{portfolio.KindAccount, texts(20, "101"), "form.5.20", "out-of-bounds"},
		{portfolio.KindAccount, texts(36, "8:30"), "form.5.39", "empty"},
		{portfolio.KindAccount, texts(36, "18:30", 39, "8:30"), "form.5.39", "not-after"},
		{portfolio.KindAccount, texts(36, "8:30", 39, "18:00", 37, "12:00"), "form.5.38", "empty"},
		{portfolio.KindAccount, texts(36, "8:30", 39, "18:00", 37, "12:00", 38, "11:00"), "form.5.38", "not-after"},
		{portfolio.KindAccount, texts(36, "8:30", 39, "13:00", 37, "12:00", 38, "14:00"), "form.5.39", "not-after"},
		{portfolio.KindAccount, texts(36, "25:00"), "form.5.36", "not-an-hour"},
		{portfolio.KindAccount, texts(36, "midi"), "form.5.36", "not-an-hour"},
		{portfolio.KindAccount, texts(40, "8"), "form.5.40", "unknown"},
	} {
		var in *notebook.InputError
		if _, err := b.SaveForm(t.Context(), notebook.Form{Account: client, Kind: bad.kind, Texts: bad.texts}); !errors.As(err, &in) || in.Field != bad.field || in.Why != bad.why {
			t.Errorf("%v: %v, want %s %s", bad.texts, err, bad.field, bad.why)
		}
	}
}
