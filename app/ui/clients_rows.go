package ui

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/query"
)

const (
	rowPage    = 40 // rows fetched at once: two screens, so that a key typed costs little
	scrollWait = 40 * time.Millisecond
)

// A rowCache holds the pages of rows fetched so far. Answers to a question that
// has changed meanwhile are thrown away, by its generation.
type rowCache struct {
	page  *clientsPage
	list  *query.List // the latest answer: counts, sum, head
	found int
	rows  map[int][]query.ClientRow // by page of rowPage
	asked map[int]bool              // since the last first page
	gen   int
	other bool // the question has changed: its answer clears the rows
	busy  bool // its first page is on its way
	again bool
	err   error
}

// reset asks another question, from its first row; the rows stay until its
// answer.
func (c *rowCache) reset() {
	c.other = true
	c.refresh()
}

// refresh asks the present question again. Asked while the answer is on its
// way, it asks once more after it: a fast typist never builds a queue.
func (c *rowCache) refresh() {
	c.gen++
	if c.busy {
		c.again = true
		return
	}
	c.fetch(0)
}

// need fetches the pages of the rows that have come into view.
func (c *rowCache) need(_ app.Context, from, to int) {
	for pg := from / rowPage; pg*rowPage < min(to, c.found) && !c.busy; pg++ {
		if !c.asked[pg] {
			c.fetch(pg)
		}
	}
}

func (c *rowCache) fetch(pg int) {
	p := c.page
	if pg == 0 {
		c.busy, c.asked = true, map[int]bool{}
	}
	c.asked[pg] = true
	gen := c.gen
	q := p.state.ask(string(p.E.Lang), 0, pg*rowPage, rowPage)
	Ask(p.ctx, p.E, bridge.OpList, q, func(_ app.Context, l query.List, err error) {
		if pg == 0 {
			c.busy = false
			if c.again {
				c.again = false
				c.fetch(0)
				return
			}
		}
		if gen != c.gen {
			return
		}
		if c.err = err; err != nil {
			delete(c.asked, pg)
			return
		}
		if pg == 0 {
			if c.other || c.rows == nil {
				c.rows, c.other = map[int][]query.ClientRow{}, false
			}
			c.list = &l
			p.E.saw(&l)
		}
		c.found, c.rows[pg] = l.Found, l.Rows
	})
}

func (c *rowCache) at(i int) (query.ClientRow, bool) {
	rows := c.rows[i/rowPage]
	if i%rowPage < len(rows) {
		return rows[i%rowPage], true
	}
	return query.ClientRow{}, false
}

func rowID(i int) string { return "row-" + strconv.Itoa(i) }

// row draws one client; a row on its way is a quiet line.
func (p *clientsPage) row(i int) app.HTMLDiv {
	e := p.E
	r, ok := p.rows.at(i)
	if !ok {
		return app.Div().Class("cl-row cl-wait").Aria("busy", true).Body(app.I())
	}
	cell := func(class string, body ...app.UI) app.UI {
		return app.Div().Class(class).Attr("role", "cell").Body(body...)
	}
	place := r.City
	if r.Sector != "" && place != "" {
		place += " · "
	}
	place += r.Sector
	var mark app.UI = part.Nothing()
	switch {
	case r.Replaced > 0:
		mark = part.Span("tag bl", e.T("clients.replaced"))
	case r.Waiting:
		mark = part.Span("tag in", e.T("clients.waiting"))
	}
	position := part.PRText(r.P, r.R)
	class := "c-pr tn"
	if r.Faint || r.Provisional {
		class += " faint"
	}
	pen := []app.UI{part.Span("tn", i18n.None)}
	if r.HasPen {
		pen = []app.UI{meter(r.Penetration, 44), part.Span("tn", i18n.Percent(e.Lang, r.Penetration))}
	}
	next, last := i18n.None, e.T("clients.never")
	h := p.rows.list.Head
	if r.NextVisit != 0 {
		next = e.shortDay(r.NextVisit)
		if r.NextVisit == h.AsOf {
			next = i18n.In(e.Lang, 0)
		}
	}
	if r.LastVisit != 0 {
		last = i18n.Ago(e.Lang, int(h.AsOf-r.LastVisit))
	}
	return app.Div().Class("cl-row").Body(
		cell("c-name", app.A().ID(rowID(i)).Href(ClientPath(r.ID)).Text(r.Name), mark),
		cell("c-place", app.Text(place)),
		cell("c-score", part.Score(e.Lang, r.Score, r.ScoreState, 10)),
		cell("c-abc", part.Weight(e.Lang, r.Weight)),
		cell("c-phase", part.Phase(e.Lang, r.Phase, false)),
		cell(class, app.Text(position)),
		cell("c-sales num", part.Spark(r.Spark, 40, 20), part.B(e.MoneyShort(r.Sales))),
		cell("c-pen num", pen...),
		cell("c-visit num", part.Line("sm", next), part.Line("xs t3", last)),
	)
}

// meter is a small bar filled to a share of its width.
func meter(share float64, width int) app.UI {
	w := strconv.Itoa(width)
	fill := strconv.FormatFloat(min(max(share, 0), 1)*float64(width), 'f', 1, 64)
	return app.Raw(`<svg class="meter" width="` + w + `" height="6" viewBox="0 0 ` + w + ` 6" aria-hidden="true"><rect width="` + w +
		`" height="6" rx="3" fill="var(--sunken)"/><rect width="` + fill + `" height="6" rx="3" fill="var(--accent)"/></svg>`)
}
