package hazard

import (
	"cmp"
	"math"
	"slices"

	"sillon/engine/explain"
	"sillon/engine/sorting"
)

// A Bin is one tenth of the clients, by rising prediction.
type Bin struct {
	N         int
	Predicted float64 // mean prediction
	Observed  float64 // share that left
}

// A Calibration says how far predictions were right (calage).
type Calibration struct {
	N, Events int
	Rate      float64
	Bins      []Bin   // ten of equal count, fewer under ten clients
	Brier     float64 // mean of (p − y)²
	LogLoss   float64
	ECE       float64 // Σ N·|predicted − observed| ÷ N, over the bins
	AUC       float64 // chance that a leaver is ranked above a stayer; ½ with one class
	Slope     float64 // of logit p in a logistic regression of y; under 1: too sure
	Intercept float64 // of the same
	HasSlope  bool
	explain.Mark
}

// Calibrate compares predictions with what happened, one a client. A
// prediction that is not a probability is left out.
func Calibrate(p []float64, left []bool) Calibration {
	n := min(len(p), len(left))
	order := make([]int32, 0, n)
	for i := range n {
		if p[i] >= 0 && p[i] <= 1 {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		if c := cmp.Compare(p[a], p[b]); c != 0 || left[a] == left[b] {
			return c
		}
		if left[a] {
			return 1
		}
		return -1
	})
	c := Calibration{N: len(order), AUC: .5}
	if c.N == 0 {
		c.Mark = explain.Missing(explain.NoData)
		return c
	}
	d := Data{P: 1}
	for _, i := range order {
		q := max(1e-12, min(1-1e-12, p[i]))
		y := 0.0
		if left[i] {
			y = 1
			c.Events++
		}
		c.Brier += float64((p[i] - y) * (p[i] - y))
		c.LogLoss += loss(logit(q), left[i])
		d.X, d.Left = append(d.X, logit(q)), append(d.Left, left[i])
	}
	all := float64(c.N)
	c.Brier, c.LogLoss, c.Rate = c.Brier/all, c.LogLoss/all, float64(c.Events)/all
	c.bins(p, left, order)
	c.rank(p, left, order)
	c.slope(d)
	c.Mark = explain.Sound()
	if min(c.Events, c.N-c.Events) < Few {
		c.Mark = explain.Thin(explain.FewClients)
	}
	return c
}

func (c *Calibration) bins(p []float64, left []bool, order []int32) {
	k := min(10, c.N)
	for b := range k {
		part := order[b*c.N/k : (b+1)*c.N/k]
		bin := Bin{N: len(part)}
		for _, i := range part {
			bin.Predicted += p[i]
			if left[i] {
				bin.Observed++
			}
		}
		bin.Predicted /= float64(bin.N)
		bin.Observed /= float64(bin.N)
		c.ECE += float64(bin.N) * math.Abs(bin.Predicted-bin.Observed) / float64(c.N)
		c.Bins = append(c.Bins, bin)
	}
}

// rank counts pairs in whole halves (Mann, Whitney 1947): exact with ties.
func (c *Calibration) rank(p []float64, left []bool, order []int32) {
	stay := c.N - c.Events
	if c.Events == 0 || stay == 0 {
		return
	}
	var halves, below int64
	for i := 0; i < len(order); {
		j, l, s := i, int64(0), int64(0)
		for ; j < len(order) && p[order[j]] == p[order[i]]; j++ {
			if left[order[j]] {
				l++
			} else {
				s++
			}
		}
		halves += l * (2*below + s)
		below += s
		i = j
	}
	c.AUC = float64(halves) / 2 / (float64(c.Events) * float64(stay))
}

// slope fits y on logit p by maximum likelihood. Predictions that separate the
// classes have no finite slope.
func (c *Calibration) slope(d Data) {
	g := prepare(d, nil, nil)
	if c.Events == 0 || c.Events == c.N || g.varying() == 0 {
		return
	}
	b := make([]float64, 2)
	g.newton(b, pull{}, 0, near, false)
	if math.Abs(b[1]) > 50 {
		return
	}
	c.Slope, c.HasSlope = b[1]/g.scale[0], true
	c.Intercept = b[0] - float64(c.Slope*g.mean[0])
}

// Shift is the one-parameter recalibration: what to add to the logit of every
// prediction so that their mean is the observed rate. Zero, and false, with
// one class only.
func Shift(p []float64, left []bool) (float64, bool) {
	var eta []float64
	events := 0
	for i := range min(len(p), len(left)) {
		if !(p[i] >= 0 && p[i] <= 1) {
			continue
		}
		eta = append(eta, logit(max(1e-12, min(1-1e-12, p[i]))))
		if left[i] {
			events++
		}
	}
	if events == 0 || events == len(eta) {
		return 0, false
	}
	sorting.Floats(eta)
	return shift(eta, float64(events)), true
}

// Shifted moves a probability by so much on the logit scale.
func Shifted(p, by float64) float64 {
	if p <= 0 || p >= 1 {
		return max(0, min(1, p))
	}
	return expit(logit(p) + by)
}
