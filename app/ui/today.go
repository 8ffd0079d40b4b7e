package ui

import (
	"html"
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// todayPage says what to do now: the day and who is due at the left, the brief
// of one client in the middle, the time spent and the days to come at the
// right.
type todayPage struct {
	app.Compo

	E *Env

	view    Live[query.TodayAsk, query.Today]
	client  portfolio.ID // of the brief; zero: the first due
	turn    int          // counts the briefs shown: each slides in
	plan    bool         // the days to plan on are open
	sheet   bool         // the logging sheet is open
	started *visit       // what it completes; nil: a new contact
	whom    query.ClientRow
	below   bool // the part of the agenda below the first screen is drawn too
	ctx     app.Context
}

// agendaFirst is how many of those due the first screen of a tablet shows: with
// the others, opening Sillon would take a tenth longer.
const agendaFirst = 12

var _ = screen(todayPath, func(e *Env, _ string) app.Composer {
	p := &todayPage{E: e}
	p.view.Value = e.takeToday()
	return p
})

// OnMount asks for the day.
func (p *todayPage) OnMount(ctx app.Context) {
	p.ctx = ctx
	p.client, _ = portfolio.ParseID(p.E.Param("client"))
	ctx.PreventUpdate() // nothing has changed since it was drawn, a moment ago
	p.view.Start(ctx, p.E, bridge.OpToday, p.ask)
	if app.IsClient {
		part.NextFrame(func() {
			ctx.Dispatch(func(app.Context) {
				p.below = true
				p.E.spareFrame()
			})
		})
	}
	p.E.OnKey(ctx, func(_ app.Context, key string) bool {
		if key == "n" && !p.readonly() {
			p.open(nil, query.ClientRow{})
		}
		return key == "n"
	})
}

// OnPreRender is OnMount in native tests.
func (p *todayPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnNav follows the client of the address.
func (p *todayPage) OnNav(ctx app.Context) {
	if id, _ := portfolio.ParseID(p.E.Param("client")); p.E.Path() == todayPath && id != p.client {
		p.show(id)
		return
	}
	ctx.PreventUpdate()
}

func (p *todayPage) ask() query.TodayAsk {
	return query.TodayAsk{Lang: string(p.E.Lang), Client: p.client}
}

// show puts a client in the brief; zero: the first due.
func (p *todayPage) show(id portfolio.ID) {
	p.client, p.plan = id, false
	p.turn++
	address := todayPath
	if !id.IsZero() {
		address = Address(todayPath, "client", id.String())
	}
	p.E.Replace(address)
	p.view.Again(p.ctx)
}

// keep holds the client being logged in place, though no longer the first due.
func (p *todayPage) keep(id portfolio.ID) {
	if p.client != id {
		p.client = id
		p.E.Replace(Address(todayPath, "client", id.String()))
	}
}

// next slides to the next client: of the agenda first, then the most urgent.
func (p *todayPage) next(app.Context) { p.show(nextClient(p.view.Value, p.client)) }

// nextClient is who comes after a client: the next appointment still to do,
// then whoever is most due.
func nextClient(t *query.Today, now portfolio.ID) portfolio.ID {
	if t == nil {
		return portfolio.ID{}
	}
	for _, a := range stops(t.Agenda) {
		if a.State == portfolio.Planned && a.Outcome == 0 && a.Account != now {
			return a.Account
		}
	}
	for _, r := range t.Due {
		if r.ID != now {
			return r.ID
		}
	}
	return portfolio.ID{}
}

func (p *todayPage) readonly() bool { return p.view.Value != nil && p.view.Value.Head.Readonly }

func (p *todayPage) open(started *visit, whom query.ClientRow) {
	p.sheet, p.started, p.whom = true, started, whom
}

func (p *todayPage) closeSheet(app.Context) { p.sheet = false }

// Render arranges the day.
func (p *todayPage) Render() app.UI {
	e, t := p.E, p.view.Value
	bar := Bar{Title: e.T("today.title"), Sub: p.sub()}
	if t == nil {
		return Screen(e, bar, p.view.Waiting(e))
	}
	bar.Head = &t.Head
	bar.Subs = p.dueOf()
	if t.Head.Readonly {
		bar.Actions = []app.UI{e.lock()}
	} else if !t.Head.Empty {
		bar.Actions = []app.UI{e.logButton(func() { p.open(nil, query.ClientRow{}) })}
	}
	if t.Head.Empty {
		return Screen(e, bar, e.firstRun("today.none"))
	}
	var centre app.UI
	if t.Brief != nil {
		centre = p.brief(t)
	} else {
		centre = part.Div("brief-no", part.Empty(e.T("today.free"), e.T("today.free-text"),
			part.Link("btn pri lg", clientsPath+"?tri=urgency", part.Words(e.T("today.free-act")))))
	}
	return Screen(e, bar,
		part.Div("day", p.agenda(t), centre, p.side(t)),
		app.If(p.sheet, func() app.UI { return newLogSheet(p.ctx, e, p.whom, p.started, p.closeSheet) }),
	)
}

// lock marks a portfolio that one may read only.
func (e *Env) lock() app.UI {
	return app.Span().Class("tag in").Title(e.T("log.readonly-of")).Body(part.IconS("lock"), app.Text(e.T("log.readonly")))
}

func (p *todayPage) sub() string {
	e, t := p.E, p.view.Value
	s := upper(i18n.DayLong(e.Lang, e.today()))
	if t == nil {
		return s
	}
	if t.Head.Fixed {
		s = upper(i18n.DayLong(e.Lang, t.Head.AsOf))
	}
	if n := len(stops(t.Agenda)); n > 0 {
		s += " · " + e.T("today.planned", n)
	}
	if t.Tour != nil && t.Tour.Meters >= 1000 {
		s += " · " + e.T("week.km", e.Number(float64((t.Tour.Meters+500)/1000)))
	}
	return s
}

// dueOf says how many clients and prospects are due; each number opens its
// list.
func (p *todayPage) dueOf() []app.UI {
	e, t := p.E, p.view.Value
	clients := t.DueAll - t.DueNew
	link := func(text, to string) app.UI { return app.A().Class("lnk").Href(to).Text(text) }
	var out []app.UI
	switch {
	case t.DueAll == 0:
		return nil
	case t.DueNew == 0:
		out = []app.UI{app.Text(" · "), link(e.T("today.due-count", clients), dueClients)}
	case clients == 0:
		out = []app.UI{app.Text(" · "), link(e.T("today.due-prospects", t.DueNew), dueProspects)}
	default:
		out = []app.UI{app.Text(" · "), link(e.T("who.clients", clients), dueClients), app.Text(" " + e.T("today.and") + " "), link(e.T("today.due-prospects", t.DueNew), dueProspects)}
	}
	if t.Placed > 0 {
		out = append(out, app.Text(e.T("today.due-placed", t.Placed)))
	}
	return out
}

// agenda lists the appointments of the day, then who is due, most urgent
// first. On a phone it is a strip.
func (p *todayPage) agenda(t *query.Today) app.UI {
	e := p.E
	now := p.client
	if t.Brief != nil {
		now = t.Brief.Row.ID
	}
	day := stops(t.Agenda)
	visits := make([]app.UI, 0, 2*len(day))
	for i, a := range day {
		way, free := e.tour(t, a)
		visits = append(visits, way...)
		visits = append(visits, app.Li().Body(p.stop(a, i+1, a.Account == now)))
		if free != nil {
			visits = append(visits, app.Li().Body(p.free(free)))
		}
	}
	list := t.Due
	if !p.below && app.IsClient {
		list = list[:min(len(list), agendaFirst)]
	}
	due := make([]app.UI, len(list))
	for i, r := range list {
		due[i] = app.Li().Body(p.due(r, t, i+1, r.ID == now))
	}
	left := e.Count(t.DueAll - t.Placed)
	if t.Placed > 0 {
		left = e.T("today.left-of", t.DueAll-t.Placed, t.DueAll)
	}
	title, count := "today.due", app.UI(part.Span("meta", left))
	if len(visits) > 0 {
		title, count = "today.agenda", app.A().Class("lnk").Href(weekPath).Text(e.T("today.change"))
	}
	return part.Section("card agenda", e.T(title),
		part.Div("card-h", part.H2("", e.T(title)), part.Space(), count),
		app.Ol().Hidden(len(visits) == 0).Body(visits...),
		app.H3().Class("eyebrow").Hidden(len(visits) == 0 || len(due) == 0).Body(
			app.Text(e.T("today.due")), part.Span("meta", left)),
		app.Ol().Hidden(len(due) == 0).Body(due...),
		app.A().Class("lnk more").Hidden(t.DueAll <= len(t.Due)).Href(clientsPath+"?filtre=due&tri=urgency").Text(e.T("today.all-due", t.DueAll)),
	)
}

// stops are the appointments of a day, each with what came of it: where nobody
// was met it has been tried and is still to be kept, one line for both.
func stops(agenda []query.Appointment) []query.Appointment {
	tried := func(a query.Appointment) bool { return a.Outcome != 0 && !a.Outcome.Met() }
	came := map[portfolio.ID]portfolio.Outcome{}
	for _, a := range agenda {
		if a.State == portfolio.Done && tried(a) {
			came[a.Account] = a.Outcome
		}
	}
	planned := map[portfolio.ID]bool{}
	var out []query.Appointment
	for _, a := range agenda {
		if a.State == portfolio.Planned {
			planned[a.Account] = true
			a.Outcome = came[a.Account]
		}
		out = append(out, a)
	}
	return slices.DeleteFunc(out, func(a query.Appointment) bool {
		return a.State == portfolio.Done && tried(a) && planned[a.Account]
	})
}

func (p *todayPage) stop(a query.Appointment, n int, on bool) app.UI {
	e := p.E
	class, node := "pick", html.EscapeString(e.Count(n))
	what := a.City
	if a.State == portfolio.Done {
		class, node = "pick done", part.IconSHTML("check")
	}
	if a.Outcome != 0 {
		what = e.outcome(a.Outcome)
		if !a.Outcome.Met() && int(a.Outcome) < len(part.OutcomeIcon) {
			class, node = "pick tried", part.IconSHTML(part.OutcomeIcon[a.Outcome])
		}
	}
	hour := i18n.None
	if a.Minute > 0 {
		hour = i18n.DayTime(a.Minute)
	}
	return app.Button().Type("button").Class(class).Aria("pressed", on).Body(
		part.Inside(`<span class="tm">`, html.EscapeString(hour), `</span>`, e.picked(node, a.Name, a.Phase, what), `</span>`),
	).OnClick(func(app.Context, app.Event) { p.show(a.Account) }, app.EventScope(a.Account.String()))
}

func (p *todayPage) due(r query.ClientRow, t *query.Today, n int, on bool) app.UI {
	e := p.E
	when, late := e.overdue(r, t.Head)
	class := ""
	if late {
		class = "late"
	}
	return app.Button().Type("button").Class("pick due").Aria("pressed", on).Body(
		part.Inside(e.picked(html.EscapeString(e.Count(n)), r.Name, r.Phase, r.City),
			`<div class="mt"><span class="`, class, `">`, html.EscapeString(when), `</span></div></span>`),
	).OnClick(func(app.Context, app.Event) { p.show(r.ID) }, app.EventScope(r.ID.String()))
}

// picked is the mark of a line of the agenda and who it is about, as text up to
// the end of its first line: it is one of the dozens that a start draws, and one
// piece of HTML costs a fifth of its elements.
func (e *Env) picked(node, name, phase, what string) string {
	return `<span class="nd" aria-hidden="true">` + node + `</span><span class="it"><div class="nm">` + html.EscapeString(name) +
		`</div><div class="mt">` + part.PhaseHTML(e.Lang, phase, true) + `<span>` + html.EscapeString(what) + `</span></div>`
}

// overdue says how late a visit is; late when it is.
func (e *Env) overdue(r query.ClientRow, h query.Head) (text string, late bool) {
	if r.LastVisit == 0 {
		return e.T("today.never"), false
	}
	if r.DueOn == 0 {
		return i18n.Ago(e.Lang, int(h.AsOf-r.LastVisit)), false
	}
	if days := int(h.AsOf - r.DueOn); days > 0 {
		return e.T("today.overdue", days), true
	}
	return e.T("today.on-time", int(r.DueOn-h.AsOf)), false
}

// comingMost is how many appointments of the next days are listed.
const comingMost = 8

// side is the time spent and the days to come.
func (p *todayPage) side(t *query.Today) app.UI {
	e := p.E
	rows := make([]app.UI, 0, len(t.Coming))
	for i, a := range t.Coming {
		if i == comingMost && len(t.Coming) > comingMost+1 { // a planned week is on its own screen
			rows = append(rows, app.A().Class("lnk more").Href(weekPath).Text(e.T("today.all-due", len(t.Coming))))
			break
		}
		icon := "calendar"
		if a.Kind == portfolio.Call {
			icon = "phone"
		}
		when := i18n.Day(e.Lang, a.Day)
		if a.Minute > 0 {
			when += " · " + i18n.DayTime(a.Minute)
		}
		rows = append(rows, part.Link("mini", ClientPath(a.Account), part.Icon(icon),
			part.Div("", part.Line("sm b nm", a.Name), part.Line("xs t2", when))))
	}
	if len(rows) == 0 {
		rows = append(rows, part.P("verdict", e.T("today.coming-no")))
	}
	var effort app.UI = part.Nothing()
	if t.Effort != nil {
		effort = part.Section("card", e.T("today.effort"),
			part.MarksIn("marks", &part.Chart{Lang: e.Lang, Currency: e.Currency, Topic: e.T("today.effort"), Data: *t.Effort, Bare: true}),
			app.Div().Class("row sm").Hidden(t.CMRatio.Topic == "").Body(
				part.Span("t2", i18n.Topic(e.Lang, t.CMRatio.Topic)), part.Space(), e.Tap(t.CMRatio, "", "b")),
		)
	}
	return part.Div("side",
		part.Card(e.T("today.coming"), part.Span("meta", e.Count(len(t.Coming))), rows...),
		effort,
	)
}

// upper puts a capital at the start of a sentence.
func upper(s string) string {
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		return string(s[0]-'a'+'A') + s[1:]
	}
	return s
}
