package foresight

import (
	"math"
	"math/rand/v2"
	"testing"
)

// somebody is a history a client can have.
func somebody(rng *rand.Rand) History {
	x := rng.IntN(12)
	h := History{Orders: x + 1, Age: 5 + rng.Float64()*150}
	if x > 0 {
		h.Recency = h.Age * (.05 + .95*rng.Float64())
		h.LogGaps = float64(x) * math.Log(h.Recency/float64(x)) // equal gaps
	}
	return h
}

// What a forecast is (analytics §0, foresight): P(alive) is a probability;
// expected orders grow with the horizon, as the chance of none falls, which is
// never under the chance of having left; the interval holds its own ends, and a
// larger share of the outcomes is never narrower. For every model kept.
func TestForecastsAreMonotone(t *testing.T) {
	rng := rand.New(rand.NewPCG(51, 1))
	for _, f := range truths {
		for range 200 {
			h := somebody(rng)
			alive := f.Alive(h)
			if !(alive >= 0 && alive <= 1) {
				t.Fatalf("%+v %+v: alive %v", f, h, alive)
			}
			last := Forecast{NoOrder: 1}
			for weeks := 1.0; weeks < 120; weeks *= 2 {
				x := f.Forecast(h, weeks, .8)
				if x.Mean < last.Mean-1e-9 || x.NoOrder > last.NoOrder+1e-9 || x.High < last.High || x.Low < last.Low {
					t.Fatalf("kind %d k %d %+v: over %v weeks %+v, over half %+v", f.Kind, f.K, h, weeks, x, last)
				}
				if x.Low > x.High || x.Low < 0 || x.NoOrder < 1-alive-1e-9 || !(x.NoOrder <= 1+1e-12) {
					t.Fatalf("kind %d k %d %+v: %+v, alive %v", f.Kind, f.K, h, x, alive)
				}
				if wide := f.Forecast(h, weeks, .95); wide.Low > x.Low || wide.High < x.High || wide.Mean != x.Mean {
					t.Fatalf("95 %% is %+v, 80 %% is %+v", wide, x)
				}
				last = x
			}
		}
	}
}

// The worth of an order is shrunk: between the client's own mean and that of
// all, nearer to his own with every order; a client who spends more is never
// expected to spend less; the interval holds the mean.
func TestAmountsAreShrunk(t *testing.T) {
	rng := rand.New(rand.NewPCG(52, 1))
	for range 500 {
		f := Spend{P: 1 + rng.Float64()*8, Q: 2 + rng.Float64()*6, V: 500 + rng.Float64()*50_000}
		f.Mean = f.P * f.V / (f.Q - 1)
		own := 100 + rng.Float64()*100_000
		last := math.Inf(1)
		for _, orders := range []int{1, 2, 3, 6, 20, 200} {
			h := History{Orders: orders, Recency: 50, Age: 60, Spend: own}
			a := f.Amount(h, .8)
			if orders == 1 {
				if math.Abs(a.Mean-f.Mean) > 1e-6*f.Mean {
					t.Fatalf("no repeat order: %v, all clients %v", a.Mean, f.Mean)
				}
				continue
			}
			if a.Mean < min(own, f.Mean)*(1-1e-9) || a.Mean > max(own, f.Mean)*(1+1e-9) {
				t.Fatalf("%d orders at %v: %v, all clients %v", orders, own, a.Mean, f.Mean)
			}
			if gap := math.Abs(a.Mean - own); gap > last*(1+1e-9) {
				t.Fatalf("%d orders: %v from his own, %v with fewer", orders, gap, last)
			} else {
				last = gap
			}
			if a.Low > a.Mean || a.High < a.Mean || a.Low < 0 {
				t.Fatalf("%+v", a)
			}
			h.Spend = own * 1.1
			if b := f.Amount(h, .8); b.Mean < a.Mean {
				t.Fatalf("spends more, %v after %v", b.Mean, a.Mean)
			}
			// in another currency
			dear := f
			dear.V, dear.Mean, h.Spend = 100*f.V, 100*f.Mean, 100*own
			if b := dear.Amount(h, .8); math.Abs(b.Mean-100*a.Mean) > 1e-6*b.Mean || math.Abs(b.High-100*a.High) > 1e-6*b.High {
				t.Fatalf("in another currency %+v, before %+v", b, a)
			}
		}
	}
}

// Value = expected orders × season × mean worth: proportional to the season; in
// another currency it follows and nothing else moves: not alive, orders nor
// silence. The limit of a silence is the earlier of its two bounds, and a
// stricter bound is never later.
func TestOutlooksFollowTheirParts(t *testing.T) {
	rng := rand.New(rand.NewPCG(53, 1))
	p := Defaults()
	for _, f := range truths {
		if f.Kind == Pareto { // a yardstick, never kept
			continue
		}
		f.Clients, f.Mark = 300, marked(300, Identified, p)
		m := Models{Orders: f, Spend: Spend{P: 3, Q: 4, V: 9000, Mean: 9000}}
		dear := m
		dear.Spend.V, dear.Spend.Mean = 100*m.Spend.V, 100*m.Spend.Mean
		for range 100 {
			h := somebody(rng)
			h.Spend = 100 + rng.Float64()*30_000
			a := m.Outlook(h, 1, p)
			if !a.Has() {
				t.Fatalf("%+v %+v", f, a)
			}
			if math.Abs(a.Value-a.Orders.Mean*a.Amount.Mean) > 1e-9*max(1, a.Value) || a.Low > a.High {
				t.Fatalf("%+v", a)
			}
			if b := m.Outlook(h, 1.4, p); math.Abs(b.Value-1.4*a.Value) > 1e-9*max(1, b.Value) || b.Orders != a.Orders {
				t.Fatalf("season 1.4: %v after %v", b.Value, a.Value)
			}
			rich := h
			rich.Spend *= 100
			if b := dear.Outlook(rich, 1, p); math.Abs(b.Value-100*a.Value) > 1e-6*max(1, b.Value) || b.Orders != a.Orders || b.Silence != a.Silence || b.Alive != a.Alive {
				t.Fatalf("in another currency %+v, before %+v", b, a)
			}
			s := a.Silence
			if s.Limit > 0 && (s.Alive > 0 && s.Limit > s.Alive || s.Cycle > 0 && s.Limit > s.Cycle || s.Limit != s.Alive && s.Limit != s.Cycle) {
				t.Fatalf("%+v", s)
			}
			strict := p
			strict.CycleBound = min(.5, 2*p.CycleBound)
			if y := f.Silence(h, strict); s.Cycle > 0 && y.Cycle > s.Cycle {
				t.Fatalf("a stricter bound is later: %+v, before %+v", y, s)
			}
		}
	}
}

// Yearly renewals (BG/BB): another missed chance never makes a client more
// alive; a renewal taken now makes him sure; more chances ahead, more expected.
func TestRenewalsAreMonotone(t *testing.T) {
	rng := rand.New(rand.NewPCG(54, 1))
	f := Renewal{Alpha: 1.2, Beta: .75, Gamma: .66, Delta: 2.78, Clients: 300} // Fader, Hardie and Shang (2010), donors
	f.Mark = marked(300, Identified, Defaults())
	for range 300 {
		x := rng.IntN(6)
		r := Renewals{Taken: x}
		if x > 0 {
			r.Last = x + rng.IntN(4)
		}
		r.Chance = r.Last
		last := 1.0
		for range 8 {
			a := f.Alive(r)
			if !(a >= 0 && a <= 1) || a > last+1e-12 {
				t.Fatalf("%+v: alive %v after %v", r, a, last)
			}
			few, many := f.Forecast(r, 2, .8), f.Forecast(r, 5, .8)
			if many.Mean < few.Mean-1e-12 || few.Mean < 0 || many.Mean > 5 || many.NoOrder > few.NoOrder+1e-12 {
				t.Fatalf("%+v: %+v over two chances, %+v over five", r, few, many)
			}
			last = a
			r.Chance++
		}
	}
}
