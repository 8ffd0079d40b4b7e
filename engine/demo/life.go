package demo

import (
	"math/rand/v2"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// A life is the rest of what happens between a client and us: who was met and
// what about, what went wrong, who else calls, what was agreed. It has dice of
// its own, so that the story of sales and visits does not depend on it.
type life struct {
	*teller
	rng *rand.Rand
	ids *issuer
	c   *Card
	p   *plan
}

func (t *teller) life(c *Card, p *plan) {
	rng := rand.New(rand.NewPCG(uint64(c.ID[8])<<8|uint64(c.ID[9]), uint64(c.ID[10])<<40|uint64(c.ID[11])<<32|uint64(c.ID[12])<<24|uint64(c.ID[13])<<16|uint64(c.ID[14])<<8|uint64(c.ID[15])))
	l := life{teller: t, rng: rng, ids: &issuer{rng: rng}, c: c, p: p}
	l.account()
	l.people()
	l.launch()
	l.yearBefore()
	l.meetings()
	l.service()
	l.rivals()
	if p.phase <= ageing {
		l.contract()
		l.payments()
		l.efforts()
		l.tools()
	}
	l.projects()
	l.promises()
	l.noticed()
	if p.story != nil && p.story.deep != nil {
		p.story.deep(&l)
	}
}

func (l *life) odds(percent int) bool { return l.rng.IntN(100) < percent }

func (l *life) back(low, spread int) calendar.Day {
	return l.working(l.asOf-calendar.Day(low+l.rng.IntN(spread)), -1)
}

// account tells how a client was lost, or what a prospect is worth trying.
func (l *life) account() {
	a := &l.c.Account
	switch l.p.phase {
	case gone:
		a.LostOn = min(l.asOf, l.p.last+180)
		a.Motive = portfolio.Motive(1 + l.weighted(22, 6, 14, 12, 6, 14, 4, 12, 4, 3, 0, 12))
		a.Natural = a.Motive == 12
		l.former()
	case unknown:
		relevance, trust := 20+l.rng.IntN(80), 10+l.rng.IntN(90)
		a.Relevance = &relevance
		if l.odds(80) {
			a.Trust = &trust
		}
		a.Origin = [...]string{"salon professionnel", "recommandation d’un client", "annuaire", "appel entrant", "repéré en tournée"}[l.rng.IntN(5)]
	default:
		a.Strategic = l.p.p >= 3 && l.p.r >= 3 && l.odds(12)
	}
}

func (l *life) weighted(w ...int) int {
	x := l.rng.IntN(sum(w))
	for i := range w {
		if x -= w[i]; x < 0 {
			return i
		}
	}
	return 0
}

// former is the file of an ex-client: what could be seen before it left.
func (l *life) former() {
	odds := [14]int{1: 45, 2: 40, 3: 50, 4: 70, 5: 60, 6: 35, 7: 25, 8: 40, 9: 15, 10: 40, 11: 20, 12: 30, 13: 20}
	f := portfolio.Former{Account: l.c.ID, Left: l.c.Account.LostOn, Motive: l.c.Account.Motive, Natural: l.c.Account.Natural}
	for code := 1; code <= 13; code++ {
		switch x := l.rng.IntN(100); {
		case l.c.Account.Natural && x < 12, !l.c.Account.Natural && x < odds[code]:
			f.Seen = append(f.Seen, code)
		case x >= 96:
			f.Unknown = append(f.Unknown, code)
		}
	}
	l.c.Formers = append(l.c.Formers, Record[portfolio.Former]{l.ids.at(f.Left), f})
}

// people: since when we know them; some left and had a successor.
func (l *life) people() {
	for i := range l.c.Persons {
		q := &l.c.Persons[i].Noun
		if l.odds(60) {
			q.Since = max(l.p.first, l.asOf-calendar.Day(300+l.rng.IntN(2500)))
		}
		if l.odds(70) {
			q.Consent = l.back(30, 700)
		}
	}
	if l.p.story == nil && l.p.phase == ageing && len(l.c.Persons) > 0 && l.odds(15) {
		q := &l.c.Persons[0].Noun // a new decider, as the ageing of a client often begins
		q.Since = l.back(20, 150)
	}
}

// launch is how closely a newcomer of the year before was followed: those who
// stayed were, most of them.
func (l *life) launch() {
	end := l.asOf.AddMonths(-12)
	if l.p.phase > ageing || l.p.first <= l.asOf.AddMonths(-24) || l.p.first > end || !l.odds(70) {
		return
	}
	for k := range 3 {
		l.seen(l.p.first+calendar.Day(9+25*k+l.rng.IntN(12)), portfolio.StepForward)
	}
}

// yearBefore makes the effort of the year before differ from this year's:
// growing clients were seen less, those who age were seen more.
func (l *life) yearBefore() {
	from, to := l.asOf.AddMonths(-24), l.asOf.AddMonths(-12)
	less := [...]int{growth: 65, mature: 30, ageing: 10, unknown: 0}[l.p.phase]
	more := [...]int{growth: 10, mature: 30, ageing: 45, unknown: 0}[l.p.phase]
	switch x := l.rng.IntN(100); {
	case x < less:
		kept := l.c.Contacts[:0]
		for k := range l.c.Contacts {
			if day := l.c.Contacts[k].Noun.Day; day <= from || day > to || day < l.p.first+120 || !l.odds(55) {
				kept = append(kept, l.c.Contacts[k])
			}
		}
		l.c.Contacts = kept
	case x < less+more:
		for range 2 + l.rng.IntN(4) {
			if day := to - calendar.Day(5+l.rng.IntN(350)); day > l.p.first {
				l.seen(day, portfolio.NoChange)
			}
		}
	}
}

// seen adds a visit of the past.
func (l *life) seen(day calendar.Day, how portfolio.Outcome) {
	day = l.working(day, +1)
	x := portfolio.Contact{Account: l.c.ID, User: l.author, Kind: portfolio.Visit, Day: day, Minute: slots[l.rng.IntN(len(slots))],
		Duration: 25 + 5*l.rng.IntN(5), Outcome: how, Notes: notes[how][l.rng.IntN(len(notes[how]))]}
	at, _ := slices.BinarySearchFunc(l.c.Contacts, day, func(c Record[portfolio.Contact], d calendar.Day) int { return int(c.Noun.Day - d) })
	l.c.Contacts = slices.Insert(l.c.Contacts, at, Record[portfolio.Contact]{l.ids.at(day), x})
}

// topics are the subjects a visit may turn about.
var topics = []string{"besoins", "catalogue", "concurrence", "formation", "hygiene", "nouveautes", "organisation", "prix", "projets", "reglementation", "service", "stocks"}

// meetings fills in the contacts.
func (l *life) meetings() {
	mood := [...]int{start: 8, growth: 8, mature: 7, ageing: 6, gone: 5, unknown: 7}[l.p.phase]
	wide := 1 + l.rng.IntN(4) // subjects this rep raises here
	for i := range l.c.Contacts {
		x := &l.c.Contacts[i].Noun
		face := x.Kind == portfolio.Visit || x.Kind == portfolio.ManagerControlVisit || x.Kind == portfolio.AfterSalesVisit
		if face {
			x.Travel, x.Prep = 10+5*l.rng.IntN(6), 5+5*l.rng.IntN(3)
			x.Km = float64(x.Travel) * .7
			if l.p.p >= 3 && l.odds(8) {
				x.Spent = money.Cents(15+l.rng.IntN(45)) * 1_00
			}
			if l.odds(18) {
				x.Reported = x.Day + calendar.Day(1+l.rng.IntN(5))
			}
		}
		if !x.Outcome.Met() || x.Kind == portfolio.Email || x.Kind == portfolio.Letter {
			continue
		}
		l.met(x)
		for range 1 + l.rng.IntN(wide) {
			if topic := topics[l.rng.IntN(len(topics))]; !slices.Contains(x.Topics, topic) {
				x.Topics = append(x.Topics, topic)
			}
		}
		if face && l.odds(25) {
			mark := min(10, max(0, mood-2+l.rng.IntN(5)))
			x.Content = &mark
		}
	}
}

// met names who was seen: the first interlocutor most of the time.
func (l *life) met(x *portfolio.Contact) {
	for i := range l.c.Persons {
		if i == 0 && l.odds(85) || i > 0 && l.odds(22) {
			x.Persons = append(x.Persons, l.c.Persons[i].ID)
		}
	}
	if len(x.Persons) == 0 && len(l.c.Persons) > 0 {
		x.Persons = append(x.Persons, l.c.Persons[0].ID)
	}
}

// incidents are the words of what went wrong, and of what was done.
var incidents = [...][2]string{
	portfolio.Complaint:          {"Le produit laisse des traces sur la vaisselle.", "Réglage du doseur, geste commercial."},
	portfolio.AfterSalesCall:     {"Doseur en panne.", "Pièce changée sur place."},
	portfolio.ReturnedGoods:      {"Référence livrée par erreur.", "Reprise à la tournée suivante."},
	portfolio.LateDelivery:       {"Livraison avec trois jours de retard.", "Transporteur averti, livraison offerte."},
	portfolio.CreditNote:         {"Écart de prix sur la facture.", "Avoir émis."},
	portfolio.RelationalIncident: {"Échange vif au téléphone à propos d’un délai.", "Visite du responsable."},
}

// service draws two years of events, thicker before a departure.
func (l *life) service() {
	rate := [...]int{start: 5, growth: 4, mature: 4, ageing: 11, gone: 15, unknown: 0}[l.p.phase] // a year, tenths
	from, to := max(l.p.first, l.asOf.AddMonths(-24)), l.asOf-2
	if l.p.phase == gone {
		from, to = l.p.last-180, l.p.last+30
	}
	n := rate * max(0, int(to-from)) / 365
	for range n/10 + l.weighted(10-n%10, n%10) {
		if to <= from {
			return
		}
		x := portfolio.Service{Account: l.c.ID, Opened: l.working(from+calendar.Day(l.rng.IntN(int(to-from))), -1), Severity: 1 + l.weighted(6, 3, 1),
			Kind: portfolio.ServiceKind(1 + l.weighted(26, 34, 10, 18, 10, 2)), By: portfolio.Desk(1 + l.weighted(3, 4, 3))}
		if x.Kind == portfolio.RelationalIncident {
			x.Involved, x.Severity = l.author, 2
		}
		x.Text = incidents[x.Kind][0]
		if close := x.Opened + calendar.Day(2+l.rng.IntN(25)); close < l.asOf && l.odds(88) {
			x.Closed, x.Remedy = close, incidents[x.Kind][1]
		}
		l.c.Services = append(l.c.Services, Record[portfolio.Service]{l.ids.at(x.Opened), x})
	}
}

var rivals = [...]string{"Propreté de l’Ouest", "Hygiatlantic", "Groupe Netavia", "Distri-Pro 35"}

func (l *life) rivals() {
	percent := [...]int{start: 35, growth: 25, mature: 30, ageing: 60, gone: 70, unknown: 55}[l.p.phase]
	for i, name := range rivals {
		if !l.odds(percent) || i > 1 && l.odds(60) {
			continue
		}
		x := portfolio.Competitor{Account: l.c.ID, Name: name, Family: families[l.rng.IntN(len(families))].code,
			Strength: 1 + l.rng.IntN(3), Since: l.back(200, 900)}
		if l.p.phase == ageing && l.odds(25) {
			x.Raised = l.back(5, 80)
		}
		if left := l.p.potential - l.p.sales[0]; left > 0 && l.odds(50) {
			x.Share = left.Scale(int64(15+l.rng.IntN(30)), 100).Scale(1, 100_00) * 100_00
		}
		l.c.Competitors = append(l.c.Competitors, Record[portfolio.Competitor]{l.ids.at(x.Since), x})
	}
}

func (l *life) contract() {
	if l.p.r < 2 || !l.odds(10*l.p.r) {
		return
	}
	x := portfolio.Contract{Account: l.c.ID, Start: max(l.p.first, l.back(30, 700)), Renews: l.odds(55), Exclusive: l.odds(12),
		Expected: l.p.sales[0].Scale(1, 100_00) * 100_00, Text: "Accord annuel de fourniture"}
	x.End = x.Start.AddMonths(12) - 1
	if x.End < l.asOf && (x.Renews || l.odds(70)) {
		for x.End < l.asOf {
			x.End = (x.End + 1).AddMonths(12) - 1
		}
	}
	l.c.Contracts = append(l.c.Contracts, Record[portfolio.Contract]{l.ids.at(x.Start), x})
}

// payments are the invoices of a year by month, of one client in three.
func (l *life) payments() {
	if l.p.r < 2 || !l.odds(33) {
		return
	}
	slow := [...]int{portfolio.SolvencyOK: 12, portfolio.SolvencyWatch: 60, portfolio.SolvencyBlocked: 90}[l.c.Account.Solvency]
	for k := 12; k >= 0; k-- {
		due := l.asOf.AddMonths(-k) - calendar.Day(l.rng.IntN(20))
		if due < l.p.first+30 {
			continue
		}
		x := portfolio.Payment{Account: l.c.ID, Due: due, Amount: max(10_00, l.p.sales[0].Scale(int64(70+l.rng.IntN(60)), 1200))}
		paid := due - calendar.Day(l.rng.IntN(6))
		if l.odds(slow) {
			paid = due + calendar.Day(4+l.rng.IntN(40))
		}
		if paid <= l.asOf {
			x.Paid = paid
		}
		l.c.Payments = append(l.c.Payments, Record[portfolio.Payment]{l.ids.at(due - 30), x})
	}
}

// efforts are objectives agreed at the last yearly meeting.
func (l *life) efforts() {
	if l.p.r < 2 || l.p.phase == ageing && l.odds(60) || !l.odds(14*l.p.r) {
		return
	}
	from := l.asOf.AddMonths(-11)
	one := float64(l.p.sales[1]) / 100
	for _, x := range []portfolio.Effort{
		{Code: "E01", Baseline: one, Target: one * 1.1, Weight: 3},
		{Code: "E02", Baseline: 2.4, Target: 3, Weight: 2},
		{Code: "E05", Baseline: .45, Target: .6, Weight: 2},
		{Code: "E11", Baseline: 52, Target: 45, Weight: 1},
	} {
		if x.Code == "E01" && x.Baseline <= 0 || x.Code != "E01" && !l.odds(60) {
			continue
		}
		x.Account, x.From, x.To = l.c.ID, from, from.AddMonths(12)-1
		if x.Code == "E11" {
			at := 44 + float64(l.rng.IntN(14))
			x.Actual, x.On = &at, l.back(3, 25)
		}
		l.c.Efforts = append(l.c.Efforts, Record[portfolio.Effort]{l.ids.at(from), x})
	}
}

func (l *life) tools() {
	if l.p.p < 3 || !l.odds(18) {
		return
	}
	for i, name := range [...]string{"Doseurs connectés en prêt", "Plan d’hygiène commun", "Stock tampon sur site"} {
		if i > 0 && !l.odds(50) {
			continue
		}
		x := portfolio.Tool{Account: l.c.ID, Name: name, Ours: money.Cents(4+l.rng.IntN(20)) * 100_00, Theirs: money.Cents(l.rng.IntN(12)) * 100_00,
			Used: l.back(2, 160), Replace: float64(2 + l.rng.IntN(10)), LentFrom: l.back(100, 700)}
		l.c.Tools = append(l.c.Tools, Record[portfolio.Tool]{l.ids.at(x.LentFrom), x})
	}
}
