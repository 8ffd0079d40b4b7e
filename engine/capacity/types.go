package capacity

import "sillon/engine/params"

// Params are the settings of the chapter; shares from 0 to 1.
type Params struct {
	FileWeights [Fields]float64
	FileUsable  float64

	Base                             float64
	LongCycle, ShortFixed            float64
	Needs, PressureStep, NoPractice  float64
	ClipLow, ClipHigh                float64
	LongFrom                         float64 // months of median lifetime from which a cycle is long: retain.H years
	Integer                          bool    // whole visits a day
	Reserve                          float64
	Floor, Cap, Conversion, TimeCost float64
}

// Defaults are the settings of the method.
func Defaults() Params { return From(params.Default()) }

// From reads the settings of a scope.
func From(s *params.Set) Params {
	p := Params{
		FileUsable: s.Share(params.FileUsable), Base: s.Float(params.SplitBase), LongFrom: 12 * s.Float(params.RetainH),
		Integer: s.Bool(params.IntegerPerDay), Reserve: s.Share(params.VisitReserve), Floor: s.Share(params.ProspectFloor),
		Cap: s.Share(params.ProspectCap), Conversion: s.Share(params.ProspectConversionDefault), TimeCost: s.Float(params.ProspectTimeFactor),
	}
	copy(p.FileWeights[:], s.Floats(params.FileWeights))
	var step [5]float64
	copy(step[:], s.Floats(params.SplitSteps))
	p.LongCycle, p.ShortFixed, p.Needs, p.PressureStep, p.NoPractice = step[0], step[1], step[2], step[3], step[4]
	var clip [2]float64
	copy(clip[:], s.Floats(params.SplitClip))
	p.ClipLow, p.ClipHigh = clip[0], clip[1]
	return p
}

// tame makes a damaged number harmless: from 0 to 10⁹.
func tame(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return min(x, 1e9)
}

// share is tame up to 1.
func share(x float64) float64 { return min(1, tame(x)) }

// signed is a step of a share, from −1 to 1; 0 for what is none.
func signed(x float64) float64 {
	if !(x >= -1 && x <= 1) {
		return 0
	}
	return x
}

// at reads a column that may be nil or too short.
func at[T any](s []T, i int, none T) T {
	if i < len(s) {
		return s[i]
	}
	return none
}
