package chart

import (
	"math"
	"strings"
)

// A Cell is one square of a matrix.
type Cell struct {
	Figure string // the count; empty: a dash
	Text   string // under it
	More   string // under that
	N      float64
	Hot    bool // wheat outline: look here
	Dashed bool // outside the portfolio, or unsure
	Link   Link
}

// A Path goes from one cell to another; both are row, column.
type Path struct {
	From, To [2]int
	Text     string
}

// A Matrix counts clients in cells, darker by the square root of their number:
// P×R with the prospects of R0 apart and where they go; crossed floors of sales
// and contacts; crossed ABC; recency and frequency, with money in the cell.
type Matrix struct {
	Words  `cbor:"Words"`
	Rows   []string // top first
	RowSub []string // under their names
	Cols   []string
	Cells  [][]Cell
	Apart  int // columns that stand apart at the left
	Paths  []Path
	Corner string // over the names of the rows
}

func (d Matrix) cell(i, j int) Cell {
	if i < len(d.Cells) && j < len(d.Cells[i]) {
		return d.Cells[i][j]
	}
	return Cell{}
}

// Draw draws the cells, the names of the columns on top.
func (d Matrix) Draw(w int) string {
	if len(d.Rows) == 0 || len(d.Cols) == 0 {
		return d.none(w)
	}
	wf := width(w, 220)
	names := max(widest(13, d.Rows...), widest(12, d.RowSub...))
	texts, mores, most := false, false, 0.0
	links := make([]Link, 0, len(d.Rows)*len(d.Cols))
	need, pair := 0.0, 0.0
	for i := range d.Rows {
		for j := range d.Cols {
			c := d.cell(i, j)
			texts, mores, most = texts || c.Text != "", mores || c.More != "", max(most, fin(c.N))
			links = append(links, c.Link)
			need = max(need, wide(c.Text, 12), wide(c.More, 12))
			if c.More != "" {
				pair = max(pair, wide(c.Figure, 15)+5+wide(c.Text, 12))
			}
		}
	}
	x0, gap := min(names+8, .3*wf), 0.0
	if d.Apart > 0 && d.Apart < len(d.Cols) {
		gap = 10
		if len(d.Paths) > 0 {
			gap = min(30, wf*.075)
		}
	}
	pitch := (wf - x0 - gap) / float64(len(d.Cols))
	said := need <= pitch-5 // or nowhere: half a number is a wrong one
	h := 40.0
	if texts && said {
		h += 6
	}
	paired := mores && pair <= pitch-4 // the count and what it is worth on one line
	if mores && said && !paired {
		h += 16
	}
	p := frame(wf, 24+h*float64(len(d.Rows)), d.Label, anyLink(links...))
	p.text(0, 14, left, tx, short(d.Corner, 12, x0))
	at := func(i, j int) (x, y float64) {
		x, y = x0+pitch*float64(j), 22+h*float64(i)
		if j >= d.Apart {
			x += gap
		}
		return x, y
	}
	for j, s := range d.Cols {
		x, _ := at(0, j)
		p.text(x+(pitch-3)/2, 14, middle, tx2, short(s, 12, pitch))
	}
	for i, s := range d.Rows {
		_, y := at(i, 0)
		dy := 5.0
		if i < len(d.RowSub) && d.RowSub[i] != "" {
			dy = -2
			p.text(0, y+h/2+14, left, tx, short(d.RowSub[i], 12, x0-4))
		}
		p.text(0, y+h/2+dy-1, left, font{fill: "text", size: 13, weight: 600}, short(s, 13, x0-4))
		for j := range d.Cols {
			c := d.cell(i, j)
			if !said {
				c.Text, c.More = "", ""
			}
			x, _ := at(i, j)
			p.mark(c.Link, func() { d.square(p, c, x, y, pitch-3, h-4, most, paired) })
		}
	}
	for _, m := range d.Paths {
		x1, y1 := at(m.From[0], m.From[1])
		x2, y2 := at(m.To[0], m.To[1])
		a, b := point{x1 + pitch - 3, y1 + h/2 - 2}, point{x2 - 2, y2 + h/2 - 2}
		if x2 <= x1 { // back to the left
			a, b = point{x1 - 1, y1 + h/2 - 2}, point{x2 + pitch - 3, y2 + h/2 - 2}
		}
		p.line(a.x, a.y, b.x, b.y, paint{stroke: "accent", width: 2, round: true})
		p.head(a, b, 6, "accent")
		p.over((a.x+b.x)/2, (a.y+b.y)/2-7, middle, tx2, m.Text)
	}
	return p.done()
}

func (d Matrix) square(p *pic, c Cell, x, y, w, h, most float64, paired bool) {
	step := 0
	if c.N > 0 && most > 0 {
		step = 1 + min(4, int(math.Sqrt(clip01(fin(c.N)/most))*5-1e-9))
	}
	fill, ink := [...]string{"sq-0", "sq-1", "sq-2", "sq-3", "sq-4", "sq-5"}[step], "sq-ink-lo"
	if step > 3 {
		ink = "sq-ink-hi"
	}
	a := paint{fill: fill}
	if c.Dashed || d.Weak {
		a, ink = paint{fill: "surface", stroke: "text-3", width: 1.2, dash: "3 3"}, "text"
	}
	if c.Hot {
		a.stroke, a.width, a.dash = "ble", 3, ""
		p.rect(x+1.5, y+1.5, w-3, h-3, 7, a)
	} else {
		p.rect(x+.6, y+.6, w-1.2, h-1.2, 8, a)
	}
	if c.Figure == "" {
		p.text(x+w/2, y+h/2+5, middle, tx, "–")
		return
	}
	if paired && c.More != "" && c.Text != "" {
		n := wide(c.Figure, 15)
		at := x + (w-n-5-wide(c.Text, 12))/2
		p.text(at, y+h/2-2, left, font{fill: ink, size: 15, weight: 650}, c.Figure)
		p.text(at+n+5, y+h/2-2, left, font{fill: ink, size: 12, weight: 600}, c.Text)
		p.text(x+w/2, y+h/2+13, middle, font{fill: ink, size: 12, weight: 550}, c.More)
		return
	}
	top := y + h/2 + 6
	for _, s := range []string{c.Text, c.More} {
		if s != "" {
			top -= 8
		}
	}
	p.text(x+w/2, top, middle, font{fill: ink, size: 16, weight: 650}, c.Figure)
	p.text(x+w/2, top+16, middle, font{fill: ink, size: 12, weight: 550}, c.Text)
	p.text(x+w/2, top+32, middle, font{fill: ink, size: 12, weight: 550}, c.More)
}

// Table has the rows and columns of the matrix; a cell reads figure, text. Head
// names the corner and the columns; without it the columns name themselves.
func (d Matrix) Table() Table {
	t := Table{Head: d.Head}
	if len(t.Head) == 0 {
		t.Head = append([]string{d.Corner}, d.Cols...)
	}
	for i, name := range d.Rows {
		if i < len(d.RowSub) {
			name = join(name, d.RowSub[i])
		}
		row := []string{name}
		for j := range d.Cols {
			c := d.cell(i, j)
			if c.Figure == "" {
				c.Figure = "–"
			}
			row = append(row, join(join(c.Figure, c.Text), c.More))
		}
		t.Rows = append(t.Rows, row)
	}
	for _, m := range d.Paths {
		if m.From[0] >= 0 && m.From[0] < len(d.Rows) && m.To[0] >= 0 && m.To[0] < len(d.Rows) && m.From[1] >= 0 && m.From[1] < len(d.Cols) && m.To[1] >= 0 && m.To[1] < len(d.Cols) {
			row := make([]string, len(d.Cols)+1)
			row[0] = d.Rows[m.From[0]] + " " + d.Cols[m.From[1]] + " → " + d.Rows[m.To[0]] + " " + d.Cols[m.To[1]]
			row[1] = m.Text
			t.Rows = append(t.Rows, row)
		}
	}
	return t.tidy()
}

// A Patch is the penetration of one family.
type Patch struct {
	Name           string
	Breadth, Depth float64 // shares: of the potential held by buyers; of ours among them
	Figure         string  // penetration: their product
	Text           string  // "84 × 59"
	Left           string  // "reste 0,53 M€"
	Weak           bool
	Link           Link
}

// Patches draws penetration as an area: breadth across, depth upwards.
type Patches struct {
	Words   `cbor:"Words"`
	Patches []Patch
	Note    string
}

// Draw puts as many squares on a line as have room.
func (d Patches) Draw(w int) string {
	n := len(d.Patches)
	if n == 0 {
		return d.none(w)
	}
	const side, pitch = 76.0, 90.0
	wf := width(w, 200)
	links := make([]Link, 0, n)
	words := 0.0
	for _, c := range d.Patches {
		links = append(links, c.Link)
		words = max(words, widest(13, strings.Fields(c.Name)...), wide(c.Text, 12), wide(c.Left, 12))
	}
	across := max(1, min(n, int(wf/(side+words+18))))
	room := wf / float64(across)
	down := (n + across - 1) / across
	lines := wrap(d.Note, 12, wf)
	p := frame(wf, pitch*float64(down)+16*float64(len(lines)), d.Label, anyLink(links...))
	for i, c := range d.Patches {
		x, y := room*float64(i%across), pitch*float64(i/across)
		p.mark(c.Link, func() {
			p.rect(x, y, side, side, 6, paint{fill: "sunken"})
			bw, bh := side*clip01(c.Breadth), side*clip01(c.Depth)
			p.rect(x, y+side-bh, bw, bh, 4, soft(paint{fill: "accent"}, c.Weak || d.Weak))

			p.over(x+7, y+17, left, txb, c.Figure)
			name := wrap(c.Name, 13, room-side-12)
			if len(name) > 2 {
				name = []string{name[0], strings.Join(name[1:], " ")}
			}
			at := y + 30 - 8*float64(len(name))
			for _, l := range name {
				p.text(x+side+9, at, left, font{fill: "text", size: 13, weight: 600}, short(l, 13, room-side-12))
				at += 16
			}
			p.text(x+side+9, at+2, left, tx, short(c.Text, 12, room-side-12))
			p.text(x+side+9, at+20, left, font{fill: "accent", size: 12, weight: 600}, short(c.Left, 12, room-side-12))
		})
	}
	note(lines, p, pitch*float64(down)+8)
	return p.done()
}

// Table has a row for each family.
func (d Patches) Table() Table {
	t := Table{Head: d.Head}
	for _, c := range d.Patches {
		t.Rows = append(t.Rows, []string{c.Name, c.Figure, c.Text, c.Left})
	}
	return t.tidy()
}
