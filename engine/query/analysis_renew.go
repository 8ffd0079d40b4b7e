package query

import (
	"sillon/engine/calendar"
	"sillon/engine/foresight"
)

// Renewing is a client under yearly contracts before his next anniversary, by
// the model of renewals (BG/BB, engine/foresight): beside S1 and I3.
type Renewing struct {
	foresight.Renewals
	Next  calendar.Day // the anniversary to come; 0: no contract runs
	Alive float64      // chance that he is still a client at all
	P     float64      // chance that he renews then
}

// Under reports a client who has had a yearly contract.
func (r *Renewing) Under() bool { return r.Next != 0 || r.Chance > 0 }

// renewals are the anniversaries that the contracts of a client have met: each
// year of the first one's start, once it is so many days past (RenewalDays, S1)
// or the next contract has begun. One is taken when a contract covers it, which
// one that renews itself does until the client has left. Years inside a longer
// term were no opportunity.
func (a *Analysis) renewals(i int) (out Renewing) {
	d := a.facts[i]
	grace := calendar.Day(a.chapters.attrition.RenewalDays)
	first := calendar.None
	for k := range d.Contracts {
		if c := &d.Contracts[k]; c.Start != 0 && c.Start <= a.AsOf && (first == calendar.None || c.Start < first) {
			first = c.Start
		}
	}
	if first == calendar.None {
		return out
	}
	gone := d.LostOn != 0 && d.LostOn <= a.AsOf
	for year := 1; year <= 100; year++ {
		day := first.AddMonths(12 * year)
		covered, inside := false, false
		for k := range d.Contracts {
			c := &d.Contracts[k]
			if c.Start == 0 || c.Start > min(day+grace, a.AsOf) {
				continue
			}
			runs := c.Renews || c.End == 0 || c.End > day
			covered = covered || runs && !(gone && d.LostOn <= day)
			inside = inside || !c.Renews && c.End > day+45 && c.Start < day-45
		}
		switch {
		case inside:
			continue
		case day > a.AsOf, !covered && day+grace >= a.AsOf: // to come, or late
			if !gone && (day <= a.AsOf || a.runs(i)) {
				out.Next = day
			}
			return out
		}
		out.Chance++
		if covered {
			out.Taken, out.Last = out.Taken+1, out.Chance
		}
	}
	return out
}

// runs reports a contract in force.
func (a *Analysis) runs(i int) bool {
	for k := range a.facts[i].Contracts {
		if c := &a.facts[i].Contracts[k]; c.Start != 0 && c.Start <= a.AsOf && (c.Renews || c.End == 0 || c.End >= a.AsOf) {
			return true
		}
	}
	return false
}

// learnRenewals fits the BG/BB on the clients under yearly contracts.
func (a *Analysis) learnRenewals(f *Fits, pause func()) {
	var all []foresight.Renewals
	for i := range a.Cards {
		if i%some == 0 {
			pause()
		}
		if r := a.renewals(i); r.Chance > 0 {
			all = append(all, r.Renewals)
		}
	}
	if len(all) > 0 {
		pause()
		f.Renewal = foresight.FitRenewal(all, a.chapters.foresight)
		pause()
	}
}

// renewing says what the kept model expects of the clients under contract. A
// client whose anniversary falls within the horizon is at the risk of not
// renewing, where that is the larger.
func (a *Analysis) renewing(out *PartAhead) {
	if a.fits == nil || !a.fits.Renewal.Has() {
		return
	}
	out.Renewal = make([]Renewing, a.Len())
	for i := range out.Renewal {
		r := a.renewals(i)
		if !r.Under() {
			continue
		}
		r.Alive = a.fits.Renewal.Alive(r.Renewals)
		r.P = 1 - a.fits.Renewal.Forecast(r.Renewals, 1, .9).NoOrder
		if r.Next != 0 && r.Next <= a.AsOf+calendar.Day(out.Horizon) {
			out.Risk[i] = max(out.Risk[i], 1-r.P)
		}
		out.Renewal[i] = r
	}
}
