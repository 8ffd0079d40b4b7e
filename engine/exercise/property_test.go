package exercise_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sillon/engine/exercise"
)

// §3.4, number: 1 within the tolerance, a half within three times it, 0 beyond:
// the score never rises with the distance, is the same on both sides, and in
// another unit or currency (key, answer and display unit ×100) nothing moves.
func TestNumbersFallWithTheDistance(t *testing.T) {
	rng := rand.New(rand.NewPCG(41, 1))
	for range 500 {
		k := rng.NormFloat64() * math.Pow(10, float64(rng.IntN(6)))
		task := exercise.Task{Kind: exercise.Number, Display: []float64{0, 1, 100, .01}[rng.IntN(4)]}
		if rng.IntN(2) == 0 {
			task.Tolerance = exercise.Tolerance{Rel: rng.Float64() / 10, Abs: rng.Float64()}
		}
		last := 1.0
		for step := range 40 {
			gap := float64(step) * math.Abs(k) / 300
			up := mark(task, exercise.Key{Value: number(k)}, number(k+gap)).Value
			down := mark(task, exercise.Key{Value: number(k)}, number(k-gap)).Value
			if up > last || up != down {
				t.Fatalf("key %v: %v at +%v, %v at −%v, %v before", k, up, gap, down, gap, last)
			}
			last = up
			other := task
			if other.Display == 0 {
				other.Display = 1
			}
			other.Display *= 100
			if s := mark(other, exercise.Key{Value: number(100 * k)}, number(100*(k+gap))).Value; s != up {
				t.Fatalf("key %v, gap %v: %v, in another currency %v", k, gap, up, s)
			}
		}
	}
}

// §3.4, classification: 1 − Σ|a−k| ÷ (n·maxDistance) on ordered classes, the share
// of right ones else: one client moved a class closer never lowers the score;
// classes named from the other end: the same; items in another order: the same.
func TestClassificationsComeCloser(t *testing.T) {
	rng := rand.New(rand.NewPCG(42, 1))
	for range 500 {
		n, classes := 1+rng.IntN(12), 2+rng.IntN(4)
		key, answer := make([]int32, n), make([]int32, n)
		for i := range key {
			key[i], answer[i] = int32(rng.IntN(classes)), int32(rng.IntN(classes))
		}
		a, b := exercise.Ordered(key, answer, classes).Value, exercise.Accuracy(key, answer).Value
		if b > a+1e-12 {
			t.Fatalf("nominal %v over ordered %v", b, a)
		}
		mirror := func(x []int32) []int32 {
			out := make([]int32, len(x))
			for i := range x {
				out[len(x)-1-i] = int32(classes-1) - x[i] // other names, other order
			}
			return out
		}
		if c := exercise.Ordered(mirror(key), mirror(answer), classes).Value; math.Abs(c-a) > 1e-12 {
			t.Fatalf("from the other end %v, before %v", c, a)
		}
		k := rng.IntN(n)
		if answer[k] != key[k] {
			if answer[k] > key[k] {
				answer[k]--
			} else {
				answer[k]++
			}
			if c := exercise.Ordered(key, answer, classes).Value; math.Abs(c-a-1/float64(n*(classes-1))) > 1e-12 {
				t.Fatalf("a class closer: %v after %v", c, a)
			}
		}
	}
}

// §3.4, ranking: (τ-b + 1) ÷ 2: an adjacent pair put right raises it by
// 1 ÷ the number of pairs, the order read backwards scores 1 less the score,
// and the names of the items do not matter.
func TestRankingsCountPairs(t *testing.T) {
	rng := rand.New(rand.NewPCG(43, 1))
	for range 400 {
		n := 2 + rng.IntN(8)
		task := exercise.Task{Kind: exercise.Ranking, Items: make([]string, n)}
		perm := func() []int32 {
			out := make([]int32, n)
			for i, x := range rng.Perm(n) {
				out[i] = int32(x)
			}
			return out
		}
		key, answer := perm(), perm()
		of := func(k, a []int32) float64 { return mark(task, exercise.Key{Value: items(k...)}, items(a...)).Value }
		s, pairs := of(key, answer), float64(n*(n-1)/2)
		back := slices.Clone(answer)
		slices.Reverse(back)
		if r := of(key, back); math.Abs(s+r-1) > 1e-12 {
			t.Fatalf("%v, backwards %v", s, r)
		}
		name := perm()
		rename := func(x []int32) []int32 {
			out := slices.Clone(x)
			for i := range out {
				out[i] = name[x[i]]
			}
			return out
		}
		if r := of(rename(key), rename(answer)); math.Abs(s-r) > 1e-12 {
			t.Fatalf("%v, with other names %v", s, r)
		}
		for i := range n - 1 {
			if slices.Index(key, answer[i]) > slices.Index(key, answer[i+1]) {
				next := slices.Clone(answer)
				next[i], next[i+1] = next[i+1], next[i]
				if r := of(key, next); math.Abs(r-s-1/pairs) > 1e-12 {
					t.Fatalf("a pair put right: %v after %v, %v pairs", r, s, pairs)
				}
			}
		}
	}
}

// §3.4, set: F1 = 2PR ÷ (P + R), no hit → 0: the same when key and answer change
// places; a hit more never lowers it, a miss more never raises it.
func TestSetsAreSymmetric(t *testing.T) {
	rng := rand.New(rand.NewPCG(44, 1))
	some := func() (out []int32) {
		for i := range int32(12) {
			if rng.IntN(3) == 0 {
				out = append(out, i)
			}
		}
		return out
	}
	for range 800 {
		key, answer := some(), some()
		s := exercise.F1(key, answer).Value
		if r := exercise.F1(answer, key).Value; math.Abs(r-s) > 1e-12 {
			t.Fatalf("%v: %v, the other way %v", key, s, r)
		}
		for x := range int32(14) {
			if slices.Contains(answer, x) {
				continue
			}
			r := exercise.F1(key, append(answer[:len(answer):len(answer)], x)).Value
			if slices.Contains(key, x) && r < s-1e-12 || !slices.Contains(key, x) && r > s+1e-12 {
				t.Fatalf("key %v, answer %v and %d: %v after %v", key, answer, x, r, s)
			}
		}
	}
}

// §3.4, allocation: 40 % feasibility and 60 % closeness 1 − Σ|n−k| ÷ 2V: a visit
// moved from who has too many to who has too few raises it by 0.6 ÷ V; a
// feasible plan has 40 % at least; ×10 visits everywhere: the same.
func TestAllocationsComeCloser(t *testing.T) {
	rng := rand.New(rand.NewPCG(45, 1))
	for range 400 {
		n := 2 + rng.IntN(8)
		key, answer := make([]float64, n), make([]float64, n)
		v := 0.0
		for i := range key {
			key[i] = float64(rng.IntN(20))
			v += key[i]
		}
		left := v
		for i := range answer {
			answer[i] = min(left, float64(rng.IntN(20)))
			left -= answer[i]
		}
		answer[n-1] += left
		if v == 0 {
			continue
		}
		of := func(k, a []float64, sum float64) float64 {
			return mark(exercise.Task{Kind: exercise.Allocation, Sum: sum}, exercise.Key{Value: numbers(k...)}, numbers(a...)).Value
		}
		s := of(key, answer, v)
		if s < .4-1e-12 || s > 1+1e-12 {
			t.Fatalf("a feasible plan scores %v", s)
		}
		many := func(x []float64) []float64 {
			out := slices.Clone(x)
			for i := range out {
				out[i] *= 10
			}
			return out
		}
		if r := of(many(key), many(answer), 10*v); math.Abs(r-s) > 1e-12 {
			t.Fatalf("%v, ten times all %v", s, r)
		}
		for i := range n {
			for j := range n {
				if answer[i] > key[i] && answer[j] < key[j] {
					next := slices.Clone(answer)
					next[i]--
					next[j]++
					if r := of(key, next, v); math.Abs(r-s-.6/v) > 1e-9 {
						t.Fatalf("a visit closer: %v after %v, V %v", r, s, v)
					}
				}
			}
		}
	}
}

// §3.4, decision: payoff ÷ best payoff: a better choice never scores less, the
// best one scores 1, a loss 0; payoffs in another currency: the same.
func TestDecisionsFollowThePayoff(t *testing.T) {
	rng := rand.New(rand.NewPCG(46, 1))
	for range 400 {
		n := 2 + rng.IntN(5)
		key := exercise.Key{Payoff: make([]float64, n), Nothing: -1}
		dear := exercise.Key{Payoff: make([]float64, n), Nothing: -1}
		for i := range n {
			key.Payoff[i] = rng.NormFloat64() * 1000
			dear.Payoff[i] = 100 * key.Payoff[i]
		}
		task := exercise.Task{Kind: exercise.Decision}
		of := func(k exercise.Key, i int) float64 { return mark(task, k, items(int32(i))).Value }
		best := slices.Max(key.Payoff)
		for i := range n {
			s := of(key, i)
			if math.Abs(of(dear, i)-s) > 1e-12 {
				t.Fatalf("%v, in another currency %v", s, of(dear, i))
			}
			if key.Payoff[i] == best && s != 1 || best > 0 && key.Payoff[i] <= 0 && s != 0 {
				t.Fatalf("payoff %v of %v scores %v", key.Payoff[i], best, s)
			}
			for j := range n {
				if key.Payoff[i] >= key.Payoff[j] && s < of(key, j) {
					t.Fatalf("%v scores %v, %v scores %v", key.Payoff[i], s, key.Payoff[j], of(key, j))
				}
			}
		}
	}
}

// Team scoring: the points of a team are those of its members added up, over
// theirs added up; grades in another order: the same, to the last bit.
func TestTotalsAddUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(47, 1))
	for range 300 {
		var p exercise.Pack
		for k := range 1 + rng.IntN(6) {
			p.Tasks = append(p.Tasks, exercise.Task{ID: string(rune('a' + k)), Points: float64(rng.IntN(20)) / 4})
		}
		seats := []string{"A", "B", "C"}
		var grades []exercise.Grade
		for _, s := range seats {
			for _, x := range p.Tasks {
				if rng.IntN(4) > 0 {
					grades = append(grades, exercise.Grade{Seat: s, Task: x.ID, Auto: rng.Float64()})
				}
			}
		}
		team := p.Total(grades, seats...)
		var points, of float64
		for _, s := range seats {
			x := p.Total(grades, s)
			points, of = points+x.Points, of+x.Of
			if x.Points < 0 || x.Points > x.Of+1e-12 {
				t.Fatalf("%+v", x)
			}
		}
		if math.Abs(team.Points-points) > 1e-9 || math.Abs(team.Of-of) > 1e-9 {
			t.Fatalf("team %v of %v, members %v of %v", team.Points, team.Of, points, of)
		}
		rng.Shuffle(len(grades), func(i, j int) { grades[i], grades[j] = grades[j], grades[i] })
		if again := p.Total(grades, "C", "A", "B"); again.Points != team.Points || again.Share != team.Share {
			t.Fatalf("in another order %v, before %v", again.Points, team.Points)
		}
	}
}
