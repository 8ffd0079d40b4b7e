package response

import (
	"cmp"
	"math"
	"slices"

	"sillon/engine/explain"
)

// fitting is a panel being read. Periods are on a common clock that ends with
// every series; a client's own period 0 is its start on that clock.
type fitting struct {
	n       int
	order   []int32 // clients by code: the order of every sum
	counts  [][]int32
	logs    [][]float64 // ln(1+visits)
	usual   []float64   // mean of logs
	pull    []float64   // mean of visits/(1+visits): d ln(1+v) / d ln v
	periods int
	origin  int // first period of the regression
	buffer  []row
	firsts  []int32 // where the rows of each client of the order begin, and the end
	level   []float64
	varies  bool // some client's visits changed
	total   float64
	contact float64
}

func newFitting(p Panel) *fitting {
	f := &fitting{n: len(p.Counts), counts: make([][]int32, len(p.Counts))}
	f.order, f.logs = make([]int32, f.n), make([][]float64, f.n)
	f.usual, f.pull, f.level = make([]float64, f.n), make([]float64, f.n), make([]float64, f.n)
	for i := range f.n {
		f.order[i] = int32(i)
		f.read(p, i)
		f.periods = max(f.periods, len(f.logs[i]))
	}
	if codes := p.Codes; len(codes) == f.n {
		slices.SortFunc(f.order, func(a, b int32) int {
			if codes[a] != codes[b] {
				return cmp.Compare(codes[a], codes[b])
			}
			return cmp.Compare(a, b)
		})
	}
	ahead := p.Ahead
	if ahead <= 0 {
		ahead = (f.periods + 2) / 3
	}
	f.origin = max(1, f.periods-ahead)
	return f
}

// read takes one client's series; a length without its twin is cut.
func (f *fitting) read(p Panel, i int) {
	k := len(p.Counts[i])
	if i >= len(p.Visits) {
		k = 0
	} else {
		k = min(k, len(p.Visits[i]))
	}
	f.counts[i] = p.Counts[i][len(p.Counts[i])-k:]
	f.logs[i] = make([]float64, k)
	for t := range k {
		v := clean(p.Visits[i][len(p.Visits[i])-k+t])
		f.logs[i][t] = math.Log1p(v)
		f.usual[i] += f.logs[i][t] / float64(k)
		f.pull[i] += v / (1 + v) / float64(k)
		f.varies = f.varies || f.logs[i][t] != f.logs[i][0]
		f.contact += v
		f.total += float64(max(0, f.counts[i][t]))
	}
}

func (f *fitting) start(i int32) int { return f.periods - len(f.logs[i]) }

// empty says why nothing can be fitted.
func (f *fitting) empty() explain.Reason {
	switch {
	case f.n == 0 || f.periods == 0:
		return explain.NoData
	case f.total == 0:
		return explain.NoSales
	case f.contact == 0:
		return explain.NoContact
	case f.periods < 2 || len(f.rows(1)) == 0:
		return explain.FewPeriods
	}
	return explain.None
}

// rows are the client-periods from the origin on, with the levels known before
// it. A client's first period has no lag and is left out.
func (f *fitting) rows(discount float64) []row {
	f.levels(f.origin, discount, f.level)
	f.buffer, f.firsts = f.buffer[:0], f.firsts[:0]
	for _, i := range f.order {
		f.firsts = append(f.firsts, int32(len(f.buffer)))
		level := math.Log(f.level[i])
		for t := max(1, f.origin-f.start(i)); t < len(f.logs[i]); t++ {
			f.buffer = append(f.buffer, row{
				x: [width]float64{1, level, math.Log1p(float64(max(0, f.counts[i][t-1]))), f.logs[i][t], f.usual[i]},
				y: max(0, f.counts[i][t]),
			})
		}
	}
	f.firsts = append(f.firsts, int32(len(f.buffer)))
	return f.buffer
}

// levels estimates each client's usual count from the periods before to. With
// y discounted by d a period (Harvey and Fernandes 1989), S = Σ dᵏy, N = Σ dᵏ
// and a gamma prior of mean m and variance v among clients, the posterior mean
// is (m·m/v + S) ÷ (m/v + N): a client with a short past is drawn to the mean.
// m and v come from the clients themselves, by moments.
func (f *fitting) levels(to int, d float64, out []float64) {
	var sumS, sumN, sumN2 float64
	mass := func(i int32) (s, n, n2 float64) {
		for t := 0; t < len(f.logs[i]) && t+f.start(i) < to; t++ {
			s = float64(d*s) + float64(max(0, f.counts[i][t]))
			n = float64(d*n) + 1
			n2 = float64(d*d*n2) + 1
		}
		return s, n, n2
	}
	for _, i := range f.order {
		s, n, _ := mass(i)
		sumS, sumN, sumN2 = sumS+s, sumN+n, sumN2+float64(n*n)
	}
	if sumN == 0 {
		sumN = 1
	}
	m := max(sumS/sumN, 1e-3)
	var between float64
	for _, i := range f.order {
		if s, n, n2 := mass(i); n > 0 {
			e := s/n - m
			between += float64(n*e*e) - float64(m*n2/n*(1-n/sumN))
		}
	}
	v := m * m // one client alone: a spread as wide as its mean
	if spread := sumN - sumN2/sumN; spread > 1e-9 {
		v = max(between/spread, 1e-3*m*m)
	}
	prior := m / v
	for _, i := range f.order {
		s, n, _ := mass(i)
		out[i] = (float64(m*prior) + s) / (prior + n)
	}
}

// pool turns the coefficient of visits into an elasticity, weighs it with the
// prior and fits the other coefficients around the result.
func (f *fitting) pool(m *Model, rows []row) {
	var pull, lag float64
	for i := range rows {
		v := math.Expm1(rows[i].x[logVisits])
		l := math.Expm1(rows[i].x[logLag])
		pull += v / (1 + v)
		lag += l / (1 + l)
	}
	pull, lag = pull/float64(len(rows)), lag/float64(len(rows))
	if pull < 1e-6 { // no visit in the periods fitted
		pull = 1e-6
	}
	m.reg.sums.at(m.reg.theta, rows)
	sd := f.spread(m, rows)
	m.Measured = normal(m.reg.b[logVisits]*pull, sd*pull)
	m.Pooled = withPrior(m.Measured.Value, m.Measured.SD)
	m.reg.b[logVisits], m.reg.fixed = m.Pooled.Value/pull, true
	if pull == 1e-6 {
		m.reg.b[logVisits] = 0
	}
	m.reg.solve(rows)
	m.Carry = min(max(m.reg.b[logLag]*lag, 0), .9)
	m.LongRun = m.Pooled.times(1 / (1 - m.Carry))
	copy(m.usual, f.usual)
}

// spread is the standard deviation of the coefficient of visits: the larger of
// that of the information and that which lets a client's periods depend on
// each other (sandwich by client).
func (f *fitting) spread(m *Model, rows []row) float64 {
	m.reg.learn(rows)
	inv := inverse(m.reg.info)
	meat := 0.0
	for k := range f.order {
		own := 0.0
		for r := f.firsts[k]; r < f.firsts[k+1]; r++ {
			s, _ := m.reg.pull(rows[r].y, m.reg.mean(&rows[r].x))
			for j := range width {
				own += float64(inv[logVisits][j] * s * rows[r].x[j])
			}
		}
		meat += float64(own * own)
	}
	return math.Sqrt(max(meat, inv[logVisits][logVisits], 0))
}

// each reads every client's own slope within its periods, level held, and
// shrinks its departure from the others by how much slopes really differ
// (DerSimonian and Laird 1986).
func (f *fitting) each(m *Model) {
	delta, info := make([]float64, f.n), make([]float64, f.n)
	var pearson, lines float64
	for _, i := range f.order {
		p, n := f.own(m, i, delta, info)
		pearson, lines = pearson+p, lines+n
	}
	over := 1.0
	if lines > 0 {
		over = max(1, pearson/lines)
	}
	var w, w2, sum, clients float64
	for _, i := range f.order {
		info[i] /= over
		if info[i] > 1e-6 {
			w, w2, sum, clients = w+info[i], w2+float64(info[i]*info[i]), sum+float64(info[i]*delta[i]), clients+1
		}
	}
	mean, between := 0.0, 0.0
	if w > 0 {
		mean = sum / w
		q := 0.0
		for _, i := range f.order {
			if info[i] > 1e-6 {
				e := delta[i] - mean
				q += float64(info[i] * e * e)
			}
		}
		if c := w - w2/w; c > 1e-9 {
			between = max(0, (q-(clients-1))/c)
		}
	}
	common := m.reg.b[logVisits]
	pooled := 0.0
	if m.Pooled.Value > 0 {
		pooled = m.Pooled.SD / m.Pooled.Value * common
	}
	for _, i := range f.order {
		left := between
		if info[i] > 1e-6 && between > 0 {
			noise := 1 / info[i]
			m.slope[i] = min(max((delta[i]-mean)*between/(between+noise), -3), 3)
			left = between * noise / (between + noise)
		}
		if f.pull[i] == 0 {
			m.Response[i] = m.Pooled
			continue
		}
		m.Response[i] = normal((common+m.slope[i])*f.pull[i], math.Sqrt(left+float64(pooled*pooled))*f.pull[i])
	}
}

// own is the slope of client i, by one step from the common model with its own
// level free, and its information; it returns the squared Pearson residuals.
func (f *fitting) own(m *Model, i int32, delta, info []float64) (pearson, lines float64) {
	x := [width]float64{one: 1, logLevel: math.Log(m.Level[i]), meanVisits: f.usual[i]}
	var sw, swx, swxx, ss, ssx float64
	for t := 1; t < len(f.logs[i]); t++ {
		y := max(0, f.counts[i][t])
		x[logLag], x[logVisits] = math.Log1p(float64(max(0, f.counts[i][t-1]))), f.logs[i][t]
		mu := m.reg.mean(&x)
		s, w := m.reg.pull(y, mu)
		v := f.logs[i][t] - f.usual[i]
		sw, swx, swxx = sw+w, swx+float64(w*v), swxx+float64(w*v*v)
		ss, ssx = ss+s, ssx+float64(s*v)
		pearson += float64(s*s) / w // (y−μ)² ÷ (μ+μ²/θ)
		lines++
	}
	if sw <= 0 {
		return pearson, lines
	}
	info[i] = swxx - float64(swx*swx)/sw
	if info[i] > 1e-6 {
		delta[i] = (ssx - float64(swx*ss)/sw) / info[i]
	}
	return pearson, lines
}

// mark says how solid the model is.
func (f *fitting) mark(m *Model) {
	m.Mark = explain.Sound(
		explain.Tally("response.rows", m.Rows), explain.Num("response.measured", m.Measured.Value),
		explain.Num("response.measuredSD", m.Measured.SD), explain.Num("response.prior", priorMedian),
		explain.Num("response.elasticity", m.Pooled.Value), explain.Num("response.low", m.Pooled.Low),
		explain.Num("response.high", m.Pooled.High), explain.Share("response.carry", m.Carry),
		explain.Num("response.longRun", m.LongRun.Value))
	switch {
	case !f.varies:
		m.Status, m.Reason = explain.Weak, explain.NoVariation
	case m.Rows < fewRows:
		m.Status, m.Reason = explain.Weak, explain.FewPeriods
	case f.n < few:
		m.Status, m.Reason = explain.Weak, explain.FewClients
	}
}
