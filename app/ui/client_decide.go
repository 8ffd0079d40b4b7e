package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// topicOf is the figure that a decision takes the place of.
var topicOf = map[string]string{"phase": "phase", "type": "engagement-type", "potential": "potential", "departure": "departure"}

// choices are the classes a person may decide, by their permanent numbers.
func (e *Env) choices(what string) []part.Option {
	var out []part.Option
	add := func(n int, label string) { out = append(out, part.Option{Key: strconv.Itoa(n), Label: label}) }
	switch what {
	case "phase":
		for k, letter := range [...]string{"D", "C", "M", "V", "X"} {
			add(k+2, i18n.Phase(e.Lang, letter))
		}
	case "type":
		for k, key := range [...]string{"engaged", "fickle", "careful", "fleeing"} {
			add(k+1, e.T("engagement.type."+key))
		}
	}
	return out
}

// decision is what a person decided in place of the computed value, that value
// beside it; or the way to decide.
func (p *clientPage) decision(what string) app.UI {
	e, t := p.E, p.deepTab()
	if t == nil {
		return part.Nothing()
	}
	var body []app.UI
	for k := range t.View.Overrides {
		if d := &t.View.Overrides[k]; d.Computed.Topic == topicOf[what] {
			author := ""
			if k < len(t.Authors) {
				author = t.Authors[k]
			}
			body = append(body, p.decided(what, d, author, t.Readonly))
		}
	}
	if !t.Readonly {
		form := "decide-" + what
		if len(body) == 0 {
			body = append(body, part.Open("open-"+form, "btn sm ghost fs-dec", "pen", e.T("sheet.decide"), p.form == form, func() { p.open(form) }))
		}
		if p.form == form {
			body = append(body, p.decideForm(what))
		}
	}
	return part.Div("fs-decide", body...)
}

// decided says who decided, why and until when, and what the figures say.
func (p *clientPage) decided(what string, d *query.Decided, author string, readonly bool) app.UI {
	e := p.E
	lines := e.decidedLines(d, author)
	ui := make([]app.UI, 0, len(lines)+1)
	for i, l := range lines {
		class := "sm"
		if i > 0 {
			class = "xs t2"
		}
		ui = append(ui, part.Line(class, l))
	}
	if !readonly {
		form := "decide-" + what
		ui = append(ui, part.Div("row g8",
			part.Button("end-"+what, "sm sec", "undo", e.T("sheet.decide-end"), func(app.Context) { p.endDecision(what) }),
			part.Open("open-"+form, "btn sm ghost", "", e.T("sheet.decide-change"), p.form == form, func() { p.open(form) })))
	}
	return part.Hint("", ui...)
}

// decidedLines words a decision: who and when, why, and the computed value.
func (e *Env) decidedLines(d *query.Decided, author string) []string {
	if author == "" {
		author = e.T("sheet.somebody")
	}
	first := e.T("sheet.decided", author)
	switch {
	case d.Day != 0 && d.Until != 0:
		first = e.T("sheet.decided-until", author, i18n.Date(e.Lang, d.Day), i18n.Date(e.Lang, d.Until))
	case d.Day != 0:
		first = e.T("sheet.decided-on", author, i18n.Date(e.Lang, d.Day))
	}
	out := []string{first}
	if d.Reason != "" {
		out = append(out, e.T("sheet.decided-why", d.Reason))
	}
	f := d.Computed
	value := e.Figure(f)
	if f.Text == "" && f.Mark.Status == explain.NA {
		value = i18n.None
	}
	return append(out, e.T("sheet.computed", value))
}

func (p *clientPage) decideForm(what string) app.UI {
	e := p.E
	var value app.UI
	if list := e.choices(what); len(list) > 0 {
		if p.decide.Text == "" {
			p.decide.Text = p.classNow(what, list)
		}
		value = part.Select(part.F{ID: "de-value", Label: e.T("sheet.decide-value"), Value: p.decide.Text}, list, func(_ app.Context, t string) { p.decide.Text = t })
	} else {
		label := "sheet.decide-amount"
		if what == "departure" {
			label = "sheet.decide-risk"
		}
		value = part.Field(part.F{ID: "de-value", Label: e.T(label), Mode: "decimal", Auto: "off"}, func(_ app.Context, t string) { p.decide.Text = t })
	}
	return app.Form().Class("fc-form").OnSubmit(func(_ app.Context, ev app.Event) { ev.PreventDefault(); p.saveDecision(what) }).Body(
		value,
		part.Field(part.F{ID: "de-why", Label: e.T("sheet.decide-why"), Error: p.failed, Max: portfolio.MaxText, Auto: "off"}, func(_ app.Context, t string) { p.decide.Why = t }),
		part.Line("lab", e.T("sheet.decide-until")),
		part.Div("planrow", e.dayChips("decide"+what+p.id.String(), calendar.Day(p.decide.Until), func(d calendar.Day) { p.decide.Until = int32(d) }, 30, 90, 365)),
		part.Submit("btn pri", e.T("sheet.decide-save"), false),
	)
}

func (p *clientPage) saveDecision(what string) {
	e := p.E
	q := p.decide
	q.Account, q.What, q.Lang = p.id, what, string(e.Lang)
	switch {
	case q.Text == "":
		p.failed = e.T("sheet.decide-need-value")
		part.Focus("de-value")
		return
	case q.Why == "":
		p.failed = e.T("sheet.decide-need")
		part.Focus("de-why")
		return
	}
	p.form, p.failed = "", ""
	order(p, bridge.OpOverride, q, e.T("sheet.decide-done", p.name()), e.T("sheet.decide-undone", p.name()))
}

func (p *clientPage) endDecision(what string) {
	e := p.E
	order(p, bridge.OpOverride, bridge.Override{Account: p.id, What: what, End: true, Lang: string(e.Lang)},
		e.T("sheet.decide-undone", p.name()), e.T("sheet.decide-done", p.name()))
}

// classNow is the class as it stands, as a choice; else the first one.
func (p *clientPage) classNow(what string, list []part.Option) string {
	t := p.deepTab()
	f := t.View.Life.Phase
	if what == "type" {
		f = t.View.Movement.Type
	}
	now := strconv.Itoa(int(f.Value))
	for _, o := range list {
		if o.Key == now && f.Mark.Has() {
			return now
		}
	}
	return list[0].Key
}
