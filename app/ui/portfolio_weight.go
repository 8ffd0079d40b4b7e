package ui

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// weightPage is the tab Weight: on whom the portfolio depends, who can climb.
type weightPage struct {
	app.Compo

	E *Env

	tab   tab
	view  Live[query.WeightTabAsk, query.WeightTab]
	by    string
	heads bool           // cuts by head
	at    [2]int         // where the reader has put the cuts; 0: nowhere
	cutOf weighed        // what the cuts and the climbs are of
	try   []portfolio.ID // climbs tried
	table bool           // the curve is shown as a table
	drag  drag
}

// Names of the query string: the amount weighed, the cuts as moved.
const (
	inBy   = "montant"
	inCutA = "a"
	inCutB = "b"
	inCuts = "coupes"
	byHead = "tetes"
)

// A weighed is what a curve is drawn of: cuts are those of one.
type weighed struct {
	at tabAt
	by string
}

var _ = screen(portfolioPath+tabWeight, func(e *Env, _ string) app.Composer {
	return &weightPage{E: e, tab: tab{env: e, key: tabWeight, families: true}}
})

// OnMount asks for the tab.
func (p *weightPage) OnMount(ctx app.Context) {
	p.tab.extra = p.amounts
	p.tab.pairs = p.pairs
	p.tab.paper, p.tab.busy = p.paper, func() bool { return p.view.busy }
	p.tab.start(ctx, p.again)
	p.read()
	p.view.Start(ctx, p.E, bridge.OpWeigh, p.ask)
}

// OnPreRender is OnMount in native tests.
func (p *weightPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnNav follows the address.
func (p *weightPage) OnNav(app.Context) {
	if p.E.Path() == portfolioPath+tabWeight && (p.E.Param(inBy) != p.by || p.E.Param(inCuts) == byHead != p.heads) {
		p.read()
		p.again(p.tab.ctx)
		return
	}
	p.tab.nav()
}

// read takes what the address says: the cuts too, so that one finds them again
// on the way back from a client.
func (p *weightPage) read() {
	p.by, p.heads, p.tab.at = p.E.Param(inBy), p.E.Param(inCuts) == byHead, tabAtOf(p.E)
	a, _ := strconv.Atoi(p.E.Param(inCutA))
	b, _ := strconv.Atoi(p.E.Param(inCutB))
	p.at, p.try, p.cutOf = [2]int{}, nil, p.of()
	if 0 < a && a < b {
		p.at = [2]int{a, b}
	}
}

func (p *weightPage) of() weighed { return weighed{p.tab.at, p.by} }

// OnResize asks for charts of the new width.
func (p *weightPage) OnResize(app.Context) { p.tab.resize() }

// again asks anew: about another amount, portfolio or period, cuts and climbs
// were of the one before.
func (p *weightPage) again(ctx app.Context) {
	if of := p.of(); p.cutOf != of {
		p.at, p.try, p.cutOf = [2]int{}, nil, of
	}
	p.view.Again(ctx)
}

func (p *weightPage) ask() query.WeightTabAsk {
	return query.WeightTabAsk{Tab: p.tab.ask(), By: p.by, Heads: p.heads, At: p.at, Try: p.try}
}

// pairs are what the address says beyond the scope.
func (p *weightPage) pairs() []string {
	var out []string
	if p.by != "sales" {
		out = append(out, inBy, p.by)
	}
	if p.heads {
		out = append(out, inCuts, byHead)
	}
	if p.at[0] > 0 && p.cutOf == p.of() {
		out = append(out, inCutA, strconv.Itoa(p.at[0]), inCutB, strconv.Itoa(p.at[1]))
	}
	return out
}

// write puts the cuts into the address.
func (p *weightPage) write() { p.E.Replace(p.tab.at.to(p.tab.key, p.pairs()...)) }

// amounts is the choice of what is weighed; a family has sales only.
func (p *weightPage) amounts() app.UI {
	e := p.E
	if p.tab.at.family != "" {
		return part.Nothing()
	}
	options := make([]part.Option, 0, 4)
	for _, by := range []string{"sales", "margin", "units", "potential"} {
		options = append(options, part.Option{Key: by, Label: e.T("portfolio.by." + by)})
	}
	now := p.by
	if now == "" {
		now = "sales"
	}
	return e.choice("pf-by", e.T("portfolio.by"), "chip-select", now, options, func(_ app.Context, key string) {
		p.by = key
		p.tab.set(p.tab.at)
	})
}

// Render arranges the cards.
func (p *weightPage) Render() app.UI {
	e, v := p.E, p.view.Value
	if v == nil {
		return p.tab.screen(nil, p.view.Waiting(e))
	}
	return p.tab.screen(&v.Base,
		part.Div("pf-row pf-w1", p.cuts(&v.Cuts), e.tabCard("portfolio.storeys", v.Floors, p.back())),
		part.Div("pf-row pf-w2", e.tabCard("portfolio.crossed", v.Cross, p.inForce()), p.climbs(&v.Climbs)),
		e.keyFigures(v.Figs),
		e.lacks(v.Base.Head, p.tab.at),
	)
}

func (p *weightPage) paper() paper {
	v := p.view.Value
	if v == nil {
		return paper{}
	}
	return paper{v.Figs, []string{v.Cuts.Curve.Chart.Finding, v.Floors.Chart.Finding, v.Cross.Chart.Finding, v.Climbs.Finding}}
}

// inForce says that the crossed classes do not follow a cut that is tried.
func (p *weightPage) inForce() app.UI {
	if !p.view.Value.Cuts.Moved && !p.heads {
		return part.Nothing()
	}
	return part.P("note", p.E.T("portfolio.crossed.kept"))
}

// back ends the trial of climbs.
func (p *weightPage) back() app.UI {
	if len(p.try) == 0 {
		return part.Nothing()
	}
	return part.Button("climb-back", "sec sm no-print", "undo", p.E.T("portfolio.climb.back"), func(ctx app.Context) {
		p.try = nil
		p.view.Again(ctx)
	})
}

// cuts is the curve with its two grips.
func (p *weightPage) cuts(c *query.CutsTab) app.UI {
	e, d := p.E, c.Curve.Chart
	label := "part.asTable"
	var body app.UI
	switch {
	case p.table:
		label, body = "part.asChart", part.Table(e.T("portfolio.cuts"), d.Table(part.Writing(e.Lang, e.Currency)))
	case d.Mark.Status == explain.NA:
		body = part.P("verdict chart-na", i18n.Reason(e.Lang, d.Mark.Reason))
	default:
		body = app.Div().ID(cutsID).Class("chart-d").Body(app.Raw(d.Draw(part.Writing(e.Lang, e.Currency)))).
			On("pointerdown", p.take).On("pointermove", p.move).On("pointerup", p.drop).On("pointercancel", p.drop).
			OnKeyDown(p.key)
	}
	now := "team"
	switch {
	case c.Moved:
		now = ""
	case c.Heads:
		now = "heads"
	}
	return part.Section("card chart", e.T("portfolio.cuts"),
		part.Div("wt-h",
			part.Div("sp", part.Line("eyebrow", e.T("portfolio.cuts")), app.H2().Class("q").ID("wt-q").Text(d.Finding)),
			part.Div("no-print", part.Seg("wt-set", e.T("portfolio.cuts.set"), now, []part.Option{{Key: "heads", Label: e.T("portfolio.cuts.heads")}, {Key: "team", Label: c.Team}}, func(ctx app.Context, key string) {
				p.heads, p.at = key == "heads", [2]int{}
				p.write()
				p.view.Again(ctx)
			}))),
		part.When(d.Mark.Status == explain.Weak, part.Weak(e.Lang, d.Mark)),
		body,
		part.When(c.Curve.Note != "", part.P("note", c.Curve.Note)),
		part.When(d.Tabled(), part.Div("chart-f no-print", part.Press("wt-table", "lnk", func() { p.table = !p.table }, part.Words(e.T(label))).Aria("pressed", p.table))),
	)
}

// climbs is who lacks what for the floor above.
func (p *weightPage) climbs(t *query.ClimbTable) app.UI {
	e := p.E
	rows := make([]app.UI, len(t.Rows))
	for i, r := range t.Rows {
		on := slices.Contains(p.try, r.ID)
		able := "t2"
		if r.Can {
			able = "can"
		}
		rows[i] = app.Tr().Body(
			e.whoCell(r.Phase, r.Name, r.ID),
			app.Td().Class("num").Text(r.Value),
			app.Td().Body(app.Button().Type("button").Class("chip sm").Aria("pressed", on).Aria("label", e.T("portfolio.climb.try", r.Name, r.To)).Text("↑ "+r.To).
				OnClick(func(ctx app.Context, _ app.Event) { p.climb(ctx, r.ID) }, app.EventScope("climb", r.ID.String()))),
			app.Td().Class("num").Body(part.B(r.Cost)),
			app.Td().Body(part.Span(able, r.Able)),
		)
	}
	head := func(key, class string) app.UI { return app.Th().Scope("col").Class(class).Text(e.T(key)) }
	return part.Section("card chart", e.T("portfolio.climbs"),
		part.Line("eyebrow", e.T("portfolio.climbs")),
		part.H2("q", t.Finding),
		app.If(len(rows) > 0, func() app.UI {
			return app.Div().Class("tblw").TabIndex(0).Aria("label", e.T("portfolio.climbs")).Attr("role", "group").Body(app.Table().Class("er-t climbs").Body(
				app.Caption().Class("sr").Text(t.Finding),
				app.THead().Body(app.Tr().Body(head("portfolio.client", ""), app.Th().Scope("col").Class("num").Text(t.Head), head("portfolio.climb.to", ""), head("portfolio.climb.cost", "num"), head("portfolio.climb.can", ""))),
				app.TBody().Body(rows...)))
		}),
		app.If(t.Advice != "", func() app.UI { return part.Hint("", part.Words(t.Advice)) }),
		e.tabLinks(t.Links),
	)
}

// climb tries a climb on the pyramid, or takes it back.
func (p *weightPage) climb(ctx app.Context, id portfolio.ID) {
	if i := slices.Index(p.try, id); i >= 0 {
		p.try = slices.Delete(slices.Clone(p.try), i, i+1)
	} else {
		p.try = append(slices.Clone(p.try), id)
	}
	p.view.Again(ctx)
}

// cutsID names the box of the curve.
const cutsID = "wt-cuts"

// A drag is a cut that moves: under the finger the page moves the line itself
// and asks the worker for the curve as soon as it has answered the last time;
// the answer is put into the drawing without a render of the page, which is
// done once the cut rests.
type drag struct {
	on    bool
	cut   int
	at    [2]int // where the cuts are held
	drawn [2]int // where the drawing has them
	last  *query.CutsTab
	busy  bool
	turn  int // of the latest move
}

// held are the cuts as they stand, the drag's before the page's.
func (p *weightPage) held() ([2]int, int) {
	v := p.view.Value
	if v == nil {
		return [2]int{}, 0
	}
	if p.drag.last != nil {
		return p.drag.at, v.Cuts.Of
	}
	return v.Cuts.Cut, v.Cuts.Of
}

// putCut moves one cut, and the other before it where they would cross.
func putCut(at [2]int, i, k, n int) [2]int {
	if i == 0 {
		at[0] = min(max(k, 1), n-1)
		at[1] = max(at[1], at[0]+1)
	} else {
		at[1] = min(max(k, 2), n)
		at[0] = min(at[0], at[1]-1)
	}
	return at
}

// take begins a drag.
func (p *weightPage) take(ctx app.Context, ev app.Event) {
	ctx.PreventUpdate()
	grip := ev.Get("target").Call("closest", ".grip")
	if !grip.Truthy() || p.view.Value == nil || p.view.Value.Cuts.Of < 2 {
		return
	}
	ev.PreventDefault()
	p.drag.cut, _ = strconv.Atoi(grip.Call("getAttribute", "data-cut").String())
	p.drag.on = true
	p.begin()
	ctx.JSSrc().Call("setPointerCapture", ev.Get("pointerId"))
	grip.Call("focus", map[string]any{"preventScroll": true})
}

// begin notes where the cuts are.
func (p *weightPage) begin() {
	if p.drag.last == nil {
		c := p.view.Value.Cuts
		p.drag.last, p.drag.at, p.drag.drawn = &c, c.Cut, c.Cut
	}
}

// move follows the finger.
func (p *weightPage) move(ctx app.Context, ev app.Event) {
	ctx.PreventUpdate()
	if !p.drag.on {
		return
	}
	svg := ctx.JSSrc().Call("querySelector", "svg")
	if !svg.Truthy() {
		return
	}
	_, n := p.held()
	box := svg.Call("getBoundingClientRect")
	w, _ := strconv.ParseFloat(svg.Call("getAttribute", "width").String(), 64)
	if box.Get("width").Float() <= 0 || w <= chart.CutLeft+chart.CutRight {
		return
	}
	x := (ev.Get("clientX").Float() - box.Get("left").Float()) * w / box.Get("width").Float()
	k := int((x-chart.CutLeft)/(w-chart.CutLeft-chart.CutRight)*float64(n) + .5)
	p.moveTo(ctx, svg, w, putCut(p.drag.at, p.drag.cut, k, n))
}

// drop ends a drag.
func (p *weightPage) drop(ctx app.Context, _ app.Event) {
	ctx.PreventUpdate()
	if p.drag.on {
		p.drag.on = false
		p.rest(ctx)
	}
}

// key moves a cut by one client, by ten, or to an end.
func (p *weightPage) key(ctx app.Context, ev app.Event) {
	ctx.PreventUpdate()
	grip := ev.Get("target").Call("closest", ".grip")
	if !grip.Truthy() || p.view.Value == nil || p.view.Value.Cuts.Of < 2 {
		return
	}
	i, _ := strconv.Atoi(grip.Call("getAttribute", "data-cut").String())
	at, n := p.held()
	k, ok := nudge(at[i], n, ev.Get("key").String(), ev.Get("shiftKey").Bool())
	if !ok {
		return
	}
	ev.PreventDefault()
	p.begin()
	p.drag.cut = i
	svg := ctx.JSSrc().Call("querySelector", "svg")
	w, _ := strconv.ParseFloat(svg.Call("getAttribute", "width").String(), 64)
	p.moveTo(ctx, svg, w, putCut(p.drag.at, i, k, n))
	p.rest(ctx)
}

// nudge is where a key puts a cut.
func nudge(k, n int, key string, far bool) (int, bool) {
	step := 1
	if far {
		step = 10
	}
	switch key {
	case "ArrowRight", "ArrowUp":
		return k + step, true
	case "ArrowLeft", "ArrowDown":
		return k - step, true
	case "PageUp":
		return k + 10, true
	case "PageDown":
		return k - 10, true
	case "Home":
		return 1, true
	case "End":
		return n, true
	}
	return k, false
}

// moveTo shifts the grips at once, and asks for the curve there.
func (p *weightPage) moveTo(ctx app.Context, svg app.Value, w float64, at [2]int) {
	if at == p.drag.at {
		return
	}
	p.drag.at = at
	p.drag.turn++
	_, n := p.held()
	pitch := (w - chart.CutLeft - chart.CutRight) / float64(n)
	for i := range at {
		if g := svg.Call("querySelector", ".grip[data-cut='"+strconv.Itoa(i)+"']"); g.Truthy() {
			g.Call("setAttribute", "transform", "translate("+strconv.FormatFloat(float64(at[i]-p.drag.drawn[i])*pitch, 'f', 1, 64)+" 0)")
		}
	}
	p.askCut(ctx)
}

// askCut asks for the curve as the cuts are held, one question at a time.
func (p *weightPage) askCut(ctx app.Context) {
	if p.drag.busy {
		return
	}
	p.drag.busy = true
	q := p.ask()
	q.At, q.Heads, q.Try = p.drag.at, false, nil
	ctx.Async(func() {
		c, err := bridge.Call(context.Background(), p.E.Caller, bridge.OpCut, q)
		p.drag.busy = false
		if err != nil || p.drag.last == nil {
			return
		}
		p.drag.last, p.drag.drawn = &c, q.At
		p.paint(&c)
		if p.drag.at != q.At {
			p.askCut(ctx)
		}
	})
}

// paint puts a curve into the drawing that is on the screen.
func (p *weightPage) paint(c *query.CutsTab) {
	if !app.IsClient {
		return
	}
	doc := app.Window().Get("document")
	old := doc.Call("querySelector", "#"+cutsID+" svg")
	if !old.Truthy() {
		return
	}
	box := doc.Call("createElement", "div")
	box.Set("innerHTML", c.Curve.Chart.Draw(part.Writing(p.E.Lang, p.E.Currency)))
	now := box.Get("firstElementChild")
	focus := doc.Get("activeElement")
	held := ""
	if focus.Truthy() && old.Call("contains", focus).Bool() {
		if v := focus.Call("getAttribute", "data-cut"); v.Truthy() {
			held = v.String()
		}
	}
	old.Call("setAttribute", "aria-label", now.Call("getAttribute", "aria-label"))
	old.Call("replaceChildren")
	for child := now.Get("firstChild"); child.Truthy(); child = now.Get("firstChild") {
		old.Call("appendChild", child)
	}
	if held != "" {
		p.refocus(held)
	}
	if q := doc.Call("getElementById", "wt-q"); q.Truthy() {
		q.Set("textContent", c.Curve.Chart.Finding)
	}
}

func (p *weightPage) refocus(cut string) {
	if g := app.Window().Get("document").Call("querySelector", "#"+cutsID+" .grip[data-cut='"+cut+"']"); g.Truthy() {
		g.Call("focus", map[string]any{"preventScroll": true})
	}
}

// restAfter is how long a cut rests before the rest of the page follows it.
const restAfter = 250 * time.Millisecond

// rest lets the page follow once nothing moves: the lists of the classes, the
// table.
func (p *weightPage) rest(ctx app.Context) {
	turn := p.drag.turn
	ctx.After(restAfter, func(ctx app.Context) {
		if p.drag.on || p.drag.turn != turn || p.drag.last == nil || p.view.Value == nil {
			return
		}
		if p.drag.busy { // the last answer is on its way
			p.rest(ctx)
			return
		}
		p.settle(ctx)
	})
}

// settle takes the cuts of the drag as the page's.
func (p *weightPage) settle(ctx app.Context) {
	p.E.spareFrame()
	held := ""
	if app.IsClient {
		if f := app.Window().Get("document").Get("activeElement"); f.Truthy() && f.Get("closest").Truthy() && f.Call("closest", "#"+cutsID).Truthy() {
			if v := f.Call("getAttribute", "data-cut"); v.Truthy() {
				held = v.String()
			}
		}
	}
	p.at, p.heads, p.cutOf = p.drag.at, false, p.of()
	p.write()
	p.view.Value.Cuts = *p.drag.last
	p.drag.last = nil
	if held != "" {
		ctx.Defer(func(app.Context) { p.refocus(held) })
	}
}
