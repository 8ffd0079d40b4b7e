package response_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sillon/engine/explain"
	"sillon/engine/response"
)

// made draws a panel whose truth is known: levels differ widely between
// clients, good clients are visited more, and orders answer to ln(1+visits)
// with slope beta, each client's own by spread.
func made(seed uint64, clients, periods int, beta, spread float64) (response.Panel, [][]float64) {
	rng := rand.New(rand.NewPCG(seed, 7))
	p := response.Panel{Ahead: 4}
	truth := make([][]float64, clients)
	for i := range clients {
		level := math.Exp(rng.NormFloat64()*.8 + .8)
		own := beta + spread*rng.NormFloat64()
		var y []int32
		var v []float64
		for range periods {
			x := float64(poisson(rng, .5+level/2))
			mu := level * math.Exp(own*(math.Log1p(x)-math.Log1p(.5+level/2)))
			truth[i] = append(truth[i], mu)
			y = append(y, poisson(rng, mu*gamma4(rng)))
			v = append(v, x)
		}
		p.Counts, p.Visits = append(p.Counts, y), append(p.Visits, v)
	}
	return p, truth
}

func poisson(rng *rand.Rand, mu float64) int32 {
	n, left := int32(0), mu
	for {
		left -= rng.ExpFloat64()
		if left < 0 || n > 10_000 {
			return n
		}
		n++
	}
}

// gamma4 is a gamma variable of mean 1 and variance 1/4.
func gamma4(rng *rand.Rand) float64 {
	return (rng.ExpFloat64() + rng.ExpFloat64() + rng.ExpFloat64() + rng.ExpFloat64()) / 4
}

func cut(p response.Panel, to int) response.Panel {
	q := response.Panel{Ahead: p.Ahead, Codes: p.Codes}
	for i := range p.Counts {
		q.Counts, q.Visits = append(q.Counts, p.Counts[i][:to]), append(q.Visits, p.Visits[i][:to])
	}
	return q
}

// The measured slope is that of visits within clients, although good clients
// are visited more: over twenty panels of known truth the data alone are
// right within .015 and a twentieth, and nine intervals in ten hold it (binomial: 14 or fewer of 20 has
// a chance of 1 % at 90 %).
func TestTheSlopeWithinClientsIsFound(t *testing.T) {
	for _, beta := range []float64{0, .15, .5} {
		inside, sum, truth := 0, 0.0, 0.0
		for seed := range uint64(20) {
			p, _ := made(seed, 150, 16, beta, 0)
			m := response.FitPanel(p)
			pull, n := 0.0, 0.0
			for _, v := range p.Visits {
				for _, x := range v[12:] {
					pull, n = pull+x/(1+x), n+1
				}
			}
			e := beta * pull / n
			sum, truth = sum+m.Measured.Value, truth+e
			if m.Measured.Low <= e && e <= m.Measured.High {
				inside++
			}
		}
		if bias := (sum - truth) / 20; math.Abs(bias) > .015+truth/20/20 || inside < 15 {
			t.Errorf("slope %v: bias %.4f, %d of 20 intervals hold the truth", beta, bias, inside)
		}
	}
}

// On data nobody chose, forecasts with the clients' own slopes do not lose to
// the common slope, nor to the mean of each client; with no difference between
// clients either.
func TestForecastsOnOtherData(t *testing.T) {
	for _, spread := range []float64{0, .4} {
		var own, common, level float64
		for seed := range uint64(10) {
			p, _ := made(seed+100, 200, 20, .3, spread)
			m := response.FitPanel(cut(p, 16))
			c := m.Common()
			for i := range p.Counts {
				sum := 0.0
				for _, y := range p.Counts[i][:16] {
					sum += float64(y)
				}
				for t := 16; t < 20; t++ {
					y, lag, v := p.Counts[i][t], float64(p.Counts[i][t-1]), p.Visits[i][t]
					own += m.LogProbability(y, m.Expected(i, lag, v))
					common += c.LogProbability(y, c.Expected(i, lag, v))
					level += m.LogProbability(y, max(sum/16, .05))
				}
			}
		}
		n := 10.0 * 200 * 4
		t.Logf("slopes differ by %v: own %.4f, common %.4f, client's mean %.4f", spread, own/n, common/n, level/n)
		if own < common-.001*n || own < level {
			t.Errorf("slopes differ by %v: own %.4f, common %.4f, client's mean %.4f", spread, own/n, common/n, level/n)
		}
		if spread > 0 && own < common+.002*n {
			t.Errorf("slopes do differ and knowing them gains only %.4f", (own-common)/n)
		}
	}
}

// Poisson counts without any effect: θ grows large and nothing breaks; the
// elasticity stays positive, by its prior, and small.
func TestAPanelWithoutEffect(t *testing.T) {
	p, _ := made(3, 200, 18, 0, 0)
	m := response.FitPanel(p)
	if m.Pooled.Value <= 0 || m.Pooled.Value > .12 || m.Pooled.Low <= 0 || m.Pooled.Low > m.Pooled.Value || m.Pooled.High < m.Pooled.Value {
		t.Errorf("elasticity %+v", m.Pooled)
	}
}

// Without variation of visits the elasticity is the prior's: lognormal of
// median .30 and spread .5, mean .34, 90 % from .132 to .683 (.30·exp(±1.645·.5)).
func TestTheSteadilyVisitedHaveThePrior(t *testing.T) {
	p, _ := made(1, 40, 12, .3, 0)
	for i := range p.Visits {
		for t := range p.Visits[i] {
			p.Visits[i][t] = 2
		}
	}
	m := response.FitPanel(p)
	if !near(m.Pooled.Value, .34, .004) || !near(m.Pooled.Low, .1318, .01) || !near(m.Pooled.High, .6828, .02) {
		t.Errorf("elasticity %+v, want the prior", m.Pooled)
	}
	if m.Status != explain.Weak || m.Reason != explain.NoVariation {
		t.Errorf("mark %v %v, want weak NO_VARIATION", m.Status, m.Reason)
	}
}

func TestPanelEdges(t *testing.T) {
	for _, tt := range []struct {
		name   string
		p      response.Panel
		status explain.Status
		reason explain.Reason
	}{
		{"an empty portfolio", response.Panel{}, explain.NA, explain.NoData},
		{"clients without a period", response.Panel{Counts: [][]int32{{}, {}}, Visits: [][]float64{{}, {}}}, explain.NA, explain.NoData},
		{"visits missing", response.Panel{Counts: [][]int32{{1, 2}}}, explain.NA, explain.NoData},
		{"nobody ordered", response.Panel{Counts: [][]int32{{0, 0, -3}}, Visits: [][]float64{{1, 2, 3}}}, explain.NA, explain.NoSales},
		{"nobody was visited", response.Panel{Counts: [][]int32{{1, 2, 3}}, Visits: [][]float64{{0, math.NaN(), -1}}}, explain.NA, explain.NoContact},
		{"one period", response.Panel{Counts: [][]int32{{4}, {2}}, Visits: [][]float64{{1}, {1}}}, explain.NA, explain.FewPeriods},
		{"one client", response.Panel{Counts: [][]int32{{4, 5, 6, 2, 4, 8}}, Visits: [][]float64{{1, 2, 1, 0, 1, 3}}}, explain.Weak, explain.FewPeriods},
		{"huge counts", response.Panel{Counts: [][]int32{{math.MaxInt32, 5, math.MaxInt32}, {1, 1, 1}}, Visits: [][]float64{{1, math.Inf(1), 1}, {1, 2, 1e300}}}, explain.Weak, explain.FewPeriods},
		{"a client of yesterday", response.Panel{Counts: [][]int32{{4, 5, 6, 2}, {9}}, Visits: [][]float64{{1, 2, 1, 0}, {1}}}, explain.Weak, explain.FewPeriods},
	} {
		m := response.FitPanel(tt.p)
		if m.Status != tt.status || m.Reason != tt.reason {
			t.Errorf("%s: %v %v, want %v %v", tt.name, m.Status, m.Reason, tt.status, tt.reason)
		}
		sane(t, &m)
	}
}

// sane: nothing that is not a number ever leaves the model.
func sane(t *testing.T, m *response.Model) {
	t.Helper()
	x := []float64{m.Carry, m.Theta, m.Discount}
	for _, e := range append(slices.Clone(m.Response), m.Pooled, m.Measured, m.LongRun) {
		x = append(x, e.Value, e.Low, e.High, e.SD)
		if e.Low > e.Value || e.High < e.Value {
			t.Errorf("interval %+v", e)
		}
	}
	for i := range m.Level {
		for _, v := range []float64{0, 3, math.NaN(), math.Inf(1), -1} {
			x = append(x, m.Expected(i, v, v))
		}
	}
	x = append(x, m.Expected(-1, 1, 1), m.Expected(len(m.Level), 1, 1))
	for _, v := range x {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Errorf("a value of the model is %v", v)
		}
	}
}

// The same panel in another order of clients gives the same bits.
func TestAPanelReadsTheSameInAnyOrder(t *testing.T) {
	p, _ := made(5, 60, 14, .2, .1)
	for i := range p.Counts {
		p.Codes = append(p.Codes, string([]byte{'A' + byte(i/8), 'a' + byte(i%8)}))
	}
	q := response.Panel{Ahead: p.Ahead}
	perm := rand.New(rand.NewPCG(9, 9)).Perm(60)
	for _, i := range perm {
		q.Counts, q.Visits, q.Codes = append(q.Counts, p.Counts[i]), append(q.Visits, p.Visits[i]), append(q.Codes, p.Codes[i])
	}
	a, b := response.FitPanel(p), response.FitPanel(q)
	if a.Pooled != b.Pooled || a.Theta != b.Theta || a.Discount != b.Discount {
		t.Errorf("%+v and %+v", a.Pooled, b.Pooled)
	}
	for k, i := range perm {
		if b.Response[k] != a.Response[i] || b.Level[k] != a.Level[i] {
			t.Fatalf("client %s differs", p.Codes[i])
		}
	}
}

// The model's word on a client, at its visits, is its response ÷ (1 −
// carry-over), and the blend takes it: with judgments that say the same
// (exactly the measure's curve), the curve stays.
func TestAModelSpeaksToTheCurve(t *testing.T) {
	p, _ := made(8, 80, 14, .3, 0)
	m := response.FitPanel(p)
	x := m.Measure(3, 2)
	if !near(x.Value, m.Response[3].Value/(1-m.Carry), 1e-12) || x.Visits != 2 || m.Measure(-1, 2) != (response.Measure{}) || m.Measure(80, 2) != (response.Measure{}) {
		t.Errorf("measure %+v of %+v, carry %v", x, m.Response[3], m.Carry)
	}
	c := x.Curve()
	b, err := response.Blend(response.Judgments{None: c.At(0), Half: c.At(.5), HasHalf: true, More: c.At(1.5), Saturation: c.Ceiling}, x)
	if err != nil || !near(b.At(.5), c.At(.5), 1) || !near(b.At(1.5), c.At(1.5), 1) {
		t.Errorf("blended %+v, want %+v (%v)", b, c, err)
	}
}

// Probabilities of all counts add up to one.
func TestProbabilitiesAddUp(t *testing.T) {
	p, _ := made(8, 80, 14, .3, 0)
	m := response.FitPanel(p)
	for _, mean := range []float64{.1, 2, 30} {
		total := 0.0
		for y := range int32(2000) {
			total += math.Exp(m.LogProbability(y, mean))
		}
		if !near(total, 1, 1e-9) {
			t.Errorf("mean %v: probabilities add up to %v", mean, total)
		}
	}
	if !math.IsInf(m.LogProbability(-1, 2), -1) || !math.IsInf(m.LogProbability(1, math.NaN()), -1) {
		t.Error("an impossible count or mean has a chance")
	}
}

// A large panel, 5 000 clients by 36 months: how long it takes is the
// benchmark's business.
func TestALargePanelFits(t *testing.T) {
	p, _ := made(2, 5000, 36, .2, .1)
	p.Ahead = 12
	if m := response.FitPanel(p); m.Status != explain.OK {
		t.Errorf("status %v, want ok", m.Status)
	}
}

func FuzzPanel(f *testing.F) {
	f.Add([]byte{3, 1, 2, 5, 0, 9, 1, 1, 4, 4, 2, 2}, uint8(2), uint8(1))
	f.Add([]byte{255, 255, 255, 255, 255, 255}, uint8(1), uint8(0))
	f.Add([]byte{0, 1, 0, 1, 0, 1, 0, 200}, uint8(3), uint8(200))
	f.Fuzz(func(t *testing.T, data []byte, clients, ahead uint8) {
		data = data[:min(len(data), 200)]
		n := int(clients%6) + 1
		p := response.Panel{Counts: make([][]int32, n), Visits: make([][]float64, n), Ahead: int(ahead)}
		for k := 0; k+1 < len(data); k += 2 {
			i := k / 2 % n
			c := int32(data[k])
			if c > 250 {
				c = math.MinInt32 + c<<24
			}
			p.Counts[i] = append(p.Counts[i], c)
			p.Visits[i] = append(p.Visits[i], float64(data[k+1])/7-2)
		}
		m := response.FitPanel(p)
		sane(t, &m)
	})
}
