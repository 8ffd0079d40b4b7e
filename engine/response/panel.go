package response

import (
	"math"

	"sillon/engine/explain"
)

// A Panel is what clients ordered and how often they were visited, period by
// period: series of equal steps (months), oldest first, all ending with the
// same period. A newer client has a shorter series.
type Panel struct {
	Counts [][]int32   // orders, lines or units; negative ones count as none
	Visits [][]float64 // visits or contact units, the same lengths
	Codes  []string    // fixes the order of the sums; nil: the index does
	Ahead  int         // periods the forecasts look ahead; 0: a third of the longest series
	// Pause is called between passes over the periods, and may never return: it
	// panics, and its author recovers. nil: no pause.
	Pause func()
}

// An Elasticity is a measured sensitivity with its uncertainty: the growth of
// the orders, in percent, for one percent more visits.
type Elasticity struct {
	Value float64 `cbor:"1,keyasint"`
	Low   float64 `cbor:"2,keyasint"` // 90 % interval
	High  float64 `cbor:"3,keyasint"`
	SD    float64 `cbor:"4,keyasint"`
}

// A Model is the fitted response of a panel to visits. Slices are indexed like
// the clients of the panel.
type Model struct {
	Level    []float64    // usual orders per period, smoothed and shrunk
	Response []Elasticity // of each client, shrunk towards the whole
	Pooled   Elasticity   // of the whole, at the mean visits; prior and data
	Measured Elasticity   // of the whole by the data alone
	LongRun  Elasticity   // of the whole when the effort lasts: ÷ (1 − carry-over)
	Carry    float64      // carry-over of one period's orders to the next (0-0.9)
	Theta    float64      // negative binomial: variance μ + μ²/θ
	Discount float64      // weight a period loses in the level with each period
	Rows     int          // client-periods the regression rests on
	explain.Mark

	reg   negbin
	slope []float64 // own departure from the common slope
	usual []float64 // own mean of ln(1+visits)
}

// fewRows is where a regression of five coefficients starts to be readable.
const fewRows = 60

// discounts are the candidates of the level's memory: all of it, down to
// half the weight lost with each period. The likelihood chooses.
var discounts = [...]float64{1, .95, .9, .85, .8, .7, .6, .5}

// FitPanel fits the response of orders to visits (courbe de réponse mesurée).
//
//	ln μ = b₀ + b₁·ln level + b₂·ln(1+lag) + β·ln(1+visits) + b₄·mean ln(1+visits)
//
// on the last periods, the level of each client coming from the periods before
// them: never from the same months, or it would swallow the effect. The mean
// visits of the client stand beside the visits of the period, so that β is
// read within clients: representatives visit good clients more, and a slope
// across clients says so rather than what a visit does (Mundlak 1978). The
// logarithm of the visits makes the return diminish; ln(1+lag), for the lag
// itself would explode in the exponential.
func FitPanel(p Panel) Model {
	f := newFitting(p)
	m := Model{Level: make([]float64, f.n), Response: make([]Elasticity, f.n), slope: make([]float64, f.n), usual: make([]float64, f.n)}
	if why := f.empty(); why != explain.None {
		m.Mark = explain.Missing(why)
		return m
	}
	best := math.Inf(-1)
	var start negbin
	start.pause = p.Pause
	start.b[logLevel], start.b[logLag], start.theta = .6, .3, 2
	for _, d := range discounts {
		reg := start
		reg.sums = rising{}
		rows := f.rows(d)
		reg.solve(rows)
		start = reg // the next one is near
		if reg.fit > best {
			best, m.reg, m.Discount = reg.fit, reg, d
		}
	}
	rows := f.rows(m.Discount)
	m.Rows = len(rows)
	f.pool(&m, rows)
	f.levels(f.periods, m.Discount, m.Level)
	f.each(&m)
	m.Theta = m.reg.theta
	f.mark(&m)
	return m
}

// Expected is the mean of client i's orders in a period, from those of the
// period before and its visits.
func (m *Model) Expected(i int, lag, visits float64) float64 {
	if i < 0 || i >= len(m.Level) || !m.Has() {
		return 0
	}
	v := math.Log1p(clean(visits))
	x := [width]float64{one: 1, logLevel: math.Log(m.Level[i]), logLag: math.Log1p(clean(lag)), logVisits: v, meanVisits: m.usual[i]}
	own := min(max(float64(m.slope[i]*(v-m.usual[i])), -3), 3)
	return m.reg.mean(&x) * math.Exp(own)
}

// LogProbability is the logarithm of the chance of y orders when mean are
// expected.
func (m *Model) LogProbability(y int32, mean float64) float64 {
	if y < 0 || !(mean > 0) || !m.Has() {
		return math.Inf(-1)
	}
	lf, _ := math.Lgamma(float64(y) + 1)
	return m.reg.logLik(y, mean) - lf
}

// clean turns what is not a number of visits or orders into none.
func clean(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return min(x, 1e9)
}

// Measure is what the model says of client i at its visits of today, effect
// that lasts included: what [Blend] weighs with the judgments.
func (m *Model) Measure(i int, visits float64) Measure {
	if i < 0 || i >= len(m.Response) || !m.Has() {
		return Measure{}
	}
	return Measure{Elasticity: m.Response[i].times(1 / (1 - m.Carry)), Visits: clean(visits)}
}

// Common is the model with the slope all clients share, without their own
// departures from it: what the shrunk slopes are measured against.
func (m Model) Common() Model {
	m.slope = make([]float64, len(m.slope))
	return m
}
