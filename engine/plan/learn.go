package plan

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
