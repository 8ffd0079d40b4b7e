package demo

import (
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/portfolio"
)

// An Odd is a portfolio as a rep may really have it on the first day: of few
// clients, or with facts of one kind missing. Screens are tried on them.
type Odd struct {
	Name string
	N    int  // clients
	Bare bool // no family, cost nor time was set up either

	turn func(k int, c *Card, asOf calendar.Day)
}

// Cards are its clients.
func (o Odd) Cards(asOf calendar.Day) []Card {
	cards := Cards(11, o.N, asOf)
	if o.turn != nil {
		for k := range cards {
			o.turn(k, &cards[k], asOf)
		}
	}
	return cards
}

// Odds are the portfolios of 1 to 5,000 clients, and those that lack something.
func Odds() []Odd {
	silent := func(c *Card) { c.Contacts, c.Appointments = nil, nil }
	nameless := func(c *Card) {
		for i := range c.Sales {
			c.Sales[i].Noun.Family, c.Sales[i].Noun.Cost = "", nil
		}
	}
	return []Odd{
		{Name: "one client", N: 1},
		{Name: "four clients", N: 4},
		{Name: "twelve clients", N: 12},
		{Name: "180 clients", N: 180},
		{Name: "5000 clients", N: 5000},
		{Name: "no potentials", N: 40, turn: func(_ int, c *Card, _ calendar.Day) { c.Estimates = nil }},
		{Name: "no contacts", N: 40, turn: func(_ int, c *Card, _ calendar.Day) { silent(c) }},
		{Name: "no families", N: 40, Bare: true, turn: func(_ int, c *Card, _ calendar.Day) {
			nameless(c)
			for i := range c.Estimates {
				c.Estimates[i].Noun.Family = ""
			}
		}},
		{Name: "only returns", N: 12, turn: func(_ int, c *Card, _ calendar.Day) {
			for i := range c.Sales {
				s := &c.Sales[i].Noun
				s.Amount, s.Return, s.Cost = -s.Amount, true, nil
			}
		}},
		{Name: "prospects only", N: 12, turn: func(_ int, c *Card, _ calendar.Day) {
			c.Sales, c.Account.Status, c.Account.FirstOrder = nil, portfolio.Prospect, 0
		}},
		{Name: "one sale line", N: 12, turn: func(k int, c *Card, asOf calendar.Day) {
			c.Sales, c.Account.FirstOrder = c.Sales[:1], 0
			if k > 0 {
				c.Sales = nil
				return
			}
			c.Sales[0].Noun.From, c.Sales[0].Noun.To = asOf-40, 0
		}},
		{Name: "one phase", N: 12, turn: func(_ int, c *Card, asOf calendar.Day) {
			s := c.Sales[:0]
			for k := range 36 { // 500 euros a month for three years: all mature
				id := c.ID
				id[0], id[1] = 0xfe, byte(k)
				s = append(s, Record[portfolio.Sale]{ID: id, Noun: portfolio.Sale{Account: c.ID, From: asOf.AddMonths(-k) - 5, Amount: 500_00, Family: families[0].code}})
			}
			c.Sales, c.Account.FirstOrder = s, asOf.AddMonths(-40)
		}},
		{Name: "nothing but names", N: 12, Bare: true, turn: func(_ int, c *Card, _ calendar.Day) {
			*c = Card{ID: c.ID, Account: portfolio.Account{Name: c.Account.Name, Status: portfolio.Client}}
		}},
		{Name: "one year of a wholesaler", N: 60, Bare: true, turn: func(_ int, c *Card, asOf calendar.Day) {
			silent(c)
			nameless(c)
			c.Estimates, c.Persons, c.Account.FirstOrder = nil, nil, 0
			c.Sales = slices.DeleteFunc(c.Sales, func(s Record[portfolio.Sale]) bool { return s.Noun.From < asOf-370 })
		}},
	}
}
