//go:build !engine

package i18n

// The steps of chapter C beyond the phase itself: families, several
// portfolios, special ways of selling, forecast.
var _ = add(table{
	"step.maturity.families":     {"Familles de produits", "Product families"},
	"step.maturity.openings":     {"Ventes croisées possibles", "Possible cross-sales"},
	"step.maturity.family":       {"Famille", "Family"},
	"step.maturity.familySales":  {"CA des 12 derniers mois dans cette famille", "Sales of the last 12 months in this family"},
	"step.maturity.familyPhase":  {"Phase dans cette famille", "Phase in this family"},
	"step.maturity.familiesV":    {"Familles en vieillissement", "Ageing families"},
	"step.maturity.erosionShare": {"Érosion signalée à partir de cette part du CA", "Erosion flagged from this share of sales"},
	"step.maturity.index":        {"Indice de maturité, de 1 (D) à 4 (V)", "Maturity index, from 1 (D) to 4 (V)"},
	"step.maturity.net":          {"Marge commerciale nette", "Net commercial margin"},
	"step.maturity.perUnit":      {"Marge nette par contact (UC)", "Net margin per contact (CU)"},
	"step.maturity.worth":        {"Reste à gagner × taux de marque × sensibilité", "Left to win × margin rate × sensitivity"},
	"step.maturity.floor":        {"Part minimale de chaque portefeuille", "Least share of each portfolio"},
	"step.maturity.share":        {"Part de l'effort", "Share of the effort"},
	"step.maturity.ours":         {"Équipements de chez nous", "Machines of ours"},
	"step.maturity.installed":    {"Équipements en place", "Machines in place"},
	"step.maturity.indicator":    {"Part du parc installé", "Share of the installed base"},
	"step.maturity.cycleEnds":    {"Fin du cycle de renouvellement", "End of the replacement cycle"},
	"step.maturity.projectsOpen": {"Projets ouverts", "Open projects"},
	"step.maturity.projectsWon":  {"Projets gagnés en 12 mois", "Projects won in 12 months"},
	"step.maturity.projectPhase": {"Phase du projet le plus avancé, de 1 à 7", "Phase of the project furthest on, from 1 to 7"},
	"step.maturity.termStart":    {"Début du contrat", "Start of the contract"},
	"step.maturity.termEnd":      {"Fin de la période en cours", "End of the current term"},
	"step.maturity.notice":       {"Préavis", "Notice"},
	"step.maturity.entered":      {"Clients entrés il y a 12 à 24 mois", "Clients who came in 12 to 24 months ago"},
	"step.maturity.dead":         {"Perdus avant leurs 12 mois", "Lost before their 12 months"},
	"step.maturity.mortality":    {"Taux de mortalité", "Mortality"},
	"step.maturity.snapshots":    {"Relevés annuels", "Yearly snapshots"},
	"step.maturity.transitions":  {"Passages d'une phase à l'autre observés", "Moves between phases observed"},
	"step.maturity.planned":      {"Nouveaux clients prévus", "New clients planned"},
	"step.maturity.nextC":        {"En croissance dans 12 mois", "Growing in 12 months"},
	"step.maturity.nextM":        {"En maturité dans 12 mois", "Mature in 12 months"},
	"step.maturity.nextV":        {"En vieillissement dans 12 mois", "Ageing in 12 months"},
	"step.maturity.nextLost":     {"Perdus d'ici 12 mois", "Lost within 12 months"},
	"step.maturity.needed":       {"Nouveaux clients pour que la courbe ne vieillisse pas", "New clients so that the curve does not age"},
})
