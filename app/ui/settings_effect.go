package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/chart"
	"sillon/engine/query"
)

// effectCard says what the tried value changes, before it is put in force.
func (p *rulesPage) effectCard() app.UI {
	e, r := p.E, p.rule()
	if r == nil {
		return part.Nothing()
	}
	level := p.view.Value.Level
	title := e.T("rules.instead", e.T("rule."+r.Key), p.written(r, p.values, p.word), p.written(r, r.Values, r.Word))
	if p.same(r) {
		title = e.T("rules.asis", e.T("rule."+r.Key), p.written(r, r.Values, r.Word))
	}
	body := []app.UI{part.Line("eyebrow", title)}
	var found []app.UI
	switch {
	case p.err != nil:
		body = append(body, part.Fault(e.Fault(p.err), e.T("part.again"), p.ask))
	case p.effect == nil:
		body = append(body, p.wait.shown(e))
	case p.effect.Effect == nil:
		body = append(body, part.H2("q", e.T("rules.cannot")), part.P("sm t2", e.T("rules.stays")))
	default:
		found = p.changes(p.effect.Effect)
		body, found = append(body, found[0]), found[1:]
	}
	can := p.effect != nil && p.effect.Effect != nil && !p.same(r)
	acts := []app.UI{
		app.Button().Type("button").ID("rule-apply").Class("btn pri").Disabled(!can).Aria("busy", p.busy).Text(e.T("set.putInForce")).
			OnClick(func(ctx app.Context, _ app.Event) { p.apply(ctx) }),
		part.Button("rule-drop", "ghost", "", e.T("rules.drop"), p.drop),
	}
	if r.Own(level) && !p.back {
		acts = append(acts, part.Button("rule-back", "ghost", "undo", e.T("rules.back."+strconv.Itoa(r.OuterFrom)), func(ctx app.Context) { p.above(ctx, r) }))
	}
	if level < 3 && !p.back {
		acts = append(acts, part.Toggle("rule-lock", e.T("rules.lock"), "soft", p.lock, func(app.Context) { p.lock = !p.lock }))
	}
	body = append(body, part.Div("row g8 wrap rule-a", acts...)) // in sight, however long the effect
	return part.Section("card effect", e.T("rules.effect"), append(body, found...)...)
}

// written is a value in words: "4, 4 et 2", "5 %", "marge".
func (p *rulesPage) written(r *query.Rule, values []float64, word string) string {
	e := p.E
	if len(r.Words) > 0 {
		return e.T("rule." + r.Key + "." + word)
	}
	parts := make([]string, len(values))
	for i, x := range values {
		parts[i] = i18n.Number(e.Lang, x)
	}
	text := strings.Join(parts, " · ")
	if r.Unit != "" {
		text += "\u00a0" + e.T("rules.unit."+r.Unit)
	}
	return text
}

// changes is the finding, its picture and the clients it is about.
func (p *rulesPage) changes(x *query.RuleEffect) []app.UI {
	e := p.E
	kinds := map[string]int{}
	for _, f := range x.Flows {
		kinds[f.Kind] += f.N
	}
	first := ""
	for _, kind := range [...]string{"phase", "abc", "class", "band"} {
		if kinds[kind] > kinds[first] {
			first = kind
		}
	}
	a, b := &x.Sides[0], &x.Sides[1]
	var finding string
	switch {
	case first != "":
		finding = e.T("rules.move."+first, kinds[first], x.Clients)
	case x.Rank > 0:
		finding = e.T("rules.move.rank", x.Rank, x.Cards)
	case a.Fragile != b.Fragile && b.Fragile:
		finding = e.T("rules.move.fragile", b.Top)
	case a.Fragile != b.Fragile:
		finding = e.T("rules.move.sound", b.Top)
	case a.Faint != b.Faint:
		finding = e.T("rules.move.faint", b.Faint, a.Faint)
	default:
		finding = e.T("rules.move.none")
	}
	out := []app.UI{app.H2().Class("q").Attr("role", "status").Text(finding)}
	var also []string
	for _, kind := range [...]string{"phase", "abc", "class", "band"} {
		if kind != first && kinds[kind] > 0 {
			also = append(also, e.T("rules.also."+kind, kinds[kind]))
		}
	}
	if first != "" && x.Rank > 0 {
		also = append(also, e.T("rules.also.rank", x.Rank))
	}
	if x.Score > 0 && first == "" {
		also = append(also, e.T("rules.also.high", high(b), high(a)))
	}
	if x.Follow > 0 {
		also = append(also, e.T("rules.also.follow", x.Follow))
	}
	if len(also) > 0 {
		out = append(out, part.P("sm t2", strings.Join(also, " ")))
	}
	width := effectWidth - 42
	if !p.beside() {
		width = p.wide - 80
	}
	if pic, ok := p.sides(first, x, finding); ok {
		out = append(out, &beforeAfter{E: e, Title: finding, Pic: pic, Width: width})
	}
	if first == "" && x.Rank > 0 && len(x.First) > 0 {
		out = append(out, &beforeAfter{E: e, Title: e.T("rules.first", len(x.First)), Pic: p.ranks(x.First), Width: width, Headed: true})
	}
	if flows := p.flows(x.Flows); len(flows) > 0 {
		out = append(out, app.Ul().Class("flows").Body(flows...))
	}
	if first != "" || x.Rank > 0 {
		out = append(out, p.movers(x.Moved))
	}
	return out
}

// high counts the clients from 70 on.
func high(s *query.RuleSide) int { return s.Bins[7] + s.Bins[8] + s.Bins[9] }

// sides is the portfolio with the tried value, and ticks where it stands now.
func (p *rulesPage) sides(kind string, x *query.RuleEffect, finding string) (chart.Columns, bool) {
	e := p.E
	a, b := &x.Sides[0], &x.Sides[1]
	var before, after []int
	var names []string
	tones := []chart.Tone{}
	switch kind {
	case "phase":
		before, after, names = a.Phases[:], b.Phases[:], []string{"D", "C", "M", "V"}
		tones = []chart.Tone{chart.PhaseD, chart.PhaseC, chart.PhaseM, chart.PhaseV}
	case "abc":
		before, after, names = a.ABC[:], b.ABC[:], []string{"A", "B", "C"}
	case "band":
		before, after = a.Bands[:], b.Bands[:]
		for k := range before {
			names = append(names, e.T("rules.band."+strconv.Itoa(k+1)))
		}
	case "class":
		before, after = a.Classes[:], b.Classes[:]
		for _, c := range balanceClasses {
			names = append(names, e.T("rules.short."+c))
		}
	default:
		if x.Score == 0 {
			return chart.Columns{}, false
		}
		before, after = a.Bins[:], b.Bins[:]
		for k := range before {
			names = append(names, strconv.Itoa(10*k))
		}
	}
	c := chart.Columns{HasWas: true, WasKey: e.T("rules.now"), Keys: []chart.Key{{Name: e.T("rules.then"), Tone: chart.Mid}}}
	c.Label, c.Head = finding, []string{"", e.T("rules.then"), e.T("rules.now")}
	for k := range before {
		tone := chart.Mid
		if k < len(tones) {
			tone = tones[k]
		} else if kind == "" && k >= 7 {
			tone = chart.Accent
		}
		c.Columns = append(c.Columns, chart.Column{Name: names[k], Value: float64(after[k]), Was: float64(before[k]), Figure: e.Count(after[k]), WasIs: e.Count(before[k]), Tone: tone})
	}
	return c, true
}

var balanceClasses = [...]string{"squelette", "poule", "contactivore", "vache"}

// ranks is who would come first, and where each stands now.
func (p *rulesPage) ranks(first []query.RuleMover) chart.Ranks {
	e := p.E
	r := chart.Ranks{Before: e.T("rules.before"), After: e.T("rules.after")}
	r.Label, r.Head = e.T("rules.first", len(first)), []string{e.T("rules.client"), e.T("rules.before"), e.T("rules.after")}
	for _, m := range first {
		r.Ranks = append(r.Ranks, chart.Rank{Name: m.Name, Before: m.Rank[0], After: m.Rank[1], BeforeText: e.Count(m.Rank[0]), AfterText: e.Count(m.Rank[1]),
			Link: chart.Link{Go: ClientPath(m.ID), Label: m.Name, Quiet: true}})
	}
	return r
}

// flows says who goes where, largest first.
func (p *rulesPage) flows(flows []query.RuleFlow) []app.UI {
	var out []app.UI
	for _, f := range flows[:min(4, len(flows))] {
		out = append(out, app.Li().Text(p.E.T("rules.flow", f.N, p.class(f.Kind, f.From), p.class(f.Kind, f.To))))
	}
	return out
}

// class words a class of a flow.
func (p *rulesPage) class(kind, text string) string {
	switch kind {
	case "band", "class":
		return p.E.T("rules." + kind + "." + text)
	}
	if text == "?" {
		return p.E.T("rules.nothing")
	}
	return text
}

// movers lists the clients concerned most, with where they come from and go to.
func (p *rulesPage) movers(moved []query.RuleMover) app.UI {
	e := p.E
	var rows []app.UI
	for _, m := range moved {
		from, to := e.T("rules.place", m.Rank[0]), e.T("rules.place", m.Rank[1])
		if m.Kind != "" {
			from, to = p.class(m.Kind, m.From), p.class(m.Kind, m.To)
		}
		badge := func(letter, text string) app.UI {
			if m.Kind == "phase" && strings.Contains("DCMV", letter) {
				return part.Phase(e.Lang, letter, true)
			}
			return part.Span("b tn", text)
		}
		rows = append(rows, app.Li().Body(part.Link("lnk sp", ClientPath(m.ID), part.Words(m.Name)),
			badge(m.From, from), app.Span().Aria("hidden", "true").Class("t3").Text("→"), part.Span("sr", e.T("rules.to")), badge(m.To, to)))
	}
	return part.Div("", part.H3("", e.T("rules.moved")), app.Ul().Class("movers").Body(rows...))
}

// beforeAfter is a picture of the effect with its table.
type beforeAfter struct {
	app.Compo

	E      *Env
	Title  string
	Pic    chart.Picture
	Width  int
	Headed bool

	table bool
}

// Render shows the picture or the table.
func (c *beforeAfter) Render() app.UI {
	e, key := c.E, "part.asTable"
	var head, seen app.UI = part.Nothing(), part.Nothing()
	if c.Headed {
		head = part.H3("", c.Title)
	}
	if c.table {
		t := c.Pic.Table()
		key, seen = "part.asChart", part.Table(c.Title, query.Table{Head: t.Head, Rows: t.Rows})
	} else {
		seen = part.Div("chart-d", app.Raw(c.Pic.Draw(c.Width)))
	}
	class := "chart"
	if c.Headed {
		class += " rel"
	}
	return part.Div(class, head, seen, part.Div("chart-f no-print",
		app.Button().Type("button").Class("lnk").Aria("pressed", c.table).Text(e.T(key)).OnClick(func(app.Context, app.Event) { c.table = !c.table })))
}
