package chart

import (
	"math"
	"strings"
)

// A Month is one month of a client's activity.
type Month struct {
	Name   string // "D"
	Now    float64
	Before float64 // the same month a year before
	Visit  bool
	Call   bool
}

// An Activity is a client's year: sales by month, last year's, contacts.
type Activity struct {
	Label     string
	Months    []Month // oldest first
	HasBefore bool
	Amount    func(float64) string `cbor:"-"` // writes an axis value
	Unit      Unit                 // what writes it when Amount does not
	Contacts  string               // name of the row of contacts
	Open      bool                 // the last month is not over: outlined
	Keys      []string             // legend: sales, the year before, visits, other contacts; nil: none
}

// Year draws bars, last year's ticks, and a row of contacts: a filled dot for
// a visit, a ring for a call; 190 px high without its legend.
func Year(w int, d Activity) string {
	wf := float64(max(w, 300))
	const top, ground = 14.0, 132.0
	x0 := max(64, wide(d.Contacts, 12)+10)
	keys := d.keys()
	_, said := flow(keys, wf)
	p := frame(wf, 190+said, d.Label, false)
	low, high := d.span()
	step := nice((high - low) / 3)
	if math.Floor(high/step)-math.Ceil(low/step) < 2 {
		step /= 2
	}
	for k := 0; k < 9 && (d.Amount(step) == d.Amount(0) || d.Amount(2*step) == d.Amount(step)); k++ {
		step = nice(1.5 * step) // small sales: two lines of the axis never say the same
	}
	at := func(v float64) float64 { return ground - (ground-top)*(v-low)/(high-low) }
	zero := at(0)
	for k := math.Ceil(low / step); k*step <= high; k++ {
		if y := at(k * step); math.Abs(y-zero) > 1 {
			p.path(paint{class: "gl"}, "MH", x0, y, wf)
			p.text(0, y+4, left, tx, d.Amount(k*step))
		}
	}
	pitch := (wf - x0 - 8) / float64(max(len(d.Months), 1))
	for i, m := range d.Months {
		x := x0 + 4 + pitch*(float64(i)+.5)
		bar := paint{fill: "accent", opacity: .78}
		if i >= len(d.Months)-3 {
			bar.opacity = 0
		}
		if m.Now < 0 {
			bar.fill = "danger"
		}
		if d.Open && i == len(d.Months)-1 {
			bar.stroke, bar.width, bar.dash, bar.opacity = "accent", 1.5, "3 3", .6
		}
		if y := at(m.Now); m.Now != 0 {
			p.rect(x-pitch*.32, min(y, zero), pitch*.64, max(1, math.Abs(y-zero)), 4, bar)
		}
		if d.HasBefore && m.Before != 0 {
			y := at(m.Before)
			p.path(paint{stroke: "text", width: 2}, "Mh", x-pitch*.42, y, pitch*.84)
		}
		p.text(x, ground+16, middle, tx, fit(m.Name, pitch))
		p.contacts(x, m, 172)
	}
	p.axis(x0, zero, wf)
	p.text(0, 176, left, tx, d.Contacts)
	p.legend(keys, 190, wf)
	return p.done()
}

// keys explains each mark that the picture holds, and no other.
func (d Activity) keys() (keys []key) {
	if len(d.Keys) != 4 {
		return nil
	}
	var now, before, visit, call bool
	for _, m := range d.Months {
		now, before = now || m.Now != 0, before || d.HasBefore && m.Before != 0
		visit, call = visit || m.Visit, call || m.Call
	}
	if now {
		keys = append(keys, toneKey(d.Keys[0], Accent))
	}
	if before {
		keys = append(keys, lineKey(d.Keys[1], "text", ""))
	}
	if visit {
		keys = append(keys, key{d.Keys[2], func(p *pic, x, y float64) { p.contacts(x+9, Month{Visit: true}, y) }})
	}
	if call {
		keys = append(keys, key{d.Keys[3], func(p *pic, x, y float64) { p.contacts(x+9, Month{Call: true}, y) }})
	}
	return keys
}

// fit is the name of a month, or its initial where there is no room.
func fit(name string, width float64) string {
	if r := []rune(name); len(r) > 1 && wide(name, 12) > width-2 {
		return strings.ToUpper(string(r[:1]))
	}
	return name
}

func (p *pic) contacts(x float64, m Month, y float64) {
	shift := 0.0
	if m.Visit && m.Call {
		shift = 7
	}
	if m.Visit {
		p.circle(x-shift, y, 6, paint{fill: "accent"})
	}
	if m.Call {
		p.circle(x+shift, y, 5, paint{fill: "surface", stroke: "accent", width: 2})
	}
}

// span is the range of the axis; it holds 0 and is never empty.
func (d Activity) span() (low, high float64) {
	for _, m := range d.Months {
		low, high = min(low, m.Now), max(high, m.Now)
		if d.HasBefore {
			low, high = min(low, m.Before), max(high, m.Before)
		}
	}
	if !(high > low) || math.IsInf(high-low, 0) {
		return 0, 1
	}
	return low, high
}

// nice is the round step (1, 2, 2.5 or 5 × a power of ten) at or above x.
func nice(x float64) float64 {
	if !(x > 0) || math.IsInf(x, 0) {
		return 1
	}
	unit := 1.0
	for unit*10 <= x {
		unit *= 10
	}
	for unit > x {
		unit /= 10
	}
	for _, m := range []float64{1, 2, 2.5, 5} {
		if unit*m >= x {
			return unit * m
		}
	}
	return unit * 10
}
