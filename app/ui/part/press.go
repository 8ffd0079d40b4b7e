package part

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// Press is a button of any look. go-app tells its handlers apart by id alone,
// so id names the act and all that tap closes over.
func Press(id, class string, tap func(), body ...app.UI) app.HTMLButton {
	return app.Button().Type("button").Class(class).Body(body...).
		OnClick(func(app.Context, app.Event) { tap() }, app.EventScope(id))
}

// Open is a button that opens and closes something under it.
func Open(id, class, icon, label string, open bool, tap func()) app.UI {
	b := Press(id, class, tap, Words(label))
	if icon != "" {
		b = Press(id, class, tap, IconS(icon), Words(label))
	}
	return b.Aria("expanded", open)
}

// Submit is the button that sends a form.
func Submit(class, label string, busy bool) app.UI {
	return app.Button().Type("submit").Class(class).Aria("busy", busy).Text(label)
}
