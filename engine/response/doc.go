// Package response says what clients give back for the contacts they receive
// (que rendent les clients ?).
//
// Method B1, balance (approche bilantielle): U the contact units of a client
// and Q its result, ci = U ÷ mean U, ri = Q ÷ mean Q, the devouring index
//
//	D = ci ÷ ri = (U ÷ ΣU) ÷ (Q ÷ ΣQ);
//
// contacts and result, low or high, name four classes. D ≥ 1.5 with many
// contacts is a devourer (dévoreur), with few a small one.
//
// Method B2, flow (sensibilité aux contacts): the arc elasticity between N-1
// and N, and what one more unit returns, against what it costs:
//
//	E = [(Q₁−Q₀) ÷ (Q₁+Q₀)/2] ÷ [(U₁−U₀) ÷ (U₁+U₀)/2],  RM = E·MB ÷ U₁.
//
// The regression variant is the slope of ln(Q+1) on ln(U+1) over n periods,
// drawn to the slope within all clients: (n·E + 4·E_pool) ÷ (n + 4).
//
// Method B3, response curve: with x the visits ÷ today's visits,
//
//	r(x) = r₀ + (r∞ − r₀)·xᶜ ÷ (d + xᶜ),
//
// from four judgments in closed form, from five by least squares. Blended with
// a measured response, the judgments are pseudo-observations of deviation
// [JudgmentSD] and the measure adds its own, each weighing by its precision.
//
// Method B4: a table from class and sensitivity to a multiplier of visits.
//
// Measured response ([FitPanel]): a negative binomial regression of orders on
// the client's level, its lag and its visits, with slopes shrunk towards the
// whole and an elasticity weighed with a lognormal prior of median .30.
//
// Units: amounts in cents excluding VAT, contact units as numbers, prices per
// contact unit in cents, judgments in percent of today's margin.
//
// Parameters: balance.*, elasticity.*, marketAdjusted, strategy.multipliers,
// visit.maxChange.
//
// Sources: names of the classes found (W2), quadrants and D derived; "elasticity
// coefficient" found (W2), arithmetic derived; r(x): Little (1970), Management
// Science 16, p. B466 and Lodish (1971), Management Science 18, p. P25; prior:
// Albers, Mantrala, Sridhar (2010), Journal of Marketing Research 47, p. 840;
// slopes within clients: Mundlak (1978), Econometrica 46, pp. 69-85, and
// Manchanda, Rossi, Chintagunta (2004), Journal of Marketing Research 41,
// pp. 467-478; discounted level: Harvey and Fernandes (1989), Journal of
// Business and Economic Statistics 7, pp. 407-417; shrinkage: DerSimonian and
// Laird (1986), Controlled Clinical Trials 7, pp. 177-188.
package response

// StepKeys are the keys of every step this package writes.
var StepKeys = []string{
	"response.clients", "response.units", "response.meanUnits", "response.result",
	"response.meanResult", "response.contactIndex", "response.resultIndex",
	"response.limitUnits", "response.limitResult", "response.limitsSet", "response.devouring",
	"response.devourerFrom", "response.class", "response.invested", "response.margin",
	"response.severity", "response.unitsBefore", "response.resultBefore",
	"response.market", "response.changeUnits", "response.changeResult",
	"response.elasticity", "response.return", "response.price", "response.returnRatio",
	"response.addAbove", "response.reduceBelow", "response.periods",
	"response.pool", "response.multiplier", "response.visits", "response.proposed",
	"response.changeMax", "response.visitsMin", "response.visitsMax",
	"response.low", "response.high", "response.rows", "response.measured",
	"response.measuredSD", "response.prior", "response.carry", "response.longRun",
	"response.floor", "response.ceiling", "response.shape", "response.scale",
}
