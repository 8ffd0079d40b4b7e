package query

import (
	"math"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/cost"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/params"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
	"sillon/engine/scoring"
	"sillon/engine/sorting"
	"sillon/engine/visits"
	"sillon/engine/weight"
)

// rules are the settings of the chapters that score a portfolio.
type rules struct {
	weight    weight.Params
	potential potential.Params
	maturity  maturity.Params
	scoring   scoring.Params
	visits    visits.Params
	cost      cost.Params
	said      bool // sales are the orders that visits announce (sales.source)
}

func rulesOf(set *params.Set) rules {
	r := rules{
		weight: weight.From(set), potential: potential.From(set), maturity: maturity.From(set),
		scoring: scoring.From(set), visits: visits.From(set), cost: cost.From(set),
		said: set.Word(params.SalesSource) == "visits",
	}
	return r
}

// equal reports whether two sets of rules give the same classes. All of them
// are plain values.
func (r rules) equal(o rules) bool { return r == o }

// graded reports whether two sets of rules differ by the grid at most.
func (r rules) graded(o rules) bool {
	r.scoring.Weights, r.scoring.Neutral, r.scoring.Notes = o.scoring.Weights, o.scoring.Neutral, o.scoring.Notes
	return r == o
}

// Scored is one portfolio with all classes of its clients at its reading date.
// Slices are indexed like Cards, which holds the cards that are not archived,
// in order of identifier.
type Scored struct {
	Scope uint32
	AsOf  calendar.Day
	Fixed bool
	Cards []*Card

	N, N1      []money.Cents         // sales of the windows N and N-1
	Verdict    []maturity.Verdict    // C1, without steps
	Phase      []maturity.Phase      // 0: left out (one-shot), or nothing is known of a client's orders
	ABC        weight.Pareto         // D1 on sales, prospects out
	PABC       weight.Pareto         // D1 on potentials
	R, RBefore weight.Floors         // E5: levels of sales, now and twelve months ago
	Appraisal  []potential.Appraisal // E1
	Levels     potential.Levels      // E2
	Board      potential.Board       // E5
	Cross      weight.Matrix         // D3
	Category   []portfolio.Category  // H4, in force
	Computed   []scoring.Verdict     // H4, as computed
	Sheet      scoring.Sheet         // H5
	Rank       []int32               // by score, equals share the better rank
	Pen        potential.Penetration // E4 of the portfolio
	Curve      maturity.Curve        // C2
	LastVisit  []calendar.Day        // day of the last visit met, as logged; 0: never
	Units      []float64             // contact units of N
	Recent     []float64             // contact units of the last 30 days
	Visits     visits.List           // H8, due now
	Missing    []string              // what the data of the portfolio lacks
	Second     bool                  // a whole second year of sales is known
	From       calendar.Day          // first sale known of the portfolio; None: no sale
	all        []*Card               // archived ones too
	known      []bool                // potential known
	worth      []money.Cents         // potential
	prospect   []bool                // no order yet
	codes      []string
	rules      rules
	today      calendar.Day
	stale      bool   // everything is to be computed again
	due        bool   // the visits are
	turn       uint32 // counts how often everything was computed
}

// index is the place of a card, −1 when it is archived.
func (sc *Scored) index(c *Card) int {
	if i, ok := slices.BinarySearchFunc(sc.Cards, c, byID); ok {
		return i
	}
	return -1
}

// score computes everything.
func (sc *Scored) score(r rules) {
	sc.rules, sc.stale = r, false
	sc.turn++
	sc.Cards = sc.Cards[:0]
	for _, c := range sc.all {
		if !c.Archived {
			sc.Cards = append(sc.Cards, r.card(c))
		}
	}
	sc.read()
	sc.rank()
	sc.sort()
	sc.grade()
	sc.meet()
}

// card is the card with the sales that count.
func (r *rules) card(c *Card) *Card {
	if !r.said {
		return c
	}
	x := *c
	x.Sales = spoken(c.Said)
	return &x
}

// read takes each client by itself: phase and sales, potential.
func (sc *Scored) read() {
	n := len(sc.Cards)
	sc.second()
	histories := make([]maturity.History, n)
	for i, c := range sc.Cards {
		h := maturity.History{FirstOrder: c.FirstOrder, Lines: c.Sales, Known: sc.From}
		if c.Status == portfolio.Lost || c.Status == portfolio.Inactive {
			h.Override = maturity.Override{Phase: maturity.Lost}
		}
		if o := c.phased(sc.AsOf); o.Phase != 0 {
			h.Override = o
		}
		histories[i] = h
	}
	sc.Verdict = maturity.ReadAll(histories, sc.AsOf, sc.rules.maturity)
	sc.N, sc.N1 = make([]money.Cents, n), make([]money.Cents, n)
	sc.Phase, sc.prospect, sc.codes = make([]maturity.Phase, n), make([]bool, n), make([]string, n)
	for i, v := range sc.Verdict {
		sc.N[i], sc.N1[i], sc.codes[i] = v.SalesN, v.SalesN1, sc.Cards[i].Code
	}
	if sc.rules.maturity.Relative {
		g := maturity.GrowthOf(sc.N, sc.N1)
		for i := range histories {
			histories[i].Growth = g
		}
		sc.Verdict = maturity.ReadAll(histories, sc.AsOf, sc.rules.maturity)
	}
	for i := range sc.Verdict {
		sc.doubt(i)
		sc.Phase[i], sc.prospect[i] = sc.phaseOf(i, sc.Verdict[i])
	}
	sc.Appraisal = make([]potential.Appraisal, n)
	sc.worth, sc.known = make([]money.Cents, n), make([]bool, n)
	for i := range sc.Cards {
		a := sc.appraise(i)
		a.Steps = nil // asked again for the client that is looked at
		sc.Appraisal[i], sc.worth[i], sc.known[i] = a, a.Value, a.Has()
	}
}

// doubt takes back the phase of a client who passes for a starting one because
// the sales known begin inside N-1: without a first order on his card, his first
// line is an entry only when he was silent for the shorter delay of a lost one
// since sales are known (dcmv.lostAfter). Else he may have bought for years.
func (sc *Scored) doubt(i int) {
	v, c := &sc.Verdict[i], sc.Cards[i]
	if sc.Second || v.Why != maturity.Young || c.FirstOrder != 0 || len(c.Sales) == 0 || c.Sales[0].From > sc.From.AddMonths(sc.rules.maturity.LostMin) {
		return
	}
	v.Phase, v.Why, v.Mark = 0, maturity.Uncovered, explain.Missing(explain.FewPeriods)
}

// phaseOf is the phase a screen shows: none for one-shot sales, none for a
// client whose orders are not known (a file without sales), who is not a
// prospect because nobody imported an invoice, and none for a client of whom
// only returns are known.
func (sc *Scored) phaseOf(i int, v maturity.Verdict) (maturity.Phase, bool) {
	c := sc.Cards[i]
	switch {
	case v.Why == maturity.Locked:
	case returned(c.Sales):
		return 0, false
	case v.Phase == maturity.Prospect && c.Status == portfolio.Client:
		return 0, false
	case v.Phase == maturity.Prospect:
		return v.Phase, true
	case c.OneShot:
		return 0, false
	}
	return v.Phase, false
}

// returned reports that lines hold returns, and no sale.
func returned(lines []maturity.Line) bool {
	some := false
	for l := range lines {
		if lines[l].Net > 0 {
			return false
		}
		some = some || lines[l].Net < 0
	}
	return some
}

// appraise is the potential of client i: what a person decided while that
// holds, else what the estimates say.
func (sc *Scored) appraise(i int) potential.Appraisal {
	a := sc.estimated(i)
	if d, ok := sc.Cards[i].decision(sc.AsOf); ok {
		return a.Decide(d.Value)
	}
	return a
}

// estimated fuses the estimates of client i: those of the whole account, or the
// sum of its families when there is none.
func (sc *Scored) estimated(i int) potential.Appraisal {
	c := sc.Cards[i]
	var whole []potential.Estimate
	families := map[string][]potential.Estimate{}
	var names []string
	for _, e := range c.Estimates {
		if e.Family == "" {
			whole = append(whole, e.Estimate)
			continue
		}
		if families[e.Family] == nil {
			names = append(names, e.Family)
		}
		families[e.Family] = append(families[e.Family], e.Estimate)
	}
	if len(whole) > 0 || len(names) == 0 {
		return potential.Appraise(whole, sc.N[i], sc.AsOf, sc.rules.potential)
	}
	sorting.Sort(names)
	parts := make([]potential.Appraisal, len(names))
	for k, name := range names {
		parts[k] = potential.Appraise(families[name], 0, sc.AsOf, sc.rules.potential)
	}
	sum := potential.Sum(parts...)
	if sum.Has() && sum.Value < sc.N[i] { // our sales alone are more: the families are not all known
		one := potential.Estimate{Amount: sum.Value, Quality: sum.Confidence, Method: portfolio.Declared, Day: sc.AsOf}
		return potential.Appraise([]potential.Estimate{one}, sc.N[i], sc.AsOf, sc.rules.potential)
	}
	return sum
}

// second tells from when sales are known, and whether that covers the window
// N-1. A file of one year would else show a growth of a thousand per cent.
func (sc *Scored) second() {
	sc.From = calendar.None
	for _, c := range sc.Cards {
		if len(c.Sales) > 0 && (sc.From == calendar.None || c.Sales[0].From < sc.From) {
			sc.From = c.Sales[0].From
		}
	}
	sc.Second = sc.From != calendar.None && sc.rules.maturity.Covers(sc.From, sc.AsOf)
}

// rank sets the clients against each other.
func (sc *Scored) rank() {
	p := sc.rules
	n := len(sc.Cards)
	confidence := make([]float64, n)
	unknown := make([]bool, n)
	for i, a := range sc.Appraisal {
		confidence[i], unknown[i] = a.Confidence, !sc.known[i]
	}
	sales := weight.Input{Values: sc.N, Second: sc.worth, Codes: sc.codes, Out: sc.prospect}
	if sc.ABC = weight.ABC(sales, p.weight); !sc.ABC.Has() { // nothing is shared out: nobody is in a class
		clear(sc.ABC.Class)
	}
	sc.R = weight.RLevels(sales, p.weight)
	sales.Values = sc.N1
	sc.RBefore = weight.RLevels(sales, p.weight)
	sc.PABC = weight.ABC(weight.Input{Values: sc.worth, Second: sc.N, Codes: sc.codes, Out: unknown, Empty: explain.NoPotential}, p.weight)
	sc.Levels = potential.Rank(potential.LevelsInput{Potential: sc.worth, Known: sc.known, Confidence: confidence, Sales: sc.N, Codes: sc.codes}, p.potential)
	in := potential.PRInput{P: sc.Levels.P, R: sc.R.Level, Starting: make([]bool, n), Remaining: make([]money.Cents, n), Codes: sc.codes}
	for i := range n {
		in.Starting[i] = sc.Phase[i] == maturity.Start
		if sc.known[i] {
			in.Remaining[i] = potential.Remaining(sc.N[i], sc.worth[i])
		}
	}
	if sc.Second {
		in.PBefore, in.RBefore = sc.Levels.P, sc.RBefore.Level
	}
	sc.Board = potential.PR(in, p.potential)
	sc.Pen = potential.PenetrateAll(sc.N, sc.worth, sc.known)
	sc.Curve = curve(sc.Phase, !sc.Second, sc.Second, p.maturity)
	sc.Cross = weight.Cross(weight.CrossInput{Sales: sc.ABC.Class, Potential: sc.PABC.Class, Prospect: sc.prospect, Net: sc.N, Worth: sc.worth})
}

// sort gives categories.
func (sc *Scored) sort() {
	n := len(sc.Cards)
	sc.Category, sc.Computed = make([]portfolio.Category, n), make([]scoring.Verdict, n)
	for i, c := range sc.Cards {
		v := scoring.CategoriseBrief(scoring.Account{P: sc.Levels.P[i], R: sc.R.Level[i], Blocked: c.Solvency == portfolio.SolvencyBlocked}, &sc.rules.scoring)
		sc.Computed[i], sc.Category[i] = v, v.Category
		if c.Category != 0 && (c.CatUntil == 0 || sc.AsOf <= c.CatUntil) {
			sc.Category[i] = c.Category
		}
	}
}

// grade gives scores: all that other weights change, with who is due first.
func (sc *Scored) grade() {
	sc.Sheet = sc.sheet(sc.rules)
	sc.Rank = make([]int32, len(sc.Cards))
	for place, i := range sc.Sheet.Order {
		sc.Rank[i] = int32(place + 1)
		if place > 0 {
			if prev := sc.Sheet.Order[place-1]; sc.Sheet.Score100[prev] == sc.Sheet.Score100[i] {
				sc.Rank[i] = sc.Rank[prev]
			}
		}
	}
}

// sheet fills the default grid.
func (sc *Scored) sheet(r rules) scoring.Sheet {
	n := len(sc.Cards)
	level := func(x []uint8, known func(i int) bool) scoring.Column {
		c := scoring.Column{Values: make([]float64, n), Known: make([]bool, n)}
		for i := range n {
			c.Values[i], c.Known[i] = float64(x[i]), known(i)
		}
		return c
	}
	notes := scoring.Column{Values: make([]float64, n), Known: make([]bool, n)}
	t := scoring.Table{Blocked: make([]bool, n), Second: make([]float64, n), Codes: sc.codes}
	for i, c := range sc.Cards {
		notes.Values[i], notes.Known[i] = r.scoring.Note(c.Typology)
		t.Blocked[i], t.Second[i] = c.Solvency == portfolio.SolvencyBlocked, float64(sc.N[i])
	}
	t.Columns = []scoring.Column{
		level(sc.R.Level, func(i int) bool { return sc.prospect[i] || sc.Verdict[i].Phase != maturity.Prospect }),
		level(sc.Levels.P, func(i int) bool { return sc.Levels.P[i] > 0 }),
		notes,
	}
	return scoring.DefaultGrid(r.scoring).Score(t)
}

// meet counts the contacts and says who is due.
func (sc *Scored) meet() {
	n := len(sc.Cards)
	sc.LastVisit, sc.Units, sc.Recent = make([]calendar.Day, n), make([]float64, n), make([]float64, n)
	window := sc.rules.maturity.Periods.Back(sc.AsOf, 0)
	for i := range sc.Cards {
		sc.count(i, window)
	}
	sc.call()
	sc.lacks()
}

// call says who is due.
func (sc *Scored) call() {
	n := len(sc.Cards)
	in := visits.Input{Last: make([]calendar.Day, n), Category: sc.Category, Priority: sc.Sheet.Score100, Skip: make([]bool, n), Codes: sc.codes}
	for i, c := range sc.Cards {
		if sc.LastVisit[i] != 0 {
			in.Last[i] = min(sc.LastVisit[i], sc.AsOf)
		}
		in.Skip[i] = sc.Phase[i] == maturity.Lost || c.Solvency == portfolio.SolvencyBlocked
	}
	sc.Visits = visits.Due(in, sc.AsOf, 0, sc.rules.visits)
	sc.due = false
}

// count sums the contacts of client i. While the reading date is fixed, work
// goes on: what is logged after it counts as of that date.
func (sc *Scored) count(i int, window calendar.Window) {
	sc.LastVisit[i], sc.Units[i], sc.Recent[i] = 0, 0, 0
	for _, t := range sc.Cards[i].Touches {
		day, ok := sc.seen(t.Day)
		if !ok {
			continue
		}
		if face(t.Kind) && held(t.Outcome) {
			sc.LastVisit[i] = t.Day
		}
		u := t.units(&sc.rules.cost)
		if window.Contains(day) {
			sc.Units[i] += u
		}
		if day > sc.AsOf-30 {
			sc.Recent[i] += u
		}
	}
}

// seen is the day an act counts on; false for one that lies ahead. A tablet a
// day ahead of this one is believed.
func (sc *Scored) seen(day calendar.Day) (calendar.Day, bool) {
	if day <= sc.AsOf {
		return day, true
	}
	return sc.AsOf, day <= sc.today+1
}

// face reports whether a contact of the kind is a visit for the rhythm.
func face(k portfolio.ContactKind) bool {
	return k == portfolio.Visit || k == portfolio.Visio || k == portfolio.Showroom || k == portfolio.ManagerControlVisit
}

// held reports whether a contact took place, as what a client was given is
// counted: it met somebody, or its outcome was not noted.
func held(o portfolio.Outcome) bool { return o == 0 || o.Met() }

// renew puts a card in place of its former self when nothing that classes are
// made of has changed.
func (sc *Scored) renew(old, c *Card) {
	i := sc.index(old)
	if i < 0 {
		return
	}
	sc.Cards[i] = sc.rules.card(c)
	if !slices.Equal(old.Touches, c.Touches) {
		sc.count(i, sc.rules.maturity.Periods.Back(sc.AsOf, 0))
		sc.due = true
	}
}

// lacks says what the data of the portfolio lacks.
func (sc *Scored) lacks() {
	sc.Missing = nil
	potentials, touches, places, sales := 0, false, 0, false
	for i, c := range sc.Cards {
		if sc.known[i] {
			potentials++
		}
		touches = touches || len(c.Touches) > 0
		sales = sales || len(c.Sales) > 0
		if c.HasPos {
			places++
		}
	}
	for _, m := range []struct {
		key string
		is  bool
	}{
		{"sales", !sales}, {"second-year", sales && !sc.Second}, {"potential", potentials < len(sc.Cards)},
		{"visits", !touches}, {"position", places < len(sc.Cards)},
	} {
		if m.is && len(sc.Cards) > 0 {
			sc.Missing = append(sc.Missing, m.key)
		}
	}
}

// at is the level P and R of client i, and whether they can be subtracted.
func (sc *Scored) at(i int) (p, r int, ok bool) {
	return int(sc.Levels.P[i]), int(sc.R.Level[i]), sc.Board.Known[i]
}

// hot reports whether a cell is to win or to develop: large potential, result
// below it.
func hot(p, r int) bool { return p >= 3 && p > r }

func round(x float64) int { return int(math.Round(x)) }
