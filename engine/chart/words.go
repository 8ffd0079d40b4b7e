package chart

import (
	"math"
	"strings"

	"sillon/engine/sorting"
)

// A Table is the twin of a picture: the same data as rows of words. The first
// column names the row.
type Table struct {
	Head []string
	Rows [][]string
}

// tidy leaves out rows without a word, and gives the others as many cells as
// there are columns.
func (t Table) tidy() Table {
	rows := t.Rows[:0]
	for _, r := range t.Rows {
		said := false
		for _, c := range r {
			said = said || c != ""
		}
		if !said {
			continue
		}
		for n := len(t.Head); n > 0 && len(r) != n; {
			if len(r) > n {
				r = r[:n]
			} else {
				r = append(r, "")
			}
		}
		rows = append(rows, r)
	}
	t.Rows = rows
	return t
}

// A Picture is what every data type of this package can do: draw itself at a
// width, say itself in a sentence, write itself as a table.
type Picture interface {
	Draw(w int) string
	Sentence() string
	Table() Table
}

// Words are what every picture is told.
type Words struct {
	Label string   // the finding with its figures: the name of the picture
	Head  []string // columns of its table
	None  string   // why there is nothing to draw, and what would change it
	Weak  bool     // little data: dotted or hatched
}

// Sentence is what a screen reader says of the picture.
func (w Words) Sentence() string { return w.Label }

// none stands in for a picture without data.
func (w Words) none(width int) string {
	why := w.None
	if why == "" {
		why = w.Label
	}
	return Empty(width, max(64, 24+16*len(wrap(why, 12, float64(max(60, width)-48)))), why)
}

// A Tone is what a fill means. Each one comes with a position, a word or a
// pattern, so that grey paper says the same.
type Tone int

// Tones.
const (
	Accent  Tone = iota // ours, now, after
	Deep                // heat ramp, second
	Mid                 // heat ramp, third
	Light               // heat ramp, fourth
	Grey                // a total; neutral
	Before              // before; less urgent
	Danger              // takes away
	Wheat               // look here next
	Reserve             // kept back: hatched wheat
	Old                 // too old or unsure: hatched grey
	Void                // not yet: the well
	PhaseD              // démarrage
	PhaseC              // croissance
	PhaseM              // maturité
	PhaseV              // vieillissement
)

var tones = [...]struct{ fill, ink string }{
	Accent: {"sq-5", "sq-ink-hi"}, Deep: {"sq-4", "sq-ink-hi"}, Mid: {"sq-3", "sq-ink-lo"}, Light: {"sq-2", "sq-ink-lo"},
	Grey: {"abc-b", "surface"}, Before: {"before", "text"}, Danger: {"danger", "surface"}, Wheat: {"ble", "ph-ink"},
	Reserve: {"ble-soft", "text"}, Old: {"sunken", "text"}, Void: {"sunken", "text-2"},
	PhaseD: {"ph-d", "ph-ink"}, PhaseC: {"ph-c", "surface"}, PhaseM: {"ph-m", "ph-ink"}, PhaseV: {"ph-v", "surface"},
}

//go:noinline
func (t Tone) fill() string { return tones[t.known()].fill }

//go:noinline
func (t Tone) ink() string { return tones[t.known()].ink }

func (t Tone) known() Tone {
	if t < 0 || int(t) >= len(tones) {
		return Grey
	}
	return t
}

// block fills a rectangle with a tone.
//
//go:noinline
func (p *pic) block(x, y, w, h, r float64, t Tone, weak bool) {
	switch t {
	case Reserve:
		p.hatch(x, y, w, h, r, "ble-soft", "ble")
	case Old:
		p.hatch(x, y, w, h, r, "sunken", "ref")
	default:
		p.rect(x, y, w, h, r, soft(paint{fill: t.fill()}, weak))
	}
}

// soft marks a fill that rests on little data.
func soft(a paint, weak bool) paint {
	if weak {
		a.stroke, a.width, a.dash, a.opacity = "text-2", 1.5, "2 4", .55
	}
	return a
}

// hatch fills a rectangle with slanted strokes. A pattern element would want an
// id, unique on the page.
func (p *pic) hatch(x, y, w, h, r float64, ground, ink string) {
	p.rect(x, y, w, h, r, paint{fill: ground})
	var cmds trace
	for c := x - h + 4; c < x+w; c += 6 {
		if a, b := max(c, x), min(c+h, x+w); b-a > 1 {
			cmds.to("ML", a, y+h-(a-c), b, y+h-(b-c))
		}
	}
	p.trace(paint{stroke: ink, width: 2}, cmds)
}

// A Shape tells series apart without their colour.
type Shape int

// Shapes.
const (
	Dot Shape = iota
	Ring
	Triangle
	Square
	Diamond
	Down
	Cross // a ring crossed out: lost
	Half  // half a disc: to watch
	Hexagon
)

func (p *pic) shape(s Shape, x, y, r float64, a paint) {
	switch s {
	case Ring, Cross:
		ink := a.fill
		p.circle(x, y, r-.8, paint{fill: "surface", stroke: ink, width: 1.6})
		if s == Cross {
			d := r * .42
			p.path(paint{fill: "none", stroke: ink, width: 1.6}, "MlMl", x-d, y-d, 2*d, 2*d, x+d, y-d, -2*d, 2*d)
		}
	case Half:
		p.circle(x, y, r-.8, paint{fill: "surface", stroke: a.fill, width: 1.6})
		p.path(paint{fill: a.fill}, "Maz", x, y-r, r, r, 0.0, 2*r)
	case Triangle:
		p.path(a, "MLHz", x, y-r, x+r*1.05, y+r*.8, x-r*1.05)
	case Down:
		p.path(a, "MLHz", x, y+r, x+r*1.05, y-r*.8, x-r*1.05)
	case Square:
		p.rect(x-r*.85, y-r*.85, r*1.7, r*1.7, 1, a)
	case Diamond:
		p.path(a, "Mlllz", x, y-r*1.15, r*1.15, r*1.15, -r*1.15, r*1.15, -r*1.15, -r*1.15)
	case Hexagon:
		p.path(a, "Mlhllhz", x-r, y, r/2, -r*.87, r, r/2, r*.87, -r/2, r*.87, -r)
	default:
		p.circle(x, y, r, a)
	}
}

// A Level is a light with a shape: 0 all right, 1 to watch, 2 high, 3 lost.
type Level int

func (p *pic) light(l Level, x, y float64) {
	l = max(0, min(3, l))
	p.shape([...]Shape{Ring, Half, Triangle, Hexagon}[l], x, y, 7, paint{fill: [...]string{"accent", "rk-2", "rk-3", "rk-4"}[l]})
}

// A key is one entry of a legend.
type key struct {
	name string
	draw func(p *pic, x, y float64) // at its left, centred
}

const keyRoom = 26 // of the drawing of a key

// flow gives the keys their places, line by line.
func flow(keys []key, w float64) (at []point, height float64) {
	x, y := 0.0, 0.0
	for _, k := range keys {
		need := keyRoom + wide(k.name, 12)
		if x > 0 && x+need > w {
			x, y = 0, y+20
		}
		at = append(at, point{x, y})
		x += need + 14
	}
	if len(keys) == 0 {
		return nil, 0
	}
	return at, y + 20
}

func (p *pic) legend(keys []key, y, w float64) {
	at, _ := flow(keys, w)
	for i, k := range keys {
		k.draw(p, at[i].x, y+at[i].y+10)
		p.text(at[i].x+keyRoom, y+at[i].y+14, left, tx, short(k.name, 12, w-keyRoom))
	}
}

func toneKey(name string, t Tone) key {
	return key{name, func(p *pic, x, y float64) { p.block(x, y-6, 18, 12, 3, t, false) }}
}

func lineKey(name, stroke, dash string) key {
	return key{name, func(p *pic, x, y float64) {
		p.path(paint{stroke: stroke, width: 2.5, dash: dash}, "Mh", x, y, 20.0)
	}}
}

func shapeKey(name string, s Shape, fill string) key {
	return key{name, func(p *pic, x, y float64) { p.shape(s, x+9, y, 5.5, paint{fill: fill}) }}
}

// A Key names a tone in a legend.
type Key struct {
	Name string
	Tone Tone
}

func toneKeys(keys []Key) []key {
	out := make([]key, len(keys))
	for i, k := range keys {
		out[i] = toneKey(k.Name, k.Tone)
	}
	return out
}

// short cuts a text that is too wide.
func short(s string, size, width float64) string {
	if wide(s, size) <= width {
		return s
	}
	r := []rune(s)
	for len(r) > 1 && wide(string(r), size)+size*.9 > width {
		r = r[:len(r)-1]
	}
	return strings.TrimRight(string(r), " ,.·\u00a0\u202f") + "…"
}

// whole is a figure, or nothing where it has no room: half a number is a wrong
// one.
func whole(s string, size, width float64) string {
	if wide(s, size) > width {
		return ""
	}
	return s
}

// widest is the width of the widest of some texts.
func widest(size float64, s ...string) float64 {
	var w float64
	for _, t := range s {
		w = max(w, wide(t, size))
	}
	return w
}

// fin brings a number into what can be drawn; what is none is 0.
//
//go:noinline
func fin(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return max(-1e12, min(1e12, x))
}

// width is the drawn width: at least what the picture needs.
//
//go:noinline
func width(w, least int) float64 { return float64(min(max(w, least), 4000)) }

// A scale maps values to pixels, without leaving them.
type scale struct{ low, high, from, to float64 }

//go:noinline
func (s scale) at(v float64) float64 {
	if !(s.high > s.low) {
		return s.from
	}
	return s.from + (s.to-s.from)*clip01((fin(v)-s.low)/(s.high-s.low))
}

// span widens a range to hold some values, 0 first.
func span(v ...float64) (low, high float64) {
	for _, x := range v {
		low, high = min(low, fin(x)), max(high, fin(x))
	}
	return low, high
}

// ticks are round values within a range, about n of them.
func ticks(low, high float64, n int) []float64 {
	if !(high > low) || n < 1 {
		return nil
	}
	step := nice((high - low) / float64(n))
	var out []float64
	for k := math.Ceil(low/step - 1e-9); k*step <= high+step*1e-9 && len(out) < 12; k++ {
		out = append(out, k*step)
	}
	return out
}

//go:noinline
func show(f func(float64) string, v float64) string {
	if f == nil {
		return ""
	}
	return f(fin(v))
}

// inside keeps a centred text of a width within the picture.
//
//go:noinline
func inside(x, need, w float64) float64 { return max(need/2, min(w-need/2, x)) }

// over writes on top of marks: a halo keeps it readable.
//
//go:noinline
func (p *pic) over(x, y float64, at anchor, f font, s string) {
	f.halo = true
	p.text(x, y, at, f, s)
}

// A box is the room that a text takes.
type box struct{ x1, y1, x2, y2 float64 }

func (b box) hits(o box) bool { return b.x1 < o.x2 && o.x1 < b.x2 && b.y1 < o.y2 && o.y1 < b.y2 }

// place finds room for a text near a mark: right, left, above, below; false
// when there is none.
func place(s string, size, x, y, r float64, frame box, taken ...[]box) (point, anchor, box, bool) {
	return first(s, size, frame, taken, []seat{{x + r + 4, y + 4, left}, {x - r - 4, y + 4, right}, {x, y - r - 5, middle}, {x, y + r + 14, middle},
		{x + r + 2, y - r - 3, left}, {x + r + 2, y + r + 12, left}, {x - r - 2, y - r - 3, right}, {x - r - 2, y + r + 12, right}})
}

// far finds room for a text a little off its mark, at the end of a line: sixteen
// ways at each of five distances, the nearest first.
func far(s string, size, x, y, r float64, frame box, taken ...[]box) (point, anchor, box, bool) {
	seats := make([]seat, 0, 80)
	for _, dist := range [...]float64{16, 28, 42, 58, 76} {
		for _, way := range ways {
			at := left
			if way.x < 0 {
				at = right
			}
			seats = append(seats, seat{x + (r+dist)*way.x, y + 4 + (r+dist)*way.y, at})
		}
	}
	return first(s, size, frame, taken, seats)
}

// ways are sixteen directions, to the sides first.
var ways = [...]point{{.92, .38}, {.92, -.38}, {-.92, .38}, {-.92, -.38}, {.71, .71}, {.71, -.71}, {-.71, .71}, {-.71, -.71},
	{1, 0}, {-1, 0}, {.38, .92}, {.38, -.92}, {-.38, .92}, {-.38, -.92}, {0.01, 1}, {0.01, -1}}

// A seat is a place for a text.
type seat struct {
	x, y float64
	at   anchor
}

// first is the first seat where a text fits in the frame and hits nothing.
func first(s string, size float64, frame box, taken [][]box, seats []seat) (point, anchor, box, bool) {
	need := wide(s, size)
	for _, c := range seats {
		b := box{c.x, c.y - 11, c.x + need, c.y + 3}
		switch c.at {
		case right:
			b.x1, b.x2 = c.x-need, c.x
		case middle:
			b.x1, b.x2 = c.x-need/2, c.x+need/2
		}
		free := b.x1 >= frame.x1 && b.x2 <= frame.x2 && b.y1 >= frame.y1 && b.y2 <= frame.y2
		for _, list := range taken {
			for k := 0; k < len(list) && free; k++ {
				free = !b.hits(list[k])
			}
		}
		if free {
			return point{c.x, c.y}, c.at, b, true
		}
	}
	return point{}, left, box{}, false
}

// sorted are the indexes 0…n-1 in the order of compare; equal ones keep theirs.
func sorted(n int, compare func(a, b int) int) []int {
	index := make([]int, n)
	for i := range index {
		index[i] = i
	}
	sorting.Stable(index, compare)
	return index
}
