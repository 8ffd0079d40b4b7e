package ui

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/ui/part"
)

// listenKeys follows the keyboard outside fields, and the browser's own back
// and forth.
func (r *Root) listenKeys(ctx app.Context) {
	w := app.Window()
	listen := func(event string, f func(app.Value)) {
		fn := app.FuncOf(func(_ app.Value, args []app.Value) any {
			f(args[0])
			return nil
		})
		w.Call("addEventListener", event, fn)
		r.undo = append(r.undo, func() {
			w.Call("removeEventListener", event, fn)
			fn.Release()
		})
	}
	listen("popstate", func(app.Value) { r.popped = true })
	listen("keydown", func(e app.Value) {
		switch e.Get("key").String() {
		case "Enter", " ", "Escape":
			part.StayNear(e.Get("target"), "title")
		}
		if e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool() || e.Get("altKey").Bool() || e.Get("isComposing").Bool() {
			return
		}
		target, key := e.Get("target"), e.Get("key").String()
		if part.CloseTop(key, target) {
			return // a sheet has its own keys
		}
		if target.Get("matches").Truthy() && target.Call("matches", "input,textarea,select,[contenteditable]").Bool() {
			return
		}
		if key == "/" || key == "?" {
			e.Call("preventDefault")
		}
		ctx.Dispatch(func(ctx app.Context) { r.key(ctx, key) })
	})
}

// key does what a key asks: the page first, then the frame.
func (r *Root) key(ctx app.Context, key string) {
	e := r.E
	if e.stage != ready {
		return
	}
	if r.prefix {
		r.prefix = false
		for _, d := range destinations(e.User.Role) {
			if d.letter == key {
				e.Go(ctx, d.path)
				return
			}
		}
	}
	for i := len(e.keys) - 1; i >= 0; i-- {
		if k := e.keys[i]; k.ctx.Src().Mounted() && k.f(k.ctx, key) {
			k.ctx.Dispatch(nil)
			return
		}
	}
	switch key {
	case "g":
		r.prefix = true
		ctx.After(2*time.Second, func(app.Context) { r.prefix = false })
	case "/":
		if app.Window().GetElementByID(searchID).Truthy() {
			part.Focus(searchID)
			return
		}
		e.Go(ctx, clientsPath)
		ctx.After(150*time.Millisecond, func(app.Context) { part.Focus(searchID) })
	case "n":
		e.Go(ctx, todayPath)
	case "?":
		e.keysOpen = true
	}
}

// keysSheet is the list of shortcuts.
func (r *Root) keysSheet() app.UI {
	e := r.E
	if !e.keysOpen {
		return part.Nothing()
	}
	return &part.Sheet{ID: "keys", Title: e.T("keys.title"), Close: e.T("part.close"),
		OnClose: func(app.Context) { e.keysOpen = false },
		Body: func() []app.UI {
			var rows []app.UI
			for _, k := range [][2]string{{"/", "keys.search"}, {"g", "keys.go"}, {"n", "keys.log"}, {"j k", "keys.rows"}, {"x", "keys.pick"}, {"w", "keys.why"}, {"Enter", "keys.open"}, {"Esc", "keys.close"}, {"?", "keys.list"}} {
				rows = append(rows, app.Dt().Body(app.Kbd().Text(k[0])), app.Dd().Text(e.T(k[1])))
			}
			return []app.UI{app.Dl().Class("dl keys").Body(rows...)}
		}}
}
