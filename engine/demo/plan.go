package demo

import (
	"math/rand/v2"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// A phase of the story; the first four are those of method C1.
type phase int

const (
	start   phase = iota // démarrage
	growth               // croissance
	mature               // maturité
	ageing               // vieillissement
	gone                 // lost: no order for over 18 months
	unknown              // not a client yet
)

// A plan is what is decided of a client before its lines are drawn.
type plan struct {
	story     *known // nil: drawn
	phase     phase
	p, r      int            // levels aimed at; p 0: no estimate
	sales     [3]money.Cents // of N, N-1, N-2
	potential money.Cents
	first     calendar.Day // first order; 0: none
	last      calendar.Day // no order later
	suspect   bool
}

// cells are how the 180 clients of the documentation spread over the P-R
// board, with their sales in thousands of euros.
var cells = []struct {
	p, r, clients int
	sales         int64
}{
	{4, 1, 1, 5}, {4, 2, 2, 26}, {4, 3, 4, 98}, {4, 4, 5, 258},
	{3, 1, 4, 19}, {3, 2, 6, 74}, {3, 3, 9, 231}, {3, 4, 3, 147},
	{2, 1, 22, 91}, {2, 2, 15, 183}, {2, 3, 3, 76},
	{1, 1, 95, 290}, {1, 2, 11, 122},
}

// Bounds of the levels and mean potential of each, for the same 180 clients.
var (
	salesBounds     = [5][2]money.Cents{1: {350_00, 8_200_00}, 2: {8_350_00, 17_300_00}, 3: {17_400_00, 38_400_00}, 4: {38_600_00, 72_000_00}}
	potentialBounds = [5][2]money.Cents{1: {2_500_00, 17_300_00}, 2: {17_500_00, 34_500_00}, 3: {35_000_00, 64_000_00}, 4: {65_000_00, 140_000_00}}
	potentialMean   = [5]money.Cents{1: 9_670_00, 2: 25_625_00, 3: 46_591_00, 4: 85_417_00}
)

const (
	perClient          = 9_000_00  // sales of the documentation, by client
	potentialPerClient = 22_778_00 // the same for potential
)

// cast decides who the n clients are, lost ones and prospects after them.
func (t *teller) cast(s shape, n, lost, prospects int) []plan {
	plans := t.place(s, n)
	t.phases(s, plans)
	t.amounts(s, plans)
	t.potentials(s, plans)
	for i := range plans {
		t.past(&plans[i])
	}
	for range lost {
		plans = append(plans, t.lost())
	}
	return append(plans, t.prospects(s, prospects)...)
}

// place puts clients on the P-R board in the shares of the documentation,
// those with a story first.
func (t *teller) place(s shape, n int) []plan {
	var plans []plan
	weights := make([]int64, len(cells))
	for i, c := range cells {
		weights[i] = int64(c.clients)
	}
	counts := money.Split(money.Cents(n), weights)
	for i := range s.known {
		k := &s.known[i]
		plans = append(plans, plan{story: k, phase: k.phase, p: k.p, r: k.r, potential: k.potential})
		for j, c := range cells {
			if c.p == k.p && c.r == k.r {
				counts[j]--
			}
		}
	}
	for j, c := range cells {
		for range max(0, counts[j]) {
			plans = append(plans, plan{phase: unknown, p: c.p, r: c.r})
		}
	}
	return plans
}

// phases shares the phases out: newcomers are small, the rest is chance.
func (t *teller) phases(s shape, plans []plan) {
	weights := make([]int64, 4)
	for i, x := range s.phases {
		weights[i] = int64(x)
	}
	left := money.Split(money.Cents(len(plans)), weights)
	var open []int
	for i := range plans {
		if plans[i].phase != unknown {
			left[plans[i].phase]--
			continue
		}
		open = append(open, i)
	}
	t.rng.Shuffle(len(open), func(i, j int) { open[i], open[j] = open[j], open[i] })
	rest := open[:0:0]
	for _, i := range open {
		if plans[i].r == 1 && left[start] > 0 {
			plans[i].phase = start
			left[start]--
			continue
		}
		rest = append(rest, i)
	}
	k := growth
	for _, i := range rest {
		for k < ageing && left[k] <= 0 {
			k++
		}
		plans[i].phase = k
		left[k]--
	}
}

// amounts gives each client its sales of N, so that each cell of the board
// has its total.
func (t *teller) amounts(s shape, plans []plan) {
	num, den := int64(s.sales), int64(len(plans))*perClient
	for _, c := range cells {
		var in []int
		total, count := money.Cents(0), 0
		for i := range plans {
			p := &plans[i]
			if p.p != c.p || p.r != c.r {
				continue
			}
			count++
			if p.story != nil {
				p.sales[0] = p.story.sales
				total -= p.sales[0]
				continue
			}
			in = append(in, i)
		}
		total += money.Cents(c.sales*1000_00).Scale(int64(count)*num, int64(c.clients)*den)
		low, high := salesBounds[c.r][0].Scale(num, den), salesBounds[c.r][1].Scale(num, den)
		high = min(high, potentialBounds[c.p][1].Scale(int64(s.potential), int64(len(plans))*potentialPerClient).Scale(94, 100))
		lows := make([]money.Cents, len(in))
		for i := range lows {
			lows[i] = low
		}
		for i, x := range spread(t.rng, lows, high, total) {
			plans[in[i]].sales[0] = x
		}
	}
}

// potentials gives each client what it could buy in a year; three in twenty,
// small ones first, have never been asked. The levels keep equal totals, which
// is what makes them quarters (method E2).
func (t *teller) potentials(s shape, plans []plan) {
	num, den := int64(s.potential), int64(len(plans))*potentialPerClient
	var total [5]money.Cents
	for i := range plans {
		total[plans[i].p] += potentialMean[plans[i].p].Scale(num, den)
		if plans[i].story != nil {
			total[plans[i].p] -= plans[i].potential
		}
	}
	silent := len(plans) * 15 / 100
	for _, level := range []int{1, 2} {
		for _, i := range t.rng.Perm(len(plans)) {
			if p := &plans[i]; silent > 0 && p.p == level && p.r == 1 && p.story == nil && t.rng.IntN(8) > 0 {
				p.p = 0
				silent--
			}
		}
	}
	for level := 1; level <= 4; level++ {
		var in []int
		var lows []money.Cents
		low, high := potentialBounds[level][0].Scale(num, den), potentialBounds[level][1].Scale(num, den)
		for i := range plans {
			if plans[i].p == level && plans[i].story == nil {
				in = append(in, i)
				lows = append(lows, max(low, plans[i].sales[0].Scale(104, 100)))
			}
		}
		for i, x := range spread(t.rng, lows, high, total[level]) {
			plans[in[i]].potential = x.Scale(1, 100_00) * 100_00
		}
	}
}

// past gives the year before and the one before that, and the first order.
func (t *teller) past(p *plan) {
	p.last = t.asOf
	p.first = t.working(t.asOf.AddMonths(-t.age(p.phase))+calendar.Day(t.rng.IntN(25)), +1)
	if p.story != nil {
		p.first = t.working(t.asOf.AddMonths(-p.story.months), +1)
	}
	if p.phase == start {
		if p.story == nil {
			p.first = t.working(t.asOf-calendar.Day(20+t.rng.IntN(325)), +1)
		}
		return
	}
	g := int64(t.growth(p.phase))
	if p.story != nil {
		g = int64(p.story.growth)
	}
	before := calendar.Periods{}
	p.sales[1] = p.sales[0].Scale(1000, 1000+g)
	drift := int64(970 + t.rng.IntN(60))
	switch p.phase {
	case growth:
		drift = int64(840 + t.rng.IntN(140))
	case ageing:
		drift = int64(960 + t.rng.IntN(200))
	}
	w := before.Back(t.asOf, 2)
	share := calendar.Window{From: p.first, To: t.asOf}.Overlap(w)
	p.sales[2] = p.sales[1].Scale(drift, 1000).Scale(int64(share), int64(w.Days()))
	if share > 0 && p.sales[2] < 60_00 {
		p.sales[2] = 60_00
	}
}

// age draws the months since the first order.
func (t *teller) age(ph phase) int {
	switch {
	case ph == growth && t.rng.IntN(10) < 3:
		return 15 + t.rng.IntN(19)
	case ph == mature && t.rng.IntN(10) < 1:
		return 27 + t.rng.IntN(8)
	case ph == ageing:
		return 44 + t.rng.IntN(200)
	}
	return 38 + t.rng.IntN(160)
}

// growth draws sales N on N-1, per mille, away from the thresholds of C1.
func (t *teller) growth(ph phase) int {
	switch ph {
	case growth:
		return 65 + t.rng.IntN(12)*t.rng.IntN(30)
	case ageing:
		return -125 - t.rng.IntN(17)*t.rng.IntN(20)
	}
	return t.rng.IntN(125) - 85
}

// lost is a client who left: half of them within their first year.
func (t *teller) lost() plan {
	p := plan{phase: gone, r: 0, p: 1}
	p.last = t.working(t.asOf.AddMonths(-19)-calendar.Day(t.rng.IntN(120)), -1)
	p.first = p.last.AddMonths(-40 - t.rng.IntN(60))
	if t.rng.IntN(2) == 0 {
		p.first = t.working(p.last-calendar.Day(40+t.rng.IntN(90)), +1)
	}
	for k := 1; k <= 2; k++ {
		w := calendar.Periods{}.Back(t.asOf, k)
		if days := w.Overlap(calendar.Window{From: p.first, To: p.last}); days > 0 {
			p.sales[k] = money.Cents(900_00+t.rng.IntN(4_000_00)).Scale(int64(days), 365) + 80_00
		}
	}
	p.potential = money.Cents(3+t.rng.IntN(9)) * 1_000_00
	return p
}

// prospects hold equal totals of potential at every level, so that counting
// them does not move the quarters of the clients; some are only suspects.
func (t *teller) prospects(s shape, n int) []plan {
	var plans []plan
	var have [5]money.Cents
	for i := range s.wanted {
		k := &s.wanted[i]
		plans = append(plans, plan{story: k, phase: unknown, p: k.p, potential: k.potential})
		have[k.p] += k.potential
	}
	share := money.Cents(n) * 5_000_00
	for level := 4; level >= 1; level-- {
		mean := max(potentialMean[level], potentialBounds[level][0].Scale(11, 10))
		for len(plans) < n && have[level]+mean.Scale(1, 2) < max(share, have[3]) {
			x := (mean.Scale(int64(80+t.rng.IntN(40)), 100)).Scale(1, 100_00) * 100_00
			x = min(max(x, potentialBounds[level][0]), potentialBounds[level][1])
			plans = append(plans, plan{phase: unknown, p: level, potential: x})
			have[level] += x
		}
	}
	for len(plans) < n {
		plans = append(plans, plan{phase: unknown, suspect: true})
	}
	return plans
}

// spread draws amounts between lows and high, most of them low, and moves them
// together until they make total, or as near as the bounds allow.
func spread(rng *rand.Rand, lows []money.Cents, high, total money.Cents) []money.Cents {
	out := make([]money.Cents, len(lows))
	var made, floor, room money.Cents
	for i, low := range lows {
		u := int64(rng.IntN(1001))
		out[i] = low + max(0, high-low).Scale(u*u, 1_000_000)
		made += out[i]
		floor += low
		room += max(low, high) - out[i]
	}
	total = max(total, floor)
	for i, low := range lows {
		switch {
		case total < made:
			out[i] = low + (out[i]-low).Scale(int64(total-floor), int64(made-floor))
		case room > 0:
			out[i] += (max(low, high) - out[i]).Scale(int64(min(room, total-made)), int64(room))
		}
	}
	return out
}

// typology draws a relational type: growing clients are open, ageing ones less.
func (t *teller) typology(p *plan) portfolio.Typology {
	if p.story != nil && p.story.typology != 0 {
		return p.story.typology
	}
	if t.rng.IntN(10) == 0 || p.phase == unknown {
		return 0
	}
	odds := [...][6]int{
		start:  {1, 4, 3, 2, 2, 0},
		growth: {4, 5, 2, 1, 1, 0},
		mature: {2, 4, 3, 3, 2, 1},
		ageing: {0, 2, 2, 4, 4, 2},
		gone:   {0, 0, 1, 2, 3, 4},
	}[p.phase]
	return portfolio.Typology(1 + t.pick(odds[:]))
}
