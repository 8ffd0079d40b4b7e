package calendar_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/calendar"
)

// The library's sort is the independent answer; days far apart take it too.
func TestDistinctDaysAreInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		span := rapid.SampledFrom([]int32{3, 400, 4094, 4095, 4096, 4097, 1 << 30}).Draw(t, "span")
		days := rapid.SliceOf(rapid.Custom(func(t *rapid.T) calendar.Day {
			return calendar.Day(rapid.Int32Range(-span/2, span-span/2).Draw(t, "day"))
		})).Draw(t, "days")
		if len(days) > 0 && rapid.Bool().Draw(t, "none") {
			days[0] = calendar.None
		}
		if rapid.Bool().Draw(t, "sorted") {
			slices.Sort(days)
		}
		want := slices.Clone(days)
		slices.Sort(want)
		want = slices.Compact(want)
		if got := calendar.Distinct(slices.Clone(days)); !slices.Equal(got, want) {
			t.Fatalf("%v gives %v; want %v", days, got, want)
		}
	})
}
