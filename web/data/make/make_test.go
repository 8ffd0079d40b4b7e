package main

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sillon/engine/geo"
	"sillon/engine/intake"
)

func TestTheFilesAreThoseThatAreMade(t *testing.T) {
	const communes = "../../../../shared/bench/geo/communes_fr.csv"
	if _, err := os.Stat(communes); err != nil {
		t.Skip("the source of the communes is not here:", err)
	}
	out := t.TempDir()
	if err := run(communes, "", out); err != nil {
		t.Fatal(err)
	}
	made, _ := os.ReadFile(filepath.Join(out, "places.bin"))
	kept, err := os.ReadFile("../places.bin")
	if err != nil || !bytes.Equal(made, kept) {
		t.Errorf("places.bin is not what its source makes: %d bytes, %d made, %v", len(kept), len(made), err)
	}
}

// The map: its three parts, small enough to be fetched at a glance, and the
// capitals of regions far from any sea stand inside the land.
func TestTheMapIsWholeAndSmall(t *testing.T) {
	svg, err := os.ReadFile("../map.svg")
	if err != nil {
		t.Fatal(err)
	}
	if len(svg) > 90_000 {
		t.Errorf("%d bytes, more than 90 kB", len(svg))
	}
	for _, id := range []string{"abroad", "land", "borders", "ground"} {
		if !bytes.Contains(svg, []byte(`id="`+id+`"`)) {
			t.Errorf("no %s", id)
		}
	}
	if bytes.Contains(svg, []byte("NaN")) || bytes.Contains(svg, []byte("script")) {
		t.Error("what no path holds")
	}
}

const sheet = "insee,name,postcode,departement,region,lat,lon,population\n"

func TestACsvIsReadOrRefusedWithItsLine(t *testing.T) {
	list, err := read(strings.NewReader(sheet + "35288,Saint-Malo,35400,35,53,48.64,-1.98,47255\n"))
	if err != nil || len(list) != 1 || list[0] != (geo.Commune{Name: "Saint-Malo", Postcode: "35400", Dept: "35", At: geo.Position{Lat: 48.64, Lon: -1.98}, People: 47255}) {
		t.Errorf("%+v, %v", list, err)
	}
	for _, bad := range []string{"", "name,lat\n", sheet + "1,A,35400,35,53,x,0,1\n", sheet + "1,A,35400,35,53,91,0,1\n", sheet + "1,A,35400,35,53,48,0,-1\n"} {
		if list, err := read(strings.NewReader(bad)); err == nil {
			t.Errorf("%q was read as %v", bad, list)
		}
	}
	if g, err := geo.Open(geo.Pack(list), intake.Fold); err != nil || g.Len() != 1 {
		t.Errorf("%v", err)
	}
}

// A straight line keeps its ends, a corner of more than the tolerance stays, a
// square is cut by a window through its middle.
func TestLinesAreSimplifiedAndCut(t *testing.T) {
	if got := simplify(ring{{0, 0}, {1, .1}, {2, 0}, {3, 3}}, .5); len(got) != 3 {
		t.Errorf("%v", got)
	}
	square := ring{{0, 0}, {4, 0}, {4, 4}, {0, 4}}
	area := 0.
	cut := square.clip([2]point{{2, -1}, {9, 9}})
	for i, q := range cut {
		p := cut[(i+len(cut)-1)%len(cut)]
		area += (p.x*q.y - q.x*p.y) / 2
	}
	if math.Abs(math.Abs(area)-8) > 1e-9 {
		t.Errorf("half of a square of 16 is %v", area)
	}
}

// Two departments side by side have one border, in the middle between their
// communes.
func TestABorderRunsBetweenTheCommunes(t *testing.T) {
	west, east := geo.Position{Lat: 47, Lon: 2}, geo.Position{Lat: 47, Lon: 3}
	a, b := at(geo.Position{Lat: 47.5, Lon: 1.5}), at(geo.Position{Lat: 46.5, Lon: 3.5})
	land := []ring{{a, {b.x, a.y}, b, {a.x, b.y}}}
	lines := borders(land, []geo.Commune{{Dept: "18", At: west}, {Dept: "58", At: east}})
	if len(lines) != 1 || len(lines[0]) < 20 {
		t.Fatalf("%d borders", len(lines))
	}
	middle, _ := geo.Chart(geo.Position{Lat: 47, Lon: 2.5})
	for _, p := range lines[0] {
		if math.Abs(p.x-middle) > cell {
			t.Errorf("the border is at %v, the middle at %v", p.x, middle)
		}
	}
}
