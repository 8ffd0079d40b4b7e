package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/explain"
	"sillon/engine/query"
)

// portfolioPage is the overview of a portfolio: what shape it is, where the
// potential lies, where the time goes. Every mark opens the list behind it.
type portfolioPage struct {
	app.Compo

	E *Env

	tab   tab
	view  Live[query.PortfolioAsk, query.Portfolio]
	board bool // the P×R board is shown as a table
}

var _ = screen(portfolioPath, func(e *Env, _ string) app.Composer {
	return &portfolioPage{E: e, tab: tab{env: e, key: tabOverview, families: true}}
})

// fewClients is the number under which no curve is read.
const fewClients = 8

// OnMount asks for the overview.
func (p *portfolioPage) OnMount(ctx app.Context) {
	p.tab.paper, p.tab.busy = p.paper, func() bool { return p.view.busy }
	p.tab.start(ctx, p.view.Again)
	p.view.Start(ctx, p.E, bridge.OpPortfolio, p.ask)
}

// OnPreRender is OnMount in native tests.
func (p *portfolioPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnNav follows the portfolio of the address.
func (p *portfolioPage) OnNav(app.Context) { p.tab.nav() }

// OnResize asks for charts of the new width.
func (p *portfolioPage) OnResize(app.Context) { p.tab.resize() }

func (p *portfolioPage) paper() paper {
	v := p.view.Value
	if v == nil {
		return paper{}
	}
	return paper{v.Figures, []string{v.Curve.Finding, v.BoardOne, v.Effort.Finding, v.Lorenz.Finding, v.Floors.Finding}}
}

func (p *portfolioPage) ask() query.PortfolioAsk {
	q := p.tab.ask()
	return query.PortfolioAsk{Lang: q.Lang, Scope: q.Scope, Width: q.Width, Family: q.Family, Before: q.Before}
}

// Render arranges the overview.
func (p *portfolioPage) Render() app.UI {
	e, v := p.E, p.view.Value
	if v == nil {
		return p.tab.screen(nil, p.view.Waiting(e))
	}
	return p.tab.screen(&v.Base,
		part.Div("pf-1", e.chart("portfolio.curve", v.Curve), p.boardCard(v)),
		part.Div("pf-2", e.chart("portfolio.effort", v.Effort), e.chart("portfolio.lorenz", v.Lorenz), e.chart("portfolio.pfloors", v.PFloors)),
		part.Div("pf-3", e.keyFigures(v.Figures), e.chart("portfolio.floors", v.Floors)),
		e.lacks(v.Head, p.tab.at),
	)
}

// counted says how many clients there are, how many of them are lost or in no
// phase, and how many prospects: those in D, C, M and V are the others.
func (e *Env) counted(h query.Head, scope uint32, before bool) []app.UI {
	at := tabAt{scope: scope, before: before}
	link := func(text, now, then string) app.UI { return app.A().Class("lnk").Href(at.list(now, then)).Text(text) }
	out := []app.UI{link(e.T("portfolio.clients", h.Clients), theClients, wereClients)}
	switch {
	case h.Lost > 0 && h.Unphased > 0:
		out = append(out, app.Text(e.T("portfolio.of-whom")), link(e.T("portfolio.lost", h.Lost), clientsPath+"?phase=X", wereIn+"X:"),
			app.Text(e.T("portfolio.and")), link(e.T("portfolio.unphased", h.Unphased), clientsPath+"?phase=0", wereIn+"0:"))
	case h.Lost > 0:
		out = append(out, app.Text(e.T("portfolio.of-whom")), link(e.T("portfolio.lost", h.Lost), clientsPath+"?phase=X", wereIn+"X:"))
	case h.Unphased > 0:
		out = append(out, app.Text(e.T("portfolio.of-whom")), link(e.T("portfolio.unphased", h.Unphased), clientsPath+"?phase=0", wereIn+"0:"))
	}
	if h.Prospect > 0 {
		out = append(out, app.Text(" · "), link(e.T("portfolio.prospects", h.Prospect), theProspects, wereProspects))
	}
	return out
}

func weakClass(m explain.Mark) string {
	if m.Status == explain.Weak {
		return " weak"
	}
	return ""
}

// boardCard is the P×R board: P4 on top, R grows to the right.
func (p *portfolioPage) boardCard(v *query.Portfolio) app.UI {
	e := p.E
	grid := boardGrid(v.Cells)
	var body app.UI
	label := "part.asTable"
	if p.board {
		label, body = "part.asChart", part.Table(e.T("portfolio.board"), p.boardTable(grid))
	} else {
		body = p.board2(grid)
	}
	sum, list := e.T("portfolio.board-sum", e.who(v.HotCount-v.HotNew, v.HotNew), e.MoneyShort(v.HotSales)), p.tab.at.list(clientsPath+"?filtre=win", "potential:hot")
	if v.Unknown == v.Head.Clients+v.Head.Prospect { // nobody can be placed: what is missing, and where
		sum, list = e.T("portfolio.board-none"), p.tab.at.list(clientsPath+"?filtre=unknown", "potential:unknown")
	} else if v.HotCount == 0 {
		sum, list = "", ""
	}
	topic := e.T("portfolio.board")
	if v.Base.Family != "" {
		topic = e.T("portfolio.board-all-families")
	}
	return part.Section("card chart", e.T("portfolio.board"),
		part.Line("eyebrow", topic),
		part.H2("q", v.BoardOne),
		body,
		part.Div("row sm pf-foot",
			part.Span("t2", sum),
			part.Space(),
			app.A().Class("lnk").Hidden(list == "").Href(list).Text(e.T("portfolio.board-list"))),
		part.Div("chart-f no-print", part.Press("board", "lnk", func() { p.board = !p.board }, part.Words(e.T(label))).Aria("pressed", p.board)),
	)
}

// boardGrid puts the cells in their rows, P4 first; a row of clients without a
// known potential comes last, when there are any.
func boardGrid(cells []query.Cell) [][5]query.Cell {
	rows := make([][5]query.Cell, 5)
	for p := range rows {
		for r := range rows[p] {
			rows[p][r] = query.Cell{P: 4 - p, R: r}
		}
	}
	unknown := false
	for _, c := range cells {
		if c.P >= 0 && c.P <= 4 && c.R >= 0 && c.R <= 4 {
			rows[4-c.P][c.R] = c
			unknown = unknown || c.P == 0 && c.Count > 0
		}
	}
	if !unknown {
		rows = rows[:4]
	}
	return rows
}

func (p *portfolioPage) board2(rows [][5]query.Cell) app.UI {
	e := p.E
	var ui []app.UI
	for _, row := range rows {
		name := "P" + strconv.Itoa(row[0].P)
		if row[0].P == 0 {
			name = e.T("portfolio.p-unknown-s")
		}
		ui = append(ui, app.Span().Class("ay").Aria("hidden", "true").Text(name))
		for _, c := range row {
			ui = append(ui, p.cell(c, name))
		}
	}
	ui = append(ui, app.Span().Class("ay"))
	for r := range 5 {
		ui = append(ui, app.Span().Class("ax2").Aria("hidden", "true").Text("R"+strconv.Itoa(r)))
	}
	return app.Div().Class("board").Attr("role", "group").Aria("label", e.T("portfolio.board")).Body(ui...)
}

func (p *portfolioPage) cell(c query.Cell, name string) app.UI {
	e := p.E
	r := "R" + strconv.Itoa(c.R)
	if c.Count == 0 {
		return app.Span().Class("no").Attr("role", "img").Aria("label", e.T("portfolio.cell-empty", name, r)).Text(i18n.None)
	}
	class := "h" + strconv.Itoa(min(max(c.Heat, 0), 5))
	label := e.T("portfolio.cell", name, r, e.who(c.Count-c.New, c.New), e.MoneyShort(c.Sales))
	if c.Hot {
		class += " hot"
		label += ", " + e.T("portfolio.cell-hot")
	}
	if c.P == 0 {
		class += " unk"
	}
	return app.A().Class(class).Href(p.tab.at.list(clientsPath+"?p="+strconv.Itoa(c.P)+"&r="+strconv.Itoa(c.R), "potential:cell:"+strconv.Itoa(c.P)+strconv.Itoa(c.R))).Aria("label", label).Body(
		part.B(e.Count(c.Count)), part.Span("", e.MoneyShort(c.Sales)))
}

func (p *portfolioPage) boardTable(rows [][5]query.Cell) query.Table {
	e := p.E
	t := query.Table{Head: []string{e.T("portfolio.board-table"), e.T("portfolio.board-r"), e.T("portfolio.board-all"), e.T("portfolio.board-sales"), e.T("portfolio.board-left")}}
	for _, row := range rows {
		for _, c := range row {
			if c.Count == 0 {
				continue
			}
			name := "P" + strconv.Itoa(c.P)
			if c.P == 0 {
				name = e.T("portfolio.p-unknown")
			}
			t.Rows = append(t.Rows, []string{name, "R" + strconv.Itoa(c.R), e.Count(c.Count), e.MoneyShort(c.Sales), e.MoneyShort(c.Left)})
		}
	}
	return t
}
