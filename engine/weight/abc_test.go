package weight_test

import (
	"math"
	"slices"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/weight"
)

func letters(c []weight.Class) string {
	s := ""
	for _, x := range c {
		s += x.String()
	}
	return s
}

func digits(x []uint8) string {
	s := ""
	for _, d := range x {
		s += string('0' + rune(d))
	}
	return s
}

func goldenSales() weight.Input {
	g := demo.Golden()
	return weight.Input{Values: g.Sales(), Second: g.Potentials(), Codes: g.Codes()}
}

func goldenPotentials() weight.Input {
	g := demo.Golden()
	return weight.Input{Values: g.Potentials(), Second: g.Sales(), Codes: g.Codes(), Empty: explain.NoPotential}
}

// D1 on the golden dataset: A is C01 to C07 with 85 % of the sales, 58 % of
// the clients; B is C08 to C10; C is C11 and C12.
func TestSevenClientsOfTwelveMakeMostOfTheGoldenSales(t *testing.T) {
	r := weight.ABC(goldenSales(), weight.Defaults())
	if got, want := letters(r.Class), "AAAAAAABBBCC"; got != want {
		t.Errorf("classes %s, want %s", got, want)
	}
	if got := r.Sum[weight.A]; got != 85_000_00 || r.N[weight.A] != 7 {
		t.Errorf("class A: %d clients, %d cents; want 7 and 85 000 €", r.N[weight.A], got)
	}
	// 24+16+13+10+9+7 = 79 %, the seventh client passes 80 %.
	if s := r.Sentence; s.Clients != 7 || s.Of != 12 || math.Abs(s.Share-.85) > 1e-12 {
		t.Errorf("sentence %+v, want 7 of 12 clients for 85 %%", s)
	}
	if r.Status != explain.OK {
		t.Errorf("status %v, want ok", r.Status)
	}
	if math.Abs(r.CumBefore[7]-.85) > 1e-12 || math.Abs(r.CumAfter[7]-.90) > 1e-12 {
		t.Errorf("C08 runs from %v to %v, want 0.85 to 0.90", r.CumBefore[7], r.CumAfter[7])
	}
}

// D1, regression on the W17 table: client 3 begins at 17 125 ÷ 21 410 =
// 79.986 %, over 79.5 %, hence B: two big clients, as the source says.
func TestTwoBigClientsOfTheW17TableAreA(t *testing.T) {
	in := weight.Input{Values: []money.Cents{9000_00, 8125_00, 900_00, 900_00, 800_00, 600_00, 500_00, 375_00, 200_00, 10_00}}
	r := weight.ABC(in, weight.Defaults())
	if r.N[weight.A] != 2 || r.Class[2] != weight.B {
		t.Errorf("classes %s, want two A then B", letters(r.Class))
	}
	if want := 17125.0 / 21410; math.Abs(r.CumBefore[2]-want) > 1e-12 {
		t.Errorf("cumBefore of client 3 = %v, want %v", r.CumBefore[2], want)
	}
	p := weight.Defaults()
	p.Tol = 0 // 79.986 % < 80 %
	if r := weight.ABC(in, p); r.Class[2] != weight.A {
		t.Errorf("without tolerance client 3 is %v, want A", r.Class[2])
	}
}

func TestDegeneratePortfoliosStillHaveClasses(t *testing.T) {
	tests := []struct {
		name   string
		values []money.Cents
		class  string
		rank   string
		level  string
		rLevel string
		status explain.Status
		reason explain.Reason
	}{
		{name: "an empty portfolio", status: explain.NA, reason: explain.NoData},
		{name: "one client", values: []money.Cents{5_00}, class: "A", rank: "1", level: "4", rLevel: "4", status: explain.Weak, reason: explain.FewClients},
		{name: "all sales equal: everybody at the top", values: []money.Cents{7, 7, 7, 7, 7}, class: "AAAAA", rank: "11111", level: "44444", rLevel: "44444", status: explain.OK},
		{name: "one client is everything", values: []money.Cents{0, 100, 0, 0}, class: "CACC", rank: "4144", level: "1411", rLevel: "0400", status: explain.OK},
		{name: "nobody sold anything", values: []money.Cents{0, 0, 0, 0}, class: "CCCC", rank: "4444", level: "1111", rLevel: "0000", status: explain.NA, reason: explain.NoSales},
		{name: "returns exceed sales everywhere", values: []money.Cents{-5, 0, -1, -2}, class: "CCCC", rank: "4444", level: "1111", rLevel: "0000", status: explain.NA, reason: explain.Negative},
		{name: "a client of net returns stays out of the total", values: []money.Cents{60, 30, 10, -900}, class: "AABC", rank: "1344", level: "4211", rLevel: "4210", status: explain.OK},
		{name: "three clients: shares only", values: []money.Cents{3, 2, 1}, class: "AAB", rank: "134", level: "421", rLevel: "421", status: explain.Weak, reason: explain.FewClients},
		// 50 % each: the second begins at 2 × 25 %, rank 3; tied with the first, it shares rank 1.
		{name: "two equal halves", values: []money.Cents{50, 50, 0, 0}, class: "AACC", rank: "1144", level: "4411", rLevel: "4400", status: explain.OK},
		{name: "a damaged file", values: []money.Cents{math.MaxInt64, math.MaxInt64, 1, 1}, class: "CCCC", rank: "4444", level: "1111", rLevel: "0000", status: explain.NA, reason: explain.Overflow},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, p := weight.Input{Values: tt.values}, weight.Defaults()
			abc, q, r := weight.ABC(in, p), weight.Quarters(in, p), weight.RLevels(in, p)
			if letters(abc.Class) != tt.class || digits(q.Rank) != tt.rank || digits(q.Level) != tt.level || digits(r.Level) != tt.rLevel {
				t.Errorf("classes %s ranks %s levels %s R %s; want %s %s %s %s", letters(abc.Class), digits(q.Rank), digits(q.Level), digits(r.Level), tt.class, tt.rank, tt.level, tt.rLevel)
			}
			for _, m := range []explain.Mark{abc.Mark, q.Mark, r.Mark} {
				if m.Status != tt.status || m.Reason != tt.reason {
					t.Errorf("mark %v %v, want %v %v", m.Status, m.Reason, tt.status, tt.reason)
				}
			}
			finite(t, abc.CumBefore, abc.CumAfter, q.CumBefore, []float64{q.Top1, q.NEff, abc.Sentence.Share})
		})
	}
}

func TestAClientWithoutValueHasNoClass(t *testing.T) {
	in := weight.Input{Values: []money.Cents{10, 99, 10, 5, 1}, Out: []bool{false, true, false, false, false}}
	r, q := weight.ABC(in, weight.Defaults()), weight.Quarters(in, weight.Defaults())
	if r.Class[1] != 0 || q.Rank[1] != 0 || q.Level[1] != 0 || r.Total != 26 || r.N[0] != 1 || len(r.Order) != 4 {
		t.Errorf("client left out: class %v rank %d, total %d; want none, and 26", r.Class[1], q.Rank[1], r.Total)
	}
}

// Head-count variant 20/30/50 of D1: of ten clients two A, three B, five C.
func TestHeadCountVariant(t *testing.T) {
	in := weight.Input{Values: []money.Cents{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}}
	if got := letters(weight.Heads(in, 20, 30)); got != "AABBBCCCCC" {
		t.Errorf("classes %s, want AABBBCCCCC", got)
	}
}

func TestTiesFollowTheSecondKeyThenTheCode(t *testing.T) {
	in := weight.Input{Values: []money.Cents{5, 5, 5, 9}, Second: []money.Cents{1, 2, 2, 0}, Codes: []string{"A", "C", "B", "Z"}}
	if got, want := weight.ABC(in, weight.Defaults()).Order, []int32{3, 2, 1, 0}; !slices.Equal(got, want) {
		t.Errorf("order %v, want %v: value, then second key, then code", got, want)
	}
}

func finite(t *testing.T, columns ...[]float64) {
	t.Helper()
	for _, c := range columns {
		for i, x := range c {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Errorf("value %d is %v: no NaN nor Inf ever leaves the engine", i, x)
			}
		}
	}
}
