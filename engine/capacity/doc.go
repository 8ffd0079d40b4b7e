// Package capacity says what a rep's time allows before any visit is promised
// (fiches complètes, quatre questions, temps disponible, visites de prospects).
//
// Method H0: completeness of a file = Σ weight of the fields filled ÷ Σ weight,
// usable from 70 %. H1, four questions:
//
//	L = 0.70 + {long cycle +.05, short and fixed −.15} + {two needs of four +.05, else −.05}
//	      + .025·pressure(0-2) + {no practice of prospecting +.05}, clipped to 0.50-0.85,
//
// the prospects' share being 1 − L; its evidence: median lifetime by Kaplan and
// Meier, what converts by Wilson's lower bound. H2:
//
//	field days = (days − weekends − holidays − leave − meetings − sickness − training − fairs) × field days a week ÷ 5,
//	capacity   = field days × ⌊(minutes a day − overhead) ÷ (visit + travel + report)⌋,
//
// the floor being an option. H3: clients to win = ⌈attrition × clients⌉ +
// growth, prospect visits = clients to win ÷ conversion, held between 15 % and
// 50 % of the capacity.
//
// Units: days and minutes; visits a year; shares from 0 to 1; money in cents.
//
// Parameters: file.weights, file.usable, split.base, split.steps, split.clip,
// retain.H, integerPerDay, visit.reserve, prospect.floor, prospect.cap,
// prospect.conversionDefault, prospect.timeFactor.
//
// Sources: H0 idea found (W34), weights by default. H1 questions and rules
// found (S3), weights derived. H2 found (W8-W11), floor and overhead derived;
// time split of Proudfoot (W11). H3 premises found (W12, W19), formula derived.
// Kaplan, Meier (1958), Journal of the American Statistical Association 53,
// p. 457. Wilson (1927), the same 22, p. 209.
package capacity

// StepKeys are the keys of every step this package writes.
var StepKeys = []string{
	"capacity.filled", "capacity.weights", "capacity.missing", "capacity.usable", "capacity.files",
	"capacity.base", "capacity.cycle", "capacity.needs", "capacity.pressure", "capacity.practice",
	"capacity.loyalty", "capacity.prospecting",
	"capacity.ended", "capacity.observed", "capacity.median",
	"capacity.days", "capacity.weekend", "capacity.holidays", "capacity.leave", "capacity.working",
	"capacity.meetings", "capacity.sickness", "capacity.training", "capacity.fairs", "capacity.available",
	"capacity.fieldDays", "capacity.perDay", "capacity.visits", "capacity.reserve", "capacity.prospects", "capacity.clients",
	"capacity.durations",
	"capacity.lost", "capacity.growth", "capacity.toWin", "capacity.conversion", "capacity.floor", "capacity.cap",
	"capacity.minimumTime", "capacity.share", "capacity.made", "capacity.due",
}
