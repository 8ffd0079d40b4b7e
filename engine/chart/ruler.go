package chart

import (
	"cmp"
	"math"
)

// A Band is one stretch of a ruler.
type Band struct {
	Name string // "P4"
	Text string // "12 clients"
	N    int    // strokes: one for each client
	On   bool   // where the client stands
}

// A Ruler is the quarter ruler of « Pourquoi » : one stroke is one client, the
// wheat mark is him.
type Ruler struct {
	Words  `cbor:"Words"`
	Bands  []Band // as wide as each other
	At     int    // band of the mark; below 0: none
	Within float64
	Aim    float64 // where a target lies on the whole ruler, 0-1; below 0: none
}

// Draw draws the ruler, 74 px high.
func (d Ruler) Draw(w int) string {
	n := len(d.Bands)
	if n == 0 {
		return d.none(w)
	}
	wf := width(w, 200)
	room := wf / float64(n)
	p := frame(wf, 74, d.Label, false)
	for i, b := range d.Bands {
		x, bw := room*float64(i), room-3
		fill := "sunken"
		if b.On {
			fill = "accent-soft"
		}
		if d.Weak {
			p.hatch(x, 16, bw, 34, 5, fill, "border")
		} else {
			p.rect(x, 16, bw, 34, 5, paint{fill: fill})
		}
		if k := min(b.N, int(bw/3.5)); k > 0 {
			var cmds trace
			for j := range k {
				c := x + (bw-6)*(float64(j)+.5)/float64(k)
				cmds.to("Ml", c, 44, 6, -22)
			}
			a := paint{stroke: "ref", width: math.Round(max(1, min(2.2, bw/float64(k)*.3))*10) / 10, round: true}
			if b.On {
				a.stroke = "accent"
			}
			p.trace(a, cmds)
		}
		words := tx2
		if b.On {
			words = font{fill: "accent", size: 12, weight: 700}
		}
		s := b.Name + " " + b.Text
		if wide(s, 12) > bw {
			s = b.Name
		}
		p.text(x+bw/2, 68, middle, words, s)
	}
	if d.Aim >= 0 && d.Aim <= 1 {
		p.path(paint{stroke: "text", width: 2, dash: "3 3"}, "MV", wf*d.Aim, 12.0, 54.0)
	}
	if d.At >= 0 && d.At < n {
		x := room*float64(d.At) + (room-3)*clip01(d.Within)
		x = min(max(x, 7), wf-7)
		p.path(paint{stroke: "ble", width: 4, round: true}, "MV", x, 8.0, 54.0)
		p.circle(x, 7, 6, paint{fill: "ble", stroke: "surface", width: 1})
	}
	return p.done()
}

// Table has a row for each band.
func (d Ruler) Table() Table {
	t := Table{Head: d.Head}
	for i, b := range d.Bands {
		here := ""
		if i == d.At {
			here = "●"
		}
		t.Rows = append(t.Rows, []string{b.Name, b.Text, here})
	}
	return t.tidy()
}

// A Class is one threshold band and what it commands.
type Class struct {
	Figure, Name string
	On           bool // the current one
	Near         bool // the one dangerously near
}

// Classes are the bands of a rule, the current one filled.
type Classes struct {
	Words   `cbor:"Words"`
	Classes []Class
}

// Draw draws them side by side, or under each other where names have no room.
func (d Classes) Draw(w int) string {
	n := len(d.Classes)
	if n == 0 {
		return d.none(w)
	}
	wf := width(w, 160)
	room := wf / float64(n)
	down := false
	for _, c := range d.Classes {
		down = down || wide(c.Name, 13) > room-8 || wide(c.Figure, 13) > room-8
	}
	h := 46.0
	if down {
		h = 34 * float64(n)
	}
	p := frame(wf, h, d.Label, false)
	for i, c := range d.Classes {
		x, y, bw, bh := room*float64(i), 0.0, room-4, 46.0
		if down {
			x, y, bw, bh = 0, 34*float64(i), wf, 30
		}
		a, ink := paint{fill: "sunken"}, "text"
		switch {
		case c.On && d.Weak:
			a = paint{fill: "sunken", stroke: "accent", width: 2, dash: "2 4"}
		case c.On:
			a, ink = paint{fill: "accent"}, "on-accent"
		case c.Near:
			a, ink = paint{fill: "ble-soft", stroke: "ble", width: 2}, "ble-text"
		}
		p.rect(x+1, y+1, bw-2, bh-2, 8, a)
		f := font{fill: ink, size: 13, weight: 650}
		if down {
			p.text(x+12, y+20, left, f, c.Figure)
			p.text(wf-12, y+20, right, f, short(c.Name, 13, wf-32-wide(c.Figure, 13)))
		} else {
			p.text(x+bw/2, y+19, middle, f, c.Figure)
			p.text(x+bw/2, y+36, middle, font{fill: ink, size: 13, weight: 550}, c.Name)
		}
	}
	return p.done()
}

// Table has a row for each band.
func (d Classes) Table() Table {
	t := Table{Head: d.Head}
	for _, c := range d.Classes {
		here := ""
		if c.On {
			here = "●"
		}
		t.Rows = append(t.Rows, []string{c.Figure, c.Name, here})
	}
	return t.tidy()
}

// A Position is one point of a negotiation.
type Position struct {
	Name, Figure string
	Value        float64
	Under        bool // written under the line
	Shape        Shape
	Tone         Tone
}

// A Bargain is the line of a negotiation: start, ideal, break, both best
// alternatives (MESORE), the zone of agreement shaded.
type Bargain struct {
	Words     `cbor:"Words"`
	Positions []Position
	Zone      [2]float64 // from our break to their best alternative; not rising: none
	ZoneText  string
}

// Draw draws the line; labels that would meet go further from it.
func (d Bargain) Draw(w int) string {
	if len(d.Positions) == 0 {
		return d.none(w)
	}
	wf := width(w, 240)
	low, high := fin(d.Positions[0].Value), fin(d.Positions[0].Value)
	for _, q := range d.Positions {
		low, high = min(low, fin(q.Value)), max(high, fin(q.Value))
	}
	edge := (high - low) * .12
	if !(edge > 0) {
		edge = 1
	}
	at := scale{low - edge, high + edge, 8, wf - 8}
	levels, above, under := d.levels(at, wf)
	y := 14 + 34*float64(above)
	h := y + 16 + 34*float64(under)
	zoned := d.Zone[1] > d.Zone[0]
	if zoned && d.ZoneText != "" {
		h += 20
	}
	p := frame(wf, h, d.Label, false)
	p.rect(0, y-8, wf, 16, 8, paint{fill: "sunken"})
	if zoned {
		a, b := at.at(d.Zone[0]), at.at(d.Zone[1])
		p.hatch(a, y-8, b-a, 16, 2, "accent-soft", "accent-line")
		if d.ZoneText != "" {
			p.text(inside((a+b)/2, wide(d.ZoneText, 12), wf), h-5, middle, font{fill: "accent", size: 12, weight: 600}, d.ZoneText)
		}
	}
	for i, q := range d.Positions {
		x := at.at(q.Value)
		l := float64(levels[i])
		ink := q.Tone.fill()
		tx0 := inside(x, max(wide(q.Name, 12), wide(q.Figure, 13)), wf)
		if q.Under {
			p.path(paint{stroke: ink, width: 1.5}, "MV", x, y, y+14+34*l)
			p.over(tx0, y+27+34*l, middle, tx2, q.Name)
			p.over(tx0, y+43+34*l, middle, txb, q.Figure)
		} else {
			p.path(paint{stroke: ink, width: 1.5}, "MV", x, y, y-14-34*l)
			p.over(tx0, y-34-34*l, middle, tx2, q.Name)
			p.over(tx0, y-18-34*l, middle, txb, q.Figure)
		}
	}
	for _, q := range d.Positions {
		p.shape(q.Shape, at.at(q.Value), y, 7.5, paint{fill: q.Tone.fill(), stroke: "surface", width: 2})
	}
	return p.done()
}

// levels says how far from the line each label stands.
func (d Bargain) levels(at scale, wf float64) (level []int, above, under int) {
	order := sorted(len(d.Positions), func(a, b int) int {
		return cmp.Compare(fin(d.Positions[a].Value), fin(d.Positions[b].Value))
	})
	level = make([]int, len(d.Positions))
	var ends [2][]float64 // of each level, above and under
	for _, i := range order {
		q := d.Positions[i]
		need := max(wide(q.Name, 12), wide(q.Figure, 13))
		x := inside(at.at(q.Value), need, wf)
		side := 0
		if q.Under {
			side = 1
		}
		l := 0
		for l < len(ends[side]) && ends[side][l]+6 > x-need/2 {
			l++
		}
		if l == len(ends[side]) {
			ends[side] = append(ends[side], 0)
		}
		ends[side][l], level[i] = x+need/2, l
	}
	return level, len(ends[0]), len(ends[1])
}

// Table has a row for each point.
func (d Bargain) Table() Table {
	t := Table{Head: d.Head}
	for _, q := range d.Positions {
		t.Rows = append(t.Rows, []string{q.Name, q.Figure})
	}
	return t.tidy()
}
