package notebook_test

import (
	"errors"
	"testing"

	"sillon/app/notebook"
	"sillon/engine/portfolio"
)

func TestADecisionOnContactsReplacesTheLastAndCanBeUndone(t *testing.T) {
	b := open(t)
	client, today := b.client(), b.Today()
	kinds := []string{"contacts", "contacts-refused"}
	decide := func(what string, visits int) portfolio.ID {
		t.Helper()
		id, err := b.DecideContacts(t.Context(), notebook.ContactChoice{Account: client, What: what, Visits: visits}, kinds...)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	inForce := func() (o portfolio.Override, n int) {
		for _, x := range rows[portfolio.Override](b, client, portfolio.KindOverride) {
			if x.What != "" && x.Until >= today {
				o, n = x, n+1
			}
		}
		return o, n
	}
	decide("contacts", 15)
	want := portfolio.Override{Account: client, What: "contacts", Value: 15, Author: b.User, Day: today, Until: today + 365}
	if o, n := inForce(); n != 1 || o != want {
		t.Fatalf("accepted: %d in force, %+v", n, o)
	}
	second := decide("contacts-refused", 30)
	if o, n := inForce(); n != 1 || o.What != "contacts-refused" || o.Value != 30 {
		t.Errorf("refused: %d in force, %+v", n, o)
	}
	if _, err := b.Undo(t.Context(), second, client); err != nil {
		t.Fatal(err)
	}
	if o, n := inForce(); n != 1 || o != want {
		t.Errorf("undone: %d in force, %+v", n, o)
	}
	third := decide("", 0)
	if _, n := inForce(); n != 0 {
		t.Errorf("taken back: %d in force", n)
	}
	if _, err := b.Undo(t.Context(), third, client); err != nil {
		t.Fatal(err)
	}
	if o, n := inForce(); n != 1 || o != want {
		t.Errorf("taken back, undone: %d in force, %+v", n, o)
	}
	if _, err := b.DecideContacts(t.Context(), notebook.ContactChoice{Account: client}, "other"); !errors.Is(err, notebook.ErrMissing) {
		t.Errorf("nothing to take back: %v", err)
	}
	var in *notebook.InputError
	if _, err := b.DecideContacts(t.Context(), notebook.ContactChoice{Account: client, What: "contacts", Visits: -1}, kinds...); !errors.As(err, &in) {
		t.Errorf("minus one visit: %v", err)
	}
}
