package plan

import "sillon/engine/calendar"

// A Fault is a rule a week breaks.
type Fault uint8

// What a week can break.
const (
	Sound      Fault = iota
	FaultShape       // days, clients or appointments that do not exist
	FaultFixed       // an appointment or a lock that moved, or is missing
	FaultOff         // a visit on a day off
	FaultHours       // outside the opening hours or the rep's
	FaultRoad        // it starts before the rep can be there
	FaultBack        // the rep is back too late
	FaultGap         // two visits sooner than the least gap
	FaultOut         // somebody who must not be visited, or has no position
	FaultTwice       // more visits than the year holds
	FaultTotal       // a total or a list is not true
)

// Verify follows a week stop by stop, minute by minute, with nothing of the
// search: it answers the first rule broken. The roads and lengths are those of
// the book.
func Verify(b *Book, w *Week) Fault {
	if len(w.Days) != len(b.Days) {
		return FaultShape
	}
	g := &ground{b: b, road: b.road()}
	g.lengths()
	visits := map[int32][]calendar.Day{}
	fresh := map[int32]int{}
	seen := map[int32]bool{}
	for d := range w.Days {
		if f := g.follow(d, &w.Days[d], seen, visits, fresh); f != Sound {
			return f
		}
	}
	for i := range b.Fixed {
		on := false
		for d := range b.Days {
			on = on || b.Days[d].Day == b.Fixed[i].Day
		}
		if on != seen[int32(i)] {
			return FaultFixed
		}
	}
	for d := range b.Days { // in order, for the first fault to be one
		for i := range w.Days[d].Stops {
			if f := g.client(w.Days[d].Stops[i].Client, visits, fresh); f != Sound {
				return f
			}
		}
	}
	return g.totals(w, visits)
}

// follow drives one day.
func (g *ground) follow(d int, day *Day, seen map[int32]bool, visits map[int32][]calendar.Day, fresh map[int32]int) Fault {
	b := g.b
	spec := &b.Days[d]
	at, t, last := spec.From, int32(-1<<20), spec.Close
	if len(day.Stops) > 0 && day.Stops[0].Kind > Locked {
		t = spec.Open
	}
	for i := range day.Stops {
		s := &day.Stops[i]
		if s.Client < 0 || int(s.Client) >= len(b.Clients) || day.Day != spec.Day {
			return FaultShape
		}
		fixed := s.Kind == Appointment || s.Kind == Locked
		untimed := false
		length := g.length[s.Client]
		if fixed || s.Kind == Same {
			list := b.Fixed
			if !fixed {
				list = b.Kept
			}
			if s.Fixed < 0 || int(s.Fixed) >= len(list) || list[s.Fixed].Client != s.Client {
				return FaultShape
			}
			f := &list[s.Fixed]
			if f.Length > 0 {
				length = min(f.Length, MostMinutes)
			}
			if fixed {
				if seen[s.Fixed] || f.Day != day.Day || f.Start >= 0 && f.Start != s.Start {
					return FaultFixed
				}
				seen[s.Fixed] = true
				untimed = f.Start < 0
			}
		}
		if s.End != s.Start+length {
			return FaultTotal
		}
		road, _ := g.way(at, b.Clients[s.Client].At, true)
		if t+road > s.Start && (!fixed || untimed || i > 0 && day.Stops[i-1].Kind > Locked) {
			return FaultRoad
		}
		if !fixed || untimed {
			if spec.Off != Works {
				return FaultOff
			}
			if !g.within(s, d, untimed) {
				return FaultHours
			}
		}
		t, at = max(t, s.End), b.Clients[s.Client].At
		home, _ := g.way(at, spec.To, false)
		if fixed && !untimed {
			last = max(last, t+home)
		}
		visits[s.Client] = append(visits[s.Client], day.Day)
		if !fixed {
			fresh[s.Client]++
		}
	}
	if n := len(day.Stops); n > 0 {
		if home, _ := g.way(at, spec.To, false); t+home > last || day.Back != t+home {
			return FaultBack
		}
	}
	for _, i := range day.Loose {
		if i < 0 || int(i) >= len(b.Fixed) || seen[i] || b.Fixed[i].Start >= 0 || b.Fixed[i].Day != day.Day {
			return FaultFixed
		}
		seen[i] = true
	}
	return Sound
}

// within says whether every minute of a visit is the rep's and the client's;
// an appointment without an hour may lie outside the client's when he is closed
// all day.
func (g *ground) within(s *Stop, d int, untimed bool) bool {
	spec, c := &g.b.Days[d], &g.b.Clients[s.Client]
	open := func(m int32) bool {
		for _, x := range c.Closed {
			if x == spec.Day {
				return false
			}
		}
		if c.Hours == 0 {
			return true
		}
		week := g.b.Hours[c.Hours-1].Week
		wd := (int(spec.Day.Weekday()) + 6) % 7
		if wd >= len(week) {
			return false
		}
		for _, x := range week[wd] {
			if m >= x.From && m < x.To {
				return true
			}
		}
		return false
	}
	works := func(m int32) bool {
		return m >= spec.Open && m < spec.Close && !(m >= spec.Break.From && m < spec.Break.To)
	}
	ours, theirs := true, true
	for m := s.Start; m < s.End; m++ {
		ours, theirs = ours && works(m), theirs && open(m)
	}
	return ours && (theirs || untimed)
}

// client checks what holds over the days for one client.
func (g *ground) client(i int32, visits map[int32][]calendar.Day, fresh map[int32]int) Fault {
	if fresh[i] == 0 {
		return Sound // appointments are the rep's own
	}
	c := &g.b.Clients[i]
	if c.Out || c.Left == 0 || !c.At.Known || !c.At.position().Valid() {
		return FaultOut
	}
	if c.Left > 0 && fresh[i] > int(c.Left) {
		return FaultTwice
	}
	gap := calendar.Day(max(1, c.Every/2))
	if c.Least > 0 {
		gap = calendar.Day(c.Least)
	}
	days := visits[i]
	fixed := 0
	for k := range days {
		for j := range g.b.Fixed {
			if g.b.Fixed[j].Client == i && g.b.Fixed[j].Day == days[k] {
				fixed++
			}
		}
		if k > 0 && days[k]-days[k-1] < gap && fixed < 2 {
			return FaultGap
		}
	}
	if c.Last != 0 && fixed == 0 && days[0] >= c.Last && days[0]-c.Last < gap {
		return FaultGap
	}
	return Sound
}

// totals checks sums and that everybody is visited or left out, once.
func (g *ground) totals(w *Week, visits map[int32][]calendar.Day) Fault {
	var n, travel, meters, spot int32
	for d := range w.Days {
		var road, far, on int32
		at := g.b.Days[d].From
		for i := range w.Days[d].Stops {
			s := &w.Days[d].Stops[i]
			m, f := g.way(at, g.at(s.Client), true)
			road, far, on, at = road+m, far+f, on+s.End-s.Start, g.at(s.Client)
			n++
		}
		if len(w.Days[d].Stops) > 0 {
			m, f := g.way(at, g.b.Days[d].To, false)
			road, far = road+m, far+f
		}
		if road != w.Days[d].Travel || far != w.Days[d].Meters || on != w.Days[d].Spot {
			return FaultTotal
		}
		travel, meters, spot = travel+road, meters+far, spot+on
	}
	if n != w.Visits || travel != w.Travel || meters != w.Meters || spot != w.Spot {
		return FaultTotal
	}
	told := map[int32]bool{}
	for _, list := range [...][]Left{w.Left, w.Others} {
		for i := range list {
			if c := list[i].Client; told[c] || len(visits[c]) > 0 || list[i].Why.Code < NotOut {
				return FaultTotal
			}
			told[list[i].Client] = true
		}
	}
	if len(told)+len(visits) != len(g.b.Clients) {
		return FaultTotal
	}
	return Sound
}
