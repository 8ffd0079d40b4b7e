package relation

import (
	"math"

	"sillon/engine/money"
	"sillon/engine/params"
)

// million is the grain of shares decided in whole numbers.
const million = 1_000_000

// Params are the settings of the chapter.
type Params struct {
	Chance        [7]float64 // share won, by phase of the seven; the last is 1, project.phaseProb
	Enter, Lower  float64    // shares of the signals, project.enter and project.lower
	Stale         float64    // × the median age of won projects, project.stale
	PAODays       int        // days an action is given to show, pao.days
	PAOMinCases   int        // on each side, pao.minCases
	Z             float64    // normal quantile of pao.level
	MaxUnreturned int        // alert from so many, give.maxUnreturned
	MinRho        float64    // give.minRho
	PointValue    money.Cents
	Ladder        [4]int64   // millionths of (start − target), ladder
	Tie           [3]float64 // weights of tools, investment, replacement
	TieDays       int        // a tool is used within so many days
	ReplaceDays   float64    // days of effort that make a full tie
}

// Defaults are the settings of the method.
func Defaults() Params { return From(params.Default()) }

// From reads the settings of a scope.
func From(s *params.Set) Params {
	p := Params{
		Enter: s.Float(params.ProjectEnter), Lower: s.Float(params.ProjectLower), Stale: s.Float(params.ProjectStale),
		PAODays: s.Int(params.PAODays), PAOMinCases: s.Int(params.PAOMinCases), Z: quantile(s.Float(params.PAOLevel) / 100),
		MaxUnreturned: s.Int(params.GiveMaxUnreturned), MinRho: s.Float(params.GiveMinRho),
		PointValue: money.Cents(math.Round(s.Float(params.GivePointValue) * 100)),
		TieDays:    s.Int(params.TieDays), ReplaceDays: s.Float(params.TieReplaceDays),
	}
	p.Chance[6] = 1
	for i, x := range s.Floats(params.ProjectPhaseProb) {
		p.Chance[i] = x / 100
	}
	for i, x := range s.Floats(params.Ladder) {
		p.Ladder[i] = millionths(x / 100)
	}
	copy(p.Tie[:], s.Floats(params.TieWeights))
	return p
}

// chance is the probability of phase j of n, in millionths. The registry holds
// that of seven phases; another count reads the same curve at its own steps.
func (p Params) chance(j, n int) int64 {
	if n < 2 {
		return million
	}
	at := 6 * min(max(j, 0), n-1) // in (n−1)ths of a step
	k, rest := at/(n-1), at%(n-1)
	x := p.Chance[k]
	if rest > 0 {
		x += float64((p.Chance[k+1] - x) * (float64(rest) / float64(n-1)))
	}
	return millionths(x)
}

// millionths is a share as a whole number; what is not a number is nothing.
func millionths(x float64) int64 {
	if !(x > -1e9 && x < 1e9) {
		return 0
	}
	return int64(math.Round(x * million))
}

// reaches reports part ÷ whole ≥ share, in whole numbers.
func reaches(part, whole int, share float64) bool {
	return whole > 0 && int64(part)*million >= millionths(share)*int64(whole)
}
