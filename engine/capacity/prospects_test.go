package capacity_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/capacity"
	"sillon/engine/explain"
)

// H3: 14 % × 87 → 13 lost + 4 growth = 17 to win; conversion 17 % → 100 visits.
// Unrounded, 12/87 and 5/30 give 16 to win and 96 visits. Minimum of time (12
// lost, 75 kept) 24/99 = 24 %.
func TestTheProspectVisitsOfTheMethod(t *testing.T) {
	par := capacity.Defaults()
	in := capacity.Needs{Clients: 87, Attrition: .14, Growth: 4, Conversion: .17, Lost: 12, Kept: 75, Capacity: 656}
	p := capacity.Prospect(in, par)
	if p.ToWin != 17 || p.Visits != 100 || p.AtFloor || p.AtCap || p.Status != explain.OK {
		t.Errorf("%+v, want 17 to win, 100 visits", p)
	}
	if math.Abs(p.MinimumTime-24./99) > 1e-12 || p.Enough { // 100 of 656 is 15 %
		t.Errorf("minimum of time %v enough %v, want 24 %% and not enough", p.MinimumTime, p.Enough)
	}
	in.Attrition, in.Conversion = 12./87, 5./30
	if p = capacity.Prospect(in, par); p.ToWin != 16 || p.Wanted != 96 || p.Visits != 99 || !p.AtFloor { // 15 % of 656 is 98.4
		t.Errorf("%+v, want 16 to win, 96 wanted, 99 by the floor", p)
	}
	in.VisitsPer = 6 // six visits for a client: the same as 1 in 6
	if p = capacity.Prospect(in, par); p.Wanted != 96 {
		t.Errorf("six visits each: %d, want 96", p.Wanted)
	}
	// W12: 30 prospect visits of 150 are 20 %.
	w12 := capacity.Prospect(capacity.Needs{Growth: 5, Conversion: 5. / 30, Capacity: 150}, par)
	if w12.Visits != 30 || w12.Share != .2 || !w12.Enough {
		t.Errorf("W12: %+v, want 30 visits, 20 %%", w12)
	}
}

// The revenue variant: target 1 100 k€, sales 1 000 k€ kept at 90 %, upsell 50
// k€: 150 k€ to find at 20 k€ a new client → 7.5 → 8.
func TestTheRevenueVariant(t *testing.T) {
	in := capacity.Needs{Clients: 100, Attrition: .10, Target: 1_100_000_00, Sales: 1_000_000_00, Upsell: 50_000_00, FirstYear: 20_000_00, Conversion: .20, Capacity: 200}
	if p := capacity.Prospect(in, capacity.Defaults()); p.ToWin != 8 || p.Wanted != 40 || p.Visits != 40 {
		t.Errorf("%+v, want 8 to win, 40 visits", p)
	}
	in.Target = 800_000_00
	if p := capacity.Prospect(in, capacity.Defaults()); p.ToWin != 0 || p.Visits != 30 || !p.AtFloor {
		t.Errorf("a target below what stays: %+v, want the floor of 30", p)
	}
	in.Target, in.FirstYear = 2_000_000_00, 0
	if p := capacity.Prospect(in, capacity.Defaults()); p.ToWin != 10 {
		t.Errorf("no idea of a first year: %+v, want the losses made good", p)
	}
}

func TestProspectEdges(t *testing.T) {
	par := capacity.Defaults()
	in := capacity.Needs{Clients: 50, Attrition: .10, Conversion: -1, Capacity: 200}
	if p := capacity.Prospect(in, par); p.Visits != 50 || p.Status != explain.Weak || p.Reason != explain.NoData {
		t.Errorf("no history: %+v, want 5 ÷ 10 %% = 50, weak", p)
	}
	in.Conversion = 0
	if p := capacity.Prospect(in, par); !p.Pilot || p.Visits != 30 || p.Status != explain.Weak {
		t.Errorf("nobody ever converted: %+v, want a pilot on the floor", p)
	}
	in.Conversion = .01
	if p := capacity.Prospect(in, par); p.Wanted != 500 || p.Visits != 100 || !p.AtCap {
		t.Errorf("%+v, want half the capacity", p)
	}
	in.Capacity = 0
	if p := capacity.Prospect(in, par); p.Has() || p.Visits != 0 {
		t.Errorf("no capacity: %+v", p)
	}
}

func TestProspectVisitsStayWithinFloorAndCap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := capacity.Needs{Clients: rapid.IntRange(0, 500).Draw(t, "clients"), Attrition: rapid.Float64Range(0, 1).Draw(t, "attrition"),
			Growth: rapid.IntRange(0, 50).Draw(t, "growth"), Conversion: rapid.Float64Range(.01, 1).Draw(t, "conversion"), Capacity: rapid.IntRange(20, 2000).Draw(t, "capacity")}
		p := capacity.Prospect(in, capacity.Defaults())
		if float64(p.Visits) < .15*float64(in.Capacity)-1e-9 || float64(p.Visits) > .5*float64(in.Capacity)+1e-9 {
			t.Fatalf("%d visits of %d", p.Visits, in.Capacity)
		}
		better := in
		better.Conversion = min(1, in.Conversion*1.5)
		if capacity.Prospect(better, capacity.Defaults()).Visits > p.Visits {
			t.Fatal("who converts better visits more")
		}
	})
}
