package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// fingertip lists what can be tapped on the page and is smaller than 44×44
// pixels, counting the area that an element adds around itself. Left out: links
// inside a sentence, and the marks of a drawing, whose size is their value (its
// table says the same).
const fingertip = `(() => {
	const out = new Set();
	for (const e of document.querySelectorAll("a[href],button,input,select,textarea,summary,[role=button],[tabindex='0']")) {
		const r = e.getBoundingClientRect();
		if (r.width < 2 || r.height < 2 || e.closest("svg,.sr,.skip,p") || getComputedStyle(e).visibility === "hidden") continue;
		let w = r.width, h = r.height;
		for (const at of ["::before", "::after"]) {
			const s = getComputedStyle(e, at);
			if (s.content === "none" || s.position !== "absolute") continue;
			w = Math.max(w, parseFloat(s.width) || 0);
			h = Math.max(h, parseFloat(s.height) || 0);
		}
		if (w < 43.9 || h < 43.9) out.add(e.tagName.toLowerCase() + "." + (e.getAttribute("class") || e.id) + " " + w.toFixed(0) + "×" + h.toFixed(0) + " " + (e.innerText || e.getAttribute("aria-label") || "").trim().slice(0, 24));
	}
	return [...out];
})()`

// fits fails for everything on the page that a finger would miss.
func (d *device) fits(where string) {
	d.t.Helper()
	if small := eval[[]string](d, fingertip); len(small) > 0 {
		d.t.Errorf("%s at %d×%d: under 44×44:\n\t%s", where, d.w, d.h, strings.Join(small, "\n\t"))
	}
}

// TestEverythingFitsAFinger measures the main screens on a tablet held upright
// and on a phone.
func TestEverythingFitsAFinger(t *testing.T) {
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.size(820, 1180)
	maelle.visit("/")
	maelle.wait("the sign-in", `document.querySelector("#login")`)
	maelle.fits("the sign-in")
	maelle.signIn("maelle", demoPassword)
	nathalie := tablet(t, office, "nathalie")
	nathalie.signIn("nathalie", demoPassword)
	for _, s := range []struct{ w, h int }{{820, 1180}, {390, 844}} {
		maelle.size(s.w, s.h)
		maelle.follow("/clients")
		one := maelle.rows()[0].Path
		for _, p := range []string{"/", "/clients", "/clients?poids=A&phase=M", one, "/portefeuille", "/importer", "/journal", "/journal/remplacees", "/reglages", "/reglages/regles", "/portefeuille/poids", "/portefeuille/contacts?periode=n-1"} {
			maelle.follow(p)
			maelle.fits(p)
		}
		maelle.follow(one)
		maelle.click(".fc-score .figb")
		maelle.wait("the reasons", `document.querySelector("#why .steps")`)
		maelle.fits("the reasons")
		maelle.click("#why .btn.icon")
		maelle.click("#log-new")
		maelle.wait("the form", `document.querySelector("#logsheet .outc")`)
		maelle.fits("the form")
		maelle.click("#logsheet .sheet-h .btn.icon")
		maelle.follow("/")
		maelle.click(".tabbar button")
		maelle.wait("the menu", `document.querySelector("#menu")`)
		maelle.fits("the menu")
		maelle.click("#menu .btn.icon")
		maelle.wait("the menu gone", `!document.querySelector("#menu")`)
		maelle.logHere("Absent")
		maelle.fits("what comes after a visit")
		maelle.wait("no message", `!document.querySelector(".snack")`)
		maelle.give(frenchFile(t, frenchClients(30)))
		maelle.checked()
		maelle.fits("the columns of an import")
		maelle.clickText("Retour")

		nathalie.size(s.w, s.h)
		for _, p := range []string{"/equipe", "/clients"} {
			nathalie.follow(p)
			nathalie.fits(fmt.Sprint("the manager's ", p))
		}
	}
	maelle.clean()
	nathalie.clean()
}
