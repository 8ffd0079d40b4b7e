package ui

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/query"
)

const rulesPath = "/reglages/regles"

var _ = screen(rulesPath, func(e *Env, _ string) app.Composer { return &rulesPage{E: e} })

// rulesPage is the rules that a rep may set: where each value comes from, what
// another one would change, and only then putting it in force. One rule is
// tried at a time.
type rulesPage struct {
	app.Compo

	E *Env

	view   Live[query.RulesAsk, query.Rules]
	key    string // of the rule that is tried; "": none
	values []float64
	word   string
	back   bool // the value of the level above is tried
	lock   bool
	effect *query.Rules // the last answer about it
	trying bool
	again  bool
	busy   bool
	err    error
	wait   wait
	width  part.Resized
	wide   int
	ctx    app.Context // the page's: a button's is deaf once the button has gone
}

// OnMount asks for the rules in force.
func (p *rulesPage) OnMount(ctx app.Context) {
	p.ctx = ctx
	p.wide, _ = p.width.Changed(ContentID, 1040)
	p.view.Start(ctx, p.E, bridge.OpRules, func() query.RulesAsk { return query.RulesAsk{} })
}

// OnPreRender is OnMount in native tests.
func (p *rulesPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnResize draws again at another width.
func (p *rulesPage) OnResize(app.Context) { p.wide, _ = p.width.Changed(ContentID, 1040) }

// twoColumns is the width of the content from which the effect stands beside.
const twoColumns, effectWidth = 900, 440

func (p *rulesPage) beside() bool { return p.wide >= twoColumns }

// ruleGroups arranges them; what is not of a group is not shown.
var ruleGroups = []struct {
	key   string
	rules []string
}{
	{"score", []string{"score.weights"}},
	{"period", []string{"window.mode", "window.months", "balance.result"}},
	{"life", []string{"dcmv.startMonths", "dcmv.gUp", "dcmv.gDown"}},
	{"seen", []string{"abc.cuts", "fragile.rank1Max", "potential.minConfidence", "risk.amber", "risk.red"}},
}

// Render puts the rules at the left, and the effect beside or below the rule.
func (p *rulesPage) Render() app.UI {
	e, v := p.E, p.view.Value
	bar := Bar{Title: e.T("rules.title"), Back: settingsPath, Grid: "rules"}
	if v == nil {
		return Screen(e, bar, p.view.Waiting(e))
	}
	bar.Title = e.T("rules.title." + strconv.Itoa(v.Level))
	own := 0
	for i := range v.Rules {
		if v.Rules[i].Own(v.Level) {
			own++
		}
	}
	bar.Sub = e.T("rules.sub", v.Head.Name, own, len(v.Rules))
	var groups []app.UI
	for _, g := range ruleGroups {
		var rows []app.UI
		for _, key := range g.rules {
			if i := slices.IndexFunc(v.Rules, func(r query.Rule) bool { return r.Key == key }); i >= 0 {
				rows = append(rows, p.row(&v.Rules[i], v.Level))
			}
		}
		if len(rows) > 0 {
			groups = append(groups, part.Card(e.T("rules.group."+g.key), nil, rows...))
		}
	}
	groups = append(groups, part.P("sm t2", e.T("rules.others", v.Others)))
	left := part.Div("col g16", groups...)
	if !p.beside() {
		return Screen(e, bar, left)
	}
	bar.Grid = "rules two"
	return Screen(e, bar, left, part.Div("rules-side", p.told()))
}

// told is the effect of the rule that is tried, or what to do.
func (p *rulesPage) told() app.UI {
	if p.key == "" {
		return part.Section("card", p.E.T("rules.effect"), part.Line("eyebrow", p.E.T("rules.effect")), part.P("t2", p.E.T("rules.hint")))
	}
	return p.effectCard()
}

// ruleID names a rule in the page.
func ruleID(key string) string { return "rule-" + strings.ReplaceAll(key, ".", "-") }

// rule is the one that is tried.
func (p *rulesPage) rule() *query.Rule {
	if v := p.view.Value; v != nil {
		for i := range v.Rules {
			if v.Rules[i].Key == p.key {
				return &v.Rules[i]
			}
		}
	}
	return nil
}

// row is one rule with its value and who decided it.
func (p *rulesPage) row(r *query.Rule, level int) app.UI {
	e := p.E
	tried := r.Key == p.key
	values, word := r.Values, r.Word
	if tried {
		values, word = p.values, p.word
	}
	shut := r.Shut || r.Locked != 0
	var control []app.UI
	switch {
	case len(r.Words) > 0:
		var options []part.Option
		for _, w := range r.Words {
			options = append(options, part.Option{Key: w, Label: e.T("rule." + r.Key + "." + w)})
		}
		if shut {
			control = append(control, part.Span("b", e.T("rule."+r.Key+"."+word)))
		} else {
			control = append(control, part.Seg(ruleID(r.Key), e.T("rule."+r.Key), word, options, func(ctx app.Context, to string) { p.try(ctx, r, nil, to) }))
		}
	default:
		for i := range values {
			control = append(control, p.number(r, values, i, shut))
		}
	}
	class := "rule"
	if tried {
		class += " on"
	}
	body := []app.UI{
		part.Div("rule-h",
			part.Div("sp", part.Line("b", e.T("rule."+r.Key)), part.Line("sm t2", e.T("rule."+r.Key+".text"))),
			p.source(r, level)),
		part.Div("rule-c", control...),
		p.refused(r),
	}
	if tried && !p.beside() {
		body = append(body, p.effectCard())
	}
	return app.Div().ID(ruleID(r.Key)).Class(class).Attr("role", "group").Aria("label", e.T("rule."+r.Key)).Body(body...)
}

// source says who decided the value: a dot for each level, and the word.
func (p *rulesPage) source(r *query.Rule, level int) app.UI {
	e := p.E
	words := e.T("rules.from." + strconv.Itoa(r.From))
	if r.From == level {
		words = e.T("rules.own." + strconv.Itoa(level))
	}
	var dots []app.UI
	for l := 1; l <= 3; l++ {
		class := "d3"
		if l == r.From {
			class += " on"
		}
		dots = append(dots, app.I().Class(class))
	}
	out := []app.UI{app.Span().Class("dots").Aria("hidden", "true").Body(dots...), part.Span("sm", words)}
	if r.Who != "" && r.From != level {
		out = append(out, part.Span("sm t2", r.Who))
	}
	if r.Locked != 0 {
		out = append(out, app.Span().Class("tag in").Body(part.IconS("lock"), app.Text(e.T("rules.locked."+strconv.Itoa(r.Locked)))))
	}
	return part.Div("rule-s", out...)
}

// number is one number of a rule: less, the number, more. What is typed may be
// anything: the engine says what cannot be.
func (p *rulesPage) number(r *query.Rule, values []float64, i int, shut bool) app.UI {
	e := p.E
	name := e.T("rule." + r.Key)
	label := app.UI(part.Nothing())
	if len(values) > 1 {
		name = e.T("rule." + r.Key + "." + strconv.Itoa(i))
		label = part.Span("sp", name)
	}
	step := stepOf(r)
	id := ruleID(r.Key) + "-" + strconv.Itoa(i)
	share := app.UI(part.Nothing())
	if r.Key == "score.weights" {
		sum := 0.0
		for _, x := range values {
			sum += x
		}
		text := i18n.None
		if sum > 0 {
			text = i18n.Percent(e.Lang, values[i]/sum)
		}
		share = part.Span("tn t3 wshare", text)
	} else if r.Unit != "" {
		share = part.Span("sm t2 wshare", e.T("rules.unit."+r.Unit))
	}
	if shut {
		return part.Div("wrow", label, part.Span("b tn", i18n.Number(e.Lang, values[i])), share)
	}
	set := func(ctx app.Context, x float64) {
		next := slices.Clone(values)
		next[i] = x
		p.try(ctx, r, next, "")
	}
	return app.Div().Class("wrow").Attr("role", "group").Aria("label", name).Body(
		label,
		part.Box("step",
			app.Button().Type("button").Aria("label", e.T("set.less", name)).Disabled(values[i]-step < r.Low-1e-9).Body(part.IconS("minus")).
				OnClick(func(ctx app.Context, _ app.Event) { set(ctx, near(values[i]-step)) }, app.EventScope(id, "less", values[i])),
			app.Input().ID(id).Type("text").Attr("inputmode", "decimal").Aria("label", name).Class("tn").Value(i18n.Number(e.Lang, values[i])).
				OnChange(func(ctx app.Context, _ app.Event) {
					if x, ok := readNumber(part.Value(id)); ok {
						set(ctx, x)
					} else {
						part.SetValue(id, i18n.Number(e.Lang, values[i]))
					}
				}, app.EventScope(id, "typed", values[i])),
			app.Button().Type("button").Aria("label", e.T("set.more", name)).Disabled(values[i]+step > r.High+1e-9).Body(part.IconS("plus")).
				OnClick(func(ctx app.Context, _ app.Event) { set(ctx, near(values[i]+step)) }, app.EventScope(id, "more", values[i])),
		),
		share,
	)
}

func stepOf(r *query.Rule) float64 {
	if r.High <= 1 {
		return .05
	}
	return 1
}

// near drops what adding twentieths leaves behind.
func near(x float64) float64 { return math.Round(x*1e6) / 1e6 }

// readNumber reads what a person types: comma or point, minus sign or hyphen,
// spaces of any kind.
func readNumber(text string) (float64, bool) {
	text = strings.NewReplacer("\u00a0", "", "\u202f", "", " ", "", "−", "-", ",", ".", "%", "").Replace(text)
	x, err := strconv.ParseFloat(text, 64)
	return x, err == nil && !math.IsNaN(x) && !math.IsInf(x, 0)
}

// refused says why the tried value cannot be, with what can.
func (p *rulesPage) refused(r *query.Rule) app.UI {
	if r.Key != p.key || p.effect == nil || p.effect.Refusal == nil {
		return part.Nothing()
	}
	e, x := p.E, p.effect.Refusal
	text := e.T("rules.refused."+x.Why, i18n.Number(e.Lang, x.Low), i18n.Number(e.Lang, x.High))
	if x.Why == "crosses" {
		text = e.T("rules.refused.crosses", e.T("rule."+x.Other))
	}
	return app.P().Class("err").ID("rule-err").Attr("role", "alert").Text(text)
}

// try asks what a value would change; nothing is kept. The value in force ends
// the trial.
func (p *rulesPage) try(ctx app.Context, r *query.Rule, values []float64, word string) {
	if p.key != r.Key {
		p.lock = r.Kept
	}
	p.key, p.values, p.word, p.back, p.err = r.Key, values, word, false, nil
	p.ask(ctx)
}

// above tries the value of the level above.
func (p *rulesPage) above(ctx app.Context, r *query.Rule) {
	p.key, p.values, p.word, p.back, p.err = r.Key, slices.Clone(r.Outer), r.OuterWord, true, nil
	p.ask(ctx)
}

func (p *rulesPage) drop(app.Context) {
	if r := p.rule(); r != nil {
		for i := range r.Values {
			part.SetValue(ruleID(r.Key)+"-"+strconv.Itoa(i), i18n.Number(p.E.Lang, r.Values[i]))
		}
	}
	p.key, p.effect, p.err = "", nil, nil
}

func (p *rulesPage) ask(app.Context) {
	ctx := p.ctx
	if p.trying {
		p.again = true
		return
	}
	q := query.RulesAsk{Key: p.key, Values: slices.Clone(p.values), Word: p.word, Back: p.back}
	p.trying = true
	c, tell := p.wait.begin(ctx, p.E, p.effect == nil)
	askWithin(c, ctx, p.E, bridge.OpRules, q, tell, func(ctx app.Context, v query.Rules, err error) {
		p.wait.end()
		p.trying = false
		if p.again {
			p.again = false
			if p.key != "" {
				p.ask(ctx)
			}
			return
		}
		if p.key != q.Key {
			return
		}
		if p.err = err; err == nil {
			p.effect = &v
		}
	})
}

// same reports whether the tried value is the one in force.
func (p *rulesPage) same(r *query.Rule) bool {
	if p.back {
		return false
	}
	return p.word == r.Word && slices.Equal(p.values, r.Values) && p.lock == r.Kept
}

// apply puts the tried value in force, with the way back.
func (p *rulesPage) apply(app.Context) {
	r, e, ctx := p.rule(), p.E, p.ctx
	if r == nil || p.busy {
		return
	}
	before := bridge.SetRule{Key: r.Key, Values: slices.Clone(r.Values), Word: r.Word, Lock: r.Kept, Back: !r.Own(p.view.Value.Level)}
	now := bridge.SetRule{Key: p.key, Values: p.values, Word: p.word, Back: p.back, Lock: p.lock}
	text := e.T("rules.applied", e.T("rule."+r.Key))
	p.busy = true
	Ask(ctx, e, bridge.OpSetRule, now, func(ctx app.Context, _ bridge.Saved, err error) {
		p.busy = false
		if p.err = err; err != nil {
			return
		}
		p.drop(ctx)
		e.Snack(text, func(ctx app.Context) { Save(ctx, e, bridge.OpSetRule, before, nil) })
	})
}
