package scoring

import (
	"sillon/engine/explain"
	"sillon/engine/params"
	"sillon/engine/portfolio"
)

// Params are the settings of the chapter.
type Params struct {
	Weights [3]float64 // R, P, typology
	Neutral float64    // points of a missing criterion of the default grid
	Notes   [7]float64 // by portfolio.Typology; [0] unused
	Overlay float64    // departure risk from which an account is at risk, 0-1
	Down    float64    // dcmv.gDown, percent: no growth points at or under it

	Disposition [4]float64 // of a prospect, by [Quadrant] − 1 (H9)
	Conversion  float64    // of a prospect without history, 0-1
}

// Defaults are the settings of the method.
func Defaults() Params { return From(params.Default()) }

// From reads the settings of a scope.
func From(s *params.Set) Params {
	p := Params{Neutral: s.Float(params.ScoreNeutral), Overlay: s.Share(params.RiskOverlay), Down: s.Float(params.DCMVGDown)}
	copy(p.Weights[:], s.Floats(params.ScoreWeights))
	copy(p.Notes[1:], s.Floats(params.TypologyNotes))
	copy(p.Disposition[:], s.Floats(params.ProspectDisposition))
	p.Conversion = s.Share(params.ProspectConversionDefault)
	return p
}

// An Account is what its category is read from (H4).
type Account struct {
	P, R    uint8   // P 0: unknown, the category is provisional
	Risk    float64 // departure probability (I3), 0-1
	Blocked bool    // solvency
}

// A Verdict is the category of an account with its overlays.
type Verdict struct {
	Category    portfolio.Category
	Provisional bool // no potential: économique until it is known
	AtRisk      bool // à risque
	Blocked     bool // bloqué
	explain.Mark
}

// A Band gives points from a value up to the next band.
type Band struct{ From, Points float64 }

// A Criterion maps a value to points.
type Criterion struct {
	Key      string
	Weight   float64
	Min, Max float64 // ends of its scale of points
	Neutral  float64 // points of a missing value
	Bands    []Band  // by rising From; a value under the first gets Min
	// Without bands, linear: Low gives Min, High gives Max, clipped between
	// Floor and Max; Floor is Min unless the criterion goes below its scale, as
	// R0 does in the default grid (0 points on a scale of 1 to 4).
	Low, High, Floor float64
	Step             float64 // the next value up, for [Grid.Levers]; 0: a tenth of the way from Low to High
}

// A Grid is a scoring grid. Malus points are taken off score100 in proportion
// to the departure risk, outside the sum of weights.
type Grid struct {
	Criteria []Criterion
	Malus    float64
}

// A Column holds one criterion's values, one per client.
type Column struct {
	Values []float64
	Known  []bool // nil: all
}

// A Table is the data of a grid: one column per criterion, in its order.
type Table struct {
	Columns []Column
	Risk    []float64 // for the malus; nil: none
	Blocked []bool    // veto of solvency; nil: none
	Second  []float64 // breaks ties of the order, larger first; nil: none
	Codes   []string
}

// A Sheet is a scored table. Points and Contribution hold client i, criterion
// k at i·K+k.
type Sheet struct {
	K            int
	Points       []float64
	Contribution []float64
	Malus        []float64 // points taken off, ≥ 0
	Score        []float64 // before the 0-100 scale
	Score100     []float64
	Weak         []bool // a value was missing
	Veto         []bool // no visit
	Order        []int32
	explain.Mark

	grid  Grid
	table Table
}

// A Lever is one change that would raise a client's score.
type Lever struct {
	Criterion int
	From, To  float64 // values of the criterion
	Distance  float64 // how far that is, as a share of the criterion's range
	Gain      float64 // points of score100
}

// A Sensitivity says how the ranking moves when a weight moves by one.
type Sensitivity struct {
	Criterion int
	Change    float64 // −1 or +1
	Spearman  explain.Result
	Kendall   explain.Result // τ-b
}
