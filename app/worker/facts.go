package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sillon/app/bridge"
	"sillon/app/store"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// The facts of a portfolio are kept beside the columns, sealed like them, in
// buckets of a hundred cards or so: reading thousands of bundles takes seconds.
// A card that changes is not written there at once. The flush that writes its
// columns notes it as stale, under the portfolio, and its facts are read from
// its bundle; the buckets are written again once many are stale.

const (
	preFacts   = "f"      // + version / scope / number of buckets / bucket
	preStale   = "stale/" // + scope / mark: the cards that have changed since
	factBucket = 100      // about as many cards: some 10 ms to read
	manyStale  = 50       // cards, or one in fifty
	fewFacts   = 20       // are read from their bundles
)

func factScope(scope uint32) string {
	return fmt.Sprintf("%s%d/%08x/", preFacts, query.FactsVersion, scope)
}

func staleScope(scope uint32) string { return fmt.Sprintf("%s%08x/", preStale, scope) }

// factBuckets is how many buckets a number of cards takes: a power of two, so
// that it seldom changes.
func factBuckets(cards int) int {
	n := 1
	for n < 256 && cards > n*factBucket*2 {
		n *= 2
	}
	return n
}

func factKey(scope uint32, of, b int) string {
	return fmt.Sprintf("%s%03d/%02x", factScope(scope), of, b)
}

// staleNotes are the notes that a flush leaves of the cards it covers, for the
// portfolios whose facts are kept. s.mu is not held.
func (s *session) staleNotes(ctx context.Context, covered store.Dirty) ([]store.Chunk, error) {
	if len(covered.Roots) == 0 {
		return nil, nil
	}
	keys, err := s.db.ChunkKeys(ctx, preFacts)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	by := map[uint32][]byte{}
	s.mu.Lock()
	for _, id := range covered.Roots {
		if c, ok := s.snap.Card(id); ok { // one that has left is not asked for
			by[c.Scope] = append(by[c.Scope], id[:]...)
		}
	}
	s.mu.Unlock()
	var notes []store.Chunk
	for scope, ids := range by {
		if slices.ContainsFunc(keys, func(k string) bool { return strings.HasPrefix(k, factScope(scope)) }) {
			notes = append(notes, store.Chunk{Key: staleScope(scope) + covered.Mark(), Value: ids})
		}
	}
	return notes, nil
}

// staleIn gathers the cards of notes and those that are dirty.
func staleIn(notes []store.Chunk, dirty store.Dirty) map[portfolio.ID]bool {
	stale := map[portfolio.ID]bool{}
	for _, n := range notes {
		for ids := n.Value; len(ids) >= 16; ids = ids[16:] {
			stale[portfolio.ID(ids[:16])] = true
		}
	}
	for _, id := range dirty.Roots {
		stale[id] = true
	}
	return stale
}

// takeFacts gives the snapshot what is kept of the facts that a portfolio
// lacks, a bucket at a time. What it leaves is to be read from the bundles.
func (s *session) takeFacts(ctx context.Context, scope uint32, tell func(taken int)) error {
	keys, err := s.db.ChunkKeys(ctx, factScope(scope))
	if err != nil {
		return err
	}
	taken := 0
	for _, key := range keys {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := s.takeBucket(ctx, scope, key)
		if err != nil {
			return err
		}
		taken += n
		tell(taken)
		s.giveWay(ctx)
	}
	return nil
}

// takeBucket reads one bucket with the notes of the same moment. The lock is
// held all along, as in deepenCards.
func (s *session) takeBucket(ctx context.Context, scope uint32, key string) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	got, dirty, err := s.db.ChunksAt(ctx, key, staleScope(scope))
	if errors.Is(err, store.ErrDamaged) {
		return 0, s.forgetFacts(ctx, scope)
	}
	if err != nil || len(got[0]) != 1 {
		return 0, err
	}
	list, err := query.DecodeFacts(got[0][0].Value)
	if err != nil {
		return 0, s.forgetFacts(ctx, scope)
	}
	stale := staleIn(got[1], dirty)
	list = slices.DeleteFunc(list, func(f query.Facts) bool {
		c, ok := s.snap.Card(f.ID)
		return !ok || c.Scope != scope || stale[f.ID] || s.snap.Facts(f.ID) != nil
	})
	for i := range list {
		s.says(list[i].ID, list[i].Said)
	}
	s.snap.Keep(list)
	return len(list), nil
}

// forgetFacts drops what is kept of a portfolio and cannot be read: the bundles
// are the truth, and it will be written again.
func (s *session) forgetFacts(ctx context.Context, scope uint32) error {
	var gone []store.Chunk
	for _, prefix := range []string{factScope(scope), staleScope(scope)} {
		keys, err := s.db.ChunkKeys(ctx, prefix)
		if err != nil {
			return err
		}
		for _, k := range keys {
			gone = append(gone, store.Chunk{Key: k})
		}
	}
	return s.db.SetChunks(ctx, store.Dirty{}, gone...)
}

// keepFacts writes the facts of a portfolio, all of which are in the snapshot,
// when many of those kept are stale.
func (s *session) keepFacts(ctx context.Context, scope uint32) error {
	s.deeps.keeping.Lock()
	defer s.deeps.keeping.Unlock()
	got, dirty, err := s.db.ChunksAt(ctx, staleScope(scope))
	if errors.Is(err, store.ErrDamaged) {
		return s.forgetFacts(ctx, scope)
	}
	if err != nil {
		return err
	}
	keys, err := s.db.ChunkKeys(ctx, preFacts)
	if err != nil {
		return err
	}
	var cards []portfolio.ID
	s.mu.Lock()
	s.snap.Cards(scope, func(c *query.Card) bool {
		if !c.Archived {
			cards = append(cards, c.ID)
		}
		return true
	})
	s.mu.Unlock()
	of := factBuckets(len(cards))
	notes := got[0]
	stale := staleIn(notes, dirty)
	want := make([]bool, of)
	for b := range want {
		want[b] = !slices.Contains(keys, factKey(scope, of, b))
	}
	if len(stale) <= max(manyStale, len(cards)/50) && slices.Contains(want, false) {
		stale = nil // only the buckets that are missing
	}
	// What another tab changed may not be in this one's figures.
	var again []portfolio.ID
	for id := range stale {
		want[int(id[15])%of] = true
		again = append(again, id)
	}
	if !slices.Contains(want, true) {
		return nil
	}
	if err := s.refresh(ctx, again); err != nil {
		return err
	}
	if err := s.deepen(ctx, scope, nil); err != nil {
		return err
	}
	var out []store.Chunk
	for b := range want {
		if !want[b] {
			continue
		}
		value, err := s.encodeFacts(cards, of, b)
		if err != nil {
			return err
		}
		out = append(out, store.Chunk{Key: factKey(scope, of, b), Value: value})
		s.giveWay(ctx)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	if stale != nil {
		for _, n := range notes {
			out = append(out, store.Chunk{Key: n.Key})
		}
	}
	return s.db.SetChunks(ctx, store.Dirty{}, append(out, s.oldFacts(keys, scope, of)...)...)
}

// encodeFacts writes the bucket b of the cards; those that lack their facts are
// left out.
func (s *session) encodeFacts(cards []portfolio.ID, of, b int) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []query.Facts
	for _, id := range cards {
		if int(id[15])%of != b {
			continue
		}
		said, ok := s.deeps.said[id]
		if d := s.snap.Facts(id); ok && d != nil {
			list = append(list, query.Facts{ID: id, Said: said, Deep: d})
		}
	}
	return query.EncodeFacts(list)
}

// oldFacts deletes the buckets of another version, of another number of
// buckets, and of portfolios that are no longer held.
func (s *session) oldFacts(keys []string, scope uint32, of int) (gone []store.Chunk) {
	s.mu.Lock()
	defer s.mu.Unlock()
	held := map[string]bool{}
	s.snap.Cards(0, func(c *query.Card) bool { held[factScope(c.Scope)] = true; return true })
	mine := factScope(scope)
	for _, k := range keys {
		if i := len(mine); len(k) < i || !held[k[:i]] || strings.HasPrefix(k, mine) && !strings.HasPrefix(k[i:], fmt.Sprintf("%03d/", of)) {
			gone = append(gone, store.Chunk{Key: k})
		}
	}
	return gone
}

// loadFacts gives the snapshot the facts that a portfolio lacks: what is kept,
// then the bundles of the others.
func (s *session) loadFacts(ctx context.Context, scope uint32, l *loading) error {
	lacking := func() []portfolio.ID {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.snap.Lacking(scope)
	}
	lack := lacking()
	of := len(lack)
	tell := func(done int) { s.deeps.progress(l, bridge.Progress{Stage: stageFacts, Done: done, Of: of}) }
	if of > fewFacts {
		if err := s.takeFacts(ctx, scope, tell); err != nil {
			return err
		}
		lack = lacking()
	}
	done := max(0, of-len(lack))
	for part := range slices.Chunk(lack, deepSlice) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.deepenCards(ctx, part); err != nil {
			return err
		}
		done += len(part)
		tell(done)
		s.giveWay(ctx)
	}
	return nil
}
