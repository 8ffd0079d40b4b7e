package query_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// A card that has one of everything: what the deeper analyses must not lose.
func TestDeepKeepsOneOfEverything(t *testing.T) {
	eight, trust := 8, 60
	cost := money.Cents(30_00)
	d := newCard(1, portfolio.Account{Name: "A", Status: portfolio.Prospect, LostOn: 77, Motive: 3, Natural: true, Strategic: true, Trust: &trust})
	yann := d.add(portfolio.KindPerson, portfolio.Person{Name: "Yann", Function: "buyer", Influence: 4, Attitude: -1, Since: 10, Consent: 11})
	lena := d.add(portfolio.KindPerson, portfolio.Person{Name: "Léna", Roles: []string{"decider"}})
	d.add(portfolio.KindSite, portfolio.Site{City: "Dinan", PhoneRaw: "02", Headcount: 12})
	d.add(portfolio.KindSale, portfolio.Sale{From: 100, Amount: 100_00, Cost: &cost, Family: "soap", Channel: "web"})
	d.add(portfolio.KindSale, portfolio.Sale{From: 100, Amount: 50_00, Family: "soap", Channel: "visit"})
	d.add(portfolio.KindSale, portfolio.Sale{From: 100, Amount: -20_00, Family: "soap", Return: true, Channel: "phone"})
	d.add(portfolio.KindSale, portfolio.Sale{From: 100, Amount: 5_00})
	d.add(portfolio.KindContact, portfolio.Contact{Kind: portfolio.Visit, Day: 90, Outcome: portfolio.Order, Duration: 45, Travel: 20, Prep: 10,
		Persons: []portfolio.ID{lena, yann}, Topics: []string{"prices", "news"}, Content: &eight, Spent: 12_50, Reported: 93, Inbound: true, Order: 70_00})
	d.add(portfolio.KindContact, portfolio.Contact{Kind: portfolio.Call, Day: 91, Topics: []string{"news"}})
	d.add(portfolio.KindService, portfolio.Service{Kind: portfolio.Complaint, Opened: 80, Severity: 2, Text: "late"})
	d.add(portfolio.KindService, portfolio.Service{Kind: portfolio.LateDelivery, Opened: 70, Closed: 75})
	d.add(portfolio.KindCompetitor, portfolio.Competitor{Name: "them", Strength: 3})
	d.add(portfolio.KindContract, portfolio.Contract{Start: 1, End: 366, Renews: true})
	d.add(portfolio.KindPayment, portfolio.Payment{Due: 120, Amount: 9_00})
	project := d.add(portfolio.KindProject, portfolio.Project{Name: "new shop", Amount: 9_000_00, Phase: 3, Signals: []string{"3.1"}})
	d.add(portfolio.KindCommitment, portfolio.Commitment{Side: portfolio.Us, Project: project, Value: 5_00, Made: 80})
	d.add(portfolio.KindEffort, portfolio.Effort{Code: "E05", Baseline: .2, Target: .4})
	d.add(portfolio.KindSignal, portfolio.Signal{Code: 8, Day: 88})
	d.add(portfolio.KindOverride, portfolio.Override{What: "phase", Value: 3, Why: "I know"})
	d.add(portfolio.KindTool, portfolio.Tool{Name: "shelf", Ours: 1_00})
	d.add(portfolio.KindAppointment, portfolio.Appointment{Day: 60, State: portfolio.Done})
	wrong := d.add(portfolio.KindFormer, portfolio.Former{Left: 50, Seen: []int{1}})
	d.add(portfolio.KindFormer, portfolio.Former{Left: 51, Seen: []int{1, 4}, Amends: wrong})
	f := query.DeriveDeep(d.Bundle)
	if want := []query.FamilySales{
		{Family: "", Lines: []query.SaleDay{{From: 100, To: 100, Net: 5_00}}, Cost: []query.Costing{{Bare: 5_00}}},
		{Family: "soap", Lines: []query.SaleDay{{From: 100, To: 100, Net: 150_00}, {From: 100, To: 100, Net: -20_00}},
			Cost: []query.Costing{{Cost: 30_00, Bare: 50_00}, {Bare: -20_00, Self: true}}},
	}; !reflect.DeepEqual(f.Families, want) {
		t.Errorf("families %+v, want %+v", f.Families, want)
	}
	k := slices.IndexFunc(f.Persons, func(p query.PersonFact) bool { return p.ID == yann })
	if len(f.Persons) != 2 || !f.Persons[k].Consent || f.Persons[k].Attitude != -1 || f.Persons[1-k].Roles[0] != "decider" {
		t.Errorf("persons %+v", f.Persons)
	}
	if !slices.Equal(f.Topics, []string{"news", "prices"}) {
		t.Errorf("topics %q", f.Topics)
	}
	if want := (query.Met{Touch: query.Touch{Day: 90, Kind: portfolio.Visit, Outcome: portfolio.Order}, Inbound: true, Content: 8, Duration: 45, Travel: 20, Prep: 10,
		Late: 3, Persons: 3, Topics: 3, Spent: 12_50}); f.Contacts[0] != want {
		t.Errorf("contact %+v, want %+v", f.Contacts[0], want)
	}
	if f.Contacts[1].Content != -1 || f.Contacts[1].Topics != 1 {
		t.Errorf("call %+v", f.Contacts[1])
	}
	if len(f.Services) != 2 || f.Services[0].Text != "late" || f.Services[1].Kind != portfolio.LateDelivery {
		t.Errorf("service %+v; want the complaint, noted first, and the late delivery", f.Services)
	}
	if len(f.Formers) != 1 || f.Formers[0].Left != 51 {
		t.Errorf("ex-client %+v; want the amended file alone", f.Formers)
	}
	if len(f.Competitors)+len(f.Contracts)+len(f.Payments)+len(f.Projects)+len(f.Commitments)+len(f.Efforts)+len(f.Signals)+len(f.Overrides)+len(f.Tools)+len(f.Appointed)+len(f.Ordered) != 11 {
		t.Errorf("%+v; want one of each", f)
	}
	if f.Projects[0].ID != project || f.Projects[0].Phase != 3 || f.Commitments[0].Project != project {
		t.Errorf("project %+v, commitment %+v", f.Projects, f.Commitments)
	}
	if f.LostOn != 77 || !f.Natural || !f.Strategic || f.Motive != 3 || *f.Trust != 60 || f.Headcount != 12 || f.Identity != 2 {
		t.Errorf("account and site: %+v", f)
	}
}

// Two tablets hold the rows of a card in other orders and make the same columns.
func TestTheOrderOfRowsDoesNotMatter(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	bundles := fictional(40, 9)
	d := newCard(99, portfolio.Account{Name: "ties"})
	for k := range 6 { // as alike as facts can be
		d.add(portfolio.KindService, portfolio.Service{Kind: portfolio.Complaint, Opened: 80, Text: string(rune('a' + k))})
		d.add(portfolio.KindCommitment, portfolio.Commitment{Side: portfolio.Us, Points: k % 5})
		d.add(portfolio.KindFormer, portfolio.Former{Left: calendar.Day(k)})
		d.add(portfolio.KindAppointment, portfolio.Appointment{Day: 60, State: portfolio.Done, Objective: string(rune('a' + k))})
		d.add(portfolio.KindContact, portfolio.Contact{Kind: portfolio.Visit, Day: 90, Travel: k, Inbound: k%2 == 0})
		d.add(portfolio.KindSale, portfolio.Sale{From: 100, Amount: money.Cents(k) * 50, Family: string(rune('a' + k%2))})
	}
	columns := func(b query.Bundle) query.Card {
		c := derive(t, b)
		words := strings.Split(c.Fold, "\n") // what the search looks into, in any order
		slices.Sort(words)
		c.Fold = strings.Join(words, "\n")
		return c
	}
	for _, b := range append(bundles, d.Bundle) {
		want, deep := columns(b), query.DeriveDeep(b)
		b.Rows = slices.Clone(b.Rows)
		for range 5 {
			rng.Shuffle(len(b.Rows), func(i, j int) { b.Rows[i], b.Rows[j] = b.Rows[j], b.Rows[i] })
			if !reflect.DeepEqual(columns(b), want) || !reflect.DeepEqual(query.DeriveDeep(b), deep) {
				t.Fatalf("card %s: other columns from the same rows in another order", b.Root)
			}
		}
	}
}

// What a portfolio lacks is known again after each change of its cards.
func TestAPortfolioLacksWhatChanges(t *testing.T) {
	misc, bundles, asOf := territory()
	s := load(asOf, misc, bundles...)
	lacks := func(want int) {
		t.Helper()
		for range 2 {
			if n := len(s.Lacking(scope)); n != want {
				t.Fatalf("%d cards lack their facts, want %d", n, want)
			}
		}
	}
	all := len(s.Lacking(scope))
	s.Deepen(bundles[1:]...)
	lacks(1)
	s.Deepen(bundles[0])
	lacks(0)
	c, _ := s.Card(bundles[0].Root)
	s.Renew(c)
	lacks(0)
	s.Update(c)
	lacks(1)
	s.Drop(c.ID)
	lacks(0)
	s.Update(c)
	lacks(1)
	s.SetCards()
	lacks(0)
	if all != len(bundles) {
		t.Errorf("%d lacked at first, of %d", all, len(bundles))
	}
}
