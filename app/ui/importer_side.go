package ui

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/money"
)

func monthOf(e *Env, year, month int) string {
	if month < 1 || month > 12 {
		return strconv.Itoa(year)
	}
	return i18n.Month(e.Lang, year, time.Month(month))
}

const (
	issuesShown = 50
	oldDays     = 183 // a file whose sales end before that is an old one
)

// side is what the file would do: counts, reading date, portfolio, issues.
func (p *importPage) side() []app.UI {
	out := []app.UI{p.counts()}
	if p.report == nil {
		return out
	}
	if b := p.report.Blocking; b != "" {
		out = append(out, app.Div().Attr("role", "alert").Body(part.Hint("", app.Text(p.why()))))
	}
	if h := p.oldFile(); h != nil {
		out = append(out, h)
	}
	if len(p.sheet.Scopes) > 1 {
		out = append(out, app.Section().Class("card").Body(p.scopeChoice()))
	}
	return append(out, p.issuesCard(), p.notesCard())
}

func (p *importPage) counts() app.UI {
	e, r := p.E, p.report
	if r == nil {
		return app.Section().Class("card").Body(app.P().Class("t2").Attr("role", "status").Text(e.T("import.checking")))
	}
	figure := func(n int, class, word string) app.UI {
		return app.Div().Body(app.Div().Class("xl "+class).Text(e.Count(n)), app.Div().Class("sm t2").Text(word))
	}
	total := max(1, r.Ready+r.Doubtful+r.Refused)
	lines := []app.UI{app.Div().Class("sm t2").Text(e.T("import.new", r.New) + " · " + e.T("import.changed", r.Changed) + " · " + e.T("import.same", r.Same))}
	if r.SaleLines > 0 {
		s := e.T("import.sales", r.SaleLines, e.Money(money.Cents(r.Sales)))
		if r.Returns != 0 {
			s += " · " + e.T("import.returns", e.Money(money.Cents(r.Returns)))
		}
		lines = append(lines, app.Div().Class("sm t2").Text(s), app.Div().Class("sm t2").Text(e.T("import.span", p.day(r.From), p.day(r.To))))
	}
	if r.Passed > 0 {
		lines = append(lines, app.Div().Class("sm t3").Text(e.T("import.passed", r.Passed)))
	}
	return app.Section().Class("card imp-counts").Aria("busy", p.checking).Body(
		app.Div().Class("row imp-figs").Aria("hidden", "true").Body(
			figure(r.Ready, "ac", e.T("import.ready", r.Ready)),
			figure(r.Doubtful, "bl", e.T("import.doubtful")),
			figure(r.Refused, refusedClass(r.Refused), e.T("import.refused", r.Refused)),
		),
		app.P().Class("sr").Attr("role", "status").Text(e.T("import.counts", r.Ready, r.Doubtful, r.Refused)),
		app.Raw(proportions(r.Ready, r.Doubtful, total)),
		app.Div().Class("col g4 imp-more").Body(lines...),
	)
}

func refusedClass(n int) string {
	if n == 0 {
		return "t3"
	}
	return "dg"
}

// proportions is the bar under the counts: ready, to check, refused.
func proportions(ready, doubtful, total int) string {
	pc := func(n int) string { return strconv.FormatFloat(100*float64(n)/float64(total), 'f', 1, 64) + "%" }
	return `<svg class="imp-bar" width="100%" height="10" aria-hidden="true"><rect width="100%" height="10" rx="5" fill="var(--sunken)"/><rect width="` + pc(ready+doubtful) +
		`" height="10" rx="5" fill="var(--ble)"/><rect width="` + pc(ready) + `" height="10" rx="5" fill="var(--accent)"/></svg>`
}

// oldFile offers to fix the reading date of an old file: read today, all its
// clients would be lost.
func (p *importPage) oldFile() app.UI {
	e, r := p.E, p.report
	if p.asOf != 0 {
		return part.Hint("in", app.P().Text(e.T("import.as-of.fixed", p.day(p.asOf))),
			app.Button().Type("button").Class("btn sm sec").Text(e.T("import.as-of.undo")).OnClick(func(ctx app.Context, _ app.Event) {
				p.asOf = 0
				p.check(ctx, 0)
			}, app.EventScope("as-of", false)))
	}
	if r.To == 0 || p.readAt()-r.To < oldDays {
		return nil
	}
	return part.Hint("in", app.P().Text(e.T("import.as-of", p.day(r.To))),
		app.Button().Type("button").Class("btn sm sec").Text(e.T("import.as-of.fix", p.day(r.To))).OnClick(func(ctx app.Context, _ app.Event) {
			p.asOf = p.report.To
			p.check(ctx, 0)
		}, app.EventScope("as-of", true)))
}

func (p *importPage) scopeChoice() app.UI {
	options := make([]part.Option, len(p.sheet.Scopes))
	for i, s := range p.sheet.Scopes {
		options[i] = part.Option{Key: strconv.Itoa(int(s.Scope)), Label: s.Name}
	}
	return part.Select(part.F{ID: "imp-scope", Label: p.E.T("import.scope"), Value: strconv.Itoa(int(p.scope)), Quiet: true}, options, func(ctx app.Context, v string) {
		if n, err := strconv.ParseUint(v, 10, 32); err == nil {
			p.scope = uint32(n)
			p.check(ctx, 0)
		}
	})
}

// issuesCard lists what keeps lines out, each with its one button.
func (p *importPage) issuesCard() app.UI {
	e, held := p.E, p.held()
	if len(held) == 0 {
		text := e.T("import.all-good")
		if p.all {
			text = e.T("import.accepted-all")
		}
		var again app.UI
		if p.all {
			again = app.Button().Type("button").Class("lnk").Text(e.T("import.ask-again")).OnClick(func(ctx app.Context, _ app.Event) {
				p.all = false
				p.check(ctx, 0)
			}, app.EventScope("all", false))
		}
		return part.Card(e.T("import.to-check"), again, app.P().Class("sm t2").Text(text))
	}
	asks := false
	for _, i := range held {
		asks = asks || !i.Grave
	}
	var all app.UI
	if asks {
		all = app.Button().Type("button").Class("lnk").Text(e.T("import.accept-all")).OnClick(func(ctx app.Context, _ app.Event) {
			p.all = true
			p.check(ctx, 0)
		}, app.EventScope("all", true))
	}
	to := min(p.from+issuesShown, len(held))
	rows := make([]app.UI, 0, to-p.from+2)
	for _, i := range held[p.from:to] {
		rows = append(rows, p.issueRow(i))
	}
	more := p.report.Doubtful + p.report.Refused
	if len(held) > issuesShown {
		next, label := to, e.T("import.next-issues")
		if to == len(held) {
			next, label = 0, e.T("import.first-issues")
		}
		rows = append(rows, app.Button().Type("button").Class("btn ghost sm").Text(label).OnClick(func(app.Context, app.Event) { p.from = next }, app.EventScope("issues", next)))
	}
	if more > len(held) {
		rows = append(rows, app.P().Class("xs t3").Text(e.T("import.shown", len(held), more)))
	}
	return part.Card(e.T("import.to-check"), all, rows...)
}

// notesCard says what was read otherwise than it stands, without holding a
// line back.
func (p *importPage) notesCard() app.UI {
	noted := p.noted()
	if len(noted) == 0 {
		return app.Text("")
	}
	rows := make([]app.UI, 0, len(noted))
	for _, i := range noted[:min(len(noted), issuesShown)] {
		rows = append(rows, p.issueRow(i))
	}
	return app.Details().Class("card imp-notes").Body(append([]app.UI{app.Summary().Text(p.E.T("import.noted") + " · " + p.E.Count(len(noted)))}, rows...)...)
}

// issueTitle names what an issue is about: the value with its column, or the
// line.
func (p *importPage) issueTitle(i bridge.ImportIssue) string {
	switch {
	case i.Value == "":
		return i.Column
	case i.Column == "":
		return "« " + i.Value + " »"
	}
	return i.Column + " « " + i.Value + " »"
}

// issueText says what is wrong and what would be read instead.
func (p *importPage) issueText(i bridge.ImportIssue) string {
	if i.Offer != "" {
		return i.Offer
	}
	return i18n.ImportIssue(p.E.Lang, p.E.Currency, i.Code, i.Args)
}

func (p *importPage) issueRow(i bridge.ImportIssue) app.UI {
	e := p.E
	where := ""
	if i.Line > 0 {
		where = e.T("import.line", strconv.Itoa(i.Line))
	}
	body := app.Div().Class("sp").Body(app.Div().Class("sm b").Text(p.issueTitle(i)), app.Div().Class("xs t2").Text(p.issueText(i)))
	if p.editing == i.Key {
		return app.Div().Class("er edit").Body(app.Span().Class("xs t3 tn").Text(where), body, p.correction(i))
	}
	buttons := app.Div().Class("row g8").Body(p.buttons(i)...)
	return app.Div().Class("er").Body(app.Span().Class("xs t3 tn").Text(where), body, buttons)
}

// others are the answers beside the proposal.
var others = map[string]string{"same-siret": "separate", "near-family": "separate", "overlap": "add", "detailed": "add"}

func (p *importPage) buttons(i bridge.ImportIssue) []app.UI {
	e := p.E
	if i.Action == "" {
		return nil
	}
	answer := func(choice string, class string) app.UI {
		return app.Button().Type("button").Class("btn sm "+class).Text(e.T("import.do."+choice)).Aria("label", e.T("import.do."+choice)+" · "+e.T("import.line-long", strconv.Itoa(i.Line), p.issueTitle(i))).
			OnClick(func(ctx app.Context, _ app.Event) { p.answer(ctx, i.Key, choice) }, app.EventScope(i.Key, choice))
	}
	if given := p.accept[i.Key]; given != "" {
		return []app.UI{app.Span().Class("tag okt").Body(part.IconS("check"), app.Text(e.T("import.done")))}
	}
	if i.Action == "correct" {
		return []app.UI{app.Button().Type("button").Class("btn sm sec").Text(e.T("import.do.correct")).Aria("label", e.T("import.do.correct")+" · "+e.T("import.line-long", strconv.Itoa(i.Line), p.issueTitle(i))).
			OnClick(func(ctx app.Context, _ app.Event) {
				p.editing = i.Key
				ctx.Defer(func(app.Context) { part.Focus(valueField) })
			}, app.EventScope(i.Key, "correct"))}
	}
	out := []app.UI{answer(i.Action, "sec")}
	if o := others[i.Code]; o != "" && o != i.Action {
		out = append(out, answer(o, "ghost"))
	}
	return out
}

const valueField = "imp-value"

// correction is the field of a value that must be typed anew.
func (p *importPage) correction(i bridge.ImportIssue) app.UI {
	e := p.E
	return app.Form().Class("imp-fix").OnSubmit(func(ctx app.Context, ev app.Event) {
		ev.PreventDefault()
		v := part.Value(valueField)
		p.editing = ""
		if v != "" {
			p.answer(ctx, i.Key, "="+v)
		}
	}, app.EventScope(i.Key, "form")).Body(
		part.Field(part.F{ID: valueField, Label: e.T("import.value"), Value: i.Value, Quiet: true}, nil),
		app.Button().Type("submit").Class("btn sm pri").Text(e.T("import.do.accept")),
		app.Button().Type("button").Class("btn sm ghost").Text(e.T("import.do.drop")).OnClick(func(ctx app.Context, _ app.Event) {
			p.editing = ""
			p.answer(ctx, i.Key, "drop")
		}, app.EventScope(i.Key, "drop")),
	)
}

// answer notes a choice at once; the check follows when the user pauses.
func (p *importPage) answer(ctx app.Context, key, choice string) {
	p.accept[key] = choice
	p.check(ctx, pause)
}

// bottom is the action bar.
func (p *importPage) bottom() app.UI {
	e := p.E
	said := p.why()
	if said == "" {
		said = e.T("import.promise")
	}
	return app.Div().Class("actbar imp-act").Body(
		app.Span().Class("sm t2 sp").Text(said),
		app.Button().Type("button").Class("btn ghost").Text(e.T("import.remember")).OnClick(p.keep),
		app.Button().Type("button").Class("btn sec").Text(e.T("import.back")).OnClick(p.restart),
		app.Button().Type("button").Class("btn pri").Disabled(!p.ready()).Body(app.Text(p.order()), part.Icon("arrow")).OnClick(p.bring),
	)
}

// order words the button of the import.
func (p *importPage) order() string {
	e, r := p.E, p.report
	switch {
	case r == nil || r.Blocking != "":
		return e.T("import.go")
	case r.New+r.Changed > 0:
		return e.T("import.go.clients", r.New+r.Changed)
	}
	return e.T("import.go.lines", r.Ready)
}

// last is the import under way, and its result.
func (p *importPage) last() app.UI {
	e := p.E
	if p.done == nil {
		of := max(1, p.progress.Of)
		return app.Section().Class("card imp-run").Body(
			app.H2().Text(e.T("import.running")),
			app.P().Class("t2").Text(e.T("import.running-sub")),
			app.Progress().Max(strconv.Itoa(of)).Value(strconv.Itoa(min(p.progress.Done, of))).Aria("label", e.T("import.running")),
			app.P().Class("sm t2").Attr("role", "status").Text(e.T(stageOf(p.progress.Stage))),
			app.Button().Type("button").Class("btn sec").Text(e.T("import.stop")).OnClick(func(app.Context, app.Event) {
				if p.stop != nil {
					p.stop()
				}
			}),
		)
	}
	r := p.done.Report
	left := r.Doubtful + r.Refused
	return app.Section().Class("card imp-run").Aria("live", "polite").Body(
		part.IconL("check"),
		app.H2().Text(e.T("import.finished", r.New+r.Changed)),
		app.If(r.SaleLines > 0, func() app.UI {
			return app.P().Text(e.T("import.finished-lines", r.SaleLines, e.Money(money.Cents(r.Sales))))
		}),
		app.P().Class("t2").Text(e.T("import.finished-safe")),
		app.If(p.undone, func() app.UI { return part.Hint("in", app.Text(e.T("import.undone"))) }),
		app.If(left > 0 && !p.undone, func() app.UI {
			return part.Hint("", app.P().Text(e.T("import.finished-left", left)),
				app.Button().Type("button").Class("btn sm sec").Body(part.IconS("down-to"), app.Text(e.T("import.download"))).OnClick(p.download))
		}),
		app.Div().Class("row g8 wrap").Body(
			app.A().Class("btn pri").Href("/clients").Text(e.T("import.see")),
			app.If(!p.undone, func() app.UI {
				return app.Button().Type("button").Class("btn sec").Disabled(p.undoing).Body(part.Icon("undo"), app.Text(e.T("import.undo"))).
					OnClick(func(ctx app.Context, _ app.Event) { p.takeBack(ctx, p.done.ID) })
			}),
			app.Button().Type("button").Class("btn ghost").Text(e.T("import.another")).OnClick(p.restart),
		),
	)
}

// stageOf is the catalogue key of a stage.
func stageOf(s string) string {
	if i18n.Has(s) {
		return s
	}
	return "import.stage.check"
}

// accepted says what can be read, with a sample.
func (p *importPage) accepted() app.UI {
	e := p.E
	var items []app.UI
	for _, k := range []string{"files", "clients", "sales", "size"} {
		items = append(items, app.Li().Body(part.IconS("check"), app.Span().Text(e.T("import.accepted."+k))))
	}
	return part.Card(e.T("import.accepted"), nil,
		app.Ul().Class("imp-list").Body(items...),
		app.Div().Class("eyebrow").Text(e.T("import.sample")),
		app.Pre().Class("imp-sample tn").TabIndex(0).Text("Code client;Raison sociale;CP;Ville;CA N;CA N-1\nC042;Brasserie de l’Écluse;35400;Saint-Malo;18 411,10;15 602,00\nC043;Garage Le Gall;29200;Brest;9 870,50;"),
	)
}

func (p *importPage) pastCard() app.UI {
	e := p.E
	if p.past.Value == nil {
		return app.Text("")
	}
	if len(p.past.Value.Imports) == 0 {
		return part.Card(e.T("import.past"), nil, app.P().Class("sm t2").Text(e.T("import.past-none")))
	}
	var rows []app.UI
	for _, i := range p.past.Value.Imports[:min(50, len(p.past.Value.Imports))] {
		var act app.UI = app.Span().Class("tag").Text(e.T("import.past-undone"))
		if !i.Undone {
			act = app.Button().Type("button").Class("btn sm sec").Disabled(p.undoing).Aria("label", e.T("import.undo-of", i.File)).Body(part.IconS("undo"), app.Text(e.T("part.undo"))).
				OnClick(func(ctx app.Context, _ app.Event) { p.takeBack(ctx, i.ID) }, app.EventScope("undo", i.ID.String()))
		}
		rows = append(rows, app.Div().Class("er").Body(
			app.Div().Class("sp").Body(app.Div().Class("sm b").Text(i.File), app.Div().Class("xs t2").Text(e.When(i.AtMS)+" · "+e.T("import.past-what", i.Accounts, i.Lines))),
			act))
	}
	return part.Card(e.T("import.past"), nil, rows...)
}
