package weight

import (
	"cmp"

	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/sorting"
)

// order lists the clients that have a value, largest first; ties by the second
// key, then by code, then by place.
func order(in Input) []int32 {
	idx := make([]int32, 0, len(in.Values))
	for i := range in.Values {
		if in.Out == nil || !in.Out[i] {
			idx = append(idx, int32(i))
		}
	}
	second, codes, key := in.Second, in.Codes, make([]uint64, len(in.Values))
	for i, v := range in.Values {
		key[i] = ^sorting.Whole(int64(v))
	}
	sorting.Index(idx, key, func(a, b int32) int {
		if second != nil && second[a] != second[b] {
			return cmp.Compare(second[b], second[a])
		}
		if codes != nil && codes[a] != codes[b] {
			return cmp.Compare(codes[a], codes[b])
		}
		return cmp.Compare(a, b)
	})
	return idx
}

// groups walks the ranked clients by groups of equal positive value: the sum
// of the larger ones, and the members.
func groups(in Input, idx []int32, visit func(before money.Cents, members []int32)) {
	var before money.Cents
	for start := 0; start < len(idx) && in.Values[idx[start]] > 0; {
		v, end := in.Values[idx[start]], start+1
		for end < len(idx) && in.Values[idx[end]] == v {
			end++
		}
		visit(before, idx[start:end])
		before += v * money.Cents(end-start)
		start = end
	}
}

// total sums the positive values, and says why there is nothing to rank.
func total(in Input, idx []int32) (money.Cents, explain.Reason) {
	var t money.Cents
	negative := false
	for _, i := range idx {
		v := in.Values[i]
		negative = negative || v < 0
		if v <= 0 {
			continue
		}
		if t += v; t < 0 {
			return 0, explain.Overflow
		}
	}
	switch {
	case len(idx) == 0 && len(in.Values) == 0:
		return 0, explain.NoData
	case t > 0:
		return t, explain.None
	case negative:
		return 0, explain.Negative
	case in.Empty == explain.None:
		return 0, explain.NoSales
	}
	return 0, in.Empty
}

// few is the number of clients under which only the shares are shown.
const few = 4

// mark says how solid a ranking of n clients is.
func mark(n int, why explain.Reason, steps ...explain.Step) explain.Mark {
	switch {
	case why != explain.None:
		return explain.Missing(why, steps...)
	case n < few:
		return explain.Thin(explain.FewClients, steps...)
	}
	return explain.Sound(steps...)
}
