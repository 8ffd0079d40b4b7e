package potential

import (
	"sillon/engine/explain"
	"sillon/engine/weight"
)

// Rank gives the P levels (E2). Prospects count in the quarters; a client
// without a potential has P0 and counts nowhere. A potential known to be zero
// is P1.
func Rank(in LevelsInput, p Params) Levels {
	n := len(in.Potential)
	out := make([]bool, n)
	dotted := make([]bool, n)
	for i := range n {
		out[i] = in.Known != nil && !in.Known[i]
		dotted[i] = !out[i] && in.Confidence != nil && in.Confidence[i] < p.MinConfidence
	}
	f := weight.Quarters(weight.Input{Values: in.Potential, Second: in.Sales, Codes: in.Codes, Out: out, Empty: explain.NoPotential}, p.Weight)
	l := Levels{P: f.Level, Dotted: dotted, Floors: f, Mark: f.Mark}
	if n > 0 && len(f.Order) == 0 {
		l.Reason = explain.NoPotential
	}
	return l
}

// Shown is a level as the organisation reads it: pScale may make 1 the top. 0
// stays 0. Only screens use it; the rest of the engine keeps 4 as the top.
func (p Params) Shown(level uint8) uint8 {
	if p.OneIsTop && level >= 1 && level <= 4 {
		return 5 - level
	}
	return level
}
