package main

import (
	"context"
	"strings"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/engine/calendar"
	"sillon/engine/export"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/sorting"
)

// outboxFile hands out what waits here as a file: the last resort of a tablet
// that can no longer reach its server.
func (d *desk) outboxFile(ctx context.Context, _ bridge.None, _ func(bridge.Progress)) (bridge.File, error) {
	s, err := d.session()
	if err != nil {
		return bridge.File{}, err
	}
	b, err := s.db.ExportOutbox(ctx)
	if err != nil {
		return bridge.File{}, err
	}
	return bridge.File{Name: "sillon-" + s.book.Today().String() + ".sillon", Type: "application/octet-stream", Data: b}, nil
}

// export writes the clients or the visits of a portfolio, card by card, so
// that nothing but the card at hand is decoded at once.
func (d *desk) export(ctx context.Context, q bridge.Export, told func(bridge.Progress)) (bridge.File, error) {
	s, err := d.session()
	if err != nil {
		return bridge.File{}, err
	}
	w := words{i18n.Of(q.Lang), s.currency}
	format := export.Excel
	if q.Plain {
		format = export.Plain
	}
	ids := q.IDs
	if len(ids) == 0 {
		ids = s.cardIDs(s.scopeFor(q.Scope))
	}
	var clients []export.Client
	var visits []export.Visit
	const slice = 100
	for at, part := 0, []portfolio.ID(nil); at < len(ids); at += len(part) {
		part = ids[at:min(at+slice, len(ids))]
		told(bridge.Progress{Stage: "export." + q.What, Done: at, Of: len(ids)})
		bs, err := s.bundles(ctx, part)
		if err != nil {
			return bridge.File{}, err
		}
		for _, b := range bs {
			if q.What == "visits" {
				visits = append(visits, s.visitsOf(w, b)...)
			} else if c, ok := s.clientOf(b); ok {
				clients = append(clients, c)
			}
		}
		s.cols.yield()
		if err := ctx.Err(); err != nil {
			return bridge.File{}, err
		}
	}
	word := func(key string) string { return w.T(key) }
	f := bridge.File{Name: w.T("export."+q.What) + "-" + s.book.Today().String() + ".csv", Type: "text/csv"}
	if q.What == "visits" {
		sorting.Stable(visits, func(a, b export.Visit) int { return int(b.Day - a.Day) })
		f.Data = export.Visits(format, word, visits)
		return f, nil
	}
	sorting.Stable(clients, func(a, b export.Client) int { return strings.Compare(a.Account.Name, b.Account.Name) })
	f.Data = export.Clients(format, word, clients)
	return f, nil
}

func (s *session) cardIDs(scope uint32) []portfolio.ID {
	var ids []portfolio.ID
	s.mu.Lock()
	defer s.mu.Unlock()
	s.snap.Cards(scope, func(c *query.Card) bool { ids = append(ids, c.ID); return true })
	return ids
}

// clientOf takes the nouns from the card and the figures from the engine.
func (s *session) clientOf(b query.Bundle) (export.Client, bool) {
	var c export.Client
	found := false
	for i := range b.Rows {
		r := &b.Rows[i]
		switch {
		case r.Entity == portfolio.KindAccount:
			found = r.Fields.Into(&c.Account) == nil
		case r.Entity == portfolio.KindSite && c.Place.Account.IsZero():
			if r.Fields.Into(&c.Place) != nil {
				c.Place = portfolio.Site{}
			}
		}
	}
	c.Account.Tags = query.TagsOf(b.Rows)
	s.mu.Lock()
	defer s.mu.Unlock()
	if row, ok := s.snap.Row(b.Root); ok {
		c.Sales, c.Before, c.Potential = row.Sales, row.Before, row.Potential
	}
	return c, found
}

// visitsOf lists the contacts of a card that were not amended or taken back.
func (s *session) visitsOf(w words, b query.Bundle) []export.Visit {
	gone := map[portfolio.ID]bool{}
	var all []portfolio.Contact
	var recs []portfolio.ID
	var account portfolio.Account
	for i := range b.Rows {
		switch b.Rows[i].Entity {
		case portfolio.KindAccount:
			if b.Rows[i].Fields.Into(&account) != nil {
				return nil
			}
		case portfolio.KindContact:
			var c portfolio.Contact
			if b.Rows[i].Fields.Into(&c) == nil {
				all, recs = append(all, c), append(recs, b.Rows[i].Rec)
				if !c.Amends.IsZero() {
					gone[c.Amends] = true
				}
			}
		}
	}
	var out []export.Visit
	for i, c := range all {
		if c.Void || gone[recs[i]] {
			continue
		}
		out = append(out, export.Visit{
			Day: calendar.Day(c.Day), Minute: c.Minute, Code: account.Code, Client: account.Name, Who: s.userName(c.User),
			Kind: i18n.ContactKind(w.lang, c.Kind), Outcome: i18n.Outcome(w.lang, c.Outcome), Duration: c.Duration,
			Objective: c.Objective, Notes: c.Notes, Next: c.Next, Order: c.Order,
		})
	}
	return out
}

func (s *session) userName(id portfolio.ID) string { return s.people[id] }
