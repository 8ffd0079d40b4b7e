// Package visits shares a year's visits over the clients, prices the action
// plan and says who is due (répartition des visites, PAC, rendez-vous).
//
// Method H6: from a stock of visits to whole numbers that add up to it.
// [Norms]: a norm per category, scaled to the stock. [Proportional]: with keys
// x and bounds,
//
//	nᵢ = min(maxᵢ, max(minᵢ, λ·xᵢ)),  λ such that Σ nᵢ = V,
//
// by clamping one side at a time, then the largest remainder. [Marginal]: the
// visit that earns most per minute, one by one, on the concave envelope of the
// response. [Mix] combines the lenses into a key:
//
//	key = score × m_B4^β1 × κ_phase^β2 × m_F2^β3 × (1 + 0.25·PR)^β4.
//
// [Allocate]: the calls that earn most under one budget of time, trips to areas
// included, with a proof (CALLPLAN; exact dynamic programming).
//
// Method H7, [Economy]: cost = Σ visits·PRC + spend, gain = Σ probability ×
// captured × margin, ROI = (gain − cost) ÷ cost; [Respect] of the policy = 1 −
// ½·Σ|planned share − done share|.
//
// Method H8: urgency u = days since the last visit ÷ target interval, above 1
// overdue; the target interval is the weeks available × 7 ÷ planned visits or,
// without a plan, the orphan interval of the category (365 ÷ 18, 13, 12, 3
// days). Calls needed = appointments ÷ hit rate.
//
// Units: visits a year, days, weeks, minutes of one visit; money in cents, as
// float64 where it is multiplied by a probability.
//
// Parameters: visit.min, visit.max, visit.maxChange, mix.exponents, pr.keySlope,
// visit.orphanInterval, call.horizon, call.hitRate.
//
// Sources: names found (S3); workload method found (W9, W22), frequency by
// profitability, solvency and potential found (W28); the algorithms derived.
// Bitran, Hax (1981), Management Science 27(4), p. 431. Lodish (1971),
// Management Science 18(4), p. P25. Price of time and the gap it leaves:
// Everett (1963), Operations Research 11(3), p. 399; Sinha, Zoltners (1979),
// Operations Research 27(3), p. 503.
package visits

// StepKeys are the keys of every step this package writes.
var StepKeys = []string{
	"visits.lastVisit", "visits.since", "visits.interval", "visits.urgency", "visits.due",
	"visits.budget", "visits.need", "visits.given", "visits.surplus", "visits.shortage",
	"visits.covered", "visits.hours", "visits.key", "visits.share", "visits.min", "visits.max",
	"visits.planned", "visits.change", "visits.spacing", "visits.value",
	"visits.score", "visits.strategy", "visits.phase", "visits.engagement", "visits.pr", "visits.conflict",
	"visits.actionsDue", "visits.actionsDone", "visits.actions", "visits.extra", "visits.cost",
	"visits.gain", "visits.target", "visits.gap", "visits.done",
	"visits.asked", "visits.shortMinutes", "visits.ceiling", "visits.hourValue",
}
