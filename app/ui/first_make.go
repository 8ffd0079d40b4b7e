package ui

import (
	"context"
	"time"

	"sillon/app/bridge"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
)

// The demonstration's story is told here and not in the worker: the page has
// room for its words, and they are told once. demoSeed is that of the
// documentation.
const (
	demoSeed = 1
	demoPart = 600 // rows at a time: the page draws between two parts
)

// makeDemo tells the demonstration to the worker and makes it the profile that
// the next start opens. told says how far it is. A making that fails, or is
// stopped, leaves nothing.
func (e *Env) makeDemo(ctx context.Context, told func(done, of int)) error {
	call := func(q bridge.Demo) error {
		if ctx.Err() != nil {
			return &bridge.Fault{Code: bridge.FaultCancelled}
		}
		_, err := bridge.Call(ctx, e.Caller, bridge.OpDemo, q)
		return err
	}
	now := e.Now()
	c := demo.Alone(demoSeed, e.today())
	rep, p := c.Users[len(c.Users)-1], c.Portfolios[0]
	err := call(bridge.Demo{Act: bridge.DemoBegin, User: rep.ID, Name: rep.Noun.Name, Login: rep.Noun.Login, Grants: []wire.Grant{
		{Scope: demo.AloneOrg, Kind: wire.ScopeOrg, Role: portfolio.RoleRep, Name: c.Org.Name},
		{Scope: demo.AloneTeam, Kind: wire.ScopeTeam, Role: portfolio.RoleRep, Name: c.Team.Name},
		{Scope: demo.AloneUser, Kind: wire.ScopeUser, Role: portfolio.RoleRep, Name: rep.Noun.Name},
		{Scope: demo.AlonePortfolio, Kind: wire.ScopePortfolio, Role: portfolio.RoleRep, Name: p.Noun.Name},
	}})
	mark := journal.Mark{Stamp: journal.At(now.UnixMilli()), N: 1}
	done := 0
	c.Each(demoPart, mark, func(rows []journal.Row) bool {
		if err != nil {
			return false
		}
		for i := range rows {
			if rows[i].Entity == portfolio.KindAccount {
				done++
			}
		}
		if err = call(bridge.Demo{Act: bridge.DemoRows, Rows: rows}); err == nil {
			told(done, len(p.Cards))
			time.Sleep(time.Millisecond) // only a timer returns to the browser's loop
		}
		return err == nil
	})
	if err == nil {
		err = call(bridge.Demo{Act: bridge.DemoRows, Last: true})
	}
	if err == nil {
		err = call(bridge.Demo{Act: bridge.DemoOpen})
	}
	if err != nil {
		ctx = context.WithoutCancel(ctx)
		if e := call(bridge.Demo{Act: bridge.DemoErase}); e != nil {
			return e
		}
	}
	return err
}
