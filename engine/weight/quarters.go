package weight

import (
	"sillon/engine/explain"
	"sillon/engine/money"
)

// Quarters puts every client on the floor of the quarter of the total it
// belongs to (D2). Clients at zero or below are on the lowest floor, level 1.
func Quarters(in Input, p Params) Floors { return quarters(in, p, false) }

// RLevels is Quarters for realised sales: a client without positive net sales
// has level R0 and stands on no floor (E5).
func RLevels(in Input, p Params) Floors { return quarters(in, p, true) }

// Simulate is the pyramid with client i at another value, for a chip dragged
// from floor to floor. The caller's values are left alone.
func (f Floors) Simulate(i int, value money.Cents) Floors {
	in := f.in
	in.Values = append([]money.Cents(nil), in.Values...)
	in.Values[i] = value
	return quarters(in, f.p, f.realised)
}

func quarters(in Input, p Params, realised bool) Floors {
	n := len(in.Values)
	f := Floors{Rank: make([]uint8, n), Level: make([]uint8, n), Order: order(in),
		CumBefore: make([]float64, n), in: in, p: p, realised: realised}
	t, why := total(in, f.Order)
	f.Total = t
	if t > 0 {
		f.stack()
	}
	f.ground()
	for k, under := 2, f.N[3]; k >= 0; k-- {
		f.Hole[k] = f.N[k] == 0 && under > 0 && t > 0
		under += f.N[k]
	}
	f.Fragile = t > 0 && f.N[0] <= p.FragileMax
	f.Mark = mark(len(f.Order), why,
		explain.Tally("weight.clients", len(f.Order)), explain.Amount("weight.total", t),
		explain.Tally("weight.rank1", f.N[0]), explain.Tally("weight.rank2", f.N[1]),
		explain.Tally("weight.rank3", f.N[2]), explain.Tally("weight.rank4", f.N[3]),
		explain.Share("weight.top1", f.Top1), explain.Num("weight.nEff", f.NEff),
		explain.Tally("weight.fragileMax", p.FragileMax))
	return f
}

// stack ranks the clients with a positive value, largest first, so that the
// sum of squared shares is made in one order whatever the caller's.
func (f *Floors) stack() {
	var squares float64
	groups(f.in, f.Order, func(before money.Cents, members []int32) {
		v := f.in.Values[members[0]]
		rank := rankOf(before, v, f.Total, f.p.Boundary)
		f.lowest[rank-1] = v
		s := float64(v) / float64(f.Total)
		f.Top1 = max(f.Top1, s)
		for _, i := range members {
			f.Rank[i], f.Level[i] = rank, 5-rank
			f.CumBefore[i] = float64(before) / float64(f.Total)
			f.N[rank-1]++
			f.Sum[rank-1] += v
			squares += float64(s * s)
		}
	})
	f.NEff = 1 / squares
}

// ground places the clients at zero or below.
func (f *Floors) ground() {
	for _, i := range f.Order {
		if f.Rank[i] != 0 {
			continue
		}
		f.Rank[i], f.CumBefore[i] = 4, 1
		f.Below++
		if !f.realised {
			f.Level[i] = 1
			f.N[3]++
		}
	}
}

// rankOf is 1 + ⌊4·share⌋ up to 4, with the share at the beginning or in the
// middle of the client's slice, in whole numbers.
func rankOf(before, own, total money.Cents, b Boundary) uint8 {
	for q := int64(1); q <= 3; q++ {
		below := money.Compare(before, total, q, 4) < 0
		if b == Midpoint { // before + own/2 < q·total/4  ⇔  own < q·total/2 − 2·before
			below = midBelow(before, own, total, q)
		}
		if below {
			return uint8(q)
		}
	}
	return 4
}

// midBelow compares (2·before + own) / (2·total) with q/4 without overflow:
// the left side is before/total + own/(2·total).
func midBelow(before, own, total money.Cents, q int64) bool {
	if before <= (1<<62-1)/2 && own <= 1<<61 {
		return money.Compare(2*before+own, total, q, 2) < 0
	}
	return float64(before)/float64(total)+float64(own)/float64(total)/2 < float64(q)/4
}

// Climb says what client i needs to reach the next occupied floor above; false
// at the top or without a value.
func (f Floors) Climb(i int) (Climb, bool) {
	for r := int(f.Rank[i]) - 1; r >= 1; r-- {
		goal := f.lowest[r-1]
		if f.N[r-1] == 0 {
			continue
		}
		own := f.in.Values[i]
		return Climb{To: uint8(r), Cost: goal - own, Verified: f.reranked(own, goal) <= uint8(r)}, true
	}
	return Climb{}, false
}

// reranked is the rank of a client that moves from own up to goal: it ties
// with the clients already there, and the total grows.
func (f Floors) reranked(own, goal money.Cents) uint8 {
	var before money.Cents
	for _, i := range f.Order {
		if f.in.Values[i] <= goal {
			break
		}
		before += f.in.Values[i]
	}
	return rankOf(before, goal, f.Total-max(0, own)+goal, f.p.Boundary)
}

// Explain gives the steps that put client i on its floor.
func (f Floors) Explain(i int) []explain.Step {
	v := f.in.Values[i]
	level := explain.Of("weight.level", float64(f.Level[i]), explain.Level)
	if f.Rank[i] == 0 || v <= 0 || f.Total == 0 {
		return []explain.Step{explain.Amount("weight.value", v), explain.Tally("weight.outOfTotal", 1), level}
	}
	return []explain.Step{
		explain.Amount("weight.value", v), explain.Amount("weight.total", f.Total),
		explain.Share("weight.cumBefore", f.CumBefore[i]), explain.Tally("weight.rank", int(f.Rank[i])), level,
	}
}

// CrossFloors counts the clients by rank in two pyramids of the same clients,
// contact units against sales for instance (étages croisés).
func CrossFloors(a, b Floors) [4][4]int {
	var n [4][4]int
	for i := range a.Rank {
		if a.Rank[i] > 0 && b.Rank[i] > 0 {
			n[a.Rank[i]-1][b.Rank[i]-1]++
		}
	}
	return n
}
