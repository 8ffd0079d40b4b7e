package weight_test

import (
	"math"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/weight"
)

// Appendix A, columns R and P, and D2/E2: counts 2/1/3/6 and 2/2/3/5.
func TestGoldenFloors(t *testing.T) {
	p := weight.Defaults()
	r := weight.RLevels(goldenSales(), p)
	if got, want := digits(r.Rank), "112333444444"; got != want {
		t.Errorf("R ranks %s, want %s", got, want)
	}
	if got, want := digits(r.Level), "443222111111"; got != want {
		t.Errorf("R levels %s, want %s", got, want)
	}
	if r.N != [4]int{2, 1, 3, 6} || !r.Fragile {
		t.Errorf("floors %v fragile %v, want 2/1/3/6, fragile", r.N, r.Fragile)
	}
	if r.Top1 != .24 || math.Abs(r.NEff-7.56) > .005 { // E3: N_eff of sales 7.56
		t.Errorf("top client %v, N_eff %v; want 0.24 and 7.56", r.Top1, r.NEff)
	}
	l := weight.Quarters(goldenPotentials(), p)
	if got, want := digits(l.Rank), "231441434243"; got != want { // C01…C12
		t.Errorf("P ranks %s, want %s", got, want)
	}
	if l.N != [4]int{2, 2, 3, 5} || math.Abs(l.NEff-9.25) > .005 {
		t.Errorf("P floors %v, N_eff %v; want 2/2/3/5 and 9.25", l.N, l.NEff)
	}
	before := weight.RLevels(weight.Input{Values: demo.Golden().SalesN1()}, p)
	// Σ 91 400: C01 0 %, C02 24.1 %, C04 42.1 %, C03 55.3 %, C05 66.2 %, C07 75.5 %…; C10, C12 nothing.
	if got, want := digits(before.Level), "442321111010"; got != want {
		t.Errorf("R levels of N-1 %s, want %s", got, want)
	}
}

// D2: the midpoint rule gives 1/2/2/7.
func TestMidpointRule(t *testing.T) {
	p := weight.Defaults()
	p.Boundary = weight.Midpoint
	if n := weight.Quarters(goldenSales(), p).N; n != [4]int{1, 2, 2, 7} {
		t.Errorf("floors %v, want 1/2/2/7", n)
	}
}

// D2: C03 needs +3 000 to reach rank 1, C04 +3 000 rank 2, C06 +6 000, C07 +1 000.
func TestWhatItTakesToClimbAFloor(t *testing.T) {
	f := weight.Quarters(goldenSales(), weight.Defaults())
	for _, tt := range []struct {
		client int
		to     uint8
		cost   money.Cents
	}{{2, 1, 3_000_00}, {3, 2, 3_000_00}, {5, 2, 6_000_00}, {6, 3, 1_000_00}} {
		c, ok := f.Climb(tt.client)
		if !ok || c.To != tt.to || c.Cost != tt.cost || !c.Verified {
			t.Errorf("C%02d climbs %+v, want rank %d for %d", tt.client+1, c, tt.to, tt.cost)
		}
		again := f.Simulate(tt.client, goldenSales().Values[tt.client]+c.Cost)
		if again.Rank[tt.client] > tt.to {
			t.Errorf("C%02d re-ranked: rank %d, want %d", tt.client+1, again.Rank[tt.client], tt.to)
		}
	}
	if _, ok := f.Climb(0); ok {
		t.Error("the top client climbs; there is no floor above")
	}
}

// D2, "verified by re-ranking because the total moves". By hand, on 30, 25, 25
// and 20, total 100: the last climbs by 5 to 25, and leaves its own 20 behind.
// The total is 100 − 20 + 25 = 105, so what stands before it is 30/105 = 28.6 %:
// rank 2. With its 20 counted twice it would be 30/125 = 24 %: rank 1.
func TestAClimbLeavesTheOldSalesBehind(t *testing.T) {
	f := weight.Quarters(weight.Input{Values: []money.Cents{30, 25, 25, 20}}, weight.Defaults())
	if c, ok := f.Climb(3); !ok || c != (weight.Climb{To: 2, Cost: 5, Verified: true}) {
		t.Errorf("the last climbs %+v, want rank 2 for 5", c)
	}
	if got := f.Reranked(20, 25); got != 2 {
		t.Errorf("re-ranked %d, want 2: 30 of 105 is before it", got)
	}
	if got := f.Simulate(3, 25).Rank[3]; got != 2 { // the whole pyramid again
		t.Errorf("the pyramid of 30, 25, 25, 25 has it at rank %d, want 2", got)
	}
	// A client with returns only, −20, was never in the total: 80 + 25 = 105 again.
	f = weight.Quarters(weight.Input{Values: []money.Cents{30, 25, 25, -20}}, weight.Defaults())
	if got := f.Reranked(-20, 25); got != 2 {
		t.Errorf("from −20, re-ranked %d, want 2", got)
	}
}

// D2 edge: over 50 % in one client leaves rank 2 empty, and that is shown.
func TestOneDominantClientLeavesAHole(t *testing.T) {
	f := weight.Quarters(weight.Input{Values: []money.Cents{60, 20, 10, 10}}, weight.Defaults())
	if f.N != [4]int{1, 0, 1, 2} || f.Hole != [4]bool{false, true, false, false} {
		t.Errorf("floors %v holes %v, want 1/0/1/2 with a hole at 2", f.N, f.Hole)
	}
	if c, ok := f.Climb(1); !ok || c.To != 1 || c.Cost != 40 { // over the hole
		t.Errorf("the second client climbs %+v, want rank 1 for 40", c)
	}
}

func TestAnEmptyPotentialColumnSaysSo(t *testing.T) {
	in := weight.Input{Values: []money.Cents{0, 0, 0, 0}, Empty: explain.NoPotential}
	if m := weight.Quarters(in, weight.Defaults()).Mark; m.Status != explain.NA || m.Reason != explain.NoPotential {
		t.Errorf("mark %v %v, want na NO_POTENTIAL", m.Status, m.Reason)
	}
}

// D3: AA' C01, C02, C03, C06; AB' C04, C05, C07; BA' C08, C10; CA' C12; BC'
// C09; CC' C11 (Appendix A, column ABC×ABC').
func TestGoldenCrossedMatrix(t *testing.T) {
	g, p := demo.Golden(), weight.Defaults()
	m := weight.Cross(weight.CrossInput{
		Sales: weight.ABC(goldenSales(), p).Class, Potential: weight.ABC(goldenPotentials(), p).Class,
		Net: g.Sales(), Worth: g.Potentials(), Spent: g.Units(),
	})
	want := []string{"AA'", "AA'", "AA'", "AB'", "AB'", "AA'", "AB'", "BA'", "BC'", "BA'", "CC'", "CA'"}
	for i, w := range want {
		steps := m.Explain(i)
		if got := steps[0].Text + steps[1].Text; got != w {
			t.Errorf("%s is in %s, want %s", g.Clients[i].Code, got, w)
		}
	}
	// AA': sales 24+16+13+7 = 60, potential 30+20+40+35 = 125, left 65; units 30+25+16+8.
	if c := m.Cell[weight.RowA][weight.ColumnA]; c != (weight.Cell{N: 4, Sales: 60_000_00, Potential: 125_000_00, Remaining: 65_000_00, Spent: 79}) {
		t.Errorf("cell AA' %+v", c)
	}
	for i, w := range []weight.Segment{weight.ProtectDevelop, weight.ProtectDevelop, weight.ProtectDevelop, weight.Protect, weight.Protect, weight.ProtectDevelop,
		weight.Protect, weight.Growth, weight.Economy, weight.Growth, weight.Economy, weight.Growth} {
		if m.Segment[i] != w {
			t.Errorf("%s in segment %d, want %d", g.Clients[i].Code, m.Segment[i], w)
		}
	}
}

func TestProspectsAreOnLinePAndUnknownPotentialsInTheLastColumn(t *testing.T) {
	m := weight.Cross(weight.CrossInput{
		Sales: []weight.Class{weight.A, weight.C, weight.A}, Potential: []weight.Class{weight.A, weight.A, 0},
		Prospect: []bool{false, true, false}, Net: []money.Cents{90, 0, 50}, Worth: []money.Cents{60, 40, 7},
	})
	if m.Row[1] != weight.RowP || m.Segment[1] != weight.Growth || m.Column[2] != weight.ColumnUnknown || m.Segment[2] != weight.Protect {
		t.Errorf("rows %v columns %v segments %v", m.Row, m.Column, m.Segment)
	}
	if c := m.Cell[weight.RowA][weight.ColumnA]; c.Remaining != 0 { // sold more than the potential: nothing left, not −30
		t.Errorf("remaining to win %d, want 0", c.Remaining)
	}
	if c := m.Cell[weight.RowA][weight.ColumnUnknown]; c.Potential != 0 || c.Sales != 50 {
		t.Errorf("unknown potential: cell %+v, want its sales and no potential", c)
	}
}

// Crossed floors (D2 on contact units × D2 on sales): units 38, 30, 25, 22…
// of 203 put C07 and C01 on the top floor of effort.
func TestFloorsOfEffortAgainstFloorsOfSales(t *testing.T) {
	g, p := demo.Golden(), weight.Defaults()
	units := make([]money.Cents, len(g.Clients))
	for i, u := range g.Units() {
		units[i] = money.Cents(u * 100)
	}
	n := weight.CrossFloors(weight.Quarters(weight.Input{Values: units, Codes: g.Codes()}, p), weight.RLevels(goldenSales(), p))
	if n[0][0] != 1 || n[0][3] != 1 {
		t.Errorf("top floor of effort: %v, want one client of rank 1 (C01) and one of rank 4 (C07)", n[0])
	}
	sum := 0
	for _, row := range n {
		for _, x := range row {
			sum += x
		}
	}
	if sum != 12 {
		t.Errorf("%d clients crossed, want 12", sum)
	}
}
