package query_test

import (
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func TestTodayPutsTheMostUrgentFirstWithoutTheAgenda(t *testing.T) {
	asOf := demo.Golden().AsOf
	var bundles []query.Bundle
	for k, c := range []struct {
		seen    calendar.Day
		planned int // days from today; −1: nothing
	}{{300, -1}, {0, -1}, {500, -1}, {400, 0}, {400, 3}, {400, 20}, {10, -1}} {
		d := newCard(k+1, portfolio.Account{Name: string(rune('A' + k)), Status: portfolio.Client})
		d.sale(asOf-20, 100_00)
		if c.seen > 0 {
			d.add(portfolio.KindContact, portfolio.Contact{Kind: portfolio.Visit, Day: asOf - c.seen, Outcome: portfolio.NoChange})
		}
		if c.planned >= 0 {
			d.add(portfolio.KindAppointment, portfolio.Appointment{Day: asOf + calendar.Day(c.planned), Minute: 600, Kind: portfolio.Visit, State: portfolio.Planned})
		}
		bundles = append(bundles, d.Bundle)
	}
	s := load(asOf, miscRows(0), bundles...)
	v := s.Today(reader, todayAsk, bundles...)
	names := ""
	for _, r := range v.Due {
		names += r.Name
	}
	// Économique: every 122 days. G was seen 10 days ago; D and E are on the
	// screen already; B was never seen, u = 1.
	if names != "CFAB" || v.DueAll != 6 || v.Placed != 2 {
		t.Errorf("due %s of %d, %d on the agenda, want C (500 days), F (400), A (300), B (never) of 6, 2 on the agenda", names, v.DueAll, v.Placed)
	}
	if len(v.Agenda) != 1 || v.Agenda[0].Name != "D" || len(v.Coming) != 1 || v.Coming[0].Name != "E" {
		t.Errorf("agenda %+v, coming %+v", v.Agenda, v.Coming)
	}
	if v.Brief == nil || v.Brief.Row.Name != "D" || v.Brief.Planned == nil || len(v.Brief.Reasons) != 3 || len(v.Brief.Last) != 1 {
		t.Errorf("brief %+v, want the client of the appointment with three reasons", v.Brief)
	}
	if got := s.Today(reader, query.TodayAsk{Client: id("card", 3)}, bundles...); got.Brief.Row.Name != "C" {
		t.Errorf("chosen client: %s", got.Brief.Row.Name)
	}
}

func TestReasonsArePickedByWhatPresses(t *testing.T) {
	asOf := demo.Golden().AsOf
	keys := func(s *query.Snapshot, d *draft) (out []string) {
		for _, r := range s.Today(reader, query.TodayAsk{Client: d.Root}, d.Bundle).Brief.Reasons {
			out = append(out, r.Key)
			if r.Title == "" || r.Detail == "" || r.Figure.Topic == "" {
				t.Errorf("%s: reason %+v says nothing", d.Root, r)
			}
		}
		return out
	}
	falling := newCard(1, portfolio.Account{Name: "falling", Status: portfolio.Client})
	falling.year(asOf, asOf-1200, 5_000_00)
	falling.year(asOf.AddMonths(-12), asOf-1200, 9_000_00)
	falling.touches(asOf, 1, portfolio.Visit)
	starting := newCard(2, portfolio.Account{Name: "starting", Status: portfolio.Client})
	starting.sale(asOf-40, 1_000_00)
	open := newCard(3, portfolio.Account{Name: "open", Status: portfolio.Client})
	open.sale(asOf-500, 100)
	open.sale(asOf-10, 1_000_00)
	open.add(portfolio.KindEstimate, portfolio.Estimate{Amount: 90_000_00, Method: portfolio.Declared, Day: asOf - 10})
	open.add(portfolio.KindAppointment, portfolio.Appointment{Day: asOf - 5, Kind: portfolio.Visit, State: portfolio.Planned})
	s := load(asOf, miscRows(0), falling.Bundle, starting.Bundle, open.Bundle)
	for _, c := range []struct {
		d     *draft
		first string
	}{{falling, "decline"}, {starting, "never-seen"}, {open, "missed"}} {
		got := keys(s, c.d)
		if len(got) != 3 || got[0] != c.first {
			t.Errorf("%v, want %s first", got, c.first)
		}
	}
	if got := keys(s, open); got[1] != "potential" {
		t.Errorf("%v, want the potential to take second", got)
	}
	if got := keys(s, starting); got[1] != "start" || got[2] != "missing-potential" {
		t.Errorf("%v, want the start, then the potential to ask", got)
	}
}

func TestHistoryKeepsWhatWasUndoneAndOffersUndoToItsAuthor(t *testing.T) {
	asOf := demo.Golden().AsOf
	d := newCard(1, portfolio.Account{Name: "A", Status: portfolio.Client})
	undone := d.add(portfolio.KindContact, portfolio.Contact{User: user, Kind: portfolio.Visit, Day: asOf - 2, Outcome: portfolio.Order})
	d.add(portfolio.KindContact, portfolio.Contact{User: user, Kind: portfolio.Visit, Day: asOf - 2, Amends: undone, Void: true})
	fixed := d.add(portfolio.KindContact, portfolio.Contact{User: user, Kind: portfolio.Call, Day: asOf - 3, Notes: "wrong"})
	mine := d.add(portfolio.KindContact, portfolio.Contact{User: user, Kind: portfolio.Call, Day: asOf - 3, Notes: "right", Amends: fixed})
	old := d.add(portfolio.KindContact, portfolio.Contact{User: user, Kind: portfolio.Visit, Day: asOf - 31})
	other := d.add(portfolio.KindContact, portfolio.Contact{User: id("user", 2), Kind: portfolio.Visit, Day: asOf - 1})
	d.add(portfolio.KindSale, portfolio.Sale{From: asOf - 9, Amount: 100_00, Ref: "F12"})
	d.add(portfolio.KindSale, portfolio.Sale{From: asOf - 9, Amount: 50_00, Ref: "F12"})
	d.Pending[mine] = 1
	s := load(asOf, miscRows(0), d.Bundle)
	c, _ := s.ClientSheet(reader, clientAsk(d.Root), d.Bundle)
	type line struct {
		undo, voided, waiting bool
	}
	got := map[portfolio.ID]line{}
	var bill money.Cents
	for _, e := range c.History {
		got[e.ID] = line{e.Undo, e.Voided, e.Waiting}
		bill += e.Amount
	}
	want := map[portfolio.ID]line{undone: {false, true, false}, mine: {true, false, true}, old: {}, other: {}}
	for rec, w := range want {
		if l, ok := got[rec]; !ok || l != w {
			t.Errorf("%v: %+v (there: %t), want %+v", rec, l, ok, w)
		}
	}
	if _, there := got[fixed]; there || len(c.History) != 5 || bill != 150_00 {
		t.Errorf("%d lines, %d cents; want five, one bill of 150 €, and not the corrected call", len(c.History), bill)
	}
	if c.History[0].ID != other {
		t.Errorf("newest first: %+v", c.History[0])
	}
	locked := reader
	locked.Readonly = true
	c, _ = s.ClientSheet(locked, clientAsk(d.Root), d.Bundle)
	for _, e := range c.History {
		if e.Undo {
			t.Error("a reader who may change nothing is offered undo")
		}
	}
}

func TestSheetShowsEditableValuesAndWhatWasReplaced(t *testing.T) {
	d := newCard(1, portfolio.Account{Name: "Écluse", Code: "B7", Status: portfolio.Client, Solvency: portfolio.SolvencyWatch, FirstOrder: 19_000})
	site := d.add(portfolio.KindSite, portfolio.Site{City: "Dinan", Postcode: "22100", Street: "1, rue Haute", Headcount: 12})
	d.add(portfolio.KindConflict, portfolio.Conflict{Rec: site, Kind: portfolio.KindSite, Field: 5, Winner: portfolio.Value("Dinan"),
		Loser: portfolio.Value("Dinard"), LoserUser: user, WinnerUser: id("user", 2), Why: portfolio.LaterEdit, State: portfolio.Open})
	d.add(portfolio.KindConflict, portfolio.Conflict{Rec: d.Root, Kind: portfolio.KindAccount, Field: 6, Winner: portfolio.Value(2), Loser: portfolio.Value(3), State: portfolio.Open})
	d.add(portfolio.KindConflict, portfolio.Conflict{Rec: d.Root, Kind: portfolio.KindAccount, Field: 2, State: portfolio.Kept})
	s := load(20_000, miscRows(0), d.Bundle)
	c, _ := s.ClientSheet(reader, clientAsk(d.Root), d.Bundle)
	got := map[string]query.Value{}
	for _, v := range c.Values {
		got[v.Key] = v
	}
	for key, want := range map[string]string{"field.name": "Écluse", "field.city": "Dinan", "field.postcode": "22100", "field.headcount": "12", "field.solvency": "2", "field.first-order": "2022-01-08"} {
		if got[key].Text != want {
			t.Errorf("%s = %q, want %q", key, got[key].Text, want)
		}
	}
	if l := got["field.city"].Lost; len(l) != 1 || l[0].Lost != "Dinard" || l[0].Kept != "Dinan" || !l[0].Mine {
		t.Errorf("replaced town: %+v", l)
	}
	if len(c.Lost) != 2 || c.Row.Replaced != 2 || c.Lost[1].Lost != "solvency.3" || c.Lost[1].Kept != "solvency.2" {
		t.Errorf("replaced: %+v (row says %d)", c.Lost, c.Row.Replaced)
	}
	if c.Address != "1, rue Haute, 22100 Dinan" || c.Owner != "Maëlle Guivarch" || c.Since != 19_000 {
		t.Errorf("%q, %q, %v", c.Address, c.Owner, c.Since)
	}
}
