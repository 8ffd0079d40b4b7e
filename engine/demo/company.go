package demo

import (
	"math/rand/v2"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// A Company is a fictional distributor of hygiene and cleaning products for
// professionals in Brittany, with its team and what the team knows of its
// clients. Scope numbers are left to whoever stores it.
//
// Nothing in it is drawn from a real business: telephone numbers lie in the
// ranges that Arcep keeps for fiction, addresses end in .example, SIREN begin
// with 0000, a block without businesses. Communes are real.
type Company struct {
	AsOf       calendar.Day // the story ends here
	OrgID      portfolio.ID
	Org        portfolio.Org
	TeamID     portfolio.ID
	Team       portfolio.Team
	Users      []Record[portfolio.User]   // the manager first, then the reps
	Families   []Record[portfolio.Family] // of the organisation
	Portfolios []Portfolio                // one for each rep, in the order of Users
}

// A Record is a noun with its identifier.
type Record[T any] struct {
	ID   portfolio.ID
	Noun T
}

// A Portfolio is what one rep answers for.
type Portfolio struct {
	ID    portfolio.ID
	Noun  portfolio.Portfolio
	Cost  Record[portfolio.Cost]
	Time  Record[portfolio.Time]
	Cards []Card // in order of code
}

// A Card is one account with its records.
type Card struct {
	ID           portfolio.ID
	Account      portfolio.Account
	Sites        []Record[portfolio.Site]
	Persons      []Record[portfolio.Person]
	Sales        []Record[portfolio.Sale]
	Contacts     []Record[portfolio.Contact]
	Estimates    []Record[portfolio.Estimate]
	Appointments []Record[portfolio.Appointment]
	Services     []Record[portfolio.Service]
	Competitors  []Record[portfolio.Competitor]
	Contracts    []Record[portfolio.Contract]
	Payments     []Record[portfolio.Payment]
	Projects     []Record[portfolio.Project]
	Commitments  []Record[portfolio.Commitment]
	Efforts      []Record[portfolio.Effort]
	Signals      []Record[portfolio.Signal]
	Formers      []Record[portfolio.Former]
	Tools        []Record[portfolio.Tool]
}

// Logins of the company's users. Passwords are the server's business.
const (
	Manager  = "nathalie"
	RepOne   = "maelle"
	RepTwo   = "yann"
	RepThree = "soizic"
)

// A shape is what a portfolio looks like; amounts are those of the 180 clients
// of the documentation, scaled.
type shape struct {
	towns     []town
	phases    [4]int // clients in D, C, M, V, when n is their sum; shares of n otherwise
	sales     money.Cents
	potential money.Cents // of the clients, those who have no estimate included
	effort    [4]int      // visits by phase against the cadence of the cell, percent
	lost      int
	prospects int
	known     []known
	wanted    []known // prospects with a story
}

var reps = []struct {
	name, login, label, area string
	shape
}{
	// The rising curve: few newcomers, many veterans.
	{"Maëlle Guivarch", RepOne, "Côte d’Émeraude", "Saint-Malo, Dinan", shape{emeraude, [4]int{14, 33, 61, 72}, 1_620_000_00, 4_100_000_00,
		[4]int{85, 120, 130, 45}, 6, 30, emeraldKnown, emeraldProspects}},
	// The bell.
	{"Yann Le Goff", RepTwo, "Pays de Rennes", "Rennes, Vitré, Fougères", shape{rennes, [4]int{31, 55, 56, 24}, 1_440_000_00, 3_500_000_00,
		[4]int{120, 140, 95, 80}, 5, 18, nil, nil}},
	// The U: a rep who arrived two years ago.
	{"Soizic Madec", RepThree, "Golfe du Morbihan", "Vannes, Auray, Ploërmel", shape{vannes, [4]int{52, 21, 24, 58}, 1_050_000_00, 3_100_000_00,
		[4]int{110, 90, 90, 95}, 9, 14, nil, nil}},
}

// NewCompany tells the story of the company up to asOf: the same seed and day
// give the same bytes.
func NewCompany(seed uint64, asOf calendar.Day) Company { return company(seed, asOf, len(reps)) }

func company(seed uint64, asOf calendar.Day, n int) Company {
	is := &issuer{rng: rand.New(rand.NewPCG(seed, 0))}
	founded := calendar.Of(2009, 3, 2)
	c := Company{
		AsOf: asOf, OrgID: is.at(founded), TeamID: is.at(founded),
		Org: portfolio.Org{Name: "Armor Hygiène", Currency: "EUR", Locale: "fr", TimeZone: "Europe/Paris", FiscalFrom: 1},
	}
	manager := Record[portfolio.User]{is.at(founded), portfolio.User{Name: "Nathalie Briand", Login: Manager, Role: portfolio.RoleManager}}
	c.Team = portfolio.Team{Name: "Bretagne", Manager: manager.ID}
	c.Users = append(c.Users, manager)
	for _, f := range families {
		c.Families = append(c.Families, Record[portfolio.Family]{is.at(founded), portfolio.Family{Code: f.code, Name: f.name, Margin: f.margin}})
	}
	names := naming{used: map[string]bool{}}
	for i := range n {
		r := &reps[i]
		u := Record[portfolio.User]{is.at(asOf.AddMonths(-60 + 18*i)), portfolio.User{Name: r.name, Login: r.login, Role: portfolio.RoleRep, Manager: manager.ID}}
		c.Users = append(c.Users, u)
		t := newTeller(seed, uint64(1+i), asOf, u.ID, &names)
		t.base, t.invoice = 1000*(i+1), 20_000*i
		p := Portfolio{
			ID:    is.at(asOf.AddMonths(-60 + 18*i)),
			Noun:  portfolio.Portfolio{Name: r.label, Owner: u.ID, Area: r.area},
			Cards: t.tell(r.shape, sum(r.phases[:]), r.lost, r.prospects),
		}
		year, _, _ := asOf.Civil()
		own := rand.New(rand.NewPCG(seed, uint64(100+i)))
		p.Cost, p.Time = t.budgets(&issuer{rng: own}, year)
		c.Portfolios = append(c.Portfolios, p)
	}
	return c
}

// Cards is a portfolio of exactly n clients for tests and benchmarks, in the
// shape of a bell, without prospects or lost clients.
func Cards(seed uint64, n int, asOf calendar.Day) []Card {
	if n <= 0 {
		return nil
	}
	names := naming{used: map[string]bool{}}
	t := newTeller(seed, 1<<32, asOf, portfolio.ID{}, &names)
	t.author = t.ids.at(asOf.AddMonths(-60))
	t.base = 100_000
	s := reps[1].shape
	s.towns = append(append(append([]town{}, emeraude...), rennes...), vannes...)
	s.sales = money.Cents(n) * 9_000_00
	s.potential = money.Cents(n) * 22_500_00
	return t.tell(s, n, 0, 0)
}

func sum(xs []int) int {
	n := 0
	for _, x := range xs {
		n += x
	}
	return n
}
