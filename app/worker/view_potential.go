package main

import (
	"context"

	"sillon/app/bridge"
	"sillon/engine/query"
)

func (d *desk) viewPotential(ctx context.Context, q query.PotentialTabAsk, tell func(bridge.Progress)) (query.PotentialTab, error) {
	var out query.PotentialTab
	base, err := d.tabbed(ctx, q.Tab, tell, func(r query.Reader, a *query.Analysis, b query.TabBase) {
		out = a.PotentialTab(r, q, b)
		q.Tab.Family = out.Base.Family // in force: one whose potentials are known
	})
	out.Base, out.Base.Family = base, q.Tab.Family
	return out, err
}
