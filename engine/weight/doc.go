// Package weight says which clients carry a portfolio, and how much it depends
// on few of them (poids des clients).
//
// Method D1, ABC or 20/80: clients by falling value; with cumBefore the share
// of the total made by the larger ones,
//
//	A if cumBefore < 80 % − tol,  B if cumBefore < 95 % − tol,  else C,
//
// so that the client who crosses a line belongs to the upper class.
//
// Method D2, quarters of the total (interquartiles: quarters of the sales, not
// of the head-count):
//
//	rank = min(4, 1 + ⌊4·cumBefore⌋),  level = 5 − rank,
//
// the portfolio being fragile when rank 1 holds two clients or fewer. Method
// D3 crosses the classes of sales with those of potential.
//
// Values are whole hundredths: cents excluding VAT, or contact units and
// quantities times one hundred. Classes and ranks are decided in whole numbers
// (128 bits), never on a quotient. Clients of equal value share the better
// rank. Clients at zero or below stay out of the total: class C, rank 4.
//
// Parameters: abc.cuts, abc.tol, rank.boundary, fragile.rank1Max.
//
// Sources: D1 found (W36, W17), tolerance derived. D2 found (W1, citing Py),
// boundary and ties derived. D3 found (W14-W16). N_eff = 1/Σs²: Adelman
// (1969), Review of Economics and Statistics 51(1), pp. 99-101.
package weight

// StepKeys are the keys of every step this package writes.
var StepKeys = []string{
	"weight.clients", "weight.total", "weight.value", "weight.cumBefore",
	"weight.cumAfter", "weight.cutA", "weight.cutB", "weight.class", "weight.rank",
	"weight.level", "weight.outOfTotal", "weight.rank1", "weight.rank2", "weight.rank3",
	"weight.rank4", "weight.top1", "weight.nEff", "weight.fragileMax", "weight.row",
	"weight.column", "weight.remaining",
}
