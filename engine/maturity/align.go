package maturity

import (
	"math"

	"sillon/engine/explain"
)

// Align sets the contact units (or minutes) spent on each phase against the
// target (C3), and says whether growing clients get less than mature ones.
// Units on prospects and lost clients are left out; negative ones count zero.
func Align(phases []Phase, units []float64, p Params) Alignment {
	var a Alignment
	a.N, a.Units = byPhase(phases, units)
	total := a.Units[0] + a.Units[1] + a.Units[2] + a.Units[3]
	var want float64
	n := 0
	for k := range a.N {
		want += float64(float64(a.N[k]) * p.Kappa[k])
		n += a.N[k]
	}
	a.NoGrowth = n > 0 && a.N[1] == 0
	switch {
	case n == 0:
		a.Mark = explain.Missing(explain.NoData)
		return a
	case !(total > 0) || math.IsInf(total, 0):
		a.Alert = a.NoGrowth
		a.Mark = explain.Missing(explain.NoContact)
		return a
	}
	for k := range a.N {
		a.Actual[k] = a.Units[k] / total
		if want > 0 {
			a.Target[k] = float64(float64(a.N[k])*p.Kappa[k]) / want
		}
		a.Gap[k] = a.Actual[k] - a.Target[k]
	}
	a.ratio(p)
	a.Mark = explain.Sound(explain.Tally("maturity.clients", n), explain.Num("maturity.effort", total), explain.Num("maturity.effortC", a.Units[1]), explain.Num("maturity.effortM", a.Units[2]))
	if a.HasRatio {
		a.Steps = append(a.Steps, explain.Of("maturity.ratioCM", a.Ratio, explain.Ratio))
	}
	if n < 4 {
		a.Status, a.Reason = explain.Weak, explain.FewClients
	}
	return a
}

func (a *Alignment) ratio(p Params) {
	a.Alert = a.NoGrowth
	if !(a.Units[2] > 0) {
		return
	}
	a.Ratio, a.HasRatio = a.Units[1]/a.Units[2], true
	if a.N[1] > 0 {
		a.PerHead = (a.Units[1] / float64(a.N[1])) / (a.Units[2] / float64(a.N[2]))
	}
	// Against the units themselves: 67 < 1 × 98, without the quotient.
	a.Alert = a.Alert || a.Units[1] < p.AlertCtoM*a.Units[2]
}

// Visits turns the gaps into visits of a budget: above zero, visits to take
// away from the phase.
func (a Alignment) Visits(budget float64) [4]float64 {
	var v [4]float64
	for k, g := range a.Gap {
		v[k] = g * budget
	}
	return v
}
