package main

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"sillon/app/bridge"
	"sillon/app/store"
	"sillon/app/store/memory"
	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/hazard"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/wire"
)

// stocked is a tablet that has received some clients of the demonstration.
func stocked(t *testing.T, disk *memory.Disk, n int) (*tablet, *session) {
	t.Helper()
	tab := on(t, disk)
	must(tab, bridge.OpSignIn, wire.SignIn{Login: "maelle", Password: "x"})
	s := tab.mine()
	var rows []journal.Row
	for _, c := range demo.Cards(3, n, s.book.Today()) {
		rows = append(rows, c.Rows(7, journal.Mark{}, rep)...)
	}
	s.receive(t, 0, rows)
	return tab, s
}

// receive is an exchange that brings rows of portfolio 7.
func (s *session) receive(t *testing.T, from uint64, rows []journal.Row) {
	t.Helper()
	for i := range rows {
		rows[i].Seq, rows[i].Ver, rows[i].Epoch = from+uint64(i)+1, 1, 1
	}
	h, err := s.db.Batch(t.Context(), 1<<20, wire.MaxOps)
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.db.ApplyAnswer(t.Context(), store.Exchange{
		Request: &wire.Request{Proto: wire.Proto, Device: h.Device, Epoch: h.Epoch, Cookie: h.Cookie, Prev: h.Prev},
		Answer: &wire.Answer{
			Epoch: 1, User: rep, Cookie: []byte("x"), LastChain: h.Prev,
			Pages:  []wire.Page{{Scope: 7, From: from, To: from + uint64(len(rows)), Rows: rows, Complete: true}},
			Grants: []wire.Grant{{Scope: 7, Kind: wire.ScopePortfolio, Role: portfolio.RoleRep, Name: "Saint-Malo"}},
		},
	})
	if err != nil || c.Ignored != "" {
		t.Fatalf("%v, ignored: %s", err, c.Ignored)
	}
	s.received(t.Context(), c)
	if err := s.flush(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func always() bool { return true }

func (s *session) left(t *testing.T) (left int, fitted bool) {
	t.Helper()
	err := s.analysed(t.Context(), 7, nil, func(a *query.Analysis) error { left, fitted = a.Left(), a.Ahead().Fitted; return nil })
	if err != nil {
		t.Fatal(err)
	}
	return left, fitted
}

// In a quiet moment everything that the screens will ask is computed, and kept
// for the next start: facts and models.
func TestTheAnalysisIsReadyBeforeItIsAsked(t *testing.T) {
	disk := memory.NewDisk()
	tab, s := stocked(t, disk, 120)
	tab.yields.Store(0)
	if err := s.warm(t.Context(), true, always); err != nil {
		t.Fatal(err)
	}
	if left, fitted := s.left(t); left != 0 || !fitted || tab.yields.Load() < parts {
		t.Errorf("%d parts left, fitted %v, %d times given way", left, fitted, tab.yields.Load())
	}
	models := s.deeps.equipped[7]
	s.close()

	again := on(t, disk)
	s = again.mine()
	if n := len(s.snap.Lacking(7)); n < 100 || s.deeps.equipped != nil {
		t.Errorf("a start has read facts or models: %d cards lack theirs", n)
	}
	if err := s.equip(t.Context(), 7); err != nil || !reflect.DeepEqual(s.deeps.equipped[7], models) {
		t.Errorf("the models differ after a start, %v", err)
	}
	if n := s.take(t); n < 100 {
		t.Errorf("%d facts kept", n)
	}
	before := s.deeps.equipped[7]
	if err := s.warm(t.Context(), true, always); err != nil || s.deeps.equipped[7] != before {
		t.Errorf("fitted again though nothing has changed, %v", err)
	}
}

// What one tab has fitted, the others take.
func TestModelsFittedInAnotherTabAreTaken(t *testing.T) {
	disk := memory.NewDisk()
	tab, s := stocked(t, disk, 60)
	if _, fitted := s.left(t); fitted {
		t.Fatal("there are models already")
	}
	other := on(t, disk).mine()
	if err := other.warm(t.Context(), true, always); err != nil {
		t.Fatal(err)
	}
	told := tab.heard(bridge.EventChanged)
	s.heard(t.Context(), bridge.Event{Kind: eventFits})
	if _, fitted := s.left(t); !fitted || tab.heard(bridge.EventChanged) != told+1 {
		t.Errorf("fitted %v, the page was told %d times", fitted, tab.heard(bridge.EventChanged)-told)
	}
}

// Who does not lead writes nothing, and works only for what its page asked.
func TestATabThatDoesNotLeadKeepsNothing(t *testing.T) {
	_, s := stocked(t, memory.NewDisk(), 30)
	if err := s.warm(t.Context(), false, always); err != nil || s.deeps.said == nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	lack := len(s.snap.Lacking(7))
	s.mu.Unlock()
	if lack == 0 {
		t.Error("loaded what nobody asked")
	}
	s.left(t)
	if err := s.warm(t.Context(), false, always); err != nil || s.chunks(t, preFacts) != 0 {
		t.Errorf("%d buckets written, %v", s.chunks(t, preFacts), err)
	}
	if v, err := s.db.Local(t.Context(), fitsKey(7)); err != nil || v != nil {
		t.Errorf("models written, %v", err)
	}
}

// A visit does not make the models be fitted again, an import does, and so does
// the next day when something has been added.
func TestWhenModelsAreFittedAgain(t *testing.T) {
	k := &keptFits{On: 100, Rows: 10_000, Prior: 5, Fits: query.Fits{Day: 90}}
	for _, c := range []struct {
		what  string
		now   keptFits
		asOf  calendar.Day
		again bool
	}{
		{"nothing", keptFits{On: 100, Rows: 10_000, Prior: 5}, 90, false},
		{"a visit", keptFits{On: 100, Rows: 10_001, Prior: 5}, 90, false},
		{"two in a hundred", keptFits{On: 100, Rows: 10_200, Prior: 5}, 90, false},
		{"an import", keptFits{On: 100, Rows: 10_201, Prior: 5}, 90, true},
		{"an import taken back", keptFits{On: 100, Rows: 9_799, Prior: 5}, 90, true},
		{"the next day, nothing added, the reading date fixed", keptFits{On: 101, Rows: 10_000, Prior: 5}, 90, false},
		{"the next day", keptFits{On: 101, Rows: 10_000, Prior: 5}, 91, true},
		{"the next day after a visit", keptFits{On: 101, Rows: 10_001, Prior: 5}, 90, true},
		{"another prior", keptFits{On: 100, Rows: 10_000, Prior: 6}, 90, true},
	} {
		if got := k.outdated(&c.now, c.asOf); got != c.again {
			t.Errorf("%s: fitted again %v, want %v", c.what, got, c.again)
		}
	}
	if none := (*keptFits)(nil); !none.outdated(k, 90) {
		t.Error("without models nothing is fitted")
	}
}

// A fit gives way, and is given up with the session.
func TestAFitIsGivenUp(t *testing.T) {
	_, s := stocked(t, memory.NewDisk(), 60)
	ctx, stop := context.WithCancel(t.Context())
	if err := s.prepare(ctx, 7, nil, nil); err != nil {
		t.Fatal(err)
	}
	s.cols.yield = stop
	now := s.desk.w.Now()
	s.desk.w.Now = func() time.Time { now = now.Add(fitSlice); return now }
	if _, err := s.fit(ctx, 7); !errors.Is(err, context.Canceled) {
		t.Errorf("given up with %v", err)
	}
	if s.deeps.equipped[7] != nil {
		t.Error("half a fit is kept")
	}
}

// What the organisation sends is the prior of the portfolio's own models; a new
// one makes them be fitted again, one of another form is left alone.
func TestTheOrganisationsModelIsThePrior(t *testing.T) {
	_, s := stocked(t, memory.NewDisk(), 150)
	if err := s.warm(t.Context(), true, always); err != nil || s.deeps.equipped[7].Fits.Office != 0 {
		t.Fatal(err)
	}
	var office hazard.Model
	if err := s.analysed(t.Context(), 7, nil, func(a *query.Analysis) error {
		office = attrition.Train(query.Spells(a.Book))
		return nil
	}); err != nil || !office.Has() {
		t.Fatal(err)
	}
	office.Events = 80
	send := func(m portfolio.Model) []journal.Row {
		data, err := portfolio.Enc.Marshal(office)
		if err != nil {
			t.Fatal(err)
		}
		m.Key, m.Data = portfolio.ModelHazard, data
		f, err := portfolio.ToFields(m)
		if err != nil {
			t.Fatal(err)
		}
		return []journal.Row{{Rec: portfolio.ID{77}, Entity: portfolio.KindModel, Scope: 1, Fields: f}}
	}
	s.office = officeOf(send(portfolio.Model{Form: portfolio.HazardForm, Turn: 1, Lost: 30, Start: 199}))
	if err := s.warm(t.Context(), true, always); err != nil {
		t.Fatal(err)
	}
	k := s.deeps.equipped[7]
	if k.Prior != 1 || k.Fits.Office != 80 || k.Fits.Team.P != 30.5/200 { // (30 + ½) ÷ (199 + 1)
		t.Errorf("prior %d, %d departures behind, %+v", k.Prior, k.Fits.Office, k.Fits.Team)
	}
	if err := s.analysed(t.Context(), 7, nil, func(a *query.Analysis) error {
		if m := a.Attrition().Method; m != attrition.Hazard {
			t.Errorf("departures by method %d", m)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if o := officeOf(send(portfolio.Model{Form: portfolio.HazardForm + 1, Turn: 2})); o.hazard != nil || o.turn != 0 {
		t.Error("a model of another form is taken")
	}
}
