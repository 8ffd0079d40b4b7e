package query_test

import (
	"testing"

	"sillon/engine/demo"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// book reads cards as the golden dataset is read.
func bookOf(t *testing.T, drafts ...*draft) *query.Analysis {
	t.Helper()
	var bundles []query.Bundle
	for _, d := range drafts {
		bundles = append(bundles, d.Bundle)
	}
	s := load(demo.Golden().AsOf, miscRows(0), bundles...)
	s.Deepen(bundles...)
	a := s.Analysis(scope)
	if a == nil {
		t.Fatal("no analysis")
	}
	return a
}

func client(n int, code string) *draft {
	return newCard(n, portfolio.Account{Code: code, Name: code, Status: portfolio.Client})
}

// A family nobody sells yet is one all the same where a client's potential in
// it is known (E4: breadth).
func TestAFamilyKnownFromAnEstimateAloneIsAFamily(t *testing.T) {
	asOf := demo.Golden().AsOf
	d := client(1, "C01")
	d.add(portfolio.KindSale, portfolio.Sale{Account: d.Root, From: asOf - 30, Amount: 4000_00, Family: "F1"})
	for f, cents := range map[string]int64{"F1": 5000_00, "F2": 3000_00} {
		d.add(portfolio.KindEstimate, portfolio.Estimate{Account: d.Root, Family: f, Amount: moneyOf(cents), Method: portfolio.Declared, Day: asOf - 10})
	}
	a := bookOf(t, d)
	if len(a.Products) != 2 || a.Products[1].Code != "F2" {
		t.Fatalf("families %v", a.Products)
	}
	// breadth 5 000 ÷ 8 000, depth 4 000 ÷ 5 000
	s := a.Families().Split[0]
	near(t, "breadth", s.Breadth, .625, 1e-12)
	near(t, "depth", s.Depth, .8, 1e-12)
}

// A3: a client whose net margin is nothing at all loses at the next visit.
func TestANetMarginOfNothingIsOneVisitFromALoss(t *testing.T) {
	asOf := demo.Golden().AsOf
	d := client(1, "C01")
	d.add(portfolio.KindCompetitor, portfolio.Competitor{Account: d.Root})
	d.sale(asOf-20, 0)
	a := bookOf(t, d)
	y, _ := a.WhyOf("net", 0)
	if y.Figure.Value != 0 {
		t.Fatalf("net %v", y.Figure.Value)
	}
	for _, c := range y.Changes {
		if c.Key == "visits" && (c.Need != 1 || c.Band != "loses" || !c.Worsened) {
			t.Errorf("%+v", c)
		}
	}
	if c := change(y, "visits", "loses"); c == nil && y.Figure.Mark.Has() && a.Cost().Visit > 0 {
		t.Errorf("no change of visits: %+v", y)
	}
}
