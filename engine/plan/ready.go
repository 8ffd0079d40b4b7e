package plan

import (
	"math/bits"

	"sillon/engine/calendar"
	"sillon/engine/tour"
)

// A ready says whether a client takes part, on which days, and what it costs
// to leave him out.
type ready struct {
	why   Reason // not: why
	days  uint64
	again uint64 // days of a second visit
	worth int64
	late  int32 // days late on the last day; negative: due in so many
	wins  [][]tour.Window
}

// least is the least gap between two visits, in days.
func (c *Client) least() int32 {
	if c.Least > 0 {
		return min(c.Least, 1<<20)
	}
	return max(1, min(c.Every, 1<<20)/2)
}

// hard is why a client cannot be visited whatever the urgency.
func (g *ground) hard(i int32) (Reason, bool) {
	c := &g.b.Clients[i]
	switch {
	case c.Out:
		return Reason{Code: NotOut}, false
	case c.Left == 0:
		return Reason{Code: NotLeft}, false
	case !c.At.placed():
		return Reason{Code: NotPlaced}, false
	}
	return Reason{}, true
}

// ready tells whether client i takes part.
func (g *ground) ready(i int32, busy []calendar.Day) (r ready) {
	c := &g.b.Clients[i]
	k := len(g.b.Days)
	first, last := g.b.Days[0].Day, g.b.Days[k-1].Day
	var ok bool
	if r.why, ok = g.hard(i); !ok {
		return r
	}
	if len(busy) > 0 {
		r.why = Reason{Code: NotPlanned, N: int32(busy[0] - first)}
		return r
	}
	if c.Next != 0 {
		r.why = Reason{Code: NotPlanned, N: int32(c.Next - first)}
		return r
	}
	if c.Every <= 0 && c.Due == 0 {
		r.why = Reason{Code: NotCadence}
		return r
	}
	from := g.from(i)
	if from > last {
		r.why = Reason{Code: NotYet, N: int32(from - first)}
		if c.Last != 0 && last-c.Last < calendar.Day(c.least()) {
			r.why = Reason{Code: NotSoon, N: int32(first - c.Last)}
		}
		return r
	}
	r.days, r.wins = g.allowed(i, from)
	if r.days == 0 {
		r.why = g.shut(i, from)
		return r
	}
	r.late, r.worth = g.worth(i)
	r.again = g.again(i, &r)
	return r
}

// from is the first day on which a client may be visited: the least gap has
// passed, and the visit is not too early unless it is wanted by then.
func (g *ground) from(i int32) calendar.Day {
	c := &g.b.Clients[i]
	if c.Last == 0 {
		return g.b.Days[0].Day
	}
	every := min(c.Every, 1<<20)
	on := c.Last + calendar.Day(max(c.least(), every-every/4))
	if c.Due != 0 && c.Due < on { // wanted sooner than is usual
		on = c.Last + calendar.Day(c.least())
	}
	return on
}

// allowed are the days from one on in which a visit fits, there and back.
func (g *ground) allowed(i int32, from calendar.Day) (days uint64, wins [][]tour.Window) {
	wins = make([][]tour.Window, len(g.b.Days))
	for d := range g.b.Days {
		if g.b.Days[d].Day < from {
			continue
		}
		wins[d] = windows(g.spans(i, d), g.length[i])
		if len(wins[d]) > 0 && g.reaches(i, d, wins[d]) {
			days |= 1 << d
		}
	}
	return days, wins
}

// reaches says whether a day with nothing else holds the visit.
func (g *ground) reaches(i int32, d int, wins []tour.Window) bool {
	day := &g.b.Days[d]
	out, back := g.ends(i, d)
	at := day.Open + out
	for _, w := range wins {
		if at <= w.Close {
			return max(at, w.Open)+g.length[i]+back <= day.Close
		}
	}
	return false
}

// ends are the minutes from where a day begins to a client, and from him to
// where it ends. Most days begin and end at home.
func (g *ground) ends(i int32, d int) (out, back int32) {
	day, first := &g.b.Days[d], &g.b.Days[0]
	if day.From != first.From || day.To != first.To {
		return g.mins(day.From, g.at(i), true), g.mins(g.at(i), day.To, false)
	}
	if g.home == nil {
		g.home = make([][2]int32, len(g.b.Clients))
	}
	if h := &g.home[i]; h[0] == 0 {
		*h = [2]int32{g.mins(day.From, g.at(i), true) + 1, g.mins(g.at(i), day.To, false)}
	}
	return g.home[i][0] - 1, g.home[i][1]
}

// shut tells a client who is closed from one who is too far away.
func (g *ground) shut(i int32, from calendar.Day) Reason {
	for d := range g.b.Days {
		if day := &g.b.Days[d]; day.Day >= from && len(windows(g.spans(i, d), g.length[i])) > 0 {
			out, back := g.ends(i, d)
			return Reason{Code: NotNear, N: out + back}
		}
	}
	return Reason{Code: NotOpen}
}

// Lateness in thousandths of the value of a visit.
const (
	asGiven  = 1000
	tooEarly = 600
	atMost   = 2000
	overdue  = 3000
)

// worth is what it costs to leave a client out of the days, and how many days
// late he then is.
func (g *ground) worth(i int32) (late int32, worth int64) {
	c := &g.b.Clients[i]
	last := g.b.Days[len(g.b.Days)-1].Day
	factor := int64(asGiven)
	if c.Last != 0 && c.Every > 0 {
		every := int64(min(c.Every, 1<<20))
		days := int64(last-c.Last) - every
		late = int32(days)
		factor = min(max(asGiven+asGiven*days/every, tooEarly), atMost)
		if c.Most > 0 && int64(last-c.Last) > int64(c.Most) {
			factor = overdue
		}
	}
	if c.Due != 0 {
		switch days := last - c.Due; {
		case c.Due < g.b.Days[0].Day:
			late, factor = int32(days), overdue
		case days >= 0:
			factor = max(factor, atMost)
		}
	}
	return late, max(1, min(max(c.Value, 0), 1<<34)*factor/1000)
}

// again are the days on which a second visit is due, when the interval is that
// short: whatever day the first is made on, the least gap is kept.
func (g *ground) again(i int32, r *ready) uint64 {
	c := &g.b.Clients[i]
	if c.Every <= 0 || c.Left == 1 {
		return 0
	}
	first, last := bits.TrailingZeros64(r.days), bits.Len64(r.days)-1
	gap := max(c.least(), c.Every-c.Every/4)
	room := int32(g.b.Days[last].Day-g.b.Days[first].Day) - gap
	if room < 0 {
		return 0
	}
	until := g.b.Days[first].Day + calendar.Day(room/2)
	var one, two uint64
	for d := first; d <= last; d++ {
		switch day := g.b.Days[d].Day; {
		case r.days>>d&1 == 0:
		case day <= until:
			one |= 1 << d
		case day >= until+calendar.Day(gap):
			two |= 1 << d
		}
	}
	if one == 0 || two == 0 {
		return 0
	}
	r.days = one
	return two
}
