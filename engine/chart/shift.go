package chart

import "sort"

// A Move is one row of a dumbbell.
type Move struct {
	Name             string
	From, To         float64
	FromText, ToText string
	Tone             Tone
	Link             Link
}

// Moves are dumbbells, hollow before and solid after: contact strategy now and
// proposed, time in C and M, penetration and its target.
type Moves struct {
	Words `cbor:"Words"`
	Moves []Move
	Keys  [2]string // before, after
}

// Draw draws a row for each; the names stand above where the width is short.
func (d Moves) Draw(w int) string {
	if len(d.Moves) == 0 {
		return d.none(w)
	}
	wf := width(w, 220)
	var names, ends float64
	all := []float64{0}
	links := make([]Link, 0, len(d.Moves))
	for _, m := range d.Moves {
		names = max(names, wide(m.Name, 13))
		ends = max(ends, wide(m.FromText, 13), wide(m.ToText, 13))
		all = append(all, m.From, m.To)
		links = append(links, m.Link)
	}
	low, high := span(all...)
	x0, pitch, drop := names+10, 34.0, 0.0
	if names > .38*wf {
		x0, pitch, drop = 0, 50, 16
	}
	var keys []key
	for i, k := range d.Keys {
		if k != "" {
			keys = append(keys, shapeKey(k, [...]Shape{Ring, Dot}[i], "accent"))
		}
	}
	_, under := flow(keys, wf)
	h := pitch * float64(len(d.Moves))
	p := frame(wf, h+under, d.Label, anyLink(links...))
	at := scale{low, high, x0 + ends + 14, wf - ends - 14}
	for i, m := range d.Moves {
		y := pitch * float64(i)
		mid := y + drop + (pitch-drop)/2
		p.mark(m.Link, func() {
			p.text(0, mid+5-drop-drop/4, left, font{fill: "text", size: 13, weight: 600}, short(m.Name, 13, wf))
			p.path(paint{stroke: "grid", width: 2}, "MH", at.from-6, mid, at.to+6)
			a, b := at.at(m.From), at.at(m.To)
			ink := m.Tone.fill()
			line := paint{stroke: ink, width: 3.5}
			if d.Weak {
				line.dash = "2 4"
			}
			p.line(a, mid, b, mid, line)
			p.shape(Ring, a, mid, 7, paint{fill: ink})
			p.shape(Dot, b, mid, 7.5, paint{fill: ink})
			fx, fe, tx, te := a-11, right, b+11, left
			if m.To < m.From {
				fx, fe, tx, te = a+11, left, b-11, right
			}
			if a == b {
				m.FromText = ""
			}
			p.over(fx, mid+5, fe, font{class: "tx2"}, m.FromText)
			p.over(tx, mid+5, te, txb, m.ToText)
		})
	}
	p.legend(keys, h, wf)
	return p.done()
}

// Table has a row for each: before, after.
func (d Moves) Table() Table {
	t := Table{Head: d.Head}
	for _, m := range d.Moves {
		t.Rows = append(t.Rows, []string{m.Name, m.FromText, m.ToText})
	}
	return t.tidy()
}

// A Rank is one client before and after.
type Rank struct {
	Name          string
	Before, After int // from 1; before 0: was not there
	BeforeText    string
	AfterText     string
	Link          Link
}

// Ranks is a slope chart: who goes up (green, thick), who goes down (grey,
// thin), when a weight changes.
type Ranks struct {
	Words         `cbor:"Words"`
	Ranks         []Rank
	Before, After string
}

func (d Ranks) sorted(after bool) []int {
	return sorted(len(d.Ranks), func(a, b int) int {
		if after {
			return d.Ranks[a].After - d.Ranks[b].After
		}
		return d.Ranks[a].Before - d.Ranks[b].Before
	})
}

// Draw draws a line of 34 px for each; a rank beyond those shown stands lowest.
func (d Ranks) Draw(w int) string {
	n := len(d.Ranks)
	if n == 0 {
		return d.none(w)
	}
	const pitch, top = 34.0, 26.0
	wf := width(w, 220)
	links := make([]Link, 0, n)
	for _, r := range d.Ranks {
		links = append(links, r.Link)
	}
	p := frame(wf, top+pitch*float64(n), d.Label, anyLink(links...))
	x1, x2 := 34.0, min(wf*.4, 150)
	p.text(0, 14, left, tx, short(d.Before, 12, x2))
	p.text(wf, 14, right, tx, short(d.After, 12, wf-x2-8))
	from := make([]float64, n)
	for k, i := range d.sorted(false) {
		from[i] = top + pitch*(float64(k)+.5)
	}
	for k, i := range d.sorted(true) {
		r := d.Ranks[i]
		y := top + pitch*(float64(k)+.5)
		p.mark(r.Link, func() {
			a, name := paint{fill: "none", stroke: "ref", width: 1.5, round: true}, font{fill: "text", size: 13, weight: 500}
			up := r.Before == 0 || r.After < r.Before
			if up {
				a.stroke, a.width, name.weight = "accent", 2.75, 700
			}
			if d.Weak {
				a.dash = "2 4"
			}
			if r.Before > 0 {
				p.trace(a, cubic([]point{{x1, from[i]}, {x1 + (x2-x1)*.25, from[i]}, {x1 + (x2-x1)*.75, y}, {x2, y}}))
				p.text(x1-10, from[i]+4, right, tx2, r.BeforeText)
				p.circle(x1, from[i], 3, paint{fill: a.stroke})
			}
			p.circle(x2, y, 4.5, paint{fill: a.stroke})
			p.text(x2+11, y+5, left, name, short(r.AfterText+" "+r.Name, 13, wf-x2-11))
		})
	}
	return p.done()
}

// Table has a row for each, in the order of after.
func (d Ranks) Table() Table {
	t := Table{Head: d.Head}
	for _, i := range d.sorted(true) {
		r := d.Ranks[i]
		t.Rows = append(t.Rows, []string{r.Name, r.BeforeText, r.AfterText})
	}
	return t.tidy()
}

// A Question is what a group answered to one item.
type Question struct {
	Name              string
	Answers           []float64
	Median, Reference float64
	HasReference      bool // shown after closing only
	MedianText        string
	ReferenceText     string
}

// Strips show answers as dots, the median dashed, the reference solid; no name
// is written.
type Strips struct {
	Words     `cbor:"Words"`
	Questions []Question
	Low, High float64
	Ends      [2]string
	Keys      [2]string // median, reference
}

// Draw stacks answers closer than 8 px.
func (d Strips) Draw(w int) string {
	if len(d.Questions) == 0 {
		return d.none(w)
	}
	const pitch = 72.0
	wf := width(w, 200)
	keys := make([]key, 0, 2)
	for i, k := range d.Keys {
		if k != "" {
			keys = append(keys, lineKey(k, "text", [...]string{"4 3", ""}[i]))
		}
	}
	_, under := flow(keys, wf)
	h := pitch*float64(len(d.Questions)) + 20
	p := frame(wf, h+under, d.Label, false)
	at := scale{fin(d.Low), fin(d.High), 8, wf - 8}
	for i, q := range d.Questions {
		y := pitch*float64(i) + 58
		p.text(0, y-43, left, font{fill: "text", size: 13, weight: 550}, short(q.Name, 13, wf))
		p.path(paint{class: "ax"}, "MH", 0.0, y, wf)
		v := make([]float64, len(q.Answers))
		for j, a := range q.Answers {
			v[j] = at.at(a)
		}
		sort.Float64s(v)
		last, up := -100.0, 0.0
		for _, x := range v {
			if x-last < 8 {
				up = min(up+7, 21)
			} else {
				last, up = x, 0
			}
			p.circle(x, y-6-up, 3.5, soft(paint{fill: "accent", stroke: "surface", width: 1}, d.Weak))
		}
		if len(v) > 0 {
			p.path(paint{stroke: "text", width: 2, dash: "4 3"}, "MV", at.at(q.Median), y-34, y+5)
		}
		if q.HasReference {
			p.path(paint{stroke: "text", width: 2}, "MV", at.at(q.Reference), y-34, y+5)
		}
	}
	p.text(0, h-4, left, tx, d.Ends[0])
	p.text(wf, h-4, right, tx, d.Ends[1])
	p.legend(keys, h, wf)
	return p.done()
}

// Table has a row for each item: median, reference.
func (d Strips) Table() Table {
	t := Table{Head: d.Head}
	for _, q := range d.Questions {
		t.Rows = append(t.Rows, []string{q.Name, q.MedianText, q.ReferenceText})
	}
	return t.tidy()
}
