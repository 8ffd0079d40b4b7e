package main

import (
	"context"
	"errors"
	"time"

	"sillon/app/bridge"
	"sillon/engine/query"
)

// afterList is how long the analysis leaves the page alone with its first rows.
const afterList = 1500 * time.Millisecond

// viewList answers at once with what the columns say; a list of a group or of
// a chip, or in order of risk, waits for the analysis.
func (d *desk) viewList(ctx context.Context, q query.ListAsk, tell func(bridge.Progress)) (query.List, error) {
	s, err := d.session()
	if err != nil {
		return query.List{}, err
	}
	var l query.List
	if q.Who != "" || q.Sort == "risk" {
		err := s.analysed(ctx, q.Scope, tell, func(a *query.Analysis) error {
			q.Scope = a.Scope
			l = s.list(q, s.behindOf(a))
			return nil
		})
		if f := (*bridge.Fault)(nil); !errors.As(err, &f) || f.Code != bridge.FaultEmpty {
			return l, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.today()
	q.Scope = s.scopeFor(q.Scope)
	var b *query.Behind
	if q.Facts {
		b = s.facts(ctx, q.Scope)
	}
	return s.list(q, b), nil
}

// list is the list of clients; s.mu is held.
func (s *session) list(q query.ListAsk, b *query.Behind) query.List {
	began := s.desk.w.Now()
	l := s.snap.ClientListOf(s.reader(q.Lang, s.readonly(q.Scope)), q, b)
	l.Took = ms(s.desk.w.Now().Sub(began))
	return l
}

func (s *session) behindOf(a *query.Analysis) *query.Behind {
	if !s.behind.Of(a) {
		s.behind = a.Behind()
	}
	return s.behind
}

// facts is what the analysis adds to a list of one portfolio, when it is
// there; else it is made ready a little later, and [bridge.EventDeep] tells
// the page to ask again. s.mu is held.
func (s *session) facts(ctx context.Context, scope uint32) *query.Behind {
	if scope == 0 {
		all := s.snap.Scopes()
		if len(all) != 1 {
			return nil
		}
		scope = all[0]
	}
	if a := s.computed(ctx, scope); a != nil {
		return s.behindOf(a)
	}
	if s.desk.w.After != nil && s.snap.Len() > 0 {
		s.desk.w.After(afterList, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.life.Err() == nil && s.computed(s.life, scope) == nil {
				s.asksAbout(scope)
				s.prepareSoon(scope)
			}
		})
	}
	return nil
}

// computed is the analysis of a portfolio when nothing of it is left to
// compute; s.mu is held.
func (s *session) computed(ctx context.Context, scope uint32) *query.Analysis {
	if len(s.snap.Lacking(scope)) > 0 {
		return nil
	}
	a, err := s.analysis(ctx, scope)
	if err != nil || a.Left() > 0 {
		return nil
	}
	return a
}
