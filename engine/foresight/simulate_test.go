package foresight

import (
	"math"
	"math/rand/v2"
	"testing"

	"sillon/engine/explain"
)

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

func betaDraw(rng *rand.Rand, a, b float64) float64 {
	x, y := gammaDraw(rng, a), gammaDraw(rng, b)
	return x / (x + y)
}

// A lived is one simulated client: what is seen, and what is not.
type lived struct {
	h      History
	alive  bool
	future int // orders within the horizon
}

// live plays a client of the model, event by event: no formula of the package.
func live(rng *rand.Rand, f Fit, age, horizon float64) lived {
	lambda := gammaDraw(rng, f.R) / f.Alpha
	end := math.Inf(1)
	p := 0.0
	if f.Kind == Pareto {
		end = rng.ExpFloat64() / (gammaDraw(rng, f.A) / f.B)
	} else {
		p = betaDraw(rng, f.A, f.B)
	}
	out := lived{h: History{Orders: 1, Age: age}}
	now := 0.0
	if f.Kind == MBG && rng.Float64() < p {
		end = 0
	}
	for {
		gap := 0.0
		for range f.K {
			gap += rng.ExpFloat64() / lambda
		}
		if now += gap; now > end || now > age+horizon {
			break
		}
		if now <= age {
			out.h.Orders++
			out.h.LogGaps += math.Log(gap)
			out.h.Recency = now
		} else {
			out.future++
		}
		if f.Kind != Pareto && rng.Float64() < p {
			end = now
		}
	}
	out.alive = end > age
	return out
}

func crowd(f Fit, n int, horizon float64) ([]lived, []History) {
	rng := rand.New(rand.NewPCG(7, uint64(f.K)))
	all, hs := make([]lived, n), make([]History, n)
	for i := range all {
		all[i] = live(rng, f, 30+50*rng.Float64(), horizon)
		hs[i] = all[i].h
	}
	return all, hs
}

var truths = []Fit{
	{Kind: BG, K: 1, R: .8, Alpha: 5, A: .6, B: 2.5},
	{Kind: MBG, K: 1, R: 1.2, Alpha: 6, A: .5, B: 1.5},
	{Kind: MBG, K: 2, R: 1.5, Alpha: 3, A: .5, B: 2},
	{Kind: MBG, K: 4, R: 2, Alpha: 1.5, A: .3, B: 1},
	{Kind: BG, K: 3, R: 1, Alpha: 2, A: .5, B: 3},
	{Kind: Pareto, K: 1, R: .9, Alpha: 6, A: .7, B: 20},
}

func (f Fit) four() [4]float64 { return [4]float64{f.R, f.Alpha, f.A, f.B} }

// Parameters come back within four standard errors, and the errors are real.
func TestSimulatedPortfoliosAreRecovered(t *testing.T) {
	for _, want := range truths {
		_, hs := crowd(want, 3000, 26)
		got := FitOrders(hs, want.Kind, want.K, Params{})
		if got.Verdict != Identified || got.Status != explain.OK {
			t.Errorf("kind %d k %d: verdict %d status %v", want.Kind, want.K, got.Verdict, got.Status)
		}
		g, w := got.four(), want.four()
		for i := range g {
			if e := got.Error[i]; e <= 0 || e > 1 || math.Abs(math.Log(g[i]/w[i])) > 4*e {
				t.Errorf("kind %d k %d parameter %d: fitted %v (error of ln %v), played with %v", want.Kind, want.K, i, g[i], e, w[i])
			}
		}
		if want.Kind == MBG {
			if r := FitRegular(hs, Params{MaxK: 6}); r.K != want.K || r.LogLik < got.LogLik-1e-6 {
				t.Errorf("regularity %d found, %d played; LL %v against %v", r.K, want.K, r.LogLik, got.LogLik)
			}
		}
	}
}

// At the true parameters the predictions are right on average: orders to come,
// P(alive), P(no order), and the share inside the interval.
func TestPredictionsHoldOnSimulatedClients(t *testing.T) {
	const n = 20000
	for _, f := range truths {
		all, _ := crowd(f, n, 26)
		var alive, aliveWant, none, noneWant, orders, ordersWant, square, below, above float64
		for _, c := range all {
			fc := f.Forecast(c.h, 26, .8)
			alive += f.Alive(c.h)
			none += fc.NoOrder
			orders += fc.Mean
			if c.alive {
				aliveWant++
			}
			if c.future == 0 {
				noneWant++
			}
			ordersWant += float64(c.future)
			square += math.Pow(float64(c.future)-fc.Mean, 2)
			if c.future < fc.Low {
				below++
			}
			if c.future > fc.High {
				above++
			}
		}
		tol := 4 * math.Sqrt(n*.25)
		if math.Abs(alive-aliveWant) > tol || math.Abs(none-noneWant) > tol {
			t.Errorf("kind %d k %d: alive %.0f, was %.0f; without order %.0f, was %.0f", f.Kind, f.K, alive, aliveWant, none, noneWant)
		}
		if math.Abs(orders-ordersWant) > 4*math.Sqrt(square) {
			t.Errorf("kind %d k %d: %.0f orders foreseen, %.0f made (±%.0f)", f.Kind, f.K, orders, ordersWant, math.Sqrt(square))
		}
		// Whole orders: each side holds a tenth at most.
		if below > .11*n || above > .11*n || below+above < .02*n {
			t.Errorf("kind %d k %d: %.3f below the interval, %.3f above", f.Kind, f.K, below/n, above/n)
		}
	}
}

func TestRegularClientsAreMissedSooner(t *testing.T) {
	h := History{Orders: 11, Recency: 40, Age: 43, LogGaps: 10 * math.Log(4)} // every four weeks
	irregular := Fit{Kind: MBG, K: 1, R: 1, Alpha: 4, A: .5, B: 4, Verdict: NotIdentified}
	regular := irregular
	regular.K, regular.Alpha = 4, 1
	a, b := irregular.Silence(h, Defaults()), regular.Silence(h, Defaults())
	if a.Limit <= b.Limit || b.Usual < 21 || b.Usual > 35 {
		t.Errorf("limit %d days for an irregular client, %d (usual %d) for one who orders every 28", a.Limit, b.Limit, b.Usual)
	}
}

func TestSimulatedAmountsAreRecovered(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	const p, q, v = 5.0, 4.0, 15000.0
	var hs []History
	for range 2000 {
		nu, x := gammaDraw(rng, q)/v, 1+rng.IntN(8)
		sum := 0.0
		for range x {
			sum += gammaDraw(rng, p) / nu
		}
		hs = append(hs, History{Orders: x + 1, Recency: 1, Age: 2, Spend: sum / float64(x)})
	}
	f := FitSpend(hs, Params{})
	for i, g := range []float64{f.P / p, f.Q / q, f.V / v} {
		if e := f.Error[i]; e <= 0 || math.Abs(math.Log(g)) > 4*e {
			t.Errorf("parameter %d is %v times the one played, error of ln %v", i, g, e)
		}
	}
	// Half of the clients' own means lie under the population's: with q 4 the
	// mean pv/(q−1) is 25,000 cents.
	if a := f.Amount(History{Orders: 1}, .8); math.Abs(a.Mean-25000) > 1500 || a.Low >= a.Mean || a.High <= a.Mean {
		t.Errorf("a new client's order is %+v, want about 25000", a)
	}
}

func TestSimulatedRenewalsAreRecovered(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	want := Renewal{Alpha: 2, Beta: 1, Gamma: .8, Delta: 4}
	var rs []Renewals
	var future []int
	for range 20000 {
		p, theta := betaDraw(rng, want.Alpha, want.Beta), betaDraw(rng, want.Gamma, want.Delta)
		r := Renewals{Chance: 6}
		after := 0
		for i := 1; i <= 10; i++ {
			if rng.Float64() < theta {
				break
			}
			if rng.Float64() < p {
				if i <= 6 {
					r.Taken++
					r.Last = i
				} else {
					after++
				}
			}
		}
		rs, future = append(rs, r), append(future, after)
	}
	f := FitRenewal(rs, Params{})
	for i, g := range []float64{f.Alpha / want.Alpha, f.Beta / want.Beta, f.Gamma / want.Gamma, f.Delta / want.Delta} {
		if e := f.Error[i]; e <= 0 || math.Abs(math.Log(g)) > 4*e {
			t.Errorf("parameter %d is %v times the one played, error of ln %v", i, g, e)
		}
	}
	if f.Verdict != Identified {
		t.Errorf("verdict %d, evidence %v, departed %v", f.Verdict, f.Evidence, f.Departed)
	}
	var mean, was, none, noneWas, out float64
	for i, r := range rs {
		fc := want.Forecast(r, 4, .8)
		mean += fc.Mean
		was += float64(future[i])
		none += fc.NoOrder
		if future[i] == 0 {
			noneWas++
		}
		if future[i] < fc.Low || future[i] > fc.High {
			out++
		}
	}
	if math.Abs(mean-was) > 4*math.Sqrt(20000*2) || math.Abs(none-noneWas) > 4*math.Sqrt(20000*.25) || out > .2*20000 {
		t.Errorf("renewals %.0f, were %.0f; none %.0f, were %.0f; outside the interval %.0f", mean, was, none, noneWas, out)
	}
}

// Nobody leaves: the verdict must say that departures are not seen.
func TestNoDepartureIsNotIdentified(t *testing.T) {
	for _, k := range []int{1, 3} {
		rng := rand.New(rand.NewPCG(11, 12))
		hs := make([]History, 800)
		for i := range hs {
			hs[i] = live(rng, Fit{Kind: Pareto, K: k, R: 1.5, Alpha: 6, A: 1e-6, B: 1e6}, 60, 0).h
		}
		for _, kind := range []Kind{BG, MBG, Pareto} {
			if f := FitOrders(hs, kind, k, Defaults()); f.Verdict != NotIdentified || f.Status != explain.Weak || f.Reason != explain.NoVariation {
				t.Errorf("kind %d k %d: verdict %d, mark %v %v, evidence %v, departed %v", kind, k, f.Verdict, f.Status, f.Reason, f.Evidence, f.Departed)
			}
		}
	}
}

// One client in six orders at random, the others regularly, and nobody leaves: a
// regular model takes the long gaps for departures, its verdict does not.
func TestMixedRegularityIsNoDeparture(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	hs := make([]History, 2000)
	for i := range hs {
		k := 6
		if i%6 == 0 {
			k = 1
		}
		hs[i] = live(rng, Fit{Kind: Pareto, K: k, R: .8, Alpha: 4.8 / float64(k), A: 1e-6, B: 1e6}, 60, 0).h
	}
	f := FitRegular(hs, Params{MaxK: 6})
	if f.K == 1 || !convinced(f.Evidence, f.Departed, f.Clients) || f.Verdict != NotIdentified {
		t.Errorf("k %d, evidence %v, departed %v, verdict %d; the case wants a model that is wrongly convinced", f.K, f.Evidence, f.Departed, f.Verdict)
	}
	if g := FitOrders(hs, MBG, f.K, Params{}); g.Verdict != NotIdentified {
		t.Errorf("asked for k %d alone: verdict %d", f.K, g.Verdict)
	}
}
