package chart

// A Family is one line of a ribbon.
type Family struct {
	Name   string
	Sales  []float64 // by period; 0: not bought
	Figure string    // at the end: "1,8 k€", or "ouvrir"
	Open   bool      // never bought: an opening
	Show   []string  // of the table: sales by period
	Link   Link
}

// A Ribbon shows what a client adopts (▲) and drops (▼), family by family; it
// is as thick as the sales.
type Ribbon struct {
	Words    `cbor:"Words"`
	Periods  []string
	Families []Family
	Entry    string // legend: "entre"
	Exit     string
}

// Draw draws a line of 32 px for each family; names stand above them where the
// width is short.
func (d Ribbon) Draw(w int) string {
	n := len(d.Periods)
	if len(d.Families) == 0 || n == 0 {
		return d.none(w)
	}
	wf := width(w, 240)
	names, figures, most := 0.0, 0.0, 0.0
	links := make([]Link, 0, len(d.Families))
	for _, f := range d.Families {
		names, figures = max(names, wide(f.Name, 13)), max(figures, wide(f.Figure, 13))
		links = append(links, f.Link)
		for _, v := range f.Sales {
			most = max(most, fin(v))
		}
	}
	x0, pitch, drop := names+18, 33.0, 0.0
	if names > .34*wf {
		x0, pitch, drop = 10, 50, 18
	}
	x1 := wf - figures - 12
	var keys []key
	if d.Entry != "" {
		keys = append(keys, shapeKey(d.Entry, Triangle, "accent"))
	}
	if d.Exit != "" {
		keys = append(keys, shapeKey(d.Exit, Down, "danger"))
	}
	_, under := flow(keys, wf)
	h := 24 + pitch*float64(len(d.Families))
	p := frame(wf, h+under, d.Label, anyLink(links...))
	step := (x1 - x0) / float64(n)
	every := 1
	for float64(every)*step < widest(12, d.Periods...)+6 && every < n {
		every++
	}
	for i := 0; i < n; i += every {
		p.text(inside(x0+step*(float64(i)+.5), wide(d.Periods[i], 12), wf), 14, middle, tx, d.Periods[i])
	}
	for i, f := range d.Families {
		y := 24 + pitch*float64(i)
		mid := y + drop + (pitch-drop)/2
		p.mark(f.Link, func() {
			if drop > 0 {
				p.text(0, y+14, left, font{fill: "text", size: 13, weight: 550}, short(f.Name, 13, wf))
			} else {
				p.text(0, mid+5, left, font{fill: "text", size: 13, weight: 550}, f.Name)
			}
			p.path(paint{stroke: "ref", width: 1, dash: "2 4"}, "MH", x0, mid, x1)
			d.band(p, f, x0, step, mid, most)
			ink := tx2
			if f.Open {
				ink = font{fill: "accent", size: 12, weight: 700}
			}
			p.text(wf, mid+5, right, ink, f.Figure)
		})
	}
	p.legend(keys, h+2, wf)
	return p.done()
}

// band draws the stretches of a family, then where they start and end.
func (d Ribbon) band(p *pic, f Family, x0, step, mid, most float64) {
	n := min(len(f.Sales), len(d.Periods))
	half := func(i int) float64 { return 3 + 11*clip01(fin(f.Sales[i])/max(most, 1e-9)) }
	for i := 0; i < n; {
		if !(f.Sales[i] > 0) {
			i++
			continue
		}
		j := i
		for j+1 < n && f.Sales[j+1] > 0 {
			j++
		}
		a, b := x0+step*float64(i), x0+step*float64(j+1)
		var cmds trace
		cmds.to("M", a, mid-half(i))
		for k := i; k <= j; k++ {
			cmds.to("L", x0+step*(float64(k)+.5), mid-half(k))
		}
		cmds.to("LL", b, mid-half(j), b, mid+half(j))
		for k := j; k >= i; k-- {
			cmds.to("L", x0+step*(float64(k)+.5), mid+half(k))
		}
		cmds.to("LZ", a, mid+half(i))
		p.trace(soft(paint{fill: "sq-3"}, d.Weak), cmds)
		if i > 0 {
			p.badge(a, mid, Triangle, "accent")
		}
		if j+1 < len(d.Periods) {
			p.badge(b, mid, Down, "danger")
		}
		i = j + 1
	}
}

func (p *pic) badge(x, y float64, s Shape, fill string) {
	p.circle(x, y, 9, paint{fill: fill, stroke: "surface", width: 2})
	p.shape(s, x, y, 4, paint{fill: "surface"})
}

// Table has a row for each family and a column for each period.
func (d Ribbon) Table() Table {
	t := Table{Head: d.Head}
	if len(t.Head) == 0 {
		t.Head = append([]string{""}, d.Periods...)
	}
	for _, f := range d.Families {
		row := []string{f.Name}
		for i := range d.Periods {
			switch {
			case i < len(f.Show):
				row = append(row, f.Show[i])
			default:
				row = append(row, "–")
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t.tidy()
}
