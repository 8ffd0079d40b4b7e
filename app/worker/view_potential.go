package main

import (
	"context"

	"sillon/app/bridge"
	"sillon/engine/query"
)

func (d *desk) viewPotential(ctx context.Context, q query.PotentialTabAsk, tell func(bridge.Progress)) (query.PotentialTab, error) {
	var out query.PotentialTab
	tab := func(out *query.PotentialTab) (query.TabBase, error) {
		return d.tabbed(ctx, q.Tab, tell, func(r query.Reader, a *query.Analysis, b query.TabBase) {
			*out = a.PotentialTab(r, q, b)
			q.Tab.Family = out.Base.Family // in force: one whose potentials are known
		})
	}
	base, err := tab(&out)
	if err == nil && q.Tab.Before { // whom to ask is of today
		var now query.PotentialTab
		q.Tab.Before = false
		_, err = tab(&now)
		out = out.Asking(now)
	}
	out.Base, out.Base.Family = base, q.Tab.Family
	return out, err
}
