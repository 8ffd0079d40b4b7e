package query

import (
	"bytes"
	"slices"
	"strings"

	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/journal"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/potential"
	"sillon/engine/sorting"
)

// historyRows bounds the lines of a sheet's history.
const historyRows = 200

// ClientSheet is the sheet of one client; false when its bundle has no
// account.
func (s *Snapshot) ClientSheet(r Reader, ask ClientAsk, card Bundle) (Client, bool) {
	sc, i := s.find(card.Root)
	if sc == nil { // not in the columns yet: derive it in passing
		c, ok := Derive(card)
		if !ok {
			return Client{}, false
		}
		s.Update(c)
		sc, i = s.find(card.Root)
	}
	c := s.cards[card.Root]
	out := Client{Head: s.head(r, sc.Scope), Address: address(c), Owner: s.owner(sc.Scope), Readonly: r.Readonly}
	if c.HasPos {
		lat, lon := c.Lat, c.Lon
		out.Lat, out.Lon = &lat, &lon
	}
	card.Rows = byRecord(card.Rows)
	s.rows(r, card, &out)
	if i < 0 {
		out.Row = sc.plain(c)
		sc.without(r.Words, &out)
		return out, true
	}
	width := ask.Width
	if width <= 0 {
		width = 1000
	}
	sc.figures(r.Words, i, &out)
	out.Board = sc.miniBoard(r.Words, i, boardWidth(width))
	out.Activity = sc.activity(r.Words, i, max(300, width-40))
	for _, p := range c.Plans {
		out.Planned = append(out.Planned, sc.appointment(i, p))
	}
	out.Missing = sc.collect(i, out)
	return out, true
}

// byRecord are rows by record, as they were made, whatever order they come in.
func byRecord(rows []journal.Row) []journal.Row {
	by := func(a, b journal.Row) int { return bytes.Compare(a.Rec[:], b.Rec[:]) }
	if slices.IsSortedFunc(rows, by) {
		return rows
	}
	rows = slices.Clone(rows)
	sorting.By(rows, by)
	return rows
}

// boardWidth is what the page leaves to the mini board: a third of a wide
// sheet, the whole of a narrow one, at most 320 px.
func boardWidth(w int) int {
	if w >= 600 {
		return min(320, max(236, w/4))
	}
	return min(320, max(200, w-40))
}

// without fills the figures of an archived card: none, and why.
func (sc *Scored) without(w Words, out *Client) {
	na := explain.Missing(explain.NoData)
	for topic, f := range map[string]*Figure{
		"score": &out.Score, "pr": &out.PR, "penetration": &out.Pen, "left": &out.Left, "plevel": &out.PLevel, "rlevel": &out.RLevel,
		"potential": &out.Potential, "phase": &out.Phase, "weight": &out.Weight, "category": &out.Category,
		"urgency": &out.Urgency, "growth": &out.Growth,
	} {
		*f = Figure{Topic: topic, Mark: na}
	}
	why := w.T("client.is-archived")
	out.Board = Chart{Finding: why, Mark: na}
	out.Activity = Chart{Finding: why, Mark: na}
}

func address(c *Card) string {
	town := strings.TrimSpace(c.Postcode + " " + c.City)
	switch {
	case c.Street == "":
		return town
	case town == "":
		return c.Street
	}
	return c.Street + ", " + town
}

// figures fills every number of client i with its steps.
func (sc *Scored) figures(w Words, i int, out *Client) {
	out.Row = sc.row(i)
	out.Score = sc.scoreFigure(i)
	out.Rank, out.Of = int(sc.Rank[i]), len(sc.Cards)
	out.Bars, out.Raises = sc.bars(i), sc.raises(w, i)
	out.PR = sc.prFigure(i)
	if sc.Board.Known[i] {
		out.Strategy = w.T("strategy-text." + strategyKey(sc.Board.Strategy[i]))
	}
	pen := sc.penOf(i)
	out.Pen = Figure{Topic: "penetration", Value: pen.Rate, Unit: explain.Percent, Mark: pen.Mark}
	out.Left = Figure{Topic: "left", Value: float64(pen.Remaining), Unit: explain.Money, Mark: pen.Mark}
	out.PLevel = sc.level("plevel", sc.Levels.P[i], explain.Mark{Status: sc.Levels.Status, Reason: sc.Levels.Reason, Steps: sc.Levels.Floors.Explain(i)})
	if sc.Levels.Dotted[i] {
		out.PLevel.Mark.Status = explain.Weak
	}
	if !sc.known[i] {
		out.PLevel.Mark = explain.Missing(explain.NoPotential)
	}
	out.RLevel = sc.level("rlevel", sc.R.Level[i], explain.Mark{Status: sc.R.Status, Reason: sc.R.Reason, Steps: sc.R.Explain(i)})
	a := sc.appraise(i)
	out.Potential = Figure{Topic: "potential", Value: float64(a.Value), Unit: explain.Money, Mark: a.Mark}
	sc.lifeFigures(w, i, out)
	out.Weight = Figure{Topic: "weight", Text: out.Row.Weight, Mark: explain.Mark{Status: sc.ABC.Status, Reason: sc.ABC.Reason, Steps: sc.ABC.Explain(i)}}
	if sc.ABC.Class[i] == 0 {
		out.Weight.Mark = explain.Missing(explain.NoSales)
	}
	cat := sc.Computed[i].Mark
	cat.Steps = append(slices.Clip(scoreCategory(sc, i)), explain.Name("query.computed", w.T("category."+digit(int(sc.Computed[i].Category)))))
	if sc.Category[i] != sc.Computed[i].Category {
		cat.Status, cat.Reason = explain.OK, explain.None
		if until := sc.Cards[i].CatUntil; until != 0 {
			cat.Steps = append(cat.Steps, explain.Of("query.until", float64(until), explain.Date))
		}
	}
	out.Category = Figure{Topic: "category", Text: w.T("category." + digit(int(sc.Category[i]))), Mark: cat}
	u := sc.urgency(i)
	out.Urgency = Figure{Topic: "urgency", Value: u.Value, Unit: explain.Ratio, Mark: u.Mark}
}

func scoreCategory(sc *Scored, i int) []explain.Step {
	return []explain.Step{
		explain.Of("scoring.p", float64(sc.Levels.P[i]), explain.Level),
		explain.Of("scoring.r", float64(sc.R.Level[i]), explain.Level),
	}
}

// level is a P or R level; 0 is a level for R, and no value for P.
func (sc *Scored) level(topic string, n uint8, m explain.Mark) Figure {
	return Figure{Topic: topic, Value: float64(sc.rules.potential.Shown(n)), Unit: explain.Level, Mark: m}
}

// lifeFigures fills phase and growth.
func (sc *Scored) lifeFigures(w Words, i int, out *Client) {
	v := sc.Verdict[i]
	p := sc.rules.maturity
	m := explain.Mark{Status: v.Status, Reason: v.Mark.Reason, Steps: v.Explain(p)}
	if !sc.Second && m.Status == explain.OK && sc.Phase[i] != maturity.Prospect {
		m.Status, m.Reason = explain.Weak, explain.FewPeriods
	}
	out.Phase = Figure{Topic: "phase", Text: sc.letter(i), Mark: m}
	if sc.Phase[i] == 0 && v.Why != maturity.Uncovered {
		out.Phase.Mark = explain.Missing(explain.NoSales, m.Steps...)
	}
	out.PhaseText = sc.phaseText(w, i)
	out.Growth = Figure{Topic: "growth", Value: v.G, Unit: explain.Percent, Mark: m}
	switch {
	case !sc.Second:
		out.Growth = Figure{Topic: "growth", Mark: explain.Missing(explain.FewPeriods, m.Steps...)}
	case !v.HasG && sc.Phase[i] == maturity.Start:
		out.Growth = Figure{Topic: "growth", Mark: explain.Missing(explain.NewClient, m.Steps...)}
	case !v.HasG:
		out.Growth = Figure{Topic: "growth", Mark: explain.Missing(explain.NoSales, m.Steps...)}
	}
	if f := sc.first(i); f != 0 {
		out.Since = f
	}
}

// phaseText says in a sentence why client i is in its phase.
func (sc *Scored) phaseText(w Words, i int) string {
	v := sc.Verdict[i]
	now := sc.rules.maturity.Periods.Back(sc.AsOf, 0).From
	if sc.Phase[i] == 0 {
		switch {
		case sc.Cards[i].OneShot:
			return w.T("phase-why.one-shot")
		case v.Why == maturity.Uncovered:
			return w.T("phase-why.uncovered", w.DayLong(sc.From), w.DayLong(now))
		case len(sc.Cards[i].Sales) > 0:
			return w.T("phase-why.returns")
		}
		return w.T("phase-why.unknown")
	}
	switch v.Why {
	case maturity.NoOrder:
		return w.T("phase-why.no-order")
	case maturity.TooLong:
		return w.T("phase-why.too-long", w.DayLong(v.LastOrder))
	case maturity.Young:
		if v.Age == 0 {
			return w.T("phase-why.new")
		}
		return w.T("phase-why.young", v.Age)
	case maturity.Reactivated:
		return w.T("phase-why.reactivated")
	case maturity.NoSales:
		if !sc.Second {
			return w.T("phase-why.net-since", w.DayLong(now))
		}
		return w.T("phase-why.no-sales")
	case maturity.Falling:
		return w.T("phase-why.falling", w.Percent(-v.G))
	case maturity.SignsOfAge:
		return w.T("phase-why.signs", v.Score)
	case maturity.Rising:
		return w.T("phase-why.rising", w.Percent(v.G))
	case maturity.Held:
		return w.T("phase-why.held")
	case maturity.Locked:
		return w.T("phase-why.locked")
	}
	if v.G < 0 {
		return w.T("phase-why.steady-down", w.Percent(-v.G))
	}
	return w.T("phase-why.steady-up", w.Percent(v.G))
}

// bars are the criteria of the score of client i; with the score's clip they
// add up to it.
func (sc *Scored) bars(i int) []Bar {
	if !sc.Sheet.Has() {
		return nil
	}
	grid := sc.grid()
	var scale float64
	for _, c := range grid {
		scale += float64(c.weight * c.span)
	}
	steps := sc.Sheet.Explain(i)
	var out []Bar
	for k, c := range grid {
		var own []explain.Step
		m := explain.Mark{Status: explain.Weak, Reason: explain.NoData}
		for _, st := range steps {
			if st.Text == c.key {
				own = append(own, st)
				if st.Key == "scoring.value" { // the value is known: no neutral points
					m = explain.Mark{Status: explain.OK}
				}
			}
		}
		m.Steps = own
		points := sc.Sheet.Contribution[i*sc.Sheet.K+k]
		out = append(out, Bar{Key: c.key, Points: points, Max: 100 * c.weight * c.span / scale,
			Figure: Figure{Topic: c.key, Value: points, Unit: explain.Points, Mark: m}})
	}
	return out
}

// A gridRow is what a bar needs of a criterion.
type gridRow struct {
	key          string
	weight, span float64
}

func (sc *Scored) grid() []gridRow {
	var out []gridRow
	for _, c := range scoringGrid(sc.rules) {
		out = append(out, gridRow{c.Key, max(0, c.Weight), c.Max - c.Min})
	}
	return out
}

// raises are what would lift the score of client i: the next step of each
// criterion, and the facts that are missing.
func (sc *Scored) raises(w Words, i int) []Raise {
	var out []Raise
	for _, l := range sc.Sheet.Levers(i) {
		var text string
		switch scoringGrid(sc.rules)[l.Criterion].Key {
		case "criterion.r":
			climb, ok := sc.R.Climb(i)
			switch {
			case ok && climb.Verified && int(5-climb.To) == round(l.To):
				text = w.T("raise.r", round(l.To), w.MoneyShort(climb.Cost))
			case sc.R.Level[i] == 0:
				text = w.T("raise.first")
			default:
				text = w.T("raise.r-any", round(l.To))
			}
		case "criterion.p":
			text = w.T("raise.p", round(l.To))
		case "criterion.typology":
			text = w.T("raise.typology")
		default:
			continue
		}
		out = append(out, Raise{Text: text, Points: l.Gain})
	}
	if !sc.known[i] {
		out = append(out, Raise{Text: w.T("raise.potential")})
	}
	if sc.Cards[i].Typology == 0 {
		out = append(out, Raise{Text: w.T("raise.profile")})
	}
	return out
}

// collect lists the facts that are missing on a card.
func (sc *Scored) collect(i int, out Client) []string {
	c := sc.Cards[i]
	var m []string
	for _, f := range []struct {
		key string
		is  bool
	}{
		{"potential", !sc.known[i]}, {"person", c.Person == ""}, {"phone", c.Phone == ""},
		{"sales", len(c.Sales) == 0 && !sc.prospect[i]}, {"first-order", sc.Phase[i] == 0 && !c.OneShot && sc.Verdict[i].Why != maturity.Uncovered},
		{"visit", len(c.Touches) == 0}, {"typology", c.Typology == 0}, {"address", c.City == ""}, {"position", !c.HasPos},
	} {
		if f.is {
			m = append(m, f.key)
		}
	}
	return m
}

// miniBoard draws where client i was, is, and should be.
func (sc *Scored) miniBoard(w Words, i, width int) Chart {
	if !sc.Board.Known[i] {
		why := w.T("board.unknown")
		return Chart{Finding: why, Mark: explain.Missing(explain.NoPotential)}
	}
	show := sc.rules.potential.Shown
	p, r := sc.Levels.P[i], sc.R.Level[i]
	d := chart.Mini{Now: chart.Spot{P: int(p), R: int(r)}, Dotted: sc.Levels.Dotted[i] || sc.Board.Provisional[i]}
	var was uint8
	if sc.Board.HasDelta[i] && sc.Phase[i] != maturity.Start {
		was = sc.RBefore.Level[i]
		d.Was = chart.Spot{P: int(p), R: int(was)}
	}
	if sc.aims(i) {
		d.Aim = chart.Spot{P: int(p), R: int(r) + 1}
	}
	for k := range d.PName {
		if k > 0 {
			d.PName[k] = "P" + digit(int(show(uint8(k))))
		}
		d.RName[k] = "R" + digit(int(show(uint8(k))))
	}
	position := "P" + digit(int(show(p))) + "–R" + digit(int(show(r)))
	strategy := w.T("strategy." + strategyKey(sc.Board.Strategy[i]))
	finding := w.T("board.now", position, strategy)
	label := finding
	if d.Was.P > 0 && d.Was != d.Now {
		label = w.T("board.label", finding, "R"+digit(int(show(was))))
	}
	d.Label = label
	t := Table{Head: []string{w.T("board.col.what"), w.T("board.col.cell")}, Rows: [][]string{{w.T("board.row.now"), position}}}
	if d.Was.P > 0 {
		t.Rows = append(t.Rows, []string{w.T("board.row.was"), "P" + digit(int(show(p))) + "–R" + digit(int(show(was)))})
	}
	if d.Aim.P > 0 {
		t.Rows = append(t.Rows, []string{w.T("board.row.aim"), "P" + digit(int(show(p))) + "–R" + digit(int(show(uint8(d.Aim.R))))})
	}
	return Chart{Pic: &chart.Spec{Board: &d}, Width: width, Finding: finding, Advice: w.T("strategy-text." + strategyKey(sc.Board.Strategy[i])),
		Rows: t, Mark: sc.prFigure(i).Mark}
}

// aims reports whether the strategy of client i is to climb one level of
// results.
func (sc *Scored) aims(i int) bool {
	if sc.R.Level[i] >= 4 {
		return false
	}
	switch sc.Board.Strategy[i] {
	case potential.Conquer, potential.Develop, potential.Accompany, potential.Probe:
		return true
	}
	return false
}

// activity draws the last twelve months against the year before, and the
// contacts that were held: those of all months are what the whole sheet counts
// over a year. A month ends on the day of the reading date and bears the name
// of the month it ends in.
func (sc *Scored) activity(w Words, i, width int) Chart {
	c := sc.Cards[i]
	const n = 12
	d := chart.Activity{HasBefore: sc.Second, Contacts: w.T("activity.contacts"), Months: make([]chart.Month, n)}
	d.Unit = chart.Money
	t := Table{Head: []string{w.T("activity.col.month"), w.T("activity.col.now"), w.T("activity.col.before"), w.T("activity.col.visits"), w.T("activity.col.calls")}}
	d.Keys = t.Head[1:]
	visited, called := 0, 0
	var sold money.Cents
	for k := range n {
		from := monthTo(sc.AsOf, n-1-k)
		now, year := netIn(c.Sales, from), netIn(c.Sales, monthTo(sc.AsOf, 2*n-1-k))
		sold = sold.Plus(now)
		m := &d.Months[k]
		m.Name, m.Now, m.Before = w.Month(from.To, true), float64(now), float64(year)
		v, calls := 0, 0
		for _, touch := range c.Touches {
			if day, ok := sc.seen(touch.Day); ok && from.Contains(day) && held(touch.Outcome) {
				if face(touch.Kind) {
					v++
				} else {
					calls++
				}
			}
		}
		m.Visit, m.Call = v > 0, calls > 0
		visited, called = visited+v, called+calls
		before := "–"
		if sc.Second {
			before = w.Money(year)
		}
		t.Rows = append(t.Rows, []string{w.Month(from.To, false), w.Money(now), before, w.Number(float64(v), 0), w.Number(float64(calls), 0)})
	}
	out := Chart{Rows: t, Mark: explain.Sound()}
	switch {
	case len(c.Sales) == 0 && visited+called == 0:
		out.Finding, out.Mark = w.T("activity.none"), explain.Missing(explain.NoData)
		return out
	case len(c.Sales) == 0:
		out.Finding, out.Mark = w.T("activity.no-sales", visited, called), explain.Thin(explain.NoSales)
	case visited+called == 0:
		out.Finding = w.T("activity.no-contact", w.MoneyShort(sold))
	default:
		out.Finding = w.T("activity.finding", w.MoneyShort(sold), visited, called)
	}
	d.Label = out.Finding
	out.Pic, out.Width = &chart.Spec{Year: &d}, width
	return out
}
