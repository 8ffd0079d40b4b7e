// Package steering says who carries the relation, what efforts are asked of
// clients and how far they are made, and how lively the relation is (partage de
// l'effort, objectifs d'efforts, animation de la clientèle).
//
// Method G1: rep index = U ÷ mean U, client index = IE ÷ mean IE,
//
//	balance = client index ÷ rep index,
//
// under 0.7 we carry the relation, above 1.3 the client does. G2: attainment of
// an objective, whichever way it goes, and client effort index
//
//	a = (actual − baseline) ÷ (target − baseline), clipped to −1 … 1.5,  IE = Σ w·a ÷ Σ w,
//
// the target suggested being 30 % of the way from the baseline to the best
// quarter of the clients of the same typology. G3: five levers, each a share,
// score = their mean × 100; gifts are capped per person and year.
//
// Units: contact units; each measure of G2 in its own; money in cents.
//
// Parameters: balance.carry, effort.maxPerClient, effort.clip,
// effort.suggestShare, gift.cap.
//
// Sources: the sharing of effort, the objectives and the five levers found in
// name (S0; W3 for a family of actions that stimulate clients' efforts); the
// catalogue, the measures and the arithmetic derived.
package steering

// StepKeys are the keys of every step this package writes.
var StepKeys = []string{
	"steering.units", "steering.meanUnits", "steering.meanIE", "steering.clients", "steering.rep", "steering.ie", "steering.client", "steering.balance",
	"steering.baseline", "steering.actual", "steering.target", "steering.attainment",
	"steering.objectives", "steering.excess", "steering.yield", "steering.effort", "steering.weight",
	"steering.bestQuarter", "steering.peers",
	"steering.discourse", "steering.bases", "steering.presence", "steering.promises",
	"steering.ledger", "steering.score",
}

// CatalogueKeys are the keys of the efforts and of their measures, worded by
// the catalogue of messages.
func CatalogueKeys() []string {
	var keys []string
	for _, e := range catalogue {
		keys = append(keys, e.Key)
		for _, m := range e.Measures {
			keys = append(keys, m.Key)
		}
	}
	return keys
}
