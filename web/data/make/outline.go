package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"sillon/engine/geo"
)

// outline draws the map: three paths in the units of geo.Chart, with the ids
// abroad (the neighbours' land), land (France, with its islands and what lies
// overseas; drawn as shoal, shore and ground) and borders (between departments). The coast is Natural Earth's, the
// borders are ours: the line between the communes of two departments, as far
// from the centres of the ones as of the others, smoothed.
func outline(topology []byte, communes []geo.Commune) ([]byte, error) {
	w, err := parse(topology)
	if err != nil {
		return nil, err
	}
	var land, abroad []ring
	for _, c := range w.Objects.Countries.Geometries {
		rings, err := w.rings(c)
		if err != nil {
			return nil, err
		}
		for _, r := range rings {
			switch {
			case c.Properties.Name == "France":
				land = append(land, r)
			case near[c.Properties.Name]:
				if r = r.clip(window); len(r) > 2 {
					abroad = append(abroad, r)
				}
			}
		}
	}
	if len(land) == 0 {
		return nil, errors.New("no France among the countries")
	}
	var b bytes.Buffer
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg">`)
	path(&b, "abroad", abroad, true, 6)
	b.WriteString("\n<defs>")
	path(&b, "land", land, true, 1)
	b.WriteString("\n</defs>")
	for _, id := range []string{"shoal", "shore", "ground"} { // the sea is lighter along the coast
		fmt.Fprintf(&b, "\n<use href=\"#land\" id=%q/>", id)
	}
	path(&b, "borders", borders(land, communes), false, 7)
	b.WriteString("</svg>\n")
	return b.Bytes(), nil
}

// near are the countries drawn around, within the window.
var near = map[string]bool{"Spain": true, "Belgium": true, "Italy": true, "Switzerland": true, "Germany": true, "Luxembourg": true,
	"United Kingdom": true, "Andorra": true, "Jersey": true, "Guernsey": true, "Netherlands": true, "Austria": true, "Liechtenstein": true}

// window is what is drawn around France: from south-west to north-east.
var window = [2]point{at(geo.Position{Lat: 52.6, Lon: -8}), at(geo.Position{Lat: 40, Lon: 12})}

// A point is a place on the map, x to the east and y to the south.
type point struct{ x, y float64 }

func at(p geo.Position) point {
	x, y := geo.Chart(p)
	return point{x, y}
}

// A ring is a closed line whose last point joins the first; borders are open.
type ring []point

type world struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]float64
	Objects   struct {
		Countries struct{ Geometries []shape }
	}
}

type shape struct {
	Type       string
	Arcs       json.RawMessage
	Properties struct{ Name string }
}

func parse(topology []byte) (*world, error) {
	var w world
	if err := json.Unmarshal(topology, &w); err != nil {
		return nil, err
	}
	if len(w.Arcs) == 0 || w.Transform.Scale[0] == 0 {
		return nil, errors.New("no quantised TopoJSON")
	}
	for _, arc := range w.Arcs { // differences of whole numbers
		var x, y float64
		for i := range arc {
			x, y = x+arc[i][0], y+arc[i][1]
			arc[i] = [2]float64{x*w.Transform.Scale[0] + w.Transform.Translate[0], y*w.Transform.Scale[1] + w.Transform.Translate[1]}
		}
	}
	return &w, nil
}

// rings are the lines around a country; an arc of a negative number is walked
// backwards.
func (w *world) rings(c shape) ([]ring, error) {
	var polygons [][][]int
	switch c.Type {
	case "Polygon":
		polygons = make([][][]int, 1)
		if err := json.Unmarshal(c.Arcs, &polygons[0]); err != nil {
			return nil, err
		}
	case "MultiPolygon":
		if err := json.Unmarshal(c.Arcs, &polygons); err != nil {
			return nil, err
		}
	}
	var out []ring
	for _, polygon := range polygons {
		for _, arcs := range polygon {
			var r ring
			for _, n := range arcs {
				arc := w.Arcs[max(n, ^n)]
				if n < 0 {
					arc = slices.Clone(arc)
					slices.Reverse(arc)
				}
				for k, p := range arc {
					if k > 0 || len(r) == 0 {
						r = append(r, at(geo.Position{Lat: p[1], Lon: p[0]}))
					}
				}
			}
			out = append(out, r)
		}
	}
	return out, nil
}

// clip keeps what lies in a box (Sutherland and Hodgman 1974).
func (r ring) clip(box [2]point) ring {
	for _, side := range []func(p point) float64{
		func(p point) float64 { return p.x - box[0].x }, func(p point) float64 { return box[1].x - p.x },
		func(p point) float64 { return p.y - box[0].y }, func(p point) float64 { return box[1].y - p.y },
	} {
		var out ring
		for i, q := range r {
			p := r[(i+len(r)-1)%len(r)]
			a, b := side(p), side(q)
			if (a < 0) != (b < 0) {
				t := a / (a - b)
				out = append(out, point{p.x + t*(q.x-p.x), p.y + t*(q.y-p.y)})
			}
			if b >= 0 {
				out = append(out, q)
			}
		}
		r = out
	}
	return r
}

// path writes lines in whole units, the first point as it is and the others as
// steps, simplified to a tolerance.
func path(b *bytes.Buffer, id string, lines []ring, closed bool, tolerance float64) {
	fmt.Fprintf(b, "\n<path id=%q d=\"", id)
	for _, line := range lines {
		simple := simplify(line, tolerance)
		x, y := math.Round(simple[0].x), math.Round(simple[0].y)
		fmt.Fprintf(b, "M%.0f %.0fl", x, y)
		steps := 0
		for _, p := range simple[1:] {
			dx, dy := math.Round(p.x)-x, math.Round(p.y)-y
			if dx == 0 && dy == 0 {
				continue
			}
			for k, d := range []float64{dx, dy} {
				if d >= 0 && (steps > 0 || k > 0) {
					b.WriteByte(' ')
				}
				b.WriteString(strconv.Itoa(int(d)))
			}
			x, y, steps = x+dx, y+dy, steps+1
		}
		if steps == 0 {
			b.WriteString("0 0")
		}
		if closed {
			b.WriteByte('z')
		}
	}
	b.WriteString(`"/>`)
}

// simplify keeps the points without which the line would move by more than the
// tolerance (Douglas and Peucker 1973).
func simplify(line ring, tolerance float64) ring {
	if len(line) < 3 {
		return line
	}
	keep := make([]bool, len(line))
	keep[0], keep[len(line)-1] = true, true
	if line[0] == line[len(line)-1] { // a loop: its farthest point is an end too
		far := 0
		for i, p := range line {
			if math.Hypot(p.x-line[0].x, p.y-line[0].y) > math.Hypot(line[far].x-line[0].x, line[far].y-line[0].y) {
				far = i
			}
		}
		keep[far] = true
		thin(line, keep, 0, far, tolerance)
		thin(line, keep, far, len(line)-1, tolerance)
	} else {
		thin(line, keep, 0, len(line)-1, tolerance)
	}
	var out ring
	for i, p := range line {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}

func thin(line ring, keep []bool, from, to int, tolerance float64) {
	far, most := 0, tolerance
	for i := from + 1; i < to; i++ {
		if d := off(line[i], line[from], line[to]); d > most {
			far, most = i, d
		}
	}
	if far > 0 {
		keep[far] = true
		thin(line, keep, from, far, tolerance)
		thin(line, keep, far, to, tolerance)
	}
}

// off is the distance of p from the segment between a and b.
func off(p, a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	t := 0.
	if l := dx*dx + dy*dy; l > 0 {
		t = min(1, max(0, ((p.x-a.x)*dx+(p.y-a.y)*dy)/l))
	}
	return math.Hypot(p.x-a.x-t*dx, p.y-a.y-t*dy)
}
