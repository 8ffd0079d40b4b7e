package potential_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"sillon/engine/explain"
	"sillon/engine/potential"
)

// An alignment is the same to the last bit in whatever order the clients come,
// equal ones among them too: its gaps are added in rising order. A sum in the
// caller's order has other last bits.
func TestAlignmentDoesNotDependOnTheOrderOfClients(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 4))
	const n = 300
	x, y := make([]float64, n), make([]float64, n)
	for i := range n {
		x[i], y[i] = math.Exp(4*rng.NormFloat64()), math.Exp(4*rng.NormFloat64())
		if i%5 == 4 { // ties
			x[i], y[i] = x[i-1], y[i-1]
		}
	}
	want := potential.Align(x, y, explain.NoPotential)
	// 1 − ½ Σ |x/Σx − y/Σy|, the gaps from the smallest up: kept for 1e-12 alone,
	// the bits are compared with each other.
	var tx, ty, sum float64
	for i := range n {
		tx, ty = tx+x[i], ty+y[i]
	}
	for i := range n {
		sum += math.Abs(x[i]/tx - y[i]/ty)
	}
	if math.Abs(want.Value-(1-sum/2)) > 1e-12 {
		t.Errorf("alignment %v, want %v", want.Value, 1-sum/2)
	}
	for k := range 100 {
		rng.Shuffle(n, func(i, j int) { x[i], x[j], y[i], y[j] = x[j], x[i], y[j], y[i] })
		if got := potential.Align(x, y, explain.NoPotential); math.Float64bits(got.Value) != math.Float64bits(want.Value) {
			t.Fatalf("shuffle %d: alignment %v, want %v to the last bit", k, got.Value, want.Value)
		}
	}
}
