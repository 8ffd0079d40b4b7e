// Package potential says what a client could buy, how surely, and what part of
// it is ours (potentiel, pénétration, P-R).
//
// Method E1, fusion of dated estimates of quality q:
//
//	P̂ = Σ qₖ·Pₖ ÷ Σ qₖ,  qₖ = quality·0.5^(age in months ÷ 12),  confidence = min(1, Σ qₖ),
//
// raised to sales × 1.05 when sales are above it. E2: level P by the quarters
// of the total ([weight.Quarters]). E3: Gini, Herfindahl, Lorenz, alignment
//
//	A(x, y) = 1 − ½·Σ|share(x) − share(y)|.
//
// E4: penetration π = sales ÷ potential = breadth × depth. E5: PR = P − R, its
// strategies, and the contact key max(0.25, P·(1 + 0.25·PR)).
//
// Units: cents excluding VAT per year; shares and confidences from 0 to 1;
// levels 1 to 4 with 4 the top, R0 without positive net sales, P0 unknown.
//
// Parameters: potential.*, pScale, concentration.*, penetration.overflow, pr.*,
// fragile.rank1Max, rank.boundary.
//
// Sources: E1 found (W13, W14, W29), fusion and decay derived. E2 and E5 names
// found (S0), arithmetic derived. E4 found (W15), identity derived. Gini:
// Sen (1973), On Economic Inequality, p. 31. HHI: Hirschman (1964), American
// Economic Review 54(5), p. 761.
package potential

// Interpreted are the sections of the method in this package whose arithmetic
// is ours until the printed book confirms it: their screens carry the words
// « méthode interprétée » (method §0.7).
var Interpreted = []string{"E5"}

// StepKeys are the keys of every step this package writes.
var StepKeys = []string{
	"potential.estimate", "potential.quality", "potential.estimates", "potential.rejected",
	"potential.fused", "potential.confidence", "potential.sales", "potential.raised", "potential.decided",
	"potential.accessible", "potential.clients",
	"potential.gini", "potential.hhi", "potential.nEff", "potential.top1", "potential.hhiMax",
	"potential.rank1", "potential.alignment",
	"potential.penetration", "potential.remaining", "potential.potential", "potential.known",
	"potential.breadth", "potential.depth", "potential.p", "potential.r", "potential.pr",
	"potential.prBefore", "potential.prDelta", "potential.key",
}
