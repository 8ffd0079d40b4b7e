package ui

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/explain"
	"sillon/engine/query"
)

// signalsCard is the departure risk in full: what it rests on, and what it
// would be with some signals settled (I2, I3).
func (p *clientPage) signalsCard() app.UI {
	e := p.E
	return p.deepCard(e.T("sheet.risk-signals"), func(t *query.SheetTab) app.UI { return e.riskBadge(&t.View.Risk) }, func(t *query.SheetTab) []app.UI {
		r := &t.View.Risk
		if !r.P.Mark.Has() {
			return []app.UI{part.Div("fc-sum", p.tap(r.P, "xl")), e.whyNot(r.P.Mark)}
		}
		mark := r.P.Mark
		if mark.Reason == explain.FewClients { // said below: a priori
			mark.Reason = 0
		}
		body := []app.UI{part.Div("fc-sum", p.tap(r.P, "xl"), part.Span("sm t2", e.T("sheet.over12"))), e.whyNot(mark)}
		if r.High > r.Low {
			body = append(body, part.P("sm t2", e.T("sheet.interval", i18n.Percent(e.Lang, r.Low), i18n.Percent(e.Lang, r.High), e.T("attrition.method."+strconv.Itoa(int(r.Method))))))
		}
		if r.Horizon > 0 && r.Silence > 0 {
			body = append(body, part.P("sm t2", e.T("sheet.silence", i18n.Percent(e.Lang, r.Silence), r.Horizon)))
		}
		if r.RenewOn != 0 {
			body = append(body, part.P("sm t2", e.T("sheet.renewal", i18n.Date(e.Lang, r.RenewOn), i18n.Percent(e.Lang, r.Renews))))
		}
		var rows []app.UI
		on := 0
		for _, s := range r.Signals {
			rows = append(rows, p.signalRow(s, t))
			if !s.Settled {
				on++
			}
		}
		if len(rows) == 0 {
			body = append(body, part.P("verdict", e.T("sheet.no-signal")))
		} else {
			body = append(body, part.H3("eyebrow", e.T("sheet.signals")), app.Ul().Class("fs-sigs").Body(rows...))
		}
		if on > 0 {
			body = append(body, p.whatIf(r))
		}
		if len(r.Unknown) > 0 {
			list := ""
			for i, code := range r.Unknown {
				if i > 0 {
					list += ", "
				}
				list += i18n.Signal(e.Lang, code)
			}
			body = append(body, app.Elem("details").Class("fs-more xs t2").Body(
				app.Elem("summary").Text(e.T("sheet.unknown-signals", len(r.Unknown))), app.P().Text(list)))
		}
		return append(body, p.formButton("service"), p.decision("departure"))
	})
}

// signalRow is one signal: since when, and a switch that settles it for the
// sake of seeing.
func (p *clientPage) signalRow(s query.SignalPart, t *query.SheetTab) app.UI {
	e := p.E
	text := e.T("sheet.strength." + strconv.Itoa(int(min(max(s.Strength, 1), 3))))
	if s.Since != 0 {
		text = e.T("sheet.signal-since", text, i18n.Date(e.Lang, s.Since))
	}
	if s.Settled {
		return app.Li().Class("fs-sg off").Body(part.IconS("check"), part.Div("", part.Line("sm", i18n.Signal(e.Lang, s.Code)), part.Line("xs t3", e.T("sheet.settled"))))
	}
	can := false
	for _, c := range t.View.Risk.WhatIf {
		can = can || c.Key == "signal."+s.Code
	}
	row := []app.UI{part.Box("dg", part.IconS("warn")), part.Div("sp", part.Line("sm b", i18n.Signal(e.Lang, s.Code)), part.Line("xs t2", text))}
	if can {
		code := s.Code
		row = append(row, part.Toggle("if"+code, e.T("sheet.if"), "soft", slices.Contains(p.settled, code), func(ctx app.Context) { p.settleIf(ctx, code) }))
	}
	return app.Li().Class("fs-sg").Body(row...)
}

// settleIf tries the risk with one signal more, or less, settled.
func (p *clientPage) settleIf(_ app.Context, code string) {
	if i := slices.Index(p.settled, code); i >= 0 {
		p.settled = slices.Delete(slices.Clone(p.settled), i, i+1)
	} else {
		p.settled = append(slices.Clone(p.settled), code)
	}
	if len(p.settled) == 0 {
		p.tried = nil
		return
	}
	q := query.WhatIfAsk{ID: p.id, Settled: p.settled}
	Ask(p.ctx, p.E, bridge.OpWhatIf, q, func(_ app.Context, a query.WhatIf, err error) {
		if err == nil && slices.Equal(q.Settled, p.settled) && q.ID == p.id {
			p.tried = &a
		}
	})
}

// whatIf is what the risk would be.
func (p *clientPage) whatIf(r *query.RiskPart) app.UI {
	e := p.E
	if p.tried != nil {
		if !p.tried.P.Mark.Has() {
			return app.P().Class("fs-if").Attr("role", "status").Text(e.T("sheet.if-unknown"))
		}
		return app.P().Class("fs-if").Attr("role", "status").Body(
			app.Text(e.T("sheet.if-then", e.Figure(r.P))), part.B(" "+e.Figure(p.tried.P)))
	}
	for _, c := range r.WhatIf {
		if c.Key == "all" {
			return part.P("fs-if t2", e.T("sheet.if-all", i18n.Percent(e.Lang, c.Value)))
		}
	}
	return part.P("fs-if t2", e.T("sheet.if-try"))
}

// actCard is what is at stake and what to do about it (I4, I5).
func (p *clientPage) actCard() app.UI {
	e := p.E
	return p.deepCard(e.T("sheet.act"), nil, func(t *query.SheetTab) []app.UI {
		r := &t.View.Risk
		body := []app.UI{p.pairs(r.Stake, r.Retain)}
		if !r.Stake.Mark.Has() {
			return append(body, e.whyNot(r.Stake.Mark))
		}
		if r.Quadrant > 0 {
			body = append(body, part.P("sm t2", e.T("attrition.quadrant."+strconv.Itoa(int(r.Quadrant)))))
		}
		if r.Weapon.Mark.Has() && r.Means > 1 {
			text := e.T("sheet.goes", e.T("attrition.sender."+strconv.Itoa(int(max(r.Who, 1)))), e.T("attrition.means."+strconv.Itoa(int(r.Means))))
			if r.Deadline != 0 {
				text = e.T("sheet.goes-by", text, i18n.Date(e.Lang, r.Deadline))
			}
			body = append(body, part.Hint("", e.TapText(r.Weapon, p.who(), "fs-adv", text)))
		}
		most := 1.0
		for _, g := range r.Gains {
			most = max(most, g.Net, -g.Net)
		}
		var rows []barLine
		for _, g := range r.Gains[:min(4, len(r.Gains))] {
			rows = append(rows, barLine{e.T("attrition.action." + strconv.Itoa(int(g.Action))), i18n.Value(e.Lang, e.Currency, g.Net, explain.Money, "", explain.OK),
				max(g.Net, -g.Net) / most, 1, g.Net < 0})
		}
		if len(rows) > 0 {
			body = append(body, part.H3("eyebrow", e.T("sheet.gains")), bars(rows))
		}
		return body
	})
}
