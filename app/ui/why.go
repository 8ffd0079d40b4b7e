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
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// Subject names whom a figure is about, so that its reasons are those of one
// client: a plain name is only shown.
func Subject(name string, id portfolio.ID) string { return name + subjectMark + id.String() }

// Whole names the portfolio that a figure of the whole is about.
func Whole(name string, scope uint32) string {
	return name + subjectMark + strconv.Itoa(int(scope))
}

const subjectMark = "\x00"

// subjectOf reads a subject back.
func subjectOf(subject string) (name string, id portfolio.ID, scope uint32) {
	name, key, _ := strings.Cut(subject, subjectMark)
	if n, err := strconv.ParseUint(key, 10, 32); err == nil {
		return name, id, uint32(n)
	}
	id, _ = portfolio.ParseID(key)
	return name, id, 0
}

// whySheet says where the tapped figure comes from: the number, its meaning in
// one sentence, the steps with this client's numbers, how solid it is. It opens
// on the side opposite to what was tapped, which stays lit.
func (r *Root) whySheet() app.UI {
	e := r.E
	if e.why == nil {
		return part.Nothing()
	}
	w := e.why
	eyebrow, class := e.T("part.why"), "why"
	if name, _, _ := subjectOf(w.subject); name != "" {
		eyebrow += " · " + name
	}
	if w.figure.Topic == "pr" { // its number says what it is
		class += " pr"
	}
	return &part.Sheet{ID: "why", Class: class, Left: !w.right, Eyebrow: eyebrow, Title: i18n.Topic(e.Lang, w.figure.Topic),
		Close: e.T("part.close"), OnClose: func(app.Context) { e.closeWhy() }, Body: func() []app.UI { return e.whyBody() }}
}

func (e *Env) whyBody() []app.UI {
	if e.why == nil {
		return nil
	}
	return []app.UI{&whyPane{E: e, Figure: e.why.figure, Subject: e.why.subject, Row: e.why.row}}
}

// A whyAsk is the figure whose reasons are shown.
type whyAsk struct {
	figure  query.Figure
	subject string
	row     []query.Figure // those of the row it was tapped in
	right   bool           // the sheet stands at the right: the figure is at the left
}

// WhyAt is [Env.Why] from what was tapped: the sheet leaves it in sight, and
// its card is lit.
func (e *Env) WhyAt(ctx app.Context, f query.Figure, subject string) {
	e.whyFrom(ctx.JSSrc(), f, subject)
}

func (e *Env) whyFrom(el app.Value, f query.Figure, subject string) {
	e.Why(f, subject)
	if app.IsClient {
		box := el.Call("getBoundingClientRect")
		w, _ := app.Window().Size()
		e.why.right = box.Get("left").Float()+box.Get("width").Float()/2 < float64(w)/2
		light(el.Call("closest", "."+rowClass+",.card"))
	}
}

// lit is the card whose figure is explained.
var lit app.Value

// light lights a card above the scrim; nil or null puts the light out.
func light(card app.Value) {
	if lit != nil {
		lit.Get("classList").Call("remove", "lit")
		lit = nil
	}
	if card != nil && card.Truthy() {
		card.Get("classList").Call("add", "lit")
		lit = card
	}
}

// closeWhy puts the reasons away, and the light out.
func (e *Env) closeWhy() {
	e.why = nil
	light(nil)
}

// A whyPane asks the worker for the reasons of one figure. What the figure
// carries is shown at once, and stays when the worker has no reading of it.
type whyPane struct {
	app.Compo

	E       *Env
	Figure  query.Figure
	Subject string
	Row     []query.Figure

	live  Live[query.WhyAsk, query.WhyTab]
	ctx   app.Context
	whole bool          // the long form is open
	try   string        // what is being tried
	by    float64       // by how much
	off   []string      // signals tried as settled
	tried *query.WhyTab // the answer to it
	asked int
	trail []query.Figure // those whose step was asked about, down to this one
}

// OnMount asks for the reasons.
func (p *whyPane) OnMount(ctx app.Context) {
	p.ctx = ctx
	p.live.Start(ctx, p.E, bridge.OpWhy, func() query.WhyAsk { return p.question(nil) })
	p.E.Watch(ctx, func(ctx app.Context, ev bridge.Event) {
		if ev.Kind == bridge.EventDeep {
			p.live.Again(ctx)
		}
	})
}

// OnPreRender is OnMount in native tests.
func (p *whyPane) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

func (p *whyPane) question(t *query.Trial) query.WhyAsk {
	_, id, scope := subjectOf(p.Subject)
	f := p.Figure
	return query.WhyAsk{Lang: string(p.E.Lang), Figure: f, ID: id, Scope: scope, Width: part.Width("why", 464) - 48, Try: t}
}

// answer is what the worker said, if it has a reading of the figure.
func (p *whyPane) answer() *query.WhyTab {
	// what was asked of another figure comes late
	if t := p.live.Value; t != nil && t.Known && strings.TrimSuffix(t.Why.Figure.Topic, "-all") == strings.TrimSuffix(p.Figure.Topic, "-all") {
		return t
	}
	return nil
}

// shown is the figure as it stands: that of the answer, unless it was read
// without the clients it is measured against.
func (p *whyPane) shown() query.Figure {
	if t := p.answer(); t != nil && (t.Why.Figure.Mark.Has() || !t.Alone) {
		f := t.Why.Figure
		if f.Text == "" && f.Topic == p.Figure.Topic {
			f.Text = p.Figure.Text // "∞"
		}
		return f
	}
	return p.Figure
}

// Render arranges the reasons.
func (p *whyPane) Render() app.UI {
	e, t := p.E, p.answer()
	f := p.shown()
	name, _, _ := subjectOf(p.Subject)
	var tag app.UI = part.Nothing()
	if t != nil && t.Why.Interpreted {
		tag = e.interpreted()
	}
	body := []app.UI{
		p.rowSeg(),
		p.up(),
		part.P("sr", name), // the head of the sheet shows it
		part.Div("why-h", part.P("why-n", e.whyNumber(f)), tag),
		part.P("why-m", i18n.Meaning(e.Lang, f.Topic)),
	}
	switch f.Mark.Status {
	case explain.NA:
		if f.Mark.Reason == explain.None { // a row does not say why
			break
		}
		body = append(body, part.Hint("in", app.Text(i18n.Reason(e.Lang, f.Mark.Reason))))
	case explain.Weak:
		if f.Topic == "departure" && f.Mark.Reason == explain.FewClients { // few of those who left
			body = append(body, part.Hint("", app.Text(e.T("why.few-left"))))
			break
		}
		body = append(body, part.Weak(e.Lang, f.Mark))
	}
	if t == nil {
		body = append(body, e.longSteps(f.Mark.Steps)...)
		if p.live.Value == nil && p.live.Err == nil {
			body = append(body, app.Span().Class("sr").Attr("role", "status").Text(e.T("part.loading")))
		}
		return app.Div().Body(append(body, &help{E: e, Topic: f.Topic}, part.P("why-s", e.T("why.here", i18n.Solidity(e.Lang, f.Mark.Status))))...)
	}
	y := &t.Why
	if d := y.Decided; d != nil {
		var lines []app.UI
		for _, l := range e.decidedLines(d, t.Author) {
			lines = append(lines, part.Line("sm", l))
		}
		body = append(body, part.Hint("", lines...))
	}
	body = append(body, p.steps(t)...)
	body = append(body, p.bands(t), p.changes(t))
	if y.Collect != "" && !f.Mark.Has() {
		body = append(body, part.Hint("", app.Text(i18n.Collect(e.Lang, y.Collect)), e.collectLink(p.Subject, y.Collect)))
	}
	if long := f.Mark.Steps; len(long) > len(y.Steps) {
		body = append(body, part.Open("why-long", "btn quiet", "", e.T("why.long", len(long)), p.whole, func() { p.whole = !p.whole }))
		if p.whole {
			body = append(body, e.longSteps(long)...)
		}
	}
	return app.Div().Body(append(body, &help{E: e, Topic: f.Topic}, p.sources(t, f))...)
}

// whyNumber writes the figure large; a rule has its words.
func (e *Env) whyNumber(f query.Figure) string {
	if f.Topic == "weapon" && f.Mark.Has() && f.Text == "" {
		return e.T("attrition.rule." + strconv.Itoa(int(min(max(f.Value, 0), 6))))
	}
	if f.Topic == "pr" && f.Mark.Has() && f.Text == "" {
		return e.T("why.pr", i18n.Points(e.Lang, f.Value))
	}
	if f.Topic == "score" && f.Mark.Has() { // in whole points, as everywhere
		return e.Number(math.Round(f.Value))
	}
	return e.delta(f)
}

// longSteps is the whole calculation, step by step.
func (e *Env) longSteps(all []explain.Step) []app.UI {
	if len(all) == 0 {
		return nil
	}
	steps := make([]app.UI, len(all))
	for i, s := range all {
		name, value := i18n.Step(e.Lang, e.Currency, s)
		steps[i] = app.Li().Body(part.Span("", name), app.B().Class("tn").Text(value))
	}
	return []app.UI{part.H3("eyebrow", e.T("why.steps")), app.Ol().Class("steps").Body(steps...)}
}

// steps are three at most, each with its ruler under it when it has one.
func (p *whyPane) steps(t *query.WhyTab) (out []app.UI) {
	e, y := p.E, &t.Why
	defer func() {
		if len(out) > 0 {
			out = []app.UI{part.Div("steps", out...)}
		}
	}()
	each := len(t.Rulers) > 1
	ruler := func(k int) {
		c := t.Rulers[k]
		if c.Pic == nil {
			return
		}
		out = append(out, part.Div("why-r", app.Raw(c.Draw(part.Writing(e.Lang, e.Currency)))))
	}
	for i, s := range y.Steps {
		name, value := i18n.Step(e.Lang, e.Currency, s)
		if each && i < len(y.Rulers) && y.Rulers[i].Value > 0 { // the amount rather than the name of its level
			name = e.T("why.amount."+y.Rulers[i].Topic, e.MoneyShort(money.Cents(y.Rulers[i].Value)))
		}
		text := []app.UI{p.stepName(s, name)}
		if each && i < len(t.Rulers) && t.Rulers[i].Finding != "" {
			text = append(text, app.Text(", "+t.Rulers[i].Finding))
		}
		out = append(out, part.Div("why-st", app.Elem("i").Aria("hidden", "true").Text(strconv.Itoa(i+1)), app.Span().Body(text...), part.Span("why-v ac", e.whyStep(p.Figure.Topic, s, y.Steps, value))))
		if each && i < len(t.Rulers) {
			ruler(i)
		}
	}
	if n := len(y.Steps); p.Figure.Topic == "score" && n == 3 && len(y.Figure.Mark.Steps) == 4 { // the parts make the score
		out = append(out, part.P("why-sum tn", e.T("why.sum3", e.Number(y.Steps[0].Value), e.Number(y.Steps[1].Value), e.Number(y.Steps[2].Value), e.Number(y.Figure.Value))))
	}
	if len(t.Rulers) == 1 {
		ruler(0)
		out = append(out, part.P("xs t2", t.Rulers[0].Finding))
	}
	if len(t.Rulers) > 0 {
		key := "why.strokes"
		if p.Figure.Topic == "score" {
			key = "why.quarters-score"
		}
		for _, r := range y.Rulers {
			if (r.Topic == "plevel" || r.Topic == "rlevel") && p.Figure.Topic != "score" {
				key = "why.quarters"
			}
		}
		out = append(out, part.P("xs t3", e.T(key)))
	}
	return out
}

// whyStep writes the value of a step: a level has its letter, a gap its sum.
func (e *Env) whyStep(topic string, s explain.Step, all []explain.Step, value string) string {
	switch s.Key {
	case "potential.p", "scoring.p":
		return "P" + value
	case "potential.r", "scoring.r":
		return "R" + value
	case "weight.level":
		switch topic {
		case "plevel", "criterion.p":
			return "P" + value
		case "rlevel", "criterion.r", "climb":
			return "R" + value
		}
	case "scoring.contribution":
		return i18n.Points(e.Lang, s.Value)
	case "potential.pr":
		if len(all) == 3 && all[0].Key == "potential.p" && all[1].Key == "potential.r" {
			return e.T("why.sum", e.Number(all[0].Value), e.Number(all[1].Value), i18n.Points(e.Lang, s.Value))
		}
		return i18n.Points(e.Lang, s.Value)
	}
	return value
}

// bands are the thresholds, the current one filled; a try outlines another.
func (p *whyPane) bands(t *query.WhyTab) app.UI {
	e, y := p.E, &t.Why
	if len(y.Bands) == 0 {
		return part.Nothing()
	}
	cells := make([]app.UI, len(y.Bands))
	for i, b := range y.Bands {
		cell := app.Li()
		class := ""
		switch {
		case i == y.Band:
			class, cell = "on", cell.Aria("current", "step")
		case p.tried != nil && p.tried.Tried != nil && i == p.tried.Band:
			class = "then"
		}
		limit := ""
		if i < len(t.Limits) {
			limit = t.Limits[i]
		}
		name := i18n.Band(e.Lang, p.Figure.Topic, b.Key)
		if p.Figure.Topic == "pr" {
			limit = e.prBand(b.Key)
			if len(y.Steps) > 0 && y.Steps[0].Value < 3 { // what is done of a low potential
				name = e.T("why.pr-low." + b.Key)
			}
		}
		if limit == "" {
			cells[i] = cell.Class(class).Text(name)
			continue
		}
		cells[i] = cell.Class(class).Body(part.B(limit), app.Text(name))
	}
	if strings.HasPrefix(y.Bands[0].Key, "scale.") {
		return part.Div("", app.Ul().Class("why-b").Aria("label", e.T("why.bands")).Body(cells...), part.P("xs t3", e.T("why.scale")))
	}
	return app.Ul().Class("why-b").Aria("label", e.T("why.bands")).Body(cells...)
}

// prBand writes a gap between potential and result: "≤ −2", "+1".
func (e *Env) prBand(key string) string {
	n, err := strconv.Atoi(key)
	if err != nil {
		return ""
	}
	text := i18n.Points(e.Lang, float64(n))
	switch n {
	case -2:
		return "≤ " + text
	case 2:
		return "≥ " + text
	}
	return text
}

// changes are what would change the figure, nearest first.
func (p *whyPane) changes(t *query.WhyTab) app.UI {
	e, y := p.E, &t.Why
	if len(y.Changes) == 0 && len(t.Tries) == 0 {
		return part.Nothing()
	}
	head := []app.UI{part.H3("eyebrow", e.T("why.changes"))}
	if len(t.Tries) > 0 {
		head = append(head, part.Open("why-try", "lnk", "", e.T("why.try"), p.try != "", func() { p.open(t) }))
	}
	body := []app.UI{part.Div("why-t", head...)}
	if p.try != "" {
		body = append(body, p.trial(t))
	}
	for _, c := range y.Changes {
		icon, class := "up-arrow", "why-c"
		if c.Worsened != (p.Figure.Topic == "departure") { // a risk settled goes down
			icon = "dn-arrow"
		}
		if c.Near {
			icon, class = "warn", "why-c near"
		}
		change := i18n.Change(e.Lang, e.Currency, c.Key, c.Need, c.Unit)
		if c.Near {
			change = e.T("why.near", change)
		}
		leads := ""
		switch {
		case c.Band != "":
			leads = i18n.Leads(e.Lang, p.Figure.Topic, c.Key, c.Band)
		case c.Value != 0:
			leads = i18n.Value(e.Lang, e.Currency, c.Value, y.Figure.Unit, "", explain.OK)
		}
		if p.Figure.Topic == "departure" && c.Value != 0 {
			leads = i18n.Percent(e.Lang, c.Value)
		}
		if c.Key == "estimate" { // it makes the estimate surer
			leads = e.T("why.confidence", i18n.Percent(e.Lang, c.Value))
		}
		if p.Figure.Topic == "score" && c.Band != "" {
			leads = e.T("why.leads-score", leads, i18n.Value(e.Lang, e.Currency, c.Value, explain.Points, "", explain.OK))
		}
		if p.Figure.Topic == "pr" {
			leads = e.T("why.leads-pr", leads, i18n.Points(e.Lang, c.Value))
		}
		body = append(body, part.Div(class, part.IconS(icon), part.Span("", leads), part.B(change)))
	}
	return part.Div("", body...)
}

func (p *whyPane) open(t *query.WhyTab) {
	p.tried, p.by, p.off = nil, 0, nil
	if p.try != "" {
		p.try = ""
		return
	}
	p.try = t.Tries[0]
}

// trial is a value tried: nothing is written.
func (p *whyPane) trial(t *query.WhyTab) app.UI {
	e := p.E
	var body []app.UI
	if p.try == "signals" {
		for _, c := range t.Why.Changes {
			code, ok := strings.CutPrefix(c.Key, "signal.")
			if !ok {
				continue
			}
			body = append(body, part.Toggle("off"+code, i18n.Change(e.Lang, e.Currency, c.Key, c.Need, c.Unit), "soft", slices.Contains(p.off, code), func(ctx app.Context) {
				if i := slices.Index(p.off, code); i >= 0 {
					p.off = slices.Delete(slices.Clone(p.off), i, i+1)
				} else {
					p.off = append(slices.Clone(p.off), code)
				}
				p.send(ctx, &query.Trial{Key: "signals", Settled: p.off})
			}))
		}
		body = []app.UI{part.Div("chips", body...)}
	} else {
		if len(t.Tries) > 1 {
			options := make([]part.Option, len(t.Tries))
			for i, k := range t.Tries {
				options[i] = part.Option{Key: k, Label: e.T("why.try." + k)}
			}
			body = append(body, part.Seg("why-what", e.T("why.try"), p.try, options, func(_ app.Context, k string) { p.try, p.by, p.tried = k, 0, nil }))
		}
		low, high, step := p.reach(t)
		body = append(body, app.Input().Type("range").ID("why-range").Min(low).Max(high).Step(step).Value(p.by).Aria("label", e.T("why.try."+p.try)).
			OnInput(func(ctx app.Context, _ app.Event) {
				x, err := strconv.ParseFloat(ctx.JSSrc().Get("value").String(), 64)
				if err == nil {
					p.slide(ctx, x)
				}
			}, app.EventScope("why-range", p.try)))
		unit := explain.Money
		if p.try == "visits" {
			unit = explain.Count
		}
		body = append(body, part.P("sm", i18n.Change(e.Lang, e.Currency, p.try, p.by, unit)))
	}
	then := e.whyNumber(p.shown())
	if p.tried != nil && p.tried.Tried != nil {
		then = e.whyNumber(*p.tried.Tried)
		if b := p.tried.Band; b >= 0 && b < len(t.Why.Bands) {
			then += " · " + i18n.Band(e.Lang, p.Figure.Topic, t.Why.Bands[b].Key)
		}
	}
	body = append(body, app.Div().Class("row").Attr("role", "status").Body(part.Span("sm t2", e.T("why.then", e.whyNumber(p.shown()))), part.B(then)))
	return part.Div("why-try", body...)
}

// reach is how far a value may be tried: from none of it to some times more.
func (p *whyPane) reach(t *query.WhyTab) (low, high, step float64) {
	now := t.Now
	if p.try == "potential" && t.Tries[0] != "potential" {
		now = 0
		for _, s := range t.Why.Figure.Mark.Steps {
			if s.Key == "potential.potential" {
				now = s.Value
			}
		}
	}
	if p.try == "visits" {
		return -now, max(12, now), 1
	}
	high = max(now, 10_000_00)
	for _, c := range t.Why.Changes {
		if c.Key == p.try {
			high = max(high, 1.3*c.Need)
		}
	}
	step = math.Pow(10, math.Floor(math.Log10(high))-2)
	return -math.Floor(now/step) * step, math.Ceil(high/step) * step, step
}

// slide tries a value as the finger moves.
func (p *whyPane) slide(ctx app.Context, by float64) {
	p.by = by
	p.send(ctx, &query.Trial{Key: p.try, By: by})
}

// send asks what the figure would be; an answer that is late is dropped.
func (p *whyPane) send(ctx app.Context, t *query.Trial) {
	p.asked++
	mine := p.asked
	Ask(ctx, p.E, bridge.OpWhy, p.question(t), func(_ app.Context, a query.WhyTab, err error) {
		if err == nil && mine == p.asked {
			p.tried = &a
		}
	})
}

// sources says what the figure rests on.
func (p *whyPane) sources(t *query.WhyTab, f query.Figure) app.UI {
	e, y := p.E, &t.Why
	line := ""
	add := func(s string) {
		if line != "" {
			line += " "
		}
		line += s
	}
	for _, d := range y.Data {
		switch {
		case d.N == 0:
			add(e.T("why.data-none", i18n.Fact(e.Lang, d.Key, 0)))
		case d.To != 0:
			add(e.T("why.data", i18n.Fact(e.Lang, d.Key, d.N), i18n.Date(e.Lang, d.To)))
		default:
			add(e.T("why.data-none", i18n.Fact(e.Lang, d.Key, d.N)))
		}
	}
	if y.Confidence > 0 {
		add(e.T("why.confidence", i18n.Percent(e.Lang, y.Confidence)))
	}
	add(e.T("why.read-on", i18n.Date(e.Lang, y.AsOf)))
	add(e.T("why.here", i18n.Solidity(e.Lang, f.Mark.Status)))
	body := []app.UI{app.P().Text(line)}
	if y.Interpreted {
		body = append(body, app.P().Class("t2").Text(e.T("why.interpreted-text")))
	}
	if t.Alone {
		body = append(body, app.P().Text(e.T("why.alone")))
	}
	return part.Div("why-s", body...)
}
