package cost_test

import (
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/cost"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// A2, a contact shared by several accounts: 1 000 € over one visit of an hour
// and another one shared by four, of a quarter of an hour each, is 500 € a
// visit and 125 € at each of the four, in the three costing modes.
func TestASharedContactIsOneContact(t *testing.T) {
	day := calendar.Of(2026, 3, 1)
	window := calendar.Window{From: day - 100, To: day + 100}
	contacts := []cost.Contact{{Client: 0, Kind: portfolio.Visit, Day: day, Minutes: 60}}
	for i := range int32(4) {
		contacts = append(contacts, cost.Contact{Client: 1 + i, Kind: portfolio.Visit, Day: day, Minutes: 15, Shared: 4})
	}
	for _, mode := range []cost.Costing{cost.Equivalence, cost.Simple, cost.Time} {
		p := cost.Defaults()
		p.Costing = mode
		prices := cost.PriceContacts([]cost.Rep{{Full: 1000_00, Budgeted: true}}, contacts, window, p)
		got := cost.Invest(cost.InvestInput{Clients: 5, Contacts: contacts, AsOf: day + 100}, prices)
		want := [5]money.Cents{500_00, 125_00, 125_00, 125_00, 125_00}
		for i, x := range want {
			if got.Amount[i] != x {
				t.Errorf("mode %d: client %d is given %d, want %d", mode, i, got.Amount[i], x)
			}
		}
		if got.Units[1] != .25 || prices.Rep[0].Units != 2 {
			t.Errorf("mode %d: %v units at one, %v in all; want 0.25 and 2", mode, got.Units[1], prices.Rep[0].Units)
		}
	}
	p := cost.Defaults()
	for n, want := range map[int32]float64{0: 1, 1: 1, 2: .5, -3: 1} { // sharing with nobody is not sharing
		if got := p.Units(cost.Contact{Kind: portfolio.Visit, Shared: n}); got != want {
			t.Errorf("shared by %d: %v units, want %v", n, got, want)
		}
	}
}
