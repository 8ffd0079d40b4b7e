package maturity

import (
	"sillon/engine/calendar"
)

// Read gives the phase of a client at a date, from its lines (C1).
func Read(h History, asOf calendar.Day, p Params) Verdict { panic("todo") }

// Decide gives the phase from totals, simple mode.
func Decide(f Facts, asOf calendar.Day, p Params) Verdict { panic("todo") }

// CurveOf draws the curve; weights nil counts clients, else sums sales, margin, potential or units.
func CurveOf(phases []Phase, weights []float64, p Params) Curve { panic("todo") }

// Align sets the contact units (or minutes) of each client against its phase.
func Align(phases []Phase, units []float64, p Params) Alignment { panic("todo") }
