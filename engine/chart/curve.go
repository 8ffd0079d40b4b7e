package chart

// A point is a place on the picture.
type point struct{ x, y float64 }

// cubic is a monotone cubic through the points: tangents are the harmonic
// mean of the neighbouring slopes, 0 where they change sign (Fritsch and
// Butland, 1984, SIAM Journal on Scientific and Statistical Computing 5(2)), so
// that the line never swings beyond its points.
func cubic(pts []point) (cmds trace) {
	n := len(pts)
	if n == 0 {
		return cmds
	}
	cmds.to("M", pts[0].x, pts[0].y)
	if n == 1 {
		return cmds
	}
	slope := make([]float64, n-1)
	for i := range slope {
		if dx := pts[i+1].x - pts[i].x; dx > 0 {
			slope[i] = (pts[i+1].y - pts[i].y) / dx
		}
	}
	tangent := make([]float64, n)
	tangent[0], tangent[n-1] = slope[0], slope[n-2]
	for i := 1; i < n-1; i++ {
		if a, b := slope[i-1], slope[i]; a*b > 0 {
			tangent[i] = 2 * a * b / (a + b)
		}
	}
	for i := range slope {
		a, b := pts[i], pts[i+1]
		d := (b.x - a.x) / 3
		cmds.to("C", a.x+d, a.y+d*tangent[i], b.x-d, b.y-d*tangent[i+1], b.x, b.y)
	}
	return cmds
}

// fade extends a row of values by half a column on each side, as in ux.md §12.
func fade(v [4]float64, first, last float64) [6]float64 {
	return [6]float64{v[0] * first, v[0], v[1], v[2], v[3], v[3] * last}
}
