package ui

import (
	"context"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
)

// fillingPage waits for the first exchange, which brings the portfolio to this
// device.
type fillingPage struct {
	app.Compo

	E *Env

	busy     bool
	tries    int
	err      error
	progress bridge.Progress
}

// OnMount starts the exchange.
func (p *fillingPage) OnMount(ctx app.Context) { p.exchange(ctx) }

// OnPreRender is OnMount in native tests.
func (p *fillingPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

func (p *fillingPage) exchange(ctx app.Context) {
	if p.busy {
		return
	}
	p.busy, p.err = true, nil
	e := p.E
	ctx.Async(func() {
		s, err := bridge.CallProgress(context.Background(), e.Caller, bridge.OpSync, bridge.None{}, func(pr bridge.Progress) {
			ctx.Dispatch(func(app.Context) { p.progress = pr })
		})
		ctx.Dispatch(func(ctx app.Context) {
			p.busy, p.err = false, err
			if err == nil {
				p.told(ctx, s)
			}
		})
	})
}

// told goes on from where the exchange stands.
func (p *fillingPage) told(ctx app.Context, s bridge.Status) {
	p.E.Status = s
	switch s.State {
	case bridge.StateOK:
		p.done(ctx)
	case bridge.StateOffline:
		p.err = &bridge.Fault{Code: bridge.FaultNetwork}
	case bridge.StateProblem, bridge.StateUpgrade:
		p.err = &bridge.Fault{Code: "server"}
	case bridge.StateSignIn:
		p.E.stage = stranger
		p.E.move(signInPath)
	default: // still at it
		ctx.After(2*time.Second, p.exchange)
	}
}

// done asks again who is here: the device is now filled. What the exchange
// brought may take a moment to be read.
func (p *fillingPage) done(ctx app.Context) {
	Ask(ctx, p.E, bridge.OpHello, bridge.Hello{Version: p.E.Version, Lang: string(p.E.Lang)}, func(ctx app.Context, w bridge.Welcome, err error) {
		switch {
		case err != nil:
			p.err = err
		case w.Role == 0 && p.tries < 20:
			p.tries++
			ctx.After(250*time.Millisecond, p.done)
		default:
			w.Loaded = true // the exchange has just completed
			if w.Role == 0 {
				w.Role = portfolio.RoleRep // nothing granted yet: nothing to see either
			}
			p.E.enter(w)
		}
	})
}

// Render says what is happening, and what to do when it does not.
func (p *fillingPage) Render() app.UI {
	e := p.E
	text := e.T("filling.text")
	if p.progress.Of > 0 {
		text = e.T("filling.progress", p.progress.Done, p.progress.Of)
	} else if p.progress.Done > 0 {
		text = e.T("filling.count", p.progress.Done)
	}
	return app.Main().Class("fatal").Body(
		part.Div("card",
			part.Div("mark", part.Mark("44")),
			app.H1().ID("title").TabIndex(-1).Text(e.T("filling.title", e.User.Name)),
			app.P().Attr("role", "status").Text(text),
			app.If(p.busy, func() app.UI { return app.Progress().Class("bar").Aria("label", e.T("filling.title", e.User.Name)) }),
			app.If(p.err != nil, func() app.UI {
				return part.Fault(e.Fault(p.err), e.T("part.again"), p.exchange)
			}),
			app.Button().Type("button").Class("lnk").Text(e.T("me.signout")).OnClick(func(ctx app.Context, _ app.Event) { e.signOut(ctx, bridge.SignOut{}) }),
		))
}
