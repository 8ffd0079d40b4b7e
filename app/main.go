//go:build js && wasm

// Command app is the page: the screens in the browser's window. It is built to
// web/gen/app.wasm; the engine runs beside it, in a worker of its own.
package main

import (
	"syscall/js"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/heap"
	"sillon/app/i18n"
	"sillon/app/ui"
)

func main() {
	heap.Room(48 << 20)
	g := js.Global()
	version := "dev"
	if v := g.Get("sillonVersion"); v.Truthy() { // web/boot.js
		version = v.String()
	}
	lang := i18n.Of(g.Get("document").Get("documentElement").Get("lang").String()) // web/theme.js
	e := ui.NewEnv(bridge.Start(i18n.Lent()), lang, version, time.Now)
	e.Planner = bridge.StartPlanner
	e.At(app.Window().URL())
	e.Ahead()
	app.RouteWithRegexp("^/.*$", func() app.Composer { return ui.NewRoot(e) }) // one frame for every address
	app.RunWhenOnBrowser()
}
