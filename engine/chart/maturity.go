package chart

// phaseClass are the fills of D, C, M, V; phaseInk the text on them.
var (
	phaseClass = [4]string{"fd", "fc", "fm", "fv"}
	phaseInk   = [4]string{"ph-ink", "surface", "ph-ink", "surface"}
)

// A Maturity is the D-C-M-V picture of a portfolio.
type Maturity struct {
	Label    string     // the finding with the figures
	Value    [4]float64 // clients, or what was weighed
	Figure   [4]string  // printed above
	Name     [4]string  // under the column
	Share    [4]string  // under the name
	Template [4]float64 // shares of the bell; zero: none
	Weak     bool       // little data: outlines dotted
	Go       [4]Link
}

// Histogram draws the four columns, the curve through them, and the template
// dotted; 226 px high.
func Histogram(w int, d Maturity) string {
	const height, ground, tall = 226, 180, 147.1
	p := frame(float64(max(w, 240)), height, d.Label, anyLink(d.Go[:]...))
	cols := columns(float64(max(w, 240)))
	top, ghost := d.scale()
	at := func(v float64) float64 { return ground - tall*v/top }
	if ghost != ([4]float64{}) {
		p.trace(paint{fill: "none", stroke: "ref", width: 1.5, dash: "2 5", round: true}, cubic(cols.through(fade(ghost, .5, .55), at)))
	}
	for i, v := range d.Value {
		p.mark(d.Go[i], func() {
			p.column(cols.centre(i), cols.pitch/2, ground, tall*v/top, 8, i, d.Weak)
			p.text(cols.centre(i), at(v)-13, middle, txl, d.Figure[i])
		})
	}
	p.curve(cols, d.Value, at, 2.25, 4.5, d.Weak)
	p.axis(0, ground, cols.width)
	room := cols.pitch
	if widest(13, d.Name[:]...) > room {
		room = 0 // initials for all of them
	}
	for i := range d.Value {
		p.text(cols.centre(i), ground+19, middle, txb, fit(d.Name[i], room))
		p.text(cols.centre(i), ground+36, middle, tx, d.Share[i])
	}
	return p.done()
}

// Small is the same for a row of cards, each on its own scale: shape matters;
// 122 px high. Name is printed under the column: "D 14".
func Small(w int, d Maturity) string {
	const height, ground, tall = 122, 102, 88.2
	p := frame(float64(max(w, 160)), height, d.Label, anyLink(d.Go[:]...))
	cols := columns(float64(max(w, 160)))
	d.Template = [4]float64{}
	top, _ := d.scale()
	at := func(v float64) float64 { return ground - tall*v/top }
	for i, v := range d.Value {
		p.mark(d.Go[i], func() { p.column(cols.centre(i), cols.pitch/2, ground, tall*v/top, 5.8, i, d.Weak) })
	}
	p.curve(cols, d.Value, at, 1.75, 3.2, d.Weak)
	p.axis(0, ground, cols.width)
	for i := range d.Value {
		p.text(cols.centre(i), ground+15, middle, tx2, d.Name[i])
	}
	return p.done()
}

// scale is the tallest value, and the template in the unit of the values.
func (d Maturity) scale() (top float64, ghost [4]float64) {
	var sum float64
	for _, v := range d.Value {
		sum += v
		top = max(top, v)
	}
	for i, t := range d.Template {
		ghost[i] = t * sum
		top = max(top, ghost[i])
	}
	if !(top > 0) {
		return 1, [4]float64{}
	}
	return top, ghost
}

// bands are the four columns of a picture.
type bands struct{ width, left, pitch float64 }

func columns(w float64) bands { return bands{w, 5.1, (w - 20.4) / 4} }

func (b bands) centre(i int) float64 { return b.left + b.pitch*(float64(i)+.5) }

func (b bands) through(v [6]float64, at func(float64) float64) []point {
	pts := make([]point, 0, 6)
	pts = append(pts, point{b.left, at(v[0])})
	for i := range 4 {
		pts = append(pts, point{b.centre(i), at(v[i+1])})
	}
	return append(pts, point{b.left + 4*b.pitch, at(v[5])})
}

// column draws a bar with rounded top corners.
func (p *pic) column(x, w, ground, h, r float64, phase int, weak bool) {
	if h <= 0 {
		return
	}
	r = min(r, h)
	a := paint{class: phaseClass[phase]}
	if weak {
		a.stroke, a.width, a.dash, a.opacity = "text-2", 1.5, "2 4", .5
	}
	x0 := x - w/2
	p.path(a, "MVqhqVz", x0, ground, ground-h+r, 0.0, -r, r, -r, w-2*r, r, 0.0, r, r, ground)
}

func (p *pic) curve(cols bands, v [4]float64, at func(float64) float64, width, dot float64, weak bool) {
	a := paint{fill: "none", stroke: "text", width: width, round: true}
	if weak {
		a.dash = "1 6"
	}
	p.trace(a, cubic(cols.through(fade(v, .72, .86), at)))
	for i := range v {
		p.circle(cols.centre(i), at(v[i]), dot, paint{fill: "surface", stroke: "text", width: width})
	}
}

func (p *pic) axis(x1, y, x2 float64) {
	p.raw(`<path d="M`)
	p.f(x1)
	p.raw(" ")
	p.f(y)
	p.raw("H")
	p.f(x2)
	p.raw(`" class="ax" stroke-opacity=".5"/>`)
}
