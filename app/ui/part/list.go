package part

import (
	"math"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// List is a windowed list: rows of one height, of which only those near the
// viewport are in the DOM. It scrolls with the page, and tells its whole length
// to screen readers. It renders when one of its exported fields has changed, or
// its window of rows.
type List struct {
	app.Compo

	ID    string
	Label string
	Count int
	Tick  int // the parent counts it up when its rows change

	ctx    app.Context
	within *app.Context // of the parent, spared when the list alone changes

	row      func(i int) app.UI
	need     func(ctx app.Context, from, to int)
	from, to int
	height   float64
	scroll   app.Func

	before, after string // heights of the blocks that stand for the rest
	held          string // identifier of what had the focus in a row, before the rows were drawn again
}

const (
	listAhead = 8   // rows drawn beyond each edge of the viewport
	listMost  = 100 // rows in the DOM at most
	listFirst = 24  // rows drawn before anything is measured
)

// NewList returns the list of a parent that lasts as long as it. row draws row
// i, an element of role "row" with its place in the whole; need, which may be
// nil, tells which rows have come into view (to is exclusive), so that the
// parent can ask for them.
func NewList(l List, row func(i int) app.UI, need func(ctx app.Context, from, to int)) *List {
	l.row, l.need = row, need
	return &l
}

// Within spares a parent the renders that concern the list alone: go-app
// renders all that lies above what changes.
func (l *List) Within(parent app.Context) *List {
	l.within = &parent
	return l
}

// lists are those mounted.
var lists = map[string]*List{}

// Redraw draws the rows of a list again, and nothing else; false when it is not
// mounted.
func Redraw(id string) bool {
	l := lists[id]
	if l == nil {
		return false
	}
	l.ctx.Dispatch(func(ctx app.Context) {
		l.hold()
		l.spare()
		ctx.Defer(func(app.Context) { l.giveBack() })
	})
	return true
}

func (l *List) spare() {
	if l.within != nil {
		l.within.PreventUpdate()
	}
}

// OnMount watches the scroll of the page.
func (l *List) OnMount(ctx app.Context) {
	l.ctx, lists[l.ID] = ctx, l
	l.scroll = app.FuncOf(func(app.Value, []app.Value) any {
		if from, to := l.measure(); from != l.from || to != l.to {
			ctx.Dispatch(l.look)
		}
		return nil
	})
	app.Window().Call("addEventListener", "scroll", l.scroll, map[string]any{"passive": true})
	l.look(ctx)
	ctx.Defer(func(ctx app.Context) { ctx.Dispatch(l.look) }) // once the height of a row is known
}

// OnUpdate follows a list that has changed. It renders again only when the
// window of rows has moved: a render makes the parents render, and they update
// the list.
func (l *List) OnUpdate(ctx app.Context) {
	l.hold()
	ctx.Defer(func(ctx app.Context) {
		l.space() // first: what is measured after it need not be laid out again
		l.giveBack()
		if from, to := l.measure(); from != l.from || to != l.to {
			ctx.Dispatch(l.look)
			return
		}
		l.tell(ctx)
	})
}

// OnResize measures again.
func (l *List) OnResize(ctx app.Context) {
	l.height = 0
	l.look(ctx)
}

// OnDismount stops watching.
func (l *List) OnDismount() {
	if lists[l.ID] == l {
		delete(lists, l.ID)
	}
	if l.scroll != nil {
		app.Window().Call("removeEventListener", "scroll", l.scroll)
		l.scroll.Release()
	}
}

// look sets the window of rows from where the page is scrolled.
func (l *List) look(ctx app.Context) {
	l.hold()
	l.spare()
	l.from, l.to = l.measure()
	l.tell(ctx)
	ctx.Defer(func(app.Context) {
		l.space()
		l.giveBack()
	})
}

// hold notes what has the focus in the list: a row is one piece of HTML, and is
// another one when the window of rows has moved. Else who goes down the list by
// keys would lose the place.
func (l *List) hold() {
	if at := app.Window().Get("document").Get("activeElement"); at.Truthy() && at.Get("id").Truthy() {
		if el := byID(l.ID); el != nil && el.Call("contains", at).Bool() {
			l.held = at.Get("id").String()
		}
	}
}

// giveBack gives the focus to what had it, unless something else has it now.
func (l *List) giveBack() {
	if l.held == "" {
		return
	}
	d := app.Window().Get("document")
	if el := byID(l.held); el != nil && d.Get("activeElement").Equal(d.Get("body")) {
		el.Call("focus", map[string]any{"preventScroll": true})
		el.Call("scrollIntoView", map[string]any{"block": "nearest"})
	}
	l.held = ""
}

func (l *List) tell(ctx app.Context) {
	if l.need != nil && l.to > l.from {
		l.need(ctx, l.from, l.to)
	}
}

func (l *List) measure() (from, to int) {
	el := byID(l.ID)
	if el == nil {
		return 0, min(l.Count, listFirst)
	}
	if l.height == 0 {
		if row := el.Call("querySelector", "[role=row]"); row.Truthy() {
			l.height = row.Call("getBoundingClientRect").Get("height").Float()
		}
	}
	top := el.Call("getBoundingClientRect").Get("top").Float()
	_, screen := app.Window().Size()
	return window(l.Count, l.height, top, float64(screen))
}

// window says which rows to draw: top is the list's distance from the top of
// the viewport, negative once scrolled past. Its edges move by whole groups of
// rows, so that a small scroll redraws nothing.
func window(count int, height, top, screen float64) (from, to int) {
	if height <= 0 {
		return 0, min(count, listFirst)
	}
	const group = listAhead / 2
	first := max(0, int(-top/height))
	from = max(0, first-listAhead)
	from -= from % group
	to = max(first, int((screen-top)/height)) + 1 + listAhead
	to += group - to%group
	to = min(to, count, from+listMost)
	return min(from, max(0, to)), to
}

// space sizes the two empty blocks that stand for the rows not drawn. They are
// of another tag than the rows: go-app would turn one into the other, and the
// height would stay behind.
func (l *List) space() {
	before, after := px(float64(l.from)*l.height)+"px", px(float64(max(0, l.Count-l.to))*l.height)+"px"
	if before != l.before {
		SetStyle(l.ID+"-before", "height", before)
	}
	if after != l.after {
		SetStyle(l.ID+"-after", "height", after)
	}
	l.before, l.after = before, after
}

// Render draws the rows of the window.
func (l *List) Render() app.UI {
	from, to := min(l.from, l.Count), min(l.to, l.Count)
	if to == 0 {
		to = min(l.Count, listFirst)
	}
	rows := make([]app.UI, 0, to-from+2)
	rows = append(rows, app.Span().ID(l.ID+"-before").Class("gap").Attr("role", "presentation"))
	for i := from; i < to; i++ {
		rows = append(rows, l.row(i))
	}
	rows = append(rows, app.Span().ID(l.ID+"-after").Class("gap").Attr("role", "presentation"))
	return app.Div().ID(l.ID).Class("winlist").Attr("role", "rowgroup").Aria("label", l.Label).Body(rows...)
}

// Fold is the first row of a list that lies under the fold of the screen; 0 when
// nothing is measured yet or nothing is in view.
func Fold(id string) int {
	el := byID(id)
	if el == nil {
		return 0
	}
	row := el.Call("querySelector", "[role=row]")
	if !row.Truthy() {
		return 0
	}
	height := row.Call("getBoundingClientRect").Get("height").Float()
	if height <= 0 {
		return 0
	}
	_, screen := app.Window().Size()
	top := el.Call("getBoundingClientRect").Get("top").Float()
	return max(0, int(math.Ceil((float64(screen)-top)/height)))
}

// ScrollTo brings row i into view, just under the middle of the screen.
func (l *List) ScrollTo(i int) {
	el := byID(l.ID)
	if el == nil || l.height == 0 {
		return
	}
	_, screen := app.Window().Size()
	top := el.Call("getBoundingClientRect").Get("top").Float() + float64(i)*l.height
	if top < 80 || top > float64(screen)-160 {
		app.Window().Call("scrollBy", 0, int(top)-screen/2)
	}
}
