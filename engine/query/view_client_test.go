package query_test

import (
	"math"
	"testing"

	"sillon/engine/cbor"
	"sillon/engine/money"
	"sillon/engine/query"
)

// Method, Appendix A: a sheet says what the lists and the tabs say.
func TestTheSheetsOfTheGoldenDataset(t *testing.T) {
	s, bundles := goldenBook()
	a := s.Analysis(scope)
	for i, w := range appendixAll {
		v, o := a.SheetView(i), appendixA[i]
		if int(v.Margin.Gross.Value)/100 != w.gross || int(v.Effort.Invested.Value)/100 != w.invest || int(v.Margin.Net.Value)/100 != w.net {
			t.Errorf("%s: margin %v, invested %v, net %v", w.code, v.Margin.Gross.Value, v.Effort.Invested.Value, v.Margin.Net.Value)
		}
		if v.Margin.Sales != v.Margin.Bought+money.Cents(v.Margin.Gross.Value) || money.Cents(v.Margin.Net.Value) != money.Cents(v.Margin.Gross.Value)-v.Margin.Invested-v.Margin.Other {
			t.Errorf("%s: the waterfall does not add up: %+v", w.code, v.Margin)
		}
		if v.Life.Phase.Text != o.phase || int(v.Place.P.Value) != o.p || int(v.Place.R.Value) != o.r || int(v.Place.PR.Value) != o.pr || v.Score.Weight.Text != o.abc {
			t.Errorf("%s: %s P%v R%v", w.code, v.Life.Phase.Text, v.Place.P.Value, v.Place.R.Value)
		}
		near(t, w.code+" penetration", 100*v.Pen.Pen.Value, o.pi, .05)
		near(t, w.code+" score", v.Score.Score.Value, o.score, .05)
		near(t, w.code+" D", v.Flow.D.Value, w.d, .0051)
		if classNames2[v.Flow.Class.Text] != w.class {
			t.Errorf("%s is %s", w.code, v.Flow.Class.Text)
		}
		var months money.Cents
		for _, m := range v.Months[12:] {
			months += m.Sales
		}
		if months != v.Margin.Sales {
			t.Errorf("%s: months add up to %d of %d", w.code, months, v.Margin.Sales)
		}
		var points float64
		for _, p := range v.Engaged.Parts {
			points += p.Points
		}
		near(t, w.code+" engagement", points, v.Engaged.Index.Value, 1e-9)
		if len(v.Collect) == 0 || v.Life.Story == nil {
			t.Errorf("%s: collect %v, story %v", w.code, v.Collect, v.Life.Story)
		}
		// alone, what is its own stays
		one := s.Alone(bundles[i]).SheetView(0)
		if !one.Alone || one.Margin.Gross.Value != v.Margin.Gross.Value || one.Life.Phase.Text != v.Life.Phase.Text || one.Place.P.Value != v.Place.P.Value {
			t.Errorf("%s alone: %+v", w.code, one.Margin)
		}
	}
	near(t, "share of the effort", a.SheetView(0).Effort.Share, 3000./20300, 1e-12) // A2
	// A3: C07 breaks even at 12 667 €; one visit at 30 % needs an order of 333 €
	v := a.SheetView(6)
	near(t, "break-even", v.Margin.BreakEven.Value, 12_666_67, 1)
	near(t, "order", v.Margin.Order.Value, 333_33, 1)
	if v.Margin.Bearable.Value != 18 {
		t.Errorf("C07 bears %v visits", v.Margin.Bearable.Value)
	}
	// E5: C03 was at +2
	v = a.SheetView(2)
	if v.Place.WasR != 2 || v.Place.AimR != 4 || v.Place.Climb.Value != 3_000_00 {
		t.Errorf("C03: %+v", v.Place)
	}
}

func TestSheetsAgreeWithTheTabs(t *testing.T) {
	a := story(200).Analysis(scope)
	rows, seen := map[int32]query.ContactRow{}, map[string]bool{}
	for _, r := range a.ContactsView().Rows {
		rows[r.Client] = r
	}
	eroding := map[int32]bool{}
	for _, i := range a.MaturityView(query.MaturityAsk{}).Eroding {
		eroding[i] = true
	}
	for i := range a.Len() {
		v := a.SheetView(i)
		if r, ok := rows[int32(i)]; ok {
			if r.Gross != money.Cents(v.Margin.Gross.Value) || r.Net != money.Cents(v.Margin.Net.Value) || r.Class != v.Flow.Class.Text ||
				r.Proposed != int(v.Flow.Proposed.Value) || r.Phase != v.Life.Phase.Text || math.Abs(r.E-v.Flow.E.Value) > 1e-5 && v.Flow.E.Mark.Has() {
				t.Errorf("client %d: row %+v, sheet %+v", i, r, v.Flow)
			}
		}
		if eroding[int32(i)] != v.Life.Erodes {
			t.Errorf("client %d: erosion %v", i, v.Life.Erodes)
		}
		var months, families money.Cents
		for _, m := range v.Months[12:] {
			months += m.Sales
		}
		for _, f := range v.Families {
			families += f.Sales
			seen["family"] = true
			if f.Opening {
				seen["opening"] = true
			}
			if len(f.States) > 0 && len(f.States) == len(v.Movement.Ends) {
				seen["ribbon"] = true
			}
		}
		if months != a.Sales[i] || families > months && a.Sales[i] > 0 && families-months > months {
			t.Errorf("client %d: months %d, families %d, sales %d", i, months, families, a.Sales[i])
		}
		for _, x := range []struct {
			key string
			is  bool
		}{{"signals", v.Risk.Signals != nil}, {"what if", v.Risk.WhatIf != nil}, {"gains", v.Risk.Gains != nil}, {"reasons", v.Risk.Reasons != nil},
			{"people", v.People != nil}, {"unmet", v.Unmet != nil}, {"promises", v.Give.Lines != nil}, {"projects", v.Projects != nil},
			{"levers", v.Levers.Score.Mark.Has()}, {"was", v.Movement.HasWas}, {"type", v.Movement.Type.Mark.Has()}, {"engagement", v.Engaged.Index.Mark.Has()}} {
			seen[x.key] = seen[x.key] || x.is
		}
		for _, c := range v.Risk.WhatIf {
			if c.Value >= v.Risk.P.Value && !v.Risk.Decided {
				t.Errorf("client %d: settling %s makes the risk %v of %v", i, c.Key, c.Value, v.Risk.P.Value)
			}
		}
		if b, _ := cbor.Marshal(v); len(b) > 30_000 {
			t.Errorf("client %d: a sheet of %d bytes", i, len(b))
		}
	}
	for _, key := range []string{"family", "opening", "ribbon", "signals", "what if", "gains", "reasons", "people", "promises", "projects", "levers", "was", "type", "engagement"} {
		if !seen[key] {
			t.Errorf("no sheet of the demo has %s", key)
		}
	}
}

// What a screen costs once the analysis is there.
func BenchmarkDeepViews(b *testing.B) {
	a := story(5000).Analysis(scope).All()
	for _, v := range []struct {
		name string
		run  func()
	}{
		{"maturity", func() { a.MaturityView(query.MaturityAsk{}) }}, {"weight", func() { a.WeightView(query.WeightAsk{}) }},
		{"cut", func() { a.CutWeight(query.WeightAsk{Cuts: [2]float64{70, 90}}) }}, {"contacts", func() { a.ContactsView() }},
		{"potential", func() { a.PotentialView(query.PotentialAsk{}) }}, {"list", func() { a.FactsView() }}, {"sheet", func() { a.SheetView(7) }},
		{"why pr", func() { a.WhyOf("pr", 7) }}, {"why departure", func() { a.WhyOf("departure", 7) }}, {"why devouring", func() { a.WhyOf("devouring", 7) }},
		{"why lateness", func() { a.WhyOf("lateness", 7) }},
	} {
		b.Run(v.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				v.run()
			}
		})
	}
}
