package query

import (
	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// A rescue is the case of one client since the first warning that somebody
// noted of him (I6). No record says that a case was opened: the warning opens
// it, and what was done after is read from the contacts.
type rescue struct {
	client int32
	attrition.Rescue
	action attrition.Action // the strongest made; 0: none
	offer  money.Cents      // what we promised him meanwhile
	over   bool             // saved or lost
}

// rescues are the cases of the portfolio, by client.
func (a *Analysis) rescues() (out []rescue) {
	for i := range a.facts {
		if r, ok := a.rescueOf(i); ok {
			out = append(out, r)
		}
	}
	return out
}

func (a *Analysis) rescueOf(i int) (r rescue, ok bool) {
	d := a.facts[i]
	open, last := false, calendar.Day(0)
	for k := range d.Signals {
		s := &d.Signals[k]
		if s.Day == 0 || s.Day > a.AsOf {
			continue
		}
		if r.Alert == 0 || s.Day < r.Alert {
			r.Alert = s.Day
		}
		if s.Closed == 0 || s.Closed > a.AsOf {
			open = true
		} else {
			last = max(last, s.Closed)
		}
	}
	if r.Alert == 0 || a.lived().Phase[i] == maturity.Prospect {
		return r, false
	}
	r.client, r.Natural = int32(i), d.Natural
	lost := a.lived().Phase[i] == maturity.Lost
	end := a.AsOf
	switch {
	case lost && seenBy(d.LostOn, a.AsOf):
		end = d.LostOn
	case !open && !lost:
		end = last
	}
	after := a.acted(i, &r, end)
	switch {
	case lost && after:
		r.Stage = attrition.WinningBack
	case lost:
		r.Stage = attrition.LostClient
	case !open:
		r.Stage = attrition.Saved
	}
	r.over = r.Stage != 0
	if r.Stage == 0 {
		r.Stage = attrition.Alerted
		switch {
		case r.offer > 0 || remedied(d, r.Alert, a.AsOf):
			r.Stage = attrition.Remedied
		case r.action >= attrition.Visit:
			r.Stage = attrition.Met
		case r.Contacted != 0:
			r.Stage = attrition.Contacted
		}
	}
	return r, true
}

// acted reads what was done between the alert and the end of a case, and tells
// whether a lost client was met since.
func (a *Analysis) acted(i int, r *rescue, end calendar.Day) (after bool) {
	d, prices := a.facts[i], a.Cost().Prices
	for k := range d.Commitments {
		if c := &d.Commitments[k]; c.Side == portfolio.Us && c.State != portfolio.Released && c.Made >= r.Alert && c.Made <= end {
			r.offer = r.offer.Plus(max(0, c.Value))
		}
	}
	spent := 0.0
	for k := range d.Contacts {
		m := &d.Contacts[k]
		day, ok := a.seen(m.Day)
		if !ok || m.Inbound || m.Outcome == portfolio.Postponed || day < r.Alert {
			continue
		}
		met := m.Outcome == 0 || m.Outcome.Met()
		if day > end {
			after = after || met
			continue
		}
		if r.Contacted == 0 {
			r.Contacted = day
		}
		c := m.cost(int32(i), day)
		spent += prices.Value(c)
		c.Direct = 0
		spent += float64(float64(m.Together) * prices.Value(c))
		r.action = max(r.action, actionOf(m, met, r.offer > 0))
	}
	r.Spent = round64(spent)
	return after
}

// actionOf is the means of retention a contact amounts to.
func actionOf(m *Met, met, offer bool) attrition.Action {
	switch {
	case m.Kind == portfolio.ManagerControlVisit && met:
		return attrition.DirectorVisit
	case face(m.Kind) && met && offer:
		return attrition.VisitOffer
	case face(m.Kind) && met:
		return attrition.Visit
	case m.Kind == portfolio.Call:
		return attrition.Call
	case m.Kind == portfolio.Letter || m.Kind == portfolio.Email:
		return attrition.Letter
	}
	return 0
}

// remedied reports a service event closed with a remedy since a day.
func remedied(d *Deep, since, asOf calendar.Day) bool {
	for k := range d.Services {
		if s := &d.Services[k]; s.Remedy != "" && s.Closed >= since && s.Closed <= asOf {
			return true
		}
	}
	return false
}

// records are what the portfolio saw of each means of retention: the cases that
// are over, natural departures aside. From thirty on they replace the
// catalogue (I4).
func (a *Analysis) records() (seen [attrition.NActions]attrition.Record) {
	for _, r := range a.rescues() {
		if !r.over || r.Natural || r.action == 0 {
			continue
		}
		x := &seen[r.action-1]
		x.Cases++
		if r.Stage == attrition.Saved {
			x.Saved++
		}
		x.Cost, x.Delta = x.Cost.Plus(r.Spent), x.Delta.Plus(r.offer)
	}
	return seen
}
