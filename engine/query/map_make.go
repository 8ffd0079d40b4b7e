package query

import (
	"math"

	"sillon/engine/geo"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

const (
	mapCell   = 56 // pixels of a square whose clients are one ring
	mapMargin = 120
	mapRows   = 40
	reach     = 10 // minutes around a place
	scaleLow  = 0.01
	scaleHigh = 12
)

// ringOf is the radius of a ring of n clients, in pixels.
func ringOf(n int) float64 {
	if n == 1 {
		return 10
	}
	return min(44, 15.5+2.75*math.Sqrt(float64(n)))
}

// A marked client is one that has a place.
type marked struct {
	place
	at   geo.Position
	x, y float64 // on the chart
	how  Spot
}

// Map is the clients of a list on the map, and those nearest to a place; p may
// be nil, b too.
func (s *Snapshot) Map(r Reader, ask MapAsk, p *Places, b *Behind, road geo.Road) MapView {
	v := MapView{Head: s.head(r, ask.List.Scope), NoTable: p == nil}
	found := s.found(ask.List, b.wish(wish(ask.List), ask.List.Who))
	v.Found = len(found)
	all, lost := make([]marked, 0, len(found)), []place(nil)
	for _, f := range found {
		at, how := p.Of(f.card())
		if how == Nowhere {
			lost = append(lost, f)
			continue
		}
		m := marked{place: f, at: at, how: how}
		m.x, m.y = geo.Chart(at)
		all = append(all, m)
		v.Phases[partOf(f)]++
		v.Rough += one(how != Given)
	}
	v.Unplaced = len(lost)
	v.frame(&ask, all)
	picked := v.rings(&ask, all)
	from := s.start(&v, &ask, all, p)
	v.towns(&ask, p)
	if next := s.nextStop(ask.List.Scope, ask.Minute); next != nil {
		v.Free = int(next.Minute) - ask.Minute
	}
	if ask.Unplaced {
		order(lost, "score", false, nil)
		v.Listed = len(lost)
		for _, f := range lost[:min(len(lost), mapRows)] {
			v.Near = append(v.Near, f.near())
		}
		return v
	}
	if picked == nil {
		picked = make([]int32, len(all))
		for i := range picked {
			picked[i] = int32(i)
		}
	}
	v.nearest(all, picked, from, road)
	return v
}

// partOf is the part of a ring that a client belongs to: D C M V, others.
func partOf(p place) int {
	switch p.sc.letter(int(p.i)) {
	case "D":
		return 0
	case "C":
		return 1
	case "M":
		return 2
	case "V":
		return 3
	}
	return 4
}

// frame settles the part of the chart that is shown.
func (v *MapView) frame(ask *MapAsk, all []marked) {
	w, h := float64(max(ask.W, 200)), float64(max(ask.H, 200))
	v.X, v.Y, v.Scale = ask.X, ask.Y, ask.Scale
	if !(v.Scale > 0) || math.IsInf(v.Scale, 0) || !(math.Abs(v.X) < 1e6) || !(math.Abs(v.Y) < 1e6) {
		west, north := geo.Chart(geo.Position{Lat: 51.2, Lon: -5}) // nobody: the whole country
		east, south := geo.Chart(geo.Position{Lat: 41.3, Lon: 9.6})
		if len(all) > 0 {
			west, north, east, south = around(all)
		}
		v.X, v.Y = (west+east)/2, (north+south)/2
		v.Scale = min(2, (w-110)/max(1, east-west), (h-150)/max(1, south-north))
	}
	v.Scale = min(scaleHigh, max(scaleLow, v.Scale))
	v.Meters = float64(geo.ChartMeters(geo.Unchart(v.X, v.Y).Lat)) / v.Scale
}

// around is the box of the clients, without the few farthest on each side: one
// client at the other end of the country does not make the others a dot.
func around(all []marked) (west, north, east, south float64) {
	x, y := make([]float64, len(all)), make([]float64, len(all))
	for i := range all {
		x[i], y[i] = all[i].x, all[i].y
	}
	sorting.Floats(x)
	sorting.Floats(y)
	cut := len(all) / 50
	return x[cut], y[cut], x[len(x)-1-cut], y[len(y)-1-cut]
}

func (v *MapView) pixel(ask *MapAsk, x, y float64) (px, py float64) {
	return (x-v.X)*v.Scale + float64(ask.W)/2, (y-v.Y)*v.Scale + float64(ask.H)/2
}

// A heap is a ring being made: sums of its clients.
type heap struct {
	who  []int32
	x, y float64 // sums of pixels
}

func (h *heap) middle() (x, y float64) {
	n := float64(len(h.who))
	return h.x / n, h.y / n
}

// rings draws together the clients of one square, then the rings that would
// cover each other, the larger first; picked are the clients of the one asked
// for, nil: none.
func (v *MapView) rings(ask *MapAsk, all []marked) (picked []int32) {
	at := map[[2]int]int{}
	var heaps []heap
	for i := range all {
		x, y := v.pixel(ask, all[i].x, all[i].y)
		if x < -mapMargin || y < -mapMargin || x > float64(ask.W)+mapMargin || y > float64(ask.H)+mapMargin {
			continue
		}
		cell := [2]int{int(math.Floor(all[i].x * v.Scale / mapCell)), int(math.Floor(all[i].y * v.Scale / mapCell))}
		k, ok := at[cell]
		if !ok {
			k = len(heaps)
			at[cell] = k
			heaps = append(heaps, heap{})
		}
		h := &heaps[k]
		h.who, h.x, h.y = append(h.who, int32(i)), h.x+x, h.y+y
	}
	keys, order := make([]uint64, len(heaps)), make([]int32, len(heaps))
	for again := true; again; {
		again = false
		for i := range heaps {
			keys[i], order[i] = ^uint64(len(heaps[i].who)), int32(i)
		}
		sorting.Index(order, keys, nil)
		for i := range order {
			a := &heaps[order[i]]
			for j := i + 1; j < len(order); j++ {
				b := &heaps[order[j]]
				if len(a.who) == 0 || len(b.who) == 0 {
					continue
				}
				ax, ay := a.middle()
				bx, by := b.middle()
				if math.Hypot(ax-bx, ay-by) < ringOf(len(a.who))+ringOf(len(b.who))-2 {
					a.who, a.x, a.y = append(a.who, b.who...), a.x+b.x, a.y+b.y
					*b = heap{}
					again = true
				}
			}
		}
	}
	least := 44.
	for _, i := range order {
		h := &heaps[i]
		if len(h.who) == 0 {
			continue
		}
		r := h.ring(all)
		v.Rings = append(v.Rings, r)
		if len(ask.Pick) == 2 {
			if d := math.Hypot(r.X-ask.Pick[0], r.Y-ask.Pick[1]); d < least {
				least, picked, v.Picked = d, h.who, &r
			}
		}
	}
	return picked
}

func (h *heap) ring(all []marked) MapRing {
	r := MapRing{N: len(h.who)}
	r.X, r.Y = h.middle()
	sorting.Ints(h.who)
	towns, most := map[string]int{}, 0
	for _, i := range h.who {
		m := &all[i]
		r.Parts[partOf(m.place)]++
		r.Due += one(m.sc.isDue(int(m.i)))
		if city := m.card().City; city != "" {
			towns[city]++
			if n := towns[city]; n > most {
				most, r.Name = n, city
			}
		}
	}
	if r.N == 1 {
		m := &all[h.who[0]]
		r.ID, r.Name, r.Phase = m.card().ID, m.card().Name, m.sc.letter(int(m.i))
	}
	return r
}

// start is where distances begin: the device, else the next appointment of
// today, else the middle of the clients.
func (s *Snapshot) start(v *MapView, ask *MapAsk, all []marked, p *Places) (from geo.Position) {
	from = geo.Position{Lat: math.NaN()}
	if len(ask.At) == 2 {
		from = geo.Position{Lat: ask.At[0], Lon: ask.At[1]}
		v.From.How = "device"
	}
	if next := s.nextStop(ask.List.Scope, ask.Minute); !from.Valid() && next != nil {
		at, how := p.Of(s.cards[next.Account])
		if how != Nowhere {
			from, v.From.How, v.From.Name = at, "stop", next.Name
		}
	}
	if !from.Valid() && len(all) > 0 {
		lat, lon := make([]float64, len(all)), make([]float64, len(all))
		for i := range all {
			lat[i], lon[i] = all[i].at.Lat, all[i].at.Lon
		}
		sorting.Floats(lat)
		sorting.Floats(lon)
		from, v.From.How = geo.Position{Lat: lat[len(lat)/2], Lon: lon[len(lon)/2]}, "centre"
		if p != nil {
			if i, far, ok := p.Nearest(from); ok && far < 30_000 {
				v.From.Name = p.Commune(i).Name
			}
		}
	}
	if !from.Valid() {
		v.From = MapFrom{}
		return from
	}
	x, y := geo.Chart(from)
	v.From.X, v.From.Y = v.pixel(ask, x, y)
	return from
}

// nextStop is the next appointment of today that has an hour; nil: none.
func (s *Snapshot) nextStop(scope uint32, minute int) *Appointment {
	for _, a := range s.agenda(scope) {
		if a.State == portfolio.Planned && a.Minute > minute {
			return &a
		}
	}
	return nil
}

// towns are the names of the larger towns in the picture.
func (v *MapView) towns(ask *MapAsk, p *Places) {
	if p == nil {
		return
	}
	w, h := float64(ask.W)/2/v.Scale, float64(ask.H)/2/v.Scale
	for _, i := range p.Largest(geo.Unchart(v.X-w, v.Y+h), geo.Unchart(v.X+w, v.Y-h), 18) {
		t := MapTown{Name: p.Commune(i).Name}
		x, y := geo.Chart(p.Position(i))
		t.X, t.Y = v.pixel(ask, x, y)
		v.Towns = append(v.Towns, t)
	}
}

// nearest makes the list beside the map, of the clients picked.
func (v *MapView) nearest(all []marked, picked []int32, from geo.Position, road geo.Road) {
	// group, then seconds: as one number.
	keys, idx := make([]uint64, len(picked)), make([]int32, len(picked))
	for k, i := range picked {
		m := &all[i]
		secs, _ := road.Seconds(from, m.at)
		due, group := m.sc.isDue(int(m.i)) && !m.sc.placed(m.card()), 2
		if secs <= reach*60 {
			v.Within++
			group = 1
			if due {
				v.Due++
				group = 0
			}
		}
		if v.Picked != nil { // a ring's own list: whom to see, whatever the distance
			group = 1 - one(due)
		}
		keys[k], idx[k] = uint64(group)<<32|uint64(secs), int32(k)
	}
	sorting.Index(idx, keys, nil)
	v.Listed = len(idx)
	for _, k := range idx[:min(len(idx), mapRows)] {
		m := &all[picked[k]]
		row := m.near()
		row.Lat, row.Lon, row.Spot = m.at.Lat, m.at.Lon, m.how
		if secs := uint32(keys[k]); secs < geo.Never {
			way, _, _ := road.Travel(from, m.at)
			row.Minutes, row.Km = int(secs+59)/60, math.Round(float64(way)/100)/10
		}
		v.Near = append(v.Near, row)
	}
	// Ten minutes: the great circle whose road takes them, by halving.
	low, high := 0., 20_000.
	for range 24 {
		mid := (low + high) / 2
		if s, ok := road.Seconds(geo.Position{}, geo.Position{Lon: mid / float64(geo.Radius) * (180 / math.Pi)}); ok && s <= reach*60 {
			low = mid
		} else {
			high = mid
		}
	}
	if v.From.How != "" {
		v.Reach = low / (float64(geo.ChartMeters(from.Lat)) / v.Scale)
	}
}

// near is a client of the list, without its distance.
func (p place) near() NearRow {
	c, i := p.card(), int(p.i)
	row := NearRow{ID: c.ID, Name: c.Name, City: c.City, Phase: p.sc.letter(i), Score: p.sc.Sheet.Score100[i], State: p.sc.scoreState(i),
		Due: p.sc.isDue(i), Since: -1, Interval: int(p.sc.Visits.Interval[i]), Minutes: -1, Phone: c.Phone, Planned: p.sc.placed(c), Address: c.Street}
	if last := p.sc.LastVisit[i]; last != 0 {
		row.Since = int(p.sc.AsOf - last)
	}
	if c.Postcode != "" || c.City != "" {
		if row.Address != "" {
			row.Address += ", "
		}
		row.Address += c.Postcode + " " + c.City
	}
	return row
}
