package main

import (
	"context"
	"slices"

	"sillon/app/bridge"
	"sillon/app/replicate"
	"sillon/engine/params"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/wire"
)

// ruled says where the user sets rules: the portfolio looked at (0: all of a
// team), the level, and the scope that holds the settings (0: nowhere).
func (s *session) ruled() (at uint32, level params.Scope, holds uint32) {
	if own := s.book.Own; own != 0 {
		return own, params.Portfolio, own
	}
	for _, sc := range s.scopes {
		if sc.Kind == wire.ScopeTeam && slices.Contains(sc.Roles, portfolio.RoleManager) {
			return 0, params.Team, sc.ID
		}
	}
	return 0, params.Portfolio, 0
}

// viewRules lists the rules and tries one. What only the analysis can tell
// waits for it.
func (d *desk) viewRules(ctx context.Context, q query.RulesAsk, tell func(bridge.Progress)) (query.Rules, error) {
	s, err := d.session()
	if err != nil {
		return query.Rules{}, err
	}
	s.mu.Lock()
	s.today()
	at, level, holds := s.ruled()
	q.Scope, q.Level = at, int(level)
	r := s.reader("", holds == 0)
	if !query.RuleDeep(q.Key) {
		defer s.mu.Unlock()
		return s.snap.Rules(r, q, nil), nil
	}
	s.mu.Unlock()
	var out query.Rules
	err = s.analysed(ctx, at, tell, func(a *query.Analysis) error {
		out = s.snap.Rules(r, q, a)
		return nil
	})
	return out, err
}

// setRule puts a value in force, or gives it up.
func (d *desk) setRule(ctx context.Context, q bridge.SetRule, _ func(bridge.Progress)) (bridge.Saved, error) {
	s, err := d.session()
	if err != nil {
		return bridge.Saved{}, err
	}
	s.mu.Lock()
	at, level, holds := s.ruled()
	ask := query.RulesAsk{Scope: at, Level: int(level), Key: q.Key, Values: q.Values, Word: q.Word, Back: q.Back}
	kept, refusal := s.snap.Locked(at, q.Key, int(level)), s.snap.Refuses(ask)
	s.mu.Unlock()
	switch {
	case holds == 0 || kept:
		return bridge.Saved{}, &bridge.Fault{Code: bridge.FaultLocked, Text: q.Key + " is not this user's to set"}
	case !query.RuleFree(q.Key) || refusal != nil:
		return bridge.Saved{}, &bridge.Fault{Code: bridge.FaultBounds, Text: q.Key + " cannot be so"}
	case q.Back: // a setting without a value lets the level above speak
		q.Values, q.Word, q.Lock = nil, "", false
	}
	began := d.w.Now()
	if err := s.book.SetParameter(ctx, holds, int(level), q.Key, q.Values, q.Word, q.Lock && level < params.Portfolio); err != nil {
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
