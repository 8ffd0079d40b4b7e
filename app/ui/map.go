package ui

import (
	"math"
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// mapBoard is the clients of a list on the outline map that the device keeps
// (carte), and beside it the nearest ones: the list is the map in words.
//
// The worker says where each ring stands; the page draws them over the outline,
// and moves both under the fingers until the next answer.
type mapBoard struct {
	app.Compo

	E     *Env
	State listState

	ctx  app.Context
	live Live[query.MapAsk, query.MapView]
	view mapFrame  // on the screen
	at   []float64 // latitude and longitude of the device
	told string    // how asking for them ended: "asking", "refused", "absent"

	pick   []float64 // pixel of the ring whose list is shown
	lost   bool      // those without a place are
	open   portfolio.ID
	chosen map[portfolio.ID]bool // to be added to the day; nil: those due within reach

	place  *query.NearRow // is being placed
	aiming bool           // with the cross on the map

	hand hand
}

// A mapFrame is the part of the chart in the picture.
type mapFrame struct {
	x, y, scale float64 // middle, pixels for a unit; scale 0: not settled
	w, h        float64
}

const (
	mapID    = "mp"
	groundID = "mp-ground"
	marksID  = "mp-marks"

	mapLow  = .01 // pixels for a unit of the chart: the whole country is a dot
	mapHigh = 12  // a street
)

// OnMount asks for the rings, once the size of the picture is known.
func (m *mapBoard) OnMount(ctx app.Context) {
	m.ctx = ctx
	m.measure()
	m.live.came = m.came
	m.live.Start(ctx, m.E, bridge.OpMap, m.ask)
	m.lay()
	m.locateAgain()
}

// OnPreRender is OnMount in native tests.
func (m *mapBoard) OnPreRender(ctx app.Context) { m.OnMount(ctx) }

// OnUpdate asks again when the criteria of the list have changed.
func (m *mapBoard) OnUpdate(ctx app.Context) {
	if m.live.env != nil && m.State != m.hand.state {
		m.hand.state = m.State
		m.view.scale, m.pick, m.lost, m.chosen = 0, nil, false, nil
		m.live.Again(ctx)
	}
}

// OnResize measures the picture again.
func (m *mapBoard) OnResize(ctx app.Context) {
	w, h := m.view.w, m.view.h
	if m.measure(); w != m.view.w || h != m.view.h {
		m.unpick()
		m.shift()
		m.live.Again(ctx)
	}
}

func (m *mapBoard) measure() {
	m.view.w, m.view.h = 642, 618
	if el := onPage(mapID); el != nil {
		if w, h := el.Get("clientWidth").Float(), el.Get("clientHeight").Float(); w > 0 && h > 0 {
			m.view.w, m.view.h = w, h
		}
	}
}

// onPage is an element of the page; nil where there is none.
func onPage(id string) app.Value {
	if !app.IsClient {
		return nil
	}
	if el := app.Window().GetElementByID(id); el != nil && el.Truthy() {
		return el
	}
	return nil
}

func (m *mapBoard) ask() query.MapAsk {
	m.hand.state = m.State
	now := m.E.Now()
	return query.MapAsk{List: m.State.ask(string(m.E.Lang), 0, 0, 0), X: m.view.x, Y: m.view.y, Scale: m.view.scale, W: int(m.view.w), H: int(m.view.h),
		At: m.at, Pick: m.pick, Unplaced: m.lost, Minute: now.Hour()*60 + now.Minute()}
}

// came takes an answer: the first one settles the part that is shown.
func (m *mapBoard) came() {
	v := m.live.Value
	if v == nil {
		return
	}
	if m.view.scale == 0 {
		m.view.x, m.view.y, m.view.scale = v.X, v.Y, v.Scale
	}
	m.ctx.Defer(func(app.Context) { m.shift() })
}

// lay brings the outline, once: it is an asset of the site, kept for use
// without network.
func (m *mapBoard) lay() {
	ground := onPage(groundID)
	if ground == nil || ground.Get("firstChild").Truthy() {
		return
	}
	app.Window().Call("fetch", "/data/map.svg").Then(func(r app.Value) {
		if !r.Get("ok").Bool() {
			return
		}
		r.Call("text").Then(func(t app.Value) {
			if ground := onPage(groundID); ground != nil {
				ground.Set("innerHTML", t)
				m.shift()
			}
		})
	})
}

// shift puts the outline and the marks where the part that is shown wants them:
// the marks of an answer about another part are moved until the next one.
func (m *mapBoard) shift() {
	ground := onPage(groundID)
	if ground == nil || m.view.scale == 0 {
		return
	}
	f, t := m.view, m.hand.by
	if t.k == 0 {
		t = still
	}
	if svg := ground.Get("firstElementChild"); svg.Truthy() {
		w, h := f.w/f.scale, f.h/f.scale
		svg.Call("setAttribute", "viewBox", tenth(f.x-w/2)+" "+tenth(f.y-h/2)+" "+tenth(w)+" "+tenth(h))
	}
	part.SetStyle(groundID, "transform", t.css())
	if v := m.live.Value; v != nil {
		k := f.scale / v.Scale
		own := shove{k: k, x: f.w/2 + (v.X-f.x)*f.scale - k*f.w/2, y: f.h/2 + (v.Y-f.y)*f.scale - k*f.h/2}
		part.SetStyle(marksID, "transform", own.then(t).css())
	}
}

func tenth(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// settle takes what the fingers did as the part that is shown, and asks for its
// rings.
func (m *mapBoard) settle() {
	t := m.hand.by
	m.hand.by = still
	if t.k == 0 || t == still || m.view.scale == 0 {
		m.shift()
		return
	}
	f := &m.view
	f.x += ((f.w/2-t.x)/t.k - f.w/2) / f.scale
	f.y += ((f.h/2-t.y)/t.k - f.h/2) / f.scale
	f.scale = min(mapHigh, max(mapLow, f.scale*t.k))
	m.unpick()
	m.shift()
	m.live.Again(m.ctx)
}

// zoom goes nearer by k, around the middle.
func (m *mapBoard) zoom(k float64) {
	m.hand.by = still.around(k, m.view.w/2, m.view.h/2)
	m.settle()
}

// fit shows all clients.
func (m *mapBoard) fit() {
	m.view.scale = 0
	m.unpick()
	m.live.Again(m.ctx)
}

// unpick leaves the list of a ring, whose clients are another ring's now.
func (m *mapBoard) unpick() {
	if m.pick != nil {
		m.pick, m.open, m.chosen = nil, portfolio.ID{}, nil
	}
}

func (m *mapBoard) pan(x, y float64) {
	m.hand.by = shove{1, x, y}
	m.settle()
}

// locateAgain asks where the device is if that was allowed before: a page that
// opens asks nobody anything.
func (m *mapBoard) locateAgain() {
	if !app.IsClient {
		return
	}
	p := app.Window().Get("navigator").Get("permissions")
	if !p.Truthy() || !p.Get("query").Truthy() {
		return
	}
	p.Call("query", map[string]any{"name": "geolocation"}).Then(func(s app.Value) {
		if s.Get("state").String() == "granted" {
			m.ctx.Dispatch(func(app.Context) { m.locate(nil) })
		}
	})
}

// locate asks the device where it is, then calls done, which may be nil; the
// refusal is said once.
func (m *mapBoard) locate(done func()) {
	if !app.IsClient {
		return
	}
	g := app.Window().Get("navigator").Get("geolocation")
	if !g.Truthy() {
		m.told = "absent"
		return
	}
	m.told = "asking"
	var yes, no app.Func
	end := func() { yes.Release(); no.Release() }
	yes = app.FuncOf(func(_ app.Value, args []app.Value) any {
		c := args[0].Get("coords")
		at := []float64{c.Get("latitude").Float(), c.Get("longitude").Float()}
		m.ctx.Dispatch(func(app.Context) {
			m.at, m.told, m.chosen = at, "", nil
			if done != nil {
				done()
			} else {
				m.live.Again(m.ctx)
			}
		})
		end()
		return nil
	})
	no = app.FuncOf(func(_ app.Value, args []app.Value) any {
		const denied = 1
		told := "absent"
		if args[0].Get("code").Int() == denied {
			told = "refused"
		}
		m.ctx.Dispatch(func(app.Context) { m.told = told })
		end()
		return nil
	})
	g.Call("getCurrentPosition", yes, no, map[string]any{"enableHighAccuracy": true, "timeout": 10000, "maximumAge": 60000})
}

// picked are the clients to be added to the day: those chosen, else as many of
// those due within reach as the time until the next appointment holds.
func (m *mapBoard) picked() (rows []query.NearRow) {
	v, most := m.live.Value, mostProposed
	if v.Free > 0 {
		most = min(most, v.Free/(visitLength+quarter))
	}
	for i, r := range v.Near {
		if m.chosen == nil && m.pick == nil && !m.lost && i < v.Due && !r.Planned && len(rows) < most || m.chosen[r.ID] {
			rows = append(rows, r)
		}
	}
	return rows
}

// choose puts a client among those to be added, or takes it out.
func (m *mapBoard) choose(id portfolio.ID) {
	if m.chosen == nil {
		now := map[portfolio.ID]bool{}
		for _, r := range m.picked() {
			now[r.ID] = true
		}
		m.chosen = now
	}
	m.chosen[id] = !m.chosen[id]
}

const (
	mostProposed = 3 // visits

	visitLength = 30   // minutes, of the hours that are proposed
	quarter     = 15   // they begin on
	eveningOver = 1080 // no hour is proposed from then on
)

// slot is the hour from which visits are proposed; 0: none today any more.
func (m *mapBoard) slot() int {
	now := m.E.Now()
	at := (now.Hour()*60 + now.Minute() + quarter - 1) / quarter * quarter
	if h := &m.live.Value.Head; h.Fixed || i18n.Today(now) != h.AsOf || at < 6*60 || at >= eveningOver {
		return 0
	}
	return at
}

// add plans the chosen clients, one after the other.
func (m *mapBoard) add() {
	e, rows, at := m.E, m.picked(), m.slot()
	if len(rows) == 0 {
		return
	}
	m.chosen, m.open = map[portfolio.ID]bool{}, portfolio.ID{}
	var done []bridge.Undo
	var next func()
	next = func() {
		if len(done) == len(rows) {
			e.Snack(e.T("map.added", len(rows)), func(ctx app.Context) {
				for _, u := range done {
					Save(ctx, e, bridge.OpUndo, u, nil)
				}
				m.chosen = nil
				e.Snack(e.T("map.add-undone", len(rows)), nil)
			})
			return
		}
		r := rows[len(done)]
		q := bridge.PlanVisit{Account: r.ID, Kind: portfolio.Visit}
		if at > 0 {
			at = (at + max(0, r.Minutes) + 4) / 5 * 5
			q.Minute = at
			at += visitLength
		}
		Save(m.ctx, e, bridge.OpPlan, q, func(_ app.Context, s bridge.Saved) {
			done = append(done, bridge.Undo{Account: r.ID, ID: s.ID})
			next()
		})
	}
	next()
}

// wheelRest is how long the wheel rests before the rings are asked for.
const wheelRest = 160 * time.Millisecond

// A shove is what fingers do to the picture: first larger by k from its corner,
// then aside.
type shove struct{ k, x, y float64 }

var still = shove{k: 1}

func (a shove) css() string {
	if a == still {
		return "none"
	}
	return "translate(" + tenth(a.x) + "px," + tenth(a.y) + "px) scale(" + strconv.FormatFloat(a.k, 'f', 4, 64) + ")"
}

// then is a followed by b.
func (a shove) then(b shove) shove { return shove{k: a.k * b.k, x: a.x*b.k + b.x, y: a.y*b.k + b.y} }

// around is a, then larger by k around a point of the picture.
func (a shove) around(k, x, y float64) shove { return a.then(shove{k: k, x: x - k*x, y: y - k*y}) }

// A hand is the fingers on the picture.
type hand struct {
	state   listState // that was asked about
	fingers []finger
	by      shove // since the picture was settled
	from    shove // when the fingers last changed
	mid     finger
	apart   float64
	moved   bool
	wheels  int
}

type finger struct {
	id   int
	x, y float64
}

// grip starts from where the fingers are now.
func (h *hand) grip() {
	if h.by.k == 0 {
		h.by = still
	}
	h.from = h.by
	h.mid, h.apart = h.middle()
}

func (h *hand) middle() (mid finger, apart float64) {
	switch len(h.fingers) {
	case 0:
		return mid, 0
	case 1:
		return h.fingers[0], 0
	}
	a, b := h.fingers[0], h.fingers[1]
	return finger{x: (a.x + b.x) / 2, y: (a.y + b.y) / 2}, math.Hypot(a.x-b.x, a.y-b.y)
}

// slop is how far a finger may stray and still be a tap.
const slop = 6

// follow moves the picture with the fingers; false while it may still be a tap.
func (h *hand) follow() bool {
	mid, apart := h.middle()
	if !h.moved && len(h.fingers) < 2 && math.Hypot(mid.x-h.mid.x, mid.y-h.mid.y) < slop {
		return false
	}
	h.moved = true
	k := 1.
	if apart > 0 && h.apart > 0 {
		k = apart / h.apart
	}
	h.by = h.from.around(k, h.mid.x, h.mid.y).then(shove{k: 1, x: mid.x - h.mid.x, y: mid.y - h.mid.y})
	return true
}

// fingerAt is where an event happened, in the picture.
func fingerAt(e app.Event) finger {
	f := finger{x: e.Get("clientX").Float(), y: e.Get("clientY").Float()}
	if id := e.Get("pointerId"); id.Truthy() {
		f.id = id.Int()
	}
	if el := onPage(mapID); el != nil {
		box := el.Call("getBoundingClientRect")
		f.x, f.y = f.x-box.Get("left").Float(), f.y-box.Get("top").Float()
	}
	return f
}

func (m *mapBoard) down(ctx app.Context, e app.Event) {
	ctx.PreventUpdate()
	h := &m.hand
	if len(h.fingers) == 0 {
		h.moved = false
	}
	if len(h.fingers) < 2 {
		h.fingers = append(h.fingers, fingerAt(e))
	}
	h.grip()
}

func (m *mapBoard) drag(ctx app.Context, e app.Event) {
	ctx.PreventUpdate()
	h, p := &m.hand, fingerAt(e)
	for i := range h.fingers {
		if h.fingers[i].id == p.id {
			h.fingers[i] = p
			was := h.moved
			if h.follow() {
				if !was {
					onPage(mapID).Call("setPointerCapture", p.id) // a drag that leaves the picture goes on
				}
				m.shift()
			}
		}
	}
}

func (m *mapBoard) up(ctx app.Context, e app.Event) {
	ctx.PreventUpdate()
	h, p := &m.hand, fingerAt(e)
	for i := range h.fingers {
		if h.fingers[i].id == p.id {
			h.fingers = append(h.fingers[:i], h.fingers[i+1:]...)
			break
		}
	}
	h.grip()
	if len(h.fingers) == 0 && h.moved {
		m.settle()
	}
}

func (m *mapBoard) wheel(ctx app.Context, e app.Event) {
	ctx.PreventUpdate()
	e.PreventDefault()
	h, p := &m.hand, fingerAt(e)
	if h.by.k == 0 {
		h.by = still
	}
	h.by = h.by.around(math.Exp(-max(-200, min(200, e.Get("deltaY").Float()))/400), p.x, p.y)
	m.shift()
	h.wheels++
	n := h.wheels
	ctx.After(wheelRest, func(app.Context) {
		if n == m.hand.wheels {
			m.settle()
		}
	})
}

// tap opens the list of the ring it fell on.
func (m *mapBoard) tap(ctx app.Context, e app.Event) {
	mark := e.Get("target").Call("closest", "[data-k]")
	if m.hand.moved || !mark.Truthy() {
		ctx.PreventUpdate()
		m.hand.moved = false
		return
	}
	k, err := strconv.Atoi(mark.Call("getAttribute", "data-k").String())
	if v := m.live.Value; err == nil && v != nil && k < len(v.Rings) {
		m.show(&v.Rings[k])
	}
}

// show opens the list of a ring.
func (m *mapBoard) show(r *query.MapRing) {
	v := m.live.Value // its pixel in the part that is shown
	m.pick = []float64{m.view.w/2 + ((r.X-m.view.w/2)/v.Scale+v.X-m.view.x)*m.view.scale, m.view.h/2 + ((r.Y-m.view.h/2)/v.Scale+v.Y-m.view.y)*m.view.scale}
	m.lost, m.open, m.chosen = false, r.ID, map[portfolio.ID]bool{}
	m.live.Again(m.ctx)
}

// back shows those nearest again.
func (m *mapBoard) back() {
	m.pick, m.lost, m.open, m.chosen = nil, false, portfolio.ID{}, nil
	m.live.Again(m.ctx)
}

func (m *mapBoard) key(ctx app.Context, e app.Event) {
	const step = 90
	switch key := e.Get("key").String(); key {
	case "ArrowLeft":
		m.pan(step, 0)
	case "ArrowRight":
		m.pan(-step, 0)
	case "ArrowUp":
		m.pan(0, step)
	case "ArrowDown":
		m.pan(0, -step)
	case "+", "=":
		m.zoom(2)
	case "-":
		m.zoom(.5)
	case "0":
		m.fit()
	case "Enter", " ":
		if mark := e.Get("target").Call("closest", "[data-k]"); mark.Truthy() {
			m.hand.moved = false
			m.tap(ctx, e)
			break
		}
		return
	default:
		ctx.PreventUpdate()
		return
	}
	e.PreventDefault()
	e.Call("stopPropagation") // not the list's own
}
