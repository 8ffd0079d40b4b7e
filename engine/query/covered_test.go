package query_test

import (
	"strings"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// shortFile is a file of one year and nine days, read at its end: one client
// bought in the nine days and since, one began in the year, one has only
// returns, one is a prospect.
func shortFile() (*query.Snapshot, []query.Bundle) {
	begin, end := calendar.Of(2009, time.December, 1), calendar.Of(2010, time.December, 9)
	old := newCard(1, portfolio.Account{Code: "12931", Name: "12931", Status: portfolio.Client})
	old.sale(begin+6, 100_00)
	old.sale(end-40, 2882_00)
	young := newCard(2, portfolio.Account{Code: "2", Name: "2", Status: portfolio.Client})
	young.sale(begin+200, 100_00) // after the six months of dcmv.lostAfter: before, he may have bought for years
	young.sale(end-40, 100_00)
	returns := newCard(3, portfolio.Account{Code: "3", Name: "3", Status: portfolio.Client})
	returns.sale(end-40, -100_00)
	prospect := newCard(4, portfolio.Account{Code: "4", Name: "4", Status: portfolio.Prospect})
	bundles := []query.Bundle{old.Bundle, young.Bundle, returns.Bundle, prospect.Bundle}
	return load(end, miscRows(0), bundles...), bundles
}

// Nine days are no year before: no phase and no growth is made of them, on the
// list, on the sheet, in the whys; the sentence says which year is missing.
func TestNineDaysAreNoYearBefore(t *testing.T) {
	s, bundles := shortFile()
	rows := s.ClientList(reader, query.ListAsk{Sort: "name", Asc: true}).Rows
	if r := rows[0]; r.Phase != "" || r.HasGrowth || r.Sales != 2882_00 {
		t.Errorf("on the list: phase %q, growth %v", r.Phase, r.Growth)
	}
	if rows[1].Phase != "D" || rows[3].Phase != "P" {
		t.Errorf("phases %q and %q, want D and P as ever", rows[1].Phase, rows[3].Phase)
	}
	s.Deepen(bundles...)
	sheet, _ := s.ClientSheet(reader, clientAsk(bundles[0].Root), bundles[0])
	// N is 10 December 2009 to 9 December 2010.
	if sheet.PhaseText != "phase-why.uncovered 2009-12-07 2009-12-10" {
		t.Errorf("sheet: %q", sheet.PhaseText)
	}
	for _, f := range []query.Figure{sheet.Phase, sheet.Growth} {
		if f.Mark.Status != explain.NA || f.Mark.Reason != explain.FewPeriods || f.Text != "" || f.Value != 0 {
			t.Errorf("%s: %+v", f.Topic, f)
		}
	}
	for _, m := range sheet.Missing {
		if m == "first-order" {
			t.Error("the first order is asked for, though it is known")
		}
	}
	for _, r := range s.Today(reader, query.TodayAsk{Client: bundles[0].Root}, bundles...).Brief.Reasons {
		if r.Key == "growth" || r.Key == "decline" || strings.Contains(r.Detail, "%") && r.Figure.Topic == "growth" {
			t.Errorf("a reason to go: %+v", r)
		}
	}
	a := s.Analysis(scope)
	if m := a.Maturity(); m.Phase[0] != 0 || m.Curves.Clients.Clients != 1 || m.Mortality.Entered != 1 {
		t.Errorf("analysis: phases %v, %d on the curve, %d entered; want one on the curve, and the old one counted as entered", m.Phase, m.Curves.Clients.Clients, m.Mortality.Entered)
	}
}

// None of C, M and V can be told in a short file: no screen draws a curve whose
// zeros would be read as such.
func TestTheCurveOfAShortFileIsMissing(t *testing.T) {
	_, bundles := shortFile()
	end := calendar.Of(2010, time.December, 9)
	for n := range 12 {
		d := newCard(10+n, portfolio.Account{Name: "D", Status: portfolio.Client})
		d.sale(end-calendar.Day(30*n), 100_00)
		bundles = append(bundles, d.Bundle)
	}
	s := load(end, miscRows(0), bundles...)
	for where, m := range map[string]explain.Mark{
		"portfolio": s.PortfolioOverview(reader, query.PortfolioAsk{}).Curve.Mark,
		"team":      s.TeamView(reader, query.PortfolioAsk{}).Cards[0].Curve.Mark,
	} {
		if m.Status != explain.NA || m.Reason != explain.FewPeriods {
			t.Errorf("%s: the curve is %v %v, want na(FEW_PERIODS)", where, m.Status, m.Reason)
		}
	}
}
