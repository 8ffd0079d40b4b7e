package maturity_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"sillon/engine/maturity"
)

// The weights of each phase are added in rising order: the same bits in
// whatever order the clients come, in the curve and in the alignment of effort.
func TestWeightsByPhaseDoNotDependOnTheOrderOfClients(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 5))
	const n = 300
	phases, weights := make([]maturity.Phase, n), make([]float64, n)
	var sum [4]float64
	for i := range n {
		phases[i], weights[i] = maturity.Start+maturity.Phase(i%4), math.Exp(4*rng.NormFloat64())
		if i%7 == 0 {
			phases[i] = maturity.Lost // left out, whatever it weighs
		}
		if i%11 == 0 {
			weights[i] = -weights[i] // counts as zero
		}
		if phases[i] != maturity.Lost && weights[i] > 0 {
			sum[phases[i]-maturity.Start] += weights[i]
		}
	}
	p := maturity.Defaults()
	curve, align := maturity.CurveOf(phases, weights, p), maturity.Align(phases, weights, p)
	for k, want := range sum {
		if math.Abs(curve.Weight[k]-want) > 1e-9*want || curve.Weight[k] != align.Units[k] {
			t.Errorf("phase %d weighs %v in the curve and %v in the effort, want %v", k, curve.Weight[k], align.Units[k], want)
		}
	}
	for k := range 100 {
		rng.Shuffle(n, func(i, j int) {
			phases[i], phases[j], weights[i], weights[j] = phases[j], phases[i], weights[j], weights[i]
		})
		if c, a := maturity.CurveOf(phases, weights, p), maturity.Align(phases, weights, p); c.Weight != curve.Weight || a.Units != align.Units {
			t.Fatalf("shuffle %d: %v and %v, want %v to the last bit", k, c.Weight, a.Units, curve.Weight)
		}
	}
}
