// Package sorting sorts slices of structs without a copy of the algorithm for
// each of them. In WebAssembly an instance of slices.SortFunc is 25 kB, of
// slices.SortStableFunc 15 kB more, and its symbols carry the whole struct in
// their names: forty instances were a tenth of the worker's download.
//
// Hot paths sort index slices ([]int32) with slices.SortFunc itself: one
// instance, and the fastest.
package sorting

import (
	"cmp"
	"sort"
)

// By sorts s by compare, like slices.SortFunc: equal elements may change
// places, in a way that depends on nothing but the input.
func By[T any](s []T, compare func(a, b T) int) {
	if len(s) > 1 { // nothing is lent, nor allocated, for nothing
		sort.Sort(lend(s, compare))
	}
}

// Stable sorts s by compare and leaves equal elements in their order.
func Stable[T any](s []T, compare func(a, b T) int) {
	if len(s) > 1 {
		sort.Stable(lend(s, compare))
	}
}

// Sort sorts s in ascending order.
func Sort[T cmp.Ordered](s []T) { By(s, cmp.Compare[T]) }

// Keys returns the keys of a map in ascending order.
func Keys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	Sort(keys)
	return keys
}

// loan lends a slice to package sort through one closure, the only code that
// knows its type: it swaps two elements, or says whether the first is less.
type loan struct {
	n  int
	do func(i, j int, swap bool) bool
}

func lend[T any](s []T, compare func(a, b T) int) loan {
	return loan{len(s), func(i, j int, swap bool) bool {
		if swap {
			s[i], s[j] = s[j], s[i]
			return false
		}
		return compare(s[i], s[j]) < 0
	}}
}

func (l loan) Len() int           { return l.n }
func (l loan) Less(i, j int) bool { return l.do(i, j, false) }
func (l loan) Swap(i, j int)      { l.do(i, j, true) }
