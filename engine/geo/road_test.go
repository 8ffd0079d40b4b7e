package geo_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/geo"
)

// north is the point d metres north of 45° N, 3° E: one degree of a meridian is
// 6 371 008.8 · π/180 = 111 195.08 m.
func north(d float64) geo.Position {
	return geo.Position{Lat: 45 + d/111195.0802335329, Lon: 3}
}

// The products are done by hand from the bands: circuity 1.45, 1.38, 1.30, 1.22
// by great circle; 25, 40, 60, 85 km/h by road.
func TestRoadByBands(t *testing.T) {
	for _, tt := range []struct {
		name             string
		km, road, minute float64
	}{
		{"across the village", 1, 1.45, 1.45 / 25 * 60},
		{"to the next one", 5, 6.9, 6.9 / 40 * 60},
		{"across the department", 30, 39, 39},
		{"to the region's town", 100, 122, 122. / 85 * 60},
		{"just over 2 km is not shorter than 2 km", 2.05, 2.9, 4.8}, // 2.05 · 1.38 is 2.829 km; 2 km at 25 km/h are 4.8 min, 2.9 at 40 are 4.35
		{"just over 50 km of road is not sooner", 40, 52, 50},       // 52 km at 85 km/h are 36.7 min, 50 km at 60 are 50
	} {
		road, minutes, ok := geo.Bands.Travel(north(0), north(tt.km*1000))
		if !ok || math.Abs(float64(road)/1000-tt.road) > 1e-6 || math.Abs(float64(minutes)-tt.minute) > 1e-5 {
			t.Errorf("%s: %.4f km, %.4f min; want %.4f and %.4f", tt.name, float64(road)/1000, minutes, tt.road, tt.minute)
		}
	}
	if m, ok := geo.Bands.Minutes(north(0), north(5000)); !ok || m != 11 { // 10.35 rounded up
		t.Errorf("%d whole minutes, want 11", m)
	}
	if s, ok := geo.Bands.Seconds(north(0), north(5000)); !ok || s != 621 { // 10.35 · 60
		t.Errorf("%d whole seconds, want 621", s)
	}
}

func TestFartherIsNeverShorter(t *testing.T) {
	var road geo.Meters
	var minutes geo.Minutes
	for d := 0.; d < 150_000; d += 97 {
		r, m, _ := geo.Bands.Travel(north(0), north(d))
		if r < road || m < minutes {
			t.Fatalf("%.0f m: %.1f m and %.3f min, %.1f and %.3f nearer", d, r, m, road, minutes)
		}
		road, minutes = r, m
	}
}

func TestTheMatrixHoldsTheSecondsAndNoDetourIsShorter(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	places := make([]geo.Position, 60)
	for i := range places {
		places[i] = geo.Position{Lat: 48 + rng.Float64(), Lon: -2 + rng.Float64()*1.5}
	}
	places[7] = places[12]                     // two clients at one address
	places[9] = geo.Position{Lat: 95}          // a slip
	places[11] = geo.Position{Lat: math.NaN()} // no position
	n, m := len(places), geo.Bands.Matrix(places)
	for i := range n {
		for j := range n {
			want, ok := geo.Bands.Seconds(places[i], places[j])
			if i == j {
				want, ok = 0, true
			}
			if got := m[i*n+j]; got != want || ok != (got < geo.Never) || got != m[j*n+i] {
				t.Fatalf("%d to %d: %d s and back %d, want %d", i, j, got, m[j*n+i], want)
			}
			for k := range n {
				if m[i*n+j] > m[i*n+k]+m[k*n+j] {
					t.Fatalf("%d to %d takes %d s, by %d it takes %d", i, j, m[i*n+j], k, m[i*n+k]+m[k*n+j])
				}
			}
		}
	}
	if m[7*n+12] != 0 {
		t.Errorf("%d s between two doors of one address", m[7*n+12])
	}
}

// Hand calculation: 300 km recorded, 250 estimated, with 100 km as estimated
// 400/350 = 1.142857. The slip (5 km for 100) and the errand at the door do not
// count.
func TestOwnKilometresTeach(t *testing.T) {
	f, n := geo.Learned([]geo.Trip{{120_000, 100_000}, {180_000, 150_000}, {5_000, 100_000}, {900, 300}, {geo.Meters(math.NaN()), 2_000}, {2_000, geo.Meters(math.Inf(1))}})
	if n != 2 || math.Abs(f-400./350) > 1e-12 {
		t.Errorf("factor %v from %d trips, want %v from 2", f, n, 400./350)
	}
	if f, n := geo.Learned(nil); f != 1 || n != 0 {
		t.Errorf("nothing driven: factor %v from %d trips", f, n)
	}
	road := geo.Bands
	road.Factor = f
	if r, _, _ := road.Travel(north(0), north(5000)); math.Abs(float64(r)-6900.*400/350) > 1e-3 {
		t.Errorf("the road with the learned factor is %.1f m", r)
	}
}

func TestALearnedFactorStaysBetweenAThirdAndThree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trips := make([]geo.Trip, rapid.IntRange(0, 20).Draw(t, "trips"))
		for i := range trips {
			trips[i] = geo.Trip{Recorded: geo.Meters(rapid.Float64().Draw(t, "recorded")), Estimated: geo.Meters(rapid.Float64().Draw(t, "estimated"))}
		}
		if f, n := geo.Learned(trips); !(f > 1./3-1e-3 && f < 3) || n > len(trips) {
			t.Fatalf("factor %v from %d trips", f, n)
		}
	})
}

// Mercator by hand: a degree of longitude is 50 000 · π/180 = 872.66 units; 60°
// north is ln(tan 75°) = 1.316958 radians from the equator.
func TestTheChartIsMercatorAndComesBack(t *testing.T) {
	if x, y := geo.Chart(geo.Position{Lat: 60, Lon: 1}); math.Abs(x-872.6646) > 1e-3 || math.Abs(y+65847.89) > 1e-1 {
		t.Errorf("60° N, 1° E is at %.4f, %.4f", x, y)
	}
	if m := geo.ChartMeters(60); math.Abs(float64(m)-63.71009) > 1e-4 { // 6 371 008.8 / 50 000 · ½
		t.Errorf("a unit at 60° is %v m", m)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := geo.Position{Lat: rapid.Float64Range(-84, 84).Draw(t, "lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, "lon")}
		if q := geo.Unchart(geo.Chart(p)); math.Abs(q.Lat-p.Lat) > 1e-9 || math.Abs(q.Lon-p.Lon) > 1e-9 {
			t.Fatalf("%v comes back as %v", p, q)
		}
	})
}

func FuzzRoad(f *testing.F) {
	f.Add(1.22, 85., 2000., 1.45, 2000., 25., 1.1, 48., -2., 48.5, -1.5)
	f.Add(math.NaN(), 0., -1., math.Inf(1), 0., -3., math.NaN(), 91., 0., 0., 181.)
	f.Fuzz(func(t *testing.T, c, v, to, detour, until, speed, factor, la, lo, lb, lp float64) {
		r := geo.Road{Circuity: c, KmH: v, Factor: factor, Detours: []geo.Band{{geo.Meters(to), detour}}, Speeds: []geo.Band{{geo.Meters(until), speed}}}
		a, b := geo.Position{Lat: la, Lon: lo}, geo.Position{Lat: lb, Lon: lp}
		s, ok := r.Seconds(a, b)
		if s < 0 || s > geo.Never || !ok && s != geo.Never || r.Matrix([]geo.Position{a, b})[1] != s {
			t.Errorf("%d s, %v", s, ok)
		}
	})
}

func BenchmarkMatrix500(b *testing.B) {
	places := make([]geo.Position, 500)
	for i := range places {
		places[i] = geo.Position{Lat: 48 + float64(i%25)/25, Lon: -2 + float64(i/25)/20}
	}
	for b.Loop() {
		geo.Bands.Matrix(places)
	}
}
