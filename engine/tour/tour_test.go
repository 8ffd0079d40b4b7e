package tour

import (
	"math/rand"
	"reflect"
	"runtime"
	"testing"
)

// territory is a made-up week: clients with values, opening hours with a
// lunch break, appointments, frequencies, some at the same address, some that
// nothing allows.
func territory(r *rand.Rand) *Problem {
	p := &Problem{Places: 2 + r.Intn(40), Rate: int64(r.Intn(4)), Budget: int64(r.Intn(3) * 40)}
	x, y := make([]int, p.Places), make([]int, p.Places)
	for i := range x {
		x[i], y[i] = r.Intn(60), r.Intn(60)
		if i > 0 && r.Intn(5) == 0 {
			x[i], y[i] = x[i-1], y[i-1]
		}
	}
	for i := range x {
		for j := range x {
			p.Travel = append(p.Travel, int32(max(x[i]-x[j], x[j]-x[i])+max(y[i]-y[j], y[j]-y[i])))
		}
	}
	if r.Intn(4) == 0 { // one-way streets: no triangle, no symmetry
		for i := range p.Travel {
			p.Travel[i] += int32(r.Intn(30))
		}
	}
	days := 1 + r.Intn(6)
	for d := range days {
		from := int32(r.Intn(p.Places))
		if d > 0 {
			from = p.Routes[d-1].To // a night where the day before ended
		}
		p.Routes = append(p.Routes, Route{Day: d, From: from, To: int32(r.Intn(p.Places)), Open: int32(r.Intn(100)), Close: int32(60 + r.Intn(500)), Hours: d % 2, Load: int32(r.Intn(2) * 30)})
	}
	if r.Intn(2) == 0 {
		p.Caps = []int32{int32(r.Intn(4)), 2}
	}
	for range r.Intn(60) {
		v := Visit{Place: int32(r.Intn(p.Places)), Service: int32(r.Intn(40)), Value: int64(r.Intn(1000)), Must: r.Intn(8) == 0,
			Load: int32(r.Intn(5)), Spend: int32(r.Intn(6)), Kinds: uint32(r.Intn(4))}
		switch r.Intn(4) {
		case 0: // open from morning to lunch and from lunch to evening
			noon := int32(150 + r.Intn(100))
			v.Hours = [][]Window{{{50, noon}, {noon + 40, 480}}, {{noon + 60, 500}}}
		case 1: // an appointment
			at := int32(r.Intn(500))
			v.Hours = [][]Window{{{at, at}}, {{at, at}}}
		case 2: // closed on the other kind of day
			v.Hours = [][]Window{{{0, int32(r.Intn(600))}}}
		}
		for n := 1 + r.Intn(4); n > 0; n-- {
			set := uint64(r.Intn(1<<days-1) + 1)
			if r.Intn(2) == 0 {
				set = 1 << r.Intn(days)
			}
			v.Days = append(v.Days, set)
		}
		p.Visits = append(p.Visits, v)
	}
	return p
}

// TestNoRuleIsBroken follows the plan of thousands of territories stop by
// stop, at the beginning, in the middle and at the end of the search.
func TestNoRuleIsBroken(t *testing.T) {
	territories := int64(3000)
	if runtime.GOARCH == "wasm" {
		territories = 200
	}
	for seed := range territories {
		p := territory(rand.New(rand.NewSource(seed)))
		s, err := New(p, uint64(seed))
		if err != nil {
			t.Fatalf("territory %d: %v", seed, err)
		}
		s.Cool(120)
		for _, n := range []int{0, 40, 100} {
			s.Run(n)
			plan := s.Best()
			if f := Verify(p, &plan); f != FaultNone {
				t.Fatalf("territory %d after %d: fault %d", seed, n, f)
			}
		}
	}
}

// TestSumsOfTheSearch recounts what the search keeps up to date.
func TestSumsOfTheSearch(t *testing.T) {
	for seed := range int64(200) {
		p := territory(rand.New(rand.NewSource(seed)))
		s, _ := New(p, uint64(seed))
		for range 20 {
			s.Run(7)
			var travel, missed int64
			for k := range s.routes {
				r := s.routes[k]
				if s.mark[k] != shut {
					travel += r.travel
				}
				again := route{stops: append([]int32(nil), r.stops...)}
				if s.mark[k] != shut && (!s.time(k, &again) || !reflect.DeepEqual(again.depart, r.depart) || !reflect.DeepEqual(again.latest, r.latest) || again.load != r.load) {
					t.Fatalf("territory %d: route %d's times are stale", seed, k)
				}
			}
			for v := range p.Visits {
				if !s.planned(int32(v)) {
					missed += s.lost[v]
				}
			}
			if travel != s.travel || missed != s.missed {
				t.Fatalf("territory %d: travel %d for %d, missed %d for %d", seed, s.travel, travel, s.missed, missed)
			}
		}
	}
}

// TestSmallTerritoriesAreSolved compares with every possible plan.
func TestSmallTerritoriesAreSolved(t *testing.T) {
	solved := 0
	for seed := range int64(400) {
		r := rand.New(rand.NewSource(seed + 9000))
		p := territory(r)
		p.Visits = p.Visits[:min(5, len(p.Visits))]
		if len(p.Routes) > 2 || len(p.Visits) == 0 {
			continue
		}
		for i := range p.Visits {
			p.Visits[i].Must = false
		}
		s, _ := New(p, 1)
		s.Cool(600)
		s.Run(800)
		plan := s.Best()
		if got, want := plan.Lost+p.Rate*plan.Travel, everyPlan(p); got != want {
			t.Errorf("territory %d: %d, the best is %d", seed, got, want)
		}
		solved++
	}
	if solved < 30 {
		t.Fatalf("only %d territories were small", solved)
	}
}

// everyPlan is the least cost over all plans, by putting each visit, in turn,
// nowhere or at every place of every set of its days.
func everyPlan(p *Problem) int64 {
	plan := Plan{Routes: make([][]Stop, len(p.Routes))}
	best := int64(1) << 60
	var sequences func(v int)
	sequences = func(v int) {
		if v == len(p.Visits) {
			if c, ok := priced(p, plan.Routes); ok && c < best {
				best = c
			}
			return
		}
		sequences(v + 1)
		for _, set := range p.Visits[v].Days {
			var put func(k int)
			put = func(k int) {
				if k == len(p.Routes) {
					sequences(v + 1)
					return
				}
				if set>>p.Routes[k].Day&1 == 0 {
					put(k + 1)
					return
				}
				was := plan.Routes[k]
				for pos := range len(was) + 1 {
					next := append(append(append([]Stop(nil), was[:pos]...), Stop{Visit: int32(v)}), was[pos:]...)
					plan.Routes[k] = next
					put(k + 1)
				}
				plan.Routes[k] = was
			}
			if set>>(len(p.Routes)) == 0 {
				put(0)
			}
		}
	}
	sequences(0)
	return best
}

// priced times stops as early as possible and asks Verify.
func priced(p *Problem, routes [][]Stop) (int64, bool) {
	plan := Plan{Routes: make([][]Stop, len(routes))}
	on := make([]bool, len(p.Visits))
	for k, stops := range routes {
		r := &p.Routes[k]
		at, now := r.From, r.Open
		if len(stops) == 0 {
			if d := p.Travel[int(r.From)*p.Places+int(r.To)]; r.Open+d <= r.Close {
				plan.Travel += int64(d)
			}
			continue
		}
		for _, s := range stops {
			v := &p.Visits[s.Visit]
			d := p.Travel[int(at)*p.Places+int(v.Place)]
			plan.Travel += int64(d)
			now += d
			if len(v.Hours) > 0 {
				if r.Hours >= len(v.Hours) {
					return 0, false
				}
				found := false
				for _, w := range v.Hours[r.Hours] {
					if now <= w.Close {
						now, found = max(now, w.Open), true
						break
					}
				}
				if !found {
					return 0, false
				}
			}
			plan.Routes[k] = append(plan.Routes[k], Stop{s.Visit, now})
			now += v.Service
			at = v.Place
			on[s.Visit] = true
		}
		plan.Travel += int64(p.Travel[int(at)*p.Places+int(r.To)])
	}
	for v, is := range on {
		if !is {
			plan.Left = append(plan.Left, int32(v))
			plan.Lost += p.Visits[v].Value
		}
	}
	return plan.Lost + p.Rate*plan.Travel, Verify(p, &plan) == FaultNone
}

// TestSameSeedSamePlan runs a search in one go and in pieces.
func TestSameSeedSamePlan(t *testing.T) {
	for seed := range int64(20) {
		p := territory(rand.New(rand.NewSource(seed)))
		a, _ := New(p, 5)
		b, _ := New(p, 5)
		a.Cool(300)
		b.Cool(300)
		a.Run(300)
		for range 30 {
			b.Run(10)
		}
		if !reflect.DeepEqual(a.Best(), b.Best()) {
			t.Fatalf("territory %d: two plans", seed)
		}
	}
}

// TestExactOrder compares the order of a day with every order.
func TestExactOrder(t *testing.T) {
	found := 0
	for seed := range int64(300) {
		p := territory(rand.New(rand.NewSource(seed + 500)))
		n := min(6, len(p.Visits))
		g := lay(p)
		stops := make([]int32, n)
		for i := range stops {
			stops[i] = int32(i)
		}
		best := int64(1) << 40
		permute(stops, 0, func(order []int32) {
			r := route{stops: append(append([]int32{-1}, order...), -1)}
			if g.time(0, &r) && r.travel < best {
				best = r.travel
			}
		})
		order := g.exact(0, stops, 1<<40)
		if n == 0 || best == 1<<40 {
			if order != nil {
				t.Fatalf("territory %d: an order where there is none", seed)
			}
			continue
		}
		found++
		r := route{stops: append(append([]int32{-1}, order...), -1)}
		if !g.time(0, &r) || r.travel != best {
			t.Fatalf("territory %d: %d for %d", seed, r.travel, best)
		}
	}
	if found < 50 {
		t.Fatalf("only %d days could be ordered", found)
	}
}

func permute(s []int32, i int, f func([]int32)) {
	if i == len(s) {
		f(s)
		return
	}
	for j := i; j < len(s); j++ {
		s[i], s[j] = s[j], s[i]
		permute(s, i+1, f)
		s[i], s[j] = s[j], s[i]
	}
}

func TestMalformed(t *testing.T) {
	good := func() *Problem {
		return &Problem{Places: 1, Travel: []int32{0}, Routes: []Route{{Close: 10}}, Visits: []Visit{{Days: []uint64{1}}}}
	}
	if _, err := New(good(), 1); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Problem) error{
		"no place":       func(p *Problem) error { p.Places = 0; return ErrTravel },
		"short table":    func(p *Problem) error { p.Travel = nil; return ErrTravel },
		"negative leg":   func(p *Problem) error { p.Travel[0] = -1; return ErrTravel },
		"day 64":         func(p *Problem) error { p.Routes[0].Day = 64; return ErrRoute },
		"start nowhere":  func(p *Problem) error { p.Routes[0].From = 1; return ErrRoute },
		"visit nowhere":  func(p *Problem) error { p.Visits[0].Place = -1; return ErrVisit },
		"negative value": func(p *Problem) error { p.Visits[0].Value = -1; return ErrVisit },
		"33 categories":  func(p *Problem) error { p.Caps = make([]int32, 33); return ErrVisit },
		"empty set":      func(p *Problem) error { p.Visits[0].Days = []uint64{0}; return ErrVisit },
		"windows cross":  func(p *Problem) error { p.Visits[0].Hours = [][]Window{{{0, 9}, {5, 12}}}; return ErrVisit },
		"window backs":   func(p *Problem) error { p.Visits[0].Hours = [][]Window{{{9, 1}, {12, 13}}}; return ErrVisit },
	} {
		p := good()
		want := spoil(p)
		if _, err := New(p, 1); err != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestEdges: nobody to visit, no day, one client, a day nobody can work.
func TestEdges(t *testing.T) {
	for name, p := range map[string]*Problem{
		"nothing":    {Places: 1, Travel: []int32{0}},
		"no day":     {Places: 1, Travel: []int32{0}, Visits: []Visit{{Days: []uint64{1}, Value: 3}}},
		"no visit":   {Places: 1, Travel: []int32{0}, Routes: []Route{{Close: 9}}},
		"no days":    {Places: 1, Travel: []int32{0}, Routes: []Route{{Close: 9}}, Visits: []Visit{{Value: 3}}},
		"other day":  {Places: 1, Travel: []int32{0}, Routes: []Route{{Close: 9}}, Visits: []Visit{{Value: 3, Days: []uint64{1 << 40}}}},
		"closed day": {Places: 1, Travel: []int32{0}, Routes: []Route{{Open: 9, Close: 1}}, Visits: []Visit{{Value: 3, Days: []uint64{1}}}},
	} {
		s, err := New(p, 1)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		s.Run(50)
		plan := s.Best()
		if f := Verify(p, &plan); f != FaultNone || len(plan.Left) != len(p.Visits) {
			t.Errorf("%s: fault %d, %d left", name, f, len(plan.Left))
		}
	}
}
