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
		sort.Slice(s, less(s, compare))
	}
}

// Stable sorts s by compare and leaves equal elements in their order.
func Stable[T any](s []T, compare func(a, b T) int) {
	if len(s) > 1 {
		sort.SliceStable(s, less(s, compare))
	}
}

// less is the only code that knows the type of a slice. What its closure holds
// is boxed: a closure that holds values of T brings a second description of T.
func less[T any](s []T, compare func(a, b T) int) func(i, j int) bool {
	var list, by any = s, compare
	return func(i, j int) bool {
		s := list.([]T)
		return by.(func(a, b T) int)(s[i], s[j]) < 0
	}
}

// Sort sorts s in ascending order.
func Sort[T cmp.Ordered](s []T) { By(s, cmp.Compare[T]) }

// Insert puts x at place i of s, like slices.Insert, which is 3 kB for each type.
func Insert[T any](s []T, i int, x T) []T {
	s = append(s, x)
	copy(s[i+1:], s[i:])
	s[i] = x
	return s
}

// Keys returns the keys of a map in ascending order.
func Keys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	Sort(keys)
	return keys
}
