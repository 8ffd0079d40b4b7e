package ui

import (
	"cmp"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// factsCard is what a rep knows of a client beside figures: who else sells
// there, what binds, what is shared, what went wrong; each noted, corrected and
// deleted from here.
func (p *clientPage) factsCard() app.UI {
	e := p.E
	cols := make([]app.UI, 0, 4)
	for _, c := range [...]struct {
		key  string
		kind portfolio.Kind
	}{{"competitor", portfolio.KindCompetitor}, {"service", portfolio.KindService}, {"contract", portfolio.KindContract}, {"tool", portfolio.KindTool}} {
		var rows []app.UI
		for _, r := range p.records(c.kind) {
			title, text := e.recordWords(r, p.families())
			rows = append(rows, p.recordRow(r.ID, title, text))
		}
		if len(rows) == 0 {
			rows = append(rows, part.P("sm t3", e.T("form."+c.key+".none")))
		}
		cols = append(cols, part.Div("ff-c", part.H3("eyebrow", e.T("form."+c.key+".all")), part.Div("", rows...), p.formButton(c.key)))
	}
	return part.Card(e.T("form.facts"), nil, part.Div("ff-cols", append(cols, p.toldColumns()...)...))
}

// toldColumns are what somebody tells of the client itself, who left or may
// leave, what it owes, and what it makes happen apart from our invoices.
func (p *clientPage) toldColumns() []app.UI {
	e := p.E
	column := func(key string, buttons []string, kinds ...portfolio.Kind) app.UI {
		var rows []app.UI
		for _, k := range kinds {
			for _, r := range p.records(k) {
				if k == portfolio.KindAccount {
					rows = append(rows, p.toldLines(r)...)
					continue
				}
				title, text := e.recordWords(r, p.families())
				rows = append(rows, p.recordRow(r.ID, title, text))
			}
		}
		if len(rows) == 0 {
			rows = append(rows, part.P("sm t3", e.T("form."+key+".none")))
		}
		acts := make([]app.UI, len(buttons))
		for i, b := range buttons {
			acts[i] = p.formButton(b)
		}
		return part.Div("ff-c", part.H3("eyebrow", e.T("form."+key+".all")), part.Div("", rows...), part.Div("ff-acts", acts...))
	}
	told := []string{"life", "terms", "hours"}
	if v := p.view.Value; v != nil && v.Row.Status <= portfolio.Prospect {
		told = []string{"interest", "life", "terms", "hours"}
	}
	cols := []app.UI{column("told", told, portfolio.KindAccount), column("signal", []string{"signal", "former"}, portfolio.KindSignal, portfolio.KindFormer),
		column("payment", []string{"payment"}, portfolio.KindPayment)}
	var read []string
	if p.facts.Value != nil {
		switch portfolio.Situation(p.facts.Value.Special) {
		case portfolio.LongCycle:
			read = readings[:1]
		case portfolio.Influencers:
			read = readings[1:2]
		case portfolio.Resellers:
			read = readings[2:]
		}
	}
	if len(read) > 0 || len(p.records(portfolio.KindReading)) > 0 {
		cols = append(cols, column("reading", read, portfolio.KindReading))
	}
	return cols
}

// toldLines say each thing told of the client.
func (p *clientPage) toldLines(r *bridge.Record) (rows []app.UI) {
	for _, f := range portfolio.FormFields(r.Kind) {
		if text := r.Text(f.Field); text != "" {
			label := p.E.T(fieldKey(r.Kind, f.Field))
			rows = append(rows, part.Div("fc-line", part.Div("", part.Line("sm b", label), part.Line("xs t2", p.E.said(r, f.Field, p.families())))))
		}
	}
	return rows
}

func (p *clientPage) families() []bridge.Family {
	if p.facts.Value == nil {
		return nil
	}
	return p.facts.Value.Families
}

// formButton opens the form of a new record.
func (p *clientPage) formButton(key string) app.UI {
	spec := formNamed(key)
	if !p.writable() {
		return part.Nothing()
	}
	return part.Button("open-"+key, "sm sec fc-add", spec.icon, p.E.T("form."+key+".open"), func(app.Context) { p.fill(key) })
}

// recordRow is one record: tapped, its form opens.
func (p *clientPage) recordRow(id portfolio.ID, title, text string) app.UI {
	body := []app.UI{part.Div("", part.Line("sm b", title), part.Line("xs t2", text))}
	if !p.writable() {
		return part.Div("fc-line", body...)
	}
	return part.Press("amend"+id.String(), "fc-line ff-row", func() { p.amend(id) },
		append([]app.UI{part.Span("sr", p.E.T("form.amend", ""))}, append(body, part.IconS("pen"))...)...)
}

// amendButton corrects a record that has a row of its own.
func (p *clientPage) amendButton(id portfolio.ID, title string) app.UI {
	if !p.writable() || p.record(id) == nil {
		return part.Nothing()
	}
	return part.Press("amend"+id.String(), "btn sm ghost icon", func() { p.amend(id) }, part.IconS("pen")).Aria("label", p.E.T("form.amend", title))
}

// recordWords name a record and say the rest of it in a line.
func (e *Env) recordWords(r *bridge.Record, families []bridge.Family) (title, text string) {
	say := func(n uint16) string { return e.said(r, n, families) }
	switch r.Kind {
	case portfolio.KindCompetitor:
		strength := say(4)
		if strength == "" {
			strength = e.formChoice(r.Kind, 4, 0)
		}
		share := say(7)
		if share != "" {
			share = e.T("client.per-year", share)
		}
		return say(2), e.pair(e.pair(strength, share), say(3))
	case portfolio.KindService:
		state := e.T("form.service.pending", say(5))
		if closed := say(6); closed != "" {
			state = e.T("form.service.settled", closed)
		}
		return say(2), e.pair(state, say(3))
	case portfolio.KindContract:
		title = e.T("form.contract.until", say(3))
		if say(3) == "" {
			title = e.T("form.contract.since", say(2))
		}
		text = say(5)
		if text != "" {
			text = e.T("client.per-year", text)
		}
		if r.Text(4) != "" {
			text = e.pair(e.T("form.contract.renews"), text)
		}
		return title, text
	case portfolio.KindTool:
		used := e.T("form.tool.unused")
		if say(5) != "" {
			used = e.T("form.tool.used", say(5))
		}
		return say(2), used
	case portfolio.KindPayment:
		if text = e.T("form.payment.due", say(2)); say(3) != "" {
			text = e.T("form.payment.paid", say(3))
		}
		return say(4), text
	case portfolio.KindSignal:
		if text = e.T("form.service.pending", say(3)); say(4) != "" {
			text = e.T("form.service.settled", say(4))
		}
		return say(2), text
	case portfolio.KindFormer:
		return e.T("form.former.left", say(2)), say(3)
	case portfolio.KindReading:
		if text = say(5); r.Text(7) != "" {
			text = e.T("form.installed.of", cmp.Or(r.Text(6), "0"), r.Text(7))
		}
		return say(2), e.pair(text, say(3))
	case portfolio.KindEstimate:
		low, likely, high := say(4), say(3), say(5)
		switch {
		case low == "" && high != "":
			title = e.T("form.potential.upto", high)
		case high != "":
			title = e.T("form.potential.between", low, high)
		default:
			title = likely
		}
		if high != "" && likely != "" {
			title = e.pair(title, e.T("form.potential.likely", likely))
		}
		if family := say(2); family != "" {
			title = e.T("act.detail", family, title)
		}
		return title, say(6)
	}
	return say(2), ""
}

// estimateRows are the brackets noted, each to be corrected; those of the sheet
// until they are known.
func (p *clientPage) estimateRows(v *query.Client) app.UI {
	all := p.records(portfolio.KindEstimate)
	if len(all) == 0 {
		return part.Div("", lines(v.Estimates)...)
	}
	of := map[portfolio.ID]query.Line{}
	for _, l := range v.Estimates {
		of[l.ID] = l
	}
	rows := make([]app.UI, 0, len(all))
	for k := len(all) - 1; k >= 0; k-- { // the latest first
		title, text := p.E.recordWords(all[k], p.families())
		if l, ok := of[all[k].ID]; ok {
			text = p.E.pair(text, p.E.pair(l.Text, l.Extra))
		}
		rows = append(rows, p.recordRow(all[k].ID, title, text))
	}
	return part.Div("", rows...)
}

// bought is what our sales, those of competitors and the rest make of a
// potential (E1): an account of who serves what the client buys.
func (p *clientPage) bought(v *query.Client) app.UI {
	e := p.E
	total := money.Cents(v.Potential.Value)
	var theirs money.Cents
	for _, r := range p.records(portfolio.KindCompetitor) {
		if c, ok := parseAmount(r.Text(7)); ok {
			theirs += money.Cents(c)
		}
	}
	if !v.Potential.Mark.Has() || theirs <= 0 {
		return part.Nothing()
	}
	rest := max(0, total-v.Row.Sales-theirs)
	most := float64(max(total, v.Row.Sales+theirs, 1))
	line := func(key string, c money.Cents, bad bool) barLine {
		return barLine{e.T(key), e.MoneyShort(c), float64(c) / most, 1, bad}
	}
	return part.Div("", part.H3("eyebrow", e.T("form.bought")), bars([]barLine{
		line("form.bought.us", v.Row.Sales, false), line("form.bought.them", theirs, true), line("form.bought.rest", rest, false)}))
}

// projectButtons open a need and a project.
func (p *clientPage) projectButtons() app.UI {
	return part.Div("ff-acts", p.formButton("project"), p.formButton("need"))
}

// amendOf opens the form of the record that was tapped in a piece of HTML.
func (p *clientPage) amendOf(_ app.Context, ev app.Event) {
	if el := ev.Get("target").Call("closest", "[data-rec]"); el.Truthy() {
		if id, err := portfolio.ParseID(el.Get("dataset").Get("rec").String()); err == nil {
			p.amend(id)
		}
	}
}

// collectLink leads to the form of a client that takes a missing fact.
func (e *Env) collectLink(subject, fact string) app.UI {
	_, id, _ := subjectOf(subject)
	words := "sheet.note." + fact
	if form := noted[fact]; form != "" {
		words = "form." + form + ".open"
	}
	if id.IsZero() || !i18n.Has(words) || e.User.Role == portfolio.RoleManager {
		return part.Nothing()
	}
	return part.Div("", part.Link("btn sm sec", Address(ClientPath(id), "noter", fact), part.Words(e.T(words))))
}
