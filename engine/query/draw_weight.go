package query

import (
	"strconv"
	"strings"

	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
	"sillon/engine/weight"
)

// WeightTabAsk asks for the tab Weight, or for its curve alone while a cut moves.
type WeightTabAsk struct {
	Tab   TabAsk         `cbor:"1,keyasint"`
	By    string         `cbor:"2,keyasint,omitempty"` // sales, margin, units or potential; empty: sales
	Heads bool           `cbor:"3,keyasint,omitempty"` // cuts at 20 and 50 % of the clients, not at those of the team
	At    [2]int         `cbor:"4,keyasint"`           // clients in A, in A and B, as the reader moves the cuts; 0: not moved
	Try   []portfolio.ID `cbor:"5,keyasint,omitempty"` // clients who climb a floor, to see the pyramid then
}

// headCuts are the cuts by head: the first fifth, then up to half (D1).
var headCuts = [2]float64{20, 50}

// WeightTab is the tab Weight, drawn: on whom the portfolio depends, who can
// climb (D1 to D3).
type WeightTab struct {
	Base   TabBase    `cbor:"1,keyasint"`
	By     string     `cbor:"2,keyasint"`
	Cuts   CutsTab    `cbor:"3,keyasint"`
	Floors TabChart   `cbor:"4,keyasint"`
	Cross  TabChart   `cbor:"5,keyasint"`
	Climbs ClimbTable `cbor:"6,keyasint"`
	Figs   []Figure   `cbor:"7,keyasint"`
}

// CutsTab is the curve with its two cuts.
type CutsTab struct {
	Curve TabChart `cbor:"1,keyasint"`
	Cut   [2]int   `cbor:"2,keyasint"` // clients in A; in A and B
	Of    int      `cbor:"3,keyasint"` // clients on the curve
	Heads bool     `cbor:"4,keyasint,omitempty"`
	Moved bool     `cbor:"5,keyasint,omitempty"` // by the reader
	Team  string   `cbor:"6,keyasint,omitempty"` // the cuts of the team, worded
}

// A ClimbTable says what clients lack for the floor above.
type ClimbTable struct {
	Finding string     `cbor:"1,keyasint"`
	Rows    []ClimbRow `cbor:"2,keyasint,omitempty"`
	Advice  string     `cbor:"3,keyasint,omitempty"`
	Links   []TabLink  `cbor:"4,keyasint,omitempty"`
	Head    string     `cbor:"5,keyasint,omitempty"` // of the column of values
}

// A ClimbRow is one client under another floor.
type ClimbRow struct {
	ID    portfolio.ID `cbor:"1,keyasint"`
	Name  string       `cbor:"2,keyasint"`
	Phase string       `cbor:"3,keyasint,omitempty"`
	Value string       `cbor:"4,keyasint"`
	To    string       `cbor:"5,keyasint"` // "R4"
	Cost  string       `cbor:"6,keyasint"` // "+ 5,5 k€"
	Able  string       `cbor:"7,keyasint"` // "reste 23,1 k€", "hors portée"…
	Can   bool         `cbor:"8,keyasint,omitempty"`
}

// shownClimbs and shownLamps bound what the cards show.
const shownClimbs, shownLamps = 6, 6

type weightDraw struct {
	a    *Analysis
	v    *WeightView
	w    Words
	base *TabBase
	ask  WeightAsk
}

func (d *weightDraw) link(key, label string) chart.Link {
	return chart.Link{Go: d.base.groupPath("weight:" + key), Label: label}
}

func (d *weightDraw) list(key, text string) TabLink {
	return TabLink{To: d.base.groupPath("weight:" + key), Text: text}
}

// amount writes a value of the tab: money, or hundredths of contact units.
func (d *weightDraw) amount(c money.Cents) string {
	if d.v.By == "units" {
		return d.w.Number(float64(c)/100, 1)
	}
	return d.w.MoneyShort(c)
}

// which is the amount in an address: by, period, family.
func (d *weightDraw) which() string {
	period := "n"
	if d.ask.Before {
		period = "b"
	}
	return d.v.By + ":" + period + ":" + d.ask.Family
}

// weightAsk is what the view is asked: a family is known of sales only. In the
// year before, the analysis is that of then.
func weightAsk(ask WeightTabAsk, base *TabBase) WeightAsk {
	q := WeightAsk{By: ask.By, Family: base.Family}
	switch q.By {
	case "margin", "units", "potential":
	default:
		q.By = "sales"
	}
	if q.Family != "" {
		q.By = "sales"
	}
	if ask.Heads && ask.At[0] == 0 {
		q.Cuts, q.Heads = headCuts, true
	}
	return q
}

// WeightTab draws the tab Weight.
func (a *Analysis) WeightTab(r Reader, ask WeightTabAsk, base TabBase) WeightTab {
	q := weightAsk(ask, &base)
	v := a.WeightView(q)
	d := weightDraw{a: a, v: &v, w: r.Words, base: &base, ask: q}
	top, under := ask.Tab.row(548, 476), ask.Tab.row(500, 524)
	out := WeightTab{Base: base, By: v.By}
	out.Cuts = d.cuts(top[0], v.Pareto, ask)
	out.Floors = d.floors(top[1], ask.Try)
	out.Cross = d.crossed(under[0])
	out.Climbs = d.climbs()
	out.Figs = []Figure{v.Pareto.Top, v.Floors.Top, v.Floors.NEff}
	return out
}

// CutsTab draws the curve alone, for a cut under the finger.
func (a *Analysis) CutsTab(r Reader, ask WeightTabAsk, base TabBase) CutsTab {
	q := weightAsk(ask, &base)
	v := WeightView{Pareto: a.CutWeight(q)}
	_, v.By, _ = a.weighed(q)
	d := weightDraw{a: a, v: &v, w: r.Words, base: &base, ask: q}
	return d.cuts(ask.Tab.row(548, 476)[0], v.Pareto, ask)
}

// moved puts the cuts of a curve where the reader holds them: at least one
// client in A and in B.
func moved(p ParetoSeries, at [2]int) ParetoSeries {
	n := len(p.Order)
	if n < 2 || at[0] <= 0 && at[1] <= 0 {
		return p
	}
	a := min(max(at[0], 1), n-1)
	p.Cut = [2]int{a, min(max(at[1], a+1), n)}
	return p.classed()
}

// buyers leaves out of a curve those who do not buy a family.
func buyers(p ParetoSeries) ParetoSeries {
	n := len(p.Order)
	for n > 0 && p.Values[n-1] <= 0 {
		n--
	}
	p.None = append(append(Who{}, p.None...), p.Order[n:]...)
	p.Order, p.Values, p.Share = p.Order[:n], p.Values[:n], p.Share[:n+1]
	p.Cut = [2]int{min(p.Cut[0], n), min(p.Cut[1], n)}
	return p.classed()
}

// classed shares the clients of a curve at its cuts.
func (p ParetoSeries) classed() ParetoSeries {
	for i, at := range p.Cut {
		p.Made[i] = p.Share[at]
	}
	p.Class, p.Sum = [3]Who{}, [3]money.Cents{}
	for k, i := range p.Order {
		c := one(k >= p.Cut[0]) + one(k >= p.Cut[1])
		p.Class[c] = append(p.Class[c], i)
		p.Sum[c] = p.Sum[c].Plus(p.Values[k])
	}
	return p
}

func (d *weightDraw) cuts(width int, p ParetoSeries, ask WeightTabAsk) CutsTab {
	w := d.w
	if d.base.Family != "" {
		p = buyers(p)
	}
	n := len(p.Order)
	if p.Total <= 0 || n == 0 {
		reason := p.Count.Mark.Reason
		if reason == 0 {
			reason = explain.NoSales
		}
		return CutsTab{Curve: blank(w.T("wt.none."+d.v.By), reason), Heads: ask.Heads}
	}
	team := d.a.rules.weight
	out := CutsTab{Of: n, Heads: p.Heads, Team: w.T("wt.team", w.Number(team.CutA, 1), w.Number(team.CutB, 1))}
	if ask.At[0] > 0 || ask.At[1] > 0 {
		p = moved(p, ask.At)
		out.Moved, out.Heads = true, false
	}
	out.Cut = p.Cut
	pic := chart.Cuts{Share: p.Share, Cut: p.Cut, Names: [3]string{"A", "B", "C"}, Axis: [3]string{w.Percent(0), w.Percent(.5), w.Percent(1)}, Right: w.Number(float64(n), 0)}
	pic.Head = []string{w.T("lorenz.col.class"), w.T("lorenz.col.clients"), w.T("wt.col.value." + d.v.By), w.T("lorenz.col.share")}
	pic.Grip = [2]string{w.T("wt.grip.a"), w.T("wt.grip.b")}
	for k := range 2 {
		pic.CutText[k] = w.Percent(p.Made[k])
		pic.CutName[k] = w.T("lorenz.clients", p.Cut[k])
	}
	finding := w.T("wt.finding."+d.v.By, p.Cut[0], w.Percent(p.Made[0]))
	pic.Label = w.T("wt.label", finding, p.Cut[1], w.Percent(p.Made[1]), n)
	pic.Weak = p.Count.Mark.Status == explain.Weak
	rows := make([][]string, 3)
	from := 0
	for k := range 3 {
		letter, heads := "ABC"[k:k+1], len(p.Class[k])
		part := float64(p.Sum[k]) / float64(p.Total)
		pic.Counts[k], pic.Shares[k] = w.Number(float64(heads), 0), w.Percent(part)
		rows[k] = []string{letter, pic.Counts[k], d.amount(p.Sum[k]), pic.Shares[k]}
		to := from + heads
		if heads > 0 {
			pic.Go[k] = d.link("abc:"+strconv.Itoa(from)+":"+strconv.Itoa(to)+":"+d.which(), w.T("wt.class", letter, heads))
		}
		from = to
	}
	out.Curve = picture(chart.Spec{Cuts: &pic}, width, finding, p.Count.Mark)
	out.Curve.Chart.Rows = Table{Head: pic.Head, Rows: rows}
	if none := len(p.None); none > 0 {
		out.Curve.Note = w.T("wt.apart."+d.v.By, none)
	}
	return out
}

// floors draws the pyramid and its lamps; try are clients who climb.
func (d *weightDraw) floors(width int, try []portfolio.ID) TabChart {
	w, f := d.w, d.v.Floors
	if !f.Top.Mark.Has() {
		return blank(w.T("wt.floors.none"), f.Top.Mark.Reason)
	}
	climbed := 0
	if len(try) > 0 {
		f, climbed = d.tried(try)
	}
	upper := "R"
	if d.v.By == "potential" {
		upper = "P"
	}
	pic := chart.Pyramid{Title: w.T("wt.lamps")}
	pic.Head = d.heads("floors.col.floor", "lorenz.col.clients", "wt.col.range")
	pic.Weak = f.Top.Mark.Status == explain.Weak
	for k, row := range f.Floor {
		s := &pic.Storeys[k]
		s.Name = upper + digit(row.Level)
		n := len(row.Who)
		if n == 0 {
			s.Range = w.T("floors.empty")
			continue
		}
		s.Figure = w.T("who.clients", n)
		switch {
		case row.Low == row.High:
			s.Range = d.amount(row.High)
		case k == 3:
			s.Range = w.T("wt.under", d.amount(row.High))
		default:
			s.Range = w.T("wt.range", d.amount(row.Low), d.amount(row.High))
		}
		if climbed == 0 {
			s.Link = d.link("floor:"+digit(row.Level)+":"+d.which(), w.T("floors.r.mark", s.Name, n))
		}
	}
	for _, l := range d.lamps() {
		lamp := chart.Lamp{Name: d.lampName(&l), Figure: w.Number(l.Top.Value, 0), Word: w.T("wt.lamp.good")}
		switch {
		case l.Bad:
			lamp.Level, lamp.Word = 2, w.T("wt.lamp.bad")
		case l.Near:
			lamp.Level, lamp.Word = 1, w.T("wt.lamp.near")
		}
		if n := len(l.Who); n > 0 && climbed == 0 {
			lamp.Link = d.link("top:"+l.Key+":"+l.Code, w.T("wt.lamp.list", lamp.Name, n))
		}
		pic.Lamps = append(pic.Lamps, lamp)
	}
	pic.Note = w.T("wt.lamps.note", f.Limit, w.Percent(d.v.Pareto.Top.Value))
	top := len(f.Floor[0].Who)
	finding := w.T("wt.floors.solid", top)
	if f.Fragile {
		finding = w.T("wt.floors.fragile", top)
	}
	if climbed > 0 {
		finding = w.T("wt.floors.tried", climbed, top)
	}
	pic.Label = w.T("floors.r.label", finding, top, len(f.Floor[1].Who), len(f.Floor[2].Who), len(f.Floor[3].Who))
	out := picture(chart.Spec{Pyramid: &pic}, width, finding, f.Top.Mark)
	if f.Fragile && climbed == 0 {
		out.Chart.Advice = w.T("floors.r.advice")
	}
	return out
}

func (d *weightDraw) heads(keys ...string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = d.w.T(k)
	}
	return out
}

// lamps are those of the amounts, then of the families that stand on fewest.
func (d *weightDraw) lamps() []Lamp {
	var out, families []Lamp
	for _, l := range d.v.Lamps {
		if l.Key == "family" {
			families = append(families, l)
		} else {
			out = append(out, l)
		}
	}
	sorting.Stable(families, func(x, y Lamp) int { return int(x.Top.Value - y.Top.Value) })
	return append(out, families[:min(len(families), max(0, shownLamps-len(out)))]...)
}

func (d *weightDraw) lampName(l *Lamp) string {
	if l.Key == "family" {
		return l.Name
	}
	return d.w.T("wt.by." + l.Key)
}

// tried is the pyramid once some clients have climbed a floor.
func (d *weightDraw) tried(try []portfolio.ID) (FloorSeries, int) {
	in, by, _ := d.a.weighed(d.ask)
	in.Values = append([]money.Cents(nil), in.Values...)
	n := 0
	for _, c := range d.v.Climbs {
		for _, id := range try {
			if d.v.Ground.IDs[c.Client] == id {
				in.Values[c.Client] = in.Values[c.Client].Plus(c.Cost)
				n++
			}
		}
	}
	if n == 0 {
		return d.v.Floors, 0
	}
	return d.a.floorSeries(in, d.a.floorsOf(in, by)), n
}

// crossed draws the crossed ABC: colours are the segments.
func (d *weightDraw) crossed(width int) TabChart {
	w, v := d.w, d.v
	known, seen := 0, 0.
	for r := range v.Crossed {
		for c := range v.Crossed[r] {
			x := &v.Crossed[r][c]
			seen += x.Units
			if c < 3 {
				known += len(x.Who)
			}
		}
	}
	if v.CrossWhy.Reason == explain.Negative {
		return blank(w.T("lorenz.none"), explain.Negative)
	}
	if !v.CrossWhy.Has() || known == 0 {
		return blank(w.T("wt.cross.none"), explain.NoPotential)
	}
	pic := chart.Matrix{Corner: w.T("wt.cross.corner")}
	columns := 3
	for r := range v.Crossed {
		if len(v.Crossed[r][3].Who) > 0 {
			columns = 4
		}
	}
	for c := range columns {
		pic.Cols = append(pic.Cols, w.T("wt.cross.col."+digit(c)))
	}
	var idle, units float64
	var hot int
	var left money.Cents
	for r := range v.Crossed {
		name, total := "ABC"[min(r, 2):min(r, 2)+1], 0
		if r == 3 {
			name = w.T("wt.cross.prospects")
		}
		var cells []chart.Cell
		for c := range columns {
			x := &v.Crossed[r][c]
			n := len(x.Who)
			total += n
			cell := chart.Cell{}
			units += x.Units
			switch x.Segment {
			case "core-develop":
				cell.N = float64(one(n > 0))
			case "core":
				cell.N = .1 * float64(one(n > 0))
			case "develop":
				cell.Hot = n > 0
				hot, left = hot+n, left.Plus(x.Left)
			case "economy":
				idle += x.Units
			}
			if n > 0 {
				cell.Figure = w.Number(float64(n), 0)
				cell.Text = w.MoneyShort(x.Left)
				if c == 3 {
					cell.Text, cell.Dashed, cell.Hot = w.T("wt.cross.ask"), true, false
				} else if r == 3 {
					cell.Text = w.T("wt.cross.open")
				}
				if seen > 0 {
					cell.More = w.T("wt.cross.visits", round(x.Units))
				}
				cell.Link = d.link("cross:"+digit(r)+digit(c), w.T("wt.cross.mark", name, pic.Cols[c], who(w, n*one(r < 3), n*one(r == 3)), w.MoneyShort(x.Left), round(x.Units)))
			}
			cells = append(cells, cell)
		}
		pic.Rows, pic.RowSub, pic.Cells = append(pic.Rows, name), append(pic.RowSub, w.Number(float64(total), 0)), append(pic.Cells, cells)
	}
	finding := ""
	switch {
	case units > 0 && idle > 0:
		finding = w.T("wt.cross.idle", w.Percent(idle/units))
	case hot > 0:
		finding = w.T("wt.cross.hot", hot, w.MoneyShort(left))
	default:
		finding = w.T("wt.cross.even")
	}
	pic.Label = w.T("wt.cross.label", finding, len(pic.Rows), columns)
	out := picture(chart.Spec{Matrix: &pic}, width, finding, v.CrossWhy)
	out.Note = w.T("wt.cross.note")
	if d.base.Family != "" {
		out.Note += " " + w.T("wt.cross.all")
	}
	return out
}

// climbs lists what the clients nearest to the floor above lack.
func (d *weightDraw) climbs() ClimbTable {
	w, v := d.w, d.v
	if d.base.Before {
		return ClimbTable{Finding: w.T("wt.climb.now")}
	}
	out := ClimbTable{Finding: w.T("wt.climb.none"), Head: w.T("wt.by." + v.By)}
	upper := "R"
	if v.By == "potential" {
		upper = "P"
	}
	for k := range v.Climbs {
		c := &v.Climbs[k]
		r := ClimbRow{ID: v.Ground.IDs[c.Client], Name: v.Ground.Names[c.Client], Phase: c.Phase, Value: d.amount(c.Value),
			To: upper + digit(c.To), Cost: "+ " + d.amount(c.Cost), Can: c.Possible}
		switch {
		case c.Grows && c.Growth <= -.1:
			r.Able, r.Can = w.T("wt.climb.falls", w.Percent(c.Growth)), false
		case c.Possible:
			r.Able = w.T("wt.climb.left", w.MoneyShort(c.Left))
		case !c.Known:
			r.Able = w.T("wt.climb.unknown")
		default:
			r.Able = w.T("wt.climb.far")
		}
		if k == 0 && c.Possible {
			out.Finding = w.T("wt.climb.finding", r.Name, d.amount(c.Cost), r.To)
		}
		if len(out.Rows) < shownClimbs {
			out.Rows = append(out.Rows, r)
		}
	}
	known := false
	for k := range v.Climbs {
		known = known || v.Climbs[k].Known
	}
	if m := v.Floors.NEff.Mark; v.Asked > 0 && !known {
		out.Finding = w.T("wt.climb.blind")
	} else if v.Asked > 0 {
		out.Advice = w.T("wt.climb.advice", v.Possible, v.Asked)
	} else if !m.Has() {
		out.Advice = w.T("reason." + m.Reason.String())
	}
	if v.Possible > 0 {
		out.Links = []TabLink{d.list("climb:"+d.which(), w.T("wt.climb.list", v.Possible))}
	}
	return out
}

// weightWho lists the clients behind a mark of the tab; key is what follows the
// first colon of the address.
func (a *Analysis) weightWho(key string) (Who, bool) {
	kind, rest, _ := strings.Cut(key, ":")
	cut := func() string {
		var s string
		s, rest, _ = strings.Cut(rest, ":")
		return s
	}
	// read is the amount at the end of a key: by, period, family
	read := func() (WeightAsk, bool) {
		q := WeightAsk{By: cut()}
		q.Before = cut() == "b"
		q.Family = rest
		return q, q.Family == "" || a.familyAt(q.Family) >= 0
	}
	switch kind {
	case "abc":
		from, err1 := strconv.Atoi(cut())
		to, err2 := strconv.Atoi(cut())
		q, ok := read()
		if err1 != nil || err2 != nil || !ok {
			return nil, false
		}
		order := a.CutWeight(q).Order
		from, to = min(max(from, 0), len(order)), min(max(to, 0), len(order))
		return inOrder(order[min(from, to):to]), true
	case "floor":
		level := cut()
		q, ok := read()
		if len(level) != 1 || level < "1" || level > "4" || !ok {
			return nil, false
		}
		in, by, _ := a.weighed(q)
		f := a.floorSeries(in, a.floorsOf(in, by))
		return f.Floor['4'-level[0]].Who, true
	case "top":
		name := cut()
		for _, l := range a.lamps() {
			if l.Key == name && l.Code == rest {
				return l.Who, true
			}
		}
	case "cross":
		if len(rest) == 2 && rest[0] >= '0' && rest[0] <= '3' && rest[1] >= '0' && rest[1] <= '3' {
			m := &a.Weight().Matrix
			return a.who(func(i int) bool {
				return i < len(m.Row) && m.Row[i] == weight.Row(rest[0]-'0') && m.Column[i] == weight.Column(rest[1]-'0')
			}), true
		}
	case "climb":
		if q, ok := read(); ok {
			return a.able(q), true
		}
	}
	return nil, false
}

// able lists the clients whose potential allows the floor above.
func (a *Analysis) able(q WeightAsk) Who {
	in, by, _ := a.weighed(q)
	f := a.floorsOf(in, by)
	left := a.Potential().Penetration
	return a.who(func(i int) bool {
		c, ok := f.Climb(i)
		return ok && c.Verified && a.Known[i] && c.Cost <= left[i].Remaining
	})
}

// inOrder sorts a group by place.
func inOrder(w []int32) Who {
	out := append(Who{}, w...)
	sorting.Stable(out, func(x, y int32) int { return int(x - y) })
	return out
}
