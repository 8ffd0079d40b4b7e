package scoring

import (
	"cmp"
	"math"
	"slices"

	"sillon/engine/explain"
)

// Sensitivities moves each weight by −1 and by +1 (never under 0) and
// correlates the new ranking with the present one: 1 when nothing moves.
func (s Sheet) Sensitivities() []Sensitivity {
	var out []Sensitivity
	for k, c := range s.grid.Criteria {
		for _, change := range [...]float64{-1, 1} {
			g := s.grid
			g.Criteria = slices.Clone(g.Criteria)
			g.Criteria[k].Weight = max(0, c.Weight+change)
			other := g.Score(s.table)
			if g.Criteria[k].Weight == c.Weight || !other.Has() {
				continue // it cannot go down, or no weight is left
			}
			out = append(out, Sensitivity{Criterion: k, Change: g.Criteria[k].Weight - c.Weight,
				Spearman: Spearman(s.Score100, other.Score100), Kendall: Kendall(s.Score100, other.Score100)})
		}
	}
	return out
}

// Spearman is the rank correlation ρ with average ranks for ties.
func Spearman(x, y []float64) explain.Result {
	if m, ok := paired(x, y); !ok {
		return explain.Result{Mark: m}
	}
	// Twice the average ranks: whole numbers, so that the sums are exact.
	rx, ry := doubleRanks(x), doubleRanks(y)
	mean := int64(len(x) + 1)
	var xx, yy, xy float64
	for i := range rx {
		a, b := float64(rx[i]-mean), float64(ry[i]-mean)
		xx += float64(a * a)
		yy += float64(b * b)
		xy += float64(a * b)
	}
	if xx == 0 || yy == 0 {
		return explain.Result{Mark: explain.Missing(explain.NoVariation)}
	}
	return explain.Result{Value: clip(xy / (math.Sqrt(xx) * math.Sqrt(yy))), Mark: explain.Sound()}
}

func doubleRanks(x []float64) []int64 {
	idx := sorted(x)
	r := make([]int64, len(x))
	for start := 0; start < len(idx); {
		end := start + 1
		for end < len(idx) && x[idx[end]] == x[idx[start]] {
			end++
		}
		for _, i := range idx[start:end] {
			r[i] = int64(start + 1 + end)
		}
		start = end
	}
	return r
}

func sorted(x []float64) []int32 {
	idx := make([]int32, len(x))
	for i := range idx {
		idx[i] = int32(i)
	}
	slices.SortFunc(idx, func(a, b int32) int { return cmp.Compare(x[a], x[b]) })
	return idx
}

// Kendall is the rank correlation τ-b, by Knight's merge in n·log n.
func Kendall(x, y []float64) explain.Result {
	if m, ok := paired(x, y); !ok {
		return explain.Result{Mark: m}
	}
	n := len(x)
	idx := make([]int32, n)
	for i := range idx {
		idx[i] = int32(i)
	}
	slices.SortFunc(idx, func(a, b int32) int {
		return cmp.Or(cmp.Compare(x[a], x[b]), cmp.Compare(y[a], y[b]))
	})
	ys := make([]float64, n)
	for i, j := range idx {
		ys[i] = y[j]
	}
	tiedX := tied(n, func(i, j int) bool { return x[idx[i]] == x[idx[j]] })
	tiedBoth := tied(n, func(i, j int) bool { return x[idx[i]] == x[idx[j]] && ys[i] == ys[j] })
	swaps := mergeSwaps(ys, make([]float64, n)) // sorts ys
	tiedY := tied(n, func(i, j int) bool { return ys[i] == ys[j] })
	all := pairs(n)
	if all == tiedX || all == tiedY {
		return explain.Result{Mark: explain.Missing(explain.NoVariation)}
	}
	num := float64(all - tiedX - tiedY + tiedBoth - 2*swaps)
	return explain.Result{Value: clip(num / (math.Sqrt(float64(all-tiedX)) * math.Sqrt(float64(all-tiedY)))), Mark: explain.Sound()}
}

// tied counts the pairs that are equal, in a list where equals are neighbours.
func tied(n int, equal func(i, j int) bool) int64 {
	var t int64
	for start := 0; start < n; {
		end := start + 1
		for end < n && equal(start, end) {
			end++
		}
		t += pairs(end - start)
		start = end
	}
	return t
}

func pairs(n int) int64 { return int64(n) * int64(n-1) / 2 }

// mergeSwaps sorts x and counts the pairs that stood the wrong way round.
func mergeSwaps(x, scratch []float64) int64 {
	if len(x) < 2 {
		return 0
	}
	h := len(x) / 2
	a, b := x[:h], x[h:]
	n := mergeSwaps(a, scratch[:h]) + mergeSwaps(b, scratch[h:])
	i, j := 0, 0
	for k := range scratch {
		if j == len(b) || i < len(a) && a[i] <= b[j] {
			scratch[k] = a[i]
			i++
			continue
		}
		scratch[k] = b[j]
		j++
		n += int64(len(a) - i)
	}
	copy(x, scratch)
	return n
}

func paired(x, y []float64) (explain.Mark, bool) {
	if len(x) != len(y) || len(x) < 2 {
		return explain.Missing(explain.FewClients), false
	}
	return explain.Mark{}, true
}

func clip(r float64) float64 { return min(1, max(-1, r)) }
