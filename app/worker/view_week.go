package main

import (
	"context"

	"sillon/app/bridge"
	"sillon/app/notebook"
	"sillon/engine/calendar"
	"sillon/engine/query"
)

func (d *desk) viewWeek(ctx context.Context, q query.WeekAsk, _ func(bridge.Progress)) (query.WeekTab, error) {
	s, err := d.session()
	if err != nil {
		return query.WeekTab{}, err
	}
	places := d.places(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.today()
	q.Scope = s.deepScope(q.Scope)
	return s.snap.WeekTab(s.reader(q.Lang, s.readonly(q.Scope)), q, places), nil
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
