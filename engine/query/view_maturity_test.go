package query_test

import (
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// Method, Appendix A and the examples of C2, C3 and C7.
func TestTheMaturityTabOfTheGoldenDataset(t *testing.T) {
	s, _ := goldenBook()
	a := s.Analysis(scope)
	v := a.MaturityView(query.MaturityAsk{Planned: 2, Months: 3})
	if c := v.Curves[0]; c.Key != "clients" || c.Weight != [4]float64{2, 4, 4, 2} || c.Shape != "bell" || c.Ageing.Value != 2.5 {
		t.Errorf("curve %+v, want the bell 2/4/4/2, ageing index 2.50", c)
	}
	if got := codes(a, v.Phases[3]) + "|" + codes(a, v.Phases[5]); got != "C01 C03 C05 C06 |C04 C08 " {
		t.Errorf("C and V are %s", got)
	}
	near(t, "C ÷ M", v.Effort.Ratio.Value, 67./98, 1e-12)
	for k, want := range [4]float64{.231, .462, .185, .123} {
		near(t, "target", v.Effort.Target[k], want, .0005)
	}
	for k, want := range [4]float64{.044, .330, .483, .143} {
		near(t, "actual", v.Effort.Actual[k], want, .0005)
	}
	if !v.Effort.Alert {
		t.Error("C ÷ M under 1 raises no alert")
	}
	// C7: 2 / 3.82 / 4.72 / 2.06, lost 1.40 with two new ones; without, 2.83
	for k, want := range [4]float64{2, 3.82, 4.72, 2.06} {
		near(t, "with two new clients", v.Ahead.Plan[k], want, .005)
	}
	near(t, "lost", v.Ahead.Lost.Value, 1.40, .005)
	near(t, "ageing in a year", v.Ahead.Ageing.Value, 2.83, .005)
	if v.Ahead.Now != [4]int{2, 4, 4, 2} || v.Ahead.Own || v.Ahead.Shape != "bell" || v.Ahead.Lost.Mark.Has() == false {
		t.Errorf("forecast %+v", v.Ahead)
	}
	if len(v.History) != 4 && len(v.History) != 3 {
		t.Errorf("%d months of history", len(v.History))
	}
	if v.Situation.Key != "ordinary" || v.Situation.Window != 12 || v.Situation.LostAfter != 18 {
		t.Errorf("situation %+v", v.Situation)
	}
}

func TestPhasesAndFamiliesAddUpToTheClients(t *testing.T) {
	a := story(500).Analysis(scope)
	for _, family := range []string{"", a.Products[0].Code} {
		v := a.MaturityView(query.MaturityAsk{Family: family})
		seen := make([]int, a.Len())
		for _, who := range v.Phases {
			for _, i := range who {
				seen[i]++
			}
		}
		for i, n := range seen {
			if n != 1 {
				t.Fatalf("%s: client %d is in %d phases", family, i, n)
			}
		}
		for k := range 4 {
			near(t, "clients of a phase", v.Curves[0].Weight[k], float64(len(v.Phases[k+2])), 0)
		}
	}
	v := a.MaturityView(query.MaturityAsk{})
	if len(v.Families) == 0 || len(v.Cells) == 0 || len(v.Eroding) == 0 || len(v.Openings) == 0 {
		t.Fatalf("a demo portfolio without families: %d, %d rows", len(v.Families), len(v.Cells))
	}
	for _, row := range v.Cells {
		if len(row.Cells) != len(a.Products) || len(row.Lost) != len(row.Share) {
			t.Fatalf("row %+v", row)
		}
	}
	if got := len(v.Starters); got == 0 || got > 2 {
		t.Errorf("%d groups of starters", got)
	}
	kept, lost := 0, 0
	for _, g := range v.Starters {
		kept, lost = kept+len(g.Kept), lost+len(g.Lost)
	}
	m := a.Maturity().Mortality
	if kept+lost != m.Entered || lost != m.Dead {
		t.Errorf("starters %d kept %d lost, mortality %d of %d", kept, lost, m.Dead, m.Entered)
	}
	for k := range 4 {
		if x := v.Ahead; x.Low[k] > x.Next[k]+1e-9 || x.High[k] < x.Next[k]-1e-9 {
			t.Errorf("forecast of phase %d outside its interval: %+v", k, x)
		}
	}
}

func TestPortfoliosSideBySide(t *testing.T) {
	s, _ := goldenBook()
	a := s.Analysis(scope)
	v := query.ComparePortfolios([]*query.Analysis{a, a})
	if len(v.Lines) != 2 {
		t.Fatalf("%d lines", len(v.Lines))
	}
	for _, l := range v.Lines {
		near(t, "share", l.Share, .5, 1e-12)
		near(t, "share of today", l.Now, .5, 1e-12)
		near(t, "net of a unit", l.PerUnit.Value, 7_580_00./203, .01)
		if l.Net != 7_580_00 || l.Sales != 100_000_00 || l.Clients != 12 {
			t.Errorf("line %+v", l)
		}
	}
	if v := query.ComparePortfolios(nil); v.Mark.Has() || v.Lines != nil {
		t.Error("nothing to compare, and a result")
	}
}

// Six clients who entered 18 months ago: three were seen three times in their
// first ninety days and stay, three were seen later only and one of these left
// after a first order (C7, design of the tab).
func TestStartersByTheirEarlyFollowUp(t *testing.T) {
	asOf := demo.Golden().AsOf
	first := asOf.AddMonths(-18) - 20
	var bundles []query.Bundle
	for n := 1; n <= 6; n++ {
		d := newCard(n, portfolio.Account{Code: "S" + string(rune('0'+n)), Name: "S", Status: portfolio.Client, FirstOrder: first})
		d.sale(first, 100_00)
		if n < 6 {
			d.sale(first+200, 100_00)
			d.sale(first+380, 100_00)
			d.sale(asOf-20, 100_00)
		}
		for k := range 3 {
			day := first + calendar.Day(20*k)
			if n > 3 {
				day += 120
			}
			d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, User: user, Kind: portfolio.Visit, Day: day, Outcome: portfolio.NoChange})
		}
		bundles = append(bundles, d.Bundle)
	}
	s := load(asOf, miscRows(0), bundles...)
	s.Deepen(bundles...)
	a := s.Analysis(scope)
	v := a.MaturityView(query.MaturityAsk{})
	if len(v.Starters) != 2 {
		t.Fatalf("%d groups of starters: %+v", len(v.Starters), v.Starters)
	}
	if g := v.Starters[0]; !g.Followed || codes(a, g.Kept) != "S1 S2 S3 " || g.Lost != nil {
		t.Errorf("followed %+v", g)
	}
	if g := v.Starters[1]; g.Followed || codes(a, g.Kept) != "S4 S5 " || codes(a, g.Lost) != "S6 " {
		t.Errorf("not followed %+v", g)
	}
	near(t, "mortality", v.Mortality.Value, 1./6, 1e-12)
}
