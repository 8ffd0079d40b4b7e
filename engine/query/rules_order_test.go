package query_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/params"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// tied are the pairs of method §1.3: a low one, a high one, two values of each
// that are legal only together, one pair beyond the defaults on each side. The
// defaults are 0.8/1.2, −10/5, 15/50, 12 8 8 0/24 18 16 6 and 15/40.
var tied = []struct {
	low, high params.Key
	up, down  [2][]float64
}{
	{params.ElasticityReduceBelow, params.ElasticityAddAbove, [2][]float64{{2}, {3}}, [2][]float64{{.1}, {.5}}},
	{params.DCMVGDown, params.DCMVGUp, [2][]float64{{10}, {20}}, [2][]float64{{-30}, {-20}}},
	{params.ProspectFloor, params.ProspectCap, [2][]float64{{60}, {70}}, [2][]float64{{5}, {10}}},
	{params.VisitMin, params.VisitMax, [2][]float64{{30, 20, 20, 8}, {40, 30, 30, 9}}, [2][]float64{{2, 1, 1, 0}, {8, 6, 6, 0}}},
	{params.RiskAmber, params.RiskRed, [2][]float64{{45}, {60}}, [2][]float64{{5}, {10}}},
}

// at is a setting of the portfolio (3), its team (2) or its organisation (1).
func at(level int, key params.Key, values []float64) portfolio.Setting {
	return portfolio.Setting{Key: string(key), Values: values, Level: level, Scope: []uint32{0, demo.AloneOrg, ruledTeam, ruledAt}[level]}
}

func (w ruled) holds(t *testing.T, name string, key params.Key, want []float64, from params.Scope) {
	t.Helper()
	if v, by := w.Params(ruledAt).Get(key); !slices.Equal(v.Numbers, want) || by != from {
		t.Errorf("%s: %s = %v from level %d in force, want %v from %d", name, key, v.Numbers, by, want, from)
	}
}

// A pair is legal or not as a whole (method §1.3), in whatever order it was
// recorded and whatever holds outside; a pair that crosses leaves the pair of
// the level above.
func TestAPairOfRulesIsInForceInAnyOrder(t *testing.T) {
	w := newRuled()
	for _, p := range tied {
		for level := 1; level <= 3; level++ {
			for side, v := range [2][2][]float64{p.up, p.down} {
				other := [2][2][]float64{p.down, p.up}[side]
				low, high := at(level, p.low, v[0]), at(level, p.high, v[1])
				for order, records := range [2][]portfolio.Setting{{low, high}, {high, low}} {
					name := fmt.Sprintf("level %d, side %d, order %d", level, side, order)
					w.set(records...)
					w.holds(t, name, p.low, v[0], params.Scope(level))
					w.holds(t, name, p.high, v[1], params.Scope(level))
					if level == 1 {
						continue
					}
					// Over the other pair, of the level above.
					outer := []portfolio.Setting{at(level-1, p.low, other[0]), at(level-1, p.high, other[1])}
					w.set(append(records, outer...)...)
					w.holds(t, name+", over another", p.low, v[0], params.Scope(level))
					w.holds(t, name+", over another", p.high, v[1], params.Scope(level))
					// Broken: the low value of one side with the high one of the other, crossed.
					bad := []portfolio.Setting{at(level, p.low, p.up[0]), at(level, p.high, p.down[1])}
					if order == 1 {
						slices.Reverse(bad)
					}
					w.set(append(bad, outer...)...)
					w.holds(t, name+", broken", p.low, other[0], params.Scope(level-1))
					w.holds(t, name+", broken", p.high, other[1], params.Scope(level-1))
					// One of them out of its own bounds: the other stands or falls by itself.
					w.set(append([]portfolio.Setting{at(level, p.low, []float64{1e9}), high}, outer...)...)
					want, from := v[1], params.Scope(level)
					if side == 1 {
						want, from = other[1], params.Scope(level-1)
					}
					w.holds(t, name+", half", p.high, want, from)
					w.holds(t, name+", half", p.low, other[0], params.Scope(level-1))
				}
			}
		}
	}
}

// The rules screen tells what is in force, level by level, and the value of the
// level above where a pair of one's own lies beyond it.
func TestTheRulesOfAPairAreThoseInForce(t *testing.T) {
	w := newRuled()
	w.set(at(3, params.RiskAmber, []float64{5}), at(3, params.RiskRed, []float64{10}), at(2, params.RiskAmber, []float64{45}), at(2, params.RiskRed, []float64{60}))
	for level, want := range map[int][4]float64{3: {5, 45, 10, 60}, 2: {45, 15, 60, 40}} {
		var got [4]float64
		for _, r := range w.Rules(reader, query.RulesAsk{Scope: ruledAt, Level: level}, nil).Rules {
			k := slices.Index([]string{"risk.amber", "risk.red"}, r.Key)
			if k < 0 {
				continue
			}
			got[2*k], got[2*k+1] = r.Values[0], r.Outer[0]
			if r.From != level || r.OuterFrom != []int{0, 0, 0, 2}[level] {
				t.Errorf("level %d: %s from %d over %d", level, r.Key, r.From, r.OuterFrom)
			}
		}
		if got != want {
			t.Errorf("level %d: %v, want %v (value and what holds without, amber and red)", level, got, want)
		}
	}
	// Given up one by one: 5 alone fits under 60; 10 alone does not fit over 45.
	ask := query.RulesAsk{Scope: ruledAt, Level: 3, Key: "risk.amber", Back: true}
	if r := w.Refuses(ask); r == nil || r.Why != "crosses" || r.Other != "risk.red" {
		t.Errorf("amber given up: %+v, want refused for red", r)
	}
	ask.Key = "risk.red"
	if r := w.Refuses(ask); r != nil {
		t.Errorf("red given up: %+v", r)
	}
	// A team sets its pair one after the other.
	w.set(at(2, params.DCMVGUp, []float64{20}))
	if r := w.Refuses(query.RulesAsk{Level: 2, Key: "dcmv.gDown", Values: []float64{10}}); r != nil {
		t.Errorf("10 under the team's 20: %+v", r)
	}
	// And may not break the pair of a portfolio inside.
	w.set(at(3, params.DCMVGDown, []float64{2}))
	if r := w.Refuses(query.RulesAsk{Level: 2, Key: "dcmv.gUp", Values: []float64{1}}); r == nil || r.Why != "crosses" || r.Other != "dcmv.gDown" {
		t.Errorf("1 over the portfolio's 2: %+v, want refused", r)
	}
	// What a level above keeps for itself cannot be put in force.
	kept := at(2, params.DCMVGUp, []float64{20})
	kept.Locked = true
	w.set(kept)
	if w.Refuses(query.RulesAsk{Scope: ruledAt, Level: 3, Key: "dcmv.gUp", Values: []float64{30}}) == nil {
		t.Error("a rule that the team keeps was taken")
	}
	for _, level := range []int{-1, 0, 4, 257, 259} {
		w.Rules(reader, query.RulesAsk{Scope: ruledAt, Level: level}, nil)
		if w.Refuses(query.RulesAsk{Scope: ruledAt, Level: level, Key: "risk.red", Values: []float64{50}}) == nil {
			t.Errorf("level %d was taken", level)
		}
	}
}

// What is accepted is in force at its level once recorded, and nothing else goes
// out of force; what is refused would not be, or would put out another. Whatever
// was recorded before, crossed pairs from two devices among it.
func TestWhatIsAcceptedIsInForce(t *testing.T) {
	w := newRuled()
	rng := rand.New(rand.NewPCG(20, 26))
	var taken, refused int
	for range 400 {
		p := tied[rng.IntN(len(tied))]
		n := len(p.up[0])
		values := func() []float64 { // some four in five within bounds
			row, _ := params.Lookup(p.low)
			b := row.Bounds[0]
			top := min(b.High, 60)
			out := make([]float64, n)
			for i := range out {
				out[i] = b.Low + float64(rng.IntN(11))*(top-b.Low)/10
			}
			if rng.IntN(20) == 0 {
				out[0] = 1e6
			}
			return out
		}
		var all []portfolio.Setting
		for level := 1; level <= 3; level++ {
			for _, key := range [2]params.Key{p.low, p.high} {
				if rng.IntN(2) == 0 {
					all = append(all, at(level, key, values()))
				}
			}
		}
		w.set(all...)
		for range 6 {
			before := w.Params(ruledAt)
			key, other := p.low, p.high
			if rng.IntN(2) == 0 {
				key, other = other, key
			}
			level := 1 + rng.IntN(3)
			ask := query.RulesAsk{Scope: ruledAt, Level: level, Key: string(key), Back: rng.IntN(5) == 0}
			x := at(level, key, nil)
			if !ask.Back {
				ask.Values = values()
				x.Values = ask.Values
			}
			r := w.Refuses(ask)
			next := slices.DeleteFunc(slices.Clone(all), func(o portfolio.Setting) bool { return o.Key == x.Key && o.Level == level })
			k := rng.IntN(len(next) + 1)
			next = slices.Insert(next, k, x)
			w.set(next...)
			after := w.Params(ruledAt)
			low, high := after.Floats(p.low), after.Floats(p.high)
			for i := range low {
				if low[i] > high[i] {
					t.Fatalf("%v crosses %v: %v", low, high, next)
				}
			}
			v, from := after.Get(key)
			_, had := before.Get(key)
			good := ask.Back || int(from) > level || int(from) == level && slices.Equal(v.Numbers, ask.Values)
			if had > params.Scope(level) {
				good = good && from == had // the inner value stays
			}
			_, was := before.Get(other)
			if _, is := after.Get(other); int(was) >= level {
				good = good && is >= was
			}
			if r == nil && !good {
				t.Fatalf("%+v was taken; in force %v from %d, %s from %d\n%v", ask, v.Numbers, from, other, was, next)
			}
			if r == nil {
				taken++
				all = next
			} else {
				refused++
				w.set(all...)
				if r.Why == "crosses" && r.Other != string(other) {
					t.Fatalf("%+v crosses %s, want %s", ask, r.Other, other)
				}
			}
			if level == 3 && r != nil && good && !ask.Back {
				t.Fatalf("%+v was refused (%+v), yet it would be in force\n%v", ask, r, next)
			}
		}
	}
	if taken < 200 || refused < 200 {
		t.Errorf("%d taken, %d refused: the test looks at one side", taken, refused)
	}
}
