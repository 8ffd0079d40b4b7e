//go:build !js

package main

import (
	"context"
	"errors"
	"os"
	"testing"

	"sillon/app/bridge"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// The table of communes comes at the first need, once; without it the map shows
// those with a position of their own and says what is missing.
func TestTheCommunesAreReadAtTheFirstMap(t *testing.T) {
	tab, _, ids := clients(t, 3)
	q := query.MapAsk{List: query.ListAsk{Lang: "fr"}, W: 640, H: 600}
	if v := must(tab, bridge.OpMap, q); v.Found != 3 || v.Unplaced != 3 || !v.NoTable {
		t.Errorf("without a table: %d found, %d without a place, told %v", v.Found, v.Unplaced, v.NoTable)
	}
	if towns := must(tab, bridge.OpTowns, bridge.TownsAsk{Text: "st malo"}); !towns.Absent {
		t.Errorf("towns without a table: %+v", towns)
	}
	read := 0
	tab.w.Asset = func(_ context.Context, path string) ([]byte, error) {
		if read++; path != placesPath {
			return nil, errors.New("no such file")
		}
		return os.ReadFile("../../web/data/places.bin")
	}
	towns := must(tab, bridge.OpTowns, bridge.TownsAsk{Text: "st malo"})
	if len(towns.All) == 0 || towns.All[0] != (bridge.Town{Name: "Saint-Malo", Postcode: "35400"}) {
		t.Fatalf("%+v", towns)
	}
	must(tab, bridge.OpPlaced, bridge.Placing{Account: ids[0], Town: "Saint-Malo", Postcode: "35400"})
	must(tab, bridge.OpPlaced, bridge.Placing{Account: ids[1], At: []float64{48.65, -2.02}})
	saved := must(tab, bridge.OpPlaced, bridge.Placing{Account: ids[2], Point: []float64{-1000, -48700}})
	tab.settle(9)
	v := must(tab, bridge.OpMap, q)
	if v.Unplaced != 0 || v.Rough != 1 || v.NoTable || read != 1 {
		t.Errorf("%d without a place, %d at their commune, table read %d times", v.Unplaced, v.Rough, read)
	}
	must(tab, bridge.OpUndo, bridge.Undo{Account: ids[2], ID: saved.ID})
	tab.settle(10)
	if v := must(tab, bridge.OpMap, q); v.Unplaced != 1 {
		t.Errorf("%d without a place after undoing", v.Unplaced)
	}
	var f *bridge.Fault
	if _, err := ask(tab, bridge.OpPlaced, bridge.Placing{Account: ids[0], At: []float64{95, 0}}); !errors.As(err, &f) || f.Code != bridge.FaultInput {
		t.Errorf("95° north: %v", err)
	}
	if _, err := ask(tab, bridge.OpPlaced, bridge.Placing{Account: portfolio.ID{9}, At: []float64{45, 0}}); err == nil {
		t.Error("nobody was placed")
	}
}
