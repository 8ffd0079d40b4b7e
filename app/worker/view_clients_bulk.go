package main

import (
	"cmp"
	"context"
	"strings"

	"sillon/app/bridge"
	"sillon/app/notebook"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/sorting"
)

// bulk does one thing to many clients and tells everybody what moved.
func (d *desk) bulk(ctx context.Context, q bridge.Bulk, tell func(bridge.Progress)) (bridge.Bulked, error) {
	s, err := d.session()
	if err != nil {
		return bridge.Bulked{}, err
	}
	began := d.w.Now()
	told := func(stage string, done, of int) { tell(bridge.Progress{Stage: stage, Done: done, Of: of}) }
	var did notebook.Bulk
	switch q.What {
	case bridge.BulkTag, bridge.BulkUntag:
		did, err = s.book.Tag(ctx, s.spelled(q.Word), q.What == bridge.BulkUntag, q.IDs, told)
	case bridge.BulkAsk:
		var efforts []portfolio.Effort
		if efforts, err = s.efforts(ctx, q, tell); err == nil {
			did, err = s.book.AskMany(ctx, efforts, told)
		}
	case bridge.BulkUndo:
		did, err = s.book.UndoBulk(ctx, q.Act)
	default:
		return s.look(ctx, q, tell)
	}
	if err != nil {
		return bridge.Bulked{}, faultOf(err)
	}
	out := bridge.Bulked{Act: did.ID, Done: len(did.Done), Took: ms(d.w.Now().Sub(began))}
	if len(did.Done) == 0 {
		return out, nil
	}
	return out, s.changed(context.WithoutCancel(ctx), did.Done...)
}

// spelled is a tag as the portfolio writes it already.
func (s *session) spelled(word string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.snap.TagsOver(s.scopeFor(0), nil) {
		if query.Fold(t.Word) == query.Fold(word) {
			return t.Word
		}
	}
	return word
}

// look says which tags there are and what can be asked of the selected.
func (s *session) look(ctx context.Context, q bridge.Bulk, tell func(bridge.Progress)) (bridge.Bulked, error) {
	var out bridge.Bulked
	s.mu.Lock()
	out.Tags = s.snap.TagsOver(s.scopeFor(0), q.IDs)
	s.mu.Unlock()
	if !q.Ask {
		return out, nil
	}
	err := s.couldAsk(ctx, q.IDs, tell, func(_ portfolio.ID, could []query.AskPart) {
	next:
		for _, x := range could {
			for k := range out.Could {
				if out.Could[k].Code == x.Code {
					out.Could[k].Count++
					continue next
				}
			}
			out.Could = append(out.Could, bridge.CouldAsk{Code: x.Code, Key: x.Key, Count: 1})
		}
	})
	sorting.By(out.Could, func(a, b bridge.CouldAsk) int { return cmp.Or(b.Count-a.Count, strings.Compare(a.Code, b.Code)) })
	return out, err
}

// efforts are those of one code that can be asked of the selected.
func (s *session) efforts(ctx context.Context, q bridge.Bulk, tell func(bridge.Progress)) ([]portfolio.Effort, error) {
	var all []portfolio.Effort
	err := s.couldAsk(ctx, q.IDs, tell, func(id portfolio.ID, could []query.AskPart) {
		for _, x := range could {
			if x.Code == q.Code {
				all = append(all, portfolio.Effort{Account: id, Code: x.Code, Baseline: x.Baseline, Target: x.Target, From: s.readingDay(id)})
				return
			}
		}
	})
	return all, err
}

// couldAsk calls f, s.mu held, with what can be asked of each of the clients,
// portfolio by portfolio.
func (s *session) couldAsk(ctx context.Context, ids []portfolio.ID, tell func(bridge.Progress), f func(portfolio.ID, []query.AskPart)) error {
	ids = ids[:min(len(ids), bridge.MostAsked)]
	by := map[uint32][]portfolio.ID{}
	var scopes []uint32
	s.mu.Lock()
	for _, id := range ids {
		if c, ok := s.snap.Card(id); ok {
			if by[c.Scope] == nil {
				scopes = append(scopes, c.Scope)
			}
			by[c.Scope] = append(by[c.Scope], id)
		}
	}
	s.mu.Unlock()
	for _, n := range scopes {
		err := s.analysed(ctx, n, tell, func(a *query.Analysis) error {
			for _, id := range by[n] {
				if i := a.Index(id); i >= 0 {
					f(id, a.CouldAsk(i))
				}
				if err := ctx.Err(); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
