package ui

import (
	"context"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// The sheet of a client is asked for before its page is mounted, and the page
// left stays on the screen until the answer is there: a sheet is mounted once,
// whole, instead of an empty one first. A worker that takes its time is not
// waited for: the page that says it is reading comes then.

// sheetAhead is how long the page left stays.
const sheetAhead = 150 * time.Millisecond

// A coming is a page that is asked about before it is shown.
type coming struct {
	path string // of the page on the screen; empty: nothing is coming
	turn int    // of the latest address
}

// class is that of the frame: a page that is to go is told apart.
func (c *coming) class() string {
	if c.path != "" {
		return "app coming"
	}
	return "app"
}

// sheetIn is the client whose sheet a path shows; false for another path.
func sheetIn(path string) (id portfolio.ID, ok bool) {
	if arg, found := strings.CutPrefix(path, clientsPath+"/"); found {
		id, _ = portfolio.ParseID(arg)
	}
	return id, !id.IsZero()
}

// comes asks for the sheet of the address that has just come, and calls show
// once the page may be shown; false when there is nothing to wait for. from is
// the path of the page on the screen.
func (r *Root) comes(ctx app.Context, from string, show func(app.Context)) bool {
	e := r.E
	r.coming.turn++
	if r.coming.path != "" { // the page on the screen is an older one still
		from = r.coming.path
	}
	r.coming.path, e.sheet = "", nil
	id, ok := sheetIn(e.path)
	if _, sheet := sheetIn(from); !ok || sheet || e.stage != ready {
		return false
	}
	r.coming.path = from
	turn := r.coming.turn
	arrive := func(ctx app.Context, sheet *query.Client) {
		if r.coming.path == "" || r.coming.turn != turn {
			return
		}
		r.coming.path = ""
		if e.sheet = sheet; sheet != nil {
			e.saw(sheet)
		}
		show(ctx)
	}
	ctx.Async(func() {
		c, err := bridge.Call(context.Background(), e.Caller, bridge.OpClient, query.ClientAsk{Lang: string(e.Lang), ID: id, Width: part.Width(ContentID, 1040)})
		ctx.Dispatch(func(ctx app.Context) {
			if err != nil {
				arrive(ctx, nil) // the page says it, when it has asked
				return
			}
			arrive(ctx, &c)
		})
	})
	ctx.After(sheetAhead, func(ctx app.Context) { arrive(ctx, nil) })
	return true
}

// takeSheet gives a sheet asked ahead to the page that is made for it.
func (e *Env) takeSheet(id portfolio.ID) *query.Client {
	if s := e.sheet; s != nil && s.Row.ID == id {
		return s
	}
	return nil
}
