package maturity

import (
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/params"
)

// Params are the settings of the chapter.
type Params struct {
	Robust      bool
	StartMonths int     // a client younger than that is D
	Up, Down    float64 // percent
	Relative    bool    // growth less the portfolio's
	LostMax     int     // months without an order, whoever it is
	LostMin     int     // months, with two orders or more
	LostTimes   int     // usual intervals
	Hysteresis  float64 // points, robust mode
	AgeingScore int     // signs of 6
	Templates   [5][4]float64
	Mixed       float64
	Kappa       [4]float64 // D, C, M, V
	AlertCtoM   float64
	Periods     calendar.Periods
	SameSeason  bool // N-1 is the same season of an earlier year; robust slopes too (C6)

	ErosionShare   float64       // percent of a client's sales in an ageing family (C4)
	CrossSellShare float64       // percent of the peers who buy a family
	MultiFloor     float64       // percent of the effort each portfolio keeps (C5)
	Matrix         [4][4]float64 // default transitions, rows D, C, M, V to C, M, V, X (C7)
	MinSnapshots   int
	MinTransitions int
}

// Defaults are the settings of the method.
func Defaults() Params { return From(params.Default()) }

// From reads the settings of a scope. The start of the fiscal year is the
// organisation's: the caller sets Periods.FiscalStart.
func From(s *params.Set) Params {
	lost := s.Floats(params.DCMVLostAfter)
	p := Params{
		Robust: s.Word(params.DCMVMode) == "robust", StartMonths: s.Int(params.DCMVStartMonths),
		Up: s.Float(params.DCMVGUp), Down: s.Float(params.DCMVGDown), Relative: s.Bool(params.DCMVRelative),
		LostMax: int(lost[0]), LostMin: int(lost[1]), LostTimes: int(lost[2]),
		Hysteresis: s.Float(params.DCMVHysteresis), AgeingScore: s.Int(params.DCMVAgeingScore),
		Mixed: s.Float(params.CurveMixed), AlertCtoM: s.Float(params.AlertCtoM),
		Periods:      calendar.Periods{Months: s.Int(params.WindowMonths)},
		ErosionShare: s.Float(params.FamilyErosionShare), CrossSellShare: s.Float(params.FamilyCrossSellShare),
		MultiFloor: s.Float(params.MultiFloor), MinSnapshots: s.Int(params.ForecastMinSnapshots), MinTransitions: s.Int(params.ForecastMinTransitions),
	}
	if s.Word(params.WindowMode) == "fiscal" {
		p.Periods.Mode = calendar.Fiscal
	}
	for i, t := range s.Floats(params.CurveTemplates) {
		p.Templates[i/4][i%4] = t
	}
	copy(p.Kappa[:], s.Floats(params.DCMVEffort))
	for i, t := range s.Floats(params.ForecastMatrix) {
		p.Matrix[i/4][i%4] = t
	}
	return p
}

// Phase is where a client stands (phase).
type Phase uint8

// Stored and sent: add at the end, never renumber.
const (
	Prospect Phase = iota + 1 // P: prospect
	Start                     // D: démarrage
	Growth                    // C: croissance
	Mature                    // M: maturité
	Ageing                    // V: vieillissement
	Lost                      // X: perdu ou inactif
)

// String is the letter, the same in both languages.
func (p Phase) String() string { return [...]string{"?", "P", "D", "C", "M", "V", "X"}[min(p, 7)%7] }

// Why is the rule that gave the phase.
type Why uint8

const (
	NoOrder     Why = iota + 1 // no order up to the date
	TooLong                    // no order for longer than the limit
	Young                      // under twelve full months
	Reactivated                // sales again after a year without
	NoSales                    // none in both years, and not lost yet
	Falling                    // g at or under the lower threshold
	SignsOfAge                 // three signs of ageing, and no growth
	Rising                     // g at or over the upper threshold
	Steady                     // between the two
	Held                       // hysteresis keeps the previous phase
	Locked                     // overridden by a person

	// The special situations of C6.
	NoProject  // the equipment nears its end and no project is open
	Evaluated  // our offer is being evaluated
	Kept       // won this year, or a project is open
	NothingOn  // nothing won this year, nothing open
	FirstTerm  // the first term of a contract
	Renewed    // a later term
	NoticeRisk // notice given, or feared before the next term
	Ended      // the contract is over

	Uncovered // the sales known begin inside N-1: no growth, and no phase but V without sales in N
)

// A Line is one sale, dated (To 0 or before From) or of a period.
type Line struct {
	From, To calendar.Day
	Net      money.Cents // excluding VAT; a return is negative
}

// Signs are the causes of ageing that are known of a client, each since when;
// calendar.None or 0: not known, no sign.
type Signs struct {
	DeciderChanged   calendar.Day   // counts for twelve months
	ServiceErrors    []calendar.Day // two in six months count
	CompetitorRaised calendar.Day
	OfferUnsuitable  calendar.Day // organisational change
	ActivityFalling  calendar.Day // the client's own business
	LastNewFamily    calendar.Day // none adopted for 24 months counts
}

// An Override is a phase set by a person, until a day.
type Override struct {
	Phase Phase // 0: none
	Until calendar.Day
}

// A History is all the phase of one client is read from. What lies after the
// as-of date is invisible.
type History struct {
	FirstOrder calendar.Day // None, or 0 as on a card: as the lines say
	Lines      []Line       // in any order
	Signs      Signs
	Override   Override
	Growth     float64      // of the portfolio, 0.05 for 5 %, with dcmv.relativeToPortfolio
	Known      calendar.Day // first day that sales of the portfolio are known of; None or 0: from before all that is read
}

// A Verdict is the phase of a client with its reasons.
type Verdict struct {
	Phase     Phase // in force
	Computed  Phase // what the data say, visible beside an override
	Why       Why
	Age       int     // full months since the first order
	G         float64 // growth, when HasG
	HasG      bool
	SalesN    money.Cents
	SalesN1   money.Cents
	Score     int // signs of ageing
	LastOrder calendar.Day
	explain.Mark

	firstOrder calendar.Day
	known      calendar.Day // when N-1 begins before it; else None
	interval   float64
	portfolio  float64
	slope      bool
}

// Facts are what the rules of C1 look at, for callers that have only totals.
type Facts struct {
	FirstOrder calendar.Day // None: never
	LastOrder  calendar.Day // None: unknown, so never lost
	Interval   float64      // usual days between orders; 0: fewer than two orders
	N, N1      money.Cents
	Score      int
	Growth     float64      // of the portfolio
	Known      calendar.Day // when the sales known begin inside N-1: the first day; else None, or 0
}

// Shape is the look of a portfolio's curve.
type Shape uint8

// In the order of the parameter curve.templates.
const (
	Bell         Shape = iota + 1 // cloche
	RisingCurve                   // montante
	U                             // en U
	FallingCurve                  // descendante
	Flat                          // plate
)

// A Curve is the D-C-M-V picture of a portfolio (C2).
type Curve struct {
	Weight   [4]float64 // clients, or what was weighed, by phase D, C, M, V
	Share    [4]float64
	Clients  int        // clients in D to V
	Distance [5]float64 // to each template, by Shape − 1
	Shape    Shape      // the nearest; when Mixed, the more pessimistic of the two
	Second   Shape
	Mixed    bool
	Ageing   float64 // mean of D 1, C 2, M 3, V 4
	explain.Mark
}

// An Alignment sets the effort by phase against the target (C3). Arrays are in
// the order D, C, M, V.
type Alignment struct {
	N       [4]int
	Units   [4]float64
	Actual  [4]float64 // shares of the units
	Target  [4]float64
	Gap     [4]float64 // actual − target; × a budget of visits gives visits
	Ratio   float64    // units on C ÷ units on M, when HasRatio
	PerHead float64    // the same per client
	// HasRatio is false when no unit goes to M: the ratio is infinite, and fine,
	// unless nothing goes to C either.
	HasRatio bool
	NoGrowth bool // no client in C
	Alert    bool // ratio under alert.CtoM, or no client in C
	explain.Mark
}
