package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/explain"
	"sillon/engine/query"
)

// The five tabs of Portefeuille, by the end of their address.
const (
	tabOverview  = ""
	tabMaturity  = "/maturite"
	tabWeight    = "/poids"
	tabContacts  = "/contacts"
	tabPotential = "/potentiel"
)

var tabKeys = [...]string{tabOverview, tabMaturity, tabWeight, tabContacts, tabPotential}

// A tab is what the five tabs share: what their address says (portfolio,
// family, period), the bar that changes it, the states of a portfolio that
// cannot be read. A page has one as a field, made with it:
//
//	var _ = screen(portfolioPath+tabMaturity, func(e *Env, _ string) app.Composer {
//		return &maturityPage{E: e, tab: tab{env: e, key: tabMaturity, families: true}}
//	})
//
//	func (p *maturityPage) OnMount(ctx app.Context) {
//		p.tab.start(ctx, p.view.Again)
//		p.view.Start(ctx, p.E, bridge.OpMaturity, p.ask)
//	}
//	func (p *maturityPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }
//	func (p *maturityPage) OnNav(app.Context)           { p.tab.nav() }
//	func (p *maturityPage) OnResize(app.Context)        { p.tab.resize() }
//	func (p *maturityPage) ask() query.MaturityTabAsk   { return query.MaturityTabAsk{Tab: p.tab.ask()} }
//	func (p *maturityPage) Render() app.UI {
//		v := p.view.Value
//		if v == nil {
//			return p.tab.screen(nil, p.view.Waiting(p.E))
//		}
//		return p.tab.screen(&v.Base, cards…)
//	}
type tab struct {
	env      *Env
	key      string // end of the address: tabMaturity
	families bool   // it can be read for one family

	extra func() app.UI   // one choice more; nil: none
	pairs func() []string // what the address says beyond the scope; nil: nothing
	paper func() paper    // what heads the sheet on paper; nil: the title alone

	busy  func() bool // an answer is on its way
	sheet bool        // charts are asked for the sheet that is printed

	again    func(app.Context)
	ctx      app.Context
	foreseen bool // asked before it was mounted
	resized  part.Resized
	at       tabAt
}

// A tabAt is what the address of a tab says.
type tabAt struct {
	scope  uint32
	family string
	before bool
}

// Names of the query string.
const (
	inPortfolio = "p"
	inFamily    = "famille"
	inPeriod    = "periode"
	theBefore   = "n-1"
)

func tabAtOf(e *Env) tabAt {
	n, _ := strconv.ParseUint(e.Param(inPortfolio), 10, 32)
	return tabAt{scope: uint32(n), family: e.Param(inFamily), before: e.Param(inPeriod) == theBefore}
}

// to is the address of a tab with the same scope; pairs add to it.
func (a tabAt) to(key string, pairs ...string) string {
	p, period := "", ""
	if a.scope != 0 {
		p = strconv.Itoa(int(a.scope))
	}
	if a.before {
		period = theBefore
	}
	return Address(portfolioPath+key, append(pairs, inPortfolio, p, inFamily, a.family, inPeriod, period)...)
}

// The groups of clients as they stood in the year before.
const (
	wereClients   = "maturity:clients"
	wereIn        = "maturity:phase:" // + the letter of a phase and a colon
	wereProspects = wereIn + "P:"
)

// list is the address of a list of the portfolio: of today, or the group of the
// year before.
func (a tabAt) list(now, then string) string {
	if a.before {
		now = clientsPath + "?" + inWho + "=" + groupBefore + then
	}
	return now + within(a.scope)
}

// start reads the address; again asks the page's question again.
func (t *tab) start(ctx app.Context, again func(app.Context)) {
	t.ctx, t.again = ctx, again
	t.at = tabAtOf(t.env)
	if t.foreseen {
		t.foreseen = false
		ctx.PreventUpdate() // nothing has changed since it was drawn, a moment ago
	}
	if app.IsClient {
		ctx.Defer(func(app.Context) { t.inSight() })
	}
}

// inSight brings the present tab into the bar, where they do not all fit.
func (t *tab) inSight() {
	for i, key := range tabKeys {
		if el := app.Window().GetElementByID("pf-tab" + strconv.Itoa(i)); key == t.key && el.Truthy() {
			el.Call("scrollIntoView", map[string]any{"inline": "center", "block": "nearest"})
		}
	}
}

// nav follows the address.
func (t *tab) nav() {
	if t.again == nil || t.env.Path() != portfolioPath+t.key {
		return
	}
	if at := tabAtOf(t.env); at != t.at {
		t.at = at
		t.again(t.ctx)
	}
}

// resize asks for charts of the new width.
func (t *tab) resize() {
	if _, changed := t.resized.Changed(ContentID, 1040); changed && t.again != nil {
		t.again(t.ctx)
	}
}

// ask is the part of a question that is the same for all tabs.
func (t *tab) ask() query.TabAsk {
	w, _ := t.resized.Changed(ContentID, 1040)
	if t.sheet {
		w = paperWide
	}
	return query.TabAsk{Lang: string(t.env.Lang), Scope: t.at.scope, Family: t.at.family, Before: t.at.before, Width: w}
}

// set looks at something else, and writes it into the address.
func (t *tab) set(at tabAt) {
	t.at = at
	var pairs []string
	if t.pairs != nil {
		pairs = t.pairs()
	}
	t.env.Replace(at.to(t.key, pairs...))
	t.again(t.ctx)
}

// A ground that was last shown is kept between two tabs, so that the title and
// the choices stay while the next one is read.
type lastGround struct {
	scope uint32
	base  *query.TabBase
}

// screen is a tab: title, tabs, choices, content. b is nil before the first
// answer; a portfolio that cannot be read shows why instead of the content.
func (t *tab) screen(b *query.TabBase, content ...app.UI) app.UI {
	e := t.env
	if b != nil {
		e.ground = lastGround{t.at.scope, b}
		e.Currency = b.Head.Currency
	} else if e.ground.base != nil && e.ground.scope == t.at.scope {
		b = e.ground.base
	}
	bar := Bar{Title: e.T("portfolio.title"), Grid: "pf"}
	if b == nil {
		return Screen(e, bar, append([]app.UI{t.nav2(nil)}, content...)...)
	}
	h := b.Head
	bar.Head, bar.Sub, bar.Subs = &h, e.named(h), e.counted(h, t.at.scope, t.at.before)
	if h.Readonly {
		bar.Actions = append(bar.Actions, e.lock())
	}
	switch {
	case h.Empty:
		content = []app.UI{e.firstRun("portfolio.empty")}
	case h.Clients < fewClients:
		content = []app.UI{e.few(h, t.at), e.lacks(h, t.at)}
	default:
		bar.Actions = append(bar.Actions, part.Press("print", "btn sec pf-print", func() { t.print(t.ctx) }, part.Icon("print"), app.Span().Text(e.T("portfolio.print"))).Aria("label", e.T("portfolio.print")))
		bar.Paper, bar.Foot = e.T("portfolio.title")+" · "+e.T("portfolio.tab"+t.key), t.footed(b)
	}
	if t.at.before {
		content = append([]app.UI{part.Hint("in no-print", part.Words(e.T("portfolio.then."+t.key, i18n.Date(e.Lang, h.AsOf))))}, content...)
	}
	return Screen(e, bar, t.printed(b), t.nav2(b), part.Marks(content...))
}

// A paper is what heads a tab printed on A4: numbers, and the diagnosis in a few
// sentences.
type paper struct {
	figures []query.Figure
	says    []string
}

// printed is the head of the sheet on paper; the screen does not show it.
func (t *tab) printed(b *query.TabBase) app.UI {
	e := t.env
	var p paper
	if t.paper != nil {
		p = t.paper()
	}
	var figures, says []app.UI
	for _, f := range p.figures[:min(len(p.figures), 4)] {
		figures = append(figures, part.Div("", part.B(e.Figure(f)), part.Span("", i18n.Topic(e.Lang, f.Topic))))
	}
	for _, s := range p.says {
		if s != "" {
			says = append(says, app.Li().Text(s))
		}
	}
	sub := e.named(b.Head) + e.T("portfolio.clients", b.Head.Clients)
	if b.Head.Prospect > 0 {
		sub += ", " + e.T("portfolio.prospects", b.Head.Prospect)
	}
	for _, f := range b.Families {
		if f.Key == t.at.family {
			sub += " · " + f.Name
		}
	}
	if t.at.before {
		sub += " · " + e.T("portfolio.period.n-1")
	}
	return app.Div().Class("pf-paper").Aria("hidden", "true").Body(
		part.Div("pf-brand", part.Mark("28"), part.B("Sillon"), part.Space(), part.Span("", e.T("portfolio.as-of", i18n.Date(e.Lang, b.Head.AsOf)))),
		part.Line("pf-title", e.T("portfolio.title")+" · "+e.T("portfolio.tab"+t.key)),
		part.Line("pf-who", sub),
		part.When(len(figures) > 0, part.Div("pf-nums", figures...)),
		part.When(len(says) > 0, part.Div("", part.Line("pf-h", e.T("portfolio.diagnosis")), app.Ol().Body(says...))),
	)
}

// nav2 is the row under the title: the tabs, and what is looked at.
func (t *tab) nav2(b *query.TabBase) app.UI {
	e := t.env
	links := make([]app.UI, len(tabKeys))
	for i, key := range tabKeys {
		a := app.A().ID("pf-tab"+strconv.Itoa(i)).Href(t.at.to(key)).Text(e.T("portfolio.tab"+key)).
			OnKeyDown(t.arrows(i), app.EventScope("tab", strconv.Itoa(i), t.at.to("")))
		if key == t.key {
			a = a.Aria("current", "page")
		}
		links[i] = a
	}
	return part.Div("pf-nav no-print", app.Nav().Class("seg pf-tabs").Aria("label", e.T("portfolio.tabs")).Body(links...), t.choices(b))
}

// arrows moves to the tab beside.
func (t *tab) arrows(i int) app.EventHandler {
	at := t.at
	return func(ctx app.Context, ev app.Event) {
		to := i
		switch ev.Get("key").String() {
		case "ArrowRight":
			to++
		case "ArrowLeft":
			to--
		case "Home":
			to = 0
		case "End":
			to = len(tabKeys) - 1
		default:
			return
		}
		ev.PreventDefault()
		to = (to + len(tabKeys)) % len(tabKeys)
		ctx.Navigate(at.to(tabKeys[to]))
		t.env.root.After(patience, func(app.Context) { part.Focus("pf-tab" + strconv.Itoa(to)) })
	}
}

// choices are portfolio, family and period, each where there is a choice.
func (t *tab) choices(b *query.TabBase) app.UI {
	e := t.env
	if b == nil {
		return part.Nothing()
	}
	var list []app.UI
	if len(b.Portfolios) > 1 {
		options := []part.Option{}
		now := strconv.Itoa(int(b.Scope))
		if t.key == tabOverview {
			options = append(options, part.Option{Key: "0", Label: e.T("portfolio.all")})
			now = strconv.Itoa(int(t.at.scope))
		}
		for _, c := range b.Portfolios {
			options = append(options, part.Option{Key: c.Key, Label: c.Name})
		}
		list = append(list, e.choice("pf-scope", e.T("portfolio.of"), "chip-select", now, options, func(_ app.Context, key string) {
			at := t.at
			n, _ := strconv.ParseUint(key, 10, 32)
			at.scope = uint32(n)
			t.set(at)
		}))
	}
	switch {
	case len(b.Families) < 2:
	case !t.families:
		list = append(list, part.Box("pf-whole", app.Select().ID("pf-family").Class("chip-select").Disabled(true).Aria("label", e.T("portfolio.family")).Aria("describedby", "pf-why").
			Body(part.Choice("", e.T("portfolio.families"), true)), app.Span().ID("pf-why").Class("xs t2").Text(e.T("portfolio.family.why"+t.key))))
	default:
		options := []part.Option{{Label: e.T("portfolio.families")}}
		for _, c := range b.Families {
			options = append(options, part.Option{Key: c.Key, Label: c.Name})
		}
		list = append(list, e.choice("pf-family", e.T("portfolio.family"), "chip-select", t.at.family, options, func(_ app.Context, key string) {
			at := t.at
			at.family = key
			t.set(at)
		}))
	}
	options := []part.Option{{Label: e.T("portfolio.period.n")}, {Key: theBefore, Label: e.T("portfolio.period.n-1")}}
	now := ""
	if t.at.before {
		now = theBefore
	}
	list = append(list, e.choice("pf-period", e.T("portfolio.period"), "chip-select", now, options, func(_ app.Context, key string) {
		at := t.at
		at.before = key == theBefore
		t.set(at)
	}))
	if t.extra != nil {
		list = append(list, t.extra())
	}
	return part.Div("pf-choices", list...)
}

// chart is a card of the worker's, Topic its eyebrow.
func (e *Env) chart(topic string, c query.Chart) app.UI {
	return &part.Chart{Lang: e.Lang, Currency: e.Currency, Topic: e.T(topic), Data: c}
}

// tabCard is a card of a tab: the chart, how to read it, the lists it speaks of,
// and what the page adds.
func (e *Env) tabCard(topic string, c query.TabChart, more ...app.UI) app.UI {
	return &tabCard{E: e, Topic: e.T(topic), Data: c, More: more}
}

type tabCard struct {
	app.Compo

	E     *Env
	Topic string
	Data  query.TabChart
	More  []app.UI

	table bool
}

// Render arranges the card.
func (c *tabCard) Render() app.UI {
	e, d := c.E, c.Data.Chart
	var body app.UI
	label := "part.asTable"
	switch {
	case c.table:
		label, body = "part.asChart", part.Table(c.Topic, d.Table(part.Writing(e.Lang, e.Currency)))
	case d.Mark.Status == explain.NA || d.Pic == nil:
		body = part.P("verdict chart-na", i18n.Reason(e.Lang, d.Mark.Reason))
	default:
		body = part.Div("chart-d", app.Raw(d.Draw(part.Writing(e.Lang, e.Currency))))
	}
	foot := links(c.Data.Links)
	return part.Section("card chart", c.Topic,
		part.Line("eyebrow", c.Topic),
		part.H2("q", d.Finding),
		app.If(d.Mark.Status == explain.Weak, func() app.UI { return part.Weak(e.Lang, d.Mark) }),
		body,
		app.If(c.Data.Note != "", func() app.UI { return part.P("note", c.Data.Note) }),
		app.If(d.Advice != "", func() app.UI { return part.Hint("", part.Words(d.Advice)) }),
		app.If(len(c.More) > 0, func() app.UI { return part.Div("", c.More...) }),
		app.If(len(foot) > 0, func() app.UI { return part.Div("tab-l", foot...) }),
		app.If(d.Tabled(), func() app.UI {
			return part.Div("chart-f no-print", app.Button().Type("button").Class("lnk").Aria("pressed", c.table).Text(e.T(label)).
				OnClick(func(app.Context, app.Event) { c.table = !c.table }))
		}),
	)
}

// links are the lists that a card speaks of.
func links(list []query.TabLink) []app.UI {
	out := make([]app.UI, len(list), len(list)+2)
	for i, l := range list {
		out[i] = part.Link("lnk", l.To, part.Words(l.Text))
	}
	return out
}

// tabLinks are links on a line of their own.
func (e *Env) tabLinks(list []query.TabLink) app.UI {
	if len(list) == 0 {
		return part.Nothing()
	}
	return part.Div("tab-l", links(list)...)
}

// keyFigures are numbers that open their reasons.
func (e *Env) keyFigures(figures []query.Figure) app.UI {
	cells := make([]app.UI, len(figures))
	for i, f := range figures {
		cells[i] = app.Button().Type("button").Body(
			part.Span("v"+weakClass(f.Mark), e.Figure(f)), part.Span("xs t2", i18n.Topic(e.Lang, f.Topic)), part.Span("sr", e.T("part.why")),
		).OnClick(func(app.Context, app.Event) { e.Why(f, "") }, app.EventScope("fig", f.Topic, print(f.Mark)))
	}
	return part.Card(e.T("portfolio.figures"), nil, part.Div("pf-figs", cells...))
}

// named is the name of the portfolio and its area, before what is counted.
func (e *Env) named(h query.Head) string {
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

// few is what is said of a portfolio too small to read a curve in: counts.
func (e *Env) few(h query.Head, at tabAt) app.UI {
	count := func(n int, to, was string) app.UI {
		return app.Dd().Body(app.A().Class("lnk").Href(at.list(to, was)).Text(e.Count(n)))
	}
	return app.Section().Class("card empty").Body(
		part.H2("", e.T("portfolio.few")),
		part.P("", e.T("portfolio.few-text")),
		app.Dl().Class("dl pf-few").Body(
			app.Dt().Text(e.T("portfolio.board-count")), count(h.Clients, theClients, wereClients),
			app.Dt().Text(i18n.Phase(e.Lang, "P")), count(h.Prospect, theProspects, wereProspects),
			app.Dt().Text(e.T("portfolio.board-sales")), app.Dd().Text(e.MoneyShort(h.Sales))),
		part.Div("empty-a", part.Link("btn pri", clientsPath, part.Words(e.T("portfolio.few-list")))),
	)
}

// lacks says in words what the data does not tell.
func (e *Env) lacks(h query.Head, at tabAt) app.UI {
	var items []app.UI
	for _, m := range h.Missing {
		if key := "portfolio.lack." + m; i18n.Has(key) {
			items = append(items, app.Li().Text(e.T(key)))
		}
	}
	if h.Unphased > 0 {
		items = append(items, app.Li().Body(app.A().Class("lnk").Href(at.list(clientsPath+"?phase=0", wereIn+"0:")).Text(e.T("portfolio.unphased", h.Unphased)), app.Text(e.T("portfolio.unphased-why"))))
	}
	if len(items) == 0 {
		return part.Nothing()
	}
	return part.Hint("in", part.B(e.T("portfolio.missing")), app.Ul().Body(items...))
}
