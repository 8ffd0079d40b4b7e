package ui

import (
	"net/url"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/ui/part"
)

// sheet is how a client is placed: by its commune, by the device's position, by
// the map.
func (m *mapBoard) sheet() app.UI {
	if m.place == nil || m.aiming {
		return part.Nothing()
	}
	return &placeSheet{E: m.E, Name: m.place.Name, board: m, OnClose: func(app.Context) { m.place = nil }}
}

// aim is the bar under the cross: the map moves, the cross stays.
func (m *mapBoard) aim() app.UI {
	e := m.E
	if !m.aiming || m.place == nil {
		return part.Nothing()
	}
	return app.Div().Class("mp-aim").Attr("role", "status").Body(
		part.P("sm", e.T("map.aim", m.place.Name)),
		part.Row("", part.Button("mp-here", "pri sm", "pin", e.T("map.here"), func(app.Context) {
			m.put(bridge.Placing{Point: []float64{m.view.x, m.view.y}})
		}), part.Button("mp-no", "sec sm", "", e.T("part.cancel"), func(app.Context) { m.aiming, m.place = false, nil })))
}

// put writes where the client is.
func (m *mapBoard) put(q bridge.Placing) {
	e, r := m.E, m.place
	if r == nil {
		return
	}
	q.Account = r.ID
	m.place, m.aiming = nil, false
	Save(m.ctx, e, bridge.OpPlaced, q, func(_ app.Context, s bridge.Saved) {
		e.Snack(e.T("map.placed", r.Name), func(ctx app.Context) {
			Save(ctx, e, bridge.OpUndo, bridge.Undo{Account: r.ID, ID: s.ID}, nil)
			e.Snack(e.T("map.place-undone", r.Name), nil)
		})
	})
}

// placeSheet asks where a client is.
type placeSheet struct {
	app.Compo

	E       *Env
	Name    string
	OnClose part.Tap
	board   *mapBoard

	ctx   app.Context
	text  string
	towns bridge.Towns
	asked int
}

// OnMount keeps its context.
func (s *placeSheet) OnMount(ctx app.Context) { s.ctx = ctx }

// Render shows the three ways.
func (s *placeSheet) Render() app.UI {
	e, m := s.E, s.board
	return &part.Sheet{ID: "mp-sheet", Eyebrow: e.T("map.where"), Title: s.Name, Close: e.T("part.close"), OnClose: s.OnClose, Body: func() []app.UI {
		var found []app.UI
		for _, t := range s.towns.All {
			found = append(found, app.Li().Body(part.Button("mp-town/"+t.Postcode+t.Name, "sec mp-tb", "", t.Name+" · "+t.Postcode, func(app.Context) {
				m.put(bridge.Placing{Postcode: t.Postcode, Town: t.Name})
			})))
		}
		said := ""
		switch {
		case s.towns.Absent:
			said = e.T("map.no-table")
		case len(found) == 0 && len(strings.TrimSpace(s.text)) > 1 && s.asked > 0:
			said = e.T("map.no-town")
		}
		told := ""
		if m.told == "refused" || m.told == "absent" || m.told == "asking" {
			told = e.T("map." + m.told)
		}
		return []app.UI{
			part.Field(part.F{ID: "mp-q", Label: e.T("map.town"), Auto: "off", Max: 60}, s.typed),
			app.P().Class("sm t2").Attr("role", "status").Text(said),
			app.Ul().Class("mp-towns").Body(found...),
			part.P("sm t2", e.T("map.or")),
			app.Div().Class("mp-ways").Body(part.Button("mp-front", "sec", "target", e.T("map.front"), func(app.Context) {
				m.locate(func() { m.put(bridge.Placing{At: m.at}) })
			}),
				part.Button("mp-cross", "sec", "map", e.T("map.cross"), func(app.Context) {
					m.aiming = true
					if m.view.scale < 1 {
						m.zoom(1 / max(m.view.scale, mapLow))
					}
					s.ctx.Defer(func(app.Context) { part.Focus(mapID) })
				})),
			app.P().Class("sm t2").Attr("role", "status").Text(told),
		}
	}}
}

func (s *placeSheet) typed(_ app.Context, text string) {
	s.text = text
	s.asked++
	n := s.asked
	if strings.TrimSpace(text) == "" {
		s.towns = bridge.Towns{}
		return
	}
	Ask(s.board.ctx, s.E, bridge.OpTowns, bridge.TownsAsk{Text: text}, func(_ app.Context, a bridge.Towns, err error) {
		if err == nil && n == s.asked {
			s.towns = a
		}
	})
}

// directions opens the device's own navigation, by position or else by address:
// Apple's and Android's have an address of their own, elsewhere OpenStreetMap
// shows the place.
func directions(position, address string) string {
	to := position
	if to == "" {
		to = strings.TrimSpace(address)
	}
	if to == "" {
		return ""
	}
	agent := ""
	if app.IsClient {
		agent = app.Window().Get("navigator").Get("userAgent").String()
	}
	switch q := url.QueryEscape(to); {
	case strings.Contains(agent, "iPhone") || strings.Contains(agent, "iPad") || strings.Contains(agent, "Macintosh"):
		return "https://maps.apple.com/?daddr=" + q
	case strings.Contains(agent, "Android"):
		if position != "" {
			return "geo:" + position + "?q=" + position
		}
		return "geo:0,0?q=" + q
	default:
		return "https://www.openstreetmap.org/search?query=" + q
	}
}
