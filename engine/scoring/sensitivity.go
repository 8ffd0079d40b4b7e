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
			if !other.Has() {
				continue // no weight is left
			}
			out = append(out, Sensitivity{Criterion: k, Change: g.Criteria[k].Weight - c.Weight,
				Spearman: Spearman(s.Score100, other.Score100), Kendall: Kendall(s.Score100, other.Score100)})
		}
	}
	return out
}

// Spearman is the rank correlation ρ with average ranks for ties.
func Spearman(x, y []float64) explain.Result {
	if m, ok := comparable2(x, y); !ok {
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
	if m, ok := comparable2(x, y); !ok {
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
	tiesX, tiesBoth := int64(0), int64(0)
	for start, both := 0, 0; start < n; {
		end := start + 1
		for end < n && x[idx[end]] == x[idx[start]] {
			end++
		}
		tiesX += pairs(end - start)
		for both = start; both < end; {
			stop := both + 1
			for stop < end && y[idx[stop]] == y[idx[both]] {
				stop++
			}
			tiesBoth += pairs(stop - both)
			both = stop
		}
		start = end
	}
	ys := make([]float64, n)
	for i, j := range idx {
		ys[i] = y[j]
	}
	swaps := mergeSwaps(ys, make([]float64, n)) // sorts ys
	tiesY := int64(0)
	for start := 0; start < n; {
		end := start + 1
		for end < n && ys[end] == ys[start] {
			end++
		}
		tiesY += pairs(end - start)
		start = end
	}
	all := pairs(n)
	if all == tiesX || all == tiesY {
		return explain.Result{Mark: explain.Missing(explain.NoVariation)}
	}
	num := float64(all - tiesX - tiesY + tiesBoth - 2*swaps)
	return explain.Result{Value: clip(num / (math.Sqrt(float64(all-tiesX)) * math.Sqrt(float64(all-tiesY)))), Mark: explain.Sound()}
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

func comparable2(x, y []float64) (explain.Mark, bool) {
	if len(x) != len(y) || len(x) < 2 {
		return explain.Missing(explain.FewClients), false
	}
	return explain.Mark{}, true
}

func clip(r float64) float64 { return min(1, max(-1, r)) }
