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
	return pointOf(a).to(pointOf(b)), true
}

// A point is a position on the unit sphere: the three lines of a table of
// travel are computed once for each place, and not for each pair.
type point struct{ x, y, z float64 }

func pointOf(p Position) point {
	lat, lon := p.Lat*(math.Pi/180), p.Lon*(math.Pi/180)
	c := math.Cos(lat)
	return point{float64(c * math.Cos(lon)), float64(c * math.Sin(lon)), math.Sin(lat)}
}

// to is the great-circle distance, from h = a quarter of the squared chord,
// the haversine of the angle.
func (p point) to(q point) Meters {
	x, y, z := p.x-q.x, p.y-q.y, p.z-q.z
	h := min(1, (float64(x*x)+float64(y*y)+float64(z*z))/4)
	return Meters(2 * float64(Radius) * math.Atan2(math.Sqrt(h), math.Sqrt(1-h)))
}
