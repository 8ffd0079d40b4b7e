package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// Render arranges the picture and the list.
func (m *mapBoard) Render() app.UI {
	v := m.live.Value
	if v == nil && m.live.Err != nil {
		return app.Div().Body(m.live.Waiting(m.E))
	}
	return app.Div().Class("mp-grid").Body(m.picture(v), m.side(v), m.sheet())
}

func (m *mapBoard) picture(v *query.MapView) app.UI {
	e := m.E
	marks, label := app.UI(part.Nothing()), e.T("map.title")
	legend := app.UI(part.Nothing())
	if v != nil {
		marks, label = app.Raw(m.marks(v)), e.T("map.label", v.Found-v.Unplaced)
		var parts []app.UI
		for i, n := range v.Phases {
			if n > 0 || i < 4 {
				name := partNames[i]
				if name == "" {
					name = e.T("map.others")
				}
				parts = append(parts, app.Span().Body(app.I().Class(partClass[i]), app.Text(name+" "+e.Count(n))))
			}
		}
		legend = app.Div().Class("mp-leg").Body(parts...)
	}
	return app.Section().Class("card p0 mp-card").Aria("label", e.T("map.title")).Body(
		app.Div().ID(mapID).Class("mp").Attr("role", "group").Aria("label", label).TabIndex(0).
			On("pointerdown", m.down).On("pointermove", m.drag).On("pointerup", m.up).On("pointercancel", m.up).On("wheel", m.wheel).
			OnClick(m.tap).OnKeyDown(m.key).
			Body(
				app.Div().ID(groundID).Class("mp-ground").Aria("hidden", true),
				app.Div().ID(marksID).Class("mp-marks").Body(marks),
				app.If(m.aiming, func() app.UI { return app.Div().Class("mp-cross").Aria("hidden", true) }),
			),
		part.Div("mp-zb",
			part.Press("mp-in", "btn sec icon", func() { m.zoom(2) }, part.Icon("plus")).Aria("label", e.T("map.in")),
			part.Press("mp-out", "btn sec icon", func() { m.zoom(.5) }, part.Icon("minus")).Aria("label", e.T("map.out")),
			part.Press("mp-me", "btn sec icon mp-meb", func() { m.locate(nil) }, part.Icon("target")).Aria("label", e.T("map.me")),
		),
		legend,
		m.aim(),
	)
}

// side is the list beside the picture.
func (m *mapBoard) side(v *query.MapView) app.UI {
	e := m.E
	if v == nil {
		return part.Div("mp-side", m.live.Waiting(e))
	}
	eyebrow, title := m.heading(v)
	rows := make([]app.UI, 0, len(v.Near))
	chosen := map[portfolio.ID]bool{}
	picked := m.picked()
	for _, r := range picked {
		chosen[r.ID] = true
	}
	for i := range v.Near {
		rows = append(rows, m.row(&v.Near[i], chosen[v.Near[i].ID]))
	}
	body := []app.UI{app.Header().Class("mp-h").Body(part.Line("eyebrow", eyebrow), part.H2("q", title),
		app.If(m.pick != nil || m.lost, func() app.UI {
			return part.Button("mp-back", "ghost sm", "", e.T("map.back"), func(app.Context) { m.back() })
		}))}
	if len(rows) > 0 {
		body = append(body, app.Ul().Class("mp-list").Body(rows...))
	}
	if more := v.Listed - len(v.Near); more > 0 {
		body = append(body, part.P("mp-more xs t3", e.T("map.more", more)))
	}
	var add app.UI = part.Nothing()
	if len(picked) > 0 && !v.Head.Readonly {
		label := e.T("map.add", len(picked))
		if at := m.slot(); at > 0 {
			label = e.T("map.add-at", len(picked), i18n.DayTime((at+max(0, picked[0].Minutes)+4)/5*5))
		}
		add = part.Button("mp-add/"+strconv.Itoa(len(picked)), "pri mp-add", "plus", label, func(app.Context) { m.add() })
	}
	var lost app.UI = part.Nothing()
	if v.Unplaced > 0 && !m.lost {
		lost = part.Button("mp-lost", "sec", "pin", e.T("map.lost", v.Unplaced), func(app.Context) { m.lost, m.pick, m.chosen = true, nil, map[portfolio.ID]bool{}; m.live.Again(m.ctx) })
	}
	return part.Div("mp-side",
		app.Section().Class("card p0").Aria("label", title).Body(body...),
		add, lost,
		app.P().Class("mp-foot xs t2").Attr("role", "status").Text(m.said(v)),
		part.P("mp-foot xs t3", m.foot(v)),
		part.Div("no-print", &help{E: e, Page: "places"}))
}

// heading is what the list is of.
func (m *mapBoard) heading(v *query.MapView) (eyebrow, title string) {
	e := m.E
	switch {
	case m.lost:
		return e.T("map.lost-eyebrow"), e.T("map.lost-title", v.Listed)
	case m.pick != nil && v.Picked != nil:
		if v.Picked.N == 1 {
			return e.T("map.one"), v.Picked.Name
		}
		return e.T("map.count", v.Listed), v.Picked.Name
	case v.From.How == "" || v.Listed == 0:
		return "", e.T("map.nobody")
	}
	eyebrow = e.T("map.within")
	if v.Free > 0 {
		eyebrow = e.T("map.within-free", i18n.Hours(v.Free))
	}
	growing := v.Due > 0
	for _, r := range v.Near[:min(v.Due, len(v.Near))] {
		growing = growing && r.Phase == "C"
	}
	switch {
	case growing:
		title = e.T("map.due-growing", v.Due)
	case v.Due > 0:
		title = e.T("map.due-title", v.Due)
	case v.Within > 0:
		title = e.T("map.none-due", v.Within)
	default:
		eyebrow, title = e.T("map.beyond"), e.T("map.nearest")
	}
	return eyebrow, title
}

// said is where distances start, and why.
func (m *mapBoard) said(v *query.MapView) string {
	e := m.E
	text := ""
	switch v.From.How {
	case "device":
		text = e.T("map.from-device")
	case "stop":
		text = e.T("map.from-stop", v.From.Name)
	case "centre":
		if v.From.Name == "" {
			text = e.T("map.from-middle")
		} else {
			text = e.T("map.from-centre", v.From.Name)
		}
	}
	switch m.told {
	case "asking":
		return e.T("map.asking")
	case "refused", "absent":
		text = e.T("map."+m.told) + " " + text
	}
	return text
}

func (m *mapBoard) foot(v *query.MapView) string {
	e := m.E
	text := e.T("map.foot")
	if v.Rough > 0 {
		text = e.T("map.rough", v.Rough) + " " + text
	}
	if v.NoTable {
		text = e.T("map.no-table") + " " + text
	}
	return text
}

// row is a client of the list: open, it holds what can be done with it.
func (m *mapBoard) row(r *query.NearRow, on bool) app.UI {
	e := m.E
	class := "mp-row"
	if on {
		class += " on"
	}
	since, tone := e.T("map.never"), "t3"
	switch {
	case r.Since == 0:
		since = e.T("map.today")
	case r.Since > 0:
		since = i18n.Ago(e.Lang, r.Since)
	}
	if r.Interval > 0 && r.Since > 0 {
		since = e.T("map.since", since, r.Interval)
	}
	if r.Due {
		tone = "mp-due"
	}
	if r.Planned {
		since, tone = e.pair(e.T("map.planned"), since), "t3"
	}
	minutes := app.UI(part.Nothing())
	if r.Minutes >= 0 {
		minutes = app.B().Class("num").Title(e.Number(r.Km) + "\u00a0km").Text(i18n.Hours(r.Minutes))
	}
	id := r.ID
	badge := part.Phase(e.Lang, r.Phase, true)
	switch r.Phase {
	case "D", "C", "M", "V":
	case "":
		badge = app.Span().Class("ph only mp-no").Body(app.I().Aria("hidden", true).Text("·"))
	default:
		badge = app.Span().Class("ph only mp-no").Title(i18n.Phase(e.Lang, r.Phase)).Body(app.I().Aria("hidden", true).Text(r.Phase), app.Span().Class("sr").Text(i18n.Phase(e.Lang, r.Phase)))
	}
	head := app.Button().Type("button").ID("mp-n"+id.String()).Class("mp-rb").Aria("expanded", m.open == id).Body(
		app.Span().Class("mp-ph").Body(badge),
		app.Span().Class("who").Body(part.B(r.Name), part.Span("xs "+tone, since)),
		app.Span().Class("tr").Body(minutes, part.Score(e.Lang, r.Score, r.State, 8)),
	).OnClick(func(app.Context, app.Event) {
		if m.open == id {
			m.open = portfolio.ID{}
		} else {
			m.open = id
		}
	}, app.EventScope(id.String()))
	if m.open != id {
		return app.Li().Class(class).Body(head)
	}
	return app.Li().Class(class+" open").Body(head, m.acts(r, on))
}

// acts are what can be done with a client.
func (m *mapBoard) acts(r *query.NearRow, on bool) app.UI {
	e, row := m.E, *r
	key := row.ID.String()
	acts := []app.UI{part.Link("btn sec sm", ClientPath(row.ID), part.IconS("user"), part.Span("", e.T("map.sheet")))}
	if row.Phone != "" {
		acts = append(acts, part.Tel(row.Phone).Class("btn sec sm").Aria("label", e.T("today.call", row.Name)).Body(part.IconS("phone"), part.Span("", e.T("map.call"))))
	}
	if to := guide(&row); to != "" {
		acts = append(acts, part.Outside(to).Class("btn sec sm").Body(part.IconS("navigate"), part.Span("", e.T("map.go"))))
	}
	if !m.live.Value.Head.Readonly {
		if !m.lost {
			label, icon := "map.take", "plus"
			if on {
				label, icon = "map.leave", "minus"
			}
			acts = append(acts, part.Button("mp-take/"+key, "sec sm", icon, e.T(label), func(app.Context) { m.choose(row.ID) }))
		}
		label := "map.move"
		if row.Minutes < 0 {
			label = "map.place"
		}
		acts = append(acts, part.Button("mp-place/"+key, "sec sm", "pin", e.T(label), func(app.Context) { m.place = &row }))
	}
	spot := app.UI(part.Nothing())
	switch row.Spot {
	case query.InTown:
		spot = part.P("xs t3", e.T("map.in-town", row.City))
	case query.Around:
		spot = part.P("xs t3", e.T("map.around"))
	}
	return part.Div("mp-acts", app.Div().Class("mp-btns").Body(acts...), spot)
}

// guide is the address that opens the device's own navigation: to the position
// of a client, or to its address when only its commune is known.
func guide(r *query.NearRow) string {
	to := ""
	if r.Spot == query.Given {
		to = strconv.FormatFloat(r.Lat, 'f', 5, 64) + "," + strconv.FormatFloat(r.Lon, 'f', 5, 64)
	}
	return directions(to, r.Address)
}
