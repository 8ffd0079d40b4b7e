//go:build !noplan

package main

import "sillon/app/bridge"

// planOperations are those of the map and the plan. The tag noplan leaves them out,
// and with them what they alone link: web/build -sizes weighs the method and the
// diagnosis without them.
func (d *desk) planOperations(m *bridge.Mux) {
	bridge.Handle(m, bridge.OpMap, d.viewMap)
	bridge.Handle(m, bridge.OpTowns, d.viewTowns)
	bridge.Handle(m, bridge.OpPlaced, d.place)
	bridge.Handle(m, bridge.OpWeek, d.viewWeek)
	bridge.Handle(m, bridge.OpAccept, d.acceptWeek)
	bridge.Handle(m, bridge.OpCancel, d.cancelVisit)
	bridge.Handle(m, bridge.OpPlanTime, d.viewPlanTime)
	bridge.Handle(m, bridge.OpPlanVisits, d.viewPlanVisits)
	bridge.Handle(m, bridge.OpPlanProspects, d.viewPlanProspects)
	bridge.Handle(m, bridge.OpPlanGrid, d.viewPlanGrid)
	bridge.Handle(m, bridge.OpPlanPAC, d.viewPlanPAC)
	bridge.Handle(m, bridge.OpPlanCalls, d.viewPlanCalls)
	bridge.Handle(m, bridge.OpPlanTerritory, d.viewTerritory)
	bridge.Handle(m, bridge.OpSetPlan, d.setPlan)
	bridge.Handle(m, bridge.OpPlanLine, d.planLine)
}
