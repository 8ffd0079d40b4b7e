package ui

import (
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
)

// newClientSheet adds a client or prospect: three lines are enough. While they
// are typed, those who may be the same are shown.
type newClientSheet struct {
	app.Compo

	E       *Env
	OnClose part.Tap

	q     bridge.NewAccount
	fail  string
	busy  bool
	more  bool
	likes []bridge.Like
	asked int         // questions about likenesses; the last one counts
	page  app.Context // outlives the sheet
}

// Render shows the form.
func (s *newClientSheet) Render() app.UI {
	return &part.Sheet{ID: "new-sheet", Title: s.E.T("create.title"), Close: s.E.T("part.close"), Form: true, Body: s.body, OnClose: s.OnClose}
}

func (s *newClientSheet) body() []app.UI {
	e := s.E
	field := func(id, key, kind string, most int, to *string) part.F {
		return part.F{ID: id, Label: e.T(key), Type: kind, Value: *to, Max: most, Auto: "off"}
	}
	into := func(to *string) func(app.Context, string) {
		return func(_ app.Context, v string) { *to = v; s.fail = ""; s.look() }
	}
	name := field("new-name", "create.name", "", 120, &s.q.Name)
	name.Error, name.Required = s.fail, true
	siret := app.UI(part.Nothing())
	if s.more {
		f := field("new-siret", "field.siret", "", 24, &s.q.Siret)
		f.Mode = "numeric"
		siret = part.Field(f, into(&s.q.Siret))
	}
	save := "create.save"
	if len(s.likes) > 0 {
		save = "create.anyway"
	}
	return []app.UI{app.Form().Class("lg").OnSubmit(s.save).Body(
		part.P("verdict", e.T("create.text")),
		part.Field(name, into(&s.q.Name)),
		part.Field(field("new-city", "create.city", "", 80, &s.q.City), into(&s.q.City)),
		part.Field(field("new-phone", "create.phone", "tel", 40, &s.q.Phone), into(&s.q.Phone)),
		siret,
		part.Div("chips",
			part.Toggle("new-status", e.T("create.client"), "soft", s.q.Status == portfolio.Client, s.toggle),
			part.Toggle("new-more", e.T("create.siret"), "soft", s.more, func(app.Context) { s.more = !s.more })),
		s.alike(),
		part.Submit("btn pri lg", e.T(save), s.busy),
	)}
}

// alike are those who are here already and may be the same, each one tap away.
func (s *newClientSheet) alike() app.UI {
	e := s.E
	if len(s.likes) == 0 {
		return app.Div().Attr("role", "status")
	}
	rows := []app.UI{part.B(e.T("create.alike"))}
	for _, l := range s.likes {
		why := e.T("create.alike." + l.Why)
		if l.Archived {
			why = e.pair(why, e.T("client.is-archived"))
		}
		rows = append(rows, part.Link("ff-like", ClientPath(l.ID), part.Div("", part.Line("sm b", l.Name), part.Line("xs t2", e.pair(l.City, why))), part.Icon("right")))
	}
	return app.Div().Attr("role", "status").Body(part.Hint("", rows...))
}

// likeWait is how long typing rests before those alike are looked for.
const likeWait = 250 * time.Millisecond

// look asks who is alike, once the typing rests.
func (s *newClientSheet) look() {
	s.asked++
	n := s.asked
	ask := func(app.Context) {
		if n != s.asked {
			return
		}
		if len(strings.TrimSpace(s.q.Name+s.q.Phone+s.q.Siret)) < 3 {
			s.likes = nil
			return
		}
		Ask(s.page, s.E, bridge.OpLikes, s.q, func(_ app.Context, a bridge.Likes, err error) {
			if err == nil && n == s.asked {
				s.likes = a.All
			}
		})
	}
	if !app.IsClient {
		ask(s.page)
		return
	}
	s.page.After(likeWait, ask)
}

func (s *newClientSheet) toggle(app.Context) {
	if s.q.Status == portfolio.Client {
		s.q.Status = 0
	} else {
		s.q.Status = portfolio.Client
	}
}

func (s *newClientSheet) save(ctx app.Context, ev app.Event) {
	ev.PreventDefault()
	s.add(ctx)
}

func (s *newClientSheet) add(app.Context) {
	e := s.E
	if s.q.Name == "" {
		s.fail = e.T("create.need")
		part.Focus("new-name")
		return
	}
	if s.busy {
		return
	}
	s.busy, s.fail = true, ""
	name := s.q.Name
	Ask(s.page, e, bridge.OpCreate, s.q, func(ctx app.Context, a bridge.Saved, err error) {
		s.busy = false
		if err != nil {
			s.fail = e.Fault(err)
			return
		}
		s.OnClose(ctx)
		e.Snack(e.T("create.done", name), func(ctx app.Context) {
			Save(ctx, e, bridge.OpUndo, bridge.Undo{Account: a.ID, ID: a.ID}, nil)
			e.Snack(e.T("create.undone", name), nil)
			e.Go(ctx, clientsPath)
		})
		e.Go(ctx, ClientPath(a.ID))
	})
}
