package query_test

import (
	"math"
	"os"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/geo"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func places(t testing.TB) *query.Places {
	t.Helper()
	table, err := os.ReadFile("../../web/data/places.bin")
	if err != nil {
		t.Fatal(err)
	}
	p, err := query.OpenPlaces(table)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// site makes a client of one site.
func site(n int, name string, s portfolio.Site) query.Bundle {
	d := newCard(n, portfolio.Account{Code: name, Name: name, Status: portfolio.Client})
	s.Account = d.Root
	d.add(portfolio.KindSite, s)
	d.sale(demo.Golden().AsOf-40, 100_00)
	return d.Bundle
}

func degrees(lat, lon float64) (a, b *float64) { return &lat, &lon }

// The centre of Saint-Malo and of Dinan are those of the source; the tower of
// London is where it is.
func TestAClientIsWhereItSaysElseWhereItsCommuneIs(t *testing.T) {
	p := places(t)
	own := portfolio.Site{Postcode: "35400", City: "Saint-Malo", Country: "FR"}
	own.Lat, own.Lon = degrees(48.65, -2.02)
	london := portfolio.Site{Postcode: "EC3N 4AB", City: "London", Country: "GB"}
	london.Lat, london.Lon = degrees(51.5081, -0.0759)
	for _, tt := range []struct {
		name string
		site portfolio.Site
		want geo.Position
		how  query.Spot
	}{
		{"its own position", own, geo.Position{Lat: 48.65, Lon: -2.02}, query.Given},
		{"its commune", portfolio.Site{Postcode: "22100", City: "DINAN"}, geo.Position{Lat: 48.4557, Lon: -2.0504}, query.InTown},
		{"a second postcode, without its town", portfolio.Site{Postcode: "69003", Country: "France"}, geo.Position{Lat: 45.76, Lon: 4.84}, query.Around},
		{"another country, with a position", london, geo.Position{Lat: 51.5081, Lon: -0.0759}, query.Given},
		{"another country, whose postcode looks like ours", portfolio.Site{Postcode: "75015", City: "Paris", Country: "US"}, geo.Position{}, query.Nowhere},
		{"nothing said", portfolio.Site{}, geo.Position{}, query.Nowhere},
		{"an address nobody knows", portfolio.Site{Postcode: "99999", City: "Nulle part"}, geo.Position{}, query.Nowhere},
	} {
		c, ok := query.Derive(site(1, "A", tt.site))
		if !ok {
			t.Fatal(tt.name)
		}
		kept, err := query.DecodeChunk(query.EncodeChunk([]query.Card{c})) // as after the next start
		if err != nil {
			t.Fatal(err)
		}
		got, how := p.Of(&kept[0])
		if how != tt.how || math.Abs(got.Lat-tt.want.Lat) > .02 || math.Abs(got.Lon-tt.want.Lon) > .02 {
			t.Errorf("%s: %v (%d), want %v (%d)", tt.name, got, how, tt.want, tt.how)
		}
	}
	c, _ := query.Derive(site(1, "A", portfolio.Site{Postcode: "35400", City: "Saint-Malo"}))
	if _, how := (*query.Places)(nil).Of(&c); how != query.Nowhere {
		t.Error("a commune was found without a table")
	}
}

// Three towns on one meridian, 48.0, 48.05 and 48.5 north: 0.05° is 5.56 km,
// ×1.38 is 7.67 km at 40 km/h, 11.5 min; 0.5° is 55.6 km, ×1.22 at 85 km/h.
func TestTheListBesideTheMapIsDueFirstThenByRoad(t *testing.T) {
	place := func(n int, name string, lat float64) query.Bundle {
		s := portfolio.Site{City: name}
		s.Lat, s.Lon = degrees(lat, -2)
		return site(n, name, s)
	}
	s := load(demo.Golden().AsOf, miscRows(0), place(1, "here", 48), place(2, "near", 48.05), place(3, "far", 48.5), site(4, "lost", portfolio.Site{City: "Nulle part"}))
	ask := query.MapAsk{W: 640, H: 616, At: []float64{48, -2}}
	v := s.Map(reader, ask, places(t), nil, geo.Bands)
	if v.Found != 4 || v.Unplaced != 1 || v.Rough != 0 || v.Listed != 3 || v.From.How != "device" {
		t.Fatalf("%d found, %d without a place, %d rough, %d listed, from %+v", v.Found, v.Unplaced, v.Rough, v.Listed, v.From)
	}
	for i, want := range []struct {
		name    string
		minutes int
		km      float64
	}{{"here", 0, 0}, {"near", 12, 7.7}, {"far", 50, 67.8}} { // 67.8 km at 85 km/h are 47.9 min; no sooner than 50 km at 60 km/h
		if r := v.Near[i]; r.Name != want.name || r.Minutes != want.minutes || math.Abs(r.Km-want.km) > .06 {
			t.Errorf("%s: %d min, %.1f km; want %+v", r.Name, r.Minutes, r.Km, want)
		}
	}
	if v.Within != 1 {
		t.Errorf("%d within ten minutes, want 1", v.Within)
	}
	// Ten minutes at 40 km/h are 6.667 km of road, 4.831 km as the crow flies.
	if km := v.Reach * v.Meters / 1000; math.Abs(km-4.831) > .05 {
		t.Errorf("the circle is %.3f km wide, want 4.831", km)
	}
	ask.Unplaced = true
	if v := s.Map(reader, ask, places(t), nil, geo.Bands); len(v.Near) != 1 || v.Near[0].Name != "lost" || v.Near[0].Minutes != -1 {
		t.Errorf("to place: %+v", v.Near)
	}
	ask.Unplaced, ask.At = false, nil
	if v := s.Map(reader, ask, nil, nil, geo.Bands); v.From.How != "centre" || !v.NoTable || v.Near[0].Name != "near" { // the one in the middle
		t.Errorf("without a device's position: %+v, first %s", v.From, v.Near[0].Name)
	}
}

// Whatever the zoom: every placed client is in one ring or off the picture, no
// two rings cover each other, and the list of a ring holds as many as it says.
func TestRingsShareTheClientsOut(t *testing.T) {
	s, _ := team(3, demo.Golden().AsOf)
	p := places(t)
	whole := s.Map(reader, query.MapAsk{W: 640, H: 616}, p, nil, geo.Bands)
	if whole.Found < 100 || whole.Unplaced > 0 {
		t.Fatalf("%d clients, %d without a place", whole.Found, whole.Unplaced)
	}
	for _, zoom := range []float64{.05, 1, 2, 5, 20} {
		ask := query.MapAsk{W: 640, H: 616, X: whole.X, Y: whole.Y, Scale: whole.Scale * zoom}
		v := s.Map(reader, ask, p, nil, geo.Bands)
		sum := 0
		for i, r := range v.Rings {
			sum += r.N
			if n := r.Parts[0] + r.Parts[1] + r.Parts[2] + r.Parts[3] + r.Parts[4]; n != r.N || r.N == 1 == r.ID.IsZero() {
				t.Errorf("ring %+v", r)
			}
			for _, o := range v.Rings[:i] {
				if math.Hypot(r.X-o.X, r.Y-o.Y) < 16 {
					t.Errorf("at zoom %v rings %+v and %+v cover each other", zoom, r, o)
				}
			}
			ask.Pick = []float64{r.X + 1, r.Y - 1}
			if list := s.Map(reader, ask, p, nil, geo.Bands); list.Listed != r.N || list.Picked == nil || *list.Picked != r {
				t.Errorf("a ring of %d lists %d", r.N, list.Listed)
			}
			ask.Pick = nil
		}
		if zoom <= 1 && sum < whole.Found*9/10 || sum > whole.Found {
			t.Errorf("at zoom %v the rings hold %d of %d", zoom, sum, whole.Found)
		}
	}
	if len(whole.Towns) == 0 {
		t.Error("no town is named")
	}
}

func FuzzMap(f *testing.F) {
	s, p := golden(), (*query.Places)(nil)
	f.Add(0., 0., 0., 640, 616, 48.6, -2.)
	f.Add(math.NaN(), math.Inf(1), -1., -5, 0, 100., math.NaN())
	f.Add(1e300, 1., 1e-300, 1<<40, 1<<40, 90., 180.)
	f.Fuzz(func(t *testing.T, x, y, scale float64, w, h int, lat, lon float64) {
		v := s.Map(reader, query.MapAsk{X: x, Y: y, Scale: scale, W: w, H: h, At: []float64{lat, lon}, Pick: []float64{x, y}}, p, nil, geo.Bands)
		for _, z := range []float64{v.X, v.Y, v.Scale, v.Meters, v.Reach, v.From.X, v.From.Y} {
			if math.IsNaN(z) || math.IsInf(z, 0) {
				t.Errorf("%+v", v)
			}
		}
	})
}

func BenchmarkMap5000(b *testing.B) {
	s, p := snapshot5000(), places(b)
	for b.Loop() {
		s.Map(reader, query.MapAsk{W: 640, H: 616}, p, nil, geo.Bands)
	}
}
