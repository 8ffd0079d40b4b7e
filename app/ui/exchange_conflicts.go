package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// conflictsPage is « Ce qui a été remplacé »: two people wrote the same field;
// the latest value is in place, one tap takes the other back.
type conflictsPage struct {
	app.Compo

	E *Env

	view Live[bridge.JournalAsk, bridge.Journal]
	at   portfolio.ID // card shown; zero: the first
	took map[portfolio.ID]bool
}

var _ = screen(conflictsPath, func(e *Env, _ string) app.Composer { return &conflictsPage{E: e} })

// OnMount asks for the replaced values.
func (p *conflictsPage) OnMount(ctx app.Context) {
	p.took = map[portfolio.ID]bool{}
	p.view.Start(ctx, p.E, bridge.OpJournal, func() bridge.JournalAsk { return bridge.JournalAsk{Lang: string(p.E.Lang)} })
}

// OnPreRender is OnMount in native tests.
func (p *conflictsPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// lostCard is one client with its replaced values.
type lostCard struct {
	id     portfolio.ID
	name   string
	ms     int64
	values []query.LostValue
}

// byCard groups the values by client, latest change first as they come.
func byCard(lost []query.LostValue) []lostCard {
	var cards []lostCard
	at := map[portfolio.ID]int{}
	for _, l := range lost {
		i, ok := at[l.Account]
		if !ok {
			i = len(cards)
			at[l.Account] = i
			cards = append(cards, lostCard{id: l.Account, name: l.Name})
		}
		cards[i].values = append(cards[i].values, l)
		cards[i].ms = max(cards[i].ms, l.KeptMS)
	}
	return cards
}

// Render shows the clients at the left, both values of each field at the right.
func (p *conflictsPage) Render() app.UI {
	e := p.E
	b := Bar{Title: e.T("replaced.title"), Back: journalPath, Grid: "cf-lay"}
	j := p.view.Value
	if j == nil {
		return Screen(e, b, p.view.Waiting(e))
	}
	cards := byCard(j.Lost)
	if len(cards) == 0 {
		return Screen(e, b, part.Empty(e.T("replaced.none"), e.T("replaced.noneText"), part.Link("btn pri lg", todayPath, part.Words(e.T("lost.go")))))
	}
	b.Sub = e.T("replaced.sub", len(cards))
	b.Actions = []app.UI{app.Button().Type("button").Class("btn pri").Body(part.Icon("check"), app.Text(e.T("replaced.allGood"))).OnClick(p.keepAll)}
	shown := cards[0]
	list := make([]app.UI, len(cards))
	for i, c := range cards {
		if c.id == p.at {
			shown = c
		}
		fields := ""
		for k, v := range c.values {
			if k > 0 {
				fields += ", "
			}
			fields += e.T(v.Field)
		}
		list[i] = app.Button().Type("button").Class("cfl").Aria("pressed", c.id == p.at || p.at.IsZero() && i == 0).Body(
			part.Div("who", part.B(c.name), part.Span("", fields)),
			part.Span("xs t3", e.When(c.ms))).
			OnClick(func(app.Context, app.Event) { p.at = c.id }, app.EventScope(c.id.String()))
	}
	return Screen(e, b,
		part.Section("card p0", e.T("replaced.clients"), list...),
		part.Section("card", shown.name,
			app.H2().Class("q").Body(app.A().Href(ClientPath(shown.id)).Text(shown.name)),
			part.P("sm t2", e.T("replaced.lead")),
			part.Div("cft", p.rows(shown)...),
			part.Hint("in", part.P("", e.T("replaced.adds")), part.P("b", e.T("replaced.history"))),
		))
}

func (p *conflictsPage) rows(c lostCard) []app.UI {
	e := p.E
	var out []app.UI
	for _, l := range c.values {
		l = e.lostSaid(l)
		mine := side{text: l.Lost, by: e.T("replaced.you"), ms: l.LostMS, kept: p.took[l.Conflict], take: true}
		theirs := side{text: l.Kept, by: l.KeptBy, ms: l.KeptMS, kept: !p.took[l.Conflict]}
		if !l.Mine {
			mine.by = l.LostBy
			if l.KeptBy == "" {
				theirs.by = e.T("replaced.you")
			}
		}
		out = append(out,
			app.Div().Class("cfr").Attr("role", "group").Aria("label", e.T(l.Field)).Body(
				part.Div("t2 sm cf-f", app.Text(e.T(l.Field)), app.Small().Class("t3").Text(i18n.ConflictWhy(e.Lang, l.Why))),
				p.option(l, mine),
				p.option(l, theirs)))
	}
	return out
}

// A side is one of the two values of a field.
type side struct {
	text, by string
	ms       int64
	kept     bool // in place now
	take     bool // tapping it takes the set-aside value back
}

func (p *conflictsPage) option(l query.LostValue, s side) app.UI {
	e := p.E
	text := s.text
	if text == "" {
		text = i18n.None
	}
	return app.Button().Type("button").Class("opt").Aria("pressed", s.kept).Body(
		app.I(),
		app.Span().Body(part.B(text), app.Small().Text(e.T("journal.pair", s.by, e.When(s.ms))))).
		OnClick(func(app.Context, app.Event) { p.settle(l, s.take) }, app.EventScope(l.Conflict.String(), s.text, s.take))
}

// settle puts one of the values in place; the other stays in the history.
func (p *conflictsPage) settle(l query.LostValue, take bool) {
	before := p.took[l.Conflict]
	p.took[l.Conflict] = take // at once; the answer confirms
	Save(p.view.ctx, p.E, bridge.OpSettle, bridge.Settle{Conflict: l.Conflict, Account: l.Account, TakeOther: take}, func(ctx app.Context, _ bridge.Saved) {
		text := l.Kept
		if take {
			text = l.Lost
		}
		var back part.Tap
		if take != before {
			back = func(app.Context) { p.settle(l, before) }
		}
		p.E.Snack(p.E.T("replaced.inPlace", p.E.T(l.Field), text), back)
		p.view.Again(ctx)
	})
}

// keepAll says that every value in place is right.
func (p *conflictsPage) keepAll(app.Context, app.Event) {
	if p.view.Value == nil {
		return
	}
	for _, l := range p.view.Value.Lost {
		if !p.took[l.Conflict] {
			Save(p.view.ctx, p.E, bridge.OpSettle, bridge.Settle{Conflict: l.Conflict, Account: l.Account}, func(ctx app.Context, _ bridge.Saved) { p.view.Again(ctx) })
		}
	}
	p.E.Snack(p.E.T("replaced.done"), nil)
}
