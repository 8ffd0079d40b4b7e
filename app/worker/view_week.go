package main

import (
	"context"

	"sillon/app/bridge"
	"sillon/app/notebook"
	"sillon/engine/calendar"
	"sillon/engine/query"
)

func (d *desk) viewWeek(ctx context.Context, q query.WeekAsk, tell func(bridge.Progress)) (query.WeekTab, error) {
	s, err := d.session()
	if err != nil {
		return query.WeekTab{}, err
	}
	places := d.places(ctx)
	s.hurried.Add(1)
	defer s.hurried.Add(-1)
	for { // lengths and roads are learned from all contacts: the same book before and after a restart
		s.mu.Lock()
		s.today()
		q.Scope = s.deepScope(q.Scope)
		s.asksAbout(q.Scope)
		if len(s.snap.Lacking(q.Scope)) == 0 {
			defer s.mu.Unlock()
			return s.snap.WeekTab(s.reader(q.Lang, s.readonly(q.Scope)), q, places), nil
		}
		s.mu.Unlock()
		if err := s.deepen(ctx, q.Scope, tell); err != nil {
			return query.WeekTab{}, err
		}
	}
}

func (d *desk) acceptWeek(ctx context.Context, q bridge.Accept, tell func(bridge.Progress)) (bridge.Accepted, error) {
	s, err := d.session()
	if err != nil {
		return bridge.Accepted{}, err
	}
	var did notebook.Bulk
	if !q.Undo.IsZero() {
		did, err = s.book.UndoBulk(ctx, q.Undo)
	} else {
		plans := make([]notebook.Plan, len(q.Visits))
		for i, v := range q.Visits {
			plans[i] = notebook.Plan{Account: v.Account, Day: calendar.Day(v.Day), Minute: v.Minute, Kind: v.Kind, Objective: v.Objective}
		}
		did, err = s.book.PlanMany(ctx, plans, func(stage string, done, of int) { tell(bridge.Progress{Stage: stage, Done: done, Of: of}) })
	}
	if err != nil {
		return bridge.Accepted{}, faultOf(err)
	}
	out := bridge.Accepted{Act: did.ID, Done: len(did.Done)}
	if len(did.Done) == 0 {
		return out, nil
	}
	return out, s.changed(context.WithoutCancel(ctx), did.Done...)
}
