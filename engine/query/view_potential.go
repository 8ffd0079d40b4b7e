package query

import (
	"cmp"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/potential"
	"sillon/engine/sorting"
	"sillon/engine/weight"
)

// PotentialAsk asks for the tab Potential of the portfolio.
type PotentialAsk struct {
	Family string `cbor:"1,keyasint,omitempty"` // code: sales and potentials of that family
}

// A lens is the amounts that a tab looks at: of the whole, or of one family.
type lens struct {
	sales, worth []money.Cents
	known        []bool
	p, r         []uint8
}

// lensOf are the amounts and the levels of a family; those of the lists for
// f under 0. A family that no client has a potential in has no lens.
func (a *Analysis) lensOf(f int) (l lens, ok bool) {
	if f < 0 {
		return lens{a.Sales, a.Worth, a.Known, ours(a.Book, a.sc.Levels.P), ours(a.Book, a.sc.R.Level)}, true
	}
	worth, fam := a.worthByFamily(), a.Families()
	if worth == nil {
		return l, false
	}
	n := a.Len()
	l = lens{sales: make([]money.Cents, n), worth: make([]money.Cents, n), known: make([]bool, n)}
	for i := range n {
		_, l.sales[i] = fam.Of(i, f)
		l.worth[i] = worth[i*len(a.Products)+f]
		l.known[i] = l.worth[i] > 0
		ok = ok || l.known[i]
	}
	l.p = potential.Rank(potential.LevelsInput{Potential: l.worth, Known: l.known, Sales: l.sales, Codes: a.Codes}, a.rules.potential).P
	l.r = weight.RLevels(weight.Input{Values: l.sales, Second: l.worth, Codes: a.Codes}, a.rules.weight).Level
	return l, ok
}

// PotentialView is the tab Potential: does the effort follow it (E1 to E5)?
type PotentialView struct {
	Ground    Ground         `cbor:"1,keyasint"`
	Lorenz    []LorenzSeries `cbor:"2,keyasint"` // "potential", "sales", "effort"
	Alignment Figure         `cbor:"3,keyasint"` // effort against potential
	Margin    Figure         `cbor:"4,keyasint"` // effort against margin
	Limit     float64        `cbor:"5,keyasint"` // alignment under which effort follows habit
	Habit     bool           `cbor:"6,keyasint,omitempty"`
	Board     [5][5]PRCell   `cbor:"7,keyasint"` // by P (0 unknown) and R
	Hot       Who            `cbor:"8,keyasint,omitempty"`
	Strategy  [13]Who        `cbor:"9,keyasint"` // by potential.Strategy; 0: unknown potential
	Pen       Figure         `cbor:"10,keyasint"`
	Left      Figure         `cbor:"11,keyasint"`
	Breadth   Figure         `cbor:"12,keyasint"`
	Depth     Figure         `cbor:"13,keyasint"`
	Families  []FamilyShare  `cbor:"14,keyasint,omitempty"` // the most to win first
	Sources   []Source       `cbor:"15,keyasint,omitempty"` // potentials by method and age
	Ask       []AskPotential `cbor:"16,keyasint,omitempty"` // whom to ask, the most visits at stake first
	Unknown   Who            `cbor:"17,keyasint,omitempty"` // excluded, and counted
	Unsure    Who            `cbor:"18,keyasint,omitempty"` // confidence under the limit
	Over      Who            `cbor:"19,keyasint,omitempty"` // sales above the potential
	Prospects PRCell         `cbor:"20,keyasint"`           // strong prospects: P3 and P4
}

// A LorenzSeries is the share made by the largest clients, at the same places
// for all: X is the share of the clients.
type LorenzSeries struct {
	Key  string    `cbor:"1,keyasint"`
	X    []float64 `cbor:"2,keyasint,omitempty"`
	Y    []float64 `cbor:"3,keyasint,omitempty"`
	Gini Figure    `cbor:"4,keyasint"`
	NEff Figure    `cbor:"5,keyasint"`
	HHI  Figure    `cbor:"6,keyasint"`
	Top  float64   `cbor:"7,keyasint"`           // share of the largest
	Bad  bool      `cbor:"8,keyasint,omitempty"` // concentration is dangerous
}

// A PRCell is a square of the board P × R.
type PRCell struct {
	Who      Who         `cbor:"1,keyasint,omitempty"`
	Sales    money.Cents `cbor:"2,keyasint"`
	Worth    money.Cents `cbor:"3,keyasint"`
	Left     money.Cents `cbor:"4,keyasint"`
	Prospect int         `cbor:"5,keyasint,omitempty"` // of them, without an order
	Strategy uint8       `cbor:"6,keyasint,omitempty"` // potential.Strategy
	Hot      bool        `cbor:"7,keyasint,omitempty"`
}

// A FamilyShare is the penetration of one family: breadth × depth (E4).
type FamilyShare struct {
	Code    string       `cbor:"1,keyasint"`
	Name    string       `cbor:"2,keyasint"`
	Worth   money.Cents  `cbor:"3,keyasint"`
	Sales   money.Cents  `cbor:"4,keyasint"` // where the potential is known
	Left    money.Cents  `cbor:"5,keyasint"`
	Breadth float64      `cbor:"6,keyasint"` // of the potential, at clients who buy it
	Depth   float64      `cbor:"7,keyasint"`
	Buyers  Who          `cbor:"8,keyasint,omitempty"`
	Others  Who          `cbor:"9,keyasint,omitempty"` // with a potential, and no sale
	Mark    explain.Mark `cbor:"10,keyasint"`
}

// A Source is the potentials found by one method, by age.
type Source struct {
	Method  uint8   `cbor:"1,keyasint"` // portfolio.Appraisal of the estimate that weighs most
	Quality float64 `cbor:"2,keyasint"`
	Fresh   Who     `cbor:"3,keyasint,omitempty"` // under 6 months
	Year    Who     `cbor:"4,keyasint,omitempty"` // 6 to 12
	Old     Who     `cbor:"5,keyasint,omitempty"` // more, or undated
}

// An AskPotential is a client whose potential should be asked at the next
// visit.
type AskPotential struct {
	Client     int32        `cbor:"1,keyasint"`
	Confidence float64      `cbor:"2,keyasint,omitempty" why:"potential"`
	Worth      money.Cents  `cbor:"3,keyasint,omitempty"`
	Low        int          `cbor:"4,keyasint"` // level P it may have
	High       int          `cbor:"5,keyasint"`
	Visits     float64      `cbor:"6,keyasint"` // an answer could move, of the year's
	Method     uint8        `cbor:"7,keyasint,omitempty"`
	Day        calendar.Day `cbor:"8,keyasint,omitempty"` // of the last estimate
}

// lorenzPoints is how many points draw a curve of concentration.
const lorenzPoints = 41

// maxAsk bounds the clients whose potential is asked.
const maxAsk = 30

// PotentialView is the tab Potential. With a family, whose potentials must be
// known, amounts and levels are of that family; whom to ask stays of the whole.
func (a *Analysis) PotentialView(ask PotentialAsk) PotentialView {
	f := -1
	if ask.Family != "" {
		f = a.familyAt(ask.Family)
	}
	l, ok := a.lensOf(f)
	if !ok {
		f = -1
		l, _ = a.lensOf(f)
	}
	if f < 0 {
		ask.Family = ""
	}
	e, p := a.Potential(), a.rules.potential
	sales, worth, aligned := e.Sales, e.Potential, e.EffortPotential
	if f >= 0 {
		idle, unknown := make([]bool, a.Len()), make([]bool, a.Len())
		for i := range idle { // who does not buy the family has no weight in it
			idle[i], unknown[i] = a.Prospect[i] || l.sales[i] <= 0, !l.known[i]
		}
		sales, worth = concentrated(l.sales, idle, p, explain.NoSales), concentrated(l.worth, unknown, p, explain.NoPotential)
		aligned = potential.Align(a.Cost().Units, l.worth, explain.NoPotential)
	}
	out := PotentialView{Ground: a.ground(ask.Family), Limit: p.AlignmentMin, Habit: p.Misaligned(aligned),
		Alignment: figure("alignment", aligned, explain.Percent), Margin: figure("alignment-margin", e.EffortMargin, explain.Percent)}
	out.Lorenz = []LorenzSeries{lorenzOf("potential", &worth), lorenzOf("sales", &sales), lorenzOf("effort", &e.Effort)}
	a.board(&l, &out)
	pen := potential.PenetrateAll(l.sales, l.worth, l.known)
	out.Pen = Figure{Topic: "penetration-all", Value: pen.Rate, Unit: explain.Percent, Mark: pen.Mark}
	out.Left = amount("left-all", pen.Remaining, pen.Mark)
	a.shares(f, &out)
	a.sources(&out)
	a.ask(&out)
	return out
}

func lorenzOf(key string, c *potential.Concentration) LorenzSeries {
	topic := func(t string) string {
		if key == "sales" {
			return t
		}
		return t + "-" + key
	}
	out := LorenzSeries{Key: key, Top: c.Top1, Bad: c.Dangerous,
		Gini: Figure{Topic: topic("gini"), Value: c.Gini, Unit: explain.Number, Mark: c.Mark},
		NEff: Figure{Topic: topic("neff"), Value: c.NEff, Unit: explain.Number, Mark: c.Mark},
		HHI:  Figure{Topic: topic("hhi"), Value: c.HHI, Unit: explain.Number, Mark: c.Mark}}
	n := len(c.Lorenz) - 1
	if !c.Has() || n < 1 {
		return out
	}
	for _, k := range thin(n+1, lorenzPoints) {
		out.X = append(out.X, short(float64(k)/float64(n)))
		out.Y = append(out.Y, short(max(0, min(1, 1-c.Lorenz[n-k]))))
	}
	return out
}

// board puts every client in its cell; the cells add up to the list.
func (a *Analysis) board(l *lens, out *PotentialView) {
	p, r := l.p, l.r
	for i := range a.Cards {
		c := &out.Board[min(p[i], 4)][min(r[i], 4)]
		l.into(c, i, a.Prospect[i])
		s := potential.StrategyOf(p[i], r[i])
		c.Strategy, c.Hot = uint8(s), hot(int(p[i]), int(r[i]))
		if c.Hot {
			out.Hot = append(out.Hot, int32(i))
		}
		if int(s) < len(out.Strategy) {
			out.Strategy[s] = append(out.Strategy[s], int32(i))
		}
		if a.Prospect[i] && p[i] >= 3 {
			l.into(&out.Prospects, i, true)
		}
	}
}

func (l *lens) into(c *PRCell, i int, prospect bool) {
	c.Who = append(c.Who, int32(i))
	c.Sales = c.Sales.Plus(l.sales[i])
	if l.known[i] {
		c.Worth = c.Worth.Plus(l.worth[i])
		c.Left = c.Left.Plus(potential.Remaining(l.sales[i], l.worth[i]))
	}
	c.Prospect += one(prospect)
}

// shares says how penetration splits, over all families or over one.
func (a *Analysis) shares(only int, out *PotentialView) {
	var cells []potential.Family
	worth, fam := a.worthByFamily(), a.Families()
	for f := range a.Products {
		x := FamilyShare{Code: a.Products[f].Code, Name: a.familyName(f)}
		var own []potential.Family
		for i := range a.Cards {
			if worth == nil {
				break
			}
			w := worth[i*len(a.Products)+f]
			if w <= 0 {
				continue
			}
			_, net := fam.Of(i, f)
			own = append(own, potential.Family{Potential: w, Sales: net})
			x.Worth, x.Sales = x.Worth.Plus(w), x.Sales.Plus(net)
			if x.Left = x.Left.Plus(potential.Remaining(net, w)); net > 0 {
				x.Buyers = append(x.Buyers, int32(i))
			} else {
				x.Others = append(x.Others, int32(i))
			}
		}
		if len(own) == 0 {
			continue
		}
		if only < 0 || f == only {
			cells = append(cells, own...)
		}
		split := potential.BreadthDepth(own)
		x.Breadth, x.Depth, x.Mark = split.Breadth, split.Depth, explain.Mark{Status: split.Status, Reason: split.Reason}
		out.Families = append(out.Families, x)
	}
	split := potential.BreadthDepth(cells)
	out.Breadth = Figure{Topic: "breadth", Value: split.Breadth, Unit: explain.Percent, Mark: split.Mark}
	out.Depth = Figure{Topic: "depth", Value: split.Depth, Unit: explain.Percent, Mark: split.Mark}
	if split.Has() && !split.DepthKnown {
		out.Depth.Mark = explain.Missing(explain.NoSales, split.Steps...)
	}
	sorting.Stable(out.Families, func(x, y FamilyShare) int { return cmp.Compare(y.Left, x.Left) })
}

// main is the estimate of client i that weighs most: the quality of its method
// faded by its age; false without any.
func (a *Analysis) main(i int) (method uint8, months int, day calendar.Day, ok bool) {
	p := a.rules.potential
	best := -1.0
	for _, e := range a.Cards[i].Estimates {
		q := e.Quality
		if q <= 0 && int(e.Method) < len(p.Quality) {
			q = p.Quality[e.Method]
		}
		age := 99
		if d := e.Estimate.Day; d != calendar.None && d != 0 {
			if d > a.AsOf {
				continue
			}
			age = calendar.FullMonths(d, a.AsOf)
		}
		for m := float64(age); p.HalfLife > 0 && m >= p.HalfLife; m -= p.HalfLife {
			q /= 2
		}
		if q > best || q == best && age < months {
			best, method, months, day, ok = q, uint8(e.Method), age, e.Estimate.Day, true
		}
	}
	return method, months, day, ok
}

func (a *Analysis) sources(out *PotentialView) {
	p := a.rules.potential
	by := make([]Source, len(p.Quality))
	appraisal := ours(a.Book, a.sc.Appraisal)
	for i := range a.Cards {
		if !a.Known[i] {
			out.Unknown = append(out.Unknown, int32(i))
			continue
		}
		if appraisal[i].Dotted {
			out.Unsure = append(out.Unsure, int32(i))
		}
		if appraisal[i].Raised || a.Sales[i] > a.Worth[i] {
			out.Over = append(out.Over, int32(i))
		}
		method, months, _, ok := a.main(i)
		if !ok || int(method) >= len(by) {
			continue
		}
		s := &by[method]
		switch {
		case months < 6:
			s.Fresh = append(s.Fresh, int32(i))
		case months < 12:
			s.Year = append(s.Year, int32(i))
		default:
			s.Old = append(s.Old, int32(i))
		}
	}
	for m := range by {
		if s := &by[m]; len(s.Fresh)+len(s.Year)+len(s.Old) > 0 {
			s.Method, s.Quality = uint8(m), p.Quality[m]
			out.Sources = append(out.Sources, *s)
		}
	}
}

// lowest are the smallest values on the floors, by level; −1 for an empty one.
func lowest(f *weight.Floors, values []money.Cents) (low [5]money.Cents) {
	low = [5]money.Cents{-1, -1, -1, -1, -1}
	for i, l := range f.Level {
		if l <= 4 && (low[l] < 0 || values[i] < low[l]) {
			low[l] = max(0, values[i])
		}
	}
	return low
}

// levelAt is the level a value would have among floors that stay as they are.
func levelAt(low *[5]money.Cents, v money.Cents) int {
	for l := 4; l > 1; l-- {
		if low[l] >= 0 && v >= low[l] {
			return l
		}
	}
	return 1
}

// ask ranks the clients by the visits an answer could move: with the levels P
// that the range of the estimates allows (all four where nothing is known, a
// level either side where the confidence is low), a level of P being worth its
// points of the score and the plan sharing visits by score. Derived.
func (a *Analysis) ask(out *PotentialView) {
	sheet := &a.sc.Sheet
	grid := scoringGrid(a.rules)
	total, perLevel := 0.0, 0.0
	for _, c := range grid {
		total += max(0, c.Weight) * (c.Max - c.Min)
	}
	for _, c := range grid {
		if c.Key == "criterion.p" && total > 0 {
			perLevel = 100 * max(0, c.Weight) / total
		}
	}
	score := ours(a.Book, sheet.Score100)
	sum := 0.0
	for i := range a.Cards {
		if !a.idle(i) {
			sum += score[i]
		}
	}
	most := int32(0)
	for _, n := range a.rules.visits.Max {
		most = max(most, n)
	}
	perPoint := 0.0
	if sum > 0 {
		perPoint = float64(a.Visits().Budget) / sum
	}
	appraisal, low := ours(a.Book, a.sc.Appraisal), lowest(&a.sc.Levels.Floors, a.sc.worth)
	for i := range a.Cards {
		x := AskPotential{Client: int32(i), Worth: a.Worth[i], Low: 1, High: 4}
		ap := &appraisal[i]
		switch {
		case a.Phase(i) == maturity.Lost:
			continue
		case a.Known[i]:
			p := int(ours(a.Book, a.sc.Levels.P)[i])
			x.Confidence = short(ap.Confidence)
			x.Low, x.High = min(p, levelAt(&low, ap.Min)), max(p, levelAt(&low, ap.Max))
			if ap.Dotted {
				x.Low, x.High = min(x.Low, max(1, p-1)), max(x.High, min(4, p+1))
			}
			if x.Method, _, x.Day, _ = a.main(i); x.Low == x.High {
				continue
			}
		}
		x.Visits = short(min(perPoint*perLevel*float64(x.High-x.Low), float64(most))) // no client has more
		out.Ask = append(out.Ask, x)
	}
	sorting.Stable(out.Ask, func(x, y AskPotential) int {
		return cmp.Or(cmp.Compare(y.Visits, x.Visits), cmp.Compare(x.Confidence, y.Confidence), cmp.Compare(a.Sales[y.Client], a.Sales[x.Client]))
	})
	out.Ask = out.Ask[:min(len(out.Ask), maxAsk)]
}

// Phase is the phase of client i, signs of ageing and decisions included; 0
// for none.
func (a *Analysis) Phase(i int) maturity.Phase { return a.lived().Phase[i] }
