package query

import (
	"sillon/engine/calendar"
	"sillon/engine/plan"
	"sillon/engine/portfolio"
	"sillon/engine/visits"
)

// A pace is how many visits a year the plan of the year gives each client (H6):
// what its rep fixed for him, the frequency decided by hand for his segment, or
// his share of the visits there are.
type pace struct {
	visits []int32 // along Scored.Cards; −1: the plan does not say
	weeks  float64 // the rep is available
	counts bool    // the plan is of the very year: visits made are taken off it
	budget portfolio.Time
}

// shareNow is the most clients whose visits are shared out at once when nothing
// kept says how: some hundredths of a second.
const shareNow = 600

// pace reads the plan of a year. Without one, that of the year after says how
// often, and nothing is taken off it yet. The shares are those of the analysis
// that is kept; a large portfolio whose analysis is not ready has the last ones
// read, or none: a week does not wait for it. The zero pace says nothing.
func (s *Snapshot) pace(sc *Scored, year int) (p pace) {
	if len(s.Lacking(sc.Scope)) > 0 {
		return p
	}
	a := s.Analysis(sc.Scope)
	if a == nil {
		return p
	}
	p.budget, _ = a.budget(year)
	list := s.ledger.plans[sc.Scope]
	v, _ := latest(list, year)
	if p.counts = v.State != 0; !p.counts {
		v, _ = latest(list, year+1)
	}
	p.weeks = a.weeks()
	rate := [Segments]*int{v.Rate1, v.Rate2, v.Rate3, v.Rate4, v.Rate5, v.Rate6}
	share := s.shares[sc.Scope]
	if v.By != 0 || v.State > portfolio.PlanDraft {
		other := v.By >= portfolio.ByNorms && v.By <= portfolio.ByMix
		if len(a.Cards) <= shareNow || a.part.visits != nil && (!other || a.part.plans != nil) {
			now := &a.Visits().ByScore
			if other {
				now = a.plansBy(v.By).now
			}
			share = map[portfolio.ID]int32{}
			for i, c := range a.Cards {
				if now != nil && now.Has() && i < len(now.Visits) && !a.idle(i) {
					share[c.ID] = now.Visits[i]
				}
			}
			if s.shares == nil {
				s.shares = map[uint32]map[portfolio.ID]int32{}
			}
			s.shares[sc.Scope] = share
		}
	} else {
		share = nil
	}
	p.visits = make([]int32, len(sc.Cards))
	for i, c := range a.Cards {
		p.visits[i] = -1
		prospect := a.Prospect[i]
		if n, ok := share[c.ID]; ok && !prospect {
			p.visits[i] = n
		}
		seg := SegProspects
		if !prospect {
			seg = a.segment(i)
		}
		if x := rate[seg]; v.By == portfolio.ByHand && x != nil && (prospect || !a.idle(i)) {
			p.visits[i] = int32(*x)
		}
		if o, ok := a.decided(i, WhatFixed); ok && o.Value >= 0 && o.Value <= 366 {
			p.visits[i] = int32(o.Value)
		}
	}
	return p
}

// into gives a client of the book the interval of the plan, and what is left of
// its visits from the first day of the year: those made, and those in the diary
// before the book begins, are taken off.
func (p *pace) into(x *plan.Client, i int, c *Card, today, first calendar.Day, year int) {
	if i >= len(p.visits) || p.visits[i] < 0 {
		return
	}
	n := p.visits[i]
	every, _ := visits.Interval(p.weeks, int(n))
	x.Every = int32(every)
	if n > 0 {
		x.Every = max(1, x.Every)
	}
	if !p.counts || n == 0 {
		return
	}
	from := calendar.Of(year, 1, 1)
	for _, t := range c.Touches {
		if t.Day >= from && t.Day <= today && face(t.Kind) && held(t.Outcome) {
			n--
		}
	}
	for _, a := range c.Plans {
		if a.Day >= max(from, today) && a.Day < first && face(a.Kind) {
			n--
		}
	}
	x.Left = max(0, n)
}

// weekHours are the opening hours of a book, each once.
type weekHours struct {
	said []Open
	list []plan.Hours
}

// of finds the opening hours of a client among those of the book, or adds
// them; 0: open at any time.
func (h *weekHours) of(o Open) int32 {
	if o == (Open{}) {
		return 0
	}
	for k := range h.said {
		if h.said[k] == o {
			return int32(k) + 1
		}
	}
	h.said, h.list = append(h.said, o), append(h.list, o.week())
	return int32(len(h.said))
}

// week are the hours of each day, Monday first.
func (o Open) week() plan.Hours {
	from, to := int32(o.From), int32(o.To)
	if to <= from { // not said, or by two devices of which each said half
		from, to = 0, 24*60
	}
	day := []plan.Span{{From: from, To: to}}
	if l, m := int32(o.Lunch), int32(o.Back); l > from && m > l && m < to {
		day = []plan.Span{{From: from, To: l}, {From: m, To: to}}
	}
	h := plan.Hours{Week: make([][]plan.Span, 7)}
	for d := range h.Week {
		if o.Shut>>d&1 == 0 {
			h.Week[d] = day
		}
	}
	return h
}

// promisedBy is the day by which a client is to be seen: that of the earliest
// promise of ours that stands, was made since the last visit, and falls no later
// than a day nor is over for longer than a month; 0: none.
func promisedBy(list []CommitmentFact, seen, today, until calendar.Day) (day calendar.Day) {
	for k := range list {
		c := &list[k]
		if c.Side == portfolio.Us && c.State <= portfolio.Promised && c.Done == 0 && c.Made >= seen && c.Due > today-30 && c.Due <= until && (day == 0 || c.Due < day) {
			day = c.Due
		}
	}
	return day
}
