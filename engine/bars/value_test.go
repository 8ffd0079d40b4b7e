package bars

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/foresight"
	"sillon/engine/money"
)

// fitted is a model as an expected.json writes it. S and Beta are those of
// Pareto/NBD, where ours has A and B.
type fitted struct {
	R, Alpha, A, B, S, Beta, P, Q, V, LL float64
	K                                    int
	MAE                                  float64
	Peer                                 string
}

func (e fitted) params() []float64 { return []float64{e.R, e.Alpha, e.A + e.S, e.B + e.Beta} }

// fit is the model of foresight with these parameters.
func (e fitted) fit(kind foresight.Kind) foresight.Fit {
	return foresight.Fit{Kind: kind, K: max(1, e.K), R: e.R, Alpha: e.Alpha, A: e.A + e.S, B: e.B + e.Beta}
}

func params(f foresight.Fit) []float64 { return []float64{f.R, f.Alpha, f.A, f.B} }

func allWithin(got, want []float64, tol float64) bool {
	for i := range got {
		if !within(got[i], want[i], tol) {
			return false
		}
	}
	return true
}

// atPeer is the log-likelihood of BG/NBD on these rows at a peer's parameters,
// from the paper (Fader, Hardie, Lee 2005, eq. 6): where it is not what the peer
// says, his rows were others. Our own fit has no say in it.
func (e fitted) atPeer(hs []foresight.History) float64 {
	ll := 0.0
	for _, h := range hs {
		x := float64(h.Repeats())
		ll += gamma(e.R+x) - gamma(e.R) + e.R*math.Log(e.Alpha) + gamma(e.A+e.B) + gamma(e.B+x) - gamma(e.B) - gamma(e.A+e.B+x)
		there := -(e.R + x) * math.Log(e.Alpha+h.Age)
		if x > 0 {
			gone := math.Log(e.A/(e.B+x-1)) - (e.R+x)*math.Log(e.Alpha+h.Recency)
			there = max(there, gone) + math.Log1p(math.Exp(-math.Abs(there-gone)))
		}
		ll += there
	}
	return ll
}

func gamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

// same reports whether the peers looked at these rows.
func (w cdnow) same(hs []foresight.History) bool {
	e := w.Measured["bgnbd"]
	return e.R > 0 && within(e.atPeer(hs), e.LL, .01)
}

// cohort is the file of one cohort in clv: a row a client.
func cohort(t testing.TB, name string) (sheet, []foresight.History) {
	t.Helper()
	s := table(t, "clv/"+name+"/customers_golden.csv")
	col := func(names ...string) string {
		for _, n := range names {
			if _, ok := s.at[n]; ok {
				return n
			}
		}
		t.Fatalf("%s has no column %s", s.name, names[0])
		return ""
	}
	recency, age := col("t_x", "t.x"), col("T", "T.cal")
	s.need(t, "x")
	hs := make([]foresight.History, len(s.rows))
	for i := range hs {
		hs[i] = foresight.History{
			Orders: 1 + int(s.num(i, "x")), Recency: s.num(i, recency), Age: s.num(i, age),
			LogGaps: s.num(i, "litt"), Spend: s.num(i, "zbar"),
		}
	}
	return s, hs
}

type cdnow struct {
	Published, Measured map[string]fitted
	Golden              map[string]fitted `json:"golden_parameters"`
	Tolerance           struct {
		Parameters float64 `json:"parameters_abs"`
		LL         float64 `json:"LL_abs"`
		Alive      float64 `json:"palive_abs"`
		CETRel     float64 `json:"cet_rel"`
		CETAbs     float64 `json:"cet_abs"`
	}
}

// parameters prints how near a fit is to the peer's.
func parameters(t *testing.T, id, what string, f foresight.Fit, e fitted, same bool, tol, tolLL float64) {
	t.Helper()
	ok := allWithin(params(f), e.params(), tol)
	bar(t, id, what+", parameters", figures(5, params(f)...), figures(5, e.params()...), "+-"+strconv.FormatFloat(tol, 'g', 3, 64), judgeIf(same && e.R > 0, ok))
	if e.LL != 0 {
		bar(t, id, what+", log-likelihood", figures(4, f.LogLik), figures(4, e.LL), "+-"+strconv.FormatFloat(tolLL, 'g', 3, 64), judgeIf(same, within(f.LogLik, e.LL, tolLL)))
	}
}

// A1: BG/NBD (and MBG/NBD) against CLVTools and lifetimes. A2: Pareto/NBD; the
// peer stopped a little before the optimum, its log-likelihood is 2e-6 lower,
// and the paper of 2005 prints β 11.669.
func TestBarA1A2Orders(t *testing.T) {
	_, hs := cohort(t, "cdnow")
	var want cdnow
	expected(t, "clv/cdnow/expected.json", &want)
	tol, tolLL := or(want.Tolerance.Parameters, .001), or(want.Tolerance.LL, .001)

	var f foresight.Fit
	took := quickest(func() { f = foresight.FitOrders(hs, foresight.BG, 1, foresight.Params{}) })
	e := want.Measured["bgnbd"]
	same := want.same(hs)
	parameters(t, "A1", "BG/NBD", f, e, same, tol, tolLL)
	timed(t, "A1", "BG/NBD", took, "80 ms (wasm 170), Go+gonum", 30*time.Millisecond, 100*time.Millisecond)
	f = foresight.FitOrders(hs, foresight.MBG, 1, foresight.Params{})
	parameters(t, "A1", "MBG/NBD", f, want.Measured["mbgnbd"], same, tol, tolLL)

	took = quickest(func() { f = foresight.FitOrders(hs, foresight.Pareto, 1, foresight.Params{}) })
	e = want.Measured["pnbd"]
	parameters(t, "A2", "Pareto/NBD", f, e, same, max(tol, .005), tolLL)
	beta(t, f, e, want.Published["pnbd_fhl2005"])
	timed(t, "A2", "Pareto/NBD", took, "300 ms, CLVTools", 150*time.Millisecond, 500*time.Millisecond)
}

// beta says how far ours is from each figure of it: the peer's, the paper's, and
// the peer's cut to the two decimals that the bar is printed with. The likelihood
// is flat there: the peer's stops short of the optimum, which the paper has.
func beta(t *testing.T, ours foresight.Fit, peer, paper fitted) {
	t.Helper()
	if peer.Beta == 0 {
		return
	}
	cut := math.Trunc(100*peer.Beta) / 100
	words := func(v float64) string {
		return fmt.Sprintf("%.4f, off by %+.4f", v, ours.B-v)
	}
	t.Logf("note: A2 Pareto/NBD, beta is %.5f; the peer %s (bar +-0.005 met: %v); printed as %s (met: %v); the paper %s (met: %v)", ours.B,
		words(peer.Beta), within(ours.B, peer.Beta, .005), words(cut), within(ours.B, cut, .005), words(paper.Beta), within(ours.B, paper.Beta, .005))
	t.Logf("note: A2 Pareto/NBD, log-likelihood %.6f; the peer %.6f: ours is higher by %.1e", ours.LogLik, peer.LL, ours.LogLik-peer.LL)
}

// A3: the formulas at parameters that are given, row by row.
func TestBarA3GoldenRows(t *testing.T) {
	s, hs := cohort(t, "cdnow")
	var want cdnow
	expected(t, "clv/cdnow/expected.json", &want)
	tolAlive, tolRel, tolAbs := or(want.Tolerance.Alive, 1e-6), or(want.Tolerance.CETRel, 1e-6), or(want.Tolerance.CETAbs, 1e-8)
	for _, m := range []struct {
		name string
		kind foresight.Kind
	}{{"bgnbd", foresight.BG}, {"pnbd", foresight.Pareto}, {"mbgnbd", foresight.MBG}} {
		e, ok := want.Golden[m.name]
		column, weeks := horizon(s, m.name+"_cet")
		if !ok || weeks == 0 {
			t.Logf("note: A3 %s has no golden rows in this folder", m.name)
			continue
		}
		rows(t, m.name, s, hs, e.fit(m.kind), m.name+"_palive", column, func(int) float64 { return weeks }, tolAlive, tolRel, tolAbs)
	}
	e := want.Golden["gg"]
	g := foresight.Spend{P: e.P, Q: e.Q, V: e.V}
	worst, n, sound := 0.0, 0, true
	for i, h := range hs {
		mean := g.Amount(h, .8).Mean
		sound = sound && finite(mean)
		if v := s.num(i, "gg_mean"); v > 0 {
			n++
			worst = max(worst, math.Abs(mean-v)/v)
		}
	}
	bar(t, "A3", fmt.Sprintf("Gamma-Gamma mean, %d rows", n), "off by "+small(worst), "lifetimes", "1e-6 relative, finite", judge(sound && worst <= 1e-6))
}

// The same on the grocery rows, at the parameters each peer found. The k = 2
// expectation of the peer is approximate, and says so: his and ours are both set
// beside the truth, which a simulation of the model tells.
func TestBarA3GroceryRows(t *testing.T) {
	s, hs := cohort(t, "grocery")
	var want grocery
	expected(t, "clv/grocery/expected.json", &want)
	weeks := func(i int) float64 { return s.num(i, "T.star") }
	for _, m := range []struct {
		name, column string
		kind         foresight.Kind
	}{{"bgnbd", "bgnbd", foresight.BG}, {"pnbd", "pnbd", foresight.Pareto}, {"mbgnbd", "mbgnbd", foresight.MBG}, {"mbgcnbd_k", "mbgcnbdk", foresight.MBG}} {
		e, ok := want.Fits[m.name]
		if _, has := s.at[m.column+"_palive"]; !ok || !has {
			t.Logf("note: A3 %s has no golden rows in this folder", m.name)
			continue
		}
		cet := m.column + "_cet"
		if e.K > 1 {
			cet = ""
		}
		rows(t, "grocery, "+m.name, s, hs, e.fit(m.kind), m.column+"_palive", cet, weeks, 1e-6, 1e-6, 1e-8)
		if _, has := s.at[m.column+"_cet"]; e.K > 1 && has {
			regular(t, s, hs, e, m.column+"_cet", weeks)
		}
	}
}

// regular judges the expectations of MBG/CNBD-k, ours and the peer's, against a
// simulation that uses no formula of either.
func regular(t *testing.T, s sheet, hs []foresight.History, e fitted, column string, weeks func(int) float64) {
	t.Helper()
	f := e.fit(foresight.MBG)
	rng := rand.New(rand.NewPCG(17, 29))
	var ours, peer, truth, variance, worst, apart float64
	sound, far := true, 0
	for i, h := range hs {
		mean, theirs := f.Forecast(h, weeks(i), .8).Mean, s.num(i, column)
		sim, se := e.simulate(rng, h, weeks(i), 1500)
		sound = sound && finite(mean)
		ours, peer, truth, variance = ours+mean, peer+theirs, truth+sim, variance+se*se
		apart = max(apart, math.Abs(mean-theirs)/max(theirs, 1e-8))
		if z := math.Abs(mean-sim) / max(se, 1e-3); z > 4 {
			far++
		} else {
			worst = max(worst, z)
		}
	}
	limit := 4 * math.Sqrt(variance)
	what := fmt.Sprintf("grocery, k = %d, expectation", e.K)
	bar(t, "A3", fmt.Sprintf("%s, Σ of %d rows", what, len(hs)), figures(1, ours), figures(1, peer), fmt.Sprintf("%.1f +- %.1f simulated, finite", truth, limit), judge(sound && within(ours, truth, limit)))
	bar(t, "A3", what+", rows beyond 4 s.e. of the simulation", strconv.Itoa(far), "-", "<= 2 in 1000", judge(far <= max(1, len(hs)/500)))
	t.Logf("note: A3 %s: 1e-6 relative of the peer's approximation is not met, off by %s at most; his total is off the simulation by %+.1f (%.0f s.e.), ours by %+.1f (%.1f s.e.)",
		what, small(apart), peer-truth, math.Abs(peer-truth)/math.Sqrt(variance), ours-truth, math.Abs(ours-truth)/math.Sqrt(variance))
}

// simulate plays the weeks to come of a client of MBG/CNBD-k whose past is
// known: rates and dropouts drawn after the orders seen, alive or gone weighed
// by the silence since, the days to come drawn one by one.
func (e fitted) simulate(rng *rand.Rand, h foresight.History, weeks float64, draws int) (mean, se float64) {
	x, silence := float64(h.Repeats()), h.Age-h.Recency
	var w, wy, ww, wwy, wwyy float64
	for range draws {
		lambda := gammaDraw(rng, e.R+float64(e.K)*x) / (e.Alpha + h.Recency)
		p := gammaDraw(rng, e.A)
		p /= p + gammaDraw(rng, e.B+x)
		// no order since: fewer than k steps of the clock within the silence
		none, step := 0.0, math.Exp(-lambda*silence)
		steps := make([]float64, e.K)
		for k := range e.K {
			steps[k] = step
			none += step
			step *= lambda * silence / float64(k+1)
		}
		alive := (1 - p) * none
		y := 0.0
		if alive > 0 {
			at, u := 0, rng.Float64()*none
			for at < e.K-1 && u > steps[at] {
				u -= steps[at]
				at++
			}
			for now := 0.0; ; at = 0 {
				for ; at < e.K; at++ {
					now += rng.ExpFloat64() / lambda
				}
				if now > weeks {
					break
				}
				if y++; rng.Float64() < p {
					break
				}
			}
		}
		// weight of the draw, and what it says
		weight := alive + p
		value := 0.0
		if weight > 0 {
			value = y * alive / weight
		}
		w, wy, ww = w+weight, wy+weight*value, ww+weight*weight
		wwy, wwyy = wwy+weight*weight*value, wwyy+weight*weight*value*value
	}
	mean = wy / w
	return mean, math.Sqrt(max(0, wwyy-2*mean*wwy+mean*mean*ww)) / w
}

// gammaDraw is the method of Marsaglia and Tsang (2000).
func gammaDraw(rng *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gammaDraw(rng, shape+1) * math.Pow(rng.Float64(), 1/shape)
	}
	d := shape - 1./3
	c := 1 / math.Sqrt(9*d)
	for {
		x := rng.NormFloat64()
		v := math.Pow(1+c*x, 3)
		if v > 0 && math.Log(rng.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

// horizon finds the column name+weeks.
func horizon(s sheet, name string) (column string, weeks float64) {
	for _, c := range s.head {
		if n, ok := strings.CutPrefix(c, name); ok {
			return c, parse(n)
		}
	}
	return "", 0
}

// rows compares P(alive) and expected orders with two columns.
func rows(t *testing.T, name string, s sheet, hs []foresight.History, f foresight.Fit, alive, cet string, weeks func(int) float64, tolAlive, tolRel, tolAbs float64) {
	t.Helper()
	var offAlive, offRel float64
	ok, sound := true, true
	for i, h := range hs {
		pa, mean := f.Alive(h), f.Forecast(h, weeks(i), .8).Mean
		sound = sound && finite(pa, mean)
		offAlive = max(offAlive, math.Abs(pa-s.num(i, alive)))
		if cet == "" {
			continue
		}
		want := s.num(i, cet)
		ok = ok && (within(mean, want, tolRel*want) || within(mean, want, tolAbs))
		if off := math.Abs(mean - want); off > tolAbs {
			offRel = max(offRel, off/max(want, tolAbs))
		}
	}
	ok = ok && sound
	bar(t, "A3", fmt.Sprintf("%s, P(alive), %d rows", name, len(hs)), "off by "+small(offAlive), "-", small(tolAlive)+", finite", judge(sound && offAlive <= tolAlive))
	if cet != "" {
		bar(t, "A3", fmt.Sprintf("%s, expectation, %d rows", name, len(hs)), "off by "+small(offRel), "-", small(tolRel)+" relative or "+small(tolAbs)+", finite", judge(ok))
	}
}

// A4: Gamma-Gamma and BG/BB.
func TestBarA4Amounts(t *testing.T) {
	_, hs := cohort(t, "cdnow")
	var want cdnow
	expected(t, "clv/cdnow/expected.json", &want)
	e := want.Measured["gg"]
	var g foresight.Spend
	took := quickest(func() { g = foresight.FitSpend(hs, foresight.Params{}) })
	ours, theirs := []float64{g.P, g.Q, g.V}, []float64{e.P, e.Q, e.V}
	same := e.P > 0 && want.same(hs)
	bar(t, "A4", "Gamma-Gamma, parameters", figures(4, ours...), figures(4, theirs...), "+-0.001", judgeIf(same, allWithin(ours, theirs, .001)))
	if e.LL != 0 {
		bar(t, "A4", "Gamma-Gamma, log-likelihood", figures(4, g.LogLik), figures(4, e.LL), "+-0.001", judgeIf(same, within(g.LogLik, e.LL, .001)))
	}
	timed(t, "A4", "Gamma-Gamma", took, "30 ms", 20*time.Millisecond)
}

type bgbb struct{ Alpha, Beta, Gamma, Delta, LL float64 }

// atPeer is the log-likelihood of BG/BB on these rows at a peer's parameters
// (Fader, Hardie, Shang 2010, eq. 5).
func (e bgbb) atPeer(rs []foresight.Renewals) float64 {
	beta := func(a, b float64) float64 { return gamma(a) + gamma(b) - gamma(a+b) }
	ll := 0.0
	for _, r := range rs {
		x, t, n := float64(r.Taken), float64(r.Last), float64(r.Chance)
		l := math.Exp(beta(e.Alpha+x, e.Beta+n-x) + beta(e.Gamma, e.Delta+n))
		for i := 0.0; i < n-t; i++ {
			l += math.Exp(beta(e.Alpha+x, e.Beta+t-x+i) + beta(e.Gamma+1, e.Delta+t+i))
		}
		ll += float64(max(1, r.Weight)) * (math.Log(l) - beta(e.Alpha, e.Beta) - beta(e.Gamma, e.Delta))
	}
	return ll
}

func TestBarA4Renewals(t *testing.T) {
	s := table(t, "clv/donations/donations.csv")
	s.need(t, "frequency", "recency", "periods")
	rs := make([]foresight.Renewals, len(s.rows))
	for i := range rs {
		rs[i] = foresight.Renewals{Taken: int(s.num(i, "frequency")), Last: int(s.num(i, "recency")), Chance: int(s.num(i, "periods")), Weight: int(s.num(i, "weights"))}
	}
	var want struct {
		Measured map[string]bgbb
		Checks   []struct {
			NCal  int     `json:"n_cal"`
			NStar int     `json:"n_star"`
			X     int     `json:"x"`
			T     int     `json:"t_x"`
			CET   float64 `json:"cet"`
			Alive float64 `json:"palive_at_n_plus_1"`
		}
		Tolerance struct {
			Parameters float64 `json:"parameters_abs"`
			LL         float64 `json:"LL_abs"`
			CET        float64 `json:"cet_rel"`
		}
	}
	expected(t, "clv/donations/expected.json", &want)
	e := want.Measured["btyd_2.4.3"]
	if e.Alpha == 0 {
		for _, m := range want.Measured { // another peer; the best where there are several
			if e.Alpha == 0 || m.LL > e.LL {
				e = m
			}
		}
	}
	var f foresight.Renewal
	took := quickest(func() { f = foresight.FitRenewal(rs, foresight.Params{}) })
	ours, theirs := []float64{f.Alpha, f.Beta, f.Gamma, f.Delta}, []float64{e.Alpha, e.Beta, e.Gamma, e.Delta}
	same := e.Alpha > 0 && within(e.atPeer(rs), e.LL, .01)
	tol, tolLL, tolCET := or(want.Tolerance.Parameters, .002), or(want.Tolerance.LL, .01), or(want.Tolerance.CET, .001)
	bar(t, "A4", "BG/BB, parameters", figures(4, ours...), figures(4, theirs...), "+-"+figures(3, tol), judgeIf(same, allWithin(ours, theirs, tol)))
	bar(t, "A4", "BG/BB, log-likelihood", figures(4, f.LogLik), figures(4, e.LL), "+-"+figures(2, tolLL), judgeIf(same, within(f.LogLik, e.LL, tolLL)))
	timed(t, "A4", "BG/BB", took, "50 ms", 20*time.Millisecond)
	for _, c := range want.Checks {
		r := foresight.Renewals{Taken: c.X, Last: c.T, Chance: c.NCal}
		mean, alive := f.Forecast(r, c.NStar, .8).Mean, f.Alive(r)
		bar(t, "A4", fmt.Sprintf("BG/BB, x %d: orders, P(alive)", c.X), figures(5, mean, alive), figures(5, c.CET, c.Alive), figures(3, tolCET)+" relative",
			judgeIf(same, within(mean, c.CET, tolCET*c.CET) && within(alive, c.Alive, tolCET)))
	}
}

type grocery struct {
	Customers int
	Holdout   float64 `json:"holdout_actual_total"`
	Fits      map[string]fitted
	Tolerance struct {
		Parameters float64 `json:"parameters_rel"`
		LL         float64 `json:"LL_abs"`
		MAE        float64 `json:"mae_abs"`
	}
}

// A5: regular cycles, against BTYDplus.
func TestBarA5RegularOrders(t *testing.T) {
	s, hs := cohort(t, "grocery")
	s.need(t, "litt", "T.star", "x.star")
	var want grocery
	expected(t, "clv/grocery/expected.json", &want)
	e := want.Fits["mbgcnbd_k"]
	var f foresight.Fit
	took := quickest(func() { f = foresight.FitRegular(hs, foresight.Params{MaxK: 6}) })
	var total, actual, mae float64
	sound := true
	for i, h := range hs {
		m, x := f.Forecast(h, s.num(i, "T.star"), .8).Mean, s.num(i, "x.star")
		total, actual = total+m, actual+x
		mae += math.Abs(m-x) / float64(len(hs))
		sound = sound && finite(m, f.Alive(h))
	}
	// The same rows: as many, the same orders to come, and the likelihood that the
	// peer found for his BG/NBD is that of these rows at his parameters.
	g := want.Fits["bgnbd"]
	same := e.R > 0 && want.Customers == len(hs) && (want.Holdout == 0 || actual == want.Holdout) && (g.R == 0 || within(g.atPeer(hs), g.LL, .01))
	rel := or(want.Tolerance.Parameters, .005)
	near := f.K == e.K
	for i, v := range params(f) {
		near = near && within(v, e.params()[i], rel*e.params()[i])
	}
	bar(t, "A5", "MBG/CNBD-k, k and parameters", "k "+strconv.Itoa(f.K)+" "+figures(5, params(f)...), "k "+strconv.Itoa(e.K)+" "+figures(5, e.params()...),
		"same k, +-"+figures(1, 100*rel)+" %", judgeIf(same, near))
	tolLL := or(want.Tolerance.LL, .05)
	bar(t, "A5", "MBG/CNBD-k, log-likelihood", figures(3, f.LogLik), figures(3, e.LL), "+-"+figures(2, tolLL), judgeIf(same, within(f.LogLik, e.LL, tolLL)))
	limit := e.MAE + or(want.Tolerance.MAE, .002)
	bar(t, "A5", "MBG/CNBD-k, MAE of the orders to come", fmt.Sprintf("%.4f (%.0f orders of %.0f)", mae, total, actual), figures(4, e.MAE), "<= "+figures(3, limit)+", finite", judgeIf(same, sound && mae <= limit))
	timed(t, "A5", "MBG/CNBD-k, k over 1..6", took, "450 ms, BTYDplus", 200*time.Millisecond)
}

// wholesale reads the histories of the departure table as [foresight.Observe]
// makes them from the orders themselves.
func wholesale(t testing.TB, file string) (sheet, []foresight.History) {
	t.Helper()
	s := table(t, file)
	s.need(t, "customer", "x", "t_x", "T")
	days, amounts := map[string][]calendar.Day{}, map[string][]money.Cents{}
	for _, name := range names(t, "retail-b2b/orders_*.csv") {
		o := table(t, name)
		o.need(t, "customer", "date", "sales_gbp")
		for i := range o.rows {
			d, err := calendar.ParseISO(o.text(i, "date"))
			if err != nil {
				t.Fatalf("%s, line %d: %v", name, i+2, err)
			}
			if v := o.num(i, "sales_gbp"); v > 0 {
				c := o.text(i, "customer")
				days[c] = append(days[c], d)
				amounts[c] = append(amounts[c], money.Cents(math.Round(100*v)))
			}
		}
	}
	hs := make([]foresight.History, len(s.rows))
	asOf, off := asOfDay(s, days), 0
	for i := range hs {
		c := s.text(i, "customer")
		told := foresight.History{Orders: 1 + int(s.num(i, "x")), Recency: s.num(i, "t_x"), Age: s.num(i, "T")}
		hs[i] = foresight.Observe(days[c], amounts[c], asOf)
		if hs[i].Orders != told.Orders || !within(hs[i].Recency, told.Recency, 1e-5) || !within(hs[i].Age, told.Age, 1e-5) {
			hs[i] = told
			off++
		}
	}
	if off > 0 {
		t.Logf("note: A6 the orders of %d of %d clients are not those of the table, which is used for them", off, len(hs))
	}
	return s, hs
}

// asOfDay is the day the table is read at: that of most clients, by their
// first order and their age.
func asOfDay(s sheet, days map[string][]calendar.Day) calendar.Day {
	votes := map[calendar.Day]int{}
	best := calendar.Day(0)
	for i := range s.rows {
		first := calendar.Day(0)
		for k, d := range days[s.text(i, "customer")] {
			if k == 0 || d < first {
				first = d
			}
		}
		if first == 0 {
			continue
		}
		d := first + calendar.Day(math.Round(7*s.num(i, "T")))
		if votes[d]++; votes[d] > votes[best] {
			best = d
		}
	}
	return best
}

// A6: real wholesale orders. Every fit ends in time with finite answers, and
// says that departure is not identified where the folder says it is not.
func TestBarA6Wholesale(t *testing.T) {
	var want struct {
		Customers int
		Warning   string
		Future    struct{ MAE map[string]float64 } `json:"future_orders"`
	}
	expected(t, "retail-b2b/expected.json", &want)
	for _, file := range names(t, "retail-b2b/departure_*.csv") {
		s, hs := wholesale(t, file)
		for _, m := range []struct {
			name, peer string
			fit        func() foresight.Fit
		}{
			{"BG/NBD", "bgnbd", func() foresight.Fit { return foresight.FitOrders(hs, foresight.BG, 1, foresight.Params{}) }},
			{"MBG/NBD", "mbgnbd", func() foresight.Fit { return foresight.FitOrders(hs, foresight.MBG, 1, foresight.Params{}) }},
			{"Pareto/NBD", "pnbd", func() foresight.Fit { return foresight.FitOrders(hs, foresight.Pareto, 1, foresight.Params{}) }},
			{"MBG/CNBD-k", "", func() foresight.Fit { return foresight.FitRegular(hs, foresight.Params{MaxK: 6}) }},
			{"MBG/CNBD-k with its prior", "", func() foresight.Fit { return foresight.FitRegular(hs, foresight.Defaults()) }},
		} {
			t0 := time.Now()
			f := m.fit()
			took := time.Since(t0)
			var total, actual, mae float64
			sound := finite(f.LogLik, f.R, f.Alpha, f.A, f.B)
			for i, h := range hs {
				fc := f.Forecast(h, 100./7, .8)
				sound = sound && finite(f.Alive(h), fc.Mean, fc.NoOrder)
				total, actual = total+fc.Mean, actual+s.num(i, "future_orders")
				mae += math.Abs(fc.Mean-s.num(i, "future_orders")) / float64(len(hs))
			}
			says := "identified"
			if f.Verdict == foresight.NotIdentified {
				says = "not identified"
			}
			limit, ok := "finite", sound
			if strings.Contains(want.Warning, "not identified") {
				limit, ok = "finite, not identified", sound && f.Verdict == foresight.NotIdentified
			}
			peer := "NaN or drifting, lifetimes"
			if v := want.Future.MAE[m.peer]; v > 0 {
				peer += "; MAE " + figures(3, v)
			}
			if !sound {
				says = "NOT FINITE, " + says
			}
			bar(t, "A6", m.name+", departure", fmt.Sprintf("%s; MAE %.3f (%.0f orders of %.0f)", says, mae, total, actual), peer, limit, judge(ok))
			timed(t, "A6", m.name, took, "47 s, lifetimes", time.Second, time.Second)
		}
	}
}
