//go:build !engine

package i18n

// The words of the prospects' priority (double attraction) and of the criteria
// a grid may add; those of the grid itself are in messages_explain.go.
var _ = add(table{
	"criterion.solvency":  {"solvabilité", "solvency"},
	"criterion.proximity": {"proximité", "proximity"},
	"criterion.risk":      {"risque de départ", "departure risk"},

	"step.scoring.prospects":   {"Prospects classés", "Prospects placed"},
	"step.scoring.excluded":    {"À ne pas contacter", "Not to be contacted"},
	"step.scoring.relevance":   {"Pertinence de votre offre, sur 100", "Relevance of your offer, out of 100"},
	"step.scoring.credibility": {"Votre crédibilité, sur 100", "Your credibility, out of 100"},
	"step.scoring.disposition": {"Sa disposition envers vous, sur 10", "His disposition towards you, out of 10"},
	"step.scoring.interest":    {"Votre intérêt pour lui, sur 10", "Your interest in him, out of 10"},
	"step.scoring.priority":    {"Priorité, sur 10", "Priority, out of 10"},
	"step.scoring.conversion":  {"Chance de le gagner", "Chance to win him"},
	"step.scoring.firstYear":   {"Marge de la première année", "Margin of the first year"},
	"step.scoring.visits":      {"Visites nécessaires", "Visits needed"},
	"step.scoring.price":       {"Prix d'une visite", "Price of a visit"},
	"step.scoring.expected":    {"Valeur attendue", "Expected value"},
})
