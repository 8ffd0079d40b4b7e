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
	if q.ID.IsZero() {
		err = s.analysed(ctx, q.Scope, tell, func(a *query.Analysis) error { return read(a, -1) })
	} else {
		err = s.deepClient(ctx, q.ID, read)
	}
	return out, err
}
