package maturity

import (
	"time"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
)

// Situation is a way of selling that changes how maturity is read (situation
// particulière de vente, C6).
type Situation uint8

// Stored and sent: add at the end, never renumber.
const (
	Ordinary     Situation = iota // vente récurrente
	LongCycle                     // cycle de renouvellement long (équipement)
	Seasonal                      // activité saisonnière
	Tendering                     // appels d'offres, projets
	Influencing                   // prescripteurs
	Subscribing                   // abonnements, contrats
	Distributing                  // distributeurs
)

// Indicator is what takes the place of sales in a situation.
type Indicator uint8

// Stored and sent: add at the end, never renumber.
const (
	BySales         Indicator = iota
	ByInstalledBase           // our share of the equipment in place
	ByProjects                // projects won
	ByPrescriptions           // potential is a potential of prescriptions too
	ByContracts               // the terms of a contract
	BySellOut                 // what the distributor sells, if known
)

// An Adaptation is what a situation changes: the settings of C1, the
// indicator, and whether alerts sleep out of season.
type Adaptation struct {
	Params    Params
	Indicator Indicator
	Frozen    bool // alerts are frozen out of season, see [Season]
}

// Adapt gives the settings of a situation (C6). cycleMonths is the replacement
// cycle, for LongCycle alone.
//
// A long cycle makes the window as long as the cycle, and a client lost after
// a cycle and a half without an order, the ratio of the ordinary 18 months to
// 12 (derived). A seasonal client meets the same season of an earlier year and
// is never lost for a silence under a year, which holds its dead season
// (derived).
func Adapt(s Situation, cycleMonths int, p Params) Adaptation {
	a := Adaptation{Params: p}
	switch s {
	case LongCycle:
		a.Indicator = ByInstalledBase
		window := p.Periods.Months
		if window <= 0 || p.Periods.Mode == calendar.Fiscal {
			window = 12
		}
		if cycle := min(cycleMonths, maxMonths); cycle > window {
			a.Params.Periods = calendar.Periods{Months: cycle}
			a.Params.LostMax = max(p.LostMax, (3*cycle+1)/2)
			a.Params.LostMin = max(p.LostMin, cycle)
		}
	case Seasonal:
		a.Params.SameSeason, a.Params.LostMin, a.Frozen = true, max(12, p.LostMin), true
	case Tendering:
		a.Indicator = ByProjects
	case Influencing:
		a.Indicator = ByPrescriptions
	case Subscribing:
		a.Indicator = ByContracts
	case Distributing:
		a.Indicator = BySellOut
	}
	return a
}

// A Season is the months a seasonal client buys in, both included; it may pass
// the new year. The zero value is the whole year.
type Season struct{ From, To time.Month }

// Open reports whether a day is in season: out of it alerts are frozen.
func (s Season) Open(day calendar.Day) bool {
	if s.From < 1 || s.To < 1 {
		return true
	}
	_, m, _ := day.Civil()
	if s.From <= s.To {
		return s.From <= m && m <= s.To
	}
	return m >= s.From || m <= s.To
}

// An Equipment is what we know of a client with a long replacement cycle.
type Equipment struct {
	First, Last             calendar.Day // orders; None or 0: none
	Ours, Installed         int          // machines in place today
	OursBefore, TotalBefore int          // a cycle ago
	CycleEnds               calendar.Day // next replacement; None or 0: unknown
	Project                 bool         // one is open
}

// Share is our part of the equipment in place (part du parc installé).
func (e Equipment) Share() explain.Result {
	if e.Installed <= 0 || e.Ours < 0 {
		return explain.Result{Mark: explain.Missing(explain.NoData)}
	}
	x := min(1, float64(e.Ours)/float64(e.Installed))
	return explain.Result{Value: x, Mark: explain.Sound(explain.Tally("maturity.ours", e.Ours), explain.Tally("maturity.installed", e.Installed), explain.Share("maturity.indicator", x))}
}

// Phase is C1 on the share of the installed base, and V when no project is
// open six months before the end of the cycle. p is of [Adapt].
func (e Equipment) Phase(asOf calendar.Day, p Params) Verdict {
	share := func(ours, total int) money.Cents {
		if total <= 0 || ours <= 0 {
			return 0
		}
		return money.Cents(min(ours, total)).Scale(1e6, int64(total))
	}
	f := Facts{FirstOrder: orNone(e.First), LastOrder: orNone(e.Last), N: share(e.Ours, e.Installed), N1: share(e.OursBefore, e.TotalBefore)}
	v := f.decide(asOf, p, f.trend(), 0, 0)
	ends := orNone(e.CycleEnds)
	if v.Phase != Prospect && v.Phase != Lost && !e.Project && ends != calendar.None && ends.AddMonths(-6) <= asOf {
		v.Phase, v.Computed, v.Why = Ageing, Ageing, NoProject
	}
	if e.Installed <= 0 && v.Phase != Prospect {
		v.Mark = explain.Thin(explain.NoData)
	}
	v.SalesN, v.SalesN1 = 0, 0 // shares, not money
	v.Steps = e.Share().Steps
	if ends != calendar.None {
		v.Steps = append(v.Steps, explain.Of("maturity.cycleEnds", float64(ends), explain.Date))
	}
	v.Steps = append(v.Steps, explain.Tally("maturity.projectsOpen", b2i(e.Project)), explain.Name("maturity.phase", v.Phase.String()))
	return v
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// A Tender is a project or a call for tenders.
type Tender struct {
	Amount         money.Cents
	Opened, Closed calendar.Day // Closed None or 0: still open
	Won            bool         // when closed
	Phase          uint8        // of maturation, 0 to 6 (J2), while open
}

// evaluation is the phase of J2 from which our offer is compared.
const evaluation = 3

// PhaseOfTenders reads a client by its projects (C6): the phases of J2 take
// the place of growth. P nothing won yet; X nothing won for dcmv.lostAfter and
// nothing open; D first win under twelve months ago; then C when an offer of
// ours is being evaluated (J2 phase 3 and above), M when a project was won in
// N or is open, else V. SalesN and SalesN1 are the amounts won. Which phases
// make C and M is derived.
func PhaseOfTenders(projects []Tender, asOf calendar.Day, p Params) Verdict {
	n, n1 := p.windows(asOf)
	f := Facts{FirstOrder: calendar.None, LastOrder: calendar.None}
	open, best, won := 0, uint8(0), 0
	for _, t := range projects {
		closed := orNone(t.Closed)
		if opened := orNone(t.Opened); opened != calendar.None && opened > asOf {
			continue
		}
		switch {
		case closed == calendar.None || closed > asOf:
			open++
			best = max(best, t.Phase)
		case t.Won:
			if f.FirstOrder == calendar.None || closed < f.FirstOrder {
				f.FirstOrder = closed
			}
			f.LastOrder = max(f.LastOrder, closed)
			if n.Contains(closed) {
				f.N = f.N.Plus(t.Amount)
				won++
			}
			if n1.Contains(closed) {
				f.N1 = f.N1.Plus(t.Amount)
			}
		}
	}
	v := f.decide(asOf, p, f.trend(), 0, 0)
	switch {
	case v.Why == NoOrder || v.Why == Young:
	case open > 0 && best >= evaluation:
		v.Phase, v.Why = Growth, Evaluated
	case open > 0 || won > 0:
		v.Phase, v.Why = Mature, Kept
	case v.Why != TooLong:
		v.Phase, v.Why = Ageing, NothingOn
	}
	v.Computed = v.Phase
	v.Steps = []explain.Step{explain.Tally("maturity.projectsWon", won), explain.Amount("maturity.salesN", f.N), explain.Amount("maturity.salesN1", f.N1), explain.Tally("maturity.projectsOpen", open)}
	if open > 0 {
		v.Steps = append(v.Steps, explain.Tally("maturity.projectPhase", int(best)+1)) // 0 to 6 in data, shown 1 to 7
	}
	v.Steps = append(v.Steps, explain.Name("maturity.phase", v.Phase.String()))
	return v
}

// Prescriptions makes a line of each day an influencer had us bought by
// others, so that C1 counts them as it counts money.
func Prescriptions(days []calendar.Day) []Line {
	lines := make([]Line, len(days))
	for i, d := range days {
		lines[i] = Line{From: d, Net: 100}
	}
	return lines
}

// A Contract is the contract that binds a client (abonnement, contrat).
type Contract struct {
	Start        calendar.Day
	End          calendar.Day // None or 0: open
	TermMonths   int          // 0: 12
	NoticeMonths int          // before the end of a term
	AutoRenew    bool
	Notice       bool // given by the client
	Risk         bool // feared: a warning signal is open
}

// PhaseOfContract reads a client by its contract (C6): the anniversary gives
// the phase. P before it starts, X once it has ended, V when notice was given
// or, in the months of notice before the next term, when departure is feared
// or nothing renews by itself; else D in the first term, M after.
func PhaseOfContract(c Contract, asOf calendar.Day) Verdict {
	start, end := orNone(c.Start), orNone(c.End)
	v := Verdict{LastOrder: calendar.None, firstOrder: start, Mark: explain.Sound()}
	if start == calendar.None {
		v.Mark = explain.Missing(explain.NoData)
		v.Phase, v.Why = Prospect, NoOrder
		v.Computed = v.Phase
		return v
	}
	term, notice := min(max(c.TermMonths, 0), maxMonths), min(max(c.NoticeMonths, 0), maxMonths)
	if term == 0 {
		term = 12
	}
	k := 1
	if start <= asOf {
		v.Age = calendar.FullMonths(start, asOf)
		k = v.Age/term + 1
	}
	due := start.AddMonths(k * term) // first day of the next term
	if end != calendar.None && (!c.AutoRenew || c.Notice) {
		due = min(due, end+1)
	}
	switch {
	case start > asOf:
		v.Phase, v.Why = Prospect, NoOrder
	case end != calendar.None && end < asOf && (!c.AutoRenew || c.Notice):
		v.Phase, v.Why = Lost, Ended
	case c.Notice, due.AddMonths(-notice) <= asOf && (c.Risk || !c.AutoRenew && due == end+1):
		v.Phase, v.Why = Ageing, NoticeRisk
	case k == 1:
		v.Phase, v.Why = Start, FirstTerm
	default:
		v.Phase, v.Why = Mature, Renewed
	}
	v.Computed = v.Phase
	v.Steps = []explain.Step{
		explain.Of("maturity.termStart", float64(start), explain.Date), explain.Of("maturity.termEnd", float64(due-1), explain.Date),
		explain.Of("maturity.notice", float64(notice), explain.Months), explain.Name("maturity.phase", v.Phase.String()),
	}
	return v
}

// SellOut is what a distributor sells when it is known, else what it buys from
// us; known says which.
func SellOut(bought, sold []Line) (lines []Line, known bool) {
	if len(sold) > 0 {
		return sold, true
	}
	return bought, false
}
