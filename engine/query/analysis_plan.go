package query

import (
	"math"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/capacity"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
	"sillon/engine/scoring"
	"sillon/engine/visits"
)

// Files is H0.
func (a *Analysis) Files() *PartFiles {
	if a.part.files != nil {
		return a.part.files
	}
	out := &PartFiles{File: make([]capacity.File, a.Len())}
	for i := range out.File {
		a.rest(i)
		out.File[i] = a.file(i)
	}
	out.Filling = capacity.CompleteBrief(out.File, a.chapters.capacity)
	a.rest(0)
	out.All = capacity.CompleteAll(out.File, a.chapters.capacity)
	a.part.files = out
	return out
}

// file says what is filled in the file of client i. An identity is a name and
// half of the address.
func (a *Analysis) file(i int) (f capacity.File) {
	c, d := a.Cards[i], a.facts[i]
	f[capacity.Identity] = c.Name != "" && d.Identity >= 2
	for k := range d.Persons {
		if !seenBy(d.Persons[k].Until, a.AsOf) {
			f[capacity.Interlocutors] = true
			f[capacity.Consent] = f[capacity.Consent] || d.Persons[k].Consent
		}
	}
	f[capacity.Potential] = a.Known[i]
	for k := range d.Families {
		f[capacity.SalesByFamily] = f[capacity.SalesByFamily] || d.Families[k].Family != ""
	}
	f[capacity.Competitor] = len(d.Competitors) > 0
	f[capacity.History] = len(d.Contacts) > 0
	return f
}

// Norms of the minutes of a visit where nobody timed one: the 85 minutes of
// the method's example (H2).
const normVisit, normTravel, normReport = 45, 25, 15

// A dayBook is the time budget with the minutes of a visit.
type dayBook struct {
	year  capacity.Year
	visit explain.Result
	known bool
}

// year is the time budget of the year of the as-of date, else of the nearest,
// the earlier of two.
func (a *Analysis) year() (y capacity.Year, visit explain.Result, ok bool) {
	if a.part.year == nil {
		now, _, _ := a.AsOf.Civil()
		y, visit, ok = a.readYear(now)
		a.part.year = &dayBook{y, visit, ok}
	}
	return a.part.year.year, a.part.year.visit, a.part.year.known
}

// budget is the time budget of a year, else of the nearest, the earlier of two.
func (a *Analysis) budget(year int) (b portfolio.Time, ok bool) {
	for _, x := range own(a.Times, a.Owner, func(t *portfolio.Time) portfolio.ID { return t.User }) {
		if !ok || distance(x.Year, year) < distance(b.Year, year) {
			b, ok = x, true
		}
	}
	return b, ok
}

func (a *Analysis) readYear(year int) (y capacity.Year, visit explain.Result, ok bool) {
	b, ok := a.budget(year)
	if !ok {
		return y, explain.Result{Mark: explain.Missing(explain.NoData)}, false
	}
	y = capacity.Year{Days: float64(calendar.Window{From: calendar.Of(b.Year, 1, 1), To: calendar.Of(b.Year, 12, 31)}.Days()),
		Weekend: float64(b.Weekend), Holidays: float64(b.Holidays), Leave: float64(b.Leave), Meetings: float64(b.Meetings),
		Sickness: float64(b.Sick), Training: float64(b.Training), Fairs: float64(b.Fairs),
		FieldDaysPerWeek: b.FieldDays, PartTime: b.Part, MinutesPerDay: float64(b.Minutes), Overhead: float64(b.Overhead)}
	var minutes [3][]int32
	for i, d := range a.facts {
		for k := a.lately(i); k < len(d.Contacts); k++ {
			if m := &d.Contacts[k]; m.Duration|m.Travel|m.Prep > 0 && face(m.Kind) && a.within(m) {
				for j, x := range [...]int16{m.Duration, m.Travel, m.Prep} {
					if x > 0 {
						minutes[j] = append(minutes[j], int32(x))
					}
				}
			}
		}
	}
	part := func(k, said int, norm float64) explain.Result {
		if said > 0 {
			return explain.Result{Value: float64(said), Mark: explain.Sound()}
		}
		return capacity.Duration(minutes[k], norm)
	}
	visit = part(0, b.Visit, normVisit)
	y.VisitMinutes = visit.Value
	y.TravelMinutes = part(1, b.Travel, normTravel).Value
	y.ReportMinutes = part(2, b.Report, normReport).Value
	return y, visit, true
}

// hours are those available over a year, for the normal absorption of A1.
func (a *Analysis) hours() float64 {
	y, _, ok := a.year()
	if !ok {
		return 0
	}
	s := capacity.Capacity(y, a.chapters.capacity)
	return max(0, s.AvailableDays) * y.MinutesPerDay / 60
}

// Time is H1 to H3.
func (a *Analysis) Time() *PartTime {
	if a.part.time != nil {
		return a.part.time
	}
	p, rates := a.chapters.capacity, a.Attrition().Rates
	out := &PartTime{}
	out.Year, out.Visit, out.Budgeted = a.readYear(a.planYear())
	out.Stock = capacity.Capacity(out.Year, p)
	earned := a.prospected(out)
	out.Evidence = a.evidence(out.Held)
	out.Questions = out.Evidence.Suggest(p)
	a.wish.said.into(&out.Questions)
	if a.wish.Answers != nil {
		out.Questions = *a.wish.Answers
	}
	out.Split = capacity.Divide(out.Questions, p)
	out.Needs = capacity.Needs{Clients: rates.End, Attrition: -1, Growth: a.wish.Growth, Conversion: -1, Lost: rates.Lost, Kept: max(0, rates.Start-rates.Lost), Capacity: max(0, out.Stock.Visits)}
	if rates.Has() {
		out.Needs.Attrition = rates.Attrition
	}
	if out.Held > 0 {
		out.Needs.Conversion = min(1, float64(out.Won)/float64(out.Held))
	}
	if out.Won > 0 {
		out.Needs.FirstYear = earned.Slice(0, 1, out.Won)
	}
	out.Prospects = capacity.Prospect(out.Needs, p)
	out.Sharing = capacity.Share(max(0, out.Stock.Visits), out.Prospects.Visits, p)
	if !out.Stock.Has() {
		out.Sharing.Mark = explain.Missing(out.Stock.Reason)
	}
	a.part.time = out
	return out
}

// tried counts, over N, the contacts and the visits with a prospect, before its
// first order when it was won; false for a client of before.
func (a *Analysis) tried(i int) (touched, held int, won, ok bool) {
	s, client := a.lived().Verdict[i].Starter()
	won = client && a.N.Contains(s.First)
	if client && !won {
		return 0, 0, false, false
	}
	for k := a.lately(i); k < len(a.facts[i].Contacts); k++ {
		m := &a.facts[i].Contacts[k]
		day, seen := a.seen(m.Day)
		if !seen || !a.N.Contains(day) || m.Outcome == portfolio.Postponed || won && day > s.First {
			continue
		}
		touched++
		if face(m.Kind) && (m.Outcome == 0 || m.Outcome.Met()) {
			held++
		}
	}
	return touched, held, won, true
}

// prospected counts, over N, the prospects approached, the visits held before
// a first order, the clients won and what they bought; and profiles the
// conversions by sector.
func (a *Analysis) prospected(out *PartTime) (earned money.Cents) {
	for _, c := range a.Cards {
		if c.Sector != "" {
			out.Sectors = insert(out.Sectors, c.Sector)
		}
	}
	var class []int32
	var wins []bool
	for i, c := range a.Cards {
		a.rest(i)
		touched, held, won, ok := a.tried(i)
		if out.Held += held; !ok || touched == 0 && !won {
			continue
		}
		out.Approached++
		if won {
			out.Won++
			earned = earned.Plus(a.Sales[i])
		}
		k, ok := slices.BinarySearch(out.Sectors, c.Sector)
		if !ok {
			k = -1
		}
		class, wins = append(class, int32(k)), append(wins, won)
	}
	out.Profile = capacity.Convert(class, wins)
	return earned
}

// evidence is what the portfolio says of the four questions.
func (a *Analysis) evidence(prospectVisits int) capacity.Evidence {
	var e capacity.Evidence
	var months []float64
	var ended []bool
	families, visited := 0, 0
	for _, p := range a.Products {
		if !seenBy(p.Stopped, a.AsOf) {
			e.Offered++
		}
	}
	for i, v := range a.lived().Verdict {
		a.rest(i)
		visited += int(a.Cost().Met[i])
		s, ok := v.Starter()
		if !ok || a.lived().left(i) {
			continue
		}
		end, gone := a.AsOf, s.Lost
		if gone {
			end = min(end, max(s.First, s.Last))
		}
		months, ended = append(months, float64(max(0, calendar.FullMonths(s.First, end)))), append(ended, gone)
		if gone {
			continue
		}
		e.Clients++
		d := a.facts[i]
		bought, same := 0, false
		for k := range d.Families {
			f := &d.Families[k]
			has := false
			for j := len(f.Lines) - 1; j >= 0 && !has; j-- { // the last ones first: most clients go on buying
				has = f.Lines[j].Net > 0 && amountIn(&f.Lines[j], a.N) > 0
			}
			if !has || f.Family == "" {
				continue
			}
			bought++
			for _, x := range d.Competitors {
				same = same || x.Family == f.Family
			}
		}
		families += bought
		if len(d.Competitors) > 0 {
			e.WithCompetitor++
		}
		if same {
			e.SamePosition++
		}
	}
	e.Lifetime = capacity.MedianLifetime(months, ended)
	if e.Clients > 0 {
		e.Families = float64(families) / float64(e.Clients)
	}
	if visited > 0 {
		e.ProspectShare = min(1, float64(prospectVisits)/float64(visited))
	}
	return e
}

// Grid is H4 and H5.
func (a *Analysis) Grid() *PartGrid {
	if a.part.grid != nil {
		return a.part.grid
	}
	n, p := a.Len(), a.rules.scoring
	out := &PartGrid{Verdict: make([]scoring.Verdict, n), Sheet: a.sc.Sheet}
	risk := make([]float64, n)
	departure := a.Attrition().Departure
	level, r := ours(a.Book, a.sc.Levels.P), ours(a.Book, a.sc.R.Level)
	for i, c := range a.Cards {
		if departure[i].Has() {
			risk[i] = departure[i].P
		}
		out.Verdict[i] = scoring.CategoriseBrief(scoring.Account{P: level[i], R: r[i], Risk: risk[i], Blocked: c.Solvency == portfolio.SolvencyBlocked}, &p)
	}
	a.rest(0)
	out.Seven = scoring.Seven(p).Score(a.seven(risk))
	a.part.grid = out
	return out
}

// seven fills the seven criteria.
func (a *Analysis) seven(risk []float64) scoring.Table {
	n := a.Len()
	column := func(value func(i int) (float64, bool)) scoring.Column {
		c := scoring.Column{Values: make([]float64, n), Known: make([]bool, n)}
		for i := range n {
			c.Values[i], c.Known[i] = value(i)
		}
		return c
	}
	before := func(f []float64, i int) float64 {
		if i < len(f) {
			return 1 - f[i]
		}
		return 0
	}
	worth, sales := ours(a.Book, a.sc.Levels.Floors.CumBefore), ours(a.Book, a.sc.R.CumBefore)
	v, c, engaged := a.lived().Verdict, a.Cost(), a.Loyalty().Engagement
	second := make([]float64, n)
	blocked := make([]bool, n)
	for i := range n {
		second[i], blocked[i] = float64(a.Sales[i]), a.Cards[i].Solvency == portfolio.SolvencyBlocked
	}
	return scoring.Table{Risk: risk, Blocked: blocked, Second: second, Codes: a.Codes, Columns: []scoring.Column{
		column(func(i int) (float64, bool) { return before(worth, i), a.Known[i] }),
		column(func(i int) (float64, bool) { return v[i].G, v[i].HasG }),
		column(func(i int) (float64, bool) { return engaged[i].Value / 100, engaged[i].Has() }),
		column(func(i int) (float64, bool) {
			if !a.Known[i] || a.Worth[i] <= 0 {
				return 0, false
			}
			return float64(potential.Remaining(a.Sales[i], a.Worth[i])) / float64(a.Worth[i]), true
		}),
		column(func(i int) (float64, bool) {
			if g := c.Gross.Margin[i]; g > 0 {
				return float64(c.Margins.Client[i].Net) / float64(g), true
			}
			return 0, true
		}),
		column(func(i int) (float64, bool) {
			if a.Sales[i] > 0 {
				return before(sales, i), true
			}
			return 0, true
		}),
	}}
}

// Visits is H6 and H8.
func (a *Analysis) Visits() *PartVisits {
	if a.part.visits == nil {
		a.part.visits = a.share()
	}
	return a.part.visits
}

// idle reports a client who gets no visit from the stock of clients: prospects
// have their own, lost ones are to be won back, blocked ones are not visited.
func (a *Analysis) idle(i int) bool {
	ph := a.lived().Phase[i]
	return ph == maturity.Prospect || ph == maturity.Lost || a.Prospect[i] || a.Cards[i].Solvency == portfolio.SolvencyBlocked
}

func (a *Analysis) share() *PartVisits {
	out := &PartVisits{Last: slices.Clone(a.Cost().Met), Set: a.wish.Visits > 0, Weeks: a.weeks()}
	out.Budget = a.stock(out.Last)
	out.Low, out.Hi = visits.Bounds(ours(a.Book, a.sc.Category), a.lastYear(out.Last), a.rules.visits)
	if a.Single {
		out.ByScore.Mark, out.Due.Mark = explain.Missing(explain.FewClients), explain.Missing(explain.FewClients)
		return out
	}
	in := a.planInput(out)
	in.Key = a.sc.Sheet.Score
	a.rest(0)
	out.ByScore = visits.Proportional(in)
	a.rest(0)
	out.Due = a.due(in, &out.ByScore)
	var planned, done [5]float64
	for i, c := range in.Category {
		planned[c] += float64(out.ByScore.Visits[i])
		if !in.Blocked[i] {
			done[c] += float64(out.Last[i])
		}
	}
	out.Respect = visits.Respect(planned, done)
	return out
}

// lastYear are the visits the yearly change is capped on: none where none was
// made.
func (a *Analysis) lastYear(met []int32) []int32 {
	last := slices.Clone(met)
	for i := range last {
		if last[i] == 0 {
			last[i] = -1
		}
	}
	return last
}

// planInput is what every plan shares; the key is left out.
func (a *Analysis) planInput(v *PartVisits) visits.PlanInput {
	in := visits.PlanInput{Budget: v.Budget, Min: v.Low, Max: v.Hi, Blocked: make([]bool, a.Len()), Last: a.lastYear(v.Last),
		Category: ours(a.Book, a.sc.Category), Codes: a.Codes, Weeks: v.Weeks}
	for i := range in.Blocked {
		in.Blocked[i] = a.idle(i)
		if o, ok := a.decided(i, WhatFixed); ok && o.Value >= 0 && o.Value <= 366 {
			if in.Locked == nil {
				in.Locked = make([]int32, a.Len())
				for k := range in.Locked {
					in.Locked[k] = -1
				}
			}
			in.Locked[i] = int32(o.Value)
		}
	}
	return in
}

// Plans is H6 by the other policies.
func (a *Analysis) Plans() *PartPlans {
	if a.part.plans != nil {
		return a.part.plans
	}
	n, p, v := a.Len(), a.rules.visits, a.Visits()
	out := &PartPlans{Key: make([]visits.Waterfall, n)}
	score, pr := ours(a.Book, a.sc.Sheet.Score), ours(a.Book, a.sc.Board.PR)
	b4, engaged, kappa := a.Response(), a.Loyalty().Reading.Speed, a.rules.maturity.Kappa
	mix := make([]float64, n)
	for i := range n {
		l := visits.Lenses{Score: score[i], Strategy: 1, Phase: 1, Engagement: a.chapters.loyalty.Multiplier(engaged[i].Type), PR: float64(pr[i]), InScore: true}
		if k := b4.Place[i]; k >= 0 && b4.Strategy.Proposal[k].Multiplier > 0 {
			l.Strategy = b4.Strategy.Proposal[k].Multiplier
		}
		if ph := a.lived().Phase[i]; ph >= maturity.Start && ph <= maturity.Ageing {
			l.Phase = kappa[ph-maturity.Start]
		}
		out.Key[i] = visits.MixBrief(&l, &p)
		mix[i] = out.Key[i].Key
	}
	if a.Single {
		out.ByMix.Mark, out.ByNorm.Mark, out.Marginal.Mark = explain.Missing(explain.FewClients), explain.Missing(explain.FewClients), explain.Missing(explain.FewClients)
		a.part.plans = out
		return out
	}
	in := a.planInput(v)
	in.Key = mix
	a.rest(0)
	out.ByMix = visits.Proportional(in)
	a.rest(0)
	in.Key = score
	out.ByNorm = visits.Norms(in, visits.Middle(p))
	out.Marginal.Mark = explain.Missing(explain.NoData)
	if b4.Fitted {
		out.Marginal = visits.Marginal(in, a.worths(v.Hi))
	}
	a.part.plans = out
	return out
}

// weeks are those the rep is available; without a time budget, all.
func (a *Analysis) weeks() float64 {
	if y, _, ok := a.year(); ok {
		if s := capacity.Capacity(y, a.chapters.capacity); s.Has() {
			return s.Weeks
		}
	}
	return 52
}

// stock is the visits to share: those the reader sets, else what H3 leaves of
// the capacity, else as many as were held in N.
func (a *Analysis) stock(last []int32) int {
	if a.wish.Visits > 0 {
		return a.wish.Visits
	}
	if !a.Single {
		if t := a.Time(); t.Stock.Has() {
			return t.Sharing.Clients
		}
	}
	n := 0
	for i, v := range last {
		if !a.idle(i) {
			n += int(v)
		}
	}
	return n
}

// worths tabulates the measured response of each client.
func (a *Analysis) worths(most []int32) visits.Curves {
	var c visits.Curves
	b, margin := a.Response(), a.Cost().Gross.Margin
	for i := range a.Cards {
		var table []float64
		if k := b.Place[i]; k >= 0 {
			table = b.Curve[k].Values(margin[i], float64(a.Cost().Met[i]), int(most[i]))
		}
		if len(table) == 0 {
			table = []float64{0}
		}
		c.Add(table...)
	}
	return c
}

// due lists whom to visit within the horizon, by the plan.
func (a *Analysis) due(in visits.PlanInput, plan *visits.Plan) visits.List {
	n := a.Len()
	list := visits.Input{Last: make([]calendar.Day, n), Planned: plan.Visits, Weeks: in.Weeks, Category: in.Category, Priority: a.sc.Sheet.Score100, Skip: in.Blocked, Codes: a.Codes}
	for i := range n {
		if d := a.sc.LastVisit[i]; d != 0 {
			list.Last[i] = min(d, a.AsOf)
		}
	}
	return visits.Due(list, a.AsOf, int(math.Round(7*a.rules.visits.HorizonWeeks[1])), a.rules.visits)
}

// Appeal is H9.
func (a *Analysis) Appeal() *PartAppeal {
	if a.part.appeal != nil {
		return a.part.appeal
	}
	out, t := &PartAppeal{}, a.Time()
	in := scoring.ProspectInput{Price: a.Cost().Visit}
	level := ours(a.Book, a.sc.Levels.P)
	visits := 0.0 // that a prospect takes, on average
	if t.Approached > 0 {
		visits = float64(t.Held) / float64(t.Approached)
	}
	first := round64(max(0, float64(t.Needs.FirstYear)*a.Cost().Rate))
	for i, c := range a.Cards {
		if a.lived().Phase[i] != maturity.Prospect || c.Status == portfolio.Suspect {
			continue
		}
		x := a.attraction(i)
		x.FirstYear, x.Visits = first, visits
		x.Interest[scoring.InterestPotential] = scoring.InterestOf(level[i])
		out.Clients, in.Prospects, in.Codes = append(out.Clients, int32(i)), append(in.Prospects, x), append(in.Codes, a.Codes[i])
	}
	in.Conversion = a.conversions()
	out.Board = scoring.Attract(in, a.rules.scoring)
	a.part.appeal = out
	return out
}

// attraction is what is known of a prospect; the access is the note of its
// typology, 4 being 10.
func (a *Analysis) attraction(i int) (x scoring.Prospect) {
	d := a.facts[i]
	x.Relevance, x.Credibility = -1, -1
	if d.Relevance != nil {
		x.Relevance = float64(*d.Relevance)
	}
	if d.Trust != nil {
		x.Credibility = float64(*d.Trust)
	}
	if d.Strategic {
		x.Interest[scoring.InterestReference] = 10
	}
	if note, ok := a.rules.scoring.Note(a.Cards[i].Typology); ok {
		x.Interest[scoring.InterestAccess] = 2.5 * note
	}
	t := d.told()
	x.Interest[scoring.InterestProximity], x.Interest[scoring.InterestMargin] = float64(t.Near), float64(t.Earning)
	x.Excluded = t.NoContact
	return x
}

// conversions are the prospects won ÷ approached over N, by quadrant: a client
// keeps the marks of the prospect it was.
func (a *Analysis) conversions() (rate [scoring.Quadrants]float64) {
	var in scoring.ProspectInput
	var won []bool
	for i := range a.Cards {
		a.rest(i)
		if touched, _, new, ok := a.tried(i); ok && (touched > 0 || new) {
			in.Prospects, won = append(in.Prospects, a.attraction(i)), append(won, new)
		}
	}
	var met, gained [scoring.Quadrants]int
	for k, x := range scoring.Attract(in, a.rules.scoring).Of {
		met[x.Quadrant]++
		gained[x.Quadrant] += one(won[k])
	}
	for q := range rate {
		if rate[q] = -1; met[q] > 0 {
			rate[q] = float64(gained[q]) / float64(met[q])
		}
	}
	return rate
}
