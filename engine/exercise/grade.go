package exercise

import (
	"math"
	"slices"

	"sillon/engine/explain"
	"sillon/engine/scoring"
)

// slack is what the last bits may add to a tolerance.
const slack = 1 + 1e-9

// Mark grades one answer against its key.
func (t Task) Mark(k Key, a Value, p Params) Score {
	if !a.Given {
		return Score{Tags: NoAnswer, Mark: explain.Sound(explain.Num("exercise.score", 0))}
	}
	switch t.Kind {
	case Number:
		return t.number(k.Number, a.Number, p)
	case Choice:
		return Accuracy(head(k.Items), head(a.Items))
	case MultiSet:
		return F1(k.Items, a.Items)
	case Classification:
		if t.Ordered {
			return Ordered(k.Items, a.Items, len(t.Classes))
		}
		return Accuracy(k.Items, a.Items)
	case Ranking:
		return t.ranking(k, a)
	case Allocation:
		return t.allocation(k, a, p)
	case Decision:
		return decision(k, a)
	case Matrix:
		return t.matrix(k, a, p)
	case Calculation:
		return t.calculation(k, a, p)
	}
	return Score{Tags: ByTrainer, Mark: explain.Missing(explain.NoData)}
}

// head is the first item, for a single choice.
func head(items []int32) []int32 { return items[:min(1, len(items))] }

// score clips and marks.
func score(x float64, tags Tags, steps ...explain.Step) Score {
	if !(x > 0) { // NaN is not
		x = 0
	}
	x = min(1, x)
	return Score{Value: x, Tags: tags, Mark: explain.Sound(append(steps, explain.Num("exercise.score", x))...)}
}

// tolerance is max(abs, rel·|k|), abs alone at zero.
func (t Task) tolerance(k float64, p Params) float64 {
	rel, abs, unit := p.Rel, p.Abs, t.Display
	if t.Tolerance.Rel > 0 {
		rel = t.Tolerance.Rel
	}
	if t.Tolerance.Abs > 0 {
		abs = t.Tolerance.Abs
	}
	if !(unit > 0) {
		unit = 1
	}
	return max(abs*unit, rel*math.Abs(k))
}

// number is 1 within the tolerance, one half within so many times it.
func (t Task) number(k, a float64, p Params) Score {
	if !finite(k) || !finite(a) {
		return Score{Tags: NoAnswer, Mark: explain.Sound(explain.Num("exercise.score", 0))}
	}
	tol := t.tolerance(k, p)
	gap := math.Abs(a - k)
	if !finite(tol) || !finite(gap) {
		return Score{Mark: explain.Sound(explain.Num("exercise.score", 0))}
	}
	steps := []explain.Step{explain.Num("exercise.answer", a), explain.Num("exercise.key", k), explain.Num("exercise.gap", gap), explain.Num("exercise.tolerance", tol)}
	switch {
	case gap <= tol*slack:
		return score(1, 0, steps...)
	case gap <= tol*p.Half*slack:
		return score(.5, 0, steps...)
	}
	return score(0, wrong(k, a, tol), steps...)
}

// units are the factors people mistake: tens, hundreds (percent), thousands
// (k€), millions, months or weeks for years, minutes for hours.
var units = [...]float64{10, 100, 1000, 1e6, 12, 52, 60}

// wrong names the sign or the unit that was mistaken.
func wrong(k, a, tol float64) Tags {
	near := func(x float64) bool { return math.Abs(x-k) <= tol*slack }
	if near(-a) {
		return SignError
	}
	if a == 0 || k == 0 {
		return 0
	}
	for _, u := range units {
		if near(a*u) || near(a/u) {
			return UnitError
		}
		if near(-a*u) || near(-a/u) {
			return UnitError | SignError
		}
	}
	return 0
}

func finite(x float64) bool { return !math.IsNaN(x) && math.Abs(x) <= 1e300 }

// Accuracy is the share of the items that have the right class, or choice.
func Accuracy(key, answer []int32) Score {
	right := 0
	for i, k := range key {
		if i < len(answer) && answer[i] == k {
			right++
		}
	}
	if len(key) == 0 {
		return Score{Mark: explain.Missing(explain.NoData)}
	}
	return score(float64(right)/float64(len(key)), 0, explain.Tally("exercise.right", right), explain.Tally("exercise.items", len(key)))
}

// Ordered is 1 − Σ|a−k| ÷ (n·largest distance) over so many ordered classes. An
// item without a class, or of an unknown one, is as far as can be.
func Ordered(key, answer []int32, classes int) Score {
	if len(key) == 0 || classes < 2 {
		return Accuracy(key, answer)
	}
	far := int64(classes - 1)
	var sum int64
	for i, k := range key {
		d := far
		if i < len(answer) && answer[i] >= 0 && int64(answer[i]) <= far {
			d = int64(answer[i]) - int64(k)
			d = min(max(d, -d), far)
		}
		sum += d
	}
	return score(1-float64(sum)/float64(int64(len(key))*far), 0,
		explain.Tally("exercise.items", len(key)), explain.Num("exercise.distance", float64(sum)))
}

// F1 is 2PR ÷ (P + R) = 2·hits ÷ (key + answer), of two sets; doubles count once.
// Without a hit it is 0; an empty answer to an empty key is right.
func F1(key, answer []int32) Score {
	k, a := distinct(key), distinct(answer)
	hits := 0
	for _, x := range a {
		if _, ok := slices.BinarySearch(k, x); ok {
			hits++
		}
	}
	if len(k) == 0 && len(a) == 0 {
		return score(1, 0)
	}
	if hits == 0 {
		return score(0, 0, explain.Tally("exercise.right", 0))
	}
	return score(float64(2*hits)/float64(len(k)+len(a)), 0,
		explain.Share("exercise.precision", float64(hits)/float64(len(a))), explain.Share("exercise.recall", float64(hits)/float64(len(k))))
}

func distinct(x []int32) []int32 {
	s := slices.Clone(x)
	slices.Sort(s)
	return slices.Compact(s)
}

// ranking is (τ-b + 1) ÷ 2 times the share of the items that were placed: an
// item left out is tied at the end, and one alone in the right place does not
// make a ranking. Items placed twice count where they were first.
func (t Task) ranking(k Key, a Value) Score {
	n := len(k.Items)
	reference := make([]float64, n)
	if len(k.Rank) > 0 {
		n = len(k.Rank)
		reference = slices.Clone(k.Rank)
	}
	given := make([]float64, n)
	placed := 0
	for i, x := range a.Items {
		if x >= 0 && int(x) < n && given[x] == 0 {
			given[x] = float64(len(a.Items) - i)
			placed++
		}
	}
	if n == 0 {
		return Score{Mark: explain.Missing(explain.NoData)}
	}
	if len(k.Rank) == 0 {
		for i, x := range k.Items {
			if x >= 0 && int(x) < n {
				reference[x] = float64(n - i)
			}
		}
	}
	share := float64(placed) / float64(n)
	if n == 1 {
		return score(share, 0, explain.Tally("exercise.placed", placed))
	}
	tau := scoring.Kendall(reference, given)
	if !tau.Has() { // all tied on one side: nothing to agree with
		return score(0, 0, explain.Tally("exercise.placed", placed))
	}
	x := (tau.Value + 1) / 2
	if 1-x < 1e-12 { // τ is a quotient of square roots
		x = 1
	}
	return score(x*share, 0, explain.Num("exercise.tau", tau.Value), explain.Share("exercise.placed", share))
}
