//go:build !engine

package i18n

// The steps of the customer-base models.
var _ = add(table{
	"step.foresight.clients":      {"Clients dont le modèle est tiré", "Clients the model was drawn from"},
	"step.foresight.regularity":   {"Régularité des commandes, 1 : aucune", "Regularity of the orders, 1: none"},
	"step.foresight.r":            {"Rythmes des clients, forme (r)", "Clients' rhythms, shape (r)"},
	"step.foresight.alpha":        {"Rythmes des clients, échelle en semaines (alpha)", "Clients' rhythms, scale in weeks (alpha)"},
	"step.foresight.a":            {"Départs (a)", "Departures (a)"},
	"step.foresight.b":            {"Départs (b)", "Departures (b)"},
	"step.foresight.departed":     {"Part des clients que le modèle croit partis", "Share of clients the model believes gone"},
	"step.foresight.evidence":     {"Preuve que des clients partent, suffisante à partir de 2,71", "Evidence that clients leave, enough from 2.71"},
	"step.foresight.repeats":      {"Commandes après la première", "Orders after the first"},
	"step.foresight.recency":      {"De la première à la dernière commande", "From the first to the last order"},
	"step.foresight.age":          {"Depuis la première commande", "Since the first order"},
	"step.foresight.alive":        {"Probabilité qu'il soit encore client", "Probability that he is still a client"},
	"step.foresight.horizon":      {"Durée de la prévision", "Length of the forecast"},
	"step.foresight.orders":       {"Commandes attendues", "Orders expected"},
	"step.foresight.low":          {"Commandes, bas de l'intervalle", "Orders, low end of the interval"},
	"step.foresight.high":         {"Commandes, haut de l'intervalle", "Orders, high end of the interval"},
	"step.foresight.noOrder":      {"Probabilité de n'avoir aucune commande", "Probability of no order at all"},
	"step.foresight.season":       {"Coefficient saisonnier", "Seasonal factor"},
	"step.foresight.spend":        {"Montant attendu d'une commande", "Amount expected of an order"},
	"step.foresight.value":        {"CA attendu", "Sales expected"},
	"step.foresight.silence":      {"Silence depuis la dernière commande", "Silence since the last order"},
	"step.foresight.usual":        {"Silence habituel entre deux commandes", "Usual silence between two orders"},
	"step.foresight.limit":        {"Silence trop long à partir de", "Too long a silence from"},
	"step.foresight.months":       {"Mois complets observés", "Full months observed"},
	"step.foresight.seasonOrders": {"Commandes dont les coefficients sont tirés", "Orders the factors were drawn from"},
})
