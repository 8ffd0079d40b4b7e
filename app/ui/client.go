package ui

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/calendar"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// clientPage is the sheet of one client: what it is worth, why, and what to do
// next. Its parts are one scroll; the tabs jump.
type clientPage struct {
	app.Compo

	E  *Env
	ID string

	view    Live[query.ClientAsk, query.Client]
	deep    Live[query.SheetAsk, query.SheetTab] // asked once the first screen stands
	below   int                                  // how much of what lies below the first screen is drawn, of stages
	mounted bool
	soon    bool                    // the rest will be, in the next frames
	figures map[string]query.Figure // of the pairs of figures, by topic
	id      portfolio.ID
	tab     string
	log     bool         // the logging sheet is open
	tagging bool         // that of the tags is
	form    string       // the form open in a card: plan, decide-…
	moving  portfolio.ID // the planned visit being moved
	whole   bool         // the whole history is shown
	failed  string       // what the open form lacks, in words
	decide  bridge.Override
	settled []string      // signals tried as settled
	tried   *query.WhatIf // the risk then

	facts  Live[bridge.RecordsAsk, bridge.Records] // what forms change
	noting *noting                                 // the form open over the sheet
	drafts map[string]map[uint16]string            // of forms closed before they were saved

	resized part.Resized
	ctx     app.Context
}

var _ = screen(clientsPath+"/{id}", func(e *Env, id string) app.Composer {
	p := &clientPage{E: e, ID: id, tab: "synthesis"}
	p.id, _ = portfolio.ParseID(id)
	p.view.Value = e.takeSheet(p.id)
	return p
})

// OnMount asks for the sheet.
func (p *clientPage) OnMount(ctx app.Context) {
	p.ctx, p.mounted = ctx, true
	ctx.PreventUpdate() // nothing has changed since it was drawn, a moment ago
	p.view.came = func() { p.arrive(p.ctx) }
	p.facts.came = p.view.came
	p.view.Start(ctx, p.E, bridge.OpClient, p.ask)
	if p.E.sheet = nil; p.view.Value != nil { // asked ahead
		p.arrive(ctx)
		if app.IsClient {
			p.drawSoon()
		}
	}
	if !app.IsClient && !p.id.IsZero() {
		p.askDeep()
	}
	p.E.Watch(ctx, func(ctx app.Context, ev bridge.Event) {
		if ev.Kind == bridge.EventDeep {
			p.deep.Again(ctx)
		}
	})
	p.E.OnKey(ctx, func(_ app.Context, key string) bool {
		if key == "n" && p.writable() {
			p.log = true
		}
		return key == "n"
	})
}

// OnPreRender is OnMount in native tests.
func (p *clientPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnUpdate shows another client.
func (p *clientPage) OnUpdate(ctx app.Context) {
	if id, _ := portfolio.ParseID(p.ID); id != p.id {
		p.id, p.form, p.whole, p.log, p.moving = id, "", false, false, portfolio.ID{}
		p.noting, p.drafts, p.facts.Value = nil, nil, nil
		p.settled, p.tried = nil, nil
		p.view.Value, p.deep.Value = nil, nil
		p.below, p.soon = 0, false
		p.view.Again(p.ctx)
		p.facts.Again(p.ctx)
		if !app.IsClient {
			p.deep.Again(p.ctx)
		}
	}
}

// OnNav opens the form that the address asks for.
func (p *clientPage) OnNav(ctx app.Context) { p.arrive(ctx) }

// OnResize asks for charts of the new width.
func (p *clientPage) OnResize(ctx app.Context) {
	if _, changed := p.resized.Changed(ContentID, 1040); changed {
		p.view.Again(p.ctx)
		p.deep.Again(p.ctx)
	}
}

// askDeep asks for the deep parts.
func (p *clientPage) askDeep() {
	p.deep.came = func() { p.draw(1) }
	p.deep.Start(p.ctx, p.E, bridge.OpSheet, func() query.SheetAsk {
		w, _ := p.resized.Changed(ContentID, 1040)
		return query.SheetAsk{Lang: string(p.E.Lang), ID: p.id, Width: w}
	})
	p.askFacts()
}

func (p *clientPage) ask() query.ClientAsk {
	w, _ := p.resized.Changed(ContentID, 1040)
	return query.ClientAsk{Lang: string(p.E.Lang), ID: p.id, Width: w}
}

func (p *clientPage) writable() bool { return p.view.Value != nil && !p.view.Value.Readonly }

// name of the client shown.
func (p *clientPage) name() string { return p.view.Value.Row.Name }

// Render arranges the sheet.
func (p *clientPage) Render() app.UI {
	e, v := p.E, p.view.Value
	back := clientsPath
	if left.env == e {
		back += left.query
	}
	bar := Bar{Title: e.T("nav.clients"), Back: back}
	if v == nil {
		if IsFault(p.view.Err, bridge.FaultMissing) || p.id.IsZero() {
			bar.Title = e.T("client.gone")
			return Screen(e, bar, part.Empty(e.T("client.gone"), e.T("client.gone-text"), part.Link("btn pri lg", back, part.Words(e.T("client.gone-act")))))
		}
		return Screen(e, bar, p.view.Waiting(e))
	}
	bar.Title, bar.Sub, bar.Head = v.Row.Name, p.sub(v), &v.Head
	bar.Subs = p.tagLine(v)
	if v.Row.Phone != "" {
		bar.Actions = append(bar.Actions, part.Tel(v.Row.Phone).Class("btn sec icon").Aria("label", e.T("today.call", v.Row.Name)).Body(part.Icon("phone")))
	}
	if v.Readonly {
		bar.Actions = append(bar.Actions, e.lock())
	} else {
		bar.Actions = append(bar.Actions, e.logButton(func() { p.log = true }))
	}
	return Screen(e, bar,
		p.tabs(v),
		app.Div().Class("fc-top tight").ID("fc-synthesis").Body(
			p.scoreCard(v), p.boardCard(v), part.Div("fc-col", p.penetrationCard(v), p.riskCard())),
		app.Div().Class("tight").ID("fc-activity").Body(&part.Chart{Lang: e.Lang, Currency: e.Currency, Topic: e.T("client.activity"), Data: v.Activity}),
		p.belowFold(v),
		app.If(p.log, func() app.UI {
			return newLogSheet(p.ctx, e, v.Row, nil, func(app.Context) { p.log = false })
		}),
		app.If(p.tagging, func() app.UI {
			return &bulkSheet{E: e, IDs: []portfolio.ID{p.id}, page: p.ctx, OnClose: func(app.Context) { p.tagging = false }}
		}),
		app.If(p.noting != nil, func() app.UI { return &formSheet{P: p, F: p.noting, Facts: p.facts.Value} }),
	)
}

// belowFold is what lies below the first screen: it is drawn in the frames after
// it, some rows at a time, so that the score, the board and the activity can be
// read sooner.
func (p *clientPage) belowFold(v *query.Client) app.UI {
	stage := p.below
	if !app.IsClient {
		stage = stages
	} else {
		p.drawSoon()
	}
	if stage == 0 {
		return part.Skeleton(p.E.T("part.loading"), 2)
	}
	section := func(id, class string, cards ...app.UI) app.UI {
		return app.Div().Class(class).ID("fc-" + id).Body(cards...)
	}
	rows := [...]func() app.UI{
		func() app.UI { return section("families", "fc-two", p.familiesCard(), p.marginCard()) },
		func() app.UI {
			return section("give", "fc-two", p.giveCard(), part.Div("fc-col", p.lifeCard(v), p.plannedCard(v)))
		},
		func() app.UI {
			return section("projects", "fc-three", p.projectsCard(), section("people", "fc-cell", p.peopleCard(v)), section("history", "fc-cell", p.historyCard(v)))
		},
		func() app.UI { return section("engagement", "fc-two", p.ribbonCard(), p.quadrantCard()) },
		func() app.UI {
			return section("efforts", "fc-four", p.indexCard(), p.effortsCard(), p.balanceCard(), p.leversCard())
		},
		func() app.UI { return section("money", "fs-half", p.effortCard(), p.flowCard()) },
		func() app.UI { return section("response", "fs-opt", p.responseCard()) },
		func() app.UI { return section("risk", "fc-two", p.signalsCard(), p.actCard()) },
		func() app.UI { return section("facts", "", p.factsCard()) },
		func() app.UI {
			return section("map", "fs-half", part.Div("fc-col", p.mapCard(), p.missingCard(v)), section("potential", "", p.potentialCard(v)))
		},
		func() app.UI { return section("fields", "", p.fieldsCard(v)) },
	}
	n := min(stage*perStage, len(rows))
	all := make([]app.UI, 0, len(rows))
	for _, row := range rows[:n] {
		all = append(all, row())
	}
	if n < len(rows) {
		all = append(all, part.Skeleton(p.E.T("part.loading"), 1))
	}
	return part.Div("fc-below", all...)
}

// drawSoon draws what lies below once the first screen is painted.
func (p *clientPage) drawSoon() {
	if p.soon || !p.mounted || p.view.Value == nil {
		return
	}
	p.soon = true
	p.ctx.Defer(func(ctx app.Context) {
		part.NextFrame(func() {
			ctx.Dispatch(func(ctx app.Context) {
				if p.below > 0 {
					return
				}
				p.E.spareFrame()
				ctx.PreventUpdate()
				p.askDeep() // drawn with its answer, or without it when that takes its time
				ctx.After(deepWait, func(app.Context) { p.draw(1) })
			})
		})
	})
}

// stages is how many frames what lies below takes, perStage the rows of each.
const stages, perStage = 4, 3

// deepWait is how long the parts below the first screen wait for the second
// answer before they are drawn without it.
const deepWait = 250 * time.Millisecond

// draw draws what lies below as far as a stage, and the rest in the next frame.
func (p *clientPage) draw(stage int) {
	if p.below >= stage || p.view.Value == nil {
		return
	}
	p.below = stage
	p.E.spareFrame()
	if stage < stages && app.IsClient {
		part.NextFrame(func() { p.ctx.Dispatch(func(app.Context) { p.draw(stage + 1) }) })
	}
}

func (p *clientPage) sub(v *query.Client) string {
	e := p.E
	s := v.Address
	add := func(t string) {
		if t != "" {
			if s != "" {
				s += " · "
			}
			s += t
		}
	}
	if s == "" {
		add(v.Row.City)
	}
	add(v.Row.Sector)
	if v.Since != 0 {
		y, m, _ := v.Since.Civil()
		add(e.T("client.since", i18n.Month(e.Lang, y, m)))
	}
	if v.Readonly && v.Owner != "" {
		add(e.T("client.owner", v.Owner))
	}
	return s
}

// tabs jump to the parts; the badges are tapped for their reasons.
func (p *clientPage) tabs(v *query.Client) app.UI {
	e, r := p.E, v.Row
	var options []part.Option
	for _, k := range [...]string{"synthesis", "activity", "engagement", "give", "projects", "people", "history"} {
		options = append(options, part.Option{Key: k, Label: e.T("client.tab." + k)})
	}
	letter, phase := p.phaseNow(v)
	badges := []app.UI{
		e.tapBody(phase, p.who(), part.Phase(e.Lang, letter, false)),
		e.tapBody(v.Weight, p.who(), part.Weight(e.Lang, r.Weight)),
		e.tapBody(v.PR, p.who(), part.PR(r.P, r.R, r.Faint)),
		e.tapBody(v.Category, p.who(), part.Span("tag", i18n.Category(e.Lang, r.Category))),
	}
	if t := p.deepTab(); t != nil {
		if f := t.View.Movement.Type; f.Mark.Has() {
			badges = append(badges, e.tapBody(f, p.who(), part.Span("tag", e.Figure(f))))
		}
		if f := t.View.Risk.P; f.Mark.Has() {
			badges = append(badges, e.tapBody(f, p.who(), e.riskWords(&t.View.Risk, "chip.risk:")))
		}
	}
	if r.Replaced > 0 {
		badges = append(badges, part.Span("tag bl", e.T("clients.replaced")))
	}
	if r.Archived {
		badges = append(badges, part.Span("tag", e.T("client.is-archived")))
	}
	return part.Div("fc-tabs",
		part.Seg("tabs", e.T("client.tabs"), p.tab, options, func(ctx app.Context, k string) {
			p.tab = k
			ctx.ScrollTo("fc-" + k)
		}),
		part.Div("row g8 fc-badges", badges...),
	)
}

// tapBody is a badge that opens its reasons; nothing without a class.
func (e *Env) tapBody(f query.Figure, subject string, badge app.UI) app.UI {
	if f.Topic == "" {
		return app.Span()
	}
	text := e.Figure(f)
	if text == i18n.None {
		return e.TapText(f, subject, "tag", i18n.Topic(e.Lang, f.Topic)+" "+i18n.None)
	}
	return app.Button().Type("button").Class("figb badge").Body(e.asWhy(i18n.Topic(e.Lang, f.Topic), badge)...).
		OnClick(func(ctx app.Context, _ app.Event) { e.WhyAt(ctx, f, subject) }, app.EventScope("why", subject, f.Topic, text, print(f.Mark)))
}

// order runs an action of this sheet and says it, with its undo.
func order[Q any](p *clientPage, op bridge.Op[Q, bridge.Saved], q Q, said, undone string) {
	e, id := p.E, p.id
	Save(p.ctx, e, op, q, func(_ app.Context, s bridge.Saved) {
		var undo part.Tap
		if undone != "" {
			undo = func(ctx app.Context) {
				Save(ctx, e, bridge.OpUndo, bridge.Undo{Account: id, ID: s.ID}, nil)
				e.Snack(undone, nil)
			}
		}
		e.Snack(said, undo)
	})
}

// planOn plans a visit, or moves the one chosen.
func (p *clientPage) planOn(day calendar.Day) {
	e := p.E
	q := bridge.PlanVisit{ID: p.moving, Account: p.id, Day: int32(day), Kind: portfolio.Visit}
	said := e.T("log.planned", p.name(), i18n.Day(e.Lang, day))
	if !p.moving.IsZero() {
		for _, a := range p.view.Value.Planned {
			if a.ID == p.moving {
				q.Kind, q.Minute = a.Kind, a.Minute
			}
		}
		said = e.T("client.moved", p.name(), i18n.Day(e.Lang, day))
	}
	p.form, p.moving = "", portfolio.ID{}
	order(p, bridge.OpPlan, q, said, e.T("client.undone", p.name()))
}

// move chooses the visit to move, or none.
func (p *clientPage) move(id portfolio.ID) {
	if p.form = ""; p.moving == id {
		id = portfolio.ID{}
	}
	p.moving = id
}

func (p *clientPage) cancel(id portfolio.ID) {
	order(p, bridge.OpCancel, bridge.CancelVisit{ID: id, Account: p.id}, p.E.T("client.cancelled", p.name()), p.E.T("client.restored", p.name()))
}

// undo takes an act of the history back.
func (p *clientPage) undo(id portfolio.ID) {
	e, name := p.E, p.name()
	Save(p.ctx, e, bridge.OpUndo, bridge.Undo{Account: p.id, ID: id}, func(app.Context, bridge.Saved) {
		e.Snack(e.T("client.undone", name), nil)
	})
}

func (p *clientPage) archive(back bool) {
	said, undone := "client.archived", "client.unarchived"
	if back {
		said, undone = undone, said
	}
	order(p, bridge.OpArchive, bridge.ArchiveAccount{Account: p.id, Back: back}, p.E.T(said, p.name()), p.E.T(undone, p.name()))
}

func (p *clientPage) settle(conflict portfolio.ID, take bool) {
	order(p, bridge.OpSettle, bridge.Settle{Conflict: conflict, Account: p.id, TakeOther: take}, p.E.T("client.settled", p.name()), p.E.T("client.undone", p.name()))
}

// open opens a form of a card, or closes it.
func (p *clientPage) open(form string) {
	p.failed = ""
	if p.form == form {
		form = ""
	}
	p.form = form
	p.decide = bridge.Override{}
	p.moving = portfolio.ID{}
}
