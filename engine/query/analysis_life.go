package query

import (
	"bytes"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
)

func byteCompare(a, b portfolio.ID) int { return bytes.Compare(a[:], b[:]) }

// history is what the phase of client i is read from, signs of ageing and the
// decision of a person included.
func (a *Analysis) history(i int, growth float64) maturity.History {
	c := a.Cards[i]
	h := maturity.History{FirstOrder: c.FirstOrder, Lines: c.Sales, Signs: a.signs(i), Growth: growth, Known: a.sc.From}
	if c.Status == portfolio.Lost || c.Status == portfolio.Inactive {
		h.Override = maturity.Override{Phase: maturity.Lost}
	}
	if o, ok := a.decided(i, "phase"); ok && o.Value >= float64(maturity.Start) && o.Value <= float64(maturity.Lost) {
		h.Override = maturity.Override{Phase: maturity.Phase(o.Value), Until: o.Until}
	}
	return h
}

// decided is what a person decided last of client i, when it still holds.
func (a *Analysis) decided(i int, what string) (o portfolio.Override, ok bool) {
	for _, x := range a.facts[i].Overrides {
		if x.What != what || x.Day > a.AsOf || x.Until != 0 && x.Until < a.AsOf || !(x.Value == x.Value) {
			continue
		}
		if !ok || x.Day > o.Day || x.Day == o.Day && x.Value > o.Value {
			o, ok = x, true
		}
	}
	return o, ok
}

// decides reports whether a person has the last word.
func decides(p *PersonFact) bool {
	for _, r := range p.Roles {
		if r == "decider" {
			return true
		}
	}
	return false
}

// signs are the causes of ageing found in the facts. An offer that suits no
// more and a falling activity are signs from the day they were told, until they
// are told to be over.
func (a *Analysis) signs(i int) maturity.Signs {
	if a.memo.signs == nil {
		a.memo.signs = make([]maturity.Signs, a.Len())
		for k := range a.memo.signs {
			a.memo.signs[k] = a.readSigns(k)
		}
	}
	return a.memo.signs[i]
}

func (a *Analysis) readSigns(i int) (s maturity.Signs) {
	d := a.facts[i]
	first := a.Cards[i].FirstOrder
	if first == 0 && len(a.Cards[i].Sales) > 0 {
		first = a.Cards[i].Sales[0].From
	}
	for k := range d.Persons {
		if p := &d.Persons[k]; decides(p) && seenBy(p.Since, a.AsOf) && p.Since > first && !seenBy(p.Until, a.AsOf) {
			s.DeciderChanged = max(s.DeciderChanged, p.Since)
		}
	}
	for k := range d.Services {
		switch x := &d.Services[k]; x.Kind {
		case portfolio.Complaint, portfolio.ReturnedGoods, portfolio.LateDelivery:
			s.ServiceErrors = append(s.ServiceErrors, x.Opened)
		}
	}
	for _, x := range d.Competitors { // a rise of years ago is no news
		if seenBy(x.Raised, a.AsOf) && x.Raised >= a.N.From {
			s.CompetitorRaised = max(s.CompetitorRaised, x.Raised)
		}
	}
	if t := d.Told; t != nil {
		s.OfferUnsuitable, s.ActivityFalling = t.Changed, t.Falling
	}
	for k := range d.Families {
		f := &d.Families[k]
		if f.Family == "" {
			continue
		}
		for l := range f.Lines {
			if f.Lines[l].Net > 0 { // in order of day: the first is when the family was adopted
				if f.Lines[l].From <= a.AsOf {
					s.LastNewFamily = max(s.LastNewFamily, f.Lines[l].From)
				}
				break
			}
		}
	}
	return s
}

// growth is the portfolio's, where phases are relative to it.
func (a *Analysis) growth() float64 {
	if !a.rules.maturity.Relative {
		return 0
	}
	return maturity.GrowthOf(a.sc.N, a.sc.N1)
}

// adapted are the settings of C1 in the special situation of the portfolio.
func (a *Analysis) adapted() maturity.Adaptation {
	return maturity.Adapt(maturity.Situation(a.situation), 0, a.rules.maturity) // the rules are already adapted: see [Snapshot.rules]
}

// Maturity is C1 to C3 and C7.
func (a *Analysis) Maturity() *PartMaturity {
	m := a.lived()
	if m.Snapshots == nil {
		a.curves(m)
	}
	return m
}

// lived is C1 alone, which chapter A reads; the rest needs chapter A.
func (a *Analysis) lived() *PartMaturity {
	if a.part.maturity == nil {
		a.part.maturity = a.phases()
	}
	return a.part.maturity
}

// phases reads again the clients of whom the facts say more than the columns
// did; the others have the phase of the lists.
func (a *Analysis) phases() *PartMaturity {
	n := a.Len()
	m := &PartMaturity{Verdict: slices.Clone(ours(a.Book, a.sc.Verdict)), Phase: slices.Clone(ours(a.Book, a.sc.Phase)), Adapted: a.adapted()}
	growth := a.growth()
	var again []maturity.History
	var who []int32
	for i := range n {
		h := a.history(i, growth)
		a.rest(i)
		if o, ok := a.decided(i, "phase"); h.Signs.Score(a.AsOf) > 0 || ok && o.Value > 0 {
			again, who = append(again, h), append(who, int32(i))
		}
	}
	for k, v := range maturity.ReadAll(again, a.AsOf, a.rules.maturity) {
		i := who[k]
		was := m.Phase[i]
		if was == 0 && m.Verdict[i].Why == maturity.Uncovered { // signs do not tell what the year before would
			continue
		}
		m.Verdict[i] = v
		if was != 0 {
			m.Phase[i] = v.Phase
		}
		if m.Phase[i] != was {
			m.Moved = append(m.Moved, i)
		}
	}
	a.specials(m)
	return m
}

// left reports a client left out of chapter C (a single sale, no order known);
// one whose growth the data do not cover has no phase, and is still counted
// among those who entered, stayed or left.
func (m *PartMaturity) left(i int) bool {
	return m.Phase[i] == 0 && m.Verdict[i].Why != maturity.Uncovered
}

// curves draws the portfolio by its phases.
func (a *Analysis) curves(m *PartMaturity) {
	p := a.rules.maturity
	c := a.Cost()
	m.Curves = maturity.CurvesOf(m.Phase, maturity.Weights{Sales: a.Sales, Margin: c.Gross.Margin, Potential: a.Worth, Units: c.Units}, p)
	m.Effort = maturity.Align(m.Phase, c.Units, p)
	for _, mark := range [...]*explain.Mark{&m.Effort.Mark, &m.Curves.Clients.Mark, &m.Curves.Sales.Mark, &m.Curves.Margin.Mark, &m.Curves.Potential.Mark, &m.Curves.Units.Mark} {
		*mark = shortened(*mark, !a.sc.Second, a.sc.Second)
	}
	a.rest(0)
	var starters []maturity.Starter
	for i, v := range m.Verdict {
		if s, ok := v.Starter(); ok && !m.left(i) {
			if lost := a.facts[i].LostOn; s.Lost && lost != 0 {
				s.Last = min(s.Last, lost)
			}
			starters = append(starters, s)
		}
	}
	m.Mortality = maturity.Die(starters, a.AsOf, p)
	a.rest(0)
	m.Snapshots = a.snapshots(m)
	m.Transition = maturity.Transitions(m.Snapshots, p)
	var now [4]int
	for _, ph := range m.Phase {
		if ph >= maturity.Start && ph <= maturity.Ageing {
			now[ph-maturity.Start]++
		}
	}
	m.Forecast = maturity.Expect(now, 0, m.Transition, p)
}

// snapshots are the phases a year ago and now: a device holds 36 months of
// lines, and a phase needs 24.
func (a *Analysis) snapshots(m *PartMaturity) [][]maturity.Phase {
	day := yearBefore(a.AsOf)
	before := maturity.Phases(a.histories(), day, a.rules.maturity)
	a.rest(0)
	if a.situation != 0 {
		for i, v := range maturity.ReadAll(a.histories(), day, a.rules.maturity) {
			before[i] = a.specially(i, day, v).Phase
		}
	}
	for i, ph := range m.Phase {
		if ph == 0 && m.left(i) {
			before[i] = 0
		}
	}
	return [][]maturity.Phase{before, m.Phase}
}

// histories are those of all clients, without what a person decided.
func (a *Analysis) histories() []maturity.History {
	growth := a.growth()
	out := make([]maturity.History, a.Len())
	for i, c := range a.Cards {
		out[i] = maturity.History{FirstOrder: c.FirstOrder, Lines: c.Sales, Growth: growth, Signs: a.signs(i), Known: a.sc.From}
	}
	return out
}

// Story draws the curve of the portfolio at the ends of so many months and at
// the as-of date, oldest first (the slider of C2). One-shot clients are in it
// until now. It is not kept.
func (a *Analysis) Story(months int) []maturity.PastCurve {
	hs := a.histories()
	for i := range hs {
		hs[i].Override = a.history(i, hs[i].Growth).Override
	}
	return maturity.CurveHistory(hs, maturity.Evaluations(a.AsOf, months), a.rules.maturity)
}

// Timeline is the story of client i over so many months (C1). It is not kept.
func (a *Analysis) Timeline(i, months int) []maturity.Stay {
	return maturity.Timeline(a.history(i, a.growth()), a.AsOf, months, a.rules.maturity)
}

// Families is C4.
func (a *Analysis) Families() *PartFamilies {
	if a.part.families != nil {
		return a.part.families
	}
	n := a.Len()
	in := maturity.FamilyInput{Families: make([]maturity.FamilySpec, len(a.Products)), Grouped: make([][]maturity.FamilyLines, n),
		Phase: a.lived().Phase, Growth: a.growth(), Since: a.since, Known: a.sc.From, Pause: a.rest}
	if !a.Single {
		in.Group = make([]uint8, n)
	}
	for f, p := range a.Products {
		in.Families[f] = maturity.FamilySpec{Launched: p.Launched, Ends: p.Stopped, CycleMonths: p.Cycle}
	}
	total := 0
	for _, d := range a.facts {
		total += len(d.Families)
	}
	groups := make([]maturity.FamilyLines, 0, total)
	for i, d := range a.facts {
		if in.Group != nil {
			in.Group[i] = uint8(a.Cards[i].Typology)
		}
		from := len(groups)
		for k := range d.Families {
			groups = append(groups, maturity.FamilyLines{Family: a.shelf[i][k], Lines: d.Families[k].Lines})
		}
		in.Grouped[i] = groups[from:len(groups):len(groups)]
	}
	a.rest(0)
	out := &PartFamilies{Families: maturity.ReadFamilies(in, a.AsOf, a.rules.maturity), Split: make([]potential.Split, n)}
	a.rest(0)
	worth := a.worthByFamily()
	for i := range n {
		if worth == nil {
			out.Split[i] = potential.BreadthDepth(nil)
			continue
		}
		a.rest(i)
		var fs []potential.Family
		for f := range a.Products {
			_, net := out.Of(i, f)
			if w := worth[i*len(a.Products)+f]; w > 0 {
				fs = append(fs, potential.Family{Potential: w, Sales: net})
			}
		}
		out.Split[i] = potential.BreadthDepth(fs)
	}
	a.part.families = out
	return out
}

// worthByFamily are the potentials by client and family; nil when no estimate
// is of a family.
func (a *Analysis) worthByFamily() []money.Cents {
	if !a.memo.worthy {
		a.memo.worth, a.memo.worthy = a.readWorth(), true
	}
	return a.memo.worth
}

func (a *Analysis) readWorth() []money.Cents {
	var out []money.Cents
	var of []potential.Estimate
	for i, c := range a.Cards {
		if !slices.ContainsFunc(c.Estimates, func(e Estimate) bool { return e.Family != "" }) {
			continue
		}
		for f := range a.Products {
			of = of[:0]
			for _, e := range c.Estimates {
				if e.Family == a.Products[f].Code {
					of = append(of, e.Estimate)
				}
			}
			if len(of) == 0 {
				continue
			}
			if x := potential.Appraise(of, 0, a.AsOf, a.rules.potential); x.Has() {
				if out == nil {
					out = make([]money.Cents, a.Len()*len(a.Products))
				}
				out[i*len(a.Products)+f] = x.Value
			}
		}
	}
	return out
}

// yearBefore is the last day of the twelve months before those that end on d.
func yearBefore(d calendar.Day) calendar.Day { return (d + 1).AddMonths(-12) - 1 }
