package query

import (
	"sillon/engine/geo"
	"sillon/engine/portfolio"
)

// A TodayTour is the road of the day: along the agenda, the way from the stop
// before and the free slots (tournée du jour). It is part of what Today keeps
// for the next start, so that it is there at once.
type TodayTour struct {
	Legs   []TodayLeg  `cbor:"1,keyasint,omitempty"` // along Today.Agenda
	Free   []TodayFree `cbor:"2,keyasint,omitempty"` // in order
	Meters int32       `cbor:"3,keyasint,omitempty"` // between the stops
}

// A TodayLeg is the way to a stop; none from nowhere.
type TodayLeg struct {
	Minutes int32   `cbor:"1,keyasint,omitempty"`
	Meters  int32   `cbor:"2,keyasint,omitempty"`
	Lat     float64 `cbor:"3,keyasint,omitempty"` // of the stop
	Lon     float64 `cbor:"4,keyasint,omitempty"`
	Known   bool    `cbor:"5,keyasint,omitempty"`
}

// A TodayFree is a free slot between two stops, and who due is near.
type TodayFree struct {
	After int32       `cbor:"1,keyasint"` // place in the agenda
	From  int32       `cbor:"2,keyasint"` // minute
	To    int32       `cbor:"3,keyasint"`
	Near  []TodayNear `cbor:"4,keyasint,omitempty"` // the most urgent first
}

// A TodayNear is a client who is due, some minutes from a free slot.
type TodayNear struct {
	ID      portfolio.ID `cbor:"1,keyasint"`
	Name    string       `cbor:"2,keyasint"`
	Phase   string       `cbor:"3,keyasint,omitempty"`
	Minutes int32        `cbor:"4,keyasint"`
}

const (
	usualVisit = 45 // minutes of a visit (H2)
	freeSlot   = 60 // shortest slot told, in minutes
	nearRoad   = 10 // minutes of road from a slot's stops
	nearMost   = 3
)

// tour reads the road of the day from the agenda; nil with fewer than two
// appointments that have an hour.
func (s *Snapshot) tour(scope uint32, agenda []Appointment) *TodayTour {
	out := &TodayTour{Legs: make([]TodayLeg, len(agenda))}
	last := -1
	for i := range agenda {
		a := &agenda[i]
		c := s.cards[a.Account]
		if c == nil || !face(a.Kind) {
			continue
		}
		leg := &out.Legs[i]
		leg.Lat, leg.Lon, leg.Known = c.Lat, c.Lon, c.HasPos
		if last >= 0 {
			from := geo.Position{Lat: out.Legs[last].Lat, Lon: out.Legs[last].Lon}
			to := geo.Position{Lat: c.Lat, Lon: c.Lon}
			if m, ok := geo.Bands.Minutes(from, to); ok && leg.Known && out.Legs[last].Known && m > 0 {
				road, _, _ := geo.Bands.Travel(from, to)
				leg.Minutes, leg.Meters = m, int32(road)
				out.Meters += leg.Meters
			}
			s.slot(scope, out, agenda, last, i)
		}
		last = i
	}
	if len(agenda) < 2 {
		return nil
	}
	return out
}

// slot tells the time between two stops when it is free.
func (s *Snapshot) slot(scope uint32, out *TodayTour, agenda []Appointment, from, to int) {
	a, b := &agenda[from], &agenda[to]
	if a.Minute == 0 || b.Minute == 0 || b.State == portfolio.Done {
		return
	}
	free := TodayFree{After: int32(from), From: int32(a.Minute) + usualVisit, To: int32(b.Minute) - out.Legs[to].Minutes}
	if free.To-free.From < freeSlot {
		return
	}
	due, _ := s.dueOf(scope)
	for _, p := range due {
		c := p.sc.Cards[p.i]
		if !c.HasPos || len(free.Near) == nearMost {
			continue
		}
		at, least := geo.Position{Lat: c.Lat, Lon: c.Lon}, int32(nearRoad+1)
		for _, k := range [...]int{from, to} {
			if l := &out.Legs[k]; l.Known {
				if m, ok := geo.Bands.Minutes(geo.Position{Lat: l.Lat, Lon: l.Lon}, at); ok {
					least = min(least, m)
				}
			}
		}
		if least <= nearRoad {
			free.Near = append(free.Near, TodayNear{c.ID, c.Name, p.sc.letter(int(p.i)), least})
		}
	}
	out.Free = append(out.Free, free)
}
