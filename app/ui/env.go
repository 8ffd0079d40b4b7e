// Package ui is the screens of Sillon: a frame ([Root]) and one page per file.
//
// A page is a component with its environment and what its path says:
//
//	type clientPage struct {
//		app.Compo
//		E  *Env
//		ID string
//
//		view Live[query.ClientAsk, query.Client] // unexported: go-app leaves it alone
//	}
//
//	var _ = screen("/clients/{id}", func(e *Env, id string) app.Composer { return &clientPage{E: e, ID: id} })
//
//	func (p *clientPage) OnMount(ctx app.Context) { p.view.Start(ctx, p.E, bridge.OpClient, p.ask) }
//	func (p *clientPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) } // native tests: go-app mounts nothing there
//	func (p *clientPage) OnUpdate(ctx app.Context) { p.view.Again(ctx) }  // another ID
//	func (p *clientPage) OnNav(ctx app.Context)  { … }                    // the query string has changed
//	func (p *clientPage) Render() app.UI { return Screen(p.E, Bar{Title: …}, …) }
//
// It asks through [Live] or [Ask], orders through [Save], and never sees the
// store. The answer is asked again whenever the worker says that something has
// changed. Everything here compiles natively and is tested without a browser.
package ui

import (
	"context"
	"errors"
	"math"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/query"
)

// Env is what every page is given: whom to ask, in which language, for whom.
// There is one; its fields change on the UI goroutine only.
type Env struct {
	Caller   bridge.Caller
	Lang     i18n.Lang
	Version  string
	Currency string // of the organisation; EUR until the worker says
	User     bridge.Welcome
	Status   bridge.Status
	Now      func() time.Time
	Planner  func() bridge.Helper // starts the planner of weeks; nil: there is none

	root     *app.Context // of Root, which outlives every page
	ahead    *ahead
	sheet    *query.Client // asked before its page is mounted
	stage    stage
	fatal    string // code of what keeps Sillon from working
	queue    part.Queue
	why      *whyAsk
	ground   lastGround // of the last tab of a portfolio
	menu     bool       // the avatar menu is open
	keysOpen bool
	path     string
	query    url.Values

	next   app.Composer  // the page to mount, with its answer
	waited time.Duration // for its answer, in vain

	later     string // the address that is not written yet
	laterSoon *time.Timer

	mu       sync.Mutex
	watchers []watcher
	keys     []keyWatcher
}

// NewEnv returns the environment of a device where nothing is known yet.
func NewEnv(c bridge.Caller, lang i18n.Lang, version string, now func() time.Time) *Env {
	return &Env{Caller: c, Lang: lang, Version: version, Currency: "EUR", Now: now, path: "/"}
}

// T words a key in the language of the user.
func (e *Env) T(key string, args ...any) string { return i18n.T(e.Lang, key, args...) }

// Money writes an amount in full, MoneyShort the way one says it.
func (e *Env) Money(c money.Cents) string { return i18n.Money(e.Lang, int64(c), e.Currency) }

// MoneyShort writes an amount the way one says it: "18,4 k€".
func (e *Env) MoneyShort(c money.Cents) string { return i18n.MoneyShort(e.Lang, int64(c), e.Currency) }

// Number writes a count or a pure number.
func (e *Env) Number(x float64) string { return i18n.Number(e.Lang, x) }

// Count writes a whole number.
func (e *Env) Count(n int) string { return i18n.Number(e.Lang, float64(n)) }

// Figure writes the number, or the class, of a figure; an en dash without one.
func (e *Env) Figure(f query.Figure) string {
	return i18n.Value(e.Lang, e.Currency, f.Value, f.Unit, i18n.Class(e.Lang, f.Topic, f.Text), f.Mark.Status)
}

// When writes an instant seen from now: "auj. 09:40".
func (e *Env) When(ms int64) string {
	if ms == 0 {
		return i18n.None
	}
	return i18n.WhenMS(e.Lang, ms, e.Now())
}

// Fault says an error in words; a plain error has no details worth showing.
func (e *Env) Fault(err error) string {
	var f *bridge.Fault
	if !errors.As(err, &f) || !i18n.Has("fault."+f.Code) {
		return e.T("fault.unknown")
	}
	args := make([]any, len(f.Args))
	for i, a := range f.Args {
		switch args[i] = a; f.Code {
		case bridge.FaultInput:
			args[i] = e.T(a)
		case bridge.FaultThrottled: // seconds; people wait minutes
			args[i] = minutes(secondsOf(f))
		}
	}
	return e.T("fault."+f.Code, args...)
}

// secondsOf is how long a refusal asks to wait.
func secondsOf(f *bridge.Fault) int {
	if len(f.Args) == 0 {
		return 0
	}
	s, _ := strconv.Atoi(strings.ReplaceAll(f.Args[0], ",", ""))
	return s
}

// minutes is how many minutes to wait for some seconds, in whole ones.
func minutes(seconds int) int { return (seconds + 59) / 60 }

// IsFault reports whether err is the fault of that code.
func IsFault(err error, code string) bool {
	var f *bridge.Fault
	return errors.As(err, &f) && f.Code == code
}

// Param is a value of the query string of the current address.
func (e *Env) Param(name string) string { return e.query.Get(name) }

// Query is the query string of the current address.
func (e *Env) Query() url.Values { return e.query }

// Path is the path of the current address.
func (e *Env) Path() string { return e.path }

// Address writes a path with a query string; empty values are left out.
func Address(path string, pairs ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// Go opens a page.
func (e *Env) Go(ctx app.Context, address string) { ctx.Navigate(address) }

// Replace writes the present state of a page into the address, without a step
// in the history: a filter, a sort.
func (e *Env) Replace(address string) {
	u, err := url.Parse(address)
	if err != nil {
		return
	}
	e.path, e.query, e.later = u.Path, u.Query(), ""
	if app.IsClient {
		app.Window().Get("history").Call("replaceState", nil, "", address)
	}
}

// typingRests is how long after the last key the address follows what is typed.
const typingRests = 250 * time.Millisecond

// ReplaceSoon is Replace for what is being typed: the browser is told when the
// typing rests, or by replaceNow, because each time costs it as much as a row.
func (e *Env) ReplaceSoon(address string) {
	u, err := url.Parse(address)
	if err != nil || !app.IsClient {
		e.Replace(address)
		return
	}
	e.path, e.query, e.later = u.Path, u.Query(), address
	if e.laterSoon != nil {
		e.laterSoon.Stop()
	}
	e.laterSoon = time.AfterFunc(typingRests, e.replaceNow)
}

// replaceNow writes what ReplaceSoon has put off, if anything.
func (e *Env) replaceNow() {
	if later := e.later; later != "" && app.Window().URL().Path == e.path { // not on the way to another page
		e.Replace(later)
	}
	e.later = ""
}

// Snack says what happened, with an act that takes it back; undo may be nil.
func (e *Env) Snack(text string, undo part.Tap) {
	s := part.Snack{Text: text}
	if undo != nil {
		s.Action, s.Act = e.T("part.undo"), undo
	}
	e.queue.Push(s)
}

// Why opens the sheet that says where a figure comes from; subject is whom it
// is about: a [Subject], a [Whole], a plain name, or empty.
func (e *Env) Why(f query.Figure, subject string) { e.why = &whyAsk{figure: f, subject: subject} }

// Tap is a figure that can be tapped for its reasons: class sizes it.
func (e *Env) Tap(f query.Figure, subject, class string) app.UI {
	return e.TapText(f, subject, class, e.Figure(f))
}

// TapText is Tap with other words on the button: "P4–R3", a badge's name.
func (e *Env) TapText(f query.Figure, subject, class, text string) app.UI {
	if class != "" {
		class = " " + class
	}
	if f.Mark.Status == explain.Weak {
		class += " weak"
	}
	return app.Button().Type("button").Class("figb tn"+class).Text(text).
		Aria("label", e.T("part.whyFigure", i18n.Topic(e.Lang, f.Topic), text)).
		OnClick(func(ctx app.Context, _ app.Event) { e.WhyAt(ctx, f, subject) }, app.EventScope("why", subject, f.Topic, text, print(f.Mark)))
}

// asWhy is what a button shows of a figure, with the words around it for who
// does not see them: what it is, and that it opens its reasons. No label hides
// what is shown: one says to the device what one reads.
func (e *Env) asWhy(topic string, shown ...app.UI) []app.UI {
	before, after, _ := strings.Cut(e.T("part.whyFigure", topic, "|"), "|")
	return append(append([]app.UI{part.Span("sr", before)}, shown...), part.Span("sr", after))
}

// print tells two explanations apart, so that a button never opens an old one.
func print(m explain.Mark) string {
	h := uint64(m.Status)<<8 | uint64(m.Reason)
	for _, s := range m.Steps {
		h = h*1099511628211 ^ math.Float64bits(s.Value)
		for i := range len(s.Text) {
			h = h*1099511628211 ^ uint64(s.Text[i])
		}
	}
	return strconv.FormatUint(h, 36)
}

type watcher struct {
	ctx app.Context
	f   func(app.Context, bridge.Event)
}

// Watch calls f on the UI goroutine for every event of the worker, as long as
// the component of ctx is mounted.
func (e *Env) Watch(ctx app.Context, f func(app.Context, bridge.Event)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.watchers = append(e.watchers, watcher{ctx, f})
}

// tell passes an event on, and forgets components that are gone.
func (e *Env) tell(ev bridge.Event) {
	if ev.Kind == bridge.EventChanged {
		e.sheet, e.next = nil, nil // the page asks for itself
	}
	e.mu.Lock()
	kept := e.watchers[:0]
	for _, w := range e.watchers {
		if w.ctx.Src().Mounted() {
			kept = append(kept, w)
		}
	}
	clear(e.watchers[len(kept):])
	e.watchers = kept
	now := append([]watcher(nil), kept...)
	e.mu.Unlock()
	for _, w := range now {
		w.ctx.Dispatch(func(ctx app.Context) { w.f(ctx, ev) })
	}
}

type keyWatcher struct {
	ctx app.Context
	f   func(app.Context, string) bool
}

// OnKey calls f for keys pressed outside fields, while the component of ctx is
// mounted; the latest comes first, and true ends the search. Keys are named as
// in KeyboardEvent.key: "j", "Enter", "Escape".
func (e *Env) OnKey(ctx app.Context, f func(ctx app.Context, key string) bool) {
	kept := e.keys[:0]
	for _, k := range e.keys {
		if k.ctx.Src().Mounted() {
			kept = append(kept, k)
		}
	}
	e.keys = append(kept, keyWatcher{ctx, f})
}

// Ask runs one operation off the UI goroutine and gives its answer back on it,
// if the component of ctx is still there.
func Ask[Q, A any](ctx app.Context, e *Env, op bridge.Op[Q, A], q Q, done func(app.Context, A, error)) {
	askWithin(context.Background(), ctx, e, op, q, nil, done)
}

// askWithin is Ask for a question that can be stopped and tells how far it is.
func askWithin[Q, A any](c context.Context, ctx app.Context, e *Env, op bridge.Op[Q, A], q Q, tell func(bridge.Progress), done func(app.Context, A, error)) {
	lang, currency := e.Lang, e.Currency
	ctx.Async(func() {
		a, err := bridge.CallProgress(c, e.Caller, op, q, tell)
		if d, ok := any(&a).(query.Drawn); ok && err == nil {
			draw(d, lang, currency)
		}
		ctx.Dispatch(func(ctx app.Context) { done(ctx, a, err) })
	})
}

// drawSlice is how long drawing keeps the page from anything else.
const drawSlice = 8 * time.Millisecond

// draw draws the charts of an answer, which keep their pictures.
func draw(d query.Drawn, lang i18n.Lang, currency string) {
	head, charts := d.Drawn()
	if head != nil && head.Currency != "" {
		currency = head.Currency
	}
	write, began := part.Writing(lang, currency), time.Now()
	for _, c := range charts {
		if c.Mark.Has() {
			c.Draw(write)
		}
		if time.Since(began) > drawSlice {
			time.Sleep(time.Millisecond) // the browser has its turn
			began = time.Now()
		}
	}
}

// Save runs an order. A failure is said in the snackbar: what was typed is the
// page's to keep. done may be nil.
func Save[Q, A any](ctx app.Context, e *Env, op bridge.Op[Q, A], q Q, done func(app.Context, A)) {
	ctx.Async(func() {
		a, err := bridge.Call(context.Background(), e.Caller, op, q)
		if err != nil { // said even when the page has been left meanwhile
			e.over(ctx).Dispatch(func(app.Context) { e.Snack(e.Fault(err), nil) })
			return
		}
		ctx.Dispatch(func(ctx app.Context) {
			if done != nil {
				done(ctx, a)
			}
		})
	})
}

// over is the context of what outlives the pages.
func (e *Env) over(ctx app.Context) app.Context {
	if e.root != nil {
		return *e.root
	}
	return ctx
}

// A Live is the last answer to a page's question. It asks again when the
// worker tells of a change; the old answer stays in place meanwhile.
type Live[Q, A any] struct {
	Value *A    // nil until the first answer
	Err   error // of the last question

	env   *Env
	ctx   app.Context // of the page: a button's own may be gone when the answer comes
	op    bridge.Op[Q, A]
	ask   func() Q
	busy  bool
	again bool
	came  func() // called when an answer or a fault has come; may be nil
	wait  wait
}

// A wait is the first answer on its way: after a moment the page says how far
// it is, and lets the reader stop it.
type wait struct {
	long bool // over patience
	done int
	of   int
	stop context.CancelFunc
}

// patience is how long a page waits before it says so, what it was waited for
// before it was mounted included.
const patience = 300 * time.Millisecond

// begin opens the wait for one question; first: nothing is shown yet.
func (w *wait) begin(ctx app.Context, e *Env, first bool) (context.Context, func(bridge.Progress)) {
	c, stop := context.WithCancel(context.Background())
	*w = wait{stop: stop}
	if !first || !app.IsClient {
		return c, nil
	}
	still := patience - e.waited
	e.waited = 0
	ctx.After(still, func(app.Context) {
		e.spareFrame()
		w.long = c.Err() == nil
	})
	return c, func(p bridge.Progress) {
		ctx.Dispatch(func(ctx app.Context) {
			e.spareFrame()
			w.done, w.of = p.Done, p.Of
		})
	}
}

// end closes it.
func (w *wait) end() {
	if w.stop != nil {
		w.stop()
	}
	*w = wait{}
}

// Start asks for the first time, unless the answer is there already, and
// follows changes while the component is mounted. ask says the question as the
// page stands then.
func (l *Live[Q, A]) Start(ctx app.Context, e *Env, op bridge.Op[Q, A], ask func() Q) {
	first := l.env == nil
	l.env, l.ctx, l.op, l.ask = e, ctx, op, ask
	if first {
		e.Watch(ctx, func(ctx app.Context, ev bridge.Event) {
			if ev.Kind == bridge.EventChanged {
				l.Again(ctx)
			}
		})
	}
	if first && l.Value != nil {
		return
	}
	l.Again(ctx)
}

// Ahead asks for the first time before the page is mounted, and calls done with
// whether the answer has come; Start then does not ask. stop gives the question
// up.
func (l *Live[Q, A]) Ahead(ctx app.Context, e *Env, op bridge.Op[Q, A], q Q, done func(ctx app.Context, ok bool)) (stop func()) {
	c, stop := context.WithCancel(context.Background())
	askWithin(c, ctx, e, op, q, nil, func(ctx app.Context, a A, err error) {
		if err == nil {
			l.Value = &a
		}
		done(ctx, err == nil)
	})
	return stop
}

// Again asks the question as it stands now. Asked while an answer is on its
// way, it asks once more when that has come. The answer is given to the page
// where it was started, even when the button that asked is gone by then.
func (l *Live[Q, A]) Again(app.Context) {
	if l.env == nil {
		return
	}
	ctx := l.ctx
	if l.busy {
		l.again = true
		return
	}
	l.busy = true
	c, tell := l.wait.begin(ctx, l.env, l.Value == nil)
	askWithin(c, ctx, l.env, l.op, l.ask(), tell, func(ctx app.Context, a A, err error) {
		l.env.spareFrame()
		l.wait.end()
		l.busy = false
		if l.again {
			l.again = false
			l.Again(ctx)
			if err != nil {
				return
			}
		}
		if l.Err = err; err == nil {
			l.Value = &a
			l.env.saw(&a)
		}
		if l.came != nil {
			l.came()
		}
	})
}

// spareFrame spares the frame around the pages a render: go-app renders all that
// lies above what an answer changes.
func (e *Env) spareFrame() {
	if e.root != nil {
		e.root.PreventUpdate()
	}
}

// saw takes from an answer what the frame needs.
func (e *Env) saw(answer any) {
	var h *query.Head
	switch a := answer.(type) {
	case *query.Today:
		h = &a.Head
	case *query.List:
		h = &a.Head
	case *query.Client:
		h = &a.Head
	case *query.Portfolio:
		h = &a.Head
	case *query.Team:
		h = &a.Head
	case query.Drawn:
		h, _ = a.Drawn()
	}
	if h != nil && h.Currency != "" {
		e.Currency = h.Currency
	}
}

// Waiting is what a page shows before its first answer: quiet cards, or what
// went wrong and a way on.
func (l *Live[Q, A]) Waiting(e *Env) app.UI {
	if l.Err != nil {
		return part.Fault(e.Fault(l.Err), e.T("part.again"), func(ctx app.Context) { l.Again(ctx) })
	}
	return l.wait.shown(e)
}

// shown is the quiet cards, after a moment with how far it is and a way to stop.
func (w *wait) shown(e *Env) app.UI {
	if !w.long {
		return part.Skeleton(e.T("part.loading"), 3)
	}
	return part.Div("waiting", w.card(e), part.Skeleton(e.T("part.loading"), 3))
}

// card says how far it is, and can be stopped.
func (w *wait) card(e *Env) app.UI {
	bar := app.Progress().Aria("label", e.T("part.loading"))
	if w.of > 0 {
		bar = bar.Max(strconv.Itoa(w.of)).Value(strconv.Itoa(min(w.done, w.of)))
	}
	return part.Div("card wait-c", app.P().Class("sm t2").Attr("role", "status").Text(e.T("part.computing")), bar,
		part.Button("stop", "sec sm", "", e.T("part.stop"), func(app.Context) { w.stop() }))
}
