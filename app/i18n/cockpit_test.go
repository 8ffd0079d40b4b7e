package i18n

import (
	"testing"

	"sillon/engine/cockpit"
)

func TestCodesOfTheCockpitHaveWords(t *testing.T) {
	codes := cockpit.Codes()
	for tile := cockpit.Tile(1); tile <= cockpit.Tiles; tile++ {
		codes = append(codes, tile.String())
	}
	for _, m := range cockpit.Modules {
		codes = append(codes, m.Code)
	}
	for _, c := range codes {
		if !Has(c) {
			t.Errorf("%s has no words", c)
		}
	}
}
