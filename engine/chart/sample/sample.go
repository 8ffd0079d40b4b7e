// Package sample holds pictures of every kind with fictional data: the page
// of charts and the golden files of package chart draw them. The product does
// not import it.
package sample

import (
	"math"
	"strconv"

	"sillon/engine/chart"
)

// A State is one picture of a chart: normal, weak, empty, narrow.
type State struct {
	Name    string
	Picture chart.Picture
	Width   int // CSS pixels
}

// A Section is one chart and its states.
type Section struct {
	ID       string // of the golden file
	Question string // what it answers
	States   []State
}

// drawn lends the three methods to a picture drawn by a function.
type drawn struct {
	draw  func(w int) string
	label string
	table chart.Table
}

func (d drawn) Draw(w int) string  { return d.draw(w) }
func (d drawn) Sentence() string   { return d.label }
func (d drawn) Table() chart.Table { return d.table }

// states are a picture at two widths, weak, and empty.
func states(w int, normal, weak, empty chart.Picture) []State {
	s := []State{{"normal", normal, w}, {"à 280 px", normal, 280}}
	if weak != nil {
		s = append(s, State{"peu de données", weak, 280})
	}
	if empty != nil {
		s = append(s, State{"vide", empty, 280})
	}
	return s
}

// none is the words of an empty picture.
func none(why string) chart.Words { return chart.Words{Label: why, None: why} }

// few is the words of a weak one.
func few(label string, head ...string) chart.Words {
	return chart.Words{Label: label + ", peu de données", Head: head, Weak: true}
}

func words(label string, head ...string) chart.Words { return chart.Words{Label: label, Head: head} }

// dice is a generator of its own, so that the files never change.
type dice uint32

func (d *dice) roll() float64 { // 0–1
	*d = *d*1664525 + 1013904223
	return float64(*d>>8) / (1 << 24)
}

// bell is near normal: twelve rolls less six.
func (d *dice) bell() float64 {
	s := -6.0
	for range 12 {
		s += d.roll()
	}
	return s
}

func itoa(n int) string { return strconv.Itoa(n) }

func percent(x float64) string { return itoa(int(math.Round(x*100))) + " %" }

func kilo(x float64) string { return decimal(x) + " k€" }

// decimal is a number with a comma and at most one decimal.
func decimal(x float64) string {
	s := strconv.FormatFloat(math.Abs(math.Round(x*10)/10), 'f', -1, 64)
	b := []byte(s)
	for i, c := range b {
		if c == '.' {
			s = s[:i] + "," + s[i+1:]
		}
	}
	if x < 0 && s != "0" {
		return "− " + s
	}
	return s
}

// All are the sections in the order of the page.
func All() []Section {
	var all []Section
	for _, part := range [][]Section{maturity(), weight(), contacts(), potential(), client(), plan(), team()} {
		all = append(all, part...)
	}
	return all
}
