package chart

// An Effort is the contact time by phase.
type Effort struct {
	Label  string
	Share  [5]float64 // D, C, M, V, prospects
	Figure [5]string  // "21", inside
	Name   [5]string  // under
	Move   string     // "to move towards C": draws the arrow from M to C; empty: none
	Note   string
	Weak   bool
	Go     [5]Link
}

// Split draws one 100 % bar of effort by phase.
func Split(w int, d Effort) string {
	wf := float64(max(w, 220))
	lines := wrap(d.Note, 12, wf)
	p := frame(wf, 98+16*float64(len(lines)), d.Label, anyLink(d.Go[:]...))
	var total float64
	for i := range d.Share {
		d.Share[i] = clip01(d.Share[i])
		total += d.Share[i]
	}
	if total <= 0 {
		total = 1
	}
	class := [...]string{"ph-d", "ph-c", "ph-m", "ph-v", "sunken"}
	ink := [...]string{phaseInk[0], phaseInk[1], phaseInk[2], phaseInk[3], "text-2"}
	var centre [5]float64
	x, lastText := 0.0, -1e9
	for i, s := range d.Share {
		width := wf * s / total
		centre[i] = x + width/2
		if width > 2 {
			p.mark(d.Go[i], func() {
				a := paint{fill: class[i]}
				if d.Weak {
					a.stroke, a.width, a.dash, a.opacity = "text-2", 1, "2 4", .6
				}
				p.rect(x+1, 34, width-2, 30, 6, a)
				if wide(d.Figure[i], 13) <= width-2 {
					p.text(centre[i], 54, middle, font{size: 13, weight: 700, fill: ink[i]}, d.Figure[i])
				}
				half := wide(d.Name[i], 12) / 2
				if cx := min(max(centre[i], half), wf-half); cx-half > lastText {
					p.text(cx, 80, middle, tx2, d.Name[i])
					lastText = cx + half + 2
				}
			})
		}
		x += width
	}
	if d.Move != "" && d.Share[2] > 0 {
		p.move(centre[2], centre[1], wf, d.Move)
	}
	note(lines, p, 108)
	return p.done()
}

// move draws the arrow from M back to C.
func (p *pic) move(from, to, wf float64, words string) {
	a := paint{fill: "none", stroke: "danger", width: 1.75, round: true}
	p.path(a, "MC", to, 28.0, to+10, 6.0, from-10, 6.0, from, 28.0)
	p.path(a, "Mll", to-4, 23.0, 4.0, 6.0, 6.0, -4.0)
	f := font{fill: "danger-text", size: 12, weight: 550}
	if need := wide(words, 12); from+8+need <= wf {
		p.text(from+8, 14, left, f, words)
	} else {
		p.text(wf, 10, right, f, words)
	}
}

// A Pair sets the effort on C against the effort on M.
type Pair struct {
	Label  string
	C, M   float64 // shares
	CText  string
	MText  string
	Behind bool // less on C than on M
}

// Dumbbell draws both on one line; 46 px high.
func Dumbbell(w int, d Pair) string {
	wf := float64(max(w, 100))
	p := frame(wf, 46, d.Label, false)
	at := func(s float64) float64 { return 8 + (wf-16)*clip01(s) }
	p.path(paint{stroke: "grid", width: 2}, "MH", 8.0, 22.0, wf-8)
	stroke := "accent"
	if d.Behind {
		stroke = "danger"
	}
	c, m := at(d.C), at(d.M)
	p.path(paint{stroke: stroke, width: 3}, "MH", min(c, m), 22.0, max(c, m))
	p.circle(c, 22, 6, paint{class: "fc"})
	p.circle(m, 22, 6, paint{class: "fm"})
	for _, t := range []struct {
		x, y float64
		s    string
	}{{c, 11, d.CText}, {m, 44, d.MText}} {
		half := wide(t.s, 12) / 2
		p.text(min(max(t.x, half), wf-half), t.y, middle, tx2, t.s)
	}
	return p.done()
}
