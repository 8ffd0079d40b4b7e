package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/calendar"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// logSheet logs a contact in full: whom, how, how it ended, an order, a note,
// what next. The outcome is saved at its tap; the rest completes it.
type logSheet struct {
	app.Compo

	E       *Env
	Client  query.ClientRow // zero: to be chosen
	Started *visit          // already logged by the bar: completed here
	OnClose part.Tap

	visit  *visit
	other  bool
	amount string      // as typed
	bad    bool        // it is no amount
	page   app.Context // outlives the sheet: a save may end after it has closed
}

// newLogSheet returns the sheet of a page. With started, a contact already
// logged is completed.
func newLogSheet(page app.Context, e *Env, r query.ClientRow, started *visit, close part.Tap) *logSheet {
	return &logSheet{E: e, Client: r, Started: started, OnClose: close, page: page}
}

// OnMount starts with the client given, or with a search.
func (s *logSheet) OnMount(app.Context) {
	if s.Started != nil {
		s.visit = s.Started
		return
	}
	s.choose(s.Client)
}

// OnPreRender is OnMount in native tests.
func (s *logSheet) OnPreRender(ctx app.Context) { s.OnMount(ctx) }

func (s *logSheet) choose(r query.ClientRow) {
	s.visit = &visit{e: s.E, ctx: s.page, Account: r.ID, Name: r.Name, Kind: portfolio.Visit}
	s.amount, s.bad, s.other = "", false, false
}

// sheetKinds are the means of contact offered; the others come from imports.
var sheetKinds = []portfolio.ContactKind{portfolio.Visit, portfolio.Call, portfolio.Email, portfolio.Visio, portfolio.Event}

// Render shows the search, then the form.
func (s *logSheet) Render() app.UI {
	e := s.E
	title, eyebrow := e.T("log.title"), ""
	if v := s.visit; v != nil && !v.Account.IsZero() {
		title, eyebrow = v.Name, e.T("log.title")
	}
	return &part.Sheet{ID: "logsheet", Eyebrow: eyebrow, Title: title, Close: e.T("part.close"), Form: true, Body: s.body, OnClose: s.close}
}

func (s *logSheet) body() []app.UI {
	if s.visit == nil || s.visit.Account.IsZero() {
		return []app.UI{&clientSearch{E: s.E, Pick: func(_ app.Context, r query.ClientRow) { s.choose(r) }}}
	}
	return []app.UI{part.Div("lg", s.form()...)}
}

func (s *logSheet) form() []app.UI {
	e, v := s.E, s.visit
	scope := "sheet" + v.Account.String()
	kinds := make([]app.UI, len(sheetKinds))
	for i, k := range sheetKinds {
		kinds[i] = part.Toggle(scope+"/k"+strconv.Itoa(int(k)), i18n.ContactKind(e.Lang, k), "soft", v.Kind == k, func(app.Context) {
			v.Kind = k
			v.Complete()
		})
	}
	bad := ""
	if s.bad {
		bad = e.T("log.order-bad")
	}
	ui := []app.UI{
		part.Div("", part.Span("lab", e.T("log.kind")), app.Div().Class("chips").Attr("role", "group").Aria("label", e.T("log.kind")).Body(kinds...)),
		part.Div("", append([]app.UI{part.Div("lg-h",
			part.Span("lab", e.T("log.outcome")), e.otherChip(scope, s.other, func() { s.other = !s.other }))},
			e.outcomeChips(scope, v.Outcome, s.other, v.Log)...)...),
		app.Div().OnChange(s.completed).Body(
			part.Field(part.F{ID: "log-order", Label: e.T("log.order"), Help: e.T("log.order-help"), Error: bad, Mode: "decimal"}, s.typedOrder),
		),
		app.Div().OnChange(s.completed).Body(
			part.Area(part.F{ID: "log-note", Label: e.T("log.note"), Hint: e.T("log.note-hint"), Help: e.T("log.note-help")}, 3,
				func(_ app.Context, text string) { v.Note = text }),
		),
		part.Div("", part.Span("lab", e.T("log.then")),
			e.dayChips(scope, v.PlannedOn, func(d calendar.Day) { v.PlanOn(d, v.Kind) }, 7, 14, 30)),
	}
	foot := []app.UI{}
	if v.Outcome != 0 {
		state := "log.saved-here"
		if !v.Saved() {
			state = "log.saving"
		}
		foot = append(foot,
			part.Box("ac", part.Icon("check")),
			app.Span().Class("sm b").Attr("role", "status").Text(e.T(state)),
			part.Button(scope+"undo", "ghost", "undo", e.T("log.undo"), func(app.Context) { v.Undo() }),
			part.Button(scope+"done", "pri", "", e.T("log.done"), s.close))
	} else if s.Started == nil && s.Client.ID.IsZero() {
		foot = append(foot, part.Button(scope+"change", "ghost", "", e.T("log.change"), func(app.Context) { s.choose(query.ClientRow{}) }))
	}
	if len(foot) > 0 {
		ui = append(ui, part.Div("kept", foot...))
	}
	return ui
}

func (s *logSheet) typedOrder(_ app.Context, text string) { s.amount = text }

// completed saves a field that has been left.
func (s *logSheet) completed(app.Context, app.Event) { s.flush() }

// flush saves what was typed; it reports false while the amount is none.
func (s *logSheet) flush() bool {
	v := s.visit
	cents, ok := parseAmount(s.amount)
	if s.bad = !ok; s.bad {
		return false
	}
	if v.Outcome != 0 && (v.Note != v.savedNote || cents != v.Order) {
		v.Order = cents
		v.Complete()
	}
	v.Order = cents
	return true
}

func (s *logSheet) close(ctx app.Context) {
	if s.visit != nil && !s.visit.Account.IsZero() && !s.flush() {
		return
	}
	s.OnClose(ctx)
}

// clientSearch finds a client by name, town or person; without words it offers
// those most due.
type clientSearch struct {
	app.Compo

	E    *Env
	Pick func(app.Context, query.ClientRow)

	text  string
	found []query.ClientRow
	asked string
	busy  bool
	again bool
	done  bool
	ctx   app.Context
}

// OnMount asks for those most due.
func (s *clientSearch) OnMount(ctx app.Context) {
	s.ctx = ctx
	s.ask()
}

// OnPreRender is OnMount in native tests.
func (s *clientSearch) OnPreRender(ctx app.Context) { s.OnMount(ctx) }

func (s *clientSearch) ask() {
	if s.busy {
		s.again = true
		return
	}
	s.busy, s.asked = true, s.text
	q := query.ListAsk{Lang: string(s.E.Lang), Text: s.text, Limit: 12}
	if s.text == "" {
		q.Sort = "urgency"
	}
	Ask(s.ctx, s.E, bridge.OpList, q, func(_ app.Context, l query.List, err error) {
		s.busy = false
		if err == nil {
			s.found, s.done = l.Rows, true
		}
		if s.again {
			s.again = false
			s.ask()
		}
	})
}

func (s *clientSearch) typed(_ app.Context, text string) {
	s.text = text
	s.ask()
}

// Render shows the field and what it finds.
func (s *clientSearch) Render() app.UI {
	e := s.E
	rows := make([]app.UI, len(s.found))
	for i, r := range s.found {
		rows[i] = app.Button().Type("button").Body(
			part.Phase(e.Lang, r.Phase, true),
			part.Div("", part.Line("b", r.Name), part.Line("xs t3", r.City)),
			part.Icon("right"),
		).OnClick(func(ctx app.Context, _ app.Event) { s.Pick(ctx, r) }, app.EventScope(r.ID.String()))
	}
	return part.Div("lg",
		part.Field(part.F{ID: "log-who", Label: e.T("log.who"), Hint: e.T("log.search"), Type: "search", Auto: "off"}, s.typed),
		app.If(s.done && len(rows) == 0, func() app.UI {
			return app.P().Class("verdict").Attr("role", "status").Text(e.T("log.nobody", s.asked))
		}),
		part.Div("lg-res", rows...),
	)
}
