package maturity

import (
	"math"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
)

// A FamilySale is a sale line with its product family: an index of
// [FamilyInput].Families, or -1 without one.
type FamilySale struct {
	Family int32
	Line
}

// FamilyLines are the lines of one family of one client, for callers that hold
// them so: nothing is copied. Family is an index of [FamilyInput].Families, or
// -1 without one.
type FamilyLines struct {
	Family int32
	Lines  []Line
}

// A FamilySpec is what the catalogue says of a product family.
type FamilySpec struct {
	Launched    calendar.Day // None or 0: long ago
	Ends        calendar.Day // end of life from that day on; None or 0: current
	CycleMonths int          // usual months between two purchases; up to the window: no matter
}

// A FamilyInput is what C4 is read from. Slices go by client, but Families.
type FamilyInput struct {
	Families []FamilySpec
	Sales    [][]FamilySale   // in any order
	Grouped  [][]FamilyLines  // in the place of Sales, each family once a client
	Phase    []Phase          // of the whole client (C1)
	Group    []uint8          // typology; 0 or nil: unknown, no peers
	Growth   float64          // of the portfolio, with dcmv.relativeToPortfolio
	Since    calendar.Day     // first day lines are held from; None or 0: from the beginning
	Known    calendar.Day     // as in [History]: first day sales of the portfolio are known of
	Pause    func(client int) // called before each client is read; nil: nobody waits
}

// An Opening is a family a client has never bought and its peers do
// (vente croisée).
type Opening struct {
	Client, Family int32
	Buyers, Peers  int32 // other clients of the same typology, in phases D to V
	Thin           bool  // under four peers
}

// Families is the matrix of clients × families (C4). Cells are rows of Columns
// values: the families, then the pseudo-family of the sales without one
// (« autres »), which raises no flag.
type Families struct {
	Columns  int
	Phase    []Phase       // by cell; 0: blank, never bought
	Net      []money.Cents // by cell: sales of the window N
	Curve    []Curve       // by column, of the clients who buy it
	Index    []float64     // by client: maturity index, 1 to 4; 0 without sales
	Ageing   []uint16      // by client: families in V, those at their end of life left out
	Erosion  []bool        // by client: hidden erosion
	Openings []Opening     // by client, then by falling share of the peers
	explain.Mark

	in     FamilyInput
	p      Params
	asOf   calendar.Day
	flag   []bool // by cell: the family that erodes
	ended  []bool // by column
	buys   []bool // by cell: positive sales in the family's own window
	reads  []*reader
	launch []bool // by column: launched under twelve months ago
}

// ReadFamilies applies C1 to every family of every client (C4).
func ReadFamilies(in FamilyInput, asOf calendar.Day, p Params) Families {
	n, cols := max(len(in.Sales), len(in.Grouped)), len(in.Families)+1
	f := Families{Columns: cols, Phase: make([]Phase, n*cols), Net: make([]money.Cents, n*cols), Curve: make([]Curve, cols),
		Index: make([]float64, n), Ageing: make([]uint16, n), Erosion: make([]bool, n),
		in: in, p: p, asOf: asOf, flag: make([]bool, n*cols), ended: make([]bool, cols), buys: make([]bool, n*cols),
		reads: make([]*reader, cols), launch: make([]bool, cols)}
	f.in.Pause = nil
	short := f.columns()
	g := grouper{first: make([]int32, cols+1)}
	standard, _ := p.windows(asOf)
	for i := range n {
		if in.Pause != nil {
			in.Pause(i)
		}
		if in.Grouped != nil {
			for _, l := range in.Grouped[i] {
				if len(l.Lines) > 0 {
					f.cell(i, FamilySale{Family: l.Family}.column(cols), l.Lines, standard)
				}
			}
			f.weigh(i)
			continue
		}
		g.group(in.Sales[i], cols)
		for c := range cols {
			if lines := g.of(c); len(lines) > 0 {
				f.cell(i, c, lines, standard)
			}
		}
		f.weigh(i)
	}
	column := make([]Phase, n)
	for c := range cols {
		for i := range n {
			column[i] = f.Phase[i*cols+c]
		}
		f.Curve[c] = CurveOf(column, nil, p)
		if short[c] && f.Curve[c].Has() {
			f.Curve[c].Status, f.Curve[c].Reason = explain.Weak, explain.FewPeriods
		}
	}
	f.open()
	f.Mark = explain.Sound(explain.Tally("maturity.clients", n), explain.Tally("maturity.families", cols-1), explain.Tally("maturity.openings", len(f.Openings)))
	if n == 0 {
		f.Mark = explain.Missing(explain.NoData)
	}
	return f
}

// columns prepares the reader of each family. One whose purchase cycle is
// longer than the window is read over its cycle; short says of which the lines
// held do not reach back two cycles, so that the window is used all the same.
func (f *Families) columns() (short []bool) {
	cols := f.Columns
	short = make([]bool, cols)
	standard := &reader{p: f.p, brief: true}
	since := orNone(f.in.Since)
	for c := range cols {
		f.reads[c] = standard
		if c == cols-1 {
			break
		}
		spec := f.in.Families[c]
		ends, launched := orNone(spec.Ends), orNone(spec.Launched)
		f.ended[c] = ends != calendar.None && ends <= f.asOf
		f.launch[c] = launched != calendar.None && launched.AddMonths(f.p.StartMonths) > f.asOf
		if long := Adapt(LongCycle, spec.CycleMonths, f.p).Params; long.Periods != f.p.Periods {
			if _, n1 := long.windows(f.asOf); since != calendar.None && n1.From < since {
				short[c] = true
				continue
			}
			f.reads[c] = &reader{p: long, brief: true}
			for before := range c {
				if f.reads[before].p.Periods == long.Periods && f.reads[before] != standard {
					f.reads[c] = f.reads[before]
				}
			}
		}
	}
	return short
}

// cell reads the lines of one family of one client.
func (f *Families) cell(i, c int, lines []Line, standard calendar.Window) {
	at := i*f.Columns + c
	r := f.reads[c]
	v := r.read(History{Lines: lines, Growth: f.in.Growth, Known: f.in.Known}, f.asOf)
	f.Net[at] = v.SalesN
	if r.p.Periods != f.p.Periods {
		f.Net[at] = 0
		for _, l := range lines {
			if l.From <= f.asOf {
				f.Net[at] = f.Net[at].Plus(l.in(standard))
			}
		}
	}
	switch {
	case v.Phase == Prospect: // blank
	case f.launch[c]:
		f.Phase[at] = Start
	default:
		f.Phase[at] = v.Phase
	}
	f.buys[at] = v.SalesN > 0 && (active(f.Phase[at]) || v.Why == Uncovered)
}

// weigh gives client i its index and the flag of hidden erosion. Shares are
// compared in whole numbers.
func (f *Families) weigh(i int) {
	var coded, weighed, total money.Cents
	row := i * f.Columns
	for c := range f.Columns {
		net, ph := f.Net[row+c], f.Phase[row+c]
		total = total.Plus(net)
		if net > 0 && ph >= Start && ph <= Ageing {
			weighed = weighed.Plus(net)
			for range ph - Start + 1 {
				coded = coded.Plus(net)
			}
		}
	}
	if weighed > 0 {
		f.Index[i] = float64(coded) / float64(weighed)
	}
	limit := int64(math.Round(f.p.ErosionShare * 1e4))
	hidden := f.in.Phase[i] == Growth || f.in.Phase[i] == Mature
	for c := range f.Columns - 1 {
		if f.Phase[row+c] != Ageing || f.ended[c] {
			continue
		}
		f.Ageing[i]++
		if hidden && total > 0 && money.Compare(f.Net[row+c], total, limit, 1e6) >= 0 {
			f.flag[row+c], f.Erosion[i] = true, true
		}
	}
}

// open looks for blank cells that enough peers buy.
func (f *Families) open() {
	if f.in.Group == nil {
		return
	}
	last := f.Columns - 1
	var members [256]int32
	buyers := make([]int32, 256*last)
	for i, g := range f.in.Group {
		if !active(f.in.Phase[i]) {
			continue
		}
		members[g]++
		for c := range last {
			if f.buys[i*f.Columns+c] {
				buyers[int(g)*last+c]++
			}
		}
	}
	limit := int64(math.Round(f.p.CrossSellShare * 1e4))
	for i, g := range f.in.Group {
		if g == 0 || !active(f.in.Phase[i]) {
			continue
		}
		start, peers := len(f.Openings), members[g]-1
		for c := range last {
			b := buyers[int(g)*last+c]
			if f.Phase[i*f.Columns+c] != 0 || f.buys[i*f.Columns+c] || f.ended[c] || b == 0 || int64(b)*1e6 < limit*int64(peers) {
				continue
			}
			f.Openings = append(f.Openings, Opening{Client: int32(i), Family: int32(c), Buyers: b, Peers: peers, Thin: peers < 4})
			for k := len(f.Openings) - 1; k > start && f.Openings[k].Buyers > f.Openings[k-1].Buyers; k-- { // same peers
				f.Openings[k], f.Openings[k-1] = f.Openings[k-1], f.Openings[k]
			}
		}
	}
}

func active(p Phase) bool { return p >= Start && p <= Ageing }

// Of is the phase and the sales of a cell; family -1 is the pseudo-family.
func (f Families) Of(client, family int) (Phase, money.Cents) {
	if family < 0 {
		family = f.Columns - 1
	}
	return f.Phase[client*f.Columns+family], f.Net[client*f.Columns+family]
}

// Erodes reports a family that shows hidden erosion at a client.
func (f Families) Erodes(client, family int) bool { return f.flag[client*f.Columns+family] }

// OpeningsOf are the openings of one client, the best shared by its peers
// first.
func (f Families) OpeningsOf(client int) []Opening {
	at := func(c int) int {
		k, _ := slices.BinarySearchFunc(f.Openings, int32(c), func(o Opening, c int32) int { return int(o.Client) - int(c) })
		return k
	}
	return f.Openings[at(client):at(client+1)]
}

// Why is the verdict of a cell with its steps, read again from the lines.
func (f Families) Why(client, family int) Verdict {
	var lines []Line
	if f.in.Grouped != nil {
		for _, l := range f.in.Grouped[client] {
			if (FamilySale{Family: l.Family}).column(f.Columns) == family {
				lines = l.Lines
			}
		}
	} else {
		lines = f.in.of(client, family)
	}
	r := &reader{p: f.reads[family].p}
	v := r.read(History{Lines: lines, Growth: f.in.Growth, Known: f.in.Known}, f.asOf)
	if f.launch[family] && v.Phase != Prospect {
		v.Phase, v.Computed, v.Why = Start, Start, Young
	}
	v.Steps = v.Explain(r.p)
	return v
}

// of are the lines of one column of a client.
func (in *FamilyInput) of(client, column int) (lines []Line) {
	for _, s := range in.Sales[client] {
		if s.column(len(in.Families)+1) == column {
			lines = append(lines, s.Line)
		}
	}
	return lines
}

// Result is the maturity index of a client with the steps to redo it; names
// are those of the families, then of the pseudo-family.
func (f Families) Result(client int, names []string) explain.Result {
	var steps []explain.Step
	for c := range f.Columns {
		ph, net := f.Of(client, c)
		if ph == 0 {
			continue
		}
		name := ""
		if c < len(names) {
			name = names[c]
		}
		steps = append(steps, explain.Name("maturity.family", name), explain.Amount("maturity.familySales", net), explain.Name("maturity.familyPhase", ph.String()))
	}
	steps = append(steps, explain.Tally("maturity.familiesV", int(f.Ageing[client])), explain.Share("maturity.erosionShare", f.p.ErosionShare/100))
	if f.Index[client] == 0 {
		return explain.Result{Mark: explain.Missing(explain.NoSales, steps...)}
	}
	return explain.Result{Value: f.Index[client], Mark: explain.Sound(append(steps, explain.Num("maturity.index", f.Index[client]))...)}
}

// column is where a line goes: its family, or the last column.
func (s FamilySale) column(columns int) int {
	if s.Family < 0 || int(s.Family) >= columns-1 {
		return columns - 1
	}
	return int(s.Family)
}

// A grouper puts the lines of a client side by side by family, in the same
// memory for every client.
type grouper struct {
	first []int32
	lines []Line
}

func (g *grouper) group(sales []FamilySale, columns int) {
	clear(g.first)
	for _, s := range sales {
		g.first[s.column(columns)+1]++
	}
	for c := range columns {
		g.first[c+1] += g.first[c]
	}
	if cap(g.lines) < len(sales) {
		g.lines = make([]Line, len(sales), 2*len(sales))
	}
	g.lines = g.lines[:len(sales)]
	for k := len(sales) - 1; k >= 0; k-- {
		c := sales[k].column(columns)
		g.first[c+1]--
		g.lines[g.first[c+1]] = sales[k].Line
	}
	// Each end went down to its own beginning: first[c+1] starts column c.
}

func (g *grouper) of(c int) []Line {
	end := len(g.lines)
	if c+2 < len(g.first) {
		end = int(g.first[c+2])
	}
	return g.lines[g.first[c+1]:end]
}
