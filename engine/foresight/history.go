package foresight

import (
	"cmp"
	"math"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/money"
)

// week is the unit of time of the models, in days.
const week = 7

// Observe reads the history of one client from his orders up to a day: orders
// of one day are one, days whose amounts sum to nothing or less are returns and
// no order, what lies after asOf is invisible. Spend is the mean of the repeat
// orders only, as Gamma-Gamma wants it. Without amounts (nil) every day counts
// and Spend is unknown. Days need no order.
//
// A device that holds three years takes the first order it sees for the first
// of all: the age is then too short, and what it tells of the rate is not.
func Observe(days []calendar.Day, amounts []money.Cents, asOf calendar.Day) History {
	if amounts != nil && len(amounts) < len(days) {
		days = days[:len(amounts)]
	}
	var order []int32 // by day; nil: as given
	if !slices.IsSorted(days) {
		order = make([]int32, len(days))
		for i := range order {
			order[i] = int32(i)
		}
		slices.SortFunc(order, func(a, b int32) int {
			if days[a] != days[b] {
				return cmp.Compare(days[a], days[b])
			}
			return cmp.Compare(a, b)
		})
	}
	at := func(k int) int {
		if order == nil {
			return k
		}
		return int(order[k])
	}
	var h History
	var first, last calendar.Day
	var spent, total float64
	for k := 0; k < len(days); {
		d := days[at(k)]
		if d > asOf {
			break
		}
		sum := money.Cents(0)
		for ; k < len(days) && days[at(k)] == d; k++ {
			if amounts != nil {
				sum = sum.Plus(amounts[at(k)])
			}
		}
		if amounts != nil && sum <= 0 {
			continue
		}
		if h.Orders == 0 {
			first, spent = d, float64(sum)
		} else {
			h.LogGaps += math.Log((float64(d) - float64(last)) / week)
		}
		last = d
		total += float64(sum)
		h.Orders++
	}
	if h.Orders == 0 {
		return h
	}
	h.Recency, h.Age = (float64(last)-float64(first))/week, (float64(asOf)-float64(first))/week
	if h.Orders > 1 {
		h.Spend = (total - spent) / float64(h.Orders-1)
	}
	return h
}

// longest and most bound what a damaged file may say: 20,000 years, a million orders.
const (
	longest = 1e6
	most    = 1e6
)

// sound reports whether a history can be fitted on and scored.
func (h History) sound() bool {
	return h.Orders > 0 && h.Orders <= most && h.Recency >= 0 && h.Age >= h.Recency && h.Age <= longest &&
		math.Abs(h.LogGaps) <= longest*longest && (h.Orders > 1 || h.Recency == 0)
}

// A row is a pattern of orders, and how many clients have it.
type row struct {
	x          int
	t, age     float64
	clients    float64
	tAt, ageAt int32 // places of t and age among the times of the base
}

// rows are the distinct patterns, by x, t and T: the same sums whatever the
// order of the clients. logGaps sums over all of them.
func rows(hs []History) (distinct []row, logGaps float64) {
	idx := make([]int32, 0, len(hs))
	for i := range hs {
		if hs[i].sound() {
			idx = append(idx, int32(i))
		}
	}
	slices.SortFunc(idx, func(i, j int32) int {
		a, b := &hs[i], &hs[j]
		return cmp.Or(cmp.Compare(a.Orders, b.Orders), cmp.Compare(a.Recency, b.Recency), cmp.Compare(a.Age, b.Age),
			cmp.Compare(a.LogGaps, b.LogGaps), cmp.Compare(i, j))
	})
	for _, i := range idx {
		h := &hs[i]
		logGaps += h.LogGaps
		if n := len(distinct); n > 0 {
			if l := &distinct[n-1]; l.x == h.Repeats() && l.t == h.Recency && l.age == h.Age {
				l.clients++
				continue
			}
		}
		distinct = append(distinct, row{x: h.Repeats(), t: h.Recency, age: h.Age, clients: 1})
	}
	return distinct, logGaps
}
