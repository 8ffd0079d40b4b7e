package main

import (
	"reflect"
	"strings"
	"testing"

	"sillon/app/bridge"
	"sillon/app/notebook"
	"sillon/app/store"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// held are the facts of some clients, as the snapshot has them.
func (s *session) held(ids []portfolio.ID) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		if s.snap.Facts(id) != nil {
			n++
		}
	}
	return n
}

// shed makes the snapshot what it is after a start: cards without their facts.
func (s *session) shed(t *testing.T) {
	t.Helper()
	s.deeps.said = nil
	if err := s.loadCards(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (s *session) take(t *testing.T) (taken int) {
	t.Helper()
	if err := s.takeFacts(t.Context(), 7, func(n int) { taken = n }); err != nil {
		t.Fatal(err)
	}
	return taken
}

func (s *session) chunks(t *testing.T, prefix string) (n int) {
	t.Helper()
	keys, err := s.db.ChunkKeys(t.Context(), prefix)
	if err != nil {
		t.Fatal(err)
	}
	return len(keys)
}

// What is kept comes back for the cards that have not changed since, whoever
// changed them; those that have are read from their bundles.
func TestFactsAreKeptForTheNextStart(t *testing.T) {
	tab, s, ids := clients(t, 3*manyStale)
	told := 2 * len(ids)
	visit := func(which ...portfolio.ID) {
		for _, id := range which {
			must(tab, bridge.OpLog, bridge.LogVisit{Account: id, Outcome: portfolio.NoChange})
			told++
		}
		tab.settle(told)
	}
	visits := func() map[portfolio.ID]int {
		n := map[portfolio.ID]int{}
		err := s.analysed(t.Context(), 7, nil, func(a *query.Analysis) error {
			for i, c := range a.Cards {
				n[c.ID] = len(a.Deep(i).Contacts)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if visits(); s.chunks(t, preStale) != 0 || s.chunks(t, preFacts) != 0 {
		t.Fatal("something is kept though nobody asked")
	}
	if err := s.keepFacts(t.Context(), 7); err != nil {
		t.Fatal(err)
	}
	s.shed(t)
	if n := s.take(t); n != len(ids) {
		t.Errorf("%d of %d came back", n, len(ids))
	}

	visit(ids[3], ids[4])
	s.shed(t)
	if n := s.take(t); n != len(ids)-2 || s.held(ids[3:5]) != 0 {
		t.Errorf("%d came back, %d of the two that changed", n, s.held(ids[3:5]))
	}
	if n := visits(); n[ids[3]] != 2 || n[ids[4]] != 2 || n[ids[5]] != 1 {
		t.Errorf("visits %d %d %d; want 2 2 1", n[ids[3]], n[ids[4]], n[ids[5]])
	}
	// A few stale ones are not worth writing; many are.
	if err := s.keepFacts(t.Context(), 7); err != nil || s.chunks(t, preStale) == 0 {
		t.Errorf("wrote the facts for two cards, %v", err)
	}
	visit(ids[:manyStale+1]...)
	if err := s.keepFacts(t.Context(), 7); err != nil || s.chunks(t, preStale) != 0 {
		t.Errorf("%d notes left, %v", s.chunks(t, preStale), err)
	}
	s.shed(t)
	if n := s.take(t); n != len(ids) {
		t.Errorf("%d of %d came back after writing again", n, len(ids))
	}
	if n := visits(); n[ids[3]] != 3 || n[ids[manyStale]] != 2 || n[ids[manyStale+1]] != 1 {
		t.Errorf("visits %d %d %d; want 3 2 1", n[ids[3]], n[ids[manyStale]], n[ids[manyStale+1]])
	}

	// A change not flushed yet, as of a session that ended: it is dirty.
	if _, err := s.book.PlanVisit(t.Context(), notebook.Plan{Account: ids[9], InDays: 3}); err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	s.snap.SetCards()
	s.mu.Unlock()
	chunks, _ := s.db.Chunks(t.Context(), "v")
	var all [][]query.Card
	for _, c := range chunks {
		cards, err := query.DecodeChunk(c.Value)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, cards)
	}
	s.snap.SetCards(all...)
	if n := s.take(t); n != len(ids)-1 || s.held(ids[9:10]) != 0 {
		t.Errorf("%d came back, and the dirty one: %d", n, s.held(ids[9:10]))
	}
}

// What cannot be read is dropped and read from the bundles.
func TestDamagedFactsAreDropped(t *testing.T) {
	tab, s, ids := clients(t, fewFacts+1)
	if err := s.keepFacts(t.Context(), 7); err != nil {
		t.Fatal(err)
	}
	key := factKey(7, 1, 0)
	if err := s.db.SetChunks(t.Context(), store.Dirty{}, store.Chunk{Key: key, Value: []byte{query.FactsVersion, 9}}); err != nil {
		t.Fatal(err)
	}
	s.shed(t)
	n := 0
	if err := s.analysed(t.Context(), 7, nil, func(a *query.Analysis) error { n = a.Len(); return nil }); err != nil || n != len(ids) {
		t.Errorf("%d clients, %v", n, err)
	}
	if s.chunks(t, preFacts) != 0 {
		t.Error("the damaged bucket is still there")
	}
	_ = tab
}

// Buckets of an older version, or of portfolios that are no longer held, go.
func TestOldFactsGo(t *testing.T) {
	_, s, _ := clients(t, 2)
	old := []store.Chunk{
		{Key: "f0/00000007/001/00", Value: []byte("older version")}, {Key: factKey(8, 1, 0), Value: []byte("not held")},
		{Key: factKey(7, 4, 3), Value: []byte("other cut")},
	}
	if err := s.db.SetChunks(t.Context(), store.Dirty{}, old...); err != nil {
		t.Fatal(err)
	}
	if err := s.keepFacts(t.Context(), 7); err != nil {
		t.Fatal(err)
	}
	keys, err := s.db.ChunkKeys(t.Context(), preFacts)
	if err != nil || !reflect.DeepEqual(keys, []string{factKey(7, 1, 0)}) {
		t.Errorf("left %s, %v", strings.Join(keys, " "), err)
	}
}

func TestBucketsOfFacts(t *testing.T) {
	for _, c := range []struct{ cards, of int }{{0, 1}, {1, 1}, {200, 1}, {201, 2}, {5000, 32}, {1 << 20, 256}} {
		if got := factBuckets(c.cards); got != c.of {
			t.Errorf("%d cards in %d buckets, want %d", c.cards, got, c.of)
		}
	}
}
