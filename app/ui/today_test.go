package ui

import (
	"errors"
	"html"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func TestTodaySaysWhatToDoNow(t *testing.T) {
	g := lay(t, -1)
	_, _, page := g.visit(t, "/")
	reads(t, page, "Aujourd'hui", "Jeudi 19 novembre", "visites prévues", "Mon agenda", "À voir en premier", "j de retard",
		"Prochain rendez-vous", "Score", "Pourquoi j'y vais", "Derniers contacts", "Noter la visite", "Commande", "Sept prochains jours",
		"Mon temps sur 30 jours", "Planifier", "Noter")
}

func TestTodaySaysWhoIsDueAndAlreadyOnTheAgenda(t *testing.T) {
	g := lay(t, 60)
	_, _, page := g.visit(t, "/")
	p := page.(*todayPage)
	for _, c := range []struct {
		all, prospects, placed int
		want                   string
		lists                  []string
	}{
		{12, 0, 0, "· 12 clients à voir", []string{dueClients}},
		{12, 0, 1, "· 12 clients à voir, dont 1 déjà prévu ou contacté", []string{dueClients}},
		{12, 5, 3, "· 7 clients et 5 prospects à voir, dont 3 déjà prévus ou contactés", []string{dueClients, dueProspects}},
		{1, 1, 0, "· 1 prospect à voir", []string{dueProspects}},
		{0, 0, 0, "", nil},
	} {
		v := p.view.Value
		v.DueAll, v.DueNew, v.Placed = c.all, c.prospects, c.placed
		line := part.Div("sub", p.dueOf()...)
		if got := text(line); strings.ReplaceAll(got, " ,", ",") != c.want {
			t.Errorf("%d due, %d of them prospects, %d placed: %q, want %q", c.all, c.prospects, c.placed, got, c.want)
		}
		for _, to := range c.lists {
			if s := html.UnescapeString(app.HTMLString(line)); !strings.Contains(s, `href="`+to+`"`) {
				t.Errorf("%d due: no link to %s in %s", c.all, to, s)
			}
		}
	}
}

func TestTodayShowsTheClientOfTheAddress(t *testing.T) {
	g := lay(t, 60)
	r := g.first()
	_, _, page := g.visit(t, "/?client="+r.ID.String())
	reads(t, page, r.Name)
	if asks := orders[query.TodayAsk](g, "today"); asks[0].Client != r.ID {
		t.Errorf("asked for the brief of %v; want %v", asks[0].Client, r.ID)
	}
}

func TestChoosingAClientWritesTheAddress(t *testing.T) {
	g := lay(t, 60)
	e, engine, page := g.visit(t, "/")
	p := page.(*todayPage)
	id := p.view.Value.Due[2].ID
	p.show(id)
	engine.ConsumeAll()
	if p.view.Value.Brief.Row.ID != id || e.Param("client") != id.String() {
		t.Errorf("brief of %v at client=%s; want %v in both", p.view.Value.Brief.Row.ID, e.Param("client"), id)
	}
	p.show(portfolio.ID{})
	if e.Param("client") != "" {
		t.Errorf("client=%s stays in the address", e.Param("client"))
	}
}

func TestSuivantGoesToTheNextAppointmentThenTheMostUrgent(t *testing.T) {
	a, b, c := portfolio.ID{1}, portfolio.ID{2}, portfolio.ID{3}
	day := &query.Today{
		Agenda: []query.Appointment{{Account: a, State: portfolio.Done}, {Account: b, State: portfolio.Planned}},
		Due:    []query.ClientRow{{ID: b}, {ID: c}},
	}
	for now, want := range map[portfolio.ID]portfolio.ID{a: b, b: c, c: b} {
		if got := nextClient(day, now); got != want {
			t.Errorf("after %v comes %v; want %v", now, got, want)
		}
	}
	if got := nextClient(nil, a); !got.IsZero() {
		t.Errorf("without a day %v comes next; want nobody", got)
	}
}

func TestAnAppointmentWithoutAnybodyIsTriedNotDone(t *testing.T) {
	a, b, c := portfolio.ID{1}, portfolio.ID{2}, portfolio.ID{3}
	day := &query.Today{
		Agenda: []query.Appointment{
			{Account: a, State: portfolio.Planned, Minute: 600}, {Account: a, State: portfolio.Done, Outcome: portfolio.Absent, Minute: 615},
			{Account: b, State: portfolio.Done, Outcome: portfolio.Order, Minute: 660}, {Account: c, State: portfolio.Done, Outcome: portfolio.Absent, Minute: 700},
		},
		Due: []query.ClientRow{{ID: c}},
	}
	got := stops(day.Agenda)
	if len(got) != 3 || got[0].State != portfolio.Planned || got[0].Outcome != portfolio.Absent || got[0].Minute != 600 {
		t.Fatalf("stops %+v; want the appointment at ten, tried, the order, and the call on somebody absent", got)
	}
	if next := nextClient(day, b); next != c {
		t.Errorf("after %v comes %v; want somebody due, not who has just been missed", b, next)
	}
	g := lay(t, 60)
	_, _, page := g.visit(t, "/")
	p := page.(*todayPage)
	for i, want := range []string{"pick tried", "pick done", "pick tried"} {
		if s := app.HTMLString(p.stop(got[i], i+1, false)); !strings.Contains(s, want) {
			t.Errorf("stop %d is %s; want %q", i+1, s, want)
		}
	}
}

func TestTodayPlansAVisit(t *testing.T) {
	g := lay(t, 60)
	_, engine, page := g.visit(t, "/")
	p := page.(*todayPage)
	p.plan = true
	p.planOn(groundDay + 1)
	engine.ConsumeAll()
	if plans := orders[bridge.PlanVisit](g, "plan"); len(plans) != 1 || plans[0].Day != int32(groundDay+1) || plans[0].Account != p.view.Value.Brief.Row.ID {
		t.Errorf("planned %+v; want tomorrow, for the client of the brief", plans)
	}
	if p.plan {
		t.Error("the days stay open after one was chosen")
	}
}

func TestTodayOfAManagerIsReadOnly(t *testing.T) {
	g := lay(t, 60)
	g.read = true
	_, _, page := g.visit(t, "/")
	reads(t, page, "lecture", "Pourquoi j'y vais")
	if s := text(page); contains(s, "Noter la visite") || contains(s, "Planifier") {
		t.Error("a manager is offered to log or plan in a rep's portfolio")
	}
}

func TestTodayWithoutClientsOffersTheImport(t *testing.T) {
	g := lay(t, 0)
	_, _, page := g.visit(t, "/")
	reads(t, page, "Pas encore de clients sur cet appareil", "Importer un fichier")
}

func TestTodaySaysWhatWentWrong(t *testing.T) {
	g := lay(t, 0)
	g.refuse["today"] = errors.New("broken")
	_, _, page := g.visit(t, "/")
	reads(t, page, "Réessayer")
}
