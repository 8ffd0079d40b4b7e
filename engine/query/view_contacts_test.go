package query_test

import (
	"testing"

	"sillon/engine/money"
	"sillon/engine/query"
)

// Method, Appendix A and the examples of A1 to A3, B1, B2 and B4.
func TestTheContactsTabOfTheGoldenDataset(t *testing.T) {
	s, _ := goldenBook()
	a := s.Analysis(scope)
	v := a.ContactsView()
	if v.Price.Unit.Value != 100_00 || v.Price.Visit.Value != 100_00 || v.Price.Call.Value != 20_00 || v.Price.Full != 20_300_00 {
		t.Errorf("price %+v", v.Price)
	}
	if v.Invested.Total.Value != 20_300_00 || v.Margin.Gross != 27_880_00 || v.Margin.Net.Value != 7_580_00 || v.Margin.Sales != 100_000_00 {
		t.Errorf("margins %+v", v.Margin)
	}
	var parts money.Cents
	for _, p := range v.Invested.Parts {
		parts += p.Amount
	}
	if parts != 20_300_00 {
		t.Errorf("channels add up to %d", parts)
	}
	if v.Whale.Peak != 11_180_00 || v.Whale.At != 8 || codes(a, v.Margin.Losing) != "C07 C09 C11 C12 " {
		t.Errorf("whale %d after %d; losing %s", v.Whale.Peak, v.Whale.At, codes(a, v.Margin.Losing))
	}
	near(t, "whale", v.Whale.Ratio.Value, 1.47, .005)
	if got := codes(a, v.Balance.Class[2]) + "|" + codes(a, v.Balance.Class[3]) + "|" + codes(a, v.Balance.Class[4]); got != "C03 C05 C06 |C07 C11 |C01 C02 C04 " {
		t.Errorf("hens, devourers and cows are %s", got)
	}
	// the severest first: 3 800 − 1 800 and 2 000 − 800
	if got := codes(a, v.Balance.Devourers) + "|" + codes(a, v.Balance.Small); got != "C07 C11 |C09 " {
		t.Errorf("devourers and small ones are %s", got)
	}
	near(t, "contacts of devourers", v.Balance.Units, 58./203, 1e-12)
	near(t, "sales of devourers", v.Balance.Sales, .08, 1e-12)
	for i, w := range appendixAll {
		r := v.Rows[i]
		if int(r.Gross)/100 != w.gross || int(r.Invested)/100 != w.invest || int(r.Net)/100 != w.net || classNames2[r.Class] != w.class {
			t.Errorf("%s: %+v", w.code, r)
		}
		near(t, w.code+" D", r.D, w.d, .0051)
	}
	// B2: C03, C06 to add; C01 to hold; C07, C08 to reduce; the others cannot be read
	if got := codes(a, v.Flow.Decision[1]) + "|" + codes(a, v.Flow.Decision[2]) + "|" + codes(a, v.Flow.Decision[3]); got != "C03 C06 |C01 |C07 C08 " {
		t.Errorf("add, hold and reduce are %s", got)
	}
	if v.Flow.Readable.Value != 5 || codes(a, v.Flow.Band[1]) != "C07 " {
		t.Errorf("%v readable, reverse %s", v.Flow.Readable.Value, codes(a, v.Flow.Band[1]))
	}
	// A seen more than the mean: C01 C02 C04 C07, 2 380 for 11 500; less: C03 C05 C06, 5 350 for 3 700
	for _, r := range v.Returns {
		if r.Class == "A" && r.Often {
			near(t, "A, often", r.Return.Value, 2380./11500, 1e-12)
		} else if r.Class == "A" {
			near(t, "A, seldom", r.Return.Value, 5350./3700, 1e-12)
		}
	}
	if len(v.Returns) < 3 || codes(a, v.Returns[1].Who) != "C01 C02 C04 C07 " {
		t.Errorf("groups %+v", v.Returns)
	}
	near(t, "C06 E", v.Rows[5].E, 1.182, .0005)
	if codes(a, v.Floors[0][3]) != "C07 " { // most contacts, smallest sales
		t.Errorf("top quarter of contacts, last of sales: %s", codes(a, v.Floors[0][3]))
	}
}

var classNames2 = map[string]string{"squelette": "Squelette", "poule": "Poule", "contactivore": "Contactivore", "vache": "Vache"}

func TestContactsAddUp(t *testing.T) {
	a := story(500).Analysis(scope)
	v := a.ContactsView()
	n := len(a.Response().Clients)
	if len(v.Rows) != n {
		t.Fatalf("%d rows of %d", len(v.Rows), n)
	}
	count := func(what string, sets []query.Who, want int) {
		t.Helper()
		got := 0
		for _, s := range sets {
			got += len(s)
		}
		if got != want {
			t.Errorf("%s hold %d of %d", what, got, want)
		}
	}
	count("classes", v.Balance.Class[:], n)
	count("quadrants", v.Flow.Quadrant[:], n)
	count("bands", v.Flow.Band[:], n)
	count("decisions", v.Flow.Decision[:], n)
	count("advice", v.Strategy.Advice[:], n)
	count("carriers", v.Carried[:], n)
	before, after := 0, 0
	for _, r := range v.Rows {
		before, after = before+r.Visits, after+r.Proposed
	}
	if float64(before-after) != v.Strategy.Freed.Value-v.Strategy.Needed.Value {
		t.Errorf("visits %d → %d, freed %v, needed %v", before, after, v.Strategy.Freed.Value, v.Strategy.Needed.Value)
	}
	cross := 0
	for _, row := range v.Floors {
		for _, cell := range row {
			cross += len(cell)
		}
	}
	want := 0
	for _, row := range a.Weight().Crossed {
		for _, n := range row {
			want += n
		}
	}
	if cross != want {
		t.Errorf("crossed floors hold %d, the analysis %d", cross, want)
	}
}
