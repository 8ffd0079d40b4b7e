//go:build !engine

package i18n

// Words of the « pourquoi » sheet.
var _ = add(table{
	"why.steps":            {"Le calcul, pas à pas", "The calculation, step by step"},
	"why.page":             {"La page de la méthode", "The page of the method"},
	"why.page.absent":      {"Cette page n’est pas encore sur la tablette : elle viendra avec le réseau.", "This page is not on the tablet yet: it comes with the network."},
	"why.long":             {"Tout le calcul, en {0} pas", "The whole calculation, in {0} steps"},
	"why.bands":            {"Les seuils", "The thresholds"},
	"why.changes":          {"Ce qui le changerait", "What would change it"},
	"why.near":             {"{0} : tout près", "{0}: very near"},
	"why.try":              {"Essayer une valeur", "Try a value"},
	"why.try.sales":        {"CA", "Sales"},
	"why.try.potential":    {"Potentiel", "Potential"},
	"why.try.visits":       {"Visites", "Visits"},
	"why.then":             {"Aujourd'hui {0}, puis", "Today {0}, then"},
	"why.sum":              {"{0} − {1} = {2}", "{0} − {1} = {2}"},
	"why.leads-pr":         {"{0}, donc P–R = {1}", "{0}, so P–R = {1}"},
	"why.pr":               {"P–R = {0}", "P–R = {0}"},
	"why.pr-low.-2":        {"Vérifier", "Check"},
	"why.pr-low.-1":        {"Entretenir", "Maintain"},
	"why.pr-low.0":         {"Économiser", "Economise"},
	"why.pr-low.1":         {"Accompagner", "Support"},
	"why.pr-low.2":         {"Sonder", "Probe"},
	"why.amount.plevel":    {"Potentiel {0}", "Potential {0}"},
	"why.amount.rlevel":    {"CA {0}", "Sales {0}"},
	"why.strokes":          {"Un trait, un client ; la marque couleur blé, celui-ci.", "One stroke, one client; the wheat mark is this one."},
	"why.quarters":         {"Chaque case vaut un quart du total ; un trait, un client.", "Each box is a quarter of the total; one stroke, one client."},
	"why.data":             {"{0}, jusqu'au {1}.", "{0}, until {1}."},
	"why.data-none":        {"{0}.", "{0}."},
	"why.confidence":       {"Confiance {0}.", "Confidence {0}."},
	"why.read-on":          {"Lu au {0}.", "Read on {0}."},
	"why.alone":            {"Lu sans les autres clients, qui arrivent : les rangs et les classes vont se préciser.", "Read without the other clients, who are on their way: ranks and classes will get clearer."},
	"why.interpreted":      {"méthode interprétée", "interpreted method"},
	"why.interpreted-text": {"Interprétée : le nom et l'usage viennent de la méthode publiée, le calcul est notre lecture.", "Interpreted: the name and its use come from the published method, the calculation is our reading."},
	"why.here":             {"Calculé sur cette tablette · {0}", "Worked out on this tablet · {0}"},
})
