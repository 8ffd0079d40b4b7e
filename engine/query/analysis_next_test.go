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

// An analysis that gives way inside its parts is the same to the last bit; a
// part given up leaves what was there, and what the reader changed meanwhile
// gives the part up.
func TestAnAnalysisGivesWayInsideItsParts(t *testing.T) {
	misc, bundles, asOf := territory()
	s := load(asOf, misc, bundles...)
	s.Deepen(bundles...)
	want := whole(query.Analyse(s.Book(scope), nil).All())
	a, pauses, left := s.Analysis(scope), 0, 0
	for a.Left() > 0 {
		stop := pauses
		if left = a.Left(); !a.NextSlowly(func() bool { pauses++; return pauses != stop+2 }) && a.Left() != left {
			t.Fatalf("a part given up leaves %d parts, %d before", a.Left(), left)
		}
		for !a.NextSlowly(func() bool { pauses++; return s.Analysis(scope) == a }) {
			t.Fatal("given up though nothing has changed")
		}
	}
	if pauses < 40 {
		t.Errorf("%d pauses; want two in most parts at least", pauses)
	}
	for part, v := range whole(a) {
		if hash(v) != hash(want[part]) {
			t.Errorf("chapter %s differs", part)
		}
	}

	// Another wish, in the middle of the plans.
	a.Plan(query.Wish{Visits: 50})
	done := a.NextSlowly(func() bool { a.Plan(query.Wish{Visits: 100}); return true })
	if done || s.Analysis(scope) != a {
		t.Errorf("a part computed on two wishes is kept: %t", done)
	}
	if b := query.Analyse(s.Book(scope), nil); true {
		b.Plan(query.Wish{Visits: 100})
		if hash(whole(a.All())["plans"]) != hash(whole(b.All())["plans"]) {
			t.Error("plans differ after one was given up")
		}
	}

	// Another card.
	a.Plan(query.Wish{})
	c, _ := s.Card(bundles[0].Root)
	c.Name += " & fils"
	s.Update(c)
	if s.Analysis(scope) == a {
		t.Error("an analysis holds though a card has changed")
	}
}
