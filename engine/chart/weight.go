package chart

import "math"

func hypot(x, y float64) float64 { return math.Sqrt(x*x + y*y) }

// A Lorenz is the cumulated share of the total against the share of clients,
// largest first.
type Lorenz struct {
	Label   string
	Share   []float64 // share made by the first k clients, k = 0…n; ends at 1
	A, B    int       // clients in A, and in A and B
	Names   [3]string // "A" "B" "C"
	Axis    [3]string // "0 %" "50 %" "100 %"
	Point   int       // the labelled client count
	Title   string    // at the point, strong
	Text    string    // under it
	Left    string    // under the axis
	Right   string
	Go      [3]Link
	Weak    bool
	Another []float64 // a second curve, dotted: nil none
}

// Pareto draws the curve with its A, B and C bands and one labelled point; 196
// px high.
func Pareto(w int, d Lorenz) string {
	wf := float64(max(w, 220))
	const top, ground, x0 = 10.0, 166.0, 46.0
	x1 := wf - 8
	n := len(d.Share) - 1
	p := frame(wf, 196, d.Label, anyLink(d.Go[:]...))
	at := func(k int) point {
		return point{x0 + (x1-x0)*float64(k)/float64(max(n, 1)), ground - (ground-top)*clip01(d.Share[k])}
	}
	if n >= 1 {
		p.bands(d, at, n, ground)
	}
	for i, y := range []float64{ground, (ground + top) / 2, top} {
		p.text(x0-8, y+4, right, tx, d.Axis[i])
		p.path(paint{class: "gl"}, "MH", x0, y, x1)
	}
	p.line(x0, ground, x1, top, paint{stroke: "ref", width: 1.5, dash: "2 5", round: true})
	if n >= 1 {
		if len(d.Another) == len(d.Share) {
			other := d
			other.Share = d.Another
			p.run(paint{fill: "none", stroke: "text-2", width: 1.5, dash: "4 4"}, func(k int) point {
				return point{x0 + (x1-x0)*float64(k)/float64(n), ground - (ground-top)*clip01(other.Share[k])}
			}, 0, n)
		}
		a := paint{fill: "none", stroke: "accent", width: 2.5, round: true}
		if d.Weak {
			a.dash = "1 6"
		}
		p.run(a, at, 0, n)
		p.label(d, at, ground, x1)
	}
	p.text(x0, ground+22, left, tx, d.Left)
	p.text(x1, ground+22, right, tx, d.Right)
	return p.done()
}

func (p *pic) bands(d Lorenz, at func(int) point, n int, ground float64) {
	from := 0
	for i, to := range []int{min(d.A, n), min(d.B, n), n} {
		if to > from {
			p.mark(d.Go[i], func() {
				var cmds trace
				cmds.to("M", at(from).x, ground)
				for _, k := range steps(from, to, 60) {
					cmds.to("L", at(k).x, at(k).y)
				}
				cmds.to("LZ", at(to).x, ground)
				p.trace(paint{fill: [...]string{"abc-a", "abc-b", "abc-c"}[i], opacity: [...]float64{.2, .12, .06}[i]}, cmds)
				if x := (at(from).x + at(to).x) / 2; at(to).x-at(from).x > 14 {
					p.text(x, ground-9, middle, font{fill: "text", size: 15, weight: 650}, d.Names[i])
				}
			})
		}
		from = max(from, to)
	}
}

// run draws a line through k = from…to, at most sixty points.
func (p *pic) run(a paint, at func(int) point, from, to int) {
	var cmds trace
	for i, k := range steps(from, to, 60) {
		c := "L"
		if i == 0 {
			c = "M"
		}
		cmds.to(c, at(k).x, at(k).y)
	}
	p.trace(a, cmds)
}

// steps are at most n+1 whole numbers from one to another, both included.
func steps(from, to, n int) []int {
	d := to - from
	if d <= n {
		n = max(d, 1)
	}
	out := make([]int, 0, n+1)
	for i := 0; i <= n; i++ {
		out = append(out, from+(d*i+n/2)/n)
	}
	return out
}

func (p *pic) label(d Lorenz, at func(int) point, ground, x1 float64) {
	if d.Title == "" || d.Point < 0 || d.Point >= len(d.Share) {
		return
	}
	q := at(d.Point)
	p.path(paint{stroke: "text", width: 1}, "MV", q.x, ground, q.y)
	p.circle(q.x, q.y, 5, paint{fill: "ble", stroke: "surface", width: 2})
	x, end, y := q.x+10, left, min(q.y+20, ground-34)
	if need := max(wide(d.Title, 13), wide(d.Text, 12)); x+need > x1 {
		x, end = q.x-10, right
		if x-need < 46 { // no room on either side: centred under the curve
			x, end = (46+x1)/2, middle
		}
		y = min(q.y+34, ground-34)
	}
	p.text(x, y, end, txb, d.Title)
	p.text(x, y+15, end, tx2, d.Text)
}

// A Floor is one quarter of a total.
type Floor struct {
	Name  string // "P4"
	Value float64
	Text  string // count, or what a hole says
	Hole  bool   // empty above an occupied floor: shown
	Link  Link
}

// A Floors is the pyramid of quarters, top first.
type Floors struct {
	Label string
	Floor [4]Floor
	Note  string
	Weak  bool
}

// Stack draws four floors as bars by number of clients, darker upwards.
func Stack(w int, d Floors) string {
	wf := float64(max(w, 200))
	lines := wrap(d.Note, 12, wf)
	var most float64
	links := make([]Link, 0, 4)
	for _, f := range d.Floor {
		most = max(most, f.Value)
		links = append(links, f.Link)
	}
	h := 144.0
	if len(lines) > 0 {
		h = 158 + 16*float64(len(lines))
	}
	p := frame(wf, h, d.Label, anyLink(links...))
	room := wf - 34 - 58
	for i, f := range d.Floor {
		y := 36*float64(i) + 2
		p.text(0, y+20, left, txb, f.Name)
		if f.Value <= 0 {
			p.rect(34.5, y+.5, 26, 29, 6, paint{fill: "none", stroke: "border-strong", width: 1, dash: "2 4"})
			p.text(69, y+20, left, tx2, f.Text)
			continue
		}
		p.mark(f.Link, func() {
			length := max(8, room*f.Value/most)
			a := paint{fill: [...]string{"sq-5", "sq-4", "sq-3", "sq-2"}[i]}
			if d.Weak {
				a.stroke, a.width, a.dash, a.opacity = "text-2", 1, "2 4", .6
			}
			p.rect(34, y, length, 30, 6, a)
			p.text(34+length+8, y+20, left, txb, f.Text)
		})
	}
	note(lines, p, 168)
	return p.done()
}
