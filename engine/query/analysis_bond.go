package query

import (
	"slices"
	"time"

	"sillon/engine/arena"
	"sillon/engine/calendar"
	"sillon/engine/capacity"
	"sillon/engine/explain"
	"sillon/engine/loyalty"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/relation"
	"sillon/engine/sorting"
	"sillon/engine/steering"
)

// Loyalty is chapter F.
func (a *Analysis) Loyalty() *PartLoyalty {
	if a.part.loyalty != nil {
		return a.part.loyalty
	}
	n, p := a.Len(), a.chapters.loyalty
	out := &PartLoyalty{Rhythm: make([]loyalty.Rhythm, n), Indicators: make([]loyalty.Indicators, n),
		Engagement: make([]loyalty.Engagement, n), Excluded: make([][]uint8, n)}
	out.Reading = loyalty.Read(loyalty.Observe(a.source(), a.AsOf, p), p)
	a.rest(0)
	for i := range n { // sales that say no family tell nothing of their movement
		if len(a.Cards[i].Sales) > 0 && !a.sorted(i) {
			out.Reading.Speed[i] = loyalty.Speed{Mark: explain.Missing(explain.NoData)}
		}
	}
	a.decideTypes(&out.Reading)
	out.Overview = out.Reading.Overview()
	rfm := loyalty.RFMInput{Recency: make([]int32, n), Frequency: make([]int32, n), Amount: a.Sales}
	var days []calendar.Day
	var lost []uint8
	for i := range n {
		days = a.orderDays(i, days[:0])
		a.rest(i)
		out.Rhythm[i] = loyalty.RhythmBrief(days, a.AsOf)
		rfm.Recency[i] = -1
		for _, d := range days {
			if rfm.Recency[i] = max(rfm.Recency[i], 0); a.N.Contains(d) {
				rfm.Frequency[i]++
			}
		}
		if len(days) > 0 {
			rfm.Recency[i] = int32(a.AsOf - days[len(days)-1])
		}
		if a.Cards[i].OneShot {
			rfm.Recency[i] = -1
		}
		out.Excluded[i] = excluded(&out.Reading, i, len(a.Products), &lost)
	}
	out.RFM = loyalty.Classes(rfm)
	score := a.Steering().Score
	var notes []loyalty.Satisfaction
	for i := range n {
		var ind loyalty.Indicators
		a.rest(i)
		ind, notes = a.indicators(i, notes)
		ind.Regularity = loyalty.PartOf(out.Rhythm[i].Regularity)
		ind.Efforts = loyalty.Part{Value: score[i].IE, Known: score[i].Has()}
		out.Indicators[i] = ind
		out.Engagement[i] = loyalty.EngageBrief(ind.Parts(out.Reading.Speed[i]), &p)
	}
	a.part.loyalty = out
	return out
}

// sorted reports that a sale to client i says its family.
func (a *Analysis) sorted(i int) bool {
	for k := range a.facts[i].Families {
		f := &a.facts[i].Families[k]
		for l := range f.Lines {
			if f.Family != "" && f.Lines[l].Net >= 0 {
				return true
			}
		}
	}
	return false
}

// engagement, rhythm, effort, animation and filling are those of client i with
// their steps, which the parts leave out.
func (a *Analysis) engagement(i int) loyalty.Engagement {
	l := a.Loyalty()
	return loyalty.Engage(l.Indicators[i].Parts(l.Reading.Speed[i]), a.chapters.loyalty)
}

func (a *Analysis) rhythm(i int) loyalty.Rhythm {
	return loyalty.RhythmOf(a.orderDays(i, nil), a.AsOf)
}

func (a *Analysis) effort(i int) steering.Score {
	return steering.Efforts(a.Steering().Objectives[i], a.chapters.steering)
}

func (a *Analysis) animation(i int) steering.Animation {
	return steering.Animate(*a.liveliness(i, a.Steering().Topics, new(living)))
}

func (a *Analysis) filling(i int) capacity.Filling {
	return capacity.Complete(a.Files().File[i], nil, a.chapters.capacity)
}

// Facets are the three loyalties of client i (F3). They are not kept.
func (a *Analysis) Facets(i int) loyalty.Facets {
	l := a.Loyalty()
	return loyalty.FacetsOf(a.bond(i), l.Indicators[i].Parts(l.Reading.Speed[i]), a.chapters.loyalty)
}

// source is what F1 reads: one-shot clients have no line there.
func (a *Analysis) source() loyalty.Source {
	src := loyalty.Source{Families: make([]loyalty.Family, len(a.Products)), Customers: make([]loyalty.Customer, a.Len()),
		Lines: a.bought, Potential: a.worthByFamily(), Since: a.since}
	for f, p := range a.Products {
		src.Families[f] = loyalty.Family{Launched: p.Launched, Ends: p.Stopped, Season: maturity.Season{From: month(p.Opens), To: month(p.Closes)}}
	}
	for i, c := range a.Cards {
		if !c.OneShot {
			src.Customers[i] = loyalty.Customer{FirstOrder: c.FirstOrder, Potential: a.Worth[i], Collapsed: a.facts[i].told().Collapsed}
		}
		a.shortages(i, src.Families)
	}
	return src
}

// month is a month of a season, none out of the year.
func month(m int) time.Month {
	if m < 1 || m > 12 {
		return 0
	}
	return time.Month(m)
}

// shortages are the times a family was out of stock, as noted at client i: what
// one could not buy then, nobody could.
func (a *Analysis) shortages(i int, families []loyalty.Family) {
	for k := range a.facts[i].Services {
		s := &a.facts[i].Services[k]
		f := a.product(s.Family)
		if s.Kind != portfolio.OutOfStock || f < 0 || s.Opened == 0 || s.Opened > a.AsOf {
			continue
		}
		w := calendar.Window{From: s.Opened, To: a.AsOf}
		if seenBy(s.Closed, a.AsOf) {
			w.To = s.Closed
		}
		families[f].Out = append(families[f].Out, w)
	}
}

// bought appends the lines of client i, none of a one-shot client.
func (a *Analysis) bought(i int, into []loyalty.Sale) []loyalty.Sale {
	a.rest(i)
	if a.Cards[i].OneShot {
		return into
	}
	d := a.facts[i]
	for k := range d.Families {
		f := a.shelf[i][k]
		for j := range d.Families[k].Lines {
			l := &d.Families[k].Lines[j]
			into = append(into, loyalty.Sale{Family: f, From: l.From, To: l.To, Net: l.Net})
		}
	}
	return into
}

// orderDays lists the days client i ordered, in order, up to the as-of date.
func (a *Analysis) orderDays(i int, into []calendar.Day) []calendar.Day {
	for _, l := range a.Cards[i].Sales {
		if l.Net > 0 && l.To <= l.From && l.From <= a.AsOf && (len(into) == 0 || into[len(into)-1] != l.From) {
			into = append(into, l.From)
		}
	}
	return into
}

// excluded counts the families a client left, by period, the last one first;
// nil when F1 does not read it.
func excluded(r *loyalty.Reading, i, families int, block *[]uint8) []uint8 {
	if s := &r.Speed[i]; !s.Has() || s.PoolOnly || families == 0 {
		return nil
	}
	b := r.Ribbon(i)
	out := arena.Cut(block, b.Periods)
	for k := range b.States {
		if b.States[k] == loyalty.Leaves {
			if back := b.Periods - 1 - k%b.Periods; out[back] < 255 {
				out[back]++
			}
		}
	}
	return out
}

// indicators are those of F3 that the facts tell.
func (a *Analysis) indicators(i int, notes []loyalty.Satisfaction) (ind loyalty.Indicators, room []loyalty.Satisfaction) {
	d := a.facts[i]
	notes = notes[:0]
	if a.Known[i] {
		ind.Penetration = loyalty.Rate(int(max(0, a.Sales[i])), int(a.Worth[i]))
	}
	made, answered := 0, 0
	for k := range d.Contacts {
		m := &d.Contacts[k]
		day, ok := a.seen(m.Day)
		if !ok {
			continue
		}
		if m.Content >= 0 {
			notes = append(notes, loyalty.Satisfaction{Day: day, Note: float64(m.Content)})
		}
		if a.N.Contains(day) && !m.Inbound && m.Outcome != 0 && m.Outcome != portfolio.Postponed {
			if made++; m.Outcome.Met() {
				answered++
			}
		}
	}
	ind.Satisfaction = loyalty.LastThree(notes, a.AsOf)
	ind.Answers = loyalty.Rate(answered, made)
	met, exist := a.known(i, nil)
	ind.Interlocutors = loyalty.Rate(met, exist)
	due, kept := a.promises(i, portfolio.Them)
	ind.Commitments = loyalty.Rate(kept, due)
	if v := &a.lived().Verdict[i]; v.Computed != maturity.Prospect {
		ind.Seniority = v.Age
	}
	if t := d.Told; t != nil {
		ind.Referrals = max(0, t.Referred)
		if t.Rise == portfolio.Accepted || t.Rise == portfolio.Declined {
			ind.PriceAccepted = loyalty.Part{Value: float64(one(t.Rise == portfolio.Accepted)), Known: true}
		}
	}
	return ind, notes
}

// function names what a person does: the function, else the first role.
func function(p *PersonFact) string {
	if p.Function == "" && len(p.Roles) > 0 {
		return p.Roles[0]
	}
	return p.Function
}

// functions numbers the functions of the persons of a card who are still
// there, each by its first holder; −1: none.
func (a *Analysis) functions(d *Deep, into []int32) []int32 {
	for k := range d.Persons {
		f, id := function(&d.Persons[k]), int32(-1)
		if f != "" && !seenBy(d.Persons[k].Until, a.AsOf) {
			id = int32(k)
			for j, other := range into {
				if other == int32(j) && function(&d.Persons[j]) == f {
					id = other
					break
				}
			}
		}
		into = append(into, id)
	}
	return into
}

// kinds counts different functions.
func kinds(ids []int32) (n int) {
	for k, id := range ids {
		if id >= 0 && slices.Index(ids, id) == k {
			n++
		}
	}
	return n
}

// known counts the functions met in N, and those that exist at client i.
func (a *Analysis) known(i int, scratch []int32) (met, exist int) {
	d := a.facts[i]
	if len(d.Persons) == 0 {
		return 0, 0
	}
	var seen uint32
	for k := a.lately(i); k < len(d.Contacts); k++ {
		if m := &d.Contacts[k]; m.Persons != 0 && a.within(m) {
			seen |= m.Persons
		}
	}
	ids := a.functions(d, scratch)
	exist = kinds(ids)
	for k := range ids {
		if seen&bit(k) == 0 {
			ids[k] = -1
		}
	}
	return kinds(ids), exist
}

// lately is the first contact of client i that may lie in N or in the last
// twelve months: they come in order of day, and two in three are older.
func (a *Analysis) lately(i int) int {
	if a.memo.lately == nil {
		a.memo.lately = make([]int32, a.Len())
		from := min(a.N.From, (a.AsOf + 1).AddMonths(-12))
		for k, d := range a.facts {
			n := 0
			for n < len(d.Contacts) && d.Contacts[n].Day < from {
				n++
			}
			a.memo.lately[k] = int32(n)
		}
	}
	return int(a.memo.lately[i])
}

// within reports a contact of the window N.
func (a *Analysis) within(m *Met) bool {
	day := m.Day
	if day > a.AsOf {
		var ok bool
		if day, ok = a.seen(day); !ok {
			return false
		}
	}
	return a.N.From <= day && day <= a.N.To // asked of every contact, several times
}

// promises counts the commitments of one side that are due, and those of them
// that were kept; on time, for ours.
func (a *Analysis) promises(i int, side portfolio.Side) (due, kept int) {
	for k := range a.facts[i].Commitments {
		c := &a.facts[i].Commitments[k]
		if c.Side != side || c.State == portfolio.Released || c.Made > a.AsOf {
			continue
		}
		done := c.State == portfolio.KeptIt && c.Done <= a.AsOf
		if !done && (c.Due == 0 || c.Due > a.AsOf) {
			continue
		}
		due++
		if done && (side == portfolio.Them || c.Due == 0 || c.Done <= c.Due) {
			kept++
		}
	}
	return due, kept
}

// bond is the contract in force, the one that ends last.
func (a *Analysis) bond(i int) (b loyalty.Bond) {
	for _, c := range a.facts[i].Contracts {
		if c.Start > a.AsOf || c.End != 0 && c.End < a.AsOf && !c.Renews {
			continue
		}
		b.InForce = true
		b.Exclusive = b.Exclusive || c.Exclusive
		b.Until = max(b.Until, c.End)
	}
	return b
}

// Steering is chapter G.
func (a *Analysis) Steering() *PartSteering {
	if a.part.steering != nil {
		return a.part.steering
	}
	n, p := a.Len(), a.chapters.steering
	out := &PartSteering{Facts: make([]steering.Facts, n), Objectives: make([][]steering.Objective, n), Score: make([]steering.Score, n),
		Animation: make([]steering.Animation, n), Topics: a.topics()}
	edges := [5]calendar.Day{}
	for q := range edges {
		edges[q] = (a.AsOf + 1).AddMonths(3*q - 12)
	}
	var o orderer
	var life living
	var room steering.Room
	for i := range n {
		out.Facts[i] = a.conduct(i)
		a.rest(i)
		a.ordering(a.facts[i], &out.Facts[i], &edges, &o)
		out.Objectives[i] = a.objectives(i, &out.Facts[i])
		out.Score[i] = steering.EffortsBrief(out.Objectives[i], &p)
		out.Animation[i] = room.Animate(a.liveliness(i, out.Topics, &life))
	}
	at, _ := a.clients()
	in := steering.SharingInput{Units: among(a.Cost().Units, at), IE: make([]float64, len(at)), Known: make([]bool, len(at)), Growing: make([]bool, len(at)), Codes: among(a.Codes, at)}
	for k, i := range at {
		in.IE[k], in.Known[k] = out.Score[i].IE, out.Score[i].Has()
		ph := a.lived().Phase[i]
		in.Growing[k] = ph == maturity.Start || ph == maturity.Growth
	}
	out.Sharing = steering.Share(in, p)
	a.part.steering = out
	return out
}

// topics are the subjects talked about in the portfolio, in order.
func (a *Analysis) topics() (list []string) {
	for _, d := range a.facts {
		k := 0
		for _, t := range d.Topics { // both in order
			for k < len(list) && list[k] < t {
				k++
			}
			if k == len(list) || list[k] != t {
				list = sorting.Insert(list, k, t)
			}
		}
	}
	return list
}

// conduct is what client i did over N, as the measures of G2 read it. What has
// no record is not known.
func (a *Analysis) conduct(i int) steering.Facts {
	d := a.facts[i]
	f := steering.Facts{Sales: a.Sales[i], WaitingMinutes: -1, Intelligence: -1, Referrals: -1, ReferralsWon: -1, DSO: -1}
	for k := a.lately(i); k < len(d.Contacts); k++ {
		m := &d.Contacts[k]
		if !a.within(m) {
			continue
		}
		switch {
		case m.Kind == portfolio.Event || m.Kind == portfolio.Showroom:
			if m.Outcome.Met() || m.Outcome == 0 {
				f.Attendances++
			}
		case face(m.Kind) && m.Outcome != portfolio.Postponed:
			if f.Appointments++; m.Outcome == portfolio.Absent {
				f.NoShows++
			}
		}
	}
	if n := d.told().Referred; n > 0 {
		f.Referrals = n
	}
	for k := range d.Persons {
		if a.N.Contains(d.Persons[k].Since) {
			f.DoorsOpened++
		}
	}
	for k := range d.Payments {
		x := &d.Payments[k]
		if !a.N.Contains(x.Due) {
			continue
		}
		if f.Payments++; x.Paid > x.Due || x.Paid == 0 && x.Due < a.AsOf {
			f.LatePayments++
		}
	}
	for k := range d.Services {
		if s := &d.Services[k]; a.N.Contains(s.Opened) {
			switch s.Kind {
			case portfolio.Complaint:
				f.Complaints++
			case portfolio.ReturnedGoods:
				f.Returns++
			}
		}
	}
	for _, c := range d.Contracts {
		if c.Start > a.AsOf || c.End != 0 && c.End < a.AsOf && !c.Renews {
			continue
		}
		if c.End > c.Start {
			f.TermMonths = max(f.TermMonths, calendar.FullMonths(c.Start, c.End+1))
		}
		f.VolumeCommitted = max(f.VolumeCommitted, c.Expected)
		f.Exclusive = f.Exclusive || c.Exclusive
	}
	for _, t := range d.Tools {
		if !t.Gone {
			f.Joint++
		}
	}
	return f
}

// An orderer is the memory of [Analysis.ordering]: the days of the lines of a
// client, those of them with something sold at a visit, and the days of the
// orders of all clients.
type orderer struct{ all, met, kept []calendar.Day }

// ordering counts orders, those without a visit, and families by quarter. An
// order is a day; it was made alone when all its lines were.
func (a *Analysis) ordering(d *Deep, f *steering.Facts, edges *[5]calendar.Day, o *orderer) {
	o.all, o.met = o.all[:0], o.met[:0]
	f.Quarters = 4
	for k := range d.Families {
		fam := &d.Families[k]
		var bought [4]money.Cents
		for j := range fam.Lines {
			l := &fam.Lines[j]
			if l.From > a.AsOf {
				break
			}
			if l.From >= edges[0] {
				q := 0
				for q < 3 && l.From >= edges[q+1] {
					q++
				}
				bought[q] = bought[q].Plus(l.Net)
			}
			if l.Net > 0 && l.To <= l.From && a.N.Contains(l.From) {
				if o.all = append(o.all, l.From); !fam.Cost[j].Self {
					o.met = append(o.met, l.From)
				}
			}
		}
		for _, x := range bought {
			if x > 0 && fam.Family != "" {
				f.FamilyQuarters++
			}
		}
	}
	days := calendar.Distinct(o.all)
	f.Orders = len(days)
	f.Remote = len(days) - len(calendar.Distinct(o.met))
	f.OrderDays = arena.Cut(&o.kept, len(days))
	copy(f.OrderDays, days)
}

// objectives are the efforts asked of client i that run at the as-of date.
// Those without a measure by hand are measured from the facts; amounts are
// asked in whole units of money, and measured in cents.
func (a *Analysis) objectives(i int, facts *steering.Facts) []steering.Objective {
	var out []steering.Objective
	for k := range a.facts[i].Efforts {
		e := &a.facts[i].Efforts[k]
		if e.Dropped || e.From > a.AsOf || e.To != 0 && e.To < a.AsOf {
			continue
		}
		code := steering.CodeOf(e.Code)
		if code == 0 {
			continue
		}
		o := steering.Objective{Effort: code, Baseline: e.Baseline, Target: e.Target, Weight: e.Weight}
		if e.Actual != nil && e.On <= a.AsOf {
			o.Actual, o.Measured = *e.Actual, true
		} else if x, ok := facts.Measure(code, 0); ok {
			o.Actual, o.Measured = x, true
			if inMoney(code) {
				o.Actual = x / 100
			}
		}
		out = append(out, o)
	}
	return out
}

// inMoney reports an effort whose first measure is an amount.
func inMoney(c steering.Code) bool { return c == steering.BuyMore || c == steering.GroupOrders }

// living is the memory of [Analysis.liveliness], from client to client.
type living struct {
	steering.Life
	edges              [13]calendar.Day // first days of the last twelve months, and of the next
	place, people, ids []int32
}

// emptied is n zeros in the memory of a list.
func emptied(list *[]int32, n int) []int32 {
	if cap(*list) < n {
		*list = make([]int32, n)
	}
	*list = (*list)[:n]
	clear(*list)
	return *list
}

// liveliness is what the last twelve months recorded of client i (G3).
func (a *Analysis) liveliness(i int, catalogue []string, m *living) *steering.Life {
	d := a.facts[i]
	if m.edges[12] == 0 {
		for k := range m.edges {
			m.edges[k] = (a.AsOf + 1).AddMonths(k - 12)
		}
	}
	edges, l := &m.edges, &m.Life
	*l = steering.Life{SinceOtherTopic: -1, Touches: emptied(&l.Touches, 12), Channels: emptied(&l.Channels, int(portfolio.ManagerControlVisit)),
		Topics: emptied(&l.Topics, len(catalogue)), People: l.People[:0]}
	place, people := emptied(&m.place, len(d.Topics)), emptied(&m.people, len(d.Persons))
	x := 0
	for k, t := range d.Topics { // both in order
		for catalogue[x] != t {
			x++
		}
		place[k] = int32(x)
	}
	last := edges[0] - 1
	for k := a.lately(i); k < len(d.Contacts); k++ {
		c := &d.Contacts[k]
		day, ok := a.seen(c.Day)
		if !ok || day < edges[0] || c.Outcome == portfolio.Postponed {
			continue
		}
		for month := range 12 {
			if day < edges[month+1] {
				l.Touches[month]++
				break
			}
		}
		l.Silence = max(l.Silence, int32(day-last))
		last = day
		if c.Kind >= 1 && int(c.Kind) <= len(l.Channels) {
			l.Channels[c.Kind-1]++
		}
		for t := range place {
			if c.Topics&bit(t) != 0 && int(place[t]) < len(l.Topics) {
				l.Topics[place[t]]++
			}
		}
		for t := range people {
			if c.Persons&bit(t) != 0 {
				people[t]++
			}
		}
		if c.Outcome == 0 || c.Outcome.Met() {
			if l.Reports++; c.Late <= 2 {
				l.ReportsInTime++
			}
			if face(c.Kind) {
				if l.Visits++; c.Prep > 0 {
					l.Prepared++
				}
			}
		}
	}
	l.Silence = max(l.Silence, int32(a.AsOf-last))
	l.Target = ours(a.Book, a.sc.Visits.Interval)[i]
	m.ids = a.functions(d, m.ids[:0])
	l.Functions = kinds(m.ids)
	for k, id := range m.ids {
		l.People = append(l.People, steering.Person{Function: id, Contacts: int(people[k])})
	}
	l.PromisesDue, l.PromisesKept = a.promises(i, portfolio.Us)
	ledger := &a.ledgers()[i]
	l.Rendered, l.Returned = float64(ledger.Given), float64(ledger.Received)
	return l
}

// ledgers are the give-and-take with each client (J4).
func (a *Analysis) ledgers() []relation.Ledger {
	if a.part.ledgers == nil {
		a.part.ledgers = make([]relation.Ledger, a.Len())
		none := relation.Account(nil, a.chapters.relation)
		for i := range a.part.ledgers {
			a.part.ledgers[i] = none
			if len(a.facts[i].Commitments) > 0 {
				a.part.ledgers[i] = relation.Account(a.commitments(i), a.chapters.relation)
			}
		}
	}
	return a.part.ledgers
}

// commitments are the lines of the give-and-take with client i (J4).
func (a *Analysis) commitments(i int) []relation.Line {
	list := a.facts[i].Commitments
	var lines []relation.Line
	for k := range list {
		c := &list[k]
		l := relation.Line{Side: c.Side, State: c.State, Value: c.Value, Points: c.Points, Made: c.Made, Done: c.Done,
			Written: seenBy(c.Written, a.AsOf), Answers: -1, Survey: c.Survey}
		if c.Made > a.AsOf { // not made yet: out of the ledger, in its place
			l.State = portfolio.Released
		}
		if l.State == portfolio.KeptIt && c.Done > a.AsOf {
			l.State, l.Done = portfolio.Promised, 0
		}
		for j := range list {
			if !c.Answers.IsZero() && list[j].ID == c.Answers {
				l.Answers = int32(j)
			}
		}
		lines = append(lines, l)
	}
	return lines
}
