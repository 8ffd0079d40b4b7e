package part

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Hint is one idea: advice in wheat (""), information in blue ("in"), a loss
// in brick ("dg").
func Hint(kind string, body ...app.UI) app.UI {
	icon := "bulb"
	switch kind {
	case "in":
		icon = "info"
	case "dg":
		icon = "warn"
	}
	if kind != "" {
		kind = " " + kind
	}
	return app.Div().Class("hint"+kind).Body(Icon(icon), Div("", body...))
}

// Empty is the state of a page without data: a field ahead, one sentence, one
// act proposed.
func Empty(title, text string, actions ...app.UI) app.UI {
	return app.Section().Class("card empty").Body(
		app.Raw(emptyField),
		H2("", title),
		P("", text),
		Div("empty-a", actions...),
	)
}

const emptyField = `<svg width="260" height="126" viewBox="0 0 260 126" fill="none" stroke="var(--accent)" stroke-width="2" stroke-linecap="round" aria-hidden="true"><circle cx="168" cy="22" r="17" fill="var(--ble)" stroke="none"/><path opacity=".4" d="M11 50C70 38 190 56 249 44"/><path opacity=".35" d="M72 52C56 76 32 93 2 107"/><path opacity=".45" d="M92 52C70 84 42 102 8 121M229 52C236 76 246 94 260 110"/><path opacity=".6" d="M112 52C94 84 72 104 46 121M208 52C214 82 222 104 234 121"/><path opacity=".75" d="M131 52C120 82 104 104 83 121M189 52C190 84 192 104 196 121"/><path opacity=".9" d="M151 52C146 82 138 102 121 121M170 52C168 82 164 102 159 121"/></svg>`

// Skeleton is n quiet cards while a page's first answer is on its way; label
// says so to screen readers.
func Skeleton(label string, n int) app.UI {
	cards := make([]app.UI, n+1)
	cards[0] = app.Span().Class("sr").Attr("role", "status").Text(label)
	for i := range n {
		cards[i+1] = app.Div().Class("card skel")
	}
	return app.Div().Class("skels").Aria("busy", "true").Body(cards...)
}

// Fault says what went wrong with a part of the page, and offers one way on.
func Fault(text, action string, tap Tap) app.UI {
	var button app.UI = Nothing()
	if tap != nil {
		button = app.Button().Type("button").Class("btn sm sec").Text(action).OnClick(func(ctx app.Context, _ app.Event) { tap(ctx) })
	}
	return app.Div().Class("hint dg").Attr("role", "alert").Body(Icon("warn"), Line("sp", text), button)
}
