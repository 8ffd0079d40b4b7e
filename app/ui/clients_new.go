package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
)

// newClientSheet adds a client or prospect: three lines are enough.
type newClientSheet struct {
	app.Compo

	E       *Env
	OnClose part.Tap

	q    bridge.NewAccount
	fail string
	busy bool
	page app.Context // outlives the sheet
}

// Render shows the form.
func (s *newClientSheet) Render() app.UI {
	return &part.Sheet{ID: "new-sheet", Title: s.E.T("create.title"), Close: s.E.T("part.close"), Form: true, Body: s.body, OnClose: s.OnClose}
}

func (s *newClientSheet) body() []app.UI {
	e := s.E
	return []app.UI{app.Form().Class("lg").OnSubmit(s.save).Body(
		part.P("verdict", e.T("create.text")),
		part.Field(part.F{ID: "new-name", Label: e.T("create.name"), Error: s.fail, Max: 120, Required: true, Auto: "off"}, func(_ app.Context, v string) { s.q.Name = v }),
		part.Field(part.F{ID: "new-city", Label: e.T("create.city"), Max: 80, Auto: "off"}, func(_ app.Context, v string) { s.q.City = v }),
		part.Field(part.F{ID: "new-phone", Label: e.T("create.phone"), Type: "tel", Max: 40, Auto: "off"}, func(_ app.Context, v string) { s.q.Phone = v }),
		part.Div("chips", part.Toggle("new-status", e.T("create.client"), "soft", s.q.Status == portfolio.Client, s.toggle)),
		part.Submit("btn pri lg", e.T("create.save"), s.busy),
	)}
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
