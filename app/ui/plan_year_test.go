package ui

import (
	"encoding/json"
	"testing"

	"sillon/app/bridge"
	"sillon/engine/query"
)

func init() {
	base := func(g *ground, q query.PlanAsk) (*query.Analysis, query.PlanBase) {
		a := g.deep()
		q.Tab.Scope = 7
		return a, g.snap.PlanBase(a, g.snap.TabBase(g.reader(q.Tab.Lang), a, q.Tab))
	}
	groundOps["plan-time"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "plan-time", in, func(q query.PlanAsk) query.PlanTime { a, b := base(g, q); return a.PlanTime(b) })
	}
	groundOps["plan-visits"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "plan-visits", in, func(q query.PlanAsk) query.PlanVisits { a, b := base(g, q); return a.PlanVisits(b, q.Top) })
	}
	groundOps["plan-prospects"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "plan-prospects", in, func(q query.PlanAsk) query.PlanProspects { a, b := base(g, q); return a.PlanProspects(b, q.Top) })
	}
	groundOps["plan-pac"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "plan-pac", in, func(q query.PlanAsk) query.PlanPAC { a, b := base(g, q); return a.PlanPAC(b) })
	}
	groundOps["plan-calls"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "plan-calls", in, func(q query.PlanAsk) query.PlanCalls { a, b := base(g, q); return a.PlanCalls(b, q.Top) })
	}
	groundOps["set-plan"] = func(g *ground, in []byte) ([]byte, error) { return order1[bridge.SetPlan](g, "set-plan", in) }
	groundOps["plan-line"] = func(g *ground, in []byte) ([]byte, error) { return order1[bridge.PlanLine](g, "plan-line", in) }
}

// Every screen of the plan says what it is for, with or without a time budget.
func TestTheScreensOfThePlanSpeak(t *testing.T) {
	g := lay(t, -1)
	for path, words := range map[string][]string{
		"/plan":           {"12 étapes", "Temps disponible", "Quatre questions", "Visites de prospects", "Coût d'un contact", "Outils prêts"},
		"/plan/visites":   {"Budget temps", "Visites par segment", "Stratégique", "Clé de répartition", "Ce que le plan change", "Client par client", "Le plan et la réalité"},
		"/plan/prospects": {"Prospects"},
		"/plan/pac":       {"Plan d'action commercial", "Rythme de l'année"},
		"/plan/appels":    {"Appels à passer"},
		"/plan/versions":  {"Version en cours"},
	} {
		_, _, page := g.visit(t, path)
		reads(t, page, words...)
	}
}

// What a page sends is whole numbers of fields that exist.
func TestTheFieldsOfAPlanAreTakenBack(t *testing.T) {
	fourteen := 14
	var b query.PlanBase
	b.Plan.Growth, b.Plan.Rate1 = 4, &fourteen
	now := []bridge.PlanNumber{planField(12, 9), planField(14, 10), planField(15, 3)}
	back := undoing(&b.Plan, now)
	got, _ := json.Marshal(back)
	want, _ := json.Marshal([]bridge.PlanNumber{{Field: 12, Value: 4}, {Field: 14, Value: 14}, {Field: 15, Clear: true}})
	if string(got) != string(want) {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestAmountsAndWeekendsAreRead(t *testing.T) {
	for text, want := range map[string]int64{"": 0, "1 200": 120000, "12,50 €": 1250} {
		if c, ok := euros(text); !ok || int64(c) != want {
			t.Errorf("%q is %d, %v", text, c, ok)
		}
	}
	for _, text := range []string{"abc", "-3"} {
		if _, ok := euros(text); ok {
			t.Errorf("%q is taken", text)
		}
	}
	if !weekend(2) || !weekend(3) || weekend(4) { // 3 and 4 January 1970, a Saturday and a Sunday
		t.Error("the weekend is not found")
	}
}
