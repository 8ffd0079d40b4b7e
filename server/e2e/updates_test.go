package e2e

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"sillon/engine/portfolio"
)

var next struct {
	once sync.Once
	bin  string
	err  error
}

// nextVersion builds the site and the server once more, from a copy of the tree
// where one comment of a style sheet differs.
func nextVersion(t *testing.T) string {
	t.Helper()
	next.once.Do(func() {
		tree := filepath.Join(binDir, "next")
		next.bin = filepath.Join(binDir, "sillon-next")
		if next.err = copyTree(root(), tree); next.err != nil {
			return
		}
		css := filepath.Join(tree, "web", "css", "app.css")
		b, err := os.ReadFile(css)
		if err == nil {
			err = os.WriteFile(css, append(b, "\n/* the next version */\n"...), 0o600)
		}
		if err == nil {
			err = build(tree, next.bin)
		}
		next.err = err
	})
	if next.err != nil {
		t.Fatal(next.err)
	}
	return next.bin
}

// copyTree copies what a build needs, and what spares it doing again what has
// been done.
func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(p string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, p)
		if err != nil {
			return err
		}
		switch {
		case e.IsDir() && (rel == ".git" || rel == "data" || rel == filepath.Join("docs", "screens") || e.Name() == "testdata"):
			return filepath.SkipDir
		case e.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		case filepath.Dir(rel) == "bin" && rel != filepath.Join("bin", "web-build.txt"), strings.HasSuffix(rel, ".test"), !e.Type().IsRegular():
			return nil
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), b, 0o600)
	})
}

// serves is the version of the site that an address hands out.
func serves(t *testing.T, base string) string {
	t.Helper()
	m := regexp.MustCompile(`VERSION = "([0-9a-f]+)"`).FindSubmatch(get(t, base+"/sw.js"))
	if m == nil {
		t.Fatal("sw.js names no version")
	}
	return string(m[1])
}

func (d *device) version() string {
	d.t.Helper()
	return eval[string](d, `window.sillonVersion`)
}

// kept waits until this device holds a whole copy of the application.
func (d *device) kept() {
	d.t.Helper()
	d.wait("the copy of the application kept on the device", `navigator.serviceWorker.controller`)
}

// front brings a tab before the others.
func (d *device) front() {
	d.t.Helper()
	if _, err := chromedp.Call(d.ctx, page.BringToFront, cdp.Empty{}); err != nil {
		d.fail("come to the front", err)
	}
}

// check looks for a new version, as an open application does every hour.
func (d *device) check() {
	d.t.Helper()
	eval[bool](d, `sillonUpdate.check().then(() => true)`)
}

const updateWords = "Nouvelle version prête. Vos saisies sont gardées."

// TestAnUpdateWaitsForItsUser publishes a version while a rep works.
func TestAnUpdateWaitsForItsUser(t *testing.T) {
	office := startDemo(t)
	old := serves(t, office.url(""))
	visits := office.records(t, portfolio.KindContact)
	maelle := tablet(t, office, "maelle")
	maelle.signIn("maelle", demoPassword)
	maelle.kept()
	office.kill()
	first := maelle.logHere("Commande")

	office = start(t, nextVersion(t), "demo", office.addr, office.data)
	published := serves(t, office.url(""))
	if published == old {
		t.Fatal("the next version is the same one")
	}
	maelle.waitChip("À jour") // the old version goes on with the new server
	if v := maelle.version(); v != old {
		t.Fatalf("the page is version %s without having been asked; want %s", v, old)
	}

	// Not while something is being typed.
	maelle.click("#log-new")
	maelle.fill("#log-who", "écluse")
	maelle.check()
	maelle.wait("the next version, whole", `sillonUpdate.waiting()`)
	time.Sleep(time.Second)
	if maelle.shows(updateWords) {
		t.Error("an update is offered while a form is open")
	}
	if got := eval[string](maelle, `document.querySelector("#log-who").value`); got != "écluse" {
		t.Errorf("the field holds %q after an update has come", got)
	}
	maelle.click("#logsheet .sheet-h .btn.icon")
	maelle.waitText(updateWords)
	if v := maelle.version(); v != old {
		t.Errorf("the page is version %s before its user agreed; want %s", v, old)
	}
	maelle.clean()

	maelle.clickIn(".snack", "Mettre à jour")
	maelle.wait("the next version", fmt.Sprintf(`window.sillonVersion === %q`, published))
	maelle.settled()
	maelle.follow(first.Path)
	if h := maelle.history(); len(h) == 0 || !strings.Contains(h[0], "Commande") {
		t.Errorf("the history after the update is %q; want the order on top", h)
	}
	maelle.follow("/")
	maelle.logHere("Statu quo")
	maelle.waitChip("À jour")
	if keys := eval[[]string](maelle, `caches.keys()`); len(keys) != 1 || keys[0] != "sillon-"+published {
		t.Errorf("the device keeps %q; want the next version alone", keys)
	}
	office.gets(t, portfolio.KindContact, 2, visits)
	office.accounted(t)
	maelle.clean()
}

// TestAHalfDownloadedUpdateChangesNothing cuts the line in the middle of the
// new engine: the old version works on, also after a restart without network.
func TestAHalfDownloadedUpdateChangesNothing(t *testing.T) {
	office := startDemo(t)
	old, addr := serves(t, office.url("")), office.addr
	maelle := tablet(t, office, "maelle")
	maelle.signIn("maelle", demoPassword)
	maelle.kept()
	office.kill()

	behind := start(t, nextVersion(t), "demo", freeAddr(t), office.data)
	line := newFront(t, addr, behind)
	line.cut["/engine.wasm"] = true
	eval[bool](maelle, `navigator.serviceWorker.getRegistration().then(r => r.update()).then(() => true, () => true)`)
	maelle.poll("the download that is cut", patience, func() (bool, error) { return line.called("/engine.wasm") > 0, nil })
	eval[bool](maelle, `new Promise(ok => { const look = () => navigator.serviceWorker.getRegistration().then(r => r.installing ? setTimeout(look, 50) : ok(true)); look() })`)
	if keys := eval[[]string](maelle, `caches.keys()`); len(keys) != 1 || keys[0] != "sillon-"+old {
		t.Errorf("the device keeps %q after a cut download; want the old version alone", keys)
	}
	maelle.logHere("Commande")
	maelle.waitChip("À jour")
	if maelle.shows(updateWords) {
		t.Error("half an update is offered")
	}

	maelle.close()
	line.close()
	behind.kill()
	maelle.open()
	maelle.visit("/clients?q=ecluse")
	maelle.settled()
	if v := maelle.version(); v != old {
		t.Errorf("version %s starts after a cut download; want %s", v, old)
	}
	maelle.follow("/")
	maelle.logHere("Statu quo")
	maelle.waitChip("Hors connexion · 1 action gardée ici")
	maelle.clean()

	// The line is mended: now it comes whole.
	office = start(t, nextVersion(t), "demo", addr, office.data)
	maelle.check()
	maelle.waitText(updateWords)
	maelle.clickIn(".snack", "Mettre à jour")
	maelle.wait("the next version", fmt.Sprintf(`window.sillonVersion === %q`, serves(t, office.url(""))))
	maelle.waitChip("À jour")
	office.accounted(t)
}

// syncers counts who holds, and who waits for, the right to synchronise.
func (d *device) syncers() (held, waiting int) {
	d.t.Helper()
	n := eval[[]int](d, `navigator.locks.query().then(q => [q.held, q.pending].map(l => l.filter(x => x.name.startsWith("sillon-sync-")).length))`)
	return n[0], n[1]
}

// TestTwoTabsAreOneDevice works in two tabs of one browser.
func TestTwoTabsAreOneDevice(t *testing.T) {
	office := startDemo(t)
	visits := office.records(t, portfolio.KindContact)
	one := tablet(t, office, "maelle")
	one.signIn("maelle", demoPassword)
	one.kept()
	two := one.tab()
	two.visit("/clients")
	two.settled()
	if held, waiting := one.syncers(); held != 1 || waiting != 1 {
		t.Errorf("%d tabs synchronise and %d wait; want one each", held, waiting)
	}
	one.front()
	c := one.brief()
	two.front()
	two.follow(c.Path)

	// What one tab does, the other shows: the visit, and the number kept here.
	office.kill()
	one.front()
	one.logHere("Commande")
	two.front()
	two.wait("the visit of the other tab", `document.querySelector(".fc-h").innerText.includes("Commande") && document.querySelector(".fc-h").innerText.includes("gardé ici")`)
	two.waitChip("Hors connexion · 1 action gardée ici")
	two.logOnSheet("Avancée")
	one.front()
	one.waitChip("Hors connexion · 2 actions gardées ici")
	office = office.again(t)
	one.waitChip("À jour")
	two.front()
	two.waitChip("À jour")
	office.gets(t, portfolio.KindContact, 2, visits)

	// The tab that synchronised is closed: the other takes over.
	one.clean()
	two.clean()
	one.shut()
	two.poll("the other tab to synchronise", patience, func() (bool, error) {
		held, waiting := two.syncers()
		return held == 1 && waiting == 0, nil
	})
	two.logOnSheet("Statu quo")
	two.poll("its visit at the office", patience, func() (bool, error) { return office.records(t, portfolio.KindContact)-visits == 3, nil })
	two.waitChip("À jour")
	office.accounted(t)
}

// shut closes this tab, not the browser.
func (d *device) shut() {
	d.t.Helper()
	if _, err := chromedp.Call(d.ctx, page.Close, cdp.Empty{}); err != nil {
		d.t.Fatal(err)
	}
}

// TestAnUpdateSparesTheTabThatTypes: agreed to in one tab, it leaves the other
// alone as long as its form is open.
func TestAnUpdateSparesTheTabThatTypes(t *testing.T) {
	office := startDemo(t)
	old := serves(t, office.url(""))
	one := tablet(t, office, "maelle")
	one.signIn("maelle", demoPassword)
	one.kept()
	two := one.tab()
	two.visit("/")
	two.settled()
	c := two.brief()
	two.follow(c.Path)
	two.click("#log-new")
	two.fill("#log-note", "Rappeler jeudi matin")

	office.kill()
	office = start(t, nextVersion(t), "demo", office.addr, office.data)
	published := serves(t, office.url(""))
	one.front()
	one.check()
	one.waitText(updateWords)
	one.clickIn(".snack", "Mettre à jour")
	one.wait("the next version", fmt.Sprintf(`window.sillonVersion === %q`, published))
	one.settled()

	two.front()
	if v := two.version(); v != old {
		t.Errorf("the tab with an open form is version %s; want %s still", v, old)
	}
	if got := eval[string](two, `document.querySelector("#log-note").value`); got != "Rappeler jeudi matin" {
		t.Errorf("its note is %q", got)
	}
	two.clickIn("#logsheet .outc", "Commande")
	two.wait("the visit saved on the device", `(document.querySelector("#logsheet .kept [role=status]") || {innerText: ""}).innerText.includes("Enregistré")`)
	two.clickIn("#logsheet .kept", "Terminer")
	two.wait("the next version in the second tab too", fmt.Sprintf(`window.sillonVersion === %q`, published))
	two.wait("the order and its note on top of the history", `document.querySelector(".fc-h") && /Commande\s+Rappeler jeudi matin/.test(document.querySelector(".fc-h").innerText)`)
	one.front()
	one.waitChip("À jour")
	office.accounted(t)
}
