package query_test

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sillon/engine/explain"
	"sillon/engine/loyalty"
	"sillon/engine/money"
	"sillon/engine/query"
	"sillon/engine/weight"
)

// topicsOf gathers the topics a view shows: those of its figures, and the tags
// of its rows.
func topicsOf(v reflect.Value, seen map[string]query.Figure, tags map[string]bool) {
	switch v.Kind() {
	case reflect.Struct:
		if f, ok := v.Interface().(query.Figure); ok {
			if f.Topic != "" {
				seen[f.Topic] = f
			}
			return
		}
		for i := range v.NumField() {
			if !v.Type().Field(i).IsExported() {
				continue
			}
			if tag := v.Type().Field(i).Tag.Get("why"); tag != "" {
				tags[tag] = true
			}
			topicsOf(v.Field(i), seen, tags)
		}
	case reflect.Slice, reflect.Array:
		if v.Len() == 0 {
			topicsOf(reflect.New(v.Type().Elem()).Elem(), seen, tags)
		}
		for i := range v.Len() {
			topicsOf(v.Index(i), seen, tags)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			topicsOf(v.Elem(), seen, tags)
		}
	}
}

func holds(t *testing.T, what string, y query.Why) {
	t.Helper()
	walk(y, func(x float64) {
		if x-x != 0 {
			t.Errorf("%s: %v in the why", what, x)
		}
	})
	if len(y.Steps) > 3 || y.Section == "" || y.Band >= max(len(y.Bands), 1) {
		t.Errorf("%s: %d steps, section %q, band %d of %d", what, len(y.Steps), y.Section, y.Band, len(y.Bands))
	}
	if y.Figure.Mark.Status == 0 {
		t.Errorf("%s: no status", what)
	}
	for k, c := range y.Changes {
		if !slices.Contains(query.ChangeKeys, c.Key) && !strings.HasPrefix(c.Key, "signal.S") && !strings.HasPrefix(c.Key, "criterion.") || k > 0 && c.Far < y.Changes[k-1].Far {
			t.Errorf("%s: change %+v", what, c)
		}
	}
	if y.Collect != "" && !slices.Contains(query.CollectKeys, y.Collect) {
		t.Errorf("%s: collect %q", what, y.Collect)
	}
	for _, r := range y.Rulers {
		n := 0
		for _, b := range r.Bands {
			n += b.Count
		}
		if n != r.Of || r.At >= len(r.Bands) || r.Within < 0 || r.Within > 1 || r.Place < 1 {
			t.Errorf("%s: ruler %+v", what, r)
		}
	}
}

// Every figure of every view opens a Why.
func TestEveryFigureHasItsWhy(t *testing.T) {
	books := barren()
	s, _ := goldenBook()
	books["golden"] = s.Analysis(scope)
	books["story"] = story(60).Analysis(scope)
	for name, a := range books {
		for _, v := range deepViews(a) {
			figures, tags := map[string]query.Figure{}, map[string]bool{}
			topicsOf(reflect.ValueOf(v.view), figures, tags)
			for topic, f := range figures {
				y, ok := a.WhyFigure(f)
				if !ok {
					y, ok = a.WhyOf(topic, 0)
				}
				if !ok {
					t.Errorf("%s, %s: nothing says why %s", name, v.name, topic)
					continue
				}
				holds(t, name+" "+topic, y)
			}
			for topic := range tags {
				if topic == "effort-split" {
					continue
				}
				if _, ok := a.WhyOf(topic, 0); !ok {
					t.Errorf("%s, %s: nothing says why a row shows %s", name, v.name, topic)
				}
			}
		}
		for _, topic := range query.Topics() {
			for i := range min(a.Len(), 12) {
				if y, ok := a.WhyOf(topic, i); ok {
					holds(t, name+" "+topic, y)
				}
			}
		}
	}
}

// The figures of the older views have their why too, and it is of the same
// number.
func TestOlderFiguresHaveTheirWhy(t *testing.T) {
	s, bundles := goldenBook()
	a := s.Analysis(scope)
	for i, b := range bundles {
		c, _ := s.ClientSheet(reader, clientAsk(b.Root), b)
		figures, tags := map[string]query.Figure{}, map[string]bool{}
		topicsOf(reflect.ValueOf(c), figures, tags)
		for topic, f := range figures {
			y, ok := a.WhyOf(topic, i)
			if !ok {
				t.Errorf("nothing says why %s", topic)
				continue
			}
			holds(t, topic, y)
			if topic != "category" && topic != "weight" && topic != "phase" && y.Figure.Value != f.Value || topic == "weight" && y.Figure.Text != f.Text || topic == "phase" && y.Figure.Text != f.Text {
				t.Errorf("%s of %s: %v on the sheet, %v in its why", topic, a.Codes[i], f.Value, y.Figure.Value)
			}
		}
	}
	figures, tags := map[string]query.Figure{}, map[string]bool{}
	for _, v := range []any{s.PortfolioOverview(reader, query0(1040)), s.Today(reader, todayAsk), s.TeamView(reader, query0(1040))} {
		topicsOf(reflect.ValueOf(v), figures, tags)
	}
	for topic, f := range figures {
		y, ok := a.WhyFigure(f)
		if !ok {
			y, ok = a.WhyOf(topic, 0)
		}
		if !ok {
			t.Errorf("nothing says why %s", topic)
			continue
		}
		holds(t, topic, y)
	}
	if keys := a.BandKeys(); len(keys) < 30 {
		t.Errorf("%d bands", len(keys))
	}
}

// one change by key and band, nil when it is not there
func change(y query.Why, key, band string) *query.WhyChange {
	for k := range y.Changes {
		if y.Changes[k].Key == key && (band == "" || y.Changes[k].Band == band) {
			return &y.Changes[k]
		}
	}
	return nil
}

// Method, Appendix A and the examples of B1, B2, C1, D2, E5.
func TestWhyOfTheGoldenDataset(t *testing.T) {
	s, _ := goldenBook()
	a := s.Analysis(scope)
	at := map[string]int{}
	for i, c := range a.Codes {
		at[c] = i
	}
	why := func(topic, code string) query.Why {
		y, ok := a.WhyOf(topic, at[code])
		if !ok {
			t.Fatalf("no why of %s", topic)
		}
		return y
	}
	// D2: C03 needs 3 000 to reach rank 1, C06 6 000, C07 1 000
	for code, want := range map[string]float64{"C03": 3_000_00, "C06": 6_000_00, "C07": 1_000_00, "C04": 3_000_00} {
		y := why("rlevel", code)
		if len(y.Changes) == 0 {
			t.Fatalf("%s: no change", code)
		}
		up := slices.IndexFunc(y.Changes, func(c query.WhyChange) bool { return !c.Worsened })
		if up < 0 || y.Changes[up].Need != want || !y.Changes[up].Tried {
			t.Errorf("%s climbs by %+v, want %.0f", code, y.Changes, want)
		}
	}
	y := why("pr", "C03")
	if y.Figure.Value != 1 || y.Bands[y.Band].Key != "1" || len(y.Rulers) != 2 || y.Section != "E5" || !y.Interpreted {
		t.Errorf("P–R of C03: %+v", y)
	}
	if c := change(y, "sales", "P4–R4"); c == nil || c.Value != 0 {
		t.Errorf("C03 at R4: %+v", y.Changes)
	}
	if r := y.Rulers[0]; r.At != 3 || r.Bands[3].Count != 2 || r.Bands[0].Count != 5 || r.Place != 1 {
		t.Errorf("ruler of P: %+v", r)
	}
	// B1: what brings D from 2.90 to 1.5
	y = why("devouring", "C07")
	if c := change(y, "units", ""); c == nil || y.Bands[y.Band].Key != "devours" {
		t.Errorf("C07: %+v", y)
	} else {
		u := 38 + c.Need
		near(t, "D after", (u/(203+c.Need))/(1800./27880), 1.5, 1e-9)
	}
	if c := change(y, "margin", ""); c == nil {
		t.Errorf("C07: %+v", y.Changes)
	} else {
		near(t, "D after", (38./203)/((1800_00+c.Need)/(27880_00+c.Need)), 1.5, 1e-9)
	}
	// B1: the other eleven average 15 units: at 15 C07 is on the mean
	if c := change(why("balance", "C07"), "units", "squelette"); c == nil || math.Abs(c.Need+23) > 1e-9 {
		t.Errorf("C07: %+v", why("balance", "C07").Changes)
	}
	// B2: hold for C01 (84 for 100), add for C06
	if y := why("marginal", "C01"); y.Bands[y.Band].Key != "hold" {
		t.Errorf("C01: %+v", y)
	}
	if y := why("marginal", "C06"); y.Bands[y.Band].Key != "add" || len(y.Steps) != 3 {
		t.Errorf("C06: %+v", y)
	}
	if y := why("elasticity", "C02"); y.Figure.Mark.Has() || y.Figure.Mark.Reason != explain.NoVariation {
		t.Errorf("C02: %+v", y.Figure)
	}
	// C1: C04 at −16.7 % is V; one cent over 10 800 it is M
	y = why("phase", "C04")
	if c := change(y, "sales", "M"); c == nil || c.Need != 800_01 || y.Figure.Text != "V" || y.Bands[y.Band].Key != "V" {
		t.Errorf("C04: %+v", y)
	}
	// A3: break-even of C07 is 12 667 €
	if c := change(why("net", "C07"), "sales", "earns"); c == nil || c.Need < 6_666_00 || c.Need > 6_667_00 {
		t.Errorf("C07 net: %+v", why("net", "C07").Changes)
	}
	// D1: C08 is B; at 4 000 more it ranks before C05
	if y := why("weight", "C08"); y.Figure.Text != "B" || change(y, "sales", "A") == nil || len(y.Rulers) != 1 || y.Rulers[0].At != 1 {
		t.Errorf("C08: %+v", y)
	}
	// whole: the units to move from M to C so that 67 + x = 98 − x
	v := a.MaturityView(query.MaturityAsk{})
	y, _ = a.WhyFigure(v.Effort.Ratio)
	if c := change(y, "move-to-c", "held"); c == nil || c.Need != 15.5 || y.Bands[y.Band].Key != "behind" {
		t.Errorf("C ÷ M: %+v", y)
	}
	if y, _ := a.WhyFigure(a.PotentialView(query.PotentialAsk{}).Alignment); y.Bands[y.Band].Key != "habit" || len(y.Changes) != 1 {
		t.Errorf("alignment: %+v", y)
	}
}

// F1: the families that a Why asks for bring the speed over its threshold, one
// fewer does not.
func TestSpeedsTurnAtTheirThresholds(t *testing.T) {
	a := story(200).Analysis(scope)
	r, kappa := a.Loyalty().Reading, loyalty.Defaults().Kappa
	n := 0
	for i := range a.Len() {
		y, _ := a.WhyOf("engagement-type", i)
		s := &r.Speed[i]
		for _, c := range y.Changes {
			rate, exposure, fast := s.Adoption, s.Elsewhere, r.FastAdoption
			if c.Key == "exclude" {
				rate, exposure, fast = s.Exclusion, s.WithUs, r.FastExclusion
			}
			step, slow := 1/(exposure+kappa), rate < fast
			after := rate + c.Need*step
			if slow && (after < fast-1e-9 || after-step >= fast) || !slow && (after >= fast || after+step < fast-1e-9) || c.Worsened != (slow == (c.Key == "exclude")) {
				t.Errorf("client %d: %s by %v brings %v to %v, limit %v", i, c.Key, c.Need, rate, after, fast)
			}
			n++
		}
	}
	if n < 50 {
		t.Errorf("%d changes", n)
	}
}

// What a Why says would change a level does change it.
func TestWhatWouldChangeALevelDoes(t *testing.T) {
	a := story(120).Analysis(scope)
	n := 0
	for i := range a.Len() {
		y, _ := a.WhyOf("rlevel", i)
		for _, c := range y.Changes {
			n++
			if c.Need == 0 || c.Worsened == (c.Need > 0) {
				t.Errorf("client %d at %v: %+v", i, y.Figure.Value, c)
			}
		}
	}
	if n == 0 {
		t.Error("nothing would change any level")
	}
}

// What would change a class is tried on D1 itself: the portfolio with the other
// sales, ranked again by package weight.
func TestWhatWouldChangeAClassDoes(t *testing.T) {
	a := story(120).Analysis(scope)
	n := 0
	for i := range a.Len() {
		y, _ := a.WhyOf("weight", i)
		for _, c := range y.Changes {
			if c.Key != "sales" {
				continue
			}
			n++
			sales := slices.Clone(a.Sales)
			sales[i] += money.Cents(c.Need)
			got := weight.ABC(weight.Input{Values: sales}, weight.Defaults()).Class[i]
			if got != weight.Class(c.Value) || got.String() != c.Band || (float64(got) > y.Figure.Value) != c.Worsened {
				t.Errorf("client %d in class %v with %+v would be in %v", i, y.Figure.Value, c, got)
			}
		}
	}
	if n < 50 {
		t.Errorf("%d changes; want one at least for most of 120 clients", n)
	}
}
