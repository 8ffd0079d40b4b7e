package query_test

import (
	"testing"

	"sillon/engine/money"
	"sillon/engine/potential"
	"sillon/engine/query"
)

// Method, Appendix A and the examples of E2 to E5.
func TestThePotentialTabOfTheGoldenDataset(t *testing.T) {
	s, _ := goldenBook()
	a := s.Analysis(scope)
	v := a.PotentialView(query.PotentialAsk{})
	near(t, "alignment", v.Alignment.Value, .577, .0005)
	near(t, "alignment with margin", v.Margin.Value, .760, .0005)
	if !v.Habit {
		t.Error("0.577 is under 0.6: effort follows habit")
	}
	for k, want := range []struct{ gini, neff float64 }{{.312, 9.25}, {.410, 7.56}, {.335, 8.85}} {
		near(t, v.Lorenz[k].Key+" Gini", v.Lorenz[k].Gini.Value, want.gini, .0005)
		near(t, v.Lorenz[k].Key+" N_eff", v.Lorenz[k].NEff.Value, want.neff, .005)
	}
	near(t, "penetration", v.Pen.Value, .400, .0005)
	near(t, "left", v.Left.Value, 150_000_00, 0)
	for cell, want := range map[[2]int]string{{4, 2}: "C06 ", {4, 3}: "C03 ", {3, 4}: "C01 ", {3, 1}: "C10 ", {2, 4}: "C02 ", {2, 1}: "C08 C12 ", {1, 2}: "C04 C05 ", {1, 1}: "C07 C09 C11 "} {
		if got := codes(a, v.Board[cell[0]][cell[1]].Who); got != want {
			t.Errorf("P%dR%d holds %s, want %s", cell[0], cell[1], got, want)
		}
	}
	if got := codes(a, v.Hot); got != "C03 C06 C10 " {
		t.Errorf("to win or develop: %s", got)
	}
	if got := codes(a, v.Strategy[potential.Conquer]); got != "C06 C10 " {
		t.Errorf("to conquer: %s", got)
	}
	if len(v.Sources) != 1 || v.Sources[0].Method != 1 || v.Sources[0].Quality != .9 || len(v.Sources[0].Fresh) != 12 || len(v.Unknown)+len(v.Unsure)+len(v.Over) != 0 {
		t.Errorf("sources %+v, unknown %v, unsure %v, over %v", v.Sources, v.Unknown, v.Unsure, v.Over)
	}
	if v.Breadth.Mark.Has() || len(v.Ask) != 0 {
		t.Errorf("no potential by family, and breadth %+v; ask %+v", v.Breadth, v.Ask)
	}
}

func TestThePotentialTabAddsUp(t *testing.T) {
	a := story(500).Analysis(scope)
	v := a.PotentialView(query.PotentialAsk{})
	var sales, left money.Cents
	n := 0
	for p := range v.Board {
		for r := range v.Board[p] {
			c := &v.Board[p][r]
			n, sales, left = n+len(c.Who), sales+c.Sales, left+c.Left
		}
	}
	want := money.Cents(0)
	for _, x := range a.Sales {
		want += x
	}
	if n != a.Len() || sales != want {
		t.Errorf("the board holds %d clients and %d, the portfolio %d and %d", n, sales, a.Len(), want)
	}
	n = 0
	for _, s := range v.Strategy {
		n += len(s)
	}
	if n != a.Len() {
		t.Errorf("strategies hold %d", n)
	}
	n = len(v.Unknown)
	for _, s := range v.Sources {
		n += len(s.Fresh) + len(s.Year) + len(s.Old)
	}
	if n != a.Len() {
		t.Errorf("sources hold %d of %d", n, a.Len())
	}
	for _, l := range v.Lorenz {
		if len(l.X) == 0 || l.X[0] != 0 || l.Y[0] != 0 || l.X[len(l.X)-1] != 1 || l.Y[len(l.Y)-1] != 1 {
			t.Errorf("%s: from %v to %v", l.Key, l.Y[0], l.Y[len(l.Y)-1])
		}
		for k := 1; k < len(l.X); k++ {
			if l.Y[k] < l.Y[k-1] || l.Y[k] < l.X[k]-1e-6 {
				t.Fatalf("%s: the largest clients first, and %v at %v", l.Key, l.Y[k], l.X[k])
			}
		}
	}
	if len(v.Ask) == 0 {
		t.Error("nobody to ask")
	}
	for k, x := range v.Ask {
		if x.Low >= x.High || x.Visits < 0 || k > 0 && x.Visits > v.Ask[k-1].Visits {
			t.Errorf("ask %+v", x)
		}
	}
	if got := a.PotentialView(query.PotentialAsk{}).Pen.Value; got != v.Pen.Value {
		t.Error("not the same twice")
	}
}
