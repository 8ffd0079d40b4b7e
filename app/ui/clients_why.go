package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/ui/part"
	"sillon/engine/explain"
	"sillon/engine/query"
)

// The figures of a row that have reasons, by the class of their cell.
var rowTopics = [...]struct{ cell, topic, label string }{
	{"c-score", "score", "clients.col.score"}, {"c-abc", "weight", "clients.col.weight"}, {"c-phase", "phase", "clients.col.phase"},
	{"c-pr", "pr", "clients.col.pr"}, {"c-pen", "penetration", "clients.col.pen"}, {"c-risk", "departure", "clients.col.risk"},
}

// rowFigures are the figures of a row, as far as it carries them: the worker
// says the rest.
func rowFigures(r query.ClientRow) []query.Figure {
	sound := func(known bool) explain.Mark {
		if known {
			return explain.Sound()
		}
		return explain.Mark{Status: explain.NA}
	}
	return []query.Figure{
		{Topic: "score", Value: r.Score, Unit: explain.Points, Mark: explain.Mark{Status: r.ScoreState}},
		{Topic: "weight", Unit: explain.Number, Text: r.Weight, Mark: sound(r.Weight != "")},
		{Topic: "phase", Unit: explain.Number, Text: r.Phase, Mark: sound(r.Phase != "")},
		{Topic: "pr", Value: float64(r.PR), Unit: explain.Number, Mark: sound(r.HasPR)},
		{Topic: "penetration", Value: r.Penetration, Unit: explain.Percent, Mark: sound(r.HasPen)},
		{Topic: "departure", Unit: explain.Percent, Mark: sound(false)},
	}
}

// whyRow opens the reasons of a figure of row i; those of its other figures are
// one tap away.
func (p *clientsPage) whyRow(i, which int) {
	r, ok := p.rows.at(i)
	if !ok {
		return
	}
	e, all := p.E, rowFigures(r)
	subject := Subject(r.Name, r.ID)
	var el app.Value
	if app.IsClient {
		el = app.Window().GetElementByID(rowID(i)).Call("closest", "."+rowClass).Call("querySelector", "."+rowTopics[which].cell)
	}
	e.whyFrom(el, all[which], subject)
	e.why.row = all
}

const rowClass = "cl-row"

// whyIn is the figure of a row that a click fell on: its button, or its cell
// under the link that covers the row, where rows have columns; −1: none. A key
// on the link has no place.
func whyIn(e app.Value) int {
	target := e.Get("target")
	if target.Call("closest", ".wy").Truthy() {
		return 0
	}
	if w, _ := app.Window().Size(); w < 600 || e.Get("detail").Int() == 0 || target.Call("closest", "button").Truthy() {
		return -1
	}
	x, y := e.Get("clientX").Float(), e.Get("clientY").Float()
	row := target.Call("closest", "."+rowClass)
	for k, t := range rowTopics {
		box := row.Call("querySelector", "."+t.cell).Call("getBoundingClientRect")
		if left, top := box.Get("left").Float(), box.Get("top").Float(); x >= left && x < left+box.Get("width").Float() && y >= top && y < top+box.Get("height").Float() {
			return k
		}
	}
	return -1
}

// rowSeg goes from one figure of a row to another.
func (p *whyPane) rowSeg() app.UI {
	if len(p.Row) != len(rowTopics) {
		return part.Nothing()
	}
	e := p.E
	options := make([]part.Option, len(rowTopics))
	for k, t := range rowTopics {
		options[k] = part.Option{Key: t.topic, Label: e.T(t.label)}
		if t.topic == "pr" {
			options[k].Label = "P–R"
		}
	}
	return part.Div("why-row", part.Seg("why-of", e.T("why.of"), p.Figure.Topic, options, func(_ app.Context, topic string) {
		for _, f := range p.Row {
			if f.Topic == topic && e.why != nil {
				p.trail = nil
				p.turn(f)
			}
		}
	}))
}
