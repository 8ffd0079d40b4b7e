package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/query"
)

// A Bar is what the top of a screen says.
type Bar struct {
	Title   string
	Sub     string
	Subs    []app.UI    // after Sub, on the same line: what opens a list
	Back    string      // address of the arrow at the left; empty: none
	Actions []app.UI    // one primary at most
	Grid    string      // class of the content: its columns, in app.css
	Head    *query.Head // of the answer shown: a fixed reading date gets its band
	Paper   string      // head and foot of each sheet on paper; empty: the title
	Foot    string
}

// ContentID names the content of the present screen: charts are measured in it.
const ContentID = "content"

// Screen is the frame of every page: title, chip, actions, content. The title
// takes the focus when the address changes.
func Screen(e *Env, b Bar, content ...app.UI) app.UI {
	grid := "content"
	if b.Grid != "" {
		grid += " " + b.Grid
	}
	var back, sub, band app.UI = part.Nothing(), part.Nothing(), part.Nothing()
	if b.Back != "" {
		back = app.A().Class("btn sec icon").Href(b.Back).Aria("label", e.T("part.back")).Body(part.Icon("left"))
	}
	if len(b.Subs) > 0 {
		sub = part.Div("sub", append([]app.UI{app.Text(b.Sub)}, b.Subs...)...)
	} else if b.Sub != "" {
		sub = part.Line("sub", b.Sub)
	}
	if b.Head != nil && b.Head.Fixed {
		band = app.P().Class("asof").Body(part.IconS("calendar"), app.Text(e.T("asof.band", i18n.Date(e.Lang, b.Head.AsOf))))
	}
	var demo app.UI = part.Nothing()
	if e.User.Demo {
		demo = &demoBand{E: e}
	}
	main := app.Main().Class("main").ID("main")
	if b.Paper != "" {
		main = main.DataSet("paper", b.Paper).DataSet("foot", b.Foot)
	}
	return main.Body(
		app.Header().Class("topbar").Body(
			back,
			part.Div("ttl", app.H1().ID("title").TabIndex(-1).Text(b.Title), sub),
			app.Div().Class("sp"),
			part.Div("acts", append([]app.UI{&syncChip{E: e}}, b.Actions...)...),
		),
		demo,
		band,
		app.Div().ID(ContentID).Class(grid).Body(content...),
	)
}

// A route leads from a pattern ("/clients", "/clients/{id}") to its page.
type route struct {
	pattern string
	page    func(e *Env, arg string) app.Composer
}

var routes []route

// screen registers the page of a path; arg is what stands in place of {…}.
func screen(pattern string, page func(e *Env, arg string) app.Composer) bool {
	routes = append(routes, route{pattern, page})
	return true
}

// find returns the page of a path, nil when there is none.
func find(e *Env, path string) app.Composer {
	if path != "/" {
		path = strings.TrimRight(path, "/")
	}
	for _, r := range routes {
		before, _, open := strings.Cut(r.pattern, "{")
		if !open && path == r.pattern {
			return r.page(e, "")
		}
		if arg, ok := strings.CutPrefix(path, before); open && ok && arg != "" && !strings.Contains(arg, "/") {
			return r.page(e, arg)
		}
	}
	return nil
}
