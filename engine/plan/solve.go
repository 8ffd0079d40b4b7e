package plan

import (
	"sillon/engine/calendar"
	"sillon/engine/sorting"
	"sillon/engine/tour"
)

// MostTried is how many clients compete at once: those who cost most to leave
// out. A rep makes some fifty visits in two weeks.
const MostTried = 300

// settle is the number of iterations that tell whether what is held can stay.
const settle = 150

// What an appointment weighs against others that must be made: more than any
// road that leaving it out could save.
const (
	worthBlock = 1 << 34 // with an hour
	worthDay   = 1 << 32 // without
)

// An item is a visit of the problem, and what it stands for.
type item struct {
	client int32 // −1: a block
	block  *block
	day    int32 // of a block, or of an appointment without an hour
	fixed  int32 // place in Book.Fixed of an appointment without an hour; −1
	kept   int32 // place in Book.Kept; −1
	second bool
}

// How firmly a kept visit is held.
const (
	toTheMinute = iota
	toTheDay
	anyDay
	nowhere // it cannot be made at all
)

// A Solver is one search for a week.
type Solver struct {
	*ground
	ready []ready
	tried []int32 // clients that compete, the costliest to leave out first
	firm  []uint8 // of each kept visit
	items []item
	s     *tour.Search
	ran   int
}

// Begin lays a book out and finds a first plan: what is fixed, then what is
// kept, held as firmly as it can be, then whoever competes. The book must not
// change afterwards.
func Begin(b *Book) (*Solver, error) {
	if err := b.check(); err != nil {
		return nil, err
	}
	s := &Solver{ground: lay(b)}
	s.invite()
	s.firm = make([]uint8, len(b.Kept))
	for i := range b.Kept {
		s.firm[i] = s.firmness(&b.Kept[i])
		s.apart(i)
	}
	for {
		p := s.problem()
		search, err := tour.New(p, b.Seed)
		if err != nil {
			return nil, err
		}
		s.s = search
		if len(b.Kept) > 0 {
			search.Cool(settle)
			search.Run(settle)
		}
		// The search overlooks a place now and then, that of an appointment too.
		for n := 0; s.misses(search.Best().Left) && n < 20; n++ {
			search.Run(settle / 5)
		}
		if !s.loosen(search.Best().Left) {
			return s, nil
		}
	}
}

// misses says whether an appointment with an hour is left out.
func (s *Solver) misses(left []int32) bool {
	for _, v := range left {
		if s.items[v].block != nil {
			return true
		}
	}
	return false
}

// Cool sets the search to cool down over n further iterations, Run makes n:
// as those of [tour.Search].
func (s *Solver) Cool(n int) { s.s.Cool(n) }

// Run makes n iterations.
func (s *Solver) Run(n int) {
	s.s.Run(n)
	s.ran += n
}

// invite tells who competes.
func (s *Solver) invite() {
	busy := make([][]calendar.Day, len(s.b.Clients))
	for i := range s.b.Fixed {
		busy[s.b.Fixed[i].Client] = append(busy[s.b.Fixed[i].Client], s.b.Fixed[i].Day)
	}
	held := make([]bool, len(s.b.Clients))
	for i := range s.b.Kept {
		held[s.b.Kept[i].Client] = true
	}
	s.ready = make([]ready, len(s.b.Clients))
	for i := range s.b.Clients {
		r := s.ground.ready(int32(i), busy[i])
		if held[i] {
			r.days, r.again = 0, 0
		}
		s.ready[i] = r
		if r.days != 0 {
			s.tried = append(s.tried, int32(i))
		}
	}
	sorting.By(s.tried, func(a, b int32) int {
		switch x, y := &s.ready[a], &s.ready[b]; {
		case x.worth != y.worth:
			return sign(x.worth < y.worth)
		case s.b.Clients[a].Code != s.b.Clients[b].Code:
			return sign(s.b.Clients[a].Code > s.b.Clients[b].Code)
		}
		return int(a - b)
	})
}

func sign(after bool) int {
	if after {
		return 1
	}
	return -1
}

// firmness is how firmly a kept visit can be held at best.
func (s *Solver) firmness(k *Fixed) uint8 {
	if _, ok := s.hard(k.Client); !ok {
		return nowhere
	}
	d := s.dayOf(k.Day)
	if d < 0 || len(windows(s.spans(k.Client, d), s.fixedLength(k))) == 0 || !s.spaced(k.Client, k.Day) {
		return anyDay
	}
	if k.Start < 0 || !opens(windows(s.spans(k.Client, d), s.fixedLength(k)), k.Start) {
		return toTheDay
	}
	return toTheMinute
}

// apart gives up a kept visit that stands too near another one of the client, or
// is one more than the year holds.
func (s *Solver) apart(i int) {
	k := &s.b.Kept[i]
	c := &s.b.Clients[k.Client]
	gap, left := calendar.Day(c.least()), c.Left
	for j := range i {
		o := &s.b.Kept[j]
		if o.Client == k.Client && s.firm[j] != nowhere {
			left--
		}
		if o.Client == k.Client && s.firm[j] != nowhere && (s.firm[i] == anyDay || s.firm[j] == anyDay || max(o.Day-k.Day, k.Day-o.Day) < gap) {
			s.firm[i] = nowhere
		}
	}
	if c.Left > 0 && left <= 0 {
		s.firm[i] = nowhere
	}
}

// alone says whether no other kept visit of the client stands.
func (s *Solver) alone(i int32) bool {
	for j := range s.b.Kept {
		if int32(j) != i && s.b.Kept[j].Client == s.b.Kept[i].Client && s.firm[j] != nowhere {
			return false
		}
	}
	return true
}

func opens(ws []tour.Window, t int32) bool {
	for _, w := range ws {
		if t >= w.Open && t <= w.Close {
			return true
		}
	}
	return false
}

func (g *ground) dayOf(day calendar.Day) int {
	for d := range g.b.Days {
		if g.b.Days[d].Day == day {
			return d
		}
	}
	return -1
}

// spaced says whether a visit on a day keeps the least gap to what is fixed and
// to the last visit.
func (g *ground) spaced(client int32, day calendar.Day) bool {
	c := &g.b.Clients[client]
	gap := calendar.Day(c.least())
	if c.Last != 0 && day-c.Last < gap && day >= c.Last {
		return false
	}
	for i := range g.b.Fixed {
		if f := &g.b.Fixed[i]; f.Client == client && max(day-f.Day, f.Day-day) < gap {
			return false
		}
	}
	return true
}

// loosen holds less firmly the kept visits that were left out, and those of a
// day whose appointments find no room; false when there is none.
func (s *Solver) loosen(left []int32) (again bool) {
	let := func(k int32) {
		if s.firm[k]++; s.firm[k] == anyDay && !s.alone(k) {
			s.firm[k] = nowhere
		}
		again = true
	}
	for _, v := range left {
		it := &s.items[v]
		switch {
		case it.kept >= 0 && s.firm[it.kept] < anyDay:
			let(it.kept)
		case it.kept < 0 && (it.block != nil || it.fixed >= 0): // an appointment comes first
			for k := range s.b.Kept {
				if s.firm[k] < anyDay && s.b.Kept[k].Day == s.b.Days[it.day].Day {
					let(int32(k))
				}
			}
		}
	}
	return again
}

// keptWorth is what leaving a kept visit out costs, once it may go anywhere.
func (s *Solver) keptWorth(client int32) int64 {
	_, w := s.ground.worth(client)
	return 2 * w
}

// problem lays out what is searched.
func (s *Solver) problem() *tour.Problem {
	k := len(s.b.Days)
	p := &tour.Problem{Rate: s.rate()}
	t := &table{g: s.ground}
	for d := range s.b.Days {
		day := &s.b.Days[d]
		if len(s.works[d]) == 0 && len(s.blocks[d]) == 0 {
			continue
		}
		p.Routes = append(p.Routes, tour.Route{Day: d, From: t.place(day.From, day.From, false), To: t.place(day.To, day.To, false),
			Open: s.open[d], Close: s.close[d], Hours: d})
	}
	s.items = s.items[:0]
	add := func(it item, v tour.Visit) {
		s.items = append(s.items, it)
		p.Visits = append(p.Visits, v)
	}
	for d := range s.blocks {
		for i := range s.blocks[d] {
			b := &s.blocks[d][i]
			in, out := s.at(s.b.Fixed[b.fixed[0]].Client), s.at(s.b.Fixed[b.fixed[len(b.fixed)-1]].Client)
			add(item{client: -1, block: b, day: int32(d), fixed: -1, kept: -1},
				tour.Visit{Place: t.place(in, out, true), Service: b.end - b.start, Value: worthBlock, Must: true, Hours: at(k, d, []tour.Window{{Open: b.start, Close: b.start}}), Days: []uint64{1 << d}})
		}
	}
	for i := range s.b.Fixed {
		f := &s.b.Fixed[i]
		d := s.dayOf(f.Day)
		if f.Start >= 0 || d < 0 || len(s.works[d]) == 0 {
			continue
		}
		ws := windows(s.spans(f.Client, d), s.fixedLength(f))
		if len(ws) == 0 {
			ws = windows(s.works[d], s.fixedLength(f))
		}
		if len(ws) > 0 {
			add(item{client: f.Client, day: int32(d), fixed: int32(i), kept: -1},
				tour.Visit{Place: t.client(f.Client), Service: s.fixedLength(f), Value: worthDay, Must: true, Hours: at(k, d, ws), Days: []uint64{1 << d}})
		}
	}
	for i := range s.b.Kept {
		if it, v, ok := s.held(int32(i), t); ok {
			add(it, v)
		}
	}
	if !s.b.Hold {
		for _, i := range s.tried[:min(len(s.tried), MostTried)] {
			r := &s.ready[i]
			v := tour.Visit{Place: t.client(i), Service: s.length[i], Value: r.worth, Hours: r.wins, Days: single(r.days)}
			add(item{client: i, fixed: -1, kept: -1}, v)
			if r.again != 0 {
				v.Days, v.Value = single(r.again), max(1, v.Value/2)
				add(item{client: i, fixed: -1, kept: -1, second: true}, v)
			}
		}
	}
	p.Travel, p.Places = t.travel(), len(t.in)
	if p.Places == 0 {
		p.Places, p.Travel = 1, []int32{0}
	}
	return p
}

// held is a kept visit as firmly as it stands.
func (s *Solver) held(i int32, t *table) (it item, v tour.Visit, ok bool) {
	f := &s.b.Kept[i]
	it = item{client: f.Client, fixed: -1, kept: i}
	v = tour.Visit{Service: s.fixedLength(f)}
	k, d := len(s.b.Days), s.dayOf(f.Day)
	switch s.firm[i] {
	case toTheMinute:
		v.Must, v.Hours, v.Days = true, at(k, d, []tour.Window{{Open: f.Start, Close: f.Start}}), []uint64{1 << d}
	case toTheDay:
		v.Must, v.Hours, v.Days = true, at(k, d, windows(s.spans(f.Client, d), v.Service)), []uint64{1 << d}
	case anyDay:
		v.Value = s.keptWorth(f.Client)
		v.Hours = make([][]tour.Window, k)
		var days uint64
		for d := range s.b.Days {
			if ws := windows(s.spans(f.Client, d), v.Service); len(ws) > 0 && s.spaced(f.Client, s.b.Days[d].Day) {
				v.Hours[d], days = ws, days|1<<d
			}
		}
		v.Days = single(days)
		if days == 0 {
			return it, v, false
		}
	default:
		return it, v, false
	}
	v.Place = t.client(f.Client)
	return it, v, true
}

// at are the windows of one day alone.
func at(k, d int, ws []tour.Window) [][]tour.Window {
	out := make([][]tour.Window, k)
	out[d] = ws
	return out
}

// single are the sets of one day each.
func single(days uint64) (out []uint64) {
	for ; days != 0; days &= days - 1 {
		out = append(out, days&-days)
	}
	return out
}

// A table is the travel between the places of a problem. A place is entered at
// one point and left at another: those of a block differ.
type table struct {
	g       *ground
	in, out []Point
	stop    []bool
	of      map[int32]int32 // places of clients
}

func (t *table) place(in, out Point, stop bool) int32 {
	t.in, t.out, t.stop = append(t.in, in), append(t.out, out), append(t.stop, stop)
	return int32(len(t.in) - 1)
}

func (t *table) client(i int32) int32 {
	if p, ok := t.of[i]; ok {
		return p
	}
	if t.of == nil {
		t.of = map[int32]int32{}
	}
	p := t.g.at(i)
	t.of[i] = t.place(p, p, true)
	return t.of[i]
}

// Cost is what the best plan costs: visits left out and the road, in cents.
func (s *Solver) Cost() int64 {
	best := s.s.Best()
	return best.Lost + s.rate()*best.Travel
}

func (s *Solver) rate() int64 {
	if s.b.Rate <= 0 || s.b.Rate > 1<<16 {
		return DefaultRate
	}
	return s.b.Rate
}
