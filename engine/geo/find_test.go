package geo_test

import (
	"bytes"
	"math"
	"os"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sillon/engine/geo"
	"sillon/engine/intake"
)

func france(t testing.TB) *geo.Gazetteer {
	t.Helper()
	table, err := os.ReadFile("../../web/data/places.bin")
	if err != nil {
		t.Fatal(err)
	}
	g, err := geo.Open(table, intake.Fold)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// The postcodes and towns are those of La Poste; the table has one postcode for
// each commune (35400 for Saint-Malo, 44000 for Nantes).
func TestAddressesAsPeopleTypeThem(t *testing.T) {
	g := france(t)
	if g.Len() != 34562 {
		t.Errorf("%d communes, the source has 34 562", g.Len())
	}
	for _, tt := range []struct {
		name, postcode, town string
		want                 string
		how                  geo.Match
	}{
		{"as it is written", "35400", "Saint-Malo", "Saint-Malo", geo.ByBoth},
		{"in capitals, abbreviated", " 35400 ", "ST MALO", "Saint-Malo", geo.ByBoth},
		{"a company's own postcode", "35407", "SAINT MALO CEDEX 2", "Saint-Malo", geo.ByTown},
		{"a second postcode of a large town", "44300", "Nantes", "Nantes", geo.ByTown},
		{"a district of Paris", "75015", "Paris 15e Arrondissement", "Paris", geo.ByTown},
		{"a district without the town's name", "69003", "", "Lyon", geo.ByNeighbour},
		{"without its ending", "35800", "St-Briac s/ Mer", "Saint-Briac-sur-Mer", geo.ByBoth},
		{"cut short", "35800", "Saint Briac", "Saint-Briac-sur-Mer", geo.ByBoth},
		{"without its article", "76600", "HAVRE", "Le Havre", geo.ByBoth},
		{"with a ligature", "14430", "Hotot en auge", "Hotot-en-Auge", geo.ByBoth},
		{"a saint, feminine", "13460", "Stes Maries de la mer", "Saintes-Maries-de-la-Mer", geo.ByBoth},
		{"in Corsica", "20000", "ajaccio", "Ajaccio", geo.ByBoth},
		{"overseas", "97400", "St Denis", "Saint-Denis", geo.ByBoth},
		{"a hamlet nobody lists", "35800", "Le Bout du monde", "Dinard", geo.ByPostcode},
		{"a town without postcode", "", "Quimper", "Quimper", geo.ByTown},
	} {
		i, how := g.Locate(tt.postcode, tt.town)
		if how != tt.how || g.Commune(i).Name != tt.want {
			t.Errorf("%s: %q %q is %s (%d), want %s (%d)", tt.name, tt.postcode, tt.town, g.Commune(i).Name, how, tt.want, tt.how)
		}
	}
	for _, none := range [][2]string{{"", ""}, {"", "Saint-Martin"}, {"99999", "Nulle part"}, {"EC1A 1BB", "London"}, {"3540", ""}} {
		if i, how := g.Locate(none[0], none[1]); how != geo.NoMatch {
			t.Errorf("%q is %s (%d)", none, g.Commune(i).Name, how)
		}
	}
}

func TestSearchByTheFirstLetters(t *testing.T) {
	g := france(t)
	first := func(text string) string {
		list := g.Search(text, 8)
		if len(list) == 0 {
			return ""
		}
		return g.Commune(list[0]).Name
	}
	for text, want := range map[string]string{
		"par": "Paris", "st mal": "Saint-Malo", "briac": "Saint-Briac-sur-Mer", "75": "Paris", "3540": "Saint-Malo", "35400": "Saint-Malo",
		"saint denis 974": "Saint-Denis", "évre": "Évreux", "dol 35": "Dol-de-Bretagne", "xyzzy": "", "": "", "123456": "",
	} {
		if got := first(text); got != want {
			t.Errorf("%q finds %q first, want %q", text, got, want)
		}
	}
	if list := g.Search("saint denis 974", 8); len(list) != 1 {
		t.Errorf("%d towns of La Réunion, want one", len(list))
	}
	if list := g.Search("saint", 8); len(list) != 8 || g.Commune(list[0]).People < g.Commune(list[7]).People {
		t.Errorf("not the larger first: %v", list)
	}
}

func TestNearestCommuneAndLargestOfABox(t *testing.T) {
	g := france(t)
	i, d, ok := g.Nearest(geo.Position{Lat: 48.649, Lon: -2.0257}) // the old town of Saint-Malo
	if !ok || g.Commune(i).Name != "Saint-Malo" || d > 4000 {
		t.Errorf("%s, %.0f m", g.Commune(i).Name, d)
	}
	if _, _, ok := g.Nearest(geo.Position{Lat: math.NaN()}); ok {
		t.Error("no position has a nearest commune")
	}
	var names []string
	for _, i := range g.Largest(geo.Position{Lat: 41, Lon: -6}, geo.Position{Lat: 51.5, Lon: 10}, 3) {
		names = append(names, g.Commune(i).Name)
	}
	if len(names) != 3 || names[0] != "Paris" || names[1] != "Marseille" || names[2] != "Lyon" {
		t.Errorf("the three largest are %v", names)
	}
}

// A search is asked at each letter: at most 5 ms for all communes, on a machine
// that others use too.
func TestASearchIsQuick(t *testing.T) {
	g := france(t)
	for _, text := range []string{"s", "saint", "sa", "ville", "3", "zz", "a"} {
		best := time.Hour
		for range 5 {
			began := time.Now()
			g.Search(text, 8)
			best = min(best, time.Since(began))
		}
		if best > 5*time.Millisecond {
			t.Errorf("%q takes %v", text, best)
		}
	}
}

func TestATableIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []geo.Commune
		for range rapid.IntRange(0, 40).Draw(t, "communes") {
			list = append(list, geo.Commune{
				Name: rapid.StringMatching(`[A-Za-zÀ-ÿ' -]{0,30}`).Draw(t, "name"), Postcode: rapid.StringMatching(`[0-9]{5}`).Draw(t, "postcode"),
				Dept: rapid.SampledFrom([]string{"01", "2A", "35", "974"}).Draw(t, "dept"), People: rapid.IntRange(0, 3_000_000).Draw(t, "people"),
				At: geo.Position{Lat: float64(rapid.IntRange(-900000, 900000).Draw(t, "lat")) / 1e4, Lon: float64(rapid.IntRange(-1800000, 1800000).Draw(t, "lon")) / 1e4},
			})
		}
		g, err := geo.Open(geo.Pack(list), intake.Fold)
		if err != nil || g.Len() != len(list) {
			t.Fatalf("%v, %d communes of %d", err, g.Len(), len(list))
		}
		for i := range list { // Pack has sorted them
			c := g.Commune(i)
			if d := math.Abs(c.At.Lat-list[i].At.Lat) + math.Abs(c.At.Lon-list[i].At.Lon); d > 1e-9 {
				t.Fatalf("%v is at %v", list[i], c.At)
			}
			if c.At = list[i].At; c != list[i] {
				t.Fatalf("%v, want %v", c, list[i])
			}
			if j, how := g.Locate(c.Postcode, c.Name); intake.Fold(c.Name) != "" && how != geo.NoMatch && g.Commune(j).Postcode == c.Postcode && how > geo.ByPostcode {
				t.Fatalf("%v is found as %v (%d)", c, g.Commune(j), how)
			}
		}
	})
}

func FuzzOpen(f *testing.F) {
	table := geo.Pack([]geo.Commune{{Name: "Saint-Malo", Postcode: "35400", Dept: "35", At: geo.Position{Lat: 48.64, Lon: -1.98}, People: 47323}, {Name: "Dinard", Postcode: "35800", Dept: "35"}})
	f.Add(table, "35400", "st malo")
	f.Add(table[:len(table)-3], "75", "")
	f.Add(bytes.Repeat([]byte{0xff}, 40), "", "a")
	f.Add([]byte("PLACES\x01\x00\x00"), "1", "l")
	f.Fuzz(func(t *testing.T, table []byte, postcode, town string) {
		g, err := geo.Open(table, intake.Fold)
		if err != nil {
			return
		}
		if i, how := g.Locate(postcode, town); how != geo.NoMatch {
			g.Commune(i)
		}
		for _, i := range append(g.Search(town, 5), g.Search(postcode, 5)...) {
			g.Commune(i)
		}
		g.Nearest(geo.Position{Lat: 48, Lon: 2})
		g.Largest(geo.Position{Lat: -90, Lon: -180}, geo.Position{Lat: 90, Lon: 180}, 3)
	})
}

func BenchmarkOpen(b *testing.B) {
	table, err := os.ReadFile("../../web/data/places.bin")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := geo.Open(table, intake.Fold); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	g := france(b)
	for b.Loop() {
		g.Search("saint", 8)
	}
}

func BenchmarkLocateUnknown(b *testing.B) {
	g := france(b)
	for b.Loop() {
		g.Locate("35407", "St Malo Cedex")
	}
}
