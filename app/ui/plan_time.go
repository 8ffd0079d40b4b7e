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
	"sillon/engine/query"
)

// timePage is steps 1 to 3: how many visits a year really holds, and how many
// of them are for prospects.
type timePage struct {
	app.Compo

	E *Env

	frame planFrame
	view  Live[query.PlanAsk, query.PlanTime]
	edit  bool   // the deductions are changed
	open  int    // the question that is answered, from 1; 0: none
	slide string // growth under the finger
}

var _ = screen(planPath, func(e *Env, _ string) app.Composer { return &timePage{E: e, frame: planFrame{env: e}} })

// OnMount asks for the screen.
func (p *timePage) OnMount(ctx app.Context) {
	p.frame.start(ctx, p.view.Again)
	p.view.Start(ctx, p.E, bridge.OpPlanTime, p.frame.ask)
}

// OnPreRender is OnMount in native tests.
func (p *timePage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnResize draws again at another width.
func (p *timePage) OnResize(app.Context) { p.frame.resize() }

// Render arranges the cards.
func (p *timePage) Render() app.UI {
	e, v, f := p.E, p.view.Value, &p.frame
	if v == nil {
		return f.screen(nil, []int{2, 3}, e.T("plan.time.sub"), nil, p.view.Waiting(e))
	}
	b := &v.Base
	if f.empty(b) {
		return f.screen(b, []int{2, 3}, e.T("plan.time.sub"), nil, part.Empty(e.T("plan.nobody"), e.T("plan.nobody.text")))
	}
	var acts []app.UI
	if f.may(b) && v.Budget.Year != b.Year {
		label := e.T("plan.time.begin")
		if v.Budget.Year > 0 {
			label = e.T("plan.time.take", strconv.Itoa(v.Budget.Year))
		}
		acts = append(acts, part.Button("plan-take", "ghost", "", label, func(app.Context) {
			f.set(b, bridge.TimeFields, e.T("plan.time.taken", strconv.Itoa(b.Year)), nil, nil)
		}))
	}
	acts = append(acts, f.next(planVisits))
	return f.screen(b, []int{2, 3}, e.T("plan.time.sub"), acts,
		f.readonly(b),
		p.days(v),
		part.Div("plan-3", p.questions(v), p.prospects(v), p.price(v)),
		p.file(v),
	)
}

// hours writes hours in whole numbers.
func (e *Env) hours(x float64) string { return e.T("plan.h", e.Number(math.Round(x))) }

// days is the two waterfalls, and what takes the days away.
func (p *timePage) days(v *query.PlanTime) app.UI {
	e, f := p.E, &p.frame
	t := &v.Budget
	days := 365.0
	if v.Budget.Year > 0 && v.Base.Year%4 == 0 {
		days = 366
	}
	var body []app.UI
	visits := int(v.Stock.Value) - v.Reserve
	title := e.T("plan.time.finding", e.Number(days), e.Number(math.Round(v.Hours[6])), visits)
	switch v.Why {
	case "time.empty":
		title = e.T("plan.time.unknown")
	case "time.noDay":
		title = e.T("plan.time.noDay")
	case "time.long":
		title = e.T("plan.time.long", v.WhyN[0])
	}
	var edit app.UI = part.Nothing()
	if f.may(&v.Base) {
		label := "plan.time.edit"
		if p.edit {
			label = "plan.time.close"
		}
		edit = part.Press("plan-edit", "lnk", func() { p.edit = !p.edit }, part.Words(e.T(label))).Aria("expanded", p.edit)
	}
	body = append(body, part.Div("wt-h", part.Div("sp", part.Line("eyebrow", e.T("plan.time.topic")), part.H2("q", title)), edit))
	if !v.Measured && v.Why == "time.holds" {
		body = append(body, part.P("sm t3 weakline", e.T("plan.time.norm")))
	}
	if v.Why != "time.empty" {
		step := func(key string, x float64, kind chart.StepKind, hours bool) chart.Step {
			text := e.Number(math.Round(math.Abs(x)*10) / 10)
			if math.Abs(x) >= 20 {
				text = e.Number(math.Round(math.Abs(x)))
			}
			if hours && (kind == chart.Total || kind == chart.Outcome) {
				text = e.hours(x)
			}
			if x < 0 {
				text = "−\u00a0" + text
			}
			return chart.Step{Name: e.T("plan.bar." + key), Value: x, Figure: text, Kind: kind}
		}
		left := []chart.Step{step("days", days, chart.Total, false)}
		for _, x := range []struct {
			key string
			n   int
		}{{"weekend", t.Weekend}, {"holidays", t.Holidays}, {"leave", t.Leave}, {"meetings", t.Meetings + t.Fairs + t.Training}, {"sick", t.Sick}} {
			if x.n > 0 {
				left = append(left, step(x.key, -float64(x.n), chart.Change, false))
			}
		}
		available := v.Weeks * 5
		if office := available - v.Field; office > .05 {
			left = append(left, step("office", -office, chart.Change, false))
		}
		left = append(left, step("field", v.Field, chart.Total, false))
		h := v.Hours
		right := []chart.Step{step("hours", h[0], chart.Total, true)}
		for k, key := range []string{"fixed", "notes", "road", "ends"} {
			if h[k+1] >= .5 {
				right = append(right, step(key, -h[k+1], chart.Change, true))
			}
		}
		if h[5] > 0 {
			right = append(right, step("reserve", -h[5], chart.Kept, true))
		}
		right = append(right, step("with", h[6], chart.Outcome, true))
		w := f.inside() - 42
		one, two := w, w
		if w >= 660 {
			room := 57*len(left) + 53*len(right) // the names of the days are longer
			one, two = (w-50)*57*len(left)/room, (w-50)*53*len(right)/room
		}
		words := func(key string) chart.Words {
			return chart.Words{Label: title, Head: []string{e.T("plan.bar"), e.T("plan.bar." + key)}}
		}
		body = append(body, part.Div("plan-falls",
			f.draw(e.T("plan.time.days"), chart.Waterfall{Words: words("days"), Steps: left}, one),
			app.Span().Class("arrow").Aria("hidden", "true").Body(part.Icon("right")),
			f.draw(e.T("plan.time.hours"), chart.Waterfall{Words: words("hours"), Steps: right}, two)))
		body = append(body, part.Div("row g16 wrap", e.TapText(v.Stock, "", "", e.T("plan.stock", int(v.Stock.Value))),
			part.Span("sm t2", e.T("plan.stock.split", v.Clients, int(v.Prospects.Value), v.Reserve))))
	}
	if p.edit {
		body = append(body, p.deductions(v))
	}
	return part.Section("card", e.T("plan.time.topic"), body...)
}

// deductions are the numbers of the time budget.
func (p *timePage) deductions(v *query.PlanTime) app.UI {
	e, f, t := p.E, &p.frame, &v.Budget
	row := func(field uint16, key string, now, low, high, by float64, unit string) app.UI {
		name := e.T("plan.take." + key)
		set := func(x float64) {
			x = near(min(high, max(low, x)))
			if x == now {
				return
			}
			f.set(&v.Base, bridge.TimeFields, e.T("plan.kept", name), []bridge.PlanNumber{planField(field, x)}, []bridge.PlanNumber{planField(field, now)})
		}
		return e.stepper("tb-"+strconv.Itoa(int(field)), name, now, low, high, by, e.T(unit), set)
	}
	return app.Div().Class("plan-edit").Attr("role", "group").Aria("label", e.T("plan.time.edit")).Body(
		part.Div("", part.H3("", e.T("plan.take.year")),
			row(3, "weekend", float64(t.Weekend), 0, 366, 1, "plan.unit.days"), row(4, "holidays", float64(t.Holidays), 0, 366, 1, "plan.unit.days"),
			row(5, "leave", float64(t.Leave), 0, 366, 1, "plan.unit.days"), row(6, "meetings", float64(t.Meetings), 0, 366, 1, "plan.unit.days"),
			row(7, "sick", float64(t.Sick), 0, 366, 1, "plan.unit.days"), row(8, "training", float64(t.Training), 0, 366, 1, "plan.unit.days"),
			row(9, "fairs", float64(t.Fairs), 0, 366, 1, "plan.unit.days")),
		part.Div("", part.H3("", e.T("plan.take.day")),
			row(10, "fieldDays", t.FieldDays, .5, 7, .5, "plan.unit.week"), row(11, "minutes", float64(t.Minutes), 0, 1440, 15, "plan.unit.min"),
			row(12, "overhead", float64(t.Overhead), 0, 1440, 15, "plan.unit.min"),
			row(13, "visit", orMinutes(t.Visit, v.Minutes[0]), 0, 1440, 5, "plan.unit.min"), row(14, "travel", orMinutes(t.Travel, v.Minutes[1]), 0, 1440, 5, "plan.unit.min"),
			row(15, "report", orMinutes(t.Report, v.Minutes[2]), 0, 1440, 5, "plan.unit.min")),
	)
}

// orMinutes is what was said, else what is measured.
func orMinutes(said int, measured float64) float64 {
	if said > 0 {
		return float64(said)
	}
	return math.Round(measured)
}

// stepper is a number with less and more; what is typed is read with comma or
// point.
func (e *Env) stepper(id, name string, now, low, high, by float64, unit string, set func(float64)) app.UI {
	return app.Div().Class("wrow").Attr("role", "group").Aria("label", name).Body(
		part.Span("sp", name),
		part.Box("step",
			app.Button().Type("button").Aria("label", e.T("set.less", name)).Disabled(now-by < low-1e-9).Body(part.IconS("minus")).
				OnClick(func(app.Context, app.Event) { set(now - by) }, app.EventScope(id, "less", now)),
			app.Input().ID(id).Type("text").Attr("inputmode", "decimal").Aria("label", name).Class("tn").Value(e.Number(now)).
				OnChange(func(app.Context, app.Event) {
					if x, ok := readNumber(part.Value(id)); ok {
						set(x)
					}
					part.SetValue(id, e.Number(now))
				}, app.EventScope(id, "typed", now)),
			app.Button().Type("button").Aria("label", e.T("set.more", name)).Disabled(now+by > high+1e-9).Body(part.IconS("plus")).
				OnClick(func(app.Context, app.Event) { set(now + by) }, app.EventScope(id, "more", now)),
		),
		part.When(unit != "", part.Span("sm t2 wshare", unit)))
}

// questions are the four of H1, and the share they make.
func (p *timePage) questions(v *query.PlanTime) app.UI {
	e, f := p.E, &p.frame
	points := func(x float64) string {
		switch n := math.Round(1000*x) / 10; {
		case n > 0:
			return "+\u00a0" + e.Number(n)
		case n < 0:
			return "−\u00a0" + e.Number(-n)
		}
		return "0"
	}
	yes := 0
	for _, x := range v.Needs {
		if x {
			yes++
		}
	}
	cycle := e.T("plan.q1." + strconv.Itoa(int(v.Cycle)))
	if v.Lifetime.Mark.Has() && v.Base.Plan.Cycle == 0 {
		cycle = e.T("plan.q1.seen", cycle, i18n.Decimal(e.Lang, v.Lifetime.Value/12, 1))
	}
	practice := 1
	if !v.Practice {
		practice = 2
	}
	said := [4]string{cycle, e.T("plan.q2.yes", yes), e.T("plan.q3." + strconv.Itoa(int(v.Pressure))), e.T("plan.q4." + strconv.Itoa(practice))}
	title := "plan.q.loyal"
	if v.Split.Value < .6 {
		title = "plan.q.prospect"
	}
	rows := []app.UI{part.Line("eyebrow", e.T("plan.q.topic")), part.H2("q", e.T(title))}
	for k := range said {
		open := p.open == k+1
		head := []app.UI{app.I().Aria("hidden", "true").Text(strconv.Itoa(k + 1)),
			part.Box("it", part.B(e.T("plan.q"+strconv.Itoa(k+1))), part.Span("xs t3", said[k])), part.Span("em tn", points(v.Points[k+1]))}
		if f.may(&v.Base) {
			rows = append(rows, app.Button().ID("plan-q"+strconv.Itoa(k+1)).Type("button").Class("qq").Aria("expanded", open).Body(head...).
				OnClick(func(app.Context, app.Event) {
					if p.open == k+1 {
						p.open = 0
					} else {
						p.open = k + 1
					}
				}, app.EventScope("q", k)))
		} else {
			rows = append(rows, part.Div("qq", head...))
		}
		if open {
			rows = append(rows, p.answer(v, k+1))
		}
	}
	loyal := math.Round(100 * v.Split.Value)
	note := e.T("plan.q.note", e.Number(math.Round(100*v.Points[0])), points(v.Split.Value-v.Points[0]), i18n.Percent(e.Lang, v.Floor))
	if v.Clipped {
		note += " " + e.T("plan.q.clipped", i18n.Percent(e.Lang, v.Split.Value))
	}
	rows = append(rows,
		split("q", e.T("plan.q.split", e.Number(loyal), e.Number(100-loyal)), []float64{loyal, 100 - loyal}, []string{e.Number(loyal), e.Number(100 - loyal)}),
		part.Div("row xs t2", part.Span("", e.T("plan.q.keep")), part.Space(), part.Span("", e.T("plan.q.win"))),
		part.Div("row wrap", e.TapText(v.Split, "", "sm", e.T("part.why"))),
		part.P("xs t3", note))
	return part.Section("card plan-q", e.T("plan.q.topic"), rows...)
}

// answer is what question k can be answered.
func (p *timePage) answer(v *query.PlanTime, k int) app.UI {
	e, f := p.E, &p.frame
	name := e.T("plan.q" + strconv.Itoa(k))
	pick := func(field uint16) func(app.Context, string) {
		return func(_ app.Context, key string) {
			n, _ := strconv.Atoi(key)
			f.change(&v.Base, e.T("plan.kept", name), planField(field, float64(n)))
		}
	}
	seg := func(field uint16, label, now string, keys []string, word string) app.UI {
		options := make([]part.Option, len(keys))
		for i, key := range keys {
			options[i] = part.Option{Key: key, Label: e.T(word + key)}
		}
		return part.Div("qa", part.Span("sm", label), part.Seg("plan-a"+strconv.Itoa(int(field)), label, now, options, pick(field)))
	}
	yn := func(yes bool) string {
		if yes {
			return "1"
		}
		return "2"
	}
	var body []app.UI
	switch k {
	case 1:
		body = append(body, seg(5, e.T("plan.q1.ask"), strconv.Itoa(int(v.Cycle)), []string{"1", "2", "3"}, "plan.q1."))
	case 2:
		for n, x := range v.Needs {
			body = append(body, seg(uint16(6+n), e.T("plan.q2."+strconv.Itoa(n+1)), yn(x), []string{"1", "2"}, "plan.yn."))
		}
	case 3:
		body = append(body, seg(10, e.T("plan.q3.ask"), strconv.Itoa(int(v.Pressure)+1), []string{"1", "2", "3"}, "plan.q3p."))
	default:
		body = append(body, seg(11, e.T("plan.q4.ask"), yn(v.Practice), []string{"1", "2"}, "plan.yn."))
	}
	return part.Div("qas", body...)
}

// prospects is the ring with its slider.
func (p *timePage) prospects(v *query.PlanTime) app.UI {
	e, f := p.E, &p.frame
	n := int(v.Prospects.Value)
	growth := v.ToWin - v.Lost
	keep, grow := 0, 0
	if v.ToWin > 0 {
		keep = int(math.Round(float64(n) * float64(v.Lost) / float64(v.ToWin)))
		grow = n - keep
	}
	title := e.T("plan.p.finding", int(math.Round(float64(n)/12)), v.ToWin)
	switch {
	case v.ToWin == 0 && v.Prospects.Mark.Has():
		title = e.T("plan.p.keep", int(math.Round(float64(n)/12)))
	case !v.Prospects.Mark.Has():
		title = e.T("plan.p.none")
	}
	body := []app.UI{part.Line("eyebrow", e.T("plan.p.topic")), part.H2("q", title)}
	if v.Prospects.Mark.Has() {
		w := f.inside() - 42
		if f.wide >= 816 {
			w = max(200, f.inside()-570)
		}
		label := e.T("plan.p.label", n, keep, grow)
		arcs := []chart.Arc{
			{Name: e.T("plan.p.replace"), Sub: e.T("plan.p.lost", v.Lost), Value: float64(keep), Figure: e.Count(keep), Tone: chart.Accent},
			{Name: e.T("plan.p.grow"), Sub: e.T("plan.p.more", growth), Value: float64(grow), Figure: e.Count(grow), Tone: chart.Wheat},
		}
		if v.ToWin == 0 {
			label = e.T("plan.p.floorLabel", n)
			arcs = []chart.Arc{{Name: e.T("plan.p.floor"), Sub: i18n.Percent(e.Lang, v.Floor), Value: float64(n), Figure: e.Count(n), Tone: chart.Accent}}
		}
		body = append(body, part.Div("chart-d", app.Raw(chart.Circle{
			Words: chart.Words{Label: label, Head: []string{e.T("plan.p.topic"), e.T("plan.p.visits")}},
			Arcs:  arcs, Figure: e.Count(n), Text: e.T("plan.p.visits")}.Draw(w))))
		rate := i18n.Percent(e.Lang, v.Convert)
		name := e.T("plan.p.rate")
		if v.Guess {
			name = e.T("plan.p.guess")
		}
		body = append(body, part.Div("kv", part.Span("t2", name), part.B(rate)),
			part.Div("kv", part.Span("t2", e.T("plan.p.share")), part.B(i18n.Percent(e.Lang, v.Share))))
		if v.Verdict != "" && v.Verdict != "prospecting.holds" && i18n.Has(v.Verdict) {
			args := make([]any, len(v.VerdictN))
			for k, x := range v.VerdictN {
				args[k] = x
			}
			body = append(body, part.P("xs t2", e.T(v.Verdict, args...)))
		}
		body = append(body, part.Div("row", e.TapText(v.Prospects, "", "sm", e.T("part.why")), part.Space(), app.A().Class("lnk").Href(f.to(planProspects)).Text(e.T("plan.p.open"))))
	}
	if f.may(&v.Base) {
		now := strconv.Itoa(growth)
		shown := now
		if p.slide != "" {
			shown = p.slide
		}
		most := max(20, 2*growth, v.Usable[1]/5)
		body = append(body, app.Label().Class("lab").For("plan-growth").Text(e.T("plan.p.aim")),
			part.Div("row g12", app.Input().ID("plan-growth").Type("range").Class("slide sp").Min("0").Max(strconv.Itoa(most)).Value(shown).Aria("valuetext", e.T("plan.p.more", growth)).
				OnInput(func(ctx app.Context, _ app.Event) { p.slide = ctx.JSSrc().Get("value").String() }).
				OnChange(func(ctx app.Context, _ app.Event) {
					n, _ := strconv.Atoi(ctx.JSSrc().Get("value").String())
					p.slide = ""
					f.change(&v.Base, e.T("plan.kept", e.T("plan.p.aim")), planField(12, float64(n)))
				}, app.EventScope("growth", growth, v.Base.Plan.Version, v.Base.Plan.State)),
				part.B(shown)))
	}
	return part.Section("card", e.T("plan.p.topic"), body...)
}

// price is what a contact costs, in minutes and in money.
func (p *timePage) price(v *query.PlanTime) app.UI {
	e := p.E
	m := v.Minutes
	all := m[0] + m[1] + m[2]
	body := []app.UI{part.Line("eyebrow", e.T("plan.c.topic"))}
	if !v.Visit.Mark.Has() || v.Visit.Value <= 0 {
		return part.Section("card", e.T("plan.c.topic"), append(body, part.H2("q", e.T("plan.c.none")), part.P("sm t2", e.T("plan.c.none.text")))...)
	}
	body = append(body, part.H2("q", e.T("plan.c.finding", e.Figure(v.Visit))))
	if v.Default {
		body = append(body, part.P("xs t3 weakline", e.T("plan.c.default")))
	}
	if all > 0 {
		texts := make([]string, 3)
		for k, x := range m {
			texts[k] = e.Number(math.Round(x))
		}
		body = append(body,
			split("m", e.T("plan.c.minutes", texts[0], texts[1], texts[2]), m[:], texts),
			part.Div("row xs t2", part.Span("", e.T("plan.c.there")), part.Space(), part.Span("", e.T("plan.c.road")), part.Space(), part.Span("", e.T("plan.c.notes"))),
			part.P("xs t3", e.T("plan.c.hour", e.MoneyShort(money.Cents(math.Round(v.Hourly))))))
	}
	line := func(icon, key, minutes string, f query.Figure) app.UI {
		return part.Div("kv", part.Box("row g8", part.IconS(icon), app.Text(e.T(key))), part.Span("t3 xs sp r", minutes), e.Tap(f, "", ""))
	}
	body = append(body, line("users", "plan.c.visit", e.T("plan.min", e.Number(math.Round(all))), v.Visit), line("phone", "plan.c.call", "", v.Call))
	if !v.Default {
		names := []string{"pay", "support", "vehicle", "lodging", "telecom", "other"}
		text := ""
		for k, x := range v.Parts {
			if x > 0 {
				if text != "" {
					text += ", "
				}
				text += e.T("plan.c."+names[k], e.MoneyShort(x))
			}
		}
		body = append(body, part.P("xs t3", e.T("plan.c.year", text)))
	}
	return part.Section("card", e.T("plan.c.topic"), body...)
}

// file is step 1: what the files of the clients lack.
func (p *timePage) file(v *query.PlanTime) app.UI {
	e := p.E
	body := []app.UI{part.Line("eyebrow", e.T("plan.f.topic"))}
	if !v.File.Mark.Has() {
		return part.Section("card", e.T("plan.f.topic"), append(body, part.H2("q", e.T("plan.f.none")))...)
	}
	key := "plan.f.ready"
	if 10*v.Usable[0] < 7*v.Usable[1] {
		key = "plan.f.lacks"
	}
	body = append(body, part.H2("q", e.T(key, v.Usable[0], v.Usable[1])),
		part.Div("row g12", part.Furrows(e.Lang, 100*v.File.Value, 24, 220, 22, 70), e.Tap(v.File, "", "b")))
	names := [...]string{"identity", "person", "potential", "families", "competitor", "visit", "consent"}
	var lacks []app.UI
	for k, n := range v.Missing {
		if n > 0 && k < len(names) {
			lacks = append(lacks, app.Li().Body(part.Span("", e.T("plan.f."+names[k])), part.B(e.T("plan.f.n", n))))
		}
	}
	if len(lacks) > 0 {
		body = append(body, app.Ul().Class("kvs").Body(lacks...))
	}
	return part.Section("card", e.T("plan.f.topic"), body...)
}
