// Package foresight says what a portfolio will order, from the days it has
// ordered so far, with the published models of a customer base: is this client
// still one, how many orders are to come, what are they worth, and how long a
// silence is too long (prévision, clients encore actifs).
//
// A client orders at a rate of his own until he leaves unseen. Rates λ are
// Gamma(r, α) over the clients. Time is in weeks; x counts the repeat order
// days, t the week of the last one and T the age, both from the first.
//
// MBG/CNBD-k: between two orders lie k stages, each Exponential(λ), so that
// k > 1 is a regular rhythm; after the first order and after each repeat the
// client leaves with probability p, p ~ Beta(a, b). With n = r + kx,
//
//	L = [Π gaps^(k−1) ÷ (k−1)!^x] · B(a, b+x+1)/B(a, b) · Γ(n)/Γ(r) · α^r/(α+T)^n · (D + S)
//	D = a/(b+x) · ((α+T)/(α+t))^n          he left after his last order
//	S = Σ_{j<k} (n)ⱼ/j! · ((T−t)/(α+T))^j   he is still there, j stages on
//
// and P(alive) = S/(S+D). k = 1 is the MBG/NBD. The BG variants leave only
// after a repeat: b+x+1 becomes b+x, b+x becomes b+x−1, and D = 0 at x = 0.
//
// Orders to come: alive and j stages on, the rate is Gamma(n+j, α+T), so the
// stages of the next h weeks are negative binomial and every kth is an order:
//
//	P(X ≥ m) = P(alive) · Σⱼ P(stage j) · P(NB(n+j, h/(α+T+h)) ≥ mk−j) · (b')ₘ₋₁/(a+b')ₘ₋₁
//
// Its sum over m is the expectation. All terms are positive: nothing cancels
// and nothing is special at a = 1, where the closed form with ₂F₁ divides by
// zero. For k > 1 this is our derivation; the published form is approximate.
//
// Pareto/NBD, the yardstick: he leaves at a rate Gamma(s, β) whatever he orders.
// Gamma-Gamma: the mean amount of an order. BG/BB: one known opportunity a
// period, such as a yearly renewal. The last weak point of all of them is told,
// not hidden: when the data show no departure, [Fit.Verdict] says so and
// P(alive) must not be shown as a chance of leaving.
//
// Fits are small values to be kept: they are read by every screen and made once
// in a while. Weak log-normal priors (our choice) keep thirty clients finite.
//
// Units: weeks = days ÷ 7, cents excluding VAT, orders. Parameters:
// foresight.horizon, .regularity, .prior, .few, .alive, .cycle, .interval.
//
// The models serve signal S4 and figures I3 and I4 of the method; they are found
// in print. Sources: Schmittlein, Morrison, Colombo (1987), Management Science
// 33(1), pp. 1-24; Fader, Hardie, Lee (2005), Marketing Science 24(2),
// pp. 275-284, and Journal of Marketing Research 42(4), pp. 415-430; Batislam,
// Denizel, Filiztekin (2007), International Journal of Research in Marketing 24(3),
// pp. 201-209; Fader, Hardie, Shang (2010), Marketing Science 29(6), pp. 1086-1108;
// Platzer, Reutterer (2016), Marketing Science 35(5), pp. 779-799; Fader, Hardie
// (2013), The Gamma-Gamma Model of Monetary Value.
package foresight

// StepKeys are the keys of every step this package writes.
var StepKeys = []string{
	"foresight.clients", "foresight.regularity", "foresight.r", "foresight.alpha", "foresight.a", "foresight.b",
	"foresight.departed", "foresight.evidence", "foresight.repeats", "foresight.recency", "foresight.age",
	"foresight.alive", "foresight.horizon", "foresight.orders", "foresight.low", "foresight.high", "foresight.noOrder",
	"foresight.season", "foresight.spend", "foresight.value", "foresight.silence", "foresight.usual", "foresight.limit",
	"foresight.months", "foresight.seasonOrders",
}
