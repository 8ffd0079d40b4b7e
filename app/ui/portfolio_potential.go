package ui

import (
	"cmp"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// potentialPage says whether the effort follows the potential, what is left to
// win and where, and whom to ask first.
type potentialPage struct {
	app.Compo

	E *Env

	tab   tab
	view  Live[query.PotentialTabAsk, query.PotentialTab]
	all   bool
	shown *query.PotentialTab
	asked map[portfolio.ID]bool // since the answer shown
}

var _ = screen(portfolioPath+tabPotential, func(e *Env, _ string) app.Composer {
	return &potentialPage{E: e, tab: tab{env: e, key: tabPotential, families: true}}
})

// OnMount asks for the tab.
func (p *potentialPage) OnMount(ctx app.Context) {
	p.tab.paper, p.tab.busy = p.paper, func() bool { return p.view.busy }
	p.tab.start(ctx, p.view.Again)
	p.view.Start(ctx, p.E, bridge.OpPotential, p.ask)
}

// OnPreRender is OnMount in native tests.
func (p *potentialPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnNav follows the address.
func (p *potentialPage) OnNav(app.Context) { p.tab.nav() }

// OnResize asks for charts of the new width.
func (p *potentialPage) OnResize(app.Context) { p.tab.resize() }

func (p *potentialPage) ask() query.PotentialTabAsk {
	return query.PotentialTabAsk{Tab: p.tab.ask(), All: p.all}
}

// paper heads the sheet on A4.
func (p *potentialPage) paper() (out paper) {
	v := p.view.Value
	if v == nil || len(v.Alignment) == 0 || len(v.Pen) < 3 {
		return out
	}
	out.figures = known(v.Alignment[0], v.Pen[0], v.Pen[1], v.Pen[2])
	for _, c := range []query.TabChart{v.Lorenz, v.Board, v.Families, v.Trust} {
		out.says = append(out.says, c.Chart.Finding)
	}
	return out
}

// Render arranges the cards.
func (p *potentialPage) Render() app.UI {
	e, v := p.E, p.view.Value
	if v == nil {
		return p.tab.screen(nil, p.view.Waiting(e))
	}
	if v != p.shown {
		p.shown, p.asked = v, map[portfolio.ID]bool{}
	}
	cards := []app.UI{
		part.Div("pt-a", p.lorenz(v), e.tabChart("board", "pfp.board", v.Board)),
		part.Div("pt-b", e.tabChart("families", cmp.Or(v.Split, "pfp.families"), v.Families, e.figs(v.Pen)), e.tabChart("trust", "pfp.trust", v.Trust)),
		p.asks(v),
		e.lacks(v.Base.Head, p.tab.at),
	}
	if f := p.tab.at.family; f != "" && v.Base.Family == "" {
		cards = append([]app.UI{part.Hint("in", part.Words(e.T("pfp.no-family", familyOf(v, f))))}, cards...)
	}
	return p.tab.screen(&v.Base, cards...)
}

func familyOf(v *query.PotentialTab, code string) string {
	for _, c := range v.Base.Families {
		if c.Key == code {
			return c.Name
		}
	}
	return code
}

// lorenz is the concentration, and beside it what the alignment means.
func (p *potentialPage) lorenz(v *query.PotentialTab) app.UI {
	e := p.E
	var side []app.UI
	for i, f := range v.Alignment {
		if i == 0 {
			side = append(side, part.Line("xs t2", e.T("pfp.alignment")),
				part.Div("pt-al", e.Tap(f, "", "xl"), part.When(f.Mark.Has(), part.Span("xs pt-lim", e.T("pfp.limit", v.Limit)))),
				part.When(v.Moved != "", part.P("xs t2", v.Moved)))
		} else if f.Mark.Has() {
			side = append(side, part.Div("pt-al", part.Span("xs t2", i18n.Topic(e.Lang, f.Topic)), e.Tap(f, "", "b")))
		}
	}
	rows := make([]app.UI, 0, len(v.Spread))
	for _, s := range v.Spread {
		name := app.Th().Scope("row").Body(app.Span().Class("pt-key "+s.Key).Aria("hidden", "true"), part.Words(s.Name), part.When(s.Bad, part.Line("xs dg pt-like", e.T("pfp.bad"))))
		rows = append(rows, app.Tr().Body(name, app.Td().Class("num").Body(e.Tap(s.Gini, "", "b"))))
	}
	side = append(side, app.Table().Class("pt-gini").Body(
		app.Caption().Class("sr").Text(e.T("pfp.lorenz")),
		app.THead().Body(app.Tr().Body(app.Th().Scope("col").Body(part.Span("sr", e.T("pfp.what"))), app.Th().Scope("col").Class("num").Text(e.T("pfp.gini")))),
		app.TBody().Body(rows...)))
	c := &part.Chart{Lang: e.Lang, Currency: e.Currency, Topic: e.T("pfp.lorenz"), Data: v.Lorenz.Chart, Bare: true}
	return app.Section().Class("card tc tc-lorenz").Aria("label", e.T("pfp.lorenz")).Body(part.Div("pt-lor", c, part.Div("pt-side", side...)))
}

// asks is whom to ask first.
func (p *potentialPage) asks(v *query.PotentialTab) app.UI {
	e := p.E
	if len(v.Ask) == 0 {
		return part.Nothing()
	}
	rows := make([]app.UI, len(v.Ask))
	for i := range v.Ask {
		rows[i] = p.row(&v.Ask[i], v.Base.Head.Readonly)
	}
	more := part.When(v.More > 0, part.Press("pt-all", "lnk no-print", func() {
		p.all = true
		p.view.Again(p.tab.ctx)
	}, part.Words(e.T("pfp.more", v.More))))
	return part.Section("card tc tc-ask", e.T("pfp.ask"), part.H2("q", e.T("pfp.ask")), app.Ul().Class("ct-lines").Body(rows...), more)
}

// row is a client to ask: what is known, what an answer may change.
func (p *potentialPage) row(x *query.ToAsk, readonly bool) app.UI {
	e := p.E
	id := x.ID.String()
	what := x.Known + " · " + x.Levels
	if x.Visits != "" {
		what += " · " + x.Visits
	}
	var act app.UI = part.Nothing()
	switch {
	case p.asked[x.ID]:
		act = part.Span("xs t2", e.T("pfp.noted"))
	case !readonly:
		row := *x
		act = app.Button().Type("button").Class("btn sm sec no-print").Text(e.T("pfp.ask-act")).Aria("label", e.T("pfp.ask-of", x.Name)).
			OnClick(func(app.Context, app.Event) { p.plan(row) }, app.EventScope("ask", id, row.Plan.String(), strconv.Itoa(int(row.Day))))
	}
	worth := part.Nothing()
	if x.Worth.Mark.Status != explain.NA {
		worth = part.Div("ct-v", e.Tap(x.Worth, Subject(x.Name, x.ID), "b"))
	}
	return app.Li().Class("ct-line").Body(
		part.Div("ct-who", part.Div("ct-name", part.Link("b", "/clients/"+id, part.Words(x.Name))), part.P("xs t2", what)),
		worth, part.Div("ct-acts", act, p.note(id, x.Name, readonly)))
}

// note leads to the form of the answer, for who has it already.
func (p *potentialPage) note(id, name string, readonly bool) app.UI {
	if readonly {
		return part.Nothing()
	}
	words := p.E.T("form.potential.open")
	return app.A().Class("btn sm ghost icon no-print").Href(Address("/clients/"+id, "noter", "potential")).Aria("label", p.E.T("act.detail", words, name)).Body(part.IconS("pen"))
}

// askIn is in how many days the potential is asked where no visit is planned.
const askIn = 7

// plan makes the question the objective of the next visit; one is planned where
// there is none.
func (p *potentialPage) plan(x query.ToAsk) {
	e := p.E
	q := bridge.PlanVisit{Account: x.ID, InDays: askIn, Objective: e.T("pfp.objective")}
	said := "pfp.planned"
	if !x.Plan.IsZero() {
		q.ID, q.Day, q.InDays, q.Minute, said = x.Plan, int32(x.Day), 0, x.Minute, "pfp.added"
	}
	p.asked[x.ID] = true
	Ask(p.tab.ctx, e, bridge.OpPlan, q, func(_ app.Context, s bridge.Saved, err error) {
		if err != nil {
			delete(p.asked, x.ID)
			e.Snack(e.Fault(err), nil)
			return
		}
		e.Snack(e.T(said, x.Name), func(ctx app.Context) {
			Save(ctx, e, bridge.OpUndo, bridge.Undo{Account: x.ID, ID: s.ID}, nil)
			e.Snack(e.T("pfp.undone", x.Name), nil)
		})
	})
}
