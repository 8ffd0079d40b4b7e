package query

import (
	"cmp"

	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/response"
	"sillon/engine/sorting"
)

// contactsDraw draws the tab Contacts.
type contactsDraw struct {
	a    *Analysis
	v    *ContactsView
	w    Words
	base *TabBase
}

// mostBodies is how many clients a plane shows one by one: beyond it, those
// that stand together are one larger dot.
const mostBodies = 400

// mostWorst is how many devourers are shown one by one even then.
const mostWorst = 60

// maxTwin bounds the table of a chart that has a row for each client.
const maxTwin = 200

// picture is a chart of a tab, for the page to draw. A mark keeps no steps:
// figures have them.
func picture(p chart.Spec, width int, finding string, m explain.Mark) TabChart {
	return TabChart{Chart: sheetChart(p, width, finding, m)}
}

// blank says why there is nothing to draw.
func blank(finding string, reason explain.Reason) TabChart {
	return TabChart{Chart: Chart{Finding: finding, Mark: explain.Missing(reason)}}
}

func (d *contactsDraw) head(keys ...string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = d.w.T("contacts.col." + k)
	}
	return out
}

// link opens the list of a group of this tab.
func (d *contactsDraw) link(key, label string) chart.Link {
	return chart.Link{Go: d.base.groupPath("contacts:" + key), Label: label}
}

func (d *contactsDraw) list(key, text string) TabLink {
	return TabLink{To: d.base.groupPath("contacts:" + key), Text: text}
}

// client opens a sheet.
func (d *contactsDraw) client(i int32, label string) chart.Link {
	return chart.Link{Go: "/clients/" + d.v.Ground.IDs[i].String(), Label: label, Quiet: true}
}

// bent brings a quantity into [0, 1): the mean in the middle, twice the mean at
// two thirds, so that a few very large clients do not push all others into a
// corner. Below zero there is a strip of a sixth.
func bent(x, mean float64) float64 {
	if !(mean > 0) {
		mean = 1
	}
	if x < 0 {
		return x / (mean - x) / 6
	}
	return x / (x + mean)
}

// bentChange does the same with a relative change: none in the middle.
func bentChange(x float64) float64 {
	if x < 0 {
		return x / (.35 - x)
	}
	return x / (.35 + x)
}

// nothing says what there is nothing of.
func (d *contactsDraw) nothing() string {
	if d.contacted() {
		return "contacts.eaters.na"
	}
	return "contacts.return.na"
}

// marginless reports that no margin of any sale is known: what rests on margins
// would show a false zero.
func (d *contactsDraw) marginless() bool { return d.a.marginless() }

func (a *Analysis) marginless() bool {
	unknown := false
	for _, u := range a.Cost().Gross.Unknown {
		unknown = unknown || u
	}
	return unknown && a.Cost().Margins.Gross == 0
}

// contacted reports that a client was contacted.
func (d *contactsDraw) contacted() bool {
	for k := range d.v.Rows {
		if d.v.Rows[k].Units > 0 {
			return true
		}
	}
	return false
}

// noMargin says that margins are missing, and what would bring them.
func (d *contactsDraw) noMargin() TabChart {
	out := blank(d.w.T("contacts.no-margin"), explain.NoData)
	out.Note = d.w.T("contacts.no-margin-how")
	return out
}

// centre sets the ends of a plane so that its cut stands in the middle and its
// bodies fill it.
func centre(p *chart.Scatter) {
	x, y := .08, .08
	for k := range p.Bodies {
		b := &p.Bodies[k]
		for _, at := range [...]chart.XY{b.At, b.Was} {
			if at == b.Was && !b.HasWas {
				continue
			}
			x, y = max(x, at.X-p.Cut.X, p.Cut.X-at.X), max(y, at.Y-p.Cut.Y, p.Cut.Y-at.Y)
		}
	}
	p.X, p.Y = [2]float64{p.Cut.X - 1.06*x, p.Cut.X + 1.06*x}, [2]float64{p.Cut.Y - 1.02*y, p.Cut.Y + 1.02*y}
}

// eaters draws contacts against margin (B1).
func (d *contactsDraw) eaters(width int) TabChart {
	b, w := &d.v.Balance, d.w
	if b.Result == "margin" && d.marginless() {
		return d.noMargin()
	}
	if !b.Mark.Has() {
		return blank(w.T("contacts.eaters.na"), b.Mark.Reason)
	}
	finding := w.T("contacts.eaters.none")
	if n := len(b.Devourers); n > 0 {
		finding = w.T("contacts.eaters.finding", n, w.Percent(b.Units), w.Percent(b.Sales))
	}
	p := chart.Scatter{Cut: chart.XY{X: .5, Y: .5},
		AxisX: w.T("contacts.eaters.x"), AxisY: w.T("contacts.eaters.y." + b.Result)}
	p.Weak = b.Mark.Status == explain.Weak
	for corner, class := range [...]response.Class{response.Hen, response.Cow, response.Skeleton, response.Devourer} {
		n := len(b.Class[class])
		p.Corners[corner] = chart.Corner{Name: w.T("contacts.class." + class.String()), Count: w.T("who.clients", n), Hot: class == response.Devourer}
		if n > 0 {
			p.Corners[corner].Link = d.link("class:"+digit(int(class)), p.Corners[corner].Name+" : "+p.Corners[corner].Count)
		}
	}
	large := 0.0
	for k := range d.v.Rows {
		large = max(large, sqrt(float64(d.v.Rows[k].Worth)))
	}
	single := len(d.v.Rows) <= mostBodies
	named := map[int32]bool{}
	for k, i := range b.Devourers[:min(mostWorst, len(b.Devourers))] {
		named[i] = k < 4
	}
	for k := range d.v.Rows {
		r := &d.v.Rows[k]
		name := d.v.Ground.Names[r.Client]
		one := chart.Body{Name: name, At: chart.XY{X: bent(r.Units, b.LimitUnits), Y: bent(d.result(r), b.LimitResult)}, Tone: chart.Grey}
		if large > 0 {
			one.Size = sqrt(float64(r.Worth)) / large
		}
		switch {
		case r.Alarm == uint8(response.Devours):
			one.Shape, one.Tone, one.Named, one.Size = chart.Triangle, chart.Danger, named[r.Client], .4
		case r.Hollow:
			one.Shape = chart.Ring
		}
		if _, worst := named[r.Client]; single || worst { // the others are put together
			one.Link = d.client(r.Client, w.T("contacts.eaters.mark", name, w.Number(r.Units, 1), d.resultText(r)))
		}
		p.Bodies = append(p.Bodies, one)
	}
	crowd(w, &p)
	centre(&p)
	p.Label = w.T("contacts.eaters.label", finding, len(b.Class[response.Hen]), len(b.Class[response.Cow]), len(b.Class[response.Skeleton]), len(b.Class[response.Devourer]))
	out := picture(chart.Spec{Scatter: &p}, width, finding, b.Mark)
	out.Chart.Rows = d.eatersTable()
	out.Note = w.T("contacts.eaters.note", w.Number(b.Threshold, 1))
	if n := len(b.Devourers); n > 0 {
		out.Links = append(out.Links, d.list("devourers", w.T("contacts.eaters.list", n)))
	}
	if n := len(b.Small); n > 0 {
		out.Links = append(out.Links, d.list("small", w.T("contacts.eaters.small", n)))
	}
	return out
}

// result is what a client gives back, in the unit of B1's limit.
func (d *contactsDraw) result(r *ContactRow) float64 {
	switch d.v.Balance.Result {
	case "sales":
		return float64(r.Sales)
	case "orders":
		return float64(d.a.Cost().Orders[r.Client])
	}
	return float64(r.Gross)
}

func (d *contactsDraw) resultText(r *ContactRow) string {
	if d.v.Balance.Result == "orders" {
		return d.w.Number(d.result(r), 0)
	}
	return d.w.MoneyShort(money.Cents(d.result(r)))
}

// eatersTable has devourers first, then those who take most contacts.
func (d *contactsDraw) eatersTable() Table {
	t := Table{Head: d.head("client", "units", "result."+d.v.Balance.Result, "d", "class")}
	place := make([]int, len(d.v.Rows))
	for k := range place {
		place[k] = k
	}
	rows := d.v.Rows
	sorting.Stable(place, func(x, y int) int {
		return cmp.Or(one(rows[y].Alarm == uint8(response.Devours))-one(rows[x].Alarm == uint8(response.Devours)), cmp.Compare(rows[y].Units, rows[x].Units))
	})
	for _, k := range place[:min(maxTwin, len(place))] {
		r := &rows[k]
		index := d.w.Number(r.D, 2)
		switch {
		case r.Infinite:
			index = d.w.T("contacts.nothing")
		case r.D == 0:
			index = "–"
		}
		class := "–"
		if r.Class != "" {
			class = d.w.T("contacts.class." + r.Class)
		}
		t.Rows = append(t.Rows, []string{d.v.Ground.Names[r.Client], d.w.Number(r.Units, 1), d.resultText(r), index, class})
	}
	return t
}

// crowd puts together, beyond a number of clients, those that would hide each
// other; those that are named or lead to a client stay. What they become opens
// the list of its quadrant.
func crowd(w Words, p *chart.Scatter) {
	all := p.Bodies
	if len(all) <= mostBodies {
		return
	}
	const across, down = 36, 22
	type heap struct {
		x, y float64
		n    int
		body chart.Body
	}
	place := func(x, low, high float64, n int) int { return max(0, min(n-1, int((x-low)/(high-low)*float64(n)))) }
	low, high := chart.XY{}, chart.XY{X: 1, Y: 1}
	for k := range all {
		low.X, low.Y = min(low.X, all[k].At.X), min(low.Y, all[k].At.Y)
	}
	heaps := make([]heap, across*down*16)
	var out []chart.Body
	for k := range all {
		b := &all[k]
		if b.Named || b.Link.Go != "" {
			out = append(out, *b)
			continue
		}
		h := &heaps[(place(b.At.X, low.X, high.X, across)*down+place(b.At.Y, low.Y, high.Y, down))*16+int(b.Tone)&15]
		if h.n == 0 {
			h.body = *b
		}
		h.x, h.y, h.n = h.x+b.At.X, h.y+b.At.Y, h.n+1
	}
	most := 0
	for k := range heaps {
		most = max(most, heaps[k].n)
	}
	for k := range heaps {
		h := &heaps[k]
		if h.n == 0 {
			continue
		}
		b := h.body
		if h.n > 1 {
			b = chart.Body{Name: w.T("who.clients", h.n), At: chart.XY{X: h.x / float64(h.n), Y: h.y / float64(h.n)}, Shape: b.Shape, Tone: b.Tone, Size: sqrt(float64(h.n) / float64(most))}
		} else {
			b.Size = 0
		}
		if b.Link.Go == "" {
			c := &p.Corners[one(b.At.X >= p.Cut.X)+2*one(b.At.Y < p.Cut.Y)]
			b.Link = chart.Link{Go: c.Link.Go, Label: b.Name + ", " + c.Name, Quiet: true}
		}
		out = append(out, b)
	}
	p.Bodies = out
}

// shapes and tones of the phases D to V.
var (
	phaseShapes = [4]chart.Shape{chart.Dot, chart.Square, chart.Diamond, chart.Triangle}
	phaseTones  = [4]chart.Tone{chart.PhaseD, chart.PhaseC, chart.PhaseM, chart.PhaseV}
)

// worn gives a body the shape and tone of its phase, and says which it is.
func worn(b *chart.Body, phase string) int {
	for k, letter := range phaseLetters {
		if letter == phase {
			b.Shape, b.Tone = phaseShapes[k], phaseTones[k]
			return k
		}
	}
	b.Shape, b.Tone = chart.Ring, chart.Grey
	return -1
}

func (d *contactsDraw) phaseKeys(used [4]bool) (keys []chart.ShapeKey) {
	for k, letter := range phaseLetters {
		if used[k] {
			keys = append(keys, chart.ShapeKey{Name: d.w.T("phase." + letter), Shape: phaseShapes[k], Tone: phaseTones[k]})
		}
	}
	return keys
}

// flow draws the changes of contacts and of sales (B2).
func (d *contactsDraw) flow(width int) TabChart {
	f, w := &d.v.Flow, d.w
	if !f.Readable.Mark.Has() || f.Readable.Value == 0 {
		out := blank(w.T("contacts.flow.na"), explain.NoVariation)
		out.Note = w.T("contacts.flow.na-note")
		return out
	}
	finding := d.flowFinding()
	p := chart.Scatter{AxisX: w.T("contacts.flow.x"), AxisY: w.T("contacts.flow.y")}
	var used [4]bool
	for corner, q := range [...]response.Quadrant{response.SelfStanding, response.Responsive, response.Withdrawing, response.CounterProductive} {
		n := len(f.Quadrant[q])
		c := &p.Corners[corner]
		*c = chart.Corner{Name: w.T("contacts.quadrant." + digit(int(q))), Count: w.T("who.clients", n), Good: q == response.Responsive, Hot: q == response.CounterProductive}
		if n > 0 {
			c.Link = d.link("quadrant:"+digit(int(q)), c.Name+" : "+c.Count)
		}
	}
	for k := range d.v.Rows {
		r := &d.v.Rows[k]
		if r.Quadrant == 0 {
			continue
		}
		name := d.v.Ground.Names[r.Client]
		b := chart.Body{Name: name, At: chart.XY{X: bentChange(r.DUnits), Y: bentChange(r.DSales)}}
		if f.Readable.Value <= mostBodies {
			b.Link = d.client(r.Client, w.T("contacts.flow.mark", name, signedPercent(w, r.DUnits), signedPercent(w, r.DSales)))
		}
		if k := worn(&b, r.Phase); k >= 0 {
			used[k] = true
		}
		p.Bodies = append(p.Bodies, b)
	}
	crowd(w, &p)
	centre(&p)
	p.Keys = d.phaseKeys(used)
	m := f.Readable.Mark
	if d.v.Ground.Few || f.Readable.Value < few {
		m = explain.Thin(explain.FewClients)
	}
	p.Weak = m.Status == explain.Weak
	p.Label = w.T("contacts.flow.label", finding, len(f.Quadrant[response.Responsive]), len(f.Quadrant[response.CounterProductive]), len(f.Quadrant[response.SelfStanding]), len(f.Quadrant[response.Withdrawing]), len(f.Quadrant[0]))
	out := picture(chart.Spec{Scatter: &p}, width, finding, m)
	out.Chart.Rows = d.flowTable()
	out.Note = w.T("contacts.flow.note", len(f.Quadrant[0]))
	if d.marginless() {
		return out
	}
	for k, key := range [...]string{"", "add", "hold", "reduce"} {
		if n := len(f.Decision[k]); k > 0 && n > 0 {
			out.Links = append(out.Links, d.list("decision:"+digit(k), w.T("contacts.flow."+key, n)))
		}
	}
	return out
}

// flowFinding says how many clients pay one more contact, and the phase that
// most of them are in.
func (d *contactsDraw) flowFinding() string {
	var adds, read [4]int
	n := 0
	for k := range d.v.Rows {
		r := &d.v.Rows[k]
		if r.Quadrant == 0 {
			continue
		}
		var b chart.Body
		ph := worn(&b, r.Phase)
		n += one(r.Decision == uint8(response.Add))
		if ph >= 0 {
			read[ph]++
			adds[ph] += one(r.Decision == uint8(response.Add))
		}
	}
	if d.marginless() {
		return d.w.T("contacts.flow.no-margin", int(d.v.Flow.Readable.Value))
	}
	best := -1
	for k := range adds {
		if read[k] >= 3 && adds[k] >= 2 && 2*adds[k] > n {
			best = k
		}
	}
	switch {
	case n == 0:
		return d.w.T("contacts.flow.none")
	case best >= 0:
		return d.w.T("contacts.flow.phase", phaseLetters[best])
	}
	return d.w.T("contacts.flow.some", n)
}

func (d *contactsDraw) flowTable() Table {
	t := Table{Head: d.head("client", "d-units", "d-sales", "e", "quadrant", "decision")}
	for k := range d.v.Rows {
		r := &d.v.Rows[k]
		if r.Quadrant == 0 {
			continue
		}
		if len(t.Rows) == maxTwin {
			break
		}
		decision := "–"
		if r.Decision > 0 && !d.marginless() {
			decision = d.w.T("contacts.decision." + digit(int(r.Decision)))
		}
		t.Rows = append(t.Rows, []string{d.v.Ground.Names[r.Client], signedPercent(d.w, r.DUnits), signedPercent(d.w, r.DSales), d.w.Number(r.E, 2),
			d.w.T("contacts.quadrant." + digit(int(r.Quadrant))), decision})
	}
	return t
}

func signedPercent(w Words, x float64) string {
	s := w.Percent(x)
	if x > 0 {
		return "+" + s
	}
	return s
}

// mostArrows is how many clients are followed from a year to the next.
const mostArrows = 10

// arrows draws where the clients whose reading weighs most went, from N-1 to N
// (B2): half of those to add to, half of those to reduce.
func (d *contactsDraw) arrows(width int) TabChart {
	w := d.w
	if d.marginless() {
		return d.noMargin()
	}
	b, c := d.a.Response(), d.a.Cost()
	type arrow struct {
		k     int
		value float64 // margin of one more unit × units
	}
	var add, cut []arrow
	for k, i := range b.Clients {
		r := &b.Flow.Reading[k]
		if !r.Has() {
			continue
		}
		x := arrow{k, r.Return * c.Units[i]}
		switch r.Decision {
		case response.Add:
			add = append(add, x)
		case response.Reduce:
			x.value = float64(c.Invested.Amount[i])
			cut = append(cut, x)
		}
	}
	if len(add)+len(cut) == 0 {
		return blank(w.T("contacts.flow.na"), explain.NoVariation)
	}
	for _, list := range [...][]arrow{add, cut} {
		sorting.Stable(list, func(x, y arrow) int { return cmp.Compare(y.value, x.value) })
	}
	n := min(len(add), max(mostArrows/2, mostArrows-len(cut)))
	both := append(append([]arrow(nil), add[:n]...), cut[:min(len(cut), mostArrows-n)]...)
	var units, sales float64
	for _, i := range b.Clients {
		units += c.Units[i]
		sales += float64(max(0, d.a.Sales[i]))
	}
	units, sales = units/float64(len(b.Clients)), sales/float64(len(b.Clients))
	finding := w.T("contacts.arrows.finding", len(both))
	p := chart.Scatter{Cut: chart.XY{X: .5, Y: .5}, AxisX: w.T("contacts.arrows.x"), AxisY: w.T("contacts.arrows.y")}
	p.Label = w.T("contacts.arrows.label", finding)
	var used [4]bool
	t := Table{Head: d.head("client", "units-before", "units", "sales-before", "sales", "decision")}
	for _, x := range both {
		i := b.Clients[x.k]
		name := d.v.Ground.Names[i]
		at := func(u float64, s money.Cents) chart.XY {
			return chart.XY{X: bent(u, units), Y: bent(float64(max(0, s)), sales)}
		}
		body := chart.Body{Name: name, Named: true, HasWas: true, Was: at(c.Before[i], d.a.Sales1[i]), At: at(c.Units[i], d.a.Sales[i])}
		if k := worn(&body, letterOf(d.a.lived().Phase[i])); k >= 0 {
			used[k] = true
		}
		decision := w.T("contacts.decision." + digit(int(b.Flow.Reading[x.k].Decision)))
		body.Link = chart.Link{Go: "/clients/" + d.v.Ground.IDs[i].String(), Label: w.T("contacts.arrows.mark", name, w.Number(c.Before[i], 1), w.Number(c.Units[i], 1), w.MoneyShort(d.a.Sales1[i]), w.MoneyShort(d.a.Sales[i]), decision)}
		p.Bodies = append(p.Bodies, body)
		t.Rows = append(t.Rows, []string{name, w.Number(c.Before[i], 1), w.Number(c.Units[i], 1), w.MoneyShort(d.a.Sales1[i]), w.MoneyShort(d.a.Sales[i]), decision})
	}
	centre(&p)
	p.Keys = d.phaseKeys(used)
	out := picture(chart.Spec{Scatter: &p}, width, finding, explain.Mark{Status: explain.OK})
	out.Chart.Rows = t
	out.Note = w.T("contacts.arrows.note")
	return out
}

// crossed draws the quarters of contacts against those of sales (D2).
func (d *contactsDraw) crossed(width int) TabChart {
	v, w := d.v, d.w
	total := 0
	for _, row := range v.Floors {
		for _, cell := range row {
			total += len(cell)
		}
	}
	if total == 0 || !d.contacted() {
		return blank(w.T("contacts.crossed.na"), explain.NoContact)
	}
	if r := &d.a.sc.R; !r.Has() {
		return blank(w.T("contacts.eaters.na"), r.Reason)
	}
	small := smallOften(v)
	finding := w.T("contacts.crossed.none")
	if len(small) > 0 {
		finding = w.T("contacts.crossed.finding", len(small))
	}
	p := chart.Matrix{Corner: w.T("contacts.crossed.corner")}
	p.Head = []string{w.T("contacts.crossed.corner")}
	for level := 1; level <= 4; level++ {
		name := "R" + digit(int(d.a.rules.potential.Shown(uint8(level))))
		p.Cols = append(p.Cols, name)
		p.Head = append(p.Head, name)
	}
	for u := range v.Floors {
		p.Rows = append(p.Rows, w.T("contacts.crossed.row."+digit(u+1)))
		row := make([]chart.Cell, 4)
		for r := range v.Floors[u] {
			who := v.Floors[u][r]
			cell := &row[3-r]
			if len(who) == 0 {
				continue
			}
			*cell = chart.Cell{Figure: w.Number(float64(len(who)), 0), N: float64(len(who)), Hot: r == 3 && u < 2,
				Link: d.link("floor:"+digit(u+1)+digit(r+1), w.T("contacts.crossed.mark", p.Rows[u], p.Cols[3-r], len(who)))}
		}
		p.Cells = append(p.Cells, row)
	}
	p.Label = w.T("contacts.crossed.label", finding)
	m := explain.Mark{Status: explain.OK}
	if v.Ground.Few {
		m = explain.Thin(explain.FewClients)
	}
	out := picture(chart.Spec{Matrix: &p}, width, finding, m)
	out.Note = w.T("contacts.crossed.note")
	if len(small) > 0 {
		visits := 0
		for _, i := range small {
			visits += int(d.a.Cost().Met[i])
		}
		if hours := float64(visits/2) * d.a.visitHours(); hours >= 1 {
			out.Chart.Advice = w.T("contacts.crossed.advice", w.Number(hours, 0))
		}
		out.Links = append(out.Links, d.list("small-often", w.T("contacts.crossed.list", len(small))))
	}
	return out
}

// returns draws what one unit of money of contacts brings, net.
func (d *contactsDraw) returns(width int) TabChart {
	w := d.w
	if d.marginless() {
		return d.noMargin()
	}
	if b := d.v.Balance.Mark; !b.Has() { // nobody is seen often or seldom
		return blank(w.T(d.nothing()), b.Reason)
	}
	one := w.Money(100)
	p := chart.Bars{Words: chart.Words{Head: d.head("group", "clients", "net", "invested", "return")}}
	m := explain.Missing(explain.NoContact)
	best, bad := 0, 0
	var t Table
	t.Head = p.Head
	for k := range d.v.Returns {
		g := &d.v.Returns[k]
		name := w.T("contacts.return."+returnKey(g)[2:], g.Class)
		text := "–"
		if g.Return.Mark.Has() {
			text = w.Money(round64(g.Return.Value * 100))
		}
		t.Rows = append(t.Rows, []string{name, w.Number(float64(len(g.Who)), 0), w.MoneyShort(g.Net), w.MoneyShort(g.Spent), text})
		if !g.Return.Mark.Has() {
			continue
		}
		b := chart.Bar{Name: name, Value: g.Return.Value, Figure: text, Weak: g.Return.Mark.Status == explain.Weak,
			Link: d.link("return:"+returnKey(g), w.T("contacts.return.mark", name, text, len(g.Who)))}
		if b.Value < 0 {
			b.Tone = chart.Danger
			bad++
		}
		if m.Status == explain.NA {
			m = explain.Mark{Status: explain.OK}
		}
		p.Bars = append(p.Bars, b)
		if b.Value > p.Bars[best].Value {
			best = len(p.Bars) - 1
		}
	}
	if len(p.Bars) == 0 || !d.contacted() {
		return blank(w.T("contacts.return.na"), explain.NoContact)
	}
	finding := w.T("contacts.return.finding", one, p.Bars[best].Figure, p.Bars[best].Name)
	if p.Bars[best].Value < 0 {
		finding = w.T("contacts.return.loses", one)
	}
	if d.v.Ground.Few {
		m = explain.Thin(explain.FewClients)
	} else if x := d.v.Margin.Net.Mark; x.Status == explain.Weak {
		m = explain.Thin(x.Reason)
	}
	p.Weak = m.Status == explain.Weak && d.v.Ground.Few
	p.Label = w.T("contacts.return.label", finding)
	out := picture(chart.Spec{Bars: &p}, width, finding, m)
	out.Chart.Rows = t
	out.Note = w.T("contacts.return.note", w.Number(d.v.Balance.LimitUnits, 1))
	return out
}
