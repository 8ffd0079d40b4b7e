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
	"step.visits.asked":        {"Visites que demandent les normes", "Visits the norms ask for"},
	"step.visits.shortMinutes": {"Minutes qui manquent aux minimums", "Minutes the minima lack"},
	"step.visits.ceiling":      {"Ce qu'aucun plan ne dépasse", "What no plan exceeds"},
	"step.visits.hourValue":    {"Une heure de plus rapporte", "One more hour brings"},

	// Whether the plan holds, in one sentence.
	"plan.empty":  {"Aucun client à visiter.", "No client to visit."},
	"plan.none":   {"Aucune visite à répartir : libérez du temps ou réduisez la prospection.", "No visit to share: free some time or prospect less."},
	"plan.locked": {"Les lignes que vous avez fixées demandent {0:{0} visite|{0} visites} pour {1} disponibles : baissez-en une.", "The lines you fixed ask for {0:{0} visit|{0} visits} with {1} available: lower one of them."},
	"plan.short":  {"Les minimums demandent {0:{0} visite|{0} visites} pour {1} disponibles ; il en manque {2}. Baissez des minimums, libérez du temps ou réduisez la prospection.", "The minima ask for {0:{0} visit|{0} visits} with {1} available; {2} are missing. Lower some minima, free some time or prospect less."},
	"plan.spare":  {"{0:Aucune visite répartie|{0} visite répartie|{0} visites réparties} ; aucun client n'en demande davantage, il en reste {1} pour les prospects.", "{0:No visit|{0} visit|{0} visits} shared; no client asks for more, {1} left for prospects."},
	"plan.holds":  {"{0:Aucune visite répartie|{0} visite répartie|{0} visites réparties} sur {1:aucun client|{1} client|{1} clients}.", "{0:No visit|{0} visit|{0} visits} shared over {1:no client|{1} client|{1} clients}."},
})
