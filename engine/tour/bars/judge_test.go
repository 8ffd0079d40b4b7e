package bars

import (
	"testing"

	"sillon/engine/tour"
)

// judge follows a plan over the instance's own coordinates and answers its
// score, or its length where everything has to be visited. A rule broken
// fails the test.
func (in *instance) judge(t testing.TB, plan *tour.Plan) float64 {
	t.Helper()
	made := make([]uint64, len(in.Visits))
	length, score, spent := 0.0, 0.0, 0
	types := make([]int32, len(in.Caps))
	for k, stops := range plan.Routes {
		r := in.Routes[k]
		at, now, load := int32(0), float64(r.Open)/in.scale, int32(0)
		for _, s := range stops {
			v := &in.Visits[s.Visit]
			d := in.distance(at, v.Place)
			length += d
			now += d
			start := float64(s.Start) / in.scale
			if start < now-1e-6 {
				t.Errorf("%s: route %d reaches visit %d at %.3f and starts it at %.3f", in.name, k, s.Visit, now, start)
			}
			if !in.exact {
				now = start
			}
			if len(v.Hours) > 0 {
				open := false
				for _, w := range v.Hours[r.Hours] {
					open = open || s.Start >= w.Open && s.Start <= w.Close
				}
				if !open {
					t.Errorf("%s: visit %d at %.2f is shut", in.name, s.Visit, start)
				}
			}
			now += float64(v.Service) / in.scale
			at, load = v.Place, load+v.Load
			if made[s.Visit]>>r.Day&1 != 0 {
				t.Errorf("%s: visit %d twice on day %d", in.name, s.Visit, r.Day)
			}
			made[s.Visit] |= 1 << r.Day
		}
		d := in.distance(at, 0)
		length += d
		if now+d > float64(r.Close)/in.scale+1e-6 {
			t.Errorf("%s: route %d is back at %.3f after %.3f", in.name, k, now+d, float64(r.Close)/in.scale)
		}
		if r.Load > 0 && load > r.Load {
			t.Errorf("%s: route %d carries %d of %d", in.name, k, load, r.Load)
		}
	}
	optional := false
	for i, days := range made {
		v := &in.Visits[i]
		optional = optional || !v.Must
		if days == 0 {
			continue
		}
		allowed := false
		for _, set := range v.Days {
			allowed = allowed || set == days
		}
		if !allowed {
			t.Errorf("%s: visit %d on days %b", in.name, i, days)
		}
		score += float64(v.Value) / points
		spent += int(v.Spend)
		for z := range types {
			types[z] += int32(v.Kinds >> z & 1)
		}
	}
	if in.Budget > 0 && spent > int(in.Budget) {
		t.Errorf("%s: spends %d of %d", in.name, spent, in.Budget)
	}
	for z, n := range types {
		if n > in.Caps[z] {
			t.Errorf("%s: %d visits of type %d, at most %d", in.name, n, z, in.Caps[z])
		}
	}
	if f := tour.Verify(&in.Problem, plan); f != tour.FaultNone {
		t.Errorf("%s: Verify says fault %d", in.name, f)
	}
	if optional {
		return score
	}
	return length
}
