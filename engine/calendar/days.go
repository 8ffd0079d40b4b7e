package calendar

import (
	"math/bits"
	"slices"

	"sillon/engine/sorting"
)

// Distinct puts days in order and leaves each of them once, in place. Days of
// a dozen years, as the orders of a client are, cost no comparison: each sets
// its bit.
func Distinct(days []Day) []Day {
	if len(days) < 2 {
		return days
	}
	n := 1
	for k, d := range days[1:] {
		if last := days[n-1]; d > last { // in order so far
			days[n] = d
			n++
		} else if d < last {
			n += copy(days[n:], days[k+1:])
			return sorted(days[:n])
		}
	}
	return days[:n]
}

func sorted(days []Day) []Day {
	low, high := days[0], days[0]
	for _, d := range days {
		low, high = min(low, d), max(high, d)
	}
	var set [64]uint64
	if int64(high)-int64(low) >= 64*64 {
		sorting.Ints(days)
		return slices.Compact(days)
	}
	for _, d := range days {
		set[(d-low)>>6] |= 1 << ((d - low) & 63)
	}
	n := 0
	for w := range set[:(high-low)>>6+1] {
		for x := set[w]; x != 0; x &= x - 1 {
			days[n] = low + Day(w<<6+bits.TrailingZeros64(x))
			n++
		}
	}
	return days[:n]
}
