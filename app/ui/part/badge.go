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

// Phase is the badge of a life-cycle phase (D C M V), its letter alone when
// only, the word kept for screen readers. P and X, which have no hue, are tags;
// no phase is nothing.
func Phase(lang i18n.Lang, letter string, only bool) app.UI {
	word := i18n.Phase(lang, letter)
	switch letter {
	case "":
		return Nothing()
	case "D", "C", "M", "V":
	default:
		return Span("tag", word)
	}
	class := "ph " + strings.ToLower(letter)
	if only {
		return app.Span().Class(class+" only").Title(word).Body(
			app.I().Aria("hidden", "true").Text(letter), Span("sr", word))
	}
	return app.Span().Class(class).Body(app.I().Aria("hidden", "true").Text(letter), app.Text(word))
}

// Weight is the badge of a weight A, B or C; nothing without a class.
func Weight(lang i18n.Lang, letter string) app.UI {
	if letter == "" {
		return Nothing()
	}
	word := i18n.T(lang, "weight."+letter)
	return app.Span().Class("abc "+strings.ToLower(letter)).Title(word).Body(
		app.Span().Aria("hidden", "true").Text(letter), Span("sr", word))
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
	if status == explain.NA {
		return Box("score", Furrows(lang, 0, n, 6*n, 20, -1), Span("tn", i18n.None))
	}
	class := "score"
	if status == explain.Weak {
		class += " weak"
	}
	return app.Span().Class(class).Body(
		Furrows(lang, value, n, 6*n, 20, -1),
		Span("tn", strconv.Itoa(int(math.Round(value)))))
}

// Furrows is the furrow gauge: n strokes over width × height px, the first of
// them filled in proportion of value (0 to 100). A target from 0 to 100 draws a
// tick; negative: none.
func Furrows(lang i18n.Lang, value float64, n, width, height int, target float64) app.UI {
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
	return app.Raw(b.String())
}

// Spark is a sparkline without axis, the last point dotted. It is decoration:
// its numbers are printed beside it.
func Spark(values []float64, width, height int) app.UI {
	if len(values) < 2 {
		return Nothing()
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
	return app.Raw(b.String())
}

func px(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }
