package tour

import "sillon/engine/sorting"

// route is a day being built. Position 0 is its start and the last one its
// end; both hold visit -1. Every slice but leg has one entry a position.
type route struct {
	stops  []int32
	place  []int32
	depart []int32 // earliest departure from the position
	latest []int32 // latest arrival at it that leaves the rest possible
	leg    []int32 // travel to the next position
	travel int64
	load   int64
}

func (r *route) copyFrom(o *route) {
	r.stops = append(r.stops[:0], o.stops...)
	r.place = append(r.place[:0], o.place...)
	r.depart = append(r.depart[:0], o.depart...)
	r.latest = append(r.latest[:0], o.latest...)
	r.leg = append(r.leg[:0], o.leg...)
	r.travel, r.load = o.travel, o.load
}

const never = int32(1 << 30) // later than any time

// ground is the problem laid flat for the search.
type ground struct {
	p         *Problem
	n         int     // visits
	hours     int     // kinds of opening hours
	to        []int32 // travel transposed: to[i*Places+j] is from j to i
	lo, hi    []int32 // first opening and last closing by visit and hours; hi < lo: closed
	many      []bool  // more than one window
	days      []uint64
	frequency []int64   // days of a set, at most
	single    []bool    // every set of days holds one day
	lost      []int64   // what leaving it out costs
	near      [][]int32 // the nearest other visits, nearest first
	byDay     [][]int32 // routes of each day
}

func lay(p *Problem) *ground {
	g := &ground{p: p, n: len(p.Visits)}
	for _, r := range p.Routes {
		g.hours = max(g.hours, r.Hours+1)
		for len(g.byDay) <= r.Day {
			g.byDay = append(g.byDay, nil)
		}
	}
	for i, r := range p.Routes {
		g.byDay[r.Day] = append(g.byDay[r.Day], int32(i))
	}
	g.to = make([]int32, len(p.Travel))
	for i := 0; i < p.Places; i++ {
		for j := 0; j < p.Places; j++ {
			g.to[i*p.Places+j] = p.Travel[j*p.Places+i]
		}
	}
	g.windows()
	g.worth()
	g.neighbours()
	return g
}

func (g *ground) windows() {
	cells := g.n * g.hours
	g.lo, g.hi, g.many = make([]int32, cells), make([]int32, cells), make([]bool, cells)
	g.days, g.single, g.frequency = make([]uint64, g.n), make([]bool, g.n), make([]int64, g.n)
	for v := range g.p.Visits {
		visit := &g.p.Visits[v]
		for h := 0; h < g.hours; h++ {
			c := v*g.hours + h
			switch {
			case len(visit.Hours) == 0:
				g.lo[c], g.hi[c] = -never, never
			case h >= len(visit.Hours) || len(visit.Hours[h]) == 0:
				g.lo[c], g.hi[c] = 1, 0
			default:
				ws := visit.Hours[h]
				g.lo[c], g.hi[c], g.many[c] = ws[0].Open, ws[len(ws)-1].Close, len(ws) > 1
			}
		}
		g.single[v] = true
		for _, d := range visit.Days {
			g.frequency[v] = max(g.frequency[v], int64(ones(d)))
			g.days[v] |= d
			g.single[v] = g.single[v] && d&(d-1) == 0
		}
	}
}

// worth sets what a visit left out costs. What must be made costs more than
// any detour and any visit it could replace.
func (g *ground) worth() {
	g.lost = make([]int64, g.n)
	var longest, most int64
	for _, t := range g.p.Travel {
		longest = max(longest, int64(t))
	}
	for i := range g.p.Visits {
		most = max(most, g.p.Visits[i].Value)
	}
	must := 1 + 8*longest*max(1, g.p.Rate) + 4*most
	for i := range g.p.Visits {
		v := &g.p.Visits[i]
		if g.lost[i] = v.Value; v.Must {
			g.lost[i] = must + v.Value
		}
	}
}

// early is the earliest start of a visit for an arrival at t, never if none.
func (g *ground) early(v int32, hours int, t int32) int32 {
	c := int(v)*g.hours + hours
	if t > g.hi[c] {
		return never
	}
	if t <= g.lo[c] {
		return g.lo[c]
	}
	if !g.many[c] {
		return t
	}
	for _, w := range g.p.Visits[v].Hours[hours] {
		if t <= w.Close {
			return max(t, w.Open)
		}
	}
	return never
}

// late is the latest start of a visit no later than t, -never if none.
func (g *ground) late(v int32, hours int, t int32) int32 {
	c := int(v)*g.hours + hours
	if t < g.lo[c] || g.hi[c] < g.lo[c] {
		return -never
	}
	if t >= g.hi[c] {
		return g.hi[c]
	}
	if !g.many[c] {
		return t
	}
	ws := g.p.Visits[v].Hours[hours]
	for i := len(ws) - 1; i >= 0; i-- {
		if t >= ws[i].Open {
			return min(t, ws[i].Close)
		}
	}
	return -never
}

// time fills the times, legs and sums of a route whose stops are set. It
// answers false when the route cannot be driven.
func (g *ground) time(k int, r *route) bool {
	n := len(r.stops)
	r.place, r.depart, r.latest, r.leg = fit(r.place, n), fit(r.depart, n), fit(r.latest, n), fit(r.leg, n)
	spec := &g.p.Routes[k]
	r.place[0], r.place[n-1] = spec.From, spec.To
	r.travel, r.load = 0, 0
	for i := 1; i < n-1; i++ {
		v := &g.p.Visits[r.stops[i]]
		r.place[i] = v.Place
		r.load += int64(v.Load)
	}
	for i := 0; i < n-1; i++ {
		r.leg[i] = g.p.Travel[int(r.place[i])*g.p.Places+int(r.place[i+1])]
		r.travel += int64(r.leg[i])
	}
	r.leg[n-1] = 0
	r.depart[0], r.latest[0] = spec.Open, spec.Open
	if !g.forward(k, r, 1) {
		return false
	}
	g.backward(k, r, n-1)
	return true
}

// forward fills the earliest departures from position i on.
func (g *ground) forward(k int, r *route, i int) bool {
	spec, n := &g.p.Routes[k], len(r.stops)
	t := r.depart[i-1]
	for ; i < n-1; i++ {
		v := r.stops[i]
		if t = g.early(v, spec.Hours, t+r.leg[i-1]); t >= never {
			return false
		}
		t += g.p.Visits[v].Service
		r.depart[i] = t
	}
	t += r.leg[n-2]
	r.depart[n-1] = t
	return t <= spec.Close
}

// backward fills the latest arrivals from position i down to 1.
func (g *ground) backward(k int, r *route, i int) {
	spec, n := &g.p.Routes[k], len(r.stops)
	if i == n-1 {
		r.latest[i] = spec.Close
		i--
	}
	for ; i > 0; i-- {
		v := r.stops[i]
		r.latest[i] = g.late(v, spec.Hours, r.latest[i+1]-r.leg[i]-g.p.Visits[v].Service)
	}
}

// insert puts visit v, which fits, at a position of route k.
func (g *ground) insert(k int, r *route, v int32, pos int) {
	visit := &g.p.Visits[v]
	r.stops, r.place = open(r.stops, pos, v), open(r.place, pos, visit.Place)
	r.depart, r.latest, r.leg = open(r.depart, pos, 0), open(r.latest, pos, 0), open(r.leg, pos, 0)
	r.travel -= int64(r.leg[pos-1])
	r.leg[pos-1] = g.p.Travel[int(r.place[pos-1])*g.p.Places+int(visit.Place)]
	r.leg[pos] = g.p.Travel[int(visit.Place)*g.p.Places+int(r.place[pos+1])]
	r.travel += int64(r.leg[pos-1]) + int64(r.leg[pos])
	r.load += int64(visit.Load)
	g.forward(k, r, pos)
	g.backward(k, r, pos)
}

func open(s []int32, pos int, v int32) []int32 {
	s = append(s, 0)
	copy(s[pos+1:], s[pos:])
	s[pos] = v
	return s
}

func fit(s []int32, n int) []int32 {
	if cap(s) < n {
		return make([]int32, n, 2*n+8)
	}
	return s[:n]
}

// nearMost is how many neighbours of a visit are known.
const nearMost = 250

func (g *ground) neighbours() {
	g.near = make([][]int32, g.n)
	order, keys := make([]int32, g.n), make([]uint64, g.n)
	for v := range g.near {
		from := int(g.p.Visits[v].Place)
		for w := range keys {
			to := int(g.p.Visits[w].Place)
			order[w] = int32(w)
			keys[w] = uint64(g.p.Travel[from*g.p.Places+to]) + uint64(g.p.Travel[to*g.p.Places+from])
		}
		sorting.Index(order, keys, nil)
		for _, w := range order {
			if int(w) != v && len(g.near[v]) < nearMost {
				g.near[v] = append(g.near[v], w)
			}
		}
	}
}

// nearest is the travel from a visit to the nearest other one.
func (g *ground) nearest(v int32) int64 {
	if len(g.near[v]) == 0 {
		return 0
	}
	return int64(g.p.Travel[int(g.p.Visits[v].Place)*g.p.Places+int(g.p.Visits[g.near[v][0]].Place)])
}
