package query

import (
	"strconv"

	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/potential"
	"sillon/engine/weight"
)

// few is the number of clients under which a curve says nothing.
const few = 8

// A ground is the clients of the portfolios asked for, put end to end. Classes
// and levels are each portfolio's own; totals and curves are of all together.
type ground struct {
	parts    []*Scored
	n        int
	sales    []money.Cents
	worth    []money.Cents
	codes    []string
	unknown  []bool // no potential
	prospect []bool
	phase    []maturity.Phase
	units    []float64
	recent   []float64
	rules    rules  // of the portfolio, or of the organisation for several
	short    bool   // the year before is not covered somewhere
	whole    bool   // it is covered somewhere
	in       string // keeps the lists behind the marks in the portfolio asked for
	family   string // code of the only family looked at; empty: all
	before   bool   // it is of twelve months ago
}

// within is what keeps the address of a list in one portfolio; empty for all.
func within(scope uint32) string {
	if scope == 0 {
		return ""
	}
	return "&portefeuille=" + strconv.FormatUint(uint64(scope), 10)
}

func (s *Snapshot) ground(scope uint32) ground {
	g := ground{in: within(scope), before: s.now != nil}
	s.each(scope, func(sc *Scored) {
		g.parts = append(g.parts, sc)
		g.n += len(sc.Cards)
		g.short, g.whole = g.short || !sc.Second, g.whole || sc.Second
		g.sales = append(g.sales, sc.N...)
		g.worth = append(g.worth, sc.worth...)
		g.codes = append(g.codes, sc.codes...)
		g.prospect = append(g.prospect, sc.prospect...)
		g.phase = append(g.phase, sc.Phase...)
		g.units = append(g.units, sc.Units...)
		g.recent = append(g.recent, sc.Recent...)
		for _, k := range sc.known {
			g.unknown = append(g.unknown, !k)
		}
	})
	if len(g.parts) == 1 {
		g.rules = g.parts[0].rules
	} else {
		g.rules = s.rules(0)
	}
	return g
}

// abc and floors are the portfolio's own where there is one, so that the
// figures are those of its lists.
func (g ground) abc() weight.Pareto {
	if len(g.parts) == 1 {
		return g.parts[0].ABC
	}
	return weight.ABC(weight.Input{Values: g.sales, Second: g.worth, Codes: g.codes, Out: g.prospect}, g.rules.weight)
}

func (g ground) floors() weight.Floors {
	if len(g.parts) == 1 {
		return g.parts[0].R
	}
	return weight.RLevels(weight.Input{Values: g.sales, Second: g.worth, Codes: g.codes, Out: g.prospect}, g.rules.weight)
}

func (g ground) potentialFloors() weight.Floors {
	if len(g.parts) == 1 {
		return g.parts[0].Levels.Floors
	}
	return weight.Quarters(weight.Input{Values: g.worth, Second: g.sales, Codes: g.codes, Out: g.unknown, Empty: explain.NoPotential}, g.rules.weight)
}

// PortfolioOverview is the overview of one portfolio, or of all.
func (s *Snapshot) PortfolioOverview(r Reader, ask PortfolioAsk) Portfolio {
	width := ask.Width
	if width <= 0 {
		width = 1040
	}
	g := s.ground(ask.Scope)
	w := r.Words
	out := Portfolio{Head: s.head(r, ask.Scope)}
	wide, third := split(width)
	out.Curve = g.curve(w, wide)
	out.Cells, out.HotCount, out.HotNew, out.HotSales = g.cells()
	for _, u := range g.unknown {
		if u {
			out.Unknown++
		}
	}
	out.BoardOne = g.boardFinding(w, out)
	out.Lorenz = g.lorenz(w, third)
	out.Floors = g.stack(w, third, g.floors(), "r")
	out.PFloors = g.stack(w, third, g.potentialFloors(), "p")
	out.Effort, _ = s.effort(w, ask.Scope, third, yearly)
	out.Figures = g.figures()
	out.Crossed = g.crossed()
	out.Base = s.TabBase(r, nil, TabAsk{Scope: ask.Scope, Before: g.before})
	return out
}

// split is what the page leaves to the wide chart and to those of a row of
// three, inside their cards (ux.md §3).
func split(width int) (wide, third int) {
	switch {
	case width >= 900:
		return (width-16)*575/1024 - 42, (width-32)/3 - 42
	case width >= 560:
		return width - 42, (width-16)/2 - 42
	}
	return width - 34, width - 34
}

// curve is C2 by clients.
func curve(phases []maturity.Phase, short, whole bool, p maturity.Params) maturity.Curve {
	c := maturity.CurveOf(phases, nil, p)
	c.Mark = shortened(c.Mark, short, whole)
	return c
}

// shortened is the mark of what is made of the phases of many: missing where
// sales do not cover the year before (short), since none of C, M and V can then
// be told and the curve would show zeros that are not; weak where they do in
// another portfolio (whole).
func shortened(m explain.Mark, short, whole bool) explain.Mark {
	switch {
	case !short || !m.Has():
	case !whole:
		return explain.Missing(explain.FewPeriods, m.Steps...)
	default:
		m.Status, m.Reason = explain.Weak, explain.FewPeriods
	}
	return m
}

// unread says why no phase can be read, in a sentence or another.
func unread(w Words, m explain.Mark, key string) string {
	if m.Reason == explain.FewPeriods {
		key = "phases.short"
	}
	return w.T(key)
}

// curve draws the phases of the portfolio (C2).
func (g ground) curve(w Words, width int) Chart {
	c := curve(g.phase, g.short, g.whole, g.rules.maturity)
	out := Chart{Mark: c.Mark}
	if !c.Has() {
		out.Finding = unread(w, c.Mark, "curve.none")
		return out
	}
	out.Finding, out.Advice = curveWords(w, c)
	d := phaseColumns(w, c, g.in)
	for k, letter := range phaseLetters {
		d.Go[k].Go = g.list(d.Go[k].Go, "maturity:phase:"+letter+":")
	}
	d.Template = g.rules.maturity.Templates[maturity.Bell-1]
	d.Label = w.T("curve.label", out.Finding, d.Figure[0], d.Figure[1], d.Figure[2], d.Figure[3])
	out.Pic, out.Width = &chart.Spec{Histogram: &d}, width
	out.Rows = Table{Head: []string{w.T("curve.col.phase"), w.T("curve.col.clients"), w.T("curve.col.share")}}
	for k := range d.Name {
		out.Rows.Rows = append(out.Rows.Rows, []string{d.Name[k], d.Figure[k], d.Share[k]})
	}
	return out
}

// curveWords is the finding of a curve and the advice of its shape.
func curveWords(w Words, c maturity.Curve) (finding, advice string) {
	if c.Clients < few {
		return w.T("curve.few", c.Clients), ""
	}
	shape := shapeKey(c.Shape)
	if c.Mixed {
		return w.T("curve.mixed", w.T("shape."+shape), w.T("shape."+shapeKey(c.Second))), w.T("curve.advice." + shape)
	}
	return w.T("curve." + shape), w.T("curve.advice." + shape)
}

func shapeKey(s maturity.Shape) string {
	return [...]string{"none", "bell", "rising", "u", "falling", "flat"}[min(s, 5)]
}

var phaseLetters = [4]string{"D", "C", "M", "V"}

func phaseColumns(w Words, c maturity.Curve, in string) chart.Maturity {
	d := chart.Maturity{Weak: c.Status == explain.Weak}
	for k, letter := range phaseLetters {
		d.Value[k] = c.Weight[k]
		d.Figure[k] = w.Number(c.Weight[k], 0)
		d.Share[k] = w.Percent(c.Share[k])
		d.Name[k] = w.T("phase." + letter)
		if c.Weight[k] > 0 {
			d.Go[k] = chart.Link{Go: "/clients?phase=" + letter + in, Label: w.T("curve.mark", d.Name[k], round(c.Weight[k]), d.Share[k])}
		}
	}
	return d
}

// cells sums the P×R board of each portfolio: a cell holds as many clients as
// the list filtered by its P and R.
func (g ground) cells() (cells []Cell, hotCount, hotNew int, hotSales money.Cents) {
	var board [5][5]Cell
	for _, sc := range g.parts {
		for i := range sc.Cards {
			p, r, _ := sc.at(i)
			c := &board[p][r]
			c.Count++
			if sc.prospect[i] {
				c.New++
			}
			c.Sales = c.Sales.Plus(sc.N[i])
			if sc.known[i] {
				c.Left = c.Left.Plus(potential.Remaining(sc.N[i], sc.worth[i]))
			}
			if hot(p, r) {
				hotCount++
				if sc.prospect[i] {
					hotNew++
				}
				hotSales = hotSales.Plus(sc.N[i])
			}
		}
	}
	most := 0
	for p := range board {
		for r := range board[p] {
			most = max(most, board[p][r].Count)
		}
	}
	for _, p := range [...]int{4, 3, 2, 1, 0} {
		for r := range 5 {
			c := board[p][r]
			c.P, c.R, c.Hot = p, r, hot(p, r)
			c.Heat = heat(c.Count, most)
			cells = append(cells, c)
		}
	}
	return cells, hotCount, hotNew, hotSales
}

// heat is the step 1 to 5 of a count by its square root, 0 for none: the
// largest k with (k−1)² · most ≤ 25 · count, in whole numbers.
func heat(count, most int) int {
	if count <= 0 || most <= 0 {
		return 0
	}
	k := 1
	for k < 5 && k*k*most <= 25*count {
		k++
	}
	return k
}

func (g ground) boardFinding(w Words, p Portfolio) string {
	switch {
	case g.n == 0:
		return w.T("board.empty")
	case p.Unknown == g.n:
		return w.T("board.no-potential", g.n)
	case p.HotCount == 0:
		return w.T("board.hot-none")
	}
	return w.T("board.hot", who(w, p.HotCount-p.HotNew, p.HotNew))
}

// who counts clients and prospects, each by its name.
func who(w Words, clients, prospects int) string {
	switch {
	case prospects == 0:
		return w.T("who.clients", clients)
	case clients == 0:
		return w.T("who.prospects", prospects)
	}
	return w.T("who.both", clients, prospects)
}

// lorenz draws who makes the sales (D1).
func (g ground) lorenz(w Words, width int) Chart {
	abc := g.abc()
	out := Chart{Mark: abc.Mark}
	if !abc.Has() {
		out.Finding = w.T("lorenz.none")
		return out
	}
	d := chart.Lorenz{Share: make([]float64, 1, len(abc.Order)+1), Weak: abc.Status == explain.Weak}
	var run money.Cents
	for _, i := range abc.Order {
		run = run.Plus(max(0, g.sales[i]))
		d.Share = append(d.Share, float64(run)/float64(abc.Total))
	}
	n := len(abc.Order)
	d.A, d.B = abc.N[weight.A], abc.N[weight.A]+abc.N[weight.B]
	share := d.Share[d.A]
	out.Finding = w.T("lorenz.finding", d.A, w.Percent(share))
	d.Point = d.A
	d.Title, d.Text = w.T("lorenz.point", w.Percent(float64(d.A)/float64(n))), w.T("lorenz.point-text", w.Percent(share))
	d.Left, d.Right = w.T("lorenz.clients", d.A), w.T("lorenz.clients", n)
	d.Axis = [3]string{w.Percent(0), w.Percent(.5), w.Percent(1)}
	d.Label = w.T("lorenz.label", out.Finding, n)
	out.Rows = Table{Head: []string{w.T("lorenz.col.class"), w.T("lorenz.col.clients"), w.T("lorenz.col.sales"), w.T("lorenz.col.share")}}
	for k := range 3 {
		class := weight.A + weight.Class(k)
		letter := class.String()
		d.Names[k] = letter
		part := float64(abc.Sum[class]) / float64(abc.Total)
		d.Go[k] = chart.Link{Go: g.list("/clients?poids="+letter+g.in, g.ranks(abc.N, k)), Label: w.T("lorenz.mark", letter, abc.N[class], w.Percent(part))}
		out.Rows.Rows = append(out.Rows.Rows, []string{letter, w.Number(float64(abc.N[class]), 0), w.MoneyShort(abc.Sum[class]), w.Percent(part)})
	}
	out.Pic, out.Width = &chart.Spec{Pareto: &d}, width
	return out
}

// stack draws four floors, of sales or of potential (D2); by is the letter of
// the level and of the list's filter.
func (g ground) stack(w Words, width int, f weight.Floors, by string) Chart {
	out := Chart{Mark: f.Mark}
	key := "floors." + by + "."
	if !f.Has() {
		out.Finding = w.T(key + "none")
		return out
	}
	upper := map[string]string{"p": "P", "r": "R"}[by]
	d := chart.Floors{Weak: f.Status == explain.Weak, Note: w.T(key+"note", w.MoneyShort(f.Total/4))}
	out.Rows = Table{Head: []string{w.T("floors.col.floor"), w.T(key + "who"), w.T(key + "col")}}
	for k := range 4 {
		level := 4 - k
		shown := int(g.rules.potential.Shown(uint8(level)))
		row := &d.Floor[k]
		row.Name, row.Value, row.Hole = upper+digit(shown), float64(f.N[k]), f.Hole[k]
		row.Text = w.Number(row.Value, 0)
		if f.N[k] == 0 {
			row.Text = w.T("floors.empty")
		} else {
			row.Link = chart.Link{Go: g.list("/clients?"+by+"="+digit(level)+g.in, g.floor(by, level)), Label: w.T(key+"mark", row.Name, f.N[k])}
		}
		out.Rows.Rows = append(out.Rows.Rows, []string{row.Name, w.Number(row.Value, 0), w.MoneyShort(f.Sum[k])})
	}
	switch {
	case f.Fragile:
		out.Finding, out.Advice = w.T(key+"fragile", f.N[0]), w.T(key+"advice")
	default:
		out.Finding = w.T(key+"finding", f.N[0])
	}
	d.Label = w.T(key+"label", out.Finding, f.N[0], f.N[1], f.N[2], f.N[3])
	out.Pic, out.Width = &chart.Spec{Stack: &d}, width
	return out
}

// A span says over how long the effort is read.
type span string

const (
	yearly span = "year"
	recent span = "month"
)

// effort draws the contact units by phase, prospects beside, and gives C ÷ M
// (C3).
func (s *Snapshot) effort(w Words, scope uint32, width int, over span) (Chart, Figure) {
	return s.ground(scope).effort(w, width, over)
}

func (g ground) effort(w Words, width int, over span) (Chart, Figure) {
	units := g.units
	if over == recent {
		units = g.recent
	}
	a := maturity.Align(g.phase, units, g.rules.maturity)
	a.Mark = shortened(a.Mark, g.short, g.whole)
	cm := Figure{Topic: "cm", Value: a.Ratio, Unit: explain.Ratio, Mark: a.Mark}
	if a.Has() && !a.HasRatio {
		cm.Mark = explain.Missing(explain.NoContact, a.Steps...)
	}
	out := Chart{Mark: a.Mark}
	if !a.Has() {
		out.Finding = unread(w, a.Mark, "effort.none."+string(over))
		if a.Reason == explain.NoData {
			out.Finding = w.T("effort.nobody")
		}
		return out, cm
	}
	var prospects float64
	for i, p := range g.phase {
		if p == maturity.Prospect {
			prospects += units[i]
		}
	}
	total, placed := a.Units[0]+a.Units[1]+a.Units[2]+a.Units[3], a.N[0]+a.N[1]+a.N[2]+a.N[3]
	d := chart.Effort{Weak: a.Status == explain.Weak}
	out.Rows = Table{Head: []string{w.T("curve.col.phase"), w.T("effort.col.units"), w.T("effort.col.share"), w.T("effort.col.target")}}
	for k, u := range [...]float64{a.Units[0], a.Units[1], a.Units[2], a.Units[3], prospects} {
		share := u / total // of the contacts with clients, as C3: prospects come on top
		letter, target, plus := "P", "–", "+"
		d.Name[k] = w.T("effort.prospects")
		if k < 4 {
			letter, target, plus = phaseLetters[k], w.Percent(a.Target[k]), ""
			d.Name[k] = letter
		}
		d.Share[k], d.Figure[k] = share, plus+w.Number(100*share, 0)
		name := w.T("phase." + letter)
		if u > 0 {
			d.Go[k] = chart.Link{Go: g.list("/clients?phase="+letter+g.in, "maturity:phase:"+letter+":"), Label: w.T("effort.mark", name, plus+w.Percent(share))}
		}
		out.Rows.Rows = append(out.Rows.Rows, []string{name, w.Number(u, 1), plus + w.Percent(share), target})
	}
	limit := g.rules.maturity.AlertCtoM
	switch {
	case placed < few: // counts, no conclusion
		out.Finding, d.Weak = w.T("curve.few", placed), true
	case a.NoGrowth:
		out.Finding = w.T("effort.no-growth")
	case !a.HasRatio:
		out.Finding = w.T("effort.no-mature")
	case a.Alert && a.Ratio <= .5:
		out.Finding = w.T("effort.twice", w.Number(1/max(a.Ratio, .01), 1))
	case a.Alert:
		out.Finding = w.T("effort.behind")
	default:
		out.Finding = w.T("effort.held")
	}
	if placed >= few {
		much, short := shifts(w, a.Gap, 100)
		if short != "" {
			key := "effort.advice"
			if much == 2 {
				key = "effort.advice.M"
			}
			out.Advice = w.T(key, phaseLetters[much], short)
		}
		if a.Alert && much == 2 && a.Gap[1] < 0 {
			d.Move = w.T("effort.move")
		}
	}
	ratio := w.T("effort.infinite")
	if a.HasRatio {
		ratio = w.Number(a.Ratio, 2)
	}
	d.Note = w.T("effort.note."+string(over), ratio, w.Number(limit, 2))
	d.Label = w.T("effort.label", out.Finding, d.Figure[0], d.Figure[1], d.Figure[2], d.Figure[3])
	out.Pic, out.Width = &chart.Spec{Split: &d}, width
	return out, cm
}

// shifts is the phase that takes most too much of an effort, and the letters of
// those that take too little, in the order of the phases: what the overview
// advises and what the tab Maturity counts. Gaps under half a part of so many
// are none; no letter: none is.
func shifts(w Words, gap [4]float64, of float64) (much int, short string) {
	for k := range gap {
		if gap[k] > gap[much] {
			much = k
		}
	}
	if round(of*gap[much]) <= 0 {
		return much, ""
	}
	for k, letter := range phaseLetters {
		if round(-of*gap[k]) <= 0 {
			continue
		}
		if short != "" {
			short += w.T("mat.effort.and")
		}
		short += letter
	}
	return much, short
}

// figures are the key numbers of the ground.
func (g ground) figures() []Figure {
	var known []bool
	for _, u := range g.unknown {
		known = append(known, !u)
	}
	pen := potential.PenetrateAll(g.sales, g.worth, known)
	p := g.rules.potential
	cs := concentrated(g.sales, g.prospect, p, explain.NoSales)
	cp := concentrated(g.worth, g.unknown, p, explain.NoPotential)
	curve := curve(g.phase, g.short, g.whole, g.rules.maturity)
	align := potential.Align(g.units, g.worth, explain.NoPotential)
	return []Figure{
		{Topic: "penetration-all", Value: pen.Rate, Unit: explain.Percent, Mark: pen.Mark},
		{Topic: "left-all", Value: float64(pen.Remaining), Unit: explain.Money, Mark: pen.Mark},
		{Topic: "gini", Value: cs.Gini, Unit: explain.Number, Mark: cs.Mark},
		{Topic: "neff", Value: cs.NEff, Unit: explain.Number, Mark: cs.Mark},
		{Topic: "gini-potential", Value: cp.Gini, Unit: explain.Number, Mark: cp.Mark},
		{Topic: "alignment", Value: align.Value, Unit: explain.Percent, Mark: align.Mark},
		{Topic: "ageing", Value: curve.Ageing, Unit: explain.Number, Mark: curve.Mark},
	}
}

// concentrated is the concentration of an amount (E3) over those who may have
// one: sales over the clients, as D1 leaves prospects out, and potentials over
// those whose potential is known, as E2 does. Whoever is left out would count
// as a client who weighs nothing.
func concentrated(values []money.Cents, out []bool, p potential.Params, empty explain.Reason) potential.Concentration {
	kept := make([]money.Cents, 0, len(values))
	for i, v := range values {
		if !out[i] {
			kept = append(kept, v)
		}
	}
	c := potential.Concentrate(kept, p, empty)
	if len(kept) == 0 && len(values) > 0 {
		c.Mark = explain.Missing(empty)
	}
	return c
}

// crossed sums the crossed ABC matrices (D3).
func (g ground) crossed() []CrossCell {
	var sum [4][4]weight.Cell
	for _, sc := range g.parts {
		for r := range sum {
			for c := range sum[r] {
				cell := sc.Cross.Cell[r][c]
				sum[r][c].N += cell.N
				sum[r][c].Sales = sum[r][c].Sales.Plus(cell.Sales)
				sum[r][c].Remaining = sum[r][c].Remaining.Plus(cell.Remaining)
			}
		}
	}
	var out []CrossCell
	for r := range sum {
		for c := range sum[r] {
			segment := "economy"
			switch weight.SegmentOf(weight.Row(r), weight.Column(c)) {
			case weight.Protect, weight.ProtectDevelop:
				segment = "core"
			case weight.Growth:
				segment = "develop"
			}
			out = append(out, CrossCell{Row: string("ABCP"[r]), Col: string("ABC?"[c]), Count: sum[r][c].N,
				Sales: sum[r][c].Sales, Left: sum[r][c].Remaining, Segment: segment})
		}
	}
	return out
}
