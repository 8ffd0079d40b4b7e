package loyalty_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/loyalty"
	"sillon/engine/maturity"
	"sillon/engine/money"
)

var asOf = calendar.Of(2026, time.June, 30)

// quarter is a day in the middle of a quarter, 7 being the last of eight.
func quarter(k int) calendar.Day { return calendar.Periods{Months: 3}.Back(asOf, 7-k).From + 40 }

func buys(family int32, quarters ...int) (s []loyalty.Sale) {
	for _, k := range quarters {
		s = append(s, loyalty.Sale{Family: family, From: quarter(k), Net: 200_00})
	}
	return s
}

func track(in loyalty.Input, f int) string {
	out := ""
	for k := range int(in.Members[0].Periods) {
		switch t := in.Tracks[f]; {
		case t.Open>>k&1 == 0:
			out += "x"
		case t.Bought>>k&1 == 1:
			out += "1"
		default:
			out += "0"
		}
	}
	return out
}

func TestSalesMakeTheMatrix(t *testing.T) {
	p := loyalty.Defaults()
	old := calendar.Of(2015, 1, 1)
	all := []int{0, 1, 2, 3, 4, 5, 6, 7}
	// The client buys something else every quarter, so that it is read by quarters.
	one := func(c loyalty.Customer, fams ...loyalty.Family) loyalty.Input {
		if c.FirstOrder == old {
			c.Sales = append(c.Sales, buys(-1, all...)...)
		} else {
			c.Sales = append(c.Sales, buys(-1, 3, 4, 5)...)
		}
		return loyalty.Observe(loyalty.Source{Families: fams, Customers: []loyalty.Customer{c}}, asOf, p)
	}
	for _, tt := range []struct {
		name string
		in   loyalty.Input
		want string
	}{
		{"bought in some quarters", one(loyalty.Customer{FirstOrder: old, Sales: buys(0, 0, 2, 3, 7)}, loyalty.Family{}), "10110001"},
		{"before the first order nothing is open", one(loyalty.Customer{Sales: buys(0, 2, 3, 7)}, loyalty.Family{}), "xx110001"},
		{"out of stock", one(loyalty.Customer{FirstOrder: old, Sales: buys(0, 0, 1, 3, 7)}, loyalty.Family{Out: []calendar.Window{{From: quarter(2), To: quarter(3)}}}), "11x10001"}, // sold in 3 all the same
		{"at its end of life", one(loyalty.Customer{FirstOrder: old, Sales: buys(0, 0, 1)}, loyalty.Family{Ends: quarter(5)}), "11000xxx"},
		{"launched later", one(loyalty.Customer{FirstOrder: old, Sales: buys(0, 7)}, loyalty.Family{Launched: quarter(3)}), "xxx00001"},
		// Quarters end in June: April to June is the 4th and 8th. A sale out of season is left out.
		{"in season", one(loyalty.Customer{FirstOrder: old, Sales: append(buys(0, 3, 7, 0), buys(0, 1)...)}, loyalty.Family{Season: maturity.Season{From: 4, To: 5}}), "xxx1xxx1"},
		{"a quarter of sales and returns", one(loyalty.Customer{FirstOrder: old, Sales: append(buys(0, all...), loyalty.Sale{From: quarter(5), Net: -200_00})}, loyalty.Family{}), "11111011"},
		{"99 cents are not bought, one euro is", one(loyalty.Customer{FirstOrder: old, Sales: []loyalty.Sale{{From: quarter(0), Net: 99}, {From: quarter(1), Net: 100}, {From: quarter(2), Net: 100}, {From: quarter(3), Net: 100}}}, loyalty.Family{}), "01110000"},
		{"tomorrow is invisible", one(loyalty.Customer{FirstOrder: old, Sales: []loyalty.Sale{{From: quarter(6), Net: 500}, {From: asOf + 1, Net: 500}}}, loyalty.Family{}), "00000010"},
		// One line of April to June, all in the last quarter.
		{"a line of a quarter", one(loyalty.Customer{FirstOrder: old, Sales: []loyalty.Sale{{From: calendar.Of(2026, 4, 1), To: asOf, Net: 500}}}, loyalty.Family{}), "00000001"},
	} {
		if got := track(tt.in, 0); got != tt.want || tt.in.Members[0].Undated {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestClientsAreReadAtTheirOwnPace(t *testing.T) {
	p := loyalty.Defaults()
	old := calendar.Of(2015, 1, 1)
	src := loyalty.Source{Families: make([]loyalty.Family, 2), Customers: []loyalty.Customer{
		{FirstOrder: old, Sales: buys(0, 1, 3, 5, 7)}, // every six months
		{FirstOrder: old, Sales: buys(0, 4, 5, 6, 7)}, // a quarter apart, 92 days at most
		{FirstOrder: old, Sales: []loyalty.Sale{{From: asOf - 364, To: asOf, Net: 5_000}}},
		{Sales: buys(0, 6, 7)},
		{},
		{FirstOrder: asOf + 5},
	}}
	in := loyalty.Observe(src, asOf, p)
	if m := in.Members[0]; !m.HalfYears || m.Periods != 6 {
		t.Errorf("every six months: %+v, want six half-years", m)
	}
	if m := in.Members[1]; m.HalfYears || m.Periods != 8 || m.New {
		t.Errorf("every quarter: %+v, want eight quarters", m)
	}
	if m := in.Members[2]; !m.Undated {
		t.Errorf("a yearly total: %+v", m)
	}
	if m := in.Members[3]; !m.New || m.From != 6 {
		t.Errorf("two quarters old: %+v", m)
	}
	if !in.Members[4].Never || !in.Members[5].Never {
		t.Error("no order, or a first one in five days: never")
	}
	r := loyalty.Read(in, p)
	if r.Speed[4].Reason != explain.NoSales || r.Speed[2].Reason != explain.FewPeriods {
		t.Errorf("%v and %v", r.Speed[4].Mark, r.Speed[2].Mark)
	}
	p.HalfYears = true
	if m := loyalty.Observe(src, asOf, p).Members[1]; !m.HalfYears {
		t.Error("half-years for everybody")
	}
	// Lines are held for a year: four whole quarters, enough; for nine months, not.
	p.HalfYears = false
	src.Since = asOf.AddMonths(-12) + 1
	if m := loyalty.Observe(src, asOf, p).Members[1]; m.From != 4 || m.New {
		t.Errorf("a year held: %+v", m)
	}
	src.Since = asOf.AddMonths(-9)
	src.Families = make([]loyalty.Family, 3)
	if r := loyalty.Read(loyalty.Observe(src, asOf, p), p); r.Speed[1].Reason != explain.FewPeriods || r.Speed[3].Reason != explain.FewPeriods {
		t.Errorf("nine months held: %v, new %v", r.Speed[1].Mark, r.Speed[3].Mark)
	}
}

// 5 % of a potential of 16 000 € a year is 200 € a quarter: exactly 200 € is
// bought, a potential of a cent more is not reached.
func TestBoughtIsAShareOfThePotential(t *testing.T) {
	c := loyalty.Customer{FirstOrder: 1, Sales: buys(0, 0, 1, 2, 3, 4, 5, 6, 7), Potential: 16_000_00}
	src := loyalty.Source{Families: make([]loyalty.Family, 3), Customers: []loyalty.Customer{c}, Potential: []money.Cents{16_000_00, 0, 500_00}}
	in := loyalty.Observe(src, asOf, loyalty.Defaults())
	if got := track(in, 0); got != "11111111" {
		t.Errorf("at 5 %%: %s", got)
	}
	// A family without potential is no need of this client, one with is.
	if track(in, 1) != "xxxxxxxx" || track(in, 2) != "00000000" {
		t.Errorf("need: %s and %s", track(in, 1), track(in, 2))
	}
	near(t, "share of a quarter", in.Shares[7], .05, 1e-12) // 200 of 4 000
	src.Potential[0]++
	if got := track(loyalty.Observe(src, asOf, loyalty.Defaults()), 0); got != "00000000" {
		t.Errorf("a cent under 5 %%: %s", got)
	}
	// The activity of the client halves from quarter to quarter: so does its
	// potential, and its share stays.
	c.Potentials = []money.Cents{16_000_00, 8_000_00, 4_000_00, 2_000_00, 0, 0, 0, 400_00}
	src.Customers[0] = c
	in = loyalty.Observe(src, asOf, loyalty.Defaults())
	near(t, "share of the second quarter", in.Shares[1], .1, 1e-12)
	near(t, "a share is at most all", in.Shares[7], 1, 0)
	if in.Shares[5] != -1 {
		t.Errorf("a potential of nothing is unknown: %v", in.Shares[5])
	}
}

func source(rng *rand.Rand, n, m, lines int) loyalty.Source {
	src := loyalty.Source{Families: make([]loyalty.Family, m), Since: asOf.AddMonths(-36)}
	for range n {
		c := loyalty.Customer{FirstOrder: asOf - calendar.Day(rng.IntN(3000)), Potential: money.Cents(rng.IntN(1e7))}
		for range lines {
			c.Sales = append(c.Sales, loyalty.Sale{Family: int32(rng.IntN(m+1) - 1), From: asOf - calendar.Day(rng.IntN(1095)), Net: money.Cents(rng.IntN(1e5))})
		}
		src.Customers = append(src.Customers, c)
	}
	return src
}

func TestMatricesHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		src := source(rng, 2, 1+rng.IntN(4), rng.IntN(30))
		for i := range src.Customers {
			for k := range src.Customers[i].Sales {
				s := &src.Customers[i].Sales[k]
				s.Net -= 20_000
				if rng.IntN(4) == 0 {
					s.To = s.From + calendar.Day(rng.IntN(200))
				}
			}
		}
		in := loyalty.Observe(src, asOf, loyalty.Defaults())
		again := src
		again.Customers = nil
		for _, c := range src.Customers {
			sales := append([]loyalty.Sale(nil), c.Sales...)
			rng.Shuffle(len(sales), func(a, b int) { sales[a], sales[b] = sales[b], sales[a] })
			c.Sales = sales
			again.Customers = append(again.Customers, c)
		}
		if fmt.Sprint(in) != fmt.Sprint(loyalty.Observe(again, asOf, loyalty.Defaults())) {
			t.Fatal("the order of the lines matters")
		}
		for i, tr := range in.Tracks {
			if m := in.Members[i/len(src.Families)]; tr.Open>>m.Periods != 0 {
				t.Fatalf("track %d is open outside of its periods: %016b", i, tr.Open)
			}
		}
	})
}

func BenchmarkSpeeds(b *testing.B) {
	for _, n := range []int{5_000, 10_000} {
		src := source(rand.New(rand.NewPCG(3, 4)), n, 12, 36)
		b.Run(fmt.Sprintf("observe/%d", n), func(b *testing.B) {
			for b.Loop() {
				loyalty.Observe(src, asOf, loyalty.Defaults())
			}
		})
		in := loyalty.Observe(src, asOf, loyalty.Defaults())
		b.Run(fmt.Sprintf("read/%d", n), func(b *testing.B) {
			for b.Loop() {
				loyalty.Read(in, loyalty.Defaults())
			}
		})
	}
}
