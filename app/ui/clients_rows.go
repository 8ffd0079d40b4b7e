package ui

import (
	"context"
	"html"
	"strconv"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/calendar"
	"sillon/engine/query"
)

const (
	rowPage    = 40 // rows fetched at once: two screens, so that a key typed costs little
	scrollWait = 40 * time.Millisecond
)

// A rowCache holds the pages of rows fetched so far. Answers to a question that
// has changed meanwhile are thrown away, by its generation.
type rowCache struct {
	page    *clientsPage
	list    *query.List // the latest answer: counts, sum, head
	found   int
	rows    map[int][]query.ClientRow // by page of rowPage
	risk    map[int][]byte            // of the rows of a page, once it is known
	asked   map[int]bool              // since the last first page
	gen     int
	version int  // of the rows: counts the answers taken
	other   bool // the question has changed: its answer clears the rows
	busy    bool // its first page is on its way
	again   bool
	err     error
	wait    wait      // of its first page
	was     listState // that the rows answer
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
	background, tell := context.Background(), (func(bridge.Progress))(nil)
	if pg == 0 {
		c.err = nil
		background, tell = c.wait.begin(p.ctx, p.E, c.list == nil || q.Who != "" || q.Sort == "risk")
	}
	asked := p.state
	askWithin(background, p.ctx, p.E, bridge.OpList, q, tell, func(ctx app.Context, l query.List, err error) {
		if pg > 0 && gen == c.gen && err == nil && c.err == nil && l.Found == c.found && part.Redraw("rows") {
			c.rows[pg], c.risk[pg] = l.Rows, l.Risk // and nothing but rows that were on their way
			p.ctx.PreventUpdate()
			return
		}
		p.E.spareFrame()
		if pg == 0 {
			c.busy = false
			c.wait.end()
			if c.again {
				c.again = false
				c.fetch(0)
				return
			}
		}
		if gen != c.gen {
			return
		}
		if err != nil {
			delete(c.asked, pg)
			if c.list != nil && IsFault(err, bridge.FaultCancelled) && c.was != asked { // stopped: as it was
				c.other = false
				p.state = c.was
				p.E.Replace(clientsPath + p.state.query())
				p.fill()
				return
			}
			c.err = err
			return
		}
		c.err = nil
		if pg == 0 {
			if c.other || c.rows == nil {
				c.rows, c.risk, c.other = map[int][]query.ClientRow{}, map[int][]byte{}, false
			}
			c.list, c.was = &l, asked
			p.E.saw(&l)
		}
		c.found, c.rows[pg], c.risk[pg] = l.Found, l.Rows, l.Risk
		c.version++
		if pg == 0 {
			p.inViewFirst(ctx)
		}
		part.KeepFocus(ctx) // a row that has changed is another element
	})
}

// fault is what went wrong, and a way on.
func (c *rowCache) fault() app.UI {
	e := c.page.E
	return part.Fault(e.Fault(c.err), e.T("part.again"), func(app.Context) { c.refresh() })
}

func (c *rowCache) at(i int) (query.ClientRow, bool) {
	rows := c.rows[i/rowPage]
	if i%rowPage < len(rows) {
		return rows[i%rowPage], true
	}
	return query.ClientRow{}, false
}

// band is the class of risk of a row; 0: not known, or not yet.
func (c *rowCache) band(i int) byte {
	if all := c.risk[i/rowPage]; i%rowPage < len(all) {
		return all[i%rowPage]
	}
	return 0
}

func rowID(i int) string { return "row-" + strconv.Itoa(i) }

// inViewFirst draws only the rows in view with the frame to come, and those
// beyond it, with the criteria and their counts, in the next: most of the work
// of a key typed is there.
func (p *clientsPage) inViewFirst(ctx app.Context) {
	p.fold = part.Fold("rows")
	if p.fold == 0 {
		return
	}
	ctx.Defer(func(ctx app.Context) { // once they are drawn: the browser's frame may come before
		part.NextFrame(func() {
			ctx.Dispatch(func(app.Context) {
				p.E.spareFrame()
				p.fold = 0
				p.rows.version++
			})
		})
	})
}

// row draws one client; a row on its way is a quiet line. A row is one piece of
// HTML: go-app leaves it alone as long as its text is the same, and the browser
// is called once when it is not. A row under the fold keeps for a frame what it
// was.
func (p *clientsPage) row(i int) app.UI {
	was, ok := p.drawn[i]
	if ok && p.fold > 0 && i >= p.fold {
		return app.Raw(was.text)
	}
	now := drawn{text: `<div class="cl-row cl-wait" role="row" aria-rowindex="` + strconv.Itoa(i+2) + `" aria-busy="true"><i></i></div>`}
	if r, here := p.rows.at(i); here && (p.fold == 0 || i < p.fold) {
		picked := p.picks.has(r.ID)
		if ok && was.version == p.rows.version+1 && was.picked == picked {
			return app.Raw(was.text)
		}
		now = drawn{p.E.rowHTML(r, i, p.rows.list.Head.AsOf, p.rows.band(i), picked), p.rows.version + 1, picked}
	}
	if p.drawn == nil || len(p.drawn) > 4*rowPage {
		p.drawn = map[int]drawn{}
	}
	p.drawn[i] = now
	return app.Raw(now.text)
}

// A drawn row is as it was drawn last, of which version of the rows, from 1; 0:
// it was on its way.
type drawn struct {
	text    string
	version int
	picked  bool
}

// rowHTML is row i of the list, under its header.
func (e *Env) rowHTML(r query.ClientRow, i int, asOf calendar.Day, band byte, picked bool) string {
	var b strings.Builder
	b.Grow(2048)
	write := func(all ...string) {
		for _, s := range all {
			b.WriteString(s)
		}
	}
	cell := func(class string, body ...string) {
		write(`<div class="`, class, `" role="cell">`)
		write(body...)
		write(`</div>`)
	}
	place := r.City
	if r.Sector != "" && place != "" {
		place += " · "
	}
	place += r.Sector
	mark := ""
	switch {
	case r.Replaced > 0:
		mark = `<span class="tag bl">` + html.EscapeString(e.T("clients.replaced")) + `</span>`
	case r.Waiting:
		mark = `<span class="tag in">` + html.EscapeString(e.T("clients.waiting")) + `</span>`
	}
	class := "c-pr tn"
	if r.Faint || r.Provisional {
		class += " faint"
	}
	bar, pen := "", i18n.None
	if r.HasPen {
		bar, pen = meter(r.Penetration, 44), i18n.Percent(e.Lang, r.Penetration)
	}
	next, last := i18n.None, e.T("clients.never")
	if r.NextVisit != 0 {
		next = e.shortDay(r.NextVisit)
		if r.NextVisit == asOf {
			next = i18n.In(e.Lang, 0)
		}
	}
	if r.LastVisit != 0 {
		last = i18n.Ago(e.Lang, int(asOf-r.LastVisit))
	}
	hot := ""
	if band == 2 || band == 3 {
		hot = " hot"
	}
	if picked {
		hot += " sel"
	}
	shown, more := tagWords(r.Tags, 1)
	tags := ""
	for _, t := range shown {
		tags += `<span class="tag">` + html.EscapeString(t) + `</span>`
	}
	if more > 0 {
		tags += `<span class="tag" title="` + html.EscapeString(strings.Join(r.Tags, ", ")) + `">+` + strconv.Itoa(more) + `</span>`
	}
	write(`<div class="cl-row`, hot, `" role="row" aria-rowindex="`, strconv.Itoa(i+2), `">`)
	cell("c-tick", e.tick(i, html.EscapeString(e.T("bulk.pick-one", r.Name)), picked))
	cell("c-name", `<a id="`, rowID(i), `" href="`, ClientPath(r.ID), `">`, html.EscapeString(r.Name), `</a>`, mark)
	if tags == "" {
		cell("c-place", html.EscapeString(place))
	} else {
		cell("c-place tg", `<span>`, html.EscapeString(place), `</span>`, tags)
	}
	cell("c-score", `<button type="button" class="wy" title="`, html.EscapeString(e.T("part.why")), `">`, part.ScoreHTML(e.Lang, r.Score, r.ScoreState, 10), `</button>`)
	cell("c-abc", part.WeightHTML(e.Lang, r.Weight))
	phase := part.PhaseHTML(e.Lang, r.Phase, false)
	if phase == "" {
		phase = `<span class="t3" title="` + html.EscapeString(i18n.Phase(e.Lang, "0")) + `">–</span>`
	}
	cell("c-phase", phase)
	cell(class, part.PRText(r.P, r.R))
	cell("c-sales num", part.SparkHTML(r.Spark, 40, 20), `<b>`, html.EscapeString(e.MoneyShort(r.Sales)), `</b>`)
	cell("c-pen num", bar, `<span class="tn">`, html.EscapeString(pen), `</span>`)
	cell("c-risk", e.riskHTML(band))
	cell("c-visit num", `<div class="sm">`, html.EscapeString(next), `</div><div class="xs t3">`, html.EscapeString(last), `</div>`)
	write(`</div>`)
	return b.String()
}

// riskHTML is a class of risk: a shape and a word.
func (e *Env) riskHTML(band byte) string {
	switch {
	case band == 0:
		return `<span class="t3" title="` + html.EscapeString(e.T("attrition.band.0")) + `">–</span>`
	case int(band) > len(riskShape):
		return `<span class="tag faint">` + html.EscapeString(e.T("sheet.unsure")) + `</span>`
	}
	n := strconv.Itoa(int(band))
	return `<span class="rk rk` + n + `"><svg viewBox="0 0 14 14" aria-hidden="true">` + riskShape[band-1] + `</svg>` + html.EscapeString(e.T("attrition.band."+n)) + `</span>`
}

// meter is a small bar filled to a share of its width.
func meter(share float64, width int) string {
	w := strconv.Itoa(width)
	fill := strconv.FormatFloat(min(max(share, 0), 1)*float64(width), 'f', 1, 64)
	return `<svg class="meter" width="` + w + `" height="6" viewBox="0 0 ` + w + ` 6" aria-hidden="true"><rect width="` + w +
		`" height="6" rx="3" fill="var(--sunken)"/><rect width="` + fill + `" height="6" rx="3" fill="var(--accent)"/></svg>`
}
