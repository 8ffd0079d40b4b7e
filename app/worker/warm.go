package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sillon/app/bridge"
	"sillon/app/store"
	"sillon/engine/query"
)

// Once the page has been quiet for a while, the worker gets ready what the
// screens of the diagnosis will ask: the facts, then the analysis, part by
// part, then the models. A start waits for none of it.

const (
	warmDelay = 4 * time.Second         // after a start or a change
	quiet     = 1500 * time.Millisecond // since the last question
	fewCards  = 600                     // an analysis of so many is computed at once: some hundredths of a second
	workSlice = 10 * time.Millisecond   // of work, between two looks at what has been asked
	calm      = 400 * time.Millisecond  // since the last question: a page that asks is left alone
	calmLook  = 50 * time.Millisecond
	calmLooks = 100 // a page that never stops asking is left alone so many times
)

// giveWay lets what has been asked meanwhile be answered. Work on a large
// portfolio that no question waits for also leaves the page alone while it asks:
// a rep who types has the worker for himself. s.mu is not held.
func (s *session) giveWay(ctx context.Context) {
	s.cols.yield()
	s.mu.Lock()
	few := s.snap.Len() <= fewCards
	s.mu.Unlock()
	if few || s.desk.w.After == nil {
		return
	}
	for range calmLooks {
		var since time.Duration
		s.set(func() { since = s.desk.w.Now().Sub(s.desk.heard) })
		if since >= calm || s.hurried.Load() > 0 || ctx.Err() != nil {
			return
		}
		time.Sleep(calmLook)
	}
}

// warmSoon gets ready what the screens will ask, once nothing has changed for
// a while.
func (s *session) warmSoon() {
	if s.desk.w.After == nil {
		return
	}
	var mine int
	s.set(func() { s.warmth++; mine = s.warmth })
	s.desk.w.After(warmDelay, func() { s.warmWhenQuiet(mine) })
}

func (s *session) warmWhenQuiet(mine int) {
	var still, leads bool
	var wait time.Duration
	s.set(func() {
		still, leads = s.warmth == mine && s.desk.open == s, s.leads
		wait = quiet - s.desk.w.Now().Sub(s.desk.heard)
	})
	switch {
	case !still:
		return
	case wait > 0:
		s.desk.w.After(wait, func() { s.warmWhenQuiet(mine) })
		return
	}
	ctx, stop := context.WithCancel(s.life)
	defer stop()
	if err := s.warm(ctx, leads, func() bool {
		s.set(func() { still = s.warmth == mine })
		return still
	}); err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, store.ErrClosed) {
		fmt.Println("sillon: get the analysis ready:", err)
	}
	if still && s.desk.w.Tidy != nil {
		s.desk.w.Tidy()
	}
}

// warm gets ready the portfolios that screens ask about: the user's own, and
// those asked about in this tab. The tab that leads also writes what is kept
// for the next start. It ends early when still says false.
func (s *session) warm(ctx context.Context, leads bool, still func() bool) error {
	s.mu.Lock()
	own := s.book.Own
	scopes := s.deeps.asked
	if own != 0 && !contains(scopes, own) && leads {
		scopes = append([]uint32{own}, scopes...)
	}
	s.mu.Unlock()
	for _, scope := range scopes {
		err := s.prepare(ctx, scope, nil, still)
		if err == nil && leads && still() {
			err = s.keepFacts(ctx, scope)
		}
		if err == nil && leads && still() {
			err = s.model(ctx, scope, still)
		}
		var f *bridge.Fault
		if errors.As(err, &f) && f.Code == bridge.FaultEmpty {
			continue
		}
		if err != nil {
			return err
		}
		if !still() {
			return nil
		}
	}
	return nil
}

// model fits the models of a portfolio where they are out of date, and tells
// page and tabs once the analysis holds them.
func (s *session) model(ctx context.Context, scope uint32, still func() bool) error {
	fitted, err := s.fit(ctx, scope)
	if err != nil || !fitted {
		return err
	}
	s.desk.w.Crowd.Tell(s.profile.Key, bridge.Event{Kind: eventFits})
	err = s.prepare(ctx, scope, nil, still)
	s.desk.tell(bridge.Event{Kind: bridge.EventChanged})
	return err
}

func contains(list []uint32, x uint32) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// prepare computes all parts of the analysis of a portfolio, other questions
// being answered between two of them. It ends without an error as soon as
// still, when given, says false.
func (s *session) prepare(ctx context.Context, scope uint32, tell func(bridge.Progress), still func() bool) error {
	return s.prepareIn(ctx, scope, false, tell, still)
}

// prepareIn is prepare, of this year or of the one before.
func (s *session) prepareIn(ctx context.Context, scope uint32, before bool, tell func(bridge.Progress), still func() bool) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		if still != nil && !still() {
			return nil
		}
		lacks, left, err := s.nextPart(ctx, scope, before)
		switch {
		case err != nil:
			return err
		case lacks:
			if err := s.deepen(ctx, scope, tell); err != nil {
				return err
			}
			continue
		case left == 0:
			s.readied(scope)
			return nil
		}
		if tell != nil {
			tell(bridge.Progress{Stage: stageFacts, Done: parts - left, Of: parts})
		}
		s.giveWay(ctx)
	}
}

// parts is about how many an analysis has.
const parts = 19

// nextPart computes one part, and gives way inside it; lacks: the facts must be
// loaded first.
func (s *session) nextPart(ctx context.Context, scope uint32, before bool) (lacks bool, left int, err error) {
	s.deeps.parting.Lock()
	defer s.deeps.parting.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.today()
	if len(s.snap.Lacking(scope)) > 0 {
		return true, 0, nil
	}
	a, err := s.analysis(ctx, scope)
	if err == nil && before {
		a = a.Past()
	}
	if err != nil || a.Left() == 0 {
		return false, 0, err
	}
	if a.Len() <= fewCards {
		a.Next()
		return false, a.Left(), nil
	}
	began := s.desk.w.Now()
	a.NextSlowly(func() bool {
		if s.desk.w.Now().Sub(began) < workSlice {
			return true
		}
		s.mu.Unlock()
		s.giveWay(ctx)
		s.mu.Lock()
		began = s.desk.w.Now()
		now := s.snap.Analysis(scope)
		if before && now != nil {
			now = now.Past()
		}
		return ctx.Err() == nil && now == a
	})
	return false, a.Left(), nil
}

// analysis is that of a portfolio whose facts are there; s.mu is held.
func (s *session) analysis(ctx context.Context, scope uint32) (*query.Analysis, error) {
	if err := s.equip(ctx, scope); err != nil {
		return nil, err
	}
	a := s.snap.Analysis(scope)
	if a == nil {
		return nil, &bridge.Fault{Code: bridge.FaultEmpty, Text: fmt.Sprint("no client in scope ", scope)}
	}
	return a, nil
}

// readied tells the page, when a sheet has been shown of a client alone, that
// it can be compared with the others.
func (s *session) readied(scope uint32) {
	s.mu.Lock()
	alone := s.deeps.alone[scope]
	delete(s.deeps.alone, scope)
	s.mu.Unlock()
	if alone {
		s.desk.tell(bridge.Event{Kind: bridge.EventDeep})
	}
}

// tellDeep says of what the screens of the diagnosis rest on how much is ready;
// s.mu is held.
func (s *session) tellDeep(ctx context.Context, g *bridge.Diagnosis) error {
	scope := s.deepScope(0)
	keys, err := s.db.ChunkKeys(ctx, factScope(scope))
	if err != nil {
		return err
	}
	g.Facts = len(keys)
	if s.snap.Len() > 0 && len(s.snap.Lacking(scope)) == 0 {
		a, err := s.analysis(ctx, scope)
		if err == nil && a.Left() == 0 {
			g.Analysed = a.Len()
		}
	}
	if k := s.deeps.equipped[scope]; k != nil {
		g.Fitted, g.Office = int32(k.On), k.Fits.Office
	}
	return nil
}
