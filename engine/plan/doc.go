// Package plan makes the weeks and days of a rep (step 12 of the portfolio
// method, préparer rendez-vous et tournées): who is visited on which day, at
// what time, and why; who is not, and why not.
//
// # From the book to a problem
//
// A [Book] holds what is known, in plain numbers: clients with the interval
// their visits are due at, days with hours and a start, appointments. A client
// takes part on the days on which
//
//	last visit + least gap ≤ day, and last visit + ¾ · interval ≤ day,
//
// that are neither his closing days nor the rep's days off, for as long as
// visits of the year are left to him. Leaving him out costs
//
//	value · (1 + days late ÷ interval), between 0.6 and 2 times the value,
//	3 times beyond his largest gap or a prospect's date that is over,
//
// against what a minute on the road costs ([Book.Rate]). The package
// engine/tour searches; whole minutes, whole cents.
//
// # What never moves
//
// An appointment with an hour is one window of one minute; one without an hour
// keeps its day. Appointments that cannot all be kept in time (they overlap, or
// the road between them is too long) are one block: they stay where they are
// and the plan says by how much they are late. A locked visit is as fixed as an
// appointment. Each other visit lies within the opening hours of the client and
// one stretch of the rep's day (before or after the lunch break), on a working
// day, and no sooner after the visit before than the least gap.
//
// # Moving as little as possible
//
// After a cancellation or a late start the visits proposed before
// ([Book.Kept]) are first held to the minute; those that cannot be are held to
// their day; those that still cannot be may go to any day. Everybody else
// competes for what is free.
//
// # Lengths
//
// The length of a visit is what was seen before, shrunk towards the category
// and the category towards all, as if five visits had lasted as expected:
//
//	m = (Σ minutes + 5 · m₀) ÷ (n + 5).
//
// A stop adds [geo.StopMinutes] to the way there: parking, walking in. The road
// itself is [geo.Bands] or the two settings, times what [Book.Drives] teach of it
// ([geo.Learned]).
//
// # Demand and capacity
//
// [Week.Possible] is how many visits the days in the field that are left of the
// year hold, beside [Week.Planned], which the cadences ask for:
//
//	minutes of work of a day · days left ÷ (minutes with a client + minutes
//	of road, a visit of this plan).
//
// # Errors and proof
//
// [Begin] answers [ErrBook] for a book beyond its limits ([MostDays],
// [MostClients], [MostFixed]) or that names what does not exist. A demand that
// cannot be met is no error: who is left out is told why ([Left]), an appointment
// that comes too late by how much ([Stop.Late]), one without an hour that finds
// none in [Day.Loose]. [Verify] follows a week minute by minute with nothing of the
// search and names the first rule broken.
//
// Units: minutes after midnight of the rep's own wall clock (a day has no
// change of hour between opening and closing), metres, cents. Chance comes
// from the seed and no clock is read: the same book, seed and iterations give
// the same plan on every device.
//
// Sources: method H8 (urgency, cadence); analytics §3, after Christiaens and
// Vanden Berghe (2020); shrinkage: Efron, Morris (1975), Data Analysis Using
// Stein's Estimator, JASA 70(350), p. 311. The factors 0.6, 2, 3 and ¾ are
// ours: a visit is worth making a little early on the way, and lateness beyond
// one interval changes nothing any more until the largest gap.
package plan
