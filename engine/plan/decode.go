package plan

import (
	"sillon/engine/calendar"
	"sillon/engine/sorting"
	"sillon/engine/tour"
)

// mostSlots is for how many of those left out the best places are looked up.
const mostSlots = 80

// Week is the best plan found so far.
func (s *Solver) Week() *Week {
	best := s.s.Best()
	w := &Week{Days: make([]Day, len(s.b.Days)), Ran: int32(s.ran), Lost: best.Lost}
	made := make([]int32, len(s.b.Clients)) // stops of each client
	lines := make([][]node, len(s.b.Days))
	route := 0
	for d := range s.b.Days {
		if len(s.works[d]) > 0 || len(s.blocks[d]) > 0 {
			lines[d] = s.line(d, best.Routes[route])
			route++
		}
		s.day(&w.Days[d], d, lines[d])
		for i := range w.Days[d].Stops {
			made[w.Days[d].Stops[i].Client]++
		}
	}
	for d := range lines {
		soften(lines[d])
	}
	s.loose(w)
	for d := range w.Days {
		s.reasons(w, d)
		s.count(w, &w.Days[d])
	}
	s.kept(w)
	s.leftOut(w, lines, made)
	s.year(w)
	w.Learned = append(w.Learned, s.learned[:]...)
	return w
}

// line are the stops of a day as nodes.
func (s *Solver) line(d int, stops []tour.Stop) []node {
	out := make([]node, 0, len(stops))
	for _, x := range stops {
		it := &s.items[x.Visit]
		n := node{client: it.client, fixed: it.fixed, kept: it.kept, want: -1, kind: Proposed}
		switch {
		case it.block != nil:
			n.block, n.length = it.block, it.block.end-it.block.start
			n.in, n.out = s.at(s.b.Fixed[it.block.fixed[0]].Client), s.at(s.b.Fixed[it.block.fixed[len(it.block.fixed)-1]].Client)
			n.wins = []tour.Window{{Open: it.block.start, Close: it.block.start}}
		default:
			n.in, n.length = s.at(it.client), s.length[it.client]
			n.out = n.in
			n.wins = s.ready[it.client].wins0(d)
		}
		if it.fixed >= 0 {
			f := &s.b.Fixed[it.fixed]
			n.kind, n.length = kindOf(f), s.fixedLength(f)
			if n.wins = windows(s.spans(f.Client, d), n.length); len(n.wins) == 0 {
				n.wins = windows(s.works[d], n.length)
			}
		}
		if it.kept >= 0 {
			f := &s.b.Kept[it.kept]
			n.kind, n.length, n.want = Same, s.fixedLength(f), f.Start
			n.wide = windows(s.spans(f.Client, d), n.length)
			if n.wins = n.wide; s.firm[it.kept] == toTheMinute {
				n.wins = []tour.Window{{Open: f.Start, Close: f.Start}}
			}
		}
		out = append(out, n)
	}
	return out
}

func (r *ready) wins0(d int) []tour.Window {
	if d < len(r.wins) {
		return r.wins[d]
	}
	return nil
}

func kindOf(f *Fixed) uint8 {
	if f.Lock {
		return Locked
	}
	return Appointment
}

// soften lets kept visits move within the opening hours, to make room.
func soften(nodes []node) {
	for i := range nodes {
		if nodes[i].wide != nil {
			nodes[i].wins = nodes[i].wide
		}
	}
}

// day writes the tour of a day.
func (s *Solver) day(out *Day, d int, nodes []node) {
	day := &s.b.Days[d]
	out.Day, out.Off = day.Day, day.Off
	if len(nodes) == 0 {
		out.Back = day.Open
		if len(s.works[d]) > 0 {
			out.Free = s.free(d, nil)
		}
		return
	}
	starts := make([]int32, len(nodes))
	s.times(d, nodes, s.legs(d, nodes), starts, make([]int32, len(nodes)))
	t, from := s.open[d], day.From
	add := func(st Stop, to Point) {
		st.Travel, st.Meters = s.way(from, to, true)
		st.Arrive = t + st.Travel
		if st.Arrive > st.Start {
			st.Late = st.Arrive - st.Start
		}
		st.Guess = !to.placed() || to.Rough
		out.Stops = append(out.Stops, st)
		t, from = max(t, st.End), to
	}
	for i := range nodes {
		n := &nodes[i]
		if n.block == nil {
			place := n.fixed
			if n.kept >= 0 {
				place = n.kept
			}
			add(Stop{Client: n.client, Kind: n.kind, Fixed: place, Start: starts[i], End: starts[i] + n.length}, n.in)
			continue
		}
		for _, k := range n.block.fixed {
			f := &s.b.Fixed[k]
			add(Stop{Client: f.Client, Kind: kindOf(f), Fixed: k, Start: f.Start, End: f.Start + s.fixedLength(f)}, s.at(f.Client))
		}
	}
	home, meters := s.way(from, day.To, false)
	out.Home, out.Back = home, t+home
	out.Travel, out.Meters = home, meters
	for i := range out.Stops {
		st := &out.Stops[i]
		out.Travel, out.Meters, out.Spot = out.Travel+st.Travel, out.Meters+st.Meters, out.Spot+st.End-st.Start
	}
	if out.Off != Works || out.Back > day.Close {
		out.Over = max(0, out.Back-day.Close)
	}
	if len(s.works[d]) > 0 {
		out.Free = s.free(d, out.Stops)
	}
}

// slot is the shortest free stretch worth telling, in minutes.
const slot = 30

// free are the stretches of work with neither road nor visit.
func (s *Solver) free(d int, stops []Stop) (out []Span) {
	for _, w := range s.works[d] {
		at := w.From
		for i := range stops {
			st := &stops[i]
			begin := st.Start - st.Travel
			if begin >= w.To {
				break
			}
			if begin-at >= slot {
				out = append(out, Span{at, begin})
			}
			at = max(at, st.End)
		}
		end := w.To
		if n := len(stops); n > 0 && w.To == s.b.Days[d].Close {
			end -= s.mins(s.at(stops[n-1].Client), s.b.Days[d].To, false)
		}
		if end-at >= slot {
			out = append(out, Span{at, end})
		}
	}
	return out
}

// loose lists the appointments without an hour that found none.
func (s *Solver) loose(w *Week) {
	found := make([]bool, len(s.b.Fixed))
	for d := range w.Days {
		for i := range w.Days[d].Stops {
			if st := &w.Days[d].Stops[i]; st.Kind <= Locked && st.Fixed >= 0 {
				found[st.Fixed] = true
			}
		}
	}
	for i := range s.b.Fixed {
		if d := s.dayOf(s.b.Fixed[i].Day); d >= 0 && !found[i] {
			w.Days[d].Loose = append(w.Days[d].Loose, int32(i))
		}
	}
}

// near is the longest way to a neighbour that is a reason to go, in minutes.
const near = 10 + 5

// mostRanked is up to which rank usefulness is a reason.
const mostRanked = 20

// reasons says why each stop is there.
func (s *Solver) reasons(w *Week, d int) {
	stops := w.Days[d].Stops
	for i := range stops {
		st := &stops[i]
		c := &s.b.Clients[st.Client]
		say := func(code uint8, n, client int32) { st.Why = append(st.Why, Reason{code, n, client}) }
		switch st.Kind {
		case Appointment:
			say(WhyAppointment, 0, 0)
		case Locked:
			say(WhyLocked, 0, 0)
		case Same:
			say(WhyKept, 0, 0)
		}
		first := w.Days[d].Day
		switch {
		case c.Due != 0:
			say(WhyWanted, int32(c.Due-first), 0)
		case c.Last == 0:
			say(WhyNever, 0, 0)
		case c.Every > 0:
			if late := int64(first-c.Last) - int64(c.Every); late > 0 {
				say(WhyLate, int32(late), 0)
			} else {
				say(WhyDue, int32(-late), 0)
			}
		}
		if st.Kind != Proposed {
			continue
		}
		for k, i := range s.tried[:min(len(s.tried), mostRanked)] {
			if i == st.Client {
				say(WhyWorth, int32(k+1), 0)
			}
		}
		var by *Stop
		if i > 0 && st.Travel <= near {
			by = &stops[i-1]
		}
		if i+1 < len(stops) && stops[i+1].Travel <= near && (by == nil || stops[i+1].Kind < by.Kind) {
			by = &stops[i+1]
		}
		if by != nil && by.Client != st.Client {
			say(WhyNear, s.mins(s.at(by.Client), s.at(st.Client), false), by.Client)
		}
	}
}

func (s *Solver) count(w *Week, d *Day) {
	for i := range d.Stops {
		w.Visits++
		if s.b.Clients[d.Stops[i].Client].Prospect {
			w.Prospects++
		}
	}
	w.Travel, w.Meters, w.Spot = w.Travel+d.Travel, w.Meters+d.Meters, w.Spot+d.Spot
}

// kept counts what moved of the visits proposed before.
func (s *Solver) kept(w *Week) {
	found := make([]bool, len(s.b.Kept))
	for d := range w.Days {
		for i := range w.Days[d].Stops {
			st := &w.Days[d].Stops[i]
			if st.Kind != Same {
				continue
			}
			f := &s.b.Kept[st.Fixed]
			found[st.Fixed] = true
			switch {
			case f.Day != w.Days[d].Day:
				w.Shifted++
				w.Moved++
			case f.Start >= 0 && f.Start != st.Start:
				w.Moved++
			}
		}
	}
	for i := range found {
		if !found[i] {
			w.Dropped++
		}
	}
}

// leftOut says of everybody who is not visited why.
func (s *Solver) leftOut(w *Week, lines [][]node, made []int32) {
	held := make([]bool, len(s.b.Clients))
	for i := range s.b.Kept {
		held[s.b.Kept[i].Client] = true
	}
	legs := make([][]int32, len(lines))
	for d := range lines {
		legs[d] = s.legs(d, lines[d])
	}
	for _, i := range s.tried {
		if made[i] == 0 {
			w.Left = append(w.Left, s.left(i, lines, legs, len(w.Left) < mostSlots))
		}
	}
	for i := range s.b.Clients {
		if made[i] > 0 || s.ready[i].days != 0 {
			continue
		}
		l := Left{Client: int32(i), Why: s.ready[i].why}
		if held[i] && l.Why.Code == 0 {
			l = s.left(int32(i), lines, legs, true)
		}
		w.Others = append(w.Others, l)
	}
	sorting.Stable(w.Others, func(a, b Left) int { return int(a.Why.Code) - int(b.Why.Code) })
}

// left is a client who could have been visited: the days he still fits in, and
// why he is in none.
func (s *Solver) left(i int32, lines [][]node, legs [][]int32, look bool) Left {
	r := &s.ready[i]
	late, worth := s.ground.worth(i)
	l := Left{Client: i, Late: late, Worth: worth, Why: Reason{Code: NotTime}}
	if !look {
		return l
	}
	days, wins := r.days, r.wins
	if days == 0 {
		days, wins = s.allowed(i, s.from(i))
	}
	cheap := int32(-1)
	for d := range lines {
		if days>>d&1 == 0 {
			continue
		}
		x := node{in: s.at(i), out: s.at(i), length: s.length[i], wins: wins[d], want: -1, client: i, fixed: -1, kept: -1, kind: Proposed}
		if _, at, ok := s.best(d, lines[d], legs[d], x, -1); ok {
			l.Slots = append(l.Slots, at)
			if cheap < 0 || at.Cost < cheap {
				cheap = at.Cost
			}
		}
	}
	if cheap >= 0 {
		l.Why = Reason{Code: NotWorth, N: cheap}
		if s.b.Hold {
			l.Why = Reason{Code: NotAsked, N: cheap}
		}
	}
	return l
}

// year compares the visits that the year still holds with those its days can.
func (s *Solver) year(w *Week) {
	w.Planned = max(0, s.b.Planned)
	if s.b.Field <= 0 {
		return
	}
	var work, days int64
	for d := range s.works {
		if len(s.works[d]) == 0 {
			continue
		}
		days++
		for _, x := range s.works[d] {
			work += int64(x.To - x.From)
		}
	}
	visit := int64(s.learned[0])
	road := int64(Unknown)
	if w.Visits > 0 {
		visit, road = int64(w.Spot)/int64(w.Visits), int64(w.Travel)/int64(w.Visits)
	}
	if days > 0 && visit+road > 0 {
		w.Possible = int32(work * int64(s.b.Field) / days / (visit + road))
	}
}

// Add puts a client on a day of a week by hand: it answers what is to be kept,
// with him among it, where the least road is added; with an hour wished, where that
// comes nearest. It is false when the day has no room for him.
func Add(b *Book, client int32, day calendar.Day, wish int32) ([]Fixed, bool) {
	if client < 0 || int(client) >= len(b.Clients) {
		return nil, false
	}
	hold := *b
	hold.Hold, hold.Kept = true, nil
	for _, f := range b.Kept {
		if f.Client != client {
			hold.Kept = append(hold.Kept, f)
		}
	}
	s, err := Begin(&hold)
	if err != nil {
		return nil, false
	}
	d := s.dayOf(day)
	if _, ok := s.hard(client); !ok || d < 0 || len(s.works[d]) == 0 || !s.spaced(client, day) {
		return nil, false
	}
	plan := s.s.Best()
	var kept []Fixed
	route, fits := 0, false
	for e := range b.Days {
		if len(s.works[e]) == 0 && len(s.blocks[e]) == 0 {
			continue
		}
		line := s.line(e, plan.Routes[route])
		route++
		soften(line)
		if e == d {
			x := node{in: s.at(client), out: s.at(client), length: s.length[client], wins: windows(s.spans(client, e), s.length[client]),
				want: -1, client: client, fixed: -1, kept: -1, kind: Same}
			var pos int
			if pos, _, fits = s.best(e, line, s.legs(e, line), x, wish); fits {
				if wish >= 0 {
					x.want = wish
				}
				line = append(line, node{})
				copy(line[pos+1:], line[pos:])
				line[pos] = x
			}
		}
		starts := make([]int32, len(line))
		s.times(e, line, s.legs(e, line), starts, make([]int32, len(line)))
		for i := range line {
			if n := &line[i]; n.kind == Same && n.block == nil {
				kept = append(kept, Fixed{Client: n.client, Day: b.Days[e].Day, Start: starts[i], Length: n.length})
			}
		}
	}
	return kept, fits
}

// Keep is what a week proposes, to be held by the next one: appointments and
// locks are in the book already.
func Keep(w *Week) (kept []Fixed) {
	for d := range w.Days {
		for i := range w.Days[d].Stops {
			if s := &w.Days[d].Stops[i]; s.Kind > Locked {
				kept = append(kept, Fixed{Client: s.Client, Day: w.Days[d].Day, Start: s.Start, Length: s.End - s.Start})
			}
		}
	}
	return kept
}
