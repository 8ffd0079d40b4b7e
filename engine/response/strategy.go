package response

import (
	"math"

	"sillon/engine/explain"
	"sillon/engine/money"
)

// Advice is the line of the contact strategy a client falls on (B4). The first
// nine are the rows of strategy.multipliers.
type Advice uint8

// Stored and sent: add at the end, never renumber.
const (
	ToPhone       Advice = iota + 1 // téléphone ou web, quota de visites, demander des efforts
	ChargeFor                       // garder mais faire payer : minimum de commande, test lisible
	SpaceOut                        // espacer, déléguer au sédentaire, surveiller
	KeepPace                        // vache sensible : garder la cadence
	KeepAsIs                        // vache illisible : garder la cadence
	Invest                          // investir
	DoNotDisturb                    // protéger, élargir les interlocuteurs
	Trial                           // tester : +3 contacts, puis relire la sensibilité
	EconomyMode                     // mode économique, ou arrêter
	Balanced                        // ni trop ni trop peu : ×1
	FindPotential                   // squelette au potentiel inconnu : l'estimer d'abord
)

// A StrategyInput crosses B1 and B2, by the caller's index.
type StrategyInput struct {
	Class    []Class
	Decision []Decision // 0: unreadable
	P        []uint8    // level of potential, 4 the top; 0 unknown
	Starting []bool     // phase D; nil: none
	Visits   []int      // of N
	Min, Max []int      // bounds of H6; nil: none
}

// A Proposal is next year's visits of one client.
type Proposal struct {
	Advice     Advice
	Multiplier float64
	Visits     int  // proposed
	Raised     bool // phase D: the multiplier was lifted to 1
	Capped     bool // by visit.maxChange or the bounds of H6
	bound      bound
	explain.Mark
}

// A Strategy is the table "now → proposed".
type Strategy struct {
	Proposal []Proposal
	Freed    int // visits taken from clients
	Needed   int // visits given to clients
	Left     int // freed − needed, for prospects

	in     StrategyInput
	change float64 // visit.maxChange
}

// A bound is what a wish ran into, the last that counts.
type bound uint8

const (
	byChange  bound = iota + 1 // visit.maxChange
	byFloor                    // visit.min of the category
	byCeiling                  // visit.max
)

// Propose turns class and sensitivity into a multiplier of visits (B4). First
// match wins; a skeleton is decided by its potential; between add and reduce
// the multiplier is 1. The yearly change is capped first and the bounds of H6
// after it, so that they win over the size of the change, never over its way: a
// line that lowers proposes at most today's visits, one that raises at least
// those, one that keeps exactly those. Otherwise a floor of 12 turned « espacez »
// into 5 → 12. The bound that was met is a step.
func Propose(in StrategyInput, p Params) Strategy {
	s := Strategy{Proposal: make([]Proposal, len(in.Class)), in: in, change: min(max(p.MaxChange, 0), 100)}
	for i, c := range in.Class {
		r := &s.Proposal[i]
		now := max(0, whole(in.Visits, i, 0))
		r.Visits, r.Multiplier = now, 1
		if c == 0 || c > Cow {
			r.Status, r.Reason = explain.NA, explain.NoData
			continue
		}
		r.Status = explain.OK
		r.Advice = in.advice(i, p)
		if r.Advice <= EconomyMode {
			r.Multiplier = clean(p.Multipliers[r.Advice-1])
		}
		if r.Advice == FindPotential {
			r.Status, r.Reason = explain.Weak, explain.NoPotential
		}
		if i < len(in.Starting) && in.Starting[i] && r.Multiplier < 1 {
			r.Multiplier, r.Raised = 1, true
		}
		wish := scale(now, r.Multiplier)
		r.Visits, r.bound = in.bounded(i, now, wish, p)
		if r.Multiplier <= 1 {
			r.Visits = min(r.Visits, now)
		}
		if r.Multiplier >= 1 {
			r.Visits = max(r.Visits, now)
		}
		r.Capped = r.Visits != wish
		s.Freed += max(0, now-r.Visits)
		s.Needed += max(0, r.Visits-now)
	}
	s.Left = s.Freed - s.Needed
	return s
}

func whole(x []int, i, otherwise int) int {
	if i < len(x) {
		return x[i]
	}
	return otherwise
}

// scale rounds half away from zero, in whole millionths.
func scale(n int, by float64) int {
	return int(money.Cents(n).Scale(int64(math.Round(min(by, 1e6)*million)), million))
}

func (in *StrategyInput) advice(i int, p Params) Advice {
	d := Decision(0)
	if i < len(in.Decision) {
		d = in.Decision[i]
	}
	level := uint8(0)
	if i < len(in.P) {
		level = in.P[i]
	}
	switch c := in.Class[i]; {
	case c == Skeleton && level == 0:
		return FindPotential
	case c == Skeleton && level >= p.HighPotential:
		return Trial
	case c == Skeleton:
		return EconomyMode
	case d == Hold:
		return Balanced
	case c == Devourer && d == Reduce:
		return ToPhone
	case c == Devourer:
		return ChargeFor
	case c == Cow && d == Reduce:
		return SpaceOut
	case c == Cow && d == Add:
		return KeepPace
	case c == Cow:
		return KeepAsIs
	case d == Add:
		return Invest
	}
	return DoNotDisturb
}

// bounded keeps a wish within the yearly change, then within H6, and says what
// it met last.
func (in *StrategyInput) bounded(i, now, wish int, p Params) (visits int, met bound) {
	if p.ChangeCapped {
		change := min(max(p.MaxChange, 0), 100)
		down, up := scale(now, max(0, 1-change)), scale(now, 1+change)
		if float64(down) < float64(now)*(1-change)-1e-9 {
			down++
		}
		if float64(up) > float64(now)*(1+change)+1e-9 {
			up--
		}
		if b := min(max(wish, down), up); b != wish {
			wish, met = b, byChange
		}
	}
	if i < len(in.Min) && wish < in.Min[i] {
		wish, met = in.Min[i], byFloor
	}
	if i < len(in.Max) && wish > max(in.Max[i], 0) {
		wish, met = max(in.Max[i], 0), byCeiling
	}
	return wish, met
}

// Explain gives the steps of client i's proposal.
func (s *Strategy) Explain(i int) []explain.Step {
	r := &s.Proposal[i]
	steps := []explain.Step{
		explain.Name("response.class", s.in.Class[i].String()),
		explain.Of("response.multiplier", r.Multiplier, explain.Ratio),
		explain.Tally("response.visits", max(0, whole(s.in.Visits, i, 0))),
	}
	switch r.bound {
	case byChange:
		steps = append(steps, explain.Share("response.changeMax", s.change))
	case byFloor:
		steps = append(steps, explain.Tally("response.visitsMin", s.in.Min[i]))
	case byCeiling:
		steps = append(steps, explain.Tally("response.visitsMax", max(s.in.Max[i], 0)))
	}
	return append(steps, explain.Tally("response.proposed", r.Visits))
}
