package chart

import (
	"cmp"
	"strconv"
	"strings"
)

// A Corner is one of the four quadrants.
type Corner struct {
	Name, Count string
	Hot         bool // what we lose: brick
	Good        bool // what we want: green
	Link        Link
}

// A Body is one client on the plane.
type Body struct {
	Name   string  `cbor:"1,keyasint,omitempty"`
	At     XY      `cbor:"2,keyasint,omitempty"`
	Was    XY      `cbor:"3,keyasint,omitempty"` // a year ago
	HasWas bool    `cbor:"4,keyasint,omitempty"`
	Size   float64 `cbor:"5,keyasint,omitempty"` // relative; 0: small
	Shape  Shape   `cbor:"6,keyasint,omitempty"`
	Tone   Tone    `cbor:"7,keyasint,omitempty"`
	Named  bool    `cbor:"8,keyasint,omitempty"` // written beside, if there is room
	Hot    bool    `cbor:"9,keyasint,omitempty"` // wheat: the one looked at
	Badge  string  `cbor:"10,keyasint,omitempty"`
	Link   Link    `cbor:"11,keyasint,omitempty"`
}

// A Guide is a line of equal result, in the units of the data.
type Guide struct {
	From, To XY
	Name     string
}

// Scatter sets clients on a plane cut into four named quadrants: contacts and
// margin (devourers), changes of both (sensitivity, with arrows from a year
// ago), adoption and exclusion, interest and credibility of prospects.
type Scatter struct {
	Words        `cbor:"Words"`
	Bodies       []Body
	Cut          XY
	X, Y         [2]float64 // ends of the axes; equal: those of the data
	Corners      [4]Corner  // top left, top right, bottom left, bottom right
	Guides       []Guide
	AxisX, AxisY string // said under the plane: what grows to the right; upwards
	Keys         []ShapeKey
	ShowX, ShowY func(float64) string `cbor:"-"`
}

// A ShapeKey names a shape and its tone.
type ShapeKey struct {
	Name  string
	Shape Shape
	Tone  Tone
}

// drawn is the order of drawing, largest first, whatever the order given.
func (d Scatter) drawn() []Body {
	b := append([]Body(nil), d.Bodies...)
	for i := range b {
		b[i].At = XY{fin(b[i].At.X), fin(b[i].At.Y)}
		b[i].Size = clip01(b[i].Size)
	}
	out := make([]Body, 0, len(b))
	for _, i := range sorted(len(b), func(i, j int) int {
		x, y := &b[i], &b[j]
		return cmp.Or(order(x.Hot, y.Hot), cmp.Compare(y.Size, x.Size), cmp.Compare(x.At.X, y.At.X), cmp.Compare(x.At.Y, y.At.Y),
			strings.Compare(x.Name, y.Name), strings.Compare(x.Badge, y.Badge), strings.Compare(x.Link.Go, y.Link.Go), strings.Compare(x.Link.Label, y.Link.Label),
			int(x.Shape-y.Shape), int(x.Tone-y.Tone), order(x.Named, y.Named), order(x.HasWas, y.HasWas), cmp.Compare(x.Was.X, y.Was.X), cmp.Compare(x.Was.Y, y.Was.Y))
	}) {
		out = append(out, b[i])
	}
	return out
}

// order puts false before true.
func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func (d Scatter) scales(wf, ground float64) (x, y scale) {
	xs, ys := d.X, d.Y
	if !(xs[1] > xs[0]) {
		xs = d.reach(func(q XY) float64 { return q.X })
	}
	if !(ys[1] > ys[0]) {
		ys = d.reach(func(q XY) float64 { return q.Y })
	}
	x = scale{xs[0], xs[1], 12, wf - 12}
	edge := 12.0 // the names of the quadrants have room of their own
	for i, c := range d.Corners {
		lines := 16 * float64(len(d.corner(i, x, wf))-1)
		switch {
		case c.Count != "":
			edge = max(edge, 44+lines)
		case c.Name != "":
			edge = max(edge, 28+lines)
		}
	}
	return x, scale{ys[0], ys[1], ground - edge, edge}
}

// corner is the name of a quadrant in the lines it takes, two at most.
func (d Scatter) corner(i int, x scale, wf float64) []string {
	room := x.at(d.Cut.X) - 16
	if i%2 == 1 {
		room = wf - x.at(d.Cut.X) - 16
	}
	if room = min(max(room, 80), wf/2-16); wide(d.Corners[i].Name, 13) <= room {
		return []string{d.Corners[i].Name}
	}
	lines := wrap(d.Corners[i].Name, 13, room)
	if len(lines) > 2 {
		lines = []string{lines[0], strings.Join(lines[1:], " ")}
	}
	for k := range lines {
		lines[k] = short(lines[k], 13, room)
	}
	return lines
}

// reach is the range of the bodies and of the cut, with a twentieth around.
func (d Scatter) reach(of func(XY) float64) [2]float64 {
	low, high := fin(of(d.Cut)), fin(of(d.Cut))
	for _, b := range d.Bodies {
		low, high = min(low, fin(of(b.At))), max(high, fin(of(b.At)))
		if b.HasWas {
			low, high = min(low, fin(of(b.Was))), max(high, fin(of(b.Was)))
		}
	}
	edge := (high - low) / 20
	if !(edge > 0) {
		edge = 1
	}
	return [2]float64{low - edge, high + edge}
}

// Draw draws the plane, 280 px high without its legend.
func (d Scatter) Draw(w int) string {
	if len(d.Bodies) == 0 {
		return d.none(w)
	}
	const ground = 224.0
	wf := width(w, 240)
	x, y := d.scales(wf, ground)
	keys := make([]key, len(d.Keys))
	for i, k := range d.Keys {
		keys[i] = shapeKey(k.Name, k.Shape, k.Tone.fill())
	}
	_, under := flow(keys, wf)
	said := 22.0
	stackAxes := wide(d.AxisX, 12)+wide(d.AxisY, 12)+16 > wf
	if stackAxes && d.AxisY != "" {
		said += 16
	}
	links := make([]Link, 0, len(d.Bodies)+4)
	for _, c := range d.Corners {
		links = append(links, c.Link)
	}
	for _, b := range d.Bodies {
		links = append(links, b.Link)
	}
	p := frame(wf, ground+said+under+4, d.Label, anyLink(links...))
	cx, cy := x.at(d.Cut.X), y.at(d.Cut.Y)
	taken := d.corners(p, cx, cy, x, wf, ground)
	for _, g := range d.Guides {
		a, b := point{x.at(g.From.X), y.at(g.From.Y)}, point{x.at(g.To.X), y.at(g.To.Y)}
		p.line(a.x, a.y, b.x, b.y, paint{stroke: "ref", width: 1, dash: "2 3"})
		need := wide(g.Name, 12)
		mx, my := inside(a.x+(b.x-a.x)*.78, need, wf), a.y+(b.y-a.y)*.78-4
		p.over(mx, my, middle, tx, g.Name)
		taken = append(taken, box{mx - need/2, my - 11, mx + need/2, my + 3})
	}
	bodies := d.drawn()
	for _, b := range bodies {
		if b.HasWas {
			p.trail(point{x.at(b.Was.X), y.at(b.Was.Y)}, point{x.at(b.At.X), y.at(b.At.Y)}, radius(b), b.Tone)
		}
	}
	for _, b := range bodies {
		p.mark(b.Link, func() { p.body(b, x.at(b.At.X), y.at(b.At.Y), d.Weak) })
	}
	d.names(p, x, wf, ground)
	d.named(p, bodies, x, y, box{0, 0, wf, ground}, taken)
	p.text(wf, ground+18, right, tx, short(d.AxisX, 12, wf))
	if stackAxes {
		p.text(0, ground+34, left, tx, short(d.AxisY, 12, wf))
	} else {
		p.text(0, ground+18, left, tx, d.AxisY)
	}
	p.legend(keys, ground+said+2, wf)
	return p.done()
}

func radius(b Body) float64 {
	r := 3.5 + 4*clip01(b.Size)
	if b.Hot || b.Badge != "" {
		r = max(r, 8)
	}
	return r
}

func (p *pic) body(b Body, x, y float64, weak bool) {
	r := radius(b)
	a := paint{fill: b.Tone.fill(), stroke: "surface", width: 1}
	switch {
	case b.Hot || b.Badge != "":
		a = paint{fill: "ble", stroke: "surface", width: 2}
	case b.Tone == Grey:
		a.opacity = .5
	}
	if weak {
		a.opacity, a.dash, a.stroke = .5, "2 2", "text-2"
	}
	s := b.Shape
	if b.Badge != "" {
		s = Dot
	}
	p.shape(s, x, y, r, a)
	p.text(x, y+4, middle, font{size: 12, weight: 700, fill: "ph-ink"}, b.Badge)
}

// trail goes from a year ago, hollow, to now.
func (p *pic) trail(was, now point, r float64, t Tone) {
	a, b := between(was, now, 4, r+2)
	if a == b {
		return
	}
	p.circle(was.x, was.y, 3.2, paint{fill: "surface", stroke: t.fill(), width: 1.4})
	p.line(a.x, a.y, b.x, b.y, paint{stroke: t.fill(), width: 1.6})
	p.head(a, b, 5, t.fill())
}

// head is the head of an arrow from a to b.
func (p *pic) head(a, b point, size float64, stroke string) {
	d := hypot(b.x-a.x, b.y-a.y)
	if d == 0 {
		return
	}
	ux, uy := (b.x-a.x)/d*size, (b.y-a.y)/d*size
	p.path(paint{fill: "none", stroke: stroke, width: 1.8, round: true}, "MLL", b.x-ux-uy*.7, b.y-uy+ux*.7, b.x, b.y, b.x-ux+uy*.7, b.y-uy-ux*.7)
}

// corners tints the quadrants and says where their names will stand.
func (d Scatter) corners(p *pic, cx, cy float64, x scale, wf, ground float64) []box {
	var taken []box
	for i, c := range d.Corners {
		x1, x2, y1, y2 := 0.0, cx-1.5, 0.0, cy-1.5
		if i%2 == 1 {
			x1, x2 = cx+1.5, wf
		}
		if i > 1 {
			y1, y2 = cy+1.5, ground
		}
		fill := "surface-2"
		switch {
		case c.Hot:
			fill = "danger-soft"
		case c.Good:
			fill = "accent-soft"
		}
		p.mark(c.Link, func() {
			p.rect(x1, y1, max(0, x2-x1), max(0, y2-y1), 10, paint{fill: fill, stroke: "border", width: 1})
		})
		need, lines := wide(c.Count, 12), d.corner(i, x, wf)
		for _, l := range lines {
			need = max(need, wide(l, 13))
		}
		tall := 36 + 16*float64(len(lines)-1)
		b := box{10, y1 + 4, 10 + need, y1 + tall}
		if i%2 == 1 {
			b.x1, b.x2 = wf-10-need, wf-10
		}
		if i > 1 {
			b.y1, b.y2 = ground-tall, ground-4
		}
		if c.Name != "" {
			taken = append(taken, b)
		}
	}
	return taken
}

// names writes the names of the quadrants over the marks.
func (d Scatter) names(p *pic, x scale, wf, ground float64) {
	for i, c := range d.Corners {
		at, end, y := 10.0, left, 18.0
		if i%2 == 1 {
			at, end = wf-10, right
		}
		lines := d.corner(i, x, wf)
		if i > 1 {
			y = ground - 10 - 16*float64(len(lines)-1)
			if c.Count != "" {
				y -= 14
			}
		}
		for _, l := range lines {
			p.over(at, y, end, txb, l)
			y += 16
		}
		p.over(at, y-1, end, tx2, c.Count)
	}
}

// crowd is how many comparisons the names of a plane may take.
const crowd = 400_000

// named writes the names of the bodies that have one, on no mark where there is
// room: beside it, else a little off at the end of a line; then on the grey ones
// alone; else not at all, the table has it.
func (d Scatter) named(p *pic, bodies []Body, x, y scale, all box, taken []box) {
	var every, loud []box
	n := 0
	for _, b := range bodies {
		r, bx, by := radius(b)+1, x.at(b.At.X), y.at(b.At.Y)
		m := box{bx - r, by - r, bx + r, by + r}
		if every = append(every, m); b.Tone != Grey || b.Named || b.Hot || b.Badge != "" {
			loud = append(loud, m)
		}
		if b.HasWas { // along its trail, but for the end at the mark
			wx, wy := x.at(b.Was.X), y.at(b.Was.Y)
			n := min(hypot(bx-wx, by-wy)/6, 100)
			for k := 0.0; k < n-1; k++ {
				tx, ty := wx+(bx-wx)*k/n, wy+(by-wy)*k/n
				m := box{tx - 3, ty - 3, tx + 3, ty + 3}
				every, loud = append(every, m), append(loud, m)
			}
		}
		if b.Named {
			n++
		}
	}
	if n*len(every) > crowd {
		every = loud
	}
	if n*len(loud) > crowd {
		loud = nil
	}
	for _, b := range bodies {
		if !b.Named {
			continue
		}
		bx, by, r := x.at(b.At.X), y.at(b.At.Y), radius(b)
		for _, marks := range [...][]box{every, loud} {
			at, end, room, ok := place(b.Name, 12, bx, by, r, all, taken, marks)
			if !ok {
				if at, end, room, ok = far(b.Name, 12, bx, by, r, all, taken, marks); ok {
					a, z := between(point{bx, by}, nearest(room, point{bx, by}), r+1, 1)
					p.line(a.x, a.y, z.x, z.y, paint{stroke: "text-2", width: 1})
				}
			}
			if ok {
				taken = append(taken, room)
				p.over(at.x, at.y, end, tx2, b.Name)
				break
			}
		}
	}
}

// nearest is the point of a box nearest to another.
func nearest(b box, q point) point {
	return point{min(max(q.x, b.x1), b.x2), min(max(q.y, b.y1), b.y2)}
}

// Table has a row for each client, in the order given.
func (d Scatter) Table() Table {
	t := Table{Head: d.Head}
	was := false
	for _, b := range d.Bodies {
		was = was || b.HasWas
	}
	for i, b := range d.Bodies {
		name := b.Name
		if name == "" {
			name = strconv.Itoa(i + 1)
		}
		row := []string{name, show(d.ShowX, b.At.X), show(d.ShowY, b.At.Y), d.Corners[d.where(b.At)].Name}
		if was {
			from := "–"
			if b.HasWas {
				from = d.Corners[d.where(b.Was)].Name
			}
			row = append(row, from)
		}
		t.Rows = append(t.Rows, row)
	}
	return t.tidy()
}

// where is the quadrant of a point: what lies on a cut is above it.
func (d Scatter) where(q XY) int {
	i := 0
	if q.X >= d.Cut.X {
		i = 1
	}
	if !(q.Y >= d.Cut.Y) {
		i += 2
	}
	return i
}
