package query_test

import (
	"slices"
	"testing"

	"sillon/engine/cbor"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// Method, E4: potentials 5 000, 3 000 and 2 000, sales 4 000, 0 and 500:
// breadth 0.70 × depth 0.643 = 45 %.
func TestBreadthAndDepthOfThreeFamilies(t *testing.T) {
	asOf := demo.Golden().AsOf
	d := newCard(1, portfolio.Account{Code: "F", Name: "F", Status: portfolio.Client, FirstOrder: asOf - 900})
	for f, x := range []struct{ worth, sales int64 }{{5_000_00, 4_000_00}, {3_000_00, 0}, {2_000_00, 500_00}} {
		code := "F" + string(rune('1'+f))
		d.add(portfolio.KindEstimate, portfolio.Estimate{Account: d.Root, Family: code, Amount: moneyOf(x.worth), Method: portfolio.Declared, Day: asOf})
		if x.sales > 0 {
			d.add(portfolio.KindSale, portfolio.Sale{Account: d.Root, Family: code, From: asOf - 30, Amount: moneyOf(x.sales)})
		}
	}
	misc := &draft{Bundle: query.Bundle{Scope: scope}, n: 200}
	for _, code := range []string{"F1", "F2", "F3"} {
		misc.add(portfolio.KindFamily, portfolio.Family{Code: code, Name: "Famille " + code})
	}
	s := load(asOf, append(miscRows(0), misc.Rows...), d.Bundle)
	s.Deepen(d.Bundle)
	a := s.Analysis(scope)
	v := a.PotentialView(query.PotentialAsk{})
	near(t, "breadth", v.Breadth.Value, .70, 1e-12)
	near(t, "depth", v.Depth.Value, .643, .0005)
	near(t, "penetration", v.Pen.Value, .45, 1e-12)
	if len(v.Families) != 3 || v.Families[0].Code != "F2" || len(v.Families[0].Buyers) != 0 || v.Families[0].Breadth != 0 {
		t.Errorf("families %+v", v.Families)
	}
	// of the first family alone: 4 000 of 5 000
	v = a.PotentialView(query.PotentialAsk{Family: "F1"})
	near(t, "penetration of F1", v.Pen.Value, .80, 1e-12)
	near(t, "breadth of F1", v.Breadth.Value, 1, 1e-12)
	if v.Ground.Family != "F1" || v.Board[4][4].Left != 1_000_00 || a.PotentialView(query.PotentialAsk{Family: "F9"}).Ground.Family != "" {
		t.Errorf("board of F1: %+v", v.Board[4][4])
	}
	for _, one := range []*query.Analysis{a, s.Alone(d.Bundle)} {
		x := one.SheetView(0)
		near(t, "breadth on the sheet", x.Pen.Breadth.Value, .70, 1e-12)
		near(t, "depth on the sheet", x.Pen.Depth, .643, .0005)
		if len(x.Families) != 3 || x.Families[0].Worth != 5_000_00 || slices.Contains(x.Collect, "potential-family") {
			t.Errorf("families on the sheet %+v, collect %v", x.Families, x.Collect)
		}
	}
}

// Whatever the order of the rows and of the cards, views are the same bytes.
func TestDeepViewsDoNotDependOnTheOrder(t *testing.T) {
	_, bundles := goldenBook()
	of := func(list []query.Bundle) []byte {
		s := load(demo.Golden().AsOf, miscRows(0), list...)
		s.Deepen(list...)
		var out []byte
		for _, v := range deepViews(s.Analysis(scope)) {
			b, err := cbor.Marshal(v.view)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, b...)
		}
		return out
	}
	want := of(bundles)
	back := slices.Clone(bundles)
	slices.Reverse(back)
	for i := range back {
		back[i].Rows = slices.Clone(back[i].Rows)
		slices.Reverse(back[i].Rows)
	}
	if string(of(back)) != string(want) {
		t.Error("the views are not those of the same rows in another order")
	}
}

// A sheet holds with the client alone, and with fitted models.
func TestSheetsAloneAndFitted(t *testing.T) {
	s := story(80)
	a := s.Analysis(scope)
	fits := query.Fit(a.Book, nil)
	s.SetFits(scope, &fits)
	a = s.Analysis(scope)
	curves := 0
	for i := range a.Len() {
		v := a.SheetView(i)
		walk(v, func(x float64) {
			if x-x != 0 {
				t.Fatalf("client %d: %v with models", i, x)
			}
		})
		curves += one(len(v.Flow.Curve) > 0)
		y, _ := a.WhyOf("departure", i)
		holds(t, "departure", y)
	}
	if curves == 0 {
		t.Error("no response curve on any sheet")
	}
	for _, b := range told2(80)[:20] {
		lone := s.Alone(b)
		if lone == nil {
			continue
		}
		for _, v := range deepViews(lone) {
			walk(v.view, func(x float64) {
				if x-x != 0 {
					t.Fatalf("%s alone: %v", v.name, x)
				}
			})
		}
		for _, topic := range query.Topics() {
			if y, ok := lone.WhyOf(topic, 0); ok {
				holds(t, "alone "+topic, y)
			}
		}
	}
}

// Whatever is asked, a view answers with numbers.
func FuzzDeepAsks(f *testing.F) {
	a := story(40).Analysis(scope)
	f.Add("units", "", 20., 50., true, 3, 0, "pr")
	f.Add("", a.Products[0].Code, -1., 1e300, false, -5, 99, "criterion.p")
	f.Add("potential", "nothing", 99.9, 100., false, 1<<40, 12, "devouring")
	f.Fuzz(func(t *testing.T, by, family string, x, y float64, heads bool, planned, months int, topic string) {
		views := []any{
			a.WeightView(query.WeightAsk{By: by, Family: family, Cuts: [2]float64{x, y}, Heads: heads, Before: planned%2 == 0}),
			a.CutWeight(query.WeightAsk{By: by, Cuts: [2]float64{x, y}, Heads: heads}),
			a.MaturityView(query.MaturityAsk{Family: family, Planned: planned, Months: min(months, 6)}),
		}
		w, _ := a.WhyOf(topic, planned)
		z, _ := a.WhyFigure(query.Figure{Topic: topic, Value: x})
		for _, v := range append(views, w, z) {
			walk(v, func(x float64) {
				if x-x != 0 {
					t.Fatalf("%v in %T", x, v)
				}
			})
		}
	})
}

func moneyOf(cents int64) money.Cents { return money.Cents(cents) }

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// told2 are the bundles of story.
func told2(n int) (out []query.Bundle) {
	for _, c := range demo.Cards(7, n, demo.Golden().AsOf) {
		out = append(out, query.Bundle{Root: c.ID, Scope: scope, Rows: c.Rows(scope, journal.Mark{}, user)})
	}
	return out
}

// What a person decided is in force, and the computed value stands beside it
// with the author, the reason and the end.
func TestWhySaysWhoDecided(t *testing.T) {
	asOf := demo.Golden().AsOf
	_, bundles := goldenBook()
	d := &draft{Bundle: bundles[0], n: 900}
	boss := id("boss", 1)
	d.add(portfolio.KindOverride, portfolio.Override{Account: d.Root, What: "phase", Value: 5, Why: "repris par un voisin", Author: boss, Day: asOf - 3, Until: asOf + 60})
	d.add(portfolio.KindOverride, portfolio.Override{Account: d.Root, What: "departure", Value: .5, Author: boss, Day: asOf - 3})
	bundles[0] = d.Bundle
	s := load(asOf, miscRows(0), bundles...)
	s.Deepen(bundles...)
	a := s.Analysis(scope)
	y, _ := a.WhyOf("phase", 0)
	if w := y.Decided; w == nil || w.Author != boss || w.Reason != "repris par un voisin" || w.Until != asOf+60 || y.Figure.Text != "V" || w.Computed.Text != "C" {
		t.Errorf("phase: %+v, decided %+v", y.Figure, y.Decided)
	}
	y, _ = a.WhyOf("departure", 0)
	if w := y.Decided; w == nil || y.Figure.Value != .5 || w.Computed.Value == .5 || !w.Computed.Mark.Has() {
		t.Errorf("departure: %+v, decided %+v", y.Figure, y.Decided)
	}
	if v := a.SheetView(0); len(v.Overrides) != 2 || !v.Risk.Decided {
		t.Errorf("overrides on the sheet: %+v", v.Overrides)
	}
	if y, _ := a.WhyOf("phase", 1); y.Decided != nil {
		t.Errorf("nobody decided for C02: %+v", y.Decided)
	}
}
