package simulate

import (
	"testing"

	"sillon/app/notebook"
	"sillon/engine/calendar"
	week "sillon/engine/plan"
	"sillon/engine/portfolio"
)

// planned are the appointments of a card still to be kept, by minute.
func planned(b tablet, root portfolio.ID) map[int]calendar.Day {
	out := map[int]calendar.Day{}
	for _, a := range rows[portfolio.Appointment](b, root, portfolio.KindAppointment) {
		if a.State == portfolio.Planned {
			out[a.Minute] = a.Day
		}
	}
	return out
}

// Two tablets of one rep plan the same week without knowing of each other: both
// weeks stand on both tablets, whatever the order they arrive in, nobody's
// appointment moves, and a planner that reads them makes none late but those
// that contradict each other. What one cancels is cancelled on both; what one
// moves while the other writes its aim keeps both.
func TestTwoTabletsPlanTheSameWeek(t *testing.T) {
	x := share(t)
	one, two := x.tablet(t), x.tablet(t)
	x.sync(one)
	x.sync(two)
	var clients []portfolio.ID
	for _, name := range []string{"Anne", "Bruno", "Chloé", "Denis"} {
		id, err := one.AddAccount(t.Context(), notebook.Stranger{Name: name, City: "Dol"})
		if err != nil {
			t.Fatal(err)
		}
		clients = append(clients, id)
	}
	x.sync(one)
	x.sync(two)

	day := one.Today() + 4
	first, err := one.PlanMany(t.Context(), []notebook.Plan{{Account: clients[0], Day: day, Minute: 540}, {Account: clients[1], Day: day, Minute: 600}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := two.PlanMany(t.Context(), []notebook.Plan{{Account: clients[1], Day: day + 1, Minute: 630}, {Account: clients[2], Day: day, Minute: 660}}, nil); err != nil {
		t.Fatal(err)
	}
	x.sync(two)
	x.sync(one)
	x.sync(two)
	for _, b := range []tablet{one, two} {
		if a := planned(b, clients[1]); len(a) != 2 || a[600] != day || a[630] != day+1 {
			t.Errorf("both appointments of Bruno stand: %v", a)
		}
		if planned(b, clients[0])[540] != day || planned(b, clients[2])[660] != day {
			t.Error("each tablet has the other's week")
		}
		book := week.Book{}
		for d := range calendar.Day(2) {
			book.Days = append(book.Days, week.Workday{Day: day + d, Open: 480, Close: 1080})
		}
		for i, id := range clients {
			book.Clients = append(book.Clients, week.Client{Every: 20, Left: -1})
			for m, d := range planned(b, id) {
				book.Fixed = append(book.Fixed, week.Fixed{Client: int32(i), Day: d, Start: int32(m), Length: 30})
			}
		}
		s, err := week.Begin(&book)
		if err != nil {
			t.Fatal(err)
		}
		if w := s.Week(); week.Verify(&book, w) != week.Sound || w.Visits != 4 {
			t.Errorf("%d visits, rule %d", w.Visits, week.Verify(&book, w))
		}
	}

	// The week of the first tablet is taken back on it while the second gives
	// Anne's visit another hour: the state is the one's, the hour the other's.
	var id portfolio.ID
	v, err := two.db.Card(t.Context(), clients[0])
	if err != nil {
		t.Fatal(err)
	}
	for i := range v.Rows {
		if v.Rows[i].Entity == portfolio.KindAppointment {
			id = v.Rows[i].Rec
		}
	}
	if _, err := two.PlanVisit(t.Context(), notebook.Plan{ID: id, Account: clients[0], Day: day, Minute: 570}); err != nil {
		t.Fatal(err)
	}
	if _, err := one.UndoBulk(t.Context(), first.ID); err != nil {
		t.Fatal(err)
	}
	x.sync(one)
	x.sync(two)
	x.sync(one)
	a, b := planned(one, clients[0]), planned(two, clients[0])
	if len(a) != len(b) || a[570] != b[570] {
		t.Errorf("the tablets differ: %v and %v", a, b)
	}
	if n := len(planned(one, clients[1])); n != 1 {
		t.Errorf("%d appointments of Bruno; the second tablet's alone stands", n)
	}
}
