package arena_test

import (
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/arena"
)

// Whatever is cut, in whatever order, is zero, of its length, and nobody
// else's.
func TestCutsAreTheirOwners(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var block []int
		var cuts [][]int
		for k, n := range rapid.SliceOf(rapid.IntRange(0, 600)).Draw(t, "cuts") {
			var c []int
			if rapid.Bool().Draw(t, "open") {
				c = arena.Open(&block, n)
				if len(c) != 0 || cap(c) != n {
					t.Fatalf("opened %d of %d; want none of %d", len(c), cap(c), n)
				}
				for range rapid.IntRange(0, n).Draw(t, "used") {
					c = append(c, k+1)
				}
				c = arena.Close(&block, c)
			} else {
				c = arena.Cut(&block, n)
				if len(c) != n {
					t.Fatalf("cut %d, want %d", len(c), n)
				}
				for i := range c {
					if c[i] != 0 {
						t.Fatalf("cut %d holds %d", k, c[i])
					}
					c[i] = k + 1
				}
			}
			if cap(c) != len(c) {
				t.Fatalf("cut %d can grow into the next", k)
			}
			cuts = append(cuts, c)
		}
		at := 0
		for _, c := range cuts {
			for _, x := range c {
				if x != c[0] || x <= at {
					t.Fatalf("cut of %d holds %d", c[0], x)
				}
			}
			if len(c) > 0 {
				at = c[0]
			}
		}
	})
}
