package query

import (
	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/weight"
)

// WhyAsk asks where a figure comes from: one of a client, or of the whole when
// ID is zero. Try asks as well what it would be with other facts.
type WhyAsk struct {
	Lang   string       `cbor:"1,keyasint"`
	Figure Figure       `cbor:"2,keyasint"` // as it was tapped
	ID     portfolio.ID `cbor:"3,keyasint,omitzero"`
	Scope  uint32       `cbor:"4,keyasint,omitempty"`
	Width  int          `cbor:"5,keyasint,omitempty"` // of the sheet's content
	Try    *Trial       `cbor:"6,keyasint,omitempty"`
}

// A Trial is a fact changed for the sake of seeing.
type Trial struct {
	Key string  `cbor:"1,keyasint"`           // sales, potential, visits, or signals
	By  float64 `cbor:"2,keyasint,omitempty"` // how much more: cents, visits

	Settled []string `cbor:"3,keyasint,omitempty"` // codes of signals: "S4"
}

// WhyTab is a [Why] with its rulers drawn and the limits of its bands written.
type WhyTab struct {
	Why    Why      `cbor:"1,keyasint"`
	Rulers []Chart  `cbor:"2,keyasint,omitempty"`
	Limits []string `cbor:"3,keyasint,omitempty"` // of the bands, in order: "≥ 40 %"
	Author string   `cbor:"4,keyasint,omitempty"` // of the decision
	Alone  bool     `cbor:"5,keyasint,omitempty"` // read without the other clients: they are on their way
	Known  bool     `cbor:"6,keyasint,omitempty"` // the method has a reading of it
	Tries  []string `cbor:"7,keyasint,omitempty"` // what can be tried: keys of [Trial]
	Now    float64  `cbor:"8,keyasint,omitempty"` // of the first of them, today
	Tried  *Figure  `cbor:"9,keyasint,omitempty"`
	Band   int      `cbor:"10,keyasint"` // of Tried; −1: none
}

// WhyTab explains a figure of the client at a place of the book; i below 0: of
// the whole.
func (a *Analysis) WhyTab(r Reader, ask WhyAsk, i int) WhyTab {
	out := WhyTab{Band: -1, Alone: a.Single}
	if i >= 0 {
		if out.Why, out.Known = a.WhyOf(ask.Figure.Topic, i); !out.Known { // what the whole costs, on the sheet of a client
			out.Why, out.Known = a.WhyAt(a.withSteps(ask.Figure), i)
		}
	} else {
		out.Why, out.Known = a.WhyFigure(ask.Figure)
		if f := ask.Figure; !out.Known { // the penetration of a portfolio on the screen of the team
			f.Topic += "-all"
			out.Why, out.Known = a.WhyFigure(f)
		}
	}
	if !out.Known {
		return out
	}
	w, width := r.Words, ask.Width
	if width <= 0 {
		width = 416
	}
	for k := range out.Why.Rulers {
		if len(out.Why.Rulers[k].Bands) == 0 { // nothing known to set there
			out.Rulers = append(out.Rulers, Chart{})
			continue
		}
		out.Rulers = append(out.Rulers, a.whyRuler(w, &out.Why, &out.Why.Rulers[k], width))
	}
	for _, b := range out.Why.Bands {
		out.Limits = append(out.Limits, limitText(w, ask.Figure.Topic, b))
	}
	if i < 0 {
		return out
	}
	out.Tries = triable(ask.Figure.Topic, &out.Why)
	if len(out.Tries) > 0 {
		switch out.Tries[0] {
		case "sales":
			out.Now = float64(a.Sales[i])
		case "potential":
			out.Now = float64(a.Worth[i])
		case "visits":
			out.Now = float64(a.Cost().Met[i])
		}
	}
	if ask.Try == nil {
		return out
	}
	if f, ok := a.tryFigure(ask.Figure.Topic, *ask.Try, i); ok {
		f.Topic = ask.Figure.Topic
		out.Tried = &f
		rd := find(clientReadings(), f.Topic)
		switch {
		case f.Topic == "weight":
			out.Band = int(f.Value) - 1
		case rd.bands != nil && (rd.value == nil || f.Topic == "departure" || f.Topic == "growth"):
			cuts, _ := rd.bands(a)
			out.Band = bandAt(cuts, f.Value)
		}
	}
	return out
}

// withSteps gives a price its steps again: a sheet carries none.
func (a *Analysis) withSteps(f Figure) Figure {
	if p := &a.Cost().Price; len(f.Mark.Steps) == 0 && (f.Topic == "visit-price" || f.Topic == "unit-price" || f.Topic == "call-price") {
		f.Mark.Steps = p.Steps
	}
	return f
}

// bandUnit is the unit of the thresholds of a topic, where it is not that of
// the figure.
func bandUnit(topic string) explain.Unit {
	switch topic {
	case "net", "net-all":
		return explain.Money
	case "phase", "growth", "departure", "adoption", "exclusion", "penetration", "file", "alignment", "return-group", "of-sales", "whale", "weight",
		"potential":
		return explain.Percent
	}
	return explain.Number
}

// limitText writes a band of a threshold.
func limitText(w Words, topic string, b WhyBand) string {
	show := func(x float64) string {
		switch bandUnit(topic) {
		case explain.Money:
			return w.MoneyShort(money.Cents(x))
		case explain.Percent:
			return w.Percent(x)
		}
		if x == float64(int(x)) {
			return w.Number(x, 0)
		}
		return w.Number(x, 2)
	}
	switch {
	case topic == "pr" || topic == "category":
		return ""
	case b.Open == 3:
		return ""
	case b.Open&1 != 0:
		return w.T("why.under", show(b.To))
	case b.Open&2 != 0:
		return w.T("why.from", show(b.From))
	}
	return w.T("why.between", show(b.From), show(b.To))
}

// whyRuler draws one ruler: levels with the highest first, other bands from the
// lowest.
func (a *Analysis) whyRuler(w Words, y *Why, r *WhyRuler, width int) Chart {
	n := len(r.Bands)
	d := chart.Ruler{At: r.At, Within: r.Within, Aim: -1, Bands: make([]chart.Band, n)}
	falling := r.Topic == "plevel" || r.Topic == "rlevel" || r.Topic == "weight"
	for k := range r.Bands {
		b, at := &r.Bands[k], k
		if falling {
			at = n - 1 - k
		}
		x := &d.Bands[at]
		x.N, x.Text, x.On = b.Count, w.T("why.clients", b.Count), k == r.At
		switch r.Topic {
		case "plevel":
			x.Name = "P" + digit(int(a.rules.potential.Shown(uint8(k+1))))
		case "rlevel":
			x.Name = "R" + digit(int(a.rules.potential.Shown(uint8(k+1))))
		case "weight":
			x.Name = b.Key
		case "criterion.typology":
			x.Name = w.T("why.note", b.Key)
		default:
			x.Name = limitText(w, r.Topic, *b)
		}
	}
	if falling && r.At >= 0 {
		d.At, d.Within = n-1-r.At, 1-r.Within
	}
	d.Head = []string{w.T("why.band"), w.T("why.count"), w.T("why.here-col")}
	d.Label = w.T("why.rank", r.Place, r.Of)
	d.Weak = y.Figure.Mark.Status == explain.Weak
	return sheetChart(chart.Spec{Ruler: &d}, width, w.T("why.rank", r.Place, r.Of), explain.Sound())
}

// triable lists what may be tried live on a figure.
func triable(topic string, y *Why) []string {
	if !y.Figure.Mark.Has() {
		return nil
	}
	switch topic {
	case "rlevel", "weight", "growth", "criterion.r":
		return []string{"sales"}
	case "plevel", "criterion.p":
		return []string{"potential"}
	case "pr", "penetration", "left", "score":
		return []string{"sales", "potential"}
	case "net", "return", "of-sales":
		return []string{"visits"}
	case "departure":
		for _, c := range y.Changes {
			if c.Tried {
				return []string{"signals"}
			}
		}
	}
	return nil
}

// tryFigure is a figure of client i with one fact changed, all ranked again;
// false when the method does not say it at once.
func (a *Analysis) tryFigure(topic string, t Trial, i int) (Figure, bool) {
	f, _ := a.FigureOf(topic, i)
	f.Mark.Steps = nil
	if t.By-t.By != 0 || t.By > 1e13 || t.By < -1e13 {
		return f, false
	}
	k := a.where(i)
	sales, worth := max(0, a.Sales[i].Plus(money.Cents(t.By))), a.Worth[i]
	if t.Key == "potential" {
		sales, worth = a.Sales[i], max(0, a.Worth[i].Plus(money.Cents(t.By)))
	}
	shown := func(level int) int { return int(a.rules.potential.Shown(uint8(level))) }
	r := func() int { return a.levelIf(a.sc.N, a.sc.prospect, k, sales) }
	p := func() int { return a.levelIf(a.sc.worth, nil, k, worth) }
	switch topic {
	case "departure":
		x := a.WhatIf(WhatIfAsk{Settled: t.Settled}, i)
		return x.P, x.P.Mark.Has()
	case "rlevel":
		f.Value = float64(shown(r()))
	case "plevel":
		f.Value = float64(shown(p()))
	case "pr":
		if t.Key == "potential" {
			f.Value = float64(p() - int(a.sc.R.Level[k]))
		} else {
			f.Value = float64(int(a.sc.Levels.P[k]) - r())
		}
		f.Text = ""
	case "score", "criterion.r", "criterion.p": // the columns of the grid are R, P and the note
		c, x := 0, 0
		if t.Key == "potential" {
			c, x = 1, p()
		} else {
			x = r()
		}
		f.Value += a.sc.Sheet.If(k, c, float64(x)) - a.sc.Sheet.Score100[k]
	case "weight":
		c := a.classIf(k, sales)
		f.Value, f.Text = float64(c), c.String()
	case "growth":
		if a.Sales1[i] <= 0 {
			return f, false
		}
		f.Value = float64(sales)/float64(a.Sales1[i]) - 1
	case "penetration":
		if worth <= 0 {
			return f, false
		}
		f.Value = float64(sales) / float64(worth)
	case "left":
		f.Value = float64(max(0, worth.Plus(-sales)))
	case "net", "return", "of-sales":
		return a.tryVisits(topic, f, t.By, i)
	default:
		return f, false
	}
	return f, true
}

// classIf is the weight a client of the columns would have with other sales.
func (a *Analysis) classIf(k int, v money.Cents) weight.Class {
	p := &a.rules.weight
	if v <= 0 {
		return weight.C
	}
	above, all := before(a.sc.N, a.sc.prospect, k, v)
	share := 100 * above / (all + float64(v))
	switch {
	case share < p.CutA-p.Tol:
		return weight.A
	case share < p.CutB-p.Tol:
		return weight.B
	}
	return weight.C
}

// tryVisits is the margin of client i with other visits and the same sales.
func (a *Analysis) tryVisits(topic string, f Figure, by float64, i int) (Figure, bool) {
	c := a.Cost()
	m := &c.Margins.Client[i]
	by = max(by, -float64(c.Met[i]))
	invested := float64(c.Invested.Amount[i]) + by*float64(c.Visit)
	net := float64(m.Net) - by*float64(c.Visit)
	switch topic {
	case "net":
		f.Value = net
	case "return":
		if invested <= 0 {
			return f, false
		}
		f.Value = float64(c.Gross.Margin[i]) / invested
	default:
		if a.Sales[i] <= 0 {
			return f, false
		}
		f.Value = net / float64(a.Sales[i])
	}
	return f, true
}

// Several reports whether the device holds more than one portfolio.
func (s *Snapshot) Several() bool { return len(s.scored) > 1 }
