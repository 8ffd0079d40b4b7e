package query

import (
	"bytes"
	"cmp"

	"sillon/engine/calendar"
	"sillon/engine/capacity"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
	"sillon/engine/sorting"
	"sillon/engine/visits"
)

// The files draw_plan*.go answer the screens of the plan (method H0 to H9) with
// plain numbers: the page words and draws them.

// PlanAsk asks for a screen of the plan.
type PlanAsk struct {
	Tab TabAsk `cbor:"1,keyasint"`
	Top int    `cbor:"2,keyasint,omitempty"` // rows wanted; 0: the first ones
}

// PlanBase is what every screen of the plan says: its year, the version in
// hand, the versions before, and which of the twelve steps are done.
type PlanBase struct {
	Tab      TabBase          `cbor:"1,keyasint"`
	Year     int              `cbor:"2,keyasint"`
	Plan     portfolio.Plan   `cbor:"3,keyasint"` // without a state: none was begun
	Versions []portfolio.Plan `cbor:"4,keyasint,omitempty"`
	Done     [12]bool         `cbor:"5,keyasint"`
	Before   portfolio.Plan   `cbor:"6,keyasint"`           // the last version of the year before
	Who      []string         `cbor:"7,keyasint,omitempty"` // who signed, or returned, each version
}

// PlanYear is the year a plan is made for: from October on, the next one.
func PlanYear(day calendar.Day) int {
	y, month, _ := day.Civil()
	if month >= 10 {
		y++
	}
	return y
}

// said are the answers that a plan holds, in the place of what the portfolio
// suggests.
type said struct {
	cycle, pressure int
	need            [4]portfolio.YesNo
	practice        portfolio.YesNo
	year            int
}

// into puts them over a suggestion.
func (s *said) into(q *capacity.Questions) {
	if s.cycle > 0 {
		q.Cycle = capacity.Cycle(s.cycle)
	}
	for k, x := range s.need {
		if x != 0 {
			q.Needs[k] = x == portfolio.SaidYes
		}
	}
	if s.pressure > 0 {
		q.Pressure = capacity.Pressure(s.pressure - 1)
	}
	if s.practice != 0 {
		q.Practice = s.practice == portfolio.SaidYes
	}
}

// planned puts the answers of the plan in hand into the wishes of an analysis.
func (s *Snapshot) planned(a *Analysis) {
	p, _ := latest(s.ledger.plans[a.Scope], PlanYear(a.AsOf))
	if p.State == 0 && !a.wish.planned {
		return
	}
	w := a.wish
	w.planned, w.Growth = p.State != 0, p.Growth
	w.said = said{p.Cycle, p.Pressure, [4]portfolio.YesNo{p.Need1, p.Need2, p.Need3, p.Need4}, p.Practice, p.Year}
	a.Plan(w)
}

// latest is the last version for a year, and those of that year, oldest first.
func latest(list []portfolio.Plan, year int) (p portfolio.Plan, all []portfolio.Plan) {
	for k := range list {
		if list[k].Year == year {
			p = list[k]
			all = append(all, p)
		}
	}
	return p, all
}

// settlePlans reads the versions of the plans. Two devices that began the same
// version apart made two records of it: what one does not say, the other does.
func (l *ledger) settlePlans() {
	sorting.By(l.planned, func(a, b rowOf) int { return bytes.Compare(a.Rec[:], b.Rec[:]) })
	type kept struct {
		scope  uint32
		plan   portfolio.Plan
		fields portfolio.Fields
	}
	var all []kept
next:
	for _, r := range l.planned {
		var p portfolio.Plan
		if r.Fields.Into(&p) != nil || p.State == 0 {
			continue
		}
		for k := range all {
			if x := &all[k]; x.scope == r.Scope && x.plan.Year == p.Year && x.plan.Version == p.Version {
				both := portfolio.Fields{}
				for n, v := range r.Fields {
					both[n] = v
				}
				for n, v := range x.fields {
					if len(v) > 0 && v[0] != portfolio.Null[0] {
						both[n] = v
					}
				}
				x.fields = both
				x.plan = portfolio.Plan{}
				if both.Into(&x.plan) != nil {
					x.plan = p
				}
				continue next
			}
		}
		all = append(all, kept{r.Scope, p, r.Fields})
	}
	l.planned = nil
	for _, x := range all {
		l.plans[x.scope] = append(l.plans[x.scope], x.plan)
	}
	for _, list := range l.plans {
		sorting.By(list, func(a, b portfolio.Plan) int {
			return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Version, b.Version))
		})
	}
}

// WhatFixed is the kind of decision that fixes the visits of a client in the
// plan, whatever the key says.
const WhatFixed = "visits.fixed"

// PlanBase says where the plan stands.
func (s *Snapshot) PlanBase(a *Analysis, tab TabBase) PlanBase {
	out := PlanBase{Tab: tab}
	if a == nil {
		return out
	}
	out.Year = PlanYear(a.AsOf)
	list := s.ledger.plans[a.Scope]
	out.Plan, out.Versions = latest(list, out.Year)
	out.Before, _ = latest(list, out.Year-1)
	if a.Single {
		return out
	}
	known, typed, clients, acts, plans := 0, 0, 0, 0, 0
	for i, c := range a.Cards {
		if a.idle(i) {
			continue
		}
		clients++
		if a.Known[i] {
			known++
		}
		if c.Typology != 0 {
			typed++
		}
		for k := range a.facts[i].Actions {
			if a.facts[i].Actions[k].Year == out.Year {
				acts++
			}
		}
		for k := range c.Plans {
			if c.Plans[k].Day >= a.AsOf {
				plans++
			}
		}
	}
	most := func(n int) bool { return clients > 0 && 10*n >= 7*clients }
	f := a.Files()
	budget, _ := a.budget(out.Year)
	ready := budget.Year == out.Year && a.Time().Stock.Has()
	out.Done = [12]bool{
		f.All.Has() && 10*f.All.Usable >= 7*f.All.Of,
		ready,
		out.Plan.State != 0,
		clients > 0, most(known), most(known), most(typed), most(typed),
		clients > 0, out.Plan.By != 0, acts > 0, plans > 0,
	}
	return out
}

// PlanTime is steps 1 to 3: the file, the days and hours of a year, the four
// questions, the prospects and the price of a contact (H0 to H3, A1).
type PlanTime struct {
	Base PlanBase `cbor:"1,keyasint"`

	Budget   portfolio.Time `cbor:"2,keyasint"` // in force; Year 0: none
	Working  float64        `cbor:"3,keyasint"` // days
	Field    float64        `cbor:"4,keyasint"`
	Weeks    float64        `cbor:"5,keyasint"`
	PerDay   float64        `cbor:"6,keyasint"`
	Stock    Figure         `cbor:"7,keyasint"`  // visits of the year
	Minutes  [3]float64     `cbor:"8,keyasint"`  // with the client, on the road, notes
	Measured bool           `cbor:"9,keyasint"`  // the first is
	Hours    [7]float64     `cbor:"10,keyasint"` // field, fixed, notes, road, ends of days, reserve, with clients
	Why      string         `cbor:"11,keyasint"` // verdict, of capacity.VerdictKeys
	WhyN     []int          `cbor:"12,keyasint,omitempty"`

	Cycle    uint8      `cbor:"13,keyasint"`
	Needs    [4]bool    `cbor:"14,keyasint"`
	Pressure uint8      `cbor:"15,keyasint"`
	Practice bool       `cbor:"16,keyasint"`
	Points   [5]float64 `cbor:"17,keyasint"` // shares: base, life, needs, pressure, practice
	Split    Figure     `cbor:"18,keyasint"` // share of loyalty
	Clipped  bool       `cbor:"19,keyasint"` // held at a bound
	Lifetime Figure     `cbor:"20,keyasint"` // months
	Floor    float64    `cbor:"21,keyasint"` // least share of prospects (H3)

	Prospects Figure  `cbor:"22,keyasint"` // visits
	ToWin     int     `cbor:"23,keyasint"`
	Lost      int     `cbor:"24,keyasint"`
	Share     float64 `cbor:"25,keyasint"`
	Convert   float64 `cbor:"26,keyasint"`
	Guess     bool    `cbor:"27,keyasint"` // no history: the default rate
	Verdict   string  `cbor:"28,keyasint"`
	VerdictN  []int   `cbor:"29,keyasint,omitempty"`
	Reserve   int     `cbor:"30,keyasint"`
	Clients   int     `cbor:"31,keyasint"` // visits left for clients
	Held      int     `cbor:"32,keyasint"` // prospect visits of twelve months

	Visit   Figure         `cbor:"33,keyasint"` // price
	Call    Figure         `cbor:"34,keyasint"`
	Hourly  float64        `cbor:"35,keyasint"` // cents
	Parts   [6]money.Cents `cbor:"36,keyasint"` // pay, support, vehicle, lodging, telecom, the rest
	Default bool           `cbor:"37,keyasint"` // no cost budget

	File    Figure                `cbor:"38,keyasint"` // completeness
	Usable  [2]int                `cbor:"39,keyasint"` // files, of
	Missing [capacity.Fields]int  `cbor:"40,keyasint"`
	Weights [capacity.Fields]bool `cbor:"41,keyasint"`
}

// PlanTime is steps 1 to 3 of the plan.
func (a *Analysis) PlanTime(base PlanBase) PlanTime {
	t, p, c := a.Time(), &a.chapters.capacity, a.Cost()
	y, s := t.Year, &t.Stock
	out := PlanTime{Base: base, Working: s.WorkingDays, Field: s.FieldDays, Weeks: s.Weeks, PerDay: s.PerDay,
		Minutes: [3]float64{y.VisitMinutes, y.TravelMinutes, y.ReportMinutes}, Measured: t.Visit.Status == explain.OK}
	out.Budget, _ = a.budget(a.planYear())
	out.Stock = Figure{Topic: "plan-stock", Value: float64(s.Visits), Unit: explain.Count, Mark: s.Mark}
	out.Why, out.WhyN = s.Verdict()
	r, n := &t.Sharing, float64(s.Visits)
	h := func(minutes float64) float64 { return minutes / 60 }
	field, fixed := h(s.FieldDays*y.MinutesPerDay), h(s.FieldDays*y.Overhead)
	notes, road, reserve := h(n*y.ReportMinutes), h(n*y.TravelMinutes), h(float64(r.Reserve)*y.VisitMinutes)
	with := h(n*y.VisitMinutes) - reserve
	out.Hours = [7]float64{field, fixed, notes, road, max(0, field-fixed-notes-road-reserve-with), reserve, with}

	q := t.Questions
	out.Cycle, out.Needs, out.Pressure, out.Practice = uint8(q.Cycle), q.Needs, uint8(q.Pressure), q.Practice
	for k := range out.Points {
		if k < len(t.Split.Steps) {
			out.Points[k] = t.Split.Steps[k].Value
		}
	}
	out.Split = Figure{Topic: "plan-split", Value: t.Split.Loyalty, Unit: explain.Percent, Mark: t.Split.Mark}
	out.Clipped = t.Split.Raw > t.Split.Loyalty+1e-9 || t.Split.Raw < t.Split.Loyalty-1e-9
	out.Lifetime = figure("plan-life", t.Evidence.Lifetime, explain.Number)
	out.Floor = p.Floor

	w := &t.Prospects
	out.Prospects = Figure{Topic: "plan-prospects", Value: float64(w.Visits), Unit: explain.Count, Mark: w.Mark}
	out.ToWin, out.Share, out.Convert, out.Guess = w.ToWin, w.Share, t.Needs.Conversion, t.Needs.Conversion < 0
	out.Lost = max(0, w.ToWin-t.Needs.Growth)
	if out.Guess {
		out.Convert = p.Conversion
	}
	out.Verdict, out.VerdictN = w.Verdict()
	out.Reserve, out.Clients, out.Held = r.Reserve, r.Clients, t.Held

	out.Visit, out.Call = amount("visit-price", c.Visit, c.Price.Mark), amount("call-price", c.Call, c.Price.Mark)
	if minutes := s.Minutes; minutes > 0 {
		out.Hourly = float64(c.Visit) * 60 / minutes
	}
	budgets := own(a.Costs, a.Owner, func(t *portfolio.Cost) portfolio.ID { return t.User })
	if out.Default = len(budgets) == 0; !out.Default {
		b := budgets[len(budgets)-1]
		out.Parts = [6]money.Cents{b.Pay.Plus(b.Charges), b.Support, b.Vehicle, b.Lodging, b.Telecom, b.Samples.Plus(b.Other)}
	}

	f := &a.Files().All
	out.File = Figure{Topic: "plan-file", Value: f.Rate, Unit: explain.Percent, Mark: f.Mark}
	out.Usable, out.Missing = [2]int{f.Usable, f.Of}, f.Missing
	return out
}

// planYear is the year of the plan in hand.
func (a *Analysis) planYear() int {
	if a.wish.said.year > 0 {
		return a.wish.said.year
	}
	return PlanYear(a.AsOf)
}

// Segments of the table of visits: the categories, the economic ones in growth
// apart, and the prospects.
const (
	SegEconomyC  = 3
	SegEconomy   = 4
	SegProspects = 5
	Segments     = 6
)

// PlanVisits is step 10: the visits of a year shared out (H6), against the hours
// there are, with C against M (C3).
type PlanVisits struct {
	Base    PlanBase       `cbor:"1,keyasint"`
	Segs    [Segments]Seg  `cbor:"2,keyasint"`
	Hours   float64        `cbor:"3,keyasint"` // there are, with clients and prospects
	Known   explain.Mark   `cbor:"4,keyasint"` // whether the hours are
	Before  float64        `cbor:"5,keyasint"` // hours of the last twelve months
	After   float64        `cbor:"6,keyasint"`
	CM      [2][2]float64  `cbor:"7,keyasint"`            // share of the time on C, on M; before, after
	Align   [2]Figure      `cbor:"8,keyasint"`            // of visits with potential
	Hour    Figure         `cbor:"9,keyasint"`            // what one hour more would bring
	Ways    [4]PlanWay     `cbor:"10,keyasint"`           // by score, norms, marginal, mix
	Budget  int            `cbor:"11,keyasint"`           // visits for clients (H3)
	Surplus int            `cbor:"12,keyasint"`           // that no client can take
	Short   int            `cbor:"13,keyasint"`           // that the minima lack
	Rows    []PlanRow      `cbor:"14,keyasint,omitempty"` // the largest changes first
	Of      int            `cbor:"15,keyasint"`
	Respect Figure         `cbor:"16,keyasint"` // of last year's policy
	Loss    [4]int         `cbor:"17,keyasint"` // visits consumed of the plan in force, due by now, late by spacing, clients spaced
	Gain    [2]money.Cents `cbor:"18,keyasint"` // back-test: sales change of clients with more contacts, and of the others
	GainN   [2]int         `cbor:"19,keyasint"`
}

// A Seg is one line of the table.
type Seg struct {
	Clients int        `cbor:"1,keyasint"`
	Was     float64    `cbor:"2,keyasint"` // visits a client of twelve months
	Now     float64    `cbor:"3,keyasint"` // planned
	Minutes float64    `cbor:"4,keyasint"` // of one visit with the client
	Guess   bool       `cbor:"5,keyasint,omitempty"`
	Hours   [2]float64 `cbor:"6,keyasint"`
	Visits  [2]int     `cbor:"7,keyasint"`
	Low     int        `cbor:"8,keyasint"`
	High    int        `cbor:"9,keyasint"`
}

// A PlanWay is one way of sharing, to compare.
type PlanWay struct {
	Visits int     `cbor:"1,keyasint"`
	Hours  float64 `cbor:"2,keyasint"`
	Worth  Figure  `cbor:"3,keyasint"` // margin by the measured response
	Can    bool    `cbor:"4,keyasint"`
}

// A PlanRow is one client in the plan.
type PlanRow struct {
	ID     portfolio.ID `cbor:"1,keyasint"`
	Name   string       `cbor:"2,keyasint"`
	Phase  string       `cbor:"3,keyasint,omitempty"`
	Seg    uint8        `cbor:"4,keyasint"`
	Was    int32        `cbor:"5,keyasint"`
	Visits int32        `cbor:"6,keyasint"`
	Bound  uint8        `cbor:"7,keyasint,omitempty"` // visits.Bound
	Every  float64      `cbor:"8,keyasint,omitempty"` // days
	City   string       `cbor:"9,keyasint,omitempty"`
}

// segment of client i.
func (a *Analysis) segment(i int) int {
	switch c := a.sc.Category[a.at[i]]; {
	case c >= portfolio.Strategic && c <= portfolio.Core:
		return int(c) - 1
	case a.lived().Phase[i] == maturity.Growth:
		return SegEconomyC
	}
	return SegEconomy
}

// PlanVisits shares the visits of the year, as the plan in hand says.
func (a *Analysis) PlanVisits(base PlanBase, top int) PlanVisits {
	out := PlanVisits{Base: base, Budget: a.Visits().Budget}
	t, v, met := a.Time(), a.Visits(), a.Cost().Met
	p := &base.Plan
	n := a.Len()
	rate := [Segments]*int{p.Rate1, p.Rate2, p.Rate3, p.Rate4, p.Rate5, p.Rate6}
	out.Known = t.Stock.Mark
	out.Known.Steps = nil
	out.Hours = float64(max(0, t.Stock.Visits-t.Sharing.Reserve)) * t.Year.VisitMinutes / 60
	// Who is in which line, and how long a visit there takes.
	seg := make([]int8, n)
	var minutes [Segments][]int32
	for i := range n {
		a.rest(i)
		seg[i] = -1
		if a.Prospect[i] || a.lived().Phase[i] == maturity.Prospect {
			if a.Cards[i].Status != portfolio.Suspect && !a.facts[i].told().NoContact {
				seg[i] = SegProspects
			}
		} else if !a.idle(i) {
			seg[i] = int8(a.segment(i))
		}
		if seg[i] < 0 {
			continue
		}
		s := &out.Segs[seg[i]]
		s.Clients++
		s.Visits[0] += int(met[i])
		d := a.facts[i]
		for k := a.lately(i); k < len(d.Contacts); k++ {
			if m := &d.Contacts[k]; m.Duration > 0 && face(m.Kind) && a.within(m) {
				minutes[seg[i]] = append(minutes[seg[i]], int32(m.Duration))
			}
		}
	}
	norm := t.Year.VisitMinutes
	if norm <= 0 {
		norm = normVisit
	}
	low, high := a.rules.visits.Min, a.rules.visits.Max
	for k := range out.Segs {
		s := &out.Segs[k]
		x := capacity.Duration(minutes[k], norm)
		s.Minutes, s.Guess = x.Value, x.Status != explain.OK
		if k < SegProspects {
			c := min(portfolio.Category(k+1), portfolio.Economy)
			s.Low, s.High = int(low[c]), int(high[c])
		}
	}
	// The plans.
	ways := a.plansBy(base.Plan.By)
	now := ways.now
	var given [Segments]int
	var after []float64
	var before []float64
	var worth []money.Cents
	var cm [2][2]float64
	var all [2]float64
	plan := make([]int32, n)
	for i := range n {
		if seg[i] < 0 || seg[i] == SegProspects {
			continue
		}
		s := &out.Segs[seg[i]]
		if now != nil && i < len(now.Visits) {
			plan[i] = now.Visits[i]
		}
		if x := rate[seg[i]]; p.By == portfolio.ByHand && x != nil && (now == nil || now.Bound[i] != visits.ByHand) {
			plan[i] = int32(*x)
		}
		given[seg[i]] += int(plan[i])
		w := [2]float64{float64(met[i]) * s.Minutes, float64(plan[i]) * s.Minutes}
		for k := range w {
			all[k] += w[k]
			switch a.lived().Phase[i] {
			case maturity.Growth:
				cm[k][0] += w[k]
			case maturity.Mature:
				cm[k][1] += w[k]
			}
		}
		if a.Known[i] {
			before, after, worth = append(before, float64(met[i])), append(after, float64(plan[i])), append(worth, a.Worth[i])
		}
	}
	out.CM = cm
	for k := range cm {
		for j := range cm[k] {
			if all[k] > 0 {
				out.CM[k][j] /= all[k]
			}
		}
	}
	given[SegProspects] = t.Sharing.Prospects
	if x := rate[SegProspects]; x != nil {
		given[SegProspects] = *x * out.Segs[SegProspects].Clients
	}
	for k := range out.Segs {
		s := &out.Segs[k]
		s.Visits[1] = given[k]
		for j := range s.Hours {
			s.Hours[j] = float64(s.Visits[j]) * s.Minutes / 60
		}
		if s.Clients > 0 {
			s.Was, s.Now = float64(s.Visits[0])/float64(s.Clients), float64(s.Visits[1])/float64(s.Clients)
		}
		out.Before += s.Hours[0]
		out.After += s.Hours[1]
	}
	out.Align[0] = figure("alignment", potential.Align(before, worth, explain.NoPotential), explain.Percent)
	out.Align[1] = figure("alignment", potential.Align(after, worth, explain.NoPotential), explain.Percent)
	if now != nil {
		out.Surplus, out.Short = now.Surplus, now.Shortage
	}
	out.Hour = Figure{Topic: "plan-hour", Unit: explain.Money, Mark: explain.Missing(explain.NoData)}
	if m := &a.Plans().Marginal; m.Has() {
		out.Hour.Value, out.Hour.Mark = m.Hour, m.Mark
	}
	for k, w := range ways.all {
		if w == nil || !w.Has() {
			continue
		}
		x := PlanWay{Visits: w.Given, Can: true, Worth: Figure{Topic: "plan-worth", Unit: explain.Money, Mark: explain.Missing(explain.NoData)}}
		for i := range n {
			if seg[i] >= 0 && i < len(w.Visits) {
				x.Hours += float64(w.Visits[i]) * out.Segs[seg[i]].Minutes / 60
			}
		}
		if value, ok := a.worthOfPlan(w.Visits, v.Hi); ok {
			x.Worth.Value, x.Worth.Mark = value, explain.Sound(explain.Of("visits.value", value, explain.Money))
		}
		out.Ways[k] = x
	}
	a.planRows(&out, seg, plan, now, top)
	a.agreement(&out, seg, plan)
	return out
}

// planned are the ways to share.
type planWays struct {
	all [4]*visits.Plan
	now *visits.Plan
}

func (a *Analysis) plansBy(by portfolio.Sharing) (w planWays) {
	if a.Single {
		return w
	}
	x := a.Plans()
	w.all = [4]*visits.Plan{&a.Visits().ByScore, &x.ByNorm, &x.Marginal, &x.ByMix}
	w.now = w.all[0]
	if by >= portfolio.ByNorms && by <= portfolio.ByMix && w.all[by-1].Has() {
		w.now = w.all[by-1]
	}
	if !w.now.Has() {
		w.now = nil
	}
	return w
}

// worthOfPlan is the margin a plan brings by the measured responses; false
// without one.
func (a *Analysis) worthOfPlan(plan, most []int32) (sum float64, ok bool) {
	b, margin := a.Response(), a.Cost().Gross.Margin
	if !b.Fitted || len(plan) < a.Len() {
		return 0, false
	}
	for i := range plan {
		if k := b.Place[i]; k >= 0 {
			if table := b.Curve[k].Values(margin[i], float64(a.Cost().Met[i]), int(max(plan[i], most[i]))); int(plan[i]) < len(table) {
				sum, ok = sum+table[plan[i]], true
			}
		}
	}
	return sum, ok
}

// planRows lists clients by the size of their change.
func (a *Analysis) planRows(out *PlanVisits, seg []int8, plan []int32, now *visits.Plan, top int) {
	met := a.Cost().Met
	var who []int32
	for i := range plan {
		if seg[i] >= 0 && seg[i] != SegProspects {
			who = append(who, int32(i))
		}
	}
	change := func(i int32) int32 { return max(plan[i]-met[i], met[i]-plan[i]) }
	sorting.By(who, func(x, y int32) int {
		return cmp.Or(cmp.Compare(change(y), change(x)), cmp.Compare(plan[y], plan[x]), cmp.Compare(a.Codes[x], a.Codes[y]), cmp.Compare(x, y))
	})
	out.Of = len(who)
	if top <= 0 {
		top = 12
	}
	for _, i := range who[:min(len(who), top, 1000)] {
		c := a.Cards[i]
		r := PlanRow{ID: c.ID, Name: c.Name, Phase: letterOf(a.lived().Phase[i]), Seg: uint8(seg[i]), Was: met[i], Visits: plan[i], City: c.City}
		if now != nil {
			r.Bound = uint8(now.Bound[i])
		}
		r.Every, _ = visits.Interval(a.Visits().Weeks, int(plan[i]))
		out.Rows = append(out.Rows, r)
	}
}

// agreement measures what was done against the plan of the running year, and
// whether clients who had more contacts bought more.
func (a *Analysis) agreement(out *PlanVisits, seg []int8, plan []int32) {
	out.Respect = figure("plan-respect", a.Visits().Respect, explain.Percent)
	late, spaced := 0, 0
	due := a.Visits().Due
	for i := range plan {
		if seg[i] < 0 || seg[i] == SegProspects || i >= len(due.Overdue) || due.Interval[i] <= 0 {
			continue
		}
		spaced++
		if due.Overdue[i] {
			late++
		}
	}
	year, _, _ := a.AsOf.Civil()
	from := calendar.Of(year, 1, 1)
	done := 0
	for i, d := range a.facts {
		if i >= len(seg) || seg[i] < 0 || seg[i] == SegProspects {
			continue
		}
		for k := a.lately(i); k < len(d.Contacts); k++ {
			if m := &d.Contacts[k]; m.Day >= from && m.Day <= a.AsOf && face(m.Kind) && held(m.Outcome) {
				done++
			}
		}
	}
	planned := out.Budget
	if out.Base.Before.Visits > 0 {
		planned = out.Base.Before.Visits
	}
	past := float64(a.AsOf-from+1) / float64(calendar.Of(year, 12, 31)-from+1)
	out.Loss = [4]int{done, int(past*float64(planned) + .5), late, spaced}
	c := a.Cost()
	for i := range plan {
		if seg[i] < 0 || seg[i] == SegProspects || a.Sales1[i] <= 0 {
			continue
		}
		k := 1
		if c.Units[i] > c.Before[i]+.5 {
			k = 0
		}
		out.GainN[k]++
		out.Gain[k] = out.Gain[k].Plus(a.Sales[i].Plus(-a.Sales1[i]))
	}
}

// wholePlan are the figures of the plan that have a Why.
var wholePlan = [...]reading{
	{topic: "plan-file", section: "H0", data: "j", collect: "file"},
	{topic: "plan-split", section: "H1", show: []string{"capacity.base", "capacity.loyalty", "capacity.prospecting"}, data: "sc"},
	{topic: "plan-life", section: "H1", data: "s"},
	{topic: "plan-stock", section: "H2", show: []string{"capacity.fieldDays", "capacity.perDay", "capacity.visits"}, data: "c"},
	{topic: "plan-prospects", section: "H3", show: []string{"capacity.toWin", "capacity.conversion", "capacity.prospects"}, data: "sc"},
	{topic: "plan-hour", section: "H6", data: "sc"},
	{topic: "plan-worth", section: "H6", data: "sc"},
	{topic: "plan-urgency", section: "H8", show: []string{"visits.since", "visits.interval", "visits.urgency"}, data: "c"},
	{topic: "plan-respect", section: "H7", data: "c"},
}
