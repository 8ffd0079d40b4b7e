package ui

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/engine/calendar"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// bar is the docked bar of a client, alone.
func bar(t *testing.T, g *ground) (*logBar, app.TestEngine) {
	t.Helper()
	e, engine, _ := g.visit(t, "/")
	r := g.first()
	b := &logBar{E: e, Account: r.ID, Name: r.Name, Objective: "Obtenir l'essai"}
	if err := engine.Load(b); err != nil {
		t.Fatal(err)
	}
	engine.ConsumeAll()
	return b, engine
}

func TestOneTapLogsAndUndoTakesItBack(t *testing.T) {
	g := lay(t, 40)
	b, engine := bar(t, g)
	b.log(portfolio.StepForward)
	b.ctx.Update()
	engine.ConsumeAll()
	logs := orders[bridge.LogVisit](g, "log")
	if len(logs) != 1 || logs[0].Account != b.Account || logs[0].Outcome != portfolio.StepForward || logs[0].Kind != portfolio.Visit || logs[0].Objective == "" {
		t.Fatalf("logged %+v; want one visit, step forward, with its objective", logs)
	}
	reads(t, b, "Noter la visite", "Commande", "Avancée", "Statu quo", "Recul", "Absent", "Autre", "Et ensuite ?", "Dans 30 jours", "Enregistré", "Suivant")
	snack := b.E.queue.Shown()
	if snack == nil || snack.Act == nil {
		t.Fatalf("no message with Annuler after a tap: %+v", snack)
	}
	snack.Act(b.ctx)
	engine.ConsumeAll()
	if undos := orders[bridge.Undo](g, "undo"); len(undos) != 1 || undos[0].Account != b.Account || undos[0].ID.IsZero() {
		t.Errorf("undone %+v; want the contact just logged", undos)
	}
	if b.visit.Outcome != 0 {
		t.Errorf("outcome %d stays lit after undo", b.visit.Outcome)
	}
}

func TestUndoGoesBackOneOutcomeAtATimeAndTheMessageNamesThePresentOne(t *testing.T) {
	g := lay(t, 40)
	b, engine := bar(t, g)
	says := func(outcome string) {
		t.Helper()
		engine.ConsumeAll()
		s := b.E.queue.Shown()
		if b.E.queue.Len() != 1 || s == nil || !strings.Contains(s.Text, outcome) {
			t.Fatalf("%d messages, the first %+v; want one that names %s", b.E.queue.Len(), s, outcome)
		}
	}
	b.log(portfolio.Order)
	says("Commande")
	b.log(portfolio.NoChange)
	says("Statu quo")
	b.log(portfolio.Absent)
	says("Absent")
	b.E.queue.Shown().Act(b.ctx)
	says("Statu quo")
	b.E.queue.Shown().Act(b.ctx)
	says("Commande")
	if b.visit.Outcome != portfolio.Order {
		t.Errorf("outcome %d is lit after two steps back; want the first", b.visit.Outcome)
	}
	logs := orders[bridge.LogVisit](g, "log")
	if len(logs) != 5 || !logs[0].Amends.IsZero() || logs[4].Outcome != portfolio.Order || logs[4].Amends != (portfolio.ID{0xaa, 4}) {
		t.Fatalf("logged %+v; want two corrections, then two that go back, each amending the one before", logs)
	}
	if undos := orders[bridge.Undo](g, "undo"); len(undos) != 0 {
		t.Fatalf("undone %+v before the first outcome is taken back", undos)
	}
	b.E.queue.Shown().Act(b.ctx)
	says("annulé")
	if undos := orders[bridge.Undo](g, "undo"); len(undos) != 1 || undos[0].ID != (portfolio.ID{0xaa, 5}) {
		t.Errorf("undone %+v; want the latest correction once: it stands for the visit", undos)
	}
	if b.E.queue.Shown().Action != "" || b.visit.Outcome != 0 {
		t.Errorf("outcome %d, message %+v after the whole visit is taken back", b.visit.Outcome, b.E.queue.Shown())
	}
	b.log(portfolio.StepBack) // afresh
	engine.ConsumeAll()
	if logs := orders[bridge.LogVisit](g, "log"); !logs[len(logs)-1].Amends.IsZero() {
		t.Errorf("a visit logged after an undo amends %v", logs[len(logs)-1].Amends)
	}
}

func TestTapsBeforeTheFirstIsSavedAreNotLost(t *testing.T) {
	g := lay(t, 40)
	b, engine := bar(t, g)
	b.log(portfolio.Order)
	b.log(portfolio.StepBack)
	b.visit.Undo() // the last change, which nobody has written yet
	engine.ConsumeAll()
	if logs := orders[bridge.LogVisit](g, "log"); len(logs) != 1 || b.visit.Outcome != portfolio.Order {
		t.Errorf("logged %d times, outcome %d; want the first outcome, once", len(logs), b.visit.Outcome)
	}
	b.visit.Outcome = portfolio.NoChange
	b.visit.save()
	b.visit.Undo() // on its way: back as soon as it has arrived
	engine.ConsumeAll()
	if logs := orders[bridge.LogVisit](g, "log"); len(logs) != 3 || logs[2].Outcome != portfolio.Order {
		t.Errorf("logged %+v; want the correction, then the first outcome again", logs)
	}
}

func TestACorrectionThatFailsLeavesTheOutcomeOfTheDisk(t *testing.T) {
	g := lay(t, 40)
	b, engine := bar(t, g)
	b.log(portfolio.Order)
	engine.ConsumeAll()
	g.refuse["log"] = &bridge.Fault{Code: bridge.FaultQuota}
	b.log(portfolio.Absent)
	engine.ConsumeAll()
	if b.visit.Outcome != portfolio.Order {
		t.Errorf("outcome %d is lit; want the one that was saved", b.visit.Outcome)
	}
}

func TestAFailedTapGoesOutAndSaysWhy(t *testing.T) {
	g := lay(t, 40)
	g.refuse["log"] = &bridge.Fault{Code: bridge.FaultQuota}
	b, engine := bar(t, g)
	b.log(portfolio.Order)
	engine.ConsumeAll()
	if b.visit.Outcome != 0 {
		t.Error("the chip stays lit though nothing was logged")
	}
	if s := b.E.queue.Shown(); s == nil || s.Action != "" {
		t.Errorf("message %+v; want one without Annuler", s)
	}
}

func TestJAiAppeleLogsACall(t *testing.T) {
	g := lay(t, 40)
	b, engine := bar(t, g)
	b.called(b.ctx)
	b.log(portfolio.NoChange)
	b.ctx.Update()
	engine.ConsumeAll()
	if logs := orders[bridge.LogVisit](g, "log"); len(logs) != 1 || logs[0].Kind != portfolio.Call {
		t.Errorf("logged %+v; want a call", logs)
	}
	reads(t, b, "Noter l'appel")
}

func TestNextActionIsPlannedThenMoved(t *testing.T) {
	g := lay(t, 40)
	b, engine := bar(t, g)
	b.log(portfolio.Order)
	engine.ConsumeAll()
	b.visit.PlanOn(groundDay+7, portfolio.Visit)
	engine.ConsumeAll()
	b.visit.PlanOn(groundDay+30, portfolio.Visit)
	engine.ConsumeAll()
	plans := orders[bridge.PlanVisit](g, "plan")
	if len(plans) != 2 || calendar.Day(plans[0].Day) != groundDay+7 || !plans[0].ID.IsZero() || plans[1].ID != (portfolio.ID{0xaa, 2}) {
		t.Errorf("planned %+v; want 26 November, then the same moved", plans)
	}
}

func TestTheSheetCompletesWhatTheTapSaved(t *testing.T) {
	g := lay(t, 40)
	e, engine, _ := g.visit(t, "/")
	closed := false
	b := &logBar{E: e}
	if err := engine.Load(b); err != nil {
		t.Fatal(err)
	}
	engine.ConsumeAll()
	s := newLogSheet(b.ctx, e, g.first(), nil, func(app.Context) { closed = true })
	s.OnMount(b.ctx)
	s.visit.Log(portfolio.Order)
	engine.ConsumeAll()
	s.amount = "douze"
	if s.close(b.ctx); closed || !s.bad {
		t.Fatal("the sheet closed over an amount that is none")
	}
	s.amount, s.visit.Note = "1 240", "Commande de bobines"
	s.close(b.ctx)
	engine.ConsumeAll()
	logs := orders[bridge.LogVisit](g, "log")
	if !closed || len(logs) != 2 || logs[1].Order != 124000 || logs[1].Notes != "Commande de bobines" || logs[1].Amends.IsZero() {
		t.Errorf("logged %+v; want the note and 1 240 € to amend the order", logs)
	}
}

func TestTheSheetFindsAClient(t *testing.T) {
	g := lay(t, 40)
	e, engine, _ := g.visit(t, "/")
	s := &clientSearch{E: e}
	if err := engine.Load(s); err != nil {
		t.Fatal(err)
	}
	engine.ConsumeAll()
	s.typed(s.ctx, "zzzz")
	s.typed(s.ctx, g.first().Name[:5])
	engine.ConsumeAll()
	reads(t, s, g.first().Name)
	asks := orders[query.ListAsk](g, "list")
	if last := asks[len(asks)-1]; last.Text != g.first().Name[:5] {
		t.Errorf("last question %q; want the last text typed", last.Text)
	}
}

func TestParseAmount(t *testing.T) {
	for text, want := range map[string]int64{
		"": 0, "1240": 124000, "1 240": 124000, "1 240 €": 124000, "1.240,50": 124050, "1,240.50": 124050,
		"1,240": 124000, "12,5": 1250, "0,99": 99, "2k": 200000, "2,5 k€": 250000,
	} {
		if got, ok := parseAmount(text); !ok || got != want {
			t.Errorf("parseAmount(%q) = %d, %v; want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"douze", "12 euros", "€"} {
		if got, ok := parseAmount(text); ok {
			t.Errorf("parseAmount(%q) = %d; want none", text, got)
		}
	}
}
