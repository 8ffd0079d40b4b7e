package chart

// A Panel is one small D-C-M-V picture.
type Panel struct {
	Title    string
	Maturity `cbor:"Maturity"`
	Foot     string // the shape of the curve, in words
	Hot      bool   // the shape that worries
	Open     Link   // what the title opens
}

// Curves are small multiples of the maturity curve, each on its own scale:
// clients, sales and effort side by side; product families; reps.
type Curves struct {
	Words    `cbor:"Words"`
	Panels   []Panel
	Template string // names the dotted bell under the panels; empty: no bell
}

// Draw puts as many panels on a line as have room.
func (d Curves) Draw(w int) string {
	n := len(d.Panels)
	if n == 0 {
		return d.none(w)
	}
	const gap, least = 18.0, 106.0
	height, ground, tall := 190.0, 146.0, 98.0
	if n > 3 { // many: small
		height, ground, tall = 140, 92, 48
	}
	wf := width(w, 200)
	across := max(1, min(n, int((wf+gap)/(least+gap))))
	pw := (wf+gap)/float64(across) - gap
	down := (n + across - 1) / across
	var keys []key
	if d.Template != "" {
		keys = []key{lineKey(d.Template, "ref", "2 5")}
	}
	_, under := flow(keys, wf)
	links := make([]Link, 0, 5*n)
	for _, m := range d.Panels {
		links = append(append(links, m.Open), m.Go[:]...)
	}
	p := frame(wf, height*float64(down)+under, d.Label, anyLink(links...))
	for i, m := range d.Panels {
		x, y := (pw+gap)*float64(i%across), height*float64(i/across)
		p.mark(m.Open, func() {
			p.text(x, y+14, left, font{fill: "text", size: 13, weight: 600}, short(m.Title, 13, pw))
		})
		for j := range m.Value {
			m.Value[j] = max(0, fin(m.Value[j]))
		}
		cols := bands{pw, x, pw / 4}
		if d.Template == "" {
			m.Maturity.Template = [4]float64{}
		}
		top, ghost := m.scale()
		at := func(v float64) float64 { return y + ground - tall*v/top }
		for j, v := range m.Value {
			p.mark(m.Go[j], func() {
				p.column(cols.centre(j), cols.pitch*.72, y+ground, tall*v/top, 4, j, m.Weak || d.Weak)
			})
		}
		if ghost != ([4]float64{}) {
			p.trace(paint{fill: "none", stroke: "ref", width: 1.5, dash: "2 5", round: true}, cubic(cols.through(fade(ghost, .5, .55), at)))
		}
		for j, v := range m.Value {
			p.over(cols.centre(j), at(v)-6, middle, txb, whole(m.Figure[j], 13, cols.pitch+6))
			p.text(cols.centre(j), y+ground+16, middle, tx2, m.Name[j])
		}
		p.axis(x, y+ground, x+pw)
		f := tx
		if m.Hot {
			f = font{fill: "ble-text", size: 12, weight: 650}
		}
		p.text(x, y+ground+34, left, f, short(m.Foot, 12, pw))
	}
	p.legend(keys, height*float64(down), wf)
	return p.done()
}

// Table has a row for each panel and a column for each phase.
func (d Curves) Table() Table {
	t := Table{Head: d.Head}
	for _, m := range d.Panels {
		row := append([]string{m.Title}, m.Figure[:]...)
		t.Rows = append(t.Rows, append(row, m.Foot))
	}
	return t.tidy()
}

// A Forecast is the portfolio today and in a year at the same pace.
type Forecast struct {
	Words     `cbor:"Words"`
	Now, Then [4]float64
	Low, High [4]float64 // band of the forecast; both 0: none
	NowText   [4]string  // "14 auj."
	ThenText  [4]string
	BandText  [4]string // for the table
	Name      [4]string
	Plan      float64 // with the newcomers of the plan, in D; 0: none
	PlanText  string
	Keys      [3]string // now, forecast, band
	Go        [4]Link   // of today's columns
}

// Draw draws today solid, the forecast dotted, its band as a bracket, the plan
// as a wheat line.
func (d Forecast) Draw(w int) string {
	const ground, tall, room = 140.0, 104.0, 178.0
	wf := width(w, 200)
	top := 0.0
	for i := range d.Now {
		for _, v := range []*float64{&d.Now[i], &d.Then[i], &d.Low[i], &d.High[i]} {
			*v = max(0, fin(*v))
			top = max(top, *v)
		}
	}
	d.Plan = max(0, fin(d.Plan))
	if top == 0 {
		return d.none(w)
	}
	at := scale{0, max(top, d.Plan), ground, ground - tall}
	var keys []key
	for i, k := range d.Keys {
		if k == "" {
			continue
		}
		keys = append(keys, key{k, func(p *pic, x, y float64) {
			switch i {
			case 0:
				p.rect(x, y-6, 18, 12, 3, paint{fill: "abc-c", opacity: .5})
			case 1:
				p.rect(x+1, y-6, 17, 12, 3, paint{fill: "none", stroke: "text", width: 1.5, dash: "2 3"})
			default:
				p.bracket(x+9, y-7, y+7)
			}
		}})
	}
	_, under := flow(keys, wf)
	p := frame(wf, room+under, d.Label, anyLink(d.Go[:]...))
	cols := bands{wf, 0, wf / 4}
	thick := min(64, cols.pitch*.74)
	for i := range d.Now {
		x := cols.centre(i)
		y := at.at(d.Now[i])
		if d.Now[i] > 0 {
			p.mark(d.Go[i], func() { p.rect(x-thick/2, y, thick, ground-y, 5, paint{class: phaseClass[i], opacity: .45}) })
		}
		ghost := paint{fill: "none", stroke: "text", width: 1.75, dash: "3 3"}
		if d.Weak {
			ghost.dash = "1 5"
		}
		then := at.at(d.Then[i])
		p.path(ghost, "MVhV", x-thick/2, ground, then, thick, ground)
		y = min(y, then)
		if d.High[i] > d.Low[i] {
			p.bracket(x, at.at(d.High[i]), at.at(d.Low[i]))
			y = min(y, at.at(d.High[i]))
		}
		if i == 0 && d.Plan > 0 {
			up := at.at(d.Plan)
			p.path(paint{stroke: "ble", width: 3, round: true}, "Mh", x-thick/2, up, thick)
			y = min(y, up)
			p.over(x, y-22, middle, txb, d.ThenText[i])
			p.over(inside(x, wide(d.PlanText, 12), wf), y-7, middle, font{fill: "ble-text", size: 12, weight: 600}, d.PlanText)
		} else {
			p.over(x, y-7, middle, txb, d.ThenText[i])
		}
		p.text(x, ground+17, middle, txb, short(d.Name[i], 13, cols.pitch))
		p.text(x, ground+33, middle, tx, short(d.NowText[i], 12, cols.pitch))
	}
	p.axis(0, ground, wf)
	p.legend(keys, room, wf)
	return p.done()
}

// bracket is the band of a forecast.
func (p *pic) bracket(x, y1, y2 float64) {
	p.path(paint{fill: "none", stroke: "text-2", width: 1.5}, "MhMVMh", x-5, y1, 10.0, x, y1, y2, x-5, y2, 10.0)
}

// Table has a row for each phase: today, forecast, band.
func (d Forecast) Table() Table {
	t := Table{Head: d.Head}
	for i, n := range d.Name {
		row := []string{n, d.NowText[i], d.ThenText[i]}
		if d.BandText != ([4]string{}) {
			row = append(row, d.BandText[i])
		}
		t.Rows = append(t.Rows, row)
	}
	return t.tidy()
}

// A Cohort is a group of starters, kept and lost.
type Cohort struct {
	Name       string
	Kept, Lost int
	Text       string
	Hot        bool
	Link       Link
}

// Cohorts shows one dot for each client kept, a crossed ring for each one lost:
// mortality of starters by their first follow-up.
type Cohorts struct {
	Words   `cbor:"Words"`
	Cohorts []Cohort
}

// Draw wraps the dots; beyond 120 of a kind they are left to the words.
func (d Cohorts) Draw(w int) string {
	if len(d.Cohorts) == 0 {
		return d.none(w)
	}
	const pitch = 17
	wf := width(w, 120)
	across := max(1, int(wf/pitch))
	links := make([]Link, 0, len(d.Cohorts))
	h := 0.0
	lines := func(c Cohort) int { return max(1, (dots(c.Kept)+dots(c.Lost)+across-1)/across) }
	for _, c := range d.Cohorts {
		links = append(links, c.Link)
		h += 62 + pitch*float64(lines(c)-1)
	}
	p := frame(wf, h, d.Label, anyLink(links...))
	y := 0.0
	for _, c := range d.Cohorts {
		p.mark(c.Link, func() {
			p.text(0, y+13, left, tx2, short(c.Name, 12, wf))
			for i := range dots(c.Kept) + dots(c.Lost) {
				x, cy := 8+pitch*float64(i%across), y+28+pitch*float64(i/across)
				if i < dots(c.Kept) {
					p.shape(Dot, x, cy, 7, soft(paint{fill: "ph-d"}, d.Weak))
				} else {
					p.shape(Cross, x, cy, 7.5, paint{fill: "danger"})
				}
			}
			y += pitch * float64(lines(c)-1)
			f := txb
			if c.Hot {
				f = font{fill: "danger-text", size: 13, weight: 650}
			}
			p.text(0, y+52, left, f, short(c.Text, 13, wf))
		})
		y += 62
	}
	return p.done()
}

func dots(n int) int { return min(max(n, 0), 120) }

// Table has a row for each group.
func (d Cohorts) Table() Table {
	t := Table{Head: d.Head}
	for _, c := range d.Cohorts {
		t.Rows = append(t.Rows, []string{c.Name, c.Text})
	}
	return t.tidy()
}
