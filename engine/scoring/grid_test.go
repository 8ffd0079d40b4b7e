package scoring_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sillon/engine/explain"
	"sillon/engine/params"
	"sillon/engine/portfolio"
	"sillon/engine/scoring"
)

// H5, sensitivity of the golden ranking: R or P that weighs one less or one more
// parts what was equal (C02 and C06, C05 and C12, C04 and C08) and leaves the
// rest; the note moves nothing. Expected: every pair and average ranks counted in exact
// fractions by a script of a dozen lines (Python), not by this code.
func TestGoldenSensitivities(t *testing.T) {
	table, _, _ := golden()
	moves := scoring.DefaultGrid(scoring.Defaults()).Score(table).Sensitivities()
	want := []struct {
		k      int
		change float64
		ρ, τ   float64
	}{
		{0, -1, .994723, .976650}, {0, 1, .994723, .976650}, {1, -1, .994723, .976650}, {1, 1, .994723, .976650},
		{2, -1, 1, 1}, {2, 1, 1, 1},
	}
	if len(moves) != len(want) {
		t.Fatalf("%d moves, want %d", len(moves), len(want))
	}
	for i, m := range moves {
		w := want[i]
		if m.Criterion != w.k || m.Change != w.change || math.Abs(m.Spearman.Value-w.ρ) > 1e-6 || math.Abs(m.Kendall.Value-w.τ) > 1e-6 {
			t.Errorf("weight %d %+v: ρ %v τ %v, want %v and %v", m.Criterion, m.Change, m.Spearman.Value, m.Kendall.Value, w.ρ, w.τ)
		}
	}
	par := scoring.Defaults()
	par.Weights = [3]float64{0, .5, 3}
	for _, m := range scoring.DefaultGrid(par).Score(table).Sensitivities() {
		if m.Change == 0 || m.Criterion == 0 && m.Change != 1 || m.Criterion == 1 && m.Change == -1 {
			t.Errorf("weight %d moves by %v: none goes under 0, none stands still", m.Criterion, m.Change)
		}
	}
	par.Weights = [3]float64{1, 0, 0}
	for _, m := range scoring.DefaultGrid(par).Score(table).Sensitivities() {
		if m.Criterion == 0 && m.Change < 0 {
			t.Error("a grid without weights has no ranking to compare")
		}
	}
}

// H5: a blocked account keeps its score and gets no visit; what is not told of
// an account blocks nothing.
func TestVetoesAreOfTheAccountAlone(t *testing.T) {
	table, _, _ := golden()
	free := scoring.DefaultGrid(scoring.Defaults()).Score(table)
	table.Blocked = []bool{false, false, true} // a column too short
	s := scoring.DefaultGrid(scoring.Defaults()).Score(table)
	for i, v := range s.Veto {
		if v != (i == 2) || s.Score100[i] != free.Score100[i] {
			t.Errorf("C%02d: veto %v, score %v, free %v", i+1, v, s.Score100[i], free.Score100[i])
		}
	}
	if !slices.Equal(s.Order, free.Order) {
		t.Errorf("order %v, was %v", s.Order, free.Order)
	}
	if last := s.Explain(2); last[len(last)-1].Key != "scoring.veto" {
		t.Errorf("steps of the blocked account: %v", last)
	}
}

// H5, "missing data → the middle of its scale + weak": for the seven criteria a
// portfolio of which nothing is known stands at 50 of 100.
func TestWhatIsNotKnownStandsInTheMiddle(t *testing.T) {
	none := scoring.Table{}
	for range 6 {
		none.Columns = append(none.Columns, scoring.Column{Values: []float64{0}, Known: []bool{}})
	}
	if s := scoring.Seven(scoring.Defaults()).Score(none); s.Score100[0] != 50 || !s.Weak[0] || s.Status != explain.Weak {
		t.Errorf("nothing known: %v of 100, weak %v, %v; want 50, weak", s.Score100[0], s.Weak[0], s.Status)
	}
	// score.neutral 3 on the default grid: (3 − 1) ÷ 3 = 66.7.
	set, err := params.Default().Number(params.Org, params.ScoreNeutral, 3)
	if err != nil {
		t.Fatal(err)
	}
	none.Columns = none.Columns[:3]
	if s := scoring.DefaultGrid(scoring.From(set)).Score(none); math.Abs(s.Score100[0]-200./3) > 1e-9 {
		t.Errorf("neutral of 3: %v, want 66.7", s.Score100[0])
	}
}

// The ends of Seven (H5): growth of gDown or less gives 0, +10 % or more 20; 1 −
// cumBefore of 1 gives all. gDown set above +10 % keeps a scale that rises.
func TestTheEndsOfTheSevenCriteria(t *testing.T) {
	par := scoring.Defaults()
	at := func(p scoring.Params, growth float64) float64 {
		table := scoring.Table{Columns: []scoring.Column{{Values: []float64{0}}, {Values: []float64{growth}}, {Values: []float64{0}}, {Values: []float64{0}}, {Values: []float64{0}}, {Values: []float64{0}}}}
		return scoring.Seven(p).Score(table).Points[1]
	}
	for _, x := range [][2]float64{{-.5, 0}, {-.1, 0}, {0, 10}, {.1, 20}, {3, 20}} {
		if got := at(par, x[0]); math.Abs(got-x[1]) > 1e-9 {
			t.Errorf("growth %v gives %v points, want %v", x[0], got, x[1])
		}
	}
	par.Down = 20
	if a, b := at(par, .25), at(par, .35); !(a > 0 && a < b && b < 20) {
		t.Errorf("gDown of +20 %%: +25 %% gives %v, +35 %% gives %v", a, b)
	}
}

// Our scales of the criteria a grid may add, at their ends and middle.
func TestOptionalCriteria(t *testing.T) {
	par := scoring.Defaults()
	for _, tt := range []struct {
		key              string
		worst, mid, best float64
	}{
		{"criterion.solvency", 1, 2, 3}, {"criterion.proximity", 90, 45, 0}, {"criterion.growth", -.1, 0, .1},
		{"criterion.margin", .1, .25, .4}, {"criterion.references", 1, 6.5, 12}, {"criterion.risk", .4, .2, 0},
	} {
		c, ok := scoring.Optional(tt.key, 2, par)
		if !ok || !slices.Contains(scoring.CriterionKeys, tt.key) {
			t.Fatalf("%s: no such criterion, or no words", tt.key)
		}
		g := scoring.Grid{Criteria: []scoring.Criterion{c}}
		s := g.Score(scoring.Table{Columns: []scoring.Column{{Values: []float64{tt.worst, tt.mid, tt.best, math.NaN()}}}})
		for i, want := range []float64{1, 2.5, 4, 2.5} {
			if math.Abs(s.Points[i]-want) > 1e-9 {
				t.Errorf("%s: value %d gives %v points, want %v", tt.key, i, s.Points[i], want)
			}
		}
		for i, want := range []bool{true, true, false, false} {
			l := s.Levers(i)
			if (len(l) == 1) != want {
				t.Errorf("%s: levers of value %d: %+v", tt.key, i, l)
			}
			if want && (!(l[0].Gain > 0) || !(l[0].Distance > 0) || (l[0].To > l[0].From) != (tt.best > tt.worst)) {
				t.Errorf("%s: lever %+v", tt.key, l[0])
			}
		}
	}
	if _, ok := scoring.Optional("criterion.other", 1, par); ok {
		t.Error("a criterion nobody knows")
	}
}

// H4 step 7, our rules: attitudes of ±1 and more decide first, then the type of
// engagement.
func TestTypologiesAreSuggested(t *testing.T) {
	for _, tt := range []struct {
		name string
		of   scoring.Temper
		want portfolio.Typology
	}{
		{"engaged and warm", scoring.Temper{Engagement: 1, Attitude: 1.5, People: 2}, portfolio.Ambassador},
		{"engaged", scoring.Temper{Engagement: 1, Attitude: .2, People: 1}, portfolio.Partner},
		{"warm, nothing known of its purchases", scoring.Temper{Attitude: 1, People: 1}, portfolio.Partner},
		{"engaged and hostile", scoring.Temper{Engagement: 1, Attitude: -1, People: 3}, portfolio.Closed},
		{"fleeing", scoring.Temper{Engagement: 4}, portfolio.Closed},
		{"fickle", scoring.Temper{Engagement: 2, Attitude: 2, People: 1}, portfolio.PriceBuyer},
		{"careful, led by a technician", scoring.Temper{Engagement: 3, People: 1, Technical: true}, portfolio.Technician},
		{"careful", scoring.Temper{Engagement: 3}, portfolio.Careful},
		{"nothing known", scoring.Temper{Attitude: 2}, 0},
	} {
		if got, ok := tt.of.Suggest(); got != tt.want || ok != (tt.want != 0) {
			t.Errorf("%s: typology %d, want %d", tt.name, got, tt.want)
		}
	}
	// H4 step 8: 3 with a strategic fit of 4 and a proximity of 2 is 3; alone, itself.
	for _, tt := range []struct {
		note, fit, proximity, want float64
		ok                         bool
	}{{3, 4, 2, 3, true}, {2, 0, 0, 2, true}, {0, 4, 1, 2.5, true}, {0, math.NaN(), -1, 0, false}, {9, 0, 0, 4, true}} {
		if got, ok := scoring.ThirdNote(tt.note, tt.fit, tt.proximity); got != tt.want || ok != tt.ok {
			t.Errorf("%v %v %v: %v %v, want %v", tt.note, tt.fit, tt.proximity, got, ok, tt.want)
		}
	}
}

// The order of the clients and the unit of the second key change nothing.
func TestRankingsHoldInAnyOrder(t *testing.T) {
	for seed := range uint64(50) {
		rng := rand.New(rand.NewPCG(seed, 4))
		n := 2 + rng.IntN(40)
		draw := func(perm []int, unit float64) scoring.Table {
			rng := rand.New(rand.NewPCG(seed, 5))
			rows := make([][5]float64, n)
			for i := range rows {
				rows[i] = [5]float64{float64(rng.IntN(5)), float64(rng.IntN(5)), float64(1 + rng.IntN(4)), float64(rng.IntN(3)), float64(i)}
			}
			t := scoring.Table{Columns: make([]scoring.Column, 3)}
			for _, i := range perm {
				for k := range 3 {
					t.Columns[k].Values = append(t.Columns[k].Values, rows[i][k])
				}
				t.Second, t.Codes = append(t.Second, rows[i][3]*unit), append(t.Codes, string(rune('A'+i)))
			}
			return t
		}
		straight := make([]int, n)
		for i := range straight {
			straight[i] = i
		}
		perm := rng.Perm(n)
		g := scoring.DefaultGrid(scoring.Defaults())
		a, b := g.Score(draw(straight, 1)), g.Score(draw(perm, 655))
		for k, i := range b.Order {
			if perm[i] != int(a.Order[k]) || b.Score100[i] != a.Score100[perm[i]] {
				t.Fatalf("seed %d, place %d: client %d, was %d", seed, k, perm[i], a.Order[k])
			}
		}
	}
}

// Three criteria of weight 0.3 and the same levels under them in another order:
// the sums 0.9 + 0.3 + 0.6 and 0.3 + 0.6 + 0.9 differ in their last bit, the
// scores must not, or the code would not decide.
func TestEqualGridsScoreEqual(t *testing.T) {
	par := scoring.Defaults()
	for _, w := range []float64{.1, .3, .7, 1. / 3} {
		par.Weights = [3]float64{w, w, w}
		var table scoring.Table
		levels := [][3]float64{{4, 2, 3}, {2, 3, 4}, {3, 4, 2}, {4, 3, 2}, {2, 4, 3}, {3, 2, 4}}
		for k := range 3 {
			c := scoring.Column{}
			for _, l := range levels {
				c.Values = append(c.Values, l[k])
			}
			table.Columns = append(table.Columns, c)
		}
		table.Codes = []string{"F", "E", "D", "C", "B", "A"}
		s := scoring.DefaultGrid(par).Score(table)
		if !slices.Equal(s.Order, []int32{5, 4, 3, 2, 1, 0}) || s.Score100[0] != s.Score100[5] {
			t.Errorf("weights of %v: order %v, scores %v", w, s.Order, s.Score100)
		}
	}
}

// Grids nobody should write: no NaN, no panic, whatever the weights, scales,
// bands and columns.
func FuzzGrid(f *testing.F) {
	f.Add(4.0, 1.0, 4.0, 2.5, 1.0, 4.0, 0.0, 1.0, 3.0, .5, uint8(3))
	f.Add(math.NaN(), math.Inf(1), math.Inf(-1), math.NaN(), 0.0, 0.0, 1e300, -1e300, math.NaN(), math.Inf(1), uint8(0))
	f.Add(-1.0, 4.0, 1.0, 9e300, 5.0, 1.0, -3.0, -2.0, 2.0, 1e308, uint8(1))
	f.Fuzz(func(t *testing.T, weight, low, high, neutral, from, to, floor, step, x, malus float64, rows uint8) {
		n := int(rows % 5)
		c := scoring.Criterion{Key: "criterion.p", Weight: weight, Min: low, Max: high, Neutral: neutral, Low: from, High: to, Floor: floor, Step: step}
		banded := c
		banded.Bands = []scoring.Band{{From: from, Points: low}, {From: to, Points: high}}
		column := scoring.Column{Values: make([]float64, n), Known: make([]bool, n/2)}
		for i := range column.Values {
			column.Values[i] = x * float64(i)
		}
		for i := range column.Known {
			column.Known[i] = true
		}
		table := scoring.Table{Columns: []scoring.Column{{Values: column.Values}, column}, Risk: []float64{malus}, Blocked: []bool{true}, Second: []float64{x}, Codes: []string{"B"}}
		s := scoring.Grid{Criteria: []scoring.Criterion{c, banded}, Malus: malus}.Score(table)
		for i := range n {
			for _, step := range s.Explain(i) {
				if step.Key != "scoring.value" && (math.IsNaN(step.Value) || math.IsInf(step.Value, 0)) {
					t.Errorf("step %+v", step)
				}
			}
			if !(s.Score100[i] >= 0 && s.Score100[i] <= 100) || s.Malus[i] < 0 {
				t.Errorf("score %v malus %v", s.Score100[i], s.Malus[i])
			}
			for _, l := range s.Levers(i) {
				if !(l.Gain > 0) || !(l.Distance >= 0) || math.IsInf(l.Gain, 0) || math.IsNaN(l.To) {
					t.Errorf("lever %+v", l)
				}
			}
		}
		s.Sensitivities()
		v := scoring.Categorise(scoring.Account{P: rows, R: rows / 2, Risk: x}, scoring.Params{Overlay: malus})
		for _, step := range v.Steps {
			if math.IsNaN(step.Value) || math.IsInf(step.Value, 0) {
				t.Errorf("step %+v", step)
			}
		}
	})
}
