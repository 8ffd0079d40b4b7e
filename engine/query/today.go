package query

import (
	"cmp"
	"slices"
	"strings"

	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// dueRows is how many due clients Today shows unless asked otherwise.
const dueRows = 30

// TodayNeeds lists the cards whose bundles Today wants: the brief's client.
func (s *Snapshot) TodayNeeds(ask TodayAsk) []portfolio.ID {
	if c := s.cards[ask.Client]; c != nil {
		return []portfolio.ID{c.ID}
	}
	for _, a := range s.agenda(ask.Scope) {
		if a.State == portfolio.Planned {
			return []portfolio.ID{a.Account}
		}
	}
	if due, _ := s.dueOf(ask.Scope); len(due) > 0 {
		return []portfolio.ID{due[0].card().ID}
	}
	return nil
}

// Today says what to do now.
func (s *Snapshot) Today(r Reader, ask TodayAsk, cards ...Bundle) Today {
	t := Today{Head: s.head(r, ask.Scope), Agenda: s.agenda(ask.Scope), Coming: s.coming(ask.Scope)}
	t.Tour = s.tour(ask.Scope, t.Agenda)
	limit := ask.Limit
	if limit <= 0 || limit > maxRows {
		limit = dueRows
	}
	due, placed := s.dueOf(ask.Scope)
	t.DueAll, t.Placed = len(due)+placed, placed
	s.each(ask.Scope, func(sc *Scored) { t.DueNew += sc.dueNew() })
	for _, p := range due[:min(limit, len(due))] {
		t.Due = append(t.Due, p.sc.row(int(p.i)))
	}
	s.each(ask.Scope, func(sc *Scored) {
		for _, c := range sc.Cards {
			for _, touch := range c.Touches {
				if touch.Day == s.today {
					t.Logged++
				}
			}
		}
	})
	var chart Chart
	chart, t.CMRatio = s.effort(r.Words, ask.Scope, 204, recent)
	t.Effort = &chart
	for _, id := range s.TodayNeeds(ask) {
		t.Brief = s.brief(r, id, pick(cards, id))
	}
	return t
}

func pick(cards []Bundle, id portfolio.ID) Bundle {
	for i := range cards {
		if cards[i].Root == id {
			return cards[i]
		}
	}
	return Bundle{Root: id}
}

// dueOf lists the clients due now, most urgent first, without those of today's
// agenda and of the next seven days, who are on the same screen: it says how
// many. Both together are those of [Scored.isDue]: what the client list and the
// team count.
func (s *Snapshot) dueOf(scope uint32) (out []place, placed int) {
	s.each(scope, func(sc *Scored) {
		for _, i := range sc.Visits.Order {
			if sc.placed(sc.Cards[i]) {
				placed++
				continue
			}
			out = append(out, place{sc: sc, i: i})
		}
	})
	sorting.Stable(out, func(a, b place) int {
		return cmp.Or(cmp.Compare(b.sc.Visits.Urgency[b.i], a.sc.Visits.Urgency[a.i]),
			cmp.Compare(b.sc.Sheet.Score100[b.i], a.sc.Sheet.Score100[a.i]))
	})
	return out, placed
}

// dueNew counts the prospects among those due.
func (sc *Scored) dueNew() (n int) {
	for _, i := range sc.Visits.Order {
		if sc.prospect[i] {
			n++
		}
	}
	return n
}

// placed reports whether a client is on the agenda of today or of the next
// seven days, or was contacted today.
func (sc *Scored) placed(c *Card) bool {
	for _, p := range c.Plans {
		if p.Day >= sc.today && p.Day <= sc.today+7 {
			return true
		}
	}
	n := len(c.Touches)
	return n > 0 && c.Touches[n-1].Day == sc.today
}

// agenda lists today's appointments and what was logged today, by hour.
func (s *Snapshot) agenda(scope uint32) []Appointment {
	var out []Appointment
	s.each(scope, func(sc *Scored) {
		for i, c := range sc.Cards {
			for _, p := range c.Plans {
				if p.Day == s.today {
					out = append(out, sc.appointment(i, p))
				}
			}
			for _, t := range c.Touches {
				if t.Day == s.today {
					a := sc.appointment(i, Plan{Day: t.Day, Minute: t.Minute, Kind: t.Kind})
					a.State, a.Outcome = portfolio.Done, t.Outcome
					out = append(out, a)
				}
			}
		}
	})
	sorting.Stable(out, byHour)
	return out
}

// coming lists the appointments of the next seven days.
func (s *Snapshot) coming(scope uint32) []Appointment {
	var out []Appointment
	s.each(scope, func(sc *Scored) {
		for i, c := range sc.Cards {
			for _, p := range c.Plans {
				if p.Day > s.today && p.Day <= s.today+7 {
					out = append(out, sc.appointment(i, p))
				}
			}
		}
	})
	sorting.Stable(out, byHour)
	return out
}

func (sc *Scored) appointment(i int, p Plan) Appointment {
	c := sc.Cards[i]
	return Appointment{
		ID: p.ID, Account: c.ID, Name: c.Name, City: c.City, Day: p.Day, Minute: int(p.Minute),
		Kind: p.Kind, Objective: p.Objective, State: portfolio.Planned, Phase: sc.letter(i),
	}
}

// byHour sorts by day, then hour; those without an hour come last.
func byHour(a, b Appointment) int {
	late := func(m int) int {
		if m == 0 {
			return 24 * 60
		}
		return m
	}
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(late(a.Minute), late(b.Minute)), strings.Compare(a.Name, b.Name), slices.Compare(a.ID[:], b.ID[:]))
}

// brief is one client: why, and what to log.
func (s *Snapshot) brief(r Reader, id portfolio.ID, b Bundle) *Brief {
	sc, i := s.find(id)
	if sc == nil {
		return nil
	}
	c := s.cards[id]
	out := &Brief{Row: sc.plain(c), Street: c.Street, Score: Figure{Topic: "score", Mark: explain.Missing(explain.NoData)}}
	if c.HasPos {
		lat, lon := c.Lat, c.Lon
		out.Lat, out.Lon = &lat, &lon
	}
	if i >= 0 {
		out.Row, out.Score, out.Reasons = sc.row(i), sc.scoreFigure(i), sc.reasons(r.Words, i)
		for _, p := range c.Plans {
			if p.Day >= s.today {
				a := sc.appointment(i, p)
				out.Planned = &a
				break
			}
		}
	}
	for _, e := range s.entries(r, b) {
		if e.Kind != portfolio.KindContact || e.Voided {
			continue
		}
		if e.Day == s.today && out.Logged == nil {
			logged := e
			out.Logged = &logged
		}
		if len(out.Last) < 3 {
			out.Last = append(out.Last, e)
		}
	}
	return out
}
