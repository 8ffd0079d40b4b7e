package query_test

import (
	"fmt"
	"math"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/portfolio"
)

// Method, Appendix A: phase, crossed ABC, levels R and P, PR now and a year
// ago, penetration in per cent, category, score.
var appendixA = []struct {
	code, phase, abc, pabc string
	r, p, pr, prBefore     int
	pi                     float64
	category               portfolio.Category
	score                  float64
}{
	{"C01", "C", "A", "A", 4, 3, -1, -1, 80.0, portfolio.Strategic, 80.0},
	{"C02", "M", "A", "A", 4, 2, -2, -2, 80.0, portfolio.Core, 66.7},
	{"C03", "C", "A", "A", 3, 4, +1, +2, 32.5, portfolio.Strategic, 86.7},
	{"C04", "V", "A", "B", 2, 1, -1, -2, 83.3, portfolio.Economy, 20.0},
	{"C05", "C", "A", "B", 2, 1, -1, -1, 60.0, portfolio.Economy, 26.7},
	{"C06", "C", "A", "A", 2, 4, +2, +3, 20.0, portfolio.ToDevelop, 66.7},
	{"C07", "M", "A", "B", 1, 1, 0, 0, 75.0, portfolio.Economy, 0},
	{"C08", "V", "B", "A", 1, 2, +1, +1, 20.0, portfolio.Economy, 20.0},
	{"C09", "M", "B", "C", 1, 1, 0, 0, 66.7, portfolio.Economy, 13.3},
	{"C10", "D", "B", "A", 1, 3, +2, +3, 10.0, portfolio.ToDevelop, 46.7},
	{"C11", "M", "C", "C", 1, 1, 0, 0, 50.0, portfolio.Economy, 0},
	{"C12", "D", "C", "A", 1, 2, +1, +2, 4.0, portfolio.Economy, 26.7},
}

func TestGoldenDatasetGivesAppendixA(t *testing.T) {
	s := golden()
	sc := s.Scored(scope)
	if len(sc.Cards) != len(appendixA) {
		t.Fatalf("%d clients, want %d", len(sc.Cards), len(appendixA))
	}
	for i, want := range appendixA {
		row, _ := s.Row(sc.Cards[i].ID)
		got := fmt.Sprintf("%s %s %s%s' R%d P%d PR%+d(%+d) %.1f%% %d %.1f", row.Code, row.Phase, row.Weight, sc.PABC.Class[i],
			row.R, row.P, row.PR, sc.Board.PR[i]-sc.Board.Delta[i], 100*row.Penetration, row.Category, row.Score)
		expected := fmt.Sprintf("%s %s %s%s' R%d P%d PR%+d(%+d) %.1f%% %d %.1f", want.code, want.phase, want.abc, want.pabc,
			want.r, want.p, want.pr, want.prBefore, want.pi, want.category, want.score)
		if got != expected {
			t.Errorf("got  %s\nwant %s", got, expected)
		}
		if !row.HasPR || !row.HasPen {
			t.Errorf("%s: PR known %t, penetration known %t", row.Code, row.HasPR, row.HasPen)
		}
	}
}

func TestGoldenTotals(t *testing.T) {
	s := golden()
	v := s.PortfolioOverview(reader, query0(1040))
	if v.Head.Sales != 100_000_00 || v.Head.Clients != 12 || v.Head.Prospect != 0 {
		t.Errorf("head: sales %d, %d clients, %d prospects; want 100 000 €, 12, 0", v.Head.Sales, v.Head.Clients, v.Head.Prospect)
	}
	sc := s.Scored(scope)
	if got := sc.Curve.Weight; got != [4]float64{2, 4, 4, 2} { // bell, Appendix A
		t.Errorf("curve %v, want 2 4 4 2", got)
	}
	if got := v.Curve.Finding; got != "curve.bell" {
		t.Errorf("finding %q, want the bell", got)
	}
	want := map[string]float64{"penetration-all": .400, "gini": .410, "gini-potential": .312, "neff": 7.56, "alignment": .577, "ageing": 2.5}
	for _, f := range v.Figures {
		if w, ok := want[f.Topic]; ok && math.Abs(f.Value-w) > .0051*max(1, w/10) {
			t.Errorf("%s = %.4f, want %.3f", f.Topic, f.Value, w)
		}
	}
	var units float64
	for _, u := range sc.Units {
		units += u
	}
	if math.Abs(units-203) > 1e-9 {
		t.Errorf("contact units %.2f, want 203", units)
	}
	if got := s.Today(reader, todayAsk).CMRatio; !got.Mark.Has() {
		t.Errorf("C ÷ M of the month: %+v", got)
	}
	for _, card := range s.TeamView(reader, query0(1040)).Cards {
		if math.Abs(card.CM.Value-67./98) > 1e-9 { // 0.684
			t.Errorf("C ÷ M = %.4f, want 67 ÷ 98", card.CM.Value)
		}
	}
}

func TestGoldenClientSheets(t *testing.T) {
	s := golden()
	for i, b := range goldenBundles() {
		c, ok := s.ClientSheet(reader, clientAsk(b.Root), b)
		if !ok {
			t.Fatalf("no sheet of %s", appendixA[i].code)
		}
		var bars, most float64
		for _, bar := range c.Bars {
			bars += bar.Points
			most += bar.Max
		}
		if math.Abs(bars-c.Score.Value) > 1e-9 || math.Abs(most-100) > 1e-9 {
			t.Errorf("%s: bars add up to %.2f of %.2f, score %.2f", c.Row.Code, bars, most, c.Score.Value)
		}
		if c.Left.Value != float64(demo.Golden().Clients[i].Potential-demo.Golden().Clients[i].Sales) {
			t.Errorf("%s: left %.0f", c.Row.Code, c.Left.Value)
		}
	}
}
