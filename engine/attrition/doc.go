// Package attrition says who leaves, who may, whether he is worth keeping and
// how to go about it (attrition, signaux d'alerte, rétention, reconquête).
//
// I1: attrition = lost ÷ at start, natural and avoidable; retention = (at end −
// acquired) ÷ at start; motives by Pareto; survival by Kaplan-Meier.
//
// I2: thirteen warning signals S1 to S13, each with its trigger, start and
// evidence; a seasonal pause mutes S4 and S5.
//
// I3, the departure probability within twelve months. Method 1, naive Bayes on
// former clients: of A, a had the symptom in the six months before they left;
// of B retained, b have it;
//
//	p_a = (a + ½) ÷ (A + 1),  p_b = (b + ½) ÷ (B + 1),
//	LR+ = p_a ÷ p_b,  LR− = (1 − p_a) ÷ (1 − p_b),
//	logit p = logit π + λ·Σ ln LR,  π = (lost + ½) ÷ (at start + 1).
//
// Method 2, under ten former clients: a scorecard. Method 3, from fifty: a
// penalised discrete-time hazard by periods of 90 days (package hazard), the
// office's fit being the prior of each tablet.
//
// I4: value at stake V = Σ m·rᵗ ÷ (1 + d)ᵗ, net gain of an action
//
//	G = p·γ·(V − δ) − (1 − p)·ψ·δ − c.
//
// I5: who goes, how and when, by rules in the order 1, 2, 5, 3, 4, and 6 added.
// I6: win-back by states. I7: reach, tiers, control visits.
//
// Units: cents excluding VAT, days, probabilities and shares from 0 to 1.
// Natural departures never train a probability nor enter a win-back.
//
// Parameters: alert.*, attr.priorSource, churn.*, risk.*, retain.*, rescue.*.
//
// Sources: I1 found (S2, W20). I2 signals found (S2, S1), triggers derived. I3
// principle found (S2), formulas derived; method 3: Allison (1982),
// Sociological Methodology 13:61. I4 criterion found (S2), equation found (W24;
// Neslin, Gupta, Kamakura, Lu, Mason 2006, Journal of Marketing Research
// 43:204). I5 rules found (S2), deadlines derived. Survival: Kaplan, Meier
// (1958), Journal of the American Statistical Association 53:457.
package attrition

// StepKeys are the keys of every step this package writes.
var StepKeys = []string{
	"attrition.start", "attrition.end", "attrition.acquired", "attrition.lost", "attrition.natural",
	"attrition.returned", "attrition.rough", "attrition.mortality", "attrition.attrition", "attrition.avoidable", "attrition.retention",
	"attrition.losses", "attrition.vital",
	"attrition.signal", "attrition.noted", "attrition.value", "attrition.limit", "attrition.since",
	"attrition.prior", "attrition.lambda", "attrition.former", "attrition.retained", "attrition.lr", "attrition.logit",
	"attrition.calm", "attrition.probability", "attrition.low", "attrition.high", "attrition.points", "attrition.constant",
	"attrition.factor", "attrition.contribution", "attrition.hazard", "attrition.periods",
	"attrition.margin", "attrition.invested", "attrition.credit", "attrition.yearly", "attrition.year", "attrition.stake",
	"attrition.gain", "attrition.rule", "attrition.deadline", "attrition.control",
	"attrition.alerts", "attrition.saved", "attrition.spent", "attrition.saveRate", "attrition.perSave", "attrition.netSaved",
	"attrition.delay",
	"attrition.targeted", "attrition.reached", "attrition.tierGap", "attrition.tierGain", "attrition.tierRate",
}
