package query

import (
	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/maturity"
	"sillon/engine/portfolio"
)

// noticeMonths is how long before the end of a term a contract that does not
// renew by itself, or whose client is feared to leave, puts it in V (C6), where
// the contract does not say; three months is our choice.
const noticeMonths = 3

// feared reports a warning that somebody noted and nobody closed by a day.
func feared(d *Deep, asOf calendar.Day) bool {
	for k := range d.Signals {
		if s := &d.Signals[k]; s.Day <= asOf && (s.Closed == 0 || s.Closed > asOf) {
			return true
		}
	}
	return false
}

// specially reads client i on a day as the situation of the portfolio asks (C6);
// v is the reading of C1. It is v where the facts of the situation are not
// recorded: a client without any project, contract or reading. A prescriber and
// a distributor are read by their readings even when they buy nothing.
func (a *Analysis) specially(i int, asOf calendar.Day, v maturity.Verdict) maturity.Verdict {
	if lines := a.elsewhere(i, asOf); len(lines) > 0 {
		h := maturity.History{Lines: lines, Signs: a.signs(i)}
		if v.Why == maturity.Locked {
			h.Override.Phase = v.Phase
		}
		return maturity.Read(h, asOf, a.rules.maturity)
	}
	if v.Computed == maturity.Prospect {
		return v
	}
	var s maturity.Verdict
	switch a.situation {
	case portfolio.LongCycle:
		if e, ok := a.equipment(i, asOf, &v); ok {
			s = e.Phase(asOf, a.rules.maturity)
			break
		}
		if s = v; !a.nearTheEnd(i, asOf, &v) {
			return v
		}
		s.Phase, s.Why = maturity.Ageing, maturity.NoProject
	case portfolio.Tenders:
		if len(a.facts[i].Projects) == 0 {
			return v
		}
		s = maturity.PhaseOfTenders(a.tenders(i), asOf, a.rules.maturity)
	case portfolio.Contracts:
		s = a.contracted(i, asOf)
	default:
		return v
	}
	if s.Phase == 0 || s.Phase == maturity.Prospect {
		return v
	}
	locked := v.Why == maturity.Locked
	v.Computed = s.Phase
	if !locked {
		v.Phase, v.Why, v.Steps = s.Phase, s.Why, s.Steps
	}
	return v
}

// nearTheEnd reports a client whose equipment ends its cycle within six months,
// with no project open; never where the portfolio says no cycle.
func (a *Analysis) nearTheEnd(i int, asOf calendar.Day, v *maturity.Verdict) bool {
	last := orNone(v.LastOrder)
	if last == calendar.None || v.Computed == maturity.Lost || a.rules.maturity.Periods.Months <= 12 || last.AddMonths(a.rules.maturity.Periods.Months-6) > asOf {
		return false
	}
	return !a.projectOpen(i, asOf)
}

func (a *Analysis) projectOpen(i int, asOf calendar.Day) bool {
	for k := range a.facts[i].Projects {
		p := &a.facts[i].Projects[k]
		if p.Opened <= asOf && (p.Ended == 0 || p.Ended > asOf) && (p.State <= portfolio.Running || p.Ended > asOf) {
			return true
		}
	}
	return false
}

// elsewhere are the lines that the readings of a client make: one for each
// purchase it prescribed, all worth the same, or what it sold of ours.
func (a *Analysis) elsewhere(i int, asOf calendar.Day) (lines []maturity.Line) {
	for k := range a.facts[i].Readings {
		x := &a.facts[i].Readings[k]
		switch {
		case x.Day == 0 || x.Day > asOf:
		case a.situation == portfolio.Influencers && x.What == portfolio.Prescribed:
			lines = append(lines, maturity.Prescriptions([]calendar.Day{x.Day})...)
		case a.situation == portfolio.Resellers && x.What == portfolio.SoldOut && x.Amount > 0:
			l := maturity.Line{From: x.Day, To: x.Day, Net: x.Amount}
			if x.From != 0 && x.From < x.Day {
				l.From = x.From
			}
			lines = append(lines, l)
		}
	}
	return lines
}

// equipment is the installed base of client i, as counted last and a cycle
// before; false when either count is missing.
func (a *Analysis) equipment(i int, asOf calendar.Day, v *maturity.Verdict) (e maturity.Equipment, ok bool) {
	months := a.rules.maturity.Periods.Months
	ago := (asOf + 1).AddMonths(-months) - 1
	var now, then *portfolio.Reading
	for k := range a.facts[i].Readings {
		x := &a.facts[i].Readings[k]
		if x.What != portfolio.Installed || x.Total <= 0 || x.Day == 0 || x.Day > asOf {
			continue
		}
		if now == nil || x.Day >= now.Day {
			now = x
		}
		if x.Day <= ago && (then == nil || x.Day >= then.Day) {
			then = x
		}
	}
	last := orNone(v.LastOrder)
	if now == nil || then == nil || last == calendar.None {
		return e, false
	}
	e = maturity.Equipment{Last: last, Ours: now.Ours, Installed: now.Total, OursBefore: then.Ours, TotalBefore: then.Total, Project: a.projectOpen(i, asOf)}
	e.First = orNone(a.Cards[i].FirstOrder)
	if lines := a.Cards[i].Sales; e.First == calendar.None && len(lines) > 0 {
		e.First = lines[0].From
	}
	if months > 12 {
		e.CycleEnds = last.AddMonths(months)
	}
	return e, true
}

// tenders are the projects of client i. One that ended on no known day is over.
func (a *Analysis) tenders(i int) []maturity.Tender {
	list := a.facts[i].Projects
	out := make([]maturity.Tender, 0, len(list))
	for k := range list {
		p := &list[k]
		t := maturity.Tender{Amount: p.Amount, Opened: p.Opened, Closed: p.Ended, Won: p.State == portfolio.Won, Phase: uint8(min(max(p.Phase, 0), 6))}
		if p.State > portfolio.Running && p.Ended == 0 {
			if t.Closed = max(p.Since, p.Opened); t.Closed == 0 {
				continue
			}
		}
		out = append(out, t)
	}
	return out
}

// contracted is the phase of the contract begun last; one that follows another
// is a later term.
func (a *Analysis) contracted(i int, asOf calendar.Day) (v maturity.Verdict) {
	list := a.facts[i].Contracts
	at := -1
	for k := range list {
		if s := list[k].Start; s != 0 && s <= asOf && (at < 0 || s > list[at].Start || s == list[at].Start && list[k].End > list[at].End) {
			at = k
		}
	}
	if at < 0 {
		return v
	}
	c := &list[at]
	x := maturity.Contract{Start: c.Start, End: c.End, AutoRenew: c.Renews, NoticeMonths: noticeMonths, Notice: seenBy(c.Notice, asOf), Risk: feared(a.facts[i], asOf)}
	if c.Months > 0 {
		x.NoticeMonths = c.Months
	}
	if c.End > c.Start {
		x.TermMonths = max(1, calendar.FullMonths(c.Start, c.End+1))
	}
	v = maturity.PhaseOfContract(x, asOf)
	if v.Phase == maturity.Start {
		for k := range list {
			if k != at && list[k].Start < c.Start && renewed(list, k) != 0 {
				v.Phase, v.Computed, v.Why = maturity.Mature, maturity.Mature, maturity.Renewed
			}
		}
	}
	return v
}

// specials puts the readings of the situation in place of those of C1.
func (a *Analysis) specials(m *PartMaturity) {
	if a.situation == 0 {
		return
	}
	for i := range m.Verdict {
		was := m.Phase[i]
		if was == 0 && m.left(i) && (a.Cards[i].OneShot || len(a.elsewhere(i, a.AsOf)) == 0) {
			continue
		}
		m.Verdict[i] = a.specially(i, a.AsOf, m.Verdict[i])
		if ph := m.Verdict[i].Phase; ph != was && m.Verdict[i].Why != maturity.Locked {
			m.Phase[i] = ph
			m.Moved = append(m.Moved, int32(i))
		}
	}
}

// asleep are the months in which nobody of a seasonal portfolio ordered, in
// either of two years: alerts sleep there (C6). None when every month, or no
// month, had an order, or when two years are not known.
func (a *Analysis) asleep() (m attrition.Months) {
	if a.situation != portfolio.Seasonal || !a.sc.Second {
		return 0
	}
	from, orders := a.back(1).From, 0
	var busy [12]bool
	for _, c := range a.Cards {
		for k := range c.Sales {
			if l := &c.Sales[k]; l.Net > 0 && l.To <= l.From && l.From >= from && l.From <= a.AsOf {
				_, month, _ := l.From.Civil()
				busy[month-1] = true
				orders++
			}
		}
	}
	if orders == 0 {
		return 0
	}
	for k, b := range busy {
		if !b {
			m |= 1 << k
		}
	}
	return m
}
