package query_test

import (
	"fmt"
	"testing"
	"time"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// A fit that gives way now and then is the same fit, whatever happens to the
// snapshot meanwhile.
func TestASlowFitIsTheSameFit(t *testing.T) {
	misc, bundles, asOf := territory()
	s := load(asOf, misc, bundles...)
	s.Deepen(bundles...)
	book := s.Book(scope)
	want := hash(query.Fit(book, nil))
	pauses := 0
	got, done := query.FitSlowly(book, nil, func() bool {
		switch pauses++; {
		case pauses <= len(bundles):
			c, _ := s.Card(bundles[pauses-1].Root)
			c.Sales = nil
			s.Update(c)
			s.Scored(scope)
		case pauses == len(bundles)+1:
			s.SetToday(asOf + 90)
			s.Analysis(scope).Attrition()
		}
		return true
	})
	if !done || hash(got) != want {
		t.Errorf("done %t: not the same fit", done)
	}
	if pauses < 2*len(bundles) {
		t.Errorf("%d pauses", pauses)
	}
	all := pauses
	for k := 1; k < all; k += 1 + all/23 {
		n := 0
		f, done := query.FitSlowly(book, nil, func() bool { n++; return n < k })
		if done || n != k || f.Trained != 0 || len(f.Response) != 0 {
			t.Errorf("given up at pause %d: done %t after %d", k, done, n)
		}
	}
	if _, done := query.FitSlowly(book, nil, func() bool { return true }); !done {
		t.Error("a fit that is let go on is done")
	}
}

// What goes wrong in a pause is not hidden.
func TestASlowFitHidesNoFailure(t *testing.T) {
	misc, bundles, asOf := territory()
	s := load(asOf, misc, bundles...)
	s.Deepen(bundles...)
	defer func() {
		if recover() != "broken" {
			t.Error("another failure")
		}
	}()
	query.FitSlowly(s.Book(scope), nil, func() bool { panic("broken") })
}

// Method, S1: growth needs at least one full year before it. Method 3 reads
// phases at the eves of past periods, 540 days ago and more; where the file
// begins less than two years before an eve, who sells twice as much as in the
// weeks it holds of the year before does not grow: his phase is not known, and
// phase C tells departures nothing.
func TestPhasesOfThePastNeedTheYearBeforeThem(t *testing.T) {
	asOf := demo.Golden().AsOf
	learn := func(begins calendar.Day) query.Fits {
		var bundles []query.Bundle
		for k := range 60 {
			d := newCard(k+1, portfolio.Account{Code: fmt.Sprintf("P%02d", k), Name: "x", Status: portfolio.Client})
			ends := asOf
			if k%4 == 0 {
				ends = asOf - 560 - calendar.Day(9*k) // left
			}
			for day := begins; day <= ends; day += 30 {
				amount := money.Cents(100_00 + k)
				if k%3 == 0 { // grows by half each year
					for year := begins + 365; year <= day; year += 365 {
						amount += amount / 2
					}
				}
				d.sale(day, amount)
			}
			bundles = append(bundles, d.Bundle)
		}
		s := load(asOf, miscRows(0), bundles...)
		s.Deepen(bundles...)
		return query.Fit(s.Book(scope), nil)
	}
	varies := func(f query.Fits) bool { return f.Hazard.Scale[attrition.PhaseC-1] > 0 }
	if f := learn(asOf - 2600); !varies(f) { // the first eve has a year and five months before its N-1
		t.Errorf("seven years of file, %d departures: phase C does not vary", f.Trained)
	}
	if f := learn(asOf - 1200); varies(f) || f.Trained == 0 { // the last eve has 660 days before it
		t.Errorf("three years of file, %d departures: phase C is read where N-1 is not held", f.Trained)
	}
}

// leavers is story where one client in five has ordered nothing for two years
// and more, so that method 3 has departures to learn from.
func leavers(n int) *query.Snapshot {
	s := story(n)
	asOf := demo.Golden().AsOf
	for i, c := range s.Book(scope).Cards {
		if i%5 == 0 {
			gone := *c
			for k, l := range c.Sales {
				if l.From > asOf-600-calendar.Day(i%400) {
					gone.Sales = c.Sales[:k]
					break
				}
			}
			s.Update(gone)
		}
	}
	return s
}

func BenchmarkFitLeavers(b *testing.B) {
	for _, n := range []int{500, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			book := leavers(n).Book(scope)
			var f query.Fits
			for b.Loop() {
				f = query.Fit(book, nil)
			}
			b.ReportMetric(float64(f.Trained), "departures")
		})
	}
}

// BenchmarkFitSlowly5000 tells the longest work between two pauses.
func BenchmarkFitSlowly5000(b *testing.B) {
	book := leavers(5000).Book(scope)
	var longest time.Duration
	at := 0
	for b.Loop() {
		last, n := time.Now(), 0
		query.FitSlowly(book, nil, func() bool {
			now := time.Now()
			if d := now.Sub(last); d > longest {
				longest, at = d, n
			}
			last = now
			n++
			return true
		})
	}
	b.ReportMetric(float64(longest.Microseconds())/1000, "ms-unbroken")
	b.ReportMetric(float64(at), "at")
}
