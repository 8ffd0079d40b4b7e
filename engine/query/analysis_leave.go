package query

import (
	"slices"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
)

// Signals is I2.
func (a *Analysis) Signals() *PartSignals {
	if a.part.signals != nil {
		return a.part.signals
	}
	n := a.Len()
	out := &PartSignals{File: make([]attrition.File, n), Signal: make([]attrition.Signals, n), Silent: a.silent()}
	excluded, speeds := a.Loyalty().Excluded, a.Loyalty().Reading.Speed
	asleep, detector := a.asleep(), attrition.NewDetector(a.AsOf, a.chapters.attrition)
	for i := range n {
		out.File[i] = a.evidenceOf(i)
		a.rest(i)
		f := &out.File[i]
		f.Excluded, f.Silent, f.Pause = excluded[i], out.Silent, asleep
		for back, n := range f.Excluded { // the last period in which a family was left
			if n > 0 {
				months := 3
				if speeds[i].HalfYears {
					months = 6
				}
				f.ExcludedOn = calendar.Periods{Months: months}.Back(a.AsOf, back).To
				break
			}
		}
		detector.Read(f, &out.Signal[i])
	}
	a.part.signals = out
	return out
}

// silent are the signals that nobody records in this portfolio.
func (a *Analysis) silent() attrition.Set {
	var services, deciders, contacts, rivals, contracts bool
	for _, d := range a.facts {
		services = services || len(d.Services) > 0
		contacts = contacts || len(d.Contacts) > 0
		rivals = rivals || len(d.Competitors) > 0
		contracts = contracts || len(d.Contracts) > 0
		for k := range d.Persons {
			deciders = deciders || decides(&d.Persons[k])
		}
	}
	var s attrition.Set
	for _, x := range []struct {
		recorded bool
		codes    attrition.Set
	}{
		{services, attrition.Of(attrition.S2, attrition.S3, attrition.S9, attrition.S13)}, {deciders, attrition.Of(attrition.S6)},
		{contacts, attrition.Of(attrition.S7)}, {rivals, attrition.Of(attrition.S8)}, {contracts, attrition.Of(attrition.S1)},
	} {
		if !x.recorded {
			s |= x.codes
		}
	}
	return s
}

// evidenceOf is the file the signals of client i are read from.
func (a *Analysis) evidenceOf(i int) attrition.File {
	d := a.facts[i]
	f := attrition.File{Lines: a.Cards[i].Sales}
	for k := range d.Contracts {
		if c := &d.Contracts[k]; c.End != 0 && !c.Renews {
			f.Anniversaries = append(f.Anniversaries, attrition.Anniversary{Day: c.End, Renewed: renewed(d.Contracts, k)})
		}
	}
	for k := range d.Services {
		s := &d.Services[k]
		f.Services = append(f.Services, attrition.Service{Kind: s.Kind, Severity: uint8(min(max(s.Severity, 0), 3)), Opened: s.Opened, Closed: s.Closed})
	}
	for k := range d.Persons {
		if p := &d.Persons[k]; decides(p) && p.Since != 0 && !seenBy(p.Until, a.AsOf) {
			f.Deciders = append(f.Deciders, attrition.Decider{Since: p.Since, Met: a.metOn(d, k)})
		}
	}
	if len(d.Contacts) > 0 {
		f.Touches = make([]attrition.Touch, 0, len(d.Contacts))
	}
	for k := range d.Contacts {
		m := &d.Contacts[k]
		day, ok := a.seen(m.Day)
		if !ok || m.Outcome == portfolio.Postponed {
			continue
		}
		f.Touches = append(f.Touches, attrition.Touch{Day: day, Inbound: m.Inbound, Refused: m.Outcome == portfolio.RefusedIn, Answered: m.Outcome == 0 || m.Outcome.Met()})
		if m.Content >= 0 {
			f.Satisfaction = append(f.Satisfaction, attrition.Mark10{Day: day, Score: float64(m.Content)})
		}
	}
	for _, x := range d.Competitors {
		if x.Raised != 0 {
			f.Competitor = append(f.Competitor, x.Raised)
		}
	}
	for k := range d.Payments {
		if x := &d.Payments[k]; x.Due != 0 {
			f.Payments = append(f.Payments, attrition.Payment{Due: x.Due, Paid: x.Paid})
		}
	}
	for k := range d.Signals {
		x := &d.Signals[k]
		if x.Code < 1 || x.Code > attrition.NSignals {
			continue
		}
		f.Noted = append(f.Noted, attrition.Note{Code: attrition.Code(x.Code), Day: x.Day, Closed: x.Closed})
		if x.Closed != 0 { // who closes what was noted closes what was found
			f.Closed[x.Code-1] = max(f.Closed[x.Code-1], x.Closed)
		}
	}
	return f
}

// renewed is the day the contract that follows another begins: a hundred days
// before its end at the earliest; 0: none does.
func renewed(list []portfolio.Contract, k int) (day calendar.Day) {
	for j := range list {
		if s := list[j].Start; j != k && s > list[k].Start && s >= list[k].End-100 && (day == 0 || s < day) {
			day = s
		}
	}
	return day
}

// metOn is the first day a person was met since taking office; 0: never.
func (a *Analysis) metOn(d *Deep, person int) calendar.Day {
	for k := range d.Contacts { // in order of day
		m := &d.Contacts[k]
		if day, ok := a.seen(m.Day); ok && day >= d.Persons[person].Since && m.Persons&bit(person) != 0 && (m.Outcome == 0 || m.Outcome.Met()) {
			return day
		}
	}
	return 0
}

// Attrition is I1 and I3 to I7.
func (a *Analysis) Attrition() *PartAttrition {
	if a.part.attrition != nil {
		return a.part.attrition
	}
	n := a.Len()
	out := &PartAttrition{Case: make([]attrition.Case, n), Departure: make([]attrition.Departure, n), Override: make([]bool, n),
		Worth: make([]attrition.Worth, n), Weapon: make([]attrition.Proposal, n)}
	lives := a.lives()
	rates := attrition.MovementsBy(lives, a.N, 4)
	out.Rates, out.ByPhase = rates[0], rates
	a.rest(0)
	out.Causes = attrition.Motives(lives, calendar.Window{From: a.back(2).From, To: a.AsOf})
	out.Survival = attrition.Survive(lives, a.AsOf, 6, 20, false)
	a.rest(0)
	a.departures(out)
	a.judge(out)
	a.rest(0)
	a.recover(out, lives)
	a.rest(0)
	a.detection(out)
	a.part.attrition = out
	return out
}

// lives are the clients from their first order to their loss. The group is the
// phase a year ago, D to V.
func (a *Analysis) lives() []attrition.Life {
	year := a.Maturity().Snapshots[0]
	out := make([]attrition.Life, a.Len())
	p := a.rules.maturity
	for i, v := range a.lived().Verdict {
		l := &out[i]
		l.Group = -1
		s, ok := v.Starter()
		if !ok || a.lived().left(i) {
			continue
		}
		d := a.facts[i]
		l.First, l.Sales, l.Natural, l.Motive = s.First, a.Sales1[i], d.Natural, d.Motive
		if ph := year[i]; ph >= maturity.Start && ph <= maturity.Ageing {
			l.Group = int32(ph - maturity.Start)
		}
		switch lost, known := v.LostOn(p); {
		case s.Lost && seenBy(d.LostOn, a.AsOf):
			l.Lost = max(d.LostOn, s.First)
		case s.Lost && known:
			l.Lost = max(min(lost, a.AsOf), s.First)
		case s.Lost:
			l.Lost = a.AsOf
		case year[i] == maturity.Lost: // lost a year ago, and back since
			l.Lost = a.N.From - 1
			for k := range a.Cards[i].Sales {
				if x := &a.Cards[i].Sales[k]; x.Net > 0 && a.N.Contains(x.From) {
					l.Returned = x.From
					break
				}
			}
		}
	}
	return out
}

// departures are the probabilities of I3, by the method that the number of
// former clients allows.
func (a *Analysis) departures(out *PartAttrition) {
	p := a.chapters.attrition
	signals, files := a.Signals(), a.Files()
	var formers []attrition.Former
	var retained []attrition.Case
	at, _ := a.clients()
	for k, i := range at {
		a.rest(k)
		c := signals.Signal[i].Case()
		c.Starting, c.Quality = a.lived().Phase[i] == maturity.Start, files.Filling[i].Rate
		out.Case[i] = c
		retained = append(retained, c)
	}
	for _, d := range a.facts {
		for k := range d.Formers {
			if f := &d.Formers[k]; !f.Void && f.Left <= a.AsOf {
				formers = append(formers, former(f))
				if !f.Natural {
					out.Formers++
				}
			}
		}
	}
	model := a.fits != nil && a.fits.Hazard.P() > 0
	behind := out.Formers
	if model {
		behind = max(behind, a.fits.Office) // the organisation's departures speak too
	}
	out.Method = attrition.Choose(behind, model, p)
	if out.Method == attrition.Bayes || out.Method == attrition.Hazard && !model {
		out.Method = attrition.Bayes
		priors := attrition.Priors{Own: attrition.PriorOf(out.Rates), Fixed: attrition.Prior{P: a.chapters.fixed}, Mortality: attrition.MortalityOf(out.Rates)}
		if a.fits != nil {
			priors.Team = a.fits.Team
		}
		out.Table = attrition.Learn(formers, retained, priors, p)
	} else {
		out.Table.Mark = explain.Missing(explain.NoData)
	}
	detector := attrition.NewDetector(a.AsOf, p)
	x := make([]float64, attrition.NPredictors)
	for i := range out.Departure {
		out.Departure[i].Mark = explain.Missing(explain.NoSales)
	}
	for k, i := range at {
		a.rest(k)
		d := &out.Departure[i]
		switch out.Method {
		case attrition.Hazard:
			*d = p.ReadHazard(&a.fits.Hazard, a.predictors(detector, int(i)), out.Case[i].Quality, x)
		case attrition.Bayes:
			*d = out.Table.Read(out.Case[i])
		default:
			*d = p.Score(out.Case[i])
		}
		if o, ok := a.decided(int(i), "departure"); ok && o.Value >= 0 && o.Value <= 1 {
			out.Override[i] = true
			d.P, d.Low, d.High, d.Band, d.Grey = o.Value, o.Value, o.Value, p.BandOf(o.Value), false
		}
	}
}

// predictors are what method 3 reads of client i, as [Fit] does.
func (a *Analysis) predictors(d *attrition.Detector, i int) attrition.Facts {
	f := d.Facts(&a.Signals().File[i])
	f.Phase = a.lived().Phase[i]
	return f
}

// former is the file of an ex-client as method 1 reads it.
func former(f *portfolio.Former) attrition.Former {
	out := attrition.Former{Natural: f.Natural}
	out.Known = 1<<attrition.NSignals - 1
	for _, code := range f.Unknown {
		if code >= 1 && code <= attrition.NSignals {
			out.Known &^= attrition.Of(attrition.Code(code))
		}
	}
	for _, code := range f.Seen {
		if code >= 1 && code <= attrition.NSignals {
			out.On |= attrition.Of(attrition.Code(code))
		}
	}
	out.Known |= out.On
	return out
}

// hoursOf are the hours of each action of retention: a call a quarter of an
// hour, a visit its own time on the road included, the director's the same.
func (a *Analysis) hoursOf() (h [attrition.NActions]float64) {
	visit := float64(normVisit+normTravel+normReport) / 60
	if y, _, ok := a.year(); ok {
		if m := y.VisitMinutes + y.TravelMinutes + y.ReportMinutes; m > 0 && m < 1440 {
			visit = m / 60
		}
	}
	h[attrition.Call-1] = .25
	h[attrition.Visit-1], h[attrition.VisitOffer-1], h[attrition.DirectorVisit-1] = visit, visit, visit
	return h
}

// judge says whom to retain (I4) and how (I5).
func (a *Analysis) judge(out *PartAttrition) {
	p, c := a.chapters.attrition, a.Cost()
	out.Catalogue = p.Price(attrition.Costs{Visit: c.Visit, Call: c.Call, Hours: a.hoursOf()}).Learn(a.records())
	level, r, categories := ours(a.Book, a.sc.Levels.P), ours(a.Book, a.sc.R.Level), ours(a.Book, a.sc.Category)
	appraisal := ours(a.Book, a.sc.Appraisal)
	off := a.holidays()
	at, _ := a.clients()
	signals := a.Signals().Signal
	for i := range out.Worth {
		out.Worth[i].Mark, out.Weapon[i].Mark = explain.Missing(explain.NoSales), explain.Missing(explain.NoSales)
		out.Weapon[i].Deadline, out.Weapon[i].Control = calendar.None, calendar.None
	}
	stake := make([]float64, len(at))
	for k, i := range at {
		a.rest(k)
		s := attrition.Stake{Margin: c.Gross.Margin[i], Invested: c.Invested.Amount[i], MarginRate: c.Rate, Risk: out.Departure[i].P, P: level[i], Strategic: a.facts[i].Strategic}
		if m := &c.Margins.Client[i]; m.HasRates {
			s.MarginRate = m.Rate
		}
		if a.Known[i] {
			s.Remaining = potential.Remaining(a.Sales[i], appraisal[i].Accessible)
		}
		out.Worth[i] = p.Judge(s, out.Catalogue)
		stake[k] = out.Worth[i].Value
		t := a.facts[i].told()
		out.Weapon[i] = attrition.Weapon(attrition.Situation{Category: categories[i], P: level[i], R: r[i], Band: out.Departure[i].Band,
			On: signals[i].Case().On, Worth: &out.Worth[i], Consumer: t.Consumer, Unreachable: t.Unreached, RepIsManager: a.heads}, a.AsOf, off, p)
	}
	for _, k := range attrition.Rank(among(out.Departure, at), stake, among(a.Codes, at)) {
		out.Order = append(out.Order, at[k])
	}
}

// holidays are those of the year of the as-of date and of the next: of Morocco
// for a portfolio in dirhams, of France otherwise.
func (a *Analysis) holidays() []calendar.Day {
	country := calendar.France
	if a.currency == "MAD" {
		country = calendar.Morocco
	}
	year, _, _ := a.AsOf.Civil()
	var off []calendar.Day
	for y := year; y <= year+1; y++ {
		for _, h := range calendar.Holidays(country, y) {
			off = append(off, h.Day)
		}
	}
	return off
}

// recover lists whom to win back (I6), and compares those who came back.
func (a *Analysis) recover(out *PartAttrition, lives []attrition.Life) {
	p, rate := a.chapters.attrition, a.Cost().Rate
	absent := make([]attrition.Absent, 0)
	var who []int32
	var loyal []attrition.Loyal
	speeds := a.Loyalty().Reading.Speed
	for i, ph := range a.lived().Phase {
		if ph == maturity.Lost {
			d := a.facts[i]
			best := max(a.Sales1[i], a.salesIn(i, a.back(2)))
			value := 0.0
			if best > 0 && rate > 0 {
				value = p.Value(float64(best) * rate)
			}
			absent = append(absent, attrition.Absent{Natural: d.Natural, Removed: removed(d), Value: value, Code: a.Codes[i]})
			who = append(who, int32(i))
			continue
		}
		if lives[i].First == 0 || ph == maturity.Prospect {
			continue
		}
		l := attrition.Loyal{Reconquered: lives[i].Returned != 0, Exclusion: -1, Satisfaction: -1}
		if s := &speeds[i]; s.Has() && !s.PoolOnly {
			l.Exclusion = s.Exclusion
		}
		if marks := a.Signals().File[i].Satisfaction; len(marks) > 0 {
			l.Satisfaction = marks[len(marks)-1].Score
		}
		loyal = append(loyal, l)
	}
	for _, k := range attrition.WinBack(absent) {
		out.WinBack = append(out.WinBack, who[k])
	}
	out.Returned = attrition.CompareReturned(loyal)
}

// removed reports that the motive of a departure is gone: ours to mend (neglect,
// a change of rep), or of service with nothing left open. Nothing in the facts
// says that a price, a rival or a new decider is no longer in the way.
func removed(d *Deep) bool {
	switch d.Motive {
	case portfolio.MotiveNeglect, portfolio.MotiveTurnover:
		return true
	case portfolio.MotiveQuality, portfolio.MotiveDelivery, portfolio.MotiveService, portfolio.MotiveRepIncident:
		return !slices.ContainsFunc(d.Services, func(s portfolio.Service) bool { return s.Closed == 0 })
	}
	return false
}

// salesIn sums the sales of client i in a window.
func (a *Analysis) salesIn(i int, w calendar.Window) (sum money.Cents) {
	for k := range a.Cards[i].Sales {
		sum = sum.Plus(amountIn(&a.Cards[i].Sales[k], w))
	}
	return sum
}

// detection says how well signals can be seen, and whom the manager should
// visit to check satisfaction (I7).
func (a *Analysis) detection(out *PartAttrition) {
	measured, clients := 0, 0
	at, _ := a.clients()
	total := 0
	for _, i := range at {
		for k := a.lately(int(i)); k < len(a.facts[i].Contacts); k++ {
			if a.within(&a.facts[i].Contacts[k]) {
				total++
			}
		}
		total += len(a.facts[i].Services)
	}
	reports := make([]attrition.Report, 0, total)
	checked := make([]attrition.Checked, len(at))
	categories := ours(a.Book, a.sc.Category)
	for k, i := range at {
		a.rest(k)
		d := a.facts[i]
		clients++
		marked := false
		c := attrition.Checked{Band: max(out.Departure[i].Band, attrition.Green), Category: categories[i], Sales: a.Sales[i], Code: a.Codes[i]}
		for j := a.lately(int(i)); j < len(d.Contacts); j++ {
			m := &d.Contacts[j]
			if !a.within(m) || m.Outcome == portfolio.Postponed {
				continue
			}
			reports = append(reports, attrition.Report{By: portfolio.DeskRep, Full: m.Outcome != 0, Hours: 24 * int32(m.Late), Satisfied: m.Content >= 0})
			marked = marked || m.Content >= 0
			if m.Kind == portfolio.ManagerControlVisit && (m.Outcome == 0 || m.Outcome.Met()) {
				c.Last = m.Day
			}
		}
		for j := range d.Services {
			if s := &d.Services[j]; a.N.Contains(s.Opened) {
				reports = append(reports, attrition.Report{By: max(s.By, portfolio.DeskRep), Full: s.Text != "" && (s.Closed == 0 || s.Remedy != "")})
			}
		}
		if marked {
			measured++
		}
		checked[k] = c
	}
	out.Coverage = attrition.Cover(reports, measured, clients)
	for _, k := range attrition.ControlPlan(checked, attrition.ControlShare) {
		out.Controls = append(out.Controls, at[k])
	}
}
