package query

import (
	"time"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
)

// Row is one client as the list shows it.
func (s *Snapshot) Row(id portfolio.ID) (ClientRow, bool) {
	sc, i := s.find(id)
	switch {
	case sc == nil:
		return ClientRow{}, false
	case i < 0:
		return sc.plain(s.cards[id]), true
	}
	return sc.row(i), true
}

// plain is what a card says by itself.
func (sc *Scored) plain(c *Card) ClientRow {
	return ClientRow{
		ID: c.ID, Code: c.Code, Name: c.Name, City: c.City, Sector: c.Sector, Postcode: c.Postcode,
		Scope: c.Scope, Status: c.Status, ScoreState: explain.NA, Replaced: c.Conflicts, Waiting: c.Waiting,
		Person: c.Person, Phone: c.Phone, Archived: c.Archived, NextVisit: sc.next(c), Tags: c.split(),
	}
}

// row is client i with its classes.
func (sc *Scored) row(i int) ClientRow {
	r := sc.plain(sc.Cards[i])
	v := sc.Verdict[i]
	r.Score, r.ScoreState = sc.Sheet.Score100[i], sc.scoreState(i)
	if sc.ABC.Class[i] != 0 {
		r.Weight = sc.ABC.Class[i].String()
	}
	r.Phase = sc.letter(i)
	r.P, r.R, r.HasPR = sc.at(i)
	r.PR = int(sc.Board.PR[i])
	r.Provisional = sc.Board.Provisional[i] || !r.HasPR
	r.Faint = sc.Levels.Dotted[i]
	r.Sales = sc.N[i]
	if sc.Second {
		r.Before = sc.N1[i]
		r.Growth, r.HasGrowth = v.G, v.HasG
	}
	r.Spark = sc.spark(i)
	if p := sc.pen(i); p.Has() {
		r.Penetration, r.HasPen, r.Potential = p.Rate, true, sc.worth[i]
	}
	r.Category = sc.Category[i]
	r.LastVisit = sc.LastVisit[i]
	if n := sc.Visits.Interval[i]; n > 0 {
		r.Interval = round(n)
		r.Urgency = sc.Visits.Urgency[i]
		r.DueOn = sc.today + calendar.Day(sc.Visits.DueIn[i])
	}
	return r
}

func (sc *Scored) letter(i int) string {
	if sc.Phase[i] == 0 {
		return ""
	}
	return sc.Phase[i].String()
}

func (sc *Scored) scoreState(i int) explain.Status {
	switch {
	case !sc.Sheet.Has():
		return explain.NA
	case sc.Sheet.Weak[i]:
		return explain.Weak
	}
	return explain.OK
}

// pen is the penetration of client i; missing where returns outweigh the sales:
// a screen would show nothing sold.
func (sc *Scored) pen(i int) potential.Penetration {
	p := potential.Penetrate(sc.N[i], sc.worth[i], sc.known[i])
	if p.Has() && sc.N[i] < 0 {
		p.Mark = explain.Missing(explain.Negative, p.Steps...)
	}
	return p
}

// next is the next day something is planned; 0: nothing.
func (sc *Scored) next(c *Card) calendar.Day {
	for _, p := range c.Plans {
		if p.Day >= sc.today {
			return p.Day
		}
	}
	return 0
}

// spark is the sales of the last twelve calendar months in major units, the
// current one last.
func (sc *Scored) spark(i int) []float64 {
	out := make([]float64, 12)
	for k, m := range sc.months(sc.Cards[i], 12) {
		out[k] = m.Float()
	}
	return out
}

// months sums a card's sales by calendar month up to the reading date, oldest
// first; periods are spread by days.
func (sc *Scored) months(c *Card, n int) []money.Cents {
	out := make([]money.Cents, n)
	y, m, _ := sc.AsOf.Civil()
	current := int(y)*12 + int(m) - 1
	for _, s := range c.Sales {
		to := s.To
		if to <= s.From {
			if s.From <= sc.AsOf {
				if k := monthOf(s.From) - current + n - 1; k >= 0 && k < n {
					out[k] = out[k].Plus(s.Net)
				}
			}
			continue
		}
		period := calendar.Window{From: s.From, To: to}
		for k := max(0, monthOf(s.From)-current+n-1); k < n && k <= monthOf(to)-current+n-1; k++ {
			w := monthAt(current - n + 1 + k)
			w.To = min(w.To, sc.AsOf)
			if w.Overlap(period) > 0 {
				from, until, of := w.Steps(period)
				out[k] = out[k].Plus(s.Net.Slice(from, until, of))
			}
		}
	}
	return out
}

// monthTo is the month that ends so many months before a day, on the day of
// that number.
func monthTo(day calendar.Day, back int) calendar.Window {
	return calendar.Window{From: (day + 1).AddMonths(-back - 1), To: (day + 1).AddMonths(-back) - 1}
}

// netIn is what lines sum to in a window.
func netIn(lines []maturity.Line, w calendar.Window) (sum money.Cents) {
	for l := range lines {
		sum = sum.Plus(amountIn(&lines[l], w))
	}
	return sum
}

// monthOf numbers the calendar months.
func monthOf(d calendar.Day) int {
	y, m, _ := d.Civil()
	return y*12 + int(m) - 1
}

// monthAt is the window of a numbered month.
func monthAt(n int) calendar.Window {
	from := firstOf(n)
	return calendar.Window{From: from, To: firstOf(n+1) - 1}
}

// Head is what a view says of its ground, over the portfolios asked for.
func (s *Snapshot) head(r Reader, scope uint32) Head {
	h := Head{Currency: s.org.Currency, Readonly: r.Readonly}
	h.AsOf, h.Fixed = s.AsOf(scope)
	scopes := s.scopes(scope)
	if len(scopes) == 1 || scope != 0 {
		if scope == 0 {
			scope = scopes[0]
		}
		p := s.ports[scope]
		h.Name, h.Area = p.Name, p.Area
	} else {
		h.Name = s.teamName()
	}
	lack := map[string]bool{}
	s.each(scope, func(sc *Scored) {
		for i := range sc.Cards {
			if sc.prospect[i] {
				h.Prospect++
			} else {
				h.Clients++
				switch sc.Phase[i] {
				case 0:
					h.Unphased++
				case maturity.Lost:
					h.Lost++
				}
			}
			h.Sales = h.Sales.Plus(sc.N[i])
		}
		for _, m := range sc.Missing {
			lack[m] = true
		}
	})
	for _, m := range [...]string{"sales", "second-year", "potential", "visits", "position"} {
		if lack[m] {
			h.Missing = append(h.Missing, m)
		}
	}
	h.Empty = h.Clients+h.Prospect == 0
	return h
}

// counts of D, C, M, V.
func (sc *Scored) phases() (n [4]int) {
	for _, p := range sc.Phase {
		if p >= maturity.Start && p <= maturity.Ageing {
			n[p-maturity.Start]++
		}
	}
	return n
}

// firstOf is the first day of a numbered month.
func firstOf(n int) calendar.Day { return calendar.Of(n/12, time.Month(n%12+1), 1) }
