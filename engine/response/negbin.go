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

// mean is μ of one row of regressors.
func (m *negbin) mean(x *[width]float64) float64 {
	eta := 0.0
	for j := range width {
		eta += float64(m.b[j] * x[j])
	}
	return math.Exp(min(max(eta, -maxEta), maxEta))
}

// rest pauses, where one is to.
func (m *negbin) rest() {
	if m.pause != nil {
		m.pause()
	}
}

// value is the penalised log-likelihood at b.
func (m *negbin) value(rows []row) float64 {
	m.rest()
	sum := 0.0
	for i := range rows {
		r := &rows[i]
		mu := m.mean(&r.x)
		sum += m.logLik(r.y, mu)
	}
	for j := 1; j < width; j++ {
		sum -= float64(ridge / 2 * m.b[j] * m.b[j])
	}
	return sum
}

// logLik is ln P(y) + ln y!: the probability up to what no parameter touches.
func (m *negbin) logLik(y int32, mu float64) float64 {
	d := m.theta + mu
	return m.sums.log(y) - float64(m.theta*math.Log1p(mu/m.theta)) + float64(float64(y)*(math.Log(mu)-math.Log(d)))
}

// solve fits the coefficients by Fisher scoring with halved steps and θ by
// Newton in ln θ, in turns, from where m stands.
func (m *negbin) solve(rows []row) {
	m.sums.at(m.theta, rows)
	m.fit = m.value(rows)
	for range 40 {
		before := m.fit
		m.step(rows)
		m.stepTheta(rows)
		if m.fit-before < 1e-9*(1+math.Abs(before)) {
			break
		}
	}
	m.score(rows)
}

// score leaves the expected information and returns the gradient.
func (m *negbin) score(rows []row) (g [width]float64) {
	m.rest()
	m.info = [width][width]float64{}
	for i := range rows {
		r := &rows[i]
		mu := m.mean(&r.x)
		s, w := m.pull(r.y, mu)
		for j := range width {
			g[j] += float64(s * r.x[j])
			wx := w * r.x[j]
			for k := 0; k <= j; k++ {
				m.info[j][k] += float64(wx * r.x[k])
			}
		}
	}
	for j := range width {
		if j > 0 {
			g[j] -= float64(ridge * m.b[j])
			m.info[j][j] += ridge
		}
		for k := range j {
			m.info[k][j] = m.info[j][k]
		}
	}
	return g
}

// pull is the derivative of the log-likelihood by the linear predictor, and
// its expected information.
func (m *negbin) pull(y int32, mu float64) (score, weight float64) {
	f := m.theta / (m.theta + mu)
	return (float64(y) - mu) * f, mu * f
}

// step moves the coefficients uphill.
func (m *negbin) step(rows []row) {
	g := m.score(rows)
	a := m.info
	if m.fixed {
		g[logVisits] = 0
		for j := range width {
			a[j][logVisits], a[logVisits][j] = 0, 0
		}
		a[logVisits][logVisits] = 1
	}
	inv := inverse(a)
	from := m.b
	for half := 1.0; half > 1e-3; half /= 2 {
		for j := range width {
			d := 0.0
			for k := range width {
				d += float64(inv[j][k] * g[k])
			}
			m.b[j] = from[j] + float64(half*d)
		}
		if v := m.value(rows); v > m.fit {
			m.fit = v
			return
		}
	}
	m.b = from
}

// stepTheta moves the dispersion uphill.
func (m *negbin) stepTheta(rows []row) {
	m.rest()
	var d1, d2 float64 // by θ
	for i := range rows {
		r := &rows[i]
		mu, y := m.mean(&r.x), float64(r.y)
		d := m.theta + mu
		d1 += m.sums.first(r.y) - math.Log1p(mu/m.theta) + (mu-y)/d
		d2 += m.sums.second(r.y) + mu/(m.theta*d) - (mu-y)/float64(d*d)
	}
	g := d1 * m.theta // by ln θ
	h := float64(d2*m.theta*m.theta) + g
	move := .7 * sign(g)
	if h < 0 {
		move = min(max(-g/h, -.7), .7)
	}
	from := m.theta
	for ; math.Abs(move) > 1e-7; move /= 2 {
		m.theta = min(max(from*math.Exp(move), minTheta), maxTheta)
		m.sums.at(m.theta, rows)
		if v := m.value(rows); v > m.fit {
			m.fit = v
			return
		}
	}
	m.theta = from
	m.sums.at(from, rows)
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
