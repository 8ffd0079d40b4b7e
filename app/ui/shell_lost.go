package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/ui/part"
)

// lostPage answers an address that no screen has.
type lostPage struct {
	app.Compo

	E *Env
}

// Render offers the way back.
func (p *lostPage) Render() app.UI {
	return Screen(p.E, Bar{Title: p.E.T("lost.title")},
		part.Empty(p.E.T("lost.title"), p.E.T("lost.text"), part.Link("btn pri lg", todayPath, part.Words(p.E.T("lost.go")))))
}

// fatalPage says why Sillon cannot work, and the ways on.
type fatalPage struct {
	app.Compo

	E     *Env
	Code  string
	Retry func(app.Context)

	failed string
}

// Render says what is kept before what failed.
func (p *fatalPage) Render() app.UI {
	e := p.E
	key := "fatal." + p.Code
	text := e.T(key)
	if text == key {
		text = e.T("fatal.storage")
	}
	title, first, act := e.T("fatal.pause"), e.T("fatal.reload"), p.reload
	switch p.Code {
	case "private", "no-indexeddb":
		title = e.T("fatal.title")
	case bridge.FaultWorker:
		first, act = e.T("fatal.restart"), p.restart
	case bridge.FaultQuota, bridge.FaultBlocked:
		first, act = e.T("part.again"), p.restart
	}
	return app.Main().Class("fatal").Body(
		app.Div().Class("card").Attr("role", "alert").Body(
			part.Div("mark", part.Mark("44")),
			app.H1().Text(title),
			part.P("", text),
			part.P("err", p.failed),
			part.Div("empty-a",
				app.Button().Type("button").Class("btn pri").Text(first).OnClick(act, app.EventScope(p.Code)),
				app.Button().Type("button").Class("btn sec").Text(e.T("fatal.outbox")).OnClick(p.outbox),
			),
		))
}

func (p *fatalPage) reload(ctx app.Context, _ app.Event) { ctx.Reload() }

// restarter is a caller that can start its worker again.
type restarter interface{ Restart() }

func (p *fatalPage) restart(ctx app.Context, _ app.Event) {
	if r, ok := p.E.Caller.(restarter); ok {
		r.Restart()
	}
	p.Retry(ctx)
}

func (p *fatalPage) outbox(ctx app.Context, _ app.Event) {
	Ask(ctx, p.E, bridge.OpOutbox, bridge.None{}, func(_ app.Context, f bridge.File, err error) {
		if err != nil {
			p.failed = p.E.Fault(err)
			return
		}
		p.failed = ""
		part.Download(f.Name, f.Type, f.Data)
	})
}
