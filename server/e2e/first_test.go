package e2e

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// newcomer founds an organisation through the one-time link and adds one rep,
// who has nothing yet.
func newcomer(t *testing.T) *server {
	t.Helper()
	office := start(t, binary(t), "serve", freeAddr(t), t.TempDir())
	link := regexp.MustCompile(`http://\S+/setup\?token=\S+`).FindString(office.out.String())
	boss := tablet(t, office, "the founder")
	boss.visit(link)
	boss.waitText("Essayer avec un exemple") // before there is an organisation
	boss.fill("#org", "Kerouan Fournitures")
	boss.fill("#name", "Mona Kerouan")
	boss.fill("#login", "mona@example.com")
	boss.fill("#password", "une phrase assez longue")
	boss.click("form button[type=submit]")
	boss.waitChip("À jour")
	boss.waitText("Vos commerciaux n'ont pas encore de clients")
	boss.close()
	add := exec.Command(office.cmd.Path, "user", "add", "-db", "sqlite:"+filepath.Join(office.data, "sillon.db"), "-login", "ana", "-name", "Ana Le Goff", "-role", "rep", "-password-stdin")
	add.Stdin = strings.NewReader(demoPassword + "-1\n")
	if out, err := add.CombinedOutput(); err != nil {
		t.Fatalf("user add: %v: %s", err, out)
	}
	return office
}

// databases are the names of what the device keeps.
func (d *device) databases() string {
	d.t.Helper()
	return eval[string](d, `indexedDB.databases().then(all => all.map(x => x.name.replace(/u-.*/, "u")).sort().join(" "))`)
}

// work is everything that the databases of users hold of records, operations
// and notes, as one text: keys, and a sum over the sealed values.
func (d *device) work() string {
	d.t.Helper()
	return eval[string](d, `(async () => {
		const sum = b => { let h = 2166136261; for (const x of new Uint8Array(b.buffer || b)) h = Math.imul(h ^ x, 16777619) >>> 0; return h };
		const get = r => new Promise((ok, no) => { r.onsuccess = () => ok(r.result); r.onerror = () => no(r.error) });
		const lines = [];
		for (const {name} of await indexedDB.databases()) {
			if (!name.startsWith("sillon-u-")) continue;
			const db = await get(indexedDB.open(name));
			for (const store of db.objectStoreNames) {
				if (store === "meta" || store === "cols") continue; // when the last exchange was; what is derived
				const tx = db.transaction(store).objectStore(store);
				const [keys, values] = [await get(tx.getAllKeys()), await get(tx.getAll())];
				keys.forEach((k, i) => lines.push(store + " " + k + " " + sum(values[i])));
			}
			db.close();
		}
		return lines.join("\n");
	})()`)
}

// intoExample waits until the example is open and shows its day.
func (d *device) intoExample() {
	d.t.Helper()
	d.waitFor(3*patience, "the example", says("Exemple : ces données sont fictives")+` && location.pathname === "/" && document.querySelector(".brief")`)
	d.settled()
}

// eraseExample erases from the band, and reads first what goes.
func (d *device) eraseExample(goes ...string) {
	d.t.Helper()
	d.click("#demo-erase")
	for _, g := range goes {
		d.wait("the sheet saying "+g, says(g))
	}
	d.click("#demo-erase-go")
	d.wait("the end of the example", `!document.querySelector(".demo-band") && document.querySelector("#title")`)
}

// triesRules changes the rules of a portfolio: the effect first, then in force,
// undone, and what cannot be refused with its bounds.
func (d *device) triesRules() {
	d.t.Helper()
	d.follow("/reglages/regles")
	own := func(n string) { d.t.Helper(); d.waitText(n + " sur 12") }
	own("0 règle propre")
	d.fill("#rule-dcmv-gUp-0", "20")
	d.wait("the effect of growth from 20 %", `/^[1-9]\d* clients? sur \d+ changent? de phase$/.test(document.querySelector(".effect .q")?.innerText`+plainJS+`)`)
	told := d.text(".effect .q")
	d.waitText("Croissance dès : 20 %, au lieu de 5 %")
	if d.count(".movers li") == 0 || d.count(".flows li") == 0 {
		d.t.Errorf("the effect names %d clients, %d moves", d.count(".movers li"), d.count(".flows li"))
	}
	own("0 règle propre")
	d.click("#rule-apply")
	d.waitSnack("Appliqué : Croissance dès.")
	own("1 règle propre")
	d.clickIn(".snack", "Annuler")
	own("0 règle propre")
	d.fill("#rule-dcmv-gUp-0", "20")
	d.wait("the same effect again", fmt.Sprintf(`document.querySelector(".effect .q")?.innerText%s === %q`, plainJS, told))
	d.click("#rule-apply")
	own("1 règle propre")
	d.click("#rule-dcmv-gUp .step button:last-child")
	d.clickIn(".effect", "Valeur de la méthode") // to the method's value, its effect first
	d.waitText("Croissance dès : 5 %, au lieu de 20 %")
	d.click("#rule-apply")
	own("0 règle propre")
	d.fill("#rule-window-months-0", "2")
	d.waitText("Entre 3 et 60. La valeur en place reste.")
	if !eval[bool](d, `document.querySelector("#rule-apply").disabled`) {
		d.t.Error("a value out of bounds can be applied")
	}
	d.clickIn(".effect", "Abandonner")
	d.wait("the value in force", `document.querySelector("#rule-window-months-0").value === "12"`)
	d.click("#rule-risk-amber .step button:first-child") // told by the analysis
	d.wait("an effect on risk", `/niveau de risque|Rien ne change/.test(document.querySelector(".effect .q")?.innerText)`)
	d.click("#rule-score-weights .wrow:nth-child(2) .step button:last-child")
	d.wait("an effect on ranks", `/changent de rang/.test(document.querySelector(".effect .q")?.innerText) && document.querySelectorAll(".effect .chart-d svg").length === 2`)
	d.clean()
}

// TestTheFirstRun: a device of nobody tries the example with the server dead; a
// rep without a client imports, tries, works in the example, comes back and
// erases it. Nothing of it stays on the device, nothing reached the server, and
// the rep's own clients have not moved.
func TestTheFirstRun(t *testing.T) {
	office := newcomer(t)
	ana := tablet(t, office, "ana")
	ana.visit("/")
	ana.waitText("Essayer avec un exemple")
	ana.kept()
	empty := ana.databases()
	office.kill()
	ana.click("#try")
	ana.intoExample()
	ana.waitChip("Exemple · rien ne part")
	ana.clean()
	ana.logHere("Commande")
	ana.follow("/portefeuille")
	ana.waitText("Côte d'Émeraude")
	ana.triesRules()
	ana.follow("/importer")
	ana.waitText("Votre fichier a sa place dans votre portefeuille")
	ana.visit("/clients") // a new start, still without the server
	ana.waitText("Exemple : ces données sont fictives")
	ana.eraseExample("216 fiches fictives disparaissent", "actions que vous y avez faites disparaissent")
	ana.wait("the sign-in", `document.querySelector("#login")`)
	if left := ana.databases(); left != empty {
		t.Errorf("the device keeps %q after the example, %q before", left, empty)
	}

	office = office.again(t)
	ana.fill("#login", "ana")
	ana.fill("#password", demoPassword+"-1")
	ana.click("form button[type=submit]")
	ana.waitChip("À jour")
	ana.waitText("Pas encore de clients sur cet appareil")
	ana.clickText("Importer un fichier")
	ana.give(frenchFile(t, frenchClients(12)))
	ana.checked()
	ana.bring()
	ana.waitChip("À jour")
	ops := office.operations(t, "ana")
	for end := time.Now().Add(30 * time.Second); ops == 0 && time.Now().Before(end); ops = office.operations(t, "ana") {
		time.Sleep(200 * time.Millisecond) // the chip may be that of the exchange before
	}
	ana.waitChip("À jour")
	before, names := ana.work(), ana.databases()
	if ops == 0 || !strings.Contains(before, "root ") {
		t.Fatalf("%d operations arrived, and the device holds %d lines", ops, strings.Count(before, "\n"))
	}

	ana.follow("/reglages")
	ana.click("#try")
	ana.intoExample()
	first := ana.logHere("Avancée")
	ana.waitChip("Exemple · rien ne part")
	ana.click("#demo-leave")
	ana.wait("one's own day", `!document.querySelector(".demo-band") && document.querySelector(".sync")`)
	ana.follow("/clients")
	if n := ana.clients(); n != 12 {
		t.Errorf("%d clients beside the example, want 12", n)
	}
	ana.follow("/reglages")
	ana.clickText("Rouvrir l'exemple")
	ana.intoExample()
	ana.visit(first.Path)
	ana.waitText(first.Name)
	ana.eraseExample("216 fiches fictives disparaissent", "1 action que vous y avez faite disparaît", "ne bougent pas")
	ana.waitChip("À jour")
	if after := ana.work(); after != before {
		t.Errorf("one's own records and operations have moved:\n%s\n--- before\n%s", after, before)
	}
	if left := ana.databases(); left != names {
		t.Errorf("the device keeps %q after the example, %q before", left, names)
	}
	ana.visit(first.Path)
	ana.settled()
	if ana.shows(first.Name) {
		t.Error("a client of the example can still be opened")
	}
	if n := office.operations(t, "ana"); n != ops {
		t.Errorf("%d operations at the server, %d before the example", n, ops)
	}
	office.accounted(t)
	ana.clean()
}
