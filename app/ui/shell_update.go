package ui

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/ui/part"
)

// updates is window.sillonUpdate of web/boot.js, nil without it.
func updates() app.Value {
	if !app.IsClient {
		return nil
	}
	if u := app.Window().Get("sillonUpdate"); u.Truthy() {
		return u
	}
	return nil
}

// watchUpdates offers a new version once it is complete on the device.
func (r *Root) watchUpdates(ctx app.Context) {
	u := updates()
	if u == nil {
		return
	}
	fn := app.FuncOf(func(app.Value, []app.Value) any {
		ctx.Dispatch(r.offerUpdate)
		return nil
	})
	u.Call("subscribe", fn)
}

// offerUpdate asks, never while something typed is not saved.
func (r *Root) offerUpdate(ctx app.Context) {
	if part.FormIsOpen() {
		ctx.After(5*time.Second, r.offerUpdate)
		return
	}
	e := r.E
	e.queue.Push(part.Snack{
		Text: e.T("update.ready"), Icon: "sync", Stay: true,
		Action: e.T("update.now"), Act: func(app.Context) { updates().Call("apply") },
		Second: e.T("update.tonight"), Other: func(app.Context) {
			// The root's own context: the snackbar's is busy with this tap.
			e.over(ctx).After(untilTonight(e.Now()), r.offerUpdate)
		},
	})
}

// untilTonight is the time left to 19:00, three hours once it is later.
func untilTonight(now time.Time) time.Duration {
	y, m, d := now.Date()
	if left := time.Date(y, m, d, 19, 0, 0, 0, now.Location()).Sub(now); left > 0 {
		return left
	}
	return 3 * time.Hour
}
