package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// The sheets over the list.
const (
	sheetNone  = ""
	sheetTags  = "tags"
	sheetAsk   = "ask"
	sheetViews = "views"
)

// bulkSheet says what may be done to clients, tags or efforts, and does it as
// one act that can be undone.
type bulkSheet struct {
	app.Compo

	E       *Env
	Ask     bool // efforts; else tags
	IDs     []portfolio.ID
	OnClose part.Tap
	OnDone  func() // something has been done; may be nil

	page app.Context // outlives the sheet
	look *bridge.Bulked
	word string
	fail string
	wait wait
	busy bool
}

// OnMount asks what there is.
func (s *bulkSheet) OnMount(ctx app.Context) {
	if s.Ask && len(s.IDs) > bridge.MostAsked {
		return
	}
	s.run(ctx, bridge.Bulk{What: bridge.BulkLook, IDs: s.IDs, Ask: s.Ask}, func(_ app.Context, a bridge.Bulked) {
		s.look = &a
		part.Focus("bulk-word")
	})
}

// OnPreRender is OnMount in native tests.
func (s *bulkSheet) OnPreRender(ctx app.Context) { s.OnMount(ctx) }

func (s *bulkSheet) run(ctx app.Context, q bridge.Bulk, done func(app.Context, bridge.Bulked)) {
	if s.busy {
		return
	}
	s.busy, s.fail = true, ""
	c, tell := s.wait.begin(ctx, s.E, true)
	askWithin(c, ctx, s.E, bridge.OpBulk, q, tell, func(ctx app.Context, a bridge.Bulked, err error) {
		s.busy = false
		s.wait.end()
		if err != nil {
			s.fail = s.E.Fault(err)
			return
		}
		done(ctx, a)
	})
}

// Render shows the sheet.
func (s *bulkSheet) Render() app.UI {
	e := s.E
	title := e.T("bulk.tag-title")
	if s.Ask {
		title = e.T("bulk.ask-title")
	}
	return &part.Sheet{ID: "bulk-sheet", Eyebrow: e.T("bulk.picked", len(s.IDs)), Title: title, Close: e.T("part.close"), Form: true, Body: s.body, OnClose: s.OnClose}
}

func (s *bulkSheet) body() []app.UI {
	if s.busy && s.wait.long {
		return []app.UI{s.wait.shown(s.E)}
	}
	if s.Ask {
		return []app.UI{part.Div("lg", s.efforts()...)}
	}
	return []app.UI{part.Div("lg", s.tags()...)}
}

// tags are chosen or written.
func (s *bulkSheet) tags() []app.UI {
	e := s.E
	body := []app.UI{app.Form().Class("lg").OnSubmit(func(ctx app.Context, ev app.Event) {
		ev.PreventDefault()
		s.word = strings.TrimSpace(s.word)
		if s.word == "" {
			s.fail = e.T("bulk.tag-need")
			part.Focus("bulk-word")
			return
		}
		s.tag(s.word, false)
	}).Body(
		part.Field(part.F{ID: "bulk-word", Label: e.T("bulk.tag-new"), Help: e.T("bulk.tag-help"), Error: s.fail, Max: 40, Auto: "off"}, func(_ app.Context, v string) { s.word = v }),
		part.Submit("btn pri lg", e.T("bulk.tag-add"), s.busy),
	)}
	if s.look == nil || len(s.look.Tags) == 0 {
		return body
	}
	n := len(s.IDs)
	chips := make([]app.UI, len(s.look.Tags))
	for i, t := range s.look.Tags {
		count, pressed := e.Count(t.Picked)+" / "+e.Count(n), "false"
		switch {
		case t.Picked == n:
			pressed = "true"
		case t.Picked > 0:
			pressed = "mixed"
		}
		if n == 1 {
			count = ""
		}
		chips[i] = part.Press("bulk-t/"+t.Word+"/"+pressed, "chip", func() { s.tag(t.Word, t.Picked == n) }, part.Words(t.Word+" "), part.B(count)).Attr("aria-pressed", pressed)
	}
	return append(body, part.H3("eyebrow", e.T("bulk.tags-known")),
		app.Div().Class("chips").Attr("role", "group").Aria("label", e.T("bulk.tags-known")).Body(chips...),
		part.P("xs t3", e.T("bulk.tags-how")))
}

func (s *bulkSheet) tag(word string, off bool) {
	e := s.E
	what, said := bridge.BulkTag, "bulk.tagged"
	if off {
		what, said = bridge.BulkUntag, "bulk.untagged"
	}
	s.run(s.page, bridge.Bulk{What: what, IDs: s.IDs, Word: word}, func(ctx app.Context, a bridge.Bulked) {
		s.did(ctx, a, e.T(said, a.Done, word), e.T("bulk.tag-all", word))
	})
}

// did closes the sheet and offers to take it back.
func (s *bulkSheet) did(ctx app.Context, a bridge.Bulked, said, none string) {
	e := s.E
	s.OnClose(ctx)
	if a.Done == 0 {
		e.Snack(none, nil)
		return
	}
	if s.OnDone != nil {
		s.OnDone()
	}
	e.Snack(said, func(ctx app.Context) {
		Save(ctx, e, bridge.OpBulk, bridge.Bulk{What: bridge.BulkUndo, Act: a.Act}, func(app.Context, bridge.Bulked) {
			e.Snack(e.T("bulk.undone", a.Done), nil)
		})
	})
}

// efforts are those that can be asked, and of how many.
func (s *bulkSheet) efforts() []app.UI {
	e := s.E
	switch {
	case len(s.IDs) > bridge.MostAsked:
		return []app.UI{part.P("verdict", e.T("bulk.ask-many", bridge.MostAsked))}
	case s.fail != "":
		return []app.UI{part.Fault(s.fail, e.T("part.again"), func(app.Context) { s.OnMount(s.page) })}
	case s.look == nil:
		return []app.UI{part.Skeleton(e.T("part.loading"), 1)}
	case len(s.look.Could) == 0:
		return []app.UI{part.P("verdict", e.T("bulk.ask-none")), part.P("sm t2", e.T("bulk.ask-none-why"))}
	}
	body := []app.UI{part.P("verdict", e.T("bulk.ask-text"))}
	for _, x := range s.look.Could {
		body = append(body, part.Div("fs-eff", part.Div("", part.Line("sm b", e.T(x.Key)), part.Line("xs t2", e.T("bulk.ask-of", x.Count, len(s.IDs)))),
			part.Button("bulk-e/"+x.Code, "sm sec", "", e.T("sheet.ask"), func(app.Context) { s.ask(x) })))
	}
	return body
}

func (s *bulkSheet) ask(x bridge.CouldAsk) {
	s.run(s.page, bridge.Bulk{What: bridge.BulkAsk, IDs: s.IDs, Code: x.Code}, func(ctx app.Context, a bridge.Bulked) {
		s.did(ctx, a, s.E.T("bulk.asked", a.Done), s.E.T("bulk.ask-none"))
	})
}

// A view is a filter that the rep has named: an address of the list.
type view struct{ Name, Query string }

const (
	viewsKey  = "clients/views" // of this device
	mostViews = 20
	viewName  = 40 // characters
)

// decodeViews reads what the device keeps: a name and an address a line.
func decodeViews(b []byte) []view {
	var out []view
	for line := range strings.Lines(string(b)) {
		name, query, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if ok && name != "" && len(out) < mostViews {
			out = append(out, view{name, query})
		}
	}
	return out
}

func encodeViews(all []view) []byte {
	var b strings.Builder
	for _, v := range all {
		b.WriteString(v.Name + "\t" + v.Query + "\n")
	}
	return []byte(b.String())
}

// loadViews reads the named filters of this device, once.
func (p *clientsPage) loadViews() {
	Ask(p.ctx, p.E, bridge.OpLocalGet, bridge.Local{Key: viewsKey}, func(_ app.Context, l bridge.Local, err error) {
		if err == nil {
			p.views = decodeViews(l.Data)
			p.countViews()
		}
	})
}

// keepViews writes them, and counts them.
func (p *clientsPage) keepViews(all []view) {
	p.views, p.counts = all, nil
	Ask(p.ctx, p.E, bridge.OpLocalPut, bridge.Local{Key: viewsKey, Data: encodeViews(all)}, func(_ app.Context, _ bridge.None, err error) {
		if err != nil {
			p.E.Snack(p.E.Fault(err), nil)
		}
	})
	p.countViews()
}

// countViews asks how many each finds.
func (p *clientsPage) countViews() {
	if len(p.views) == 0 || p.counting {
		return
	}
	p.counting = true
	q := bridge.FoundAsk{List: query.ListAsk{Lang: string(p.E.Lang), Facts: true}, Count: make([]query.ListAsk, len(p.views))}
	for i, v := range p.views {
		q.Count[i] = parseQuery(v.Query).ask(string(p.E.Lang), 0, 0, 0)
		q.Count[i].Sort = ""
	}
	Ask(p.ctx, p.E, bridge.OpFound, q, func(_ app.Context, a bridge.Founds, err error) {
		p.counting = false
		if err == nil && len(a.Count) == len(p.views) {
			p.counts = a.Count
		}
	})
}

// viewsSheet names the filter in force, and keeps the named ones in order.
func (p *clientsPage) viewsSheet() app.UI {
	e := p.E
	return &part.Sheet{ID: "views-sheet", Title: e.T("views.title"), Close: e.T("part.close"), Form: true, OnClose: func(app.Context) { p.sheet = sheetNone },
		Body: func() []app.UI {
			body := []app.UI{}
			switch {
			case !p.state.narrowed():
				body = append(body, part.P("verdict", e.T("views.first")))
			case p.viewNow() >= 0:
				body = append(body, part.P("verdict", e.T("views.known", p.views[p.viewNow()].Name)))
			case len(p.views) >= mostViews:
				body = append(body, part.P("verdict", e.T("views.full", mostViews)))
			default:
				body = append(body, app.Form().Class("lg").OnSubmit(func(ctx app.Context, ev app.Event) {
					ev.PreventDefault()
					p.nameView(p.naming)
				}).Body(
					part.P("verdict", e.T("views.text", p.rows.found)),
					part.Field(part.F{ID: "view-name", Label: e.T("views.name"), Error: p.viewFail, Max: viewName, Auto: "off"}, func(_ app.Context, v string) { p.naming = v }),
					part.Submit("btn pri lg", e.T("views.save"), false)))
			}
			if len(p.views) == 0 {
				return []app.UI{part.Div("lg", body...)}
			}
			own := []app.UI{part.H3("eyebrow", e.T("views.yours"))}
			for i, v := range p.views {
				if p.renaming == i+1 {
					own = append(own, app.Form().Class("vw").OnSubmit(func(ctx app.Context, ev app.Event) {
						ev.PreventDefault()
						p.renameView(i, part.Value("view-rename"))
					}).Body(
						part.Field(part.F{ID: "view-rename", Label: e.T("views.rename", v.Name), Value: v.Name, Error: p.viewFail, Max: viewName, Auto: "off"}, nil),
						part.Submit("btn sec", e.T("views.keep"), false)))
					continue
				}
				own = append(own, part.Div("vw",
					part.Link("sp b", clientsPath+v.Query, part.Words(v.Name)),
					part.Press("view-pen/"+v.Name, "btn icon sm", func() { p.renaming, p.viewFail = i+1, "" }, part.IconS("pen")).Aria("label", e.T("views.rename", v.Name)),
					part.Press("view-drop/"+v.Name, "btn icon sm", func() { p.dropView(i) }, part.IconS("trash")).Aria("label", e.T("views.drop", v.Name))))
			}
			return []app.UI{part.Div("lg", append(body, part.Div("", own...))...)}
		}}
}

// viewNow is the named filter in force; −1: none.
func (p *clientsPage) viewNow() int {
	now := p.state.query()
	for i, v := range p.views {
		if v.Query == now && now != "" {
			return i
		}
	}
	return -1
}

// cleanName is a name as typed, on one line; it says what it lacks.
func (p *clientsPage) cleanName(name string, but int) string {
	name = strings.Join(strings.Fields(name), " ")
	p.viewFail = ""
	if name == "" {
		p.viewFail = p.E.T("views.need")
	}
	for i, v := range p.views {
		if i != but && strings.EqualFold(v.Name, name) {
			p.viewFail = p.E.T("views.taken", name)
		}
	}
	return name
}

func (p *clientsPage) nameView(name string) {
	if name = p.cleanName(name, -1); p.viewFail != "" {
		part.Focus("view-name")
		return
	}
	was := p.views
	p.keepViews(append(was[:len(was):len(was)], view{name, p.state.query()}))
	p.naming, p.sheet = "", sheetNone
	p.E.Snack(p.E.T("views.saved", name), func(app.Context) { p.keepViews(was) })
}

func (p *clientsPage) renameView(i int, name string) {
	if name = p.cleanName(name, i); p.viewFail != "" {
		part.Focus("view-rename")
		return
	}
	was := p.views
	all := append([]view(nil), was...)
	all[i].Name = name
	p.keepViews(all)
	p.renaming = 0
	p.E.Snack(p.E.T("views.renamed", name), func(app.Context) { p.keepViews(was) })
}

func (p *clientsPage) dropView(i int) {
	was := p.views
	p.keepViews(append(append([]view(nil), was[:i]...), was[i+1:]...))
	p.renaming = 0
	p.E.Snack(p.E.T("views.dropped", was[i].Name), func(app.Context) { p.keepViews(was) })
}
