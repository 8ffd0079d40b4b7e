package plan

import "sillon/engine/tour"

// A node is a stop of a day being timed.
type node struct {
	in, out Point
	length  int32
	wins    []tour.Window
	wide    []tour.Window // of a kept visit: its opening hours
	want    int32         // the hour it is best kept at; −1: as early as it goes

	client, fixed, kept int32
	block               *block
	kind                uint8
}

// legs are the minutes to each stop of a day, and home.
func (g *ground) legs(d int, nodes []node) []int32 {
	out := make([]int32, len(nodes)+1)
	from := g.b.Days[d].From
	for i := range nodes {
		out[i], from = g.mins(from, nodes[i].in, true), nodes[i].out
	}
	out[len(nodes)] = g.mins(from, g.b.Days[d].To, false)
	return out
}

// times sets the start of each stop of day d, in order, along their legs; false
// when that order cannot be kept. Hours that nobody has said yet are multiples of
// five minutes where the day allows it. latest is room for its work.
func (g *ground) times(d int, nodes []node, legs, starts, latest []int32) bool {
	n := len(nodes)
	t := g.open[d]
	for i := range nodes {
		x := &nodes[i]
		s, ok := next(x.wins, t+legs[i])
		if !ok {
			return false
		}
		t = s + x.length
	}
	if n > 0 && t+legs[n] > g.close[d] {
		return false
	}
	limit := g.close[d] - legs[n]
	for i := n - 1; i >= 0; i-- {
		x := &nodes[i]
		s, ok := before(x.wins, limit-x.length)
		if !ok {
			return false
		}
		latest[i] = s
		limit = s - legs[i]
	}
	t = g.open[d]
	for i := range nodes {
		x := &nodes[i]
		arrive := t + legs[i]
		s, _ := next(x.wins, arrive)
		wish := (arrive + 4) / 5 * 5
		if x.want >= 0 {
			wish = x.want
		}
		if w, ok := next(x.wins, max(arrive, wish)); ok && w <= latest[i] {
			s = w
		} else if w, ok := before(x.wins, latest[i]); ok && x.want > latest[i] && w >= s {
			s = w
		}
		starts[i] = s
		t = s + x.length
	}
	return true
}

// next is the first start at t or later.
func next(ws []tour.Window, t int32) (int32, bool) {
	for _, w := range ws {
		if t <= w.Close {
			return max(t, w.Open), true
		}
	}
	return 0, false
}

// before is the last start at t or earlier.
func before(ws []tour.Window, t int32) (int32, bool) {
	for i := len(ws) - 1; i >= 0; i-- {
		if t >= ws[i].Open {
			return min(t, ws[i].Close), true
		}
	}
	return 0, false
}

// best is where a client fits into day d with the least road added, and when
// that is. With an hour wished the place nearest to that hour is taken.
func (g *ground) best(d int, nodes []node, legs []int32, x node, wish int32) (pos int, slot Slot, ok bool) {
	day := &g.b.Days[d]
	n := len(nodes)
	with, starts, latest, ways := make([]node, n+1), make([]int32, n+1), make([]int32, n+1), make([]int32, n+2)
	var least int64
	for i := 0; i <= n; i++ {
		from, to, stop := day.From, day.To, false
		if i > 0 {
			from = nodes[i-1].out
		}
		if i < n {
			to, stop = nodes[i].in, true
		}
		in, out, was := g.mins(from, x.in, true), g.mins(x.out, to, stop), legs[i]
		if n == 0 {
			was = 0
		}
		cost := in + out - was
		copy(with, nodes[:i])
		with[i] = x
		copy(with[i+1:], nodes[i:])
		copy(ways, legs[:i])
		ways[i], ways[i+1] = in, out
		copy(ways[i+2:], legs[i+1:])
		if ok && wish < 0 && int64(cost) >= least || !g.times(d, with, ways, starts, latest) {
			continue
		}
		rank := int64(cost)
		if wish >= 0 {
			rank += int64(max(starts[i]-wish, wish-starts[i])) << 20
		}
		if !ok || rank < least {
			least, pos, ok = rank, i, true
			slot = Slot{Day: int32(d), Start: starts[i], Cost: max(0, cost)}
		}
	}
	return pos, slot, ok
}
