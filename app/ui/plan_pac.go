package ui

import (
	"html"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// pacPage is step 11: the action plan for clients and prospects, priced, and its
// sheets of paper.
type pacPage struct {
	app.Compo

	E *Env

	frame planFrame
	view  Live[query.PlanAsk, query.PlanPAC]
	edit  *query.PlanAction // the line that is written; nil: none
	fail  string
	busy  bool
	draft portfolio.Action
	chance,
	spend, captured, due string
}

var _ = screen(planPath+planPAC, func(e *Env, _ string) app.Composer { return &pacPage{E: e, frame: planFrame{env: e}} })

// OnMount asks for the screen.
func (p *pacPage) OnMount(ctx app.Context) {
	p.frame.start(ctx, p.view.Again)
	p.view.Start(ctx, p.E, bridge.OpPlanPAC, p.frame.ask)
}

// OnPreRender is OnMount in native tests.
func (p *pacPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnResize draws again at another width.
func (p *pacPage) OnResize(app.Context) { p.frame.resize() }

// Render arranges the cards, and the sheets that only paper shows.
func (p *pacPage) Render() app.UI {
	e, v, f := p.E, p.view.Value, &p.frame
	sub := e.T("plan.a.sub")
	if v == nil {
		return f.screen(nil, []int{11}, sub, nil, p.view.Waiting(e))
	}
	b := &v.Base
	if f.empty(b) {
		return f.screen(b, []int{11}, sub, nil, part.Empty(e.T("plan.nobody"), e.T("plan.nobody.text")))
	}
	acts := []app.UI{
		part.Button("pac-print", "sec", "print", e.T("plan.a.print"), func(app.Context) {
			if app.IsClient {
				app.Window().Call("print")
			}
		}),
		f.next(planCalls)}
	return f.screen(b, []int{11}, sub, acts,
		part.Div("col g16 no-print", f.readonly(b), p.economy(v), p.lines(v), p.ideas(v), p.rhythm(v)),
		p.sheet(v),
		part.Div("pac-each", p.each(v)...),
		app.If(p.edit != nil, func() app.UI {
			return &part.Sheet{ID: "pac-sheet", Eyebrow: e.T("plan.a.line"), Title: p.edit.Name, Close: e.T("part.close"), Form: true, Body: p.form, OnClose: func(app.Context) { p.edit = nil }}
		}))
}

// economy is what the plan costs and should bring.
func (p *pacPage) economy(v *query.PlanPAC) app.UI {
	e := p.E
	body := []app.UI{part.Line("eyebrow", e.T("plan.a.topic"))}
	title := e.T("plan.a.empty")
	if v.All.Actions > 0 {
		title = e.T("plan.a.finding", v.All.Actions, e.MoneyShort(money.Cents(math.Round(v.All.Cost.Value))), e.MoneyShort(money.Cents(math.Round(v.All.Gain.Value))))
	}
	body = append(body, app.H2().Class("q").ID("pac-finding").Text(title))
	if v.Rejected > 0 {
		body = append(body, part.P("sm bl", e.T("plan.a.rejected", v.Rejected)))
	}
	if v.All.Actions > 0 {
		row := func(key string, x *query.EconomyPart) app.UI {
			roi := app.UI(part.Span("t3", i18n.None))
			if x.ROI.Mark.Has() {
				roi = e.Tap(x.ROI, "", "")
			}
			return app.Tr().Body(app.Th().Scope("row").Text(e.T(key)), app.Td().Class("num").Text(e.Count(x.Actions)), app.Td().Class("num").Text(e.Number(x.Visits)),
				app.Td().Class("num").Text(e.MoneyShort(money.Cents(math.Round(x.Cost.Value)))), app.Td().Class("num").Text(e.MoneyShort(money.Cents(math.Round(x.Gain.Value)))), app.Td().Class("num").Body(roi))
		}
		head := func(key string) app.UI { return app.Th().Scope("col").Class("num").Text(e.T(key)) }
		body = append(body, app.Div().Class("tblw").TabIndex(0).Attr("role", "group").Aria("label", e.T("plan.a.topic")).Body(app.Table().Class("pl-t").Body(
			app.Caption().Class("sr").Text(e.T("plan.a.topic")),
			app.THead().Body(app.Tr().Body(app.Td(), head("plan.a.actions"), head("plan.a.visits"), head("plan.a.cost"), head("plan.a.gain"), head("plan.a.roi"))),
			app.TBody().Body(row("plan.a.clients", &v.Clients), row("plan.a.prospects", &v.Prospects), row("plan.a.all", &v.All)))))
		if v.Progress.Mark.Has() {
			body = append(body, part.Div("kv", part.Span("t2", e.T("plan.a.progress")), e.Tap(v.Progress, "", "b")))
		}
	}
	return part.Section("card", e.T("plan.a.topic"), body...)
}

func (e *Env) purpose(n int) string { return e.T("plan.purpose." + strconv.Itoa(n)) }

// when is the month of a line.
func (e *Env) monthOf(d calendar.Day) string {
	if d <= 0 {
		return i18n.None
	}
	_, m, _ := d.Civil()
	return i18n.MonthName(e.Lang, m, true)
}

// lines are the actions of the plan.
func (p *pacPage) lines(v *query.PlanPAC) app.UI {
	e := p.E
	may := p.frame.may(&v.Base)
	if len(v.Lines) == 0 {
		return part.Nothing()
	}
	var rows []app.UI
	for k := range v.Lines {
		l := v.Lines[k]
		state := app.UI(part.Span("tag"+map[bool]string{true: " ac"}[l.Action.State == portfolio.Done], e.T("plan.state."+strconv.Itoa(int(max(1, l.Action.State))))))
		if l.Rejected {
			state = part.Span("tag bl", e.T("plan.a.incomplete"))
		}
		act := app.UI(part.Nothing())
		if may {
			act = part.Box("row g8",
				app.Button().Type("button").Class("btn ghost icon").Aria("label", e.T("plan.a.edit", l.Name)).Body(part.IconS("pen")).OnClick(func(app.Context, app.Event) { p.open(*l) }, app.EventScope("edit", l.ID.String(), k, int64(l.Gain), int64(l.Cost), l.Action.Text, l.Action.Indicator, int(l.Action.Due), int(l.Action.State))),
				part.When(!l.Rejected && l.Action.State != portfolio.Done, app.Button().Type("button").Class("btn ghost icon").Aria("label", e.T("plan.a.done", l.Name)).Body(part.IconS("check")).
					OnClick(func(app.Context, app.Event) {
						x := l.Action
						x.State = portfolio.Done
						p.write(l.ID, x, e.T("plan.a.isDone", l.Name))
					}, app.EventScope("done", l.ID.String(), k, int64(l.Gain), int64(l.Cost), l.Action.Text, l.Action.Indicator, int(l.Action.Due)))))
		}
		rows = append(rows, app.Tr().Body(e.whoCell(l.Phase, l.Name, l.Action.Account), app.Td().Class("t2").Text(e.purpose(l.Action.Purpose)), app.Td().Text(l.Action.Text), app.Td().Text(e.monthOf(l.Action.Due)),
			app.Td().Class("num").Text(e.Count(l.Action.Visits)), app.Td().Class("num").Text(e.MoneyShort(l.Cost)), app.Td().Class("num b").Text(e.MoneyShort(l.Gain)), app.Td().Body(state), app.Td().Body(act)))
	}
	head := func(key, class string) app.UI { return app.Th().Scope("col").Class(class).Text(e.T(key)) }
	return part.Section("card", e.T("plan.a.lines"), part.H2("q", e.T("plan.a.lines")),
		app.Div().Class("tblw").TabIndex(0).Attr("role", "group").Aria("label", e.T("plan.a.lines")).Body(app.Table().Class("pl-t stack").Body(
			app.Caption().Class("sr").Text(e.T("plan.a.lines")),
			app.THead().Body(app.Tr().Body(head("portfolio.client", ""), head("plan.a.purpose", ""), head("plan.a.what", ""), head("plan.a.when", ""), head("plan.a.visits", "num"), head("plan.a.cost", "num"), head("plan.a.gain", "num"), head("plan.a.state", ""), app.Td())),
			app.TBody().Body(rows...))))
}

// ideas are what the visits planned suggest.
func (p *pacPage) ideas(v *query.PlanPAC) app.UI {
	e := p.E
	may := p.frame.may(&v.Base)
	var rows []app.UI
	for k := range v.Ideas {
		l := v.Ideas[k]
		if k >= 14 {
			break
		}
		needs := i18n.None
		if l.Needs > 0 && l.Needs <= 1 {
			needs = i18n.Percent(e.Lang, l.Needs)
		}
		add := app.UI(part.Nothing())
		if may {
			add = app.Button().Type("button").ID("idea-"+strconv.Itoa(k)).Class("btn sec sm").Aria("label", e.T("plan.a.addOf", l.Name)).Text(e.T("plan.a.add")).OnClick(func(app.Context, app.Event) { p.open(*l) }, app.EventScope("idea", l.Action.Account.String(), int64(l.Captured), l.Action.Visits))
		}
		rows = append(rows, app.Tr().Body(e.whoCell(l.Phase, l.Name, l.Action.Account), app.Td().Class("t2").Text(e.purpose(l.Action.Purpose)), app.Td().Class("num").Text("+\u00a0"+e.Count(l.Action.Visits)),
			app.Td().Class("num").Text(e.MoneyShort(l.Captured)), app.Td().Class("num").Text(e.MoneyShort(l.Cost)), app.Td().Class("num").Text(needs), app.Td().Body(add)))
	}
	if len(rows) == 0 {
		return part.Nothing()
	}
	head := func(key, class string) app.UI { return app.Th().Scope("col").Class(class).Text(e.T(key)) }
	return part.Section("card", e.T("plan.a.ideas"), part.Line("eyebrow", e.T("plan.a.ideas")), part.H2("q", e.T("plan.a.ideas.finding")),
		app.Div().Class("tblw").TabIndex(0).Attr("role", "group").Aria("label", e.T("plan.a.ideas")).Body(app.Table().Class("pl-t stack").Body(
			app.Caption().Class("sr").Text(e.T("plan.a.ideas")),
			app.THead().Body(app.Tr().Body(head("portfolio.client", ""), head("plan.a.purpose", ""), head("plan.a.visits", "num"), head("plan.a.aimed", "num"), head("plan.a.cost", "num"), head("plan.a.needs", "num"), app.Td())),
			app.TBody().Body(rows...))), part.P("xs t3", e.T("plan.a.needs.text")))
}

// rhythm is the visits of each month.
func (p *pacPage) rhythm(v *query.PlanPAC) app.UI {
	e := p.E
	return part.Section("card", e.T("plan.a.rhythm"), part.Line("eyebrow", e.T("plan.a.rhythm")), part.H2("q", e.T("plan.a.rhythm.finding", v.Visits[1]+v.Visits[2])),
		part.Div("chart-d", app.Raw(e.monthsDrawn(v, max(300, min(760, p.frame.inside()-42))))), part.P("xs t3", e.T("plan.a.rhythm.text")))
}

// monthsDrawn draws the visits of each month, those to prospects on top.
func (e *Env) monthsDrawn(v *query.PlanPAC, width int) string {
	most := 1
	for _, m := range v.Months {
		most = max(most, m[0]+m[1])
	}
	var b strings.Builder
	label := e.T("plan.a.rhythm.label", v.Visits[1], v.Visits[2])
	n := strconv.Itoa
	b.WriteString(`<svg class="months" width="` + n(width) + `" height="150" viewBox="0 0 ` + n(width) + ` 150" role="img" aria-label="` + html.EscapeString(label) + `">`)
	pitch := width / 12
	for k, m := range v.Months {
		x, w := k*pitch+pitch/6, pitch*2/3
		hc, hp := 96*m[0]/most, 96*m[1]/most
		y := 122 - hc
		b.WriteString(`<rect class="k0" x="` + n(x) + `" y="` + n(y) + `" width="` + n(w) + `" height="` + n(hc) + `" rx="3"/><rect class="k1" x="` + n(x) + `" y="` + n(y-hp-1) + `" width="` + n(w) + `" height="` + n(hp) + `" rx="3"/>`)
		b.WriteString(`<text x="` + n(x+w/2) + `" y="` + n(y-hp-7) + `" text-anchor="middle">` + n(m[0]+m[1]) + `</text><text class="t" x="` + n(x+w/2) + `" y="140" text-anchor="middle">` + html.EscapeString(initial(i18n.MonthName(e.Lang, time.Month(k+1), false))) + `</text>`)
	}
	b.WriteString(`</svg><p class="xs t3 key"><i class="k0"></i>` + html.EscapeString(e.T("plan.a.clients")) + ` <i class="k1"></i>` + html.EscapeString(e.T("plan.a.prospects")) + `</p>`)
	return b.String()
}

// initial is the first letter of a name, as a capital.
func initial(s string) string {
	for _, r := range s {
		return strings.ToUpper(string(r))
	}
	return ""
}

// open opens a line to write.
func (p *pacPage) open(l query.PlanAction) {
	p.edit, p.fail, p.busy = &l, "", false
	p.draft = l.Action
	chance := l.Action.Chance
	if l.ID.IsZero() {
		if chance == 0 && l.Needs > 0 && l.Needs < 1 {
			chance = math.Ceil(20*l.Needs) / 20
		}
		p.draft.Indicator = p.E.T("plan.a.indicator", p.E.MoneyShort(l.Captured))
		p.draft.Due = lastDayOf(p.view.Value.Base.Year) - 184
		p.draft.Text = p.E.T("plan.a.text." + strconv.Itoa(l.Action.Purpose))
		p.draft.Captured = l.Captured
	}
	p.chance, p.spend = i18n.Number(p.E.Lang, math.Round(100*chance)), plainEuros(p.draft.Spend)
	p.captured, p.due = plainEuros(p.draft.Captured), ""
	if p.draft.Due > 0 {
		p.due = p.draft.Due.String()
	}
}

// plainEuros writes an amount without cents, as one types it.
func plainEuros(c money.Cents) string {
	if c == 0 {
		return ""
	}
	return strconv.FormatInt(int64(c+50)/100, 10)
}

// form is the line being written.
func (p *pacPage) form() []app.UI {
	e, l := p.E, p.edit
	if l == nil {
		return nil
	}
	var purposes []part.Option
	for n := 1; n <= 7; n++ {
		purposes = append(purposes, part.Option{Key: strconv.Itoa(n), Label: e.purpose(n)})
	}
	text := func(to *string) func(app.Context, string) {
		return func(_ app.Context, s string) { *to, p.fail = s, "" }
	}
	return []app.UI{app.Form().Class("lg").OnSubmit(p.save).Body(
		part.Select(part.F{ID: "pac-purpose", Label: e.T("plan.a.purpose"), Value: strconv.Itoa(p.draft.Purpose)}, purposes, func(_ app.Context, key string) { p.draft.Purpose, _ = strconv.Atoi(key) }),
		part.Field(part.F{ID: "pac-text", Label: e.T("plan.a.what"), Value: p.draft.Text, Max: portfolio.MaxText, Auto: "off"}, text(&p.draft.Text)),
		part.Field(part.F{ID: "pac-indicator", Label: e.T("plan.a.indicatorLabel"), Help: e.T("plan.a.indicatorHelp"), Value: p.draft.Indicator, Max: portfolio.MaxText, Auto: "off"}, text(&p.draft.Indicator)),
		part.Field(part.F{ID: "pac-due", Label: e.T("plan.a.due"), Type: "date", Value: p.due}, text(&p.due)),
		e.stepper("pac-visits", e.T("plan.a.moreVisits"), float64(p.draft.Visits), 0, 366, 1, "", func(x float64) { p.draft.Visits = int(math.Round(min(366, max(0, x)))) }),
		part.Field(part.F{ID: "pac-spend", Label: e.T("plan.a.spend"), Mode: "decimal", Value: p.spend, Auto: "off"}, text(&p.spend)),
		part.Field(part.F{ID: "pac-captured", Label: e.T("plan.a.captured"), Mode: "decimal", Value: p.captured, Auto: "off", Help: e.T("plan.a.capturedHelp", e.MoneyShort(l.Captured))}, text(&p.captured)),
		part.Field(part.F{ID: "pac-chance", Label: e.T("plan.a.chance"), Mode: "decimal", Value: p.chance, Auto: "off", Error: p.fail}, text(&p.chance)),
		part.Submit("btn pri lg", e.T("plan.a.keep"), p.busy),
		part.When(!l.ID.IsZero(), part.Button("pac-drop"+l.ID.String(), "ghost", "", e.T("plan.a.drop"), func(app.Context) {
			id, name, root := l.ID, l.Name, l.Action.Account
			p.edit = nil
			Ask(p.frame.ctx, e, bridge.OpRemove, bridge.Remove{Account: root, Rec: id}, func(_ app.Context, s bridge.Saved, err error) {
				if err != nil {
					e.Snack(e.Fault(err), nil)
					return
				}
				e.Snack(e.T("plan.a.dropped", name), func(app.Context) { Save(p.frame.ctx, e, bridge.OpUndo, bridge.Undo{ID: s.ID, Account: root}, nil) })
			})
		})),
	)}
}

// euros reads an amount that was typed; empty is none.
func euros(s string) (money.Cents, bool) {
	if strings.TrimSpace(s) == "" {
		return 0, true
	}
	x, ok := readNumber(strings.NewReplacer("€", "", "$", "", "£", "").Replace(s))
	return money.Cents(math.Round(100 * x)), ok && x >= 0 && x < 1e10
}

func (p *pacPage) save(_ app.Context, ev app.Event) {
	ev.PreventDefault()
	e, l := p.E, p.edit
	if l == nil || p.busy {
		return
	}
	x := p.draft
	var ok [3]bool
	x.Spend, ok[0] = euros(p.spend)
	x.Captured, ok[1] = euros(p.captured)
	chance, good := readNumber(p.chance)
	ok[2] = good && chance >= 0 && chance <= 100 || strings.TrimSpace(p.chance) == ""
	x.Chance = chance / 100
	x.Due = 0
	if p.due != "" {
		d, err := calendar.ParseISO(p.due)
		if err != nil {
			p.fail = e.T("plan.a.badDay")
			return
		}
		x.Due = d
	}
	if !ok[0] || !ok[1] || !ok[2] {
		p.fail = e.T("plan.a.bad")
		return
	}
	x.State = max(x.State, portfolio.Planned)
	p.write(l.ID, x, e.T("plan.a.kept", l.Name))
}

// write keeps a line.
func (p *pacPage) write(id portfolio.ID, x portfolio.Action, text string) {
	e := p.E
	p.busy = true
	Ask(p.frame.ctx, e, bridge.OpPlanLine, bridge.PlanLine{ID: id, Action: x}, func(_ app.Context, s bridge.Saved, err error) {
		p.busy = false
		if err != nil {
			p.fail = e.Fault(err)
			if p.edit == nil {
				e.Snack(p.fail, nil)
			}
			return
		}
		p.edit = nil
		e.Snack(text, func(app.Context) { Save(p.frame.ctx, e, bridge.OpUndo, bridge.Undo{ID: s.ID, Account: x.Account}, nil) })
	})
}

// priority are the lines of the sheet: those kept, else what is proposed.
func priority(v *query.PlanPAC, most int) (out []*query.PlanAction, proposed bool) {
	out = v.Lines
	if len(out) == 0 {
		out, proposed = v.Ideas, true
	}
	return out[:min(len(out), most)], proposed
}

// sheet is the page of paper of the whole plan.
func (p *pacPage) sheet(v *query.PlanPAC) app.UI {
	e, h := p.E, &v.Base.Tab.Head
	year := strconv.Itoa(v.Base.Year)
	who := h.Name
	if v.OwnerName != "" {
		who = v.OwnerName
	}
	if h.Area != "" {
		who += " · " + h.Area
	}
	num := func(value, text string) app.UI { return part.Div("", part.B(value), part.Span("", text)) }
	growth := ""
	if v.Sales[0] > 0 && v.Sales[1] > v.Sales[0] {
		growth = e.T("plan.s.growth", i18n.Percent(e.Lang, float64(v.Sales[1]-v.Sales[0])/float64(v.Sales[0])))
	}
	var says []app.UI
	all := v.Phases[0] + v.Phases[1] + v.Phases[2] + v.Phases[3]
	if all > 0 {
		says = append(says, app.Li().Text(e.T("plan.s.curve", v.Phases[2]+v.Phases[3], all, v.Phases[0])))
	}
	if v.Hot[0] > 0 {
		says = append(says, app.Li().Text(e.T("plan.s.hot", v.Hot[0], e.MoneyShort(v.HotSales))))
	}
	if v.CM > 0 {
		key := "plan.s.cm"
		if v.CM < 1 {
			key = "plan.s.mc"
		}
		says = append(says, app.Li().Text(e.T(key, i18n.Decimal(e.Lang, max(v.CM, 1/v.CM), 1))))
	}
	list, proposed := priority(v, 10)
	var rows []app.UI
	for _, l := range list {
		pr := i18n.None
		if l.P > 0 {
			pr = "P" + strconv.Itoa(int(l.P)) + "–R" + strconv.Itoa(int(l.R))
		}
		rows = append(rows, app.Tr().Body(app.Th().Scope("row").Text(l.Name), app.Td().Text(pr), app.Td().Body(part.Phase(e.Lang, l.Phase, true)), app.Td().Class("num").Text(e.Count(l.Planned)),
			app.Td().Text(e.purpose(l.Action.Purpose)), app.Td().Text(l.Action.Text), app.Td().Text(e.monthOf(l.Action.Due)), app.Td().Class("num b").Text(e.MoneyShort(l.Captured))))
	}
	head := func(key, class string) app.UI { return app.Th().Scope("col").Class(class).Text(e.T(key)) }
	title := "plan.s.clients"
	if proposed {
		title = "plan.s.proposed"
	}
	return app.Section().Class("pac-paper").ID("pac-paper").Aria("hidden", "true").Body(
		part.Div("pf-brand", part.Mark("24"), part.B("Sillon"), part.Space(), part.Span("", e.T("plan.s.made", i18n.Date(e.Lang, h.AsOf)))),
		part.Div("pf-title", app.Text(e.T("plan.s.title", year))),
		part.Div("pf-who", app.Text(who+" · "+e.T("plan.s.count", h.Clients, h.Prospect))),
		part.Div("pf-nums", num(e.hours(v.Hours[0]), e.T("plan.s.hours", e.Number(math.Round(v.Hours[1])))), num(e.Count(v.Visits[0]), e.T("plan.s.strategic", v.Accounts)),
			num(e.Count(v.Visits[2]), e.T("plan.s.prospects")), num(e.MoneyShort(v.Sales[1]), e.T("plan.s.aim", growth))),
		part.Div("pf-h", app.Text(e.T("plan.s.says"))), app.Ol().Body(says...),
		part.Div("pf-h", app.Text(e.T(title))),
		app.Table().Class("pl-t small").Body(app.THead().Body(app.Tr().Body(head("portfolio.client", ""), head("plan.s.pr", ""), head("plan.s.phase", ""), head("plan.a.visits", "num"), head("plan.s.objective", ""), head("plan.s.first", ""), head("plan.a.when", ""), head("plan.s.stake", "num"))), app.TBody().Body(rows...)),
		part.Div("pf-h", app.Text(e.T("plan.a.rhythm"))), app.Raw(e.monthsDrawn(v, 690)),
		part.Div("signs", part.Div("", app.Text(e.T("plan.s.rep"))), part.Div("", app.Text(e.T("plan.s.manager")))),
	)
}

// each is a page of paper for each client of the plan.
func (p *pacPage) each(v *query.PlanPAC) []app.UI {
	e := p.E
	var out []app.UI
	done := map[portfolio.ID]bool{}
	list, proposed := priority(v, 60)
	if proposed {
		list = list[:min(len(list), 10)] // those of the first sheet
	}
	for _, l := range list {
		if done[l.Action.Account] {
			continue
		}
		done[l.Action.Account] = true
		var rows []app.UI
		for _, x := range list {
			if x.Action.Account != l.Action.Account {
				continue
			}
			roi := i18n.None
			if x.Cost > 0 {
				roi = i18n.Percent(e.Lang, float64(x.Gain-x.Cost)/float64(x.Cost))
			}
			due := i18n.None
			if x.Action.Due > 0 {
				due = i18n.Day(e.Lang, x.Action.Due)
			}
			rows = append(rows, app.Tr().Body(app.Th().Scope("row").Text(e.purpose(x.Action.Purpose)), app.Td().Text(x.Action.Text), app.Td().Text(due), app.Td().Text(x.Action.Indicator),
				app.Td().Class("num").Text(e.Count(x.Action.Visits)), app.Td().Class("num").Text(e.MoneyShort(x.Cost)), app.Td().Class("num").Text(e.MoneyShort(x.Gain)), app.Td().Class("num").Text(roi)))
		}
		head := func(key, class string) app.UI { return app.Th().Scope("col").Class(class).Text(e.T(key)) }
		last := i18n.None
		if l.Last > 0 {
			last = i18n.Date(e.Lang, l.Last)
		}
		every := i18n.None
		if l.Every > 0 {
			every = e.T("plan.every", e.Number(math.Round(l.Every)))
		}
		kv := func(key, value string) app.UI {
			return part.Div("kv", part.Span("t2", e.T(key)), part.B(value))
		}
		pr := i18n.None
		if l.P > 0 {
			pr = "P" + strconv.Itoa(int(l.P)) + "–R" + strconv.Itoa(int(l.R))
		}
		person := l.Person
		if person == "" {
			person = i18n.None
		}
		out = append(out, app.Section().Class("pac-paper one").Aria("hidden", "true").Body(
			part.Div("pf-brand", part.Mark("24"), part.B("Sillon"), part.Space(), part.Span("", e.T("plan.s.title", strconv.Itoa(v.Base.Year)))),
			part.Div("pf-title", app.Text(l.Name)), part.Div("pf-who", app.Text(joined(l.City, i18n.Phase(e.Lang, l.Phase)))),
			part.Div("pac-2", part.Div("", kv("plan.s.sales", e.MoneyShort(l.Sales)), kv("plan.s.stake", e.MoneyShort(l.Captured)), kv("plan.s.pr", pr), kv("plan.s.score", e.Number(math.Round(l.Score)))),
				part.Div("", kv("plan.v.rate", e.Count(l.Planned)), kv("plan.rows.every", every), kv("plan.s.last", last), kv("plan.s.person", person))),
			part.Div("pf-h", app.Text(e.T("plan.a.lines"))),
			app.Table().Class("pl-t small").Body(app.THead().Body(app.Tr().Body(head("plan.a.purpose", ""), head("plan.a.what", ""), head("plan.a.due", ""), head("plan.a.indicatorLabel", ""), head("plan.a.visits", "num"), head("plan.a.cost", "num"), head("plan.a.gain", "num"), head("plan.a.roi", "num"))), app.TBody().Body(rows...)),
			part.Div("pf-h", app.Text(e.T("plan.s.notes"))), part.Div("lines"), part.Div("lines"), part.Div("lines"), part.Div("lines"),
		))
	}
	return out
}
