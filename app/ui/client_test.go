package ui

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// openSheet opens the sheet of the client with the best score.
func openSheet(t *testing.T, g *ground) (*Env, app.TestEngine, *clientPage) {
	t.Helper()
	e, engine, page := g.visit(t, ClientPath(g.first().ID))
	return e, engine, page.(*clientPage)
}

func TestTheSheetSaysWhatAClientIsWorth(t *testing.T) {
	g := lay(t, -1)
	_, _, p := openSheet(t, g)
	reads(t, p, g.first().Name, "Pourquoi ce score ?", "sur 216", "+40", "Position P–R", "Pénétration", "Reste à gagner",
		"Phase", "Potentiel", "Noter une fourchette", "Chiffre d'affaires et contacts", "Personnes", "Visites prévues", "Historique",
		"Fiche", "Code client", "Archiver la fiche", "client depuis")
}

func TestAMissingSheetIsSaidKindly(t *testing.T) {
	g := lay(t, 20)
	_, _, page := g.visit(t, ClientPath(portfolio.ID{9}))
	reads(t, page, "Cette fiche n'est pas sur cet appareil", "Voir les clients")
	_, _, page = g.visit(t, "/clients/nonsense")
	reads(t, page, "Cette fiche n'est pas sur cet appareil")
}

func TestAnUnknownPotentialIsADashAndSaysWhatToAsk(t *testing.T) {
	g := lay(t, -1)
	l := g.snap.ClientList(g.reader("fr"), query.ListAsk{Filter: "unknown", Limit: 1})
	_, _, page := g.visit(t, ClientPath(l.Rows[0].ID))
	reads(t, page, "–", "Potentiel inconnu : demandez une fourchette.", "Noter une fourchette")
}

func TestAFieldIsSavedWhenLeftAndUndone(t *testing.T) {
	g := lay(t, 40)
	e, engine, p := openSheet(t, g)
	v := p.view.Value.Values[0]
	b := &fieldBox{E: e, Account: p.id, Name: "X", V: v}
	if err := engine.Load(b); err != nil {
		t.Fatal(err)
	}
	engine.ConsumeAll()
	b.save(v.Text) // left as it was
	b.save("Auberge du Port")
	engine.ConsumeAll()
	edits := orders[bridge.Edit](g, "edit")
	if len(edits) != 1 || edits[0].Text != "Auberge du Port" || edits[0].Rec != v.Rec || edits[0].Kind != v.Kind || edits[0].Field != v.Field {
		t.Fatalf("edits %+v; want one, of the name", edits)
	}
	e.queue.Shown().Act(b.ctx)
	engine.ConsumeAll()
	if undos := orders[bridge.Undo](g, "undo"); len(undos) != 1 || undos[0].ID != (portfolio.ID{0xaa, 1}) {
		t.Errorf("undone %+v", undos)
	}
}

func TestARefusedFieldKeepsWhatWasTypedAndSaysWhy(t *testing.T) {
	g := lay(t, 40)
	g.refuse["edit"] = &bridge.Fault{Code: bridge.FaultInput, Args: []string{"field.email", "not-an-email"}}
	e, engine, p := openSheet(t, g)
	b := &fieldBox{E: e, Account: p.id, Name: "X", V: query.Value{Key: "field.email", Type: "email"}}
	if err := engine.Load(b); err != nil {
		t.Fatal(err)
	}
	engine.ConsumeAll()
	b.save("nobody")
	engine.ConsumeAll()
	reads(t, b, "Courriel", "écrivez une adresse comme nom@exemple.fr.")
}

func TestAValueThatCannotBeRightIsKeptAndSaid(t *testing.T) {
	g := lay(t, 40)
	e, engine, p := openSheet(t, g)
	for _, c := range []struct {
		v    query.Value
		says string
	}{
		{query.Value{Key: "field.postcode", Type: "text", Text: "abc", Doubt: portfolio.DoubtPostcode}, "Un code postal français a cinq chiffres ; gardé tel quel, à vérifier."},
		{query.Value{Key: "field.siret", Type: "siret", Text: "732 829 320 00075", Doubt: portfolio.DoubtSiretKey}, "La clé de ce SIRET est fausse"},
		{query.Value{Key: "field.siret", Type: "siret", Text: "732829320", Doubt: portfolio.DoubtSiret}, "Un SIRET a 14 chiffres"},
	} {
		b := &fieldBox{E: e, Account: p.id, Name: "X", V: c.v}
		if err := engine.Load(b); err != nil {
			t.Fatal(err)
		}
		engine.ConsumeAll()
		reads(t, b, c.says)
	}
}

func TestAReplacedValueShowsBothAndTakesTheOther(t *testing.T) {
	g := lay(t, 40)
	_, engine, p := openSheet(t, g)
	conflict := portfolio.ID{7}
	v := query.Value{Key: "field.phone", Type: "tel", Text: "02", Lost: []query.LostValue{{Conflict: conflict, Mine: true, Lost: "06 12 34 56 78", LostBy: "Maëlle"}}}
	s := &show{ui: func() app.UI { return p.lost(v, false) }}
	reads(t, s, "valeur remplacée", "La vôtre : 06 12 34 56 78", "Reprendre", "Garder")
	p.settle(conflict, true)
	engine.ConsumeAll()
	if got := orders[bridge.Settle](g, "settle"); len(got) != 1 || got[0].Conflict != conflict || !got[0].TakeOther {
		t.Errorf("settled %+v", got)
	}
}

// show is a piece of a page as a component.
type show struct {
	app.Compo
	ui func() app.UI
}

func (s *show) Render() app.UI { return app.Div().Body(s.ui()) }

func TestPlannedVisitsMoveAndGo(t *testing.T) {
	g := lay(t, -1)
	_, engine, p := openSheet(t, g)
	a := query.Appointment{ID: portfolio.ID{5}, Account: p.id, Day: groundDay + 3, Minute: 600, Kind: portfolio.Call}
	p.view.Value.Planned = []query.Appointment{a}
	p.moving = a.ID
	p.planOn(groundDay + 10)
	p.cancel(a.ID)
	engine.ConsumeAll()
	plans := orders[bridge.PlanVisit](g, "plan")
	if len(plans) != 1 || plans[0].ID != a.ID || plans[0].Minute != 600 || plans[0].Kind != portfolio.Call || plans[0].Day != int32(groundDay+10) {
		t.Errorf("moved %+v; want the same call at the same hour, a week later", plans)
	}
	if gone := orders[bridge.CancelVisit](g, "cancel-visit"); len(gone) != 1 || gone[0].ID != a.ID || gone[0].Account != p.id {
		t.Errorf("taken off %+v", gone)
	}
}

func TestTheSheetOfAnotherRepIsReadOnly(t *testing.T) {
	g := lay(t, 40)
	g.read = true
	_, _, p := openSheet(t, g)
	reads(t, p, "lecture", "Pourquoi ce score ?")
	s := text(p)
	for _, act := range []string{"Noter une fourchette", "Archiver", "Ajouter une personne", "Planifier"} {
		if contains(s, act) {
			t.Errorf("a manager is offered %q", act)
		}
	}
}

func TestTheWholeMethodIsOnTheSheet(t *testing.T) {
	g := lay(t, -1)
	g.deepen()
	_, _, p := openSheet(t, g)
	reads(t, p, "Risque de départ", "sur 12 mois", "Maturité par famille de produits", "Indice de maturité", "Ce que ce client a reçu", "Prix d'une visite", "Visites supportables",
		"Marge nette après contacts", "Marge commerciale nette", "Sensibilité et conseil", "Adoption et exclusion", "méthode interprétée", "Vers où va la relation", "Vitesse d'adoption",
		"Indice d'engagement", "composantes connues", "Efforts demandés au client", "Balance des efforts", "Cinq leviers", "Ce qui est en jeu, et que faire", "Valeur en jeu",
		"Donnant-donnant", "Réciprocité", "Nouvelle promesse", "Carte des relations", "Projets", "Décider autrement")
	if t := p.deepTab(); t.View.Alone {
		p.deep.Value = nil
	}
	if p.deepTab() == nil {
		t.Error("the sheet is read alone")
	}
}

func TestTheSheetReadAloneSaysWhatIsOnItsWay(t *testing.T) {
	g := lay(t, 40)
	_, _, p := openSheet(t, g)
	if v := p.deepTab(); v == nil || !v.View.Alone {
		t.Fatal("not read alone")
	}
	reads(t, p, "Maturité par famille de produits", "Lu sans les autres clients", "Risque de départ")
}

func TestTheSheetStandsWhenItsDeepPartsCannotCome(t *testing.T) {
	g := lay(t, 40)
	g.refuse["sheet"] = &bridge.Fault{Code: bridge.FaultWorker}
	_, _, p := openSheet(t, g)
	reads(t, p, "Pourquoi ce score ?", "Pénétration", "Maturité par famille de produits", "Historique")
	if p.deep.Err == nil {
		t.Error("no fault")
	}
}

// The figures of a page agree with the engine's, to what is printed.
func TestTheSheetPrintsWhatTheEngineFinds(t *testing.T) {
	g := lay(t, -1)
	g.deepen()
	e, _, p := openSheet(t, g)
	a := g.snap.Analysis(7)
	v := a.SheetView(a.Index(p.id))
	for _, f := range []query.Figure{v.Risk.P, v.Margin.Net, v.Margin.Bearable, v.Effort.Invested, v.Movement.Adoption, v.Engaged.Index, v.Give.Rho, v.Life.Index, v.Risk.Stake} {
		reads(t, p, nakedSpaces(e.Figure(f)))
	}
	if f := v.Margin; f.Sales != f.Bought+money.Cents(f.Gross.Value) || money.Cents(f.Net.Value) != money.Cents(f.Gross.Value)-f.Invested-f.Other {
		t.Errorf("the waterfall does not add up: %+v", f)
	}
}

func nakedSpaces(s string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ", "’", "'").Replace(s)
}

func TestSignalsAreSettledForTheSakeOfSeeing(t *testing.T) {
	g := lay(t, -1)
	g.deepen()
	a := g.snap.Analysis(7)
	for i := range a.Len() {
		v := a.SheetView(i)
		code := ""
		for _, c := range v.Risk.WhatIf {
			if k, ok := strings.CutPrefix(c.Key, "signal."); ok {
				code = k
			}
		}
		if code == "" {
			continue
		}
		e, engine, page := g.visit(t, ClientPath(v.ID))
		p := page.(*clientPage)
		reads(t, p, i18n.Signal(e.Lang, code), "Et si réglé ?")
		p.settleIf(p.ctx, code)
		engine.ConsumeAll()
		want := a.WhatIf(query.WhatIfAsk{Settled: []string{code}}, i).P
		if p.tried == nil || p.tried.P.Value != want.Value || want.Value >= v.Risk.P.Value {
			t.Fatalf("tried %+v, want %v under %v", p.tried, want.Value, v.Risk.P.Value)
		}
		reads(t, p, "Le risque passerait de", nakedSpaces(e.Figure(want)))
		p.settleIf(p.ctx, code)
		engine.ConsumeAll()
		if p.tried != nil || len(p.settled) != 0 {
			t.Error("a signal stays settled")
		}
		return
	}
	t.Error("nobody has a signal")
}

func TestADecisionIsMadeWithItsReasonAndUndone(t *testing.T) {
	g := lay(t, 40)
	_, engine, p := openSheet(t, g)
	p.open("decide-phase")
	reads(t, &show{ui: func() app.UI { return p.decision("phase") }}, "Votre valeur", "Pourquoi ?", "Jusqu'à quand ?")
	p.decide.Text = "4"
	p.saveDecision("phase")
	if p.failed == "" || len(orders[bridge.Override](g, "override")) != 0 {
		t.Error("a decision without a reason is taken")
	}
	p.decide.Why, p.decide.Until = "Nouveau gérant", int32(groundDay+90)
	p.saveDecision("phase")
	engine.ConsumeAll()
	got := orders[bridge.Override](g, "override")
	if len(got) != 1 || got[0].Account != p.id || got[0].What != "phase" || got[0].Text != "4" || got[0].Why != "Nouveau gérant" || got[0].Until != int32(groundDay+90) || got[0].End {
		t.Fatalf("decided %+v", got)
	}
	p.E.queue.Shown().Act(p.ctx)
	engine.ConsumeAll()
	if undone := orders[bridge.Undo](g, "undo"); len(undone) != 1 {
		t.Errorf("undone %+v", undone)
	}
	p.endDecision("phase")
	engine.ConsumeAll()
	if got = orders[bridge.Override](g, "override"); len(got) != 2 || !got[1].End {
		t.Errorf("ended %+v", got)
	}
}

func TestADecisionIsShownWithTheComputedValueBeside(t *testing.T) {
	g := lay(t, 40)
	_, _, p := openSheet(t, g)
	v := p.deepTab()
	v.View.Overrides = []query.Decided{{Author: portfolio.ID{1}, Reason: "Nouveau gérant", Day: groundDay - 3, Until: groundDay + 90, Computed: query.Figure{Topic: "phase", Text: "V", Mark: explain.Sound()}}}
	v.Authors = []string{"Maëlle Guivarch"}
	s := &show{ui: func() app.UI { return p.decision("phase") }}
	reads(t, s, "Décidé par Maëlle Guivarch le 16 nov. 2026, jusqu'au 17 févr. 2027", "« Nouveau gérant »", "Calculé : Vieillissement", "Revenir au calcul", "Changer")
}

func TestAPromiseIsKept(t *testing.T) {
	g := lay(t, 40)
	_, _, p := openSheet(t, g)
	row := query.PromisePart{ID: portfolio.ID{4}, Text: "Devis doseurs", State: portfolio.Promised, Due: groundDay - 5, Late: 5, Ours: true}
	s := &show{ui: func() app.UI { return p.promiseRow(row, false) }}
	reads(t, s, "Devis doseurs", "5 j de retard")
	if !strings.Contains(app.HTMLString(s), "Tenu") {
		t.Error("a promise cannot be kept")
	}
	s = &show{ui: func() app.UI { return p.promiseRow(row, true) }}
	if strings.Contains(app.HTMLString(s), "<button") {
		t.Error("a reader can keep a promise")
	}
}

func TestTheSheetSpeaksEnglish(t *testing.T) {
	g := lay(t, 40)
	g.deepen()
	e, engine, page := g.visit(t, ClientPath(g.first().ID))
	p := page.(*clientPage)
	e.Lang = i18n.EN
	p.view.Again(p.ctx)
	p.deep.Again(p.ctx)
	engine.ConsumeAll()
	reads(t, p, "Departure risk", "Maturity by product family", "Net margin after contacts", "Five levers", "Give and take", "Where the relation is going")
}
