package ui

import (
	"html"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// why is the sentence of a figure that has no value, or rests on little data.
func (e *Env) whyNot(m explain.Mark) app.UI {
	switch m.Status {
	case explain.NA:
		return part.P("verdict", i18n.Reason(e.Lang, m.Reason))
	case explain.Weak:
		return part.Weak(e.Lang, m)
	}
	return part.Nothing()
}

// scoreCard is the score, its rank, what makes it and what would raise it.
func (p *clientPage) scoreCard(v *query.Client) app.UI {
	e := p.E
	var rank app.UI = part.Nothing()
	if v.Rank > 0 {
		rank = part.Line("sm t2", e.T("client.rank", v.Rank, v.Of))
	}
	longest := 1.0
	for _, b := range v.Bars {
		longest = max(longest, b.Max)
	}
	bars := make([]app.UI, len(v.Bars))
	for i, b := range v.Bars {
		f, name := b.Figure, upper(e.T(b.Key))
		bars[i] = app.Button().Type("button").Class("b1").Body(part.Inside(
			"<span>", html.EscapeString(name), "</span>", contribution(b.Points, b.Max, longest),
			`<span class="tn b tr">`, html.EscapeString(i18n.Points(e.Lang, b.Points)), `</span><span class="tn t3 tr xs">/ `, html.EscapeString(e.Number(b.Max)),
			`</span><span class="sr">`, html.EscapeString(e.T("part.why")), "</span>",
		)).OnClick(func(ctx app.Context, _ app.Event) { e.WhyAt(ctx, f, p.who()) }, app.EventScope("bar", v.Row.ID.String(), b.Key, print(f.Mark)))
	}
	body := []app.UI{
		part.Div("fc-score", e.score(v.Score, p.who(), "xl fig"), part.Furrows(e.Lang, v.Score.Value, 24, 176, 26, -1), rank),
		e.whyNot(v.Score.Mark),
		app.Div().Class("fc-bars").Attr("role", "group").Aria("label", e.T("client.bars")).Body(bars...),
	}
	if len(v.Raises) > 0 {
		var lines []app.UI
		for i, r := range v.Raises {
			if i == 2 {
				break
			}
			points := ""
			if r.Points > 0 {
				points = " " + e.T("client.raise-points", i18n.Points(e.Lang, r.Points))
			}
			lines = append(lines, part.Div("", app.Text(r.Text), part.B(points)))
		}
		body = append(body, part.Hint("", lines...))
	}
	if t := p.deepTab(); t != nil && t.View.Score.Seven.Mark.Has() {
		body = append(body, part.Div("fs-last", p.pair(t.View.Score.Seven)))
	}
	return part.Card(e.T("client.score"), nil, body...)
}

// contribution is the bar of one criterion: its track as long as its weight,
// filled by its points; what subtracts is brick.
func contribution(points, most, longest float64) string {
	pc := func(x float64) string { return strconv.FormatFloat(min(max(x/longest*100, 0), 100), 'f', 1, 64) + "%" }
	colour, filled := "--accent", points
	if points < 0 {
		colour, filled = "--danger", -points
	}
	return `<svg height="12" aria-hidden="true"><rect width="` + pc(most) + `" height="12" rx="6" fill="var(--sunken)"/><rect width="` +
		pc(filled) + `" height="12" rx="6" fill="var(` + html.EscapeString(colour) + `)"/></svg>`
}

// boardCard is the mini P–R board and the strategy of the cell.
func (p *clientPage) boardCard(v *query.Client) app.UI {
	e, name := p.E, p.who()
	level := func(f query.Figure, letter string) app.UI {
		text := e.Figure(f)
		if f.Mark.Status != explain.NA && f.Text == "" {
			text = letter + text
		}
		return e.TapText(f, name, "b", text)
	}
	board := v.Board
	board.Advice, board.Finding = "", "" // the strategy says it below
	return part.Card(e.T("client.pr"), nil,
		&part.Chart{Lang: e.Lang, Currency: e.Currency, Data: board, Bare: true},
		part.Div("fc-sum sm", level(v.PLevel, "P"), level(v.RLevel, "R"),
			part.Span("t2", "P–R"), e.TapText(v.PR, name, "b", p.signed(v.PR))),
		part.P("verdict", v.Strategy+p.aim(v)),
	)
}

// aim is the level the board's arrow goes to.
func (p *clientPage) aim(v *query.Client) string {
	if v.Board.Pic == nil || v.Board.Pic.Board == nil {
		return ""
	}
	b := v.Board.Pic.Board
	if b.Aim.P == 0 || b.Aim.R < 0 || b.Aim.R >= len(b.RName) || b.Aim == b.Now {
		return ""
	}
	return " " + p.E.T("client.aim", b.RName[b.Aim.R])
}

func (p *clientPage) signed(f query.Figure) string {
	if f.Mark.Status == explain.NA || f.Text != "" {
		return p.E.Figure(f)
	}
	return i18n.Points(p.E.Lang, f.Value)
}

// penetrationCard is the share of the potential won, and what is left.
func (p *clientPage) penetrationCard(v *query.Client) app.UI {
	e, name := p.E, p.who()
	of := part.Nothing()
	if v.Pen.Mark.Status != explain.NA {
		of = part.Span("sm t2", e.T("client.pen-of", e.MoneyShort(v.Row.Sales), e.Figure(v.Potential)))
	}
	body := []app.UI{part.Div("fc-sum", e.Tap(v.Pen, name, "xl"), of)}
	if v.Pen.Mark.Status == explain.NA {
		body = append(body, e.whyNot(v.Pen.Mark), p.ask2(v, "potential"))
	} else {
		body = append(body,
			part.Div("fc-g", part.Furrows(e.Lang, v.Pen.Value*100, 26, 236, 26, -1)),
			e.whyNot(v.Pen.Mark),
			e.TapText(v.Left, name, "sm", e.T("client.left", e.Figure(v.Left))),
		)
	}
	return part.Card(e.T("client.pen"), nil, body...)
}

// ask2 offers to collect a missing fact at once.
func (p *clientPage) ask2(v *query.Client, what string) app.UI {
	if v.Readonly || what != "potential" {
		return part.Nothing()
	}
	return part.Button("ask-range", "sm sec", "", p.E.T("client.note-range"), func(ctx app.Context) {
		p.collect(ctx, "potential")
	})
}

// potentialCard is the potential in force, its estimates, and a bracket to
// note.
func (p *clientPage) potentialCard(v *query.Client) app.UI {
	e := p.E
	body := []app.UI{part.Div("fc-sum", e.Tap(v.Potential, p.who(), "xl"))}
	body = append(body, e.whyNot(v.Potential.Mark))
	body = append(body, p.estimateRows(v), p.bought(v), p.potentialMore()) // one element each: what follows keeps its place
	if !v.Readonly {
		body = append(body, part.Div("ff-acts", p.formButton("potential"), p.formButton("potential-family")), p.decision("potential"))
	}
	return part.Card(e.T("client.potential"), nil, body...)
}

// opener opens a form of a card.
func (p *clientPage) opener(form, icon, key string) app.UI {
	return part.Open("open-"+form, "btn sm sec fc-add", icon, p.E.T(key), p.form == form, func() { p.open(form) })
}

// lines are two-line items: people, estimates.
func lines(all []query.Line) []app.UI {
	ui := make([]app.UI, len(all))
	for i, l := range all {
		ui[i] = part.Div("fc-line",
			part.Div("", part.Line("sm b", l.Title), part.Line("xs t2", l.Text)),
			part.Span("xs t3 tn", l.Extra))
	}
	return ui
}

func (p *clientPage) peopleCard(v *query.Client) app.UI {
	e := p.E
	var body []app.UI
	for _, l := range v.People {
		body = append(body, part.Div("fc-line",
			app.Span().Class("avatar").Aria("hidden", "true").Text(initials(l.Title)),
			part.Div("", part.Line("sm b", l.Title), part.Line("xs t2", p.roles(l)), reach(l.Extra)),
			p.attitude(l), p.amendButton(l.ID, l.Title)))
	}
	if len(body) == 0 {
		body = append(body, part.P("verdict", e.T("client.people-none")))
	}
	body = []app.UI{part.Div("", body...)}
	if !v.Readonly {
		body = append(body, part.Div("ff-acts", p.formButton("person"), part.When(len(v.People) > 0, p.formButton("consent"))))
	}
	return part.Card(e.T("client.people"), part.Span("meta", e.Count(len(v.People))), body...)
}

// reach is a person's number or address, one tap away.
func reach(at string) app.UI {
	switch {
	case at == "":
		return part.Nothing()
	case strings.Contains(at, "@"):
		return part.Mailto(at).Class("xs ac reach").Text(at)
	}
	return part.Tel(at).Class("xs ac reach").Text(at)
}

// plannedCard is what is planned: moved or taken off in one tap.
func (p *clientPage) plannedCard(v *query.Client) app.UI {
	e := p.E
	var body []app.UI
	for _, a := range v.Planned {
		when := i18n.Day(e.Lang, a.Day)
		if a.Minute > 0 {
			when += " · " + i18n.DayTime(a.Minute)
		}
		what := i18n.ContactKind(e.Lang, a.Kind)
		if a.Objective != "" {
			what += " · " + a.Objective
		}
		row := []app.UI{part.Div("", part.Line("sm b", when), part.Line("xs t2", what))}
		if !v.Readonly {
			id := a.ID
			row = append(row,
				part.Open("move"+id.String(), "btn sm ghost", "", e.T("client.move"), p.moving == id, func() { p.move(id) }),
				part.Button("cancel"+id.String(), "sm ghost", "", e.T("client.cancel"), func(app.Context) { p.cancel(id) }))
		}
		body = append(body, part.Div("fc-line", row...))
	}
	if len(v.Planned) == 0 {
		body = append(body, part.P("verdict", e.T("client.planned-none")))
	}
	body = []app.UI{part.Div("", body...)}
	if !v.Readonly {
		body = append(body, p.opener("plan", "calendar", "client.plan"))
		if p.form == "plan" || !p.moving.IsZero() {
			body = append(body, part.Div("planrow", e.dayChips("sheet"+p.id.String()+p.moving.String(), 0, p.planOn, 0, 1, 7, 14, 30)))
		}
	}
	if t := p.deepTab(); t != nil {
		body = append(body, p.pairs(t.View.Score.Visits, t.View.Score.Due))
	}
	return part.Card(e.T("client.planned"), nil, body...)
}

const historyShown, historyMost = 8, 100

func (p *clientPage) historyCard(v *query.Client) app.UI {
	e := p.E
	n := min(len(v.History), historyShown)
	if p.whole {
		n = min(len(v.History), historyMost)
	}
	body := make([]app.UI, 0, n+1)
	for _, l := range v.History[:n] {
		body = append(body, p.entry(l, v.Readonly))
	}
	switch {
	case n == 0:
		body = append(body, part.P("verdict", e.T("client.history-none")))
	case n < len(v.History) && !p.whole:
		body = append(body, part.Press("whole", "lnk fc-add", func() { p.whole = true }, part.Words(e.T("client.history-more", min(len(v.History), historyMost)))))
	}
	return part.Card(e.T("client.history"), nil, body...)
}

func (p *clientPage) entry(l query.Entry, readonly bool) app.UI {
	e := p.E
	class := "fc-h"
	if l.Voided {
		class += " void"
	}
	title := e.entryTitle(l)
	if l.Amount != 0 {
		title += " · " + e.MoneyShort(l.Amount)
	}
	text := l.Text
	if l.Next != "" {
		if text != "" {
			text += " "
		}
		text += e.T("client.then", l.Next)
	}
	meta := l.Who
	for _, m := range []struct {
		on  bool
		key string
	}{{l.Voided, "client.voided"}, {l.Waiting, "client.kept-here"}} {
		if m.on {
			if meta != "" {
				meta += " · "
			}
			meta += e.T(m.key)
		}
	}
	var undo app.UI = part.Nothing()
	if l.Undo && !l.Voided && !readonly {
		undo = part.Button("undo"+l.ID.String(), "sm ghost", "", e.T("client.undo"), func(app.Context) { p.undo(l.ID) })
	}
	if l.Kind == portfolio.KindContact && !l.Voided && !readonly {
		undo = part.Div("ff-acts", undo, p.amendButton(l.ID, title))
	}
	return part.Div(class,
		part.Span("xs t3 tn", e.shortDay(l.Day)),
		part.IconS(entryIcon(l)),
		part.Div("", app.B().Class("sm").Text(title), part.P("xs t2", text), part.P("xs t3", meta)),
		undo,
	)
}

// missingCard says which facts are left to collect, and puts the sheet away.
func (p *clientPage) missingCard(v *query.Client) app.UI {
	e := p.E
	var body []app.UI
	for _, m := range p.missing(v) {
		body = append(body, app.Li().Class("fc-line sm").Body(part.IconS("target"), app.Div().Text(i18n.Collect(e.Lang, m)), p.noteButton(m)))
	}
	cards := []app.UI{}
	if len(body) > 0 {
		cards = append(cards, part.Card(e.T("client.missing"), nil, app.Ul().Body(body...)))
	}
	if !v.Readonly {
		label := "client.archive"
		if v.Row.Archived {
			label = "client.unarchive"
		}
		cards = append(cards, part.Section("card flat", e.T(label),
			part.P("verdict", e.T("client.archive-text")),
			part.Button(label, "sm sec fc-add", "", e.T(label), func(app.Context) { p.archive(v.Row.Archived) })))
	}
	return part.Div("fc-col", cards...)
}
