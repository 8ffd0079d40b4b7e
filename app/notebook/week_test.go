package notebook_test

import (
	"errors"
	"testing"

	"sillon/app/notebook"
	"sillon/engine/calendar"
	"sillon/engine/portfolio"
)

// appointments are those of a card by state.
func appointments(t *testing.T, b bench, id portfolio.ID) map[portfolio.Progress][]portfolio.Appointment {
	t.Helper()
	v, err := b.db.Card(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	out := map[portfolio.Progress][]portfolio.Appointment{}
	for i := range v.Rows {
		var a portfolio.Appointment
		if v.Rows[i].Entity == portfolio.KindAppointment && v.Rows[i].Fields.Into(&a) == nil {
			out[a.State] = append(out[a.State], a)
		}
	}
	return out
}

// A week is one act: what exists on a day stays alone and where it is, and
// taking the week back cancels its own appointments only.
func TestAWeekIsOneAct(t *testing.T) {
	b := open(t)
	ids := []portfolio.ID{b.client(), b.client(), b.client()}
	day := b.Today() + 3
	if _, err := b.PlanVisit(t.Context(), notebook.Plan{Account: ids[0], Day: day, Minute: 600}); err != nil {
		t.Fatal(err)
	}
	before := waiting(b)
	week := []notebook.Plan{{Account: ids[0], Day: day, Minute: 840}, {Account: ids[1], Day: day, Minute: 900}, {Account: ids[2], Day: day + 1, Minute: 555}, {Account: ids[2], Day: day + 9, Minute: 555}}
	did, err := b.PlanMany(t.Context(), week, nil)
	if err != nil || len(did.Done) != 2 {
		t.Fatal(did, err)
	}
	if n := waiting(b) - before; n != 1 {
		t.Errorf("%d groups wait; want one", n)
	}
	if a := appointments(t, b, ids[0])[portfolio.Planned]; len(a) != 1 || a[0].Minute != 600 {
		t.Errorf("the appointment that was there: %+v", a)
	}
	if a := appointments(t, b, ids[2])[portfolio.Planned]; len(a) != 2 || a[0].Kind != portfolio.Visit || a[0].Minute != 555 {
		t.Errorf("%+v", a)
	}
	if undone, err := b.UndoBulk(t.Context(), did.ID); err != nil || len(undone.Done) != 2 {
		t.Fatal(undone, err)
	}
	if a := appointments(t, b, ids[2]); len(a[portfolio.Planned]) != 0 || len(a[portfolio.Cancelled]) != 2 {
		t.Errorf("undone: %+v", a)
	}
	if a := appointments(t, b, ids[0])[portfolio.Planned]; len(a) != 1 {
		t.Error("undoing the week took what it had not made")
	}
}

func TestAWeekOfThePastIsRefused(t *testing.T) {
	b := open(t)
	id := b.client()
	for _, p := range []notebook.Plan{{Account: id, Day: b.Today() - 1}, {Account: id, Day: b.Today() + calendar.Day(800)}, {Account: id, Day: b.Today(), Minute: 1440}} {
		var in *notebook.InputError
		if did, err := b.PlanMany(t.Context(), []notebook.Plan{p}, nil); !errors.As(err, &in) || len(did.Done) != 0 {
			t.Errorf("%+v: %v %v", p, did, err)
		}
	}
}
