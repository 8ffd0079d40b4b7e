package main

import (
	"math"
	"slices"

	"sillon/engine/geo"
)

// cell is the side of a square of the grid on which borders are found, in units
// of the map: half a kilometre.
const cell = 6

// A grid says of each square which department it belongs to: 0 for water and
// abroad.
type grid struct {
	x, y float64 // corner
	w, h int
	of   []uint8
}

// borders are the lines between the departments of mainland France and Corsica.
func borders(land []ring, communes []geo.Commune) []ring {
	low, high := at(geo.Position{Lat: 51.2, Lon: -5.3}), at(geo.Position{Lat: 41.2, Lon: 9.7})
	g := &grid{x: low.x, y: low.y, w: int((high.x-low.x)/cell) + 1, h: int((high.y-low.y)/cell) + 1}
	g.of = make([]uint8, g.w*g.h)
	for _, r := range land {
		g.fill(r)
	}
	g.settle(communes)
	for range 3 {
		g.smooth(4)
	}
	return g.lines()
}

// fill marks the squares whose middle lies inside a ring (even-odd).
func (g *grid) fill(r ring) {
	for row := range g.h {
		y := g.y + (float64(row)+.5)*cell
		var cross []float64
		for i, q := range r {
			p := r[(i+len(r)-1)%len(r)]
			if (p.y > y) != (q.y > y) {
				cross = append(cross, p.x+(y-p.y)/(q.y-p.y)*(q.x-p.x))
			}
		}
		slices.Sort(cross)
		for k := 0; k+1 < len(cross); k += 2 {
			from := max(0, int(math.Ceil((cross[k]-g.x)/cell-.5)))
			to := min(g.w-1, int(math.Floor((cross[k+1]-g.x)/cell-.5)))
			for c := from; c <= to; c++ {
				g.of[row*g.w+c] ^= 1
			}
		}
	}
}

// settle gives each square of land to the department of the nearest commune.
func (g *grid) settle(communes []geo.Commune) {
	const block = 25 // squares
	bw, bh := g.w/block+1, g.h/block+1
	type spot struct {
		point
		dept uint8
	}
	blocks := make([][]spot, bw*bh)
	number := map[string]uint8{}
	for _, c := range communes {
		p := at(c.At)
		bx, by := int((p.x-g.x)/cell/block), int((p.y-g.y)/cell/block)
		if bx < 0 || by < 0 || bx >= bw || by >= bh {
			continue
		}
		if number[c.Dept] == 0 {
			number[c.Dept] = uint8(len(number) + 1)
		}
		blocks[by*bw+bx] = append(blocks[by*bw+bx], spot{p, number[c.Dept]})
	}
	for i, on := range g.of {
		if on == 0 {
			continue
		}
		x, y := g.x+(float64(i%g.w)+.5)*cell, g.y+(float64(i/g.w)+.5)*cell
		bx, by := i%g.w/block, i/g.w/block
		least, dept := math.Inf(1), uint8(0)
		for reach := 0; reach < max(bw, bh); reach++ {
			for cy := max(0, by-reach); cy <= min(bh-1, by+reach); cy++ {
				for cx := max(0, bx-reach); cx <= min(bw-1, bx+reach); cx++ {
					if max(bx-cx, cx-bx, by-cy, cy-by) != reach {
						continue
					}
					for _, s := range blocks[cy*bw+cx] {
						if d := (s.x-x)*(s.x-x) + (s.y-y)*(s.y-y); d < least {
							least, dept = d, s.dept
						}
					}
				}
			}
			if beyond := float64(reach) * block * cell; least <= beyond*beyond {
				break
			}
		}
		g.of[i] = dept
	}
}

// smooth gives each square near a border to the department that has most of the
// disc around it.
func (g *grid) smooth(radius int) {
	next := slices.Clone(g.of)
	for y := radius; y < g.h-radius; y++ {
		for x := radius; x < g.w-radius; x++ {
			i := y*g.w + x
			own := g.of[i]
			if own == 0 || g.of[i-radius] == own && g.of[i+radius] == own && g.of[i-radius*g.w] == own && g.of[i+radius*g.w] == own {
				continue
			}
			var n [256]int
			best := own
			for dy := -radius; dy <= radius; dy++ {
				for dx := -radius; dx <= radius; dx++ {
					if dx*dx+dy*dy > radius*radius {
						continue
					}
					if d := g.of[i+dy*g.w+dx]; d != 0 {
						n[d]++
						if n[d] > n[best] {
							best = d
						}
					}
				}
			}
			next[i] = best
		}
	}
	g.of = next
}

// lines walks along the sides between squares of two departments, from one
// meeting of three to the next.
func (g *grid) lines() []ring {
	cw := g.w + 1 // corners in a row
	type side struct{ a, b int }
	sides := map[int][]int{} // of each corner, those it is joined to
	between := func(a, b int, p, q uint8) {
		if p != q && p != 0 && q != 0 {
			sides[a] = append(sides[a], b)
			sides[b] = append(sides[b], a)
		}
	}
	for y := range g.h {
		for x := range g.w {
			i := y*g.w + x
			if x+1 < g.w {
				between(y*cw+x+1, (y+1)*cw+x+1, g.of[i], g.of[i+1])
			}
			if y+1 < g.h {
				between((y+1)*cw+x, (y+1)*cw+x+1, g.of[i], g.of[i+g.w])
			}
		}
	}
	corners := make([]int, 0, len(sides))
	for c := range sides {
		corners = append(corners, c)
	}
	slices.Sort(corners)
	done := map[side]bool{}
	var out []ring
	walk := func(from, to int) {
		line := ring{g.corner(from)}
		for {
			done[side{from, to}], done[side{to, from}] = true, true
			line = append(line, g.corner(to))
			next := -1
			if len(sides[to]) == 2 {
				for _, n := range sides[to] {
					if !done[side{to, n}] {
						next = n
					}
				}
			}
			if next < 0 {
				break
			}
			from, to = to, next
		}
		out = append(out, even(line))
	}
	for _, ends := range []bool{true, false} { // loops last
		for _, c := range corners {
			for _, n := range sides[c] {
				if !done[side{c, n}] && (!ends || len(sides[c]) != 2) {
					walk(c, n)
				}
			}
		}
	}
	return out
}

func (g *grid) corner(c int) point {
	return point{g.x + float64(c%(g.w+1))*cell, g.y + float64(c/(g.w+1))*cell}
}

// even takes the stairs of the grid off a line: each point but the ends becomes
// the mean of its neighbours, a few times.
func even(line ring) ring {
	for range 8 {
		next := slices.Clone(line)
		for i := 1; i+1 < len(line); i++ {
			next[i] = point{(line[i-1].x + 2*line[i].x + line[i+1].x) / 4, (line[i-1].y + 2*line[i].y + line[i+1].y) / 4}
		}
		line = next
	}
	return line
}
