package part

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// Marks makes the marks of the charts inside it open their lists: the worker
// draws them with the address they lead to (data-go).
func Marks(body ...app.UI) app.UI { return MarksIn("marks tight", body...) }

// MarksIn is Marks in a frame of its own.
func MarksIn(class string, body ...app.UI) app.UI {
	return app.Div().Class(class).OnClick(goMark).OnKeyDown(goMark).Body(body...)
}

func goMark(ctx app.Context, e app.Event) {
	if key := e.Get("key"); key.Truthy() && key.String() != "Enter" {
		return
	}
	if mark := e.Get("target").Call("closest", "[data-go]"); mark.Truthy() {
		ctx.Navigate(mark.Call("getAttribute", "data-go").String())
	}
}
