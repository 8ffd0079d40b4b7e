package ui

import (
	"math"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/chart"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// prospectsPage says which prospects deserve the visits of the month.
type prospectsPage struct {
	app.Compo

	E *Env

	frame  planFrame
	view   Live[query.PlanAsk, query.PlanProspects]
	who    portfolio.ID
	zone   bool
	adding bool
	top    int
}

var _ = screen(planPath+planProspects, func(e *Env, _ string) app.Composer { return &prospectsPage{E: e, frame: planFrame{env: e}} })

// OnMount asks for the screen.
func (p *prospectsPage) OnMount(ctx app.Context) {
	p.frame.start(ctx, p.view.Again)
	p.view.Start(ctx, p.E, bridge.OpPlanProspects, func() query.PlanAsk {
		q := p.frame.ask()
		q.Top = max(60, p.top)
		return q
	})
}

// OnPreRender is OnMount in native tests.
func (p *prospectsPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnResize draws again at another width.
func (p *prospectsPage) OnResize(app.Context) { p.frame.resize() }

// firstRows are the prospects of the list.
const firstRows = 8

// missing is how many visits of the month are neither made nor placed.
func missing(v *query.PlanProspects) int { return max(0, v.Target-v.Done-v.Placed) }

// toPlace are the first prospects without a visit to come.
func toPlace(v *query.PlanProspects, n int) (out []query.ProspectRow) {
	for _, r := range v.Rows {
		if len(out) < n && r.Next == 0 && !r.Out && r.Priority > 0 && r.Quadrant != 3 && r.Quadrant != 4 {
			out = append(out, r)
		}
	}
	return out
}

// Render arranges the cards.
func (p *prospectsPage) Render() app.UI {
	e, v, f := p.E, p.view.Value, &p.frame
	if v == nil {
		return Screen(e, Bar{Title: e.T("plan.pr.title"), Back: f.to("")}, p.view.Waiting(e))
	}
	sub := e.T("plan.pr.sub", v.Of, e.MoneyShort(v.Worth))
	acts := []app.UI{app.A().Class("btn sec").Href(clientsPath+"?nouveau=prospect").Body(part.IconS("plus"), app.Text(e.T("plan.pr.new")))}
	may := f.may(&v.Base)
	if list := toPlace(v, missing(v)); len(list) > 0 && may {
		acts = append(acts, part.Button("place-all", "pri", "calendar", e.T("plan.pr.place", len(list)), func(app.Context) { p.place(toPlace(p.view.Value, missing(p.view.Value))) }))
	}
	bar := Bar{Title: e.T("plan.pr.title"), Sub: sub, Back: f.to(""), Actions: acts, Grid: "plan-pr", Head: &v.Base.Tab.Head}
	if v.Of == 0 {
		return Screen(e, bar, part.Empty(e.T("plan.pr.none"), e.T("plan.pr.none.text"), app.A().Class("btn pri").Href(importPath).Text(e.T("nav.import"))))
	}
	return Screen(e, bar, f.readonly(&v.Base),
		part.Div("col g16", p.board(v), p.why(v)), part.Div("col g16", p.month(v), p.list(v)),
		app.If(p.adding, func() app.UI {
			return &newClientSheet{E: e, page: f.ctx, OnClose: func(app.Context) { p.adding = false }}
		}))
}

// board is relevance × credibility.
func (p *prospectsPage) board(v *query.PlanProspects) app.UI {
	e := p.E
	rank := map[portfolio.ID]int{}
	for k, r := range v.Rows {
		if k < 6 && !r.Out {
			rank[r.ID] = k + 1
		}
	}
	cell := func(q int) app.UI {
		var dots []app.UI
		for _, r := range v.Rows {
			if int(r.Quadrant) != q || r.Out || len(dots) >= 30 {
				continue
			}
			class, text := "dot", ""
			if n := rank[r.ID]; n > 0 {
				class, text = "dot hot", strconv.Itoa(n)
			}
			if r.Trust < 0 || r.Fit < 0 {
				class += " old"
			}
			dots = append(dots, app.Button().Type("button").Class(class).Aria("label", e.T("plan.pr.dot", r.Name, i18n.Decimal(e.Lang, r.Priority, 1))).Aria("pressed", r.ID == p.who).Text(text).
				OnClick(func(app.Context, app.Event) { p.who = r.ID }, app.EventScope("dot", r.ID.String())))
		}
		class := "quad q" + strconv.Itoa(q)
		return part.Div(class, part.Div("row g8", app.Span().Class("n").Text(e.Number(v.Scale[q-1])), part.Div("", part.B(e.T("plan.pr.q"+strconv.Itoa(q))), part.Line("xs t3", e.T("plan.pr.count", v.N[q])))),
			part.Div("dots-b", dots...))
	}
	return part.Section("card", e.T("plan.pr.board"), part.Line("eyebrow", e.T("plan.pr.board")), part.H2("q", e.T("plan.pr.finding", v.N[1], v.N[2])),
		part.Div("quads", app.Span().Class("ax y").Text(e.T("plan.pr.fit")), cell(2), cell(1), app.Span().Class("ax y").Text(e.T("plan.pr.unfit")), cell(4), cell(3),
			app.Span(), app.Span().Class("ax").Text(e.T("plan.pr.strange")), app.Span().Class("ax").Text(e.T("plan.pr.trusted"))),
		part.When(v.N[0] > 0, part.P("xs t3", e.T("plan.pr.unplaced", v.N[0]))))
}

// month is the target of the month, one segment for each visit.
func (p *prospectsPage) month(v *query.PlanProspects) app.UI {
	e := p.E
	_, m, _ := v.Base.Tab.Head.AsOf.Civil()
	name := e.T("plan.pr.month", i18n.MonthName(e.Lang, m, false))
	body := []app.UI{part.Div("wt-h", part.Line("eyebrow sp", name), part.Span("sm t3", e.T("plan.pr.year", v.YearDone, v.YearDue)))}
	if !v.Known.Has() {
		return part.Section("card", name, append(body, part.H2("q", e.T("plan.pr.untold", v.Done)), app.A().Class("lnk").Href(p.frame.to("")).Text(e.T("plan.v.toTime")))...)
	}
	find := missing(v)
	title := e.T("plan.pr.target", v.Done, v.Placed, find)
	if v.Done >= v.Target {
		title = e.T("plan.pr.met")
	}
	days := ""
	for k, d := range v.Days {
		if k < 3 {
			if days != "" {
				days += ", "
			}
			days += i18n.Day(e.Lang, d)
		}
	}
	ring := chart.Circle{Words: chart.Words{Label: title, Head: []string{name, e.T("plan.p.visits")}}, Units: true, Figure: e.Count(v.Done), Text: e.T("plan.pr.of", v.Target),
		Arcs: []chart.Arc{{Name: e.T("plan.pr.done"), Value: float64(v.Done), Figure: e.Count(v.Done), Tone: chart.Accent}, {Name: e.T("plan.pr.placed"), Value: float64(v.Placed), Figure: e.Count(v.Placed), Sub: days, Tone: chart.Wheat},
			{Name: e.T("plan.pr.find"), Value: float64(find), Figure: e.Count(find), Tone: chart.Void}}}
	w := p.frame.wide - 42
	if p.frame.wide >= 900 {
		w = p.frame.wide*57/100 - 60
	}
	body = append(body, app.H2().Class("q").ID("pr-month").Attr("role", "status").Text(title), part.Div("chart-d", app.Raw(ring.Draw(min(w, 520)))))
	if v.Won > 0 {
		body = append(body, part.P("sm b", e.T("plan.pr.won", v.Won)))
	}
	if next := toPlace(v, 3); len(next) > 0 && (find > 0 || v.Done >= v.Target) {
		text := ""
		for k, r := range next {
			if k > 0 {
				text += ", "
			}
			text += r.Name
		}
		body = append(body, part.P("sm t2", e.T("plan.pr.next", text)))
	}
	return part.Section("card", name, body...)
}

// list is the prospects by priority, or by town.
func (p *prospectsPage) list(v *query.PlanProspects) app.UI {
	e := p.E
	may := p.frame.may(&v.Base)
	shown := v.Rows
	order := make([]int, 0, len(shown))
	for k := range shown {
		order = append(order, k)
	}
	if p.zone {
		sortBy(order, func(a, b int) bool { return shown[a].City < shown[b].City })
	}
	n := max(firstRows, p.top)
	var rows []app.UI
	for at, k := range order {
		if at >= n {
			break
		}
		r := shown[k]
		visit := app.UI(part.Span("t2", i18n.None))
		switch {
		case r.Out:
			visit = part.Span("t3", e.T("plan.pr.out"))
		case r.Next > 0:
			visit = part.Span("", i18n.Day(e.Lang, r.Next))
		case may && (r.Quadrant == 3 || r.Quadrant == 4):
			visit = app.Button().Type("button").Class("btn sec sm").Text(e.T("plan.pr.call")).Aria("label", e.T("plan.pr.callOf", r.Name)).OnClick(func(app.Context, app.Event) { p.callFirst(r) }, app.EventScope("call", r.ID.String()))
		case may:
			visit = app.Button().Type("button").Class("btn sec sm").Text(e.T("plan.pr.toPlace")).Aria("label", e.T("plan.pr.placeOf", r.Name)).OnClick(func(app.Context, app.Event) { p.place([]query.ProspectRow{r}) }, app.EventScope("place", r.ID.String()))
		}
		number := app.UI(part.Span("nd", strconv.Itoa(k+1)))
		if r.Out {
			number = part.Span("nd out", "")
		}
		priority, weak := i18n.None, ""
		if r.Priority > 0 {
			priority = i18n.Decimal(e.Lang, r.Priority, 1)
		}
		if r.Weak {
			weak = " weak"
		}
		class := ""
		if r.ID == p.who {
			class = "on"
		}
		rows = append(rows, app.Tr().Class(class).Body(
			app.Td().Body(number),
			app.Td().Body(app.Button().Type("button").Class("lnk who").Body(part.B(r.Name), part.Span("xs t3", joined(r.City, r.Sector))).OnClick(func(app.Context, app.Event) { p.who = r.ID }, app.EventScope("who", r.ID.String()))),
			app.Td().Class("num").Text(e.Number(r.Elan)), app.Td().Class("num t2").Text(e.T("plan.pr.times", i18n.Decimal(e.Lang, r.Interest, 1))),
			app.Td().Body(part.Box("row g8", part.Furrows(e.Lang, 10*r.Priority, 10, 58, 16, -1), part.Span("b tn"+weak, priority))),
			app.Td().Body(visit)))
	}
	head := func(key, class string) app.UI { return app.Th().Scope("col").Class(class).Text(e.T(key)) }
	more := app.UI(part.Nothing())
	if n < len(v.Rows) || len(v.Rows) < v.Of {
		more = part.Button("pr-all", "ghost", "", e.T("plan.pr.all", v.Of), func(app.Context) {
			p.top = 1000
			p.view.Again(p.frame.ctx)
		})
	}
	now := "priority"
	if p.zone {
		now = "zone"
	}
	return part.Section("card", e.T("plan.pr.list"),
		part.Div("row", part.Seg("pr-by", e.T("plan.pr.list"), now, []part.Option{{Key: "priority", Label: e.T("plan.pr.byPriority")}, {Key: "zone", Label: e.T("plan.pr.byZone")}}, func(_ app.Context, key string) { p.zone = key == "zone" }), part.Space(), more),
		app.Div().Class("tblw").TabIndex(0).Attr("role", "group").Aria("label", e.T("plan.pr.list")).Body(app.Table().Class("pl-t pr-t").Body(
			app.Caption().Class("sr").Text(e.T("plan.pr.list")),
			app.THead().Body(app.Tr().Body(app.Th().Scope("col").Body(part.Span("sr", e.T("plan.pr.place.n"))), head("plan.pr.prospect", ""), head("plan.pr.elan", "num"), head("plan.pr.interest", "num"), head("plan.pr.priority", ""), head("plan.pr.visit", ""))),
			app.TBody().Body(rows...))))
}

// joined writes a town and a trade.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

// sortBy orders a short list, keeping equals in place.
func sortBy(list []int, less func(a, b int) bool) {
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && less(list[j], list[j-1]); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

// why is the interest of one prospect, and the marks that can be corrected.
func (p *prospectsPage) why(v *query.PlanProspects) app.UI {
	e := p.E
	var r *query.ProspectRow
	for k := range v.Rows {
		if v.Rows[k].ID == p.who || p.who.IsZero() && k == 0 {
			r = &v.Rows[k]
		}
	}
	if r == nil {
		return part.Nothing()
	}
	may := p.frame.may(&v.Base)
	title := e.T("plan.pr.whyNone")
	if r.Priority > 0 {
		title = e.T("plan.pr.why", i18n.Decimal(e.Lang, r.Priority, 1))
	}
	body := []app.UI{part.Line("eyebrow", title), app.H2().Class("q").Body(app.A().Class("plain").Href(ClientPath(r.ID)).Text(r.Name)),
		part.P("sm t2", e.T("plan.pr.elanOf", e.Number(r.Elan), e.T("plan.pr.q"+strconv.Itoa(int(r.Quadrant))), i18n.Decimal(e.Lang, r.Interest, 1)))}
	said := [...]string{"", "", "", "", ""}
	if r.Level > 0 {
		said[0] = "P" + strconv.Itoa(int(r.Level)) + ", " + e.MoneyShort(r.Worth)
	}
	for k, x := range r.Notes {
		note := i18n.None
		if x >= 1 {
			note = e.Number(math.Round(x*10) / 10)
		}
		body = append(body, part.Div("kv", part.Box("it", part.Span("b sm", e.T("plan.pr.note."+strconv.Itoa(k))), part.When(said[k] != "", part.Span("xs t3", said[k]))), part.Furrows(e.Lang, 10*x, 10, 58, 16, -1), part.B(note)))
	}
	if r.Expected != 0 {
		body = append(body, part.P("xs t3", e.T("plan.pr.expected", e.MoneyShort(money.Cents(math.Round(r.Expected))))))
	}
	if may {
		options := []part.Option{{Key: "80", Label: e.T("plan.pr.yes")}, {Key: "20", Label: e.T("plan.pr.no")}, {Key: "?", Label: e.T("plan.pr.dontKnow")}}
		key := func(n int) string {
			switch {
			case n < 0:
				return "?"
			case n >= 50:
				return "80"
			}
			return "20"
		}
		id := *r
		body = append(body,
			part.Div("qa", part.Span("sm b", e.T("plan.pr.isFit")), part.Seg("pr-fit"+id.ID.String(), e.T("plan.pr.isFit"), key(r.Fit), options, func(_ app.Context, to string) { p.rate(id, 20, to) })),
			part.Div("qa", part.Span("sm b", e.T("plan.pr.isTrusted")), part.Seg("pr-trust"+id.ID.String(), e.T("plan.pr.isTrusted"), key(r.Trust), options, func(_ app.Context, to string) { p.rate(id, 21, to) })),
			part.Toggle("pr-out"+id.ID.String()+strconv.FormatBool(r.Out), e.T("plan.pr.noContact"), "soft", r.Out, func(app.Context) {
				to := "true"
				if id.Out {
					to = ""
				}
				p.note(id, 31, to)
			}))
	}
	return part.Section("card", title, body...)
}

// rate corrects what is known of a prospect.
func (p *prospectsPage) rate(r query.ProspectRow, field uint16, to string) {
	if to == "?" {
		to = ""
	}
	p.note(r, field, to)
}

// note writes a field of the account through its form.
func (p *prospectsPage) note(r query.ProspectRow, field uint16, to string) {
	e := p.E
	q := bridge.Form{Account: r.ID, Rec: r.ID, Kind: portfolio.KindAccount, Texts: []portfolio.FieldText{{Field: field, Text: to}}}
	Ask(p.frame.ctx, e, bridge.OpForm, q, func(_ app.Context, s bridge.Saved, err error) {
		if err != nil {
			e.Snack(e.Fault(err), nil)
			return
		}
		e.Snack(e.T("plan.pr.corrected", r.Name), func(app.Context) { Save(p.frame.ctx, e, bridge.OpUndo, bridge.Undo{ID: s.ID, Account: r.ID}, nil) })
	})
}

// place plans a visit for each, one working day after the other.
func (p *prospectsPage) place(list []query.ProspectRow) {
	e := p.E
	day := 1
	for k, r := range list {
		for weekend(int(p.view.Value.Base.Tab.Head.AsOf) + day) {
			day++
		}
		p.planned(r, portfolio.Visit, day, e.T("plan.pr.objective"), k == len(list)-1)
		day++
	}
}

// weekend reports whether a day of the calendar is a Saturday or a Sunday: day 0
// was a Thursday.
func weekend(day int) bool { d := (day%7 + 7) % 7; return d == 2 || d == 3 }

func (p *prospectsPage) callFirst(r query.ProspectRow) {
	p.planned(r, portfolio.Call, 1, p.E.T("plan.pr.callWhy"), true)
}

func (p *prospectsPage) planned(r query.ProspectRow, kind portfolio.ContactKind, days int, why string, say bool) {
	e := p.E
	Ask(p.frame.ctx, e, bridge.OpPlan, bridge.PlanVisit{Account: r.ID, InDays: days, Kind: kind, Objective: why}, func(_ app.Context, s bridge.Saved, err error) {
		if err != nil {
			e.Snack(e.Fault(err), nil)
			return
		}
		if say {
			e.Snack(e.T("plan.pr.isPlaced", r.Name), func(app.Context) { Save(p.frame.ctx, e, bridge.OpUndo, bridge.Undo{ID: s.ID, Account: r.ID}, nil) })
		}
	})
}
