package intake_test

import (
	"math"
	"testing"
)

// Clients of other countries come with the coordinates of their file: as a
// client file with a country and two columns of degrees, whatever the language
// of its headers and its decimal mark. A place that lacks one of the two has none.
func TestClientsOfOtherCountriesKeepTheirCoordinates(t *testing.T) {
	for name, text := range map[string]string{
		"in French": "Nom;Pays;Code postal;Ville;Latitude;Longitude\n" +
			"Tower Cafe;GB;EC3N 4AB;London;51,50811;-0,07592\nRiad Atlas;MA;40000;Marrakech;31,6295;-7,9811\nBistro Berlin;DE;10115;Berlin;52,532;\n",
		"in English": "Name,Country,Postcode,City,Lat,Lon\n" +
			"Tower Cafe,GB,EC3N 4AB,London,51.50811,-0.07592\nRiad Atlas,MA,40000,Marrakech,31.6295,-7.9811\nBistro Berlin,DE,10115,Berlin,52.532,\n",
	} {
		r := read(t, text, nil, nil)
		if len(r.Drafts) != 3 {
			t.Fatalf("%s: %d clients, want 3; %s", name, len(r.Drafts), codes(r))
		}
		for i, want := range [][2]float64{{51.50811, -0.07592}, {31.6295, -7.9811}} {
			p := r.Drafts[i].Place
			if p.Lat == nil || p.Lon == nil || math.Abs(*p.Lat-want[0]) > 1e-9 || math.Abs(*p.Lon-want[1]) > 1e-9 {
				t.Errorf("%s: %s is at %v, %v; want %v", name, r.Drafts[i].Account.Name, p.Lat, p.Lon, want)
			}
		}
		if p := r.Drafts[0].Place; p.Country != "GB" || p.Postcode != "EC3N 4AB" || p.City != "London" {
			t.Errorf("%s: %+v", name, p)
		}
		if p := r.Drafts[2].Place; p.Lat != nil || p.Lon != nil {
			t.Errorf("%s: half a position is none: %v, %v", name, p.Lat, p.Lon)
		}
	}
}
