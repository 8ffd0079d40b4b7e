package ui

import (
	"strings"
	"testing"

	"sillon/app/i18n"
	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/query"
)

func TestChartsAreDrawnOnceInTheCurrencyOfTheirAnswer(t *testing.T) {
	curve := chart.Lines{UnitY: chart.Money, Series: []chart.Series{{Points: []chart.XY{{}, {X: 1, Y: 2_000_000_00}}}}}
	tab := query.ContactsTab{Base: query.TabBase{Head: query.Head{Currency: "MAD"}},
		Whale: query.TabChart{Chart: query.Chart{Pic: &chart.Spec{Lines: &curve}, Width: 400, Mark: explain.Sound()}}}
	draw(&tab, i18n.FR, "EUR")
	svg := tab.Whale.Chart.Draw(nil) // kept: nothing is written again
	if want := i18n.MoneyShort(i18n.FR, 2_000_000_00, "MAD"); !strings.Contains(svg, want) || strings.Contains(svg, "€") {
		t.Errorf("no %q on the axis: %s", want, svg)
	}
	e := &Env{Currency: "EUR"}
	if e.saw(&tab); e.Currency != "MAD" {
		t.Errorf("currency %q after a tab in MAD", e.Currency)
	}
}
