package scoring

import (
	"cmp"
	"math"
	"slices"

	"sillon/engine/explain"
	"sillon/engine/money"
)

// A Quadrant is a square of the prospects' matrix (H9, double attraction).
type Quadrant uint8

// Stored and sent: add at the end, never renumber. In the order of the
// parameter prospect.disposition.
const (
	Unplaced   Quadrant = iota // relevance unknown: to qualify
	StrongHigh                 // offer relevant, we are credible
	StrongLow                  // relevant, not known there
	WeakHigh                   // not relevant, credible
	WeakLow                    // neither
	Quadrants  = iota
)

// An Interest is what makes a prospect worth wanting (intérêt).
type Interest uint8

const (
	InterestPotential Interest = iota // niveau de potentiel, see [InterestOf]
	InterestProximity                 // proximité
	InterestMargin                    // marge
	InterestReference                 // référence stratégique
	InterestAccess                    // accès aux interlocuteurs
	Interests         = iota
)

// A Prospect is what its priority is read from. A number under 0, or that is
// none, is not known.
type Prospect struct {
	Relevance   float64            // of our offer to its need, 0-100 (or 0 and 1, see [Yes])
	Credibility float64            // of us in its market, the same
	Interest    [Interests]float64 // notes of 1 to 10; under 1: not known
	FirstYear   money.Cents        // margin of a first year, if won
	Visits      float64            // it would take
	Excluded    bool               // do not contact
}

// half is the relevance or the credibility from which it is strong or high.
const half = 50

// Yes is the note of a criterion answered by yes or no.
func Yes(is bool) float64 {
	if is {
		return 100
	}
	return 0
}

// InterestOf turns a P level (1-4) into a note of 1 to 10: 1, 4, 7, 10. An
// unknown level has none.
func InterestOf(level uint8) float64 {
	if level == 0 {
		return 0
	}
	return 1 + 3*float64(min(level, 4)-1)
}

// A ProspectInput is the prospects of a portfolio.
type ProspectInput struct {
	Prospects  []Prospect
	Conversion [Quadrants]float64 // prospects won ÷ met, by quadrant; under 0: no history
	Price      money.Cents        // of one visit (PRC); 0: unknown
	Codes      []string           // breaks ties; nil: the index does
}

// An Attraction is the priority of one prospect.
type Attraction struct {
	Quadrant    Quadrant
	Disposition float64 // of the prospect towards us, 0-10
	Interest    float64 // of ours, 1-10; 0: nothing is known
	Priority    float64 // disposition × interest ÷ 10
	Conversion  float64 // chance used for the expected value
	Expected    float64 // cents: conversion × first-year margin − visits × price
	HasExpected bool
	Excluded    bool
	Status      explain.Status
	Reason      explain.Reason
}

// A ProspectBoard is the matrix and the list of the prospects. Slices are
// indexed like the input, except Order.
type ProspectBoard struct {
	Of       []Attraction
	Order    []int32 // highest priority first; excluded and unreadable ones left out
	N        [Quadrants]int
	Excluded int
	explain.Mark

	in ProspectInput
}

// Attract places the prospects and orders them (H9):
//
//	priority = disposition × interest ÷ 10,
//	expected = conversion × first-year margin − visits × price of one.
//
// An unknown relevance counts as the disposition of a weak one in a market that
// knows us (4), an unknown credibility as low; both make the priority weak.
// Without any note of interest there is no priority. Where a quadrant has no
// history its conversion is prospect.conversionDefault, and weak.
func Attract(in ProspectInput, p Params) ProspectBoard {
	b := ProspectBoard{Of: make([]Attraction, len(in.Prospects)), in: in}
	for i := range in.Prospects {
		a := &b.Of[i]
		*a = in.attract(i, p)
		if a.Excluded {
			b.Excluded++
			continue
		}
		b.N[a.Quadrant]++
		if a.Status != explain.NA {
			b.Order = append(b.Order, int32(i))
		}
	}
	slices.SortFunc(b.Order, func(x, y int32) int {
		u, v := &b.Of[x], &b.Of[y]
		if d := cmp.Compare(grain(v.Priority), grain(u.Priority)); d != 0 {
			return d
		}
		if d := cmp.Compare(math.Round(v.Expected), math.Round(u.Expected)); d != 0 { // whole cents
			return d
		}
		if d := cmp.Compare(at(in.Codes, int(x), ""), at(in.Codes, int(y), "")); d != 0 {
			return d
		}
		return cmp.Compare(x, y)
	})
	b.Mark = explain.Sound(explain.Tally("scoring.prospects", len(b.Of)-b.Excluded), explain.Tally("scoring.excluded", b.Excluded))
	if len(b.Order) == 0 {
		b.Mark = explain.Missing(explain.NoData, b.Steps...)
	}
	return b
}

func (in *ProspectInput) attract(i int, p Params) Attraction {
	pr := &in.Prospects[i]
	a := Attraction{Excluded: pr.Excluded, Status: explain.OK}
	weak := func() { a.Status, a.Reason = explain.Weak, explain.NoData }
	credible := pr.Credibility >= half
	if !(pr.Credibility >= 0) {
		weak()
	}
	switch strong := pr.Relevance >= half; {
	case !(pr.Relevance >= 0):
		weak()
		a.Disposition = tame(p.Disposition[WeakHigh-1])
	case strong && credible:
		a.Quadrant = StrongHigh
	case strong:
		a.Quadrant = StrongLow
	case credible:
		a.Quadrant = WeakHigh
	default:
		a.Quadrant = WeakLow
	}
	if a.Quadrant != Unplaced {
		a.Disposition = tame(p.Disposition[a.Quadrant-1])
	}
	known, sum := 0, 0.0
	for _, x := range pr.Interest {
		if x >= 1 {
			known++
			sum += min(x, 10)
		}
	}
	if known == 0 {
		a.Status, a.Reason = explain.NA, explain.NoData
		return a
	}
	a.Interest = sum / float64(known)
	a.Priority = float64(a.Disposition*a.Interest) / 10
	a.Conversion = in.Conversion[a.Quadrant]
	guess := !(a.Conversion >= 0)
	if guess {
		a.Conversion = p.Conversion
	}
	a.Conversion = min(1, tame(a.Conversion))
	if pr.FirstYear > 0 {
		a.HasExpected = true
		a.Expected = float64(a.Conversion*float64(pr.FirstYear)) - float64(tame(pr.Visits)*max(0, float64(in.Price)))
		if guess {
			weak()
		}
	}
	return a
}

// Explain gives the steps of prospect i.
func (b *ProspectBoard) Explain(i int) []explain.Step {
	a, pr := &b.Of[i], &b.in.Prospects[i]
	var s []explain.Step
	if pr.Relevance >= 0 {
		s = append(s, explain.Of("scoring.relevance", min(100, pr.Relevance), explain.Points))
	}
	if pr.Credibility >= 0 {
		s = append(s, explain.Of("scoring.credibility", min(100, pr.Credibility), explain.Points))
	}
	s = append(s, explain.Of("scoring.disposition", a.Disposition, explain.Points))
	if a.Status == explain.NA {
		return s
	}
	s = append(s, explain.Of("scoring.interest", a.Interest, explain.Points), explain.Of("scoring.priority", a.Priority, explain.Points))
	if a.HasExpected {
		s = append(s, explain.Share("scoring.conversion", a.Conversion), explain.Amount("scoring.firstYear", pr.FirstYear),
			explain.Num("scoring.visits", tame(pr.Visits)), explain.Amount("scoring.price", max(0, b.in.Price)),
			explain.Of("scoring.expected", a.Expected, explain.Money))
	}
	return s
}

// grain is a number in whole billionths, so that what should be equal is, and
// the code decides.
func grain(x float64) int64 { return int64(math.Round(min(9e9, max(-9e9, x)) * 1e9)) }

// tame makes a damaged number harmless: from 0 to 10⁹.
func tame(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return min(x, 1e9)
}

// at reads a column that may be nil or too short.
func at[T any](s []T, i int, none T) T {
	if i < len(s) {
		return s[i]
	}
	return none
}
