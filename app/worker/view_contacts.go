package main

import (
	"context"

	"sillon/app/bridge"
	"sillon/app/notebook"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func (d *desk) viewContacts(ctx context.Context, q query.ContactsTabAsk, tell func(bridge.Progress)) (query.ContactsTab, error) {
	var out query.ContactsTab
	tab := func(out *query.ContactsTab) (query.TabBase, error) {
		return d.tabbed(ctx, q.Tab, tell, func(r query.Reader, a *query.Analysis, b query.TabBase) { *out = a.ContactsTab(r, q, b) })
	}
	base, err := tab(&out)
	if err == nil && q.Tab.Before { // what to do is of today
		var now query.ContactsTab
		q.Tab.Before = false
		_, err = tab(&now)
		out = out.Doing(now)
	}
	out.Base = base
	return out, err
}

func (d *desk) decideContacts(ctx context.Context, q bridge.DecideContacts, _ func(bridge.Progress)) (bridge.Saved, error) {
	return d.order(ctx, q.Account, func(s *session) (id, touched portfolio.ID, err error) {
		c := notebook.ContactChoice{Account: q.Account, Visits: q.Visits}
		switch q.Choice {
		case query.Accepted:
			c.What = query.WhatAccepted
		case query.Refused:
			c.What = query.WhatRefused
		}
		id, err = s.book.DecideContacts(ctx, c, query.WhatAccepted, query.WhatRefused)
		return id, q.Account, err
	})
}
