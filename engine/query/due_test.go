package query_test

import (
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// team is the fictional company as its manager's tablet holds it: portfolios
// are the scopes 10, 11 and 12.
func team(seed uint64, today calendar.Day) (*query.Snapshot, demo.Company) {
	c := demo.NewCompany(seed, today)
	d := &draft{}
	d.put(portfolio.KindOrg, c.OrgID, c.Org)
	for _, u := range c.Users {
		d.put(portfolio.KindUser, u.ID, u.Noun)
	}
	var bundles []query.Bundle
	for k, p := range c.Portfolios {
		p.Noun.Scope = uint32(10 + k)
		d.put(portfolio.KindPortfolio, p.ID, p.Noun)
		for _, card := range p.Cards {
			bundles = append(bundles, query.Bundle{Root: card.ID, Scope: p.Noun.Scope, Rows: card.Rows(p.Noun.Scope, journal.Mark{}, p.Noun.Owner)})
		}
	}
	return load(today, d.Rows, bundles...), c
}

// Whoever is due is due on every screen: the total of Today, the chip and the
// length of the client list, the rows of the team. What Today leaves out of its
// list, being on the screen already, it counts apart.
func TestEveryScreenCountsTheSameClientsAsDue(t *testing.T) {
	placed := 0
	for seed := uint64(1); seed <= 3; seed++ {
		s, c := team(seed, calendar.Of(2026, time.November, 19))
		rows := map[uint32]int{}
		for _, card := range s.TeamView(reader, query.PortfolioAsk{}).Cards {
			rows[card.Scope] = card.Due
			rows[0] += card.Due
		}
		if len(rows) != 1+len(c.Portfolios) {
			t.Fatalf("%d portfolios in the team, want %d", len(rows)-1, len(c.Portfolios))
		}
		for scope, n := range rows {
			today := s.Today(reader, query.TodayAsk{Scope: scope, Limit: 200})
			list := s.ClientList(reader, query.ListAsk{Scope: scope, Filter: "due", Sort: "urgency"})
			if today.DueAll != n || list.Found != n || list.Counts["due"] != n || n == 0 {
				t.Errorf("seed %d, scope %d: %d due on Today, %d in the list, %d on its chip, %d in the team; want one number, not zero", seed, scope, today.DueAll, list.Found, list.Counts["due"], n)
			}
			if want := min(200, n-today.Placed); len(today.Due) != want {
				t.Errorf("seed %d, scope %d: %d rows on Today, want %d: %d due, %d of them planned or contacted", seed, scope, len(today.Due), want, n, today.Placed)
			}
			placed += today.Placed
		}
	}
	if placed == 0 {
		t.Error("nobody who is due is on an agenda: the test shows nothing")
	}
}
