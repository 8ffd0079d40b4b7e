package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"sillon/app/bridge"
	"sillon/app/notebook"
	"sillon/app/store/memory"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/wire"
)

// clients gives a new tablet some clients, visited once each.
func clients(t *testing.T, n int) (*tablet, *session, []portfolio.ID) {
	t.Helper()
	tab := on(t, memory.NewDisk())
	must(tab, bridge.OpSignIn, wire.SignIn{Login: "maelle", Password: "x"})
	s := tab.mine()
	ids := make([]portfolio.ID, n)
	for i := range ids {
		ids[i] = must(tab, bridge.OpCreate, bridge.NewAccount{Name: fmt.Sprint("Client ", i), Status: portfolio.Client}).ID
		must(tab, bridge.OpLog, bridge.LogVisit{Account: ids[i], Outcome: portfolio.StepForward})
	}
	tab.settle(2 * n)
	return tab, s, ids
}

// settle waits until so many actions are in the figures, and writes them.
func (t *tablet) settle(n int) {
	t.t.Helper()
	t.until(bridge.EventChanged, n)
	if err := t.mine().flush(t.t.Context()); err != nil {
		t.t.Fatal(err)
	}
}

// until waits for the page to have been told something so many times.
func (t *tablet) until(kind string, n int) {
	t.t.Helper()
	for range 5000 {
		if t.heard(kind) >= n {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.t.Fatalf("%d %s told; want %d", t.heard(kind), kind, n)
}

func (t *tablet) heard(kind string) (n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, e := range t.events {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

// The facts of all clients are loaded in slices, with other questions between;
// once there, they are not loaded again: a card that changes brings its own.
func TestAnAnalysisLoadsTheFactsItNeeds(t *testing.T) {
	tab, s, ids := clients(t, deepSlice+3)
	between := 0
	s.cols.yield = func() {
		must(tab, bridge.OpList, query.ListAsk{Lang: "fr", Limit: 1})
		between++
	}
	var said []bridge.Progress
	tell := func(p bridge.Progress) { said = append(said, p) }
	visits := func() (n int) {
		err := s.analysed(t.Context(), 0, tell, func(a *query.Analysis) error {
			if a.Len() != len(ids) || a.Scope != 7 {
				t.Errorf("%d clients in scope %d; want %d in 7", a.Len(), a.Scope, len(ids))
			}
			for i := range a.Len() {
				n += len(a.Deep(i).Contacts)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		return n
	}
	if n := visits(); n != len(ids) {
		t.Errorf("%d visits in the facts; want one of each client", n)
	}
	want := []bridge.Progress{{Stage: stageFacts, Done: deepSlice, Of: len(ids)}, {Stage: stageFacts, Done: len(ids), Of: len(ids)}}
	if !slices.Equal(said, want) || between != 2 {
		t.Errorf("told %v with %d other questions; want %v", said, between, want)
	}
	said = nil
	if visits(); len(said) != 0 {
		t.Errorf("asked twice, loaded twice: %v", said)
	}
	must(tab, bridge.OpLog, bridge.LogVisit{Account: ids[4], Outcome: portfolio.NoChange})
	tab.until(bridge.EventChanged, 2*len(ids)+1)
	if n := visits(); n != len(ids)+1 || len(said) != 0 {
		t.Errorf("%d visits after one more, loading %v; want the card's facts with its change", n, said)
	}
	was := s.snap.Facts(ids[4])
	if err := s.refresh(t.Context(), ids[4:5]); err != nil { // as when the server's echo comes
		t.Fatal(err)
	}
	if visits(); len(said) != 0 || s.snap.Facts(ids[4]) != was {
		t.Errorf("a card that says the same was read again: %v", said)
	}
	if err := s.flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if d, err := s.db.Dirty(t.Context()); err != nil || len(s.unread(d)) != 0 || len(d.Roots) != 0 {
		t.Errorf("%d cards to derive, %v", len(d.Roots), err)
	}
}

func TestTwoWhoAskShareOneLoading(t *testing.T) {
	_, s, ids := clients(t, 2*deepSlice)
	var mu sync.Mutex
	read, first := 0, make(chan struct{})
	open := make(chan struct{})
	s.cols.yield = func() {
		mu.Lock()
		read++
		if read == 1 {
			close(first)
		}
		mu.Unlock()
		<-open
	}
	var wg sync.WaitGroup
	answers := [3]int{}
	ask := func(k int) {
		wg.Go(func() {
			if err := s.analysed(t.Context(), 7, func(bridge.Progress) {}, func(a *query.Analysis) error { answers[k] = a.Len(); return nil }); err != nil {
				t.Error(err)
			}
		})
	}
	ask(0)
	<-first
	ask(1)
	ask(2)
	for { // until all three wait
		s.deeps.mu.Lock()
		n := s.deeps.all[7].waits
		s.deeps.mu.Unlock()
		if n == 3 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	close(open)
	wg.Wait()
	if read != 2 || answers != [3]int{len(ids), len(ids), len(ids)} {
		t.Errorf("%d slices read for three askers, who saw %v", read, answers)
	}
}

// Whoever gives up stops the loading only when nobody else waits for it.
func TestALoadingEndsWithTheLastWhoWaits(t *testing.T) {
	_, s, _ := clients(t, 3*deepSlice)
	step := make(chan struct{})
	reached := make(chan struct{}, 10)
	s.cols.yield = func() { reached <- struct{}{}; <-step }
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.analysed(ctx, 7, nil, func(*query.Analysis) error { return nil }) }()
	<-reached
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Fatalf("given up with %v", err)
	}
	close(step)
	s.cols.yield = func() {}
	for range 100 { // the loading notices
		s.mu.Lock()
		lack := len(s.snap.Lacking(7))
		s.mu.Unlock()
		if lack != 2*deepSlice {
			t.Fatalf("%d cards lack their facts after one slice; want the other two slices'", lack)
		}
		time.Sleep(time.Millisecond / 4)
	}
	if err := s.analysed(t.Context(), 7, nil, func(a *query.Analysis) error { return nil }); err != nil {
		t.Error(err)
	}
}

// A sheet does not wait for the facts of the others: it shows the client alone,
// and is asked again once they are there.
func TestASheetIsOfOneClientUntilTheOthersAreLoaded(t *testing.T) {
	tab, s, ids := clients(t, 5)
	look := func() (n int) {
		err := s.deepClient(t.Context(), ids[3], func(a *query.Analysis, i int) error {
			n = a.Len()
			if a.Cards[i].ID != ids[3] || len(a.Deep(i).Contacts) != 1 {
				t.Errorf("place %d is %s", i, a.Cards[i].Name)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		return n
	}
	if n := look(); n != 1 {
		t.Errorf("%d clients at once; want the one", n)
	}
	tab.until(bridge.EventDeep, 1)
	if n := look(); n != len(ids) || tab.heard(bridge.EventDeep) != 1 {
		t.Errorf("%d clients after %d events; want %d after one", n, tab.heard(bridge.EventDeep), len(ids))
	}
	if err := s.deepClient(t.Context(), portfolio.ID{9}, func(*query.Analysis, int) error { return nil }); !isFault(err, bridge.FaultMissing) {
		t.Errorf("a card that is not held: %v", err)
	}
}

// Under settings that read facts of the others, a sheet waits for the whole.
func TestASheetWaitsWhereNobodyIsReadAlone(t *testing.T) {
	_, s, ids := clients(t, 5)
	if err := s.book.SetParameter(t.Context(), 7, 3, "contact.costing", nil, "time", false); err != nil {
		t.Fatal(err)
	}
	if err := s.loadMisc(t.Context()); err != nil {
		t.Fatal(err)
	}
	n := 0
	err := s.deepClient(t.Context(), ids[3], func(a *query.Analysis, i int) error {
		if n = a.Len(); a.Cards[i].ID != ids[3] {
			t.Errorf("place %d is %s", i, a.Cards[i].Name)
		}
		return nil
	})
	if err != nil || n != len(ids) {
		t.Errorf("%d clients, %v; want all %d at once", n, err, len(ids))
	}
	if !s.mu.TryLock() {
		t.Fatal("the session is still locked")
	}
	s.mu.Unlock()
}

func TestAPortfolioWithoutClientsIsSaid(t *testing.T) {
	_, s, _ := clients(t, 0)
	if err := s.analysed(t.Context(), 0, nil, func(*query.Analysis) error { return errors.New("called") }); !isFault(err, bridge.FaultEmpty) {
		t.Errorf("got %v", err)
	}
}

// A card that changes between its derivation and the flush is derived again,
// whoever changed it; one that was derived since is not.
func TestAFlushDerivesWhatHasChangedSince(t *testing.T) {
	_, s, ids := clients(t, 3)
	visit := func(id portfolio.ID) {
		t.Helper()
		if _, err := s.book.LogVisit(t.Context(), notebook.Visit{Account: id, Outcome: portfolio.NoChange}); err != nil {
			t.Fatal(err)
		}
	}
	visit(ids[0]) // by another tab: nothing was derived here
	visit(ids[1])
	if err := s.refresh(t.Context(), ids[1:2]); err != nil {
		t.Fatal(err)
	}
	visit(ids[1]) // and once more
	visit(ids[2])
	if err := s.refresh(t.Context(), ids[2:3]); err != nil {
		t.Fatal(err)
	}
	d, err := s.db.Dirty(t.Context())
	if got := s.unread(d); err != nil || len(got) != 2 || !slices.Contains(got, ids[0]) || !slices.Contains(got, ids[1]) {
		t.Errorf("to derive: %d cards, %v; want the first two", len(got), err)
	}
	if err := s.flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{2, 3, 2} {
		if c, _ := s.snap.Card(ids[i]); len(c.Touches) != want {
			t.Errorf("client %d has %d contacts, want %d", i, len(c.Touches), want)
		}
	}
}

// Two derivations of one card may end in the other order than they began: the
// older reading never replaces the newer.
func TestAnOlderReadingDoesNotReplaceANewer(t *testing.T) {
	_, s, ids := clients(t, 1)
	if _, err := s.book.LogVisit(t.Context(), notebook.Visit{Account: ids[0], Outcome: portfolio.NoChange}); err != nil {
		t.Fatal(err)
	}
	now := s.fresh[ids[0]] + 1
	s.fresh[ids[0]] = now + 1 // somebody has read it later
	if err := s.refresh(t.Context(), ids); err != nil {
		t.Fatal(err)
	}
	if c, _ := s.snap.Card(ids[0]); len(c.Touches) != 1 {
		t.Errorf("%d contacts: an older reading was taken", len(c.Touches))
	}
	s.fresh[ids[0]] = now
	if err := s.refresh(t.Context(), ids); err != nil {
		t.Fatal(err)
	}
	if c, _ := s.snap.Card(ids[0]); len(c.Touches) != 2 {
		t.Errorf("%d contacts, want 2", len(c.Touches))
	}
}
