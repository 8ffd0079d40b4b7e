package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// nameless lists what a screen reader could not announce: controls without a
// name, identifiers used twice, navigations that do not say where one is, and
// what takes the focus with nothing to show it.
const nameless = `(() => {
	const out = new Set(), seen = new Set();
	const what = e => e.tagName.toLowerCase() + "." + (e.getAttribute("class") || e.id);
	const text = id => (document.getElementById(id) || {textContent: ""}).textContent;
	for (const e of document.querySelectorAll("[id]")) {
		if (seen.has(e.id)) out.add("twice the identifier " + e.id);
		seen.add(e.id);
	}
	for (const e of document.querySelectorAll("a[href],button,input,select,textarea,summary,[role=button],[role=dialog],[role=img],nav,[tabindex='0']")) {
		if (!e.getClientRects().length || e.getAttribute("aria-hidden") === "true") continue;
		const name = e.getAttribute("aria-label") || (e.getAttribute("aria-labelledby") || "").split(" ").map(text).join("") ||
			(e.labels && [...e.labels].map(l => l.textContent).join("")) || (e.matches("input,select,textarea,nav,[role=dialog]") ? "" : e.textContent) || "";
		if (!name.trim()) out.add("no name on " + what(e));
	}
	for (const n of document.querySelectorAll("nav")) {
		if (n.getClientRects().length && n.querySelectorAll("[aria-current]").length > 1) out.add("several places at once in the navigation");
	}
	return [...out];
})()`

func (d *device) named(where string) {
	d.t.Helper()
	if bad := eval[[]string](d, nameless); len(bad) > 0 {
		d.t.Errorf("%s: %s:\n\t%s", d.name, where, strings.Join(bad, "\n\t"))
	}
}

// TestEverythingHasAName goes through the pages and what opens above them:
// names, the place in the navigation, a focus that is seen, Escape that closes
// and gives the focus back.
func TestEverythingHasAName(t *testing.T) {
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.visit("/")
	maelle.wait("the sign-in", `document.querySelector("#login")`)
	maelle.named("the sign-in")
	maelle.signIn("maelle", demoPassword)
	maelle.follow("/clients")
	one := maelle.rows()[0].Path
	for path, place := range map[string]string{"/": "/", "/clients": "/clients", one: "/clients", "/portefeuille": "/portefeuille", "/importer": "", "/journal": "", "/journal/remplacees": "", "/reglages": "", "/reglages/regles": "", "/portefeuille/contacts": "/portefeuille"} {
		maelle.follow(path)
		maelle.named(path)
		if at := eval[string](maelle, `[...document.querySelectorAll(".rail [aria-current=page]")].map(e => e.getAttribute("href")).join(" ")`); at != place {
			t.Errorf("at %s the navigation says %q; want %q", path, at, place)
		}
	}
	for _, s := range []struct{ page, opener, sheet string }{
		{one, ".fc-score .figb", "#why"}, {one, "#log-new", "#logsheet"}, {"/", "#me-rail", "#menu"}, {"/clients", ".topbar .acts > button.icon", ".sheet"},
	} {
		maelle.follow(s.page)
		maelle.click(s.opener)
		maelle.wait("the sheet "+s.sheet, fmt.Sprintf(`document.querySelector(%q) && document.querySelector(%[1]q).contains(document.activeElement)`, s.sheet))
		maelle.named("the sheet " + s.sheet)
		maelle.key(kb.Tab)
		maelle.wait("a focus that is seen in "+s.sheet, fmt.Sprintf(`(e => document.querySelector(%q).contains(e) && (getComputedStyle(e).boxShadow !== "none" || e.closest(".field") && getComputedStyle(e.closest(".field")).boxShadow !== "none"))(document.activeElement)`, s.sheet))
		maelle.key(kb.Escape)
		maelle.wait("the focus back on "+s.opener, fmt.Sprintf(`!document.querySelector(%q) && document.activeElement === document.querySelector(%q)`, s.sheet, s.opener))
	}
	maelle.give(frenchFile(t, frenchClients(30)))
	maelle.checked()
	maelle.named("the columns of an import")
	maelle.clickText("Retour")
	maelle.clean()

	nathalie := tablet(t, office, "nathalie")
	nathalie.signIn("nathalie", demoPassword)
	nathalie.follow("/equipe")
	nathalie.named("the team")
	nathalie.clean()
}
