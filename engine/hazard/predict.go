package hazard

import (
	"math"

	"sillon/engine/explain"
)

// P counts the predictors of the model.
func (m Model) P() int { return max(0, len(m.Coef)-1) }

// sane reports whether a model that was read from elsewhere can be used.
func (m Model) sane() bool {
	k := len(m.Coef)
	if k == 0 || len(m.Mean) != k-1 || len(m.Scale) != k-1 || len(m.Cov) != 0 && len(m.Cov) != k*k {
		return false
	}
	for _, list := range [][]float64{m.Coef, m.Mean, m.Scale, m.Cov} {
		for _, x := range list {
			if !(math.Abs(x) <= huge) {
				return false
			}
		}
	}
	return true
}

// Logit is η of a client, and its standard error.
func (m Model) Logit(x []float64) (eta, se float64) {
	if !m.sane() {
		return 0, 0
	}
	z := make([]float64, len(m.Coef))
	standardise(z, x, m.Mean, m.Scale)
	eta = dot(z, m.Coef)
	if len(m.Cov) > 0 {
		se = math.Sqrt(max(0, m.spread(z)))
	}
	return eta, se
}

// z95 is the 97.5 % point of the normal law.
const z95 = 1.959963984540054

// Of is the chance to leave in one period, with the 95 % interval that the
// uncertainty of the coefficients gives. It needs no allocation besides one
// short slice.
func (m Model) Of(x []float64) Estimate { return m.Over(x, 1) }

// Over is the chance to leave within several periods, the predictors staying
// as they are: 1 − (1 − h)^periods.
func (m Model) Over(x []float64, periods float64) Estimate {
	eta, se := m.Logit(x)
	e := float64(z95 * se)
	return Estimate{within(eta, periods), within(eta-e, periods), within(eta+e, periods)}
}

// within is 1 − (1 − h)^periods, without the loss of a small h.
func within(eta, periods float64) float64 {
	if periods == 1 {
		return expit(eta)
	}
	if !(periods > 0) {
		return 0
	}
	return -math.Expm1(-periods * loss(eta, false)) // log(1 − h) = −log(1 + e^η)
}

// Contributions writes into c, one a predictor, what each adds to η against
// the mean client: coefficient × standardised value.
func (m Model) Contributions(x, c []float64) {
	clear(c)
	if !m.sane() {
		return
	}
	z := make([]float64, len(m.Coef))
	standardise(z, x, m.Mean, m.Scale)
	for j := range min(len(c), m.P()) {
		c[j] = m.Coef[j+1] * z[j+1]
	}
}

// Recentre moves the intercept so that the mean prediction on d is the
// observed rate: after [Firth] it is FLIC (Puhr et al. 2017); on new months it
// is the monthly recalibration, one parameter. With one class only nothing
// moves.
func (m Model) Recentre(d Data) Model {
	if !m.sane() || d.P != m.P() {
		return m
	}
	g := prepare(d, m.Mean, m.Scale)
	if g.events == 0 || g.events == g.n {
		return m
	}
	eta := make([]float64, g.n)
	for i := range eta {
		eta[i] = dot(g.row(i), m.Coef)
	}
	c := append([]float64(nil), m.Coef...)
	c[0] += shift(eta, float64(g.events))
	m.Coef = c
	return m
}

// shift is δ with Σ expit(η + δ) = events: the sum grows with δ, so Newton is
// kept in a bracket that bisection narrows.
func shift(eta []float64, events float64) float64 {
	low, high, d := -700.0, 700.0, 0.0
	for range 200 {
		f, slope := -events, 0.0
		for _, e := range eta {
			p := expit(e + d)
			f += p
			slope += float64(p * (1 - p))
		}
		if f > 0 {
			high = d
		} else {
			low = d
		}
		next := d - f/slope
		if !(next > low && next < high) {
			next = (low + high) / 2
		}
		if math.Abs(next-d) < 1e-12 {
			return next
		}
		d = next
	}
	return d
}

// Update takes the office's pooled fit as a prior and adds one's own clients.
// The prior is normal, centred on the pooled coefficients, with the pooled
// information scaled to k client-periods, k from 5 to all the office's rows;
// the intercept, which is what differs most between territories, may be held
// as firmly, ten or a hundred times less. Both are chosen on own clients left
// out, the firmest when they do not tell. Without rows of one's own, or against
// a pooled model without a covariance, the pooled model is the answer.
func Update(office Model, own Data) Model {
	if !office.sane() || len(office.Cov) == 0 || own.P != office.P() || own.Rows() == 0 || office.Rows <= 0 {
		office.Method = AsOffice
		if !office.sane() {
			office.Mark = explain.Missing(explain.NoData)
		}
		return office
	}
	g := prepare(own, office.Mean, office.Scale)
	k := g.k
	info := append([]float64(nil), office.Cov...)
	for j := range k { // a direction that never varied: no step there
		if !(info[j*k+j] > 0) {
			info[j*k+j] = 1e6
		}
	}
	factor(info, k)
	q := pull{centre: office.Coef, q: inverse(info, k)}
	for i := range q.q {
		q.q[i] /= float64(office.Rows)
	}
	m := g.model(ByPrior)
	m.Left = math.Inf(1)
	for range 3 {
		b := append([]float64(nil), office.Coef...)
		strength, dev := g.search(q, strengths(float64(office.Rows), min(5, float64(office.Rows)), 2), b)
		if dev < m.Left-1e-9 {
			m.Lambda, m.Left, m.Coef, m.Cov = strength, dev, b, inverse(g.h, k)
		}
		for j := range k { // loosen the intercept ten times
			q.q[j] /= math.Sqrt(10)
			q.q[j*k] /= math.Sqrt(10)
		}
	}
	m.Rows, m.Events = office.Rows+g.n, office.Events+g.events
	if m.Mark = explain.Sound(); m.Events < Few {
		m.Mark = explain.Thin(explain.FewClients)
	}
	return m
}
