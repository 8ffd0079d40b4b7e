package visits

import (
	"cmp"
	"math"
	"slices"

	"sillon/engine/explain"
	"sillon/engine/sorting"
)

// Proportional shares the budget in proportion to the keys within the bounds
// (H6 method b): nᵢ is λ·xᵢ held between its bounds, with the λ that spends the
// budget, then whole visits by the largest remainder. All keys at zero share
// equally.
func Proportional(in PlanInput) Plan {
	p := newPlan(in, len(in.Key))
	p.share(in.Key)
	return p.close()
}

// Norms gives each client the norm of its category, all scaled down together
// when they ask more than the budget (H6 method a). norm is visits a year by
// portfolio.Category; see [Middle]. What the norms leave is surplus.
func Norms(in PlanInput, norm [5]float64) Plan {
	n := len(in.Category)
	in.Key = make([]float64, n)
	asked := 0.0
	for i, c := range in.Category {
		in.Key[i] = key(norm[known(c)])
	}
	p := newPlan(in, n)
	for _, i := range p.order {
		asked += min(float64(p.hi[i]), max(float64(p.lo[i]), in.Key[i]))
	}
	p.Budget = min(p.Budget, int(math.Round(asked)))
	p.share(in.Key)
	p.Budget, p.Asked = max(0, min(in.Budget, math.MaxInt32)), asked
	q := p.close()
	q.Steps = append(q.Steps, explain.Num("visits.asked", asked))
	return q
}

// Middle is the norm of each category when nobody has set one: the middle of
// its bounds, 18, 13, 12 and 3 visits a year by default.
func Middle(par Params) (norm [5]float64) {
	for c := range norm {
		norm[c] = (float64(par.Min[c]) + float64(par.Max[c])) / 2
	}
	return norm
}

// key is a usable key: from 0 to 10¹⁵.
func key(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return min(x, 1e15)
}

// share fills Visits for the plan's budget, or says why it cannot.
func (p *Plan) share(keys []float64) {
	n := len(p.Visits)
	idx := p.order
	x := make([]float64, n)
	free := make([]int32, 0, n)
	var all float64
	most := 0
	for _, i := range idx {
		x[i] = key(at(keys, int(i), 0))
		all += x[i]
		most += int(p.hi[i])
		p.Visits[i] = p.lo[i]
		if p.Bound[i] == Free {
			free = append(free, i)
		}
	}
	for i := range n {
		switch {
		case all > 0:
			p.Share[i] = float64(p.Budget) * (x[i] / all)
		case n > 0:
			p.Share[i] = float64(p.Budget) / float64(n)
		}
	}
	switch {
	case p.need() > p.Budget:
		p.cut(free)
	case most <= p.Budget:
		for _, i := range free {
			p.Visits[i], p.Bound[i] = p.hi[i], AtMax
		}
	default:
		left := p.Budget
		for _, i := range idx {
			if p.Bound[i] != Free {
				left -= int(p.Visits[i])
			}
		}
		p.spread(x, free, left)
	}
}

// cut scales the minima down to what the budget leaves after the locked lines.
func (p *Plan) cut(free []int32) {
	p.Shortage = p.need() - p.Budget
	minima, floor, ceiling := make([]float64, len(p.lo)), p.lo, p.hi
	p.lo, p.hi = make([]int32, len(floor)), floor
	for _, i := range free {
		minima[i], p.Bound[i] = float64(floor[i]), AtMin
	}
	p.spread(minima, slices.Clone(free), max(0, p.Budget-p.Locked))
	for _, i := range free {
		p.Bound[i] = AtMin
	}
	p.lo, p.hi = floor, ceiling
}

// spread shares left visits over the free clients, whose bounds can hold them:
// Bitran and Hax (1981), which clamps one side at a time, then the largest
// remainder.
func (p *Plan) spread(x []float64, free []int32, left int) {
	t := make([]float64, len(x))
	for len(free) > 0 {
		var sum, under, over float64
		for _, i := range free {
			sum += x[i]
		}
		for _, i := range free {
			if t[i] = float64(left) / float64(len(free)); sum > 0 {
				t[i] = float64(left) * (x[i] / sum)
			}
			under += max(0, float64(p.lo[i])-t[i])
			over += max(0, t[i]-float64(p.hi[i]))
		}
		if under == 0 && over == 0 {
			break
		}
		kept := free[:0]
		for _, i := range free {
			switch {
			case under >= over && t[i] < float64(p.lo[i]):
				p.Visits[i], p.Bound[i] = p.lo[i], AtMin
			case under < over && t[i] > float64(p.hi[i]):
				p.Visits[i], p.Bound[i] = p.hi[i], AtMax
			default:
				kept = append(kept, i)
				continue
			}
			left -= int(p.Visits[i])
		}
		free = kept
	}
	rank := make([]int32, len(x))
	for k, i := range free {
		rank[i] = int32(k) // free is in order of code
		// A share a hair under a whole number is that number, and parts that
		// should be equal are: keys in another unit give the same plan.
		whole := math.Floor(t[i] + 1e-9)
		p.Visits[i] = int32(whole)
		left -= int(p.Visits[i])
		t[i] = math.Round((t[i] - whole) * 1e9)
	}
	rest := make([]uint64, len(t))
	for _, i := range free {
		rest[i] = ^sorting.Real(t[i])
	}
	sorting.Index(free, rest, func(a, b int32) int {
		if x[a] != x[b] {
			return cmp.Compare(x[b], x[a])
		}
		return cmp.Compare(rank[a], rank[b])
	})
	for left > 0 {
		given := left
		for _, i := range free {
			if left > 0 && p.Visits[i] < p.hi[i] {
				p.Visits[i]++
				left--
			}
		}
		if given == left {
			break
		}
	}
}
