package exercise_test

import (
	"math"
	"testing"
	"time"

	"sillon/engine/exercise"
	"sillon/engine/params"
)

// Appendix B in the classroom: an empty task or answer, one item, all tied, a
// key of nothing, numbers that are none. A score is between 0 and 1 or is
// missing with a reason, never a 1 for nothing.
func TestDegenerateAnswers(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name string
		task exercise.Task
		key  exercise.Key
		a    exercise.Value
		want float64 // −1: no score
	}{
		{"a key of zero: the display unit alone", exercise.Task{Kind: exercise.Number, Display: 100}, exercise.Key{Value: number(0)}, number(.5), 1},
		{"a key of zero, far", exercise.Task{Kind: exercise.Number, Display: 100}, exercise.Key{Value: number(0)}, number(90), 0},
		{"an answer that is no number", exercise.Task{Kind: exercise.Number}, exercise.Key{Value: number(5)}, number(nan), 0},
		{"nothing answered", exercise.Task{Kind: exercise.Number}, exercise.Key{Value: number(5)}, exercise.Value{}, 0},
		{"nobody to class", exercise.Task{Kind: exercise.Classification, Classes: make([]string, 4), Ordered: true}, exercise.Key{}, items(), -1},
		{"one client in its class", exercise.Task{Kind: exercise.Classification, Classes: make([]string, 4), Ordered: true}, exercise.Key{Value: items(2)}, items(2), 1},
		{"one client as far as can be", exercise.Task{Kind: exercise.Classification, Classes: make([]string, 4), Ordered: true}, exercise.Key{Value: items(3)}, items(0), 0},
		{"a client without a class", exercise.Task{Kind: exercise.Classification, Classes: make([]string, 4), Ordered: true}, exercise.Key{Value: items(3)}, items(-1), 0},
		{"nobody to rank", exercise.Task{Kind: exercise.Ranking}, exercise.Key{}, items(), -1},
		{"nothing ranked", exercise.Task{Kind: exercise.Ranking, Items: make([]string, 3)}, exercise.Key{Value: items(0, 1, 2)}, exercise.Value{Given: true}, 0},
		{"an empty set for an empty key", exercise.Task{Kind: exercise.MultiSet}, exercise.Key{}, exercise.Value{Given: true}, 1},
		{"an empty set for a full one", exercise.Task{Kind: exercise.MultiSet}, exercise.Key{Value: items(1, 2)}, exercise.Value{Given: true}, 0},
		{"the same item twice is one", exercise.Task{Kind: exercise.MultiSet}, exercise.Key{Value: items(1)}, items(1, 1, 1), 1},
		{"nobody pays: doing nothing", exercise.Task{Kind: exercise.Decision}, exercise.Key{Payoff: []float64{-5, -1, 0}, Nothing: 2}, items(2), 1},
		{"nobody pays: a loss", exercise.Task{Kind: exercise.Decision}, exercise.Key{Payoff: []float64{-5, -1, 0}, Nothing: 2}, items(0), 0},
		{"a choice that is not there", exercise.Task{Kind: exercise.Decision}, exercise.Key{Payoff: []float64{5}, Nothing: -1}, items(7), 0},
		{"no visit to share, none shared", exercise.Task{Kind: exercise.Allocation}, exercise.Key{Value: numbers(0, 0)}, numbers(0, 0), 1},
		{"no visit to share, ten shared", exercise.Task{Kind: exercise.Allocation}, exercise.Key{Value: numbers(0, 0)}, numbers(10, 0), .1}, // a line of two in its bounds: .4 × ¼
		{"visits that are no number", exercise.Task{Kind: exercise.Allocation, Sum: 4}, exercise.Key{Value: numbers(2, 2)}, numbers(nan, 2), 0},
	} {
		s := mark(c.task, c.key, c.a)
		switch {
		case c.want < 0 && (s.Has() || s.Reason == 0):
			t.Errorf("%s: %+v, want none, and a reason", c.name, s)
		case c.want >= 0 && math.Abs(s.Value-c.want) > 1e-12:
			t.Errorf("%s: %v, want %v", c.name, s.Value, c.want)
		}
	}
}

// Appendix B, parameter out of range in a pack: said, and the last good value
// stays, of that parameter alone: those after it hold, as they do in a scope of
// the product, where a list is judged together; exercise and real data side by
// side: a pack changes the set of its exercise alone.
func TestAPackKeepsTheLastGoodSet(t *testing.T) {
	before := params.Default().Float(params.DCMVGUp)
	p := exercise.Pack{Locked: []exercise.Setting{{Key: params.DCMVGUp, Numbers: []float64{8}}, {Key: params.GradeRelTol, Numbers: []float64{500}}, {Key: params.ABCTol, Numbers: []float64{1}}}}
	s, err := p.Settings()
	if err == nil || err.Error() == "" || s.Float(params.DCMVGUp) != 8 || s.Float(params.GradeRelTol) != 1 || s.Float(params.ABCTol) != 1 {
		t.Errorf("%v: growth from %v, tolerance %v", err, s.Float(params.DCMVGUp), s.Float(params.GradeRelTol))
	}
	if params.Default().Float(params.DCMVGUp) != before {
		t.Error("the real set changed")
	}
}

// Neither half of visit.min 2 20 1 0 and visit.max 8 30 6 0 fits the defaults
// (12 8 8 0 / 24 18 16 6) alone: a pack that locks both holds both, in either
// order; crossed, neither holds.
func TestTiedSettingsOfAPackAreJudgedTogether(t *testing.T) {
	low, high := exercise.Setting{Key: params.VisitMin, Numbers: []float64{2, 20, 1, 0}}, exercise.Setting{Key: params.VisitMax, Numbers: []float64{8, 30, 6, 0}}
	for _, locked := range [][]exercise.Setting{{low, high}, {high, low}} {
		s, err := exercise.Pack{Locked: locked}.Settings()
		if err != nil || s.Floats(params.VisitMin)[1] != 20 || s.Floats(params.VisitMax)[0] != 8 || s.On(params.VisitMaxChange) {
			t.Errorf("%v: %v to %v", err, s.Floats(params.VisitMin), s.Floats(params.VisitMax))
		}
	}
	high.Numbers = []float64{8, 19, 6, 0} // 20 is over 19
	s, err := exercise.Pack{Locked: []exercise.Setting{low, high}}.Settings()
	if err == nil || s.Floats(params.VisitMin)[0] != 12 || s.Floats(params.VisitMax)[0] != 24 {
		t.Errorf("%v: %v to %v, want the defaults", err, s.Floats(params.VisitMin), s.Floats(params.VisitMax))
	}
}

// Appendix B, 10 000 clients to class and to rank: 50 million pairs, not counted
// one by one.
func TestTenThousandItemsAreGraded(t *testing.T) {
	const n = 10_000
	key, back := make([]int32, n), make([]int32, n)
	for i := range int32(n) {
		key[i], back[n-1-i] = i, i
	}
	from := time.Now()
	if s := mark(exercise.Task{Kind: exercise.Ranking}, exercise.Key{Value: items(key...)}, items(back...)).Value; math.Abs(s) > 1e-12 {
		t.Errorf("backwards scores %v", s)
	}
	if s := exercise.Ordered(key, key, n).Value; s != 1 {
		t.Errorf("the key scores %v", s)
	}
	if took := time.Since(from); took > 10*time.Second {
		t.Errorf("took %v", took)
	}
}
