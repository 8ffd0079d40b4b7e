package geo

// A Band is a value for distances up to a limit.
type Band struct {
	UpTo  Meters
	Value float64
}

// A Road turns great-circle distances into travel.
type Road struct {
	Circuity float64 // road ÷ great circle beyond the last band, parameter tour.circuity
	KmH      float64 // speed beyond the last band, parameter tour.speed
	Detours  []Band  // circuity by great-circle distance, UpTo rising
	Speeds   []Band  // km/h by road distance, UpTo rising
	Factor   float64 // what one's own kilometres say of the estimate (see Learned); 0: 1
}

// DefaultRoad is the road of the method where no band is set: 1.3 and 50 km/h
// everywhere.
var DefaultRoad = Road{Circuity: 1.3, KmH: 50}

// Bands is the road by band of distance: circuity 1.45 up to 2 km, 1.38 up to
// 10, 1.30 up to 50, 1.22 beyond; 25 km/h up to 2 km of road, 40 up to 10, 60
// up to 50, 85 beyond.
var Bands = Road{
	Circuity: 1.22, Detours: []Band{{2_000, 1.45}, {10_000, 1.38}, {50_000, 1.30}},
	KmH: 85, Speeds: []Band{{2_000, 25}, {10_000, 40}, {50_000, 60}},
}

// StopMinutes is what a stop costs besides the visit: parking, walking in
// (bench of road parameters, DEFAULT). It belongs to the length of the stop,
// not to the road.
const StopMinutes = 5

// Never is the travel to a place without position: more than any day.
const Never = 1 << 28

// Travel estimates the road between two positions; false when a position is
// not valid or the road has no speed.
func (r Road) Travel(a, b Position) (Meters, Minutes, bool) {
	d, ok := Distance(a, b)
	if !ok || !r.drivable() {
		return 0, 0, false
	}
	road, hours := r.over(d)
	return road, Minutes(hours * 60), true
}

// Minutes is the time between two positions in whole minutes, rounded up;
// [Never] and false when it cannot be told.
func (r Road) Minutes(a, b Position) (int32, bool) { return r.whole(a, b, 60) }

// Seconds is the time between two positions in whole seconds, rounded up;
// [Never] and false when it cannot be told.
func (r Road) Seconds(a, b Position) (int32, bool) { return r.whole(a, b, 3600) }

func (r Road) whole(a, b Position, perHour float64) (int32, bool) {
	d, ok := Distance(a, b)
	if !ok || !r.drivable() {
		return Never, false
	}
	_, hours := r.over(d)
	return up(hours * perHour), true
}

// Matrix is the table of travel of tour.Problem: whole seconds, rounded up,
// row = from. A place without valid position is [Never] from anywhere else.
func (r Road) Matrix(places []Position) []int32 {
	n := len(places)
	out := make([]int32, n*n)
	points := make([]point, n)
	for i, p := range places {
		if p.Valid() && r.drivable() {
			points[i] = pointOf(p)
		} else {
			points[i].x = 2 // off the sphere
		}
	}
	for i := range n {
		for j := i + 1; j < n; j++ {
			t := int32(Never)
			if points[i].x < 2 && points[j].x < 2 {
				_, hours := r.over(points[i].to(points[j]))
				t = up(hours * 3600)
			}
			out[i*n+j], out[j*n+i] = t, t
		}
	}
	return out
}

// drivable is false for a road without speed, or whose numbers are none.
func (r Road) drivable() bool {
	for _, b := range r.Speeds {
		if !(b.Value > 0) || !(b.UpTo > 0) {
			return false
		}
	}
	return r.KmH > 0
}

// over is the road and the hours of a great-circle distance.
func (r Road) over(d Meters) (Meters, float64) {
	road := float64(d) * max(1, r.Circuity)
	floor := 0.
	for _, b := range r.Detours {
		if d <= b.UpTo {
			road = float64(d) * max(1, b.Value)
			break
		}
		floor = max(floor, float64(b.UpTo)*max(1, b.Value))
	}
	road = max(road, floor)
	if r.Factor > 0 {
		road *= r.Factor
	}
	hours, floor := road/1000/r.KmH, 0.
	for _, b := range r.Speeds {
		if road <= float64(b.UpTo) {
			hours = road / 1000 / b.Value
			break
		}
		floor = max(floor, float64(b.UpTo)/1000/b.Value)
	}
	return Meters(road), max(hours, floor)
}

// up rounds up to a whole number no larger than [Never].
func up(x float64) int32 {
	if !(x < Never) {
		return Never
	}
	n := int32(x)
	if float64(n) < x {
		n++
	}
	return n
}

// A Trip is one way that was driven: what the meter said, and what the road
// estimates (with Factor 0).
type Trip struct{ Recorded, Estimated Meters }

// Learned is the factor of a road from trips that were driven: the ratio of
// the sums, shrunk to 1 as if 100 km had been driven exactly as estimated,
//
//	factor = (Σ recorded + 100 km) / (Σ estimated + 100 km).
//
// A trip shorter than 1 km, or whose meter says less than a third or more than
// three times the estimate, is a slip or another errand and does not count.
// n is the number of trips that do.
func Learned(trips []Trip) (factor float64, n int) {
	const prior = 100_000
	recorded, estimated := int64(prior), int64(prior) // whole metres: an exact sum, whatever the order
	for _, t := range trips {
		if !(t.Estimated >= 1_000 && t.Estimated < 2.1e7*4) || !(t.Recorded >= t.Estimated/3 && t.Recorded <= t.Estimated*3) {
			continue
		}
		recorded, estimated, n = recorded+int64(t.Recorded), estimated+int64(t.Estimated), n+1
	}
	return float64(recorded) / float64(estimated), n
}
