package i18n

import (
	"testing"

	"sillon/engine/explain"
	"sillon/engine/loyalty"
	"sillon/engine/response"
)

// A class or a cause is a word on screen, never its code.
func TestStepsOfClassesAreWords(t *testing.T) {
	for _, c := range []struct {
		step   explain.Step
		fr, en string
	}{
		{explain.Name("response.class", response.Cow.String()), "Vache à lait", "Milk cow"},
		{explain.Name("loyalty.type", loyalty.Engaged.Key()), "Engagé", "Engaged"},
		{explain.Name("attrition.signal", "S4"), "Commande en retard", "Order overdue"},
		{explain.Tally("attrition.rule", 5), "Ne vaut pas d’être retenu\u202f: une lettre", "Not worth retaining: a letter"},
		{explain.Name("steering.effort", "E03"), "Grouper les commandes", "Group orders"},
		{explain.Name("maturity.familyPhase", "V"), "Vieillissement", "Ageing"},
		{explain.Name("relation.phase", "maturation.evaluation"), "Évaluation", "Evaluation"},
		{explain.Tally("attrition.factor", 2), "Jours depuis la dernière commande", "Days since the last order"},
	} {
		if _, got := Step(FR, "EUR", c.step); got != c.fr {
			t.Errorf("%s is %q, want %q", c.step.Key, got, c.fr)
		}
		if _, got := Step(EN, "EUR", c.step); got != c.en {
			t.Errorf("%s is %q, want %q", c.step.Key, got, c.en)
		}
	}
	score := explain.Step{Key: "relation.score", Value: .5, Unit: explain.Percent, Text: "maturation.evaluation"}
	if name, value := Step(EN, "EUR", score); name != "Share of the signals seen: Evaluation" || value != "50%" {
		t.Errorf("the share of a phase reads %q %q", name, value)
	}
}
