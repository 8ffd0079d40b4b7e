package ui

import (
	"math"
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/chart"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// gridPage is steps 8 and 9: the weights of the scoring grid, tried with their
// effect before they are put in force. It rests on the rules: who may set the
// weights, and what they change.
type gridPage struct {
	app.Compo

	E *Env

	frame planFrame
	rules rulesPage
	view  Live[query.PlanGridAsk, query.PlanGrid]
	who   string
	under [3]string // a weight under the finger
}

const weightsRule = "score.weights"

var _ = screen(planPath+planGrid, func(e *Env, _ string) app.Composer {
	return &gridPage{E: e, frame: planFrame{env: e}, rules: rulesPage{E: e}}
})

// OnMount asks for the rules, and for the first client.
func (p *gridPage) OnMount(ctx app.Context) {
	p.frame.start(ctx, p.view.Again)
	r := &p.rules
	r.ctx, r.wide = ctx, p.frame.wide
	r.view.came = p.tryNow
	r.view.Start(ctx, p.E, bridge.OpRules, func() query.RulesAsk { return query.RulesAsk{} })
	p.view.Start(ctx, p.E, bridge.OpPlanGrid, func() query.PlanGridAsk {
		q := query.PlanGridAsk{Plan: p.frame.ask(), Weights: r.values}
		q.Client, _ = portfolio.ParseID(p.who)
		return q
	})
}

// OnPreRender is OnMount in native tests.
func (p *gridPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnResize draws again at another width.
func (p *gridPage) OnResize(app.Context) {
	p.frame.resize()
	p.rules.wide = p.frame.wide
}

// tryNow shows the grid in force before any weight is moved.
func (p *gridPage) tryNow() {
	if r := p.rule(); r != nil && p.rules.key == "" {
		p.rules.try(p.frame.ctx, r, slices.Clone(r.Values), "")
	}
}

func (p *gridPage) rule() *query.Rule {
	if v := p.rules.view.Value; v != nil {
		for i := range v.Rules {
			if v.Rules[i].Key == weightsRule {
				return &v.Rules[i]
			}
		}
	}
	return nil
}

// weigh tries a weight.
func (p *gridPage) weigh(k int, x float64) {
	r := p.rule()
	if r == nil || k >= len(p.rules.values) {
		return
	}
	next := slices.Clone(p.rules.values)
	next[k] = math.Round(min(r.High, max(r.Low, x))*100) / 100
	p.rules.try(p.frame.ctx, r, next, "")
	p.view.Again(p.frame.ctx)
}

// Render arranges the cards.
func (p *gridPage) Render() app.UI {
	e, f, r, v := p.E, &p.frame, p.rule(), p.view.Value
	sub := e.T("plan.g.sub")
	switch {
	case p.rules.view.Value == nil:
		return f.screen(nil, []int{8, 9}, sub, nil, p.rules.view.Waiting(e))
	case v == nil:
		return f.screen(nil, []int{8, 9}, sub, nil, p.view.Waiting(e))
	case f.empty(&v.Base):
		return f.screen(&v.Base, []int{8, 9}, sub, nil, part.Empty(e.T("plan.nobody"), e.T("plan.nobody.text")))
	case r == nil || len(p.rules.values) != 3:
		return f.screen(&v.Base, []int{8, 9}, sub, nil, p.rules.wait.shown(e))
	}
	same := p.rules.same(r)
	acts := []app.UI{
		app.Button().ID("grid-back").Type("button").Class("btn ghost").Disabled(same).Body(part.IconS("undo"), app.Text(e.T("plan.g.back"))).OnClick(func(ctx app.Context, _ app.Event) {
			p.rules.drop(ctx)
			p.tryNow()
			p.view.Again(p.frame.ctx)
		}),
		app.Button().ID("grid-apply").Type("button").Class("btn pri").Disabled(same || p.rules.effect == nil || p.rules.effect.Effect == nil || r.Shut || r.Locked != 0).Aria("busy", p.rules.busy).Text(e.T("plan.g.apply")).
			OnClick(func(ctx app.Context, _ app.Event) { p.rules.apply(ctx) }),
	}
	return Screen(e, Bar{Title: e.T("plan.titleYear", strconv.Itoa(v.Base.Year)), Sub: sub, Back: f.to(""), Actions: acts, Grid: "plan wide", Head: &v.Base.Tab.Head},
		part.Div("plan-g", p.weights(r), part.Div("col g16", p.effect(), p.levels(v)), p.ranks()),
		p.one(v),
		p.moved())
}

// weights are the sliders, and who decided.
func (p *gridPage) weights(r *query.Rule) app.UI {
	e := p.E
	shut := r.Shut || r.Locked != 0
	sum := 0.0
	for _, x := range p.rules.values {
		sum += x
	}
	rows := []app.UI{}
	for k, x := range p.rules.values {
		name := e.T("rule.score.weights." + strconv.Itoa(k))
		share := i18n.None
		if sum > 0 {
			share = i18n.Percent(e.Lang, x/sum)
		}
		shown := e.Number(x)
		if p.under[k] != "" {
			shown = p.under[k]
		}
		id := "grid-w" + strconv.Itoa(k)
		rows = append(rows, part.Div("gw",
			part.Div("row g8 base", app.Label().For(id).Class("b").Text(name), part.Span("xs t3 sp", e.T("plan.g.crit."+strconv.Itoa(k))), part.B(shown), part.Span("xs t3 wshare", share)),
			app.Input().ID(id).Type("range").Class("slide").Min(strconv.Itoa(int(r.Low))).Max(strconv.Itoa(int(min(r.High, 10)))).Step(1).Disabled(shut).Value(strconv.FormatFloat(x, 'f', -1, 64)).
				OnInput(func(ctx app.Context, _ app.Event) { p.under[k] = ctx.JSSrc().Get("value").String() }).
				OnChange(func(ctx app.Context, _ app.Event) {
					y, err := strconv.ParseFloat(ctx.JSSrc().Get("value").String(), 64)
					p.under[k] = ""
					if err == nil {
						p.weigh(k, y)
					}
				}, app.EventScope(id, x))))
	}
	rows = append(rows, p.rules.source(r, p.rules.view.Value.Level), p.rules.refused(r),
		app.A().Class("lnk").Href(rulesPath).Text(e.T("plan.g.rules")))
	return part.Section("card", e.T("plan.g.weights"), append([]app.UI{part.Div("card-h", part.H2("q", e.T("plan.g.weights")), part.Space(), part.Span("tag ac", e.T("plan.g.total", e.Number(sum))))}, rows...)...)
}

// tried is the effect of the weights as they stand.
func (p *gridPage) tried() *query.RuleEffect {
	if p.rules.effect == nil {
		return nil
	}
	return p.rules.effect.Effect
}

// effect is the histogram of scores, before and after.
func (p *gridPage) effect() app.UI {
	e, x := p.E, p.tried()
	body := []app.UI{part.Line("eyebrow", e.T("plan.g.effect"))}
	switch {
	case p.rules.err != nil:
		body = append(body, part.Fault(e.Fault(p.rules.err), e.T("part.again"), p.rules.ask))
	case x == nil:
		body = append(body, p.rules.wait.shown(e))
	default:
		d := high(&x.Sides[1]) - high(&x.Sides[0])
		title := e.T("plan.g.same")
		switch {
		case d > 0:
			title = e.T("plan.g.more", d)
		case d < 0:
			title = e.T("plan.g.less", -d)
		case x.Rank > 0:
			title = e.T("plan.g.rank", x.Rank)
		}
		shown := *x
		shown.Score = max(1, x.Score)
		body = append(body, app.H2().ID("grid-finding").Class("q").Attr("role", "status").Text(title))
		if pic, ok := p.rules.sides("", &shown, title); ok {
			body = append(body, &beforeAfter{E: e, Title: title, Pic: pic, Width: p.card()})
		}
	}
	return part.Section("card", e.T("plan.g.effect"), body...)
}

// card is the width a card of three leaves to its picture.
func (p *gridPage) card() int {
	if p.frame.wide < 816 {
		return p.frame.wide - 42
	}
	return (p.frame.wide-32)*10/31 - 42
}

// ranks is who comes first.
func (p *gridPage) ranks() app.UI {
	e, x := p.E, p.tried()
	body := []app.UI{part.Line("eyebrow", e.T("plan.g.ranks"))}
	if x != nil && len(x.First) > 0 {
		body = append(body, part.H2("q", e.T("plan.g.first", len(x.First))), &beforeAfter{E: e, Title: e.T("plan.g.ranks"), Pic: p.rules.ranks(x.First), Width: p.card()})
	}
	return part.Section("card", e.T("plan.g.ranks"), body...)
}

// levels is what each class brings with the weights tried.
func (p *gridPage) levels(v *query.PlanGrid) app.UI {
	e := p.E
	row := func(j int, letter string) app.UI {
		cells := make([]app.UI, 4)
		for k, x := range v.Levels[j] {
			cells[k] = part.Div("lvc", part.Span("xs t3", letter+strconv.Itoa(k+1)), part.B(e.Number(math.Round(x))), planBars("hb lv", 8, x/40))
		}
		return part.Div("lvs", cells...)
	}
	return part.Section("card", e.T("plan.g.levels"), part.H2("q", e.T("plan.g.levels")), row(1, "P"), row(0, "R"))
}

// one is the grid on one client, before and after.
func (p *gridPage) one(v *query.PlanGrid) app.UI {
	e := p.E
	if v.ID.IsZero() {
		return part.Nothing()
	}
	var options []part.Option
	for _, c := range v.Names {
		options = append(options, part.Option{Key: c.Key, Label: c.Name})
	}
	if !slices.ContainsFunc(v.Names, func(c query.Choice) bool { return c.Key == v.ID.String() }) {
		options = append(options, part.Option{Key: v.ID.String(), Label: v.Name})
	}
	names := [3]string{e.T("rule.score.weights.0"), e.T("rule.score.weights.1"), e.T("rule.score.weights.2")}
	tones := [3]chart.Tone{chart.Accent, chart.Deep, chart.Mid}
	s := chart.Stacked{Words: chart.Words{Label: e.T("plan.g.one.finding", e.Number(math.Round(v.Score[0])), e.Number(math.Round(v.Score[1]))), Head: []string{"", e.T("plan.g.points")}}}
	for j, key := range []string{"rules.before", "rules.after"} {
		row := chart.Row{Name: e.T(key), Figure: e.Number(math.Round(v.Score[j]))}
		for k, x := range v.Parts[j] {
			row.Pieces = append(row.Pieces, chart.Piece{Value: max(0, x), Text: e.Number(math.Round(x)), Tone: tones[k]})
		}
		s.Rows = append(s.Rows, row)
	}
	for k := range names {
		s.Keys = append(s.Keys, chart.Key{Name: names[k], Tone: tones[k]})
	}
	return part.Section("card plan-one", e.T("plan.g.one"),
		part.Div("", part.Line("eyebrow", e.T("plan.g.one")),
			e.choice("grid-who", e.T("plan.g.one"), "chip-select", v.ID.String(), options, func(_ app.Context, key string) {
				p.who = key
				p.view.Again(p.frame.ctx)
			}),
			part.P("sm", e.T("plan.g.one.finding", e.Number(math.Round(v.Score[0])), e.Number(math.Round(v.Score[1]))))),
		p.frame.draw(e.T("plan.g.one"), s, p.oneWide()))
}

func (p *gridPage) oneWide() int {
	if p.frame.wide < 816 {
		return p.frame.wide - 42
	}
	return p.frame.wide - 280
}

// moved are the clients whose rank changes most.
func (p *gridPage) moved() app.UI {
	x := p.tried()
	if x == nil || x.Rank == 0 || len(x.Moved) == 0 {
		return part.Nothing()
	}
	return part.Section("card", p.E.T("plan.g.moved"), p.rules.movers(x.Moved))
}
