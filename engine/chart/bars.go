package chart

import "cmp"

// A Bar is one amount among others.
type Bar struct {
	Name, Sub string
	Value     float64
	Track     float64 // length of the well behind: its weight or its most; 0: none
	Was       float64 // before, or with another value tried
	HasWas    bool
	Figure    string
	WasText   string
	Tone      Tone
	Hot       bool // the one to look at
	Weak      bool
	Link      Link
}

// Bars compares amounts on one scale that holds 0: signals of a departure,
// with a value tried beside; return of a contact, below 0 too; components of
// engagement; gains of actions; a plan against its limit.
type Bars struct {
	Words     `cbor:"Words"`
	Bars      []Bar
	Limit     float64
	HasLimit  bool
	LimitText string
}

func (d Bars) names() (names, figures float64) {
	for _, b := range d.Bars {
		names = max(names, wide(b.Name, 13), wide(b.Sub, 12))
		figures = max(figures, wide(b.Figure, 13))
	}
	return names + 12, figures + 8
}

// Draw draws the bars; their names stand above them where the width is short.
func (d Bars) Draw(w int) string {
	if len(d.Bars) == 0 {
		return d.none(w)
	}
	wf := width(w, 200)
	names, figures := d.names()
	all := []float64{0}
	links := make([]Link, 0, len(d.Bars))
	subs, tracks := false, false
	for _, b := range d.Bars {
		all = append(all, b.Value, b.Track)
		if b.HasWas {
			all = append(all, b.Was)
		}
		links = append(links, b.Link)
		subs, tracks = subs || b.Sub != "", tracks || b.Track > 0
	}
	if d.HasLimit {
		all = append(all, d.Limit)
	}
	low, high := span(all...)
	x0, pitch, drop := names, 32.0, 0.0
	if subs {
		pitch = 44
	}
	if names > .44*wf {
		x0, pitch, drop = 0, 46, 14
	}
	h := pitch*float64(len(d.Bars)) + 2
	if d.HasLimit {
		h += 20
	}
	p := frame(wf, h, d.Label, anyLink(links...))
	at := scale{low, high, x0 + 1, wf - figures}
	zero := at.at(0)
	for i, b := range d.Bars {
		y := pitch * float64(i)
		mid := y + pitch/2 + drop
		p.mark(b.Link, func() {
			d.name(p, b, y, pitch, x0, wf, drop > 0)
			if b.Track > 0 {
				p.rect(zero, mid-6, at.at(b.Track)-zero, 12, 6, paint{fill: "sunken"})
			}
			thick := 18.0
			if tracks {
				thick = 12
			}
			tone := b.Tone
			if b.Value < 0 && tone == Accent {
				tone = Danger
			}
			x := at.at(b.Value)
			if b.Value != 0 {
				p.block(min(x, zero), mid-thick/2, max(2, max(x, zero)-min(x, zero)), thick, min(6, thick/2), tone, b.Weak || d.Weak)
			}
			if b.HasWas {
				p.path(paint{stroke: "text", width: 2}, "Mv", at.at(b.Was), mid-thick/2-3, thick+6)
			}
			f := txb
			if b.Hot {
				f = font{fill: "accent", size: 13, weight: 650}
			}
			if tracks || drop > 0 {
				y := mid + 5
				if drop > 0 {
					y = mid - 13
				}
				p.text(wf, y, right, f, b.Figure)
			} else {
				p.text(max(x, zero)+7, mid+5, left, f, b.Figure)
			}
		})
	}
	if low < 0 {
		p.path(paint{class: "ax"}, "MV", zero, 0.0, pitch*float64(len(d.Bars)))
	}
	if d.HasLimit {
		x := at.at(d.Limit)
		p.path(paint{stroke: "text", width: 2}, "MV", x, 2.0, h-20)
		p.text(inside(x, wide(d.LimitText, 12), wf), h-5, middle, tx2, d.LimitText)
	}
	return p.done()
}

func (d Bars) name(p *pic, b Bar, y, pitch, x0, wf float64, above bool) {
	f := font{fill: "text", size: 13, weight: 550}
	if b.Hot {
		f.weight = 700
	}
	room := x0 - 8
	mid := y + pitch/2 + 5
	if above {
		room, mid = wf-wide(b.Figure, 13)-8, y+pitch/2+1
		if b.Sub != "" {
			b.Name += " · " + b.Sub
		}
	} else if b.Sub != "" {
		p.text(0, mid+9, left, tx, short(b.Sub, 12, room))
		mid -= 7
	}
	p.text(0, mid, left, f, short(b.Name, 13, room))
}

// Table has a row for each bar: its name, its figure, and what it was.
func (d Bars) Table() Table {
	t := Table{Head: d.Head}
	was := false
	for _, b := range d.Bars {
		was = was || b.WasText != ""
	}
	for _, b := range d.Bars {
		name := b.Name
		if b.Sub != "" {
			name += " · " + b.Sub
		}
		row := []string{name, b.Figure}
		if was {
			row = append(row, b.WasText)
		}
		t.Rows = append(t.Rows, row)
	}
	if d.HasLimit && d.LimitText != "" {
		row := []string{d.LimitText, ""}
		if was {
			row = append(row, "")
		}
		t.Rows = append(t.Rows, row)
	}
	return t.tidy()
}

// A Swing is how far a result moves between the ends of one input.
type Swing struct {
	Name              string
	Low, High         float64 // change of the result at either end
	LowText, HighText string
	Link              Link
}

// A Tornado says which input moves a result most: widest swing on top.
type Tornado struct {
	Words  `cbor:"Words"`
	Swings []Swing
	Base   string // the result as it is, over the axis
}

func (d Tornado) sorted() []Swing {
	wide := func(i int) float64 { return fin(d.Swings[i].High) - fin(d.Swings[i].Low) }
	out := make([]Swing, 0, len(d.Swings))
	for _, i := range sorted(len(d.Swings), func(a, b int) int { return cmp.Compare(wide(b), wide(a)) }) {
		out = append(out, d.Swings[i])
	}
	return out
}

// Draw draws the swings on both sides of the result as it is.
func (d Tornado) Draw(w int) string {
	if len(d.Swings) == 0 {
		return d.none(w)
	}
	wf := width(w, 260)
	all := make([]float64, 0, 2*len(d.Swings))
	links := make([]Link, 0, len(d.Swings))
	var names, ends float64
	for _, s := range d.Swings {
		all = append(all, s.Low, s.High)
		links = append(links, s.Link)
		names = max(names, wide(s.Name, 13))
		ends = max(ends, wide(s.LowText, 12), wide(s.HighText, 12))
	}
	low, high := span(all...)
	most := max(-low, high)
	x0, pitch, drop := names+10, 32.0, 0.0
	if names > .34*wf {
		x0, pitch, drop = 0, 46, 8
	}
	head := 20.0
	p := frame(wf, head+pitch*float64(len(d.Swings)), d.Label, anyLink(links...))
	at := scale{-most, most, x0 + ends + 6, wf - ends - 6}
	zero := at.at(0)
	p.text(inside(zero, wide(d.Base, 12), wf), 13, middle, tx2, d.Base)
	for i, s := range d.sorted() {
		y := head + pitch*float64(i)
		mid := y + pitch/2 + drop
		p.mark(s.Link, func() {
			if drop > 0 {
				p.text(0, y+13, left, font{fill: "text", size: 13, weight: 550}, short(s.Name, 13, wf))
			} else {
				p.text(0, mid+5, left, font{fill: "text", size: 13, weight: 550}, s.Name)
			}
			a, b := at.at(min(s.Low, s.High)), at.at(max(s.Low, s.High))
			if a < zero {
				p.block(a, mid-9, zero-a, 18, 4, Before, d.Weak)
			}
			if b > zero {
				p.block(zero, mid-9, b-zero, 18, 4, Accent, d.Weak)
			}
			p.text(min(a, zero)-6, mid+4, right, tx2, s.LowText)
			p.text(max(b, zero)+6, mid+4, left, tx2, s.HighText)
		})
	}
	p.path(paint{class: "ax"}, "MV", zero, head, head+pitch*float64(len(d.Swings)))
	return p.done()
}

// Table has a row for each input: its name and the result at both ends.
func (d Tornado) Table() Table {
	t := Table{Head: d.Head}
	for _, s := range d.sorted() {
		t.Rows = append(t.Rows, []string{s.Name, s.LowText, s.HighText})
	}
	return t.tidy()
}
