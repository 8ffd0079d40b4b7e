package chart

import (
	"math"
	"strconv"
)

// Cuts is the cumulated share of sales by client, largest first, with two cuts
// the reader can move (ABC).
type Cuts struct {
	Words   `cbor:"Words"`
	Share   []float64 // made by the first k clients, k = 0…n; ends at 1
	Cut     [2]int    // clients in A; in A and B
	Names   [3]string // A, B, C
	Axis    [3]string // 0 %, 50 %, 100 %
	CutText [2]string // share at the cut: "61 %"
	CutName [2]string // under it: "36 clients"
	Right   string    // "180"
	Grip    [2]string // names of the grips; empty: they do not move
	Go      [3]Link   // the clients of each class
	Counts  [3]string // of the table: clients by class
	Shares  [3]string // of the table: share of sales by class
}

// CutLeft and CutRight are what stays free of clients on either side of the
// picture: the page counts from there where a finger is.
const CutLeft, CutRight = 46.0, 10.0

const cutTop = 34.0

// Draw draws the clients as bars, the cumulated line, the cuts. A grip is a
// slider: its class is grip, its number is in data-cut; the page moves it by
// keys, one client at a time, or by dragging.
func (d Cuts) Draw(w int) string {
	n := len(d.Share) - 1
	if n < 1 {
		return d.none(w)
	}
	const top, ground, x0 = cutTop, 178.0, CutLeft
	wf := width(w, 260)
	x := scale{0, float64(n), x0, wf - CutRight}
	y := scale{0, 1, ground, top}
	cut := [2]int{min(max(d.Cut[0], 0), n), min(max(d.Cut[1], 0), n)}
	cut[1] = max(cut[0], cut[1])
	p := frame(wf, 236, d.Label, d.Grip[0] != "" || d.Grip[1] != "" || anyLink(d.Go[:]...))
	from := 0
	for i, to := range []int{cut[0], cut[1], n} {
		a, b := x.at(float64(from)), x.at(float64(to))
		p.mark(d.Go[i], func() {
			p.rect(a, top, b-a, ground-top, 0, paint{fill: [...]string{"abc-a", "abc-b", "abc-c"}[i], opacity: [...]float64{.2, .12, .06}[i]})
			if b-a > 12 {
				p.text((a+b)/2, top-9, middle, font{fill: "text", size: 15, weight: 650}, d.Names[i])
			}
		})
		from = to
	}
	for i, v := range []float64{0, .5, 1} {
		p.text(x0-8, y.at(v)+4, right, tx, d.Axis[i])
		p.path(paint{class: "gl"}, "MH", x0, y.at(v), wf-10)
	}
	d.bars(p, n, x, ground, top)
	a := paint{fill: "none", stroke: "accent", width: 2.5, round: true}
	if d.Weak {
		a.dash = "1 6"
	}
	p.run(a, func(k int) point { return point{x.at(float64(k)), y.at(d.Share[k])} }, 0, n)
	tight := x.at(float64(cut[1]))-x.at(float64(cut[0])) < max(wide(d.CutText[0], 13)+18, (wide(d.CutName[0], 12)+wide(d.CutName[1], 12))/2+8)
	free := 0.0 // where the first line under the cuts ends
	for i, k := range cut {
		cx, cy := x.at(float64(k)), y.at(d.Share[k])
		if d.Grip[i] == "" {
			p.path(paint{stroke: "text", width: 1.5}, "MV", cx, top-4, ground)
		}
		p.circle(cx, cy, 6, paint{fill: "ble", stroke: "surface", width: 2})
		tx, end := cx+10, left
		if tx+wide(d.CutText[i], 13) > wf {
			tx, end = cx-10, right
		}
		name, under := d.CutName[i], ground+42
		if tight { // no room between the cuts: their shares go with their names
			name = join(name, d.CutText[i])
			if i == 1 {
				under += 16
			}
		} else {
			p.over(tx, min(cy+20, ground-6), end, txb, d.CutText[i])
		}
		at := inside(cx, wide(name, 12), wf)
		p.text(at, under, middle, tx2, name)
		if i == 0 || !tight {
			free = at + wide(name, 12)/2
		}
		d.grip(p, i, k, n, cx, ground+14)
	}
	if free+8 < wf-10-wide(d.Right, 12) {
		p.text(wf-10, ground+42, right, tx, d.Right)
	}
	return p.done()
}

// bars draws the clients' own shares: bars, or their outline where they would
// be thinner than 4 px.
func (d Cuts) bars(p *pic, n int, x scale, ground, top float64) {
	most := 1e-9
	own := func(k int) float64 { return clip01(d.Share[k] - d.Share[k-1]) }
	for k := 1; k <= n; k++ {
		most = max(most, own(k))
	}
	up := func(k int) float64 { return (ground - top) * .5 * own(k) / most }
	pitch := (x.to - x.from) / float64(n)
	if pitch < 4 {
		var cmds trace
		cmds.to("M", x.from, ground)
		last := x.from
		for _, k := range steps(1, n, int((x.to-x.from)/5)) {
			cmds.to("L", last, ground-up(k))
			last = x.at(float64(k))
			cmds.to("H", last)
		}
		cmds.to("VZ", ground)
		p.trace(paint{fill: "abc-b", opacity: .45}, cmds)
		return
	}
	var cmds trace
	for k := 1; k <= n; k++ {
		if h := up(k); h >= .5 {
			cmds.to("Mv", x.at(float64(k)-.5), ground, -h)
		}
	}
	p.trace(paint{stroke: "abc-b", width: math.Round(min(14, pitch*.6)), opacity: .45}, cmds)
}

func (d Cuts) grip(p *pic, i, k, n int, x, y float64) {
	if d.Grip[i] == "" {
		return
	}
	p.raw(`<g class="grip" tabindex="0" role="slider" aria-valuemin="0" data-cut="` + strconv.Itoa(i) + `" aria-valuenow="` + strconv.Itoa(k) + `" aria-valuemax="` + strconv.Itoa(n) + `"`)
	p.attr("aria-label", d.Grip[i])
	p.attr("aria-valuetext", d.CutName[i]+", "+d.CutText[i])
	p.raw(">")
	p.path(paint{stroke: "text", width: 1.5}, "MV", x, cutTop-4, y-14) // the page moves it with the grip
	p.circle(x, y-2, 22, paint{fill: "surface", opacity: .01})         // what a finger needs
	p.circle(x, y-2, 12, paint{fill: "surface", stroke: "accent", width: 2})
	p.path(paint{fill: "none", stroke: "accent", width: 1.75, round: true}, "MllMll", x-3, y-6, -4.0, 4.0, 4.0, 4.0, x+3, y-6, 4.0, 4.0, -4.0, 4.0)
	p.raw("</g>")
}

// Table has a row for each class.
func (d Cuts) Table() Table {
	t := Table{Head: d.Head}
	for i, n := range d.Names {
		t.Rows = append(t.Rows, []string{n, d.Counts[i], d.Shares[i]})
	}
	return t.tidy()
}

// A Storey is one of four equal parts of a total.
type Storey struct {
	Name   string // "R4"
	Figure string // "8 clients"; empty: nobody
	Range  string // "38,6 à 74,0 k€"
	Link   Link
}

// A Lamp says whether the top floor of one amount stands on enough clients.
type Lamp struct {
	Name, Figure string
	Level        Level
	Word         string // what the shape means, for the table
	Link         Link
}

// A Pyramid is the four floors of a total, each a quarter of it, and how
// fragile its top is for several amounts.
type Pyramid struct {
	Words   `cbor:"Words"`
	Storeys [4]Storey // top first
	Lamps   []Lamp
	Title   string // over the lamps
	Note    string
}

// Draw puts the lamps beside the floors, or under them where the width is
// short.
func (d Pyramid) Draw(w int) string {
	const tall, lampH = 46.0, 30.0
	wf := width(w, 220)
	side := 0.0
	links := make([]Link, 0, 4)
	some := false
	for _, s := range d.Storeys {
		links = append(links, s.Link)
		some = some || s.Figure != ""
	}
	if !some {
		return d.none(w)
	}
	for _, l := range d.Lamps {
		side = max(side, 28+wide(l.Name, 13)+16+wide(l.Figure, 13))
		links = append(links, l.Link)
	}
	side = max(side, wide(d.Title, 12))
	pw, lx, ly := wf, 0.0, 4*tall+12
	if side > 0 && wf-side-24 >= 230 {
		pw, lx, ly = wf-side-24, wf-side, 0
	}
	side = wf - lx
	lines := wrap(d.Note, 12, side)
	h := 4 * tall
	if len(d.Lamps) > 0 {
		h = max(h, ly+24+lampH*float64(len(d.Lamps))+16*float64(len(lines))+6)
	}
	p := frame(wf, h, d.Label, anyLink(links...))
	for i, s := range d.Storeys {
		y := tall * float64(i)
		half := func(level float64) float64 { return pw / 2 * (.42 + .58*level/4) }
		a, b := half(float64(i)), half(float64(i)+.96)
		p.mark(s.Link, func() {
			fill := paint{fill: [...]string{"sq-5", "sq-4", "sq-3", "sq-2"}[i]}
			ink := [...]string{"sq-ink-hi", "sq-ink-hi", "sq-ink-lo", "sq-ink-lo"}[i]
			if s.Figure == "" {
				fill, ink = paint{fill: "none", stroke: "border-strong", width: 1, dash: "2 4"}, "text-2"
			}
			if d.Weak {
				fill, ink = paint{fill: "sunken", stroke: "text-2", width: 1.5, dash: "2 4"}, "text"
			}
			p.path(fill, "MHLHz", pw/2-a, y+1, pw/2+a, pw/2+b, y+tall-1, pw/2-b)
			p.text(pw/2, y+20, middle, font{fill: ink, size: 15, weight: 700}, short(join(s.Name, s.Figure), 15, 2*a))
			p.text(pw/2, y+36, middle, font{fill: ink, size: 12, weight: 550}, short(s.Range, 12, a+b))
		})
	}
	if len(d.Lamps) > 0 {
		p.text(lx, ly+13, left, tx2, short(d.Title, 12, side))
		for i, l := range d.Lamps {
			y := ly + 22 + lampH*float64(i)
			p.path(paint{class: "gl"}, "MH", lx, y, wf)
			p.mark(l.Link, func() {
				p.light(l.Level, lx+8, y+15)
				p.text(lx+26, y+20, left, font{fill: "text", size: 13, weight: 550}, short(l.Name, 13, side-34-wide(l.Figure, 13)))
				p.text(wf, y+20, right, txb, l.Figure)
			})
		}
		for i, l := range lines {
			p.text(lx, ly+40+lampH*float64(len(d.Lamps))+16*float64(i), left, tx, l)
		}
	}
	return p.done()
}

// join puts two texts side by side, when there are two.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

// Table has a row for each floor, then a row for each lamp.
func (d Pyramid) Table() Table {
	t := Table{Head: d.Head}
	for _, s := range d.Storeys {
		t.Rows = append(t.Rows, []string{s.Name, s.Figure, s.Range})
	}
	for _, l := range d.Lamps {
		t.Rows = append(t.Rows, []string{l.Name, l.Figure, l.Word})
	}
	return t.tidy()
}
