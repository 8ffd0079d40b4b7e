package tour

import "errors"

// Window is a stretch of the day in which a visit may start, both ends
// included, in the unit of time of the problem.
type Window struct{ Open, Close int32 }

// Visit is a visit to make, once or on several days (visite à faire).
type Visit struct {
	Place   int32      // row and column of the travel table
	Service int32      // length on the spot
	Value   int64      // what is lost when it is left out
	Must    bool       // it has to be made if anything allows it
	Load    int32      // what it takes of a route's load
	Spend   int32      // what it takes of the budget, once whatever the days
	Kinds   uint32     // categories it belongs to, one bit each
	Hours   [][]Window // windows by opening hours (Route.Hours); none at all: any time
	Days    []uint64   // sets of days it may be made on; it is made on all days of one set
}

// Route is one day of one person: where and when it begins and ends (tournée).
type Route struct {
	Day         int   // 0 to 63
	From, To    int32 // places
	Open, Close int32 // begins no earlier, is back no later
	Load        int32 // most load, 0: no limit
	Hours       int   // which of Visit.Hours holds on this route
}

// Problem is what is to be planned (problème de tournées).
type Problem struct {
	Places int
	Travel []int32 // Places × Places, row = from
	Rate   int64   // value of one unit of travel, at least 1 when anything is to be shortened
	Routes []Route
	Visits []Visit
	Budget int64   // most spending, 0: no limit
	Caps   []int32 // most visits of each category; none: no limit
}

// Limits beyond which sums could overflow.
const (
	maxTime  = 1 << 28
	maxValue = 1 << 36
	maxRate  = 1 << 16
	maxDays  = 64

	mostVisits = 1 << 15
	mostKinds  = 32 // bits of Visit.Kinds
)

// Errors of Check: what of the problem cannot be planned.
var (
	ErrTravel = errors.New("tour: travel table is not Places × Places of lengths from 0 to 2^28")
	ErrRoute  = errors.New("tour: a route's day, places or hours are out of range")
	ErrVisit  = errors.New("tour: a visit's place, length, value or days are out of range, or there are over 32768 visits or 32 categories")
)

// Check says whether the problem is well formed; it does not say whether what
// must be visited can be.
func (p *Problem) Check() error {
	if p.Places < 1 || len(p.Travel) != p.Places*p.Places || p.Rate < 0 || p.Rate > maxRate {
		return ErrTravel
	}
	for _, t := range p.Travel {
		if t < 0 || t > maxTime {
			return ErrTravel
		}
	}
	if len(p.Visits) > mostVisits || len(p.Caps) > mostKinds {
		return ErrVisit
	}
	for _, r := range p.Routes {
		if r.Day < 0 || r.Day >= maxDays || !p.place(r.From) || !p.place(r.To) || !within(r.Open, r.Close) || r.Load < 0 || r.Hours < 0 {
			return ErrRoute
		}
	}
	for i := range p.Visits {
		if !p.visit(&p.Visits[i]) {
			return ErrVisit
		}
	}
	return nil
}

func (p *Problem) place(i int32) bool { return i >= 0 && int(i) < p.Places }

// within tells times that cannot overflow; a day may close before it opens:
// nothing fits in it.
func within(a, b int32) bool { return a >= -maxTime && a <= maxTime && b >= -maxTime && b <= maxTime }

func (p *Problem) visit(v *Visit) bool {
	if !p.place(v.Place) || v.Service < 0 || v.Service > maxTime || v.Value < 0 || v.Value > maxValue || v.Load < 0 || v.Spend < 0 {
		return false
	}
	for _, ws := range v.Hours {
		for i, w := range ws {
			if !within(w.Open, w.Close) || w.Close < w.Open || i > 0 && w.Open < ws[i-1].Close {
				return false
			}
		}
	}
	for _, d := range v.Days {
		if d == 0 {
			return false
		}
	}
	return true
}

// Stop is one stop of a planned route: which visit, when it starts (étape).
type Stop struct {
	Visit int32
	Start int32
}

// Plan is an answer: the stops of each route in order (plan de tournées).
type Plan struct {
	Routes [][]Stop
	Left   []int32 // visits left out, in order
	Travel int64   // total
	Lost   int64   // value of the visits left out
}
