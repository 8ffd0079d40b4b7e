package steering_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/params"
	"sillon/engine/steering"
)

func near(a, b, tol float64) bool { return math.Abs(a-b) <= tol }

// G1: C03 rep index 0.946; client effort 0.587 against a portfolio mean of 0.40
// → 1.468; balance 1.55: the client carries, in phase C → neglect. The other
// eleven share the rest of the mean: (12·0.40 − 0.587) ÷ 11.
func TestTheClientCarriesC03(t *testing.T) {
	g := demo.Golden()
	in := steering.SharingInput{Units: g.Units(), Codes: g.Codes()}
	for i := range in.Units {
		ie := (12*.40 - .587) / 11
		if i == 2 {
			ie = .587
		}
		in.IE, in.Growing = append(in.IE, ie), append(in.Growing, i == 2)
	}
	s := steering.Share(in, steering.Defaults())
	if !near(s.Rep[2], .946, .0005) || !near(s.Client[2], 1.468, .0005) || !near(s.Balance[2], 1.55, .005) || !s.Neglect[2] || s.Carrier[2] != steering.Client {
		t.Errorf("C03: rep %v, client %v, balance %v, neglect %v; want 0.946, 1.468, 1.55, yes", s.Rep[2], s.Client[2], s.Balance[2], s.Neglect[2])
	}
	r := s.Of(2)
	step := map[string]float64{}
	for _, x := range r.Steps {
		step[x.Key] = x.Value
	}
	redone := step["steering.ie"] / step["steering.meanIE"] / (step["steering.units"] / step["steering.meanUnits"])
	if r.Value != s.Balance[2] || !near(redone, r.Value, 1e-12) || step["steering.units"] != 16 || s.Status != explain.OK || r.Status != explain.OK {
		t.Errorf("by hand %v: %+v", redone, r)
	}
	if s.Carrier[6] != steering.Rep || s.Neglect[6] { // C07: 38 units of a mean of 16.9
		t.Errorf("C07: %v, want us to carry", s.Carrier[6])
	}
}

func TestSharingEdges(t *testing.T) {
	par := steering.Defaults()
	s := steering.Share(steering.SharingInput{Units: []float64{10, 0, 5}, IE: []float64{.5, .5, .5}, Known: []bool{true, true, false}}, par)
	if s.Why[1] != explain.NoContact || s.Why[2] != explain.NoData || s.Of(1).Has() || s.Of(2).Has() || s.Measured != 2 {
		t.Errorf("%+v", s)
	}
	if s = steering.Share(steering.SharingInput{Units: []float64{10, 10}, IE: []float64{-.6, .2}}, par); s.Client[0] != -.6 || s.Client[1] != .2 {
		t.Errorf("mean not above 0: %v, want the raw index", s.Client)
	}
	if s = steering.Share(steering.SharingInput{Units: []float64{0, 0}, IE: []float64{1, 1}}, par); s.Reason != explain.NoContact {
		t.Errorf("nobody was contacted: %v", s.Mark)
	}
	if s = steering.Share(steering.SharingInput{Units: []float64{1}}, par); s.Reason != explain.NoData {
		t.Errorf("no objective: %v", s.Mark)
	}
	if s = steering.Share(steering.SharingInput{}, par); s.Reason != explain.NoData {
		t.Errorf("empty portfolio: %v", s.Mark)
	}
	// Exactly on the lines: 0.7 and 1.3 are balance.
	s = steering.Share(steering.SharingInput{Units: []float64{1, 1}, IE: []float64{.7, 1.3}}, par)
	if s.Carrier[0] != steering.Both || s.Carrier[1] != steering.Both {
		t.Errorf("%v %v", s.Balance, s.Carrier)
	}
}

// theExample are the objectives of G2.
var theExample = []steering.Objective{
	{Effort: steering.BuyMore, Baseline: 91_400_00, Target: 106_000_00, Actual: 100_000_00, Measured: true, Weight: 3},
	{Effort: steering.WidenRange, Baseline: 3.1, Target: 3.6, Actual: 3.4, Measured: true, Weight: 2},
	{Effort: steering.OrderAlone, Baseline: .20, Target: .40, Actual: .35, Measured: true, Weight: 2},
	{Effort: steering.PayWell, Baseline: 58, Target: 45, Actual: 55, Measured: true, Weight: 1},
}

// G2: attainments 0.589, 0.60, 0.75, 0.231 → IE 0.587.
func TestTheEffortsOfTheMethod(t *testing.T) {
	s := steering.Efforts(theExample, steering.Defaults())
	for i, want := range []float64{.589, .60, .75, .231} {
		if !near(s.Attainment[i], want, .0005) {
			t.Errorf("objective %d attains %v, want %v", i, s.Attainment[i], want)
		}
	}
	if !near(s.IE, .587, .0005) || s.Excess != 0 || s.Status != explain.OK {
		t.Errorf("IE %v %v, want 0.587", s.IE, s.Mark)
	}
	if y := steering.Yield(s, 16); !near(y.Value, .0367, .00005) { // C03's 16 units
		t.Errorf("yield %v", y.Value)
	}
	if steering.Yield(s, 0).Reason != explain.NoContact || steering.Yield(steering.Score{}, 3).Reason != explain.NoData {
		t.Error("a yield without contact or without effort")
	}
	if st := theExample[3].Explain(steering.Defaults()); len(st) != 4 || st[0].Unit != explain.Days {
		t.Errorf("%+v", st)
	}
	// Σ w·a ÷ Σ w from the steps alone.
	var wa, w, last float64
	for _, x := range s.Steps {
		switch x.Key {
		case "steering.weight":
			w, last = w+x.Value, x.Value
		case "steering.attainment":
			wa += last * x.Value
		}
	}
	if !near(wa/w, s.IE, 1e-12) {
		t.Errorf("by hand %v, IE %v", wa/w, s.IE)
	}
}

func TestAttainmentEdges(t *testing.T) {
	par := steering.Defaults()
	for _, tt := range []struct {
		name string
		o    steering.Objective
		a    float64
		ok   bool
	}{
		{"kept what it did", steering.Objective{Effort: steering.BuyMore, Baseline: 5, Target: 5, Actual: 5, Measured: true}, 1, true},
		{"lost what it did", steering.Objective{Effort: steering.BuyMore, Baseline: 5, Target: 5, Actual: 4, Measured: true}, -1, true},
		{"pays as well, or better", steering.Objective{Effort: steering.PayWell, Baseline: 45, Target: 45, Actual: 40, Measured: true}, 1, true},
		{"pays worse", steering.Objective{Effort: steering.PayWell, Baseline: 45, Target: 45, Actual: 46, Measured: true}, -1, true},
		{"far beyond", steering.Objective{Effort: steering.BuyMore, Baseline: 0, Target: 1, Actual: 9, Measured: true}, 1.5, true},
		{"far back", steering.Objective{Effort: steering.PayWell, Baseline: 50, Target: 40, Actual: 90, Measured: true}, -1, true},
		{"not measured", steering.Objective{Effort: steering.BuyMore, Target: 1}, 0, false},
		{"an effort of a newer version", steering.Objective{Effort: 16, Target: 1, Measured: true}, 0, false},
		{"a measure of a newer version", steering.Objective{Effort: 1, Measure: 9, Target: 1, Measured: true}, 0, false},
		{"not a number", steering.Objective{Effort: 1, Target: 1, Actual: math.NaN(), Measured: true}, 0, false},
	} {
		if a, ok := tt.o.Attain(par); a != tt.a || ok != tt.ok {
			t.Errorf("%s: %v %v, want %v %v", tt.name, a, ok, tt.a, tt.ok)
		}
	}
}

func TestFourObjectivesAreEnough(t *testing.T) {
	five := append(slices.Clone(theExample), steering.Objective{Effort: steering.Commit, Target: 12, Actual: 12, Measured: true, Weight: 5})
	s := steering.Efforts(five, steering.Defaults())
	// The lightest, PayWell, is left out: (3·.589 + 2·.6 + 2·.75 + 5·1) ÷ 12.
	if s.Excess != 1 || s.Counted[3] || !near(s.IE, (3*8600./14600+1.2+1.5+5)/12, 1e-12) {
		t.Errorf("%+v", s)
	}
	if s := steering.Efforts(nil, steering.Defaults()); s.Reason != explain.NoData {
		t.Errorf("no objective: %v", s.Mark)
	}
	if s := steering.Efforts([]steering.Objective{{Effort: 1, Target: 1, Weight: 1}}, steering.Defaults()); s.Has() {
		t.Error("nothing measured counts")
	}
}

// Best quarter of eight: the two best, mean 95 → 50 + 30 % of 45 = 63.5. For a
// measure to bring down, the two lowest, mean 25 → 50 − 7.5 = 42.5.
func TestTheTargetSuggested(t *testing.T) {
	par := steering.Defaults()
	peers := []float64{20, 30, 60, 70, 80, 85, 90, 100}
	if r := steering.Suggest(steering.BuyMore, 0, 50, peers, par); r.Value != 63.5 || r.Status != explain.OK {
		t.Errorf("%v %v, want 63.5", r.Value, r.Mark)
	}
	if r := steering.Suggest(steering.PayWell, 0, 50, peers, par); r.Value != 42.5 {
		t.Errorf("%v, want 42.5", r.Value)
	}
	if r := steering.Suggest(steering.BuyMore, 0, 99, peers, par); r.Value != 99 {
		t.Errorf("already among the best: %v, want to keep 99", r.Value)
	}
	if r := steering.Suggest(steering.BuyMore, 0, 50, []float64{100, math.NaN()}, par); r.Value != 65 || r.Reason != explain.FewClients {
		t.Errorf("one peer: %v %v", r.Value, r.Mark)
	}
	if r := steering.Suggest(steering.BuyMore, 0, 50, nil, par); r.Has() {
		t.Error("no peer, no target")
	}
}

// By hand: 10 orders of 4 000 € (1 of 400 €), 4 remote; 13 family-quarters in 4;
// orders at days 0, 10, 20, 50: gaps 10 10 30, mean 16.67, deviation √(800/9) =
// 9.43, CV 0.566.
func TestEveryEffortIsMeasured(t *testing.T) {
	f := steering.Facts{
		Sales: 4_000_00, Orders: 10, Remote: 4, FamilyQuarters: 13, Quarters: 4,
		OrderDays: []calendar.Day{50, 0, 10, 20, 20}, Forecast: 1000_00, Actual: 900_00, Attendances: 2, Appointments: 8, NoShows: 2,
		WaitingMinutes: 12, Intelligence: 3, DoorsOpened: 1, Referrals: 4, ReferralsWon: 1, DSO: 55, Payments: 20, LatePayments: 5,
		GrossSales: 5_000_00, Discounts: 1_000_00, IncreaseAsked: .04, IncreaseGranted: .03, Complaints: 1, Returns: 1,
		TermMonths: 12, VolumeCommitted: 9_000_00, Exclusive: true, Joint: 1,
	}
	want := [][]float64{{4_000_00}, {3.25}, {400_00, 2.5}, {.565685425, .1}, {.4}, {2}, {.25, 12}, {3}, {1}, {4, 1}, {55, .25}, {.2, .75}, {.2}, {12, 9_000_00, 1}, {1}}
	for e, w := range want {
		if len(steering.Catalogue()[e].Measures) != len(w) {
			t.Fatalf("E%02d has %d measures", e+1, len(steering.Catalogue()[e].Measures))
		}
		for k, x := range w {
			if got, ok := f.Measure(steering.Code(e+1), uint8(k)); !ok || !near(got, x, 1e-9*(1+x)) {
				t.Errorf("E%02d measure %d: %v %v, want %v", e+1, k, got, ok, x)
			}
		}
	}
	none := steering.Facts{WaitingMinutes: -1, DSO: -1, Attendances: -1}
	for c, k := range map[steering.Code]uint8{steering.GroupOrders: 0, steering.OrderRegularly: 0, steering.OrderAlone: 0, steering.ReceiveUs: 1, steering.PayWell: 0, steering.AcceptPrice: 1, steering.ComeToUs: 0, 99: 0} {
		if x, ok := none.Measure(c, k); ok {
			t.Errorf("E%02d measure %d of nothing: %v", c, k, x)
		}
	}
}

// G3: topics 6/12, functions 3/5, months touched 9/12, promises 0.90, ledger
// returned/served 0.40 → 63.
func TestTheFiveBranches(t *testing.T) {
	l := steering.Life{
		Topics: []int32{1, 2, 1, 0, 0, 3, 0, 0, 1, 0, 1, 0}, SinceOtherTopic: 40, Functions: 5,
		People:  []steering.Person{{Function: 2, Contacts: 9}, {Function: 0, Contacts: 1}, {Function: 2, Contacts: 3}, {Function: 4, Contacts: 2}, {Function: 1}},
		Touches: []int32{1, 1, 0, 2, 1, 1, 0, 1, 1, 0, 1, 1}, Silence: 50, Target: 20, Channels: []int32{5, 0, 3, 0},
		PromisesDue: 10, PromisesKept: 9, Rendered: 10, Returned: 4, Reports: 8, ReportsInTime: 6, Quotes: 0, Visits: 4, Prepared: 4,
	}
	a := steering.Animate(l)
	if !near(a.Score, 63, 1e-9) || a.Status != explain.OK {
		t.Errorf("score %v %v, want 63", a.Score, a.Mark)
	}
	if a.Mono || !near(a.Top, .6, 1e-12) || a.Silence != 2.5 || a.Mix != .5 || a.Reports.Value != .75 || a.Quotes.Has() || a.Preparation.Value != 1 {
		t.Errorf("%+v", a)
	}
	if a.Weakest[0] != steering.Ledger || len(a.Undiscussed) != 6 || a.Undiscussed[0] != 3 {
		t.Errorf("weakest %v, never discussed %v", a.Weakest, a.Undiscussed)
	}
	l.Topics = nil // catalogue empty: the lever is skipped, (.6 + .75 + .9 + .4) ÷ 4
	l.People[0].Contacts = 90
	if a = steering.Animate(l); !near(a.Score, 66.25, 1e-9) || a.Known[steering.Discourse] || a.Status != explain.Weak || !a.Mono {
		t.Errorf("%+v", a)
	}
	l.Returned = 50
	if a = steering.Animate(l); a.Branch[steering.Ledger] != 1 {
		t.Errorf("the ledger is capped at 1: %v", a.Branch)
	}
	if a = steering.Animate(steering.Life{}); a.Has() || a.Score != 0 {
		t.Errorf("nothing known: %+v", a)
	}
}

// gift.cap 70 € a year and person.
func TestGiftsStayUnderTheCap(t *testing.T) {
	par := steering.Defaults()
	given := []steering.Gift{{"p1", 2026, 45_00}, {"p1", 2025, 60_00}, {"p2", 2026, 70_00}, {"p1", 2026, 5_00}}
	if g := steering.GiftsTo("p1", 2026, given, par); g.Given != 50_00 || g.Left != 20_00 || g.Over {
		t.Errorf("%+v, want 50 given, 20 left", g)
	}
	if !steering.MayGive(steering.Gift{"p1", 2026, 20_00}, given, par) || steering.MayGive(steering.Gift{"p1", 2026, 20_01}, given, par) || steering.MayGive(steering.Gift{"p2", 2026, 1}, given, par) {
		t.Error("a gift may reach the cap and not pass it")
	}
	if g := steering.GiftsTo("p3", 2026, []steering.Gift{{"p3", 2026, 90_00}}, par); !g.Over || g.Left != 0 {
		t.Errorf("%+v", g)
	}
	zero, err := params.Default().Number(params.Org, params.GiftCap, 0)
	if err != nil || steering.MayGive(steering.Gift{"p9", 2026, 1}, nil, steering.From(zero)) {
		t.Error("an organisation that gives nothing")
	}
}

func TestSharingHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "n")
		var in steering.SharingInput
		for i := range n {
			in.Units = append(in.Units, rapid.Float64Range(0, 50).Draw(t, "units"))
			in.IE = append(in.IE, rapid.Float64Range(-1, 1.5).Draw(t, "ie"))
			in.Codes = append(in.Codes, fmt.Sprintf("C%02d", i))
		}
		s := steering.Share(in, steering.Defaults())
		sum := 0.0
		for _, x := range s.Rep {
			sum += x
		}
		if s.MeanU > 0 && !near(sum, float64(n), 1e-9*float64(n)) {
			t.Fatalf("rep indexes sum to %v of %d", sum, n)
		}
		perm := rand.New(rand.NewPCG(1, uint64(n))).Perm(n)
		var other steering.SharingInput
		for _, k := range perm {
			other.Units, other.IE, other.Codes = append(other.Units, in.Units[k]), append(other.IE, in.IE[k]), append(other.Codes, in.Codes[k])
		}
		o := steering.Share(other, steering.Defaults())
		for j, k := range perm {
			if o.Balance[j] != s.Balance[k] {
				t.Fatalf("balance %v, reordered %v", s.Balance[k], o.Balance[j])
			}
		}
	})
}

// Euros or cents, the attainment is the same; more never attains less, or for a
// measure to bring down, less never does.
func TestAttainmentFollowsItsMeasure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := steering.Objective{Effort: steering.Code(rapid.IntRange(1, 15).Draw(t, "effort")), Measured: true}
		o.Baseline = float64(rapid.IntRange(0, 100).Draw(t, "baseline"))
		o.Actual = float64(rapid.IntRange(0, 100).Draw(t, "actual"))
		step := float64(rapid.IntRange(0, 50).Draw(t, "step"))
		o.Target = o.Baseline + step
		better := o
		better.Actual += 5
		if steering.Catalogue()[o.Effort-1].Measures[0].Down {
			o.Target, better.Target = o.Baseline-step, o.Baseline-step
			better.Actual -= 10
		}
		a, _ := o.Attain(steering.Defaults())
		b, _ := better.Attain(steering.Defaults())
		if b < a || a < -1 || b > 1.5 {
			t.Fatalf("%+v attains %v, better %v", o, a, b)
		}
		scaled := o
		scaled.Baseline, scaled.Target, scaled.Actual = 100*o.Baseline, 100*o.Target, 100*o.Actual
		if c, _ := scaled.Attain(steering.Defaults()); !near(a, c, 1e-12) {
			t.Fatalf("%v in euros, %v in cents", a, c)
		}
	})
}

func BenchmarkShare(b *testing.B) {
	var in steering.SharingInput
	for i := range 5_000 {
		in.Units, in.IE = append(in.Units, float64(i%37)), append(in.IE, float64(i%11)/10)
		in.Codes = append(in.Codes, fmt.Sprintf("C%05d", i))
	}
	for b.Loop() {
		steering.Share(in, steering.Defaults())
	}
}
