package foresight

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/money"
)

// benchDir finds the folder of public data sets, or skips.
func benchDir(t testing.TB, name string) string {
	root := os.Getenv("BENCH")
	if root == "" {
		root = "../../../shared/bench"
	}
	dir := filepath.Join(root, name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no data set at %s (set BENCH to its folder)", dir)
	}
	return dir
}

// A sheet is a CSV file by column.
type sheet struct {
	at   map[string]int
	rows [][]string
}

func readSheet(t testing.TB, path string) sheet {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	s := sheet{at: map[string]int{}, rows: all[1:]}
	for i, name := range all[0] {
		s.at[name] = i
	}
	return s
}

func (s sheet) num(r int, col string) float64 {
	v, _ := strconv.ParseFloat(s.rows[r][s.at[col]], 64)
	return v
}

func readJSON(t testing.TB, path string, into any) {
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// cdnow reads the golden rows of the CDNOW sample.
func cdnow(t testing.TB) (sheet, []History) {
	s := readSheet(t, filepath.Join(benchDir(t, "clv/cdnow"), "customers_golden.csv"))
	hs := make([]History, len(s.rows))
	for i := range hs {
		hs[i] = History{Orders: 1 + int(s.num(i, "x")), Recency: s.num(i, "t_x"), Age: s.num(i, "T"), Spend: s.num(i, "zbar")}
	}
	return s, hs
}

func grocery(t testing.TB) (sheet, []History) {
	s := readSheet(t, filepath.Join(benchDir(t, "clv/grocery"), "customers_golden.csv"))
	hs := make([]History, len(s.rows))
	for i := range hs {
		hs[i] = History{Orders: 1 + int(s.num(i, "x")), Recency: s.num(i, "t.x"), Age: s.num(i, "T.cal"), LogGaps: s.num(i, "litt")}
	}
	return s, hs
}

// bar prints a bar. Bars of time fail only where BENCH asks for them: elsewhere
// the machine may be shared, or the race detector on.
func bar(t *testing.T, id, what, ours, peer, bar string, met bool) {
	t.Helper()
	word := "met"
	if !met {
		word = "NOT MET"
		if !strings.Contains(what, "time on") || os.Getenv("BENCH") != "" {
			t.Fail()
		}
	}
	t.Logf("BAR %s %s: ours %s · peer %s · bar %s · %s", id, what, ours, peer, bar, word)
}

func num(v float64) string { return strconv.FormatFloat(v, 'g', 8, 64) }

// quickest is the best of five runs: the machine is shared.
func quickest(run func()) time.Duration {
	best := time.Hour
	for range 5 {
		t0 := time.Now()
		run()
		best = min(best, time.Since(t0))
	}
	return best
}

type fitted struct{ R, Alpha, A, B, S, Beta, P, Q, V, LL float64 }

func within(got, want, tol float64) bool { return math.Abs(got-want) <= tol }

func params(f Fit) string {
	return num(f.R) + " " + num(f.Alpha) + " " + num(f.A) + " " + num(f.B) + " LL " + strconv.FormatFloat(f.LogLik, 'f', 6, 64)
}

func TestBarsOfTheFits(t *testing.T) {
	_, hs := cdnow(t)
	var want struct{ Published, Measured map[string]fitted }
	readJSON(t, filepath.Join(benchDir(t, "clv/cdnow"), "expected.json"), &want)
	native := runtime.GOARCH != "wasm"

	var f Fit
	e := want.Measured["bgnbd"]
	took := quickest(func() { f = FitOrders(hs, BG, 1, Params{}) })
	bar(t, "A1", "BG/NBD, CDNOW", params(f), num(e.R)+" "+num(e.Alpha)+" "+num(e.A)+" "+num(e.B)+" LL "+num(e.LL), "0.001",
		within(f.R, e.R, .001) && within(f.Alpha, e.Alpha, .001) && within(f.A, e.A, .001) && within(f.B, e.B, .001) && within(f.LogLik, e.LL, .001))
	limit := 30 * time.Millisecond
	if !native {
		limit = 100 * time.Millisecond
	}
	bar(t, "A1", "BG/NBD, time on "+runtime.GOARCH, took.String(), "80ms native, 170ms wasm (Go and gonum)", limit.String(), took <= limit)

	// The peer stopped a little before the optimum (its LL is 2e-6 lower); the
	// paper prints β 11.669.
	e = want.Measured["pnbd"]
	took = quickest(func() { f = FitOrders(hs, Pareto, 1, Params{}) })
	bar(t, "A2", "Pareto/NBD, CDNOW", params(f), num(e.R)+" "+num(e.Alpha)+" "+num(e.S)+" "+num(e.Beta)+" LL "+num(e.LL), "0.005, LL 0.001",
		within(f.R, e.R, .005) && within(f.Alpha, e.Alpha, .005) && within(f.A, e.S, .005) && within(f.B, e.Beta, .005) && within(f.LogLik, e.LL, .001))
	limit = 150 * time.Millisecond
	if !native {
		limit = 500 * time.Millisecond
	}
	bar(t, "A2", "Pareto/NBD, time on "+runtime.GOARCH, took.String(), "300ms (CLVTools)", limit.String(), took <= limit)

	e = want.Measured["mbgnbd"]
	f = FitOrders(hs, MBG, 1, Params{})
	bar(t, "A1", "MBG/NBD, CDNOW", params(f), num(e.R)+" "+num(e.Alpha)+" "+num(e.A)+" "+num(e.B), "0.001",
		within(f.R, e.R, .001) && within(f.Alpha, e.Alpha, .001) && within(f.A, e.A, .001) && within(f.B, e.B, .001))

	e = want.Measured["gg"]
	var g Spend
	took = quickest(func() { g = FitSpend(hs, Params{}) })
	bar(t, "A4", "Gamma-Gamma, CDNOW", num(g.P)+" "+num(g.Q)+" "+num(g.V)+" LL "+num(g.LogLik),
		num(e.P)+" "+num(e.Q)+" "+num(e.V)+" LL "+num(e.LL), "0.001", within(g.P, e.P, .001) && within(g.Q, e.Q, .001) && within(g.V, e.V, .001) && within(g.LogLik, e.LL, .001))
	bar(t, "A4", "Gamma-Gamma, time on "+runtime.GOARCH, took.String(), "30ms", "20ms", took <= 20*time.Millisecond)
}

func TestBarOfRenewals(t *testing.T) {
	dir := benchDir(t, "clv/donations")
	s := readSheet(t, filepath.Join(dir, "donations.csv"))
	rs := make([]Renewals, len(s.rows))
	for i := range rs {
		rs[i] = Renewals{int(s.num(i, "frequency")), int(s.num(i, "recency")), int(s.num(i, "periods")), int(s.num(i, "weights"))}
	}
	var want struct {
		Measured map[string]struct{ Alpha, Beta, Gamma, Delta, LL float64 }
		Checks   []struct {
			NCal  int     `json:"n_cal"`
			NStar int     `json:"n_star"`
			X     int     `json:"x"`
			T     int     `json:"t_x"`
			CET   float64 `json:"cet"`
			Alive float64 `json:"palive_at_n_plus_1"`
		}
	}
	readJSON(t, filepath.Join(dir, "expected.json"), &want)
	e := want.Measured["btyd_2.4.3"]
	var f Renewal
	took := quickest(func() { f = FitRenewal(rs, Params{}) })
	show := func(a, b, c, d, ll float64) string {
		return num(a) + " " + num(b) + " " + num(c) + " " + num(d) + " LL " + strconv.FormatFloat(ll, 'f', 5, 64)
	}
	bar(t, "A4", "BG/BB, donations", show(f.Alpha, f.Beta, f.Gamma, f.Delta, f.LogLik), show(e.Alpha, e.Beta, e.Gamma, e.Delta, e.LL), "0.002, LL 0.01",
		within(f.Alpha, e.Alpha, .002) && within(f.Beta, e.Beta, .002) && within(f.Gamma, e.Gamma, .002) && within(f.Delta, e.Delta, .002) && within(f.LogLik, e.LL, .01))
	bar(t, "A4", "BG/BB, time on "+runtime.GOARCH, took.String(), "50ms", "20ms", took <= 20*time.Millisecond)
	for _, c := range want.Checks {
		r := Renewals{Taken: c.X, Last: c.T, Chance: c.NCal}
		fc, pa := f.Forecast(r, c.NStar, .8), f.Alive(r)
		bar(t, "A4", "BG/BB, x "+strconv.Itoa(c.X), num(fc.Mean)+" "+num(pa), num(c.CET)+" "+num(c.Alive), "0.001 relative",
			within(fc.Mean, c.CET, .001*c.CET) && within(pa, c.Alive, .001))
	}
}

func TestBarOfTheGoldenRows(t *testing.T) {
	s, hs := cdnow(t)
	var want struct {
		Golden map[string]fitted `json:"golden_parameters"`
	}
	readJSON(t, filepath.Join(benchDir(t, "clv/cdnow"), "expected.json"), &want)
	for name, kind := range map[string]Kind{"bgnbd": BG, "pnbd": Pareto, "mbgnbd": MBG} {
		e := want.Golden[name]
		f := Fit{Kind: kind, K: 1, R: e.R, Alpha: e.Alpha, A: e.A + e.S, B: e.B + e.Beta}
		var alive, rel float64
		ok := true
		for i, h := range hs {
			pa, fc := f.Alive(h), f.Forecast(h, 39, .8)
			wantPA, wantMean := s.num(i, name+"_palive"), s.num(i, name+"_cet39")
			ok = ok && within(pa, wantPA, 1e-6) && (within(fc.Mean, wantMean, 1e-6*wantMean) || within(fc.Mean, wantMean, 1e-8))
			alive = max(alive, math.Abs(pa-wantPA))
			rel = max(rel, math.Max(0, math.Abs(fc.Mean-wantMean)-1e-8)/math.Max(wantMean, 1e-8))
		}
		bar(t, "A3", name+", "+strconv.Itoa(len(hs))+" rows", "P(alive) off by at most "+num(alive)+", orders by "+num(rel)+" beyond 1e-8", "lifetimes", "1e-6, 1e-6", ok)
	}
	e := want.Golden["gg"]
	g := Spend{P: e.P, Q: e.Q, V: e.V}
	worst := 0.0
	for i, h := range hs {
		if v := s.num(i, "gg_mean"); v > 0 {
			worst = max(worst, math.Abs(g.Amount(h, .8).Mean-v)/v)
		}
	}
	bar(t, "A3", "Gamma-Gamma mean", "off by at most "+num(worst), "lifetimes", "1e-6", worst <= 1e-6)
}

func TestBarOfRegularOrders(t *testing.T) {
	s, hs := grocery(t)
	var want struct {
		Fits map[string]struct{ K, R, Alpha, A, B, LL, MAE float64 }
	}
	readJSON(t, filepath.Join(benchDir(t, "clv/grocery"), "expected.json"), &want)
	e := want.Fits["mbgcnbd_k"]
	var f Fit
	took := quickest(func() { f = FitRegular(hs, Params{MaxK: 6}) })
	score := func(f Fit) (total, mae, spread float64) {
		for i, h := range hs {
			m := f.Forecast(h, s.num(i, "T.star"), .8).Mean
			total += m
			mae += math.Abs(m-s.num(i, "x.star")) / float64(len(hs))
			spread = max(spread, math.Abs(f.Alive(h)-s.num(i, "mbgcnbdk_palive")))
		}
		return total, mae, spread
	}
	total, mae, spread := score(f)
	bar(t, "A5", "MBG/CNBD-k, grocery", "k "+strconv.Itoa(f.K)+" "+params(f), "k "+num(e.K)+" "+num(e.R)+" "+num(e.Alpha)+" "+num(e.A)+" "+num(e.B)+" LL "+num(e.LL), "k = 2, LL 0.05",
		f.K == 2 && within(f.LogLik, e.LL, .05) && within(f.R, e.R, .005*e.R) && within(f.Alpha, e.Alpha, .005*e.Alpha) && within(f.A, e.A, .005*e.A) && within(f.B, e.B, .005*e.B))
	bar(t, "A5", "MBG/CNBD-k, mean absolute error over 52 weeks, total "+num(total)+" of 3389", num(mae), num(e.MAE), "1.433", mae <= 1.433)
	bar(t, "A5", "MBG/CNBD-k, P(alive), 1,525 rows at each one's own fit", "off by at most "+num(spread), "BTYDplus", "0.001", spread <= .001)
	limit := 200 * time.Millisecond
	if runtime.GOARCH == "wasm" {
		limit *= 5 // the bar is native
	}
	bar(t, "A5", "MBG/CNBD-k, k over 1..6, time on "+runtime.GOARCH, took.String(), "450ms", limit.String(), took <= limit)
}

// wholesale reads the orders of the clients of the departure table, and checks
// what Observe makes of them against the table.
func wholesale(t testing.TB) []History {
	s := readSheet(t, filepath.Join(benchDir(t, "retail-b2b"), "departure_2010.csv"))
	hs := make([]History, len(s.rows))
	for i := range hs {
		hs[i] = History{Orders: 1 + int(s.num(i, "x")), Recency: s.num(i, "t_x"), Age: s.num(i, "T")}
	}
	o := readSheet(t, filepath.Join(benchDir(t, "retail-b2b"), "orders_2009_2010.csv"))
	days, amounts := map[string][]calendar.Day{}, map[string][]money.Cents{}
	for i := range o.rows {
		d, err := calendar.ParseISO(o.rows[i][o.at["date"]])
		if err != nil {
			t.Fatal(err)
		}
		if c := o.rows[i][0]; o.num(i, "sales_gbp") > 0 {
			days[c] = append(days[c], d)
			amounts[c] = append(amounts[c], money.Cents(math.Round(100*o.num(i, "sales_gbp"))))
		}
	}
	seen := make([]History, len(s.rows))
	asOf := calendar.Of(2010, 8, 31)
	for i := range seen {
		c := s.rows[i][0]
		seen[i] = Observe(days[c], amounts[c], asOf)
		if h := hs[i]; seen[i].Orders != h.Orders || !within(seen[i].Recency, h.Recency, 1e-5) || !within(seen[i].Age, h.Age, 1e-5) {
			t.Fatalf("client %s: observed %+v; the table says %+v", c, seen[i], h)
		}
	}
	return seen
}

func TestBarOfWholesale(t *testing.T) {
	s := readSheet(t, filepath.Join(benchDir(t, "retail-b2b"), "departure_2010.csv"))
	seen := wholesale(t)
	for name, fit := range map[string]func() Fit{
		"BG/NBD":                    func() Fit { return FitOrders(seen, BG, 1, Params{}) },
		"MBG/NBD":                   func() Fit { return FitOrders(seen, MBG, 1, Params{}) },
		"Pareto/NBD":                func() Fit { return FitOrders(seen, Pareto, 1, Params{}) },
		"MBG/CNBD-k":                func() Fit { return FitRegular(seen, Params{MaxK: 6}) },
		"MBG/CNBD-k with its prior": func() Fit { return FitRegular(seen, Defaults()) },
	} {
		var f Fit
		took := quickest(func() { f = fit() })
		ok := f.Verdict == NotIdentified
		total, mae := 0.0, 0.0
		for i, h := range seen {
			fc, pa := f.Forecast(h, 100./7, .8), f.Alive(h)
			for _, v := range []float64{pa, fc.Mean, fc.NoOrder, f.LogLik, f.R, f.Alpha, f.A, f.B} {
				ok = ok && !math.IsNaN(v) && !math.IsInf(v, 0)
			}
			total += fc.Mean
			mae += math.Abs(fc.Mean-s.num(i, "future_orders")) / float64(len(seen))
		}
		bar(t, "A6", name+", time on "+runtime.GOARCH, took.String(), "47s (lifetimes, Pareto/NBD)", "1s", took < time.Second)
		bar(t, "A6", name, "finite, not identified, departed "+num(f.Departed)+", evidence "+num(f.Evidence)+", k "+strconv.Itoa(f.K)+" "+params(f)+", 100 days "+num(total)+" of 4408, MAE "+num(mae),
			"NaN (lifetimes)", "finite, not identified", ok)
	}
}

func BenchmarkFitBGNBD(b *testing.B)     { benchFit(b, BG) }
func BenchmarkFitMBGNBD(b *testing.B)    { benchFit(b, MBG) }
func BenchmarkFitParetoNBD(b *testing.B) { benchFit(b, Pareto) }

func benchFit(b *testing.B, kind Kind) {
	_, hs := cdnow(b)
	for b.Loop() {
		FitOrders(hs, kind, 1, Params{})
	}
}

func BenchmarkFitRegular(b *testing.B) {
	_, hs := grocery(b)
	for b.Loop() {
		FitRegular(hs, Params{MaxK: 6})
	}
}

func BenchmarkFitGammaGamma(b *testing.B) {
	_, hs := cdnow(b)
	for b.Loop() {
		FitSpend(hs, Params{})
	}
}

func BenchmarkForecastOfAPortfolio(b *testing.B) {
	_, hs := grocery(b)
	f := Fit{Kind: MBG, K: 2, R: 1.3292, Alpha: 2.8126, A: .42472, B: .79004}
	for b.Loop() {
		for _, h := range hs {
			f.Forecast(h, 13, .8)
		}
	}
}
