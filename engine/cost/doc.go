// Package cost says what the sales effort costs and what is left once it is
// paid (prix de l'effort commercial).
//
// Method A1, price of a contact (prix de revient d'un contact, PRC), with w the
// weight of a type of contact in contact units (UC):
//
//	simple       PRC = full cost ÷ number of contacts
//	equivalence  PRC of a unit = full cost ÷ Σ n·w,  of a type = w × that
//	time         PRC = full cost ÷ hours × minutes ÷ 60 + direct cost
//
// where hours are those available (normal absorption: what is not used is
// shown apart) or those logged (actual). Absent and refused count half a
// contact after travel, nothing without; postponed nothing; inbound contacts
// count like others. A type that weighs nothing costs nothing. A contact shared
// by n clients is a line at each, and each line counts one nth of a contact.
//
// Method A2, amount invested in a client (montant investi): I = Σ PRC of its
// contacts + direct spending on it, tools lent spread over three years; the
// contacts of the twelve months before the first order belong to it.
//
// Method A3, net commercial margin (marge commerciale nette): MCN = MB − I −
// other costs of the client, MB being its gross margin; the whale curve
// cumulates MCN from the best client down.
//
// Units: amounts in whole cents excluding VAT; prices are computed in
// millionths of a cent and weights in millionths of a unit, whole numbers too,
// so that sums are the same in any order and rounding comes once, at the end.
//
// Parameters: contact.*, cost.*.
//
// Sources: cost ÷ visits found (W6), equivalence and time derived; invested
// amount and net margin found by name (S0); break-even found (W31); time-driven
// costing: Kaplan and Anderson (2004), Harvard Business Review 82(11), pp.
// 131-138; whale curve: Kaplan and Narayanan (2001), Journal of Cost Management
// 15(5), pp. 5-15.
package cost

// StepKeys are the keys of every step this package writes.
var StepKeys = []string{
	"cost.full", "cost.contacts", "cost.units", "cost.price", "cost.hours", "cost.hourly",
	"cost.unused", "cost.default", "cost.ofContacts", "cost.direct", "cost.prospecting",
	"cost.invested", "cost.share", "cost.cumulative", "cost.perMonth", "cost.sales",
	"cost.gross", "cost.other", "cost.net", "cost.marginRate", "cost.ofSales", "cost.return",
	"cost.breakEven", "cost.visitPrice", "cost.breakEvenOrder", "cost.bearable",
	"cost.clients", "cost.peak", "cost.peakAt", "cost.destroyed",
}
