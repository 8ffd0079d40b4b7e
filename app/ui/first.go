package ui

import (
	"context"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
)

// firstPath is the first run (premier lancement): the ways to begin.
const firstPath = "/bienvenue"

var _ = screen(firstPath, func(e *Env, _ string) app.Composer { return &firstPage{E: e} })

// firstPage offers them at any time: from an empty list, or from the settings.
type firstPage struct {
	app.Compo

	E *Env
}

// Render shows the ways to begin.
func (p *firstPage) Render() app.UI {
	e := p.E
	return Screen(e, Bar{Title: e.T("first.title"), Sub: e.User.Org, Back: landing(e)}, e.firstRun("first.hello"))
}

// firstRun is what an empty Sillon offers below its title: a file, the
// demonstration, or both.
func (e *Env) firstRun(title string) app.UI { return &firstWays{E: e, Title: e.T(title)} }

type firstWays struct {
	app.Compo

	E     *Env
	Title string

	try  demoTry
	adds bool
	ctx  app.Context
}

// OnMount asks whether there is a demonstration already.
func (p *firstWays) OnMount(ctx app.Context) {
	p.ctx = ctx
	p.try.ask(ctx, p.E)
}

// OnPreRender is OnMount in native tests.
func (p *firstWays) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// Render arranges the ways, most useful first.
func (p *firstWays) Render() app.UI {
	e := p.E
	manager := e.User.Role == portfolio.RoleManager || e.User.Role == portfolio.RoleAdmin
	text, ways := "first.text", []app.UI{}
	if manager {
		text = "first.manager"
	} else {
		ways = append(ways, app.A().Class("card way").Href(importPath).Body(e.way("down-to", "today.none-act", "first.importText")...))
	}
	ways = append(ways, p.try.tile(e, "card way"))
	if !manager {
		ways = append(ways, app.Button().Type("button").ID("first-add").Class("card way").Aria("haspopup", "dialog").Body(e.way("plus", "first.add", "first.addText")...).
			OnClick(func(app.Context, app.Event) { p.adds = true }))
	}
	var over app.UI = part.Nothing()
	if p.adds {
		over = &newClientSheet{E: e, OnClose: func(app.Context) { p.adds = false }, page: p.ctx}
	}
	return part.Div("first",
		part.Empty(p.Title, e.T(text)),
		part.Div("ways", ways...),
		p.try.said(e),
		over,
	)
}

// way is what a way to begin says.
func (e *Env) way(icon, title, text string) []app.UI {
	return []app.UI{part.IconL(icon), part.Box("", part.B(e.T(title)), part.Span("sm t2", e.T(text)))}
}

// A demoTry makes or opens the demonstration from where it stands.
type demoTry struct {
	here bool // there is one
	busy bool
	done int
	of   int
	err  error
	stop context.CancelFunc
}

func (t *demoTry) ask(ctx app.Context, e *Env) {
	Ask(ctx, e, bridge.OpDemo, bridge.Demo{}, func(_ app.Context, s bridge.DemoSaid, err error) { t.here = err == nil && s.Here })
}

// tile is the button that tries it.
func (t *demoTry) tile(e *Env, class string) app.UI {
	title, text := "first.try", "first.tryText"
	if t.here {
		title, text = "first.open", "first.openText"
	}
	return app.Button().Type("button").ID("try").Class(class).Aria("busy", t.busy).Disabled(t.busy).Body(e.way("sprout", title, text)...).
		OnClick(func(ctx app.Context, _ app.Event) { t.run(ctx, e) })
}

// or is the tile below a form that asks who this is.
func (t *demoTry) or(e *Env) app.UI {
	return part.Div("", part.Div("or", part.Span("", e.T("first.or"))), t.tile(e, "way alt"), t.said(e))
}

// said is how far the making is, or why it failed.
func (t *demoTry) said(e *Env) app.UI {
	switch {
	case t.err != nil:
		return part.Fault(e.Fault(t.err), e.T("part.again"), func(ctx app.Context) { t.run(ctx, e) })
	case !t.busy:
		return part.Nothing()
	}
	bar := app.Progress().Class("bar").Aria("label", e.T("first.making"))
	if t.of > 0 {
		bar = bar.Max(strconv.Itoa(t.of)).Value(strconv.Itoa(t.done))
	}
	return part.Div("card wait-c", app.P().Class("sm t2").Attr("role", "status").Text(e.T("first.making")), bar,
		part.Button("try-stop", "sec sm", "", e.T("part.stop"), func(app.Context) {
			if t.stop != nil {
				t.stop()
			}
		}))
}

// run makes the demonstration, or takes the one that is there, and starts again
// in it.
func (t *demoTry) run(ctx app.Context, e *Env) {
	if t.busy {
		return
	}
	t.busy, t.err, t.done, t.of = true, nil, 0, 0
	c, stop := context.WithCancel(context.Background())
	t.stop = stop
	here := t.here
	ctx.Async(func() {
		defer stop()
		var err error
		if here {
			_, err = bridge.Call(c, e.Caller, bridge.OpDemo, bridge.Demo{Act: bridge.DemoOpen})
		} else {
			err = e.makeDemo(c, func(done, of int) { ctx.Dispatch(func(app.Context) { t.done, t.of = done, of }) })
		}
		ctx.Dispatch(func(app.Context) {
			if err == nil {
				e.restart(todayPath)
				return
			}
			t.busy = false
			if c.Err() == nil || !IsFault(err, bridge.FaultCancelled) {
				t.err = err
			}
		})
	})
}

// restart opens an address in a page of its own: another profile is behind it,
// and nothing of this one may stay in sight.
func (e *Env) restart(address string) {
	if app.IsClient {
		app.Window().Get("location").Call("assign", address)
	}
}

// demoBand says on every screen that nothing in it is real, and leads out.
type demoBand struct {
	app.Compo

	E *Env

	asks bool // how much would go is shown
	said bridge.DemoSaid
	busy bool
}

// Render shows the band.
func (b *demoBand) Render() app.UI {
	e := b.E
	var over app.UI = part.Nothing()
	if b.asks {
		over = &part.Sheet{ID: "demo-sheet", Title: e.T("demo.eraseTitle"), Close: e.T("part.close"), Body: b.body,
			OnClose: func(app.Context) { b.asks = false }}
	}
	return app.Div().Class("demo-band").Attr("role", "note").Body(
		part.IconS("sprout"),
		app.Span().Class("sp").Body(part.B(e.T("demo.band")), app.Text(" "), part.Span("demo-more", e.T("demo.bandMore"))),
		app.Button().Type("button").ID("demo-leave").Class("lnk").Text(e.T("demo.leave")).OnClick(func(ctx app.Context, _ app.Event) { e.outOfDemo(ctx, bridge.DemoLeave, todayPath) }),
		app.Button().Type("button").ID("demo-erase").Class("lnk").Aria("haspopup", "dialog").Text(e.T("demo.erase")).OnClick(b.ask),
		over,
	)
}

// ask counts what would go.
func (b *demoBand) ask(ctx app.Context, _ app.Event) {
	Ask(ctx, b.E, bridge.OpDemo, bridge.Demo{}, func(_ app.Context, s bridge.DemoSaid, err error) {
		if err != nil {
			b.E.Snack(b.E.Fault(err), nil)
			return
		}
		b.said, b.asks = s, true
	})
}

func (b *demoBand) body() []app.UI {
	return b.E.eraseDemo(b.said, b.busy, b.erase, func(app.Context) { b.asks = false })
}

// eraseDemo says what would go and what stays, and asks. What is not open is not
// counted.
func (e *Env) eraseDemo(said bridge.DemoSaid, busy bool, erase, keep part.Tap) []app.UI {
	goes := []app.UI{app.Li().Text(e.T("demo.goesAll"))}
	if said.Cards > 0 {
		goes = []app.UI{app.Li().Text(e.T("demo.goesCards", said.Cards))}
	}
	if said.Acts > 0 {
		goes = append(goes, app.Li().Text(e.T("demo.goesActs", said.Acts)))
	}
	return []app.UI{
		app.Ul().Class("goes").Body(goes...),
		part.P("sm t2", e.T("demo.stays")),
		part.Div("row g8 wrap",
			app.Button().Type("button").ID("demo-erase-go").Class("btn sec lg dg").Aria("busy", busy).Text(e.T("demo.eraseGo")).
				OnClick(func(ctx app.Context, _ app.Event) { erase(ctx) }),
			app.Button().Type("button").Class("btn ghost lg").Text(e.T("demo.keep")).OnClick(func(ctx app.Context, _ app.Event) { keep(ctx) }),
		),
	}
}

func (b *demoBand) erase(ctx app.Context) {
	b.busy = true
	b.E.outOfDemo(ctx, bridge.DemoErase, todayPath)
}

// outOfDemo leaves or erases the demonstration, and starts again at an address.
func (e *Env) outOfDemo(ctx app.Context, act, address string) {
	Save(ctx, e, bridge.OpDemo, bridge.Demo{Act: act}, func(app.Context, bridge.DemoSaid) { e.restart(address) })
}

// demoCard of the settings tries, opens again or erases the demonstration.
type demoCard struct {
	app.Compo

	E *Env

	try  demoTry
	asks bool
	ctx  app.Context // outlives the buttons
}

// OnMount asks whether there is one.
func (c *demoCard) OnMount(ctx app.Context) {
	c.ctx = ctx
	c.try.ask(ctx, c.E)
}

// erase erases it from beside: nothing is open that would have to start again.
func (c *demoCard) erase(app.Context) {
	c.asks = false
	Save(c.ctx, c.E, bridge.OpDemo, bridge.Demo{Act: bridge.DemoErase}, func(app.Context, bridge.DemoSaid) {
		c.try.here = false
		c.E.Snack(c.E.T("demo.erased"), nil)
	})
}

// OnPreRender is OnMount in native tests.
func (c *demoCard) OnPreRender(ctx app.Context) { c.OnMount(ctx) }

// Render says where it stands.
func (c *demoCard) Render() app.UI {
	e := c.E
	text, act := "demo.cardNone", "first.try"
	var erase app.UI = part.Nothing()
	if c.try.here {
		text, act = "demo.cardHere", "first.open"
		erase = part.Button("demo-card-erase", "ghost sm dg", "", e.T("demo.eraseGo"), func(app.Context) { c.asks = true })
	}
	over := part.Nothing()
	if c.asks {
		keep := func(app.Context) { c.asks = false }
		over = &part.Sheet{ID: "demo-sheet", Title: e.T("demo.eraseTitle"), Close: e.T("part.close"), OnClose: keep,
			Body: func() []app.UI { return e.eraseDemo(bridge.DemoSaid{}, false, c.erase, keep) }}
	}
	if e.User.Demo {
		return part.Card(e.T("demo.card"), nil, part.P("sm t2", e.T("demo.cardIn")),
			part.Div("row g8 wrap",
				part.Button("demo-card-leave", "sec sm", "leave", e.T("demo.leave"), func(ctx app.Context) { e.outOfDemo(ctx, bridge.DemoLeave, todayPath) })))
	}
	return part.Card(e.T("demo.card"), nil, part.P("sm t2", e.T(text)), c.try.said(e),
		part.Div("row g8 wrap",
			app.Button().Type("button").ID("try").Class("btn sec sm").Aria("busy", c.try.busy).Disabled(c.try.busy).Text(e.T(act)).
				OnClick(func(ctx app.Context, _ app.Event) { c.try.run(ctx, e) }),
			erase), over)
}

// demoFile says that a file has no place in the demonstration.
func (e *Env) demoFile() app.UI {
	return part.Empty(e.T("demo.file"), e.T("demo.fileText"),
		app.Button().Type("button").Class("btn pri lg").Text(e.T("demo.fileGo")).
			OnClick(func(ctx app.Context, _ app.Event) { e.outOfDemo(ctx, bridge.DemoLeave, importPath) }))
}
