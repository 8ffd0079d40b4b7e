package visits

import (
	"math"

	"sillon/engine/explain"
)

// Curves are the response curves of the clients, tabulated (B3): client i is
// worth Worth[Start[i]+x] a year with x visits, from x = 0 up to the end of its
// table. Start has one entry more than there are clients.
type Curves struct {
	Worth []float64
	Start []int32
}

// Clients is how many clients the tables describe.
func (c Curves) Clients() int { return max(0, len(c.Start)-1) }

// table is the part of client i; numbers that are none count as 0.
func (c Curves) table(i int) []float64 {
	from, to := int(c.Start[i]), int(c.Start[i+1])
	if from < 0 || to > len(c.Worth) || from > to {
		return nil
	}
	return c.Worth[from:to]
}

// Add appends a client's table, the worth of 0, 1, 2… visits.
func (c *Curves) Add(worth ...float64) {
	if len(c.Start) == 0 {
		c.Start = append(c.Start, 0)
	}
	c.Worth = append(c.Worth, worth...)
	c.Start = append(c.Start, int32(len(c.Worth)))
}

// AddProspect appends the table of a prospect: with a chance of so much at each
// visit, n visits are worth value·(1 − (1 − chance)ⁿ). value is what the client
// would bring, in the unit of the other tables.
func (c *Curves) AddProspect(chance, value float64, most int) {
	if !(math.Abs(value) <= 1e12) {
		value = 0
	}
	left, table := 1.0, make([]float64, min(max(0, most), 366)+1)
	for n := range table {
		table[n] = value * (1 - left)
		left *= 1 - min(1, tame(chance))
	}
	c.Add(table...)
}

// worth reads a table: 0 where there is nothing, ±10¹² at most.
func worth(t []float64, x int32) float64 {
	if x < 0 || int(x) >= len(t) || math.IsNaN(t[x]) {
		return 0
	}
	return min(1e12, max(-1e12, t[x]))
}

// A block is the best next visits of a client: so many, at so much per minute.
type block struct {
	n    int32
	rate float64
}

// Marginal gives the budget's visits one by one to the client whose worth
// grows most per minute, within the bounds (H6 method c, after CALLPLAN). On an
// S-curve a visit that earns little may open a better one: what counts is the
// best average of the next visits, the upper concave envelope. Visits that
// would earn nothing are surplus. Hour is the price of time the plan ends at.
func Marginal(in PlanInput, curves Curves) Plan {
	n := curves.Clients()
	p := newPlan(in, n)
	left := p.Budget
	for i := range n {
		t := curves.table(i)
		if p.Bound[i] == Free {
			p.hi[i] = max(p.lo[i], min(p.hi[i], int32(max(1, len(t)))-1))
		}
		p.Visits[i] = p.lo[i]
		left -= int(p.lo[i])
	}
	idx := order(n, p.in.Codes)
	if left < 0 {
		var free []int32
		for _, i := range idx {
			if p.Bound[i] == Free {
				free = append(free, i)
			}
		}
		p.cut(free)
	} else {
		p.greedy(curves, idx, int32(min(left, math.MaxInt32)))
	}
	for _, i := range idx {
		p.Value += worth(curves.table(int(i)), p.Visits[i])
	}
	q := p.close()
	q.Steps = append(q.Steps, explain.Num("visits.value", p.Value), explain.Num("visits.hourValue", p.Hour))
	return q
}

func (p *Plan) greedy(curves Curves, idx []int32, left int32) {
	q := queue{next: make([]block, len(idx)), rank: make([]int32, len(idx))}
	for k, i := range idx {
		q.rank[i], q.next[i] = int32(k), p.block(curves, i, left)
		q.push(i)
	}
	for left > 0 && len(q.heap) > 0 {
		best := q.heap[0]
		if q.next[best].n > left { // the budget ends within the block
			q.next[best] = p.block(curves, best, left)
			q.sink()
			continue
		}
		if q.next[best].rate <= 0 {
			break
		}
		for range q.next[best].n {
			p.Picks = append(p.Picks, best)
		}
		p.Visits[best] += q.next[best].n
		left -= q.next[best].n
		q.next[best] = p.block(curves, best, left)
		q.sink()
	}
	for _, i := range idx {
		p.Hour = max(p.Hour, 60*p.block(curves, i, math.MaxInt32).rate)
	}
	for _, i := range idx {
		switch {
		case p.Bound[i] != Free:
		case p.Visits[i] == p.hi[i] && p.hi[i] > p.lo[i]:
			p.Bound[i] = AtMax
		case p.Visits[i] == p.lo[i]:
			p.Bound[i] = AtMin
		}
	}
}

// block is the best average over the client's next visits, the shortest of
// equal ones.
func (p *Plan) block(curves Curves, i, left int32) block {
	t := curves.table(int(i))
	var b block
	if p.Bound[i] != Free {
		return b
	}
	x := p.Visits[i]
	have, minutes := worth(t, x), p.minutes(int(i))
	for m := int32(1); m <= min(left, p.hi[i]-x); m++ {
		if r := (worth(t, x+m) - have) / (float64(m) * minutes); r > b.rate {
			b = block{m, r}
		}
	}
	return b
}

// A queue holds the clients by what their next visits bring: the best first, of
// equals the first code.
type queue struct {
	next []block
	rank []int32
	heap []int32
}

func (q *queue) before(a, b int32) bool {
	x, y := q.next[a].rate, q.next[b].rate
	return x > y || x == y && q.rank[a] < q.rank[b]
}

func (q *queue) push(i int32) {
	q.heap = append(q.heap, i)
	h := q.heap
	for k := len(h) - 1; k > 0 && q.before(h[k], h[(k-1)/2]); k = (k - 1) / 2 {
		h[k], h[(k-1)/2] = h[(k-1)/2], h[k]
	}
}

// sink puts the first back in its place after its block changed for a lesser one.
func (q *queue) sink() {
	h := q.heap
	for k := 0; ; {
		c := 2*k + 1
		if c+1 < len(h) && q.before(h[c+1], h[c]) {
			c++
		}
		if c >= len(h) || !q.before(h[c], h[k]) {
			return
		}
		h[k], h[c] = h[c], h[k]
		k = c
	}
}
