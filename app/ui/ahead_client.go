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

// The sheet of a client and the tabs of a portfolio are asked for before their
// page is mounted, and the page left stays on the screen until the answer is
// there: a page is mounted once, whole, instead of an empty one first. A worker
// that takes its time is not waited for: the page that says it is reading comes
// then.

// sheetAhead and tabAhead are how long the page left stays.
const (
	sheetAhead = 150 * time.Millisecond
	tabAhead   = 200 * time.Millisecond
)

// A foreseen page asks its question before it is mounted: it calls done when
// the answer has come or cannot; stop gives the question up.
type foreseen interface {
	app.Composer
	ahead(ctx app.Context, done func(ctx app.Context, ok bool)) (stop func())
}

func (p *portfolioPage) ahead(ctx app.Context, done func(app.Context, bool)) func() {
	p.tab.paper = p.paper
	p.tab.foresee()
	return p.view.Ahead(ctx, p.E, bridge.OpPortfolio, p.ask(), done)
}

func (p *maturityPage) ahead(ctx app.Context, done func(app.Context, bool)) func() {
	p.tab.paper = p.paper
	p.tab.foresee()
	return p.view.Ahead(ctx, p.E, bridge.OpMaturity, p.ask(), done)
}

func (p *weightPage) ahead(ctx app.Context, done func(app.Context, bool)) func() {
	p.tab.extra, p.tab.pairs, p.tab.paper = p.amounts, p.pairs, p.paper
	p.tab.foresee()
	p.read()
	return p.view.Ahead(ctx, p.E, bridge.OpWeigh, p.ask(), done)
}

func (p *contactsPage) ahead(ctx app.Context, done func(app.Context, bool)) func() {
	p.tab.paper = p.paper
	p.tab.foresee()
	return p.view.Ahead(ctx, p.E, bridge.OpContacts, p.ask(), done)
}

func (p *potentialPage) ahead(ctx app.Context, done func(app.Context, bool)) func() {
	p.tab.paper = p.paper
	p.tab.foresee()
	return p.view.Ahead(ctx, p.E, bridge.OpPotential, p.ask(), done)
}

// foresee reads the address before the page is mounted.
func (t *tab) foresee() { t.foreseen, t.at = true, tabAtOf(t.env) }

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

// comes asks for the page of the address that has just come, and calls show
// once it may be shown; false when there is nothing to wait for. from is the
// path of the page on the screen.
func (r *Root) comes(ctx app.Context, from string, show func(app.Context)) bool {
	e := r.E
	r.coming.turn++
	if r.coming.path != "" { // the page on the screen is an older one still
		from = r.coming.path
	}
	r.coming.path, e.sheet, e.next = "", nil, nil
	if e.stage != ready {
		return false
	}
	id, ok := sheetIn(e.path)
	if !ok {
		page, ok := find(e, e.path).(foreseen)
		if ok && from != e.path {
			r.foresees(ctx, from, page, show)
		}
		return r.coming.path != ""
	}
	if _, sheet := sheetIn(from); sheet {
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

// foresees lets a page ask, and shows it with its answer.
func (r *Root) foresees(ctx app.Context, from string, page foreseen, show func(app.Context)) {
	e := r.E
	r.coming.path = from
	turn := r.coming.turn
	arrive := func(ctx app.Context, ok bool) {
		if r.coming.path == "" || r.coming.turn != turn {
			return
		}
		if r.coming.path = ""; ok {
			e.next = page
		}
		show(ctx)
	}
	stop := page.ahead(ctx, arrive)
	ctx.After(tabAhead, func(ctx app.Context) {
		if r.coming.path != "" && r.coming.turn == turn {
			stop()
			e.waited = tabAhead
			arrive(ctx, false)
		}
	})
}

// takeSheet gives a sheet asked ahead to the page that is made for it.
func (e *Env) takeSheet(id portfolio.ID) *query.Client {
	if s := e.sheet; s != nil && s.Row.ID == id {
		return s
	}
	return nil
}
