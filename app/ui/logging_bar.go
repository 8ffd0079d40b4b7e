package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/ui/part"
	"sillon/engine/calendar"
	"sillon/engine/portfolio"
)

// logBar is the docked bar of a brief: one tap logs, then what next.
type logBar struct {
	app.Compo

	E         *Env
	Account   portfolio.ID
	Name      string
	Kind      portfolio.ContactKind // of the appointment of the day, or a visit
	Objective string
	Begun     func(portfolio.ID) // an outcome was tapped: keep this client in place
	More      func(*visit)       // opens the sheet, to add a note
	Next      part.Tap           // the next client

	visit *visit
	other bool
	ctx   app.Context
}

// OnMount keeps the context: chips come and go under a tap.
func (b *logBar) OnMount(ctx app.Context) {
	b.ctx = ctx
	b.reset()
	ctx.PreventUpdate() // it was drawn so
}

// OnPreRender is OnMount in native tests.
func (b *logBar) OnPreRender(ctx app.Context) { b.OnMount(ctx) }

// OnUpdate starts afresh with another client.
func (b *logBar) OnUpdate(app.Context) {
	if b.visit == nil || b.visit.Account != b.Account {
		b.reset()
	}
}

func (b *logBar) reset() {
	kind := b.Kind
	if kind == 0 {
		kind = portfolio.Visit
	}
	b.other = false
	b.visit = &visit{e: b.E, ctx: b.ctx, Account: b.Account, Name: b.Name, Kind: kind, Objective: b.Objective}
}

func (b *logBar) log(o portfolio.Outcome) {
	if b.Begun != nil {
		b.Begun(b.Account)
	}
	b.visit.Log(o)
}

func (b *logBar) called(app.Context) {
	if b.visit.Kind == portfolio.Call {
		b.visit.Kind = portfolio.Visit
	} else {
		b.visit.Kind = portfolio.Call
	}
	b.visit.Complete()
}

// Render shows the chips, then what next.
func (b *logBar) Render() app.UI {
	e, v := b.E, b.visit
	if v == nil {
		b.reset() // the first render comes before OnMount
		v = b.visit
	}
	scope := "log" + b.Account.String()
	title, kind := "log.1", v.Kind
	if kind == portfolio.Call {
		title = "log.3"
	}
	body := []app.UI{part.Div("hd2",
		part.Span("b sm", e.T(title)),
		part.Span("xs t3", e.T("log.one-tap")),
		part.Space(),
		part.Toggle(scope+"call", e.T("log.called"), "soft", kind == portfolio.Call, b.called),
		e.otherChip(scope, b.other, func() { b.other = !b.other }),
	)}
	body = append(body, e.outcomeChips(scope, v.Outcome, b.other, b.log)...)
	if v.Outcome != 0 {
		body = append(body, b.then(scope))
	}
	return app.Section().Class("log").ID("log").Aria("label", e.T(title)).Body(body...)
}

func (b *logBar) then(scope string) app.UI {
	e, v := b.E, b.visit
	state := "log.kept"
	if !v.Saved() {
		state = "log.saving"
	}
	return part.Div("then",
		part.Div("kept",
			part.Box("ac", part.Icon("check")),
			app.Span().Class("sm b").Attr("role", "status").Text(e.T(state)),
			part.Button(scope+"more", "sm ghost", "", e.T("log.more"), b.more),
			part.Button(scope+"undo", "sm ghost", "undo", e.T("log.undo"), func(app.Context) { b.visit.Undo() }),
			part.Button(scope+"next", "pri", "", e.T("log.next"), b.Next),
		),
		part.Span("lab", e.T("log.then")),
		e.dayChips(scope, v.PlannedOn, func(d calendar.Day) { v.PlanOn(d, v.Kind) }, 7, 14, 30),
	)
}

func (b *logBar) more(app.Context) { b.More(b.visit) }
