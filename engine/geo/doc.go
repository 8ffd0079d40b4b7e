// Package geo estimates how far and how long it is from one client to the
// next, without any map service, and knows the communes of a country.
//
// # Distance
//
// Great circle on a sphere by the haversine,
//
//	d = 2R·atan2(√h, √(1−h)),  h = sin²(Δφ/2) + cos φ₁·cos φ₂·sin²(Δλ/2),
//
// computed as h = |u−v|²/4 from the two points u, v of the unit sphere, which
// is the same number and needs no sine for each pair. Mean Earth radius
// R = 6 371 008.8 m (IUGG); against the ellipsoid the error stays under 0.6 %.
//
// # Road
//
// Road distance is the great circle times a circuity, travel time the road
// divided by a speed; both go by band of distance: short ways turn more and go
// slower. A step between two bands would make a farther place nearer (2 km at
// 1.45 is 2.90 km of road, 2.01 km at 1.38 is 2.77). Therefore
//
//	road(d) = max(d·c(d), road at the end of the band before),
//	time(r) = max(r/v(r), time at the end of the band before):
//
// farther is never shorter, and since road/d and time/road never rise where
// the bands get straighter and faster, a detour by a third place is never
// shorter than the direct way, to the last second when seconds are rounded up.
//
// What a person really drives is learned as a ratio of sums shrunk to 1 (see
// [Learned]).
//
// Whole seconds and whole metres are the same on every device: Sin, Cos, Sqrt
// and Atan2 give the same bits natively and in WASM, and a product is never
// fused with a sum.
//
// # Communes
//
// A [Gazetteer] holds the communes of a country from a compact table (see
// [Pack]): name, one postcode, department, position to 11 m, inhabitants. [Open]
// answers [ErrTable] for a table that is damaged, and never more than it holds.
// [Gazetteer.Locate] says how surely it found an address ([Match]); the table of
// France is web/data/places.bin, whose sources web/data/README.md names.
//
// [Chart] lays positions out on the outline map, in Mercator's projection.
//
// Units: degrees WGS 84, metres, km/h, minutes and seconds. Parameters
// tour.circuity (1.3), tour.speed (50 km/h), used where no band is set: method
// §H8, DEFAULT. Sources: Sinnott (1984), Virtues of the Haversine, Sky and
// Telescope 68(2), p. 159; mean road detour 1.343 over 300 European cities,
// Environment and Planning B (2023), doi 10.1177/23998083231168870; circuity
// falls as distance grows, Olner (2015). The values of [Bands] are chosen by
// us inside the published range.
package geo
