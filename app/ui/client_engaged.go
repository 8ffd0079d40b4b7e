package ui

import (
	"math"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// ribbonCard is the families that enter and leave, by period (F2).
func (p *clientPage) ribbonCard() app.UI {
	e := p.E
	t := p.deepTab()
	if t == nil {
		return p.deepCard(e.T("sheet.ribbon-title"), nil, nil)
	}
	title := e.T("sheet.ribbon-title")
	if t.View.Movement.HalfYears {
		title = e.T("sheet.ribbon-half")
	}
	var pool app.UI = part.Nothing()
	if t.View.Movement.Pool && t.Ribbon.Mark.Has() {
		pool = part.P("xs t3", e.T("sheet.pool"))
	}
	m := &t.View.Movement
	return p.chart(title, "families", e.interpreted(), t.Ribbon, pool, p.pairs(m.Adoption, m.Exclusion))
}

// quadrantCard is where the relation goes (F1).
func (p *clientPage) quadrantCard() app.UI {
	e := p.E
	t := p.deepTab()
	if t == nil {
		return p.deepCard(e.T("sheet.quadrant-title"), nil, nil)
	}
	m := &t.View.Movement
	return p.chart(e.T("sheet.quadrant-title"), "families", nil, t.Quadrant,
		p.pairs(m.Type, m.Heading), p.decision("type"))
}

// indexCard is the engagement index: bars as long as the weights (F3).
func (p *clientPage) indexCard() app.UI {
	e := p.E
	return p.deepCard(i18n.Topic(e.Lang, "engagement"), nil, func(t *query.SheetTab) []app.UI {
		g := &t.View.Engaged
		body := []app.UI{part.Div("fc-sum", p.tap(g.Index, "xl"), part.Span("sm t2", e.T("sheet.of100"))), e.whyNot(g.Index.Mark)}
		most := 0.0
		for _, c := range g.Parts {
			most = max(most, c.Weight)
		}
		known := 0
		rows := make([]barLine, len(g.Parts))
		for k, c := range g.Parts {
			rows[k] = barLine{e.T("component." + c.Key), i18n.None, 0, c.Weight / max(most, 1e-9), false}
			if c.Known {
				known++
				rows[k].filled, rows[k].value = c.Value, e.Number(math.Round(c.Value*100))
			}
		}
		body = append(body, bars(rows), part.P("xs t3", e.T("sheet.components", known, len(g.Parts))),
			p.pairs(g.Behaviour, g.Attitude, g.Regularity, g.Lateness, g.RFM))
		if g.Expected.Mark.Has() {
			body = append(body, p.pair(g.Expected))
		}
		if g.Late {
			body = append(body, part.Hint("dg", app.Text(e.T("sheet.too-silent"))))
		}
		if g.Captive {
			body = append(body, part.P("xs t2", e.T("sheet.captive")))
		}
		return body
	})
}

// effortsCard is what was asked of the client, and how far it is (G2).
func (p *clientPage) effortsCard() app.UI {
	e := p.E
	return p.deepCard(e.T("sheet.asked"), nil, func(t *query.SheetTab) []app.UI {
		a := &t.View.Asked
		body := []app.UI{part.Div("fc-sum", p.tap(a.Index, "xl"), part.When(a.Index.Mark.Has(), part.Span("sm t2", e.T("sheet.way"))))}
		if len(a.Efforts) == 0 {
			body = append(body, part.P("verdict", i18n.Collect(e.Lang, "effort")))
		}
		for _, x := range a.Efforts {
			body = append(body, p.effortRow(x))
		}
		if a.Excess > 0 {
			body = append(body, part.P("xs t2", e.T("sheet.excess", a.Excess)))
		}
		if a.Room > 0 && len(a.Possible) > 0 {
			body = append(body, part.H3("eyebrow", e.T("sheet.could-ask")))
			for _, x := range a.Possible[:min(3, len(a.Possible))] {
				if p.measure(x, x.Baseline) == p.measure(x, x.Target) {
					continue // less than one can say
				}
				row := []app.UI{part.Div("", part.Line("sm b", e.T(x.Key)),
					part.Line("xs t2", e.T("sheet.from-to", p.measure(x, x.Baseline), p.measure(x, x.Target), e.T(x.Measure))))}
				if !t.Readonly {
					row = append(row, part.Button("ask-"+x.Code+e.T(x.Key), "sm sec", "", e.T("sheet.ask"), func(app.Context) {
						order(p, bridge.OpEffort, bridge.NewEffort{Account: p.id, Code: x.Code, Baseline: x.Baseline, Target: x.Target},
							e.T("sheet.ask-done", p.name()), e.T("client.undone", p.name()))
					}))
				}
				body = append(body, part.Div("fs-eff", row...))
			}
		}
		return body
	})
}

func (p *clientPage) measure(x query.AskPart, v float64) string {
	e := p.E
	if x.Unit == explain.Money { // asked in whole units of money
		v *= 100
	}
	return i18n.Value(e.Lang, e.Currency, v, x.Unit, "", explain.OK)
}

func (p *clientPage) effortRow(x query.AskPart) app.UI {
	e := p.E
	text := e.T("sheet.unmeasured", p.measure(x, x.Target))
	var gauge, value app.UI = part.Nothing(), part.Span("t3 tn", i18n.None)
	if x.Counted {
		text = e.T("sheet.path", p.measure(x, x.Baseline), p.measure(x, x.Actual), p.measure(x, x.Target))
		gauge = part.Furrows(e.Lang, x.Attained*100, 10, 66, 18, -1)
		value = part.Span("b tn", i18n.Percent(e.Lang, x.Attained))
	}
	for _, r := range p.records(portfolio.KindEffort) {
		if r.Text(2) == x.Code && r.Text(10) == "" {
			value = part.Div("row", value, p.amendButton(r.ID, e.T(x.Key)))
			break
		}
	}
	return part.Div("fs-eff", part.Div("", part.Line("sm b", e.T(x.Key)), part.Line("xs t2", text)), part.Box("g", gauge), value)
}

// balanceCard weighs both efforts (G1).
func (p *clientPage) balanceCard() app.UI {
	e := p.E
	t := p.deepTab()
	if t == nil {
		return p.deepCard(i18n.Topic(e.Lang, "effort-balance"), nil, nil)
	}
	a := &t.View.Asked
	var more []app.UI
	if a.Balance.Mark.Has() {
		more = append(more, part.P("sm", e.T("sheet.balance-text", e.Number(a.Ours), e.Number(a.Theirs))))
		if a.Neglect {
			more = append(more, part.Hint("", app.Text(e.T("sheet.neglect"))))
		}
		more = append(more, p.pair(a.Balance))
	}
	return p.chart(i18n.Topic(e.Lang, "effort-balance"), "effort", nil, t.Balance, more...)
}

// leversCard is the five levers (G3).
func (p *clientPage) leversCard() app.UI {
	e := p.E
	t := p.deepTab()
	if t == nil {
		return p.deepCard(e.T("sheet.levers-title"), nil, nil)
	}
	l := &t.View.Levers
	more := []app.UI{p.pair(l.Score)}
	if len(l.Topics) > 0 {
		list := ""
		for i, topic := range l.Topics[:min(4, len(l.Topics))] {
			if i > 0 {
				list += ", "
			}
			list += i18n.Subject(e.Lang, topic)
		}
		more = append(more, part.P("sm t2", e.T("sheet.never-said", list)))
	}
	if l.Mono {
		more = append(more, part.Hint("", app.Text(e.T("sheet.mono"))))
	}
	return p.chart(e.T("sheet.levers-title"), "visit", nil, t.Levers, more...)
}

// giveCard is both sides of the give-and-take (J4).
func (p *clientPage) giveCard() app.UI {
	e := p.E
	return p.deepCard(e.T("sheet.give"), func(t *query.SheetTab) app.UI {
		g := &t.View.Give
		if !g.Rho.Mark.Has() {
			return part.Nothing()
		}
		return e.TapText(g.Rho, p.who(), "tag bl", e.T("sheet.given", e.MoneyShort(g.Given), e.MoneyShort(g.Received)))
	}, func(t *query.SheetTab) []app.UI {
		g := &t.View.Give
		var sides [2][]app.UI
		for _, l := range g.Lines {
			side := 1
			if l.Ours {
				side = 0
			}
			if l.Text == "" && l.State == portfolio.Released || len(sides[side]) >= 6 {
				continue
			}
			sides[side] = append(sides[side], p.promiseRow(l, t.Readonly))
		}
		for k, key := range [...]string{"sheet.us", "sheet.them"} {
			if len(sides[k]) == 0 {
				sides[k] = []app.UI{part.P("sm t3", e.T("sheet.promise-none"))}
			}
			sides[k] = append([]app.UI{part.Line("xs b t2", e.T(key))}, sides[k]...)
		}
		body := []app.UI{part.Div("fs-give", part.Div("", sides[0]...), part.Div("", sides[1]...))}
		for _, bit := range [...]uint8{1, 2, 4} {
			if g.Alerts&bit != 0 {
				body = append(body, part.Hint("", app.Text(e.T("relation.alert."+strconv.Itoa(int(bit))))))
			}
		}
		body = append(body, p.pairs(g.Rho, g.Tie))
		if !g.Tie.Mark.Has() {
			body = append(body, p.note("tool"))
		}
		body = append(body, p.formButton("promise"))
		return body
	})
}

func (p *clientPage) promiseRow(l query.PromisePart, readonly bool) app.UI {
	e := p.E
	icon, class, when := "check", "fs-pl", ""
	open := l.State == portfolio.Promised || l.State == 0
	switch {
	case l.Late > 0:
		icon, class, when = "clock", "fs-pl late", e.T("sheet.late", l.Late)
	case open && l.Due != 0:
		icon, class, when = "target", "fs-pl now", e.shortDay(l.Due)
	case open:
		icon, class, when = "target", "fs-pl now", e.T("promise.1")
	case l.State == portfolio.BrokeIt:
		icon, class, when = "close", "fs-pl late", e.T("promise.3")
	case l.State == portfolio.Released:
		icon, when = "minus", e.T("promise.4")
	default:
		when = e.shortDay(max(l.Done, l.Made))
	}
	id := l.ID
	row := []app.UI{part.IconS(icon), part.Span("", l.Text), part.Span("w", when)}
	if !readonly {
		row[1] = part.Press("amend"+id.String(), "ff-txt", func() { p.amend(id) }, part.Words(l.Text)).Aria("label", e.T("form.amend", l.Text))
	}
	if open && !readonly {
		row = append(row, app.Button().Type("button").Class("btn sm ghost icon").Aria("label", e.T("sheet.keep", l.Text)).Body(part.IconS("check")).
			OnClick(func(app.Context, app.Event) {
				order(p, bridge.OpForm, bridge.Form{Account: p.id, Rec: id, Kind: portfolio.KindCommitment, Texts: []portfolio.FieldText{{Field: 11, Text: "2"}}}, e.T("sheet.kept", p.name()), e.T("client.undone", p.name()))
			}, app.EventScope("keep", id.String())))
	}
	return part.Div(class, row...)
}

// mapCard is the relation map: people by role and attitude (J).
func (p *clientPage) mapCard() app.UI {
	e := p.E
	t := p.deepTab()
	if t == nil {
		return p.deepCard(e.T("sheet.map-title"), nil, nil)
	}
	var more []app.UI
	if n := len(t.View.Unmet); n > 0 {
		list := ""
		for i, role := range t.View.Unmet {
			if i > 0 {
				list += ", "
			}
			list += e.T("role." + role)
		}
		more = append(more, part.P("sm t2", e.T("sheet.unmet", list)))
	}
	if !t.Map.Mark.Has() {
		return part.Card(e.T("sheet.map-title"), nil, append([]app.UI{part.P("verdict", e.T("sheet.map-none")), p.noteButton("person")}, more...)...)
	}
	return p.chart(e.T("sheet.map-title"), "", nil, t.Map, more...)
}

// about is what the relation map knows of a person of the list; nil until the
// second answer.
func (p *clientPage) about(l query.Line) *query.PersonPart {
	if t := p.deepTab(); t != nil {
		for k := range t.View.People {
			if t.View.People[k].ID == l.ID {
				return &t.View.People[k]
			}
		}
	}
	return nil
}

// roles are the function of a person and what she decides.
func (p *clientPage) roles(l query.Line) (text string) {
	x := p.about(l)
	text = l.Text
	if r := p.record(l.ID); r != nil && r.Text(11) != "" {
		defer func() { text = strings.TrimPrefix(text+" · "+p.E.T("form.consent.given"), " · ") }()
	}
	if x == nil {
		return text
	}
	for _, role := range x.Roles {
		if i18n.Has("role." + role) {
			if text != "" {
				text += " · "
			}
			text += p.E.T("role." + role)
		}
	}
	if x.New {
		text += " · " + p.E.T("sheet.not-met")
	}
	return text
}

// attitude is how a person stands towards us.
func (p *clientPage) attitude(l query.Line) app.UI {
	x := p.about(l)
	switch {
	case x == nil || x.Gone:
		return part.Nothing()
	case x.Attitude > 0:
		return part.Span("tag ac", p.E.T("sheet.favourable"))
	case x.Attitude < 0:
		return part.Span("tag dg", p.E.T("sheet.against"))
	case x.Last != 0:
		return part.Span("tag", p.E.T("sheet.neutral"))
	}
	return part.Nothing()
}
