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
	"step.response.limitsSet":    {"Limites fixes réglées", "Fixed limits set"},
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

	// Classes (B1), badges, quadrants and decisions (B2), advice (B4).
	"response.class.squelette":    {"Squelette", "Skeleton"},
	"response.class.poule":        {"Poule aux œufs d'or", "Golden-egg hen"},
	"response.class.contactivore": {"Contactivore", "Contact devourer"},
	"response.class.vache":        {"Vache à lait", "Milk cow"},

	"response.band.1": {"Réagit à l'inverse", "Reacts the other way"},
	"response.band.2": {"Insensible", "Insensitive"},
	"response.band.3": {"Modérément sensible", "Moderately sensitive"},
	"response.band.4": {"Très sensible", "Very sensitive"},

	"response.quadrant.1": {"Sensible : plus de contacts, plus de ventes", "Responsive: more contacts, more sales"},
	"response.quadrant.2": {"Contre-productif : plus de contacts, pas plus de ventes", "Counter-productive: more contacts, no more sales"},
	"response.quadrant.3": {"Autonome : moins de contacts, plus de ventes", "Self-standing: fewer contacts, more sales"},
	"response.quadrant.4": {"En retrait : moins de contacts, pas plus de ventes", "Withdrawing: fewer contacts, no more sales"},

	"response.decision.1": {"Ajouter des contacts", "Add contacts"},
	"response.decision.2": {"Maintenir", "Hold"},
	"response.decision.3": {"Réduire", "Reduce"},

	"response.advice.1":  {"Passez au téléphone ou au web, fixez un quota de visites et demandez des efforts en retour.", "Move to the telephone or the web, set a quota of visits and ask for efforts in return."},
	"response.advice.2":  {"Gardez-le, mais faites payer la visite : minimum de commande, commandes groupées. Prévoyez un essai lisible.", "Keep him, but make the visit pay: minimum order, grouped orders. Plan a test that can be read."},
	"response.advice.3":  {"Espacez les visites, déléguez au sédentaire et surveillez.", "Space the visits, hand over to inside sales and watch."},
	"response.advice.4":  {"Gardez la cadence : il y répond.", "Keep the pace: he answers to it."},
	"response.advice.5":  {"Gardez la cadence : rien ne dit encore comment il y répond.", "Keep the pace: nothing says yet how he answers to it."},
	"response.advice.6":  {"Investissez : chaque visite de plus rapporte davantage qu'elle ne coûte.", "Invest: each visit more brings more than it costs."},
	"response.advice.7":  {"Protégez-le sans le déranger, et élargissez vos interlocuteurs.", "Protect him without disturbing him, and meet more people there."},
	"response.advice.8":  {"Faites un essai : trois contacts de plus, puis relisez sa sensibilité.", "Make a trial: three contacts more, then read his sensitivity again."},
	"response.advice.9":  {"Passez en mode économique (courrier, téléphone), ou arrêtez.", "Switch to economy mode (mail, telephone), or stop."},
	"response.advice.10": {"Ne changez rien : une visite de plus rapporte à peu près ce qu'elle coûte.", "Change nothing: one visit more brings about what it costs."},
	"response.advice.11": {"Estimez d'abord son potentiel : c'est lui qui décidera.", "Estimate his potential first: it will decide."},
})
