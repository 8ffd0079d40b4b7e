package sorting_test

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/sorting"
)

// The library's own sorts are the independent answer, on few elements and on
// many, with numbers that are none and zeros of both signs.
func TestIndexSortsByKeyThenByTie(t *testing.T) {
	odd := []float64{0, math.Copysign(0, -1), math.NaN(), math.Inf(1), math.Inf(-1), 1, -1, math.MaxFloat64, math.SmallestNonzeroFloat64}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{0, 1, 2, 47, 48, 49, 300}).Draw(t, "n")
		x, whole := make([]float64, n), make([]int64, n)
		reals, wholes := make([]uint64, n), make([]uint64, n)
		for i := range n {
			if x[i] = rapid.Float64().Draw(t, "x"); rapid.IntRange(0, 3).Draw(t, "odd") == 0 {
				x[i] = rapid.SampledFrom(odd).Draw(t, "which")
			}
			whole[i] = rapid.SampledFrom([]int64{0, 1, -1, 255, 256, math.MaxInt64, math.MinInt64, rapid.Int64().Draw(t, "any")}).Draw(t, "whole")
			reals[i], wholes[i] = sorting.Real(x[i]), ^sorting.Whole(whole[i])
		}
		idx := make([]int32, 0, n)
		for i := range n {
			if rapid.IntRange(0, 9).Draw(t, "in") > 0 {
				idx = append(idx, int32(i))
			}
		}
		want := slices.Clone(idx)
		slices.SortFunc(want, func(a, b int32) int { return cmp.Or(cmp.Compare(x[a], x[b]), cmp.Compare(b, a)) })
		got := slices.Clone(idx)
		sorting.Index(got, reals, func(a, b int32) int { return cmp.Compare(b, a) })
		if !slices.Equal(got, want) {
			t.Fatalf("%v sorts as %v; want %v", x, got, want)
		}
		slices.SortStableFunc(want[:copy(want, idx)], func(a, b int32) int { return cmp.Compare(whole[b], whole[a]) })
		got = slices.Clone(idx)
		sorting.Index(got, wholes, nil)
		if !slices.Equal(got, want) {
			t.Fatalf("%v sorts as %v; want %v", whole, got, want)
		}
		values := slices.Clone(x)
		slices.Sort(values)
		sorting.Floats(x)
		if slices.CompareFunc(x, values, cmp.Compare[float64]) != 0 {
			t.Fatalf("%v; want %v", x, values)
		}
	})
}

func TestTextsAreInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		prefix := rapid.SampledFrom([]string{"", "C", "client-000000"}).Draw(t, "prefix")
		texts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
			return prefix + rapid.SampledFrom([]string{"", "é", "\x00", "12345678", "123456789"}).Draw(t, "middle") + rapid.StringN(0, 3, 9).Draw(t, "end")
		}), 0, 120).Draw(t, "texts")
		want := make([]int32, len(texts))
		for i := range want {
			want[i] = int32(i)
		}
		slices.SortStableFunc(want, func(a, b int32) int { return cmp.Compare(texts[a], texts[b]) })
		if got := sorting.Texts(texts); !slices.Equal(got, want) {
			t.Fatalf("%q: %v; want %v", texts, got, want)
		}
	})
}

func TestIntsAreInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Int32Range(-40, 40), 0, rapid.SampledFrom([]int{5, 60, 1500}).Draw(t, "most")).Draw(t, "x")
		want := slices.Clone(x)
		slices.Sort(want)
		if sorting.Ints(x); !slices.Equal(x, want) {
			t.Fatalf("%v; want %v", x, want)
		}
	})
}

func TestMedianIsTheMiddle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.SampledFrom([]int32{1, 30, 255, 256, math.MaxInt32}).Draw(t, "largest")
		x := rapid.SliceOfN(rapid.Int32Range(-most/200, most), 0, rapid.SampledFrom([]int{4, 60, 300}).Draw(t, "most")).Draw(t, "x")
		want := 0.0
		if s := slices.Clone(x); len(s) > 0 {
			slices.Sort(s)
			want = (float64(s[(len(s)-1)/2]) + float64(s[len(s)/2])) / 2
		}
		if got := sorting.Median(slices.Clone(x)); got != want {
			t.Fatalf("median of %v is %v, want %v", x, got, want)
		}
	})
}
