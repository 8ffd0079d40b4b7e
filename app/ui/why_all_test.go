package ui

import (
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sillon/app/i18n"
	"sillon/docs/method"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/query"
)

// What a Why must have (design, "Pourquoi"), and which topics are dispensed with
// a part of it, each for a reason. A dispense that is no longer needed fails.
var (
	// The method sets no limit on these, or the limit is not of the figure.
	noBands = map[string]string{
		"units": "a count of contacts", "invested": "an amount", "gross": "an amount", "left": "an amount",
		"margin-rate-client": "a rate without a limit (A3)", "break-even": "it is itself the threshold, of the sales", "break-even-order": "the threshold of an order",
		"bearable": "it is itself the threshold, of the visits", "proposed": "a count of visits", "planned-visits": "a share of the whole stock of visits (H6)",
		"contact-advice": "a table of rules: its class and its sensitivity have bands", "weapon": "a list of rules in order: the first that holds (I5)",
		"maturity-index": "no limit on the index (C4): its families have phases", "breadth-client": "one side of the penetration, which has bands",
		"contact-key": "a key to share contacts by", "heading": "where his relation settles: no limit (F1)", "regularity": "no limit (F3)", "rfm": "a code of three quintiles",
		"effort-index": "the mean of his objectives: 1 is all of them (G2)", "stake": "an amount; what it decides, retain, has classes",
		"tie": "no limit (J6)", "expected": "a forecast",
		"plevel": "its ruler is its thresholds: quarters of the potential", "rlevel": "its ruler is its thresholds: quarters of the sales",
		"climb": "the amount to the next floor, on the ruler of floors", "criterion.p": "the floors of its ruler give its points", "criterion.r": "the floors of its ruler give its points",
		"planned": "days an appointment has waited",
	}
	// No single scale sets the clients side by side.
	noRuler = map[string]string{
		"balance": "a class of two measures", "engagement-type": "a class of two speeds", "retain": "a decision of a stake and a gain",
		"behaviour": "read by client only, a part of the engagement, which has one", "attitude": "read by client only, a part of the engagement, which has one",
	}
	// Nothing that a person does moves it at once, or it moves as another figure
	// that has its own changes.
	noChange = map[string]string{
		"units": "each contact adds its own weight: no threshold to reach", "invested": "each contact adds its price", "gross": "moves as the sales",
		"margin-rate-client": "moves as prices do", "break-even": "follows the amount invested", "break-even-order": "follows the price of a visit", "bearable": "follows the margin",
		"elasticity": "what two years of contacts measured", "maturity-index": "the sum of the phases of his families", "left": "moves as sales and potential do: tried live",
		"breadth-client": "the families of the penetration", "contact-key": "moves as the position, which has changes", "heading": "moves as the two speeds, which have changes",
		"behaviour": "a part of the engagement, which has changes", "attitude": "a part of the engagement, which has changes", "regularity": "the past gaps between orders",
		"rfm": "a rank among all", "effort-balance": "moves with every effort of both sides", "effort-index": "the objectives say what moves it",
		"score-seven": "its criteria have their own reasons", "planned-visits": "the whole stock is shared again", "planned": "the appointment is logged",
		"stake": "moves as the margin and the risk", "retain": "moves as the margin and the risk", "weapon": "the first rule that holds", "tie": "moves with the tools he uses",
		"expected": "a forecast",
	}
	// The figures of the whole that have a threshold.
	wholeBands = map[string]bool{"net-all": true, "whale": true, "return-group": true, "cm": true, "floor-top": true, "hhi": true, "hhi-potential": true, "hhi-effort": true,
		"alignment": true, "per-unit": true}
)

// interpreted are the sections whose arithmetic is ours, which the specification
// wants said beside the number (method, 0.7): the two speeds and what they
// class, and the position P–R. The score is not of them: its grid is attested
// (W18), its weights are a setting.
var interpreted = []string{"e5", "f1", "f2"}

// Every topic, for a client of the demo that has it: its meaning, three steps
// with numbers at most, its ruler, its thresholds with the band in force, what
// would change it, the date, what it rests on.
func TestEveryTopicOfAClientIsExplained(t *testing.T) {
	g := lay(t, -1)
	g.deepen()
	a := g.snap.Analysis(7)
	r := g.reader("fr")
	used := map[string]bool{}
	dispensed := func(list map[string]string, name, topic string, has bool) {
		why, is := list[topic]
		used[name+topic] = true
		switch {
		case is && has:
			t.Errorf("%s has its %s: the dispense (%s) is not needed", topic, name, why)
		case !is && !has:
			t.Errorf("%s has no %s", topic, name)
		}
	}
	n := 0
	for _, topic := range query.Topics() {
		if _, ok := a.WhyOf(topic, 0); !ok {
			continue // of the whole
		}
		n++
		for _, lang := range []i18n.Lang{i18n.FR, i18n.EN} {
			if m := i18n.Meaning(lang, topic); strings.Count(m, ". ") > 1 || m == "" || i18n.Topic(lang, topic) == "" {
				t.Errorf("%s in %s: %q is no sentence", topic, lang, m)
			}
		}
		found, steps, rulers, bands, band, changes, missing := 0, 0, 0, 0, 0, 0, 0
		for i := range a.Len() {
			w := a.WhyTab(r, query.WhyAsk{Lang: "fr", Figure: query.Figure{Topic: topic}}, i)
			y := &w.Why
			if !w.Known || y.AsOf != a.AsOf || y.Section == "" || y.Interpreted != slices.Contains(interpreted, strings.ToLower(y.Section)) || len(y.Steps) > 3 {
				t.Fatalf("%s of client %d: %+v", topic, i, y)
			}
			if sections[topic] != strings.ToLower(y.Section) {
				t.Fatalf("%s: page %q, section %q", topic, sections[topic], y.Section)
			}
			if !y.Figure.Mark.Has() {
				missing++
				if y.Figure.Mark.Reason == explain.None {
					t.Errorf("%s of client %d is missing, and nobody says why", topic, i)
				}
				continue
			}
			found++
			steps += min(1, len(y.Steps))
			for _, s := range y.Steps {
				if name, value := i18n.Step(i18n.FR, "EUR", s); name == "" || value == "" || s.Value-s.Value != 0 {
					t.Errorf("%s of client %d: step %q %q", topic, i, name, value)
				}
			}
			for k := range w.Rulers {
				if w.Rulers[k].Pic != nil {
					rulers++
					break
				}
			}
			bands += min(1, len(y.Bands))
			if y.Band >= 0 {
				band++
			}
			changes += min(1, len(y.Changes))
			if slices.ContainsFunc(y.Data, func(d query.WhyData) bool { return d.Key == "estimates" && d.N > 0 }) && a.Known[i] && y.Confidence <= 0 {
				t.Errorf("%s of client %d rests on an estimate, without a confidence", topic, i)
			}
			if len(y.Data) == 0 && topic != "planned" {
				t.Errorf("%s of client %d rests on no fact", topic, i)
			}
		}
		if found == 0 {
			if missing == 0 || topic != "expected" && topic != "planned" && topic != "breadth-client" {
				t.Errorf("no client of the demo has %s", topic)
			}
			continue
		}
		if steps != found {
			t.Errorf("%s: %d of %d clients have steps", topic, steps, found)
		}
		dispensed(noBands, "thresholds", topic, bands > 0)
		if bands > 0 || noBands[topic] == "" || strings.Contains(noBands[topic], "ruler") {
			dispensed(noRuler, "ruler", topic, rulers > 0)
		}
		dispensed(noChange, "changes", topic, changes > 0)
		if bands > 0 && band*2 < found {
			t.Errorf("%s: only %d of %d clients lie in a band", topic, band, found)
		}
	}
	if n < 50 {
		t.Errorf("%d topics of a client", n)
	}
	for name, list := range map[string]map[string]string{"thresholds": noBands, "ruler": noRuler, "changes": noChange} {
		for topic := range list {
			if !used[name+topic] && !slices.Contains([]string{"expected", "planned", "breadth-client"}, topic) {
				t.Errorf("%s is dispensed of %s, and was not looked at", topic, name)
			}
		}
	}
}

// Every figure of the tabs, of Today, of the team and of the sheet, whoever it
// is asked about: the reasons are known, are of the same number, and have steps.
func TestEveryFigureOfAScreenHasSteps(t *testing.T) {
	g := lay(t, -1)
	g.deepen()
	a := g.snap.Analysis(7)
	r := g.reader("fr")
	seen := map[string]bool{}
	look := func(screen string, view any, i int) {
		figures := map[string]query.Figure{}
		figuresOf(reflect.ValueOf(view), figures)
		for _, topic := range slices.Sorted(maps.Keys(figures)) {
			f := figures[topic]
			w := a.WhyTab(r, query.WhyAsk{Lang: "fr", Figure: f}, i)
			if !w.Known { // of the client that the row names
				w = a.WhyTab(r, query.WhyAsk{Lang: "fr", Figure: f}, a.Index(g.first().ID))
			}
			seen[topic] = true
			y := &w.Why
			switch {
			case !w.Known:
				t.Errorf("%s: nothing explains %s", screen, topic)
			case y.Figure.Mark.Has() && len(y.Steps) == 0:
				t.Errorf("%s: %s has no step", screen, topic)
			}
			if i < 0 && w.Known && wholeBands[topic] && f.Mark.Has() && (len(y.Bands) == 0 || y.Band < 0) {
				t.Errorf("%s: %s has no band", screen, topic)
			}
			if y.Interpreted != slices.Contains(interpreted, sections[topic]) {
				t.Errorf("%s: %s is interpreted: %v", screen, topic, y.Interpreted)
			}
			if i18n.Meaning(i18n.FR, topic) == "" {
				t.Errorf("%s: %s has no meaning", screen, topic)
			}
		}
	}
	i := a.Index(g.first().ID)
	base := query.TabBase{}
	look("maturity", a.MaturityTab(r, query.MaturityTabAsk{}, base), -1)
	look("weight", a.WeightTab(r, query.WeightTabAsk{}, base), -1)
	look("contacts", a.ContactsTab(r, query.ContactsTabAsk{}, base), -1)
	look("potential", a.PotentialTab(r, query.PotentialTabAsk{}, base), -1)
	look("overview", g.snap.PortfolioOverview(r, query.PortfolioAsk{}), -1)
	look("team", g.snap.TeamView(r, query.PortfolioAsk{}), -1)
	look("today", g.snap.Today(r, query.TodayAsk{}), i)
	look("sheet", a.SheetTab(r, query.SheetAsk{ID: g.first().ID}, i), i)
	if len(seen) < 85 {
		t.Errorf("only %d figures on the screens", len(seen))
	}
}

// A page says « méthode interprétée » where the specification says so, and
// nowhere else; what is attested and what is not is in its sources.
func TestWhatIsInterpretedIsSaid(t *testing.T) {
	for _, id := range slices.Sorted(maps.Keys(pagesOf())) {
		text, ok := method.Page("fr", id)
		if !ok {
			t.Fatalf("no page %s", id)
		}
		if got, want := strings.Contains(text, "Méthode interprétée"), slices.Contains(interpreted, id); got != want {
			t.Errorf("the page %s says that its method is interpreted: %v, want %v", id, got, want)
		}
		if own := sourceOf(text); !strings.Contains(own, "attest") && !strings.Contains(own, "nterprét") && !strings.Contains(own, "(") {
			t.Errorf("%s: the sources %q do not say what is attested", id, own)
		}
	}
	g := lay(t, -1)
	g.deepen()
	first := g.first()
	a := g.snap.Analysis(7)
	for topic, want := range map[string]bool{"score": false, "pr": true, "rlevel": true, "contact-key": true, "adoption": true, "exclusion": true, "engagement-type": true, "heading": true,
		"plevel": false, "penetration": false, "weight": false, "phase": false, "departure": false, "balance": false, "net": false, "category": false} {
		f, _ := a.FigureOf(topic, a.Index(first.ID))
		w, _ := why(t, g, f, Subject(first.Name, first.ID))
		if got := contains(text(w), "méthode interprétée"); got != want {
			t.Errorf("%s is shown as interpreted: %v, want %v", topic, got, want)
		}
	}
}

func pagesOf() map[string]bool {
	out := map[string]bool{}
	for _, id := range sections {
		out[id] = true
	}
	return out
}

// The score on its rulers: the three parts, their sum, the band of the scale,
// what would change it in money, and a value tried.
func TestTheScoreIsExplainedOnItsRulers(t *testing.T) {
	g := lay(t, -1)
	g.deepen()
	a := g.snap.Analysis(7)
	i := 0 // R3, P4, note 3: (4×3 + 4×4 + 2×3) ÷ 10 = 3.4, (3.4 − 1) ÷ 3 = 80 (method, H5: the bars of C01)
	level := func(topic string) float64 { f, _ := a.FigureOf(topic, i); return f.Value }
	for ; i < a.Len(); i++ {
		if level("rlevel") == 3 && level("plevel") == 4 && math.Abs(level("criterion.typology")-40./3) < 1e-9 {
			break
		}
	}
	f, _ := a.FigureOf("score", i)
	w, engine := why(t, g, f, Subject(a.Cards[i].Name, a.Cards[i].ID))
	short := func(c money.Cents) string {
		return strings.ReplaceAll(i18n.MoneyShort(i18n.FR, int64(c), "EUR"), "\u00a0", " ")
	}
	reads(t, w, a.Cards[i].Name, " 80 De 0 à 100", "CA "+short(a.Sales[i]), "Potentiel "+short(a.Worth[i]), "+26,7", "+40", "+13,3",
		"26,7 + 40 + 13,3 = 80", "La méthode ne pose pas de seuil ici", "dès 75", "Ce qui le changerait", "R4, donc 93,3", "Essayer une valeur", "La page de la méthode", "Glossaire", "Sources")
	y := w.answer().Why
	if len(w.answer().Rulers) != 3 || y.Bands[y.Band].Key != "scale.4" {
		t.Errorf("%d rulers, band %d", len(w.answer().Rulers), y.Band)
	}
	// what is said to change it does, tried live: R4 gives four points of four
	k := slices.IndexFunc(y.Changes, func(c query.WhyChange) bool { return c.Key == "sales" && c.Band == "R4" })
	if k < 0 {
		t.Fatalf("no way up: %+v", y.Changes)
	}
	w.open(w.answer())
	w.slide(w.ctx, y.Changes[k].Need)
	engine.ConsumeAll()
	if w.tried == nil || w.tried.Tried == nil || math.Abs(w.tried.Tried.Value-y.Changes[k].Value) > 1e-9 || math.Abs(w.tried.Tried.Value-f.Value-40./3) > 1e-9 {
		t.Fatalf("tried %+v, want %v", w.tried, y.Changes[k])
	}
	w.slide(w.ctx, y.Changes[k].Need-1)
	engine.ConsumeAll()
	if w.tried.Tried.Value != f.Value || w.tried.Band != 3 {
		t.Errorf("one cent less gives %v, band %d", w.tried.Tried.Value, w.tried.Band)
	}
}

// One asks why of a step, and again, down to the fact: each time the number is
// that of the step, and the subject is the same; and comes back up.
func TestWhyIsAskedOfAStep(t *testing.T) {
	g := lay(t, -1)
	g.deepen()
	first := g.first()
	a := g.snap.Analysis(7)
	f, _ := a.FigureOf("score", a.Index(first.ID))
	w, engine := why(t, g, f, Subject(first.Name, first.ID))
	w.E.why = &whyAsk{figure: f, subject: w.Subject}
	down := []string{"score", "criterion.p", "plevel", "potential"}
	for k, topic := range down {
		y := w.answer()
		if y == nil || y.Why.Figure.Topic != topic || len(y.Why.Steps) == 0 {
			t.Fatalf("%d down: %+v, want %s", k, y, topic)
		}
		if k == len(down)-1 {
			break
		}
		at := slices.IndexFunc(y.Why.Steps, func(s explain.Step) bool { return deeper(topic, s) == down[k+1] })
		if at < 0 {
			t.Fatalf("%s: no step leads to %s: %+v", topic, down[k+1], y.Why.Steps)
		}
		step := y.Why.Steps[at]
		reads(t, w, i18n.Topic(i18n.FR, down[k+1]))
		w.trail = append(w.trail, w.shown())
		w.turn(query.Figure{Topic: down[k+1], Mark: explain.Mark{Status: explain.NA}})
		engine.ConsumeAll()
		if got := w.shown().Value; got != step.Value {
			t.Errorf("%s is %v, the step that led to it says %v", down[k+1], got, step.Value)
		}
	}
	reads(t, w, "Revenir à : "+i18n.Topic(i18n.FR, "plevel"))
	// every way down leads to a topic that has a reading, of the step's number
	n := 0
	for _, topic := range query.Topics() {
		for i := range min(a.Len(), 40) {
			y, ok := a.WhyOf(topic, i)
			if !ok || !y.Figure.Mark.Has() {
				continue
			}
			for _, s := range y.Steps {
				to := deeper(topic, s)
				if to == "" {
					continue
				}
				d, ok := a.WhyOf(to, i)
				if !ok && to != "visit-price" {
					t.Fatalf("%s leads to %s, which nothing explains", topic, to)
				}
				if ok && d.Figure.Mark.Has() && s.Text == "" && math.Abs(d.Figure.Value-s.Value) > 1e-9*(1+math.Abs(s.Value)) {
					t.Errorf("client %d: the step %s of %s says %v, %s says %v", i, s.Key, topic, s.Value, to, d.Figure.Value)
				}
				n++
			}
		}
	}
	if n < 1000 {
		t.Errorf("%d ways down", n)
	}
}
