package relation

import (
	"math"

	"sillon/engine/explain"
	"sillon/engine/money"
)

// An Alternative is what one could do instead of agreeing (solution de
// rechange).
type Alternative struct {
	P      float64     // chance it works, 0 to 1
	Margin money.Cents // what it would bring
	Cost   money.Cents // what trying costs
}

// Fallback is the MESORE (BATNA): the best of the alternatives, p·margin − cost
// to the cent, and its index. Doing nothing is worth 0, and is all there is
// without an alternative that pays: index −1.
func Fallback(a []Alternative) (worth money.Cents, best int) {
	best = -1
	for i, x := range a {
		v := max(0, x.Margin).Scale(millionths(min(max(x.P, 0), 1)), million).Plus(-max(0, x.Cost))
		if v > worth {
			worth, best = v, i
		}
	}
	return worth, best
}

// A Sheet is the negotiation sheet (fiche de négociation) of a seller.
type Sheet struct {
	Start, Target, Limit money.Cents // opening price, ideal arrival, breaking point; 0: not set
	Cost                 money.Cents
	Ours                 []Alternative
	RivalLow, RivalHigh  money.Cents // best competitor's total; a range when not known; 0: unknown
	Switching            money.Cents // what changing to him would cost the client
	Risk                 money.Cents // what the client gains by not depending on us
}

// Outlook says whether an agreement is possible.
type Outlook uint8

// Stored and sent: add at the end, never renumber.
const (
	Open    Outlook = iota + 1 // there is a zone
	Perhaps                    // only if the rival is at the dear end of the range
	Closed                     // none: walk away, or enlarge the deal
)

// A Zone is where both sides gain (zone d'accord possible, ZOPA).
type Zone struct {
	Fallback            money.Cents // our MESORE
	Best                int         // the alternative it comes from; −1: none, warn
	Us                  money.Cents // our limit price R_us
	ThemLow, ThemHigh   money.Cents // theirs R_them
	Low, High           money.Cents // ZOPA = R_them − R_us, at both ends of the range
	Floor               money.Cents // the higher of the limit and R_us: the zone is shown from there
	PowerLow, PowerHigh float64     // (target − R_us) ÷ ZOPA, when HasPower; High is +1e9 where the zone may close
	HasPower            bool
	TargetOut           bool // the target is over what the client could accept
	Outlook             Outlook
	explain.Mark
}

// noPower stands for a power without an upper end.
const noPower = 1e9

// Prepare reads the sheet. Without any idea of the rival's price there is no
// zone (NO_DATA); without an alternative the zone is weak.
func (s Sheet) Prepare() Zone {
	z := Zone{}
	z.Fallback, z.Best = Fallback(s.Ours)
	z.Us = s.Cost.Plus(z.Fallback)
	z.Floor = max(s.Limit, z.Us)
	steps := []explain.Step{explain.Amount("relation.cost", s.Cost), explain.Amount("relation.mesore", z.Fallback), explain.Amount("relation.limitUs", z.Us)}
	low, high := s.RivalLow, s.RivalHigh
	if low <= 0 {
		low = high
	}
	high = max(low, high)
	if high <= 0 {
		z.Mark = explain.Missing(explain.NoData, steps...)
		return z
	}
	extra := s.Switching.Plus(-s.Risk)
	z.ThemLow, z.ThemHigh = low.Plus(extra), high.Plus(extra)
	z.Low, z.High = z.ThemLow.Plus(-z.Us), z.ThemHigh.Plus(-z.Us)
	switch {
	case z.Low > 0:
		z.Outlook = Open
	case z.High > 0:
		z.Outlook = Perhaps
	default:
		z.Outlook = Closed
	}
	z.TargetOut = s.Target > z.ThemHigh
	z.power(s)
	steps = append(steps, explain.Amount("relation.limitThem", z.ThemLow))
	if z.ThemHigh != z.ThemLow {
		steps = append(steps, explain.Amount("relation.limitThemHigh", z.ThemHigh))
	}
	steps = append(steps, explain.Amount("relation.zone", z.Low))
	if z.High != z.Low {
		steps = append(steps, explain.Amount("relation.zoneHigh", z.High))
	}
	steps = append(steps, explain.Amount("relation.floor", z.Floor))
	if z.HasPower {
		steps = append(steps, explain.Share("relation.power", z.PowerLow))
	}
	z.Mark = explain.Sound(steps...)
	if z.Best < 0 || z.Low != z.High {
		z.Mark = explain.Thin(explain.NoData, steps...)
	}
	return z
}

// power fills (target − R_us) ÷ ZOPA over the range of the zone.
func (z *Zone) power(s Sheet) {
	if s.Target <= 0 || z.High <= 0 {
		return
	}
	z.HasPower = true
	up := float64(s.Target.Plus(-z.Us))
	a, b := up/float64(z.High), noPower
	if z.Low > 0 {
		b = up / float64(z.Low)
	} else if up <= 0 {
		b = -noPower
	}
	z.PowerLow, z.PowerHigh = min(a, b), max(a, b)
}

// Volume is how much more must be sold to pay for a discount d at a margin rate
// m, both shares of the price: d ÷ (m − d). A discount of the whole margin or
// more has no such volume.
func Volume(d, m float64) explain.Result {
	if !(math.Abs(d) <= 1 && math.Abs(m) <= 1) {
		return explain.Result{Mark: explain.Missing(explain.NoData)}
	}
	steps := []explain.Step{explain.Share("relation.discount", d), explain.Share("relation.marginRate", m)}
	if d < 0 || m-d < 1e-9 {
		return explain.Result{Mark: explain.Missing(explain.Negative, steps...)}
	}
	v := d / (m - d)
	return explain.Result{Value: v, Mark: explain.Sound(append(steps, explain.Share("relation.volume", v))...)}
}

// Steps are the offers of a concession ladder (échelle des concessions) from
// start down to target, in whole cents: each step smaller than the one before,
// the last offer the target itself. None when the target is not lower.
func (p Params) Steps(start, target money.Cents) []money.Cents {
	gap := start.Plus(-target)
	if gap <= 0 {
		return nil
	}
	offers := money.Split(gap, p.Ladder[:])
	at := start
	for i, step := range offers {
		at -= step
		offers[i] = at
	}
	return offers
}

// Ease is how hard a thing is to give, for who gives it.
type Ease uint8

// Stored and sent: add at the end, never renumber.
const (
	Easy        Ease = iota // facile
	Conditional             // sous condition
	Hard                    // difficile
)

// Tactic answers a request for a concession.
type Tactic uint8

// Stored and sent: add at the end, never renumber.
const (
	Exchange Tactic = iota + 1 // échanger
	Reduce                     // réduire la demande
	Dissuade                   // dissuader
)

// TacticOf is the cell of the matrix concessions × counterparts. Ours: what is
// no harder to give than what it brings is exchanged; one notch harder is
// reduced to a part of it; two notches, or hard against hard, is dissuaded by
// asking for it.
func TacticOf(concession, counterpart Ease) Tactic {
	c, k := min(concession, Hard), min(counterpart, Hard)
	switch {
	case c == Hard && k != Conditional:
		return Dissuade
	case c <= k:
		return Exchange
	}
	return Reduce
}

// A Chip is a thing one side may give: a concession of ours, or a counterpart
// of theirs.
type Chip struct {
	Code  string
	Value money.Cents // to us: its cost, or what it brings
	Ease  Ease        // for who gives it
}

// Fair reports the rule of the exchange: no concession without a counterpart
// worth at least as much.
func Fair(concession, counterpart Chip) bool { return counterpart.Value >= concession.Value }

// A Bargain proposes a counterpart for each concession. Count is by ease of
// the concession and of the counterpart: the fair pairs.
type Bargain struct {
	With  []int32 // the counterpart, by concession; −1: none is worth as much
	Count [3][3]int
}

// maxChips bounds both lists of a bargain.
const maxChips = 200

// Pair looks for each concession the fair counterpart that is easiest for the
// client, then the one nearest in value, then the first. A counterpart may
// serve several proposals: one request is made at a time.
func Pair(concessions, counterparts []Chip) Bargain {
	concessions, counterparts = concessions[:min(len(concessions), maxChips)], counterparts[:min(len(counterparts), maxChips)]
	b := Bargain{With: make([]int32, len(concessions))}
	for i, c := range concessions {
		b.With[i] = -1
		for j, k := range counterparts {
			if !Fair(c, k) {
				continue
			}
			b.Count[min(c.Ease, Hard)][min(k.Ease, Hard)]++
			at := b.With[i]
			if at < 0 || k.Ease < counterparts[at].Ease || k.Ease == counterparts[at].Ease && k.Value < counterparts[at].Value {
				b.With[i] = int32(j)
			}
		}
	}
	return b
}

// A Move is one exchange at the table: what we gave, and what for.
type Move struct {
	Given    money.Cents
	Received money.Cents
	Paired   bool // a counterpart was named
}

// A Score is the live count of a negotiation.
type Score struct {
	Given, Received money.Cents
	Alone           int  // concessions without any counterpart
	Fair            bool // none alone, and no more given than received
}

// Count keeps the score.
func Count(moves []Move) Score {
	var s Score
	for _, m := range moves {
		s.Given = s.Given.Plus(max(0, m.Given))
		s.Received = s.Received.Plus(max(0, m.Received))
		if m.Given > 0 && !m.Paired {
			s.Alone++
		}
	}
	s.Fair = s.Alone == 0 && s.Given <= s.Received
	return s
}

// Counterparts are the codes of the library of counterparts to ask for
// (contreparties, W26), worded by the catalogue. Stored: add at the end.
var Counterparts = []string{
	"counterpart.volume", "counterpart.payment", "counterpart.delivery", "counterpart.term",
	"counterpart.indexation", "counterpart.singleSite", "counterpart.simplerSpecs", "counterpart.complement",
	"counterpart.recommendation", "counterpart.exclusivity", "counterpart.costSharing", "counterpart.serviceExchange",
	"counterpart.demoSite", "counterpart.jointPublicity", "counterpart.subcontracting", "counterpart.successBonus",
	"counterpart.partByClient", "counterpart.resourcesLent",
}
