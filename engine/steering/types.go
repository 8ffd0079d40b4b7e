package steering

import (
	"math"

	"sillon/engine/money"
	"sillon/engine/params"
)

// Params are the settings of the chapter.
type Params struct {
	CarryLow, CarryHigh float64 // balance.carry
	Most                int     // objectives per client
	ClipLow, ClipHigh   float64 // of an attainment
	Suggest             float64 // share of the way to the best quarter
	GiftCap             money.Cents
}

// Defaults are the settings of the method.
func Defaults() Params { return From(params.Default()) }

// From reads the settings of a scope.
func From(s *params.Set) Params {
	var carry, clip [2]float64
	copy(carry[:], s.Floats(params.BalanceCarry))
	copy(clip[:], s.Floats(params.EffortClip))
	for i, x := range clip { // the registry sets it no bound: a weight times it must stay a number
		clip[i] = min(1e6, max(-1e6, x))
	}
	return Params{CarryLow: carry[0], CarryHigh: carry[1], Most: s.Int(params.EffortMaxPerClient),
		ClipLow: clip[0], ClipHigh: clip[1], Suggest: s.Share(params.EffortSuggestShare),
		GiftCap: money.Cents(math.Round(100 * s.Float(params.GiftCap)))}
}

// sane reports whether a number can be computed with: neither NaN nor beyond
// 10¹² in size.
func sane(x float64) bool { return math.Abs(x) <= 1e12 }

// at reads a column that may be nil or too short.
func at[T any](s []T, i int, none T) T {
	if i < len(s) {
		return s[i]
	}
	return none
}

// part is a share of a whole, 0 to 1; false when there is no whole.
func part(n, of float64) (float64, bool) {
	if !(of > 0) || !sane(of) || !sane(n) {
		return 0, false
	}
	return min(1, max(0, n/of)), true
}
