package part

import (
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

// Select is the browser's own list of choices.
func Select(f F, options []Option, pick func(app.Context, string)) app.UI {
	choices := make([]app.UI, len(options))
	for i, o := range options {
		choices[i] = app.Option().Value(o.Key).Selected(o.Key == f.Value).Text(o.Label)
	}
	in := app.Select().ID(f.ID).Disabled(f.Off).Body(choices...).
		OnChange(func(ctx app.Context, _ app.Event) {
			if pick != nil {
				pick(ctx, ctx.JSSrc().Get("value").String())
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
