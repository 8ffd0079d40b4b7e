package query_test

import (
	"testing"

	"sillon/engine/query"
)

// Part by part, everything is computed, and nothing else than at once.
func TestAnAnalysisIsComputedPartByPart(t *testing.T) {
	misc, bundles, asOf := territory()
	s := load(asOf, misc, bundles...)
	s.Deepen(bundles...)
	a := query.Analyse(s.Book(scope), nil)
	left := a.Left()
	for a.Left() > 0 {
		if a.Next(); a.Left() >= left {
			t.Fatalf("%d parts left after one more, %d before", a.Left(), left)
		}
		left = a.Left()
	}
	b := query.Analyse(s.Book(scope), nil).All()
	if b.Left() != 0 {
		t.Fatalf("%d parts left after all", b.Left())
	}
	want := whole(b)
	for part, v := range whole(a) {
		if hash(v) != hash(want[part]) {
			t.Errorf("chapter %s differs", part)
		}
	}
	before := a.Left()
	if a.Plan(query.Wish{Visits: 100}); a.Left() <= before {
		t.Error("another wish leaves nothing to compute again")
	}
}
