package loyalty_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/explain"
	"sillon/engine/loyalty"
	"sillon/engine/money"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// matrices reads clients as the method writes them: families apart by a
// space, periods by a digit, 1 bought. x is a period the family was not open.
func matrices(clients ...string) loyalty.Input {
	var in loyalty.Input
	for _, c := range clients {
		rows := strings.Fields(c)
		in.Kinds = make([]loyalty.Kind, len(rows))
		for _, row := range rows {
			var tr loyalty.Track
			for k, r := range row {
				if r == '1' {
					tr.Bought |= 1 << k
				}
				if r != 'x' {
					tr.Open |= 1 << k
				}
			}
			in.Tracks = append(in.Tracks, tr)
		}
		in.Members = append(in.Members, loyalty.Member{Periods: uint8(len(rows[0]))})
	}
	return in
}

var four = []string{
	"111111 011111 001111 000011 000000", // C03
	"111111 010101 101010 001001 000000", // C07
	"111111 111111 111111 000000 000000", // C02
	"111111 111100 110000 100000 000000", // C04
}

// F1: 5 families × 6 periods, pool v_a 10/49 and v_e 9/51; the four clients of
// the table, with half-lives C03 16.3 and C04 2.6.
func TestFourSpeedsOfTheMethod(t *testing.T) {
	r := loyalty.Read(matrices(four...), loyalty.Defaults())
	if pool := r.Pools.Family[0]; pool != (loyalty.Pool{Adoptions: 10, Elsewhere: 49, Exclusions: 9, WithUs: 51}) {
		t.Errorf("pool %+v, want 10/49 and 9/51", pool)
	}
	near(t, "pool v_a", r.Pools.Family[0].Adoption(), .204, .0005)
	near(t, "pool v_e", r.Pools.Family[0].Exclusion(), .176, .0005)
	for i, w := range []struct {
		code           string
		own            loyalty.Pool
		va, ve         float64
		now, heading   float64
		kind           loyalty.Type
		halfLife       float64
		loyal, momento float64
	}{
		{"C03", loyalty.Pool{Adoptions: 3, Elsewhere: 12, WithUs: 13}, .239, .042, .80, .85, loyalty.Engaged, 16.3, 95.8, .05},
		{"C07", loyalty.Pool{Adoptions: 7, Elsewhere: 14, Exclusions: 6, WithUs: 11}, .434, .447, .60, .49, loyalty.Fickle, 1.17, 55.3, -.11}, // ln ½ ÷ ln(1 − .447) = 1.17
		{"C02", loyalty.Pool{Elsewhere: 10, WithUs: 15}, .058, .037, .60, .61, loyalty.Careful, 18.3, 96.3, .01},                              // ln ½ ÷ ln(1 − .0372) = 18.3
		{"C04", loyalty.Pool{Elsewhere: 13, Exclusions: 3, WithUs: 12}, .048, .232, .20, .17, loyalty.Fleeing, 2.6, 76.8, -.03},
	} {
		s := r.Speed[i]
		if s.Pool != w.own || s.Type != w.kind || s.Status != explain.OK {
			t.Errorf("%s: %+v type %d %v, want %+v type %d", w.code, s.Pool, s.Type, s.Mark, w.own, w.kind)
		}
		near(t, w.code+" v_a", s.Adoption, w.va, .0005)
		near(t, w.code+" v_e", s.Exclusion, w.ve, .0005)
		near(t, w.code+" A now", s.Now, w.now, 1e-12)
		near(t, w.code+" A*", s.Heading, w.heading, .005)
		near(t, w.code+" momentum", s.Momentum, w.momento, .006)
		near(t, w.code+" loyalty index", s.Loyalty(), w.loyal, .05)
		x, ok := loyalty.HalfLife(s.Exclusion)
		near(t, w.code+" half-life", x, w.halfLife, .05)
		if len(r.Explain(i)) == 0 || !ok {
			t.Errorf("%s: no steps, or no half-life", w.code)
		}
	}
	// « At this pace you will hold 85 % of this client; today 80 %. »
	if s, ok := r.Sentence(0); !ok || math.Round(100*s.Heading) != 85 || math.Round(100*s.Now) != 80 {
		t.Errorf("sentence %+v", s)
	}
}

// F1, value mode: A = .20, .30, .38, .35, .45 → v_a 0.28/2.77 = 0.101, v_e
// 0.03/1.23 = 0.024, A* 0.81. Alone in its portfolio a client is its own pool,
// and smoothing leaves its rates.
func TestValueMode(t *testing.T) {
	p := loyalty.Defaults()
	p.ByValue = true
	r := loyalty.Read(shares(.20, .30, .38, .35, .45), p)
	s := r.Speed[0]
	near(t, "adoptions", s.Adoptions, .28, 1e-12)
	near(t, "elsewhere", s.Elsewhere, 2.77, 1e-12)
	near(t, "exclusions", s.Exclusions, .03, 1e-12)
	near(t, "with us", s.WithUs, 1.23, 1e-12)
	near(t, "v_a", s.Adoption, .101, .0005)
	near(t, "v_e", s.Exclusion, .024, .0005)
	near(t, "A*", s.Heading, .81, .005)
	near(t, "A now", s.Now, .45, 0)
	if !s.ByValue || s.Status != explain.OK || s.Natural {
		t.Errorf("speed %+v", s)
	}
	if s := loyalty.Read(shares(-1, -1, .3, .4), p).Speed[0]; s.Reason != explain.FewPeriods {
		t.Errorf("two known shares: %v", s.Mark)
	}
	in := shares(-1, -1, -1, -1)
	if s := loyalty.Read(in, p).Speed[0]; s.Reason != explain.NoPotential {
		t.Errorf("no potential: %v", s.Mark)
	}
}

// shares is one client with its A by period.
func shares(a ...float64) loyalty.Input {
	in := matrices("0000 0000 0000")
	in.Members[0].Periods = uint8(len(a))
	in.Shares = make([]float64, loyalty.MaxPeriods)
	copy(in.Shares, a)
	return in
}

func TestSpeedEdges(t *testing.T) {
	p := loyalty.Defaults()
	one := func(in loyalty.Input, change func(*loyalty.Member)) loyalty.Speed {
		if change != nil {
			change(&in.Members[0])
		}
		return loyalty.Read(in, p).Speed[0]
	}
	for _, tt := range []struct {
		name   string
		s      loyalty.Speed
		status explain.Status
		reason explain.Reason
	}{
		{"three periods", one(matrices("111 011 001"), nil), explain.NA, explain.FewPeriods},
		{"four periods", one(matrices("1111 0111 0011"), nil), explain.OK, explain.None},
		{"two families", one(matrices("1111 0111"), nil), explain.NA, explain.FewPeriods},
		{"the third family is not open", one(matrices("1111 0111 xxxx"), nil), explain.NA, explain.FewPeriods},
		{"yearly totals", one(matrices(four[0]), func(m *loyalty.Member) { m.Undated = true }), explain.NA, explain.FewPeriods},
		{"never ordered", one(matrices(four[0]), func(m *loyalty.Member) { m.Never = true }), explain.NA, explain.NoSales},
		{"three periods of six", one(matrices(four[0]), func(m *loyalty.Member) { m.From = 3 }), explain.NA, explain.FewPeriods},
		{"a new client, alone", one(matrices(four[0]), func(m *loyalty.Member) { m.New, m.From = true, 4 }), explain.Weak, explain.NewClient},
		{"nothing ever moves: pools at nothing", one(matrices("1111 1111 0000"), nil), explain.Weak, explain.NoVariation},
	} {
		if tt.s.Status != tt.status || tt.s.Reason != tt.reason {
			t.Errorf("%s: %v, want %v %v", tt.name, tt.s.Mark, tt.status, tt.reason)
		}
	}
	// Pools both 0: rates and momentum 0, A* = A now.
	if s := one(matrices("1111 1111 0000"), nil); s.Adoption != 0 || s.Exclusion != 0 || s.Momentum != 0 || s.Heading != 2./3 {
		t.Errorf("nothing moves: %+v", s)
	}
	if _, ok := loyalty.HalfLife(0); ok {
		t.Error("a half-life without exclusion is never")
	}
	if x, ok := loyalty.HalfLife(1); !ok || x != 0 {
		t.Errorf("all is lost at once: %v", x)
	}
	// All families bought throughout, beside C04: v_a is the pool's, flagged.
	r := loyalty.Read(matrices("111111 111111 111111 111111 111111", four[3]), p)
	if s := r.Speed[0]; !s.NeverElsewhere || s.Adoption != r.Pools.Family[0].Adoption() || s.NeverWithUs {
		t.Errorf("all bought: %+v", s)
	}
	// A new client takes the portfolio's rates and gives it none.
	in := matrices(four[0], four[1])
	in.Members[1].New, in.Members[1].From = true, 4
	r = loyalty.Read(in, p)
	if s := r.Speed[1]; !s.PoolOnly || s.Adoption != .25 || s.Exclusion != 0 || r.Pools.Family[0].Elsewhere != 12 || s.Type != loyalty.Engaged {
		t.Errorf("new client: %+v with pool %+v, want C03's own 3/12", s, r.Pools.Family[0])
	}
	// κ = 0: the rates of the client, and the pool where it was never exposed.
	p.Kappa = 0
	r = loyalty.Read(matrices("111111 111111 111111 111111 111111", four[3]), p)
	if s := r.Speed[0]; s.Adoption != 0 || s.Exclusion != 0 || r.Speed[1].Exclusion != .25 {
		t.Errorf("without smoothing: %+v and %+v", s, r.Speed[1])
	}
	if r := loyalty.Read(loyalty.Input{}, p); r.Status != explain.NA || r.Reason != explain.NoData {
		t.Errorf("empty portfolio: %v", r.Mark)
	}
}

func TestClosedFamiliesAreNoExclusion(t *testing.T) {
	p := loyalty.Defaults()
	own := func(m string) loyalty.Pool { return loyalty.Read(matrices(m), p).Speed[0].Pool }
	// Two periods out of stock: neither exclusion nor, when it is back,
	// adoption; the two transitions left of row one are with us.
	if got := own("11xx11 111111 111111"); got != (loyalty.Pool{WithUs: 12}) {
		t.Errorf("out of stock: %+v, want 12 quiet exposures with us", got)
	}
	if got := own("110011 111111 111111"); got != (loyalty.Pool{WithUs: 13, Exclusions: 1, Elsewhere: 2, Adoptions: 1}) {
		t.Errorf("not out of stock: %+v", got)
	}
	// At its end of life: out of A now too.
	in := matrices("1111xx 111111 000000")
	in.Kinds[0].Ended = true
	if s := loyalty.Read(in, p).Speed[0]; s.Now != .5 || s.Exclusions != 0 {
		t.Errorf("end of life: %+v", s)
	}
	// Sold in the second quarter of each year: 1 then 1, same season.
	in = matrices("x1xxx1xx 11111111 00000000")
	in.Kinds[0].Seasonal = true
	s := loyalty.Read(in, p).Speed[0]
	if s.Pool != (loyalty.Pool{WithUs: 8, Elsewhere: 7}) || math.Abs(s.Now-2./3) > 1e-12 {
		t.Errorf("seasonal: %+v now %v, want 1 + 7 with us and 2 of 3 held", s.Pool, s.Now)
	}
	in.Tracks[0].Bought = 1 << 1
	if s := loyalty.Read(in, p).Speed[0]; s.Exclusions != 1 || s.WithUs != 8 {
		t.Errorf("a season missed: %+v", s.Pool)
	}
	in.Members[0].HalfYears = true // two half-years make a year: 3 and 1, 4 and 2…
	in.Tracks[0].Open = 0b101010
	if s := loyalty.Read(in, p).Speed[0]; s.Exclusions != 1 || s.Elsewhere != 1+7 {
		t.Errorf("by half-years: %+v", s.Pool)
	}
}

func TestAFallingActivityIsReadOnShares(t *testing.T) {
	in := matrices("1110 1100 1000")
	in.Members[0].Collapsed = true
	in.Shares = make([]float64, loyalty.MaxPeriods)
	copy(in.Shares, []float64{.5, .5, .5, .5})
	s := loyalty.Read(in, loyalty.Defaults()).Speed[0]
	if !s.Natural || !s.ByValue || s.Exclusion != 0 || s.Now != .5 {
		t.Errorf("natural: %+v", s)
	}
	in.Shares = nil // unknown: by family all the same
	if s := loyalty.Read(in, loyalty.Defaults()).Speed[0]; s.Natural || s.ByValue || s.Exclusions != 3 {
		t.Errorf("without shares: %+v", s)
	}
}

func TestQuartersAndHalfYearsHaveTheirOwnPools(t *testing.T) {
	in := matrices(four...)
	in.Members[1].HalfYears = true
	r := loyalty.Read(in, loyalty.Defaults())
	if r.Pools.Family[0].Elsewhere != 35 || r.Pools.Family[1].Elsewhere != 14 {
		t.Errorf("pools %+v", r.Pools)
	}
	// A larger portfolio's pools may be lent.
	in.Pools = &loyalty.Pools{}
	in.Pools.Family[0] = loyalty.Pool{Adoptions: 1, Elsewhere: 2, Exclusions: 1, WithUs: 4}
	near(t, "lent pool", loyalty.Read(in, loyalty.Defaults()).Speed[0].Adoption, (3+4*.5)/(12+4), 1e-12)
}

func TestThresholdsMayBeTheMedians(t *testing.T) {
	p := loyalty.Defaults()
	p.Medians = true
	r := loyalty.Read(matrices(four...), p)
	// v_a .048 .058 .239 .434 → (.058 + .239)/2; v_e .037 .042 .232 .447.
	near(t, "median v_a", r.FastAdoption, (.0583+.2385)/2, .0005)
	near(t, "median v_e", r.FastExclusion, (.0415+.2316)/2, .0005)
	if r.Speed[0].Type != loyalty.Engaged || r.Speed[3].Type != loyalty.Fleeing {
		t.Errorf("types %d and %d", r.Speed[0].Type, r.Speed[3].Type)
	}
}

func TestRibbonShowsWhoEntersAndLeaves(t *testing.T) {
	r := loyalty.Read(matrices("011100 x10x1x 001000 100000"), loyalty.Defaults())
	b := r.Ribbon(0)
	const letters = ".-=><"
	got := ""
	for k, s := range b.States {
		if k > 0 && k%b.Periods == 0 {
			got += " "
		}
		got += string(letters[s])
	}
	// A family that comes back from a closed period does not enter.
	if want := "->==<- .=<.=. -->" + "<-- =<----"; got != want {
		t.Errorf("ribbon %s, want %s", got, want)
	}
	if want := []bool{false, false, true, false}; !slices.Equal(b.OneShot, want) { // the last was bought before the first period too, perhaps
		t.Errorf("one-shot %v, want %v", b.OneShot, want)
	}
}

func TestQuadrant(t *testing.T) {
	in := matrices(append(slices.Clone(four), "111111 111111 111111 000000 000000")...)
	in.Members[4].Never = true
	q := loyalty.Read(in, loyalty.Defaults()).Quadrant()
	if len(q.Points) != 4 || q.Points[3].Client != 3 || q.Points[3].Type != loyalty.Fleeing || q.FastAdoption != .15 {
		t.Errorf("quadrant %+v", q)
	}
	// On the line of A* = 80 %, v_e is a quarter of v_a.
	near(t, "iso 80 %", loyalty.Iso(.8), .25, 1e-12)
	near(t, "v_e on the line", loyalty.Equilibrium(.4, .4*loyalty.Iso(.8), 0), .8, 1e-12)
	if loyalty.Iso(0) != 0 || loyalty.Iso(2) != 0 {
		t.Error("no line at 0 nor above 1")
	}
}

// F2: C03 at .80 → .838 after four periods; counts by type; expected sales
// Σ potential × A(t + 4).
func TestProjection(t *testing.T) {
	in := matrices(four...)
	for i, euros := range []money.Cents{40_000, 8_000, 20_000, 12_000} { // golden potentials
		in.Members[i].Potential, in.Members[i].Known = euros*100, true
	}
	r := loyalty.Read(in, loyalty.Defaults())
	s := r.Speed[0]
	near(t, "C03 after four periods", loyalty.Project(s.Now, s.Adoption, s.Exclusion, 4), .838, .0005)
	o := r.Overview()
	if o.N != [5]int{0, 1, 1, 1, 1} || o.Potential[loyalty.Fleeing] != 12_000_00 || o.Known != 4 || o.Status != explain.OK {
		t.Errorf("overview %+v", o)
	}
	// A(t) = A* + (A − A*)(1 − v_a − v_e)^t, a closed form of the same chain.
	var want float64
	for i, s := range r.Speed {
		want += float64(in.Members[i].Potential) * (s.Heading + (s.Now-s.Heading)*math.Pow(1-s.Adoption-s.Exclusion, 4))
	}
	near(t, "expected sales", float64(o.Expected), want, 4)
	in.Members[3].Known = false
	if o := loyalty.Read(in, loyalty.Defaults()).Overview(); o.Known != 3 || o.Status != explain.Weak {
		t.Errorf("a potential unknown: %+v", o)
	}
	if o := loyalty.Read(matrices(four...), loyalty.Defaults()).Overview(); o.Reason != explain.NoPotential {
		t.Errorf("potentials unknown: %v", o.Mark)
	}
	if o := (loyalty.Reading{}).Overview(); o.Reason != explain.NoData {
		t.Errorf("empty: %v", o.Mark)
	}
}

// The table of F2.
func TestTypesHaveTheirPolicies(t *testing.T) {
	p := loyalty.Defaults()
	for _, tt := range []struct {
		va, ve float64
		want   loyalty.Type
		times  float64
		key    string
	}{
		{.15, .149, loyalty.Engaged, .9, "engaged"}, {.15, .15, loyalty.Fickle, 1.2, "fickle"},
		{.149, .149, loyalty.Careful, 1, "careful"}, {.149, .15, loyalty.Fleeing, .6, "fleeing"},
	} {
		got := loyalty.TypeOf(tt.va, tt.ve, p.FastAdoption, p.FastExclusion)
		if got != tt.want || p.Multiplier(got) != tt.times || got.Key() != tt.key || got.WorthRetaining() != (got == loyalty.Fleeing) {
			t.Errorf("%v %v: type %d × %v %s", tt.va, tt.ve, got, p.Multiplier(got), got.Key())
		}
	}
	if p.Multiplier(0) != 1 || loyalty.Type(0).Key() != "unknown" || loyalty.Type(9).Key() != "unknown" {
		t.Error("without a type contacts stay as they are")
	}
	if !slices.Equal(loyalty.Interpreted, []string{"F1", "F2"}) {
		t.Error("speeds and policies are interpreted, the other indicators are not")
	}
}

func randomInput(rng *rand.Rand, n, m int) loyalty.Input {
	in := loyalty.Input{Kinds: make([]loyalty.Kind, m), Shares: make([]float64, n*loyalty.MaxPeriods)}
	for f := range in.Kinds {
		in.Kinds[f] = loyalty.Kind{Seasonal: rng.IntN(5) == 0, Ended: rng.IntN(9) == 0}
	}
	for i := range n {
		in.Members = append(in.Members, loyalty.Member{Periods: 8, From: uint8(rng.IntN(6)), HalfYears: rng.IntN(3) == 0, New: rng.IntN(7) == 0, Never: rng.IntN(9) == 0, Collapsed: rng.IntN(6) == 0, Potential: money.Cents(rng.IntN(1e7)), Known: rng.IntN(4) > 0})
		for range m {
			in.Tracks = append(in.Tracks, loyalty.Track{Bought: uint16(rng.IntN(256)), Open: uint16(rng.IntN(256) | rng.IntN(256))})
		}
		for k := range loyalty.MaxPeriods {
			in.Shares[i*loyalty.MaxPeriods+k] = rng.Float64()*1.2 - .1
		}
	}
	return in
}

func TestSpeedsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		rng := rand.New(rand.NewPCG(seed, 1))
		n, m := 1+rng.IntN(7), rng.IntN(6)
		in, p := randomInput(rng, n, m), loyalty.Defaults()
		p.ByValue, p.Kappa, p.Medians = rng.IntN(2) == 0, float64(rng.IntN(6)), rng.IntN(2) == 0
		r := loyalty.Read(in, p)
		back := loyalty.Input{Kinds: in.Kinds}
		for i := n - 1; i >= 0; i-- {
			back.Members = append(back.Members, in.Members[i])
			back.Tracks = append(back.Tracks, in.Tracks[i*m:(i+1)*m]...)
			back.Shares = append(back.Shares, in.Shares[i*loyalty.MaxPeriods:(i+1)*loyalty.MaxPeriods]...)
		}
		b := loyalty.Read(back, p)
		if b.Overview().Expected != r.Overview().Expected {
			t.Fatal("the order of the clients changes the projection")
		}
		for i, s := range r.Speed {
			o := b.Speed[n-1-i]
			if s.Adoption != o.Adoption || s.Exclusion != o.Exclusion || s.Type != o.Type || s.Heading != o.Heading {
				t.Fatalf("client %d: %+v, reordered %+v", i, s, o)
			}
			for _, x := range []float64{s.Adoption, s.Exclusion, s.Now, s.Heading} {
				if !(x >= 0 && x <= 1) {
					t.Fatalf("client %d: %+v", i, s)
				}
			}
			if s.Has() && (s.Type == 0 || s.Adoptions > s.Elsewhere+1e-9 || s.Exclusions > s.WithUs+1e-9) || !s.Has() && s.Type != 0 {
				t.Fatalf("client %d: %+v", i, s)
			}
			if s.Has() && s.Adoption+s.Exclusion > 0 && s.Adoption+s.Exclusion <= 1 {
				// Without overshoot the share goes toward A*, and never past it.
				a := loyalty.Project(s.Now, s.Adoption, s.Exclusion, 3)
				if math.Abs(a-s.Heading) > math.Abs(s.Now-s.Heading)+1e-12 {
					t.Fatalf("client %d goes away from A*: %v to %v, A* %v", i, s.Now, a, s.Heading)
				}
			}
			r.Explain(i)
			r.Ribbon(i)
		}
	})
}

// Shares outside [0, 1], bits outside the periods, odd settings: no panic, no
// NaN, rates between 0 and 1.
func FuzzRead(f *testing.F) {
	f.Add(uint16(0b111), uint16(0b1111), uint8(6), uint8(0), .2, .3, 4.0, true)
	f.Add(uint16(0xffff), uint16(0xffff), uint8(255), uint8(40), math.NaN(), math.Inf(1), 0.0, false)
	f.Fuzz(func(t *testing.T, bought, open uint16, periods, from uint8, a, b, kappa float64, flag bool) {
		p := loyalty.Defaults()
		p.Kappa = math.Abs(math.Mod(kappa, 50))
		if math.IsNaN(p.Kappa) {
			p.Kappa = 4
		}
		p.ByValue = flag
		in := loyalty.Input{Kinds: make([]loyalty.Kind, 4), Members: []loyalty.Member{{Periods: periods, From: from, HalfYears: flag, Collapsed: !flag, Potential: math.MaxInt64, Known: true}}, Shares: make([]float64, loyalty.MaxPeriods)}
		in.Kinds[1].Seasonal = flag
		for f := range uint16(4) {
			in.Tracks = append(in.Tracks, loyalty.Track{Bought: bought >> f, Open: open << f})
		}
		for k := range in.Shares {
			in.Shares[k] = a + float64(k)*b
		}
		r := loyalty.Read(in, p)
		s := r.Speed[0]
		for _, x := range []float64{s.Adoption, s.Exclusion, s.Now, s.Heading, loyalty.Project(s.Now, s.Adoption, s.Exclusion, 4)} {
			if !(x >= 0 && x <= 1) {
				t.Fatalf("%+v", s)
			}
		}
		for _, st := range r.Explain(0) {
			if math.IsNaN(st.Value) || math.IsInf(st.Value, 0) {
				t.Fatalf("step %s is %v", st.Key, st.Value)
			}
		}
		r.Ribbon(0)
		r.Overview()
	})
}
