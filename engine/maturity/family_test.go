package maturity_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
)

// bought is a year of sales of a family: so many years ago, so many euros.
func bought(family int32, yearsAgo int, euros money.Cents) maturity.FamilySale {
	var p calendar.Periods
	w := p.Back(asOf, yearsAgo)
	return maturity.FamilySale{Family: family, Line: maturity.Line{From: w.From, To: w.To, Net: euros * 100}}
}

// alpha is C01 of the golden dataset by family, as the example of C4 tells it.
func alpha() []maturity.FamilySale {
	return []maturity.FamilySale{
		bought(0, 0, 15_000), bought(0, 1, 16_000), bought(1, 0, 4_500), bought(1, 1, 6_000), bought(2, 0, 4_500),
	}
}

// C4: C01 is C by its total, but F2 fell by 25 % and makes 18.8 % of its
// sales: V, hidden erosion. Index (15 000·3 + 4 500·4 + 4 500·1) ÷ 24 000 =
// 2.81. F4 is blank, and bought by 4 of 6 peers: an opening.
func TestFamiliesOfAlpha(t *testing.T) {
	in := maturity.FamilyInput{Families: make([]maturity.FamilySpec, 4), Sales: [][]maturity.FamilySale{alpha()}, Phase: phases("CMMMMMM"), Group: []uint8{3, 3, 3, 3, 3, 3, 3}}
	for k := range 6 {
		var s []maturity.FamilySale
		if k < 4 {
			s = append(s, bought(3, 0, 100), bought(3, 1, 100))
		}
		in.Sales = append(in.Sales, append(s, bought(0, 0, 50), bought(0, 1, 50)))
	}
	f := maturity.ReadFamilies(in, asOf, maturity.Defaults())
	got := ""
	for c := range f.Columns {
		ph, _ := f.Of(0, c)
		got += ph.String()
	}
	if got != "MVD??" { // F1 M, F2 V, F3 D, F4 and "other" blank
		t.Errorf("families of C01 %q, want MVD??", got)
	}
	if math.Abs(f.Index[0]-2.8125) > 1e-12 || !f.Erosion[0] || !f.Erodes(0, 1) || f.Erodes(0, 0) || f.Ageing[0] != 1 {
		t.Errorf("index %v erosion %v, want 2.81 and hidden erosion by F2", f.Index[0], f.Erosion[0])
	}
	if want := []maturity.Opening{{Client: 0, Family: 3, Buyers: 4, Peers: 6}}; !slices.Equal(f.OpeningsOf(0), want) {
		t.Errorf("openings %+v, want F4 at 4 of 6", f.OpeningsOf(0))
	}
	// A peer without F4 has the same four buyers among its six others.
	if o := f.OpeningsOf(6); len(o) != 1 || o[0].Buyers != 4 || o[0].Peers != 6 {
		t.Errorf("openings of the last peer %+v", o)
	}
	if v := f.Why(0, 1); v.Phase != maturity.Ageing || math.Abs(v.G+.25) > 1e-12 || len(v.Steps) == 0 {
		t.Errorf("F2 at C01: %v at %v, want V at −25 %%", v.Phase, v.G)
	}
	if r := f.Result(0, []string{"F1", "F2", "F3", "F4", "Autres"}); r.Value != f.Index[0] || r.Steps[0].Text != "F1" || r.Status != explain.OK {
		t.Errorf("result %+v", r)
	}
	// F1 is bought by all seven: M everywhere.
	if c := f.Curve[0]; c.Weight != [4]float64{0, 0, 7, 0} || c.Status != explain.Weak {
		t.Errorf("curve of F1 %v %v, want seven in M, weak under eight", c.Weight, c.Status)
	}
}

func TestFamilyEdges(t *testing.T) {
	p := maturity.Defaults()
	one := func(spec maturity.FamilySpec, phase string, sales ...maturity.FamilySale) maturity.Families {
		return maturity.ReadFamilies(maturity.FamilyInput{Families: []maturity.FamilySpec{spec}, Sales: [][]maturity.FamilySale{sales}, Phase: phases(phase)}, asOf, p)
	}
	is := func(name string, f maturity.Families, want maturity.Phase, erosion bool, ageing uint16) {
		t.Helper()
		if f.Phase[0] != want || f.Erosion[0] != erosion || f.Ageing[0] != ageing {
			t.Errorf("%s: %v erosion %v, %d in V; want %v %v %d", name, f.Phase[0], f.Erosion[0], f.Ageing[0], want, erosion, ageing)
		}
	}
	fell := []maturity.FamilySale{bought(0, 0, 50), bought(0, 1, 100)}
	is("a family that fell", one(maturity.FamilySpec{}, "M", fell...), maturity.Ageing, true, 1)
	is("the client is already in V: nothing is hidden", one(maturity.FamilySpec{}, "V", fell...), maturity.Ageing, false, 1)
	is("launched under a year ago: all D", one(maturity.FamilySpec{Launched: asOf.AddMonths(-11)}, "M", fell...), maturity.Start, false, 0)
	is("launched a year ago", one(maturity.FamilySpec{Launched: asOf.AddMonths(-12)}, "M", fell...), maturity.Ageing, true, 1)
	is("at its end of life: out of the count", one(maturity.FamilySpec{Ends: asOf}, "M", fell...), maturity.Ageing, false, 0)
	is("ends tomorrow", one(maturity.FamilySpec{Ends: asOf + 1}, "M", fell...), maturity.Ageing, true, 1)
	is("never bought", one(maturity.FamilySpec{}, "M"), 0, false, 0)

	// Without a family: the last column, in the index and in no flag.
	f := one(maturity.FamilySpec{}, "M", bought(-1, 0, 50), bought(7, 1, 100))
	if ph, net := f.Of(0, -1); ph != maturity.Ageing || net != 50_00 || f.Erosion[0] || f.Ageing[0] != 0 || f.Index[0] != 4 {
		t.Errorf("sales without a family: %v %d, erosion %v, index %v; want V, 50 €, no flag, 4", ph, net, f.Erosion[0], f.Index[0])
	}
	// No sales in N: no index.
	f = one(maturity.FamilySpec{}, "V", bought(0, 1, 100))
	if r := f.Result(0, nil); f.Index[0] != 0 || r.Status != explain.NA || r.Reason != explain.NoSales {
		t.Errorf("no sales: index %v %v", f.Index[0], r.Mark)
	}
	// Exactly 10 % of the sales is flagged, a cent less is not.
	share := func(cents money.Cents) bool {
		a, b := bought(0, 0, 0), bought(0, 1, 0)
		a.Net, b.Net = cents, 5_000_00
		return one(maturity.FamilySpec{}, "C", a, b, bought(-1, 0, 9_000)).Erosion[0]
	}
	if !share(1_000_00) || share(999_99) {
		t.Error("1 000 € of 10 000 € is 10 %: flagged, and a cent less is not")
	}
	// A family bought every two years is read over two years: 100 then 100, M
	// and not « V, nothing this year ».
	two := []maturity.FamilySale{{Line: maturity.Line{From: asOf.AddMonths(-20), Net: 100_00}}, {Line: maturity.Line{From: asOf.AddMonths(-44), Net: 100_00}}}
	f = one(maturity.FamilySpec{CycleMonths: 24}, "M", two...)
	is("a purchase cycle of two years", f, maturity.Mature, false, 0)
	if _, net := f.Of(0, 0); net != 0 || f.Index[0] != 0 { // shares and index stay on the window of twelve months
		t.Errorf("sales of N %d, want none", net)
	}
	// With 36 months of lines two cycles are not held: the window, and weak.
	f = maturity.ReadFamilies(maturity.FamilyInput{Families: []maturity.FamilySpec{{CycleMonths: 24}}, Sales: [][]maturity.FamilySale{{{Line: maturity.Line{From: asOf - 9, Net: 5}}}}, Phase: phases("D"), Since: asOf.AddMonths(-36)}, asOf, p)
	if f.Curve[0].Status != explain.Weak || f.Curve[0].Reason != explain.FewPeriods || f.Phase[0] != maturity.Start {
		t.Errorf("two cycles are not held: %v", f.Curve[0].Mark)
	}
	if f := maturity.ReadFamilies(maturity.FamilyInput{}, asOf, p); f.Status != explain.NA || f.Reason != explain.NoData {
		t.Errorf("empty portfolio: %v", f.Mark)
	}
}

func TestOpeningsAreShownByPeersOfTheSameType(t *testing.T) {
	// Five clients: four of type 1, one of type 2 and one of no type.
	in := maturity.FamilyInput{Families: make([]maturity.FamilySpec, 3), Group: []uint8{1, 1, 1, 1, 2, 0}, Phase: phases("MMMXMM")}
	in.Families[2].Ends = asOf
	both := []maturity.FamilySale{bought(0, 0, 9), bought(1, 0, 9), bought(2, 0, 9)}
	in.Sales = [][]maturity.FamilySale{nil, both, {bought(0, 0, 9)}, both, nil, nil}
	f := maturity.ReadFamilies(in, asOf, maturity.Defaults())
	// Client 0: peers 1 and 2 (3 is lost). F0 2 of 2, F1 1 of 2 = 50 %: too few.
	if want := []maturity.Opening{{Client: 0, Family: 0, Buyers: 2, Peers: 2, Thin: true}}; !slices.Equal(f.Openings, want) {
		t.Errorf("openings %+v, want %+v", f.Openings, want)
	}
	p := maturity.Defaults()
	p.CrossSellShare = 50
	f = maturity.ReadFamilies(in, asOf, p)
	if len(f.OpeningsOf(0)) != 2 || f.OpeningsOf(0)[0].Family != 0 || f.OpeningsOf(2)[0].Family != 1 || f.OpeningsOf(5) != nil && len(f.OpeningsOf(5)) > 0 {
		t.Errorf("openings at 50 %%: %+v", f.Openings)
	}
}

func TestFamiliesHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, m := rapid.IntRange(1, 6).Draw(t, "clients"), rapid.IntRange(0, 4).Draw(t, "families")
		in := maturity.FamilyInput{Families: make([]maturity.FamilySpec, m), Group: make([]uint8, n)}
		for c := range in.Families {
			in.Families[c] = maturity.FamilySpec{CycleMonths: rapid.IntRange(0, 30).Draw(t, "cycle"), Launched: asOf - calendar.Day(rapid.IntRange(0, 900).Draw(t, "launched")), Ends: asOf - calendar.Day(rapid.IntRange(-300, 100).Draw(t, "ends"))}
		}
		for i := range n {
			in.Group[i] = uint8(rapid.IntRange(0, 2).Draw(t, "type"))
			in.Phase = append(in.Phase, maturity.Phase(rapid.IntRange(1, 6).Draw(t, "phase")))
			var s []maturity.FamilySale
			for range rapid.IntRange(0, 12).Draw(t, "lines") {
				s = append(s, maturity.FamilySale{Family: int32(rapid.IntRange(-1, m).Draw(t, "family")), Line: maturity.Line{From: asOf - calendar.Day(rapid.IntRange(-30, 1200).Draw(t, "from")), Net: money.Cents(rapid.IntRange(-900, 9000).Draw(t, "net"))}})
			}
			in.Sales = append(in.Sales, s)
		}
		p := maturity.Defaults()
		f := maturity.ReadFamilies(in, asOf, p)
		for i := range n {
			var cells money.Cents
			for c := range f.Columns {
				cells += f.Net[i*f.Columns+c]
				if ph, _ := f.Of(i, c); ph == maturity.Prospect || ph > maturity.Lost {
					t.Fatalf("cell %d %d is %v", i, c, ph)
				} else if v := f.Why(i, c); ph != 0 && v.Phase != ph {
					t.Fatalf("cell %d %d is %v, read again %v", i, c, ph, v.Phase)
				}
			}
			var lines maturity.History
			for _, s := range in.Sales[i] {
				lines.Lines = append(lines.Lines, s.Line)
			}
			if v := maturity.Read(lines, asOf, p); v.SalesN != cells {
				t.Fatalf("client %d: families add up to %d, sales are %d", i, cells, v.SalesN)
			}
			if x := f.Index[i]; x != 0 && (x < 1 || x > 4) {
				t.Fatalf("index %v", x)
			}
		}
		shuffled := in
		shuffled.Sales = nil
		for _, s := range in.Sales {
			shuffled.Sales = append(shuffled.Sales, rapid.Permutation(s).Draw(t, "order"))
		}
		g := maturity.ReadFamilies(shuffled, asOf, p)
		if !slices.Equal(f.Phase, g.Phase) || !slices.Equal(f.Index, g.Index) || !slices.Equal(f.Openings, g.Openings) {
			t.Fatal("the order of the lines matters")
		}
	})
}

func BenchmarkFamilies(b *testing.B) {
	for _, n := range []int{5_000, 10_000} {
		rng := rand.New(rand.NewPCG(7, 8))
		in := maturity.FamilyInput{Families: make([]maturity.FamilySpec, 12), Phase: make([]maturity.Phase, n), Group: make([]uint8, n)}
		for i := range n {
			in.Phase[i], in.Group[i] = maturity.Phase(2+rng.IntN(4)), uint8(1+rng.IntN(6))
			var s []maturity.FamilySale
			for range 36 {
				s = append(s, maturity.FamilySale{Family: int32(rng.IntN(5)), Line: maturity.Line{From: asOf - calendar.Day(rng.IntN(1095)), Net: money.Cents(rng.IntN(1e6))}})
			}
			in.Sales = append(in.Sales, s)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				maturity.ReadFamilies(in, asOf, maturity.Defaults())
			}
		})
	}
}

// The lines of each family side by side say what the same lines in any order
// do.
func TestLinesByFamilyAreTheSameMatrix(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 1))
	in := maturity.FamilyInput{Families: make([]maturity.FamilySpec, 3), Since: asOf - 1000}
	in.Families[1].CycleMonths = 18
	for range 40 {
		var lines []maturity.FamilySale
		by := make([]maturity.FamilyLines, 4)
		for k := range by {
			by[k].Family = int32(k) - 1
			for range rng.IntN(9) {
				l := maturity.Line{From: asOf - calendar.Day(rng.IntN(1000)), Net: money.Cents(rng.IntN(900_00) - 100_00)}
				by[k].Lines = append(by[k].Lines, l)
				lines = append(lines, maturity.FamilySale{Family: by[k].Family, Line: l})
			}
		}
		rng.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		in.Sales, in.Grouped = append(in.Sales, lines), append(in.Grouped, by)
		in.Phase, in.Group = append(in.Phase, maturity.Mature), append(in.Group, uint8(1+rng.IntN(2)))
	}
	p := maturity.Defaults()
	grouped := in
	in.Grouped, grouped.Sales = nil, nil
	a, b := maturity.ReadFamilies(in, asOf, p), maturity.ReadFamilies(grouped, asOf, p)
	if !slices.Equal(a.Phase, b.Phase) || !slices.Equal(a.Net, b.Net) || !slices.Equal(a.Openings, b.Openings) || !slices.Equal(a.Erosion, b.Erosion) || !slices.Equal(a.Index, b.Index) {
		t.Error("two matrices of the same lines")
	}
	for i := range in.Phase {
		for c := range a.Columns {
			if x, y := a.Why(i, c), b.Why(i, c); x.Phase != y.Phase || x.SalesN != y.SalesN || x.Age != y.Age {
				t.Errorf("client %d column %d: %v and %v", i, c, x, y)
			}
		}
	}
}
