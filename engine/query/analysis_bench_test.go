package query_test

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// story makes a portfolio of n clients with three years of lines, contacts and
// all the rest of a life, as a snapshot that holds its facts.
func story(n int) *query.Snapshot {
	s, _ := told(n)
	return s
}

// told is story with the rows without a card.
func told(n int) (*query.Snapshot, []journal.Row) { return toldOf(n, 0) }

// toldOf is told with so many sale lines at most, taken out evenly; 0: all.
func toldOf(n, most int) (*query.Snapshot, []journal.Row) {
	asOf := demo.Golden().AsOf
	s := query.NewSnapshot(asOf)
	families := demo.NewCompany(1, asOf).FamilyRows(1, journal.Mark{}, user)
	misc := append(miscRows(0), families...)
	d := &draft{Bundle: query.Bundle{Scope: scope}, n: 100}
	d.add(portfolio.KindCost, portfolio.Cost{User: user, Year: 2026, Pay: 43_000_00, Charges: 18_060_00, Vehicle: 14_000_00, Lodging: 6_000_00, Telecom: 1_440_00, Support: 7_500_00})
	d.add(portfolio.KindTime, portfolio.Time{User: user, Year: 2026, Weekend: 104, Holidays: 11, Leave: 25, Meetings: 10, Training: 4, Fairs: 6, FieldDays: 4, Minutes: 480, Overhead: 60})
	misc = append(misc, d.Rows...)
	s.SetMisc(misc)
	var cards []query.Card
	var facts []query.Bundle
	var bundles []query.Bundle
	total, seen := 0, 0
	for _, c := range demo.Cards(7, n, asOf) {
		bundles = append(bundles, query.Bundle{Root: c.ID, Scope: scope, Rows: c.Rows(scope, journal.Mark{}, user)})
		for k := range bundles[len(bundles)-1].Rows {
			if bundles[len(bundles)-1].Rows[k].Entity == portfolio.KindSale {
				total++
			}
		}
	}
	if most == 0 {
		most = total
	}
	for _, b := range bundles {
		b.Rows = slices.DeleteFunc(b.Rows, func(r journal.Row) bool {
			if r.Entity != portfolio.KindSale {
				return false
			}
			seen++
			return seen*most/total == (seen-1)*most/total
		})
		if card, ok := query.Derive(b); ok {
			cards = append(cards, card)
			facts = append(facts, b)
		}
	}
	s.SetCards(cards)
	s.Deepen(facts...)
	return s, misc
}

func lines(s *query.Snapshot) (sales, contacts int) {
	b := s.Book(scope)
	for i := range b.Len() {
		for _, f := range b.Deep(i).Families {
			sales += len(f.Lines)
		}
		contacts += len(b.Deep(i).Contacts)
	}
	return sales, contacts
}

func BenchmarkAnalysis(b *testing.B) {
	for _, n := range []int{500, 5000, 50_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := story(n)
			book := s.Book(scope)
			sales, contacts := lines(s)
			defer asTheWorker()()
			b.ReportAllocs()
			for b.Loop() {
				query.Analyse(book, nil).All()
			}
			b.ReportMetric(float64(sales), "lines")
			b.ReportMetric(float64(contacts), "contacts")
		})
	}
}

// BenchmarkAnalysis180k is the size of the budget: 5,000 clients and 180,000
// lines of three years.
func BenchmarkAnalysis180k(b *testing.B) {
	empty := live()
	s, _ := toldOf(5000, 180_066) // some come on one day
	book := s.Book(scope)
	known := live()
	kept := query.Analyse(book, nil).All()
	all := live()
	runtime.KeepAlive(kept)
	kept = nil
	sales, contacts := lines(s)
	defer asTheWorker()()
	if sales < 179_900 || sales > 180_100 {
		b.Fatalf("%d lines, want 180,000 or so", sales)
	}
	b.ReportAllocs()
	for b.Loop() {
		query.Analyse(book, nil).All()
	}
	b.ReportMetric(float64(sales), "lines")
	b.ReportMetric(float64(contacts), "contacts")
	b.ReportMetric((known-empty)/1e6, "MB-cards-and-facts")
	b.ReportMetric((all-empty)/1e6, "MB-in-all")
}

// asTheWorker collects the heap when the worker would (app/heap).
func asTheWorker() (back func()) {
	was := debug.SetGCPercent(max(100, int(96<<20/live()*100)-100))
	return func() { debug.SetGCPercent(was) }
}

// live is what the heap holds once it is swept.
func live() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// What each part costs once those it needs are there.
func BenchmarkAnalysisParts5000(b *testing.B) {
	s := story(5000)
	book := s.Book(scope)
	for _, p := range []struct {
		name string
		run  func(*query.Analysis)
	}{
		{"cost", func(a *query.Analysis) { a.Cost() }}, {"response", func(a *query.Analysis) { a.Response() }}, {"maturity", func(a *query.Analysis) { a.Maturity() }},
		{"families", func(a *query.Analysis) { a.Families() }}, {"weight", func(a *query.Analysis) { a.Weight() }}, {"potential", func(a *query.Analysis) { a.Potential() }},
		{"steering", func(a *query.Analysis) { a.Steering() }}, {"loyalty", func(a *query.Analysis) { a.Loyalty() }}, {"files", func(a *query.Analysis) { a.Files() }},
		{"signals", func(a *query.Analysis) { a.Signals() }}, {"attrition", func(a *query.Analysis) { a.Attrition() }}, {"time", func(a *query.Analysis) { a.Time() }},
		{"grid", func(a *query.Analysis) { a.Grid() }}, {"visits", func(a *query.Analysis) { a.Visits() }}, {"appeal", func(a *query.Analysis) { a.Appeal() }},
		{"relation", func(a *query.Analysis) { a.Relation() }}, {"ahead", func(a *query.Analysis) { a.Ahead() }}, {"cockpit", func(a *query.Analysis) { a.Cockpit() }},
	} {
		b.Run(p.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				a := query.Analyse(book, nil)
				switch p.name { // what it needs
				case "response", "weight", "potential", "steering":
					a.Cost()
				case "maturity":
					a.Cost()
				case "families":
					a.Maturity()
				case "loyalty":
					a.Steering()
				case "signals":
					a.Loyalty()
				case "attrition":
					a.Signals()
					a.Maturity()
					a.Files()
				case "time", "grid":
					a.Attrition()
				case "visits":
					a.Time()
					a.Response()
				case "appeal", "cockpit":
					a.Visits()
				case "relation", "ahead":
					a.Cost()
				}
				b.StartTimer()
				p.run(a)
			}
		})
	}
}

func BenchmarkStory5000(b *testing.B) {
	a := story(5000).Analysis(scope)
	for b.Loop() {
		a.Story(12)
	}
}

func BenchmarkFit5000(b *testing.B) {
	book := story(5000).Book(scope)
	for b.Loop() {
		query.Fit(book, nil)
	}
}

// BenchmarkReweigh5000 changes the weights of the grid twice: everything that
// depends on them is ranked again.
func BenchmarkReweigh5000(b *testing.B) {
	s, rows := told(5000)
	s.Analysis(scope).All()
	set := func(r float64) {
		d := &draft{n: 500}
		d.add(portfolio.KindSetting, portfolio.Setting{Key: "score.weights", Values: []float64{r, 4, 2}, Level: 3, Scope: scope})
		s.SetMisc(append(rows[:len(rows):len(rows)], d.Rows...))
		a := s.Analysis(scope)
		a.Grid()
		a.Visits()
	}
	for b.Loop() {
		set(5)
		set(3)
	}
}
