package query_test

import (
	"math"
	"slices"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// planned is the golden portfolio with records of its plan.
func planned(t *testing.T, more func(code string, d *draft), records ...any) (*query.Snapshot, *query.Analysis, query.PlanBase) {
	t.Helper()
	d := &draft{Bundle: query.Bundle{Scope: scope}, n: 500}
	for _, r := range records {
		switch r := r.(type) {
		case portfolio.Time:
			d.add(portfolio.KindTime, r)
		case portfolio.Plan:
			d.add(portfolio.KindPlan, r)
		}
	}
	if more == nil {
		more = func(string, *draft) {}
	}
	s, _ := goldenWith(d.Rows, more)
	a := s.Analysis(scope)
	return s, a, s.PlanBase(a, query.TabBase{})
}

// The year of the example of H2.
var yearH2 = portfolio.Time{User: user, Year: 2026, Weekend: 104, Holidays: 11, Leave: 25, Meetings: 10, Sick: 4, Training: 6, FieldDays: 4, Minutes: 480, Overhead: 60, Visit: 45, Travel: 25, Report: 15}

func close(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// Method H2: 365 − 104 − 11 − 25 = 225, − 10 − 4 − 6 = 205, × 4/5 = 164 field
// days; (480 − 60)/85 → 4 a day → 656 visits, 66 of them in reserve. By hand, in
// hours: 164 × 8 = 1 312 less 164 fixed, 656 × 15 min = 164 of notes, 656 × 25 min
// of road, 164 × 80 min at the ends of the days, and the reserve.
func TestTheTimeScreenIsTheExampleOfH2(t *testing.T) {
	_, a, b := planned(t, nil, yearH2)
	v := a.PlanTime(b)
	close(t, "working days", v.Working, 225, 0)
	close(t, "field days", v.Field, 164, 1e-9)
	close(t, "visits a day", v.PerDay, 4, 0)
	close(t, "visits", v.Stock.Value, 656, 0)
	if v.Reserve != 66 || v.Why != "time.holds" || v.Budget.Year != 2026 {
		t.Errorf("reserve %d, %s, budget of %d", v.Reserve, v.Why, v.Budget.Year)
	}
	want := [7]float64{1312, 164, 164, 656 * 25. / 60, 164 * 80. / 60, 49.5, 492 - 49.5}
	sum := 0.0
	for k, x := range want {
		close(t, "hours", v.Hours[k], x, 1e-6)
		if k > 0 {
			sum += v.Hours[k]
		}
	}
	close(t, "hours taken and left", sum, v.Hours[0], 1e-6)
	// H3: never under the floor of 15 %: 98.4, so 99 visits.
	if v.Prospects.Value != 99 {
		t.Errorf("%v prospect visits, want 99", v.Prospects.Value)
	}
}

// Method H1: long, 3 yes, strong, no practice → 0.90 → 0.85: 15 % for prospects.
func TestTheAnswersOfThePlanAreThoseOfH1(t *testing.T) {
	plan := portfolio.Plan{User: user, Year: 2026, Version: 1, State: portfolio.PlanDraft, Cycle: 1, Pressure: 3, Growth: 4,
		Need1: portfolio.SaidYes, Need2: portfolio.SaidYes, Need3: portfolio.SaidYes, Need4: portfolio.SaidNo, Practice: portfolio.SaidNo}
	_, a, b := planned(t, nil, yearH2, plan)
	v := a.PlanTime(b)
	for k, x := range []float64{.70, .05, .05, .05, .05} {
		close(t, "points", v.Points[k], x, 1e-9)
	}
	close(t, "loyalty", v.Split.Value, .85, 1e-9)
	if !v.Clipped || v.ToWin-v.Lost != 4 || !b.Done[1] || !b.Done[2] {
		t.Errorf("clipped %v, growth %d, steps %v", v.Clipped, v.ToWin-v.Lost, b.Done)
	}
}

// A year without a day left blocks the plan, with the cause.
func TestAYearWithoutADayIsTold(t *testing.T) {
	y := yearH2
	y.Leave = 260
	_, a, b := planned(t, nil, y)
	if v := a.PlanTime(b); v.Why != "time.noDay" || v.Stock.Mark.Has() || v.Prospects.Mark.Has() {
		t.Errorf("%s, %+v", v.Why, v.Stock)
	}
	if v := a.PlanVisits(b, 0); v.Known.Has() {
		t.Error("hours are known")
	}
}

// Method H6, example b: 120 visits over the golden portfolio, by segment:
// C01 18 + C03 19; C06 15 + C10 12; C02 16; the economic ones 40.
func TestTheVisitsScreenIsTheGoldenPlan(t *testing.T) {
	_, a, b := planned(t, nil, yearH2)
	a.Plan(query.Wish{Visits: 120})
	v := a.PlanVisits(b, 100)
	got := [4]int{v.Segs[0].Visits[1], v.Segs[1].Visits[1], v.Segs[2].Visits[1], v.Segs[3].Visits[1] + v.Segs[4].Visits[1]}
	if got != [4]int{37, 27, 16, 40} {
		t.Errorf("visits by segment %v, want 37 27 16 40", got)
	}
	// 656 − 66 visits of 45 minutes; by hand the hours of a segment are its visits
	// times their length.
	close(t, "hours there are", v.Hours, 590*45./60, 1e-9)
	sum := 0.0
	for _, s := range v.Segs {
		close(t, "hours of a segment", s.Hours[1], float64(s.Visits[1])*s.Minutes/60, 1e-9)
		sum += s.Hours[1]
	}
	close(t, "hours of the plan", v.After, sum, 1e-9)
	if v.Of != 12 || len(v.Rows) != 12 {
		t.Errorf("%d rows of %d", len(v.Rows), v.Of)
	}
}

// A frequency decided by hand holds for its segment, and a client whose visits
// are fixed keeps them.
func TestFrequenciesByHandAndFixedVisits(t *testing.T) {
	fourteen := 14
	plan := portfolio.Plan{User: user, Year: 2026, Version: 1, State: portfolio.PlanDraft, By: portfolio.ByHand, Rate1: &fourteen}
	_, a, b := planned(t, func(code string, d *draft) {
		if code == "C03" {
			d.add(portfolio.KindOverride, portfolio.Override{Account: d.Root, What: query.WhatFixed, Value: 20, Day: demo.Golden().AsOf - 1, Until: demo.Golden().AsOf + 90})
		}
	}, yearH2, plan)
	v := a.PlanVisits(b, 100)
	if v.Segs[0].Visits[1] != 14+20 {
		t.Errorf("strategic: %d visits, want 14 of C01 and 20 fixed of C03", v.Segs[0].Visits[1])
	}
	i := slices.IndexFunc(v.Rows, func(r query.PlanRow) bool { return r.Visits == 20 })
	if i < 0 || v.Rows[i].Bound != 3 {
		t.Errorf("no fixed row of 20: %+v", v.Rows)
	}
}

// Method H7: C06 .5 × 7 000 € × 35 % = 1 225, C03 .6 × 5 400 × 30 % = 972, C10
// .4 × 4 050 × 35 % = 567: 2 764 for 24 visits at 100 €, a return of 15 %. A line
// without an indicator counts nowhere.
func TestTheActionPlanIsTheExampleOfH7(t *testing.T) {
	due := demo.Golden().AsOf + 30
	lines := map[string]portfolio.Action{
		"C06": {Visits: 9, Chance: .5, Captured: 7000_00, Indicator: "sales"},
		"C03": {Visits: 8, Chance: .6, Captured: 5400_00, Indicator: "sales"},
		"C10": {Visits: 7, Chance: .4, Captured: 4050_00, Indicator: "sales"},
		"C01": {Visits: 50, Chance: 1, Captured: 9000_00},
	}
	_, a, b := planned(t, func(code string, d *draft) {
		if x, ok := lines[code]; ok {
			x.Account, x.Year, x.Due, x.State, x.Purpose = d.Root, 2026, due, portfolio.Planned, 6
			d.add(portfolio.KindAction, x)
		}
	}, yearH2)
	v := a.PlanPAC(b)
	close(t, "gain", v.All.Gain.Value, 2764_00, 1)
	close(t, "cost", v.All.Cost.Value, 2400_00, 1)
	close(t, "return", v.All.ROI.Value, .15, .005)
	if len(v.Lines) != 4 || v.Rejected != 1 || v.All.Actions != 3 || !b.Done[10] {
		t.Errorf("%d lines, %d rejected, %d count", len(v.Lines), v.Rejected, v.All.Actions)
	}
	months := 0
	for _, m := range v.Months {
		months += m[0] + m[1]
	}
	if months != v.Visits[1]+v.Visits[2] {
		t.Errorf("months hold %d visits, the plan %d", months, v.Visits[1]+v.Visits[2])
	}
}

// Two devices began the same version apart: what one does not say, the other
// does, in either order.
func TestTwoBeginningsOfOneVersionAreOnePlan(t *testing.T) {
	one := portfolio.Plan{User: user, Year: 2026, Version: 1, State: portfolio.PlanDraft, Growth: 5, Cycle: 1}
	two := portfolio.Plan{User: user, Year: 2026, Version: 1, State: portfolio.PlanDraft, Cycle: 3, Pressure: 2}
	d := &draft{Bundle: query.Bundle{Scope: scope}, n: 500}
	d.add(portfolio.KindPlan, one)
	d.add(portfolio.KindPlan, two)
	for _, rows := range [][]journal.Row{d.Rows, {d.Rows[1], d.Rows[0]}} {
		s, _ := goldenWith(rows, func(string, *draft) {})
		b := s.PlanBase(s.Analysis(scope), query.TabBase{})
		if len(b.Versions) != 1 || b.Plan.Growth != 5 || b.Plan.Pressure != 2 || b.Plan.Cycle != 1 {
			t.Errorf("%d versions, growth %d, pressure %d, life %d; want one of 5, 2 and 1", len(b.Versions), b.Plan.Growth, b.Plan.Pressure, b.Plan.Cycle)
		}
	}
}

// Method H9: B (7) × interest 8 → 5.6, A (10) × 5 → 5.0, C (4) × 9 → 3.6; who
// asked to be left alone comes last, without a rank.
func TestTheBoardOfProspectsIsTheExampleOfH9(t *testing.T) {
	high, low := 80, 20
	var bundles []query.Bundle
	add := func(n int, code string, fit, trust *int, near int, out bool) {
		d := newCard(n, portfolio.Account{Code: code, Name: code, Status: portfolio.Prospect, Relevance: fit, Trust: trust, Near: near, Earning: near, NoContact: out})
		bundles = append(bundles, d.Bundle)
	}
	add(21, "A", &high, &high, 5, false)
	add(22, "B", &high, &low, 8, false)
	add(23, "C", &low, &high, 9, false)
	add(24, "Z", &high, &high, 10, true)
	s := load(demo.Golden().AsOf, miscRows(0), bundles...)
	s.Deepen(bundles...)
	a := s.Analysis(scope)
	b := s.PlanBase(a, query.TabBase{})
	if v := a.PlanTime(b); !v.Guess || v.Convert != .10 { // H3: no history
		t.Errorf("conversion %v, guessed %v; want 10 %%, said to be the default", v.Convert, v.Guess)
	}
	v := a.PlanProspects(b, 0)
	if len(v.Rows) != 4 || v.N != [5]int{0, 1, 1, 1, 0} || v.Excluded != 1 {
		t.Fatalf("%d rows, %v, %d excluded", len(v.Rows), v.N, v.Excluded)
	}
	for k, want := range []struct {
		name     string
		priority float64
	}{{"B", 5.6}, {"A", 5.0}, {"C", 3.6}} {
		if r := v.Rows[k]; r.Name != want.name || math.Abs(r.Priority-want.priority) > 1e-9 {
			t.Errorf("place %d: %s %v, want %s %v", k+1, r.Name, r.Priority, want.name, want.priority)
		}
	}
	if r := v.Rows[3]; r.Name != "Z" || !r.Out {
		t.Errorf("last is %s, out %v", r.Name, r.Out)
	}
}

// Method H5: C03 (3, 4, 4) → 86.7 = 26.7 + 40.0 + 20.0 with weights 4, 4, 2. By
// hand with 1, 1, 0: (3 + 4 − 2) ÷ 6 = 83.3.
func TestTheGridScreenIsTheExampleOfH5(t *testing.T) {
	s, a, b := planned(t, nil)
	_ = s
	var c03 portfolio.ID
	for _, c := range a.Cards {
		if c.Code == "C03" {
			c03 = c.ID
		}
	}
	v := a.PlanGrid(b, query.PlanGridAsk{Client: c03, Weights: []float64{1, 1, 0}})
	close(t, "score", v.Score[0], 86.7, .05)
	for k, x := range []float64{26.7, 40, 20} {
		close(t, "part", v.Parts[0][k], x, .05)
	}
	close(t, "score tried", v.Score[1], 100*5./6, .05)
}

// Method H8: 20 appointments at 50 % → 40 calls.
func TestTheCallListCountsTheCalls(t *testing.T) {
	_, a, b := planned(t, nil, yearH2)
	v := a.PlanCalls(b, 100)
	if v.Calls[0] != 2*v.Wanted[0] || v.Wanted[0] == 0 || v.Of != v.Wanted[0]+v.Wanted[1] || len(v.Rows) != v.Of {
		t.Errorf("%d calls for %d appointments, %d rows of %d", v.Calls[0], v.Wanted[0], len(v.Rows), v.Of)
	}
	for k := 1; k < v.Wanted[0]; k++ {
		if v.Rows[k].Urgency.Value > v.Rows[k-1].Urgency.Value+1e-9 {
			t.Errorf("row %d is more urgent than the one before", k)
		}
	}
}
