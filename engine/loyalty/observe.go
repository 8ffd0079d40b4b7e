package loyalty

import (
	"math"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/sorting"
)

// one is the least a period's sales of a family may be to count as bought.
const one money.Cents = 100

// end is some day of the year 7400: a later date is read as it, and months can
// be counted from it both ways.
const end calendar.Day = 2_000_000

// A span is the periods of one kind, oldest first.
type span struct {
	windows [MaxPeriods]calendar.Window
	n       int
	months  int
	longest int // days of a line that still says in which period it was sold
	since   int // first period held whole
}

func spanOf(asOf, since calendar.Day, months, n int) span {
	s := span{n: min(max(n, 1), MaxPeriods), months: months, longest: 92}
	if months == 6 {
		s.longest = 184
	}
	for k := range s.n {
		s.windows[k] = calendar.Periods{Months: months}.Back(asOf, s.n-1-k)
		if since != calendar.None && s.windows[k].From < since {
			s.since = k + 1
		}
	}
	return s
}

// at is the period a day falls in, or -1.
func (s *span) at(d calendar.Day) int {
	for k := s.n - 1; k >= 0; k-- {
		if s.windows[k].Contains(d) {
			return k
		}
	}
	return -1
}

// Observe makes the status matrix of every client from its sales (F1): a
// family is bought in a period when its sales reach one unit of money and
// ae.boughtShare of its potential in the period. A client whose usual interval
// is over three months, 92 days at most, is read by half-years. When the potential by family of
// a client is known, only families with a potential, or bought, are its need.
func Observe(src Source, asOf calendar.Day, p Params) Input {
	asOf = max(-end, min(asOf, end))
	n, m := len(src.Customers), len(src.Families)
	in := Input{Members: make([]Member, n), Kinds: make([]Kind, m), Tracks: make([]Track, n*m), Shares: make([]float64, n*MaxPeriods)}
	since := orNone(src.Since)
	w := watcher{src: src, asOf: asOf, p: p, spans: [2]span{spanOf(asOf, since, 3, p.Periods), spanOf(asOf, since, 6, p.Halves)}}
	w.open[0], w.open[1] = make([]uint16, m), make([]uint16, m)
	for f, fam := range src.Families {
		ends := orNone(fam.Ends)
		in.Kinds[f] = Kind{Seasonal: fam.Season.From > 0 && fam.Season.To > 0, Ended: ends != calendar.None && ends <= asOf}
		for k := range w.spans {
			w.open[k][f] = fam.open(&w.spans[k])
		}
	}
	for i := range n {
		c := src.Customers[i]
		if src.Lines != nil {
			w.lines = src.Lines(i, w.lines[:0])
			c.Sales = w.lines
		}
		w.client(i, &c, &in)
	}
	return in
}

// open gives the periods in which a family was on sale the whole time and in
// season.
func (f Family) open(s *span) (bits uint16) {
	launched, ends := orNone(f.Launched), orNone(f.Ends)
	for k := range s.n {
		w := s.windows[k]
		ok := (launched == calendar.None || launched <= w.To) && (ends == calendar.None || ends > w.To) && inSeason(f, w)
		for _, out := range f.Out {
			ok = ok && w.Overlap(out) == 0
		}
		if ok {
			bits |= 1 << k
		}
	}
	return bits
}

// inSeason reports whether some month of a period is in season.
func inSeason(f Family, w calendar.Window) bool {
	for d := w.From; d <= w.To; d = d.EndOfMonth() + 1 {
		if f.Season.Open(d) {
			return true
		}
	}
	return false
}

// A watcher reads clients one after the other in the same memory.
type watcher struct {
	src   Source
	asOf  calendar.Day
	p     Params
	spans [2]span
	open  [2][]uint16
	days  []calendar.Day
	gaps  []int32
	sums  []money.Cents // families × periods
	lines []Sale
}

func (w *watcher) client(i int, c *Customer, in *Input) {
	m := len(w.src.Families)
	mem := &in.Members[i]
	first := orNone(c.FirstOrder)
	w.days = w.days[:0]
	for _, s := range c.Sales {
		if s.Net <= 0 || s.From > w.asOf {
			continue
		}
		if first == calendar.None || s.From < first {
			first = s.From
		}
		if s.dated() {
			w.days = append(w.days, s.From)
		}
	}
	kind := 0
	if mem.HalfYears = w.p.HalfYears || w.interval() > float64(w.spans[0].longest); mem.HalfYears {
		kind = 1
	}
	s := &w.spans[kind]
	mem.Periods, mem.From = uint8(s.n), uint8(s.since)
	mem.Potential, mem.Known, mem.Collapsed = c.Potential, c.Potential > 0, c.Collapsed
	mem.Never = first == calendar.None || first > w.asOf
	if k := s.at(first); k >= s.since {
		mem.From = uint8(k)
		mem.New = s.n-s.since >= w.p.MinPeriods && s.n-k < w.p.MinPeriods
	}
	mem.Undated = !w.sum(c, s, m)
	w.tracks(i, s, w.open[kind], mem, in)
	w.shares(i, c, s, mem, in)
}

// sum adds the client's sales by family and period; the last row takes those
// without a family. It is false when a line is too long to tell its period.
func (w *watcher) sum(c *Customer, s *span, m int) bool {
	size := (m + 1) * s.n
	if cap(w.sums) < size {
		w.sums = make([]money.Cents, size)
	}
	w.sums = w.sums[:size]
	clear(w.sums)
	told := true
	for _, l := range c.Sales {
		row := int(l.Family)
		if row < 0 || row >= m {
			row = m
		}
		cells := w.sums[row*s.n : (row+1)*s.n]
		switch {
		case l.From > w.asOf:
		case l.dated():
			if k := s.at(l.From); k >= 0 {
				cells[k] = cells[k].Plus(l.Net)
			}
		default:
			period := calendar.Window{From: l.From, To: l.To}
			if l.To < s.windows[0].From {
				continue
			}
			told = told && period.Days() <= s.longest
			for k := range s.n {
				if from, to, of := s.windows[k].Steps(period); to > from {
					cells[k] = cells[k].Plus(l.Net.Slice(from, to, of))
				}
			}
		}
	}
	return told
}

func (w *watcher) tracks(i int, s *span, open []uint16, mem *Member, in *Input) {
	m := len(open)
	var worth []money.Cents
	if len(w.src.Potential) >= (i+1)*m { // nil, or cut short: unknown
		worth = w.src.Potential[i*m : (i+1)*m]
	}
	known := slices.ContainsFunc(worth, func(c money.Cents) bool { return c > 0 })
	part := int64(math.Round(w.p.BoughtShare*1e4)) * int64(s.months)
	related := ^uint16(0) << mem.From
	for f := range m {
		var t Track
		for k := range s.n {
			x := w.sums[f*s.n+k]
			if x >= one && (worth == nil || worth[f] <= 0 || money.Compare(x, worth[f], part, 12e6) >= 0) {
				t.Bought |= 1 << k
			}
		}
		if !known || worth[f] > 0 || t.Bought != 0 {
			t.Open = open[f]
			if !in.Kinds[f].Seasonal {
				t.Open |= t.Bought // bought all the same in a period cut short
			}
			t.Open &= related
		}
		in.Tracks[i*m+f] = t
	}
}

func (w *watcher) shares(i int, c *Customer, s *span, mem *Member, in *Input) {
	row := in.Shares[i*MaxPeriods : (i+1)*MaxPeriods]
	for k := range row {
		row[k] = -1
	}
	for k := int(mem.From); k < s.n; k++ {
		worth := c.Potential
		if k < len(c.Potentials) {
			worth = c.Potentials[k]
		}
		if worth <= 0 {
			continue
		}
		var total money.Cents
		for f := range len(w.src.Families) + 1 {
			total = total.Plus(w.sums[f*s.n+k])
		}
		row[k] = min(1, max(0, float64(total)*12/(float64(worth)*float64(s.months))))
	}
}

// interval is the median of the days between orders; 0 under two orders.
func (w *watcher) interval() float64 {
	w.days = calendar.Distinct(w.days)
	w.gaps = w.gaps[:0]
	for k := 1; k < len(w.days); k++ {
		w.gaps = append(w.gaps, int32(w.days[k]-w.days[k-1]))
	}
	return sorting.Median(w.gaps)
}

// median sorts the gaps in place; 0 without any.
func median(gaps []int32) float64 {
	n := len(gaps)
	if n == 0 {
		return 0
	}
	sorting.Ints(gaps)
	return float64(gaps[(n-1)/2]+gaps[n/2]) / 2
}

func (s Sale) dated() bool { return s.To <= s.From || s.To == calendar.None }

// orNone reads 0, the missing day of a card, as None.
func orNone(d calendar.Day) calendar.Day {
	if d == 0 {
		return calendar.None
	}
	return d
}
