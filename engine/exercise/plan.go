package exercise

import (
	"math"

	"sillon/engine/explain"
)

// allocation is 40 % feasibility (half for the sum, half for the share of the
// lines inside their bounds) and 60 % closeness to the key, 1 − Σ|n−k| ÷ 2V, or
// the value achieved ÷ the best one where the key has it.
func (t Task) allocation(k Key, a Value, p Params) Score {
	n := max(len(t.Items), len(k.Numbers))
	if n == 0 || len(k.Numbers) == 0 && k.Optimal <= 0 {
		return Score{Mark: explain.Missing(explain.NoData)}
	}
	var sum, l1, size float64
	inside := 0
	for i := range n {
		x := 0.0
		if !a.blank(i) {
			x = a.Numbers[i]
		}
		if !finite(x) {
			return Score{Tags: Infeasible, Mark: explain.Sound(explain.Num("exercise.score", 0))}
		}
		sum += x
		low, high := bound(t.Low, i, 0), bound(t.High, i, t.Sum)
		if x >= low-1e-9*max(1, math.Abs(low)) && x <= high+1e-9*max(1, math.Abs(high)) {
			inside++
		}
		if i < len(k.Numbers) {
			l1 += math.Abs(x - k.Numbers[i])
			size += math.Abs(k.Numbers[i])
		} else {
			l1 += math.Abs(x)
		}
	}
	feasible := float64(inside) / float64(n) / 2
	var tags Tags
	if math.Abs(sum-t.Sum) <= 1e-9*max(1, math.Abs(t.Sum)) {
		feasible += .5
	}
	if feasible < 1 {
		tags = Infeasible
	}
	v := t.Sum
	if !(v > 0) {
		v = size
	}
	close := 0.0
	switch {
	case k.Optimal > 0:
		close = k.Achieved / k.Optimal
	case v > 0:
		close = 1 - l1/(2*v)
	case l1 == 0:
		close = 1
	}
	if !(close > 0) {
		close = 0
	}
	close = min(1, close)
	return score(float64(p.Feasibility*feasible)+float64((1-p.Feasibility)*close), tags,
		explain.Share("exercise.feasible", feasible), explain.Share("exercise.closeness", close))
}

func bound(b []float64, i int, otherwise float64) float64 {
	if i < len(b) {
		return b[i]
	}
	return otherwise
}

// decision is the payoff of the choice ÷ the best payoff of I4, so that any
// choice that can be defended scores near 1; a loss scores 0. When nothing
// pays, the best choice and doing nothing score 1. A choice that a mandatory
// rule excludes scores 0, and the best is then the best of those it leaves.
func decision(k Key, a Value) Score {
	if len(k.Payoff) == 0 || len(a.Items) == 0 {
		return Score{Tags: NoAnswer, Mark: explain.Sound(explain.Num("exercise.score", 0))}
	}
	c := a.Items[0]
	allowed := func(i int32) bool {
		if len(k.Mandatory) == 0 {
			return true
		}
		for _, m := range k.Mandatory {
			if m == i {
				return true
			}
		}
		return false
	}
	best := math.Inf(-1)
	for i, x := range k.Payoff {
		if allowed(int32(i)) && finite(x) {
			best = max(best, x)
		}
	}
	if c < 0 || int(c) >= len(k.Payoff) || !finite(k.Payoff[c]) || !finite(best) {
		return Score{Tags: NoAnswer, Mark: explain.Sound(explain.Num("exercise.score", 0))}
	}
	pay := k.Payoff[c]
	steps := []explain.Step{explain.Of("exercise.payoff", pay, explain.Money), explain.Of("exercise.best", best, explain.Money)}
	switch {
	case !allowed(c):
		return score(0, RuleBroken, steps...)
	case best > 0:
		return score(pay/best, 0, steps...)
	case pay >= best || int(c) == k.Nothing:
		return score(1, 0, steps...)
	}
	return score(0, 0, steps...)
}

// matrix is the mean of the cells: classes where the task has some, else
// numbers. A cell left empty is worth nothing.
func (t Task) matrix(k Key, a Value, p Params) Score {
	if len(t.Classes) > 0 {
		if t.Ordered {
			return Ordered(k.Items, a.Items, len(t.Classes))
		}
		return Accuracy(k.Items, a.Items)
	}
	if len(k.Numbers) == 0 {
		return Score{Mark: explain.Missing(explain.NoData)}
	}
	var sum float64 // of halves: exact
	var tags Tags
	right := 0
	for i, x := range k.Numbers {
		if a.blank(i) {
			tags |= NoAnswer
			continue
		}
		s := t.number(x, a.Numbers[i], p)
		sum += s.Value
		tags |= s.Tags
		if s.Value == 1 {
			right++
		}
	}
	return score(sum/float64(len(k.Numbers)), tags, explain.Tally("exercise.right", right), explain.Tally("exercise.items", len(k.Numbers)))
}

// calculation is half for the result and half for the mean of the steps. A
// value that is wrong, but follows from the trainee's own steps before it, is
// right: one slip costs its own step, not all that comes after.
func (t Task) calculation(k Key, a Value, p Params) Score {
	var tags Tags
	follow := func(key, got float64, carried float64, has bool) float64 {
		s := t.number(key, got, p)
		if s.Value == 1 || !has {
			tags |= s.Tags
			return s.Value
		}
		if c := t.number(carried, got, p); c.Value > s.Value {
			tags |= Forward
			return c.Value
		}
		tags |= s.Tags
		return s.Value
	}
	var sum float64
	for i, x := range k.Numbers {
		if a.blank(i) {
			tags |= NoAnswer
			continue
		}
		var carried float64
		has := k.Carried.Given && !k.Carried.blank(i)
		if has {
			carried = k.Carried.Numbers[i]
		}
		sum += follow(x, a.Numbers[i], carried, has)
	}
	result := follow(k.Number, a.Number, k.Carried.Number, k.Carried.Given)
	if len(k.Numbers) == 0 {
		return score(result, tags, explain.Num("exercise.result", result))
	}
	steps := sum / float64(len(k.Numbers))
	return score((result+steps)/2, tags, explain.Num("exercise.result", result), explain.Num("exercise.steps", steps))
}

// Ticked grades a free text by the rubric: points of the items the trainer
// ticked ÷ all the points.
func (t Task) Ticked(ticks []bool) Score {
	var got, all float64
	n := 0
	for i, c := range t.Rubric {
		if !(c.Points > 0 && c.Points < 1e6) {
			continue
		}
		all += c.Points
		if i < len(ticks) && ticks[i] {
			got += c.Points
			n++
		}
	}
	if all <= 0 {
		return Score{Tags: ByTrainer, Mark: explain.Missing(explain.NoData)}
	}
	return score(got/all, 0, explain.Tally("exercise.ticked", n), explain.Tally("exercise.items", len(t.Rubric)))
}
