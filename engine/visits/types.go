package visits

import (
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/params"
	"sillon/engine/portfolio"
)

// Params are the settings of the chapter.
type Params struct {
	Orphan       [5]float64 // days by portfolio.Category; [0]: no category, as économique
	HorizonWeeks [2]float64 // low, high
	HitRate      [2]float64 // client, prospect
	Min, Max     [5]int32   // visits a year by portfolio.Category; [0] as économique
	MaxChange    float64    // share of last year's visits, 0.5 for ±50 %
	Capped       bool       // whether MaxChange is in force
	Exponents    [4]float64 // β1 contact strategy, β2 phase, β3 engagement, β4 P-R
	PRSlope      float64    // of the P-R lens, pr.keySlope
}

// Defaults are the settings of the method.
func Defaults() Params { return From(params.Default()) }

// From reads the settings of a scope.
func From(s *params.Set) Params {
	p := Params{MaxChange: s.Share(params.VisitMaxChange), Capped: s.On(params.VisitMaxChange), PRSlope: s.Float(params.PRKeySlope)}
	copy(p.Orphan[1:], s.Floats(params.VisitOrphanInterval))
	p.Orphan[0] = p.Orphan[portfolio.Economy]
	copy(p.HorizonWeeks[:], s.Floats(params.CallHorizon))
	copy(p.HitRate[:], s.Floats(params.CallHitRate))
	low, high := s.Floats(params.VisitMin), s.Floats(params.VisitMax)
	for c := range min(len(low), len(high), 4) {
		p.Min[c+1], p.Max[c+1] = int32(low[c]), int32(high[c])
	}
	p.Min[0], p.Max[0] = p.Min[portfolio.Economy], p.Max[portfolio.Economy]
	copy(p.Exponents[:], s.Floats(params.MixExponents))
	return p
}

// An Input is one row per client.
type Input struct {
	Last     []calendar.Day // last visit met; None or 0: never
	Planned  []int32        // visits of the year's plan; −1: no plan for this client; nil: no plan at all
	Weeks    float64        // available weeks of the plan's year
	Category []portfolio.Category
	Priority []float64 // breaks ties of the order, larger first (score100); nil: none
	Skip     []bool    // blocked, lost or archived: not on the list; nil: none
	Codes    []string
}

// A List is the due list. Slices are indexed like the input, except Order.
type List struct {
	Urgency  []float64 // 0 for a client without a target
	Interval []float64 // target days; 0: none (zero planned visits: phone cadence)
	Since    []int32   // days since the last visit; −1: never
	DueIn    []int32   // days until due; negative: overdue by that many
	Overdue  []bool    // u > 1
	Order    []int32   // due within the horizon, most urgent first
	Late     int       // how many of them are overdue
	explain.Mark
}
