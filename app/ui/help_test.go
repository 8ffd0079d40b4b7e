package ui

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/docs/method"
	"sillon/engine/query"
)

// Each topic names a page that exists, and the page shows without a mark of its
// source.
func TestTopicsHaveTheirPage(t *testing.T) {
	for topic, id := range sections {
		for _, lang := range method.Languages {
			text, ok := method.Page(lang, id)
			if !ok {
				t.Errorf("%s: no page %s in %s", topic, id, lang)
			}
			html := app.HTMLString(app.Div().Body(paragraphs(text)...))
			if strings.Contains(html, "##") || strings.Contains(strings.ReplaceAll(html, "A*", ""), "*") {
				t.Errorf("%s: marks are left in %s", id, html)
			}
		}
	}
}

// Every topic that has a Why has the page its Why names, and no topic has a
// page that nothing asks for.
func TestEveryTopicHasThePageOfItsWhy(t *testing.T) {
	g := lay(t, 12)
	for _, b := range g.bundles {
		g.snap.Deepen(b)
	}
	a := g.snap.Analysis(7)
	if a == nil {
		t.Fatal("no analysis")
	}
	topics := map[string]bool{}
	for _, topic := range query.Topics() {
		topics[topic] = true
		w, ok := a.WhyOf(topic, 0)
		if !ok {
			w, ok = a.WhyFigure(query.Figure{Topic: topic})
		}
		if got, want := sections[topic], strings.ToLower(w.Section); !ok || got != want {
			t.Errorf("%s opens the page %q, its Why names %q", topic, got, want)
		}
	}
	for topic := range sections {
		if !topics[topic] {
			t.Errorf("%s has a page, but no Why", topic)
		}
	}
}

func TestAPageIsCutOutOfTheFile(t *testing.T) {
	all := "\fa1\n# One\n\ntext\n\fa11\n# Eleven\n"
	if got := helpPage(all, "a1"); got != "# One\n\ntext\n" {
		t.Errorf("a1 is %q", got)
	}
	if got := helpPage(all, "a11"); got != "# Eleven\n" {
		t.Errorf("a11 is %q", got)
	}
	if got := helpPage(all, "b"); got != "" {
		t.Errorf("a page that is not there gives %q", got)
	}
}
