package main

import (
	"context"

	"sillon/app/bridge"
	"sillon/engine/query"
)

func (d *desk) viewWhy(ctx context.Context, q query.WhyAsk, tell func(bridge.Progress)) (query.WhyTab, error) {
	s, err := d.session()
	if err != nil {
		return query.WhyTab{}, err
	}
	var out query.WhyTab
	read := func(a *query.Analysis, i int) error {
		out = a.WhyTab(s.reader(q.Lang, s.readonly(a.Scope)), q, i)
		if o := out.Why.Decided; o != nil {
			out.Author = s.people[o.Author]
		}
		return nil
	}
	s.mu.Lock()
	several := q.ID.IsZero() && s.scopeFor(q.Scope) == 0 && s.snap.Several()
	s.mu.Unlock()
	switch {
	case several: // of no portfolio in particular: what the figure carries says it
		return out, nil
	case q.ID.IsZero():
		err = s.analysed(ctx, q.Scope, tell, func(a *query.Analysis) error { return read(a, -1) })
	default:
		err = s.deepClient(ctx, q.ID, read)
	}
	return out, err
}
