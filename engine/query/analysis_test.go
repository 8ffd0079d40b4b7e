package query_test

import (
	"fmt"
	"math"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/response"
)

// goldenBook is the golden dataset with its margins, its contacts of N-1, a
// price of 100 € per contact unit and a free change of visits.
func goldenBook() (*query.Snapshot, []query.Bundle) {
	g := demo.Golden()
	var out []query.Bundle
	for k, c := range g.Clients {
		d := newCard(k+1, portfolio.Account{Code: c.Code, Name: c.Name, Status: portfolio.Client, FirstOrder: c.FirstOrder, Typology: typologyOf[c.Note]})
		d.year(g.AsOf, c.FirstOrder, c.Sales)
		if c.SalesN1 != 0 {
			d.year(g.AsOf.AddMonths(-12), c.FirstOrder, c.SalesN1)
		}
		for i := range d.Rows { // each line bears its part of the cost
			r := &d.Rows[i]
			var s portfolio.Sale
			if r.Entity != portfolio.KindSale || r.Fields.Into(&s) != nil {
				continue
			}
			cost := s.Amount - s.Amount.Scale(int64(math.Round(c.MarginRate*100)), 100)
			s.Cost = &cost
			r.Fields, _ = portfolio.ToFields(s)
		}
		d.touches(g.AsOf, c.Visits, portfolio.Visit)
		d.touches(g.AsOf, c.Calls, portfolio.Call)
		d.touches(g.AsOf.AddMonths(-12), int(c.UnitsN1), portfolio.Visit)
		d.add(portfolio.KindEstimate, portfolio.Estimate{Account: d.Root, Amount: c.Potential, Method: portfolio.Declared, Day: g.AsOf - 10})
		out = append(out, d.Bundle)
	}
	misc := miscRows(0)
	d := &draft{Bundle: query.Bundle{Scope: scope}, n: 100}
	for _, year := range []int{2025, 2026} { // 203 units at 100 €
		d.add(portfolio.KindCost, portfolio.Cost{User: user, Year: year, Pay: 20_300_00})
	}
	// visit.maxChange off
	d.add(portfolio.KindSetting, portfolio.Setting{Key: "visit.maxChange", Word: "off", Level: 3, Scope: scope})
	s := load(g.AsOf, append(misc, d.Rows...), out...)
	s.Deepen(out...)
	return s, out
}

// Method, Appendix A, the columns of an analysis in full.
var appendixAll = []struct {
	code               string
	gross, invest, net int
	class              string
	d                  float64
	e                  string
	rm                 string
	visits             int
}{
	{"C01", 5280, 3000, 2280, "Vache", 0.78, "0.478", "84.2", 18},
	{"C02", 4000, 2500, 1500, "Vache", 0.86, "NO_VARIATION", "–", 16},
	{"C03", 3900, 1600, 2300, "Poule", 0.56, "0.565", "137.8", 19},
	{"C04", 2800, 2200, 600, "Vache", 1.08, "NO_VARIATION", "–", 6},
	{"C05", 2700, 1300, 1400, "Poule", 0.66, "NO_VARIATION", "–", 6},
	{"C06", 2450, 800, 1650, "Poule", 0.45, "1.182", "361.9", 15},
	{"C07", 1800, 3800, -2000, "Contactivore", 2.90, "-0.079", "-3.8", 5},
	{"C08", 1600, 700, 900, "Squelette", 0.60, "0.345", "79.0", 6},
	{"C09", 1200, 1500, -300, "Squelette", 1.72, "NO_VARIATION", "–", 6},
	{"C10", 1050, 500, 550, "Squelette", 0.65, "NEW_CLIENT", "–", 12},
	{"C11", 800, 2000, -1200, "Contactivore", 3.43, "NO_VARIATION", "–", 5},
	{"C12", 300, 400, -100, "Squelette", 1.83, "NEW_CLIENT", "–", 6},
}

var classNames = map[response.Class]string{response.Skeleton: "Squelette", response.Hen: "Poule", response.Devourer: "Contactivore", response.Cow: "Vache"}

func TestTheWholeAnalysisGivesAppendixA(t *testing.T) {
	s, _ := goldenBook()
	a := s.Analysis(scope)
	a.Plan(query.Wish{Visits: 120})
	a.All()
	c, b, v, m := a.Cost(), a.Response(), a.Visits(), a.Maturity()
	if a.Len() != 12 || len(b.Clients) != 12 {
		t.Fatalf("%d clients, %d of them in the balance; want 12", a.Len(), len(b.Clients))
	}
	sc := s.Scored(scope)
	for i, w := range appendixAll {
		e, rm := "?", "–"
		if r := b.Flow.Reading[i]; r.Has() {
			e, rm = fmt.Sprintf("%.3f", r.E), fmt.Sprintf("%.1f", r.Return/100)
		} else {
			e = r.Reason.String()
		}
		got := fmt.Sprintf("%s MB %d I %d MCN %d %s %.2f E %s RM %s V %d", a.Codes[i], c.Gross.Margin[i]/100, c.Invested.Amount[i]/100, c.Margins.Client[i].Net/100,
			classNames[b.Balance.Class[i]], b.Balance.D[i], e, rm, v.ByScore.Visits[i])
		want := fmt.Sprintf("%s MB %d I %d MCN %d %s %.2f E %s RM %s V %d", w.code, w.gross, w.invest, w.net, w.class, w.d, w.e, w.rm, w.visits)
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if c.Gross.Margin[i]%100 != 0 || c.Invested.Amount[i]%100 != 0 {
			t.Errorf("%s: margin %d or investment %d not a whole number of euros", w.code, c.Gross.Margin[i], c.Invested.Amount[i])
		}
		// the columns the lists show, through the analysis
		o := appendixA[i]
		got = fmt.Sprintf("%s %s%s' R%d/%d P%d/%d PR%+d(%+d) %.1f %d %.1f", m.Phase[i], sc.ABC.Class[i], sc.PABC.Class[i], sc.R.Rank[i], sc.R.Level[i],
			5-sc.Levels.P[i], sc.Levels.P[i], sc.Board.PR[i], sc.Board.PR[i]-sc.Board.Delta[i], 100*a.Potential().Penetration[i].Rate, a.Grid().Verdict[i].Category, a.Grid().Sheet.Score100[i])
		want = fmt.Sprintf("%s %s%s' R%d/%d P%d/%d PR%+d(%+d) %.1f %d %.1f", o.phase, o.abc, o.pabc, 5-o.r, o.r, 5-o.p, o.p, o.pr, o.prBefore, o.pi, o.category, o.score)
		if got != want {
			t.Errorf("%s got  %s\n    want %s", w.code, got, want)
		}
	}
	near := func(what string, got, want, within float64) {
		if math.Abs(got-want) > within {
			t.Errorf("%s = %v, want %v", what, got, want)
		}
	}
	near("MB", float64(c.Margins.Gross), 27_880_00, 0)
	near("I", float64(c.Invested.Total), 20_300_00, 0)
	near("MCN", float64(c.Margins.Net), 7_580_00, 0)
	near("units", c.Price.Units, 203, 0)
	near("price of a unit", float64(c.Unit), 100_00, 0)
	near("whale", c.Margins.Whale.Ratio, 1.47, .005)
	near("C/M", m.Effort.Ratio, .684, .0005)
	near("Gini sales", a.Potential().Sales.Gini, .410, .0005)
	near("Gini potential", a.Potential().Potential.Gini, .312, .0005)
	near("Gini effort", a.Potential().Effort.Gini, .335, .0005)
	near("N_eff sales", a.Potential().Sales.NEff, 7.56, .005)
	near("N_eff potential", a.Potential().Potential.NEff, 9.25, .005)
	near("N_eff effort", a.Potential().Effort.NEff, 8.85, .005)
	near("alignment", a.Potential().EffortPotential.Value, .577, .0005)
	near("alignment with margin", a.Potential().EffortMargin.Value, .760, .0005)
	near("penetration", sc.Pen.Rate, .400, .0005)
	near("visits", float64(v.ByScore.Given), 120, 0)
	if m.Curves.Clients.Weight != [4]float64{2, 4, 4, 2} || m.Curves.Clients.Shape != 1 {
		t.Errorf("curve %v shape %d, want the bell 2/4/4/2", m.Curves.Clients.Weight, m.Curves.Clients.Shape)
	}
	// H6: with 144 visits two go to prospects
	a.Plan(query.Wish{Visits: 144})
	if got := a.Visits().ByScore; got.Surplus != 2 || got.Given != 142 {
		t.Errorf("144 visits: %d given, %d surplus; want 142 and 2", got.Given, got.Surplus)
	}
}
