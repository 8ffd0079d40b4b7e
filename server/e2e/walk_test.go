package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// mostNodes is the budget of one page.
const mostNodes = 3000

// signs of a screen that shows what no person should read.
var signs = []struct {
	what string
	at   *regexp.Regexp
}{
	{"a number that is none", regexp.MustCompile(`\bNaN\b|[+-]?\bInf\b|∞`)},
	{"a word of the machine", regexp.MustCompile(`\bundefined\b|\bnull\b|<nil>|\[object `)},
	{"a broken format", regexp.MustCompile(`%!|\{\d(:[^}]*)?\}`)},
	{"an untranslated key", regexp.MustCompile(`(?m)^[a-z]+(-[a-z]+)*\.[a-z][a-zA-Z.-]*$`)},
}

// walk goes through pages and looks at what they show: sense, size, no error
// of the console, nothing that the content policy forbids.
func (d *device) walk(lang string, pages []string) {
	d.t.Helper()
	for _, p := range pages {
		d.follow(p)
		d.proofread(lang + " " + p)
	}
	d.clean()
}

// proofread looks at the page as it is: its text, its labels and its size.
func (d *device) proofread(where string) {
	d.t.Helper()
	text := eval[string](d, `document.body.innerText + "\n" + [...document.querySelectorAll("[aria-label],[title],[placeholder]")].map(e => [e.getAttribute("aria-label"), e.title, e.placeholder].filter(x => x).join("\n")).join("\n") + "\n" + [...document.querySelectorAll("svg text, svg title, svg desc")].map(e => e.textContent).join("\n")`)
	for _, s := range signs {
		if found := s.at.FindString(text); found != "" {
			i := strings.Index(text, found)
			d.t.Errorf("%s: %s shows %s, %q, in %q", d.name, where, s.what, found, text[max(0, i-60):min(len(text), i+60)])
		}
	}
	if n := d.count("*"); n > mostNodes {
		d.t.Errorf("%s: %s has %d nodes; the budget is %d", d.name, where, n, mostNodes)
	}
	if n := d.count("h1"); n != 1 {
		d.t.Errorf("%s: %s has %d titles of the first level", d.name, where, n)
	}
}

// TestEveryPageReadsWell walks all pages as a rep and as a manager, in both
// languages.
func TestEveryPageReadsWell(t *testing.T) {
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.visit("/")
	maelle.wait("the sign-in", `document.querySelector("#login")`)
	maelle.proofread("the sign-in")
	maelle.signIn("maelle", demoPassword)
	nathalie := tablet(t, office, "nathalie")
	nathalie.signIn("nathalie", demoPassword)
	for _, lang := range []string{"fr", "en"} {
		for _, d := range []*device{maelle, nathalie} {
			eval[bool](d, fmt.Sprintf(`(localStorage.setItem("sillon.lang", %q), true)`, lang))
			d.visit("/clients")
			d.settled()
			rows := d.rows()
			pages := []string{"/", "/clients", "/clients?tri=urgency&filtre=due", "/clients?q=zzz", "/portefeuille", "/importer", "/journal", "/journal/remplacees", "/reglages", "/reglages/regles", "/portefeuille/maturite?periode=n-1", "/portefeuille/contacts", "/nulle-part", "/clients/00000000-0000-7000-8000-000000000000"}
			if d == nathalie {
				pages = append(pages, "/equipe")
			}
			for i := 0; i < len(rows); i += 9 {
				pages = append(pages, rows[i].Path)
			}
			d.walk(lang, pages)
			// What opens above the pages.
			d.follow(rows[0].Path)
			d.click(".fc-score .figb")
			d.wait("the reasons of a figure", `document.querySelector("#why .steps")`)
			d.proofread(lang + " the reasons")
			d.click("#why .btn.icon")
			d.wait("the sheet closed", `!document.querySelector("#why")`)
			d.click("#me-rail")
			d.wait("the menu", `document.querySelector("#menu")`)
			d.proofread(lang + " the menu")
			d.click("#menu .btn.icon")
			if d == maelle {
				d.click("#log-new")
				d.wait("the form", `document.querySelector("#logsheet .outc")`)
				d.proofread(lang + " the form")
				d.click("#logsheet .sheet-h .btn.icon")
			}
			d.follow("/portefeuille")
			for d.count(`.chart-f button[aria-pressed=false]`) > 0 {
				n := d.count(`.chart-f button[aria-pressed=false]`)
				d.click(`.chart-f button[aria-pressed=false]`)
				d.wait("the table of a chart", fmt.Sprintf(`document.querySelectorAll(".chart-f button[aria-pressed=false]").length < %d`, n))
			}
			d.proofread(lang + " the tables of the portfolio")
			d.clean()
		}
	}
}
