package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/ui/part"
)

// sections are the pages of the method that explain each topic, as the readings
// of engine/query name them (docs/method; the site serves them, its service
// worker keeps them).
var sections = map[string]string{
	"call-price": "a1", "unit-price": "a1", "units": "a1", "visit-price": "a1",
	"invested": "a2", "invested-all": "a2",
	"bearable": "a3", "break-even": "a3", "break-even-order": "a3", "gross": "a3", "margin-rate": "a3", "margin-rate-client": "a3", "net": "a3",
	"net-all": "a3", "of-sales": "a3", "return": "a3", "return-group": "a3", "whale": "a3",
	"balance": "b1", "devouring": "b1",
	"elasticity": "b2", "marginal": "b2", "readable": "b2",
	"contact-advice": "b4", "proposed": "b4", "visits-freed": "b4", "visits-left": "b4", "visits-needed": "b4",
	"growth": "c1", "phase": "c1",
	"ageing": "c2",
	"cm":     "c3", "cm-head": "c3",
	"maturity-index": "c4",
	"effort-split":   "c5", "per-unit": "c5",
	"ageing-ahead": "c7", "lost-ahead": "c7", "mortality": "c7", "needed": "c7",
	"pareto": "d1", "top1": "d1", "weight": "d1",
	"climb": "d2", "floor-top": "d2",
	"potential": "e1",
	"plevel":    "e2",
	"alignment": "e3", "alignment-margin": "e3", "gini": "e3", "gini-effort": "e3", "gini-potential": "e3", "hhi": "e3", "hhi-effort": "e3",
	"hhi-potential": "e3", "neff": "e3", "neff-effort": "e3", "neff-potential": "e3",
	"breadth": "e4", "breadth-client": "e4", "depth": "e4", "left": "e4", "left-all": "e4", "penetration": "e4", "penetration-all": "e4",
	"contact-key": "e5", "pr": "e5", "rlevel": "e5",
	"adoption": "f1", "engagement-type": "f1", "exclusion": "f1", "heading": "f1",
	"attitude": "f3", "behaviour": "f3", "engagement": "f3", "lateness": "f3", "regularity": "f3", "rfm": "f3",
	"effort-balance": "g1",
	"effort-index":   "g2",
	"animation":      "g3",
	"file":           "h0",
	"category":       "h4",
	"criterion.p":    "h5", "criterion.r": "h5", "criterion.typology": "h5", "score": "h5", "score-seven": "h5",
	"planned-visits": "h6",
	"planned":        "h8", "urgency": "h8", "visits7": "h8",
	"departure": "i3",
	"retain":    "i4", "stake": "i4",
	"weapon":      "i5",
	"reciprocity": "j4",
	"tie":         "j6",
	"expected":    "foresight",

	// Views that answer a question with facts of its own.
	"judged-net":       "b3",
	"estimate-analogy": "e1", "estimate-market": "e1", "estimate-parts": "e1", "estimate-ratio": "e1", "estimate-then": "e1",
	"effort-attained": "g2", "effort-yield": "g2", "gift-left": "g3", "inbound": "h1", "pair-stability": "h5", "rank-stability": "h5",
	"pac-cost": "h7", "pac-gain": "h7", "pac-gap": "h7", "pac-progress": "h7", "pac-roi": "h7",
	"spend-cost": "i4", "spend-gain": "i4",
	"alert-delay": "i6", "net-saved": "i6", "per-save": "i6", "save-rate": "i6",
	"incentive-roi": "i7", "reach": "i7", "survey-gap": "i7", "tier-gain": "i7", "tier-gap": "i7", "tier-rate": "i7",
	"funnel": "j1", "kpi.conversion": "j1", "kpi.dataAge": "j1", "kpi.meetings": "j1", "kpi.mutual": "j1", "kpi.paired": "j1", "kpi.phaseDays": "j1",
	"kpi.priceHeld": "j1", "kpi.projects": "j1", "kpi.qualified": "j1", "kpi.reciprocity": "j1", "kpi.renewal": "j1", "kpi.restarts": "j1",
	"small-steps": "j1", "steps-agreed": "j1", "tool-roi": "j1",
	"prospect-pipeline": "j2", "action-effect": "j3", "next-step": "j3", "signed": "j4",
	"limit-them": "j5", "limit-us": "j5", "mesore": "j5", "power": "j5", "volume": "j5", "zone": "j5",
	"joint-progress": "j6",
}

// A help shows the page of the method that a topic belongs to, on demand: the
// text is not part of the program.
type help struct {
	app.Compo

	E     *Env
	Topic string

	ctx    app.Context
	shown  string // the section on show
	page   string
	failed bool
}

// OnMount keeps its context: that of the button goes with the button.
func (h *help) OnMount(ctx app.Context) { h.ctx = ctx }

func (h *help) open(app.Context, app.Event) {
	id, ctx := sections[h.Topic], h.ctx
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
