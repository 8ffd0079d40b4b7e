package cockpit_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sillon/engine/cockpit"
	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/params"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > tol {
		t.Errorf("%s = %v, want %v ± %v", what, got, want, tol)
	}
}

// goldenReps shares the golden dataset between reps, client i to rep i mod n.
// Phases, P and R are those of Appendix A.
func goldenReps(n int) []cockpit.Rep {
	g := demo.Golden()
	phases := "CMCVCCMVMDMD"
	p := []int{3, 2, 4, 1, 1, 4, 1, 2, 1, 3, 1, 2}
	r := []int{4, 4, 3, 2, 2, 2, 1, 1, 1, 1, 1, 1}
	margins := g.Margins()
	reps := make([]cockpit.Rep, n)
	for i, c := range g.Clients {
		x := &reps[i%n]
		units := int64(math.Round(100 * c.Units()))
		mcn := margins[i] - money.Cents(100*units) // a unit costs 100 €
		x.Accounts++
		x.Clients++
		x.Known++
		x.Sales += c.Sales
		x.Potential += c.Potential
		x.MCN += mcn
		x.MCNSquares += mcn.Float() * mcn.Float()
		x.Losses += max(0, -mcn)
		x.PR[p[i]-1][r[i]]++
		x.Phases[index("DCMV", phases[i])]++
		switch phases[i] {
		case 'C':
			x.ClientsC++
			x.UnitsC += units
		case 'M':
			x.ClientsM++
			x.UnitsM += units
		}
	}
	for i := range reps {
		reps[i].Portfolios = 1
	}
	reps[0].Fragile = 1 // D2: two clients in rank 1
	return reps
}

func index(s string, b byte) int {
	for i := range s {
		if s[i] == b {
			return i
		}
	}
	return -1
}

// Appendix A: C/M 0.684, cloche (2/4/4/2), penetration 40.0 %, MCN 7 580, two clients at PR +2.
func TestGoldenPortfolioWhoeverHoldsIt(t *testing.T) {
	for _, n := range []int{1, 2, 3, 5} {
		x := cockpit.Of("team", goldenReps(n), cockpit.Worth{}, cockpit.Defaults()).Tiles
		near(t, "C/M", x[cockpit.CtoM-1].Value, .684, 5e-4)
		near(t, "penetration", x[cockpit.Penetration-1].Value, .40, 1e-12)
		near(t, "net margin", x[cockpit.NetMargin-1].Second, 7_580_00, 0)
		near(t, "net margin of a client", x[cockpit.NetMargin-1].Value, 7_580_00.0/12, 1e-6)
		near(t, "at +2 and above", x[cockpit.Board-1].Second, 2, 0)
		near(t, "ageing index", x[cockpit.Curve-1].Value, 2.5, 1e-12)
		if x[cockpit.Curve-1].Shape != maturity.Bell || x[cockpit.Curve-1].Off || !x[cockpit.CtoM-1].Off {
			t.Errorf("%d reps: curve %d off %v, C/M off %v; want a bell and the alert on C/M", n, x[cockpit.Curve-1].Shape, x[cockpit.Curve-1].Off, x[cockpit.CtoM-1].Off)
		}
		if !x[cockpit.Fragile-1].Off || x[cockpit.Fragile-1].Second != 1 {
			t.Errorf("fragile: %+v", x[cockpit.Fragile-1])
		}
	}
}

// Method K, example: at 40 % of penetration, a rep with 25 accounts is different only outside 20–60 %: 0.4 ± 2·√0.24 ÷ 5 = 0.204 to 0.596.
func TestFunnelLimits(t *testing.T) {
	low, high := cockpit.Limits(.4, 25, 2)
	near(t, "low", low, .20, .005)
	near(t, "high", high, .60, .005)
	if l, h := cockpit.Limits(.4, 0, 2); l != 0 || h != 1 {
		t.Errorf("without a base: [%v, %v], want everything", l, h)
	}
	rep := func(pen money.Cents, known int) cockpit.Rep {
		return cockpit.Rep{Accounts: known, Known: known, Sales: pen, Potential: 100_00}
	}
	for _, c := range []struct {
		name string
		pen  money.Cents
		n    int
		want int8
	}{{"21 % with 25 accounts is chance", 21_00, 25, 0}, {"20 % is not", 20_00, 25, -1}, {"60 % is not either", 60_00, 25, 1}, {"21 % with 100 accounts is different", 21_00, 100, -1}} {
		// The other rep weighs so much that the team stays at 40 %.
		big := cockpit.Rep{Accounts: 1e6, Known: 1e6, Sales: 400_000_000_00, Potential: 1_000_000_000_00}
		x := cockpit.Of("", []cockpit.Rep{rep(c.pen, c.n), big}, cockpit.Worth{}, cockpit.Defaults()).Reps[0][cockpit.Penetration-1]
		if x.Different != c.want || x.Off != (c.want < 0) {
			t.Errorf("%s: different %d, off %v, limits [%v, %v]", c.name, x.Different, x.Off, x.Low, x.High)
		}
	}
}

// The mean of the rates 80 % and 20 % would say 50 %; the sums say (80 + 180) ÷ (100 + 900) = 26 %.
func TestRatesComeFromSums(t *testing.T) {
	a := cockpit.Rep{Code: "a", Sales: 80, Potential: 100, VisitsDone: 9, Capacity: 10, Filled: 1, Wanted: 2}
	b := cockpit.Rep{Code: "b", Sales: 180, Potential: 900, VisitsDone: 10, Capacity: 100, Filled: 9, Wanted: 18}
	x := cockpit.Sum("t", a, b).Read(cockpit.Defaults())
	near(t, "penetration", x[cockpit.Penetration-1].Value, .26, 1e-12)
	near(t, "capacity", x[cockpit.Capacity-1].Value, 19.0/110, 1e-12)
	near(t, "quality", x[cockpit.Quality-1].Value, .5, 1e-12)
	// Silence is not a sum: the most silent tablet of the team.
	if s := cockpit.Sum("t", cockpit.Rep{Silence: 30}, cockpit.Rep{Silence: 200}, cockpit.Rep{Silence: 5}).Silence; s != 200 {
		t.Errorf("most silent tablet: %d h, want 200", s)
	}
}

// Planned 50/30/10/10 %, held 40/40/10/10 %: 1 − ½(.1 + .1) = 0.9; 80 of 100 held.
func TestPlanKeptIsPolicyAndProgress(t *testing.T) {
	r := cockpit.Rep{Planned: [4]int{50, 30, 10, 10}, Done: [4]int{32, 32, 8, 8}}
	x := r.Read(cockpit.Defaults())[cockpit.PlanKept-1]
	near(t, "policy", x.Value, .9, 1e-12)
	near(t, "progress", x.Second, .8, 1e-12)
	if !x.Off {
		t.Error("80 % held is under the norm of 90 %")
	}
	r.Done = [4]int{}
	if x := r.Read(cockpit.Defaults())[cockpit.PlanKept-1]; x.Value != 0 || !x.Off || !x.Has() {
		t.Errorf("nothing held: %+v", x)
	}
}

func TestEveryTileEndsInAnInstruction(t *testing.T) {
	codes := cockpit.Codes()
	for name, c := range map[string]struct {
		r    cockpit.Rep
		tile cockpit.Tile
		want string
		verb cockpit.Verb
		off  bool
	}{
		"holes in the diary":            {cockpit.Rep{VisitsDone: 7, Capacity: 10}, cockpit.Capacity, "instruct.fillDiary", cockpit.Message, true},
		"a full diary":                  {cockpit.Rep{VisitsDone: 9, Capacity: 10}, cockpit.Capacity, "instruct.keep", cockpit.Message, false},
		"more visits than time":         {cockpit.Rep{VisitsDone: 11, Capacity: 10}, cockpit.Capacity, "instruct.transfer", cockpit.Assign, true},
		"less on C than on M":           {cockpit.Rep{ClientsC: 2, UnitsC: 67_00, UnitsM: 98_00}, cockpit.CtoM, "instruct.towardGrowth", cockpit.ChangeNorm, true},
		"as much is enough":             {cockpit.Rep{ClientsC: 2, UnitsC: 98_00, UnitsM: 98_00}, cockpit.CtoM, "instruct.keep", cockpit.Message, false},
		"no growing client":             {cockpit.Rep{UnitsC: 1, UnitsM: 0}, cockpit.CtoM, "instruct.towardGrowth", cockpit.ChangeNorm, true},
		"rising: too little prospected": {cockpit.Rep{Phases: [4]int{1, 2, 3, 4}}, cockpit.Curve, "instruct.raiseProspecting", cockpit.ChangeNorm, true},
		"U: consolidate":                {cockpit.Rep{Phases: [4]int{35, 15, 15, 35}}, cockpit.Curve, "instruct.consolidate", cockpit.Message, true},
		"falling: secure the new":       {cockpit.Rep{Phases: [4]int{4, 3, 2, 1}}, cockpit.Curve, "instruct.secureNew", cockpit.Message, true},
		"flat: choose":                  {cockpit.Rep{Phases: [4]int{5, 5, 5, 5}}, cockpit.Curve, "instruct.choosePolicy", cockpit.ChangeNorm, true},
		"a red risk waits":              {cockpit.Rep{Accounts: 9, Red: 2, RedActed: 1, ActionDays: 1}, cockpit.RedRisks, "instruct.actOnReds", cockpit.Assign, true},
		"acted in five days":            {cockpit.Rep{Accounts: 9, Red: 2, RedActed: 2, ActionDays: 10}, cockpit.RedRisks, "instruct.keep", cockpit.Message, false},
		"acted too late":                {cockpit.Rep{Accounts: 9, Red: 2, RedActed: 2, ActionDays: 11}, cockpit.RedRisks, "instruct.actOnReds", cockpit.Assign, true},
		"a tablet silent for a week":    {cockpit.Rep{Devices: 3, Silence: 169}, cockpit.Freshness, "instruct.askSync", cockpit.Message, true},
		"potentials unknown":            {cockpit.Rep{Accounts: 10, Known: 7}, cockpit.Coverage, "instruct.askPotential", cockpit.Message, true},
		"files unusable":                {cockpit.Rep{Filled: 8, Wanted: 14}, cockpit.Quality, "instruct.fillFiles", cockpit.Message, true}, // H0: 57 %
		"controls due":                  {cockpit.Rep{Controls: 1, ControlsDue: 2}, cockpit.Controls, "instruct.control", cockpit.Assign, true},
		"prospecting eaten by habit":    {cockpit.Rep{Prospects: 9, ProspectsDue: 10}, cockpit.Prospecting, "instruct.protectProspecting", cockpit.Assign, true},
		"a margin eaten by the effort":  {cockpit.Rep{Clients: 1, MCN: -1}, cockpit.NetMargin, "instruct.lighten", cockpit.ChangeNorm, true},
	} {
		x := c.r.Read(cockpit.Defaults())[c.tile-1]
		if x.Do.Code != c.want || x.Do.Verb != c.verb || x.Off != c.off {
			t.Errorf("%s: %s %d, off %v; want %s %d, %v", name, x.Do.Code, x.Do.Verb, x.Off, c.want, c.verb, c.off)
		}
	}
	for _, x := range (cockpit.Rep{}).Read(cockpit.Defaults()) {
		if x.Has() || x.Reason == explain.None || x.Off || x.Do.Code != "instruct.keep" {
			t.Errorf("%s of nothing: %+v", x.Tile, x)
		}
	}
	if slices.Contains(codes, "") {
		t.Error("a tile without an instruction")
	}
	for i, x := range (cockpit.Rep{}).Read(cockpit.Defaults()) {
		if x.Tile != cockpit.Tile(i+1) || x.Tile.String() == "tile" {
			t.Errorf("tile %d is %d %q", i, x.Tile, x.Tile)
		}
	}
}

func TestContactsOnGrowthAloneAreFine(t *testing.T) {
	x := cockpit.Rep{ClientsC: 3, UnitsC: 10_00}.Read(cockpit.Defaults())[cockpit.CtoM-1]
	if !x.Boundless || x.Off || !x.Has() || x.Value != 0 {
		t.Errorf("%+v", x)
	}
}

// Team: C 100 of 200 units, one half; a rep with 16 clients: .5 ± 2·.5 ÷ 4 = .25 to .75, as ratios 1/3 to 3.
func TestLimitsOfTheRatio(t *testing.T) {
	a := cockpit.Rep{ClientsC: 8, ClientsM: 8, UnitsC: 20_00, UnitsM: 80_00}
	b := cockpit.Rep{ClientsC: 8, ClientsM: 8, UnitsC: 80_00, UnitsM: 20_00}
	x := cockpit.Of("", []cockpit.Rep{a, b}, cockpit.Worth{}, cockpit.Defaults()).Reps[0][cockpit.CtoM-1]
	near(t, "low", x.Low, 1.0/3, 1e-12)
	near(t, "high", x.High, 3, 1e-12)
	if x.Different != -1 {
		t.Errorf("20 %% is under 25 %%: different %d", x.Different)
	}
}

// Four clients at −1 €, four at 201 €: mean 100, Σx²/8 = 20 201, σ = √(20 201 − 10 000) = 101; a rep with 4 clients: 100 ± 2·101 ÷ 2 = −1 to 201.
func TestLimitsOfAMean(t *testing.T) {
	a := cockpit.Rep{Clients: 4, MCN: -4_00, MCNSquares: 4}
	b := cockpit.Rep{Clients: 4, MCN: 804_00, MCNSquares: 4 * 201 * 201}
	c := cockpit.Of("", []cockpit.Rep{a, b}, cockpit.Worth{}, cockpit.Defaults())
	x := c.Reps[0][cockpit.NetMargin-1]
	near(t, "low", x.Low, -1_00, 1e-9)
	near(t, "high", x.High, 201_00, 1e-9)
	if x.Different != 0 || !x.Off {
		t.Errorf("on the limit, and negative: different %d, off %v", x.Different, x.Off)
	}
	if x := c.Reps[1][cockpit.NetMargin-1]; x.Different != 0 || x.Off {
		t.Errorf("201 is inside: %+v", x)
	}
	d := cockpit.Of("", []cockpit.Rep{{Clients: 4, MCN: 5}, {Clients: 4, MCN: 9}}, cockpit.Worth{}, cockpit.Defaults())
	if d.Reps[0][cockpit.NetMargin-1].HasLimits {
		t.Error("limits without a spread")
	}
}

// By hand: 20 visits missing × 50 € = 1 000; potentials: 80 % of 10 is 8, 5 known, 3 × 100 = 300; prospect visits 10 × 90 = 900;
// penetration: the team sells 1 400 of 4 000 = 35 %, the rep 400 of 2 000: short of 300 × 30 % = 90; losses 950; C ÷ M: (98 − 67) ÷ 2 = 15.5 units × 50 = 775.
func TestThreeGapsOfTheStrongestValue(t *testing.T) {
	a := cockpit.Rep{Planned: [4]int{40, 0, 0, 0}, Done: [4]int{20, 0, 0, 0}, Accounts: 10, Known: 5, Prospects: 0, ProspectsDue: 10,
		Sales: 400_00, Potential: 2_000_00, Clients: 1, Losses: 950_00, ClientsC: 1, UnitsC: 67_00, UnitsM: 98_00}
	b := cockpit.Rep{Sales: 1_000_00, Potential: 2_000_00}
	w := cockpit.Worth{Visit: 50_00, Prospect: 90_00, Potential: 100_00, MarginRate: .3}
	c := cockpit.Of("", []cockpit.Rep{a, b}, w, cockpit.Defaults())
	want := []cockpit.Gap{{Tile: cockpit.PlanKept, Size: 20, Value: 1_000_00}, {Tile: cockpit.NetMargin, Size: 950_00, Value: 950_00}, {Tile: cockpit.Prospecting, Size: 10, Value: 900_00}}
	for i, g := range c.Coach[0] {
		if g.Tile != want[i].Tile || g.Size != want[i].Size || g.Value != want[i].Value || g.Do.Code == "" || g.Do.Code == "instruct.keep" {
			t.Errorf("gap %d = %+v, want %+v", i, g, want[i])
		}
	}
	if len(c.Coach[0]) != 3 || len(c.Coach[1]) != 0 {
		t.Errorf("%d and %d gaps, want 3 and none", len(c.Coach[0]), len(c.Coach[1]))
	}
	a.Losses, a.Planned, a.ProspectsDue = 0, [4]int{}, 0
	for i, want := range []cockpit.Gap{{Tile: cockpit.CtoM, Size: 15.5, Value: 775_00}, {Tile: cockpit.Coverage, Size: 3, Value: 300_00}, {Tile: cockpit.Penetration, Size: 300_00, Value: 90_00}} {
		g := cockpit.Of("", []cockpit.Rep{a, b}, w, cockpit.Defaults()).Coach[0][i]
		if g.Tile != want.Tile || math.Abs(g.Size-want.Size) > 1e-6 || g.Value != want.Value {
			t.Errorf("gap %d = %+v, want %+v", i, g, want)
		}
	}
	a = cockpit.Rep{VisitsDone: 70, Capacity: 100, RedStake: 2_000_00, Accounts: 1, Known: 1}
	if g := cockpit.Of("", []cockpit.Rep{a}, w, cockpit.Defaults()).Coach[0]; len(g) != 2 || g[0].Tile != cockpit.RedRisks || g[1].Value != 1_500_00 {
		t.Errorf("red risks 2 000, then 30 free visits × 50: %+v", g)
	}
}

// The diary of a rep has holes under team.idle (80 %): 79 visits of 100 possible
// leave 21, worth 21 × 50 € = 1 050; from 80 on nothing is coached, though 20
// visits would still fit. An organisation that sets 90 % coaches 85: 15 × 50 = 750.
func TestOnlyADiaryUnderTheThresholdIsCoached(t *testing.T) {
	for _, tt := range []struct {
		idle, size float64
		done       int
		value      money.Cents // 0: no gap
	}{{.8, 21, 79, 1_050_00}, {.8, 0, 80, 0}, {.8, 0, 99, 0}, {.9, 15, 85, 750_00}, {.9, 0, 90, 0}, {.5, 0, 79, 0}} {
		p := cockpit.Defaults()
		p.Idle = tt.idle
		c := cockpit.Of("", []cockpit.Rep{{VisitsDone: tt.done, Capacity: 100}}, cockpit.Worth{Visit: 50_00}, p).Coach[0]
		switch {
		case tt.value == 0:
			if len(c) != 0 {
				t.Errorf("%d of 100 under %v: %+v, want no gap", tt.done, tt.idle, c)
			}
		case len(c) != 1 || c[0].Tile != cockpit.Capacity || c[0].Size != tt.size || c[0].Value != tt.value:
			t.Errorf("%d of 100 under %v: %+v, want %v visits for %d", tt.done, tt.idle, c, tt.size, tt.value)
		}
	}
	if d := cockpit.Defaults().Idle; d != .8 {
		t.Errorf("team.idle is %v, want 0.8", d)
	}
}

func random(rng *rand.Rand) cockpit.Rep {
	n := func() int { return rng.IntN(50) }
	r := cockpit.Rep{Accounts: n(), VisitsDone: n(), Capacity: n(), ClientsC: n(), ClientsM: n(), UnitsC: int64(n()), UnitsM: int64(n()),
		Portfolios: n(), Fragile: n(), Red: n(), RedActed: n(), ActionDays: n(), RedStake: money.Cents(n()), Clients: n(), MCN: money.Cents(n() - 25),
		MCNSquares: rng.Float64() * 100, Losses: money.Cents(n()), Known: n(), Sales: money.Cents(n()), Potential: money.Cents(n()), Filled: n(), Wanted: n(),
		Devices: n(), Late: n(), Silence: n(), Controls: n(), ControlsDue: n(), Prospects: n(), ProspectsDue: n()}
	for k := range r.Planned {
		r.Planned[k], r.Done[k], r.Phases[k] = n(), n(), n()
		for j := range r.PR[k] {
			r.PR[k][j] = n()
		}
	}
	return r
}

// A team of teams is the team of all; the order of the reps does not matter.
func TestTeamsCompose(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		reps := make([]cockpit.Rep, 1+rng.IntN(8))
		for i := range reps {
			reps[i] = random(rng)
		}
		k := rng.IntN(len(reps) + 1)
		all := cockpit.Sum("t", reps...)
		two := cockpit.Sum("t", cockpit.Sum("x", reps[:k]...), cockpit.Sum("y", reps[k:]...))
		near(t, "squares", two.MCNSquares, all.MCNSquares, 1e-9)
		two.MCNSquares = all.MCNSquares
		if two != all {
			t.Fatalf("%+v\n%+v", two, all)
		}
		rng.Shuffle(len(reps), func(i, j int) { reps[i], reps[j] = reps[j], reps[i] })
		if cockpit.Sum("t", reps...) != all {
			t.Fatal("another order, another team")
		}
		alone := cockpit.Of("t", []cockpit.Rep{all}, cockpit.Worth{Visit: 1}, cockpit.Defaults())
		for i, x := range alone.Reps[0] {
			if x.Different != 0 {
				t.Fatalf("tile %d: a rep alone is different from himself: %+v", i, x)
			}
		}
	}
}

func FuzzCockpit(f *testing.F) {
	f.Add(int64(5), int64(9), int64(-3), int64(100), 3.5, uint8(20), 2.0)
	f.Add(int64(-1)<<63, int64(1)<<62, int64(1)<<62, int64(-1), math.NaN(), uint8(0), 4.0)
	f.Add(int64(1)<<62, int64(0), int64(math.MaxInt64), int64(1)<<62, math.Inf(1), uint8(255), 1.0)
	f.Fuzz(func(t *testing.T, a, b, c, d int64, x float64, k uint8, sigma float64) {
		p := cockpit.Defaults()
		if s, err := params.Default().Number(params.Org, params.FunnelSigma, sigma); err == nil {
			p = cockpit.From(s)
		}
		i, j := int(a), int(b)
		r := cockpit.Rep{Accounts: i, VisitsDone: j, Capacity: int(c), Planned: [4]int{i, j, int(k), 0}, Done: [4]int{int(d), i, 1, j}, ClientsC: i, ClientsM: int(k), UnitsC: a, UnitsM: c,
			Phases: [4]int{i, j, int(k), 3}, PR: [4][5]int{{i, j}, {0, int(k)}}, Portfolios: int(k), Fragile: i, Red: j, RedActed: int(k), ActionDays: i, RedStake: money.Cents(a),
			Clients: int(k), MCN: money.Cents(d), MCNSquares: x, Losses: money.Cents(c), Known: j, Sales: money.Cents(a), Potential: money.Cents(b), Filled: i, Wanted: j, Devices: int(k), Silence: i,
			Controls: i, ControlsDue: j, Prospects: j, ProspectsDue: int(d)}
		o := r
		o.Accounts, o.Known, o.Potential, o.MCNSquares, o.UnitsC = int(k), int(k), 50, 9, 5
		got := cockpit.Of("", []cockpit.Rep{r, o}, cockpit.Worth{money.Cents(a), money.Cents(b), money.Cents(c), x}, p)
		for _, tiles := range append(got.Reps, got.Tiles) {
			for _, t0 := range tiles {
				if t0.Status == 0 || t0.Do.Code == "" {
					t.Fatalf("%s: no status or no instruction", t0.Tile)
				}
				all := []float64{t0.Value, t0.Second, t0.Low, t0.High}
				for _, s := range t0.Steps {
					all = append(all, s.Value)
				}
				for _, v := range all {
					if math.IsNaN(v) || math.IsInf(v, 0) {
						t.Fatalf("%s: %v left the engine (%+v)", t0.Tile, v, t0)
					}
				}
			}
		}
		for _, g := range got.Coach {
			if len(g) > 3 {
				t.Fatal("more than three gaps")
			}
			for i, x := range g {
				if x.Value <= 0 || i > 0 && x.Value > g[i-1].Value || math.IsNaN(x.Size) || math.IsInf(x.Size, 0) {
					t.Fatalf("gaps %+v", g)
				}
			}
		}
	})
}

func TestModulesOfStrageor(t *testing.T) {
	seen := map[string]int{}
	for _, m := range cockpit.Modules {
		for _, v := range []cockpit.Version{cockpit.Individual, cockpit.Company} {
			if len(m.Of(v)) == 0 {
				t.Errorf("%s: empty", m.Code)
			}
		}
		for _, a := range m.Individual {
			seen[a]++
			if !slices.Contains(m.Chapters, a[:1]) && !slices.Contains(m.Chapters, a) {
				t.Errorf("%s holds %s, outside its chapters", m.Code, a)
			}
		}
		if !slices.Contains(m.Company, "K") {
			t.Errorf("%s: the team version consolidates", m.Code)
		}
	}
	for a, n := range seen {
		if n > 1 {
			t.Errorf("%s is in %d modules", a, n)
		}
	}
}

func BenchmarkCockpit(b *testing.B) {
	rng := rand.New(rand.NewPCG(3, 4))
	reps := make([]cockpit.Rep, 50)
	for i := range reps {
		reps[i] = random(rng)
	}
	for b.Loop() {
		cockpit.Of("t", reps, cockpit.Worth{Visit: 50_00, Prospect: 90_00, MarginRate: .3}, cockpit.Defaults())
	}
}
