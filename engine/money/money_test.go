package money_test

import (
	"errors"
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/money"
)

func TestSharesAreComparedExactly(t *testing.T) {
	const huge = money.Cents(math.MaxInt64)
	for _, tt := range []struct {
		name        string
		part, whole money.Cents
		num, den    int64
		want        int
	}{
		{"80 of 100 is 80 %", 80, 100, 80, 100, 0},
		{"one cent under", 79, 100, 80, 100, -1},
		{"17 125 of 21 410 is over 79.5 %", 17125, 21410, 795, 1000, 1},
		{"a loss is under a gain", -1, 100, 1, 100, -1},
		{"−10 % is above −11 %", -10, 100, -11, 100, 1},
		{"nothing is nothing", 0, 100, 0, 7, 0},
		{"amounts that would overflow 64 bits", huge - 1, huge, 3, 4, 1},
	} {
		if got := money.Compare(tt.part, tt.whole, tt.num, tt.den); got != tt.want {
			t.Errorf("%s: got %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestCompareAgreesWithBigNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, c := rapid.Int64().Draw(t, "part"), rapid.Int64().Draw(t, "num")
		b, d := rapid.Int64Range(1, math.MaxInt64).Draw(t, "whole"), rapid.Int64Range(1, math.MaxInt64).Draw(t, "den")
		x, y := big.NewRat(a, b), big.NewRat(c, d)
		if got, want := money.Compare(money.Cents(a), money.Cents(b), c, d), x.Cmp(y); got != want {
			t.Fatalf("compare %d/%d with %d/%d = %d, want %d", a, b, c, d, got, want)
		}
	})
}

func TestScaleRoundsHalfAwayFromZero(t *testing.T) {
	for _, tt := range []struct {
		amount   money.Cents
		num, den int64
		want     money.Cents
	}{
		{100, 1, 3, 33}, {200, 1, 3, 67}, {5, 1, 2, 3}, {-5, 1, 2, -3}, {5, -1, 2, -3},
		{1_000_00, 105, 100, 1_050_00},
		{math.MaxInt64, 2, 1, math.MaxInt64}, // saturates
	} {
		if got := tt.amount.Scale(tt.num, tt.den); got != tt.want {
			t.Errorf("%d × %d ÷ %d = %d, want %d", tt.amount, tt.num, tt.den, got, tt.want)
		}
	}
}

func TestAYearSpreadOverItsDaysAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := money.Cents(rapid.Int64Range(-1e12, 1e12).Draw(t, "amount"))
		cut := rapid.IntRange(0, 365).Draw(t, "day")
		if s := amount.Slice(0, cut, 365) + amount.Slice(cut, 365, 365); s != amount {
			t.Fatalf("%d cut at day %d adds up to %d", amount, cut, s)
		}
	})
}

func TestSplitByLargestRemainder(t *testing.T) {
	for _, tt := range []struct {
		name    string
		amount  money.Cents
		weights []int64
		want    []money.Cents
	}{
		{"ten cents in three equal shares", 10, []int64{1, 1, 1}, []money.Cents{4, 3, 3}},
		{"seats 43/27/30 of 100 by Hamilton", 10, []int64{43, 27, 30}, []money.Cents{4, 3, 3}}, // 4.3 2.7 3.0
		{"a credit note", -10, []int64{1, 1, 1}, []money.Cents{-4, -3, -3}},
		{"no weight: equal shares", 3, []int64{0, -4, 0}, []money.Cents{1, 1, 1}},
		{"a single client", 7, []int64{5}, []money.Cents{7}},
		{"nobody", 7, nil, nil},
	} {
		if got := money.Split(tt.amount, tt.weights); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add(int64(490), int64(15), int64(16), int64(0))
	f.Fuzz(func(t *testing.T, amount, a, b, c int64) {
		parts := money.Split(money.Cents(amount), []int64{a, b, c})
		if s := parts[0] + parts[1] + parts[2]; s != money.Cents(amount) {
			t.Errorf("%d split into %v adds up to %d", amount, parts, s)
		}
	})
}

func TestSumsNeverWrap(t *testing.T) {
	if _, err := money.Sum(math.MaxInt64, 1); !errors.Is(err, money.ErrOverflow) {
		t.Errorf("sum over 64 bits: %v, want ErrOverflow", err)
	}
	if s, err := money.Sum(10, -4, 1); s != 7 || err != nil {
		t.Errorf("10 − 4 + 1 = %d, %v", s, err)
	}
	if got := money.Cents(math.MaxInt64).Plus(1); got != math.MaxInt64 {
		t.Errorf("saturated sum %d", got)
	}
	if got := money.Cents(-math.MaxInt64).Plus(-5); got != -math.MaxInt64 {
		t.Errorf("saturated sum %d", got)
	}
}

func TestADataSetHasOneCurrency(t *testing.T) {
	if c, err := money.Common("MAD", "MAD"); c != "MAD" || err != nil {
		t.Errorf("dirhams only: %q, %v", c, err)
	}
	if _, err := money.Common("EUR", "MAD"); !errors.Is(err, money.ErrMixed) {
		t.Errorf("euros and dirhams: %v, want ErrMixed", err)
	}
	for _, bad := range []money.Currency{"", "eur", "EURO"} {
		if _, err := money.Common("EUR", bad); !errors.Is(err, money.ErrCurrency) {
			t.Errorf("currency %q: %v, want ErrCurrency", bad, err)
		}
	}
}
