package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"sillon/app/bridge"
	"sillon/app/store"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// The whole method reads the facts of every client of a portfolio, which a
// start does not: they are loaded the first time a screen needs them, a few
// cards at a time, so that other questions are answered in between. Whoever
// asks meanwhile waits for the same loading; it ends when nobody does.

// stageFacts is the catalogue key of the loading's progress.
const stageFacts = "part.computing"

// deepSlice is how many cards are read while other questions wait.
const deepSlice = 8

// A loading brings the facts of one portfolio into the snapshot.
type loading struct {
	ended chan struct{}
	stop  context.CancelFunc
	err   error // once ended

	// Guarded by deeps.mu.
	waits int // who waits for it
	next  int
	tells map[int]func(bridge.Progress)
	last  bridge.Progress
}

// deeps are the loadings under way, by portfolio.
type deeps struct {
	mu  sync.Mutex
	all map[uint32]*loading

	keeping sync.Mutex // one writing of the facts at a time
	parting sync.Mutex // one part of an analysis at a time; taken before session.mu

	// Guarded by session.mu.
	said     map[portfolio.ID]uint64 // what the rows of a card said when last read
	asked    []uint32                // portfolios that screens of this tab ask about
	ahead    bool                    // the user's own portfolio is made ready before it is asked about
	alone    map[uint32]bool         // of which a sheet was shown of a client alone
	equipped map[uint32]*keptFits    // models in force, nil for none, where they were looked for
}

// same reports whether a card says what it said when it was last read: a row
// that comes back from the server with another number does, so that what was
// computed from it holds. s.mu is held.
func (s *session) same(v *store.View) bool {
	was, ok := s.deeps.said[v.Root]
	return s.says(v.Root, content(v)) == was && ok
}

func (s *session) says(id portfolio.ID, what uint64) uint64 {
	if s.deeps.said == nil {
		s.deeps.said = map[portfolio.ID]uint64{}
	}
	s.deeps.said[id] = what
	return what
}

// content is a digest of the rows' records and fields (FNV-1a of each, added
// up: they come in no order).
func content(v *store.View) uint64 {
	const basis, prime = 14695981039346656037, 1099511628211
	var sum uint64
	for i := range v.Rows {
		r := &v.Rows[i]
		if r.Entity == portfolio.KindTag {
			continue // no figure is read from it
		}
		rec := uint64(basis) ^ uint64(r.Entity)<<8 ^ uint64(r.Flags)
		for _, b := range r.Rec {
			rec = (rec ^ uint64(b)) * prime
		}
		sum += rec
		for field, value := range r.Fields {
			h := (rec ^ uint64(field)) * prime
			for _, b := range value {
				h = (h ^ uint64(b)) * prime
			}
			sum += h
		}
	}
	return sum
}

// analysed calls f with the analysis of a portfolio, s.mu held, once the facts
// of its clients are there: no part of it may be kept beyond f. Scope 0 is the
// user's own portfolio, or else the first that the device holds. A portfolio
// without any client is [bridge.FaultEmpty]. tell may be nil.
func (s *session) analysed(ctx context.Context, scope uint32, tell func(bridge.Progress), f func(*query.Analysis) error) error {
	s.hurried.Add(1)
	defer s.hurried.Add(-1)
	for {
		s.mu.Lock()
		s.today()
		at := s.deepScope(scope)
		s.asksAbout(at)
		if len(s.snap.Lacking(at)) > 0 {
			s.mu.Unlock()
			if err := s.deepen(ctx, at, tell); err != nil {
				return err
			}
			continue
		}
		a, err := s.analysis(ctx, at)
		if err == nil && (a.Len() <= fewCards || a.Left() == 0) {
			err = f(a)
			s.mu.Unlock()
			return err
		}
		s.mu.Unlock()
		if err != nil {
			return err
		}
		if err := s.prepare(ctx, at, tell, nil); err != nil {
			return err
		}
	}
}

// analysedIn is analysed with the snapshot the analysis is of: in the year before,
// those of then.
func (s *session) analysedIn(ctx context.Context, scope uint32, before bool, tell func(bridge.Progress), f func(*query.Snapshot, *query.Analysis) error) error {
	for {
		at := uint32(0)
		err := s.analysed(ctx, scope, tell, func(a *query.Analysis) error {
			if !before {
				return f(s.snap, a)
			}
			if a = a.Past(); a.Len() <= fewCards || a.Left() == 0 {
				return f(s.snap.Past(), a)
			}
			at = a.Scope
			return nil
		})
		if err != nil || at == 0 {
			return err
		}
		if err := s.prepareIn(ctx, at, true, tell, nil); err != nil {
			return err
		}
	}
}

// analyses reports whether the facts of a portfolio are wanted in this tab:
// its screens ask about it, or their answers are being made ready. s.mu is held.
func (s *session) analyses(scope uint32) bool {
	return contains(s.deeps.asked, scope) || scope == s.book.Own && s.deeps.ahead
}

// asksAbout notes that screens of this tab ask about a portfolio; s.mu is held.
func (s *session) asksAbout(scope uint32) {
	if scope != 0 && !contains(s.deeps.asked, scope) {
		s.deeps.asked = append(s.deeps.asked, scope)
	}
}

// deepScope is the portfolio that an analysis is about; s.mu is held.
func (s *session) deepScope(scope uint32) uint32 {
	if scope = s.scopeFor(scope); scope == 0 {
		s.snap.Cards(0, func(c *query.Card) bool { scope = c.Scope; return false })
	}
	return scope
}

// deepClient calls f, s.mu held, with an analysis that holds one client, and
// its place there: that of the whole portfolio when it is computed; else that
// of the client alone, while the whole is made ready in the background, and
// then [bridge.EventDeep] tells the page to ask again. Where the settings let no
// client be read alone, it waits for the whole.
func (s *session) deepClient(ctx context.Context, id portfolio.ID, f func(a *query.Analysis, i int) error) error {
	missing := &bridge.Fault{Code: bridge.FaultMissing, Text: "no card " + id.String()}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.today()
	c, ok := s.snap.Card(id)
	if !ok {
		return missing
	}
	s.asksAbout(c.Scope)
	if len(s.snap.Lacking(c.Scope)) == 0 {
		a, err := s.analysis(ctx, c.Scope)
		if err != nil {
			return err
		}
		if a.Len() <= fewCards || a.Left() == 0 {
			if i := a.Index(id); i >= 0 {
				return f(a, i)
			}
			return missing // put away
		}
	}
	v, err := s.db.Card(ctx, id)
	if err != nil {
		return err
	}
	if err := s.equip(ctx, c.Scope); err != nil {
		return err
	}
	if c.Archived {
		return missing
	}
	a := s.snap.Alone(bundle(v))
	if a == nil { // its figures rest on the others'
		s.mu.Unlock()
		defer s.mu.Lock()
		return s.analysed(ctx, c.Scope, nil, func(a *query.Analysis) error {
			if i := a.Index(id); i >= 0 {
				return f(a, i)
			}
			return missing
		})
	}
	s.prepareSoon(c.Scope)
	return f(a, a.Index(id))
}

// prepareSoon makes the analysis of a portfolio ready in the background, once;
// s.mu is held.
func (s *session) prepareSoon(scope uint32) {
	if s.deeps.alone[scope] {
		return
	}
	if s.deeps.alone == nil {
		s.deeps.alone = map[uint32]bool{}
	}
	s.deeps.alone[scope] = true
	go func() {
		if err := s.prepare(s.life, scope, nil, nil); err != nil {
			s.mu.Lock()
			delete(s.deeps.alone, scope)
			s.mu.Unlock()
			if !errors.Is(err, context.Canceled) && !errors.Is(err, store.ErrClosed) {
				fmt.Println("sillon: analyse the portfolio:", err)
			}
		}
	}()
}

// deepen waits until the facts of a portfolio have been loaded, and begins
// with it when nobody has. A card that changes meanwhile may lack its own again.
func (s *session) deepen(ctx context.Context, scope uint32, tell func(bridge.Progress)) error {
	d := &s.deeps
	d.mu.Lock()
	l := d.all[scope]
	if l == nil {
		work, stop := context.WithCancel(s.life)
		l = &loading{ended: make(chan struct{}), stop: stop, tells: map[int]func(bridge.Progress){}}
		if d.all == nil {
			d.all = map[uint32]*loading{}
		}
		d.all[scope] = l
		go func() {
			l.err = s.loadFacts(work, scope, l)
			d.mu.Lock()
			if d.all[scope] == l {
				delete(d.all, scope)
			}
			d.mu.Unlock()
			stop()
			close(l.ended)
		}()
	}
	me := l.next
	l.next++
	l.waits++
	if tell != nil {
		l.tells[me] = tell
		if l.last.Of > 0 {
			tell(l.last)
		}
	}
	d.mu.Unlock()
	select {
	case <-l.ended:
		return l.err
	case <-ctx.Done():
		d.mu.Lock()
		delete(l.tells, me)
		if l.waits--; l.waits == 0 {
			l.stop()
			if d.all[scope] == l { // who comes now begins again
				delete(d.all, scope)
			}
		}
		d.mu.Unlock()
		return ctx.Err()
	}
}

// deepenCards reads some cards in full. The lock is held all along: a card
// that changes while it is read is put in the snapshot after this, and so
// loses what was read before.
func (s *session) deepenCards(ctx context.Context, ids []portfolio.ID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	views, err := s.db.Cards(ctx, ids...)
	if err != nil {
		return err
	}
	for _, v := range views {
		if len(v.Rows) > 0 {
			s.same(&v)
			s.snap.Deepen(bundle(v))
		} else {
			s.snap.Drop(v.Root) // gone meanwhile: nothing would ever be found of it
			s.cols.touch(v.Root)
		}
	}
	return nil
}

func (d *deeps) progress(l *loading, p bridge.Progress) {
	d.mu.Lock()
	defer d.mu.Unlock()
	l.last = p
	for _, tell := range l.tells {
		tell(p)
	}
}
