// Package cockpit adds up what several reps do, for whoever leads them
// (tableau de bord du manager).
//
// Method K: every rate is recomputed from sums, never averaged; so a team is a
// rep whose sums are those of its members, and teams add up in turn. A rep is
// called different only outside the funnel limits
//
//	p ± 2·σ ÷ √n,  σ = √(p(1−p)) for a share,
//
// p being the team's rate and n the rep's own base, so that a small portfolio is
// not ranked on its luck. For a mean, σ is the spread between clients. Every
// tile ends in an instruction: assign, change a norm, or send a message. The
// coaching view keeps, for each rep, the three gaps of the strongest value in
// cents.
//
// Method L: the four modules of STRAGEOR and the chapters that answer them.
//
// Units: whole cents excluding VAT, visits, hundredths of a contact unit, hours,
// shares of one. Parameters: funnel.sigma, alert.CtoM, file.usable,
// rescue.deadline, curve.*; four norms that the registry does not hold are
// fields of [Params], with the reason of their value.
//
// Sources: roll-ups and tiles derived (S0 asks that information become
// instruction); four modules and two versions of STRAGEOR found (S0), their
// content derived. Funnel limits: Spiegelhalter (2005), Statistics in Medicine
// 24(8), pp. 1185-1202.
package cockpit

// StepKeys are the keys of every step this package writes.
var StepKeys = []string{
	"cockpit.part", "cockpit.whole", "cockpit.value", "cockpit.second", "cockpit.norm",
	"cockpit.base", "cockpit.low", "cockpit.high",
	"cockpit.countD", "cockpit.countC", "cockpit.countM", "cockpit.countV",
}
