package geo_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/geo"
)

var (
	lille = geo.Position{Lat: 50.6292, Lon: 3.0573}
	nice  = geo.Position{Lat: 43.7102, Lon: 7.2620}
)

func TestGreatCircle(t *testing.T) {
	for _, tt := range []struct {
		name string
		a, b geo.Position
		want float64 // metres
		tol  float64
	}{
		{"the same place", lille, lille, 0, 0},
		{"a quarter of the equator", geo.Position{}, geo.Position{Lon: 90}, math.Pi / 2 * 6371008.8, 1e-3},
		{"pole to pole", geo.Position{Lat: 90}, geo.Position{Lat: -90}, math.Pi * 6371008.8, 1e-3},
		{"across the date line", geo.Position{Lon: 179.5}, geo.Position{Lon: -179.5}, math.Pi / 180 * 6371008.8, 1e-3},
		{"Lille to Nice, 834 km on the published tables", lille, nice, 834_000, 2_000},
	} {
		d, ok := geo.Distance(tt.a, tt.b)
		if !ok || math.Abs(float64(d)-tt.want) > tt.tol {
			t.Errorf("%s: %.1f m, want %.1f", tt.name, d, tt.want)
		}
	}
}

func TestAnUnknownPositionHasNoDistance(t *testing.T) {
	for _, bad := range []geo.Position{{Lat: 91}, {Lon: -181}, {Lat: math.NaN()}, {Lon: math.Inf(1)}} {
		if _, ok := geo.Distance(lille, bad); ok {
			t.Errorf("distance to %v was given", bad)
		}
	}
}

// H8: circuity 1.3 and 50 km/h. One degree of the equator is 111.195 km, hence
// 144.554 km of road and 173.46 minutes.
func TestTravelTime(t *testing.T) {
	a, b := geo.Position{}, geo.Position{Lon: 1}
	road, minutes, ok := geo.DefaultRoad.Travel(a, b)
	if !ok || math.Abs(float64(road)-144_554) > 1 || math.Abs(float64(minutes)-173.46) > .01 {
		t.Errorf("road %.0f m, %.2f min; want 144 554 m and 173.46", road, minutes)
	}
	r := geo.Road{Circuity: 1.3, KmH: 90, Speeds: []geo.Band{{UpTo: 5_000, Value: 20}, {UpTo: 200_000, Value: 60}}}
	if _, m, _ := r.Travel(a, b); math.Abs(float64(m)-144.55) > .01 { // 60 km/h in its band
		t.Errorf("in its band of distance: %.2f min, want 144.55", m)
	}
	if _, _, ok := (geo.Road{Circuity: 1}).Travel(a, b); ok {
		t.Error("a road without speed gave a time")
	}
}

func position(t *rapid.T, name string) geo.Position {
	return geo.Position{Lat: rapid.Float64Range(-90, 90).Draw(t, name+" lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, name+" lon")}
}

// Near the antipodes the haversine is flat: half the digits are left, so that a
// detour may be shorter by R√(2ε), 0.14 m.
func TestDistanceIsAMetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := position(t, "a"), position(t, "b"), position(t, "c")
		ab, _ := geo.Distance(a, b)
		ba, _ := geo.Distance(b, a)
		bc, _ := geo.Distance(b, c)
		ac, _ := geo.Distance(a, c)
		if ab != ba || ab < 0 || float64(ab) > math.Pi*float64(geo.Radius)+1e-6 || ac > ab+bc+.2 {
			t.Fatalf("a-b %v, b-a %v, b-c %v, a-c %v", ab, ba, bc, ac)
		}
	})
}

func FuzzDistance(f *testing.F) {
	f.Add(50.6, 3.0, 43.7, 7.2)
	f.Fuzz(func(t *testing.T, a, b, c, d float64) {
		if m, ok := geo.Distance(geo.Position{Lat: a, Lon: b}, geo.Position{Lat: c, Lon: d}); ok && !(m >= 0 && m < 2.1e7) {
			t.Errorf("distance %v", m)
		}
	})
}
