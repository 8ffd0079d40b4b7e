package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestTwoTabletsWriteTheSameField: a rep corrects the same field on two tablets
// that do not see each other. The later value is in place everywhere, the other
// is shown, and one tap takes it back.
func TestTwoTabletsWriteTheSameField(t *testing.T) {
	office := startDemo(t)
	car, desk := tablet(t, office, "maelle in the car"), tablet(t, office, "maelle at her desk")
	car.signIn("maelle", demoPassword)
	car.kept()
	desk.signIn("maelle", demoPassword)
	desk.kept()
	c := car.brief()
	car.follow(c.Path)
	desk.follow(c.Path)
	office.kill()
	car.fillField("Code postal", "35401")
	car.waitChip("Hors connexion · 1 action gardée ici")
	desk.fillField("Code postal", "35402")
	desk.waitChip("Hors connexion · 1 action gardée ici")

	office = office.again(t)
	for _, d := range []*device{car, desk} {
		d.wait("the last value in place", fmt.Sprintf(`document.getElementById(%q).value === "35402"`, d.fieldID("Code postal")))
		d.waitChip("1 fiche à relire")
	}
	car.waitText("valeur remplacée")
	car.waitText("La vôtre : 35401")
	car.click(".sync")
	car.waitText("Ce qui a été remplacé")
	car.wait("both values", says("35401")+" && "+says("35402"))
	car.proofread("the replaced values")
	car.tap("the value that was replaced", `[...document.querySelectorAll(".opt")].find(o => o.innerText.includes("35401"))`)
	car.waitSnack("35401 est en place")
	for _, d := range []*device{car, desk} {
		d.waitChip("À jour")
		d.follow(c.Path)
		d.wait("the value taken back", fmt.Sprintf(`document.getElementById(%q).value === "35401"`, d.fieldID("Code postal")))
		d.clean()
	}
	office.accounted(t)
}

// TestFilesThatLeave exports clients and visits as a French spreadsheet opens
// them; what looks like a formula is text.
func TestFilesThatLeave(t *testing.T) {
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.onEveryPage(`window.__files = []; (real => { URL.createObjectURL = b => { window.__files.push(b); return real.call(URL, b) } })(URL.createObjectURL)`)
	maelle.signIn("maelle", demoPassword)
	maelle.follow("/clients")
	n := maelle.clients()
	maelle.click(`button[aria-label="Ajouter un client"]`)
	maelle.fill("#new-name", `=HYPERLINK("http://ailleurs.example")`)
	maelle.clickIn("#new-sheet", "Ajouter")
	maelle.wait("its sheet", `location.pathname.startsWith("/clients/")`)
	maelle.settled()
	maelle.logOnSheet("Commande")
	maelle.follow("/reglages")
	file := func(button string) string {
		maelle.clickText(button)
		maelle.wait("a file", `__files.length > 0`)
		return eval[string](maelle, `__files.pop().arrayBuffer().then(b => new TextDecoder("utf-8", {ignoreBOM: true}).decode(b))`)
	}
	clients := file("Exporter les clients")
	lines := strings.Split(strings.TrimSuffix(clients, "\r\n"), "\r\n")
	if !strings.HasPrefix(clients, "\ufeffCode client;Raison sociale;") {
		t.Errorf("the file of clients begins %.60q", clients)
	}
	if len(lines) != n+1+1 {
		t.Errorf("the file of clients has %d lines; want a header and %d clients", len(lines), n+1)
	}
	if strings.Contains(clients, ";=HYPERLINK") || strings.Contains(clients, `;"=HYPERLINK`) || !strings.Contains(clients, "HYPERLINK") {
		t.Error("a formula goes out as a formula")
	}
	if visits := file("Exporter les visites"); !strings.HasPrefix(visits, "\ufeffDate;") || !strings.Contains(visits, "Commande") {
		t.Errorf("the file of visits begins %.60q", visits)
	}
	maelle.clean()
}

// key presses a key, as on a keyboard.
func (d *device) key(keys string) {
	d.t.Helper()
	d.do("press "+keys, chromedp.KeyEvent(keys))
}

// TestWithoutAPointer goes through the main job with the keyboard alone.
func TestWithoutAPointer(t *testing.T) {
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.signIn("maelle", demoPassword)
	focused := func(what, js string) {
		t.Helper()
		maelle.wait("the focus on "+what, fmt.Sprintf(`(e => %s)(document.activeElement)`, js))
	}
	maelle.key("g")
	maelle.key("p")
	maelle.wait("the portfolio", `location.pathname === "/portefeuille"`)
	focused("the title", `e.id === "title"`)
	maelle.key("/")
	maelle.wait("the clients", `location.pathname === "/clients"`)
	focused("the search", `e.type === "search"`)
	maelle.key("ecluse")
	maelle.wait("the client found", `document.querySelectorAll(".cl-row .c-name a").length === 1`)
	for range 30 {
		if eval[bool](maelle, `document.activeElement.matches(".c-name a")`) {
			break
		}
		maelle.key(kb.Tab)
	}
	maelle.key(kb.Enter)
	maelle.wait("its sheet", `location.pathname.startsWith("/clients/") && document.querySelector(".fc-score")`)
	maelle.key("n")
	focused("the form", `e.closest("#logsheet")`)
	for range 12 {
		if eval[bool](maelle, `document.activeElement.matches("#logsheet .outc button")`) {
			break
		}
		maelle.key(kb.Tab)
	}
	maelle.key(kb.Enter)
	maelle.wait("the visit saved on the device", `(document.querySelector("#logsheet .kept [role=status]") || {innerText: ""}).innerText.includes("Enregistré")`)
	maelle.key(kb.Escape)
	maelle.wait("the form closed", `!document.querySelector("#logsheet")`)
	maelle.waitText("Commande")
	maelle.key("?")
	maelle.waitText("Raccourcis clavier")
	maelle.key(kb.Escape)
	maelle.wait("the keys closed", `!document.querySelector("[role=dialog]")`)
	maelle.clean()
}

// TestAManagerOpensAPortfolio goes from a card of the team to that rep's
// portfolio and clients, and can change nothing there.
func TestAManagerOpensAPortfolio(t *testing.T) {
	office := startDemo(t)
	nathalie := tablet(t, office, "nathalie")
	nathalie.signIn("nathalie", demoPassword)
	for _, rep := range []string{"Yann Le Goff", "Soizic Madec"} {
		nathalie.follow("/equipe")
		nathalie.clickIn(".team-lay", rep)
		nathalie.wait("the portfolio", `location.pathname === "/portefeuille"`)
		nathalie.settled()
		area := map[string]string{"Yann Le Goff": "Pays de Rennes", "Soizic Madec": "Golfe du Morbihan"}[rep]
		nathalie.wait("the portfolio of "+rep, fmt.Sprintf(`document.querySelector(".topbar .sub").innerText.includes(%q)`, area))
		nathalie.waitText("lecture")
	}
	nathalie.follow("/clients")
	nathalie.follow(nathalie.rows()[0].Path)
	nathalie.waitText("lecture")
	if n := nathalie.count("#log-new, .btn.fc-add, .fc-fields input:not([readonly]), .fc-fields select:not([disabled])"); n != 0 {
		t.Errorf("a manager has %d ways to change a rep's client", n)
	}
	nathalie.clean()
}
