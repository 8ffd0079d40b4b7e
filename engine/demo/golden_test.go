package demo_test

import (
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/money"
)

// The totals the method prints under the table of §2, and those of Appendix A:
// margin 27 880, 203 contact units.
func TestGoldenTotals(t *testing.T) {
	g := demo.Golden()
	sum := func(x []money.Cents) money.Cents {
		s, err := money.Sum(x...)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for what, v := range map[string][2]money.Cents{
		"sales N":   {sum(g.Sales()), 100_000_00},
		"sales N-1": {sum(g.SalesN1()), 91_400_00},
		"potential": {sum(g.Potentials()), 250_000_00},
		"margin":    {sum(g.Margins()), 27_880_00},
	} {
		if v[0] != v[1] {
			t.Errorf("%s %d, want %d", what, v[0], v[1])
		}
	}
	visits, calls, units := 0, 0, 0.0
	for i, c := range g.Clients {
		visits, calls, units = visits+c.Visits, calls+c.Calls, units+g.Units()[i]
		if c.FirstOrder > g.AsOf || c.FirstOrder == calendar.None {
			t.Errorf("%s first ordered on %s", c.Code, c.FirstOrder)
		}
	}
	if visits != 160 || calls != 215 || units != 203 || len(g.Clients) != 12 {
		t.Errorf("%d visits, %d calls, %v units, %d clients; want 160, 215, 203, 12", visits, calls, units, len(g.Clients))
	}
}

// Margins of Appendix A, column MB.
func TestGoldenMargins(t *testing.T) {
	for i, want := range []money.Cents{5280, 4000, 3900, 2800, 2700, 2450, 1800, 1600, 1200, 1050, 800, 300} {
		if got := demo.Golden().Margins()[i]; got != want*100 {
			t.Errorf("C%02d: margin %d, want %d", i+1, got, want*100)
		}
	}
}
