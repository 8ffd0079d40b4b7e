package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sillon/engine/portfolio"
)

// TestManyClientsAtOnce is the list of clients with the server dead: some are
// selected with the finger and with the keys, tagged, taken back, tagged again,
// filtered by their tag, the filter is named, the page reloaded; back on line it
// has all arrived, once.
func TestManyClientsAtOnce(t *testing.T) {
	office := startDemo(t)
	d := tablet(t, office, "maelle")
	d.signIn("maelle", demoPassword)
	d.wait("the copy of the application kept on the device", `navigator.serviceWorker.controller`)
	office.kill()

	ticked := func(n int) {
		t.Helper()
		d.wait(fmt.Sprintf("%d rows selected", n), fmt.Sprintf(`document.querySelectorAll("#rows .tick[aria-checked=true]").length === %d`, n))
	}
	tagged := func(n int) {
		t.Helper()
		d.wait(fmt.Sprintf("%d rows tagged", n), fmt.Sprintf(`document.querySelectorAll("#rows .c-place .tag").length === %d && !document.querySelector("[role=dialog]")`, n))
	}
	shift := func(key string) {
		t.Helper()
		d.do("press Shift and an arrow", chromedp.KeyEvent(key, chromedp.KeyModifiers(8)))
	}

	d.follow("/clients")
	d.click("#tick-0")
	d.click("#tick-2")
	ticked(2)
	d.waitText("2 fiches")
	d.fits("the list with rows selected")
	d.clickIn(".cl-act", "Étiqueter")
	d.fill("#bulk-word", "Salon 2026")
	d.clickIn("#bulk-sheet", "Ajouter")
	d.waitSnack("« Salon 2026 » posée sur 2 fiches.")
	tagged(2)
	d.waitChip("Hors connexion · 1 action gardée ici") // one act, whatever the number
	d.clickIn(".snack", "Annuler")
	tagged(0)
	d.waitChip("Hors connexion · 2 actions gardées ici")

	// By the keys: none, then a row, the two under it, and the tag again.
	d.key(kb.Escape)
	ticked(0)
	eval[bool](d, `(document.getElementById("row-0").focus(), true)`)
	d.key("x")
	ticked(1)
	shift(kb.ArrowDown)
	ticked(2)
	shift(kb.ArrowDown)
	ticked(3)
	if at := eval[string](d, `document.activeElement.id`); at != "row-2" {
		t.Errorf("the focus is on %q; want the last row selected", at)
	}
	d.clickIn(".cl-act", "Étiqueter")
	d.fill("#bulk-word", "salon 2026")
	d.clickIn("#bulk-sheet", "Ajouter")
	tagged(3)

	// Filtered by its tag, in any spelling; the filter gets a name and a count.
	d.follow("/clients?etiquette=SALON+2026")
	tagged(3)
	if got := d.clients(); got != 3 {
		t.Errorf("%d clients bear the tag", got)
	}
	d.click(".cl-new")
	d.fill("#view-name", "Au salon")
	d.clickIn("#views-sheet", "Enregistrer")
	d.wait("the named filter, lit and counted", `[...document.querySelectorAll(".cl-chips .chip[aria-pressed=true]")].map(e => e.innerText).join("|").replace(/\s+/g, " ") === "Au salon 3"`)

	// All of it, by Ctrl+A; an objective of those of whom one can be asked.
	eval[bool](d, `(document.getElementById("row-1").focus(), true)`)
	d.do("press Ctrl+A", chromedp.KeyEvent("a", chromedp.KeyModifiers(2)))
	ticked(3)
	d.clickIn(".cl-act", "Fixer un objectif")
	d.wait("what can be asked", `document.querySelector("#bulk-sheet .fs-eff button, #bulk-sheet .verdict")`)
	d.key(kb.Escape)
	d.clickIn(".cl-act", "Exporter")
	d.waitSnack("3 fiches exportées en CSV.")
	d.key(kb.Escape)

	// A reload without network finds all of it; so does a misspelt name.
	d.visit("/clients?etiquette=Salon+2026")
	d.settled()
	tagged(3)
	d.wait("the named filter, kept and counted", `[...document.querySelectorAll(".cl-chips .chip")].some(e => e.innerText.replace(/\s+/g, " ") === "Au salon 3")`)
	d.visit("/clients?q=brasserei+ecluze")
	d.settled()
	d.waitText("Brasserie de l'Écluse")
	d.waitText("Rien d'exactement « brasserei ecluze »")

	// The sheet shows the tag, and leads back to its list.
	d.visit("/clients?etiquette=Salon+2026")
	d.settled()
	d.click("#row-0")
	d.click(".topbar .sub .tag")
	d.wait("the list of the tag", `location.pathname + location.search === "/clients?etiquette=Salon+2026"`)

	// On a phone a row is selected by a long press, then by a tap.
	d.size(390, 844)
	d.visit("/clients")
	d.settled()
	eval[bool](d, `(async () => {
		const row = document.querySelectorAll("#rows [role=row]")[1], r = row.getBoundingClientRect();
		const touch = new Touch({identifier: 1, target: row, clientX: r.left + 80, clientY: r.top + 20});
		row.dispatchEvent(new TouchEvent("touchstart", {bubbles: true, cancelable: true, touches: [touch], changedTouches: [touch]}));
		await new Promise(ok => setTimeout(ok, 700));
		row.dispatchEvent(new TouchEvent("touchend", {bubbles: true, cancelable: true, touches: [], changedTouches: [touch]}));
		await new Promise(ok => setTimeout(ok, 1000));
		return true;
	})()`)
	ticked(1)
	d.tap("another row", `document.querySelectorAll("#rows [role=row]")[0]`)
	ticked(2)
	d.fits("the list with rows selected, on a phone")
	if path := eval[string](d, `location.pathname`); path != "/clients" {
		t.Errorf("a tap that selects has opened %s", path)
	}
	d.clean()

	office = office.again(t)
	d.waitChip("À jour")
	office.gets(t, portfolio.KindTag, 3, 0)
	office.accounted(t)
}
