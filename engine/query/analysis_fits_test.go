package query_test

import (
	"testing"
	"time"

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

// BenchmarkFitSlowly tells the longest work between two pauses.
func BenchmarkFitSlowly5000(b *testing.B) {
	book := story(5000).Book(scope)
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
