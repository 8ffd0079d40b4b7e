package query

import (
	"cmp"

	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/sorting"
)

// price writes what a contact costs: cents only where they count.
func price(w Words, c money.Cents) string {
	if c < 20_00 {
		return w.Money(c)
	}
	return w.MoneyShort(c)
}

// price draws what each kind of contact costs (A1).
func (d *contactsDraw) price(width int) TabChart {
	v, w := &d.v.Price, d.w
	m := v.Unit.Mark
	p := chart.Bars{}
	for _, k := range v.Kinds {
		name, cost := w.T("contacts.kind."+k.Key), price(w, round64(k.Price))
		p.Bars = append(p.Bars, chart.Bar{Name: name, Sub: w.T("contacts.price.count", k.Count), Value: k.Price / 100, Figure: cost,
			Link: d.kind(k.Key, w.T("contacts.price.mark", name, cost, k.Count))})
	}
	if len(p.Bars) == 0 || !m.Has() {
		return blank(w.T("contacts.price.na"), cmp.Or(m.Reason, explain.NoContact))
	}
	sorting.Stable(p.Bars, func(x, y chart.Bar) int { return cmp.Compare(y.Value, x.Value) })
	finding := w.T("contacts.price.finding", price(w, round64(v.Visit.Value)))
	p.Label = w.T("contacts.price.label", finding)
	p.Weak = m.Status == explain.Weak
	out := picture(chart.Spec{Bars: &p}, width, finding, m)
	t := Table{Head: d.head("kind", "count", "units", "cost")}
	for _, k := range v.Kinds {
		t.Rows = append(t.Rows, []string{w.T("contacts.kind." + k.Key), w.Number(float64(k.Count), 0), w.Number(k.Units, 1), price(w, round64(k.Price))})
	}
	for k, q := range v.Trend {
		if q > 0 {
			t.Rows = append(t.Rows, []string{w.T("contacts.price.quarter", digit(k+1)), "–", "1", price(w, round64(q))})
		}
	}
	out.Chart.Rows = t
	if m.Reason != explain.NoCost { // a price of the method has no sum behind it
		out.Note = w.T("contacts.price.note."+v.Costing, w.MoneyShort(v.Full), w.Number(v.Units, 0))
	}
	return out
}

// kind opens the list of those who had contacts of a kind.
func (d *contactsDraw) kind(key, label string) chart.Link {
	for k := range contactKeys {
		if contactKeys[k] == key {
			return d.link("kind:"+digit(k), label)
		}
	}
	return chart.Link{}
}

// invested draws the amount invested by kind of contact (A2).
func (d *contactsDraw) invested(width int) TabChart {
	v, w := &d.v.Invested, d.w
	m := v.Total.Mark
	if !m.Has() || len(v.Parts) == 0 {
		return blank(w.T("contacts.invested.na"), cmp.Or(m.Reason, explain.NoContact))
	}
	parts := append([]ChannelShare(nil), v.Parts...)
	sorting.Stable(parts, func(x, y ChannelShare) int { return cmp.Compare(y.Amount, x.Amount) })
	p := chart.Bars{Words: chart.Words{Head: d.head("kind", "invested")}}
	t := Table{Head: d.head("kind", "invested", "share")}
	for _, x := range parts {
		share := "–"
		if v.Total.Value > 0 {
			share = w.Percent(float64(x.Amount) / v.Total.Value)
		}
		name := w.T("contacts.kind." + x.Key)
		p.Bars = append(p.Bars, chart.Bar{Name: name, Value: float64(x.Amount), Figure: w.MoneyShort(x.Amount),
			Link: d.kind(x.Key, w.T("contacts.invested.mark", name, w.MoneyShort(x.Amount), share))})
		t.Rows = append(t.Rows, []string{name, w.MoneyShort(x.Amount), share})
	}
	finding := w.T("contacts.invested.finding", w.MoneyShort(money.Cents(v.Total.Value)))
	if s := d.v.Margin.Sales; s > 0 && v.Total.Value < float64(s) {
		finding = w.T("contacts.invested.of-sales", w.MoneyShort(money.Cents(v.Total.Value)), w.Percent(v.Total.Value/float64(s)))
	}
	p.Label = w.T("contacts.invested.label", finding)
	p.Weak = m.Status == explain.Weak
	out := picture(chart.Spec{Bars: &p}, width, finding, m)
	out.Chart.Rows = t
	return out
}

// net draws what is left of the sales after contacts (A3).
func (d *contactsDraw) net(width int) TabChart {
	v, w := &d.v.Margin, d.w
	if d.marginless() {
		return d.noMargin()
	}
	m := v.Net.Mark
	if !m.Has() || v.Sales == 0 && v.Gross == 0 && v.Invested == 0 {
		return blank(w.T("contacts.net.na"), cmp.Or(m.Reason, explain.NoSales))
	}
	step := func(key string, x money.Cents, kind chart.StepKind) chart.Step {
		of := "bought"
		if key == "invested" {
			of = "met"
		}
		s := chart.Step{Name: w.T("contacts.net." + key), Value: float64(x), Figure: w.MoneyShort(x), Kind: kind}
		if who, _ := d.a.contactsOf(d.v, of); len(who) > 0 {
			s.Link = d.link(of, w.T("contacts.net.mark", s.Name, s.Figure, len(who)))
		}
		return s
	}
	net := money.Cents(v.Net.Value)
	left, after := "net", "finding"
	p := chart.Waterfall{Words: chart.Words{Head: d.head("step", "amount")}, Steps: []chart.Step{
		step("sales", v.Sales, chart.Total), step("bought", v.Gross.Plus(-v.Sales), chart.Change)}}
	if !d.contacted() {
		left, after = "gross", "before"
	}
	if v.Invested != 0 {
		p.Steps = append(p.Steps, step("invested", -v.Invested, chart.Loss))
	}
	if v.Other != 0 {
		p.Steps = append(p.Steps, step("other", -v.Other, chart.Loss))
	}
	p.Steps = append(p.Steps, step(left, net, chart.Outcome))
	finding := w.T("contacts.net.loss", w.MoneyShort(v.Invested), w.MoneyShort(v.Gross))
	if net >= 0 && v.Sales > 0 {
		finding = w.T("contacts.net."+after, w.Money(100_00), w.Money(round64(v.Net.Value/float64(v.Sales)*100_00)))
	}
	p.Label = w.T("contacts.net.label", finding, w.MoneyShort(v.Sales), w.MoneyShort(v.Gross), w.MoneyShort(v.Invested), w.MoneyShort(net))
	p.Weak = m.Status == explain.Weak
	out := picture(chart.Spec{Waterfall: &p}, width, finding, m)
	if v.Estimated {
		out.Note = w.T("contacts.net.estimated")
	}
	return out
}

// whale draws the cumulated net margin, best client first (A3).
func (d *contactsDraw) whale(width int) TabChart {
	v, w := &d.v.Whale, d.w
	if d.marginless() {
		return d.noMargin()
	}
	n := len(v.Cum)
	m := d.v.Margin.Net.Mark
	if !d.contacted() {
		m = explain.Missing(explain.NoContact)
	}
	if n == 0 || !m.Has() {
		return blank(w.T("contacts.whale.na"), cmp.Or(m.Reason, explain.NoSales))
	}
	last := v.Cum[n-1]
	p := chart.Lines{Words: chart.Words{Head: d.head("clients", "cumulated")}, Left: w.T("contacts.whale.left"), Right: d.mixed(v.Order), UnitY: chart.Money}
	s := chart.Series{Points: []chart.XY{{}}}
	for _, k := range thin(n, 160) {
		if k+1 > v.At && s.Points[len(s.Points)-1].X < float64(v.At) { // the peak is drawn in any case
			s.Points = append(s.Points, chart.XY{X: float64(v.At), Y: float64(v.Peak)})
		}
		if k+1 != v.At || v.At == 0 {
			s.Points = append(s.Points, chart.XY{X: float64(k + 1), Y: float64(v.Cum[k])})
		} else {
			s.Points = append(s.Points, chart.XY{X: float64(v.At), Y: float64(v.Peak)})
		}
	}
	p.Series = []chart.Series{s}
	losing := len(d.v.Margin.Losing)
	finding := w.T("contacts.whale.even")
	switch {
	case !v.Ratio.Mark.Has():
		finding = w.T("contacts.whale.negative", d.mixed(d.v.Margin.Losing))
	case losing > 0 && v.At > 0:
		finding = w.T("contacts.whale.finding", v.At, w.Percent(v.Ratio.Value))
		p.Notes = append(p.Notes, chart.Note{At: chart.XY{X: float64(v.At), Y: float64(v.Peak)}, Text: w.Percent(v.Ratio.Value), Sub: w.T("contacts.whale.after", v.At), Drop: true})
	}
	p.Notes = append(p.Notes, chart.Note{At: chart.XY{X: float64(n), Y: float64(last)}, Text: w.MoneyShort(last), Sub: w.T("contacts.whale.total")})
	for k := range p.Notes { // up to the peak, and after it
		if who := whaleSide(v, k == 0 && len(p.Notes) > 1); len(who) > 0 {
			p.Notes[k].Link = d.link("whale:"+digit(1-one(k == 0 && len(p.Notes) > 1)), w.T("contacts.whale.mark."+digit(1-one(k == 0 && len(p.Notes) > 1)), d.mixed(who)))
		}
	}
	p.Label = w.T("contacts.whale.label", finding, w.MoneyShort(v.Peak), w.MoneyShort(last))
	p.Weak = m.Status == explain.Weak
	out := picture(chart.Spec{Lines: &p}, width, finding, m)
	out.Chart.Rows = d.whaleTable()
	if losing > 0 {
		out.Links = append(out.Links, d.list("losing", w.T("contacts.whale.list", d.mixed(d.v.Margin.Losing), w.MoneyShort(v.Destroyed))))
	}
	return out
}

// whaleSide are the clients who bring the net margin up to its peak, or those
// after them; all where it never falls.
func whaleSide(v *WhaleSeries, up bool) Who {
	if up {
		return v.Order[:v.At]
	}
	return v.Order[v.At%max(1, len(v.Order)):]
}

// mixed counts clients and prospects, each by its name.
func (d *contactsDraw) mixed(list []int32) string {
	prospects := 0
	for _, i := range list {
		prospects += one(d.a.Prospect[i])
	}
	return who(d.w, len(list)-prospects, prospects)
}

// whaleTable has the best clients first, and the worst when there are too many.
func (d *contactsDraw) whaleTable() Table {
	v, w := &d.v.Whale, d.w
	t := Table{Head: d.head("client", "net", "cumulated")}
	for k, i := range v.Order {
		if n := len(v.Order); n > maxTwin && k >= maxTwin/2 && k < n-maxTwin/2 {
			continue
		}
		own := v.Cum[k]
		if k > 0 {
			own = own.Plus(-v.Cum[k-1])
		}
		t.Rows = append(t.Rows, []string{d.v.Ground.Names[i], w.MoneyShort(own), w.MoneyShort(v.Cum[k])})
	}
	return t
}

// plan draws the visits of the year and those proposed, by advice (B4).
func (d *contactsDraw) plan(width int) TabChart {
	w, s := d.w, &d.v.Strategy
	if d.marginless() {
		return d.noMargin()
	}
	p := chart.Moves{Words: chart.Words{Head: d.head("advice", "visits", "proposed")}, Keys: [2]string{w.T("contacts.plan.now"), w.T("contacts.plan.then")}}
	var now, then [12]int
	for k := range d.v.Rows {
		r := &d.v.Rows[k]
		if int(r.Advice) < len(now) {
			now[r.Advice] += r.Visits
			then[r.Advice] += r.Proposed
		}
	}
	for at := 1; at < len(now); at++ {
		n := len(s.Advice[at])
		if n == 0 || now[at] == 0 && then[at] == 0 {
			continue
		}
		tone := chart.Accent
		if then[at] == now[at] {
			tone = chart.Grey
		}
		name := w.T("contacts.advice." + itoa(at))
		p.Moves = append(p.Moves, chart.Move{Name: name, From: float64(now[at]), To: float64(then[at]), FromText: w.Number(float64(now[at]), 0), ToText: w.Number(float64(then[at]), 0), Tone: tone,
			Link: d.link("advice:"+itoa(at), w.T("contacts.plan.mark", name, n, now[at], then[at]))})
	}
	m := s.Freed.Mark
	if len(p.Moves) == 0 || !m.Has() {
		return blank(w.T("contacts.plan.na"), cmp.Or(m.Reason, explain.NoContact))
	}
	freed, needed, left := int(s.Freed.Value), int(s.Needed.Value), int(s.Left.Value)
	finding := w.T("contacts.plan.none")
	switch {
	case left > 0:
		finding = w.T("contacts.plan.finding", freed, needed, left)
	case freed+needed > 0:
		finding = w.T("contacts.plan.short", freed, needed)
	}
	p.Label = w.T("contacts.plan.label", finding)
	p.Weak = m.Status == explain.Weak
	out := picture(chart.Spec{Moves: &p}, width, finding, m)
	if s.Hours >= 1 {
		out.Note = w.T("contacts.plan.note", w.Number(s.Hours, 0))
	}
	return out
}
