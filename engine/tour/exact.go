package tour

// exactMost is the most stops a day may have to be put in its best order.
const exactMost = 12

// label is one way to have made a set of stops and be at the last of them.
type label struct {
	depart, travel int32
	last           int8
	before, other  int32 // labels: the one it comes from, another of the same state
}

// ordering looks for the order of the stops of a route with the least travel
// (Held and Karp 1962, with labels of time and length as for shortest paths
// with windows, Desrosiers and others 1984). A state is a set of stops and the
// last of them; a label stays unless another of its state leaves as early
// after as little travel.
type ordering struct {
	*ground
	route  *Route
	stops  []int32
	under  int64 // only orders with less travel are looked for
	heads  []int32
	labels []label // the first is none
}

// exact orders the stops of route k, at most exactMost. It answers nil when no
// order has less travel than under.
func (g *ground) exact(k int, stops []int32, under int64) []int32 {
	n := len(stops)
	if n == 0 || n > exactMost {
		return nil
	}
	o := &ordering{ground: g, route: &g.p.Routes[k], stops: stops, under: under, heads: make([]int32, n<<n), labels: make([]label, 1, 1024)}
	for i := range stops {
		o.push(0, i, 0, o.route.From, o.route.Open, 0)
	}
	for set := 1; set < 1<<n-1; set++ {
		for last := 0; last < n; last++ {
			for at := o.heads[set*n+last]; at != 0; at = o.labels[at].other {
				o.extend(set, at)
			}
		}
	}
	return o.read(o.last())
}

func (o *ordering) leg(a, b int32) int32 { return o.p.Travel[int(a)*o.p.Places+int(b)] }

// extend goes on from a label to every stop that is not in its set.
func (o *ordering) extend(set int, at int32) {
	l := o.labels[at]
	for next := range o.stops {
		if set>>next&1 == 0 {
			o.push(set, next, at, o.p.Visits[o.stops[l.last]].Place, l.depart, l.travel)
		}
	}
}

// push goes from a label to stop next, unless that is too late, too long or
// no better than what is known.
func (o *ordering) push(set, next int, from, place, depart, travel int32) {
	v := o.stops[next]
	visit := &o.p.Visits[v]
	d := o.leg(place, visit.Place)
	t := o.early(v, o.route.Hours, depart+d)
	if t >= never || int64(travel)+int64(d) >= o.under || t+visit.Service > o.route.Close {
		return
	}
	l := label{depart: t + visit.Service, travel: travel + d, last: int8(next), before: from}
	state := (set|1<<next)*len(o.stops) + next
	for at := o.heads[state]; at != 0; at = o.labels[at].other {
		if o.labels[at].depart <= l.depart && o.labels[at].travel <= l.travel {
			return
		}
	}
	l.other = o.heads[state]
	o.heads[state] = int32(len(o.labels))
	o.labels = append(o.labels, l)
}

// last is the label of the whole set that is home in time with the least
// travel, 0 if none has less than under.
func (o *ordering) last() (end int32) {
	n := len(o.stops)
	for last := 0; last < n; last++ {
		for at := o.heads[(1<<n-1)*n+last]; at != 0; at = o.labels[at].other {
			l := o.labels[at]
			d := o.leg(o.p.Visits[o.stops[last]].Place, o.route.To)
			if sum := int64(l.travel) + int64(d); l.depart+d <= o.route.Close && sum < o.under {
				o.under, end = sum, at
			}
		}
	}
	return end
}

// read is the order that leads to a label.
func (o *ordering) read(end int32) []int32 {
	if end == 0 {
		return nil
	}
	order := make([]int32, len(o.stops))
	for at, i := end, len(order)-1; at != 0; at, i = o.labels[at].before, i-1 {
		order[i] = o.stops[o.labels[at].last]
	}
	return order
}

// polish puts a short route in its best order.
func (s *Search) polish(k int, r *route) {
	n := len(r.stops)
	if !s.time(k, r) || n < 4 {
		return
	}
	if order := s.exact(k, r.stops[1:n-1], r.travel); order != nil {
		copy(r.stops[1:n-1], order)
	}
}
