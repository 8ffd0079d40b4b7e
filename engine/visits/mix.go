package visits

import (
	"math"

	"sillon/engine/explain"
)

// Lenses are the looks a client's key combines (policy mix). A multiplier of 0
// or less stops the visits; leave 1 where a lens says nothing.
type Lenses struct {
	Score      float64 // H5, unscaled
	Strategy   float64 // m of B4, contact strategy
	Phase      float64 // κ of C3
	Engagement float64 // m of F2
	PR         float64 // P − R
	InScore    bool    // the score already contains P and R: P-R does not count twice
}

// A Waterfall is a key with each lens's share in it: Key = Score × Π Factor.
type Waterfall struct {
	Key      float64
	Factor   [4]float64 // strategy, phase, engagement, P-R, exponents applied
	Conflict bool       // one lens says more, another less: show it
	explain.Mark
}

// Mix combines the lenses (H6):
//
//	key = score × m_B4^β1 × κ^β2 × m_F2^β3 × (1 + 0.25·PR)^β4.
//
// The conflict is read on the lenses themselves, so that it shows even where an
// exponent of 0 silences one.
func Mix(l Lenses, p Params) Waterfall {
	w := MixBrief(&l, &p)
	conflict := 0
	if w.Conflict {
		conflict = 1
	}
	w.Steps = []explain.Step{explain.Num("visits.score", key(l.Score)), explain.Of("visits.strategy", w.Factor[0], explain.Ratio),
		explain.Of("visits.phase", w.Factor[1], explain.Ratio), explain.Of("visits.engagement", w.Factor[2], explain.Ratio),
		explain.Of("visits.pr", w.Factor[3], explain.Ratio), explain.Num("visits.key", w.Key), explain.Tally("visits.conflict", conflict)}
	return w
}

// MixBrief is Mix without steps, for a whole portfolio.
func MixBrief(l *Lenses, p *Params) Waterfall {
	raw := [4]float64{l.Strategy, l.Phase, l.Engagement, 1 + float64(p.PRSlope*l.PR)}
	w := Waterfall{Key: key(l.Score)}
	more, less := false, false
	for k, x := range raw {
		beta := p.Exponents[k]
		if k == 3 && l.InScore {
			beta = 0
		}
		x = min(1e3, key(x))
		more, less = more || x > 1, less || x < 1
		w.Factor[k] = 1
		if beta > 0 {
			w.Factor[k] = math.Pow(x, min(beta, 2))
		}
		w.Key = min(1e15, w.Key*w.Factor[k])
	}
	w.Conflict = more && less
	w.Mark = explain.Sound()
	return w
}
