package query

import (
	"cmp"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
	"sillon/engine/scoring"
	"sillon/engine/sorting"
	"sillon/engine/steering"
	"sillon/engine/visits"
)

// SensitivityView says how much the ranking leans on each weight of the grid
// (H5): its rank correlation with today's when the weight moves by one.
type SensitivityView struct {
	Rows []SensitivityRow `cbor:"1,keyasint,omitempty"`
	Mark explain.Mark     `cbor:"2,keyasint"`
}

// A SensitivityRow is one weight moved.
type SensitivityRow struct {
	Criterion string  `cbor:"1,keyasint"`
	Weight    float64 `cbor:"2,keyasint"`
	Change    float64 `cbor:"3,keyasint"`
	Rank      Figure  `cbor:"4,keyasint"` // Spearman
	Pairs     Figure  `cbor:"5,keyasint"` // Kendall τ-b
}

// SensitivityView moves each weight of the grid. It is not kept.
func (a *Analysis) SensitivityView() SensitivityView {
	sheet := a.sc.Sheet
	out := SensitivityView{Mark: explain.Mark{Status: sheet.Status, Reason: sheet.Reason}}
	grid := scoring.DefaultGrid(a.rules.scoring)
	for _, s := range sheet.Sensitivities() {
		c := &grid.Criteria[s.Criterion]
		out.Rows = append(out.Rows, SensitivityRow{c.Key, c.Weight, s.Change, figure("rank-stability", s.Spearman, explain.Number), figure("pair-stability", s.Kendall, explain.Number)})
	}
	return out
}

// PACAsk is an action plan being written (H7). No record holds its lines but
// planned visits: the others come with the question.
type PACAsk struct {
	Lines  []PACLine   `cbor:"1,keyasint,omitempty"` // without, the appointments of the year
	Target money.Cents `cbor:"2,keyasint,omitempty"` // margin it should bring
}

// A PACLine is one action of the plan.
type PACLine struct {
	Client    portfolio.ID       `cbor:"1,keyasint"`
	Purpose   uint8              `cbor:"2,keyasint,omitempty"` // visits.Purpose
	Visits    float64            `cbor:"3,keyasint,omitempty"` // it adds
	Spend     money.Cents        `cbor:"4,keyasint,omitempty"`
	Chance    float64            `cbor:"5,keyasint,omitempty"`
	Captured  money.Cents        `cbor:"6,keyasint,omitempty"` // 0: what is left to win; of a prospect, a first year
	Due       calendar.Day       `cbor:"7,keyasint,omitempty"`
	Indicator string             `cbor:"8,keyasint,omitempty"`
	State     portfolio.Progress `cbor:"9,keyasint,omitempty"`
}

// PACView is what an action plan costs and should bring (H7).
type PACView struct {
	Ground    Ground         `cbor:"1,keyasint"`
	All       EconomyPart    `cbor:"2,keyasint"`
	Clients   EconomyPart    `cbor:"3,keyasint"`
	Prospects EconomyPart    `cbor:"4,keyasint"`
	ByPurpose [8]EconomyPart `cbor:"5,keyasint"` // 0: none said
	Gap       Figure         `cbor:"6,keyasint"` // target − expected gain
	Progress  Figure         `cbor:"7,keyasint"`
	Rows      []PACRow       `cbor:"8,keyasint,omitempty"` // along the lines
	Planned   bool           `cbor:"9,keyasint,omitempty"` // the lines are the appointments of the year
	Ideas     []PACRow       `cbor:"10,keyasint,omitempty"`
}

// An EconomyPart is a set of actions priced.
type EconomyPart struct {
	Actions int     `cbor:"1,keyasint"`
	Visits  float64 `cbor:"2,keyasint"`
	Cost    Figure  `cbor:"3,keyasint"`
	Gain    Figure  `cbor:"4,keyasint"`
	ROI     Figure  `cbor:"5,keyasint"`
}

// A PACRow is one line priced.
type PACRow struct {
	Client   int32       `cbor:"1,keyasint"` // −1: not in the portfolio
	Prospect bool        `cbor:"2,keyasint,omitempty"`
	Purpose  uint8       `cbor:"3,keyasint,omitempty"`
	Visits   float64     `cbor:"4,keyasint"`
	Cost     money.Cents `cbor:"5,keyasint"`
	Captured money.Cents `cbor:"6,keyasint"`
	Margin   float64     `cbor:"7,keyasint"` // rate
	Chance   float64     `cbor:"8,keyasint,omitempty"`
	Gain     money.Cents `cbor:"9,keyasint"`
	Needs    float64     `cbor:"10,keyasint"`           // chance from which it pays; over 1: it cannot
	Rejected bool        `cbor:"11,keyasint,omitempty"` // no date or no indicator
}

// PACView prices a plan of actions.
func (a *Analysis) PACView(ask PACAsk) PACView {
	out := PACView{Ground: a.ground(""), Planned: len(ask.Lines) == 0}
	lines := ask.Lines[:min(len(ask.Lines), 2000)]
	var list []visits.Action
	if out.Planned {
		list = a.appointments()
	}
	for _, l := range lines {
		i := a.Index(l.Client)
		x, row := a.action(i, l)
		list, out.Rows = append(list, x), append(out.Rows, row)
	}
	e := visits.Economy(list, ask.Target, a.AsOf)
	out.All, out.Clients, out.Prospects = economy(&e.All), economy(&e.Clients), economy(&e.Prospects)
	for k := range e.ByPurpose {
		out.ByPurpose[k] = economy(&e.ByPurpose[k])
	}
	for _, k := range e.Rejected {
		if int(k) < len(out.Rows) {
			out.Rows[k].Rejected = true
		}
	}
	out.Gap = euros(e.Gap, e.Mark)
	out.Gap.Topic = "pac-gap"
	out.Progress = figure("pac-progress", e.Progress, explain.Percent)
	out.Ideas = a.ideas()
	return out
}

func economy(e *visits.Economics) EconomyPart {
	m := explain.Sound(explain.Of("visits.cost", e.Cost, explain.Money), explain.Of("visits.gain", e.Gain, explain.Money))
	if e.Actions == 0 {
		m = explain.Missing(explain.NoData)
	}
	return EconomyPart{e.Actions, e.Visits, Figure{Topic: "pac-cost", Value: e.Cost, Unit: explain.Money, Mark: m},
		Figure{Topic: "pac-gain", Value: e.Gain, Unit: explain.Money, Mark: m}, figure("pac-roi", e.ROI, explain.Percent)}
}

// appointments are the visits and calls planned, held or called off in the civil
// year of the as-of date: they have a cost, and no expected gain.
func (a *Analysis) appointments() (list []visits.Action) {
	year, _, _ := a.AsOf.Civil()
	add := func(i int, day calendar.Day, kind portfolio.ContactKind, objective string, state portfolio.Progress) {
		if y, _, _ := day.Civil(); y == year {
			list = append(list, visits.Action{Code: a.Codes[i], Prospect: a.lived().Phase[i] == maturity.Prospect, Visits: a.unitsOf(kind), PRC: a.Cost().Unit,
				Due: day, Indicator: objective != "", Progress: max(state, portfolio.Planned)})
		}
	}
	for i, c := range a.Cards {
		for k := range c.Plans {
			add(i, c.Plans[k].Day, c.Plans[k].Kind, c.Plans[k].Objective, portfolio.Planned)
		}
		for k := range a.facts[i].Appointed {
			if x := &a.facts[i].Appointed[k]; x.State > portfolio.Planned {
				add(i, x.Day, x.Kind, x.Objective, x.State)
			}
		}
	}
	return list
}

// action prices a line. What it may capture of a client is what is accessible
// and left; of a prospect, what the clients won this year bought.
func (a *Analysis) action(i int, l PACLine) (visits.Action, PACRow) {
	x := visits.Action{Purpose: visits.Purpose(l.Purpose), Visits: finiteOr(l.Visits), PRC: a.Cost().Visit, Spend: l.Spend, Probability: finiteOr(l.Chance), Captured: l.Captured,
		Due: orNone(l.Due), Indicator: l.Indicator != "", Progress: max(l.State, portfolio.Planned)}
	row := PACRow{Client: int32(i), Purpose: l.Purpose, Visits: x.Visits, Chance: x.Probability}
	if i >= 0 {
		x.Code, x.Prospect = a.Codes[i], a.lived().Phase[i] == maturity.Prospect
		x.Margin, _ = a.rateOf(i)
		if x.Captured <= 0 {
			x.Captured = a.capture(i)
		}
	}
	row.Prospect, row.Captured, row.Margin = x.Prospect, x.Captured, x.Margin
	row.Cost, row.Gain = round64(x.Cost()), round64(x.Gain())
	if whole := float64(max(0, x.Captured)) * min(1, max(0, x.Margin)); whole > 0 {
		row.Needs = short(x.Cost() / whole)
	}
	return x, row
}

func (a *Analysis) capture(i int) money.Cents {
	if a.lived().Phase[i] == maturity.Prospect {
		return a.Time().Needs.FirstYear
	}
	if a.Known[i] {
		return potential.Remaining(a.Sales[i], ours(a.Book, a.sc.Appraisal)[i].Accessible)
	}
	return 0
}

// maxIdeas bounds the lines proposed.
const maxIdeas = 20

// ideas are lines the plan of visits suggests: clients who get more visits than
// last year, for what reaches their next floor or is left to win; then prospects
// by priority. The chance of a client is for the rep to say.
func (a *Analysis) ideas() (out []PACRow) {
	if a.Single {
		return nil
	}
	v := a.Visits()
	var who []int32
	for i := range a.Cards {
		if v.ByScore.Has() && i < len(v.ByScore.Visits) && v.ByScore.Visits[i] > v.Last[i] && a.capture(i) > 0 && !a.idle(i) {
			who = append(who, int32(i))
		}
	}
	more := func(i int32) int32 { return v.ByScore.Visits[i] - v.Last[i] }
	sorting.By(who, func(x, y int32) int {
		return cmp.Or(cmp.Compare(more(y), more(x)), cmp.Compare(a.capture(int(y)), a.capture(int(x))), cmp.Compare(a.Codes[x], a.Codes[y]), cmp.Compare(x, y))
	})
	for _, i := range who[:min(len(who), maxIdeas)] {
		l := PACLine{Purpose: uint8(visits.StimulatePurchases), Visits: float64(more(i)), Captured: a.capture(int(i))}
		if c, ok := a.sc.R.Climb(a.where(int(i))); ok && c.Cost > 0 {
			l.Captured = min(l.Captured, c.Cost)
		}
		_, row := a.action(int(i), l)
		out = append(out, row)
	}
	b := a.Appeal()
	t := a.Time()
	for n, k := range b.Board.Order {
		if n == maxIdeas || t.Approached == 0 || t.Needs.FirstYear <= 0 {
			break
		}
		_, row := a.action(int(b.Clients[k]), PACLine{Purpose: uint8(visits.Win), Visits: float64(t.Held) / float64(t.Approached), Chance: b.Board.Of[k].Conversion})
		out = append(out, row)
	}
	return out
}

// SpendView shares a budget of retention over the clients worth it (I4).
type SpendView struct {
	Budget money.Cents `cbor:"1,keyasint"`
	Gain   Figure      `cbor:"2,keyasint"`
	Spent  Figure      `cbor:"3,keyasint"`
	Rows   []SpendRow  `cbor:"4,keyasint,omitempty"` // by gain
	Left   int         `cbor:"5,keyasint,omitempty"` // worth it, and without the means
}

// A SpendRow is one client with the action chosen.
type SpendRow struct {
	Client int32   `cbor:"1,keyasint"`
	Action uint8   `cbor:"2,keyasint"` // attrition.Action
	Net    float64 `cbor:"3,keyasint" why:"retain"`
	Cost   float64 `cbor:"4,keyasint"` // with what is offered
}

// SpendView is the best use of a budget.
func (a *Analysis) SpendView(budget money.Cents) SpendView {
	at := a.Attrition()
	var who []int32
	for i := range a.Cards {
		if w := &at.Worth[i]; w.Has() && w.Decision == attrition.Retain {
			who = append(who, int32(i))
		}
	}
	chosen, gain, spent := attrition.Spend(among(at.Worth, who), among(a.Codes, who), budget)
	out := SpendView{Budget: budget}
	for k, action := range chosen {
		if action == 0 {
			out.Left++
			continue
		}
		g := &at.Worth[who[k]].Gains[action-1]
		out.Rows = append(out.Rows, SpendRow{who[k], uint8(action), g.Net, g.Cost + g.Delta})
	}
	sorting.By(out.Rows, func(x, y SpendRow) int {
		return cmp.Or(cmp.Compare(y.Net, x.Net), cmp.Compare(a.Codes[x.Client], a.Codes[y.Client]), cmp.Compare(x.Client, y.Client))
	})
	m := explain.Sound(explain.Amount("view.budget", budget), explain.Of("attrition.spent", spent, explain.Money), explain.Of("attrition.gain", gain, explain.Money))
	if len(who) == 0 || budget <= 0 {
		m = explain.Missing(explain.NoData)
	}
	out.Gain, out.Spent = euros(gain, m), euros(spent, m)
	out.Gain.Topic, out.Spent.Topic = "spend-gain", "spend-cost"
	return out
}

// RescueView is the board of reconquest (I6), and what the portfolio's own cases
// say of each means of retention.
type RescueView struct {
	Stage    [10]Who        `cbor:"1,keyasint"` // by attrition.Stage
	Alerts   int            `cbor:"2,keyasint"`
	Saved    int            `cbor:"3,keyasint"`
	Open     int            `cbor:"4,keyasint"`
	Rate     Figure         `cbor:"5,keyasint"`
	PerSave  Figure         `cbor:"6,keyasint"`
	NetSaved Figure         `cbor:"7,keyasint"`
	Delay    Figure         `cbor:"8,keyasint"`           // days from alert to contact
	Cohorts  []CohortPart   `cbor:"9,keyasint,omitempty"` // by quarter of the alert, oldest first
	Means    []MeansPart    `cbor:"10,keyasint"`          // by attrition.Action
	WinBack  Who            `cbor:"11,keyasint,omitempty"`
	Returned [2]LoyaltyPart `cbor:"12,keyasint"` // the others, those who came back
	Claim    explain.Mark   `cbor:"13,keyasint"` // whether the two can be compared
}

// A CohortPart is the cases of one quarter.
type CohortPart struct {
	Alerts int     `cbor:"1,keyasint"`
	Saved  int     `cbor:"2,keyasint"`
	Lost   int     `cbor:"3,keyasint"`
	Rate   float64 `cbor:"4,keyasint"`
}

// A MeansPart is one means of retention: what the catalogue says, and what was
// seen.
type MeansPart struct {
	Action  uint8      `cbor:"1,keyasint"`
	Cases   int        `cbor:"2,keyasint"`
	Saved   int        `cbor:"3,keyasint"`
	Success [2]float64 `cbor:"4,keyasint"` // of the catalogue; in force
	Cost    [2]float64 `cbor:"5,keyasint"`
	Own     bool       `cbor:"6,keyasint,omitempty"` // thirty cases or more: ours are in force
}

// A LoyaltyPart is how loyal a group is.
type LoyaltyPart struct {
	Clients      int     `cbor:"1,keyasint"`
	Exclusion    float64 `cbor:"2,keyasint,omitempty"`
	Satisfaction float64 `cbor:"3,keyasint,omitempty"`
	Known        [2]int  `cbor:"4,keyasint"` // of exclusion, of satisfaction
}

// RescueView is the reconquest of the portfolio.
func (a *Analysis) RescueView() RescueView {
	at := a.Attrition()
	out := RescueView{WinBack: at.WinBack, Claim: at.Returned.Mark}
	cases := a.rescues()
	list := make([]attrition.Rescue, len(cases))
	for k := range cases {
		r := &cases[k]
		if w := &at.Worth[r.client]; w.Has() {
			r.Value = max(0, round64(w.Value))
		}
		list[k] = r.Rescue
		if !r.Natural {
			out.Stage[r.Stage] = append(out.Stage[r.Stage], r.client)
		}
	}
	b := attrition.Summarise(list)
	out.Alerts, out.Saved, out.Open = b.Alerts, b.Saved, b.Open
	out.Rate = Figure{Topic: "save-rate", Value: b.SaveRate, Unit: explain.Percent, Mark: b.Mark}
	out.PerSave = Figure{Topic: "per-save", Value: b.PerSave, Unit: explain.Money, Mark: missingUnless(b.Saved > 0, b.Mark, explain.NoData)}
	out.NetSaved = amount("net-saved", b.NetSaved, b.Mark)
	out.Delay = Figure{Topic: "alert-delay", Value: b.Delay, Unit: explain.Days, Mark: missingUnless(b.Delays > 0, b.Mark, explain.NoContact)}
	for _, c := range attrition.Cohorts(list, a.AsOf, 8) {
		out.Cohorts = append(out.Cohorts, CohortPart{c.Alerts, c.Saved, c.N[attrition.LostClient] + c.N[attrition.WinningBack], c.SaveRate})
	}
	base := a.chapters.attrition.Price(attrition.Costs{Visit: a.Cost().Visit, Call: a.Cost().Call, Hours: a.hoursOf()})
	for k, s := range a.records() {
		x := &at.Catalogue[k]
		out.Means = append(out.Means, MeansPart{uint8(k + 1), s.Cases, s.Saved, [2]float64{base[k].Gamma, x.Gamma}, [2]float64{base[k].Cost, x.Cost}, s.Cases >= attrition.EnoughCases})
	}
	for k := range out.Returned {
		r := &at.Returned
		out.Returned[k] = LoyaltyPart{r.N[k], r.Exclusion[k], r.Satisfaction[k], [2]int{r.KnownExclusion[k], r.KnownSatisfaction[k]}}
	}
	return out
}

// LoyaltyAsk is a measure of loyalty being weighed for a client (I7).
type LoyaltyAsk struct {
	Scale []TierAsk    `cbor:"1,keyasint,omitempty"` // of a deferred rebate, in any order
	From  calendar.Day `cbor:"2,keyasint,omitempty"` // its year began on; 0: 1 January
	Cost  money.Cents  `cbor:"3,keyasint,omitempty"` // of an incentive given in the last twelve months
	Marks []float64    `cbor:"4,keyasint,omitempty"` // five, out of ten, of a control visit; under 0: not asked; none: the mark the visit records
}

// A TierAsk is a step of a rebate.
type TierAsk struct {
	From money.Cents `cbor:"1,keyasint"`
	Rate float64     `cbor:"2,keyasint"`
}

// LoyaltyMeasures is what a measure of loyalty gives a client, and us (I7).
type LoyaltyMeasures struct {
	ToDate   money.Cents `cbor:"1,keyasint"` // sales of the year of the scale
	Now      float64     `cbor:"2,keyasint"` // rate reached
	Top      bool        `cbor:"3,keyasint,omitempty"`
	Next     money.Cents `cbor:"4,keyasint,omitempty"` // amount of the next step
	NextRate float64     `cbor:"5,keyasint,omitempty"`
	Gap      Figure      `cbor:"6,keyasint"`
	Gain     Figure      `cbor:"7,keyasint"`           // rebate it adds
	Marginal Figure      `cbor:"8,keyasint"`           // gain ÷ gap
	Thin     bool        `cbor:"9,keyasint,omitempty"` // the discount on what is missing is more than the margin
	ROI      Figure      `cbor:"10,keyasint"`          // of the incentive, against his peers
	Peers    int         `cbor:"11,keyasint"`
	Survey   Figure      `cbor:"12,keyasint"` // manager's mark − the one the rep reported
}

// LoyaltyMeasures weighs a measure for client i.
func (a *Analysis) LoyaltyMeasures(i int, ask LoyaltyAsk) LoyaltyMeasures {
	year, _, _ := a.AsOf.Civil()
	from := ask.From
	if from == 0 || from > a.AsOf {
		from = calendar.Of(year, 1, 1)
	}
	out := LoyaltyMeasures{ToDate: a.salesIn(i, calendar.Window{From: from, To: a.AsOf})}
	scale := make([]attrition.Tier, min(len(ask.Scale), mostRows))
	for k := range scale {
		scale[k] = attrition.Tier{From: ask.Scale[k].From, Rate: ask.Scale[k].Rate}
	}
	g := attrition.NextTier(out.ToDate, scale)
	out.Now, out.Top, out.Next, out.NextRate = g.Now, g.Top && g.Has(), g.Next.From, finiteOr(g.Next.Rate)
	next := missingUnless(!g.Top, g.Mark, explain.NoData)
	out.Gap, out.Gain = amount("tier-gap", g.Gap, next), Figure{Topic: "tier-gain", Value: g.Gain, Unit: explain.Money, Mark: next}
	out.Marginal = Figure{Topic: "tier-rate", Value: g.Marginal, Unit: explain.Percent, Mark: next}
	rate, known := a.rateOf(i)
	out.Thin = next.Has() && known && g.Marginal > rate
	a.incentive(i, ask.Cost, &out)
	out.Survey = a.surveyed(i, ask.Marks)
	return out
}

// incentive compares the client's margin with his peers': of his typology, all
// where he has none. The margin of N-1 is that of its sales at the rate of N.
func (a *Analysis) incentive(i int, spent money.Cents, out *LoyaltyMeasures) {
	gross := a.Cost().Gross.Margin
	rate, _ := a.rateOf(i)
	var before, after money.Cents
	for k := range a.Cards {
		if k == i || a.Cards[k].Typology != a.Cards[i].Typology && a.Cards[i].Typology != 0 || a.Sales1[k] <= 0 {
			continue
		}
		r, _ := a.rateOf(k)
		out.Peers++
		before, after = before.Plus(round64(float64(a.Sales1[k])*r)), after.Plus(gross[k])
	}
	x := attrition.IncentiveReturn(round64(float64(a.Sales1[i])*rate), gross[i], before, after, spent)
	if x.Has() {
		x.Steps = []explain.Step{explain.Tally("view.peers", out.Peers), explain.Amount("view.peersBefore", before), explain.Amount("view.peersAfter", after)}
		if out.Peers < 4 {
			x.Status, x.Reason = explain.Weak, explain.FewClients
		}
	}
	out.ROI = figure("incentive-roi", x, explain.Percent)
}

// surveyed is the gap between what the manager was told and what the rep wrote:
// the last mark of each.
func (a *Analysis) surveyed(i int, marks []float64) Figure {
	manager := attrition.Survey{-1, -1, -1, -1, -1}
	rep, last := -1.0, -1.0
	for k := range a.facts[i].Contacts { // in order of day
		m := &a.facts[i].Contacts[k]
		if _, ok := a.seen(m.Day); !ok || m.Content < 0 {
			continue
		}
		if m.Kind == portfolio.ManagerControlVisit {
			last = float64(m.Content)
		} else {
			rep = float64(m.Content)
		}
	}
	manager[0] = last
	if len(marks) > 0 {
		for k := range manager {
			if manager[k] = -1; k < len(marks) && finite(marks[k]) {
				manager[k] = marks[k]
			}
		}
	}
	out := Figure{Topic: "survey-gap", Unit: explain.Points, Mark: explain.Missing(explain.NoData)}
	if x, ok := attrition.SurveyGap(manager, rep); ok {
		out.Value, out.Mark = x, explain.Sound(explain.Num("view.managerMark", x+rep), explain.Num("view.repMark", rep))
	}
	return out
}

// ReachAsk is what was told to clients (I7). No record holds a message: its day,
// its subject among the topics of contacts, and whom it was for come with the
// question.
type ReachAsk struct {
	Messages  []MessageAsk `cbor:"1,keyasint,omitempty"`
	Announced calendar.Day `cbor:"2,keyasint,omitempty"` // day the rep's departure was announced; 0: he stays
	Departure string       `cbor:"3,keyasint,omitempty"` // topic of the contacts that introduce the successor
}

// A MessageAsk is one piece of news.
type MessageAsk struct {
	Sent  calendar.Day   `cbor:"1,keyasint"`
	Topic string         `cbor:"2,keyasint"`
	For   []portfolio.ID `cbor:"3,keyasint,omitempty"` // none: all clients
}

// ReachView is how far information went, and to whom a successor is still to be
// introduced.
type ReachView struct {
	Reach    Figure  `cbor:"1,keyasint"`
	Targeted int     `cbor:"2,keyasint"`
	Informed int     `cbor:"3,keyasint"`
	Latest   []int32 `cbor:"4,keyasint,omitempty"` // days since each client was last informed; −1: never
	Present  Who     `cbor:"5,keyasint,omitempty"`
}

// ReachView measures the messages of N: a client is informed by a contact on the
// subject since it was sent.
func (a *Analysis) ReachView(ask ReachAsk) ReachView {
	at, _ := a.clients()
	var list []attrition.Message
	for _, m := range ask.Messages[:min(len(ask.Messages), mostRows)] {
		x := attrition.Message{Sent: m.Sent, Targeted: at}
		if len(m.For) > 0 {
			x.Targeted = nil
			for _, id := range m.For {
				if i := a.Index(id); i >= 0 {
					x.Targeted = append(x.Targeted, int32(i))
				}
			}
		}
		for i := range a.Cards {
			if a.spokeOf(i, m.Topic) >= m.Sent {
				x.Informed = append(x.Informed, int32(i))
			}
		}
		list = append(list, x)
	}
	r := attrition.Inform(list, a.Len(), a.N)
	out := ReachView{Reach: Figure{Topic: "reach", Value: r.Rate, Unit: explain.Percent, Mark: r.Mark}, Targeted: r.Targeted, Informed: r.Informed}
	if len(list) > 0 {
		out.Latest = r.Latest
	}
	if ask.Announced != 0 {
		reps, told := make([]int32, a.Len()), make([]calendar.Day, a.Len())
		for i := range reps {
			reps[i], told[i] = 1, calendar.None
			if day := a.spokeOf(i, ask.Departure); day > 0 {
				told[i] = day
			}
		}
		for _, i := range at {
			reps[i] = 0
		}
		out.Present = attrition.Successor(reps, 0, ask.Announced, told, a.AsOf)
	}
	return out
}

// spokeOf is the last day a client was met or reached on a subject; 0: never.
func (a *Analysis) spokeOf(i int, topic string) (last calendar.Day) {
	d := a.facts[i]
	for t, s := range d.Topics[:min(len(d.Topics), 31)] {
		if s != topic {
			continue
		}
		for k := range d.Contacts {
			m := &d.Contacts[k]
			if day, ok := a.seen(m.Day); ok && m.Topics&bit(t) != 0 && (m.Outcome == 0 || m.Outcome.Met()) {
				last = max(last, day)
			}
		}
	}
	return last
}

// EffortsView sums the efforts asked of the clients (G2): by effort, and what a
// contact obtains.
type EffortsView struct {
	Lines  []EffortLine `cbor:"1,keyasint,omitempty"` // by effort, E01 first
	Yields []YieldRow   `cbor:"2,keyasint,omitempty"` // the best first
}

// An EffortLine is one effort of the catalogue over all clients.
type EffortLine struct {
	Code    string `cbor:"1,keyasint"` // E01 … E15
	Key     string `cbor:"2,keyasint"`
	Asked   int    `cbor:"3,keyasint"`
	Counted int    `cbor:"4,keyasint"` // measured, and counted in a client's index
	Reached int    `cbor:"5,keyasint"`
	Mean    Figure `cbor:"6,keyasint"`
}

// A YieldRow is the effort that a contact unit obtains of a client.
type YieldRow struct {
	Client int32  `cbor:"1,keyasint"`
	Yield  Figure `cbor:"2,keyasint"`
}

// EffortsView is the efforts of the portfolio.
func (a *Analysis) EffortsView() EffortsView {
	st, units := a.Steering(), a.Cost().Units
	out := EffortsView{}
	list := steering.Catalogue()
	for _, l := range steering.Roll(st.Objectives, st.Score) {
		x := EffortLine{Code: l.Effort.String(), Asked: l.Asked, Counted: l.Measured, Reached: l.Reached,
			Mean: Figure{Topic: "effort-attained", Value: l.Mean, Unit: explain.Percent, Mark: explain.Missing(explain.NoData)}}
		if l.Effort >= 1 && int(l.Effort) <= len(list) {
			x.Key = list[l.Effort-1].Key
		}
		if l.Measured > 0 {
			x.Mean.Mark = explain.Sound(explain.Tally("view.asked", l.Asked), explain.Tally("view.reached", l.Reached))
		}
		out.Lines = append(out.Lines, x)
	}
	for i := range st.Score {
		if y := steering.Yield(st.Score[i], units[i]); y.Has() {
			out.Yields = append(out.Yields, YieldRow{int32(i), figure("effort-yield", y, explain.Number)})
		}
	}
	sorting.By(out.Yields, func(x, y YieldRow) int {
		return cmp.Or(cmp.Compare(y.Yield.Value, x.Yield.Value), cmp.Compare(a.Codes[x.Client], a.Codes[y.Client]), cmp.Compare(x.Client, y.Client))
	})
	out.Yields = out.Yields[:min(len(out.Yields), mostRows)]
	return out
}

// FormerFile is the file to keep of client i when he leaves on a day (I3): the
// signals of the six months before, seen or told by nobody. The motive is that of
// his card.
func (a *Analysis) FormerFile(i int, left calendar.Day) portfolio.Former {
	d := a.facts[i]
	out := portfolio.Former{Account: a.Cards[i].ID, Left: left, Motive: d.Motive, Natural: d.Natural}
	c := attrition.Freeze(a.Signals().File[i:i+1], []calendar.Day{left}, a.chapters.attrition)[0]
	for code := attrition.S1; code <= attrition.NSignals; code++ {
		switch {
		case c.On.Has(code):
			out.Seen = append(out.Seen, int(code))
		case !c.Known.Has(code):
			out.Unknown = append(out.Unknown, int(code))
		}
	}
	return out
}
