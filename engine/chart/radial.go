package chart

import "math"

// An Arc is one part of a ring.
type Arc struct {
	Name, Sub string
	Value     float64
	Figure    string
	Tone      Tone
	Link      Link
}

// A Circle is a total in a ring: visits of prospects that replace and that
// grow; a month's target cut into its visits.
type Circle struct {
	Words  `cbor:"Words"`
	Arcs   []Arc
	Figure string // in the middle
	Text   string
	Units  bool // one segment for each unit, up to 60
}

// Draw puts the words beside the ring, or under it where the width is short.
func (d Circle) Draw(w int) string {
	var total float64
	links := make([]Link, 0, len(d.Arcs))
	words := 0.0
	for i := range d.Arcs {
		a := d.Arcs[i]
		total += max(0, fin(a.Value))
		links = append(links, a.Link)
		words = max(words, 26+max(wide(a.Name, 13), wide(a.Sub, 12))+12+wide(a.Figure, 13))
	}
	if !(total > 0) {
		return d.none(w)
	}
	const size, r, thick, row = 128.0, 54.0, 15.0, 40.0
	wf := width(w, 160)
	x0, y0, h := size+18, max(0, (size-row*float64(len(d.Arcs)))/2), max(size, row*float64(len(d.Arcs)))
	cx := size / 2
	if wf-x0 < words {
		x0, y0, h = 0, size+8, size+8+row*float64(len(d.Arcs))
		cx = wf / 2
	}
	p := frame(wf, h, d.Label, anyLink(links...))
	from := 0.0
	for i, a := range d.Arcs {
		v := max(0, fin(a.Value)) / total
		y := y0 + row*float64(i)
		p.mark(a.Link, func() {
			n := 1
			if d.Units && total <= 60 {
				n = max(1, int(math.Round(v*total)))
			}
			if v > 0 {
				for k := range n {
					p.arc(cx, size/2, r, thick, from+v*float64(k)/float64(n), from+v*float64(k+1)/float64(n), a.Tone, d.Weak)
				}
			}
			p.block(x0, y+8, 14, 14, 4, a.Tone, d.Weak)
			p.rect(x0+.5, y+8.5, 13, 13, 4, paint{fill: "none", stroke: "border-strong", width: 1})
			room := wf - x0 - 32 - wide(a.Figure, 13)
			p.text(x0+24, y+16, left, font{fill: "text", size: 13, weight: 550}, short(a.Name, 13, room))
			p.text(x0+24, y+32, left, tx, short(a.Sub, 12, room))
			p.text(wf, y+20, right, txb, a.Figure)
		})
		from += v
	}
	p.text(cx, size/2+6, middle, font{fill: "text", size: 26, weight: 680}, d.Figure)
	p.text(cx, size/2+23, middle, tx, short(d.Text, 12, 2*(r-thick)))
	return p.done()
}

// arc is part of a ring, from one share of the turn to another, a gap between.
func (p *pic) arc(x, y, r, thick, from, to float64, t Tone, weak bool) {
	const gap = 1.2 / 54 / 2 / math.Pi * 2
	from, to = from+gap/2, to-gap/2
	if !(to > from) {
		return
	}
	at := func(s float64) point {
		sin, cos := math.Sincos(2 * math.Pi * s)
		return point{x + r*sin, y - r*cos}
	}
	a := paint{fill: "none", stroke: t.fill(), width: thick}
	if weak {
		a.dash, a.opacity = "2 3", .7
	}
	var cmds trace
	cmds.to("M", at(from).x, at(from).y)
	for from < to { // in quarters: no arc is ambiguous
		next := min(to, from+.25)
		cmds.to("A", r, r, at(next).x, at(next).y)
		from = next
	}
	p.trace(a, cmds)
}

// A Spoke is one axis of a radar.
type Spoke struct {
	Name, Text string
	Value      float64 // 0-1
	Aim        float64 // 0-1; 0: none
	Hot        bool    // the weakest: wheat
}

// A Radar shows a few levers at once; the weakest is the one to work on.
type Radar struct {
	Words  `cbor:"Words"`
	Spokes []Spoke
}

// Draw draws between three and twelve spokes; fewer are not a figure.
func (d Radar) Draw(w int) string {
	n := min(len(d.Spokes), 12)
	if n < 3 {
		return d.none(w)
	}
	const r = 66.0
	wf := width(w, 240)
	cx, cy := wf/2, r+48
	p := frame(wf, 2*r+92, d.Label, false)
	dir := func(i int) point {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		return point{sin, -cos}
	}
	ring := func(of func(i int) float64) (cmds trace) {
		for i := range n {
			c := "L"
			if i == 0 {
				c = "M"
			}
			v := clip01(of(i)) * r
			cmds.to(c, cx+v*dir(i).x, cy+v*dir(i).y)
		}
		cmds.to("Z")
		return cmds
	}
	p.trace(paint{fill: "surface-2", stroke: "border-strong", width: 1}, ring(func(int) float64 { return 1 }))
	p.trace(paint{fill: "none", stroke: "grid", width: 1}, ring(func(int) float64 { return .5 }))
	aims := false
	for i := range n {
		p.line(cx, cy, cx+r*dir(i).x, cy+r*dir(i).y, paint{stroke: "grid", width: 1})
		aims = aims || d.Spokes[i].Aim > 0
	}
	if aims {
		p.trace(paint{fill: "none", stroke: "ref", width: 1.5, dash: "2 4"}, ring(func(i int) float64 { return d.Spokes[i].Aim }))
	}
	p.trace(paint{fill: "accent", opacity: .18}, ring(func(i int) float64 { return d.Spokes[i].Value }))
	line := paint{fill: "none", stroke: "accent", width: 2.25, round: true}
	if d.Weak {
		line.dash = "1 5"
	}
	p.trace(line, ring(func(i int) float64 { return d.Spokes[i].Value }))
	for i := range n {
		s := d.Spokes[i]
		v := clip01(s.Value) * r
		q := dir(i)
		if s.Hot {
			p.circle(cx+v*q.x, cy+v*q.y, 6, paint{fill: "ble", stroke: "surface", width: 2})
		} else {
			p.circle(cx+v*q.x, cy+v*q.y, 4, paint{fill: "accent"})
		}
		x, y := cx+(r+10)*q.x, cy+(r+10)*q.y
		end, room := middle, wf
		switch {
		case q.x > .3:
			end, room = left, wf-x
		case q.x < -.3:
			end, room = right, x
		}
		switch {
		case q.y < -.9:
			y -= 20
		case q.y > .5:
			y += 10
		}
		p.text(x, y+2, end, tx2, short(s.Name, 12, room))
		p.text(x, y+18, end, tx, short(s.Text, 12, room))
	}
	return p.done()
}

// Table has a row for each arc.
func (d Circle) Table() Table {
	t := Table{Head: d.Head}
	for _, a := range d.Arcs {
		t.Rows = append(t.Rows, []string{join(a.Name, a.Sub), a.Figure})
	}
	return t.tidy()
}

// Table has a row for each spoke.
func (d Radar) Table() Table {
	t := Table{Head: d.Head}
	for _, s := range d.Spokes {
		t.Rows = append(t.Rows, []string{s.Name, s.Text})
	}
	return t.tidy()
}

// A Balance weighs two sides: efforts given and obtained, promises of both.
type Balance struct {
	Words                `cbor:"Words"`
	Ours, Theirs         float64
	OursText, TheirsText string    // in the weights
	Names                [2]string // us, them
	Verdict              string
}

// Draw tilts the beam towards the side that gives more: level when both give
// as much, full when one gives nothing.
func (d Balance) Draw(w int) string {
	ours, theirs := max(0, fin(d.Ours)), max(0, fin(d.Theirs))
	if ours+theirs == 0 {
		return d.none(w)
	}
	wf := width(w, 140)
	lines := wrap(d.Verdict, 12, wf)
	arm := min(wf/2-4, 110)
	cx, y := wf/2, 62.0
	tilt := (theirs - ours) / (ours + theirs) * 16 // heavier side down
	p := frame(wf, 126+16*float64(len(lines)), d.Label, false)
	p.path(paint{fill: "sunken", stroke: "border-strong", width: 1.5}, "Mlhz", cx, y, 18.0, 34.0, -36.0)
	beam := paint{stroke: "text", width: 4, round: true}
	if d.Weak {
		beam.dash = "2 7"
	}
	p.line(cx-arm, y-tilt, cx+arm, y+tilt, beam)
	for i, s := range []string{d.OursText, d.TheirsText} {
		sign := float64(2*i - 1)
		tone := [...]Tone{Grey, Accent}[i]
		bw := min(max(44, wide(s, 15)+14), arm-8)
		x := cx + sign*(arm-bw/2)
		by := y + sign*tilt*.8 - 34
		p.block(x-bw/2, by, bw, 30, 7, tone, d.Weak)
		f := font{fill: tone.ink(), size: 15, weight: 700}
		if d.Weak {
			f = font{fill: "text", size: 15, weight: 700, halo: true}
		}
		p.text(x, by+20, middle, f, short(s, 15, bw-4))
		p.text(cx+sign*arm, 112, [...]anchor{left, right}[i], tx2, short(d.Names[i], 12, arm))
	}
	note(lines, p, 130)
	return p.done()
}

// Table has a row for each side.
func (d Balance) Table() Table {
	return Table{d.Head, [][]string{{d.Names[0], d.OursText}, {d.Names[1], d.TheirsText}}}.tidy()
}
