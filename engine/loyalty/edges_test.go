package loyalty_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/loyalty"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/params"
)

// Families lost by period, the last first: what signal S10 reads.
func TestFamiliesLostByPeriod(t *testing.T) {
	in := matrices("111110 111100 111111 111x00 111011", "111111 111111 111111 111111 111111")
	in.Members[1].Never = true
	r := loyalty.Read(in, loyalty.Defaults())
	// Row one leaves in the last period, row two in the one before, row five in the
	// one before that; row four was closed in between: no exclusion.
	if got := r.Lost(0); !slices.Equal(got, []uint8{1, 1, 1, 0, 0, 0}) {
		t.Errorf("%v", got)
	}
	if r.Lost(1) != nil {
		t.Error("who never ordered lost nothing that can be told")
	}
}

// Appendix B: one client, all equal, all nothing, an empty catalogue, columns
// cut short, sales below zero.
func TestDegenerateMatrices(t *testing.T) {
	p := loyalty.Defaults()
	if s := loyalty.Read(matrices("1111 1111 1111"), p).Speed[0]; s.Now != 1 || s.Heading != 1 || s.Status != explain.Weak || !s.NeverElsewhere {
		t.Errorf("one client, all bought: %+v", s)
	}
	if s := loyalty.Read(matrices("0000 0000 0000"), p).Speed[0]; s.Now != 0 || s.Heading != 0 || s.Status != explain.Weak || !s.NeverWithUs {
		t.Errorf("nothing bought: %+v", s)
	}
	same := []string{four[0], four[0], four[0], four[0]}
	r := loyalty.Read(matrices(same...), p)
	for _, s := range r.Speed {
		if s.Adoption != .25 || s.Exclusion != 0 || s.Type != loyalty.Engaged || r.Status != explain.OK { // the pool is each one's 3/12
			t.Errorf("all equal: %+v", s)
		}
	}
	in := matrices(four...)
	in.Tracks, in.Shares = in.Tracks[:12], make([]float64, 20)
	r = loyalty.Read(in, p)
	if r.Speed[0].Status != explain.OK || r.Speed[3].Has() || r.Ribbon(3).Periods != 6 || len(r.Explain(3)) == 0 {
		t.Errorf("a matrix cut short: %+v", r.Speed)
	}
	r = loyalty.Read(loyalty.Input{Members: make([]loyalty.Member, 3)}, p)
	if r.Status != explain.NA || r.Reason != explain.FewPeriods {
		t.Errorf("no family at all: %v", r.Mark)
	}
	if in := loyalty.Observe(loyalty.Source{}, asOf, p); len(in.Members) != 0 {
		t.Error("empty portfolio")
	}
	short := loyalty.Source{Families: make([]loyalty.Family, 3), Customers: []loyalty.Customer{{FirstOrder: asOf - 900, Sales: []loyalty.Sale{{Family: 0, From: asOf - 9, Net: -500_00}, {Family: 7, From: asOf - 9, Net: 5}}}}, Potential: []money.Cents{5}}
	if m := loyalty.Observe(short, asOf, p); m.Tracks[0].Bought != 0 || m.Members[0].Never {
		t.Errorf("returns only, potentials cut short: %+v", m)
	}
	// asOf before any data: nobody has ordered yet.
	if m := loyalty.Observe(short, asOf-2000, p).Members[0]; !m.Never {
		t.Errorf("before any data: %+v", m)
	}
}

func TestDegenerateIndicators(t *testing.T) {
	r := loyalty.Classes(loyalty.RFMInput{Recency: []int32{1, 2, 3}, Frequency: []int32{4}, Amount: []money.Cents{1, 2}})
	if len(r.Code) != 1 || r.Code[0] != 555 {
		t.Errorf("columns cut short: %+v", r)
	}
	// All equal: all the best, as ties share the best rank; amounts below zero rank last.
	r = loyalty.Classes(loyalty.RFMInput{Recency: []int32{9, 9, 9, 9, 9}, Frequency: []int32{1, 1, 1, 1, 1}, Amount: []money.Cents{-5, 0, 0, 0, 0}})
	if !slices.Equal(r.R, []uint8{5, 5, 5, 5, 5}) || !slices.Equal(r.M, []uint8{1, 5, 5, 5, 5}) {
		t.Errorf("%v %v", r.R, r.M)
	}
	// Missing dates are no orders.
	if x := loyalty.RhythmOf([]calendar.Day{0, calendar.None, asOf - 20, asOf - 10, math.MinInt32 + 1, math.MaxInt32}, asOf); x.Orders != 2 || x.Lateness.Value != 1 {
		t.Errorf("%+v", x)
	}
	// Over a leap day: 28 February, 29 February, 1 March 2024: every day.
	if x := loyalty.RhythmOf([]calendar.Day{calendar.Of(2024, 2, 28), calendar.Of(2024, 2, 29), calendar.Of(2024, 3, 1)}, calendar.Of(2024, 3, 2)); x.Regularity.Value != 1 || x.Lateness.Value != 1 {
		t.Errorf("%+v", x)
	}
}

// More adoptions never lower v_a nor A*, more exclusions never lower v_e nor
// raise A*, the pool being given.
func TestSpeedsAreMonotone(t *testing.T) {
	read := func(m string) loyalty.Speed {
		in := matrices(m)
		in.Pools = &loyalty.Pools{}
		in.Pools.Family[0] = loyalty.Pool{Adoptions: 1, Elsewhere: 5, Exclusions: 1, WithUs: 5}
		return loyalty.Read(in, loyalty.Defaults()).Speed[0]
	}
	base, more := read("000000 111111 000000"), read("000001 111111 000000")
	if !(more.Adoption > base.Adoption && more.Heading > base.Heading && more.Exclusion == base.Exclusion) {
		t.Errorf("one adoption more: %+v, was %+v", more, base)
	}
	less := read("000000 111110 000000")
	if !(less.Exclusion > base.Exclusion && less.Heading < base.Heading && less.Loyalty() < base.Loyalty()) {
		t.Errorf("one exclusion more: %+v, was %+v", less, base)
	}
}

// FuzzObserve: any lines, any date, any setting the registry accepts.
func FuzzObserve(f *testing.F) {
	f.Add(uint64(1), int32(20_634), int32(19_000), 5.0, 4.0, uint8(4))
	f.Add(uint64(2), int32(math.MaxInt32), int32(math.MinInt32+1), 100.0, 0.0, uint8(40))
	f.Add(uint64(3), int32(0), int32(-9), 0.0, 50.0, uint8(2))
	f.Fuzz(func(t *testing.T, seed uint64, on, base int32, share, kappa float64, n uint8) {
		set := params.Default()
		for key, x := range map[params.Key][]float64{
			params.AEKappa: {kappa}, params.AEFast: {share / 100, kappa / 50}, params.AEMinPeriods: {float64(n)}, params.AEMinFamilies: {float64(n / 8)}, params.AEBoughtShare: {share},
			params.AEHistoryPeriods: {float64(n), float64(n / 2)}, params.AEMultipliers: {kappa, share, 0, 3}, params.EngagementWeights: {kappa, share, 0, 0, 0, 0, 0, 0},
		} {
			if next, err := set.Number(params.Org, key, x...); err == nil {
				set = next
			}
		}
		if next, err := set.Choose(params.Org, params.AEMode, "value"); err == nil && seed%2 == 0 {
			set = next
		}
		p, rng := loyalty.From(set), rand.New(rand.NewPCG(seed, 3))
		day := func() calendar.Day { return calendar.Day(base + int32(rng.IntN(1200))) }
		src := loyalty.Source{Families: make([]loyalty.Family, rng.IntN(5)), Since: calendar.Day(rng.IntN(3)) * (day() / 2)}
		for i := range src.Families {
			src.Families[i] = loyalty.Family{Launched: day(), Season: maturity.Season{From: 1, To: 9}, Out: []calendar.Window{{From: day(), To: day()}}}
		}
		for range 1 + rng.IntN(3) {
			c := loyalty.Customer{FirstOrder: calendar.Day(rng.IntN(2)) * day(), Potential: money.Cents(rng.Int64N(1e15) - 5), Collapsed: rng.IntN(3) == 0, Potentials: []money.Cents{money.Cents(rng.IntN(9)), -1}}
			for range rng.IntN(20) {
				s := loyalty.Sale{Family: int32(rng.IntN(7) - 1), From: day(), Net: money.Cents(rng.Int64() - rng.Int64())}
				if rng.IntN(3) == 0 {
					s.To = day()
				}
				c.Sales = append(c.Sales, s)
			}
			src.Customers = append(src.Customers, c)
		}
		in := loyalty.Observe(src, calendar.Day(on), p)
		r := loyalty.Read(in, p)
		r.Overview()
		for i, s := range r.Speed {
			for _, x := range []float64{s.Adoption, s.Exclusion, s.Now, s.Heading} {
				if !(x >= 0 && x <= 1) {
					t.Fatalf("%+v", s)
				}
			}
			if e := loyalty.Engage(loyalty.Indicators{}.Parts(s), p); !(e.Value >= 0 && e.Value <= 100+1e-9) {
				t.Fatalf("%+v", e)
			}
			for _, st := range r.Explain(i) {
				if math.IsNaN(st.Value) || math.IsInf(st.Value, 0) {
					t.Fatalf("step %s is %v", st.Key, st.Value)
				}
			}
			if m := p.Multiplier(s.Type); !(m >= 0 && m <= 3) {
				t.Fatalf("multiplier %v", m)
			}
			r.Ribbon(i)
			r.Lost(i)
		}
	})
}

// A client whose own activity collapses lends the portfolio no exclusion.
func TestACollapseIsLeftOutOfThePool(t *testing.T) {
	in := matrices(four[0], four[3])
	in.Members[1].Collapsed = true
	if pool := loyalty.Read(in, loyalty.Defaults()).Pools.Family[0]; pool != (loyalty.Pool{Adoptions: 3, Elsewhere: 12, WithUs: 13}) {
		t.Errorf("pool %+v, want C03's alone", pool)
	}
}
