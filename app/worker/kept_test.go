package main

import (
	"reflect"
	"testing"
	"time"

	"sillon/app/bridge"
	"sillon/app/store/memory"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/wire"
)

// later gathers what the desk puts off, and runs it when the test says so.
type later struct{ all []func() }

func (l *later) after(_ time.Duration, f func()) { l.all = append(l.all, f) }

func (l *later) run() {
	all := l.all
	l.all = nil
	for _, f := range all {
		f()
	}
}

func (t *tablet) mine() *session {
	s, err := t.session()
	if err != nil {
		t.t.Fatal(err)
	}
	s.book.Own, s.book.Mine = 7, 9
	return s
}

func TestTodayIsKeptForTheNextStartAsLongAsItHolds(t *testing.T) {
	disk := memory.NewDisk()
	tab := on(t, disk)
	l := &later{}
	tab.w.After = l.after
	must(tab, bridge.OpSignIn, wire.SignIn{Login: "maelle", Password: "x"})
	s := tab.mine()
	client := must(tab, bridge.OpCreate, bridge.NewAccount{Name: "Hôtel du Phare", City: "Cancale"}).ID
	ask := query.TodayAsk{Lang: "fr"}
	said := must(tab, bridge.OpToday, ask)

	keep := func() {
		t.Helper()
		if err := s.flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		l.run()
	}
	found := func() *kept {
		s.kept = nil
		s.findKept(t.Context())
		return s.kept
	}
	if found() != nil {
		t.Fatal("something is kept before the desk had a moment")
	}
	keep()
	k := found()
	if k == nil {
		t.Fatal("nothing is kept")
	}
	if !reflect.DeepEqual(k.View, must(tab, bridge.OpToday, ask)) || !reflect.DeepEqual(k.View, said) {
		t.Errorf("kept %+v; Today says %+v", k.View, said)
	}
	for i := 1; i < keptDays; i++ { // the mornings to come
		if c, err := s.db.Chunks(t.Context(), keptKey(s.book.Today()+1)); err != nil || len(c) != 1 {
			t.Errorf("%d answers kept for the day after %d, %v; want one", len(c), i, err)
		}
	}

	// A start gives it before the columns are read, to the same question only.
	fresh := &session{desk: tab.desk, db: s.db, book: s.book, ready: make(chan struct{}), kept: k}
	if got, ok := fresh.ahead(ask); !ok || !reflect.DeepEqual(got, said) {
		t.Errorf("a start gives %+v, %v", got, ok)
	}
	for _, other := range []query.TodayAsk{{Lang: "en"}, {Lang: "fr", Client: client}, {Lang: "fr", Scope: 3}, {Lang: "fr", Limit: 5}} {
		if _, ok := fresh.ahead(other); ok {
			t.Errorf("gives it for %+v too", other)
		}
	}
	close(fresh.ready)
	if _, ok := fresh.ahead(ask); ok {
		t.Error("gives it though the columns are there")
	}

	// One more operation, and it no longer holds, until it is kept again.
	must(tab, bridge.OpLog, bridge.LogVisit{Account: client, Outcome: portfolio.StepForward})
	if found() != nil {
		t.Error("kept an answer from before a visit")
	}
	keep()
	if k := found(); k == nil || k.View.Logged != 1 {
		t.Errorf("after the visit %+v is kept; want a day with 1 contact", k)
	}
}
