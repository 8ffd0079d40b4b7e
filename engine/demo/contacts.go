package demo

import (
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// cadence is how many visits a year a client gets, by R then P, before the
// rep's habits.
var cadence = [5][5]int{
	{0, 1, 1, 2, 2},
	{2, 3, 4, 6, 8},
	{4, 5, 6, 7, 8},
	{7, 7, 8, 9, 10},
	{12, 12, 12, 12, 12},
}

// outcomes are the odds of the seven issues, by phase.
var outcomes = [...][]int{
	start:   {30, 28, 26, 4, 9, 1, 2},
	growth:  {34, 30, 20, 4, 9, 0, 3},
	mature:  {40, 9, 35, 5, 8, 1, 2},
	ageing:  {20, 6, 32, 24, 12, 3, 3},
	gone:    {3, 2, 30, 38, 17, 8, 2},
	unknown: {0, 28, 38, 6, 14, 9, 5},
}

// contacts draws two years of visits, calls and messages at about the rhythm
// the client gets, then adds those of its story.
func (t *teller) contacts(c *Card, p *plan) {
	from, to := t.asOf.AddMonths(-24)+1, t.asOf-1
	effort := 100
	switch p.phase {
	case start:
		from = max(from, p.first-calendar.Day(60+t.rng.IntN(90)))
	case gone:
		to = min(to, p.last+calendar.Day(30+t.rng.IntN(120)))
	case unknown:
		from = t.asOf.AddMonths(-12) + 1
	}
	if p.phase <= ageing {
		effort = t.effort[p.phase]
	}
	rate := max(1, cadence[p.r][p.p]) * effort // visits a year, percent
	if p.suspect {
		rate = 40
	}
	every := 36_500 / rate // days
	seen := calendar.Day(2 + t.rng.IntN(max(1, every*115/100)))
	var story []told
	if p.story != nil {
		story = p.story.past
		if p.story.seen > 0 {
			seen = calendar.Day(p.story.seen)
		}
	}
	for d := min(to, t.asOf-seen); d >= from; d -= calendar.Day(every * (75 + t.rng.IntN(51)) / 100) {
		if !near(story, int(t.asOf-d)) {
			day, minute := t.book(d, -1)
			if p.story != nil && d == t.asOf-seen {
				day = t.working(d, -1)
			}
			t.touch(c, p, day, minute, portfolio.Visit)
		}
	}
	days := int(to-from) + 1
	for _, x := range []struct {
		kind    portfolio.ContactKind
		percent int
	}{{portfolio.Call, 75}, {portfolio.Email, 40}, {portfolio.Visio, 3}, {portfolio.Event, 3}, {portfolio.Showroom, 2},
		{portfolio.AfterSalesVisit, 6}, {portfolio.ManagerControlVisit, 2}, {portfolio.Letter, 2}} {
		n := (rate*x.percent*max(0, days)/365 + t.rng.IntN(10_000)) / 10_000
		for range n {
			day, minute := t.book(from+calendar.Day(t.rng.IntN(days)), -1)
			if x.kind == portfolio.Email || x.kind == portfolio.Letter {
				t.taken[day]--
			}
			t.touch(c, p, day, minute, x.kind)
		}
	}
	for _, s := range story {
		day := t.asOf - calendar.Day(s.days)
		c.Contacts = append(c.Contacts, Record[portfolio.Contact]{t.ids.at(day), portfolio.Contact{Account: c.ID, User: t.author, Kind: s.kind,
			Day: day, Minute: s.minute, Duration: length(s.kind, 0), Outcome: s.outcome, Notes: s.notes, Order: s.order}})
	}
	slices.SortStableFunc(c.Contacts, func(a, b Record[portfolio.Contact]) int {
		if a.Noun.Day != b.Noun.Day {
			return int(a.Noun.Day - b.Noun.Day)
		}
		return a.Noun.Minute - b.Noun.Minute
	})
}

// near reports whether the story tells a visit of about that day.
func near(story []told, days int) bool {
	return slices.ContainsFunc(story, func(s told) bool {
		return s.kind == portfolio.Visit && s.days > 0 && max(days-s.days, s.days-days) < 16
	})
}

// touch adds one contact.
func (t *teller) touch(c *Card, p *plan, day calendar.Day, minute int, kind portfolio.ContactKind) {
	x := portfolio.Contact{Account: c.ID, User: t.author, Kind: kind, Day: day, Minute: minute, Duration: length(kind, t.rng.IntN(7)),
		Outcome: portfolio.Outcome(1 + t.pick(outcomes[p.phase]))}
	if kind != portfolio.Visit {
		x.Inbound = kind == portfolio.Call && t.rng.IntN(4) == 0
		switch {
		case kind == portfolio.Email || kind == portfolio.Letter, x.Inbound && !x.Outcome.Met():
			x.Outcome = portfolio.NoChange
		}
	}
	if list := notes[x.Outcome]; kind == portfolio.Visit || t.rng.IntN(3) == 0 {
		x.Notes = list[t.rng.IntN(len(list))]
	}
	if kind == portfolio.Visit && t.rng.IntN(3) > 0 {
		x.Objective = objectives[t.rng.IntN(len(objectives))]
	}
	switch x.Outcome {
	case portfolio.Order:
		year := max(p.sales[0], p.sales[1], 600_00)
		x.Order = year.Scale(int64(60+t.rng.IntN(80)), int64(800+300*p.r)).Scale(1, 10_00) * 10_00
	case portfolio.StepForward, portfolio.Absent, portfolio.Postponed:
		if t.rng.IntN(2) == 0 {
			x.Next = nextActions[t.rng.IntN(len(nextActions))]
		}
	}
	c.Contacts = append(c.Contacts, Record[portfolio.Contact]{t.ids.at(day), x})
}

// length is how long a contact lasts, in minutes.
func length(kind portfolio.ContactKind, extra int) int {
	switch kind {
	case portfolio.Call:
		return 4 + 2*extra
	case portfolio.Email, portfolio.Letter:
		return 5
	case portfolio.Event, portfolio.Showroom:
		return 90 + 15*extra
	}
	return 25 + 5*extra
}

// appointments are those of the story, those of last week's visits, and a few
// to come.
func (t *teller) appointments(c *Card, p *plan) {
	if p.story != nil {
		for _, a := range p.story.plans {
			t.plan(c, t.working(t.asOf+calendar.Day(a.days), +1), a)
		}
	}
	for i := range c.Contacts {
		x := &c.Contacts[i]
		if x.Noun.Kind == portfolio.Visit && x.Noun.Day > t.asOf-8 && x.Noun.Day < t.asOf {
			c.Appointments = append(c.Appointments, Record[portfolio.Appointment]{t.ids.at(x.Noun.Day - 6), portfolio.Appointment{Account: c.ID,
				User: t.author, Day: x.Noun.Day, Minute: x.Noun.Minute, Kind: portfolio.Visit, Objective: x.Noun.Objective, State: portfolio.Done, Done: x.ID}})
		}
	}
	if p.story != nil && len(p.story.plans) > 0 || p.phase == gone || t.rng.IntN(100) >= 4+4*p.p {
		return
	}
	day, minute := t.book(t.asOf+calendar.Day(1+t.rng.IntN(28)), +1)
	a := planned{int(day - t.asOf), minute, portfolio.Visit, objectives[t.rng.IntN(len(objectives))], false}
	if t.rng.IntN(4) == 0 {
		a.kind, a.minute = portfolio.Call, 0
	}
	t.plan(c, day, a)
}

// plan adds an appointment; one of the story keeps its day, today even on a
// Sunday.
func (t *teller) plan(c *Card, day calendar.Day, a planned) {
	if a.days == 0 {
		day = t.asOf
	}
	x := portfolio.Appointment{Account: c.ID, User: t.author, Day: day, Minute: a.minute, Kind: a.kind, Objective: a.objective, State: portfolio.Planned}
	if a.done {
		for _, k := range c.Contacts {
			if k.Noun.Day == day {
				x.State, x.Done = portfolio.Done, k.ID
			}
		}
	}
	c.Appointments = append(c.Appointments, Record[portfolio.Appointment]{t.ids.at(t.asOf - 7), x})
}

// today plans the tour of the day for a portfolio without stories: an early
// visit already made, three to make and two calls.
func (t *teller) today(plans []plan, cards []Card) {
	tour := []planned{
		{0, 8*60 + 45, portfolio.Visit, "Relever le stock et proposer le réassort", true},
		{0, 10 * 60, portfolio.Visit, "Obtenir un essai sur le lavage vaisselle", false},
		{0, 14 * 60, portfolio.Visit, "Comprendre la baisse des commandes", false},
		{0, 15*60 + 30, portfolio.Visit, "Faire le point sur les consommations", false},
		{0, 0, portfolio.Call, "Relancer le devis", false},
		{0, 0, portfolio.Call, "Fixer le prochain rendez-vous", false},
	}
	for _, level := range []int{3, 4, 2, 1} { // worth a visit first
		for i := range cards {
			if len(tour) == 0 {
				return
			}
			if plans[i].p != level || plans[i].phase > ageing || len(cards[i].Appointments) > 0 {
				continue
			}
			if tour[0].done {
				day := t.asOf
				cards[i].Contacts = append(cards[i].Contacts, Record[portfolio.Contact]{t.ids.at(day), portfolio.Contact{Account: cards[i].ID, User: t.author,
					Kind: portfolio.Visit, Day: day, Minute: tour[0].minute, Duration: 30, Outcome: portfolio.Order,
					Notes: notes[portfolio.Order][0], Order: money.Cents(30+t.rng.IntN(60)) * 10_00}})
			}
			t.plan(&cards[i], t.asOf, tour[0])
			tour = tour[1:]
		}
	}
}
