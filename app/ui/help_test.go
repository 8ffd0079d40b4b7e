package ui

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
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

// The glossary opens on the words of the figure, and loses none of the others;
// the sources are those that the page cites.
func TestWordsAndSourcesAreThoseOfTheFigure(t *testing.T) {
	for _, lang := range method.Languages {
		glossary, _ := method.Annex(lang, "glossary")
		sources, ok := method.Annex(lang, "sources")
		if !ok {
			t.Fatalf("no sources in %s", lang)
		}
		for topic, id := range sections {
			mine, others := wordsOf(glossary, id)
			if n := strings.Count(mine+others, "\n\n"); n != strings.Count(glossary, "\n\n")-1 {
				t.Errorf("%s, %s: %d words of the glossary", lang, topic, n)
			}
			if mine == "" && id != "foresight" { // a forecast has no word of its own
				t.Errorf("%s, %s: no word of the glossary belongs to %s", lang, topic, id)
			}
			page, _ := method.Page(lang, id)
			own := sourceOf(page)
			if own == "" {
				t.Errorf("%s: page %s names no source", lang, id)
			}
			if strings.Contains(own, "S0") != strings.Contains(citedIn(own, sources), "*S0*") {
				t.Errorf("%s: %s cites %q, and is told %q", lang, id, own, citedIn(own, sources))
			}
		}
		own := "S4 is a signal (S1, W25, W36). Ratios: W14; brackets: W29."
		got := citedIn(own, sources)
		for code, want := range map[string]bool{"S1*": true, "W25, W26": true, "W17, W36": true, "S4*": false, "W1*": false, "W14*": true, "W29*": true} {
			if strings.Contains(got, "*"+code) != want {
				t.Errorf("%s: %q cites %s: %v", lang, got, code, !want)
			}
		}
	}
}

// The three buttons open one text at a time, and close it.
func TestThePageTheWordsAndTheSourcesOpen(t *testing.T) {
	e := NewEnv(nil, i18n.FR, "test", nil)
	all := ""
	for _, id := range method.IDs() {
		text, _ := method.Page("fr", id)
		all += "\f" + id + "\n" + text
	}
	for _, name := range method.Annexes {
		text, _ := method.Annex("fr", name)
		all += "\f" + name + "\n" + text
	}
	h := &help{E: e, Topic: "penetration", all: all}
	h.show("words")
	reads(t, h, "Les mots de ce chiffre pénétration, part de client, taux de nourriture : vos ventes ÷ son potentiel. En anglais : penetration, share of wallet.", "Les autres mots", "MESORE")
	h.show("sources")
	reads(t, h, "Nom : attesté (S0) ; reste à gagner : attesté (W15).", "S0 : Pascal Py, Manager ses clients (2002)", "W15, W16 : ABC croisée")
	if contains(text(h), "Les autres mots") {
		t.Error("two texts are open")
	}
	h.show("page")
	reads(t, h, "E4 — ", "Ce que cela décide")
	h.show("page")
	if contains(text(h), "Ce que cela décide") {
		t.Error("the page does not close")
	}
	h.all = "\fa1\n# One\n" // a file of before the glossary
	h.show("words")
	reads(t, h, "Cette page n'est pas encore sur la tablette")
}

// A screen opens its own page, without words or sources apart.
func TestAScreenOpensItsPage(t *testing.T) {
	for _, id := range []string{"year", "week", "places"} {
		page, ok := method.Page("fr", id)
		if !ok {
			t.Fatalf("no page %s", id)
		}
		h := &help{E: NewEnv(nil, i18n.FR, "test", nil), Page: id, all: "\f" + id + "\n" + page}
		reads(t, h, "La page de la méthode")
		if contains(text(h), "Glossaire") {
			t.Error("a button opens the words of no figure")
		}
		h.show("page")
		reads(t, h, "Ce que cela décide", "Limites")
	}
}
