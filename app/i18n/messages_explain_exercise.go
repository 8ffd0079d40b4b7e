//go:build !engine

package i18n

// The words of grading.
var _ = add(table{
	"step.exercise.answer":    {"Réponse", "Answer"},
	"step.exercise.key":       {"Référence", "Reference"},
	"step.exercise.gap":       {"Écart", "Gap"},
	"step.exercise.tolerance": {"Tolérance", "Tolerance"},
	"step.exercise.score":     {"Note, de 0 à 1", "Mark, from 0 to 1"},
	"step.exercise.items":     {"Éléments notés", "Items marked"},
	"step.exercise.right":     {"Éléments justes", "Items right"},
	"step.exercise.distance":  {"Somme des écarts de classe", "Sum of the gaps between classes"},
	"step.exercise.tau":       {"Accord des deux ordres (τ-b), de −1 à 1", "Agreement of the two orders (τ-b), from −1 to 1"},
	"step.exercise.placed":    {"Éléments placés", "Items placed"},
	"step.exercise.precision": {"Justes parmi les réponses", "Right among the answers"},
	"step.exercise.recall":    {"Trouvés parmi les attendus", "Found among those expected"},
	"step.exercise.feasible":  {"Respect de la somme et des bornes", "Sum and bounds respected"},
	"step.exercise.closeness": {"Proximité de la référence", "Closeness to the reference"},
	"step.exercise.payoff":    {"Gain attendu du choix", "Expected gain of the choice"},
	"step.exercise.best":      {"Gain attendu du meilleur choix", "Expected gain of the best choice"},
	"step.exercise.result":    {"Résultat final", "Final result"},
	"step.exercise.steps":     {"Étapes du calcul", "Steps of the calculation"},
	"step.exercise.ticked":    {"Points de la grille cochés", "Items of the rubric ticked"},
})
