package query

import (
	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// Past is the device as it stood twelve months ago (période N-1): the same
// clients, settings and facts, read one year before the reading date of each
// portfolio. What has happened since is not seen; who has ordered for the first
// time since was a prospect then; who is marked lost today is judged on the
// orders of then. Potentials have no past: those known today stand for both
// years, as for the arrows of E5.
//
// It is made when first asked for, and again after a change.
func (s *Snapshot) Past() *Snapshot {
	if s.now != nil {
		return s
	}
	if s.past == nil {
		t := *s
		t.now, t.today = s, 0
		t.fits, t.whole = map[uint32]*Fits{}, map[uint32]uint32{}
		t.cards, t.scored, t.kept = map[portfolio.ID]*Card{}, map[uint32]*Scored{}, map[uint32]*Analysis{}
		for n, sc := range s.scored {
			asOf, _ := t.AsOf(n)
			was := t.place(n)
			for _, c := range sc.all { // in order
				c = c.before(asOf)
				t.cards[c.ID] = c
				was.all = append(was.all, c)
			}
		}
		s.past = &t
	}
	return s.past
}

// Past is the analysis of the portfolio as it stood twelve months ago, with the
// same places; nil when it comes from no device.
func (a *Analysis) Past() *Analysis {
	if a.from == nil {
		return nil
	}
	return a.from.Past().Analysis(a.Scope)
}

// before is the card as it was read on a day.
func (c *Card) before(asOf calendar.Day) *Card {
	x := *c
	switch first := x.first(); {
	case x.Status == portfolio.Client && first != 0 && first > asOf:
		x.Status = portfolio.Prospect
	case x.Status == portfolio.Lost || x.Status == portfolio.Inactive:
		x.Status = portfolio.Client
	}
	x.Estimates = append([]Estimate(nil), c.Estimates...)
	for k := range x.Estimates {
		if e := &x.Estimates[k]; e.Day != calendar.None {
			e.Day = min(e.Day, asOf)
		}
	}
	x.Decided = append([]Decision(nil), c.Decided...)
	for k := range x.Decided {
		if d := &x.Decided[k]; d.Phase == 0 {
			d.Day = min(d.Day, asOf)
		}
	}
	return &x
}

// first is the day of the first order known; 0: none.
func (c *Card) first() calendar.Day {
	if c.FirstOrder != 0 {
		return c.FirstOrder
	}
	for _, l := range c.Sales {
		if l.Net > money.Cents(0) {
			return l.From
		}
	}
	return 0
}

// inPast is at the head of the key of a group of twelve months ago.
const inPast = "n-1:"

// then keeps the lists behind the marks in the year that a tab reads.
func (b *TabBase) then(key string) string {
	if b.Before {
		return inPast + key
	}
	return key
}
