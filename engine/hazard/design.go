package hazard

import (
	"cmp"
	"math"
	"slices"
)

// A design is the data ready to be fitted: rows in an order of their own,
// predictors standardised, an intercept first.
type design struct {
	n, k   int       // rows, coefficients
	z      []float64 // n × k
	left   []bool
	groups []int32 // first row of each client, then n
	mean   []float64
	scale  []float64
	events int

	eta, h []float64 // scratch: n, k × k

	// where look was last: loss, slope, curvature
	loss        float64
	slope, bend []float64
	pause       func()
}

// rest pauses, where one is to.
func (g *design) rest() {
	if g.pause != nil {
		g.pause()
	}
}

const huge = 1e9 // a predictor beyond it is cut: only a damaged file has one

// clean is a predictor as the fit reads it; false when unknown.
func clean(x float64) (float64, bool) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, false
	}
	return max(-huge, min(huge, x)), true
}

// prepare sorts, standardises and groups. With a scale given (the office's) it
// is used as it is.
func prepare(d Data, mean, scale []float64) *design {
	n, p := d.Rows(), max(0, d.P)
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	at, compare := clientOrder(d, n), d.patient()
	slices.SortFunc(order, func(a, b int32) int {
		if at != nil && at[a] != at[b] {
			return cmp.Compare(at[a], at[b])
		}
		return compare(a, b)
	})
	g := &design{n: n, k: p + 1, z: make([]float64, n*(p+1)), left: make([]bool, n), mean: mean, scale: scale, pause: d.Pause}
	g.rest()
	if scale == nil {
		g.mean, g.scale = moments(d, order)
	}
	for r, i := range order {
		if r == 0 || at == nil || at[i] != at[order[r-1]] {
			g.groups = append(g.groups, int32(r))
		}
		g.left[r] = d.Left[i]
		if d.Left[i] {
			g.events++
		}
		standardise(g.z[r*g.k:(r+1)*g.k], d.X[int(i)*p:int(i+1)*p], g.mean, g.scale)
	}
	g.groups = append(g.groups, int32(n))
	g.eta, g.h = make([]float64, n), make([]float64, g.k*g.k)
	return g
}

// clientOrder gives each row the place of its client, clients being ordered by
// what their rows hold and not by their number. Nil: each row is its own.
func clientOrder(d Data, n int) []int32 {
	if d.Client == nil || n == 0 {
		return nil
	}
	rows := make([]int32, n)
	for i := range rows {
		rows[i] = int32(i)
	}
	compare := d.patient()
	slices.SortFunc(rows, func(a, b int32) int {
		if c := cmp.Compare(d.Client[a], d.Client[b]); c != 0 {
			return c
		}
		return compare(a, b)
	})
	var starts []int32
	for r, i := range rows {
		if r == 0 || d.Client[i] != d.Client[rows[r-1]] {
			starts = append(starts, int32(r))
		}
	}
	end := func(s int32) int {
		e := int(s) + 1
		for e < n && d.Client[rows[e]] == d.Client[rows[s]] {
			e++
		}
		return e
	}
	slices.SortFunc(starts, func(a, b int32) int {
		ea, eb := end(a), end(b)
		for i, j := int(a), int(b); i < ea && j < eb; i, j = i+1, j+1 {
			if c := compare(rows[i], rows[j]); c != 0 {
				return c
			}
		}
		return cmp.Compare(ea-int(a), eb-int(b))
	})
	at := make([]int32, n)
	for place, s := range starts {
		for r := int(s); r < end(s); r++ {
			at[rows[r]] = int32(place)
		}
	}
	return at
}

// patient is compareRows that pauses now and then.
func (d Data) patient() func(a, b int32) int {
	n := 0
	return func(a, b int32) int {
		if n++; n%2048 == 0 && d.Pause != nil {
			d.Pause()
		}
		return compareRows(d, a, b)
	}
}

func compareRows(d Data, a, b int32) int {
	if d.Left[a] != d.Left[b] {
		if d.Left[b] {
			return -1
		}
		return 1
	}
	p := max(0, d.P)
	x, y := d.X[int(a)*p:int(a+1)*p], d.X[int(b)*p:int(b+1)*p]
	for j := range x {
		if c := cmp.Compare(x[j], y[j]); c != 0 {
			return c
		}
	}
	return 0
}

// moments are mean and standard deviation of the known values, in the fixed
// order; a predictor that does not vary has scale 0.
func moments(d Data, order []int32) (mean, scale []float64) {
	p := max(0, d.P)
	mean, scale = make([]float64, p), make([]float64, p)
	for j := range p {
		var sum, n float64
		for _, i := range order {
			if x, ok := clean(d.X[int(i)*p+j]); ok {
				sum += x
				n++
			}
		}
		if n == 0 {
			continue
		}
		m := sum / n
		var ss float64
		for _, i := range order {
			if x, ok := clean(d.X[int(i)*p+j]); ok {
				ss += float64((x - m) * (x - m))
			}
		}
		mean[j] = m
		if sd := math.Sqrt(ss / n); sd > 1e-9*max(1e-6, math.Abs(m)) {
			scale[j] = sd
		}
	}
	return mean, scale
}

// standardise writes 1 and the standardised predictors. An unknown or a
// constant one is 0, the mean.
func standardise(z, x, mean, scale []float64) {
	z[0] = 1
	for j := range z[1:] {
		z[j+1] = 0
		if j >= len(x) || j >= len(scale) || !(scale[j] > 0) {
			continue
		}
		if v, ok := clean(x[j]); ok {
			z[j+1] = max(-huge, min(huge, (v-mean[j])/scale[j]))
		}
	}
}

// varying counts the predictors that vary.
func (g *design) varying() int {
	v := 0
	for _, s := range g.scale {
		if s > 0 {
			v++
		}
	}
	return v
}

func (g *design) row(i int) []float64 { return g.z[i*g.k : (i+1)*g.k] }

func dot(a, b []float64) float64 {
	var s float64
	for i, x := range a {
		s += float64(x * b[i])
	}
	return s
}

// expit is 1 ÷ (1 + e^−η) without overflow.
func expit(eta float64) float64 {
	if eta >= 0 {
		return 1 / (1 + math.Exp(-eta))
	}
	e := math.Exp(eta)
	return e / (1 + e)
}

// loss is the negative log-likelihood of one row, log(1 + e^η) − y·η.
func loss(eta float64, left bool) float64 {
	if left {
		eta = -eta
	}
	if eta > 0 {
		return eta + math.Log1p(math.Exp(-eta))
	}
	return math.Log1p(math.Exp(eta))
}
