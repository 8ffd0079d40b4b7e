package ui

import (
	"html"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/engine/query"
)

// Family and period can be chosen on every tab; where a family has no sense, the
// choice is there, closed, with the reason beside it. The address holds both.
func TestEveryTabHasItsScope(t *testing.T) {
	for _, key := range tabKeys {
		g := lay(t, -1)
		_, _, page := g.visit(t, portfolioPath+key)
		s := html.UnescapeString(app.HTMLString(page))
		if !strings.Contains(s, `id="pf-period"`) || !strings.Contains(s, `id="pf-family"`) {
			t.Errorf("%s lacks a choice", key)
		}
		closed := strings.Contains(s, "un contact vaut pour toutes les familles")
		if closed != (key == tabContacts) || closed != strings.Contains(s, `aria-describedby="pf-why"`) {
			t.Errorf("%s: the choice of a family is closed: %t", key, closed)
		}
	}
	at := tabAt{scope: 7, family: "LAV", before: true}
	if to := at.to(tabWeight, inCuts, byHead); to != "/portefeuille/poids?coupes=tetes&famille=LAV&p=7&periode=n-1" {
		t.Errorf("the address is %s", to)
	}
	if to := at.list(theClients, wereClients); to != "/clients?qui=n-1:maturity:clients&portefeuille=7" {
		t.Errorf("the clients of then are at %s", to)
	}
	e := &Env{Lang: "fr"}
	if name := e.groupName("n-1:contacts:whale:0", ""); name != "Jusqu’au sommet de la marge nette, 12 mois d’avant" {
		t.Errorf("the group is called %q", name)
	}
}

// A question is asked for the page, not for the button that asked: the answer
// comes even when that button is gone, and the cuts by head are in the address.
func TestAnAnswerOutlivesItsButton(t *testing.T) {
	g := lay(t, -1)
	e, engine, page := g.visit(t, "/portefeuille/poids?coupes=tetes")
	p := page.(*weightPage)
	if !p.heads || !p.view.Value.Cuts.Heads {
		t.Error("the address says cuts by head, the curve does not")
	}
	p.by = "margin"
	p.view.Again(app.Context{}) // of nothing that is mounted
	engine.ConsumeAll()
	if v := p.view.Value; v.By != "margin" {
		t.Errorf("the tab weighs %q", v.By)
	}
	if asks := orders[query.WeightTabAsk](g, "weigh"); !asks[len(asks)-1].Heads {
		t.Error("another amount forgets the cuts")
	}
	p.write()
	if e.Param(inCuts) != byHead {
		t.Errorf("the address keeps %v", e.Query())
	}
}

func TestTheMarginsOfASheet(t *testing.T) {
	s := pageRules(`Portefeuille · "Poids"`, "Côte d'Émeraude \\ 2\n")
	if !strings.Contains(s, `@top-left{content:"Portefeuille · \22 Poids\22 "`) || !strings.Contains(s, `\5c  2\a `) || strings.Count(s, "{") != strings.Count(s, "}") {
		t.Errorf("the rules are %s", s)
	}
}
