package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"sillon/app/store"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// Columns are kept in buckets by the last byte of the card's identifier: one
// changed card rewrites one bucket, and a bucket of 5,000 cards holds about
// three hundred.
const buckets = 16

func bucketOf(id portfolio.ID) int { return int(id[15]) % buckets }

func bucketKey(b int) string { return fmt.Sprintf("v%d/%02x", query.ColumnsVersion, b) }

// columns knows which buckets differ from what is stored.
type columns struct {
	mu    sync.Mutex
	stale [buckets]bool
	yield func()
}

func (c *columns) init(yield func()) {
	c.yield = yield
	if yield == nil {
		c.yield = func() {}
	}
}

func (c *columns) touch(id portfolio.ID) {
	c.mu.Lock()
	c.stale[bucketOf(id)] = true
	c.mu.Unlock()
}

func (c *columns) take() []int {
	c.mu.Lock()
	defer c.mu.Unlock()
	var bs []int
	for b, stale := range c.stale {
		if stale {
			bs = append(bs, b)
		}
	}
	c.stale = [buckets]bool{}
	return bs
}

// loadCards decodes the stored buckets; what is missing, of another version or
// damaged is derived again from the bundles, which are the truth.
func (s *session) loadCards(ctx context.Context) error {
	chunks, err := s.db.Chunks(ctx, "v")
	if err != nil {
		return err
	}
	if len(chunks) != buckets || !strings.HasPrefix(chunks[0].Key, bucketKey(0)) {
		return s.rebuild(ctx)
	}
	var all [][]query.Card
	for _, c := range chunks {
		cards, err := query.DecodeChunk(c.Value)
		if err != nil {
			return s.rebuild(ctx)
		}
		all = append(all, cards)
		s.cols.yield()
	}
	s.mu.Lock()
	s.snap.SetCards(all...)
	s.fresh = nil
	s.mu.Unlock()
	return s.flush(ctx) // a session that ended between an action and its columns left marks
}

// rebuild derives every card from its bundle and writes all buckets.
func (s *session) rebuild(ctx context.Context) error {
	dirty, err := s.db.Dirty(ctx)
	if err != nil {
		return err
	}
	var cards []query.Card
	err = s.db.EachCard(ctx, func(v store.View) error {
		if c, ok := query.Derive(bundle(v)); ok {
			cards = append(cards, c)
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.snap.SetCards(cards)
	s.fresh = nil
	s.mu.Unlock()
	if err := s.dropOld(ctx); err != nil {
		return err
	}
	return s.write(ctx, dirty, allBuckets())
}

func allBuckets() []int {
	bs := make([]int, buckets)
	for i := range bs {
		bs[i] = i
	}
	return bs
}

// dropOld deletes buckets of other versions.
func (s *session) dropOld(ctx context.Context) error {
	chunks, err := s.db.Chunks(ctx, "v")
	if err != nil {
		return err
	}
	var old []store.Chunk
	for _, c := range chunks {
		if !strings.HasPrefix(c.Key, fmt.Sprintf("v%d/", query.ColumnsVersion)) {
			old = append(old, store.Chunk{Key: c.Key})
		}
	}
	if len(old) == 0 {
		return nil
	}
	return s.db.SetChunks(ctx, store.Dirty{}, old...)
}

// refresh derives cards again and puts them in the snapshot; their buckets are
// written later, by flush. The facts of portfolios that are analysed here are
// derived too, while the rows are read.
func (s *session) refresh(ctx context.Context, roots []portfolio.ID) error {
	const slice = 100
	for part := range slices.Chunk(roots, slice) {
		views, err := s.db.Cards(ctx, part...)
		if err != nil {
			return err
		}
		s.mu.Lock()
		if s.fresh == nil {
			s.fresh = map[portfolio.ID]uint64{}
		}
		for _, v := range views {
			if v.Mark < s.fresh[v.Root] {
				continue // read before another change that is in the snapshot already
			}
			c, ok := query.Derive(bundle(v))
			switch {
			case !ok:
				s.snap.Drop(v.Root)
				delete(s.deeps.said, v.Root)
			case s.same(&v):
				s.snap.Renew(c)
			default:
				s.snap.Update(c)
				if s.analyses(c.Scope) {
					s.snap.Deepen(bundle(v))
				}
			}
			s.fresh[v.Root] = v.Mark
			s.cols.touch(v.Root)
		}
		s.mu.Unlock()
		if len(roots) > slice {
			s.cols.yield()
		}
	}
	return nil
}

// drop forgets cards that left.
func (s *session) drop(ids []portfolio.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		s.snap.Drop(id)
		s.cols.touch(id)
	}
}

// flush derives again every card marked dirty, by this tab or another, and
// writes the stale buckets. The marks are read first: a card that changes
// meanwhile stays marked.
func (s *session) flush(ctx context.Context) error {
	dirty, err := s.db.Dirty(ctx)
	if err != nil {
		return err
	}
	if err := s.refresh(ctx, s.unread(dirty)); err != nil {
		return err
	}
	s.keepSoon(ctx)
	which := s.cols.take()
	if len(which) == 0 {
		return nil
	}
	return s.write(ctx, dirty, which)
}

// unread are the changed cards that have not been derived since.
func (s *session) unread(dirty store.Dirty) []portfolio.ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []portfolio.ID
	for _, id := range dirty.Roots {
		if at, ok := s.fresh[id]; !ok || dirty.After(id, at) {
			out = append(out, id)
		}
	}
	return out
}

func (s *session) write(ctx context.Context, dirty store.Dirty, which []int) error {
	want := [buckets]bool{}
	for _, b := range which {
		want[b] = true
	}
	s.mu.Lock()
	cards := [buckets][]query.Card{}
	s.snap.Cards(0, func(c *query.Card) bool {
		if b := bucketOf(c.ID); want[b] {
			cards[b] = append(cards[b], *c)
		}
		return true
	})
	s.mu.Unlock()
	chunks := make([]store.Chunk, 0, len(which))
	for _, b := range which {
		chunks = append(chunks, store.Chunk{Key: bucketKey(b), Value: query.EncodeChunk(cards[b])})
		s.cols.yield()
	}
	notes, err := s.staleNotes(ctx, dirty)
	if err != nil {
		return err
	}
	return s.db.SetChunks(ctx, dirty, append(chunks, notes...)...)
}

func bundle(v store.View) query.Bundle {
	return query.Bundle{Root: v.Root, Scope: v.Scope, Rows: v.Rows, Pending: v.Pending}
}
