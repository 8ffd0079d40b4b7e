package ui

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/engine/query"
)

// On paper (ux.md §7) the head of a tab stands on the first sheet only. What each
// sheet bears in its margins (whose figures, of which day, by which rules, which
// sheet of how many) is written when the browser begins to print.

// paperWide is the content of an A4 sheet between its margins, in CSS pixels.
const paperWide = 703

// paperMargins writes the margins of the sheets, whenever the browser prints.
func paperMargins() {
	if !app.IsClient {
		return
	}
	sheet := app.Window().Get("CSSStyleSheet")
	doc := app.Window().Get("document")
	if !sheet.Truthy() || !doc.Get("adoptedStyleSheets").Truthy() {
		return
	}
	rules := sheet.New()
	list := app.Window().Get("Array").New()
	list.Call("push", rules)
	doc.Set("adoptedStyleSheets", list)
	app.Window().Call("addEventListener", "beforeprint", app.FuncOf(func(app.Value, []app.Value) any {
		head, foot := doc.Get("title").String(), ""
		if main := doc.Call("querySelector", "main[data-paper]"); main.Truthy() {
			data := main.Get("dataset")
			head, foot = data.Get("paper").String(), data.Get("foot").String()
		}
		rules.Call("replaceSync", pageRules(head, foot))
		return nil
	}))
}

// pageRules are the margins of an A4 sheet: head from the second sheet on, foot
// and number on all.
func pageRules(head, foot string) string {
	const small = ";font:9pt Figtree,system-ui,sans-serif;color:#5b6660}"
	return "@page{@top-left{content:" + quoted(head) + small + "@bottom-left{content:" + quoted(foot) + small +
		"@bottom-right{content:counter(page) \" / \" counter(pages)" + small + "}@page:first{@top-left{content:none}}"
}

// quoted is a text as a style sheet writes it.
func quoted(s string) string {
	out := []byte{'"'}
	for _, r := range s {
		switch {
		case r == '"' || r == '\\' || r < ' ' || r == '<':
			out = append(append(out, '\\'), strconv.FormatInt(int64(r), 16)...)
			out = append(out, ' ')
		default:
			out = append(out, string(r)...)
		}
	}
	return string(append(out, '"'))
}

// printStep is how often one looks whether the charts of the sheet have come.
const printStep = 100 * time.Millisecond

// print asks for charts as wide as the sheet, prints, and takes those of the
// screen again.
func (t *tab) print(app.Context) {
	if !app.IsClient || t.sheet {
		return
	}
	t.sheet = true
	var done app.Func
	done = app.FuncOf(func(app.Value, []app.Value) any {
		app.Window().Call("removeEventListener", "afterprint", done)
		t.ctx.Dispatch(func(ctx app.Context) {
			done.Release()
			t.sheet = false
			t.again(ctx)
		})
		return nil
	})
	app.Window().Call("addEventListener", "afterprint", done)
	t.again(t.ctx)
	var look func(app.Context)
	look = func(ctx app.Context) {
		if t.busy != nil && t.busy() {
			ctx.After(printStep, look)
			return
		}
		ctx.After(printStep, func(app.Context) { app.Window().Call("print") }) // once drawn
	}
	t.ctx.After(printStep, look)
}

// footed is what the foot of each sheet says.
func (t *tab) footed(b *query.TabBase) string {
	e := t.env
	rules := e.T("portfolio.rules.method")
	if b.Rules != 0 {
		rules = e.T("portfolio.rules", i18n.Date(e.Lang, b.Rules))
	}
	return e.named(b.Head) + e.T("portfolio.as-of", i18n.Date(e.Lang, b.Head.AsOf)) + " · " + rules
}
