package sorting

import (
	"cmp"
	"math"
	"slices"
)

// few is how many elements a plain sort takes faster than passes over bytes.
const few = 48

// Index sorts idx, places in key, by rising key, and equal keys by tie, which
// may be nil: they keep their order. It is a radix sort (LSD, a byte at a time,
// bytes that are the same everywhere left out), for a key costs a comparison
// two calls in WebAssembly, and thousands of clients are ranked on many keys.
// See [Whole] and [Real] for what to put in key.
func Index(idx []int32, key []uint64, tie func(a, b int32) int) {
	if len(idx) < 2 {
		return
	}
	if len(idx) > few {
		radix(idx, key)
	} else {
		for k := 1; k < len(idx); k++ { // stable
			i := idx[k]
			j := k
			for ; j > 0 && key[idx[j-1]] > key[i]; j-- {
				idx[j] = idx[j-1]
			}
			idx[j] = i
		}
	}
	if tie == nil {
		return
	}
	for from := 0; from < len(idx); {
		to, k := from+1, key[idx[from]]
		for to < len(idx) && key[idx[to]] == k {
			to++
		}
		if to-from > 1 {
			slices.SortFunc(idx[from:to], tie)
		}
		from = to
	}
}

func radix(idx []int32, key []uint64) {
	varies, first := uint64(0), key[idx[0]]
	for _, i := range idx {
		varies |= key[i] ^ first
	}
	from, to := idx, make([]int32, len(idx))
	for shift := 0; shift < 64; shift += 8 {
		if varies>>shift&255 == 0 {
			continue
		}
		var at [256]int32
		for _, i := range from {
			at[key[i]>>shift&255]++
		}
		sum := int32(0)
		for b := range at {
			n := at[b]
			at[b] = sum
			sum += n
		}
		for _, i := range from {
			b := key[i] >> shift & 255
			to[at[b]] = i
			at[b]++
		}
		from, to = to, from
	}
	if &from[0] != &idx[0] {
		copy(idx, from)
	}
}

// Whole is a key in the order of whole numbers; ^Whole(x) is the reverse.
func Whole(x int64) uint64 { return uint64(x) ^ 1<<63 }

// Real is a key in the order of cmp.Compare: what is no number comes first, and
// −0 is 0. ^Real(x) is the reverse.
func Real(x float64) uint64 {
	if x != x {
		return 0
	}
	if x == 0 {
		return 1 << 63
	}
	b := math.Float64bits(x)
	if b>>63 == 1 {
		return ^b
	}
	return b | 1<<63
}

// Floats sorts numbers in ascending order, as [Sort] does.
func Floats(x []float64) {
	if len(x) <= few {
		for k := 1; k < len(x); k++ {
			v := x[k]
			j := k
			for ; j > 0 && (v < x[j-1] || v != v && x[j-1] == x[j-1]); j-- {
				x[j] = x[j-1]
			}
			x[j] = v
		}
		return
	}
	key, idx := make([]uint64, len(x)), make([]int32, len(x))
	for i, v := range x {
		key[i], idx[i] = Real(v), int32(i)
	}
	radix(idx, key)
	sorted := make([]float64, len(x))
	for k, i := range idx {
		sorted[k] = x[i]
	}
	copy(x, sorted)
}

// Texts lists the places of n texts in their order, equal ones by place. What
// they all begin with is left out, and the next eight bytes are a key.
func Texts(texts []string) []int32 {
	idx, key := make([]int32, len(texts)), make([]uint64, len(texts))
	same := 0
	if len(texts) > 0 {
		same = len(texts[0])
	}
	for i, t := range texts {
		idx[i] = int32(i)
		same = min(same, len(t))
		for k := range same {
			if t[k] != texts[0][k] {
				same = k
				break
			}
		}
	}
	for i, t := range texts {
		for k := same; k < same+8; k++ {
			key[i] <<= 8
			if k < len(t) {
				key[i] |= uint64(t[k])
			}
		}
	}
	Index(idx, key, func(a, b int32) int {
		if texts[a] != texts[b] {
			return cmp.Compare(texts[a], texts[b])
		}
		return cmp.Compare(a, b)
	})
	return idx
}

// Ints sorts few whole numbers, a client's intervals, with no call to compare
// two (Shell, with the gaps of Ciura 2001).
func Ints[T ~int32](x []T) {
	for _, gap := range [...]int{701, 301, 132, 57, 23, 10, 4, 1} {
		for k := gap; k < len(x); k++ {
			v, j := x[k], k
			for ; j >= gap && x[j-gap] > v; j -= gap {
				x[j] = x[j-gap]
			}
			x[j] = v
		}
	}
}

// Median is the middle of some whole numbers, the mean of the two middle ones
// for an even count; 0 of none. Those under 256, as days between orders are, are
// counted; x is put in order else.
func Median(x []int32) float64 {
	n := len(x)
	if n == 0 {
		return 0
	}
	var count [256]uint8
	large := n > 255
	for _, v := range x {
		if large = large || v < 0 || v > 255; large {
			break
		}
		count[v]++
	}
	if large {
		Ints(x)
		return float64(int64(x[(n-1)/2])+int64(x[n/2])) / 2
	}
	low, seen := 0, 0
	for ; seen+int(count[low]) <= (n-1)/2; low++ {
		seen += int(count[low])
	}
	high := low
	for ; seen+int(count[high]) <= n/2; high++ {
		seen += int(count[high])
	}
	return float64(low+high) / 2
}
