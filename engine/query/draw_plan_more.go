package query

import (
	"cmp"
	"math"
	"slices"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/capacity"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/scoring"
	"sillon/engine/sorting"
	"sillon/engine/visits"
)

// Owner is the rep of a portfolio.
func (s *Snapshot) Owner(scope uint32) portfolio.ID { return s.ports[scope].Owner }

// PlanProspects are the prospects by double attraction, and the target of the
// month (H3, H9).
type PlanProspects struct {
	Base     PlanBase       `cbor:"1,keyasint"`
	Rows     []ProspectRow  `cbor:"2,keyasint,omitempty"` // by priority; those that cannot be ranked, then those not to contact, last
	N        [5]int         `cbor:"3,keyasint"`           // by scoring.Quadrant
	Excluded int            `cbor:"4,keyasint"`
	Of       int            `cbor:"5,keyasint"`
	Worth    money.Cents    `cbor:"6,keyasint"` // of their potentials
	Target   int            `cbor:"7,keyasint"` // visits of the month
	Done     int            `cbor:"8,keyasint"`
	Placed   int            `cbor:"9,keyasint"` // still to come this month
	Days     []calendar.Day `cbor:"10,keyasint,omitempty"`
	YearDone int            `cbor:"11,keyasint"`
	YearDue  int            `cbor:"12,keyasint"` // of the year, up to the end of this month
	Won      int            `cbor:"13,keyasint"` // clients opened this month
	Scale    [4]float64     `cbor:"14,keyasint"` // dispositions, by quadrant − 1
	Known    explain.Mark   `cbor:"15,keyasint"` // whether the target is
	HitRate  [2]float64     `cbor:"16,keyasint"` // of calls: clients, prospects (H8)
}

// A ProspectRow is one of them.
type ProspectRow struct {
	ID       portfolio.ID               `cbor:"1,keyasint"`
	Name     string                     `cbor:"2,keyasint"`
	City     string                     `cbor:"3,keyasint,omitempty"`
	Sector   string                     `cbor:"4,keyasint,omitempty"`
	Quadrant uint8                      `cbor:"5,keyasint"`
	Elan     float64                    `cbor:"6,keyasint"` // disposition
	Interest float64                    `cbor:"7,keyasint"`
	Priority float64                    `cbor:"8,keyasint"`
	Notes    [scoring.Interests]float64 `cbor:"9,keyasint"`
	Weak     bool                       `cbor:"10,keyasint,omitempty"`
	Next     calendar.Day               `cbor:"11,keyasint,omitempty"`
	Last     calendar.Day               `cbor:"12,keyasint,omitempty"`
	Out      bool                       `cbor:"13,keyasint,omitempty"` // not to contact
	Fit      int                        `cbor:"14,keyasint"`           // relevance, 0-100; −1: not known
	Trust    int                        `cbor:"15,keyasint"`           // credibility, the same
	Expected float64                    `cbor:"16,keyasint,omitempty"` // cents
	Level    uint8                      `cbor:"17,keyasint,omitempty"` // P
	Worth    money.Cents                `cbor:"18,keyasint,omitempty"`
	Phone    string                     `cbor:"19,keyasint,omitempty"`
	Visited  bool                       `cbor:"20,keyasint,omitempty"` // met already
}

// monthTarget shares a year's visits over the months by their working days.
func monthTarget(visits int, asOf calendar.Day) (month, due int) {
	year, m, _ := asOf.Civil()
	var weight [13]int
	all, until := 0, 0
	for k := time.January; k <= time.December; k++ {
		from := calendar.Of(year, k, 1)
		weight[k] = calendar.WorkingDays(calendar.Window{From: from, To: from.EndOfMonth()}, nil)
		all += weight[k]
		if k <= m {
			until += weight[k]
		}
	}
	part := func(n int) int { return (2*visits*n + all) / (2 * all) }
	return part(until) - part(until-weight[m]), part(until)
}

// PlanProspects is the board of prospects.
func (a *Analysis) PlanProspects(base PlanBase, top int) PlanProspects {
	out := PlanProspects{Base: base, Scale: a.rules.scoring.Disposition, HitRate: a.rules.visits.HitRate}
	b, t := a.Appeal(), a.Time()
	out.Known = t.Prospects.Mark
	out.Known.Steps = nil
	board := &b.Board
	out.N, out.Excluded, out.Of = board.N, board.Excluded, len(b.Clients)
	year, m, _ := a.AsOf.Civil()
	from := calendar.Of(year, m, 1)
	to, first := from.EndOfMonth(), calendar.Of(year, 1, 1)
	wanted := t.Prospects.Visits
	if base.Before.Year == year && base.Before.Prospect > 0 {
		wanted = base.Before.Prospect
	}
	out.Target, out.YearDue = monthTarget(wanted, a.AsOf)
	for i, c := range a.Cards {
		_, _, won, ok := a.tried(i)
		v, client := a.lived().Verdict[i].Starter()
		if client && v.First >= from && v.First <= to && won {
			out.Won++
		}
		if !ok && !won {
			continue
		}
		for k := a.lately(i); k < len(a.facts[i].Contacts); k++ {
			x := &a.facts[i].Contacts[k]
			if !face(x.Kind) || !held(x.Outcome) || x.Day < first || x.Day > a.AsOf || won && x.Day > v.First {
				continue
			}
			out.YearDone++
			if x.Day >= from {
				out.Done++
			}
		}
		if client {
			continue
		}
		for k := range c.Plans {
			if p := &c.Plans[k]; face(p.Kind) && p.Day >= a.AsOf && p.Day <= to {
				out.Placed++
				out.Days = append(out.Days, p.Day)
			}
		}
	}
	sorting.By(out.Days, cmp.Compare[calendar.Day])
	order := make([]int32, 0, len(b.Clients))
	order = append(order, board.Order...)
	for pass := range 2 {
		for k := range b.Clients {
			if x := &board.Of[k]; x.Excluded == (pass == 1) && (x.Excluded || x.Status == explain.NA) {
				order = append(order, int32(k))
			}
		}
	}
	if top <= 0 {
		top = 60
	}
	for _, k := range order {
		i := int(b.Clients[k])
		if a.Known[i] {
			out.Worth = out.Worth.Plus(a.Worth[i])
		}
		if len(out.Rows) >= min(top, 1000) {
			continue
		}
		c, x, d := a.Cards[i], &board.Of[k], a.facts[i]
		r := ProspectRow{ID: c.ID, Name: c.Name, City: c.City, Sector: c.Sector, Quadrant: uint8(x.Quadrant), Elan: x.Disposition, Interest: x.Interest, Priority: x.Priority,
			Notes: a.noted(i), Weak: x.Status == explain.Weak, Out: x.Excluded, Fit: -1, Trust: -1, Level: a.sc.Levels.P[a.at[i]], Phone: c.Phone, Last: a.sc.LastVisit[a.at[i]]}
		if d.Relevance != nil {
			r.Fit = *d.Relevance
		}
		if d.Trust != nil {
			r.Trust = *d.Trust
		}
		if x.HasExpected {
			r.Expected = x.Expected
		}
		if a.Known[i] {
			r.Worth = a.Worth[i]
		}
		for n := range c.Plans {
			if p := &c.Plans[n]; p.Day >= a.AsOf && (r.Next == 0 || p.Day < r.Next) {
				r.Next = p.Day
			}
		}
		r.Visited = r.Last > 0
		out.Rows = append(out.Rows, r)
	}
	return out
}

// noted are the notes of our interest in prospect i.
func (a *Analysis) noted(i int) [scoring.Interests]float64 {
	x := a.attraction(i)
	x.Interest[scoring.InterestPotential] = scoring.InterestOf(a.sc.Levels.P[a.at[i]])
	return x.Interest
}

// PlanGridAsk tries weights of the grid on one client.
type PlanGridAsk struct {
	Plan    PlanAsk      `cbor:"1,keyasint"`
	Weights []float64    `cbor:"2,keyasint,omitempty"` // R, P, typology; none: those in force
	Client  portfolio.ID `cbor:"3,keyasint,omitzero"`  // zero: the first of the ranking
}

// PlanGrid is one client under the grid in force and the one that is tried
// (H5), and what the classes of potential and of results are worth in it.
type PlanGrid struct {
	Base   PlanBase      `cbor:"1,keyasint"`
	ID     portfolio.ID  `cbor:"2,keyasint,omitzero"`
	Name   string        `cbor:"3,keyasint,omitempty"`
	Score  [2]float64    `cbor:"4,keyasint"` // score100, before and after
	Parts  [2][3]float64 `cbor:"5,keyasint"` // points of it by criterion
	Levels [2][4]float64 `cbor:"6,keyasint"` // points of score100 of R1-R4, and of P1-P4, as tried
	Names  []Choice      `cbor:"7,keyasint,omitempty"`
	Cross  [2]int        `cbor:"8,keyasint"` // clients in C who pass before a client in M of the same potential; before, after
	Mark   explain.Mark  `cbor:"9,keyasint"`
}

// PlanGrid tries the weights of a grid.
func (a *Analysis) PlanGrid(base PlanBase, ask PlanGridAsk) PlanGrid {
	out := PlanGrid{Base: base}
	sheet := &a.sc.Sheet
	out.Mark = explain.Mark{Status: sheet.Status, Reason: sheet.Reason}
	weights := a.rules.scoring.Weights
	tried := weights
	if len(ask.Weights) == len(tried) && !slices.ContainsFunc(ask.Weights, func(w float64) bool { return !(w >= 0 && w <= 1e6) }) {
		copy(tried[:], ask.Weights)
	}
	i := a.Index(ask.Client)
	for _, k := range sheet.Order {
		if int(k) >= len(a.sc.Cards) {
			continue
		}
		c := a.sc.Cards[k]
		if len(out.Names) < 40 {
			out.Names = append(out.Names, Choice{c.ID.String(), c.Name})
		}
		if i < 0 {
			i = a.Index(c.ID)
		}
	}
	grid := scoring.DefaultGrid(a.rules.scoring)
	each := func(w [3]float64, points []float64) (parts [3]float64, sum float64) {
		scale := 0.0
		for k := range w {
			scale += w[k] * (grid.Criteria[k].Max - grid.Criteria[k].Min)
		}
		if !(scale > 0) {
			return parts, 0
		}
		for k := range w {
			if x := 100 * w[k] * (points[k] - grid.Criteria[k].Min) / scale; finite(x) {
				parts[k] = x
				sum += x
			}
		}
		return parts, min(100, max(0, sum))
	}
	for k := range 4 {
		for j := range 2 {
			points := []float64{grid.Criteria[0].Min, grid.Criteria[1].Min, grid.Criteria[2].Min}
			points[j] = float64(k + 1)
			_, out.Levels[j][k] = each(tried, points)
		}
	}
	if i < 0 || sheet.K != 3 {
		return out
	}
	at := int(a.at[i])
	points := sheet.Points[3*at : 3*at+3]
	out.ID, out.Name = a.Cards[i].ID, a.Cards[i].Name
	out.Parts[0], out.Score[0] = each(weights, points)
	out.Parts[1], out.Score[1] = each(tried, points)
	return out
}

// PlanPAC is the action plan (H7), the diagnosis above it and the rhythm of the
// year under it.
type PlanPAC struct {
	Base      PlanBase       `cbor:"1,keyasint"`
	Lines     []*PlanAction  `cbor:"2,keyasint,omitempty"` // by day, then by gain
	Ideas     []*PlanAction  `cbor:"3,keyasint,omitempty"` // what the visits planned suggest
	All       EconomyPart    `cbor:"4,keyasint"`
	Clients   EconomyPart    `cbor:"5,keyasint"`
	Prospects EconomyPart    `cbor:"6,keyasint"`
	Progress  Figure         `cbor:"7,keyasint"`
	Rejected  int            `cbor:"8,keyasint"`
	Months    [12][2]int     `cbor:"9,keyasint"`  // visits to clients, to prospects
	Hours     [2]float64     `cbor:"10,keyasint"` // planned, there are
	Visits    [3]int         `cbor:"11,keyasint"` // to strategic accounts, to all clients, to prospects
	Accounts  int            `cbor:"12,keyasint"` // strategic
	Sales     [2]money.Cents `cbor:"13,keyasint"` // of twelve months; aimed at
	Phases    [4]int         `cbor:"14,keyasint"`
	Hot       [2]int         `cbor:"15,keyasint"` // clients to win or to develop, of all
	HotSales  money.Cents    `cbor:"16,keyasint"`
	CM        float64        `cbor:"17,keyasint"` // time on C ÷ on M; 0: not known
	Owner     portfolio.ID   `cbor:"18,keyasint,omitzero"`
	OwnerName string         `cbor:"19,keyasint,omitempty"`
	Price     money.Cents    `cbor:"20,keyasint"` // of one visit
}

// A PlanAction is one line of it.
type PlanAction struct {
	ID       portfolio.ID     `cbor:"1,keyasint,omitzero"` // zero: an idea
	Action   portfolio.Action `cbor:"2,keyasint"`
	Name     string           `cbor:"3,keyasint"`
	City     string           `cbor:"4,keyasint,omitempty"`
	P        uint8            `cbor:"5,keyasint,omitempty"`
	R        uint8            `cbor:"6,keyasint,omitempty"`
	Phase    string           `cbor:"7,keyasint,omitempty"`
	Planned  int              `cbor:"8,keyasint,omitempty"` // visits of the year
	Every    float64          `cbor:"9,keyasint,omitempty"`
	Cost     money.Cents      `cbor:"10,keyasint"`
	Captured money.Cents      `cbor:"11,keyasint"`
	Gain     money.Cents      `cbor:"12,keyasint"`
	Margin   float64          `cbor:"13,keyasint"`
	Needs    float64          `cbor:"14,keyasint"`           // chance from which it pays; over 1: it cannot
	Rejected bool             `cbor:"15,keyasint,omitempty"` // no day or no indicator
	Prospect bool             `cbor:"16,keyasint,omitempty"`
	Sales    money.Cents      `cbor:"17,keyasint"`
	Person   string           `cbor:"18,keyasint,omitempty"`
	Last     calendar.Day     `cbor:"19,keyasint,omitempty"`
	Score    float64          `cbor:"20,keyasint,omitempty"`
}

// PlanPAC prices the action plan of the year.
func (a *Analysis) PlanPAC(base PlanBase) PlanPAC {
	out := PlanPAC{Base: base, Owner: a.Owner, Price: a.Cost().Visit}
	v := a.PlanVisits(base, 1000)
	out.Hours = [2]float64{v.After, v.Hours}
	planned := map[portfolio.ID]*PlanRow{}
	for k := range v.Rows {
		planned[v.Rows[k].ID] = &v.Rows[k]
	}
	out.Visits[0], out.Accounts = v.Segs[0].Visits[1], v.Segs[0].Clients
	for k := range v.Segs {
		if k == SegProspects {
			out.Visits[2] = v.Segs[k].Visits[1]
		} else {
			out.Visits[1] += v.Segs[k].Visits[1]
		}
	}
	if v.CM[1][1] > 0 {
		out.CM = v.CM[0][0] / max(1e-9, v.CM[0][1])
	}
	var actions []visits.Action
	for i, c := range a.Cards {
		a.rest(i)
		switch a.lived().Phase[i] {
		case maturity.Start, maturity.Growth, maturity.Mature, maturity.Ageing:
			out.Phases[a.lived().Phase[i]-maturity.Start]++
			out.Hot[1]++
			if at := a.at[i]; a.sc.Levels.P[at] >= 3 && a.sc.R.Level[at] <= 2 {
				out.Hot[0]++
				out.HotSales = out.HotSales.Plus(a.Sales[i])
			}
		}
		out.Sales[0] = out.Sales[0].Plus(a.Sales[i])
		for k := range a.facts[i].Actions {
			x := &a.facts[i].Actions[k].Action
			if x.Year != base.Year {
				continue
			}
			l := a.lineOf(i, x)
			l.ID = a.facts[i].Actions[k].ID
			actions = append(actions, visits.Action{})
			y := &actions[len(actions)-1]
			a.pacAction(i, l, y)
			l.Rejected = !y.Valid()
			l.dress(a, i, planned[c.ID])
			out.Lines = append(out.Lines, l)
			if !l.Rejected {
				out.Sales[1] = out.Sales[1].Plus(round64(x.Chance * float64(l.Captured)))
			} else {
				out.Rejected++
			}
		}
	}
	out.Sales[1] = out.Sales[1].Plus(out.Sales[0])
	sorting.By(out.Lines, func(x, y *PlanAction) int {
		return cmp.Or(cmp.Compare(dueOf(x), dueOf(y)), cmp.Compare(y.Gain, x.Gain), cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID.String(), y.ID.String()))
	})
	e := visits.Economy(actions, 0, a.AsOf)
	out.All, out.Clients, out.Prospects = economy(&e.All), economy(&e.Clients), economy(&e.Prospects)
	out.Progress = figure("pac-progress", e.Progress, explain.Percent)
	has := map[portfolio.ID]bool{}
	for k := range out.Lines {
		has[out.Lines[k].Action.Account] = true
	}
	for _, r := range a.ideas() {
		i := int(r.Client)
		if i < 0 || i >= a.Len() || has[a.Cards[i].ID] {
			continue
		}
		l := a.lineOf(i, &portfolio.Action{Account: a.Cards[i].ID, Year: base.Year, Purpose: int(r.Purpose), Visits: int(math.Round(r.Visits)), Chance: r.Chance, Captured: r.Captured})
		l.dress(a, i, planned[a.Cards[i].ID])
		out.Ideas = append(out.Ideas, l)
	}
	a.months(&out)
	return out
}

func dueOf(l *PlanAction) calendar.Day {
	if l.Action.Due <= 0 {
		return 1 << 20
	}
	return l.Action.Due
}

// lineOf prices a line.
func (a *Analysis) lineOf(i int, x *portfolio.Action) *PlanAction {
	l := &PlanAction{Action: *x, Name: a.Cards[i].Name, City: a.Cards[i].City, Prospect: a.lived().Phase[i] == maturity.Prospect}
	l.Margin, _ = a.rateOf(i)
	if l.Captured = x.Captured; l.Captured <= 0 {
		l.Captured = a.capture(i)
	}
	var y visits.Action
	a.pacAction(i, l, &y)
	l.Cost, l.Gain = round64(y.Cost()), round64(y.Gain())
	if whole := float64(max(0, l.Captured)) * min(1, max(0, l.Margin)); whole > 0 {
		l.Needs = short(y.Cost() / whole)
	}
	return l
}

func (a *Analysis) pacAction(i int, l *PlanAction, to *visits.Action) {
	x := &l.Action
	*to = visits.Action{Code: a.Codes[i], Prospect: l.Prospect, Purpose: visits.Purpose(x.Purpose), Visits: float64(x.Visits), PRC: a.Cost().Visit, Spend: x.Spend,
		Probability: finiteOr(x.Chance), Captured: l.Captured, Margin: l.Margin, Due: orNone(x.Due), Indicator: x.Indicator != "", Progress: max(x.State, portfolio.Planned)}
}

// dress adds what the page of a client says of him.
func (l *PlanAction) dress(a *Analysis, i int, r *PlanRow) {
	at := a.at[i]
	l.P, l.R, l.Phase, l.Sales = a.sc.Levels.P[at], a.sc.R.Level[at], letterOf(a.lived().Phase[i]), a.Sales[i]
	l.Person, l.Last, l.Score = a.Cards[i].Person, a.sc.LastVisit[at], a.sc.Sheet.Score100[at]
	if r != nil {
		l.Planned, l.Every = int(r.Visits), r.Every
	}
}

// months spreads the visits over the months by their working days.
func (a *Analysis) months(out *PlanPAC) {
	weight := make([]float64, 12)
	for m := range weight {
		from := calendar.Of(out.Base.Year, time.Month(m+1), 1)
		weight[m] = float64(calendar.WorkingDays(calendar.Window{From: from, To: from.EndOfMonth()}, nil))
	}
	for k, n := range [2]int{out.Visits[1], out.Visits[2]} {
		for m, x := range capacity.Spread(n, weight) {
			out.Months[m][k] = x
		}
	}
}

// PlanCalls is the call list of the next weeks (H8): who is due and has no
// appointment, and how many calls it takes.
type PlanCalls struct {
	Base   PlanBase   `cbor:"1,keyasint"`
	Weeks  float64    `cbor:"2,keyasint"`
	Wanted [2]int     `cbor:"3,keyasint"` // appointments: clients, prospects
	Calls  [2]int     `cbor:"4,keyasint"` // they take
	Rate   [2]float64 `cbor:"5,keyasint"`
	Done   int        `cbor:"6,keyasint"` // calls of the last seven days
	Rows   []CallRow  `cbor:"7,keyasint,omitempty"`
	Of     int        `cbor:"8,keyasint"`
	Placed int        `cbor:"9,keyasint"` // due, and with an appointment
}

// A CallRow is one call to make.
type CallRow struct {
	ID       portfolio.ID `cbor:"1,keyasint"`
	Name     string       `cbor:"2,keyasint"`
	City     string       `cbor:"3,keyasint,omitempty"`
	Phone    string       `cbor:"4,keyasint,omitempty"`
	Person   string       `cbor:"5,keyasint,omitempty"`
	Phase    string       `cbor:"6,keyasint,omitempty"`
	Prospect bool         `cbor:"7,keyasint,omitempty"`
	Urgency  Figure       `cbor:"8,keyasint"`
	DueIn    int          `cbor:"9,keyasint"`
	Last     calendar.Day `cbor:"10,keyasint,omitempty"` // visit
	Called   calendar.Day `cbor:"11,keyasint,omitempty"` // last call, of thirty days
	Met      bool         `cbor:"12,keyasint,omitempty"` // somebody answered
}

// PlanCalls lists whom to call.
func (a *Analysis) PlanCalls(base PlanBase, top int) PlanCalls {
	p := a.rules.visits
	out := PlanCalls{Base: base, Weeks: p.HorizonWeeks[1], Rate: p.HitRate}
	horizon := a.AsOf + calendar.Day(math.Round(7*p.HorizonWeeks[1]))
	has := func(i int) bool {
		for k := range a.Cards[i].Plans {
			if x := &a.Cards[i].Plans[k]; face(x.Kind) && x.Day >= a.AsOf && x.Day <= horizon {
				return true
			}
		}
		return false
	}
	if top <= 0 {
		top = 40
	}
	top = min(top, 1000)
	if a.Single {
		return out
	}
	list := &a.Visits().Due
	add := func(i int, prospect bool, due int) {
		if has(i) {
			out.Placed++
			return
		}
		k := 0
		if prospect {
			k = 1
		}
		out.Wanted[k]++
		out.Of++
		if len(out.Rows) >= top {
			return
		}
		c := a.Cards[i]
		r := CallRow{ID: c.ID, Name: c.Name, City: c.City, Phone: c.Phone, Person: c.Person, Phase: letterOf(a.lived().Phase[i]), Prospect: prospect, DueIn: due, Last: a.sc.LastVisit[a.at[i]]}
		if !prospect {
			r.Urgency = figure("plan-urgency", visits.Urgency(min(r.Last, a.AsOf), a.AsOf, list.Interval[i]), explain.Ratio)
		}
		for k := range c.Touches {
			if t := &c.Touches[k]; t.Kind == portfolio.Call && t.Day > a.AsOf-30 && t.Day <= a.AsOf {
				r.Called, r.Met = t.Day, held(t.Outcome)
			}
		}
		out.Rows = append(out.Rows, r)
	}
	for _, i := range list.Order {
		add(int(i), false, int(list.DueIn[i]))
	}
	b := a.Appeal()
	month, _ := monthTarget(a.Time().Prospects.Visits, a.AsOf)
	left := int(math.Round(float64(month) * p.HorizonWeeks[1] / 4.33))
	for _, k := range b.Board.Order {
		if left == 0 {
			break
		}
		if i := int(b.Clients[k]); !has(i) {
			left--
			add(i, true, 0)
		}
	}
	for k := range out.Wanted {
		out.Calls[k] = visits.CallsNeeded(out.Wanted[k], p.HitRate[k])
	}
	for _, c := range a.Cards {
		for k := range c.Touches {
			if t := &c.Touches[k]; t.Kind == portfolio.Call && t.Day > a.AsOf-7 && t.Day <= a.AsOf {
				out.Done++
			}
		}
	}
	return out
}

// PlanTerritory is what the exact sharing of the visits needs (H6, CALLPLAN), by
// client who may be visited and whose response is measured: plain numbers for
// the planner, which knows no portfolio.
type PlanTerritory struct {
	Budget  int32        `cbor:"1,keyasint"` // minutes, of the visits left for clients
	Minutes []int32      `cbor:"2,keyasint,omitempty"`
	Min     []int32      `cbor:"3,keyasint,omitempty"`
	Max     []int32      `cbor:"4,keyasint,omitempty"`
	Worth   []float64    `cbor:"5,keyasint,omitempty"` // margin in cents by number of visits, see visits.Curves
	Start   []int32      `cbor:"6,keyasint,omitempty"`
	Codes   []string     `cbor:"7,keyasint,omitempty"`
	Seg     []uint8      `cbor:"8,keyasint,omitempty"`
	Now     []int32      `cbor:"9,keyasint,omitempty"` // visits of the plan in hand
	Mark    explain.Mark `cbor:"10,keyasint"`
}

// PlanTerritory tabulates the measured responses; the judgments that the rep
// keeps of a client are blended into his.
func (a *Analysis) PlanTerritory(base PlanBase) PlanTerritory {
	var out PlanTerritory
	t, b := a.Time(), a.Response()
	if out.Mark = explain.Missing(explain.NoData); a.Single || !b.Fitted || !t.Stock.Has() {
		return out
	}
	in := a.planInput(a.Visits())
	v := a.PlanVisits(base, 1000)
	now := map[portfolio.ID]int32{}
	for k := range v.Rows {
		now[v.Rows[k].ID] = v.Rows[k].Visits
	}
	length := t.Stock.Minutes
	out.Budget = int32(min(float64(t.Sharing.Clients)*length, 1e9))
	curves := a.worths(in.Max)
	for i := range a.Cards {
		if in.Blocked[i] {
			continue
		}
		low, high := in.Min[i], in.Max[i]
		if in.Locked != nil && in.Locked[i] >= 0 {
			low, high = in.Locked[i], in.Locked[i]
		}
		table := curves.Worth[curves.Start[i]:curves.Start[i+1]]
		if len(out.Start) == 0 {
			out.Start = append(out.Start, 0)
		}
		for n := range high + 1 { // a client without a measure still gets his minimum
			x := 0.0
			if int(n) < len(table) {
				x = table[n]
			} else if len(table) > 0 {
				x = table[len(table)-1]
			}
			out.Worth = append(out.Worth, x)
		}
		out.Start = append(out.Start, int32(len(out.Worth)))
		out.Minutes, out.Min, out.Max = append(out.Minutes, int32(math.Round(length))), append(out.Min, low), append(out.Max, high)
		out.Codes, out.Seg, out.Now = append(out.Codes, a.Codes[i]), append(out.Seg, uint8(a.segment(i))), append(out.Now, now[a.Cards[i].ID])
	}
	if len(out.Minutes) > 0 {
		out.Mark = explain.Sound()
	}
	return out
}
