package ui

import (
	"slices"
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

	// The screens of the plan.
	"plan-file": "h0", "plan-life": "h1", "plan-split": "h1", "plan-stock": "h2", "plan-prospects": "h3", "plan-hour": "h6", "plan-worth": "h6",
	"plan-respect": "h7", "plan-urgency": "h8",
}

// A help shows, on demand, the page of the method that a topic belongs to, the
// words of the glossary and the sources: none of these texts is part of the
// program. Of a screen as a whole it shows the page that Page names.
type help struct {
	app.Compo

	E     *Env
	Topic string
	Page  string // instead of that of a topic

	ctx    app.Context
	what   string // on show: page, words, sources; empty: nothing
	all    string // the file of all pages, once it is read
	failed bool
}

// OnMount keeps its context: that of the button goes with the button.
func (h *help) OnMount(ctx app.Context) { h.ctx = ctx }

// show opens one of the texts, or closes it.
func (h *help) show(what string) {
	if h.what == what {
		h.what = ""
		return
	}
	h.what, h.failed = what, false
	if h.all != "" || !app.IsClient {
		return
	}
	ctx := h.ctx
	fail := func() { ctx.Dispatch(func(app.Context) { h.failed = true }) }
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
			all := t.String()
			ctx.Dispatch(func(app.Context) { h.all, h.failed = all, all == "" })
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

// Render arranges the three buttons and what they open.
func (h *help) Render() app.UI {
	id, texts := sections[h.Topic], []string{"page", "words", "sources"}
	if h.Page != "" {
		id, texts = h.Page, texts[:1]
	}
	if id == "" {
		return app.Div()
	}
	var body []app.UI
	for _, what := range texts {
		body = append(body, part.Open("help-"+h.Page+what, "btn quiet", "", h.E.T("why."+what), h.what == what, func() { h.show(what) }))
	}
	if text := h.text(id); h.failed || h.what != "" && h.all != "" && text == nil {
		body = append(body, part.P("sm t2", h.E.T("why.page.absent")))
	} else if text != nil {
		body = append(body, part.Div("help", text...))
	}
	return part.Div("why-help", body...)
}

// text is what is on show, once it is read.
func (h *help) text(id string) []app.UI {
	if h.all == "" {
		return nil
	}
	switch h.what {
	case "page":
		return paragraphs(helpPage(h.all, id))
	case "words":
		mine, others := wordsOf(helpPage(h.all, "glossary"), id)
		if others == "" {
			return nil
		}
		out := []app.UI{part.H3("", h.E.T("why.words"))}
		if mine != "" {
			out = append(append(out, app.H4().Class("eyebrow").Text(h.E.T("why.words.mine"))), paragraphs(mine)...)
		}
		return append(append(out, app.H4().Class("eyebrow").Text(h.E.T("why.words.others"))), paragraphs(others)...)
	case "sources":
		own := sourceOf(helpPage(h.all, id))
		if own == "" {
			return nil
		}
		return append([]app.UI{part.H3("", h.E.T("why.sources"))}, paragraphs(own+citedIn(own, helpPage(h.all, "sources")))...)
	}
	return nil
}

// wordsOf parts the glossary: the words that the page id explains, and the
// others. Each ends with its pages in parentheses: "(E2, E5)".
func wordsOf(glossary, id string) (mine, others string) {
	for i, block := range strings.Split(strings.TrimSpace(glossary), "\n\n") {
		if i < 2 { // its title and what it is
			continue
		}
		_, pages, _ := cutLast(block, "(")
		own := false
		for _, p := range strings.FieldsFunc(pages, func(r rune) bool { return r == ',' || r == ' ' || r == ')' }) {
			own = own || strings.EqualFold(p, id)
		}
		if own {
			mine += block + "\n\n"
		} else {
			others += block + "\n\n"
		}
	}
	return mine, others
}

func cutLast(s, sep string) (before, after string, ok bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// sourceOf is what a page says of its sources: its last part.
func sourceOf(page string) string {
	_, own, _ := cutLast(page, "\n## Source\n")
	return strings.TrimSpace(own)
}

// citedIn are the sources whose code a text cites: W14 anywhere, S4 in
// parentheses only, as outside of them it is a signal.
func citedIn(text, sources string) string {
	out, cited, inside := "", []string(nil), false
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(", \n\u00a0\u202f;.:", r) }) {
		inside = inside || word[0] == '('
		if code := strings.Trim(word, "()"); inside || strings.HasPrefix(code, "W") {
			cited = append(cited, code)
		}
		inside = inside && word[len(word)-1] != ')'
	}
	for i, block := range strings.Split(strings.TrimSpace(sources), "\n\n") {
		if i < 2 {
			continue
		}
		codes, _, _ := strings.Cut(strings.TrimPrefix(block, "*"), "*")
		for _, code := range strings.Split(codes, ", ") {
			if slices.Contains(cited, code) {
				out += "\n\n" + block
				break
			}
		}
	}
	return out
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
