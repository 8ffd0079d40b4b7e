package cockpit

import (
	"math"

	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/sorting"
)

// noHigh stands for an upper limit that is infinite, of a ratio.
const noHigh = 1e9

// A Cockpit is the team and its reps.
type Cockpit struct {
	Team  Rep
	Tiles [Tiles]Reading
	Reps  [][Tiles]Reading // in the order given, with the limits of the team
	Coach [][]Gap          // three at most for each rep, the strongest first
}

// Of makes the cockpit of several reps, or of several teams. Code is the
// team's.
func Of(code string, reps []Rep, w Worth, p Params) Cockpit {
	c := Cockpit{Team: Sum(code, reps...), Reps: make([][Tiles]Reading, len(reps)), Coach: make([][]Gap, len(reps))}
	c.Tiles = c.Team.Read(p)
	for i, r := range reps {
		c.Reps[i] = r.Read(p)
		for k := range c.Reps[i] {
			r.against(&c.Reps[i][k], c.Tiles[k], c.Team, p)
		}
		c.Coach[i] = r.coach(c.Team, c.Reps[i], w, p)
	}
	return c
}

// against fills the limits of the team for a tile of the rep, and says whether
// the rep is different. Penetration and net margin have no norm but the team's.
func (r Rep) against(t *Reading, team Reading, sum Rep, p Params) {
	n := r.base(t.Tile)
	at := t.Value
	if t.Tile == CtoM {
		at, team.Value = t.Second, team.Second
	}
	switch {
	case !t.Has() || !team.Has() || n <= 0:
		return
	case t.Tile == NetMargin:
		half := p.Sigma * sum.spread() / math.Sqrt(float64(n))
		if half > 0 && !math.IsInf(half, 0) { // no squares, no spread
			t.HasLimits, t.Low, t.High = true, team.Value-half, team.Value+half
		}
	case team.Value > 0 && team.Value < 1 && t.Tile != Freshness && t.Tile != Curve:
		t.HasLimits = true
		t.Low, t.High = Limits(team.Value, n, p.Sigma)
	}
	if !t.HasLimits {
		return
	}
	if at < t.Low {
		t.Different = -1
	}
	if at > t.High {
		t.Different = 1
	}
	unit := t.Unit
	if t.Tile == CtoM {
		t.Low, t.High = odds(t.Low), odds(t.High)
	}
	t.Steps = append(t.Steps, explain.Tally("cockpit.base", n), explain.Of("cockpit.low", t.Low, unit), explain.Of("cockpit.high", t.High, unit))
	if t.Different < 0 && (t.Tile == Penetration || t.Tile == NetMargin) {
		t.Off = true
		t.order()
	}
}

// odds turns a share into the ratio of the two parts.
func odds(s float64) float64 {
	if 1-s < 1e-9 {
		return noHigh
	}
	return s / (1 - s)
}

// base is what a rep's own rate rests on: the n of the funnel.
func (r Rep) base(t Tile) int {
	switch t {
	case Capacity:
		return r.Capacity
	case PlanKept:
		return r.Planned[0] + r.Planned[1] + r.Planned[2] + r.Planned[3]
	case CtoM:
		return r.ClientsC + r.ClientsM
	case Board:
		n := 0
		for _, row := range r.PR {
			for _, x := range row {
				n += x
			}
		}
		return n
	case Fragile:
		return r.Portfolios
	case RedRisks, Coverage, Quality:
		return r.Accounts
	case NetMargin:
		return r.Clients
	case Controls:
		return r.ControlsDue
	case Prospecting:
		return r.ProspectsDue
	case Penetration:
		return r.Known
	}
	return 0
}

// spread is the standard deviation of the net margin between the clients, in
// cents: √(Σx²/n − mean²).
func (r Rep) spread() float64 {
	if r.Clients <= 0 || !(r.MCNSquares > 0) {
		return 0
	}
	n := float64(r.Clients)
	mean := r.MCN.Float() / n
	return 100 * math.Sqrt(max(0, r.MCNSquares/n-float64(mean*mean)))
}

// A Worth is what one unit of a gap is worth in this organisation, in cents. A
// zero leaves the gap out.
type Worth struct {
	Visit      money.Cents // margin expected of one more visit to a client (B2, else margin ÷ visits)
	Prospect   money.Cents // of one more prospect visit (H3: first-year margin × conversion)
	Potential  money.Cents // of knowing the potential of one more account
	MarginRate float64     // margin ÷ sales, of the team
}

// A Gap is what a rep could gain on one tile (écart). Value is in cents.
type Gap struct {
	Tile      Tile
	Size      float64 // visits, units, accounts or clients; cents for Penetration, NetMargin and RedRisks
	Value     money.Cents
	Different bool // outside the limits of the team
	Do        Instruction
}

// gaps is how many a coaching talk holds.
const gaps = 3

// maxGap keeps damaged counts from becoming amounts.
const maxGap = 1e12

// coach values the gaps of a rep and keeps the three strongest; equal values
// in the order of the tiles.
func (r Rep) coach(team Rep, t [Tiles]Reading, w Worth, p Params) []Gap {
	var all []Gap
	put := func(tile Tile, size float64, cents float64) {
		if !(size > 0 && cents >= 1) {
			return
		}
		x := t[tile-1]
		g := Gap{Tile: tile, Size: size, Value: money.Cents(math.Round(min(cents, 1e18))), Different: x.Different != 0, Do: x.Do}
		if g.Do == keep { // worth something all the same
			g.Do = orders[tile-1]
		}
		all = append(all, g)
	}
	count := func(tile Tile, size float64, each money.Cents) {
		size = min(size, maxGap)
		put(tile, size, float64(size*float64(max(0, each))))
	}
	idle := float64(r.Capacity) - float64(r.VisitsDone)
	if r.Capacity > 0 && float64(r.VisitsDone) < p.Idle*float64(r.Capacity) {
		count(Capacity, idle, w.Visit)
	}
	missing := 0
	for k := range r.Planned {
		missing += max(0, r.Planned[k]-max(0, r.Done[k]))
	}
	count(PlanKept, float64(missing), w.Visit)
	// Units to move from M to C so that C = alert × M.
	c, m := float64(max(0, r.UnitsC))/100, float64(max(0, r.UnitsM))/100
	count(CtoM, (float64(p.CtoM*m)-c)/(1+p.CtoM), w.Visit)
	put(RedRisks, float64(max(0, r.RedStake)), float64(r.RedStake))
	put(NetMargin, float64(max(0, r.Losses)), float64(r.Losses))
	count(Coverage, math.Ceil(float64(p.Coverage*float64(r.Accounts))-1e-9)-float64(r.Known), w.Potential)
	count(Prospecting, float64(r.ProspectsDue)-float64(r.Prospects), w.Prospect)
	if team.Potential > 0 && r.Potential > 0 && w.MarginRate > 0 && w.MarginRate <= 1 {
		short := float64(float64(team.Sales)/float64(team.Potential)*float64(r.Potential)) - float64(r.Sales)
		put(Penetration, short, short*w.MarginRate)
	}
	sorting.Stable(all, func(a, b Gap) int {
		switch {
		case a.Value > b.Value:
			return -1
		case a.Value < b.Value:
			return 1
		}
		return 0
	})
	return all[:min(gaps, len(all))]
}
