package ui

import (
	"net/url"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
)

// Addresses of the screens that this package links to.
const (
	todayPath     = "/"
	clientsPath   = "/clients"
	portfolioPath = "/portefeuille"
	teamPath      = "/equipe"
	importPath    = "/importer"
	settingsPath  = "/reglages"
	journalPath   = "/journal"
	conflictsPath = "/journal/remplacees"
	setupPath     = "/setup"
	signInPath    = "/connexion"
)

// ClientPath is the address of a client's sheet.
func ClientPath(id portfolio.ID) string { return clientsPath + "/" + id.String() }

// A stage says what the frame shows.
type stage uint8

const (
	opening  stage = iota // before the worker has answered
	stranger              // nobody has signed in on this device
	filling               // the first exchange is on its way
	ready
	stopped // see Env.fatal
)

// Root is the whole page: the frame, the present screen, and what lies over
// it. One Root serves every address.
type Root struct {
	app.Compo

	E *Env

	last    string // address whose screen is shown
	prefix  bool   // g was pressed
	popped  bool   // the browser went back or forth
	coming  coming
	scrolls map[string]int
	undo    []func()
}

// NewRoot returns the page.
func NewRoot(e *Env) *Root { return &Root{E: e} }

// OnMount says hello to the worker and follows it.
func (r *Root) OnMount(ctx app.Context) {
	e := r.E
	e.root = &ctx
	stop := e.Caller.Listen(func(ev bridge.Event) {
		ctx.Dispatch(func(ctx app.Context) { r.heard(ctx, ev) })
	})
	r.undo = append(r.undo, stop)
	for _, ev := range e.heardAhead() {
		ctx.Dispatch(func(ctx app.Context) { r.heard(ctx, ev) }) // once the pages are mounted too
	}
	if e.ahead != nil && e.ahead.welcomed {
		e.entered(opening)
	} else {
		r.hello(ctx)
	}
	ctx.PreventUpdate()
	if app.IsClient {
		r.scrolls = map[string]int{}
		r.listenKeys(ctx)
		r.watchUpdates(ctx)
		paperMargins()
	}
}

// OnPreRender is OnMount in native tests.
func (r *Root) OnPreRender(ctx app.Context) {
	r.E.path, r.E.query = ctx.Page().URL().Path, ctx.Page().URL().Query()
	r.OnMount(ctx)
}

// OnDismount stops listening.
func (r *Root) OnDismount() {
	for _, f := range r.undo {
		f()
	}
}

func (r *Root) hello(ctx app.Context) {
	Ask(ctx, r.E, bridge.OpHello, bridge.Hello{Version: r.E.Version, Lang: string(r.E.Lang)}, r.welcome)
}

func (r *Root) welcome(_ app.Context, w bridge.Welcome, err error) { r.E.welcome(w, err) }

func (e *Env) welcome(w bridge.Welcome, err error) {
	switch {
	case err != nil:
		e.stop(err)
	case w.Storage != "":
		e.stage, e.fatal = stopped, w.Storage
	default:
		e.enter(w)
	}
}

// enter puts a user in front of the screens, or of the sign-in.
func (e *Env) enter(w bridge.Welcome) {
	e.User = w
	if w.Currency != "" {
		e.Currency = w.Currency
	}
	before := e.stage
	switch {
	case w.User.IsZero():
		e.stage = stranger
		return
	case !w.Loaded, w.Role == 0 && before != opening: // the role comes with the first exchange
		e.stage = filling
	default:
		e.stage = ready
	}
	e.entered(before)
}

// entered does what entering asks for once there is a page: another address,
// and the chip.
func (e *Env) entered(before stage) {
	if e.root == nil || e.stage != ready && e.stage != filling {
		return
	}
	if e.stage == ready && (before == stranger || before == filling || e.path == signInPath || e.path == setupPath) {
		// Only now: who somebody is to the company comes with the first exchange.
		e.move(landing(e))
	}
	Ask(*e.root, e, bridge.OpStatus, bridge.None{}, func(_ app.Context, s bridge.Status, err error) {
		if err == nil {
			e.Status = s
			e.tell(bridge.Event{Kind: bridge.EventStatus, Status: &s})
		}
	})
}

// move opens an address from outside a page; a test has no addresses.
func (e *Env) move(address string) {
	if app.IsClient && e.root != nil {
		e.root.Navigate(address)
	}
}

// stop shows why Sillon cannot work.
func (e *Env) stop(err error) {
	e.stage, e.fatal = stopped, bridge.FaultStorage
	for _, code := range []string{bridge.FaultVersion, bridge.FaultWorker, bridge.FaultBlocked, bridge.FaultQuota} {
		if IsFault(err, code) {
			e.fatal = code
		}
	}
}

func (r *Root) heard(ctx app.Context, ev bridge.Event) {
	e := r.E
	switch ev.Kind {
	case bridge.EventStatus:
		if ev.Status != nil {
			e.Status = *ev.Status
			if e.stage == filling && e.Status.LastMS > 0 && e.Status.State == bridge.StateOK {
				r.hello(ctx)
			}
		}
	case bridge.EventLeft:
		if e.User.Demo { // erased in another tab
			e.restart(todayPath)
			return
		}
		e.left()
	case bridge.EventVersion:
		e.stage, e.fatal = stopped, bridge.FaultVersion
	case bridge.EventDead:
		e.stage, e.fatal = stopped, bridge.FaultWorker
	case bridge.EventChanged:
		switch {
		case e.stage == filling: // is the first exchange complete?
			r.hello(ctx)
		case e.stage == stopped && e.fatal == bridge.FaultWorker: // it lives again
			r.hello(ctx)
		}
	}
	e.tell(ev)
}

// OnNav shows the screen of the address. Back finds the scroll it left.
func (r *Root) OnNav(ctx app.Context) {
	if !app.IsClient {
		return
	}
	u := app.Window().URL()
	e := r.E
	if r.last == "" && u.Path == e.path {
		ctx.PreventUpdate() // just drawn
	}
	moved, from := u.Path != e.path && r.last != "", e.path
	if r.last != "" {
		r.scrolls[r.last] = app.Window().Get("scrollY").Int()
	}
	e.path, e.query, e.later = u.Path, u.Query(), ""
	e.menu, e.why, e.keysOpen = false, nil, false
	r.last = u.String()
	y := 0
	if r.popped {
		y = r.scrolls[r.last]
	}
	r.popped = false
	if !moved {
		return
	}
	top := func(ctx app.Context) {
		ctx.Defer(func(ctx app.Context) {
			part.Focus("title")
			app.Window().Call("scrollTo", 0, y)
			if y > 0 {
				r.scrollBack(ctx, r.last, y, 12)
			}
		})
	}
	if !r.comes(ctx, from, top) {
		top(ctx)
	}
}

// scrollBack waits for the page's rows to be there again.
func (r *Root) scrollBack(ctx app.Context, address string, y, tries int) {
	if tries == 0 || r.last != address || app.Window().Get("scrollY").Int() >= y-1 {
		return
	}
	ctx.After(50*time.Millisecond, func(ctx app.Context) {
		if r.last == address {
			app.Window().Call("scrollTo", 0, y)
			r.scrollBack(ctx, address, y, tries-1)
		}
	})
}

// Render shows the frame of the stage.
func (r *Root) Render() app.UI {
	e := r.E
	switch e.stage {
	case opening:
		return app.Div().Class("app opening").Aria("busy", "true").Body(
			r.rail(true), app.Main().Class("main").Body(
				app.Header().Class("topbar").Body(app.H1().Text("Sillon")),
				part.Div("content", part.Skeleton(e.T("opening"), 3))))
	case stopped:
		return &fatalPage{E: e, Code: e.fatal, Retry: r.hello}
	case stranger:
		if e.path == setupPath {
			return &setupPage{E: e, Lang: string(e.Lang)}
		}
		return &signInPage{E: e, Lang: string(e.Lang), Left: e.User.Left}
	case filling:
		return &fillingPage{E: e}
	}
	if e.path == signInPath {
		return &signInPage{E: e, Lang: string(e.Lang), Left: e.User.Left}
	}
	return part.Div(r.coming.class(),
		r.rail(false),
		r.page(),
		r.tabs(),
		r.avatarMenu(),
		r.whySheet(),
		r.keysSheet(),
		&part.Snackbar{Queue: &e.queue, Close: e.T("part.close")},
	)
}

func (r *Root) page() app.UI {
	path := r.E.path
	if r.coming.path != "" {
		path = r.coming.path
	} else if next := r.E.next; next != nil {
		r.E.next = nil
		return next
	}
	if c := find(r.E, path); c != nil {
		return c
	}
	return &lostPage{E: r.E}
}

// A dest is a screen of the navigation.
type dest struct{ path, icon, key, letter string }

// destinations of a user: the manager's team first.
func destinations(role portfolio.Role) []dest {
	d := []dest{
		{todayPath, "sun", "nav.today", "a"},
		{clientsPath, "users", "nav.clients", "c"},
		{portfolioPath, "curve", "nav.portfolio", "p"},
		{planPath, "calendar", "nav.plan", "l"},
	}
	team := dest{teamPath, "grid", "nav.team", "e"}
	switch role {
	case portfolio.RoleManager, portfolio.RoleAdmin:
		return append([]dest{team}, d...)
	}
	return d
}

// here reports whether an address belongs to a destination.
func (d dest) here(path string) bool {
	return path == d.path || d.path != "/" && strings.HasPrefix(path, d.path+"/")
}

func (e *Env) link(d dest, body ...app.UI) app.UI {
	a := app.A().Href(d.path).Body(body...)
	if d.here(e.path) {
		a = a.Aria("current", "page")
	}
	return a
}

// rail is the navigation of wide screens.
func (r *Root) rail(bare bool) app.UI {
	e := r.E
	items := []app.UI{
		app.Raw(railFurrows),
		part.Div("mark", part.Mark("34")),
	}
	if !bare {
		items = append(items, part.Press("skip", "skip", func() { part.Focus("title") }, part.Words(e.T("nav.skip"))))
		for _, d := range destinations(e.User.Role) {
			items = append(items, e.link(d, part.IconL(d.icon), part.Span("", e.T(d.key))))
		}
		items = append(items, app.Div().Class("sp"), part.Div("me", r.avatar("me-rail")))
	}
	return app.Nav().Class("rail").Aria("label", e.T("nav.main")).Body(items...)
}

const railFurrows = `<svg class="furrows" viewBox="0 0 92 220" preserveAspectRatio="none" height="220" fill="none" stroke="#2A5E4E" stroke-width="1.2" aria-hidden="true"><path d="M-70 220C-30 140 20 70 52 0M-48 220C-13 140 28 70 55.2 0M-26 220C4 140 36 70 58.4 0M-4 220C21 140 44 70 61.6 0M18 220C38 140 52 70 64.8 0M40 220C55 140 60 70 68 0M62 220C72 140 68 70 71.2 0M84 220C89 140 76 70 74.4 0M106 220C106 140 84 70 77.6 0M128 220C123 140 92 70 80.8 0M150 220C140 140 100 70 84 0M172 220C157 140 108 70 87.2 0M194 220C174 140 116 70 90.4 0"/></svg>`

// tabs is the navigation of portrait screens and phones; its last item opens
// the menu.
func (r *Root) tabs() app.UI {
	e := r.E
	var items []app.UI
	for _, d := range destinations(e.User.Role) {
		items = append(items, e.link(d, part.Box("pill", part.IconL(d.icon)), part.Span("", e.T(d.key))))
	}
	items = append(items, app.Button().Type("button").Aria("expanded", e.menu).Aria("haspopup", "dialog").
		Body(part.Box("pill", part.IconL("more")), part.Span("", e.T("nav.more"))).OnClick(r.toggleMenu))
	return app.Nav().Class("tabbar").Aria("label", e.T("nav.main")).Body(items...)
}

func (r *Root) avatar(id string) app.UI {
	e := r.E
	return app.Button().Type("button").ID(id).Class("avatar").Aria("label", initials(e.User.Name)+" · "+e.T("me.open", e.User.Name)).
		Aria("expanded", e.menu).Aria("haspopup", "dialog").Text(initials(e.User.Name)).OnClick(r.toggleMenu)
}

func (r *Root) toggleMenu(app.Context, app.Event) { r.E.menu = !r.E.menu }

// initials of a name: "MG".
func initials(name string) string {
	words := strings.Fields(name)
	out := ""
	for i, w := range words {
		if i == 0 || i == len(words)-1 {
			for _, c := range w {
				out += strings.ToUpper(string(c))
				break
			}
		}
	}
	if out == "" {
		return "?"
	}
	return out
}

// At says which address the page was opened at.
func (e *Env) At(u *url.URL) { e.path, e.query = u.Path, u.Query() }
