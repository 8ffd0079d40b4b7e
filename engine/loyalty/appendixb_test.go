package loyalty_test

import (
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/loyalty"
	"sillon/engine/money"
)

// Appendix B, leap-year windows: the quarters that end on 29 February 2024 begin
// on 1 March, June, September and December; what is sold on an edge is of one
// quarter, and of one only.
func TestLeapYearQuarters(t *testing.T) {
	leap := calendar.Of(2024, time.February, 29)
	for _, c := range []struct {
		day  calendar.Day
		want string // the last eight quarters; bought every soap from the first
	}{
		{leap, "00000001"}, {calendar.Of(2023, time.December, 1), "00000001"}, {calendar.Of(2023, time.November, 30), "00000010"},
		{calendar.Of(2023, time.February, 28), "00010000"}, {calendar.Of(2023, time.March, 1), "00001000"},
	} {
		src := loyalty.Source{Families: make([]loyalty.Family, 3), Customers: []loyalty.Customer{{FirstOrder: leap - 3000, Potential: 0,
			Sales: []loyalty.Sale{{Family: 1, From: c.day, Net: 500_00}, {Family: 0, From: leap - 1000, Net: 500_00}, {Family: 0, From: leap - 950, Net: 500_00}, {Family: 0, From: leap - 900, Net: 500_00}}}}}
		in := loyalty.Observe(src, leap, loyalty.Defaults())
		if in.Members[0].HalfYears {
			t.Fatalf("%v: read by half-years", c.day)
		}
		if got := track(in, 1); got != c.want {
			t.Errorf("%v: %s, want %s", c.day, got, c.want)
		}
	}
}

// Appendix B, account merged: the lines of two accounts end to end are those of
// one; split, each has its own; duplicate import changes no quarter: a family
// is bought or not.
func TestMergedSplitAndTwice(t *testing.T) {
	a, b := buys(0, 0, 1, 2, 3, 4, 5, 6, 7), buys(1, 0, 2, 4, 6)
	of := func(customers ...[]loyalty.Sale) loyalty.Input {
		src := loyalty.Source{Families: make([]loyalty.Family, 3)}
		for _, s := range customers {
			src.Customers = append(src.Customers, loyalty.Customer{Sales: s, FirstOrder: asOf - 3000})
		}
		return loyalty.Observe(src, asOf, loyalty.Defaults())
	}
	one := of(append(a[:len(a):len(a)], b...))
	two := of(a, b)
	twice := of(append(append(a[:len(a):len(a)], b...), append(b[:len(b):len(b)], a...)...))
	if track(one, 0) != "11111111" || track(one, 1) != "10101010" || track(two, 0) != "11111111" || track(two, 1) != "00000000" {
		t.Errorf("merged %s %s, split %s %s", track(one, 0), track(one, 1), track(two, 0), track(two, 1))
	}
	for f := range 3 {
		if track(one, f) != track(twice, f) {
			t.Errorf("imported twice: %s, once %s", track(twice, f), track(one, f))
		}
	}
}

// Appendix B, 10 000 clients of eight families, well under a second; every
// client has a status, and the pools are the sums of the clients' own.
func TestTenThousandClientsAreFollowed(t *testing.T) {
	src := loyalty.Source{Families: make([]loyalty.Family, 8)}
	for i := range 10_000 {
		c := loyalty.Customer{FirstOrder: asOf - 3000, Potential: 1000_00}
		for k := range 8 {
			for f := range int32(8) {
				if (i+k*3+int(f)*5)%4 > 0 {
					c.Sales = append(c.Sales, loyalty.Sale{Family: f, From: quarter(k) + calendar.Day(i%20), Net: money.Cents(200_00)})
				}
			}
		}
		src.Customers = append(src.Customers, c)
	}
	from := time.Now()
	r := loyalty.Read(loyalty.Observe(src, asOf, loyalty.Defaults()), loyalty.Defaults())
	if took := time.Since(from); took > 3*time.Second {
		t.Errorf("took %v", took)
	}
	var sum loyalty.Pool
	for i := range r.Speed {
		s := &r.Speed[i]
		if s.Status == 0 || s.Has() && !(s.Adoption >= 0 && s.Adoption <= 1 && s.Exclusion >= 0 && s.Exclusion <= 1 && s.Heading >= 0 && s.Heading <= 1) {
			t.Fatalf("client %d: %+v", i, s)
		}
		sum.Adoptions, sum.Elsewhere, sum.Exclusions, sum.WithUs = sum.Adoptions+s.Adoptions, sum.Elsewhere+s.Elsewhere, sum.Exclusions+s.Exclusions, sum.WithUs+s.WithUs
	}
	if sum != r.Pools.Family[0] || sum.Adoptions == 0 {
		t.Errorf("pools %+v, clients' own %+v", r.Pools.Family[0], sum)
	}
	if r.Status != explain.OK {
		t.Errorf("%v", r.Mark)
	}
}
