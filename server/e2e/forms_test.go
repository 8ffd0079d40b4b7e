package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// fact opens a form from the sheet by the words of its button, fills it in and
// saves it. Fields are pairs: "#id" and a text, or words to tap and "".
func (d *device) fact(part, button string, fields ...string) {
	d.t.Helper()
	d.clickIn(part, button)
	d.filled(button, fields...)
}

// filled fills in the form that is open, and saves it.
func (d *device) filled(what string, fields ...string) {
	d.t.Helper()
	d.wait("the form of "+what, `document.querySelector("#form-sheet form")`)
	for i := 0; i < len(fields); i += 2 {
		if strings.HasPrefix(fields[i], "#") {
			d.fill(fields[i], fields[i+1])
		} else {
			d.clickIn("#form-sheet", fields[i])
		}
	}
	d.clickIn("#form-sheet", "Enregistrer")
	d.wait("the form of "+what+" to close", `!document.querySelector("#form-sheet")`)
}

// in waits until a part of the page says some words.
func (d *device) in(part, words string) {
	d.t.Helper()
	d.wait(fmt.Sprintf("%q in %s", words, part), fmt.Sprintf(`(document.querySelector(%q) || {innerText: ""}).innerText%s.includes(%q)`, part, plainJS, plain(words)))
}

// TestEveryFactIsNotedWithoutServer: a rep notes one fact of each kind with the
// server dead; each shows on the sheet and moves its figure; one is corrected
// and one deleted; a second tablet finds them all, and takes a deletion back.
func TestEveryFactIsNotedWithoutServer(t *testing.T) {
	office := startDemo(t)
	car, desk := tablet(t, office, "maelle in the car"), tablet(t, office, "maelle at her desk")
	car.signIn("maelle", demoPassword)
	car.kept()
	desk.signIn("maelle", demoPassword)
	desk.kept()
	car.follow("/clients?q=ecluse")
	c := car.rows()[0]
	car.follow(c.Path)
	car.in("#fc-facts", "Concurrents")
	office.kill()

	car.fact("#fc-facts", "Noter un concurrent", "#ff-18-2", "Maison Rivale", "Réelle", "", "#ff-18-7", "12 400")
	car.waitSnack("concurrent, c'est noté")
	car.in("#fc-facts", "Réelle, 12,4 k€ par an")
	car.fact("#fc-facts", "Noter un incident", "Retard de livraison", "", "Grave", "")
	car.in("#fc-facts", "ouvert depuis le")
	car.fact("#fc-facts", "Noter un contrat", "#ff-19-3", "2031-06-30", "Se reconduit tout seul", "")
	car.in("#fc-facts", "Jusqu'au 30 juin 2031")
	car.fact("#fc-facts", "Noter un outil", "#ff-27-2", "Centrale de dilution", "#ff-27-3", "2500", "Aujourd'hui", "")
	car.in("#fc-facts", "Centrale de dilution")
	car.fact("#fc-projects", "Ouvrir un projet", "#ff-21-2", "Tunnel de lavage", "#ff-21-3", "9600", "#ff-21-5", "3")
	car.in("#fc-projects", "Tunnel de lavage")
	car.fact("#fc-projects", "Noter un besoin", "#ff-21-2", "Doseurs au bar", "Besoin non reconnu", "")
	car.in("#fc-projects", "Doseurs au bar")
	car.fact("#fc-give", "Nouvelle promesse", "Eux", "", "#ff-22-4", "Plan de la cuisine", "Dans 14 jours", "")
	car.in("#fc-give", "Plan de la cuisine")
	car.fact("#fc-people", "Ajouter une personne", "#ff-7-2", "Anatole Prigent", "#ff-7-3", "Économe", "Acheteur", "", "4", "")
	car.in("#fc-people", "Anatole Prigent")
	car.fact("#fc-people", "Noter un accord", "Anatole Prigent", "", "Les deux", "", "Courriel", "")
	car.in("#fc-people", "Économe · Acheteur · accord noté")

	// a potential corrected: the level, the penetration and what is left follow
	before := car.text("#fc-synthesis")
	car.click(`#fc-potential .ff-row`)
	car.filled("the potential", "#ff-11-3", "", "#ff-11-4", "150 000", "#ff-11-5", "250 000")
	car.in("#fc-potential", "Entre 150 k€ et 250 k€")
	car.wait("the figures of the first screen to follow", fmt.Sprintf(`document.querySelector("#fc-synthesis").innerText%s !== %q`, plainJS, before))
	// what is missing is said under its field, and nothing is lost
	car.clickIn("#fc-potential", "Potentiel par famille")
	car.fill("#ff-11-4", "4000")
	car.clickIn("#form-sheet", "Enregistrer")
	car.in("#form-sheet", "« Famille » est vide : remplissez-le.")
	family := eval[string](car, `document.querySelector("#ff-11-2").options[1].value`)
	car.choose("#ff-11-2", family)
	car.clickIn("#form-sheet", "Enregistrer")
	car.in("#fc-potential", "4 000 €")

	// corrected, deleted
	car.clickIn("#fc-facts", "Maison Rivale")
	car.filled("the competitor", "Dominante", "")
	car.in("#fc-facts", "Dominante, 12,4 k€ par an")
	car.in("#fc-risk", "Concurrent")
	car.clickIn("#fc-facts", "Centrale de dilution")
	car.clickIn("#form-sheet", "Supprimer")
	car.wait("the tool to go", `!document.querySelector("#fc-facts").innerText.includes("Centrale")`)
	car.waitChip("Hors connexion")

	desk.follow(c.Path)
	office = office.again(t)
	car.waitChip("À jour")
	desk.in("#fc-facts", "Dominante, 12,4 k€ par an")
	for part, words := range map[string]string{"#fc-facts": "Jusqu'au 30 juin 2031", "#fc-projects": "Tunnel de lavage", "#fc-give": "Plan de la cuisine",
		"#fc-people": "Anatole Prigent", "#fc-potential": "Entre 150 k€ et 250 k€"} {
		desk.in(part, words)
	}
	if desk.shows("Centrale de dilution") {
		t.Error("what was deleted is on the other tablet")
	}
	if a, b := car.text("#fc-synthesis .fc-score"), desk.text("#fc-synthesis .fc-score"); a != b {
		t.Errorf("the score is %q here, %q there", a, b)
	}

	// deleted there, and taken back from the message
	desk.clickIn("#fc-facts", "Retard de livraison")
	desk.clickIn("#form-sheet", "Supprimer")
	desk.waitSnack("incident de service, c'est supprimé")
	desk.wait("the incident to go", `!document.querySelector("#fc-facts").innerText.includes("Retard de livraison")`)
	desk.clickIn(".snack", "Annuler")
	desk.in("#fc-facts", "Retard de livraison")
	car.in("#fc-facts", "Retard de livraison")

	// at the door: who is here already is said while one types
	desk.follow("/clients")
	desk.click(`button[aria-label="Ajouter un client"]`)
	desk.fill("#new-name", "Brasserie de l'Eclue")
	desk.fill("#new-city", "35400")
	desk.in("#new-sheet", "nom proche, même endroit")
	desk.clickIn("#new-sheet", "Brasserie de l'Écluse")
	desk.wait("its sheet", fmt.Sprintf(`location.pathname === %q`, c.Path))
	car.clean()
	desk.clean()
	office.accounted(t)
}
