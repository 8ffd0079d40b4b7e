package potential_test

import (
	"math"
	"slices"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/potential"
	"sillon/engine/weight"
)

func levelsOf(g demo.GoldenSet) (p, r, before []uint8) {
	par := potential.Defaults()
	l := potential.Rank(potential.LevelsInput{Potential: g.Potentials(), Sales: g.Sales(), Codes: g.Codes()}, par)
	now := weight.RLevels(weight.Input{Values: g.Sales(), Second: g.Potentials(), Codes: g.Codes()}, par.Weight)
	then := weight.RLevels(weight.Input{Values: g.SalesN1(), Second: g.Potentials(), Codes: g.Codes()}, par.Weight)
	return l.P, now.Level, then.Level
}

// E5 and Appendix A, columns PR (N-1), and the keys of E5.
func TestGoldenBoard(t *testing.T) {
	g := demo.Golden()
	p, r, before := levelsOf(g)
	var left []money.Cents
	for i, x := range g.Potentials() {
		left = append(left, potential.Remaining(g.Sales()[i], x))
	}
	b := potential.PR(potential.PRInput{P: p, R: r, PBefore: p, RBefore: before, Remaining: left, Codes: g.Codes()}, potential.Defaults())
	want := []struct {
		pr, before int8
		key        float64
		s          potential.Strategy
	}{
		{-1, -1, 2.25, potential.Lock}, {-2, -2, 1, potential.CheckPotential}, {1, 2, 5, potential.Develop}, {-1, -2, .75, potential.LightAndAsk},
		{-1, -1, .75, potential.LightAndAsk}, {2, 3, 6, potential.Conquer}, {0, 0, 1, potential.Economise}, {1, 1, 2.5, potential.Accompany},
		{0, 0, 1, potential.Economise}, {2, 3, 4.5, potential.Conquer}, {0, 0, 1, potential.Economise}, {1, 2, 2.5, potential.Accompany},
	}
	for i, w := range want {
		code := g.Clients[i].Code
		if b.PR[i] != w.pr || b.PR[i]-b.Delta[i] != w.before || b.Key[i] != w.key || b.Strategy[i] != w.s {
			t.Errorf("%s: PR %+d (was %+d) key %v strategy %d; want %+d (%+d) %v %d", code, b.PR[i], b.PR[i]-b.Delta[i], b.Key[i], b.Strategy[i], w.pr, w.before, w.key, w.s)
		}
	}
	// PR +2: C06 (28 000 left) before C10 (27 000); +1: C03 27 000, C12 24 000, C08 20 000.
	if got := b.Order[:5]; !slices.Equal(got, []int32{5, 9, 2, 11, 7}) {
		t.Errorf("order %v, want C06 C10 C03 C12 C08 first", got)
	}
	if b.Cell[1][1] != 3 || b.Cell[4][2] != 1 || b.Status != explain.OK { // P1R1: C07, C09, C11
		t.Errorf("cells %v", b.Cell)
	}
}

// E3: Gini 0.410 sales, 0.312 potential, 0.335 effort; N_eff 7.56, 9.25, 8.85;
// alignment effort-potential 0.577, effort-margin 0.760.
func TestGoldenConcentration(t *testing.T) {
	g, p := demo.Golden(), potential.Defaults()
	sales := potential.Concentrate(g.Sales(), p, explain.NoSales)
	pot := potential.Concentrate(g.Potentials(), p, explain.NoPotential)
	effort := potential.Concentrate(g.Units(), p, explain.NoContact)
	near(t, "Gini of sales", sales.Gini, .410, .0005)
	near(t, "Gini of potential", pot.Gini, .312, .0005)
	near(t, "Gini of effort", effort.Gini, .335, .0005)
	near(t, "N_eff of sales", sales.NEff, 7.56, .005)
	near(t, "N_eff of potential", pot.NEff, 9.25, .005)
	near(t, "N_eff of effort", effort.NEff, 8.85, .005)
	near(t, "alignment effort-potential", potential.Align(g.Units(), g.Potentials(), explain.NoData).Value, .577, .0005)
	near(t, "alignment effort-margin", potential.Align(g.Units(), g.Margins(), explain.NoData).Value, .760, .0005)
	near(t, "top 2 of sales", sales.Top(2), .40, 1e-12) // 24 + 16 of 100
	if !p.Misaligned(potential.Align(g.Units(), g.Potentials(), explain.NoData)) {
		t.Error("0.577 is under 0.6: effort follows habit, not potential")
	}
	if !sales.Dangerous { // two clients in rank 1
		t.Error("two clients make the first quarter of the sales: dangerous")
	}
}

// E4 and Appendix A, column π, and the totals: portfolio 40.0 %, where the
// mean of rates would say 48.5 %.
func TestGoldenPenetration(t *testing.T) {
	g := demo.Golden()
	want := []float64{80, 80, 32.5, 83.3, 60, 20, 75, 20, 66.7, 10, 50, 4}
	var sum float64
	for i, c := range g.Clients {
		got := potential.Penetrate(c.Sales, c.Potential, true)
		sum += got.Rate
		near(t, "π of "+c.Code, 100*got.Rate, want[i], .05)
	}
	near(t, "mean of rates", sum/12, .485, .0005)
	all := potential.PenetrateAll(g.Sales(), g.Potentials(), nil)
	near(t, "portfolio π", all.Rate, .40, 1e-12)
	if all.Remaining != 150_000_00 || all.Known != 12 || all.Status != explain.OK {
		t.Errorf("portfolio %+v, want 150 000 € left to win", all)
	}
}

// E4: families 5 000/3 000/2 000, sales 4 000/0/500: breadth 0.70 × depth
// 0.643 = 45 %.
func TestBreadthTimesDepth(t *testing.T) {
	s := potential.BreadthDepth([]potential.Family{{5_000_00, 4_000_00}, {3_000_00, 0}, {2_000_00, 500_00}})
	near(t, "breadth", s.Breadth, .70, 1e-12)
	near(t, "depth", s.Depth, .643, .0005)
	near(t, "π", s.Rate, .45, 1e-12)
	near(t, "breadth × depth", s.Breadth*s.Depth, s.Rate, 1e-12)
	s = potential.BreadthDepth([]potential.Family{{5_000_00, 0}})
	if s.Breadth != 0 || s.Rate != 0 || s.DepthKnown || s.Reason != explain.NoSales {
		t.Errorf("no family bought: %+v, want breadth and π 0, depth unknown", s)
	}
	if s := potential.BreadthDepth(nil); s.Status != explain.NA || s.Reason != explain.NoPotential {
		t.Errorf("no family at all: %+v", s)
	}
}

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}
