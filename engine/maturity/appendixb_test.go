package maturity_test

import (
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/maturity"
	"sillon/engine/money"
)

// Appendix B, leap-year windows. N ending on 29 February 2024 is 1 March 2023 to
// it; a client who first ordered on a 29 February is twelve full months old on
// 28 February of the year after (month-ends clamp, §0.3), and not the day
// before; a line of the 60 days of February and March is cut at 29.
func TestLeapYears(t *testing.T) {
	day := calendar.Of
	leap := day(2024, time.February, 29)
	p := maturity.Defaults()
	for _, c := range []struct {
		name    string
		first   calendar.Day
		asOf    calendar.Day
		lines   []maturity.Line
		age     int
		n, n1   money.Cents
		phase   maturity.Phase
		reading maturity.Why
	}{
		{"a year to 28 February: grown up", leap, day(2025, time.February, 28), []maturity.Line{{From: leap, Net: 100}, {From: leap + 300, Net: 200}}, 12, 200, 100, maturity.Growth, maturity.Rising},
		{"the day before: starting", leap, day(2025, time.February, 27), []maturity.Line{{From: leap, Net: 100}, {From: leap + 300, Net: 200}}, 11, 300, 0, maturity.Start, maturity.Young},
		{"the last day of N is 29 February", day(2020, 1, 1), leap, []maturity.Line{{From: leap, Net: 100}, {From: day(2023, 2, 28), Net: 100}}, 49, 100, 100, maturity.Mature, maturity.Steady},
		{"1 March begins N", day(2020, 1, 1), leap, []maturity.Line{{From: day(2023, 3, 1), Net: 100}, {From: day(2022, 3, 1), Net: 100}}, 49, 100, 100, maturity.Mature, maturity.Steady},
		{"29 of 60 days", day(2020, 1, 1), leap, []maturity.Line{{From: day(2024, 2, 1), To: day(2024, 3, 31), Net: 600}, {From: day(2023, 1, 5), Net: 290}}, 49, 290, 290, maturity.Mature, maturity.Steady},
	} {
		v := maturity.Read(maturity.History{FirstOrder: c.first, Lines: c.lines}, c.asOf, p)
		if v.Age != c.age || v.SalesN != c.n || v.SalesN1 != c.n1 || v.Phase != c.phase || v.Why != c.reading {
			t.Errorf("%s: %d months, N %d, N-1 %d, %v %v; want %d, %d, %d, %v %v", c.name, v.Age, v.SalesN, v.SalesN1, v.Phase, v.Why, c.age, c.n, c.n1, c.phase, c.reading)
		}
	}
}

// Appendix B through C1 to C3 and C7, on whole portfolios.
func TestDegenerateMaturities(t *testing.T) {
	p := maturity.Defaults()
	steady := func(net money.Cents) maturity.History {
		return maturity.History{FirstOrder: asOf - 2000, Lines: []maturity.Line{{From: asOf - 20, Net: net}, {From: asOf - 400, Net: net}}}
	}
	many := func(n int, h maturity.History) []maturity.History {
		out := make([]maturity.History, n)
		for i := range out {
			out[i] = h
		}
		return out
	}
	for _, c := range []struct {
		name    string
		clients []maturity.History
		phase   maturity.Phase // of all
		curve   bool
	}{
		{"empty portfolio", nil, 0, false},
		{"one client", many(1, steady(100)), maturity.Mature, true},
		{"all sales equal", many(9, steady(100)), maturity.Mature, true},
		{"all zero sales, long without an order", many(9, steady(0)), maturity.Lost, false},
		{"only returns, and no order known", many(9, maturity.History{Lines: []maturity.Line{{From: asOf - 20, Net: -5}}}), maturity.Prospect, false},
		{"first order in the future", many(9, maturity.History{FirstOrder: asOf + 3, Lines: []maturity.Line{{From: asOf + 3, Net: 5}}}), maturity.Prospect, false},
		{"merged: the histories end to end are one client", many(1, maturity.History{FirstOrder: asOf - 2000, Lines: append(steady(60).Lines, steady(40).Lines...)}), maturity.Mature, true},
		{"duplicate import doubles both years, and the phase stays", many(1, maturity.History{FirstOrder: asOf - 2000, Lines: append(steady(60).Lines, steady(60).Lines...)}), maturity.Mature, true},
	} {
		v := maturity.ReadAll(c.clients, asOf, p)
		phases, units := make([]maturity.Phase, len(v)), make([]float64, len(v))
		for i := range v {
			phases[i], units[i] = v[i].Phase, 1
			if v[i].Phase != c.phase {
				t.Errorf("%s: client %d is %v, want %v", c.name, i, v[i].Phase, c.phase)
			}
		}
		curve, effort, next := maturity.CurvesOf(phases, maturity.Weights{Units: units}, p).Clients, maturity.Align(phases, units, p), maturity.Expect([4]int{}, 0, maturity.Transitions(nil, p), p)
		if curve.Has() != c.curve || effort.Has() != c.curve || next.Has() {
			t.Errorf("%s: curve %v, effort %v, forecast of nobody %v", c.name, curve.Mark, effort.Mark, next.Mark)
		}
	}
}

// Appendix B, 10 000 clients of three years of months, well under a second.
func TestTenThousandClientsAreRead(t *testing.T) {
	clients := make([]maturity.History, 10_000)
	for i := range clients {
		clients[i].FirstOrder = asOf - 2000
		for m := range 36 {
			clients[i].Lines = append(clients[i].Lines, maturity.Line{From: asOf.AddMonths(m-35) - calendar.Day(i%25), Net: money.Cents(100 + i%7*m)})
		}
	}
	from := time.Now()
	v := maturity.ReadAll(clients, asOf, maturity.Defaults())
	if took := time.Since(from); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
	n := map[maturity.Phase]int{}
	for i := range v {
		n[v[i].Phase]++
	}
	if n[maturity.Mature]+n[maturity.Growth] != 10_000 || n[maturity.Growth] == 0 {
		t.Errorf("phases %v", n)
	}
}
