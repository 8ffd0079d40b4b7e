//go:build !engine

package i18n

// The words of chapter B: what clients give back for the contacts they receive.
var _ = add(table{
	"step.response.clients":      {"Clients comptés", "Clients counted"},
	"step.response.units":        {"Contacts de la période (UC)", "Contacts of the period (CU)"},
	"step.response.meanUnits":    {"Contacts, moyenne des clients (UC)", "Contacts, mean of the clients (CU)"},
	"step.response.result":       {"Résultat de la période", "Result of the period"},
	"step.response.meanResult":   {"Résultat, moyenne des clients", "Result, mean of the clients"},
	"step.response.contactIndex": {"Contacts ÷ moyenne", "Contacts ÷ mean"},
	"step.response.resultIndex":  {"Résultat ÷ moyenne", "Result ÷ mean"},
	"step.response.limitUnits":   {"Beaucoup de contacts à partir de (UC)", "Many contacts from (CU)"},
	"step.response.limitResult":  {"Résultat élevé à partir de", "High result from"},
	"step.response.devouring":    {"Part des contacts ÷ part du résultat", "Share of contacts ÷ share of the result"},
	"step.response.devourerFrom": {"Dévoreur à partir de", "Devourer from"},
	"step.response.class":        {"Classe", "Class"},
	"step.response.invested":     {"Montant investi", "Amount invested"},
	"step.response.margin":       {"Marge brute", "Gross margin"},
	"step.response.severity":     {"Gravité", "Severity"},

	"step.response.unitsBefore":  {"Contacts de la période précédente (UC)", "Contacts of the period before (CU)"},
	"step.response.resultBefore": {"CA de la période précédente", "Sales of the period before"},
	"step.response.market":       {"Évolution de tout le portefeuille, retirée", "Change of the whole portfolio, taken out"},
	"step.response.changeUnits":  {"Contacts en plus ou en moins (UC)", "Contacts more or fewer (CU)"},
	"step.response.changeResult": {"CA en plus ou en moins", "Sales more or less"},
	"step.response.elasticity":   {"Coefficient d'élasticité", "Elasticity coefficient"},
	"step.response.return":       {"Marge d'un contact de plus", "Margin of one more contact"},
	"step.response.price":        {"Prix d'un contact", "Price of a contact"},
	"step.response.returnRatio":  {"Marge d'un contact de plus ÷ son prix", "Margin of one more contact ÷ its price"},
	"step.response.addAbove":     {"Ajouter au-dessus de", "Add above"},
	"step.response.reduceBelow":  {"Réduire en dessous de", "Reduce below"},
	"step.response.periods":      {"Périodes utilisables", "Usable periods"},
	"step.response.pool":         {"Élasticité de tous les clients", "Elasticity of all clients"},

	"step.response.multiplier": {"Contacts multipliés par", "Contacts multiplied by"},
	"step.response.visits":     {"Visites d'aujourd'hui", "Visits of today"},
	"step.response.proposed":   {"Visites proposées", "Visits proposed"},

	"step.response.floor":   {"Marge sans visite", "Margin without visits"},
	"step.response.ceiling": {"Marge à saturation", "Margin at saturation"},
	"step.response.shape":   {"Forme de la courbe (c)", "Shape of the curve (c)"},
	"step.response.scale":   {"Échelle de la courbe (d)", "Scale of the curve (d)"},

	"step.response.rows":       {"Mois de clients observés", "Client-months observed"},
	"step.response.measured":   {"Élasticité mesurée", "Elasticity measured"},
	"step.response.measuredSD": {"Incertitude de la mesure", "Uncertainty of the measure"},
	"step.response.prior":      {"Élasticité habituelle des forces de vente", "Usual elasticity of sales forces"},
	"step.response.low":        {"Au moins (9 chances sur 10)", "At least (9 chances in 10)"},
	"step.response.high":       {"Au plus (9 chances sur 10)", "At most (9 chances in 10)"},
	"step.response.carry":      {"Part de l'effet qui dure d'une période à l'autre", "Share of the effect that lasts from one period to the next"},
	"step.response.longRun":    {"Élasticité d'un effort qui dure", "Elasticity of an effort that lasts"},
})
