package plan

import (
	"errors"

	"sillon/engine/calendar"
	"sillon/engine/geo"
	"sillon/engine/tour"
)

// ErrBook says that a book is beyond its limits or contradicts itself.
var ErrBook = errors.New("plan: more than 10 days, 20 000 clients or 2 000 appointments, days out of order, or a place in a list that does not exist")

func (b *Book) check() error {
	if len(b.Days) == 0 || len(b.Days) > MostDays || len(b.Clients) > MostClients || len(b.Fixed) > MostFixed || len(b.Kept) > MostFixed {
		return ErrBook
	}
	for i := range b.Days {
		d := &b.Days[i]
		if i > 0 && d.Day <= b.Days[i-1].Day || !dated(d.Day) || !minute(d.Open) || !minute(d.Close) || !minute(d.Break.From) || !minute(d.Break.To) {
			return ErrBook
		}
	}
	for i := range b.Clients {
		c := &b.Clients[i]
		if c.Hours < 0 || int(c.Hours) > len(b.Hours) || c.Last != 0 && !dated(c.Last) || c.Due != 0 && !dated(c.Due) || c.Next != 0 && !dated(c.Next) {
			return ErrBook
		}
	}
	for _, list := range [...][]Fixed{b.Fixed, b.Kept} {
		for i := range list {
			f := &list[i]
			if f.Client < 0 || int(f.Client) >= len(b.Clients) || !dated(f.Day) || f.Start < -1 || f.Start > lastMinute || f.Length < 0 {
				return ErrBook
			}
		}
	}
	return nil
}

const lastMinute = 24*60 - 1

func minute(m int32) bool { return m >= 0 && m <= 24*60 }

// dated bounds days so that differences of days do not overflow.
func dated(d calendar.Day) bool { return d > -4_000_000 && d < 4_000_000 }

// A ground is a book with what is asked of it often.
type ground struct {
	b       *Book
	road    geo.Road
	learned [categories]int32
	length  []int32
	works   [][]Span // of each day
	blocks  [][]block
	open    []int32 // of each day, widened for its appointments
	close   []int32
	home    [][2]int32 // of each client: 1 + minutes from home, minutes back; zero: not looked up
}

// road is that of the book, by what its meter says where nothing else is said.
func (b *Book) road() geo.Road {
	r := b.Road.road()
	if r.Factor == 0 && len(b.Drives) > 1 {
		r.Factor = b.driven(r)
	}
	return r
}

// A block is a run of appointments that cannot all be kept in time, or one
// that can: it begins and ends when it is said to.
type block struct {
	fixed []int32 // places in Book.Fixed, by hour
	start int32
	end   int32
}

func lay(b *Book) *ground {
	g := &ground{b: b, road: b.road()}
	g.lengths()
	k := len(b.Days)
	g.works, g.blocks, g.open, g.close = make([][]Span, k), make([][]block, k), make([]int32, k), make([]int32, k)
	for d := range b.Days {
		g.works[d] = b.Days[d].spans()
		g.open[d], g.close[d] = b.Days[d].Open, b.Days[d].Close
		g.anchor(d)
	}
	return g
}

// spans are the stretches in which the rep works.
func (w *Workday) spans() []Span {
	if w.Off != Works || w.Close <= w.Open {
		return nil
	}
	if w.Break.To <= w.Break.From || w.Break.To <= w.Open || w.Break.From >= w.Close {
		return []Span{{w.Open, w.Close}}
	}
	var out []Span
	if w.Break.From > w.Open {
		out = append(out, Span{w.Open, w.Break.From})
	}
	if w.Break.To < w.Close {
		out = append(out, Span{w.Break.To, w.Close})
	}
	return out
}

// way is the road from one place to another: minutes, with what it takes to
// park and walk in where a client is visited, and metres.
func (g *ground) way(from, to Point, stop bool) (minutes, meters int32) {
	if from.placed() && to.placed() {
		m, _, _ := g.road.Travel(from.position(), to.position())
		meters = int32(min(float64(m), 1<<30))
	}
	return g.mins(from, to, stop), meters
}

// mins are the minutes of way: those of the table of the search, to the last one.
func (g *ground) mins(from, to Point, stop bool) int32 {
	if !from.placed() || !to.placed() {
		return Unknown
	}
	if from.Lat == to.Lat && from.Lon == to.Lon {
		return 0
	}
	s, ok := g.road.Seconds(from.position(), to.position())
	if !ok {
		return Unknown
	}
	return whole(s, stop)
}

// whole turns seconds into minutes, the stop added.
func whole(seconds int32, stop bool) int32 {
	if seconds == 0 {
		return 0
	}
	m := (seconds + 59) / 60
	if stop {
		m += geo.StopMinutes
	}
	return m
}

// anchor gathers the appointments with an hour of a day into blocks, and widens
// the day for them.
func (g *ground) anchor(d int) {
	day := &g.b.Days[d]
	var list []int32
	for i := range g.b.Fixed {
		if f := &g.b.Fixed[i]; f.Day == day.Day && f.Start >= 0 {
			list = append(list, int32(i))
		}
	}
	order(list, func(a, b int32) bool { return g.b.Fixed[a].Start < g.b.Fixed[b].Start })
	for _, i := range list {
		f := &g.b.Fixed[i]
		end := f.Start + g.fixedLength(f)
		if n := len(g.blocks[d]); n > 0 {
			last := &g.blocks[d][n-1]
			m := g.mins(g.at(g.b.Fixed[last.fixed[len(last.fixed)-1]].Client), g.at(f.Client), true)
			if last.end+m > f.Start {
				last.fixed, last.end = append(last.fixed, i), max(end, last.end)
				continue
			}
		}
		g.blocks[d] = append(g.blocks[d], block{[]int32{i}, f.Start, end})
	}
	n := len(g.blocks[d])
	if n == 0 {
		return
	}
	first, last := &g.blocks[d][0], &g.blocks[d][n-1]
	out := g.mins(day.From, g.at(g.b.Fixed[first.fixed[0]].Client), true)
	back := g.mins(g.at(g.b.Fixed[last.fixed[len(last.fixed)-1]].Client), day.To, false)
	g.open[d], g.close[d] = min(day.Open, first.start-out), max(day.Close, last.end+back)
	if len(g.works[d]) == 0 {
		g.open[d], g.close[d] = first.start-out, last.end+back
	}
	// The way to a place that is not known may be longer than by that place: then
	// the day holds its appointments and nothing else.
	if m := g.mins(day.From, day.To, false); g.open[d]+m > g.close[d] {
		g.works[d], g.close[d] = nil, g.open[d]+m
	}
}

// order sorts few places by insertion, equal ones as they come.
func order(list []int32, less func(a, b int32) bool) {
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && less(list[j], list[j-1]); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

func (g *ground) at(client int32) Point { return g.b.Clients[client].At }

func (g *ground) fixedLength(f *Fixed) int32 {
	if f.Length > 0 {
		return min(f.Length, MostMinutes)
	}
	return g.length[f.Client]
}

// spans are the stretches of a day in which a client can be visited.
func (g *ground) spans(client int32, d int) []Span {
	c := &g.b.Clients[client]
	for _, x := range c.Closed {
		if x == g.b.Days[d].Day {
			return nil
		}
	}
	if c.Hours == 0 {
		return g.works[d]
	}
	week := g.b.Hours[c.Hours-1].Week
	wd := int(g.b.Days[d].Day-g.b.Days[d].Day.Monday()) % 7
	if wd >= len(week) {
		return nil
	}
	var out []Span
	for _, w := range g.works[d] {
		for _, o := range week[wd] {
			if x := (Span{max(w.From, o.From), min(w.To, o.To)}); x.From < x.To {
				out = append(out, x)
			}
		}
	}
	return out
}

// windows are the minutes at which a visit of a length may start, in order,
// none touching another.
func windows(spans []Span, length int32) []tour.Window {
	var out []tour.Window
	for _, s := range spans {
		if s.To-s.From < length {
			continue
		}
		w := tour.Window{Open: s.From, Close: s.To - length}
		i := len(out)
		for i > 0 && out[i-1].Open > w.Open {
			i--
		}
		out = append(out, w)
		copy(out[i+1:], out[i:])
		out[i] = w
	}
	n := 0
	for _, w := range out {
		if n > 0 && w.Open <= out[n-1].Close { // said twice
			out[n-1].Close = max(out[n-1].Close, w.Close)
			continue
		}
		out[n] = w
		n++
	}
	return out[:n]
}
