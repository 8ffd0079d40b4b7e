// Package visits says which clients are due a visit, and how many calls fill
// the diary (appointments of the plan, not of the phone).
//
// Method H8: urgency u = days since the last visit ÷ target interval, above 1
// overdue; the target interval is the weeks available × 7 ÷ planned visits or,
// without a plan, the orphan interval of the category (365 ÷ 18, 13, 12, 3
// days). Calls needed = appointments ÷ hit rate.
//
// Units: days, weeks, visits a year. Parameters: visit.orphanInterval,
// call.horizon, call.hitRate. Tag: derived; names found (S3).
package visits

// StepKeys are the keys of every step this package writes.
var StepKeys = []string{
	"visits.lastVisit", "visits.since", "visits.interval", "visits.urgency", "visits.due",
}
