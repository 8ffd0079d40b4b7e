// Command make draws the Sillon mark, furrows running to a grain of wheat,
// into the icon files of a directory:
//
//	go run ./web/icons/make web/icons
//
// The icons are committed: the program runs again only when the mark changes.
package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"log"
	"math"
	"os"
	"path/filepath"
	"strings"
)

// The mark on a 40 by 40 grid: four furrows, as cubic curves, and the grain.
var (
	furrows = [][4]point{
		{{3, 31}, {9, 25}, {16, 20}, {24, 17.5}},
		{{9, 37}, {13, 29}, {19, 22.5}, {26.5, 19}},
		{{20, 37.5}, {21.5, 31}, {24.5, 25}, {29.5, 20.5}},
		{{32, 37}, {31.5, 31.5}, {32, 26.5}, {33.5, 22}},
	}
	grain  = point{30.5, 8.5}
	radius = 5.0
	stroke = 3.0

	rail  = color.RGBA{0x12, 0x36, 0x2C, 0xFF} // --rail
	wheat = color.RGBA{0xDD, 0xA6, 0x3A, 0xFF} // --ble
)

// centre is the middle of the mark's ink, not of its grid.
var centre = point{19.25, 21.25}

// An icon is one way to frame the mark.
type icon struct {
	name   string
	size   int
	mark   float64 // side of the mark's grid, as a share of the icon
	corner float64 // radius of the corners, as a share of the icon; 0 fills the square
}

var icons = []icon{
	{"icon-192.png", 192, 0.72, 0.22},
	{"icon-512.png", 512, 0.72, 0.22},
	{"maskable-192.png", 192, 0.58, 0}, // the system cuts the shape: ink within 40 % of the centre
	{"maskable-512.png", 512, 0.58, 0},
	{"apple-touch-icon.png", 180, 0.66, 0}, // iOS rounds it, and paints transparency black
}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: make directory")
	}
	dir := os.Args[1]
	for _, ic := range icons {
		if err := write(filepath.Join(dir, ic.name), draw(ic)); err != nil {
			log.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "icon.svg"), []byte(svg()), 0o644); err != nil {
		log.Fatal(err)
	}
}

func write(name string, m image.Image) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(f, m); err != nil {
		f.Close()
		return fmt.Errorf("draw %s: %w", name, err)
	}
	return f.Close()
}

// draw paints an icon. Each pixel's share of ink follows from the distance of
// its centre to the shape's edge, which is antialiasing enough at these sizes.
func draw(ic icon) *image.NRGBA {
	side := float64(ic.size)
	scale := side * ic.mark / 40
	place := func(p point) point {
		return point{side/2 + (p.x-centre.x)*scale, side/2 + (p.y-centre.y)*scale}
	}
	var lines [][]point
	for _, f := range furrows {
		lines = append(lines, flatten(place(f[0]), place(f[1]), place(f[2]), place(f[3])))
	}
	g := place(grain)
	m := image.NewNRGBA(image.Rect(0, 0, ic.size, ic.size))
	for y := range ic.size {
		for x := range ic.size {
			p := point{float64(x) + 0.5, float64(y) + 0.5}
			d := p.to(g) - radius*scale
			for _, l := range lines {
				for i := range l[1:] {
					d = min(d, p.toSegment(l[i], l[i+1])-stroke*scale/2)
				}
			}
			c := mix(rail, wheat, cover(d))
			if ic.corner > 0 {
				c.A = uint8(math.Round(255 * cover(p.toSquare(side, ic.corner*side))))
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func svg() string {
	const side, mark = 512, 0.72
	scale := side * mark / 40
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d">`+"\n", side, side)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="%.0f" fill="%s"/>`+"\n", side, side, 0.22*side, hex(rail))
	fmt.Fprintf(&b, `<g transform="translate(%.2f %.2f) scale(%.4f)" fill="none" stroke="%s" stroke-width="%g" stroke-linecap="round">`+"\n",
		side/2-centre.x*scale, side/2-centre.y*scale, scale, hex(wheat), stroke)
	for _, f := range furrows {
		fmt.Fprintf(&b, `<path d="M%g %gC%g %g %g %g %g %g"/>`+"\n", f[0].x, f[0].y, f[1].x, f[1].y, f[2].x, f[2].y, f[3].x, f[3].y)
	}
	fmt.Fprintf(&b, `<circle cx="%g" cy="%g" r="%g" fill="%s" stroke="none"/>`+"\n</g>\n</svg>\n", grain.x, grain.y, radius, hex(wheat))
	return b.String()
}

func hex(c color.RGBA) string { return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B) }

// cover is the share of a pixel inside a shape whose edge is d away, d being
// negative inside.
func cover(d float64) float64 { return max(0, min(1, 0.5-d)) }

func mix(a, b color.RGBA, t float64) color.NRGBA {
	f := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*t)) }
	return color.NRGBA{f(a.R, b.R), f(a.G, b.G), f(a.B, b.B), 0xFF}
}

type point struct{ x, y float64 }

func (p point) to(q point) float64 { return math.Hypot(p.x-q.x, p.y-q.y) }

// toSegment is the distance from p to the segment ab.
func (p point) toSegment(a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	t := max(0, min(1, ((p.x-a.x)*dx+(p.y-a.y)*dy)/(dx*dx+dy*dy)))
	return p.to(point{a.x + t*dx, a.y + t*dy})
}

// toSquare is the distance from p to the edge of a square of that side with
// rounded corners.
func (p point) toSquare(side, r float64) float64 {
	qx, qy := math.Abs(p.x-side/2)-side/2+r, math.Abs(p.y-side/2)-side/2+r
	return math.Hypot(max(qx, 0), max(qy, 0)) + min(max(qx, qy), 0) - r
}

// flatten turns a cubic curve into segments.
func flatten(a, b, c, d point) []point {
	const n = 24
	pts := make([]point, n+1)
	for i := range pts {
		t := float64(i) / n
		u := 1 - t
		wa, wb, wc, wd := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
		pts[i] = point{wa*a.x + wb*b.x + wc*c.x + wd*d.x, wa*a.y + wb*b.y + wc*c.y + wd*d.y}
	}
	return pts
}
