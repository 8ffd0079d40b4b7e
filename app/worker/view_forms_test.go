package main

import (
	"errors"
	"slices"
	"testing"

	"sillon/app/bridge"
	"sillon/app/notebook"
	"sillon/app/store"
	"sillon/engine/explain"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func form(account, rec portfolio.ID, k portfolio.Kind, pairs ...any) bridge.Form {
	f := bridge.Form{Account: account, Rec: rec, Kind: k}
	for i := 0; i < len(pairs); i += 2 {
		f.Texts = append(f.Texts, notebook.Text{Field: uint16(pairs[i].(int)), Text: pairs[i+1].(string)})
	}
	return f
}

// sold gives a client sales of this month.
func (t *tablet) sold(s *session, client portfolio.ID, family string, cents int64) {
	t.t.Helper()
	f := portfolio.Fields{1: portfolio.Value(client), 2: portfolio.Value(s.book.Today() - 10), 4: portfolio.Value(cents), 6: portfolio.Value(family)}
	op := journal.Op{ID: t.w.ID(), Kind: journal.Fact, Entity: portfolio.KindSale, Rec: t.w.ID(), Root: client, Scope: s.book.Own, Fields: f}
	if _, err := s.db.Append(t.t.Context(), [][]journal.Op{{op}}, store.AppendOptions{}); err != nil {
		t.t.Fatal(err)
	}
	if err := s.changed(t.t.Context(), client); err != nil {
		t.t.Fatal(err)
	}
}

// Correcting a potential moves all that rests on it at once, without network:
// the potential, its level, the penetration, what is left, the place on the
// board, on the sheet and in the portfolio; undone, all is back.
func TestACorrectedPotentialMovesEveryFigureThatRestsOnIt(t *testing.T) {
	tab, s, ids := clients(t, 4)
	for i, id := range ids {
		tab.sold(s, id, "LAV", 4_000_00)
		told := tab.heard(bridge.EventChanged)
		must(tab, bridge.OpForm, form(id, portfolio.ID{}, portfolio.KindEstimate, 3, []string{"10 000", "20 000", "40 000", "100 000"}[i]))
		tab.settleTo(told + 1)
	}
	client := ids[0]
	sheet := func() query.Client {
		return must(tab, bridge.OpClient, query.ClientAsk{Lang: "fr", ID: client, Width: 1040})
	}
	// the clients at the top of the board: its cells count them, the list names them
	top := func() (counted int, named, here bool) {
		for _, c := range must(tab, bridge.OpPortfolio, query.PortfolioAsk{Lang: "fr", Width: 1040}).Cells {
			if c.P == 4 {
				counted += c.Count
			}
		}
		rows := must(tab, bridge.OpList, query.ListAsk{Lang: "fr", P: "4"}).Rows
		for _, r := range rows {
			here = here || r.ID == client
		}
		return counted, len(rows) == counted, here
	}
	// 40 % of 10 000, the lowest of four potentials
	before := sheet()
	if before.Potential.Value != 10_000_00 || before.Pen.Value != .4 || before.Left.Value != 6_000_00 || before.Row.P != 1 {
		t.Fatalf("before: potential %v, penetration %v, left %v, P%d", before.Potential.Value, before.Pen.Value, before.Left.Value, before.Row.P)
	}
	if n, same, here := top(); n == 0 || !same || here {
		t.Fatalf("before: %d at the top, as the list %v, the client among them %v", n, same, here)
	}

	records := must(tab, bridge.OpRecords, bridge.RecordsAsk{Account: client, Lang: "fr"})
	var appraisals []bridge.Record
	for _, r := range records.All {
		if r.Kind == portfolio.KindEstimate {
			appraisals = append(appraisals, r)
		}
	}
	if len(appraisals) != 1 || appraisals[0].Text(3) != "10000" {
		t.Fatalf("records %+v", records)
	}
	told := tab.heard(bridge.EventChanged)
	saved := must(tab, bridge.OpForm, form(client, appraisals[0].ID, portfolio.KindEstimate, 3, "", 4, "150 000", 5, "250 000"))
	tab.settleTo(told + 1)
	after := sheet()
	if after.Potential.Value != 200_000_00 || after.Pen.Value != .02 || after.Left.Value != 196_000_00 || after.Row.P != 4 || after.PR.Text == before.PR.Text && after.PR.Value == before.PR.Value {
		t.Errorf("after: potential %v, penetration %v, left %v, P%d, P–R %+v", after.Potential.Value, after.Pen.Value, after.Left.Value, after.Row.P, after.PR)
	}
	if n, same, here := top(); n == 0 || !same || !here {
		t.Errorf("after: %d at the top of the board, as the list %v, the client among them %v", n, same, here)
	}
	if len(after.Estimates) != 1 {
		t.Errorf("estimates %+v; want the correction in place of the first", after.Estimates)
	}
	must(tab, bridge.OpUndo, bridge.Undo{Account: client, ID: saved.ID})
	tab.settleTo(told + 2)
	if back := sheet(); back.Potential.Value != 10_000_00 || back.Row.P != 1 || len(back.Estimates) != 1 {
		t.Errorf("undone: potential %v, P%d, %+v", back.Potential.Value, back.Row.P, back.Estimates)
	}
}

// Each fact moves the figure that the method reads it for.
func TestEachFactMovesItsFigure(t *testing.T) {
	tab, _, ids := clients(t, 4)
	client := ids[1]
	deep := func() query.SheetTab {
		return must(tab, bridge.OpSheet, query.SheetAsk{Lang: "fr", ID: client, Width: 1040})
	}
	told := tab.heard(bridge.EventChanged)
	note := func(f bridge.Form) portfolio.ID {
		t.Helper()
		id := must(tab, bridge.OpForm, f).ID
		told++
		tab.settleTo(told)
		return id
	}
	lacks := func(key string) bool {
		for _, c := range deep().View.Collect {
			if c == key {
				return true
			}
		}
		return false
	}
	signal := func(code string) bool {
		for _, x := range deep().View.Risk.Signals {
			if x.Code == code && !x.Settled {
				return true
			}
		}
		return false
	}
	if !lacks("competitor") || !lacks("person") || !lacks("consent") {
		t.Fatalf("a bare client collects %v", deep().View.Collect)
	}
	rival := note(form(client, portfolio.ID{}, portfolio.KindCompetitor, 2, "Rivale", 4, "1"))
	if lacks("competitor") {
		t.Error("H1: a competitor noted is still to collect")
	}
	note(form(client, rival, portfolio.KindCompetitor, 4, "3"))
	if !signal("S8") {
		t.Errorf("I2: a competitor whose strength rises is no signal S8: %+v", deep().View.Risk.Signals)
	}
	person := note(form(client, portfolio.ID{}, portfolio.KindPerson, 2, "Soazig", 4, "decider", 6, "1"))
	if v := deep(); len(v.View.People) != 1 || v.View.People[0].Attitude != 1 || lacks("person") {
		t.Errorf("J: people %+v", v.View.People)
	}
	note(form(client, person, portfolio.KindPerson, 12, "1"))
	if lacks("consent") {
		t.Error("H1: a consent noted is still to collect")
	}
	note(form(client, portfolio.ID{}, portfolio.KindProject, 2, "Capot", 3, "9600", 5, "3"))
	if p := deep().View.Projects; len(p) != 1 || p[0].Phase != 3 || p[0].Amount != 9_600_00 {
		t.Errorf("J2: projects %+v", p)
	}
	incident := note(form(client, portfolio.ID{}, portfolio.KindService, 2, "6"))
	if !signal("S9") {
		t.Error("I2: an open incident with the rep is no signal S9")
	}
	note(form(client, incident, portfolio.KindService, 6, "2026-11-19"))
	if signal("S9") {
		t.Error("I2: a settled incident is still the signal S9")
	}
	tool := note(form(client, portfolio.ID{}, portfolio.KindTool, 2, "Centrale", 3, "5000", 4, "3000", 5, "2026-11-12", 6, "12"))
	// J6: .4 × 1 tool of 1 used + .3 × 3000/5000 + .3 × 12/20 = .76
	if tie := deep().View.Give.Tie; tie.Mark.Status == explain.NA || tie.Value < .7599 || tie.Value > .7601 {
		t.Errorf("J6: tie %+v; want 0.76", tie)
	}
	must(tab, bridge.OpRemove, bridge.Remove{Account: client, Rec: tool})
	told++
	tab.settleTo(told)
	if tie := deep().View.Give.Tie; tie.Mark.Status != explain.NA {
		t.Errorf("J6: the tool is gone, and the tie is %+v", tie)
	}
	note(form(client, portfolio.ID{}, portfolio.KindContract, 3, "2026-10-01"))
	if !signal("S1") {
		t.Error("I2: an anniversary passed without renewal is no signal S1")
	}
	note(form(client, portfolio.ID{}, portfolio.KindCommitment, 3, "2", 4, "Visite du second site", 5, "800", 11, "2"))
	if l := deep().View.Give.Lines; len(l) != 1 || l[0].Ours || l[0].State != portfolio.KeptIt {
		t.Errorf("J4: lines %+v", l)
	}
	note(form(client, portfolio.ID{}, portfolio.KindAccount, 30, "500", 28, "1"))
	note(form(client, portfolio.ID{}, portfolio.KindSignal, 2, "7"))
	if !signal("S7") {
		t.Error("I2: a warning that somebody noted is none")
	}
	all := must(tab, bridge.OpRecords, bridge.RecordsAsk{Account: client, Lang: "fr"}).All
	if len(all) != 9 {
		t.Errorf("%d records, want nine: the client and its visit, competitor, person, project, incident, contract, commitment, warning", len(all))
	}
	for _, r := range all {
		if r.Kind == portfolio.KindAccount && (r.ID != client || r.Text(30) != "500" || r.Text(28) != "1") {
			t.Errorf("told of the client: %+v", r)
		}
	}
	must(tab, bridge.OpLog, bridge.LogVisit{Account: client, Outcome: portfolio.StepForward})
	told++
	tab.settleTo(told)
	contacts := func() (out []bridge.Record) {
		for _, r := range must(tab, bridge.OpRecords, bridge.RecordsAsk{Account: client, Lang: "fr"}).All {
			if r.Kind == portfolio.KindContact {
				out = append(out, r)
			}
		}
		return out
	}
	before := contacts() // in the order of their identifiers, which chance gives within a millisecond
	visit := before[len(before)-1]
	note(form(client, visit.ID, portfolio.KindContact, 25, "1", 21, "12,50"))
	after := contacts()
	if len(after) != len(before) || slices.ContainsFunc(after, func(c bridge.Record) bool { return c.ID == visit.ID }) {
		t.Errorf("%d contacts, %d before; want the visit corrected", len(after), len(before))
	}
	if !slices.ContainsFunc(after, func(c bridge.Record) bool { return c.Text(25) == "1" && c.Text(21) == "12,50" }) {
		t.Errorf("what the visit took: %+v", after)
	}
	var acts []string
	for _, a := range must(tab, bridge.OpJournal, bridge.JournalAsk{Lang: "fr", Limit: 100}).Waiting {
		acts = append(acts, a.Key+" "+a.Detail)
	}
	for _, want := range []string{"form18 Rivale", "form7 Soazig", "form21 Capot", "form17 ", "form27 Centrale", "drop27 ", "form19 ", "form5 ", "form24 ", "visit Avancée", "form22 Visite du second site"} {
		found := false
		for _, a := range acts {
			found = found || a == want
		}
		if !found {
			t.Errorf("the journal does not say %q: %q", want, acts)
		}
	}
}

func TestARefusedFormNamesItsField(t *testing.T) {
	tab, _, ids := clients(t, 1)
	_, err := ask(tab, bridge.OpForm, form(ids[0], portfolio.ID{}, portfolio.KindCompetitor, 4, "2"))
	var f *bridge.Fault
	if !errors.As(err, &f) || f.Code != bridge.FaultInput || len(f.Args) != 2 || f.Args[0] != "form.18.2" || f.Args[1] != "empty" {
		t.Errorf("%v; want the name to be asked for", err)
	}
}

// A client about to be made is looked for by its SIRET, its phone, its name and
// a near name at the same postcode or town, before it is written twice.
func TestWhoIsHereAlreadyIsFoundByFourLikenesses(t *testing.T) {
	tab, _, _ := clients(t, 1)
	told := tab.heard(bridge.EventChanged)
	make := func(q bridge.NewAccount) portfolio.ID { return must(tab, bridge.OpCreate, q).ID }
	brewery := make(bridge.NewAccount{Name: "Brasserie de l'Écluse", City: "35400 Saint-Malo", Phone: "02 61 91 00 01", Siret: "732 829 320 00074"})
	hotel := make(bridge.NewAccount{Name: "Hôtel des Remparts", City: "Dinan"})
	tab.settleTo(told + 2)
	if r := must(tab, bridge.OpClient, query.ClientAsk{Lang: "fr", ID: brewery}); r.Row.Postcode != "35400" || r.Row.City != "Saint-Malo" {
		t.Errorf("the town is read as %q %q", r.Row.Postcode, r.Row.City)
	}
	for _, c := range []struct {
		name string
		q    bridge.NewAccount
		id   portfolio.ID
		why  string
	}{
		{"the same SIRET, whatever the spaces", bridge.NewAccount{Name: "Ecluse SARL", Siret: "73282932000074"}, brewery, "siret"},
		{"the same phone, in another form", bridge.NewAccount{Name: "X", Phone: "+33 (0)2.61.91.00.01"}, brewery, "phone"},
		{"the same name, accents apart", bridge.NewAccount{Name: "brasserie de l’ecluse"}, brewery, "name"},
		{"a letter missing, at the same postcode", bridge.NewAccount{Name: "Brasserie de l'Eclue", City: "35400"}, brewery, "postcode"},
		{"a shorter name in the same town", bridge.NewAccount{Name: "Remparts", City: "dinan"}, hotel, "postcode"},
		{"the same name at another postcode is another shop", bridge.NewAccount{Name: "Brasserie de l'Écluse", City: "29200 Brest"}, portfolio.ID{}, ""},
		{"a near name elsewhere says nothing", bridge.NewAccount{Name: "Remparts", City: "Brest"}, portfolio.ID{}, ""},
		{"nothing typed finds nobody", bridge.NewAccount{}, portfolio.ID{}, ""},
	} {
		got := must(tab, bridge.OpLikes, c.q).All
		switch {
		case c.why == "" && len(got) > 0:
			t.Errorf("%s: found %+v", c.name, got)
		case c.why != "" && (len(got) == 0 || got[0].ID != c.id || got[0].Why != c.why):
			t.Errorf("%s: found %+v; want it by its %s", c.name, got, c.why)
		}
	}
}
