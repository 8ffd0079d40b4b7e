package ui

import (
	"context"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/engine/demo"
	"sillon/engine/portfolio"
)

var inDemo = func() bridge.Welcome { w := rep; w.Demo = true; return w }()

// The page tells the whole story, each row once, then opens it; what fails half
// way is taken away again.
func TestTheDemonstrationIsToldWhole(t *testing.T) {
	b := newBench(t)
	asked := records(b, bridge.OpDemo, bridge.DemoSaid{})
	b.open()
	var last, of int
	if err := b.e.makeDemo(t.Context(), func(done, n int) { last, of = done, n }); err != nil {
		t.Fatal(err)
	}
	c := demo.Alone(demoSeed, i18n.Today(shellNow))
	want := 5 + len(c.Families) + 2
	for _, card := range c.Portfolios[0].Cards {
		want += 1 + len(card.Sites) + len(card.Persons) + len(card.Sales) + len(card.Contacts) + len(card.Estimates) + len(card.Appointments) +
			len(card.Services) + len(card.Competitors) + len(card.Contracts) + len(card.Payments) + len(card.Projects) + len(card.Commitments) +
			len(card.Efforts) + len(card.Signals) + len(card.Formers) + len(card.Tools)
	}
	rows, acts := 0, ""
	for _, q := range *asked {
		if rows += len(q.Rows); len(q.Rows) == 0 && q.Act != bridge.DemoAsk {
			acts += q.Act + " "
		}
		if len(q.Rows) > 4096 {
			t.Errorf("a message of %d rows is more than the bridge carries", len(q.Rows))
		}
	}
	if rows != want || acts != "begin rows open " || last != of || of != len(c.Portfolios[0].Cards) {
		t.Errorf("told %d rows of %d, %q, %d cards of %d", rows, want, acts, last, of)
	}
	if first := (*asked)[0]; first.Name == "" && len(*asked) > 1 {
		first = (*asked)[1]
		if first.User != c.Users[1].ID || len(first.Grants) != 4 {
			t.Errorf("it began with %+v", first)
		}
	}

	n, erased := 0, 0
	bridge.Handle(b.mux, bridge.OpDemo, func(_ context.Context, q bridge.Demo, _ func(bridge.Progress)) (bridge.DemoSaid, error) {
		switch q.Act {
		case bridge.DemoRows:
			if n++; n == 3 {
				return bridge.DemoSaid{}, &bridge.Fault{Code: bridge.FaultQuota}
			}
		case bridge.DemoErase:
			erased++
		case bridge.DemoOpen:
			t.Error("half a demonstration was opened")
		}
		return bridge.DemoSaid{}, nil
	})
	if err := b.e.makeDemo(t.Context(), func(int, int) {}); !IsFault(err, bridge.FaultQuota) || erased != 1 {
		t.Errorf("on a full device: %v, erased %d times", err, erased)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := b.e.makeDemo(stopped, func(int, int) {}); !IsFault(err, bridge.FaultCancelled) || erased != 2 {
		t.Errorf("stopped: %v, erased %d times", err, erased)
	}
}

// An empty Sillon, and a device of nobody, offer the demonstration.
func TestTheFirstRunOffersAnExampleAnImportOrBoth(t *testing.T) {
	b := newBench(t)
	answers(b, bridge.OpDemo, bridge.DemoSaid{})
	b.open()
	said(t, b.e.firstRun("today.none"), "Pas encore de clients sur cet appareil", "ou les deux", "Importer un fichier", "Essayer avec un exemple", "Ajouter un client")
	b.e.User.Role = portfolio.RoleManager
	if s := said(t, b.e.firstRun("team.none"), "Essayer avec un exemple"); strings.Contains(s, "Importer un fichier") {
		t.Errorf("a manager without a portfolio of one's own is offered the import: %s", s)
	}
	b.e.User.Role = portfolio.RoleRep

	b.hello(bridge.Welcome{Version: "test"})
	b.open().says("Se connecter", "Essayer avec un exemple", "sans réseau")
	page := &firstWays{E: b.e, Title: "…"}
	page.try.here = true
	said(t, page.Render(), "Rouvrir l'exemple")
	page.try = demoTry{busy: true, done: 30, of: 216}
	said(t, page.Render(), "se prépare", "Arrêter")
	page.try = demoTry{err: &bridge.Fault{Code: bridge.FaultQuota}}
	said(t, page.Render(), "Réessayer")
}

// Inside, every screen says so; a file has no place there; erasing says what
// goes before it does.
func TestTheDemonstrationIsSaidOnEveryScreen(t *testing.T) {
	b := newBench(t)
	b.hello(inDemo)
	asked := records(b, bridge.OpDemo, bridge.DemoSaid{Here: true, Cards: 217, Acts: 3})
	answers(b, bridge.OpStatus, bridge.Status{State: bridge.StateDemo, Pending: 3})
	b.open()
	for _, path := range []string{todayPath, clientsPath, importPath, journalPath, settingsPath} {
		said(t, find(b.e, path), "Exemple : ces données sont fictives", "Quitter l'exemple", "Effacer")
	}
	s := said(t, find(b.e, importPath), "Votre fichier a sa place dans votre portefeuille", "Quitter l'exemple et importer")
	if strings.Contains(s, "Déposez") {
		t.Errorf("the import takes a file: %s", s)
	}
	if s := said(t, find(b.e, settingsPath), "Vous êtes dans l'exemple"); strings.Contains(s, "Quitter cet appareil") {
		t.Errorf("the settings offer to sign out of nothing: %s", s)
	}
	b.e.menu = true
	if s := said(t, b.root.avatarMenu(), "Quitter l'exemple"); strings.Contains(s, "Se déconnecter") {
		t.Errorf("the menu signs out: %s", s)
	}
	band := &demoBand{E: b.e}
	band.ask(b.ctxOf(), app.Event{})
	b.engine.ConsumeAll()
	if !band.asks || band.said.Cards != 217 {
		t.Fatalf("the band has not asked: %+v", band)
	}
	said(t, band.Render(), "Effacer l'exemple de cet appareil ?", "217 fiches fictives disparaissent", "3 actions que vous y avez faites disparaissent", "ne bougent pas", "Le garder")
	for _, q := range *asked {
		if q.Act == bridge.DemoErase {
			t.Error("erased before it was agreed to")
		}
	}
	band.erase(b.ctxOf())
	b.engine.ConsumeAll()
	if last := (*asked)[len(*asked)-1]; last.Act != bridge.DemoErase {
		t.Errorf("agreed to, it asked for %q", last.Act)
	}
	card, before := &demoCard{E: b.e, ctx: b.ctxOf()}, len(*asked)
	b.e.User.Demo, card.try.here, card.asks = false, true, true
	said(t, card.Render(), "Effacer l'exemple de cet appareil ?", "Toutes ses fiches fictives", "ne bougent pas", "Le garder")
	if len(*asked) != before {
		t.Error("the settings erase before it was agreed to")
	}
	card.erase(b.ctxOf())
	b.engine.ConsumeAll()
	if last := (*asked)[len(*asked)-1]; last.Act != bridge.DemoErase || card.asks {
		t.Errorf("agreed to in the settings, it asked for %q", last.Act)
	}
	if c := chipOf(i18n.EN, bridge.Status{State: bridge.StateDemo, Pending: 3}, shellNow); c.text != "Example · nothing leaves" {
		t.Errorf("the chip says %q", c.text)
	}
}
