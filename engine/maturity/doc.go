// Package maturity says where each client stands in the life of the relation,
// and what the whole portfolio looks like (maturité, cycle DCMV).
//
// Method C1, phase of a client at a date: P no order yet; X no order for more
// than 18 months, or more than max(6 months, 4 usual intervals); D under twelve
// full months since the first order; then, with g = sales N ÷ sales N-1 − 1:
//
//	V if g ≤ −10 %, or with three signs of ageing and g < +5 %;  C if g ≥ +5 %;  else M.
//
// In robust mode g is the Theil-Sen slope of eight quarters (the median of all
// pairwise slopes) × 4 ÷ the mean quarter, with hysteresis. C2: the nearest of
// five templates to the shares of D, C, M, V, by Σ(p − t)². C3: share of effort
// by phase against nₖ·κₖ ÷ Σ n·κ, and contact units on C ÷ units on M.
//
// Units: cents excluding VAT, days, full months, contact units. Growth against
// the thresholds is decided in whole numbers: exactly −10 % is V everywhere.
//
// Parameters: dcmv.*, curve.*, alert.CtoM, window.*.
//
// Sources: phases, the three curves and "more time with C than with M" found
// (S1, Caudrelier); thresholds, templates, two more shapes and κ derived.
// Theil-Sen: Sen (1968), Journal of the American Statistical Association
// 63(324), pp. 1379-1389.
package maturity

// StepKeys are the keys of every step this package writes.
var StepKeys = []string{
	"maturity.firstOrder", "maturity.lastOrder", "maturity.age", "maturity.salesN",
	"maturity.salesN1", "maturity.growth", "maturity.portfolioGrowth", "maturity.slope",
	"maturity.ageingScore", "maturity.interval", "maturity.lostLimit",
	"maturity.up", "maturity.down", "maturity.phase", "maturity.clients",
	"maturity.countD", "maturity.countC", "maturity.countM", "maturity.countV",
	"maturity.distanceBell", "maturity.distanceRising", "maturity.distanceU",
	"maturity.distanceFalling", "maturity.distanceFlat", "maturity.ageingIndex",
	"maturity.effort", "maturity.effortC", "maturity.effortM", "maturity.ratioCM",
}
