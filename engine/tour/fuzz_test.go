//go:build !js

// A browser opens no folder of a corpus.

package tour

import (
	"math/rand"
	"testing"
)

// FuzzPlan spoils made-up territories: either the problem is refused, or no
// rule is broken.
func FuzzPlan(f *testing.F) {
	for i := range int64(8) {
		f.Add(i, int32(i*37), uint8(i))
	}
	f.Fuzz(func(t *testing.T, seed int64, odd int32, what uint8) {
		p := territory(rand.New(rand.NewSource(seed)))
		if len(p.Visits) > 0 {
			v := &p.Visits[int(uint8(seed))%len(p.Visits)]
			switch what % 8 {
			case 0:
				v.Service = odd
			case 1:
				v.Value = int64(odd) << 8
			case 2:
				v.Hours = [][]Window{{{odd, odd}}}
			case 3:
				v.Days = []uint64{uint64(odd)}
			case 4:
				v.Load = odd
			case 5:
				v.Spend = odd
			case 6:
				p.Routes[0].Close = odd
			case 7:
				p.Travel[len(p.Travel)/2] = odd
			}
		}
		s, err := New(p, uint64(seed))
		if err != nil {
			return
		}
		s.Run(60)
		plan := s.Best()
		if fault := Verify(p, &plan); fault != FaultNone {
			t.Fatalf("fault %d", fault)
		}
	})
}
