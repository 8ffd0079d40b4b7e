package query

import (
	"cmp"
	"math"
	"strings"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/sorting"
)

// SheetTab is the sheet of the client at a place of the book, drawn.
func (a *Analysis) SheetTab(r Reader, ask SheetAsk, i int) SheetTab {
	w, width := r.Words, ask.Width
	if width <= 0 {
		width = 1040
	}
	wide, narrow, half, third := sheetWidths(width)
	out := SheetTab{View: a.SheetView(i), Readonly: r.Readonly}
	v := &out.View
	sorting.Stable(v.Families, func(x, y FamilyPart) int { return cmp.Compare(y.Sales, x.Sales) })
	out.Ribbon = sheetRibbon(w, v, wide)
	out.Quadrant = sheetQuadrant(w, v, narrow)
	out.Margin = sheetMargin(w, v, narrow)
	out.Response = sheetResponse(w, v, max(200, min(width, 1344)-42))
	beam, levers := min(third, 300), third
	if width >= 960 { // four columns
		room := float64(width - 48)
		beam, levers = int(room*.185)-42, int(room*.3)-42
	}
	out.Levers = sheetLevers(w, v, levers)
	out.Balance = sheetBalance(w, v, beam)
	out.Map = sheetMap(w, v, half)
	v.plain()
	return out
}

// sheetWidths are what the page leaves to a chart in the wide column of two, in
// the narrow one, in one of two equal columns and in one of three, which are
// two on a portrait screen. Cards have 20 px of padding, 14 on a phone; columns
// stand 16 px apart.
func sheetWidths(width int) (wide, narrow, half, third int) {
	if width < 560 {
		w := max(200, width-30)
		return w, w, w, w
	}
	room := float64(width - 16)
	wide, narrow, half, third = int(room*1.62/2.62)-42, int(room/2.62)-42, int(room/2)-42, (width-32)/3-42
	if width < 820 {
		third = half
	}
	return max(240, wide), max(200, narrow), max(200, half), max(200, third)
}

// sheetChart is a picture with its finding, for the page to draw.
func sheetChart(p chart.Spec, width int, finding string, m explain.Mark) Chart {
	m.Steps = nil
	return Chart{Pic: &p, Width: width, Finding: finding, Mark: m}
}

// noChart says why there is nothing to draw.
func noChart(m explain.Mark) Chart {
	m.Steps = nil
	if m.Has() {
		m = explain.Missing(explain.NoData)
	}
	return Chart{Mark: m}
}

// sheetPeriod names a period by the month it ends in: "nov. 26".
func sheetPeriod(w Words, d calendar.Day) string {
	y, m, _ := d.Civil()
	months := strings.Split(w.T("sheet.months"), " ")
	return months[(int(m)-1)%len(months)] + "\u00a0" + digit(y/10%10) + digit(y%10)
}

func sheetRibbon(w Words, v *SheetView, width int) Chart {
	m := &v.Movement
	n, sold := len(m.Ends), false
	for k := range v.Families {
		sold = sold || v.Families[k].Phase != "" || v.Families[k].Sales != 0
	}
	if n == 0 || !sold {
		return noChart(m.Type.Mark)
	}
	d := chart.Ribbon{Entry: w.T("sheet.enters"), Exit: w.T("sheet.leaves"), Periods: make([]string, n)}
	d.Head = []string{w.T("sheet.family")}
	for k, end := range m.Ends {
		d.Periods[k] = sheetPeriod(w, end)
	}
	d.Head = append(d.Head, d.Periods...)
	for k := range v.Families {
		f := &v.Families[k]
		x := chart.Family{Name: f.Name, Sales: make([]float64, n), Show: make([]string, n), Open: f.Phase == ""}
		last := 0.0
		for p := range n {
			amount := 0.0
			if p < len(f.Periods) {
				amount = f.Periods[p]
			}
			held := amount > 0
			if p < len(f.States) {
				held = f.States[p] == '=' || f.States[p] == '+'
			}
			x.Show[p] = w.MoneyShort(money.Cents(math.Round(amount * 100)))
			if held {
				x.Sales[p] = max(amount, .01)
			}
			last = amount
		}
		x.Figure = w.MoneyShort(money.Cents(math.Round(last * 100)))
		if x.Open {
			x.Figure = w.T("sheet.open")
		}
		d.Families = append(d.Families, x)
	}
	finding := w.T("sheet.ribbon", m.Enters, w.T("sheet.ribbon-out", m.Leaves))
	if m.Enters+m.Leaves == 0 {
		finding = w.T("sheet.ribbon-still")
	}
	mark := m.Type.Mark
	if !mark.Has() {
		mark = explain.Thin(mark.Reason)
	}
	d.Label, d.Weak = finding, mark.Status == explain.Weak
	return sheetChart(chart.Spec{Ribbon: &d}, width, finding, mark)
}

func sheetQuadrant(w Words, v *SheetView, width int) Chart {
	m := &v.Movement
	if !m.Type.Mark.Has() || !m.Adoption.Mark.Has() || !m.Exclusion.Mark.Has() {
		return noChart(m.Type.Mark)
	}
	in, out := m.Adoption.Value, m.Exclusion.Value
	right, down := max(2*m.FastIn, in*1.2, .05), max(2*m.FastOut, out*1.2, .05)
	if m.HasWas {
		right, down = max(right, m.Was[0]*1.2), max(down, m.Was[1]*1.2)
	}
	names := [4]string{"careful", "engaged", "fleeing", "fickle"}
	d := chart.Scatter{Cut: chart.XY{X: m.FastIn, Y: -m.FastOut}, X: [2]float64{0, right}, Y: [2]float64{-down, 0}, AxisX: w.T("sheet.axis-in"), AxisY: w.T("sheet.axis-out")}
	for k, key := range names {
		d.Corners[k] = chart.Corner{Name: w.T("sheet.type." + key), Good: key == "engaged", Hot: key == "fleeing"}
	}
	for _, share := range [...]float64{.5, .8} { // a ÷ (a + e) = share
		to := chart.XY{X: right, Y: -right * (1 - share) / share}
		if to.Y < -down {
			to = chart.XY{X: down * share / (1 - share), Y: -down}
		}
		d.Guides = append(d.Guides, chart.Guide{To: to, Name: w.Percent(share)})
	}
	d.Bodies = []chart.Body{{Name: v.Name, At: chart.XY{X: in, Y: -out}, Was: chart.XY{X: m.Was[0], Y: -m.Was[1]}, HasWas: m.HasWas, Hot: true, Size: 1}}
	kind := w.T("sheet.type." + m.Type.Text)
	finding := w.T("sheet.heading", kind, w.Percent(m.InAYear))
	d.Weak, d.Label = m.Type.Mark.Status == explain.Weak, w.T("sheet.heading-label", finding, w.Percent(in), w.Percent(out))
	c := sheetChart(chart.Spec{Scatter: &d}, width, finding, m.Type.Mark)
	c.Rows = Table{Head: []string{w.T("sheet.when"), w.T("sheet.adoption"), w.T("sheet.exclusion")}, Rows: [][]string{{w.T("sheet.now"), w.Percent(in), w.Percent(out)}}}
	if m.HasWas {
		c.Rows.Rows = append(c.Rows.Rows, []string{w.T("sheet.was"), w.Percent(m.Was[0]), w.Percent(m.Was[1])})
	}
	c.Rows.Rows = append(c.Rows.Rows, []string{w.T("sheet.fast"), w.Percent(m.FastIn), w.Percent(m.FastOut)})
	return c
}

func sheetMargin(w Words, v *SheetView, width int) Chart {
	m := &v.Margin
	if !m.Net.Mark.Has() {
		return noChart(m.Net.Mark)
	}
	amount := func(x float64) string { return w.MoneyShort(money.Cents(math.Round(x))) }
	step := func(key string, x float64, kind chart.StepKind) chart.Step {
		return chart.Step{Name: w.T("sheet.margin." + key), Value: x, Figure: amount(x), Kind: kind}
	}
	d := chart.Waterfall{Steps: []chart.Step{
		step("sales", float64(m.Sales), chart.Total), step("bought", -float64(m.Bought), chart.Change), step("gross", m.Gross.Value, chart.Total),
		step("contacts", -float64(m.Invested), chart.Loss)}}
	if m.Other != 0 {
		d.Steps = append(d.Steps, step("other", -float64(m.Other), chart.Loss))
	}
	d.Steps = append(d.Steps, step("net", m.Net.Value, chart.Outcome))
	d.Head = []string{w.T("sheet.step"), w.T("sheet.amount")}
	finding := w.T("sheet.margin-left", amount(m.Net.Value), amount(float64(m.Sales)))
	switch {
	case m.Hollow:
		finding = w.T("sheet.margin-hollow", amount(m.Net.Value))
	case m.Net.Value < 0:
		finding = w.T("sheet.margin-loses", amount(-m.Net.Value))
	case m.Invested > 0 && m.Return.Mark.Has():
		finding = w.T("sheet.margin-pays", w.MoneyShort(100_00), w.MoneyShort(money.Cents(math.Round(m.Net.Value/float64(m.Invested)*100_00))))
	}
	d.Label, d.Weak = finding, m.Net.Mark.Status == explain.Weak
	return sheetChart(chart.Spec{Waterfall: &d}, width, finding, m.Net.Mark)
}

func sheetResponse(w Words, v *SheetView, width int) Chart {
	f := &v.Flow
	if len(f.Curve) < 2 {
		return noChart(explain.Missing(explain.NoContact))
	}
	amount := func(x float64) string { return w.MoneyShort(money.Cents(math.Round(x))) }
	line := chart.Series{}
	for n, x := range f.Curve {
		line.Points = append(line.Points, chart.XY{X: float64(n), Y: x})
	}
	at := func(n float64) chart.XY {
		k := min(max(int(math.Round(n)), 0), len(f.Curve)-1)
		return chart.XY{X: float64(k), Y: f.Curve[k]}
	}
	d := chart.Lines{Series: []chart.Series{line}, UnitY: chart.Money, Left: w.T("sheet.no-visit"), Right: w.T("sheet.visits", len(f.Curve)-1)}
	d.Notes = []chart.Note{{At: at(float64(f.Visits)), Text: w.T("sheet.visits", f.Visits), Sub: w.T("sheet.now"), Drop: true}}
	finding := w.T("sheet.response-hold", f.Visits)
	if n := int(math.Round(f.Proposed.Value)); f.Proposed.Mark.Has() && n != f.Visits {
		d.Notes = append(d.Notes, chart.Note{At: at(float64(n)), Text: w.T("sheet.visits", n), Sub: w.T("sheet.proposed"), Drop: true})
		if f.Then != nil {
			finding = w.T("sheet.response", n, amount(float64(f.Then.Net)))
		}
	}
	d.Head = []string{w.T("sheet.visits-col"), w.T("sheet.margin.gross")}
	d.Label = finding
	return sheetChart(chart.Spec{Lines: &d}, width, finding, explain.Sound())
}

func sheetLevers(w Words, v *SheetView, width int) Chart {
	l := &v.Levers
	if !l.Score.Mark.Has() || len(l.Levers) < 3 {
		return noChart(l.Score.Mark)
	}
	d := chart.Radar{}
	d.Head = []string{w.T("sheet.lever"), w.T("sheet.state")}
	weakest := ""
	for _, x := range l.Levers {
		s := chart.Spoke{Name: w.T("sheet.lever." + x.Key), Value: x.Value, Text: w.Percent(x.Value), Hot: x.Weak}
		if !x.Known {
			s.Value, s.Text = 0, "–"
		}
		if x.Weak {
			weakest = s.Name
		}
		d.Spokes = append(d.Spokes, s)
	}
	finding := w.T("sheet.levers", w.Number(l.Score.Value, 0))
	if weakest != "" {
		finding = w.T("sheet.levers-weak", w.Number(l.Score.Value, 0), weakest)
	}
	d.Label, d.Weak = finding, l.Score.Mark.Status == explain.Weak
	return sheetChart(chart.Spec{Radar: &d}, width, finding, l.Score.Mark)
}

func sheetBalance(w Words, v *SheetView, width int) Chart {
	k := &v.Asked
	if !k.Balance.Mark.Has() {
		return noChart(k.Balance.Mark)
	}
	d := chart.Balance{Ours: k.Ours, Theirs: k.Theirs, OursText: w.Number(k.Ours, 2), TheirsText: w.Number(k.Theirs, 2), Names: [2]string{w.T("sheet.us"), w.T("sheet.them")}}
	d.Head = []string{w.T("sheet.side"), w.T("sheet.effort-mean")}
	finding := w.T("sheet.carrier."+digit(int(k.Carrier)), w.Number(k.Balance.Value, 2))
	d.Label, d.Weak = w.T("sheet.balance-label", finding, d.OursText, d.TheirsText), k.Balance.Mark.Status == explain.Weak
	return sheetChart(chart.Spec{Balance: &d}, width, finding, k.Balance.Mark)
}

// sheetMap sets people by the first of their roles, against first.
func sheetMap(w Words, v *SheetView, width int) Chart {
	d := chart.People{Unknown: w.T("sheet.attitude.unknown")}
	for k := -2; k <= 2; k++ {
		if k == -2 || k == 0 || k == 2 {
			d.Attitudes = append(d.Attitudes, w.T("sheet.attitude."+[...]string{"against", "", "neutral", "", "for"}[k+2]))
		}
	}
	met, roles := 0, uint32(0)
	for k := range v.People {
		p := &v.People[k]
		if p.Gone {
			continue
		}
		x := chart.Person{Name: p.Name, Initials: sheetInitials(p.Name), Attitude: 1, Influence: float64(p.Influence) / 5, Role: len(mapRoles)}
		switch {
		case p.Attitude < 0:
			x.Attitude = 0
		case p.Attitude > 0:
			x.Attitude = 2
		case p.Contacts == 0 && p.Last == 0:
			x.Attitude = -1
		}
		for _, role := range p.Roles {
			for r, name := range mapRoles {
				if role == name && r < x.Role {
					x.Role = r
				}
			}
		}
		if x.Role == len(mapRoles) {
			continue // no role said: in the list, not on the map
		}
		x.Missing = p.Last == 0
		met += one(p.Last != 0)
		roles |= 1 << x.Role
		x.Words = w.T("sheet.influence", p.Influence)
		d.People = append(d.People, x)
	}
	if len(d.People) == 0 {
		return noChart(explain.Missing(explain.NoData))
	}
	var row [len(mapRoles)]int // a role that nobody holds has no row: the page lists them
	for r, role := range mapRoles {
		row[r] = len(d.Roles)
		if roles&(1<<r) != 0 {
			d.Roles = append(d.Roles, w.T("sheet.role."+role))
		}
	}
	for k := range d.People {
		d.People[k].Role = row[d.People[k].Role]
	}
	d.Head = []string{w.T("sheet.person"), w.T("sheet.role"), w.T("sheet.attitude"), w.T("sheet.weight")}
	finding := w.T("sheet.map", met, w.T("sheet.map-roles", len(mapRoles)-len(v.Unmet), len(mapRoles)))
	d.Label = finding
	return sheetChart(chart.Spec{People: &d}, width, finding, explain.Sound())
}

func sheetInitials(name string) string {
	out := ""
	for _, word := range strings.Fields(name) {
		for _, r := range word {
			out += string(r)
			break
		}
		if len(out) >= 3 {
			break
		}
	}
	return out
}

// plain takes the steps off the figures: a sheet has some sixty of them, and
// their reasons are asked one at a time.
func (v *SheetView) plain() {
	for _, f := range [...]*Figure{
		&v.Score.Score, &v.Score.Seven, &v.Score.Weight, &v.Score.Class, &v.Score.Visits, &v.Score.Due,
		&v.Place.PR, &v.Place.P, &v.Place.R, &v.Place.Climb, &v.Place.Key,
		&v.Pen.Pen, &v.Pen.Left, &v.Pen.Potential, &v.Pen.Breadth, &v.Life.Phase, &v.Life.Growth, &v.Life.Index,
		&v.Movement.Type, &v.Movement.Adoption, &v.Movement.Exclusion, &v.Movement.Heading,
		&v.Engaged.Index, &v.Engaged.Behaviour, &v.Engaged.Attitude, &v.Engaged.Regularity, &v.Engaged.Lateness, &v.Engaged.RFM, &v.Engaged.Expected,
		&v.Effort.Invested, &v.Effort.Units, &v.Effort.Visit,
		&v.Margin.Gross, &v.Margin.Net, &v.Margin.OfSales, &v.Margin.Rate, &v.Margin.Return, &v.Margin.BreakEven, &v.Margin.Order, &v.Margin.Bearable,
		&v.Flow.Class, &v.Flow.D, &v.Flow.E, &v.Flow.Marginal, &v.Flow.Advice, &v.Flow.Proposed,
		&v.Risk.P, &v.Risk.Stake, &v.Risk.Retain, &v.Risk.Weapon, &v.Asked.Index, &v.Asked.Balance, &v.Levers.Score, &v.Give.Rho, &v.Give.Tie, &v.File,
	} {
		f.Mark.Steps = nil
	}
	for k := range v.Score.Bars {
		v.Score.Bars[k].Figure.Mark.Steps = nil
	}
}

// WhatIf is the departure risk of a client once some signals are settled.
func (a *Analysis) WhatIf(ask WhatIfAsk, i int) WhatIf {
	var codes []attrition.Code
	for k := range attrition.NSignals {
		c := attrition.Code(k + 1)
		for _, s := range ask.Settled {
			if s == c.String() {
				codes = append(codes, c)
			}
		}
	}
	out := WhatIf{P: Figure{Topic: "departure", Unit: explain.Percent, Mark: explain.Missing(explain.NoData)}}
	if d, ok := a.departureIf(i, codes...); ok && d.Has() {
		out.P.Value, out.P.Mark, out.Band = d.P, explain.Mark{Status: d.Status, Reason: d.Reason}, bandKey(d.Band)
	}
	return out
}
