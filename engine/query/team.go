package query

import (
	"cmp"
	"slices"
	"strings"

	"sillon/engine/calendar"
	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// arrivedRows is how many of the team's latest contacts are shown, from at most
// as many cards.
const arrivedRows = 12

// TeamNeeds lists the cards whose bundles TeamView wants: those with the
// latest contacts.
func (s *Snapshot) TeamNeeds(ask PortfolioAsk) []portfolio.ID {
	type last struct {
		day    calendar.Day
		minute int16
		id     portfolio.ID
	}
	var all []last
	s.each(ask.Scope, func(sc *Scored) {
		for _, c := range sc.Cards {
			if n := len(c.Touches); n > 0 {
				t := c.Touches[n-1]
				all = append(all, last{t.Day, t.Minute, c.ID})
			}
		}
	})
	sorting.By(all, func(a, b last) int {
		return cmp.Or(cmp.Compare(b.day, a.day), cmp.Compare(b.minute, a.minute), slices.Compare(a.id[:], b.id[:]))
	})
	var ids []portfolio.ID
	for _, l := range all[:min(arrivedRows, len(all))] {
		ids = append(ids, l.id)
	}
	return ids
}

// TeamView is the manager's screen: every portfolio on the device in the fixed
// order of its owner's name, no ranking of people.
func (s *Snapshot) TeamView(r Reader, ask PortfolioAsk, cards ...Bundle) Team {
	width := ask.Width
	if width <= 0 {
		width = 1040
	}
	out := Team{Head: s.head(r, ask.Scope)}
	_, third := split(width)
	var kinds seen
	s.each(ask.Scope, func(sc *Scored) { out.Cards = append(out.Cards, s.teamCard(r, sc, third, &kinds)) })
	out.Seen = kinds.figure(s.today)
	sorting.Stable(out.Cards, func(a, b TeamCard) int {
		return cmp.Or(strings.Compare(Fold(a.Owner), Fold(b.Owner)), strings.Compare(Fold(a.Name), Fold(b.Name)), cmp.Compare(a.Scope, b.Scope))
	})
	for _, b := range cards {
		c := s.cards[b.Root]
		if c == nil {
			continue
		}
		n := 0
		for _, e := range s.entries(r, b) {
			if e.Kind == portfolio.KindContact && !e.Voided && n < 3 {
				e.Undo = false
				out.Arrived = append(out.Arrived, TeamEntry{Entry: e, Account: c.ID, Name: c.Name, Owner: s.owner(c.Scope)})
				n++
			}
		}
	}
	sorting.Stable(out.Arrived, func(a, b TeamEntry) int {
		return cmp.Or(cmp.Compare(b.Entry.Day, a.Entry.Day), cmp.Compare(b.Entry.Minute, a.Entry.Minute), slices.Compare(a.Entry.ID[:], b.Entry.ID[:]))
	})
	out.Arrived = out.Arrived[:min(arrivedRows, len(out.Arrived))]
	return out
}

// seen counts visits by kind: in person, by video, in the showroom, to control.
type seen [4]int

func (n *seen) take(k portfolio.ContactKind) {
	switch k {
	case portfolio.Visio:
		n[1]++
	case portfolio.Showroom:
		n[2]++
	case portfolio.ManagerControlVisit:
		n[3]++
	default:
		n[0]++
	}
}

func (n *seen) add(m seen) {
	for k := range n {
		n[k] += m[k]
	}
}

// figure is the number of visits of seven days with its parts.
func (n seen) figure(today calendar.Day) Figure {
	steps := []explain.Step{explain.Of("query.from", float64(today-6), explain.Date), explain.Of("query.to", float64(today), explain.Date)}
	sum := 0
	for k, key := range [...]string{"query.seen.person", "query.seen.video", "query.seen.showroom", "query.seen.control"} {
		sum += n[k]
		if n[k] > 0 {
			steps = append(steps, explain.Tally(key, n[k]))
		}
	}
	return Figure{Topic: "visits7", Value: float64(sum), Unit: explain.Count, Mark: explain.Sound(steps...)}
}

func (s *Snapshot) teamCard(r Reader, sc *Scored, width int, all *seen) TeamCard {
	w := r.Words
	card := TeamCard{Scope: sc.Scope, Name: s.ports[sc.Scope].Name, Owner: s.owner(sc.Scope), Head: s.head(r, sc.Scope), Counts: sc.phases()}
	c := sc.Curve
	card.Curve = Chart{Mark: c.Mark}
	if c.Has() {
		card.Curve.Finding, card.Curve.Advice = curveWords(w, c)
		d := phaseColumns(w, c, within(sc.Scope))
		d.Label = w.T("curve.label", card.Curve.Finding, d.Figure[0], d.Figure[1], d.Figure[2], d.Figure[3])
		card.Curve.Rows = Table{Head: []string{w.T("curve.col.phase"), w.T("curve.col.clients"), w.T("curve.col.share")}}
		for k, letter := range phaseLetters {
			card.Curve.Rows.Rows = append(card.Curve.Rows.Rows, []string{d.Name[k], d.Figure[k], d.Share[k]})
			d.Name[k] = letter + " " + d.Figure[k]
		}
		card.Curve.Pic, card.Curve.Width = &chart.Spec{Small: &d}, width
	} else {
		card.Curve.Finding = unread(w, c.Mark, "curve.none")
	}
	card.Shape = w.T("shape." + shapeKey(c.Shape))
	if c.Clients < few || !c.Has() {
		card.Shape = w.T("shape.none")
	}
	a := maturity.Align(sc.Phase, sc.Units, sc.rules.maturity)
	a.Mark = shortened(a.Mark, !sc.Second, sc.Second)
	card.CM = Figure{Topic: "cm", Value: a.Ratio, Unit: explain.Ratio, Mark: a.Mark}
	if a.Has() && !a.HasRatio {
		card.CM.Mark = explain.Missing(explain.NoContact, a.Steps...)
	}
	card.Pair = pair(w, a)
	card.Due, card.DueNew = len(sc.Visits.Order), sc.dueNew()
	var kinds seen
	for _, card2 := range sc.Cards {
		for _, t := range card2.Touches {
			if face(t.Kind) && t.Day > s.today-7 && t.Day <= s.today+1 {
				card.Visits7++
				kinds.take(t.Kind)
			}
			if t.Day <= s.today+1 {
				card.Last = max(card.Last, t.Day)
			}
		}
	}
	card.Seen = kinds.figure(s.today)
	all.add(kinds)
	card.Pen = Figure{Topic: "penetration-all", Value: sc.Pen.Rate, Unit: explain.Percent, Mark: sc.Pen.Mark}
	return card
}

// pair draws the effort on C against the effort on M.
func pair(w Words, a maturity.Alignment) Chart {
	out := Chart{Mark: a.Mark}
	if !a.Has() {
		out.Finding = unread(w, a.Mark, "effort.none.year")
		return out
	}
	c, m := w.Percent(a.Actual[1]), w.Percent(a.Actual[2])
	out.Finding = w.T("effort.pair", c, m)
	out.Pic = &chart.Spec{Dumbbell: &chart.Pair{Label: out.Finding, C: a.Actual[1], M: a.Actual[2],
		CText: "C " + w.Number(100*a.Actual[1], 0), MText: "M " + w.Number(100*a.Actual[2], 0), Behind: a.Alert}}
	out.Width = 124
	out.Rows = Table{Head: []string{"C", "M"}, Rows: [][]string{{c, m}}}
	return out
}
