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
	var l query.List
	err := d.listing(ctx, q, tell, func(s *session, q query.ListAsk, b *query.Behind) { l = s.list(q, b) })
	return l, err
}

// viewFound says whom a list finds, and how many others do.
func (d *desk) viewFound(ctx context.Context, q bridge.FoundAsk, tell func(bridge.Progress)) (bridge.Founds, error) {
	var out bridge.Founds
	if !q.Who {
		q.List.Who, q.List.Sort = "", "" // counts wait for nothing
	}
	err := d.listing(ctx, q.List, tell, func(s *session, list query.ListAsk, b *query.Behind) {
		if q.Who {
			out.Found = s.snap.FoundBy(list, b)
		}
		for i := range q.Count {
			n := -1
			if q.Count[i].Scope = s.scopeFor(q.Count[i].Scope); q.Count[i].Who == "" || b != nil {
				n = s.snap.CountBy(q.Count[i:i+1], b)[0]
			}
			out.Count = append(out.Count, n)
		}
	})
	return out, err
}

// listing calls f, s.mu held, with a question about a list and what the analysis
// adds to it, nil when it is not there and nothing waits for it.
func (d *desk) listing(ctx context.Context, q query.ListAsk, tell func(bridge.Progress), f func(*session, query.ListAsk, *query.Behind)) error {
	s, err := d.session()
	if err != nil {
		return err
	}
	for wait := q.Who != "" || q.Sort == "risk"; ; {
		s.mu.Lock()
		s.today()
		q.Scope = s.scopeFor(q.Scope)
		scopes := s.listed(q.Scope)
		var b *query.Behind
		if wait || q.Facts {
			b = s.facts(ctx, scopes, !wait)
		}
		if b != nil || !wait || len(scopes) == 0 {
			f(s, q, b)
			s.mu.Unlock()
			return nil
		}
		s.mu.Unlock()
		if err := s.analyseAll(ctx, scopes, tell); err != nil {
			return err
		}
	}
}

// listed are the portfolios of a list that hold a client; s.mu is held.
func (s *session) listed(scope uint32) []uint32 {
	all := []uint32{scope}
	if scope == 0 {
		all = s.snap.Scopes()
	}
	var out []uint32
	for _, n := range all {
		some := false
		s.snap.Cards(n, func(c *query.Card) bool { some = !c.Archived; return !some })
		if some {
			out = append(out, n)
		}
	}
	return out
}

// analyseAll waits for the analysis of each portfolio.
func (s *session) analyseAll(ctx context.Context, scopes []uint32, tell func(bridge.Progress)) error {
	for k, n := range scopes {
		told := tell
		if tell != nil && len(scopes) > 1 {
			told = func(p bridge.Progress) {
				p.Done, p.Of = k*p.Of+p.Done, len(scopes)*p.Of
				tell(p)
			}
		}
		s.mu.Lock()
		s.asksAbout(n)
		s.mu.Unlock()
		err := s.prepare(ctx, n, told, nil)
		if f := (*bridge.Fault)(nil); err != nil && !(errors.As(err, &f) && f.Code == bridge.FaultEmpty) {
			return err
		}
	}
	return nil
}

// list is the list of clients; s.mu is held.
func (s *session) list(q query.ListAsk, b *query.Behind) query.List {
	began := s.desk.w.Now()
	l := s.snap.ClientListOf(s.reader(q.Lang, s.readonly(q.Scope)), q, b)
	l.Took = ms(s.desk.w.Now().Sub(began))
	return l
}

func (s *session) behindOf(scope uint32, a *query.Analysis) *query.Behind {
	if !s.behind[scope].Of(a) {
		if s.behind == nil {
			s.behind = map[uint32]*query.Behind{}
		}
		s.behind[scope] = a.Behind()
	}
	return s.behind[scope]
}

// facts is what the analyses add to a list of portfolios, when all are there;
// else, with soon, they are made ready a little later, and [bridge.EventDeep]
// tells the page to ask again. s.mu is held.
func (s *session) facts(ctx context.Context, scopes []uint32, soon bool) *query.Behind {
	var all []*query.Behind
	for _, n := range scopes {
		if a := s.computed(ctx, n); a != nil {
			all = append(all, s.behindOf(n, a))
		}
	}
	if len(all) == len(scopes) && len(all) > 0 {
		return query.Together(all...)
	}
	if soon && s.desk.w.After != nil && len(scopes) > 0 {
		s.desk.w.After(afterList, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			for _, n := range scopes {
				if s.life.Err() == nil && s.computed(s.life, n) == nil {
					s.asksAbout(n)
					s.prepareSoon(n)
				}
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
