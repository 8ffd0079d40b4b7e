package ui

import (
	"html"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/ui/part"
	"sillon/engine/calendar"
	"sillon/engine/chart"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// The screens of the plan of a year: twelve steps, each reachable at any time.
const (
	planPath      = "/plan"
	planVisits    = "/visites"
	planGrid      = "/grille"
	planProspects = "/prospects"
	planPAC       = "/pac"
	planCalls     = "/appels"
	planVersions  = "/versions"
	planWeek      = "/semaine"
)

// stepTo is where each step is done.
var stepTo = [12]string{
	planPath + "?etape=1", planPath, planPath + "?etape=3", portfolioPath + tabWeight, portfolioPath + tabPotential,
	clientsPath, clientsPath, planPath + planGrid, planPath + planGrid, planPath + planVisits, planPath + planPAC, planPath + planCalls,
}

// planSteps is the stepper: on are the numbers of the steps on the screen, from
// 1; base may be nil.
func (e *Env) planSteps(base *query.PlanBase, on ...int) app.UI {
	done := 0
	items := make([]app.UI, 12)
	at := func(n int) bool {
		for _, x := range on {
			if x == n {
				return true
			}
		}
		return false
	}
	for k := range items {
		class, mark, said := "s12", app.UI(app.Text(strconv.Itoa(k+1))), ""
		if base != nil && base.Done[k] {
			done++
			mark, said = part.IconS("check"), e.T("plan.step.done")
		}
		node := "nd"
		switch {
		case at(k + 1):
			class, node = class+" on", "nd cu"
			mark = app.Text(strconv.Itoa(k + 1))
		case said != "":
			node = "nd ok"
		}
		a := app.A().Class(class).Href(stepTo[k]).Body(
			app.I().Class(node).Aria("hidden", "true").Body(mark),
			part.Span("", e.T("plan.step."+strconv.Itoa(k+1))), part.When(said != "", part.Span("sr", said)))
		if at(k + 1) {
			a = a.Aria("current", "step")
			if k+1 == on[0] {
				a = a.ID("plan-step-now")
			}
		}
		items[k] = app.Li().Body(a)
	}
	count := app.UI(part.Nothing())
	if base != nil {
		count = part.Span("sm t3", e.T("plan.steps.done", done))
	}
	return app.Nav().Class("card stp12 no-print").Aria("label", e.T("plan.steps")).Body(
		part.Div("row", part.B(e.T("plan.steps")), part.Space(), count),
		app.Ol().ID("plan-steps").Body(items...))
}

// A planFrame is what the screens of the plan have in common: whom they ask,
// what they change.
type planFrame struct {
	env     *Env
	ctx     app.Context
	resized part.Resized
	wide    int
	scope   uint32
	again   func(app.Context)
	busy    bool

	// base is the plan as it was last shown: go-app keeps the handler of a button
	// that looks the same, with what it closed over then.
	base *query.PlanBase
}

// start reads the address.
func (f *planFrame) start(ctx app.Context, again func(app.Context)) {
	f.ctx, f.again = ctx, again
	f.scope = tabAtOf(f.env).scope
	f.wide, _ = f.resized.Changed(ContentID, 1040)
	if app.IsClient { // the present step in sight, where they do not all fit
		ctx.Defer(func(app.Context) { part.IntoView("#plan-steps", "#plan-step-now") })
	}
}

// resize measures the content again.
func (f *planFrame) resize() { f.wide, _ = f.resized.Changed(ContentID, 1040) }

// inside is what the stepper leaves to the cards.
func (f *planFrame) inside() int {
	if f.wide >= 816 {
		return f.wide - 232
	}
	return f.wide
}

func (f *planFrame) ask() query.PlanAsk {
	return query.PlanAsk{Tab: query.TabAsk{Lang: string(f.env.Lang), Scope: f.scope, Width: f.wide}}
}

// to is the address of another screen of the same plan.
func (f *planFrame) to(key string, pairs ...string) string {
	p := ""
	if f.scope != 0 {
		p = strconv.Itoa(int(f.scope))
	}
	return Address(planPath+key, append(pairs, inPortfolio, p)...)
}

// planField is one field of the plan.
func planField(field uint16, value float64) bridge.PlanNumber {
	return bridge.PlanNumber{Field: field, Value: value}
}

// set changes the plan or the time budget; before takes it back. A plan is kept
// at each change.
func (f *planFrame) set(base *query.PlanBase, do uint8, text string, now, before []bridge.PlanNumber) {
	e, ctx := f.env, f.ctx
	if f.base != nil {
		base = f.base
	}
	q := bridge.SetPlan{Scope: f.scope, Year: base.Year, Do: do, Fields: now}
	f.busy = true
	Ask(ctx, e, bridge.OpSetPlan, q, func(ctx app.Context, _ bridge.Saved, err error) {
		f.busy = false
		if err != nil {
			e.Snack(e.Fault(err), nil)
			f.again(ctx)
			return
		}
		if before == nil {
			e.Snack(text, nil)
			return
		}
		e.Snack(text, func(ctx app.Context) {
			q.Fields = before
			Save(f.ctx, e, bridge.OpSetPlan, q, nil)
		})
	})
}

// screen is the frame around the cards.
func (f *planFrame) screen(base *query.PlanBase, steps []int, sub string, actions []app.UI, content ...app.UI) app.UI {
	e := f.env
	f.base = base
	bar := Bar{Title: e.T("plan.title"), Sub: sub, Actions: actions, Grid: "plan"}
	if base != nil && base.Year > 0 {
		bar.Title = e.T("plan.titleYear", strconv.Itoa(base.Year))
		bar.Head = &base.Tab.Head
	}
	if base != nil && len(base.Tab.Portfolios) > 1 {
		options := make([]part.Option, 0, len(base.Tab.Portfolios))
		for _, c := range base.Tab.Portfolios {
			options = append(options, part.Option{Key: c.Key, Label: c.Name})
		}
		bar.Actions = append([]app.UI{e.choice("plan-pf", e.T("portfolio.which"), "chip-select", strconv.Itoa(int(base.Tab.Scope)), options, func(_ app.Context, key string) {
			n, _ := strconv.ParseUint(key, 10, 32)
			f.scope = uint32(n)
			e.Replace(Address(e.Path(), inPortfolio, key))
			f.again(f.ctx)
		})}, bar.Actions...)
	}
	content = append(content, part.Div("no-print", &help{E: e, Page: "year"}))
	return Screen(e, bar, e.planSteps(base, steps...), part.Div("col g16 plan-c", content...))
}

// next is the way to the next step.
func (f *planFrame) next(key string) app.UI {
	return app.A().ID("plan-next").Class("btn pri").Href(f.to(key)).Body(app.Text(f.env.T("plan.next")), part.IconS("right"))
}

// may reports whether the reader may change the plan.
func (f *planFrame) may(base *query.PlanBase) bool { return !base.Tab.Head.Readonly }

// empty says that there is no portfolio to plan.
func (f *planFrame) empty(base *query.PlanBase) bool { return base.Year == 0 }

// readonly is the line a manager sees above a rep's plan.
func (f *planFrame) readonly(base *query.PlanBase) app.UI {
	if f.may(base) {
		return part.Nothing()
	}
	return part.Hint("info", part.Words(f.env.T("plan.readonly", base.Tab.Head.Name)))
}

// planPicture is a picture made here, with its table.
type planPicture struct {
	app.Compo

	E     *Env
	Title string
	Pic   chart.Picture
	Width int

	table bool
}

// Render shows the picture or the table.
func (c *planPicture) Render() app.UI {
	e, key := c.E, "part.asTable"
	var seen app.UI
	if c.table {
		t := c.Pic.Table()
		key, seen = "part.asChart", part.Table(c.Title, query.Table{Head: t.Head, Rows: t.Rows})
	} else {
		seen = part.Div("chart-d", app.Raw(c.Pic.Draw(c.Width)))
	}
	return part.Div("chart own", seen, part.Div("chart-f no-print",
		app.Button().Type("button").Class("lnk").Aria("pressed", c.table).Text(e.T(key)).OnClick(func(app.Context, app.Event) { c.table = !c.table })))
}

func (f *planFrame) draw(title string, pic chart.Picture, width int) app.UI {
	return &planPicture{E: f.env, Title: title, Pic: pic, Width: width}
}

// planBars are lengths from 0 to 1, one under the other, as a picture that needs no
// style of its own.
func planBars(class string, height int, parts ...float64) app.UI {
	n := strconv.Itoa
	out := `<svg class="` + class + `" viewBox="0 0 1000 ` + n(height*len(parts)) + `" preserveAspectRatio="none" height="` + n(height*len(parts)) + `" aria-hidden="true">`
	for k, x := range parts {
		out += `<rect class="k` + n(k) + `" x="0" y="` + n(k*height+1) + `" width="` + n(int(1000*min(1, max(0, x)))) + `" height="` + n(height-2) + `"/>`
	}
	return app.Raw(out + `</svg>`)
}

// split is one bar cut into parts, their numbers inside.
func split(class, label string, values []float64, texts []string) app.UI {
	all := 0.0
	for _, x := range values {
		all += max(0, x)
	}
	if all <= 0 {
		return part.Nothing()
	}
	n := strconv.Itoa
	out, at := `<svg class="split" width="100%" height="32" role="img" aria-label="`+html.EscapeString(label)+`">`, 0.0
	pc := func(x float64) string { return strconv.FormatFloat(100*x, 'f', 1, 64) + "%" }
	for k, x := range values {
		w := max(0, x) / all
		out += `<rect class="k` + n(k) + ` ` + class + `" x="` + pc(at) + `" width="` + pc(w) + `" height="32"/>`
		if w > .06 {
			out += `<text class="k` + n(k) + ` ` + class + `" x="` + pc(at+w/2) + `" y="21" text-anchor="middle">` + html.EscapeString(texts[k]) + `</text>`
		}
		at += w
	}
	return app.Raw(out + `</svg>`)
}

// planNumber is what a field of the plan holds; false: nothing.
func planNumber(p *portfolio.Plan, field uint16) (float64, bool) {
	whole := func(n int) (float64, bool) { return float64(n), n != 0 }
	rate := func(n *int) (float64, bool) {
		if n == nil {
			return 0, false
		}
		return float64(*n), true
	}
	switch field {
	case 5:
		return whole(p.Cycle)
	case 6:
		return whole(int(p.Need1))
	case 7:
		return whole(int(p.Need2))
	case 8:
		return whole(int(p.Need3))
	case 9:
		return whole(int(p.Need4))
	case 10:
		return whole(p.Pressure)
	case 11:
		return whole(int(p.Practice))
	case 12:
		return whole(p.Growth)
	case 13:
		return whole(int(p.By))
	case 14:
		return rate(p.Rate1)
	case 15:
		return rate(p.Rate2)
	case 16:
		return rate(p.Rate3)
	case 17:
		return rate(p.Rate4)
	case 18:
		return rate(p.Rate5)
	case 19:
		return rate(p.Rate6)
	case 20:
		return whole(int(p.Excess))
	}
	return 0, false
}

// undoing are the fields as they stand, for the way back.
func undoing(p *portfolio.Plan, now []bridge.PlanNumber) []bridge.PlanNumber {
	out := make([]bridge.PlanNumber, len(now))
	for k, n := range now {
		x, ok := planNumber(p, n.Field)
		out[k] = bridge.PlanNumber{Field: n.Field, Value: x, Clear: !ok}
	}
	return out
}

// change changes fields of the plan, with the way back.
func (f *planFrame) change(base *query.PlanBase, text string, now ...bridge.PlanNumber) {
	if f.base != nil {
		base = f.base
	}
	f.set(base, bridge.PlanFields, text, now, undoing(&base.Plan, now))
}

// lastDayOf is the last day of a year.
func lastDayOf(year int) calendar.Day { return calendar.Of(year, 12, 31) }
