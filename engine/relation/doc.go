// Package relation follows the business relation, from a name in a file to a
// client who would miss us (relation d'affaires).
//
// Method J1: six stages, each with its rates, in sums. J2: projects by phases,
//
//	s_j = Σ weights ticked ÷ Σ weights of phase j,
//	phase = the highest j with s_j ≥ 0.5, every lower phase having its exit test
//	passed or s ≥ 0.25; else the project stays where it is,
//
// and a pipeline worth Σ amount × p. J3: an action is worth the share of projects
// that moved up within 30 days with it, less the share without it, each with
// its Wilson interval. J4: reciprocity ρ = value of their kept commitments ÷
// value of ours. J5: MESORE (BATNA) = max(p·margin − cost), our limit = cost +
// MESORE, theirs = best rival + switching − risk, and the zone between
// them. J6: tie = 0.4·tools used ÷ tools + 0.3·min(1, their ÷ our investment) +
// 0.3·min(1, days to replace ÷ 20).
//
// Units: whole cents excluding VAT, days, shares of one. Phases count from 0;
// screens show them from 1. Thresholds on scores and on ρ are decided in whole
// numbers.
//
// Parameters: project.*, pao.*, give.*, ladder, tie.*.
//
// Sources: stages, first and last phase, control loop, give-and-take, MESORE and
// shared tools found (S4); concessions and counterparts found (W25, W26); limits,
// zone and break-even volume found (W27, W35); middle phases, probabilities,
// ledger and tie index derived. Wilson (1927), Journal of the American
// Statistical Association 22(158), pp. 209-212.
package relation

// StepKeys are the keys of every step this package writes.
var StepKeys = []string{
	"relation.part", "relation.whole", "relation.rate", "relation.low", "relation.high",
	"relation.licence", "relation.time", "relation.saved", "relation.margin", "relation.cost", "relation.gain", "relation.roi",
	"relation.phaseBefore", "relation.score", "relation.enter", "relation.lower", "relation.phase", "relation.missing",
	"relation.projects", "relation.amount", "relation.weighted", "relation.stale",
	"relation.with", "relation.withUp", "relation.without", "relation.withoutUp", "relation.effect", "relation.periodsBelow",
	"relation.ours", "relation.theirs", "relation.rho", "relation.minRho", "relation.unreturned", "relation.balance", "relation.written",
	"relation.mesore", "relation.limitUs", "relation.limitThem", "relation.limitThemHigh", "relation.zone", "relation.zoneHigh", "relation.floor", "relation.power",
	"relation.discount", "relation.marginRate", "relation.volume",
	"relation.tools", "relation.toolsUsed", "relation.investedUs", "relation.investedThem", "relation.replaceDays", "relation.tie",
}
