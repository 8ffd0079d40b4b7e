package exercise_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"sillon/engine/cbor"
	"sillon/engine/demo"
	"sillon/engine/exercise"
	"sillon/engine/explain"
	"sillon/engine/params"
	"sillon/engine/weight"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > tol {
		t.Errorf("%s = %v, want %v ± %v", what, got, want, tol)
	}
}

func number(x float64) exercise.Value { return exercise.Value{Given: true, Number: x} }

func items(x ...int32) exercise.Value { return exercise.Value{Given: true, Items: x} }

func numbers(x ...float64) exercise.Value { return exercise.Value{Given: true, Numbers: x} }

func mark(t exercise.Task, k exercise.Key, a exercise.Value) exercise.Score {
	return t.Mark(k, a, exercise.Defaults())
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		name   string
		task   exercise.Task
		key, a float64
		want   float64
		tags   exercise.Tags
	}{
		{"one per cent off is right", exercise.Task{}, 100, 101, 1, 0},
		{"one per cent off a share is right too", exercise.Task{Display: .01}, .2, .202, 1, 0},
		{"over one per cent is half", exercise.Task{}, 100, 101.01, .5, 0},
		{"three per cent is half", exercise.Task{}, 100, 97, .5, 0},
		{"over three is nothing", exercise.Task{}, 100, 96.9, 0, 0},
		{"at zero, half a cent alone", exercise.Task{}, 0, .005, 1, 0},
		{"at zero, three half cents", exercise.Task{}, 0, .015, .5, 0},
		{"at zero, more", exercise.Task{}, 0, .016, 0, 0},
		// The display unit of cents shown in euros is 100: 0.5 cent of tolerance.
		{"in cents, half a cent", exercise.Task{Display: 100}, 0, .5, 1, 0},
		{"the task's own tolerance", exercise.Task{Tolerance: exercise.Tolerance{Rel: .1}}, 100, 110, 1, 0},
		{"the task's own absolute tolerance", exercise.Task{Tolerance: exercise.Tolerance{Abs: 5}}, 100, 105, 1, 0},
		{"a sign error is named, and worth nothing", exercise.Task{}, -2000, 2000, 0, exercise.SignError},
		{"a percentage given as a share", exercise.Task{}, 40, .4, 0, exercise.UnitError},
		{"thousands", exercise.Task{}, 7_580, 7.58, 0, exercise.UnitError},
		{"months for years", exercise.Task{}, 2, 24, 0, exercise.UnitError},
		{"both", exercise.Task{}, -.4, 40, 0, exercise.UnitError | exercise.SignError},
		{"zero is no unit error", exercise.Task{}, 40, 0, 0, 0},
	} {
		c.task.Kind = exercise.Number
		if s := mark(c.task, exercise.Key{Value: number(c.key)}, number(c.a)); s.Value != c.want || s.Tags != c.tags {
			t.Errorf("%s: %v %b, want %v %b", c.name, s.Value, s.Tags, c.want, c.tags)
		}
	}
	if s := mark(exercise.Task{Kind: exercise.Number}, exercise.Key{}, exercise.Value{}); s.Value != 0 || s.Tags != exercise.NoAnswer || !s.Has() {
		t.Errorf("no answer: %+v; want 0, and said", s)
	}
}

// Method §3.4, example: key C07, C11, C12, C09, answer C07, C12, C11, C09 → τ 0.667 → 0.833.
func TestRankings(t *testing.T) {
	task, key := exercise.Task{Kind: exercise.Ranking}, exercise.Key{Value: items(0, 1, 2, 3)}
	near(t, "one pair swapped", mark(task, key, items(0, 2, 1, 3)).Value, .833, 5e-4)
	near(t, "right", mark(task, key, items(0, 1, 2, 3)).Value, 1, 0)
	near(t, "reversed", mark(task, key, items(3, 2, 1, 0)).Value, 0, 0)
	near(t, "nothing placed", mark(task, key, items()).Value, 0, 0)
	// One of four placed, first: 3 pairs of 6 agree, 3 are tied: τ-b = 3 ÷ √(6·3) = 0.7071 → 0.8536 × 1/4.
	near(t, "one placed", mark(task, key, items(0)).Value, .2134, 5e-5)
	near(t, "twice the same", mark(task, key, items(0, 0, 1, 2, 3, 9, -1)).Value, 1, 0)
	// Items 1 and 2 are equal in the key: τ-b of (3,2,2,1) with (4,3,2,1) = 5 ÷ √(5·6) = 0.9129.
	near(t, "a tie in the key", mark(task, exercise.Key{Rank: []float64{3, 2, 2, 1}}, items(0, 1, 2, 3)).Value, .9564, 5e-5)
	near(t, "one item", mark(task, exercise.Key{Value: items(0)}, items(0)).Value, 1, 0)
	near(t, "all tied in the key", mark(task, exercise.Key{Rank: []float64{1, 1, 1}}, items(0, 1, 2)).Value, 0, 0)
	if s := mark(task, exercise.Key{}, items(0)); s.Has() {
		t.Errorf("no key: %+v", s)
	}
}

// Method §3.4, example: key {C04, C08, C02}, answer {C04, C08, C09, C07} → P .5, R .667 → 0.571.
func TestSets(t *testing.T) {
	near(t, "F1", exercise.F1([]int32{4, 8, 2}, []int32{4, 8, 9, 7}).Value, .571, 5e-4)
	near(t, "doubles count once", exercise.F1([]int32{4, 8, 2, 2}, []int32{4, 4, 8, 9, 7}).Value, .571, 5e-4)
	near(t, "no hit", exercise.F1([]int32{1}, []int32{2}).Value, 0, 0)
	near(t, "nothing to find, nothing found", exercise.F1(nil, nil).Value, 1, 0)
	near(t, "through the task", mark(exercise.Task{Kind: exercise.MultiSet}, exercise.Key{Value: items(1, 2)}, items(2, 1)).Value, 1, 0)
}

func TestClassifications(t *testing.T) {
	ordered := exercise.Task{Kind: exercise.Classification, Ordered: true, Classes: []string{"1", "2", "3", "4"}}
	key := exercise.Key{Value: items(0, 1, 2, 3)}
	// Distances 0, 1, 2, 0: 1 − 3 ÷ (4·3) = 0.75.
	near(t, "ordered", mark(ordered, key, items(0, 2, 0, 3)).Value, .75, 1e-12)
	// Distances 3 (none), 3 (unknown), 3 (missing) and 0: 1 − 9 ÷ 12.
	near(t, "unclassed is as far as can be", mark(ordered, key, items(0, -1, 7)).Value, .25, 1e-12)
	nominal := exercise.Task{Kind: exercise.Classification, Classes: []string{"D", "C", "M", "V"}}
	near(t, "nominal", mark(nominal, key, items(0, 2, 2, 3)).Value, .75, 1e-12)
	near(t, "choice", mark(exercise.Task{Kind: exercise.Choice}, exercise.Key{Value: items(2)}, items(2)).Value, 1, 0)
	near(t, "another", mark(exercise.Task{Kind: exercise.Choice}, exercise.Key{Value: items(2)}, items(1, 2)).Value, 0, 0)
	if s := exercise.Ordered(nil, nil, 4); s.Has() {
		t.Errorf("nothing to class: %+v", s)
	}
}

// Appendix A: a trainee who gives every client of the golden dataset its R level but C03 (2 for 3): 1 − 1 ÷ (12·3).
func TestGoldenClassification(t *testing.T) {
	q := weight.Quarters(weight.Input{Values: demo.Golden().Sales()}, weight.Defaults())
	key := make([]int32, len(q.Level))
	for i, l := range q.Level {
		key[i] = int32(l) - 1
	}
	a := slices.Clone(key)
	a[2]--
	near(t, "R levels", exercise.Ordered(key, a, 4).Value, 1-1.0/36, 1e-12)
}

// Method §3.4, example: L1 gap 36 on V = 120 → closeness 0.85. Here the sum and the bounds hold: 0.4 + 0.6·0.85 = 0.91.
func TestAllocations(t *testing.T) {
	task := exercise.Task{Kind: exercise.Allocation, Items: make([]string, 4), Sum: 120}
	key := exercise.Key{Value: numbers(30, 30, 30, 30)}
	near(t, "L1 36", mark(task, key, numbers(48, 12, 30, 30)).Value, .91, 1e-12)
	near(t, "right", mark(task, key, numbers(30, 30, 30, 30)).Value, 1, 0)
	// Sum 138: half of the feasibility; gap 18: 0.4·0.5 + 0.6·(1 − 18/240) = 0.755.
	if s := mark(task, key, numbers(48, 30, 30, 30)); math.Abs(s.Value-.755) > 1e-12 || s.Tags != exercise.Infeasible {
		t.Errorf("over the sum: %+v", s)
	}
	// One line of four over its bound: 0.4·(0.5 + 0.375) + 0.6·0.85 = 0.86.
	task.High = []float64{40, 40, 40, 40}
	if s := mark(task, key, numbers(48, 12, 30, 30)); math.Abs(s.Value-.86) > 1e-12 || s.Tags != exercise.Infeasible {
		t.Errorf("over a bound: %+v", s)
	}
	task.High = nil
	// Graded by value under B3: 0.4 + 0.6·(6 441 ÷ 6 514) for an even split (H6, example c).
	key.Achieved, key.Optimal = 6441, 6514
	near(t, "by value", mark(task, key, numbers(48, 12, 30, 30)).Value, .4+.6*6441/6514, 1e-12)
	if s := mark(task, key, numbers(math.NaN(), 1, 1, 1)); s.Value != 0 || s.Tags != exercise.Infeasible {
		t.Errorf("not a number: %+v", s)
	}
	if s := mark(task, exercise.Key{}, numbers(1, 2)); s.Has() {
		t.Errorf("no key: %+v", s)
	}
	// A key of two lines of 60, four lines given: |48−60| + |12−60| + 30 + 30 = 120: 0.4 + 0.6·0.5.
	near(t, "lines beyond the key", mark(task, exercise.Key{Value: numbers(60, 60)}, numbers(48, 12, 30, 30)).Value, .7, 1e-12)
	near(t, "nothing to share, nothing shared", mark(exercise.Task{Kind: exercise.Allocation, Items: make([]string, 2)}, exercise.Key{Value: numbers(0, 0)}, numbers(0, 0)).Value, 1, 0)
}

// Method I4, example: letter 171, call 509, visit 901, visit + offer 1 023, director 1 131; the small client: 7, 17, −98.
func TestDecisions(t *testing.T) {
	task := exercise.Task{Kind: exercise.Decision}
	key := exercise.Key{Payoff: []float64{171, 509, 901, 1023, 1131, 0}, Nothing: 5}
	near(t, "the best", mark(task, key, items(4)).Value, 1, 0)
	near(t, "a choice that can be defended", mark(task, key, items(3)).Value, 1023.0/1131, 1e-12)
	near(t, "nothing, while something pays", mark(task, key, items(5)).Value, 0, 0)
	small := exercise.Key{Payoff: []float64{7, 17, -98}, Nothing: -1}
	near(t, "a loss", mark(task, small, items(2)).Value, 0, 0)
	near(t, "a letter", mark(task, small, items(0)).Value, 7.0/17, 1e-12)
	// A relational incident: the rep's visits are excluded, the director is left.
	key.Mandatory = []int32{4}
	if s := mark(task, key, items(3)); s.Value != 0 || s.Tags != exercise.RuleBroken {
		t.Errorf("the rep goes in spite of the incident: %+v", s)
	}
	key.Mandatory = []int32{3, 0}
	near(t, "the best of those left", mark(task, key, items(3)).Value, 1, 0)
	lost := exercise.Key{Payoff: []float64{-5, -20, -40}, Nothing: 2}
	for choice, want := range map[int32]float64{0: 1, 1: 0, 2: 1} {
		near(t, "nothing pays", mark(task, lost, items(choice)).Value, want, 0)
	}
	if s := mark(task, exercise.Key{}, items(0)); s.Value != 0 || s.Tags != exercise.NoAnswer {
		t.Errorf("no payoff: %+v", s)
	}
	if s := mark(task, key, items(99)); s.Value != 0 || s.Tags != exercise.NoAnswer {
		t.Errorf("no such choice: %+v", s)
	}
}

func TestMatrices(t *testing.T) {
	task := exercise.Task{Kind: exercise.Matrix}
	key := exercise.Key{Value: numbers(100, 200, 300, 400)}
	a := exercise.Value{Given: true, Numbers: []float64{100, 204, 0, 400}, Blank: []bool{false, false, true}}
	// 1, ½ (2 % off), 0 (empty), 1 → 2.5 ÷ 4.
	if s := mark(task, key, a); s.Value != .625 || s.Tags != exercise.NoAnswer {
		t.Errorf("%+v, want .625", s)
	}
	task.Classes = []string{"D", "C", "M", "V", ""}
	near(t, "cells of classes", mark(task, exercise.Key{Value: items(0, 1, 2, 3)}, items(0, 1, 2, 0)).Value, .75, 0)
	task.Ordered, task.Classes = true, task.Classes[:4]
	near(t, "ordered ones", mark(task, exercise.Key{Value: items(0, 1, 2, 3)}, items(0, 1, 2, 0)).Value, .75, 0)
	if s := mark(exercise.Task{Kind: exercise.Matrix}, exercise.Key{}, a); s.Has() {
		t.Errorf("no key: %+v", s)
	}
}

// A2 and A3 of C07: 3 800 invested, margin 1 800, net −2 000. The trainee finds 3 400 invested: everything after follows.
func TestCalculationsForgiveWhatFollows(t *testing.T) {
	task := exercise.Task{Kind: exercise.Calculation}
	key := exercise.Key{Value: exercise.Value{Number: -2000, Numbers: []float64{3800, 1800}},
		Carried: exercise.Value{Given: true, Number: -1600, Numbers: []float64{3800, 1800}}}
	a := exercise.Value{Given: true, Number: -1600, Numbers: []float64{3400, 1800}}
	// Result 1 (carried), steps ½ → (1 + .5) ÷ 2.
	if s := mark(task, key, a); s.Value != .75 || s.Tags != exercise.Forward {
		t.Errorf("%+v, want .75, carried forward", s)
	}
	key.Carried = exercise.Value{}
	if s := mark(task, key, a); s.Value != .25 || s.Tags != 0 {
		t.Errorf("without carrying: %+v, want .25", s)
	}
	a = exercise.Value{Given: true, Number: 2000, Numbers: []float64{3800}}
	if s := mark(task, key, a); s.Value != .25 || s.Tags != exercise.SignError|exercise.NoAnswer {
		t.Errorf("%+v, want .25: the sign, and a step not shown", s)
	}
	near(t, "no steps asked", mark(task, exercise.Key{Value: number(5)}, number(5)).Value, 1, 0)
}

func TestFreeTextIsTheTrainersOwn(t *testing.T) {
	task := exercise.Task{Kind: exercise.FreeText, Rubric: []exercise.Criterion{
		{Text: "listens first", Points: 2, Keywords: []string{"Écout"}}, {Text: "remedy and date", Points: 1, Keywords: []string{"remède", "réparation"}}, {Text: "œuvre", Points: 1, Keywords: []string{"oeuvre", " "}}}}
	if s := mark(task, exercise.Key{}, exercise.Value{Given: true, Text: "écouter"}); s.Has() || s.Tags != exercise.ByTrainer {
		t.Errorf("%+v: the engine must not grade a text", s)
	}
	near(t, "2 and 1 of 4", task.Ticked([]bool{true, true}).Value, .75, 0)
	if got := task.Hints("J'ai ÉCOUTÉ, puis proposé une Réparation."); !slices.Equal(got, []bool{true, true, false}) {
		t.Errorf("hints %v", got)
	}
	if got := task.Hints("déréparation; chef-d’œuvre"); !slices.Equal(got, []bool{false, false, true}) {
		t.Errorf("hints %v: a keyword is looked for at the beginning of a word", got)
	}
	if (exercise.Task{}).Ticked(nil).Has() {
		t.Error("a rubric without points")
	}
}

func TestTheLatestAnswerCounts(t *testing.T) {
	in := []exercise.Answer{
		{Seat: "B", Task: "1", Seq: 1, Value: number(1), Submitted: 10},
		{Seat: "A", Task: "1", Seq: 9, Value: number(3)}, // a partial save after the submission
		{Seat: "A", Task: "1", Seq: 4, Value: number(2), Submitted: 40},
		{Seat: "A", Task: "1", Seq: 3, Value: number(1), Submitted: 30},
		{Seat: "A", Task: "2", Seq: 5, Value: number(5)},
	}
	got := exercise.Latest(append(in, in...)) // imported twice
	if len(got) != 3 || got[0].Seq != 4 || got[1].Task != "2" || got[2].Seat != "B" {
		t.Errorf("%+v", got)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	for range 50 {
		rng.Shuffle(len(in), func(i, j int) { in[i], in[j] = in[j], in[i] })
		if !reflect.DeepEqual(exercise.Latest(in), got) {
			t.Fatal("another order, other answers")
		}
	}
}

func TestLateAnswersAreKeptAndMarked(t *testing.T) {
	p := exercise.Pack{Times: []exercise.Slot{{From: 0, To: 15, Tasks: []string{"1"}}, {From: 15, To: 40, Tasks: []string{"1", "2"}}}}
	for _, c := range []struct {
		task string
		ms   int64
		want bool
	}{{"1", 40 * 60_000, false}, {"1", 40*60_000 + 1, true}, {"2", 0, false}, {"3", 1 << 60, false}} {
		if got := p.Late(exercise.Answer{Task: c.task, Submitted: c.ms}); got != c.want {
			t.Errorf("task %s at %d ms: late %v, want %v", c.task, c.ms, got, c.want)
		}
	}
}

func TestInjectsComeToThoseTheyConcern(t *testing.T) {
	p := exercise.Pack{Injects: []exercise.Inject{
		{At: 10, Aim: exercise.Everyone}, {At: 10, Aim: exercise.Group, Target: "g1"}, {At: 10, Aim: exercise.Seat, Target: "7"},
		{Trigger: "trainer", Aim: exercise.Everyone}, {At: 20, Aim: exercise.Everyone},
	}}
	for _, c := range []struct {
		minute      int
		seat, group string
		triggers    []string
		want        []int
	}{{9, "7", "g1", nil, nil}, {10, "7", "g1", nil, []int{0, 1, 2}}, {10, "8", "g2", nil, []int{0}}, {30, "8", "", []string{"trainer"}, []int{0, 3, 4}}} {
		if got := p.Due(c.minute, c.seat, c.group, c.triggers); !slices.Equal(got, c.want) {
			t.Errorf("at %d for seat %s: %v, want %v", c.minute, c.seat, got, c.want)
		}
	}
}

func TestSeatsTeamsAndTheRoom(t *testing.T) {
	half, over := .5, 7.0
	p := exercise.Pack{Tasks: []exercise.Task{{ID: "1", Points: 4}, {ID: "2", Points: 6}}}
	g := []exercise.Grade{
		{Seat: "A", Task: "1", Auto: 1}, {Seat: "A", Task: "2", Auto: 1, Trainer: &half, Late: true},
		{Seat: "A", Task: "1", Auto: 0}, // the same, twice: once
		{Seat: "B", Task: "1", Auto: .25, Tags: exercise.SignError}, {Seat: "B", Task: "2", Tags: exercise.ByTrainer, Peers: []float64{.2, .9, .6}},
		{Seat: "C", Task: "2", Tags: exercise.ByTrainer}, {Seat: "C", Task: "9", Auto: 1},
	}
	a, b, c := p.Total(g, "A"), p.Total(g, "B"), p.Total(g, "C")
	near(t, "A", a.Points, 4+3, 0)   // the trainer's half wins
	near(t, "B", b.Points, 1+3.6, 0) // the median of the peers
	near(t, "C", c.Points, 0, 0)     // waits for the trainer
	if a.Late != 1 || c.Waiting != 1 || c.Status != explain.Weak || b.Waiting != 0 {
		t.Errorf("%+v %+v %+v", a, b, c)
	}
	team := p.Total(g, "B", "A", "A")
	near(t, "team", team.Share, (7+4.6)/20, 1e-12)
	if x := p.Total(g); x.Has() {
		t.Errorf("no seat: %+v", x)
	}
	near(t, "four peers", exercise.Grade{Tags: exercise.ByTrainer, Peers: []float64{.9, .2, .4, 5}}.Final(), .65, 1e-12) // .4 and .9 in the middle
	near(t, "two peers are too few", exercise.Grade{Tags: exercise.ByTrainer, Peers: []float64{.9, .9}}.Final(), 0, 0)
	near(t, "a mark over one", exercise.Grade{Trainer: &over}.Final(), 1, 0)
	r := exercise.Room(g, "1")
	if r.N != 3 || r.Right != 1 || r.Sign != 1 || r.Median != .25 || r.Tenths[9] != 1 || r.Tenths[0] != 1 || r.Tenths[2] != 1 {
		t.Errorf("%+v", r)
	}
	near(t, "mean", r.Mean, 1.25/3, 1e-12)
	if exercise.Room(nil, "1").N != 0 {
		t.Error("an empty room")
	}
}

func TestPacksLockParametersAndTravel(t *testing.T) {
	p := exercise.Pack{ID: "atlas", Version: 2, Title: "Bureautique Atlas", Locale: "fr", AsOf: 20_000, Dataset: []byte{1, 2},
		Locked: []exercise.Setting{{Key: params.AttrPriorSource, Word: "fixed"}, {Key: params.GradeRelTol, Numbers: []float64{2}}},
		Tasks: []exercise.Task{{ID: "1", Kind: exercise.Allocation, Prompt: "?", Items: []string{"C01"}, ByHand: true, Points: 3, Tolerance: exercise.Tolerance{Rel: .02}, Sum: 120, High: []float64{24},
			Rubric: []exercise.Criterion{{Text: "x", Points: 1, Keywords: []string{"y"}}}}},
		Injects: []exercise.Inject{{ID: "i", At: 5, Aim: exercise.Seat, Target: "7", Events: []byte{9}}}, Times: []exercise.Slot{{From: 0, To: 15, Title: "t", Tasks: []string{"1"}}}}
	s, err := p.Settings()
	if err != nil || s.Word(params.AttrPriorSource) != "fixed" || s.On(params.VisitMaxChange) || exercise.From(s).Rel != .02 {
		t.Errorf("settings: %v, prior %q, change %v", err, s.Word(params.AttrPriorSource), s.On(params.VisitMaxChange))
	}
	if !p.Tasks[0].Hides(false) || p.Tasks[0].Hides(true) || (exercise.Task{}).Hides(false) {
		t.Error("a task by hand hides results until the answer is in, and only then")
	}
	half := .5
	for _, pair := range [][2]any{{&p, &exercise.Pack{}}, {&exercise.Answer{Seat: "A", Task: "1", Value: numbers(1, 2.5), Seq: 3, Submitted: 9}, &exercise.Answer{}},
		{&exercise.Grade{Seat: "A", Task: "1", Auto: .75, Trainer: &half, Tags: exercise.SignError}, &exercise.Grade{}}} {
		b, err := cbor.Marshal(reflect.ValueOf(pair[0]).Elem().Interface())
		if err != nil {
			t.Fatal(err)
		}
		if err := cbor.Unmarshal(b, pair[1]); err != nil || !reflect.DeepEqual(pair[0], pair[1]) {
			t.Errorf("%v: %+v came back as %+v", err, pair[0], pair[1])
		}
	}
	p.Locked = append(p.Locked, exercise.Setting{Key: "no.such"})
	if _, err := p.Settings(); err == nil {
		t.Error("an unknown parameter must be refused")
	}
}

// Every score is between 0 and 1, and the key answered back scores 1.
func TestTheKeyScoresOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 3))
	for range 500 {
		n := 2 + rng.IntN(12)
		classes := make([]string, 2+rng.IntN(4))
		key := exercise.Key{Value: exercise.Value{Given: true, Number: rng.NormFloat64() * 1000}, Nothing: -1}
		class := exercise.Key{Value: exercise.Value{Given: true}}
		var sum float64
		for range n {
			x := float64(rng.IntN(50))
			sum += x
			key.Numbers = append(key.Numbers, x)
			class.Items = append(class.Items, int32(rng.IntN(len(classes))))
			key.Payoff = append(key.Payoff, rng.NormFloat64()*100)
		}
		for _, i := range rng.Perm(n) {
			key.Items = append(key.Items, int32(i))
		}
		best := int32(0)
		for i, x := range key.Payoff {
			if x > key.Payoff[best] {
				best = int32(i)
			}
		}
		for _, c := range []struct {
			task exercise.Task
			key  exercise.Key
			a    exercise.Value
		}{
			{exercise.Task{Kind: exercise.Number}, key, key.Value}, {exercise.Task{Kind: exercise.Choice}, key, key.Value}, {exercise.Task{Kind: exercise.MultiSet}, key, key.Value},
			{exercise.Task{Kind: exercise.Ranking}, key, key.Value}, {exercise.Task{Kind: exercise.Allocation, Sum: sum}, key, key.Value}, {exercise.Task{Kind: exercise.Matrix}, key, key.Value},
			{exercise.Task{Kind: exercise.Calculation}, key, key.Value}, {exercise.Task{Kind: exercise.Decision}, key, items(best)},
			{exercise.Task{Kind: exercise.Classification, Classes: classes, Ordered: rng.IntN(2) == 0}, class, class.Value},
		} {
			if s := mark(c.task, c.key, c.a); s.Value != 1 {
				t.Fatalf("kind %d: the key scores %v (%+v)", c.task.Kind, s.Value, c.key)
			}
		}
	}
}

func FuzzGrading(f *testing.F) {
	f.Add(uint8(1), 100.0, 101.0, 3.0, int32(1), int32(2), true, uint8(3), 1.0)
	f.Add(uint8(9), math.Inf(1), math.NaN(), -1.0, int32(-5), int32(1<<31-1), false, uint8(0), 0.0)
	f.Add(uint8(6), 1e308, -1e308, 1e-300, int32(0), int32(0), true, uint8(200), 50.0)
	f.Add(uint8(10), math.MaxFloat64, -math.MaxFloat64, 5e-324, int32(3), int32(1), true, uint8(1), 49.0)
	f.Fuzz(func(t *testing.T, kind uint8, x, y, z float64, i, j int32, flag bool, n uint8, rel float64) {
		p := exercise.Defaults()
		if s, err := params.Default().Number(params.Exercise, params.GradeRelTol, rel); err == nil {
			p = exercise.From(s)
		}
		task := exercise.Task{Kind: exercise.Kind(kind % 12), Items: make([]string, n%9), Classes: make([]string, n%5), Ordered: flag, Sum: z, Low: []float64{x}, High: []float64{y}, Display: z,
			Tolerance: exercise.Tolerance{Rel: z}, Rubric: []exercise.Criterion{{Points: x}, {Points: y, Keywords: []string{fmt.Sprint(z)}}}}
		key := exercise.Key{Value: exercise.Value{Number: x, Items: []int32{i, j, 0}, Numbers: []float64{x, y, z}}, Payoff: []float64{x, y, z}, Nothing: int(i), Optimal: x, Achieved: y,
			Carried: exercise.Value{Given: flag, Number: z, Numbers: []float64{z}}}
		if flag {
			key.Rank = []float64{x, y, z}
			key.Mandatory = []int32{j}
		}
		a := exercise.Value{Given: true, Number: y, Items: []int32{j, i}, Numbers: []float64{y, x, 1, z}, Blank: []bool{flag}}
		for _, s := range []exercise.Score{task.Mark(key, a, p), task.Ticked([]bool{true}), exercise.Ordered(key.Items, a.Items, int(n)), exercise.F1(key.Items, a.Items)} {
			if !(s.Value >= 0 && s.Value <= 1) || s.Status == 0 {
				t.Fatalf("score %v status %v", s.Value, s.Status)
			}
			for _, e := range s.Steps {
				if math.IsNaN(e.Value) || math.IsInf(e.Value, 0) {
					t.Fatalf("step %s is %v", e.Key, e.Value)
				}
			}
		}
		task.Hints(fmt.Sprint(x, "é", y))
		pack := exercise.Pack{Tasks: []exercise.Task{{ID: "1", Points: x}, {ID: "2", Points: y}}}
		g := []exercise.Grade{{Seat: "A", Task: "1", Auto: x, Trainer: &y}, {Seat: "B", Task: "2", Auto: z, Tags: exercise.Tags(n), Peers: []float64{x, y, z}}}
		tot := pack.Total(g, "A", "B")
		room := exercise.Room(g, "2")
		for _, v := range []float64{tot.Points, tot.Of, tot.Share, room.Mean, room.Median} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Fatalf("%+v %+v", tot, room)
			}
		}
	})
}

// Thirty tablets, forty tasks of two hundred items.
func BenchmarkGrading(b *testing.B) {
	rng := rand.New(rand.NewPCG(4, 5))
	key := exercise.Key{Value: exercise.Value{Given: true}}
	a := exercise.Value{Given: true}
	for _, i := range rng.Perm(200) {
		key.Items = append(key.Items, int32(i))
	}
	for _, i := range rng.Perm(200) {
		a.Items = append(a.Items, int32(i))
	}
	task := exercise.Task{Kind: exercise.Ranking}
	for b.Loop() {
		for range 1200 {
			task.Mark(key, a, exercise.Params{})
		}
	}
}
