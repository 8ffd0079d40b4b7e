package query_test

import (
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/maturity"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// inSituation reads cards in a portfolio of a special selling situation.
func inSituation(t *testing.T, kind portfolio.Situation, months int, drafts ...*draft) *query.Analysis {
	t.Helper()
	var bundles []query.Bundle
	for _, d := range drafts {
		bundles = append(bundles, d.Bundle)
	}
	d := &draft{}
	d.put(portfolio.KindPortfolio, id("port", 1), portfolio.Portfolio{Name: "Pays de Saint-Malo", Owner: user, Scope: scope, Kind: kind, Months: months})
	var misc []journal.Row
	for _, r := range miscRows(0) {
		if r.Entity != portfolio.KindPortfolio {
			misc = append(misc, r)
		}
	}
	s := load(demo.Golden().AsOf, append(misc, d.Rows...), bundles...)
	s.Deepen(bundles...)
	a := s.Analysis(scope)
	if a == nil {
		t.Fatal("no analysis")
	}
	a.All()
	sound(t, "situation", a)
	return a
}

func phaseIs(t *testing.T, a *query.Analysis, code, letter string, why maturity.Why) {
	t.Helper()
	i := placeOf(t, a, code)
	f, _ := a.FigureOf("phase", i)
	if v := a.Maturity().Verdict[i]; f.Text != letter || v.Why != why {
		t.Errorf("%s is %s by rule %d, want %s by %d", code, f.Text, v.Why, letter, why)
	}
	y, _ := a.WhyOf("phase", i)
	if len(y.Figure.Mark.Steps) == 0 {
		t.Errorf("%s: no step says why", code)
	}
}

// C6, tender and project selling: the phases of J2 in place of growth.
func TestPhasesOfProjects(t *testing.T) {
	asOf := demo.Golden().AsOf
	one := func(n int, code string, projects ...portfolio.Project) *draft {
		d := client(n, code)
		d.year(asOf, asOf-1500, 1000_00) // steady: M by growth
		d.year(asOf.AddMonths(-12), asOf-1500, 1000_00)
		for _, p := range projects {
			p.Account = d.Root
			d.add(portfolio.KindProject, p)
		}
		return d
	}
	old := portfolio.Project{Name: "ancien", Amount: 5000_00, State: portfolio.Won, Opened: asOf - 900, Ended: asOf - 500}
	a := inSituation(t, portfolio.Tenders, 0,
		one(1, "evaluated", old, portfolio.Project{State: portfolio.Running, Phase: 3, Opened: asOf - 60, Since: asOf - 20}),
		one(2, "open", old, portfolio.Project{State: portfolio.Running, Phase: 1, Opened: asOf - 60, Since: asOf - 60}),
		one(3, "nothing", old),
		one(4, "won", portfolio.Project{State: portfolio.Won, Opened: asOf - 700, Ended: asOf - 600, Amount: 1_00}, portfolio.Project{State: portfolio.Won, Opened: asOf - 200, Ended: asOf - 90, Amount: 1_00}),
		one(5, "none"),
	)
	phaseIs(t, a, "evaluated", "C", maturity.Evaluated)
	phaseIs(t, a, "open", "M", maturity.Kept)
	phaseIs(t, a, "nothing", "V", maturity.NothingOn)
	phaseIs(t, a, "won", "M", maturity.Kept)
	phaseIs(t, a, "none", "M", maturity.Steady) // no project is recorded: C1
	if v := a.MaturityView(query.MaturityAsk{}); v.Situation.Key != "tendering" || v.Situation.Indicator != "projects" {
		t.Errorf("%+v", v.Situation)
	}
}

// C6, contracts: the anniversary drives the phase.
func TestPhasesOfContracts(t *testing.T) {
	asOf := demo.Golden().AsOf
	one := func(n int, code string, noted bool, contracts ...portfolio.Contract) *draft {
		d := client(n, code)
		d.year(asOf, asOf-1500, 1000_00)
		d.year(asOf.AddMonths(-12), asOf-1500, 1000_00)
		for _, c := range contracts {
			c.Account = d.Root
			d.add(portfolio.KindContract, c)
		}
		if noted {
			d.add(portfolio.KindSignal, portfolio.Signal{Account: d.Root, Code: 8, Day: asOf - 5})
		}
		return d
	}
	term := func(from calendar.Day, months int, renews bool) portfolio.Contract {
		return portfolio.Contract{Start: from, End: from.AddMonths(months) - 1, Renews: renews}
	}
	a := inSituation(t, portfolio.Contracts, 0,
		one(1, "first", false, term(asOf-100, 12, true)),
		one(2, "renewed", false, term(asOf-600, 12, true)),
		one(3, "again", false, term(asOf-500, 12, false), term((asOf-500).AddMonths(12), 12, false)),
		one(4, "near", false, term(asOf.AddMonths(-10), 12, false)),
		one(5, "feared", true, term(asOf.AddMonths(-22), 12, true)),
		one(6, "calm", false, term(asOf.AddMonths(-22), 12, true)),
		one(7, "over", false, term(asOf-500, 12, false)),
		one(8, "none", false),
	)
	phaseIs(t, a, "first", "D", maturity.FirstTerm)
	phaseIs(t, a, "renewed", "M", maturity.Renewed)
	phaseIs(t, a, "again", "M", maturity.Renewed)
	phaseIs(t, a, "near", "V", maturity.NoticeRisk)   // two months before the end, and it does not renew by itself
	phaseIs(t, a, "feared", "V", maturity.NoticeRisk) // two months before, and a warning is open
	phaseIs(t, a, "calm", "M", maturity.Renewed)
	phaseIs(t, a, "over", "X", maturity.Ended)
	phaseIs(t, a, "none", "M", maturity.Steady)
}

// C6, long cycle: the window is the cycle, a client is lost after a cycle and a
// half, and V six months before its end without a project.
func TestPhasesOfALongCycle(t *testing.T) {
	asOf := demo.Golden().AsOf
	one := func(n int, code string, last calendar.Day, project bool) *draft {
		d := client(n, code)
		d.sale(last, 5000_00)
		d.sale(last.AddMonths(-60), 5000_00)
		if project {
			d.add(portfolio.KindProject, portfolio.Project{Account: d.Root, State: portfolio.Running, Opened: asOf - 30, Since: asOf - 30})
		}
		return d
	}
	a := inSituation(t, portfolio.LongCycle, 60,
		one(1, "fresh", asOf.AddMonths(-20), false),
		one(2, "ends", asOf.AddMonths(-56), false),
		one(3, "asked", asOf.AddMonths(-56), true),
		one(4, "late", asOf.AddMonths(-80), true), // twenty months after its cycle: under a cycle and a half
		one(5, "lost", asOf.AddMonths(-92), false),
	)
	if w := a.N.Days(); w < 1800 {
		t.Errorf("the window is %d days", w)
	}
	phaseIs(t, a, "ends", "V", maturity.NoProject)
	for code, want := range map[string]string{"fresh": "M", "asked": "M", "lost": "X"} {
		f, _ := a.FigureOf("phase", placeOf(t, a, code))
		if f.Text != want {
			t.Errorf("%s is %s, want %s", code, f.Text, want)
		}
	}
	if f, _ := a.FigureOf("phase", placeOf(t, a, "late")); f.Text == "X" {
		t.Error("80 months of a cycle of 60 are not lost")
	}
}

// C6, seasonal: alerts sleep in the months in which nobody buys.
func TestAlertsSleepOutOfSeason(t *testing.T) {
	asOf := calendar.Of(2026, 6, 30)
	one := func(n int) *draft { // orders from September to April
		d := client(n, string(rune('A'+n)))
		for year := 2023; year <= 2026; year++ {
			for _, month := range []int{1, 2, 3, 4, 9, 10, 11, 12} {
				if day := calendar.Of(year, time.Month(month), 10); day <= asOf {
					d.sale(day, 100_00)
				}
			}
		}
		return d
	}
	few := client(9, "few") // three orders alone: no pause of its own can be found
	for _, day := range []calendar.Day{calendar.Of(2026, 2, 10), calendar.Of(2026, 3, 2), calendar.Of(2026, 3, 20)} {
		few.sale(day, 100_00)
	}
	for kind, want := range map[portfolio.Situation]bool{portfolio.Seasonal: true, 0: false} {
		a := inSituation(t, kind, 0, one(1), one(2), one(3), few)
		s := a.Signals().Signal[placeOf(t, a, "few")][3] // S4
		if muted := s.State == 4; muted != want {
			t.Errorf("situation %d: S4 of a client with few orders is %+v", kind, s)
		}
	}
}
