// Package tour decides which visit is made on which day and in which order
// (step 12 of the portfolio method, tournées): visits hold a value, opening
// hours, allowed days and a length; days hold a start, an end and the hours of
// work between them; travel takes time.
//
// # The problem
//
// A week of visits is a team orienteering problem over several days with time
// windows (multi-constraint team orienteering problem with multiple windows,
// MCTOPMTW) to which frequencies are added (periodic vehicle routing, PVRP):
//
//	minimise  Σ value of the visits left out + Rate · Σ travel
//	such that each visit starts within one of its windows on an allowed set of
//	days, each day begins and ends where and when it must, loads, spending and
//	visits by category stay under their limits, and what must be made is made.
//
// An appointment is a visit with one window of one moment; a lunch break is
// two windows; a pinned visit is one whose sets of days hold one day; a night
// at a hotel is a day that ends where the next one starts.
//
// # The search
//
// Slack induction by string removals (Christiaens and Vanden Berghe 2020,
// Transportation Science 54(2):417-433): strings of neighbouring visits are
// taken out of a few days and put back greedily, with blinks, under simulated
// annealing. Three things are added: visits are optional, so that those left
// out near the place disturbed compete again; a visit of several days leaves
// all its days together and comes back on the best set of them; several
// windows are handled by the earliest and the latest start of each stop, so
// that trying a place costs one comparison. Days of at most twelve stops are
// then put in their best order by dynamic programming.
//
// Everything is counted in whole numbers, chance comes from the seed, and a
// clock is never read: the same problem, seed and number of iterations give
// the same plan on every device. Who calls says when to stop.
//
// [Search.Best] is the best plan so far, whole at any moment; [Verify] follows a plan
// with nothing of the search and names the first rule it breaks.
//
// Units: times and travel are whole numbers of one unit chosen by the caller
// (minutes in the product); values are whole numbers of one unit (cents). Travel
// is Places × Places, row = from, and need not be symmetric; where it breaks the
// rule of the triangle, the search only gives up some of its steps.
//
// Errors: [Problem.Check], asked by [New], answers [ErrTravel], [ErrRoute] or
// [ErrVisit] for what could overflow or names nothing. What must be made and
// cannot is left out and stands in Plan.Left: it is no error.
//
// Sources: besides the above, Held and Karp (1962), J. SIAM 10(1), p. 196, and
// Desrosiers, Soumis, Desrochers (1984), Networks 14(4), p. 545 (days in their
// best order); Souffriau and others (2013), Transportation Science 47(1), p. 53
// (the problem with several windows); Cordeau, Gendreau, Laporte (1997), Networks
// 30(2), p. 105 (sets of days); Kirkpatrick and others (1983), Science 220, p. 671
// (annealing); Steele, Lea, Flood (2014), OOPSLA, p. 453 (chance). The settings are
// ours. docs/planner.md tells the whole, with the bars.
package tour
