package ui

import (
	"math"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/plan"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// reasonIcons go with the keys of the reasons.
var reasonIcons = map[string]string{
	"potential": "target", "missing-potential": "target", "growth": "trend", "decline": "drop",
	"rhythm": "clock", "never-seen": "eye", "start": "sprout", "missed": "calendar", "lost": "drop", "prospect": "sprout",
	"weight": "star", "position": "grid", "score": "star",
}

// brief is one client: who, why, what was said last, and the bar that logs.
func (p *todayPage) brief(t *query.Today) app.UI {
	e, b := p.E, t.Brief
	r := b.Row
	slide := "slide-a"
	if p.turn%2 == 1 {
		slide = "slide-b"
	}
	// Every part keeps its place, or what comes after it would start afresh:
	// the bar would forget what it has just logged.
	objective, plan, bar := part.Nothing(), part.Nothing(), part.Nothing()
	kind, aim := portfolio.Visit, ""
	if b.Planned != nil {
		kind, aim = b.Planned.Kind, b.Planned.Objective
	}
	if aim != "" {
		objective = part.Div("obj", part.Icon("target"), part.Div("", part.Line("b", aim), part.Line("sm t2", e.T("today.objective"))))
	}
	if p.plan {
		plan = part.Div("planrow", part.Span("lab", e.T("today.plan-of")), e.dayChips("plan"+r.ID.String(), 0, p.planOn, 0, 1, 7, 14))
	}
	why := e.reasons(b.Reasons, Subject(r.Name, r.ID))
	if len(b.Reasons) == 0 {
		why = part.P("verdict", e.T("today.why-none"))
	}
	if !t.Head.Readonly {
		bar = &logBar{E: e, Account: r.ID, Name: r.Name, Kind: kind, Objective: aim, Begun: p.keep, Next: p.next,
			More: func(v *visit) { p.open(v, r) }}
	}
	return part.Section("card brief "+slide, e.T("today.brief"),
		p.briefTop(t), p.briefHead(b), objective, plan,
		part.H3("eyebrow st", e.T("today.why")), why,
		part.H3("eyebrow st", e.T("today.last")), p.last(b),
		part.Div("log-room"), bar)
}

func (p *todayPage) briefTop(t *query.Today) app.UI {
	e, b := p.E, t.Brief
	r := b.Row
	when, _ := e.overdue(r, t.Head)
	eyebrow := e.T("today.chosen", when)
	switch {
	case b.Planned != nil && b.Planned.State == portfolio.Planned && (b.Logged == nil || b.Planned.Day > t.Head.AsOf):
		at := i18n.Day(e.Lang, b.Planned.Day)
		if b.Planned.Day == t.Head.AsOf {
			at = i18n.In(e.Lang, 0)
		}
		if b.Planned.Minute > 0 {
			at += ", " + i18n.DayTime(b.Planned.Minute)
		}
		eyebrow = e.T("today.next-at", at)
	case b.Logged != nil:
		eyebrow = e.T("today.logged", e.entryTitle(*b.Logged))
	case len(t.Due) > 0 && t.Due[0].ID == r.ID:
		eyebrow = e.T("today.first", when)
	}
	acts := []app.UI{part.Span("eyebrow bl", eyebrow), part.Space()}
	if r.Phone != "" {
		acts = append(acts, part.Tel(r.Phone).Class("btn sec icon").Aria("label", e.T("today.call", r.Name)).Body(part.Icon("phone")))
	}
	if b.Lat != nil && b.Lon != nil {
		to := navigation(plan.Point{Lat: *b.Lat, Lon: *b.Lon, Known: true})
		acts = append(acts, part.Outside(to).Class("btn sec icon").Aria("label", e.T("today.navigate", r.Name)).Body(part.Icon("navigate")))
	}
	if !t.Head.Readonly {
		acts = append(acts, part.Press("plan", "btn sec", func() { p.plan = !p.plan }, part.Icon("calendar"), part.Span("long", e.T("today.plan"))).
			Aria("expanded", p.plan).Aria("label", e.T("today.plan-of")))
	}
	return part.Div("top", acts...)
}

func (p *todayPage) planOn(day calendar.Day) {
	p.plan = false
	r := p.view.Value.Brief.Row
	v := &visit{e: p.E, ctx: p.ctx, Account: r.ID, Name: r.Name}
	v.PlanOn(day, portfolio.Visit)
}

func (p *todayPage) briefHead(b *query.Brief) app.UI {
	e, r := p.E, b.Row
	badges := []app.UI{part.Phase(e.Lang, r.Phase, false)}
	position := part.PRText(r.P, r.R)
	if r.Weight != "" {
		position = r.Weight + " · " + position
	}
	badges = append(badges, part.Span("tag tn", position))
	if r.Provisional {
		badges = append(badges, part.Span("tag", e.T("clients.provisional")))
	}
	who := r.Person
	if who == "" {
		who = r.City
	}
	badges = append(badges, part.Span("xs t2", who))
	return part.Div("hd",
		part.Div("",
			app.H2().Body(app.A().Href(ClientPath(r.ID)).Text(r.Name)),
			part.Div("who2", badges...)),
		part.Div("tr",
			part.Line("xs t3", e.T("today.score")),
			part.Div("row g8", part.Furrows(e.Lang, r.Score, 16, 96, 20, -1), e.score(b.Score, Subject(r.Name, r.ID), "xl"))),
	)
}

// score is the score in whole points, as the lists print it.
func (e *Env) score(f query.Figure, name, class string) app.UI {
	text := e.Figure(f)
	if f.Mark.Status != explain.NA {
		text = e.Number(math.Round(f.Value))
	}
	return e.TapText(f, name, class, text)
}

// reasons are the lines of « Pourquoi j'y vais ».
func (e *Env) reasons(all []query.Reason, name string) app.UI {
	rows := make([]app.UI, len(all))
	for i, w := range all {
		icon := reasonIcons[w.Key]
		if icon == "" {
			icon = "info"
		}
		var picture app.UI = part.Nothing()
		switch {
		case w.Gauge != nil:
			picture = part.Box("pic", part.Furrows(e.Lang, *w.Gauge*100, 16, 92, 16, -1))
		case w.Pic != nil:
			picture = part.Box("pic", app.Raw(w.Pic.Draw(92, nil)))
		}
		var figure app.UI = part.Nothing()
		if w.Figure.Topic != "" {
			figure = e.TapText(w.Figure, name, "b sm v", e.delta(w.Figure))
		}
		rows[i] = part.Div("w", part.Icon(icon),
			part.Div("tx-2", part.Line("b sm", w.Title), part.Line("xs t2", w.Detail)),
			picture, figure)
	}
	return part.Div("why-rows", rows...)
}

// delta writes a figure; a growth carries its sign.
func (e *Env) delta(f query.Figure) string {
	if f.Topic != "growth" || f.Mark.Status == explain.NA || f.Unit != explain.Percent {
		return e.Figure(f)
	}
	return i18n.Delta(e.Lang, f.Value)
}

func (p *todayPage) last(b *query.Brief) app.UI {
	e := p.E
	if len(b.Last) == 0 {
		return part.P("verdict", e.T("today.last-none"))
	}
	var cells []app.UI
	for _, l := range b.Last {
		text := l.Text
		if l.Amount != 0 {
			text = e.Money(l.Amount)
			if l.Text != "" {
				text += " · " + l.Text
			}
		}
		cells = append(cells, part.Div("",
			part.Div("xs row g4",
				part.Box("ac", part.IconS(entryIcon(l))),
				app.B().Class("nw").Text(e.entryTitle(l)),
				part.Span("t3 nw", e.shortDay(l.Day))),
			part.P("xs t2", text)))
	}
	return part.Div("lv", cells...)
}

// shortDay writes a day of the past without its weekday: "2 oct.", with the
// year once it is not this one's.
func (e *Env) shortDay(d calendar.Day) string {
	y, m, n := d.Civil()
	if now, _, _ := e.today().Civil(); now != y {
		return i18n.Date(e.Lang, d)
	}
	day := strconv.Itoa(n)
	if n == 1 && e.Lang != i18n.EN {
		day = "1er"
	}
	return day + "\u00a0" + i18n.MonthName(e.Lang, m, true)
}

// entryIcon is the icon of a line of history.
func entryIcon(l query.Entry) string {
	if l.Kind != 0 && l.Kind != portfolio.KindContact {
		switch l.Kind {
		case portfolio.KindEstimate:
			return "target"
		case portfolio.KindAppointment:
			return "calendar"
		case portfolio.KindImport:
			return "down-to"
		case portfolio.KindSale:
			return "cart"
		}
		return "pen"
	}
	if int(l.Outcome) < len(part.OutcomeIcon) && l.Outcome > 0 {
		return part.OutcomeIcon[l.Outcome]
	}
	return "clock"
}

// entryTitle names a line of history: "Avancée", or "Appel · Statu quo".
func (e *Env) entryTitle(l query.Entry) string {
	if l.Kind != 0 && l.Kind != portfolio.KindContact {
		key := "client.kind." + strconv.Itoa(int(l.Kind))
		if i18n.Has(key) {
			return e.T(key)
		}
		return e.T("client.fields")
	}
	switch {
	case l.Outcome == 0:
		return i18n.ContactKind(e.Lang, l.Contact)
	case l.Contact > portfolio.Visit:
		return i18n.ContactKind(e.Lang, l.Contact) + " · " + e.outcome(l.Outcome)
	}
	return e.outcome(l.Outcome)
}
