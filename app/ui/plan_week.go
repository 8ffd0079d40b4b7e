package ui

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/ui/part"
	"sillon/engine/calendar"
	"sillon/engine/plan"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

const weekPath = "/plan/semaine"

// Small settings of this device.
const (
	weekRepKey   = "week.rep"
	weekDraftKey = "week.draft"
)

// weekPage plans the days of a week: whom to place at the left, the days in the
// middle, the tour of one day and the sums at the right. The planner runs in a
// worker of its own while the page is open.
type weekPage struct {
	app.Compo

	E *Env

	view  Live[query.WeekAsk, query.WeekTab]
	ctx   app.Context
	from  calendar.Day // Monday; 0: this week
	days  int
	rep   query.WeekRep
	known bool // what this device kept has been read

	draft []draftVisit   // proposals that are no appointments yet
	tab   *query.WeekTab // that the week is about
	week  *plan.Week
	place map[portfolio.ID]int32 // in tab.Rows

	helper  bridge.Helper
	turn    int // of the question to the planner: older answers are void
	busy    bool
	began   time.Time
	ran, of int
	err     error

	day    int    // shown on the map, and on a phone
	zone   string // of the tray
	lift   int32  // client being placed, −1: none
	before []draftVisit
	open   *plan.Stop
	openOn int
	gap    string // what a cancelled appointment has freed
	replan bool   // once the book is there
	rules  bool   // how the rep works is open
	others bool   // those who are not due are listed
	said   string // to a screen reader
	undo   func() // of what watches the page
}

// A draftVisit is a proposal kept on this device until it is accepted.
type draftVisit struct {
	ID     portfolio.ID `cbor:"1,keyasint"`
	Day    calendar.Day `cbor:"2,keyasint"`
	Start  int32        `cbor:"3,keyasint"`
	Length int32        `cbor:"4,keyasint,omitempty"`
	Lock   bool         `cbor:"5,keyasint,omitempty"`
}

// planMS is how long better weeks are looked for, sliceMS how long one question
// to the planner takes: what a reader who cancels may have to wait for.
const planMS, replanMS, sliceMS = 5000, 700, 80

var _ = screen(weekPath, func(e *Env, _ string) app.Composer { return &weekPage{E: e, days: 5, lift: -1} })

// OnMount asks for the book.
func (p *weekPage) OnMount(ctx app.Context) {
	p.ctx = ctx
	p.address()
	p.undo = styled()
	p.view.came = p.came
	Ask(ctx, p.E, bridge.OpLocalGet, bridge.Local{Key: weekRepKey}, func(ctx app.Context, l bridge.Local, err error) {
		if err == nil {
			p.rep = decodeRep(l.Data)
		}
		Ask(ctx, p.E, bridge.OpLocalGet, bridge.Local{Key: weekDraftKey}, func(ctx app.Context, l bridge.Local, err error) {
			if err == nil {
				p.draft = decodeDraft(l.Data)
			}
			p.known = true
			p.view.Start(ctx, p.E, bridge.OpWeek, p.ask)
		})
	})
	p.E.OnKey(ctx, func(_ app.Context, key string) bool {
		if key != "Escape" || p.lift < 0 {
			return false
		}
		p.putBack()
		return true
	})
}

// OnPreRender is OnMount in native tests.
func (p *weekPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnNav follows the week of the address.
func (p *weekPage) OnNav(ctx app.Context) {
	if p.E.Path() == weekPath && p.address() {
		p.again()
		return
	}
	ctx.PreventUpdate()
}

// OnDismount ends the planner.
func (p *weekPage) OnDismount() {
	p.turn++
	if p.undo != nil {
		p.undo()
	}
	if p.helper != nil {
		p.helper.Close()
		p.helper = nil
	}
}

// address reads which week is asked for; true when it is another one.
func (p *weekPage) address() bool {
	from, days := mondayOf(p.E.Param("du")), 5
	if p.E.Param("jours") == "10" {
		days = 10
	}
	moved := from != p.from || days != p.days
	p.from, p.days = from, days
	return moved
}

// mondayOf reads a week as ISO 8601 writes it, "2026-W48"; 0 when it is none.
func mondayOf(s string) calendar.Day {
	y, w, ok := strings.Cut(s, "-W")
	year, err1 := strconv.Atoi(y)
	week, err2 := strconv.Atoi(w)
	if !ok || err1 != nil || err2 != nil || year < 1970 || year > 2200 || week < 1 || week > 53 {
		return 0
	}
	return calendar.Of(year, 1, 4).Monday() + calendar.Day(7*(week-1)) // 4 January is of week 1
}

// weekText writes the week of a day: "2026-W48".
func weekText(d calendar.Day) string {
	y, w := d.ISOWeek()
	s := strconv.Itoa(w)
	if w < 10 {
		s = "0" + s
	}
	return strconv.Itoa(y) + "-W" + s
}

func (p *weekPage) ask() query.WeekAsk {
	now := p.E.Now()
	return query.WeekAsk{Lang: string(p.E.Lang), From: p.from, Days: p.days, Now: int32(now.Hour()*60 + now.Minute()), Rep: p.rep}
}

// again asks for the book of other days.
func (p *weekPage) again() {
	p.turn++
	p.busy, p.open, p.lift, p.gap, p.day = false, nil, -1, "", 0
	p.view.Again(p.ctx)
}

// came takes a new book: the proposals stand as they were.
func (p *weekPage) came() {
	tab := p.view.Value
	if tab == nil || p.view.Err != nil || tab.Head.Empty || len(tab.Book.Days) == 0 {
		return
	}
	for _, s := range slices.Clone(p.draft) {
		if i, ok := rowsOf(tab)[s.ID]; ok && fixedOn(tab, i, s.Day) {
			p.draft = without(p.draft, s)
		}
	}
	q := bridge.Solve{Book: p.book(tab, !p.replan)}
	if p.replan {
		q.MS = replanMS
	}
	p.replan = false
	p.put(tab, q)
}

func without(list []draftVisit, x draftVisit) []draftVisit {
	return slices.DeleteFunc(slices.Clone(list), func(d draftVisit) bool { return d.ID == x.ID && d.Day == x.Day })
}

func fixedOn(tab *query.WeekTab, i int32, day calendar.Day) bool {
	return slices.ContainsFunc(tab.Book.Fixed, func(f plan.Fixed) bool { return f.Client == i && f.Day == day })
}

func rowsOf(tab *query.WeekTab) map[portfolio.ID]int32 {
	m := make(map[portfolio.ID]int32, len(tab.Rows))
	for i := range tab.Rows {
		m[tab.Rows[i].ID] = int32(i)
	}
	return m
}

// book is the book with what the rep holds and what was proposed. Proposals of
// other weeks stay where they are.
func (p *weekPage) book(tab *query.WeekTab, hold bool) plan.Book {
	b := tab.Book
	b.Fixed = slices.Clone(b.Fixed)
	b.Hold = hold
	rows := rowsOf(tab)
	first, last := b.Days[0].Day, b.Days[len(b.Days)-1].Day
	for _, d := range p.draft {
		i, ok := rows[d.ID]
		switch {
		case !ok:
		case d.Day < first || d.Day > last:
			if d.Day > last && b.Clients[i].Next == 0 || d.Day < first && d.Day >= p.E.today() {
				b.Clients = slices.Clone(b.Clients)
				b.Clients[i].Next = d.Day
			}
		case d.Lock:
			b.Fixed = append(b.Fixed, plan.Fixed{Client: i, Day: d.Day, Start: d.Start, Length: d.Length, Lock: true})
		default:
			b.Kept = append(b.Kept, plan.Fixed{Client: i, Day: d.Day, Start: d.Start, Length: d.Length})
		}
	}
	return b
}

// put asks the planner for a week.
func (p *weekPage) put(tab *query.WeekTab, q bridge.Solve) {
	p.turn++
	turn := p.turn
	p.busy, p.ran, p.of, p.began = q.MS > 0, 0, 0, p.E.Now()
	askPlanner(p, bridge.OpSolve, q, func(s bridge.Solved, err error) (draw bool) {
		if turn != p.turn {
			return false
		}
		if p.err = err; err != nil {
			p.busy = false
			return true
		}
		if s.Tight {
			p.E.Snack(p.E.T("week.tight"), nil)
		}
		p.take(tab, s)
		if q.MS == 0 {
			p.keep()
			return true
		}
		p.better(tab, turn)
		return true
	})
}

// better asks again until the search has cooled down.
func (p *weekPage) better(tab *query.WeekTab, turn int) {
	askPlanner(p, bridge.OpBetter, bridge.Better{MS: sliceMS}, func(s bridge.Solved, err error) (draw bool) {
		if turn != p.turn {
			return false
		}
		done := err != nil || s.Ran >= s.Of || p.E.Now().Sub(p.began) > 2*planMS*time.Millisecond
		if s.Week != nil || done {
			p.take(tab, s)
		}
		p.ran, p.of = s.Ran, s.Of
		if done {
			p.finish()
			return true
		}
		p.better(tab, turn)
		part.SetValue("week-bar", strconv.Itoa(min(p.ran, max(1, p.of)))) // without drawing the page again
		return s.Week != nil
	})
}

// take shows a week.
func (p *weekPage) take(tab *query.WeekTab, s bridge.Solved) {
	if p.ran, p.of = s.Ran, s.Of; s.Week == nil {
		return
	}
	p.tab, p.week, p.place = tab, s.Week, rowsOf(tab)
	first, last := tab.Book.Days[0].Day, tab.Book.Days[len(tab.Book.Days)-1].Day
	kept := slices.DeleteFunc(slices.Clone(p.draft), func(d draftVisit) bool { return !d.Lock && d.Day >= first && d.Day <= last })
	for _, f := range s.Kept {
		kept = append(kept, draftVisit{ID: tab.Rows[f.Client].ID, Day: f.Day, Start: f.Start, Length: f.Length})
	}
	p.draft = kept
	if p.day >= len(s.Week.Days) {
		p.day = 0
	}
	if p.day == 0 {
		for d := range s.Week.Days {
			if s.Week.Days[d].Day == p.E.today() {
				p.day = d
			}
		}
	}
}

// finish keeps the best week found.
func (p *weekPage) finish() {
	p.turn++
	p.busy = false
	if p.week != nil {
		p.said = p.E.T("week.found", int(p.week.Visits), int(p.week.Travel))
	}
	p.keep()
}

// keep writes the proposals on this device, those of the past left out.
func (p *weekPage) keep() {
	today := p.E.today()
	p.draft = slices.DeleteFunc(p.draft, func(d draftVisit) bool { return d.Day < today })
	Ask(p.ctx, p.E, bridge.OpLocalPut, bridge.Local{Key: weekDraftKey, Data: encodeDraft(p.draft)}, func(_ app.Context, _ bridge.None, err error) {
		if err != nil {
			p.E.Snack(p.E.Fault(err), nil)
		}
	})
}

func encodeDraft(d []draftVisit) []byte {
	b, err := portfolio.Enc.Marshal(d)
	if err != nil {
		return nil
	}
	return b
}

func decodeDraft(b []byte) (d []draftVisit) {
	if len(b) > 0 && portfolio.Dec.Unmarshal(b, &d) != nil {
		return nil
	}
	return d
}

func decodeRep(b []byte) (r query.WeekRep) {
	if len(b) > 0 && portfolio.Dec.Unmarshal(b, &r) != nil {
		return query.WeekRep{}
	}
	return r
}

// askPlanner asks the planner, which is started when it is not there.
func askPlanner[Q any](p *weekPage, op bridge.Op[Q, bridge.Solved], q Q, done func(bridge.Solved, error) (draw bool)) {
	if p.helper == nil {
		if p.E.Planner == nil {
			p.err = &bridge.Fault{Code: bridge.FaultWorker, Text: "no planner"}
			return
		}
		p.helper = p.E.Planner()
	}
	h := p.helper
	p.ctx.Async(func() {
		s, err := bridge.Call(context.Background(), h, op, q)
		p.ctx.Dispatch(func(ctx app.Context) {
			p.E.spareFrame()
			if IsFault(err, bridge.FaultWorker) && p.helper == h {
				p.helper = nil // the next question starts another one
			}
			if !done(s, err) {
				ctx.PreventUpdate()
			}
		})
	})
}

// propose looks for a whole week; what is locked stays.
func (p *weekPage) propose() {
	if p.tab == nil {
		return
	}
	p.open, p.lift, p.gap = nil, -1, ""
	first, last := p.tab.Book.Days[0].Day, p.tab.Book.Days[len(p.tab.Book.Days)-1].Day
	p.draft = slices.DeleteFunc(slices.Clone(p.draft), func(d draftVisit) bool { return !d.Lock && d.Day >= first && d.Day <= last })
	p.put(p.tab, bridge.Solve{Book: p.book(p.tab, false), MS: planMS})
}

// fill fills what is free and moves as little as it can.
func (p *weekPage) fill() {
	p.gap, p.open, p.lift, p.replan = "", nil, -1, true
	p.view.Again(p.ctx) // the clock has moved on
}

// stop keeps the best week so far.
func (p *weekPage) stop() { p.finish() }

// hold asks for the week with the proposals as they stand.
func (p *weekPage) hold() { p.put(p.tab, bridge.Solve{Book: p.book(p.tab, true)}) }

// undoable runs a change of the draft that can be taken back.
func (p *weekPage) undoable(said string, change func()) {
	before := slices.Clone(p.draft)
	change()
	p.hold()
	p.E.Snack(said, func(app.Context) {
		p.draft = before
		p.hold()
	})
}

// liftUp takes a client in hand; the days say what he costs there.
func (p *weekPage) liftUp(i int32) {
	p.before = nil
	if p.lift == i {
		i = -1
	}
	p.lift, p.open = i, nil
	if i >= 0 {
		p.said = p.E.T("week.lifted", p.tab.Rows[i].Name)
		p.focusDrop()
	}
}

func (p *weekPage) focusDrop() {
	if app.IsClient {
		p.ctx.Defer(func(app.Context) {
			for d := range p.week.Days {
				if el := app.Window().GetElementByID("drop-" + strconv.Itoa(d)); el.Truthy() {
					el.Call("focus")
					return
				}
			}
		})
	}
}

// liftStop takes a proposal off its day to place it elsewhere.
func (p *weekPage) liftStop(s *plan.Stop, day calendar.Day) {
	id := p.tab.Rows[s.Client].ID
	p.before = slices.Clone(p.draft)
	p.draft = without(p.draft, draftVisit{ID: id, Day: day})
	p.open, p.lift = nil, s.Client
	p.said = p.E.T("week.lifted", p.tab.Rows[s.Client].Name)
	p.hold()
}

// putBack lets go of a client: he is where he was.
func (p *weekPage) putBack() {
	p.lift = -1
	if p.before != nil {
		p.draft, p.before = p.before, nil
		p.hold()
	}
}

// drop places the client in hand on a day.
func (p *weekPage) drop(d int, wish int32) {
	if p.lift < 0 || p.tab == nil || d >= len(p.tab.Book.Days) {
		return
	}
	i := p.lift
	before := slices.Clone(p.draft)
	if p.before != nil {
		before = p.before
	}
	p.lift, p.before, p.day = -1, nil, d
	day := p.tab.Book.Days[d].Day
	p.put(p.tab, bridge.Solve{Book: p.book(p.tab, true), Add: &bridge.Put{Client: i, Day: day, Wish: wish}})
	said := p.E.T("week.dropped", p.tab.Rows[i].Name, weekDay(p.E, day))
	p.said = said
	p.E.Snack(said, func(app.Context) {
		p.draft = before
		p.hold()
	})
}

func (p *weekPage) lock(s *plan.Stop, day calendar.Day, on bool) {
	id, name := p.tab.Rows[s.Client].ID, p.tab.Rows[s.Client].Name
	key := "week.unlocked"
	if on {
		key = "week.locked"
	}
	p.open = nil
	p.undoable(p.E.T(key, name), func() {
		p.draft = append(without(p.draft, draftVisit{ID: id, Day: day}), draftVisit{ID: id, Day: day, Start: s.Start, Length: s.End - s.Start, Lock: on})
	})
}

func (p *weekPage) remove(s *plan.Stop, day calendar.Day) {
	row := &p.tab.Rows[s.Client]
	p.open = nil
	p.undoable(p.E.T("week.removed", row.Name), func() { p.draft = without(p.draft, draftVisit{ID: row.ID, Day: day}) })
}

// cancel takes an appointment off, and offers to fill its hour.
func (p *weekPage) cancel(s *plan.Stop, day calendar.Day) {
	row, id := p.tab.Rows[s.Client], p.tab.Fixed[s.Fixed].ID
	p.open = nil
	Save(p.ctx, p.E, bridge.OpCancel, bridge.CancelVisit{ID: id, Account: row.ID}, func(ctx app.Context, saved bridge.Saved) {
		p.gap = p.E.T("week.freed", row.Name, weekDay(p.E, day))
		p.E.Snack(p.E.T("week.cancelled", row.Name), func(app.Context) {
			p.gap = ""
			Save(p.ctx, p.E, bridge.OpUndo, bridge.Undo{Account: row.ID, ID: saved.ID}, nil)
		})
	})
}

// accept turns the proposals of a day, or of all, into appointments.
func (p *weekPage) accept(day calendar.Day) {
	first, last := p.tab.Book.Days[0].Day, p.tab.Book.Days[len(p.tab.Book.Days)-1].Day
	var q bridge.Accept
	var taken []draftVisit
	for _, d := range p.draft {
		if d.Day < first || d.Day > last || day != 0 && d.Day != day {
			continue
		}
		taken = append(taken, d)
		q.Visits = append(q.Visits, bridge.PlanVisit{Account: d.ID, Day: int32(d.Day), Minute: int(d.Start), Kind: portfolio.Visit})
	}
	if len(q.Visits) == 0 {
		return
	}
	if p.busy {
		p.finish()
	}
	Save(p.ctx, p.E, bridge.OpAccept, q, func(_ app.Context, a bridge.Accepted) {
		for _, d := range taken {
			p.draft = without(p.draft, d)
		}
		p.keep()
		said := p.E.T("week.accepted", len(taken))
		p.said = said
		p.E.Snack(said, func(app.Context) {
			Save(p.ctx, p.E, bridge.OpAccept, bridge.Accept{Undo: a.Act}, func(app.Context, bridge.Accepted) {
				p.draft = append(p.draft, taken...)
				p.view.Again(p.ctx) // then they are kept again
			})
		})
	})
}

// setRep keeps how the rep works, on this device.
func (p *weekPage) setRep(r query.WeekRep) {
	p.rep = r
	b, err := portfolio.Enc.Marshal(r)
	if err != nil {
		return
	}
	Ask(p.ctx, p.E, bridge.OpLocalPut, bridge.Local{Key: weekRepKey, Data: b}, func(_ app.Context, _ bridge.None, err error) {
		if err != nil {
			p.E.Snack(p.E.Fault(err), nil)
		}
	})
	p.view.Again(p.ctx)
}

// here asks the device where it is: the place a day begins at.
func (p *weekPage) here() {
	if !app.IsClient {
		return
	}
	g := app.Window().Get("navigator").Get("geolocation")
	fail := func() { p.ctx.Dispatch(func(app.Context) { p.E.Snack(p.E.T("week.no-position"), nil) }) }
	if !g.Truthy() {
		fail()
		return
	}
	var ok, bad app.Func
	free := func() { ok.Release(); bad.Release() }
	ok = app.FuncOf(func(_ app.Value, a []app.Value) any {
		c := a[0].Get("coords")
		lat, lon := c.Get("latitude").Float(), c.Get("longitude").Float()
		p.ctx.Dispatch(func(app.Context) {
			r := p.inForce()
			r.Home, r.Name = plan.Point{Lat: math.Round(lat*1e5) / 1e5, Lon: math.Round(lon*1e5) / 1e5, Known: true}, ""
			p.setRep(r)
		})
		go free()
		return nil
	})
	bad = app.FuncOf(func(app.Value, []app.Value) any {
		fail()
		go free()
		return nil
	})
	g.Call("getCurrentPosition", ok, bad, map[string]any{"timeout": 10_000, "maximumAge": 60_000})
}

// inForce is how the rep works, as the screen shows it; a place that was only
// guessed is left open.
func (p *weekPage) inForce() query.WeekRep {
	r := p.rep
	if p.tab != nil {
		home := r.Home
		r = p.tab.Rep
		r.Home = home
	}
	return r
}
