package main

import (
	"context"
	"errors"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// miscKinds are the rows without a card that screens need.
var miscKinds = []portfolio.Kind{
	portfolio.KindOrg, portfolio.KindUser, portfolio.KindTeam, portfolio.KindPortfolio, portfolio.KindFamily, portfolio.KindSetting,
	portfolio.KindCost, portfolio.KindTime, portfolio.KindPlan, portfolio.KindModel,
}

func (s *session) miscRows(ctx context.Context) ([]journal.Row, error) {
	views, err := s.db.Kinds(ctx, miscKinds...)
	if err != nil {
		return nil, err
	}
	var rows []journal.Row
	for _, v := range views {
		rows = append(rows, v.Rows...)
	}
	return rows, nil
}

func (s *session) reader(lang string, readonly bool) query.Reader {
	return query.Reader{Words: words{i18n.Of(lang), s.currency}, User: s.profile.User, Readonly: readonly}
}

// bundles loads cards for a view; cards that are not held are left out.
func (s *session) bundles(ctx context.Context, ids []portfolio.ID) ([]query.Bundle, error) {
	views, err := s.db.Cards(ctx, ids...)
	if err != nil {
		return nil, err
	}
	bs := make([]query.Bundle, 0, len(views))
	for _, v := range views {
		if len(v.Rows) > 0 {
			bs = append(bs, bundle(v))
		}
	}
	return bs, nil
}

func (d *desk) viewToday(ctx context.Context, q query.TodayAsk, _ func(bridge.Progress)) (query.Today, error) {
	early, err := d.opened()
	if err != nil {
		return query.Today{}, err
	}
	early.speaks(q.Lang)
	if t, ok := early.ahead(q); ok {
		early.want() // of the columns: after this answer
		return t, nil
	}
	s, err := d.session()
	if err != nil {
		return query.Today{}, err
	}
	s.mu.Lock()
	s.today()
	q.Scope = s.scopeFor(q.Scope)
	need := s.snap.TodayNeeds(q)
	s.mu.Unlock()
	cards, err := s.bundles(ctx, need)
	if err != nil {
		return query.Today{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.snap.Today(s.reader(q.Lang, s.readonly(q.Scope)), q, cards...), nil
}

// scopeFor turns "whatever is mine" into the user's own portfolio, when there
// is one: a manager's Today stays the whole team's.
func (s *session) scopeFor(scope uint32) uint32 {
	if scope == 0 {
		return s.book.Own
	}
	return scope
}

func (d *desk) viewClient(ctx context.Context, q query.ClientAsk, _ func(bridge.Progress)) (query.Client, error) {
	s, err := d.session()
	if err != nil {
		return query.Client{}, err
	}
	v, err := s.db.Card(ctx, q.ID)
	if err != nil {
		return query.Client{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.today()
	sheet, ok := s.snap.ClientSheet(s.reader(q.Lang, s.readonly(v.Scope)), q, bundle(v))
	if !ok {
		return sheet, &bridge.Fault{Code: bridge.FaultMissing, Text: "no card " + q.ID.String()}
	}
	return sheet, nil
}

func (d *desk) viewPortfolio(ctx context.Context, q query.PortfolioAsk, tell func(bridge.Progress)) (query.Portfolio, error) {
	s, err := d.session()
	if err != nil {
		return query.Portfolio{}, err
	}
	if q.Family != "" {
		var out query.Portfolio
		err := s.analysedIn(ctx, q.Scope, q.Before, tell, func(snap *query.Snapshot, a *query.Analysis) error {
			out = snap.FamilyOverview(s.reader(q.Lang, s.readonly(a.Scope)), q, a)
			return nil
		})
		if !errors.As(err, new(*bridge.Fault)) {
			return out, err
		}
	} // a portfolio without a client has an overview that says so
	s.mu.Lock()
	defer s.mu.Unlock()
	s.today()
	q.Scope = s.scopeFor(q.Scope)
	snap := s.snap
	if q.Before {
		snap = snap.Past()
	}
	return snap.PortfolioOverview(s.reader(q.Lang, s.readonly(q.Scope)), q), nil
}

func (d *desk) viewTeam(ctx context.Context, q query.PortfolioAsk, _ func(bridge.Progress)) (query.Team, error) {
	s, err := d.session()
	if err != nil {
		return query.Team{}, err
	}
	s.mu.Lock()
	s.today()
	need := s.snap.TeamNeeds(q)
	s.mu.Unlock()
	cards, err := s.bundles(ctx, need)
	if err != nil {
		return query.Team{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.snap.TeamView(s.reader(q.Lang, true), q, cards...), nil
}

func (d *desk) diagnose(ctx context.Context, _ bridge.None, _ func(bridge.Progress)) (bridge.Diagnosis, error) {
	s, err := d.session()
	if err != nil {
		return bridge.Diagnosis{Version: d.w.Version}, err
	}
	st, err := s.db.Status(ctx)
	if err != nil {
		return bridge.Diagnosis{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	g := bridge.Diagnosis{
		Version: d.w.Version, Device: st.Device, Epoch: st.Epoch, Cards: s.snap.Len(),
		Pending: st.Groups, Sent: st.Sent, Seq: map[uint32]uint64{}, LoadMS: s.loadMS, Schema: journal.Schema,
	}
	if d.w.Memory != nil {
		g.MemoryMB = d.w.Memory()
	}
	s.snap.Cards(0, func(c *query.Card) bool {
		g.Rows += 1 + len(c.Sales) + len(c.Touches) + len(c.Estimates) + len(c.Plans)
		return true
	})
	if err := s.tellDeep(ctx, &g); err != nil {
		return g, err
	}
	g.Scopes = grants(s.scopes)
	for _, sc := range s.scopes {
		g.Seq[sc.ID] = sc.Cursor
	}
	return g, nil
}

// orgCurrency reads the organisation's currency; euros until it is known.
func orgCurrency(rows []journal.Row) string {
	for i := range rows {
		var o portfolio.Org
		if rows[i].Entity == portfolio.KindOrg && rows[i].Fields.Into(&o) == nil && o.Currency != "" {
			return o.Currency
		}
	}
	return "EUR"
}

func orgName(rows []journal.Row) string {
	for i := range rows {
		var o portfolio.Org
		if rows[i].Entity == portfolio.KindOrg && rows[i].Fields.Into(&o) == nil {
			return o.Name
		}
	}
	return ""
}

func names(rows []journal.Row) map[portfolio.ID]string {
	m := map[portfolio.ID]string{}
	for i := range rows {
		var u portfolio.User
		if rows[i].Entity == portfolio.KindUser && rows[i].Fields.Into(&u) == nil {
			m[rows[i].Rec] = u.Name
		}
	}
	return m
}
