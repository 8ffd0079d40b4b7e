package cockpit_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"sillon/engine/cockpit"
	"sillon/engine/money"
)

// rates are the tiles that are a part of a whole.
var rates = []cockpit.Tile{cockpit.Capacity, cockpit.Board, cockpit.Fragile, cockpit.RedRisks, cockpit.Coverage, cockpit.Quality, cockpit.Controls, cockpit.Prospecting, cockpit.Penetration}

// K: rates are recomputed from sums, never averaged: the team's is between the
// lowest and the highest of its reps', and one member's weight is its base: a
// member without one changes nothing.
func TestATeamIsBetweenItsReps(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 1))
	p := cockpit.Defaults()
	for range 300 {
		reps := make([]cockpit.Rep, 1+rng.IntN(7))
		for i := range reps {
			reps[i] = random(rng)
		}
		c := cockpit.Of("t", reps, cockpit.Worth{}, p)
		for _, tile := range rates {
			low, high, whole := math.Inf(1), math.Inf(-1), true
			for i := range reps {
				x := c.Reps[i][tile-1]
				if whole = whole && x.Has(); whole {
					low, high = min(low, x.Value), max(high, x.Value)
				}
			}
			if !whole { // visits of somebody without a capacity count in the sum
				continue
			}
			team := c.Tiles[tile-1]
			if !team.Has() || (team.Value < low-1e-9 || team.Value > high+1e-9) {
				t.Fatalf("%v: %v outside the reps' %v to %v", tile, team.Value, low, high)
			}
		}
		d := cockpit.Of("t", append(reps[:len(reps):len(reps)], cockpit.Rep{Code: "empty"}), cockpit.Worth{}, p)
		for k := range c.Tiles {
			if c.Tiles[k].Value != d.Tiles[k].Value || c.Tiles[k].Off != d.Tiles[k].Off {
				t.Fatalf("%v: %v, %v with somebody who has nothing", c.Tiles[k].Tile, c.Tiles[k].Value, d.Tiles[k].Value)
			}
		}
	}
}

// K: funnel limits ±2σ/√n: they hold the rate, stay inside 0 to 1, close on it
// as the base grows and open with σ, so that a small portfolio is not said to be
// different; without a base nothing is.
func TestLimitsCloseWithTheBase(t *testing.T) {
	rng := rand.New(rand.NewPCG(32, 1))
	for range 2000 {
		p, n, sigma := rng.Float64(), 1+rng.IntN(400), 1+3*rng.Float64()
		low, high := cockpit.Limits(p, n, sigma)
		if !(low >= 0 && low <= p+1e-12 && p <= high+1e-12 && high <= 1) {
			t.Fatalf("p %v: %v to %v", p, low, high)
		}
		l, h := cockpit.Limits(p, n+1+rng.IntN(100), sigma)
		if l < low-1e-12 || h > high+1e-12 {
			t.Fatalf("a larger base is wider: %v to %v, before %v to %v", l, h, low, high)
		}
		l, h = cockpit.Limits(p, n, sigma*1.2)
		if l > low+1e-12 || h < high-1e-12 {
			t.Fatalf("a larger σ is narrower: %v to %v, before %v to %v", l, h, low, high)
		}
		// the rate of what is missing has the mirror image
		l, h = cockpit.Limits(1-p, n, sigma)
		if math.Abs(l-(1-high)) > 1e-9 || math.Abs(h-(1-low)) > 1e-9 {
			t.Fatalf("1 − p: %v to %v, want %v to %v", l, h, 1-high, 1-low)
		}
	}
	if low, high := cockpit.Limits(.4, 0, 2); low != 0 || high != 1 {
		t.Errorf("without a base: %v to %v", low, high)
	}
}

// amounts multiplies all those of a rep.
func amounts(r *cockpit.Rep, k money.Cents) {
	for _, x := range []*money.Cents{&r.MCN, &r.Losses, &r.Sales, &r.Potential, &r.RedStake} {
		*x *= k
	}
	r.MCNSquares *= float64(k * k)
}

// Amounts ×100, another currency: the same tiles, lights, instructions and who
// is different; only the mean net margin and the gaps in money follow. In
// another order of the reps: the same, in that order.
func TestCockpitInAnotherCurrencyAndOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(33, 1))
	p := cockpit.Defaults()
	for range 200 {
		reps := make([]cockpit.Rep, 1+rng.IntN(6))
		for i := range reps {
			reps[i] = random(rng)
			amounts(&reps[i], 1000) // well over the cent that gaps are rounded to
		}
		worth := cockpit.Worth{Visit: 50_000_00, Prospect: 30_000_00, Potential: 10_000_00, MarginRate: .3}
		a := cockpit.Of("t", reps, worth, p)
		dear, perm := make([]cockpit.Rep, len(reps)), rng.Perm(len(reps))
		for to, from := range perm {
			r := reps[from]
			amounts(&r, 100)
			dear[to] = r
		}
		b := cockpit.Of("t", dear, cockpit.Worth{Visit: 5_000_000_00, Prospect: 3_000_000_00, Potential: 1_000_000_00, MarginRate: .3}, p)
		same := func(x, y cockpit.Reading) {
			t.Helper()
			k := 1.0
			if x.Tile == cockpit.NetMargin {
				k = 100
			}
			if x.Off != y.Off || x.Different != y.Different || x.Do != y.Do || x.Status != y.Status || x.Reason != y.Reason || math.Abs(k*x.Value-y.Value) > 1e-9*max(1, math.Abs(y.Value)) {
				t.Fatalf("%v: %+v\nin another currency and order: %+v", x.Tile, x, y)
			}
		}
		for k := range a.Tiles {
			same(a.Tiles[k], b.Tiles[k])
			for to, from := range perm {
				same(a.Reps[from][k], b.Reps[to][k])
			}
		}
		for to, from := range perm {
			if len(a.Coach[from]) != len(b.Coach[to]) {
				t.Fatalf("gaps %+v and %+v", a.Coach[from], b.Coach[to])
			}
			for k := range a.Coach[from] {
				x, y := a.Coach[from][k], b.Coach[to][k]
				if x.Tile != y.Tile || math.Abs(float64(100*x.Value-y.Value)) > 100 {
					t.Fatalf("gaps %+v and %+v", a.Coach[from], b.Coach[to])
				}
			}
		}
	}
}

// Each tile goes one way: more of what it asks for never turns its light off
// red, less of what it warns of neither. And every tile off has an instruction
// of its own (skipper principle).
func TestTilesGoOneWay(t *testing.T) {
	rng := rand.New(rand.NewPCG(34, 1))
	p := cockpit.Defaults()
	for range 500 {
		r := random(rng)
		for tile, better := range map[cockpit.Tile]func(r *cockpit.Rep){
			cockpit.Coverage:    func(r *cockpit.Rep) { r.Known++ },
			cockpit.Quality:     func(r *cockpit.Rep) { r.Filled++ },
			cockpit.Controls:    func(r *cockpit.Rep) { r.Controls++ },
			cockpit.Prospecting: func(r *cockpit.Rep) { r.Prospects++ },
			cockpit.Fragile:     func(r *cockpit.Rep) { r.Fragile = max(0, r.Fragile-1) },
			cockpit.Freshness:   func(r *cockpit.Rep) { r.Late, r.Silence = max(0, r.Late-1), r.Silence/2 },
			cockpit.NetMargin:   func(r *cockpit.Rep) { r.MCN += 100_00 },
		} {
			was, now := r, r
			better(&now)
			x, y := was.Read(p)[tile-1], now.Read(p)[tile-1]
			if !x.Off && y.Off {
				t.Fatalf("%v: fine at %v, off at %v", tile, x.Value, y.Value)
			}
		}
		keep := cockpit.Rep{}.Read(p)[0].Do
		for _, x := range r.Read(p) {
			if x.Off == (x.Do == keep) {
				t.Fatalf("%v: off %t, told to %+v", x.Tile, x.Off, x.Do)
			}
		}
	}
}
