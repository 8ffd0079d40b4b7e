// Package geo estimates how far and how long it is from one client to the
// next, without any map service.
//
// Distance: great circle on a sphere by the haversine,
//
//	d = 2R·atan2(√h, √(1−h)),  h = sin²(Δφ/2) + cos φ₁·cos φ₂·sin²(Δλ/2),
//
// with the mean Earth radius R = 6 371 008.8 m (IUGG); against the ellipsoid
// the error stays under 0.6 %. Road distance is that times a circuity; travel
// time is road distance ÷ speed, by band of distance when bands are set.
//
// Units: degrees WGS 84, metres, km/h, minutes. Parameters tour.circuity (1.3),
// tour.speed (50 km/h): method §H8, DEFAULT. Source of the formula: Sinnott
// (1984), Virtues of the Haversine, Sky and Telescope 68(2), p. 159.
package geo

import "math"

// A Position is a point in degrees, WGS 84.
type Position struct{ Lat, Lon float64 }

// Meters is a distance.
type Meters float64

// Minutes is a duration on the road.
type Minutes float64

// Radius is the mean radius of the Earth.
const Radius Meters = 6371008.8

// Valid reports whether the position lies on Earth; NaN does not.
func (p Position) Valid() bool {
	return p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180
}

// Distance is the great-circle distance; false when a position is not valid.
func Distance(a, b Position) (Meters, bool) {
	if !a.Valid() || !b.Valid() {
		return 0, false
	}
	p1, p2 := radians(a.Lat), radians(b.Lat)
	s1 := math.Sin((p2 - p1) / 2)
	s2 := math.Sin(radians(b.Lon-a.Lon) / 2)
	h := float64(s1*s1) + float64(math.Cos(p1)*math.Cos(p2)*s2*s2)
	h = min(1, max(0, h))
	return Meters(2 * float64(Radius) * math.Atan2(math.Sqrt(h), math.Sqrt(1-h))), true
}

func radians(deg float64) float64 { return deg * (math.Pi / 180) }

// A Band is a speed for road distances up to a limit.
type Band struct {
	UpTo Meters
	KmH  float64
}

// A Road turns great-circle distances into travel.
type Road struct {
	Circuity float64 // road ÷ great circle, parameter tour.circuity
	KmH      float64 // overall speed, parameter tour.speed
	Bands    []Band  // by increasing UpTo; beyond the last, KmH
}

// DefaultRoad is the road of the method: 1.3 and 50 km/h everywhere.
var DefaultRoad = Road{Circuity: 1.3, KmH: 50}

// Travel estimates the road between two positions; false when a position is
// not valid or the road has no speed.
func (r Road) Travel(a, b Position) (Meters, Minutes, bool) {
	d, ok := Distance(a, b)
	road := Meters(float64(d) * max(1, r.Circuity))
	v := r.speed(road)
	if !ok || !(v > 0) {
		return 0, 0, false
	}
	return road, Minutes(float64(road) / 1000 / v * 60), true
}

func (r Road) speed(road Meters) float64 {
	for _, b := range r.Bands {
		if road <= b.UpTo {
			return b.KmH
		}
	}
	return r.KmH
}
