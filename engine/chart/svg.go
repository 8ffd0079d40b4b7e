package chart

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A pic is the only writer of SVG.
type pic struct {
	b []byte
}

// frame starts a picture. Marks says that it holds focusable ones.
func frame(w, h float64, label string, marks bool) *pic {
	role := "img"
	if marks {
		role = "group"
	}
	p := &pic{b: make([]byte, 0, 4096)}
	p.raw(`<svg xmlns="http://www.w3.org/2000/svg"`)
	p.num("width", w)
	p.num("height", h)
	p.raw(` viewBox="0 0 `)
	p.f(w)
	p.raw(" ")
	p.f(h)
	p.raw(`"`)
	p.attr("role", role)
	p.attr("aria-label", label)
	p.raw(">")
	return p
}

//go:noinline
func (p *pic) done() string { return string(append(p.b, "</svg>"...)) }

// raw writes markup of this package; never anything that came in.
func (p *pic) raw(s string) { p.b = append(p.b, s...) }

func (p *pic) f(x float64) { p.b = appendNum(p.b, x) }

func (p *pic) attr(name, value string) {
	p.named(name)
	p.b = escape(p.b, value)
	p.raw(`"`)
}

// named begins an attribute.
func (p *pic) named(name string) {
	p.b = append(p.b, ' ')
	p.b = append(p.b, name...)
	p.b = append(p.b, '=', '"')
}

func (p *pic) num(name string, x float64) {
	p.named(name)
	p.f(x)
	p.raw(`"`)
}

// appendNum writes one decimal; what is not a finite number is 0.
func appendNum(b []byte, x float64) []byte {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		x = 0
	}
	x = max(-1e6, min(1e6, x))
	if math.Abs(x) < .05 {
		x = 0 // no minus zero
	}
	tenths := x * 10
	n := math.Floor(tenths)
	if rest := tenths - n; rest > .49 && rest < .51 { // between two: all the digits decide
		return strconv.AppendFloat(b, x, 'f', 1, 64)
	} else if rest >= .5 {
		n++
	}
	k := int64(n)
	if k < 0 {
		b, k = append(b, '-'), -k
	}
	return append(strconv.AppendInt(b, k/10, 10), '.', '0'+byte(k%10))
}

// escape appends text made safe for element content and quoted attributes.
// Characters that XML does not allow become the replacement character.
func escape(b []byte, s string) []byte {
	plain := 0 // bytes that stand for themselves
	for plain < len(s) && s[plain] >= ' ' && s[plain] < 0x7f && s[plain] != '&' && s[plain] != '<' && s[plain] != '>' && s[plain] != '"' && s[plain] != '\'' {
		plain++
	}
	b = append(b, s[:plain]...)
	for _, r := range s[plain:] {
		switch {
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r == '"':
			b = append(b, "&#34;"...)
		case r == '\'':
			b = append(b, "&#39;"...)
		case r == '\n' || r == '\t' || r == '\r':
			b = append(b, ' ')
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff:
			b = utf8.AppendRune(b, utf8.RuneError)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// A paint is how a shape looks: a class of the style sheet, or tokens.
type paint struct {
	class        string
	fill, stroke string // token names without dashes: "accent"; "none"
	width        float64
	dash         string
	round        bool
	opacity      float64 // 0: opaque
}

func (p *pic) paint(a paint) {
	if a.class != "" {
		p.attr("class", a.class)
	}
	if a.fill != "" {
		p.attr("fill", token(a.fill))
	}
	if a.stroke != "" {
		p.attr("stroke", token(a.stroke))
	}
	if a.width > 0 {
		p.raw(` stroke-width="`)
		p.b = strconv.AppendFloat(p.b, a.width, 'f', -1, 64)
		p.raw(`"`)
	}
	if a.dash != "" {
		p.attr("stroke-dasharray", a.dash)
	}
	if a.round {
		p.raw(` stroke-linecap="round" stroke-linejoin="round"`)
	}
	if a.opacity > 0 {
		p.raw(` opacity="`)
		p.b = strconv.AppendFloat(p.b, a.opacity, 'f', -1, 64)
		p.raw(`"`)
	}
}

func token(name string) string {
	if name == "none" {
		return name
	}
	return "var(--" + name + ")"
}

func (p *pic) rect(x, y, w, h, r float64, a paint) {
	p.raw("<rect")
	p.num("x", x)
	p.num("y", y)
	p.num("width", max(0, w))
	p.num("height", max(0, h))
	if r > 0 {
		p.num("rx", min(r, w/2, h/2))
	}
	p.paint(a)
	p.raw("/>")
}

func (p *pic) circle(x, y, r float64, a paint) {
	p.raw("<circle")
	p.num("cx", x)
	p.num("cy", y)
	p.num("r", r)
	p.paint(a)
	p.raw("/>")
}

// path draws commands, with the numbers of all of them after: "MH", x, y, x2. An
// arc is its two radii and its end, the short way round to the right.
func (p *pic) path(a paint, ops string, n ...float64) {
	p.raw(`<path d="`)
	for _, op := range []byte(ops) {
		p.b = append(p.b, op)
		k := 0
		switch op {
		case 'M', 'L', 'l':
			k = 2
		case 'H', 'h', 'V', 'v':
			k = 1
		case 'q', 'A', 'a':
			k = 4
		case 'C':
			k = 6
		}
		for i := range min(k, len(n)) {
			switch {
			case k == 4 && i == 2 && op != 'q':
				p.raw(" 0 0 1 ")
			case i > 0:
				p.raw(" ")
			}
			p.f(n[i])
		}
		n = n[min(k, len(n)):]
	}
	p.raw(`"`)
	p.paint(a)
	p.raw("/>")
}

// A trace is a path made step by step.
type trace struct {
	ops []byte
	n   []float64
}

func (t *trace) to(ops string, n ...float64) {
	t.ops, t.n = append(t.ops, ops...), append(t.n, n...)
}

func (p *pic) trace(a paint, t trace) { p.path(a, string(t.ops), t.n...) }

//go:noinline
func (p *pic) line(x1, y1, x2, y2 float64, a paint) { p.path(a, "ML", x1, y1, x2, y2) }

// An anchor says which end of a text its x is.
type anchor string

const (
	left   anchor = ""
	middle anchor = "middle"
	right  anchor = "end"
)

// A font is a text's look beyond its class.
type font struct {
	class  string
	fill   string // token
	size   int    // 0: the class's
	weight int
	halo   bool // outlined in the colour of the card, over marks
}

var (
	tx  = font{class: "tx"}  // 12 px, tertiary
	tx2 = font{class: "tx2"} // 12 px, secondary
	txb = font{class: "txb"} // 13 px, strong
	txl = font{class: "txl"} // 20 px, figure
)

func (p *pic) text(x, y float64, at anchor, f font, s string) {
	if s == "" {
		return
	}
	p.raw("<text")
	p.num("x", x)
	p.num("y", y)
	if at != left {
		p.attr("text-anchor", string(at))
	}
	if f.class != "" {
		p.attr("class", f.class)
	}
	if f.size > 0 {
		p.attr("font-size", strconv.Itoa(max(12, f.size)))
	}
	if f.weight > 0 {
		p.attr("font-weight", strconv.Itoa(f.weight))
	}
	if f.fill != "" {
		p.attr("fill", token(f.fill))
	}
	if f.halo {
		p.raw(` paint-order="stroke" stroke="var(--surface)" stroke-width="3"`)
	}
	p.raw(">")
	p.b = escape(p.b, s)
	p.raw("</text>")
}

// A Link makes a mark open a list: where to, and what is said of it.
type Link struct {
	_ [0]func() // not compared, nor what holds one: no code for it

	Go    string `cbor:"1,keyasint,omitempty"`
	Label string `cbor:"2,keyasint,omitempty"`
	Quiet bool   `cbor:"3,keyasint,omitempty"` // one of many, with a twin in the table: opened by a tap, not a stop of the Tab key
}

// mark wraps what f draws; without an address it only draws.
func (p *pic) mark(l Link, f func()) {
	if l.Go == "" {
		f()
		return
	}
	if l.Quiet {
		p.raw(`<g class="mark" tabindex="-1" role="link"`)
	} else {
		p.raw(`<g class="mark" tabindex="0" role="link"`)
	}
	p.attr("aria-label", l.Label)
	p.attr("data-go", l.Go)
	p.raw(">")
	f()
	p.raw("</g>")
}

//go:noinline
func anyLink(links ...Link) bool {
	for _, l := range links {
		if l.Go != "" {
			return true
		}
	}
	return false
}

// Widths of Figtree's letters at weight 650, in hundredths of the size, as
// Chromium measures them; digits are tabular.
var (
	lower = [26]uint8{53, 59, 54, 60, 56, 39, 60, 57, 26, 29, 53, 24, 87, 57, 60, 59, 59, 37, 47, 40, 57, 55, 82, 52, 57, 49}
	upper = [26]uint8{71, 61, 72, 70, 59, 55, 76, 75, 28, 54, 65, 53, 86, 77, 79, 60, 79, 64, 61, 58, 71, 72, 98, 67, 64, 64}
)

// wide is the width of a text in Figtree; of another font it is a guess.
func wide(s string, size float64) float64 {
	n := 0
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z':
			n += int(lower[r-'a'])
		case r >= 'A' && r <= 'Z':
			n += int(upper[r-'A'])
		case strings.ContainsRune(".,:;'’|!· \u00a0îï", r):
			n += 28
		case r == '\u202f':
			n += 14
		case strings.ContainsRune("()/-", r):
			n += 42
		case strings.ContainsRune("œŒæÆ→←…%", r):
			n += 98
		default: // digits, signs, letters with accents
			n += 65
		}
	}
	return float64(n) * size / 100
}

// wrap cuts a sentence into lines that fit a width.
func wrap(s string, size, width float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		switch next := line + " " + word; {
		case line == "":
			line = word
		case wide(next, size) <= width:
			line = next
		default:
			lines = append(lines, line)
			line = word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// note writes a caption under a picture and returns the height it took.
func note(lines []string, p *pic, y float64) {
	for i, l := range lines {
		p.text(0, y+float64(16*i), left, tx, l)
	}
}

// clip01 brings a share into 0-1; NaN is 0.
//
//go:noinline
func clip01(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return min(x, 1)
}

// Empty says in place of a picture why there is none.
func Empty(w, h int, why string) string {
	wf, hf := max(60, float64(w)), max(40, float64(h))
	lines := wrap(why, 12, wf-48)
	p := frame(wf, hf, why, false)
	p.rect(.5, .5, wf-1, hf-1, 12, paint{fill: "none", stroke: "border-strong", width: 1, dash: "2 5", round: true})
	y := hf/2 - float64(16*(len(lines)-1))/2 + 4
	for i, l := range lines {
		p.text(wf/2, y+float64(16*i), middle, tx2, l)
	}
	return p.done()
}
