package sorting_test

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/sorting"
)

type pair struct{ key, place int }

// The library's own sorts are the independent answer.
func TestSortsAsTheLibraryDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOf(rapid.IntRange(0, 9)).Draw(t, "keys")
		s := make([]pair, len(keys))
		for i, k := range keys {
			s[i] = pair{k, i}
		}
		byKey := func(a, b pair) int { return cmp.Compare(a.key, b.key) }
		stable, want := slices.Clone(s), slices.Clone(s)
		sorting.Stable(stable, byKey)
		slices.SortStableFunc(want, byKey)
		if !slices.Equal(stable, want) {
			t.Fatalf("stable %v; want %v", stable, want)
		}
		sorting.By(s, func(a, b pair) int { return cmp.Or(byKey(a, b), cmp.Compare(a.place, b.place)) })
		if !slices.Equal(s, want) {
			t.Fatalf("sorted %v; want %v", s, want)
		}
	})
}

func TestKeysComeInOrder(t *testing.T) {
	got := sorting.Keys(map[string]bool{"V": true, "C": true, "M": true, "D": true})
	if want := []string{"C", "D", "M", "V"}; !slices.Equal(got, want) {
		t.Errorf("keys %v; want %v", got, want)
	}
}

func TestInsertPutsAtItsPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SliceOf(rapid.Int()).Draw(t, "s")
		i, x := rapid.IntRange(0, len(s)).Draw(t, "i"), rapid.Int().Draw(t, "x")
		want := slices.Insert(slices.Clone(s), i, x)
		if got := sorting.Insert(s, i, x); !slices.Equal(got, want) {
			t.Fatalf("%v at %d of %v: %v; want %v", x, i, s, got, want)
		}
	})
}
