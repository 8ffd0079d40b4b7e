package query_test

import (
	"testing"

	"sillon/engine/money"
	"sillon/engine/query"
)

// Method, Appendix A and the examples of D1 to D3.
func TestTheWeightTabOfTheGoldenDataset(t *testing.T) {
	s, _ := goldenBook()
	a := s.Analysis(scope)
	v := a.WeightView(query.WeightAsk{})
	p := v.Pareto
	if p.Cut != [2]int{7, 10} || p.Total != 100_000_00 || codes(a, p.Class[2]) != "C11 C12 " {
		t.Errorf("cuts %v of %d, C is %s; want 7, 10, C11 C12", p.Cut, p.Total, codes(a, p.Class[2]))
	}
	near(t, "share of A", p.Made[0], .85, 1e-6)
	if got := [4]int{len(v.Floors.Floor[0].Who), len(v.Floors.Floor[1].Who), len(v.Floors.Floor[2].Who), len(v.Floors.Floor[3].Who)}; got != [4]int{2, 1, 3, 6} || !v.Floors.Fragile {
		t.Errorf("floors %v, want 2/1/3/6, fragile", got)
	}
	if f := v.Floors.Floor[0]; f.Low != 16_000_00 || f.High != 24_000_00 {
		t.Errorf("the top floor goes from %d to %d", f.Low, f.High)
	}
	near(t, "N_eff", v.Floors.NEff.Value, 7.56, .005)
	want := map[string]money.Cents{"C03": 3_000_00, "C04": 3_000_00, "C06": 6_000_00, "C07": 1_000_00}
	for _, c := range v.Climbs {
		if w, ok := want[a.Codes[c.Client]]; ok && c.Cost != w {
			t.Errorf("%s climbs for %d, want %d", a.Codes[c.Client], c.Cost, w)
		}
		if c.Possible != (c.Cost <= c.Left) {
			t.Errorf("%s: %+v", a.Codes[c.Client], c)
		}
	}
	for k, cell := range map[[2]int]string{{0, 0}: "C01 C02 C03 C06 ", {0, 1}: "C04 C05 C07 ", {1, 0}: "C08 C10 ", {2, 0}: "C12 ", {1, 2}: "C09 ", {2, 2}: "C11 "} {
		if got := codes(a, v.Crossed[k[0]][k[1]].Who); got != cell {
			t.Errorf("cell %v holds %s, want %s", k, got, cell)
		}
	}
	if v.Crossed[0][0].Segment != "core-develop" || v.Crossed[2][0].Segment != "develop" || v.Crossed[2][2].Segment != "economy" {
		t.Error("segments")
	}
	// cuts moved by hand: half of the sales
	if c := a.CutWeight(query.WeightAsk{Cuts: [2]float64{50, 90}}); c.Cut[0] != 3 {
		t.Errorf("cut at 50 %%: %v", c.Cut)
	}
	if c := a.CutWeight(query.WeightAsk{Cuts: [2]float64{20, 50}, Heads: true}); c.Cut != [2]int{2, 6} && c.Cut != [2]int{3, 6} {
		t.Errorf("cut at 20 and 50 %% of the clients: %v", c.Cut)
	}
}

func TestWeightsAddUp(t *testing.T) {
	a := story(500).Analysis(scope)
	for _, ask := range []query.WeightAsk{{}, {By: "margin"}, {By: "units"}, {By: "potential"}, {Family: a.Products[0].Code}, {Before: true}} {
		v := a.WeightView(ask)
		p := v.Pareto
		n := len(p.None)
		for k := range p.Class {
			n += len(p.Class[k])
		}
		if n != a.Len() {
			t.Errorf("%+v: classes hold %d of %d clients", ask, n, a.Len())
		}
		if last := p.Share[len(p.Share)-1]; last != 1 {
			t.Errorf("%+v: the curve ends at %v", ask, last)
		}
		if n := len(v.Floors.Below) + len(v.Floors.Floor[0].Who) + len(v.Floors.Floor[1].Who) + len(v.Floors.Floor[2].Who) + len(v.Floors.Floor[3].Who); n != a.Len() {
			t.Errorf("%+v: floors hold %d", ask, n)
		}
		n = 0
		for r := range v.Crossed {
			for c := range v.Crossed[r] {
				n += len(v.Crossed[r][c].Who)
			}
		}
		if n != a.Len() {
			t.Errorf("the crossed ABC holds %d", n)
		}
		if len(v.Lamps) < 5 || v.Possible > v.Asked {
			t.Errorf("%d lamps, %d of %d climbs", len(v.Lamps), v.Possible, v.Asked)
		}
	}
}
