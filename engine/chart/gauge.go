package chart

import "math"

// Gauge is the furrow gauge: n strokes of which the first round(share·n) are
// in the accent colour. target is a share marked by a line; below 0: none.
func Gauge(w, h, n int, share, target float64, label string) string {
	wf, hf := float64(max(w, 20)), float64(max(h, 8))
	n = max(n, 1)
	step := wf / float64(n)
	lean, stroke := .28*hf, .52*step
	p := frame(wf, hf, label, false)
	on := int(math.Round(clip01(share) * float64(n)))
	for i := range n {
		a := paint{stroke: "border", width: math.Round(stroke*10) / 10, round: true}
		if i < on {
			a.stroke = "accent"
		}
		x := step*float64(i) + (step-lean)/2
		p.line(x, hf-stroke/2, x+lean, stroke/2, a)
	}
	if target >= 0 {
		x := wf * clip01(target)
		p.path(paint{stroke: "text", width: 2}, "MV", x, 0.0, hf)
	}
	return p.done()
}

// Spark is a trend without axis, its last point dotted.
func Spark(w, h int, v []float64, label string) string {
	wf, hf := float64(max(w, 16)), float64(max(h, 8))
	p := frame(wf, hf, label, false)
	if len(v) == 0 {
		return p.done()
	}
	low, high := v[0], v[0]
	for _, x := range v {
		low, high = min(low, x), max(high, x)
	}
	if !(high > low) || math.IsInf(high-low, 0) {
		low, high = low-1, low+1
	}
	const edge = 3
	at := func(i int) point {
		x := wf / 2
		if len(v) > 1 {
			x = edge + (wf-2*edge)*float64(i)/float64(len(v)-1)
		}
		return point{x, hf - edge - (hf-2*edge)*clip01((v[i]-low)/(high-low))}
	}
	if len(v) > 1 {
		var cmds trace
		for i := range v {
			c := "L"
			if i == 0 {
				c = "M"
			}
			cmds.to(c, at(i).x, at(i).y)
		}
		p.trace(paint{fill: "none", stroke: "text-2", width: 1.5, round: true}, cmds)
	}
	last := at(len(v) - 1)
	p.circle(last.x, last.y, 2.5, paint{fill: "accent"})
	return p.done()
}

// Rhythm sets the days since the last visit against the interval: green up to
// it, brick beyond, a line where it ends; 14 px high.
func Rhythm(w int, since, interval float64, label string) string {
	wf := float64(max(w, 40))
	p := frame(wf, 14, label, false)
	since, interval = max(0, since), max(0, interval)
	whole := max(since, interval)
	if !(whole > 0) || math.IsInf(whole, 0) {
		whole = 1
	}
	p.rect(0, 5, wf, 4, 2, paint{fill: "sunken"})
	p.rect(0, 5, wf*min(since, interval)/whole, 4, 2, paint{fill: "accent"})
	if since > interval {
		p.rect(wf*interval/whole, 5, wf*(since-interval)/whole, 4, 2, paint{fill: "danger"})
	}
	x := min(max(1, wf*interval/whole), wf-1)
	p.path(paint{stroke: "text", width: 2}, "MV", x, 1.0, 13.0)
	return p.done()
}

// A Part is one criterion of a score.
type Part struct {
	Name   string
	Points float64 // negative: subtracts
	Max    float64
	Figure string // "+ 28"
	Of     string // "/ 30"
	Weak   bool   // a neutral value stands in: dotted
}

// Parts draws contribution bars: length ∝ weight, filled ∝ points.
func Parts(w int, label string, parts []Part) string {
	wf := float64(max(w, 240))
	const pitch = 30
	p := frame(wf, max(pitch, pitch*float64(len(parts))), label, false)
	name := 0.0
	for _, c := range parts {
		name = max(name, wide(c.Name, 13)+8)
	}
	name = min(max(name, min(140, wf*.36)), wf*.48)
	room := wf - name - 88
	most := 1e-9
	for _, c := range parts {
		most = max(most, c.Max)
	}
	for i, c := range parts {
		y := pitch * float64(i)
		p.text(0, y+14, left, font{fill: "text", size: 13, weight: 550}, short(c.Name, 13, name-4))
		track := max(12, room*c.Max/most)
		p.rect(name, y+4, track, 12, 6, paint{fill: "sunken"})
		if c.Max > 0 && c.Points != 0 {
			fill := paint{fill: "accent"}
			if c.Points < 0 {
				fill.fill = "danger"
			}
			if c.Weak {
				fill.opacity, fill.stroke, fill.width, fill.dash = .5, "text-2", 1, "2 3"
			}
			p.rect(name, y+4, max(4, track*clip01(math.Abs(c.Points)/c.Max)), 12, 6, fill)
		}
		p.text(wf-36, y+15, right, txb, c.Figure)
		p.text(wf, y+15, right, tx, c.Of)
		if i < len(parts)-1 {
			p.path(paint{class: "gl"}, "MH", 0.0, y+23.5, wf)
		}
	}
	return p.done()
}
