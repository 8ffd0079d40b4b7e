package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// maturityPage is the tab Maturity: who is ageing, and where it hides.
type maturityPage struct {
	app.Compo

	E *Env

	tab  tab
	view Live[query.MaturityTabAsk, query.MaturityTab]
	past Live[query.TabAsk, query.TabChart]
	many Live[query.TabAsk, query.PortfoliosTab] // for those who see several portfolios
}

var _ = screen(portfolioPath+tabMaturity, func(e *Env, _ string) app.Composer {
	return &maturityPage{E: e, tab: tab{env: e, key: tabMaturity, families: true}}
})

// OnMount asks for the tab.
func (p *maturityPage) OnMount(ctx app.Context) {
	p.tab.paper, p.tab.busy = p.paper, func() bool { return p.view.busy || p.past.busy || p.many.busy }
	p.tab.start(ctx, func(ctx app.Context) {
		p.view.Again(ctx)
		p.past.Again(ctx)
		p.many.Again(ctx)
	})
	p.view.came = p.more
	p.view.Start(ctx, p.E, bridge.OpMaturity, p.ask)
	p.more() // asked ahead
}

// more asks the questions of the cards below, once the first answer has come: a
// first computation that is stopped is stopped for all.
func (p *maturityPage) more() {
	if p.view.Value == nil || p.past.env != nil {
		return
	}
	p.past.Start(p.tab.ctx, p.E, bridge.OpStory, p.tab.ask)
	if len(p.E.User.Scopes) > 1 {
		p.many.Start(p.tab.ctx, p.E, bridge.OpMany, p.tab.ask)
	}
}

// OnPreRender is OnMount in native tests.
func (p *maturityPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnNav follows the address.
func (p *maturityPage) OnNav(app.Context) { p.tab.nav() }

// OnResize asks for charts of the new width.
func (p *maturityPage) OnResize(app.Context) { p.tab.resize() }

func (p *maturityPage) ask() query.MaturityTabAsk { return query.MaturityTabAsk{Tab: p.tab.ask()} }

// Render arranges the cards.
func (p *maturityPage) Render() app.UI {
	e, v := p.E, p.view.Value
	if v == nil {
		return p.tab.screen(nil, p.view.Waiting(e))
	}
	return p.tab.screen(&v.Base,
		part.Div("pf-row pf-m1", e.tabCard("portfolio.readings", v.Readings), e.tabCard("portfolio.ahead", v.Ahead), e.tabCard("portfolio.starters", v.Starters)),
		part.Div("pf-row pf-m2", e.tabCard("portfolio.byfamily", v.Families), p.erosion(&v.Erosion)),
		part.Div("pf-row pf-half", e.tabCard("portfolio.target", v.Effort), p.story()),
		part.Div("pf-row pf-3", e.keyFigures(v.Figures), p.situation(v)),
		p.portfolios(&v.Base),
		e.lacks(v.Base.Head, p.tab.at),
	)
}

// story is the curve month after month.
func (p *maturityPage) story() app.UI {
	if v := p.past.Value; v != nil {
		return p.E.tabCard("portfolio.story", *v)
	}
	return p.past.Waiting(p.E)
}

// portfolios sets those of the device side by side.
func (p *maturityPage) portfolios(b *query.TabBase) app.UI {
	if len(b.Portfolios) < 2 {
		return part.Nothing()
	}
	if p.many.Value == nil {
		return p.many.Waiting(p.E)
	}
	v := p.many.Value
	return part.Div("pf-row pf-half", p.E.tabCard("portfolio.many", v.Curves), p.E.tabCard("portfolio.split", v.Effort))
}

func (p *maturityPage) paper() paper {
	v := p.view.Value
	if v == nil {
		return paper{}
	}
	return paper{v.Figures, []string{v.Readings.Chart.Finding, v.Ahead.Chart.Finding + ". " + v.Ahead.Note, v.Families.Chart.Finding, v.Erosion.Finding, v.Effort.Chart.Finding}}
}

// erosion is the matrix clients × families.
func (p *maturityPage) erosion(t *query.ErosionTable) app.UI {
	e := p.E
	heads := []app.UI{app.Th().Scope("col").Text(e.T("portfolio.client")), app.Th().Scope("col").Class("num").Text(e.T("portfolio.sales"))}
	for _, h := range t.Heads {
		heads = append(heads, app.Th().Scope("col").Class("er-f").Title(h).Text(h))
	}
	rows := make([]app.UI, len(t.Rows))
	sprouts := false
	for i, r := range t.Rows {
		cells := []app.UI{
			e.whoCell(r.Phase, r.Name, r.ID),
			app.Td().Class("num").Text(r.Sales),
		}
		for _, c := range r.Cells {
			cells = append(cells, app.Td().Body(erosionCell(c)))
			sprouts = sprouts || c.Letter == "+"
		}
		rows[i] = app.Tr().Body(cells...)
	}
	return part.Section("card chart", e.T("portfolio.erosion"),
		part.Line("eyebrow", e.T("portfolio.erosion")),
		part.H2("q", t.Finding),
		app.If(len(rows) > 0, func() app.UI {
			return app.Div().Class("tblw").TabIndex(0).Aria("label", e.T("portfolio.erosion")).Attr("role", "group").Body(app.Table().Class("er-t").Body(
				app.Caption().Class("sr").Text(t.Finding), app.THead().Body(app.Tr().Body(heads...)), app.TBody().Body(rows...)))
		}),
		app.If(len(rows) == 0 && !t.Mark.Has(), func() app.UI {
			return part.P("verdict", i18n.Reason(e.Lang, t.Mark.Reason)+" "+i18n.Collect(e.Lang, "families"))
		}),
		app.If(t.Note != "" || sprouts, func() app.UI {
			return app.P().Class("note").Body(app.Text(t.Note+" "), app.If(sprouts, func() app.UI {
				return part.Box("er-key", part.IconS("sprout"), part.Words(" "+e.T("portfolio.sprout")))
			}))
		}),
		e.tabLinks(t.Links),
	)
}

// whoCell is the client at the head of a row.
func (e *Env) whoCell(phase, name string, id portfolio.ID) app.UI {
	return app.Th().Scope("row").Body(part.Box("er-who", part.Phase(e.Lang, phase, true), app.A().Class("er-n").Href(ClientPath(id)).Text(name)))
}

func erosionCell(c query.ErosionCell) app.UI {
	switch {
	case c.Letter == "-":
		return app.Span().Class("er-0").Attr("role", "img").Aria("label", c.Label).Text("–")
	case c.Letter == "+":
		return app.Span().Class("er-c er-o").Attr("role", "img").Aria("label", c.Label).Body(part.IconS("sprout"))
	case c.Share != "":
		return app.Span().Class("er-c er-x er-"+c.Letter).Attr("role", "img").Aria("label", c.Label).Body(part.B(c.Letter), part.Span("", c.Share))
	}
	return app.Span().Class("er-c er-"+c.Letter).Attr("role", "img").Aria("label", c.Label).Text(c.Letter)
}

// situation says how the portfolio sells, and whose phases were changed.
func (p *maturityPage) situation(v *query.MaturityTab) app.UI {
	e, s := p.E, v.Situation
	moved := part.Nothing()
	if v.Moved != nil {
		moved = app.P().Class("note").Body(app.A().Class("lnk").Href(v.Moved.To).Text(v.Moved.Text))
	}
	return part.Section("card chart", e.T("portfolio.situation"),
		part.Line("eyebrow", e.T("portfolio.situation")),
		part.H2("q", e.T("situation."+s.Key)),
		part.P("note", e.T("portfolio.window", s.Window, s.LostAfter)),
		part.When(s.SameYear, part.P("note", e.T("portfolio.same-year"))),
		part.When(s.Frozen, part.P("note", e.T("portfolio.frozen"))),
		moved,
	)
}
