package work

import (
	"context"
	"math"
	"testing"

	"sillon/app/bridge"
	"sillon/engine/query"
)

// Method H6, example c: r = 6000(1−e^−0.10x), 4000(1−e^−0.20x), 3000(1−e^−0.35x),
// 12 visits of one hour → 5, 4 and 3, 6 514 in all; 6 441 with 4 each.
func TestTheBestSharingIsTheExampleOfH6(t *testing.T) {
	of := query.PlanTerritory{Budget: 12 * 60, Start: []int32{0}}
	for k, c := range [...]struct{ most, slope float64 }{{6000, .10}, {4000, .20}, {3000, .35}} {
		for x := range 13 {
			of.Worth = append(of.Worth, c.most*(1-math.Exp(-c.slope*float64(x))))
		}
		of.Start = append(of.Start, int32(len(of.Worth)))
		of.Minutes, of.Min, of.Max, of.Seg, of.Now = append(of.Minutes, 60), append(of.Min, 0), append(of.Max, 12), append(of.Seg, uint8(k)), append(of.Now, 4)
	}
	c := bridge.NewTwin(Operations(clock()))
	a, err := bridge.Call(context.Background(), c, bridge.OpAllocate, bridge.Allocate{Of: of})
	if err != nil {
		t.Fatal(err)
	}
	if a.Visits != [6]int{5, 4, 3} || !a.Exact || !a.Known || math.Abs(a.Value-6514) > .5 || math.Abs(a.Was-6441) > .5 || a.Bound < a.Value || a.Hour <= 0 {
		t.Errorf("%+v", a)
	}
	of.Min[0] = 12
	of.Min[1] = 1
	if a, err = bridge.Call(context.Background(), c, bridge.OpAllocate, bridge.Allocate{Of: of}); err != nil || a.Short != 60 {
		t.Errorf("%d minutes lack, want 60: %v", a.Short, err)
	}
	of.Seg = nil
	if _, err = bridge.Call(context.Background(), c, bridge.OpAllocate, bridge.Allocate{Of: of}); err == nil {
		t.Error("columns of different lengths are taken")
	}
}
