package demo

import (
	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// stages are the phases of a project with the signals that show them, and the
// test that ends them (codes of engine/relation).
var stages = [7]struct {
	signs []string
	exit  string
}{
	{[]string{"sign.satisfied", "sign.noBudget", "sign.avoids"}, "exit.problem"},
	{[]string{"sign.complains", "sign.asksOthers"}, "exit.diagnosis"},
	{[]string{"sign.names", "sign.figures", "sign.visitsOthers"}, "exit.writtenNeed"},
	{[]string{"sign.asksPrice", "sign.compares", "sign.technical"}, "exit.shortList"},
	{[]string{"sign.guarantees", "sign.references", "sign.delays"}, "exit.objections"},
	{[]string{"sign.terms", "sign.calendar", "sign.buyer"}, "exit.verbal"},
	{[]string{"sign.signature", "sign.order"}, ""},
}

var works = [...]struct {
	name string
	low  int // hundreds of euros
	fams []string
}{
	{"Centrale de dilution", 25, []string{"SOL", "MAT"}},
	{"Remplacement du lave-vaisselle", 60, []string{"LAV", "MAT"}},
	{"Contrat d’essuyage sur trois sites", 40, []string{"ESS"}},
	{"Plan d’hygiène des mains", 15, []string{"MAI"}},
	{"Autolaveuse", 55, []string{"MAT", "SOL"}},
	{"Maintenance des doseurs", 12, []string{"SAV"}},
}

// projects: one client in eight has one under way, and some a past one.
func (l *life) projects() {
	percent := 3 + 4*l.p.p
	if l.p.phase == unknown && !l.p.suspect {
		percent = 30
	}
	if l.p.phase == gone {
		return
	}
	if l.odds(percent) {
		l.project(portfolio.Running)
	}
	if l.p.phase <= ageing && l.odds(percent) {
		l.project([...]portfolio.ProjectState{portfolio.Won, portfolio.LostToOther, portfolio.GivenUpByThem}[l.weighted(5, 4, 1)])
	}
}

func (l *life) project(state portfolio.ProjectState) {
	w := works[l.rng.IntN(len(works))]
	x := portfolio.Project{Account: l.c.ID, Name: w.name, Families: w.fams, State: state,
		Amount: money.Cents(w.low*(80+l.rng.IntN(140))/100) * 100_00, Phase: l.weighted(2, 4, 5, 4, 3, 2), Opened: l.back(40, 250)}
	switch state {
	case portfolio.Won:
		x.Phase, x.Ended = 6, x.Opened+calendar.Day(20+l.rng.IntN(int(l.asOf-x.Opened)-19))
	case portfolio.Running:
		x.Close = l.working(l.asOf+calendar.Day(20+l.rng.IntN(150)), +1)
	default:
		x.Ended = x.Opened + calendar.Day(20+l.rng.IntN(int(l.asOf-x.Opened)-19))
		x.Why = [...]string{"Prix", "Projet reporté", "Matériel déjà en place"}[l.rng.IntN(3)]
	}
	last := l.asOf
	if x.Ended != 0 {
		last = x.Ended
	}
	x.Since = max(x.Opened, last-calendar.Day(l.rng.IntN(75)))
	for j := range stages[:x.Phase+1] {
		for k, sign := range stages[j].signs {
			if j == x.Phase && k < 2 || j > 0 && j < x.Phase && k == 0 || j > 0 && l.odds(20) {
				x.Signals = append(x.Signals, sign)
			}
		}
		if j < x.Phase {
			x.Exits = append(x.Exits, stages[j].exit)
		}
	}
	l.c.Projects = append(l.c.Projects, Record[portfolio.Project]{l.ids.at(x.Opened), x})
}

var given = [...]string{"Diagnostic d’hygiène complet", "Essai d’un mois offert", "Formation de l’équipe", "Étude de consommation", "Doseurs en prêt"}
var asked = [...]string{"Commande groupée au trimestre", "Rencontre avec la direction", "Site témoin", "Recommandation à un confrère", "Engagement de volume"}

// promises are the give and take of the last year.
func (l *life) promises() {
	if l.p.phase == gone || !l.odds(12+8*l.p.p) {
		return
	}
	var project portfolio.ID
	if n := len(l.c.Projects); n > 0 {
		project = l.c.Projects[n-1].ID
	}
	for k := range 1 + l.rng.IntN(3) {
		made := l.back(8, 300)
		ours := portfolio.Commitment{Account: l.c.ID, Project: project, Side: portfolio.Us, Text: given[l.rng.IntN(len(given))],
			Value: money.Cents(1+l.rng.IntN(9)) * 100_00, Made: made, Due: l.working(made+calendar.Day(7+l.rng.IntN(30)), +1)}
		ours.Survey = ours.Text == given[0]
		l.keep(&ours, 88)
		id := l.ids.at(made)
		l.c.Commitments = append(l.c.Commitments, Record[portfolio.Commitment]{id, ours})
		if l.p.phase == ageing && k > 0 || l.odds(30) {
			continue
		}
		theirs := portfolio.Commitment{Account: l.c.ID, Project: project, Side: portfolio.Them, Text: asked[l.rng.IntN(len(asked))],
			Points: 1 + l.rng.IntN(5), Made: made, Due: l.working(made+calendar.Day(14+l.rng.IntN(60)), +1), Answers: id}
		if l.odds(55) {
			theirs.Value = money.Cents(1+l.rng.IntN(8)) * 100_00
		}
		l.keep(&theirs, 64)
		l.c.Commitments = append(l.c.Commitments, Record[portfolio.Commitment]{l.ids.at(made), theirs})
	}
}

// keep decides how a promise ended.
func (l *life) keep(x *portfolio.Commitment, percent int) {
	if l.odds(50) {
		x.Written = x.Made + calendar.Day(l.rng.IntN(4))
	}
	x.State = portfolio.Promised
	if x.Due > l.asOf {
		return
	}
	switch {
	case l.odds(percent):
		x.State, x.Done = portfolio.KeptIt, min(l.asOf, x.Due-2+calendar.Day(l.rng.IntN(6)))
	case l.odds(30):
		x.State = portfolio.BrokeIt
	}
}

// noticed are the signals that only a person sees.
func (l *life) noticed() {
	if l.p.phase == ageing && l.odds(8) || l.p.phase == mature && l.odds(3) {
		x := portfolio.Signal{Account: l.c.ID, Code: 8, Day: l.back(3, 60), Text: "Un concurrent a été reçu deux fois ce mois-ci."}
		l.c.Signals = append(l.c.Signals, Record[portfolio.Signal]{l.ids.at(x.Day), x})
	}
}

// budgets are the yearly cost and time of the rep, those of the method's own
// example (A1, H2).
func (t *teller) budgets(is *issuer, year int) (Record[portfolio.Cost], Record[portfolio.Time]) {
	day := calendar.Of(year, 1, 4)
	return Record[portfolio.Cost]{is.at(day), portfolio.Cost{User: t.author, Year: year, Pay: 43_000_00, Charges: 18_060_00, Vehicle: 14_000_00,
			Lodging: 6_000_00, Telecom: 1_440_00, Support: 7_500_00}},
		Record[portfolio.Time]{is.at(day), portfolio.Time{User: t.author, Year: year, Weekend: 104, Holidays: 11, Leave: 25, Meetings: 10, Sick: 0, Training: 4, Fairs: 6,
			FieldDays: 4, Minutes: 480, Overhead: 60}}
}
