package ui

import (
	"html"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/engine/explain"
	"sillon/engine/query"
)

// The rate of the review: 223 due, 55 of them prospects, over 521 clients. Both
// terms count clients, the prospects are said apart, and each number opens its
// list or its steps.
func TestTheTeamCountsClientsOverClients(t *testing.T) {
	seen := func(n int) query.Figure {
		return query.Figure{Topic: "visits7", Value: float64(n), Unit: explain.Count, Mark: explain.Sound(explain.Tally("query.seen.person", n))}
	}
	card := func(scope uint32, name string, clients, lost, due, prospects int) query.TeamCard {
		return query.TeamCard{Scope: scope, Owner: name, Name: name, Head: query.Head{Clients: clients, Lost: lost, Prospect: 31, Currency: "EUR"},
			Due: due, DueNew: prospects, Seen: seen(9), Visits7: 9, Counts: [4]int{60, 40, 30, 20}}
	}
	b := newBench(t)
	answers(b, bridge.OpTeam, query.Team{
		Head: query.Head{Clients: 521, Prospect: 62, Sales: 4_100_000_00, Currency: "EUR"}, Seen: seen(33),
		Cards: []query.TeamCard{card(10, "Thomas Riou", 260, 0, 90, 40), card(11, "Maëlle Guivarch", 261, 6, 133, 15)},
	})
	p := page[*teamPage](b, teamPath)
	s := said(t, p, "Clients à revoir 168 sur 521 et 55 prospects", "261 clients , dont 6 perdus", "Clients en démarrage 120 80 en croissance")
	if strings.Index(s, "Maëlle Guivarch") > strings.Index(s, "Thomas Riou") { // 118 of 261 before 50 of 260
		t.Errorf("prospects weigh in the order: %s", s)
	}
	out := html.UnescapeString(app.HTMLString(p))
	for _, to := range []string{"/clients?tri=sales", dueClients, dueProspects, "/clients?filtre=start", "/clients?filtre=grow",
		dueClients + "&portefeuille=10", "/clients?phase=DCMVX0&portefeuille=11", "/clients?phase=X&portefeuille=11"} {
		if !strings.Contains(out, `href="`+to+`"`) {
			t.Errorf("nothing leads to %s", to)
		}
	}
	if n := strings.Count(out, "Visites de la semaine"); n != 3 {
		t.Errorf("%d numbers of visits open their steps, want the team's and two", n)
	}
}

// A list keeps to one portfolio, and to those in no phase, by its address.
func TestTheListOfOnePortfolio(t *testing.T) {
	g := lay(t, 60)
	e, engine, page := g.visit(t, "/clients?phase=0P&portefeuille=7")
	p := page.(*clientsPage)
	if s := p.state; s.Scope != 7 || s.Phase != "P0" || s.query() != "?phase=P0&portefeuille=7" {
		t.Errorf("state %+v, address %s", s, s.query())
	}
	if q := orders[query.ListAsk](g, "list"); q[len(q)-1].Scope != 7 {
		t.Errorf("asked of %+v", q)
	}
	reads(t, page, "Secteur :", "Sans phase · ")
	p.drop("scope")
	engine.ConsumeAll()
	if e.Param("portefeuille") != "" || p.state.Scope != 0 {
		t.Errorf("the portfolio stays: %+v", p.state)
	}
	p.set(listState{Filter: "due"})
	engine.ConsumeAll()
	if l := p.rows.list; l.Mixed == 0 || l.Mixed == l.Found {
		t.Fatalf("%d due, %d of them prospects: the test shows nothing", l.Found, l.Mixed)
	} else {
		reads(t, page, "("+strings.NewReplacer("\u00a0", " ").Replace(e.who(l.Found-l.Mixed, l.Mixed))+")")
	}
}
