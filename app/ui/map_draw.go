package ui

import (
	"html"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"sillon/app/i18n"
	"sillon/engine/query"
)

// partNames are the parts of a ring, and the end of their class.
var partNames = [5]string{"D", "C", "M", "V", ""}

var partClass = [5]string{"d", "c", "m", "v", "o"}

// A room is space taken on the picture.
type room struct{ x0, y0, x1, y1 float64 }

func (a room) meets(b room) bool { return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1 }

// A sketch is the marks over the outline, as one SVG.
type sketch struct {
	strings.Builder
	e     *Env
	w, h  float64
	taken []room
}

func (s *sketch) put(all ...string) {
	for _, t := range all {
		s.WriteString(t)
	}
}

// free takes a room if nothing stands there yet.
func (s *sketch) free(b room) bool {
	if b.x0 < 0 || b.y0 < 0 || b.x1 > s.w || b.y1 > s.h {
		return false
	}
	for _, t := range s.taken {
		if b.meets(t) {
			return false
		}
	}
	s.taken = append(s.taken, b)
	return true
}

// marks draws the towns, the circle of ten minutes and the rings.
func (m *mapBoard) marks(v *query.MapView) string {
	s := &sketch{e: m.E, w: m.view.w, h: m.view.h}
	s.put(`<svg viewBox="0 0 `, tenth(s.w), ` `, tenth(s.h), `" width="`, tenth(s.w), `" height="`, tenth(s.h), `">`)
	if v.Reach > 0 && v.Reach < 4000 {
		x, y, r := tenth(v.From.X), tenth(v.From.Y), tenth(v.Reach)
		s.put(`<circle class="mp-reach" cx="`, x, `" cy="`, y, `" r="`, r, `"/>`)
		if v.Reach > 34 {
			label := m.E.T("map.reach")
			ly := v.From.Y + v.Reach
			s.put(`<rect class="mp-rl" x="`, tenth(v.From.X-29), `" y="`, tenth(ly-12), `" width="58" height="24" rx="12"/><text class="mp-rt" x="`, x, `" y="`, tenth(ly+4.5), `" text-anchor="middle">`, html.EscapeString(label), `</text>`)
			s.taken = append(s.taken, room{v.From.X - 30, ly - 13, v.From.X + 30, ly + 13})
		}
	}
	for i := range v.Rings {
		r := &v.Rings[i]
		d := radius(r.N)
		s.taken = append(s.taken, room{r.X - d, r.Y - d, r.X + d, r.Y + d})
	}
	s.taken = append(s.taken, room{s.w - 64, 0, s.w, 184}, room{0, s.h - 72, 232, s.h}, room{s.w - 150, s.h - 48, s.w, s.h}) // buttons, legend, scale
	named := map[string]bool{}
	for i := range v.Rings {
		if r := &v.Rings[i]; r.N > 1 && r.Name != "" && !named[r.Name] && s.label(r) {
			named[r.Name] = true
		}
	}
	for _, t := range v.Towns {
		if !named[t.Name] {
			w := wide(t.Name, 5.8)
			if s.free(room{t.X - 3, t.Y - 8, t.X + 8 + w, t.Y + 8}) {
				s.put(`<circle class="mp-dot" cx="`, tenth(t.X), `" cy="`, tenth(t.Y), `" r="2"/><text class="mp-town" x="`, tenth(t.X+6), `" y="`, tenth(t.Y+4), `">`, html.EscapeString(t.Name), `</text>`)
			}
		}
	}
	for i := range v.Rings {
		if r := &v.Rings[i]; r.N == 1 && len(v.Rings) < 60 {
			s.label(r)
		}
	}
	for i := len(v.Rings) - 1; i >= 0; i-- { // the larger on top
		s.ring(i, &v.Rings[i], v.Picked != nil && v.Picked.X == v.Rings[i].X && v.Picked.Y == v.Rings[i].Y)
	}
	if v.From.How == "device" || v.From.How == "stop" {
		x, y := tenth(v.From.X), tenth(v.From.Y)
		s.put(`<circle class="mp-me o" cx="`, x, `" cy="`, y, `" r="14"/><circle class="mp-me" cx="`, x, `" cy="`, y, `" r="7.5"/>`)
	}
	s.scale(v.Meters)
	s.put(`</svg>`)
	return s.String()
}

// wide is about how wide a text is drawn.
func wide(text string, letter float64) float64 { return letter * float64(utf8.RuneCountInString(text)) }

// radius of a ring of n clients: the worker draws rings together by it.
func radius(n int) float64 {
	if n == 1 {
		return 10
	}
	return min(44, 15.5+2.75*math.Sqrt(float64(n)))
}

// label writes a ring's name where there is room: right, left, below, above.
func (s *sketch) label(r *query.MapRing) bool {
	class, letter := "mp-name", 7.1
	if r.N == 1 {
		class, letter = "mp-one", 6.2
	}
	w, d := wide(r.Name, letter), radius(r.N)+6
	for _, at := range []struct {
		x, y   float64
		anchor string
		b      room
	}{
		{r.X + d, r.Y + 4.5, "start", room{r.X + d, r.Y - 8, r.X + d + w, r.Y + 8}},
		{r.X - d, r.Y + 4.5, "end", room{r.X - d - w, r.Y - 8, r.X - d, r.Y + 8}},
		{r.X, r.Y + d + 11, "middle", room{r.X - w/2, r.Y + d, r.X + w/2, r.Y + d + 15}},
		{r.X, r.Y - d - 2, "middle", room{r.X - w/2, r.Y - d - 14, r.X + w/2, r.Y - d + 1}},
	} {
		if s.free(at.b) {
			s.put(`<text class="`, class, `" x="`, tenth(at.x), `" y="`, tenth(at.y), `" text-anchor="`, at.anchor, `">`, html.EscapeString(r.Name), `</text>`)
			return true
		}
	}
	return false
}

// ring draws several clients as a ring split by phase, one as its letter.
func (s *sketch) ring(k int, r *query.MapRing, picked bool) {
	x, y, id := tenth(r.X), tenth(r.Y), strconv.Itoa(k)
	s.put(`<g class="mp-r" id="mp-k`, id, `" data-k="`, id, `" role="button" tabindex="0" aria-label="`, html.EscapeString(s.said(r)), `">`)
	if picked {
		s.put(`<circle class="mp-on" cx="`, x, `" cy="`, y, `" r="`, tenth(radius(r.N)+2.5), `"/>`)
	}
	if r.N == 1 {
		class := "o"
		for i, name := range partNames {
			if r.Phase == name && name != "" {
				class = partClass[i]
			}
		}
		letter := r.Phase
		if class == "o" {
			letter = "·"
		}
		s.put(`<circle class="mp-hit" cx="`, x, `" cy="`, y, `" r="20"/><circle class="mp-c `, class, `" cx="`, x, `" cy="`, y, `" r="10"/><text class="mp-l `, class, `" x="`, x, `" y="`, tenth(r.Y+4.3), `" text-anchor="middle">`, letter, `</text></g>`)
		return
	}
	d := radius(r.N)
	s.put(`<circle class="mp-disc" cx="`, x, `" cy="`, y, `" r="`, tenth(d), `"/>`)
	from := 0.
	for i, n := range r.Parts {
		if n == 0 {
			continue
		}
		to := from + float64(n)/float64(r.N)
		s.arc(partClass[i], r.X, r.Y, d-5, from, to)
		from = to
	}
	s.put(`<text class="mp-n" x="`, x, `" y="`, tenth(r.Y+5), `" text-anchor="middle">`, html.EscapeString(s.e.Count(r.N)), `</text></g>`)
}

// arc is a part of a ring, from and to as shares of the turn, with a gap.
func (s *sketch) arc(class string, x, y, d, from, to float64) {
	if to-from > .999 {
		s.put(`<circle class="mp-a `, class, `" cx="`, tenth(x), `" cy="`, tenth(y), `" r="`, tenth(d), `"/>`)
		return
	}
	const gap = .005
	a, b := 2*math.Pi*(from+gap), 2*math.Pi*max(from+gap, to-gap)
	large := "0"
	if b-a > math.Pi {
		large = "1"
	}
	s.put(`<path class="mp-a `, class, `" d="M`, tenth(x+d*math.Sin(a)), ` `, tenth(y-d*math.Cos(a)), `A`, tenth(d), ` `, tenth(d), ` 0 `, large, ` 1 `, tenth(x+d*math.Sin(b)), ` `, tenth(y-d*math.Cos(b)), `"/>`)
}

// said is a ring in words.
func (s *sketch) said(r *query.MapRing) string {
	if r.N == 1 {
		text := r.Name
		if word := i18n.Phase(s.e.Lang, r.Phase); r.Phase != "" {
			text += ", " + word
		}
		if r.Due > 0 {
			text += ", " + s.e.T("map.due-one")
		}
		return text
	}
	text := s.e.T("map.ring", r.N, r.Name)
	for i, n := range r.Parts[:4] {
		if n > 0 {
			text += ", " + partNames[i] + " " + strconv.Itoa(n)
		}
	}
	if r.Due > 0 {
		text += ", " + s.e.T("map.due", r.Due)
	}
	return text
}

// scale is a bar of a round length.
func (s *sketch) scale(meters float64) {
	if !(meters > 0) {
		return
	}
	length := math.Pow(10, math.Floor(math.Log10(meters*110)))
	for _, k := range []float64{5, 2} {
		if k*length <= meters*110 {
			length *= k
			break
		}
	}
	text := s.e.Number(length/1000) + "\u00a0km"
	if length < 1000 {
		text = s.e.Number(length) + "\u00a0m"
	}
	w := length / meters
	x, y := s.w-24-w, s.h-22
	s.put(`<path class="mp-bar" d="M`, tenth(x), ` `, tenth(y), `v6h`, tenth(w), `v-6"/><text class="mp-rt" x="`, tenth(x+w/2), `" y="`, tenth(y-3), `" text-anchor="middle">`, html.EscapeString(text), `</text>`)
}
