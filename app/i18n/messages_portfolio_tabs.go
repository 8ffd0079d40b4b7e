//go:build !engine

package i18n

// The words of the pages Maturity and Weight of a portfolio; what the worker
// says there is in messages_query_portfolio.go.
var _ = add(table{
	"portfolio.readings":           {"Trois lectures de la même courbe", "Three readings of the same curve"},
	"portfolio.ahead":              {"Dans 12 mois, même rythme", "In 12 months, same pace"},
	"portfolio.starters":           {"Mortalité des démarrages", "Mortality of starters"},
	"portfolio.byfamily":           {"Par famille de produits", "By product family"},
	"portfolio.erosion":            {"Érosion cachée", "Hidden erosion"},
	"portfolio.target":             {"Effort et cible, par phase", "Effort and target, by phase"},
	"portfolio.story":              {"Mois après mois", "Month after month"},
	"portfolio.situation":          {"Façon de vendre", "Way of selling"},
	"portfolio.window":             {"Période lue : {0} mois. Un client est perdu après {1} mois sans commande.", "Period read: {0} months. A client is lost after {1} months without an order."},
	"portfolio.same-year":          {"Chaque saison se compare à la même saison.", "Each season is compared with the same season."},
	"portfolio.frozen":             {"Hors saison : les alertes dorment.", "Out of season: alerts are asleep."},
	"portfolio.client":             {"Client", "Client"},
	"portfolio.sales":              {"CA", "Sales"},
	"portfolio.sprout":             {"achetée par les voisins, jamais chez lui.", "bought by neighbours, never by them."},
	"portfolio.diagnosis":          {"Le diagnostic en quelques phrases", "The diagnosis in a few sentences"},
	"portfolio.board-all-families": {"Potentiel × réalisé, toutes les familles", "Potential × realised, all families"},
	"portfolio.split":              {"Partager son temps entre portefeuilles", "Sharing time between portfolios"},
	"portfolio.many":               {"Plusieurs portefeuilles", "Several portfolios"},

	"portfolio.cuts":         {"Poids, coupes à déplacer", "Weight, with cuts to move"},
	"portfolio.cuts.heads":   {"20 / 50 % clients", "20 / 50% clients"},
	"portfolio.cuts.set":     {"Coupes", "Cuts"},
	"portfolio.storeys":      {"Quatre étages, un quart chacun", "Four floors, a quarter each"},
	"portfolio.crossed":      {"ABC croisée, chiffre × potentiel", "Crossed ABC, sales × potential"},
	"portfolio.crossed.kept": {"Avec les coupes en vigueur : l'essai ne change que la courbe.", "With the cuts in force: the trial changes the curve only."},
	"portfolio.climbs":       {"Monter d'un étage", "Climb a floor"},
	"portfolio.climb.to":     {"Vers", "To"},
	"portfolio.climb.cost":   {"Il manque", "Missing"},
	"portfolio.climb.can":    {"Possible ?", "Possible?"},
	"portfolio.climb.try":    {"Essayer la montée de {0} en {1}", "Try the climb of {0} to {1}"},
	"portfolio.climb.back":   {"Revenir à aujourd'hui", "Back to today"},
	"portfolio.by":           {"Montant pesé", "Amount weighed"},
	"portfolio.by.sales":     {"Chiffre d'affaires", "Sales"},
	"portfolio.by.margin":    {"Marge", "Margin"},
	"portfolio.by.units":     {"Contacts", "Contacts"},
	"portfolio.by.potential": {"Potentiel", "Potential"},
})
