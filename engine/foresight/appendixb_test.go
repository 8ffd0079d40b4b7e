package foresight

import (
	"math"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/money"
)

// Appendix B, days of a damaged file: the distance of two days does not fit 32
// bits, and is still one; such a history is not fitted on. Found by FuzzWhole.
func TestOrdersOfDaysFromNowhere(t *testing.T) {
	h := Observe([]calendar.Day{math.MinInt32 + 1, 20_000}, nil, 20_600)
	if h.Orders != 2 || h.Recency != (20_000+float64(math.MaxInt32))/7 || math.Abs(h.Age-h.Recency-600./7) > 1e-6 || math.Abs(h.LogGaps-math.Log(h.Recency)) > 1e-12 {
		t.Errorf("%+v", h)
	}
	if h.sound() {
		t.Error("an age of six million years is fitted on")
	}
}

// Appendix B, the cases that a history of orders can have, and what must come:
// nothing to learn from without repeat orders; no order, or only returns, is no
// history; a day counts once whatever comes on it, twice or in two lines; what
// lies after asOf is invisible; 29 February is a day.
func TestDegenerateHistories(t *testing.T) {
	day := calendar.Of
	leap := day(2024, 2, 29)
	for _, c := range []struct {
		name    string
		days    []calendar.Day
		amounts []money.Cents
		asOf    calendar.Day
		want    History
	}{
		{"no order", nil, nil, leap, History{}},
		{"all zero sales", []calendar.Day{leap - 20, leap - 10}, []money.Cents{0, 0}, leap, History{}},
		{"only returns", []calendar.Day{leap - 20}, []money.Cents{-5}, leap, History{}},
		{"a day that comes back whole is no order", []calendar.Day{leap - 21, leap - 14, leap - 14}, []money.Cents{70, 50, -50}, leap, History{Orders: 1, Age: 3}},
		{"first order in the future", []calendar.Day{leap + 1}, []money.Cents{50}, leap, History{}},
		{"asOf before any data", []calendar.Day{leap, leap + 7}, nil, leap - 400, History{}},
		{"duplicate import: the same day twice is one order, of both amounts", []calendar.Day{leap - 14, leap - 7, leap - 7}, []money.Cents{10, 30, 30}, leap, History{Orders: 2, Recency: 1, Age: 2, Spend: 60}},
		{"28 February 2023 to 29 February 2024 is 366 days", []calendar.Day{day(2023, 2, 28), leap}, []money.Cents{10, 30}, leap, History{Orders: 2, Recency: 366. / 7, Age: 366. / 7, LogGaps: math.Log(366. / 7), Spend: 30}},
	} {
		if got := Observe(c.days, c.amounts, c.asOf); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	var few []History
	for range 3 { // nobody came back
		few = append(few, History{Orders: 1, Age: 30})
	}
	for name, hs := range map[string][]History{"empty portfolio": nil, "no order at all": make([]History, 5), "one order each": few, "one client": {{Orders: 4, Recency: 30, Age: 40, LogGaps: 3 * math.Log(10), Spend: 50}}} {
		m := Learn(hs, Defaults())
		if m.Orders.Status == 0 || m.Spend.Status == 0 {
			t.Errorf("%s: no status: %+v", name, m)
		}
		o := m.Outlook(History{Orders: 3, Recency: 20, Age: 30, LogGaps: 2 * math.Log(10)}, 1, Defaults())
		for _, x := range []float64{o.Alive, o.Orders.Mean, o.Orders.NoOrder, o.Value, o.Low, o.High, o.Amount.Mean, m.Orders.R, m.Orders.LogLik, m.Spend.V} {
			if x-x != 0 {
				t.Errorf("%s: %v in %+v", name, x, o)
			}
		}
	}
}
