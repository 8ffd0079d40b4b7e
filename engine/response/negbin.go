package response

import "math"

// width is the number of regressors: 1, ln level, ln(1+lag), ln(1+visits) and
// the client's mean of ln(1+visits).
const width = 5

const (
	one = iota
	logLevel
	logLag
	logVisits
	meanVisits
)

// A row is one client-period of the regression.
type row struct {
	x [width]float64
	y int32
}

// negbin is a negative binomial regression: mean μ = exp(xb), variance
// μ + μ²/θ.
type negbin struct {
	b     [width]float64
	theta float64
	fixed bool // the coefficient of visits is held
	info  [width][width]float64
	fit   float64 // penalised log-likelihood, up to a term of y alone
	sums  rising
	pause func()
}

const (
	maxTheta = 1e5 // beyond it the distribution is Poisson
	minTheta = .05
	maxEta   = 25  // exp(25) orders in a period: a damaged file
	ridge    = .04 // weak normal prior of deviation 5 on each coefficient but the first
)

// eta is ln μ of one row of regressors.
func (m *negbin) eta(x *[width]float64) float64 {
	eta := 0.0
	for j := range width {
		eta += float64(m.b[j] * x[j])
	}
	return min(max(eta, -maxEta), maxEta)
}

func (m *negbin) mean(x *[width]float64) float64 { return math.Exp(m.eta(x)) }

// rest pauses, where one is to.
func (m *negbin) rest() {
	if m.pause != nil {
		m.pause()
	}
}

// logLik is ln P(y) + ln y!: the probability up to what no parameter touches.
func (m *negbin) logLik(y int32, mu float64) float64 {
	d := m.theta + mu
	return m.sums.log(y) - float64(m.theta*math.Log1p(mu/m.theta)) + float64(float64(y)*(math.Log(mu)-math.Log(d)))
}

// A sight is the penalised log-likelihood at a point, its slope, and its
// curvature downwards (the observed information), by the coefficients and ln θ.
type sight struct {
	value, slopeT float64
	slope, cross  [width]float64
	info          [width][width]float64
	infoT         float64
}

// look takes one pass over the rows.
func (m *negbin) look(rows []row) (s sight) {
	m.rest()
	m.sums.at(m.theta, rows)
	theta, lnTheta := m.theta, math.Log(m.theta)
	var d1, d2 float64 // by θ
	for i := range rows {
		r := &rows[i]
		x := &r.x
		eta := m.eta(x)
		mu, y := math.Exp(eta), float64(r.y)
		d := theta + mu
		ln := math.Log1p(mu / theta)
		e, f := (mu-y)/d, mu/d
		s.value += m.sums.log(r.y) - float64(theta*ln) + float64(y*(eta-lnTheta-ln))
		d1 += m.sums.first(r.y) - ln + e
		d2 += m.sums.second(r.y) + f/theta - e/d
		pull, w, c := -float64(e*theta), f*(theta+y)*theta/d, float64(e*f)
		for j := range width {
			s.slope[j] += float64(pull * x[j])
			s.cross[j] += float64(c * x[j])
			wx := float64(w * x[j])
			for k := 0; k <= j; k++ {
				s.info[j][k] += float64(wx * x[k])
			}
		}
	}
	s.slopeT = float64(d1 * theta)
	s.infoT = -float64(d2*theta*theta) - s.slopeT
	for j := range width {
		s.cross[j] *= theta
		if j > 0 {
			s.value -= float64(ridge / 2 * m.b[j] * m.b[j])
			s.slope[j] -= float64(ridge * m.b[j])
			s.info[j][j] += ridge
		}
		for k := range j {
			s.info[k][j] = s.info[j][k]
		}
	}
	if m.fixed {
		s.slope[logVisits], s.cross[logVisits] = 0, 0
		for j := range width {
			s.info[j][logVisits], s.info[logVisits][j] = 0, 0
		}
		s.info[logVisits][logVisits] = 1
	}
	return s
}

// step is Newton's, and the double of what it promises to gain. For a given θ
// the likelihood has one summit; where it has none in ln θ, that one goes uphill
// by its slope.
func (s *sight) step(theta float64) (by [width]float64, byT, gain float64) {
	inv := inverse(s.info)
	var g, c [width]float64 // A⁻¹·slope, A⁻¹·cross
	bend, slope := s.infoT, s.slopeT
	for j := range width {
		for k := range width {
			g[j] += float64(inv[j][k] * s.slope[k])
			c[j] += float64(inv[j][k] * s.cross[k])
		}
	}
	for j := range width {
		bend -= float64(s.cross[j] * c[j])
		slope -= float64(s.cross[j] * g[j])
	}
	switch {
	case slope > 0 && theta >= maxTheta, slope < 0 && theta <= minTheta: // at the edge
	case bend > 0:
		byT = min(max(slope/bend, -.7), .7)
	default:
		byT = .7 * sign(slope)
	}
	gain = float64(s.slopeT * byT)
	for j := range width {
		by[j] = g[j] - float64(c[j]*byT)
		gain += float64(s.slope[j] * by[j])
	}
	return by, byT, gain
}

// solve climbs by Newton's steps, halved where they lead down, from where m
// stands. A step that promises less than close is the last: Newton squares the
// error, so that no figure of it depends on the machine.
func (m *negbin) solve(rows []row) {
	const close = 1e-10
	s := m.look(rows)
	for range 60 {
		by, byT, gain := s.step(m.theta)
		from, theta, better := m.b, m.theta, false
		for half := 1.0; half > 1e-4 && !better; half /= 2 {
			for j := range width {
				m.b[j] = from[j] + float64(half*by[j])
			}
			m.theta = min(max(theta*math.Exp(half*byT), minTheta), maxTheta)
			next := s
			if gain > close {
				next = m.look(rows)
			}
			if better = next.value > s.value || !(gain > close); better {
				s = next
			}
		}
		if !better {
			m.b, m.theta = from, theta
		}
		if !better || !(gain > close) {
			break
		}
	}
	m.fit = s.value
	m.sums.at(m.theta, rows)
}

// learn leaves the expected information.
func (m *negbin) learn(rows []row) {
	m.rest()
	m.info = [width][width]float64{}
	for i := range rows {
		r := &rows[i]
		_, w := m.pull(r.y, m.mean(&r.x))
		for j := range width {
			wx := w * r.x[j]
			for k := 0; k <= j; k++ {
				m.info[j][k] += float64(wx * r.x[k])
			}
		}
	}
	for j := range width {
		if j > 0 {
			m.info[j][j] += ridge
		}
		for k := range j {
			m.info[k][j] = m.info[j][k]
		}
	}
}

// pull is the derivative of the log-likelihood by the linear predictor, and
// its expected information.
func (m *negbin) pull(y int32, mu float64) (score, weight float64) {
	f := m.theta / (m.theta + mu)
	return (float64(y) - mu) * f, mu * f
}

func sign(x float64) float64 {
	if x < 0 {
		return -1
	}
	return 1
}

// inverse of a symmetric positive definite matrix, by Gauss-Jordan.
func inverse(a [width][width]float64) (inv [width][width]float64) {
	for j := range width {
		inv[j][j] = 1
	}
	for p := range width {
		d := a[p][p]
		if d < 1e-12 { // nothing is known in this direction
			d = 1e12
		}
		for k := range width {
			a[p][k] /= d
			inv[p][k] /= d
		}
		for i := range width {
			if i == p {
				continue
			}
			f := a[i][p]
			for k := range width {
				a[i][k] -= float64(f * a[p][k])
				inv[i][k] -= float64(f * inv[p][k])
			}
		}
	}
	return inv
}

// rising holds, for one θ, the sums over k < y of ln(θ+k), 1/(θ+k) and
// −1/(θ+k)²: the differences of lnΓ and of its derivatives between θ+y and θ,
// without a call of lnΓ per line. Larger counts go on with Stirling's series.
type rising struct {
	theta          float64
	logs, ones, sq []float64
}

const longest = 256

func (s *rising) at(theta float64, rows []row) {
	if s.logs == nil {
		top := int32(0)
		for i := range rows {
			top = max(top, rows[i].y)
		}
		n := min(int(top), longest) + 1
		s.logs, s.ones, s.sq = make([]float64, n), make([]float64, n), make([]float64, n)
	}
	s.theta = theta
	for k := 1; k < len(s.logs); k++ {
		t := theta + float64(k-1)
		s.logs[k] = s.logs[k-1] + math.Log(t)
		s.ones[k] = s.ones[k-1] + 1/t
		s.sq[k] = s.sq[k-1] - 1/float64(t*t)
	}
}

// tail splits a count into what the table holds and the rest, from a to b.
func (s *rising) tail(y int32) (k int, a, b float64, more bool) {
	k = min(int(y), len(s.logs)-1)
	return k, s.theta + float64(k), s.theta + float64(y), int(y) > k
}

func (s *rising) log(y int32) float64 {
	k, a, b, more := s.tail(y)
	if !more {
		return s.logs[k]
	}
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	return s.logs[k] + lb - la
}

func (s *rising) first(y int32) float64 {
	k, a, b, more := s.tail(y)
	if !more {
		return s.ones[k]
	}
	return s.ones[k] + digamma(b) - digamma(a)
}

func (s *rising) second(y int32) float64 {
	k, a, b, more := s.tail(y)
	if !more {
		return s.sq[k]
	}
	return s.sq[k] + trigamma(a, b)
}

// trigamma is ψ′(b) − ψ′(a) of large arguments.
func trigamma(a, b float64) float64 {
	f := func(x float64) float64 { return 1/x + .5/float64(x*x) + 1/float64(6*x*x*x) }
	return f(b) - f(a)
}

// digamma of a large argument, by its asymptotic series.
func digamma(x float64) float64 { return math.Log(x) - .5/x - 1/(12*float64(x*x)) }
