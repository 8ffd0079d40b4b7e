package main

import (
	"context"
	"errors"

	"sillon/app/bridge"
	"sillon/engine/query"
)

// tabbed calls f with the analysis that a tab of the portfolio rests on, s.mu
// held, and answers the ground of the tab. A portfolio without a client has a
// ground only.
func (d *desk) tabbed(ctx context.Context, q query.TabAsk, tell func(bridge.Progress), f func(query.Reader, *query.Analysis, query.TabBase)) (query.TabBase, error) {
	s, err := d.session()
	if err != nil {
		return query.TabBase{}, err
	}
	var base query.TabBase
	err = s.analysedIn(ctx, q.Scope, q.Before, tell, func(snap *query.Snapshot, a *query.Analysis) error {
		q.Scope = a.Scope
		r := s.reader(q.Lang, s.readonly(q.Scope))
		base = snap.TabBase(r, a, q)
		f(r, a, base)
		return nil
	})
	var fault *bridge.Fault
	if errors.As(err, &fault) && fault.Code == bridge.FaultEmpty {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.snap.TabBase(s.reader(q.Lang, false), nil, q), nil
	}
	return base, err
}

func (d *desk) viewMaturity(ctx context.Context, q query.MaturityTabAsk, tell func(bridge.Progress)) (query.MaturityTab, error) {
	var out, now query.MaturityTab
	base, err := d.tabbed(ctx, q.Tab, tell, func(r query.Reader, a *query.Analysis, b query.TabBase) { out = a.MaturityTab(r, q, b) })
	if err == nil && q.Tab.Before { // a forecast is made today
		q.Tab.Before = false
		_, err = d.tabbed(ctx, q.Tab, tell, func(r query.Reader, a *query.Analysis, b query.TabBase) { now = a.MaturityTab(r, q, b) })
		out.Ahead = now.Ahead
	}
	out.Base = base
	return out, err
}

func (d *desk) viewStory(ctx context.Context, q query.TabAsk, tell func(bridge.Progress)) (query.TabChart, error) {
	var out query.TabChart
	_, err := d.tabbed(ctx, q, tell, func(r query.Reader, a *query.Analysis, _ query.TabBase) { out = a.StoryTab(r, q) })
	return out, err
}

func (d *desk) viewWeight(ctx context.Context, q query.WeightTabAsk, tell func(bridge.Progress)) (query.WeightTab, error) {
	var out query.WeightTab
	base, err := d.tabbed(ctx, q.Tab, tell, func(r query.Reader, a *query.Analysis, b query.TabBase) {
		out = a.WeightTab(r, q, b)
	})
	if out.Base.Scope == 0 {
		out.Base = base
	}
	return out, err
}

func (d *desk) viewCut(ctx context.Context, q query.WeightTabAsk, tell func(bridge.Progress)) (query.CutsTab, error) {
	var out query.CutsTab
	_, err := d.tabbed(ctx, q.Tab, tell, func(r query.Reader, a *query.Analysis, b query.TabBase) { out = a.CutsTab(r, q, b) })
	return out, err
}

// viewMany makes the analysis of every portfolio ready, one after the other.
func (d *desk) viewMany(ctx context.Context, q query.TabAsk, tell func(bridge.Progress)) (query.PortfoliosTab, error) {
	s, err := d.session()
	if err != nil {
		return query.PortfoliosTab{}, err
	}
	s.hurried.Add(1)
	defer s.hurried.Add(-1)
	for {
		s.mu.Lock()
		snap := s.snap
		var lack uint32
		var of []*query.Analysis
		s.today()
		for _, sc := range s.snap.Scopes() {
			if len(s.snap.Lacking(sc)) > 0 {
				lack = sc
				break
			}
			a := s.snap.Analysis(sc)
			if a == nil {
				continue
			}
			if a.Len() > fewCards && a.Left() > 0 {
				lack = sc
				break
			}
			if q.Before {
				a, snap = a.Past(), s.snap.Past()
			}
			of = append(of, a)
		}
		if lack == 0 {
			out := snap.PortfoliosTab(s.reader(q.Lang, false), of, q)
			s.mu.Unlock()
			return out, nil
		}
		s.mu.Unlock()
		if err := s.prepare(ctx, lack, tell, nil); err != nil {
			return query.PortfoliosTab{}, err
		}
	}
}
