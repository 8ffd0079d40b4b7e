package main

import (
	"context"

	"sillon/app/bridge"
	"sillon/app/notebook"
	"sillon/app/replicate"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// planning calls f with the analysis a screen of the plan rests on.
func (d *desk) planning(ctx context.Context, q query.PlanAsk, tell func(bridge.Progress), f func(*session, *query.Analysis, query.PlanBase)) (query.PlanBase, error) {
	s, err := d.session()
	if err != nil {
		return query.PlanBase{}, err
	}
	var base query.PlanBase
	base.Tab, err = d.tabbed(ctx, q.Tab, tell, func(_ query.Reader, a *query.Analysis, b query.TabBase) {
		base = s.snap.PlanBase(a, b)
		for k := range base.Versions {
			base.Who = append(base.Who, s.people[base.Versions[k].Signer])
		}
		f(s, a, base)
	})
	return base, err
}

func (d *desk) viewPlanTime(ctx context.Context, q query.PlanAsk, tell func(bridge.Progress)) (query.PlanTime, error) {
	var out query.PlanTime
	base, err := d.planning(ctx, q, tell, func(_ *session, a *query.Analysis, b query.PlanBase) { out = a.PlanTime(b) })
	out.Base.Tab = base.Tab
	return out, err
}

func (d *desk) viewPlanVisits(ctx context.Context, q query.PlanAsk, tell func(bridge.Progress)) (query.PlanVisits, error) {
	var out query.PlanVisits
	base, err := d.planning(ctx, q, tell, func(_ *session, a *query.Analysis, b query.PlanBase) { out = a.PlanVisits(b, q.Top) })
	out.Base.Tab = base.Tab
	return out, err
}

func (d *desk) viewPlanProspects(ctx context.Context, q query.PlanAsk, tell func(bridge.Progress)) (query.PlanProspects, error) {
	var out query.PlanProspects
	base, err := d.planning(ctx, q, tell, func(_ *session, a *query.Analysis, b query.PlanBase) { out = a.PlanProspects(b, q.Top) })
	out.Base.Tab = base.Tab
	return out, err
}

func (d *desk) viewPlanGrid(ctx context.Context, q query.PlanGridAsk, tell func(bridge.Progress)) (query.PlanGrid, error) {
	var out query.PlanGrid
	base, err := d.planning(ctx, q.Plan, tell, func(_ *session, a *query.Analysis, b query.PlanBase) { out = a.PlanGrid(b, q) })
	out.Base.Tab = base.Tab
	return out, err
}

func (d *desk) viewPlanPAC(ctx context.Context, q query.PlanAsk, tell func(bridge.Progress)) (query.PlanPAC, error) {
	var out query.PlanPAC
	base, err := d.planning(ctx, q, tell, func(s *session, a *query.Analysis, b query.PlanBase) {
		out = a.PlanPAC(b)
		out.OwnerName = s.people[out.Owner]
	})
	out.Base.Tab = base.Tab
	return out, err
}

func (d *desk) viewPlanCalls(ctx context.Context, q query.PlanAsk, tell func(bridge.Progress)) (query.PlanCalls, error) {
	var out query.PlanCalls
	base, err := d.planning(ctx, q, tell, func(_ *session, a *query.Analysis, b query.PlanBase) { out = a.PlanCalls(b, q.Top) })
	out.Base.Tab = base.Tab
	return out, err
}

func (d *desk) viewTerritory(ctx context.Context, q query.PlanAsk, tell func(bridge.Progress)) (query.PlanTerritory, error) {
	var out query.PlanTerritory
	_, err := d.planning(ctx, q, tell, func(_ *session, a *query.Analysis, b query.PlanBase) { out = a.PlanTerritory(b) })
	return out, err
}

// setPlan changes the plan of a year, or its time budget.
func (d *desk) setPlan(ctx context.Context, q bridge.SetPlan, _ func(bridge.Progress)) (bridge.Saved, error) {
	s, err := d.session()
	if err != nil {
		return bridge.Saved{}, err
	}
	s.mu.Lock()
	scope := s.snap.TabScope(s.scopeFor(q.Scope))
	owner := s.snap.Owner(scope)
	s.mu.Unlock()
	if !s.manages() && (q.Do >= bridge.PlanSign || s.readonly(scope)) { // as the hub has it (rights.go)
		return bridge.Saved{}, &bridge.Fault{Code: bridge.FaultLocked, Text: "the plan is not this user's to change"}
	}
	list := make([]notebook.Number, len(q.Fields))
	for k, f := range q.Fields {
		list[k] = notebook.Number{Field: f.Field, Value: f.Value, Clear: f.Clear}
	}
	began := d.w.Now()
	switch q.Do {
	case bridge.PlanFields:
		err = s.book.SetPlan(ctx, scope, owner, q.Year, list)
	case bridge.TimeFields:
		err = s.book.SetTime(ctx, scope, owner, q.Year, list)
	case bridge.PlanPropose:
		err = s.book.ProposePlan(ctx, scope, q.Year, q.Totals[0], q.Totals[1], q.Totals[2])
	default:
		err = s.book.SignPlan(ctx, scope, q.Year, q.Do == bridge.PlanSign, q.Note)
	}
	if err != nil {
		return bridge.Saved{}, faultOf(err)
	}
	took := ms(d.w.Now().Sub(began))
	if err := s.loadMisc(ctx); err != nil {
		return bridge.Saved{}, err
	}
	s.tell(bridge.Event{Kind: bridge.EventChanged})
	s.wake(replicate.Change)
	st, err := s.db.Status(ctx)
	return bridge.Saved{Pending: st.Groups, TookMS: took}, faultOf(err)
}

// manages reports whether the user is a manager, who may also have a portfolio.
func (s *session) manages() bool { return s.role() == portfolio.RoleManager }

// planLine writes a line of the action plan, or fixes the visits of a client.
func (d *desk) planLine(ctx context.Context, q bridge.PlanLine, _ func(bridge.Progress)) (bridge.Saved, error) {
	return d.order(ctx, q.Action.Account, func(s *session) (id, touched portfolio.ID, err error) {
		if q.Fix {
			id, err = s.book.FixVisits(ctx, q.Action.Account, query.WhatFixed, q.Visits, q.Until)
		} else {
			id, err = s.book.PlanAction(ctx, q.ID, q.Action)
		}
		return id, q.Action.Account, err
	})
}
