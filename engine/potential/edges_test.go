package potential_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/potential"
	"sillon/engine/weight"
)

func TestPenetrationEdges(t *testing.T) {
	for _, tt := range []struct {
		name             string
		sales, potential money.Cents
		known            bool
		rate             float64
		left             money.Cents
		status           explain.Status
		reason           explain.Reason
	}{
		{"a prospect is at nothing", 0, 100, true, 0, 100, explain.OK, explain.None},
		{"potential missing", 50, 0, false, 0, 0, explain.NA, explain.NoPotential},
		{"potential known to be nothing", 50, 0, true, 0, 0, explain.NA, explain.NoPotential},
		{"sales above potential: the potential is wrong", 120, 100, true, 1.2, 0, explain.Weak, explain.None},
		{"net returns", -30, 100, true, 0, 100, explain.Weak, explain.Negative},
	} {
		p := potential.Penetrate(tt.sales, tt.potential, tt.known)
		if p.Rate != tt.rate || p.Remaining != tt.left || p.Status != tt.status || p.Reason != tt.reason {
			t.Errorf("%s: %+v", tt.name, p)
		}
	}
	p := potential.PenetrateAll([]money.Cents{50, 99}, []money.Cents{100, 0}, []bool{true, false})
	if p.Rate != .5 || p.Known != 1 || p.Of != 2 || p.Status != explain.Weak { // 99 has no potential: out above and below
		t.Errorf("one potential of two known: %+v, want 50 %%, weak", p)
	}
	if p := potential.PenetrateAll([]money.Cents{50}, []money.Cents{0}, []bool{false}); p.Reason != explain.NoPotential {
		t.Errorf("potential missing for all: %v, want NO_POTENTIAL", p.Reason)
	}
	if p := potential.PenetrateAll(nil, nil, nil); p.Reason != explain.NoData {
		t.Errorf("empty portfolio: %v, want NO_DATA", p.Reason)
	}
}

func TestConcentrationEdges(t *testing.T) {
	par := potential.Defaults()
	for _, tt := range []struct {
		name   string
		x      []money.Cents
		gini   float64
		hhi    float64
		status explain.Status
		reason explain.Reason
	}{
		{"empty portfolio", nil, 0, 0, explain.NA, explain.NoData},
		{"one client", []money.Cents{5}, 0, 0, explain.NA, explain.FewClients},
		{"nothing sold", []money.Cents{0, 0, 0, 0}, 0, 0, explain.NA, explain.NoSales},
		{"returns outweigh the sales", []money.Cents{0, 0, -4, 0}, 0, 0, explain.NA, explain.Negative},    // §0.3, as D1
		{"equal clients", []money.Cents{5, 5, 5, 5}, 0, .25, explain.OK, explain.None},                    // 4 × 0.25²
		{"one client is everything", []money.Cents{0, 0, 0, 9}, .75, 1, explain.OK, explain.None},         // (n−1)/n
		{"two clients, three to one", []money.Cents{75, 25}, .25, .625, explain.Weak, explain.FewClients}, // .5625 + .0625
	} {
		c := potential.Concentrate(tt.x, par, explain.NoSales)
		if math.Abs(c.Gini-tt.gini) > 1e-12 || math.Abs(c.HHI-tt.hhi) > 1e-12 || c.Status != tt.status || c.Reason != tt.reason {
			t.Errorf("%s: Gini %v HHI %v %v %v", tt.name, c.Gini, c.HHI, c.Status, c.Reason)
		}
	}
	if c := potential.Concentrate([]float64{1, math.NaN(), math.Inf(1)}, par, explain.NoData); c.Has() {
		t.Errorf("an infinite amount has a concentration: %+v", c)
	}
	if r := potential.Align([]float64{1, 2}, []float64{0, 0}, explain.NoPotential); r.Reason != explain.NoPotential {
		t.Errorf("alignment without potential: %v", r.Reason)
	}
	if r := potential.Align([]float64{1, 2}, []float64{1}, explain.NoData); r.Has() {
		t.Error("two columns of different lengths were aligned")
	}
}

func TestLevelsAndBoardWithoutPotential(t *testing.T) {
	par := potential.Defaults()
	l := potential.Rank(potential.LevelsInput{Potential: make([]money.Cents, 4), Known: make([]bool, 4)}, par)
	if l.Status != explain.NA || l.Reason != explain.NoPotential || l.P[0] != 0 {
		t.Errorf("potential missing for all: %v %v levels %v", l.Status, l.Reason, l.P)
	}
	b := potential.PR(potential.PRInput{P: l.P, R: []uint8{4, 0, 1, 2}}, par)
	if b.Status != explain.NA || b.Known[0] || len(b.Order) != 0 || b.Cell[0][4] != 1 {
		t.Errorf("board without potential: %+v", b)
	}
	if b := potential.PR(potential.PRInput{}, par); b.Reason != explain.NoData {
		t.Errorf("empty board: %v", b.Reason)
	}
	l = potential.Rank(potential.LevelsInput{Potential: []money.Cents{9, 0, 8, 7}, Known: []bool{true, true, false, true}, Confidence: []float64{.3, 1, .1, .4}}, par)
	if l.P[1] != 1 || l.P[2] != 0 || !l.Dotted[0] || l.Dotted[2] || l.Dotted[3] {
		t.Errorf("levels %v dotted %v: a known zero is P1, an unknown P0; under 0.4 dotted", l.P, l.Dotted)
	}
}

func TestAScaleMayBeShownUpsideDown(t *testing.T) {
	p := potential.Defaults()
	if p.Shown(4) != 4 {
		t.Error("4 is the top by default")
	}
	p.OneIsTop = true
	if p.Shown(4) != 1 || p.Shown(1) != 4 || p.Shown(0) != 0 {
		t.Error("with 1 as the top, 4 shows as 1, and unknown stays unknown")
	}
}

// The whole table of E5.
func TestEveryCellHasItsStrategy(t *testing.T) {
	want := map[uint8][5]potential.Strategy{ // by P, R 0 to 4
		1: {potential.Accompany, potential.Economise, potential.LightAndAsk, potential.StepBackGently, potential.CheckPotential},
		2: {potential.Probe, potential.Accompany, potential.MaintainLight, potential.LightAndAsk, potential.CheckPotential},
		3: {potential.Conquer, potential.Conquer, potential.Develop, potential.Maintain, potential.Lock},
		4: {potential.Conquer, potential.Conquer, potential.Conquer, potential.Develop, potential.ProtectTop},
	}
	for p, row := range want {
		for r, s := range row {
			if got := potential.StrategyOf(p, uint8(r)); got != s {
				t.Errorf("P%dR%d: strategy %d, want %d", p, r, got, s)
			}
		}
	}
	if potential.StrategyOf(0, 3) != 0 {
		t.Error("no potential, no strategy")
	}
}

func TestFineIndicatorAndProvisionalClients(t *testing.T) {
	p := potential.Defaults()
	p.Fine = true
	b := potential.PR(potential.PRInput{P: []uint8{4}, R: []uint8{1}, PShare: []float64{1}, RShare: []float64{.25}, Starting: []bool{true}}, p)
	if b.Fine[0] != 3 || !b.Provisional[0] || b.HasDelta[0] || b.Status != explain.Weak { // 4·(1 − 0.25)
		t.Errorf("board %+v, want PRfine 3, provisional, no movement known, weak", b)
	}
}

func TestConcentrationsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(0, 1e6), 2, 40).Draw(t, "amounts")
		y := rapid.SliceOfN(rapid.Float64Range(0, 1e6), len(x), len(x)).Draw(t, "others")
		p := potential.Defaults()
		c := potential.Concentrate(x, p, explain.NoData)
		d := potential.Concentrate(rapid.Permutation(x).Draw(t, "order"), p, explain.NoData)
		if c.Gini != d.Gini || c.HHI != d.HHI {
			t.Fatal("the order of the clients matters")
		}
		if !c.Has() {
			return
		}
		n := float64(len(x))
		if c.Gini < 0 || c.Gini > 1-1/n+1e-9 || c.HHI < 1/n-1e-9 || c.HHI > 1 || c.NEff < 1 || c.Top1 > 1 {
			t.Fatalf("out of bounds: %+v", c)
		}
		a, b := potential.Align(x, y, explain.NoData), potential.Align(y, x, explain.NoData)
		if a.Value != b.Value || a.Value < 0 || a.Value > 1 {
			t.Fatalf("alignment %v and %v", a.Value, b.Value)
		}
		if s := potential.Align(x, x, explain.NoData); s.Has() && s.Value != 1 {
			t.Fatalf("aligned with itself: %v", s.Value)
		}
	})
}

func TestMoreResultsNeverRaisePR(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, r := uint8(rapid.IntRange(1, 4).Draw(t, "P")), uint8(rapid.IntRange(0, 3).Draw(t, "R"))
		par := potential.Defaults()
		b := potential.PR(potential.PRInput{P: []uint8{p, p}, R: []uint8{r, r + 1}}, par)
		if b.PR[1] >= b.PR[0] || b.Key[1] > b.Key[0] || b.Key[1] < par.KeyFloor {
			t.Fatalf("P%d: R%d gives %d and key %v, R%d %d and %v", p, r, b.PR[0], b.Key[0], r+1, b.PR[1], b.Key[1])
		}
	})
}

func FuzzPotential(f *testing.F) {
	f.Add(int64(24), int64(30), int64(-1), int64(1)<<62)
	f.Fuzz(func(t *testing.T, a, b, c, d int64) {
		x := []money.Cents{money.Cents(a), money.Cents(b)}
		y := []money.Cents{money.Cents(c), money.Cents(d)}
		p := potential.PenetrateAll(x, y, nil)
		k := potential.Concentrate(x, potential.Defaults(), explain.NoData)
		s := potential.BreadthDepth([]potential.Family{{x[0], x[1]}, {y[0], y[1]}})
		for _, v := range []float64{p.Rate, k.Gini, k.HHI, k.NEff, k.Top1, s.Breadth, s.Depth, s.Rate, potential.Align(x, y, explain.NoData).Value} {
			if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
				t.Fatalf("a rate is %v", v)
			}
		}
		if p.Remaining < 0 {
			t.Fatalf("%d left to win", p.Remaining)
		}
	})
}

func BenchmarkPotential(b *testing.B) {
	for _, n := range []int{5_000, 10_000} {
		rng := rand.New(rand.NewPCG(3, 4))
		sales, pots, codes, units := make([]money.Cents, n), make([]money.Cents, n), make([]string, n), make([]float64, n)
		for i := range n {
			sales[i], pots[i], codes[i] = money.Cents(rng.IntN(1e7)), money.Cents(rng.IntN(2e7)), fmt.Sprintf("C%05d", i)
			units[i] = float64(rng.IntN(40))
		}
		p := potential.Defaults()
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				l := potential.Rank(potential.LevelsInput{Potential: pots, Sales: sales, Codes: codes}, p)
				r := weight.RLevels(weight.Input{Values: sales, Codes: codes}, p.Weight)
				potential.PR(potential.PRInput{P: l.P, R: r.Level, Codes: codes}, p)
				potential.Concentrate(pots, p, explain.NoPotential)
				potential.Align(units, pots, explain.NoContact)
			}
		})
	}
}
