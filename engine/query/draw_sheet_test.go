package query_test

import (
	"math"
	"strings"
	"testing"

	"sillon/engine/cbor"
	"sillon/engine/explain"
	"sillon/engine/query"
)

// Method, Appendix A: the pictures of a sheet say what its figures say.
func TestThePicturesOfTheGoldenSheets(t *testing.T) {
	s, _ := goldenBook()
	a := s.Analysis(scope)
	for i, w := range appendixAll {
		v := a.SheetTab(reader, query.SheetAsk{Width: 1040}, i)
		if !strings.HasPrefix(svg(v.Margin), "<svg") || len(twin(v.Margin).Rows) < 5 {
			t.Errorf("%s: no waterfall: %+v", w.code, v.Margin)
		}
		for name, c := range map[string]query.Chart{"ribbon": v.Ribbon, "quadrant": v.Quadrant, "margin": v.Margin, "response": v.Response, "levers": v.Levers, "balance": v.Balance, "map": v.Map} {
			switch {
			case c.Mark.Has() && (svg(c) == "" || c.Finding == "" || len(twin(c).Rows) == 0):
				t.Errorf("%s: %s has a mark and nothing to see: %+v", w.code, name, c)
			case !c.Mark.Has() && (svg(c) != "" || c.Mark.Reason == explain.None):
				t.Errorf("%s: %s is missing and does not say why: %+v", w.code, name, c.Mark)
			case strings.Contains(svg(c), "NaN") || strings.Contains(svg(c), "Inf"):
				t.Errorf("%s: %s draws what is no number", w.code, name)
			}
		}
		if v.View.Margin.Net.Mark.Steps != nil || v.View.Score.Score.Mark.Steps != nil {
			t.Errorf("%s: a figure of the sheet carries its steps", w.code)
		}
	}
	b, err := cbor.Marshal(a.SheetTab(reader, query.SheetAsk{Width: 1040}, 0))
	if err != nil || len(b) > 80_000 {
		t.Errorf("a sheet weighs %d bytes, %v", len(b), err)
	}
}

func TestASheetIsDrawnAtAnyWidthFromOneClientAlone(t *testing.T) {
	s, bundles := goldenBook()
	for _, b := range bundles {
		a := s.Alone(b)
		for _, width := range []int{0, 280, 390, 772, 1040, 1344} {
			v := a.SheetTab(reader, query.SheetAsk{Width: width}, 0)
			if !v.View.Alone || v.View.ID != b.Root {
				t.Fatalf("another sheet: %+v", v.View.ID)
			}
			for _, c := range []query.Chart{v.Ribbon, v.Quadrant, v.Margin, v.Levers, v.Balance, v.Map} {
				if strings.Contains(svg(c), "NaN") {
					t.Errorf("width %d: NaN", width)
				}
			}
		}
	}
}

// E5, Appendix A: C03 stands at P4–R3. What the tries say is what the changes
// of the why say, found by another way.
func TestATryFindsWhatTheChangesSay(t *testing.T) {
	s, _ := goldenBook()
	a := s.Analysis(scope)
	tried := 0
	for i := range appendixAll {
		for _, topic := range []string{"rlevel", "plevel", "pr", "weight", "penetration"} {
			y, _ := a.WhyOf(topic, i)
			for _, c := range y.Changes {
				if c.Unit != explain.Money {
					continue
				}
				v := a.WhyTab(reader, query.WhyAsk{Figure: y.Figure, Try: &query.Trial{Key: c.Key, By: c.Need}}, i)
				if v.Tried == nil {
					t.Errorf("%s of %s: nothing tried", topic, appendixAll[i].code)
					continue
				}
				want := c.Value
				if topic == "pr" {
					want = c.Value // P − R afterwards
				}
				if topic == "weight" && v.Tried.Text != c.Band || topic != "weight" && math.Abs(v.Tried.Value-want) > 1e-4 {
					t.Errorf("%s of %s: %s by %v gives %v %s, the change says %v %s", topic, appendixAll[i].code, c.Key, c.Need, v.Tried.Value, v.Tried.Text, want, c.Band)
				}
				tried++
			}
		}
	}
	if tried < 20 {
		t.Errorf("only %d changes tried", tried)
	}
	// A3: C07 with a visit less keeps 100 € more of margin at 100 € a visit.
	i := 6
	f, _ := a.FigureOf("net", i)
	price := a.SheetView(i).Effort.Visit.Value
	v := a.WhyTab(reader, query.WhyAsk{Figure: f, Try: &query.Trial{Key: "visits", By: -1}}, i)
	if v.Tried == nil || math.Abs(v.Tried.Value-f.Value-price) > 1e-6 || price <= 0 {
		t.Errorf("one visit less: %+v from %v at %v", v.Tried, f.Value, price)
	}
}

func TestEveryTopicHasItsTab(t *testing.T) {
	a := story(60).Analysis(scope)
	for _, topic := range query.Topics() {
		f, ok := a.FigureOf(topic, 3)
		if !ok {
			f = query.Figure{Topic: topic, Mark: explain.Sound()}
			if v := a.WhyTab(reader, query.WhyAsk{Figure: f}, -1); !v.Known || len(v.Limits) != len(v.Why.Bands) {
				t.Errorf("%s of the whole: %+v", topic, v)
			}
			continue
		}
		v := a.WhyTab(reader, query.WhyAsk{Figure: f, Width: 300}, 3)
		if !v.Known || len(v.Limits) != len(v.Why.Bands) || len(v.Rulers) != len(v.Why.Rulers) {
			t.Errorf("%s: %d limits of %d bands, %d rulers of %d", topic, len(v.Limits), len(v.Why.Bands), len(v.Rulers), len(v.Why.Rulers))
		}
		for _, r := range v.Rulers {
			if !strings.HasPrefix(svg(r), "<svg") || strings.Contains(svg(r), "NaN") || r.Finding == "" {
				t.Errorf("%s: ruler %+v", topic, r)
			}
		}
	}
	if v := a.WhyTab(reader, query.WhyAsk{Figure: query.Figure{Topic: "nonsense"}}, 3); v.Known {
		t.Error("nonsense is explained")
	}
}

// I3: settling a signal is what the why says it is, and settling none changes
// nothing.
func TestWhatIfSettlesSignals(t *testing.T) {
	a := story(200).Analysis(scope)
	seen := 0
	for i := range a.Len() {
		y, _ := a.WhyOf("departure", i)
		if !y.Figure.Mark.Has() || y.Decided != nil {
			continue
		}
		if v := a.WhatIf(query.WhatIfAsk{}, i); math.Abs(v.P.Value-y.Figure.Value) > 1e-12 {
			t.Errorf("client %d: nothing settled moves %v to %v", i, y.Figure.Value, v.P.Value)
		}
		for _, c := range y.Changes {
			code, ok := strings.CutPrefix(c.Key, "signal.")
			if !ok {
				continue
			}
			v := a.WhatIf(query.WhatIfAsk{Settled: []string{code}}, i)
			if math.Abs(v.P.Value-c.Value) > 1e-12 || v.Band != c.Band {
				t.Errorf("client %d: %s settled is %v %s, the why says %v %s", i, code, v.P.Value, v.Band, c.Value, c.Band)
			}
			seen++
		}
	}
	if seen == 0 {
		t.Error("no signal was on")
	}
}
