// Package loyalty reads loyalty in movement: how fast a client lets us into
// what it does not yet buy from us, and how fast it pushes us out of what it
// does (fidélité, engagement).
//
// Method F1: each unit of a client's need, a product family or a euro of
// potential, is with us or elsewhere. Per period,
//
//	v_a = adoptions ÷ exposures elsewhere,  v_e = exclusions ÷ exposures with us,
//
// both drawn toward the portfolio's own, v = (events + κ·pool) ÷ (exposures + κ).
// In value mode A is the share of the potential, and the events are Σ max(0, ΔA)
// over Σ (1 − A), and Σ max(0, −ΔA) over Σ A. The share the relation is heading
// to is A* = v_a ÷ (v_a + v_e); momentum is A* − A; half of a position is lost
// in ln ½ ÷ ln(1 − v_e) periods. F2: four types by fast and slow, with their
// policies, and A(t+1) = A + v_a·(1 − A) − v_e·A. F3: recency-frequency-amount,
// regularity, lateness, and an engagement index Σ w·x ÷ Σ w.
//
// Units: rates per period (quarter or half-year), shares 0 to 1, cents
// excluding VAT, days.
//
// Parameters: ae.*, engagement.weights.
//
// Sources: name found (S0), acceptance and rejection operators found (W23);
// all the rest of F1 and F2 derived, see [Interpreted]. Kuehn (1962), Journal
// of Advertising Research 2(4), pp. 10-17, for the learning model. F3 standard:
// Hughes (1994), Strategic Database Marketing, for the five classes of RFM;
// Dick & Basu (1994), Journal of the Academy of Marketing Science 22(2),
// pp. 99-113, for behaviour and attitude apart.
package loyalty

// Interpreted are the sections of the method in this package whose arithmetic
// is ours until the printed book confirms it: their screens carry the words
// « méthode interprétée » (method §0.7).
var Interpreted = []string{"F1", "F2"}

// StepKeys are the keys of every step this package writes.
var StepKeys = []string{
	"loyalty.periods", "loyalty.families", "loyalty.adoptions", "loyalty.elsewhere",
	"loyalty.exclusions", "loyalty.withUs", "loyalty.poolAdoption", "loyalty.poolExclusion",
	"loyalty.kappa", "loyalty.adoption", "loyalty.exclusion", "loyalty.now",
	"loyalty.equilibrium", "loyalty.momentum", "loyalty.halfLife", "loyalty.halfWin",
	"loyalty.index", "loyalty.fastAdoption", "loyalty.fastExclusion", "loyalty.type",
	"loyalty.clients", "loyalty.expected",
	"loyalty.orders", "loyalty.meanInterval", "loyalty.spread", "loyalty.medianInterval",
	"loyalty.since", "loyalty.regularity", "loyalty.lateness",
	"loyalty.recency", "loyalty.frequency", "loyalty.amount",
	"loyalty.componentEquilibrium", "loyalty.componentLoyalty", "loyalty.componentRegularity",
	"loyalty.componentPenetration", "loyalty.componentEfforts", "loyalty.componentSatisfaction",
	"loyalty.componentInterlocutors", "loyalty.componentCommitments", "loyalty.coverage",
}
