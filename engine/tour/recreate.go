package tour

// Orders in which visits come back.
const (
	byChance = iota
	byWorth
	byDensity
	byDistance
	byCloseness
	byTightness
	orders
)

// order sorts the queue, ties left to chance.
func (s *Search) order(how int) {
	s.keys = s.keys[:0]
	for i := len(s.queue) - 1; i > 0; i-- {
		j := s.rng.below(i + 1)
		s.queue[i], s.queue[j] = s.queue[j], s.queue[i]
	}
	if how == byChance {
		return
	}
	for _, v := range s.queue {
		s.keys = append(s.keys, s.key(how, v))
	}
	sortByKey(s.queue, s.keys)
}

func (s *Search) key(how int, v int32) int64 {
	visit := &s.p.Visits[v]
	home := int64(0)
	if len(s.p.Routes) > 0 {
		home = int64(s.p.Travel[int(s.p.Routes[0].From)*s.p.Places+int(visit.Place)])
	}
	switch how {
	case byWorth:
		return -(s.lost[v] + int64(visit.Load)*s.frequency[v])
	case byDensity:
		return -(s.lost[v] << 4 / (1 + int64(visit.Service) + s.nearest(v)))
	case byDistance:
		return -home
	case byCloseness:
		return home
	case byTightness:
		c := int(v) * s.hours
		return int64(s.hi[c]) - int64(s.lo[c])
	}
	return 0
}

// sortByKey is an insertion sort: queues are short.
func sortByKey(vs []int32, keys []int64) {
	for i := 1; i < len(vs); i++ {
		v, k := vs[i], keys[i]
		j := i
		for ; j > 0 && keys[j-1] > k; j-- {
			vs[j], keys[j] = vs[j-1], keys[j-1]
		}
		vs[j], keys[j] = v, k
	}
}

// recreate puts the visits of the queue back one by one, each at its cheapest
// place, and leaves out what fits nowhere or costs more than it is worth.
func (s *Search) recreate() {
	for _, v := range s.queue {
		if !s.affordable(v) {
			continue
		}
		if s.single[v] {
			s.putOnce(v)
		} else {
			s.putSet(v)
		}
	}
}

func (s *Search) affordable(v int32) bool {
	visit := &s.p.Visits[v]
	if s.p.Budget > 0 && s.spent+int64(visit.Spend) > s.p.Budget {
		return false
	}
	for z, kinds := 0, visit.Kinds; kinds != 0 && z < len(s.kinds); z, kinds = z+1, kinds>>1 {
		if kinds&1 != 0 && s.kinds[z] >= s.p.Caps[z] {
			return false
		}
	}
	return true
}

// putOnce places a visit of one day.
func (s *Search) putOnce(v int32) {
	best, at := s.most(v), slot{-1, -1}
	called := s.called[v] == s.turn
	for d := s.days[v]; d != 0; d &= d - 1 {
		day := low(d)
		if day >= len(s.byDay) {
			break
		}
		for _, k := range s.byDay[day] {
			if called && s.mark[k] != s.turn {
				continue // it found no place there before
			}
			if cost, pos := s.place(v, k, best); pos >= 0 {
				best, at = cost, slot{k, pos}
			}
		}
	}
	if at.route >= 0 {
		s.in(v, at)
		s.enter(v)
	}
}

// most is the travel a visit is worth, less one.
func (s *Search) most(v int32) int64 {
	if s.p.Rate == 0 {
		return int64(never)
	}
	return min(int64(never), s.lost[v]/s.p.Rate+1)
}

func low(d uint64) int {
	n := 0
	for d&1 == 0 {
		d >>= 1
		n++
	}
	return n
}

// putSet places a visit of several days on the cheapest of its sets.
func (s *Search) putSet(v int32) {
	for d := s.days[v]; d != 0; d &= d - 1 {
		day := low(d)
		if day >= len(s.byDay) {
			break
		}
		best, at := int64(never), slot{-1, -1}
		for _, k := range s.byDay[day] {
			if cost, pos := s.place(v, k, best); pos >= 0 {
				best, at = cost, slot{k, pos}
			}
		}
		s.dayCost[day], s.dayAt[day] = best, at
	}
	best, chosen := s.most(v), uint64(0)
	for _, set := range s.p.Visits[v].Days {
		sum := int64(0)
		for d := set; d != 0 && sum < int64(never); d &= d - 1 {
			if day := low(d); day >= len(s.byDay) || s.dayAt[day].route < 0 {
				sum = int64(never)
			} else {
				sum += s.dayCost[day]
			}
		}
		if sum < best {
			best, chosen = sum, set
		}
	}
	if chosen == 0 {
		return
	}
	for d := chosen; d != 0; d &= d - 1 {
		s.in(v, s.dayAt[low(d)])
	}
	s.enter(v)
}

// in puts a visit at a place of a route.
func (s *Search) in(v int32, at slot) {
	s.touch(at.route)
	r := &s.routes[at.route]
	before := r.travel
	s.insert(int(at.route), r, v, int(at.pos))
	s.travel += r.travel - before
	s.hold(v, at.route)
}

// enter counts a visit that came back.
func (s *Search) enter(v int32) {
	visit := &s.p.Visits[v]
	s.missed -= s.lost[v]
	s.spent += int64(visit.Spend)
	s.tally(visit.Kinds, 1)
	if s.mine[v] != s.turn {
		s.mine[v] = s.turn
		s.moved = append(s.moved, v)
	}
	s.list(v)
}

// place looks for the cheapest place of a visit in a route, cheaper than
// under. One place in blinkEvery is overlooked.
func (s *Search) place(v, k int32, under int64) (int64, int32) {
	if s.mark[k] == shut {
		return 0, -1
	}
	r, spec, visit := &s.routes[k], &s.p.Routes[k], &s.p.Visits[v]
	c := int(v)*s.hours + spec.Hours
	lo, hi := s.lo[c], s.hi[c]
	if hi < lo || spec.Load > 0 && r.load+int64(visit.Load) > int64(spec.Load) {
		return 0, -1
	}
	many, service := s.many[c], visit.Service
	row := int(visit.Place) * s.p.Places
	from, to := s.p.Travel[row:row+s.p.Places], s.to[row:row+s.p.Places]
	n := len(r.stops) - 1
	place, depart, latest, leg := r.place[:n+1], r.depart[:n+1], r.latest[:n+1], r.leg[:n+1]
	best, pos := int32(min(under, int64(never))), int32(-1)
	next := to[place[0]]
	for i := 0; i < n; i++ {
		here := next
		next = to[place[i+1]]
		back := from[place[i+1]]
		if depart[i] > hi {
			break
		}
		extra := here + back - leg[i]
		if extra >= best {
			continue
		}
		t := depart[i] + here
		if t > hi {
			continue
		}
		if t < lo {
			t = lo
		} else if many {
			t = s.early(v, spec.Hours, t)
		}
		if t+service+back > latest[i+1] {
			continue
		}
		if s.blink--; s.blink <= 0 {
			s.blink = 1 + s.rng.below(2*blinkEvery-1)
			continue
		}
		best, pos = extra, int32(i+1)
	}
	return int64(best), pos
}
