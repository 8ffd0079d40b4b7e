package main

import (
	"testing"

	"sillon/app/bridge"
	"sillon/engine/plan"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// A week is accepted with the server away and taken back: the book of the next
// question holds its appointments, then none.
func TestAWeekIsAcceptedOfflineAndTakenBack(t *testing.T) {
	const n = 9
	tab, s, ids := clients(t, n)
	q := query.WeekAsk{Lang: "fr"}
	w := must(tab, bridge.OpWeek, q)
	if len(w.Rows) != n || len(w.Book.Days) != 5 || len(w.Book.Fixed) != 0 {
		t.Fatalf("%d clients, %d days, %d appointments", len(w.Rows), len(w.Book.Days), len(w.Book.Fixed))
	}
	q.From = s.today() + 7
	day := (s.today() + 7).Monday()
	did := must(tab, bridge.OpAccept, bridge.Accept{Visits: []bridge.PlanVisit{
		{Account: ids[0], Day: int32(day), Minute: 540}, {Account: ids[3], Day: int32(day) + 2, Minute: 600}, {Account: ids[4], Day: int32(day) + 1, Minute: 630, Kind: portfolio.Call}}})
	if did.Done != 3 {
		t.Errorf("%d cards changed", did.Done)
	}
	w = must(tab, bridge.OpWeek, q)
	if len(w.Book.Fixed) != 2 || len(w.Fixed) != 2 || len(w.Others) != 1 || w.Book.Fixed[0].Start != 540 && w.Book.Fixed[1].Start != 540 {
		t.Errorf("%+v, %d without travel", w.Book.Fixed, len(w.Others))
	}
	solver, err := plan.Begin(&w.Book)
	if err != nil {
		t.Fatal(err)
	}
	if f := plan.Verify(&w.Book, solver.Week()); f != plan.Sound {
		t.Errorf("rule %d", f)
	}
	must(tab, bridge.OpAccept, bridge.Accept{Undo: did.Act})
	if w = must(tab, bridge.OpWeek, q); len(w.Book.Fixed) != 0 || len(w.Others) != 0 {
		t.Errorf("taken back: %+v", w.Book.Fixed)
	}
	if _, err := ask(tab, bridge.OpAccept, bridge.Accept{Visits: []bridge.PlanVisit{{Account: ids[0], Day: int32(s.today()) - 1}}}); !isFault(err, bridge.FaultInput) {
		t.Errorf("yesterday: %v", err)
	}
}
