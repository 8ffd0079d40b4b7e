package part

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Sheet is a panel over the page: at the right in landscape (at the left when
// Left: the « pourquoi » sheet), at the bottom in portrait and on a phone. It
// takes the focus, keeps it, and gives it back to what opened it; Escape, the
// scrim, the cross and a swipe down close it. A tap on its text leaves the focus
// in it; [CloseTop] is Escape from outside of it.
//
// Body is called at each render, so it always shows its parent's present state.
type Sheet struct {
	app.Compo

	ID      string // of the sheet in the page, unique
	Eyebrow string
	Title   string
	Close   string // label of the cross, worded
	Class   string // more classes of the panel: "menu"
	Left    bool
	Form    bool // holds something typed: no update is offered meanwhile
	Body    func() []app.UI
	OnClose Tap

	opener app.Value
	startY float64
}

// OnMount takes the focus.
func (s *Sheet) OnMount(ctx app.Context) {
	s.opener = app.Window().Get("document").Get("activeElement")
	if s.Form {
		FormOpen(true)
	}
	ctx.Defer(func(app.Context) {
		el := byID(s.ID)
		if el == nil {
			return
		}
		if first := el.Call("querySelector", "[autofocus]"); first.Truthy() {
			first.Call("focus")
			return
		}
		Focus(s.ID + "-title")
	})
}

// OnDismount gives the focus back.
func (s *Sheet) OnDismount() {
	if s.Form {
		FormOpen(false)
	}
	if s.opener != nil && s.opener.Truthy() && s.opener.Get("isConnected").Bool() {
		s.opener.Call("focus")
	}
}

// Render arranges the sheet.
func (s *Sheet) Render() app.UI {
	class := "sheet"
	if s.Left {
		class += " left"
	}
	if s.Class != "" {
		class += " " + s.Class
	}
	var body []app.UI
	if s.Body != nil {
		body = s.Body()
	}
	return Div("sheets",
		app.Div().Class("scrim").OnClick(s.close),
		app.Section().ID(s.ID).Class(class).Attr("role", "dialog").Aria("modal", "true").Aria("labelledby", s.ID+"-title").TabIndex(-1).
			OnKeyDown(s.key).
			Body(
				app.Header().Class("sheet-h").On("touchstart", s.touch, app.PassiveEvent()).On("touchend", s.swipe, app.PassiveEvent()).Body(
					Div("sp",
						Line("eyebrow", s.Eyebrow),
						app.H2().ID(s.ID+"-title").TabIndex(-1).Text(s.Title),
					),
					app.Button().Type("button").Class("btn icon").Aria("label", s.Close).Body(Icon("close")).OnClick(s.close),
				),
				Div("sheet-b", body...),
			),
	)
}

func (s *Sheet) close(ctx app.Context, _ app.Event) {
	if s.OnClose != nil {
		s.OnClose(ctx)
	}
}

func (s *Sheet) key(ctx app.Context, e app.Event) {
	switch e.Get("key").String() {
	case "Escape":
		e.Call("stopPropagation")
		s.close(ctx, e)
	case "Tab":
		s.keepFocus(e)
	}
}

const focusable = `a[href],button:not([disabled]),input:not([disabled]),select:not([disabled]),textarea:not([disabled]),[tabindex="0"]`

// following is the bit of compareDocumentPosition for a node further down.
const following = 4

// CloseTop closes the sheet on top when a key came from outside of every sheet:
// the focus is on nothing once what held it is gone. It says whether a sheet is
// open.
func CloseTop(key string, from app.Value) bool {
	const dialog = "[role=dialog]"
	open := app.Window().Get("document").Call("querySelectorAll", dialog)
	n := open.Length()
	if n == 0 {
		return false
	}
	if key == "Escape" && !(from.Get("closest").Truthy() && from.Call("closest", dialog).Truthy()) {
		if cross := open.Index(n-1).Call("querySelector", ".sheet-h button"); cross.Truthy() {
			cross.Call("click")
		}
	}
	return true
}

func (s *Sheet) keepFocus(e app.Event) {
	el := byID(s.ID)
	if el == nil {
		return
	}
	all := el.Call("querySelectorAll", focusable)
	n := all.Length()
	if n == 0 {
		e.PreventDefault()
		return
	}
	first, last := all.Index(0), all.Index(n-1)
	active := app.Window().Get("document").Get("activeElement")
	back := e.Get("shiftKey").Bool()
	switch {
	case back && (active.Equal(first) || !el.Call("contains", active).Bool() || active.Call("compareDocumentPosition", first).Int()&following != 0):
		e.PreventDefault()
		last.Call("focus")
	case !back && active.Equal(last):
		e.PreventDefault()
		first.Call("focus")
	}
}

func (s *Sheet) touch(_ app.Context, e app.Event) {
	s.startY = e.Get("changedTouches").Index(0).Get("clientY").Float()
}

func (s *Sheet) swipe(ctx app.Context, e app.Event) {
	if e.Get("changedTouches").Index(0).Get("clientY").Float()-s.startY > 80 {
		s.close(ctx, e)
	}
}
