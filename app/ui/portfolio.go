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

	view    Live[query.PortfolioAsk, query.Portfolio]
	scope   uint32
	names   []part.Option // of the portfolios, for those who see several
	board   bool          // the P×R board is shown as a table
	resized part.Resized
	ctx     app.Context
}

var _ = screen(portfolioPath, func(e *Env, _ string) app.Composer { return &portfolioPage{E: e} })

// fewClients is the number under which no curve is read.
const fewClients = 8

// OnMount asks for the overview.
func (p *portfolioPage) OnMount(ctx app.Context) {
	p.ctx = ctx
	p.scope = p.fromAddress()
	p.view.Start(ctx, p.E, bridge.OpPortfolio, p.ask)
	if len(p.E.User.Scopes) > 1 {
		Ask(ctx, p.E, bridge.OpTeam, query.PortfolioAsk{Lang: string(p.E.Lang)}, func(_ app.Context, t query.Team, err error) {
			if err == nil && len(t.Cards) > 1 {
				p.names = []part.Option{{Key: "0", Label: p.E.T("portfolio.all")}}
				for _, c := range t.Cards {
					p.names = append(p.names, part.Option{Key: strconv.Itoa(int(c.Scope)), Label: c.Name})
				}
			}
		})
	}
}

// OnPreRender is OnMount in native tests.
func (p *portfolioPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnNav follows the portfolio of the address.
func (p *portfolioPage) OnNav(app.Context) {
	if s := p.fromAddress(); p.E.Path() == portfolioPath && s != p.scope {
		p.scope = s
		p.view.Again(p.ctx)
	}
}

// OnResize asks for charts of the new width.
func (p *portfolioPage) OnResize(ctx app.Context) {
	if _, changed := p.resized.Changed(ContentID, 1040); changed {
		p.view.Again(p.ctx)
	}
}

func (p *portfolioPage) fromAddress() uint32 {
	n, _ := strconv.ParseUint(p.E.Param("p"), 10, 32)
	return uint32(n)
}

func (p *portfolioPage) ask() query.PortfolioAsk {
	w, _ := p.resized.Changed(ContentID, 1040)
	return query.PortfolioAsk{Lang: string(p.E.Lang), Scope: p.scope, Width: w}
}

func (p *portfolioPage) choose(_ app.Context, key string) {
	n, _ := strconv.ParseUint(key, 10, 32)
	p.scope = uint32(n)
	if key == "0" {
		key = ""
	}
	p.E.Replace(Address(portfolioPath, "p", key))
	p.view.Again(p.ctx)
}

// Render arranges the overview.
func (p *portfolioPage) Render() app.UI {
	e, v := p.E, p.view.Value
	bar := Bar{Title: e.T("portfolio.title")}
	if v == nil {
		return Screen(e, bar, p.view.Waiting(e))
	}
	bar.Head, bar.Sub, bar.Subs = &v.Head, p.sub(v.Head), e.counted(v.Head, p.scope)
	if len(p.names) > 0 {
		bar.Actions = append(bar.Actions, e.choice("pf-scope", e.T("portfolio.of"), "chip-select", strconv.Itoa(int(p.scope)), p.names, p.choose))
	}
	if v.Head.Readonly {
		bar.Actions = append(bar.Actions, e.lock())
	}
	switch {
	case v.Head.Empty:
		return Screen(e, bar, part.Empty(e.T("portfolio.empty"), e.T("portfolio.empty-text"), part.Link("btn pri lg", importPath, part.Words(e.T("today.none-act")))))
	case v.Head.Clients < fewClients:
		return Screen(e, bar, p.few(v), p.lacks(v.Head))
	}
	bar.Actions = append(bar.Actions, part.Button("print", "sec pf-print", "print", e.T("portfolio.print"), func(app.Context) {
		if app.IsClient {
			app.Window().Call("print")
		}
	}))
	chart := func(topic string, c query.Chart) app.UI { return &part.Chart{Lang: e.Lang, Topic: e.T(topic), Data: c} }
	return Screen(e, bar, part.Marks(
		part.Div("pf-1", chart("portfolio.curve", v.Curve), p.boardCard(v)),
		part.Div("pf-2", chart("portfolio.effort", v.Effort), chart("portfolio.lorenz", v.Lorenz), chart("portfolio.pfloors", v.PFloors)),
		part.Div("pf-3", p.figures(v), chart("portfolio.floors", v.Floors)),
		p.lacks(v.Head),
	))
}

// sub names the portfolio; what is counted follows, each number with its list.
func (p *portfolioPage) sub(h query.Head) string {
	s := h.Name
	if h.Area != "" {
		if s != "" {
			s += " · "
		}
		s += h.Area
	}
	if s != "" {
		s += " · "
	}
	return s
}

// counted says how many clients there are, how many of them are lost or in no
// phase, and how many prospects: those in D, C, M and V are the others.
func (e *Env) counted(h query.Head, scope uint32) []app.UI {
	in := within(scope)
	link := func(text, to string) app.UI { return app.A().Class("lnk").Href(to + in).Text(text) }
	out := []app.UI{link(e.T("portfolio.clients", h.Clients), theClients)}
	switch {
	case h.Lost > 0 && h.Unphased > 0:
		out = append(out, app.Text(e.T("portfolio.of-whom")), link(e.T("portfolio.lost", h.Lost), clientsPath+"?phase=X"),
			app.Text(e.T("portfolio.and")), link(e.T("portfolio.unphased", h.Unphased), clientsPath+"?phase=0"))
	case h.Lost > 0:
		out = append(out, app.Text(e.T("portfolio.of-whom")), link(e.T("portfolio.lost", h.Lost), clientsPath+"?phase=X"))
	case h.Unphased > 0:
		out = append(out, app.Text(e.T("portfolio.of-whom")), link(e.T("portfolio.unphased", h.Unphased), clientsPath+"?phase=0"))
	}
	if h.Prospect > 0 {
		out = append(out, app.Text(" · "), link(e.T("portfolio.prospects", h.Prospect), theProspects))
	}
	return out
}

// few is what is said of a portfolio too small to read a curve in: counts.
func (p *portfolioPage) few(v *query.Portfolio) app.UI {
	e := p.E
	count := func(n int, to string) app.UI {
		return app.Dd().Body(app.A().Class("lnk").Href(to + within(p.scope)).Text(e.Count(n)))
	}
	return app.Section().Class("card empty").Body(
		part.H2("", e.T("portfolio.few")),
		part.P("", e.T("portfolio.few-text")),
		app.Dl().Class("dl pf-few").Body(
			app.Dt().Text(e.T("portfolio.board-count")), count(v.Head.Clients, theClients),
			app.Dt().Text(i18n.Phase(e.Lang, "P")), count(v.Head.Prospect, theProspects),
			app.Dt().Text(e.T("portfolio.board-sales")), app.Dd().Text(e.MoneyShort(v.Head.Sales))),
		part.Div("empty-a", part.Link("btn pri", clientsPath, part.Words(e.T("portfolio.few-list")))),
	)
}

// lacks says in words what the data does not tell.
func (p *portfolioPage) lacks(h query.Head) app.UI {
	e := p.E
	var items []app.UI
	for _, m := range h.Missing {
		if key := "portfolio.lack." + m; i18n.Has(key) {
			items = append(items, app.Li().Text(e.T(key)))
		}
	}
	if h.Unphased > 0 {
		items = append(items, app.Li().Body(app.A().Class("lnk").Href(clientsPath+"?phase=0"+within(p.scope)).Text(e.T("portfolio.unphased", h.Unphased)), app.Text(e.T("portfolio.unphased-why"))))
	}
	if len(items) == 0 {
		return part.Nothing()
	}
	return part.Hint("in", part.B(e.T("portfolio.missing")), app.Ul().Body(items...))
}

// figures are the key numbers; each opens its reasons.
func (p *portfolioPage) figures(v *query.Portfolio) app.UI {
	e := p.E
	cells := make([]app.UI, len(v.Figures))
	for i, f := range v.Figures {
		cells[i] = app.Button().Type("button").Aria("label", e.T("part.whyFigure", i18n.Topic(e.Lang, f.Topic), e.Figure(f))).Body(
			part.Span("v"+weakClass(f.Mark), e.Figure(f)), part.Span("xs t2", i18n.Topic(e.Lang, f.Topic)),
		).OnClick(func(app.Context, app.Event) { e.Why(f, "") }, app.EventScope("fig", f.Topic, print(f.Mark)))
	}
	return part.Card(e.T("portfolio.figures"), nil, part.Div("pf-figs", cells...))
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
	sum, list := e.T("portfolio.board-sum", e.who(v.HotCount-v.HotNew, v.HotNew), e.MoneyShort(v.HotSales)), "?filtre=win"
	if v.Unknown == v.Head.Clients+v.Head.Prospect { // nobody can be placed: what is missing, and where
		sum, list = e.T("portfolio.board-none"), "?filtre=unknown"
	} else if v.HotCount == 0 {
		sum, list = "", ""
	}
	return part.Section("card chart", e.T("portfolio.board"),
		part.Line("eyebrow", e.T("portfolio.board")),
		part.H2("q", v.BoardOne),
		body,
		part.Div("row sm pf-foot",
			part.Span("t2", sum),
			part.Space(),
			app.A().Class("lnk").Hidden(list == "").Href(clientsPath+list+within(p.scope)).Text(e.T("portfolio.board-list"))),
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
	return app.A().Class(class).Href(clientsPath+"?p="+strconv.Itoa(c.P)+"&r="+strconv.Itoa(c.R)+within(p.scope)).Aria("label", label).Body(
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
