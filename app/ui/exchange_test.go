package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/engine/calendar"
	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func ago(d time.Duration) int64 { return shellNow.Add(-d).UnixMilli() }

func someJournal() bridge.Journal {
	return bridge.Journal{
		Status:  bridge.Status{State: bridge.StateOK, Pending: 3, Refused: 1, LastMS: ago(time.Minute)},
		Refused: []bridge.Act{{ID: portfolio.ID{9, 1}, Key: "plan", Account: portfolio.ID{8}, Name: "Garage Lemarchand", Detail: "lun. 28 déc.", AtMS: ago(50 * time.Minute), Why: i18n.Refused(i18n.FR, portfolio.NoRight)}},
		Waiting: []bridge.Act{{ID: portfolio.ID{9, 2}, Key: "visit", Name: "Brasserie de l'Écluse", Detail: "Avancée", AtMS: ago(time.Minute)}},
		WaitAll: 3,
		Lost: []query.LostValue{
			{Conflict: portfolio.ID{5}, Account: portfolio.ID{7}, Name: "Brasserie de l'Écluse", Field: "field.phone", Mine: true, Lost: "06 12 00 41 18", Kept: "06 12 00 41 81", KeptBy: "Nathalie Briand", KeptMS: ago(time.Hour), Why: portfolio.LaterEdit, State: portfolio.Open},
			{Conflict: portfolio.ID{6}, Account: portfolio.ID{7}, Name: "Brasserie de l'Écluse", Field: "field.email", Mine: true, Lost: "a@ecluse.example", Kept: "", KeptBy: "Nathalie Briand", KeptMS: ago(2 * time.Hour), Why: portfolio.LaterEdit, State: portfolio.Open},
			{Conflict: portfolio.ID{4}, Account: portfolio.ID{3}, Name: "Garage Lemarchand", Field: "field.phone", Mine: true, Lost: "1", Kept: "2", KeptBy: "Nathalie Briand", KeptMS: ago(26 * time.Hour), Why: portfolio.LaterEdit, State: portfolio.Open},
		},
		Sent: []bridge.Act{{ID: portfolio.ID{9, 3}, Key: "visit", Name: "Pharmacie des Bés", Detail: "Commande", AtMS: ago(83 * time.Minute), SentMS: ago(82 * time.Minute)}},
	}
}

func TestTheJournalHidesNothing(t *testing.T) {
	b := newBench(t)
	answers(b, bridge.OpJournal, someJournal())
	drops := records(b, bridge.OpDrop, bridge.Saved{})
	p := page[*journalPage](b, journalPath)
	said(t, p, "3 actions gardées ici, 1 envoyée, 1 à corriger",
		"À corriger", "Rendez-vous : lun. 28 déc., Garage Lemarchand", "Cette fiche n'est plus dans vos droits.", "Envoyer de nouveau", "Abandonner cette action",
		"3 · partiront au prochain réseau", "Visite : Avancée, Brasserie de l'Écluse", "en attente",
		"Remplacées", "valeur de Nathalie Briand", "Relire",
		"Envoyées", "Visite : Commande, Pharmacie des Bés", "auj. 09:07 · reçue au bureau auj. 09:08",
		"Cette tablette", "Échanger maintenant", "Copier mes actions dans un fichier")
	p.drop(p.view.Value.Refused[0], true)(b.ctx, app.Event{})
	b.engine.ConsumeAll()
	if len(*drops) != 1 || !(*drops)[0].Retry || (*drops)[0].ID != (portfolio.ID{9, 1}) {
		t.Errorf("asked to drop %+v, want one retry of the refused action", *drops)
	}
}

func TestAnEmptyJournalSaysThatAllHasArrived(t *testing.T) {
	b := newBench(t)
	answers(b, bridge.OpJournal, bridge.Journal{Status: bridge.Status{State: bridge.StateOK, LastMS: ago(time.Minute)}})
	said(t, page[*journalPage](b, journalPath), "Tout est arrivé", "Vos prochaines actions s'inscriront ici")
}

func TestTheTabletSaysOnlyWhatItMeasures(t *testing.T) {
	b := newBench(t)
	e := NewEnv(b.twin, i18n.FR, "4f2a9c81", func() time.Time { return shellNow })
	r := readiness{}
	s := said(t, r.card(e, bridge.Status{}), "Version 4f2a9c81, à jour", "Dernier échange aucun pour l'instant", "1 contrôle sur 2", "À vérifier avant de partir")
	if strings.Contains(s, "Place") || strings.Contains(s, "Heure") || strings.Contains(s, "Code") {
		t.Errorf("shows what was never measured: %s", s)
	}
	r = readiness{known: true, usage: 212e6, quota: 2e9, persisted: "yes"}
	said(t, r.card(e, bridge.Status{LastMS: ago(26 * time.Minute)}), "Prête pour le terrain", "5 contrôles sur 5", "212 Mo sur 2 Go", "chiffrées, gardées par la tablette", "juste, à moins de deux minutes", "auj. 10:04")
	r = readiness{known: true, usage: 1.9e9, quota: 2e9, persisted: "no", update: true}
	said(t, r.card(e, bridge.Status{LastMS: ago(9 * 24 * time.Hour), ClockOff: -200_000}), "0 contrôle sur 5", "3 min d'écart", "une nouvelle version est prête", "le navigateur peut les effacer")
}

func TestOneTapTakesAReplacedValueBack(t *testing.T) {
	b := newBench(t)
	answers(b, bridge.OpJournal, someJournal())
	settled := records(b, bridge.OpSettle, bridge.Saved{})
	p := page[*conflictsPage](b, conflictsPath)
	said(t, p, "2 fiches ont changé à deux endroits", "Brasserie de l'Écluse", "Garage Lemarchand", "Téléphone, Courriel",
		"06 12 00 41 18", "Vous, sur cette tablette", "06 12 00 41 81", "Nathalie Briand, auj. 09:30", "L'ancienne valeur reste dans l'historique.")
	lost := p.view.Value.Lost[0]
	p.settle(lost, true)
	b.engine.ConsumeAll()
	if len(*settled) != 1 || !(*settled)[0].TakeOther || (*settled)[0].Conflict != lost.Conflict || (*settled)[0].Account != lost.Account {
		t.Fatalf("settled %+v, want mine taken back", *settled)
	}
	snack := p.E.queue.Shown()
	if snack == nil || snack.Action != "Annuler" || !strings.Contains(snack.Text, "06 12 00 41 18") {
		t.Fatalf("said %+v, want the value in place and a way back", snack)
	}
	snack.Act(b.ctx)
	b.engine.ConsumeAll()
	if len(*settled) != 2 || (*settled)[1].TakeOther {
		t.Errorf("after Annuler settled %+v, want theirs back in place", *settled)
	}
	p.keepAll(b.ctx, app.Event{})
	b.engine.ConsumeAll()
	if len(*settled) != 5 {
		t.Errorf("« Tout est bon » settled %d values, want the 3 that remain", len(*settled)-2)
	}
}

func TestErasingAsksOnlyWhileActionsWait(t *testing.T) {
	b := newBench(t)
	answers(b, bridge.OpDiagnosis, bridge.Diagnosis{})
	answers(b, bridge.OpRules, query.Rules{Level: 3})
	refuses(b, bridge.OpSignOut, &bridge.Fault{Code: bridge.FaultWaiting, Args: []string{"3"}})
	p := page[*settingsPage](b, settingsPath)
	p.E.Status.Pending = 3
	p.erase(b.ctx, false)
	b.engine.ConsumeAll()
	said(t, p, "3 actions ne sont pas encore parties", "Échangez d'abord, ou copiez-les dans un fichier.", "Effacer quand même")
	outs := records(b, bridge.OpSignOut, bridge.None{})
	p.erase(b.ctx, true)
	b.engine.ConsumeAll()
	if len(*outs) != 1 || !(*outs)[0].Erase || !(*outs)[0].Anyway || p.E.stage != stranger {
		t.Errorf("signed out %+v at stage %d, want erased and back to the sign-in", *outs, p.E.stage)
	}
}

func TestTheTeamShowsWhoNeedsTheManager(t *testing.T) {
	today := i18n.Today(shellNow)
	card := func(owner string, clients, due, visits int, cm float64, last calendar.Day) query.TeamCard {
		return query.TeamCard{Owner: owner, Name: "Secteur de " + owner, Head: query.Head{AsOf: today, Clients: clients, Area: "Saint-Malo"}, Counts: [4]int{14, 33, 61, 72},
			Due: due, Visits7: visits, Seen: query.Figure{Topic: "visits7", Value: float64(visits), Unit: explain.Count, Mark: explain.Sound()}, Last: last, CM: query.Figure{Topic: "cm", Value: cm, Unit: explain.Ratio, Mark: explain.Sound()},
			Pen:   query.Figure{Topic: "penetration-all", Mark: explain.Missing(explain.NoPotential)},
			Curve: query.Chart{Finding: "Courbe montante", Pic: &chart.Spec{Small: &chart.Maturity{Label: "D 14, C 33, M 61, V 72"}}, Mark: explain.Sound()}}
	}
	b := newBench(t)
	answers(b, bridge.OpTeam, query.Team{
		Head:    query.Head{AsOf: today, Currency: "EUR", Clients: 346, Sales: 812_400_000},
		Seen:    query.Figure{Topic: "visits7", Value: 33, Unit: explain.Count, Mark: explain.Sound()},
		Cards:   []query.TeamCard{card("Thomas Riou", 166, 8, 21, 1.4, today), card("Maëlle Guivarch", 180, 30, 12, .49, today-9)},
		Arrived: []query.TeamEntry{{Entry: query.Entry{Day: today, Minute: 545, Outcome: portfolio.StepForward, Text: "Essai accepté"}, Account: portfolio.ID{7}, Name: "Brasserie de l'Écluse", Owner: "Maëlle Guivarch"}},
	})
	p := page[*teamPage](b, teamPath)
	s := said(t, p, "2 secteurs · 346 clients", "8,12 M€", "Visites 33", "Clients à revoir 38 sur 346", "Courbe montante", "× 0,49 à inverser", "× 1,4 cap tenu",
		"il y a 9 j", "Dernières visites reçues", "Avancée : Brasserie de l'Écluse", "Maëlle Guivarch, Essai accepté", "aujourd'hui 09:05")
	if strings.Index(s, "Maëlle Guivarch") > strings.Index(s, "Thomas Riou") {
		t.Errorf("want who has more overdue first (30 of 180 before 8 of 166): %s", s)
	}
	if p.E.Currency != "EUR" {
		t.Errorf("currency %q, want that of the answer", p.E.Currency)
	}
}

func TestTheJournalGathersAVisitAndItsCorrections(t *testing.T) {
	act := func(id, amends byte, key, detail string) bridge.Act {
		a := bridge.Act{ID: portfolio.ID{id}, Key: key, Detail: detail, Name: "Brasserie de l'Écluse", AtMS: shellNow.UnixMilli(), SentMS: shellNow.UnixMilli()}
		if amends != 0 {
			a.Amends = portfolio.ID{amends}
		}
		return a
	}
	for name, acts := range map[string][]bridge.Act{
		"oldest first": {act(1, 0, "visit", "Commande"), act(9, 0, "visit", "Recul"), act(2, 1, "visit", "Absent"), act(3, 2, "visit", "Avancée")},
		"newest first": {act(3, 2, "visit", "Avancée"), act(2, 1, "visit", "Absent"), act(9, 0, "visit", "Recul"), act(1, 0, "visit", "Commande")},
	} {
		cs := chains(acts)
		i := slices.IndexFunc(cs, func(c chain) bool { return c.ID == portfolio.ID{3} })
		if len(cs) != 2 || i < 0 || len(cs[i].before) != 2 || cs[i].before[0].Detail != "Absent" || cs[i].before[1].Detail != "Commande" {
			t.Errorf("%s: %+v; want the step forward with what it corrects, and the other visit", name, cs)
		}
	}
	b := newBench(t)
	answers(b, bridge.OpJournal, bridge.Journal{Sent: []bridge.Act{act(3, 2, "undo", "Avancée"), act(2, 1, "visit", "Avancée"), act(1, 0, "visit", "Commande")}})
	p := page[*journalPage](b, journalPath)
	s := said(t, p, "Annulation : Avancée, Brasserie de l'Écluse", "2 actions annulées")
	if strings.Contains(s, "Commande") {
		t.Errorf("the chain is open before a tap: %s", s)
	}
	b.ctx.Dispatch(func(app.Context) { p.chain = "sent" + (portfolio.ID{3}).String() })
	b.engine.ConsumeAll()
	said(t, p, "Visite : Commande")
	if !strings.Contains(app.HTMLString(p), "<s>") {
		t.Error("what was corrected is not struck through")
	}
}
