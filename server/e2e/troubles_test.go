package e2e

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"sillon/engine/portfolio"
)

// TestASessionThatEndsInTheMiddleOfASending: what is left stays on the device,
// work goes on, and everything arrives once after a new sign-in.
func TestASessionThatEndsInTheMiddleOfASending(t *testing.T) {
	office := startDemo(t)
	line := newFront(t, freeAddr(t), office)
	maelle := tablet(t, office, "maelle")
	maelle.at = line.url("")
	maelle.signIn("maelle", demoPassword)
	maelle.kept()
	visits, cards := office.records(t, portfolio.KindContact), office.records(t, portfolio.KindAccount)
	office.kill()
	maelle.give(frenchFile(t, frenchClients(600)))
	maelle.checked()
	maelle.bring()

	// When the first of several sendings has arrived, the next one finds the
	// session gone.
	books, ended := office, false
	line.mu.Lock()
	line.before = func(_ int, r *http.Request) http.Handler {
		if r.URL.Path == "/api/1/sync" && !ended && books.records(t, portfolio.KindAccount) > cards {
			ended = true
			books.endSessions(t, "maelle")
		}
		return nil
	}
	line.mu.Unlock()
	office = office.again(t)
	maelle.waitChip("Se reconnecter")
	arrived := office.records(t, portfolio.KindAccount) - cards
	if arrived == 0 || arrived >= 600 {
		t.Errorf("%d of 600 clients arrived before the session ended; the test wants it in the middle", arrived)
	}

	// The day goes on as without network.
	maelle.follow("/")
	maelle.logHere("Commande")
	maelle.waitChip("Se reconnecter")
	maelle.follow("/journal")
	maelle.waitText("Gardées ici")

	maelle.click(".sync")
	maelle.fill("#login", "maelle")
	maelle.fill("#password", demoPassword)
	maelle.click("form button[type=submit]")
	maelle.waitChip("À jour")
	office.gets(t, portfolio.KindAccount, 600, cards)
	office.gets(t, portfolio.KindContact, 1, visits)
	office.accounted(t)
	maelle.clean()
}

// A wrong clock is told to the page and to the worker alike: both load this
// file first. Dates are made from it, by Go as well.
const shiftClock = `(() => {
	const by = %d * 86400e3, Real = Date;
	const Shifted = class extends Real { constructor(...a) { if (a.length) super(...a); else super(Real.now() + by) } static now() { return Real.now() + by } };
	globalThis.Date = Shifted;
})();`

// TestAClockTenDaysWrong works with a tablet whose clock is far off: it says
// so, and nothing is lost, refused or doubled. A visit keeps the day that the
// tablet gave it (sync.md 2.12).
func TestAClockTenDaysWrong(t *testing.T) {
	for name, days := range map[string]int{"ten days fast": 10, "ten days slow": -10} {
		t.Run(name, func(t *testing.T) {
			office := startDemo(t)
			line := newFront(t, freeAddr(t), office)
			line.change["/wasm_exec.js"] = prefix(fmt.Sprintf(shiftClock, days))
			visits := office.records(t, portfolio.KindContact)
			maelle := tablet(t, office, "maelle")
			maelle.at = line.url("")
			maelle.signIn("maelle", demoPassword)
			maelle.follow("/")
			c := maelle.logHere("Commande")
			maelle.waitChip("À jour")
			maelle.follow("/journal")
			maelle.waitText("min d'écart : réglez l'heure de la tablette")
			office.gets(t, portfolio.KindContact, 1, visits)
			office.accounted(t)

			nathalie := tablet(t, office, "nathalie")
			nathalie.signIn("nathalie", demoPassword)
			nathalie.follow(c.Path)
			maelle.follow(c.Path)
			if his, hers := nathalie.history(), maelle.history(); !slices.Equal(his, hers) {
				t.Errorf("the manager reads %q, the rep %q", his, hers)
			}
			orders := 0
			for _, h := range nathalie.history() {
				if strings.HasPrefix(h, maelle.today()+" ") && strings.Contains(h, "Commande") { // a visit's, or a call's
					orders++
				}
			}
			if orders != 1 {
				t.Errorf("the order is %d times in the history, on the day of the tablet; want once: %q", orders, nathalie.history())
			}
			nathalie.clean()
		})
	}
}

// TestAWorkerThatDies ends the engine under the page: loudly, silently, and
// for good. Each time there are words, and a way on.
func TestAWorkerThatDies(t *testing.T) {
	office := startDemo(t)
	line := newFront(t, freeAddr(t), office)
	line.change["/worker.js"] = prefix(`self.addEventListener("message", e => { if (e.data === "crash") { e.stopImmediatePropagation(); setTimeout(() => { throw new Error("a crash that the test asked for") }) } });`)
	visits := office.records(t, portfolio.KindContact)
	maelle := tablet(t, office, "maelle")
	maelle.at = line.url("")
	maelle.onNew = append(maelle.onNew, spyOnWorker)
	maelle.onEveryPage(spyOnWorker)
	maelle.signIn("maelle", demoPassword)

	// A crash: another engine starts by itself, and the next order works.
	eval[bool](maelle, `(__workers.at(-1).postMessage("crash"), true)`)
	maelle.wait("another worker", `__workers.length === 2 && __calls.some(c => c.op === "hello" && c.born === __workers[1].born && c.back)`)
	maelle.logHere("Commande")
	maelle.waitChip("À jour")

	// It dies without a word while an order is on its way: the page notices,
	// says what to look at, and the second try works.
	maelle.next()
	eval[bool](maelle, `(__workers.at(-1).terminate(), true)`)
	maelle.clickIn("#log .outc", "Commande")
	maelle.waitFor(2*patience, "the words about the engine", `[...document.querySelectorAll(".snack")].some(s => s.innerText`+plainJS+`.includes("Le moteur s'est arrêté et a redémarré. Vérifiez votre dernière action, puis réessayez."))`)
	maelle.logHere("Avancée")
	maelle.waitChip("À jour")

	// It does not start any more: the page says so, keeps a button, and goes on
	// once it can.
	eval[bool](maelle, `(window.__broken = true, __workers.at(-1).postMessage("crash"), true)`)
	maelle.waitText("Le moteur de calcul s'est arrêté. Ce qui est enregistré est intact.")
	eval[bool](maelle, `(window.__broken = false, true)`)
	maelle.clickText("Relancer le moteur")
	maelle.settled()
	maelle.wait("today, again", `document.querySelector(".brief")`)
	maelle.logHere("Statu quo")
	maelle.waitChip("À jour")
	office.gets(t, portfolio.KindContact, 3, visits)
	office.accounted(t)
}

// TestAWindowThatKeepsNothing opens Sillon where nothing can be stored.
func TestAWindowThatKeepsNothing(t *testing.T) {
	office := startDemo(t)
	for name, js := range map[string]string{
		"no IndexedDB":        `if (typeof importScripts === "function") Object.defineProperty(self, "indexedDB", {value: undefined});`,
		"IndexedDB forbidden": `if (typeof importScripts === "function") IDBFactory.prototype.open = () => { throw new DOMException("forbidden here", "SecurityError") };`,
	} {
		t.Run(name, func(t *testing.T) {
			line := newFront(t, freeAddr(t), office)
			line.change["/wasm_exec.js"] = prefix(js)
			d := tablet(t, office, "somebody")
			d.t, d.at = t, line.url("")
			d.visit("/")
			d.waitText("Sillon ne peut pas travailler sur cet appareil")
			d.waitText("Recharger la page")
			if text := d.text("main"); !strings.Contains(text, "navigation privée") && !strings.Contains(text, "ne permet pas de garder des données") {
				t.Errorf("the page says %q; want why, and where to go", text)
			}
			d.proofread(name)
		})
	}
}

// fullDisk makes the worker's storage behave as on a full disk when the page
// says so: requests succeed, then their transaction aborts. (The protocol's own
// override of the quota changes nothing in Chromium 156: 40 MB go into 1 byte.)
const fullDisk = `
let full = false;
self.addEventListener("message", e => {
	if (e.data !== "full" && e.data !== "room") return;
	e.stopImmediatePropagation();
	full = e.data === "full";
});
for (const how of ["put", "add"]) {
	const real = IDBObjectStore.prototype[how];
	IDBObjectStore.prototype[how] = function (...a) {
		const r = real.apply(this, a), t = this.transaction;
		if (full) {
			Object.defineProperty(t, "error", {configurable: true, get: () => new DOMException("the disk is full", "QuotaExceededError")});
			t.waiting = (t.waiting || 0) + 1;
			queueMicrotask(() => r.addEventListener("success", () => { if (--t.waiting === 0) try { t.abort() } catch {} }));
		}
		return r;
	};
}`

// TestAFullDevice refuses whole: the rep is told, nothing is half written, and
// once there is room it works.
func TestAFullDevice(t *testing.T) {
	office := startDemo(t)
	visits, cards := office.records(t, portfolio.KindContact), office.records(t, portfolio.KindAccount)
	line := newFront(t, freeAddr(t), office)
	line.change["/worker.js"] = prefix(fullDisk)
	maelle := tablet(t, office, "maelle")
	maelle.at = line.url("")
	maelle.onEveryPage(spyOnWorker)
	maelle.signIn("maelle", demoPassword)
	c := maelle.brief()
	maelle.follow(c.Path)
	before := maelle.history()
	maelle.follow("/clients")
	mine := maelle.clients()
	maelle.follow("/")

	eval[bool](maelle, `(__workers.at(-1).postMessage("full"), true)`)
	maelle.clickIn("#log .outc", "Commande")
	maelle.waitSnack("Rien n'a été noté : L'appareil est plein. Libérez de la place, puis réessayez.")
	if strings.Contains(maelle.chip(), "gardée") {
		t.Errorf("the chip says %q after an order that was not kept", maelle.chip())
	}
	maelle.click(".snack .btn.icon")
	maelle.wait("no message", `!document.querySelector(".snack")`)
	maelle.give(frenchFile(t, frenchClients(50)))
	maelle.checked()
	maelle.click(".imp-act .btn.pri")
	maelle.waitSnack("L'appareil est plein.")
	maelle.follow("/clients")
	if n := maelle.clients(); n != mine {
		t.Errorf("%d clients after an import that found no room; want %d", n, mine)
	}
	maelle.follow(c.Path)
	if h := maelle.history(); len(h) != len(before) || h[0] != before[0] {
		t.Errorf("the history is %q after an order that was not kept; want %q", h, before)
	}

	eval[bool](maelle, `(__workers.at(-1).postMessage("room"), true)`)
	maelle.follow("/")
	maelle.logHere("Commande")
	maelle.waitChip("À jour")
	office.gets(t, portfolio.KindContact, 1, visits)
	office.gets(t, portfolio.KindAccount, 0, cards)
	office.accounted(t)
}

// TestANewerApplicationHasTheData: another tab's later version has taken the
// database; this one says so and keeps its hands off.
func TestANewerApplicationHasTheData(t *testing.T) {
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.signIn("maelle", demoPassword)
	maelle.kept()
	eval[bool](maelle, `indexedDB.databases().then(all => Promise.all(all.filter(d => d.name.startsWith("sillon-u-")).map(d => new Promise((ok, no) => {
		const r = indexedDB.open(d.name, d.version + 1);
		r.onsuccess = () => { window.__held = r.result; ok() };
		r.onerror = no;
	})))).then(() => true)`)
	maelle.clickIn("#log .outc", "Commande")
	maelle.waitSnack("Rien n'a été noté")
	maelle.visit("/")
	maelle.waitText("Une nouvelle version est en place. Ce qui est enregistré est intact : rechargez la page pour continuer.")
	maelle.proofread("a newer application")
}
