package attrition

import (
	"cmp"
	"math"

	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/sorting"
)

// Action is a means of retention, in the order of the catalogue: each costs
// and shows more than the one before.
type Action uint8

// Stored and sent: add at the end, never renumber.
const (
	Letter        Action = iota + 1 // lettre de relance
	Call                            // appel
	Visit                           // visite du commercial
	VisitOffer                      // visite et offre
	DirectorVisit                   // visite de la direction

	NActions = 5
)

// Costs are what the organisation pays: a visit and a call (A1), and the hours
// of each action, by Action − 1 (a letter: 0).
type Costs struct {
	Visit, Call money.Cents
	Hours       [NActions]float64
}

// Priced is an action with its figures, in cents.
type Priced struct{ Gamma, Cost, Delta, Hours float64 }

// Catalogue is the list of actions of an organisation, by Action − 1.
type Catalogue [NActions]Priced

// Price values the catalogue of retain.actions. The call counts calls, the
// others visits.
func (p Params) Price(c Costs) Catalogue {
	var out Catalogue
	for i, t := range p.Actions {
		unit := c.Visit
		if Action(i+1) == Call {
			unit = c.Call
		}
		out[i] = Priced{t.Gamma, float64(100*t.Fixed) + float64(t.Units*float64(max(0, unit))), 100 * t.Delta, max(0, c.Hours[i])}
	}
	return out
}

// A Record is what an organisation saw of one of its actions (I6).
type Record struct {
	Cases, Saved int
	Cost, Delta  money.Cents // totals over the cases
}

// EnoughCases is the number of cases from which an organisation's own
// statistics replace the catalogue.
const EnoughCases = 30

// Learn replaces an action's success, cost and incentive by those seen once 30
// cases of it exist.
func (c Catalogue) Learn(seen [NActions]Record) Catalogue {
	for i, r := range seen {
		if r.Cases < EnoughCases {
			continue
		}
		n := float64(r.Cases)
		c[i].Gamma = float64(max(0, min(r.Saved, r.Cases))) / n
		c[i].Cost, c[i].Delta = float64(max(0, r.Cost))/n, float64(max(0, r.Delta))/n
	}
	return c
}

// A Stake is a client about to be judged: worth retaining or not?
type Stake struct {
	Margin     money.Cents // MB of a year (A3)
	Invested   money.Cents // I of a year (A2)
	Remaining  money.Cents // accessible remaining to win (E1, E4)
	MarginRate float64
	Risk       float64 // p of I3
	P          uint8   // potential level, 0 unknown
	Strategic  bool    // reference client, prescriber: kept whatever the sum
}

// Decision is what is done about a client at risk (décision).
type Decision uint8

// Stored and sent: add at the end, never renumber.
const (
	Retain  Decision = iota + 1 // retenir
	LetGo                       // ne pas retenir : une lettre, au plus
	Abandon                     // abandonner : rien à perdre
	Watch                       // rien de particulier : le risque est faible
)

// Quadrant is the client's cell in the matrix profitable × high potential:
// profitable is MB above I, high is P3 or P4. It is shown beside the decision,
// which the sum of I4 makes: where the two differ, the credit of the potential
// or the price of the actions is why.
type Quadrant uint8

// Stored and sent: add at the end, never renumber.
const (
	ProfitableHigh Quadrant = iota + 1
	ProfitableLow
	UnprofitableHigh
	UnprofitableLow // let go gracefully
)

// A Gain is what an action is expected to bring.
type Gain struct {
	Action   Action
	Net      float64 // G, cents
	Priority float64 // G ÷ hours; G without hours
	Cost     float64 // c, cents
	Delta    float64 // δ, cents
}

// A Worth is the judgment on a client (I4). Amounts in cents.
type Worth struct {
	Yearly   float64 // m
	Value    float64 // V
	Gains    [NActions]Gain
	Ranked   [NActions]Action // by G
	Best     Action           // of the greatest G
	Decision Decision
	Quadrant Quadrant
	Override bool // retained as strategic, against the sum
	explain.Mark
}

// Pays reports whether an action brings more than it costs.
func (w *Worth) Pays(a Action) bool {
	return a >= Letter && a <= NActions && w.Gains[a-1].Net > 0
}

// Value is V = Σ m·rᵗ ÷ (1 + d)ᵗ over t = 1…H.
func (p Params) Value(yearly float64) float64 {
	v, f := 0.0, 1.0
	for range p.Years {
		f *= p.R / (1 + p.Discount)
		v += float64(yearly * f)
	}
	return v
}

// Judge decides whether a client is worth retaining, and by what. The steps
// are left out: ask [Params.ExplainWorth].
func (p Params) Judge(s Stake, c Catalogue) Worth {
	m := float64(s.Margin) - float64(s.Invested) + p.credit(s)
	return p.judge(s, m, p.Value(m), c)
}

func (p Params) credit(s Stake) float64 {
	rate := s.MarginRate
	if !(rate >= -1 && rate <= 1) {
		rate = 0
	}
	return float64(float64(max(0, s.Remaining)) * rate * p.Credit)
}

func (p Params) judge(s Stake, yearly, value float64, c Catalogue) Worth {
	w := Worth{Yearly: yearly, Value: value, Mark: explain.Sound()}
	risk := s.Risk
	if !(risk >= 0 && risk <= 1) {
		w.Mark = explain.Missing(explain.NoData)
		return w
	}
	high, profit := s.P >= 3, s.Margin > s.Invested
	switch {
	case profit && high:
		w.Quadrant = ProfitableHigh
	case profit:
		w.Quadrant = ProfitableLow
	case high:
		w.Quadrant = UnprofitableHigh
	default:
		w.Quadrant = UnprofitableLow
	}
	for i, a := range c {
		g := &w.Gains[i]
		*g = Gain{Action: Action(i + 1), Cost: a.Cost, Delta: a.Delta}
		g.Net = float64(risk*a.Gamma*(value-a.Delta)) - float64((1-risk)*p.Psi*a.Delta) - a.Cost
		if g.Priority = g.Net; a.Hours > 0 {
			g.Priority = g.Net / a.Hours
		}
		at := i // insertion: equal gains keep the cheaper, earlier, action first
		for ; at > 0 && w.Gains[w.Ranked[at-1]-1].Net < g.Net; at-- {
			w.Ranked[at] = w.Ranked[at-1]
		}
		w.Ranked[at] = g.Action
	}
	w.Best = w.Ranked[0]
	switch {
	case value <= 0:
		w.Decision = Abandon
	case risk < p.MinP:
		w.Decision = Watch
	case w.Pays(w.Best):
		w.Decision = Retain
	default:
		w.Decision = LetGo
	}
	if s.Strategic && (w.Decision == Abandon || w.Decision == LetGo) {
		w.Decision, w.Override = Retain, true
	}
	return w
}

// ExplainWorth lists the steps of a judgment, to redo it by hand.
func (p Params) ExplainWorth(s Stake, c Catalogue) []explain.Step {
	w := p.Judge(s, c)
	steps := []explain.Step{
		explain.Amount("attrition.margin", s.Margin), explain.Amount("attrition.invested", s.Invested), explain.Of("attrition.credit", p.credit(s), explain.Money),
		explain.Of("attrition.yearly", w.Yearly, explain.Money),
	}
	f := 1.0
	for range p.Years {
		f *= p.R / (1 + p.Discount)
		steps = append(steps, explain.Of("attrition.year", w.Yearly*f, explain.Money))
	}
	steps = append(steps, explain.Of("attrition.stake", w.Value, explain.Money), explain.Share("attrition.probability", s.Risk))
	for _, a := range w.Ranked {
		if a != 0 {
			steps = append(steps, explain.Of("attrition.gain", w.Gains[a-1].Net, explain.Money))
		}
	}
	return steps
}

// Spend chooses one action, or none, for each client so that the expected
// gains are the most a budget allows; what is spent is cost and incentive. It
// returns the action by client and the sums. Exact to a two-thousandth of the
// budget, costs rounded up: never above it. Judgments without a value, or not
// to retain, get nothing. Clients are taken in the order of their codes, so that
// of two equal sums the same one is chosen whatever the order they come in.
func Spend(w []Worth, codes []string, budget money.Cents) (chosen []Action, gain, spent float64) {
	const steps = 2000
	chosen = make([]Action, len(w))
	if budget <= 0 {
		return chosen, 0, 0
	}
	order := make([]int32, len(w))
	for i := range order {
		order[i] = int32(i)
	}
	if len(codes) == len(w) {
		sorting.By(order, func(a, b int32) int { return cmp.Or(cmp.Compare(codes[a], codes[b]), cmp.Compare(a, b)) })
	}
	unit := float64(budget) / steps
	best, take := make([]float64, steps+1), make([]Action, len(w)*(steps+1))
	for k, i := range order {
		row := take[k*(steps+1) : (k+1)*(steps+1)]
		if !w[i].Has() || w[i].Decision != Retain {
			continue
		}
		for left := steps; left >= 0; left-- {
			value := best[left]
			for _, g := range w[i].Gains {
				need := units((g.Cost+g.Delta)/unit, steps)
				if g.Net > 0 && need <= left {
					if v := best[left-need] + g.Net; v > value {
						value, row[left] = v, g.Action
					}
				}
			}
			best[left] = value
		}
	}
	left := steps
	for k := len(w) - 1; k >= 0; k-- {
		i, a := order[k], take[k*(steps+1)+left]
		if chosen[i] = a; a == 0 {
			continue
		}
		g := w[i].Gains[a-1]
		gain, spent = gain+g.Net, spent+g.Cost+g.Delta
		left -= units((g.Cost+g.Delta)/unit, steps)
	}
	return chosen, gain, spent
}

// units rounds up, a hair of rounding forgiven; beyond the budget is most + 1.
func units(x float64, most int) int {
	if !(x <= float64(most)+.5) {
		return most + 1
	}
	return int(math.Ceil(x - 1e-9))
}
