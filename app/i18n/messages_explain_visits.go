//go:build !engine

package i18n

// The steps of the visits' plan, of the action plan and of the allocation of time.
var _ = add(table{
	"step.visits.budget":       {"Visites à répartir", "Visits to share"},
	"step.visits.need":         {"Minimums et lignes fixées", "Minima and fixed lines"},
	"step.visits.given":        {"Visites attribuées", "Visits given"},
	"step.visits.surplus":      {"Visites rendues aux prospects", "Visits left for prospects"},
	"step.visits.shortage":     {"Visites qui manquent aux minimums", "Visits the minima lack"},
	"step.visits.covered":      {"Clients visités", "Clients visited"},
	"step.visits.hours":        {"Charge en heures", "Load in hours"},
	"step.visits.key":          {"Clé de répartition", "Sharing key"},
	"step.visits.share":        {"Part avant les bornes", "Share before the bounds"},
	"step.visits.min":          {"Minimum", "Minimum"},
	"step.visits.max":          {"Maximum", "Maximum"},
	"step.visits.change":       {"Par rapport à l'an dernier", "Against last year"},
	"step.visits.spacing":      {"Une visite tous les", "One visit every"},
	"step.visits.value":        {"Valeur attendue", "Expected value"},
	"step.visits.score":        {"Score de la grille", "Score of the grid"},
	"step.visits.strategy":     {"Stratégie de contacts", "Contact strategy"},
	"step.visits.phase":        {"Phase de vie", "Life-cycle phase"},
	"step.visits.engagement":   {"Engagement", "Engagement"},
	"step.visits.pr":           {"Position P–R", "P–R position"},
	"step.visits.conflict":     {"Regards en désaccord", "Looks that disagree"},
	"step.visits.actionsDue":   {"Actions échues", "Actions due"},
	"step.visits.actionsDone":  {"Actions faites", "Actions done"},
	"step.visits.actions":      {"Actions du plan", "Actions of the plan"},
	"step.visits.extra":        {"Visites ajoutées", "Visits added"},
	"step.visits.cost":         {"Coût", "Cost"},
	"step.visits.gain":         {"Gain attendu", "Expected gain"},
	"step.visits.target":       {"Objectif", "Target"},
	"step.visits.gap":          {"Reste à trouver", "Left to find"},
	"step.visits.done":         {"Visites faites", "Visits done"},
	"step.visits.shortMinutes": {"Minutes qui manquent aux minimums", "Minutes the minima lack"},
	"step.visits.ceiling":      {"Ce qu'aucun plan ne dépasse", "What no plan exceeds"},
	"step.visits.hourValue":    {"Une heure de plus rapporte", "One more hour brings"},
})
