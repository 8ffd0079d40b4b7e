package chart

// A Piece is one part of a bar.
type Piece struct {
	Value float64
	Text  string // inside, where there is room
	Tone  Tone
}

// A Row is one bar made of pieces.
type Row struct {
	Name, Sub string
	Pieces    []Piece
	Figure    string
	Link      Link
}

// Stacked splits amounts into parts: minutes of a contact, loyalty and
// prospecting, potentials by method and age, points of a score.
type Stacked struct {
	Words `cbor:"Words"`
	Rows  []Row
	Keys  []Key // what the tones mean, in the order of the pieces
	Whole bool  // each bar is the whole: 100 %
}

// Draw draws a bar for each row, the legend under them.
func (d Stacked) Draw(w int) string {
	if len(d.Rows) == 0 {
		return d.none(w)
	}
	wf := width(w, 200)
	var names, subs, figures, most float64
	links := make([]Link, 0, len(d.Rows))
	for _, r := range d.Rows {
		names, subs, figures = max(names, wide(r.Name, 13)), max(subs, wide(r.Sub, 12)), max(figures, wide(r.Figure, 13))
		most = max(most, r.total())
		links = append(links, r.Link)
	}
	x0, pitch, drop := 0.0, 38.0, 0.0
	if names > 0 {
		x0 = names + 10
		if subs > 0 {
			x0 += subs + 10
		}
		if x0 > .46*wf {
			x0, pitch, drop = 0, 54, 18
		}
	}
	x1 := wf
	if figures > 0 {
		x1 -= figures + 8
	}
	_, keys := flow(toneKeys(d.Keys), wf)
	p := frame(wf, pitch*float64(len(d.Rows))+keys, d.Label, anyLink(links...))
	for i, r := range d.Rows {
		y := pitch * float64(i)
		p.mark(r.Link, func() {
			p.text(0, y+pitch/2-drop/2-drop/3+2, left, font{fill: "text", size: 13, weight: 550}, short(r.Name, 13, wf-subs-8))
			if drop > 0 {
				p.text(wf, y+pitch/2-drop/2-drop/3+2, right, tx, r.Sub)
			} else {
				p.text(x0-8, y+pitch/2+2, right, tx, r.Sub)
			}
			whole := most
			if d.Whole {
				whole = r.total()
			}
			at := scale{0, whole, x0, x1}
			x, sum := x0, 0.0
			for _, c := range r.Pieces {
				sum += max(0, fin(c.Value))
				to := at.at(sum)
				if to-x >= 1 {
					p.block(x, y+drop+2, max(1, to-x-2), pitch-drop-10, 4, c.Tone, d.Weak)
					if wide(c.Text, 13) <= to-x-6 {
						f := font{size: 13, weight: 700, fill: c.Tone.ink()}
						if d.Weak || c.Tone == Old || c.Tone == Reserve {
							f = font{size: 13, weight: 700, fill: "text", halo: true}
						}
						p.text((x+to-2)/2, y+drop+pitch/2-drop/2+2, middle, f, c.Text)
					}
				}
				x = to
			}
			p.text(x+6, y+drop+(pitch-drop)/2+2, left, txb, r.Figure)
		})
	}
	p.legend(toneKeys(d.Keys), pitch*float64(len(d.Rows)), wf)
	return p.done()
}

func (r Row) total() float64 {
	var sum float64
	for _, c := range r.Pieces {
		sum += max(0, fin(c.Value))
	}
	return sum
}

// Table has a row for each bar, a column for each piece, then the figure.
func (d Stacked) Table() Table {
	t := Table{Head: d.Head}
	n := 0
	for _, r := range d.Rows {
		n = max(n, len(r.Pieces))
	}
	for _, r := range d.Rows {
		row := make([]string, n+1, n+2)
		row[0] = r.Name
		if r.Sub != "" {
			row[0] += " · " + r.Sub
		}
		for i, c := range r.Pieces {
			row[i+1] = c.Text
		}
		t.Rows = append(t.Rows, append(row, r.Figure))
	}
	return t.tidy()
}
