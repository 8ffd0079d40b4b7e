package part

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// The elements that pages use most, as plain functions. They are the same as
// app.Div().Class(class).Body(…), but a chain of interface calls costs some
// 600 bytes of WebAssembly each time it is written, and a function call 100:
// over the whole page it is the difference between 1.9 and 2.0 MB.

// Div is a block with a class.
func Div(class string, body ...app.UI) app.UI {
	if class == "" {
		return app.Div().Body(body...)
	}
	return app.Div().Class(class).Body(body...)
}

// Row is a line of things; class is added to "row".
func Row(class string, body ...app.UI) app.UI { return app.Div().Class("row " + class).Body(body...) }

// Box is an inline block with a class.
func Box(class string, body ...app.UI) app.UI { return app.Span().Class(class).Body(body...) }

// Line is a block of words.
func Line(class, text string) app.UI { return app.Div().Class(class).Text(text) }

// Span is words inside a line.
func Span(class, text string) app.UI {
	if class == "" {
		return app.Span().Text(text)
	}
	return app.Span().Class(class).Text(text)
}

// P is a paragraph of words.
func P(class, text string) app.UI {
	if class == "" {
		return app.P().Text(text)
	}
	return app.P().Class(class).Text(text)
}

// B is strong words.
func B(text string) app.UI { return app.B().Text(text) }

// H2 is a heading of the second level.
func H2(class, text string) app.UI {
	if class == "" {
		return app.H2().Text(text)
	}
	return app.H2().Class(class).Text(text)
}

// H3 is a heading of the third level.
func H3(class, text string) app.UI {
	if class == "" {
		return app.H3().Text(text)
	}
	return app.H3().Class(class).Text(text)
}

// Space takes the room that is left in a line.
func Space() app.UI { return app.Span().Class("sp") }

// Link leads to another page.
func Link(class, href string, body ...app.UI) app.UI {
	return app.A().Class(class).Href(href).Body(body...)
}

// Words are text without an element.
func Words(text string) app.UI { return app.Text(text) }

// Nothing keeps the place of what is absent, so that the order of elements
// stays the same between two renders.
func Nothing() app.UI { return app.Text("") }

// When is the element if the condition holds, and its place if not. The
// element is built in any case: for a costly one use app.If.
func When(holds bool, ui app.UI) app.UI {
	if holds {
		return ui
	}
	return app.Text("")
}

// Button is a button with an icon (may be empty) before its label. id scopes
// the handler: it must name all that tap closes over.
func Button(id, class, icon, label string, tap Tap) app.UI {
	b := app.Button().Type("button").Class("btn "+class).OnClick(func(ctx app.Context, _ app.Event) { tap(ctx) }, app.EventScope(id))
	if icon == "" {
		return b.Text(label)
	}
	return b.Body(Icon(icon), app.Span().Text(label))
}

// Section is a card named for screen readers.
func Section(class, label string, body ...app.UI) app.UI {
	return app.Section().Class(class).Aria("label", label).Body(body...)
}
