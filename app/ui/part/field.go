package part

import (
	"cmp"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// F describes a field: label above, help below, error below in its place.
type F struct {
	ID       string
	Label    string
	Help     string
	Error    string // what to do, in words; shown in place of the help
	Type     string // text when empty
	Value    string // at first; afterwards the DOM holds it, see SetValue
	Auto     string // autocomplete
	Mode     string // inputmode
	Hint     string // placeholder
	Max      int    // characters
	Required bool
	Off      bool
	Quiet    bool // light outline
}

// Field is a one-line input; input may be nil when the value is read with
// Value(id) on submit. after are put inside the box, at its end (an eye, a
// unit).
func Field(f F, input func(app.Context, string), after ...app.UI) app.UI {
	kind := f.Type
	if kind == "" {
		kind = "text"
	}
	in := app.Input().ID(f.ID).Type(kind).Value(f.Value).Required(f.Required).Disabled(f.Off).
		OnInput(func(ctx app.Context, _ app.Event) {
			if input != nil {
				input(ctx, ctx.JSSrc().Get("value").String())
			}
		}, app.EventScope(f.ID))
	if f.Auto != "" {
		in = in.Attr("autocomplete", f.Auto)
	}
	if f.Mode != "" {
		in = in.Attr("inputmode", f.Mode)
	}
	if f.Hint != "" {
		in = in.Placeholder(f.Hint)
	}
	if f.Max > 0 {
		in = in.MaxLength(f.Max)
	}
	if kind == "email" || kind == "password" || f.Auto == "username" {
		in = in.Attr("autocapitalize", "none").Spellcheck(false)
	}
	if f.Error != "" {
		in = in.Aria("invalid", "true")
	}
	if f.Error != "" || f.Help != "" {
		in = in.Aria("describedby", f.ID+"-help")
	}
	return frame(f, append([]app.UI{in}, after...)...)
}

// Area is a field of several lines.
func Area(f F, rows int, input func(app.Context, string)) app.UI {
	in := app.Textarea().ID(f.ID).Rows(rows).Text(f.Value).Required(f.Required).Disabled(f.Off).
		OnInput(func(ctx app.Context, _ app.Event) {
			if input != nil {
				input(ctx, ctx.JSSrc().Get("value").String())
			}
		}, app.EventScope(f.ID))
	if f.Hint != "" {
		in = in.Placeholder(f.Hint)
	}
	if f.Error != "" || f.Help != "" {
		in = in.Aria("describedby", f.ID+"-help")
	}
	return frame(f, in)
}

// none is the value of a choice without a key: go-app leaves an empty attribute
// out, and the browser then takes the label for the value.
const none = "-"

// Choice is one line of a browser's own list; its key may be empty.
func Choice(key, label string, on bool) app.UI {
	return app.Option().Value(cmp.Or(key, none)).Selected(on).Text(label)
}

// Chosen is the key of the choice that the list of an event now shows.
func Chosen(ctx app.Context) string {
	if v := ctx.JSSrc().Get("value").String(); v != none {
		return v
	}
	return ""
}

// Choose makes a list show a choice: go-app leaves an old one in place.
func Choose(id, key string) { SetValue(id, cmp.Or(key, none)) }

// Select is the browser's own list of choices.
func Select(f F, options []Option, pick func(app.Context, string)) app.UI {
	choices := make([]app.UI, len(options))
	for i, o := range options {
		choices[i] = Choice(o.Key, o.Label, o.Key == f.Value)
	}
	in := app.Select().ID(f.ID).Disabled(f.Off).Body(choices...).
		OnChange(func(ctx app.Context, _ app.Event) {
			if pick != nil {
				pick(ctx, Chosen(ctx))
			}
		}, app.EventScope(f.ID))
	if f.Error != "" || f.Help != "" {
		in = in.Aria("describedby", f.ID+"-help")
	}
	return frame(f, in, Icon("down"))
}

func frame(f F, inside ...app.UI) app.UI {
	class := "field"
	if f.Quiet {
		class += " quiet"
	}
	note := app.P().Class("help").ID(f.ID + "-help").Text(f.Help)
	switch {
	case f.Error != "":
		note = app.P().Class("err").ID(f.ID+"-help").Attr("role", "alert").Text(f.Error)
	case f.Help == "":
		note = note.Hidden(true)
	}
	return Div("fld",
		app.Label().Class("lab").For(f.ID).Text(f.Label),
		app.Div().Class(class).Body(inside...),
		note,
	)
}
