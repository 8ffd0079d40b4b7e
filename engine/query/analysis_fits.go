package query

import (
	"math"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/foresight"
	"sillon/engine/hazard"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/response"
)

// panelMonths is how long the measured response looks back; settle is how long
// it takes to know who has left, the 18 months of C1.
const (
	panelMonths = 24
	settleDays  = 540
	maxSpells   = 10 // periods of 90 days a client brings to method 3
	minSpells   = 20 // client-periods without which nothing is fitted
	lastYear    = 4  // periods of the recalibration
)

// Fit learns the models of a portfolio: orders, season, worth of an order,
// departures (I3, method 3) and response to visits (B3). office is the pooled
// hazard of the organisation, the prior of the tablet's own; nil: none. It
// takes tens of milliseconds to a second: once after a sync, never for a
// screen.
func Fit(b *Book, office *hazard.Model) Fits { return fit(b, office, func() {}) }

// FitSlowly is Fit, to the last bit, that lets others work: pause is called
// every few milliseconds of work at most, far more often when there are few
// clients, and decides itself when enough time has gone to give way. What
// happens to the snapshot meanwhile does not matter: the models are those of
// the book as it was. When pause says false the fit is given up, and false
// returned.
func FitSlowly(b *Book, office *hazard.Model, pause func() bool) (f Fits, done bool) {
	defer func() {
		if done {
			return
		}
		r := recover()
		if _, ours := r.(givenUp); !ours {
			panic(r)
		}
	}()
	f = fit(b, office, func() {
		if !pause() {
			panic(givenUp{})
		}
	})
	return f, true
}

// givenUp unwinds a fit.
type givenUp struct{}

func fit(b *Book, office *hazard.Model, pause func()) Fits {
	sc, own := *b.sc, *b // theirs may move during a pause
	own.sc = &sc
	a := Analyse(&own, nil)
	a.lived()
	f := Fits{Day: b.AsOf, Learnt: calendar.Window{From: b.back(2).From, To: b.AsOf}}
	f.Orders = foresight.LearnSlowly(a.orders(pause), a.chapters.foresight, pause)
	pause()
	f.Season = a.season(f.Learnt)
	pause()
	a.learnDepartures(&f, office, pause)
	a.learnRenewals(&f, pause)
	a.learnResponse(&f, pause)
	return f
}

// some is how many clients are read between two pauses.
const some = 256

// orders are the histories the models of foresight read; prospects and
// one-shot clients have none.
func (a *Analysis) orders(pause func()) []foresight.History {
	out := make([]foresight.History, a.Len())
	var days []calendar.Day
	var amounts []money.Cents
	for i, c := range a.Cards {
		if i%some == 0 {
			pause()
		}
		if c.OneShot {
			continue
		}
		days, amounts = days[:0], amounts[:0]
		for k := range c.Sales {
			if l := &c.Sales[k]; l.To <= l.From && l.Net > 0 {
				days, amounts = append(days, l.From), append(amounts, l.Net)
			}
		}
		out[i] = foresight.Observe(days, amounts, a.AsOf)
	}
	return out
}

// season reads the monthly index of the orders.
func (a *Analysis) season(w calendar.Window) foresight.Season {
	var repeats, firsts, days []calendar.Day
	for i, c := range a.Cards {
		if c.OneShot {
			continue
		}
		if days = a.orderDays(i, days[:0]); len(days) > 0 {
			firsts = append(firsts, days[0])
			repeats = append(repeats, days[1:]...)
		}
	}
	return foresight.SeasonOf(repeats, firsts, w)
}

// Spells are the client-periods of a portfolio that method 3 learns from: what
// the server pools over an organisation.
func Spells(b *Book) []attrition.Spell {
	a := Analyse(b, nil)
	a.lived()
	return a.spells(func() {})
}

func (a *Analysis) spells(pause func()) []attrition.Spell {
	p, silent := a.chapters.attrition, a.silent()
	files := make([]attrition.File, a.Len())
	var past []attrition.Past
	var who []int32
	for i, v := range a.lived().Verdict {
		if i%some == 0 {
			pause()
		}
		if v.Computed == maturity.Prospect || a.lived().left(i) {
			continue
		}
		files[i] = a.evidenceOf(i)
		files[i].Silent = silent
		d := a.facts[i]
		past = append(past, attrition.Past{File: &files[i], Gone: a.lived().Phase[i] == maturity.Lost, Natural: d.Natural || d.Motive == portfolio.MotiveNatural})
		who = append(who, int32(i))
	}
	lives := make([]maturity.History, len(who))
	for k, i := range who {
		c := a.Cards[i]
		lives[k] = maturity.History{FirstOrder: c.FirstOrder, Lines: c.Sales, Known: a.sc.From}
	}
	read, at := 0, calendar.None
	var phases []maturity.Phase
	return attrition.Spells(past, a.AsOf, settleDays, maxSpells, func(k int, eve calendar.Day) maturity.Phase {
		if eve != at { // of each eve at once
			at = eve
			phases = a.phasesAt(lives, eve, phases[:0], pause)
		}
		if read++; read%some == 0 {
			pause()
		}
		return phases[k]
	}, p)
}

// learnDepartures fits method 3 when enough clients have left, and moves its
// intercept to the departures that the portfolio itself has seen in the last
// year of the data (analytics §1: one parameter), when there are enough.
func (a *Analysis) learnDepartures(f *Fits, office *hazard.Model, pause func()) {
	spells := a.spells(pause)
	for i := range spells {
		if spells[i].Left {
			f.Trained++
		}
	}
	data := attrition.Rows(spells)
	data.Pause = pause
	switch {
	case office != nil && office.P() == attrition.NPredictors:
		f.Hazard, f.Office = hazard.Update(*office, data), office.Events
	case f.Trained > 0 && len(spells) >= minSpells:
		f.Hazard = hazard.Fit(data)
	}
	// Spells come eve by eve, the last ones last.
	n, left := len(spells), 0
	for eves := 0; n > 0 && eves < lastYear; eves++ {
		for at := spells[n-1].Eve; n > 0 && spells[n-1].Eve == at; n-- {
			if spells[n-1].Left {
				left++
			}
		}
	}
	if left >= hazard.Few {
		last := attrition.Rows(spells[n:])
		last.Pause = pause
		f.Hazard = f.Hazard.Recentre(last)
	}
}

// phasesAt are the phases of clients at a past date, from the lines alone; 0
// where it would need a year that the file does not hold (C1, S1).
func (a *Analysis) phasesAt(lives []maturity.History, day calendar.Day, into []maturity.Phase, pause func()) []maturity.Phase {
	for len(lives) > 0 {
		n := min(some, len(lives))
		into = append(into, maturity.Phases(lives[:n], day, a.rules.maturity)...)
		lives = lives[n:]
		pause()
	}
	return into
}

// learnResponse fits the response of orders to visits, month by month.
func (a *Analysis) learnResponse(f *Fits, pause func()) {
	at, _ := a.clients()
	w := make([]calendar.Window, panelMonths)
	for k := range w {
		w[k] = calendar.Periods{Months: 1}.Back(a.AsOf, panelMonths-1-k)
	}
	panel := response.Panel{Pause: pause}
	var who []int32
	var days []calendar.Day
	for k, i := range at {
		if k%some == 0 {
			pause()
		}
		days = a.orderDays(int(i), days[:0])
		if len(days) == 0 || a.Cards[i].OneShot {
			continue
		}
		from := 0
		for from < panelMonths && w[from].To < days[0] {
			from++
		}
		if panelMonths-from < 6 {
			continue
		}
		counts, units := make([]int32, panelMonths), make([]int64, panelMonths)
		for _, d := range days {
			if k := windowOf(w, d); k >= 0 {
				counts[k]++
			}
		}
		for k := range a.facts[i].Contacts {
			m := &a.facts[i].Contacts[k]
			if day, ok := a.seen(m.Day); ok {
				if k := windowOf(w, day); k >= 0 {
					units[k] += int64(math.Round(m.units(&a.rules.cost) * 1e6))
				}
			}
		}
		visits := make([]float64, panelMonths)
		for k, u := range units {
			visits[k] = float64(u) / 1e6
		}
		panel.Counts, panel.Visits = append(panel.Counts, counts[from:]), append(panel.Visits, visits[from:])
		panel.Codes = append(panel.Codes, a.Cards[i].ID.String())
		who = append(who, i)
	}
	if len(who) == 0 {
		return
	}
	m := response.FitPanel(panel)
	if !m.Has() {
		return
	}
	f.Pooled = m.Pooled
	for k, i := range who {
		v := panel.Visits[k]
		var sum float64
		year := v[max(0, len(v)-12):]
		for _, x := range year {
			sum += x
		}
		f.Response = append(f.Response, Responds{a.Cards[i].ID, m.Measure(k, sum/float64(len(year)))})
	}
}

// Ahead is what the kept models say of the quarter to come.
func (a *Analysis) Ahead() *PartAhead {
	if a.part.ahead != nil {
		return a.part.ahead
	}
	n, p := a.Len(), a.chapters.foresight
	out := &PartAhead{History: a.orders(func() { a.rest(0) }), Outlook: make([]foresight.Outlook, n), Late: make([]bool, n), Risk: make([]float64, n), Margin: make([]float64, n), Horizon: p.Horizon}
	if a.fits == nil || !a.fits.Orders.Orders.Has() {
		out.Mark = explain.Missing(explain.NoData)
		for i := range out.Outlook {
			out.Outlook[i].Mark = explain.Missing(explain.NoData)
		}
		a.renewing(out)
		a.part.ahead = out
		return out
	}
	out.Fitted = true
	season := 1.0
	if a.fits.Season.Has() {
		season = a.fits.Season.Factor(a.fits.Learnt, calendar.Window{From: a.AsOf + 1, To: a.AsOf + calendar.Day(p.Horizon)})
	}
	margins := a.Cost()
	for i := range n {
		a.rest(i)
		x := a.fits.Orders.Outlook(out.History[i], season, p)
		x.Steps = nil
		out.Outlook[i] = x
		if !x.Has() {
			continue
		}
		out.Late[i] = x.Silence.TooLong()
		if out.Risk[i] = x.Orders.NoOrder; x.Leaving {
			out.Risk[i] = max(out.Risk[i], 1-x.Alive)
		}
		rate := margins.Rate
		if m := &margins.Margins.Client[i]; m.HasRates {
			rate = m.Rate
		}
		out.Margin[i] = x.Value * rate
		out.Sales += x.Value
	}
	out.Mark = explain.Mark{Status: a.fits.Orders.Orders.Status, Reason: a.fits.Orders.Orders.Reason}
	a.renewing(out)
	a.part.ahead = out
	return out
}
