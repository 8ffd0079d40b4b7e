package ui

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/calendar"
	"sillon/engine/query"
)

// settingsPage is the choices of this device, the rules of the portfolio, files
// in and out, and leaving.
type settingsPage struct {
	app.Compo

	E *Env

	ready    readiness
	diag     Live[bridge.None, bridge.Diagnosis]
	ruled    Live[query.RulesAsk, query.Rules]
	checked  bool
	checking bool
	plain    bool
	erasing  bool // asks before actions are lost
	waiting  int
}

var _ = screen(settingsPath, func(e *Env, _ string) app.Composer { return &settingsPage{E: e} })

// OnMount reads the device and the rules in force.
func (p *settingsPage) OnMount(ctx app.Context) {
	p.diag.Start(ctx, p.E, bridge.OpDiagnosis, func() bridge.None { return bridge.None{} })
	p.ruled.Start(ctx, p.E, bridge.OpRules, func() query.RulesAsk { return query.RulesAsk{} })
	p.ready.measure(ctx)
}

// OnPreRender is OnMount in native tests.
func (p *settingsPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// Render arranges the cards.
func (p *settingsPage) Render() app.UI {
	e := p.E
	return Screen(e, Bar{Title: e.T("nav.settings"), Sub: e.User.Name + " · " + e.User.Org, Grid: "set-lay"},
		part.Card(e.T("set.look"), nil, e.languageChoice(), e.themeChoice(), e.textChoice()),
		p.ready.card(e, e.Status),
		p.rules(),
		p.files(),
		&demoCard{E: e},
		p.device(),
		part.When(!e.User.Demo, p.leave()),
	)
}

// rules leads to the rules of the portfolio, and says how many are one's own.
func (p *settingsPage) rules() app.UI {
	e, v := p.E, p.ruled.Value
	if v == nil {
		return part.Card(e.T("rules.title"), nil, p.ruled.Waiting(e))
	}
	own, locked := 0, 0
	for i := range v.Rules {
		if v.Rules[i].Own(v.Level) {
			own++
		}
		if v.Rules[i].Locked != 0 {
			locked++
		}
	}
	text := e.T("rules.card."+strconv.Itoa(v.Level), own, len(v.Rules))
	if locked > 0 {
		text += " " + e.T("rules.cardLocked", locked)
	}
	return part.Card(e.T("rules.title."+strconv.Itoa(v.Level)), nil,
		part.P("sm t2", e.T("rules.cardText")),
		part.P("sm b", text),
		part.Div("row g8 wrap", part.Link("btn sec sm", rulesPath, part.Words(e.T("rules.open")))))
}

// files exports what the user may take away, and leads to the import.
func (p *settingsPage) files() app.UI {
	e := p.E
	get := func(what string) app.EventHandler {
		return func(ctx app.Context, _ app.Event) {
			Save(ctx, e, bridge.OpExport, bridge.Export{What: what, Lang: string(e.Lang), Plain: p.plain}, func(_ app.Context, f bridge.File) {
				part.Download(f.Name, f.Type, f.Data)
				e.Snack(e.T("journal.copied", f.Name), nil)
			})
		}
	}
	format := "fr"
	if p.plain {
		format = "plain"
	}
	return part.Card(e.T("set.files"), nil,
		part.P("sm t2", e.T("set.filesText")),
		e.labelled("set.format", part.Seg("csv", e.T("set.format"), format,
			[]part.Option{{Key: "fr", Label: e.T("set.formatFR")}, {Key: "plain", Label: e.T("set.formatPlain")}},
			func(_ app.Context, to string) { p.plain = to == "plain" })),
		part.Div("row g8 wrap",
			app.Button().Type("button").Class("btn sec sm").Body(part.IconS("down-to"), app.Text(e.T("set.exportClients"))).OnClick(get("clients"), app.EventScope("clients")),
			app.Button().Type("button").Class("btn sec sm").Body(part.IconS("down-to"), app.Text(e.T("set.exportVisits"))).OnClick(get("visits"), app.EventScope("visits")),
			part.Link("btn ghost sm", importPath, part.Words(e.T("set.import"))),
		))
}

// device is storage, version and what helps whoever helps.
func (p *settingsPage) device() app.UI {
	e := p.E
	rows := []app.UI{}
	line := func(key, value string) { rows = append(rows, app.Dt().Text(e.T(key)), app.Dd().Text(value)) }
	if d := p.diag.Value; d != nil {
		line("set.version", d.Version)
		line("set.cards", e.Count(d.Cards))
		line("set.rows", e.Count(d.Rows))
		line("set.pending", e.Count(d.Pending))
		line("set.schema", strconv.Itoa(d.Schema))
		if d.LoadMS > 0 {
			line("set.load", i18n.Number(e.Lang, d.LoadMS)+" ms")
		}
		if d.MemoryMB > 0 {
			line("set.memory", i18n.Bytes(e.Lang, d.MemoryMB*1e6))
		}
		if d.Analysed > 0 {
			line("set.analysed", e.Count(d.Analysed))
		}
		if d.Fitted > 0 {
			line("set.fitted", i18n.Day(e.Lang, calendar.Day(d.Fitted)))
		}
		if d.Office > 0 {
			line("set.office", e.Count(d.Office))
		}
		line("set.id", d.Device.String())
		for _, g := range d.Scopes {
			if g.Name != "" {
				line("set.scope."+strconv.Itoa(int(g.Kind)), g.Name)
			}
		}
	}
	update := e.T("set.check")
	note := ""
	switch {
	case p.checking:
		note = e.T("set.checking")
	case p.ready.update:
		update, note = e.T("update.now"), e.T("update.ready")
	case p.checked:
		note = e.T("set.upToDate")
	}
	var persist app.UI = part.Nothing()
	if p.ready.persisted == "no" {
		persist = app.Button().Type("button").Class("btn sec sm").Text(e.T("set.persist")).OnClick(func(ctx app.Context, _ app.Event) { p.ready.persist(ctx) })
	}
	return part.Card(e.T("set.device"), nil,
		app.Dl().Class("dl").Body(rows...),
		app.P().Class("sm t2 weffect").Attr("role", "status").Text(note),
		part.Div("row g8 wrap",
			app.Button().Type("button").Class("btn sec sm").Aria("busy", p.checking).Text(update).OnClick(p.update),
			part.Link("btn ghost sm", journalPath, part.Words(e.T("nav.journal"))),
			persist,
		))
}

func (p *settingsPage) update(ctx app.Context, _ app.Event) {
	u := updates()
	if u == nil {
		return
	}
	if p.ready.update {
		u.Call("apply")
		return
	}
	p.checking = true
	u.Call("check").Then(func(app.Value) {
		ctx.Dispatch(func(ctx app.Context) {
			p.checking, p.checked = false, true
			p.ready.measure(ctx)
		})
	})
	ctx.After(20*time.Second, func(app.Context) { p.checking = false }) // a server that never answers
}

// leave signs out, or erases what this device holds.
func (p *settingsPage) leave() app.UI {
	e := p.E
	body := []app.UI{
		part.P("sm t2", e.T("set.leaveText")),
		part.Div("row g8 wrap",
			app.Button().Type("button").Class("btn sec sm").Text(e.T("me.signout")).OnClick(func(ctx app.Context, _ app.Event) { e.signOut(ctx, bridge.SignOut{}) }),
			app.Button().Type("button").Class("btn ghost sm dg").Text(e.T("set.erase")).OnClick(func(ctx app.Context, _ app.Event) { p.erase(ctx, false) }),
		),
	}
	if p.erasing {
		body = append(body, app.Div().Class("hint dg").Attr("role", "alert").Body(part.Icon("warn"),
			part.Div("",
				part.P("b", e.T("set.eraseWaiting", p.waiting)),
				part.P("", e.T("set.eraseText")),
				part.Div("row g8 wrap",
					app.Button().Type("button").Class("btn sec sm").Text(e.T("journal.copy")).OnClick(p.copy),
					app.Button().Type("button").Class("btn sec sm").Text(e.T("set.eraseKeep")).OnClick(func(app.Context, app.Event) { p.erasing = false }),
					app.Button().Type("button").Class("btn ghost sm dg").Text(e.T("set.eraseAnyway")).OnClick(func(ctx app.Context, _ app.Event) { p.erase(ctx, true) }),
				))))
	}
	return part.Card(e.T("set.leave"), nil, body...)
}

// erase takes this profile off the device. It asks only while actions wait.
func (p *settingsPage) erase(ctx app.Context, anyway bool) {
	e := p.E
	Ask(ctx, e, bridge.OpSignOut, bridge.SignOut{Erase: true, Anyway: anyway}, func(_ app.Context, _ bridge.None, err error) {
		switch {
		case IsFault(err, bridge.FaultWaiting):
			p.erasing, p.waiting = true, e.Status.Pending
		case err != nil:
			e.Snack(e.Fault(err), nil)
		default:
			e.left()
		}
	})
}

func (p *settingsPage) copy(ctx app.Context, _ app.Event) {
	Save(ctx, p.E, bridge.OpOutbox, bridge.None{}, func(_ app.Context, f bridge.File) { part.Download(f.Name, f.Type, f.Data) })
}
