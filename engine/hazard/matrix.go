package hazard

import "math"

// Symmetric matrices are k × k, row after row; only the lower half is read.

// factor replaces the lower half of a by its Cholesky factor. A pivot that
// rounding has eaten is raised to a trifle: the direction then gets no step.
func factor(a []float64, k int) {
	for j := range k {
		d := a[j*k+j]
		floor := 1e-13 * d
		for m := range j {
			d -= float64(a[j*k+m] * a[j*k+m])
		}
		if !(d > floor) || !(d > 1e-300) {
			d = max(floor, 1e-12)
		}
		d = math.Sqrt(d)
		a[j*k+j] = d
		for i := j + 1; i < k; i++ {
			s := a[i*k+j]
			for m := range j {
				s -= float64(a[i*k+m] * a[j*k+m])
			}
			a[i*k+j] = s / d
		}
	}
}

// forward solves L·z = b in place.
func forward(l []float64, k int, b []float64) {
	for i := range k {
		s := b[i]
		for m := range i {
			s -= float64(l[i*k+m] * b[m])
		}
		b[i] = s / l[i*k+i]
	}
}

// solve solves L·Lᵀ·z = b in place.
func solve(l []float64, k int, b []float64) {
	forward(l, k, b)
	for i := k - 1; i >= 0; i-- {
		s := b[i]
		for m := i + 1; m < k; m++ {
			s -= float64(l[m*k+i] * b[m])
		}
		b[i] = s / l[i*k+i]
	}
}

// inverse is (L·Lᵀ)⁻¹, whole and symmetric.
func inverse(l []float64, k int) []float64 {
	inv := make([]float64, k*k)
	for j := range k {
		column := inv[j*k : j*k+k]
		column[j] = 1
		solve(l, k, column)
	}
	for i := range k {
		for j := range i {
			inv[j*k+i] = inv[i*k+j]
		}
	}
	return inv
}

// eliminate solves the small general system a·z = b in place, by Gauss with
// the largest pivot; a singular one leaves b as it is and says so.
func eliminate(a []float64, k int, b []float64) bool {
	for c := range k {
		best := c
		for r := c + 1; r < k; r++ {
			if math.Abs(a[r*k+c]) > math.Abs(a[best*k+c]) {
				best = r
			}
		}
		if !(math.Abs(a[best*k+c]) > 1e-12) {
			return false
		}
		if best != c {
			for m := range k {
				a[c*k+m], a[best*k+m] = a[best*k+m], a[c*k+m]
			}
			b[c], b[best] = b[best], b[c]
		}
		for r := c + 1; r < k; r++ {
			f := a[r*k+c] / a[c*k+c]
			for m := c; m < k; m++ {
				a[r*k+m] -= float64(f * a[c*k+m])
			}
			b[r] -= float64(f * b[c])
		}
	}
	for r := k - 1; r >= 0; r-- {
		s := b[r]
		for m := r + 1; m < k; m++ {
			s -= float64(a[r*k+m] * b[m])
		}
		b[r] = s / a[r*k+r]
	}
	return true
}
