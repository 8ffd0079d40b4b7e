package work

import (
	"context"
	"math"

	"sillon/app/bridge"
	"sillon/engine/explain"
	"sillon/engine/visits"
)

// allocate shares the visits of a year so that they bring most, with a proof.
func (p *planner) allocate(_ context.Context, q bridge.Allocate, _ func(bridge.Progress)) (bridge.Allocated, error) {
	began, t := p.now(), q.Of
	n := len(t.Minutes)
	if len(t.Start) != n+1 && n > 0 || len(t.Min) != n || len(t.Max) != n || len(t.Seg) != n {
		return bridge.Allocated{}, &bridge.Fault{Code: bridge.FaultUnexpected, Text: "the columns of the territory differ in length"}
	}
	x := visits.Allocate(visits.Territory{Budget: t.Budget, Minutes: t.Minutes, Min: t.Min, Max: t.Max, Codes: t.Codes, Curves: visits.Curves{Worth: t.Worth, Start: t.Start}})
	out := bridge.Allocated{Value: x.Value, Bound: x.Bound, Hour: x.HourValue, Exact: x.Exact, Short: x.Short, Minutes: x.Minutes, Known: x.Status != explain.NA}
	var clients [6]int
	for i, k := range x.Visits {
		if s := int(t.Seg[i]); s < len(clients) {
			clients[s]++
			out.Visits[s] += int(k)
		}
		if i < len(t.Now) {
			if at := int(t.Start[i]) + int(max(0, t.Now[i])); at < int(t.Start[i+1]) {
				out.Was += t.Worth[at]
			} else if t.Start[i+1] > t.Start[i] {
				out.Was += t.Worth[t.Start[i+1]-1]
			}
		}
	}
	for s, c := range clients {
		if c > 0 {
			out.Rate[s] = math.Round(10*float64(out.Visits[s])/float64(c)) / 10
		}
	}
	out.Took = float64(p.now().Sub(began).Microseconds()) / 1000
	return out, nil
}
