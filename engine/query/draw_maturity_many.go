package query

import (
	"sillon/engine/chart"
	"sillon/engine/explain"
)

// PortfoliosTab sets the portfolios of a device side by side (C5).
type PortfoliosTab struct {
	Curves TabChart `cbor:"1,keyasint"`
	Effort TabChart `cbor:"2,keyasint"` // now, and what each deserves
}

// PortfoliosTab draws the portfolios of some analyses.
func (s *Snapshot) PortfoliosTab(r Reader, of []*Analysis, ask TabAsk) PortfoliosTab {
	w, v := r.Words, ComparePortfolios(of)
	row := ask.row(1, 1)
	name := func(scope uint32) string { return s.ports[scope].Name }
	pic := chart.Curves{}
	pic.Head = []string{w.T("many.col.name"), w.T("lorenz.col.clients"), w.T("lorenz.col.sales"), w.T("wt.col.value.margin"), w.T("many.col.net"), w.T("mat.col.shape"), w.T("many.col.cm"), w.T("many.col.unit")}
	var rows [][]string
	ageing := 0
	for k := range v.Lines {
		l := &v.Lines[k]
		in := "&p=" + digits(l.Scope)
		if ask.Before {
			in += "&periode=n-1"
		}
		p := chart.Panel{Title: name(l.Scope), Hot: l.Curve.Shape == "rising"}
		p.Value, p.Weak = l.Curve.Weight, l.Curve.Ageing.Mark.Status == explain.Weak
		for i, letter := range phaseLetters {
			p.Name[i], p.Figure[i], p.Share[i] = letter, w.Number(l.Curve.Weight[i], 0), w.Percent(l.Curve.Share[i])
			if l.Curve.Weight[i] > 0 {
				to := "phase=" + letter
				if ask.Before {
					to = "qui=" + inPast + "maturity:phase:" + letter + ":"
				}
				p.Go[i] = chart.Link{Go: "/clients?" + to + within(l.Scope), Label: w.T("curve.mark", p.Title+", "+w.T("phase."+letter), round(l.Curve.Weight[i]), p.Share[i])}
			}
		}
		shape := w.T("shape.none")
		if l.Clients >= few {
			shape = w.T("mat.shape." + l.Curve.Shape)
		}
		ratio, unit := "–", "–"
		if l.Ratio.Mark.Has() {
			ratio = w.Number(l.Ratio.Value, 2)
		}
		if l.PerUnit.Mark.Has() {
			unit = w.MoneyShort(round64(l.PerUnit.Value))
		}
		p.Foot = w.T("many.foot", shape, ratio)
		p.Open = chart.Link{Go: "/portefeuille/maturite?" + in[1:], Label: w.T("many.open", p.Title)}
		pic.Panels = append(pic.Panels, p)
		rows = append(rows, []string{p.Title, w.Number(float64(l.Clients), 0), w.MoneyShort(l.Sales), w.MoneyShort(l.Margin), w.MoneyShort(l.Net), shape, ratio, unit})
		ageing += one(p.Hot && l.Clients >= few)
	}
	finding := w.T("many.ageing", ageing, len(v.Lines))
	pic.Label = w.T("many.label", finding, len(v.Lines))
	mark := explain.Sound()
	if len(v.Lines) == 0 {
		mark = explain.Missing(explain.NoData)
	}
	out := PortfoliosTab{Curves: picture(chart.Spec{Curves: &pic}, row[0], finding, mark)}
	out.Curves.Chart.Rows = Table{Head: pic.Head, Rows: rows}
	out.Effort = splitOf(w, row[1], v, name)
	return out
}

// splitOf draws the share of effort of each portfolio, now and deserved.
func splitOf(w Words, width int, v PortfoliosView, name func(uint32) string) TabChart {
	if !v.Mark.Has() {
		return blank(w.T("many.split.none"), v.Mark.Reason)
	}
	pic := chart.Moves{Keys: [2]string{w.T("many.now"), w.T("many.deserved")}}
	pic.Head = []string{w.T("many.col.name"), w.T("many.now"), w.T("many.deserved")}
	pic.Weak = v.Mark.Status == explain.Weak
	gap, at := 0.0, -1
	for k := range v.Lines {
		l := &v.Lines[k]
		pic.Moves = append(pic.Moves, chart.Move{Name: name(l.Scope), From: 100 * l.Now, To: 100 * l.Share, FromText: w.Percent(l.Now), ToText: w.Percent(l.Share),
			Link: chart.Link{Go: "/portefeuille/contacts?p=" + digits(l.Scope), Label: w.T("many.split.mark", name(l.Scope), w.Percent(l.Now), w.Percent(l.Share))}})
		if d := l.Share - l.Now; d > gap {
			gap, at = d, k
		}
	}
	finding := w.T("many.split.even")
	if at >= 0 && gap >= .02 {
		finding = w.T("many.split.more", pic.Moves[at].Name, pic.Moves[at].ToText, pic.Moves[at].FromText)
	}
	pic.Label = w.T("many.split.label", finding, len(v.Lines))
	out := picture(chart.Spec{Moves: &pic}, width, finding, v.Mark)
	out.Note = w.T("many.split.note")
	return out
}
