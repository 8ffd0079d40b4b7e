package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// callsPage is step 12: whom to call for the appointments of the next weeks.
type callsPage struct {
	app.Compo

	E *Env

	frame planFrame
	view  Live[query.PlanAsk, query.PlanCalls]
	top   int
}

var _ = screen(planPath+planCalls, func(e *Env, _ string) app.Composer { return &callsPage{E: e, frame: planFrame{env: e}} })

// OnMount asks for the screen.
func (p *callsPage) OnMount(ctx app.Context) {
	p.frame.start(ctx, p.view.Again)
	p.view.Start(ctx, p.E, bridge.OpPlanCalls, func() query.PlanAsk {
		q := p.frame.ask()
		q.Top = p.top
		return q
	})
}

// OnPreRender is OnMount in native tests.
func (p *callsPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnResize measures again.
func (p *callsPage) OnResize(app.Context) { p.frame.resize() }

// Render arranges the cards.
func (p *callsPage) Render() app.UI {
	e, v, f := p.E, p.view.Value, &p.frame
	sub := e.T("plan.l.sub")
	if v == nil {
		return f.screen(nil, []int{12}, sub, nil, p.view.Waiting(e))
	}
	b := &v.Base
	if f.empty(b) {
		return f.screen(b, []int{12}, sub, nil, part.Empty(e.T("plan.nobody"), e.T("plan.nobody.text")))
	}
	acts := []app.UI{app.A().Class("btn pri").Href(f.to(planWeek)).Body(part.IconS("calendar"), app.Text(e.T("plan.l.week")))}
	return f.screen(b, []int{12}, sub, acts, f.readonly(b), p.count(v), p.list(v))
}

// count is how many calls the appointments take.
func (p *callsPage) count(v *query.PlanCalls) app.UI {
	e := p.E
	line := func(k int, key string) app.UI {
		if v.Wanted[k] == 0 {
			return part.Nothing()
		}
		return part.Div("kv", part.Span("t2", e.T(key, v.Wanted[k], i18n.Percent(e.Lang, v.Rate[k]))), part.B(e.T("plan.l.calls", v.Calls[k])))
	}
	title := e.T("plan.l.finding", v.Calls[0]+v.Calls[1], v.Wanted[0]+v.Wanted[1], e.Number(v.Weeks))
	if v.Wanted[0]+v.Wanted[1] == 0 {
		title = e.T("plan.l.none", e.Number(v.Weeks))
	}
	return part.Section("card", e.T("plan.l.topic"), part.Line("eyebrow", e.T("plan.l.topic")), app.H2().ID("calls-finding").Class("q").Attr("role", "status").Text(title),
		line(0, "plan.l.clients"), line(1, "plan.l.prospects"),
		part.Div("kv", part.Span("t2", e.T("plan.l.placed")), part.B(e.Count(v.Placed))),
		part.Div("kv", part.Span("t2", e.T("plan.l.week7")), part.B(e.Count(v.Done))))
}

// list is the calls, most urgent first.
func (p *callsPage) list(v *query.PlanCalls) app.UI {
	e := p.E
	may := p.frame.may(&v.Base)
	var rows []app.UI
	for _, r := range v.Rows {
		due := e.T("plan.l.prospect")
		switch {
		case r.Prospect:
		case r.DueIn < 0:
			due = e.T("plan.l.late", -r.DueIn)
		case r.DueIn == 0:
			due = e.T("plan.l.now")
		default:
			due = e.T("plan.l.in", r.DueIn)
		}
		urgency := app.UI(part.Nothing())
		if r.Urgency.Mark.Has() {
			urgency = e.TapText(r.Urgency, r.Name, "sm", e.T("plan.l.times", i18n.Decimal(e.Lang, r.Urgency.Value, 1)))
		}
		tel := app.UI(part.Span("t3", e.T("plan.l.noPhone")))
		if r.Phone != "" {
			tel = part.Tel(r.Phone).Class("lnk nw").Body(app.Text(r.Phone))
		}
		said := app.UI(part.Nothing())
		if r.Called > 0 {
			key := "plan.l.called"
			if !r.Met {
				key = "plan.l.missed"
			}
			said = part.Line("xs t3", e.T(key, i18n.Day(e.Lang, r.Called)))
		}
		act := app.UI(part.Nothing())
		if may {
			act = part.Box("row g8",
				app.Button().Type("button").Class("btn sec sm").Text(e.T("plan.l.call")).Aria("label", e.T("plan.l.callOf", r.Name)).OnClick(func(app.Context, app.Event) { p.called(r, portfolio.NoChange) }, app.EventScope("called", r.ID.String())),
				app.Button().Type("button").Class("btn ghost sm").Text(e.T("plan.l.miss")).Aria("label", e.T("plan.l.missOf", r.Name)).OnClick(func(app.Context, app.Event) { p.called(r, portfolio.Absent) }, app.EventScope("missed", r.ID.String())),
				app.Button().Type("button").Class("btn ghost sm").Text(e.T("plan.l.meet")).Aria("label", e.T("plan.l.meetOf", r.Name)).OnClick(func(app.Context, app.Event) { p.meet(r) }, app.EventScope("meet", r.ID.String())))
		}
		rows = append(rows, app.Tr().Body(e.whoCell(r.Phase, r.Name, r.ID), app.Td().Body(tel, said), app.Td().Body(part.Line("sm", due), urgency), app.Td().Body(act)))
	}
	if len(rows) == 0 {
		return part.Nothing()
	}
	head := func(key, class string) app.UI { return app.Th().Scope("col").Class(class).Text(e.T(key)) }
	more := app.UI(part.Nothing())
	if len(v.Rows) < v.Of {
		more = part.Button("calls-all", "ghost", "", e.T("plan.rows.all", v.Of), func(app.Context) {
			p.top = 1000
			p.view.Again(p.frame.ctx)
		})
	}
	return part.Section("card", e.T("plan.l.list"), part.H2("q", e.T("plan.l.list")),
		app.Div().Class("tblw").TabIndex(0).Attr("role", "group").Aria("label", e.T("plan.l.list")).Body(app.Table().Class("pl-t calls stack").Body(
			app.Caption().Class("sr").Text(e.T("plan.l.list")),
			app.THead().Body(app.Tr().Body(head("portfolio.client", ""), head("plan.l.phone", ""), head("plan.l.due", ""), app.Td())),
			app.TBody().Body(rows...))), more)
}

// called logs a call in one tap.
func (p *callsPage) called(r query.CallRow, out portfolio.Outcome) {
	e := p.E
	Ask(p.frame.ctx, e, bridge.OpLog, bridge.LogVisit{Account: r.ID, Kind: portfolio.Call, Outcome: out}, func(_ app.Context, s bridge.Saved, err error) {
		if err != nil {
			e.Snack(e.Fault(err), nil)
			return
		}
		e.Snack(e.T("plan.l.logged", r.Name), func(app.Context) { Save(p.frame.ctx, e, bridge.OpUndo, bridge.Undo{ID: s.ID, Account: r.ID}, nil) })
	})
}

// meet places the appointment, in a week.
func (p *callsPage) meet(r query.CallRow) {
	e := p.E
	day := 7
	for weekend(int(p.view.Value.Base.Tab.Head.AsOf) + day) {
		day++
	}
	Ask(p.frame.ctx, e, bridge.OpPlan, bridge.PlanVisit{Account: r.ID, InDays: day, Kind: portfolio.Visit, Objective: e.T("plan.l.objective")}, func(_ app.Context, s bridge.Saved, err error) {
		if err != nil {
			e.Snack(e.Fault(err), nil)
			return
		}
		e.Snack(e.T("plan.pr.isPlaced", r.Name), func(app.Context) { Save(p.frame.ctx, e, bridge.OpUndo, bridge.Undo{ID: s.ID, Account: r.ID}, nil) })
	})
}

// versionsPage is the versions of the plan: proposed by the rep, signed or
// returned by the manager.
type versionsPage struct {
	app.Compo

	E *Env

	frame planFrame
	view  Live[query.PlanAsk, query.PlanVisits]
	note  string
}

var _ = screen(planPath+planVersions, func(e *Env, _ string) app.Composer { return &versionsPage{E: e, frame: planFrame{env: e}} })

// OnMount asks for the screen.
func (p *versionsPage) OnMount(ctx app.Context) {
	p.frame.start(ctx, p.view.Again)
	p.view.Start(ctx, p.E, bridge.OpPlanVisits, p.frame.ask)
}

// OnPreRender is OnMount in native tests.
func (p *versionsPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnResize measures again.
func (p *versionsPage) OnResize(app.Context) { p.frame.resize() }

// Render arranges the cards.
func (p *versionsPage) Render() app.UI {
	e, v, f := p.E, p.view.Value, &p.frame
	sub := e.T("plan.w.sub")
	if v == nil {
		return f.screen(nil, []int{10, 11}, sub, nil, p.view.Waiting(e))
	}
	b := &v.Base
	if f.empty(b) {
		return f.screen(b, []int{10, 11}, sub, nil, part.Empty(e.T("plan.nobody"), e.T("plan.nobody.text")))
	}
	return f.screen(b, []int{10, 11}, sub, nil, p.now(v), p.all(v))
}

// totals are what the plan in hand amounts to.
func totals(v *query.PlanVisits) (t [3]int) {
	t[0] = int(v.After + .5)
	for k := range v.Segs {
		if k == query.SegProspects {
			t[2] = v.Segs[k].Visits[1]
		} else {
			t[1] += v.Segs[k].Visits[1]
		}
	}
	return t
}

// now is the version in hand, and what can be done of it.
func (p *versionsPage) now(v *query.PlanVisits) app.UI {
	e, f, b := p.E, &p.frame, &v.Base
	t := totals(v)
	n := max(1, b.Plan.Version)
	body := []app.UI{part.Line("eyebrow", e.T("plan.w.topic")), app.H2().ID("version-state").Class("q").Attr("role", "status").Text(e.T("plan.w.state."+strconv.Itoa(int(b.Plan.State)), n)),
		part.P("t2", e.T("plan.w.totals", e.Count(t[0]), t[1], t[2]))}
	order := func(id, class, key string, do uint8, said string) app.UI {
		return part.Button(id, class, "", e.T(key), func(app.Context) {
			q := bridge.SetPlan{Scope: f.scope, Year: p.view.Value.Base.Year, Do: do, Note: p.note, Totals: totals(p.view.Value)}
			Ask(f.ctx, e, bridge.OpSetPlan, q, func(_ app.Context, _ bridge.Saved, err error) {
				if err != nil {
					e.Snack(e.Fault(err), nil)
					return
				}
				text := e.T(said)
				if e.Status.State == bridge.StateOffline {
					text = e.T("plan.w.waits")
				}
				e.Snack(text, nil)
			})
		})
	}
	switch {
	case f.may(b) && b.Plan.State == portfolio.PlanDraft:
		body = append(body, order("plan-propose", "pri", "plan.w.propose", bridge.PlanPropose, "plan.w.proposed"), part.P("sm t3", e.T("plan.w.proposeText")))
	case f.may(b) && b.Plan.State == 0:
		body = append(body, part.P("sm t2", e.T("plan.w.begin")), app.A().Class("lnk").Href(f.to("")).Text(e.T("plan.w.toTime")))
	case f.may(b):
		body = append(body, part.P("sm t2", e.T("plan.w.closed")))
	case b.Plan.State == portfolio.PlanProposed:
		body = append(body, part.Field(part.F{ID: "plan-note", Label: e.T("plan.w.note"), Max: portfolio.MaxText, Auto: "off"}, func(_ app.Context, s string) { p.note = s }),
			part.Div("row g8 wrap", order("plan-sign", "pri", "plan.w.sign", bridge.PlanSign, "plan.w.signed"), order("plan-return", "sec", "plan.w.return", bridge.PlanReturn, "plan.w.returned")))
	}
	return part.Section("card", e.T("plan.w.topic"), body...)
}

// all are the versions, the latest first.
func (p *versionsPage) all(v *query.PlanVisits) app.UI {
	e, b := p.E, &v.Base
	var rows []app.UI
	for k := len(b.Versions) - 1; k >= 0; k-- {
		x := &b.Versions[k]
		day, who := i18n.None, ""
		if x.Proposed > 0 {
			day = i18n.Date(e.Lang, x.Proposed)
		}
		if x.Signed > 0 && k < len(b.Who) {
			who = joined(b.Who[k], i18n.Date(e.Lang, x.Signed))
		}
		num := func(n int) string {
			if x.Proposed == 0 {
				return i18n.None
			}
			return e.Count(n)
		}
		rows = append(rows, app.Tr().Body(app.Th().Scope("row").Text(e.T("plan.w.version", x.Version)), app.Td().Text(e.T("plan.w.is."+strconv.Itoa(int(x.State)))), app.Td().Text(day),
			app.Td().Class("num").Text(num(x.Hours)), app.Td().Class("num").Text(num(x.Visits)), app.Td().Class("num").Text(num(x.Prospect)), app.Td().Body(part.Span("sm", who), part.When(x.Note != "", part.P("xs t2", x.Note)))))
	}
	if len(rows) == 0 {
		return part.Nothing()
	}
	head := func(key, class string) app.UI { return app.Th().Scope("col").Class(class).Text(e.T(key)) }
	return part.Section("card", e.T("plan.versions"), part.H2("q", e.T("plan.versions")),
		app.Div().Class("tblw").TabIndex(0).Attr("role", "group").Aria("label", e.T("plan.versions")).Body(app.Table().Class("pl-t").Body(
			app.Caption().Class("sr").Text(e.T("plan.versions")),
			app.THead().Body(app.Tr().Body(head("plan.w.which", ""), head("plan.a.state", ""), head("plan.w.when", ""), head("plan.v.hours", "num"), head("plan.a.visits", "num"), head("plan.a.prospects", "num"), head("plan.w.who", ""))),
			app.TBody().Body(rows...))))
}
