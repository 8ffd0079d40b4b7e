package visits

import (
	"cmp"
	"math"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// A Purpose is what an action of the plan is for (finalité). The source counts
// 64 actions: 15, 16, 4, 5, 5, 5 and 7 by purpose, and 7 of targeting (W3).
type Purpose uint8

// Stored and sent: add at the end, never renumber.
const (
	Win                Purpose = iota + 1 // conquérir ou reconquérir
	Keep                                  // conserver
	Satisfy                               // satisfaire
	Secure                                // sécuriser
	Retain                                // fidéliser
	StimulatePurchases                    // stimuler les achats
	StimulateEfforts                      // stimuler les efforts
)

// An Action is a line of the plan (PAC): account × objective × action × who ×
// date × cost × expected gain × indicator × status. Visits are those the action
// adds: the return is on the incremental cost.
type Action struct {
	Code        string // orders the sums
	Prospect    bool   // of the prospects' plan
	Purpose     Purpose
	Visits      float64     // contact units it adds
	PRC         money.Cents // price of one
	Spend       money.Cents // gifts, samples, events
	Probability float64     // of success, 0-1
	Captured    money.Cents // of the remaining to win; first-year sales for a prospect
	Margin      float64     // margin ÷ sales
	Due         calendar.Day
	Indicator   bool // says how success will be measured
	Progress    portfolio.Progress
}

// Economics is what a set of actions costs and should bring, in cents.
type Economics struct {
	Actions    int
	Visits     float64
	Cost, Gain float64
	ROI        explain.Result // (gain − cost) ÷ cost
}

// A PAC is the economics of an action plan. Rejected lines have no date or no
// indicator: they cannot be validated and count nowhere.
type PAC struct {
	All, Clients, Prospects Economics
	ByPurpose               [StimulateEfforts + 1]Economics
	Gap                     float64        // target − expected gain, cents; under 0: more than asked
	Progress                explain.Result // done ÷ due
	Rejected                []int32        // indexes of the input
	explain.Mark
}

// Cost is what the action takes: visits × price of a contact + spend, cents.
func (a Action) Cost() float64 {
	return float64(tame(a.Visits)*max(0, float64(a.PRC))) + max(0, float64(a.Spend))
}

// Gain is what it should bring: probability × captured × margin, cents.
func (a Action) Gain() float64 {
	return min(1, tame(a.Probability)) * max(0, float64(a.Captured)) * min(1, tame(a.Margin))
}

// tame makes a damaged number harmless: from 0 to a million.
func tame(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return min(x, 1e6)
}

// Valid reports whether the action has a date and an indicator.
func (a Action) Valid() bool { return a.Indicator && a.Due != calendar.None && a.Due != 0 }

// Economy prices the plan and says how far it is at asOf (H7). target is the
// margin it should bring, cents; cancelled actions count nowhere.
func Economy(actions []Action, target money.Cents, asOf calendar.Day) PAC {
	var p PAC
	idx := make([]int32, len(actions))
	for i := range idx {
		idx[i] = int32(i)
	}
	sorting.Stable(idx, func(a, b int32) int { return cmp.Compare(actions[a].Code, actions[b].Code) })
	due, done := 0, 0
	for _, i := range idx {
		a := actions[i]
		if a.Progress == portfolio.Cancelled {
			continue
		}
		if !a.Valid() {
			p.Rejected = append(p.Rejected, i)
			continue
		}
		p.All.add(a)
		if a.Prospect {
			p.Prospects.add(a)
		} else {
			p.Clients.add(a)
		}
		if a.Purpose <= StimulateEfforts {
			p.ByPurpose[a.Purpose].add(a)
		}
		if a.Due <= asOf {
			due++
			if a.Progress == portfolio.Done {
				done++
			}
		}
	}
	p.All.close()
	p.Clients.close()
	p.Prospects.close()
	for k := range p.ByPurpose {
		p.ByPurpose[k].close()
	}
	p.Gap = float64(target) - p.All.Gain
	p.Progress = explain.Result{Mark: explain.Missing(explain.NoData)}
	if due > 0 {
		p.Progress = explain.Result{Value: float64(done) / float64(due),
			Mark: explain.Sound(explain.Tally("visits.actionsDue", due), explain.Tally("visits.actionsDone", done))}
	}
	p.Mark = explain.Sound(explain.Tally("visits.actions", p.All.Actions), explain.Num("visits.extra", p.All.Visits),
		explain.Of("visits.cost", p.All.Cost, explain.Money), explain.Of("visits.gain", p.All.Gain, explain.Money),
		explain.Of("visits.target", float64(target), explain.Money), explain.Of("visits.gap", p.Gap, explain.Money))
	switch {
	case p.All.Actions == 0:
		p.Status, p.Reason = explain.NA, explain.NoData
	case len(p.Rejected) > 0:
		p.Status, p.Reason = explain.Weak, explain.NoData
	}
	return p
}

func (e *Economics) add(a Action) {
	e.Actions++
	e.Visits += tame(a.Visits)
	e.Cost += a.Cost()
	e.Gain += a.Gain()
}

func (e *Economics) close() {
	e.ROI = explain.Result{Mark: explain.Missing(explain.NoCost)}
	if e.Cost > 0 {
		e.ROI = explain.Result{Value: (e.Gain - e.Cost) / e.Cost, Mark: explain.Sound(
			explain.Of("visits.cost", e.Cost, explain.Money), explain.Of("visits.gain", e.Gain, explain.Money))}
	}
}

// Respect says how far the visits done follow the plan's policy, by
// portfolio.Category: 1 − ½·Σ|planned share − done share|, 1 when the shares
// are the same.
func Respect(planned, done [5]float64) explain.Result {
	var a, b float64
	for c := range planned {
		planned[c], done[c] = key(planned[c]), key(done[c])
		a += planned[c]
		b += done[c]
	}
	if a == 0 {
		return explain.Result{Mark: explain.Missing(explain.NoData)}
	}
	if b == 0 {
		return explain.Result{Mark: explain.Missing(explain.NoContact)}
	}
	var off float64
	for c := range planned {
		off += math.Abs(planned[c]/a - done[c]/b)
	}
	return explain.Result{Value: max(0, 1-off/2), Mark: explain.Sound(explain.Num("visits.planned", a), explain.Num("visits.done", b))}
}
