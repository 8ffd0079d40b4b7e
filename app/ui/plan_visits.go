package ui

import (
	"context"
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

// visitsPage is step 10: the visits of a year shared out, against the hours
// there are.
type visitsPage struct {
	app.Compo

	E *Env

	frame planFrame
	view  Live[query.PlanAsk, query.PlanVisits]
	top   int

	best    *bridge.Allocated // the best sharing, once it was asked for
	seeking bool
	none    bool // the response of the clients is not measured
}

var _ = screen(planPath+planVisits, func(e *Env, _ string) app.Composer { return &visitsPage{E: e, frame: planFrame{env: e}} })

// OnMount asks for the screen.
func (p *visitsPage) OnMount(ctx app.Context) {
	p.frame.start(ctx, p.view.Again)
	p.view.came = func() { p.best, p.none = nil, false }
	p.view.Start(ctx, p.E, bridge.OpPlanVisits, func() query.PlanAsk {
		q := p.frame.ask()
		q.Top = p.top
		return q
	})
}

// OnPreRender is OnMount in native tests.
func (p *visitsPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnResize draws again at another width.
func (p *visitsPage) OnResize(app.Context) { p.frame.resize() }

// segName names a line of the table.
func (e *Env) segName(k int) string { return e.T("plan.seg." + strconv.Itoa(k)) }

// Render arranges the cards.
func (p *visitsPage) Render() app.UI {
	e, v, f := p.E, p.view.Value, &p.frame
	sub := e.T("plan.v.sub")
	if v == nil {
		return f.screen(nil, []int{10}, sub, nil, p.view.Waiting(e))
	}
	b := &v.Base
	if f.empty(b) {
		return f.screen(b, []int{10}, sub, nil, part.Empty(e.T("plan.nobody"), e.T("plan.nobody.text")))
	}
	acts := []app.UI{app.A().Class("btn ghost").Href(f.to(planVersions)).Text(e.T("plan.versions")), f.next(planPAC)}
	return f.screen(b, []int{10}, sub, acts,
		f.readonly(b),
		p.budget(v),
		p.table(v),
		part.Div("plan-2", p.shift(v), p.changes(v)),
		p.ways(v),
		p.clients(v),
		p.agreed(v),
	)
}

// budget is the hours asked before and after, against those there are.
func (p *visitsPage) budget(v *query.PlanVisits) app.UI {
	e, f := p.E, &p.frame
	spare := v.Hours - v.After
	whole := math.Round(math.Abs(spare))
	known := v.Known.Has()
	title, tag, class := e.T("plan.v.holds", e.Number(whole)), e.T("plan.v.even"), "tag ac"
	switch {
	case !known:
		title, tag, class = e.T("plan.v.unknown", e.Number(math.Round(v.After))), "", ""
	case spare < -.5:
		title, tag, class = e.T("plan.v.lacks", e.Number(whole)), e.T("plan.v.over"), "tag dg"
	}
	label := func(h float64) string {
		switch d := v.Hours - h; {
		case !known:
			return e.hours(h)
		case d < -.5:
			return e.T("plan.v.tooMuch", e.Number(math.Round(h)), e.Number(math.Round(-d)))
		default:
			return e.T("plan.v.spare", e.Number(math.Round(h)), e.Number(math.Round(d)))
		}
	}
	picture := chart.Bars{Words: chart.Words{Label: title, Head: []string{e.T("plan.v.topic"), e.T("plan.v.hours")}},
		Bars: []chart.Bar{
			{Name: e.T("plan.v.before"), Value: v.Before, Sub: label(v.Before), Tone: chart.Before},
			{Name: e.T("plan.v.after"), Value: v.After, Sub: label(v.After), Tone: chart.Accent},
		}}
	if known {
		picture.Limit, picture.HasLimit, picture.LimitText = v.Hours, true, e.T("plan.v.limit", e.Number(math.Round(v.Hours)))
	}
	body := []app.UI{
		part.Div("wt-h", part.Div("sp", part.Line("eyebrow", e.T("plan.v.topic")), app.H2().ID("plan-verdict").Class("q").Attr("role", "status").Text(title)), part.When(tag != "", part.Span(class, tag))),
		f.draw(e.T("plan.v.topic"), picture, f.inside()-42),
	}
	if !known {
		body = append(body, part.P("sm t2", e.T("plan.v.noTime")), app.A().Class("lnk").Href(f.to("")).Text(e.T("plan.v.toTime")))
	}
	if known && spare < -.5 && f.may(&v.Base) {
		body = append(body, p.excess(v))
	}
	if v.Short > 0 {
		body = append(body, part.P("sm t2", e.T("plan.v.short", v.Short)))
	}
	if v.Surplus > 0 {
		body = append(body, part.P("sm t2", e.T("plan.v.surplus", v.Surplus)))
	}
	return part.Section("card", e.T("plan.v.topic"), body...)
}

// excess is the three ways out of a plan that does not fit.
func (p *visitsPage) excess(v *query.PlanVisits) app.UI {
	e, f := p.E, &p.frame
	b := &v.Base
	now := b.Plan.Excess
	button := func(x portfolio.Excess, key string, tap func(app.Context)) app.UI {
		return app.Button().ID("plan-"+key).Type("button").Class("btn sec sm").Aria("pressed", now == x).Text(e.T("plan.x."+key)).
			OnClick(func(ctx app.Context, _ app.Event) { tap(ctx) }, app.EventScope(key, v.After, now, b.Plan.Version))
	}
	choose := func(x portfolio.Excess, key string) func(app.Context) {
		return func(app.Context) {
			f.change(b, e.T("plan.x.kept", e.T("plan.x."+key)), planField(20, float64(x)))
		}
	}
	said := app.UI(part.Nothing())
	if now > 0 {
		said = part.P("sm t2", e.T("plan.x.said."+strconv.Itoa(int(now))))
	}
	return app.Div().Attr("role", "group").Aria("label", e.T("plan.x")).Body(
		part.Div("row g8 wrap", button(portfolio.ExcessReduce, "reduce", func(app.Context) {
			// The frequencies come down together until the hours hold.
			k := v.Hours / max(1, v.After)
			var now []bridge.PlanNumber
			now = append(now, planField(13, float64(portfolio.ByHand)), planField(20, float64(portfolio.ExcessReduce)))
			for i := range v.Segs {
				now = append(now, planField(uint16(14+i), math.Floor(v.Segs[i].Now*k+1e-9)))
			}
			f.change(b, e.T("plan.x.reduced"), now...)
		}), button(portfolio.ExcessDelegate, "delegate", choose(portfolio.ExcessDelegate, "delegate")), button(portfolio.ExcessAccept, "accept", choose(portfolio.ExcessAccept, "accept"))),
		said)
}

// ways compares how the visits can be shared.
func (p *visitsPage) ways(v *query.PlanVisits) app.UI {
	e, f := p.E, &p.frame
	b := &v.Base
	now := b.Plan.By
	if now == 0 {
		now = portfolio.ByScore
	}
	options := make([]part.Option, 0, 5)
	for k, w := range v.Ways {
		if w.Can {
			options = append(options, part.Option{Key: strconv.Itoa(k + 1), Label: e.T("plan.way." + strconv.Itoa(k+1))})
		}
	}
	if now == portfolio.ByHand {
		options = append(options, part.Option{Key: "5", Label: e.T("plan.way.5")})
	}
	var rows []app.UI
	for k, w := range v.Ways {
		if !w.Can {
			continue
		}
		worth := app.UI(part.Span("t3", i18n.None))
		if w.Worth.Mark.Has() {
			worth = part.B(e.MoneyShort(money.Cents(math.Round(w.Worth.Value))))
		}
		rows = append(rows, app.Tr().Body(app.Th().Scope("row").Text(e.T("plan.way."+strconv.Itoa(k+1))), app.Td().Class("num").Text(e.Count(w.Visits)), app.Td().Class("num").Text(e.hours(w.Hours)), app.Td().Class("num").Body(worth)))
	}
	head := []app.UI{part.Line("eyebrow", e.T("plan.way.topic")), part.H2("q", e.T("plan.way.finding", e.T("plan.way."+strconv.Itoa(int(now)))))}
	if f.may(b) {
		head = append(head, part.Seg("plan-by", e.T("plan.way.topic"), strconv.Itoa(int(now)), options, func(_ app.Context, key string) {
			n, _ := strconv.Atoi(key)
			f.change(b, e.T("plan.kept", e.T("plan.way."+key)), planField(13, float64(n)))
		}))
	}
	hour := part.P("sm t2", e.T("plan.hour.none"))
	if v.Hour.Mark.Has() {
		hour = part.Div("row wrap g8", part.Span("sm", e.T("plan.hour")), e.Tap(v.Hour, "", "b"))
	}
	body := append(head, app.Div().Class("tblw").TabIndex(0).Attr("role", "group").Aria("label", e.T("plan.way.topic")).Body(app.Table().Class("pl-t").Body(
		app.Caption().Class("sr").Text(e.T("plan.way.topic")),
		app.THead().Body(app.Tr().Body(app.Th().Scope("col").Text(e.T("plan.way.by")), app.Th().Scope("col").Class("num").Text(e.T("plan.way.visits")), app.Th().Scope("col").Class("num").Text(e.T("plan.v.hours")), app.Th().Scope("col").Class("num").Text(e.T("plan.way.worth")))),
		app.TBody().Body(rows...))), hour, p.bestCard(v))
	return part.Section("card", e.T("plan.way.topic"), body...)
}

// bestCard is the sharing that brings most, which the planner proves.
func (p *visitsPage) bestCard(v *query.PlanVisits) app.UI {
	e, f, x := p.E, &p.frame, p.best
	if e.Planner == nil {
		return part.Nothing()
	}
	ask := app.Button().ID("plan-best").Type("button").Class("btn sec").Aria("busy", p.seeking).Text(e.T("plan.best.ask")).OnClick(func(app.Context, app.Event) { p.seek() })
	switch {
	case p.none:
		return part.P("sm t2", e.T("plan.best.none"))
	case x == nil:
		return part.Div("row", ask)
	case x.Short > 0:
		return part.P("sm t2", e.T("plan.best.short", e.Number(math.Round(float64(x.Short)/60))))
	}
	cents := func(y float64) string { return e.MoneyShort(money.Cents(math.Round(y))) }
	key := "plan.best.near"
	if x.Exact {
		key = "plan.best.proven"
	}
	body := []app.UI{app.P().ID("plan-best-said").Class("sm b").Attr("role", "status").Text(e.T(key, cents(x.Value), cents(x.Was), cents(x.Bound))),
		part.P("sm", e.T("plan.best.hour", cents(x.Hour)))}
	text := ""
	var now []bridge.PlanNumber
	now = append(now, planField(13, float64(portfolio.ByHand)))
	for k := range query.SegProspects {
		if v.Segs[k].Clients == 0 {
			continue
		}
		if text != "" {
			text += " · "
		}
		text += e.T("plan.best.seg", e.segName(k), e.Number(x.Rate[k]))
		now = append(now, planField(uint16(14+k), math.Floor(x.Rate[k]+.5)))
	}
	body = append(body, part.P("sm t2", text))
	if f.may(&v.Base) {
		body = append(body, part.Div("row", part.Button("plan-best-take"+text, "sec sm", "", e.T("plan.best.take"), func(app.Context) {
			f.change(&v.Base, e.T("plan.best.taken"), now...)
		})))
	}
	return part.Div("best", body...)
}

// seek asks the planner, a worker of its own, which is closed at once.
func (p *visitsPage) seek() {
	e, ctx := p.E, p.frame.ctx
	if p.seeking {
		return
	}
	p.seeking = true
	Ask(ctx, e, bridge.OpPlanTerritory, p.frame.ask(), func(ctx app.Context, t query.PlanTerritory, err error) {
		if err != nil || !t.Mark.Has() {
			p.seeking, p.none = false, err == nil
			if err != nil {
				e.Snack(e.Fault(err), nil)
			}
			return
		}
		ctx.Async(func() {
			h := e.Planner()
			a, err := bridge.Call(context.Background(), h, bridge.OpAllocate, bridge.Allocate{Of: t})
			h.Close()
			ctx.Dispatch(func(app.Context) {
				if p.seeking = false; err != nil {
					e.Snack(e.Fault(err), nil)
					return
				}
				p.best = &a
			})
		})
	})
}

// table is categories × frequency, before and after.
func (p *visitsPage) table(v *query.PlanVisits) app.UI {
	e, f := p.E, &p.frame
	most := 1.0
	for _, s := range v.Segs {
		most = max(most, s.Hours[0], s.Hours[1])
	}
	cell := func(class, key string, ui ...app.UI) app.UI {
		return app.Td().Class(class).DataSet("label", e.T(key)).Body(ui...)
	}
	var rows []app.UI
	for k := range v.Segs {
		s := &v.Segs[k]
		if s.Clients == 0 {
			continue
		}
		gap := s.Hours[1] - s.Hours[0]
		gapText, class := "0", "t3"
		switch n := math.Round(gap); {
		case n > 0:
			gapText, class = "+\u00a0"+e.Number(n), "ac"
		case n < 0:
			gapText, class = "−\u00a0"+e.Number(-n), "bl"
		}
		minutes := e.T("plan.min", e.Number(math.Round(s.Minutes)))
		rows = append(rows, app.Tr().Body(
			app.Th().Scope("row").Text(e.segName(k)),
			cell("num", "plan.v.clients", app.Text(e.Count(s.Clients))),
			cell("num t3", "plan.v.was", app.Text(i18n.Decimal(e.Lang, s.Was, 1))),
			cell("", "plan.v.rate", p.rate(v, k)),
			cell("num t2", "plan.v.length", app.Text(minutes)),
			cell("bars", "plan.v.bars", planBars("hb", 10, s.Hours[0]/most, s.Hours[1]/most)),
			cell("num b", "plan.v.plan", app.Text(e.hours(s.Hours[1]))),
			cell("num "+class, "plan.v.gap", app.Text(gapText))))
	}
	head := func(key, class string) app.UI { return app.Th().Scope("col").Class(class).Text(e.T(key)) }
	return part.Section("card flush", e.T("plan.v.table"),
		app.Div().Class("tblw").TabIndex(0).Attr("role", "group").Aria("label", e.T("plan.v.table")).Body(app.Table().Class("pl-t plan-t").Body(
			app.Caption().Class("sr").Text(e.T("plan.v.table")),
			app.THead().Body(app.Tr().Body(head("plan.v.seg", ""), head("plan.v.clients", "num"), head("plan.v.was", "num"), head("plan.v.rate", ""), head("plan.v.length", "num"), head("plan.v.bars", ""), head("plan.v.plan", "num"), head("plan.v.gap", "num"))),
			app.TBody().Body(rows...))),
		part.When(f.may(&v.Base), part.P("xs t3 pad", e.T("plan.v.bounds"))))
}

// rate is the frequency of a line: one press decides by hand.
func (p *visitsPage) rate(v *query.PlanVisits, k int) app.UI {
	e, f := p.E, &p.frame
	s, b := &v.Segs[k], &v.Base
	name := e.T("plan.v.rateOf", e.segName(k))
	if !f.may(b) {
		return part.B(i18n.Decimal(e.Lang, s.Now, 1))
	}
	now := math.Round(s.Now*10) / 10
	set := func(x float64) {
		v := p.view.Value // as it stands when the button is pressed
		b := &v.Base
		x = min(366, max(0, x))
		fields := []bridge.PlanNumber{planField(13, float64(portfolio.ByHand))}
		for i := range v.Segs {
			if i == query.SegProspects && k != i && b.Plan.Rate6 == nil {
				continue
			}
			y := math.Round(v.Segs[i].Now)
			if i == k {
				y = x
			}
			fields = append(fields, planField(uint16(14+i), y))
		}
		if k == query.SegProspects && b.Plan.By != portfolio.ByHand {
			fields = []bridge.PlanNumber{planField(19, x)}
		}
		f.change(b, e.T("plan.kept", name), fields...)
	}
	less, more := math.Ceil(now)-1, math.Floor(now)+1
	id := "rate-" + strconv.Itoa(k)
	return part.Box("step",
		app.Button().Type("button").ID(id+"-less").Aria("label", e.T("set.less", name)).Disabled(less < 0).Body(part.IconS("minus")).
			OnClick(func(app.Context, app.Event) { set(less) }, app.EventScope(id, "less", now, b.Plan.By, b.Plan.Version)),
		part.B(e.Number(now)),
		app.Button().Type("button").ID(id+"-more").Aria("label", e.T("set.more", name)).Body(part.IconS("plus")).
			OnClick(func(app.Context, app.Event) { set(more) }, app.EventScope(id, "more", now, b.Plan.By, b.Plan.Version)))
}

// shift is the time on C against M, and the alignment with potential.
func (p *visitsPage) shift(v *query.PlanVisits) app.UI {
	e, f := p.E, &p.frame
	if v.CM[0][0]+v.CM[0][1]+v.CM[1][0]+v.CM[1][1] == 0 {
		return part.Section("card", e.T("plan.cm.topic"), part.Line("eyebrow", e.T("plan.cm.topic")), part.H2("q", e.T("plan.cm.none")))
	}
	w := f.inside()/2 - 50
	if f.inside() < 700 {
		w = f.inside() - 42
	}
	title := e.T("plan.cm.held")
	if v.CM[1][0] < v.CM[1][1] {
		title = e.T("plan.cm.behind")
	}
	move := func(key string, k int, tone chart.Tone) chart.Move {
		return chart.Move{Name: e.T(key), From: v.CM[0][k], To: v.CM[1][k], FromText: i18n.Percent(e.Lang, v.CM[0][k]), ToText: i18n.Percent(e.Lang, v.CM[1][k]), Tone: tone}
	}
	body := []app.UI{part.Line("eyebrow", e.T("plan.cm.topic")), part.H2("q", title),
		f.draw(e.T("plan.cm.topic"), chart.Moves{Words: chart.Words{Label: title, Head: []string{e.T("plan.cm.phase"), e.T("plan.v.before"), e.T("plan.v.after")}},
			Moves: []chart.Move{move("plan.cm.c", 0, chart.PhaseC), move("plan.cm.m", 1, chart.PhaseM)}, Keys: [2]string{e.T("plan.v.before"), e.T("plan.v.after")}}, w)}
	if v.Align[1].Mark.Has() {
		was := i18n.None
		if v.Align[0].Mark.Has() {
			was = e.Figure(v.Align[0])
		}
		body = append(body, part.Div("kv", part.Span("t2", e.T("plan.align")), part.Span("t3", was), part.IconS("right"), e.Tap(v.Align[1], "", "b")))
	}
	return part.Section("card", e.T("plan.cm.topic"), body...)
}

// changes is what the plan changes, in sentences.
func (p *visitsPage) changes(v *query.PlanVisits) app.UI {
	e := p.E
	var items []app.UI
	for k := range v.Segs {
		s := &v.Segs[k]
		d := s.Visits[1] - s.Visits[0]
		if s.Clients == 0 || d == 0 {
			continue
		}
		key := "plan.ch.more"
		if d < 0 {
			key, d = "plan.ch.less", -d
		}
		if k == query.SegProspects {
			key += "P"
		}
		items = append(items, app.Li().Text(e.T(key, d, s.Clients, e.segName(k))))
	}
	return part.Section("card", e.T("plan.ch.topic"), part.Line("eyebrow", e.T("plan.ch.topic")),
		app.If(len(items) > 0, func() app.UI { return app.Ul().Class("goes").Body(items...) }).Else(func() app.UI { return part.P("t2", e.T("plan.ch.none")) }))
}

// clients is the largest changes, each of which can be fixed.
func (p *visitsPage) clients(v *query.PlanVisits) app.UI {
	e, f := p.E, &p.frame
	b := &v.Base
	var rows []app.UI
	for _, r := range v.Rows {
		fixed := r.Bound == 3
		every := i18n.None
		if r.Every > 0 {
			every = e.T("plan.every", e.Number(math.Round(r.Every)))
		}
		held := app.UI(part.Nothing())
		if r.Bound == 1 || r.Bound == 2 {
			held = part.Span("xs t3", e.T("plan.bound."+strconv.Itoa(int(r.Bound))))
		}
		control := app.UI(part.B(e.Count(int(r.Visits))))
		if f.may(b) {
			control = part.Box("row g8", p.fix(v, r, -1), part.B(e.Count(int(r.Visits))), p.fix(v, r, 1),
				app.Button().Type("button").Class("btn ghost icon").Aria("pressed", fixed).Aria("label", e.T("plan.lock", r.Name)).Body(part.IconS("lock")).
					OnClick(func(app.Context, app.Event) {
						n := int(r.Visits)
						if fixed {
							n = -1
						}
						p.fixed(b.Year, r, n)
					}, app.EventScope("lock", r.ID.String(), fixed, r.Visits)))
		}
		rows = append(rows, app.Tr().Body(e.whoCell(r.Phase, r.Name, r.ID), app.Td().Class("t2").Text(e.segName(int(r.Seg))), app.Td().Class("num t3").Text(e.Count(int(r.Was))),
			app.Td().Body(control, held), app.Td().Class("num t2").Text(every)))
	}
	head := func(key, class string) app.UI { return app.Th().Scope("col").Class(class).Text(e.T(key)) }
	more := app.UI(part.Nothing())
	if len(v.Rows) < v.Of {
		more = part.Button("plan-all", "ghost", "", e.T("plan.rows.all", v.Of), func(ctx app.Context) {
			p.top = 1000
			p.view.Again(p.frame.ctx)
		})
	}
	return part.Section("card", e.T("plan.rows.topic"), part.Line("eyebrow", e.T("plan.rows.topic")), part.H2("q", e.T("plan.rows.finding", v.Of)),
		app.Div().Class("tblw").TabIndex(0).Attr("role", "group").Aria("label", e.T("plan.rows.topic")).Body(app.Table().Class("pl-t stack").Body(
			app.Caption().Class("sr").Text(e.T("plan.rows.topic")),
			app.THead().Body(app.Tr().Body(head("portfolio.client", ""), head("plan.v.seg", ""), head("plan.v.was", "num"), head("plan.v.rate", ""), head("plan.rows.every", "num"))),
			app.TBody().Body(rows...))), more)
}

// fix is one visit less or more for a client, then fixed.
func (p *visitsPage) fix(v *query.PlanVisits, r query.PlanRow, by int) app.UI {
	e := p.E
	n := int(r.Visits) + by
	icon, key := "minus", "set.less"
	if by > 0 {
		icon, key = "plus", "set.more"
	}
	return app.Button().Type("button").Class("btn ghost icon").Aria("label", e.T(key, r.Name)).Disabled(n < 0 || n > 366).Body(part.IconS(icon)).
		OnClick(func(app.Context, app.Event) { p.fixed(v.Base.Year, r, n) }, app.EventScope("fix", r.ID.String(), n))
}

func (p *visitsPage) fixed(year int, r query.PlanRow, n int) {
	e := p.E
	text := e.T("plan.fixed", r.Name, n)
	if n < 0 {
		text = e.T("plan.freed", r.Name)
	}
	q := bridge.PlanLine{Fix: true, Visits: n, Until: lastDayOf(year)}
	q.Action.Account = r.ID
	Ask(p.frame.ctx, e, bridge.OpPlanLine, q, func(ctx app.Context, s bridge.Saved, err error) {
		if err != nil {
			e.Snack(e.Fault(err), nil)
			return
		}
		e.Snack(text, func(ctx app.Context) { Save(p.frame.ctx, e, bridge.OpUndo, bridge.Undo{ID: s.ID, Account: r.ID}, nil) })
	})
}

// agreed is what was really done: the plan consumed, the policy, the spacing,
// and whether more contacts were followed by more sales.
func (p *visitsPage) agreed(v *query.PlanVisits) app.UI {
	e := p.E
	body := []app.UI{part.Line("eyebrow", e.T("plan.real.topic"))}
	done, due, late, spaced := v.Loss[0], v.Loss[1], v.Loss[2], v.Loss[3]
	title := e.T("plan.real.finding", done, due)
	if due == 0 {
		title = e.T("plan.real.done", done)
	}
	body = append(body, part.H2("q", title))
	if v.Respect.Mark.Has() {
		body = append(body, part.Div("kv", part.Span("t2", e.T("plan.real.policy")), e.Tap(v.Respect, "", "b")))
	}
	if spaced > 0 {
		body = append(body, part.Div("kv", part.Span("t2", e.T("plan.real.spacing")), part.B(e.T("plan.real.late", late, spaced))))
	}
	if v.CM[0][1] > 0 {
		body = append(body, part.Div("kv", part.Span("t2", e.T("plan.real.cm")), part.B(i18n.Decimal(e.Lang, v.CM[0][0]/v.CM[0][1], 2))))
	}
	if v.GainN[0] > 0 && v.GainN[1] > 0 {
		each := func(k int) money.Cents { return v.Gain[k] / money.Cents(v.GainN[k]) }
		key := "plan.real.raised"
		if each(0) <= each(1) {
			key = "plan.real.not"
		}
		body = append(body, part.P("sm", e.T(key, v.GainN[0], e.signed(each(0)), v.GainN[1], e.signed(each(1)))), part.P("xs t3", e.T("plan.real.caution")))
	}
	return part.Section("card", e.T("plan.real.topic"), body...)
}

// signed writes an amount with its sign.
func (e *Env) signed(c money.Cents) string {
	if c > 0 {
		return "+\u00a0" + e.MoneyShort(c)
	}
	return e.MoneyShort(c)
}
