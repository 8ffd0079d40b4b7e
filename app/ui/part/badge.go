package part

import (
	"html"
	"math"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/engine/explain"
)

// The badges that the rows of a list are made of exist as text too: a row that
// is one piece of HTML costs the browser one call.

// drawn makes an element of a piece of HTML, and keeps its place when empty.
func drawn(h string) app.UI {
	if h == "" {
		return Nothing()
	}
	return app.Raw(h)
}

// Inside is what stands in an element as one piece of HTML, laid out as if its
// parts were there themselves: one call of the browser instead of some five for
// each part. Words in it are escaped by the caller.
func Inside(pieces ...string) app.UI {
	return app.Raw(`<div class="pk">` + strings.Join(pieces, "") + `</div>`)
}

// Phase is the badge of a life-cycle phase (D C M V), its letter alone when
// only, the word kept for screen readers. P and X, which have no hue, are tags;
// no phase is nothing.
func Phase(lang i18n.Lang, letter string, only bool) app.UI {
	return drawn(PhaseHTML(lang, letter, only))
}

// PhaseHTML is Phase as text.
func PhaseHTML(lang i18n.Lang, letter string, only bool) string {
	if letter == "" {
		return ""
	}
	word := html.EscapeString(i18n.Phase(lang, letter))
	switch letter {
	case "D", "C", "M", "V":
	default:
		return `<span class="tag">` + word + `</span>`
	}
	class, mark := strings.ToLower(letter), `<i aria-hidden="true">`+letter+`</i>`
	if only {
		return `<span class="ph ` + class + ` only" title="` + word + `">` + mark + `<span class="sr">` + word + `</span></span>`
	}
	return `<span class="ph ` + class + `">` + mark + word + `</span>`
}

// Weight is the badge of a weight A, B or C; nothing without a class.
func Weight(lang i18n.Lang, letter string) app.UI { return drawn(WeightHTML(lang, letter)) }

// WeightHTML is Weight as text.
func WeightHTML(lang i18n.Lang, letter string) string {
	if letter == "" {
		return ""
	}
	word := html.EscapeString(i18n.T(lang, "weight."+letter))
	return `<span class="abc ` + strings.ToLower(letter) + `" title="` + word + `"><span aria-hidden="true">` + letter + `</span><span class="sr">` + word + `</span></span>`
}

// PR is a position on the P–R board: "P4–R3". P is "?" while the potential is
// unknown; faint marks a potential of low confidence.
func PR(p, r int, faint bool) app.UI {
	class := "tag tn"
	if faint {
		class += " faint"
	}
	return app.Span().Class(class).Text(PRText(p, r))
}

// PRText writes a position: "P4–R3".
func PRText(p, r int) string {
	level := "?"
	if p > 0 {
		level = strconv.Itoa(p)
	}
	return "P" + level + "–R" + strconv.Itoa(r)
}

// Score is a score of 100 with its furrow gauge of n strokes (10 in rows, 16
// to 24 in headers). NA is an en dash; weak is hatched.
func Score(lang i18n.Lang, value float64, status explain.Status, n int) app.UI {
	return drawn(ScoreHTML(lang, value, status, n))
}

// ScoreHTML is Score as text.
func ScoreHTML(lang i18n.Lang, value float64, status explain.Status, n int) string {
	class, text := "score", strconv.Itoa(int(math.Round(value)))
	switch status {
	case explain.NA:
		value, text = 0, i18n.None
	case explain.Weak:
		class += " weak"
	}
	return `<span class="` + class + `">` + furrows(lang, value, n, 6*n, 20, -1) + `<span class="tn">` + text + `</span></span>`
}

// Furrows is the furrow gauge: n strokes over width × height px, the first of
// them filled in proportion of value (0 to 100). A target from 0 to 100 draws a
// tick; negative: none.
func Furrows(lang i18n.Lang, value float64, n, width, height int, target float64) app.UI {
	return drawn(furrows(lang, value, n, width, height, target))
}

func furrows(lang i18n.Lang, value float64, n, width, height int, target float64) string {
	filled := int(math.Round(value * float64(n) / 100))
	step := float64(width) / float64(n)
	lean, stroke := .28*float64(height), .52*step
	lean = min(lean, step-.2)
	var b strings.Builder
	b.WriteString(`<svg class="furrow" width="` + strconv.Itoa(width) + `" height="` + strconv.Itoa(height) +
		`" viewBox="0 0 ` + strconv.Itoa(width) + ` ` + strconv.Itoa(height) + `" role="img" aria-label="` +
		html.EscapeString(i18n.T(lang, "part.outOf", int(math.Round(value)))) + `" fill="none" stroke-linecap="round" stroke-width="` + px(stroke) + `">`)
	line := func(from, to int, colour string) {
		if from >= to {
			return
		}
		b.WriteString(`<path stroke="var(` + colour + `)" d="`)
		for i := from; i < to; i++ {
			x := float64(i)*step + .2
			b.WriteString("M" + px(x) + " " + px(float64(height)-stroke/2) + "L" + px(x+lean) + " " + px(stroke/2))
		}
		b.WriteString(`"/>`)
	}
	line(0, filled, "--accent")
	line(filled, n, "--border")
	if target >= 0 {
		x := px(target / 100 * float64(width))
		b.WriteString(`<path stroke="var(--text)" stroke-width="2" d="M` + x + ` 0V` + strconv.Itoa(height) + `"/>`)
	}
	b.WriteString(`</svg>`)
	return b.String()
}

// Spark is a sparkline without axis, the last point dotted. It is decoration:
// its numbers are printed beside it.
func Spark(values []float64, width, height int) app.UI {
	return drawn(SparkHTML(values, width, height))
}

// SparkHTML is Spark as text.
func SparkHTML(values []float64, width, height int) string {
	if len(values) < 2 {
		return ""
	}
	lo, hi := values[0], values[0]
	for _, v := range values {
		lo, hi = min(lo, v), max(hi, v)
	}
	span := hi - lo
	if span == 0 {
		span = 1
	}
	const pad = 3
	at := func(i int) (x, y string) {
		return px(pad + float64(i)*float64(width-2*pad)/float64(len(values)-1)),
			px(float64(height-pad) - (values[i]-lo)/span*float64(height-2*pad))
	}
	var b strings.Builder
	b.WriteString(`<svg class="spark" width="` + strconv.Itoa(width) + `" height="` + strconv.Itoa(height) + `" viewBox="0 0 ` +
		strconv.Itoa(width) + ` ` + strconv.Itoa(height) + `" aria-hidden="true"><path fill="none" stroke="var(--text-3)" stroke-width="1.5" stroke-linejoin="round" d="`)
	for i := range values {
		x, y := at(i)
		if i == 0 {
			b.WriteString("M" + x + " " + y)
		} else {
			b.WriteString("L" + x + " " + y)
		}
	}
	x, y := at(len(values) - 1)
	b.WriteString(`"/><circle cx="` + x + `" cy="` + y + `" r="2.6" fill="var(--accent)"/></svg>`)
	return b.String()
}

func px(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }
