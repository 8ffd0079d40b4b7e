package chart

// An XY is a point in the units of the data.
type XY struct {
	X float64 `cbor:"1,keyasint,omitempty"`
	Y float64 `cbor:"2,keyasint,omitempty"`
}

// A Dash tells lines apart without their colour.
type Dash int

// Dashes.
const (
	Solid  Dash = iota // now
	Dashed             // second
	Dotted             // reference, limit or forecast
)

var dashes = [...]string{"", "7 4", "2 4"}

// A Series is one line, left to right.
type Series struct {
	Name   string
	Points []XY
	Dash   Dash
	Ink    string // token of its colour; empty: the accent
	Link   Link   // of its last point, which is then drawn
}

func (s Series) ink() string {
	switch {
	case s.Ink != "":
		return s.Ink
	case s.Dash == Dotted:
		return "ref"
	}
	return "accent"
}

func (s Series) dash() string { return dashes[max(0, min(s.Dash, Dotted))] }

// at is the value of a line at x, straight between its points.
func (s Series) at(x float64) (float64, bool) {
	for i, b := range s.Points {
		switch {
		case b.X == x:
			return b.Y, true
		case b.X > x && i == 0:
			return 0, false
		case b.X > x:
			a := s.Points[i-1]
			return a.Y + (b.Y-a.Y)*(x-a.X)/(b.X-a.X), true
		}
	}
	return 0, false
}

// A Note is a labelled point on a line.
type Note struct {
	At   XY
	Text string // strong
	Sub  string
	Drop bool // a line down to the axis
	Link Link
}

// A Case is one thing among others on the same plane.
type Case struct {
	Name string
	At   XY
	Out  bool // beyond the limits: triangle, named
	Link Link
}

// Lines are curves on one plane. Whale curve: cumulated net margin, best client
// first, a note at its peak. Concentration: potential, sales and effort against
// the share of clients. Funnel: the team's rate dotted, its limits by size of
// portfolio dashed, each portfolio a case (method K).
type Lines struct {
	Words        `cbor:"Words"`
	Series       []Series
	Notes        []Note
	Cases        []Case
	Left, Right  string               // under the ends of the axis
	ShowX, ShowY func(float64) string `cbor:"-"` // write values
	UnitX, UnitY Unit                 // what writes them when those do not
	NamesX       []string             // of the places 0, 1, 2… of the axis, instead of UnitX
	Diagonal     bool                 // dotted from corner to corner: equality
	Tight        bool                 // the axis need not hold 0
}

func (d Lines) bounds() (x, y scale) {
	first := true
	add := func(q XY) {
		q = XY{fin(q.X), fin(q.Y)}
		if first {
			x.low, x.high, y.low, y.high, first = q.X, q.X, q.Y, q.Y, false
		}
		x.low, x.high, y.low, y.high = min(x.low, q.X), max(x.high, q.X), min(y.low, q.Y), max(y.high, q.Y)
	}
	for _, s := range d.Series {
		for _, q := range s.Points {
			add(q)
		}
	}
	for _, c := range d.Cases {
		add(c.At)
	}
	if !d.Tight {
		y.low, y.high = min(y.low, 0), max(y.high, 0)
	}
	if !(y.high > y.low) {
		y.high = y.low + 1
	}
	return x, y
}

func (d Lines) keys() []key {
	var out []key
	for _, s := range d.Series {
		if s.Name != "" {
			out = append(out, lineKey(s.Name, s.ink(), s.dash()))
		}
	}
	return out
}

// Draw draws the plane, 196 px high without its legend.
func (d Lines) Draw(w int) string {
	x, y := d.bounds()
	n := len(d.Cases)
	for _, s := range d.Series {
		n += len(s.Points)
	}
	if n == 0 {
		return d.none(w)
	}
	const top = 14.0
	ground := 166.0
	if d.Diagonal { // a square is read best
		ground = 198
	}
	wf := width(w, 220)
	keys := d.keys()
	_, under := flow(keys, wf)
	links := make([]Link, 0, len(d.Cases)+len(d.Notes)+len(d.Series))
	for _, s := range d.Series {
		links = append(links, s.Link)
	}
	for _, n := range d.Notes {
		links = append(links, n.Link)
	}
	for _, c := range d.Cases {
		links = append(links, c.Link)
	}
	p := frame(wf, ground+24+under, d.Label, anyLink(links...))
	marks := ticks(y.low, y.high, 3)
	x.from, x.to, y.from, y.to = 0, wf-8, ground, top
	for _, v := range marks {
		x.from = max(x.from, wide(show(d.ShowY, v), 12)+8)
	}
	for _, v := range marks {
		p.path(paint{class: "gl"}, "MH", x.from, y.at(v), wf)
		p.text(x.from-8, y.at(v)+4, right, tx, show(d.ShowY, v))
	}
	if y.low <= 0 && y.high >= 0 {
		p.axis(x.from, y.at(0), wf)
	}
	if d.Diagonal {
		p.line(x.from, ground, x.to, top, paint{stroke: "ref", width: 1.5, dash: "2 5", round: true})
	}
	for _, s := range d.Series {
		p.polyline(s, x, y, d.Weak)
	}
	for _, s := range d.Series {
		if k := len(s.Points) - 1; k >= 0 && s.Link.Go != "" {
			p.mark(s.Link, func() {
				p.circle(x.at(s.Points[k].X), y.at(s.Points[k].Y), 5, paint{fill: s.ink(), stroke: "surface", width: 2})
			})
		}
	}
	d.notes(p, x, y, wf)
	d.cases(p, x, y, wf)
	l, r := d.Left, d.Right
	p.text(x.from, ground+20, left, tx, short(l, 12, (wf-x.from)/2))
	p.text(wf, ground+20, right, tx, short(r, 12, (wf-x.from)/2-8))
	p.legend(keys, ground+26, wf)
	return p.done()
}

func (p *pic) polyline(s Series, x, y scale, weak bool) {
	if len(s.Points) == 0 {
		return
	}
	var cmds trace
	for i, k := range steps(0, len(s.Points)-1, 80) {
		c := "L"
		if i == 0 {
			c = "M"
		}
		cmds.to(c, x.at(s.Points[k].X), y.at(s.Points[k].Y))
	}
	a := paint{fill: "none", stroke: s.ink(), width: 2.5, dash: s.dash(), round: true}
	if s.Dash == Dotted {
		a.width = 1.5
	}
	switch {
	case weak && s.Name == "":
		a.dash = "1 6"
	case weak: // its dash is its name
		a.width, a.opacity = 1.5, .7
	}
	p.trace(a, cmds)
}

func (d Lines) notes(p *pic, x, y scale, wf float64) {
	var taken []box
	for _, n := range d.Notes {
		q := point{x.at(n.At.X), y.at(n.At.Y)}
		if n.Drop {
			p.path(paint{stroke: "text", width: 1}, "MV", q.x, y.from, q.y)
		}
		p.mark(n.Link, func() { p.circle(q.x, q.y, 5, paint{fill: "ble", stroke: "surface", width: 2}) })
		if n.Text == "" && n.Sub == "" {
			continue
		}
		need := max(wide(n.Text, 13), wide(n.Sub, 12))
		cx, cy, end, b := d.room(q, need, x, y, wf, taken)
		taken = append(taken, b)
		p.over(cx, cy, end, txb, n.Text)
		p.over(cx, cy+15, end, tx2, n.Sub)
	}
}

// room finds where a note stands: beside its point, to the right or to the left,
// as high as it can without a curve, a drop line or another note under it.
func (d Lines) room(q point, need float64, x, y scale, wf float64, taken []box) (cx, cy float64, end anchor, b box) {
	high, low := 22.0, y.from-20
	var best box
	for strict := 2; strict >= 0; strict-- {
		for dy := 20.0; dy <= y.from-y.to; dy += 8 {
			for _, side := range [...]anchor{left, right} {
				cy, end = min(max(q.y+dy, high), low), side
				if cx = q.x + 9; end == right {
					cx = q.x - 9
				}
				b = box{cx, cy - 12, cx + need, cy + 18}
				if end == right {
					b.x1, b.x2 = cx-need, cx
				}
				if b.x2 > wf || b.x1 < x.from {
					continue
				}
				if best == (box{}) {
					best = b
				}
				free := true
				for _, t := range taken {
					free = free && !b.hits(t)
				}
				if free && (strict < 1 || !d.under(b, q, x, y)) && (strict < 2 || !d.Diagonal || !b.cut(point{x.from, y.from}, point{x.to, y.to})) {
					return cx, cy, end, b
				}
			}
		}
	}
	if best == (box{}) { // too long for either side
		cx = (x.from + wf) / 2
		cy = min(max(q.y+20, high), low)
		return cx, cy, middle, box{cx - need/2, cy - 12, cx + need/2, cy + 18}
	}
	if cx, end = best.x1, left; best.x2 < q.x {
		cx, end = best.x2, right
	}
	return cx, best.y1 + 12, end, best
}

// under reports a curve, or the drop line of another note, under a box.
func (d Lines) under(b box, own point, x, y scale) bool {
	for _, n := range d.Notes {
		if at := x.at(n.At.X); n.Drop && at != own.x && b.x1 < at+3 && at-3 < b.x2 {
			return true
		}
	}
	for _, s := range d.Series {
		for k := 1; k < len(s.Points); k++ {
			if b.cut(point{x.at(s.Points[k-1].X), y.at(s.Points[k-1].Y)}, point{x.at(s.Points[k].X), y.at(s.Points[k].Y)}) {
				return true
			}
		}
	}
	return false
}

// cut reports a line that goes through a box, or within three pixels of it.
func (b box) cut(p, q point) bool {
	if p.x > q.x {
		p, q = q, p
	}
	if q.x < b.x1 || p.x > b.x2 {
		return false
	}
	low, high := min(p.y, q.y), max(p.y, q.y)
	if q.x-p.x > 1e-9 {
		at := func(v float64) float64 { return p.y + (q.y-p.y)*(v-p.x)/(q.x-p.x) }
		m, n := at(max(p.x, b.x1)), at(min(q.x, b.x2))
		low, high = min(m, n), max(m, n)
	}
	return low < b.y2+3 && high > b.y1-3
}

func (d Lines) cases(p *pic, x, y scale, wf float64) {
	all := box{0, 0, wf, y.from}
	var taken []box
	for _, c := range d.Cases {
		cx, cy := x.at(c.At.X), y.at(c.At.Y)
		taken = append(taken, box{cx - 6, cy - 6, cx + 6, cy + 6})
	}
	for _, c := range d.Cases {
		cx, cy := x.at(c.At.X), y.at(c.At.Y)
		p.mark(c.Link, func() {
			if !c.Out {
				p.shape(Dot, cx, cy, 5, paint{fill: "abc-b", stroke: "surface", width: 1})
				return
			}
			p.shape(Triangle, cx, cy, 6.5, paint{fill: "danger", stroke: "surface", width: 1})
			if at, end, b, ok := place(c.Name, 12, cx, cy, 7, all, taken); ok {
				taken = append(taken, b)
				p.over(at.x, at.y, end, tx2, c.Name)
			}
		})
	}
}

// Table has a row for each case; without cases, a row for each of at most
// eleven places along the axis and a column for each line.
func (d Lines) Table() Table {
	t := Table{Head: d.Head}
	for _, c := range d.Cases {
		t.Rows = append(t.Rows, []string{c.Name, show(d.ShowX, c.At.X), show(d.ShowY, c.At.Y)})
	}
	if len(d.Cases) > 0 || len(d.Series) == 0 || len(d.Series[0].Points) == 0 {
		return t.tidy()
	}
	pts := d.Series[0].Points
	for _, k := range steps(0, len(pts)-1, 10) {
		row := []string{show(d.ShowX, pts[k].X)}
		for _, s := range d.Series {
			v, ok := s.at(pts[k].X)
			if ok {
				row = append(row, show(d.ShowY, v))
			} else {
				row = append(row, "–")
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t.tidy()
}
