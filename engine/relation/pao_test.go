package relation_test

import (
	"math/rand/v2"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/params"
	"sillon/engine/relation"
)

// trials makes n trials of an action in a phase, up of them moved up.
func trials(action int32, phase int8, period int32, n, up int) []relation.Trial {
	t := make([]relation.Trial, n)
	for i := range t {
		t[i] = relation.Trial{Action: action, Phase: phase, Up: i < up, Period: period}
	}
	return t
}

func join(parts ...[]relation.Trial) []relation.Trial {
	var all []relation.Trial
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// Method J3, example: 9 of 15 (60 %, 36–80), 6 of 20 (30 %, 15–52): +30 points, overlapping, promising.
func TestAPromisingAction(t *testing.T) {
	l := relation.League(join(trials(0, 3, 1, 15, 9), trials(-1, 3, 1, 20, 6)), 1, relation.Defaults())
	if len(l) != 1 || l[0].Verdict != relation.Promising || l[0].With != 15 || l[0].Without != 20 {
		t.Fatalf("%+v", l)
	}
	near(t, "gain", l[0].Gain, .30, 1e-12)
	near(t, "low", l[0].Low, .36, .005)
	near(t, "high", l[0].High, .80, .005)
	near(t, "low without", l[0].OtherLow, .15, .005)
	near(t, "high without", l[0].OtherHigh, .52, .005)
}

func TestVerdicts(t *testing.T) {
	for _, c := range []struct {
		name string
		in   []relation.Trial
		want relation.Verdict
	}{
		{"four cases say nothing", join(trials(0, 0, 1, 4, 4), trials(-1, 0, 1, 20, 0)), relation.TooFew},
		{"nor without a comparison", trials(0, 0, 1, 20, 20), relation.TooFew},
		// 19/20: 76–99; 2/20: 3–30, apart.
		{"intervals apart: effective", join(trials(0, 0, 1, 20, 19), trials(-1, 0, 1, 20, 2)), relation.Effective},
		{"the same share", join(trials(0, 0, 1, 10, 5), trials(-1, 0, 1, 20, 10)), relation.NoEffect},
		{"below zero once", join(trials(0, 0, 1, 10, 3), trials(-1, 0, 1, 10, 5)), relation.Below},
		{"below zero in two quarters running", join(trials(0, 0, 1, 10, 3), trials(-1, 0, 1, 10, 5), trials(0, 0, 2, 10, 4), trials(-1, 0, 2, 10, 5)), relation.Corrective},
		{"a good quarter ends the run", join(trials(0, 0, 1, 10, 1), trials(-1, 0, 1, 10, 5), trials(0, 0, 2, 10, 6), trials(-1, 0, 2, 10, 5)), relation.Below},
		// Quarter 2 has 3 cases: not read, quarters 1 and 3 run.
		{"a quarter of few cases is not read", join(trials(0, 0, 1, 5, 1), trials(-1, 0, 1, 9, 5), trials(0, 0, 2, 3, 3), trials(0, 0, 3, 5, 1), trials(-1, 0, 3, 9, 5)), relation.Corrective},
	} {
		if l := relation.League(c.in, 1, relation.Defaults()); l[0].Verdict != c.want {
			t.Errorf("%s: %d, want %d (%+v)", c.name, l[0].Verdict, c.want, l[0])
		}
	}
}

func TestLeagueRanksInsideAPhaseAndProposesInstead(t *testing.T) {
	p := relation.Defaults()
	in := join(trials(0, 2, 1, 10, 1), trials(1, 2, 1, 10, 6), trials(-1, 2, 1, 10, 5), trials(0, 2, 2, 10, 1), trials(-1, 2, 2, 10, 5), trials(2, 1, 1, 6, 6), trials(-1, 1, 1, 6, 0))
	l := relation.League(in, 3, p)
	if len(l) != 3 || l[0].Phase != 1 || l[1].Action != 1 || l[2].Action != 0 || l[2].Verdict != relation.Corrective {
		t.Fatalf("%+v", l)
	}
	m := relation.Standard()
	if a, _ := m.Instead(l[2], l, nil); a != 1 {
		t.Errorf("instead: action %d, want 1, the best of the phase", a)
	}
	if a, code := m.Instead(l[2], l[2:], []string{"pao.jointStudy"}); a != -1 || code != "pao.mesh" {
		t.Errorf("instead without a better action: %d %q, want pao.mesh of the library", a, code)
	}
}

// One project enters phase 1 on day 100, phase 2 on day 150; an action on day
// 140. Windows of 30 days of phase 1: 100-129 quiet (still 1 on day 130: not
// up); 130-159 holds the action. Phase 2 from 150: 150-179, quiet, not up.
func TestTrialsAreReadFromWhatHappened(t *testing.T) {
	tr := []relation.Track{{Changes: []relation.Change{{Day: 100, Phase: 1}, {Day: 150, Phase: 2}}}}
	got := relation.Observe(tr, []relation.Act{{Project: 0, Action: 7, Day: 140}}, 185, relation.Defaults())
	want := []relation.Trial{{Action: 7, Phase: 1, Up: true, Period: 7881}, {Action: -1, Phase: 1, Period: 7881}, {Action: -1, Phase: 2, Period: 7881}}
	for i := range got { // day 100 of 1970 is 11 April, day 140 21 May, day 150 31 May: 1970 × 4 + 1
		if i >= len(want) || got[i] != want[i] {
			t.Errorf("trial %d = %+v", i, got[i])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d trials, want %d", len(got), len(want))
	}
	// Thirty days have not passed, or the action is in the future, or on an unknown project: not yet a case.
	for _, a := range []relation.Act{{Project: 0, Action: 1, Day: 160}, {Project: 0, Action: 1, Day: 300}, {Project: 9, Action: 1, Day: 140}, {Project: 0, Action: -1, Day: 140}, {Project: 0, Action: 1, Day: 50}} {
		for _, x := range relation.Observe(tr, []relation.Act{a}, 185, relation.Defaults()) {
			if x.Action >= 0 {
				t.Errorf("act %+v gave %+v", a, x)
			}
		}
	}
}

// Gain in p × amount ÷ hours: (0.45−0.25)·20 000/8 = 500 €/h; (0.70−0.45)·8 000/2 = 1 000; (0.90−0.70)·3 000 with no hour = 600.
func TestLeastEffortForMostEffect(t *testing.T) {
	l := relation.Levers([]relation.Blocker{{20_000_00, 2, 3, 8}, {8_000_00, 3, 4, 2}, {3_000_00, 4, 5, 0}}, 7, relation.Defaults())
	for i, want := range []relation.Lever{{1, 2_000_00, 1_000_00}, {2, 600_00, 600_00}, {0, 4_000_00, 500_00}} {
		if l[i] != want {
			t.Errorf("lever %d = %+v, want %+v", i, l[i], want)
		}
	}
}

// Normal quantiles from printed tables (Abramowitz & Stegun, table 26.6; scipy.stats.norm.ppf for 99.9 %).
func TestLevelOfTheInterval(t *testing.T) {
	for level, z := range map[float64]float64{50: .6744897502, 80: 1.2815515655, 90: 1.6448536270, 95: 1.9599639845, 99: 2.5758293035, 99.9: 3.2905267315} {
		s, err := params.Default().Number(params.Org, params.PAOLevel, level)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "z", relation.From(s).Z, z, 1e-9)
	}
}

func TestWilsonHolds(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		n := 1 + rng.IntN(5000)
		k := rng.IntN(n + 1)
		low, high := relation.Wilson(k, n, 1.96)
		l2, h2 := relation.Wilson(n-k, n, 1.96)
		x := float64(k) / float64(n)
		if low < 0 || high > 1 || low > x || high < x {
			t.Fatalf("%d of %d: [%v, %v] does not hold %v", k, n, low, high, x)
		}
		near(t, "mirror", low, 1-h2, 1e-12)
		near(t, "mirror", high, 1-l2, 1e-12)
	}
	if l, h := relation.Wilson(0, 0, 1.96); l != 0 || h != 1 {
		t.Errorf("nothing seen: [%v, %v], want everything", l, h)
	}
}

func TestLeagueDoesNotDependOnTheOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 50 {
		var in []relation.Trial
		for range rng.IntN(300) {
			in = append(in, relation.Trial{Action: int32(rng.IntN(5) - 1), Phase: int8(rng.IntN(8)), Up: rng.IntN(2) == 0, Period: int32(rng.IntN(12))})
		}
		a := relation.League(in, 4, relation.Defaults())
		rng.Shuffle(len(in), func(i, j int) { in[i], in[j] = in[j], in[i] })
		b := relation.League(in, 4, relation.Defaults())
		if len(a) != len(b) {
			t.Fatal("length")
		}
		for i := range a {
			if a[i].Gain != b[i].Gain || a[i].Action != b[i].Action || a[i].Below != b[i].Below || a[i].Verdict != b[i].Verdict {
				t.Fatalf("%+v\n%+v", a[i], b[i])
			}
		}
	}
}

func FuzzPAO(f *testing.F) {
	f.Add(int32(100), int32(140), int32(185), int16(30), int8(2), int32(0), uint8(20), uint8(5))
	f.Add(int32(-1<<31), int32(1<<31-1), int32(1<<31-1), int16(-5), int8(-1), int32(1<<31-1), uint8(0), uint8(0))
	f.Add(int32(1<<31-1), int32(-1<<31), int32(-1<<31), int16(1), int8(127), int32(-9), uint8(255), uint8(255))
	f.Fuzz(func(t *testing.T, a, b, asOf int32, span int16, phase int8, who int32, n, up uint8) {
		p := relation.Defaults()
		p.PAODays = int(span)
		p.PAOMinCases = int(phase)
		tr := []relation.Track{{Changes: []relation.Change{{Day: calendar.Day(a), Phase: int(phase)}, {Day: calendar.Day(b), Phase: int(phase) + 1}}}, {End: calendar.Day(b)}}
		obs := relation.Observe(tr, []relation.Act{{Project: who, Action: who, Day: calendar.Day(b)}, {Project: 0, Action: 1, Day: calendar.Day(a)}}, calendar.Day(asOf), p)
		obs = append(obs, trials(who, phase, a, int(n), int(up))...)
		for _, e := range relation.League(obs, 3, p) {
			finite(t, e.Share, e.Low, e.High, e.Other, e.OtherLow, e.OtherHigh, e.Gain)
			steps(t, e.Mark)
			relation.Standard().Instead(e, nil, nil)
		}
	})
}

func steps(t *testing.T, m explain.Mark) {
	t.Helper()
	if m.Status == 0 {
		t.Fatal("a result without a status")
	}
	for _, s := range m.Steps {
		finite(t, s.Value)
	}
}
