package ui

import (
	"html"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/query"
)

// The deep parts of the sheet come with a second question, once the first
// screen stands: the whole method is read, and its pictures are drawn, in the
// worker.

// deepTab is the answer to that question; nil until it has come.
func (p *clientPage) deepTab() *query.SheetTab { return p.deep.Value }

// who is the subject of every figure of the sheet.
func (p *clientPage) who() string { return Subject(p.view.Value.Row.Name, p.id) }

// tap is a figure of the sheet, opened for its reasons.
func (p *clientPage) tap(f query.Figure, class string) app.UI {
	return p.E.TapText(f, p.who(), class, p.E.Figure(f))
}

// deepCard is a card of the second answer: quiet until it has come, with what
// went wrong and a way on when it cannot come.
func (p *clientPage) deepCard(title string, extra func(*query.SheetTab) app.UI, body func(*query.SheetTab) []app.UI) app.UI {
	t := p.deepTab()
	if t == nil {
		if p.deep.Err != nil {
			return part.Card(title, nil, part.P("verdict", p.E.Fault(p.deep.Err)),
				part.Button("deep-again"+title, "sm sec fc-add", "", p.E.T("part.again"), func(ctx app.Context) { p.deep.Again(ctx) }))
		}
		return part.Section("card fs-wait", title, part.Div("card-h", part.H2("", title)), app.Span().Class("sr").Text(p.E.T("part.loading")))
	}
	var right app.UI
	if extra != nil {
		right = extra(t)
	}
	return part.Card(title, right, body(t)...)
}

// chart is a picture of the second answer in its card; without data, why, and
// the fact to collect.
func (p *clientPage) chart(topic, collect string, extra app.UI, c query.Chart, more ...app.UI) app.UI {
	e := p.E
	if extra == nil {
		extra = part.Nothing()
	}
	if !c.Mark.Has() {
		body := append([]app.UI{part.Div("card-h", part.H2("", topic), part.Space(), extra), e.whyNot(c.Mark), p.note(collect)}, more...)
		return part.Section("card", topic, body...)
	}
	body := append([]app.UI{part.Div("fs-x", extra), &part.Chart{Lang: e.Lang, Currency: e.Currency, Topic: topic, Data: c, Bare: true}}, more...)
	return part.Section("card fs-chart", topic, body...)
}

// note says which fact is missing and offers to note it, when a form of the
// sheet takes it.
func (p *clientPage) note(fact string) app.UI {
	if fact == "" || !i18n.Has("collect."+fact) {
		return part.Nothing()
	}
	return part.Div("fs-note", part.P("sm t2", i18n.Collect(p.E.Lang, fact)), p.noteButton(fact))
}

func (p *clientPage) noteButton(fact string) app.UI {
	e := p.E
	switch {
	case fact == "sales" || fact == "families" || fact == "margin":
		return part.Link("btn sm sec", importPath, part.Words(e.T("sheet.note.sales")))
	case p.view.Value.Readonly:
		return part.Nothing()
	case noted[fact] != "":
		return part.Button("note-"+fact, "sm sec", "", e.T("form."+noted[fact]+".open"), func(ctx app.Context) { p.collect(ctx, fact) })
	case i18n.Has("sheet.note." + fact):
		return part.Button("note-"+fact, "sm sec", "", e.T("sheet.note."+fact), func(ctx app.Context) { p.collect(ctx, fact) })
	}
	return part.Nothing()
}

// pair is a figure on a line of its own, its name before it.
func (p *clientPage) pair(f query.Figure) app.UI { return p.pairs(f) }

// pairs are figures, each on a line of its own, as one piece of HTML: an
// element of its own for each would cost the browser five times as much.
func (p *clientPage) pairs(all ...query.Figure) app.UI {
	e := p.E
	var b strings.Builder
	for _, f := range all {
		if f.Topic == "" {
			continue
		}
		name, text := html.EscapeString(i18n.Topic(e.Lang, f.Topic)), html.EscapeString(e.Figure(f))
		class := "figb tn b"
		if f.Mark.Status == explain.Weak {
			class += " weak"
		}
		b.WriteString(`<div class="fs-pair"><span>` + name + `</span><button type="button" class="` + class + `" data-why="` + html.EscapeString(f.Topic) +
			`" aria-label="` + html.EscapeString(e.T("part.whyFigure", i18n.Topic(e.Lang, f.Topic), e.Figure(f))) + `">` + text + `</button></div>`)
		if p.figures == nil {
			p.figures = map[string]query.Figure{}
		}
		p.figures[f.Topic] = f
	}
	return app.Div().Class("fs-pairs").OnClick(p.whyOf).Body(app.Raw(`<div>` + b.String() + `</div>`))
}

// whyOf opens the reasons of the figure that was tapped among pairs.
func (p *clientPage) whyOf(_ app.Context, ev app.Event) {
	el := ev.Get("target").Call("closest", "[data-why]")
	if !el.Truthy() {
		return
	}
	if f, ok := p.figures[el.Get("dataset").Get("why").String()]; ok {
		p.E.whyFrom(el, f, p.who())
	}
}

// bars are amounts on one scale, as one piece of HTML.
type barLine struct {
	name, value   string
	filled, width float64
	bad           bool
}

func bars(all []barLine) app.UI {
	var b strings.Builder
	pc := func(x float64) string { return strconv.FormatFloat(min(max(x, 0), 1)*100, 'f', 1, 64) + "%" }
	for _, l := range all {
		colour := "--accent"
		if l.bad {
			colour = "--danger"
		}
		b.WriteString(`<div class="fs-bar"><span>` + html.EscapeString(l.name) + `</span><svg class="fs-t" height="12" aria-hidden="true"><rect width="` + pc(l.width) +
			`" height="12" rx="6" fill="var(--sunken)"/><rect width="` + pc(l.filled*l.width) + `" height="12" rx="6" fill="var(` + colour + `)"/></svg><span class="tn b tr">` +
			html.EscapeString(l.value) + `</span></div>`)
	}
	return app.Raw(`<div class="fs-bars">` + b.String() + `</div>`)
}

// interpreted is the tag of what the method interprets.
func (e *Env) interpreted() app.UI {
	return app.Span().Class("tag bl").Body(part.IconS("book"), app.Text(e.T("why.interpreted")))
}

// riskShape are the shapes of the risk classes.
var riskShape = [...]string{
	`<circle cx="7" cy="7" r="4.5" fill="none" stroke="var(--rk-1)" stroke-width="1.8"/>`,
	`<circle cx="7" cy="7" r="5" fill="none" stroke="var(--rk-2)" stroke-width="1.6"/><path d="M7 2a5 5 0 0 1 0 10z" fill="var(--rk-2)"/>`,
	`<path d="M7 1.5 13 12.5H1z" fill="var(--rk-3)"/>`,
}

// riskBadge is the class of a risk: a shape and a word.
func (e *Env) riskBadge(r *query.RiskPart) app.UI { return e.riskWords(r, "attrition.band.") }

func (e *Env) riskWords(r *query.RiskPart, key string) app.UI {
	n := map[string]int{"low": 1, "watch": 2, "high": 3}[r.Band]
	switch {
	case !r.P.Mark.Has():
		return part.Nothing()
	case r.Grey || n == 0:
		return part.Span("tag faint", e.T("sheet.unsure"))
	}
	return app.Span().Class("rk rk"+strconv.Itoa(n)).Body(
		app.Raw(`<svg viewBox="0 0 14 14" aria-hidden="true">`+riskShape[n-1]+`</svg>`), app.Text(e.T(key+strconv.Itoa(n))))
}

// riskCard is the departure risk at a glance, on the first screen.
func (p *clientPage) riskCard() app.UI {
	e := p.E
	return p.deepCard(e.T("sheet.risk"), func(t *query.SheetTab) app.UI { return e.riskBadge(&t.View.Risk) }, func(t *query.SheetTab) []app.UI {
		r := &t.View.Risk
		body := []app.UI{part.Div("fc-sum", p.tap(r.P, "xl"), part.Span("sm t2", e.T("sheet.over12")))}
		if !r.P.Mark.Has() {
			return append(body, e.whyNot(r.P.Mark))
		}
		var lines []app.UI
		for _, s := range r.Signals {
			if len(lines) < 2 && !s.Settled {
				lines = append(lines, app.Li().Class("fs-sig").Body(part.Box("dg", part.IconS("drop")), app.Span().Text(i18n.Signal(e.Lang, s.Code))))
			}
		}
		if len(lines) == 0 {
			return append(body, part.P("verdict", e.T("sheet.no-signal")))
		}
		return append(body, app.Ul().Class("sm").Body(lines...))
	})
}

// families: phase, year and trend of each, openings and hidden erosion (C4).
func (p *clientPage) familiesCard() app.UI {
	e := p.E
	return p.deepCard(e.T("sheet.families"), func(t *query.SheetTab) app.UI {
		if t.View.Life.Erodes {
			return part.Span("tag dg", e.T("sheet.erosion"))
		}
		return part.Nothing()
	}, func(t *query.SheetTab) []app.UI {
		fs := t.View.Families
		if len(fs) == 0 {
			return []app.UI{part.P("verdict", e.T("sheet.families-none")), p.note("families")}
		}
		var b strings.Builder
		for k := range fs {
			familyRow(e, &b, &fs[k])
		}
		body := []app.UI{app.Raw(`<ul class="fs-fam">` + b.String() + `</ul>`)}
		if t.View.Alone {
			body = append(body, part.P("xs t3", e.T("sheet.alone")))
		}
		return body
	})
}

// familyRow is one family as text: a row of several badges is one element.
func familyRow(e *Env, b *strings.Builder, f *query.FamilyPart) {
	w := func(s ...string) {
		for _, x := range s {
			b.WriteString(x)
		}
	}
	w(`<li><span class="n">`, html.EscapeString(f.Name))
	if f.Erodes {
		w(` <span class="tag dg">`, html.EscapeString(e.T("sheet.erodes")), `</span>`)
	}
	w(`</span>`)
	if f.Phase == "" || f.Phase == "P" {
		text := e.T("sheet.never")
		if f.Opening && f.Peers > 0 {
			text = e.T("sheet.opening", f.Buyers, f.Peers)
		}
		w(`<span class="o">`)
		if f.Opening {
			w(`<span class="tag bl">`, html.EscapeString(e.T("sheet.to-open")), `</span> `)
		}
		w(`<span class="xs t2">`, html.EscapeString(text), `</span></span>`)
		if f.Worth > 0 {
			w(`<span class="v tn">`, html.EscapeString(e.MoneyShort(f.Worth)), `<small>`, html.EscapeString(e.T("sheet.possible")), `</small></span>`)
		} else {
			w(`<span class="v tn t3">–</span>`)
		}
		w(`</li>`)
		return
	}
	w(`<span class="p" aria-hidden="true">`)
	for _, l := range [...]string{"D", "C", "M", "V"} {
		if l == f.Phase {
			w(`<i class="`, strings.ToLower(l), `"></i>`)
		} else {
			w(`<i></i>`)
		}
	}
	w(`</span><span class="b">`, part.PhaseHTML(e.Lang, f.Phase, false), `</span><span class="s">`, part.SparkHTML(f.Months, 64, 22), `</span><span class="v tn">`,
		html.EscapeString(e.MoneyShort(f.Sales)))
	if f.Before > 0 {
		w(`<small>`, html.EscapeString(i18n.Delta(e.Lang, float64(f.Sales)/float64(f.Before)-1)), `</small>`)
	}
	w(`</span></li>`)
}

// lifeCard is the phase, its reasons, and how long it has lasted.
func (p *clientPage) lifeCard(v *query.Client) app.UI {
	e := p.E
	body := []app.UI{
		part.P("verdict", v.PhaseText),
		e.whyNot(v.Phase.Mark),
		app.Div().Class("fs-pair").Hidden(v.Growth.Topic == "").Body(
			part.Span("", i18n.Topic(e.Lang, v.Growth.Topic)), e.TapText(v.Growth, p.who(), "b", e.delta(v.Growth))),
	}
	if t := p.deepTab(); t != nil {
		l := &t.View.Life
		if n := len(l.Story); n > 1 {
			if last := l.Story[n-2]; last.Phase != "" && l.Phase.Mark.Has() {
				body = append(body, part.P("sm t2", e.T("sheet.was-phase", i18n.Phase(e.Lang, last.Phase), i18n.Date(e.Lang, last.To))))
			}
		}
		body = append(body, p.pair(l.Index))
		if l.Signs > 0 {
			body = append(body, part.P("sm t2", e.T("sheet.signs", l.Signs)))
		}
	}
	body = append(body, p.decision("phase"))
	letter, phase := p.phaseNow(v)
	return part.Card(e.T("client.phase"), e.tapBody(phase, p.who(), part.Phase(e.Lang, letter, false)), body...)
}

// marginCard goes from sales to net margin, and says how many visits it bears.
func (p *clientPage) marginCard() app.UI {
	e := p.E
	t := p.deepTab()
	if t == nil {
		return p.deepCard(e.T("sheet.margin"), nil, nil)
	}
	m := &t.View.Margin
	fact := ""
	switch m.Net.Mark.Reason {
	case explain.NoCost:
		fact = "cost"
	case explain.NoData:
		fact = "margin"
	}
	return p.chart(e.T("sheet.margin"), fact, nil, t.Margin,
		p.pairs(m.Net, m.OfSales, m.Rate, m.BreakEven))
}

// effortCard is what the client was given, by kind of contact (A2).
func (p *clientPage) effortCard() app.UI {
	e := p.E
	return p.deepCard(e.T("sheet.effort"), nil, func(t *query.SheetTab) []app.UI {
		f := &t.View.Effort
		body := []app.UI{part.Div("fc-sum", p.tap(f.Invested, "xl"), part.Span("sm t2", e.T("sheet.effort-of", f.Visits)))}
		if !f.Invested.Mark.Has() {
			return append(body, e.whyNot(f.Invested.Mark), p.note("visit"))
		}
		body = append(body, e.whyNot(f.Invested.Mark))
		most := money.Cents(1)
		for _, c := range f.Parts {
			most = max(most, c.Amount)
		}
		rows := make([]barLine, len(f.Parts))
		for k, c := range f.Parts {
			rows[k] = barLine{e.T("contact." + c.Key), e.MoneyShort(c.Amount), float64(c.Amount) / float64(most), 1, false}
		}
		m := &t.View.Margin
		body = append(body, bars(rows), p.pairs(f.Units, f.Visit, m.Bearable, m.Order, m.Return))
		if f.Since != 0 && f.Cumulative > f.Acquisition {
			body = append(body, part.P("sm t2", e.T("sheet.since", e.MoneyShort(f.Cumulative), i18n.Date(e.Lang, f.Since))))
		}
		if f.Acquisition > 0 {
			body = append(body, part.P("sm t2", e.T("sheet.acquisition", e.MoneyShort(f.Acquisition))))
		}
		return body
	})
}

// flowCard is how the client answers to contacts, and the advice (B1 to B4).
func (p *clientPage) flowCard() app.UI {
	e := p.E
	return p.deepCard(e.T("sheet.flow"), func(t *query.SheetTab) app.UI {
		f := t.View.Flow.Class
		if !f.Mark.Has() {
			return part.Nothing()
		}
		return e.TapText(f, p.who(), "tag", e.Figure(f))
	}, func(t *query.SheetTab) []app.UI {
		f := &t.View.Flow
		var body []app.UI
		if f.Quadrant > 0 {
			body = append(body, part.P("verdict", e.T("response.quadrant."+strconv.Itoa(int(f.Quadrant)))))
		}
		body = append(body, p.pairs(f.D, f.E, f.Marginal, f.Proposed))
		if f.Advice.Mark.Has() {
			body = append(body, part.Hint("", e.TapText(f.Advice, p.who(), "fs-adv", e.Figure(f.Advice))))
		} else {
			body = append(body, e.whyNot(f.Advice.Mark))
		}
		if !f.E.Mark.Has() && f.Advice.Mark.Has() {
			body = append(body, e.whyNot(f.E.Mark))
		}
		if !t.Response.Mark.Has() {
			body = append(body, part.P("xs t3", e.T("sheet.response-none")))
		}
		return body
	})
}

func (p *clientPage) responseCard() app.UI {
	e := p.E
	t := p.deepTab()
	if t == nil {
		return part.Nothing()
	}
	if !t.Response.Mark.Has() {
		return part.Nothing()
	}
	var more app.UI = part.Nothing()
	if x := t.View.Flow.Then; x != nil {
		more = part.P("sm t2", e.T("sheet.then", e.MoneyShort(x.Gain), e.MoneyShort(x.Cost), e.MoneyShort(x.Net)))
	}
	return p.chart(e.T("sheet.response-title"), "", nil, t.Response, more)
}

// projectsCard: each project with the phase its signs show (J2).
func (p *clientPage) projectsCard() app.UI {
	e := p.E
	return p.deepCard(e.T("sheet.projects"), nil, func(t *query.SheetTab) []app.UI {
		if len(t.View.Projects) == 0 {
			return []app.UI{part.P("verdict", e.T("sheet.projects-none")), p.projectButtons()}
		}
		var b strings.Builder
		for k := range t.View.Projects {
			x := &t.View.Projects[k]
			w := func(s ...string) {
				for _, y := range s {
					b.WriteString(y)
				}
			}
			name := x.Name
			if name == "" {
				name = e.T("sheet.project")
			}
			w(`<li><div class="row"><b class="sm">`, html.EscapeString(name), `</b><span class="sp"></span><b class="sm tn">`)
			if x.Amount > 0 {
				w(html.EscapeString(e.MoneyShort(x.Amount)))
			}
			w(`</b></div><div class="fs-stp" aria-hidden="true">`)
			for n := range x.Of {
				switch {
				case n < x.Phase:
					w(`<i class="on"></i>`)
				case n == x.Phase:
					w(`<i class="cur"></i>`)
				default:
					w(`<i></i>`)
				}
			}
			w(`</div><div class="row xs t2"><span>`, html.EscapeString(e.T("sheet.project-phase", x.Phase+1, x.Of, e.T(x.Code))), `</span><span class="sp"></span><span`)
			if x.Stale {
				w(` class="ble"`)
			}
			days := ""
			if x.Days > 0 {
				days = e.T("sheet.project-days", x.Days)
			}
			if x.State > 1 {
				days = e.T("project." + strconv.Itoa(int(x.State)))
			}
			w(`>`, html.EscapeString(days), `</span></div>`)
			if x.Next != "" && x.State <= 1 {
				w(`<p class="xs t2">`, html.EscapeString(e.T("sheet.project-next", e.T(x.Next))), `</p>`)
			}
			if !t.Readonly {
				w(`<button type="button" class="btn sm ghost" data-rec="`, x.ID.String(), `" aria-label="`, html.EscapeString(e.T("form.amend", name)), `">`, html.EscapeString(e.T("form.change")), `</button>`)
			}
			w(`</li>`)
		}
		return []app.UI{app.Div().OnClick(p.amendOf).Body(app.Raw(`<ul class="fs-prj">` + b.String() + `</ul>`)), p.projectButtons()}
	})
}

// potentialMore is what the potential rests on, and how much of it is within
// reach (E1, E4).
func (p *clientPage) potentialMore() app.UI {
	e, t := p.E, p.deepTab()
	if t == nil {
		return part.Nothing()
	}
	n := &t.View.Pen
	var body []app.UI
	if n.High > n.Low {
		body = append(body, part.P("sm t2", e.T("sheet.range", e.MoneyShort(n.Low), e.MoneyShort(n.High))))
	}
	if n.Confidence > 0 {
		body = append(body, part.P("sm t2", e.T("why.confidence", i18n.Percent(e.Lang, n.Confidence))))
	}
	if n.Accessible > 0 && money.Cents(n.Potential.Value) > n.Accessible {
		body = append(body, part.P("sm t2", e.T("sheet.accessible", e.MoneyShort(n.Accessible))))
	}
	body = append(body, p.pair(n.Breadth))
	if !n.Breadth.Mark.Has() && n.Potential.Mark.Has() {
		body = append(body, part.P("xs t3", i18n.Collect(e.Lang, "potential-family"))) // its form is below
	}
	body = append(body, p.pairs(t.View.Place.Key, t.View.Place.Climb))
	return part.Div("", body...)
}

// missing are the facts left to collect: those of the file, then those that
// the whole method asks for.
func (p *clientPage) missing(v *query.Client) []string {
	var out []string
	add := func(list []string) {
		for _, m := range list {
			if i18n.Has("collect."+m) && !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	add(v.Missing)
	if t := p.deepTab(); t != nil {
		add(t.View.Collect)
	}
	return out
}

// phaseNow is the phase as it stands: what a person decided takes the place of
// the computed one, which the lists are made of.
func (p *clientPage) phaseNow(v *query.Client) (letter string, f query.Figure) {
	if t := p.deepTab(); t != nil {
		for k := range t.View.Overrides {
			if t.View.Overrides[k].Computed.Topic == "phase" {
				return t.View.Life.Phase.Text, t.View.Life.Phase
			}
		}
	}
	return v.Row.Phase, v.Phase
}
