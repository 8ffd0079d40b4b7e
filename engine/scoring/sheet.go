package scoring

import (
	"cmp"
	"math"

	"sillon/engine/explain"
	"sillon/engine/sorting"
)

// Score fills the sheet (H5). The table has one column per criterion; a
// missing column is wholly unknown.
func (g Grid) Score(t Table) Sheet {
	n, k := t.clients(), len(g.Criteria)
	s := Sheet{K: k, Points: make([]float64, n*k), Contribution: make([]float64, n*k), Malus: make([]float64, n),
		Score: make([]float64, n), Score100: make([]float64, n), Weak: make([]bool, n), Veto: make([]bool, n), grid: g, table: t}
	weights, scale := g.weights()
	weak := 0
	for i := range n {
		s.row(i, weights, scale)
		if s.Weak[i] {
			weak++
		}
		s.Order = append(s.Order, int32(i))
	}
	s.sort()
	s.Mark = explain.Sound(explain.Tally("scoring.clients", n), explain.Tally("scoring.neutral", weak))
	switch {
	case n == 0 || weights <= 0 || scale <= 0:
		s.Status, s.Reason = explain.NA, explain.NoData
	case weak > 0:
		s.Status, s.Reason = explain.Weak, explain.NoData
	}
	return s
}

func (t Table) clients() int {
	n := 0
	for _, c := range t.Columns {
		n = max(n, len(c.Values))
	}
	return n
}

// weights sums the weights, and weights × scales: Σ w and Σ w·(max − min).
func (g Grid) weights() (sum, scale float64) {
	for _, c := range g.Criteria {
		w := tame(c.Weight)
		sum += w
		scale += float64(w * c.scale())
	}
	return sum, scale
}

// row scores client i: contribution 100·w·(pts − min) ÷ Σ w·(max − min), whose
// sum is score100 before malus and clip.
func (s *Sheet) row(i int, weights, scale float64) {
	var score, gained float64
	for k := range s.grid.Criteria {
		c := &s.grid.Criteria[k]
		x, known := s.table.value(i, k)
		pts := finite(c.Neutral)
		if known {
			pts = c.points(x)
		} else {
			s.Weak[i] = true
		}
		w := tame(c.Weight)
		if c.scale() == 0 { // a scale of nothing gives nothing
			pts = finite(c.Min)
		}
		s.Points[i*s.K+k] = pts
		score += float64(w * pts)
		if scale > 0 {
			s.Contribution[i*s.K+k] = 100 * w * (pts - finite(c.Min)) / scale
		}
		gained += float64(w * (pts - finite(c.Min)))
	}
	if weights > 0 {
		s.Score[i] = score / weights
	}
	s.Malus[i] = tame(s.grid.Malus) * min(1, tame(at(s.table.Risk, i, 0)))
	if scale > 0 {
		s.Score100[i] = min(100, max(0, 100*gained/scale-s.Malus[i]))
	}
	s.Veto[i] = at(s.table.Blocked, i, false)
}

// value is what the table says; false where it is missing or not a number.
func (t Table) value(i, k int) (float64, bool) {
	if k >= len(t.Columns) || i >= len(t.Columns[k].Values) {
		return 0, false
	}
	c := t.Columns[k]
	x := c.Values[i]
	return x, (c.Known == nil || at(c.Known, i, false)) && !math.IsNaN(x) && !math.IsInf(x, 0)
}

// sort orders the clients by score100, then the second key, then code. Scores
// equal to a billionth are equal: the same levels under other criteria of the
// same weight differ in the last bit, as the order of the sum has it.
func (s *Sheet) sort() {
	score, second, codes := make([]uint64, len(s.Score100)), s.table.Second, s.table.Codes
	for i, x := range s.Score100 {
		score[i] = ^sorting.Whole(grain(x))
	}
	sorting.Index(s.Order, score, func(a, b int32) int {
		if x, y := at(second, int(a), 0), at(second, int(b), 0); x != y {
			if d := cmp.Compare(y, x); d != 0 { // two that are no numbers are equal
				return d
			}
		}
		if x, y := at(codes, int(a), ""), at(codes, int(b), ""); x != y {
			return cmp.Compare(x, y)
		}
		return cmp.Compare(a, b)
	})
	for from := 0; from < len(s.Order); { // equals get the largest of them
		to, most := from, 0.0
		for ; to < len(s.Order) && score[s.Order[to]] == score[s.Order[from]]; to++ {
			most = max(most, s.Score100[s.Order[to]])
		}
		for ; from < to; from++ {
			s.Score100[s.Order[from]] = most
		}
	}
}

// Levers lists what would raise client i's score, nearest change first, then
// the larger gain. A missing value is no lever: it should be found out.
func (s Sheet) Levers(i int) []Lever {
	var out []Lever
	_, scale := s.grid.weights()
	for k := range s.grid.Criteria {
		c := &s.grid.Criteria[k]
		x, known := s.table.value(i, k)
		to, more := c.next(x)
		if !known || !more || tame(c.Weight) == 0 || !(scale > 0) || !(c.span() > 0) {
			continue
		}
		gain := 100 * tame(c.Weight) * (c.points(to) - s.Points[i*s.K+k]) / scale
		if gain > 0 {
			out = append(out, Lever{Criterion: k, From: x, To: to, Distance: min(math.Abs(to-x)/c.span(), 1e9), Gain: gain})
		}
	}
	sorting.Stable(out, func(a, b Lever) int {
		return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(b.Gain, a.Gain))
	})
	return out
}

// If is what the score of client i would be, were its value of criterion k x.
func (s Sheet) If(i, k int, x float64) float64 {
	_, scale := s.grid.weights()
	c := &s.grid.Criteria[k]
	if !(scale > 0) {
		return s.Score100[i]
	}
	return min(100, max(0, s.Score100[i]+100*tame(c.Weight)*(c.points(x)-s.Points[i*s.K+k])/scale))
}

// Explain gives the steps of client i: the points of each criterion, with its
// key, and its bar.
func (s Sheet) Explain(i int) []explain.Step {
	var steps []explain.Step
	for k, c := range s.grid.Criteria {
		if x, known := s.table.value(i, k); known {
			steps = append(steps, explain.Step{Key: "scoring.value", Value: x, Text: c.Key})
		}
		steps = append(steps,
			explain.Step{Key: "scoring.points", Value: s.Points[i*s.K+k], Unit: explain.Points, Text: c.Key},
			explain.Step{Key: "scoring.contribution", Value: s.Contribution[i*s.K+k], Unit: explain.Points, Text: c.Key})
	}
	if s.Malus[i] > 0 {
		steps = append(steps, explain.Of("scoring.malus", s.Malus[i], explain.Points))
	}
	steps = append(steps, explain.Num("scoring.score", s.Score[i]), explain.Of("scoring.score100", s.Score100[i], explain.Points))
	if s.Veto[i] {
		steps = append(steps, explain.Tally("scoring.veto", 1))
	}
	return steps
}
