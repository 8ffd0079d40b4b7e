package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sillon/engine/portfolio"
)

// TestADayWithoutServer is the main job: a rep works all day while the server
// is dead, closes the tablet, opens it again, and in the evening everything
// arrives once, on the server and on the manager's tablet.
func TestADayWithoutServer(t *testing.T) {
	office := startDemo(t)
	visitsBefore, plansBefore := office.records(t, portfolio.KindContact), office.records(t, portfolio.KindAppointment)
	maelle := tablet(t, office, "maelle")
	maelle.signIn("maelle", demoPassword)
	if due := maelle.count(".agenda .pick"); due == 0 {
		maelle.fail("the clients due", errNot)
	}
	maelle.wait("the copy of the application kept on the device", `navigator.serviceWorker.controller`)

	before := office.contactsByCard(t)
	office.kill()

	// Fourteen visits from Today, one tap each.
	outcomes := []string{"Commande", "Avancée", "Statu quo", "Recul"}
	var seen []client
	for i := range 14 {
		c := maelle.logHere(outcomes[i%len(outcomes)])
		if i == 0 {
			maelle.waitSnack(c.Name + " : Commande, noté.")
		}
		if slices.Contains(seen, c) {
			t.Errorf("%s is put forward again, though just visited", c.Name)
		}
		seen = append(seen, c)
		maelle.next()
	}
	// The chip counts them, and nothing on the screen is red or refused.
	maelle.waitChip("Hors connexion · 14 actions gardées ici")

	// Six more from client sheets, found by their name, without an accent.
	maelle.follow("/clients")
	for _, r := range maelle.rows() {
		if len(seen) == 20 {
			break
		}
		if slices.Contains(seen, r) {
			continue
		}
		maelle.follow(r.Path)
		maelle.logOnSheet(outcomes[len(seen)%len(outcomes)])
		seen = append(seen, r)
	}
	if len(seen) != 20 {
		t.Fatalf("logged %d visits; want 20", len(seen))
	}
	maelle.waitChip("Hors connexion · 20 actions gardées ici")

	// The last one was a mistake: taken back from the history of the sheet.
	mistake := seen[19]
	maelle.clickIn("#fc-history .fc-h", "Annuler")
	maelle.wait("the visit taken back", `document.querySelector(".fc-h.void")`)
	// A visit is planned here instead, in a week.
	maelle.clickIn("#fc-give", "Planifier")
	maelle.clickIn("#fc-give .planrow", "Dans 7 jours")
	maelle.wait("the visit planned", `!document.querySelector("#fc-give .planrow") && [...document.querySelectorAll("#fc-give .fc-line button")].some(b => b.innerText.includes("Déplacer"))`)
	// And two facts are corrected.
	maelle.fillField("Téléphone", "02 99 00 12 34")
	maelle.waitChip("Hors connexion · 23 actions gardées ici")
	maelle.fillField("Note de la fiche", "Livrer avant 9 h, porte de service.")
	maelle.waitChip("Hors connexion · 24 actions gardées ici")

	// A deep link, with a query, is reloaded without network.
	maelle.visit(seen[0].Path + "?x=1")
	maelle.settled()
	maelle.waitText(seen[0].Name)
	if h := maelle.history(); len(h) == 0 || !strings.Contains(h[0], "Commande") || !strings.Contains(h[0], "gardé ici") {
		t.Errorf("the history of %s begins with %q; want today's order, kept here", seen[0].Name, h)
	}
	maelle.clean()

	// The browser is closed, and opened again the next morning, still alone.
	maelle.close()
	maelle.open()
	maelle.visit(mistake.Path)
	maelle.settled()
	maelle.waitChip("Hors connexion · 24 actions gardées ici")
	if got := strings.ReplaceAll(maelle.field("Téléphone"), " ", ""); got != "+33299001234" && got != "0299001234" {
		t.Errorf("the telephone is %q after a restart of the browser", got)
	}
	if got := maelle.field("Note de la fiche"); got != "Livrer avant 9 h, porte de service." {
		t.Errorf("the note is %q after a restart of the browser", got)
	}
	maelle.follow("/journal")
	if n := maelle.count(".jr .tag.in"); n != 23 {
		t.Errorf("the journal shows %d actions that wait; want 23", n)
	}

	// The server is back, at its address and with its database.
	office = office.again(t)
	maelle.waitChip("À jour")
	maelle.wait("nothing waiting in the journal", `document.querySelectorAll(".jr .tag.in").length === 0`)
	office.gets(t, portfolio.KindContact, 20+1, visitsBefore) // facts are never changed: another one voids the mistake
	office.gets(t, portfolio.KindAppointment, 1, plansBefore)
	office.accounted(t)

	after := office.contactsByCard(t)
	for i, c := range seen {
		want := 1
		if i == 19 {
			want = 2 // and the one that voids it
		}
		if got := after[c.card()] - before[c.card()]; got != want {
			t.Errorf("%d contacts with %s reached the office; want %d", got, c.Name, want)
		}
	}

	// Her manager, on another device, reads the same histories: every visit
	// once, the mistake struck out.
	nathalie := tablet(t, office, "nathalie")
	nathalie.signIn("nathalie", demoPassword)
	nathalie.waitText("Dernières visites reçues")
	if path := eval[string](nathalie, `location.pathname`); path != "/equipe" {
		t.Errorf("a manager lands on %s; want the team", path)
	}
	for _, c := range seen {
		maelle.follow(c.Path)
		nathalie.follow(c.Path)
		hers, his := maelle.history(), nathalie.history()
		if !slices.Equal(hers, his) {
			t.Errorf("the history of %s is\n%s\nto the rep, and\n%s\nto the manager", c.Name, strings.Join(hers, "\n"), strings.Join(his, "\n"))
		}
	}
	nathalie.follow(mistake.Path)
	if got := nathalie.field("Note de la fiche"); got != "Livrer avant 9 h, porte de service." {
		t.Errorf("the manager reads the note %q", got)
	}

	// While both are on line, a visit arrives without anybody asking.
	maelle.follow("/")
	late := maelle.brief()
	nathalie.follow(late.Path)
	was := len(nathalie.history())
	maelle.logHere("Absent")
	nathalie.wait("the visit of this minute", fmt.Sprintf(`document.querySelector(".fc-h").innerText.includes("Absent") && document.querySelectorAll(".fc-h").length >= %d`, min(was+1, 8)))
	maelle.clean()
	nathalie.clean()
}
