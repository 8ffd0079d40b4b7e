package ui

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// figuresOf gathers the figures of a view, by topic.
func figuresOf(v reflect.Value, into map[string]query.Figure) {
	switch v.Kind() {
	case reflect.Struct:
		if f, ok := v.Interface().(query.Figure); ok {
			if f.Topic != "" {
				into[f.Topic] = f
			}
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				figuresOf(v.Field(i), into)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			figuresOf(v.Index(i), into)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			figuresOf(v.Elem(), into)
		}
	}
}

// why opens the reasons of a figure and waits for them.
func why(t *testing.T, g *ground, f query.Figure, subject string) (*whyPane, app.TestEngine) {
	t.Helper()
	e, engine, _ := g.visit(t, "/clients")
	p := &whyPane{E: e, Figure: f, Subject: subject}
	if err := engine.Load(p); err != nil {
		t.Fatal(err)
	}
	engine.ConsumeAll()
	return p, engine
}

func TestEveryFigureOfTheSheetHasItsWhy(t *testing.T) {
	g := lay(t, 60)
	g.deepen()
	first := g.first()
	_, _, p := openSheet(t, g)
	shown := map[string]query.Figure{}
	figuresOf(reflect.ValueOf(p.view.Value), shown)
	figuresOf(reflect.ValueOf(p.deep.Value), shown)
	if len(shown) < 50 {
		t.Errorf("only %d figures on the sheet", len(shown))
	}
	a := g.snap.Analysis(7)
	i := a.Index(first.ID)
	for topic := range shown {
		y, ok := a.WhyOf(topic, i)
		if !ok {
			if y, ok = a.WhyFigure(shown[topic]); !ok {
				t.Errorf("%s has no Why", topic)
				continue
			}
		}
		for _, lang := range []i18n.Lang{i18n.FR, i18n.EN} {
			if i18n.Meaning(lang, topic) == "" || !i18n.Has("topic."+topic) {
				t.Errorf("%s is not worded in %s", topic, lang)
			}
			for _, b := range y.Bands {
				if topic != "pr" && i18n.Band(lang, topic, b.Key) == b.Key && len(b.Key) > 2 {
					t.Errorf("%s: band %s is not worded", topic, b.Key)
				}
			}
			for _, c := range y.Changes {
				if !i18n.Has("change." + c.Key) {
					t.Errorf("%s: change %s is not worded", topic, c.Key)
				}
			}
		}
		if sections[topic] == "" {
			t.Errorf("%s has no page of the method", topic)
		}
	}
}

// Every figure that the pages draw as a button opens reasons that say its
// meaning, with the steps of the method or why there are none.
func TestTheReasonsOfTheSheetAreRead(t *testing.T) {
	g := lay(t, 60)
	g.deepen()
	first := g.first()
	_, _, p := openSheet(t, g)
	shown := map[string]query.Figure{}
	figuresOf(reflect.ValueOf(p.deep.Value), shown)
	for topic, f := range shown {
		if f.Mark.Steps != nil {
			t.Errorf("%s: the sheet carries steps", topic)
		}
		w, _ := why(t, g, f, Subject(first.Name, first.ID))
		s := text(w)
		if !strings.Contains(s, first.Name) || strings.Contains(s, "NaN") || strings.Contains(s, "\x00") {
			t.Errorf("%s: %s", topic, s)
		}
		if a := w.answer(); topic != "visit-price" && (a == nil || a.Why.Figure.Mark.Has() && len(a.Why.Steps) == 0 && a.Why.Section == "") {
			t.Errorf("%s: no reading", topic)
		}
	}
}

func TestThePositionIsExplainedOnItsRulers(t *testing.T) {
	g := lay(t, -1)
	g.deepen()
	first := g.first()
	a := g.snap.Analysis(7)
	f, _ := a.FigureOf("pr", a.Index(first.ID))
	w, engine := why(t, g, f, Subject(first.Name, first.ID))
	reads(t, w, first.Name, "P–R = ", "méthode interprétée", "Potentiel 71,4 k€", "P4", "Chaque case vaut un quart du total", "Ce qui le changerait", "Essayer une valeur",
		"donc P–R =", "Calculé sur cette tablette", "La page de la méthode")
	if html := app.HTMLString(w); strings.Count(html, `class="why-r"`) != 2 || strings.Count(html, `aria-current="step"`) != 1 {
		t.Errorf("want two rulers and one band lit: %s", html)
	}
	// a value tried: with nothing left of his sales he is in R0
	w.open(w.answer())
	w.slide(w.ctx, -float64(a.Sales[a.Index(first.ID)]))
	engine.ConsumeAll()
	if w.tried == nil || w.tried.Tried == nil || w.tried.Tried.Value != float64(first.P) {
		t.Fatalf("tried %+v, want a gap of %d", w.tried, first.P)
	}
	reads(t, w, "de CA en moins", "Aujourd'hui P–R =", "puis P–R = +"+i18n.Number(i18n.FR, float64(first.P)))
}

func TestARiskIsTriedSignalBySignal(t *testing.T) {
	g := lay(t, -1)
	g.deepen()
	a := g.snap.Analysis(7)
	for i := range a.Len() {
		y, _ := a.WhyOf("departure", i)
		var codes []string
		for _, c := range y.Changes {
			if code, ok := strings.CutPrefix(c.Key, "signal."); ok {
				codes = append(codes, code)
			}
		}
		if len(codes) == 0 {
			continue
		}
		w, engine := why(t, g, y.Figure, Subject(a.Cards[i].Name, a.Cards[i].ID))
		w.open(w.answer())
		if w.try != "signals" {
			t.Fatalf("tries %q", w.try)
		}
		w.off = codes[:1]
		w.send(w.ctx, &query.Trial{Key: "signals", Settled: w.off})
		engine.ConsumeAll()
		want := a.WhatIf(query.WhatIfAsk{Settled: codes[:1]}, i).P.Value
		if w.tried == nil || w.tried.Tried == nil || math.Abs(w.tried.Tried.Value-want) > 1e-12 {
			t.Fatalf("tried %+v, want %v", w.tried, want)
		}
		reads(t, w, "Probabilité de départ", "Aujourd'hui "+nakedSpaces(i18n.Percent(i18n.FR, y.Figure.Value)), "puis "+nakedSpaces(i18n.Percent(i18n.FR, want)))
		return
	}
	t.Error("nobody has a signal")
}

func TestAFigureThatTheMethodDoesNotReadKeepsItsOwnSteps(t *testing.T) {
	g := lay(t, 20)
	w, _ := why(t, g, query.Figure{Topic: "penetration", Value: .28, Unit: explain.Percent, Mark: explain.Sound(explain.Amount("potential.sales", money.Cents(1_840_000)))}, "Maëlle")
	if w.answer() != nil {
		t.Skip("read as the portfolio's")
	}
	reads(t, w, "Maëlle", "28 %", "18,4 k€", "Calculé sur cette tablette")
}

func TestReasonsWaitForTheWorkerAndOutliveItsFault(t *testing.T) {
	g := lay(t, 20)
	g.refuse["why"] = &bridge.Fault{Code: bridge.FaultWorker}
	w, _ := why(t, g, query.Figure{Topic: "score", Value: 80, Unit: explain.Points, Mark: explain.Sound()}, "Maëlle")
	reads(t, w, "Maëlle", "80", "Calculé sur cette tablette")
}

func TestSubjectsAreReadBack(t *testing.T) {
	id := portfolio.ID{1, 2, 3}
	if name, got, scope := subjectOf(Subject("Écluse", id)); name != "Écluse" || got != id || scope != 0 {
		t.Errorf("%q %v %d", name, got, scope)
	}
	if name, got, scope := subjectOf(Whole("Yann", 7)); name != "Yann" || !got.IsZero() || scope != 7 {
		t.Errorf("%q %v %d", name, got, scope)
	}
	if name, got, scope := subjectOf("Yann"); name != "Yann" || !got.IsZero() || scope != 0 {
		t.Errorf("%q %v %d", name, got, scope)
	}
}
