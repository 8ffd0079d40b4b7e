// Package maturity says where each client stands in the life of the relation,
// and what the whole portfolio looks like (maturité, cycle DCMV).
//
// Method C1, phase of a client at a date: P no order yet; X no order for more
// than 18 months, or more than max(6 months, 4 usual intervals); D under twelve
// full months since the first order; then, with g = sales N ÷ sales N-1 − 1:
//
//	V if g ≤ −10 %, or with three signs of ageing and g < +5 %;  C if g ≥ +5 %;  else M.
//
// Where the sales known begin inside N-1 there is no g: no phase is decided by
// it (na FEW_PERIODS), only V for a client without net sales in N.
//
// In robust mode g is the Theil-Sen slope of eight quarters (the median of all
// pairwise slopes) × 4 ÷ the mean quarter, with hysteresis. C2: the nearest of
// five templates to the shares of D, C, M, V, by Σ(p − t)². C3: share of effort
// by phase against nₖ·κₖ ÷ Σ n·κ, and contact units on C ÷ units on M.
//
// C4 applies C1 to each family of each client: index = Σ sales·code ÷ Σ sales
// with D 1, C 2, M 3, V 4; hidden erosion is a family in V of 10 % or more of
// the sales of a client in C or M; an opening is a blank cell that 60 % of the
// peers buy. C5: effort between portfolios ∝ remaining × margin rate ×
// elasticity, 10 % at least for each. C6: what special ways of selling change.
// C7: mortality of starters, transitions (count + 1) ÷ (row + 4) between yearly
// phases, next = n·T + new clients.
//
// Units: cents excluding VAT, days, full months, contact units. Growth against
// the thresholds is decided in whole numbers: exactly −10 % is V everywhere.
//
// Parameters: dcmv.*, curve.*, alert.CtoM, window.*, family.*, multi.floor,
// forecast.*.
//
// Sources: phases, the three curves and "more time with C than with M" found
// (S1, Caudrelier); thresholds, templates, two more shapes and κ derived. C4 and C5 names found
// (S0), arithmetic derived; C6 derived; C7 mortality found (S1), model derived.
// Theil-Sen: Sen (1968), Journal of the American Statistical Association
// 63(324), pp. 1379-1389.
package maturity

// StepKeys are the keys of every step this package writes.
var StepKeys = []string{
	"maturity.firstOrder", "maturity.lastOrder", "maturity.knownFrom", "maturity.age", "maturity.salesN",
	"maturity.salesN1", "maturity.growth", "maturity.portfolioGrowth", "maturity.slope",
	"maturity.ageingScore", "maturity.interval", "maturity.lostLimit",
	"maturity.up", "maturity.down", "maturity.phase", "maturity.clients",
	"maturity.countD", "maturity.countC", "maturity.countM", "maturity.countV",
	"maturity.distanceBell", "maturity.distanceRising", "maturity.distanceU",
	"maturity.distanceFalling", "maturity.distanceFlat", "maturity.ageingIndex",
	"maturity.effort", "maturity.effortC", "maturity.effortM", "maturity.ratioCM",
	"maturity.families", "maturity.openings", "maturity.family", "maturity.familySales",
	"maturity.familyPhase", "maturity.familiesV", "maturity.erosionShare", "maturity.index",
	"maturity.net", "maturity.perUnit", "maturity.worth", "maturity.floor", "maturity.share",
	"maturity.ours", "maturity.installed", "maturity.indicator", "maturity.cycleEnds",
	"maturity.projectsOpen", "maturity.projectsWon", "maturity.projectPhase",
	"maturity.termStart", "maturity.termEnd", "maturity.notice",
	"maturity.entered", "maturity.dead", "maturity.mortality", "maturity.snapshots",
	"maturity.transitions", "maturity.planned", "maturity.nextC", "maturity.nextM",
	"maturity.nextV", "maturity.nextLost", "maturity.needed",
}
