package money

import (
	"cmp"
	"math/bits"
	"slices"
)

// Compare compares part ÷ whole with num ÷ den exactly, in 128 bits, so that
// a client never changes class because of the last bit of a quotient. whole
// and den must be positive; it returns -1, 0 or +1.
func Compare(part, whole Cents, num, den int64) int {
	neg1, neg2 := part < 0, num < 0
	if neg1 != neg2 {
		switch {
		case neg1:
			return -1
		case part == 0 && num == 0:
			return 0
		}
		return 1
	}
	h1, l1 := bits.Mul64(abs(int64(part)), uint64(den))
	h2, l2 := bits.Mul64(abs(num), uint64(whole))
	c := cmp.Or(cmp.Compare(h1, h2), cmp.Compare(l1, l2))
	if neg1 {
		return -c
	}
	return c
}

// Scale returns amount × num ÷ den rounded to the cent, half away from zero.
// den must be positive. A product that does not fit saturates.
func (c Cents) Scale(num, den int64) Cents {
	neg := (c < 0) != (num < 0)
	h, l := bits.Mul64(abs(int64(c)), abs(num))
	l, carry := bits.Add64(l, uint64(den)/2, 0)
	h += carry
	if h >= uint64(den) {
		return sign(neg, maxCents)
	}
	q, _ := bits.Div64(h, l, uint64(den))
	return sign(neg, min(q, maxCents))
}

// Slice returns what falls between steps from and to (from < to ≤ of) when the
// amount is spread evenly over of steps, a year over its days for instance.
// Neighbouring slices add up to the amount to the cent, because each is the
// difference of two rounded running totals.
func (c Cents) Slice(from, to, of int) Cents {
	return c.Scale(int64(to), int64(of)) - c.Scale(int64(from), int64(of))
}

// Split shares an amount in proportion to whole weights by the largest
// remainder (plus fort reste): the parts always add up to the amount. Equal
// remainders go to the larger weight, then to the earlier place. Negative
// weights count as zero; when no weight is positive the shares are equal.
func Split(amount Cents, weights []int64) []Cents {
	n := len(weights)
	if n == 0 {
		return nil
	}
	w := make([]int64, n)
	var total int64
	for i, x := range weights {
		w[i] = max(0, x)
		total += w[i]
	}
	if total <= 0 {
		for i := range w {
			w[i] = 1
		}
		total = int64(n)
	}
	return largestRemainder(amount, w, total)
}

func largestRemainder(amount Cents, w []int64, total int64) []Cents {
	neg := amount < 0
	size := abs(int64(amount))
	parts := make([]Cents, len(w))
	rest := make([]uint64, len(w))
	order := make([]int32, len(w))
	left := size
	for i, x := range w {
		h, l := bits.Mul64(size, uint64(x))
		q, r := bits.Div64(h, l, uint64(total))
		parts[i], rest[i], order[i] = sign(neg, q), r, int32(i)
		left -= q
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(rest[b], rest[a]), cmp.Compare(w[b], w[a]), cmp.Compare(a, b))
	})
	for _, i := range order[:left] {
		parts[i] += sign(neg, 1)
	}
	return parts
}

const maxCents = 1<<63 - 1

func abs(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

func sign(neg bool, x uint64) Cents {
	if neg {
		return -Cents(x)
	}
	return Cents(x)
}

// Plus adds two amounts and saturates instead of wrapping, for totals that
// must survive a damaged file.
func (c Cents) Plus(d Cents) Cents {
	s := c + d
	switch {
	case d > 0 && s < c:
		return maxCents
	case d < 0 && s > c:
		return -maxCents
	}
	return s
}
