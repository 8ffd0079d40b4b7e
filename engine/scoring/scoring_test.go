package scoring_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
	"sillon/engine/scoring"
	"sillon/engine/weight"
)

func floats(levels []uint8) []float64 {
	out := make([]float64, len(levels))
	for i, l := range levels {
		out[i] = float64(l)
	}
	return out
}

// golden is the default grid's table for the twelve clients, with their levels.
func golden() (scoring.Table, []uint8, []uint8) {
	g, par := demo.Golden(), potential.Defaults()
	p := potential.Rank(potential.LevelsInput{Potential: g.Potentials(), Sales: g.Sales(), Codes: g.Codes()}, par).P
	r := weight.RLevels(weight.Input{Values: g.Sales(), Second: g.Potentials(), Codes: g.Codes()}, par.Weight).Level
	return scoring.Table{Columns: []scoring.Column{{Values: floats(r)}, {Values: floats(p)}, {Values: g.Notes()}}, Codes: g.Codes()}, p, r
}

// Appendix A, column Category (H4).
func TestGoldenCategories(t *testing.T) {
	_, p, r := golden()
	s, d, c, e := portfolio.Strategic, portfolio.ToDevelop, portfolio.Core, portfolio.Economy
	for i, want := range []portfolio.Category{s, c, s, e, e, d, e, e, e, d, e, e} {
		v := scoring.Categorise(scoring.Account{P: p[i], R: r[i]}, scoring.Defaults())
		if v.Category != want || v.Provisional || v.AtRisk || v.Blocked || v.Status != explain.OK {
			t.Errorf("C%02d: %+v, want category %d", i+1, v, want)
		}
	}
}

func TestOverlays(t *testing.T) {
	par := scoring.Defaults()
	for _, tt := range []struct {
		name                         string
		a                            scoring.Account
		category                     portfolio.Category
		provisional, atRisk, blocked bool
	}{
		{"risk of 40 %", scoring.Account{P: 4, R: 4, Risk: .40}, portfolio.Strategic, false, true, false},
		{"risk of 39 %", scoring.Account{P: 4, R: 4, Risk: .39}, portfolio.Strategic, false, false, false},
		{"insolvent", scoring.Account{P: 1, R: 4, Blocked: true}, portfolio.Core, false, false, true},
		{"a prospect with potential", scoring.Account{P: 3, R: 0}, portfolio.ToDevelop, false, false, false},
		{"potential unknown", scoring.Account{P: 0, R: 4}, portfolio.Economy, true, false, false},
	} {
		v := scoring.Categorise(tt.a, par)
		if v.Category != tt.category || v.Provisional != tt.provisional || v.AtRisk != tt.atRisk || v.Blocked != tt.blocked {
			t.Errorf("%s: %+v", tt.name, v)
		}
		if tt.provisional && (v.Status != explain.Weak || v.Reason != explain.NoPotential) {
			t.Errorf("%s: %v %v, want weak NO_POTENTIAL", tt.name, v.Status, v.Reason)
		}
	}
}

func TestTypologyNotes(t *testing.T) {
	for i, want := range []float64{4, 3, 3, 2, 2, 1} {
		if n, ok := scoring.Defaults().Note(portfolio.Typology(i + 1)); !ok || n != want {
			t.Errorf("typology %d: note %v, want %v", i+1, n, want)
		}
	}
	if _, ok := scoring.Defaults().Note(0); ok {
		t.Error("an unknown typology has a note")
	}
}

// H5 and Appendix A, column Score100: weights 4 (R), 4 (P), 2 (typology).
func TestGoldenScores(t *testing.T) {
	table, _, _ := golden()
	s := scoring.DefaultGrid(scoring.Defaults()).Score(table)
	want := []float64{80, 66.7, 86.7, 20, 26.7, 66.7, 0, 20, 13.3, 46.7, 0, 26.7}
	score := []float64{3.4, 3.0, 3.6, 1.6, 1.8, 3.0, 1.0, 1.6, 1.4, 2.4, 1.0, 1.8}
	for i := range want {
		if math.Abs(s.Score100[i]-want[i]) > .05 || math.Abs(s.Score[i]-score[i]) > 1e-12 {
			t.Errorf("C%02d: %v, %v of 100; want %v, %v", i+1, s.Score[i], s.Score100[i], score[i], want[i])
		}
	}
	// C03: bars 26.7 + 40.0 + 20.0 = 86.7.
	for k, bar := range []float64{26.7, 40, 20} {
		if got := s.Contribution[2*s.K+k]; math.Abs(got-bar) > .05 {
			t.Errorf("C03, bar %d: %v, want %v", k, got, bar)
		}
	}
	if got := s.Order[:4]; !slices.Equal(got, []int32{2, 0, 1, 5}) {
		t.Errorf("order %v, want C03 C01 C02 C06", got)
	}
	if s.Status != explain.OK {
		t.Errorf("status %v", s.Status)
	}
}

// The example of the seven-criteria template: 28 + 17 + 13 + 9 + 7 + 6 − 2 = 78.
// Values that give those points: 28/30, growth 17/20 of the way from −10 to
// +10 % = +7 %, 13/15, 9/15, 7/10, 6/10; a risk of 0.2 takes off 2.
func TestSevenCriteria(t *testing.T) {
	table := scoring.Table{Risk: []float64{.2}}
	for _, x := range []float64{28. / 30, .07, 13. / 15, 9. / 15, .7, .6} {
		table.Columns = append(table.Columns, scoring.Column{Values: []float64{x}})
	}
	s := scoring.Seven(scoring.Defaults()).Score(table)
	if math.Abs(s.Score100[0]-78) > 1e-9 || math.Abs(s.Malus[0]-2) > 1e-12 {
		t.Errorf("score %v, malus %v; want 78 and 2", s.Score100[0], s.Malus[0])
	}
	for k, pts := range []float64{28, 17, 13, 9, 7, 6} {
		if got := s.Contribution[k]; math.Abs(got-pts) > 1e-9 {
			t.Errorf("bar %d: %v, want %v: contribution = points", k, got, pts)
		}
	}
}

// The W18 grid: growth 7 % 3 pts, sales 7 000 6 pts, margin 44 % 2 pts, 9
// references 2 pts: (2·3 + 3·6 + 3·2 + 1·2) ÷ 9 = 32/9. Scales 0-6, 1-6, 0-3, 0-3:
// 100·(6 + 15 + 6 + 2) ÷ (12 + 15 + 9 + 3) = 74.4.
func TestTheFoundGrid(t *testing.T) {
	score := func(growth, sales, margin, refs float64) (float64, float64) {
		s := scoring.W18().Score(scoring.Table{Columns: []scoring.Column{{Values: []float64{growth}}, {Values: []float64{sales}}, {Values: []float64{margin}}, {Values: []float64{refs}}}})
		return s.Score[0], s.Score100[0]
	}
	if s, p := score(.07, 7000, .44, 9); math.Abs(s-32./9) > 1e-12 || math.Abs(p-2900./39) > 1e-9 {
		t.Errorf("score %v, %v of 100; want 3.56 and 74.4", s, p)
	}
	if s, p := score(.10, 6500, .45, 12); math.Abs(s-42./9) > 1e-12 || p != 100 { // 2·6 + 3·6 + 3·3 + 3
		t.Errorf("at the top: %v, %v of 100; want 4.67 and 100", s, p)
	}
	if s, p := score(.049, 1000, .419, 7); math.Abs(s-3./9) > 1e-12 || p != 0 {
		t.Errorf("at the bottom: %v, %v; want 0.33 and 0", s, p)
	}
}

func TestGridEdges(t *testing.T) {
	g := scoring.DefaultGrid(scoring.Defaults())
	one := func(r, p, note scoring.Column) scoring.Sheet {
		return g.Score(scoring.Table{Columns: []scoring.Column{r, p, note}, Blocked: []bool{true}})
	}
	v := func(x float64) scoring.Column { return scoring.Column{Values: []float64{x}} }
	s := one(v(0), v(4), v(3)) // R0: 0 points: (0 + 16 + 6) ÷ 10 = 2.2 → 40
	if math.Abs(s.Score100[0]-40) > 1e-9 || s.Contribution[0] >= 0 || !s.Veto[0] {
		t.Errorf("R0 P4: %v, first bar %v, veto %v; want 40, below zero, veto", s.Score100[0], s.Contribution[0], s.Veto[0])
	}
	s = one(v(0), v(1), v(1)) // (0 + 4 + 2) ÷ 10 = 0.6 → −13.3, clipped
	if s.Score100[0] != 0 {
		t.Errorf("under the scale: %v, want 0", s.Score100[0])
	}
	s = one(v(1), scoring.Column{Values: []float64{0}, Known: []bool{false}}, v(1)) // 2.5 for P: (4 + 10 + 2) ÷ 10 = 1.6 → 20
	if math.Abs(s.Score100[0]-20) > 1e-9 || !s.Weak[0] || s.Status != explain.Weak {
		t.Errorf("P unknown: %v weak %v %v; want 20, weak", s.Score100[0], s.Weak[0], s.Status)
	}
	if s := g.Score(scoring.Table{}); s.Status != explain.NA || len(s.Order) != 0 {
		t.Errorf("nobody: %+v", s.Mark)
	}
	if s := one(v(math.NaN()), v(1), v(1)); !s.Weak[0] {
		t.Error("not a number is a missing value")
	}
	if s := (scoring.Grid{}).Score(scoring.Table{Columns: []scoring.Column{v(1)}}); s.Status != explain.NA || s.Score100[0] != 0 {
		t.Errorf("a grid without criteria: %v", s.Mark)
	}
}

// What would raise C12 (R1 P2 note 3, 26.7): one R level or one P level is
// worth 4·1·100 ÷ 30 = 13.3 points, one note 6.7; all are one step of three.
func TestWhatWouldRaiseAScore(t *testing.T) {
	table, _, _ := golden()
	s := scoring.DefaultGrid(scoring.Defaults()).Score(table)
	l := s.Levers(11)
	if len(l) != 3 || l[0].Criterion != 0 || l[0].To != 2 || math.Abs(l[0].Gain-13.333) > .001 || l[2].Criterion != 2 || l[2].To != 4 || math.Abs(l[2].Gain-6.667) > .001 {
		t.Errorf("levers of C12: %+v", l)
	}
	if l := s.Levers(2); len(l) != 1 || l[0].Criterion != 0 || l[0].To != 4 { // C03 has P4 and note 4
		t.Errorf("levers of C03: %+v, want R 3 → 4 alone", l)
	}
	near := scoring.Table{Columns: []scoring.Column{{Values: []float64{.09}}, {Values: []float64{2000}}, {Values: []float64{.42}}, {Values: []float64{12}}}}
	if l := scoring.W18().Score(near).Levers(0); len(l) != 3 || l[0].Criterion != 0 || l[0].To != .10 { // .01 of .05; 4 500 of 5 500; .03 of .03
		t.Errorf("levers of the found grid: %+v, want growth first, nearest", l)
	}
}

// Five values by hand: 1 2 3 4 5 against 2 1 4 3 5: Σd² = 4, ρ = 1 − 24/120 =
// 0.8; two discordant pairs of ten, τ = 0.6. With ties, method 3.4's example:
// key C07, C11, C12, C09, answer C07, C12, C11, C09: τ = 0.667.
func TestRankCorrelations(t *testing.T) {
	x, y := []float64{1, 2, 3, 4, 5}, []float64{2, 1, 4, 3, 5}
	if r := scoring.Spearman(x, y); math.Abs(r.Value-.8) > 1e-12 {
		t.Errorf("ρ = %v, want 0.8", r.Value)
	}
	if r := scoring.Kendall(x, y); math.Abs(r.Value-.6) > 1e-12 {
		t.Errorf("τ = %v, want 0.6", r.Value)
	}
	if r := scoring.Kendall([]float64{1, 2, 3, 4}, []float64{1, 3, 2, 4}); math.Abs(r.Value-2./3) > 1e-12 {
		t.Errorf("τ = %v, want 0.667", r.Value)
	}
	if r := scoring.Kendall([]float64{1, 1, 1}, []float64{1, 2, 3}); r.Reason != explain.NoVariation {
		t.Errorf("all tied: %v, want NO_VARIATION", r.Reason)
	}
	if r := scoring.Spearman([]float64{1}, []float64{1}); r.Has() {
		t.Error("one client has a rank correlation")
	}
}

func TestAWeightThatMovesALittleMovesTheRankingALittle(t *testing.T) {
	table, _, _ := golden()
	s := scoring.DefaultGrid(scoring.Defaults()).Score(table)
	moves := s.Sensitivities()
	if len(moves) != 6 {
		t.Fatalf("%d moves, want −1 and +1 for three weights", len(moves))
	}
	for _, m := range moves {
		if !m.Spearman.Has() || m.Spearman.Value < .9 || m.Kendall.Value > 1 {
			t.Errorf("weight %d %+v: ρ %v τ %v", m.Criterion, m.Change, m.Spearman.Value, m.Kendall.Value)
		}
	}
}

// slowKendall counts every pair: τ-b by its definition.
func slowKendall(x, y []float64) float64 {
	var s, tx, ty float64
	for i := range x {
		for j := range i {
			a, b := x[i]-x[j], y[i]-y[j]
			switch {
			case a*b > 0:
				s++
			case a*b < 0:
				s--
			}
			if a != 0 {
				tx++
			}
			if b != 0 {
				ty++
			}
		}
	}
	return s / math.Sqrt(tx) / math.Sqrt(ty)
}

func TestCorrelationsHold(t *testing.T) {
	draw := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) float64 { return float64(rapid.IntRange(0, 9).Draw(t, "x")) }), 2, 30)
	rapid.Check(t, func(t *rapid.T) {
		x := draw.Draw(t, "x")
		y := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) float64 { return float64(rapid.IntRange(0, 9).Draw(t, "y")) }), len(x), len(x)).Draw(t, "y")
		if k := scoring.Kendall(x, y); k.Has() && math.Abs(k.Value-slowKendall(x, y)) > 1e-12 {
			t.Fatalf("τ %v, counting pairs %v", k.Value, slowKendall(x, y))
		}
		if r := scoring.Spearman(x, x); r.Has() && math.Abs(r.Value-1) > 1e-12 {
			t.Fatalf("ρ with itself %v", r.Value)
		}
		if a, b := scoring.Spearman(x, y), scoring.Spearman(y, x); a.Value != b.Value || math.Abs(a.Value) > 1 {
			t.Fatalf("ρ %v and %v", a.Value, b.Value)
		}
	})
}

func TestBarsAddUpAndBetterNeverScoresLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		par := scoring.Defaults()
		for k := range par.Weights {
			par.Weights[k] = float64(rapid.IntRange(0, 10).Draw(t, "weight"))
		}
		par.Weights[0]++
		g := scoring.DefaultGrid(par)
		x := []float64{float64(rapid.IntRange(0, 4).Draw(t, "R")), float64(rapid.IntRange(1, 4).Draw(t, "P")), float64(rapid.IntRange(1, 4).Draw(t, "note"))}
		k := rapid.IntRange(0, 2).Draw(t, "criterion")
		better := slices.Clone(x)
		better[k]++
		var columns []scoring.Column
		for c := range x {
			columns = append(columns, scoring.Column{Values: []float64{x[c], better[c]}})
		}
		s := g.Score(scoring.Table{Columns: columns})
		bars := s.Contribution[0] + s.Contribution[1] + s.Contribution[2]
		if math.Abs(min(100, max(0, bars))-s.Score100[0]) > 1e-9 {
			t.Fatalf("bars %v add up to %v, score %v", s.Contribution[:3], bars, s.Score100[0])
		}
		if s.Score100[1] < s.Score100[0] || s.Score100[0] < 0 || s.Score100[1] > 100 {
			t.Fatalf("criterion %d from %v to %v: score %v to %v", k, x[k], better[k], s.Score100[0], s.Score100[1])
		}
	})
}

func FuzzScore(f *testing.F) {
	f.Add(4.0, 4.0, 2.0, 3.0, 0.0, math.Inf(1), .5)
	f.Fuzz(func(t *testing.T, w1, w2, w3, r, p, note, risk float64) {
		par := scoring.Defaults()
		clip := func(w float64) float64 { // what the registry allows
			if !(w >= 0 && w <= 10) {
				return 1
			}
			return w
		}
		par.Weights = [3]float64{clip(w1), clip(w2), clip(w3)}
		if !(risk >= 0 && risk <= 1) {
			risk = 0
		}
		for _, g := range []scoring.Grid{scoring.DefaultGrid(par), scoring.W18(), scoring.Seven(par)} {
			s := g.Score(scoring.Table{Columns: []scoring.Column{{Values: []float64{r}}, {Values: []float64{p}}, {Values: []float64{note}}}, Risk: []float64{risk}})
			if x := s.Score100[0]; !(x >= 0 && x <= 100) {
				t.Errorf("score %v", x)
			}
			for _, l := range s.Levers(0) {
				if math.IsNaN(l.Gain) || math.IsInf(l.Gain, 0) || l.Gain <= 0 {
					t.Errorf("lever %+v", l)
				}
			}
		}
	})
}

func BenchmarkScore(b *testing.B) {
	for _, n := range []int{5_000, 10_000} {
		rng := rand.New(rand.NewPCG(7, 8))
		t := scoring.Table{Codes: make([]string, n)}
		for k := range 3 {
			t.Columns = append(t.Columns, scoring.Column{Values: make([]float64, n)})
			for i := range n {
				t.Columns[k].Values[i] = float64(1 + rng.IntN(4))
				t.Codes[i] = fmt.Sprintf("C%05d", i)
			}
		}
		g := scoring.DefaultGrid(scoring.Defaults())
		b.Run(fmt.Sprintf("%d/score", n), func(b *testing.B) {
			for b.Loop() {
				g.Score(t)
			}
		})
		b.Run(fmt.Sprintf("%d/sensitivity", n), func(b *testing.B) {
			s := g.Score(t)
			for b.Loop() {
				s.Sensitivities()
			}
		})
	}
}
