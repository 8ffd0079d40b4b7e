package chart

// A Spot is a place on the P-R board.
type Spot struct{ P, R int } // P 1-4, R 0-4

// A Mini is one client's place on the board: where he was, is, and should be.
type Mini struct {
	Label  string
	Now    Spot
	Was    Spot // P 0: unknown
	Aim    Spot // P 0: none
	PName  [5]string
	RName  [5]string // R0 is shown only when a dot stands on it
	Dotted bool      // potential of low confidence
}

// MiniBoard draws the four lines of potential, 4 on top, R growing to the
// right; cells are tinted by what they command.
func MiniBoard(w int, d Mini) string {
	const gutter, lineH, gap, side = 38.0, 44.0, 4.0, 24.0
	wf := float64(max(w, 180))
	first := 1
	if d.Now.R == 0 || d.Was.P > 0 && d.Was.R == 0 {
		first = 0
	}
	n := 5 - first
	pitch := (wf - gutter) / float64(n)
	p := frame(wf, 4*lineH+side, d.Label, false)
	for level := 4; level >= 1; level-- {
		y := float64(4-level) * lineH
		p.text(26, y+lineH/2+3, right, font{fill: "text-2", size: 13, weight: 550}, d.PName[level])
		for r := first; r <= 4; r++ {
			p.rect(gutter+float64(r-first)*pitch, y+2, pitch-gap, lineH-gap, 7, paint{fill: zone(level, r)})
		}
	}
	for r := first; r <= 4; r++ {
		p.text(gutter+float64(r-first)*pitch+(pitch-gap)/2, 4*lineH+19, middle, font{fill: "text-2", size: 13, weight: 550}, d.RName[r])
	}
	at := func(s Spot) point {
		return point{gutter + float64(s.R-first)*pitch + (pitch-gap)/2, float64(4-s.P)*lineH + lineH/2}
	}
	p.moves(d, at)
	return p.done()
}

// moves draws last year's hollow dot, the way to now, and the dashed aim.
func (p *pic) moves(d Mini, at func(Spot) point) {
	if d.Now.P == 0 {
		return
	}
	now := at(d.Now)
	if d.Was.P > 0 && d.Was != d.Now {
		was := at(d.Was)
		p.circle(was.x, was.y, 6, paint{fill: "none", stroke: "text-2", width: 1.8})
		a, b := between(was, now, 8.4, 15)
		p.line(a.x, a.y, b.x, b.y, paint{stroke: "text-2", width: 1.8})
	}
	if d.Aim.P > 0 && d.Aim != d.Now {
		aim := at(d.Aim)
		a, b := between(now, aim, 16.8, -2)
		p.line(a.x, a.y, b.x, b.y, paint{stroke: "accent", width: 2.4, dash: "2.4 4.8", round: true})
		p.arrow(a, b, 6)
	}
	dot := paint{fill: "ble", stroke: "surface", width: 2.4}
	if d.Dotted {
		dot.stroke, dot.width, dot.dash = "text-2", 1.5, "2 3"
	}
	p.circle(now.x, now.y, 12, dot)
}

// between shortens the way from a to b by some pixels at each end.
func between(a, b point, offA, offB float64) (point, point) {
	dx, dy := b.x-a.x, b.y-a.y
	d := hypot(dx, dy)
	if d <= offA+offB || d == 0 {
		return a, a
	}
	ux, uy := dx/d, dy/d
	return point{a.x + ux*offA, a.y + uy*offA}, point{b.x - ux*offB, b.y - uy*offB}
}

// arrow draws the head of a way at b.
func (p *pic) arrow(a, b point, size float64) {
	dx, dy := b.x-a.x, b.y-a.y
	d := hypot(dx, dy)
	if d == 0 {
		return
	}
	ux, uy := dx/d*size, dy/d*size
	p.path(paint{fill: "none", stroke: "accent", width: 2.4, round: true},
		"MLL", b.x-ux-uy*.8, b.y-uy+ux*.8, b.x, b.y, b.x-ux+uy*.8, b.y-uy-ux*.8)
}

// zone tints a cell by its strategy (method E5): wheat to win or develop,
// green to protect or lock in, the well to spare.
func zone(level, r int) string {
	switch {
	case level < 3:
		return "sunken"
	case level > r:
		return "ble-soft"
	}
	return "accent-soft"
}
