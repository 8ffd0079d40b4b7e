package query

// Left counts the parts of [Analysis.All] that are not computed yet, or no
// longer.
func (a *Analysis) Left() int {
	n := 0
	for _, there := range a.part.there() {
		if !there {
			n++
		}
	}
	return n
}

// Next computes the next part of [Analysis.All] that is not there yet, for a
// caller that gives way to others between two of them.
func (a *Analysis) Next() {
	for k, there := range a.part.there() {
		if !there {
			a.compute(k)
			return
		}
	}
}

// NextSlowly is Next, to the last bit, that gives way inside a part too: pause
// is called every few milliseconds of work, and decides itself when enough time
// has gone. It says false when nobody waits any more, or what the analysis reads
// has changed meanwhile ([Snapshot.Analysis] is another): then the part is given
// up, and false returned, as it is once the wishes or the weights of the grid are
// others. While pause runs nobody may ask a for a part.
func (a *Analysis) NextSlowly(pause func() bool) (done bool) {
	a.pause, a.regraded = func() {
		if !pause() || a.regraded {
			panic(givenUp{})
		}
	}, false
	defer func() {
		a.pause = nil
		if done {
			return
		}
		r := recover()
		if _, ours := r.(givenUp); !ours {
			panic(r)
		}
	}()
	a.Next()
	return true
}

// rest pauses before some of the clients of a loop, or at once (i = 0), where a
// caller wants it.
func (a *Analysis) rest(i int) {
	if a.pause != nil && i%some == 0 {
		a.pause()
	}
}

// there says which parts have been computed, in the order of All.
func (p *parts) there() [19]bool {
	return [...]bool{
		p.cost != nil, p.response != nil, p.maturity != nil, p.families != nil, p.weight != nil, p.potential != nil, p.loyalty != nil,
		p.steering != nil, p.files != nil, p.time != nil, p.grid != nil, p.visits != nil, p.plans != nil, p.appeal != nil, p.signals != nil,
		p.attrition != nil, p.relation != nil, p.ahead != nil, p.cockpit != nil,
	}
}

// compute computes the part k of All.
func (a *Analysis) compute(k int) {
	switch k {
	case 0:
		a.Cost()
	case 1:
		a.Response()
	case 2:
		a.Maturity()
	case 3:
		a.Families()
	case 4:
		a.Weight()
	case 5:
		a.Potential()
	case 6:
		a.Loyalty()
	case 7:
		a.Steering()
	case 8:
		a.Files()
	case 9:
		a.Time()
	case 10:
		a.Grid()
	case 11:
		a.Visits()
	case 12:
		a.Plans()
	case 13:
		a.Appeal()
	case 14:
		a.Signals()
	case 15:
		a.Attrition()
	case 16:
		a.Relation()
	case 17:
		a.Ahead()
	case 18:
		a.Cockpit()
	}
}
