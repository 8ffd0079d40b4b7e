package cockpit_test

import (
	"math"
	"testing"
	"time"

	"sillon/engine/cockpit"
	"sillon/engine/explain"
)

// Appendix B on K: nobody, one rep without anything, one client, everybody
// equal, one rep who is all, nothing sold, returns, potential of nobody known.
// Each tile has a status, a number and an instruction; who is alone, or like
// all the others, is not different.
func TestDegenerateTeams(t *testing.T) {
	p := cockpit.Defaults()
	one := cockpit.Rep{Accounts: 1, VisitsDone: 4, Capacity: 10, Planned: [4]int{4}, Done: [4]int{4}, ClientsC: 1, UnitsC: 400, Phases: [4]int{0, 1}, Portfolios: 1, Clients: 1, MCN: 50_00,
		MCNSquares: 2500, Known: 1, Sales: 400_00, Potential: 1000_00, Filled: 10, Wanted: 14}
	returns, unknown := one, one
	returns.Sales, returns.MCN, returns.Losses = -400_00, -90_00, 90_00
	unknown.Known, unknown.Sales, unknown.Potential, unknown.PR = 0, 0, 0, [4][5]int{}
	for _, c := range []struct {
		name string
		reps []cockpit.Rep
		has  map[cockpit.Tile]float64 // value
		na   map[cockpit.Tile]explain.Reason
	}{
		{"nobody", nil, nil, map[cockpit.Tile]explain.Reason{cockpit.Capacity: explain.NoData, cockpit.PlanKept: explain.NoData, cockpit.CtoM: explain.NoContact, cockpit.Curve: explain.NoData,
			cockpit.Board: explain.NoPotential, cockpit.NetMargin: explain.NoData, cockpit.Penetration: explain.NoPotential, cockpit.Freshness: explain.NoData}},
		{"a rep without a client", []cockpit.Rep{{Code: "a"}}, nil, map[cockpit.Tile]explain.Reason{cockpit.RedRisks: explain.NoData, cockpit.Coverage: explain.NoData}},
		{"one client", []cockpit.Rep{one}, map[cockpit.Tile]float64{cockpit.Capacity: .4, cockpit.PlanKept: 1, cockpit.NetMargin: 50_00, cockpit.Penetration: .4, cockpit.Coverage: 1}, nil},
		{"all equal", []cockpit.Rep{one, one, one, one}, map[cockpit.Tile]float64{cockpit.Capacity: .4, cockpit.NetMargin: 50_00, cockpit.Penetration: .4}, nil},
		{"one is all", []cockpit.Rep{one, {Code: "a"}, {Code: "b"}}, map[cockpit.Tile]float64{cockpit.Capacity: .4, cockpit.Penetration: .4}, nil},
		{"returns outweigh", []cockpit.Rep{returns}, map[cockpit.Tile]float64{cockpit.NetMargin: -90_00, cockpit.Penetration: 0}, nil},
		{"potential missing for all", []cockpit.Rep{unknown}, map[cockpit.Tile]float64{cockpit.Coverage: 0}, map[cockpit.Tile]explain.Reason{cockpit.Penetration: explain.NoPotential, cockpit.Board: explain.NoPotential}},
	} {
		got := cockpit.Of("t", c.reps, cockpit.Worth{Visit: 1, Prospect: 1, Potential: 1, MarginRate: .3}, p)
		for _, tiles := range append(got.Reps, got.Tiles) {
			for _, x := range tiles {
				if x.Status == 0 || x.Do.Code == "" || x.Status == explain.NA && (x.Reason == 0 || x.Off || x.Value != 0) {
					t.Errorf("%s: %v: %+v", c.name, x.Tile, x)
				}
				for _, v := range []float64{x.Value, x.Second, x.Low, x.High} {
					if math.IsNaN(v) || math.IsInf(v, 0) {
						t.Errorf("%s: %v: %v", c.name, x.Tile, v)
					}
				}
				if x.Different != 0 {
					t.Errorf("%s: %v is different: %+v", c.name, x.Tile, x)
				}
			}
		}
		for tile, want := range c.has {
			if x := got.Tiles[tile-1]; !x.Has() || math.Abs(x.Value-want) > 1e-9 {
				t.Errorf("%s: %v is %v %v, want %v", c.name, tile, x.Value, x.Mark, want)
			}
		}
		for tile, want := range c.na {
			if x := got.Tiles[tile-1]; x.Status != explain.NA || x.Reason != want {
				t.Errorf("%s: %v is %v, want na(%v)", c.name, tile, x.Mark, want)
			}
		}
	}
}

// Appendix B, 10 000 clients by 250 reps, well under a second; the sums are kept.
func TestALargeCompany(t *testing.T) {
	reps := make([]cockpit.Rep, 250)
	for i := range reps {
		reps[i] = cockpit.Rep{Accounts: 40, Clients: 40, Known: 40, Sales: 1000_00, Potential: 2500_00, MCN: 10_00, Phases: [4]int{5, 10, 15, 10}}
	}
	from := time.Now()
	c := cockpit.Of("company", reps, cockpit.Worth{}, cockpit.Defaults())
	if took := time.Since(from); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
	if c.Team.Accounts != 10_000 || c.Team.Sales != 250_000_00 || c.Tiles[cockpit.Penetration-1].Value != .4 {
		t.Errorf("%+v", c.Team)
	}
}
