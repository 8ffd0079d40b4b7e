package visits

import (
	"sillon/engine/calendar"
	"sillon/engine/explain"
)

// Due lists the clients due within the horizon, in days from asOf.
func Due(in Input, asOf calendar.Day, horizonDays int, p Params) List { panic("todo") }

// Urgency is u for one client; no history gives 1.
func Urgency(last, asOf calendar.Day, interval float64) explain.Result { panic("todo") }

// Interval is the spacing of planned visits in days.
func Interval(weeks float64, planned int) (float64, bool) { panic("todo") }

// CallsNeeded is how many calls fill so many appointments, rounded up.
func CallsNeeded(appointments int, hitRate float64) int { panic("todo") }
