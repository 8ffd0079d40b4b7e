package visits

import (
	"math"
)

// mostStates bounds a layer; no territory of the size of a rep's comes near.
const mostStates = 1 << 18

// search lists the allocations that lose at most gap against the bound, and
// keeps the best. It reports whether it kept them all.
func (s *solver) search(gap float64) bool {
	exact := true
	rest := make([]int64, len(s.groups)+1) // least weight of the groups from k on
	most := make([]int64, len(s.groups)+1)
	for k := len(s.groups) - 1; k >= 0; k-- {
		g := &s.groups[k]
		exact = s.choices(g, gap) && exact
		if g.opts.len() == 0 { // cannot happen: the best choice loses nothing
			s.found = -1
			return false
		}
		rest[k] = rest[k+1] + int64(g.opts.weight[0])
		most[k] = most[k+1] + int64(g.opts.weight[g.opts.len()-1])
	}
	cur := front{}
	cur.push(0, 0, 0, 0)
	s.layers = append(s.layers[:0], cur)
	best := 0.0 // what the groups so far bring at the price of time
	for k := range s.groups {
		g := &s.groups[k]
		best += g.best
		r := reach{best: best, gap: gap, top: s.budget - rest[k+1], floor: s.budget - most[k+1]}
		next, ok := s.layer(&cur, &g.opts, r)
		exact = exact && ok
		cur = next
		s.layers = append(s.layers, next)
	}
	s.found = cur.len() - 1 // worth rises along a front
	return exact
}

// A reach says which states of a layer can still make an allocation within the
// gap: what they lost, the weight above which nothing fits any more, and the
// weight under which time would be left over.
type reach struct {
	best, gap  float64
	top, floor int64
}

// layer adds one group's choices to every state.
func (s *solver) layer(cur, opts *front, r reach) (front, bool) {
	low, high := s.budget+1, int64(-1)
	for j := range opts.weight {
		dw, dv := int64(opts.weight[j]), opts.worth[j]
		for i := range cur.weight {
			w := int64(cur.weight[i]) + dw
			if w > r.top {
				break
			}
			v := cur.worth[i] + dv
			lost := r.best - (v - float64(s.lambda*float64(w)))
			if w < r.floor {
				lost += float64(s.lambda * float64(r.floor-w))
			}
			if lost > r.gap || v <= s.value[w] {
				continue
			}
			s.value[w], s.from[w], s.pick[w] = v, int32(i), int32(j)
			low, high = min(low, w), max(high, w)
		}
	}
	return s.collect(low, high, r)
}

// collect takes the cells from low to high as a front, and empties them.
func (s *solver) collect(low, high int64, r reach) (front, bool) {
	var f front
	n, top := 0, math.Inf(-1)
	for w := low; w <= high; w++ {
		if s.value[w] > top {
			top = s.value[w]
			n++
		}
	}
	f.weight, f.worth, f.from, f.pick = make([]int32, 0, n), make([]float64, 0, n), make([]int32, 0, n), make([]int32, 0, n)
	top = math.Inf(-1)
	thin := max(1, (n+mostStates-1)/mostStates)
	k := 0
	for w := low; w <= high; w++ {
		if s.value[w] > top {
			top = s.value[w]
			if k%thin == 0 || k == n-1 {
				f.push(int32(w), top, s.from[w], s.pick[w])
			}
			k++
		}
		s.value[w] = math.Inf(-1)
	}
	return f, thin == 1
}

// choices lists what a group can do within the gap, by weight.
func (s *solver) choices(g *group, gap float64) bool {
	g.opts, g.plans = front{}, g.plans[:0]
	exact := true
	type end struct{ plan, state int32 }
	var ends []end
	low, high := s.budget+1, int64(-1)
	for n := g.nFirst(); n <= g.nHi; n++ {
		layers, ok := s.within(g, n, gap)
		exact = exact && ok
		if layers == nil {
			continue
		}
		plan := int32(len(g.plans))
		g.plans = append(g.plans, trips{n: n, layers: layers})
		f := &layers[len(layers)-1]
		ends = append(ends, end{plan, int32(f.len())})
	}
	for _, e := range ends {
		f := &g.plans[e.plan].layers[len(g.plans[e.plan].layers)-1]
		for i := range f.weight {
			w := int64(f.weight[i])
			if f.worth[i] > s.value[w] {
				s.value[w], s.from[w], s.pick[w] = f.worth[i], int32(i), e.plan
				low, high = min(low, w), max(high, w)
			}
		}
	}
	f, ok := s.collect(low, high, reach{})
	g.opts = f
	return exact && ok
}

// within lists the calls to a group's members with n trips; nil when even the
// best of them loses more than the gap.
func (s *solver) within(g *group, n int32, gap float64) ([]front, bool) {
	start := int64(g.trip) * int64(n)
	at := make([]float64, len(g.members)+1) // worth at the price of time, of the first members
	at[0] = -float64(s.lambda * float64(start))
	for j := range g.members {
		m := &g.members[j]
		x := m.choose(s.lambda, n)
		at[j+1] = at[j] + (m.worth[x] - float64(s.lambda*float64(int64(m.weight)*int64(x))))
	}
	spare := gap - (g.best - at[len(g.members)])
	if spare < 0 || start > s.budget {
		return nil, true
	}
	cur := front{}
	cur.push(int32(start), 0, 0, 0)
	layers := []front{cur}
	exact := true
	for j := range g.members {
		m := &g.members[j]
		var opts front
		for x := m.lo; x <= min(m.hi, n); x++ {
			opts.push(int32(min(int64(m.weight)*int64(x), math.MaxInt32)), m.worth[x], 0, x)
		}
		next, ok := s.layer(&cur, &opts, reach{best: at[j+1], gap: spare, top: s.budget})
		if next.len() == 0 {
			return nil, exact && ok
		}
		for i := range next.pick {
			next.pick[i] = opts.pick[next.pick[i]]
		}
		exact = exact && ok
		layers = append(layers, next)
		cur = next
	}
	return layers, exact
}

// fill writes the best allocation found; the plan of the price when the search
// kept none.
func (s *solver) fill(a *Allocation) {
	a.Bound, a.HourValue = s.bound, 60*s.lambda/float64(s.unit)
	if s.found < 0 {
		s.fallback(a)
	} else {
		state := int32(s.found)
		for k := len(s.groups) - 1; k >= 0; k-- {
			layer := &s.layers[k+1]
			s.groups[k].write(layer.pick[state], a)
			state = layer.from[state]
		}
	}
	var weight int64
	for k := range s.groups {
		g := &s.groups[k]
		n := int32(0)
		for _, m := range g.members {
			x := a.Visits[m.client]
			n = max(n, x)
			weight += int64(m.weight) * int64(x)
		}
		if g.area > 0 {
			a.Trips[g.area-1] = n
			weight += int64(g.trip) * int64(n)
		}
	}
	for k := range s.groups {
		for _, m := range s.groups[k].members {
			a.Value += m.worth[a.Visits[m.client]]
		}
	}
	a.Minutes = int(weight * int64(s.unit))
	a.Bound = max(a.Bound, a.Value)
}

// fallback writes the best allocation known without search.
func (s *solver) fallback(a *Allocation) {
	for k := range s.groups {
		g := &s.groups[k]
		n, top := g.nLo, math.Inf(-1)
		for c := g.nFirst(); c <= g.nHi && s.safe >= 0; c++ {
			v := -float64(s.safe * float64(int64(g.trip)*int64(c)))
			for _, m := range g.members {
				x := m.choose(s.safe, c)
				v += m.worth[x] - float64(s.safe*float64(int64(m.weight)*int64(x)))
			}
			if v > top {
				n, top = c, v
			}
		}
		for _, m := range g.members {
			if a.Visits[m.client] = m.lo; s.safe >= 0 {
				a.Visits[m.client] = m.choose(s.safe, n)
			}
		}
	}
	s.topUp(a)
}

// topUp spends the time left over on the calls that bring most per unit of it,
// one by one, a trip more included where it takes one.
func (s *solver) topUp(a *Allocation) {
	left, trips := s.budget, make([]int32, len(s.groups))
	for k := range s.groups {
		g := &s.groups[k]
		for _, m := range g.members {
			trips[k] = max(trips[k], a.Visits[m.client])
			left -= int64(m.weight) * int64(a.Visits[m.client])
		}
		left -= int64(g.trip) * int64(trips[k])
	}
	for range 1000 {
		best, group, rate, cost := int32(-1), 0, 0.0, int64(0)
		for k := range s.groups {
			g := &s.groups[k]
			for _, m := range g.members {
				x := a.Visits[m.client]
				if x >= m.hi {
					continue
				}
				w := int64(m.weight)
				if x == trips[k] {
					w += int64(g.trip)
				}
				if r := (m.worth[x+1] - m.worth[x]) / float64(max(1, w)); w <= left && r > rate {
					best, group, rate, cost = m.client, k, r, w
				}
			}
		}
		if best < 0 {
			return
		}
		a.Visits[best]++
		trips[group] = max(trips[group], a.Visits[best])
		left -= cost
	}
}

// write sets the calls of choice o.
func (g *group) write(o int32, a *Allocation) {
	layers := g.plans[g.opts.pick[o]].layers
	state := g.opts.from[o]
	for j := len(g.members) - 1; j >= 0; j-- {
		f := &layers[j+1]
		a.Visits[g.members[j].client] = f.pick[state]
		state = f.from[state]
	}
}
