package demo

import (
	"sillon/engine/calendar"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// Alone is the company with its first rep only, potentials by family included:
// what somebody tries on a device of his own. It is the same portfolio, to the
// last byte, as that rep's in the whole company.
func Alone(seed uint64, asOf calendar.Day) Company {
	c := company(seed, asOf, 1)
	c.ByFamily(seed)
	return c
}

// Scopes of a company alone on a device; a server numbers its own.
const (
	AloneOrg       = 1
	AloneTeam      = 2
	AloneUser      = 3
	AlonePortfolio = 4
)

// Each calls f with all rows of a company alone, the organisation first, then
// whole cards, about n rows at a time, until f returns false. What f is given
// is its own.
func (c Company) Each(n int, mark journal.Mark, f func(rows []journal.Row) bool) {
	rep, p := c.Users[len(c.Users)-1].ID, c.Portfolios[0]
	c.Team.Scope, p.Noun.Scope, p.Noun.Team = AloneTeam, AlonePortfolio, AloneTeam
	w := writer{scope: AloneOrg, mark: mark, author: c.Users[0].ID}
	w.add(portfolio.KindOrg, c.OrgID, c.Org)
	w.add(portfolio.KindTeam, c.TeamID, c.Team)
	addAll(&w, portfolio.KindUser, c.Users)
	w.add(portfolio.KindPortfolio, p.ID, p.Noun)
	addAll(&w, portfolio.KindFamily, c.Families)
	rows := append(w.rows, p.BudgetRows(AlonePortfolio, mark, rep)...)
	for _, card := range p.Cards {
		rows = append(rows, card.Rows(AlonePortfolio, mark, rep)...)
		if len(rows) >= n {
			if !f(rows) {
				return
			}
			rows = nil
		}
	}
	if len(rows) > 0 {
		f(rows)
	}
}
