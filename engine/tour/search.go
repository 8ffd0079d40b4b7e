package tour

// Search is one search for a plan. The same problem, seed and sequence of
// calls give the same answer on every machine.
type Search struct {
	*ground
	rng    chance
	routes []route
	best   []route
	at     []int32 // at[v*span+i]: routes that hold visit v, -1 beyond
	span   int
	absent []int32 // visits left out
	where  []int32 // their places in absent, -1 when planned
	spent  int64
	kinds  []int32 // visits planned by category
	travel int64
	missed int64 // value left out
	least  int64 // cost of best

	heat, cool float64 // temperature and its factor
	left       int     // iterations the cooling still has
	blink      int     // places to try before the next one is overlooked

	losses []float64

	undo
	scratch
}

// undo is what an iteration changed, to take it back.
type undo struct {
	saved        []route
	mark         []int32 // routes touched in this iteration
	turn         int32
	touched      []int32
	moved        []int32 // visits taken out or put in
	mine         []int32 // turn in which a visit was moved
	called       []int32 // turn in which a visit left out was called back
	oldTravel    int64
	oldMissed    int64
	oldSpent     int64
	oldKinds     []int32
	ruinedBefore []int32 // turn in which a route lost a string
}

// scratch is room used again by each insertion.
type scratch struct {
	queue   []int32
	keys    []int64
	dayCost []int64
	dayAt   []slot
}

type slot struct{ route, pos int32 }

// New lays a problem out and finds a first plan. The problem must not change
// afterwards.
func New(p *Problem, seed uint64) (*Search, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	s := &Search{ground: lay(p), rng: chance(seed), losses: losses()}
	for i := range p.Visits {
		for _, d := range p.Visits[i].Days {
			s.span = max(s.span, ones(d))
		}
	}
	s.span = max(1, s.span)
	s.at, s.where, s.mine, s.called = make([]int32, s.n*s.span), make([]int32, s.n), make([]int32, s.n), make([]int32, s.n)
	for i := range s.at {
		s.at[i] = -1
	}
	for v := 0; v < s.n; v++ {
		s.where[v] = int32(v)
		s.absent = append(s.absent, int32(v))
		s.missed += s.lost[v]
	}
	k := len(p.Routes)
	s.routes, s.saved, s.mark, s.ruinedBefore = make([]route, k), make([]route, k), make([]int32, k), make([]int32, k)
	s.kinds, s.oldKinds = make([]int32, len(p.Caps)), make([]int32, len(p.Caps))
	s.dayCost, s.dayAt = make([]int64, len(s.byDay)), make([]slot, len(s.byDay))
	for i := range s.routes {
		s.routes[i].stops = []int32{-1, -1}
		if s.time(i, &s.routes[i]) {
			s.travel += s.routes[i].travel
		} else {
			s.mark[i] = shut
		}
	}
	s.blink = blinkEvery
	s.begin()
	s.queue = append(s.queue[:0], s.absent...)
	s.order(byWorth)
	s.recreate()
	s.keep()
	s.Cool(10_000)
	return s, nil
}

// shut marks a route on which not even an empty day fits: it is never touched.
const shut = int32(-1)

func ones(d uint64) (n int) {
	for ; d != 0; d &= d - 1 {
		n++
	}
	return n
}

// Cool sets the search to cool down over n further iterations.
func (s *Search) Cool(n int) {
	if s.left = max(1, n); s.heat == 0 {
		s.heat = s.hot()
	}
	s.slow()
}

// slow sets the factor that brings the heat from where it is to the end of
// the cooling in the iterations that are left: a product of n factors 1-x/n
// comes to exp(-x), with x the logarithm of what is to be lost.
func (s *Search) slow() {
	x, h, end := 0.0, s.heat, float64(s.hot()*coldest)
	for h > end {
		h = float64(h / 1.05)
		x += 0.04879016416943205 // ln 1.05
	}
	s.cool = 1 - float64(x/float64(s.left))
	if s.cool < 0 {
		s.cool = 0
	}
}

// hot is the temperature of the beginning: a share of a usual leg, and of a
// usual visit that may be left out.
func (s *Search) hot() float64 {
	var legs, count int64
	for v := range s.near {
		for i := 0; i < min(5, len(s.near[v])); i++ {
			legs += int64(s.p.Travel[int(s.p.Visits[v].Place)*s.p.Places+int(s.p.Visits[s.near[v][i]].Place)])
			count++
		}
	}
	var worth, many int64
	for v := range s.p.Visits {
		if !s.p.Visits[v].Must {
			worth += s.p.Visits[v].Value
			many++
		}
	}
	h := 1.0
	if count > 0 {
		h += float64(hotLegs * float64(s.p.Rate) * float64(legs) / float64(count))
	}
	if many > 0 {
		h += float64(hotWorth * float64(worth) / float64(many))
	}
	return h
}

// Settings of the search, all without unit. They were set on made-up
// territories, never on the instances of the bars.
const (
	hotLegs     = 4.0  // heat of the beginning, in usual legs
	hotWorth    = 0.8  // and in values of a usual visit
	coldest     = 0.03 // heat of the end, of that of the beginning
	blinkEvery  = 100  // one place in so many is overlooked, on average
	outMean     = 10.0 // visits taken out, on average
	outLongest  = 10.0 // longest string
	split       = 2    // one string in so many leaves visits in its middle
	recallMost  = 10   // visits left out near the seed that compete again
	recallOneIn = 2    // each with this chance
	recallAny   = 1    // and as many from anywhere
)

// Run makes n iterations. They cool as Cool said; afterwards the search goes
// on cold.
func (s *Search) Run(n int) {
	for ; n > 0 && s.n > 0 && len(s.routes) > 0; n-- {
		s.step()
		if s.left > 0 {
			s.left--
			s.heat = float64(s.heat * s.cool)
		}
	}
}

func (s *Search) cost() int64 { return s.missed + s.p.Rate*s.travel }

func (s *Search) step() {
	before := s.cost()
	s.begin()
	if !s.ruin() {
		s.restore()
		return
	}
	s.order(s.rng.below(orders))
	s.recreate()
	after := s.cost()
	if float64(after-before) >= float64(s.heat*s.losses[s.rng.below(draws)]) {
		s.restore()
		return
	}
	if after < s.least {
		s.keep()
	}
}

// begin opens an iteration.
func (s *Search) begin() {
	s.turn++
	s.touched, s.moved, s.queue = s.touched[:0], s.moved[:0], s.queue[:0]
	s.oldTravel, s.oldMissed, s.oldSpent = s.travel, s.missed, s.spent
	copy(s.oldKinds, s.kinds)
}

// touch saves a route before its first change in this iteration.
func (s *Search) touch(k int32) {
	if s.mark[k] == s.turn {
		return
	}
	s.mark[k] = s.turn
	s.saved[k].copyFrom(&s.routes[k])
	s.touched = append(s.touched, k)
}

// restore takes the iteration back.
func (s *Search) restore() {
	for _, v := range s.moved {
		s.clear(v)
	}
	for _, k := range s.touched {
		s.routes[k], s.saved[k] = s.saved[k], s.routes[k]
		for _, v := range s.routes[k].stops {
			if v >= 0 && s.mine[v] == s.turn {
				s.hold(v, k)
			}
		}
	}
	for _, v := range s.moved {
		s.list(v)
	}
	s.travel, s.missed, s.spent = s.oldTravel, s.oldMissed, s.oldSpent
	copy(s.kinds, s.oldKinds)
}

func (s *Search) clear(v int32) {
	for i := int(v) * s.span; i < (int(v)+1)*s.span; i++ {
		s.at[i] = -1
	}
}

// hold notes that a route holds a visit.
func (s *Search) hold(v, k int32) {
	for i := int(v) * s.span; ; i++ {
		if s.at[i] < 0 {
			s.at[i] = k
			return
		}
	}
}

func (s *Search) planned(v int32) bool { return s.at[int(v)*s.span] >= 0 }

// list keeps the list of absent visits true for one visit.
func (s *Search) list(v int32) {
	w := s.where[v]
	if on := s.planned(v); on && w >= 0 {
		last := s.absent[len(s.absent)-1]
		s.absent[w], s.where[last] = last, w
		s.absent = s.absent[:len(s.absent)-1]
		s.where[v] = -1
	} else if !on && w < 0 {
		s.where[v] = int32(len(s.absent))
		s.absent = append(s.absent, v)
	}
}

// keep remembers the plan as the best.
func (s *Search) keep() {
	s.least = s.cost()
	if s.best == nil {
		s.best = make([]route, len(s.routes))
	}
	for k := range s.routes {
		s.best[k].stops = append(s.best[k].stops[:0], s.routes[k].stops...)
	}
}
