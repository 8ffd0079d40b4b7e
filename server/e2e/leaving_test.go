package e2e

import (
	"testing"
	"time"

	"sillon/engine/portfolio"
)

// TestSigningOutWithWorkThatHasNotLeft: two visits are kept without network,
// the rep signs out. Both tabs close, no reload opens the profile again, and
// after a new sign-in both visits arrive, once.
func TestSigningOutWithWorkThatHasNotLeft(t *testing.T) {
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.signIn("maelle", demoPassword)
	maelle.kept()
	other := maelle.tab()
	other.visit("/clients")
	other.settled()
	maelle.front()
	visits := office.records(t, portfolio.KindContact)
	office.kill()
	maelle.follow("/")
	first := maelle.logHere("Commande")
	maelle.next()
	maelle.logHere("Avancée")
	maelle.waitChip("Hors connexion · 2 actions gardées ici")

	closed := func(d *device, when string) {
		t.Helper()
		d.wait("the sign-in "+when, `document.querySelector("#login")`)
		d.waitText("2 actions attendent ici pour Maëlle Guivarch : elles partiront à sa prochaine connexion.")
		if d.shows(first.Name) {
			t.Errorf("%s: %s, the screen still names %s", d.name, when, first.Name)
		}
	}
	maelle.click("#me-rail")
	maelle.clickIn("#menu", "Se déconnecter")
	closed(maelle, "after signing out")
	maelle.proofread("the sign-in with work that waits")
	other.front()
	closed(other, "in the other tab")
	other.visit("/clients")
	closed(other, "in the other tab, loaded again")
	maelle.front()
	maelle.visit(first.Path)
	closed(maelle, "loaded again on a client's address")
	maelle.fill("#login", "maelle")
	maelle.fill("#password", demoPassword)
	maelle.click("form button[type=submit]")
	maelle.waitText("Le réseau est nécessaire pour cette étape.")

	office = office.again(t)
	if n := office.records(t, portfolio.KindContact) - visits; n != 0 {
		t.Errorf("%d visits reached the office before anybody signed in", n)
	}
	maelle.visit("/")
	closed(maelle, "loaded again, the server being back")
	for until := time.Now().Add(patience); office.sessions(t, "maelle") > 0 && time.Now().Before(until); {
		time.Sleep(50 * time.Millisecond)
	}
	if n := office.sessions(t, "maelle"); n != 0 {
		t.Errorf("%d sessions of before are open at the server; want none once it can be reached", n)
	}
	maelle.signIn("maelle", demoPassword)
	maelle.waitChip("À jour")
	office.gets(t, portfolio.KindContact, 2, visits)
	office.accounted(t)
	maelle.visit("/")
	maelle.settled()
	maelle.clean()
}
