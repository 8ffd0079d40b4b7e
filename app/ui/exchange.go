package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
)

// journalPage is the exchange journal: did my work arrive, is this tablet
// ready?
type journalPage struct {
	app.Compo

	E *Env

	view  Live[bridge.JournalAsk, bridge.Journal]
	ready readiness
	open  string // id of the refused action shown
	chain string // the entry whose corrections are shown
	busy  bool
}

var _ = screen(journalPath, func(e *Env, _ string) app.Composer { return &journalPage{E: e} })

// OnMount asks for the journal, and measures the device.
func (p *journalPage) OnMount(ctx app.Context) {
	p.view.Start(ctx, p.E, bridge.OpJournal, func() bridge.JournalAsk { return bridge.JournalAsk{Lang: string(p.E.Lang), Limit: 50} })
	p.E.Watch(ctx, func(ctx app.Context, ev bridge.Event) {
		if ev.Kind == bridge.EventStatus {
			p.view.Again(ctx)
		}
	})
	p.ready.measure(ctx)
}

// OnPreRender is OnMount in native tests.
func (p *journalPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// Render lists what must be mended first, then what waits, was replaced, left.
func (p *journalPage) Render() app.UI {
	e := p.E
	b := Bar{Title: e.T("nav.journal"), Back: todayPath, Grid: "jr-lay", Actions: []app.UI{
		app.Button().Type("button").Class("btn sec").Aria("busy", p.busy).Body(part.Icon("sync"), part.Span("long", e.T("journal.now"))).
			Aria("label", e.T("journal.now")).OnClick(p.exchange),
	}}
	j := p.view.Value
	if j == nil {
		return Screen(e, b, p.view.Waiting(e))
	}
	b.Sub = e.T("journal.sub", j.Status.Pending, len(j.Sent), len(j.Refused))
	if j.Status.Pending == 0 && len(j.Refused) == 0 && len(j.Lost) == 0 {
		b.Sub = e.T("journal.all")
	}
	return Screen(e, b,
		part.Section("card p0", e.T("nav.journal"), p.groups(j)...),
		part.Div("col g16",
			p.repair(j),
			p.ready.card(e, j.Status),
			part.Div("row g8 wrap",
				app.Button().Type("button").Class("btn sec sm").Body(part.IconS("down-to"), app.Text(e.T("journal.copy"))).OnClick(p.copy),
				part.Span("xs t3", e.T("journal.survives")),
			),
		),
	)
}

func (p *journalPage) groups(j *bridge.Journal) []app.UI {
	e := p.E
	var out []app.UI
	head := func(class, key, right string) {
		out = append(out, app.H2().Class("gh"+class).Body(app.Text(e.T(key)), part.Space(), part.Span("", right)))
	}
	if len(j.Refused) > 0 {
		head(" bl", "journal.toCorrect", e.Count(len(j.Refused)))
		for _, a := range j.Refused {
			id := a.ID.String()
			class := "jr"
			if p.shown(j) == id {
				class += " on"
			}
			out = append(out, app.Button().Type("button").Class(class).Aria("expanded", p.shown(j) == id).Body(
				p.line(a, e.T("journal.refusedAt", e.When(a.AtMS)), part.IconS("right"))...).
				OnClick(func(app.Context, app.Event) { p.open = id }, app.EventScope(id)))
		}
	}
	if n := max(j.WaitAll, len(j.Waiting)); n > 0 {
		head("", "journal.kept", e.T("journal.leave", n))
		for _, c := range chains(j.Waiting) {
			out = append(out, p.group(c, "wait", e.When(c.AtMS), part.Span("tag in", e.T("journal.waits")))...)
		}
	}
	if len(j.Lost) > 0 {
		head("", "journal.replaced", e.Count(len(j.Lost)))
		for _, l := range j.Lost {
			out = append(out, part.Link("jr", conflictsPath,
				part.Box("bi", part.Icon("swap")),
				part.Div("", part.B(e.T("journal.pair", e.T(l.Field), l.Name)), app.Small().Text(e.T("journal.valueOf", e.When(l.KeptMS), l.KeptBy))),
				part.Span("lnk", e.T("journal.reread"))))
		}
	}
	if n := max(j.SentAll, len(j.Sent)); n > 0 {
		head("", "journal.sent", e.Count(n))
		for _, c := range chains(j.Sent) {
			out = append(out, p.group(c, "sent", e.T("journal.received", e.When(c.AtMS), e.When(c.SentMS)),
				part.Box("ac", part.IconS("check"), part.Span("sr", e.T("journal.arrived"))))...)
		}
	}
	if len(out) == 0 {
		out = append(out, part.Div("jr-none", part.IconL("cloud"), part.P("b", e.T("journal.empty")), part.P("sm t2", e.T("journal.emptyText"))))
	}
	return out
}

var actIcons = map[string]string{"visit": "up-arrow", "call": "phone", "edit": "pen", "plan": "calendar", "create": "plus", "import": "down-to",
	"estimate": "target", "undo": "undo", "archive": "file", "settle": "swap", "setting": "gear", "person": "user", "tag": "list"}

// actName says what the user did: "Visite : Avancée, Brasserie de l'Écluse".
func actName(e *Env, a bridge.Act) string {
	what := e.T("act." + a.Key)
	if a.Detail != "" {
		what = e.T("act.detail", what, a.Detail)
	}
	if a.Cards > 1 {
		return e.T("journal.pair", what, e.T("bulk.picked", a.Cards))
	}
	if a.Name != "" {
		return e.T("journal.pair", what, a.Name)
	}
	return what
}

func (p *journalPage) line(a bridge.Act, small string, end app.UI) []app.UI {
	icon := actIcons[a.Key]
	if icon == "" {
		icon = "file"
	}
	return []app.UI{part.Box("bi", part.Icon(icon)), part.Div("", part.B(actName(p.E, a)), app.Small().Text(small)), end}
}

// A chain is what the user did, with what it corrects, newest first.
type chain struct {
	bridge.Act
	before []bridge.Act
}

// chains gathers a visit and its corrections into one entry, in the place of
// the latest: none of them is lost, and none counts for a visit of its own.
func chains(acts []bridge.Act) []chain {
	at, amended := map[portfolio.ID]int{}, map[portfolio.ID]bool{}
	for i, a := range acts {
		at[a.ID] = i
		if !a.Amends.IsZero() {
			amended[a.Amends] = true
		}
	}
	var out []chain
	for _, a := range acts {
		if amended[a.ID] {
			continue
		}
		c := chain{Act: a}
		for i, ok := at[a.Amends]; ok; i, ok = at[acts[i].Amends] {
			c.before = append(c.before, acts[i])
		}
		out = append(out, c)
	}
	return out
}

// group is one entry; a tap shows what it corrects, struck through.
func (p *journalPage) group(c chain, list, small string, end app.UI) []app.UI {
	e := p.E
	if len(c.before) == 0 {
		return []app.UI{part.Div("jr", p.line(c.Act, small, end)...)}
	}
	id := list + c.ID.String()
	open := p.chain == id
	key := "journal.corrected"
	if c.Key == "undo" {
		key = "journal.undone"
	}
	small += " · " + e.T(key, len(c.before))
	out := []app.UI{part.Press("chain/"+id, "jr", func() {
		if p.chain = id; open {
			p.chain = ""
		}
	}, p.line(c.Act, small, end)...).Aria("expanded", open)}
	if !open {
		return out
	}
	lines := make([]app.UI, len(c.before))
	for i, a := range c.before {
		lines[i] = app.Li().Body(app.S().Text(actName(e, a)), part.Span("xs t3", e.When(a.AtMS)))
	}
	return append(out, app.Ol().Class("jr-was").Aria("label", e.T("journal.was")).Body(lines...))
}

// shown is the refused action that the repair card is about.
func (p *journalPage) shown(j *bridge.Journal) string {
	for _, a := range j.Refused {
		if a.ID.String() == p.open {
			return p.open
		}
	}
	if len(j.Refused) > 0 {
		return j.Refused[0].ID.String()
	}
	return ""
}

// repair offers the ways out of a refused action.
func (p *journalPage) repair(j *bridge.Journal) app.UI {
	e, id := p.E, p.shown(j)
	for _, a := range j.Refused {
		if a.ID.String() != id {
			continue
		}
		var sheet app.UI = part.Nothing()
		if !a.Account.IsZero() {
			sheet = part.Link("btn ghost", ClientPath(a.Account), part.Words(e.T("journal.openSheet")))
		}
		return app.Section().Class("card").Aria("live", "polite").Body(
			part.Line("eyebrow bl", e.T("journal.toCorrect")),
			part.H2("q", actName(e, a)),
			part.P("t2 sm", e.T("journal.refusedWhy", e.When(a.AtMS), a.Why)),
			part.Div("row g8 wrap repair",
				app.Button().Type("button").Class("btn pri sm").Text(e.T("journal.retry")).OnClick(p.drop(a, true), app.EventScope(id, "retry")),
				sheet,
				part.Space(),
				app.Button().Type("button").Class("btn ghost t2").Text(e.T("journal.drop")).OnClick(p.drop(a, false), app.EventScope(id, "drop")),
			))
	}
	return part.Nothing()
}

func (p *journalPage) drop(a bridge.Act, retry bool) app.EventHandler {
	return func(app.Context, app.Event) {
		Save(p.view.ctx, p.E, bridge.OpDrop, bridge.DropRefused{ID: a.ID, Retry: retry}, func(ctx app.Context, _ bridge.Saved) {
			key := "journal.dropped"
			if retry {
				key = "journal.retried"
			}
			p.E.Snack(p.E.T(key), nil)
			p.view.Again(ctx)
		})
	}
}

func (p *journalPage) exchange(app.Context, app.Event) {
	if p.busy {
		return
	}
	p.busy = true
	Ask(p.view.ctx, p.E, bridge.OpSync, bridge.None{}, func(ctx app.Context, s bridge.Status, err error) {
		p.busy = false
		switch {
		case err != nil:
			p.E.Snack(p.E.Fault(err), nil)
		default:
			p.E.Status = s
			p.E.tell(bridge.Event{Kind: bridge.EventStatus, Status: &s})
			if s.State == bridge.StateOffline {
				p.E.Snack(p.E.T("journal.noNetwork"), nil)
			}
		}
		p.view.Again(ctx)
		p.ready.measure(ctx)
	})
}

func (p *journalPage) copy(ctx app.Context, _ app.Event) {
	Save(ctx, p.E, bridge.OpOutbox, bridge.None{}, func(_ app.Context, f bridge.File) {
		part.Download(f.Name, f.Type, f.Data)
		p.E.Snack(p.E.T("journal.copied", f.Name), nil)
	})
}

// readiness is what this device says of itself: measured, never presumed.
type readiness struct {
	known        bool
	usage, quota float64
	persisted    string // yes, no, or empty: the browser does not say
	update       bool
}

func (r *readiness) measure(ctx app.Context) {
	if !app.IsClient {
		return
	}
	if u := updates(); u != nil {
		r.update = u.Call("waiting").Bool()
	}
	s := app.Window().Get("navigator").Get("storage")
	if !s.Truthy() {
		return
	}
	if s.Get("estimate").Truthy() {
		s.Call("estimate").Then(func(v app.Value) {
			usage, quota := v.Get("usage").Float(), v.Get("quota").Float()
			ctx.Dispatch(func(app.Context) { r.known, r.usage, r.quota = true, usage, quota })
		})
	}
	if s.Get("persisted").Truthy() {
		s.Call("persisted").Then(func(v app.Value) {
			r.persisted = map[bool]string{true: "yes", false: "no"}[v.Bool()]
			ctx.Dispatch(nil)
		})
	}
}

// persist asks the browser to keep the data; it answers by itself, or asks.
func (r *readiness) persist(ctx app.Context) {
	if !app.IsClient {
		return
	}
	s := app.Window().Get("navigator").Get("storage")
	if !s.Truthy() || !s.Get("persist").Truthy() {
		return
	}
	s.Call("persist").Then(func(app.Value) { ctx.Dispatch(r.measure) })
}

// full is how much of the room is taken from which we warn.
const full = .9

// A control is one line of the readiness card.
type control struct {
	icon, title, text string
	ok                bool
	meter             string // share for a meter, "" none
}

func (r *readiness) controls(e *Env, s bridge.Status) []control {
	var out []control
	if r.known && r.quota > 0 {
		out = append(out, control{"store", e.T("ready.room"), e.T("ready.roomOf", i18n.Bytes(e.Lang, r.usage), i18n.Bytes(e.Lang, r.quota)),
			r.usage < full*r.quota, strings.Replace(i18n.Decimal(i18n.EN, r.usage/r.quota, 3), ",", "", 1)})
	}
	switch r.persisted {
	case "yes":
		out = append(out, control{"shield", e.T("ready.kept"), e.T("ready.keptYes"), true, ""})
	case "no":
		out = append(out, control{"shield", e.T("ready.kept"), e.T("ready.keptNo"), false, ""})
	}
	if s.LastMS > 0 {
		clock := control{"clock", e.T("ready.clock"), e.T("ready.clockOK"), true, ""}
		if s.ClockOff != 0 {
			min := int((max(s.ClockOff, -s.ClockOff) + 30_000) / 60_000)
			clock.ok, clock.text = false, e.T("ready.clockOff", min)
		}
		out = append(out, clock)
	}
	version := control{"sync", e.T("ready.version"), e.T("ready.versionOK", e.Version), true, ""}
	if r.update || s.State == bridge.StateUpgrade {
		version.ok, version.text = false, e.T("ready.versionNew", e.Version)
	}
	out = append(out, version)
	last := control{"cloud", e.T("ready.last"), e.T("ready.lastNone"), false, ""}
	if s.LastMS > 0 {
		last.text = e.When(s.LastMS)
		last.ok = e.Now().UnixMilli()-s.LastMS < longAbsence.Milliseconds()
	}
	return append(out, last)
}

// card shows the controls, each with what to do when it fails.
func (r *readiness) card(e *Env, s bridge.Status) app.UI {
	controls := r.controls(e, s)
	passed := 0
	rows := make([]app.UI, len(controls))
	for i, c := range controls {
		class := "rd"
		if c.ok {
			passed++
		} else {
			class += " warn"
		}
		var meter app.UI = part.Nothing()
		if c.meter != "" {
			meter = app.Meter().Min("0").Max("1").Value(c.meter).Aria("label", c.text)
		}
		rows[i] = app.Div().Class(class).Body(part.Box("bi", part.Icon(c.icon)),
			part.Div("", part.B(c.title), part.Span("", c.text), meter))
	}
	title, tag := e.T("ready.yes"), "tag ac"
	if passed < len(controls) {
		title, tag = e.T("ready.look"), "tag bl"
	}
	return part.Section("card", e.T("ready.title"),
		part.Div("row top",
			part.Div("", part.Line("eyebrow", e.T("ready.title")), part.H2("q", title)),
			part.Space(),
			app.Span().Class(tag).Text(e.T("ready.count", passed, len(controls)))),
		part.Div("rds", rows...))
}
