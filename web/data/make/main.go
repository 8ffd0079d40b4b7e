// Command make builds what web/data holds from its sources. Run it at the top
// of the module:
//
//	go run ./web/data/make -communes communes_fr.csv
//	go run ./web/data/make -communes communes_fr.csv -countries countries-10m.json
//
// -communes is a table of communes: insee, name, postcode, departement, region,
// lat, lon, population, with a header. -countries is the file of that name of
// the npm package world-atlas: Natural Earth's countries as TopoJSON. The same
// sources give the same bytes; web/data/README.md says whose they are.
package main

import (
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strconv"

	"sillon/engine/geo"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("web/data/make: ")
	communes := flag.String("communes", "", "`file` of the communes, CSV")
	countries := flag.String("countries", "", "`file` of the countries' outlines, TopoJSON; none: the map is left as it is")
	out := flag.String("out", filepath.Join("web", "data"), "`folder` to write to")
	flag.Parse()
	if err := run(*communes, *countries, *out); err != nil {
		log.Fatal(err)
	}
}

func run(communes, countries, out string) error {
	if communes == "" {
		return errors.New("-communes is missing: the CSV of the communes")
	}
	f, err := os.Open(communes)
	if err != nil {
		return err
	}
	defer f.Close()
	list, err := read(f)
	if err != nil {
		return fmt.Errorf("read %s: %w", communes, err)
	}
	if err := write(out, "places.bin", geo.Pack(list)); err != nil || countries == "" {
		return err
	}
	raw, err := os.ReadFile(countries)
	if err != nil {
		return err
	}
	svg, err := outline(raw, list)
	if err != nil {
		return fmt.Errorf("read %s: %w", countries, err)
	}
	return write(out, "map.svg", svg)
}

func write(out, name string, content []byte) error {
	if err := os.WriteFile(filepath.Join(out, name), content, 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: %d bytes\n", filepath.Join(out, name), len(content))
	return nil
}

func read(from io.Reader) ([]geo.Commune, error) {
	r := csv.NewReader(from)
	head, err := r.Read()
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, name := range head {
		at[name] = i
	}
	for _, name := range []string{"name", "postcode", "departement", "lat", "lon", "population"} {
		if _, ok := at[name]; !ok {
			return nil, fmt.Errorf("no column %s", name)
		}
	}
	var list []geo.Commune
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		lat, err1 := strconv.ParseFloat(row[at["lat"]], 64)
		lon, err2 := strconv.ParseFloat(row[at["lon"]], 64)
		people, err3 := strconv.Atoi(row[at["population"]])
		p := geo.Position{Lat: lat, Lon: lon}
		if err := errors.Join(err1, err2, err3); err != nil || !p.Valid() || people < 0 {
			line, _ := r.FieldPos(0)
			return nil, fmt.Errorf("line %d: %s: %w", line, row, errors.Join(err, errors.New("no place")))
		}
		list = append(list, geo.Commune{Name: row[at["name"]], Postcode: row[at["postcode"]], Dept: row[at["departement"]], At: p, People: people})
	}
}
