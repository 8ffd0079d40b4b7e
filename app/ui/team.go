package ui

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/explain"
	"sillon/engine/query"
)

// teamPage says who needs the manager this week: the figures of the team, a
// card per portfolio, the visits as they arrive.
type teamPage struct {
	app.Compo

	E *Env

	view  Live[query.PortfolioAsk, query.Team]
	width part.Resized
	fixed bool // order of the portfolios, not worst first
}

var _ = screen(teamPath, func(e *Env, _ string) app.Composer { return &teamPage{E: e} })

// OnMount asks for the team, drawn for the width of the content.
func (p *teamPage) OnMount(ctx app.Context) {
	p.view.Start(ctx, p.E, bridge.OpTeam, func() query.PortfolioAsk {
		w, _ := p.width.Changed(ContentID, 1040)
		return query.PortfolioAsk{Lang: string(p.E.Lang), Width: w}
	})
}

// OnPreRender is OnMount in native tests.
func (p *teamPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnResize draws the curves again when their width has changed.
func (p *teamPage) OnResize(ctx app.Context) {
	if _, changed := p.width.Changed(ContentID, 1040); changed {
		p.view.Again(ctx)
	}
}

// Render arranges figures, cards, arrivals.
func (p *teamPage) Render() app.UI {
	e := p.E
	b := Bar{Title: e.T("nav.team")}
	t := p.view.Value
	if t == nil {
		return Screen(e, b, p.view.Waiting(e))
	}
	b.Head = &t.Head
	b.Sub = e.T("team.sub", len(t.Cards), t.Head.Clients)
	if len(t.Cards) == 0 {
		return Screen(e, b, e.firstRun("team.none"))
	}
	cards := slices.Clone(t.Cards)
	if !p.fixed {
		slices.SortStableFunc(cards, func(a, b query.TeamCard) int { return need(b) - need(a) })
	}
	order := "need"
	if p.fixed {
		order = "fixed"
	}
	b.Actions = []app.UI{part.Seg("team-order", e.T("team.order"), order,
		[]part.Option{{Key: "need", Label: e.T("team.byNeed")}, {Key: "fixed", Label: e.T("team.byName")}},
		func(_ app.Context, to string) { p.fixed = to == "fixed" })}
	grid := make([]app.UI, len(cards))
	for i, c := range cards {
		grid[i] = p.card(c)
	}
	return Screen(e, b,
		part.Div("team-fig", p.figures(t)...),
		part.Div("team-lay", grid...),
		p.arrived(t),
	)
}

// need orders the cards by what is overdue, in thousandths of the clients.
func need(c query.TeamCard) int {
	if c.Head.Clients == 0 {
		return 0
	}
	return (c.Due - c.DueNew) * 1000 / c.Head.Clients
}

func (p *teamPage) figures(t *query.Team) []app.UI {
	e := p.E
	var due, prospects, start, growth int
	for _, c := range t.Cards {
		due += c.Due - c.DueNew
		prospects += c.DueNew
		start += c.Counts[0]
		growth += c.Counts[1]
	}
	one := func(key string, value app.UI, note ...app.UI) app.UI {
		return part.Section("card", e.T(key),
			part.Line("eyebrow", e.T(key)),
			part.Div("row base", append([]app.UI{value}, note...)...))
	}
	number := func(text, to, key string) app.UI {
		return app.A().Class("figb xl tn").Href(to).Aria("label", e.T("team.open", e.T(key), text)).Text(text)
	}
	also := []app.UI{part.Span("xs t2", e.T("team.dueNote", t.Head.Clients))}
	if prospects > 0 {
		also = append(also, app.A().Class("lnk").Href(dueProspects).Text(e.T("team.dueAlso", prospects)))
	}
	return []app.UI{
		one("team.sales", number(e.MoneyShort(t.Head.Sales), clientsPath+"?tri=sales", "team.sales"), part.Span("xs t2", e.T("team.salesNote"))),
		one("team.visits", e.Tap(t.Seen, t.Head.Name, "xl"), part.Span("xs t2", e.T("team.visitsNote"))),
		one("team.due", number(e.Count(due), dueClients, "team.due"), also...),
		one("team.new", number(e.Count(start), clientsPath+"?filtre=start", "team.new"),
			app.A().Class("lnk").Href(clientsPath+"?filtre=grow").Text(e.T("team.newNote", growth))),
	}
}

// card is one portfolio: who, its curve, where the effort goes, what is late.
func (p *teamPage) card(c query.TeamCard) app.UI {
	e := p.E
	who := c.Owner
	if who == "" {
		who = c.Name
	}
	area := c.Head.Area
	if area == "" {
		area = c.Name
	}
	clients := c.Head
	clients.Prospect = 0 // two lines at most
	c.Curve.Advice = ""  // it is on the portfolio itself; here six cards must be read at a glance
	last := part.Span("tag", e.T("team.never"))
	if c.Last != 0 {
		days, class := int(c.Head.AsOf-c.Last), "tag"
		if days > 7 {
			class = "tag bl"
		}
		last = part.Span(class, i18n.Ago(e.Lang, days))
	}
	return part.Section("card", who,
		part.Div("row g8",
			app.Span().Class("avatar").Aria("hidden", "true").Text(initials(who)),
			part.Div("who sp",
				app.B().Attr("role", "heading").Aria("level", "2").Body(app.A().Href(Address(portfolioPath, "p", strconv.Itoa(int(c.Scope)))).Text(who)),
				app.Span().Body(append([]app.UI{app.Text(area + " · ")}, e.counted(clients, c.Scope, false)...)...)),
			last,
		),
		part.MarksIn("marks", &part.Chart{Lang: e.Lang, Currency: e.Currency, Topic: e.T("team.curve"), Data: c.Curve, Bare: true, Level: 3}),
		part.Div("team-row",
			p.cell("topic.cm", e.Tap(c.CM, Whole(who, c.Scope), "b"), cmNote(e, c.CM)),
			p.cell("team.late", app.A().Class("lnk b tn").Href(dueClients+within(c.Scope)).Aria("label", e.T("team.open", e.T("team.late"), e.Count(c.Due-c.DueNew))).Text(e.Count(c.Due-c.DueNew)), ""),
			p.cell("team.visits7", e.Tap(c.Seen, Whole(who, c.Scope), "b"), ""),
			p.cell("topic.penetration", e.Tap(c.Pen, Whole(who, c.Scope), "b"), ""),
		))
}

func (p *teamPage) cell(key string, value app.UI, note string) app.UI {
	return part.Div("", part.Line("xs t3", p.E.T(key)), value, part.Line("xs t2", note))
}

// cmNote says which way the effort goes: more with C than with M is the aim.
func cmNote(e *Env, f query.Figure) string {
	switch {
	case f.Mark.Status == explain.NA:
		return ""
	case f.Value >= 1:
		return e.T("team.cmHeld")
	}
	return e.T("team.cmTurn")
}

// pair writes two things one after the other, or the one there is.
func (e *Env) pair(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return e.T("journal.pair", a, b)
}

// arrived lists the latest visits as they come in from the field.
func (p *teamPage) arrived(t *query.Team) app.UI {
	e := p.E
	rows := make([]app.UI, 0, len(t.Arrived))
	for _, a := range t.Arrived[:min(len(t.Arrived), 30)] {
		what := i18n.Outcome(e.Lang, a.Entry.Outcome)
		icon := "file"
		if int(a.Entry.Outcome) < len(part.OutcomeIcon) && a.Entry.Outcome > 0 {
			icon = part.OutcomeIcon[a.Entry.Outcome]
		}
		when := i18n.Ago(e.Lang, int(t.Head.AsOf-a.Entry.Day))
		if a.Entry.Minute > 0 {
			when += " " + i18n.DayTime(a.Entry.Minute)
		}
		text := a.Entry.Text
		if a.Entry.Amount != 0 {
			text = e.Money(a.Entry.Amount)
		}
		rows = append(rows, part.Link("jr", ClientPath(a.Account),
			part.Box("bi", part.Icon(icon)),
			part.Div("", part.B(e.T("act.detail", what, a.Name)), app.Small().Text(e.pair(a.Owner, text))),
			part.Span("xs t3 nw", when)))
	}
	if len(rows) == 0 {
		rows = append(rows, part.P("jr-none sm t2", e.T("team.quiet")))
	}
	return app.Section().Class("card p0").Aria("label", e.T("team.arrived")).Aria("live", "polite").Body(
		append([]app.UI{app.H2().Class("gh").Body(app.Text(e.T("team.arrived")), part.Space(), part.Span("", e.Count(len(t.Arrived))))}, rows...)...)
}
