package bars

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"sillon/engine/attrition"
	"sillon/engine/hazard"
	"sillon/engine/money"
)

// B1: departure in 100 days of the customers of a real wholesaler, out of the
// folds that the table gives.
func TestBarB1Wholesale(t *testing.T) {
	var want struct {
		Customers int
		Rate      float64 `json:"departed_rate"`
		Reference []struct {
			Model                      string
			AUC, Brier, LogLoss, ECE10 float64
		}
		Future struct{ Actual float64 } `json:"future_orders"`
	}
	expected(t, "retail-b2b/expected.json", &want)
	if len(want.Reference) == 0 {
		t.Fatal("retail-b2b/expected.json has no reference")
	}
	peer := want.Reference[0]
	for _, r := range want.Reference { // the best of the peers
		if r.Brier < peer.Brier {
			peer = r
		}
	}
	for _, file := range names(t, "retail-b2b/departure_*.csv") {
		spells, fold := spells(t, file)
		p, left := make([]float64, len(spells)), make([]bool, len(spells))
		folds := slices.Clone(fold)
		slices.Sort(folds)
		for _, k := range slices.Compact(folds) {
			var train []attrition.Spell
			for i, s := range spells {
				if fold[i] != k {
					train = append(train, s)
				}
			}
			m := attrition.Train(train)
			x := make([]float64, attrition.NPredictors)
			for i, s := range spells {
				if fold[i] == k {
					s.Predictors(x)
					p[i], left[i] = m.Of(x).P, s.Left
				}
			}
		}
		c := hazard.Calibrate(p, left)
		same := sameTable(t, file, want.Customers, want.Rate, want.Future.Actual)
		auc, brier := rounded(peer.AUC, 3), rounded(peer.Brier, 3)
		ece := math.Ceil(peer.ECE10*200) / 200 // .0229 asks for .025
		bar(t, "B1", fmt.Sprintf("departure of %d wholesale clients, AUC", len(spells)), figures(4, c.AUC), figures(4, peer.AUC), ">= "+figures(3, auc), judgeIf(same, c.AUC >= auc))
		bar(t, "B1", "the same, Brier", figures(4, c.Brier), figures(4, peer.Brier), "<= "+figures(3, brier), judgeIf(same, c.Brier <= brier))
		bar(t, "B1", "the same, ECE10", figures(4, c.ECE), figures(4, peer.ECE10), "<= "+figures(3, ece), judgeIf(same, c.ECE <= ece))
		t.Logf("note: B1 slope %.3f, log loss %.4f (peer %.4f), %d of %d left", c.Slope, c.LogLoss, peer.LogLoss, c.Events, c.N)
	}
}

// sameTable reports whether the peers looked at these rows: as many, with the
// same part of departures and the same orders to come, where their file tells
// them, and each client once.
func sameTable(t *testing.T, file string, customers int, rate, orders float64) bool {
	s := table(t, file)
	var left, to float64
	seen := map[string]bool{}
	for i := range s.rows {
		left += s.num(i, "departed")
		to += s.num(i, "future_orders")
		seen[s.text(i, "customer")] = true
	}
	n := float64(len(s.rows))
	return customers == len(s.rows) && len(seen) == len(s.rows) && (rate == 0 || within(left/n, rate, 1e-5)) && (orders == 0 || to == orders)
}

// spells reads departure_*.csv: one row a customer, days, weeks and pounds.
func spells(t *testing.T, file string) (all []attrition.Spell, fold []int) {
	t.Helper()
	s := table(t, file)
	s.need(t, "x", "T", "recency_days", "mean_gap", "total", "sales_90d", "sales_prev90d", "returns_90d", "returns_n", "departed", "fold")
	for i := range s.rows {
		cents := func(name string) money.Cents { return money.Cents(math.Round(100 * s.num(i, name))) }
		all = append(all, attrition.Spell{Client: int32(i), Left: s.num(i, "departed") == 1, Facts: attrition.Facts{
			Orders: int(s.num(i, "x")) + 1, Age: int(math.Round(7 * s.num(i, "T"))), Recency: int(s.num(i, "recency_days")), Gap: s.num(i, "mean_gap"),
			Sales: cents("total"), Sales90: cents("sales_90d"), SalesPrev90: cents("sales_prev90d"),
			Services90: int(s.num(i, "returns_90d")), Services: int(s.num(i, "returns_n")), NoContacts: true, NoAnniversaries: true,
		}})
		fold = append(fold, int(s.num(i, "fold")))
	}
	return all, fold
}

// B2: draws of 100 and of 300 clients, tested on all the others.
func TestBarB2SmallPortfolios(t *testing.T) {
	design := table(t, "churn/telco/design.csv")
	rows := make([][]float64, len(design.rows))
	for i := range rows {
		rows[i] = make([]float64, len(design.head))
		for j := range rows[i] {
			if j < len(design.rows[i]) {
				rows[i][j] = parse(design.rows[i][j])
			}
		}
	}
	var want map[string]json.RawMessage
	expected(t, "churn/telco/expected.json", &want)
	clients := 0
	_ = json.Unmarshal(want["clients"], &clients) // 0 where it is not told
	for _, file := range names(t, "churn/telco/draws_n*.csv") {
		size := strings.TrimSuffix(strings.TrimPrefix(file, "churn/telco/draws_"), ".csv")
		var peers map[string]struct{ AUC, Brier, Slope float64 }
		if raw, ok := want[size]; ok {
			if err := json.Unmarshal(raw, &peers); err != nil {
				t.Fatalf("expected.json, %s: %v", size, err)
			}
		}
		peer, ok := peers["ridgeCV"]
		same := ok && clients == len(rows)
		var brier, auc, ece float64
		var slopes []float64
		sound, n := 0, 0
		for _, draw := range plain(t, file).rows {
			c, ok := tryDraw(rows, draw)
			if c.N == 0 {
				continue
			}
			n++
			if ok {
				sound++
			}
			brier, auc, ece = brier+c.Brier, auc+c.AUC, ece+c.ECE
			slopes = append(slopes, c.Slope)
		}
		if n == 0 {
			t.Fatalf("%s draws no row of the design", file)
		}
		brier, auc, ece = brier/float64(n), auc/float64(n), ece/float64(n)
		slices.Sort(slopes)
		median := (slopes[(n-1)/2] + slopes[n/2]) / 2
		what := fmt.Sprintf("departure, %s clients, %d draws, ", strings.TrimPrefix(size, "n"), n)
		bar(t, "B2", what+"Brier", figures(4, brier), figures(4, peer.Brier), "<= ridge + .001", judgeIf(same, brier <= peer.Brier+.001))
		bar(t, "B2", what+"AUC", figures(4, auc), figures(4, peer.AUC), ">= ridge - .003", judgeIf(same, auc >= peer.AUC-.003))
		bar(t, "B2", what+"median slope", figures(3, median), figures(3, peer.Slope), ".80 to 1.30", judge(median >= .8 && median <= 1.3))
		bar(t, "B2", what+"finite", fmt.Sprint(sound), "-", fmt.Sprint(n), judge(sound == n))
		t.Logf("note: B2 %s ECE %.4f, slopes %.2f to %.2f", size, ece, slopes[0], slopes[n-1])
	}
}

// tryDraw trains on the rows drawn, numbered from 1, and tests on the others.
func tryDraw(rows [][]float64, draw []string) (hazard.Calibration, bool) {
	train := hazard.Data{P: len(rows[0]) - 1}
	in := make([]bool, len(rows))
	for _, cell := range draw {
		if r := int(parse(cell)) - 1; r >= 0 && r < len(rows) {
			in[r] = true
			train.X, train.Left = append(train.X, rows[r][1:]...), append(train.Left, rows[r][0] == 1)
		}
	}
	m := hazard.Fit(train)
	var prob []float64
	var left []bool
	ok := m.Has()
	for i, row := range rows {
		if in[i] {
			continue
		}
		e := m.Of(row[1:])
		ok = ok && finite(e.P, e.Low, e.High) && e.P > 0 && e.P < 1 && e.Low <= e.P && e.P <= e.High
		prob, left = append(prob, e.P), append(left, row[0] == 1)
	}
	return hazard.Calibrate(prob, left), ok
}

// B3: bias-reduced regression where maximum likelihood diverges, by brglm2. The
// columns that expected.json names are the predictors; what is left and is 0 or
// 1 is the outcome.
func TestBarB3Firth(t *testing.T) {
	var want struct {
		Brglm2    struct{ Coef, SE map[string]float64 } `json:"measured_brglm2_AS_mean"`
		Tolerance struct {
			Coef float64 `json:"coef_abs"`
			SE   float64 `json:"se_abs"`
		}
	}
	expected(t, "churn/firth/expected.json", &want)
	tolCoef, tolSE := or(want.Tolerance.Coef, 1e-5), or(want.Tolerance.SE, 1e-5)
	for _, file := range names(t, "churn/firth/*.csv") {
		s := table(t, file)
		var predictors []string
		outcome := ""
		for _, c := range s.head {
			if _, ok := want.Brglm2.Coef[c]; ok {
				predictors = append(predictors, c)
				continue
			}
			binary := true
			for i := range s.rows {
				cell := s.text(i, c)
				binary = binary && (cell == "0" || cell == "1")
			}
			if binary {
				outcome = c
			}
		}
		if outcome == "" || len(predictors) == 0 {
			t.Logf("note: B3 %s has no column of expected.json, or no outcome", file)
			continue
		}
		d := hazard.Data{P: len(predictors)}
		for i := range s.rows {
			for _, c := range predictors {
				d.X = append(d.X, s.num(i, c))
			}
			d.Left = append(d.Left, s.num(i, outcome) == 1)
		}
		coef, se := hazard.Firth(d).Original()
		var wantCoef, wantSE []float64
		for _, c := range append([]string{"(Intercept)"}, predictors...) {
			wantCoef, wantSE = append(wantCoef, want.Brglm2.Coef[c]), append(wantSE, want.Brglm2.SE[c])
		}
		what := fmt.Sprintf("Firth, %d rows, ", len(s.rows))
		same := largest(firthScore(d, wantCoef)) < 1e-3
		bar(t, "B3", what+"coefficients", figures(6, coef...), figures(6, wantCoef...), "+-"+small(tolCoef), judgeIf(same, allWithin(coef, wantCoef, tolCoef)))
		bar(t, "B3", what+"standard errors", figures(6, se...), figures(6, wantSE...), "+-"+small(tolSE), judgeIf(same, allWithin(se, wantSE, tolSE)))
		left := largest(firthScore(d, coef))
		bar(t, "B3", what+"score left at the solution, finite", small(left), small(largest(firthScore(d, wantCoef))), "<= 1e-05", judge(finite(coef...) && finite(se...) && left <= 1e-5))
	}
}

// firthScore is the modified score that bias reduction puts at zero, written
// from the paper: Σ (y − π + h·(½ − π))·x, h the leverage of the row in the
// weighted regression (Heinze, Schemper 2002, p. 2411).
func firthScore(d hazard.Data, b []float64) []float64 {
	k := d.P + 1
	xs, info := make([][]float64, len(d.Left)), make([][]float64, k)
	for i := range info {
		info[i] = make([]float64, k)
	}
	p := make([]float64, len(xs))
	for i := range xs {
		xs[i] = append([]float64{1}, d.X[i*d.P:(i+1)*d.P]...)
		eta := 0.0
		for j, x := range xs[i] {
			eta += x * b[j]
		}
		p[i] = 1 / (1 + math.Exp(-eta))
		for j, x := range xs[i] {
			for c, y := range xs[i] {
				info[j][c] += p[i] * (1 - p[i]) * x * y
			}
		}
	}
	score := make([]float64, k)
	for i, x := range xs {
		v := solved(info, x)
		h := 0.0
		for j := range x {
			h += p[i] * (1 - p[i]) * x[j] * v[j]
		}
		y := 0.0
		if d.Left[i] {
			y = 1
		}
		for j := range x {
			score[j] += (y - p[i] + h*(.5-p[i])) * x[j]
		}
	}
	return score
}

// solved is A⁻¹·x, by elimination with pivots.
func solved(a [][]float64, x []float64) []float64 {
	k := len(x)
	m := make([][]float64, k)
	for i := range m {
		m[i] = append(slices.Clone(a[i]), x[i])
	}
	for c := range k {
		top := c
		for r := c; r < k; r++ {
			if math.Abs(m[r][c]) > math.Abs(m[top][c]) {
				top = r
			}
		}
		m[c], m[top] = m[top], m[c]
		for r := range k {
			if r != c && m[c][c] != 0 {
				f := m[r][c] / m[c][c]
				for j := c; j <= k; j++ {
					m[r][j] -= f * m[c][j]
				}
			}
		}
	}
	out := make([]float64, k)
	for i := range out {
		out[i] = m[i][k] / m[i][i]
	}
	return out
}

func largest(vs []float64) float64 {
	m := 0.0
	for _, v := range vs {
		if !(math.Abs(v) <= m) {
			m = math.Abs(v)
		}
	}
	return m
}
