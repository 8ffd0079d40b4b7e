package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// rings reads the marks of the map, the largest first: what each says to who
// cannot see it.
func (d *device) rings() []string {
	d.t.Helper()
	return eval[[]string](d, `[...document.querySelectorAll("#mp-marks [data-k]")].sort((a, b) => a.dataset.k - b.dataset.k).map(g => g.getAttribute("aria-label"))`)
}

// shown is the part of the chart in the picture: west, north, width, height.
func (d *device) shown() []float64 {
	d.t.Helper()
	return eval[[]float64](d, `document.querySelector("#mp-ground svg").getAttribute("viewBox").split(" ").map(Number)`)
}

// showsPart waits until the part of the chart in the picture fits what is said of
// v, its west, north, width and height.
func (d *device) showsPart(what, js string) {
	d.t.Helper()
	d.wait(what, `(v => `+js+`)(document.querySelector("#mp-ground svg").getAttribute("viewBox").split(" ").map(Number))`)
}

// The map of clients without network: the outline, rings, zoom by button and by
// key, the list of a ring, visits added to the day and taken off, a client
// placed by its commune and by the cross, each taken back. The position of the
// device is refused, and said so once.
func TestTheMapWorksWithoutNetwork(t *testing.T) {
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.signIn("maelle", demoPassword)
	maelle.settled()
	maelle.kept()
	if err := office.stop(); err != nil {
		t.Fatal(err)
	}
	maelle.visit("/clients?vue=carte")
	maelle.wait("rings", `document.querySelectorAll("#mp-marks [data-k]").length > 4`)
	maelle.wait("the outline", `document.querySelector("#mp-ground #land")?.getAttribute("d").length > 20000`)
	maelle.wait("minutes beside it", `document.querySelectorAll(".mp-row .tr b").length > 10`)
	maelle.waitText("au milieu de vos clients")

	whole, v := maelle.rings(), maelle.shown()
	legend := maelle.text(".mp-leg")
	maelle.click(".mp-zb button:nth-child(1)")
	maelle.showsPart("half as much", fmt.Sprintf(`Math.abs(v[2] - %f) < 1`, v[2]/2))
	maelle.wait("rings that split", fmt.Sprintf(`document.querySelector("#mp-k0").getAttribute("aria-label") !== %q`, whole[0]))
	maelle.focus("#mp")
	maelle.key("-")
	maelle.showsPart("as much as before", fmt.Sprintf(`Math.abs(v[2] - %f) < 1`, v[2]))
	maelle.key(kb.ArrowRight)
	maelle.showsPart("what lies to the east", fmt.Sprintf(`v[0] > %f + 10 && Math.abs(v[1] - %f) < 1`, v[0], v[1]))
	maelle.key("0")
	maelle.showsPart("all clients again", fmt.Sprintf(`Math.abs(v[0] - %f) < 1`, v[0]))
	maelle.wait("their rings", fmt.Sprintf(`document.querySelector("#mp-k0").getAttribute("aria-label") === %q`, whole[0]))
	if now := maelle.text(".mp-leg"); now != legend {
		t.Errorf("the legend counts %q, %q before: it is of all clients found", now, legend)
	}

	maelle.click(".mp-zb button:nth-child(3)")
	maelle.waitText("Position refusée")

	maelle.focus("#mp-k0")
	maelle.key(kb.Enter)
	maelle.wait("the ring's list", `document.querySelector(".mp-h .eyebrow").textContent.includes("ici") && document.querySelector(".mp-on")`)
	if h := maelle.text(".mp-h .q"); h == "" || !strings.HasPrefix(whole[0], h) {
		t.Errorf("the list of the ring %q is called %q", whole[0], h)
	}
	maelle.clickIn(".mp-h", "Les plus proches")
	maelle.waitText("à revoir")

	const near = `[...document.querySelectorAll(".mp-row .who b")].map(b => b.textContent).join()`
	due := eval[string](maelle, near)
	maelle.click(".mp-add")
	maelle.waitSnack("à la journée")
	maelle.clickIn(".snack", "Annuler")
	maelle.waitSnack("retirée")
	maelle.wait("the list as it was", fmt.Sprintf(`%s === %q`, near, due)) // who has an appointment is not due

	first := eval[string](maelle, `document.querySelector(".mp-row .who b").textContent`)
	maelle.click(".mp-row .mp-rb")
	maelle.clickIn(".mp-acts", "Corriger le lieu")
	maelle.fill("#mp-q", "st malo")
	maelle.clickIn(".mp-towns", "Saint-Malo · 35400")
	maelle.waitSnack(first + " : lieu noté")
	maelle.waitText("1 client montré au centre")
	maelle.clickIn(".snack", "Annuler")
	maelle.wait("its own place again", `!document.body.innerText.includes("client montré au centre")`)

	if !eval[bool](maelle, `!!document.querySelector(".mp-acts")`) {
		maelle.click(".mp-row .mp-rb")
	}
	maelle.clickIn(".mp-acts", "Corriger le lieu")
	maelle.clickIn("#mp-sheet", "Placer sur la carte")
	maelle.clickIn(".mp-aim", "Placer ici")
	maelle.waitSnack("lieu noté")
	maelle.clickIn(".snack", "Annuler")
	maelle.waitSnack("lieu rétabli")
	maelle.clean()
}
