package part

import (
	"strconv"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/query"
)

func load(t *testing.T, c app.Composer) app.TestEngine {
	t.Helper()
	e := app.NewTestEngine()
	if err := e.Load(c); err != nil {
		t.Fatal(err)
	}
	e.ConsumeAll()
	return e
}

// holder mounts plain elements.
type holder struct {
	app.Compo
	draw func() app.UI
}

func (h *holder) Render() app.UI { return h.draw() }

// shows fails the test unless the HTML holds every one of the words. go-app
// writes an attribute that is "true" by its name alone.
func shows(t *testing.T, ui app.UI, words ...string) string {
	t.Helper()
	s := app.HTMLString(ui)
	for _, w := range words {
		if !strings.Contains(s, w) {
			t.Errorf("no %q in\n%s", w, s)
		}
	}
	return s
}

func TestBadgesSayTheirClassInWords(t *testing.T) {
	shows(t, app.Div().Body(Phase(i18n.FR, "C", false)), "Croissance", `class="ph c"`)
	shows(t, app.Div().Body(Phase(i18n.EN, "V", true)), `aria-hidden="true">V`, "Ageing", "only") // the letter alone keeps its name
	shows(t, app.Div().Body(Phase(i18n.FR, "P", false)), "Prospect", `class="tag"`)               // no hue without a phase
	shows(t, app.Div().Body(Weight(i18n.FR, "A")), "Poids A")
	shows(t, app.Div().Body(PR(0, 3, true)), "P?–R3", "faint")
	shows(t, app.Div().Body(Score(i18n.FR, 0, explain.NA, 10)), "–")
	if s := app.HTMLString(app.Div().Body(Score(i18n.FR, 0, explain.NA, 10))); strings.Contains(s, ">0<") {
		t.Errorf("a missing score shows a zero: %s", s)
	}
}

func TestTheFurrowGaugeFillsInProportion(t *testing.T) {
	for _, c := range []struct {
		value  float64
		filled int // round(value × 16 / 100)
	}{{0, 0}, {3, 0}, {28, 4}, {78, 12}, {100, 16}} {
		s := app.HTMLString(app.Div().Body(Furrows(i18n.FR, c.value, 16, 96, 20, -1)))
		accent, _, _ := strings.Cut(s, "--border")
		if got := strings.Count(accent, "M"); got != c.filled {
			t.Errorf("%v of 100 fills %d strokes, want %d", c.value, got, c.filled)
		}
	}
	shows(t, app.Div().Body(Furrows(i18n.FR, 28, 16, 96, 20, 40)), `M38.4 0V20`, "28 sur 100") // the tick: 40 % of 96
}

func TestAChartTurnsIntoItsTable(t *testing.T) {
	c := &Chart{Lang: i18n.FR, Topic: "Maturité", Data: query.Chart{
		Pic: &chart.Spec{Histogram: &chart.Maturity{Label: "D 14"}}, Finding: "Courbe montante", Advice: "Semer des démarrages", Mark: explain.Thin(explain.FewClients),
		Rows: query.Table{Head: []string{"Phase", "Clients"}, Rows: [][]string{{"Démarrage", "14"}}},
	}}
	e := load(t, c)
	shows(t, c, "Courbe montante", "D 14", "Voir en tableau", "Semer des démarrages", "peu de données")
	c.toggle(app.Context{}, app.Event{})
	e.ConsumeAll()
	s := app.HTMLString(app.Div().Body(c.drawing()))
	for _, w := range []string{"<caption", `scope="row"`, "Démarrage", "14"} {
		if !strings.Contains(s, w) {
			t.Errorf("no %q in the table\n%s", w, s)
		}
	}
}

func TestAChartWithoutAValueSaysWhy(t *testing.T) {
	c := &Chart{Lang: i18n.EN, Topic: "Growth", Data: query.Chart{Pic: &chart.Spec{Histogram: &chart.Maturity{}}, Mark: explain.Missing(explain.NoSales)}}
	load(t, c)
	if s := shows(t, c, "No sales over the period."); strings.Contains(s, "<svg") {
		t.Errorf("draws a chart that has no value: %s", s)
	}
}

func TestAFieldTiesItsLabelHelpAndError(t *testing.T) {
	shows(t, app.Div().Body(Field(F{ID: "login", Label: "Adresse", Help: "Celle du bureau", Auto: "username"}, nil)),
		`for="login"`, `id="login"`, "Adresse", "Celle du bureau", `aria-describedby="login-help"`, `autocomplete="username"`)
	s := shows(t, app.Div().Body(Field(F{ID: "login", Label: "Adresse", Help: "Celle du bureau", Error: "Ce champ est nécessaire."}, nil)),
		"aria-invalid", `role="alert"`, "Ce champ est nécessaire.")
	if strings.Contains(s, "Celle du bureau") {
		t.Errorf("help and error at once: %s", s)
	}
	shows(t, app.Div().Body(Select(F{ID: "f", Label: "Champ", Value: "city"}, []Option{{"", "Ne pas importer"}, {"city", "Ville"}}, nil)), `value="-"`, "Ne pas importer") // else the browser takes the label for the value
	shows(t, app.Div().Body(Select(F{ID: "c", Label: "Monnaie", Value: "MAD"}, []Option{{"EUR", "Euro"}, {"MAD", "Dirham"}}, nil)), "Dirham", "selected")
}

func TestASegmentMarksTheCurrentView(t *testing.T) {
	s := shows(t, app.Div().Body(Seg("lang", "Langue", "fr", []Option{{"fr", "Français"}, {"en", "English"}}, nil)), `role="group"`, "Langue")
	if strings.Count(s, `aria-pressed="false"`) != 1 || strings.Count(s, `tabindex="-1"`) != 1 {
		t.Errorf("want one pressed and one out of the tab order: %s", s)
	}
}

func TestMessagesQueueAndAreNeverStacked(t *testing.T) {
	q := &Queue{}
	b := &Snackbar{Queue: q, Close: "Fermer"}
	e := load(t, b)
	undone := ""
	for _, name := range []string{"Écluse", "Pharmacie"} {
		q.Push(Snack{Text: "Noté : " + name, Action: "Annuler", Act: func(app.Context) { undone = name }})
	}
	if q.Shown().Text != "Noté : Écluse" {
		t.Errorf("shows %q first, want the older", q.Shown().Text)
	}
	s := app.HTMLString(app.Div().Body(b.Render()))
	if !strings.Contains(s, "Écluse") || strings.Contains(s, "Pharmacie") || !strings.Contains(s, "Annuler") || !strings.Contains(s, `role="status"`) {
		t.Errorf("want one message with Annuler, said politely: %s", s)
	}
	b.act(app.Context{}, app.Event{})
	if undone != "Écluse" || q.Shown().Text != "Noté : Pharmacie" {
		t.Errorf("undid %q, then shows %q", undone, q.Shown().Text)
	}
	b.dismiss(app.Context{}, app.Event{})
	if q.Shown() != nil {
		t.Error("still shows a message")
	}
	e.ConsumeAll()
}

func TestASheetIsADialogWithATitle(t *testing.T) {
	closed := false
	s := &Sheet{ID: "why", Eyebrow: "Pourquoi ?", Title: "Score", Close: "Fermer", Left: true,
		Body: func() []app.UI { return []app.UI{app.P().Text("78")} }, OnClose: func(app.Context) { closed = true }}
	load(t, s)
	shows(t, s, `role="dialog"`, "aria-modal", `aria-labelledby="why-title"`, "Score", "78", `aria-label="Fermer"`, "sheet left")
	s.close(app.Context{}, app.Event{})
	if !closed {
		t.Error("the cross does not close")
	}
}

func TestAWindowedListDrawsAFewRowsOfMany(t *testing.T) {
	for _, c := range []struct {
		name                string
		count               int
		height, top, screen float64
		from, to            int
	}{
		{"nothing measured yet", 5000, 0, 0, 0, 0, 24},
		{"a short list is drawn whole", 10, 54, 120, 800, 0, 10},
		{"at the top", 5000, 54, 120, 800, 0, 24},                    // (800−120)/54 = 12, +1 +8 = 21, up to 24
		{"scrolled by 1,000 rows", 5000, 54, -54000, 800, 992, 1024}, // 1000−8 = 992; 54800/54 = 1014, +1 +8 = 1023 up to 1024
		{"at the end", 5000, 54, -54 * 4990, 800, 4980, 5000},        // 4990−8 = 4982 down to 4980
		{"far beyond a list that has shrunk", 20, 54, -54000, 800, 20, 20},
	} {
		from, to := window(c.count, c.height, c.top, c.screen)
		if from != c.from || to != c.to {
			t.Errorf("%s: rows %d to %d, want %d to %d", c.name, from, to, c.from, c.to)
		}
		if to-from > listMost {
			t.Errorf("%s: %d rows in the DOM", c.name, to-from)
		}
	}
	l := NewList(List{ID: "rows", Label: "Clients", Count: 5000}, func(i int) app.UI {
		return app.Div().Attr("role", "row").Aria("rowindex", strconv.Itoa(i+2)).Text("client")
	}, nil)
	load(t, l)
	s := shows(t, l, `role="rowgroup"`, `aria-rowindex="2"`, `aria-label="Clients"`)
	if got := strings.Count(s, `role="row"`); got != listFirst {
		t.Errorf("%d rows in the DOM, want %d", got, listFirst)
	}
}

func TestNothingSetsAStyleAttribute(t *testing.T) {
	h := &holder{draw: func() app.UI {
		return app.Div().Body(Empty("Rien", "à faire", app.Text("")), Skeleton("Lecture", 3), Hint("in", app.Text("x")), Fault("x", "y", func(app.Context) {}),
			Toggle("a", "A", "big", true, nil), Chip("b", "B", "3", false, nil), IconChip("c", "cart", "C", "big", false, nil),
			Area(F{ID: "n", Label: "Note"}, 3, nil), Spark([]float64{1, 2, 3}, 92, 24), Icon("sun"), Mark("34"),
			Card("Titre", nil), Tel("06 12 00 41 18").Text("06"), Mailto("a@b.example").Text("a"))
	}}
	load(t, h)
	s := shows(t, h, `href="tel:0612004118"`, "aria-busy")
	if strings.Contains(s, "style=") {
		t.Errorf("a style attribute, which the content security policy refuses: %s", s)
	}
}

func TestChartsAreDrawnForTheChosenText(t *testing.T) {
	for size, want := range map[string]int{"": 900, "100%": 900, "150%": 600, "200%": 450, "18px": 900, "0%": 900} {
		if got := atUsualText(900, size); got != want {
			t.Errorf("900 px at %q: %d, want %d", size, got, want)
		}
	}
}
