package part

import (
	"slices"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// SnackTime is how long a message stays; it stands still while touched.
const SnackTime = 8 * time.Second

// A Snack says what happened, and offers to take it back.
type Snack struct {
	Key    string // of what it is about: the next one about it takes its place
	Text   string
	Action string // "Annuler"; empty: none
	Act    Tap
	Second string // another act: "Ce soir"
	Other  Tap
	Icon   string
	Stay   bool // until something is tapped
}

// A Queue holds the messages: shown one after the other, never stacked.
type Queue struct {
	waiting []*Snack
	wake    *app.Context
}

// Push adds a message, in place of one about the same thing. Call it on the UI
// goroutine.
func (q *Queue) Push(s Snack) {
	if i := slices.IndexFunc(q.waiting, func(w *Snack) bool { return s.Key != "" && w.Key == s.Key }); i >= 0 {
		q.waiting[i] = &s
	} else {
		q.waiting = append(q.waiting, &s)
	}
	if q.wake != nil {
		q.wake.Dispatch(nil)
	}
}

// Shown is the message on the screen, nil when there is none.
func (q *Queue) Shown() *Snack {
	if len(q.waiting) == 0 {
		return nil
	}
	return q.waiting[0]
}

// Len is how many messages are shown or wait.
func (q *Queue) Len() int { return len(q.waiting) }

func (q *Queue) next() {
	if len(q.waiting) > 0 {
		q.waiting = q.waiting[1:]
	}
}

// Snackbar shows the messages of its queue.
type Snackbar struct {
	app.Compo

	Queue *Queue
	Close string // label of the cross

	shown *Snack
	timer *time.Timer
	since time.Time
	left  time.Duration
}

// OnMount lets the queue wake it.
func (b *Snackbar) OnMount(ctx app.Context) {
	b.Queue.wake = &ctx
	if b.Queue.Len() == 0 {
		ctx.PreventUpdate()
	}
}

// OnDismount forgets.
func (b *Snackbar) OnDismount() {
	b.Queue.wake = nil
	b.stop()
}

// Render shows the first message.
func (b *Snackbar) Render() app.UI {
	s := b.Queue.Shown()
	b.follow(s)
	live := app.Div().Class("snacks").Attr("role", "status").Aria("live", "polite")
	if s == nil {
		return live
	}
	icon := app.UI(Nothing())
	if s.Icon != "" {
		icon = Icon(s.Icon)
	}
	return live.Body(app.Div().Class("snack").
		On("mouseenter", b.hold).On("mouseleave", b.release).
		On("focusin", b.hold).On("focusout", b.release).
		On("touchstart", b.hold, app.PassiveEvent()).On("touchend", b.release, app.PassiveEvent()).
		Body(
			icon,
			Span("snack-t", s.Text),
			app.If(s.Second != "", func() app.UI {
				return app.Button().Type("button").Class("btn ghost").Text(s.Second).OnClick(b.second)
			}),
			app.If(s.Action != "", func() app.UI {
				return app.Button().Type("button").Class("btn ghost").Text(s.Action).OnClick(b.act)
			}),
			app.If(s.Action == "", func() app.UI {
				return app.Button().Type("button").Class("btn icon").Aria("label", b.Close).Body(Icon("close")).OnClick(b.dismiss)
			}),
		))
}

// follow starts the time of a message that has just come up.
func (b *Snackbar) follow(s *Snack) {
	if s == b.shown {
		return
	}
	b.stop()
	b.shown = s
	if s != nil && !s.Stay {
		b.start(SnackTime)
	}
}

func (b *Snackbar) start(d time.Duration) {
	wake := b.Queue.wake
	if wake == nil {
		return
	}
	b.left, b.since = d, time.Now()
	shown := b.shown
	b.timer = time.AfterFunc(d, func() {
		wake.Dispatch(func(app.Context) {
			if b.shown == shown && b.timer != nil {
				b.Queue.next()
			}
		})
	})
}

func (b *Snackbar) stop() {
	if b.timer != nil {
		b.timer.Stop()
		b.timer = nil
	}
}

func (b *Snackbar) hold(app.Context, app.Event) {
	if b.timer != nil {
		b.stop()
		b.left -= time.Since(b.since)
	}
}

func (b *Snackbar) release(app.Context, app.Event) {
	if b.timer == nil && b.shown != nil && !b.shown.Stay {
		b.start(max(b.left, 2*time.Second))
	}
}

func (b *Snackbar) act(ctx app.Context, _ app.Event) {
	if s := b.Queue.Shown(); s != nil {
		b.Queue.next()
		if s.Act != nil {
			s.Act(ctx)
		}
	}
}

func (b *Snackbar) second(ctx app.Context, _ app.Event) {
	if s := b.Queue.Shown(); s != nil {
		b.Queue.next()
		if s.Other != nil {
			s.Other(ctx)
		}
	}
}

func (b *Snackbar) dismiss(app.Context, app.Event) { b.Queue.next() }
