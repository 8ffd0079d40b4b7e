package main

import (
	"context"
	"math"
	"sync"

	"sillon/app/bridge"
	"sillon/app/notebook"
	"sillon/engine/geo"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// placesPath is the table of the communes: an asset of the site, kept with it
// for use without network.
const placesPath = "/data/places.bin"

// An atlas is the table of the communes, read when it is first needed.
type atlas struct {
	mu     sync.Mutex
	places *query.Places
}

// places is the table of the communes; nil while it cannot be had. What it
// finds is asked for with s.mu held.
func (d *desk) places(ctx context.Context) *query.Places {
	d.atlas.mu.Lock()
	defer d.atlas.mu.Unlock()
	if d.atlas.places == nil && d.w.Asset != nil {
		if table, err := d.w.Asset(ctx, placesPath); err == nil {
			d.atlas.places, _ = query.OpenPlaces(table) // one that is damaged is as good as none
		}
	}
	return d.atlas.places
}

func (d *desk) viewMap(ctx context.Context, q query.MapAsk, tell func(bridge.Progress)) (query.MapView, error) {
	p := d.places(ctx)
	var v query.MapView
	err := d.listing(ctx, q.List, tell, func(s *session, list query.ListAsk, b *query.Behind) {
		began := s.desk.w.Now()
		q.List = list
		v = s.snap.Map(s.reader(list.Lang, s.readonly(list.Scope)), q, p, b, geo.Bands)
		v.Took = ms(s.desk.w.Now().Sub(began))
	})
	return v, err
}

func (d *desk) viewTowns(ctx context.Context, q bridge.TownsAsk, _ func(bridge.Progress)) (bridge.Towns, error) {
	p := d.places(ctx)
	if p == nil {
		return bridge.Towns{Absent: true}, nil
	}
	var out bridge.Towns
	for _, i := range p.Search(q.Text, 8) {
		c := p.Commune(i)
		out.All = append(out.All, bridge.Town{Name: c.Name, Postcode: c.Postcode})
	}
	return out, nil
}

func (d *desk) place(ctx context.Context, q bridge.Placing, _ func(bridge.Progress)) (bridge.Saved, error) {
	p := notebook.Placing{Account: q.Account, Postcode: q.Postcode, Town: q.Town}
	switch {
	case len(q.Point) == 2:
		at := geo.Unchart(q.Point[0], q.Point[1])
		p.Lat, p.Lon = at.Lat, at.Lon
	case len(q.At) == 2:
		p.Lat, p.Lon = q.At[0], q.At[1]
	case q.Town == "":
		p.Lat = math.NaN() // refused
	}
	return d.order(ctx, q.Account, func(s *session) (id, touched portfolio.ID, err error) {
		id, err = s.book.Place(ctx, p)
		return id, q.Account, err
	})
}
