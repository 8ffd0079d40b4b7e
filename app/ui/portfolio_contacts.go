package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// contactsPage says what the effort costs, what it brings back, and proposes a
// contact strategy to accept or refuse client by client.
type contactsPage struct {
	app.Compo

	E *Env

	tab    tab
	view   Live[query.ContactsTabAsk, query.ContactsTab]
	arrows bool // the sensitivity is shown as ways from a year to the next
	all    bool
	shown  *query.ContactsTab
	chosen map[portfolio.ID]query.Choosing // since the answer shown
}

var _ = screen(portfolioPath+tabContacts, func(e *Env, _ string) app.Composer {
	return &contactsPage{E: e, tab: tab{env: e, key: tabContacts}}
})

// OnMount asks for the tab.
func (p *contactsPage) OnMount(ctx app.Context) {
	p.tab.paper, p.tab.busy = p.paper, func() bool { return p.view.busy }
	p.tab.start(ctx, p.view.Again)
	p.view.Start(ctx, p.E, bridge.OpContacts, p.ask)
}

// OnPreRender is OnMount in native tests.
func (p *contactsPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnNav follows the address.
func (p *contactsPage) OnNav(app.Context) { p.tab.nav() }

// OnResize asks for charts of the new width.
func (p *contactsPage) OnResize(app.Context) { p.tab.resize() }

func (p *contactsPage) ask() query.ContactsTabAsk {
	return query.ContactsTabAsk{Tab: p.tab.ask(), All: p.all}
}

// paper heads the sheet on A4.
func (p *contactsPage) paper() (out paper) {
	v := p.view.Value
	if v == nil || len(v.Price1) < 2 {
		return out
	}
	out.figures = known(v.Price1[1])
	if len(v.Money) > 2 && len(v.Visits) > 0 {
		out.figures = known(v.Price1[1], v.Money[0], v.Money[2], v.Visits[0])
	}
	for _, c := range []query.TabChart{v.Eaters, v.Flow, v.Crossed, v.Return, v.Net, v.Whale, v.Plan} {
		out.says = append(out.says, c.Chart.Finding)
	}
	return out
}

// known are the figures that have a value.
func known(list ...query.Figure) (out []query.Figure) {
	for _, f := range list {
		if f.Mark.Has() {
			out = append(out, f)
		}
	}
	return out
}

// Render arranges the cards: who eats contacts, whether more of them pay, what
// they cost and leave, what to change.
func (p *contactsPage) Render() app.UI {
	e, v := p.E, p.view.Value
	if v == nil {
		return p.tab.screen(nil, p.view.Waiting(e))
	}
	if v != p.shown {
		p.shown, p.chosen = v, map[portfolio.ID]query.Choosing{}
	}
	return p.tab.screen(&v.Base,
		part.Div("ct-a",
			e.tabChart("eaters", "pfc.eaters", v.Eaters),
			p.flow(v)),
		part.Div("ct-a",
			e.tabChart("crossed", "pfc.crossed", v.Crossed),
			e.tabChart("return", "pfc.return", v.Return)),
		part.Div("ct-b",
			e.tabChart("net", "pfc.net", v.Net),
			e.tabChart("whale", "pfc.whale", v.Whale)),
		part.Div("ct-b",
			e.tabChart("price", "pfc.price", v.Price, e.figs(v.Price1)),
			e.tabChart("invested", "pfc.invested", v.Invested, e.figs(v.Money))),
		p.plan(v),
		p.strategy(v),
		e.lacks(v.Base.Head, p.tab.at),
	)
}

// tabChart is a card of a tab: chart, how to read it, the lists it speaks of.
func (e *Env) tabChart(id, topic string, c query.TabChart, more ...app.UI) app.UI {
	return e.chartCard(id, topic, c, nil, more...)
}

// chartCard is tabChart with something at the end of the line of lists.
func (e *Env) chartCard(id, topic string, c query.TabChart, end app.UI, more ...app.UI) app.UI {
	foot := make([]app.UI, 0, len(c.Links)+2)
	for _, l := range c.Links {
		foot = append(foot, part.Link("lnk", l.To, part.Words(l.Text)))
	}
	if end != nil {
		foot = append(foot, part.Space(), end)
	}
	body := []app.UI{&part.Chart{Lang: e.Lang, Currency: e.Currency, Topic: e.T(topic), Data: c.Chart, Bare: true},
		part.When(c.Note != "", part.P("xs t3 tc-note", c.Note)),
		part.When(len(foot) > 0, part.Div("tc-links no-print", foot...))}
	return app.Section().Class("card tc tc-"+id).Aria("label", e.T(topic)).Body(append(body, more...)...)
}

// figs are key numbers; each opens its reasons.
func (e *Env) figs(list []query.Figure) app.UI {
	if len(list) == 0 {
		return part.Nothing()
	}
	cells := make([]app.UI, len(list))
	for i, f := range list {
		cells[i] = app.Button().Type("button").Body(
			part.Span("v"+weakClass(f.Mark), e.Figure(f)), part.Span("xs t2", i18n.Topic(e.Lang, f.Topic)), part.Span("sr", e.T("part.why")),
		).OnClick(func(app.Context, app.Event) { e.Why(f, "") }, app.EventScope("fig", f.Topic, print(f.Mark)))
	}
	return part.Div("tc-figs", cells...)
}

// flow is the sensitivity: quadrants, or the ways of some clients.
func (p *contactsPage) flow(v *query.ContactsTab) app.UI {
	e := p.E
	c, now := v.Flow, "plane"
	if p.arrows {
		c, now = v.Arrows, "arrows"
	}
	return e.chartCard("flow", "pfc.flow", c, part.Seg("ct-flow", e.T("pfc.flow"), now,
		[]part.Option{{Key: "plane", Label: e.T("pfc.flow.plane")}, {Key: "arrows", Label: e.T("pfc.flow.arrows")}},
		func(_ app.Context, to string) { p.arrows = to == "arrows" }))
}

// plan is the strategy as a whole: visits now and proposed, what that frees and
// asks for, how far it is decided.
func (p *contactsPage) plan(v *query.ContactsTab) app.UI {
	e, read := p.E, len(v.Visits) > 0 && v.Visits[0].Mark.Has()
	return app.Section().Class("card tc tc-plan").Aria("label", e.T("pfc.plan")).Body(part.Div("ct-plan",
		part.Div("tc", &part.Chart{Lang: e.Lang, Currency: e.Currency, Topic: e.T("pfc.plan"), Data: v.Plan.Chart, Bare: true},
			part.When(v.Plan.Note != "", part.P("xs t3 tc-note", v.Plan.Note))),
		part.Div("ct-sum",
			part.When(read, part.P("b", e.T("pfc.lines", v.Open))),
			part.When(v.Accepted+v.Refused > 0, part.P("sm t2", e.T("pfc.lines.done", v.Accepted, v.Refused))),
			part.When(read, part.P("sm t2", e.T("pfc.sum.how"))),
			e.figs(v.Visits))))
}

// strategy is the list of proposals to accept or refuse.
func (p *contactsPage) strategy(v *query.ContactsTab) app.UI {
	e := p.E
	rows := make([]app.UI, 0, len(v.Lines)+1)
	for i := range v.Lines {
		if l := &v.Lines[i]; l.Choice != query.Undecided && (i == 0 || v.Lines[i-1].Choice == query.Undecided) {
			rows = append(rows, app.Li().Class("ct-done").Body(part.H3("", e.T("pfc.lines.decided"))))
		}
		rows = append(rows, p.line(&v.Lines[i], v.Base.Head.Readonly))
	}
	var body app.UI = app.Ul().Class("ct-lines").Body(rows...)
	if len(rows) == 0 {
		key := "pfc.lines.none"
		switch {
		case len(v.Visits) == 0:
			key = "pfc.lines.unknown"
		case !v.Visits[0].Mark.Has():
			key = "pfc.lines.na"
		}
		body = part.P("verdict", e.T(key))
	}
	more := part.When(v.Left > 0, part.Press("ct-all", "lnk no-print", func() {
		p.all = true
		p.view.Again(p.tab.ctx)
	}, part.Words(e.T("pfc.lines.more", v.Left))))
	return part.Section("card tc tc-lines", e.T("pfc.lines.topic"), part.H2("q", e.T("pfc.lines.topic")), body, more)
}

// line is one proposal: who, why, visits now and proposed, yes or no.
func (p *contactsPage) line(l *query.Proposed, readonly bool) app.UI {
	e := p.E
	id := l.ID.String()
	choice, fresh := p.chosen[l.ID]
	if !fresh {
		choice = l.Choice
	}
	visits := part.Div("ct-v",
		part.Span("t2", e.Count(l.Now)),
		app.Span().Aria("hidden", "true").Text(" → "), part.Span("sr", e.T("pfc.to")),
		e.Tap(l.Then, Subject(l.Name, l.ID), "b"),
		part.Span("xs t3", " "+e.T("pfc.visits", int(l.Then.Value))))
	var acts app.UI
	switch {
	case choice != query.Undecided:
		key, n := "pfc.accepted", l.Decided
		if choice == query.Refused {
			key = "pfc.refused"
		}
		if fresh {
			if n = int(l.Then.Value); choice == query.Refused {
				n = l.Now
			}
		}
		acts = part.Div("ct-acts", part.Span("xs t2", e.T(key, n)), part.When(!readonly, p.act(l, query.Undecided, "ghost", "pfc.back")))
	case readonly:
		acts = part.Nothing()
	default:
		acts = part.Div("ct-acts", p.act(l, query.Accepted, "sec", "pfc.accept"), p.act(l, query.Refused, "ghost", "pfc.refuse"))
	}
	class := ""
	if l.Class != "" {
		class = i18n.Class(e.Lang, "balance", l.Class) + " · "
	}
	bounded := ""
	if l.Bounded {
		bounded = " " + e.T("pfc.bounded")
	}
	return app.Li().Class("ct-line").Body(
		part.Div("ct-who",
			part.Div("ct-name", part.When(l.Phase != "", part.Phase(e.Lang, l.Phase, true)), part.Link("b", "/clients/"+id, part.Words(l.Name))),
			part.P("xs t2", class+e.T("response.advice."+strconv.Itoa(int(l.Advice)))+bounded)),
		visits, acts)
}

func (p *contactsPage) act(l *query.Proposed, c query.Choosing, class, key string) app.UI {
	e, line := p.E, *l
	return app.Button().Type("button").Class("btn sm no-print "+class).Text(e.T(key)).Aria("label", e.T(key+"-of", line.Name)).
		OnClick(func(app.Context, app.Event) { p.decide(line, c) }, app.EventScope("act", line.ID.String(), strconv.Itoa(int(c)), strconv.Itoa(int(line.Then.Value)), strconv.Itoa(line.Now)))
}

// decide keeps a decision: the line changes at once, and can be undone.
func (p *contactsPage) decide(l query.Proposed, c query.Choosing) {
	e, ctx := p.E, p.tab.ctx
	q := bridge.DecideContacts{Account: l.ID, Choice: c, Visits: int(l.Then.Value)}
	said := "pfc.accepted-snack"
	switch c {
	case query.Refused:
		q.Visits, said = l.Now, "pfc.refused-snack"
	case query.Undecided:
		q.Visits, said = 0, "pfc.back-snack"
	}
	was, had := p.chosen[l.ID]
	p.chosen[l.ID] = c
	Ask(ctx, e, bridge.OpDecideContacts, q, func(_ app.Context, s bridge.Saved, err error) {
		if err != nil {
			if delete(p.chosen, l.ID); had {
				p.chosen[l.ID] = was
			}
			e.Snack(e.Fault(err), nil)
			return
		}
		e.Snack(e.T(said, l.Name, q.Visits), func(ctx app.Context) {
			Save(ctx, e, bridge.OpUndo, bridge.Undo{Account: l.ID, ID: s.ID}, nil)
			e.Snack(e.T("pfc.undone", l.Name), nil)
		})
	})
}
