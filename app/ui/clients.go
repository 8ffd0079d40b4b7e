package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// clientsPage is the list of clients: search, filters, sorting, in a window of
// rows fetched as it is scrolled. Its address holds all it shows.
type clientsPage struct {
	app.Compo

	E *Env

	state   listState
	rows    rowCache
	more    bool // the filters are open, on a phone
	others  bool // and those less used
	adding  bool // the sheet of a new client is open
	current int  // row under the keys
	ctx     app.Context

	fold  int            // the first row under the fold, while those above are drawn first; 0: draw all
	drawn map[int]drawn  // rows as last drawn
	crit  clientCriteria // as last drawn; never mounted itself

	picks picks
	sheet string   // over the list
	undo  []func() // of what listens to the document

	views    []view // named by the rep
	counts   []int  // of each, once known; −1: only the analysis knows
	counting bool
	naming   string // being typed
	viewFail string
	renaming int // which, from 1
}

var _ = screen(clientsPath, func(e *Env, _ string) app.Composer { return &clientsPage{E: e} })

// searchID names the field that the key / goes to.
const searchID, clearID = "q", "q-clear"

// left is how the list was when its page was left: coming back finds the same
// rows at the same height.
var left struct {
	env    *Env
	user   portfolio.ID
	query  string
	rows   rowCache
	picks  picks
	scroll int
}

// OnMount reads the address and asks for the first rows.
func (p *clientsPage) OnMount(ctx app.Context) {
	p.ctx, p.current = ctx, -1
	p.state = parseList(p.E.query)
	if left.env == p.E && left.user == p.E.User.User {
		p.picks = left.picks
		if left.query == p.state.query() && left.rows.found > 0 {
			p.rows = left.rows
			p.rows.busy, p.rows.again = false, false // an answer on its way then came to nobody
			p.scrollBack(ctx, left.scroll, 12)
		}
	}
	p.rows.page = p
	p.rows.wait = wait{}
	p.rows.refresh()
	p.E.Watch(ctx, func(_ app.Context, ev bridge.Event) {
		if ev.Kind == "changed" || ev.Kind == bridge.EventDeep {
			p.rows.refresh()
			p.countViews()
		}
	})
	p.E.OnKey(ctx, p.key)
	p.listenPicks(ctx)
	p.loadViews()
	ctx.Defer(func(app.Context) { p.fill() })
}

// OnPreRender is OnMount in native tests.
func (p *clientsPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnDismount remembers the rows. The height is remembered at each scroll's end
// by the browser itself: here it is too late only when the page has changed.
func (p *clientsPage) OnDismount() {
	left.env, left.user, left.query, left.rows, left.picks = p.E, p.E.User.User, p.state.query(), p.rows, p.picks
	p.rows.wait.end()
	for _, f := range p.undo {
		f()
	}
	p.undo = nil
}

// OnNav follows an address changed by hand, by a link or by the browser.
func (p *clientsPage) OnNav(app.Context) {
	if p.E.Path() != clientsPath {
		p.remember()
		return
	}
	if s := parseList(p.E.query); s != p.state {
		p.state = s
		p.fill()
		p.rows.reset()
	}
}

// remember keeps the height before the frame scrolls to the next page's top.
func (p *clientsPage) remember() {
	if app.IsClient {
		left.scroll = app.Window().Get("scrollY").Int()
	}
}

// scrollBack returns to a height once the rows have made the page tall enough.
func (p *clientsPage) scrollBack(ctx app.Context, to, tries int) {
	if !app.IsClient || to == 0 || tries == 0 {
		return
	}
	ctx.After(scrollWait, func(ctx app.Context) {
		w := app.Window()
		tall := w.Get("document").Get("documentElement").Get("scrollHeight").Int()
		w.Call("scrollTo", 0, to)
		if tall < to+w.Get("innerHeight").Int() {
			p.scrollBack(ctx, to, tries-1)
		}
	})
}

// fill writes the state into the fields: go-app leaves them alone.
func (p *clientsPage) fill() {
	part.SetValue(searchID, p.state.Text)
	part.Choose("f-phase", p.state.Phase)
	part.Choose("f-p", p.state.P)
	part.Choose("f-r", p.state.R)
	part.Choose("f-type", p.state.Type)
	part.Choose("f-risk", p.state.Risk)
	part.Choose("f-cat", p.state.Category)
	part.Choose("f-tag", p.state.Tag)
	part.Choose("f-sort", p.state.Sort)
}

// set shows another state: the address changes without a step in the history.
func (p *clientsPage) set(s listState) {
	if s == p.state {
		return
	}
	p.state, p.current = s, -1
	p.E.Replace(clientsPath + s.query())
	p.rows.reset()
}

// typed searches. The page is drawn again with the answer, not before: only the
// cross that clears the field comes and goes at once.
func (p *clientsPage) typed(ctx app.Context, _ app.Event) {
	ctx.PreventUpdate()
	s := p.state
	s.Text = strings.TrimSpace(ctx.JSSrc().Get("value").String())
	if s == p.state {
		return
	}
	p.state, p.current = s, -1
	part.Hide(clearID, s.Text == "")
	p.E.ReplaceSoon(clientsPath + s.query())
	p.rows.reset()
}

// typedAll writes what was typed into the address when the field is left.
func (p *clientsPage) typedAll(ctx app.Context, _ app.Event) {
	ctx.PreventUpdate()
	p.E.replaceNow()
}

func (p *clientsPage) search(text string) {
	s := p.state
	s.Text = strings.TrimSpace(text)
	p.set(s)
}

func (p *clientsPage) clear() {
	part.SetValue(searchID, "")
	p.search("")
	part.Focus(searchID)
}

// key moves along the rows; Enter is the browser's own, on the focused name.
func (p *clientsPage) key(_ app.Context, key string) bool {
	switch key {
	case "j", "ArrowDown":
		p.current = min(p.current+1, p.rows.found-1)
	case "k", "ArrowUp":
		p.current = max(p.current-1, 0)
	default:
		return false
	}
	part.Focus(rowID(p.current))
	return true
}

func (p *clientsPage) head() *query.Head {
	if p.rows.list == nil {
		return nil
	}
	return &p.rows.list.Head
}

// Render arranges the page.
func (p *clientsPage) Render() app.UI {
	e, h := p.E, p.head()
	bar := Bar{Title: e.T("clients.title"), Grid: "cl", Head: h, Actions: []app.UI{p.searchBox()}}
	if h != nil {
		bar.Sub = e.T("clients.sub", h.Clients, e.MoneyShort(h.Sales), p.rows.list.Counts["phase:P"])
		if h.Readonly {
			bar.Actions = append(bar.Actions, e.lock())
		} else {
			bar.Actions = append(bar.Actions, part.Press("new-client", "btn sec icon", func() { p.adding = true }, part.Icon("plus")).Aria("label", e.T("clients.new")))
		}
	}
	var body []app.UI
	switch {
	case h == nil && p.rows.err != nil:
		body = []app.UI{p.rows.fault()}
	case h == nil:
		body = []app.UI{p.rows.wait.shown(e)}
	case h.Empty && !p.state.narrowed():
		body = []app.UI{e.firstRun("today.none")}
	default:
		body = []app.UI{p.criteria(), p.foundLine(), p.waiting(), p.shown(), p.actBar()}
	}
	body = append(body, app.If(p.adding, func() app.UI {
		return &newClientSheet{E: e, page: p.ctx, OnClose: func(app.Context) { p.adding = false }}
	}), app.If(p.sheet == sheetTags || p.sheet == sheetAsk, func() app.UI {
		return &bulkSheet{E: e, Ask: p.sheet == sheetAsk, IDs: p.picks.ids(), page: p.ctx, OnClose: func(app.Context) { p.sheet = sheetNone }}
	}), app.If(p.sheet == sheetViews, p.viewsSheet))
	return Screen(e, bar, body...)
}

func (p *clientsPage) searchBox() app.UI {
	e := p.E
	return app.Div().Class("field quiet cl-search").Attr("role", "search").Body(
		part.Icon("search"),
		app.Input().ID(searchID).Type("search").Attr("autocomplete", "off").Attr("enterkeyhint", "search").Placeholder(e.T("clients.search")).
			Aria("label", e.T("clients.search")).OnInput(p.typed).OnChange(p.typedAll),
		part.Press(clearID, "btn icon sm", p.clear, part.IconS("close")).ID(clearID).Hidden(p.state.Text == "").Aria("label", e.T("clients.clear")),
		part.Press("q-filters", "btn icon sm cl-fbtn", func() { p.more = !p.more }, part.Icon("filter")).Aria("label", e.T("clients.filters")).Aria("expanded", p.more),
	)
}

// foundLine prints the number found, always.
func (p *clientsPage) foundLine() app.UI {
	e, l := p.E, p.rows.list
	found := e.T("clients.found", l.Found, e.Count(l.Of), e.MoneyShort(l.Sum))
	if l.Mixed > 0 && l.Mixed < l.Found {
		found = e.T("clients.found-who", l.Found, e.Count(l.Of), e.MoneyShort(l.Sum), e.who(l.Found-l.Mixed, l.Mixed))
	}
	switch {
	case l.Near > 0 && l.Near == l.Found:
		found = e.T("clients.near-all", l.Near, p.state.Text)
	case l.Near > 0:
		found = e.T("clients.near", found, l.Near)
	}
	return part.Div("cl-line",
		app.P().Class("cl-found sm t2").Attr("role", "status").Aria("busy", p.rows.busy || p.fold > 0).Text(found), // a list come back to shows what it was until its answer
		app.If(p.state.narrowed(), func() app.UI {
			return part.Button("drop-all", "ghost sm", "", e.T("clients.reset"), func(app.Context) { p.drop("") })
		}),
		app.If(p.pickable() && !p.picks.mode, func() app.UI {
			return part.Button("pick-mode", "ghost sm cl-fbtn", "", e.T("bulk.pick"), func(app.Context) { p.picks.mode = true; p.repaint() })
		}))
}

// viewSeg is list or board.
func (p *clientsPage) viewSeg() app.UI {
	e := p.E
	return part.Seg("view", e.T("clients.view"), p.state.View, []part.Option{{Key: "", Label: e.T("clients.view.list")}, {Key: "pr", Label: e.T("clients.view.pr")}, {Key: "carte", Label: e.T("clients.view.carte")}}, func(_ app.Context, v string) {
		s := p.state
		s.View = v
		p.set(s)
	})
}

// waiting is a question that takes its time, or failed, while the rows of the
// one before stand.
func (p *clientsPage) waiting() app.UI {
	switch {
	case p.rows.err != nil:
		return p.rows.fault()
	case p.rows.wait.long:
		return p.rows.wait.card(p.E)
	}
	return part.Nothing()
}

// shown is the view in force; a list of nobody says why in both.
func (p *clientsPage) shown() app.UI {
	if p.state.View == "pr" && p.rows.list.Found > 0 {
		return p.board()
	}
	if p.state.View == "carte" && p.rows.list.Found > 0 {
		return &mapBoard{E: p.E, State: p.state}
	}
	return p.table()
}

// table is the header and the windowed rows, or what to take off.
func (p *clientsPage) table() app.UI {
	e, l := p.E, p.rows.list
	if l.Found == 0 {
		narrow := l.Narrow
		name := p.criterion(narrow)
		return app.Section().Class("card empty").Body(
			part.H2("", e.T("clients.none")),
			part.P("", e.T("clients.none-text", name)),
			part.Div("empty-a", part.Button("drop/"+narrow, "pri", "", e.T("clients.remove", name), func(app.Context) { p.drop(narrow) })))
	}
	class := "card p0 cl-table"
	if p.picks.mode {
		class += " picking"
	}
	return app.Div().Class(class).Attr("role", "table").Aria("label", e.T("clients.title")).Aria("rowcount", l.Found+1).Body(
		p.header(),
		part.NewList(part.List{ID: "rows", Label: e.T("clients.title"), Count: l.Found, Tick: p.rows.version}, p.row, p.rows.need).Within(p.ctx),
	)
}

// criterion names what List.Narrow says.
func (p *clientsPage) criterion(narrow string) string {
	e, s := p.E, p.state
	switch {
	case narrow != "" && narrow == s.Who:
		return e.T("clients.by.group", e.groupName(s.Who, p.rows.list.Family))
	case strings.HasPrefix(narrow, "chip:"):
		return e.T("clients.by.chip", i18n.Chip(e.Lang, narrow[len("chip:"):]))
	}
	switch narrow {
	case "text":
		return e.T("clients.by.text", s.Text)
	case "weight":
		return e.T("clients.by.weight", s.Weight)
	case "phase":
		if s.Phase == "0" {
			return i18n.Phase(e.Lang, s.Phase)
		}
		return e.T("clients.by.phase", i18n.Phase(e.Lang, s.Phase))
	case "p":
		if s.P == "0" {
			return e.T("clients.p.0")
		}
		return e.T("clients.by.p", s.P)
	case "r":
		return e.T("clients.by.r", s.R)
	case "tag":
		return e.T("clients.by.tag", s.Tag)
	case "category":
		if len(s.Category) == 1 {
			return e.T("clients.by.category", i18n.Category(e.Lang, portfolio.Category(s.Category[0]-'0')))
		}
		return e.T("clients.by.category", s.Category)
	case "filter":
		return e.T("clients.by.filter", e.T("clients.f."+s.Filter))
	}
	return e.T("clients.filters")
}

func (p *clientsPage) header() app.UI {
	cells := []app.UI{app.Div().Class("c-tick").Attr("role", "columnheader").Body(p.tickAll())}
	for _, c := range []struct{ sort, label, class string }{
		{"name", "clients.col.name", ""}, {"score", "clients.col.score", ""}, {"weight", "clients.col.weight", ""},
		{"phase", "clients.col.phase", ""}, {"pr", "clients.col.pr", ""}, {"sales", "clients.col.sales", "num"},
		{"penetration", "clients.col.pen", "num"}, {"risk", "clients.col.risk", ""}, {"urgency", "clients.col.visit", "num"},
	} {
		cells = append(cells, p.column(c.sort, p.E.T(c.label), c.class))
	}
	return app.Div().Class("cl-head").Attr("role", "row").Aria("rowindex", 1).Body(cells...)
}

func (p *clientsPage) column(column, label, class string) app.UI {
	now := p.state.Sort
	if now == "" {
		now = "score"
	}
	var arrow app.UI = part.Nothing()
	order := "none"
	if now == column {
		class += " on"
		arrow, order = part.IconS("dn-arrow"), "descending"
		if p.state.Asc {
			arrow, order = part.IconS("up-arrow"), "ascending"
		}
	}
	return app.Div().Class(strings.TrimSpace(class)).Attr("role", "columnheader").Aria("sort", order).Body(
		part.Press("sort/"+column, "", func() { p.set(p.state.sortBy(column)) }, part.Words(label), arrow).Title(p.E.T("clients.sort-by", label)))
}
