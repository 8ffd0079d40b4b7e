package attrition_test

import (
	"testing"
	"time"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// Appendix B, leap-year windows: the quarter that ends on 29 February 2024 is
// set against the same of a year before, 1 December to 28 February; 90 days
// back from it is 1 December.
func TestLeapQuarters(t *testing.T) {
	leap := day(2024, 2, 29)
	read := func(f attrition.File, code attrition.Code) attrition.Signal {
		all := attrition.ReadAll([]attrition.File{f}, leap, attrition.Defaults())
		return all[0].Get(code)
	}
	old := orders(day(2022, 3, 1), day(2022, 6, 1), day(2022, 9, 1))
	for _, c := range []struct {
		name  string
		lines []maturity.Line
		state attrition.State
	}{
		{"sold on both last days: no drop", append(orders(day(2023, 2, 28), leap), old...), attrition.Off},
		{"sold on the last day a year ago only", append(orders(day(2023, 2, 28)), old...), attrition.On},
		{"sold on the first days", append(orders(day(2022, 12, 1), day(2023, 12, 1)), old...), attrition.Off},
		{"the day before the quarter is of another", append(orders(day(2022, 12, 1), day(2023, 11, 30)), old...), attrition.On},
	} {
		if s := read(attrition.File{Lines: c.lines}, attrition.S5); s.State != c.state {
			t.Errorf("%s: %+v, want %v", c.name, s, c.state)
		}
	}
	refused := attrition.File{Touches: []attrition.Touch{{Day: day(2023, 12, 2), Refused: true}, {Day: leap, Refused: true}}}
	if s := read(refused, attrition.S7); s.State != attrition.On || s.Count != 2 {
		t.Errorf("two refusals in 90 days: %+v", s)
	}
}

// Appendix B on I4: all sums that a portfolio can make, and who is kept.
func TestWorthOfDegenerateClients(t *testing.T) {
	p := attrition.Defaults()
	prices := p.Price(attrition.Costs{Visit: 100_00, Call: 20_00})
	free := p.Price(attrition.Costs{})
	for _, c := range []struct {
		name   string
		stake  attrition.Stake
		prices attrition.Catalogue
		pays   bool // V > 0
	}{
		{"all zero", attrition.Stake{Risk: .5}, prices, false},
		{"returns outweigh the sales", attrition.Stake{Margin: -1000_00, Invested: 200_00, Risk: .5}, prices, false},
		{"costs more than it brings", attrition.Stake{Margin: 100_00, Invested: 200_00, Risk: .5}, prices, false},
		{"potential missing", attrition.Stake{Margin: 1000_00, Invested: 200_00, Risk: .5, MarginRate: .3}, prices, true},
		{"zero-cost contacts", attrition.Stake{Margin: 1000_00, Risk: .5, MarginRate: .3}, free, true},
		{"only what is left to win", attrition.Stake{Remaining: 9000_00, MarginRate: .3, Risk: .5, P: 4}, prices, true},
	} {
		w := p.Judge(c.stake, c.prices)
		if w.Status == 0 || w.Value-w.Value != 0 || (w.Value > 0) != c.pays || !c.pays && w.Override {
			t.Errorf("%s: %+v", c.name, w)
		}
		if !c.pays {
			c.stake.Strategic = true
			if s := p.Judge(c.stake, c.prices); !s.Override {
				t.Errorf("%s: a reference client is not kept: %+v", c.name, s)
			}
		}
	}
}

// Appendix B, account merged: two lives of one client are one, none of them
// lost; duplicate import of a former client is two files, natural ones aside;
// 10 000 clients are read well under two seconds.
func TestTenThousandFilesAreRead(t *testing.T) {
	files, lives := make([]attrition.File, 10_000), make([]attrition.Life, 10_000)
	for i := range files {
		for m := range 24 {
			files[i].Lines = append(files[i].Lines, maturity.Line{From: today.AddMonths(-m) - calendar.Day(i%20), Net: money.Cents(100_00 + i%9)})
		}
		files[i].Services = events(portfolio.AfterSalesCall, 1, ago(i%300))
		lives[i] = attrition.Life{First: today - 2000, Sales: 1200_00}
		if i%50 == 0 {
			lives[i].Lost = ago(i % 300)
		}
	}
	from := time.Now()
	read := attrition.ReadAll(files, today, attrition.Defaults())
	r := attrition.Movements(lives, calendar.Periods{}.Back(today, 0))
	if took := time.Since(from); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
	for i := range read {
		if read[i].Get(attrition.S4).State == attrition.On || read[i].Get(attrition.S5).State == attrition.On {
			t.Fatalf("steady client %d: %+v", i, read[i])
		}
	}
	if r.Start != 10_000 || r.Lost != 200 || r.End != 9_800 || r.Attrition != .02 || r.Status != explain.OK {
		t.Errorf("%+v", r)
	}
}
