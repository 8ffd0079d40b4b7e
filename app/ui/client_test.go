package ui

import (
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
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
	reads(t, p, g.first().Name, "Pourquoi ce score ?", "sur 216", "+40", "Position P–R", "Pénétration", "chez nous sur", "Reste à gagner",
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

func TestABracketIsNoted(t *testing.T) {
	g := lay(t, 40)
	_, engine, p := openSheet(t, g)
	p.open("estimate")
	p.saveEstimate()
	if p.failed == "" {
		t.Error("an empty bracket is accepted")
	}
	p.range_.Min, p.range_.Max = "12 000", "15 000"
	p.saveEstimate()
	engine.ConsumeAll()
	got := orders[bridge.NewEstimate](g, "estimate")
	if len(got) != 1 || got[0].Account != p.id || got[0].Min != "12 000" || got[0].Method != portfolio.Declared {
		t.Errorf("noted %+v", got)
	}
}

func TestAPersonIsAdded(t *testing.T) {
	g := lay(t, 40)
	_, engine, p := openSheet(t, g)
	p.open("person")
	p.person.Name, p.person.Function = "Soazig Morvan", "Cheffe de cuisine"
	p.savePerson()
	engine.ConsumeAll()
	if got := orders[bridge.NewPerson](g, "person"); len(got) != 1 || got[0].Name != "Soazig Morvan" {
		t.Errorf("added %+v", got)
	}
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
