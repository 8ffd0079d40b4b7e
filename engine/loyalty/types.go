package loyalty

import (
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/params"
)

// MaxPeriods is how many periods a history can hold.
const MaxPeriods = 16

// Params are the settings of the chapter.
type Params struct {
	ByValue       bool // ae.mode
	HalfYears     bool // ae.period: for everybody; else for those who buy less than every three months
	Kappa         float64
	FastAdoption  float64 // per period
	FastExclusion float64
	Medians       bool // fast is above the portfolio's medians; no key of the registry, off
	MinPeriods    int
	MinFamilies   int
	BoughtShare   float64    // percent of the family's potential in the period
	Periods       int        // quarters looked at
	Halves        int        // half-years looked at
	Multipliers   [4]float64 // by Type − 1
	Weights       [8]float64 // by Component
}

// Defaults are the settings of the method.
func Defaults() Params { return From(params.Default()) }

// From reads the settings of a scope.
func From(s *params.Set) Params {
	fast, periods := s.Floats(params.AEFast), s.Floats(params.AEHistoryPeriods)
	p := Params{
		ByValue: s.Word(params.AEMode) == "value", HalfYears: s.Word(params.AEPeriod) == "half-year",
		Kappa: s.Float(params.AEKappa), FastAdoption: fast[0], FastExclusion: fast[1],
		MinPeriods: s.Int(params.AEMinPeriods), MinFamilies: s.Int(params.AEMinFamilies),
		BoughtShare: s.Float(params.AEBoughtShare), Periods: int(periods[0]), Halves: int(periods[1]),
	}
	copy(p.Multipliers[:], s.Floats(params.AEMultipliers))
	copy(p.Weights[:], s.Floats(params.EngagementWeights))
	return p
}

// A Track is one family at one client, a bit per period, the oldest in bit 0.
// Open says in which periods the family could be bought: not before the first
// order, after its end of life, out of stock or out of season. A family the
// client does not need is never open.
type Track struct{ Bought, Open uint16 }

// A Member is one client of the input.
type Member struct {
	Periods   uint8 // known, MaxPeriods at most; the last one ends on the as-of date
	From      uint8 // first period of the relation, from 0
	HalfYears bool  // periods are half-years, else quarters
	New       bool  // too short a relation: the rates of the portfolio
	Never     bool  // no order yet
	Undated   bool  // yearly totals: no period can be told
	Collapsed bool  // its own activity collapses: read on shares, « naturel »
	Potential money.Cents
	Known     bool // potential
}

// A Kind is what is particular to a family.
type Kind struct {
	Seasonal bool // each season is set against the same of the year before
	Ended    bool // at its end of life: out of the need of today
}

// An Input is the status matrix of F1. [Observe] makes it from sales lines.
type Input struct {
	Members []Member
	Kinds   []Kind
	Tracks  []Track   // Members × Kinds
	Shares  []float64 // Members × MaxPeriods: A by period, -1 unknown; nil: no value mode
	Pools   *Pools    // of a larger portfolio; nil: of these clients
}

// A Pool sums the events and exposures of many clients.
type Pool struct{ Adoptions, Elsewhere, Exclusions, WithUs float64 }

// Adoption and Exclusion are the rates of a pool; 0 without exposure.
func (p Pool) Adoption() float64  { return quotient(p.Adoptions, p.Elsewhere) }
func (p Pool) Exclusion() float64 { return quotient(p.Exclusions, p.WithUs) }

// Pools are kept apart: a rate per quarter is none per half-year, and a share
// of a family none of a euro. Index 0 quarters, 1 half-years.
type Pools struct{ Family, Value [2]Pool }

// Type is how a client engages (type d'engagement, F2).
type Type uint8

// Stored and sent: add at the end, never renumber.
const (
	Engaged Type = iota + 1 // engagé: adopts fast, excludes slowly
	Fickle                  // volage: fast both ways
	Careful                 // prudent fidèle: slow both ways
	Fleeing                 // fuyant, rétif: adopts slowly, excludes fast
)

// A Speed is what F1 says of one client.
type Speed struct {
	Pool                        // its own events and exposures, whole in family mode
	Adoption, Exclusion float64 // v_a and v_e per period, smoothed
	Now, Heading        float64 // A and A*
	Momentum            float64 // A* − A
	Type                Type
	HalfYears           bool // per half-year, else per quarter
	ByValue             bool
	Natural             bool // its own activity collapses
	PoolOnly            bool // new: the portfolio's rates
	NeverElsewhere      bool // all families bought throughout: v_a is the portfolio's
	NeverWithUs         bool // none bought: v_e is the portfolio's
	explain.Mark
}

// A Reading is F1 for a portfolio.
type Reading struct {
	Speed []Speed
	Pools Pools
	// FastAdoption and FastExclusion are the thresholds in force.
	FastAdoption, FastExclusion float64
	explain.Mark

	in Input
	p  Params
}

// A Sale is one line with its family: an index of Source.Families, or -1.
type Sale struct {
	Family   int32
	From, To calendar.Day // To None, 0 or before From: dated
	Net      money.Cents
}

// A Family is what the catalogue says.
type Family struct {
	Launched, Ends calendar.Day      // None or 0: unknown
	Season         maturity.Season   // the zero value: all year
	Out            []calendar.Window // out of stock
}

// A Customer is the client side of a Source.
type Customer struct {
	Sales      []Sale        // in any order
	FirstOrder calendar.Day  // None or 0: as the lines say
	Potential  money.Cents   // per year; 0: unknown
	Potentials []money.Cents // per year, by period, oldest first, when it changed; nil: Potential throughout
	Collapsed  bool
}

// A Source is the sales a status matrix is made from.
type Source struct {
	Families  []Family
	Customers []Customer
	Lines     func(i int, into []Sale) []Sale // appends the sales of a customer, in the place of its Sales, so that those of one are held at a time; nil: Sales
	Potential []money.Cents                   // Customers × Families, per year; 0 unknown; nil: none
	Since     calendar.Day                    // first day lines are held from; None or 0: from the beginning
}

func quotient(a, b float64) float64 {
	if b > 0 {
		return a / b
	}
	return 0
}
