package maturity_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
)

func close(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// C5: industry 90 000 € × 30 % × 0.6 = 16 200; trade 60 000 × 25 % × 0.4 =
// 6 000 → 73 % / 27 %.
func TestIndustryAndTradeShareTheEffort(t *testing.T) {
	s := maturity.SplitEffort([]maturity.Option{{90_000_00, .30, .6, true}, {60_000_00, .25, .4, true}}, maturity.Defaults())
	close(t, "worth of industry", s.Worth[0], 16_200_00, 1e-3)
	close(t, "worth of trade", s.Worth[1], 6_000_00, 1e-3)
	close(t, "share of industry", s.Share[0], .73, .005)
	close(t, "share of trade", s.Share[1], .27, .005)
	if v := s.Visits(100); !slices.Equal(v, []int{73, 27}) || s.Status != explain.OK {
		t.Errorf("visits %v %v, want 73 and 27", v, s.Status)
	}
}

func TestEffortSplitEdges(t *testing.T) {
	p := maturity.Defaults()
	for _, tt := range []struct {
		name    string
		options []maturity.Option
		want    []float64
		status  explain.Status
	}{
		{"no portfolio", nil, nil, explain.NA},
		{"one portfolio", []maturity.Option{{5, .3, 1, true}}, []float64{1}, explain.OK},
		// 96 : 4 → the second is raised to 10 %, the first keeps 90 %.
		{"the floor", []maturity.Option{{96_00, .5, 1, true}, {4_00, .5, 1, true}}, []float64{.9, .1}, explain.OK},
		// 90 : 9 : 1 of 100: two under the floor, raised one after the other; 80 left.
		{"the floor twice", []maturity.Option{{90_00, 1, 1, true}, {9_00, 1, 1, true}, {1_00, 1, 1, true}}, []float64{.8, .1, .1}, explain.OK},
		{"nothing to win anywhere", []maturity.Option{{0, .3, 1, true}, {-5, .3, 1, true}}, []float64{.5, .5}, explain.Weak},
		{"a reverse elasticity counts zero", []maturity.Option{{100, .3, -1, true}, {100, .3, 1, true}}, []float64{.1, .9}, explain.OK},
		// Unknown takes the mean of the others, 0.5: equal worth.
		{"an elasticity that cannot be read", []maturity.Option{{100, .3, .5, true}, {100, .3, 9, false}}, []float64{.5, .5}, explain.Weak},
	} {
		s := maturity.SplitEffort(tt.options, p)
		if s.Status != tt.status || len(s.Share) != len(tt.want) {
			t.Errorf("%s: %v %v", tt.name, s.Share, s.Mark)
			continue
		}
		for k, w := range tt.want {
			close(t, tt.name, s.Share[k], w, 1e-12)
		}
	}
	p.MultiFloor = 50 // 3 × 50 % is more than all: equal
	for _, x := range maturity.SplitEffort([]maturity.Option{{9, 1, 1, true}, {1, 1, 1, true}, {1, 1, 1, true}}, p).Share {
		close(t, "a floor too high", x, 1./3, 1e-12)
	}
	m := maturity.ManualSplit([]float64{60, 30, -5, 10})
	if !slices.Equal(m.Share, []float64{.6, .3, 0, .1}) || !slices.Equal(m.Visits(10), []int{6, 3, 0, 1}) {
		t.Errorf("by hand %v", m.Share)
	}
	if m := maturity.ManualSplit([]float64{0, math.NaN()}); m.Has() || len(m.Visits(5)) != 0 {
		t.Errorf("nothing by hand: %+v", m)
	}
}

// The golden dataset beside itself without its first client: Appendix A,
// totals MB 27 880, MCN 7 580, units 203, C/M 0.684.
func TestPortfoliosAreCompared(t *testing.T) {
	g := demo.Golden()
	net := []money.Cents{2_280_00, 1_500_00, 2_300_00, 600_00, 1_400_00, 1_650_00, -2_000_00, 900_00, -300_00, 550_00, -1_200_00, -100_00} // Appendix A
	all := maturity.PortfolioInput{Phases: goldenPhases(), Sales: g.Sales(), Margin: g.Margins(), Net: net, Units: g.Units()}
	rest := maturity.PortfolioInput{Phases: all.Phases[1:], Sales: all.Sales[1:]}
	l := maturity.Compare([]maturity.PortfolioInput{all, rest, {}}, maturity.Defaults())
	if l[0].Clients != 12 || l[0].Sales != 100_000_00 || l[0].Margin != 27_880_00 || l[0].Net != 7_580_00 || l[0].Curve.Shape != maturity.Bell {
		t.Errorf("golden line %+v", l[0])
	}
	close(t, "C/M", l[0].Effort.Ratio, .684, .0005)
	close(t, "net margin of a unit", l[0].PerUnit.Value, 7_580_00./203, 1e-6)
	if l[1].PerUnit.Reason != explain.NoData || l[1].Effort.Reason != explain.NoContact || l[1].Clients != 11 {
		t.Errorf("units unknown: %+v", l[1])
	}
	if l[2].Status != explain.NA || l[2].Reason != explain.NoData {
		t.Errorf("empty portfolio: %+v", l[2].Mark)
	}
}

func TestAnAccountOfSeveralPortfoliosCountsOnce(t *testing.T) {
	// 600 € of families of the first, 300 € of the second, 100.01 € of none: 2 to 1.
	got := maturity.SplitSales([]money.Cents{600_00, 300_00}, 100_01)
	if !slices.Equal(got, []money.Cents{666_67, 333_34}) {
		t.Errorf("sales %v, want 666.67 and 333.34", got)
	}
	u := maturity.SplitUnits([]float64{1, 0}, 3, []money.Cents{200, 100}) // 3 untold units, 2 to 1
	close(t, "units of the first", u[0], 3, 1e-12)
	close(t, "units of the second", u[1], 1, 1e-12)
	u = maturity.SplitUnits([]float64{0, 0}, 3, []money.Cents{0, -5})
	close(t, "without sales, half each", u[0], 1.5, 1e-12)
	rapid.Check(t, func(t *rapid.T) {
		own := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) money.Cents { return money.Cents(rapid.IntRange(-1e6, 1e9).Draw(t, "own")) }), 1, 5).Draw(t, "sales")
		loose := money.Cents(rapid.IntRange(-1e6, 1e9).Draw(t, "loose"))
		var want, have money.Cents
		for k, s := range maturity.SplitSales(own, loose) {
			have, want = have+s, want+own[k]
		}
		if have != want+loose {
			t.Fatalf("parts make %d of %d", have, want+loose)
		}
		var units float64
		for _, x := range maturity.SplitUnits(make([]float64, len(own)), 7, own) {
			units += x
		}
		if math.Abs(units-7) > 1e-9 {
			t.Fatalf("units %v of 7", units)
		}
	})
}

func FuzzSplitEffort(f *testing.F) {
	f.Add(int64(90_000_00), .3, .6, int64(60_000_00), .25, .4, 10.0)
	f.Add(int64(-1), -.3, 1e300, int64(1)<<62, 1e308, 1e308, 50.0)
	f.Fuzz(func(t *testing.T, a int64, ma, ea float64, b int64, mb, eb, floor float64) {
		p := maturity.Defaults()
		p.MultiFloor = math.Mod(math.Abs(floor), 50)
		if math.IsNaN(p.MultiFloor) {
			p.MultiFloor = 10
		}
		x, y := maturity.Option{money.Cents(a), ma, ea, true}, maturity.Option{money.Cents(b), mb, eb, true}
		s, r := maturity.SplitEffort([]maturity.Option{x, y, x}, p), maturity.SplitEffort([]maturity.Option{y, x, x}, p)
		if sum := s.Share[0] + s.Share[1] + s.Share[2]; math.Abs(sum-1) > 1e-9 {
			t.Fatalf("shares make %v", sum)
		}
		least := min(p.MultiFloor/100, 1./3)
		for _, v := range s.Share {
			if !(v >= least-1e-9) {
				t.Fatalf("share %v under the floor %v", v, least)
			}
		}
		if s.Share[1] != r.Share[0] {
			t.Fatalf("the order matters: %v and %v", s.Share, r.Share)
		}
	})
}
