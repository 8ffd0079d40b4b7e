package ui

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
)

// Each figure of a row opens its reasons, and those of the five others are one
// tap away; the number is the one of the row.
func TestARowSaysWhy(t *testing.T) {
	g := lay(t, -1)
	g.deepen()
	e, _, page := g.visit(t, "/clients")
	p := page.(*clientsPage)
	r, _ := p.rows.at(0)
	if html := e.rowHTML(r, 0, 0, 1, false); strings.Count(html, "<button") != 2 || !strings.Contains(html, `class="wy" title="Pourquoi`) {
		t.Errorf("a row has a box and one button for its reasons: %s", html)
	}
	text := func(k int) string {
		return app.HTMLString(app.Div().Text(e.whyNumber(rowFigures(r)[k])))
	}
	for k, want := range []string{i18n.Number(i18n.FR, float64(int(r.Score+.5))), "", "", "P–R = ", i18n.Percent(i18n.FR, r.Penetration), i18n.None} {
		p.whyRow(0, k)
		if e.why == nil || e.why.figure.Topic != rowTopics[k].topic || len(e.why.row) != len(rowTopics) || e.why.subject != Subject(r.Name, r.ID) {
			t.Fatalf("%s: %+v", rowTopics[k].topic, e.why)
		}
		if !strings.Contains(text(k), want) {
			t.Errorf("%s is %s, want %s", rowTopics[k].topic, text(k), want)
		}
	}
	engine := app.NewTestEngine()
	w := &whyPane{E: e, Figure: e.why.figure, Subject: e.why.subject, Row: e.why.row}
	if err := engine.Load(w); err != nil {
		t.Fatal(err)
	}
	engine.ConsumeAll()
	reads(t, w, "Score Poids Phase P–R Pénétration Risque", r.Name)
	for _, f := range e.why.row {
		p, _ := why(t, g, f, e.why.subject)
		if a := p.answer(); a == nil || len(a.Why.Steps) == 0 {
			t.Errorf("%s has no steps", f.Topic)
			continue
		}
		if shown := p.shown(); f.Mark.Has() && f.Text != "" && f.Text != shown.Text || f.Mark.Has() && f.Text == "" && f.Value != shown.Value {
			t.Errorf("%s: %v in the row, %v in its reasons", f.Topic, f, shown)
		}
	}
	p.whyRow(5000, 0) // not here
}
