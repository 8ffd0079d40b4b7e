package potential

import (
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/params"
	"sillon/engine/portfolio"
	"sillon/engine/weight"
)

// Params are the settings of the chapter.
type Params struct {
	Quality       [6]float64 // by portfolio.Appraisal; [0] unused
	HalfLife      float64    // months
	OverSales     float64    // × sales
	MinConfidence float64    // under it the badge is dotted
	Raise         bool       // penetration.overflow: propose a new potential, else flag only
	OneIsTop      bool       // pScale: how levels are shown, never how they are stored
	HHIMax        float64
	AlignmentMin  float64
	KeySlope      float64
	KeyFloor      float64
	Fine          bool // pr.fine
	Weight        weight.Params
}

// Defaults are the settings of the method.
func Defaults() Params { return From(params.Default()) }

// From reads the settings of a scope.
func From(s *params.Set) Params {
	p := Params{
		HalfLife: s.Float(params.PotentialHalfLife), OverSales: s.Float(params.PotentialOverSales),
		MinConfidence: s.Float(params.PotentialMinConfidence), OneIsTop: s.Word(params.PScale) == "1 = top",
		Raise:  s.Word(params.PenetrationOverflow) == "raise potential",
		HHIMax: s.Float(params.ConcentrationHHI), AlignmentMin: s.Float(params.ConcentrationAlignment),
		KeySlope: s.Float(params.PRKeySlope), KeyFloor: s.Float(params.PRFloor), Fine: s.Bool(params.PRFine),
		Weight: weight.From(s),
	}
	copy(p.Quality[1:], s.Floats(params.PotentialQuality))
	return p
}

// An Estimate is one dated, sourced figure of what a client could buy in a
// year; see [FromParts], [FromDriver] and [Annual] to make one.
type Estimate struct {
	Amount   money.Cents         // per year; with a bracket the likely amount within it, 0 for its middle
	Min, Max money.Cents         // bracket asked of the client; Max 0: none
	Captive  float64             // share out of reach: group contracts, exclusivity; 1 − accessible rate
	Method   portfolio.Appraisal // gives the default quality
	Quality  float64             // 0-1; 0: the method's default
	Day      calendar.Day        // None: undated, not aged but the result is weak
}

// An Appraisal is the potential of one client, fused from its estimates (E1).
type Appraisal struct {
	Value      money.Cents // per year
	Accessible money.Cents // what is not captive
	Confidence float64     // 0-1
	Min, Max   money.Cents // range of the estimates
	Raised     bool        // sales were above the estimates: to review
	Dotted     bool        // confidence under potential.minConfidence
	explain.Mark
}

// LevelsInput is one potential per client, prospects included.
type LevelsInput struct {
	Potential  []money.Cents
	Known      []bool        // nil: all
	Confidence []float64     // nil: all sure
	Sales      []money.Cents // breaks ties; nil: none
	Codes      []string
}

// Levels are the P levels (E2): P[i] is 4 for the top quarter of the total of
// potentials down to 1, 0 where the potential is unknown.
type Levels struct {
	P      []uint8
	Dotted []bool // low confidence
	Floors weight.Floors
	explain.Mark
}

// A Concentration says how much depends on few clients (E3).
type Concentration struct {
	Gini, HHI, NEff, Top1 float64
	Lorenz                []float64 // share made by the k smallest clients, k = 0…n
	Dangerous             bool      // HHI above its limit or too few clients in rank 1
	explain.Mark

	sorted []float64
	total  float64
}

// A Penetration is the part of a potential that is ours (E4).
type Penetration struct {
	Rate      float64     // π
	Remaining money.Cents // to win (reste à gagner); never negative
	Overflow  bool        // sales above the potential: the potential is wrong
	Known, Of int         // clients with a potential, for a portfolio
	explain.Mark
}

// A Family is what one product family is worth at a client.
type Family struct{ Potential, Sales money.Cents }

// A Split says whether the gap is in breadth (families not bought) or depth
// (share within the families bought).
type Split struct {
	Breadth, Depth, Rate float64
	DepthKnown           bool // false when no family is bought
	explain.Mark
}

// Strategy is what the P-R cell commands (E5).
type Strategy uint8

// Stored and sent: add at the end, never renumber.
const (
	Conquer        Strategy = iota + 1 // conquérir
	Probe                              // sonder
	Develop                            // développer
	Accompany                          // accompagner
	ProtectTop                         // protéger (P4R4)
	Maintain                           // entretenir (P3R3)
	Economise                          // économiser (P1R1)
	MaintainLight                      // entretenir légèrement (P2R2)
	Lock                               // verrouiller
	LightAndAsk                        // entretenir légèrement, demander des efforts
	CheckPotential                     // vérifier le potentiel, puis garder
	StepBackGently                     // désinvestir doucement
)

// A PRInput crosses potential with results.
type PRInput struct {
	P, R             []uint8   // R of weight.RLevels
	PBefore, RBefore []uint8   // twelve months ago; nil: unknown. Levels of N-1 sales against the same potentials will do
	Starting         []bool    // clients in phase D: "PR provisoire"; nil: none
	PShare, RShare   []float64 // 1 − cumBefore of potential and sales, for PRfine; nil: off
	Remaining        []money.Cents
	Codes            []string
}

// A Board is the P-R board. Slices are indexed like the input; a client
// without a potential has Known false and zero elsewhere.
type Board struct {
	Known       []bool
	PR          []int8
	Delta       []int8 // now − before; negative: the gap is being filled
	HasDelta    []bool
	Strategy    []Strategy
	Key         []float64 // contact key k
	Provisional []bool
	Fine        []float64 // PRfine; nil when off
	Order       []int32   // known clients by PR, then by remaining to win
	Cell        [5][5]int // clients by P (0 unknown) and R
	explain.Mark

	in PRInput
}
