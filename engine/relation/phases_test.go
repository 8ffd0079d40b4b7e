package relation_test

import (
	"errors"
	"math"
	"testing"

	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/relation"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if math.Abs(got-want) > tol || math.IsNaN(got) {
		t.Errorf("%s = %v, want %v ± %v", what, got, want, tol)
	}
}

// Method J2, example: 20 000 × 25 % + 15 000 × 45 % + 8 000 × 70 % = 17 350 of 43 000.
func TestPipelineWeighsEachPhase(t *testing.T) {
	deals := []relation.Deal{
		{Amount: 20_000_00, Phase: 2, Chance: -1, Days: 10},
		{Amount: 15_000_00, Phase: 3, Chance: -1, Days: 28},
		{Amount: 8_000_00, Phase: 4, Chance: -1, Days: 27},
	}
	// Stale is over 1.5 × 18 = 27 days, not at 27.
	p := relation.Weigh(deals, []float64{0, 0, 0, 18, 18}, 7, relation.Defaults())
	if p.Total != 43_000_00 || p.TotalWorth != 17_350_00 {
		t.Errorf("weighted %d of %d, want 1735000 of 4300000", p.TotalWorth, p.Total)
	}
	if p.Weighted[2] != 5_000_00 || p.Weighted[3] != 6_750_00 || p.Weighted[4] != 5_600_00 {
		t.Errorf("by phase %v, want 500000 675000 560000", p.Weighted)
	}
	if p.Stale[0] || !p.Stale[1] || p.Stale[2] || p.StaleN[3] != 1 || p.Unread != 1 {
		t.Errorf("stale %v, unread %d; want the second only, one without a median", p.Stale, p.Unread)
	}
	deals[0].Chance = .6 // decided by a person: 20 000 × 60 %
	if p := relation.Weigh(deals, nil, 7, relation.Defaults()); p.TotalWorth != 24_350_00 || p.Status != explain.Weak {
		t.Errorf("with a decided chance %d %v, want 2435000, weak without any median", p.TotalWorth, p.Status)
	}
	if p := relation.Weigh(nil, nil, 7, relation.Defaults()); p.Status != explain.NA || p.Reason != explain.NoData {
		t.Errorf("no project: %v %v", p.Status, p.Reason)
	}
}

// Other models read the curve of the seven at their own steps: four phases are
// at 0, 2, 4 and 6 (5, 25, 70, 100 %); five at 0, 1.5, 3, 4.5, 6: the second is
// half way from 10 to 25 %, 17.5 %.
func TestOtherModelsReadTheSameCurve(t *testing.T) {
	one := func(phase, n int) money.Cents {
		return relation.Weigh([]relation.Deal{{Amount: 1000_00, Phase: phase, Chance: -1}}, nil, n, relation.Defaults()).TotalWorth
	}
	for _, c := range []struct {
		phase, n int
		want     money.Cents
	}{{0, 4, 50_00}, {1, 4, 250_00}, {2, 4, 700_00}, {3, 4, 1000_00}, {1, 5, 175_00}, {4, 5, 1000_00}, {6, 7, 1000_00}, {0, 7, 50_00}, {7, 8, 1000_00}} {
		if got := one(c.phase, c.n); got != c.want {
			t.Errorf("phase %d of %d: %d, want %d", c.phase, c.n, got, c.want)
		}
	}
}

func TestMedianOfTheProjectsWon(t *testing.T) {
	for want, days := range map[float64][]int{0: nil, 18: {30, 18, 5}, 17.5: {20, 3, 15, 40}} {
		if got := relation.Median(days); got != want {
			t.Errorf("median of %v = %v, want %v", days, got, want)
		}
	}
}

func TestAProjectIsWhereItsSignalsAre(t *testing.T) {
	m, p := relation.Standard(), relation.Defaults()
	for _, c := range []struct {
		name          string
		before        int
		signs, exits  []string
		want          int
		cause         relation.Cause
		contradictory bool
		missing       int
		next          string
	}{
		{"no signal: it stays", 3, nil, nil, 3, 0, false, -1, "exit.shortList"},
		// s₁ = 1/2 enters; phase 0 is proven by its exit test.
		{"half the signals enter a phase", 0, []string{"sign.complains"}, []string{"exit.problem"}, 1, 0, false, -1, "exit.diagnosis"},
		// s₂ = 1/3 < 0.5 does not enter.
		{"a third does not", 1, []string{"sign.complains", "sign.names"}, []string{"exit.problem"}, 1, 0, false, -1, "exit.diagnosis"},
		// s₂ = 2/3, phase 1 has s = 1/2 ≥ 0.25 without its test, phase 0 s = 1/3 ≥ 0.25.
		{"a quarter of the signals proves a lower phase", 0, []string{"sign.satisfied", "sign.complains", "sign.names", "sign.figures"}, nil, 2, 0, false, -1, "exit.writtenNeed"},
		// s₃ = 2/3 but nothing proves phase 1: the project goes no further than 0.
		{"contradictory: a phase below was never proven", 0, []string{"sign.asksPrice", "sign.compares"}, []string{"exit.problem"}, 0, 0, true, 1, "exit.diagnosis"},
		{"contradictory, and the file was ahead", 4, []string{"sign.complains", "sign.asksPrice", "sign.compares"}, []string{"exit.problem"}, 1, relation.LowerMissing, true, 2, "exit.writtenNeed"},
		// s₀ = 2/3 denies the need, its test is not passed.
		{"contradictory: the need is denied", 2, []string{"sign.satisfied", "sign.noBudget", "sign.complains", "sign.asksOthers"}, nil, 0, relation.NeedDenied, true, -1, "exit.problem"},
		{"once he has voiced a problem, old denials are history", 0, []string{"sign.satisfied", "sign.noBudget", "sign.complains"}, []string{"exit.problem"}, 1, 0, false, -1, "exit.diagnosis"},
		{"signals of an earlier phase only: back, with the cause", 3, []string{"sign.complains", "sign.asksOthers"}, []string{"exit.problem"}, 1, relation.SignsGone, false, -1, "exit.diagnosis"},
		{"an unknown code of another version is left out", 0, []string{"sign.complains", "sign.ghost"}, []string{"exit.problem", "exit.ghost"}, 1, 0, false, -1, "exit.diagnosis"},
		{"signed, every test passed: the end, nothing left to ask", 5, []string{"sign.order"}, []string{"exit.problem", "exit.diagnosis", "exit.writtenNeed", "exit.shortList", "exit.objections", "exit.verbal"}, 6, 0, false, -1, ""},
	} {
		ticks, passed := m.Tick(c.signs, c.exits)
		r := m.Read(c.before, ticks, passed, p)
		if r.Phase != c.want || r.Cause != c.cause || r.Contradictory != c.contradictory || r.Missing != c.missing || r.Next != c.next || r.Moved != c.want-c.before {
			t.Errorf("%s: phase %d moved %d cause %d contradictory %v missing %d next %q; want phase %d cause %d %v %d %q",
				c.name, r.Phase, r.Moved, r.Cause, r.Contradictory, r.Missing, r.Next, c.want, c.cause, c.contradictory, c.missing, c.next)
		}
	}
}

// Weights: 3 of 4 is 0.75; the exact threshold 2 of 4 = 0.5 enters, 1 of 4 = 0.25 proves.
func TestWeightsAndThresholdsAreExact(t *testing.T) {
	signs := []relation.Sign{{Code: "a", Weight: 1}, {Code: "b", Weight: 2}, {Code: "c", Weight: 1}}
	m := relation.Model{{Code: "0", Signs: signs, Exit: "x"}, {Code: "1", Signs: signs, Exit: "y"}, {Code: "2", Signs: signs, Exit: "z"}, {Code: "3", Signs: signs}}
	p := relation.Defaults()
	r := m.Read(0, relation.Ticks{1, 2, 0, 0}, 0, p) // phase 0: 1/4 proves; phase 1: 2/4 enters
	if r.Phase != 1 || r.Score[0] != .25 || r.Score[1] != .5 {
		t.Errorf("phase %d, scores %v; want 1 with .25 and .5", r.Phase, r.Score)
	}
	p.Lower = .26
	if r := m.Read(0, relation.Ticks{1, 2, 0, 0}, 0, p); r.Phase != 0 || !r.Contradictory {
		t.Errorf("over the quarter: phase %d, contradictory %v; want 0, true", r.Phase, r.Contradictory)
	}
}

func TestAModelHasFourToEightPhases(t *testing.T) {
	m := relation.Standard()
	eight := append(append(relation.Model{}, m...), relation.Phase{Code: "x", Signs: []relation.Sign{{Code: "a", Weight: 1}}})
	for name, c := range map[string]struct {
		m    relation.Model
		good bool
	}{
		"standard": {m, true}, "four": {m[:4], true}, "eight": {eight, true},
		"three": {m[:3], false}, "nine": {append(eight, m[0]), false}, "none": {nil, false},
		"a phase without signals": {relation.Model{m[0], m[1], m[2], {Code: "x"}}, false},
		"a weight of nothing":     {relation.Model{m[0], m[1], m[2], {Code: "x", Signs: []relation.Sign{{Code: "a"}}}}, false},
	} {
		if err := c.m.Check(); (err == nil) != c.good || err != nil && !errors.Is(err, relation.ErrModel) {
			t.Errorf("%s: %v", name, err)
		}
		if r := c.m.Read(2, relation.Ticks{}, 0, relation.Defaults()); !c.good && r.Has() {
			t.Errorf("%s: a reading came out of a bad model", name)
		}
	}
}

// Method J1, example funnel: 48/120 = 40 %, 24/48 = 50 %, 9/24 = 37.5 %, 4/9 = 44 %.
func TestFunnelOfTheSixStages(t *testing.T) {
	f := relation.Funnel([]int{120, 48, 24, 9, 4}, relation.Defaults())
	for i, want := range []float64{.40, .50, .375, .4444} {
		near(t, "rate", f.Step[i].Share, want, 5e-5)
	}
	near(t, "overall", f.Overall.Share, 4.0/120, 1e-12)
	if f.Weakest != 2 {
		t.Errorf("weakest step %d, want 2 (37.5 %%)", f.Weakest)
	}
	// Wilson for 48 of 120 at 95 %, by Wolfram Alpha's formula by hand: (0.4 + 1.92073/120 ± 1.95996·√(0.002 + 0.0000666924))/1.032012 = 31.67 % to 48.94 %.
	near(t, "low", f.Step[0].Low, .3167, 1e-4)
	near(t, "high", f.Step[0].High, .4894, 1e-4)
	empty := relation.Funnel([]int{0, 0, 3}, relation.Defaults())
	if empty.Step[0].Reason != explain.NoData || empty.Weakest != -1 || relation.Funnel(nil, relation.Defaults()).Weakest != -1 {
		t.Error("a stage that nobody entered has no rate")
	}
	if r := relation.RateOf(5, 3, relation.Defaults()); r.Status != explain.Weak {
		t.Errorf("more meetings than contacts: %v, want weak", r.Status)
	}
}

func TestStageIndicatorsComeFromSums(t *testing.T) {
	k := relation.KPIs(relation.Facts{
		Suspects: 120, Qualified: 48, DataAgeDays: 900, DataFiles: 10, Contacts: 60, Meetings: 24, Prospects: 24, Projects: 9,
		PhaseDays: 90, PhaseStays: 5, Closed: 9, Won: 4, OursKept: 2_500_00, TheirsKept: 1_000_00, Restarts: 1, Restartable: 4,
		StartPrice: 10_000_00, AgreedPrice: 9_200_00, Concessions: 4, Paired: 3, Relations: 8, Mutual: 6, RenewalsDue: 10,
	}, relation.Defaults())
	// 48/120, 900/10 days, 24/60, 9/24, 90/5 days, 4/9, 1000/2500, 1/4, 9200/10000, 3/4, 6/8, 0/10.
	for i, want := range []float64{.4, 90, .4, .375, 18, 4.0 / 9, .4, .25, .92, .75, .75, 0} {
		near(t, k[i].Code, k[i].Value, want, 1e-12)
		if !k[i].Has() {
			t.Errorf("%s has no value", k[i].Code)
		}
	}
	for _, x := range relation.KPIs(relation.Facts{}, relation.Defaults()) {
		if x.Has() || x.Reason != explain.NoData {
			t.Errorf("%s of nothing: %v %v", x.Code, x.Status, x.Reason)
		}
	}
}

func TestCompetencesDifferByStage(t *testing.T) {
	s := relation.Compare(relation.Grid{4, 3, 2, 0, 3, 1}, relation.Grid{2, 3, 2, 0, 0, 9})
	// The manager's 2 in stages 0 and 2: the first is overrated by 2. Stage 5: 1 against 4 (clipped).
	if s.Work != relation.Qualification || s.Gap != [6]int8{2, 0, 0, 0, 0, -3} || s.Known != 5 || s.Shared != 4 {
		t.Errorf("%+v", s)
	}
	ended, agreed := relation.SmallSteps(20, 15, 12, relation.Defaults())
	near(t, "contacts that end with a next step", ended.Share, .75, 0)
	near(t, "steps agreed on both sides", agreed.Share, .8, 0)
}

// By hand: cost 600 + 40 h × 45 = 2 400; gain 100 h × 45 + 1 500 = 6 000; ROI 150 %, repaid in 4.8 months.
func TestTheToolItselfIsJudged(t *testing.T) {
	r := relation.Tooling{Licence: 600_00, Hours: 40, HoursSaved: 100, HourCost: 45_00, ExtraMargin: 1_500_00}.ROI()
	if r.Cost != 2_400_00 || r.Gain != 6_000_00 {
		t.Errorf("cost %d gain %d, want 240000 600000", r.Cost, r.Gain)
	}
	near(t, "ROI", r.ROI, 1.5, 1e-12)
	near(t, "months", r.Months, 4.8, 1e-12)
	if r := (relation.Tooling{ExtraMargin: 5}).ROI(); r.Reason != explain.NoCost {
		t.Errorf("free tool: %v, want NO_COST", r.Reason)
	}
	if r := (relation.Tooling{Licence: 5, HoursSaved: math.NaN(), Hours: math.Inf(1), HourCost: 9}).ROI(); r.Cost != 5 || r.Gain != 0 {
		t.Errorf("damaged hours count as none: %+v", r)
	}
}
