package cockpit

import (
	"math"

	"sillon/engine/explain"
	"sillon/engine/maturity"
)

// keep is the instruction of a tile where all is well: say so.
var keep = Instruction{Message, "instruct.keep"}

// orders are the instructions of the tiles that are off, by tile − 1.
var orders = [Tiles]Instruction{
	Capacity - 1:    {Message, "instruct.fillDiary"},
	PlanKept - 1:    {Message, "instruct.catchUp"},
	CtoM - 1:        {ChangeNorm, "instruct.towardGrowth"},
	Curve - 1:       {ChangeNorm, "instruct.choosePolicy"},
	Board - 1:       {Assign, "instruct.conquer"},
	Fragile - 1:     {Assign, "instruct.widenTop"},
	RedRisks - 1:    {Assign, "instruct.actOnReds"},
	NetMargin - 1:   {ChangeNorm, "instruct.lighten"},
	Coverage - 1:    {Message, "instruct.askPotential"},
	Quality - 1:     {Message, "instruct.fillFiles"},
	Freshness - 1:   {Message, "instruct.askSync"},
	Controls - 1:    {Assign, "instruct.control"},
	Prospecting - 1: {Assign, "instruct.protectProspecting"},
	Penetration - 1: {Assign, "instruct.winShare"},
}

// shapes are the prescriptions of C2 for the shapes that call for one.
var shapes = map[maturity.Shape]Instruction{
	maturity.RisingCurve:  {ChangeNorm, "instruct.raiseProspecting"},
	maturity.U:            {Message, "instruct.consolidate"},
	maturity.FallingCurve: {Message, "instruct.secureNew"},
}

// overload answers a diary that holds more than the time there is.
var overload = Instruction{Assign, "instruct.transfer"}

// Codes lists every instruction, for the catalogue.
func Codes() []string {
	c := []string{keep.Code, overload.Code}
	for _, o := range orders {
		c = append(c, o.Code)
	}
	for _, s := range [...]maturity.Shape{maturity.RisingCurve, maturity.U, maturity.FallingCurve} {
		c = append(c, shapes[s].Code)
	}
	return c
}

// Read reads the fourteen tiles of a rep or a team, in the order of Tile.
// Second is, by tile: PlanKept, the visits held ÷ due; CtoM, the share of C in
// both; Board, the accounts at +2 and above; Fragile, their number; RedRisks, the
// mean working days to act; NetMargin, the whole amount in cents; Freshness, the
// late tablets.
func (r Rep) Read(p Params) [Tiles]Reading {
	var t [Tiles]Reading
	for i := range t {
		t[i].Tile = Tile(i + 1)
		t[i].Unit = explain.Percent
	}
	t[Capacity-1].share(r.VisitsDone, r.Capacity, explain.NoData)
	t[Capacity-1].Off = t[Capacity-1].Has() && (t[Capacity-1].Value < p.Idle || t[Capacity-1].Value > 1)
	r.plan(&t[PlanKept-1], p)
	r.ctoM(&t[CtoM-1], p)
	r.curve(&t[Curve-1], p)
	r.board(&t[Board-1])
	t[Fragile-1].share(r.Fragile, r.Portfolios, explain.NoData)
	t[Fragile-1].Second = float64(r.Fragile)
	t[Fragile-1].Off = r.Fragile > 0
	r.red(&t[RedRisks-1], p)
	r.netMargin(&t[NetMargin-1])
	t[Coverage-1].share(r.Known, r.Accounts, explain.NoData).under(p.Coverage)
	t[Quality-1].share(r.Filled, r.Wanted, explain.NoData).under(p.Usable)
	r.freshness(&t[Freshness-1], p)
	t[Controls-1].share(r.Controls, r.ControlsDue, explain.NoData).under(1)
	t[Prospecting-1].share(r.Prospects, r.ProspectsDue, explain.NoData).under(1)
	t[Penetration-1].amounts(float64(r.Sales), float64(r.Potential), explain.NoPotential)
	for i := range t {
		t[i].order()
	}
	return t
}

// share fills part ÷ whole; a whole of zero gives the reason.
func (t *Reading) share(part, whole int, why explain.Reason) *Reading {
	a, b := explain.Tally("cockpit.part", part), explain.Tally("cockpit.whole", whole)
	if whole <= 0 || part < 0 {
		t.Mark = explain.Missing(why, a, b)
		return t
	}
	t.Value = float64(part) / float64(whole)
	t.Mark = explain.Sound(a, b, explain.Share("cockpit.value", t.Value))
	return t
}

func (t *Reading) amounts(part, whole float64, why explain.Reason) *Reading {
	a, b := explain.Of("cockpit.part", part, explain.Money), explain.Of("cockpit.whole", whole, explain.Money)
	if !(whole > 0) {
		t.Mark = explain.Missing(why, a, b)
		return t
	}
	t.Value = max(0, part/whole)
	t.Mark = explain.Sound(a, b, explain.Share("cockpit.value", t.Value))
	return t
}

// under marks a tile off when it has a value under the norm.
func (t *Reading) under(norm float64) *Reading {
	if t.Has() {
		t.Off = t.Value < norm
		t.Steps = append(t.Steps, explain.Share("cockpit.norm", norm))
	}
	return t
}

// plan is the policy respect of H7, 1 − ½Σ|planned share − done share|, beside
// the progress done ÷ due. Either under the norm is off.
func (r Rep) plan(t *Reading, p Params) {
	due, done := 0, 0
	for k := range r.Planned {
		due += max(0, r.Planned[k])
		done += max(0, r.Done[k])
	}
	t.share(done, due, explain.NoData)
	if !t.Has() {
		return
	}
	t.Second, t.Value = t.Value, 0
	if done > 0 {
		var gap float64
		for k := range r.Planned {
			gap += math.Abs(float64(max(0, r.Planned[k]))/float64(due) - float64(max(0, r.Done[k]))/float64(done))
		}
		t.Value = max(0, 1-gap/2)
	}
	t.Steps[2] = explain.Share("cockpit.second", t.Second)
	t.Steps = append(t.Steps, explain.Share("cockpit.value", t.Value))
	t.under(p.Plan)
	t.Off = t.Off || t.Second < p.Plan
}

// ctoM is units on C ÷ units on M (C3), off under alert.CtoM or without any
// client in C.
func (r Rep) ctoM(t *Reading, p Params) {
	c, m := max(0, r.UnitsC), max(0, r.UnitsM)
	t.Unit = explain.Ratio
	steps := []explain.Step{explain.Num("cockpit.part", float64(c)/100), explain.Num("cockpit.whole", float64(m)/100)}
	if c == 0 && m == 0 {
		t.Mark = explain.Missing(explain.NoContact, steps...)
		return
	}
	t.Second = float64(c) / (float64(c) + float64(m))
	t.Off = r.ClientsC == 0
	if m == 0 {
		t.Boundless = true
	} else {
		t.Value = float64(c) / float64(m)
		t.Off = t.Off || float64(c) < p.CtoM*float64(m)
		steps = append(steps, explain.Of("cockpit.value", t.Value, explain.Ratio))
	}
	t.Mark = explain.Sound(append(steps, explain.Of("cockpit.norm", p.CtoM, explain.Ratio))...)
}

// curve is the shape of C2 on the sums of D, C, M and V; its value is the
// ageing index. Any shape but the bell is off.
func (r Rep) curve(t *Reading, p Params) {
	n, w := 0, make([]float64, 4)
	for k, x := range r.Phases {
		n += max(0, x)
		w[k] = float64(max(0, x))
	}
	t.Unit = explain.Number
	steps := []explain.Step{explain.Tally("cockpit.countD", r.Phases[0]), explain.Tally("cockpit.countC", r.Phases[1]),
		explain.Tally("cockpit.countM", r.Phases[2]), explain.Tally("cockpit.countV", r.Phases[3])}
	c := maturity.CurveOf([]maturity.Phase{maturity.Start, maturity.Growth, maturity.Mature, maturity.Ageing}, w, p.Maturity)
	if !c.Has() {
		t.Mark = explain.Missing(explain.NoData, steps...)
		return
	}
	t.Shape, t.Value = c.Shape, c.Ageing
	t.Off = c.Shape != maturity.Bell
	t.Mark = explain.Sound(append(steps, explain.Num("cockpit.value", t.Value))...)
	if n < 8 {
		t.Status = explain.Weak
		if n < 4 {
			t.Reason = explain.FewClients
		}
	}
}

// board is the share of the accounts of the P-R board that are at +2 and above.
func (r Rep) board(t *Reading) {
	all, above := 0, 0
	for p := range r.PR {
		for got, n := range r.PR[p] {
			all += n
			if p+1-got >= 2 {
				above += n
			}
		}
	}
	t.share(above, all, explain.NoPotential)
	t.Second = float64(above)
	t.Off = t.Has() && above > 0
}

// red is the share of accounts at red risk; off while one waits, or when acting
// takes longer than the deadline on average.
func (r Rep) red(t *Reading, p Params) {
	t.share(r.Red, r.Accounts, explain.NoData)
	if !t.Has() {
		return
	}
	t.Off = r.RedActed < r.Red
	if r.RedActed > 0 {
		t.Second = float64(r.ActionDays) / float64(r.RedActed)
		t.Off = t.Off || t.Second > p.Deadline
		t.Steps = append(t.Steps, explain.Of("cockpit.second", t.Second, explain.Days), explain.Of("cockpit.norm", p.Deadline, explain.Days))
	}
}

// netMargin is the mean net commercial margin of a client, in cents.
func (r Rep) netMargin(t *Reading) {
	t.Unit, t.Second = explain.Money, float64(r.MCN)
	steps := []explain.Step{explain.Amount("cockpit.part", r.MCN), explain.Tally("cockpit.whole", r.Clients)}
	if r.Clients <= 0 {
		t.Mark = explain.Missing(explain.NoData, steps...)
		return
	}
	t.Value = float64(r.MCN) / float64(r.Clients)
	t.Off = r.MCN < 0
	t.Mark = explain.Sound(append(steps, explain.Of("cockpit.value", t.Value, explain.Money))...)
}

// freshness is the hours since the last sync of the most silent tablet.
func (r Rep) freshness(t *Reading, p Params) {
	t.Unit = explain.Number
	if r.Devices <= 0 {
		t.Mark = explain.Missing(explain.NoData)
		return
	}
	t.Value, t.Second = float64(max(0, r.Silence)), float64(r.Late)
	t.Off = r.Late > 0 || t.Value > p.SyncHours
	t.Mark = explain.Sound(explain.Tally("cockpit.part", r.Late), explain.Tally("cockpit.whole", r.Devices),
		explain.Num("cockpit.value", t.Value), explain.Num("cockpit.norm", p.SyncHours))
}

// order gives the tile its instruction.
func (t *Reading) order() {
	t.Do = keep
	if !t.Off {
		return
	}
	t.Do = orders[t.Tile-1]
	if t.Tile == Capacity && t.Value > 1 {
		t.Do = overload
	}
	if do, ok := shapes[t.Shape]; ok && t.Tile == Curve {
		t.Do = do
	}
}
