package demo

import (
	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// atTheLock is what is under way at the Brasserie de l'Écluse, the client the
// documentation follows: two projects, what each side gave and owes, four
// efforts asked.
func atTheLock(l *life) {
	c := l.c
	c.Projects, c.Commitments, c.Efforts = nil, nil, nil
	project := func(name string, amount money.Cents, phase, opened, since, close int, families ...string) portfolio.ID {
		x := portfolio.Project{Account: c.ID, Name: name, Amount: amount, Families: families, Phase: phase, State: portfolio.Running,
			Opened: l.working(l.asOf-calendar.Day(opened), -1), Since: l.working(l.asOf-calendar.Day(since), -1), Close: l.working(l.asOf+calendar.Day(close), +1)}
		for j := range stages[:phase+1] {
			x.Signals = append(x.Signals, stages[j].signs[0])
			if j < phase {
				x.Exits = append(x.Exits, stages[j].exit)
			}
		}
		id := l.ids.at(x.Opened)
		c.Projects = append(c.Projects, Record[portfolio.Project]{id, x})
		return id
	}
	wash := project("Lavage vaisselle", 9_600_00, 3, 114, 12, 40, "LAV", "MAT")
	project("Contrat SAV annuel", 2_400_00, 0, 20, 20, 150, "SAV")

	promise := func(side portfolio.Side, text string, value money.Cents, points, made, due int, kept bool, answers portfolio.ID) portfolio.ID {
		x := portfolio.Commitment{Account: c.ID, Project: wash, Side: side, Text: text, Value: value, Points: points, State: portfolio.Promised,
			Made: l.working(l.asOf-calendar.Day(made), -1), Due: l.working(l.asOf-calendar.Day(due), -1), Answers: answers}
		if due < 0 {
			x.Due = l.working(l.asOf-calendar.Day(due), +1)
		}
		x.Survey = side == portfolio.Us && points == 0 && value >= 500_00
		if kept {
			x.State, x.Done = portfolio.KeptIt, x.Due
		}
		id := l.ids.at(x.Made)
		c.Commitments = append(c.Commitments, Record[portfolio.Commitment]{id, x})
		return id
	}
	audit := promise(portfolio.Us, "Audit HACCP offert", 600_00, 0, 48, 7, true, portfolio.ID{})
	off := promise(portfolio.Us, "Remise 4 % sur l’essuyage", 180_00, 0, 92, 78, true, portfolio.ID{})
	course := promise(portfolio.Us, "Formation plonge, 2 h", 240_00, 0, 175, 154, true, portfolio.ID{})
	quote := promise(portfolio.Us, "Devis doseurs", 0, 1, 12, 0, false, portfolio.ID{})
	promise(portfolio.Them, "Exclusivité essuyage 12 mois", 520_00, 0, 92, 78, true, off)
	promise(portfolio.Them, "Relevé des consommations", 0, 2, 48, 5, false, audit)
	promise(portfolio.Them, "Visite du second site", 0, 3, 175, 152, true, course)
	promise(portfolio.Them, "Essai lavage 30 jours", 0, 4, 48, -30, false, quote)

	from := l.asOf.AddMonths(-9)
	three, one := 3.0, 1.0
	for _, x := range []portfolio.Effort{
		{Code: "E02", Baseline: 3.3, Target: 4.8, Weight: 3},
		{Code: "E05", Baseline: .2, Target: .4, Weight: 2},
		{Code: "E08", Baseline: 0, Target: 3, Weight: 2, Actual: &one},
		{Code: "E09", Baseline: 1, Target: 4, Weight: 2, Actual: &three},
	} {
		x.Account, x.From, x.To = c.ID, from, from.AddMonths(12)-1
		if x.Actual != nil {
			x.On = l.working(l.asOf-7, -1)
		}
		c.Efforts = append(c.Efforts, Record[portfolio.Effort]{l.ids.at(from), x})
	}
}
