package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/ui/part"
)

// board counts those found by potential and realised: each cell opens its
// list. The cells add up to the number found.
func (p *clientsPage) board() app.UI {
	e, n := p.E, p.rows.list.Board
	if len(n) != 25 {
		return part.Nothing()
	}
	most := 1
	for _, k := range n {
		most = max(most, k)
	}
	head := []app.UI{app.Td()}
	for r := range 5 {
		head = append(head, app.Th().Scope("col").Text("R"+strconv.Itoa(r)))
	}
	rows := []app.UI{app.Tr().Body(head...)}
	for _, level := range []int{4, 3, 2, 1, 0} {
		name := "P" + strconv.Itoa(level)
		if level == 0 {
			name = "P?"
		}
		cells := []app.UI{app.Th().Scope("row").Text(name)}
		for r := range 5 {
			k := n[5*level+r]
			if k == 0 {
				cells = append(cells, app.Td().Text("–"))
				continue
			}
			s := p.state
			s.View, s.P, s.R = "", strconv.Itoa(level), strconv.Itoa(r)
			class := ""
			if hotCell(level, r) {
				class = "hot"
			}
			cells = append(cells, app.Td().Class(class).Body(
				app.A().Class("sq"+strconv.Itoa((5*k+most-1)/most)).Href(clientsPath+s.query()).
					Aria("label", e.T("clients.board.cell", name, "R"+strconv.Itoa(r), k)).Text(e.Count(k))))
		}
		rows = append(rows, app.Tr().Body(cells...))
	}
	return app.Section().Class("card cl-board").Body(
		app.Table().Body(app.Caption().Class("sm t2").Text(e.T("clients.board")), app.TBody().Body(rows...)))
}

// hotCell reports whether a cell is of high potential and little penetrated:
// the saved filter of that name.
func hotCell(p, r int) bool { return p >= 3 && p > r }
