package part

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// A Tap is what a component calls when it is tapped.
type Tap func(app.Context)

// Toggle is a chip that is on or off; class adds to "chip" ("big", "soft"). id
// scopes the handler: it must name all that tap closes over.
func Toggle(id, label, class string, on bool, tap Tap) app.UI {
	return chip(id, class, on, tap, app.Text(label))
}

// Chip is a filter chip with the number it keeps.
func Chip(id, label, count string, on bool, tap Tap) app.UI {
	return chip(id, "", on, tap, app.Text(label+" "), B(count))
}

// IconChip is a chip with an icon above its label: an outcome.
func IconChip(id, icon, label, class string, on bool, tap Tap) app.UI {
	return chip(id, class, on, tap, Icon(icon), app.Text(label))
}

func chip(id, class string, on bool, tap Tap, body ...app.UI) app.UI {
	if class != "" {
		class = " " + class
	}
	return app.Button().Type("button").Class("chip"+class).Aria("pressed", on).Body(body...).
		OnClick(func(ctx app.Context, _ app.Event) { tap(ctx) }, app.EventScope(id))
}

// An Option is one choice of a Seg or a Select.
type Option struct{ Key, Label string }

// Seg shows 2 to 5 exclusive views; arrow keys move between them. id scopes its
// handlers: it must name all that pick closes over.
func Seg(id, label, current string, options []Option, pick func(app.Context, string)) app.UI {
	buttons := make([]app.UI, len(options))
	for i, o := range options {
		tab := 0
		if o.Key != current {
			tab = -1
		}
		move := func(ctx app.Context, to int) {
			to = (to + len(options)) % len(options)
			pick(ctx, options[to].Key)
			ctx.Defer(func(app.Context) { Focus(id + "-" + options[to].Key) })
		}
		buttons[i] = app.Button().Type("button").ID(id+"-"+o.Key).Aria("pressed", o.Key == current).TabIndex(tab).Text(o.Label).
			OnClick(func(ctx app.Context, _ app.Event) { pick(ctx, o.Key) }, app.EventScope(id, o.Key)).
			OnKeyDown(func(ctx app.Context, e app.Event) {
				switch e.Get("key").String() {
				case "ArrowRight", "ArrowDown":
					e.PreventDefault()
					move(ctx, i+1)
				case "ArrowLeft", "ArrowUp":
					e.PreventDefault()
					move(ctx, i-1)
				}
			}, app.EventScope(id, o.Key, "key"))
	}
	return app.Div().Class("seg").Attr("role", "group").Aria("label", label).Body(buttons...)
}
