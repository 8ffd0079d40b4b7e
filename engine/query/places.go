package query

import (
	"sillon/engine/geo"
)

// A Spot says how the position of a client is known, the surest first.
type Spot uint8

// Shown, never stored.
const (
	Nowhere Spot = iota // no position, and no commune by its address
	Given               // of the client itself: a file, the device, a finger on the map
	InTown              // the centre of its commune
	Around              // of the largest commune of its postcode, or of the nearest one
)

// Places find where clients are: their own position, else that of their
// commune, computed each time and never written as if somebody had typed it.
// A nil one knows the clients' own positions alone.
type Places struct {
	*geo.Gazetteer
	seen map[string]spot // of an address
}

type spot struct {
	at  geo.Position
	how Spot
}

// OpenPlaces reads the table of communes (see [geo.Pack]).
func OpenPlaces(table []byte) (*Places, error) {
	g, err := geo.Open(table, Fold)
	if err != nil {
		return nil, err
	}
	return &Places{Gazetteer: g, seen: map[string]spot{}}, nil
}

// Of is where a client is, and how that is known.
func (p *Places) Of(c *Card) (geo.Position, Spot) {
	if own := (geo.Position{Lat: c.Lat, Lon: c.Lon}); c.HasPos && own.Valid() {
		return own, Given
	}
	if p == nil || c.Abroad || c.Postcode == "" && c.City == "" {
		return geo.Position{}, Nowhere
	}
	key := c.Postcode + "\n" + c.City
	s, ok := p.seen[key]
	if !ok {
		switch i, how := p.Locate(c.Postcode, c.City); how {
		case geo.NoMatch:
		case geo.ByBoth, geo.ByTown:
			s = spot{p.Position(i), InTown}
		default:
			s = spot{p.Position(i), Around}
		}
		p.seen[key] = s
	}
	return s.at, s.how
}
