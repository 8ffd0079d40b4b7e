package plan

import (
	"sillon/engine/geo"
	"sillon/engine/sorting"
)

// categories are those of portfolio.Category; 0: none.
const categories = 8

// prior is how many visits the expected length weighs.
const prior = 5

// Shrunk is the mean of n visits that took so many minutes in all, shrunk
// towards what was expected: (minutes + 5·expected) ÷ (n + 5), rounded.
func Shrunk(n, minutes, expected int64) int64 {
	if n < 0 || minutes < 0 {
		return expected
	}
	return (2*(minutes+prior*expected) + n + prior) / (2 * (n + prior))
}

// lengths learns how long a visit takes, to five minutes: each client shrunk
// towards his category, each category towards all, all towards what is said.
func (g *ground) lengths() {
	expected := int64(g.b.Visit)
	if expected <= 0 || expected > MostMinutes {
		expected = DefaultVisit
	}
	var n, sum [categories]int64
	var all, total int64
	for i := range g.b.Clients {
		c := &g.b.Clients[i]
		if c.Seen <= 0 || c.Spent <= 0 {
			continue
		}
		k := kind(c.Category)
		n[k], sum[k] = n[k]+int64(c.Seen), sum[k]+int64(c.Spent)
		all, total = all+int64(c.Seen), total+int64(c.Spent)
	}
	mean := Shrunk(all, total, expected)
	for k := range n {
		g.learned[k] = fives(Shrunk(n[k], sum[k], mean))
	}
	g.length = make([]int32, len(g.b.Clients))
	for i := range g.b.Clients {
		c := &g.b.Clients[i]
		k := kind(c.Category)
		switch {
		case c.Minutes > 0:
			g.length[i] = min(c.Minutes, MostMinutes)
		case c.Seen > 0 && c.Spent > 0:
			g.length[i] = fives(Shrunk(int64(c.Seen), int64(c.Spent), Shrunk(n[k], sum[k], mean)))
		default:
			g.length[i] = g.learned[k]
		}
	}
}

func kind(category uint8) int {
	if category >= categories {
		return 0
	}
	return int(category)
}

func fives(m int64) int32 { return int32(min(max((m+2)/5*5, 5), MostMinutes)) }

// driven learns the factor of the road from the ways between two clients seen
// one after the other on one day: the meter's, else the minutes said against those
// estimated.
func (b *Book) driven(road geo.Road) float64 {
	list := make([]int32, 0, len(b.Drives))
	for i := range b.Drives {
		if c := b.Drives[i].Client; c >= 0 && int(c) < len(b.Clients) {
			list = append(list, int32(i))
		}
	}
	sorting.By(list, func(x, y int32) int {
		a, c := &b.Drives[x], &b.Drives[y]
		switch {
		case a.Day != c.Day:
			return sign(a.Day > c.Day)
		case a.Minute != c.Minute:
			return sign(a.Minute > c.Minute)
		}
		return int(x - y)
	})
	road.Factor = 0
	var trips []geo.Trip
	for k := 1; k < len(list); k++ {
		a, c := &b.Drives[list[k-1]], &b.Drives[list[k]]
		from, to := b.Clients[a.Client].At, b.Clients[c.Client].At
		if a.Day != c.Day || c.Meters <= 0 && c.Took <= 0 || !from.placed() || !to.placed() {
			continue
		}
		if m, t, ok := road.Travel(from.position(), to.position()); ok && t > 0 {
			far := geo.Meters(c.Meters)
			if far == 0 {
				far = geo.Meters(float64(m) * float64(c.Took) / float64(t))
			}
			trips = append(trips, geo.Trip{Recorded: far, Estimated: m})
		}
	}
	factor, n := geo.Learned(trips)
	if n == 0 {
		return 0
	}
	return factor
}
