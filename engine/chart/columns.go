package chart

import "math"

// A Column is one amount along an axis.
type Column struct {
	Name   string
	Value  float64
	Extra  float64 // on top of it, hatched: travel, reserve, provisional
	Was    float64 // the level before
	Figure string
	Extras string // the figure of Extra, for the table
	WasIs  string // the figure of Was, for the table
	Tone   Tone
	Link   Link
}

// Columns are amounts in an order that matters: load of the weeks against
// capacity, clients by score with the old levels, cost by month.
type Columns struct {
	Words     `cbor:"Words"`
	Columns   []Column
	HasWas    bool
	Limit     float64
	HasLimit  bool
	LimitText string
	Keys      []Key
	WasKey    string
	Amount    func(float64) string `cbor:"-"` // writes an axis value; nil: figures over the columns
}

// Draw draws the columns, 160 px high without their legend.
func (d Columns) Draw(w int) string {
	if len(d.Columns) == 0 {
		return d.none(w)
	}
	const top, ground = 22.0, 132.0
	wf := width(w, 200)
	all := []float64{0}
	links := make([]Link, 0, len(d.Columns))
	names := 0.0
	for _, c := range d.Columns {
		all = append(all, max(0, fin(c.Value))+max(0, fin(c.Extra)))
		if d.HasWas {
			all = append(all, c.Was)
		}
		links = append(links, c.Link)
		names = max(names, wide(c.Name, 12))
	}
	if d.HasLimit {
		all = append(all, d.Limit)
	}
	_, high := span(all...)
	keys := toneKeys(d.Keys)
	if d.HasWas && d.WasKey != "" {
		keys = append(keys, lineKey(d.WasKey, "text", ""))
	}
	_, under := flow(keys, wf)
	p := frame(wf, 156+under, d.Label, anyLink(links...))
	at := scale{0, high, ground, top}
	x0 := 0.0
	if d.Amount != nil {
		marks := ticks(0, high, 3)
		for _, v := range marks {
			x0 = max(x0, wide(d.Amount(v), 12)+8)
		}
		for _, v := range marks[min(1, len(marks)):] {
			p.path(paint{class: "gl"}, "MH", x0, at.at(v), wf)
			p.text(0, at.at(v)+4, left, tx, d.Amount(v))
		}
	}
	pitch := (wf - x0) / float64(len(d.Columns))
	every := max(1, int(math.Ceil((names+6)/pitch)))
	thick := min(56, max(2, pitch*.72))
	for i, c := range d.Columns {
		x := x0 + pitch*(float64(i)+.5)
		p.mark(c.Link, func() {
			y := at.at(max(0, fin(c.Value)))
			if c.Value > 0 {
				p.block(x-thick/2, y, thick, max(1, ground-y), min(6, thick/3), c.Tone, d.Weak)
			}
			if c.Extra > 0 {
				up := at.at(max(0, fin(c.Value)) + fin(c.Extra))
				p.block(x-thick/2, up, thick, max(1, y-up-1), min(4, thick/3), Reserve, false)
				y = up
			}
			if d.HasWas {
				was := at.at(c.Was)
				p.path(paint{stroke: "text", width: 2}, "Mh", x-min(thick*.68, pitch/2), was, 2*min(thick*.68, pitch/2))
				y = min(y, was)
			}
			if d.Amount == nil && wide(c.Figure, 13) <= pitch+8 {
				p.over(x, y-7, middle, txb, c.Figure)
			}
		})
		if i%every == 0 {
			p.text(inside(x, wide(c.Name, 12), wf), ground+17, middle, tx, c.Name)
		}
	}
	p.axis(x0, ground, wf)
	if d.HasLimit {
		y := at.at(d.Limit)
		p.path(paint{stroke: "text", width: 1.5, dash: "6 4"}, "MH", x0, y, wf)
		p.over(wf, y-5, right, tx2, d.LimitText)
	}
	p.legend(keys, 154, wf)
	return p.done()
}

// Table has a row for each column: its name and its figures.
func (d Columns) Table() Table {
	t := Table{Head: d.Head}
	extra := false
	for _, c := range d.Columns {
		extra = extra || c.Extras != ""
	}
	for _, c := range d.Columns {
		row := []string{c.Name, c.Figure}
		if extra {
			row = append(row, c.Extras)
		}
		if d.HasWas {
			row = append(row, c.WasIs)
		}
		t.Rows = append(t.Rows, row)
	}
	return t.tidy()
}

// A StepKind says what a step of a waterfall does.
type StepKind int

// Kinds.
const (
	Total   StepKind = iota // starts from the ground
	Change                  // adds or takes away
	Kept                    // taken as a reserve: hatched
	Loss                    // taken away, and it hurts
	Outcome                 // what is left, from the ground
)

// A Step is one column of a waterfall.
type Step struct {
	Name   string
	Value  float64 // signed for a change
	Figure string
	Kind   StepKind
	Link   Link
}

// A Waterfall goes from a total to what is left: days to hours with clients,
// sales to net margin.
type Waterfall struct {
	Words `cbor:"Words"`
	Steps []Step
}

// levels are the ends of each step.
func (d Waterfall) levels() (from, to []float64) {
	run := 0.0
	for _, s := range d.Steps {
		v := fin(s.Value)
		if s.Kind == Total || s.Kind == Outcome {
			from, run = append(from, 0), v
		} else {
			from, run = append(from, run), fin(run+v)
		}
		to = append(to, run)
	}
	return from, to
}

func (k StepKind) tone() Tone {
	switch k {
	case Total:
		return Grey
	case Kept:
		return Reserve
	case Loss:
		return Danger
	case Outcome:
		return Accent
	}
	return Before
}

// Draw draws columns, or rows where the names have no room.
func (d Waterfall) Draw(w int) string {
	n := len(d.Steps)
	if n == 0 {
		return d.none(w)
	}
	wf := width(w, 200)
	from, to := d.levels()
	low, high := span(append(append([]float64(nil), from...), to...)...)
	pitch := wf / float64(n)
	lines, fits := 1, true
	names, figures := 0.0, 0.0
	for _, s := range d.Steps {
		l := wrap(s.Name, 12, pitch-4)
		lines = max(lines, len(l))
		fits = fits && len(l) <= 2 && widest(12, l...) <= pitch && wide(s.Figure, 13) <= pitch
		names, figures = max(names, wide(s.Name, 13)), max(figures, wide(s.Figure, 13))
	}
	if !fits {
		return d.rows(wf, from, to, low, high, min(names+10, wf*.45), figures+8)
	}
	const top, ground = 22.0, 146.0
	p := frame(wf, ground+8+16*float64(lines), d.Label, d.linked())
	at := scale{low, high, ground, top}
	zero := at.at(0)
	thick := min(64, pitch*.8)
	for i, s := range d.Steps {
		x := pitch * (float64(i) + .5)
		a, b := at.at(from[i]), at.at(to[i])
		p.mark(s.Link, func() {
			p.block(x-thick/2, min(a, b), thick, max(2, max(a, b)-min(a, b)), 5, s.Kind.tone(), d.Weak)
			p.text(x, min(a, b)-8, middle, figureFont(s.Kind), s.Figure)
		})
		if i+1 < n {
			p.path(paint{stroke: "ref", width: 1, dash: "1 3"}, "MH", x+thick/2, b, x+pitch-thick/2)
		}
		for j, l := range wrap(s.Name, 12, pitch-4) {
			p.text(x, ground+17+16*float64(j), middle, tx, l)
		}
	}
	p.axis(0, zero, wf)
	return p.done()
}

// linked reports that a step opens a list.
func (d Waterfall) linked() bool {
	for _, s := range d.Steps {
		if s.Link.Go != "" {
			return true
		}
	}
	return false
}

func figureFont(k StepKind) font {
	switch k {
	case Outcome:
		return font{fill: "accent", size: 13, weight: 650}
	case Loss:
		return font{fill: "danger-text", size: 13, weight: 650}
	}
	return txb
}

func (d Waterfall) rows(wf float64, from, to []float64, low, high, names, figures float64) string {
	const pitch = 28.0
	p := frame(wf, pitch*float64(len(d.Steps)), d.Label, d.linked())
	at := scale{low, high, names, wf - figures}
	for i, s := range d.Steps {
		y := pitch * float64(i)
		a, b := at.at(from[i]), at.at(to[i])
		p.text(0, y+19, left, font{fill: "text", size: 13, weight: 550}, short(s.Name, 13, names-6))
		p.mark(s.Link, func() {
			p.block(min(a, b), y+5, max(2, max(a, b)-min(a, b)), 18, 4, s.Kind.tone(), d.Weak)
		})
		p.text(wf, y+19, right, figureFont(s.Kind), s.Figure)
		if i+1 < len(d.Steps) {
			p.path(paint{stroke: "ref", width: 1, dash: "1 3"}, "Mv", b, y+23, pitch-18)
		}
	}
	p.path(paint{class: "ax"}, "MV", at.at(0), 0.0, pitch*float64(len(d.Steps)))
	return p.done()
}

// Table has a row for each step.
func (d Waterfall) Table() Table {
	t := Table{Head: d.Head}
	for _, s := range d.Steps {
		t.Rows = append(t.Rows, []string{s.Name, s.Figure})
	}
	return t.tidy()
}
