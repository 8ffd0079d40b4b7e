package plan

import "sillon/engine/geo"

// travel is the table in whole minutes, row = from.
func (t *table) travel() []int32 {
	n := len(t.in)
	points := make([]geo.Position, 0, n+8)
	nowhere := geo.Position{Lat: 100}
	add := func(p Point) {
		if p.placed() {
			points = append(points, p.position())
		} else {
			points = append(points, nowhere)
		}
	}
	enter, leave := make([]int, n), make([]int, n)
	for i := range n {
		enter[i], leave[i] = len(points), len(points)
		add(t.in[i])
		if t.in[i] != t.out[i] {
			leave[i] = len(points)
			add(t.out[i])
		}
	}
	m := t.g.road.Matrix(points)
	out := make([]int32, n*n)
	for i := range n {
		for j := range n {
			switch s := m[leave[i]*len(points)+enter[j]]; {
			case !t.out[i].placed() || !t.in[j].placed() || s >= geo.Never:
				out[i*n+j] = Unknown
			default:
				out[i*n+j] = whole(s, t.stop[j])
			}
		}
	}
	return out
}
