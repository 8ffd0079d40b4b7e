package attrition

import (
	"cmp"
	"math"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// Reach is how far a communication went (I7).
type Reach struct {
	Targeted, Informed int
	Rate               float64
	Latest             []int32 // days since each client was last informed, by index; −1 never
	explain.Mark
}

// A Message is one communication: news, promotion, company change.
type Message struct {
	Sent     calendar.Day
	Targeted []int32 // clients, by index
	Informed []int32
}

// Inform measures the messages sent in a window to n clients. A client counts
// once a message; one informed without being targeted counts in recency only.
func Inform(messages []Message, n int, w calendar.Window) Reach {
	r := Reach{Latest: make([]int32, max(0, n))}
	for i := range r.Latest {
		r.Latest[i] = -1
	}
	stamp := make([]int32, len(r.Latest)) // 2·message + 1 targeted, + 2 informed
	for k, m := range messages {
		if !seen(m.Sent, w.To) {
			continue
		}
		inside, mark := w.Contains(m.Sent), int32(2*k+1)
		for _, i := range m.Targeted {
			if inside && i >= 0 && int(i) < n && stamp[i] != mark {
				stamp[i] = mark
				r.Targeted++
			}
		}
		for _, i := range m.Informed {
			if i < 0 || int(i) >= n {
				continue
			}
			if inside && stamp[i] == mark {
				stamp[i]++
				r.Informed++
			}
			if age := int32(w.To - m.Sent); r.Latest[i] < 0 || age < r.Latest[i] {
				r.Latest[i] = age
			}
		}
	}
	steps := []explain.Step{explain.Tally("attrition.targeted", r.Targeted), explain.Tally("attrition.reached", r.Informed)}
	if r.Targeted == 0 {
		r.Mark = explain.Missing(explain.NoData, steps...)
		return r
	}
	r.Rate = float64(r.Informed) / float64(r.Targeted)
	r.Mark = explain.Sound(steps...)
	return r
}

// Successor lists the clients to whom a rep's successor must be introduced:
// those of the rep not informed since the departure was announced. informed is
// the day of the last word on it, by client; None or 0: none.
func Successor(reps []int32, rep int32, announced calendar.Day, informed []calendar.Day, asOf calendar.Day) []int32 {
	var todo []int32
	if !seen(announced, asOf) {
		return nil
	}
	for i, r := range reps {
		if r == rep && (i >= len(informed) || !seen(informed[i], asOf) || informed[i] < announced) {
			todo = append(todo, int32(i))
		}
	}
	return todo
}

// A Tier is a step of a deferred rebate: from an amount on, a rate on the
// year's whole sales (retroactive).
type Tier struct {
	From money.Cents
	Rate float64 // share of sales
}

// A TierGap is how near the next step is, and what it gives the client.
type TierGap struct {
	Next         Tier
	Gap          money.Cents // next tier − year to date
	Gain         float64     // T₂·r₂ − Y·r₁, cents of rebate
	Marginal     float64     // gain ÷ gap: his discount on what is missing
	Top          bool        // the last tier is reached
	Now          float64     // rate reached
	RebateSoFar  float64     // Y·r₁, cents
	explain.Mark             // na without a tier, or with a tier that cannot be
}

// NextTier reads a scale of rebates in any order, for sales of the year to
// date.
func NextTier(toDate money.Cents, scale []Tier) TierGap {
	toDate = max(0, toDate) // returns only: nothing bought yet
	t := append([]Tier(nil), scale...)
	sorting.Stable(t, func(a, b Tier) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Rate, b.Rate)) })
	g := TierGap{Top: true, Mark: explain.Missing(explain.NoData)}
	for _, x := range t {
		if x.From < 0 || !(x.Rate >= 0 && x.Rate <= 1) {
			return TierGap{Mark: explain.Missing(explain.NoData)}
		}
		switch {
		case x.From <= toDate:
			g.Now = x.Rate
		case g.Top || x.From == g.Next.From: // of two rates at one step, the better
			g.Next, g.Top = x, false
		}
	}
	if len(t) == 0 {
		return g
	}
	y := float64(toDate)
	g.RebateSoFar = y * g.Now
	if g.Top {
		g.Mark = explain.Sound()
		return g
	}
	g.Gap = g.Next.From.Plus(-toDate)
	g.Gain = float64(float64(g.Next.From)*g.Next.Rate) - float64(y*g.Now)
	g.Marginal = g.Gain / float64(g.Gap)
	g.Mark = explain.Sound(explain.Amount("attrition.tierGap", g.Gap), explain.Of("attrition.tierGain", g.Gain, explain.Money), explain.Share("attrition.tierRate", g.Marginal))
	return g
}

// IncentiveReturn is Δ margin against matched peers ÷ cost: what the client's
// margin did beyond what it would have done had it moved as theirs did.
func IncentiveReturn(before, after, peersBefore, peersAfter, cost money.Cents) explain.Result {
	if cost <= 0 {
		return explain.Result{Mark: explain.Missing(explain.NoCost)}
	}
	if peersBefore <= 0 {
		return explain.Result{Mark: explain.Missing(explain.NoData)}
	}
	would := float64(before) * float64(peersAfter) / float64(peersBefore)
	return explain.Result{Value: (float64(after) - would) / float64(cost), Mark: explain.Sound()}
}

// ControlShare is the least share of each rep's accounts a manager visits in a
// year to check satisfaction.
const ControlShare = .05

// A Checked is an account that may get a control visit.
type Checked struct {
	Rep      int32
	Band     Band
	Category portfolio.Category
	Last     calendar.Day // last control; None or 0: never
	Sales    money.Cents
	Code     string
}

// ControlPlan picks the accounts to control in the year: of each rep 5 % or
// more, at least one, spread over the strata risk × category. A stratum counts
// its accounts once in green, twice in amber, three times in red (ours), and
// seats are given by Sainte-Laguë; inside, the longest not controlled, then the
// larger, then by code. The answer is in the order of reps, then of picks.
func ControlPlan(accounts []Checked, share float64) []int32 {
	if !(share >= 0 && share <= 1) {
		share = ControlShare
	}
	order, key, reps := make([]int32, len(accounts)), make([]uint64, len(accounts)), false
	for i := range order {
		x := &accounts[i]
		order[i], key[i] = int32(i), ^uint64(stratum(x)+15)<<32|uint64(uint32(last(x))^1<<31)
		reps = reps || x.Rep != accounts[0].Rep
	}
	sorting.Index(order, key, func(a, b int32) int {
		switch x, y := &accounts[a], &accounts[b]; {
		case x.Sales != y.Sales:
			return cmp.Compare(y.Sales, x.Sales)
		case x.Code != y.Code:
			return cmp.Compare(x.Code, y.Code)
		}
		return cmp.Compare(a, b)
	})
	if reps {
		sorting.Stable(order, func(a, b int32) int { return cmp.Compare(accounts[a].Rep, accounts[b].Rep) })
	}
	var picks []int32
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && accounts[order[to]].Rep == accounts[order[from]].Rep {
			to++
		}
		picks = append(picks, seats(accounts, order[from:to], int(math.Ceil(float64(share*float64(to-from))-1e-9)))...)
		from = to
	}
	return picks
}

// stratum orders risk first, then the category as the method lists it.
func stratum(c *Checked) int { return 16*int(c.Band) - int(min(c.Category, 15)) }

func last(c *Checked) calendar.Day {
	if !given(c.Last) {
		return calendar.None
	}
	return c.Last
}

func seats(accounts []Checked, order []int32, quota int) []int32 {
	var start []int // of each stratum in order
	for i := range order {
		if i == 0 || stratum(&accounts[order[i]]) != stratum(&accounts[order[i-1]]) {
			start = append(start, i)
		}
	}
	start = append(start, len(order))
	taken := make([]int, len(start)-1)
	var picks []int32
	for range max(1, quota) {
		best, num, den := -1, 0, 1
		for k := range taken {
			size := start[k+1] - start[k]
			w := size * int(max(1, min(3, accounts[order[start[k]]].Band)))
			if d := 2*taken[k] + 1; taken[k] < size && (best < 0 || w*den > num*d) {
				best, num, den = k, w, d
			}
		}
		if best < 0 {
			break
		}
		picks = append(picks, order[start[best]+taken[best]])
		taken[best]++
	}
	return picks
}

// A Survey is the questionnaire of a control visit, marks out of ten: listening,
// promptness, competence, follow-up, honesty. Negative: not asked.
type Survey [5]float64

// SurveyGap is the manager's mean mark less the one the rep reported: negative
// when the client is less happy than the rep says. False when either is
// missing.
func SurveyGap(manager Survey, rep float64) (float64, bool) {
	var sum, n float64
	for _, x := range manager {
		if x >= 0 && x <= 10 {
			sum += x
			n++
		}
	}
	if n == 0 || !(rep >= 0 && rep <= 10) {
		return 0, false
	}
	return sum/n - rep, true
}
