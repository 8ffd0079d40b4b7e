package steering_test

import (
	"math"
	"slices"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/params"
	"sillon/engine/steering"
)

// Appendix B, as far as chapter G reads it.
func TestSharingOfDegeneratePortfolios(t *testing.T) {
	par := steering.Defaults()
	for _, tt := range []struct {
		name    string
		in      steering.SharingInput
		status  explain.Status
		reason  explain.Reason
		balance []float64 // NaN: none
	}{
		{"empty portfolio", steering.SharingInput{}, explain.NA, explain.NoData, nil},
		{"one client", steering.SharingInput{Units: []float64{7}, IE: []float64{.4}}, explain.Weak, explain.FewClients, []float64{1}},
		{"three clients are few", steering.SharingInput{Units: []float64{5, 5, 5}, IE: []float64{.2, .4, .6}}, explain.Weak, explain.FewClients, []float64{.5, 1, 1.5}},
		{"all equal", steering.SharingInput{Units: []float64{4, 4, 4, 4}, IE: []float64{.3, .3, .3, .3}}, explain.OK, explain.None, []float64{1, 1, 1, 1}},
		{"no effort at all: the raw index", steering.SharingInput{Units: []float64{4, 4, 4, 4}, IE: make([]float64, 4)}, explain.OK, explain.None, []float64{0, 0, 0, 0}},
		{"efforts lost: the raw index", steering.SharingInput{Units: []float64{4, 4, 4, 4}, IE: []float64{-1, -1, -1, 1}}, explain.OK, explain.None, []float64{-1, -1, -1, 1}},
		{"nobody contacted", steering.SharingInput{Units: make([]float64, 4), IE: []float64{1, 1, 1, 1}}, explain.NA, explain.NoContact, []float64{math.NaN(), math.NaN(), math.NaN(), math.NaN()}},
		{"one has all the contacts", steering.SharingInput{Units: []float64{8, 0, 0, 0}, IE: []float64{.5, .5, .5, .5}}, explain.OK, explain.None, []float64{.25, math.NaN(), math.NaN(), math.NaN()}},
		{"units below zero or not numbers are none", steering.SharingInput{Units: []float64{-3, math.NaN(), math.Inf(1), 2}, IE: []float64{1, 1, 1, 1}}, explain.OK, explain.None, []float64{math.NaN(), math.NaN(), math.NaN(), .25}},
		{"columns too short", steering.SharingInput{Units: []float64{2, 2}, IE: []float64{1}, Known: []bool{true}, Growing: []bool{}, Codes: []string{"A"}}, explain.Weak, explain.FewClients, []float64{1, math.NaN()}},
	} {
		s := steering.Share(tt.in, par)
		if s.Status != tt.status || s.Reason != tt.reason {
			t.Errorf("%s: %v %v, want %v %v", tt.name, s.Status, s.Reason, tt.status, tt.reason)
		}
		for i, want := range tt.balance {
			r := s.Of(i)
			if r.Has() == math.IsNaN(want) || r.Has() && (!near(r.Value, want, 1e-12) || r.Status != tt.status) {
				t.Errorf("%s, client %d: %v %v, want %v", tt.name, i, r.Value, r.Mark, want)
			}
		}
	}
	if s := steering.Share(steering.SharingInput{Units: []float64{1}}, par); s.Of(-1).Has() || s.Of(1).Has() {
		t.Error("a client that is not there")
	}
}

// Seven thirteenths of a third… what is 1.3 on paper is balance, whatever
// floating point makes of it: 0.39 ÷ 0.3 is a hair above 1.3.
func TestOnTheLineIsBalance(t *testing.T) {
	in := steering.SharingInput{Units: []float64{1, 1, 1, 1}, IE: []float64{.39, .21, .3, .3}}
	s := steering.Share(in, steering.Defaults())
	for i, c := range s.Carrier {
		if c != steering.Both {
			t.Errorf("client %d at %v: %v", i, s.Balance[i], c)
		}
	}
	in.IE[0], in.IE[1] = .3903, .2097
	if s = steering.Share(in, steering.Defaults()); s.Carrier[0] != steering.Client || s.Carrier[1] != steering.Rep {
		t.Errorf("just past the lines: %v", s.Carrier)
	}
}

// Neglect wants both: the client carries, and is in D or C.
func TestNeglectIsForGrowingClients(t *testing.T) {
	in := steering.SharingInput{Units: []float64{1, 1, 1, 1}, IE: []float64{.8, .8, .2, .2}, Growing: []bool{true, false, true, false}}
	if s := steering.Share(in, steering.Defaults()); !slices.Equal(s.Neglect, []bool{true, false, false, false}) {
		t.Errorf("%v", s.Neglect)
	}
}

// The same objectives in another order: the same bits, and the same one left
// out. Five of equal weight: PayWell, the last of the catalogue, goes.
func TestTheOrderOfObjectivesDoesNotMatter(t *testing.T) {
	five := slices.Clone(theExample)
	for i := range five {
		five[i].Weight = .1
	}
	five = append(five, steering.Objective{Effort: steering.GroupOrders, Baseline: 3, Target: 7, Actual: 4, Measured: true, Weight: .1})
	want := steering.Efforts(five, steering.Defaults())
	if want.Counted[3] || !want.Counted[4] {
		t.Errorf("counted %v, want all but PayWell", want.Counted)
	}
	for range 5 {
		five = append(five[1:], five[0])
		if s := steering.Efforts(five, steering.Defaults()); s.IE != want.IE {
			t.Errorf("IE %v, in another order %v", want.IE, s.IE)
		}
	}
	// One asked and not measured yet takes its place among four.
	five[0].Measured, five[0].Weight = false, 9
	if s := steering.Efforts(five, steering.Defaults()); s.Excess != 1 || len(s.Counted) != 5 || s.Counted[0] {
		t.Errorf("%+v", s)
	}
}

// Manager's roll-up of two clients by hand: E01 .589 and 1.5, E11 .231.
func TestEffortsAreRolledUpForTheManager(t *testing.T) {
	par := steering.Defaults()
	clients := [][]steering.Objective{theExample, {{Effort: steering.BuyMore, Baseline: 1, Target: 2, Actual: 9, Measured: true, Weight: 1}, {Effort: steering.Commit, Target: 12, Weight: 1}, {Effort: 99}}}
	var scores []steering.Score
	for _, c := range clients {
		scores = append(scores, steering.Efforts(c, par))
	}
	got := steering.Roll(clients, scores)
	if len(got) != 5 || got[0].Effort != steering.BuyMore || got[0].Asked != 2 || got[0].Measured != 2 || got[0].Reached != 1 || !near(got[0].Mean, (8600./14600+1.5)/2, 1e-12) {
		t.Errorf("%+v", got)
	}
	if l := got[4]; l.Effort != steering.Commit || l.Asked != 1 || l.Measured != 0 || l.Mean != 0 {
		t.Errorf("asked and not measured: %+v", l)
	}
	if steering.Roll(nil, nil) != nil || len(steering.Roll(clients, nil)) != 5 {
		t.Error("nobody, or no score")
	}
}

func TestCodesOfEffortsReadAsInTheMethod(t *testing.T) {
	for c, want := range map[steering.Code]string{0: "?", 1: "E01", 9: "E09", 10: "E10", 15: "E15", 16: "?"} {
		if c.String() != want {
			t.Errorf("%d reads %s", c, c)
		}
	}
	if steering.CodeOf("E11") != steering.PayWell || steering.CodeOf("E16") != 0 || steering.CodeOf("") != 0 {
		t.Error("codes of a card")
	}
}

// E01–E15 and the sense of each measure, as the catalogue of G2 lists them.
func TestTheCatalogueOfTheMethod(t *testing.T) {
	down := ""
	for e, line := range steering.Catalogue() {
		if line.Key != "effort."+steering.Code(e+1).String() {
			t.Errorf("line %d is %s", e+1, line.Key)
		}
		for k, m := range line.Measures {
			if m.Down {
				down += steering.Code(e+1).String() + string(rune('a'+k)) + " "
			}
		}
	}
	if down != "E03b E04a E04b E07a E07b E11a E11b E12a E13a " {
		t.Errorf("less is better for %s", down)
	}
}

// Sales that are negative after returns, no order, one day of order, orders of
// one day, a forecast of nothing.
func TestMeasuresOfDegenerateFacts(t *testing.T) {
	f := steering.Facts{Sales: -500_00, Orders: 3, OrderDays: []calendar.Day{9, 9, 9}, Forecast: 0, Actual: 5}
	for _, tt := range []struct {
		c steering.Code
		k uint8
	}{{steering.GroupOrders, 0}, {steering.GroupOrders, 1}, {steering.OrderRegularly, 0}, {steering.OrderRegularly, 1}} {
		if x, ok := f.Measure(tt.c, tt.k); ok {
			t.Errorf("%v measure %d: %v", tt.c, tt.k, x)
		}
	}
	if x, ok := f.Measure(steering.BuyMore, 0); !ok || x != -500_00 {
		t.Errorf("sales %v %v", x, ok)
	}
	// 29 February 2024 to 28 February 2025 and 2026: gaps 365, 365: no variation.
	leap := steering.Facts{OrderDays: []calendar.Day{calendar.Of(2024, 2, 29), calendar.Of(2025, 2, 28), calendar.Of(2026, 2, 28)}}
	if x, ok := leap.Measure(steering.OrderRegularly, 0); !ok || x != 0 {
		t.Errorf("a leap day: %v %v", x, ok)
	}
}

// A thousandth over 80 % is one person who carries all; 80 % is not.
func TestOnePersonCarriesTheRelation(t *testing.T) {
	for top, want := range map[int]bool{800: false, 801: true} {
		a := steering.Animate(steering.Life{People: []steering.Person{{Function: 0, Contacts: top}, {Function: 1, Contacts: 1000 - top}}, Functions: 2})
		if a.Mono != want || a.Branch[steering.Bases] != 1 {
			t.Errorf("%d of 1000: %v", top, a)
		}
	}
}

// More topics, functions, months, promises or returns never lower the score,
// and every branch stays between 0 and 1.
func TestTheScoreOfTheLeversIsMonotone(t *testing.T) {
	base := steering.Life{Topics: []int32{1, 0, 0}, Functions: 3, People: []steering.Person{{Function: 1, Contacts: 2}}, Touches: []int32{1, 0, 0, 0}, PromisesDue: 4, PromisesKept: 1, Rendered: 10, Returned: 2}
	score := func(change func(*steering.Life)) float64 {
		l := base
		l.Topics, l.Touches, l.People = slices.Clone(l.Topics), slices.Clone(l.Touches), slices.Clone(l.People)
		change(&l)
		a := steering.Animate(l)
		for k, b := range a.Branch {
			if !(b >= 0 && b <= 1) {
				t.Errorf("branch %d: %v", k, b)
			}
		}
		return a.Score
	}
	was := score(func(*steering.Life) {})
	for name, change := range map[string]func(*steering.Life){
		"a topic": func(l *steering.Life) { l.Topics[2] = 1 }, "a function": func(l *steering.Life) { l.People = append(l.People, steering.Person{Function: 2, Contacts: 1}) },
		"a month": func(l *steering.Life) { l.Touches[3] = 5 }, "a promise": func(l *steering.Life) { l.PromisesKept++ }, "a return": func(l *steering.Life) { l.Returned++ },
	} {
		if now := score(change); !(now > was) {
			t.Errorf("%s more: %v, was %v", name, now, was)
		}
	}
	if now := score(func(l *steering.Life) { l.PromisesKept, l.Returned = 99, 1e9 }); now > 100 {
		t.Errorf("score %v", now)
	}
}

// Every setting the registry accepts, and a value it refuses keeps the last
// good one.
func FuzzSteering(f *testing.F) {
	f.Add(.5, 10.0, 3.0, uint8(1), uint8(0), int32(4), .7, -1.0, 1.5)
	f.Add(math.NaN(), math.Inf(1), -1e308, uint8(11), uint8(1), int32(-1<<31), 5.0, -1e300, 1e300)
	f.Add(1e12, -1e12, 1e-300, uint8(2), uint8(0), int32(1<<30), 0.0, 1e308, 1e308)
	f.Fuzz(func(t *testing.T, a, b, c float64, code, k uint8, n int32, carry, low, high float64) {
		set := params.Default()
		for key, x := range map[params.Key][]float64{params.BalanceCarry: {carry, carry + .5}, params.EffortClip: {low, high}, params.EffortSuggestShare: {100 * carry}, params.EffortMaxPerClient: {float64(k)}, params.GiftCap: {100 * carry}} {
			if next, err := set.Number(params.Org, key, x...); err == nil {
				set = next
			}
		}
		par := steering.From(set)
		s := steering.Share(steering.SharingInput{Units: []float64{a, b, c}, IE: []float64{b, c, a}, Known: []bool{true, true}}, par)
		two := []steering.Objective{{Effort: steering.Code(code), Measure: k, Baseline: a, Target: b, Actual: c, Measured: true, Weight: b}, {Effort: 1, Baseline: b, Target: a, Actual: a, Measured: true, Weight: a}}
		e := steering.Efforts(two, par)
		l := steering.Animate(steering.Life{Topics: []int32{n, 1}, People: []steering.Person{{n, int(n)}, {1, 3}}, Functions: int(n), Touches: []int32{n}, Silence: n, Target: a, PromisesDue: int(n), PromisesKept: 2, Rendered: a, Returned: b, Channels: []int32{n}})
		m, _ := (&steering.Facts{Sales: 5, Orders: int(n), WaitingMinutes: a, DSO: b, IncreaseAsked: a, IncreaseGranted: b, OrderDays: []calendar.Day{calendar.Day(n), 3, 9}}).Measure(steering.Code(code), k)
		for _, x := range []float64{s.Balance[0], s.Balance[1], s.Rep[2], s.Client[1], s.MeanU, s.MeanIE, e.IE, steering.Yield(e, c).Value,
			steering.Suggest(steering.Code(code), k, a, []float64{b, c, 1}, par).Value, l.Score, l.Silence, l.Top, m} {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Errorf("%v in %+v %+v %+v", x, s, e, l)
			}
		}
		for i, x := range e.Attainment {
			if e.Counted[i] && !(x >= par.ClipLow && x <= par.ClipHigh) {
				t.Errorf("attainment %v out of %v … %v", x, par.ClipLow, par.ClipHigh)
			}
		}
		for _, l := range steering.Roll([][]steering.Objective{two}, []steering.Score{e}) {
			if math.IsNaN(l.Mean) || math.IsInf(l.Mean, 0) || l.Measured > l.Asked {
				t.Errorf("%+v", l)
			}
		}
		if g := steering.GiftsTo("p", 2026, []steering.Gift{{"p", 2026, -1 << 62}, {"p", 2026, -1 << 62}, {"p", 2026, 1 << 62}}, par); g.Left < 0 || g.Left > par.GiftCap {
			t.Errorf("%+v", g)
		}
	})
}
