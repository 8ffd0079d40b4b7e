package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/ui/part"
)

// sections are the pages of the method that explain a topic, when there is one
// (docs/method; the site serves them, its service worker keeps them).
var sections = map[string]string{
	"ageing": "c2", "alignment": "e3", "category": "h4", "cm": "c3", "criterion.p": "h5", "criterion.r": "h5",
	"criterion.typology": "h4", "gini": "e3", "growth": "c1", "neff": "e3", "penetration": "e4", "phase": "c1", "planned": "h6",
	"plevel": "e2", "potential": "e1", "pr": "e5", "rlevel": "e4", "score": "h5", "urgency": "h8", "weight": "d1",
}

// A help shows the page of the method that a topic belongs to, on demand: the
// text is not part of the program.
type help struct {
	app.Compo

	E     *Env
	Topic string

	shown  string // the section on show
	page   string
	failed bool
}

func (h *help) open(ctx app.Context, _ app.Event) {
	id := sections[h.Topic]
	h.shown, h.page, h.failed = id, "", false
	fail := func() { ctx.Dispatch(func(app.Context) { h.failed = h.shown == id && h.page == "" }) }
	answer := app.Window().Call("fetch", "/help/"+string(h.E.Lang)+".md")
	var caught app.Func
	caught = app.FuncOf(func(app.Value, []app.Value) any { fail(); caught.Release(); return nil })
	answer.Call("catch", caught)
	answer.Then(func(r app.Value) {
		if !r.Get("ok").Bool() {
			fail()
			return
		}
		r.Call("text").Then(func(t app.Value) {
			page := helpPage(t.String(), id)
			ctx.Dispatch(func(app.Context) {
				if h.shown == id {
					h.page, h.failed = page, page == ""
				}
			})
		})
	})
}

// helpPage cuts one page out of the file of all: "" when it is not there.
func helpPage(all, id string) string {
	_, rest, ok := strings.Cut(all, "\f"+id+"\n")
	if !ok {
		return ""
	}
	page, _, _ := strings.Cut(rest, "\f")
	return page
}

func (h *help) Render() app.UI {
	id := sections[h.Topic]
	switch {
	case id == "":
		return app.Div()
	case h.shown != id:
		return app.Div().Body(app.Button().Type("button").Class("btn quiet").Text(h.E.T("why.page")).OnClick(h.open))
	case h.failed:
		return app.Div().Body(part.P("sm t2", h.E.T("why.page.absent")))
	}
	return app.Div().Class("help").Body(paragraphs(h.page)...)
}

// paragraphs sets titles, paragraphs and *stress*, all that the pages use.
func paragraphs(page string) []app.UI {
	var out []app.UI
	for _, block := range strings.Split(strings.TrimSpace(page), "\n\n") {
		text := strings.ReplaceAll(block, "\n", " ")
		switch {
		case text == "":
		case strings.HasPrefix(text, "# "):
			out = append(out, part.H3("", text[2:]))
		case strings.HasPrefix(text, "## "):
			out = append(out, app.H4().Class("eyebrow").Text(text[3:]))
		default:
			out = append(out, app.P().Class("sm").Body(stressed(text)...))
		}
	}
	return out
}

// stressed turns *these words* into emphasis. A* is a symbol of the method, not
// a mark.
func stressed(text string) []app.UI {
	const symbol = "A\x00"
	var out []app.UI
	for i, piece := range strings.Split(strings.ReplaceAll(text, "A*", symbol), "*") {
		piece = strings.ReplaceAll(piece, symbol, "A*")
		if i%2 == 1 {
			out = append(out, app.Em().Text(piece))
		} else if piece != "" {
			out = append(out, app.Text(piece))
		}
	}
	return out
}
