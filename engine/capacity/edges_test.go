package capacity_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/capacity"
	"sillon/engine/explain"
	"sillon/engine/params"
)

// What the year, the sharing and the prospects' number say in words; the
// numbers are those of the examples of H2 and H3.
func TestVerdictsNameTheirNumbers(t *testing.T) {
	par := capacity.Defaults()
	full, over, long := year, year, year
	over.Leave, long.VisitMinutes = 400, 500
	needs := capacity.Needs{Clients: 87, Attrition: .14, Growth: 4, Conversion: .17, Lost: 12, Kept: 75, Capacity: 656}
	stock := func(y capacity.Year) func() (string, []int) { s := capacity.Capacity(y, par); return s.Verdict }
	sharing := func(visits, prospects int) func() (string, []int) {
		s := capacity.Share(visits, prospects, par)
		return s.Verdict
	}
	prospects := func(change func(n *capacity.Needs)) func() (string, []int) {
		n := needs
		change(&n)
		p := capacity.Prospect(n, par)
		return p.Verdict
	}
	for _, tt := range []struct {
		name string
		said func() (string, []int)
		key  string
		n    []int
	}{
		{"the year of the method", stock(full), "time.holds", []int{656}},
		{"nothing entered", stock(capacity.Year{}), "time.empty", nil},
		{"leave all the year", stock(over), "time.noDay", nil},
		{"a visit longer than the day", stock(long), "time.long", []int{540}},
		{"the sharing of the method", sharing(656, 100), "time.shared", []int{490, 100, 66}},
		{"more prospects than room", sharing(100, 95), "time.over", []int{95, 90}},
		{"100 visits, less time than the losses ask", prospects(func(*capacity.Needs) {}), "prospecting.short", []int{100, 17}},
		{"fewer losses", prospects(func(n *capacity.Needs) { n.Lost = 1 }), "prospecting.holds", []int{100, 17}},
		{"the floor", prospects(func(n *capacity.Needs) { n.Conversion, n.Lost = .5, 1 }), "prospecting.floor", []int{34, 99}},
		{"the cap", prospects(func(n *capacity.Needs) { n.Conversion = .02 }), "prospecting.cap", []int{850, 328, 17}},
		{"nobody was ever won", prospects(func(n *capacity.Needs) { n.Conversion = 0 }), "prospecting.pilot", []int{99}},
		{"no capacity", prospects(func(n *capacity.Needs) { n.Capacity = 0 }), "prospecting.none", nil},
	} {
		if key, n := tt.said(); key != tt.key || !slices.Equal(n, tt.n) || !slices.Contains(capacity.VerdictKeys, key) {
			t.Errorf("%s: %s %v, want %s %v", tt.name, key, n, tt.key, tt.n)
		}
	}
}

// H3, W19: 12 lost of 87 say the attrition where nobody does: ⌈12/87 × 87⌉ = 12,
// + 4 = 16 to win. With neither it is unknown: nothing to replace, and weak.
func TestTheLossesSayTheAttrition(t *testing.T) {
	in := capacity.Needs{Clients: 87, Attrition: -1, Growth: 4, Conversion: 5. / 30, Lost: 12, Kept: 75, Capacity: 656}
	if p := capacity.Prospect(in, capacity.Defaults()); p.ToWin != 16 || p.Wanted != 96 || p.Status != explain.OK {
		t.Errorf("%+v, want 16 to win, 96 wanted", p)
	}
	half := capacity.Needs{Clients: 100, Attrition: -1, Lost: 1, Kept: 1, Conversion: 1, Capacity: 200}
	if p := capacity.Prospect(half, capacity.Defaults()); p.ToWin != 50 {
		t.Errorf("half of them lost: %d to win, want 50", p.ToWin)
	}
	in.Lost, in.Kept, in.Attrition = 0, 0, math.NaN()
	if p := capacity.Prospect(in, capacity.Defaults()); p.ToWin != 4 || p.Status != explain.Weak || p.Reason != explain.NoData {
		t.Errorf("%+v, want the growth alone, weak", p)
	}
}

// H3, "target per year/month with progress ring": 30 made of 25 due is 120 %.
func TestProgressOfProspecting(t *testing.T) {
	if r := capacity.Progress(30, 25); r.Value != 1.2 || r.Status != explain.OK {
		t.Errorf("%v, want 1.2", r)
	}
	if r := capacity.Progress(3, 0); r.Has() || r.Reason != explain.NoData {
		t.Errorf("nothing due: %v", r.Mark)
	}
}

// H1 Q1, the six states.
func TestTheSixStatesOfALife(t *testing.T) {
	for _, tt := range []struct {
		met, orders    int
		inactive, lost bool
		want           capacity.LifeState
	}{
		{0, 0, false, false, capacity.StateProspect}, {2, 0, false, false, capacity.StateEntry}, {2, 1, false, false, capacity.StateFirst},
		{0, 7, false, false, capacity.StateRepeat}, {2, 7, true, false, capacity.StateInactive}, {2, 7, true, true, capacity.StateEnd},
	} {
		if got := capacity.StateOf(tt.met, tt.orders, tt.inactive, tt.lost); got != tt.want {
			t.Errorf("%+v: state %d", tt, got)
		}
	}
}

// The weeks of 2026 by hand: 1 January is a Thursday, 31 December too, so 53
// weeks, the first from Thursday to Sunday; 22 off with it leaves 1 working day
// of the first week with 1 January off. 252 visits, 1 a working day.
func TestTheLoadOfTheWeeks(t *testing.T) {
	w := calendar.Window{From: calendar.Of(2026, 1, 1), To: calendar.Of(2026, 12, 31)}
	var off []calendar.Day
	for _, h := range calendar.Holidays(calendar.France, 2026) {
		off = append(off, h.Day)
	}
	load := capacity.Weekly(252, w, off, nil)                                              // 261 working days − 9 holidays
	if len(load) != 53 || load[0] != 1 || load[1] != 5 || load[14] != 4 || load[52] != 4 { // week 15: Easter Monday 6 April
		t.Errorf("%v", load)
	}
	if m := capacity.Weekly(9, calendar.Window{From: 5, To: 4}, nil, nil); len(m) != 0 {
		t.Errorf("an empty window: %v", m)
	}
	for _, w := range []calendar.Window{{From: math.MaxInt32 - 3, To: math.MaxInt32}, {From: math.MinInt32, To: math.MaxInt32}} { // a damaged file ends
		if y := capacity.Count(w, off, off); y.Days < 0 || len(capacity.Weekly(3, w, off, nil)) > 1200 || len(capacity.Monthly(3, w, off, nil)) > 1200 {
			t.Errorf("%v: %+v", w, y)
		}
	}
	// Leap day: February 2028 has 21 working days, as its 29 days from a Tuesday say.
	feb := capacity.Count(calendar.Window{From: calendar.Of(2028, time.February, 1), To: calendar.Of(2028, time.February, 29)}, nil, nil)
	if feb.Days != 29 || feb.Weekend != 8 {
		t.Errorf("February 2028: %+v", feb)
	}
}

// Parts that should be equal are: weights in another unit give the same parts.
func TestSpreadDoesNotDependOnTheUnit(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	for range 500 {
		w := make([]float64, 1+rng.IntN(12))
		for i := range w {
			w[i] = float64(rng.IntN(6))
		}
		total := rng.IntN(100)
		want := capacity.Spread(total, w)
		for _, unit := range []float64{.1, 1. / 3, 6.5596} {
			other := make([]float64, len(w))
			for i := range w {
				other[i] = w[i] * unit
			}
			if got := capacity.Spread(total, other); !slices.Equal(got, want) {
				t.Fatalf("%d over %v × %v: %v, want %v", total, w, unit, got, want)
			}
		}
	}
}

// A portfolio's files say the same as its files one by one, in any order.
func TestTheFilesOfAPortfolioAddUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	par := capacity.Defaults()
	for range 50 {
		files := make([]capacity.File, 1+rng.IntN(30))
		usable, rate := 0, 0.0
		for i := range files {
			for k := range files[i] {
				files[i][k] = rng.IntN(3) > 0
			}
			c := capacity.Complete(files[i], nil, par)
			if c.Usable {
				usable++
			}
			rate += c.Rate
		}
		a := capacity.CompleteAll(files, par)
		if a.Usable != usable || math.Abs(a.Rate-rate/float64(len(files))) > 1e-12 || a.Rate < 0 || a.Rate > 1 {
			t.Fatalf("%+v, want %d usable at %v", a, usable, rate/float64(len(files)))
		}
		rng.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
		if b := capacity.CompleteAll(files, par); b.Rate != a.Rate || !slices.Equal(b.Order, a.Order) {
			t.Fatalf("%+v, shuffled %+v", a, b)
		}
	}
	set, err := params.Default().Number(params.Org, params.FileUsable, 50)
	if err != nil {
		t.Fatal(err)
	}
	if c := capacity.Complete(capacity.File{true, true, false, true, false, true, false}, nil, capacity.From(set)); !c.Usable { // 57 %
		t.Error("57 % is usable from 50 %")
	}
}

// Parameters of any kind: no NaN, no panic, shares that add up to one.
func FuzzParameters(f *testing.F) {
	f.Add(.7, .05, -.15, .025, .5, .85, 3.0, 10.0, uint8(7))
	f.Add(math.NaN(), math.Inf(1), math.Inf(-1), 1e300, math.NaN(), -1.0, 5e-324, math.Inf(1), uint8(255))
	f.Fuzz(func(t *testing.T, a, b, c, d, low, high, x, y float64, bits uint8) {
		p := capacity.Params{FileUsable: a, Base: a, LongCycle: b, ShortFixed: c, Needs: d, PressureStep: b, NoPractice: c, ClipLow: low, ClipHigh: high,
			LongFrom: x, Integer: bits&1 > 0, Reserve: a, Floor: b, Cap: c, Conversion: d, TimeCost: x}
		for k := range p.FileWeights {
			p.FileWeights[k] = []float64{a, b, c, d, low, x, y}[k]
		}
		var values []float64
		collect := func(m explain.Mark, more ...float64) {
			for _, s := range m.Steps {
				values = append(values, s.Value)
			}
			values = append(values, more...)
		}
		s := capacity.Divide(capacity.Questions{Cycle: capacity.Cycle(bits % 5), Needs: [4]bool{bits&2 > 0, bits&4 > 0}, Pressure: capacity.Pressure(bits), Practice: bits&8 > 0}, p)
		collect(s.Mark, s.Raw, s.Loyalty, s.Prospecting)
		if s.Loyalty < 0 || s.Loyalty > 1 || math.Abs(s.Loyalty+s.Prospecting-1) > 1e-12 {
			t.Errorf("%+v", s)
		}
		file := capacity.File{bits&1 > 0, bits&2 > 0, bits&4 > 0, bits&8 > 0, bits&16 > 0, bits&32 > 0, bits&64 > 0}
		one, all := capacity.Complete(file, nil, p), capacity.CompleteAll([]capacity.File{file, {}}, p)
		collect(one.Mark, one.Rate)
		collect(all.Mark, all.Rate)
		st := capacity.Capacity(capacity.Year{Days: x, FieldDaysPerWeek: y, PartTime: a, MinutesPerDay: b, VisitMinutes: c, Leave: d}, p)
		collect(st.Mark, st.Weeks, st.PerWeek, st.PerDay, st.FieldDays)
		st.Verdict()
		pr := capacity.Prospect(capacity.Needs{Clients: int(bits), Attrition: a, Conversion: b, VisitsPer: x, Lost: int(bits), Kept: 2, Capacity: 100}, p)
		collect(pr.Mark, pr.Share, pr.MinimumTime)
		pr.Verdict()
		sh := capacity.Share(int(bits), pr.Visits, p)
		collect(sh.Mark)
		if sh.Verdict(); sh.Reserve+sh.Prospects+sh.Clients != int(bits) {
			t.Errorf("%+v does not share %d", sh, bits)
		}
		q := capacity.Evidence{Lifetime: explain.Result{Value: y, Mark: explain.Sound()}, Families: a, Offered: b, Clients: int(bits), WithCompetitor: 3, ProspectShare: c}.Suggest(p)
		capacity.Divide(q, p)
		conv := capacity.Convert([]int32{int32(bits), -1, 4, 4}, []bool{true})
		collect(conv.Mark, conv.Rate)
		for _, v := range values {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%v among %v", v, values)
				break
			}
		}
	})
}

func BenchmarkCompleteAll(b *testing.B) {
	files := make([]capacity.File, 5_000)
	for i := range files {
		files[i] = capacity.File{true, i%2 == 0, i%3 == 0, true, i%5 == 0}
	}
	for b.Loop() {
		capacity.CompleteAll(files, capacity.Defaults())
	}
}

func BenchmarkConvertAndLifetime(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	class, won, months := make([]int32, 5_000), make([]bool, 5_000), make([]float64, 5_000)
	for i := range class {
		class[i], won[i], months[i] = rng.Int32N(40), rng.IntN(5) == 0, float64(rng.IntN(120))
	}
	for b.Loop() {
		capacity.Convert(class, won)
		capacity.MedianLifetime(months, won)
	}
}
