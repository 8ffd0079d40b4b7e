package tour

// ruin takes strings of visits out of the routes near one visit, and calls
// back those left out around it.
//
// It answers false when a route cannot be driven any more: where travel breaks
// the rule of the triangle, a stop less may be time lost.
func (s *Search) ruin() bool {
	if len(s.absent) == s.n {
		s.recall(int32(s.rng.below(s.n)))
		return true
	}
	seed := int32(s.rng.below(s.n))
	longest, routes := s.strings()
	s.ruinAround(seed, longest, &routes)
	for _, c := range s.near[seed] {
		if routes <= 0 {
			break
		}
		s.ruinAround(c, longest, &routes)
	}
	for _, k := range s.touched {
		if !s.retime(k) {
			return false
		}
	}
	s.recall(seed)
	return true
}

// strings draws how long the strings may be and how many routes lose one, so
// that outMean visits go on average.
func (s *Search) strings() (longest float64, routes int) {
	used, stops := 0, 0
	for k := range s.routes {
		if n := len(s.routes[k].stops) - 2; n > 0 {
			used, stops = used+1, stops+n
		}
	}
	longest = min(outLongest, float64(stops)/float64(max(1, used)))
	most := 4*outMean/float64(1+longest) - 1
	return longest, 1 + int(float64(most*s.unit()))
}

// unit is a number from 0 to 1, 1 left out.
func (s *Search) unit() float64 { return float64(s.rng.next()>>11) / (1 << 53) }

// ruinAround takes out a string holding visit c from one of its routes that
// has not lost any.
func (s *Search) ruinAround(c int32, longest float64, routes *int) {
	if !s.planned(c) || s.mine[c] == s.turn {
		return
	}
	for i := int(c) * s.span; i < (int(c)+1)*s.span && s.at[i] >= 0 && *routes > 0; i++ {
		k := s.at[i]
		if s.ruinedBefore[k] == s.turn {
			continue
		}
		s.ruinedBefore[k] = s.turn
		*routes--
		s.cut(k, c, longest)
		return // c is out of all its days
	}
}

// cut takes a string holding c out of route k, whole or around a middle that
// stays.
func (s *Search) cut(k, c int32, longest float64) {
	stops := s.routes[k].stops
	n := len(stops) - 2
	most := min(float64(n), longest)
	size := 1 + int(float64(most*s.unit()))
	size = min(size, n)
	stay := 0
	if size > 1 && size < n && s.rng.below(split) == 0 {
		for stay = 1; size+stay < n && s.rng.below(100) != 0; {
			if s.rng.below(2) == 0 {
				break
			}
			stay++
		}
	}
	span := size + stay
	pos := 1
	for stops[pos] != c {
		pos++
	}
	first := max(1, pos-span+1)
	last := min(pos, n-span+1)
	first += s.rng.below(last - first + 1)
	gap := 0
	if stay > 0 {
		gap = first + 1 + s.rng.below(size-1)
	}
	mark := len(s.moved)
	for i := first; i < first+span; i++ {
		if stay == 0 || i < gap || i >= gap+stay {
			s.moved = append(s.moved, stops[i])
		}
	}
	for _, v := range s.moved[mark:] {
		s.out(v)
	}
}

// out takes a visit out of all its days.
func (s *Search) out(v int32) {
	s.mine[v] = s.turn
	visit := &s.p.Visits[v]
	for i := int(v) * s.span; i < (int(v)+1)*s.span && s.at[i] >= 0; i++ {
		k := s.at[i]
		s.touch(k)
		r := &s.routes[k]
		for j, w := range r.stops {
			if w == v {
				r.stops = append(r.stops[:j], r.stops[j+1:]...)
				break
			}
		}
		s.at[i] = -1
	}
	s.missed += s.lost[v]
	s.spent -= int64(visit.Spend)
	s.tally(visit.Kinds, -1)
	s.list(v)
	s.queue = append(s.queue, v)
}

func (s *Search) tally(kinds uint32, by int32) {
	for z := 0; kinds != 0 && z < len(s.kinds); z, kinds = z+1, kinds>>1 {
		s.kinds[z] += by * int32(kinds&1)
	}
}

// retime puts the times of a changed route right.
func (s *Search) retime(k int32) bool {
	r := &s.routes[k]
	before := r.travel
	ok := s.time(int(k), r)
	s.travel += r.travel - before
	return ok
}

// recall calls visits left out near the seed back to the queue, and a few
// from anywhere.
func (s *Search) recall(seed int32) {
	if len(s.absent) == len(s.queue) {
		return
	}
	room := recallMost
	for _, v := range s.near[seed] {
		if room == 0 {
			break
		}
		if s.where[v] >= 0 && s.mine[v] != s.turn && s.rng.below(recallOneIn) == 0 {
			s.call(v)
			room--
		}
	}
	for i := 0; i < recallAny; i++ {
		if v := s.absent[s.rng.below(len(s.absent))]; s.mine[v] != s.turn {
			s.call(v)
		}
	}
}

func (s *Search) call(v int32) {
	s.mine[v], s.called[v] = s.turn, s.turn
	s.moved = append(s.moved, v)
	s.queue = append(s.queue, v)
}
